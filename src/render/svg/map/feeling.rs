//! The emotional curve of a band.

use std::ops::Range;

use super::layout::Layout;
use super::words::Words;
use crate::render::svg::canvas::{Anchor, Canvas, Line, N};
use crate::render::svg::curve;
use crate::render::svg::icons;
use crate::render::svg::plot::Plot;
use crate::render::svg::width::Face;
use crate::view::map::{BrightMark, Column, Extreme, JourneyMap, Marker, PainMark};

/// A piece of the curve that nobody goes, and one that all go.
const THIN: f64 = 1.2;
const THICK: f64 = 7.0;

/// How the curve looks between two columns.
#[derive(Debug, Clone, Copy)]
struct Piece {
    class: &'static str,
    width: f64,
}

impl Piece {
    /// Dotted, where no way is drawn.
    const JUMP: Self = Self {
        class: "cj-jump",
        width: 1.5,
    };

    /// As thick as the share of journeys that go on there.
    fn of(share: f64) -> Self {
        Self {
            class: "cj-curve",
            width: THIN + (THICK - THIN) * share,
        }
    }

    fn after(column: &Column) -> Self {
        column.goes_on.map_or(Self::JUMP, Self::of)
    }
}

/// Between the scale's ends and the lane's.
const EDGE: f64 = 10.0;
/// For the marks of pain, where no lane has them; as much for those of bright spots.
const PAINS: f64 = 22.0;
/// From a marker or the end of its spread to the line of its number, upwards and downwards.
const ABOVE: f64 = 13.0;
const BELOW: f64 = 21.0;
/// From the number to the line beyond it, and from there to the next.
const WORD: f64 = 15.0;
/// From the middle of a marker to that of what is meant to be felt.
const BESIDE: f64 = 17.0;
/// How great the marks are of what those feel who remember something, and how far from the middle.
pub(super) const FELT_GIVEN: f64 = 4.0;
const ASIDE: f64 = 16.0;
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
    pub(super) fn of(say: Words<'_>, columns: &[Column], marks: Marks, room: f64) -> Self {
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
            let labels = labels(say, marker, false, room).len();
            let last = line_at(&plot, marker, labels.saturating_sub(1));
            extent.above = extent.above.max(ASCENT - Plot::UNIT - last);
            extent.below = extent.below.max(DESCENT + last - Plot::UNIT);
        }
        if marks.pains && columns.iter().any(|column| great_pain(column).is_some()) {
            extent.below += PAINS;
        }
        if marks.bright && columns.iter().any(|column| great_bright(column).is_some()) {
            extent.above += PAINS;
        }
        extent
    }

    pub(super) fn height(self) -> f64 {
        self.above + 2.0 * Plot::UNIT + self.below
    }
}

/// Which marks stand at the curve, because no lane has them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Marks {
    pub(super) pains: bool,
    pub(super) bright: bool,
}

/// Where they stand: the base of the band, and its top.
#[derive(Debug, Clone, Copy)]
pub(super) struct MarksAt {
    pub(super) pains: Option<f64>,
    pub(super) bright: Option<f64>,
}

fn great_bright(column: &Column) -> Option<&BrightMark> {
    column.bright.as_ref().filter(|bright| bright.is_great)
}

fn great_pain(column: &Column) -> Option<&PainMark> {
    column.pain.as_ref().filter(|pain| pain.is_great)
}

/// A text beside a marker.
struct Label {
    text: String,
    face: Face,
    class: &'static str,
}

/// What stands at a marker, from the marker outwards: its number, the word for it, and whether it is the end of the curve.
fn labels(say: Words<'_>, marker: &Marker, is_rare: bool, room: f64) -> Vec<Label> {
    let (face, class) = if is_rare {
        (Face::SMALL, "cj-faint cj-halo")
    } else {
        (Face::bold(12.0), "cj-ink cj-halo")
    };
    let quiet = |text: String| Label {
        text,
        face: Face::SMALL,
        class: "cj-soft cj-halo",
    };
    let mut labels = vec![Label {
        text: say.valence(marker.mean),
        face,
        class,
    }];
    let word = marker.word.as_ref().map(|word| say.felt_most(word));
    let mut word = word.map_or_else(Vec::new, |word| Face::SMALL.wrap(&word, room));
    // Above the marker the last line stands lowest.
    if marker.mean >= 0.0 {
        word.reverse();
    }
    labels.extend(word.into_iter().map(quiet));
    labels.extend(marker.extreme.map(|extreme| {
        let word = match extreme {
            Extreme::Lowest => say.word("lowest"),
            Extreme::Highest => say.word("highest"),
        };
        quiet(word.to_owned())
    }));
    labels
}

/// Where the nth label of a marker stands, away from the zero line and from the spread.
fn line_at(plot: &Plot, marker: &Marker, nth: usize) -> f64 {
    let (lowest, highest) = marker.extent;
    if marker.mean >= 0.0 {
        plot.level(highest) - ABOVE - nth as f64 * WORD
    } else {
        plot.level(lowest) + BELOW + nth as f64 * WORD
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
    for way in &shown.bypasses {
        let Some((from, to)) = point(way.from).zip(point(way.to)) else {
            continue;
        };
        // Between two rows it goes on at the edge, at half the height.
        let middle = f64::midpoint(from.1, to.1);
        let begins = band.contains(&way.from).then_some(from);
        let begins = begins.or((way.from < band.start).then_some((left, middle)));
        let ends = band.contains(&way.to).then_some(to);
        let ends = ends.or((way.to >= band.end).then_some((right, middle)));
        if let Some(ends) = begins.zip(ends) {
            stretch(canvas, "cj-bypass", Piece::of(way.share).width, ends);
        }
    }
    for place in band.clone() {
        let spread = marker(place).and_then(|marker| marker.spread);
        if let Some(((x, _), spread)) = point(place).zip(spread) {
            plot.spread(canvas, x, 14.0, spread);
        }
    }
    let after = |place: usize| shown.columns.get(place).map_or(Piece::JUMP, Piece::after);
    let mut known = Vec::new();
    for place in band.start..=band.end {
        if let Some(at) = point(place).filter(|_| place < band.end) {
            known.push((after(place), at));
        } else {
            line(canvas, &known);
            known.clear();
        }
    }
    // To the neighbours in the bands above and below.
    let edge = |inner: usize, outer: usize, x: f64| {
        let ((from, level), (_, beyond)) = (point(inner)?, point(outer)?);
        let ends = ((from, level), (x, f64::midpoint(level, beyond)));
        Some((after(inner.min(outer)), ends))
    };
    let before = band.start.checked_sub(1);
    let before = before.and_then(|before| edge(band.start, before, left));
    let beyond = band.end.checked_sub(1);
    let beyond = beyond.and_then(|last| edge(last, band.end, right));
    for (piece, ends) in before.into_iter().chain(beyond) {
        stretch(canvas, piece.class, piece.width, ends);
    }
}

/// A straight line between two points.
fn stretch(canvas: &mut Canvas, class: &str, width: f64, (from, to): ((f64, f64), (f64, f64))) {
    let data = format!("M{} {}L{} {}", N(from.0), N(from.1), N(to.0), N(to.1));
    canvas.stroke(class, &data, width);
}

/// A line through known feelings, each with the piece behind it; dotted where nobody goes straight from one to the next.
fn line(canvas: &mut Canvas, known: &[(Piece, (f64, f64))]) {
    let points: Vec<(f64, f64)> = known.iter().map(|&(_, at)| at).collect();
    for (data, (piece, _)) in curve::pieces(&points).iter().zip(known) {
        canvas.stroke(piece.class, data, piece.width);
    }
}

/// Draws the marker of a column with its number and word, what is meant to be felt, and the marks of its pain above the base and
/// of its brightness below the top, where there are any.
pub(super) fn marker(
    canvas: &mut Canvas,
    say: Words<'_>,
    plot: &Plot,
    column: &Column,
    (x, room): (f64, f64),
    marks: MarksAt,
) {
    let text = |canvas: &mut Canvas, y: f64, label: &Label| {
        let line = Line {
            x,
            y,
            anchor: Anchor::Middle,
            face: label.face,
            class: label.class,
            room: label.face.width(&label.text),
        };
        canvas.text(line, &label.text);
    };
    if let Some(intended) = &column.intended {
        let at = (x + BESIDE - 8.0, plot.level(intended.mean) - 8.0);
        canvas.mark("cj-intended", at, icons::INTENDED);
    }
    for felt in &column.felt_given {
        let at = (x - ASIDE, plot.level(felt.mean));
        canvas.circle("cj-station", at, FELT_GIVEN);
    }
    if let Some(marker) = &column.marker {
        plot.marker(canvas, x, marker.mean, marker.share);
        for (nth, label) in labels(say, marker, column.is_rare, room).iter().enumerate() {
            text(canvas, line_at(plot, marker, nth), label);
        }
    } else {
        plot.gap(canvas, x);
        let label = Label {
            text: say.word("no data").to_owned(),
            face: Face::SMALL,
            class: "cj-soft cj-halo",
        };
        text(canvas, plot.zero - ABOVE, &label);
    }
    if let Some((pain, base)) = great_pain(column).zip(marks.pains) {
        let sign = ("cj-pain", icons::PAIN, "cj-alarm");
        mark(canvas, (x, base - 8.0), sign, &say.pain(pain.rank));
    }
    if let Some((bright, top)) = great_bright(column).zip(marks.bright) {
        let sign = ("cj-good", icons::BRIGHT, "cj-good");
        mark(canvas, (x, top + 16.0), sign, &say.bright(bright.rank));
    }
}

/// A mark with its words beside it, both about the middle of a column.
fn mark(
    canvas: &mut Canvas,
    (x, base): (f64, f64),
    (class, sign, face): (&str, &str, &str),
    words: &str,
) {
    let width = Face::bold(12.0).width(words) + 18.0;
    let left = x - width / 2.0;
    canvas.mark(class, (left, base - 12.5), sign);
    let line = Line {
        x: left + 18.0,
        y: base,
        anchor: Anchor::Start,
        face: Face::bold(12.0),
        class: face,
        room: width - 18.0,
    };
    canvas.text(line, words);
}
