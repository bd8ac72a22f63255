//! Where things go: how many touchpoints stand side by side, and how wide they are.

use std::ops::Range;

use super::cells;
use super::words::Words;
use crate::render::svg::width::Face;
use crate::view::map::{Column, JourneyMap, Lane};

/// Around the picture.
pub(super) const MARGIN: f64 = 16.0;
/// Left of the columns, for the scale of the curve.
pub(super) const AXIS: f64 = 30.0;
/// Left of that, for the names of the lanes, where there is room: as wide as their longest word, within these bounds.
const GUTTER: (f64, f64) = (92.0, 150.0);
/// From this width on all touchpoints stand in one row if they have any room to.
const POSTER: f64 = 1600.0;
/// Below this width the names of the lanes stand above them.
const NARROW: f64 = 640.0;
/// On both sides of the text in a cell.
pub(super) const PADDING: f64 = 8.0;

/// What the border of a touchpoint's card takes of the room for its text.
pub(super) const CARD: f64 = 8.0;

/// The lanes of an overview. Cells of other lanes hold more text.
const FEW: &[Lane] = &[Lane::Touchpoint, Lane::Channel, Lane::Feeling];
/// How high a picture of a touchpoint may be.
pub(super) const TALLEST: f64 = 150.0;

/// The measures of a map.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    /// Of the whole picture.
    pub(super) width: f64,
    /// Whether the names of lanes stand above them.
    pub(super) is_narrow: bool,
    /// Where the first column begins.
    pub(super) left: f64,
    pub(super) column: f64,
    /// The columns that stand side by side, from top to bottom.
    pub(super) bands: Vec<Range<usize>>,
}

impl Layout {
    pub(super) fn new(say: Words<'_>, shown: &JourneyMap, most: f64) -> Self {
        let is_narrow = most < NARROW;
        let names = shown.lanes.iter().map(|lane| {
            let name = Face::bold(12.0).widest_word(say.lane(*lane));
            if *lane == Lane::Visibility {
                0.0
            } else {
                name + 4.0
            }
        });
        let gutter = names.fold(GUTTER.0, f64::max).min(GUTTER.1).ceil();
        let left = MARGIN + AXIS + if is_narrow { 0.0 } else { gutter };
        let room = most - left - MARGIN;
        // Cells of text want more room than markers.
        let roomy = shown.lanes.iter().any(|lane| !FEW.contains(lane));
        let (least, enough, widest) = if roomy {
            (128.0, 168.0, 232.0)
        } else {
            (100.0, 148.0, 200.0)
        };
        // On a phone three stand side by side, so that the curve can be seen.
        let enough = if is_narrow && !roomy { least } else { enough };
        // As wide as the longest word, so that few words are broken.
        let texts = shown
            .columns
            .iter()
            .enumerate()
            .flat_map(|(place, column)| {
                let lanes = shown.lanes.iter().copied();
                lanes.flat_map(move |lane| {
                    let border = if lane == Lane::Touchpoint { CARD } else { 0.0 };
                    let pieces = cells::of(say, lane, column, place);
                    pieces
                        .into_iter()
                        .map(move |piece| piece.least_room() + border)
                })
            });
        let word = texts.fold(0.0, f64::max);
        let wanted = (word + 2.0 * PADDING).clamp(least, enough).min(room);
        let mut fit = 1;
        while (fit + 1) as f64 * wanted <= room {
            fit += 1;
        }
        let all = shown.columns.len();
        if most >= POSTER && all as f64 * least <= room {
            fit = fit.max(all);
        }
        let bands = bands(&shown.columns, fit);
        let longest = bands
            .iter()
            .map(ExactSizeIterator::len)
            .max()
            .unwrap_or(1)
            .max(1);
        let column = (room / longest as f64).min(widest).floor();
        let used = left + column * longest as f64 + MARGIN;
        Self {
            width: used.max(most.min(NARROW)),
            is_narrow,
            left,
            column,
            bands,
        }
    }

    /// The same for a band of so many columns, which fill the width where there are several bands.
    pub(super) fn of_band(&self, columns: usize) -> Self {
        let column = if self.bands.len() > 1 {
            let room = self.width - self.left - MARGIN;
            (room / columns.max(1) as f64).floor()
        } else {
            self.column
        };
        Self {
            column,
            ..self.clone()
        }
    }

    /// Where the nth column of a band begins.
    pub(super) fn column_at(&self, place: usize) -> f64 {
        self.left + self.column * place as f64
    }

    pub(super) fn middle_of(&self, place: usize) -> f64 {
        self.column_at(place) + self.column / 2.0
    }

    /// The room for the names of lanes where they stand beside them.
    pub(super) fn names(&self) -> f64 {
        self.left - AXIS - MARGIN - 4.0
    }

    /// The room for text in a column.
    pub(super) fn room(&self) -> f64 {
        self.column - 2.0 * PADDING
    }
}

/// Spreads the columns over as few bands as can be, evenly, and rather from phase to phase and stage to stage.
fn bands(columns: &[Column], fit: usize) -> Vec<Range<usize>> {
    let count = columns.len().div_ceil(fit).max(1);
    let even = columns.len() as f64 / count as f64;
    let cost = |from: usize, to: usize| {
        let uneven = (to - from) as f64 - even;
        let cut = match (
            to.checked_sub(1).and_then(|last| columns.get(last)),
            columns.get(to),
        ) {
            (Some(last), Some(next)) if last.phase == next.phase => {
                let same = last.stage == next.stage;
                if same { 4.0 } else { 2.0 }
            }
            _ => 0.0,
        };
        uneven * uneven + cut
    };
    // best[to]: the least cost of spreading the first `to` columns over the bands so far, and where the last one begins.
    let mut best: Vec<Option<f64>> = (0..=columns.len())
        .map(|to| (to == 0).then_some(0.0))
        .collect();
    let mut begins = Vec::with_capacity(count);
    for _ in 0..count {
        let spread: Vec<Option<(f64, usize)>> = (0..=columns.len())
            .map(|to| {
                let froms = to.saturating_sub(fit)..to;
                let costs = froms.filter_map(|from| {
                    let before = best.get(from).copied().flatten()?;
                    Some((before + cost(from, to), from))
                });
                costs.min_by(|a, b| a.0.total_cmp(&b.0))
            })
            .collect();
        best = spread
            .iter()
            .map(|cell| cell.map(|(cost, _)| cost))
            .collect();
        begins.push(spread);
    }
    let mut bands = Vec::with_capacity(count);
    let mut to = columns.len();
    for spread in begins.iter().rev() {
        let from = spread
            .get(to)
            .copied()
            .flatten()
            .map_or(0, |(_, from)| from);
        bands.push(from..to);
        to = from;
    }
    bands.reverse();
    bands
}
