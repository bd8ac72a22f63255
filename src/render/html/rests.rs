//! How much is known, what is assumed, and how it was computed.

use super::Story;
use super::markup::Page;
use crate::render::clean::clean;
use crate::render::number::{JOURNEYS, among};

pub(super) fn print(page: &mut Page, story: &Story<'_>) {
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
    page.list("ul", ASSUMED);
    let account = story.flow.solver();
    page.line(
        "p class=\"soft\"",
        format!("How it was computed: {account}."),
    );
}

const ASSUMED: [&str; 4] = [
    "Where customers go next depends on where they are and on whether the promise there was kept, not on what came before.",
    "Feelings are taken as numbers from -1 to +1 that can be averaged. What is not known is left out, and never taken as 0.",
    "Where weights are counts, the records are complete and their journeys independent of each other.",
    "A fix changes what it says and nothing else: customers who find the promise kept go on as those do who find it kept now.",
];
