//! An alarm that may be looked at after every journey.
//!
//! ```text
//! M = (M + 1)(1 + lambda (x - m))       for some lambda in (0, 1/m), averaged
//! ```
//!
//! With x in 0..=1 of mean at most m, each M grows by at most 1 a journey on average, so that the expected time until the average
//! reaches c for no reason is at least c, however often one looks (Shin, Ramdas and Rinaldo 2023, "E-detectors").

use crate::events::{EventLog, LoggedJourney};
use crate::statistics::wilson;

/// The lambdas, as parts of 1/m: for changes of every size.
const PARTS: [f64; 5] = [0.5, 0.25, 0.125, 0.0625, 0.03125];

/// An alarm for a score of each journey, between 0 and 1, whose usual mean is known.
///
/// ```
/// use customer_journey::drift::Alarm;
/// let mut alarm = Alarm::new(0.1, 1000.0); // one journey in ten fails; a false alarm in a thousand journeys at most
/// let usual = (0..300).any(|number| alarm.watch(f64::from(u8::from(number % 10 == 0))));
/// assert!(!usual);
/// let later = (0..100).position(|number| alarm.watch(f64::from(u8::from(number % 2 == 0))));
/// assert!(later.is_some_and(|journeys| journeys < 60));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Alarm {
    usual: f64,
    threshold: f64,
    evidence: [f64; PARTS.len()],
    journeys: u64,
}

impl Alarm {
    /// An alarm for scores whose mean is usually at most `usual`, which is fixed beforehand, and of which a false alarm is
    /// expected after no fewer than `threshold` journeys. A mean outside 0..=1 is taken as the nearest of these; with 0 any score
    /// above 0 is an alarm at once, and with 1 there is none ever.
    #[must_use]
    pub fn new(usual: f64, threshold: f64) -> Self {
        Self {
            usual: if usual.is_nan() {
                1.0
            } else {
                usual.clamp(0.0, 1.0)
            },
            threshold,
            evidence: [0.0; PARTS.len()],
            journeys: 0,
        }
    }

    /// The same where the usual mean is only known from `journeys` that were counted: their share's upper 95 % limit (Wilson) is
    /// taken, so that few journeys make for a careful alarm.
    #[must_use]
    pub fn learned(share: f64, journeys: u64, threshold: f64) -> Self {
        let usual = if journeys == 0 {
            1.0
        } else {
            wilson(share.clamp(0.0, 1.0), journeys as f64).1
        };
        Self::new(usual, threshold)
    }

    /// Takes the score of the next journey, in the order of their ends, and says whether there is an alarm. A score that is not a
    /// number is left out; others are held between 0 and 1.
    pub fn watch(&mut self, score: f64) -> bool {
        if !score.is_nan() {
            self.journeys += 1;
            let score = score.clamp(0.0, 1.0);
            for (evidence, part) in self.evidence.iter_mut().zip(PARTS) {
                let factor = if self.usual > 0.0 {
                    1.0 + part / self.usual * (score - self.usual)
                } else if score > 0.0 {
                    f64::INFINITY
                } else {
                    1.0
                };
                *evidence = (*evidence + 1.0) * factor;
            }
        }
        self.strength() >= self.threshold
    }

    /// How much speaks for a change: it reaches the threshold at the alarm.
    #[must_use]
    pub fn strength(&self) -> f64 {
        self.evidence.iter().sum::<f64>() / PARTS.len() as f64
    }

    /// Journeys watched.
    #[must_use]
    pub fn journeys(&self) -> u64 {
        self.journeys
    }

    /// The mean that counts as usual.
    #[must_use]
    pub fn usual(&self) -> f64 {
        self.usual
    }
}

/// How a log is watched.
#[derive(Debug, Clone, PartialEq)]
#[must_use]
pub struct AlarmOptions {
    usual: Option<f64>,
    learn_from: u64,
    threshold: f64,
}

impl AlarmOptions {
    /// The usual mean is learned from the first 200 journeys; a false alarm is expected after no fewer than 1,000.
    pub fn new() -> Self {
        Self {
            usual: None,
            learn_from: 200,
            threshold: 1000.0,
        }
    }

    /// Fixes the usual mean beforehand, so that all journeys are watched.
    pub fn usual(mut self, mean: f64) -> Self {
        self.usual = Some(mean);
        self
    }

    /// Sets from how many journeys the usual mean is learned; they are not watched.
    pub fn learn_from(mut self, journeys: u64) -> Self {
        self.learn_from = journeys;
        self
    }

    /// Sets after how many journeys a false alarm may be expected.
    pub fn threshold(mut self, journeys: f64) -> Self {
        self.threshold = journeys;
        self
    }
}

impl Default for AlarmOptions {
    fn default() -> Self {
        Self::new()
    }
}

/// A log that was watched to its end, or to the first alarm.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct AlarmReport {
    /// The mean that counts as usual.
    pub usual: f64,
    /// Journeys from which it was learned; 0 where it was fixed beforehand.
    pub learned_from: u64,
    /// Journeys watched.
    pub journeys: u64,
    /// Where the alarm went off.
    pub alarm: Option<AlarmPoint>,
}

/// The journey at which an alarm goes off.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct AlarmPoint {
    /// The journey's name.
    pub journey: String,
    /// When it ended, in milliseconds since 1970.
    pub time_ms: Option<i64>,
    /// How many journeys were watched by then.
    pub after: u64,
    /// What speaks for a change.
    pub strength: f64,
}

impl EventLog {
    /// Watches a score of each journey, between 0 and 1, in the order in which journeys end, up to the first alarm. Journeys
    /// without a score, and those without any time, are left out. Takes O(n log n).
    ///
    /// ```
    /// use customer_journey::drift::AlarmOptions;
    /// use customer_journey::{EventLog, EventRef};
    /// let mut log = EventLog::default();
    /// for number in 0..1000_i64 {
    ///     let name = format!("j{number}");
    ///     let often = if number < 600 { 10 } else { 2 };
    ///     let outcome = if number % often == 0 { "fails" } else { "works" };
    ///     log.record(EventRef::new(&name, "pay").time_ms(number * 60_000).outcome(outcome))?;
    /// }
    /// let fails = |journey: &customer_journey::events::LoggedJourney<'_>| {
    ///     journey.outcome().map(|outcome| f64::from(u8::from(outcome == "fails")))
    /// };
    /// let watched = log.alarm(fails, &AlarmOptions::new());
    /// assert!(watched.alarm.is_some_and(|alarm| (400..460).contains(&alarm.after)));
    /// # Ok::<(), customer_journey::events::EventError>(())
    /// ```
    pub fn alarm(
        &self,
        mut score: impl FnMut(&LoggedJourney<'_>) -> Option<f64>,
        options: &AlarmOptions,
    ) -> AlarmReport {
        let mut ended: Vec<(i128, f64, String)> = self
            .journeys()
            .filter_map(|journey| {
                let last = journey
                    .moments()
                    .filter_map(|moment| moment.time_ns())
                    .max()?;
                let score = score(&journey).filter(|score| !score.is_nan())?;
                Some((last, score.clamp(0.0, 1.0), journey.name().into_owned()))
            })
            .collect();
        // Stable: those that end at the same time stay in the order of the log.
        ended.sort_by_key(|&(time, ..)| time);
        let first = match options.usual {
            Some(_) => 0,
            None => usize::try_from(options.learn_from)
                .unwrap_or(usize::MAX)
                .min(ended.len()),
        };
        let watched = ended.split_off(first);
        let known = ended.len() as u64;
        let mut alarm = match options.usual {
            Some(usual) => Alarm::new(usual, options.threshold),
            None => {
                let mean =
                    ended.iter().map(|&(_, score, _)| score).sum::<f64>() / (known.max(1) as f64);
                Alarm::learned(mean, known, options.threshold)
            }
        };
        let found = watched
            .into_iter()
            .find(|&(_, score, _)| alarm.watch(score));
        AlarmReport {
            usual: alarm.usual(),
            learned_from: known,
            journeys: alarm.journeys(),
            alarm: found.map(|(time, _, journey)| AlarmPoint {
                journey,
                time_ms: i64::try_from(time.div_euclid(1_000_000)).ok(),
                after: alarm.journeys(),
                strength: alarm.strength(),
            }),
        }
    }
}
