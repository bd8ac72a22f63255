//! The score of a survey measure with its error, from how often each answer was given.

use crate::journey::{SurveyKind, SurveyMeasure};
use crate::statistics::{Z, student, wilson};

/// Below so many answers a score is flagged.
pub(super) const FEW: f64 = 30.0;

/// A score and how sure it is.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Score {
    /// The score, in the unit of its kind; `None` without answers.
    pub value: Option<f64>,
    /// How many answers it rests on.
    pub answers: u64,
    /// Its standard error; `None` below two answers.
    pub standard_error: Option<f64>,
    /// Its 95 % interval, from and to: adjusted Wald for differences of two shares, Wilson's for shares, Student's t for means.
    pub interval: Option<(f64, f64)>,
    /// Whether there are fewer than 30 answers, so that it says little.
    pub is_few: bool,
}

/// Sums over answers.
struct Answers<'a>(&'a SurveyMeasure);

impl Answers<'_> {
    fn n(&self) -> f64 {
        self.count(|_| true)
    }

    fn count(&self, is_so: impl Fn(f64) -> bool) -> f64 {
        let counted = self.0.answers.iter().filter(|&&(answer, _)| is_so(answer));
        counted.map(|&(_, times)| f64::from(times)).sum()
    }

    fn sum(&self, of: impl Fn(f64) -> f64) -> f64 {
        let answers = self.0.answers.iter();
        answers
            .map(|&(answer, times)| f64::from(times) * of(answer))
            .sum()
    }
}

impl SurveyMeasure {
    /// The score with its standard error and 95 % interval.
    ///
    /// - Differences of two shares p and d (`nps`, `ces-net`): 100 (p - d), SE = 100 sqrt((p + d - (p - d)^2) / n). The interval
    ///   is the adjusted Wald one, which is right with few answers too: three answers are added, three quarters of one to each
    ///   side (Rocks 2016).
    /// - Shares (`csat`, `ces-agree`): 100 p with Wilson's interval.
    /// - Means (`ces-mean`, `ces-1`, `index`): with t(n-1) times the standard error, within the scale.
    ///
    /// ```
    /// use customer_journey::measures::{SurveyKind, SurveyMeasure};
    /// let nps = SurveyMeasure::new("after the call", SurveyKind::Nps).answers([(10.0, 50), (7.0, 30), (3.0, 20)]);
    /// let score = nps.score();
    /// assert_eq!((score.value, score.answers), (Some(30.0), 100));
    /// assert!(score.standard_error.is_some_and(|error| (1.96 * error - 15.3).abs() < 0.01));
    /// ```
    #[must_use]
    pub fn score(&self) -> Score {
        let answers = Answers(self);
        let n = answers.n();
        let (value, standard_error, interval) = if n > 0.0 {
            scored(self, &answers, n)
        } else {
            (None, None, None)
        };
        Score {
            value,
            answers: self
                .answers
                .iter()
                .map(|&(_, times)| u64::from(times))
                .sum(),
            standard_error,
            interval,
            is_few: n < FEW,
        }
    }
}

/// Score, standard error and interval of at least one answer.
type Scored = (Option<f64>, Option<f64>, Option<(f64, f64)>);

fn scored(measure: &SurveyMeasure, answers: &Answers<'_>, n: f64) -> Scored {
    let net = |good: f64, bad: f64| {
        let deviation = |good: f64, bad: f64, n: f64| {
            let difference = (good - bad) / n;
            let spread = (good + bad) / n - difference * difference;
            (difference, (spread.max(0.0) / n).sqrt())
        };
        let (value, error) = deviation(good, bad, n);
        let (middle, around) = deviation(good + 0.75, bad + 0.75, n + 3.0);
        let half = Z * around;
        let ends = ((middle - half).max(-1.0), (middle + half).min(1.0));
        (
            Some(100.0 * value),
            (n > 1.0).then_some(100.0 * error),
            Some((100.0 * ends.0, 100.0 * ends.1)),
        )
    };
    let share = |good: f64| {
        let share = good / n;
        let (low, high) = wilson(share, n);
        let error = (share * (1.0 - share) / n).sqrt();
        (
            Some(100.0 * share),
            (n > 1.0).then_some(100.0 * error),
            Some((100.0 * low, 100.0 * high)),
        )
    };
    match measure.kind {
        SurveyKind::Nps => net(
            answers.count(|answer| answer >= 9.0),
            answers.count(|answer| answer <= 6.0),
        ),
        SurveyKind::EffortNet => net(
            answers.count(|answer| answer >= 6.0),
            answers.count(|answer| answer <= 3.0),
        ),
        SurveyKind::EffortAgree => share(answers.count(|answer| answer >= 5.0)),
        SurveyKind::Csat => {
            let from = measure.from.unwrap_or(f64::INFINITY);
            share(answers.count(|answer| answer >= from))
        }
        SurveyKind::EffortMean | SurveyKind::EffortFirst => {
            mean(answers, n, |answer| answer, measure.bounds())
        }
        SurveyKind::Index => {
            let (min, max) = measure.bounds().unwrap_or((0.0, 100.0));
            let of_100 = |answer: f64| 100.0 * (answer - min) / (max - min);
            mean(answers, n, of_100, Some((0.0, 100.0)))
        }
    }
}

fn mean(
    answers: &Answers<'_>,
    n: f64,
    of: impl Fn(f64) -> f64 + Copy,
    bounds: Option<(f64, f64)>,
) -> Scored {
    let mean = answers.sum(of) / n;
    let error = (n > 1.0).then(|| {
        let squares = answers.sum(|answer| (of(answer) - mean).powi(2));
        (squares / (n - 1.0) / n).sqrt()
    });
    let (low, high) = bounds.unwrap_or((f64::NEG_INFINITY, f64::INFINITY));
    // Answers that are all the same say nothing of how others would answer.
    let interval = error.filter(|&error| error > 0.0).map(|error| {
        let half = student(n - 1.0) * error;
        ((mean - half).max(low), (mean + half).min(high))
    });
    (Some(mean), error, interval)
}
