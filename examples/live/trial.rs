//! The map with some things done differently, and what it was.

use customer_journey::analysis::{Contradiction, Fixes, PainPoint, RankedFix};
use customer_journey::language::Language;
use customer_journey::render::Preset;
use customer_journey::report::Unit;
use customer_journey::{FixKind, Flow, Goal, Html, Outcome, Report};
use serde_json::{Value, json};

use super::change::{Remembered, Wish, changes, what_if};
use super::figures::{ending, endings, percent, said, whole};
use super::request::{Beside, Try};
use super::table::language;
use super::{refused, touchpoint};

/// So many pains are told.
const PAINS: usize = 3;
/// So many fixes are offered for a goal.
const FIXES: usize = 5;
/// The narrowest picture that is drawn; narrower windows scroll.
const NARROWEST: u16 = 320;

/// Everything that the page shows of a map with changes.
pub(super) fn tried(asked: &Try) -> Value {
    let answer = || -> Result<Value, String> {
        let language = &language(&asked.lang);
        let drawn = asked.flow()?;
        let what_if = what_if(&drawn, &asked.changes)?;
        let before = drawn.modelled().report();
        let flow = what_if.flow();
        let report = flow.report();
        let comparison = before.compare(&report);
        let outcome = Outcome::from(asked.outcome.as_str());
        let page = page(flow, &report, &outcome, language);
        Ok(json!({
            "name": flow.journey().name(),
            "changes": words(&asked.changes),
            "facts": facts(flow),
            "short": page.section("answer"),
            "endings": endings(&comparison, language),
            "whole": whole(&comparison, language),
            "map": map(flow, asked, &outcome, language),
            "curve": curve(&report, "curve", asked.chart, language),
            "curve_was": curve(&before, "curve-was", asked.chart, language),
            "pains": pains(flow, (&before, &report), language),
            "pains_gone": labels(&drawn, &comparison.only[0].pains),
            "contradictions": told(&flow.contradictions()),
            "contradictions_were": told(&drawn.contradictions()),
            "fixes": fixes(flow, &outcome, language),
            "warnings": report.warnings.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "touchpoints": touchpoint::controls(&drawn, flow, language),
            "outcomes": outcomes(&report, &outcome, language),
        }))
    };
    answer().unwrap_or_else(|why| json!({ "refused": why, "changes": words(&asked.changes) }))
}

/// The figures of several variants beside those of the map as it is drawn.
pub(super) fn beside(asked: &Beside) -> Value {
    let answer = || -> Result<Value, String> {
        let language = &language(&asked.lang);
        let drawn = asked.flow()?;
        let before = drawn.modelled().report();
        let mut variants = Vec::new();
        for wishes in &asked.variants {
            let what_if = what_if(&drawn, wishes)?;
            let report = what_if.flow().report();
            let comparison = before.compare(&report);
            variants.push(json!({
                "changes": words(wishes),
                "endings": endings(&comparison, language),
                "whole": whole(&comparison, language),
                "pains": pains(what_if.flow(), (&before, &report), language),
                "curve": curve(&report, &format!("beside-{}", variants.len()), 560, language),
            }));
        }
        Ok(json!({ "variants": variants }))
    };
    answer().unwrap_or_else(refused)
}

/// The changes as the library says them.
fn words(wishes: &[Wish]) -> Vec<String> {
    changes(wishes).iter().map(ToString::to_string).collect()
}

fn page<'a>(
    flow: &'a Flow,
    report: &'a Report,
    outcome: &Outcome,
    language: &Language,
) -> Html<'a> {
    let page = flow.html().report(report).outcome(outcome.clone());
    page.limit(FIXES).language(language.clone())
}

/// The endings that the map has and the one that should become rarer, as people say them.
fn outcomes(report: &Report, chosen: &Outcome, language: &Language) -> Vec<Value> {
    let known = report.outcomes.iter().map(|known| &known.outcome);
    let mut all: Vec<&Outcome> = known.collect();
    if !all.contains(&chosen) {
        all.push(chosen);
    }
    let told = all.into_iter();
    told.map(|outcome| json!({ "name": outcome.as_str(), "label": ending(outcome, language) }))
        .collect()
}

fn map(flow: &Flow, asked: &Try, outcome: &Outcome, language: &Language) -> String {
    let preset = if asked.whole {
        Preset::Workshop
    } else {
        Preset::Overview
    };
    let picture = flow.svg().preset(preset).outcome(outcome.clone());
    let picture = picture
        .width(asked.width.max(NARROWEST))
        .language(language.clone());
    picture.id_prefix("map").to_string()
}

fn curve(report: &Report, id: &str, width: u16, language: &Language) -> String {
    let width = width.clamp(NARROWEST, 720);
    let picture = report.trajectory.svg().width(width).id_prefix(id);
    let picture = picture.language(language.clone());
    picture.navigable(false).to_string()
}

/// What customers remember, fact by fact.
fn facts(flow: &Flow) -> Vec<Value> {
    let facts = flow.journey().remembers().iter();
    let told = facts.map(|fact| json!({ "name": fact.name, "told": fact.kind.to_string() }));
    told.collect()
}

/// The greatest pains, and which place each had.
fn pains(flow: &Flow, (before, after): (&Report, &Report), language: &Language) -> Vec<Value> {
    let share_of_hurt = |pain: &PainPoint| {
        let share = pain.share.map(|share| percent(share, language));
        share.unwrap_or_else(|| language.word("not known").to_owned())
    };
    let first = after.pain_points.iter().take(PAINS);
    let told = first.enumerate().map(|(place, pain)| {
        let was = before.pain_points.iter().position(|old| old.id == pain.id);
        json!({
            "id": pain.id,
            "label": label(flow, &pain.id),
            "share": share_of_hurt(pain),
            "place": place + 1,
            "was": was.map(|place| place + 1),
            "share_was": was.and_then(|place| before.pain_points.get(place)).map(share_of_hurt),
            "told": pain.to_string(),
        })
    });
    told.collect()
}

fn label<'a>(flow: &'a Flow, id: &'a str) -> &'a str {
    let known = flow.journey().touchpoint(id);
    known.map_or(id, |touchpoint| touchpoint.label())
}

fn labels(flow: &Flow, ids: &[String]) -> Vec<String> {
    ids.iter().map(|id| label(flow, id).to_owned()).collect()
}

fn told(contradictions: &[Contradiction]) -> Vec<String> {
    contradictions.iter().map(ToString::to_string).collect()
}

/// What would help most, for each goal that the journey can have, as changes to try.
fn fixes(flow: &Flow, outcome: &Outcome, language: &Language) -> Vec<Value> {
    let goals = [Goal::Reduce(outcome.clone()), Goal::ReduceHurt];
    let asked = goals.iter().map(|goal| flow.fixes(goal));
    let told = asked.map(|fixes| {
        let rarer = match &fixes.goal {
            Goal::Reduce(outcome) => Some(ending(outcome, language)),
            _ => None,
        };
        let offered: Vec<Value> = offered(flow, &fixes, language);
        json!({ "rarer": rarer, "fixes": offered })
    });
    told.collect()
}

fn offered(flow: &Flow, fixes: &Fixes, language: &Language) -> Vec<Value> {
    let useful = |fix: &&RankedFix| fix.gain.is_some_and(|gain| gain > 0.0);
    let best = fixes.ranked.iter().filter(useful).take(FIXES);
    let offers = best.filter_map(|fix| {
        let at = fix.id.clone();
        let wish = match fix.kind {
            FixKind::KeepPromise => Wish::Keep {
                at,
                given: Remembered::default(),
                rate: 1.0,
            },
            FixKind::LiftEmotion => Wish::Lift { at },
            _ => return None,
        };
        Some(json!({
            "change": wish,
            "kind": fix.kind,
            "label": label(flow, &fix.id),
            "gain": gained(fixes, fix.gain?, language),
            "value": fix.gain,
        }))
    });
    offers.collect()
}

/// A gain as a share: of all journeys, or of all bad feelings.
fn gained(fixes: &Fixes, gain: f64, language: &Language) -> Option<String> {
    Some(match fixes.goal {
        Goal::ReduceHurt => percent(gain / fixes.now.filter(|now| *now > 0.0)?, language),
        _ => said(Unit::Share, gain, language),
    })
}
