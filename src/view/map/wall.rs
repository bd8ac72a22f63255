//! What somebody wrote on the wall at a touchpoint, and how much of it has room there.

use crate::journey::{Touchpoint, size_of_image};

/// So many quotes stand on a map: one and another, so that the map does not become a transcript.
const QUOTES: usize = 2;
/// So many ideas.
const IDEAS: usize = 4;

/// The words of a touchpoint with which nothing is computed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Wall {
    pub(crate) need: Option<String>,
    pub(crate) does: Option<String>,
    pub(crate) backstage: Option<String>,
    pub(crate) quotes: Texts,
    pub(crate) ideas: Texts,
    pub(crate) figures: Vec<Figured>,
    pub(crate) notes: Option<String>,
    /// Money that a visit costs, and in which currency.
    pub(crate) cost: Option<(f64, Option<String>)>,
    pub(crate) image: Option<Image>,
}

/// The first of some texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Texts {
    pub(crate) first: Vec<String>,
    /// How many there are besides.
    pub(crate) more: usize,
}

/// A figure that somebody measured at a touchpoint.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Figured {
    pub(crate) label: String,
    pub(crate) value: f64,
    /// How many answers, visits or customers it rests on.
    pub(crate) n: Option<u64>,
    /// The 95 % interval of the score of a survey.
    pub(crate) interval: Option<(f64, f64)>,
    /// Whether it is the score of a survey, for which an overview has room too.
    pub(crate) is_score: bool,
    /// Whether it rests on few answers, or nobody says on what.
    pub(crate) is_few: bool,
}

/// A picture, as a data URI.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Image {
    pub(crate) uri: String,
    /// Its height in parts of its width.
    pub(crate) flatness: f64,
}

impl Texts {
    fn of(texts: &[String], most: usize) -> Self {
        Self {
            first: texts.iter().take(most).cloned().collect(),
            more: texts.len().saturating_sub(most),
        }
    }
}

impl Wall {
    pub(super) fn of(touchpoint: &Touchpoint, currency: Option<&str>) -> Self {
        let image = touchpoint.image.as_deref().and_then(|uri| {
            let (width, height) = size_of_image(uri).ok()?;
            let flatness = f64::from(height) / f64::from(width);
            Some(Image {
                uri: uri.to_owned(),
                flatness,
            })
        });
        Self {
            need: said(touchpoint.need.as_ref()),
            does: said(touchpoint.does.as_ref()),
            backstage: said(touchpoint.backstage.as_ref()),
            quotes: Texts::of(&touchpoint.quotes, QUOTES),
            ideas: Texts::of(&touchpoint.ideas, IDEAS),
            figures: figures(touchpoint),
            notes: said(touchpoint.notes.as_ref()),
            cost: touchpoint
                .cost
                .map(|cost| (cost, currency.map(str::to_owned))),
            image,
        }
    }
}

/// What was measured there, and the scores of what customers were asked, each with how many answers it rests on.
fn figures(touchpoint: &Touchpoint) -> Vec<Figured> {
    let figures = touchpoint.figures.iter().map(|figure| Figured {
        label: figure.label.clone(),
        value: figure.value,
        n: figure.n.map(u64::from),
        interval: None,
        is_score: false,
        is_few: figure.n.is_none(),
    });
    // Tenths are more than any survey can tell; adding zero turns -0 into 0.
    let rounded = |value: f64| (value * 10.0).round() / 10.0 + 0.0;
    let scores = touchpoint.measures.iter().filter_map(|measure| {
        let score = measure.score();
        let interval = score.interval;
        Some(Figured {
            label: measure.name.clone(),
            value: rounded(score.value?),
            n: Some(score.answers),
            interval: interval.map(|(low, high)| (rounded(low), rounded(high))),
            is_score: true,
            is_few: score.is_few,
        })
    });
    figures.chain(scores).collect()
}

/// A text that says something.
fn said(text: Option<&String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty()).cloned()
}
