//! What only one of two journeys has.

use std::collections::{BTreeMap, BTreeSet};

use super::side::Side;

/// What one side has and the other one has not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct OnlyOn {
    /// The ids of touchpoints, in the order of the map.
    pub touchpoints: Vec<String>,
    /// Ways between touchpoints that both have: from and to, in the order of their ids. Reports do not tell ways.
    pub ways: Vec<(String, String)>,
    /// Promises that are made or tested, by name.
    pub promises: Vec<String>,
    /// The ids of pain points of touchpoints that both have, the worst first.
    pub pains: Vec<String>,
}

impl OnlyOn {
    /// Whether there is nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What a side has, under the ids of A.
struct Has {
    touchpoints: Vec<String>,
    ways: BTreeSet<(String, String)>,
    promises: Vec<String>,
    pains: Vec<String>,
}

impl Has {
    fn of(side: &Side, renamed: &BTreeMap<String, String>) -> Self {
        let told = |id: &str| renamed.get(id).map_or(id, String::as_str).to_owned();
        let report = &side.report;
        let ways = side.flow.as_ref().map(|flow| {
            let ways = flow.journey().transitions();
            let ways = ways.filter(|(.., way)| way.weight > 0.0);
            ways.map(|(from, to, _)| (told(&from.id), told(&to.id)))
                .collect()
        });
        Self {
            touchpoints: report
                .touchpoints
                .iter()
                .map(|known| told(&known.id))
                .collect(),
            ways: ways.unwrap_or_default(),
            promises: report
                .promises
                .ledger
                .iter()
                .map(|known| known.promise.clone())
                .collect(),
            pains: report
                .pain_points
                .iter()
                .map(|pain| told(&pain.id))
                .collect(),
        }
    }

    fn without(&self, other: &Self) -> OnlyOn {
        let there: BTreeSet<&String> = other.touchpoints.iter().collect();
        let lacks = |these: &[String], those: &[String]| -> Vec<String> {
            let those: BTreeSet<&String> = those.iter().collect();
            let these = these.iter().filter(|name| !those.contains(name));
            these.cloned().collect()
        };
        let pains = lacks(&self.pains, &other.pains);
        let ways = self.ways.difference(&other.ways);
        OnlyOn {
            touchpoints: lacks(&self.touchpoints, &other.touchpoints),
            ways: ways
                .filter(|(from, to)| there.contains(from) && there.contains(to))
                .cloned()
                .collect(),
            promises: lacks(&self.promises, &other.promises),
            pains: pains.into_iter().filter(|id| there.contains(id)).collect(),
        }
    }
}

/// What only A has, and what only B has.
pub(super) fn only(a: &Side, b: &Side, renamed: &BTreeMap<String, String>) -> [OnlyOn; 2] {
    let (in_a, in_b) = (Has::of(a, &BTreeMap::new()), Has::of(b, renamed));
    let (mut only_a, mut only_b) = (in_a.without(&in_b), in_b.without(&in_a));
    if a.flow.is_none() || b.flow.is_none() {
        only_a.ways.clear();
        only_b.ways.clear();
    }
    [only_a, only_b]
}
