//! The emotional curve, drawn with characters.

use super::sheet::Sheet;
use crate::page::clean::columns;
use crate::page::number::{feeling, of_100};

/// A moment: its mean valence, and the share of journeys still under way.
type Moment = (Option<f64>, f64);

/// Columns left of the curve.
const GUTTER: usize = 12;
/// Half a label, on either side of a mark.
const HALF: usize = 3;
/// A row for every quarter from +1 to -1.
const ROWS: usize = 9;
const ZERO: usize = 4;
const AXIS: [&str; ROWS] = [
    "+1.00 ┤",
    "│",
    "+0.50 ┤",
    "│",
    "0.00 ┼",
    "│",
    "-0.50 ┤",
    "│",
    "-1.00 ┤",
];

/// Draws the curve: a mark for each moment on a stem from the zero line, a gap where nothing is known, and below it
/// the numbers.
pub(crate) fn print(sheet: &mut Sheet, curve: &[Moment]) {
    let room = sheet.width().saturating_sub(GUTTER + 2 * HALF);
    let shown = curve.get(..curve.len().min(room + 1)).unwrap_or(curve);
    let apart = (room / shown.len().saturating_sub(1).max(1)).clamp(1, 8);
    let place = |moment: usize| GUTTER + HALF + moment * apart;
    let end = place(shown.len().saturating_sub(1)) + HALF;
    let rows = if shown.iter().any(|point| point.0.is_some()) {
        AXIS.as_slice()
    } else {
        sheet.item(
            2,
            "",
            "No moment has a known feeling, so there is no curve to draw.",
        );
        &[]
    };
    let mut lines = Vec::new();
    for (row, axis) in rows.iter().enumerate() {
        let ground = if row == ZERO { '─' } else { ' ' };
        let mut line = Line::new(&format!("{axis:>GUTTER$}"), end, ground);
        for (moment, mean) in shown
            .iter()
            .enumerate()
            .filter_map(|(k, point)| Some((k, point.0?)))
        {
            let mark = row_of(mean);
            if row == mark {
                line.put(place(moment), "●");
            } else if row == ZERO {
                line.put(place(moment), if mark < ZERO { "┴" } else { "┬" });
            } else if (mark < row && row < ZERO) || (ZERO < row && row < mark) {
                line.put(place(moment), "│");
            }
        }
        lines.push(line.finish());
    }
    let each = (2 * HALF).div_ceil(apart);
    let mut numbers = |name: &str, label: &dyn Fn(usize, &Moment) -> String| {
        let mut line = Line::new(&format!("{name:>11} "), end, ' ');
        for (moment, point) in shown.iter().enumerate().step_by(each) {
            line.put(place(moment), &label(moment, point));
        }
        lines.push(line.finish());
    };
    numbers("moment", &|moment, _| (moment + 1).to_string());
    numbers("feeling", &|_, point| {
        point.0.map_or_else(|| "?".to_owned(), feeling)
    });
    numbers("under way", &|_, point| of_100(point.1));
    sheet.drawing(&lines);
    sheet.more(
        2,
        curve.len(),
        shown.len(),
        ("moment of the curve", "moments of the curve"),
    );
}

/// The row of a valence, counted from the top.
fn row_of(valence: f64) -> usize {
    let mut row = 0;
    let mut border = 0.875;
    while row + 1 < ROWS && valence < border {
        row += 1;
        border -= 0.25;
    }
    row
}

/// A line on which marks are put at places.
struct Line(Vec<char>);

impl Line {
    fn new(start: &str, end: usize, ground: char) -> Self {
        let mut line: Vec<char> = start.chars().collect();
        line.resize(end.max(line.len()), ground);
        Self(line)
    }

    /// Puts a text with its middle at a place.
    fn put(&mut self, middle: usize, text: &str) {
        let first = middle.saturating_sub(columns(text) / 2);
        for (place, c) in (first..).zip(text.chars()) {
            if let Some(here) = self.0.get_mut(place) {
                *here = c;
            }
        }
    }

    fn finish(self) -> String {
        self.0.into_iter().collect()
    }
}
