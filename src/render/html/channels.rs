//! What channels say about the same need, side by side.

use super::Story;
use super::markup::{Inline, Page};
use super::table::{Table, felt, known, none};
use crate::analysis::{ChannelFigures, ChannelPair, NeedConsistency};
use crate::render::clean::clean;
use crate::render::number::{
    VISITS, capital, cell, is_all, list, or_unknown, per_journey, share, size, whole,
};
use crate::render::text::{counted, sentence, told};

/// So many quotes of one channel are shown.
const QUOTES: usize = 3;
/// So many touchpoints are named that say so.
const PLACES: usize = 3;

pub(super) fn print(page: &mut Page, story: &Story<'_>) {
    let channels = &story.report.channels;
    if channels.needs.is_empty() {
        page.say("No need is met in two channels, so there is nothing to compare.");
        return;
    }
    page.say(format!(
        "Inconsistency of the whole journey: {}, on a scale from 0 (for the same need every channel feels, keeps its promises and \
         speaks the same) to 1 (none does).",
        or_unknown(channels.inconsistency, size)
    ));
    for known in channels.needs.iter().take(story.options.top) {
        need(page, story, known);
    }
    let more = channels.needs.len().saturating_sub(story.options.top);
    if more > 0 {
        let noun = if more == 1 { "need is" } else { "needs are" };
        page.line(
            "p class=\"soft\"",
            format!("{} more {noun} in the report's document.", whole(more)),
        );
    }
}

fn need(page: &mut Page, story: &Story<'_>, need: &NeedConsistency) {
    page.open("section class=\"need\"");
    page.line("h3", Inline::new().say("Need: ").name(&need.need));
    let contradicts = story
        .contradictions
        .iter()
        .any(|known| known.need == need.need);
    let mut said = Inline::new();
    if contradicts {
        said = said
            .classed("alarm", "Customers are told different things.")
            .say(" ");
    }
    let exposure = capital(&per_journey(need.exposure, VISITS));
    page.say(said.say(format!(
        "{exposure}; inconsistency {}.",
        or_unknown(need.inconsistency, size)
    )));
    page.open("div class=\"quotes\"");
    for channel in need.channels.iter().take(story.options.top) {
        quote(page, story, need, channel);
    }
    page.close();
    let more = need.channels.len().saturating_sub(story.options.top);
    if more > 0 {
        page.line(
            "p class=\"soft\"",
            format!("... and {} more channels.", whole(more)),
        );
    }
    let find = |name: &str| need.channels.iter().find(|channel| channel.channel == name);
    let lines = need
        .pairs
        .iter()
        .take(story.options.top)
        .map(|pair| sentence(pair, &told(pair, find(&pair.a), find(&pair.b))));
    // Few sentences need not be folded.
    let is_short = need.pairs.len() <= 3;
    let lines: Vec<String> = lines.collect();
    if is_short {
        page.list("ul", lines.clone());
    }
    page.details("Every two channels compared", |page| {
        if !is_short {
            page.list("ul", lines);
        }
        pairs(page, need);
    });
    page.close();
}

fn quote(page: &mut Page, story: &Story<'_>, need: &NeedConsistency, channel: &ChannelFigures) {
    page.open("div class=\"card quote\"");
    page.line("h4", Inline::new().name(&channel.channel));
    if channel.says.is_empty() {
        page.line(
            "p class=\"unknown\"",
            "What customers are told is not known.",
        );
    }
    for says in channel.says.iter().take(QUOTES) {
        let text = Inline::new().say("\u{201c}").name(says).say("\u{201d}");
        page.open("blockquote");
        page.say(text);
        page.close();
    }
    if channel.says.len() > QUOTES {
        let more = whole(channel.says.len() - QUOTES);
        page.line("p class=\"soft\"", format!("... and {more} more"));
    }
    let places: Vec<String> = story
        .journey
        .touchpoints()
        .filter(|touchpoint| {
            touchpoint.need.as_ref() == Some(&need.need)
                && touchpoint.channel.as_str() == channel.channel
        })
        .map(|touchpoint| clean(story.label(&touchpoint.id)))
        .collect();
    page.line("p class=\"meta\"", format!("at {}", list(&places, PLACES)));
    page.open("dl class=\"facts\"");
    let coverage = channel
        .coverage
        .filter(|&known| known > 0.0 && !is_all(known));
    let partly = coverage.map(|part| ("feeling known", known(Some(part), share)));
    let figures = [
        ("visits per journey", cell(channel.exposure).into()),
        ("feeling", felt(channel.mean)),
        ("promises kept", known(channel.kept_rate, share)),
    ];
    for (what, figure) in figures.into_iter().chain(partly) {
        page.open("div");
        page.line("dt", what);
        page.line("dd", figure);
        page.close();
    }
    page.close();
    page.close();
}

fn pairs(page: &mut Page, need: &NeedConsistency) {
    let caption = format!(
        "Every two channels for \u{201c}{}\u{201d}",
        clean(&need.need)
    );
    Table::new(caption)
        .text("one channel")
        .text("the other")
        .text("told the same")
        .number("feeling in the one less the other")
        .number("feelings apart, 0 to 1")
        .number("kept more")
        .number("journeys meeting both")
        .text("verdict of the counts")
        .fill(&need.pairs, ("pair of channels", "pairs of channels"), pair)
        .write(page);
}

fn pair(pair: &ChannelPair) -> Vec<Inline> {
    vec![
        Inline::new().name(&pair.a),
        Inline::new().name(&pair.b),
        match pair.contradiction {
            Some(true) => Inline::new().classed("alarm", "no, they contradict"),
            Some(false) => "yes".into(),
            None => super::table::unknown(),
        },
        known(pair.mean_difference, crate::render::number::feeling),
        known(pair.distance, size),
        known(pair.kept_rate_difference, |kept| {
            format!("{:+.0} of 100", 100.0 * kept)
        }),
        known(pair.both, share),
        counted(pair).map_or_else(none, |verdict| capital(&verdict).into()),
    ]
}
