//! The map as a picture, and its touchpoints as a table.

use super::Story;
use super::markup::{Inline, Page};
use super::table::{Table, felt, known, none};
use crate::render::number::{cell, duration, hurt_if_known, of_100};

pub(super) fn print(page: &mut Page, story: &Story<'_>) {
    let picture = |id: &str, width| {
        let drawn = story.flow.svg().preset(story.options.preset);
        let drawn = drawn.outcome(story.options.outcome.clone());
        let drawn = drawn.width(width).id_prefix(id).navigable(false);
        match &story.options.lang {
            Some(lang) => drawn.lang(lang).drawing(),
            None => drawn.drawing(),
        }
    };
    let wide = picture("map", 1120);
    page.open(if is_flat(wide.size) {
        "figure class=\"card map flat\""
    } else {
        "figure class=\"card map\""
    });
    page.picture("The journey map", &wide, &picture("map-narrow", 332));
    page.line(
        "figcaption",
        "From left to right the touchpoints before, during and after; below each what customers feel there, from -1 to +1. A \
         hollow marker and a gap in the line: nobody knows.",
    );
    page.close();
    page.details("The touchpoints as a table", |page| {
        touchpoints(page, story);
    });
}

/// Whether a picture becomes larger on A4 lying than standing.
fn is_flat((width, height): (f64, f64)) -> bool {
    // What there is room for within the margins, in millimetres.
    let scale = |across: f64, down: f64| (across / width).min(down / height);
    scale(277.0, 158.0) > scale(194.0, 246.0)
}

fn touchpoints(page: &mut Page, story: &Story<'_>) {
    let table = Table::new("Every touchpoint: who comes, what they feel, what it weighs")
        .text("touchpoint")
        .text("phase")
        .text("channel")
        .number("journeys coming, of 100")
        .number("visits per journey")
        .number("mean feeling")
        .number("broken promises per journey")
        .number("hurt per journey")
        .number("moments from here to the end")
        .number("known waits from here")
        .text("rests on");
    let emotions = story.flow.emotions();
    let table = table.fill(
        &story.report.touchpoints,
        ("touchpoint", "touchpoints"),
        |figures| {
            let drawn = story.journey.touchpoint(&figures.id);
            let emotion = emotions.iter().find(|known| known.id == figures.id);
            let drawn_or_none = |show: &dyn Fn(&crate::journey::Touchpoint) -> Inline| {
                drawn.map_or_else(none, show)
            };
            vec![
                story.place(&figures.id),
                drawn_or_none(&|drawn| drawn.phase.as_str().into()),
                drawn_or_none(&|drawn| Inline::new().name(drawn.channel.as_str())),
                known(figures.reach, of_100),
                cell(figures.visits).into(),
                felt(emotion.and_then(|emotion| emotion.mean)),
                cell(figures.broken).into(),
                known(hurt_if_known(figures.hurt, figures.coverage), cell),
                figures
                    .remaining
                    .map_or_else(none, |moments| cell(moments).into()),
                known(figures.remaining_wait_s, duration),
                drawn_or_none(&|drawn| drawn.evidence.as_str().into()),
            ]
        },
    );
    table.write(page);
}
