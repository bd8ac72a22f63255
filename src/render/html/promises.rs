//! The ledger of promises.

use super::Story;
use super::markup::{Inline, Page};
use super::table::{Table, known, none};
use crate::analysis::{PromiseFigures, PromiseStatus};
use crate::render::clean::clean;
use crate::render::number::{cell, count, list, of_100, percent, whole};
use crate::render::text::{recovery, sentences};

pub(super) fn print(page: &mut Page, story: &Story<'_>) {
    let promises = &story.report.promises;
    if promises.ledger.is_empty() {
        page.say("No touchpoint makes a promise or puts one to the test.");
        return;
    }
    ledger(page, story);
    let is_tested = |figures: &&PromiseFigures| figures.status != PromiseStatus::NeverTested;
    let tested: Vec<&PromiseFigures> = story
        .told
        .promises
        .ledger
        .iter()
        .filter(is_tested)
        .collect();
    if tested.is_empty() {
        page.say("Nothing puts them to the test: nobody will know whether they are kept.");
        return;
    }
    page.open("div class=\"cards flow\"");
    for figures in tested.iter().take(story.options.top) {
        page.open("article class=\"card\"");
        page.line("h3", Inline::new().name(&figures.promise));
        if let Some(kept) = figures.kept_rate {
            let line = Inline::new().bar(kept).strong(percent(kept)).say(" kept");
            page.line("p class=\"share good\"", line);
        }
        page.list("ul", sentences(figures));
        page.close();
    }
    page.close();
    if tested.len() > story.options.top {
        let more = whole(tested.len() - story.options.top);
        page.line(
            "p class=\"soft\"",
            format!("... and {more} more promises in the ledger."),
        );
    }
    if let Some(tolerance) = &promises.tolerance {
        page.line("h3", "How many tries customers give");
        page.say("Journeys by the broken promises that they meet.");
        page.list("ul", tolerance.iter().map(ToString::to_string));
    }
    let all = promises
        .recovery
        .as_ref()
        .filter(|_| promises.ledger.len() > 1);
    if let Some(all) = all {
        page.line("h3", "After a break, of all promises together");
        page.list("ul", recovery(all));
    }
}

fn ledger(page: &mut Page, story: &Story<'_>) {
    const PLACES: usize = 3;
    let places = |ids: &[String]| {
        let names: Vec<String> = ids.iter().map(|id| clean(story.label(id))).collect();
        if names.is_empty() {
            Inline::new().classed("alarm", "nowhere")
        } else {
            list(&names, PLACES).into()
        }
    };
    Table::new("The ledger: what is promised, where, and what becomes of it")
        .text("promise")
        .text("made at")
        .text("falls due at")
        .number("tests per journey")
        .number("kept, of 100 tests")
        .number("95 % interval")
        .number("counted")
        .number("journeys meeting it broken, of 100")
        .number("broken after made, of 100")
        .fill(
            &story.report.promises.ledger,
            ("promise", "promises"),
            |figures| {
                vec![
                    Inline::new().name(&figures.promise),
                    places(&figures.made),
                    places(&figures.tested),
                    cell(figures.tests).into(),
                    known(figures.kept_rate, of_100),
                    figures.kept_rate_interval.map_or_else(none, |(from, to)| {
                        format!("{} to {}", of_100(from), of_100(to)).into()
                    }),
                    figures
                        .counted
                        .map_or_else(none, |counted| format!("n = {}", count(counted)).into()),
                    known(figures.meets_broken, of_100),
                    figures
                        .broken_after_made
                        .map_or_else(none, |share| of_100(share).into()),
                ]
            },
        )
        .write(page);
}
