//! The journey map.

mod cells;
mod feeling;
mod layout;
mod page;
mod quarrels;
mod story;
mod summary;
mod ways;

use std::ops::Range;

use super::canvas::{Anchor, Canvas, Line, plain};
use super::icons;
use super::plot::Plot;
use super::style::phase_name;
use super::width::Face;
use super::{Drawing, Options, Preset};
use crate::flow::Flow;
use crate::journey::Phase;
use crate::render::number::feeling as signed;
use crate::render::number::share;
use cells::{Lane, Piece};
use layout::{CARD, Layout, MARGIN, PADDING};
use quarrels::Links;
use story::{Stop, Story};
use ways::Ways;

/// Between two bands.
const BETWEEN: f64 = 28.0;
/// Above and below the text of a lane.
const AIR: f64 = 7.0;
/// A lane's name where it stands above the lane.
const NAME: f64 = 20.0;
/// Above the name in the card of a touchpoint, for its number.
const NUMBER: f64 = 20.0;

pub(super) fn draw(flow: &Flow, options: &Options) -> Drawing {
    let story = Story::new(flow, &options.outcome);
    let lanes = match options.preset {
        Preset::Workshop | Preset::Print if story.cut.is_none() => Lane::WORKSHOP,
        _ => Lane::OVERVIEW,
    };
    let map = Map {
        layout: Layout::new(&story, lanes, options.width),
        story: &story,
        lanes,
        navigable: options.navigable,
    };
    let mut canvas = Canvas::new();
    let mut y = page::head(&mut canvas, &story, &map.layout);
    for band in &map.layout.bands {
        y = map.band(&mut canvas, band, y) + BETWEEN;
    }
    let height = page::foot(&mut canvas, &map, y - BETWEEN + 20.0);
    let title = plain(story.journey.name());
    let kind = match options.preset {
        Preset::Overview => "cj-overview",
        Preset::Workshop => "cj-workshop",
        Preset::Print => "cj-print",
    };
    let about = summary::of(&story);
    options.frame(kind, (map.layout.width, height), (&title, &about), canvas)
}

struct Map<'a> {
    story: &'a Story<'a>,
    layout: Layout,
    lanes: &'static [Lane],
    navigable: bool,
}

/// A lane in a band, with the place of its top.
struct Row {
    lane: Lane,
    top: f64,
    /// Without the lane's name.
    height: f64,
}

impl Map<'_> {
    fn marks_pains(&self) -> bool {
        !self.lanes.contains(&Lane::Pain)
    }

    fn stops(&self, band: &Range<usize>) -> &[Stop<'_>] {
        self.story.stops.get(band.clone()).unwrap_or_default()
    }

    fn pieces(&self, lane: Lane, stop: &Stop<'_>) -> Vec<Piece> {
        cells::of(lane, self.story, stop)
    }

    /// Draws a band and answers where it ends.
    fn band(&self, canvas: &mut Canvas, band: &Range<usize>, top: f64) -> f64 {
        let layout = &self.layout;
        let mut y = self.phases(canvas, band, top);
        y = self.stages(canvas, band, y);
        let ways = Ways::new(&self.story.ways, band, layout);
        let mut rows = Vec::new();
        for &lane in self.lanes {
            let inner = self.height(lane, band, &ways);
            if inner <= 0.0 {
                continue;
            }
            if layout.is_narrow && lane != Lane::Touchpoint {
                y += NAME;
            }
            rows.push(Row {
                lane,
                top: y,
                height: inner,
            });
            y += inner;
        }
        for row in rows.iter().filter(|row| row.lane == Lane::Feeling) {
            self.plot(row, band).ground(canvas);
        }
        let below = rows.first().map_or(y, |row| row.top);
        self.borders(canvas, band, (below, y));
        let right = layout.column_at(band.len());
        for (number, row) in rows.iter().enumerate() {
            if number > 0 {
                let above = row.top - if layout.is_narrow { NAME } else { 0.0 };
                canvas.line("cj-rule", (MARGIN, above), (right, above));
            }
            self.name(canvas, row);
        }
        for row in &rows {
            match row.lane {
                Lane::Ways => ways.draw(canvas, layout, row.top, band.start),
                Lane::Feeling => feeling::spread_and_curve(
                    canvas,
                    &self.plot(row, band),
                    layout,
                    self.story,
                    band,
                ),
                Lane::Told => {
                    let links = self.links(band);
                    let top = row.top + row.height - AIR - links.height() + 4.0;
                    links.draw(canvas, right, top);
                }
                _ => {}
            }
        }
        for (place, stop) in self.stops(band).iter().enumerate() {
            let number = band.start + place + 1;
            if self.navigable {
                let label = summary::of_stop(self.story, stop, number);
                canvas.open_picture("cj-touchpoint", &label);
            } else {
                canvas.open("cj-touchpoint");
            }
            for row in &rows {
                self.cell(canvas, band, row, place);
            }
            canvas.close();
        }
        y
    }

    /// How high a lane is in a band; 0 where it has nothing to say there.
    fn height(&self, lane: Lane, band: &Range<usize>, ways: &Ways) -> f64 {
        let tallest = self
            .stops(band)
            .iter()
            .map(|stop| cells::height(&self.pieces(lane, stop), self.room(lane)))
            .fold(0.0, f64::max);
        match lane {
            Lane::Feeling => feeling::Extent::of(self.stops(band), self.marks_pains()).height(),
            Lane::Ways if ways.is_empty() => 0.0,
            Lane::Ways => ways.height().max(self.name_height(lane) + 2.0 * AIR),
            Lane::Touchpoint => tallest + NUMBER + 2.0 * AIR + 6.0,
            Lane::Told if tallest > 0.0 => {
                tallest.max(self.name_height(lane)) + 2.0 * AIR + self.links(band).height()
            }
            _ if tallest > 0.0 => tallest.max(self.name_height(lane)) + 2.0 * AIR,
            _ => 0.0,
        }
    }

    fn links(&self, band: &Range<usize>) -> Links {
        Links::new(&self.story.quarrels, band, &self.layout)
    }

    /// The height of a lane's name where it stands beside the lane.
    fn name_height(&self, lane: Lane) -> f64 {
        if self.layout.is_narrow {
            return 0.0;
        }
        let face = Face::bold(12.0);
        face.wrap(lane.name(), self.layout.names()).len() as f64 * face.leading()
    }

    /// The ground of a band's curve.
    fn plot(&self, row: &Row, band: &Range<usize>) -> Plot {
        let extent = feeling::Extent::of(self.stops(band), self.marks_pains());
        Plot {
            left: self.layout.left,
            right: self.layout.column_at(band.len()),
            zero: row.top + extent.above + Plot::UNIT,
        }
    }

    fn room(&self, lane: Lane) -> f64 {
        self.layout.room() - if lane == Lane::Touchpoint { CARD } else { 0.0 }
    }

    fn name(&self, canvas: &mut Canvas, row: &Row) {
        let layout = &self.layout;
        let face = Face::bold(12.0);
        if !layout.is_narrow {
            let room = layout.names();
            let lines = face.wrap(row.lane.name(), room);
            let line = Line {
                x: MARGIN,
                y: row.top + AIR,
                anchor: Anchor::Start,
                face,
                class: "cj-soft",
                room,
            };
            canvas.lines(line, &lines);
        } else if row.lane != Lane::Touchpoint {
            let line = Line {
                x: MARGIN,
                y: row.top - 4.0,
                anchor: Anchor::Start,
                face,
                class: "cj-soft",
                room: layout.width - 2.0 * MARGIN,
            };
            canvas.text(line, row.lane.name());
        }
    }

    fn cell(&self, canvas: &mut Canvas, band: &Range<usize>, row: &Row, place: usize) {
        let layout = &self.layout;
        let number = band.start + place + 1;
        let Some(stop) = self.stops(band).get(place) else {
            return;
        };
        let x = layout.column_at(place);
        match row.lane {
            Lane::Ways => {}
            Lane::Feeling => {
                let middle = layout.middle_of(place);
                let base = row.top + row.height;
                let pains = self.marks_pains().then_some(base);
                feeling::marker(canvas, &self.plot(row, band), stop, middle, pains);
            }
            Lane::Touchpoint => {
                let class = if stop.is_spine { "cj-spine" } else { "cj-card" };
                let card = [
                    x + 4.0,
                    row.top + 6.0,
                    layout.column - 8.0,
                    row.height - 12.0,
                ];
                canvas.rect(class, card, 6.0);
                let (inner, top) = (x + PADDING + 4.0, row.top + 6.0 + AIR);
                let line = Line {
                    x: inner,
                    y: top + 11.5,
                    anchor: Anchor::Start,
                    face: Face::SMALL,
                    class: "cj-soft",
                    room: 40.0,
                };
                canvas.text(line, &number.to_string());
                let corner = (x + layout.column - 4.0 - 20.0, top - 2.5);
                let (ring, filled) = icons::evidence(stop.touchpoint.evidence);
                canvas.mark("cj-mark", corner, ring);
                if !filled.is_empty() {
                    canvas.mark("cj-solid", corner, filled);
                }
                let pieces = self.pieces(row.lane, stop);
                cells::draw(
                    canvas,
                    &pieces,
                    (inner, top + NUMBER - 2.0),
                    self.room(row.lane),
                );
            }
            lane => {
                let pieces = self.pieces(lane, stop);
                let at = (x + PADDING, row.top + AIR);
                cells::draw(canvas, &pieces, at, self.room(lane));
            }
        }
    }

    /// The stops of a band in runs of what they have in common, as ranges of places.
    fn runs<T: PartialEq>(
        &self,
        band: &Range<usize>,
        of: impl Fn(&Stop<'_>) -> T,
    ) -> Vec<Range<usize>> {
        let mut begin = 0;
        let stops = self.stops(band);
        let runs = stops.chunk_by(|a, b| of(a) == of(b)).map(|run| {
            let range = begin..begin + run.len();
            begin = range.end;
            range
        });
        runs.collect()
    }

    /// The tinted headers of the phases; answers where they end.
    fn phases(&self, canvas: &mut Canvas, band: &Range<usize>, top: f64) -> f64 {
        let layout = &self.layout;
        let stops = self.stops(band);
        let runs = self.runs(band, |stop| stop.touchpoint.phase);
        let texts: Vec<(String, Vec<String>)> = runs
            .iter()
            .filter_map(|run| {
                let phase = stops.get(run.start)?.touchpoint.phase;
                let before = (band.start + run.start).checked_sub(1);
                let before = before.and_then(|before| self.story.stops.get(before));
                let goes_on = before.is_some_and(|stop| stop.touchpoint.phase == phase);
                let room = run.len() as f64 * layout.column - 2.0 * PADDING;
                let facts = if goes_on {
                    "continued".to_owned()
                } else {
                    self.phase_facts(phase)
                };
                Some((phase_name(phase).to_owned(), Face::SMALL.wrap(&facts, room)))
            })
            .collect();
        let lines = texts
            .iter()
            .map(|(_, facts)| facts.len())
            .max()
            .unwrap_or(0);
        let height = 30.0 + lines as f64 * Face::SMALL.leading();
        for (run, (name, facts)) in runs.iter().zip(&texts) {
            let x = layout.column_at(run.start);
            let width = run.len() as f64 * layout.column;
            canvas.rect("cj-phase", [x + 1.0, top, width - 2.0, height], 4.0);
            let line = Line {
                x: x + PADDING,
                y: top + 5.0,
                anchor: Anchor::Start,
                face: Face::bold(15.0),
                class: "cj-ink",
                room: width - 2.0 * PADDING,
            };
            let below = canvas.lines(line, std::slice::from_ref(name));
            let line = Line {
                y: below,
                face: Face::SMALL,
                class: "cj-soft",
                ..line
            };
            canvas.lines(line, facts);
        }
        top + height
    }

    fn phase_facts(&self, phase: Phase) -> String {
        let phases = &self.story.trajectory.phases;
        let Some(figures) = phases.iter().find(|figures| figures.phase == phase) else {
            return String::new();
        };
        let mean = figures.mean.map_or_else(
            || "feeling unknown".to_owned(),
            |mean| format!("mean feeling {}", signed(mean)),
        );
        format!("{mean}, {} journeys", share(figures.reach))
    }

    /// The names of the stages below, where there are any; answers where they end.
    fn stages(&self, canvas: &mut Canvas, band: &Range<usize>, top: f64) -> f64 {
        let layout = &self.layout;
        let stops = self.stops(band);
        let runs = self.runs(band, |stop| {
            (stop.touchpoint.phase, stop.touchpoint.stage.clone())
        });
        let face = Face::bold(12.0);
        let texts: Vec<(&Range<usize>, Vec<String>)> = runs
            .iter()
            .filter_map(|run| {
                let stage = stops.get(run.start)?.touchpoint.stage.as_deref()?;
                let room = run.len() as f64 * layout.column - 2.0 * PADDING;
                Some((run, face.wrap(&plain(stage), room)))
            })
            .collect();
        let lines = texts
            .iter()
            .map(|(_, lines)| lines.len())
            .max()
            .unwrap_or(0);
        if lines == 0 {
            return top + 2.0;
        }
        let height = lines as f64 * face.leading() + 8.0;
        for (run, lines) in texts {
            let x = layout.column_at(run.start);
            let width = run.len() as f64 * layout.column;
            canvas.rect("cj-stage", [x + 1.0, top + 2.0, width - 2.0, height], 4.0);
            let line = Line {
                x: x + PADDING,
                y: top + 6.0,
                anchor: Anchor::Start,
                face,
                class: "cj-soft",
                room: width - 2.0 * PADDING,
            };
            canvas.lines(line, &lines);
        }
        top + height + 4.0
    }

    /// Borders between phases.
    fn borders(&self, canvas: &mut Canvas, band: &Range<usize>, (top, bottom): (f64, f64)) {
        for run in self.runs(band, |stop| stop.touchpoint.phase).iter().skip(1) {
            let x = self.layout.column_at(run.start);
            canvas.line("cj-border", (x, top), (x, bottom));
        }
    }
}
