//! What is meant and what is expected, beside what was felt.

use std::collections::BTreeMap;

use super::ground::Ground;
use super::journeys::Walk;
use super::ratios::Ratios;
use crate::journey::{CountedFigure, CountedName, Emotion, Touchpoint};

/// Above this a feeling is a good one.
const NEUTRAL: f64 = 0.1;

/// What a touchpoint is compared with, and the figures that its visits add to.
struct Compared {
    at: f64,
    figures: [usize; 5],
}

/// The delivery gap and the expectation gap: as a whole, and by touchpoint, phase, owner and channel.
pub(super) struct Gaps {
    ratios: Ratios,
    /// By touchpoint: 1 where it is meant to feel good, 0 where not.
    believed: Vec<Option<Compared>>,
    /// By touchpoint: the mean valence that is expected.
    expected: Vec<Option<Compared>>,
}

impl Gaps {
    pub(super) fn new(ground: &Ground<'_>) -> Self {
        let mut ratios = Ratios::new();
        let believed = |at: &Touchpoint| {
            let intended = at.intended.as_ref().and_then(Emotion::mean)?;
            Some(f64::from(u8::from(intended > NEUTRAL)))
        };
        let expected = |at: &Touchpoint| at.expected.as_ref().and_then(Emotion::mean);
        Self {
            believed: list(ground, &mut ratios, CountedName::DeliveryGap, believed),
            expected: list(ground, &mut ratios, CountedName::ExpectationGap, expected),
            ratios,
        }
    }

    /// Adds a journey.
    pub(super) fn add(&mut self, walk: &Walk) {
        for step in &walk.steps {
            let Some(valence) = step.valence else {
                continue;
            };
            let at = step.node as usize;
            if let Some(Some(believed)) = self.believed.get(at) {
                let felt = f64::from(u8::from(valence > NEUTRAL));
                for &figure in &believed.figures {
                    self.ratios.give(figure, believed.at - felt, 1.0);
                }
            }
            if let Some(Some(expected)) = self.expected.get(at) {
                for &figure in &expected.figures {
                    self.ratios.give(figure, valence - expected.at, 1.0);
                }
            }
        }
        self.ratios.end();
    }

    pub(super) fn close(&mut self) {
        self.ratios.close();
    }

    pub(super) fn figures(&self, by_customer: bool) -> Vec<CountedFigure> {
        self.ratios.figures(by_customer)
    }
}

/// The figures of the touchpoints that say what they are compared with, each part when it first appears on the map.
fn list(
    ground: &Ground<'_>,
    ratios: &mut Ratios,
    name: CountedName,
    compared: impl Fn(&Touchpoint) -> Option<f64>,
) -> Vec<Option<Compared>> {
    let mut known = BTreeMap::<[&str; 2], usize>::new();
    let list = ground.touchpoints.iter().map(|touchpoint| {
        let at = compared(touchpoint)?;
        let parts = [
            ["", ""],
            ["touchpoint", &touchpoint.id],
            ["phase", touchpoint.phase.as_str()],
            ["owner", touchpoint.owner.as_deref().unwrap_or_default()],
            ["channel", touchpoint.channel.as_str()],
        ];
        let figures = parts.map(|part| {
            *known.entry(part).or_insert_with(|| {
                let of = if part == ["", ""] { &[][..] } else { &part };
                ratios.add(name, of, false)
            })
        });
        Some(Compared { at, figures })
    });
    list.collect()
}
