//! Patterns counted while events are read, where a log of whole journeys does not fit into memory.

use std::collections::BTreeMap;

use super::counting::{Counting, Said, Spot};
use super::{AskError, CountedPattern};
use crate::events::{Attended, Attending, EventError, EventRef, Onlooker, Tally, TallyOptions};
use crate::journey::Outcome;
use crate::pattern::Pattern;

/// A [`Tally`] that watches patterns while it counts: the figures of [`EventLog::ask`](crate::EventLog::ask) without a log.
///
/// It keeps no events. Of each journey it keeps where it is in the automaton of each pattern and what was counted on it, about
/// 80 bytes a pattern, beside what the tally keeps. The events of a journey come in their order, as a tally wants them;
/// journeys may interleave. It can be asked at any time, and then every journey is taken as ended where it is.
///
/// ```
/// use customer_journey::events::TallyOptions;
/// use customer_journey::asking::Watch;
/// use customer_journey::{EventRef, Pattern};
///
/// let pattern: Pattern = "pay => *{feels < 0}".parse()?;
/// let mut watch = Watch::new(TallyOptions::new(), [pattern]);
/// watch.record(EventRef::new("c1", "pay"))?;
/// watch.record(EventRef::new("c2", "pay"))?;
/// watch.record(EventRef::new("c1", "call").emotion(-0.6))?;
/// let counted = watch.counted().remove(0)?;
/// assert_eq!((counted.matching, counted.journeys), (1, 2));
/// assert_eq!(watch.tally().events(), 3); // from which a map is learned
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Watch {
    attended: Attended<Eyes>,
}

#[derive(Debug, Clone)]
struct Eyes {
    counting: Counting,
    spots: BTreeMap<crate::events::Spot, usize>,
}

impl Onlooker for Eyes {
    fn see(&mut self, moment: &Attending<'_>) {
        let counting = &mut self.counting;
        let spot = *self.spots.entry(moment.spot()).or_insert_with(|| {
            let (touchpoint, channel) = moment.place();
            let (phase, owner, promise) = (moment.phase(), moment.owner(), moment.promise());
            counting.spot(Spot::new(touchpoint, channel, phase, owner, promise))
        });
        let said = Said {
            result: moment.result(),
            valence: moment.valence,
            time: moment.time_ns(),
        };
        counting.see(moment.journey as usize, moment.customer, spot, &said);
    }
}

impl Watch {
    /// Watches these patterns from the first event on.
    #[must_use]
    pub fn new(options: TallyOptions, patterns: impl IntoIterator<Item = Pattern>) -> Self {
        Self {
            attended: Attended {
                tally: Tally::new(options),
                onlooker: Eyes {
                    counting: Counting::new(patterns),
                    spots: BTreeMap::new(),
                },
            },
        }
    }

    /// Counts one event.
    ///
    /// # Errors
    /// As [`Tally::record`]; nothing is counted then.
    pub fn record<'a>(&mut self, event: impl Into<EventRef<'a>>) -> Result<(), EventError> {
        self.attended.record(&event.into())
    }

    /// Counts events up to the first one that is refused.
    ///
    /// # Errors
    /// As [`Watch::record`]; the events before it are counted.
    pub fn record_all<'a, E: Into<EventRef<'a>>>(
        &mut self,
        events: impl IntoIterator<Item = E>,
    ) -> Result<(), EventError> {
        events.into_iter().try_for_each(|event| self.record(event))
    }

    /// Counts the events of a table, block by block, as [`Tally::read_csv`] does. A column that names persons says who made a
    /// journey, for the standard errors.
    ///
    /// # Errors
    /// As [`Tally::read_csv`]. Rows before the fault are counted: drop the watch.
    #[cfg(feature = "csv")]
    pub fn read_csv(
        &mut self,
        table: impl std::io::Read,
        options: &crate::events::CsvOptions,
    ) -> Result<crate::events::CsvRead, crate::events::CsvError> {
        self.attended.read_csv(table, options)
    }

    /// What is watched, in the order given.
    #[must_use]
    pub fn patterns(&self) -> impl ExactSizeIterator<Item = &Pattern> {
        self.attended.onlooker.counting.patterns()
    }

    /// What each pattern finds on the journeys so far, in the order of the patterns. Takes O(j log j) for j journeys.
    ///
    /// # Errors
    /// For each pattern by itself: [`AskError::Pattern`] with every name that no event has, and with tests of what events do
    /// not tell.
    #[must_use]
    pub fn counted(&self) -> Vec<Result<CountedPattern, AskError>> {
        let outcomes = self.attended.outcomes();
        let outcomes: Vec<Outcome> = outcomes
            .map(|outcome| outcome.map_or(Outcome::Unstated, Outcome::from))
            .collect();
        let counting = &self.attended.onlooker.counting;
        (0..counting.patterns().len())
            .map(|pattern| counting.counted(pattern, &outcomes))
            .collect()
    }

    /// The counts of the same events, from which a map is [learned](Tally::learn).
    #[must_use]
    pub fn tally(&self) -> &Tally {
        &self.attended.tally
    }
}
