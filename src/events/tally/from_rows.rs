//! Tallies from rows that a database or a distributed engine has counted.

#[cfg(feature = "serde")]
use super::record::checked;
use super::under_way::UNSTATED;
use super::visits::UNFELT;
use super::ways::Way;
use super::{Tally, TallyOptions, slot};
use crate::events::EventPart;
use crate::events::error::EventFault;
use crate::events::rows::{MoveRow, VisitRow};

/// Why rows are not a tally.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum RowError {
    /// One of the rows cannot be read.
    #[error("{table} row {number} {fault}")]
    Row {
        /// `visit` or `move`.
        table: &'static str,
        /// Its position, from 1.
        number: usize,
        /// What is wrong with it.
        fault: RowFault,
    },
    /// The counts at a touchpoint contradict each other: every visit begins a journey or comes from another one, and
    /// goes on or ends.
    #[error(
        "the counts at touchpoint {touchpoint:?} (channel {channel:?}) contradict each other: {what}"
    )]
    Contradiction {
        /// The touchpoint.
        touchpoint: String,
        /// The channel, empty where none is stated.
        channel: String,
        /// Which counts differ.
        what: String,
    },
    /// The sum of all counts is beyond what can be counted.
    #[error("the rows hold more than can be counted")]
    TooLarge,
}

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum RowFault {
    /// A name or an emotion is wrong, as in an event.
    #[error(transparent)]
    Event(#[from] EventFault),
    /// It says neither where it comes from nor where it leads.
    #[error("has neither `from` nor `to`; a start has a `to`, an end a `from`")]
    Nowhere,
    /// It states something that only makes sense on a step or at an end.
    #[error("states {key} and is {kind}")]
    Misplaced {
        /// What it states.
        key: &'static str,
        /// What kind of row it is.
        kind: &'static str,
    },
    /// More waits are known than there are steps, or no wait is known and there is a sum.
    #[error(
        "has {timed} known waits of {wait_ms} ms in all and counts {count}; there is at most one wait a step"
    )]
    Waits {
        /// Known waits.
        timed: u64,
        /// Their sum.
        wait_ms: u64,
        /// Steps.
        count: u64,
    },
}

impl Tally {
    /// The tally of events that something else has counted, with every journey closed.
    ///
    /// `moves` are needed: each visit begins a journey or comes from another one, and goes on or ends. `visits` add
    /// phases, owners, promise names and emotions; at a touchpoint of which no row of `visits` tells, the moves alone
    /// count. Rows may repeat; they add up.
    ///
    /// # Errors
    /// [`RowError`] names the row that cannot be read, or the touchpoint whose counts contradict each other.
    ///
    /// ```
    /// use customer_journey::events::{MoveRow, TallyOptions, VisitRow};
    /// use customer_journey::{LearnOptions, Phase, Tally};
    /// let moves = [
    ///     MoveRow::start("search", 10),
    ///     MoveRow::step("search", "buy", 6),
    ///     MoveRow::end("search", 4).outcome("churn"),
    ///     MoveRow::end("buy", 6).outcome("loyalty"),
    /// ];
    /// let visits = [VisitRow::new("buy", 6).phase(Phase::During).emotion(0.5)];
    /// let tally = Tally::from_rows(TallyOptions::new(), visits, moves)?;
    /// assert_eq!((tally.events(), tally.journeys()), (16, 10));
    /// # Ok::<(), customer_journey::events::RowError>(())
    /// ```
    pub fn from_rows(
        options: TallyOptions,
        visits: impl IntoIterator<Item = VisitRow>,
        moves: impl IntoIterator<Item = MoveRow>,
    ) -> Result<Self, RowError> {
        let mut tally = Self::new(options);
        // As long as the sum of all counts can be counted, no part of it overflows.
        let mut room = u64::MAX;
        let mut spend = |count: u64| {
            room = room.checked_sub(count).ok_or(RowError::TooLarge)?;
            Ok(())
        };
        for (number, row) in (1..).zip(visits) {
            spend(row.count)?;
            tally.visits(&row).map_err(|fault| RowError::Row {
                table: "visit",
                number,
                fault: fault.into(),
            })?;
        }
        let visited = tally.visited();
        let mut told: Vec<bool> = visited.iter().map(|visits| *visits != [0; 4]).collect();
        for (number, row) in (1..).zip(moves) {
            spend(row.count)?;
            let moved = tally.go_by_row(&row, &mut told);
            moved.map_err(|fault| RowError::Row {
                table: "move",
                number,
                fault,
            })?;
        }
        tally.events = tally.visited().iter().flatten().sum();
        tally.check()?;
        Ok(tally)
    }

    fn visits(&mut self, row: &VisitRow) -> Result<(), EventFault> {
        let text = |text: &Option<String>| text.clone().unwrap_or_default().into_bytes();
        let at = self.place(row.touchpoint.as_bytes(), &text(&row.channel))?;
        let level = match row.emotion {
            Some(mood) => self.levels.number_of(mood, self.options.scale)?,
            None => UNFELT,
        };
        let owner = self.label(&text(&row.owner))?;
        let promise = self.label(&text(&row.promise_name))?;
        if row.count == 0 {
            return Ok(());
        }
        if let Some(phase) = row.phase {
            self.places[at as usize].phases[phase as usize] += row.count;
        }
        let too_many = EventFault::TooMany;
        if owner != UNSTATED {
            let added = self.owners.add(at, owner, row.count);
            added.ok_or(too_many(EventPart::Owner))?;
        }
        if promise != UNSTATED {
            let added = self.promises.add(at, promise, row.count);
            added.ok_or(too_many(EventPart::Promise))?;
        }
        let moment = at << 2 | u32::from(slot(row.promise));
        let added = self.visits.add(moment, level, row.count);
        added.ok_or(too_many(EventPart::Emotion))?;
        self.round_if_many();
        Ok(())
    }

    /// `told` says of which places rows of visits tell.
    fn go_by_row(&mut self, row: &MoveRow, told: &mut Vec<bool>) -> Result<(), RowFault> {
        let channel = |text: &Option<String>| text.clone().unwrap_or_default().into_bytes();
        let misplaced = |key, kind, wrong| {
            if wrong {
                Err(RowFault::Misplaced { key, kind })
            } else {
                Ok(())
            }
        };
        let step = row.from.is_some() && row.to.is_some();
        let kind = if row.from.is_none() {
            "a start"
        } else {
            "a step"
        };
        misplaced(
            "an outcome",
            kind,
            row.outcome.is_some() && row.to.is_some(),
        )?;
        misplaced(
            "a promise result",
            "a start",
            row.promise.is_some() && row.from.is_none(),
        )?;
        misplaced("waits", "not a step", row.timed > 0 && !step)?;
        if row.timed > row.count || (row.timed == 0 && row.wait_ms > 0) {
            return Err(RowFault::Waits {
                timed: row.timed,
                wait_ms: row.wait_ms,
                count: row.count,
            });
        }
        if row.from.is_none() && row.to.is_none() {
            return Err(RowFault::Nowhere);
        }
        let from = match &row.from {
            Some(from) => Some(self.place(from.as_bytes(), &channel(&row.from_channel))?),
            None => None,
        };
        let to = match &row.to {
            Some(to) => Some(self.place(to.as_bytes(), &channel(&row.to_channel))?),
            None => None,
        };
        let outcome = channel(&row.outcome);
        let outcome = self.label(&outcome)?;
        told.resize(self.places.len(), false);
        if row.count == 0 {
            return Ok(());
        }
        let result = slot(row.promise);
        if let Some(from) = from
            && !told[from as usize]
        {
            let moment = from << 2 | u32::from(result);
            let added = self.visits.add(moment, UNFELT, row.count);
            added.ok_or(EventFault::TooMany(EventPart::Emotion))?;
        }
        match (from, to) {
            (None, None) => {}
            (None, Some(to)) => self.places[to as usize].starts += row.count,
            (Some(from), None) => {
                let moment = from << 2 | u32::from(result);
                let added = self.ended.add(moment, outcome, row.count);
                added.ok_or(EventFault::TooMany(EventPart::Label))?;
            }
            (Some(from), Some(to)) => {
                // Of several waits only the sum is known, and not how they spread.
                if row.timed == 1 {
                    let spread = self.ways.spreads.of(from << 2 | u32::from(result), to);
                    let spread = spread.ok_or(EventFault::TooMany(EventPart::Way))?;
                    spread.add(row.wait_ms);
                }
                let added = self.ways.add(Way {
                    from: from << 2 | u32::from(result),
                    to,
                    count: row.count,
                    timed: row.timed,
                    wait_ms: u128::from(row.wait_ms),
                });
                added.ok_or(EventFault::TooMany(EventPart::Way))?;
            }
        }
        Ok(())
    }

    /// Whether the counts agree with each other: what arrives at a place was visited and leaves it.
    pub(in crate::events) fn check(&self) -> Result<(), RowError> {
        let mut arrives = vec![0_u128; self.places.len()];
        let mut leaves = vec![[0_u128; 4]; self.places.len()];
        let mut leave = |moment: u32, count: u64| {
            leaves[(moment >> 2) as usize][(moment & 3) as usize] += u128::from(count);
        };
        for way in self.ways.all() {
            leave(way.from, way.count);
            arrives[way.to as usize] += u128::from(way.count);
        }
        for (moment, _, count) in self.ended.iter() {
            leave(moment, count);
        }
        for open in self.open.states() {
            leave(open.last, 1);
            arrives[open.first as usize] += 1;
        }
        let mut named = vec![[0_u128; 2]; self.places.len()];
        for (kind, counts) in [&self.owners, &self.promises].into_iter().enumerate() {
            for (place, _, count) in counts.iter() {
                named[place as usize][kind] += u128::from(count);
            }
        }
        for (at, (place, visited)) in self.places.iter().zip(self.visited()).enumerate() {
            let wrong = |what: String| RowError::Contradiction {
                touchpoint: self.touchpoints.name(place.touchpoint).to_owned(),
                channel: self.channels.name(place.channel).to_owned(),
                what,
            };
            let visits = visited.iter().map(|&visits| u128::from(visits)).sum();
            let arrived = arrives[at] + u128::from(place.starts);
            if arrived != visits {
                return Err(wrong(format!("{visits} visits, {arrived} arrivals")));
            }
            for (slot, &visits) in visited.iter().enumerate() {
                let (visits, left) = (u128::from(visits), leaves[at][slot]);
                if left != visits {
                    let of = ["no result", "kept", "broken", "unknown"][slot];
                    return Err(wrong(format!("{visits} visits ({of}), {left} leave")));
                }
            }
            let phases = place.phases.iter().map(|&count| u128::from(count)).sum();
            let [owners, promises] = named[at];
            let most = owners.max(promises).max(phases);
            if most > visits {
                return Err(wrong(format!("{visits} visits, {most} of them named")));
            }
        }
        Ok(())
    }
}

/// The name of a journey, checked.
#[cfg(feature = "serde")]
pub(in crate::events) fn journey_name(name: &str) -> Result<&str, EventFault> {
    checked(EventPart::Journey, name.as_bytes())
}
