//! Where it hurts, in words.

use super::activation::first_by_activation;
use super::{PainCauseKind, PainPoint};
use crate::page::number::{
    JOURNEYS, VISITS, among, capital, count, feeling, is_all, list, percent, share, size, that,
    whole,
};
use crate::page::words::{name, place, quoted};
use crate::page::{Block, Card, Cell, Question, Section, Table, bar, number, said, text};

impl Question for Vec<PainPoint> {
    fn sections(&self) -> Vec<Section> {
        let noun = ("pain point", "pain points");
        let mut section = Section::new("pains", "Where it hurts");
        if self.is_empty() {
            section.say(
                "No pain is known: where the feeling is known it is nowhere bad, and no promise is known to be broken.",
            );
        } else {
            section.say(
                "Touchpoints where customers feel bad or promises are broken, the worst first. Feelings are numbers from -1 \
                 (as bad as can be) to +1 (as good as can be); hurt is how far below 0 they are, times how often.",
            );
        }
        if let Some(otherwise) = by_activation(self) {
            section.say(otherwise);
        }
        let ranked: Vec<(usize, &PainPoint)> = (1..).zip(self).collect();
        section.put(Block::Fold("The pain points as a table", tables(&ranked)));
        let cards = ranked.iter().map(|&(rank, pain)| card(rank, pain));
        section.put(Block::Cards(cards.collect(), noun));
        vec![section]
    }
}

/// What the other ranking says, where it begins differently.
fn by_activation(pains: &[PainPoint]) -> Option<String> {
    let first = first_by_activation(pains);
    if first.is_empty() {
        return None;
    }
    let named: Vec<String> = first
        .into_iter()
        .map(|pain| {
            let comers = pain.reach.map_or_else(String::new, |reach| {
                format!(", met by {}", among(reach, JOURNEYS))
            });
            let figure = pain.activation.map_or_else(String::new, size);
            format!("{} ({figure}{comers})", place(&pain.id))
        })
        .collect();
    let unknown = pains
        .iter()
        .filter(|pain| pain.activation.is_none())
        .count();
    let left_out = match unknown {
        0 => String::new(),
        1 => " One pain is left out, since its feeling is known as a number only.".to_owned(),
        many => format!(
            " {} pains are left out, since their feelings are known as numbers only.",
            whole(many)
        ),
    };
    Some(format!(
        "Another order by how strongly the feelings of a visit move people to act, from 0 to 1, however many come: {}. Anger and \
         fear do so more than disappointment, and boredom hardly. It says which pains may become complaints, warnings to others or \
         farewells first, and not how many will.{left_out}",
        list(&named, 3)
    ))
}

/// A pain point with its place in the ranking.
type Ranked<'a> = (usize, &'a PainPoint);

fn tables(ranked: &[Ranked<'_>]) -> Vec<Block> {
    let noun = ("pain point", "pain points");
    let points = Table::of(ranked, "Where it hurts, the worst first", noun)
        .key("pain_points")
        .brief("rank", number("rank"), |(rank, _)| Cell::rank(*rank))
        .brief("id", text("touchpoint"), |(_, pain)| Cell::place(&pain.id))
        .data("label", |(_, pain)| Cell::name(&pain.label))
        .data("phase", |(_, pain)| Cell::Word(pain.phase.as_str()))
        .data("channel", |(_, pain)| Cell::name(pain.channel.as_str()))
        .full("owner", text("owner"), |(_, pain)| {
            Cell::or_none(pain.owner.as_ref(), Cell::name)
        })
        .full("hurt", number("hurt per journey"), |(_, pain)| {
            Cell::times(pain.hurt)
        })
        .brief(
            "share",
            bar("share of\nthe journey's\nhurt"),
            |(_, pain)| Cell::Bar(pain.share),
        )
        .brief("visits", number("visits\nper\njourney"), |(_, pain)| {
            Cell::times(pain.visits)
        })
        .brief("reach", number("journeys\ncoming,\nof 100"), |(_, pain)| {
            Cell::of_100(pain.reach)
        })
        .brief("mean", number("mean\nfeeling"), |(_, pain)| {
            Cell::valence(pain.mean)
        })
        .data("coverage", |(_, pain)| Cell::share(pain.coverage))
        .full("activation", number("moves to act"), |(_, pain)| {
            Cell::times(pain.activation)
        })
        .full("activation_rank", number("rank by that"), |(_, pain)| {
            Cell::or_none(pain.activation_rank, Cell::rank)
        })
        .full(
            "broken",
            number("broken promises per journey"),
            |(_, pain)| Cell::times(pain.broken),
        )
        .data("repeats", |(_, pain)| Cell::times(pain.repeats))
        .full("churn_after", number("leave in the end"), |(_, pain)| {
            Cell::or_none(pain.churn_after, Cell::share)
        })
        .data("promise", |(_, pain)| {
            Cell::or_none(pain.promise.as_ref(), Cell::name)
        })
        .data("explanation", |(_, pain)| Cell::words(explanation(pain)))
        .done();
    let mut causes = Vec::new();
    let mut origins = Vec::new();
    for &(rank, pain) in ranked {
        causes.extend(pain.causes.iter().map(|known| (rank, &pain.id, known)));
        origins.extend(pain.promise_made_at.iter().map(|maker| (rank, pain, maker)));
    }
    let causes = Table::of(&causes, "Why it hurts", ("cause", "causes"))
        .key("pain_causes")
        .data("rank", |(rank, ..)| Cell::rank(*rank))
        .data("id", |(_, id, _)| Cell::place(*id))
        .data("cause", |(.., known)| Cell::Word(known.kind.as_str()))
        .data("figure", |(.., known)| Cell::times(known.figure))
        .done();
    let origins = Table::of(
        &origins,
        "Where the promises were made",
        ("touchpoint", "touchpoints"),
    )
    .key("pain_origins")
    .data("rank", |(rank, ..)| Cell::rank(*rank))
    .data("id", |(_, pain, _)| Cell::place(&pain.id))
    .data("promise", |(_, pain, _)| {
        Cell::or_none(pain.promise.as_ref(), Cell::name)
    })
    .data("made_at", |(.., maker)| Cell::place(*maker))
    .done();
    vec![points.into(), causes.into(), origins.into()]
}

fn card(rank: usize, pain: &PainPoint) -> Card {
    let sentence = |clause: &String| capital(clause) + ".";
    let owner = pain.owner.as_deref().map(name);
    let place = [pain.phase.to_string(), name(pain.channel.as_str())];
    let hurts = pain.hurt.is_some_and(|hurt| hurt > 0.0);
    Card {
        id: Some(format!("pain-{rank}")),
        rank: Some(rank),
        title: name(&pain.label),
        about: place.into_iter().chain(owner).collect(),
        bar: pain
            .share
            .filter(|_| hurts)
            .map(|share| (share, percent(share) + " of the journey's hurt")),
        hurts: true,
        points: happenings(pain).iter().map(sentence).collect(),
        weight: Some(weight(pain) + "."),
        remedy: origin(pain),
        brief: explanation(pain),
    }
}

said!(PainPoint, explanation);

/// One plain sentence: what happens there, how often, what it weighs, and where the promise was made.
pub(super) fn explanation(pain: &PainPoint) -> String {
    let PainPoint { phase, channel, .. } = pain;
    let owner = pain.owner.as_deref();
    let owner = owner.map_or_else(String::new, |owner| format!(", {}", name(owner)));
    let origin = origin(pain).map_or_else(String::new, |origin| format!(" {origin}"));
    format!(
        "{} ({}, {phase}{owner}): {}. {}.{origin}",
        name(&pain.label),
        name(channel.as_str()),
        happenings(pain).join("; "),
        weight(pain)
    )
}

/// What happens there: a clause for each cause, and what customers feel.
fn happenings(pain: &PainPoint) -> Vec<String> {
    let figure = |cause| {
        let named = pain.causes.iter().find(|known| known.kind == cause);
        named.map(|known| known.figure)
    };
    let promise = pain
        .promise
        .as_deref()
        .map_or_else(|| "the promise".to_owned(), quoted);
    let mut clauses = Vec::new();
    match (
        figure(PainCauseKind::BrokenPromise),
        figure(PainCauseKind::NoMandate),
    ) {
        (Some(broken), None) => {
            clauses.push(format!(
                "{} {promise} broken",
                that(broken, VISITS, ("finds", "find"))
            ));
        }
        (broken, Some(unresolved)) => clauses.push(format!(
            "{} {promise} broken, and nobody here may put it right",
            that(broken.unwrap_or(unresolved), VISITS, ("finds", "find"))
        )),
        (None, None) => {}
    }
    clauses.push(felt(pain, figure(PainCauseKind::NegativeEmotion)));
    if let Some(mean) = figure(PainCauseKind::KeptButCold) {
        clauses.push(format!(
            "where {promise} is kept, they feel no better than {}",
            feeling(mean)
        ));
    }
    if let Some(repeats) = figure(PainCauseKind::Repetition) {
        clauses.push(format!(
            "whoever comes here comes {} times on average",
            count(repeats)
        ));
    }
    if let Some(again) = figure(PainCauseKind::NotRecognised) {
        const BEGINS: (&str, &str) = (
            "comes from another touchpoint for the same need and, not being recognised, begins all over again",
            "come from another touchpoint for the same need and, not being recognised, begin all over again",
        );
        clauses.push(that(again, VISITS, BEGINS));
    }
    if let Some(otherwise) = figure(PainCauseKind::Contradiction) {
        clauses.push(format!(
            "for the same need, other channels tell customers something else at {}",
            among(otherwise, VISITS)
        ));
    }
    if let Some(dropped) = figure(PainCauseKind::DropOff) {
        clauses.push(format!(
            "{} the journey here, in churn or without a stated outcome",
            that(dropped, VISITS, ("ends", "end"))
        ));
    }
    clauses
}

/// What customers feel there, as far as it is known: the mean, and what the bad feelings alone weigh where that is not
/// the same.
fn felt(pain: &PainPoint, hurt: Option<f64>) -> String {
    let Some(mean) = pain.mean else {
        return "what customers feel is unknown".to_owned();
    };
    let known = if is_all(pain.coverage) {
        String::new()
    } else {
        format!(" (known of {})", among(pain.coverage, VISITS))
    };
    let felt = format!("customers feel {} on average{known}", feeling(mean));
    // Of the visits that the mean is of.
    match hurt.map(|hurt| hurt / pain.coverage) {
        Some(hurt) if feeling(mean) != feeling(-hurt) => format!(
            "{felt}, and the bad feelings among these weigh {} a visit",
            size(hurt)
        ),
        _ => felt,
    }
}

/// How many come here, what they bear of the whole, and what becomes of them.
fn weight(pain: &PainPoint) -> String {
    let comers = pain.reach.map_or_else(
        || "How many journeys come here is unknown".to_owned(),
        |reach| capital(&that(reach, JOURNEYS, ("comes", "come"))) + " here",
    );
    let hurt = match pain.share.filter(|&share| share > 0.0) {
        Some(share) => format!("{} of the journey's hurt lies here", percent(share)),
        None => "no bad feeling is known here".to_owned(),
    };
    match pain.churn_after {
        Some(churn) if churn > 0.0 => {
            format!(
                "{comers}, {hurt}, and of those who come {} leave in the end",
                share(churn)
            )
        }
        _ => format!("{comers}, and {hurt}"),
    }
}

/// Where a broken promise was made.
fn origin(pain: &PainPoint) -> Option<String> {
    const NAMED: usize = 3;
    let is_broken = |cause| {
        matches!(
            cause,
            PainCauseKind::BrokenPromise | PainCauseKind::NoMandate
        )
    };
    pain.causes.iter().find(|known| is_broken(known.kind))?;
    let makers: Vec<String> = pain.promise_made_at.iter().map(|id| place(id)).collect();
    Some(match pain.promise_made_at.as_slice() {
        [] if !pain.makers_stated => return None,
        [] => {
            "No touchpoint on the way here makes that promise: find out who does, and cure it here."
                .to_owned()
        }
        [only] if *only == pain.id => "Made here too: prevent it and cure it here.".to_owned(),
        _ => format!(
            "Made at {}: prevent it there, cure it here.",
            list(&makers, NAMED)
        ),
    })
}
