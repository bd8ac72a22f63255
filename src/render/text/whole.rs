//! The whole report.

use std::fmt;

use super::page::{LISTED, Page};
use super::table::{Table, bar};
use super::{Text, channels, feelings, fixes, listening, money, pain, paths, promises};
use crate::flow::OutcomeShare;
use crate::journey::Evidence;
use crate::render::clean::clean;
use crate::render::number::{
    MOMENTS, cell, count, duration, hurt_if_known, of_100, or_unknown, share, that, whole,
};
use crate::report::Report;

impl Report {
    /// The text for people, of a width that can be set.
    ///
    /// ```
    /// use customer_journey::{Channel, Journey, Outcome, Phase, Touchpoint};
    /// let report = Journey::builder("Visit")
    ///     .touchpoint(Touchpoint::new("shop", Phase::During, Channel::Store).ends(Outcome::Loyalty, 1.0))
    ///     .build()?
    ///     .flow()?
    ///     .report();
    /// let text = report.text().width(100).to_string();
    /// assert!(text.lines().all(|line| line.chars().count() <= 100));
    /// # Ok::<(), customer_journey::Error>(())
    /// ```
    pub fn text(&self) -> Text<'_> {
        Text::new(self)
    }
}

/// The whole report for people; see [`Report::text`] for other widths than 80.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(f)
    }
}

pub(super) fn print(page: &mut Page, report: &Report) {
    page.title(&clean(&report.journey));
    let length = count(report.length);
    page.say(&format!(
        "A journey is {length} {} long on average; every visit to a touchpoint is a moment. {}",
        if length == "1" { "moment" } else { "moments" },
        report.wait_s.map_or_else(
            || "The waits between them are unknown.".to_owned(),
            |wait| format!(
                "The waits that are known add up to {} on average.",
                duration(wait)
            )
        )
    ));
    outcomes(page, &report.outcomes);
    pain::print(page, &report.pain_points);
    feelings::print(page, &report.trajectory);
    channels::print(page, &report.channels);
    promises::print(page, &report.promises);
    fixes::print_single(page, &report.fixes);
    listening::print(page, &report.listening);
    // Most maps state no money, and then there is nothing to say.
    if report.money.cost.is_some() || report.money.value.is_some() {
        money::print(page, &report.money);
    }
    touchpoints(page, report);
    fixes::print_error_bars(page, &report.error_bars);
    rests_on(page, report);
}

fn outcomes(page: &mut Page, outcomes: &[OutcomeShare]) {
    page.heading("How journeys end");
    let mut table = Table::new().text("").number("").fixed("");
    for outcome in outcomes.iter().take(LISTED) {
        let error = outcome
            .standard_error
            .map(|error| format!(", give or take {}", share(error)));
        table.row([
            paths::ending(&outcome.outcome),
            share(outcome.probability) + " journeys" + &error.unwrap_or_default(),
            bar(outcome.probability, 24),
        ]);
    }
    table.print(page);
    page.more(2, outcomes.len(), LISTED, ("outcome", "outcomes"));
}

fn touchpoints(page: &mut Page, report: &Report) {
    page.heading("The touchpoints");
    let mut table = Table::new()
        .text("touchpoint")
        .number("journeys\ncoming,\nof 100")
        .number("visits\nper\njourney")
        .number("broken\npromises per\njourney")
        .number("hurt\nper\njourney")
        .number("moments\nfrom here\nto the end");
    for touchpoint in report.touchpoints.iter().take(LISTED) {
        table.row([
            clean(&touchpoint.id),
            or_unknown(touchpoint.reach, of_100),
            cell(touchpoint.visits),
            cell(touchpoint.broken),
            or_unknown(hurt_if_known(touchpoint.hurt, touchpoint.coverage), cell),
            touchpoint.remaining.map_or_else(|| "none".to_owned(), cell),
        ]);
    }
    table.print(page);
    page.more(
        2,
        report.touchpoints.len(),
        LISTED,
        ("touchpoint", "touchpoints"),
    );
}

/// What a grade of evidence means, after "rests".
pub(in crate::render) fn ground(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Assumed => "on assumption: nobody has counted or asked",
        Evidence::Reported => "on what people told",
        Evidence::Observed => "on counts of real visits",
    }
}

fn rests_on(page: &mut Page, report: &Report) {
    page.heading("What this rests on");
    for part in &report.evidence {
        let ground = ground(part.evidence);
        let moments = that(part.share, MOMENTS, ("rests", "rest"));
        page.item(2, "- ", &format!("{moments} {ground}"));
    }
    if report.warnings.is_empty() {
        return;
    }
    page.gap();
    page.say(&match report.warnings.len() {
        1 => "One thing weakens the answer:".to_owned(),
        number => format!("{} things weaken the answer:", whole(number)),
    });
    page.gap();
    for warning in report.warnings.iter().take(LISTED) {
        page.item(2, "- ", &clean(&warning.to_string()));
    }
    page.more(2, report.warnings.len(), LISTED, ("warning", "warnings"));
}
