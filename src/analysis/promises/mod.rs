//! What becomes of promises: where they are made and fall due, how often they are broken, and what a break costs.

mod counted;
mod feelings;
mod ledger;
mod recovery;
#[cfg(test)]
mod tests;
mod told;
mod told_tries;
mod tolerance;

use crate::flow::{Basis, Flow};
use crate::journey::{Outcome, words};

pub use feelings::{FeltAfter, PromiseFeelings};
pub use recovery::{EndingAfterBreak, FeelingAround, Recovery};
pub use tolerance::{Tolerance, ToleranceOutcome};

use recovery::Mending;

/// The ledger of promises: every promise by itself, and what broken promises do to journeys as a whole.
///
/// Figures over all paths are exact. They are `None` beyond a budget of some seconds' work, and where they can not be proven
/// to be exact in a map so entangled that it is solved by iteration (see [`Flow::solver`]).
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Promises {
    /// Every promise that is made or put to the test somewhere, in the order of their names.
    #[cfg_attr(feature = "serde", serde(rename = "promises"))]
    pub ledger: Vec<PromiseFigures>,
    /// What happens after the first broken promise of a journey, whichever it is.
    pub recovery: Option<Recovery>,
    /// How journeys end that meet no broken promise, one, and two or more: how many tries customers give.
    pub tolerance: Option<Vec<Tolerance>>,
    /// The proven bound on the relative error of the figures over paths; 0 where the chain was eliminated, and only
    /// rounding remains. See [`Flow::solver`].
    #[cfg_attr(feature = "serde", serde(rename = "promises_error_bound"))]
    pub error_bound: f64,
}

/// One promise: where it is made, where it falls due, and whether it is kept.
///
/// Journeys come to a touchpoint of the lists `made`, `tested` and `without_mandate` or not; they say what is drawn.
/// All figures are about what journeys meet.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PromiseFigures {
    /// The promise's name.
    pub promise: String,
    /// Ids of the touchpoints that make it, in the order of the map.
    pub made: Vec<String>,
    /// Ids of the touchpoints that put it to the test, in the order of the map.
    pub tested: Vec<String>,
    /// Those of `tested` at which nobody may put things right: touchpoints that can not
    /// [`Resolve`](crate::Ability::Resolve).
    pub without_mandate: Vec<String>,
    /// Whether it is both made and tested on this map.
    pub status: PromiseStatus,
    /// Expected tests on a journey.
    pub tests: f64,
    /// Share of journeys that put it to the test at least once, in 0..=1.
    pub reach: Option<f64>,
    /// Share of tests whose result is known, in 0..=1; `None` where there are no tests.
    pub coverage: Option<f64>,
    /// Share of tests of known result that find it kept, in 0..=1: the kept rates of its touchpoints, weighted by how
    /// often journeys come there.
    pub kept_rate: Option<f64>,
    /// Wilson's 95 % interval of the kept rate, lower and upper end in 0..=1; `None` unless every touchpoint that tests it
    /// and that journeys come to is [`Observed`](crate::Evidence::Observed), so that weights are counts.
    ///
    /// It is an interval of `kept_rate` itself. Where that rests on several touchpoints it weighs them by their visits on
    /// the journey and not by how many results were counted, and the interval takes
    /// `1 / sum of (weight^2 / count)` for the number counted (Kish 1965), which is that number where both agree.
    pub kept_rate_interval: Option<(f64, f64)>,
    /// How many results were counted, kept or broken, where that interval is known.
    pub counted: Option<f64>,
    /// Share of journeys that meet it broken at least once, in 0..=1.
    pub meets_broken: Option<f64>,
    /// Whether `meets_broken` was counted; `endings` say it for themselves, and all other figures over paths are modelled.
    pub basis: Basis,
    /// Share of journeys on which it is made, in 0..=1.
    pub given: Option<f64>,
    /// Of the journeys on which it is made, the share that later meet it broken: at a moment after its first making, so
    /// that a test at the touchpoint that makes it counts only if the journey comes there again. `None` where it is never made.
    pub broken_after_made: Option<f64>,
    /// How far it is from its first making to the next test; `None` where it is never made.
    pub distance: Option<PromiseDistance>,
    /// How journeys end whose first known result is kept, and those whose first known result is broken.
    pub endings: Option<PromiseEndings>,
    /// What is felt from its first known result on, where that is kept and where it is broken; `None` unless both were counted.
    #[cfg_attr(feature = "serde", serde(default))]
    pub feelings: Option<PromiseFeelings>,
    /// What happens after a journey first meets it broken; `None` also where no journey does.
    pub recovery: Option<Recovery>,
}

words! {
    /// Whether a promise is both made and put to the test.
    pub enum PromiseStatus as "status of a promise" {
        /// Made, and put to the test.
        Tested = "tested",
        /// Made, but no touchpoint puts it to the test: nobody will know.
        NeverTested = "never tested",
        /// Put to the test, but made nowhere: an expectation that nobody owns up to.
        NeverMade = "never made",
        /// Put to the test, and the map does not say who makes any promise, as it was counted throughout: events do not tell.
        MakerUnknown = "maker unknown",
    }
}

/// How far it is from the first making of a promise to the next moment that puts it to the test, over the journeys that
/// come to one.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PromiseDistance {
    /// Of the journeys on which it is made, the share that come to a test later, in 0..=1.
    pub tested: f64,
    /// Expected number of moments from the making to the test, which is included: 1 if it comes next. `None` where no
    /// test follows.
    pub moments: Option<f64>,
    /// Expected total of the known waits on the way, in seconds; `None` where none is known.
    pub wait_s: Option<f64>,
    /// Share of the steps on the way whose wait is known, in 0..=1.
    pub wait_coverage: Option<f64>,
}

/// How journeys end by what they first find of a promise.
///
/// Journeys are told apart at the first test whose result is known, so that each counts once, and all that differs
/// between the groups before that is where the test takes place. Telling apart those that ever meet the promise broken would
/// mix cause and effect: long journeys have more time to find it broken.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PromiseEndings {
    /// Whether the figures here were counted.
    pub basis: Basis,
    /// Share of journeys whose first known result is kept, in 0..=1.
    pub kept: f64,
    /// Share of journeys whose first known result is broken, in 0..=1.
    pub broken: f64,
    /// Every outcome, in the order of their names.
    pub outcomes: Vec<EndingByResult>,
}

/// How often journeys end with an outcome, by what they first find of a promise.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct EndingByResult {
    /// The outcome.
    pub outcome: Outcome,
    /// Share of the journeys that first find the promise kept, in 0..=1; `None` where there are none.
    pub when_kept: Option<f64>,
    /// Share of the journeys that first find it broken, in 0..=1; `None` where there are none.
    pub when_broken: Option<f64>,
    /// `when_broken` minus `when_kept`, -1 to 1: what goes with a break.
    pub change: Option<f64>,
}

/// So many multiplications and steps may go into the ledger; some seconds' work.
const BUDGET: f64 = 3e9;

/// What it costs to list an outcome, in steps.
const LISTING: f64 = 1_000.0;

/// What is left of the budget.
struct Purse(f64);

impl Purse {
    fn pays(&mut self, work: f64) -> bool {
        let enough = work <= self.0;
        if enough {
            self.0 -= work;
        }
        enough
    }
}

impl Flow {
    /// The ledger of promises: where each is made and falls due, how often it is kept, how many journeys meet it broken,
    /// what then becomes of them, and how endings change with the number of broken promises met.
    ///
    /// ```
    /// use customer_journey::{Channel, Journey, Outcome, Phase, Promise, PromiseResult, Touchpoint};
    /// let flow = Journey::builder("Delivery")
    ///     .touchpoint(Touchpoint::new("order", Phase::Before, Channel::Web).makes("on time"))
    ///     .touchpoint(
    ///         Touchpoint::new("delivery", Phase::During, Channel::Post)
    ///             .promise(Promise::new("on time").kept(3.0).broken(1.0))
    ///             .ends_when(PromiseResult::Kept, Outcome::Loyalty, 1.0)
    ///             .ends_when(PromiseResult::Broken, Outcome::Churn, 1.0),
    ///     )
    ///     .transition("order", "delivery", 1.0)
    ///     .build()?
    ///     .flow()?;
    /// let promises = flow.promises();
    /// assert_eq!(promises.ledger[0].kept_rate, Some(0.75));
    /// assert_eq!(promises.ledger[0].broken_after_made, Some(0.25));
    /// println!("{promises}");
    /// # Ok::<(), customer_journey::Error>(())
    /// ```
    ///
    /// # Complexity
    /// Up to three eliminations of the chain and ten solutions for each promise, and for each outcome three solutions in
    /// all. Beyond a budget of some seconds' work the figures over paths are left out (`None`), those of recovery and
    /// tolerance first; the promises that are tested most are paid for before the others.
    #[must_use]
    pub fn promises(&self) -> Promises {
        let mut promises = self.promises_within(BUDGET);
        promises.count(self);
        promises
    }

    /// The same, with a budget of one's own.
    fn promises_within(&self, budget: f64) -> Promises {
        let work = self.layer_work();
        let outcomes = self.moments().outcomes().len() as f64;
        let mut purse = Purse(budget);
        let mut layer = self.layer();
        let mut error_bound = 0.0;
        let mut tolerance = None;
        let mut breaks = Vec::new();
        let mut mending = None;
        if purse.pays(work * (16.0 + 3.0 * outcomes) + LISTING * outcomes) {
            let first = self.without_any_break(&mut layer);
            let mend = Mending::new(self);
            breaks.push(mend.after(self, &layer, &first));
            tolerance = self.tolerance(&layer, &first, &mut error_bound);
            mending = Some(mend);
        }
        let mut ledger = self.entries();
        let mut order: Vec<usize> = (0..ledger.len()).collect();
        order.sort_by(|&a, &b| ledger[b].figures.tests.total_cmp(&ledger[a].figures.tests));
        for position in order {
            if !purse.pays(8.0 * work + LISTING * outcomes) {
                break;
            }
            let entry = &mut ledger[position];
            let first = self.follow(entry, &mut layer, &mut error_bound);
            if let (Some(first), Some(mending)) = (first, &mending) {
                entry.breaks = Some(breaks.len());
                breaks.push(mending.after(self, &layer, &first));
            }
        }
        let mending = mending.filter(|_| self.said().abilities);
        let mut recoveries = mending.map_or_else(Vec::new, |mending| {
            mending.finish(self, breaks, &mut error_bound)
        });
        let mut take = |place: usize| recoveries.get_mut(place)?.take();
        let recovery = take(0);
        let ledger = ledger.into_iter().map(|entry| PromiseFigures {
            recovery: entry.breaks.and_then(&mut take),
            ..entry.figures
        });
        Promises {
            ledger: ledger.collect(),
            recovery,
            tolerance,
            error_bound,
        }
    }
}
