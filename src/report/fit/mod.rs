//! How well the map tells what happened.

mod began;
mod memory;
mod modelled;
mod promised;
mod words;

pub(crate) use began::{of_signs, of_starts};
pub(crate) use promised::of_a_promise;
pub(crate) use words::sentence;

use super::{Report, Unit};
use crate::flow::Flow;
use crate::journey::{
    Clusters, Counted, CountedFigure, CountedMemory, CountedName, CountedPart, MemoryTest,
};
use modelled::Modelled;

/// How well a learned map tells what happened: every figure counted on whole journeys, beside what the map says of it.
///
/// A map forgets how customers came. Whatever is linear in visits and ways (outcomes, visits, length, mean feeling) it tells
/// exactly; whatever asks for "at least once", "both", "the worst of" or "given that" it can get wrong. Made by [`Flow::fit`].
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Fit {
    /// Journeys counted.
    pub journeys: u64,
    /// What error bars take as independent.
    pub clusters: Clusters,
    /// Every counted figure, in the order of [`CountedName::ALL`] and of the touchpoints of the map, but for what feelings
    /// [go with](Flow::drivers), which no map has.
    pub figures: Vec<FitFigure>,
    /// The facts that the map remembers of how customers came, by their names, in the order in which they are stated.
    pub remembers: Vec<String>,
    /// What was chosen of them, and how far the map is off without and with it; `None` where nobody chose.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub memory: Option<CountedMemory>,
    /// Where what journeys do next hangs on how they came: touchpoints in the order of the map, then endings.
    #[cfg_attr(feature = "serde", serde(default))]
    pub memory_tests: Vec<MemoryTest>,
    /// The figure that the map tells worst, of those that [are off](FitFigure::is_off).
    pub worst: Option<FitFigure>,
}

/// A counted figure and what the map says of it.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct FitFigure {
    /// Which figure.
    pub figure: CountedName,
    /// What it is of: ids of touchpoints, names, numbers.
    pub of: Vec<CountedPart>,
    /// What was counted.
    pub counted: f64,
    /// The lower end of its 95 % interval.
    pub low: Option<f64>,
    /// The upper end.
    pub high: Option<f64>,
    /// Its standard error.
    pub standard_error: Option<f64>,
    /// Journeys that it rests on.
    pub journeys: u64,
    /// What the map says; `None` where a map has no such figure.
    pub modelled: Option<f64>,
    /// What the map says minus what was counted.
    pub difference: Option<f64>,
    /// Whether it is the ending given a feeling where nearly all journeys end: what is felt there is the ending itself.
    #[cfg_attr(feature = "serde", serde(skip))]
    verdict: bool,
}

/// A share is off by more than this ...
const SHARE: f64 = 0.02;
/// ... and any other figure by more than this.
const OTHER: f64 = 0.05;
/// Fewer journeys that are alike may be so by chance.
pub(super) const FEW: u64 = 30;

impl FitFigure {
    fn new(counted: &CountedFigure, modelled: Option<f64>) -> Self {
        Self {
            figure: counted.figure,
            of: counted.of.clone(),
            counted: counted.value,
            low: counted.low,
            high: counted.high,
            standard_error: counted.standard_error,
            journeys: counted.journeys,
            modelled,
            difference: modelled.map(|modelled| modelled - counted.value),
            verdict: false,
        }
    }

    /// How far what the map says lies beyond the interval; 0 within.
    #[must_use]
    pub fn excess(&self) -> Option<f64> {
        let modelled = self.modelled?;
        let below = self.low.map_or(0.0, |low| low - modelled);
        let above = self.high.map_or(0.0, |high| modelled - high);
        Some(below.max(above).max(0.0))
    }

    /// Whether the map is off: beyond the interval, and by more than 2 of 100 journeys, or 0.05 where it is no share. How
    /// journeys end after a bad feeling does not count where 95 of 100 visits end: a review is its own ending. Nor does an
    /// interval without width of fewer than 30 journeys: two that are alike by chance tell of no error.
    #[must_use]
    pub fn is_off(&self) -> bool {
        let matters = if self.is_share() { SHARE } else { OTHER };
        let far = self.difference.is_some_and(|off| off.abs() > matters);
        let is_point = self
            .low
            .zip(self.high)
            .is_some_and(|(low, high)| low >= high);
        let is_told = !is_point || self.journeys >= FEW;
        far && is_told && !self.verdict && self.excess().is_some_and(|excess| excess > 0.0)
    }

    /// A delivery gap is the difference of two shares.
    fn is_share(&self) -> bool {
        self.figure == CountedName::DeliveryGap || Unit::of_counted(self.figure) == Unit::Share
    }
}

impl Fit {
    /// A figure by its name and by what it is of.
    #[must_use]
    pub fn figure(&self, figure: &str, of: &[&str]) -> Option<&FitFigure> {
        self.figures.iter().find(|known| {
            let parts = known.of.iter().map(ToString::to_string);
            known.figure.as_str() == figure && parts.eq(of.iter().copied())
        })
    }

    /// The figures that the map tells wrongly, the worst first.
    #[must_use]
    pub fn off(&self) -> Vec<&FitFigure> {
        let mut off: Vec<&FitFigure> = self.figures.iter().filter(|known| known.is_off()).collect();
        let excess = |known: &FitFigure| known.excess().unwrap_or(0.0);
        off.sort_by(|a, b| excess(b).total_cmp(&excess(a)));
        off
    }
}

impl Flow {
    /// How well the map tells what happened: every figure counted on whole journeys beside what the map says; `None` for maps
    /// that were drawn, learned from a tally, or edited after they were learned. Takes the time of a report.
    ///
    /// ```
    /// use customer_journey::{EventLog, EventRef, LearnOptions, Phase, PromiseResult};
    /// let mut log = EventLog::default();
    /// for number in 0..100 {
    ///     let name = number.to_string();
    ///     let late = number % 10 == 0;
    ///     let result = if late { PromiseResult::Broken } else { PromiseResult::Kept };
    ///     log.record(EventRef::new(&name, "delivery").promise(result))?;
    ///     log.record(EventRef::new(&name, "review").outcome(if late { "bad" } else { "good" }))?;
    /// }
    /// let journey = log.learn(&LearnOptions::new().other_phases(Phase::During))?.journey;
    /// let fit = journey.flow()?.fit().expect("learned from whole journeys");
    /// let bad = fit.figure("outcome_when_broken", &["delivery", "bad"]).expect("some were broken");
    /// assert_eq!(bad.counted, 1.0);
    /// // By the time of the review the map has forgotten it.
    /// assert!(bad.modelled.is_some_and(|modelled| (modelled - 0.1).abs() < 1e-12));
    /// assert!(bad.is_off());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn fit(&self) -> Option<Fit> {
        self.report().fit
    }
}

/// What a map says of a figure that was counted on other journeys; `None` where it has no such figure.
pub(crate) fn modelled(
    flow: &Flow,
    report: &Report,
    figure: CountedName,
    of: &[CountedPart],
) -> Option<f64> {
    let counted = CountedFigure::new(figure, of.to_vec(), 0.0, None, None, 0);
    Modelled::new(flow, report).figure(&counted)
}

/// What was counted beside what a report of the map alone says.
pub(super) fn fit(flow: &Flow, counted: &Counted, report: &Report) -> Fit {
    let modelled = Modelled::new(flow, report);
    // What a map cannot have: comparisons within what happened.
    let of_journeys = [
        CountedName::OutcomeAfterOther,
        CountedName::GoesWith,
        CountedName::OutcomeAsFar,
    ];
    let figures = counted.figures.iter();
    let figures = figures.filter(|figure| !of_journeys.contains(&figure.figure));
    let figures = figures.map(|figure| {
        let mut known = FitFigure::new(figure, modelled.figure(figure));
        let after_feeling = matches!(
            figure.figure,
            CountedName::OutcomeAfterBad | CountedName::OutcomeAfterGood
        );
        known.verdict = after_feeling && modelled.ends_at(figure);
        known
    });
    let facts = flow.journey().remembers().iter();
    let mut fit = Fit {
        journeys: counted.journeys,
        clusters: counted.clusters,
        figures: figures.collect(),
        remembers: facts.map(|fact| fact.name.clone()).collect(),
        memory_tests: counted.memory_tests.clone(),
        memory: counted.memory.clone(),
        worst: None,
    };
    fit.worst = fit.off().first().map(|&worst| worst.clone());
    fit
}
