//! The sentences of the short answer, in the language of the page. Names in them are tokens.

use super::Story;
use super::speech::{Of, Speech, Verb};
use crate::analysis::evidence::EvidenceShare;
use crate::analysis::fixes::told::{claim, gained};
use crate::analysis::warnings::in_words;
use crate::analysis::{Goal, PainPoint, RankedFix};
use crate::journey::{Evidence, Feeling, FixKind, Outcome};
use crate::page::words::{link, name, place, strong};
use crate::render::clean::clean;
use crate::render::number::{EXACT, capital, percent, whole};
use crate::render::text::hole;
use crate::view::map::bad_feelings;

/// So many feelings are named at once.
const FEELINGS: usize = 2;

/// What weakens the answer, before the answer: in English, as the warnings of the report are.
pub(super) fn warnings(story: &Story<'_>, says: Speech<'_>) -> Option<String> {
    let warnings = &story.report.warnings;
    let first = warnings.first()?;
    let others = match warnings.len() {
        1 => String::new(),
        2 => format!(" {}", says.word("There is one more warning.")),
        many => format!(
            " {}",
            says.say("There are {} more warnings.", &[&whole(many - 1)])
        ),
    };
    let mind = strong(says.word("Mind this:"));
    Some(format!("{mind} {}.{others}", capital(&in_words(first))))
}

/// What has to be mended before any figure counts.
pub(super) fn first_of_all(story: &Story<'_>, says: Speech<'_>) -> Option<String> {
    let hole = hole(story.report, in_words)?;
    Some(format!("{} {hole}", strong(says.word("First of all:"))))
}

/// The whole report in two or three sentences.
pub(super) fn lead(story: &Story<'_>, says: Speech<'_>) -> String {
    let sentences = [
        ends(story, says),
        Some(hurts(story, says)),
        helps(story, says),
    ];
    let sentences: Vec<String> = sentences.into_iter().flatten().collect();
    sentences.join(" ")
}

fn ends(story: &Story<'_>, says: Speech<'_>) -> Option<String> {
    let outcomes = &story.report.outcomes;
    let at_stake = outcomes
        .iter()
        .find(|known| known.outcome == story.options.outcome);
    let likeliest = outcomes
        .iter()
        .max_by(|a, b| a.probability.total_cmp(&b.probability));
    let known = at_stake.or(likeliest)?;
    let subject = |words: &str| strong(&capital(words));
    Some(match &known.outcome {
        Outcome::Unstated => {
            let verb = (
                "{} ends in a way that the map does not state.",
                "{} end in a way that the map does not state.",
            );
            says.that(known.probability, Of::Journeys, verb, subject, &[])
        }
        named => {
            let verb = ("{} ends in {}.", "{} end in {}.");
            let ending = says.outcome(named);
            says.that(known.probability, Of::Journeys, verb, subject, &[&ending])
        }
    })
}

/// The place that hurts most, with whom it hurts and how.
fn hurts(story: &Story<'_>, says: Speech<'_>) -> String {
    let worst = story.report.pain_points.first();
    let Some(worst) = worst.filter(|worst| worst.hurt.is_some_and(|hurt| hurt > 0.0)) else {
        return says
            .word(if story.report.trajectory.coverage > 0.0 {
                "No bad feeling is known."
            } else {
                "What customers feel is not known."
            })
            .to_owned();
    };
    let at = strong(&place(&worst.id));
    let comers = worst.reach.map(|reach| {
        let verb: Verb = ("{} comes there", "{} come there");
        says.that(reach, Of::Journeys, verb, str::to_owned, &[])
    });
    let feelings = feelings_at(story, &worst.id);
    let felt = (!feelings.is_empty())
        .then(|| says.say("customers feel {}", &[&says.feelings(&feelings, FEELINGS)]));
    let first = match (comers, felt) {
        (Some(comers), Some(felt)) => {
            says.say("It hurts most at {}: {}, and {}.", &[&at, &comers, &felt])
        }
        (Some(comers), None) => says.say("It hurts most at {}: {}.", &[&at, &comers]),
        (None, Some(felt)) => says.say("It hurts most at {}: {}.", &[&at, &felt]),
        (None, None) => says.say("It hurts most at {}.", &[&at]),
    };
    let share = says.figure(&percent(worst.share));
    let second = says.say("Of all bad feelings {} lie there.", &[&share]);
    format!("{first} {second}")
}

/// The bad feelings at a touchpoint that have a name.
fn feelings_at(story: &Story<'_>, id: &str) -> Vec<Feeling> {
    let at = story.journey.touchpoint(id);
    let feelings = at.map(bad_feelings).unwrap_or_default();
    feelings.into_iter().map(|(feeling, _)| feeling).collect()
}

fn helps(story: &Story<'_>, says: Speech<'_>) -> Option<String> {
    let (goal, fix) = helping(story).into_iter().next()?;
    let phrase = if only_goes_with(fix) {
        "{}, this would go with it: {}."
    } else {
        "{}, {}."
    };
    let brings = brings(story, says, goal, fix);
    Some(says.say(phrase, &[&what_if(story, says, fix), &brings]))
}

/// The best fix for each goal, where one helps.
fn helping<'s>(story: &'s Story<'_>) -> Vec<(&'s Goal, &'s RankedFix)> {
    let best = story.fixes.iter();
    let best = best.filter_map(|fixes| Some((&fixes.goal, fixes.ranked.first()?)));
    best.filter(|(_, fix)| fix.gain.is_some_and(|gain| gain > EXACT))
        .collect()
}

/// Of a lifted feeling that was counted no more is known than what goes with it.
fn only_goes_with(fix: &RankedFix) -> bool {
    claim(fix) != ": "
}

/// The fix as a condition, with its place and whose feelings it is about.
fn what_if(story: &Story<'_>, says: Speech<'_>, fix: &RankedFix) -> String {
    let known = story.journey.touchpoint(&fix.id);
    let promise = known.and_then(|touchpoint| touchpoint.promise.as_ref());
    let at = strong(&place(&fix.id));
    match (fix.kind, promise) {
        (FixKind::KeepPromise, Some(promise)) => says.say(
            "If “{}” were always kept at {}",
            &[&name(&promise.name), &at],
        ),
        (FixKind::KeepPromise, None) => says.say("If the promise were always kept at {}", &[&at]),
        (FixKind::LiftEmotion, _) => {
            let felt = feelings_at(story, &fix.id);
            if felt.is_empty() {
                says.say("If nobody felt bad any more at {}", &[&at])
            } else {
                let felt = says.any_of(&felt, FEELINGS);
                says.say("If nobody felt {} any more at {}", &[&felt, &at])
            }
        }
        (FixKind::Raise, _) => says.say("If customers felt what is meant at {}", &[&at]),
        (FixKind::Listen, _) => says.say("If customers were heard at {}", &[&at]),
    }
}

/// What a fix brings, in words about customers.
fn brings(story: &Story<'_>, says: Speech<'_>, goal: &Goal, fix: &RankedFix) -> String {
    let gain = fix.gain.map_or_else(String::new, |gain| gained(goal, gain));
    let size = says.figure(&gain.replace('+', ""));
    match goal {
        Goal::Reduce(outcome) => {
            let ending = says.outcome(outcome);
            says.say("{} journeys fewer would end in {}", &[&size, &ending])
        }
        Goal::ReduceHurt => {
            let hurts = story.report.touchpoints.iter();
            let all: f64 = hurts.filter_map(|known| known.hurt).sum();
            let part = fix.gain.filter(|_| all > 0.0).map(|gain| gain / all);
            part.map_or(size, |part| {
                let part = says.figure(&percent(part.min(1.0)));
                says.say("{} of all bad feelings would be gone", &[&part])
            })
        }
        Goal::RaiseValue => {
            let currency = story.report.money.currency.as_deref();
            let unit = currency.map_or_else(String::new, |unit| format!(" {}", clean(unit)));
            says.say(
                "a journey would be worth {} more, before what the change itself costs",
                &[&format!("{size}{unit}")],
            )
        }
        _ => format!("{gain}: {goal}"),
    }
}

/// What to do first: a sentence for each fix, also where it is the best for several goals.
pub(super) fn what_to_do(story: &Story<'_>, says: Speech<'_>) -> Vec<String> {
    let mut told: Vec<(&RankedFix, String)> = Vec::new();
    for (goal, fix) in helping(story) {
        let mut gain = strong(&brings(story, says, goal, fix));
        if let Some((from, to)) = fix.interval {
            let bound = |gain| says.figure(&gained(goal, gain).replace(" of 100", ""));
            let interval = says.say("95 %: {} to {}", &[&bound(from), &bound(to)]);
            gain = format!("{gain} ({interval})");
        }
        let is_same = |known: &RankedFix| (&known.id, known.kind) == (&fix.id, fix.kind);
        if let Some((_, known)) = told.iter_mut().find(|(known, _)| is_same(known)) {
            *known = says.say("{}, and {}", &[known, &gain]);
        } else {
            let phrase = if only_goes_with(fix) {
                "{}, this would go with it: {}"
            } else {
                "{}: {}"
            };
            told.push((fix, says.say(phrase, &[&what_if(story, says, fix), &gain])));
        }
    }
    told.into_iter().map(|(_, said)| said + ".").collect()
}

/// The needs for which customers are told different things.
pub(super) fn one_answer(story: &Story<'_>, says: Speech<'_>) -> Option<String> {
    let needs: Vec<String> = story
        .contradictions
        .iter()
        .map(|known| says.say("“{}”", &[&name(&known.need)]))
        .collect();
    let quotes = link("channels", says.word("see the quotes"));
    (!needs.is_empty()).then(|| {
        says.say(
            "Settle on one answer: channels tell customers different things about {} ({}).",
            &[&says.list(&needs, 3), &quotes],
        )
    })
}

/// A pain point in a line; `at` is its name.
pub(super) fn pain(says: Speech<'_>, pain: &PainPoint, at: &str) -> String {
    let met = pain.reach.map(|reach| says.among(reach, Of::Journeys));
    let hurts = pain.hurt.is_some_and(|hurt| hurt > 0.0);
    let share = says.figure(&percent(pain.share));
    match (hurts, met) {
        (true, Some(met)) => says.say(
            "{}: {} of all bad feelings, met by {}.",
            &[at, &share, &met],
        ),
        (true, None) => says.say("{}: {} of all bad feelings.", &[at, &share]),
        (false, Some(met)) => says.say(
            "{}: no bad feeling is known, but promises break, met by {}.",
            &[at, &met],
        ),
        (false, None) => says.say("{}: no bad feeling is known, but promises break.", &[at]),
    }
}

/// What all of this rests on, in a sentence.
pub(super) fn grounds(evidence: &[EvidenceShare], says: Speech<'_>) -> String {
    let parts: Vec<String> = evidence
        .iter()
        .map(|part| {
            let verb: Verb = match part.evidence {
                Evidence::Assumed => (
                    "{} rests on assumption: nobody has counted or asked",
                    "{} rest on assumption: nobody has counted or asked",
                ),
                Evidence::Reported => (
                    "{} rests on what people told",
                    "{} rest on what people told",
                ),
                Evidence::Observed => (
                    "{} rests on counts of real visits",
                    "{} rest on counts of real visits",
                ),
            };
            says.that(part.share, Of::Moments, verb, str::to_owned, &[])
        })
        .collect();
    let rests = link("rests", says.word("What this rests on"));
    format!("{}. {rests}.", capital(&parts.join("; ")))
}
