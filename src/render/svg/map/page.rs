//! Above and below the bands of a map.

use super::Map;
use super::cells::Lane;
use super::layout::{Layout, MARGIN};
use super::story::Story;
use crate::journey::{Evidence, JourneyKind};
use crate::render::number::{MOMENTS, capital, feeling, percent, that, whole};
use crate::render::svg::canvas::{Anchor, Canvas, Line, plain};
use crate::render::svg::figures;
use crate::render::svg::icons;
use crate::render::svg::width::Face;

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
pub(super) fn head(canvas: &mut Canvas, story: &Story<'_>, layout: &Layout) -> f64 {
    let journey = story.journey;
    let title = plain(journey.name());
    let mut y = write(canvas, layout, MARGIN, Face::bold(22.0), "cj-ink", &title);
    y += 2.0;
    for (what, text) in [("Who", journey.persona()), ("When", journey.scenario())] {
        if let Some(text) = text {
            let text = format!("{what}: {}", plain(text));
            y = write(canvas, layout, y, Face::regular(14.0), "cj-ink", &text);
        }
    }
    let kind = match journey.kind() {
        JourneyKind::Planned => "As it is planned to go.",
        JourneyKind::Experienced => "As customers experience it.",
    };
    let grounds: Vec<String> = story
        .evidence
        .iter()
        .map(|part| {
            let ground = match part.evidence {
                Evidence::Assumed => "on assumption",
                Evidence::Reported => "on what people told",
                Evidence::Observed => "on counts",
            };
            format!("{} {ground}", that(part.share, MOMENTS, ("rests", "rest")))
        })
        .collect();
    let about = format!("{kind} {}.", capital(&grounds.join(", ")));
    y = write(canvas, layout, y + 2.0, Face::SMALL, "cj-soft", &about);
    if let Some((all, share)) = story.cut {
        let text = format!(
            "{} touchpoints are too many for one map: this is an overview of the {} that customers meet most, at which {} of \
             their moments lie.",
            whole(all),
            story.stops.len(),
            percent(share)
        );
        y = write(canvas, layout, y + 4.0, Face::bold(12.0), "cj-alarm", &text);
    }
    figures(canvas, story, layout, y + 10.0) + 14.0
}

/// So many outcomes have their share shown.
const OUTCOMES: usize = 4;

/// The journey in figures.
fn figures(canvas: &mut Canvas, story: &Story<'_>, layout: &Layout, top: f64) -> f64 {
    let trajectory = &story.trajectory;
    let felt = |valence: Option<f64>| valence.map_or_else(|| "unknown".to_owned(), feeling);
    let mut figures = vec![
        ("mean feeling".to_owned(), felt(trajectory.mean)),
        (
            "at the worst moment".to_owned(),
            felt(trajectory.worst.mean),
        ),
        ("at the best moment".to_owned(), felt(trajectory.best.mean)),
        ("at the end".to_owned(), felt(trajectory.end)),
    ];
    let outcomes = story.outcomes.iter().take(OUTCOMES);
    figures.extend(outcomes.map(|outcome| {
        let name = plain(outcome.outcome.as_str());
        (format!("end in {name}"), percent(outcome.probability))
    }));
    if story.outcomes.len() > OUTCOMES {
        let more = whole(story.outcomes.len() - OUTCOMES);
        figures.push(("other outcomes".to_owned(), more));
    }
    let edges = (MARGIN, layout.width - MARGIN);
    figures::draw(canvas, &figures, edges, top)
}

/// The greatest pains in words, what the signs mean, and what is not drawn; answers how high the picture is.
pub(super) fn foot(canvas: &mut Canvas, map: &Map<'_>, top: f64) -> f64 {
    let (story, layout) = (map.story, &map.layout);
    let mut y = top;
    if map.marks_pains() && !story.pains.is_empty() {
        y = pains(canvas, story, layout, y);
    }
    y = legend(canvas, map, y + 4.0);
    for note in notes(map) {
        y = write(canvas, layout, y, Face::SMALL, "cj-soft", &note);
    }
    y + MARGIN
}

fn pains(canvas: &mut Canvas, story: &Story<'_>, layout: &Layout, top: f64) -> f64 {
    let head = match story.pains.len() {
        1 => "Where it hurts",
        _ => "Where it hurts most",
    };
    let mut y = write(canvas, layout, top, Face::bold(15.0), "cj-ink", head) + 4.0;
    for (rank, pain) in (1..=3).zip(&story.pains) {
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
    let (story, layout) = (map.story, &map.layout);
    let has = |lane: Lane| map.lanes.contains(&lane);
    let mut signs: Vec<(Sign, &str)> = vec![
        (Sign::Card, "on the most likely way"),
        (
            Sign::Marker,
            "mean feeling; larger where more customers come",
        ),
    ];
    let felt = || story.stops.iter().map(|stop| &stop.felt);
    if felt().any(|felt| felt.low < felt.high) {
        signs.push((Sign::Spread, "8 in 10 visits feel between"));
    }
    if felt().any(|felt| felt.mean.is_none()) {
        signs.push((Sign::Gap, "no data"));
    }
    signs.push((
        Sign::Jump,
        "next on the map, but not a way that customers often go",
    ));
    if has(Lane::Ways) {
        signs.push((
            Sign::Branch,
            "way onward, with the share of those who leave",
        ));
        signs.push((Sign::Back, "way back"));
    }
    if has(Lane::Told) && !story.quarrels.is_empty() {
        signs.push((Sign::Differs, "told different things for the same need"));
    }
    for (grade, text) in [
        (Evidence::Assumed, "assumed"),
        (Evidence::Reported, "told by people"),
        (Evidence::Observed, "counted"),
    ] {
        signs.push((Sign::Evidence(grade), text));
    }
    let (mut x, mut y) = (MARGIN, top + 4.0);
    canvas.line("cj-rule", (MARGIN, top), (layout.width - MARGIN, top));
    let face = Face::SMALL;
    let room = layout.width - 2.0 * MARGIN - 24.0;
    let mut bottom = y;
    for (sign, text) in signs {
        let wide = face.width(text).min(room) + 24.0;
        if x > MARGIN && x + wide > layout.width - MARGIN {
            (x, y) = (MARGIN, bottom);
        }
        sign.draw(canvas, (x, y + 2.0));
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

#[derive(Debug, Clone, Copy)]
enum Sign {
    Card,
    Marker,
    Spread,
    Gap,
    Jump,
    Branch,
    Back,
    Differs,
    Evidence(Evidence),
}

impl Sign {
    /// Draws the sign on a field of 16 by 16.
    fn draw(self, canvas: &mut Canvas, (x, y): (f64, f64)) {
        let middle = y + 8.0;
        match self {
            Self::Card => canvas.rect("cj-spine", [x + 1.0, y + 3.0, 16.0, 11.0], 3.0),
            Self::Marker => canvas.circle("cj-f4", (x + 8.0, middle), 6.0),
            Self::Spread => canvas.rect("cj-spread", [x + 3.0, y, 10.0, 16.0], 5.0),
            Self::Gap => canvas.circle("cj-gap", (x + 8.0, middle), 6.0),
            Self::Jump => canvas.line("cj-jump", (x, middle), (x + 18.0, middle)),
            Self::Branch => canvas.line("cj-way", (x, middle), (x + 18.0, middle)),
            Self::Back => canvas.line("cj-back", (x, middle), (x + 18.0, middle)),
            Self::Differs => canvas.mark("cj-strike", (x, y), icons::DIFFERS),
            Self::Evidence(grade) => {
                let (ring, filled) = icons::evidence(grade);
                canvas.mark("cj-mark", (x, y), ring);
                if !filled.is_empty() {
                    canvas.mark("cj-solid", (x, y), filled);
                }
            }
        }
    }
}

/// What has to be said about what is not drawn.
fn notes(map: &Map<'_>) -> Vec<String> {
    let story = map.story;
    let mut notes =
        vec!["Feelings run from -1, as bad as can be, over 0 to +1, as good as can be.".to_owned()];
    if map.lanes.contains(&Lane::Ways) && story.rare_ways > 0 {
        notes.push(match story.rare_ways {
            1 => "One weaker way is not drawn.".to_owned(),
            ways => format!("{} weaker ways are not drawn.", whole(ways)),
        });
    }
    notes
}
