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
            figures: touchpoint.figures.clone(),
            notes: said(touchpoint.notes.as_ref()),
            cost: touchpoint
                .cost
                .map(|cost| (cost, currency.map(str::to_owned))),
            image,
        }
    }
}

/// A text that says something.
fn said(text: Option<&String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty()).cloned()
}
