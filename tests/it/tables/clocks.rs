//! Dates with the time of the day in a column of its own, and rows without a time.

use customer_journey::CsvOptions;

use super::order::ways;
use super::{plain, read, says};

/// Two journeys that order and pay, with the waits of 23 hours and of four days less an hour, whatever the columns are.
fn pays_after(table: &str, mean_wait_s: f64) {
    let (read, found) = plain(table);
    let options = customer_journey::LearnOptions::new();
    let options = options.other_phases(customer_journey::Phase::During);
    let learned = found.learn(&options).unwrap();
    let ways: Vec<_> = learned.journey.transitions().collect();
    let [(from, to, way)] = ways.as_slice() else {
        panic!("{table}{}: {} ways", read.plan, ways.len());
    };
    assert_eq!(
        (from.id.as_str(), to.id.as_str()),
        ("order", "pay"),
        "{table}"
    );
    assert_eq!(way.wait_s, Some(mean_wait_s), "{table}{}", read.plan);
}

#[test]
fn a_time_of_the_day_with_a_date_that_is_none_joins_the_date() {
    let days = ["2023-10-29", "2023-10-30", "2023-10-29", "2023-11-02"];
    let clocks = ["08:00:00", "07:00:00", "10:00:00", "09:00:00"];
    // The dates that databases, spreadsheets, Unix, the web and .NET write where there is none.
    for none in [
        "1899-12-30",
        "1899-12-31",
        "1900-01-01",
        "1970-01-01",
        "2000-01-01",
        "0001-01-01",
    ] {
        for (date, time) in [("Date", "Time"), ("Time", "Date"), ("Dato", "Klokkeslett")] {
            // Whichever of the two stands first.
            for turned in [false, true] {
                let mut table = if turned {
                    format!("case_id,activity,{time},{date}\n")
                } else {
                    format!("case_id,activity,{date},{time}\n")
                };
                let steps = [("A", "order"), ("A", "pay"), ("B", "order"), ("B", "pay")];
                for (((case, step), day), clock) in steps.iter().zip(days).zip(clocks) {
                    let (day, clock) = (format!("{day} 00:00:00"), format!("{none} {clock}"));
                    table += &if turned {
                        format!("{case},{step},{clock},{day}\n")
                    } else {
                        format!("{case},{step},{day},{clock}\n")
                    };
                }
                pays_after(&table, 212_400.0);
            }
        }
    }
}

#[test]
fn times_of_the_day_are_read_as_systems_write_them() {
    for (header, clocks) in [
        ("time", ["0830", "1405", "2359", "0000"]),
        ("time", ["830", "1405", "2359", "0"]),
        ("uhrzeit", ["8.30", "14.05", "23.59", "0.00"]),
        ("heure", ["8h30", "14h05", "23h59", "0h00"]),
        ("erzet", ["083000", "140500", "235900", "000000"]),
        (
            "time",
            [
                "0 days 08:30:00",
                "0 days 14:05:00",
                "0 days 23:59:00",
                "0 days 00:00:00",
            ],
        ),
        (
            "time",
            ["0.3541666667", "0.5868055556", "0.9993055556", "0"],
        ),
        ("time", ["8:30 AM", "2:05 PM", "11:59 PM", "12:00 AM"]),
    ] {
        for days in [["2023-10-29", "2023-10-30"], ["29.10.2023", "30.10.2023"]] {
            let table = format!(
                "case;event;date;{header}\nA;pay;{0};{2}\nA;order;{0};{1}\nB;pay;{5};{4}\nB;order;{0};{3}\n",
                days[0], clocks[0], clocks[1], clocks[2], clocks[3], days[1]
            );
            pays_after(&table, f64::midpoint(335.0 * 60.0, 60.0));
        }
    }
    // The end of a day is midnight.
    for end in ["2023-10-29 24:00", "2023-10-29T24:00:00"] {
        pays_after(
            &format!("case,event,time\nA,order,2023-10-29 23:00\nA,pay,{end}\n"),
            3600.0,
        );
    }
    pays_after(
        "case;event;dato;klokkeslett\nA;pay;29.10.2023;24:00\nA;order;29.10.2023;23:00\n",
        3600.0,
    );
}

#[test]
fn each_end_of_a_visit_has_its_own_time_of_the_day() {
    for header in [
        "Case,Event,Start Date,Start Time,End Date,End Time",
        "Ärende,Aktivitet,Startdatum,Starttid,Slutdatum,Sluttid",
        "Fall,Aktivität,Startdatum,Startzeit,Enddatum,Endzeit",
        "Case,Event,begin_date,begin_time,end_date,end_time",
    ] {
        let (read, _) = plain(&format!(
            "{header}\nA,order,2023-10-29,08:00,2023-10-29,08:10\nA,pay,2023-10-29,23:00,2023-10-30,00:05\n"
        ));
        let lasted: Vec<_> = read
            .durations
            .iter()
            .map(|lasted| (lasted.touchpoint.as_str(), lasted.mean_s))
            .collect();
        assert_eq!(lasted, [("order", 600.0), ("pay", 3900.0)], "{}", read.plan);
    }
    // One date, two times of the day.
    let (read, _) = plain(
        "case,event,date,start time,end time\nA,order,2023-10-29,08:00,08:10\nA,pay,2023-10-29,09:00,09:20\n",
    );
    let lasted: Vec<f64> = read.durations.iter().map(|lasted| lasted.mean_s).collect();
    assert_eq!(lasted, [600.0, 1200.0], "{}", read.plan);
    // When it ended on its day is not known.
    pays_after(
        "case,event,start date,start time,end date\nA,pay,2023-10-29,09:00,2023-10-29\nA,order,2023-10-29,08:00,2023-10-30\n",
        3600.0,
    );
}

#[test]
fn rows_without_a_time_keep_their_place_in_a_table_that_runs_backwards() {
    let steps = ["ship", "pay", "order"];
    let times = ["2023-10-30 10:00", "2023-10-29 09:00", "2023-10-29 08:00"];
    for blank in ["", "NULL"] {
        for missing in 0..3 {
            let mut table = String::from("case,event,time\n");
            for case in 0..8 {
                for (at, (step, time)) in steps.iter().zip(times).enumerate() {
                    let time = if (case, at) == (3, missing) {
                        blank
                    } else {
                        time
                    };
                    table += &format!("{case},{step},{time}\n");
                }
            }
            let (told, found) = plain(&table);
            assert!(says(&told, "it was read from the end"), "{table}");
            let stated = read(&table, &CsvOptions::new().newest_first()).unwrap().1;
            assert!(found == stated, "{missing}");
            let way = |from: &str, to: &str| (from.to_owned(), to.to_owned(), 8.0);
            assert_eq!(ways(&found), [way("order", "pay"), way("pay", "ship")]);
        }
    }
}
