//! What would help, as sentences about customers: what if, and what it would bring.

use super::Story;
use super::markup::Inline;
use crate::analysis::fixes::told::{claim, gained};
use crate::analysis::{Goal, RankedFix};
use crate::journey::FixKind;
use crate::render::clean::clean;
use crate::render::number::{EXACT, percent};
use crate::view::tasks::named_feelings;

/// What a fix brings, in words about customers.
pub(super) fn brings(story: &Story<'_>, goal: &Goal, fix: &RankedFix) -> String {
    let gain = fix.gain.map_or_else(String::new, |gain| gained(goal, gain));
    let size = gain.replace('+', "");
    match goal {
        Goal::Reduce(outcome) => {
            format!(
                "{size} journeys fewer would end in {}",
                clean(outcome.as_str())
            )
        }
        Goal::ReduceHurt => {
            let hurts = story.report.touchpoints.iter();
            let all: f64 = hurts.filter_map(|known| known.hurt).sum();
            let part = fix.gain.filter(|_| all > 0.0).map(|gain| gain / all);
            part.map_or(size, |part| {
                format!(
                    "{} of all bad feelings would be gone",
                    percent(part.min(1.0))
                )
            })
        }
        Goal::RaiseValue => {
            let currency = story.report.money.currency.as_deref();
            let unit = currency.map_or_else(String::new, |unit| format!(" {}", clean(unit)));
            format!(
                "a journey would be worth {size}{unit} more, before what the change itself costs"
            )
        }
        _ => format!("{gain}: {goal}"),
    }
}

/// The best fix for each goal, where one helps.
pub(super) fn helping<'s>(story: &'s Story<'_>) -> Vec<(&'s Goal, &'s RankedFix)> {
    let best = story.fixes.iter();
    let best = best.filter_map(|fixes| Some((&fixes.goal, fixes.ranked.first()?)));
    best.filter(|(_, fix)| fix.gain.is_some_and(|gain| gain > EXACT))
        .collect()
}

/// Of a lifted feeling that was counted no more is known than what goes with it.
pub(super) const GOES_WITH: &str = ", this would go with it: ";

pub(super) fn only_goes_with(fix: &RankedFix) -> bool {
    claim(fix) != ": "
}

/// The fix as a condition, with its place and whose feelings it is about.
pub(super) fn what_if(story: &Story<'_>, fix: &RankedFix, before: Inline) -> Inline {
    let known = story.journey.touchpoint(&fix.id);
    let promise = known.and_then(|touchpoint| touchpoint.promise.as_ref());
    let place = story.label(&fix.id);
    match (fix.kind, promise) {
        (FixKind::KeepPromise, Some(promise)) => before
            .say("If \u{201c}")
            .name(&promise.name)
            .say("\u{201d} were always kept at ")
            .strong_name(place),
        (FixKind::KeepPromise, None) => before
            .say("If the promise were always kept at ")
            .strong_name(place),
        (FixKind::LiftEmotion, _) => {
            let felt = bad_feelings(story, &fix.id).unwrap_or_else(|| "bad".to_owned());
            let felt = felt.replace(" and ", " or ");
            before
                .say(format!("If nobody felt {felt} any more at "))
                .strong_name(place)
        }
        (FixKind::Raise, _) => before
            .say("If customers felt what is meant at ")
            .strong_name(place),
        (FixKind::Listen, _) => before.say("If customers were heard at ").strong_name(place),
    }
}

/// The bad feelings at a touchpoint, by name.
pub(super) fn bad_feelings(story: &Story<'_>, id: &str) -> Option<String> {
    named_feelings(story.journey.touchpoint(id)?)
}
