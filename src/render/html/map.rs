//! The map as a picture.

use super::Story;
use super::markup::Page;
use crate::render::svg::Preset;

pub(super) fn print(page: &mut Page, story: &Story<'_>) {
    let preset = story.options.preset;
    let picture = |id: &str, preset, width| {
        let language = story.options.language.clone();
        let drawn = story.flow.svg().language(language).preset(preset);
        let drawn = drawn.outcome(story.options.outcome.clone());
        let drawn = drawn.width(width).id_prefix(id).navigable(false);
        match &story.options.lang {
            Some(lang) => drawn.lang(lang).drawing(),
            None => drawn.drawing(),
        }
    };
    let wide = picture("map", preset, 1120);
    // On paper a map with all its lanes would be too small to read: there it is an overview.
    let paper = (preset != Preset::Overview).then(|| picture("map-paper", Preset::Overview, 1120));
    page.open(if is_flat(paper.as_ref().unwrap_or(&wide).size) {
        "figure class=\"card map flat\""
    } else {
        "figure class=\"card map\""
    });
    let word = |phrase| story.options.language.word(phrase);
    page.picture(
        word("The journey map"),
        &wide,
        &picture("map-narrow", preset, 332),
    );
    if let Some(paper) = &paper {
        page.open("div class=\"scroll paper\"");
        page.raw(&paper.markup);
        page.close();
    }
    page.open_with("figcaption", "lang", &story.options.language.tag);
    page.inline(
        &word(
            "From left to right the touchpoints before, during and after; below each what customers feel there, from -1 to +1. A \
             hollow marker and a gap in the line: nobody knows.",
        )
        .into(),
    );
    page.close();
    page.close();
}

/// Whether a picture becomes larger on A4 lying than standing.
fn is_flat((width, height): (f64, f64)) -> bool {
    // What there is room for within the margins, in millimetres.
    let scale = |across: f64, down: f64| (across / width).min(down / height);
    scale(277.0, 158.0) > scale(194.0, 246.0)
}
