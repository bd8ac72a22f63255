//! What becomes of the ledger where its budget does not suffice.

use super::Promises;
use crate::flow::Flow;
use crate::journey::{
    Ability, Channel, Journey, Outcome, Phase, Promise, PromiseResult, Touchpoint,
};

/// Five promises in a row, each kept to half of the customers; the others leave, so that the next one is tested half as often.
fn row() -> Flow {
    let mut builder = Journey::builder("row");
    for k in 0..5 {
        let touchpoint = Touchpoint::new(format!("t{k}"), Phase::During, Channel::Web)
            .makes(format!("p{k}"))
            .promise(Promise::new(format!("p{k}")).kept(1.0).broken(1.0))
            .can(Ability::Resolve)
            .ends_when(PromiseResult::Broken, Outcome::Churn, 1.0);
        builder = builder.touchpoint(touchpoint);
        if k > 0 {
            let (from, to) = (format!("t{}", k - 1), format!("t{k}"));
            builder = builder.transition_when(PromiseResult::Kept, from, to, 1.0);
        }
    }
    let journey = builder.build();
    let flow = journey.map(|journey| journey.flow());
    let Ok(Ok(flow)) = flow else {
        panic!("{flow:?}")
    };
    flow
}

fn answered(promises: &Promises) -> Vec<&str> {
    let ledger = promises.ledger.iter();
    let known = ledger.filter(|promise| promise.meets_broken.is_some());
    known.map(|promise| promise.promise.as_str()).collect()
}

#[test]
fn what_the_budget_pays_for_is_the_same_and_the_rest_is_unknown() {
    let flow = row();
    let all = flow.promises();
    assert_eq!(answered(&all), ["p0", "p1", "p2", "p3", "p4"]);
    let outcomes = flow.moments().outcomes().len() as f64;
    let whole = flow.layer_work() * (16.0 + 3.0 * outcomes) + super::LISTING * outcomes;
    let each = 8.0 * flow.layer_work() + super::LISTING * outcomes;
    for (budget, paid) in [(whole + 2.5 * each, 2), (whole, 0), (whole + 5.0 * each, 5)] {
        let some = flow.promises_within(budget);
        assert_eq!(
            (&some.recovery, &some.tolerance),
            (&all.recovery, &all.tolerance)
        );
        // The first are tested most.
        assert_eq!(some.ledger[..paid], all.ledger[..paid]);
        for promise in &some.ledger[paid..] {
            assert!(promise.meets_broken.is_none() && promise.reach.is_none());
            assert!(promise.distance.is_none() && promise.endings.is_none());
            assert!(promise.given.is_none() && promise.broken_after_made.is_none());
            assert!(promise.recovery.is_none());
        }
        // What needs no following of journeys is always told.
        for (promise, tests) in some.ledger.iter().zip([1.0, 0.5, 0.25, 0.125, 0.0625]) {
            assert_eq!((promise.tests, promise.kept_rate), (tests, Some(0.5)));
        }
    }
    let none = flow.promises_within(whole - 1.0 - each);
    assert_eq!((&none.recovery, &none.tolerance), (&None, &None));
}
