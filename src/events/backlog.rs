use super::error::{EventError, EventFault, EventPart};
use super::event::EventRef;
use super::index::Names;
use super::open::Step;
use super::record::{Raw, Visit, checked};
use super::tally::{Tally, TallyOptions};

/// Events in any order, kept until [`sorted`](Backlog::sorted) puts those of each journey in theirs.
///
/// A journey is sorted by sequence number where each of its events has one, otherwise by time. Events without a time
/// stay behind the event of their journey that was given before them, and equal ones keep the order given. Takes
/// 48 bytes an event until it is sorted, and O(n log n) to sort n events.
///
/// ```
/// use customer_journey::{Backlog, EventRef, LearnOptions, Phase, TallyOptions};
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
    steps: Vec<(u32, Step)>,
    offered: u64,
}

impl Backlog {
    /// A backlog of nothing.
    #[must_use]
    pub fn new(options: TallyOptions) -> Self {
        let tally = Tally::new(options);
        Self {
            journeys: Names::new(tally.seed),
            tally,
            steps: Vec::new(),
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
        let name = checked(EventPart::Journey, journey)?;
        let journey = self.journeys.intern(name);
        let journey = journey.ok_or(EventFault::TooMany(EventPart::Journey))?;
        self.tally.count(visit)?;
        self.tally.round_if_many();
        self.steps.push((journey, visit.step));
        Ok(())
    }

    /// The tally of all events, those of each journey in their order.
    #[must_use]
    pub fn sorted(self) -> Tally {
        let Self {
            mut tally,
            journeys,
            mut steps,
            ..
        } = self;
        // Stable: the events of a journey stay in the order given.
        steps.sort_by_key(|&(journey, _)| journey);
        let mut keyed = Vec::new();
        for same in steps.chunk_by(|a, b| a.0 == b.0) {
            let numbered = same.iter().all(|(_, step)| step.sequence.is_some());
            let mut latest = i64::MIN;
            keyed.clear();
            for &(journey, step) in same {
                let own = if numbered { step.sequence } else { step.time };
                latest = own.unwrap_or(latest);
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
