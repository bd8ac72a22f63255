//! What customers of a learned map remember.

use crate::generate::Rng;
use customer_journey::events::{LearnError, Learned, Remember};
use customer_journey::facts::{Fact, FactKind};
use customer_journey::{EventLog, EventRef, LearnOptions, Phase, PromiseResult, Tally};

/// Orders that are kept or broken, steps between, and a review; where `remembers`, a broken promise comes back at the end.
fn orders(seed: u64, number: usize, remembers: bool) -> EventLog {
    let mut rng = Rng::new(seed);
    let mut log = EventLog::default();
    for order in 0..number {
        let name = format!("order {order}");
        let kept = rng.below(4) > 0;
        let result = if kept {
            PromiseResult::Kept
        } else {
            PromiseResult::Broken
        };
        let start = rng.pick(&["web", "phone"]);
        let mut steps = vec![("order", start, None), ("delivery", "post", Some(result))];
        while rng.below(3) == 0 && steps.len() < 8 {
            steps.push((rng.pick(&["call", "chat"]), "service", None));
        }
        steps.push(("review", "email", None));
        let bad = rng.below(10) < if remembers && !kept { 6 } else { 2 };
        for (place, &(at, channel, result)) in (1..).zip(&steps) {
            let mut event = EventRef::new(&name, at).channel(channel).sequence(place);
            if let Some(result) = result {
                event = event.promise(result).promise_name("on time");
            }
            if at != "delivery" {
                event = event.emotion((rng.below(9) as f64 - 4.0) / 4.0);
            }
            if place == steps.len() as i64 {
                event = event.outcome(if bad { "bad review" } else { "good review" });
            }
            log.record(event).unwrap();
        }
    }
    log
}

fn learned(log: &EventLog, remember: Remember) -> Learned {
    let options = LearnOptions::new().other_phases(Phase::During);
    log.learn(&options.remembering(remember)).unwrap()
}

#[test]
fn the_fact_that_steers_journeys_is_chosen() {
    let learned = learned(&orders(1, 3000, true), Remember::Auto);
    let remembers = learned.remembers.clone().unwrap();
    let facts: Vec<&Fact> = remembers.facts.iter().map(|of| &of.fact).collect();
    assert_eq!(facts, [&Fact::first("on time", "on time")]);
    // Of broken orders 60 of 100 are reviewed badly, the map says 30: less what counts leave open.
    assert!(
        remembers.off_before > 20.0 && remembers.off_after <= 1.0,
        "{remembers}"
    );
    assert_eq!(learned.journey.remembers(), [facts[0].clone()]);
    let told = remembers.to_string();
    assert!(
        told.starts_with("customers remember (without it the map is off by 2")
            && told.contains("):\n  \"on time\": the first result of the promise"),
        "{told}"
    );
    // The map asks for it where it matters.
    let review = learned.journey.touchpoint("review").unwrap();
    let given: Vec<String> = review
        .ends
        .iter()
        .map(|end| end.given.to_string())
        .collect();
    assert_eq!(given.len(), 4);
    assert!(given.contains(&"on time is broken".to_owned()), "{given:?}");
    // Read back, it is the same map, with the same counts.
    #[cfg(feature = "serde")]
    {
        let text = serde_json::to_string(&learned.journey).unwrap();
        let read: customer_journey::Journey = serde_json::from_str(&text).unwrap();
        assert_eq!(read, learned.journey);
        assert_eq!(read.counted(), learned.journey.counted());
    }
}

#[test]
fn customers_without_memory_are_seldom_given_one() {
    let mut chosen = 0;
    for seed in 0..100 {
        let log = orders(100 + seed, 300, false);
        let remembers = learned(&log, Remember::Auto).remembers.unwrap();
        chosen += usize::from(!remembers.facts.is_empty());
    }
    assert!(chosen <= 5, "{chosen} of 100");
}

/// Journeys walked on a map that forgets: where customers go, what they feel and how they end depends on where they are only.
fn walked(seed: u64, number: usize) -> EventLog {
    let mut rng = Rng::new(seed);
    let places = 3 + rng.below(5);
    let weight = |rng: &mut Rng| (1 + rng.below(6)) as f64;
    let onward: Vec<Vec<f64>> = (0..places)
        .map(|_| (0..places + 3).map(|_| weight(&mut rng)).collect())
        .collect();
    let kept: Vec<f64> = (0..places).map(|_| 0.5 + rng.unit() / 2.0).collect();
    let mut log = EventLog::default();
    for journey in 0..number {
        let name = format!("j{journey}");
        let (mut at, mut step) = (rng.below(3), 0);
        loop {
            step += 1;
            let touchpoint = format!("place {at}");
            let channel = format!("channel {}", at % 3);
            let mut event = EventRef::new(&name, &touchpoint)
                .channel(&channel)
                .sequence(step);
            if at % 3 == 1 {
                let is_kept = rng.chance(kept[at]);
                let result = if is_kept {
                    PromiseResult::Kept
                } else {
                    PromiseResult::Broken
                };
                event = event.promise(result);
            } else if rng.chance(0.7) {
                event = event.emotion((rng.below(9) as f64 - 4.0) / 4.0);
            }
            let total: f64 = onward[at].iter().sum();
            let ways = onward[at].iter().map(|weight| weight / total).enumerate();
            let next = rng.draw(ways);
            if next >= places {
                let ending = ["stays", "buys", "leaves"][next - places];
                log.record(event.outcome(ending)).unwrap();
                break;
            }
            log.record(event).unwrap();
            at = next;
        }
    }
    log
}

#[test]
fn journeys_walked_on_maps_that_forget_are_seldom_given_memory() {
    let mut chosen = 0;
    for seed in 0..100 {
        let log = walked(7_000 + seed, 250);
        let remembers = learned(&log, Remember::Auto).remembers.unwrap();
        chosen += usize::from(!remembers.facts.is_empty());
    }
    assert!(chosen <= 5, "{chosen} of 100");
}

#[test]
fn stated_facts_are_drawn_and_unknown_ones_named() {
    let log = orders(2, 200, true);
    let options = LearnOptions::new().other_phases(Phase::During);
    let journey = log
        .learn(&options.clone().remember(Fact::visited("called", "call")))
        .unwrap()
        .journey;
    assert_eq!(journey.remembers().len(), 1);
    let counted: f64 = journey.transitions().map(|(_, _, way)| way.weight).sum();
    let plain = log.learn(&options).unwrap().journey;
    let all: f64 = plain.transitions().map(|(_, _, way)| way.weight).sum();
    assert_eq!(counted, all);
    let fact = Fact::visited("called", "cal");
    let error = log
        .learn(&options.clone().remember(fact))
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("\"cal\"") && error.contains("\"call\""),
        "{error}"
    );
    // A tally has forgotten.
    let mut tally = Tally::default();
    tally.record(EventRef::new("one", "order")).unwrap();
    let fact = Fact::new("kept", FactKind::Broken);
    let error = tally.learn(&options.remember(fact)).unwrap_err();
    assert!(matches!(error, LearnError::Forgotten { .. }));
}
