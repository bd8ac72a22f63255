//! Laws of tallies, on random logs: counts as a naive counting finds them, and parts that make the whole.

use std::collections::BTreeMap;

use crate::steady::cases;
use customer_journey::events::{Backlog, Event, EventEmotion, MoveRow, TallyOptions, VisitRow};
use customer_journey::{EventRef, Feeling, LearnOptions, Phase, PromiseResult, Tally};
use proptest::prelude::*;

/// A small world, so that everything meets everything.
fn event() -> impl Strategy<Value = Event> {
    let name = |names: &'static [&'static str]| prop::sample::select(names);
    let emotion = prop_oneof![
        Just(EventEmotion::Feeling(Feeling::Anger)),
        Just(EventEmotion::Feeling(Feeling::Joy)),
        Just(EventEmotion::Rating(-0.25)),
        Just(EventEmotion::Rating(0.0)),
        Just(EventEmotion::Rating(-0.0)),
    ];
    let results = PromiseResult::ALL;
    (
        name(&["a", "b", "c", "d", "a rather long name of a journey"]),
        name(&["search", "call", "pay"]),
        prop::option::of(name(&["web", "phone"])),
        prop::option::weighted(0.7, 0_i64..20),
        prop::option::of(emotion),
        prop::option::of(prop::sample::select(results)),
        prop::option::weighted(0.2, name(&["churn", "loyalty"])),
        prop::option::weighted(0.3, name(&["Care", "Sales"])),
        prop::option::weighted(0.3, prop::sample::select(Phase::ALL)),
    )
        .prop_map(
            |(journey, touchpoint, channel, wait, emotion, promise, outcome, owner, phase)| {
                let mut event = EventRef::new(journey, touchpoint);
                event.channel = channel;
                event.time_ms = wait;
                event.emotion = emotion;
                event.promise = promise;
                event.outcome = outcome;
                event.owner = owner;
                event.phase = phase;
                event.into()
            },
        )
}

/// A log in order: what the strategy drew as times are the waits before each event.
fn log() -> impl Strategy<Value = Vec<Event>> {
    prop::collection::vec(event(), 1..60).prop_map(|mut log| {
        let mut clock = 0;
        for event in &mut log {
            event.time_ms = event.time_ms.map(|wait| {
                clock += wait;
                clock
            });
        }
        log
    })
}

fn tally<'a>(events: impl IntoIterator<Item = &'a Event>) -> Tally {
    let mut tally = Tally::default();
    tally.record_all(events).unwrap();
    tally
}

fn options() -> LearnOptions {
    LearnOptions::new().other_phases(Phase::During)
}

/// The events of each journey.
fn by_journey(log: &[Event]) -> BTreeMap<&str, Vec<&Event>> {
    let mut journeys: BTreeMap<&str, Vec<&Event>> = BTreeMap::new();
    for event in log {
        journeys.entry(&event.journey).or_default().push(event);
    }
    journeys
}

type Spot<'a> = (&'a str, Option<&'a str>);

fn spot(event: &Event) -> Spot<'_> {
    (&event.touchpoint, event.channel.as_deref())
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn counts_are_those_of_a_naive_counting(log in log()) {
        let learned = tally(&log).learn(&options()).unwrap();
        let journey = &learned.journey;
        let spots: std::collections::BTreeSet<Spot<'_>> = log.iter().map(spot).collect();
        let id = |(touchpoint, channel): Spot<'_>| {
            let several = spots.iter().filter(|(other, _)| *other == touchpoint).count() > 1;
            if several {
                format!("{touchpoint} @ {}", channel.unwrap_or("unstated"))
            } else {
                touchpoint.to_owned()
            }
        };
        prop_assert_eq!(journey.graph().node_count(), spots.len());
        let tests = |here: Spot<'_>| log.iter().any(|e| spot(e) == here && e.promise.is_some());
        let result = |event: &Event| {
            tests(spot(event)).then(|| event.promise.unwrap_or(PromiseResult::Unknown))
        };

        let mut ways: BTreeMap<_, (u32, u32, i64)> = BTreeMap::new();
        let mut starts: BTreeMap<String, u32> = BTreeMap::new();
        let mut ends: BTreeMap<_, u32> = BTreeMap::new();
        for events in by_journey(&log).values() {
            *starts.entry(id(spot(events[0]))).or_default() += 1;
            for pair in events.windows(2) {
                let key = (id(spot(pair[0])), id(spot(pair[1])), result(pair[0]));
                let way = ways.entry(key).or_default();
                way.0 += 1;
                if let (Some(before), Some(now)) = (pair[0].time_ms, pair[1].time_ms) {
                    way.1 += 1;
                    way.2 += now - before;
                }
            }
            let last = events[events.len() - 1];
            let outcome = events.iter().rev().find_map(|event| event.outcome.clone());
            let outcome = outcome.unwrap_or_else(|| "unstated".to_owned());
            *ends.entry((id(spot(last)), result(last), outcome)).or_default() += 1;
        }
        let learned_ways: BTreeMap<_, _> = journey
            .transitions()
            .map(|(from, to, way)| {
                ((from.id.clone(), to.id.clone(), way.when), (way.weight, way.wait_s))
            })
            .collect();
        let naive: BTreeMap<_, _> = ways
            .into_iter()
            .map(|(key, (count, timed, wait))| {
                let mean = (timed > 0).then(|| wait as f64 / f64::from(timed) / 1000.0);
                (key, (f64::from(count), mean))
            })
            .collect();
        prop_assert_eq!(learned_ways, naive);
        for touchpoint in journey.touchpoints() {
            let here: Vec<&Event> = log.iter().filter(|e| id(spot(e)) == touchpoint.id).collect();
            let began = starts.get(&touchpoint.id).map(|&count| f64::from(count));
            prop_assert_eq!(touchpoint.starts, began);
            for ending in &touchpoint.ends {
                let key = (touchpoint.id.clone(), ending.when, ending.outcome.as_str().to_owned());
                prop_assert_eq!(Some(ending.weight), ends.remove(&key).map(f64::from));
            }
            let count = |result| here.iter().filter(|e| e.promise == result).count() as f64;
            if let Some(promise) = &touchpoint.promise {
                prop_assert_eq!(promise.kept, count(Some(PromiseResult::Kept)));
                prop_assert_eq!(promise.broken, count(Some(PromiseResult::Broken)));
                let unknown = count(Some(PromiseResult::Unknown)) + count(None);
                prop_assert_eq!(promise.unknown, unknown);
            } else {
                prop_assert_eq!(count(None), here.len() as f64);
            }
            for (when, emotion) in [
                (PromiseResult::Kept, &touchpoint.emotion),
                (PromiseResult::Broken, &touchpoint.emotion_when_broken),
                (PromiseResult::Unknown, &touchpoint.emotion_when_unknown),
            ] {
                let felt = here.iter().filter(|e| result(e).unwrap_or(PromiseResult::Kept) == when);
                let visits = felt.clone().count();
                let felt: Vec<EventEmotion> = felt.filter_map(|e| e.emotion).collect();
                // What nobody stated was counted too, wherever somebody stated something.
                let silent = (visits - felt.len()) as f64;
                match emotion {
                    Some(emotion) => prop_assert_eq!(emotion.unknown_weight(), silent),
                    None => prop_assert!(felt.is_empty() && (touchpoint.emotion.is_none() || visits == 0)),
                }
                let shades = emotion.as_ref().map_or(&[][..], |emotion| emotion.shades());
                let weights: f64 = shades.iter().map(|shade| shade.weight).sum();
                prop_assert_eq!(weights, felt.len() as f64);
                let naive: f64 = felt.iter().map(|mood| match mood {
                    EventEmotion::Feeling(feeling) => feeling.valence(),
                    EventEmotion::Rating(rating) => *rating,
                    _ => f64::NAN,
                }).sum();
                let sum: f64 = shades.iter().map(|s| s.felt_valence().unwrap() * s.weight).sum();
                prop_assert!((sum - naive).abs() < 1e-9);
            }
        }
        prop_assert!(ends.is_empty());
        let journeys = by_journey(&log).len();
        prop_assert_eq!(learned.summary.journeys, journeys as u64);
        prop_assert_eq!(learned.summary.events, log.len() as u64);
    }

    #[test]
    fn any_interleaving_gives_the_same_journey(log in log(), seed in prop::collection::vec(any::<prop::sample::Index>(), 60)) {
        let whole = tally(&log);
        let mut queues: Vec<_> = by_journey(&log).into_values().map(IntoIterator::into_iter).collect();
        let mut interleaved = Vec::new();
        for pick in seed.iter().cycle() {
            if queues.is_empty() {
                break;
            }
            let at = pick.index(queues.len());
            match queues[at].next() {
                Some(event) => interleaved.push(event),
                None => drop(queues.remove(at)),
            }
        }
        let other = tally(interleaved);
        prop_assert_eq!(&other, &whole);
        prop_assert_eq!(other.learn(&options()), whole.learn(&options()));
    }

    #[test]
    fn merging_is_commutative_and_associative_with_nothing_as_its_identity(log in log()) {
        let part = |names: &[&str]| tally(log.iter().filter(|e| names.contains(&e.journey.as_str())));
        let (a, b, c) = (part(&["a"]), part(&["b", "c"]), part(&["d", "a rather long name of a journey"]));
        let merged = |x: &Tally, y: &Tally| {
            let mut sum = x.clone();
            sum.merge(y).unwrap();
            sum
        };
        let whole = tally(&log);
        prop_assert_eq!(merged(&a, &b), merged(&b, &a));
        prop_assert_eq!(merged(&merged(&a, &b), &c), merged(&a, &merged(&b, &c)));
        prop_assert_eq!(&merged(&merged(&c, &b), &a), &whole);
        prop_assert_eq!(&merged(&whole, &Tally::default()), &whole);
        prop_assert_eq!(&merged(&Tally::default(), &whole), &whole);
        prop_assert_eq!(merged(&merged(&a, &c), &b).learn(&options()), whole.learn(&options()));
    }

    #[test]
    fn parts_in_time_join_exactly(log in log(), at in any::<prop::sample::Index>(), again in any::<prop::sample::Index>()) {
        let (first, rest) = log.split_at(at.index(log.len()));
        let (second, third) = rest.split_at(again.index(rest.len().max(1)).min(rest.len()));
        let mut joined = tally(first);
        joined.join(&tally(second)).unwrap();
        joined.join(&tally(third)).unwrap();
        let mut late = tally(second);
        late.join(&tally(third)).unwrap();
        let mut other = tally(first);
        other.join(&late).unwrap();
        let whole = tally(&log);
        prop_assert_eq!(&joined, &whole);
        prop_assert_eq!(&other, &whole);
    }

    #[test]
    fn sorting_finds_the_order(log in log(), seed in prop::collection::vec(any::<u32>(), 60)) {
        let mut numbered = log.clone();
        let mut next: BTreeMap<String, i64> = BTreeMap::new();
        for event in &mut numbered {
            let number = next.entry(event.journey.clone()).or_default();
            *number += 1;
            event.sequence = Some(*number);
        }
        let whole = tally(&numbered);
        let mut shuffled: Vec<_> = numbered.iter().zip(&seed).collect();
        shuffled.sort_by_key(|&(_, key)| key);
        let mut backlog = Backlog::new(TallyOptions::new());
        for (event, _) in shuffled {
            backlog.record(event).unwrap();
        }
        prop_assert_eq!(backlog.sorted(), whole);
    }

    #[test]
    fn rows_tell_the_same_as_events(log in log()) {
        let mut visits = Vec::new();
        let mut moves = Vec::new();
        for event in &log {
            let mut row = VisitRow::new(&event.touchpoint, 1);
            row.channel.clone_from(&event.channel);
            row.phase = event.phase;
            row.owner.clone_from(&event.owner);
            row.promise = event.promise;
            row.emotion = event.emotion;
            visits.push(row);
        }
        for events in by_journey(&log).values() {
            let mut start = MoveRow::start(&events[0].touchpoint, 1);
            start.to_channel.clone_from(&events[0].channel);
            moves.push(start);
            for pair in events.windows(2) {
                let mut step = MoveRow::step(&pair[0].touchpoint, &pair[1].touchpoint, 1);
                step.from_channel.clone_from(&pair[0].channel);
                step.to_channel.clone_from(&pair[1].channel);
                step.promise = pair[0].promise;
                if let (Some(before), Some(now)) = (pair[0].time_ms, pair[1].time_ms) {
                    step = step.waits(1, now.abs_diff(before));
                }
                moves.push(step);
            }
            let last = events[events.len() - 1];
            let mut end = MoveRow::end(&last.touchpoint, 1);
            end.from_channel.clone_from(&last.channel);
            end.promise = last.promise;
            end.outcome = events.iter().rev().find_map(|event| event.outcome.clone());
            moves.push(end);
        }
        let rows = Tally::from_rows(TallyOptions::new(), visits, moves).unwrap();
        let mut ours = rows.learn(&options()).unwrap();
        let theirs = tally(&log).learn(&options()).unwrap();
        // Rows tell how long steps take, and not when they were.
        prop_assert_eq!(ours.summary.span_ms, None);
        ours.summary.span_ms = theirs.summary.span_ms;
        prop_assert_eq!(ours, theirs);
    }

    #[test]
    fn a_tally_is_what_is_written_of_it(log in log()) {
        #[cfg(feature = "serde")]
        {
            let whole = tally(&log);
            let text = serde_json::to_string(&whole).unwrap();
            let read: Tally = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(&read, &whole);
            prop_assert_eq!(serde_json::to_string(&read).unwrap(), text);
            let closed = whole.closed();
            let text = serde_json::to_string(&closed).unwrap();
            prop_assert_eq!(serde_json::from_str::<Tally>(&text).unwrap(), closed);
        }
        let _ = log;
    }
}
