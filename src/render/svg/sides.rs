//! Two journeys side by side: their curves, and how what happens deviates from a plan.

use super::canvas::{Anchor, Canvas, Line, N, plain};
use super::curve;
use super::plot::Plot;
use super::width::Face;
use super::{Drawing, Options};
use crate::render::number::{feeling, of_100, or_unknown, share};
use crate::view::sides::{CurveAt, Deviations, TwoCurves, WayBetween};

const MARGIN: f64 = 16.0;
/// Left of the plot, for its scale.
const AXIS: f64 = 30.0;
/// Above +1 and below -1.
const EDGE: f64 = 16.0;
/// The lines of both sides.
const CLASSES: [&str; 2] = ["cj-quiet", "cj-curve"];
/// The height of the bars of journeys under way.
const BARS: f64 = 30.0;

fn line(x: f64, y: f64, face: Face, class: &str, room: f64) -> Line<'_> {
    Line {
        x,
        y,
        anchor: Anchor::Start,
        face,
        class,
        room,
    }
}

/// Draws the title, and what the line of each side looks like; answers where that ends.
fn head(
    canvas: &mut Canvas,
    title: &str,
    labels: &[String; 2],
    classes: [&str; 2],
    width: f64,
) -> f64 {
    const SAMPLE: f64 = 36.0;
    let room = width - 2.0 * MARGIN;
    let face = Face::bold(15.0);
    let mut y = canvas.lines(
        line(MARGIN, MARGIN, face, "cj-ink", room),
        &face.wrap(title, room),
    ) + 6.0;
    for (label, class) in labels.iter().zip(classes) {
        let middle = y + 8.0;
        canvas.line(class, (MARGIN, middle), (MARGIN + SAMPLE, middle));
        let room = room - SAMPLE - 10.0;
        let lines = Face::SMALL.wrap(&plain(label), room);
        let at = line(MARGIN + SAMPLE + 10.0, y, Face::SMALL, "cj-ink", room);
        y = canvas.lines(at, &lines) + 3.0;
    }
    y
}

/// The curves of both sides.
pub(super) fn curves(shown: &TwoCurves, options: &Options) -> Drawing {
    let mut canvas = Canvas::new();
    let knows = shown.knows_feelings();
    let title = if knows {
        "Feelings, moment by moment"
    } else {
        "How long journeys go on, moment by moment"
    };
    let top = head(&mut canvas, title, &shown.labels, CLASSES, options.width);
    let plot = Plot {
        left: MARGIN + AXIS,
        right: options.width - MARGIN,
        zero: top + EDGE + Plot::UNIT,
    };
    let moments = shown.curves.iter().map(Vec::len).max().unwrap_or(0).max(1);
    let apart = (plot.right - plot.left - 24.0) / moments as f64;
    let x_of = |moment: usize| plot.left + 12.0 + apart * (moment as f64 + 0.5);
    if knows {
        plot.ground(&mut canvas);
        for curve in &shown.curves {
            bands(&mut canvas, &plot, curve, x_of);
        }
        for (curve, class) in shown.curves.iter().zip(CLASSES) {
            strokes(&mut canvas, &plot, curve, class, x_of);
        }
    }
    let bottom = if knows { plot.level(-1.0) + EDGE } else { top };
    for &moment in &shown.differs {
        canvas.circle("cj-pain", (x_of(moment), bottom - 6.0), 4.0);
    }
    let y = under_way(&mut canvas, shown, (bottom + 4.0, apart), x_of);
    canvas.line(
        "cj-zero",
        (plot.left, bottom + 4.0 + BARS),
        (plot.right, bottom + 4.0 + BARS),
    );
    let grey = if knows {
        "Grey: 95 % intervals, where whole journeys were counted."
    } else {
        "No feeling is known on either side."
    };
    let mut note = format!(
        "{grey} Bars: of 100 journeys, those that have a first, second, third moment and so on, first of one side and then of the other."
    );
    if !shown.differs.is_empty() {
        note += " Red dots: there both surely differ.";
    }
    let room = options.width - 2.0 * MARGIN;
    let at = line(MARGIN, y + 6.0, Face::SMALL, "cj-soft", room);
    let y = canvas.lines(at, &Face::SMALL.wrap(&note, room));
    let about = about_curves(shown);
    options.frame(
        "cj-chart",
        (options.width, y + MARGIN),
        (title, &about),
        canvas,
    )
}

/// Draws the intervals of a curve, where neighbours have one.
fn bands(canvas: &mut Canvas, plot: &Plot, curve: &[CurveAt], x_of: impl Fn(usize) -> f64) {
    let known: Vec<(usize, (f64, f64))> = curve
        .iter()
        .enumerate()
        .filter_map(|(moment, at)| Some((moment, at.band?)))
        .collect();
    for same in known.chunk_by(|a, b| a.0 + 1 == b.0) {
        let point = |x: usize, valence: f64| {
            format!("{} {}", N(x_of(x)), N(plot.level(valence.clamp(-1.0, 1.0))))
        };
        let upper = same.iter().map(|&(moment, (_, high))| point(moment, high));
        let lower = same
            .iter()
            .rev()
            .map(|&(moment, (low, _))| point(moment, low));
        let points: Vec<String> = upper.chain(lower).collect();
        canvas.path("cj-band", &format!("M{}Z", points.join("L")));
    }
}

fn strokes(
    canvas: &mut Canvas,
    plot: &Plot,
    curve: &[CurveAt],
    class: &str,
    x_of: impl Fn(usize) -> f64,
) {
    let known: Vec<(usize, f64)> = curve
        .iter()
        .enumerate()
        .filter_map(|(moment, at)| Some((moment, at.mean?)))
        .collect();
    for same in known.chunk_by(|a, b| a.0 + 1 == b.0) {
        let points: Vec<(f64, f64)> = same
            .iter()
            .map(|&(moment, mean)| (x_of(moment), plot.level(mean)))
            .collect();
        for piece in curve::pieces(&points) {
            canvas.path(class, &piece);
        }
    }
    for (moment, mean) in known {
        let share = curve.get(moment).map_or(0.0, |at| at.under_way);
        plot.marker(canvas, x_of(moment), mean, share / 4.0);
    }
}

/// Draws the bars of both sides, and answers where their numbers end.
fn under_way(
    canvas: &mut Canvas,
    shown: &TwoCurves,
    (top, apart): (f64, f64),
    x_of: impl Fn(usize) -> f64,
) -> f64 {
    let width = ((apart - 4.0) / 2.0).clamp(1.0, 14.0);
    for (side, (curve, class)) in shown
        .curves
        .iter()
        .zip(["cj-card", "cj-spread"])
        .enumerate()
    {
        for (moment, at) in curve.iter().enumerate() {
            let height = BARS * at.under_way.min(1.0);
            let x = x_of(moment) + (side as f64 - 1.0) * width;
            canvas.rect(class, [x, top + BARS - height, width, height], 0.0);
        }
    }
    top + BARS
}

fn about_curves(shown: &TwoCurves) -> String {
    let knows = shown.knows_feelings();
    let side = |(label, curve): (&String, &Vec<CurveAt>)| {
        let points: Vec<String> = curve
            .iter()
            .map(|at| {
                let under_way = of_100(at.under_way);
                if knows {
                    format!("{} of {under_way} of 100", or_unknown(at.mean, feeling))
                } else {
                    format!("{under_way} of 100")
                }
            })
            .collect();
        format!("{}: {}", plain(label), points.join(", "))
    };
    let sides: Vec<String> = shown.labels.iter().zip(&shown.curves).map(side).collect();
    let what = if knows {
        "Mean feelings from -1 to +1 and the share of journeys that have such a moment."
    } else {
        "The share of journeys that have such a moment; no feeling is known."
    };
    format!("{what} {}.", sides.join(". "))
}

/// Between two places.
const ROW: f64 = 34.0;

/// What is planned, and what happens.
pub(super) fn deviations(shown: &Deviations, options: &Options) -> Drawing {
    let mut canvas = Canvas::new();
    let title = "The plan, and what happens";
    let classes = ["cj-planned", "cj-main"];
    let top = head(&mut canvas, title, &shown.labels, classes, options.width) + 22.0;
    let names = (options.width * 0.36).min(300.0);
    let axis = MARGIN + names + 16.0;
    let reach = options.width - MARGIN - axis - 16.0;
    let y_of = |place: usize| top + ROW * place as f64;
    let arc = Arc {
        axis,
        reach,
        places: shown.stops.len(),
        y_of: &y_of,
    };
    for way in shown.ways.iter().filter(|way| way.is_planned) {
        canvas.path("cj-planned", &arc.path(way));
    }
    for way in shown.ways.iter().filter(|way| way.times > 0.0) {
        let class = if way.is_planned {
            "cj-real"
        } else {
            "cj-astray"
        };
        canvas.stroke(class, &arc.path(way), 1.2 + 5.0 * way.times.min(1.0));
    }
    for (place, stop) in shown.stops.iter().enumerate() {
        let class = if stop.is_planned {
            "cj-station"
        } else {
            "cj-pain"
        };
        canvas.circle(class, (axis, y_of(place)), 5.0);
        let lines = Face::SMALL.wrap(&plain(&stop.name), names);
        let shown = two_lines(lines, names);
        let height = Face::SMALL.leading() * shown.len() as f64;
        let at = Line {
            x: axis - 14.0,
            y: y_of(place) - height / 2.0,
            anchor: Anchor::End,
            face: Face::SMALL,
            class: "cj-ink",
            room: names,
        };
        canvas.lines(at, &shown);
    }
    let marks = shown.first.iter().enumerate();
    let mut legend = Vec::new();
    for (number, &(at, part)) in marks {
        let Some(way) = shown.ways.get(at) else {
            continue;
        };
        let (x, y) = arc.top(way);
        canvas.circle("cj-card", (x, y), 9.0);
        let mark = Line {
            x,
            y: y + 4.2,
            anchor: Anchor::Middle,
            face: Face::bold(12.0),
            class: "cj-ink",
            room: 16.0,
        };
        canvas.text(mark, &(number + 1).to_string());
        let name = |place: usize| shown.stops.get(place).map_or("", |stop| stop.name.as_str());
        legend.push(format!(
            "{}: {} leave the plan first on the way from {} to {}",
            number + 1,
            share(part),
            plain(name(way.from)),
            plain(name(way.to))
        ));
    }
    let about = format!(
        "Places from top to bottom, and the ways between them. {}.",
        legend.join(". ")
    );
    let y = foot(
        &mut canvas,
        shown,
        legend,
        (y_of(shown.stops.len()), options.width),
    );
    options.frame(
        "cj-chart",
        (options.width, y + MARGIN),
        (title, &about),
        canvas,
    )
}

fn foot(
    canvas: &mut Canvas,
    shown: &Deviations,
    mut words: Vec<String>,
    (top, width): (f64, f64),
) -> f64 {
    words.push(
        "Grey and wide: ways of the plan. Dark: what happens as planned, the wider the more often. Red: what the plan does not have."
            .to_owned(),
    );
    if shown.ways_left_out > 0 {
        words.push(format!(
            "{} ways that hardly anybody goes are left out.",
            shown.ways_left_out
        ));
    }
    if shown.stops_left_out > 0 {
        words.push(format!(
            "{} touchpoints are left out.",
            shown.stops_left_out
        ));
    }
    let room = width - 2.0 * MARGIN;
    words.iter().fold(top, |y, words| {
        let at = line(MARGIN, y, Face::SMALL, "cj-soft", room);
        canvas.lines(at, &Face::SMALL.wrap(words, room)) + 3.0
    })
}

/// Where ways run: to the right of the places, the longer the farther out; those back farther than those on.
struct Arc<'a> {
    axis: f64,
    reach: f64,
    places: usize,
    y_of: &'a dyn Fn(usize) -> f64,
}

impl Arc<'_> {
    fn bulge(&self, way: &WayBetween) -> f64 {
        let span = way.from.abs_diff(way.to).max(1) as f64;
        let back = if way.to <= way.from { 26.0 } else { 0.0 };
        let longest = self.places.saturating_sub(1).max(1) as f64;
        28.0 + (self.reach - 70.0) * (span - 1.0) / longest.max(2.0) + back
    }

    /// The point farthest out.
    fn top(&self, way: &WayBetween) -> (f64, f64) {
        let (from, to) = self.ends(way);
        // A cubic with both handles so far out comes three quarters of the way.
        (self.axis + 0.75 * self.bulge(way), f64::midpoint(from, to))
    }

    fn ends(&self, way: &WayBetween) -> (f64, f64) {
        let (from, to) = ((self.y_of)(way.from), (self.y_of)(way.to));
        if way.from == way.to {
            (from - 6.0, to + 10.0)
        } else {
            (from, to)
        }
    }

    fn path(&self, way: &WayBetween) -> String {
        let (from, to) = self.ends(way);
        let out = self.axis + self.bulge(way);
        format!(
            "M{} {}C{} {} {} {} {} {}",
            N(self.axis + 6.0),
            N(from),
            N(out),
            N(from),
            N(out),
            N(to),
            N(self.axis + 6.0),
            N(to)
        )
    }
}

/// No more than two lines, the second of which shows that there is more.
fn two_lines(mut lines: Vec<String>, room: f64) -> Vec<String> {
    let is_cut = lines.len() > 2;
    lines.truncate(2);
    if let Some(last) = lines.last_mut().filter(|_| is_cut) {
        while !last.is_empty() && Face::SMALL.width(&format!("{last}…")) > room {
            last.pop();
        }
        *last = format!("{}…", last.trim_end_matches([' ', ',']));
    }
    lines
}
