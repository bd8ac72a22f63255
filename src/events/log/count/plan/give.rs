//! What a journey gives to each figure.

use std::collections::{BTreeMap, BTreeSet};

use super::super::ground::Ground;
use super::super::journeys::{Step, Walk};
use super::{AT_LEAST, AT_MOST, BAD, Endings, GOOD, Plan};
use crate::journey::PromiseResult;

/// The first known result of a promise, and how many were kept and broken, by channel.
#[derive(Default)]
struct Met {
    first: Option<PromiseResult>,
    /// How many feelings are known from that moment on, and their sum.
    felt: (f64, f64),
    by_channel: BTreeMap<u32, (f64, f64)>,
}

impl Plan {
    fn give(&mut self, entry: usize, a: f64) {
        if let Some(entry) = self.entries.get(entry) {
            self.sums.add(entry.above, a);
        }
    }

    /// Adds a journey.
    pub(in crate::events::log::count) fn add(&mut self, ground: &Ground<'_>, walk: &Walk) {
        self.sums.add_below(self.whole, 1.0);
        self.give(self.length, walk.steps.len() as f64);
        for position in 2..=walk.steps.len().min(self.positions) {
            self.give(self.under_way + position - 2, 1.0);
        }
        if let Some(outcome) = walk.outcome {
            self.give(self.outcome + outcome as usize, 1.0);
        }
        self.add_visits(ground, walk);
        self.add_feelings(walk);
        self.add_promises(ground, walk);
    }

    fn add_visits(&mut self, ground: &Ground<'_>, walk: &Walk) {
        let mut visited: BTreeMap<u32, (f64, bool, bool)> = BTreeMap::new();
        for step in &walk.steps {
            let (visits, bad, good) = visited.entry(step.node).or_default();
            *visits += 1.0;
            *bad |= step.valence.is_some_and(|valence| valence <= BAD);
            *good |= step.valence.is_some_and(|valence| valence > GOOD);
        }
        let mut met: BTreeSet<(u32, u32)> = BTreeSet::new();
        for (&node, &(visits, bad, good)) in &visited {
            let at = node as usize;
            self.give(self.reach + at, 1.0);
            self.give(self.visits + at, visits);
            self.end_so(|plan| plan.after_visit.get(at), 1.0, walk.outcome);
            if bad {
                self.end_so(|plan| plan.after_bad.get(at), 1.0, walk.outcome);
            }
            if good {
                self.end_so(|plan| plan.after_good.get(at), 1.0, walk.outcome);
            }
            let channel = ground.channel_of.get(at).copied();
            let need = ground.need_of.get(at).copied().flatten();
            met.extend(need.zip(channel));
        }
        for &(need, a) in &met {
            for &(_, b) in met.range((need, 0)..=(need, u32::MAX)) {
                if let Some(&entry) = self.both.get(&(need, a, b)) {
                    self.give(entry, 1.0);
                }
            }
        }
        if let Some(first) = walk.steps.first()
            && let Some(&channel) = ground.channel_of.get(first.node as usize)
        {
            self.end_so(
                |plan| plan.by_start.get(channel as usize),
                1.0,
                walk.outcome,
            );
        }
    }

    /// Adds the denominator of some endings, and to the ending of the journey.
    fn end_so(
        &mut self,
        endings: impl Fn(&Self) -> Option<&Endings>,
        weight: f64,
        outcome: Option<u32>,
    ) {
        let Some(&Endings { below, first }) = endings(self) else {
            return;
        };
        self.sums.add_below(below, weight);
        if let Some(outcome) = outcome {
            self.give(first + outcome as usize, weight);
        }
    }

    fn add_feelings(&mut self, walk: &Walk) {
        for (&(below, entry), step) in self.curve.clone().iter().zip(&walk.steps) {
            if let Some(valence) = step.valence {
                self.sums.add_below(below, 1.0);
                self.give(entry, valence);
            }
        }
        let (mut known, mut sum, mut hurt) = (0.0, 0.0, 0.0);
        let (mut worst, mut best) = (f64::INFINITY, f64::NEG_INFINITY);
        for valence in walk.valences() {
            known += 1.0;
            sum += valence;
            hurt += (-valence).max(0.0);
            worst = worst.min(valence);
            best = best.max(valence);
        }
        if let Some(valence) = walk.steps.last().and_then(|step| step.valence) {
            self.sums.add_below(self.end.0, 1.0);
            self.give(self.end.1, valence);
        }
        let Some(peak) = walk.peak() else { return };
        self.sums.add_below(self.mean.0, known);
        self.give(self.mean.1, sum);
        self.give(self.hurt, hurt);
        self.sums.add_below(self.felt, 1.0);
        for (place, extreme) in [worst, best, peak].into_iter().enumerate() {
            self.give(self.extremes + place, extreme);
        }
        for (place, level) in AT_MOST.into_iter().enumerate() {
            if worst <= level {
                self.give(self.extremes + 3 + place, 1.0);
            }
        }
        for (place, level) in AT_LEAST.into_iter().enumerate() {
            if best >= level {
                self.give(self.extremes + 6 + place, 1.0);
            }
        }
        if worst <= BAD {
            self.give(self.unhappy, 1.0);
        }
        let pain = |step: &Step| step.valence.is_some_and(|v| v < 0.0);
        if let Some(at) = walk.steps.iter().position(pain) {
            let node = walk.steps.get(at).map_or(0, |step| step.node as usize);
            self.give(self.first_pain, 1.0);
            self.give(self.first_pain + 1 + node, 1.0);
            self.sums.add_below(self.first_pain_after.0, 1.0);
            self.give(self.first_pain_after.1, at as f64);
        }
        let (mut changes, mut squares) = (0.0, 0.0);
        for pair in walk.steps.windows(2) {
            if let [before, after] = pair
                && let Some((before, after)) = before.valence.zip(after.valence)
            {
                changes += 1.0;
                squares += (after - before).powi(2);
            }
        }
        if changes > 0.0 {
            self.sums.add_below(self.swing.0, changes);
            self.give(self.swing.1, squares);
        }
    }

    fn add_promises(&mut self, ground: &Ground<'_>, walk: &Walk) {
        if ground.promises.is_empty() {
            return;
        }
        let mut met: BTreeMap<u32, Met> = BTreeMap::new();
        for step in &walk.steps {
            let at = step.node as usize;
            let promise = ground.promise_of.get(at).copied().flatten();
            if let Some((promise, result)) = promise.zip(step.result) {
                let met = met.entry(promise).or_default();
                met.first.get_or_insert(result);
                let channel = ground.channel_of.get(at).copied().unwrap_or_default();
                let (kept, broken) = met.by_channel.entry(channel).or_default();
                match result {
                    PromiseResult::Kept => *kept += 1.0,
                    _ => *broken += 1.0,
                }
            }
            if let Some(valence) = step.valence {
                for met in met.values_mut() {
                    met.felt.0 += 1.0;
                    met.felt.1 += valence;
                }
            }
        }
        let mut tries = 0.0;
        for (promise, met) in met {
            let at = promise as usize;
            let (mut all_kept, mut all_broken) = (0.0, 0.0);
            for (channel, (kept, broken)) in met.by_channel {
                if let Some(&(below, entry)) = self.kept_in.get(&(promise, channel)) {
                    self.sums.add_below(below, kept + broken);
                    self.give(entry, kept);
                }
                all_kept += kept;
                all_broken += broken;
            }
            if let Some(&(below, entry)) = self.kept.get(at) {
                self.sums.add_below(below, all_kept + all_broken);
                self.give(entry, all_kept);
            }
            if all_broken > 0.0 {
                self.give(self.meets + at, 1.0);
            }
            tries += all_broken;
            let is_kept = met.first == Some(PromiseResult::Kept);
            let felt_after = self.felt_after.get(at).copied();
            if let Some([kept, broken]) = felt_after.filter(|_| met.felt.0 > 0.0) {
                let (below, entry) = if is_kept { kept } else { broken };
                self.sums.add_below(below, met.felt.0);
                self.give(entry, met.felt.1);
            }
            match met.first {
                Some(PromiseResult::Kept) => {
                    self.end_so(|plan| plan.when_kept.get(at), 1.0, walk.outcome);
                }
                _ => self.end_so(|plan| plan.when_broken.get(at), 1.0, walk.outcome),
            }
        }
        let tries = if tries < 1.0 {
            0
        } else if tries < 2.0 {
            1
        } else {
            2
        };
        self.give(self.tries + tries, 1.0);
    }
}
