//! Which feelings go with which endings.

mod told;

use std::cmp::Reverse;

use ordered_float::OrderedFloat;

use crate::flow::Flow;
use crate::journey::{Clusters, CountedFigure, CountedName, Outcome};
use crate::statistics::{newcombe, normal_beyond, wilson};

/// Which feelings go with which endings: for each touchpoint, how journeys end that felt bad there, beside those that felt
/// otherwise. Counted on whole journeys; made by [`Flow::drivers`].
///
/// This is association. Who feels bad at one place may be another kind of customer, who would have left in any case.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(transparent))]
#[non_exhaustive]
pub struct Drivers {
    /// The one that goes with most journeys of its ending first, then with the last answer most, then by id and outcome. Empty
    /// where nothing was counted. Where no ending is stated, there is an entry for each touchpoint whose feeling goes with the
    /// answers, or none.
    pub drivers: Vec<Driver>,
}

/// What a bad feeling at a touchpoint goes with. `Display` tells it in a sentence.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Driver {
    /// The touchpoint's id.
    pub id: String,
    /// The outcome.
    pub outcome: Outcome,
    /// Journeys that felt -0.25 or less at some visit there.
    pub bad: u64,
    /// Journeys whose feeling there is known and never so low.
    pub other: u64,
    /// Share of those who felt bad, of all journeys whose feeling there is known, in 0..=1.
    pub share_bad: f64,
    /// The lower end of its 95 % interval (Wilson 1927), in 0..=1.
    #[cfg_attr(feature = "serde", serde(default))]
    pub share_bad_low: f64,
    /// The upper end.
    #[cfg_attr(feature = "serde", serde(default))]
    pub share_bad_high: f64,
    /// Share of journeys that come there, in 0..=1.
    pub reach: Option<f64>,
    /// Share that end so of those who felt bad there, in 0..=1.
    pub when_bad: f64,
    /// Share that end so of the others, in 0..=1.
    pub when_other: f64,
    /// `when_bad - when_other`, -1 to 1.
    pub difference: f64,
    /// The lower end of its interval (Newcombe 1998): with 95 % confidence all intervals of this outcome hold at once
    /// (Bonferroni), however many touchpoints are compared.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// What it would explain: journeys that felt bad there times the difference, as a share of all journeys. If all of the difference
    /// came from the feeling, so many fewer (or more) would end so without it.
    pub explains: f64,
    /// Correlation of what is felt there with the last answer at a [measurement](crate::Touchpoint::measurement), -1 to 1;
    /// `None` where nobody is asked, or all say the same.
    pub correlation: Option<f64>,
    /// The lower end of its 95 % interval (Fisher 1921).
    #[cfg_attr(feature = "serde", serde(default))]
    pub correlation_low: Option<f64>,
    /// The upper end.
    #[cfg_attr(feature = "serde", serde(default))]
    pub correlation_high: Option<f64>,
}

impl Driver {
    /// Whether the interval of the difference leaves out 0.
    #[must_use]
    pub fn is_clear(&self) -> bool {
        self.low > 0.0 || self.high < 0.0
    }
}

impl Drivers {
    /// The first one of which more end so that felt bad, for certain.
    pub(crate) fn first_clear(&self) -> Option<&Driver> {
        self.drivers.iter().find(|driver| driver.low > 0.0)
    }
}

/// Where at least this share of visits end, what is felt is the ending itself.
const ENDING: f64 = 0.95;

impl Flow {
    /// Which feelings go with which endings, counted on whole journeys: empty for maps that were drawn, learned from a tally, or
    /// edited after they were learned.
    ///
    /// Touchpoints at which 95 of 100 visits end are left out, as what is felt there is a verdict on the ending. Compared are journeys
    /// whose feeling there is known. Takes O(n w) for n touchpoints and w outcomes.
    ///
    /// ```
    /// use customer_journey::{EventLog, EventRef, LearnOptions, Phase};
    /// let mut log = EventLog::default();
    /// for number in 0..1000 {
    ///     let name = number.to_string();
    ///     let bad = number % 10 == 0;
    ///     // Of those who felt bad 6 of 10 complain, of the others 1 of 20.
    ///     let complains = if bad { number % 50 < 30 } else { number % 20 == 1 };
    ///     log.record(EventRef::new(&name, "security").emotion(if bad { -0.6 } else { 0.4 }))?;
    ///     log.record(EventRef::new(&name, "flight").outcome(if complains { "complaint" } else { "silence" }))?;
    /// }
    /// let journey = log.learn(&LearnOptions::new().other_phases(Phase::During))?.journey;
    /// let drivers = journey.flow()?.drivers();
    /// let first = &drivers.drivers[0];
    /// assert_eq!((first.id.as_str(), first.outcome.as_str()), ("security", "complaint"));
    /// assert!(first.is_clear() && first.when_bad > first.when_other);
    /// println!("{first}");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn drivers(&self) -> Drivers {
        let Some(counted) = self.counts() else {
            return Drivers {
                drivers: Vec::new(),
            };
        };
        let by_customer = counted.clusters == Clusters::Customers;
        let mut drivers = Vec::new();
        for outcome in self.moments().outcomes() {
            // Who ends without a stated outcome is all the others.
            let is_stated = *outcome != Outcome::Unstated;
            if is_stated && self.moments().outcomes().len() < 2 {
                continue;
            }
            if !is_stated && self.said().endings {
                continue;
            }
            let pairs: Vec<(usize, &str, Pair<'_>)> = self
                .journey()
                .touchpoints()
                .enumerate()
                .filter(|&(touchpoint, _)| self.ends_share(touchpoint) < ENDING)
                .filter_map(|(touchpoint, at)| {
                    let of = [at.id.as_str(), outcome.as_str()];
                    let bad = self.counted(CountedName::OutcomeAfterBad, &of)?;
                    let other = self.counted(CountedName::OutcomeAfterOther, &of)?;
                    Some((touchpoint, at.id.as_str(), (bad, other)))
                })
                .collect();
            // All intervals of an outcome hold at once.
            let z = normal_beyond(0.05 / pairs.len().max(1) as f64);
            for (touchpoint, id, (bad, other)) in pairs {
                let sided =
                    |figure: &CountedFigure| (figure.value, independent(figure, by_customer));
                let (low, high) = newcombe(sided(bad), sided(other), z);
                let difference = bad.value - other.value;
                let known = bad.journeys + other.journeys;
                let goes_with = self.counted(CountedName::GoesWith, &[id]);
                if !is_stated && goes_with.is_none() {
                    continue;
                }
                let share_bad = bad.journeys as f64 / known as f64;
                // Several journeys of a customer are no more than the customer.
                let independent = known.min(counted.units) as f64;
                let (share_bad_low, share_bad_high) = wilson(share_bad, independent);
                drivers.push(Driver {
                    id: id.to_owned(),
                    outcome: outcome.clone(),
                    bad: bad.journeys,
                    other: other.journeys,
                    share_bad,
                    share_bad_low,
                    share_bad_high,
                    reach: self.reach_told(touchpoint),
                    when_bad: bad.value,
                    when_other: other.value,
                    difference,
                    low,
                    high,
                    explains: difference * bad.journeys as f64 / counted.journeys.max(1) as f64,
                    correlation: goes_with.map(|known| known.value),
                    correlation_low: goes_with.and_then(|known| known.low),
                    correlation_high: goes_with.and_then(|known| known.high),
                });
            }
        }
        drivers.sort_by_cached_key(|driver: &Driver| {
            let explains = Reverse(OrderedFloat(driver.explains));
            let goes_with = Reverse(driver.correlation.map(OrderedFloat));
            (
                explains,
                goes_with,
                driver.id.clone(),
                driver.outcome.clone(),
            )
        });
        Drivers { drivers }
    }

    /// Share of the visits to a touchpoint with which the journey ends.
    fn ends_share(&self, touchpoint: usize) -> f64 {
        let moments = self.moments_at(touchpoint);
        let ends = moments.map(|moment| {
            let onward = moment.expected_next(|_| 1.0);
            moment.share * (1.0 - onward)
        });
        ends.sum()
    }
}

/// A share of those who felt bad and one of the others.
type Pair<'a> = (&'a CountedFigure, &'a CountedFigure);

/// As many independent journeys as would give the figure its standard error, where several are of one customer.
fn independent(figure: &CountedFigure, by_customer: bool) -> f64 {
    let n = figure.journeys as f64;
    let spread = figure.value * (1.0 - figure.value);
    match figure.standard_error {
        Some(error) if by_customer && error > 0.0 && spread > 0.0 => {
            n.min(spread / (error * error))
        }
        _ => n,
    }
}
