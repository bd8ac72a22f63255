//! How long it takes: waits from touchpoint to touchpoint, the whole, recovery, answers.

pub(crate) mod told;

use crate::flow::{Basis, Flow, UNHAPPY};
use crate::journey::{Ability, CountedFigure, CountedName};

/// How long it takes, as customers feel it: medians with their spread, and means only beside them.
///
/// Where the journey carries [counted figures](crate::Journey::counted), these are counted. Where it does not, as after a
/// change or from a [`Tally`](crate::Tally), they are computed from how the waits of each way
/// [spread](crate::Transition::wait_spread), as if these did not depend on each other, and `None` where that is not known: a map
/// that states only means knows no median.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct TimeFigures {
    /// The known waits of a journey, added up. Counted: of the journeys with any known wait. Computed: of all.
    pub whole: Option<TimeSpread>,
    /// From the first moment to the last one; counted only.
    pub lasted: Option<TimeSpread>,
    /// From the first broken promise to the first later touchpoint that can resolve, where there is one.
    pub recovery: Option<TimeSpread>,
    /// How soon those who were unhappy and were heard had an answer.
    pub answered: Option<TimeAnswered>,
    /// The ways of known wait, in the order of the map; where promises have several ways to the same place, those together.
    pub ways: Vec<TimeWay>,
}

/// A time that differs from journey to journey.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct TimeSpread {
    /// Whether the quantiles were counted on whole journeys, or computed for waits that do not depend on each other.
    pub basis: Basis,
    /// Journeys counted; `None` where it was computed.
    pub journeys: Option<u64>,
    /// Mean, in seconds, exact over all paths and loops; `None` where it is not known.
    pub mean_s: Option<f64>,
    /// Standard deviation, in seconds, for waits that do not depend on each other; `None` where it is not known.
    pub sd_s: Option<f64>,
    /// For p of 0.1, 0.25, 0.5, 0.75 and 0.9; empty where none is known.
    pub quantiles: Vec<TimeQuantile>,
}

/// The time up to which a share of journeys lies.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct TimeQuantile {
    /// The share, in 0..=1.
    pub p: f64,
    /// The time, in seconds.
    pub seconds: f64,
    /// The lower end of its 95 % interval, where it was counted.
    pub low: Option<f64>,
    /// The upper end.
    pub high: Option<f64>,
}

/// How soon customers had an answer who were unhappy (at or below -0.25) at some moment, and then or later came to a
/// touchpoint that can listen: the time from there to the first one that can answer, there or later.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct TimeAnswered {
    /// Whether it was counted.
    pub basis: Basis,
    /// Journeys on which somebody unhappy was heard; `None` where it was computed.
    pub journeys: Option<u64>,
    /// An hour, a day and a week.
    pub within: Vec<TimeWithin>,
}

/// A share that comes about within a time.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct TimeWithin {
    /// The time, in seconds.
    pub seconds: f64,
    /// Share of those who were heard, in 0..=1.
    pub share: f64,
    /// The lower end of its 95 % interval, where it was counted.
    pub low: Option<f64>,
    /// The upper end.
    pub high: Option<f64>,
}

/// How long it takes from one touchpoint to the next.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct TimeWay {
    /// Id of the touchpoint that is left.
    pub from: String,
    /// Id of the touchpoint that comes next.
    pub to: String,
    /// Expected number of times that a journey goes this way.
    pub flow: f64,
    /// How long it takes.
    pub time: TimeSpread,
}

const SHARES: [f64; 5] = [0.1, 0.25, 0.5, 0.75, 0.9];
/// An hour, a day and a week.
const LIMITS: [f64; 3] = [3_600.0, 86_400.0, 604_800.0];

impl TimeFigures {
    /// Whether all that was timed took no time at all.
    pub(crate) fn is_nothing(&self) -> bool {
        let timed = [&self.whole, &self.lasted];
        let mut timed = timed.into_iter().flatten().peekable();
        timed.peek().is_some() && timed.all(TimeSpread::is_nothing)
    }
}

impl TimeSpread {
    /// The time up to which this share of journeys lies; `None` for a share that is not among the quantiles.
    #[must_use]
    pub fn quantile(&self, p: f64) -> Option<f64> {
        let mut quantiles = self.quantiles.iter();
        let found = quantiles.find(|known| known.p.total_cmp(&p).is_eq())?;
        Some(found.seconds)
    }

    /// The time that half of the journeys stay below.
    #[must_use]
    pub fn median(&self) -> Option<f64> {
        self.quantile(0.5)
    }

    /// The median, and the quartiles between which half of the journeys lie.
    #[must_use]
    pub fn middle(&self) -> Option<(f64, (f64, f64))> {
        let quartiles = self.quantile(0.25).zip(self.quantile(0.75))?;
        Some((self.median()?, quartiles))
    }

    /// Whether every wait took no time at all: such events bear one time, and nobody knows how long anything took.
    pub(crate) fn is_nothing(&self) -> bool {
        let all_zero = self.quantiles.iter().all(|known| known.seconds <= 0.0);
        !self.quantiles.is_empty() && all_zero && self.mean_s.is_none_or(|mean| mean <= 0.0)
    }

    fn computed(mean_s: Option<f64>, sd_s: Option<f64>, quantiles: Option<Vec<f64>>) -> Self {
        let times = quantiles.unwrap_or_default();
        let quantiles = SHARES
            .into_iter()
            .zip(times)
            .map(|(p, seconds)| TimeQuantile {
                p,
                seconds,
                low: None,
                high: None,
            });
        Self {
            basis: Basis::Modelled,
            journeys: None,
            mean_s,
            sd_s,
            quantiles: quantiles.collect(),
        }
    }
}

impl Flow {
    /// How long it takes: waits from touchpoint to touchpoint, the whole, recovery and answers.
    ///
    /// Takes O(n + m) where times were counted. Computed quantiles of sums of waits take some thousand sweeps over the map, and
    /// are left out beyond 20,000 ways.
    ///
    /// ```
    /// use customer_journey::time::Waits;
    /// use customer_journey::{Channel, Journey, Phase, Touchpoint, Transition};
    /// let waits = Waits::of((1..=1000).map(|second| f64::from(second)));
    /// let flow = Journey::builder("Delivery")
    ///     .touchpoint(Touchpoint::new("order", Phase::Before, Channel::Web))
    ///     .touchpoint(Touchpoint::new("delivery", Phase::During, Channel::Post))
    ///     .connect("order", "delivery", Transition::new(1.0).waits(waits))
    ///     .build()?
    ///     .flow()?;
    /// let whole = flow.time().whole.expect("one wait is known");
    /// assert_eq!(whole.mean_s, Some(500.5));
    /// assert!((whole.median().expect("and how it spreads") / 500.0 - 1.0).abs() < 0.022);
    /// # Ok::<(), customer_journey::Error>(())
    /// ```
    #[must_use]
    pub fn time(&self) -> TimeFigures {
        TimeFigures {
            whole: self.whole_time(),
            lasted: self.counted_time(
                CountedName::Lasted,
                &[],
                self.counted_value(CountedName::LastedMean, &[]),
            ),
            recovery: self.recovery_time(),
            answered: self.answered_within(),
            ways: self.time_ways(),
        }
    }

    fn whole_time(&self) -> Option<TimeSpread> {
        let all = self.wait_s()?;
        if self.counts().is_some() {
            let mean = self.counted_value(CountedName::WaitTotalMean, &[]);
            return self.counted_time(CountedName::WaitTotal, &[], mean);
        }
        let sd = self.variance_of_wait().map(f64::sqrt);
        let quantiles = self.quantiles_of_wait(&SHARES);
        Some(TimeSpread::computed(Some(all), sd, quantiles))
    }

    fn recovery_time(&self) -> Option<TimeSpread> {
        if self.counts().is_some() {
            let mean = self.counted_value(CountedName::RecoveryTimeMean, &[]);
            return self.counted_time(CountedName::RecoveryTime, &[], mean);
        }
        self.has(Ability::Resolve)?;
        let lapse = self.lapse_to_recovery()?;
        let quantiles = lapse.quantiles(&SHARES)?;
        Some(TimeSpread::computed(None, None, Some(quantiles)))
    }

    fn answered_within(&self) -> Option<TimeAnswered> {
        if self.counts().is_some() {
            let known: Vec<(f64, &CountedFigure)> = LIMITS
                .into_iter()
                .filter_map(|limit| {
                    let of = limit.to_string();
                    Some((limit, self.counted(CountedName::AnsweredWithin, &[&of])?))
                })
                .collect();
            return Some(TimeAnswered {
                basis: Basis::Counted,
                journeys: Some(known.first()?.1.journeys),
                within: known
                    .iter()
                    .map(|&(seconds, figure)| TimeWithin {
                        seconds,
                        share: figure.value,
                        low: figure.low,
                        high: figure.high,
                    })
                    .collect(),
            });
        }
        self.has(Ability::Listen)?;
        // Without a known wait nothing is known of how soon.
        self.wait_s()?;
        let lapse = self.lapse_to_answer(UNHAPPY)?;
        let within = LIMITS.into_iter().map(|seconds| {
            Some(TimeWithin {
                seconds,
                share: lapse.within(seconds)?,
                low: None,
                high: None,
            })
        });
        Some(TimeAnswered {
            basis: Basis::Modelled,
            journeys: None,
            within: within.collect::<Option<_>>()?,
        })
    }

    fn has(&self, ability: Ability) -> Option<()> {
        let able = self.touchpoints_where(|touchpoint| touchpoint.is_able_to(ability));
        (!able.is_empty()).then_some(())
    }

    fn counted_time(
        &self,
        name: CountedName,
        of: &[&str],
        mean_s: Option<f64>,
    ) -> Option<TimeSpread> {
        let known = SHARES.into_iter().filter_map(|p| {
            let p_text = p.to_string();
            let of: Vec<&str> = of.iter().copied().chain([p_text.as_str()]).collect();
            Some((p, self.counted(name, &of)?))
        });
        let known: Vec<(f64, &CountedFigure)> = known.collect();
        Some(TimeSpread {
            basis: Basis::Counted,
            journeys: Some(known.first()?.1.journeys),
            mean_s,
            sd_s: None,
            quantiles: known
                .iter()
                .map(|&(p, figure)| TimeQuantile {
                    p,
                    seconds: figure.value,
                    low: figure.low,
                    high: figure.high,
                })
                .collect(),
        })
    }

    /// How long each way takes.
    pub(crate) fn time_ways(&self) -> Vec<TimeWay> {
        let nodes = self.journey().graph().raw_nodes();
        let mut ways = Vec::new();
        for known in self.waited_ways() {
            let (from, to) = (&nodes[known.from].weight.id, &nodes[known.to].weight.id);
            let counted = self.counted_time(CountedName::Wait, &[from, to], Some(known.mean_s));
            let time = counted.unwrap_or_else(|| {
                let spread = known.waits.as_ref();
                let quantiles = spread
                    .and_then(|waits| SHARES.into_iter().map(|p| waits.quantile(p)).collect());
                let sd = spread.and_then(crate::statistics::Waits::sd_s);
                TimeSpread::computed(Some(known.mean_s), sd, quantiles)
            });
            ways.push(TimeWay {
                from: from.clone(),
                to: to.clone(),
                flow: known.flow,
                time,
            });
        }
        ways
    }
}
