//! Which word stands for what is felt at a touchpoint.

use crate::journey::{Emotion, Feeling, ShadeFeeling, Shares, Touchpoint};
use crate::view::if_partial;

/// The feeling that most visits have.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct FeltMost {
    pub(crate) feeling: Feeling,
    /// Of which share of the visits whose feeling is known, where others feel otherwise.
    pub(crate) share: Option<f64>,
}

/// The named feeling of the largest part of the visits, over all results of the promise; of two as large the one that
/// is worse. `None` where nothing is known, and where more visits have one number than any named feeling.
pub(super) fn most(touchpoint: &Touchpoint) -> Option<FeltMost> {
    let visits = Shares::of(touchpoint.results().map(|(_, weight)| weight));
    let parts = touchpoint.results().filter_map(|(result, weight)| {
        let emotion = touchpoint.emotion_after(result)?;
        Some((emotion, visits.share(weight) * emotion.coverage()))
    });
    largest(parts)
}

/// The same of one emotion.
pub(super) fn of(emotion: &Emotion) -> Option<FeltMost> {
    largest(std::iter::once((emotion, 1.0)))
}

fn largest<'a>(parts: impl Iterator<Item = (&'a Emotion, f64)>) -> Option<FeltMost> {
    let mut named: Vec<(Feeling, f64)> = Vec::new();
    let (mut all, mut numbers) = (0.0, Vec::<(f64, f64)>::new());
    for (emotion, weight) in parts {
        let shades = Shares::of(emotion.shades().iter().map(|shade| shade.weight));
        for shade in emotion.shades() {
            let part = weight * shades.share(shade.weight);
            all += part;
            if let ShadeFeeling::Feeling(feeling) = shade.felt {
                add(&mut named, feeling, part);
            } else if let Some(valence) = shade.felt_valence() {
                add(&mut numbers, valence, part);
            }
        }
    }
    let order = |a: &(Feeling, f64), b: &(Feeling, f64)| {
        let worse = b.0.valence().total_cmp(&a.0.valence());
        a.1.total_cmp(&b.1).then(worse)
    };
    let (feeling, part) = named.into_iter().max_by(order)?;
    let number = numbers.iter().map(|(_, part)| *part).fold(0.0, f64::max);
    (part > 0.0 && part >= number).then(|| FeltMost {
        feeling,
        share: if_partial(part / all),
    })
}

fn add<K: PartialEq>(parts: &mut Vec<(K, f64)>, key: K, part: f64) {
    match parts.iter_mut().find(|(known, _)| *known == key) {
        Some((_, sum)) => *sum += part,
        None => parts.push((key, part)),
    }
}
