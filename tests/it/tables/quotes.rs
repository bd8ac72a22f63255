//! Quotes that are never closed: they cost their journey and swallow no other row.

use customer_journey::CsvOptions;

use super::order::ways;
use super::{read, refused};

/// A table of so many journeys of three steps, with one line written otherwise.
fn table(journeys: usize, line: usize, written: &str) -> String {
    let mut table = String::from("case,event,note\n");
    for journey in 0..journeys {
        for step in ["order", "pay", "leave"] {
            table += &format!("{journey},{step},\"said \"\"yes\"\", it seems\"\n");
        }
    }
    let mut lines: Vec<&str> = table.lines().collect();
    lines[line - 1] = written;
    lines.join("\n")
}

#[test]
fn an_open_quote_costs_its_journey_alone() {
    let forgiving = CsvOptions::new().tolerance(1.0);
    for written in [
        "1,pay,\"never closed",
        "1,pay,\"",
        "1,\"pay,fine",
        "1,pay,\"closed\" not at its end,\"and open",
    ] {
        // In the middle, where the next quote closes it, and where none follows.
        for (journeys, line) in [(3, 6), (5, 6), (400, 6), (2, 6)] {
            let text = table(journeys, line, written);
            for text in [text.clone(), text.replace('\n', "\r\n")] {
                let (done, found) = read(&text, &forgiving).unwrap();
                let others = journeys as f64 - 1.0;
                let way = |from: &str, to: &str| (from.to_owned(), to.to_owned(), others);
                assert_eq!(
                    ways(&found),
                    [way("order", "pay"), way("pay", "leave")],
                    "{written:?} of {journeys}"
                );
                assert_eq!((done.faulty, done.left_out, done.touched), (1, 1, 1));
                assert_eq!(done.left_out_names, ["1"]);
                let [fault] = &done.faults[..] else {
                    panic!("{:?}", done.faults);
                };
                assert_eq!(fault.line, line as u64);
            }
        }
    }
}

#[test]
fn an_open_quote_at_the_end_costs_its_journey() {
    let text = "case,event,note\n1,order,\n1,pay,\"open\n2,order,\n2,pay,\"open";
    let (done, found) = read(text, &CsvOptions::new().tolerance(1.0)).unwrap();
    assert_eq!((found.journeys(), done.left_out), (0, 2));
    let told = refused(text, &CsvOptions::new());
    assert!(
        told.starts_with("2 of 4 rows have faults, which touch 2 journeys"),
        "{told}"
    );
    assert!(
        told.contains("first on line 3: a quoted cell is never closed"),
        "{told}"
    );
}

#[test]
fn text_below_an_open_quote_is_no_row() {
    // Whoever wrote it opened a quote and closed none; what stands below is not of the table's shape.
    let text = "case,event,note\n1,order,\n1,pay,\"open\nthe customer waits\nand waits\n";
    let told = refused(text, &CsvOptions::new().tolerance(1.0));
    assert_eq!(told, "line 3: a quoted cell is never closed");
    // A quote within a quoted cell that is not doubled: the rest of the cell is no journey.
    let text = "case,event,note\n1,order,\n1,pay,\"said \"no\"\nand left\"\n2,order,\n2,pay,\n";
    let (done, found) = read(text, &CsvOptions::new().tolerance(1.0)).unwrap();
    assert_eq!(found.journeys(), 1);
    assert!(done.left_out_names.contains(&"1".to_owned()));
}
