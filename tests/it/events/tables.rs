//! Counts that outgrow the tables of the first places, and batches that end early.

use std::collections::BTreeMap;
use std::ops::Range;

use customer_journey::events::{Backlog, TallyOptions};
use customer_journey::journey::ShadeFeeling;
use customer_journey::{EventRef, Feeling, Journey, Phase, Tally, Touchpoint, Warning};

use super::{during, learn, tally, weight};

#[test]
fn many_touchpoints_and_emotions_are_counted_as_few_are() {
    const PLACES: usize = 700;
    let names: Vec<String> = (0..PLACES).map(|place| format!("place {place}")).collect();
    let journeys: Vec<String> = (0..40)
        .map(|journey| format!("journey {journey}"))
        .collect();
    let mut ways: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    let mut felt: BTreeMap<(usize, Feeling), f64> = BTreeMap::new();
    let mut events = Vec::new();
    let mut at = [0; 40];
    for step in 0..6000_usize {
        let who = step % 40;
        // The first places are met first, and the last ones late.
        let to = (step * step + 3 * who) % (20 + step / 8).min(PLACES);
        let feeling = Feeling::ALL[step * 7 % 40];
        if step >= 40 {
            *ways.entry((at[who], to)).or_default() += 1.0;
        }
        *felt.entry((to, feeling)).or_default() += 1.0;
        at[who] = to;
        events.push(EventRef::new(&journeys[who], &names[to]).emotion(feeling));
    }
    let learned = learn(events).journey;
    let found: BTreeMap<_, _> = learned
        .transitions()
        .map(|(from, to, way)| ((from.id.clone(), to.id.clone()), way.weight))
        .collect();
    let expected: BTreeMap<_, _> = ways
        .iter()
        .map(|(&(from, to), &count)| ((names[from].clone(), names[to].clone()), count))
        .collect();
    assert!(expected.len() > 2000);
    assert_eq!(found, expected);
    for touchpoint in learned.touchpoints() {
        let emotion = touchpoint.emotion.as_ref().unwrap();
        for shade in emotion.shades() {
            let ShadeFeeling::Feeling(feeling) = shade.felt else {
                unreachable!("events state feelings");
            };
            let place = names
                .iter()
                .position(|name| *name == touchpoint.id)
                .unwrap();
            assert_eq!(
                felt.remove(&(place, feeling)),
                Some(shade.weight),
                "{place} {feeling}"
            );
        }
    }
    assert!(felt.is_empty());
}

#[test]
fn waits_longer_than_any_sum_of_64_bits() {
    let steps = ["c1", "c2", "c3"].map(|journey| {
        let first = EventRef::new(journey, "a").time_ms(i64::MIN);
        [first, EventRef::new(journey, "b").time_ms(i64::MAX)]
    });
    let tally = tally(steps.into_iter().flatten());
    let learned = tally.learn(&during()).unwrap().journey;
    assert_eq!(weight(&learned, "a", "b", None), 3.0);
    let (_, _, way) = learned.transitions().next().unwrap();
    // 2^64 - 1 milliseconds each.
    assert_eq!(way.wait_s, Some(18_446_744_073_709_551_615.0 / 1000.0));
}

#[test]
fn waits_of_decades_add_up_exactly() {
    // Around and beyond what the flat table holds in one cell, with short waits between and steps of unknown time.
    let decades = 1_i64 << 39;
    let waits = [
        3,
        decades,
        1 << 40,
        7,
        decades - 1,
        (1 << 40) - 1,
        0,
        5 << 41,
    ];
    let names: Vec<_> = (0..=waits.len())
        .map(|number| format!("c{number}"))
        .collect();
    let mut events = Vec::new();
    for (name, wait) in names.iter().zip(waits) {
        events.push(EventRef::new(name, "a").time_ms(-9));
        events.push(EventRef::new(name, "b").time_ms(wait - 9));
    }
    events.extend(["a", "b"].map(|place| EventRef::new(&names[waits.len()], place)));
    let learned = tally(events).learn(&during()).unwrap().journey;
    assert_eq!(weight(&learned, "a", "b", None), 9.0);
    let (_, _, way) = learned.transitions().next().unwrap();
    let sum: i64 = waits.iter().sum();
    assert_eq!(way.wait_s, Some(sum as f64 / 8.0 / 1000.0));
}

#[test]
fn nothing_after_a_refused_event_counts() {
    let options = TallyOptions::new().segment("north");
    let mut events = Vec::new();
    for number in 0..100_u32 {
        let event = EventRef::new("c1", "chat")
            .segment("north")
            .emotion(f64::from(number) / 100.0);
        events.push(event.time_ms(i64::from(number)));
    }
    // Event 71 goes back; events of another segment come before and after it, and new names after it.
    events[60].segment = Some("south");
    events[70].time_ms = Some(3);
    events[71].segment = Some("south");
    events[72].touchpoint = "call";
    let mut found = Tally::new(options.clone());
    let error = found.record_all(events.iter().copied()).unwrap_err();
    assert_eq!(error.number, 71);
    let mut expected = Tally::new(options);
    expected.record_all(events[..70].iter().copied()).unwrap();
    assert_eq!(found, expected);
    assert_eq!(found.events(), 69);
    let left_out = |tally: &Tally| tally.learn(&during()).unwrap().summary.left_out;
    assert_eq!(left_out(&found), 1);
    // What comes next is numbered on.
    let next = EventRef::new("c1", "chat").segment("north").time_ms(2);
    assert_eq!(found.record(next).unwrap_err().number, 72);
}

/// As many valences as are told apart, and more of them in events that are refused.
#[test]
fn emotions_of_refused_events_round_nothing() {
    let felt =
        |journey, number: u32| EventRef::new(journey, "a").emotion(f64::from(number) / 2000.0);
    let sound = |number| felt("c1", number);
    let rounded = |tally: &Tally| tally.learn(&during()).unwrap().summary.rounded;
    let half = |tally: &mut Tally, numbers: Range<u32>| tally.record_all(numbers.map(sound));

    let mut singly = Tally::default();
    half(&mut singly, 0..500).unwrap();
    for number in 1100..1200 {
        singly.record(felt(" ", number)).unwrap_err();
    }
    half(&mut singly, 500..1024).unwrap();
    assert!(!rounded(&singly));

    let mut batches = Tally::default();
    let batch = (0..1024).map(sound).chain([felt(" ", 1)]);
    let batch = batch.chain((1024..1050).map(sound));
    assert!(batches.record_all(batch).is_err());
    assert!(!rounded(&batches));
    assert_eq!(batches, singly);

    let mut backlog = Backlog::new(TallyOptions::new());
    for number in 0..1024 {
        backlog.record(felt(" ", 1100 + number)).unwrap_err();
        backlog.record(sound(number)).unwrap();
    }
    let mut sorted = backlog.sorted();
    assert!(!rounded(&sorted));
    assert_eq!(sorted, singly);

    for tally in [&mut singly, &mut batches, &mut sorted] {
        tally.record(sound(1023)).unwrap();
        assert!(!rounded(tally));
        tally.record(sound(1024)).unwrap();
        assert!(rounded(tally));
    }
}

#[test]
fn a_learned_need_in_one_channel_is_not_warned_of() {
    let visit = |touchpoint, channel| EventRef::new("c1", touchpoint).channel(channel);
    let events = [
        visit("search", "web"),
        visit("ask", "chat"),
        visit("ask", "phone"),
    ];
    let learned = learn(events).journey;
    let needs: Vec<_> = learned.touchpoints().map(|t| t.need.as_deref()).collect();
    assert_eq!(needs, [Some("ask"), Some("ask"), Some("search")]);
    let single = |warning: &Warning| matches!(warning, Warning::SingleChannel { .. });
    assert!(!learned.warnings().iter().any(single));
    // Two touchpoints that share a need in one channel are.
    let mut drawn = Journey::builder("drawn");
    for id in ["form", "letter"] {
        let touchpoint = Touchpoint::new(id, Phase::During, "web").need("form");
        drawn = drawn.touchpoint(touchpoint);
    }
    let drawn = drawn.transition("form", "letter", 1.0).build().unwrap();
    assert!(drawn.warnings().iter().any(single));
}
