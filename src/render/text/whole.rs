//! The whole report.

use std::fmt;

use super::Text;
use super::page::Page;
use crate::render::clean::clean;
use crate::render::number::{count, duration};
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
    for (_, question) in report.questions() {
        if question.is_worth_telling() {
            question.print(page);
        }
    }
}
