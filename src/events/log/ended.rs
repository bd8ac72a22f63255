//! Journeys that end where they come to a touchpoint.

use std::collections::BTreeSet;
use std::fmt;

use super::cases::{Cases, Stated};
use super::sequences::Sequences;
use super::{EventLog, Moment};
use crate::events::error::{LearnError, UnknownTouchpoint};
use crate::events::tally::under_way::UNSTATED;

/// What becomes of that which follows the touchpoint where a journey ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Beyond {
    /// It is left out.
    #[default]
    LeftOut,
    /// It is another journey of the same customer, and ends at the touchpoint again if it comes there: a customer who buys
    /// twice makes two journeys.
    Another,
}

/// What ending journeys at touchpoints did to them. `Display` says it in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Ended {
    /// Journeys that come to one of the touchpoints, before what follows was left out or made journeys of its own.
    pub came: u64,
    /// Those of them that went on from there.
    pub went_on: u64,
    /// Visits after it.
    pub visits: u64,
    /// What became of these.
    pub beyond: Beyond,
    /// Journeys made of them.
    pub another: u64,
}

impl fmt::Display for Ended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            came,
            went_on,
            visits,
            ..
        } = self;
        write!(
            f,
            "{came} journeys end where they come to what ends them; {went_on} of them went on: "
        )?;
        match self.beyond {
            Beyond::LeftOut => write!(f, "the {visits} visits after it are left out"),
            Beyond::Another => write!(
                f,
                "the {visits} visits after it are {} journeys of their own",
                self.another
            ),
        }
    }
}

impl EventLog {
    /// The same log with journeys that end where they first come to one of these touchpoints, by their names: the first
    /// purchase, say. Takes O(n) for n events once they are in order.
    ///
    /// Outcomes that are stated on what is left out go with it: state what coming there means in
    /// [`LearnOptions::outcome`](crate::LearnOptions::outcome).
    ///
    /// # Errors
    /// [`LearnError::UnknownTouchpoints`] names all that no event visits, with the nearest name that one does.
    ///
    /// ```
    /// use customer_journey::events::Beyond;
    /// use customer_journey::{EventLog, EventRef};
    /// let mut log = EventLog::default();
    /// for (customer, touchpoint) in [("u1", "ad"), ("u1", "purchase"), ("u1", "mail"), ("u1", "purchase"), ("u2", "ad")] {
    ///     log.record(EventRef::new(customer, touchpoint))?;
    /// }
    /// let (first, ended) = log.ended_at(&["purchase"], Beyond::LeftOut)?;
    /// assert_eq!((first.len(), first.events()), (2, 3));
    /// assert_eq!((ended.came, ended.went_on, ended.visits), (1, 1, 2));
    /// let (each, _) = log.ended_at(&["purchase"], Beyond::Another)?;
    /// let names: Vec<String> = each.journeys().map(|journey| journey.name().into_owned()).collect();
    /// assert_eq!((names, each.events()), (vec!["u1".into(), "u1 (2)".into(), "u2".into()], 5));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn ended_at(
        &self,
        touchpoints: &[impl AsRef<str>],
        beyond: Beyond,
    ) -> Result<(Self, Ended), LearnError> {
        let ends = self.places_of(touchpoints)?;
        let seed = self.names.seed;
        let mut ended = Ended {
            came: 0,
            went_on: 0,
            visits: 0,
            beyond,
            another: 0,
        };
        let mut log = self.clone();
        (log.cases, log.moments) = (Cases::new(seed), Vec::with_capacity(self.moments.len()));
        (log.sequences, log.order) = (Sequences::default(), std::sync::OnceLock::new());
        (log.customer_of, log.segment_of) = (Stated::default(), Stated::default());
        (log.customers, log.last) = (Cases::new(seed), UNSTATED);
        log.customer_of.contradicted = self.customer_of.contradicted;
        log.segment_of.contradicted = self.segment_of.contradicted;
        for journey in self.journeys() {
            let own = journey.name();
            let mut part = 1_u64;
            let mut number = log.begin(self, journey.number(), &own)?;
            let mut is_over = false;
            let (mut came, mut after) = (false, 0);
            for at in self.positions(journey.number()) {
                let Some(moment) = self.moments.get(at) else {
                    continue;
                };
                after += u64::from(came);
                if is_over && beyond == Beyond::LeftOut {
                    continue;
                }
                if is_over {
                    (number, part) = log.begin_another(self, journey.number(), &own, part)?;
                    ended.another += 1;
                }
                log.sequences
                    .push(log.moments.len(), self.sequences.get(at));
                log.moments.push(Moment {
                    journey: number,
                    ..*moment
                });
                let kind = self.kinds.get(moment.kind);
                is_over = kind.is_some_and(|kind| ends.contains(&kind.place()));
                came |= is_over;
            }
            ended.came += u64::from(came);
            ended.went_on += u64::from(after > 0);
            ended.visits += after;
        }
        Ok((log, ended))
    }

    /// Enters a journey that another log holds, with its customer and its segment.
    fn begin(&mut self, of: &Self, journey: u32, name: &str) -> Result<u32, LearnError> {
        // There are not more journeys than events.
        let number = self.cases.enter(name.as_bytes());
        let number = number.ok_or(LearnError::NoEvents)?;
        if let Some(customer) = of.customer_of.get(journey) {
            let customer = self.customers.enter(of.customers.name(customer).as_bytes());
            self.customer_of.state(number, customer.unwrap_or(UNSTATED));
        }
        let segment = of.segment_of.get(journey).unwrap_or(UNSTATED);
        self.segment_of.state(number, segment);
        Ok(number)
    }

    /// Enters the next part of a journey, under a name that no journey has, and says its number and that of the part.
    fn begin_another(
        &mut self,
        of: &Self,
        journey: u32,
        own: &str,
        part: u64,
    ) -> Result<(u32, u64), LearnError> {
        let taken = |part: u64| {
            let name = format!("{own} ({part})");
            of.cases.find_name(name.as_bytes()).is_some()
        };
        let mut part = part + 1;
        while taken(part) {
            part += 1;
        }
        let name = format!("{own} ({part})");
        let number = self.begin(of, journey, &name)?;
        if of.customer_of.get(journey).is_none() {
            // Whose journey it was is known: the parts are of one customer.
            let customer = self.customers.enter(own.as_bytes()).unwrap_or(UNSTATED);
            self.customer_of.state(number, customer);
            if let Some(first) = self.cases.find_name(own.as_bytes()) {
                self.customer_of.state(first, customer);
            }
        }
        Ok((number, part))
    }

    /// The places of touchpoints.
    fn places_of(&self, touchpoints: &[impl AsRef<str>]) -> Result<BTreeSet<u32>, LearnError> {
        let mut places = BTreeSet::new();
        let mut unknown = Vec::new();
        let all: Vec<(u32, &str)> = (0..)
            .zip(self.names.places.iter())
            .map(|(number, place)| (number, self.names.touchpoints.name(place.touchpoint)))
            .collect();
        for touchpoint in touchpoints {
            let name = touchpoint.as_ref();
            let of: Vec<u32> = all
                .iter()
                .filter(|(_, known)| *known == name)
                .map(|(place, _)| *place)
                .collect();
            let is_known = !of.is_empty();
            places.extend(of);
            if !is_known {
                unknown.push(UnknownTouchpoint::new(
                    name,
                    all.iter().map(|(_, name)| *name),
                ));
            }
        }
        if unknown.is_empty() {
            Ok(places)
        } else {
            Err(LearnError::UnknownTouchpoints(unknown))
        }
    }

    /// Where the moments of a journey lie, in their order.
    fn positions(&self, journey: u32) -> impl Iterator<Item = usize> + '_ {
        let order = self.order();
        order
            .range(journey)
            .map(|place| order.position(place) as usize)
    }
}
