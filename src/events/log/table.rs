//! What the reader of tables asks of a log: journeys left out as a whole, and what is known of their order.

use std::collections::BTreeSet;

use super::cases::{Cases, Stated};
use super::sequences::Sequences;
use super::{EventLog, Moment};
use crate::events::held::Held;
use crate::events::tally::under_way::UNSTATED;
use crate::journey::Scale;

impl EventLog {
    /// The scale of ratings, and whether it was stated.
    pub(in crate::events) fn scale(&self) -> (Scale, bool) {
        (self.names.options.scale, self.names.options.scale_stated)
    }

    /// The number of a journey to leave out, known or not.
    pub(in crate::events) fn mark(&mut self, journey: &[u8]) {
        if let Some(number) = self.cases.enter(journey) {
            self.out.insert(number);
        }
    }

    /// Leaves out the journeys that were marked. Takes O(n) for n events if there are any.
    pub(in crate::events) fn leave_out_marked(&mut self) {
        let out = std::mem::take(&mut self.out);
        if !out.is_empty() {
            self.keep(&out, false);
        }
    }

    /// Turns the events around, so that equal ones keep the order opposite to the one given.
    pub(in crate::events) fn turn_around(&mut self) {
        self.keep(&BTreeSet::new(), true);
    }

    fn keep(&mut self, out: &BTreeSet<u32>, reversed: bool) {
        let seed = self.names.seed;
        let (mut cases, mut customers) = (Cases::new(seed), Cases::new(seed));
        let (mut customer_of, mut segment_of) = (Stated::default(), Stated::default());
        let journeys = u32::try_from(self.cases.len()).unwrap_or(u32::MAX);
        let mut new = vec![UNSTATED; self.cases.len()];
        for old in (0..journeys).filter(|old| !out.contains(old)) {
            let Some(number) = cases.enter(self.cases.name(old).as_bytes()) else {
                continue;
            };
            if let Some(new) = new.get_mut(old as usize) {
                *new = number;
            }
            if let Some(customer) = self.customer_of.get(old) {
                let customer = customers.enter(self.customers.name(customer).as_bytes());
                customer_of.state(number, customer.unwrap_or(UNSTATED));
            }
            segment_of.state(number, self.segment_of.get(old).unwrap_or(UNSTATED));
        }
        customer_of.contradicted = self.customer_of.contradicted;
        segment_of.contradicted = self.segment_of.contradicted;
        let mut kept: Vec<(Moment, Option<i64>)> = Vec::with_capacity(self.moments.len());
        for (at, moment) in self.moments.iter().enumerate() {
            let journey = new
                .get(moment.journey as usize)
                .copied()
                .unwrap_or(UNSTATED);
            if journey != UNSTATED {
                kept.push((Moment { journey, ..*moment }, self.sequences.get(at)));
            }
        }
        if reversed {
            kept.reverse();
        }
        let mut sequences = Sequences::default();
        for (at, (_, sequence)) in kept.iter().enumerate() {
            sequences.push(at, *sequence);
        }
        self.moments = kept.into_iter().map(|(moment, _)| moment).collect();
        self.sequences = sequences;
        (self.cases, self.customers) = (cases, customers);
        (self.customer_of, self.segment_of) = (customer_of, segment_of);
        self.order = std::sync::OnceLock::new();
        self.last = UNSTATED;
    }

    /// What is known of the journeys and their order.
    pub(in crate::events) fn held(&self) -> Held {
        let mut held = Held::default();
        let journeys = u32::try_from(self.cases.len()).unwrap_or(u32::MAX);
        let order = self.order();
        let mut numbered = vec![true; self.cases.len()];
        for (at, moment) in self.moments.iter().enumerate() {
            if let Some(numbered) = numbered.get_mut(moment.journey as usize) {
                *numbered &= self.sequences.get(at).is_some();
            }
        }
        let key = |at: usize| {
            let moment = self.moments.get(at)?;
            if numbered.get(moment.journey as usize) == Some(&true) {
                self.sequences.get(at).map(i128::from)
            } else {
                self.times.nanos(moment.time)
            }
        };
        let mut last = vec![None; self.cases.len()];
        for (at, moment) in self.moments.iter().enumerate() {
            let Some(before) = last.get_mut(moment.journey as usize) else {
                continue;
            };
            if let Some(nanos) = self.times.nanos(moment.time) {
                held.see(i64::try_from(nanos.div_euclid(1_000_000)).unwrap_or(i64::MAX));
            }
            let now = key(at);
            if let (Some(before), Some(now)) = (*before, now) {
                held.back += u64::from(now < before);
                held.forth += u64::from(now > before);
            }
            *before = now.or(*before);
        }
        for journey in 0..journeys {
            let range = order.range(journey);
            let kind = |at: usize| self.moments.get(at).map(|moment| moment.kind);
            let keys: Vec<(Option<i128>, Option<u32>)> = range
                .map(|place| order.position(place) as usize)
                .map(|at| (key(at), kind(at)))
                .collect();
            for pair in keys.windows(2) {
                if let [(Some(before), kind), (Some(now), other)] = pair
                    && before == now
                {
                    held.ties += 1;
                    held.same += u64::from(kind == other);
                }
            }
            held.journeys
                .push((self.cases.name(journey).into_owned(), keys.len() as u64));
        }
        held
    }
}
