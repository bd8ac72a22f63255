//! Maps so large and entangled that elimination is given up: drawn so that they behave like one of three places, whose
//! figures are fractions by hand.

use crate::generate::Rng;
use customer_journey::{
    Ability, Channel, Flow, Journey, Outcome, Phase, Promise, PromiseResult, Touchpoint,
};

/// Touchpoints where customers ask, and as many where they are answered.
const ASKING: usize = 2600;
/// Touchpoints where customers are helped.
const HELPING: usize = 300;
/// Ways onward from each of them.
const WAYS: usize = 6;

/// Customers ask somewhere (`a`), where `b` is promised. There the promise is kept to three of four: of these one half
/// asks again and the other half stays for good. Of the others a third asks again, a third is helped somewhere (`c`) and asks
/// again, and a third is lost. Who comes next is anyone of the kind, of whom each has six drawn by lot.
fn entangled() -> Flow {
    let (kept, broken) = (PromiseResult::Kept, PromiseResult::Broken);
    let mut rng = Rng::new(7);
    let mut builder = Journey::builder("entangled").value(Outcome::Loyalty, 11.0);
    for k in 0..ASKING {
        let starts = if k == 0 { 1.0 } else { 0.0 };
        let ask = Touchpoint::new(format!("a{k}"), Phase::Before, Channel::Web);
        let answer = Touchpoint::new(format!("b{k}"), Phase::During, Channel::Store)
            .promise(Promise::new("answer").kept(3.0).broken(1.0));
        builder = builder
            .touchpoint(ask.starts(starts).makes("answer").feels(0.1))
            .touchpoint(
                answer
                    .feels(0.5)
                    .feels_when_broken(-0.5)
                    .ends_when(kept, Outcome::Loyalty, WAYS as f64)
                    .ends_when(broken, Outcome::Churn, WAYS as f64),
            );
    }
    for k in 0..HELPING {
        let help = Touchpoint::new(format!("c{k}"), Phase::After, Channel::Phone);
        let help = help.can(Ability::Listen).can(Ability::Resolve);
        builder = builder.touchpoint(help.feels(0.2).cost(6.5));
    }
    // The first is the next one, so that one can come from anywhere to anywhere.
    let mut lots = |k: usize| {
        let mut drawn = vec![(k + 1) % ASKING];
        while drawn.len() < WAYS {
            let other = rng.below(ASKING);
            if !drawn.contains(&other) {
                drawn.push(other);
            }
        }
        drawn
    };
    for k in 0..ASKING {
        for to in lots(k) {
            builder = builder.transition(format!("a{k}"), format!("b{to}"), 1.0);
        }
        let (b, c) = (format!("b{k}"), format!("c{}", k % HELPING));
        for to in lots(k) {
            builder = builder.transition(&*b, format!("a{to}"), 1.0);
        }
        builder = builder.transition_when(broken, b, c, WAYS as f64);
    }
    for k in 0..HELPING {
        for to in lots(k) {
            builder = builder.transition(format!("c{k}"), format!("a{to}"), 1.0);
        }
    }
    builder.build().unwrap().flow().unwrap()
}

#[track_caller]
fn close(got: impl Into<Option<f64>>, expected: f64) {
    let got = got.into().unwrap();
    assert!((got / expected - 1.0).abs() < 1e-9, "{got} {expected}");
}

#[test]
fn what_is_iterated_is_told_to_nine_digits_or_not_at_all() {
    let flow = entangled();
    assert_eq!(flow.solver().iterated_groups, 1, "{}", flow.solver());

    // A round from `a` to the next decision: 3/8 stay, 3/8 and 1/12 and 1/12 ask again, 1/12 are lost; 11/24 leave.
    let churn = 2.0 / 11.0;
    close(flow.probability(&Outcome::Churn), churn);
    let promises = flow.promises();
    assert!(promises.error_bound > 0.0 && promises.error_bound <= 1e-9);
    let [promise] = &promises.ledger[..] else {
        panic!("{promises}")
    };
    close(promise.tests, 24.0 / 11.0);
    close(promise.kept_rate, 0.75);
    close(promise.reach, 1.0);
    close(promise.given, 1.0);
    // 1/4 a round, against 3/8 who stay before it is ever broken.
    close(promise.meets_broken, 0.4);
    close(promise.broken_after_made, 0.4);
    let distance = promise.distance.as_ref().unwrap();
    close(distance.tested, 1.0);
    close(distance.moments, 1.0);
    let endings = promise.endings.as_ref().unwrap();
    let lost =
        |outcome: &&customer_journey::analysis::EndingByResult| outcome.outcome == Outcome::Churn;
    let lost = endings.outcomes.iter().find(lost).unwrap();
    close(endings.kept, 0.75);
    close(lost.when_kept, 0.5 * churn);
    close(lost.when_broken, 1.0 / 3.0 + 2.0 / 3.0 * churn);

    // Helped from `a` on: 1/12 of each round that leaves or helps, 13/24.
    let helped = 2.0 / 13.0;
    for recovery in [&promise.recovery, &promises.recovery] {
        let recovery = recovery.as_ref().unwrap();
        close(recovery.breaks, 0.4);
        assert_eq!(recovery.on_the_spot, 0.0);
        close(recovery.recovered, 1.0 / 3.0 + helped / 3.0);
        let lost = recovery
            .outcomes
            .iter()
            .find(|ending| ending.outcome == Outcome::Churn)
            .unwrap();
        close(lost.recovered, churn);
        // A third at once, and of the third that asks again as many as are ever lost unhelped; see below.
        close(
            lost.unrecovered,
            (1.0 / 3.0 + helped / 3.0) / (1.0 - 1.0 / 3.0 - helped / 3.0),
        );
        // At once, or after some rounds of two moments: as each is followed by another with 11/24, there are 24/13.
        let rounds = 24.0 / 13.0;
        let later = helped / 3.0 * (1.0 + 2.0 * rounds);
        close(
            recovery.moments,
            (1.0 / 3.0 + later) / (1.0 / 3.0 + helped / 3.0),
        );
    }
    let tolerance = promises.tolerance.unwrap();
    for (met, share) in tolerance.iter().zip([0.6, 22.0 / 75.0, 8.0 / 75.0]) {
        close(met.share, share);
    }
    close(tolerance[1].outcomes[0].probability, 5.0 / 11.0);

    let listening = flow.listening();
    close(listening.unhappy, 0.4);
    // As all who are helped were unhappy before.
    close(listening.heard, helped);
    close(listening.heard_since, helped);
    close(listening.leaving, churn);
    // Lost unhelped: 1/12 of each round that leaves or helps.
    close(listening.silent_churn, 2.0 / 13.0);
    assert_eq!(listening.listeners.len(), HELPING);
    // What one touchpoint would catch takes the returns to it, which iteration does not give for all of them.
    assert!(!listening.gains.is_empty());
    assert!(listening.gains.iter().all(|known| known.gain.is_none()));

    let attribution = flow.attribution(&Outcome::Churn);
    let of = |name: &str| {
        let named = |credit: &&customer_journey::analysis::Credit| credit.name == name;
        attribution.channels.iter().find(named).unwrap()
    };
    close(of("store").removal, 1.0);
    close(of("phone").removal, helped);
    close(of("web").first_touch, 1.0);
    close(of("store").last_touch, 1.0);
    close(flow.money().cost, 6.5 * 2.0 / 11.0);
    close(flow.money().value, 9.0);
}
