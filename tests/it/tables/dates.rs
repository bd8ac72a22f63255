//! Dates and times in every form that can be read in one way.

use customer_journey::CsvOptions;
use customer_journey::events::{DateOrder, TimeUnit};

use super::{plain, read, refused};

/// Milliseconds since 1970 of a cell in a column of its own, as the difference to the next second shows nothing else.
fn at(cells: &[&str], options: &CsvOptions) -> Result<i64, String> {
    let mut table = String::from("case\tevent\ttime\n");
    for (number, cell) in cells.iter().enumerate() {
        table += &format!("{number}\tx\t{cell}\n");
    }
    let (_, tally) = read(&table, options).map_err(|error| error.to_string())?;
    let learned = tally.learn(
        &customer_journey::LearnOptions::new().other_phases(customer_journey::Phase::During),
    );
    Ok(learned.unwrap().summary.span_ms.unwrap().0)
}

/// 29 October 2023, 08:05:00 in UTC, as `date -u -d '2023-10-29 08:05' +%s` counts it.
const MORNING: i64 = 1_698_566_700_000;

#[test]
fn unambiguous_forms() {
    let options = CsvOptions::new();
    for cell in [
        "2023-10-29 08:05",
        "2023-10-29 8:05",
        "2023/10/29 08:05:00",
        "2023.10.29 08:05",
        "2023年10月29日 08:05",
        "29.10.2023 klo 8.05",
        "29 oct. 2023 à 08:05",
        "2023-10-29T08:05:00Z",
        "2023-10-29T08:05:00+00",
        "2023-10-29T08:05:00+0000",
        "2023-10-29 08:05:00 UTC",
        "2023-10-29 08:05:00 GMT",
        "2023-10-29 08:05:00 +0000",
        "2023-10-29 03:05:00 -0500",
        "2023-10-29 10:05:00 GMT+2",
        "2023-10-29T09:05:00+01:00[Europe/Oslo]",
        "2023-10-29 08:05:00,000",
        "2023-10-29 8:05 AM",
        "20231029T080500Z",
        "20231029080500",
        "20231029 080500",
        "29 Oct 2023 08:05",
        "29. oktober 2023 08:05",
        "29-OCT-23 08:05:00",
        "29/Oct/23 8:05 AM",
        "29/Oct/2023 08:05",
        "Sun Oct 29 2023 10:05:00 GMT+0200 (CEST)",
        "Oct 29, 2023 8:05 AM",
        "October 29, 2023 at 8:05 AM",
        "Sun, 29 Oct 2023 08:05:00 GMT",
        "Sun Oct 29 08:05:00 2023",
        "29 octobre 2023 08:05",
        "29 de octubre de 2023 08:05",
        "29.10.2023 08:05",
        "29/10/2023 08:05:00",
        "10/29/2023 8:05 AM",
        "29-10-2023:08.05",
        "29.10.23 08:05",
    ] {
        assert_eq!(at(&[cell], &options), Ok(MORNING), "{cell}");
    }
    assert_eq!(
        at(&["2023-10-29 8:05 PM"], &options),
        Ok(MORNING + 12 * 3_600_000)
    );
    assert_eq!(
        at(&["2023-10-29 12:05 AM"], &options),
        Ok(MORNING - 8 * 3_600_000)
    );
    for cell in ["20231029", "2023-10-29", "29 October 2023", "2023/10/29"] {
        assert_eq!(
            at(&[cell], &options),
            Ok(MORNING - 8 * 3_600_000 - 300_000),
            "{cell}"
        );
    }
}

#[test]
fn the_column_as_a_whole_settles_whether_the_day_comes_first() {
    let options = CsvOptions::new();
    // 5 January and 1 May 2024, 00:00.
    let (january, may) = (1_704_412_800_000, 1_714_521_600_000);
    assert_eq!(at(&["05/01/2024", "31/01/2024"], &options), Ok(january));
    assert_eq!(at(&["05.01.2024", "31.01.2024"], &options), Ok(january));
    assert_eq!(at(&["05/01/2024", "12/31/2024"], &options), Ok(may));
    // A row far below the beginning settles it as well.
    let mut cells = vec!["05-01-2024"; 20_000];
    cells.push("31-01-2024");
    assert_eq!(at(&cells, &options), Ok(january));
    // What is settled for dates between slashes says nothing of those between dots.
    let told = at(&["05.01.2024", "31/01/2024"], &options).unwrap_err();
    assert!(
        told.contains("\"05.01.2024\" can have the day or the month first; state which"),
        "{told}"
    );
    // The same day either way needs nobody to say.
    assert_eq!(at(&["05/05/2024"], &options), Ok(may + 4 * 86_400_000));
    let told = at(&["05/01/2024", "06/01/2024"], &options).unwrap_err();
    assert!(told.starts_with("2 of 2 rows have faults"), "{told}");
    for (order, expected) in [(DateOrder::DayFirst, january), (DateOrder::MonthFirst, may)] {
        assert_eq!(
            at(
                &["05/01/2024", "06/01/2024"],
                &CsvOptions::new().dates(order)
            ),
            Ok(expected)
        );
    }
    // A statement holds for all: what contradicts it is a fault, and no guess.
    let told = at(
        &["05/01/2024", "12/31/2024"],
        &CsvOptions::new().dates(DateOrder::DayFirst),
    );
    assert!(told.unwrap_err().starts_with("1 of 2 rows has faults"));
}

#[test]
fn forms_that_the_caller_states() {
    for (form, cell) in [
        ("%d.%m.%Y %H:%M", "29.10.2023 08:05"),
        ("%d%m%Y-%H%M", "29102023-0805"),
        ("dd.MM.yyyy HH:mm", "29.10.2023 08:05"),
        ("yyyy/dd/MM HH.mm.ss", "2023/29/10 08.05.00"),
        ("%Y-%m-%dT%H:%M:%S%z", "2023-10-29T09:05:00+0100"),
    ] {
        assert_eq!(
            at(&[cell], &CsvOptions::new().time_format(form)),
            Ok(MORNING),
            "{form}"
        );
    }
    let form = CsvOptions::new().time_format("%d.%m.%Y");
    assert_eq!(at(&["03.02.2024"], &form), Ok(1_706_918_400_000));
    assert!(
        refused("case,event,time\n", &CsvOptions::new().time_format("noon"))
            .starts_with("\"noon\" is no form of a date")
    );
}

#[test]
fn numbers_and_days_of_a_spreadsheet() {
    let options = CsvOptions::new();
    assert_eq!(at(&["45228.336805555555"], &options), Ok(MORNING));
    assert_eq!(at(&["45228,336805555555"], &options), Ok(MORNING));
    assert_eq!(
        at(&["45228"], &options),
        Ok(MORNING - 8 * 3_600_000 - 300_000)
    );
    let told = at(&["1698566700000"], &options).unwrap_err();
    assert!(
        told.contains(
            "is a bare number; state its unit; of its length are milliseconds since 1970"
        ),
        "{told}"
    );
    for (unit, cell) in [
        (TimeUnit::Seconds, "1698566700"),
        (TimeUnit::Milliseconds, "1698566700000"),
        (TimeUnit::Microseconds, "1698566700000000"),
        (TimeUnit::Nanoseconds, "1698566700000000000"),
        (TimeUnit::SpreadsheetDays, "45228.336805555555"),
    ] {
        assert_eq!(
            at(&[cell], &CsvOptions::new().time_unit(unit)),
            Ok(MORNING),
            "{cell}"
        );
    }
}

#[test]
fn zones_are_stated_by_all_or_by_none() {
    let mixed = [
        "2023-10-29 08:05",
        "2023-10-29T08:05:00Z",
        "2023-10-29T08:06:00Z",
    ];
    let told = at(&mixed, &CsvOptions::new()).unwrap_err();
    assert!(
        told.contains(
            "time \"2023-10-29 08:05\" and others of the table differ in whether they state a zone"
        ),
        "{told}"
    );
    assert_eq!(
        at(&mixed, &CsvOptions::new().utc_offset_minutes(60)),
        Ok(MORNING - 3_600_000)
    );
}

#[test]
fn names_of_zones() {
    // The same moment on the clocks of zones whose names mean one zone.
    for cell in [
        "2023-10-29 09:05 CET",
        "2023-10-29 10:05:00 CEST",
        "2023-10-29 09:05 MEZ",
        "29 Oct 2023 10:05 EET",
        "2023-10-29 11:05:00.000 EEST",
        "2023-10-29 17:05 JST",
        "2023-10-29 00:05 PST",
        "2023-10-29 04:05 EDT",
        "2023-10-29 09:05:00 +0100 CET",
    ] {
        assert_eq!(at(&[cell], &CsvOptions::new()), Ok(MORNING), "{cell}");
    }
    // Names that mean several are asked for, and what is stated holds.
    for (name, minutes) in [("CST", 480), ("IST", 330), ("bst", 60), ("AST", -240)] {
        let cell = format!("2023-10-29 08:05 {name}");
        let told = at(&[&cell], &CsvOptions::new()).unwrap_err();
        let expected = format!("the zone {name:?} is not the same in all countries");
        assert!(told.contains(&expected), "{told}");
        let stated = CsvOptions::new().zone(name, minutes);
        let moment = MORNING - i64::from(minutes) * 60_000;
        assert_eq!(at(&[&cell], &stated), Ok(moment), "{name}");
    }
    // Others are read where they are stated.
    let cell = ["2023-10-29 08:05 PHT"];
    assert!(at(&cell, &CsvOptions::new()).is_err());
    let stated = CsvOptions::new().zone("pht", 480);
    assert_eq!(at(&cell, &stated), Ok(MORNING - 480 * 60_000));
}

#[test]
fn a_date_and_a_time_of_the_day_are_joined() {
    for header in [
        "case,event,date,time",
        "case,event,Dato,Klokkeslett",
        "case,event,day,clock",
    ] {
        let (read, tally) = plain(&format!(
            "{header}\n1,x,2023-10-29,08:05\n1,y,2023-10-29,08:06:30\n"
        ));
        let learned = tally
            .learn(
                &customer_journey::LearnOptions::new()
                    .other_phases(customer_journey::Phase::During),
            )
            .unwrap();
        assert_eq!(
            learned.summary.span_ms,
            Some((MORNING, MORNING + 90_000)),
            "{header}"
        );
        assert!(read.plan.unused.is_empty(), "{header}");
    }
    // The day decides over the time of the day.
    let (_, tally) = plain("case,event,date,time\n1,x,2023-10-29,08:05\n1,y,2023-10-28,09:00\n");
    assert_eq!(
        tally,
        super::tally(&[
            customer_journey::EventRef::new("1", "y").time_ms(MORNING - 86_400_000 + 55 * 60_000),
            customer_journey::EventRef::new("1", "x").time_ms(MORNING),
        ])
    );
}

#[test]
fn improbable_times_are_told_and_can_be_unknown() {
    for odd in [
        "0001-01-01",
        "1899-12-30 00:00",
        "1900-01-01",
        "1970-01-01 00:00:00",
        "9999-12-31",
    ] {
        let table = format!(
            "case,event,time\n1,x,2023-10-29 08:05\n1,y,2023-10-29 09:05\n2,x,2023-10-29 08:05\n2,z,{odd}\n"
        );
        let (read, _) = plain(&table);
        assert!(
            super::says(
                &read,
                &format!("times far from all others: \"{odd}\" 1; waits")
            ),
            "{:?}",
            super::remarks(&read)
        );
        let (done, tally) =
            super::read(&table, &CsvOptions::new().improbable_times_unknown()).unwrap();
        assert!(super::says(&done, "they count as unknown"));
        let learned = tally
            .learn(
                &customer_journey::LearnOptions::new()
                    .other_phases(customer_journey::Phase::During),
            )
            .unwrap();
        assert_eq!(
            learned.summary.span_ms,
            Some((MORNING, MORNING + 3_600_000)),
            "{odd}"
        );
        assert_eq!(learned.summary.events, 4);
    }
    // A history whose times all lie there is one.
    let (read, _) = plain("case,event,time\n1,x,1850-01-02\n1,y,1851-01-02\n");
    assert!(read.remarks.is_empty());
}

#[test]
fn dates_of_zeros_are_no_dates() {
    for cell in [
        "0000-00-00",
        "0000-00-00 00:00:00",
        "00.00.0000",
        "00/00/0000",
    ] {
        let table =
            format!("case;event;time\n1;a;2024-01-01 10:00\n1;b;{cell}\n1;c;2024-01-01 11:00\n");
        let (read, tally) = super::plain(&table);
        assert_eq!((tally.events(), read.left_out), (3, 0), "{cell}");
        assert!(super::says(
            &read,
            &format!("words in \"time\" read as nothing: \"{cell}\" 1")
        ));
        assert!(super::says(&read, "1 row states no time"));
    }
}
