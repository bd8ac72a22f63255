//! Rows that are left out, refused or skipped, and sources that fail.

use customer_journey::events::{
    Backlog, CellFault, CsvError, EventFault, TallyOptions, TextEncoding,
};
use customer_journey::{CsvOptions, EventRef, Phase, Scale, Tally};

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

/// Rows that a journey cannot do without, and what a tally says of them.
const UNREADABLE: &[(&str, &str)] = &[
    ("1,x,,,,,9", "line 3: the row has 7 cells and the header 6"),
    (
        "1,\"x\"y,,,,",
        "line 3: text follows a closing quote; a quote within a quoted cell is doubled",
    ),
    (
        "1,\" \",,,,",
        "line 3, column 2 (\"event\"): the row has no touchpoint",
    ),
    (
        "1,x,soon,,,",
        "line 3, column 3 (\"time\"): \"soon\" is not a time that can be read in one way; write yyyy-MM-dd HH:mm:ss or RFC 3339, or state the form",
    ),
];

/// Cells that a visit can do without, and what is told of them.
const UNKNOWN: &[(&str, &str)] = &[
    (
        "1,x,,2,,",
        "column 4 (\"emotion\"), 1 row, first on line 3: rating 2 is outside -1 to 1",
    ),
    (
        "1,x,,angr,,",
        "column 4 (\"emotion\"), 1 row, first on line 3: \"angr\" is not a feeling known here; did you mean \"anger\"?",
    ),
    (
        "1,x,,inf,,",
        "column 4 (\"emotion\"), 1 row, first on line 3: \"inf\" is not a feeling known here",
    ),
    (
        "1,x,,,maybe,",
        "column 5 (\"promise_kept\"), 1 row, first on line 3: \"maybe\" is not known as a promise result; write kept, broken, yes, no, true or false, or state what it means",
    ),
    (
        "1,x,,,,durring",
        "column 6 (\"phase\"), 1 row, first on line 3: \"durring\" is not a phase; did you mean \"during\"? (known: before, during, after); where the column means something else, read the table without the phase",
    ),
];

const HEADER: &str = "case,event,time,emotion,promise_kept,phase\n1,x,2024-01-02,,,during\n";

#[test]
fn a_row_that_a_journey_cannot_do_without_leaves_it_out_or_ends_the_reading() {
    let all = CsvOptions::new().tolerance(1.0);
    for (row, says) in UNREADABLE {
        let table = format!("{HEADER}{row}\n2,x,,,,\n");
        assert_eq!(refused(&table, &all), *says);
        let mut backlog = Backlog::new(TallyOptions::new());
        let read = backlog.read_csv(table.as_bytes(), &all).unwrap();
        assert_eq!(
            (read.faulty, read.touched, read.left_out),
            (1, 1, 1),
            "{row}"
        );
        assert_eq!(read.left_out_names, ["1"]);
        // The events before the row and those behind it are left out with it.
        let sorted = backlog.sorted();
        assert_eq!((sorted.journeys(), sorted.events()), (1, 1));
        let within =
            Backlog::new(TallyOptions::new()).read_csv(table.as_bytes(), &CsvOptions::new());
        let told = within.unwrap_err().to_string();
        assert!(
            told.starts_with("1 of 3 rows has faults, which touch 1 journey; more than 1 %"),
            "{told}"
        );
    }
}

#[test]
fn a_cell_that_a_visit_can_do_without_costs_the_cell() {
    let all = CsvOptions::new().tolerance(1.0);
    for (row, says) in UNKNOWN {
        let table = format!("{HEADER}{row}\n1,y,,,,\n");
        let mut stars = Tally::new(TallyOptions::new().scale(Scale::MINUS_ONE_TO_ONE));
        let read = stars.read_csv(table.as_bytes(), &all).unwrap();
        assert_eq!((read.rows, read.faulty, read.left_out), (3, 1, 0), "{row}");
        assert_eq!(
            read.faults[0].to_string(),
            format!("{says}; the visit counts, with this unknown")
        );
        let events = [
            EventRef::new("1", "x")
                .phase(Phase::During)
                .time_ms(1_704_153_600_000),
            EventRef::new("1", "x"),
            EventRef::new("1", "y"),
        ];
        assert_eq!(stars, tally(&events), "{row}");
    }
    let sequence = "case,event,seq\n1,x,first\n1,y,2\n";
    let (read, _) = read(sequence, &all).unwrap();
    assert_eq!(
        read.faults[0].to_string(),
        "column 3 (\"seq\"), 1 row, first on line 2: \"first\" is not a sequence number; it is a whole number; the visit counts, with this unknown"
    );
}

#[test]
fn short_rows_lack_what_is_not_stated() {
    let table = "case,event,time,emotion\n1,x\n1,y,2024-01-02,,,\n";
    let (read, found) = read(table, &CsvOptions::new()).unwrap();
    assert_eq!((read.rows, read.faulty), (2, 0));
    let second = EventRef::new("1", "y").time_ms(1_704_153_600_000);
    assert_eq!(found, tally(&[EventRef::new("1", "x"), second]));
}

#[test]
fn lines_are_counted_over_quoted_line_ends_and_blank_lines() {
    let table = "\n\ncase,event,note\n1,x,\"a\nb\nc\"\n\r\n1,y,\n1,,\n";
    assert!(refused(table, &CsvOptions::new()).starts_with("line 9, column 2 (\"event\"): "));
}

#[test]
fn text_that_is_not_utf_8() {
    let told = |table: &[u8]| {
        let read = Tally::default().read_csv(table, &CsvOptions::new());
        read.unwrap_err().to_string()
    };
    let latin = told(b"case,ev\xe9nement\n");
    assert_eq!(
        latin,
        "line 1 is not UTF-8 text and looks like Windows-1252 (Latin-1); state the encoding, or save the table as UTF-8"
    );
    assert!(
        told(b"case,event\n1,K\x9bbenhavn\n")
            .contains("line 2 is not UTF-8 text and looks like an old code page")
    );
    let options = CsvOptions::new().encoding(TextEncoding::Windows1252);
    let mut read = Tally::default();
    read.read_csv(&b"case,\xe9v\xe9nement\n1,caf\xe9 \x80\n"[..], &options)
        .unwrap();
    assert_eq!(read, tally(&[EventRef::new("1", "café €")]));
    // A slip in a text that is UTF-8 otherwise costs its cell, or its journey.
    let slip = |row: &[u8]| {
        [
            b"case,event,channel\n1,caf\xc3\xa9,\xc3\xa9 \xc3\xa9\n".as_slice(),
            row,
        ]
        .concat()
    };
    let all = CsvOptions::new().tolerance(1.0);
    let mut backlog = Backlog::new(TallyOptions::new());
    let done = backlog
        .read_csv(slip(b"2,x,\xff\n3,\xff,\n").as_slice(), &all)
        .unwrap();
    assert_eq!((done.rows, done.left_out), (2, 1));
    let expected = [
        EventRef::new("1", "café").channel("é é"),
        EventRef::new("2", "x"),
    ];
    assert_eq!(backlog.sorted(), tally(&expected));
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
    let skipping = CsvOptions::new().tolerance(1.0);
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
