//! What stands in the cells of a map's lanes.

use super::story::{Stop, Story};
use crate::analysis::{PainCause, PainCauseKind, PainPoint};
use crate::journey::{Ability, Promise};
use crate::render::number::{feeling, of_100, percent, share, size};
use crate::render::svg::canvas::{Anchor, Canvas, Line, plain};
use crate::render::svg::icons;
use crate::render::svg::width::Face;

/// A lane of texts. The other lanes, the curve and the ways, draw for themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lane {
    Touchpoint,
    Channel,
    Ways,
    Told,
    Feeling,
    Promise,
    Pain,
    Truth,
    Owner,
    Abilities,
    Comes,
    Ends,
}

impl Lane {
    pub(super) const OVERVIEW: &'static [Self] = &[Self::Touchpoint, Self::Channel, Self::Feeling];
    pub(super) const WORKSHOP: &'static [Self] = &[
        Self::Touchpoint,
        Self::Channel,
        Self::Ways,
        Self::Told,
        Self::Feeling,
        Self::Pain,
        Self::Promise,
        Self::Truth,
        Self::Abilities,
        Self::Owner,
        Self::Comes,
        Self::Ends,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Touchpoint => "Touchpoint",
            Self::Channel => "Channel",
            Self::Ways => "Where customers go next",
            Self::Told => "What they are told",
            Self::Feeling => "Feeling",
            Self::Promise => "Promises",
            Self::Pain => "Pain",
            Self::Truth => "Moments of truth",
            Self::Owner => "Owner",
            Self::Abilities => "Possible here",
            Self::Comes => "Who comes",
            Self::Ends => "Journeys that end here",
        }
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

/// What a lane says about a stop.
pub(super) fn of(lane: Lane, story: &Story<'_>, stop: &Stop<'_>) -> Vec<Piece> {
    let touchpoint = stop.touchpoint;
    match lane {
        Lane::Touchpoint => vec![Piece::new(plain(touchpoint.label())).face(Face::STRONG)],
        Lane::Channel => {
            let icon = icons::channel(&touchpoint.channel);
            vec![Piece::new(plain(touchpoint.channel.as_str())).mark("cj-mark", icon)]
        }
        Lane::Told => {
            let says = touchpoint.says.iter();
            says.map(|says| Piece::new(format!("“{}”", plain(says))).class("cj-quote"))
                .collect()
        }
        Lane::Promise => promises(stop),
        Lane::Pain => stop
            .pain
            .iter()
            .flat_map(|(rank, pain)| pains(*rank, pain))
            .collect(),
        Lane::Truth => truths(story, stop),
        Lane::Owner => {
            let owner = touchpoint.owner.iter();
            owner
                .map(|owner| Piece::new(plain(owner)).mark("cj-mark", icons::OWNER))
                .collect()
        }
        Lane::Abilities => {
            let can = |ability| Piece::new(ability_name(ability)).mark("cj-mark", icons::CAN);
            let able = Ability::ALL.iter().copied();
            able.filter(|&ability| touchpoint.is_able_to(ability))
                .map(can)
                .collect()
        }
        Lane::Comes => comes(stop),
        Lane::Ends => {
            let endings = stop.endings.iter();
            endings
                .map(|ending| {
                    let outcome = plain(ending.outcome.as_str());
                    let text = format!("{outcome}: {} journeys", share(ending.flow));
                    Piece::new(text)
                        .mark("cj-mark", icons::END)
                        .class(quiet(ending.flow))
                })
                .collect()
        }
        Lane::Ways | Lane::Feeling => Vec::new(),
    }
}

/// What few customers meet is written in a quiet colour.
pub(super) fn quiet(share: f64) -> &'static str {
    const FEW: f64 = 0.05;
    if share < FEW { "cj-faint" } else { "cj-ink" }
}

fn ability_name(ability: Ability) -> &'static str {
    match ability {
        Ability::Resolve => "put things right",
        Ability::Listen => "be heard",
        Ability::Answer => "get an answer",
        Ability::Recognise => "be recognised",
    }
}

fn promises(stop: &Stop<'_>) -> Vec<Piece> {
    let made = stop.touchpoint.makes.iter().map(|promise| {
        Piece::new(format!("makes “{}”", plain(promise))).mark("cj-solid", icons::MADE)
    });
    let tested = stop.touchpoint.promise.iter().flat_map(tested);
    made.chain(tested).collect()
}

fn tested(promise: &Promise) -> Vec<Piece> {
    let mut pieces = vec![Piece::new(format!("tests “{}”", plain(&promise.name))).class("cj-soft")];
    // Weights may be too large to be added.
    let greatest = promise.kept.max(promise.broken).max(promise.unknown);
    let parts = [promise.kept, promise.broken, promise.unknown].map(|weight| weight / greatest);
    let all: f64 = parts.iter().sum();
    let marks = [
        ("kept", "cj-tick", icons::TICK),
        ("broken", "cj-strike", icons::CROSS),
        ("unknown", "cj-mark", icons::QUESTION),
    ];
    for (part, (word, class, mark)) in parts.into_iter().zip(marks) {
        if part > 0.0 {
            pieces.push(Piece::new(format!("{word} {}", percent(part / all))).mark(class, mark));
        }
    }
    pieces
}

/// The greatest pains stand out.
const GREATEST: usize = 3;

fn pains(rank: usize, pain: &PainPoint) -> Vec<Piece> {
    let head = Piece::new(format!("pain {rank}")).mark("cj-pain", icons::PAIN);
    let head = if rank <= GREATEST {
        head.face(Face::bold(12.0)).class("cj-alarm")
    } else {
        head
    };
    let weight = (pain.hurt > 0.0)
        .then(|| Piece::new(format!("{} of all hurt", percent(pain.share))).class("cj-soft"));
    let causes = pain.causes.iter().filter_map(cause).map(Piece::new);
    std::iter::once(head).chain(weight).chain(causes).collect()
}

/// A cause in a few words; how bad customers feel is told by the curve.
fn cause(
    PainCause {
        kind: cause,
        figure,
    }: &PainCause,
) -> Option<String> {
    Some(match cause {
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

fn truths(story: &Story<'_>, stop: &Stop<'_>) -> Vec<Piece> {
    let Some(((rank, decides), outcome)) = stop.truth.zip(story.outcome.as_ref()) else {
        return Vec::new();
    };
    vec![
        Piece::new(format!("moment of truth {rank}"))
            .mark("cj-solid", icons::TRUTH)
            .face(Face::bold(12.0)),
        Piece::new(format!(
            "moves {} by {}",
            plain(outcome.as_str()),
            size(decides)
        ))
        .class("cj-soft"),
    ]
}

fn comes(stop: &Stop<'_>) -> Vec<Piece> {
    const AGAIN: f64 = 1.05;
    let figures = &stop.figures;
    let reach = match figures.reach {
        None => Piece::new(format!("{} visits per journey", size(figures.visits))),
        Some(reach) if reach <= 0.0 => Piece::new("nobody comes here").class("cj-faint"),
        Some(reach) => Piece::new(format!("{} journeys", share(reach))).class(quiet(reach)),
    };
    let again = figures.repeats.filter(|&repeats| repeats >= AGAIN);
    let again = again.map(|repeats| {
        Piece::new(format!("{} visits each", size(repeats)))
            .mark("cj-mark", icons::AGAIN)
            .class(quiet(figures.reach.unwrap_or(1.0)))
    });
    let known = stop.felt.coverage;
    let partly = (known > 0.0 && known < 1.0 - 1e-9)
        .then(|| Piece::new(format!("feeling known of {}", of_100_of(known))).class("cj-soft"));
    std::iter::once(reach).chain(again).chain(partly).collect()
}

fn of_100_of(share: f64) -> String {
    format!("{} of 100", of_100(share))
}
