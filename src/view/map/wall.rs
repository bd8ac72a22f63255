//! What somebody wrote on the wall at a touchpoint, and how much of it has room there.

use crate::journey::{KeyFigure, Touchpoint, size_of_image};

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
    pub(crate) figures: Vec<KeyFigure>,
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
fn figures(touchpoint: &Touchpoint) -> Vec<KeyFigure> {
    let scores = touchpoint.measures.iter().filter_map(|measure| {
        let score = measure.score();
        let answers = u32::try_from(score.answers).unwrap_or(u32::MAX);
        // Tenths are more than any survey can tell.
        let value = (score.value? * 10.0).round() / 10.0;
        Some(KeyFigure::new(measure.name.as_str(), value).of(answers))
    });
    touchpoint.figures.iter().cloned().chain(scores).collect()
}

/// A text that says something.
fn said(text: Option<&String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty()).cloned()
}
