//! In which order events count.

use customer_journey::EventRef;
use customer_journey::events::{Backlog, EventFault, TallyOptions};

use super::{learn, tally, weight};

#[test]
fn equal_times_keep_the_order_given() {
    let at = |touchpoint, time| EventRef::new("a", touchpoint).time_ms(time);
    let journey = learn([at("x", 5), at("z", 5), at("y", 5), at("z", 5)]).journey;
    assert_eq!(weight(&journey, "x", "z", None), 1.0);
    assert_eq!(weight(&journey, "z", "y", None), 1.0);
    assert_eq!(weight(&journey, "y", "z", None), 1.0);
    assert_eq!(journey.transitions().next().unwrap().2.wait_s, Some(0.0));
}

#[test]
fn going_back_is_refused_and_leaves_the_tally_as_it_was() {
    let mut log = tally([
        EventRef::new("a", "x").time_ms(10),
        EventRef::new("b", "x").time_ms(1),
        EventRef::new("a", "y"),
    ]);
    let before = log.clone();
    // Also behind an event without a time.
    let event = EventRef::new("a", "new").channel("new").time_ms(9);
    let error = log
        .record(event.outcome("new").owner("new").emotion(0.1))
        .unwrap_err();
    assert_eq!(error.fault, EventFault::TimeBack { before: 10, now: 9 });
    assert_eq!((error.number, error.journey.as_str()), (4, "a"));
    assert_eq!(log, before);
    log.record(EventRef::new("a", "z").time_ms(10)).unwrap();

    let mut log = tally([EventRef::new("a", "x").sequence(2)]);
    let error = log.record(EventRef::new("a", "y").sequence(1)).unwrap_err();
    assert_eq!(error.fault, EventFault::SequenceBack { before: 2, now: 1 });
    assert!(error.to_string().starts_with(
        "event 2 (journey \"a\", touchpoint \"y\") goes back in its sequence, from 2 to 1"
    ));
}

#[test]
fn sequence_decides_over_time() {
    let at = |touchpoint, sequence, time| {
        EventRef::new("a", touchpoint)
            .sequence(sequence)
            .time_ms(time)
    };
    let learned = learn([at("x", 1, 100), at("y", 2, 40), at("z", 3, 60)]);
    assert_eq!(learned.summary.contradictions, 1);
    assert_eq!(learned.summary.span_ms, Some((40, 100)));
    let waits: Vec<_> = learned
        .journey
        .transitions()
        .map(|(_, _, way)| way.wait_s)
        .collect();
    assert_eq!(waits, [None, Some(0.02)]);
}

#[test]
fn waits_are_means_over_the_steps_whose_times_are_known() {
    let at = |journey, touchpoint, time| EventRef::new(journey, touchpoint).time_ms(time);
    let journey = learn([
        at("a", "x", 1_000),
        at("b", "x", 1_000),
        EventRef::new("c", "x"),
        at("a", "y", 2_000),
        at("b", "y", 5_000),
        at("c", "y", 9_000),
        at("d", "x", i64::MIN),
        at("d", "z", i64::MAX),
    ])
    .journey;
    let waits: Vec<_> = journey
        .transitions()
        .map(|(_, _, way)| way.wait_s)
        .collect();
    assert_eq!(waits, [Some(2.5), Some(u64::MAX as f64 / 1000.0)]);
}

#[test]
fn sorting_puts_any_order_right() {
    let at = |touchpoint, time| EventRef::new("a", touchpoint).time_ms(time);
    let numbered = |touchpoint, sequence| EventRef::new("b", touchpoint).sequence(sequence);
    let given = [
        at("z", 30),
        numbered("y", 2).time_ms(5),
        at("x", 10),
        EventRef::new("a", "after x"),
        numbered("x", 1).time_ms(7),
        at("y", 20),
        at("tie", 20),
    ];
    let mut backlog = Backlog::new(TallyOptions::new());
    for event in given {
        backlog.record(event).unwrap();
    }
    let in_order = [
        at("x", 10),
        EventRef::new("a", "after x"),
        at("y", 20),
        at("tie", 20),
        at("z", 30),
        numbered("x", 1).time_ms(7),
        numbered("y", 2).time_ms(5),
    ];
    assert_eq!(backlog.sorted(), tally(in_order));
    let mut backlog = Backlog::new(TallyOptions::new());
    assert_eq!(
        backlog.record(EventRef::new("", "x")).unwrap_err().number,
        1
    );
}
