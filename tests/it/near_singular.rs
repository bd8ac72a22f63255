//! Loops that are hardly ever left, against closed forms in which nothing is subtracted.

use crate::generate::{Drawing, Spot, Way};
use customer_journey::{Flow, PromiseResult, Report};

/// What is promised for probabilities, relative, however tight the loops.
const PROMISED: f64 = 1e-12;

#[track_caller]
fn close(got: impl Into<Option<f64>>, expected: f64) {
    let got = got.into().unwrap();
    let error = (got / expected - 1.0).abs();
    assert!(error <= PROMISED, "{got:e} instead of {expected:e}");
}

fn spot(id: &str, ends: &[(&str, f64)]) -> Spot {
    let mut spot = Spot::new(id);
    spot.ends = ends.iter().map(|&(o, w)| (o.to_owned(), w, None)).collect();
    spot
}

fn way(from: usize, to: usize, weight: f64) -> Way {
    Way {
        from,
        to,
        weight,
        when: None,
        wait_s: None,
    }
}

/// The journey begins at the first touchpoint.
fn flow(mut spots: Vec<Spot>, ways: Vec<Way>) -> Flow {
    spots[0].starts = Some(1.0);
    let drawing = Drawing {
        spots,
        ways,
        ..Drawing::default()
    };
    drawing.journey().flow().unwrap()
}

fn chance(report: &Report, name: &str) -> f64 {
    let mut outcomes = report.outcomes.iter();
    outcomes
        .find(|o| o.outcome.as_str() == name)
        .unwrap()
        .probability
}

/// Rounds of a loop for one journey that leaves it.
const ROUNDS: [f64; 7] = [1e3, 1e6, 1e9, 1e12, 1e13, 1e14, 1e15];

#[test]
fn one_loop_with_two_exits() {
    for rounds in ROUNDS {
        let call = spot("call", &[("loyalty", 3.0), ("churn", 1.0)]);
        let report = flow(vec![call], vec![way(0, 0, rounds)]).report();
        // Of rounds + 4 that leave the touchpoint 4 leave the journey.
        close(report.length, (rounds + 4.0) / 4.0);
        close(report.touchpoints[0].visits, (rounds + 4.0) / 4.0);
        close(report.touchpoints[0].repeats, (rounds + 4.0) / 4.0);
        close(report.touchpoints[0].remaining, (rounds + 4.0) / 4.0);
        close(report.touchpoints[0].reach, 1.0);
        close(chance(&report, "loyalty"), 0.75);
        close(chance(&report, "churn"), 0.25);
        // The loop decides nothing: 3/4 * 1/4 + 1/4 * 3/4.
        close(report.touchpoints[0].outcomes[0].decides, 3.0 / 8.0);
        close(report.touchpoints[0].outcomes[0].coverage, 1.0);
    }
}

#[test]
fn leaks_far_below_the_spacing_of_numbers_at_one() {
    for leak in [1e-12, 1e-16, 1e-18, 1e-30, 1e-100] {
        let call = spot("call", &[("loyalty", 3.0 * leak), ("churn", leak)]);
        let rare = spot("rare", &[("other", 1.0)]);
        let ways = vec![way(0, 0, 1.0), way(0, 1, 12.0 * leak)];
        let flow = flow(vec![call, rare], ways);
        // 16 leaks to 1 that stays; 1 is added for the visit that leaves.
        close(flow.visits("call"), 1.0 / (16.0 * leak) + 1.0);
        close(flow.touchpoints()[0].repeats, 1.0 / (16.0 * leak) + 1.0);
        close(flow.reach("rare"), 0.75);
        close(flow.touchpoints()[1].reach, 0.75);
        close(flow.probability(&"loyalty".into()), 3.0 / 16.0);
        close(flow.probability(&"churn".into()), 1.0 / 16.0);
        close(flow.probability(&"other".into()), 0.75);
    }
}

#[test]
fn a_promise_kept_a_million_million_times() {
    for rounds in ROUNDS {
        let mut retry = Spot::new("retry");
        retry.promise = Some([rounds, 2.0, 1.0]);
        retry.ends = vec![
            ("churn".into(), 1.0, Some(PromiseResult::Broken)),
            ("loyalty".into(), 1.0, Some(PromiseResult::Unknown)),
        ];
        let mut again = way(0, 0, 1.0);
        again.when = Some(PromiseResult::Kept);
        let report = flow(vec![retry], vec![again]).report();
        close(report.length, (rounds + 3.0) / 3.0);
        close(chance(&report, "churn"), 2.0 / 3.0);
        close(chance(&report, "loyalty"), 1.0 / 3.0);
        close(report.touchpoints[0].broken, 2.0 / 3.0);
    }
}

#[test]
fn retries_after_retries() {
    const LINKS: usize = 40;
    let rounds = |k: usize| f64::powi(10.0, i32::try_from(k % 16).unwrap());
    let mut spots: Vec<Spot> = (0..LINKS)
        .map(|k| spot(&format!("try {k}"), &[("churn", 1.0)]))
        .collect();
    let mut ways = Vec::new();
    for k in 0..LINKS {
        ways.push(way(k, k, rounds(k)));
        ways.push(way(k, k + 1, 2.0));
    }
    spots.push(spot("done", &[("loyalty", 1.0)]));
    let flow = flow(spots, ways);
    let report = flow.report();
    // Whoever comes to a try goes on to the next one with 2/3.
    let reach = |k: usize| (2.0 / 3.0_f64).powi(i32::try_from(k).unwrap());
    let mut length = reach(LINKS);
    for (k, figures) in report.touchpoints.iter().enumerate() {
        close(figures.reach, reach(k));
        if k < LINKS {
            let visits = reach(k) * (rounds(k) + 3.0) / 3.0;
            length += visits;
            close(figures.visits, visits);
            close(figures.repeats, (rounds(k) + 3.0) / 3.0);
        }
        let ahead = flow.ahead(&figures.id).unwrap();
        close(ahead.chance_of(&"loyalty".into()), reach(LINKS - k));
        let loyalty = &figures.outcomes[1];
        assert_eq!(loyalty.outcome.as_str(), "loyalty");
        close(loyalty.coverage, 1.0);
        close(loyalty.lift, 1.0 / reach(k));
    }
    close(report.length, length);
    close(chance(&report, "loyalty"), reach(LINKS));
}

#[test]
fn three_that_send_customers_round() {
    for w in ROUNDS {
        let spots = vec![
            spot("a", &[("x", 1.0)]),
            spot("b", &[("y", 2.0)]),
            spot("c", &[("z", 3.0)]),
        ];
        let ways = vec![way(0, 1, w), way(1, 2, w), way(2, 0, w)];
        let report = flow(spots, ways).report();
        // Round once with w^3 of (w + 1) (w + 2) (w + 3); the rest is 6 w^2 + 11 w + 6 of it.
        let rest = 6.0 * w * w + 11.0 * w + 6.0;
        close(chance(&report, "x"), (w + 2.0) * (w + 3.0) / rest);
        close(chance(&report, "y"), 2.0 * w * (w + 3.0) / rest);
        close(chance(&report, "z"), 3.0 * w * w / rest);
        let [a, b, c] = &report.touchpoints[..] else {
            panic!()
        };
        close(a.visits, (w + 1.0) * ((w + 2.0) * (w + 3.0) / rest));
        close(b.visits, w * ((w + 2.0) * (w + 3.0) / rest));
        close(
            c.visits,
            w * (w / (w + 2.0) * ((w + 2.0) * (w + 3.0) / rest)),
        );
        close(a.reach, 1.0);
        close(b.reach, w / (w + 1.0));
        close(c.reach, w / (w + 1.0) * (w / (w + 2.0)));
        // From b: y with 2/(w + 2), else from c.
        let from_b = 2.0 * (w + 1.0) * (w + 3.0) / rest;
        close(b.outcomes[1].probability, from_b);
        close(a.outcomes[1].probability, w / (w + 1.0) * from_b);
    }
}

#[test]
fn the_worst_of_a_million_rounds() {
    for (bad, rounds) in [
        (1e-3, 1e3),
        (1e-9, 1e6),
        (1e-12, 1e6),
        (1e-15, 1e9),
        (1e-12, 1e15),
    ] {
        let mut call = spot("call", &[("loyalty", 1.0)]);
        call.feels[0] = Some(vec![(-1.0, bad), (0.5, 1.0)]);
        let report = flow(vec![call], vec![way(0, 0, rounds)]).report();
        // A visit is bad with d / (1 + d); a good one is the last with 1 / (1 + rounds). Which comes first?
        let met = bad * (1.0 + rounds);
        let worst = &report.trajectory.worst.distribution;
        close(worst[0].probability, met / (met + 1.0));
        close(worst[1].probability, 1.0 / (met + 1.0));
    }
}

#[test]
fn two_rare_channels_on_one_journey() {
    for ending in [1.0, 1e3, 1e6, 1e9] {
        let hub = spot("hub", &[("loyalty", ending)]);
        let mut chat = Spot::new("chat");
        let mut phone = Spot::new("phone");
        (chat.channel, chat.need) = ("chat", Some("help"));
        (phone.channel, phone.need) = ("phone", Some("help"));
        let ways = vec![
            way(0, 0, 1e12),
            way(0, 1, 1.0),
            way(0, 2, 1.0),
            way(1, 0, 1.0),
            way(2, 0, 1.0),
        ];
        let report = flow(vec![hub, chat, phone], ways).report();
        // First one of the two before the end, then the other one before the end.
        let both = 2.0 / ((2.0 + ending) * (1.0 + ending));
        close(report.channels.needs[0].pairs[0].both.unwrap(), both);
        close(report.touchpoints[1].reach, 1.0 / (1.0 + ending));
    }
}

#[test]
fn a_phase_that_hardly_anybody_enters() {
    for leak in [1e-3, 1e-9, 1e-15] {
        let mut hub = spot("hub", &[("loyalty", 1.0)]);
        hub.phase = customer_journey::Phase::Before;
        let ways = vec![
            way(0, 0, 1e9),
            way(0, 1, leak),
            way(0, 2, leak),
            way(1, 0, 1.0),
            way(2, 0, 1.0),
        ];
        let report = flow(vec![hub, Spot::new("x"), Spot::new("y")], ways).report();
        let entered = 2.0 * leak / (1.0 + 2.0 * leak);
        close(report.trajectory.phases[1].reach, entered);
    }
}
