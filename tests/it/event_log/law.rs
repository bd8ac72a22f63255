//! The law of learned maps whose customers remember: whatever the fact and whatever the log, the map has exactly the joint law of the fact
//! at the end and the ending that was counted. Counted here by automata of its own.

use std::collections::BTreeMap;

use proptest::prelude::*;

use crate::generate::Rng;
use crate::steady::cases;
use customer_journey::events::{LoggedJourney, Remember};
use customer_journey::facts::{Fact, FactKind, FeltLevel, StartOf};
use customer_journey::{Change, EventLog, EventRef, Journey, LearnOptions, Phase, PromiseResult};

/// Where customers are, through which channel, and whether "on time" is put to the test.
const PLACES: [(&str, &str, bool); 6] = [
    ("search", "web", false),
    ("call", "phone", false),
    ("delivery", "courier", true),
    ("repair", "courier", true),
    ("chat", "web", false),
    ("review", "email", false),
];

/// Journeys that go on, feel and end by all that happened to them before.
fn log(seed: u64) -> EventLog {
    let mut rng = Rng::new(seed);
    let mut log = EventLog::default();
    for journey in 0..40 + rng.below(80) {
        let name = format!("j{journey}");
        let steps = 1 + rng.below(9);
        let (mut place, mut trouble) = (rng.below(4), rng.below(2));
        for step in 0..steps {
            let (at, channel, tests) = PLACES[place];
            let mut event = EventRef::new(&name, at)
                .channel(channel)
                .sequence(step as i64);
            if rng.below(5) > 0 {
                event = event.segment(if journey % 3 == 0 { "new" } else { "returning" });
            }
            if tests {
                event = event.promise_name("on time");
                let result = rng.below(4 + trouble);
                if result < 3 {
                    event = event.promise(
                        [
                            PromiseResult::Kept,
                            PromiseResult::Unknown,
                            PromiseResult::Broken,
                        ][result],
                    );
                }
                trouble += usize::from(result == 2);
            }
            if rng.below(3) > 0 {
                event = event.emotion(
                    rng.pick(&[-1.0, -0.5, -0.25, 0.0, 0.25, 1.0]) / (1.0 + trouble as f64),
                );
            }
            if step + 1 == steps {
                let ending = rng.below(3 + trouble.min(3));
                event = event.outcome(["stays", "buys", "leaves"][ending.min(2)]);
            }
            log.record(event).unwrap();
            place = (place + 1 + rng.below(2 + trouble.min(3))) % PLACES.len();
        }
    }
    log
}

/// Every kind of fact whose value is all that it keeps (a mood keeps a mean), with levels and names that matter here.
fn facts() -> Vec<Fact> {
    let low = FeltLevel::AtMost(-0.25);
    let levels = vec![-0.25, 0.2];
    vec![
        Fact::first("first", "on time"),
        Fact::start_channel("channel"),
        Fact::new("web", FactKind::Start(StartOf::Channel(vec!["web".into()]))),
        Fact::start_touchpoint("began"),
        Fact::start_segment("segment"),
        Fact::visited("called", "call"),
        Fact::times("calls", "call"),
        Fact::felt_at("upset", "delivery", low),
        Fact::felt("pleased", FeltLevel::AtLeast(0.2)),
        Fact::new(
            "lowest",
            FactKind::Lowest {
                levels: levels.clone(),
            },
        ),
        Fact::new("highest", FactKind::Highest { levels }),
        Fact::new("broken", FactKind::Broken),
        Fact::new("moments", FactKind::Moments { from: vec![2, 4] }),
    ]
}

/// What a customer remembers at the end, read off the whole journey.
fn remembered(fact: &Fact, journey: &LoggedJourney<'_>) -> String {
    let moments: Vec<_> = journey.moments().collect();
    let places: Vec<&str> = moments.iter().map(|moment| moment.touchpoint()).collect();
    let felt: Vec<f64> = moments
        .iter()
        .filter_map(|moment| moment.valence())
        .collect();
    let tested = |at: &str| PLACES.iter().any(|&(id, _, tests)| id == at && tests);
    let results: Vec<PromiseResult> = moments
        .iter()
        .filter(|moment| tested(moment.touchpoint()))
        .map(|moment| moment.promise().unwrap_or(PromiseResult::Unknown))
        .collect();
    let yes = |is: bool| if is { "yes" } else { "no" }.to_owned();
    let counted = |number: usize| match number {
        0 | 1 => number.to_string(),
        _ => "2+".to_owned(),
    };
    let class = |extreme: Option<f64>| match extreme {
        None => "none",
        Some(felt) if felt <= -0.25 => "up to -0.25",
        Some(felt) if felt <= 0.2 => "up to 0.2",
        Some(_) => "above 0.2",
    };
    match fact.name.as_str() {
        "first" => {
            let known = results
                .iter()
                .find(|&&result| result != PromiseResult::Unknown);
            known
                .or(results.first())
                .map_or("none", |result| result.as_str())
                .to_owned()
        }
        "channel" => moments[0].channel().unwrap().to_owned(),
        "web" if moments[0].channel() == Some("web") => "web".to_owned(),
        "web" => "other".to_owned(),
        "began" => places[0].to_owned(),
        "segment" => journey.segment().unwrap_or("not stated").to_owned(),
        "called" => yes(places.contains(&"call")),
        "calls" => counted(places.iter().filter(|&&at| at == "call").count()),
        "upset" => yes(moments.iter().any(|moment| {
            moment.touchpoint() == "delivery" && moment.valence().is_some_and(|felt| felt <= -0.25)
        })),
        "pleased" => yes(felt.iter().any(|&felt| felt >= 0.2)),
        "lowest" => class(felt.iter().copied().reduce(f64::min)).to_owned(),
        "highest" => class(felt.iter().copied().reduce(f64::max)).to_owned(),
        "broken" => counted(
            results
                .iter()
                .filter(|&&result| result == PromiseResult::Broken)
                .count(),
        ),
        // Learned maps tell them one by one.
        "moments" if moments.len() < 4 => moments.len().to_string(),
        "moments" => "4+".to_owned(),
        other => panic!("{other}"),
    }
}

fn learned(log: &EventLog, facts: Vec<Fact>) -> Journey {
    let options = LearnOptions::new().other_phases(Phase::During);
    log.learn(&options.remembering(Remember::Facts(facts)))
        .unwrap()
        .journey
}

/// Holds the map's joint law of each fact at the end and the ending against the count.
fn check(log: &EventLog, facts: Vec<Fact>) {
    let journey = learned(log, facts.clone());
    let all = log.journeys().count() as f64;
    let told = journey.flow().unwrap().facts();
    for (fact, told) in facts.iter().zip(told) {
        let mut counts = BTreeMap::<(String, String), f64>::new();
        for journey in log.journeys() {
            let ending = journey.outcome().unwrap_or("unstated").to_owned();
            *counts
                .entry((remembered(fact, &journey), ending))
                .or_default() += 1.0 / all;
        }
        let mut found = 0;
        for value in &told.values {
            for ending in &value.outcomes {
                let share = value.share * ending.probability;
                let key = (value.value.clone(), ending.outcome.as_str().to_owned());
                let counted = counts.get(&key).copied().unwrap_or(0.0);
                found += usize::from(counts.contains_key(&key));
                assert!(
                    (share - counted).abs() < 1e-12,
                    "{} is {} and {}: {share} on the map, {counted} counted",
                    fact.name,
                    key.0,
                    key.1
                );
            }
        }
        assert_eq!(found, counts.len(), "{}: {counts:?}", fact.name);
    }
}

proptest! {
    #![proptest_config(cases(12))]

    #[test]
    fn a_learned_map_has_the_counted_joint_law_of_its_fact_and_the_ending(seed in any::<u64>()) {
        let log = log(seed);
        let facts = facts();
        for fact in &facts {
            check(&log, vec![fact.clone()]);
        }
        // Several at once.
        let mut rng = Rng::new(seed);
        let some = (0..3).map(|_| facts[rng.below(facts.len())].clone());
        let mut some: Vec<Fact> = some.collect();
        some.sort_by(|a, b| a.name.cmp(&b.name));
        some.dedup();
        check(&log, some);
    }

    #[test]
    fn a_learned_map_answers_as_counted_what_its_fact_was_kept_for(seed in any::<u64>()) {
        let log = log(seed);
        let low = FeltLevel::AtMost(-0.25);
        let levels = || vec![-0.5, -0.25, 0.0];
        is_told(&log, Fact::first("f", "on time"), &[("outcome_when_kept", None), ("outcome_when_broken", None)]);
        is_told(&log, Fact::start_channel("f"), &[("outcome_by_start", None)]);
        is_told(&log, Fact::visited("f", "call"), &[("outcome_after_visit", Some("call")), ("reach", Some("call"))]);
        is_told(&log, Fact::felt_at("f", "repair", low), &[("outcome_after_bad", Some("repair"))]);
        is_told(&log, Fact::felt("f", low), &[("unhappy", None)]);
        is_told(&log, Fact::new("f", FactKind::Lowest { levels: levels() }), &[("worst_at_most", None), ("unhappy", None)]);
        is_told(&log, Fact::new("f", FactKind::Broken), &[("tries", None)]);
    }
}

/// The figures of the map that a fact makes true.
fn is_told(log: &EventLog, fact: Fact, told: &[(&str, Option<&str>)]) {
    let what = fact.kind.to_string();
    let fit = learned(log, vec![fact]).flow().unwrap().fit().unwrap();
    for known in &fit.figures {
        let of = known.of.first().map(ToString::to_string);
        let is_told = |&(figure, at): &(&str, Option<&str>)| {
            known.figure.as_str() == figure && (at.is_none() || at == of.as_deref())
        };
        // What the map has no figure for is told as counted anyway.
        if let (true, Some(modelled)) = (told.iter().any(is_told), known.modelled) {
            assert!(
                (modelled - known.counted).abs() < 1e-12,
                "{what}: {} {:?}: {modelled} {}",
                known.figure.as_str(),
                known.of,
                known.counted
            );
        }
    }
}

proptest! {
    #![proptest_config(cases(12))]

    /// Forgetting a fact gives the map that was learned without it.
    #[test]
    fn a_learned_map_forgets_as_if_it_had_never_known(seed in any::<u64>()) {
        let log = log(seed);
        let mut rng = Rng::new(seed);
        let facts = facts();
        let one = facts[rng.below(facts.len())].clone();
        let other = facts[rng.below(facts.len())].clone();
        prop_assume!(one.name != other.name);
        let both = learned(&log, vec![one.clone(), other.clone()]);
        let forgotten = both.with_changes(&[Change::forget(one.name.as_str())]).unwrap();
        same(&forgotten, &learned(&log, vec![other.clone()]));
        let all = [Change::forget(one.name.as_str()), Change::forget(other.name.as_str())];
        same(&both.with_changes(&all).unwrap(), &learned(&log, vec![]));
    }
}

/// Holds maps against each other by what their flows say.
fn same(a: &Journey, b: &Journey) {
    assert_eq!(a.remembers().len(), b.remembers().len());
    let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-12, "{a} {b}");
    let (a, b) = (a.flow().unwrap().modelled(), b.flow().unwrap().modelled());
    for (one, other) in a.outcomes().iter().zip(b.outcomes()) {
        assert_eq!(one.outcome, other.outcome);
        close(one.probability, other.probability);
    }
    for (one, other) in a.facts().iter().zip(b.facts()) {
        for (one, other) in one.values.iter().zip(&other.values) {
            assert_eq!(one.value, other.value);
            close(one.share, other.share);
        }
    }
    let (a, b) = (a.report(), b.report());
    close(a.length, b.length);
    for (one, other) in a.touchpoints.iter().zip(&b.touchpoints) {
        assert_eq!(one.id, other.id);
        close(one.visits, other.visits);
        close(one.mean.unwrap_or(2.0), other.mean.unwrap_or(2.0));
    }
}
