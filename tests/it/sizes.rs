//! Journeys that are long, wide, heavy or light.

use customer_journey::journey::Shade;
use customer_journey::{Channel, Journey, Outcome, Phase, Promise, Touchpoint};

/// Some thousand roundings.
const CLOSE: f64 = 1e-11;

fn phase(i: usize, n: usize) -> Phase {
    Phase::ALL[3 * i / n]
}

#[test]
fn a_hundred_thousand_touchpoints_in_a_line() {
    const N: usize = 100_000;
    let mut builder = Journey::builder("line");
    for i in 0..N {
        let mut touchpoint = Touchpoint::new(i.to_string(), phase(i, N), Channel::Web);
        if i % 2 == 0 {
            touchpoint = touchpoint.feels(if i % 4 == 0 { 0.5 } else { -0.5 });
        }
        if i == 0 {
            touchpoint = touchpoint.starts(1.0);
        }
        builder = builder.touchpoint(touchpoint);
        if i > 0 {
            builder = builder.transition((i - 1).to_string(), i.to_string(), 1.0);
        }
    }
    let report = builder.build().unwrap().flow().unwrap().report();
    assert_eq!(report.length, N as f64);
    assert_eq!(report.touchpoints[N - 1].visits, 1.0);
    assert_eq!(report.touchpoints[0].remaining, Some(N as f64));
    assert_eq!(report.outcomes[0].outcome, Outcome::Unstated);
    assert_eq!(report.outcomes[0].probability, 1.0);
    assert_eq!(report.trajectory.mean, Some(0.0));
    assert_eq!(report.trajectory.worst.mean, Some(-0.5));
    assert_eq!(report.trajectory.best.mean, Some(0.5));
    assert_eq!(report.trajectory.curve.len(), 50);
    assert_eq!(report.trajectory.paths.len(), 1);
    assert_eq!(report.trajectory.paths[0].touchpoints.len(), N);
    assert_eq!(report.pain_points.len(), N / 4);
}

#[test]
fn twenty_thousand_touchpoints_with_local_loops() {
    const N: usize = 20_000;
    let mut builder = Journey::builder("forward");
    let id = |i: usize| format!("t{i}");
    for i in 0..N {
        let mut touchpoint = Touchpoint::new(id(i), phase(i, N), Channel::Web)
            .feels((i % 9) as f64 / 4.0 - 1.0)
            .ends(Outcome::Churn, 0.001);
        if i == 0 {
            touchpoint = touchpoint.starts(1.0);
        }
        if i == N - 1 {
            touchpoint = touchpoint.ends(Outcome::Loyalty, 1.0);
        }
        builder = builder.touchpoint(touchpoint);
        if i + 1 < N {
            builder = builder.transition(id(i), id(i + 1), 3.0);
        }
        if i % 10 == 5 {
            builder = builder.transition(id(i), id(i - 3), 1.0);
        }
    }
    let flow = builder.build().unwrap().flow().unwrap();
    let report = flow.report();
    let sum: f64 = report.outcomes.iter().map(|o| o.probability).sum();
    assert!((sum - 1.0).abs() < CLOSE);
    // The loop of t2..t5: on with 3 / 3.001 but at t5 on with 3 / 4.001 and back with 1 / 4.001.
    let on = 3.0 / 3.001;
    let back = on * on * on / 4.001;
    let visits = on * on / (1.0 - back);
    assert!((flow.visits("t2").unwrap() - visits).abs() < CLOSE);
    assert!((flow.reach("t2").unwrap() - on * on).abs() < CLOSE);
    // Ten touchpoints further on, the same again.
    let along = on.powi(9) * (3.0 / 4.001) / (1.0 - back);
    let ratio = flow.visits("t512").unwrap() / flow.visits("t502").unwrap();
    assert!((ratio / along - 1.0).abs() < CLOSE);
    let ratio = flow.reach("t10005").unwrap() / flow.reach("t9995").unwrap();
    assert!((ratio / along - 1.0).abs() < CLOSE);
    assert!((report.touchpoints[0].remaining.unwrap() / report.length - 1.0).abs() < CLOSE);
}

#[test]
fn a_thousand_outcomes() {
    let mut touchpoint = Touchpoint::new("end", Phase::After, Channel::Web);
    for k in 1..=1000_u32 {
        touchpoint = touchpoint.ends(format!("outcome {k:04}"), f64::from(k));
    }
    let report = Journey::builder("many endings")
        .touchpoint(Touchpoint::new("start", Phase::Before, Channel::Web))
        .touchpoint(touchpoint)
        .transition("start", "end", 1.0)
        .build()
        .unwrap()
        .flow()
        .unwrap()
        .report();
    assert_eq!(report.outcomes.len(), 1000);
    for (share, k) in report.outcomes.iter().zip(1..=1000_u32) {
        assert_eq!(share.outcome.as_str(), format!("outcome {k:04}"));
        assert!((share.probability * 500_500.0 / f64::from(k) - 1.0).abs() < 1e-12);
    }
    assert_eq!(report.touchpoints[0].outcomes.len(), 1000);
    assert_eq!(report.trajectory.paths.len(), 10);
    assert_eq!(report.trajectory.paths[0].outcome.as_str(), "outcome 1000");
}

#[test]
fn many_needs_and_many_channels() {
    const NEEDS: usize = 150;
    const CHANNELS: usize = 40;
    let mut builder = Journey::builder("wide");
    let mut last: Option<String> = None;
    let mut add = |id: String, need: String, channel: String, valence: f64| {
        let touchpoint = Touchpoint::new(&id, Phase::During, channel)
            .need(need)
            .feels(valence);
        builder = std::mem::take(&mut builder).touchpoint(touchpoint);
        if let Some(before) = last.replace(id.clone()) {
            builder = std::mem::take(&mut builder).transition(before, id, 1.0);
        }
    };
    for need in 0..NEEDS {
        for (channel, valence) in [("web", 0.5), ("phone", -0.5)] {
            add(
                format!("{need} {channel}"),
                format!("need {need:03}"),
                channel.into(),
                valence,
            );
        }
    }
    for channel in 0..CHANNELS {
        add(
            format!("all {channel}"),
            "zzz".into(),
            format!("channel {channel:02}"),
            0.25,
        );
    }
    let channels = builder
        .build()
        .unwrap()
        .flow()
        .unwrap()
        .channel_consistency();
    assert_eq!(channels.needs.len(), NEEDS + 1);
    for need in &channels.needs[..NEEDS] {
        assert_eq!(need.pairs.len(), 1);
        assert!((need.pairs[0].both.unwrap() - 1.0).abs() < CLOSE);
        assert!((need.inconsistency.unwrap() - 0.5).abs() < CLOSE);
    }
    let all = &channels.needs[NEEDS];
    assert_eq!(all.pairs.len(), CHANNELS * (CHANNELS - 1) / 2);
    assert!(
        all.pairs
            .iter()
            .all(|pair| (pair.both.unwrap() - 1.0).abs() < CLOSE)
    );
    // 150 needs of two visits at 1/2, one of 40 at 0.
    let whole = 0.5 * 300.0 / 340.0;
    assert!((channels.inconsistency.unwrap() - whole).abs() < CLOSE);
}

#[test]
fn weights_at_both_ends_of_the_range() {
    for weight in [f64::MAX, 1e300, 1e-300, 5e-324] {
        let journey = Journey::builder("weights")
            .touchpoint(
                Touchpoint::new("a", Phase::Before, Channel::Web)
                    .starts(weight)
                    .promise(
                        Promise::new("p")
                            .kept(weight)
                            .broken(weight)
                            .unknown(weight),
                    )
                    .feels(customer_journey::Emotion::mix([
                        Shade::valence(1.0).weight(weight),
                        Shade::valence(-0.5).weight(weight),
                    ]))
                    .ends("x", weight)
                    .ends("y", weight),
            )
            .touchpoint(
                Touchpoint::new("b", Phase::After, Channel::Web)
                    .starts(weight)
                    .ends("x", weight),
            )
            .transition("a", "b", weight)
            .transition("a", "a", weight)
            .build()
            .unwrap();
        let flow = journey.flow().unwrap();
        // From a: b, a, x and y with 1/4 each; half begin at b. Visits to a: 1/2 * 4/3.
        assert!(
            (flow.visits("a").unwrap() - 2.0 / 3.0).abs() < CLOSE,
            "{weight:e}"
        );
        assert!((flow.probability(&"y".into()) - 1.0 / 6.0).abs() < CLOSE);
        let report = flow.report();
        assert!((report.trajectory.mean.unwrap() - 0.25).abs() < CLOSE);
        assert!((report.touchpoints[0].broken - 2.0 / 9.0).abs() < CLOSE);
        assert!((report.touchpoints[0].hurt.unwrap() - 1.0 / 6.0).abs() < CLOSE);
    }
}

#[test]
fn weights_that_have_nothing_in_common() {
    // What is this unlikely is lost in a number, and must not spoil the rest.
    let flow = Journey::builder("apart")
        .touchpoint(
            Touchpoint::new("a", Phase::Before, Channel::Web)
                .starts(1e300)
                .feels(0.5)
                .ends("x", 1e300),
        )
        .touchpoint(
            Touchpoint::new("b", Phase::After, Channel::Web)
                .starts(5e-324)
                .feels(-1.0)
                .ends("y", 5e-324),
        )
        .transition("a", "b", 5e-324)
        .transition("b", "b", 1e300)
        .transition("b", "a", 1e300)
        .build()
        .unwrap()
        .flow()
        .unwrap();
    let report = flow.report();
    assert!((flow.probability(&"x".into()) - 1.0).abs() < CLOSE);
    assert!((report.length - 1.0).abs() < CLOSE);
    for figures in &report.touchpoints {
        let figures = [
            figures.visits,
            figures.hurt.unwrap_or(0.0),
            figures.reach.unwrap(),
        ];
        assert!(figures.iter().all(|figure| figure.is_finite()));
    }
    assert!((report.trajectory.mean.unwrap() - 0.5).abs() < CLOSE);
    assert!((report.trajectory.worst.mean.unwrap() - 0.5).abs() < CLOSE);
}

#[test]
fn names_of_any_length() {
    let long = "ä \u{1f600}\n".repeat(20_000);
    let flow = Journey::builder(&long)
        .touchpoint(
            Touchpoint::new(&long, Phase::Before, long.as_str())
                .need(&long)
                .says(&long)
                .feels(-0.5),
        )
        .touchpoint(
            Touchpoint::new(format!("{long}2"), Phase::Before, Channel::Web)
                .need(&long)
                .ends(long.as_str(), 1.0),
        )
        .transition(&long, format!("{long}2"), 1.0)
        .build()
        .unwrap()
        .flow()
        .unwrap();
    assert_eq!(flow.visits(&long), Some(1.0));
    let report = flow.report();
    assert_eq!(report.pain_points[0].id, long);
    assert_eq!(report.channels.needs[0].pairs[0].both, Some(1.0));
    assert!(!format!("{report}").is_empty());
}
