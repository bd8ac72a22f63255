use super::error::{EventError, EventFault, EventPart};
use super::event::EventRef;
#[cfg(feature = "csv")]
use super::held::Held;
use super::index::Names;
use super::tally::record::{Raw, Visit, checked};
use super::tally::under_way::Step;
use super::tally::{Tally, TallyOptions};

/// Events in any order, kept until [`sorted`](Backlog::sorted) puts those of each journey in theirs.
///
/// A journey is sorted by sequence number where each of its events has one, otherwise by time. Events without a time
/// stay behind the event of their journey that was given before them, and equal ones keep the order given. Takes
/// 72 bytes per event until it is sorted, and O(n log n) to sort n events.
///
/// ```
/// use customer_journey::events::{Backlog, TallyOptions};
/// use customer_journey::{EventRef, LearnOptions, Phase};
/// let mut backlog = Backlog::new(TallyOptions::new());
/// backlog.record(EventRef::new("c1", "buy").time_ms(20))?;
/// backlog.record(EventRef::new("c1", "search").time_ms(10))?;
/// let learned = backlog.sorted().learn(&LearnOptions::new().other_phases(Phase::During))?;
/// let starts: Vec<_> = learned.journey.starts().map(|(touchpoint, _)| touchpoint.id.as_str()).collect();
/// assert_eq!(starts, ["search"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Backlog {
    pub(super) tally: Tally,
    journeys: Names,
    visits: Vec<(u32, Visit)>,
    /// By journey: whether it is left out.
    out: Vec<bool>,
    /// Whether events of equal time were given in reverse.
    pub(super) newest_first: bool,
    offered: u64,
}

/// A visit: its journey, what orders it, its number.
#[cfg(feature = "csv")]
type Keyed = (u32, Option<(i64, u64)>, usize);

impl Backlog {
    /// A backlog of nothing.
    #[must_use]
    pub fn new(options: TallyOptions) -> Self {
        let tally = Tally::new(options);
        Self {
            journeys: Names::new(tally.seed),
            tally,
            visits: Vec::new(),
            out: Vec::new(),
            newest_first: false,
            offered: 0,
        }
    }

    /// Takes one event.
    ///
    /// # Errors
    /// [`EventError`] names the event and what is wrong with it. The backlog is as it was before.
    pub fn record<'a>(&mut self, event: impl Into<EventRef<'a>>) -> Result<(), EventError> {
        let event = event.into();
        self.offered = self.offered.saturating_add(1);
        let raw = Raw::from(event);
        let taken = match self.tally.prepare(&raw) {
            Ok(Some(visit)) => self.put(raw.journey, &visit),
            Ok(None) => Ok(()),
            Err(fault) => Err(fault),
        };
        taken.map_err(|fault| EventError::new(self.offered, &event, fault))
    }

    pub(super) fn put(&mut self, journey: &[u8], visit: &Visit) -> Result<(), EventFault> {
        let journey = self.journey(journey)?;
        self.visits.push((journey, *visit));
        Ok(())
    }

    /// Leaves out a journey: its events so far and those to come.
    #[cfg(feature = "csv")]
    pub(super) fn leave_out(&mut self, journey: &[u8]) {
        if let Ok(journey) = self.journey(journey) {
            let at = journey as usize;
            if self.out.len() <= at {
                self.out.resize(at + 1, false);
            }
            if let Some(out) = self.out.get_mut(at) {
                *out = true;
            }
        }
    }

    /// What is known of the journeys that are not left out.
    #[cfg(feature = "csv")]
    pub(super) fn held(&self) -> Held {
        let mut held = Held::default();
        let mut visits: Vec<Keyed> = Vec::new();
        let says = |at: &usize| {
            let visit = self.visits.get(*at).map(|(_, visit)| visit)?;
            let labels = (visit.owner, visit.promise, visit.step.outcome);
            Some((visit.step.moment, visit.level, visit.phase, labels))
        };
        let mut last: Vec<Option<(i64, u64)>> = vec![None; self.journeys.len()];
        let mut numbered = vec![true; self.journeys.len()];
        for (journey, visit) in &self.visits {
            let at = *journey as usize;
            if let Some(numbered) = numbered.get_mut(at) {
                *numbered &= visit.step.sequence.is_some();
            }
        }
        for (number, (journey, visit)) in self.visits.iter().enumerate() {
            let at = *journey as usize;
            if self.out.get(at) == Some(&true) {
                continue;
            }
            if let Some(time) = visit.step.time {
                held.see(time);
            }
            let numbered = numbered.get(at) == Some(&true);
            let now = match (numbered, visit.step.sequence, visit.step.time) {
                (true, Some(number), _) => Some((number, 0)),
                (_, _, Some(time)) => Some((time, visit.within_ms())),
                _ => None,
            };
            let Some(last) = last.get_mut(at) else {
                continue;
            };
            if let (Some(before), Some(now)) = (*last, now) {
                held.back += u64::from(now < before);
                held.forth += u64::from(now > before);
            }
            *last = now.or(*last);
            visits.push((*journey, now, number));
        }
        visits.sort();
        for same in visits.chunk_by(|a, b| a.0 == b.0) {
            for pair in same.windows(2) {
                if let [(_, Some(before), first), (_, Some(now), second)] = pair
                    && before == now
                {
                    held.ties += 1;
                    held.same += u64::from(says(first) == says(second));
                }
            }
            let name = same
                .first()
                .map_or("", |(journey, ..)| self.journeys.name(*journey));
            held.journeys.push((name.to_owned(), same.len() as u64));
        }
        held
    }

    fn journey(&mut self, name: &[u8]) -> Result<u32, EventFault> {
        if let Some(known) = self.journeys.find(name) {
            return Ok(known);
        }
        let name = checked(EventPart::Journey, name)?;
        let journey = self.journeys.intern(name);
        journey.ok_or(EventFault::TooMany(EventPart::Journey))
    }

    /// The tally of all events, those of each journey in their order.
    #[must_use]
    pub fn sorted(self) -> Tally {
        let Self {
            mut tally,
            journeys,
            mut visits,
            out,
            newest_first,
            ..
        } = self;
        visits.retain(|&(journey, _)| out.get(journey as usize) != Some(&true));
        // Each of these events was looked up, so that its numbers are among those that can be counted.
        for (_, visit) in &visits {
            let _ = tally.count(visit);
        }
        tally.round_if_many();
        if newest_first {
            visits.reverse();
        }
        // Stable: the events of a journey stay in the order given.
        visits.sort_by_key(|&(journey, _)| journey);
        let mut keyed = Vec::new();
        for same in visits.chunk_by(|a, b| a.0 == b.0) {
            let numbered = same.iter().all(|(_, visit)| visit.step.sequence.is_some());
            let mut latest = (i64::MIN, 0);
            keyed.clear();
            for &(journey, visit) in same {
                let (step, within_ms) = (visit.step, visit.within_ms());
                latest = match (numbered, step.sequence, step.time) {
                    (true, Some(number), _) => (number, 0),
                    (false, _, Some(time)) => (time, within_ms),
                    _ => latest,
                };
                // Sorted by time, a stray sequence number must not count.
                let sequence = step.sequence.filter(|_| numbered);
                keyed.push((latest, journey, Step { sequence, ..step }));
            }
            keyed.sort_by_key(|&(key, _, _)| key);
            for &(_, journey, step) in &keyed {
                // In order now, so that nothing goes back; a new name was checked when it came.
                let name = journeys.name(journey).as_bytes();
                let awaited = tally.open.await_by(name);
                let _ = tally.advance(name, &awaited, &step);
                let _ = tally.go_all();
            }
        }
        tally
    }
}
