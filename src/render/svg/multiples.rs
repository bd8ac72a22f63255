//! Small pictures beside each other, all on one scale.

use super::canvas::{Anchor, Canvas, Line, N, plain};
use super::style::class_of;
use super::width::Face;
use super::{Drawing, Options};
use crate::journey::CountedName;
use crate::page::{what_of, words};
use crate::render::number::{count, duration, feeling, share};
use crate::view::multiples::{Height, Multiples, Panel, PanelAbout, PanelPoint};

const MARGIN: f64 = 16.0;
/// Between two small pictures.
const GAP: f64 = 20.0;
/// No small picture is narrower.
const NARROWEST: f64 = 210.0;
const HEIGHT: f64 = 84.0;
/// For the scale at the left.
const AXIS: f64 = 44.0;

pub(super) fn draw(shown: &Multiples, options: &Options) -> Drawing {
    let room = options.width - 2.0 * MARGIN;
    let mut across = 1;
    while (across + 1) as f64 * (NARROWEST + GAP) <= room + GAP
        && across < shown.panels.len().max(1)
    {
        across += 1;
    }
    let wide = (room - GAP * (across as f64 - 1.0)) / across as f64;
    let mut canvas = Canvas::new();
    let heading = Line {
        x: MARGIN,
        y: MARGIN,
        anchor: Anchor::Start,
        face: Face::bold(15.0),
        class: "cj-ink",
        room,
    };
    let mut y = canvas.lines(heading, &heading.face.wrap(&shown.title, room)) + 10.0;
    for row in shown.panels.chunks(across) {
        let heads: Vec<Vec<String>> = row
            .iter()
            .map(|panel| Face::STRONG.wrap(&title(panel), wide))
            .collect();
        let tallest = heads.iter().map(Vec::len).max().unwrap_or(0) as f64;
        let top = y + tallest * Face::STRONG.leading() + Face::SMALL.leading() + 8.0;
        let mut bottom = top;
        for (at, (panel, head)) in row.iter().zip(&heads).enumerate() {
            let x = MARGIN + at as f64 * (wide + GAP);
            let line = Line {
                x,
                y,
                face: Face::STRONG,
                room: wide,
                ..heading
            };
            let below = canvas.lines(line, head);
            let about = Line {
                y: below,
                face: Face::SMALL,
                class: "cj-soft",
                ..line
            };
            canvas.lines(about, &[about_it(panel)]);
            bottom = bottom.max(plot(&mut canvas, panel, (x, wide), top));
        }
        y = bottom + 14.0;
    }
    let mut words = legend(shown);
    if shown.left_out > 0 {
        words += &format!(" {} more are not drawn.", shown.left_out);
    }
    match shown.steady {
        0 => {}
        1 => words += " One figure is the same throughout and not drawn.",
        some => words += &format!(" {some} figures are the same throughout and not drawn."),
    }
    let note = Line {
        y,
        face: Face::SMALL,
        class: "cj-soft",
        ..heading
    };
    y = canvas.sentence(note, &note.face.wrap(&words, room));
    let about = summary(shown);
    options.frame(
        "cj-multiples",
        (options.width, y + MARGIN),
        (&shown.title, &about),
        canvas,
    )
}

/// What stands for what, of what is drawn.
fn legend(shown: &Multiples) -> String {
    let has = |holds: &dyn Fn(&PanelPoint) -> bool| {
        let mut points = shown.panels.iter().flat_map(|panel| &panel.points);
        points.any(holds)
    };
    let is_joined = |joined: bool| shown.panels.iter().any(|panel| panel.joined == joined);
    let others = |joined: bool| {
        let mut panels = shown.panels.iter().filter(|panel| panel.joined == joined);
        panels.any(|panel| panel.points.iter().any(|point| point.others.is_some()))
    };
    let mut words = Vec::new();
    for (is_drawn, said) in [
        (is_joined(true), "Bands: 95 % intervals."),
        (
            is_joined(false),
            "Thin lines through points: 95 % intervals.",
        ),
        (others(true), "Dashed lines: all others together."),
        (others(false), "Short dashes: all others together."),
        (
            has(&|point| point.marked),
            "Ringed: the figure differs surely.",
        ),
        (
            has(&|point| point.open),
            "Hollow: not over, and in no test.",
        ),
    ] {
        if is_drawn {
            words.push(said);
        }
    }
    words.join(" ")
}

fn title(panel: &Panel) -> String {
    match &panel.about {
        PanelAbout::Journeys { .. } => plain(&panel.title),
        PanelAbout::Tries(outcome) => {
            let ending = plain(&words::plain(&words::ending(outcome)));
            format!("{}: ends in {ending}", plain(&panel.title))
        }
        PanelAbout::Figure(figure, of) => {
            let title = plain(&words::plain(&what_of(*figure, of)));
            let mut letters = title.chars();
            let first = letters.next().map(char::to_uppercase);
            first.into_iter().flatten().chain(letters).collect()
        }
    }
}

fn about_it(panel: &Panel) -> String {
    match &panel.about {
        PanelAbout::Journeys { number, too_small } => {
            let small = if *too_small {
                ", too few to compare"
            } else {
                ""
            };
            format!("{} journeys{small}", count(*number as f64))
        }
        PanelAbout::Tries(_) => "of 100, by broken promises".to_owned(),
        PanelAbout::Figure(CountedName::KeptRate, _) => "share of known results".to_owned(),
        PanelAbout::Figure(..) => match panel.height {
            Height::Valence => "from -1 to +1".to_owned(),
            Height::Share => "share of journeys".to_owned(),
            Height::Amount => "per journey".to_owned(),
            Height::Seconds => "time".to_owned(),
        },
    }
}

fn told(height: Height, value: f64) -> String {
    match height {
        Height::Valence => feeling(value),
        Height::Share => share(value),
        Height::Amount => count(value),
        Height::Seconds => duration(value),
    }
}

/// The scale at the left of a small picture.
fn scale(height: Height, (low, high): (f64, f64)) -> [String; 2] {
    match height {
        Height::Valence => ["+1".to_owned(), "-1".to_owned()],
        Height::Share => ["100".to_owned(), "0".to_owned()],
        Height::Amount => [count(high), count(low)],
        Height::Seconds => [duration(high), "0".to_owned()],
    }
}

fn plot(canvas: &mut Canvas, panel: &Panel, (x, wide): (f64, f64), top: f64) -> f64 {
    let (low, high) = panel.range;
    let (left, right) = (x + AXIS, x + wide - 6.0);
    let y_of = |value: f64| top + HEIGHT * (high - value.clamp(low, high)) / (high - low);
    let apart = (right - left) / panel.points.len().max(1) as f64;
    let x_of = |at: usize| left + apart * (at as f64 + 0.5);
    canvas.rect("cj-zone", [left, top, right - left, HEIGHT], 0.0);
    for (edge, y) in [(high, top), (low, top + HEIGHT)] {
        canvas.line("cj-rule", (left, y_of(edge)), (right, y));
    }
    if panel.height == Height::Valence {
        canvas.line("cj-zero", (left, y_of(0.0)), (right, y_of(0.0)));
    }
    let words = scale(panel.height, panel.range);
    for (word, y) in words.iter().zip([top + 4.0, top + HEIGHT + 4.0]) {
        let line = Line {
            x: left - 5.0,
            y,
            anchor: Anchor::End,
            face: Face::SMALL,
            class: "cj-soft",
            room: AXIS - 5.0,
        };
        let lines = Face::SMALL.wrap(word, line.room);
        canvas.lines(
            Line {
                y: y - 11.0,
                ..line
            },
            &lines,
        );
    }
    if panel.joined {
        band(canvas, &panel.points, x_of, y_of);
        let others = panel.points.iter().map(|point| point.others);
        join(canvas, "cj-jump", others, x_of, y_of);
        let values = panel.points.iter().map(|point| point.value);
        join(canvas, "cj-curve", values, x_of, y_of);
    } else {
        each_alone(canvas, &panel.points, apart / 4.0, x_of, y_of);
    }
    for (at, point) in panel.points.iter().enumerate() {
        let Some(value) = point.value else { continue };
        let centre = (x_of(at), y_of(value));
        let radius = (apart / 3.0).clamp(1.5, 4.0);
        let class = match (point.open, panel.height) {
            (true, _) => "cj-gap",
            (false, Height::Valence) => class_of(value),
            (false, _) => "cj-tip",
        };
        canvas.circle(class, centre, radius);
        if point.marked {
            canvas.circle("cj-strike", centre, radius + 3.0);
        }
    }
    let below = top + HEIGHT + 6.0;
    let half = (right - left) / 2.0 - 4.0;
    let first = Line {
        x: left,
        y: below,
        anchor: Anchor::Start,
        face: Face::SMALL,
        class: "cj-soft",
        room: half,
    };
    let last = Line {
        x: right,
        anchor: Anchor::End,
        ..first
    };
    let end = canvas.lines(first, &Face::SMALL.wrap(&plain(&panel.ends.0), half));
    if panel.points.len() < 2 {
        return end;
    }
    end.max(canvas.lines(last, &Face::SMALL.wrap(&plain(&panel.ends.1), half)))
}

/// The 95 % interval of each point, and all others together as a short dash across it.
fn each_alone(
    canvas: &mut Canvas,
    points: &[PanelPoint],
    half: f64,
    x_of: impl Fn(usize) -> f64,
    y_of: impl Fn(f64) -> f64,
) {
    for (at, point) in points.iter().enumerate() {
        let x = x_of(at);
        if let Some((low, high)) = point.band {
            canvas.line("cj-whisker", (x, y_of(low)), (x, y_of(high)));
        }
        if let Some(others) = point.others {
            let (half, y) = (half.min(14.0), y_of(others));
            canvas.line("cj-jump", (x - half, y), (x + half, y));
        }
    }
}

/// The 95 % intervals, as one surface for each run of known ones.
fn band(
    canvas: &mut Canvas,
    points: &[PanelPoint],
    x_of: impl Fn(usize) -> f64,
    y_of: impl Fn(f64) -> f64,
) {
    let mut run: Vec<(f64, f64, f64)> = Vec::new();
    let mut draw = |run: &mut Vec<(f64, f64, f64)>| {
        let upper: Vec<String> = run
            .iter()
            .map(|&(x, _, high)| format!("{} {}", N(x), N(high)))
            .collect();
        let lower: Vec<String> = run
            .iter()
            .rev()
            .map(|&(x, low, _)| format!("{} {}", N(x), N(low)))
            .collect();
        if run.len() > 1 {
            canvas.path(
                "cj-band",
                &format!("M{}L{}Z", upper.join("L"), lower.join("L")),
            );
        } else if let [(x, low, high)] = run.as_slice() {
            canvas.line("cj-whisker", (*x, *low), (*x, *high));
        }
        run.clear();
    };
    for (at, point) in points.iter().enumerate() {
        match point.band {
            Some((low, high)) => run.push((x_of(at), y_of(low), y_of(high))),
            None => draw(&mut run),
        }
    }
    draw(&mut run);
}

/// A line through the known points; where one is unknown it is broken.
fn join(
    canvas: &mut Canvas,
    class: &str,
    points: impl Iterator<Item = Option<f64>>,
    x_of: impl Fn(usize) -> f64,
    y_of: impl Fn(f64) -> f64,
) {
    let mut path = String::new();
    let mut broken = true;
    for (at, value) in points.enumerate() {
        let Some(value) = value else {
            broken = true;
            continue;
        };
        let letter = if broken { 'M' } else { 'L' };
        path += &format!("{letter}{} {}", N(x_of(at)), N(y_of(value)));
        broken = false;
    }
    if !path.is_empty() {
        canvas.path(class, &path);
    }
}

/// The small pictures in one paragraph.
fn summary(shown: &Multiples) -> String {
    let panels = shown.panels.iter().map(|panel| {
        let values = panel.points.iter().filter_map(|point| point.value);
        let values: Vec<String> = values.map(|value| told(panel.height, value)).collect();
        format!("{}: {}.", title(panel), values.join(", "))
    });
    panels.collect::<Vec<_>>().join(" ")
}
