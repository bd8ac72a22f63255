//! The emotional curve of a band.

use std::ops::Range;

use super::layout::Layout;
use crate::render::number::feeling;
use crate::render::svg::canvas::{Anchor, Canvas, Line};
use crate::render::svg::curve;
use crate::render::svg::icons;
use crate::render::svg::plot::Plot;
use crate::render::svg::width::Face;
use crate::view::map::{Column, Extreme, JourneyMap, Marker, PainMark};

/// How the curve looks between a column and the next.
fn class_after(column: &Column) -> &'static str {
    if column.leads_to_next {
        "cj-curve"
    } else {
        "cj-jump"
    }
}

/// Between the scale's ends and the lane's.
const EDGE: f64 = 10.0;
/// For the marks of pain, where no lane has them.
const PAINS: f64 = 22.0;
/// From a marker or the end of its spread to the line of its number, upwards and downwards.
const ABOVE: f64 = 13.0;
const BELOW: f64 = 21.0;
/// From the number to the word beyond it.
const WORD: f64 = 15.0;
/// How high letters stand above their line, and how far they hang below.
const ASCENT: f64 = 12.0;
const DESCENT: f64 = 5.0;

/// How much a band's curve needs beyond its scale.
#[derive(Debug, Clone, Copy)]
pub(super) struct Extent {
    pub(super) above: f64,
    below: f64,
}

impl Extent {
    pub(super) fn of(columns: &[Column], marks_pains: bool) -> Self {
        let plot = Plot {
            left: 0.0,
            right: 0.0,
            zero: 0.0,
        };
        let mut extent = Self {
            above: EDGE,
            below: EDGE,
        };
        for marker in columns.iter().filter_map(|column| column.marker.as_ref()) {
            let (near, far) = lines(&plot, marker);
            let last = if marker.extreme.is_some() { far } else { near };
            extent.above = extent.above.max(ASCENT - Plot::UNIT - last);
            extent.below = extent.below.max(DESCENT + last - Plot::UNIT);
        }
        if marks_pains && columns.iter().any(|column| great_pain(column).is_some()) {
            extent.below += PAINS;
        }
        extent
    }

    pub(super) fn height(self) -> f64 {
        self.above + 2.0 * Plot::UNIT + self.below
    }
}

fn great_pain(column: &Column) -> Option<&PainMark> {
    column.pain.as_ref().filter(|pain| pain.is_great)
}

/// The lines of a marker's number and of the word beyond it, away from the zero line and from the spread.
fn lines(plot: &Plot, marker: &Marker) -> (f64, f64) {
    let (lowest, highest) = marker.extent;
    if marker.mean >= 0.0 {
        let near = plot.level(highest) - ABOVE;
        (near, near - WORD)
    } else {
        let near = plot.level(lowest) + BELOW;
        (near, near + WORD)
    }
}

/// Draws what lies between the ground and the markers: spread and curve.
pub(super) fn spread_and_curve(
    canvas: &mut Canvas,
    plot: &Plot,
    layout: &Layout,
    shown: &JourneyMap,
    band: &Range<usize>,
) {
    let (left, right) = (plot.left, plot.right);
    let marker = |place: usize| shown.columns.get(place)?.marker.as_ref();
    let point = |place: usize| {
        let x = layout.left + layout.column * (place as f64 - band.start as f64 + 0.5);
        Some((x, plot.level(marker(place)?.mean)))
    };
    for place in band.clone() {
        let spread = marker(place).and_then(|marker| marker.spread);
        if let Some(((x, _), spread)) = point(place).zip(spread) {
            plot.spread(canvas, x, 14.0, spread);
        }
    }
    let class = |place: usize| shown.columns.get(place).map_or("cj-jump", class_after);
    let mut known = Vec::new();
    for place in band.start..=band.end {
        if let Some(at) = point(place).filter(|_| place < band.end) {
            known.push((class(place), at));
        } else {
            line(canvas, &known);
            known.clear();
        }
    }
    // To the neighbours in the bands above and below.
    let edge = |inner: usize, outer: usize, x: f64| {
        let ((from, level), (_, beyond)) = (point(inner)?, point(outer)?);
        let ends = ((from, level), (x, f64::midpoint(level, beyond)));
        Some((class(inner.min(outer)), ends))
    };
    let before = band.start.checked_sub(1);
    let before = before.and_then(|before| edge(band.start, before, left));
    let after = band.end.checked_sub(1);
    let after = after.and_then(|last| edge(last, band.end, right));
    for (class, (from, to)) in before.into_iter().chain(after) {
        canvas.line(class, from, to);
    }
}

/// A line through known feelings, each with the class of the piece behind it; dotted where nobody goes straight from
/// one to the next.
fn line(canvas: &mut Canvas, known: &[(&str, (f64, f64))]) {
    let points: Vec<(f64, f64)> = known.iter().map(|&(_, at)| at).collect();
    for (piece, (class, _)) in curve::pieces(&points).iter().zip(known) {
        canvas.path(class, piece);
    }
}

/// Draws the marker of a column with its number, and the mark of its pain above the base where there is one.
pub(super) fn marker(
    canvas: &mut Canvas,
    plot: &Plot,
    column: &Column,
    x: f64,
    pains: Option<f64>,
) {
    let text = |canvas: &mut Canvas, y: f64, face: Face, class: &str, text: &str| {
        let line = Line {
            x,
            y,
            anchor: Anchor::Middle,
            face,
            class,
            room: face.width(text),
        };
        canvas.text(line, text);
    };
    if let Some(marker) = &column.marker {
        plot.marker(canvas, x, marker.mean, marker.share);
        let (near, far) = lines(plot, marker);
        let (face, class) = if column.is_rare {
            (Face::SMALL, "cj-faint cj-halo")
        } else {
            (Face::bold(12.0), "cj-ink cj-halo")
        };
        text(canvas, near, face, class, &feeling(marker.mean));
        if let Some(extreme) = marker.extreme {
            let word = match extreme {
                Extreme::Lowest => "lowest",
                Extreme::Highest => "highest",
            };
            text(canvas, far, Face::SMALL, "cj-soft cj-halo", word);
        }
    } else {
        plot.gap(canvas, x);
        let y = plot.zero - ABOVE;
        text(canvas, y, Face::SMALL, "cj-soft cj-halo", "no data");
    }
    if let Some((pain, base)) = great_pain(column).zip(pains) {
        let words = format!("pain {}", pain.rank);
        let width = Face::bold(12.0).width(&words) + 18.0;
        let (left, base) = (x - width / 2.0, base - 8.0);
        canvas.mark("cj-pain", (left, base - 12.5), icons::PAIN);
        let line = Line {
            x: left + 18.0,
            y: base,
            anchor: Anchor::Start,
            face: Face::bold(12.0),
            class: "cj-alarm",
            room: width - 18.0,
        };
        canvas.text(line, &words);
    }
}
