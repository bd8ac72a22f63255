//! Two reports compared.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use ordered_float::OrderedFloat;

use super::Report;
use super::figure::{Direction, Figure, Unit};
use crate::analysis::{NeedConsistency, PhaseFigures, PromiseFigures, TouchpointFigures};
use crate::flow::OutcomeShare;
use crate::journey::Outcome;

/// The format of the document.
const FORMAT: &str = "customer-journey-difference/1";

/// Reads a format that must be this one.
#[cfg(feature = "serde")]
fn format<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    super::read_format(deserializer, FORMAT)
}

/// What is different between two reports: `Display` prints it for people, serde as a
/// `customer-journey-difference/1` document.
///
/// All figures of both reports are here, the unchanged ones too; see [`FigureDifference::is_changed`]. Parts are
/// matched by name or id.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Difference {
    /// The document's format, `customer-journey-difference/1`.
    #[cfg_attr(feature = "serde", serde(deserialize_with = "format"))]
    pub format: String,
    /// The name of the journey before.
    pub before: String,
    /// The name of the journey after.
    pub after: String,
    /// What was done differently, in words; empty unless the difference is that of a
    /// [`what_if`](crate::Flow::what_if).
    pub changes: Vec<String>,
    /// The journey as a whole, in the order of [`Figure`].
    pub whole: Vec<FigureDifference>,
    /// How journeys end, by outcome: the greatest change first, then the name.
    pub outcomes: Vec<PartDifference>,
    /// Before, during and after.
    pub phases: Vec<PartDifference>,
    /// The touchpoints, by id: the greatest change of hurt first, then of visits, then the id.
    pub touchpoints: Vec<PartDifference>,
    /// The promises, by name.
    pub promises: Vec<PartDifference>,
    /// The needs that are met in several channels, by name.
    pub needs: Vec<PartDifference>,
    /// The ids of the pain points that are gone, the worst first.
    pub pains_gone: Vec<String>,
    /// The ids of the pain points that are new, the worst first.
    pub pains_new: Vec<String>,
    /// What weakened the answer before and does no longer, in words.
    pub warnings_gone: Vec<String>,
    /// What weakens the answer now, in words.
    pub warnings_new: Vec<String>,
}

/// A part of a journey before and after: an outcome, a phase, a touchpoint, a promise, a need.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PartDifference {
    /// Its name or id.
    pub name: String,
    /// On which side it is.
    pub presence: PartPresence,
    /// Its figures; `None` on the side where the part is not.
    pub figures: Vec<FigureDifference>,
}

/// On which side of a comparison a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum PartPresence {
    /// On both.
    Both,
    /// Only before: it is gone.
    Before,
    /// Only after: it is new.
    After,
}

/// A figure before and after.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct FigureDifference {
    /// Which figure.
    pub figure: Figure,
    /// Its value before; `None` where it is unknown.
    pub before: Option<f64>,
    /// Its value after; `None` where it is unknown.
    pub after: Option<f64>,
    /// After minus before; `None` where one of them is unknown. It is as exact as the two are, and so says little
    /// where they differ by less than 1e-9 of their size; [`Flow::single_fixes`](crate::Flow::single_fixes) computes
    /// small effects of single fixes without that subtraction.
    pub change: Option<f64>,
}

/// Differences up to this come from rounding: of a valence or a swing in itself, of other figures in proportion.
const ROUNDING: f64 = 1e-9;

impl FigureDifference {
    fn new(figure: Figure, before: Option<f64>, after: Option<f64>) -> Self {
        Self {
            figure,
            before,
            after,
            change: before.zip(after).map(|(before, after)| after - before),
        }
    }

    /// Whether the figure changed by more than rounding, or became known or unknown.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        let (Some(before), Some(after)) = (self.before, self.after) else {
            return self.before.is_some() || self.after.is_some();
        };
        let size = match self.figure.unit() {
            Unit::Valence | Unit::Intensity => before.abs().max(after.abs()).max(1.0),
            Unit::Share | Unit::Times | Unit::Seconds | Unit::Money => {
                before.abs().max(after.abs())
            }
        };
        (after - before).abs() > ROUNDING * size
    }

    /// Whether the change is for the better; `None` where nothing changed, one side is unknown, or that depends on
    /// what is behind it.
    #[must_use]
    pub fn is_better(&self) -> Option<bool> {
        let change = self.change.filter(|_| self.is_changed())?;
        match self.figure.direction() {
            Direction::More => Some(change > 0.0),
            Direction::Less => Some(change < 0.0),
            Direction::Depends => None,
        }
    }

    /// How far it moved, for an order by size: what is on one side only counts as moved by all that it is.
    fn size(&self) -> OrderedFloat<f64> {
        let one_side = self.before.or(self.after).unwrap_or(0.0);
        OrderedFloat(self.change.unwrap_or(one_side).abs())
    }
}

impl PartDifference {
    /// One of its figures.
    #[must_use]
    pub fn figure(&self, figure: Figure) -> Option<&FigureDifference> {
        self.figures.iter().find(|line| line.figure == figure)
    }

    /// Whether it came or went, or one of its figures changed.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.presence != PartPresence::Both || self.figures.iter().any(FigureDifference::is_changed)
    }

    fn size_of(&self, figure: Figure) -> OrderedFloat<f64> {
        self.figure(figure)
            .map_or(OrderedFloat(0.0), FigureDifference::size)
    }
}

/// A figure and how to read it off.
type Line<T> = (Figure, fn(&T) -> Option<f64>);

const WHOLE: &[Line<Report>] = &[
    (Figure::Hurt, hurt),
    (Figure::Mean, |report| report.trajectory.mean),
    (Figure::End, |report| report.trajectory.end),
    (Figure::Worst, |report| report.trajectory.worst.mean),
    (Figure::Best, |report| report.trajectory.best.mean),
    (Figure::Peak, |report| report.trajectory.peak),
    (Figure::PeakEnd, |report| report.trajectory.peak_end),
    (Figure::Remembered, |report| report.trajectory.remembered),
    (Figure::Swing, |report| report.trajectory.swing),
    (Figure::Coverage, |report| Some(report.trajectory.coverage)),
    (Figure::Broken, |report| Some(broken(report))),
    (Figure::Unhappy, |report| report.unhappy),
    (Figure::SilentChurn, |report| report.silent_churn),
    (Figure::Inconsistency, |report| {
        report.channels.inconsistency
    }),
    (Figure::Length, |report| Some(report.length)),
    (Figure::WaitS, |report| report.wait_s),
    (Figure::Cost, |report| report.money.cost),
    (Figure::CostCoverage, |report| {
        Some(report.money.cost_coverage)
    }),
    (Figure::Value, |report| report.money.value),
    (Figure::ValueCoverage, |report| {
        Some(report.money.value_coverage)
    }),
];

const OUTCOME: &[Line<OutcomeShare>] =
    &[(Figure::Probability, |outcome| Some(outcome.probability))];

const PHASE: &[Line<PhaseFigures>] = &[
    (Figure::Mean, |phase| phase.mean),
    (Figure::Coverage, |phase| phase.coverage),
    (Figure::Length, |phase| Some(phase.moments)),
    (Figure::Reach, |phase| Some(phase.reach)),
];

const TOUCHPOINT: &[Line<TouchpointFigures>] = &[
    (Figure::Hurt, |touchpoint| touchpoint.hurt),
    (Figure::Coverage, |touchpoint| Some(touchpoint.coverage)),
    (Figure::Broken, |touchpoint| Some(touchpoint.broken)),
    (Figure::Reach, |touchpoint| touchpoint.reach),
    (Figure::Visits, |touchpoint| Some(touchpoint.visits)),
];

const PROMISE: &[Line<PromiseFigures>] = &[
    (Figure::KeptRate, |promise| promise.kept_rate),
    (Figure::MeetsBroken, |promise| promise.meets_broken),
    (Figure::BrokenAfterMade, |promise| promise.broken_after_made),
    (Figure::Tests, |promise| Some(promise.tests)),
];

const NEED: &[Line<NeedConsistency>] = &[
    (Figure::Inconsistency, |need| need.inconsistency),
    (Figure::Visits, |need| Some(need.exposure)),
];

/// Unknown where no feeling is known of the whole journey.
fn hurt(report: &Report) -> Option<f64> {
    let known = report.touchpoints.iter().filter_map(|t| t.hurt);
    (report.trajectory.coverage > 0.0).then(|| known.sum())
}

fn broken(report: &Report) -> f64 {
    report.touchpoints.iter().map(|t| t.broken).sum()
}

impl Report {
    /// What is different in another report: of a journey with some things changed, of last year and this year, of
    /// two groups of customers. Where both were [counted](crate::Flow::basis) on whole journeys, what was counted is compared; where only
    /// one was, both maps alone. Takes O(n log n).
    ///
    /// ```
    /// use customer_journey::report::Figure;
    /// use customer_journey::{Channel, Journey, Outcome, Phase, Touchpoint};
    /// let visit = |churn: f64| {
    ///     let shop = Touchpoint::new("shop", Phase::During, Channel::Store)
    ///         .ends(Outcome::Churn, churn)
    ///         .ends(Outcome::Loyalty, 100.0 - churn);
    ///     Ok::<_, customer_journey::Error>(Journey::builder("Visit").touchpoint(shop).build()?.flow()?.report())
    /// };
    /// let (last_year, this_year) = (visit(30.0)?, visit(20.0)?);
    /// let difference = last_year.compare(&this_year);
    /// let churn = difference.outcome(&Outcome::Churn).unwrap();
    /// assert!((churn.change.unwrap() - -0.1).abs() < 1e-12);
    /// println!("{difference}");
    /// # Ok::<(), customer_journey::Error>(())
    /// ```
    #[must_use]
    pub fn compare(&self, after: &Report) -> Difference {
        if self.basis != after.basis {
            return self.of_map_alone().compare(&after.of_map_alone());
        }
        let mut outcomes = parts(
            &self.outcomes,
            &after.outcomes,
            |o| o.outcome.as_str(),
            OUTCOME,
        );
        outcomes.sort_by_key(|part| Reverse(part.size_of(Figure::Probability)));
        let mut touchpoints = parts(&self.touchpoints, &after.touchpoints, |t| &t.id, TOUCHPOINT);
        touchpoints.sort_by_key(|part| {
            Reverse((part.size_of(Figure::Hurt), part.size_of(Figure::Visits)))
        });
        let (earlier, later) = (&self.trajectory.phases, &after.trajectory.phases);
        let mut phases = parts(earlier, later, |phase| phase.phase.as_str(), PHASE);
        phases.sort_by_key(|part| earlier.iter().position(|p| p.phase.as_str() == part.name));
        let pains = (
            list(&self.pain_points, |pain| pain.id.clone()),
            list(&after.pain_points, |pain| pain.id.clone()),
        );
        let warnings = (
            list(&self.warnings, ToString::to_string),
            list(&after.warnings, ToString::to_string),
        );
        Difference {
            format: FORMAT.to_owned(),
            before: self.journey.clone(),
            after: after.journey.clone(),
            changes: Vec::new(),
            whole: lines(Some(self), Some(after), WHOLE),
            outcomes,
            phases,
            touchpoints,
            promises: parts(
                &self.promises.ledger,
                &after.promises.ledger,
                |p| &p.promise,
                PROMISE,
            ),
            needs: parts(
                &self.channels.needs,
                &after.channels.needs,
                |need| &need.need,
                NEED,
            ),
            pains_gone: without(&pains.0, &pains.1),
            pains_new: without(&pains.1, &pains.0),
            warnings_gone: without(&warnings.0, &warnings.1),
            warnings_new: without(&warnings.1, &warnings.0),
        }
    }
}

impl Difference {
    /// A figure of the journey as a whole.
    #[must_use]
    pub fn figure(&self, figure: Figure) -> Option<&FigureDifference> {
        self.whole.iter().find(|line| line.figure == figure)
    }

    /// The chance of an outcome. Takes O(w) for w outcomes.
    #[must_use]
    pub fn outcome(&self, outcome: &Outcome) -> Option<&FigureDifference> {
        let part = self
            .outcomes
            .iter()
            .find(|part| part.name == outcome.as_str())?;
        part.figure(Figure::Probability)
    }

    /// The touchpoint with this id. Takes O(n).
    #[must_use]
    pub fn touchpoint(&self, id: &str) -> Option<&PartDifference> {
        self.touchpoints.iter().find(|part| part.name == id)
    }

    /// Whether anything is different: a figure, a part that came or went, a pain point, a warning.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        let parts = [
            &self.outcomes,
            &self.phases,
            &self.touchpoints,
            &self.promises,
            &self.needs,
        ];
        let texts = [
            &self.pains_gone,
            &self.pains_new,
            &self.warnings_gone,
            &self.warnings_new,
        ];
        self.whole.iter().any(FigureDifference::is_changed)
            || parts.into_iter().flatten().any(PartDifference::is_changed)
            || texts.into_iter().any(|texts| !texts.is_empty())
    }
}

/// Reads the figures off both sides.
fn lines<T>(before: Option<&T>, after: Option<&T>, lines: &[Line<T>]) -> Vec<FigureDifference> {
    lines
        .iter()
        .map(|&(figure, read)| {
            FigureDifference::new(figure, before.and_then(read), after.and_then(read))
        })
        .collect()
}

/// Matches the parts of both sides by name, in the order of their names.
fn parts<'a, T>(
    before: &'a [T],
    after: &'a [T],
    name: impl Fn(&'a T) -> &'a str,
    figures: &[Line<T>],
) -> Vec<PartDifference> {
    let mut sides = BTreeMap::<&str, (Option<&T>, Option<&T>)>::new();
    for part in before {
        sides.entry(name(part)).or_default().0 = Some(part);
    }
    for part in after {
        sides.entry(name(part)).or_default().1 = Some(part);
    }
    let part = |(name, (before, after)): (&str, (Option<&T>, Option<&T>))| PartDifference {
        name: name.to_owned(),
        presence: match (before, after) {
            (Some(_), None) => PartPresence::Before,
            (None, Some(_)) => PartPresence::After,
            _ => PartPresence::Both,
        },
        figures: lines(before, after, figures),
    };
    sides.into_iter().map(part).collect()
}

fn list<T>(items: &[T], text: impl Fn(&T) -> String) -> Vec<String> {
    items.iter().map(text).collect()
}

/// What is in the first list and not in the second, in the order of the first.
fn without(these: &[String], those: &[String]) -> Vec<String> {
    let those: BTreeSet<&String> = those.iter().collect();
    let rest = these.iter().filter(|item| !those.contains(item));
    rest.cloned().collect()
}
