//! What to do, and why: for the pains that come first, whose feelings they are, which causes are to be removed, and what that
//! would bring.

use super::map::bad_feelings;
use super::said::in_short;
use crate::analysis::{
    Fixes, Goal, PainCauseKind, PainPoint, RankedFix, foremost, hidden_by_volume,
};
use crate::flow::Flow;
use crate::journey::{Feeling, FixKind, Touchpoint};
use crate::page::number::{
    JOURNEYS, VISITS, among, capital, change_of_100, count, feeling, list, percent, that,
};
use crate::page::words::{name, quoted};
use crate::page::{Block, Card, Section};

/// So many of the greatest pains are told ...
const GREATEST: usize = 3;
/// ... and so many that few meet and that move those to act.
const HIDDEN: usize = 2;
/// So many bad feelings are named.
const FEELINGS: usize = 2;
/// So many ideas of the workshop.
const IDEAS: usize = 3;
/// What changes fewer endings is not worth a sentence.
const NOTABLE: f64 = 0.000_5;

/// The section of the page; `None` where no pain is known.
pub(crate) fn section(flow: &Flow, pains: &[PainPoint], fixes: &[Fixes]) -> Option<Section> {
    let greatest = pains.iter().take(GREATEST).map(|pain| (pain, false));
    let hidden = hidden_by_volume(pains).into_iter().take(HIDDEN);
    let mut tasks: Vec<(&PainPoint, bool)> =
        greatest.chain(hidden.map(|pain| (pain, true))).collect();
    let first = foremost(pains).and_then(|place| pains.get(place));
    // The one to begin with stands before the others, also where it is none of them.
    if let Some(first) = first {
        let is_hidden = tasks
            .iter()
            .any(|(pain, is_hidden)| pain.id == first.id && *is_hidden);
        tasks.retain(|(pain, _)| pain.id != first.id);
        tasks.insert(0, (first, is_hidden));
        tasks.truncate(GREATEST + HIDDEN);
    }
    let cards: Vec<Card> = (1..)
        .zip(tasks)
        .filter_map(|(rank, (pain, is_hidden))| {
            let at = flow.met_at(&pain.id)?;
            Some(card(rank, pain, &at, is_hidden, fixes))
        })
        .collect();
    if cards.is_empty() {
        return None;
    }
    let mut section = Section::new("tasks", "What to do, and why");
    section.put(Block::Cards(cards, ("task", "tasks")));
    Some(section)
}

fn card(rank: usize, pain: &PainPoint, at: &Touchpoint, is_hidden: bool, fixes: &[Fixes]) -> Card {
    let mut points = vec![whose(pain, at)];
    if is_hidden {
        points.push(
            "Few come here, and what they feel moves people to complain, to warn others or to leave."
                .to_owned(),
        );
    }
    points.extend(in_short(at));
    points.extend(causes(pain));
    let ideas: Vec<String> = at.ideas.iter().take(IDEAS).map(|idea| name(idea)).collect();
    if !ideas.is_empty() {
        points.push(format!("Ideas of the workshop: {}.", ideas.join("; ")));
    }
    let owner = pain.owner.as_deref().map(name);
    Card {
        id: Some(format!("task-{rank}")),
        rank: Some(rank),
        title: name(&pain.label),
        about: [pain.phase.to_string(), name(pain.channel.as_str())]
            .into_iter()
            .chain(owner)
            .collect(),
        hurts: true,
        points,
        remedy: gain(pain, fixes),
        ..Card::default()
    }
}

fn word(feeling: Feeling) -> String {
    feeling.as_str().replace('_', " ")
}

/// Who comes, and what they feel.
fn whose(pain: &PainPoint, at: &Touchpoint) -> String {
    let comers = pain.reach.map_or_else(
        || "How many come here is not known".to_owned(),
        |reach| capital(&that(reach, JOURNEYS, ("comes", "come"))) + " here",
    );
    let named: Vec<String> = bad_feelings(at)
        .into_iter()
        .take(FEELINGS)
        .map(|(feeling, share)| format!("{} at {}", word(feeling), among(share, VISITS)))
        .collect();
    match (named.as_slice(), pain.mean) {
        ([], None) => format!("{comers}; what they feel is not known."),
        ([], Some(mean)) => format!("{comers}; they feel {} on average.", feeling(mean)),
        (named, _) => format!("{comers}; they feel {}.", list(named, FEELINGS)),
    }
}

/// What there is to remove, a sentence each.
fn causes(pain: &PainPoint) -> Vec<String> {
    let promise = pain
        .promise
        .as_deref()
        .map_or_else(|| "the promise".to_owned(), quoted);
    let remove = |(kind, figure): (PainCauseKind, f64)| {
        Some(match kind {
            PainCauseKind::NegativeEmotion => return None,
            PainCauseKind::BrokenPromise => {
                format!(
                    "Keep {promise}: {} it broken.",
                    that(figure, VISITS, ("finds", "find"))
                )
            }
            PainCauseKind::NoMandate => "Let somebody here put it right: nobody may.".to_owned(),
            PainCauseKind::KeptButCold => format!(
                "Find out what is missing: even where {promise} is kept they feel no better than {}.",
                feeling(figure)
            ),
            PainCauseKind::Repetition => format!(
                "Spare people from coming again: whoever comes here comes {} times.",
                count(figure)
            ),
            PainCauseKind::NotRecognised => format!(
                "Know people again: {} all over for the same need.",
                that(figure, VISITS, ("begins", "begin"))
            ),
            PainCauseKind::Contradiction => format!(
                "Give one answer: other channels say something else at {}.",
                among(figure, VISITS)
            ),
            PainCauseKind::DropOff => format!(
                "Ask why people stop here: {} in churn or in no stated way.",
                that(figure, VISITS, ("ends", "end"))
            ),
        })
    };
    let known = pain.causes.iter().map(|cause| (cause.kind, cause.figure));
    let causes: Vec<String> = known.filter_map(remove).collect();
    if causes.is_empty() {
        return vec!["No cause is on the map: ask customers what makes them feel so.".to_owned()];
    }
    causes
}

/// What would be gained here, if that is known: of bad feelings, and of endings where a promise is kept.
fn gain(pain: &PainPoint, fixes: &[Fixes]) -> Option<String> {
    let mut gains = Vec::new();
    if let Some(share) = pain.share.filter(|&share| share > 0.0) {
        let alone = percent(share);
        gains.push(match gone(fixes, &pain.id) {
            Some(gone) if percent(gone) != alone => format!(
                "If nobody felt bad here, {alone} of all bad feelings would be gone: those felt here. With what goes with them in all \
                 that follows it would be {}.",
                percent(gone)
            ),
            _ => format!("If nobody felt bad here, {alone} of all bad feelings would be gone."),
        });
    }
    for ranking in fixes {
        if let (Goal::Reduce(outcome), Some(promise)) = (&ranking.goal, &pain.promise)
            && let Some(gain) = gain_of_keeping(&ranking.ranked, &pain.id)
        {
            let fewer = change_of_100(gain).replace('+', "");
            gains.push(format!(
                "If {} were always kept here, {fewer} journeys fewer would end in {}.",
                quoted(promise),
                name(outcome.as_str())
            ));
        }
    }
    (!gains.is_empty()).then(|| gains.join(" "))
}

/// The share of all bad feelings that whole journeys tell to go with those felt at a touchpoint, in all that follows.
fn gone(fixes: &[Fixes], id: &str) -> Option<f64> {
    let mut lifted = fixes.iter().flat_map(|ranking| &ranking.ranked);
    let fix = lifted.find(|fix| fix.id == id && fix.kind == FixKind::LiftEmotion)?;
    fix.hurt_gone.filter(|&gone| gone > 0.0)
}

/// What keeping the promise of a touchpoint gains.
fn gain_of_keeping(ranked: &[RankedFix], id: &str) -> Option<f64> {
    let mut here = ranked.iter();
    let fix = here.find(|fix| fix.id == id && fix.kind == FixKind::KeepPromise)?;
    fix.gain.filter(|&gain| gain >= NOTABLE)
}
