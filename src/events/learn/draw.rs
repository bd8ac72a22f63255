//! A touchpoint from its counts.

use std::collections::BTreeMap;

use super::nodes::{Node, collapse};
use crate::events::learned::LearnRemark;
use crate::journey::{
    Emotion, Ending, Evidence, Outcome, Phase, Promise, PromiseResult, Touchpoint,
};

pub(super) fn touchpoint(node: &Node, remarks: &mut Vec<LearnRemark>) -> Touchpoint {
    let mut drawn = node.drawn.clone();
    remark_on_phases(node, remarks);
    if let Some((owner, several)) = most(&node.owners)
        && !(node.planned && drawn.owner.is_some())
    {
        if several {
            remarks.push(LearnRemark::SeveralOwners {
                id: drawn.id.clone(),
                names: told(&node.owners),
                taken: owner.to_owned(),
            });
        }
        drawn.owner = Some(owner.to_owned());
    }
    drawn.promise = node.tests.then(|| promise(node, remarks));
    let [kept, broken, unknown] = emotions(node);
    drawn.emotion = kept;
    drawn.emotion_when_broken = broken;
    drawn.emotion_when_unknown = unknown;
    drawn.starts = (node.starts > 0).then_some(node.starts as f64);
    drawn.ends = ends(node);
    drawn.evidence = Evidence::Observed;
    drawn
}

fn promise(node: &Node, remarks: &mut Vec<LearnRemark>) -> Promise {
    let planned = node.drawn.promise.as_ref().filter(|_| node.planned);
    let name = match (planned, most(&node.promises)) {
        (Some(promise), _) => promise.name.clone(),
        (None, Some((name, several))) => {
            if several {
                remarks.push(LearnRemark::SeveralPromises {
                    id: node.drawn.id.clone(),
                    names: told(&node.promises),
                    taken: name.to_owned(),
                });
            }
            name.to_owned()
        }
        (None, None) => node.touchpoint.clone(),
    };
    let [silent, kept, broken, unknown] = node.visits;
    Promise::new(name)
        .kept(kept as f64)
        .broken(broken as f64)
        .unknown((silent + unknown) as f64)
}

/// What is felt where the promise was kept (or none is tested), broken, or of unknown result. Visits that state nothing
/// are unknown parts of the mix; where no visit states anything, nothing is said.
fn emotions(node: &Node) -> [Option<Emotion>; 3] {
    let mut mixes: [BTreeMap<_, (crate::events::tally::levels::Level, u64)>; 3] =
        Default::default();
    for &(slot, level, count) in &node.emotions {
        let mix = &mut mixes[mix_of(slot, node.tests)];
        mix.entry(level.order()).or_insert((level, 0)).1 += count;
    }
    let mut visits = [0; 3];
    for (slot, count) in (0..).zip(node.visits) {
        visits[mix_of(slot, node.tests)] += count;
    }
    // Where nothing is stated, what is felt after other results would be taken for it.
    let stands_in = !mixes[0].is_empty();
    let mut drawn = mixes.into_iter().zip(visits).map(|(mix, visits)| {
        let stated: u64 = mix.values().map(|&(_, count)| count).sum();
        // An emotion is stated by a visit that was counted.
        let unknown = visits.saturating_sub(stated);
        let shades = mix
            .into_values()
            .map(|(level, count)| level.shade().weight(count as f64));
        let emotion = Emotion::mix(shades).or_unknown(unknown as f64);
        let says = stated > 0 || (stands_in && visits > 0);
        says.then_some(emotion)
    });
    std::array::from_fn(|_| drawn.next().flatten())
}

/// Whether visits with a promise result are told of as kept (or untested), broken, or unknown.
fn mix_of(slot: u8, tests: bool) -> usize {
    match collapse(slot, tests) {
        Some(PromiseResult::Broken) => 1,
        Some(PromiseResult::Unknown) => 2,
        Some(PromiseResult::Kept) | None => 0,
    }
}

fn ends(node: &Node) -> Vec<Ending> {
    let mut ends: BTreeMap<(Option<PromiseResult>, &Outcome), u64> = BTreeMap::new();
    for ((slot, outcome), count) in &node.ends {
        let when = collapse(*slot, node.tests);
        *ends.entry((when, outcome)).or_default() += count;
    }
    ends.into_iter()
        .map(|((when, outcome), count)| {
            let mut ending = Ending::new(outcome.clone(), count as f64);
            ending.when = when;
            ending
        })
        .collect()
}

fn remark_on_phases(node: &Node, remarks: &mut Vec<LearnRemark>) {
    let phases: Vec<(Phase, u64)> = Phase::ALL
        .iter()
        .copied()
        .zip(node.phases)
        .filter(|&(_, count)| count > 0)
        .collect();
    let other = phases.iter().any(|&(phase, _)| phase != node.drawn.phase);
    if other {
        remarks.push(LearnRemark::SeveralPhases {
            id: node.drawn.id.clone(),
            phases,
            taken: node.drawn.phase,
        });
    }
}

/// The name stated most often, the alphabetically first at a tie, and whether there are others.
fn most(names: &BTreeMap<String, u64>) -> Option<(&str, bool)> {
    let most = names.values().max()?;
    let name = names.iter().find(|&(_, count)| count == most)?.0;
    Some((name, names.len() > 1))
}

fn told(names: &BTreeMap<String, u64>) -> Vec<(String, u64)> {
    names
        .iter()
        .map(|(name, count)| (name.clone(), *count))
        .collect()
}
