//! The trajectory: phases, curve, extremes, turns.

use std::fmt;

use super::page::Page;
use super::table::Table;
use super::{Text, paths};
use crate::analysis::{ExtremeChance, ExtremeValence, PhaseFigures, Trajectory, TurningPoint};
use crate::page::text::chart;
use crate::render::clean::clean;
use crate::render::number::{
    JOURNEYS, MOMENTS, Noun, UNKNOWN, among, cell, feeling, is_all, of_100, or_unknown, size, that,
};

/// So many falls and rises are printed.
const TURNS: usize = 5;

impl Trajectory {
    /// The text for people, of a width that can be set.
    pub fn text(&self) -> Text<'_> {
        Text::new(self)
    }
}

/// The whole trajectory for people, with the curve drawn; see [`Trajectory::text`] for other widths than 80.
impl fmt::Display for Trajectory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(f)
    }
}

pub(super) fn print(page: &mut Page, trajectory: &Trajectory) {
    page.heading("How feelings run");
    page.say(
        "A feeling is a number from -1 (as bad as can be) over 0 (neutral) to +1 (as good as can be), its valence.",
    );
    page.say(&format!("The feeling is {}.", known(trajectory.coverage)));
    page.gap();
    phases(page, &trajectory.phases);
    page.gap();
    page.say(
        "Moment by moment: the mean feeling of the journeys still under way, and how many those are of 100.",
    );
    page.gap();
    let curve = trajectory.curve.iter();
    let curve: Vec<_> = curve.map(|point| (point.mean, point.travelling)).collect();
    chart::print(page, &curve);
    if trajectory.curve.iter().any(|point| point.mean.is_none()) {
        page.item(
            2,
            "",
            "A gap in the curve, and ? below it: the feeling of that moment is unknown.",
        );
    }
    page.gap();
    summary(page, trajectory);
    turns(
        page,
        "Where feelings fall, the strongest first",
        ("fall", "falls"),
        &trajectory.falls,
    );
    turns(
        page,
        "Where feelings rise, the strongest first",
        ("rise", "rises"),
        &trajectory.rises,
    );
    page.gap();
    paths::print(page, trajectory);
}

/// How many moments have a known feeling.
pub(in crate::render) fn known(coverage: f64) -> String {
    if coverage <= 0.0 {
        "known at no moment".to_owned()
    } else if is_all(coverage) {
        "known at every moment".to_owned()
    } else {
        let known = among(coverage, MOMENTS);
        format!("known at {known}; the others are left out and not counted as neutral")
    }
}

fn phases(page: &mut Page, phases: &[PhaseFigures]) {
    let mut table = Table::new()
        .fixed("phase")
        .number("journeys\ncoming,\nof 100")
        .number("moments\nper\njourney")
        .number("mean\nfeeling")
        .number("good")
        .number("of 100\nmoments\nneutral")
        .number("bad")
        .number("feeling\nknown,\nof 100");
    for phase in phases {
        // Where there are no moments there is nothing that could be unknown.
        let or_none = |figure: Option<f64>, show: fn(f64) -> String| match phase.coverage {
            None => "none".to_owned(),
            Some(_) => or_unknown(figure, show),
        };
        table.row([
            phase.phase.to_string(),
            of_100(phase.reach),
            cell(phase.moments),
            or_none(phase.mean, feeling),
            or_none(phase.positive, of_100),
            or_none(phase.neutral, of_100),
            or_none(phase.negative, of_100),
            or_none(phase.coverage, of_100),
        ]);
    }
    table.print(page);
    page.item(
        2,
        "",
        "Good is above +0.10, bad is below -0.10; shares are of moments with a known feeling.",
    );
}

/// The figures that sum a journey up, each with its name and its meaning.
pub(in crate::render) fn few_numbers(
    trajectory: &Trajectory,
) -> Vec<(&'static str, String, String)> {
    let worst = extreme(&trajectory.worst.distribution, ("worse", "worst"));
    let best_last: Vec<ExtremeChance> =
        trajectory.best.distribution.iter().rev().copied().collect();
    let best = extreme(&best_last, ("better", "best"));
    let end = format!("the last moment; {}", known_end(trajectory.end_coverage));
    let mean = |extreme: &ExtremeValence| extreme.mean;
    let rows: [(&str, Option<f64>, String); 7] = [
        (
            "worst",
            mean(&trajectory.worst),
            format!("the worst moment of a journey, on average{worst}"),
        ),
        (
            "best",
            mean(&trajectory.best),
            format!("the best moment of a journey, on average{best}"),
        ),
        (
            "peak",
            trajectory.peak,
            "the strongest moment of a journey, good or bad, on average".to_owned(),
        ),
        ("end", trajectory.end, end),
        ("mean", trajectory.mean, "all moments alike".to_owned()),
        (
            "peak-end",
            trajectory.peak_end,
            "halfway between peak and end".to_owned(),
        ),
        (
            "remembered",
            trajectory.remembered,
            "what is likely to be remembered: peak-end and mean, blended".to_owned(),
        ),
    ];
    let mut shown: Vec<_> = rows
        .into_iter()
        .map(|(name, figure, meaning)| (name, or_unknown(figure, feeling), meaning))
        .collect();
    shown.push((
        "swing",
        or_unknown(trajectory.swing, size),
        "how far feelings move from one moment to the next; up to 0.25 is steady, above 0.75 a rollercoaster".to_owned(),
    ));
    shown
}

fn summary(page: &mut Page, trajectory: &Trajectory) {
    page.say("A journey in a few numbers:");
    page.gap();
    let mut table = Table::new().fixed("").number("").text("");
    for (name, figure, meaning) in few_numbers(trajectory) {
        table.row([name.to_owned(), figure, meaning]);
    }
    table.print(page);
    if trajectory.coverage > 0.0 && trajectory.coverage < 1.0 {
        page.item(
            2,
            "",
            "Worst, best and peak are taken over journeys with at least one known feeling.",
        );
    }
    if let Some(grid) = trajectory.rounded_to {
        page.item(
            2,
            "",
            &format!("For worst, best and peak, feelings were rounded to steps of {grid}."),
        );
    }
    within(
        page,
        "Worst, best, peak and the journeys of each phase are",
        trajectory.error_bound,
    );
}

/// Says how exact figures are that were approached and not computed outright.
pub(super) fn within(page: &mut Page, figures: &str, error_bound: f64) {
    if error_bound > 0.0 {
        let text = format!("{figures} right to at least {error_bound:.0e} of their size.");
        page.item(2, "", &text);
    }
}

fn known_end(coverage: f64) -> String {
    if coverage <= 0.0 {
        format!("its feeling is {UNKNOWN}")
    } else {
        format!("its feeling is known for {}", among(coverage, JOURNEYS))
    }
}

/// What half of the journeys meet, and the utmost that any meets. The chances run from the utmost inwards.
fn extreme(chances: &[ExtremeChance], (beyond, utterly): (&str, &str)) -> String {
    let mut met = chances.iter().filter(|chance| chance.probability > 0.0);
    let Some(utmost) = met.next() else {
        return String::new();
    };
    let mut sum = utmost.probability;
    let mut half = utmost.valence;
    for chance in met {
        if sum >= 0.5 {
            break;
        }
        sum += chance.probability;
        half = chance.valence;
    }
    let most = that(sum, JOURNEYS, ("meets", "meet"));
    if feeling(half) == feeling(utmost.valence) {
        return format!("; {most} one of {}, and none a {beyond} one", feeling(half));
    }
    format!(
        "; {most} one of {} or {beyond}, and the {utterly} of all is {} ({})",
        feeling(half),
        feeling(utmost.valence),
        among(utmost.probability, JOURNEYS)
    )
}

fn turns(page: &mut Page, title: &str, what: Noun, turns: &[TurningPoint]) {
    page.gap();
    if turns.is_empty() {
        page.say(&format!("{title}: none is known."));
        return;
    }
    page.say(&format!("{title}:"));
    page.gap();
    let mut table = Table::new()
        .number("change")
        .number("times per\njourney")
        .text("way");
    for turn in turns.iter().take(TURNS) {
        let way = format!("{} → {}", clean(&turn.from), clean(&turn.to));
        let way = match turn.when {
            Some(result) => format!("{way}, when the promise is {result}"),
            None => way,
        };
        table.row([feeling(turn.change), cell(turn.flow), way]);
    }
    table.print(page);
    page.more(2, turns.len(), TURNS, what);
}
