//! The chart of a trajectory: before, during and after with their spread, and the curve moment by moment.

use super::canvas::{Anchor, Canvas, Line};
use super::curve;
use super::figures;
use super::plot::Plot;
use super::width::Face;
use super::{Drawing, Options};
use crate::analysis::{CurvePoint, Trajectory};
use crate::language::Language;
use crate::render::number::{capital, feeling, of_100, or_unknown, percent, share};
use crate::view::trajectory::{PhaseColumn, TrajectoryChart};
use crate::view::valence::Tone;

const MARGIN: f64 = 16.0;
/// Left of the plots, for their scale.
const AXIS: f64 = 30.0;
/// Above +1 and below -1, for the numbers beside the markers.
const EDGE: f64 = 22.0;

pub(super) fn draw(trajectory: &Trajectory, options: &Options) -> Drawing {
    let shown = TrajectoryChart::of(trajectory);
    let mut canvas = Canvas::new();
    let (left, right) = (MARGIN, options.width - MARGIN);
    let say = &options.language;
    let title = say.word("Feelings before, during and after");
    let mut y = heading(&mut canvas, title, (left, right), MARGIN);
    let felt = |valence: Option<f64>| or_unknown(valence, feeling);
    let figures = [
        ("mean feeling", felt(shown.mean)),
        ("at the worst moment", felt(shown.worst)),
        ("at the best moment", felt(shown.best)),
        ("at the end", felt(shown.end)),
        ("likely remembered", felt(shown.remembered)),
        ("of moments known", percent(shown.coverage)),
    ]
    .map(|(what, number)| (say.word(what).to_owned(), say.figure(&number)));
    y = figures::draw(&mut canvas, &figures, (left, right), y + 4.0) + 16.0;
    let plot = Plot {
        left: left + AXIS,
        right,
        zero: 0.0,
    };
    y = phases(&mut canvas, &shown.phases, plot, (y, say)) + 20.0;
    let by_moment = say.word("Moment by moment");
    y = heading(&mut canvas, by_moment, (left, right), y) + 2.0;
    y = moments(&mut canvas, &shown.moments, plot, (y, say));
    let size = (options.width, y + MARGIN);
    let about = summary(&shown, say);
    options.frame_told_in(&say.tag, "cj-chart", size, (title, &about), canvas)
}

fn heading(canvas: &mut Canvas, text: &str, (left, right): (f64, f64), y: f64) -> f64 {
    let line = Line {
        x: left,
        y,
        anchor: Anchor::Start,
        face: Face::bold(15.0),
        class: "cj-ink",
        room: right - left,
    };
    canvas.lines(line, &line.face.wrap(text, line.room))
}

/// Writes a short text in the middle of a place.
fn middle(canvas: &mut Canvas, (x, y): (f64, f64), room: f64, face: Face, class: &str, text: &str) {
    let line = Line {
        x,
        y,
        anchor: Anchor::Middle,
        face,
        class,
        room,
    };
    canvas.text(line, text);
}

fn phases(
    canvas: &mut Canvas,
    phases: &[PhaseColumn],
    plot: Plot,
    (top, say): (f64, &Language),
) -> f64 {
    let column = (plot.right - plot.left) / phases.len().max(1) as f64;
    let room = column - 16.0;
    let heads: Vec<Vec<String>> = phases
        .iter()
        .map(|phase| {
            let reach = say.figure(&share(phase.reach));
            Face::SMALL.wrap(&say.say("{} journeys", &[&reach]), room)
        })
        .collect();
    let lines = heads.iter().map(Vec::len).max().unwrap_or(0) as f64;
    let head = 32.0 + lines * Face::SMALL.leading();
    let plot = Plot {
        zero: top + head + EDGE + Plot::UNIT,
        ..plot
    };
    let bars = plot.level(-1.0) + EDGE + 4.0;
    plot.ground(canvas);
    let x_of = |place: usize| plot.left + column * (place as f64 + 0.5);
    for (place, phase) in phases.iter().enumerate() {
        if let Some(spread) = phase.spread {
            plot.spread(canvas, x_of(place), 26.0, spread);
        }
    }
    let mut known = Vec::new();
    for (place, phase) in phases.iter().enumerate() {
        match phase.mean {
            Some(mean) => known.push((x_of(place), plot.level(mean))),
            None => line(canvas, &mut known),
        }
    }
    line(canvas, &mut known);
    let mut bottom = bars;
    for ((place, phase), facts) in phases.iter().enumerate().zip(&heads) {
        let x = plot.left + column * place as f64;
        canvas.rect("cj-phase", [x + 1.0, top, column - 2.0, head], 4.0);
        let name = Line {
            x: x + 8.0,
            y: top + 5.0,
            anchor: Anchor::Start,
            face: Face::bold(15.0),
            class: "cj-ink",
            room,
        };
        let below = canvas.lines(name, &[capital(say.phase(phase.phase))]);
        let facts_at = Line {
            y: below,
            face: Face::SMALL,
            class: "cj-soft",
            ..name
        };
        canvas.lines(facts_at, facts);
        if place > 0 {
            canvas.line("cj-border", (x, top), (x, plot.level(-1.0)));
        }
        let x = x_of(place);
        let Some(mean) = phase.mean else {
            plot.gap(canvas, x);
            let at = (x, plot.zero - 13.0);
            middle(
                canvas,
                at,
                room,
                Face::SMALL,
                "cj-soft cj-halo",
                say.word("no data"),
            );
            continue;
        };
        plot.marker(canvas, x, mean, phase.reach);
        let at = (x + 14.0, plot.level(mean) + 4.0);
        let number = Line {
            x: at.0,
            y: at.1,
            face: Face::bold(12.0),
            class: "cj-ink cj-halo",
            room: column / 2.0 - 14.0,
            ..name
        };
        canvas.text(number, &say.figure(&feeling(mean)));
        let mut from = plot.left + column * place as f64 + 8.0;
        let mut words = Vec::new();
        for &(tone, part) in &phase.shares {
            canvas.rect(class_of(tone), [from, bars, room * part, 10.0], 0.0);
            from += room * part;
            words.push(format!(
                "{} {}",
                say.figure(&percent(part)),
                say.word(tone.name())
            ));
        }
        let words_at = Line {
            x: plot.left + column * place as f64 + 8.0,
            y: bars + 16.0,
            ..facts_at
        };
        let wrapped = Face::SMALL.wrap(&words.join(", "), room);
        bottom = bottom.max(canvas.lines(words_at, &wrapped));
    }
    bottom
}

fn class_of(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "cj-f5",
        Tone::Neutral => "cj-f3",
        Tone::Bad => "cj-f2",
        Tone::Unknown => "cj-gap",
    }
}

/// Draws a curve through what was known so far, and begins anew.
fn line(canvas: &mut Canvas, known: &mut Vec<(f64, f64)>) {
    for piece in curve::pieces(known) {
        canvas.path("cj-curve", &piece);
    }
    known.clear();
}

fn moments(
    canvas: &mut Canvas,
    curve: &[CurvePoint],
    plot: Plot,
    (top, say): (f64, &Language),
) -> f64 {
    /// The height of the bar of all journeys.
    const ALL: f64 = 36.0;
    const LABEL: f64 = 44.0;
    let plot = Plot {
        zero: top + EDGE + Plot::UNIT,
        ..plot
    };
    plot.ground(canvas);
    // The first number keeps clear of the scale.
    let (first, last) = (plot.left + 16.0, plot.right - 16.0);
    let apart = (last - first) / curve.len().max(1) as f64;
    let x_of = |moment: usize| first + apart * (moment as f64 + 0.5);
    let mut known = Vec::new();
    for (moment, point) in curve.iter().enumerate() {
        match point.mean {
            Some(mean) => known.push((x_of(moment), plot.level(mean))),
            None => line(canvas, &mut known),
        }
    }
    line(canvas, &mut known);
    let mut each = 1;
    while each as f64 * apart < LABEL {
        each += 1;
    }
    let room = each as f64 * apart;
    let bars = plot.level(-1.0) + EDGE;
    let words = bars + ALL + 15.0;
    for (moment, point) in curve.iter().enumerate() {
        let x = x_of(moment);
        let is_labelled = moment.is_multiple_of(each);
        match point.mean {
            None => plot.gap(canvas, x),
            Some(mean) => {
                plot.marker(canvas, x, mean, point.travelling);
                let up = if mean >= 0.0 { -13.0 } else { 21.0 };
                if is_labelled {
                    let at = (x, plot.level(mean) + up);
                    let face = Face::bold(12.0);
                    middle(
                        canvas,
                        at,
                        room,
                        face,
                        "cj-ink cj-halo",
                        &say.figure(&feeling(mean)),
                    );
                }
            }
        }
        let height = ALL * point.travelling;
        let width = (apart - 2.0).min(28.0);
        let bar = [x - width / 2.0, bars + ALL - height, width, height];
        canvas.rect("cj-spread", bar, 0.0);
        if is_labelled {
            let under = say.figure(&of_100(point.travelling));
            middle(canvas, (x, words), room, Face::SMALL, "cj-soft", &under);
        }
    }
    canvas.line("cj-zero", (plot.left, bars + ALL), (plot.right, bars + ALL));
    let note = Line {
        x: MARGIN,
        y: words + 6.0,
        anchor: Anchor::Start,
        face: Face::SMALL,
        class: "cj-soft",
        room: plot.right - MARGIN,
    };
    let text = say.word(
        "Bars: of 100 journeys, those still under way at their first, second, third moment and so on. Grey behind a phase: one standard deviation up and down.",
    );
    canvas.lines(note, &note.face.wrap(text, note.room))
}

/// The chart in one paragraph.
fn summary(shown: &TrajectoryChart, say: &Language) -> String {
    let felt = |valence: Option<f64>| {
        let known = valence.map(|valence| say.figure(&feeling(valence)));
        known.unwrap_or_else(|| say.word("unknown").to_owned())
    };
    let phases = shown.phases.iter().map(|phase| {
        let name = capital(say.phase(phase.phase));
        let mean = felt(phase.mean);
        match phase.sd {
            Some(sd) => say.say(
                "{}: {} with a standard deviation of {}",
                &[&name, &mean, &say.figure(&format!("{sd:.2}"))],
            ),
            None => format!("{name}: {mean}"),
        }
    });
    let phases: Vec<String> = phases.collect();
    say.say(
        "Feelings from -1, as bad as can be, to +1, as good as can be. {}. At the worst moment {}, at the best {}, at the end {}, on average {}. {} moments by step are shown.",
        &[
            &phases.join("; "),
            &felt(shown.worst),
            &felt(shown.best),
            &felt(shown.end),
            &felt(shown.mean),
            &shown.moments.len().to_string(),
        ],
    )
}
