//! The picture of the steps: a column for each moment, and bands for the journeys between them.

use super::canvas::{Anchor, Canvas, Line, N, plain};
use super::width::Face;
use super::{Drawing, Options};
use crate::analysis::Steps;
use crate::render::number::share;
use crate::view::steps::{StepColumn, StepPicture, StepWhat};

const MARGIN: f64 = 16.0;
/// The height of all journeys together.
const ALL: f64 = 320.0;
/// Above the words of a place.
const APART: f64 = 8.0;
/// How wide a place is.
const PLACE: f64 = 12.0;
/// Narrower than this no column is, so that names have room.
const NARROWEST: f64 = 130.0;

pub(super) fn draw(steps: &Steps, options: &Options) -> Drawing {
    let shown = StepPicture::of(steps);
    let room = options.width - 2.0 * MARGIN;
    let fit = shown.columns.iter().scan(0.0, |used, _| {
        *used += NARROWEST;
        Some(*used)
    });
    let fit = fit.filter(|used| *used <= room).count().max(1);
    let rows: Vec<&[StepColumn]> = shown.columns.chunks(fit).collect();
    let mut canvas = Canvas::new();
    let title = "Where journeys go, moment by moment";
    let heading = Line {
        x: MARGIN,
        y: MARGIN,
        anchor: Anchor::Start,
        face: Face::bold(15.0),
        class: "cj-ink",
        room,
    };
    let mut y = canvas.lines(heading, &heading.face.wrap(title, room)) + 8.0;
    for row in rows {
        y = draw_row(&mut canvas, row, (MARGIN, room), y) + 16.0;
    }
    let note = Line {
        y,
        face: Face::SMALL,
        class: "cj-soft",
        ..heading
    };
    let mut words = "The height of a bar is the share of journeys that are there at this moment; bands go where they go next. \
                     Others: touchpoints that fewer come to, together."
        .to_owned();
    if shown.left_out > 0 {
        words += &format!(" {} later moments are not drawn.", shown.left_out);
    }
    y = canvas.sentence(note, &note.face.wrap(&words, room));
    let size = (options.width, y + MARGIN);
    options.frame("cj-steps", size, (title, &summary(&shown)), canvas)
}

/// A place of a column: its words, where they begin, and where its bar does.
struct Spot {
    words: Vec<String>,
    words_at: f64,
    bar_at: f64,
}

fn spots(column: &StepColumn, top: f64, room: f64) -> Vec<Spot> {
    let mut y = top;
    let places = column.places.iter().map(|place| {
        let name = match &place.what {
            StepWhat::Touchpoint(name) => plain(name),
            StepWhat::Others(n) => format!("others ({n})"),
            StepWhat::Ended => "ended".to_owned(),
        };
        let mut words = Face::SMALL.wrap(&name, room);
        words.push(share(place.share));
        let words_at = y + APART;
        let bar_at = words_at + words.len() as f64 * Face::SMALL.leading() + 2.0;
        y = bar_at + (ALL * place.share).max(1.0);
        Spot {
            words,
            words_at,
            bar_at,
        }
    });
    places.collect()
}

fn draw_row(canvas: &mut Canvas, columns: &[StepColumn], (left, room): (f64, f64), y: f64) -> f64 {
    let wide = room / columns.len().max(1) as f64;
    let top = y + Face::STRONG.leading();
    let words = wide - 10.0;
    let all: Vec<Vec<Spot>> = columns
        .iter()
        .map(|column| spots(column, top, words))
        .collect();
    let x_of = |at: usize| left + wide * at as f64;
    for ((at, column), pair) in columns.iter().enumerate().zip(all.windows(2)) {
        if let [from, to] = pair {
            let bars = |spots: &[Spot]| spots.iter().map(|spot| spot.bar_at).collect();
            bands(
                canvas,
                column,
                (x_of(at) + PLACE, x_of(at + 1)),
                (bars(from), bars(to)),
            );
        }
    }
    let mut bottom = top;
    for ((at, column), spots) in columns.iter().enumerate().zip(&all) {
        let x = x_of(at);
        let line = Line {
            x,
            y,
            anchor: Anchor::Start,
            face: Face::STRONG,
            class: "cj-ink cj-halo",
            room: words,
        };
        canvas.lines(line, &[format!("Moment {}", column.moment)]);
        for (place, spot) in column.places.iter().zip(spots) {
            let height = (ALL * place.share).max(1.0);
            let class = match place.what {
                StepWhat::Touchpoint(_) => "cj-gain",
                StepWhat::Others(_) => "cj-card",
                StepWhat::Ended => "cj-solid",
            };
            canvas.rect(class, [x, spot.bar_at, PLACE, height], 0.0);
            let label = Line {
                y: spot.words_at,
                face: Face::SMALL,
                ..line
            };
            canvas.lines(label, &spot.words);
            bottom = bottom.max(spot.bar_at + height);
        }
    }
    bottom
}

fn bands(
    canvas: &mut Canvas,
    column: &StepColumn,
    (x0, x1): (f64, f64),
    (mut from, mut to): (Vec<f64>, Vec<f64>),
) {
    let middle = f64::midpoint(x0, x1);
    for &(start, end, share) in &column.ways {
        let (Some(y0), Some(y1)) = (from.get_mut(start), to.get_mut(end)) else {
            continue;
        };
        let height = ALL * share;
        let (a, b) = (*y0, *y1);
        (*y0, *y1) = (a + height, b + height);
        canvas.path(
            "cj-band",
            &format!(
                "M{} {}C{} {} {} {} {} {}L{} {}C{} {} {} {} {} {}Z",
                N(x0),
                N(a),
                N(middle),
                N(a),
                N(middle),
                N(b),
                N(x1),
                N(b),
                N(x1),
                N(b + height),
                N(middle),
                N(b + height),
                N(middle),
                N(a + height),
                N(x0),
                N(a + height)
            ),
        );
    }
}

/// The picture in one paragraph.
fn summary(shown: &StepPicture) -> String {
    let columns = shown.columns.iter().map(|column| {
        let places = column.places.iter().filter(|place| place.share > 0.0);
        let places: Vec<String> = places
            .map(|place| {
                let name = match &place.what {
                    StepWhat::Touchpoint(name) => plain(name),
                    StepWhat::Others(n) => format!("{n} others"),
                    StepWhat::Ended => "ended".to_owned(),
                };
                format!("{name} {}", share(place.share))
            })
            .collect();
        format!("Moment {}: {}.", column.moment, places.join(", "))
    });
    columns.collect::<Vec<_>>().join(" ")
}
