//! Patterns watched while events are read, against the plain loop over whole journeys and against a log.

use customer_journey::asking::Watch;
use customer_journey::events::TallyOptions;
use customer_journey::{EventLog, EventRef, LearnOptions, Pattern, Phase};

use super::counted::events_of;
use super::naive::{Question, Walked, small, walks};
use crate::generate::Rng;
use crate::moments::{Chain, without_trap};

fn watch(patterns: &[&str]) -> Watch {
    let patterns = patterns.iter().map(|text| text.parse().unwrap());
    Watch::new(TallyOptions::new(), patterns)
}

/// Journeys interleave: one event of each in turn, as long as it has any.
fn interleaved<'a>(journeys: &'a [Vec<EventRef<'a>>]) -> impl Iterator<Item = EventRef<'a>> {
    let longest = journeys.iter().map(Vec::len).max().unwrap_or(0);
    (0..longest).flat_map(move |step| {
        journeys
            .iter()
            .filter_map(move |events| events.get(step).copied())
    })
}

#[test]
fn watched_equals_a_plain_loop_and_a_log() {
    let mut rng = Rng::new(19);
    let (mut judged, mut some, mut lifts) = (0, 0, 0);
    while judged < 60 {
        let drawing = without_trap(&mut rng, small(judged));
        let chain = Chain::new(&drawing);
        judged += 1;
        let journeys: Vec<Walked> = walks(&chain, &mut rng, 120);
        let names: Vec<String> = (0..journeys.len()).map(|n| format!("j{n}")).collect();
        let events: Vec<Vec<EventRef<'_>>> = names
            .iter()
            .zip(&journeys)
            .map(|(name, journey)| events_of(&chain, name, journey))
            .collect();
        let questions: Vec<Question> = (0..4).map(|_| Question::draw(&mut rng, &chain)).collect();
        let patterns: Vec<Pattern> = questions
            .iter()
            .map(|question| question.text(&chain).parse().unwrap())
            .collect();
        let mut watch = Watch::new(TallyOptions::new(), patterns.clone());
        watch.record_all(interleaved(&events)).unwrap();
        let mut log = EventLog::default();
        log.record_all(interleaved(&events)).unwrap();
        assert!(watch.patterns().eq(&patterns));
        let counted = watch.counted();
        for ((question, pattern), counted) in questions.iter().zip(&patterns).zip(counted) {
            assert_eq!(counted, log.ask(pattern), "{pattern}");
            let Ok(counted) = counted else { continue };
            let found: Vec<Vec<usize>> = journeys
                .iter()
                .map(|journey| question.tries_all(&chain, journey))
                .collect();
            let matching = found.iter().filter(|found| !found.is_empty()).count();
            let matches: usize = found.iter().map(Vec::len).sum();
            assert_eq!(
                (counted.journeys, counted.matching),
                (journeys.len() as u64, matching as u64),
                "{pattern}"
            );
            let expected = matches as f64 / journeys.len() as f64;
            assert!((counted.expected - expected).abs() < 1e-12, "{pattern}");
            some += usize::from(matching > 0);
            lifts += usize::from(counted.lift.is_some());
        }
        // The counts of the tally are those of a tally of the same events.
        let mut tally = customer_journey::Tally::default();
        tally.record_all(interleaved(&events)).unwrap();
        assert_eq!(watch.tally(), &tally);
    }
    assert!(some > 100 && lifts > 3, "{some} {lifts}");
}

/// It can be asked while journeys are under way; waits and customers count as in a log.
#[test]
fn times_and_customers_are_watched() {
    const MINUTE: i64 = 60_000_000_000;
    let texts = ["a => b{wait <= 1h}", "a =[not stop]=> b", "start => end"];
    let mut watch = watch(&texts);
    let mut log = EventLog::default();
    for (journey, customer, steps) in [
        ("quick", Some("ann"), vec![("a", 0), ("b", 60)]),
        ("slow", Some("bea"), vec![("a", 0), ("b", 61)]),
        (
            "again",
            Some("ann"),
            vec![("a", 0), ("x", 50), ("a", 55), ("b", 115)],
        ),
        (
            "blocked",
            None,
            vec![("a", 0), ("a", 10), ("stop", 20), ("b", 30)],
        ),
    ] {
        for (touchpoint, minute) in steps {
            let mut event = EventRef::new(journey, touchpoint).time_ns(minute * MINUTE);
            if let Some(customer) = customer {
                event = event.customer(customer);
            }
            watch.record(event).unwrap();
            log.record(event).unwrap();
            for (counted, text) in watch.counted().into_iter().zip(texts) {
                assert_eq!(counted, log.ask(&text.parse().unwrap()), "{text}");
            }
        }
    }
    let counted = watch.counted().remove(0).unwrap();
    assert_eq!((counted.journeys, counted.matching), (4, 3));
    // From the first moment on: 60, 115 and 30 minutes.
    assert_eq!(counted.wait_until_s, Some(205.0 * 60.0 / 3.0));
    assert_eq!(counted.standard_error, log_error(&log));
}

fn log_error(log: &EventLog) -> Option<f64> {
    log.ask(&"a => b{wait <= 1h}".parse().unwrap())
        .unwrap()
        .standard_error
}

#[test]
fn names_that_did_not_come_are_told() {
    let mut watch = watch(&["pay => cal", "pay"]);
    watch.record(EventRef::new("1", "pay")).unwrap();
    watch.record(EventRef::new("1", "call")).unwrap();
    let counted = watch.counted();
    let error = counted[0].as_ref().unwrap_err().to_string();
    assert!(error.contains("did you mean \"call\"?"), "{error}");
    assert_eq!(counted[1].as_ref().unwrap().matching, 1);
}

/// What events do not tell is no test of them: nothing is 0 because nobody knows it.
#[test]
fn events_are_not_asked_what_they_do_not_tell() {
    let mut log = EventLog::default();
    log.record(EventRef::new("1", "pay")).unwrap();
    for (text, key) in [
        ("*{can = resolve}", "`can` is known of maps"),
        ("*{stage = x}", "`stage` is known of maps"),
        ("*{makes != x}", "`makes` is known of maps"),
        ("*{phase = after}", "`phase` is stated by none"),
    ] {
        let error = log.ask(&text.parse().unwrap()).unwrap_err().to_string();
        assert!(error.contains(key), "{text}: {error}");
    }
    log.record(EventRef::new("1", "pay").phase(Phase::After))
        .unwrap();
    let counted = log.ask(&"*{phase = after}".parse().unwrap()).unwrap();
    assert_eq!(counted.matching, 1);
}

/// Events and the map that is learned from them are called by the same names.
#[test]
fn a_touchpoint_means_all_its_channels_with_events_too() {
    let mut log = EventLog::default();
    log.record(EventRef::new("1", "pay")).unwrap();
    log.record(EventRef::new("2", "pay").channel("web"))
        .unwrap();
    let options = LearnOptions::new().other_phases(Phase::During);
    let flow = log.learn(&options).unwrap().journey.flow().unwrap();
    for (text, share) in [
        ("pay", 1.0),
        ("\"pay @ web\"", 0.5),
        ("\"pay @ unstated\"", 0.5),
        ("pay{channel = unstated}", 0.5),
        ("*{need = pay}", 1.0),
    ] {
        let pattern: Pattern = text.parse().unwrap();
        let counted = log.ask(&pattern).unwrap().probability;
        let modelled = flow.ask(&pattern).unwrap().probability;
        assert_eq!((counted, modelled), (share, share), "{text}");
    }
}

#[cfg(feature = "csv")]
#[test]
fn tables_are_watched_while_they_are_read() {
    let table = "\
case,customer,activity,time,rating,result
1,ann,pay,2024-01-01 10:00,4,
2,bea,pay,2024-01-01 10:05,5,
1,ann,call,2024-01-01 11:00,1,lost
3,ann,call,2024-01-02 10:00,2,
2,bea,thanks,2024-01-03 10:00,,kept
";
    let options = customer_journey::CsvOptions::new()
        .column(customer_journey::events::CsvField::Journey, "case")
        .column(customer_journey::events::CsvField::Customer, "customer")
        .column(customer_journey::events::CsvField::Outcome, "result");
    let tally = TallyOptions::new().scale(customer_journey::Scale::ONE_TO_FIVE);
    let texts = ["pay => call{wait <= 1h} -> end(lost)", "*{feels < 0}"];
    let patterns = texts.map(|text| text.parse::<Pattern>().unwrap());
    let mut watch = Watch::new(tally.clone(), patterns.clone());
    watch.read_csv(table.as_bytes(), &options).unwrap();
    let mut log = EventLog::new(tally);
    log.read_csv(table.as_bytes(), &options).unwrap();
    for (counted, pattern) in watch.counted().into_iter().zip(&patterns) {
        let counted = counted.unwrap();
        assert_eq!(counted, log.ask(pattern).unwrap());
        assert!(counted.matching > 0 && counted.standard_error.is_some());
    }
}
