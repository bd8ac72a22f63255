//! What fixes change, in words.

use std::cmp::Reverse;

use ordered_float::OrderedFloat;

use super::claims::{self, Claim};
use super::money;
use super::tables::{effects, for_programs, from, has_several, outcomes_for_programs};
use super::{Fix, FixPlan, FixStep, Fixes, Goal, RankedFix};
use crate::flow::{Basis, NoEffect};
use crate::journey::FixKind;
use crate::page::Detail::Brief;
use crate::page::number::{
    JOURNEYS, Noun, amount, capital, cell, change_of_100, feeling, list, that, whole,
};
use crate::page::words::{name, place};
use crate::page::{Block, Cell, Question, Section, Table, Unit, number, said, text, told};

/// What the effects are: by which chain they are computed, and what they claim.
pub(crate) fn grounds(fixes: &[Fix]) -> Vec<String> {
    let claims: Vec<Claim<'_>> = fixes
        .iter()
        .map(|fix| (fix.id.as_str(), fix.kind, fix.effect.as_ref()))
        .collect();
    let said = claims::grounds(&claims);
    if said.is_empty() {
        return vec!["The effects are exact, over all paths and loops of the map.".to_owned()];
    }
    said
}

/// Why it is not known what some fixes change, a sentence each.
pub(crate) fn unknown(fixes: &[Fix]) -> Vec<String> {
    let fixes = fixes.iter();
    let unknown = fixes.filter_map(|fix| not_known(&fix.id, fix.kind, fix.unknown.as_ref()));
    unknown.collect()
}

fn not_known(id: &str, kind: FixKind, why: Option<&NoEffect>) -> Option<String> {
    let why = match why? {
        NoEffect::NoWayOn { id, given } if given.is_empty() => {
            format!(
                "no way on from {} is drawn for all who come there then",
                place(id)
            )
        }
        NoEffect::NoWayOn { id, given } => {
            format!(
                "no way on from {} is drawn where {}",
                place(id),
                name(given)
            )
        }
        other => other.to_string(),
    };
    Some(format!(
        "What it changes to {kind} at {} is not known: {why}.",
        place(id)
    ))
}

told!(Fixes);
told!(FixPlan);
said!(Goal, wanted);

pub(super) const FIXES: Noun = ("fix", "fixes");

/// What is wanted.
fn wanted(goal: &Goal) -> String {
    match goal {
        Goal::Reduce(outcome) => format!("fewer journeys that end in {}", name(outcome.as_str())),
        Goal::Raise(outcome) => format!("more journeys that end in {}", name(outcome.as_str())),
        Goal::RaiseEnd => "a better feeling at the end".to_owned(),
        Goal::RaiseMean => "a better feeling on average".to_owned(),
        Goal::RaiseRemembered => "a better memory".to_owned(),
        Goal::ReduceHurt => "less bad feeling".to_owned(),
        Goal::ReduceSilentChurn => "less silent churn".to_owned(),
        Goal::RaiseValue => "more value for the money".to_owned(),
    }
}

/// What stands between a fix and its gain: of a lifted feeling no more is known than what goes with it.
pub(crate) fn claim(fix: &RankedFix) -> &'static str {
    let effect = fix.effect.as_ref();
    let is_counted = effect.is_some_and(|effect| effect.basis == Basis::Counted);
    if is_counted && fix.kind == FixKind::LiftEmotion {
        " goes with this: "
    } else {
        ": "
    }
}

/// A change in the goal's own unit.
pub(crate) fn gained(goal: &Goal, gain: f64) -> String {
    match goal {
        Goal::Reduce(_) | Goal::Raise(_) | Goal::ReduceSilentChurn => change_of_100(gain),
        Goal::RaiseValue if gain > 0.0 => format!("+{}", amount(gain)),
        Goal::RaiseValue => amount(gain),
        Goal::RaiseEnd | Goal::RaiseMean | Goal::RaiseRemembered | Goal::ReduceHurt => {
            feeling(gain)
        }
    }
}

/// Where the journey stands now, in a sentence.
fn standing(goal: &Goal, now: f64) -> String {
    match goal {
        Goal::Reduce(outcome) | Goal::Raise(outcome) => {
            let ends = capital(&that(now, JOURNEYS, ("ends", "end")));
            format!("{ends} in {} now.", name(outcome.as_str()))
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

/// A figure in words, or that it is unknown.
fn figure(known: Option<f64>, words: impl Fn(f64) -> String) -> Cell {
    known.map_or(Cell::Figure(Unit::Change, None), |known| {
        Cell::words(words(known))
    })
}

impl Question for Fixes {
    fn sections(&self) -> Vec<Section> {
        let heading = format!("Which fix brings {}", wanted(&self.goal));
        let mut section = Section::new("ranking", heading);
        if self.ranked.is_empty() {
            section.say(
                "There is nothing to fix: no promise is tested, no feeling is bad, and every touchpoint listens.",
            );
            return vec![section];
        }
        if let Some(now) = self.now {
            section.say(standing(&self.goal, now));
        }
        let claims: Vec<Claim<'_>> = self
            .ranked
            .iter()
            .map(|fix| (fix.id.as_str(), fix.kind, fix.effect.as_ref()))
            .collect();
        let grounds = claims::grounds(&claims);
        section.say(if grounds.is_empty() {
            "Each fix by itself, the one that gains most first. The effects are exact, over all paths and loops."
        } else {
            "Each fix by itself, the one that gains most first."
        });
        for ground in grounds {
            section.say(ground);
        }
        let helps = |fix: &&RankedFix| fix.gain.is_none_or(|gain| gain > 0.0);
        let helping: Vec<&RankedFix> = self.ranked.iter().filter(helps).collect();
        if helping.is_empty() {
            section.say("No single fix comes any nearer to this goal.");
            return vec![section];
        }
        section.put(ranking(&self.goal, &helping));
        let ranked = self.ranked.iter();
        let unknown = ranked.filter_map(|fix| not_known(&fix.id, fix.kind, fix.unknown.as_ref()));
        section.put(Block::list(unknown.collect(), FIXES));
        section.put(claims::without(&claims));
        if helping.iter().any(|fix| fix.cost.is_some()) {
            section.say("Efficient: no other fix gains as much for less money.");
        }
        if self.goal == Goal::RaiseValue {
            let effects: Vec<money::Changing<'_>> = helping
                .iter()
                .map(|fix| (fix.id.as_str(), fix.kind, fix.effect.as_ref()))
                .collect();
            section.blocks.extend(money::tables(&effects));
        }
        match self.ranked.len() - helping.len() {
            0 => {}
            1 => section.say("1 more fix does not help towards this goal."),
            others => section.say(format!(
                "{} more fixes do not help towards this goal.",
                whole(others)
            )),
        }
        let unused = self.unused_costs.iter();
        let unused = unused.map(|unused| format!("A cost was not used: {}.", name(unused)));
        section.put(Block::list(
            unused.collect(),
            ("unused cost", "unused costs"),
        ));
        vec![section]
    }
}

fn ranking(goal: &Goal, helping: &[&RankedFix]) -> Table {
    let has_errors = helping.iter().any(|fix| fix.standard_error.is_some());
    let has_costs = helping.iter().any(|fix| fix.cost.is_some());
    let has_adjusted = helping.iter().any(|fix| fix.adjusted_gain.is_some());
    let counted = |fix: &RankedFix| fix.effect.as_ref().map(|effect| effect.basis);
    let mixed = has_several(helping.iter().map(|fix| counted(fix)));
    // A round sum of the size of what is spent.
    let dearest = helping.iter().filter_map(|fix| fix.cost);
    let unit = 10_f64.powf(dearest.fold(1.0, f64::max).log10().floor());
    let gain = |gain| gained(goal, gain);
    let ranked: Vec<(usize, &RankedFix)> = (1..).zip(helping.iter().copied()).collect();
    Table::of(&ranked, "The fixes that help, the best first", FIXES)
        .shown(Brief, number("rank"), |(rank, _)| Cell::rank(*rank))
        .shown(Brief, text("touchpoint"), |(_, fix)| Cell::place(&fix.id))
        .shown(Brief, text("fix"), |(_, fix)| {
            Cell::words(fix.kind.to_string())
        })
        .shown(Brief, number("gain"), |(_, fix)| figure(fix.gain, gain))
        .when(has_errors, |table| {
            table.shown(Brief, number("give or\ntake"), |(_, fix)| {
                figure(fix.standard_error, |error| gain(error).replace('+', ""))
            })
        })
        .when(has_adjusted, |table| {
            table.shown(Brief, number("in the\nsame mood"), |(_, fix)| {
                Cell::or_none(fix.adjusted_gain, |known| Cell::words(gain(known)))
            })
        })
        .when(mixed, |table| {
            table.shown(Brief, text("from"), |(_, fix)| {
                Cell::or_none(counted(fix), from)
            })
        })
        .when(has_costs, |table| {
            let per_money = format!("gain for\n{}", cell(unit));
            table
                .shown(Brief, number("cost"), |(_, fix)| Cell::times(fix.cost))
                .shown(Brief, number(&per_money), |(_, fix)| {
                    fix.gain_per_cost
                        .map_or(Cell::Empty, |rate| Cell::words(gain(rate * unit)))
                })
                .shown(Brief, text(""), |(_, fix)| {
                    if fix.is_efficient {
                        Cell::Word("efficient")
                    } else {
                        Cell::Empty
                    }
                })
        })
        .done()
}

impl Question for FixPlan {
    fn sections(&self) -> Vec<Section> {
        let heading = format!("Fixes for {}: {}", cell(self.budget), wanted(&self.goal));
        let mut section = Section::new("plan", heading);
        if self.steps.is_empty() {
            section.say("No fix of stated cost that helps can be had for this money.");
        } else {
            let steps: Vec<(usize, &FixStep)> = (1..).zip(&self.steps).collect();
            section.put(
                Table::of(
                    &steps,
                    "The fixes in the order in which they were chosen",
                    FIXES,
                )
                .listed(steps.len())
                .shown(Brief, number("step"), |(step, _)| Cell::rank(*step))
                .shown(Brief, text("touchpoint"), |(_, step)| Cell::place(&step.id))
                .shown(Brief, text("fix"), |(_, step)| {
                    Cell::words(step.kind.to_string())
                })
                .shown(Brief, number("cost"), |(_, step)| Cell::times(step.cost))
                .shown(Brief, number("gain on top"), |(_, step)| {
                    Cell::words(gained(&self.goal, step.gain))
                })
                .done(),
            );
            section.say(format!(
                "Together they cost {} and gain {}, computed exactly for the whole set. The set was chosen greedily, one fix \
                 after the other; another set may be better still.",
                cell(self.spent),
                gained(&self.goal, self.gain)
            ));
            for sentence in self.effect.iter().flat_map(money::sums) {
                section.say(sentence);
            }
        }
        if self.singles == Basis::Counted {
            section.say(
                "Several fixes together are computed from the map, which forgets how customers came: single fixes, computed on whole \
                 journeys, may tell another story.",
            );
        }
        if self.without_cost > 0 {
            let (one, many) = FIXES;
            let noun = if self.without_cost == 1 { one } else { many };
            section.say(format!(
                "Not considered, because what they cost is not stated: {} {noun}.",
                whole(self.without_cost)
            ));
        }
        vec![section]
    }
}

/// The fixes in the order in which they are told, and which of them comes first: the hurt counts, and where no feeling is
/// known, how journeys end.
fn ranked(fixes: &[Fix]) -> (Vec<&Fix>, &'static str) {
    let mut ranked: Vec<&Fix> = fixes.iter().filter(|fix| !fix.verdict).collect();
    let hurts = |fix: &Fix| fix.effect.as_ref().and_then(|effect| effect.hurt);
    let knows_hurt = fixes.iter().any(|fix| hurts(fix).is_some());
    let first = if knows_hurt {
        ranked.sort_by_key(|fix| OrderedFloat(hurts(fix).unwrap_or(0.0)));
        "the one that takes most hurt away"
    } else {
        let ends = |fix: &Fix| Some(claims::most_changed(fix.effect.as_ref()?)?.change.abs());
        ranked.sort_by_key(|fix| Reverse(OrderedFloat(ends(fix).unwrap_or(0.0))));
        "the one that changes most how journeys end"
    };
    ranked.sort_by_key(|fix| Reverse(fix.effect.is_some()));
    (ranked, first)
}

/// Which feelings are no fix, as they may be the ending itself.
pub(crate) fn verdicts(fixes: &[Fix]) -> Option<String> {
    let verdicts = fixes.iter().filter(|fix| fix.verdict);
    let places: Vec<String> = verdicts.map(|fix| place(&fix.id)).collect();
    (!places.is_empty()).then(|| {
        format!(
            "What customers feel at {} is left out: journeys end there, so that it may be the ending itself and not its cause.",
            list(&places, VERDICTS)
        )
    })
}

/// So many of them are named.
const VERDICTS: usize = 5;

impl Question for Vec<Fix> {
    fn sections(&self) -> Vec<Section> {
        let mut section = Section::new("help", "What would help");
        if self.is_empty() {
            section.say(
                "There is nothing to fix: no promise is tested, and no feeling is known to be bad.",
            );
        } else {
            let claims: Vec<Claim<'_>> = self
                .iter()
                .map(|fix| (fix.id.as_str(), fix.kind, fix.effect.as_ref()))
                .collect();
            let grounds = claims::grounds(&claims);
            let (ranked, first) = ranked(self);
            let how = if grounds.is_empty() {
                "exactly and over all paths and loops, "
            } else {
                ""
            };
            section.say(format!("What each single fix changes, {how}{first} first."));
            for ground in grounds {
                section.say(ground);
            }
            if !ranked.is_empty() {
                section.put(effects(&ranked));
            }
            section.blocks.extend(verdicts(self).map(Block::Say));
            section.put(Block::list(unknown(self), FIXES));
            section.put(claims::without(&claims));
            let changing: Vec<money::Changing<'_>> = ranked
                .iter()
                .map(|fix| (fix.id.as_str(), fix.kind, fix.effect.as_ref()))
                .collect();
            section.blocks.extend(money::tables(&changing));
        }
        section.put(for_programs(self));
        section.put(outcomes_for_programs(self));
        vec![section]
    }
}
