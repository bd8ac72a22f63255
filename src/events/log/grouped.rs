//! Which segment a customer is of, as a fact: groups with their shares of the journeys.

use std::collections::BTreeMap;

use super::{EventLog, LoggedJourney};
use crate::journey::{Fact, FactKind, StartOf};

/// Of journeys whose segment nobody states.
const UNSTATED: &str = "not stated";
const OTHER: &str = "other";

/// The groups of a log.
#[derive(Debug)]
pub(super) struct Groups {
    /// The position of the fact.
    pub(super) fact: usize,
    /// The segments that are told apart.
    names: Vec<String>,
    told_apart: Vec<String>,
}

impl Groups {
    /// The facts as a map can have them, and the groups, where one of the facts is the segment. A log has one segment for each
    /// journey, so that a second such fact stays as it is.
    pub(super) fn of(log: &EventLog, facts: &[Fact]) -> (Vec<Fact>, Option<Self>) {
        let mut facts = facts.to_vec();
        let mut all = facts.iter_mut().enumerate();
        let found = all.find_map(|(at, fact)| match &fact.kind {
            FactKind::Start(StartOf::Segment(named)) => Some((at, named.clone(), fact)),
            _ => None,
        });
        let Some((at, told_apart, fact)) = found else {
            return (facts, None);
        };
        let mut groups = Self {
            fact: at,
            names: Vec::new(),
            told_apart,
        };
        let mut sizes = BTreeMap::<String, u32>::new();
        for journey in log.journeys() {
            *sizes.entry(groups.name(&journey).to_owned()).or_default() += 1;
        }
        let shares = sizes
            .iter()
            .map(|(name, &size)| (name.clone(), f64::from(size)));
        fact.kind = FactKind::Start(StartOf::Shares(shares.collect()));
        groups.names = sizes.into_keys().collect();
        (facts, Some(groups))
    }

    fn name<'a>(&self, journey: &LoggedJourney<'a>) -> &'a str {
        let segment = journey.segment().unwrap_or(UNSTATED);
        let is_told = self.told_apart.is_empty() || self.told_apart.iter().any(|of| of == segment);
        if is_told { segment } else { OTHER }
    }

    /// The state of the fact on a journey.
    pub(super) fn state(&self, journey: &LoggedJourney<'_>) -> u16 {
        let name = self.name(journey);
        let at = self
            .names
            .binary_search_by(|known| known.as_str().cmp(name));
        u16::try_from(at.unwrap_or(0)).unwrap_or(u16::MAX)
    }
}
