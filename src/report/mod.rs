//! All answers together: the report document, two reports compared, and what if some things were done differently.

mod counted_first;
mod figure;
mod figures;
mod findings;
mod first;
mod fit;
mod of_map_alone;
mod what_if;

use crate::analysis::trajectory::PATHS;
use crate::analysis::{
    BrightSpots, ChannelConsistency, Complaints, DeliveryGap, Drivers, EarlySigns, EndingFigures,
    ErrorBars, EvidenceShare, FactFigures, Fix, Listening, Measured, Money, PainOptions, PainPoint,
    Promises, Recognition, Seams, TimeFigures, TouchpointFigures, Trajectory, Variety,
};
use crate::flow::{Basis, Flow, OutcomeShare};
use crate::journey::FixKind;
use crate::journey::{Outcome, Warning};
use crate::page::Question;
use crate::rules::{Finding, Rules};

pub(crate) use counted_first::counted_first;
pub use figure::{Direction, Figure, Unit};
pub(crate) use figures::ReportPart;
pub(crate) use first::{First, first};
pub(crate) use fit::modelled;
pub use fit::{Fit, FitFigure};
pub use what_if::{WhatIf, WhatIfError};

/// The format of the document.
const FORMAT: &str = "customer-journey-report/1";

/// Reads a format that must be this one.
#[cfg(feature = "serde")]
fn format<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    read_format(deserializer, FORMAT)
}

#[cfg(feature = "serde")]
pub(crate) fn read_format<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
    expected: &str,
) -> Result<String, D::Error> {
    let found = <String as serde::Deserialize>::deserialize(deserializer)?;
    if found == expected {
        return Ok(found);
    }
    let fault = format!("the format is {found:?} and not {expected:?}");
    Err(serde::de::Error::custom(fault))
}

/// Everything that a journey's flow tells, as owned data: `Display` prints it for people, serde as a
/// `customer-journey-report/1` document.
///
/// Lists are in the order of the journey's touchpoints unless their field says otherwise. What is not known is
/// `None`, and `null` in the document.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Report {
    /// The document's format, `customer-journey-report/1`.
    #[cfg_attr(feature = "serde", serde(deserialize_with = "format"))]
    pub format: String,
    /// The journey's name.
    pub journey: String,
    /// Whether figures are counted on whole journeys wherever they were: each part says of its own which are. What fixes change
    /// says so of each fix.
    pub basis: Basis,
    /// Expected number of moments of a journey.
    pub length: f64,
    /// Expected total of the known waits, in seconds.
    pub wait_s: Option<f64>,
    /// How long it takes: medians and spread, of each way and of the whole.
    #[cfg_attr(feature = "serde", serde(default))]
    pub time: TimeFigures,
    /// How different journeys are from each other, by the map; `None` in documents written before it was told.
    #[cfg_attr(feature = "serde", serde(default))]
    pub variety: Option<Variety>,
    /// How journeys end, in the order of the outcomes' names.
    pub outcomes: Vec<OutcomeShare>,
    /// Where journeys end and how, in the order of the touchpoints.
    #[cfg_attr(feature = "serde", serde(default))]
    pub endings: Vec<EndingFigures>,
    /// The figures of every touchpoint.
    pub touchpoints: Vec<TouchpointFigures>,
    /// Where customers feel best.
    pub bright_spots: BrightSpots,
    /// How feelings run from before to during to after.
    pub trajectory: Trajectory,
    /// Where it hurts, the worst first.
    pub pain_points: Vec<PainPoint>,
    /// Where channels contradict each other.
    pub channels: ChannelConsistency,
    /// What becomes of promises: in the document the list `promises`, and beside it `recovery`, `tolerance` and
    /// `promises_error_bound`.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub promises: Promises,
    /// Keeping each promise and lifting the negative feelings of each touchpoint, with the exact effect of each.
    pub fixes: Vec<Fix>,
    /// How far the counts leave the figures in doubt.
    pub error_bars: ErrorBars,
    /// Share of journeys that meet an unhappy moment; see [`Listening::unhappy`].
    pub unhappy: Option<f64>,
    /// Share of journeys that end in churn after an unhappy moment and without being heard; see
    /// [`Listening::silent_churn`].
    pub silent_churn: Option<f64>,
    /// Who is unhappy, who is heard, and which touchpoints would catch most of the others.
    pub listening: Listening,
    /// What journeys cost and what their endings are worth.
    pub money: Money,
    /// What the provider means to give and what customers expect, beside what they feel.
    pub delivery_gap: DeliveryGap,
    /// What customers remember, and what that changes, in the order in which the facts are stated; left out of the document where
    /// nothing is remembered.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub facts: Vec<FactFigures>,
    /// Where customers are handed over, and what nobody answers for.
    pub seams: Seams,
    /// Whether customers are recognised where they turn to the company, and what goes with it.
    #[cfg_attr(feature = "serde", serde(default))]
    pub recognition: Recognition,
    /// From a complaint to its answer.
    #[cfg_attr(feature = "serde", serde(default))]
    pub complaints: Complaints,
    /// Which feelings go with which endings; empty for maps that were drawn.
    pub drivers: Drivers,
    /// What announces each stated ending, and beside it those who came as far, in the order of the endings' names; of the 16 most
    /// frequent endings where there are more.
    #[cfg_attr(feature = "serde", serde(default))]
    pub early_signs: Vec<EarlySigns>,
    /// What is measured, how early it comes, and what decides.
    pub measured: Measured,
    /// How well the map tells what was counted on whole journeys; `None` for maps that were drawn.
    pub fit: Option<Fit>,
    /// What the figures rest on: the share of expected moments by grade of evidence, the strongest grade last.
    pub evidence: Vec<EvidenceShare>,
    /// What weakens the answer.
    pub warnings: Vec<Warning>,
    /// Which of the built-in rules the journey breaks, the gravest first; see [`Flow::check`].
    pub findings: Vec<Finding>,
}

impl Report {
    /// The warning of a dead end where journeys get lost on the map although it states how others end, and the share of
    /// journeys that end without a stated outcome, in 0..=1. It comes before everything else that a report says: figures of
    /// endings lack those journeys.
    #[must_use]
    pub fn hole(&self) -> Option<(&Warning, f64)> {
        let is_dead_end = |warning: &&Warning| matches!(warning, Warning::DeadEnd { .. });
        let dead_end = self.warnings.iter().find(is_dead_end)?;
        let is_unstated = |share: &OutcomeShare| share.outcome == Outcome::Unstated;
        let lost = self.outcomes.iter().find(|share| is_unstated(share))?;
        // An ending that the map states and that nobody comes to is lost in the hole as well.
        let is_stated = |share: &OutcomeShare| !is_unstated(share);
        let any_stated = self.outcomes.iter().any(is_stated);
        any_stated.then_some((dead_end, lost.probability))
    }

    /// The questions in the order in which they are told, each by its key in the document.
    pub(crate) fn questions(&self) -> Vec<(&'static str, &dyn Question)> {
        vec![
            ("outcomes", &self.outcomes),
            ("endings", &self.endings),
            ("facts", &self.facts),
            ("findings", &self.findings),
            ("pain_points", &self.pain_points),
            ("bright_spots", &self.bright_spots),
            ("trajectory", &self.trajectory),
            ("delivery_gap", &self.delivery_gap),
            ("drivers", &self.drivers),
            ("channels", &self.channels),
            ("seams", &self.seams),
            ("recognition", &self.recognition),
            ("promises", &self.promises),
            ("fixes", &self.fixes),
            ("listening", &self.listening),
            ("complaints", &self.complaints),
            ("measured", &self.measured),
            ("time", &self.time),
            ("money", &self.money),
            ("touchpoints", &self.touchpoints),
            ("early_signs", &self.early_signs),
            ("variety", &self.variety),
            ("error_bars", &self.error_bars),
            ("fit", &self.fit),
            ("evidence", &self.evidence),
            ("warnings", &self.warnings),
        ]
    }

    /// The figures of the touchpoint with this id. Takes O(n).
    #[must_use]
    pub fn touchpoint(&self, id: &str) -> Option<&TouchpointFigures> {
        self.touchpoints
            .iter()
            .find(|touchpoint| touchpoint.id == id)
    }
}

impl Flow {
    /// Asks every question, with the default options.
    ///
    /// ```
    /// use customer_journey::{Channel, Feeling, Journey, Outcome, Phase, Touchpoint};
    /// let journey = Journey::builder("Visit")
    ///     .touchpoint(Touchpoint::new("shop", Phase::During, Channel::Store)
    ///         .feels(Feeling::Joy).ends(Outcome::Loyalty, 1.0))
    ///     .build()?;
    /// let report = journey.flow()?.report();
    /// assert_eq!(report.length, 1.0);
    /// println!("{report}");
    /// # Ok::<(), customer_journey::Error>(())
    /// ```
    #[must_use]
    pub fn report(&self) -> Report {
        let map = self.modelled();
        let mut report = map.ask_everything();
        if let Some(counted) = self.counts() {
            let alone = report.clone();
            report.count(self);
            report.fit = Some(fit::fit(&map, counted, &alone));
        }
        report.early_signs = self.signs_of_endings();
        report.findings = self.check_report(&report, &Rules::new()).findings;
        report
    }

    fn ask_everything(&self) -> Report {
        let listening = self.listening();
        Report {
            format: FORMAT.to_owned(),
            journey: self.journey().name().to_owned(),
            basis: self.basis(),
            length: self.length(),
            wait_s: self.wait_s(),
            time: self.time(),
            variety: Some(self.variety()),
            outcomes: self.outcomes(),
            endings: self.endings(),
            touchpoints: self.touchpoints(),
            trajectory: self.trajectory(),
            pain_points: self.pain_points(&PainOptions::new()),
            bright_spots: self.bright_spots(),
            channels: self.channel_consistency(),
            promises: self.promises(),
            fixes: self.single_fixes(&[FixKind::KeepPromise, FixKind::LiftEmotion]),
            error_bars: self.error_bars(),
            unhappy: listening.unhappy,
            silent_churn: listening.silent_churn,
            listening,
            money: self.money(),
            delivery_gap: self.delivery_gap(),
            facts: self.facts(),
            seams: self.seams(),
            recognition: self.recognition(),
            complaints: self.complaints(),
            measured: self.measured(),
            drivers: self.drivers(),
            early_signs: Vec::new(),
            fit: None,
            evidence: self.evidence(),
            warnings: self.journey().warnings(),
            findings: Vec::new(),
        }
    }
}

impl Report {
    /// Answers with what was counted, without asking again what the map has said.
    fn count(&mut self, flow: &Flow) {
        self.basis = flow.basis();
        self.outcomes = flow.outcomes();
        self.time = flow.time();
        self.touchpoints = flow.touchpoints();
        self.trajectory.count(flow, flow.counted_paths(PATHS));
        self.pain_points = flow.pain_points(&PainOptions::new());
        self.bright_spots.count(flow);
        self.delivery_gap = flow.delivery_gap();
        self.seams = flow.seams();
        self.recognition = flow.recognition();
        self.complaints = flow.complaints();
        self.measured = flow.measured();
        self.drivers = flow.drivers();
        flow.count_facts(&mut self.facts);
        self.channels.count(flow);
        self.promises.count(flow);
        flow.count_fixes(&mut self.fixes);
        self.error_bars = flow.error_bars();
        self.listening.count(flow);
        self.unhappy = self.listening.unhappy;
    }
}
