//! A touchpoint from its counts.

use std::collections::BTreeMap;

use super::nodes::{Node, collapse};
use crate::events::learned::Remark;
use crate::journey::{
    Emotion, Ending, Evidence, Outcome, Phase, Promise, PromiseResult, Touchpoint,
};

pub(super) fn touchpoint(node: &Node, remarks: &mut Vec<Remark>) -> Touchpoint {
    let mut drawn = node.drawn.clone();
    remark_on_phases(node, remarks);
    if let Some((owner, several)) = most(&node.owners)
        && !(node.planned && drawn.owner.is_some())
    {
        if several {
            remarks.push(Remark::SeveralOwners {
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
    remark_on_feelings(node, &drawn, remarks);
    drawn.starts = (node.starts > 0).then_some(node.starts as f64);
    drawn.ends = ends(node);
    drawn.evidence = Evidence::Observed;
    drawn
}

fn promise(node: &Node, remarks: &mut Vec<Remark>) -> Promise {
    let planned = node.drawn.promise.as_ref().filter(|_| node.planned);
    let name = match (planned, most(&node.promises)) {
        (Some(promise), _) => promise.name.clone(),
        (None, Some((name, several))) => {
            if several {
                remarks.push(Remark::SeveralPromises {
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

/// What is felt where the promise was kept (or none is tested), broken, or of unknown result.
fn emotions(node: &Node) -> [Option<Emotion>; 3] {
    let mut mixes: [BTreeMap<_, (crate::events::levels::Level, u64)>; 3] = Default::default();
    for &(slot, level, count) in &node.emotions {
        let mix = match collapse(slot, node.tests) {
            Some(PromiseResult::Broken) => 1,
            Some(PromiseResult::Unknown) => 2,
            Some(PromiseResult::Kept) | None => 0,
        };
        mixes[mix].entry(level.order()).or_insert((level, 0)).1 += count;
    }
    mixes.map(|mix| {
        let shades = mix
            .into_values()
            .map(|(level, count)| level.shade().weight(count as f64));
        let emotion = Emotion::mix(shades);
        (!emotion.shades().is_empty()).then_some(emotion)
    })
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

fn remark_on_phases(node: &Node, remarks: &mut Vec<Remark>) {
    let phases: Vec<(Phase, u64)> = Phase::ALL
        .iter()
        .copied()
        .zip(node.phases)
        .filter(|&(_, count)| count > 0)
        .collect();
    let other = phases.iter().any(|&(phase, _)| phase != node.drawn.phase);
    if other {
        remarks.push(Remark::SeveralPhases {
            id: node.drawn.id.clone(),
            phases,
            taken: node.drawn.phase,
        });
    }
}

fn remark_on_feelings(node: &Node, drawn: &Touchpoint, remarks: &mut Vec<Remark>) {
    let visits = node.visits.iter().sum();
    let stated = node.emotions.iter().map(|&(_, _, count)| count).sum();
    if 0 < stated && stated < visits {
        remarks.push(Remark::PartlyFelt {
            id: drawn.id.clone(),
            stated,
            visits,
        });
    }
    if !node.tests || drawn.emotion.is_none() {
        return;
    }
    let [silent, _, broken, unknown] = node.visits;
    let without = |emotion: &Option<Emotion>, visits| if emotion.is_none() { visits } else { 0 };
    let visits = without(&drawn.emotion_when_broken, broken)
        + without(&drawn.emotion_when_unknown, silent + unknown);
    if visits > 0 {
        remarks.push(Remark::FeltAsKept {
            id: drawn.id.clone(),
            visits,
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
