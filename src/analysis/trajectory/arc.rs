use std::f64::consts::PI;

use crate::journey::words;

words! {
    /// The shape of a path's feelings, in the names of Reagan et al. 2016 (EPJ Data Science 5:31).
    ///
    /// Those shapes were found in novels of many thousand words; on a handful of touchpoints they are a metaphor.
    pub enum ArcShape as "shape of an arc" {
        /// Up, with two touchpoints only.
        Rise = "rise",
        /// Down, with two touchpoints only.
        Fall = "fall",
        /// Up.
        RagsToRiches = "rags to riches",
        /// Down.
        RichesToRags = "riches to rags",
        /// Down and up.
        ManInAHole = "man in a hole",
        /// Up and down.
        Icarus = "icarus",
        /// Up, down, up.
        Cinderella = "cinderella",
        /// Down, up, down.
        Oedipus = "oedipus",
        /// Up and down many times.
        Rollercoaster = "rollercoaster",
        /// Never more than 0.25 between highest and lowest.
        Flat = "flat",
        /// None of them clearly.
        Mixed = "mixed",
    }
}

/// A shape with the confidence in it.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct EmotionalArc {
    /// The shape; [`ArcShape::Mixed`] where the confidence in the best one is below 0.5.
    pub shape: ArcShape,
    /// Share of the variation that the best shape carries, in 0..=1; `None` for a flat arc, where there is no
    /// variation to share.
    pub confidence: Option<f64>,
    /// Where the shape is mixed, the two that come nearest.
    pub nearest: Option<[ArcShape; 2]>,
}

/// Below this difference between the highest and the lowest valence an arc is flat: one step of a 9-point scale.
const FLAT_BELOW: f64 = 0.25;
/// Below this confidence a shape is not named.
const CLEAR: f64 = 0.5;

impl EmotionalArc {
    /// Names the shape of some valences in their order; `None` where there are none, or one of them is not a number
    /// from -1 to 1.
    ///
    /// Each of the six shapes is a cosine mode up or down: with n valences,
    /// `c_k = sum of v_i * sqrt(2 / n) * cos(pi * k * (i - 1/2) / n)` and the mode's share is `c_k^2` of the sum of
    /// all squares; the shape is the greatest of the first three modes, a rollercoaster if the later ones hold more
    /// than half.
    ///
    /// ```
    /// use customer_journey::analysis::{ArcShape, EmotionalArc};
    /// let arc = EmotionalArc::of(&[0.8, -0.6, 0.7]).unwrap();
    /// assert_eq!(arc.shape, ArcShape::ManInAHole);
    /// assert!(arc.confidence > Some(0.9));
    /// ```
    #[must_use]
    pub fn of(valences: &[f64]) -> Option<Self> {
        let (first, last) = (*valences.first()?, *valences.last()?);
        if !valences
            .iter()
            .all(|valence| (-1.0..=1.0).contains(valence))
        {
            return None;
        }
        let highest = valences.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let lowest = valences.iter().copied().fold(f64::INFINITY, f64::min);
        if highest - lowest < FLAT_BELOW {
            return Some(Self::flat());
        }
        if valences.len() < 3 {
            let shape = if last > first {
                ArcShape::Rise
            } else {
                ArcShape::Fall
            };
            return Some(Self::clear(shape, 1.0));
        }
        let modes: Vec<f64> = (1..valences.len().min(4))
            .map(|k| cosine_mode(valences, k))
            .collect();
        // By Parseval all modes together are the squared deviation from the mean.
        let mean = valences.iter().sum::<f64>() / valences.len() as f64;
        let total: f64 = valences
            .iter()
            .map(|valence| (valence - mean).powi(2))
            .sum();
        let mut shares: Vec<(f64, ArcShape)> = (1..)
            .zip(&modes)
            .map(|(k, c)| (c * c / total, shape_of(k, *c)))
            .collect();
        let later = 1.0 - shares.iter().map(|(share, _)| share).sum::<f64>();
        if later > CLEAR {
            return Some(Self::clear(ArcShape::Rollercoaster, later));
        }
        // Ties go to the simpler shape: the sort is stable.
        shares.sort_by(|a, b| b.0.total_cmp(&a.0));
        match shares[..] {
            [(share, shape), ..] if share >= CLEAR => Some(Self::clear(shape, share.min(1.0))),
            [(share, best), (_, second), ..] => Some(Self {
                shape: ArcShape::Mixed,
                confidence: Some(share),
                nearest: Some([best, second]),
            }),
            _ => Some(Self::flat()),
        }
    }

    fn flat() -> Self {
        Self {
            shape: ArcShape::Flat,
            confidence: None,
            nearest: None,
        }
    }

    fn clear(shape: ArcShape, confidence: f64) -> Self {
        Self {
            shape,
            confidence: Some(confidence),
            nearest: None,
        }
    }
}

fn cosine_mode(valences: &[f64], k: usize) -> f64 {
    let n = valences.len() as f64;
    let phase = |i: usize| (PI * k as f64 * (i as f64 + 0.5) / n).cos();
    valences
        .iter()
        .enumerate()
        .map(|(i, valence)| valence * phase(i))
        .sum::<f64>()
        * (2.0 / n).sqrt()
}

fn shape_of(k: usize, c: f64) -> ArcShape {
    match (k, c > 0.0) {
        (1, false) => ArcShape::RagsToRiches,
        (1, true) => ArcShape::RichesToRags,
        (2, true) => ArcShape::ManInAHole,
        (2, false) => ArcShape::Icarus,
        (_, false) => ArcShape::Cinderella,
        (_, true) => ArcShape::Oedipus,
    }
}
