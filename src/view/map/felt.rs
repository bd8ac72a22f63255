//! Which word stands for what is felt at a touchpoint.

use std::cmp::Ordering;

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
    largest(by_result(touchpoint))
}

/// The emotions of the visits, each with its share of visits.
fn by_result(touchpoint: &Touchpoint) -> impl Iterator<Item = (&Emotion, f64)> {
    let visits = Shares::of(touchpoint.results().map(|(_, weight)| weight));
    touchpoint.results().filter_map(move |(result, weight)| {
        let emotion = touchpoint.emotion_after(result)?;
        Some((emotion, visits.share(weight) * emotion.coverage()))
    })
}

/// The bad feelings of a touchpoint that have a name, each with its share of the visits whose feeling is known, the most
/// common first.
pub(crate) fn bad(touchpoint: &Touchpoint) -> Vec<(Feeling, f64)> {
    let mut parts = Parts::of(by_result(touchpoint));
    parts
        .named
        .retain(|(feeling, part)| feeling.valence() < 0.0 && *part > 0.0);
    parts.named.sort_by(|a, b| order(b, a));
    let all = parts.all;
    let shares = parts
        .named
        .into_iter()
        .map(|(feeling, part)| (feeling, part / all));
    shares.collect()
}

/// The same of one emotion.
pub(super) fn of(emotion: &Emotion) -> Option<FeltMost> {
    largest(std::iter::once((emotion, 1.0)))
}

fn largest<'a>(parts: impl Iterator<Item = (&'a Emotion, f64)>) -> Option<FeltMost> {
    let Parts {
        named,
        numbers,
        all,
    } = Parts::of(parts);
    let (feeling, part) = named.into_iter().max_by(order)?;
    let number = numbers.iter().map(|(_, part)| *part).fold(0.0, f64::max);
    (part > 0.0 && part >= number).then(|| FeltMost {
        feeling,
        share: if_partial(part / all),
    })
}

/// Of two parts as large, that of the worse feeling is the greater one.
fn order(a: &(Feeling, f64), b: &(Feeling, f64)) -> Ordering {
    let worse = b.0.valence().total_cmp(&a.0.valence());
    a.1.total_cmp(&b.1).then(worse)
}

/// What is felt, by name and by number, each with its weight.
#[derive(Default)]
struct Parts {
    named: Vec<(Feeling, f64)>,
    numbers: Vec<(f64, f64)>,
    all: f64,
}

impl Parts {
    fn of<'a>(emotions: impl Iterator<Item = (&'a Emotion, f64)>) -> Self {
        let mut parts = Self::default();
        for (emotion, weight) in emotions {
            let shades = Shares::of(emotion.shades().iter().map(|shade| shade.weight));
            for shade in emotion.shades() {
                let part = weight * shades.share(shade.weight);
                parts.all += part;
                if let ShadeFeeling::Feeling(feeling) = shade.felt {
                    add(&mut parts.named, feeling, part);
                } else if let Some(valence) = shade.felt_valence() {
                    add(&mut parts.numbers, valence, part);
                }
            }
        }
        parts
    }
}

fn add<K: PartialEq>(parts: &mut Vec<(K, f64)>, key: K, part: f64) {
    match parts.iter_mut().find(|(known, _)| *known == key) {
        Some((_, sum)) => *sum += part,
        None => parts.push((key, part)),
    }
}
