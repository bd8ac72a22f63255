//! The tables of a report as comma-separated values, for spreadsheets and other programs.

mod cells;
mod channels;
mod feelings;
mod fixes;
mod pains;
mod promises;
mod whole;

use std::fmt;

use crate::report::Report;

/// A table of a report. Lists within its rows are tables of their own, so that every row holds single values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Table {
    /// The figures of the journey as a whole: `figure`, `value`.
    Summary,
    /// How journeys end, a row an outcome.
    Outcomes,
    /// The figures of each touchpoint.
    Touchpoints,
    /// What each touchpoint means for each outcome, a row for each two.
    TouchpointOutcomes,
    /// Before, during and after.
    Phases,
    /// The emotional curve, a row a moment.
    Curve,
    /// Where feelings fall and rise, the strongest of each first.
    Turns,
    /// The most likely paths.
    Paths,
    /// Their touchpoints, a row a step.
    PathSteps,
    /// Where it hurts, the worst first.
    PainPoints,
    /// Why it hurts, a row a cause.
    PainCauses,
    /// Where the promises tested at pain points were made, a row a touchpoint.
    PainOrigins,
    /// The needs that are met in several channels.
    Needs,
    /// The channels of each need.
    Channels,
    /// What customers are told in each channel of each need, a row an answer.
    ChannelAnswers,
    /// Every pair of channels of each need.
    ChannelPairs,
    /// The ledger of promises.
    Promises,
    /// Where promises are made and tested, and where nobody may put them right, a row a touchpoint.
    PromisePlaces,
    /// How journeys end with each promise kept, broken, recovered and not, a row an outcome.
    PromiseEndings,
    /// How many tries customers give: a row for each class of journeys and outcome.
    Tolerance,
    /// What each fix changes.
    Fixes,
    /// How each fix changes the chance of each outcome.
    FixOutcomes,
    /// Figures with standard error and 95 % interval; no rows where there are no error bars.
    ErrorBars,
    /// What each touchpoint would gain by listening.
    Listening,
    /// Cost to serve by phase, and by owner.
    Spending,
    /// What the figures rest on.
    Evidence,
    /// What weakens the answer.
    Warnings,
}

impl Table {
    /// Every table, in the order of the report.
    pub const ALL: &'static [Self] = &[
        Self::Summary,
        Self::Outcomes,
        Self::Touchpoints,
        Self::TouchpointOutcomes,
        Self::Phases,
        Self::Curve,
        Self::Turns,
        Self::Paths,
        Self::PathSteps,
        Self::PainPoints,
        Self::PainCauses,
        Self::PainOrigins,
        Self::Needs,
        Self::Channels,
        Self::ChannelAnswers,
        Self::ChannelPairs,
        Self::Promises,
        Self::PromisePlaces,
        Self::PromiseEndings,
        Self::Tolerance,
        Self::Fixes,
        Self::FixOutcomes,
        Self::ErrorBars,
        Self::Listening,
        Self::Spending,
        Self::Evidence,
        Self::Warnings,
    ];
}

/// A table of a report as comma-separated values, to be turned into a string and written to a file.
///
/// As RFC 4180 has it: a line of headings, a line for each row, all ended by a carriage return and a line feed, and text
/// in quotation marks where it needs them. All entries are there, also those that a printed report leaves out.
///
/// - Headings are the keys of the report document where it has the figure, units included: valences from -1 to 1,
///   shares from 0 to 1, times in seconds, all else per journey.
/// - An empty cell is a figure that is not known, or that does not apply there. An empty text is `""`.
/// - Numbers have all their digits and a decimal point, whatever the language of the reader.
/// - Text that a spreadsheet could take for a formula (one that begins, after blanks, with `=`, `+`, `-`, `@` or their
///   wide forms, or with a control character) has an apostrophe before it, and so has text that begins with an
///   apostrophe. Programs that want the name as it was take one apostrophe off.
#[derive(Debug, Clone, Copy)]
#[must_use]
pub struct Csv<'a> {
    report: &'a Report,
    table: Table,
}

impl Report {
    /// One of the report's tables as comma-separated values. Takes time in proportion to the table.
    ///
    /// ```
    /// use customer_journey::{Channel, Journey, Outcome, Phase, Table, Touchpoint};
    /// let report = Journey::builder("Visit")
    ///     .touchpoint(Touchpoint::new("shop", Phase::During, Channel::Store)
    ///         .ends(Outcome::Churn, 1.0).ends(Outcome::Loyalty, 3.0))
    ///     .build()?
    ///     .flow()?
    ///     .report();
    /// let csv = report.csv(Table::Outcomes).to_string();
    /// assert_eq!(csv, "outcome,probability,standard_error\r\nchurn,0.25,\r\nloyalty,0.75,\r\n");
    /// # Ok::<(), customer_journey::Error>(())
    /// ```
    pub fn csv(&self, table: Table) -> Csv<'_> {
        Csv {
            report: self,
            table,
        }
    }
}

impl fmt::Display for Csv<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let write = match self.table {
            Table::Summary => whole::summary,
            Table::Outcomes => whole::outcomes,
            Table::Touchpoints => whole::touchpoints,
            Table::TouchpointOutcomes => whole::touchpoint_outcomes,
            Table::Phases => feelings::phases,
            Table::Curve => feelings::curve,
            Table::Turns => feelings::turns,
            Table::Paths => feelings::paths,
            Table::PathSteps => feelings::path_steps,
            Table::PainPoints => pains::points,
            Table::PainCauses => pains::causes,
            Table::PainOrigins => pains::origins,
            Table::Needs => channels::needs,
            Table::Channels => channels::channels,
            Table::ChannelAnswers => channels::answers,
            Table::ChannelPairs => channels::pairs,
            Table::Promises => promises::ledger,
            Table::PromisePlaces => promises::places,
            Table::PromiseEndings => promises::endings,
            Table::Tolerance => promises::tolerance,
            Table::Fixes => fixes::fixes,
            Table::FixOutcomes => fixes::outcomes,
            Table::ErrorBars => fixes::error_bars,
            Table::Listening => whole::listening,
            Table::Spending => whole::spending,
            Table::Evidence => whole::evidence,
            Table::Warnings => whole::warnings,
        };
        f.write_str(&write(self.report).finish())
    }
}
