//! Above and below the bands of a map.

use super::Map;
use super::layout::{Layout, MARGIN};
use crate::journey::{Evidence, JourneyKind};
use crate::render::number::{MOMENTS, capital, feeling, or_unknown, percent, that, whole};
use crate::render::svg::canvas::{Anchor, Canvas, Line, plain};
use crate::render::svg::figures;
use crate::render::svg::icons;
use crate::render::svg::width::Face;
use crate::view::map::{JourneyMap, Sign};

fn line(layout: &Layout, y: f64, face: Face, class: &'static str) -> Line<'static> {
    Line {
        x: MARGIN,
        y,
        anchor: Anchor::Start,
        face,
        class,
        room: layout.width - 2.0 * MARGIN,
    }
}

/// Writes wrapped text from the left margin to the right one.
fn write(
    canvas: &mut Canvas,
    layout: &Layout,
    y: f64,
    face: Face,
    class: &'static str,
    text: &str,
) -> f64 {
    let line = line(layout, y, face, class);
    canvas.lines(line, &face.wrap(text, line.room))
}

/// Title, who travels and how, and what comes out of it; answers where the bands begin.
pub(super) fn head(canvas: &mut Canvas, shown: &JourneyMap, layout: &Layout) -> f64 {
    let title = plain(&shown.name);
    let mut y = write(canvas, layout, MARGIN, Face::bold(22.0), "cj-ink", &title);
    y += 2.0;
    for (what, text) in [("Who", &shown.persona), ("When", &shown.scenario)] {
        if let Some(text) = text {
            let text = format!("{what}: {}", plain(text));
            y = write(canvas, layout, y, Face::regular(14.0), "cj-ink", &text);
        }
    }
    let kind = match shown.kind {
        JourneyKind::Planned => "As it is planned to go.",
        JourneyKind::Experienced => "As customers experience it.",
    };
    let grounds: Vec<String> = shown
        .evidence
        .iter()
        .map(|&(evidence, share)| {
            let ground = match evidence {
                Evidence::Assumed => "on assumption",
                Evidence::Reported => "on what people told",
                Evidence::Observed => "on counts",
            };
            format!("{} {ground}", that(share, MOMENTS, ("rests", "rest")))
        })
        .collect();
    let about = format!("{kind} {}.", capital(&grounds.join(", ")));
    y = write(canvas, layout, y + 2.0, Face::SMALL, "cj-soft", &about);
    if let Some(cut) = shown.cut {
        let text = format!(
            "{} touchpoints are too many for one map: this is an overview of the {} that customers meet most, at which {} of \
             their moments lie.",
            whole(cut.touchpoints),
            shown.columns.len(),
            percent(cut.moments)
        );
        y = write(canvas, layout, y + 4.0, Face::bold(12.0), "cj-alarm", &text);
    }
    figures(canvas, shown, layout, y + 10.0) + 14.0
}

/// The journey in figures.
fn figures(canvas: &mut Canvas, shown: &JourneyMap, layout: &Layout, top: f64) -> f64 {
    let known = &shown.figures;
    let felt = |valence: Option<f64>| or_unknown(valence, feeling);
    let mut figures = vec![
        ("mean feeling".to_owned(), felt(known.mean)),
        ("at the worst moment".to_owned(), felt(known.worst)),
        ("at the best moment".to_owned(), felt(known.best)),
        ("at the end".to_owned(), felt(known.end)),
    ];
    figures.extend(known.outcomes.iter().map(|(outcome, share)| {
        let name = plain(outcome.as_str());
        (format!("end in {name}"), percent(*share))
    }));
    if known.more_outcomes > 0 {
        figures.push(("other outcomes".to_owned(), whole(known.more_outcomes)));
    }
    let edges = (MARGIN, layout.width - MARGIN);
    figures::draw(canvas, &figures, edges, top)
}

/// The greatest pains in words, what the signs mean, and what is not drawn; answers how high the picture is.
pub(super) fn foot(canvas: &mut Canvas, map: &Map<'_>, top: f64) -> f64 {
    let (shown, layout) = (map.shown, &map.layout);
    let mut y = top;
    if !shown.pains_in_words.is_empty() {
        y = pains(canvas, shown, layout, y);
    }
    y = legend(canvas, map, y + 4.0);
    for note in notes(map) {
        y = write(canvas, layout, y, Face::SMALL, "cj-soft", &note);
    }
    y + MARGIN
}

fn pains(canvas: &mut Canvas, shown: &JourneyMap, layout: &Layout, top: f64) -> f64 {
    let head = match shown.pains_in_words.len() {
        1 => "Where it hurts",
        _ => "Where it hurts most",
    };
    let mut y = write(canvas, layout, top, Face::bold(15.0), "cj-ink", head) + 4.0;
    for (rank, pain) in (1..).zip(&shown.pains_in_words) {
        const INDENT: f64 = 68.0;
        canvas.mark("cj-pain", (MARGIN, y), icons::PAIN);
        let mark = Line {
            x: MARGIN + 18.0,
            y,
            room: INDENT - 18.0,
            ..line(layout, y, Face::bold(12.0), "cj-alarm")
        };
        canvas.lines(mark, &[format!("pain {rank}")]);
        let text = Line {
            x: MARGIN + INDENT,
            room: (layout.width - 2.0 * MARGIN - INDENT).min(860.0),
            ..line(layout, y, Face::SMALL, "cj-ink")
        };
        y = canvas.sentence(text, &text.face.wrap(&pain.to_string(), text.room)) + 6.0;
    }
    y + 6.0
}

/// What the signs mean: as many in a line as have room.
fn legend(canvas: &mut Canvas, map: &Map<'_>, top: f64) -> f64 {
    let (shown, layout) = (map.shown, &map.layout);
    let (mut x, mut y) = (MARGIN, top + 4.0);
    canvas.line("cj-rule", (MARGIN, top), (layout.width - MARGIN, top));
    let face = Face::SMALL;
    let room = layout.width - 2.0 * MARGIN - 24.0;
    let mut bottom = y;
    for &sign in &shown.signs {
        let text = meaning(sign);
        let wide = face.width(text).min(room) + 24.0;
        if x > MARGIN && x + wide > layout.width - MARGIN {
            (x, y) = (MARGIN, bottom);
        }
        draw_sign(canvas, sign, (x, y + 2.0));
        let words = Line {
            x: x + 24.0,
            y: y + 2.0,
            room: wide - 24.0,
            ..line(layout, y, face, "cj-soft")
        };
        bottom = bottom.max(canvas.lines(words, &face.wrap(text, room)) + 4.0);
        x += wide + 18.0;
    }
    bottom + 4.0
}

fn meaning(sign: Sign) -> &'static str {
    match sign {
        Sign::LikelyPath => "on the most likely way",
        Sign::Marker => "mean feeling; larger where more customers come",
        Sign::Spread => "8 in 10 visits feel between",
        Sign::Gap => "no data",
        Sign::Jump => "next on the map, but not a way that customers often go",
        Sign::WayOnward => "way onward, with the share of those who leave",
        Sign::WayBack => "way back",
        Sign::Contradiction => "told different things for the same need",
        Sign::Evidence(Evidence::Assumed) => "assumed",
        Sign::Evidence(Evidence::Reported) => "told by people",
        Sign::Evidence(Evidence::Observed) => "counted",
    }
}

/// Draws a sign on a field of 16 by 16.
fn draw_sign(canvas: &mut Canvas, sign: Sign, (x, y): (f64, f64)) {
    let middle = y + 8.0;
    match sign {
        Sign::LikelyPath => canvas.rect("cj-spine", [x + 1.0, y + 3.0, 16.0, 11.0], 3.0),
        Sign::Marker => canvas.circle("cj-f4", (x + 8.0, middle), 6.0),
        Sign::Spread => canvas.rect("cj-spread", [x + 3.0, y, 10.0, 16.0], 5.0),
        Sign::Gap => canvas.circle("cj-gap", (x + 8.0, middle), 6.0),
        Sign::Jump => canvas.line("cj-jump", (x, middle), (x + 18.0, middle)),
        Sign::WayOnward => canvas.line("cj-way", (x, middle), (x + 18.0, middle)),
        Sign::WayBack => canvas.line("cj-back", (x, middle), (x + 18.0, middle)),
        Sign::Contradiction => canvas.mark("cj-strike", (x, y), icons::DIFFERS),
        Sign::Evidence(grade) => {
            let (ring, filled) = icons::evidence(grade);
            canvas.mark("cj-mark", (x, y), ring);
            if !filled.is_empty() {
                canvas.mark("cj-solid", (x, y), filled);
            }
        }
    }
}

/// What has to be said about what is not drawn.
fn notes(map: &Map<'_>) -> Vec<String> {
    let mut notes =
        vec!["Feelings run from -1, as bad as can be, over 0 to +1, as good as can be.".to_owned()];
    if map.shown.ways_left_out > 0 {
        notes.push(match map.shown.ways_left_out {
            1 => "One weaker way is not drawn.".to_owned(),
            ways => format!("{} weaker ways are not drawn.", whole(ways)),
        });
    }
    notes
}
