//! Channels of journeys that were learned whole: these are what is dealt, and not visits.

use crate::generate::Rng;
use customer_journey::analysis::{PairTest, Verdict};
use customer_journey::{
    EventLog, EventRef, Flow, Journey, LearnOptions, Outcome, Phase, Touchpoint,
};

const FELT: [f64; 3] = [-0.5, 0.0, 0.5];

fn plan() -> Journey {
    let at = |channel: &str| {
        Touchpoint::new(channel, Phase::During, channel)
            .need("help")
            .starts(1.0)
            .ends(Outcome::Loyalty, 1.0)
    };
    let plan = Journey::builder("help");
    let plan = plan.touchpoint(at("chat")).touchpoint(at("phone"));
    plan.build().unwrap()
}

/// Journeys by the channels that they meet, each with what is felt there, ten times over.
fn learned(journeys: &[Vec<(&str, f64)>]) -> Flow {
    let mut log = EventLog::default();
    for (number, journey) in journeys.iter().enumerate() {
        let name = number.to_string();
        for &(channel, felt) in journey {
            for _ in 0..10 {
                let event = EventRef::new(&name, channel).channel(channel);
                log.record(event.emotion(felt).outcome("stays")).unwrap();
            }
        }
    }
    let options = LearnOptions::new().onto(&plan());
    log.learn(&options).unwrap().journey.flow().unwrap()
}

fn test(flow: &Flow) -> (PairTest, Option<Verdict>) {
    let needs = flow.channel_consistency().needs;
    let pair = &needs[0].pairs[0];
    assert_eq!((pair.a.as_str(), pair.b.as_str()), ("chat", "phone"));
    (pair.counted.unwrap().test.unwrap(), pair.verdict)
}

/// Where nothing differs 5 of 100 find something; by dealing visits, more than half.
#[test]
fn journeys_that_say_the_same_ten_times_count_once() {
    let (mut found, mut by_visits) = (0, 0);
    for seed in 0..60 {
        let mut rng = Rng::new(seed);
        let journeys: Vec<Vec<(&str, f64)>> = (0..30)
            .map(|number| vec![(["chat", "phone"][number % 2], rng.pick(&FELT))])
            .collect();
        let flow = learned(&journeys);
        let (counted, _) = test(&flow);
        assert_eq!((counted.units, counted.permutations), (Some(30), 999));
        found += u32::from(counted.p <= 0.05);
        let (of_map, _) = test(&flow.modelled());
        assert_eq!(of_map.units, None);
        assert!((of_map.mean_difference - counted.mean_difference).abs() < 1e-9);
        by_visits += u32::from(of_map.p <= 0.05);
    }
    assert!(found <= 8, "{found} of 60");
    assert!(by_visits >= 30, "{by_visits} of 60");
}

/// Everybody meets both channels in a mood of their own, and feels a little worse on the phone: only against themselves is that seen.
#[test]
fn customers_are_held_against_themselves() {
    let mut rng = Rng::new(3);
    let journeys: Vec<Vec<(&str, f64)>> = (0..20)
        .map(|_| {
            let mood = [-0.7, 0.3, 1.0][rng.below(3)];
            vec![("chat", mood), ("phone", mood - 0.3)]
        })
        .collect();
    let flow = learned(&journeys);
    let (found, verdict) = test(&flow);
    assert!((found.mean_difference - 0.3).abs() < 1e-9);
    assert!((found.low - 0.3).abs() < 1e-9 && (found.high - 0.3).abs() < 1e-9);
    assert!(found.p < 0.01, "{found:?}");
    assert_eq!(verdict, Some(Verdict::Different));
    let text = flow.channel_consistency().text().to_string();
    assert!(text.contains("whole journeys say"), "{text}");
}

#[cfg(feature = "serde")]
#[test]
fn documents_keep_what_was_found() {
    let flow = learned(&[
        vec![("chat", 0.5)],
        vec![("phone", -0.5)],
        vec![("chat", 0.0), ("phone", 0.0)],
    ]);
    let document = serde_json::to_string(flow.journey()).unwrap();
    let read: Journey = serde_json::from_str(&document).unwrap();
    assert_eq!(test(&read.flow().unwrap()), test(&flow));
    assert_eq!(read.counted().unwrap().channels.len(), 1);
}
