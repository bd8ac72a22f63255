//! Above and below the bands of a map.

use super::Map;
use super::feeling::FELT_GIVEN;
use super::layout::{Layout, MARGIN};
use super::ways::diamond;
use super::words::Words;
use crate::render::number::{count, feeling, or_unknown, percent, whole};
use crate::render::svg::canvas::{Anchor, Canvas, Line, N, plain};
use crate::render::svg::figures;
use crate::render::svg::icons;
use crate::render::svg::width::Face;
use crate::view::map::{JourneyMap, Lane, Sign};

pub(super) fn line(layout: &Layout, y: f64, face: Face, class: &'static str) -> Line<'static> {
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
pub(super) fn write(
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
pub(super) fn head(canvas: &mut Canvas, map: &Map<'_>) -> f64 {
    let (shown, layout, say) = (map.shown, &map.layout, map.say);
    let title = plain(&shown.name);
    let mut y = write(canvas, layout, MARGIN, Face::bold(22.0), "cj-ink", &title);
    y = persona(canvas, (shown, say), layout, y + 4.0);
    let about = format!("{} {}", say.kind(shown.kind), say.grounds(&shown.evidence));
    y = write(canvas, layout, y + 2.0, Face::SMALL, "cj-soft", &about);
    if let Some(cut) = &shown.cut {
        let text = say.cut(cut, shown.columns.len());
        y = write(canvas, layout, y + 4.0, Face::bold(12.0), "cj-alarm", &text);
    }
    if !shown.figures.knows_feelings {
        let text = say.word("No feeling is known on this map: it shows promises and traffic.");
        y = write(canvas, layout, y + 4.0, Face::SMALL, "cj-soft", text);
    }
    figures(canvas, (shown, say), layout, y + 10.0) + 14.0
}

/// A card with who travels, in which situation, and what for; answers where it ends.
fn persona(
    canvas: &mut Canvas,
    (shown, say): (&JourneyMap, Words<'_>),
    layout: &Layout,
    top: f64,
) -> f64 {
    const AIR: f64 = 8.0;
    const INDENT: f64 = 34.0;
    let needs: Vec<String> = shown.needs.iter().map(|need| plain(need)).collect();
    let needs = (!needs.is_empty()).then(|| needs.join("; "));
    let texts = [
        (say.word("Who"), &shown.persona, Face::regular(14.0)),
        (say.word("When"), &shown.scenario, Face::regular(14.0)),
        (say.word("Come for"), &needs, Face::SMALL),
        (say.word("Noted"), &shown.notes, Face::SMALL),
    ];
    let width = layout.width - 2.0 * MARGIN;
    let room = width - INDENT - AIR;
    let texts: Vec<(Face, Vec<String>)> = texts
        .into_iter()
        .filter_map(|(what, text, face)| {
            let text = format!("{what}: {}", plain(text.as_ref()?));
            Some((face, face.wrap(&text, room)))
        })
        .collect();
    if texts.is_empty() {
        return top;
    }
    let lines = texts
        .iter()
        .map(|(face, lines)| face.leading() * lines.len() as f64 + 2.0);
    let height = lines.sum::<f64>() + 2.0 * AIR;
    canvas.rect("cj-person", [MARGIN, top, width, height], 6.0);
    canvas.mark("cj-mark", (MARGIN + 9.0, top + AIR + 1.0), icons::OWNER);
    let mut y = top + AIR;
    for (face, lines) in texts {
        let line = Line {
            x: MARGIN + INDENT,
            room,
            ..line(layout, y, face, "cj-ink")
        };
        y = canvas.lines(line, &lines) + 2.0;
    }
    top + height + 4.0
}

/// The journey in figures.
fn figures(
    canvas: &mut Canvas,
    (shown, say): (&JourneyMap, Words<'_>),
    layout: &Layout,
    top: f64,
) -> f64 {
    let known = &shown.figures;
    let felt = |valence: Option<f64>| say.figures(&or_unknown(valence, feeling));
    let mut figures: Vec<(String, String)> = if known.knows_feelings {
        let felt = [
            (say.word("mean feeling"), felt(known.mean)),
            (say.word("at the worst moment"), felt(known.worst)),
            (say.word("at the best moment"), felt(known.best)),
            (say.word("at the end"), felt(known.end)),
        ];
        felt.map(|(what, figure)| (what.to_owned(), figure)).into()
    } else {
        let promises = known.promises.iter();
        let promises = promises
            .map(|(promise, kept)| (say.kept(promise), say.figures(&or_unknown(*kept, percent))));
        let moments = (
            say.word("touchpoints per journey").to_owned(),
            say.figures(&count(known.moments)),
        );
        std::iter::once(moments).chain(promises).collect()
    };
    figures.extend(
        known
            .outcomes
            .iter()
            .map(|(outcome, share)| (say.ends_in(outcome), say.percent(*share))),
    );
    if known.more_outcomes > 0 {
        figures.push((
            say.word("other outcomes").to_owned(),
            whole(known.more_outcomes),
        ));
    }
    let edges = (MARGIN, layout.width - MARGIN);
    figures::draw(canvas, &figures, edges, top)
}

/// The greatest pains in words, what the signs mean, and what is not drawn; answers how high the picture is.
pub(super) fn foot(canvas: &mut Canvas, map: &Map<'_>, top: f64) -> f64 {
    let (shown, layout) = (map.shown, &map.layout);
    let mut y = top;
    if shown.pains_in_words.is_empty() {
        y = moving(canvas, (shown, map.say), layout, y);
    } else {
        y = pains(canvas, (shown, map.say), layout, y);
    }
    if !shown.bright_in_words.is_empty() {
        y = super::bright::foot(canvas, (shown, map.say), layout, y);
    }
    y = legend(canvas, map, y + 4.0);
    for note in notes(map) {
        y = write(canvas, layout, y, Face::SMALL, "cj-soft", &note);
    }
    y + MARGIN
}

fn pains(
    canvas: &mut Canvas,
    (shown, say): (&JourneyMap, Words<'_>),
    layout: &Layout,
    top: f64,
) -> f64 {
    let head = say.pains(shown.pains_in_words.len());
    let mut y = write(canvas, layout, top, Face::bold(15.0), "cj-ink", head) + 4.0;
    if shown.begins_elsewhere {
        y = moving(canvas, (shown, say), layout, y);
    }
    // As far to the right as the longest of these words wants.
    let face = Face::bold(12.0);
    let indent = (1..=shown.pains_in_words.len())
        .map(|rank| 18.0 + face.width(&say.pain(rank)) + 8.0)
        .fold(68.0, f64::max);
    for (rank, pain) in (1..).zip(&shown.pains_in_words) {
        canvas.mark("cj-pain", (MARGIN, y), icons::PAIN);
        let mark = Line {
            x: MARGIN + 18.0,
            y,
            room: indent - 18.0,
            ..line(layout, y, face, "cj-alarm")
        };
        canvas.lines(mark, &[say.pain(rank)]);
        let text = Line {
            x: MARGIN + indent,
            room: (layout.width - 2.0 * MARGIN - indent).min(860.0),
            ..line(layout, y, Face::SMALL, "cj-ink")
        };
        let told = say.pain_in_words(shown, pain);
        y = canvas.sentence(text, &text.face.wrap(&told, text.room));
        if let Some(quote) = &pain.quote {
            let line = Line {
                y,
                class: "cj-quote",
                ..text
            };
            let quote = say.quoted(quote);
            y = canvas.lines(line, &line.face.wrap(&quote, line.room));
        }
        y += 6.0;
    }
    if !shown.begins_elsewhere {
        y = moving(canvas, (shown, say), layout, y);
    }
    y + 6.0
}

/// The other order of the pains, where it begins otherwise.
fn moving(
    canvas: &mut Canvas,
    (shown, say): (&JourneyMap, Words<'_>),
    layout: &Layout,
    top: f64,
) -> f64 {
    if shown.moving.is_empty() {
        return top;
    }
    let told = say.moving(&shown.moving);
    write(canvas, layout, top, Face::SMALL, "cj-ink", &told) + 6.0
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
        let text = map.say.sign(sign);
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

/// Draws a sign on a field of 16 by 16.
fn draw_sign(canvas: &mut Canvas, sign: Sign, (x, y): (f64, f64)) {
    let middle = y + 8.0;
    match sign {
        Sign::LikelyPath => canvas.rect("cj-spine", [x + 1.0, y + 3.0, 16.0, 11.0], 3.0),
        Sign::Marker => canvas.circle("cj-f4", (x + 8.0, middle), 6.0),
        Sign::Spread => canvas.rect("cj-spread", [x + 3.0, y, 10.0, 16.0], 5.0),
        Sign::FeltGiven => canvas.circle("cj-station", (x + 8.0, middle), FELT_GIVEN),
        Sign::WayGiven => canvas.path("cj-tip", &diamond(x + 8.0, middle)),
        Sign::Gap => canvas.circle("cj-gap", (x + 8.0, middle), 6.0),
        Sign::Intended => canvas.mark("cj-intended", (x, y), icons::INTENDED),
        Sign::Stream => {
            let (left, right) = (x + 1.0, x + 17.0);
            for (level, width) in [(y + 4.0, 1.8), (y + 11.0, 6.4)] {
                let data = format!("M{} {}H{}", N(left), N(level), N(right));
                canvas.stroke("cj-curve", &data, width);
            }
        }
        Sign::Bypass => {
            let data = format!("M{} {}H{}", N(x + 1.0), N(middle), N(x + 17.0));
            canvas.stroke("cj-bypass", &data, 5.0);
        }
        Sign::Jump | Sign::Skip => canvas.line("cj-jump", (x, middle), (x + 18.0, middle)),
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

/// What has to be said about the scale, and about what is not drawn.
fn notes(map: &Map<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    if map.shown.has(Lane::Feeling) {
        notes.push(map.say.scale().to_owned());
    }
    if map.shown.ways_left_out > 0 {
        notes.push(map.say.ways_left_out(map.shown.ways_left_out));
    }
    notes
}
