use super::{events, log_of};
use customer_journey::events::{Backlog, Event, EventEmotion, MergeError, TallyOptions};
use customer_journey::{EventLog, EventRef, Feeling, Tally};

#[test]
fn every_event_comes_back_in_its_place() {
    for seed in 1..=20 {
        let given = events(seed, 12, false);
        let log = log_of(&given);
        assert_eq!(log.events(), given.len() as u64);
        for journey in log.journeys() {
            let own: Vec<&Event> = given
                .iter()
                .filter(|event| event.journey == journey.name())
                .collect();
            assert_eq!(journey.len(), own.len());
            let last = own.iter().rev().find_map(|event| event.outcome.as_deref());
            assert_eq!(journey.outcome(), last);
            assert_eq!(journey.customer().as_deref(), own[0].customer.as_deref());
            assert_eq!(journey.segment(), own[0].segment.as_deref());
            for (moment, event) in journey.moments().zip(own) {
                assert_eq!(moment.touchpoint(), event.touchpoint);
                let channel = event.channel.as_deref().filter(|name| !name.is_empty());
                assert_eq!(moment.channel(), channel);
                assert_eq!(moment.phase(), event.phase);
                assert_eq!(moment.promise(), event.promise);
                assert_eq!(moment.promise_name(), event.promise_name.as_deref());
                assert_eq!(moment.owner(), event.owner.as_deref());
                assert_eq!(moment.emotion(), event.emotion);
                let time = event.time_ms.map(|time| i128::from(time) * 1_000_000);
                let time = time.map(|time| time + i128::from(event.nanos));
                assert_eq!(moment.time_ns(), time);
                assert_eq!(moment.sequence(), event.sequence);
            }
        }
    }
}

#[test]
fn its_tally_is_that_of_the_same_events() {
    for seed in 1..=30 {
        let given = events(seed, 15, false);
        let mut tally = Tally::default();
        tally.record_all(&given).unwrap();
        assert!(log_of(&given).tally() == tally, "{seed}");
        // Out of order, as a backlog sorts them.
        let mut mixed = events(seed, 15, true);
        for event in &mut mixed {
            // A backlog sorts by milliseconds.
            event.nanos = 0;
        }
        let mut backlog = Backlog::new(TallyOptions::new());
        for event in &mixed {
            backlog.record(event).unwrap();
        }
        let log = log_of(&mixed);
        assert!(log.tally() == backlog.sorted(), "{seed}");
        assert!(log.reordered() > 0);
    }
}

/// More valences than a tally tells apart: the log keeps each.
#[test]
fn valences_are_kept_apart() {
    let (mut log, mut tally) = (EventLog::default(), Tally::default());
    for number in 0..3000_u32 {
        let name = number.to_string();
        let event = EventRef::new(&name, "visit").emotion(f64::from(number) / 3001.0);
        log.record(event).unwrap();
        tally.record(event).unwrap();
    }
    for (number, journey) in (0..).zip(log.journeys()) {
        let valence = journey.moments().next().unwrap().valence();
        assert_eq!(valence, Some(f64::from(number) / 3001.0));
    }
    assert!(log.tally() == tally);
}

#[test]
fn nanoseconds_order_and_centuries_do_not_matter() {
    let mut log = EventLog::default();
    let second = EventRef::new("a", "second").time_ns(1_700_000_000_000_000_002);
    let first = EventRef::new("a", "first").time_ns(1_700_000_000_000_000_001);
    let never = EventRef::new("a", "never").time_ms(253_402_214_400_000);
    let mut long_ago = EventRef::new("a", "long ago").time_ms(-62_135_596_800_000);
    long_ago.nanos = 5;
    log.record_all([never, second, first, long_ago]).unwrap();
    let journey = log.journeys().next().unwrap();
    let names: Vec<&str> = journey
        .moments()
        .map(|moment| moment.touchpoint())
        .collect();
    assert_eq!(names, ["long ago", "first", "second", "never"]);
    let times: Vec<_> = journey
        .moments()
        .filter_map(|moment| moment.time_ns())
        .collect();
    assert_eq!(times[0], -62_135_596_800_000_000_000 + 5);
    assert_eq!(times[3], 253_402_214_400_000_000_000);
}

#[test]
fn parts_of_a_log_make_it_whole() {
    for seed in 1..=10 {
        let given = events(seed, 12, false);
        let whole = log_of(&given);
        let (left, right): (Vec<_>, Vec<_>) = given
            .iter()
            .cloned()
            .partition(|event| event.customer.as_deref() < Some("customer 3"));
        let mut merged = log_of(&left);
        merged.merge(&log_of(&right)).unwrap();
        assert!(merged == whole);
        assert!(merged.tally() == whole.tally());
        let again = merged.merge(&log_of(&right)).unwrap_err();
        assert!(matches!(again, MergeError::Shared { .. }));
        assert!(merged == whole);
        let half = given.len() / 2;
        let mut joined = log_of(&given[..half]);
        joined.join(&log_of(&given[half..])).unwrap();
        assert!(joined == whole, "{seed}");
        assert!(joined.tally() == whole.tally());
    }
    let event = |time| EventRef::new("a", "visit").time_ms(time);
    let (mut monday, mut tuesday) = (EventLog::default(), EventLog::default());
    monday.record(event(5)).unwrap();
    tuesday.record(event(4)).unwrap();
    let back = monday.join(&tuesday).unwrap_err();
    assert!(matches!(
        back,
        MergeError::Earlier {
            before: 5,
            now: 4,
            ..
        }
    ));
    assert_eq!(monday.events(), 1);
}

#[test]
fn a_filter_keeps_whole_journeys() {
    let given = events(4, 20, true);
    let old = log_of(&given).filter(|journey| journey.segment() == Some("old"));
    let own: Vec<Event> = given
        .iter()
        .filter(|event| event.segment.as_deref() == Some("old"))
        .cloned()
        .collect();
    assert!(old == log_of(&own));
    assert!(old.tally() == log_of(&own).tally());
    assert!(old.len() < 20);
}

#[test]
fn what_is_wrong_is_refused_and_changes_nothing() {
    let mut log = EventLog::default();
    log.record(EventRef::new("a", "visit").emotion(Feeling::Joy))
        .unwrap();
    let before = log.clone();
    let faulty = [
        EventRef::new(" ", "visit"),
        EventRef::new("a", " "),
        EventRef::new("a", "visit").emotion(EventEmotion::Rating(1.5)),
    ];
    for event in faulty {
        let error = log.record(event).unwrap_err();
        assert!(error.to_string().starts_with("event "), "{error}");
        assert!(log == before);
    }
    // Of two customers of one journey the first one counts, and the other one is told.
    log.record(EventRef::new("a", "visit").customer("anna"))
        .unwrap();
    log.record(EventRef::new("a", "visit").customer("ben"))
        .unwrap();
    assert_eq!(
        log.journeys().next().unwrap().customer().as_deref(),
        Some("anna")
    );
    assert_eq!(log.contradicted(), 1);
}

#[cfg(feature = "csv")]
#[test]
fn a_table_is_read_with_its_customers() {
    use customer_journey::CsvOptions;
    let table = "customer,case,touchpoint,emotion,promise_kept,outcome,time_ms\n\
                 anna,c2,delivery,-1,no,churn,20\n\
                 anna,c1,order,0.5,,,5\n\
                 anna,c2,order,,,,10\n\
                 ben,c3,order,,,,1\n";
    let mut log = EventLog::default();
    let read = log.read_csv(table.as_bytes(), &CsvOptions::new()).unwrap();
    assert_eq!((read.rows, log.len(), log.customers()), (4, 3, 2));
    assert!(read.plan.unused.is_empty());
    let first = log.journeys().next().unwrap();
    assert_eq!(first.customer().as_deref(), Some("anna"));
    let names: Vec<&str> = first.moments().map(|moment| moment.touchpoint()).collect();
    assert_eq!(names, ["order", "delivery"]);
    assert_eq!(log.reordered(), 1);
    // A tally does not ask for customers.
    let mut tally = Tally::default();
    let read = Backlog::new(TallyOptions::new())
        .read_csv(table.as_bytes(), &CsvOptions::new())
        .unwrap();
    assert_eq!(read.plan.unused[0].header, "customer");
    tally
        .record(EventRef::new("x", "y").customer("anna"))
        .unwrap();
}
