//! What spreadsheets say and nobody would notice: shares without their rest, endings that are touchpoints, rows above the headings.

use super::*;

fn notes(read: &SpreadsheetRead) -> Vec<String> {
    read.notes.iter().map(ToString::to_string).collect()
}

const ENDS: &str = "End,after,web,,,churn 1\n";

/// A promise from its two cells, with the notes on it.
fn promised(kept: &str, broken: &str) -> (f64, f64, Vec<String>) {
    let read = read(&format!(
        "name,phase,channel,promise,kept,broken,next,ends\nOrder,before,web,soon,{kept},{broken},End,\nEnd,after,web,,,,,churn 1\n"
    ));
    let promise = read.journey.touchpoint("order").unwrap().promise.clone();
    let promise = promise.unwrap();
    (promise.kept, promise.broken, notes(&read))
}

#[test]
fn what_is_said_of_kept_alone_leaves_the_rest_for_broken() {
    let rest = |result: (f64, f64, Vec<String>)| (result.0, result.1, result.2.join("\n"));
    assert_eq!(
        rest(promised("82 %", "")),
        (
            82.0,
            18.0,
            "row 2, kept: \"82 %\" leaves 18 of 100 for broken".to_owned()
        )
    );
    assert_eq!(
        rest(promised("", "18 %")),
        (
            82.0,
            18.0,
            "row 2, broken: \"18 %\" leaves 82 of 100 for kept".to_owned()
        )
    );
    assert_eq!(
        rest(promised("0.75", "")),
        (
            0.75,
            0.25,
            "row 2, kept: \"0.75\" leaves 25 of 100 for broken".to_owned()
        )
    );
    // All of them leave nothing, and both say all.
    for all in ["100", "100 %", "1", "yes"] {
        let (kept, broken, notes) = promised(all, "");
        assert!(kept > 0.0 && broken == 0.0 && notes.is_empty(), "{all}");
    }
    assert_eq!(promised("82", "18").2, Vec::<String>::new());
    assert_eq!(promised("90 %", "10 %"), (90.0, 10.0, Vec::new()));
    // A workbook keeps 82 % as 0.82.
    assert_eq!(
        promised("0.82", "18").2,
        ["row 2, kept: 0.82 stands beside 18: if 0.82 is a share in per cent, write 82"]
    );
}

#[test]
fn a_number_of_kept_alone_is_asked_about() {
    let sheet = |kept: &str, broken: &str| {
        format!(
            "name,phase,channel,promise,kept,broken\nOrder,before,web,soon,{kept},{broken}\n{ENDS}"
        )
    };
    let told = refused(&sheet("82", ""));
    let expected = "row 2, kept: \"82\" stands alone: write it with % for a share of 100, or say how many are broken too";
    assert!(told.contains(expected), "{told}");
    let told = refused(&sheet("", "18"));
    assert!(
        told.contains("row 2, broken: \"18\" stands alone"),
        "{told}"
    );
    let told = refused(&sheet("120 %", ""));
    assert!(
        told.contains("write it as a share from 0 to 100 %"),
        "{told}"
    );
}

#[test]
fn a_touchpoint_is_no_ending_unless_it_is_quoted() {
    let sheet = |end: &str| {
        format!(
            "name;phase;channel;next;ends\nOrder;before;web;Survey 1;{end}\nSurvey;after;web;;churn 1\n"
        )
    };
    for end in ["survey 10 %", "Survey", "SURVEY 3"] {
        let told = refused(&sheet(end));
        assert!(
            told.contains("is a touchpoint of this sheet and no ending"),
            "{end}: {told}"
        );
    }
    let read = read(&sheet("\"\"\"survey\"\" 1\""));
    let order = read.journey.touchpoint("order").unwrap();
    assert_eq!(order.ends[0].outcome.as_str(), "survey");
    // It is written so that it reads back.
    let again = read.journey.to_spreadsheet(&Language::english());
    let back = Journey::from_spreadsheet(&[again], &SpreadsheetOptions::new()).unwrap();
    assert_eq!(back.journey, read.journey);
    // A known ending is one, even where a touchpoint has its name.
    let known = "name,phase,channel,ends\nchurn,before,web,churn 1\n";
    assert!(super::read(known).notes.len() <= 1);
}

#[test]
fn shares_of_more_than_all_are_told() {
    let text = "\
name,phase,channel,feeling,next,ends
Order,before,web,joy 60 %; anger 60 %,End 75 %,churn 35 %
Middle,during,web,joy 33.4 %; anger 66.7 %,End 100 %,
End,after,web,,,churn 100 %
";
    assert_eq!(
        notes(&read(text)),
        [
            "row 2, feeling: the shares add up to 120 %: each counts as its part of them",
            "row 2, next: the shares add up to 110 %: each counts as its part of them",
        ]
    );
    // After each result of a promise all go somewhere.
    let text = "\
name,phase,channel,promise,kept,broken,next,ends
Order,before,web,soon,1,1,End 100 % if kept,churn 100 % if broken
End,after,web,,,,,churn 1
";
    assert_eq!(notes(&read(text)), Vec::<String>::new());
}

#[test]
fn cells_beside_each_other_above_the_headings_stay_apart() {
    let text = "\
persona;Ingrid; Jonas
values;loyalty 6200; churn -2100
name;phase;channel;ends
Order;before;web;churn 1
";
    let read = read(text);
    assert_eq!(read.journey.persona(), Some("Ingrid; Jonas"));
    assert_eq!(read.journey.values().len(), 2);
}

#[test]
fn a_misspelt_heading_is_told_once() {
    let told = refused(
        "name,phases,chanel,feeling,ends,next\nA,before,web,joy,,B\nB,after,web,joy,churn 1,\n",
    );
    assert_eq!(
        told,
        "2 problems:
  1. row 1, phase: no column says this; \"phases\" is not known: is it meant?
  2. row 1, channel: no column says this; \"chanel\" is not known: is it meant?"
    );
    let told = refused("name,feeling,ends,next\nA,joy,,B\nB,joy,churn 1,\n");
    assert!(
        told.contains("row 1, phase: no column says this\n"),
        "{told}"
    );
}
