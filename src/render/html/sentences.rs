//! The sentences of the short answer, in the language of the page. Names in them are tokens.

use super::Story;
use super::speech::{Of, Speech, Verb};
use crate::analysis::fixes::told::{claim, gained};
use crate::analysis::warnings::in_words;
use crate::analysis::{Fixes, Goal, PainPoint, RankedFix, first_by_activation};
use crate::journey::{Feeling, FixKind, Outcome, Warning};
use crate::page::words::{name, place, strong};
use crate::render::clean::clean;
use crate::render::number::{EXACT, amount, capital, change_of_100, percent, whole};
use crate::render::text::hole;
use crate::report::First;
use crate::view::map::bad_feelings;

/// So many feelings are named at once.
const FEELINGS: usize = 2;

/// So many places that are alike are named at once.
const ALIKE: usize = 3;

/// As many pains that weigh the same as this and no one of them is the worst.
const AS_MANY: usize = 4;

/// What weakens the answer, before the answer: in English, as the warnings of the report are.
pub(super) fn warnings(story: &Story<'_>, says: Speech<'_>) -> Option<String> {
    let nothing_is_felt = story.report.trajectory.coverage <= 0.0;
    // That no feeling is known anywhere is said by the answer itself.
    let is_said =
        |warning: &&Warning| nothing_is_felt && matches!(warning, Warning::NoEmotion { .. });
    let warnings = story.report.warnings.iter();
    let warnings: Vec<&Warning> = warnings.filter(|warning| !is_said(warning)).collect();
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
    if no_ending_is_stated(story) {
        return Some(
            says.word("No ending is stated: learn with a column of outcomes, or say which ending comes at which touchpoint.")
                .to_owned(),
        );
    }
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

/// Whether journeys were counted and none of them says how it ends.
pub(super) fn no_ending_is_stated(story: &Story<'_>) -> bool {
    let mut outcomes = story.report.outcomes.iter();
    story.report.fit.is_some() && outcomes.all(|known| known.outcome == Outcome::Unstated)
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
    if story.begins_elsewhere() {
        return moves_first(story, says, worst);
    }
    if let Some(alike) = hurt_alike(story, says) {
        return alike;
    }
    let at = strong(&place(&worst.id));
    let (comers, felt) = (comers(says, worst), felt(story, says, worst));
    let first = match (comers, felt) {
        (Some(comers), Some(felt)) => {
            says.say("It hurts most at {}: {}, and {}.", &[&at, &comers, &felt])
        }
        (Some(comers), None) => says.say("It hurts most at {}: {}.", &[&at, &comers]),
        (None, Some(felt)) => says.say("It hurts most at {}: {}.", &[&at, &felt]),
        (None, None) => says.say("It hurts most at {}.", &[&at]),
    };
    let share = says.figure(&percent(worst.share.unwrap_or(0.0)));
    let second = says.say("Of all bad feelings {} lie there.", &[&share]);
    format!("{first} {second}")
}

/// How many come to a pain.
pub(super) fn comers(says: Speech<'_>, pain: &PainPoint) -> Option<String> {
    pain.reach.map(|reach| {
        let verb: Verb = ("{} comes there", "{} come there");
        says.that(reach, Of::Journeys, verb, str::to_owned, &[])
    })
}

/// The bad feelings at a pain, where they have names.
fn felt(story: &Story<'_>, says: Speech<'_>, pain: &PainPoint) -> Option<String> {
    let feelings = feelings_at(story, &pain.id);
    let is_named = !feelings.is_empty();
    is_named.then(|| says.say("customers feel {}", &[&says.feelings(&feelings, FEELINGS)]))
}

/// Where people are moved most to act, and where it hurts most, which moves them far less.
fn moves_first(story: &Story<'_>, says: Speech<'_>, worst: &PainPoint) -> String {
    let Some(first) = story.foremost() else {
        return String::new();
    };
    let at = strong(&place(&first.id));
    let about = [comers(says, first), felt(story, says, first)];
    let about: Vec<String> = about.into_iter().flatten().collect();
    let first = says.say(
        "Counting all who come, what is felt at {} moves people most to act: {}.",
        &[&at, &says.list(&about, about.len())],
    );
    let share = says.figure(&percent(worst.share.unwrap_or(0.0)));
    let feelings = feelings_at(story, &worst.id);
    let second = says.say(
        "More of the bad feelings, {}, lie at {}; but what is felt there ({}) moves people far less.",
        &[&share, &strong(&place(&worst.id)), &says.feelings(&feelings, FEELINGS)],
    );
    format!("{first} {second}")
}

/// The other order of the pains, by how strongly a visit moves people to act, where it begins otherwise.
pub(super) fn moves_people(story: &Story<'_>, says: Speech<'_>) -> Option<String> {
    let first = first_by_activation(&story.report.pain_points);
    let named = first.into_iter().map(|pain| {
        let feelings = says.feelings(&feelings_at(story, &pain.id), FEELINGS);
        let met = pain.reach.map(|reach| says.among(reach, Of::Journeys));
        let about: Vec<String> = [Some(feelings), met].into_iter().flatten().collect();
        format!("{} ({})", strong(&place(&pain.id)), about.join("; "))
    });
    let named: Vec<String> = named.collect();
    (!named.is_empty()).then(|| {
        says.say(
            "By how strongly a single visit moves people to act: {}.",
            &[&named.join(", ")],
        )
    })
}

/// Several places that hurt alike, where none of them hurts most.
fn hurt_alike(story: &Story<'_>, says: Speech<'_>) -> Option<String> {
    let pains = &story.report.pain_points;
    let most = pains.first()?.share?;
    let is_alike = |pain: &&PainPoint| pain.share.is_some_and(|share| share >= most * (1.0 - 1e-9));
    let alike = pains.iter().take_while(is_alike);
    let alike: Vec<String> = alike.map(|pain| place(&pain.id)).collect();
    let share = says.figure(&percent(most));
    (alike.len() >= AS_MANY).then(|| {
        says.say(
            "It hurts alike at {}: {} of all bad feelings lie at each.",
            &[&says.list(&alike, ALIKE), &share],
        )
    })
}

/// The bad feelings at a touchpoint that have a name.
fn feelings_at(story: &Story<'_>, id: &str) -> Vec<Feeling> {
    let at = story.flow.met_at(id);
    let feelings = at.map(|at| bad_feelings(&at)).unwrap_or_default();
    feelings.into_iter().map(|(feeling, _)| feeling).collect()
}

fn helps(story: &Story<'_>, says: Speech<'_>) -> Option<String> {
    // Where it hurts was said, and what is alike is said below.
    if matches!(&story.first, Some(first) if !matches!(first, First::Endings(_))) {
        return None;
    }
    // That nobody would feel bad any more where it hurts most is the same said twice.
    let named = story.foremost().map(|pain| pain.id.as_str());
    let helping = helping(story);
    let is_said = helping.iter().any(|(goal, fix)| {
        let lifts = **goal == Goal::ReduceHurt && fix.kind == FixKind::LiftEmotion;
        lifts && named == Some(fix.id.as_str())
    });
    let mut others = helping.into_iter();
    let (goal, fix) = others.find(|(goal, _)| !(is_said && **goal == Goal::ReduceHurt))?;
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
    if story.report.fit.is_some() {
        let known = match &story.first {
            Some(First::Endings(known)) => known.as_slice(),
            _ => &[],
        };
        return known.iter().map(|(goal, fix)| (goal, fix)).collect();
    }
    let best = story.fixes.iter().flat_map(|fixes| {
        let first = lifts_first(story, fixes);
        let first = first.into_iter().chain(fixes.ranked.first());
        first.map(|fix| (&fixes.goal, fix))
    });
    best.filter(|(_, fix)| fix.gain.is_some_and(|gain| gain > EXACT))
        .collect()
}

/// The fix of what is felt where people are moved most to act, where that comes before what hurts most.
fn lifts_first<'s>(story: &Story<'_>, fixes: &'s Fixes) -> Option<&'s RankedFix> {
    let first = story.foremost().filter(|_| story.begins_elsewhere())?;
    let mut ranked = fixes.ranked.iter();
    let here = ranked.find(|fix| fix.id == first.id && fix.kind == FixKind::LiftEmotion);
    here.filter(|_| fixes.goal == Goal::ReduceHurt)
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
            let of_the_map = fix.gain.filter(|_| all > 0.0).map(|gain| gain / all);
            fix.hurt_gone.or(of_the_map).map_or(size, |part| {
                let part = says.figure(&percent(part.min(1.0)));
                let phrase = if only_goes_with(fix) {
                    "{} of all bad feelings would be gone, there and in all that follows"
                } else {
                    "{} of all bad feelings would be gone"
                };
                says.say(phrase, &[&part])
            })
        }
        Goal::RaiseValue => {
            let currency = story.report.money.currency.as_deref();
            let unit = currency.map_or_else(String::new, |unit| format!(" {}", clean(unit)));
            // Hundredths of hundreds are more than a map can tell.
            let gain = fix.gain.unwrap_or(0.0);
            let rounded = if gain.abs() >= 100.0 {
                gain.round()
            } else {
                gain
            };
            let size = says.figure(&amount(rounded));
            says.say(
                "a journey would be worth {} more, before what the change itself costs",
                &[&format!("{size}{unit}")],
            )
        }
        _ => format!("{gain}: {goal}"),
    }
}

/// The ends of the interval of what `brings` says, in the same unit and with the same sign: fewer journeys, a share of the bad feelings
/// that would be gone. Where only the hurt itself has an interval, the share has none.
fn interval(goal: &Goal, fix: &RankedFix) -> Option<[String; 2]> {
    match goal {
        Goal::ReduceHurt => fix
            .hurt_gone_interval
            .map(|(from, to)| [from, to].map(signed_percent)),
        Goal::Reduce(_) => {
            let (from, to) = fix.interval?;
            Some([from, to].map(|end| gained(goal, end).replace(" of 100", "").replace('+', "")))
        }
        _ => {
            let (from, to) = fix.interval?;
            Some([from, to].map(|end| gained(goal, end).replace(" of 100", "")))
        }
    }
}

/// "27 %", and "-3 %" of what would be more.
fn signed_percent(share: f64) -> String {
    if share < 0.0 {
        format!("-{}", percent(-share))
    } else {
        percent(share)
    }
}

/// What to do first: a sentence for each fix, also where it is the best for several goals. Of journeys that were counted, where
/// most of the bad feelings lie if no ending tells more.
pub(super) fn what_to_do(story: &Story<'_>, says: Speech<'_>) -> Vec<String> {
    let places = |ids: &[String]| {
        let places: Vec<String> = ids.iter().map(|id| place(id)).collect();
        says.list(&places, ALIKE)
    };
    match &story.first {
        Some(First::Hurt(hurts)) => {
            let told = hurts.iter().map(|(id, share)| {
                let share = strong(&says.figure(&percent(*share)));
                says.say(
                    "Make {} better: {} of all bad feelings lie there.",
                    &[&strong(&place(id)), &share],
                )
            });
            let ask = says.word("Bad feelings tell where customers are unhappy, not what they would name as the problem: ask them.");
            return told.chain([ask.to_owned()]).collect();
        }
        Some(First::AtTheEnd(id, share)) => {
            return vec![says.say(
                "{} of all bad feelings lie at {}, with which journeys end: they may be a verdict on all that came before. Learn it as a measurement to see what goes with it.",
                &[&strong(&says.figure(&percent(*share))), &strong(&place(id))],
            )];
        }
        Some(First::AlikeHurt(ids, share)) => {
            let share = says.figure(&percent(*share));
            return vec![says.say(
                "Nothing tells where to begin: {} are alike, with {} of all bad feelings at each.",
                &[&places(ids), &share],
            )];
        }
        Some(First::AlikeEndings(ids, outcome, gain)) => {
            let size = says.figure(&change_of_100(*gain).replace('+', ""));
            return vec![says.say(
                "Nothing tells where to begin: {} are alike. If all went well at any one of them, this would go with it: {} journeys fewer would end in {}.",
                &[&places(ids), &size, &says.outcome(outcome)],
            )];
        }
        Some(First::Endings(_)) | None => {}
    }
    let mut told: Vec<(&RankedFix, String)> = Vec::new();
    for (goal, fix) in helping(story) {
        let mut gain = strong(&brings(story, says, goal, fix));
        if let Some([from, to]) = interval(goal, fix) {
            let interval = says.say("95 %: {} to {}", &[&says.figure(&from), &says.figure(&to)]);
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
