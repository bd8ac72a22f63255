//! Tallies: put together, closed, from rows, from JSON; and what they refuse.

use customer_journey::events::{
    EventFault, LearnError, MergeError, MoveRow, RowError, TallyOptions, VisitRow,
};
use customer_journey::{EventRef, PromiseResult, Tally};
#[cfg(feature = "serde")]
use customer_journey::{Feeling, Phase};

use super::{during, paths, tally};

#[test]
fn merge_refuses_a_journey_under_way_in_both() {
    let mut one = tally(paths(&[("a", &["x"]), ("b", &["x"])]));
    let other = tally(paths(&[("c", &["x"]), ("b", &["y"])]));
    let before = one.clone();
    assert_eq!(
        one.merge(&other),
        Err(MergeError::Shared {
            journey: "b".into()
        })
    );
    assert_eq!(one, before);
    // Closed journeys have no names any more.
    one.merge(&other.closed()).unwrap();
    assert_eq!((one.journeys(), one.events()), (4, 4));
}

#[test]
fn join_refuses_the_earlier_part() {
    let early = tally([EventRef::new("a", "x").time_ms(1)]);
    let late = tally([EventRef::new("a", "y").time_ms(2)]);
    let mut joined = late.clone();
    let error = joined.join(&early).unwrap_err();
    assert_eq!(
        error,
        MergeError::Earlier {
            journey: "a".into(),
            before: 2,
            now: 1
        }
    );
    assert_eq!(joined, late);
}

#[test]
fn blank_names_are_refused() {
    let mut log = Tally::default();
    for event in [
        EventRef::new("", "x"),
        EventRef::new(" ", "x"),
        EventRef::new("a", ""),
        EventRef::new("a", "\t"),
    ] {
        assert!(matches!(
            log.record(event).unwrap_err().fault,
            EventFault::Blank(_)
        ));
    }
    assert_eq!(log, Tally::default());
    assert_eq!(log.learn(&during()), Err(LearnError::NoEvents));
    let named = tally([EventRef::new("a", "x")]);
    let error = named.learn(&during().outcome("x", "")).unwrap_err();
    assert!(matches!(error, LearnError::Invalid(_)));
}

#[test]
fn names_of_all_lengths_are_told_apart() {
    let names: Vec<String> = (1..70).map(|length| "n".repeat(length)).collect();
    let log = tally(
        names
            .iter()
            .map(|name| EventRef::new(name, name).channel(name)),
    );
    assert_eq!(log.journeys(), 69);
    assert_eq!(
        log.learn(&during()).unwrap().journey.graph().node_count(),
        69
    );
    let again = tally(
        names
            .iter()
            .rev()
            .map(|name| EventRef::new(name, name).channel(name)),
    );
    assert_eq!(log, again);
}

#[test]
fn closing_changes_no_journey() {
    let log = tally(paths(&[("a", &["x", "y", "x"]), ("b", &["y"])]));
    let closed = log.clone().closed();
    assert_eq!(closed.learn(&during()), log.learn(&during()));
    assert_eq!(closed.journeys(), 2);
}

#[test]
fn rows_that_contradict_each_other_are_refused() {
    let from_rows = |visits: Vec<VisitRow>, moves: Vec<MoveRow>| {
        Tally::from_rows(TallyOptions::new(), visits, moves)
            .unwrap_err()
            .to_string()
    };
    let moves = || vec![MoveRow::start("x", 2), MoveRow::end("x", 2)];
    let error = from_rows(vec![], vec![MoveRow::start("x", 3), MoveRow::end("x", 2)]);
    assert_eq!(
        error,
        "the counts at touchpoint \"x\" (channel \"\") contradict each other: 2 visits, 3 arrivals"
    );
    let error = from_rows(vec![VisitRow::new("x", 3)], moves());
    assert!(error.ends_with("3 visits, 2 arrivals"), "{error}");
    let broken = VisitRow::new("x", 2).promise(PromiseResult::Broken);
    let error = from_rows(vec![broken], moves());
    assert!(error.ends_with("0 visits (no result), 2 leave"), "{error}");
    for (wrong, says) in [
        (MoveRow::default(), "move row 1 has neither"),
        (
            MoveRow::start("x", 1).outcome("churn"),
            "states an outcome and is a start",
        ),
        (
            MoveRow::step("x", "x", 1).outcome("churn"),
            "states an outcome and is a step",
        ),
        (
            MoveRow::start("x", 1).promise(PromiseResult::Kept),
            "a promise result and is a start",
        ),
        (
            MoveRow::end("x", 1).waits(1, 1),
            "states waits and is not a step",
        ),
        (
            MoveRow::step("x", "x", 1).waits(2, 9),
            "has 2 known waits of 9 ms in all",
        ),
        (MoveRow::step("x", " ", 1), "has a blank touchpoint"),
    ] {
        let error = from_rows(vec![], vec![wrong]);
        assert!(error.contains(says), "{error}");
    }
    let many = vec![VisitRow::new("x", u64::MAX), VisitRow::new("x", 1)];
    assert_eq!(
        Tally::from_rows(TallyOptions::new(), many, []),
        Err(RowError::TooLarge)
    );
    let loud = VisitRow::new("x", 2).emotion(7.0);
    assert!(from_rows(vec![loud], moves()).starts_with("visit row 1 has an emotion off"));
}

#[cfg(feature = "serde")]
#[test]
fn events_from_json_lines() {
    use customer_journey::events::{Event, EventEmotion};
    let read = |line: &str| serde_json::from_str::<Event>(line);
    let event = read(
        r#"{"case": "c1", "activity": "call", "channel": "phone", "stage": "during", "time_ms": 5, "seq": 2,
            "emotion": "anger", "promise_kept": false, "promise_name": "soon", "outcome": "churn",
            "owner": "Care", "segment": "b", "something else": [1]}"#,
    )
    .unwrap();
    let expected = EventRef::new("c1", "call")
        .channel("phone")
        .phase(Phase::During)
        .time_ms(5)
        .sequence(2)
        .emotion(Feeling::Anger)
        .promise(PromiseResult::Broken)
        .promise_name("soon")
        .outcome("churn")
        .owner("Care")
        .segment("b");
    assert_eq!(EventRef::from(&event), expected);
    assert_eq!(Event::from(expected), event);
    let line = |rest: &str| format!(r#"{{"journey": "a", "touchpoint": "b", {rest}}}"#);
    let emotion = |rest: &str| read(&line(rest)).unwrap().emotion;
    assert_eq!(
        emotion(r#""emotion": -1"#),
        Some(EventEmotion::Rating(-1.0))
    );
    assert_eq!(
        emotion(r#""emotion": "0.5""#),
        Some(EventEmotion::Rating(0.5))
    );
    assert_eq!(
        emotion(r#""emotion": "", "phase": null, "promise": """#),
        None
    );
    let refused = |rest: &str| read(&line(rest)).unwrap_err().to_string();
    assert!(refused(r#""emotion": "angr""#).contains("did you mean \"anger\"?"));
    assert!(refused(r#""emotion": true"#).contains("a feeling's name or a number"));
    assert!(refused(r#""phase": "midway""#).contains("is not a phase"));
    assert!(refused(r#""promise": 2"#).contains("kept, broken, unknown, true or false"));
    assert!(read(r#"{"journey": "a"}"#).is_err());
}

#[cfg(feature = "serde")]
#[test]
fn tallies_that_contradict_themselves_are_refused() {
    let log = tally([
        EventRef::new("a", "x")
            .channel("web")
            .promise(PromiseResult::Kept)
            .emotion(0.5),
        EventRef::new("a", "y")
            .time_ms(4)
            .outcome("churn")
            .emotion(Feeling::Joy),
    ]);
    let text = serde_json::to_string(&log).unwrap();
    assert_eq!(serde_json::from_str::<Tally>(&text).unwrap(), log);
    for (from, to, says) in [
        ("tally/1", "tally/2", "is not a tally"),
        (r#""starts":0"#, r#""starts":1"#, "arrivals"),
        (
            r#""starts":0"#,
            r#""starts":18446744073709551615"#,
            "more than can be counted",
        ),
        (r#"["a",0,1,"#, r#"["a",0,9,"#, "place 9"),
        (
            "[0,1,1,1,0,0]",
            "[0,7,1,1,0,0]",
            "7 is not a promise result",
        ),
        ("[0,1,1,1,0,0]", "[0,1,1,1,2,0]", "more waits than steps"),
        ("[1,0.5,1]", "[1,1.5,1]", "outside -1 to 1"),
        ("[1,0.5,1]", "[1,0.5,2]", "emotions"),
        ("\"joy\"", "\"joi\"", "did you mean"),
        (r#""touchpoint":"y""#, r#""touchpoint":" ""#, "blank"),
        (r#""open":"#, r#""opened":"#, "unknown field"),
        (
            "[false,true],[4,4],",
            "[false,true],null,",
            "states that its first or last event has a time, and no times",
        ),
    ] {
        assert!(text.contains(from), "{from} in {text}");
        let wrong = text.replacen(from, to, 1);
        let error = serde_json::from_str::<Tally>(&wrong)
            .unwrap_err()
            .to_string();
        assert!(error.contains(says), "{error}");
    }
}
