//! Event tables: headers, delimiters, quotes, times, promises, faults, and any bytes at all.

mod faults;
mod repeats;

use std::fmt::Write;

use crate::steady::cases;
use customer_journey::events::{CsvError, CsvField, CsvRead, TallyOptions, TimeUnit};
use customer_journey::{
    CsvOptions, EventRef, Feeling, LearnOptions, Phase, PromiseResult, Scale, Tally,
};
use proptest::prelude::*;

fn read(table: &str, options: &CsvOptions) -> Result<(CsvRead, Tally), CsvError> {
    let mut tally = Tally::default();
    let read = tally.read_csv(table.as_bytes(), options)?;
    Ok((read, tally))
}

fn tally(events: &[EventRef<'_>]) -> Tally {
    let mut tally = Tally::default();
    tally.record_all(events.iter().copied()).unwrap();
    tally
}

/// The tally of a table that is read without options.
fn plain(table: &str) -> Tally {
    read(table, &CsvOptions::new()).unwrap().1
}

fn refused(table: &str, options: &CsvOptions) -> String {
    read(table, options).unwrap_err().to_string()
}

/// Which header feeds which field.
fn fed(header: &str) -> Vec<(CsvField, String)> {
    let (read, _) = read(&format!("{header}\n"), &CsvOptions::new()).unwrap();
    read.plan
        .fields
        .into_iter()
        .map(|fed| (fed.field, fed.header))
        .collect()
}

/// A source that gives one byte at a time, and then fails or not.
struct Drip<'a>(&'a [u8], bool);

impl std::io::Read for Drip<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        match (self.0.split_first(), buffer.first_mut()) {
            (Some((byte, rest)), Some(slot)) => {
                *slot = *byte;
                self.0 = rest;
                Ok(1)
            }
            _ if self.1 => Err(std::io::Error::other("the line went dead")),
            _ => Ok(0),
        }
    }
}

#[test]
fn every_alias_feeds_its_field() {
    let mut tried = 0;
    // Only a log asks for customers.
    let asked = CsvField::ALL
        .iter()
        .filter(|&&field| field != CsvField::Customer);
    for &field in asked {
        for alias in field.headers() {
            // Persons stand beside numbers of sessions, zones beside times without one, and a stage is a phase unless its cells say otherwise.
            // A beginning alone is the time, and a time of the day is one of a date.
            if matches!(
                field,
                CsvField::Person
                    | CsvField::PersonPart
                    | CsvField::Zone
                    | CsvField::Start
                    | CsvField::TimeOfDay
            ) || (field, *alias) == (CsvField::Stage, "stage")
            {
                continue;
            }
            let (journey, touchpoint) = match field {
                CsvField::Journey => (*alias, "touchpoint"),
                CsvField::Touchpoint => ("case", *alias),
                _ => ("case", "touchpoint"),
            };
            let mut header = format!("{journey},{touchpoint}");
            if field > CsvField::Touchpoint {
                header = format!("{header},{alias}");
            }
            for spelling in [
                header.clone(),
                header.to_uppercase(),
                header.replace('_', " "),
                header.replace(['_', ':', '-'], ""),
            ] {
                let fields = fed(&spelling);
                assert_eq!(fields.len(), header.split(',').count(), "{spelling}");
                assert!(fields.iter().any(|(fed, _)| *fed == field), "{spelling}");
                tried += 1;
            }
        }
    }
    assert!(tried > 250, "{tried}");
}

#[test]
fn the_preferred_header_is_taken() {
    let fields =
        fed("date,Time Stamp,stage,Activity,touchpoint,case,case:concept:name,cx:channel,userId");
    let expected = [
        (CsvField::Journey, "case:concept:name"),
        (CsvField::Touchpoint, "Activity"),
        (CsvField::Time, "Time Stamp"),
        (CsvField::Channel, "cx:channel"),
        (CsvField::Phase, "stage"),
    ];
    let expected: Vec<_> = expected
        .map(|(field, header)| (field, header.to_owned()))
        .into();
    assert_eq!(fields, expected);
    // A column called so outright comes before one with a prefix.
    assert_eq!(fed("case,event,cx:medium,channel")[2].1, "channel");
}

#[test]
fn a_stated_column_overrides_and_can_be_left_out() {
    let table = "case;who;touchpoint;what;stage\n1;a;x;y;late\n";
    let options = CsvOptions::new()
        .column(CsvField::Journey, "WHO")
        .column(CsvField::Touchpoint, "what")
        .without(CsvField::Phase)
        .without(CsvField::Stage);
    let (read, found) = read(table, &options).unwrap();
    assert_eq!(found, tally(&[EventRef::new("a", "y")]));
    let unused: Vec<_> = read
        .plan
        .unused
        .iter()
        .map(|unused| &unused.header)
        .collect();
    assert_eq!(unused, ["case", "touchpoint", "stage"]);
    assert!(read.plan.fields.iter().all(|fed| fed.stated));
    let error = refused(table, &CsvOptions::new().column(CsvField::Time, "when"));
    assert_eq!(
        error,
        "there is no column \"when\" to feed the time; there are \"case\", \"who\", \"touchpoint\", \"what\", \"stage\""
    );
    let error = refused(
        "a,a,touchpoint\n",
        &CsvOptions::new().column(CsvField::Journey, "a"),
    );
    assert_eq!(
        error,
        "there are several columns \"a\" to feed the journey; give each header once"
    );
}

#[test]
fn persons_are_no_journeys_unless_the_caller_says_so() {
    let error = refused("customer_id,event\n", &CsvOptions::new());
    assert_eq!(
        error,
        "no column feeds the journey; state one of \"customer_id\", \"event\" (\"customer_id\" may name persons: state such a column where one person is one journey)"
    );
    let stated = CsvOptions::new().column(CsvField::Journey, "customer_id");
    assert!(read("customer_id,event\n", &stated).is_ok());
    assert!(
        refused("case,when\n", &CsvOptions::new()).starts_with("no column feeds the touchpoint")
    );
    assert_eq!(
        refused("", &CsvOptions::new()),
        "there is no header line; the first line names the columns"
    );
    assert!(refused("\n \n", &CsvOptions::new()).starts_with("no column feeds the journey"));
}

#[test]
fn channels_of_web_collectors_are_taken_with_a_caution() {
    let caution = |header: &str| {
        let (read, _) = read(header, &CsvOptions::new()).unwrap();
        let channel = read
            .plan
            .fields
            .into_iter()
            .find(|fed| fed.field == CsvField::Channel);
        channel.unwrap().caution.is_some()
    };
    assert!(caution("case,event,channel,messageId\n"));
    assert!(caution("case,event,platform\n"));
    assert!(!caution("case,event,channel\n"));
}

#[test]
fn delimiters_line_ends_quotes_and_byte_order_marks() {
    let expected = tally(&[
        EventRef::new("1", "calls, again").channel("phone"),
        EventRef::new("1", "says \"no\"").channel("two\nlines"),
        EventRef::new("2", "5\" pipe").channel("web"),
    ]);
    let table = "case,event,channel\n1,\"calls, again\",phone\n\"1\",\"says \"\"no\"\"\",\"two\nlines\"\n\n2,5\" pipe, web \n";
    assert_eq!(plain(table), expected);
    assert_eq!(plain(&format!("\u{feff}{table}")), expected);
    assert_eq!(plain(table.trim_end()), expected);
    let windows = table.replace('\n', "\r\n").replace("two\r\n", "two\n");
    assert_eq!(plain(&windows), expected);
    for (delimiter, sign) in [(b';', ";"), (b'\t', "\t")] {
        // The comma stays in the one cell.
        let other = table
            .replace(',', sign)
            .replace(&format!("calls{sign}"), "calls,");
        let (read, found) = read(&other, &CsvOptions::new()).unwrap();
        assert_eq!(
            (found, read.plan.delimiter),
            (expected.clone(), char::from(delimiter))
        );
    }
    let bar = table.replace(',', "|").replace("calls|", "calls,");
    assert_eq!(
        read(&bar, &CsvOptions::new().delimiter(b'|')).unwrap().1,
        expected
    );
    for (delimiter, shown) in [(b'"', "'\"'"), (b'\n', r"'\n'"), (b'\r', r"'\r'")] {
        let refused = refused(table, &CsvOptions::new().delimiter(delimiter));
        let why = "cannot be the delimiter: it ends lines or quotes cells";
        assert_eq!(refused, format!("{shown} {why}"));
    }
    let both = "case;event;a,b\n1;x;\n";
    assert_eq!(
        read(both, &CsvOptions::new()).unwrap().0.plan.delimiter,
        ';'
    );
}

#[test]
fn rows_longer_than_a_block() {
    let long = "n".repeat(700_000);
    let mut table = String::from("case,event,note\n");
    for journey in 0..4 {
        let _ = write!(
            table,
            "{journey},x,\"{long}\n\"\"{long}\"\"\"\n{journey},y,{long}\n"
        );
    }
    let (read, found) = read(&table, &CsvOptions::new()).unwrap();
    assert_eq!((read.rows, found.journeys()), (8, 4));
    let error = refused(&format!("{table}5,\"x,\n"), &CsvOptions::new());
    assert_eq!(error, "line 14: a quoted cell is never closed");
    let endless = format!("case,event\n1,\"{}", "n".repeat((1 << 24) + (1 << 20)));
    assert!(
        refused(&endless, &CsvOptions::new()).starts_with("line 2: the row is longer than 16 MiB")
    );
    // However it ends, and wherever blocks begin.
    let long = "n".repeat((1 << 24) - 100);
    for quote in ["", "\""] {
        let row = format!("1,{quote}{long}{quote}\n");
        assert_eq!(plain(&format!("case,event\n{row}")).events(), 1);
        let row = format!("1,{quote}{long}{long}{quote}\n1,x\n");
        let error = refused(&format!("case,event\n{row}"), &CsvOptions::new());
        assert!(
            error.starts_with("line 2: the row is longer than 16 MiB"),
            "{error:.80}"
        );
    }
}

/// The time of an event whose cell holds this text, as the span of a tally.
fn time(cell: &str, options: &CsvOptions) -> Result<i64, String> {
    let table = format!("case,event,time\n1,x,{cell}\n");
    let (_, tally) = read(&table, options).map_err(|error| error.to_string())?;
    let learned = tally
        .learn(&LearnOptions::new().other_phases(Phase::During))
        .unwrap();
    Ok(learned.summary.span_ms.unwrap().0)
}

#[test]
fn times_in_every_form_that_is_read() {
    let plain = CsvOptions::new();
    let at = |cell: &str| time(cell, &plain).unwrap();
    // Seconds as `date -u +%s` counts them.
    assert_eq!(at("1970-01-01"), 0);
    assert_eq!(at("2000-02-29"), 951_782_400_000);
    assert_eq!(at("0001-01-01"), -62_135_596_800_000);
    assert_eq!(at("9999-12-31 23:59:59.999"), 253_402_300_799_999);
    assert_eq!(at("2013-02-08T17:05:09"), 1_360_343_109_000);
    assert_eq!(at("2013-02-08 17:05:09.5"), 1_360_343_109_500);
    assert_eq!(at("2013-02-08 17:05:09.123456"), 1_360_343_109_123);
    assert_eq!(at("2013-02-08 17:05"), 1_360_343_100_000);
    assert_eq!(at("2013-02-08T17:05:09Z"), 1_360_343_109_000);
    assert_eq!(at("2013-02-08T17:05:09+01:00"), 1_360_339_509_000);
    assert_eq!(at("2013-02-08t17:05:09-05:30"), 1_360_362_909_000);
    assert_eq!(at("2016-12-31T23:59:60z"), 1_483_228_800_000);
    let oslo = CsvOptions::new().utc_offset_minutes(60);
    assert_eq!(time("2013-02-08 17:05:09", &oslo), Ok(1_360_339_509_000));
    assert_eq!(time("2013-02-08T17:05:09Z", &oslo), Ok(1_360_343_109_000));
    for (unit, cell, expected) in [
        (TimeUnit::Seconds, "12", 12_000),
        (TimeUnit::Seconds, "-12", -12_000),
        (TimeUnit::Seconds, "12.3456", 12_345),
        (TimeUnit::Milliseconds, "1672531566459", 1_672_531_566_459),
        (
            TimeUnit::Microseconds,
            "1672531566459123",
            1_672_531_566_459,
        ),
    ] {
        assert_eq!(
            time(cell, &CsvOptions::new().time_unit(unit)),
            Ok(expected),
            "{cell}"
        );
    }
    assert_eq!(time("12", &CsvOptions::new()), Err(
        "line 2, column 3 (\"time\"): time \"12\" is a bare number; state its unit: seconds, milliseconds, microseconds, nanoseconds or days of a spreadsheet".into()
    ));
}

#[test]
fn headers_that_state_the_unit() {
    for (header, cell) in [
        ("timestamp_ms", "12000"),
        ("Time ms", "12000"),
        ("time_s", "12"),
        ("event_timestamp", "12000000"),
    ] {
        let found = plain(&format!("case,event,{header}\n1,x,{cell}\n"));
        assert_eq!(
            found,
            tally(&[EventRef::new("1", "x").time_ms(12_000)]),
            "{header}"
        );
    }
}

#[test]
fn times_that_could_be_read_in_two_ways_are_refused() {
    let seconds = CsvOptions::new().time_unit(TimeUnit::Seconds);
    for cell in [
        "08/02/2013",
        "8.2.2013",
        "2013-13-01",
        "2013-02-30",
        "2013-02-29",
        "1900-02-29",
        "2013-00-10",
        "2013-01-00",
        "2013-02-08 24:01",
        "2013-02-08 12:60",
        "2013-02-08 12:00:61",
        "2013-02-08 12",
        "2013-02-08 12:00:00.",
        "2013-02-08 12:00:00 CAT",
        "2013-02-08T12:00:00+1:00",
        "2013-02-08x12:00",
        "soon",
        "1e9",
        "1.",
        ".5",
        "--1",
        "9999999999999999999",
        "999999999999999999",
    ] {
        let error = time(cell, &seconds).unwrap_err();
        assert!(
            error.starts_with("line 2, column 3 (\"time\"): "),
            "{cell}: {error}"
        );
    }
    let mixed = "case,event,time\n1,x,2013-02-08T12:00:00Z\n1,y,2013-02-08 13:00\n";
    assert_eq!(
        refused(mixed, &CsvOptions::new()),
        "line 3, column 3 (\"time\"): time \"2013-02-08 13:00\" and others of the table differ in whether they state a zone; state the offset of those without"
    );
    assert!(read(mixed, &CsvOptions::new().utc_offset_minutes(0)).is_ok());
}

#[test]
fn promises_phases_and_emotions() {
    use PromiseResult::{Broken, Kept, Unknown};
    for (cell, result) in [
        ("true", Some(Kept)),
        ("TRUE", Some(Kept)),
        ("1", Some(Kept)),
        ("Yes", Some(Kept)),
        ("ja", Some(Kept)),
        ("kept", Some(Kept)),
        ("False", Some(Broken)),
        ("0", Some(Broken)),
        ("no", Some(Broken)),
        ("NEI", Some(Broken)),
        ("broken", Some(Broken)),
        ("unknown", Some(Unknown)),
        ("", None),
        ("  ", None),
    ] {
        let found = plain(&format!("case,event,promise_kept\n1,x,{cell}\n"));
        let mut event = EventRef::new("1", "x");
        event.promise = result;
        assert_eq!(found, tally(&[event]), "{cell}");
    }
    let found = plain(
        "case,event,stage,emotion\n1,x,Before,anger\n1,x,AFTER,-0.5\n1,y,,\n1,y,,cared for\n",
    );
    let expected = tally(&[
        EventRef::new("1", "x")
            .phase(Phase::Before)
            .emotion(Feeling::Anger),
        EventRef::new("1", "x").phase(Phase::After).emotion(-0.5),
        EventRef::new("1", "y"),
        EventRef::new("1", "y").emotion(Feeling::CaredFor),
    ]);
    assert_eq!(found, expected);
    let comma = CsvOptions::new().decimal_comma();
    let found = read("case;event;emotion\n1;x;-0,5\n", &comma).unwrap().1;
    assert_eq!(found, tally(&[EventRef::new("1", "x").emotion(-0.5)]));
}

#[test]
fn ratings_lie_on_the_stated_scale() {
    let options = TallyOptions::new().scale("1..5".parse::<Scale>().unwrap());
    let mut stars = Tally::new(options);
    let table = "case,event,rating\n1,x,5\n1,x,0\n";
    let read = stars.read_csv(table.as_bytes(), &CsvOptions::new().tolerance(0.5));
    // The visit counts, and what was felt is unknown.
    assert_eq!(
        read.unwrap().faults[0].to_string(),
        "column 3 (\"rating\"), 1 row, first on line 3: rating 0 is outside 1 to 5; the visit counts, with this unknown"
    );
    let expected = [
        EventRef::new("1", "x").emotion(1.0),
        EventRef::new("1", "x"),
    ];
    assert_eq!(stars, tally(&expected));
}

#[test]
fn a_column_that_chooses_events_still_feeds_its_field() {
    let options = CsvOptions::new().column(CsvField::Segment, "channel");
    let mut tally = Tally::new(TallyOptions::new().segment("web"));
    let table = "case,touchpoint,channel\nc1,visit,web\nc1,call,phone\nc2,visit,web\n";
    let read = tally.read_csv(table.as_bytes(), &options).unwrap();
    let of = |field| {
        read.plan
            .fields
            .iter()
            .find(|fed| fed.field == field)
            .map(|fed| fed.column)
    };
    assert_eq!(
        (of(CsvField::Segment), of(CsvField::Channel)),
        (Some(3), Some(3))
    );
    assert_eq!((tally.events(), tally.journeys()), (2, 2));
    let learned = tally
        .learn(&LearnOptions::new().other_phases(Phase::During))
        .unwrap();
    let visit = learned.journey.touchpoint("visit").unwrap();
    assert_eq!(visit.channel.as_str(), "web");
}

#[test]
fn everything_else_an_event_can_state() {
    let found = plain(
        "case,event,seq,promise_name,outcome,department,segment,note\n1,x,2,soon,churn,Care,business,hello\n",
    );
    let expected = EventRef::new("1", "x")
        .sequence(2)
        .promise_name("soon")
        .outcome("churn")
        .owner("Care");
    assert_eq!(found, tally(&[expected]));
    let mut business = Tally::new(TallyOptions::new().segment("business"));
    let table = "case,event,group\n1,x,business\n2,x,private\n";
    let options = CsvOptions::new().column(CsvField::Segment, "group");
    business.read_csv(table.as_bytes(), &options).unwrap();
    assert_eq!(business.journeys(), 1);
}

/// A table as a naive reader sees it, for rows that follow RFC 4180.
fn written(cells: &[Vec<String>], quote_all: bool, end: &str) -> String {
    let mut table = String::from("case,event,channel");
    table += end;
    for row in cells {
        let row: Vec<String> = row
            .iter()
            .map(|cell| {
                if quote_all || cell.contains([',', '"', '\n', '\r']) {
                    format!("\"{}\"", cell.replace('"', "\"\""))
                } else {
                    cell.clone()
                }
            })
            .collect();
        table = table + &row.join(",") + end;
    }
    table
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn what_is_written_is_read(
        rows in prop::collection::vec(prop::collection::vec("[a-z,;\"\n\r\t é0-9]{0,9}", 3), 0..40),
        quote_all: bool,
        windows: bool,
    ) {
        let rows: Vec<Vec<String>> = rows
            .into_iter()
            .map(|row| row.iter().map(|cell| cell.trim().to_owned()).collect())
            .filter(|row: &Vec<String>| !row[0].is_empty() && !row[1].is_empty())
            // Words that stand for nothing say nothing.
            .filter(|row| !row.iter().any(|cell| ["na", "nil", "nan", "null", "none"].contains(&cell.as_str())))
            .collect();
        let events: Vec<_> = rows
            .iter()
            .map(|row| EventRef::new(&row[0], &row[1]).channel(&row[2]))
            .collect();
        let table = written(&rows, quote_all, if windows { "\r\n" } else { "\n" });
        let found = read(&table, &CsvOptions::new().delimiter(b',')).unwrap().1;
        prop_assert_eq!(found, tally(&events));
    }

    #[test]
    fn numbers_of_all_lengths_are_times(digits in "-?[0-9]{1,18}", odd in 0_usize..18, sign in any::<u8>()) {
        let table = |cell: &str| format!("case,event,timestamp_ms\n1,a,{cell}\n");
        let time: i64 = digits.parse().unwrap();
        let expected = tally(&[EventRef::new("1", "a").time_ms(time)]);
        prop_assert_eq!(plain(&table(&digits)), expected);
        // One letter that is no digit makes it no number.
        let sign = char::from(sign % 128);
        let odd = 1 + odd % digits.len();
        if sign.is_ascii_graphic() && !sign.is_ascii_digit() && !",.\"".contains(sign) {
            let wrong = format!("{}{sign}{}", &digits[..odd], &digits[odd..]);
            let found = read(&table(&wrong), &CsvOptions::new());
            prop_assert!(found.is_err(), "{wrong} was read");
        }
    }

    #[test]
    fn no_bytes_make_the_reader_panic(
        bytes in prop::collection::vec(prop_oneof![
            3 => prop::sample::select(&b",;\t\"\n\r x10-:."[..]),
            1 => any::<u8>(),
        ], 0..400),
        header in prop::sample::select(&["", "case,event,time,emotion,promise,phase\n", "\u{feff}case;event;seq\n"][..]),
    ) {
        let table = [header.as_bytes(), &bytes].concat();
        for options in [CsvOptions::new(), CsvOptions::new().tolerance(1.0).time_unit(TimeUnit::Seconds)] {
            let mut log = Tally::default();
            let whole = log.read_csv(table.as_slice(), &options);
            let mut drip = Tally::default();
            prop_assert_eq!(drip.read_csv(Drip(&table, false), &options), whole);
            prop_assert_eq!(drip, log);
        }
    }
}
