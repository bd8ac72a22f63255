//! Where channels contradict each other: a line that links the touchpoints of a need that disagree.

use std::ops::Range;

use super::layout::Layout;
use super::words::Words;
use crate::render::svg::canvas::{Anchor, Canvas, Line};
use crate::render::svg::icons;
use crate::render::svg::width::Face;
use crate::view::map;

const FACE: Face = Face::bold(12.0);
/// Before the name, for its sign.
const INDENT: f64 = 20.0;
/// The name is not squeezed into less.
const LEAST: f64 = 260.0;
/// Between two beside each other.
const AIR: f64 = 16.0;
/// For the line below the name.
const LINE: f64 = 20.0;

/// A contradiction as far as it lies in a band.
struct Link {
    name: Vec<String>,
    /// Where the name begins, and where the line begins and ends.
    left: f64,
    from: f64,
    to: f64,
    /// The middles of the touchpoints.
    at: Vec<f64>,
}

/// The contradictions that have a part in a band: beside each other where there is room, else under each other.
pub(super) struct Links(Vec<Vec<Link>>);

impl Links {
    pub(super) fn new(
        say: Words<'_>,
        links: &[map::Link],
        band: &Range<usize>,
        layout: &Layout,
    ) -> Self {
        let (left, right) = (layout.left, layout.column_at(band.len()));
        let link = |shown: &map::Link| {
            let here = shown.columns.iter().filter(|place| band.contains(place));
            let at: Vec<f64> = here
                .map(|place| layout.middle_of(place - band.start))
                .collect();
            let (&first, &last) = at.first().zip(at.last())?;
            let goes_back = shown.columns.iter().any(|&place| place < band.start);
            let goes_on = shown.columns.iter().any(|&place| place >= band.end);
            let from = if goes_back { left } else { first };
            let start = from.min(right - LEAST).max(left);
            let text = say.different_answers(&shown.need, shown.answers);
            Some(Link {
                name: FACE.wrap(&text, right - start - INDENT),
                left: start,
                from,
                to: if goes_on { right } else { last },
                at,
            })
        };
        let mut levels: Vec<Vec<Link>> = Vec::new();
        for link in links.iter().filter_map(link) {
            let is_apart = |level: &&mut Vec<Link>| level.iter().all(|known| known.is_apart(&link));
            match levels.iter_mut().find(is_apart) {
                Some(level) => level.push(link),
                None => levels.push(vec![link]),
            }
        }
        Self(levels)
    }

    pub(super) fn height(&self) -> f64 {
        self.0.iter().map(|level| height(level)).sum()
    }

    pub(super) fn draw(&self, canvas: &mut Canvas, right: f64, top: f64) {
        for (link, y) in self.placed(top) {
            canvas.mark("cj-strike", (link.left, y), icons::DIFFERS);
            let line = Line {
                x: link.left + INDENT,
                y,
                anchor: Anchor::Start,
                face: FACE,
                class: "cj-alarm",
                room: right - link.left - INDENT,
            };
            let level = canvas.lines(line, &link.name) + 8.0;
            canvas.line("cj-link", (link.from, level), (link.to, level));
            for &x in &link.at {
                canvas.circle("cj-pain", (x, level), 4.0);
            }
        }
    }

    /// Each with its top.
    fn placed(&self, top: f64) -> impl Iterator<Item = (&Link, f64)> {
        let tops = self.0.iter().scan(top, |below, level| {
            let top = *below;
            *below += height(level);
            Some((level, top))
        });
        tops.flat_map(|(level, top)| level.iter().map(move |link| (link, top)))
    }
}

/// How high a row of contradictions is.
fn height(level: &[Link]) -> f64 {
    level.iter().map(Link::height).fold(0.0, f64::max)
}

impl Link {
    /// Whether another one has room beside it.
    fn is_apart(&self, other: &Self) -> bool {
        self.right() < other.left || other.right() < self.left
    }

    /// Where the name or the line ends, whichever is further, with some air.
    fn right(&self) -> f64 {
        let lines = self.name.iter().map(|line| FACE.width(line));
        let name = self.left + INDENT + lines.fold(0.0, f64::max);
        name.max(self.to) + AIR
    }

    fn height(&self) -> f64 {
        self.name.len() as f64 * FACE.leading() + LINE
    }
}
