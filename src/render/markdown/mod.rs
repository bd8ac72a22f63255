//! Markdown for a wiki or a pull request: the sections of the text, as headings, lists and tables.

mod blocks;
mod escape;

use std::fmt;

use super::text::{Page, Printed};
use crate::analysis::{
    Attribution, ChannelConsistency, EarlySigns, ErrorBars, FixPlan, Fixes, Listening, Money,
    Promises, Trajectory,
};
use crate::report::{Difference, Report};

pub(super) use blocks::Blocks;

/// A report as Markdown (`CommonMark` with the tables of GitHub), to be printed or turned into a string.
///
/// It has the sections of [`Text`](crate::Text), and its lists stop after the same number of entries. What the map's
/// author wrote stays text: marks of Markdown and HTML in names are escaped, and names that look like a mention or a
/// reference (`@name`, `#12`) notify and link nobody, for which an invisible word joiner stands after their first
/// character.
///
/// ```
/// use customer_journey::{Channel, Journey, Outcome, Phase, Touchpoint};
/// let report = Journey::builder("Visit *now*")
///     .touchpoint(Touchpoint::new("shop", Phase::During, Channel::Store).ends(Outcome::Loyalty, 1.0))
///     .build()?
///     .flow()?
///     .report();
/// let text = report.markdown().to_string();
/// assert!(text.starts_with(r"# Visit \*now\*"));
/// assert!(text.contains("\n## Where it hurts\n"));
/// # Ok::<(), customer_journey::Error>(())
/// ```
#[derive(Debug, Clone, Copy)]
#[must_use]
pub struct Markdown<'a> {
    subject: &'a dyn Printed,
}

impl fmt::Display for Markdown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut page = Page::markdown();
        self.subject.print(&mut page);
        f.write_str(&page.finish())
    }
}

/// Says what has a form in Markdown.
macro_rules! in_markdown {
    ($($report:ty,)+) => {$(
        impl $report {
            /// The text for people as Markdown, for a wiki or a pull request; see [`Markdown`](crate::Markdown).
            pub fn markdown(&self) -> Markdown<'_> {
                Markdown { subject: self }
            }
        }
    )+};
}

in_markdown! {
    Report,
    Trajectory,
    ChannelConsistency,
    Promises,
    EarlySigns,
    Attribution,
    Fixes,
    FixPlan,
    ErrorBars,
    Listening,
    Money,
    Difference,
}
