//! Fixes as bars: how far each comes towards its goal, with its 95 % interval.

mod scale;

use super::canvas::{Anchor, Canvas, Line, N, plain};
use super::width::Face;
use super::{Drawing, Options};
use crate::analysis::fixes::told::gained;
use crate::analysis::{Fixes, Goal};
use crate::page::Names;
use crate::render::number::whole;
use crate::view::fixes::{FixBar, FixBars, GainUnit, NoBars};
use scale::{Scale, tick_text};

const MARGIN: f64 = 16.0;
const GAP: f64 = 16.0;
/// The height of a bar.
const BAR: f64 = 14.0;
/// Wide enough for bars beside their names.
const SIDE_BY_SIDE: f64 = 560.0;
const STRONG: Face = Face::bold(12.0);
const SMALL: Face = Face::SMALL;

/// A fix as it is drawn.
struct Row {
    name: Vec<String>,
    what: Vec<String>,
    /// The gain in words, and its interval.
    value: String,
    interval: Option<String>,
    gain: Option<f64>,
    is_gain: bool,
    reach: Option<(f64, f64)>,
}

/// Where things are from left to right.
struct Columns {
    name: (f64, f64),
    bars: (f64, f64),
    value: (f64, f64),
    side_by_side: bool,
}

impl Columns {
    fn of(width: f64) -> Self {
        let (left, right) = (MARGIN, width - MARGIN);
        let value = 138.0;
        let side_by_side = width >= SIDE_BY_SIDE;
        let name = if side_by_side {
            (right - left) * 0.3
        } else {
            right - left
        };
        let bars_from = if side_by_side {
            left + name + GAP
        } else {
            left
        };
        Self {
            name: (left, name),
            bars: (bars_from, right - value - GAP),
            value: (right - value, value),
            side_by_side,
        }
    }
}

pub(super) fn draw(fixes: &Fixes, names: Option<&Names>, options: &Options) -> Drawing {
    let shown = FixBars::of(fixes, options.top);
    let mut canvas = Canvas::new();
    let columns = Columns::of(options.width);
    let room = options.width - 2.0 * MARGIN;
    let title = format!("Which fix brings {}", plain(&shown.goal.to_string()));
    let mut y = write(
        &mut canvas,
        (MARGIN, MARGIN),
        room,
        Face::bold(15.0),
        "cj-ink",
        &title,
    );
    y = write(
        &mut canvas,
        (MARGIN, y + 2.0),
        room,
        SMALL,
        "cj-soft",
        unit(shown.unit),
    );
    let rows: Vec<Row> = shown
        .bars
        .iter()
        .map(|bar| row(bar, &shown.goal, names, &columns))
        .collect();
    let no_bars = shown.no_bars.map(|reason| match reason {
        NoBars::NothingToFix => "There is nothing to fix.",
        NoBars::NothingHelps => "No single fix changes this.",
    });
    if let Some(text) = no_bars {
        y = write(&mut canvas, (MARGIN, y + 8.0), room, STRONG, "cj-ink", text);
    } else if !rows.is_empty() {
        y = plot(&mut canvas, &rows, &shown, &columns, y + 14.0);
    }
    let notes = notes(&shown);
    for note in &notes {
        y = write(&mut canvas, (MARGIN, y + 4.0), room, SMALL, "cj-soft", note);
    }
    let about = summary(&rows, no_bars, &notes);
    options.frame(
        "cj-bars",
        (options.width, y + MARGIN),
        (&title, &about),
        canvas,
    )
}

/// What is said about intervals, and about fixes without a bar.
fn notes(shown: &FixBars) -> Vec<String> {
    let mut notes = Vec::new();
    if shown.has_intervals {
        notes.push("Thin lines with ends: 95 % intervals, as far as the counts tell.".to_owned());
    }
    let fixes_of = |number: usize| match number {
        1 => "1 more fix".to_owned(),
        _ => format!("{} more fixes", whole(number)),
    };
    let hidden = shown.left_out;
    if hidden > 0 {
        notes.push(format!(
            "{} not drawn here.",
            is_or_are(&fixes_of(hidden), hidden)
        ));
    }
    let idle = shown.without_effect;
    if idle > 0 {
        let verb = if idle == 1 { "changes" } else { "change" };
        let these = match (shown.no_bars, idle) {
            (None, _) => fixes_of(idle),
            (Some(_), 1) => "The only fix there is".to_owned(),
            (Some(_), _) => format!("All {} fixes there are", whole(idle)),
        };
        notes.push(format!("{these} {verb} nothing about this."));
    }
    notes
}

fn is_or_are(subject: &str, number: usize) -> String {
    format!("{subject} {}", if number == 1 { "is" } else { "are" })
}

/// What the bars count.
fn unit(unit: GainUnit) -> &'static str {
    match unit {
        GainUnit::FewerJourneys => "How many fewer of 100 journeys, by each fix alone",
        GainUnit::MoreJourneys => "How many more of 100 journeys, by each fix alone",
        GainUnit::LessHurt => "How much less hurt a journey has, by each fix alone",
        GainUnit::MoreMoney => "How much more a journey is worth, by each fix alone",
        GainUnit::MoreValence => {
            "How much better it feels, on the scale from -1 to +1, by each fix alone"
        }
    }
}

fn row(fix: &FixBar, goal: &Goal, names: Option<&Names>, columns: &Columns) -> Row {
    let id = &fix.id;
    let name = plain(names.map_or(id.as_str(), |names| names.of_id(id)));
    let room = columns.name.1;
    let worded = |gain: f64| gained(goal, gain).replace(" of 100", "");
    Row {
        name: STRONG.wrap(&name, room),
        what: SMALL.wrap(&fix.kind.to_string(), room),
        value: fix
            .gain
            .map_or_else(|| "not known".to_owned(), |gain| gained(goal, gain)),
        interval: fix
            .interval
            .map(|(from, to)| format!("{} to {}", worded(from), worded(to))),
        gain: fix.gain,
        is_gain: fix.is_gain,
        reach: fix.interval,
    }
}

fn plot(canvas: &mut Canvas, rows: &[Row], shown: &FixBars, columns: &Columns, top: f64) -> f64 {
    let scale = Scale::new(rows, columns.bars);
    let height = |row: &Row| {
        let words =
            row.name.len() as f64 * STRONG.leading() + row.what.len() as f64 * SMALL.leading();
        let values = if row.interval.is_some() { 2.0 } else { 1.0 } * SMALL.leading();
        if columns.side_by_side {
            words.max(values).max(BAR) + 14.0
        } else {
            words + values.max(BAR) + 20.0
        }
    };
    let bottom = top + rows.iter().map(height).sum::<f64>();
    for tick in scale.ticks() {
        let class = if tick.abs() < scale.step / 2.0 {
            "cj-border"
        } else {
            "cj-rule"
        };
        // Between the rows a line would run through the names.
        if columns.side_by_side {
            canvas.line(class, (scale.x(tick), top - 4.0), (scale.x(tick), bottom));
        }
        let line = Line {
            x: scale.x(tick),
            y: bottom + 15.0,
            anchor: Anchor::Middle,
            face: SMALL,
            class: "cj-soft",
            room: 60.0,
        };
        canvas.text(line, &tick_text(shown.unit, tick, scale.step));
    }
    let mut y = top;
    for row in rows {
        let height = height(row);
        draw_row(canvas, row, columns, &scale, (y, height));
        y += height;
    }
    bottom + 26.0
}

fn draw_row(
    canvas: &mut Canvas,
    row: &Row,
    columns: &Columns,
    scale: &Scale,
    (top, height): (f64, f64),
) {
    let name = Line {
        x: columns.name.0,
        y: top,
        anchor: Anchor::Start,
        face: STRONG,
        class: "cj-ink",
        room: columns.name.1,
    };
    let below = canvas.lines(name, &row.name);
    let what = Line {
        y: below,
        face: SMALL,
        class: "cj-soft",
        ..name
    };
    let below = canvas.lines(what, &row.what);
    let (from, free) = if columns.side_by_side {
        (top, height - 14.0)
    } else {
        (below + 4.0, top + height - 16.0 - below)
    };
    let middle = from + free / 2.0;
    if let Some(gain) = row.gain {
        let (zero, end) = (scale.x(0.0), scale.x(gain));
        let class = if row.is_gain { "cj-gain" } else { "cj-loss" };
        let width = (end - zero).abs().max(1.0);
        canvas.rect(class, [zero.min(end), middle - BAR / 2.0, width, BAR], 2.0);
        if !columns.side_by_side {
            canvas.line("cj-border", (zero, middle - BAR), (zero, middle + BAR));
        }
    }
    if let Some((low, high)) = row.reach {
        let (low, high) = (N(scale.x(low)), N(scale.x(high)));
        let (up, down) = (N(middle - 5.0), N(middle + 5.0));
        let y = N(middle);
        let data = format!("M{low} {up}V{down}M{high} {up}V{down}M{low} {y}H{high}");
        canvas.path("cj-under", &data);
        canvas.path("cj-whisker", &data);
    }
    let lines = if row.interval.is_some() { 2.0 } else { 1.0 };
    let value = Line {
        x: columns.value.0,
        y: middle - lines * SMALL.leading() / 2.0,
        face: STRONG,
        room: columns.value.1,
        class: if row.gain.is_some() {
            "cj-ink"
        } else {
            "cj-soft"
        },
        ..name
    };
    let below = canvas.lines(value, std::slice::from_ref(&row.value));
    if let Some(interval) = &row.interval {
        let interval_at = Line {
            y: below,
            face: SMALL,
            class: "cj-soft",
            ..value
        };
        canvas.lines(interval_at, std::slice::from_ref(interval));
    }
}

fn write(
    canvas: &mut Canvas,
    (x, y): (f64, f64),
    room: f64,
    face: Face,
    class: &str,
    text: &str,
) -> f64 {
    let line = Line {
        x,
        y,
        anchor: Anchor::Start,
        face,
        class,
        room,
    };
    canvas.sentence(line, &face.wrap(text, room))
}

/// The chart in one paragraph.
fn summary(rows: &[Row], no_bars: Option<&str>, notes: &[String]) -> String {
    let told: Vec<String> = rows
        .iter()
        .map(|row| {
            let interval = row.interval.as_ref();
            let interval =
                interval.map_or_else(String::new, |interval| format!(", from {interval}"));
            format!(
                "{}, {}: {}{interval}",
                row.name.join(" "),
                row.what.join(" "),
                row.value
            )
        })
        .collect();
    let notes = notes.join(" ");
    match no_bars {
        Some(text) => format!("{text} {notes}"),
        None if told.is_empty() => notes,
        None => format!("{}. {notes}", told.join("; ")),
    }
}
