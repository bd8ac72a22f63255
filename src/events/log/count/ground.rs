//! What the moments of a log are on the map that was learned from it.

use std::collections::{BTreeMap, BTreeSet};

use crate::events::log::EventLog;
use crate::events::options::LearnOptions;
use crate::events::tally::levels::Level;
use crate::events::tally::under_way::UNSTATED;
use crate::journey::{Ability, Journey, Outcome, PromiseResult, Touchpoint};

/// What is possible at a touchpoint.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Able {
    pub(super) resolve: bool,
    pub(super) listen: bool,
    pub(super) answer: bool,
}

/// The touchpoints, promises, channels and outcomes of the map as numbers.
pub(in crate::events) struct Ground<'a> {
    pub(super) log: &'a EventLog,
    /// By place of the log: the position of its touchpoint on the map.
    node_of: &'a [Option<usize>],
    options: &'a LearnOptions,
    pub(super) touchpoints: Vec<&'a Touchpoint>,
    pub(in crate::events::log) ids: Vec<&'a str>,
    /// By touchpoint: its channel, its promise, its need.
    pub(super) channel_of: Vec<u32>,
    pub(super) promise_of: Vec<Option<u32>>,
    pub(super) need_of: Vec<Option<u32>>,
    /// By touchpoint: whether customers are only asked something there.
    pub(super) measures: Vec<bool>,
    able: Vec<Able>,
    /// In the order of the map.
    pub(in crate::events::log) channels: Vec<&'a str>,
    pub(in crate::events::log) promises: Vec<&'a str>,
    pub(super) needs: Vec<&'a str>,
    /// In the order of their names.
    pub(in crate::events::log) outcomes: Vec<Outcome>,
    position_of: BTreeMap<Outcome, u32>,
    /// By number of the log's emotions.
    valences: Vec<f64>,
}

impl<'a> Ground<'a> {
    pub(in crate::events::log) fn new(
        log: &'a EventLog,
        journey: &'a Journey,
        node_of: &'a [Option<usize>],
        options: &'a LearnOptions,
    ) -> Self {
        let mut channels = Numbered::default();
        let mut promises = Numbered::default();
        let mut needs = Numbered::default();
        let touchpoints = || journey.touchpoints();
        let channel_of = touchpoints()
            .map(|touchpoint| channels.number(touchpoint.channel.as_str()))
            .collect();
        let promise_of = touchpoints()
            .map(|touchpoint| {
                let promise = touchpoint.promise.as_ref()?;
                Some(promises.number(&promise.name))
            })
            .collect();
        let need_of = touchpoints()
            .map(|touchpoint| Some(needs.number(touchpoint.need.as_deref()?)))
            .collect();
        let measures = touchpoints()
            .map(|touchpoint| touchpoint.measurement)
            .collect();
        let outcomes: BTreeSet<&Outcome> = touchpoints()
            .flat_map(|touchpoint| touchpoint.ends.iter().map(|ending| &ending.outcome))
            .collect();
        let outcomes: Vec<Outcome> = outcomes.into_iter().cloned().collect();
        Self {
            log,
            node_of,
            options,
            touchpoints: touchpoints().collect(),
            ids: touchpoints()
                .map(|touchpoint| touchpoint.id.as_str())
                .collect(),
            able: touchpoints()
                .map(|at| Able {
                    resolve: at.is_able_to(Ability::Resolve),
                    listen: at.is_able_to(Ability::Listen),
                    answer: at.is_able_to(Ability::Answer),
                })
                .collect(),
            channel_of,
            promise_of,
            need_of,
            measures,
            channels: channels.names,
            promises: promises.names,
            needs: needs.names,
            position_of: outcomes.iter().cloned().zip(0..).collect(),
            outcomes,
            valences: log.names.levels.iter().map(Level::valence).collect(),
        }
    }

    pub(super) fn able(&self, node: u32) -> Able {
        self.able.get(node as usize).copied().unwrap_or_default()
    }

    pub(super) fn node(&self, place: u32) -> Option<u32> {
        let node = self.node_of.get(place as usize).copied().flatten()?;
        u32::try_from(node).ok()
    }

    /// The promise that is tested at a touchpoint.
    pub(in crate::events::log) fn promise(&self, node: u32) -> Option<u32> {
        self.promise_of.get(node as usize).copied().flatten()
    }

    /// What was felt, by its number.
    pub(in crate::events::log) fn level(&self, level: Option<u32>) -> Option<Level> {
        self.log.names.levels.get(level?)
    }

    pub(super) fn valence(&self, level: Option<u32>) -> Option<f64> {
        self.valences.get(level? as usize).copied()
    }

    /// The result of a promise as the map tells it: kept or broken, or not known.
    pub(super) fn result(&self, node: u32, slot: u8) -> Option<PromiseResult> {
        self.promise_of.get(node as usize).copied().flatten()?;
        crate::events::tally::result_at(slot)
            .filter(|result| !matches!(result, PromiseResult::Unknown))
    }

    /// How a journey ends that states this outcome, or none, and was at this place last.
    pub(super) fn outcome(&self, stated: u32, last: u32) -> Option<u32> {
        let names = &self.log.names;
        let outcome = if stated == UNSTATED {
            let id = self.ids.get(self.node(last)? as usize)?;
            let place = names.places.get(last as usize)?;
            let touchpoint = names.touchpoints.name(place.touchpoint);
            let by_id = self.options.outcomes.get(*id);
            let by_name = by_id.or_else(|| self.options.outcomes.get(touchpoint));
            by_name.cloned().unwrap_or(Outcome::Unstated)
        } else {
            Outcome::from(names.labels.name(stated))
        };
        self.position_of.get(&outcome).copied()
    }
}

/// Names in the order of their first appearance.
#[derive(Default)]
struct Numbered<'a> {
    names: Vec<&'a str>,
    numbers: BTreeMap<&'a str, u32>,
}

impl<'a> Numbered<'a> {
    fn number(&mut self, name: &'a str) -> u32 {
        // There are no more names than touchpoints, which have numbers.
        let next = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        *self.numbers.entry(name).or_insert_with(|| {
            self.names.push(name);
            next
        })
    }
}
