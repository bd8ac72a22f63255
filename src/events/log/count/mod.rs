//! What happened: figures counted on whole journeys.
//!
//! Each journey gives A and B to each figure, and the figure is the sum of A over the sum of B. One pass over the journeys, cluster by
//! cluster, adds them up; a second one asks what needs the results of the first.

mod as_far;
mod care;
mod drivers;
mod estimates;
mod fixes;
mod gaps;
mod ground;
mod journeys;
mod lapses;
mod memory;
mod plan;
mod ratios;
mod seams;
mod sums;
mod variants;
mod waits;
mod walked;

use super::EventLog;
use crate::journey::{Clusters, Counted, CountedChannels, Journey};
pub(in crate::events) use ground::Ground;
pub(super) use journeys::{Step, Walk};
use plan::Plan;
pub(crate) use waits::Times;
pub(crate) use walked::{Walked, WalkedJourney};

/// The journeys of a log as numbers.
pub(super) fn trails(ground: &Ground<'_>) -> crate::memory::Trails {
    fixes::trails(ground, &InClusters::new(ground.log))
}

/// All times of which quantiles are counted.
pub(super) fn times(log: &EventLog, ground: &Ground<'_>) -> Times {
    let mut waits = waits::Waits::default();
    let mut lapses = lapses::Lapses::default();
    let mut walk = Walk::default();
    InClusters::new(log).each(|cluster, journey| {
        if let Some(journey) = journey {
            walk.go(ground, &log.journey(journey));
            waits.add(&walk, cluster);
            lapses.add(ground, &walk, cluster);
        }
    });
    let mut times = Times::default();
    waits.times(ground, &mut times);
    lapses.times(&mut times);
    times
}

/// How feelings in the channels of each need compare: some seconds' work, which no part of a log asks for.
pub(super) fn channels(log: &EventLog, ground: &Ground<'_>) -> Vec<CountedChannels> {
    let mut channels = care::Channels::new(ground);
    let mut walk = Walk::default();
    InClusters::new(log).each(|cluster, journey| {
        if let Some(journey) = journey {
            walk.go(ground, &log.journey(journey));
            channels.add(ground, &walk, cluster);
        }
    });
    channels.tests()
}

/// Counts the figures of a log for the journey that was learned from it.
pub(super) fn count(log: &EventLog, journey: &Journey, ground: &Ground<'_>) -> Counted {
    let clusters = InClusters::new(log);
    let mut plan = Plan::new(ground, longest(log));
    let mut gaps = gaps::Gaps::new(ground);
    let mut seams = seams::Seams::new(journey.said().abilities);
    let mut recognition = care::Recognition::new(journey.said().abilities);
    let mut complaints = care::Complaints::new(ground);
    let mut tries = care::Tries::new(ground);
    let mut before = as_far::Before::default();
    let mut drivers = drivers::Drivers::new(ground);
    let mut memory = memory::Remembering::new(ground);
    let mut waits = waits::Waits::default();
    let mut lapses = lapses::Lapses::default();
    let mut variants = variants::Variants::default();
    let mut walk = Walk::default();
    clusters.each(|cluster, journey| {
        let Some(journey) = journey else {
            plan.close();
            gaps.close();
            seams.close();
            recognition.close();
            complaints.close();
            tries.close();
            drivers.close();
            lapses.close();
            return;
        };
        let logged = ground.log.journey(journey);
        walk.go(ground, &logged);
        memory.add(ground, &walk, cluster, logged.segment());
        plan.add(ground, &walk);
        gaps.add(&walk);
        seams.add(ground, &walk);
        recognition.add(ground, &walk);
        complaints.add(ground, &walk);
        tries.add(&walk);
        drivers.add(&walk);
        before.add(&walk);
        waits.add(&walk, cluster);
        lapses.add(ground, &walk, cluster);
        variants.add(&walk);
    });
    variants.settle(ground.outcomes.len());
    let mut as_far = as_far::AsFar::new(&before, ground);
    let mut lengths = estimates::Lengths::new(&plan);
    clusters.each(|_, journey| {
        if let Some(journey) = journey {
            walk.go(ground, &log.journey(journey));
            variants.find(&walk);
            lengths.add(walk.steps.len());
            as_far.add(&walk);
        } else {
            variants.close();
            lengths.close();
            as_far.close();
        }
    });
    let mut figures = plan.figures(&lengths);
    figures.extend(gaps.figures(clusters.by_customer));
    figures.extend(seams.figures(clusters.by_customer));
    figures.extend(recognition.figures(clusters.by_customer));
    figures.extend(complaints.figures(clusters.by_customer));
    figures.extend(tries.figures(ground, clusters.by_customer));
    figures.extend(drivers.figures(clusters.by_customer));
    figures.extend(as_far.figures(clusters.by_customer));
    figures.extend(waits.figures(ground));
    figures.extend(lapses.figures(clusters.by_customer));
    figures.extend(variants.figures(ground));
    // Stable: within a figure they stay in the order of the map.
    figures.sort_by_key(|figure| figure.figure);
    let fixes = fixes::fixes(ground, journey, &clusters);
    Counted::new(
        log.len() as u64,
        if clusters.by_customer {
            Clusters::Customers
        } else {
            Clusters::Journeys
        },
        clusters.units,
        figures,
        fixes,
        memory.tests(),
    )
}

fn longest(log: &EventLog) -> usize {
    log.journeys()
        .map(|journey| journey.len())
        .max()
        .unwrap_or(0)
}

/// The journeys of a log, those of each cluster together.
struct InClusters {
    /// Cluster and journey, in order.
    journeys: Vec<(u64, u32)>,
    by_customer: bool,
    units: u64,
}

impl InClusters {
    fn new(log: &EventLog) -> Self {
        let by_customer = log.customers() > 0;
        let mut journeys: Vec<(u64, u32)> = log
            .journeys()
            .map(|journey| {
                let number = journey.number();
                // A journey of which nobody says who made it stands for itself.
                let own = 1 << 32 | u64::from(number);
                let customer = journey.customer_number().filter(|_| by_customer);
                (customer.map_or(own, u64::from), number)
            })
            .collect();
        journeys.sort_unstable();
        let units = journeys.chunk_by(|a, b| a.0 == b.0).count() as u64;
        Self {
            journeys,
            by_customer,
            units,
        }
    }

    /// Each journey with the number of its cluster, and no journey at the end of each cluster.
    fn each(&self, mut take: impl FnMut(u32, Option<u32>)) {
        let mut cluster = 0_u32;
        for same in self.journeys.chunk_by(|a, b| a.0 == b.0) {
            for &(_, journey) in same {
                take(cluster, Some(journey));
            }
            take(cluster, None);
            cluster = cluster.saturating_add(1);
        }
    }
}
