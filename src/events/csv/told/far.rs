//! Times that lie far from all others.

use super::CsvRemark;
use crate::events::csv::reader::Reader;
use crate::events::csv::value::time::{DAY_MS, days_since_1970};
use crate::events::csv::value::times::PROBABLE;
use crate::events::held::{Held, Year};

/// More years than this without any time lie between times that are far from each other.
const APART: i64 = 5;

/// Years of now in calendars of other eras.
const OTHERS: [std::ops::Range<i64>; 2] = [1340..1500, 2500..2650];

impl Reader {
    /// Tells the years that lie apart from those of most events, and a table of which no time can be.
    pub(in crate::events::csv) fn remark_on_years(
        &self,
        held: &Held,
        remarks: &mut Vec<CsvRemark>,
    ) {
        let mut years = held.years.clone();
        years.sort_by_key(|year| year.number);
        let probable = |year: &Year| PROBABLE.contains(&year.earliest_ms);
        // Numbers may count from any moment.
        if self.plan.times.unit.is_none()
            && let ([first, ..], [.., last]) = (years.as_slice(), years.as_slice())
        {
            let (first, last) = (year_of(first.earliest_ms), year_of(last.earliest_ms));
            // Persian and Islamic years, and those of the Buddha; histories of the centuries between are what they say.
            if OTHERS
                .iter()
                .any(|of| of.contains(&first) && of.contains(&last))
            {
                remarks.push(CsvRemark::OtherCalendar { first, last });
                return;
            }
        }
        // Those outside are told by themselves.
        years.retain(probable);
        let together = |a: &Year, b: &Year| b.number - a.number <= APART;
        let groups: Vec<&[Year]> = years.chunk_by(together).collect();
        let events = |group: &&[Year]| group.iter().map(|year| year.events).sum::<u64>();
        let Some(most) = groups.iter().copied().max_by_key(|group| events(group)) else {
            return;
        };
        let all: u64 = groups.iter().map(events).sum();
        let far = groups.iter().filter(|group| **group != most);
        let far: Vec<(i64, u64)> = far
            .flat_map(|group| group.iter())
            .map(|year| (year_of(year.earliest_ms), year.events))
            .collect();
        if let ([first, ..], [.., last]) = (most, most)
            && !far.is_empty()
            && 2 * events(&most) >= all
        {
            remarks.push(CsvRemark::FarYears {
                years: far,
                most: (year_of(first.earliest_ms), year_of(last.earliest_ms)),
            });
        }
    }
}

/// The year of the calendar.
fn year_of(ms: i64) -> i64 {
    let days = ms.div_euclid(DAY_MS);
    let about = 1970 + days.div_euclid(365);
    let begun = |year: &i64| days_since_1970(*year, 1, 1) <= days;
    // Days of leap years add up to a year in fifteen centuries, before 1970 as after it.
    let mut years = (about - 40..=about + 3).rev();
    years.find(begun).unwrap_or(about)
}
