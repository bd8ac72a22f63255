//! The journey map.

mod bright;
mod cells;
mod feeling;
mod headers;
mod layout;
mod links;
mod page;
mod sentences;
mod summary;
mod waits;
mod ways;
mod words;

use std::ops::Range;

use super::canvas::{Anchor, Canvas, Line, plain};
use super::icons;
use super::plot::Plot;
use super::width::Face;
use super::{Drawing, Options, Preset};
use crate::flow::Flow;
use crate::view::map::{Column, Detail, Image, JourneyMap, Lane, Wanted};
use feeling::{Marks, MarksAt};
use layout::{CARD, Layout, MARGIN, PADDING, TALLEST};
use links::Links;
use ways::Ways;
use words::Words;

/// Between two bands.
const BETWEEN: f64 = 28.0;
/// Above and below the text of a lane.
const AIR: f64 = 7.0;
/// A lane's name where it stands above the lane.
const NAME: f64 = 20.0;
/// For the line of visibility and its name.
const SIGHT: f64 = 30.0;
/// Above the name in the card of a touchpoint, for its number.
const NUMBER: f64 = 20.0;

pub(super) fn draw(flow: &Flow, options: &Options) -> Drawing {
    let wanted = Wanted {
        detail: match options.preset {
            Preset::Workshop | Preset::Print => Detail::Whole,
            Preset::Blueprint => Detail::Blueprint,
            Preset::Overview => Detail::Overview,
        },
        lanes: options.lanes.as_deref(),
        columns: options.columns,
    };
    let shown = JourneyMap::of(flow, &options.outcome, wanted);
    let say = Words(&options.language);
    let map = Map {
        say,
        layout: Layout::new(say, &shown, options.width),
        shown: &shown,
        navigable: options.navigable,
    };
    let mut canvas = Canvas::new();
    let mut y = page::head(&mut canvas, &map);
    for band in &map.layout.bands {
        let of_band = Map {
            layout: map.layout.of_band(band.len()),
            ..map
        };
        y = of_band.band(&mut canvas, band, y) + BETWEEN;
    }
    let height = page::foot(&mut canvas, &map, y - BETWEEN + 20.0);
    let title = plain(&shown.name);
    let kind = match options.preset {
        Preset::Overview => "cj-overview",
        Preset::Workshop => "cj-workshop",
        Preset::Print => "cj-print",
        Preset::Blueprint => "cj-blueprint",
    };
    let about = summary::of(&shown, say);
    options.frame(kind, (map.layout.width, height), (&title, &about), canvas)
}

struct Map<'a> {
    say: Words<'a>,
    shown: &'a JourneyMap,
    layout: Layout,
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
    /// Which marks the curve has, because no lane has them.
    fn marks(&self) -> Marks {
        Marks {
            pains: !self.shown.has(Lane::Pain),
            bright: !self.shown.has(Lane::Bright),
        }
    }

    fn columns(&self, band: &Range<usize>) -> &[Column] {
        self.shown.columns.get(band.clone()).unwrap_or_default()
    }

    /// Draws a band and answers where it ends.
    fn band(&self, canvas: &mut Canvas, band: &Range<usize>, top: f64) -> f64 {
        let layout = &self.layout;
        let mut y = self.phases(canvas, band, top);
        y = self.stages(canvas, band, y);
        let ways = Ways::new(&self.shown.ways, band, layout);
        let mut rows = Vec::new();
        for &lane in &self.shown.lanes {
            let inner = self.height(lane, band, &ways);
            if inner <= 0.0 {
                continue;
            }
            if self.has_name_above(lane) {
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
                let above = row.top
                    - if self.has_name_above(row.lane) {
                        NAME
                    } else {
                        0.0
                    };
                canvas.line("cj-rule", (MARGIN, above), (right, above));
            }
            self.name(canvas, row);
        }
        for row in &rows {
            match row.lane {
                Lane::Ways => ways.draw(canvas, (layout, self.say), row.top, band.start),
                Lane::Feeling => feeling::spread_and_curve(
                    canvas,
                    &self.plot(row, band),
                    layout,
                    self.shown,
                    band,
                ),
                Lane::Visibility => line_of_visibility(canvas, self.say, row, right),
                Lane::Told => {
                    let links = self.links(band);
                    let top = row.top + row.height - AIR - links.height() + 4.0;
                    links.draw(canvas, right, top);
                }
                _ => {}
            }
        }
        for (place, column) in self.columns(band).iter().enumerate() {
            let number = band.start + place + 1;
            let label = self
                .navigable
                .then(|| summary::of_column(column, number, self.say));
            canvas.open_touchpoint(&column.id, label.as_deref());
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
            .columns(band)
            .iter()
            .zip(band.clone())
            .map(|(column, place)| {
                cells::height(&cells::of(self.say, lane, column, place), self.room(lane))
            })
            .fold(0.0, f64::max);
        match lane {
            Lane::Feeling => self.extent(band).height(),
            Lane::Visibility => SIGHT,
            Lane::Image => self.image_height(band),
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
        Links::new(self.say, &self.shown.links, band, &self.layout)
    }

    /// The height of a lane's name where it stands beside the lane.
    fn name_height(&self, lane: Lane) -> f64 {
        if self.layout.is_narrow {
            return 0.0;
        }
        let face = Face::bold(12.0);
        face.wrap(self.say.lane(lane), self.layout.names()).len() as f64 * face.leading()
    }

    fn extent(&self, band: &Range<usize>) -> feeling::Extent {
        feeling::Extent::of(
            self.say,
            self.columns(band),
            self.marks(),
            self.layout.room(),
        )
    }

    /// How high the tallest picture of a band is, with the air around it.
    fn image_height(&self, band: &Range<usize>) -> f64 {
        let images = self
            .columns(band)
            .iter()
            .filter_map(|column| column.wall.image.as_ref());
        let tallest = images
            .map(|image| self.image_size(image).1)
            .fold(0.0, f64::max);
        if tallest > 0.0 {
            tallest + 2.0 * AIR
        } else {
            0.0
        }
    }

    fn image_size(&self, image: &Image) -> (f64, f64) {
        let height = (self.layout.room() * image.flatness).min(TALLEST);
        (height / image.flatness, height)
    }

    /// Whether the name of a lane stands above it.
    fn has_name_above(&self, lane: Lane) -> bool {
        self.layout.is_narrow && !matches!(lane, Lane::Touchpoint | Lane::Visibility)
    }

    /// The ground of a band's curve.
    fn plot(&self, row: &Row, band: &Range<usize>) -> Plot {
        let extent = self.extent(band);
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
        if row.lane == Lane::Visibility {
            return;
        }
        if !layout.is_narrow {
            let room = layout.names();
            let lines = face.wrap(self.say.lane(row.lane), room);
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
            canvas.text(line, self.say.lane(row.lane));
        }
    }

    fn cell(&self, canvas: &mut Canvas, band: &Range<usize>, row: &Row, place: usize) {
        let layout = &self.layout;
        let number = band.start + place + 1;
        let Some(column) = self.columns(band).get(place) else {
            return;
        };
        let x = layout.column_at(place);
        match row.lane {
            Lane::Ways | Lane::Visibility => {}
            Lane::Image => {
                if let Some(image) = &column.wall.image {
                    let (width, height) = self.image_size(image);
                    let left = layout.middle_of(place) - width / 2.0;
                    canvas.image(&image.uri, [left, row.top + AIR, width, height]);
                }
            }
            Lane::Feeling => {
                let middle = layout.middle_of(place);
                let marks = self.marks();
                let marks = MarksAt {
                    pains: marks.pains.then_some(row.top + row.height),
                    bright: marks.bright.then_some(row.top),
                };
                let at = (middle, layout.room());
                feeling::marker(canvas, self.say, &self.plot(row, band), column, at, marks);
            }
            Lane::Touchpoint => {
                let class = if column.is_on_likely_path {
                    "cj-spine"
                } else {
                    "cj-card"
                };
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
                let (ring, filled) = icons::evidence(column.evidence);
                canvas.mark("cj-mark", corner, ring);
                if !filled.is_empty() {
                    canvas.mark("cj-solid", corner, filled);
                }
                let pieces = cells::of(self.say, row.lane, column, number - 1);
                cells::draw(
                    canvas,
                    &pieces,
                    (inner, top + NUMBER - 2.0),
                    self.room(row.lane),
                );
            }
            lane => {
                let pieces = cells::of(self.say, lane, column, number - 1);
                let at = (x + PADDING, row.top + AIR);
                cells::draw(canvas, &pieces, at, self.room(lane));
            }
        }
    }
}

fn line_of_visibility(canvas: &mut Canvas, say: Words<'_>, row: &Row, right: f64) {
    let level = row.top + 8.0;
    canvas.line("cj-sight", (MARGIN, level), (right, level));
    let line = Line {
        x: MARGIN,
        y: level + 3.0,
        anchor: Anchor::Start,
        face: Face::SMALL,
        class: "cj-soft",
        room: right - MARGIN,
    };
    canvas.lines(line, &[say.lane(row.lane).to_owned()]);
}
