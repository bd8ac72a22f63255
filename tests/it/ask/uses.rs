//! One automaton, three uses: figures that the crate computes in ways of their own are patterns as well, and agree.

use customer_journey::asking::PatternFigures;
use customer_journey::{Ability, Flow};

use crate::generate::{Rng, Taste};
use crate::moments::without_trap;

/// The answer; none where nobody knows it.
fn ask(flow: &Flow, text: &str) -> Option<PatternFigures> {
    let found = flow.ask(&text.parse().unwrap());
    let untold = |message: &str| {
        message.contains("that this asks about") || message.contains("no journey states")
    };
    found
        .inspect_err(|error| assert!(untold(&error.to_string()), "{text}: {error}"))
        .ok()
}

fn p(flow: &Flow, text: &str) -> Option<f64> {
    ask(flow, text).map(|found| found.probability)
}

/// Compares figures and counts how many of them say something.
#[derive(Default)]
struct Held {
    compared: usize,
    telling: usize,
}

impl Held {
    fn same(&mut self, special: f64, pattern: impl Into<Option<f64>>, about: &str) {
        let Some(pattern) = pattern.into() else {
            return;
        };
        let near = (special - pattern).abs() <= 1e-12 * special.abs().max(1e-3);
        assert!(near, "{about}: {special}, as a pattern {pattern}");
        self.compared += 1;
        self.telling += usize::from(special > 0.0 && special < 1.0);
    }
}

#[test]
fn special_figures_are_patterns() {
    let mut rng = Rng::new(17);
    let mut held: [Held; 8] = Default::default();
    let mut judged = 0;
    while judged < 120 {
        let taste = Taste {
            spots: 2 + judged % 7,
            ways: 1.6 + (judged % 3) as f64 / 2.0,
            loops: true,
        };
        let drawing = without_trap(&mut rng, taste);
        judged += 1;
        let flow = drawing.journey().flow().unwrap();
        let report = flow.report();
        let [
            reach,
            visits,
            endings,
            both,
            promise,
            recovery,
            tries,
            heard,
        ] = &mut held;
        for spot in &drawing.spots {
            let id = &spot.id;
            reach.same(flow.reach(id).unwrap(), p(&flow, id), "reach");
            visits.same(
                flow.visits(id).unwrap(),
                ask(&flow, id).unwrap().expected,
                "visits",
            );
        }
        for share in flow.outcomes() {
            let pattern = format!("end({:?})", share.outcome.as_str());
            endings.same(share.probability, p(&flow, &pattern), "outcome");
        }
        for need in &report.channels.needs {
            for pair in &need.pairs {
                let there =
                    |channel: &str| format!("*{{need = {}, channel = {channel}}}", need.need);
                let (a, b) = (there(&pair.a), there(&pair.b));
                both.same(
                    pair.both.unwrap(),
                    p(&flow, &format!("{a} => {b} or {b} => {a}")),
                    "both",
                );
            }
        }
        promises(&flow, promise, recovery, tries);
        let listening = &report.listening;
        if let (Some(unhappy), Some(since)) = (listening.unhappy, listening.heard_since) {
            heard.same(unhappy, p(&flow, "*{feels <= -0.25}"), "unhappy");
            let pattern = "*{feels <= -0.25, can = listen} or *{feels <= -0.25} => *{can = listen}";
            heard.same(since, p(&flow, pattern), "heard then or later");
            let silent = "start =[not *{can = listen}]=> *{feels <= -0.25, can != listen} =[not *{can = listen}]=> end(churn)";
            heard.same(
                listening.silent_churn.unwrap(),
                p(&flow, silent),
                "silent churn",
            );
        }
    }
    for (number, held) in held.iter().enumerate() {
        assert!(
            held.telling > 25,
            "{number}: {} of {}",
            held.telling,
            held.compared
        );
    }
}

fn promises(flow: &Flow, promise: &mut Held, recovery: &mut Held, tries: &mut Held) {
    let all = flow.promises();
    for one in all.ledger.iter().filter(|one| !one.tested.is_empty()) {
        let broken = format!("*{{promise {:?} = broken}}", one.promise);
        if let Some(meets) = one.meets_broken {
            promise.same(meets, p(flow, &broken), "meets broken");
        }
        if let Some(after) = one.broken_after_made.filter(|_| !one.made.is_empty()) {
            let made = format!("*{{makes = {}}} => {broken}", one.promise);
            promise.same(
                after,
                ask(flow, &made).map(|found| found.given_start.unwrap()),
                "broken after it was made",
            );
        }
    }
    if let Some(all) = &all.recovery {
        let resolve = flow
            .journey()
            .touchpoints()
            .any(|t| t.is_able_to(Ability::Resolve));
        let found = ask(flow, "*{promise = broken} => *{can = resolve}");
        let given = found.map(|found| found.given_start.unwrap());
        recovery.same(all.recovered, given, "recovery");
        assert!(resolve || all.recovered == 0.0);
    }
    for class in all.tolerance.iter().flatten() {
        let pattern = match class.broken {
            0 => "start =[not *{promise = broken}]=> end",
            1 => {
                "start =[not *{promise = broken}]=> *{promise = broken} =[not *{promise = broken}]=> end"
            }
            _ => "*{promise = broken} => *{promise = broken}",
        };
        let Some(found) = ask(flow, pattern) else {
            continue;
        };
        tries.same(class.share, found.probability, "tries");
        for (special, general) in class.outcomes.iter().zip(&found.outcomes_given_match) {
            assert_eq!(special.outcome, general.outcome);
            tries.same(
                special.probability,
                general.probability,
                "ending after tries",
            );
        }
    }
}
