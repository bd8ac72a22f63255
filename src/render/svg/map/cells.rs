//! What stands in the cells of a map's lanes.

use super::words::Words;
use crate::journey::PromiseResult;
use crate::render::svg::canvas::{Anchor, Canvas, Line, plain};
use crate::render::svg::icons;
use crate::render::svg::width::Face;
use crate::view::map::{Column, Lane, MomentOfTruth, PainMark, TestedPromise};

/// One piece of a cell: a text, and maybe a mark before it.
pub(super) struct Piece {
    mark: Option<(&'static str, &'static str)>,
    text: String,
    face: Face,
    class: &'static str,
}

/// Between a mark and its text, the mark included.
const INDENT: f64 = 20.0;

impl Piece {
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self {
            mark: None,
            text: text.into(),
            face: Face::SMALL,
            class: "cj-ink",
        }
    }

    pub(super) fn mark(mut self, class: &'static str, paths: &'static str) -> Self {
        self.mark = Some((class, paths));
        self
    }

    pub(super) fn class(mut self, class: &'static str) -> Self {
        self.class = class;
        self
    }

    pub(super) fn face(mut self, face: Face) -> Self {
        self.face = face;
        self
    }

    pub(super) fn indent(&self) -> f64 {
        self.mark.map_or(0.0, |_| INDENT)
    }

    pub(super) fn lines(&self, room: f64) -> Vec<String> {
        self.face.wrap(&self.text, room - self.indent())
    }

    /// The room without which a word has to be broken.
    pub(super) fn least_room(&self) -> f64 {
        self.face.widest_word(&self.text) + self.indent()
    }

    pub(super) fn height(&self, room: f64) -> f64 {
        self.lines(room).len() as f64 * self.face.leading()
    }
}

/// How high some pieces are in a room of this width.
pub(super) fn height(pieces: &[Piece], room: f64) -> f64 {
    pieces.iter().map(|piece| piece.height(room)).sum()
}

/// Draws pieces under each other and answers where they end.
pub(super) fn draw(canvas: &mut Canvas, pieces: &[Piece], (x, y): (f64, f64), room: f64) -> f64 {
    let mut top = y;
    for piece in pieces {
        if let Some((class, paths)) = piece.mark {
            canvas.mark(class, (x, top + (piece.face.leading() - 16.0) / 2.0), paths);
        }
        let line = Line {
            x: x + piece.indent(),
            y: top,
            anchor: Anchor::Start,
            face: piece.face,
            class: piece.class,
            room: room - piece.indent(),
        };
        top = canvas.lines(line, &piece.lines(room));
    }
    top
}

/// What a lane says about a touchpoint. The lanes of the curve, of the ways and of pictures draw for themselves.
pub(super) fn of(say: Words<'_>, lane: Lane, column: &Column, place: usize) -> Vec<Piece> {
    let wall = &column.wall;
    match lane {
        Lane::Touchpoint => vec![Piece::new(plain(&column.label)).face(Face::STRONG)],
        Lane::Channel => {
            let icon = icons::channel(&column.channel);
            vec![Piece::new(say.channel(&column.channel)).mark("cj-mark", icon)]
        }
        Lane::Need => texts(wall.need.as_ref()),
        Lane::Does => texts(wall.does.as_ref()),
        Lane::Backstage => texts(wall.backstage.as_ref()),
        Lane::Notes => texts(wall.notes.as_ref()),
        Lane::Told => quotes(say, column.says.as_ref()),
        Lane::Quotes => with_more(say, quotes(say, &wall.quotes.first), wall.quotes.more),
        Lane::Ideas => {
            let ideas = wall.ideas.first.iter();
            let ideas = ideas.map(|idea| Piece::new(plain(idea)).mark("cj-mark", icons::IDEA));
            with_more(say, ideas.collect(), wall.ideas.more)
        }
        Lane::Figures => {
            let figures = wall.figures.iter();
            let figures = figures.map(|figure| (say.figure(figure), figure.is_few));
            figures
                .map(|(text, is_quiet)| Piece::new(text).class(quiet_if(is_quiet)))
                .collect()
        }
        Lane::Cost => {
            let cost = wall.cost.iter();
            cost.map(|cost| Piece::new(say.cost(cost))).collect()
        }
        Lane::Waits => {
            let waits = column.waits.iter();
            waits
                .map(|wait| Piece::new(say.wait(wait, place)).mark("cj-mark", icons::WAIT))
                .collect()
        }
        Lane::Intended => intended(say, column),
        Lane::Promise => promises(say, column),
        Lane::Pain => column
            .pain
            .iter()
            .flat_map(|mark| pain(say, mark))
            .collect(),
        Lane::Bright => column
            .bright
            .iter()
            .flat_map(|mark| super::bright::cell(say, mark))
            .collect(),
        Lane::Truth => column
            .moment_of_truth
            .iter()
            .flat_map(|moment| truth(say, moment))
            .collect(),
        Lane::Owner => {
            let owner = column.owner.iter();
            owner
                .map(|owner| Piece::new(plain(owner)).mark("cj-mark", icons::OWNER))
                .collect()
        }
        Lane::Abilities => {
            let able = column.abilities.iter();
            able.map(|&can| Piece::new(say.ability(can)).mark("cj-mark", icons::CAN))
                .collect()
        }
        Lane::Comes => comes(say, column),
        Lane::Ends => {
            let endings = column.endings.iter();
            endings
                .map(|ending| {
                    Piece::new(say.ending(ending))
                        .mark("cj-mark", icons::END)
                        .class(quiet_if(ending.is_rare))
                })
                .collect()
        }
        Lane::Image | Lane::Ways | Lane::Feeling | Lane::Visibility => Vec::new(),
    }
}

/// What few customers meet, or nobody says what it rests on, is written in a quiet colour.
fn quiet_if(is_rare: bool) -> &'static str {
    if is_rare { "cj-faint" } else { "cj-ink" }
}

fn texts<'a>(texts: impl IntoIterator<Item = &'a String>) -> Vec<Piece> {
    texts
        .into_iter()
        .map(|text| Piece::new(plain(text)))
        .collect()
}

fn quotes<'a>(say: Words<'_>, texts: impl IntoIterator<Item = &'a String>) -> Vec<Piece> {
    let quoted = texts.into_iter().map(|text| say.quoted(text));
    quoted
        .map(|text| Piece::new(text).class("cj-quote"))
        .collect()
}

fn with_more(say: Words<'_>, mut pieces: Vec<Piece>, more: usize) -> Vec<Piece> {
    if more > 0 {
        pieces.push(Piece::new(say.more(more)).class("cj-soft"));
    }
    pieces
}

fn intended(say: Words<'_>, column: &Column) -> Vec<Piece> {
    let Some(intended) = &column.intended else {
        return Vec::new();
    };
    let meant = Piece::new(say.intended(intended)).mark("cj-mark", icons::INTENDED);
    let felt = column.marker.as_ref();
    let felt = felt.map(|marker| Piece::new(say.but_felt(marker.mean)).class("cj-soft"));
    std::iter::once(meant).chain(felt).collect()
}

fn promises(say: Words<'_>, column: &Column) -> Vec<Piece> {
    let made = column
        .makes
        .iter()
        .map(|promise| Piece::new(say.makes(promise)).mark("cj-solid", icons::MADE));
    made.chain(column.tests.iter().flat_map(|promise| tested(say, promise)))
        .collect()
}

fn tested(say: Words<'_>, promise: &TestedPromise) -> Vec<Piece> {
    let head = Piece::new(say.tests(&promise.name)).class("cj-soft");
    let results = promise.results.iter().map(|&(result, share)| {
        let (class, mark) = match result {
            PromiseResult::Kept => ("cj-tick", icons::TICK),
            PromiseResult::Broken => ("cj-strike", icons::CROSS),
            PromiseResult::Unknown => ("cj-mark", icons::QUESTION),
        };
        Piece::new(say.result(result, share)).mark(class, mark)
    });
    std::iter::once(head).chain(results).collect()
}

fn pain(say: Words<'_>, pain: &PainMark) -> Vec<Piece> {
    let head = Piece::new(say.pain(pain.rank)).mark("cj-pain", icons::PAIN);
    let head = if pain.is_great {
        head.face(Face::bold(12.0)).class("cj-alarm")
    } else {
        head
    };
    let weight = pain.share_of_hurt;
    let weight = weight.map(|share| Piece::new(say.of_all_hurt(share)).class("cj-soft"));
    let causes = pain
        .causes
        .iter()
        .filter_map(|cause| say.cause(cause))
        .map(Piece::new);
    let moves = pain.moves.map(|rank| Piece::new(say.no_in_moving(rank)));
    std::iter::once(head)
        .chain(weight)
        .chain(moves)
        .chain(causes)
        .collect()
}

fn truth(say: Words<'_>, truth: &MomentOfTruth) -> [Piece; 2] {
    [
        Piece::new(say.truth(truth.rank))
            .mark("cj-solid", icons::TRUTH)
            .face(Face::bold(12.0)),
        Piece::new(say.moves(&truth.outcome, truth.moves)).class("cj-soft"),
    ]
}

fn comes(say: Words<'_>, column: &Column) -> Vec<Piece> {
    let quiet = quiet_if(column.is_rare);
    let visitors = Piece::new(say.visitors(column.visitors)).class(quiet);
    let again = column.visits_each.map(|visits| {
        Piece::new(say.each(visits))
            .mark("cj-mark", icons::AGAIN)
            .class(quiet)
    });
    let partly = column
        .feeling_known_of
        .map(|known| Piece::new(say.known_of(known)).class("cj-soft"));
    std::iter::once(visitors)
        .chain(again)
        .chain(partly)
        .collect()
}
