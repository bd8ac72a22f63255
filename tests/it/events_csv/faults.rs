//! Rows that are left out, refused or skipped, and sources that fail.

use customer_journey::{
    Backlog, CellFault, CsvError, CsvOptions, EventFault, EventRef, Tally, TallyOptions,
};

use super::{Drip, read, refused, tally};

#[test]
fn beginnings_are_left_out_and_counted() {
    let table = "case,event,lifecycle:transition\n1,x,start\n1,x,COMPLETE\n1,y,\n1,z,suspend\n";
    let (read, found) = read(table, &CsvOptions::new()).unwrap();
    assert_eq!((read.rows, read.incomplete), (2, 2));
    assert_eq!(
        found,
        tally(&[EventRef::new("1", "x"), EventRef::new("1", "y")])
    );
}

const FAULTY: &[(&str, &str)] = &[
    ("1,x,,,", "line 3: the row has 5 cells and the header 6"),
    ("1,x,,,,,", "line 3: the row has 7 cells and the header 6"),
    (
        "1,\"x\"y,,,,",
        "line 3: text follows a closing quote; a quote within a quoted cell is doubled",
    ),
    (
        ",x,,,,",
        "line 3, column 1 (\"case\"): the event of journey \"\" has a blank journey; it needs at least one character that is not a blank",
    ),
    (
        "1,\" \",,,,",
        "line 3, column 2 (\"event\"): the event of journey \"1\" has a blank touchpoint; it needs at least one character that is not a blank",
    ),
    (
        "1,x,soon,,,",
        "line 3, column 3 (\"time\"): \"soon\" is not a time; write yyyy-MM-dd, yyyy-MM-dd HH:mm:ss or RFC 3339, or a number in a stated unit",
    ),
    (
        "1,x,,2,,",
        "line 3, column 4 (\"emotion\"): the event of journey \"1\" has an emotion off the declared scale: rating 2 is outside -1 to 1",
    ),
    (
        "1,x,,angr,,",
        "line 3, column 4 (\"emotion\"): \"angr\" is not a feeling known here; did you mean \"anger\"?",
    ),
    (
        "1,x,,inf,,",
        "line 3, column 4 (\"emotion\"): \"inf\" is not a feeling known here",
    ),
    (
        "1,x,,,maybe,",
        "line 3, column 5 (\"promise_kept\"): \"maybe\" is not a promise result; write true, false, 1, 0, yes, no, ja, nei, kept, broken, unknown or nothing",
    ),
    (
        "1,x,,,,durring",
        "line 3, column 6 (\"phase\"): \"durring\" is not a phase; did you mean \"during\"? (known: before, during, after); where the column means something else, read the table without the phase",
    ),
];

#[test]
fn every_malformed_row_is_named_or_skipped() {
    let header = "case,event,time,emotion,promise_kept,phase\n1,x,2024-01-02,,,\n";
    for (row, says) in FAULTY {
        let table = format!("{header}{row}\n2,x,,,,\n");
        assert_eq!(refused(&table, &CsvOptions::new()), *says);
        let (read, found) = read(&table, &CsvOptions::new().skip_faulty(5)).unwrap();
        assert_eq!((read.rows, read.skipped), (2, 1), "{row}");
        assert_eq!(read.faults[0].to_string(), *says);
        assert_eq!(found.journeys(), 2);
    }
    let sequence = "case,event,seq\n1,x,first\n";
    assert_eq!(
        refused(sequence, &CsvOptions::new()),
        "line 2, column 3 (\"seq\"): \"first\" is not a sequence number; it is a whole number"
    );
    let mut all = header.to_owned();
    for (row, _) in FAULTY {
        all = all + row + "\n";
    }
    let (read, _) = read(&all, &CsvOptions::new().skip_faulty(2)).unwrap();
    assert_eq!((read.skipped, read.faults.len()), (FAULTY.len() as u64, 2));
}

#[test]
fn lines_are_counted_over_quoted_line_ends_and_blank_lines() {
    let table = "\n\ncase,event,note\n1,x,\"a\nb\nc\"\n\r\n1,y,\n1,,\n";
    assert!(refused(table, &CsvOptions::new()).starts_with("line 9, column 2 (\"event\"): "));
}

#[test]
fn text_that_is_not_utf_8() {
    let mut log = Tally::default();
    let latin = |table: &[u8], log: &mut Tally| {
        log.read_csv(table, &CsvOptions::new())
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        latin(b"case,ev\xe9nement\n", &mut log),
        "the header line is not UTF-8 text; save the table as UTF-8"
    );
    let cell = |says: &str| format!("line 2, column {says} that is not UTF-8 text");
    assert_eq!(
        latin(b"case,event\n\xff,x\n", &mut log),
        cell("1 (\"case\"): the event of journey \"\u{fffd}\" has a journey")
    );
    assert_eq!(
        latin(b"case,event\n1,\xff\n", &mut log),
        cell("2 (\"event\"): the event of journey \"1\" has a touchpoint")
    );
    assert_eq!(
        latin(b"case,event,channel\n1,x,\xff\n", &mut log),
        cell("3 (\"channel\"): the event of journey \"1\" has a channel")
    );
    assert!(
        latin(b"case,event,owner\n1,x,\xff\n", &mut log)
            .starts_with("line 2: the event of journey \"1\" has a name")
    );
    assert!(
        latin(b"case,event,emotion\n1,x,\xff\n", &mut log).ends_with("the cell is not UTF-8 text")
    );
    assert_eq!(log, Tally::default());
}

#[test]
fn tables_out_of_order() {
    let table = "case,event,time\n1,y,2024-01-02\n2,x,2024-01-01\n1,x,2024-01-01\n";
    let error = read(table, &CsvOptions::new()).unwrap_err();
    let CsvError::Row(expected) = &error else {
        panic!("{error}");
    };
    assert_eq!(
        (expected.line, &expected.column),
        (4, &Some((3, "time".to_owned())))
    );
    assert!(matches!(
        &expected.fault,
        CellFault::Event { journey, fault: EventFault::TimeBack { .. } } if journey == "1"
    ));
    // A row out of its order is no faulty row: to skip it would miscount.
    let skipping = CsvOptions::new().skip_faulty(9);
    assert_eq!(read(table, &skipping).unwrap_err(), error);
    let mut backlog = Backlog::new(TallyOptions::new());
    backlog
        .read_csv(table.as_bytes(), &CsvOptions::new())
        .unwrap();
    let day = 86_400_000;
    let first = 1_704_067_200_000;
    let sorted = tally(&[
        EventRef::new("1", "x").time_ms(first),
        EventRef::new("1", "y").time_ms(first + day),
        EventRef::new("2", "x").time_ms(first),
    ]);
    assert_eq!(backlog.sorted(), sorted);
}

#[test]
fn sources_that_drip_or_fail() {
    let table = b"case,event\n1,\"x\"\n1,y";
    let mut log = Tally::default();
    log.read_csv(Drip(table, false), &CsvOptions::new())
        .unwrap();
    assert_eq!(log.events(), 2);
    let error = log
        .read_csv(Drip(table, true), &CsvOptions::new())
        .unwrap_err();
    assert!(matches!(&error, CsvError::Source { .. }));
    assert!(error.to_string().ends_with("the line went dead"), "{error}");
    // The rows before the failure are counted, and not the one that it cuts off.
    assert_eq!(log.events(), 3);
    assert!(error.to_string().contains("line 3"), "{error}");
}
