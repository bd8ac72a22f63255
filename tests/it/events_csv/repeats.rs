//! Rows that say the same as rows before: they are counted as if each had been read by itself.

use std::fmt::Write;

use crate::steady::cases;
use customer_journey::events::{Backlog, TallyOptions};
use customer_journey::{CsvOptions, EventRef, Feeling, PromiseResult, Scale, Tally};
use proptest::prelude::*;

use super::{plain, read, refused};

/// What a row says, some of it as an index into a handful of texts.
type Row = (usize, usize, usize, usize, usize, bool);

const TOUCHPOINTS: [&str; 6] = [
    "a",
    "ask",
    "ask again",
    "ask the lounge",
    "ask the lounge, and the web page",
    "ask the lounge, the web page, the chat and the call centre",
];
const CHANNELS: [&str; 4] = ["", "web", "chat", "über den Schalter"];
const EMOTIONS: [&str; 5] = ["", "4", "1", "4.0", "anger"];
const PROMISES: [(&str, Option<PromiseResult>); 4] = [
    ("", None),
    ("yes", Some(PromiseResult::Kept)),
    ("kept", Some(PromiseResult::Kept)),
    ("0", Some(PromiseResult::Broken)),
];
const JOURNEYS: [&str; 3] = ["1", "2", "a journey with a long name"];

fn event((journey, touchpoint, channel, emotion, promise, _): Row) -> EventRef<'static> {
    let mut event = EventRef::new(JOURNEYS[journey], TOUCHPOINTS[touchpoint]);
    event.channel = Some(CHANNELS[channel]).filter(|channel| !channel.is_empty());
    event.promise = PROMISES[promise].1;
    match EMOTIONS[emotion] {
        "" => event,
        "anger" => event.emotion(Feeling::Anger),
        rating => event.emotion(rating.parse::<f64>().unwrap()),
    }
}

/// A table whose columns stand in an order, the last of which nothing reads.
fn table(rows: &[Row], order: &[usize]) -> String {
    const HEADERS: [&str; 7] = [
        "case",
        "time_ms",
        "touchpoint",
        "channel",
        "emotion",
        "promise",
        "comment",
    ];
    let line = |cells: [String; 7]| {
        let cells: Vec<String> = order.iter().map(|&column| cells[column].clone()).collect();
        cells.join(",") + "\n"
    };
    let mut table = line(HEADERS.map(str::to_owned));
    for (number, &(journey, touchpoint, channel, emotion, promise, quoted)) in
        rows.iter().enumerate()
    {
        let quote = |text: &str| {
            if quoted || text.contains(',') {
                format!("\"{text}\"")
            } else {
                text.to_owned()
            }
        };
        table += &line([
            quote(JOURNEYS[journey]),
            number.to_string(),
            quote(TOUCHPOINTS[touchpoint]),
            quote(CHANNELS[channel]),
            quote(EMOTIONS[emotion]),
            quote(PROMISES[promise].0),
            quote(["", "late"][number % 2]),
        ]);
    }
    table
}

fn stars() -> TallyOptions {
    TallyOptions::new().scale(Scale::ONE_TO_FIVE)
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn repeated_rows_are_counted_as_new_ones_are(
        rows in prop::collection::vec(
            (0..3_usize, 0..6_usize, 0..4_usize, 0..5_usize, 0..4_usize, prop::bool::weighted(0.1)),
            0..120,
        ),
        order in Just([0, 1, 2, 3, 4, 5, 6]).prop_shuffle(),
        sorted: bool,
    ) {
        let mut expected = Tally::new(stars());
        for (number, &row) in (0_i64..).zip(&rows) {
            expected.record(event(row).time_ms(number)).unwrap();
        }
        let table = table(&rows, &order);
        let options = CsvOptions::new().column(customer_journey::events::CsvField::Time, "time_ms");
        let found = if sorted {
            let mut backlog = Backlog::new(stars());
            backlog.read_csv(table.as_bytes(), &options).unwrap();
            backlog.sorted()
        } else {
            let mut tally = Tally::new(stars());
            tally.read_csv(table.as_bytes(), &options).unwrap();
            tally
        };
        prop_assert_eq!(found, expected);
    }
}

/// More valences than are told apart, so that they are rounded, between rows that are repeated before and after.
#[test]
fn rows_are_repeated_across_the_rounding_of_valences() {
    let mut table = String::from("case,event,emotion\n");
    let mut expected = Tally::default();
    for number in 0..3000_u32 {
        for rating in [number, number % 7, 2900] {
            let rating = f64::from(rating) / 3000.0;
            writeln!(table, "1,a,{rating}").unwrap();
            expected
                .record(EventRef::new("1", "a").emotion(rating))
                .unwrap();
        }
    }
    assert_eq!(plain(&table), expected);
    let mut backlog = Backlog::new(TallyOptions::new());
    backlog
        .read_csv(table.as_bytes(), &CsvOptions::new())
        .unwrap();
    assert_eq!(backlog.sorted(), expected);
}

/// As many valences as are told apart, one more in a row with quotes, and all of them again.
#[test]
fn rows_are_repeated_after_a_quoted_row_rounds_valences() {
    let mut table = String::from("case,event,emotion\n");
    let mut expected = Tally::default();
    let ratings: Vec<f64> = (0..1024).map(|number| f64::from(number) / 2000.0).collect();
    for pass in 0..2 {
        for &rating in &ratings {
            writeln!(table, "1,a,{rating}").unwrap();
            expected
                .record(EventRef::new("1", "a").emotion(rating))
                .unwrap();
        }
        if pass == 0 {
            table += "1,\"a\",0.9999\n";
            expected
                .record(EventRef::new("1", "a").emotion(0.9999))
                .unwrap();
        }
    }
    assert_eq!(plain(&table), expected);
}

/// Rows that are skipped, of so many valences that those are forgotten in between.
#[test]
fn rows_are_repeated_after_skipped_ones() {
    let mut table = String::from("case,event,emotion\n");
    let mut expected = Tally::default();
    for number in 0..1000 {
        writeln!(table, ",a,{}", f64::from(number) / 2000.0).unwrap();
    }
    for _ in 0..2 {
        for number in 1000..1100 {
            let rating = f64::from(number) / 2000.0;
            writeln!(table, "1,a,{rating}").unwrap();
            expected
                .record(EventRef::new("1", "a").emotion(rating))
                .unwrap();
        }
    }
    let (done, found) = read(&table, &CsvOptions::new().tolerance(1.0)).unwrap();
    assert_eq!((done.rows, done.without_journey), (200, 1000));
    assert_eq!(found, expected);
}

/// Rows of which nearly all are new, among a few that are not.
#[test]
fn rows_that_hardly_repeat_are_all_counted() {
    for (comment, header) in [
        (true, "case,event,comment,channel"),
        (false, "case,event,channel"),
    ] {
        let mut table = format!("{header}\n");
        let names: Vec<String> = (0..40_000)
            .map(|number| format!("place {number}"))
            .collect();
        let mut expected = Tally::default();
        for (number, name) in names.iter().enumerate() {
            let name = if comment { "place" } else { name };
            for channel in ["web", "chat"] {
                let between = if comment {
                    format!(",{number}")
                } else {
                    String::new()
                };
                writeln!(table, "1,{name}{between},{channel}").unwrap();
                writeln!(table, "1,again{},web", if comment { "," } else { "" }).unwrap();
                for event in [
                    EventRef::new("1", name).channel(channel),
                    EventRef::new("1", "again").channel("web"),
                ] {
                    expected.record(event).unwrap();
                }
            }
        }
        assert_eq!(plain(&table), expected, "{header}");
    }
}

#[test]
fn faults_of_repeated_rows_are_told() {
    let table = |row: &str| format!("case,time_ms,event,channel\n1,5,a,web\n1,6,a,web\n{row}\n");
    for (row, why) in [
        ("1,soon,a,web", "line 4, column 2 (\"time_ms\")"),
        ("1,4,a,web", "line 4, column 2 (\"time_ms\")"),
        ("1,7,NA,web", "line 4, column 3 (\"event\")"),
    ] {
        let told = refused(&table(row), &CsvOptions::new());
        assert!(told.starts_with(why), "{told}");
    }
    let lenient = CsvOptions::new().tolerance(1.0);
    let (done, tally) = read(
        &(table(" ,7,a,web") + "NULL,8,a,web\n1,8,a,web\n"),
        &lenient,
    )
    .unwrap();
    assert_eq!((done.rows, done.without_journey, tally.events()), (3, 2, 3));
    assert_eq!(done.faults.len(), 1);
    // Blank cells are no touchpoint, and never were.
    let blank = "case,event\n1,a\n1,\n1,\n";
    assert!(refused(blank, &CsvOptions::new()).starts_with("line 3, column 2 (\"event\")"));
}

/// One segment of the events only, though no column tells the segment: none is counted, however often it is repeated.
#[test]
fn what_is_left_out_is_not_repeated() {
    let table = "case,event\n1,a\n1,a\n1,a\n";
    let mut tally = Tally::new(TallyOptions::new().segment("business"));
    tally
        .read_csv(table.as_bytes(), &CsvOptions::new())
        .unwrap();
    assert_eq!(tally.events(), 0);
}
