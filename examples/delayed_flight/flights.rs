//! Reads the table of flights and counts how its two promises fared.

use customer_journey::Promise;

/// Every flight planned out of New York from 4 to 17 February 2013; `examples/data/README.md` has the source.
const TABLE: &str = include_str!("../data/flights-2013-02.csv");
const COLUMNS: &str = "day,origin,carrier,dep_delay,arr_delay";

/// A flight is on time if it is less than so many minutes behind the timetable, as the source has it.
const ON_TIME: i32 = 15;

/// The days on which the snowstorm kept aeroplanes on the ground.
pub(crate) fn is_storm(flight: &Flight) -> bool {
    (8..=11).contains(&flight.day)
}

/// One flight of the timetable. Delays are in minutes, negative if early.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Flight {
    day: u8,
    /// `None`: it never left.
    departure_delay: Option<i32>,
    /// `None`: it never left, or its arrival is not on record.
    arrival_delay: Option<i32>,
}

/// Reads the whole table; an error names the line.
pub(crate) fn read() -> Result<Vec<Flight>, String> {
    parse(TABLE)
}

pub(crate) fn parse(table: &str) -> Result<Vec<Flight>, String> {
    let mut lines = (1..).zip(table.lines());
    match lines.next() {
        Some((_, COLUMNS)) => {}
        _ => {
            return Err(format!(
                "flight table, line 1: the columns must be {COLUMNS}"
            ));
        }
    }
    lines
        .map(|(line, row)| flight(row).map_err(|why| format!("flight table, line {line}: {why}")))
        .collect()
}

fn flight(row: &str) -> Result<Flight, String> {
    let fields: Vec<&str> = row.split(',').collect();
    let &[day, _origin, _carrier, departure, arrival] = fields.as_slice() else {
        return Err(format!("{} fields instead of 5 in {row:?}", fields.len()));
    };
    let flight = Flight {
        day: day.parse().map_err(|_| format!("{day:?} is not a day"))?,
        departure_delay: minutes(departure)?,
        arrival_delay: minutes(arrival)?,
    };
    if flight.departure_delay.is_none() && flight.arrival_delay.is_some() {
        return Err("an arrival without a departure".to_owned());
    }
    Ok(flight)
}

fn minutes(field: &str) -> Result<Option<i32>, String> {
    if field.is_empty() {
        return Ok(None);
    }
    let number = field.parse();
    number
        .map(Some)
        .map_err(|_| format!("{field:?} is not a whole number of minutes"))
}

/// What became of some flights.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) cancelled: u32,
    /// Arrivals of the flights that left on time.
    pub(crate) left_on_time: Arrivals,
    /// Arrivals of the flights that left late.
    pub(crate) left_late: Arrivals,
    /// Minutes that all late departures were late by, together.
    pub(crate) minutes_late: i32,
}

/// How flights arrived.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Arrivals {
    pub(crate) on_time: u32,
    pub(crate) late: u32,
    pub(crate) not_on_record: u32,
}

impl Counts {
    pub(crate) fn of<'a>(flights: impl IntoIterator<Item = &'a Flight>) -> Self {
        let mut counts = Self::default();
        for flight in flights {
            let arrivals = match flight.departure_delay {
                None => {
                    counts.cancelled += 1;
                    continue;
                }
                Some(delay) if delay < ON_TIME => &mut counts.left_on_time,
                Some(delay) => {
                    counts.minutes_late += delay;
                    &mut counts.left_late
                }
            };
            match flight.arrival_delay {
                None => arrivals.not_on_record += 1,
                Some(delay) if delay < ON_TIME => arrivals.on_time += 1,
                Some(_) => arrivals.late += 1,
            }
        }
        counts
    }

    pub(crate) fn flights(&self) -> u32 {
        self.cancelled + self.left_on_time.all() + self.left_late.all()
    }

    /// The promise of the timetable: a flight that is cancelled has broken it as well as one that leaves late.
    pub(crate) fn leave_on_time(&self) -> Promise {
        Promise::new("leave on time")
            .kept(self.left_on_time.all().into())
            .broken((self.left_late.all() + self.cancelled).into())
    }

    /// Mean delay of the flights that left late; 0 where none did.
    pub(crate) fn mean_minutes_late(&self) -> f64 {
        f64::from(self.minutes_late) / f64::from(self.left_late.all().max(1))
    }
}

impl Arrivals {
    pub(crate) fn all(&self) -> u32 {
        self.on_time + self.late + self.not_on_record
    }

    pub(crate) fn arrive_on_time(&self) -> Promise {
        Promise::new("arrive on time")
            .kept(self.on_time.into())
            .broken(self.late.into())
            .unknown(self.not_on_record.into())
    }
}
