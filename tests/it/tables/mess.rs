//! A table with every slip at once: no visit is lost without a word.

use std::collections::BTreeSet;

use customer_journey::events::{DateOrder, TimeUnit};
use customer_journey::{CsvOptions, Scale};

use super::{read_on, remarks};

/// Numbers that are the same at each call.
struct Draw(u64);

impl Draw {
    fn below(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 32) * below) >> 32
    }
}

/// What a row tells in truth.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Truth {
    /// A visit of this journey.
    Visit(String),
    /// A visit of this journey of which the time or the touchpoint cannot be read.
    Spoilt(String),
    /// A visit of nobody.
    Nobody,
}

/// A table of so many rows, what each tells in truth, and how many repeat the row before them.
fn messy(rows: u64) -> (String, Vec<Truth>, u64) {
    let mut draw = Draw(0x2545_f491_4f6c_dd1d);
    let mut table = String::from(
        "\u{feff}Export of May\n\nCase;Activity Date/Time;Event;Channel;CSAT Score;SLA Status;Note\n",
    );
    let header = "Case;Activity Date/Time;Event;Channel;CSAT Score;SLA Status;Note\r\n";
    let (mut truth, mut doubled) = (Vec::new(), 0);
    let mut last = String::new();
    for row in 0..rows {
        if !last.is_empty() && draw.below(40) == 0 {
            // Exports write rows twice.
            table += &last;
            truth.extend(truth.last().cloned());
            doubled += u64::from(!last.contains('"'));
            continue;
        }
        let journey = match draw.below(1500) {
            0 => "NA".to_owned(),
            1 => String::new(),
            _ => format!("K{}", draw.below(rows / 4)),
        };
        let (day, hour, minute) = (1 + draw.below(28), draw.below(24), draw.below(60));
        let readable = draw.below(500) != 0;
        let time = match draw.below(6) {
            _ if !readable => "a week later".to_owned(),
            0 => format!("{day:02}.05.2026 {hour:02}:{minute:02}"),
            1 => format!("2026-05-{day:02}T{hour:02}:{minute:02}:00Z"),
            2 => format!(
                "{}",
                1_777_593_600_000 + (((day - 1) * 24 + hour) * 60 + minute) * 60_000
            ),
            3 => format!("{day:02}/05/2026 {hour:02}:{minute:02}"),
            _ => format!("2026-05-{day:02} {hour:02}:{minute:02}:00"),
        };
        let named = draw.below(1500) != 0;
        let event = match draw.below(4) {
            _ if !named => "n/a",
            0 => "Order",
            1 => "Delivery",
            2 => "Complaint",
            _ => "\"Call; again\"",
        };
        let channel = ["Web", "web", "E-Mail", "email", "NA", ""][draw.below(6) as usize];
        let rating = [
            "",
            "N/A",
            "2,5",
            "4",
            "5/5",
            "4 - Satisfied",
            "very satisfied",
            "99",
            "meh",
        ][draw.below(if row % 50 == 0 { 9 } else { 7 }) as usize];
        let sla = ["", "Met", "Breached", "NULL"][draw.below(4) as usize];
        let note = if draw.below(30) == 0 {
            "\"says: \"\"where?\"\"\nsent on; waits\""
        } else {
            ""
        };
        last = match draw.below(60) {
            // Blank cells at the end are not written.
            0 => format!("{journey};{time};{event}\r\n"),
            _ => format!("{journey};{time};{event};{channel};{rating};{sla};{note}\r\n"),
        };
        table += &last;
        truth.push(match journey.as_str() {
            "NA" | "" => Truth::Nobody,
            _ if readable && named => Truth::Visit(journey),
            _ => Truth::Spoilt(journey),
        });
        match draw.below(3000) {
            0 => {
                table += header;
                last.clear();
            }
            1 => table += "\r\n",
            2 => {
                table += ";;;;;;\r\n";
                last.clear();
            }
            _ => {}
        }
    }
    table += "Total;;;;;;\r\n";
    (table, truth, doubled)
}

#[test]
fn no_visit_is_lost_silently() {
    const ROWS: u64 = 50_000;
    let (table, truth, doubled) = messy(ROWS);
    let scale = Some(Scale::ONE_TO_FIVE);
    // Without a word about zone and unit it is refused, and all is told at once.
    let told = read_on(table.as_bytes(), &CsvOptions::new(), scale)
        .unwrap_err()
        .to_string();
    for part in [
        "rows have faults, which touch",
        "differ in whether they state a zone",
        "is a bare number; state its unit; of its length are milliseconds",
        "is not a time that can be read in one way",
        "rating 99 is outside 1 to 5",
        "\"meh\" is not a feeling",
    ] {
        assert!(told.contains(part), "{part} is not in {told}");
    }
    let options = CsvOptions::new()
        .utc_offset_minutes(0)
        .time_unit(TimeUnit::Milliseconds)
        .dates(DateOrder::DayFirst);
    let (read, tally) = read_on(table.as_bytes(), &options, scale).unwrap();
    let spoilt: BTreeSet<&str> = truth
        .iter()
        .filter_map(|truth| match truth {
            Truth::Spoilt(journey) => Some(journey.as_str()),
            _ => None,
        })
        .collect();
    let kept: Vec<&str> = truth
        .iter()
        .filter_map(|truth| match truth {
            Truth::Visit(journey) if !spoilt.contains(journey.as_str()) => Some(journey.as_str()),
            _ => None,
        })
        .collect();
    let many = |is: fn(&Truth) -> bool| truth.iter().filter(|truth| is(truth)).count() as u64;
    let nobody = many(|truth| *truth == Truth::Nobody);
    assert!(!spoilt.is_empty() && nobody > 0 && doubled > 0);
    assert_eq!(read.left_out, spoilt.len() as u64);
    assert_eq!(read.without_journey, nobody);
    assert_eq!(tally.events(), kept.len() as u64);
    let journeys: BTreeSet<&str> = kept.into_iter().collect();
    assert_eq!(tally.journeys(), journeys.len() as u64);
    // Each row is an event, or its journey is named among those left out, or it names none.
    let lost = many(|truth| matches!(truth, Truth::Spoilt(_)));
    assert_eq!(read.rows + lost + nobody, ROWS);
    let values: u64 = read.faults.iter().map(|total| total.rows).sum();
    assert!(values >= read.faulty && read.faulty >= lost + nobody);
    let told = remarks(&read);
    let doubled = format!("{doubled} rows repeat an earlier row letter by letter");
    assert!(
        told.iter().any(|told| told.starts_with(&doubled)),
        "{told:?}"
    );
}
