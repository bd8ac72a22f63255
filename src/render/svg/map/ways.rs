//! The ways between touchpoints: a line of stations, with branches and loops on tracks below it.

use std::cmp::Ordering;
use std::ops::Range;

use super::layout::{Layout, PADDING};
use super::words::Words;
use crate::render::svg::canvas::{Anchor, Canvas, Line, N};
use crate::render::svg::icons;
use crate::render::svg::width::Face;
use crate::view::map::Way;

/// Above the line of stations.
const TOP: f64 = 14.0;
const TRACK: f64 = 20.0;
/// Between two ports of a station.
const PORT: f64 = 9.0;
const STATION: f64 = 10.0;

/// The ways of a band, laid out.
pub(super) struct Ways {
    /// Straight to the next column.
    straight: Vec<Way>,
    /// Over others or back, with the x of both ends and the track.
    arcs: Vec<(Way, f64, f64, usize)>,
    /// To itself or to another band, with the place in the band and the track.
    stubs: Vec<(Way, usize, usize)>,
    /// The number of ports of each station.
    ports: Vec<usize>,
    tracks: usize,
}

impl Ways {
    pub(super) fn new(ways: &[Way], band: &Range<usize>, layout: &Layout) -> Self {
        let inside = |column: usize| band.contains(&column);
        let here: Vec<Way> = ways
            .iter()
            .filter(|way| inside(way.from))
            .copied()
            .collect();
        let (within, leaving): (Vec<Way>, Vec<Way>) = here
            .into_iter()
            .partition(|way| inside(way.to) && way.from != way.to);
        let (straight, over): (Vec<Way>, Vec<Way>) =
            within.into_iter().partition(|way| way.to == way.from + 1);
        // The ports of each station, those to the left on its left.
        let mut ports: Vec<Vec<(isize, usize, bool)>> = vec![Vec::new(); band.len()];
        for (arc, way) in over.iter().enumerate() {
            let apart = way.to.cast_signed() - way.from.cast_signed();
            for (column, towards, arrives) in [(way.from, apart, false), (way.to, -apart, true)] {
                if let Some(ports) = ports.get_mut(column - band.start) {
                    // Of two on one side, the one that goes further is nearer to the middle.
                    let order = if towards < 0 {
                        -1000 - towards
                    } else {
                        1000 - towards
                    };
                    ports.push((order, arc, arrives));
                }
            }
        }
        for ports in &mut ports {
            ports.sort_unstable();
        }
        let port = |column: usize, arc: usize, arrives: bool| {
            let place = column - band.start;
            let all = ports.get(place).map_or(&[][..], Vec::as_slice);
            let found = all
                .iter()
                .position(|&(_, of, end)| (of, end) == (arc, arrives));
            let apart = PORT.min((layout.column - 60.0).max(8.0) / all.len().max(1) as f64);
            let middle = all.len().saturating_sub(1) as f64 / 2.0;
            layout.middle_of(place) + (found.unwrap_or(0) as f64 - middle) * apart
        };
        let mut spans: Vec<(Way, f64, f64)> = over
            .iter()
            .enumerate()
            .map(|(arc, way)| (*way, port(way.from, arc, false), port(way.to, arc, true)))
            .collect();
        // Short ones first, so that they lie inside the long ones.
        spans.sort_by(|a, b| (a.1 - a.2).abs().total_cmp(&(b.1 - b.2).abs()));
        let mut tracks = Tracks::default();
        let stubs = leaving
            .into_iter()
            .map(|way| {
                let place = way.from - band.start;
                let from = layout.column_at(place);
                (way, place, tracks.take(from, from + layout.column))
            })
            .collect();
        let arcs = spans
            .into_iter()
            .map(|(way, from, to)| {
                let track = tracks.take(from.min(to) - 6.0, from.max(to) + 6.0);
                (way, from, to, track)
            })
            .collect();
        Self {
            straight,
            arcs,
            stubs,
            ports: ports.iter().map(Vec::len).collect(),
            tracks: tracks.taken.len(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.straight.is_empty() && self.arcs.is_empty() && self.stubs.is_empty()
    }

    pub(super) fn height(&self) -> f64 {
        TOP + STATION + 10.0 + self.tracks as f64 * TRACK
    }

    pub(super) fn draw(
        &self,
        canvas: &mut Canvas,
        (layout, say): (&Layout, Words<'_>),
        y: f64,
        first: usize,
    ) {
        let line = y + TOP;
        let level = |track: usize| line + STATION + 14.0 + track as f64 * TRACK;
        for (way, from, to, track) in &self.arcs {
            let class = if way.to < way.from {
                "cj-back"
            } else {
                "cj-way"
            };
            let (below, level) = (line + 4.0, level(*track));
            let turn = if to > from { 6.0 } else { -6.0 };
            canvas.path(
                class,
                &format!(
                    "M{0} {1}V{2}q0 6 {3} 6H{4}q{3} 0 {3} -6V{5}",
                    N(*from),
                    N(below),
                    N(level - 6.0),
                    N(turn),
                    N(to - turn),
                    N(below + 7.0),
                ),
            );
            canvas.path("cj-tip", &format!("M{} {}l-4 7h8z", N(*to), N(below + 1.0)));
        }
        for (way, place, track) in &self.stubs {
            let (x, level) = (layout.column_at(*place) + PADDING, level(*track));
            let (middle, below) = (layout.middle_of(*place), line + 10.0);
            canvas.path(
                "cj-way",
                &format!(
                    "M{} {}V{}H{}V{}",
                    N(middle),
                    N(line),
                    N(below),
                    N(x),
                    N(level)
                ),
            );
            let mark = match way.to.cmp(&way.from) {
                Ordering::Equal => icons::AGAIN,
                Ordering::Greater => icons::ONWARD,
                Ordering::Less => icons::BACK,
            };
            let share = say.percent(way.share);
            let text = if way.to == way.from {
                say.say("again: {}", &[&share])
            } else {
                say.say("to {}: {}", &[&(way.to + 1).to_string(), &share])
            };
            canvas.rect("cj-paper", [x + 2.0, level - 9.0, 20.0, 18.0], 0.0);
            canvas.mark("cj-mark", (x + 4.0, level - 8.0), mark);
            label(
                canvas,
                Anchor::Start,
                (x + 24.0, level),
                &text,
                layout.column - 40.0,
            );
            sign(canvas, way, (x - 3.0, level));
        }
        for way in &self.straight {
            let class = if way.is_on_likely_path {
                "cj-main"
            } else {
                "cj-way"
            };
            let place = way.from - first;
            let (from, to) = (layout.middle_of(place), layout.middle_of(place + 1));
            canvas.line(class, (from, line), (to - 12.0, line));
            let half = self.station(place + 1);
            canvas.path(
                if way.is_on_likely_path {
                    "cj-ink"
                } else {
                    "cj-tip"
                },
                &format!("M{} {}l-8 -4.5v9z", N(to - half), N(line)),
            );
        }
        for place in 0..self.ports.len() {
            let half = self.station(place);
            let x = layout.middle_of(place) - half;
            canvas.rect("cj-station", [x, line - 5.0, 2.0 * half, STATION], 5.0);
        }
        // Labels last, so that no line crosses them.
        for (way, from, to, track) in &self.arcs {
            let at = (f64::midpoint(*from, *to), level(*track));
            labelled(canvas, way, &say.percent(way.share), at, layout.column);
        }
        for way in &self.straight {
            let at = (layout.column_at(way.from + 1 - first), line);
            labelled(
                canvas,
                way,
                &say.percent(way.share),
                at,
                layout.column / 2.0,
            );
        }
    }

    /// Half the width of a station.
    fn station(&self, place: usize) -> f64 {
        let ports = self.ports.get(place).copied().unwrap_or(0);
        (ports.saturating_sub(1) as f64 * PORT / 2.0 + 5.0).max(5.0)
    }
}

/// The sign of a way for customers who remember something.
pub(super) fn diamond(x: f64, y: f64) -> String {
    format!("M{} {}l4 -5l4 5l-4 5z", N(x - 4.0), N(y))
}

/// The share of a way on its line, and before it the sign where it has one.
fn labelled(canvas: &mut Canvas, way: &Way, text: &str, (x, y): (f64, f64), room: f64) {
    label(canvas, Anchor::Middle, (x, y), text, room);
    sign(canvas, way, (x - Face::SMALL.width(text) / 2.0 - 9.0, y));
}

fn sign(canvas: &mut Canvas, way: &Way, (x, y): (f64, f64)) {
    if way.is_given {
        canvas.path("cj-tip", &diamond(x, y));
    }
}

/// A text on a line, which it hides.
fn label(canvas: &mut Canvas, anchor: Anchor, at: (f64, f64), text: &str, room: f64) {
    let width = Face::SMALL.width(text) + 4.0;
    let left = if anchor == Anchor::Middle {
        at.0 - width / 2.0
    } else {
        at.0 - 2.0
    };
    canvas.rect("cj-paper", [left, at.1 - 8.0, width, 16.0], 3.0);
    let line = Line {
        x: at.0,
        y: at.1 + 4.2,
        anchor,
        face: Face::SMALL,
        class: "cj-soft",
        room,
    };
    canvas.text(line, text);
}

/// Which parts of each track are taken.
#[derive(Default)]
struct Tracks {
    taken: Vec<Vec<(f64, f64)>>,
}

impl Tracks {
    /// The first track on which this part is free.
    fn take(&mut self, from: f64, to: f64) -> usize {
        let free =
            |taken: &Vec<(f64, f64)>| taken.iter().all(|part| to <= part.0 || part.1 <= from);
        let found = self.taken.iter().position(free);
        let track = found.unwrap_or(self.taken.len());
        match self.taken.get_mut(track) {
            Some(taken) => taken.push((from, to)),
            None => self.taken.push(vec![(from, to)]),
        }
        track
    }
}
