//! Markdown for a wiki or a pull request: the sections of the text, as headings, lists and tables.

mod blocks;
mod escape;

use std::fmt;

use super::question::Question;
use super::text::Sheet;

pub(crate) use blocks::Blocks;

/// A report as Markdown (`CommonMark` with the tables of GitHub), to be printed or turned into a string.
///
/// It has the sections of [`Text`](crate::render::Text), and its lists stop after the same number of entries. What the map's
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
    answer: &'a dyn Question,
}

impl<'a> Markdown<'a> {
    pub(crate) fn new(answer: &'a dyn Question) -> Self {
        Self { answer }
    }
}

impl fmt::Display for Markdown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut sheet = Sheet::markdown();
        self.answer.print(&mut sheet);
        f.write_str(&sheet.finish())
    }
}
