//! The whole report.

use std::fmt;

use super::Text;
use super::page::Page;
use crate::analysis::time::told::ONE_TIME;
use crate::analysis::{Fix, FixEffect};
use crate::journey::Warning;
use crate::page::Question;
use crate::render::clean::clean;
use crate::render::number::{JOURNEYS, capital, count, duration, that, whole};
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
    if let Some(hole) = hole(report, ToString::to_string) {
        page.say(&format!("First of all: {}", clean(&hole)));
        page.gap();
    }
    let length = count(report.length);
    page.say(&format!(
        "A journey is {length} {} long on average; every visit to a touchpoint is a moment. {}",
        if length == "1" { "moment" } else { "moments" },
        waits(report)
    ));
    for known in crate::report::counted_first(report) {
        page.say(&known);
    }
    for (key, question) in report.questions() {
        if key == "fixes" && report.hole().is_some() {
            helpful_fixes(page, &report.fixes);
        } else if question.is_worth_telling() {
            question.print(page);
        }
    }
}

/// How long customers wait: median and mean of the same journeys.
fn waits(report: &Report) -> String {
    let Some(wait) = report.wait_s else {
        return "The waits between them are unknown.".to_owned();
    };
    if report.time.is_nothing() {
        return ONE_TIME.to_owned();
    }
    let whole = report.time.whole.as_ref();
    let Some((time, (median, (quarter, three)))) =
        whole.and_then(|time| Some((time, time.middle()?)))
    else {
        return format!(
            "The waits that are known add up to {} on average.",
            duration(wait)
        );
    };
    format!(
        "Half of the journeys wait up to {} in all, where waits are known (a quarter up to {}, three quarters up to {}; mean {}).",
        duration(median),
        duration(quarter),
        duration(three),
        duration(time.mean_s.unwrap_or(wait))
    )
}

/// What is to be said before everything else: that journeys get lost on the map, so that no figure of endings holds.
pub(in crate::render) fn hole(report: &Report, say: impl Fn(&Warning) -> String) -> Option<String> {
    let (dead_end, lost) = report.hole()?;
    Some(format!(
        "the map has a hole, and {} in no stated way. {}. Mend that before you act on the figures below.",
        that(lost, JOURNEYS, ("ends", "end")),
        capital(&say(dead_end))
    ))
}

/// The fixes without those that lead more customers to where journeys get lost on the map.
fn helpful_fixes(page: &mut Page, fixes: &[Fix]) {
    let leads_astray = |fix: &Fix| fix.effect.as_ref().is_some_and(FixEffect::leads_astray);
    let (astray, helpful): (Vec<Fix>, Vec<Fix>) = fixes.iter().cloned().partition(leads_astray);
    helpful.print(page);
    if astray.is_empty() {
        return;
    }
    page.gap();
    page.say(&format!(
        "{} not listed: with {} more journeys would come to the hole in the map, and what becomes of them nobody knows.",
        match astray.len() {
            1 => "One fix is".to_owned(),
            number => format!("{} fixes are", whole(number)),
        },
        if astray.len() == 1 { "it" } else { "them" }
    ));
}
