//! Survey measures: what customers answered, with the counts of each answer.

use super::words::{Phase, words};

words! {
    /// What kind of survey measure it is. The variants of customer effort are kinds of their own: their scores do not compare.
    pub enum SurveyKind as "kind of survey measure" {
        /// Net Promoter Score: answers from 0 to 10; 9 and 10 are promoters, 0 to 6 detractors. From -100 to 100.
        Nps = "nps",
        /// Customer satisfaction: the share of answers from a stated one (`from`) up, of 100.
        Csat = "csat",
        /// Customer effort, answers from 1 to 7 with high for easy: their mean.
        EffortMean = "ces-mean",
        /// The same answers: the share of 5 to 7, of 100.
        EffortAgree = "ces-agree",
        /// The same answers: the share of 6 and 7 less that of 1 to 3. From -100 to 100.
        EffortNet = "ces-net",
        /// The first form of customer effort, answers from 1 to 5 with low for easy: their mean.
        EffortFirst = "ces-1",
        /// The mean on a scale from a stated minimum (0) to a stated maximum (100).
        Index = "index",
    }
}

/// A question of a survey that is asked at a touchpoint, with how often each answer was given.
///
/// ```
/// use customer_journey::measures::{SurveyKind, SurveyMeasure};
/// let nps = SurveyMeasure::new("after the call", SurveyKind::Nps).answers([(10.0, 50), (7.0, 30), (3.0, 20)]);
/// let satisfied = SurveyMeasure::new("content", SurveyKind::Csat).scale(1.0, 5.0).from(4.0)
///     .answers([(5.0, 40), (2.0, 10)]).about_promise("answer in a day").decides("whether the desk stays open at night");
/// # let _ = (nps, satisfied);
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct SurveyMeasure {
    /// What people call it.
    pub name: String,
    /// What kind it is.
    pub kind: SurveyKind,
    /// The lowest answer that may be given. `None` where the kind says it.
    pub min: Option<f64>,
    /// The highest answer that may be given. `None` where the kind says it.
    pub max: Option<f64>,
    /// From which answer on customers count as satisfied, for [`SurveyKind::Csat`].
    pub from: Option<f64>,
    /// The answers with how often each was given. Who gave none is not in it.
    pub answers: Vec<(f64, u32)>,
    /// The promise that the question is about; the touchpoint itself where neither this nor `phase` is stated.
    pub promise: Option<String>,
    /// The phase that the question is about.
    pub phase: Option<Phase>,
    /// What is decided by it; `None` where nobody says.
    pub decides: Option<String>,
    /// The index that it is an item of, such as "recognition"; only a measure of the kind [`SurveyKind::Index`] is.
    pub part_of: Option<String>,
}

/// What is wrong with a survey measure.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SurveyFault {
    /// A scale that is not stated although the kind does not say it.
    #[error("lacks `min` and `max`, the lowest and the highest answer that may be given")]
    NoScale,
    /// A minimum that is not below the maximum, or one of both that is no number.
    #[error("has `min` {min} and `max` {max}; `min` must be below `max`")]
    Scale {
        /// The minimum.
        min: f64,
        /// The maximum.
        max: f64,
    },
    /// A scale that is not the one which the kind has.
    #[error(
        "has another scale than its kind, which goes from {min} to {max}; leave out `min` and `max`"
    )]
    OtherScale {
        /// The kind's minimum.
        min: f64,
        /// The kind's maximum.
        max: f64,
    },
    /// A satisfaction without a cut, or with one that is not on the scale.
    #[error(
        "must say `from` which answer on customers count as satisfied, above {min} and at most {max}"
    )]
    Cut {
        /// The minimum.
        min: f64,
        /// The maximum.
        max: f64,
    },
    /// A satisfaction without a cut, on a scale that is not known either.
    #[error("must say `from` which answer on customers count as satisfied")]
    LacksCut,
    /// A cut that the kind does not have.
    #[error("has a `from`, which only the kind \"csat\" has")]
    NoCut,
    /// An answer that is not on the scale.
    #[error("has an answer {answer}, which is not from {min} to {max}")]
    Answer {
        /// The answer.
        answer: f64,
        /// The minimum.
        min: f64,
        /// The maximum.
        max: f64,
    },
    /// Both a promise and a phase that the question is about.
    #[error("is about a promise and about a phase; state one of them")]
    AboutTwo,
    /// An item of an index that is of another kind, whose score has another unit.
    #[error("is `part_of` an index, which only the kind \"index\" can be")]
    NoItem,
}

impl SurveyMeasure {
    /// A measure without any answer.
    #[must_use]
    pub fn new(name: impl Into<String>, kind: SurveyKind) -> Self {
        Self {
            name: name.into(),
            kind,
            min: None,
            max: None,
            from: None,
            answers: Vec::new(),
            promise: None,
            phase: None,
            decides: None,
            part_of: None,
        }
    }

    /// Sets the lowest and the highest answer that may be given.
    #[must_use]
    pub fn scale(mut self, min: f64, max: f64) -> Self {
        self.min = Some(min);
        self.max = Some(max);
        self
    }

    /// Sets from which answer on customers count as satisfied.
    #[must_use]
    pub fn from(mut self, answer: f64) -> Self {
        self.from = Some(answer);
        self
    }

    /// Adds answers with how often each was given.
    #[must_use]
    pub fn answers(mut self, answers: impl IntoIterator<Item = (f64, u32)>) -> Self {
        self.answers.extend(answers);
        self
    }

    /// Says that it is about a promise.
    #[must_use]
    pub fn about_promise(mut self, promise: impl Into<String>) -> Self {
        self.promise = Some(promise.into());
        self
    }

    /// Says that it is about a phase.
    #[must_use]
    pub fn about_phase(mut self, phase: Phase) -> Self {
        self.phase = Some(phase);
        self
    }

    /// Says what is decided by it.
    #[must_use]
    pub fn decides(mut self, decision: impl Into<String>) -> Self {
        self.decides = Some(decision.into());
        self
    }

    /// Says that it is an item of an index.
    #[must_use]
    pub fn part_of(mut self, index: impl Into<String>) -> Self {
        self.part_of = Some(index.into());
        self
    }

    /// The lowest and the highest answer that may be given; `None` where they are not stated.
    #[must_use]
    pub fn bounds(&self) -> Option<(f64, f64)> {
        own_scale(self.kind).or_else(|| self.min.zip(self.max))
    }

    /// What is wrong with it, all at once.
    pub(super) fn faults(&self) -> Vec<SurveyFault> {
        let mut faults = Vec::new();
        let mut bounds = self.bounds();
        match (own_scale(self.kind), self.min, self.max) {
            (None, Some(min), Some(max)) => {
                if !(min.is_finite() && max.is_finite() && min < max) {
                    faults.push(SurveyFault::Scale { min, max });
                    bounds = None;
                }
            }
            (None, ..) => faults.push(SurveyFault::NoScale),
            (Some((min, max)), stated_min, stated_max) => {
                let differs = |stated: Option<f64>, own: f64| {
                    stated.is_some_and(|stated| stated.total_cmp(&own).is_ne())
                };
                if differs(stated_min, min) || differs(stated_max, max) {
                    faults.push(SurveyFault::OtherScale { min, max });
                }
            }
        }
        match (self.kind, self.from, bounds) {
            (SurveyKind::Csat, Some(from), Some((min, max))) if min < from && from <= max => {}
            (SurveyKind::Csat, _, Some((min, max))) => faults.push(SurveyFault::Cut { min, max }),
            (SurveyKind::Csat, None, None) => faults.push(SurveyFault::LacksCut),
            (SurveyKind::Csat, Some(_), None) | (_, None, _) => {}
            (_, Some(_), _) => faults.push(SurveyFault::NoCut),
        }
        if let Some((min, max)) = bounds {
            let strange = |&&(answer, _): &&(f64, u32)| !(min..=max).contains(&answer);
            let strange = self.answers.iter().filter(strange);
            faults.extend(strange.map(|&(answer, _)| SurveyFault::Answer { answer, min, max }));
        }
        if self.promise.is_some() && self.phase.is_some() {
            faults.push(SurveyFault::AboutTwo);
        }
        if self.part_of.is_some() && self.kind != SurveyKind::Index {
            faults.push(SurveyFault::NoItem);
        }
        faults
    }
}

/// The scale that a kind has by itself.
fn own_scale(kind: SurveyKind) -> Option<(f64, f64)> {
    match kind {
        SurveyKind::Nps => Some((0.0, 10.0)),
        SurveyKind::EffortMean | SurveyKind::EffortAgree | SurveyKind::EffortNet => {
            Some((1.0, 7.0))
        }
        SurveyKind::EffortFirst => Some((1.0, 5.0)),
        SurveyKind::Csat | SurveyKind::Index => None,
    }
}
