//! The emotional curve over the touchpoints in the order in which they were drawn, one row for each.

use crate::journey::{Channel, Emotion, Journey, Phase, Promise, Touchpoint};

/// The rows of the curve, in the order of the map.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TouchpointCurve {
    /// The journey's name.
    pub(crate) name: String,
    pub(crate) persona: Option<String>,
    pub(crate) rows: Vec<Row>,
}

/// A touchpoint on the curve.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    /// From 1.
    pub(crate) order: u64,
    pub(crate) id: String,
    pub(crate) label: String,
    pub(crate) phase: Phase,
    pub(crate) stage: Option<String>,
    pub(crate) channel: Channel,
    /// Mean valence.
    pub(crate) emotion: Option<f64>,
    /// Share of visits whose emotion is known.
    pub(crate) known: f64,
    /// The worst and the best valence that is felt on any visit.
    pub(crate) lowest: Option<f64>,
    pub(crate) highest: Option<f64>,
    /// What becomes of the promise that is tested; `None` where nobody knows.
    pub(crate) promise: Option<PromiseState>,
    pub(crate) kept_rate: Option<f64>,
}

/// What becomes of a touchpoint's promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PromiseState {
    Kept,
    Broken,
    KeptOrBroken,
    NoneTested,
}

impl PromiseState {
    pub(crate) const ALL: [Self; 4] = [
        Self::Kept,
        Self::Broken,
        Self::KeptOrBroken,
        Self::NoneTested,
    ];

    fn of(promise: Option<&Promise>) -> Option<Self> {
        let Some(promise) = promise else {
            return Some(Self::NoneTested);
        };
        promise.kept_rate().map(|rate| match rate {
            rate if rate >= 1.0 => Self::Kept,
            rate if rate <= 0.0 => Self::Broken,
            _ => Self::KeptOrBroken,
        })
    }
}

impl TouchpointCurve {
    pub(crate) fn of(journey: &Journey) -> Self {
        let met = journey.met();
        let rows = (1..).zip(met.touchpoints());
        Self {
            name: journey.name().to_owned(),
            persona: journey.persona().map(str::to_owned),
            rows: rows
                .map(|(order, touchpoint)| row(order, touchpoint))
                .collect(),
        }
    }
}

fn row(order: u64, touchpoint: &Touchpoint) -> Row {
    let (mut lowest, mut highest) = (None::<f64>, None::<f64>);
    for (result, _) in touchpoint.results() {
        let emotion = touchpoint.emotion_after(result);
        for (valence, _) in emotion.into_iter().flat_map(Emotion::valences) {
            lowest = Some(lowest.map_or(valence, |lowest| lowest.min(valence)));
            highest = Some(highest.map_or(valence, |highest| highest.max(valence)));
        }
    }
    let promise = touchpoint.promise.as_ref();
    Row {
        order,
        id: touchpoint.id.clone(),
        label: touchpoint.label().to_owned(),
        phase: touchpoint.phase,
        stage: touchpoint.stage.clone(),
        channel: touchpoint.channel.clone(),
        emotion: touchpoint.mean_valence(),
        known: touchpoint.emotion_coverage(),
        lowest,
        highest,
        promise: PromiseState::of(promise),
        kept_rate: promise.and_then(Promise::kept_rate),
    }
}
