//! What figures are worth: what is known and what is assumed, and the measures in plain words.

use super::Story;
use super::markup::{Inline, Page};
use crate::journey::Journey;
use crate::render::clean::clean;
use crate::render::number::{JOURNEYS, among, list};

/// A measure: its name, what it says, its range, and where the formula comes from.
type Entry = (&'static str, &'static str, &'static str, &'static str);

/// In alphabetical order.
const ENTRIES: [Entry; 22] = [
    (
        "Broken promise",
        "A moment at which customers find a promise not kept. \u{201c}Per journey\u{201d} is how many of them a journey has on average.",
        "0 and up",
        "Counted over all paths and loops of the map, as an absorbing Markov chain (Kemeny and Snell 1960).",
    ),
    (
        "Contradiction",
        "Two channels tell customers different things for the same need.",
        "yes, no, or not known where one of them says nothing",
        "Compared word by word, as the map has them.",
    ),
    (
        "Coverage",
        "How much of what a figure is about is known. What is not known is left out, and never counted as zero or as neutral.",
        "0 to 100 of 100",
        "Expected moments of known feeling over all expected moments.",
    ),
    (
        "Early sign",
        "Something met on the way after which an ending is likelier than usual. Lift says how many times likelier, coverage how many of \
         those who end so show it, moments left how early it comes.",
        "lift 0 and up; 1 is as usual",
        "Bayes' rule over all paths; coverage is the removal effect of Anderl et al. 2016.",
    ),
    (
        "Emotional curve",
        "The mean feeling of the first moment, the second, and so on, of the journeys still under way.",
        "-1 to +1",
        "All journeys walked step by step.",
    ),
    (
        "Evidence",
        "What is behind what was drawn: somebody's assumption, what people told, or counts of real visits.",
        "assumed, reported, observed",
        "As the map states it, weighted by how often customers come there.",
    ),
    (
        "Feeling",
        "How good or bad a moment feels, as one number; the field calls it valence.",
        "-1, as bad as can be, over 0, neutral, to +1, as good as can be",
        "Words for feelings have the ratings of the Glasgow Norms (Scott et al. 2019) and of Russell and Mehrabian 1977.",
    ),
    (
        "Fix",
        "A promise always kept, or bad feelings lifted to neutral, at one touchpoint and nothing else changed. Its effect is after minus \
         before.",
        "journeys of 100, or the unit of what is changed",
        "Exact, by the formula of Sherman and Morrison 1950.",
    ),
    (
        "Hurt",
        "How far below neutral the feelings of a journey are, all its bad moments added up.",
        "0 and up; 1 is one moment as bad as can be",
        "Expected negative feeling of a visit, times visits, over all touchpoints.",
    ),
    (
        "Inconsistency",
        "How differently channels treat customers who come for the same need: what they feel, whether promises are kept, what they are told.",
        "0, all alike, to 1, nothing alike",
        "Mean of the distance of the feelings (Wasserstein), of the kept rates, and of contradiction.",
    ),
    (
        "Interval, error bar",
        "Where everything is counted: the range in which the true figure lies in 95 of 100 such cases.",
        "from and to",
        "Delta method; for chances on the logit scale; for kept rates Wilson 1927.",
    ),
    (
        "Journey",
        "One customer's way from the first touchpoint to an ending. \u{201c}Of 100 journeys\u{201d} is the expected share.",
        "",
        "",
    ),
    (
        "Kept rate",
        "Of the times that a promise is put to the test with a known result, how many find it kept.",
        "0 to 100 of 100",
        "Weighted by how often journeys come to each test.",
    ),
    (
        "Moment",
        "One visit to a touchpoint. Coming back is a moment of its own.",
        "",
        "",
    ),
    (
        "Moment of truth",
        "A touchpoint at which it is decided how journeys end: what happens there moves the chance of the ending.",
        "0 and up; 0 decides nothing",
        "Mean change of the chance from arriving to leaving, over all ways onward.",
    ),
    (
        "Peak, end, remembered",
        "The strongest moment, the last moment, and what is likely to stay in memory: half peak and end, half the mean of all moments.",
        "-1 to +1",
        "Peak-end rule; the mixture after the meta-analysis of Alaybek et al. 2022.",
    ),
    (
        "Reach",
        "How many journeys come to a touchpoint at least once.",
        "0 to 100 of 100",
        "From the visits of the chain (Kemeny and Snell 1960).",
    ),
    (
        "Recovery",
        "After a broken promise: how many come to a touchpoint that may put things right, how much later, and how they end.",
        "0 to 100 of 100",
        "Expected over all ways after the first break.",
    ),
    (
        "Silent churn",
        "Customers who are unhappy, are never heard, and leave.",
        "0 to 100 of 100 journeys",
        "Journeys that meet an unhappy moment and no touchpoint that can listen.",
    ),
    (
        "Swing",
        "How far feelings move from one moment to the next.",
        "0, steady, to 2",
        "Root of the mean squared change.",
    ),
    (
        "Verdict",
        "Where feelings are counted: whether two channels feel the same, differ, or leave it open. Finding no difference is not the same as \
         finding none there is.",
        "same, different, unclear",
        "Permutation test, adjusted for many pairs (Benjamini and Hochberg 1995); sameness within 0.25 (Lakens 2017).",
    ),
    (
        "Worst and best moment",
        "The lowest and the highest feeling that a journey meets, on average over journeys.",
        "-1 to +1",
        "The exact distribution of the extreme of each journey.",
    ),
];

pub(super) fn print(page: &mut Page) {
    page.open("dl class=\"glossary\"");
    for (name, says, range, source) in ENTRIES {
        page.open("div");
        page.line("dt", name);
        page.line("dd", says);
        if !range.is_empty() {
            page.line("dd class=\"soft\"", format!("Range: {range}."));
        }
        if !source.is_empty() {
            page.line("dd class=\"soft\"", format!("From: {source}"));
        }
        page.close();
    }
    page.close();
    page.line(
        "p class=\"soft\"",
        Inline::new().say("Every definition, with its formula and full source, is on the method page of the library's documentation."),
    );
}

/// How much is known, what is assumed, and how it was computed.
pub(super) fn assumed(page: &mut Page, story: &Story<'_>) {
    let report = story.report;
    page.line("h3", "Coverage");
    let trajectory = &report.trajectory;
    let mut coverage = vec![format!(
        "The feeling of the last moment is known for {}.",
        among(trajectory.end_coverage, JOURNEYS)
    )];
    let ledger = report.promises.ledger.iter();
    let partly =
        ledger.filter_map(|promise| Some((promise, promise.coverage.filter(|part| *part < 1.0)?)));
    coverage.extend(partly.take(story.options.top).map(|(promise, part)| {
        format!(
            "Whether \u{201c}{}\u{201d} is kept is known of {}.",
            clean(&promise.promise),
            among(part, ("test", "tests"))
        )
    }));
    page.list("ul", coverage);
    page.line("h3", "What is assumed of every journey");
    page.list("ul", of_every_journey(story.journey));
    let account = story.flow.solver();
    page.line(
        "p class=\"soft on-screen\"",
        format!("How it was computed: {account}."),
    );
}

/// What the next step depends on, and what is taken for granted besides.
fn of_every_journey(journey: &Journey) -> Vec<String> {
    let remembered = journey.remembers().iter();
    let remembered: Vec<String> = remembered
        .map(|fact| format!("\u{201c}{}\u{201d}", clean(&fact.name)))
        .collect();
    let next = if remembered.is_empty() {
        "Where customers go next depends on where they are and on whether the promise there was kept, not on what came before."
            .to_owned()
    } else {
        format!(
            "Where customers go next depends on where they are, on whether the promise there was kept and on what they remember ({}), \
             not on anything else that came before.",
            list(&remembered, NAMED)
        )
    };
    std::iter::once(next)
        .chain(ALWAYS.map(str::to_owned))
        .collect()
}

/// So many facts are named.
const NAMED: usize = 8;

const ALWAYS: [&str; 3] = [
    "Feelings are taken as numbers from -1 to +1 that can be averaged. What is not known is left out, and never taken as 0.",
    "Where weights are counts, the records are complete and their journeys independent of each other.",
    "A fix changes what it says and nothing else: customers who find the promise kept go on as those do who find it kept now.",
];
