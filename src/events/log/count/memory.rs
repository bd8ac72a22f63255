//! Where what journeys do next hangs on how they came.

use std::collections::BTreeMap;

use super::ground::Ground;
use super::journeys::Walk;
use super::plan::BAD;
use crate::journey::{MemoryOf, MemoryTest, PromiseResult};
use crate::statistics::{Pairs, benjamini_hochberg};

/// At a touchpoint with which so many visits end, what is felt is the ending itself.
const ENDING: f64 = 0.95;

/// What was before and what came next, one table each.
pub(super) struct Remembering<'a> {
    ids: Vec<&'a str>,
    promises: Vec<&'a str>,
    /// By touchpoint.
    came_from: Vec<Pairs>,
    felt_bad: Vec<Pairs>,
    /// By promise.
    first_result: Vec<Pairs>,
    start_channel: Pairs,
    segment: Pairs,
    segments: BTreeMap<&'a str, u32>,
    /// Where journeys start and end: beyond all touchpoints.
    beyond: u32,
}

impl<'a> Remembering<'a> {
    pub(super) fn new(ground: &Ground<'a>) -> Self {
        let touchpoints = ground.ids.len();
        Self {
            ids: ground.ids.clone(),
            promises: ground.promises.clone(),
            came_from: vec![Pairs::default(); touchpoints],
            felt_bad: vec![Pairs::default(); touchpoints],
            first_result: vec![Pairs::default(); ground.promises.len()],
            start_channel: Pairs::default(),
            segment: Pairs::default(),
            segments: BTreeMap::new(),
            beyond: u32::try_from(touchpoints).unwrap_or(u32::MAX),
        }
    }

    /// Adds a journey.
    pub(super) fn add(
        &mut self,
        ground: &Ground<'_>,
        walk: &Walk,
        cluster: u32,
        segment: Option<&'a str>,
    ) {
        let nodes = || walk.steps.iter().map(|step| step.node);
        let before = std::iter::once(self.beyond).chain(nodes());
        let next = nodes().skip(1).chain([self.beyond]);
        for ((node, before), next) in nodes().zip(before).zip(next) {
            if let Some(pairs) = self.came_from.get_mut(node as usize) {
                pairs.push(cluster, before, next);
            }
        }
        if let Some(outcome) = walk.outcome {
            self.add_ending(ground, walk, cluster, outcome);
            if let Some(segment) = segment {
                let next = u32::try_from(self.segments.len()).unwrap_or(u32::MAX);
                let number = *self.segments.entry(segment).or_insert(next);
                self.segment.push(cluster, number, outcome);
            }
        }
    }

    fn add_ending(&mut self, ground: &Ground<'_>, walk: &Walk, cluster: u32, outcome: u32) {
        let first = walk.steps.first();
        let channel = first.and_then(|first| ground.channel_of.get(first.node as usize));
        if let Some(&channel) = channel {
            self.start_channel.push(cluster, channel, outcome);
        }
        let mut results: BTreeMap<u32, u32> = BTreeMap::new();
        let mut felt: BTreeMap<u32, bool> = BTreeMap::new();
        for step in &walk.steps {
            if let Some(result) = step.result
                && let Some(promise) = ground.promise(step.node)
            {
                let broken = u32::from(result == PromiseResult::Broken);
                results.entry(promise).or_insert(broken);
            }
            if let Some(valence) = step.valence {
                *felt.entry(step.node).or_default() |= valence <= BAD;
            }
        }
        for (promise, result) in results {
            if let Some(pairs) = self.first_result.get_mut(promise as usize) {
                pairs.push(cluster, result, outcome);
            }
        }
        for (node, bad) in felt {
            if let Some(pairs) = self.felt_bad.get_mut(node as usize) {
                pairs.push(cluster, u32::from(bad), outcome);
            }
        }
    }

    /// Every table with two rows and two columns or more: touchpoints first, then endings.
    pub(super) fn tests(&self) -> Vec<MemoryTest> {
        let test = |about: MemoryOf, of: Option<&str>, pairs: &Pairs| {
            let tested = pairs.dependence(&["memory", about.as_str(), of.unwrap_or_default()]);
            let found = (tested.found.g2, tested.found.freedom);
            let told = (tested.found.bits(pairs.len()), tested.p);
            let test = MemoryTest::new(about, of, pairs.len(), found, told);
            (test.df > 0).then_some(test)
        };
        let by_id = self.ids.iter().zip(&self.came_from);
        let mut came_from: Vec<MemoryTest> = by_id
            .filter_map(|(id, pairs)| test(MemoryOf::CameFrom, Some(id), pairs))
            .collect();
        adjust(&mut came_from);
        let promises = self.promises.iter().zip(&self.first_result);
        let firsts = promises.map(|(name, pairs)| (MemoryOf::FirstResult, Some(*name), pairs));
        let starts = [
            (MemoryOf::StartChannel, None, &self.start_channel),
            (MemoryOf::Segment, None, &self.segment),
        ];
        let felt = self.ids.iter().zip(&self.felt_bad).zip(&self.came_from);
        let felt = felt.filter(|(_, visits)| {
            (visits.with_next(self.beyond) as f64) < ENDING * visits.len() as f64
        });
        let felt = felt.map(|((id, pairs), _)| (MemoryOf::FeltBad, Some(*id), pairs));
        let mut endings: Vec<MemoryTest> = firsts
            .chain(starts)
            .chain(felt)
            .filter_map(|(about, of, pairs)| test(about, of, pairs))
            .collect();
        adjust(&mut endings);
        came_from.append(&mut endings);
        came_from
    }
}

fn adjust(tests: &mut [MemoryTest]) {
    let known: Vec<f64> = tests.iter().filter_map(|test| test.p).collect();
    let mut adjusted = benjamini_hochberg(&known).into_iter();
    for test in tests.iter_mut().filter(|test| test.p.is_some()) {
        test.p_adjusted = adjusted.next();
    }
}
