//! What all figures rest on, and how sure they are.

use super::Story;
use super::markup::{Inline, Page};
use super::table::{Table, known};
use crate::analysis::Estimate;
use crate::render::clean::clean;
use crate::render::number::{MOMENTS, among, capital, cell, feeling, of_100, percent, that, whole};
use crate::render::text::{ground, known as known_at};

pub(super) fn print(page: &mut Page, story: &Story<'_>) {
    let report = story.report;
    page.line("h3", "Evidence");
    page.open("ul class=\"bars long\"");
    for part in &report.evidence {
        page.open("li");
        page.line("span class=\"what\"", part.evidence.as_str());
        page.inline(&Inline::new().bar(part.share));
        let moments = capital(&that(part.share, MOMENTS, ("rests", "rest")));
        let text = format!("{moments} {}.", ground(part.evidence));
        page.line("span class=\"figure\"", text);
        page.close();
    }
    page.close();
    page.line("h3", "Coverage");
    let trajectory = &report.trajectory;
    let mut coverage = vec![
        format!("The feeling is {}.", known_at(trajectory.coverage)),
        format!(
            "The feeling of the last moment is known for {}.",
            among(trajectory.end_coverage, crate::render::number::JOURNEYS)
        ),
    ];
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
    page.line("h3", "Error bars");
    error_bars(page, story);
    page.line("h3", "What weakens the answer");
    let warnings = &story.told.warnings;
    if warnings.is_empty() {
        page.say("Nothing that can be seen in the map itself.");
    }
    let shown = warnings.iter().take(story.options.top);
    page.list(
        "ul",
        shown.map(|warning| capital(&clean(&warning.to_string())) + "."),
    );
    let more = warnings.len().saturating_sub(story.options.top);
    if more > 0 {
        page.line(
            "p class=\"soft\"",
            format!("... and {} more warnings.", whole(more)),
        );
    }
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

/// A figure: its name, what is known of it, and how its numbers are shown.
type Row<'a> = (Inline, &'a Estimate, &'a dyn Fn(f64) -> String);

fn error_bars(page: &mut Page, story: &Story<'_>) {
    let bars = &story.told.error_bars;
    if let Some(missing) = &bars.missing {
        page.say(missing.to_string());
        return;
    }
    page.say("95 % intervals of the figures, as far as the counts behind them tell. Where fewer than about 30 were counted, read them as too narrow.");
    let chance = |chance: f64| format!("{:.1} %", 100.0 * chance);
    let mut rows: Vec<Row<'_>> = Vec::new();
    for outcome in &bars.outcomes {
        let name = Inline::new().say("end: ").outcome(&outcome.outcome);
        rows.push((name, &outcome.estimate, &chance));
    }
    for (name, estimate, show) in [
        (
            "mean feeling",
            &bars.mean,
            &feeling as &dyn Fn(f64) -> String,
        ),
        ("feeling at the end", &bars.end, &feeling),
        ("hurt per journey", &bars.hurt, &cell),
    ] {
        if let Some(estimate) = estimate {
            rows.push((name.into(), estimate, show));
        }
    }
    Table::new("How sure the figures are")
        .text("figure")
        .number("value")
        .number("from")
        .number("to")
        .fill(&rows, ("figure", "figures"), |(name, estimate, show)| {
            let (from, to) = estimate.interval.unzip();
            vec![
                name.clone(),
                show(estimate.value).into(),
                known(from, show),
                known(to, show),
            ]
        })
        .write(page);
    if bars.reach.is_empty() {
        return;
    }
    page.details("How sure it is who comes where", |page| {
        Table::new("Of 100 journeys, those that come to a touchpoint")
            .text("touchpoint")
            .number("journeys coming, of 100")
            .number("95 % interval")
            .fill(&bars.reach, ("touchpoint", "touchpoints"), |reach| {
                let interval = reach.estimate.interval;
                let interval = interval.map_or_else(super::table::none, |(from, to)| {
                    format!("{} to {}", percent(from), percent(to)).into()
                });
                vec![
                    story.place(&reach.id),
                    of_100(reach.estimate.value).into(),
                    interval,
                ]
            })
            .write(page);
    });
}
