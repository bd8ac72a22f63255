//! The tables of a report as comma-separated values, for spreadsheets and other programs.

mod cells;
mod tables;
mod whole;

use std::fmt;

use crate::journey::words;
use crate::report::Report;
use tables::write_tables;

words! {
    /// A table of a report. Lists within its rows are tables of their own, so that every row holds single values.
    ///
    /// ```
    /// use customer_journey::render::Table;
    /// assert_eq!("pain_points".parse(), Ok(Table::PainPoints));
    /// ```
    pub enum Table as "table" {
        /// The figures of the journey as a whole: `figure`, `value`.
        Summary = "summary",
        /// How journeys end, a row an outcome.
        Outcomes = "outcomes",
        /// Where journeys end and how, a row for each touchpoint and outcome.
        Endings = "endings",
        /// The figures of each touchpoint.
        Touchpoints = "touchpoints",
        /// What each touchpoint means for each outcome, a row for each two.
        TouchpointOutcomes = "touchpoint_outcomes",
        /// Before, during and after.
        Phases = "phases",
        /// The emotional curve, a row a moment.
        Curve = "curve",
        /// Where feelings fall and rise, the strongest of each first.
        Turns = "turns",
        /// The most likely paths.
        Paths = "paths",
        /// Their touchpoints, a row a step.
        PathSteps = "path_steps",
        /// Where it hurts, the worst first.
        PainPoints = "pain_points",
        /// Why it hurts, a row a cause.
        PainCauses = "pain_causes",
        /// Where the promises tested at pain points were made, a row a touchpoint.
        PainOrigins = "pain_origins",
        /// Where customers feel best, the greatest pleasure first.
        BrightSpots = "bright_spots",
        /// How journeys end that feel good somewhere, a row for each touchpoint and outcome.
        BrightSpotOutcomes = "bright_spot_outcomes",
        /// What is felt where promises are kept.
        KeptPromises = "kept_promises",
        /// What raising the feelings of touchpoints to what is meant would change.
        Raises = "raises",
        /// What raises change in how journeys end.
        RaiseOutcomes = "raise_outcomes",
        /// The needs that are met in several channels.
        Needs = "needs",
        /// The channels of each need.
        Channels = "channels",
        /// What customers are told in each channel of each need, a row an answer.
        ChannelAnswers = "channel_answers",
        /// Every pair of channels of each need.
        ChannelPairs = "channel_pairs",
        /// The ledger of promises.
        Promises = "promises",
        /// Where promises are made and tested, and where nobody may put them right, a row a touchpoint.
        PromisePlaces = "promise_places",
        /// How journeys end with each promise kept, broken, recovered and not, a row an outcome.
        PromiseEndings = "promise_endings",
        /// How many tries customers give: a row for each class of journeys and outcome.
        Tolerance = "tolerance",
        /// What each fix changes.
        Fixes = "fixes",
        /// How each fix changes the chance of each outcome.
        FixOutcomes = "fix_outcomes",
        /// Figures with standard error and 95 % interval; no rows where there are no error bars.
        ErrorBars = "error_bars",
        /// What each touchpoint would gain by listening.
        Listening = "listening",
        /// Cost to serve by phase, and by owner.
        Spending = "spending",
        /// What is meant, expected and felt at each touchpoint.
        DeliveryGap = "delivery_gap",
        /// The same by phase, owner and channel, a row a part.
        DeliveryGapParts = "delivery_gap_parts",
        /// How often customers are handed over, a row a kind.
        Seams = "seams",
        /// Every hand-over from one side to another.
        HandOvers = "hand_overs",
        /// Where customers begin all over again.
        BeginsAgain = "begins_again",
        /// Broken promises where nobody may put them right.
        NoMandate = "no_mandate",
        /// What hurts, by owner.
        Owners = "owners",
        /// In which channels each need is met, and in which not.
        NeedChannels = "need_channels",
        /// What is felt at touchpoints that recognise customers, and at those that do not.
        Recognition = "recognition",
        /// What is felt where customers are not recognised beside where they are, a row a comparison.
        RecognitionDifferences = "recognition_differences",
        /// What becomes of complaints, a row a fate.
        ComplaintFates = "complaint_fates",
        /// How complaints end by what became of them, a row for each fate and outcome.
        ComplaintOutcomes = "complaint_outcomes",
        /// Who hears complaints and who answers them, a row a touchpoint.
        ComplaintPlaces = "complaint_places",
        /// Complaints by the channel that hears them.
        ComplaintChannels = "complaint_channels",
        /// How journeys end after a bad and after another feeling, a row for each touchpoint and outcome.
        Drivers = "drivers",
        /// What announces each ending, and those who came as far, a row for each ending and sign.
        EarlySigns = "early_signs",
        /// Survey measures with their scores.
        Measures = "measures",
        /// Indices of several survey measures.
        MeasureIndices = "measure_indices",
        /// Which share of each ending a measure comes before.
        MeasureOutcomes = "measure_outcomes",
        /// Where endings are decided and nothing is measured.
        Unmeasured = "unmeasured",
        /// How long each step takes, where most time goes first: quantiles, with the mean beside them.
        TimeWays = "time_ways",
        /// Quantiles of the time that the whole of a journey takes, and of that from a broken promise to somebody who can put it right.
        TimeWhole = "time_whole",
        /// How soon those who were unhappy have an answer.
        TimeAnswered = "time_answered",
        /// Where journeys part, in bits; how many different ones there are stands in the summary.
        Variety = "variety",
        /// What the figures rest on.
        Evidence = "evidence",
        /// What weakens the answer.
        Warnings = "warnings",
        /// Which rules the journey breaks, a row a finding; several touchpoints of one have a blank between them.
        Findings = "findings",
    }
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
    /// use customer_journey::render::Table;
    /// use customer_journey::{Channel, Journey, Outcome, Phase, Touchpoint};
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
            table => {
                let questions = self.report.questions();
                let mut told = questions
                    .iter()
                    .flat_map(|(_, question)| question.sections());
                return told
                    .try_for_each(|section| write_tables(f, table.as_str(), &section.blocks));
            }
        };
        f.write_str(&write(self.report).finish())
    }
}
