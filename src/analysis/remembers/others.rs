//! With whom those are held that remember something: with others who came as far.

use super::{FactFigures, FactOthers, FactValueFigures};
use crate::flow::{Basis, Flow, OutcomeShare, UNHAPPY};
use crate::journey::{CountedName, FactKind, FeltLevel};

/// Values of those who have not come so far that the fact could tell anything of them.
fn too_early(kind: &FactKind) -> &'static [&'static str] {
    match kind {
        FactKind::First { .. } => &["none", "unknown"],
        FactKind::Times { .. } => &["0"],
        FactKind::Lowest { .. } | FactKind::Highest { .. } | FactKind::Mood => &["none"],
        _ => &[],
    }
}

/// Whether "no" is said of those too who never came near.
fn tells_who_came(kind: &FactKind) -> bool {
    let somewhere = matches!(
        kind,
        FactKind::Felt {
            touchpoint: Some(_),
            ..
        }
    );
    somewhere || matches!(kind, FactKind::Visited { .. })
}

/// Puts beside each value those that it is to be held against.
pub(super) fn compare(kind: &FactKind, values: &mut [FactValueFigures]) {
    let early = too_early(kind);
    let known = values.to_vec();
    let is_late = |value: &FactValueFigures| !early.contains(&value.value.as_str());
    for value in values.iter_mut().filter(|value| is_late(value)) {
        if tells_who_came(kind) && value.value != "yes" {
            continue;
        }
        let others = known.iter().filter(|other| {
            other.value != value.value && is_late(other) && !other.outcomes.is_empty()
        });
        let others: Vec<&FactValueFigures> = others.collect();
        let all: f64 = others.iter().map(|other| other.share).sum();
        if all <= 0.0 || value.outcomes.is_empty() {
            continue;
        }
        let ends = value.outcomes.iter().enumerate().map(|(at, ending)| {
            let so = others.iter().filter_map(|other| {
                let same = other.outcomes.get(at)?;
                Some(other.share * same.probability)
            });
            OutcomeShare {
                outcome: ending.outcome.clone(),
                probability: (so.sum::<f64>() / all).min(1.0),
                standard_error: None,
            }
        });
        value.others = Some(FactOthers {
            outcomes: ends.collect(),
            values: others.iter().map(|other| other.value.clone()).collect(),
            before: None,
            came_as_far: !tells_who_came(kind),
            journeys: None,
            basis: Basis::Modelled,
        });
    }
}

/// How counted journeys of one kind end.
struct Group {
    journeys: u64,
    outcomes: Vec<OutcomeShare>,
}

impl Flow {
    /// Puts what was counted on whole journeys in place of what the map says.
    pub(crate) fn count_facts(&self, all: &mut [FactFigures]) {
        if self.counts().is_none() {
            return;
        }
        for (fact, figures) in self.journey().remembers().iter().zip(all) {
            match &fact.kind {
                FactKind::First { promise } => {
                    let kept = self.group(CountedName::OutcomeWhenKept, &[promise]);
                    let broken = self.group(CountedName::OutcomeWhenBroken, &[promise]);
                    if let (Some(kept), Some(broken)) = (kept, broken) {
                        figures.hold("kept", &kept, "broken", &broken, None);
                        figures.hold("broken", &broken, "kept", &kept, None);
                    }
                }
                FactKind::Visited { touchpoint } => {
                    let came = self.group(CountedName::OutcomeAfterVisit, &[touchpoint]);
                    let at = self.journey().node(touchpoint);
                    let is_come_to = at.is_some_and(|at| self.is_come_to(at.index()));
                    let before = self
                        .counted_as_far()
                        .find(|([id, ..], _)| is_come_to && *id == touchpoint.as_str())
                        .map(|([_, before, _], _)| before);
                    let others = before.and_then(|before| {
                        self.group(CountedName::OutcomeAsFar, &[touchpoint, before])
                    });
                    if let (Some(came), Some(others)) = (came, others) {
                        figures.hold("yes", &came, "no", &others, before);
                    }
                }
                FactKind::Felt {
                    touchpoint: Some(id),
                    level: FeltLevel::AtMost(level),
                } if level.total_cmp(&UNHAPPY).is_eq() => {
                    let bad = self.group(CountedName::OutcomeAfterBad, &[id]);
                    let others = self.group(CountedName::OutcomeAfterOther, &[id]);
                    if let (Some(bad), Some(others)) = (bad, others) {
                        figures.hold("yes", &bad, "no", &others, Some(id));
                    }
                }
                _ => {}
            }
        }
    }

    /// Journeys of one kind, where they were counted for every ending of the map; `None` where there are none of them.
    fn group(&self, name: CountedName, of: &[&str]) -> Option<Group> {
        let mut journeys = 0;
        let outcomes = self.moments().outcomes().iter();
        let outcomes: Option<Vec<OutcomeShare>> = outcomes
            .map(|outcome| {
                let of: Vec<&str> = of.iter().copied().chain([outcome.as_str()]).collect();
                let counted = self.counted(name, &of)?;
                journeys = counted.journeys;
                Some(OutcomeShare {
                    outcome: outcome.clone(),
                    probability: counted.value,
                    standard_error: counted.standard_error,
                })
            })
            .collect();
        let outcomes = outcomes?;
        (journeys > 0).then_some(Group { journeys, outcomes })
    }
}

impl FactFigures {
    /// Counted journeys with a value, and those that they are held against.
    fn hold(
        &mut self,
        value: &str,
        group: &Group,
        other: &str,
        others: &Group,
        before: Option<&str>,
    ) {
        let mut values = self.values.iter_mut();
        let Some(value) = values.find(|known| known.value == value) else {
            return;
        };
        value.basis = Basis::Counted;
        value.journeys = Some(group.journeys);
        value.outcomes.clone_from(&group.outcomes);
        value.others = Some(FactOthers {
            values: vec![other.to_owned()],
            before: before.map(str::to_owned),
            came_as_far: true,
            journeys: Some(others.journeys),
            basis: Basis::Counted,
            outcomes: others.outcomes.clone(),
        });
    }
}
