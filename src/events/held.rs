/// What is known of journeys whose events are held, and of their order.
#[derive(Debug, Clone, Default)]
pub(super) struct Held {
    /// Each journey and its events.
    pub(super) journeys: Vec<(String, u64)>,
    /// Steps from one row of a journey to the next that go on in time, and back.
    pub(super) forth: u64,
    pub(super) back: u64,
    /// Steps between events of equal time, once they are in order.
    pub(super) ties: u64,
    /// Those of them between events that say the same.
    pub(super) same: u64,
    /// The times by years of mean length since 1970, in no order.
    pub(super) years: Vec<Year>,
    /// The year of the time before.
    at: usize,
}

/// The times of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Year {
    pub(super) number: i64,
    pub(super) events: u64,
    /// The earliest of its times, in milliseconds since 1970.
    pub(super) earliest_ms: i64,
}

impl Held {
    /// Counts a time in its year.
    pub(super) fn see(&mut self, ms: i64) {
        /// 365.2425 days.
        const YEAR_MS: i64 = 31_556_952_000;
        let number = ms.div_euclid(YEAR_MS);
        if self
            .years
            .get(self.at)
            .is_none_or(|year| year.number != number)
        {
            let known = self.years.iter().position(|year| year.number == number);
            self.at = known.unwrap_or(self.years.len());
            if known.is_none() {
                self.years.push(Year {
                    number,
                    events: 0,
                    earliest_ms: ms,
                });
            }
        }
        if let Some(year) = self.years.get_mut(self.at) {
            year.events += 1;
            year.earliest_ms = year.earliest_ms.min(ms);
        }
    }
}
