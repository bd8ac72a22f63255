//! The emotional curve of a band.

use std::ops::Range;

use super::cells::quiet;
use super::layout::Layout;
use super::story::{Stop, Story, Way};
use crate::render::number::feeling;
use crate::render::svg::canvas::{Anchor, Canvas, Line};
use crate::render::svg::curve;
use crate::render::svg::icons;
use crate::render::svg::plot::Plot;
use crate::render::svg::width::Face;

impl Story<'_> {
    /// How the curve looks between a stop and the next.
    fn class_between(&self, from: usize) -> &'static str {
        let goes_on = |way: &Way| way.from == from && way.to == from + 1;
        if self.ways.iter().any(goes_on) {
            "cj-curve"
        } else {
            "cj-jump"
        }
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
    pub(super) fn of(stops: &[Stop<'_>], marks_pains: bool) -> Self {
        let plot = Plot {
            left: 0.0,
            right: 0.0,
            zero: 0.0,
        };
        let mut extent = Self {
            above: EDGE,
            below: EDGE,
        };
        for (stop, mean) in stops
            .iter()
            .filter_map(|stop| Some((stop, stop.felt.mean?)))
        {
            let (near, far) = lines(&plot, stop, mean);
            let last = if is_extreme(stop) { far } else { near };
            extent.above = extent.above.max(ASCENT - Plot::UNIT - last);
            extent.below = extent.below.max(DESCENT + last - Plot::UNIT);
        }
        let marked = |stop: &Stop<'_>| stop.pain.as_ref().is_some_and(|(rank, _)| *rank <= MARKED);
        if marks_pains && stops.iter().any(marked) {
            extent.below += PAINS;
        }
        extent
    }

    pub(super) fn height(self) -> f64 {
        self.above + 2.0 * Plot::UNIT + self.below
    }
}

/// So many pains are marked where no lane has them.
const MARKED: usize = 3;

fn is_extreme(stop: &Stop<'_>) -> bool {
    stop.is_lowest || stop.is_highest
}

/// The lines of a stop's number and of the word beyond it, away from the zero line and from the spread.
fn lines(plot: &Plot, stop: &Stop<'_>, mean: f64) -> (f64, f64) {
    if mean >= 0.0 {
        let near = plot.level(stop.felt.high.unwrap_or(mean).max(mean)) - ABOVE;
        (near, near - WORD)
    } else {
        let near = plot.level(stop.felt.low.unwrap_or(mean).min(mean)) + BELOW;
        (near, near + WORD)
    }
}

/// Draws what lies between the ground and the markers: spread and curve.
pub(super) fn spread_and_curve(
    canvas: &mut Canvas,
    plot: &Plot,
    layout: &Layout,
    story: &Story<'_>,
    band: &Range<usize>,
) {
    let (left, right) = (plot.left, plot.right);
    let point = |stop: usize| {
        let mean = story.stops.get(stop)?.felt.mean?;
        let x = layout.left + layout.column * (stop as f64 - band.start as f64 + 0.5);
        Some((x, plot.level(mean)))
    };
    for stop in band.clone() {
        let Some((x, _)) = point(stop) else { continue };
        let felt = story.stops.get(stop).map(|stop| &stop.felt);
        if let Some((low, high)) = felt.and_then(|felt| felt.low.zip(felt.high))
            && high > low
        {
            plot.spread(canvas, x, 14.0, (low, high));
        }
    }
    let mut known = Vec::new();
    for stop in band.start..=band.end {
        if let Some(at) = point(stop).filter(|_| stop < band.end) {
            known.push((stop, at));
        } else {
            line(canvas, story, &known);
            known.clear();
        }
    }
    // To the neighbours in the bands above and below.
    let edge = |inner: usize, outer: usize, x: f64| {
        let ((from, level), (_, beyond)) = (point(inner)?, point(outer)?);
        let ends = ((from, level), (x, f64::midpoint(level, beyond)));
        Some((story.class_between(inner.min(outer)), ends))
    };
    let before = band.start.checked_sub(1);
    let before = before.and_then(|before| edge(band.start, before, left));
    let after = band.end.checked_sub(1);
    let after = after.and_then(|last| edge(last, band.end, right));
    for (class, (from, to)) in before.into_iter().chain(after) {
        canvas.line(class, from, to);
    }
}

/// A line through known feelings; dotted where nobody goes straight from one to the next.
fn line(canvas: &mut Canvas, story: &Story<'_>, known: &[(usize, (f64, f64))]) {
    let points: Vec<(f64, f64)> = known.iter().map(|&(_, at)| at).collect();
    for (piece, (from, _)) in curve::pieces(&points).iter().zip(known) {
        canvas.path(story.class_between(*from), piece);
    }
}

/// Draws the marker of a stop with its number, and the mark of its pain above the base where there is one.
pub(super) fn marker(
    canvas: &mut Canvas,
    plot: &Plot,
    stop: &Stop<'_>,
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
    if let Some(mean) = stop.felt.mean {
        let reach = stop.figures.reach.unwrap_or(1.0);
        plot.marker(canvas, x, mean, reach);
        let (near, far) = lines(plot, stop, mean);
        let (face, class) = if quiet(reach) == "cj-faint" {
            (Face::SMALL, "cj-faint cj-halo")
        } else {
            (Face::bold(12.0), "cj-ink cj-halo")
        };
        text(canvas, near, face, class, &feeling(mean));
        if is_extreme(stop) {
            let word = if stop.is_lowest { "lowest" } else { "highest" };
            text(canvas, far, Face::SMALL, "cj-soft cj-halo", word);
        }
    } else {
        plot.gap(canvas, x);
        let y = plot.zero - ABOVE;
        text(canvas, y, Face::SMALL, "cj-soft cj-halo", "no data");
    }
    let pain = stop.pain.as_ref().filter(|(rank, _)| *rank <= MARKED);
    if let Some(((rank, _), base)) = pain.zip(pains) {
        let words = format!("pain {rank}");
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
