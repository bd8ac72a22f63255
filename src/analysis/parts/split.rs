//! Which column tells most about journeys.

use super::options::PartOptions;
use super::places;
use super::segments::{Groups, bits};
use crate::events::{EventLog, LearnError, LoggedJourney};
use crate::statistics::each_against_rest;

/// What a column tells about where journeys go.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Split {
    /// The column.
    pub column: String,
    /// Into how many segments it splits the journeys.
    pub segments: usize,
    /// Journeys of which it says nothing.
    pub unstated: u64,
    /// What it tells, in bits per journey, beyond what as many segments would by chance; 0 or more.
    pub bits: f64,
    /// The chance of as much where whole journeys are dealt anew to its segments.
    pub p: f64,
}

/// Says of which segment a journey is.
pub type By<'a> = &'a dyn Fn(&LoggedJourney<'_>) -> Option<String>;

impl EventLog {
    /// The columns by how much they tell about where journeys go, the most telling first.
    ///
    /// # Errors
    /// As [`EventLog::learn`].
    ///
    /// ```
    /// use customer_journey::segments::PartOptions;
    /// use customer_journey::{EventLog, EventRef, LearnOptions, Phase};
    /// let mut log = EventLog::default();
    /// for number in 0..200_u32 {
    ///     let name = format!("j{number}");
    ///     log.record(EventRef::new(&name, if number % 2 == 0 { "shop" } else { "web" }))?;
    /// }
    /// let number = |name: &str| name[1..].parse::<u32>().unwrap_or(0);
    /// let options = PartOptions::new(LearnOptions::new().other_phases(Phase::During));
    /// let splits = log.most_telling(
    ///     &[
    ///         ("third", &|journey| Some((number(&journey.name()) % 3).to_string())),
    ///         ("even", &|journey| Some((number(&journey.name()) % 2).to_string())),
    ///     ],
    ///     &options,
    /// )?;
    /// assert_eq!((splits[0].column.as_str(), splits[0].segments), ("even", 2));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn most_telling(
        &self,
        columns: &[(&str, By<'_>)],
        options: &PartOptions,
    ) -> Result<Vec<Split>, LearnError> {
        let chart = self.chart(&options.learn)?;
        let walks = self.walks(&chart);
        let parts = places::whole(&walks);
        let deals = options.dealing();
        let mut splits: Vec<Split> = columns
            .iter()
            .map(|(column, by)| {
                let groups = Groups::of(self, by);
                let units = places::units(&walks, &groups.of);
                let tables = places::tables(&walks, &parts);
                let against = each_against_rest(&units, groups.names.len(), tables, deals);
                let (found, by_chance, p) = against.together;
                let stated: u64 = groups.sizes.iter().sum();
                Split {
                    column: (*column).to_owned(),
                    segments: groups.names.len(),
                    unstated: self.len() as u64 - stated,
                    bits: bits(found, by_chance, stated),
                    p,
                }
            })
            .collect();
        // Stable: equal ones stay in the order in which they were given.
        splits.sort_by(|a, b| b.bits.total_cmp(&a.bits));
        Ok(splits)
    }
}
