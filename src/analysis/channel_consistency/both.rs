//! Who meets both channels of a need.

use std::cmp::Reverse;

use ordered_float::OrderedFloat;

use super::{ChannelPair, NeedConsistency};
use crate::flow::{Flow, Meeting, Need, Roaming};

/// So many multiplications and steps may go into finding who meets both channels; some ten seconds' work.
const BUDGET: f64 = 2e10;

/// One need whose pairs of channels are gone through.
struct Search<'a> {
    flow: &'a Flow,
    /// The states of each channel, and of all of them in order.
    channels: &'a [Vec<u32>],
    all: &'a [u32],
    /// What tells all pairs at once, where it is there and exact enough.
    roaming: Option<Roaming>,
    /// What is prepared where it is not.
    meetings: Vec<Option<Meeting<'a>>>,
    /// What one preparation, and one pair, takes then.
    work: f64,
}

impl Flow {
    /// Fills in `both` for every pair, the needs that customers come for most first, as far as the budget goes.
    /// Answers the greatest bound on the relative error.
    pub(super) fn find_who_meets_both(
        &self,
        needs: &[Need<'_>],
        found: &mut [NeedConsistency],
    ) -> f64 {
        let mut order: Vec<usize> = (0..needs.len()).collect();
        order.sort_by_key(|&need| Reverse(OrderedFloat(found[need].exposure)));
        let (mut left, mut error_bound) = (BUDGET, 0.0_f64);
        for need in order {
            let channels = needs[need].channels.iter();
            let channels: Vec<Vec<u32>> = channels
                .map(|channel| self.states_at(&channel.touchpoints))
                .collect();
            let mut all = channels.concat();
            all.sort_unstable();
            let work = self.roaming_work(&all);
            let roaming = if work <= left {
                left -= work;
                self.roaming(&channels)
            } else {
                None
            };
            let mut search = Search {
                flow: self,
                channels: &channels,
                all: &all,
                roaming,
                meetings: channels.iter().map(|_| None).collect(),
                work: self.meeting_work(&all),
            };
            let bound = search.fill(&mut found[need].pairs, &mut left);
            error_bound = error_bound.max(bound);
        }
        error_bound
    }
}

impl Search<'_> {
    /// Fills in the pairs, in their order; answers the greatest bound on the relative error.
    fn fill(&mut self, pairs: &mut [ChannelPair], left: &mut f64) -> f64 {
        let (all, mut bound) = (self.channels.len(), 0.0_f64);
        let sides = (0..all).flat_map(|a| (a + 1..all).map(move |b| (a, b)));
        for ((a, b), pair) in sides.zip(pairs) {
            pair.both = self.at_once(a, b, left);
            if pair.both.is_none()
                && let Some((both, reached)) = self.one_by_one(a, b, left)
            {
                pair.both = Some(both);
                bound = bound.max(reached);
            }
        }
        bound
    }

    fn at_once(&self, a: usize, b: usize, left: &mut f64) -> Option<f64> {
        let roaming = self.roaming.as_ref()?;
        spend(left, roaming.work(a, b))?;
        roaming.meets_both(a, b)
    }

    /// With the bound on the relative error.
    fn one_by_one(&mut self, a: usize, b: usize, left: &mut f64) -> Option<(f64, f64)> {
        for channel in [a, b] {
            if self.meetings[channel].is_none() {
                spend(left, self.work)?;
                let meeting = self.flow.meeting(&self.channels[channel], self.all);
                self.meetings[channel] = Some(meeting);
            }
        }
        spend(left, self.work)?;
        let (a, b) = (self.meetings[a].as_ref()?, self.meetings[b].as_ref()?);
        let both = self.flow.meets_both(a, b);
        Some((both.proven()?, both.error_bound))
    }
}

/// Takes some work from what is left, where there is enough.
fn spend(left: &mut f64, work: f64) -> Option<()> {
    (work <= *left).then(|| *left -= work)
}
