//! Text for a terminal.
//!
//! Numbers come with what they are counted among, the unknown is called unknown, names that others chose are made
//! harmless, and lists that can be long are cut after their first entries with the number of the rest.

mod channels;
mod chart;
mod clean;
mod difference;
mod feelings;
mod fixes;
mod listening;
mod money;
mod number;
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
use page::Page;

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
    subject: Subject<'a>,
    width: usize,
}

#[derive(Debug, Clone, Copy)]
enum Subject<'a> {
    Report(&'a Report),
    Trajectory(&'a Trajectory),
    Channels(&'a ChannelConsistency),
    Need(&'a NeedConsistency),
    Promises(&'a Promises),
    Signs(&'a EarlySigns),
    Attribution(&'a Attribution),
    Fixes(&'a Fixes),
    Plan(&'a FixPlan),
    ErrorBars(&'a ErrorBars),
    Listening(&'a Listening),
    Money(&'a Money),
    Difference(&'a Difference),
}

impl<'a> Text<'a> {
    const WIDTH: usize = 80;
    const NARROWEST: usize = 72;

    fn new(subject: Subject<'a>) -> Self {
        Self {
            subject,
            width: Self::WIDTH,
        }
    }

    fn report(report: &'a Report) -> Self {
        Self::new(Subject::Report(report))
    }

    fn trajectory(trajectory: &'a Trajectory) -> Self {
        Self::new(Subject::Trajectory(trajectory))
    }

    fn channels(channels: &'a ChannelConsistency) -> Self {
        Self::new(Subject::Channels(channels))
    }

    fn need(need: &'a NeedConsistency) -> Self {
        Self::new(Subject::Need(need))
    }

    fn promises(promises: &'a Promises) -> Self {
        Self::new(Subject::Promises(promises))
    }

    fn signs(signs: &'a EarlySigns) -> Self {
        Self::new(Subject::Signs(signs))
    }

    fn attribution(attribution: &'a Attribution) -> Self {
        Self::new(Subject::Attribution(attribution))
    }

    fn fixes(fixes: &'a Fixes) -> Self {
        Self::new(Subject::Fixes(fixes))
    }

    fn plan(plan: &'a FixPlan) -> Self {
        Self::new(Subject::Plan(plan))
    }

    fn error_bars(bars: &'a ErrorBars) -> Self {
        Self::new(Subject::ErrorBars(bars))
    }

    fn listening(listening: &'a Listening) -> Self {
        Self::new(Subject::Listening(listening))
    }

    fn money(money: &'a Money) -> Self {
        Self::new(Subject::Money(money))
    }

    fn difference(difference: &'a Difference) -> Self {
        Self::new(Subject::Difference(difference))
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
        match self.subject {
            Subject::Report(report) => whole::print(&mut page, report),
            Subject::Trajectory(trajectory) => feelings::print(&mut page, trajectory),
            Subject::Channels(channels) => channels::print(&mut page, channels),
            Subject::Need(need) => channels::print_need(&mut page, need),
            Subject::Promises(promises) => promises::print(&mut page, promises),
            Subject::Signs(signs) => signs::print_signs(&mut page, signs),
            Subject::Attribution(attribution) => signs::print_attribution(&mut page, attribution),
            Subject::Fixes(fixes) => fixes::print(&mut page, fixes),
            Subject::Plan(plan) => fixes::print_plan(&mut page, plan),
            Subject::ErrorBars(bars) => fixes::print_error_bars(&mut page, bars),
            Subject::Listening(listening) => listening::print(&mut page, listening),
            Subject::Money(money) => money::print(&mut page, money),
            Subject::Difference(difference) => difference::print(&mut page, difference),
        }
        f.write_str(&page.finish())
    }
}
