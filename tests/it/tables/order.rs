//! The order of events, rows that repeat, activities that begin and end.

use customer_journey::{CsvOptions, EventRef, Tally};

use super::{plain, read, refused, remarks, says, tally};

/// A journey of three steps in their order.
fn three(names: [&str; 3]) -> Vec<String> {
    names.map(str::to_owned).to_vec()
}

/// The ways of a tally as names, sorted.
pub(super) fn ways(tally: &Tally) -> Vec<(String, String, f64)> {
    let learned = tally
        .learn(&customer_journey::LearnOptions::new().other_phases(customer_journey::Phase::During))
        .unwrap();
    let mut ways: Vec<_> = learned
        .journey
        .transitions()
        .map(|(from, to, way)| (from.id.clone(), to.id.clone(), way.weight))
        .collect();
    ways.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
    ways
}

#[test]
fn times_are_compared_in_full() {
    for (header, times) in [
        (
            "event_timestamp",
            ["1538415836547006", "1538415836547004", "1538415836547005"],
        ),
        (
            "time_ns",
            [
                "1538415836547000006",
                "1538415836547000004",
                "1538415836547000005",
            ],
        ),
        (
            "time",
            [
                "2023-09-02 05:38:46.852262999",
                "2023-09-02 05:38:46.852262656",
                "2023-09-02 05:38:46.852262657",
            ],
        ),
        (
            "time",
            [
                "2023-09-02T05:38:46.000003Z",
                "2023-09-02T05:38:46.000001Z",
                "2023-09-02T05:38:46.000002Z",
            ],
        ),
        ("time_ms", ["100.0003", "100.0001", "100.0002"]),
    ] {
        let names = three(["gave up", "fail", "cancel"]);
        let rows: Vec<String> = names
            .iter()
            .zip(times)
            .map(|(name, time)| format!("1,{name},{time}\n"))
            .collect();
        let table = format!("case,event,{header}\n{}", rows.concat());
        let (_, found) = plain(&table);
        let step = |from: &str, to: &str| (from.to_owned(), to.to_owned(), 1.0);
        assert_eq!(
            ways(&found),
            [step("cancel", "gave up"), step("fail", "cancel")],
            "{header}"
        );
        // What counts as it reads says that the rows are out of order.
        let mut counts = Tally::default();
        let told = counts
            .read_csv(table.as_bytes(), &CsvOptions::new())
            .unwrap_err()
            .to_string();
        assert!(
            told.contains("goes back in time within the millisecond"),
            "{told}"
        );
    }
    // In their order, rows are counted as they come.
    let table = "case,event,event_timestamp\n1,a,1538415836547004\n1,b,1538415836547005\n1,c,1538415836547005\n1,d,1538415836548000\n";
    let mut counts = Tally::default();
    counts
        .read_csv(table.as_bytes(), &CsvOptions::new())
        .unwrap();
    assert_eq!(counts.events(), 4);
}

#[test]
fn ties_are_told_and_newest_first_is_recognised() {
    let newest = "case,event,time\nA,pay,2023-10-29 08:00\nA,order,2023-10-29 08:00\nA,browse,2023-10-29 07:59\nB,pay,2023-10-29 08:00\nB,order,2023-10-29 08:00\nB,browse,2023-10-29 07:59\n";
    let (done, found) = plain(newest);
    let step = |from: &str, to: &str| (from.to_owned(), to.to_owned(), 2.0);
    assert_eq!(
        ways(&found),
        [step("browse", "order"), step("order", "pay")]
    );
    assert_eq!(
        remarks(&done),
        [
            "the table lists what happened last first; it was read from the end",
            "2 steps join events of equal time; the order of the rows, from the last to the first, decides",
        ]
    );
    let (done, _) = plain("case,event,date\nA,pay,2023-10-29\nA,order,2023-10-29\n");
    assert_eq!(
        remarks(&done),
        ["1 step joins events of equal time; the order of the rows decides"]
    );
    let (done, _) =
        plain("case,event,time\nA,a,2023-10-29\nA,b,2023-10-30\nA,c,2023-10-31\nA,d,2023-10-28\n");
    assert_eq!(
        remarks(&done),
        ["1 row was out of the order of its journey and was sorted"]
    );
    // The place in a batch decides between events of equal time.
    let batch = "case,event,event_timestamp,batch_event_index\n1,second,1700000000000000,2\n1,first,1700000000000000,1\n1,third,1700000000000500,1\n";
    let (done, found) = plain(batch);
    assert!(!says(&done, "equal time"));
    let step = |from: &str, to: &str| (from.to_owned(), to.to_owned(), 1.0);
    assert_eq!(
        ways(&found),
        [step("first", "second"), step("second", "third")]
    );
    // Where times are equal throughout, only the caller knows.
    for (table, expected) in [
        (
            "case,event,date\nA,pay,2023-10-29\nA,order,2023-10-29\n",
            true,
        ),
        ("case,event\nA,pay\nA,order\n", true),
        (
            "case,event,time\nA,order,2023-10-28\nA,pay,2023-10-29\n",
            true,
        ),
        ("case,seq,event\nA,1,order\nA,2,pay\n", true),
        ("case,event\nA,order\nA,pay\n", false),
    ] {
        let (_, found) = read(table, &CsvOptions::new().newest_first()).unwrap();
        let (from, to) = if expected {
            ("order", "pay")
        } else {
            ("pay", "order")
        };
        assert_eq!(
            ways(&found),
            [(from.to_owned(), to.to_owned(), 1.0)],
            "{table}"
        );
    }
    let told = Tally::default()
        .read_csv(
            "case,event\n1,a\n".as_bytes(),
            &CsvOptions::new().newest_first(),
        )
        .unwrap_err();
    assert!(
        told.to_string()
            .starts_with("a tally counts rows as they come")
    );
    let (done, _) = plain("case,event\nA,a\nA,b\n");
    assert!(
        remarks(&done)[0].starts_with(
            "no column states times: within each journey the order of the rows counts"
        )
    );
}

#[test]
fn doubled_rows_are_told_and_counted_once_on_request() {
    let table = "case,event,time,note\nA,order,2023-10-29 08:00,x\nA,pay,2023-10-29 09:00,y\nA,pay,2023-10-29 09:00,y\nB,order,2023-10-29 08:00,x\nB,order,2023-10-29 08:00,z\n";
    let (done, found) = plain(table);
    assert!(says(
        &done,
        "1 row repeats an earlier row letter by letter, the first on line 4: each counts as a visit"
    ));
    assert_eq!(found.events(), 5);
    let (done, found) = read(table, &CsvOptions::new().once()).unwrap();
    assert!(says(&done, "what is written twice was counted once"));
    assert_eq!(found.events(), 4);
    // Rows apart from each other, and ids of events.
    let apart = "case,event,event_id\nA,order,1\nA,pay,2\nA,order,1\nB,order,3\nA,pay,4\n";
    assert_eq!(
        read(apart, &CsvOptions::new().once()).unwrap().1.events(),
        4
    );
    let changed = "case,event,insert_id,received\nA,order,1,08:00\nA,pay,2,08:01\nA,pay,2,08:09\n";
    assert_eq!(
        read(changed, &CsvOptions::new().once()).unwrap().1.events(),
        2
    );
}

#[test]
fn an_activity_that_begins_and_ends_is_one_visit() {
    let visits = |rows: &[(&str, &str)]| -> String {
        rows.iter()
            .zip(1..)
            .map(|((event, word), day)| format!("A,{event},2023-05-{day:02},{word}\n"))
            .collect()
    };
    for header in ["lifecycle:transition", "status", "whatever", "transition"] {
        let rows = visits(&[
            ("repair", "schedule"),
            ("repair", "start"),
            ("repair", "complete"),
            ("pay", "Completed"),
        ]);
        let (done, found) = plain(&format!("case,event,time,{header}\n{rows}"));
        assert_eq!((found.events(), done.incomplete), (2, 2), "{header}");
        assert_eq!(done.durations.len(), 1);
        assert_eq!(
            (done.durations[0].visits, done.durations[0].mean_s),
            (1, 86_400.0)
        );
    }
    let rows = visits(&[
        ("a", "Started"),
        ("a", "Finished"),
        ("b", "withdrawn"),
        ("c", "Skipped"),
        ("d", "start"),
        ("d", "aborted"),
        ("e", "begin"),
    ]);
    let (done, found) = plain(&format!("case,event,time,state\n{rows}"));
    assert_eq!(found.events(), 2);
    assert!(
        says(
            &done,
            "what did not take place is no visit: \"Skipped\" 1, \"withdrawn\" 1"
        ),
        "{:?}",
        remarks(&done)
    );
    assert!(says(&done, "1 beginning has no end and is no visit"));
    // A word that is not known keeps its visit.
    let told = refused(
        "case,event,lifecycle:transition\n1,x,complete\n1,y,frobbed\n",
        &CsvOptions::new(),
    );
    assert!(
        told.contains(
            "\"frobbed\" is not known as a stage of an activity's lifecycle; the event counts"
        ),
        "{told}"
    );
    // The status of a ticket is none.
    let (_, found) = plain("case,event,status\n1,asked,open\n1,answered,closed\n");
    assert_eq!(found.events(), 2);
}

#[test]
fn a_beginning_stands_in_for_an_end_that_is_not_stated() {
    let table = "case,event,start_time,end_time\nA,order,2023-10-29 08:00,2023-10-29 08:10\nA,pay,2023-10-29 09:00,\nA,ship,2023-10-30 09:00,2023-10-30 10:00\n";
    let (done, found) = plain(table);
    let minutes = |minutes: i64| 1_698_566_400_000 + minutes * 60_000;
    let expected = [
        EventRef::new("A", "order").time_ms(minutes(10)),
        EventRef::new("A", "pay").time_ms(minutes(60)),
        EventRef::new("A", "ship").time_ms(minutes(26 * 60)),
    ];
    assert_eq!(found, tally(&expected));
    let lasted: Vec<_> = done
        .durations
        .iter()
        .map(|lasted| (lasted.touchpoint.as_str(), lasted.mean_s))
        .collect();
    assert_eq!(lasted, [("order", 600.0), ("ship", 3600.0)]);
}

#[test]
fn doubled_rows_are_found_whatever_their_columns_and_across_blocks() {
    for header in [
        "case,event",
        "case,event,time_ms",
        "case,event,time_ms,note",
        "case,event,time_ms,seq",
    ] {
        let cells = |row: usize| match header.split(',').count() {
            2 => format!("c{},x\n", row / 2),
            3 => format!("c{},x,{}\n", row / 2, row / 2),
            _ => format!("c{},x,{},{}\n", row / 2, row / 2, row / 2),
        };
        let table: String = std::iter::once(format!("{header}\n"))
            .chain((1..10_001).map(cells))
            .collect();
        let mut counts = Tally::default();
        let done = counts
            .read_csv(table.as_bytes(), &CsvOptions::new())
            .unwrap();
        // Row 1 stands alone, and so does the last one.
        assert!(
            says(
                &done,
                "4999 rows repeat an earlier row letter by letter, the first on line 4"
            ),
            "{header}: {:?}",
            remarks(&done)
        );
    }
}

#[test]
fn events_written_twice_in_rows_apart_are_told() {
    let says_so = " the same as another one of their journey at the same time, in rows apart";
    for (table, events) in [
        (
            "case,event,time\nA,a,2023-10-29\nB,a,2023-10-29\nA,a,2023-10-29\nB,a,2023-10-29\nA,b,2023-10-30\n",
            2,
        ),
        (
            "case,event,time,id\nA,a,2023-10-29 08:00,1\nA,a,2023-10-29 08:00,2\n",
            1,
        ),
        // One after the other they are rows that repeat; another touchpoint, feeling or time is another event.
        ("case,event,time\nA,a,2023-10-29\nA,a,2023-10-29\n", 0),
        (
            "case,event,time,rating\nA,a,2023-10-29,1\nA,a,2023-10-29,-1\nA,b,2023-10-29,1\n",
            0,
        ),
        ("case,event\nA,a\nB,a\nA,a\n", 0),
    ] {
        let (done, _) = plain(table);
        let told = remarks(&done)
            .into_iter()
            .find(|told| told.contains(says_so));
        match events {
            0 => assert_eq!(told, None, "{table}"),
            events => assert!(
                told.unwrap().starts_with(&format!("{events} event")),
                "{table}"
            ),
        }
    }
    let ids = "case,event,time,event_id\nA,a,2023-10-29,1\nB,a,2023-10-29,2\nA,a,2023-10-29,1\n";
    let (done, found) = read(ids, &CsvOptions::new().once()).unwrap();
    assert_eq!(found.events(), 2);
    assert!(!says(&done, says_so));
}
