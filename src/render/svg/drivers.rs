//! Which feelings go with an ending: what a bad feeling goes with across, how many do without one upwards.

use super::canvas::{Anchor, Canvas, Line, plain};
use super::width::Face;
use super::{Drawing, Options};
use crate::analysis::Drivers;
use crate::page::number::of_100;
use crate::page::{Names, Unit};
use crate::view::drivers::{DriverPicture, DriverPoint, IMPORTANT, Scale, WELL_ENOUGH};

const MARGIN: f64 = 16.0;
/// Room for the numbers of the upward scale.
const NUMBERS: f64 = 44.0;
const HEIGHT: f64 = 300.0;
const STRONG: Face = Face::bold(12.0);
const SMALL: Face = Face::SMALL;

/// Where the points lie.
struct Field<'a> {
    left: f64,
    right: f64,
    top: f64,
    shown: &'a DriverPicture,
}

impl Field<'_> {
    fn x(&self, difference: f64) -> f64 {
        let Scale { from, to, .. } = self.shown.across;
        self.left + (self.right - self.left) * (difference - from) / (to - from)
    }

    fn y(&self, well: f64) -> f64 {
        let Scale { from, to, .. } = self.shown.up;
        self.top + HEIGHT * (to - well) / (to - from)
    }

    fn bottom(&self) -> f64 {
        self.top + HEIGHT
    }
}

pub(super) fn draw(drivers: &Drivers, names: Option<&Names>, options: &Options) -> Drawing {
    let mut canvas = Canvas::new();
    let room = options.width - 2.0 * MARGIN;
    let mut pen = Pen {
        canvas: &mut canvas,
        room,
    };
    let Some(shown) = DriverPicture::of(drivers, options.top) else {
        let title = "Which feelings go with which endings";
        let none = "Nothing was counted that could be compared.";
        let y = pen.write((MARGIN, MARGIN), Face::bold(15.0), "cj-ink", title);
        let y = pen.write((MARGIN, y + 6.0), SMALL, "cj-soft", none);
        return options.frame(
            "cj-drivers",
            (options.width, y + MARGIN),
            (title, none),
            canvas,
        );
    };
    let ending = plain(shown.outcome.as_str());
    let title = format!("Which feelings go with {ending}");
    let y = pen.write((MARGIN, MARGIN), Face::bold(15.0), "cj-ink", &title);
    let y = pen.write(
        (MARGIN, y + 2.0),
        SMALL,
        "cj-soft",
        "Upwards: of 100, how many do not feel bad there. Across: of 100 who feel bad there, how many more than of the others end so. \
         The larger a point, the more come by. Lines through points: 95 % intervals; hollow points may be chance.",
    );
    let field = Field {
        left: MARGIN + NUMBERS,
        right: options.width - MARGIN,
        top: y + 14.0,
        shown: &shown,
    };
    pen.ground(&field);
    for (number, point) in (1_usize..).zip(&shown.points) {
        pen.point(&field, number, point);
    }
    let mut y = field.bottom() + SMALL.leading() + 14.0;
    let name = |id: &str| plain(names.map_or(id, |names| names.of_id(id)));
    let mut told = Vec::new();
    for (number, point) in (1_usize..).zip(&shown.points) {
        let (difference, low, high) = point.difference;
        let said = format!(
            "{number} {}: {} of 100 ({} to {}), {} of 100 do not feel bad there",
            name(&point.id),
            Unit::ChangeOf100.say(difference),
            Unit::ChangeOf100.say(low),
            Unit::ChangeOf100.say(high),
            of_100(point.well.0)
        );
        y = pen.write((MARGIN, y + 2.0), SMALL, "cj-ink", &said);
        told.push(said);
    }
    if shown.left_out > 0 {
        let more = format!("{} more touchpoints are not shown.", shown.left_out);
        y = pen.write((MARGIN, y + 4.0), SMALL, "cj-soft", &more);
    }
    let about = told.join("; ");
    options.frame(
        "cj-drivers",
        (options.width, y + MARGIN),
        (&title, &about),
        canvas,
    )
}

struct Pen<'a> {
    canvas: &'a mut Canvas,
    room: f64,
}

impl Pen<'_> {
    fn write(&mut self, (x, y): (f64, f64), face: Face, class: &str, text: &str) -> f64 {
        let line = Line {
            x,
            y,
            anchor: Anchor::Start,
            face,
            class,
            room: self.room,
        };
        self.canvas.sentence(line, &face.wrap(text, self.room))
    }

    fn label(&mut self, (x, y): (f64, f64), anchor: Anchor, class: &str, text: &str) {
        let line = Line {
            x,
            y,
            anchor,
            face: if class == "cj-ink" { STRONG } else { SMALL },
            class,
            room: self.room,
        };
        self.canvas.text(line, text);
    }

    /// The scales, and the lines at what matters.
    fn ground(&mut self, field: &Field<'_>) {
        let (left, right, bottom) = (field.left, field.right, field.bottom());
        // Where much goes with a bad feeling, and many have one.
        let (x, y) = (field.x(IMPORTANT), field.y(WELL_ENOUGH));
        self.canvas
            .rect("cj-zone", [x, y, right - x, bottom - y], 0.0);
        for &tick in &field.shown.up.ticks {
            let y = field.y(tick);
            self.canvas.line("cj-rule", (left, y), (right, y));
            self.label((left - 8.0, y + 4.2), Anchor::End, "cj-soft", &of_100(tick));
        }
        for &tick in &field.shown.across.ticks {
            let x = field.x(tick);
            let class = if tick.abs() < 1e-9 {
                "cj-zero"
            } else {
                "cj-rule"
            };
            self.canvas.line(class, (x, field.top), (x, bottom));
            let number = Unit::ChangeOf100.say(tick);
            let number = number.trim_end_matches(".0");
            let below = bottom + SMALL.leading();
            self.label((x, below), Anchor::Middle, "cj-soft", number);
        }
        self.canvas.line("cj-back", (x, field.top), (x, bottom));
        self.canvas.line("cj-back", (left, y), (right, y));
    }

    fn point(&mut self, field: &Field<'_>, number: usize, point: &DriverPoint) {
        let (difference, low, high) = point.difference;
        let (well, least, most) = point.well;
        let (x, y) = (field.x(difference), field.y(well));
        for class in ["cj-under", "cj-whisker"] {
            self.canvas
                .line(class, (field.x(low), y), (field.x(high), y));
            self.canvas
                .line(class, (x, field.y(least)), (x, field.y(most)));
        }
        let radius = 4.0 + 8.0 * point.reach.clamp(0.0, 1.0).sqrt();
        let class = if point.is_clear { "cj-loss" } else { "cj-gap" };
        self.canvas.circle(class, (x, y), radius);
        self.label(
            (x + radius + 3.0, y - radius),
            Anchor::Start,
            "cj-ink",
            &number.to_string(),
        );
    }
}
