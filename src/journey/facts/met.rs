//! A journey as all its customers meet it, whatever they remember.

use std::borrow::Cow;

use crate::journey::{Journey, Promise, Touchpoint};

/// A journey as all its customers meet it: where a feeling or a promise depends on what they remember, it is pooled over all who
/// come.
///
/// Formats that have one score for each touchpoint, such as Mermaid journeys and CJML, are written from it. It is made by
/// [`Journey::met`]; of a journey on which nothing depends on what customers remember, it is the journey as it was drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Met<'a> {
    journey: &'a Journey,
    touchpoints: Vec<Cow<'a, Touchpoint>>,
}

impl<'a> Met<'a> {
    /// With the touchpoints in the order of the map.
    pub(crate) fn new(journey: &'a Journey, touchpoints: Vec<Cow<'a, Touchpoint>>) -> Self {
        Self {
            journey,
            touchpoints,
        }
    }

    /// What can be said without a flow: what depends on what customers remember is unknown.
    pub(crate) fn unsolved(journey: &'a Journey) -> Self {
        let touchpoints = journey.touchpoints();
        let touchpoints = touchpoints.map(|touchpoint| {
            if touchpoint.asks_memory() {
                Cow::Owned(not_known(touchpoint))
            } else {
                Cow::Borrowed(touchpoint)
            }
        });
        Self::new(journey, touchpoints.collect())
    }

    /// The journey as it was drawn.
    #[must_use]
    pub fn journey(&self) -> &'a Journey {
        self.journey
    }

    /// The touchpoints in the order of the map, none of which asks what customers remember there: promise and feelings are those
    /// of all visits.
    pub fn touchpoints(&self) -> impl ExactSizeIterator<Item = &Touchpoint> {
        self.touchpoints.iter().map(AsRef::as_ref)
    }
}

impl Touchpoint {
    /// Whether what becomes of the promise or what is felt depends on what customers remember.
    pub(crate) fn asks_memory(&self) -> bool {
        !self.emotion_given.is_empty() || !self.promise_given.is_empty()
    }
}

fn not_known(drawn: &Touchpoint) -> Touchpoint {
    let mut met = drawn.clone();
    met.promise = drawn.promise.as_ref().map(|promise| {
        let tested = Promise::new(&promise.name);
        tested.kept(0.0).broken(0.0).unknown(1.0)
    });
    (met.emotion, met.emotion_when_broken) = (None, None);
    met.emotion_when_unknown = None;
    met.emotion_given.clear();
    met.promise_given.clear();
    met
}
