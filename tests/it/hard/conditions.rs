//! Figures of journeys that meet a condition, where that is rare, and of outcomes that hardly ever come.

use customer_journey::{
    Channel, Evidence, Flow, Journey, Outcome, Phase, Promise, PromiseResult, Touchpoint,
};

fn at(id: impl Into<String>) -> Touchpoint {
    Touchpoint::new(id, Phase::During, Channel::Web)
}

/// Two rare ways one after the other, and then a promise: the condition "found it broken" has the chance `way`^2 / 4.
fn two_rare_steps(way: f64) -> Flow {
    Journey::builder("rare")
        .touchpoint(at("a").starts(1.0).ends("x", 1.0))
        .touchpoint(at("b").ends("x", 1.0))
        .touchpoint(
            at("c")
                .promise(Promise::new("p").kept(3.0).broken(1.0))
                .feels(-0.5)
                .ends(Outcome::Churn, 2.0)
                .ends("rare", 1.0),
        )
        .transition("a", "b", way)
        .transition("b", "c", way)
        .build()
        .unwrap()
        .flow()
        .unwrap()
}

/// By hand: of those who find the promise broken two in three churn, and three in four tests are kept. So rare that digits
/// are lost, that is unknown, and it is never another number.
#[test]
fn shares_of_what_is_rare_are_exact_or_unknown() {
    let mut unknown = 0;
    for way in [
        1e-3, 1e-30, 1e-100, 1e-140, 1e-150, 1e-154, 1e-160, 1e-162, 1e-200,
    ] {
        let flow = two_rare_steps(way);
        let promises = flow.promises();
        let figures = &promises.ledger[0];
        let churn = |when: fn(&customer_journey::analysis::EndingByResult) -> Option<f64>| {
            let endings = figures.endings.as_ref()?;
            let mut outcomes = endings.outcomes.iter();
            when(outcomes.find(|ending| ending.outcome == Outcome::Churn)?)
        };
        let known = [
            (figures.kept_rate, 0.75),
            (churn(|ending| ending.when_broken), 2.0 / 3.0),
            (churn(|ending| ending.when_kept), 2.0 / 3.0),
            (flow.trajectory().mean, -0.5),
            (flow.trajectory().phases[1].negative, 1.0),
        ];
        for (place, (figure, expected)) in known.into_iter().enumerate() {
            match figure {
                Some(figure) => assert!(
                    (figure / expected - 1.0).abs() < 1e-12,
                    "{way:e}, {place}: {figure} for {expected}"
                ),
                None => unknown += 1,
            }
        }
        // What is common keeps its figures.
        if way >= 1e-140 {
            assert!(known.iter().all(|(figure, _)| figure.is_some()), "{way:e}");
        }
        for touchpoint in flow.touchpoints() {
            for figures in touchpoint.outcomes {
                assert!(figures.lift.is_none_or(f64::is_finite), "{way:e}");
            }
        }
    }
    assert!(unknown > 0);
}

/// A chain in which half of the journeys leave at each step: what the last touchpoint tests is found out once in 2^n.
#[test]
fn a_long_chain_never_ends_in_a_wrong_rate() {
    for n in [10_usize, 500, 950, 1020, 1070, 1074, 1080] {
        let mut map = Journey::builder("chain");
        for step in 0..n {
            let touchpoint = at(format!("t{step}")).ends(Outcome::Churn, 1.0);
            let touchpoint = if step == 0 {
                touchpoint.starts(1.0)
            } else {
                touchpoint
            };
            map = map.touchpoint(touchpoint).transition(
                format!("t{step}"),
                format!("t{}", step + 1),
                1.0,
            );
        }
        let last = at(format!("t{n}")).promise(Promise::new("p").kept(3.0).broken(1.0));
        let flow = map.touchpoint(last).build().unwrap().flow().unwrap();
        let rate = flow.promises().ledger[0].kept_rate;
        assert!(
            rate.is_none_or(|rate| (rate - 0.75).abs() < 1e-12),
            "{n}: {rate:?}"
        );
        assert_eq!(rate.is_some(), n <= 950, "{n}");
    }
}

/// An outcome of 1e-309: how many times likelier it becomes is beyond all numbers, and so unknown wherever it is asked.
#[test]
fn a_lift_beyond_all_numbers_is_unknown() {
    let flow = Journey::builder("lift")
        .touchpoint(at("a").starts(1.0))
        .touchpoint(at("b").ends(Outcome::Churn, 1.0))
        .touchpoint(at("c").ends("x", 1.0))
        .transition("a", "b", 1e-309)
        .transition("a", "c", 1.0)
        .build()
        .unwrap()
        .flow()
        .unwrap();
    let at_b = flow.touchpoints().remove(1);
    let churn = at_b.outcomes.iter().find(|of| of.outcome == Outcome::Churn);
    assert_eq!(churn.unwrap().lift, None);
    assert!(flow.early_signs(&Outcome::Churn).signs.is_empty());
    assert!(flow.attribution(&Outcome::Churn).touchpoints.is_empty());
    // The common outcome keeps its figures.
    assert_eq!(flow.early_signs(&Outcome::from("x")).signs.len(), 3);
}

/// A loop that is left once in `rounds`: the linear rule shares out exactly what there is, however rarely it is left.
#[test]
fn the_linear_rule_shares_out_everything() {
    for rounds in [0.0, 1.0, 1e3, 1e9, 1e15, 1e16, 1e18, 1e25, 1e100] {
        let flow = Journey::builder("retry")
            .touchpoint(at("a").starts(1.0))
            .touchpoint(at("b"))
            .touchpoint(at("c").ends(Outcome::Churn, 1.0))
            .transition("a", "b", 1.0)
            .transition("b", "b", rounds)
            .transition("b", "c", 1.0)
            .transition("a", "c", 1.0)
            .build()
            .unwrap()
            .flow()
            .unwrap();
        let attribution = flow.attribution(&Outcome::Churn);
        let shared: f64 = attribution
            .touchpoints
            .iter()
            .map(|credit| credit.linear.unwrap())
            .sum();
        assert!((shared - 1.0).abs() < 1e-12, "{rounds:e}: {shared}");
    }
}

/// Everybody comes to the last touchpoint, by 40 ways that are taken one time in 3 each and a loop: rounding must not decide
/// whether so sure a share has an interval.
#[test]
fn a_reach_of_one_has_no_interval_in_any_order() {
    for backwards in [false, true] {
        let mut steps: Vec<usize> = (0..40).collect();
        if backwards {
            steps.reverse();
        }
        let mut map = Journey::builder("sure");
        for &step in &steps {
            let touchpoint = at(format!("t{step}")).evidence(Evidence::Observed);
            let touchpoint = if step == 0 {
                touchpoint.starts(379.0)
            } else {
                touchpoint
            };
            map = map.touchpoint(touchpoint);
        }
        map = map.touchpoint(at("end").evidence(Evidence::Observed).ends("x", 379.0));
        for &step in &steps {
            let next = |by: usize| {
                if step + by < 40 {
                    format!("t{}", step + by)
                } else {
                    "end".to_owned()
                }
            };
            map = map.transition(format!("t{step}"), next(1), 126.0);
            if next(3) != next(1) {
                map = map.transition(format!("t{step}"), next(3), 253.0);
            }
            if step > 0 {
                map = map.transition(format!("t{step}"), format!("t{}", step - 1), 41.0);
            }
        }
        let flow = map.build().unwrap().flow().unwrap();
        let bars = flow.error_bars();
        for id in ["t0", "end"] {
            let reach = bars.reach.iter().find(|reach| reach.id == id).unwrap();
            assert!((reach.estimate.value - 1.0).abs() < 1e-12);
            assert_eq!(reach.estimate.interval, None, "{id}, {:?}", reach.estimate);
        }
        // A share that is not sure has one.
        let some = bars.reach.iter().find(|reach| reach.id == "t1").unwrap();
        assert!(some.estimate.interval.is_some());
    }
}

#[test]
fn a_result_that_is_found_once_in_1e300_is_told_exactly_where_it_is_common() {
    // Every journey tests; that a break is rare makes what follows it unknown, and no wrong number.
    let flow = Journey::builder("hardly ever")
        .touchpoint(
            at("a")
                .promise(Promise::new("p").kept(1.0).broken(1e-300))
                .ends_when(PromiseResult::Kept, "x", 1.0)
                .ends_when(PromiseResult::Broken, Outcome::Churn, 1.0),
        )
        .build()
        .unwrap()
        .flow()
        .unwrap();
    let ledger = flow.promises().ledger;
    let endings = ledger[0].endings.as_ref().unwrap();
    let churn = &endings.outcomes[0];
    assert_eq!((churn.when_kept, churn.when_broken), (Some(0.0), None));
}
