//! Text for a terminal.
//!
//! Numbers come with what they are counted among, the unknown is called unknown, names that others chose are made
//! harmless, and lists that can be long are cut after their first entries with the number of the rest.

mod channels;
mod chart;
mod difference;
mod feelings;
mod fix_money;
mod fixes;
mod listening;
mod money;
mod page;
mod pain;
mod paths;
mod promises;
mod short;
mod signs;
mod table;
mod whole;

use std::fmt;

use crate::analysis::{
    Attribution, ChannelConsistency, EarlySigns, ErrorBars, FixPlan, Fixes, Listening, Money,
    NeedConsistency, Promises, Trajectory,
};
use crate::report::{Difference, Report};
pub(super) use channels::{counted, sentence, told};
pub(super) use feelings::{few_numbers, known};
pub(super) use fixes::{gained, moved};
pub(super) use listening::{unhappy_moment, unstated_endings};
pub(super) use page::Page;
pub(super) use pain::{happenings, origin};
pub(super) use paths::ending;
pub(super) use promises::{recovery, sentences};
pub(super) use whole::ground;

/// A report as text of a chosen width, to be printed or turned into a string.
///
/// No line is longer than the width, as far as columns can be told without asking the terminal: long sentences and
/// names are wrapped, nothing is cut. Lists stop after ten entries and say how many there are.
///
/// ```
/// use customer_journey::{Channel, Journey, Phase, Touchpoint};
/// let trajectory = Journey::builder("Visit")
///     .touchpoint(Touchpoint::new("shop", Phase::During, Channel::Store).feels("joy"))
///     .build()?
///     .flow()?
///     .trajectory();
/// println!("{trajectory}");
/// println!("{}", trajectory.text().width(100));
/// # Ok::<(), customer_journey::Error>(())
/// ```
#[derive(Debug, Clone, Copy)]
#[must_use]
pub struct Text<'a> {
    subject: &'a dyn Printed,
    width: usize,
}

/// What can be laid out on a page.
pub(super) trait Printed: fmt::Debug + Send + Sync {
    fn print(&self, page: &mut Page);
}

/// Says which function lays out which report.
macro_rules! printed {
    ($($report:ty => $print:path,)+) => {$(
        impl Printed for $report {
            fn print(&self, page: &mut Page) {
                $print(page, self);
            }
        }
    )+};
}

printed! {
    Report => whole::print,
    Trajectory => feelings::print,
    ChannelConsistency => channels::print,
    NeedConsistency => channels::print_need,
    Promises => promises::print,
    EarlySigns => signs::print_signs,
    Attribution => signs::print_attribution,
    Fixes => fixes::print,
    FixPlan => fixes::print_plan,
    ErrorBars => fixes::print_error_bars,
    Listening => listening::print,
    Money => money::print,
    Difference => difference::print,
}

impl<'a> Text<'a> {
    const WIDTH: usize = 80;
    const NARROWEST: usize = 72;

    fn new(subject: &'a dyn Printed) -> Self {
        Self {
            subject,
            width: Self::WIDTH,
        }
    }

    /// Sets how many columns a line may take: 80 unless set, and at least 72, which the tables need.
    pub fn width(mut self, columns: usize) -> Self {
        self.width = columns.max(Self::NARROWEST);
        self
    }
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut page = Page::new(self.width);
        self.subject.print(&mut page);
        f.write_str(&page.finish())
    }
}
