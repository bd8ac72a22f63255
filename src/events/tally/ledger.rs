//! A tally as plain, ordered data: what two equal tallies share, and what is written.

use super::Tally;
use super::levels::Level;
use super::under_way::UNSTATED;

/// Everything that a tally counted, in an order that does not depend on how it came to be.
#[derive(Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub(in crate::events) struct Ledger {
    pub(in crate::events) format: String,
    pub(in crate::events) left_out: u64,
    pub(in crate::events) contradictions: u64,
    pub(in crate::events) rounded: bool,
    pub(in crate::events) span_ms: Option<(i64, i64)>,
    /// In the order of touchpoint and channel.
    pub(in crate::events) places: Vec<PlaceLine>,
    /// From, result, to, count, known waits and their sum.
    pub(in crate::events) ways: Vec<(u32, u8, u32, u64, u64, u128)>,
    /// From, result, to, the sum of the squares of waits, and how many fell into each bucket; ways without known waits are
    /// left out, and so are those whose waits were counted elsewhere.
    #[cfg_attr(feature = "serde", serde(default))]
    pub(in crate::events) waits: Vec<WaitsLine>,
    /// From the first to the last time of closed journeys: sum, sum of squares, buckets.
    #[cfg_attr(feature = "serde", serde(default))]
    pub(in crate::events) lasted: (u128, u128, Vec<(u16, u64)>),
    /// In the order of their names.
    pub(in crate::events) open: Vec<OpenLine>,
}

pub(in crate::events) const FORMAT: &str = "customer-journey-tally/1";

#[derive(Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub(in crate::events) struct PlaceLine {
    pub(in crate::events) touchpoint: String,
    pub(in crate::events) channel: String,
    /// No result, kept, broken, unknown: 0 to 3 below.
    pub(in crate::events) visits: [u64; 4],
    pub(in crate::events) phases: [u64; 3],
    pub(in crate::events) starts: u64,
    pub(in crate::events) ends: Vec<(u8, Option<String>, u64)>,
    pub(in crate::events) feelings: Vec<(u8, String, u64)>,
    pub(in crate::events) valences: Vec<(u8, f64, u64)>,
    pub(in crate::events) owners: Vec<(String, u64)>,
    pub(in crate::events) promises: Vec<(String, u64)>,
}

/// Of a way: from, result, to, sum and sum of squares of its waits in milliseconds, and how many are in each bucket.
pub(in crate::events) type WaitsLine = (u32, u8, u32, u128, u128, Vec<(u16, u64)>);

/// Journey, first place, last place, result there, outcome, whether the first and the last event state a time, first
/// and last time, first and last sequence number.
pub(in crate::events) type OpenLine = (
    String,
    u32,
    u32,
    u8,
    Option<String>,
    (bool, bool),
    Option<(i64, i64)>,
    Option<(i64, i64)>,
);

impl Ledger {
    pub(in crate::events) fn of(tally: &Tally) -> Self {
        let visited = tally.visited();
        let mut order: Vec<usize> = (0..tally.places.len())
            .filter(|&place| visited[place] != [0; 4])
            .collect();
        let names = |place: usize| {
            let place = &tally.places[place];
            (
                tally.touchpoints.name(place.touchpoint),
                tally.channels.name(place.channel),
            )
        };
        order.sort_by_key(|&place| names(place));
        let mut line_of = vec![0_u32; tally.places.len()];
        let mut places: Vec<PlaceLine> = Vec::with_capacity(order.len());
        for (line, &place) in (0..).zip(&order) {
            line_of[place] = line;
            let (touchpoint, channel) = names(place);
            let counts = &tally.places[place];
            places.push(PlaceLine {
                touchpoint: touchpoint.to_owned(),
                channel: channel.to_owned(),
                visits: visited[place],
                phases: counts.phases,
                starts: counts.starts,
                ends: Vec::new(),
                feelings: Vec::new(),
                valences: Vec::new(),
                owners: Vec::new(),
                promises: Vec::new(),
            });
        }
        let line = |place: u32| line_of[place as usize];
        let outcome =
            |number: u32| (number != UNSTATED).then(|| tally.labels.name(number).to_owned());
        fill(tally, &mut places, line, outcome);
        let mut ways: Vec<_> = tally
            .ways
            .all()
            .into_iter()
            .map(|way| {
                let (from, result) = (line(way.from >> 2), (way.from & 3) as u8);
                let to = line(way.to);
                (from, result, to, way.count, way.timed, way.wait_ms)
            })
            .collect();
        ways.sort_unstable();
        let spreads = tally.ways.spreads.iter();
        let mut waits: Vec<WaitsLine> = spreads
            .map(|(from, to, spread)| {
                let (at, result) = (line(from >> 2), (from & 3) as u8);
                let (sum, squares) = (spread.sum_ms, spread.squares_ms2);
                (at, result, line(to), sum, squares, spread.buckets())
            })
            .filter(|(.., buckets)| !buckets.is_empty())
            .collect();
        waits.sort_unstable();
        let lasted = &tally.lasted;
        let mut open: Vec<OpenLine> = tally
            .open
            .iter()
            .map(|(journey, open)| {
                let (at, result) = (line(open.last >> 2), (open.last & 3) as u8);
                (
                    journey.into_owned(),
                    line(open.first),
                    at,
                    result,
                    outcome(open.outcome),
                    open.timed,
                    open.times,
                    open.sequences,
                )
            })
            .collect();
        open.sort_unstable();
        Self {
            format: FORMAT.to_owned(),
            left_out: tally.left_out,
            contradictions: tally.contradictions,
            rounded: tally.levels.rounded(),
            span_ms: tally.span_ms(),
            places,
            ways,
            waits,
            lasted: (lasted.sum_ms, lasted.squares_ms2, lasted.buckets()),
            open,
        }
    }
}

/// Adds what the tally keeps in pairs of numbers.
fn fill(
    tally: &Tally,
    places: &mut [PlaceLine],
    line: impl Fn(u32) -> u32,
    outcome: impl Fn(u32) -> Option<String>,
) {
    let label = |number: u32| tally.labels.name(number).to_owned();
    let at = |place: u32| line(place) as usize;
    let levels: Vec<Level> = tally.levels.iter().collect();
    for (moment, level, count) in tally.visits.felt() {
        let result = (moment & 3) as u8;
        let place = &mut places[at(moment >> 2)];
        match levels[level as usize] {
            Level::Feeling(feeling) => {
                let name = feeling.as_str().to_owned();
                place.feelings.push((result, name, count));
            }
            Level::Valence(valence) => place.valences.push((result, valence, count)),
        }
    }
    for (place, owner, count) in tally.owners.iter() {
        places[at(place)].owners.push((label(owner), count));
    }
    for (place, promise, count) in tally.promises.iter() {
        places[at(place)].promises.push((label(promise), count));
    }
    for (moment, how, count) in tally.ended.iter() {
        let result = (moment & 3) as u8;
        let end = (result, outcome(how), count);
        places[at(moment >> 2)].ends.push(end);
    }
    for place in places {
        place.ends.sort_unstable();
        place.feelings.sort_unstable();
        place
            .valences
            .sort_unstable_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        place.owners.sort_unstable();
        place.promises.sort_unstable();
    }
}

/// The same counts and the same journeys under way, whatever the order in which they came. Options do not matter.
/// Takes O(n log n) for tallies of size n.
impl PartialEq for Tally {
    fn eq(&self, other: &Self) -> bool {
        self.events == other.events && Ledger::of(self) == Ledger::of(other)
    }
}

#[cfg(feature = "serde")]
mod document {
    use serde::de::Error;

    use super::{FORMAT, Ledger, OpenLine, PlaceLine};
    use crate::events::error::EventFault;
    use crate::events::tally::from_rows::journey_name;
    use crate::events::tally::levels::Level;
    use crate::events::tally::under_way::{Ends, UNSTATED};
    use crate::events::tally::visits::UNFELT;
    use crate::events::tally::ways::Way;
    use crate::events::tally::{NEVER, Tally};
    use crate::journey::Feeling;
    use crate::statistics::LAST_BUCKET;

    /// A document of the format `customer-journey-tally/1`, in an order of its own, so that equal tallies give equal
    /// documents. Options are not part of it.
    impl serde::Serialize for Tally {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            Ledger::of(self).serialize(serializer)
        }
    }

    /// With default options; [`Tally::with`] sets others. What contradicts itself is refused.
    impl<'de> serde::Deserialize<'de> for Tally {
        fn deserialize<D: serde::Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
            let ledger = Ledger::deserialize(source)?;
            read(&ledger).map_err(D::Error::custom)
        }
    }

    fn read(ledger: &Ledger) -> Result<Tally, String> {
        if ledger.format != FORMAT {
            return Err(format!(
                "format {:?} is not a tally; it is {FORMAT:?}",
                ledger.format
            ));
        }
        if !fits(ledger) {
            return Err("the tally holds more than can be counted".to_owned());
        }
        let mut tally = Tally::default();
        if ledger.rounded {
            tally.round();
        }
        for (number, line) in (0..).zip(&ledger.places) {
            let fault = |fault: EventFault| format!("touchpoint {:?} {fault}", line.touchpoint);
            let at = tally.place(line.touchpoint.as_bytes(), line.channel.as_bytes());
            if at.map_err(fault)? != number {
                return Err(format!(
                    "touchpoint {:?} with channel {:?} is there twice",
                    line.touchpoint, line.channel
                ));
            }
            place(&mut tally, number, line)?;
        }
        let places = tally.places.len();
        let known = |place: u32| {
            let there = (place as usize) < places;
            there
                .then_some(place)
                .ok_or_else(|| format!("place {place} is named and there are {places} touchpoints"))
        };
        for &(from, result, to, count, timed, wait_ms) in &ledger.ways {
            let moment = known(from)? << 2 | u32::from(checked_result(result)?);
            if timed > count || wait_ms > u128::from(timed) * u128::from(u64::MAX) {
                return Err(format!(
                    "the way from {from} to {to} has more waits than steps can have"
                ));
            }
            let way = Way {
                from: moment,
                to: known(to)?,
                count,
                timed,
                wait_ms,
            };
            let added = tally.ways.add(way);
            added.ok_or("there are too many ways")?;
        }
        for (from, result, to, sum, squares, buckets) in &ledger.waits {
            let moment = known(*from)? << 2 | u32::from(checked_result(*result)?);
            let spread = tally.ways.spreads.of(moment, known(*to)?);
            let spread = spread.ok_or("there are too many ways")?;
            spread.add_all(checked_buckets(buckets)?, *sum, *squares);
        }
        let (sum, squares, buckets) = &ledger.lasted;
        tally
            .lasted
            .add_all(checked_buckets(buckets)?, *sum, *squares);
        for line in &ledger.open {
            let first = known(line.1)?;
            let last = known(line.2)?;
            open(&mut tally, line, first, last)?;
        }
        tally.left_out = ledger.left_out;
        tally.contradictions = ledger.contradictions;
        tally.span = ledger.span_ms.unwrap_or(NEVER);
        tally.events = tally.visited().iter().flatten().sum();
        if ledger.contradictions > tally.events {
            return Err("there are more contradictions than events".to_owned());
        }
        tally.check().map_err(|error| error.to_string())?;
        Ok(tally)
    }

    /// Whether the sum of all counts can be counted: then no part of it overflows.
    fn fits(ledger: &Ledger) -> bool {
        let places = ledger.places.iter().flat_map(|line| {
            let counts = line.visits.iter().chain(&line.phases).chain([&line.starts]);
            counts
                .chain(line.ends.iter().map(|(_, _, count)| count))
                .chain(line.feelings.iter().map(|(_, _, count)| count))
                .chain(line.valences.iter().map(|(_, _, count)| count))
                .chain(line.owners.iter().map(|(_, count)| count))
                .chain(line.promises.iter().map(|(_, count)| count))
        });
        let ways = ledger.ways.iter().map(|(_, _, _, count, _, _)| count);
        let total: Option<u64> = places
            .chain(ways)
            .try_fold(0_u64, |sum, &count| sum.checked_add(count));
        total.is_some_and(|total| total.checked_add(ledger.open.len() as u64).is_some())
    }

    fn checked_buckets(buckets: &[(u16, u64)]) -> Result<&[(u16, u64)], String> {
        match buckets.iter().find(|(bucket, _)| *bucket > LAST_BUCKET) {
            Some((bucket, _)) => Err(format!(
                "{bucket} is no bucket of waits; they are 0 to {LAST_BUCKET}"
            )),
            None => Ok(buckets),
        }
    }

    fn checked_result(result: u8) -> Result<u8, String> {
        if result < 4 {
            Ok(result)
        } else {
            Err(format!("{result} is not a promise result; they are 0 to 3"))
        }
    }

    fn place(tally: &mut Tally, at: u32, line: &PlaceLine) -> Result<(), String> {
        let counts = &mut tally.places[at as usize];
        counts.phases = line.phases;
        counts.starts = line.starts;
        let many = || "there are too many names".to_owned();
        for (result, outcome, count) in &line.ends {
            let moment = at << 2 | u32::from(checked_result(*result)?);
            let outcome = match outcome {
                Some(outcome) => tally.labels.intern(outcome).ok_or_else(many)?,
                None => UNSTATED,
            };
            let added = tally.ended.add(moment, outcome, *count);
            added.ok_or_else(many)?;
        }
        let feelings = line.feelings.iter().map(|(result, name, count)| {
            let feeling: Feeling = name.parse().map_err(|unknown| format!("{unknown}"))?;
            Ok((*result, Level::Feeling(feeling), *count))
        });
        let valences = line.valences.iter().map(|&(result, valence, count)| {
            if (-1.0..=1.0).contains(&valence) {
                Ok((result, Level::Valence(valence + 0.0), count))
            } else {
                Err(format!("valence {valence} is outside -1 to 1"))
            }
        });
        let mut silent = line.visits;
        for felt in feelings.chain(valences) {
            let (result, level, count) = felt?;
            let moment = at << 2 | u32::from(checked_result(result)?);
            let left = &mut silent[usize::from(result)];
            *left = left.checked_sub(count).ok_or_else(|| {
                format!(
                    "touchpoint {:?} with channel {:?} has more emotions than visits",
                    line.touchpoint, line.channel
                )
            })?;
            let level = tally.levels.number(level).ok_or_else(many)?;
            let added = tally.visits.add(moment, level, count);
            added.ok_or_else(many)?;
            tally.round_if_many();
        }
        for (result, visits) in (0..).zip(silent) {
            let added = tally.visits.add(at << 2 | result, UNFELT, visits);
            added.ok_or_else(many)?;
        }
        for (owner, count) in &line.owners {
            let owner = tally.labels.intern(owner).ok_or_else(many)?;
            tally.owners.add(at, owner, *count).ok_or_else(many)?;
        }
        for (promise, count) in &line.promises {
            let promise = tally.labels.intern(promise).ok_or_else(many)?;
            tally.promises.add(at, promise, *count).ok_or_else(many)?;
        }
        Ok(())
    }

    fn open(tally: &mut Tally, line: &OpenLine, first: u32, last: u32) -> Result<(), String> {
        let (journey, _, _, result, outcome, timed, times, sequences) = line;
        let name = journey_name(journey).map_err(|fault| format!("an open journey {fault}"))?;
        if tally.open.get(name.as_bytes()).is_some() {
            return Err(format!("journey {name:?} is under way twice"));
        }
        if times.is_none() && *timed != (false, false) {
            return Err(format!(
                "journey {name:?} states that its first or last event has a time, and no times"
            ));
        }
        let outcome = match outcome {
            Some(outcome) => tally.labels.intern(outcome),
            None => Some(UNSTATED),
        };
        let open = Ends {
            first,
            last: last << 2 | u32::from(checked_result(*result)?),
            outcome: outcome.ok_or("there are too many names")?,
            timed: *timed,
            times: *times,
            sequences: *sequences,
        };
        let added = tally.open.insert(name.as_bytes(), open);
        added.ok_or_else(|| "there are too many journeys".to_owned())
    }
}
