//! What fixes on whole journeys claim, in words: no more than was seen.

use super::FixEffect;
use crate::flow::Basis;
use crate::journey::{FixKind, OutcomeChange};
use crate::page::Block;
use crate::page::number::whole;
use crate::page::words::place;

/// A fix at the touchpoint of an id, with its effect where that is known.
pub(super) type Claim<'a> = (&'a str, FixKind, Option<&'a FixEffect>);

/// So many fixes are named one by one.
const NAMED: usize = 5;

/// What the effects of some fixes are.
pub(super) fn grounds(fixes: &[Claim<'_>]) -> Vec<String> {
    let counted: Vec<&Claim<'_>> = fixes.iter().filter(|fix| is_counted(fix)).collect();
    if counted.is_empty() {
        return Vec::new();
    }
    let some = |kind: FixKind| counted.iter().any(|fix| fix.1 == kind);
    let mut said = vec![
        "These effects are computed on the whole journeys, each fix in a chain that remembers what it is about.".to_owned(),
    ];
    if some(FixKind::KeepPromise) {
        said.push(
            "Keeping a promise: what would be if those who found it broken went on like those who came there alike and found it kept."
                .to_owned(),
        );
    }
    if some(FixKind::LiftEmotion) {
        said.push(
            "Lifting bad feelings: what goes with them. Customers who felt bad may differ in more than this feeling; \"same mood\" \
             holds them against others only whose feelings so far were as good or bad."
                .to_owned(),
        );
    }
    if fixes.iter().any(|fix| fix.2.is_some() && !is_counted(fix)) {
        said.push(
            "Fixes \"by the map\" are computed from it alone, and it forgets how customers came."
                .to_owned(),
        );
    }
    said
}

pub(super) fn is_counted(&(_, _, effect): &Claim<'_>) -> bool {
    effect.is_some_and(|effect| effect.basis == Basis::Counted)
}

/// The visits of which nothing is claimed, fix by fix.
pub(super) fn without(fixes: &[Claim<'_>]) -> Block {
    let said = fixes.iter().filter_map(|&(id, kind, effect)| {
        let effect = effect?;
        let (cases, without) = effect.cases.zip(effect.without_comparison)?;
        let (found, better) = match kind {
            FixKind::KeepPromise => ("broken promises", "found it kept"),
            _ => ("bad feelings", "felt better"),
        };
        (without > 0).then(|| {
            format!(
                "At {}, {} of {} {found} have nothing to be compared with: nobody who came there alike {better}. They are taken to go \
                 on as they did.",
                place(id),
                whole_number(without),
                whole_number(cases),
            )
        })
    });
    let said: Vec<String> = said.take(NAMED).collect();
    Block::list(said, ("touchpoint", "touchpoints"))
}

fn whole_number(number: u64) -> String {
    usize::try_from(number).map_or_else(|_| number.to_string(), whole)
}

/// The ending that changes most.
pub(super) fn most_changed(effect: &FixEffect) -> Option<&OutcomeChange> {
    OutcomeChange::greatest(&effect.outcomes)
}
