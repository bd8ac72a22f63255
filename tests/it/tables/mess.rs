//! A table with every slip at once: no visit is lost without a word.

use customer_journey::events::{DateOrder, TimeUnit};
use customer_journey::{CsvOptions, Scale};

use super::read_on;

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

/// A table of so many rows, and for each what became of it in truth: the journey, and whether its time can be read.
fn messy(rows: u64) -> (String, Vec<(String, bool)>) {
    let mut draw = Draw(0x2545_f491_4f6c_dd1d);
    let mut table = String::from(
        "\u{feff}Export of May\n\nCase;Activity Date/Time;Event;Channel;CSAT Score;SLA Status;Note\n",
    );
    let mut truth = Vec::new();
    for row in 0..rows {
        let journey = format!("K{}", draw.below(rows / 4));
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
        let event = ["Order", "Delivery", "Complaint", "\"Call; again\""][draw.below(4) as usize];
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
        table += &format!("{journey};{time};{event};{channel};{rating};{sla};{note}\r\n");
        truth.push((journey, readable));
    }
    table += "Total;;;;;;\r\n";
    (table, truth)
}

#[test]
fn no_visit_is_lost_silently() {
    let (table, truth) = messy(5_000);
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
    let spoilt: std::collections::BTreeSet<&str> = truth
        .iter()
        .filter(|(_, readable)| !readable)
        .map(|(journey, _)| journey.as_str())
        .collect();
    let kept = truth
        .iter()
        .filter(|(journey, _)| !spoilt.contains(journey.as_str()));
    assert!(!spoilt.is_empty());
    assert_eq!(read.left_out, spoilt.len() as u64);
    assert_eq!(tally.events(), kept.clone().count() as u64);
    let journeys: std::collections::BTreeSet<&str> =
        kept.map(|(journey, _)| journey.as_str()).collect();
    assert_eq!(tally.journeys(), journeys.len() as u64);
    // Each row is an event, or its journey is named among those left out.
    assert_eq!(
        read.rows + truth.iter().filter(|(_, readable)| !readable).count() as u64,
        5_000
    );
    let values: u64 = read.faults.iter().map(|total| total.rows).sum();
    assert_eq!(values, read.faulty);
}
