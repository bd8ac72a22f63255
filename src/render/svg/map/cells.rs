//! What stands in the cells of a map's lanes.

use crate::analysis::{PainCause, PainCauseKind};
use crate::journey::{Ability, PromiseResult};
use crate::render::number::{feeling, of_100, percent, share, size};
use crate::render::svg::canvas::{Anchor, Canvas, Line, plain};
use crate::render::svg::icons;
use crate::render::svg::width::Face;
use crate::view::map::{Column, Lane, MomentOfTruth, PainMark, TestedPromise, Visitors};

/// What a lane is called.
pub(super) fn name(lane: Lane) -> &'static str {
    match lane {
        Lane::Touchpoint => "Touchpoint",
        Lane::Channel => "Channel",
        Lane::Ways => "Where customers go next",
        Lane::Told => "What they are told",
        Lane::Feeling => "Feeling",
        Lane::Promise => "Promises",
        Lane::Pain => "Pain",
        Lane::Truth => "Moments of truth",
        Lane::Owner => "Owner",
        Lane::Abilities => "Possible here",
        Lane::Comes => "Who comes",
        Lane::Ends => "Journeys that end here",
    }
}

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
    fn new(text: impl Into<String>) -> Self {
        Self {
            mark: None,
            text: text.into(),
            face: Face::SMALL,
            class: "cj-ink",
        }
    }

    fn mark(mut self, class: &'static str, paths: &'static str) -> Self {
        self.mark = Some((class, paths));
        self
    }

    fn class(mut self, class: &'static str) -> Self {
        self.class = class;
        self
    }

    fn face(mut self, face: Face) -> Self {
        self.face = face;
        self
    }

    fn indent(&self) -> f64 {
        self.mark.map_or(0.0, |_| INDENT)
    }

    fn lines(&self, room: f64) -> Vec<String> {
        self.face.wrap(&self.text, room - self.indent())
    }

    /// The room without which a word has to be broken.
    pub(super) fn least_room(&self) -> f64 {
        self.face.widest_word(&self.text) + self.indent()
    }

    fn height(&self, room: f64) -> f64 {
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

/// What a lane says about a touchpoint. The lanes of the curve and of the ways draw for themselves.
pub(super) fn of(lane: Lane, column: &Column) -> Vec<Piece> {
    match lane {
        Lane::Touchpoint => vec![Piece::new(plain(&column.label)).face(Face::STRONG)],
        Lane::Channel => {
            let icon = icons::channel(&column.channel);
            vec![Piece::new(plain(column.channel.as_str())).mark("cj-mark", icon)]
        }
        Lane::Told => {
            let says = column.says.iter();
            says.map(|says| Piece::new(format!("“{}”", plain(says))).class("cj-quote"))
                .collect()
        }
        Lane::Promise => {
            let made = column.makes.iter().map(|promise| {
                Piece::new(format!("makes “{}”", plain(promise))).mark("cj-solid", icons::MADE)
            });
            made.chain(column.tests.iter().flat_map(tested)).collect()
        }
        Lane::Pain => column.pain.iter().flat_map(pain).collect(),
        Lane::Truth => column.moment_of_truth.iter().flat_map(truth).collect(),
        Lane::Owner => {
            let owner = column.owner.iter();
            owner
                .map(|owner| Piece::new(plain(owner)).mark("cj-mark", icons::OWNER))
                .collect()
        }
        Lane::Abilities => {
            let able = column.abilities.iter();
            able.map(|&can| Piece::new(ability_name(can)).mark("cj-mark", icons::CAN))
                .collect()
        }
        Lane::Comes => comes(column),
        Lane::Ends => {
            let endings = column.endings.iter();
            endings
                .map(|ending| {
                    let outcome = plain(ending.outcome.as_str());
                    let text = format!("{outcome}: {} journeys", share(ending.share));
                    Piece::new(text)
                        .mark("cj-mark", icons::END)
                        .class(quiet_if(ending.is_rare))
                })
                .collect()
        }
        Lane::Ways | Lane::Feeling => Vec::new(),
    }
}

/// What few customers meet is written in a quiet colour.
fn quiet_if(is_rare: bool) -> &'static str {
    if is_rare { "cj-faint" } else { "cj-ink" }
}

fn ability_name(ability: Ability) -> &'static str {
    match ability {
        Ability::Resolve => "put things right",
        Ability::Listen => "be heard",
        Ability::Answer => "get an answer",
        Ability::Recognise => "be recognised",
    }
}

fn tested(promise: &TestedPromise) -> Vec<Piece> {
    let head = Piece::new(format!("tests “{}”", plain(&promise.name))).class("cj-soft");
    let results = promise.results.iter().map(|&(result, share)| {
        let (word, class, mark) = match result {
            PromiseResult::Kept => ("kept", "cj-tick", icons::TICK),
            PromiseResult::Broken => ("broken", "cj-strike", icons::CROSS),
            PromiseResult::Unknown => ("unknown", "cj-mark", icons::QUESTION),
        };
        Piece::new(format!("{word} {}", percent(share))).mark(class, mark)
    });
    std::iter::once(head).chain(results).collect()
}

fn pain(pain: &PainMark) -> Vec<Piece> {
    let head = Piece::new(format!("pain {}", pain.rank)).mark("cj-pain", icons::PAIN);
    let head = if pain.is_great {
        head.face(Face::bold(12.0)).class("cj-alarm")
    } else {
        head
    };
    let weight = pain.share_of_hurt;
    let weight =
        weight.map(|share| Piece::new(format!("{} of all hurt", percent(share))).class("cj-soft"));
    let causes = pain.causes.iter().filter_map(cause).map(Piece::new);
    std::iter::once(head).chain(weight).chain(causes).collect()
}

/// A cause in a few words.
fn cause(PainCause { kind, figure }: &PainCause) -> Option<String> {
    Some(match kind {
        // Told by the curve and the lane of promises.
        PainCauseKind::NegativeEmotion | PainCauseKind::BrokenPromise => return None,
        PainCauseKind::NoMandate => "nobody here may put it right".to_owned(),
        PainCauseKind::KeptButCold => format!("kept but cold: {}", feeling(*figure)),
        PainCauseKind::Repetition => format!("{} visits each", size(*figure)),
        PainCauseKind::NotRecognised => format!("{} begin again, not recognised", percent(*figure)),
        PainCauseKind::Contradiction => {
            format!("{} are told otherwise elsewhere", percent(*figure))
        }
        PainCauseKind::DropOff => format!("{} drop off here", percent(*figure)),
    })
}

fn truth(truth: &MomentOfTruth) -> [Piece; 2] {
    let outcome = plain(truth.outcome.as_str());
    [
        Piece::new(format!("moment of truth {}", truth.rank))
            .mark("cj-solid", icons::TRUTH)
            .face(Face::bold(12.0)),
        Piece::new(format!("moves {outcome} by {}", size(truth.moves))).class("cj-soft"),
    ]
}

fn comes(column: &Column) -> Vec<Piece> {
    let visitors = match column.visitors {
        Visitors::Visits(visits) => Piece::new(format!("{} visits per journey", size(visits))),
        Visitors::Nobody => Piece::new("nobody comes here").class("cj-faint"),
        Visitors::Reach(reach) => {
            Piece::new(format!("{} journeys", share(reach))).class(quiet_if(column.is_rare))
        }
    };
    let again = column.visits_each.map(|visits| {
        Piece::new(format!("{} visits each", size(visits)))
            .mark("cj-mark", icons::AGAIN)
            .class(quiet_if(column.is_rare))
    });
    let partly = column.feeling_known_of.map(|known| {
        Piece::new(format!("feeling known of {} of 100", of_100(known))).class("cj-soft")
    });
    std::iter::once(visitors)
        .chain(again)
        .chain(partly)
        .collect()
}
