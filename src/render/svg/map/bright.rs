//! Bright spots on a map: their cells, and the greatest of them in words below it.

use super::cells::Piece;
use super::layout::{Layout, MARGIN};
use super::page::{line, write};
use super::words::Words;
use crate::render::svg::canvas::{Canvas, Line};
use crate::render::svg::icons;
use crate::render::svg::width::Face;
use crate::view::map::{BrightMark, JourneyMap};

/// What stands in the row of bright spots.
pub(super) fn cell(say: Words<'_>, bright: &BrightMark) -> Vec<Piece> {
    let head = Piece::new(say.bright(bright.rank)).mark("cj-good", icons::BRIGHT);
    let head = if bright.is_great {
        head.face(Face::bold(12.0)).class("cj-good")
    } else {
        head
    };
    let share = Piece::new(say.of_all_good(bright.share)).class("cj-soft");
    let positive = bright
        .positive
        .map(|positive| Piece::new(say.feel_good(positive)));
    let warm = bright.is_warm.filter(|&warm| warm);
    let warm = warm.map(|_| Piece::new(say.word("kept with warmth").to_owned()));
    std::iter::once(head)
        .chain([share])
        .chain(positive)
        .chain(warm)
        .collect()
}

/// The greatest bright spots in words; answers how far down they reach.
pub(super) fn foot(
    canvas: &mut Canvas,
    (shown, say): (&JourneyMap, Words<'_>),
    layout: &Layout,
    top: f64,
) -> f64 {
    let head = say.brights(shown.bright_in_words.len());
    let mut y = write(canvas, layout, top, Face::bold(15.0), "cj-ink", head) + 4.0;
    for (rank, spot) in (1..).zip(&shown.bright_in_words) {
        let named = say.bright(rank);
        let indent = Face::bold(12.0).width(&named) + 28.0;
        canvas.mark("cj-good", (MARGIN, y), icons::BRIGHT);
        let mark = Line {
            x: MARGIN + 18.0,
            y,
            room: indent - 18.0,
            ..line(layout, y, Face::bold(12.0), "cj-good")
        };
        canvas.lines(mark, &[named]);
        let text = Line {
            x: MARGIN + indent,
            room: (layout.width - 2.0 * MARGIN - indent).min(860.0),
            ..line(layout, y, Face::SMALL, "cj-ink")
        };
        y = canvas.sentence(text, &text.face.wrap(&say.bright_in_words(spot), text.room)) + 6.0;
    }
    y + 6.0
}

impl<'a> Words<'a> {
    fn brights(self, spots: usize) -> &'a str {
        self.word(match spots {
            1 => "Where it feels good",
            _ => "Where it feels best",
        })
    }

    pub(super) fn bright(self, rank: usize) -> String {
        self.say("bright spot {}", &[&rank.to_string()])
    }

    pub(super) fn of_all_good(self, share: f64) -> String {
        self.say("{} of the good feelings", &[&self.percent(share)])
    }

    pub(super) fn feel_good(self, share: f64) -> String {
        self.say("{} of visits feel good", &[&self.percent(share)])
    }
}
