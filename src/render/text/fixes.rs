//! What would help: single fixes, plans of several, and how sure the figures are.

use std::cmp::Reverse;
use std::fmt;

use ordered_float::OrderedFloat;

use super::page::{LISTED, Page};
use super::table::Table;
use super::{Text, fix_money};
use crate::analysis::{Fix, FixPlan, Fixes, Goal, RankedFix};
use crate::journey::Outcome;
use crate::render::clean::clean;
use crate::render::number::{
    EXACT, JOURNEYS, UNKNOWN, amount, capital, cell, feeling, or_unknown, that, whole,
};

impl Fixes {
    /// The text for people, of a width that can be set.
    pub fn text(&self) -> Text<'_> {
        Text::new(self)
    }
}

/// The ranking as a table; see [`Fixes::text`] for other widths than 80.
impl fmt::Display for Fixes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(f)
    }
}

impl FixPlan {
    /// The text for people, of a width that can be set.
    pub fn text(&self) -> Text<'_> {
        Text::new(self)
    }
}

/// The steps as a table; see [`FixPlan::text`] for other widths than 80.
impl fmt::Display for FixPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(f)
    }
}

/// A change of a chance: "-32.5 of 100".
pub(in crate::render) fn moved(change: f64) -> String {
    let text = format!("{:+.1} of 100", change * 100.0);
    match text.as_str() {
        // What rounding leaves of nothing is nothing.
        "+0.0 of 100" | "-0.0 of 100" if change.abs() <= EXACT => "0".to_owned(),
        "+0.0 of 100" => "<+0.1 of 100".to_owned(),
        "-0.0 of 100" => ">-0.1 of 100".to_owned(),
        _ => text,
    }
}

/// A change in the goal's own unit.
pub(in crate::render) fn gained(goal: &Goal, gain: f64) -> String {
    match goal {
        Goal::Reduce(_) | Goal::Raise(_) | Goal::ReduceSilentChurn => moved(gain),
        Goal::RaiseValue if gain > 0.0 => format!("+{}", amount(gain)),
        Goal::RaiseValue => amount(gain),
        _ => feeling(gain),
    }
}

/// Where the journey stands now, in a sentence.
fn standing(goal: &Goal, now: f64) -> String {
    match goal {
        Goal::Reduce(outcome) | Goal::Raise(outcome) => {
            let ends = capital(&that(now, JOURNEYS, ("ends", "end")));
            format!("{ends} in {} now.", clean(outcome.as_str()))
        }
        Goal::RaiseEnd => format!("The feeling at the end is {} now.", feeling(now)),
        Goal::RaiseMean => format!("The mean feeling is {} now.", feeling(now)),
        Goal::RaiseRemembered => format!("What is remembered is {} now.", feeling(now)),
        Goal::ReduceHurt => format!("The hurt of a journey is {} now.", cell(now)),
        Goal::ReduceSilentChurn => {
            let ends = capital(&that(now, JOURNEYS, ("ends", "end")));
            format!("{ends} in silent churn now.")
        }
        Goal::RaiseValue => format!("A journey is worth {now:.2} now."),
    }
}

pub(super) fn print(page: &mut Page, fixes: &Fixes) {
    page.heading(&format!(
        "Which fix brings {}",
        clean(&fixes.goal.to_string())
    ));
    if fixes.ranked.is_empty() {
        page.say("There is nothing to fix: no promise is tested, no feeling is bad, and every touchpoint listens.");
        return;
    }
    if let Some(now) = fixes.now {
        page.say(&standing(&fixes.goal, now));
    }
    page.say("Each fix by itself, the one that gains most first. The effects are exact, over all paths and loops.");
    page.gap();
    let helps = |fix: &&RankedFix| fix.gain.is_none_or(|gain| gain > 0.0);
    let helping: Vec<&RankedFix> = fixes.ranked.iter().filter(helps).collect();
    if helping.is_empty() {
        page.say("No single fix comes any nearer to this goal.");
        return;
    }
    let has_errors = helping.iter().any(|fix| fix.standard_error.is_some());
    let has_costs = helping.iter().any(|fix| fix.cost.is_some());
    // A round sum of the size of what is spent.
    let dearest = helping
        .iter()
        .filter_map(|fix| fix.cost)
        .fold(1.0, f64::max);
    let unit = 10_f64.powf(dearest.log10().floor());
    let mut table = Table::new()
        .number("")
        .text("touchpoint")
        .text("fix")
        .number("gain");
    if has_errors {
        table = table.number("give or\ntake");
    }
    if has_costs {
        let heading = format!("gain for\n{}", cell(unit));
        table = table.number("cost").number(&heading).text("");
    }
    for (number, fix) in (1..).zip(helping.iter().take(LISTED)) {
        let gain = |gain| gained(&fixes.goal, gain);
        let mut row = vec![
            whole(number),
            clean(&fix.id),
            fix.kind.to_string(),
            or_unknown(fix.gain, gain),
        ];
        if has_errors {
            row.push(or_unknown(fix.standard_error, |error| {
                gain(error).replace('+', "")
            }));
        }
        if has_costs {
            row.push(or_unknown(fix.cost, cell));
            row.push(
                fix.gain_per_cost
                    .map_or_else(String::new, |rate| gain(rate * unit)),
            );
            row.push(if fix.is_efficient {
                "efficient".to_owned()
            } else {
                String::new()
            });
        }
        table.row(row);
    }
    table.print(page);
    page.more(2, helping.len(), LISTED, ("fix", "fixes"));
    if has_costs {
        page.gap();
        page.say("Efficient: no other fix gains as much for less money.");
    }
    if fixes.goal == Goal::RaiseValue {
        let fixes: Vec<_> = helping
            .iter()
            .map(|fix| (fix.id.as_str(), fix.kind, fix.effect.as_ref()))
            .collect();
        fix_money::print(page, &fixes);
    }
    let others = fixes.ranked.len() - helping.len();
    if others > 0 {
        page.gap();
        page.say(&if others == 1 {
            "1 more fix does not help towards this goal.".to_owned()
        } else {
            format!(
                "{} more fixes do not help towards this goal.",
                whole(others)
            )
        });
    }
    for unused in &fixes.unused_costs {
        page.item(2, "- ", &format!("A cost was not used: {}.", clean(unused)));
    }
}

pub(super) fn print_plan(page: &mut Page, plan: &FixPlan) {
    let goal = clean(&plan.goal.to_string());
    page.heading(&format!("Fixes for {}: {goal}", cell(plan.budget)));
    if plan.steps.is_empty() {
        page.say("No fix of stated cost that helps can be had for this money.");
    } else {
        let mut table = Table::new()
            .number("")
            .text("touchpoint")
            .text("fix")
            .number("cost")
            .number("gain on top");
        for (number, step) in (1..).zip(&plan.steps) {
            table.row([
                whole(number),
                clean(&step.id),
                step.kind.to_string(),
                cell(step.cost),
                gained(&plan.goal, step.gain),
            ]);
        }
        table.print(page);
        page.gap();
        page.say(&format!(
            "Together they cost {} and gain {}, computed exactly for the whole set. The set was chosen greedily, one fix \
             after the other; another set may be better still.",
            cell(plan.spent),
            gained(&plan.goal, plan.gain)
        ));
        if let Some(effect) = &plan.effect {
            fix_money::print_sums(page, effect);
        }
    }
    if plan.without_cost > 0 {
        page.gap();
        let fixes = if plan.without_cost == 1 {
            "fix"
        } else {
            "fixes"
        };
        page.say(&format!(
            "Not considered, because what they cost is not stated: {} {fixes}.",
            whole(plan.without_cost)
        ));
    }
}

/// The fixes of a whole report, those that take most hurt away first.
pub(super) fn print_single(page: &mut Page, fixes: &[Fix]) {
    page.heading("What would help");
    if fixes.is_empty() {
        page.say(
            "There is nothing to fix: no promise is tested, and no feeling is known to be bad.",
        );
        return;
    }
    page.say(
        "What each single fix changes, exactly and over all paths and loops, the one that takes most hurt away first.",
    );
    page.gap();
    let hurt = |fix: &Fix| fix.effect.as_ref().map_or(0.0, |effect| effect.hurt);
    let mut ranked: Vec<&Fix> = fixes.iter().collect();
    ranked.sort_by_key(|fix| OrderedFloat(hurt(fix)));
    ranked.sort_by_key(|fix| Reverse(fix.effect.is_some()));
    let mut table = Table::new()
        .text("touchpoint")
        .text("fix")
        .number("churn,\nof 100\njourneys")
        .number("hurt")
        .number("mean\nfeeling")
        .number("feeling\nat the\nend");
    for fix in ranked.iter().take(LISTED) {
        let mut row = vec![clean(&fix.id), fix.kind.to_string()];
        match &fix.effect {
            Some(effect) => row.extend([
                moved(effect.change_of(&Outcome::Churn)).replace(" of 100", ""),
                feeling(effect.hurt),
                or_unknown(effect.mean, feeling),
                or_unknown(effect.end, feeling),
            ]),
            None => row.extend(vec![UNKNOWN.to_owned(); 4]),
        }
        table.row(row);
    }
    table.print(page);
    page.more(2, fixes.len(), LISTED, ("fix", "fixes"));
    let fixes: Vec<_> = ranked
        .iter()
        .map(|fix| (fix.id.as_str(), fix.kind, fix.effect.as_ref()))
        .collect();
    fix_money::print(page, &fixes);
}
