use super::Tally;
use super::under_way::{Ends, UNSTATED, Wait};
use super::visits::UNFELT;
use super::ways::{Moved, Way};
use crate::events::error::MergeError;

impl Tally {
    /// Adds the counts of other journeys.
    ///
    /// Tallies of different journeys form a commutative monoid: whatever the order and the grouping in which they are
    /// merged, the result equals the tally of all their events, and merging the tally of nothing changes nothing.
    /// The options stay those of `self`. Takes time in proportion to the size of `other`.
    ///
    /// # Errors
    /// [`MergeError::Shared`] if a journey is under way in both. Journeys that were [closed](Tally::closed) have no
    /// names any more and cannot be told apart: that those are different ones is up to the caller.
    /// [`MergeError::Segments`] if both have counted, and not the same segment.
    ///
    /// ```
    /// use customer_journey::{EventRef, Tally};
    /// let (mut north, mut south, mut all) = (Tally::default(), Tally::default(), Tally::default());
    /// north.record(EventRef::new("c1", "search"))?;
    /// south.record(EventRef::new("c2", "search"))?;
    /// all.record_all(["c2", "c1"].map(|journey| EventRef::new(journey, "search")))?;
    /// north.merge(&south)?;
    /// assert_eq!(north, all);
    /// assert!(north.merge(&south).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn merge(&mut self, other: &Tally) -> Result<(), MergeError> {
        self.same_segment(other)?;
        for (journey, _) in other.open.iter() {
            if self.open.get(journey.as_bytes()).is_some() {
                return Err(MergeError::Shared {
                    journey: journey.into_owned(),
                });
            }
        }
        let to = self.add_counts(other)?;
        for (journey, open) in other.open.iter() {
            let added = self.open.insert(journey.as_bytes(), to.ends(open));
            added.ok_or(MergeError::TooLarge)?;
        }
        Ok(())
    }

    /// Adds the events that come after those counted so far, of the same journeys or of new ones: the tally of the
    /// next day, say. The result equals the tally of both parts' events one after the other, exactly: each journey
    /// that is under way in both gains the one way from where it was to where it goes on.
    ///
    /// Journeys of which only some events state a sequence number, and others only a time, are compared by their
    /// ends alone.
    ///
    /// # Errors
    /// [`MergeError::Earlier`] if a journey would go back, and [`MergeError::Segments`] if both have counted, and not the
    /// same segment.
    ///
    /// ```
    /// use customer_journey::{EventRef, Tally};
    /// let (mut monday, mut tuesday, mut both) = (Tally::default(), Tally::default(), Tally::default());
    /// let (search, buy) = (EventRef::new("c1", "search").time_ms(1), EventRef::new("c1", "buy").time_ms(2));
    /// monday.record(search)?;
    /// tuesday.record(buy)?;
    /// both.record_all([search, buy])?;
    /// monday.join(&tuesday)?;
    /// assert_eq!(monday, both);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn join(&mut self, later: &Tally) -> Result<(), MergeError> {
        self.same_segment(later)?;
        for (journey, open) in later.open.iter() {
            if let Some(earlier) = self.open.get(journey.as_bytes())
                && let Err(back) = earlier.meets(&open)
            {
                return Err(MergeError::Earlier {
                    journey: journey.into_owned(),
                    before: back.before,
                    now: back.now,
                });
            }
        }
        let numbers = self.add_counts(later)?;
        for (journey, open) in later.open.iter() {
            let ends = numbers.ends(open);
            let Some(earlier) = self.open.get(journey.as_bytes()) else {
                let added = self.open.insert(journey.as_bytes(), ends);
                added.ok_or(MergeError::TooLarge)?;
                continue;
            };
            let (wait, contradicted) = earlier.meets(&ends).unwrap_or((Wait::Unknown, false));
            let from = earlier.last;
            let whole = earlier.followed_by(&ends);
            self.open.replace(journey.as_bytes(), whole);
            let to = ends.first;
            self.contradictions += u64::from(contradicted);
            self.moves.push(Moved::new(from, to, wait));
            self.go_all().map_err(|_| MergeError::TooLarge)?;
        }
        Ok(())
    }

    /// What was counted of one segment is no part of the counts of another one, or of all.
    fn same_segment(&self, other: &Tally) -> Result<(), MergeError> {
        let (ours, theirs) = (&self.options.segment, &other.options.segment);
        if ours == theirs || self.offered == 0 || other.events == 0 {
            return Ok(());
        }
        Err(MergeError::Segments {
            ours: ours.clone(),
            theirs: theirs.clone(),
        })
    }

    /// Adds everything but the journeys under way.
    fn add_counts(&mut self, other: &Tally) -> Result<Numbers, MergeError> {
        // No count is above the number of events, so that none overflows if this does not.
        let events = self.events.checked_add(other.events);
        let events = events.ok_or(MergeError::TooLarge)?;
        let to = self.numbers_of(other).ok_or(MergeError::TooLarge)?;
        self.add(other, &to).ok_or(MergeError::TooLarge)?;
        self.events = events;
        self.left_out = self.left_out.saturating_add(other.left_out);
        self.contradictions += other.contradictions;
        let ((first, last), (theirs, latest)) = (self.span, other.span);
        self.span = (first.min(theirs), last.max(latest));
        Ok(to)
    }

    fn add(&mut self, other: &Tally, to: &Numbers) -> Option<()> {
        for (number, theirs) in (0..).zip(&other.places) {
            let ours = &mut self.places[to.place(number) as usize];
            for (ours, theirs) in ours.phases.iter_mut().zip(theirs.phases) {
                *ours += theirs;
            }
            ours.starts += theirs.starts;
        }
        if other.levels.rounded() && !self.levels.rounded() {
            self.round();
        }
        let levels: Vec<_> = other.levels.iter().collect();
        for visited in other.visits.all() {
            let level = match visited.level {
                Some(level) => self.levels.number(*levels.get(level as usize)?)?,
                None => UNFELT,
            };
            let moment = to.moment(visited.moment);
            self.visits.add(moment, level, visited.count)?;
        }
        self.round_if_many();
        for (place, owner, count) in other.owners.iter() {
            self.owners.add(to.place(place), to.label(owner), count)?;
        }
        for (place, promise, count) in other.promises.iter() {
            let label = to.label(promise);
            self.promises.add(to.place(place), label, count)?;
        }
        for (moment, outcome, count) in other.ended.iter() {
            let outcome = to.label(outcome);
            self.ended.add(to.moment(moment), outcome, count)?;
        }
        for way in other.ways.all() {
            let (from, next) = (to.moment(way.from), to.place(way.to));
            self.ways.add(Way {
                from,
                to: next,
                ..way
            })?;
        }
        for (from, next, spread) in other.ways.spreads.iter() {
            let ours = self.ways.spreads.of(to.moment(from), to.place(next))?;
            ours.merge(spread);
        }
        self.lasted.merge(&other.lasted);
        Some(())
    }

    /// The numbers that the names of another tally have here, new ones where they are new.
    fn numbers_of(&mut self, other: &Tally) -> Option<Numbers> {
        let labels = (0..other.labels.len())
            .map(|number| {
                let number = u32::try_from(number).ok()?;
                self.labels.intern(other.labels.name(number))
            })
            .collect::<Option<_>>()?;
        let places = other
            .places
            .iter()
            .map(|place| {
                let touchpoint = other.touchpoints.name(place.touchpoint);
                let channel = other.channels.name(place.channel);
                self.place(touchpoint.as_bytes(), channel.as_bytes()).ok()
            })
            .collect::<Option<_>>()?;
        Some(Numbers { labels, places })
    }
}

/// From the numbers of one tally to those of another.
struct Numbers {
    labels: Vec<u32>,
    places: Vec<u32>,
}

impl Numbers {
    fn place(&self, theirs: u32) -> u32 {
        self.places[theirs as usize]
    }

    fn moment(&self, theirs: u32) -> u32 {
        self.place(theirs >> 2) << 2 | theirs & 3
    }

    fn label(&self, theirs: u32) -> u32 {
        if theirs == UNSTATED {
            UNSTATED
        } else {
            self.labels[theirs as usize]
        }
    }

    fn ends(&self, theirs: Ends) -> Ends {
        Ends {
            first: self.place(theirs.first),
            last: self.moment(theirs.last),
            outcome: self.label(theirs.outcome),
            ..theirs
        }
    }
}
