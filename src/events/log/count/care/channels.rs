//! What is felt in the channels of a need, by journeys.

use std::collections::BTreeMap;

use super::super::ground::Ground;
use super::super::journeys::Walk;
use crate::journey::CountedChannels;
use crate::statistics::{Sided, Stream, two_sides};

/// Each side needs so many visits.
const FEWEST: usize = 5;
/// Permutations of a pair, at least, and for each pair, so that a single difference among many stands out.
const DEALS: usize = 999;
const FOR_EACH_PAIR: usize = 40;
/// So many visits may be dealt and drawn for all pairs together; some seconds' work.
const BUDGET: usize = 400_000_000;

/// A visit to a touchpoint of a need: its cluster, its channel, what was felt.
type Felt = (u32, u32, f64);

/// Known feelings at the touchpoints of each need.
pub(in crate::events::log::count) struct Channels<'a> {
    needs: Vec<&'a str>,
    names: Vec<&'a str>,
    felt: Vec<Vec<Felt>>,
}

impl<'a> Channels<'a> {
    pub(in crate::events::log::count) fn new(ground: &Ground<'a>) -> Self {
        Self {
            needs: ground.needs.clone(),
            names: ground.channels.clone(),
            felt: vec![Vec::new(); ground.needs.len()],
        }
    }

    /// Adds a journey.
    pub(in crate::events::log::count) fn add(
        &mut self,
        ground: &Ground<'_>,
        walk: &Walk,
        cluster: u32,
    ) {
        for step in &walk.steps {
            let at = step.node as usize;
            let need = ground.need_of.get(at).copied().flatten();
            let Some((need, valence)) = need.zip(step.valence) else {
                continue;
            };
            let channel = ground.channel_of.get(at).copied().unwrap_or_default();
            if let Some(felt) = self.felt.get_mut(need as usize) {
                felt.push((cluster, channel, valence));
            }
        }
    }

    /// Every two channels of a need with enough visits, in the order of their names, as far as time allows.
    pub(in crate::events::log::count) fn tests(&self) -> Vec<CountedChannels> {
        let mut pairs = Vec::new();
        for (need, felt) in self.needs.iter().zip(&self.felt) {
            let mut visits: BTreeMap<(&str, u32), usize> = BTreeMap::new();
            for &(_, channel, _) in felt {
                let name = self.names.get(channel as usize).copied();
                *visits
                    .entry((name.unwrap_or_default(), channel))
                    .or_default() += 1;
            }
            visits.retain(|_, &mut visits| visits >= FEWEST);
            let met: Vec<((&str, u32), usize)> = visits.into_iter().collect();
            for (place, &a) in met.iter().enumerate() {
                pairs.extend(met.iter().skip(place + 1).map(|&b| (*need, felt, a, b)));
            }
        }
        let deals = DEALS.max(FOR_EACH_PAIR * pairs.len());
        let mut left = BUDGET;
        let mut tests = Vec::new();
        for (need, felt, ((a, of_a), visits_a), ((b, of_b), visits_b)) in pairs {
            let work = 2 * deals * (visits_a + visits_b);
            if work > left {
                continue;
            }
            left -= work;
            let (values, units) = sided(felt, of_a, of_b);
            let deals = u32::try_from(deals).unwrap_or(u32::MAX);
            let mut stream = Stream::new(0, &["channels", need, a, b]);
            if let Some(found) = two_sides(&values, &units, deals, &mut stream) {
                tests.push(CountedChannels {
                    need: need.to_owned(),
                    a: a.to_owned(),
                    b: b.to_owned(),
                    visits_a: visits_a as u64,
                    visits_b: visits_b as u64,
                    units: units.len() as u64,
                    mean_difference: found.mean_difference,
                    low: found.low,
                    high: found.high,
                    effect: found.effect,
                    p: found.p,
                    permutations: deals,
                });
            }
        }
        tests
    }
}

/// The valences that occur in two channels, ascending, and where those of each cluster stand among them.
fn sided(felt: &[Felt], a: u32, b: u32) -> (Vec<f64>, Vec<Sided>) {
    let those = || {
        felt.iter()
            .filter(|&&(_, channel, _)| channel == a || channel == b)
    };
    let mut values: Vec<f64> = those().map(|&(_, _, valence)| valence).collect();
    values.sort_by(f64::total_cmp);
    values.dedup_by(|a, b| a.total_cmp(b).is_eq());
    let mut units: Vec<Sided> = Vec::new();
    let mut last = None;
    for &(cluster, channel, valence) in those() {
        if last != Some(cluster) {
            units.push(Sided::default());
            last = Some(cluster);
        }
        let at = values.partition_point(|value| value.total_cmp(&valence).is_lt());
        if let Some((unit, at)) = units.last_mut().zip(u32::try_from(at).ok()) {
            let side = if channel == a {
                &mut unit.a
            } else {
                &mut unit.b
            };
            side.push(at);
        }
    }
    (values, units)
}
