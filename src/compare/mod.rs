//! Two journeys side by side: what differs and how surely, whether both are one process and where not, how far apart they are, what
//! makes the difference; and a plan against what happens.
//!
//! ```
//! use customer_journey::compare::{Side, Verdict};
//! use customer_journey::events::{EventLog, EventRef, LearnOptions};
//! use customer_journey::journey::Phase;
//! let log = |lost: usize| -> Result<EventLog, Box<dyn std::error::Error>> {
//!     let mut log = EventLog::default();
//!     for number in 0..200 {
//!         let outcome = if number < lost { "leaves" } else { "stays" };
//!         let name = number.to_string();
//!         log.record(EventRef::new(&name, "call").channel("phone").outcome(outcome))?;
//!     }
//!     Ok(log)
//! };
//! let options = LearnOptions::new().other_phases(Phase::During);
//! let may = Side::of_log("May", &log(80)?, &options)?;
//! let june = Side::of_log("June", &log(30)?, &options)?;
//! let comparison = may.compare(&june);
//! let leaves = comparison.figure("outcome", &["leaves"]).expect("both know it");
//! assert_eq!((leaves.a, leaves.b, leaves.verdict), (Some(0.4), Some(0.15), Some(Verdict::Different)));
//! assert!(comparison.same_process.as_ref().is_some_and(|same| same.p.is_some_and(|p| p < 0.01)));
//! println!("{comparison}");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod alignment;
mod divergence;
mod figures;
mod kinds;
mod makes;
mod matching;
mod only;
mod order;
mod pictures;
mod plan;
mod same_process;
mod side;
mod spoken;
mod steps;
mod told;
mod what_if;

use crate::flow::Flow;
use crate::report::Report;

pub use crate::analysis::DifferenceVerdict as Verdict;
pub use divergence::{Divergence, DivergenceMissing, ForbiddenWay, TouchpointDivergence};
pub use figures::ComparedFigure;
pub use makes::{MadeDifference, MadePart};
pub use only::OnlyOn;
pub use plan::{
    AdHoc, AdHocTouchpoint, Failed, FailedTouchpoint, FirstDeviation, MissingTouchpoint,
    OutOfOrder, PlanBasis, PlanFigures,
};
pub use same_process::{SameProcess, TouchpointProcess};
pub use side::{Side, SideError};
pub use steps::{CurveStep, WayBeside};

use matching::Matching;

/// The format of the document.
const FORMAT: &str = "customer-journey-comparison/1";

/// Reads a format that must be this one.
#[cfg(feature = "serde")]
fn format<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    crate::report::read_format(deserializer, FORMAT)
}

/// Two journeys compared, A and B: `Display` prints it for people, serde as a `customer-journey-comparison/1` document.
///
/// Differences are B minus A. Touchpoints are the same where a [side says so](Side::same), where they have one id and channel, or else
/// where they alone have a name and a channel, whether or not an id ends with ` @ channel`; else where they have one id, unless both were
/// observed in different channels.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Comparison {
    /// The document's format, `customer-journey-comparison/1`.
    #[cfg_attr(feature = "serde", serde(deserialize_with = "format"))]
    pub format: String,
    /// The labels of A and B.
    pub labels: [String; 2],
    /// The names of both journeys.
    pub journeys: [String; 2],
    /// Journeys counted on each side; `None` where whole journeys were not counted.
    pub counted: [Option<u64>; 2],
    /// What was done differently, in words; empty unless this compares a [`what_if`](Flow::what_if).
    pub changes: Vec<String>,
    /// Every figure that one of the sides has, in the order of [`CountedName`](crate::journey::CountedName) and then of the report.
    pub figures: Vec<ComparedFigure>,
    /// The curve of A and that of B, moment by moment.
    pub curves: [Vec<CurveStep>; 2],
    /// The ways of both maps, from the start on in the order of A; empty where a side is a report alone.
    pub ways: Vec<WayBeside>,
    /// What only A has, and what only B has.
    pub only: [OnlyOn; 2],
    /// Whether both are one process; `None` where neither whole journeys nor counts of maps are at hand on both sides.
    pub same_process: Option<SameProcess>,
    /// How far apart the maps are over all of their paths; `None` where that is not known.
    pub divergence: Option<Divergence>,
    /// Why it is not known how far apart they are.
    pub divergence_missing: Option<DivergenceMissing>,
    /// The ways that make a divergence infinite: those that A goes and B never does first, each in the order of the map.
    pub forbidden: Vec<ForbiddenWay>,
    /// What makes the differences, figure by figure; empty where a side is a report alone, where the maps have more than 300
    /// touchpoints, or where what customers remember on both sides cannot be put together.
    pub makes: Vec<MadeDifference>,
    /// How far the journeys of one side follow the plan that the other side is; `None` where neither is
    /// [planned](crate::journey::JourneyKind::Planned), or where a side is a report alone.
    pub plan: Option<PlanFigures>,
    /// What those figures rest on.
    pub plan_basis: Option<PlanBasis>,
}

/// How two sides are compared. Small, `Copy`, with a default for everything.
///
/// ```
/// use customer_journey::compare::CompareOptions;
/// let options = CompareOptions::new().seed(7).permutations(9_999);
/// # let _ = options;
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub struct CompareOptions {
    seed: u64,
    permutations: u32,
}

impl CompareOptions {
    /// Seed 0 and 999 permutations.
    pub fn new() -> Self {
        Self {
            seed: 0,
            permutations: 999,
        }
    }

    /// Sets the seed of the random permutations. The same seed gives the same p.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Sets how often whole journeys are dealt anew to the sides to find p: from 199 to a million, 999 unless set. Very large logs are
    /// dealt anew less often, and at least 199 times.
    pub fn permutations(mut self, number: u32) -> Self {
        self.permutations = number.clamp(crate::statistics::FEWEST_DEALS, 1_000_000);
        self
    }
}

impl Default for CompareOptions {
    fn default() -> Self {
        Self::new()
    }
}

impl Side {
    /// Compares this side, A, with another one, B, with the default options.
    ///
    /// Takes O(n log n) for the figures; a solution of the chain for the divergence, and a flow for each touchpoint that both have
    /// for what makes the difference; and for whole journeys as many passes over them as there are permutations.
    #[must_use]
    pub fn compare(&self, other: &Self) -> Comparison {
        self.compare_with(other, &CompareOptions::new())
    }

    /// The same with other options.
    #[must_use]
    pub fn compare_with(&self, other: &Self, options: &CompareOptions) -> Comparison {
        compare(self, other, options, false)
    }
}

impl Flow {
    /// This journey, A, compared with another one, B, told by their names; for other labels, and for whole journeys, see [`Side`].
    #[must_use]
    pub fn compare(&self, other: &Self) -> Comparison {
        let (a, b) = labels(self.journey().name(), other.journey().name());
        Side::of_flow(a, self).compare(&Side::of_flow(b, other))
    }
}

impl Report {
    /// This report, A, compared with another one, B: stored reports can be compared as well. Told by the names of their journeys; for
    /// other labels see [`Side`].
    ///
    /// ```
    /// use customer_journey::journey::{Channel, Journey, Outcome, Phase, Touchpoint};
    /// let visit = |churn: f64| {
    ///     let shop = Touchpoint::new("shop", Phase::During, Channel::Store)
    ///         .ends(Outcome::Churn, churn)
    ///         .ends(Outcome::Loyalty, 100.0 - churn);
    ///     Ok::<_, customer_journey::Error>(Journey::builder("Visit").touchpoint(shop).build()?.flow()?.report())
    /// };
    /// let (last_year, this_year) = (visit(30.0)?, visit(20.0)?);
    /// let comparison = last_year.compare(&this_year);
    /// let churn = comparison.figure("outcome", &["churn"]).unwrap();
    /// assert!((churn.difference.unwrap() - -0.1).abs() < 1e-12);
    /// // Nobody counted, so that nothing can be said of chance.
    /// assert_eq!(churn.verdict, None);
    /// # Ok::<(), customer_journey::Error>(())
    /// ```
    #[must_use]
    pub fn compare(&self, other: &Self) -> Comparison {
        let (a, b) = labels(&self.journey, &other.journey);
        Side::of_report(a, self.clone()).compare(&Side::of_report(b, other.clone()))
    }
}

/// The names of both journeys, or letters where they have the same.
fn labels(a: &str, b: &str) -> (String, String) {
    if a == b || a.is_empty() || b.is_empty() {
        ("A".to_owned(), "B".to_owned())
    } else {
        (a.to_owned(), b.to_owned())
    }
}

/// Compares two sides; with `claims` no figure counts as counted, since what did not happen was not.
fn compare(a: &Side, b: &Side, options: &CompareOptions, claims: bool) -> Comparison {
    let flows = a.flow.as_ref().zip(b.flow.as_ref());
    let said = a.same.iter().cloned();
    let same: Vec<(String, String)> = said
        .chain(
            b.same
                .iter()
                .map(|(own, other)| (other.clone(), own.clone())),
        )
        .collect();
    let matching = flows.map(|(in_a, in_b)| Matching::new(in_a.journey(), in_b.journey(), &same));
    let renamed = match (flows, &matching) {
        (Some((_, in_b)), Some(matching)) => matching.renamed(in_b.journey()),
        _ => spoken::renamed(&a.report.touchpoints, &b.report.touchpoints, &same),
    };
    let counted = |side: &Side| side.report.fit.as_ref().map(|fit| fit.journeys);
    let mut comparison = Comparison {
        format: FORMAT.to_owned(),
        labels: [a.label.clone(), b.label.clone()],
        journeys: [a.report.journey.clone(), b.report.journey.clone()],
        counted: if claims {
            [None; 2]
        } else {
            [counted(a), counted(b)]
        },
        changes: Vec::new(),
        figures: figures::figures((a, b), &renamed, claims),
        curves: [steps::curve(a), steps::curve(b)],
        ways: Vec::new(),
        only: only::only(a, b, &renamed),
        same_process: None,
        divergence: None,
        divergence_missing: Some(DivergenceMissing::Report),
        forbidden: Vec::new(),
        makes: Vec::new(),
        plan: None,
        plan_basis: None,
    };
    if let (Some((in_a, in_b)), Some(matching)) = (flows, &matching) {
        comparison.follow((a, b), (in_a, in_b), matching, options, claims);
    }
    comparison
}

impl Comparison {
    /// Answers what needs both maps.
    fn follow(
        &mut self,
        (a, b): (&Side, &Side),
        (in_a, in_b): (&Flow, &Flow),
        matching: &Matching,
        options: &CompareOptions,
        claims: bool,
    ) {
        self.same_process = match (&a.walked, &b.walked) {
            _ if claims => None,
            (Some(walked_a), Some(walked_b)) => {
                SameProcess::of_journeys((walked_a, walked_b), matching, options)
            }
            _ => SameProcess::of_counts(in_a, in_b, matching),
        };
        match divergence::divergence(in_a, in_b, matching) {
            Ok((divergence, forbidden)) => {
                self.divergence = Some(divergence);
                self.divergence_missing = None;
                self.forbidden = forbidden;
            }
            Err(missing) => self.divergence_missing = Some(missing),
        }
        self.ways = steps::ways(in_a, in_b, matching);
        self.makes = makes::makes(in_a, in_b, matching);
        let planned = if a.is_plan() {
            plan::plan((in_a, in_b), matching, b.walked.as_ref())
        } else if b.is_plan() {
            let turned = matching.turned();
            plan::plan((in_b, in_a), &turned, a.walked.as_ref()).map(|(figures, basis)| {
                let plan = 1;
                (figures, PlanBasis { plan, ..basis })
            })
        } else {
            None
        };
        if let Some((figures, basis)) = planned {
            self.plan = Some(figures);
            self.plan_basis = Some(basis);
        }
    }

    /// A figure by its key and by what it is of. Takes O(n).
    #[must_use]
    pub fn figure(&self, figure: &str, of: &[&str]) -> Option<&ComparedFigure> {
        let mut figures = self.figures.iter();
        figures.find(|known| known.figure == figure && known.is_of(of))
    }

    /// The figures of which it is sure that they differ, in their order.
    pub fn different(&self) -> impl Iterator<Item = &ComparedFigure> {
        let is = |figure: &&ComparedFigure| figure.verdict == Some(Verdict::Different);
        self.figures.iter().filter(is)
    }

    /// Whether any figure, touchpoint, way, promise or pain point is another one, by more than rounding.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.figures.iter().any(ComparedFigure::is_changed)
            || self.only.iter().any(|only| !only.is_empty())
    }
}
