//! A guard: a test that fails the build when a change makes a journey worse.
//!
//! `cargo run --example guard`; the test itself is below and runs with `cargo test --example guard`.

use std::io::{self, Write};
use std::process::ExitCode;

use customer_journey::rules::{BuiltInRule, RuleSeverity};
use customer_journey::{
    Ability, Channel, Flow, Journey, Outcome, Phase, Promise, PromiseResult, Rules, Touchpoint,
};

/// The journey as a team keeps it beside its code.
fn checkout() -> Result<Journey, customer_journey::Error> {
    let journey = Journey::builder("Checkout")
        .touchpoint(
            Touchpoint::new("basket", Phase::Before, Channel::Web)
                .owner("Shop")
                .feels(0.3)
                .makes("delivered on Friday")
                .ends(Outcome::Churn, 20.0),
        )
        .touchpoint(
            Touchpoint::new("payment", Phase::During, Channel::Web)
                .owner("Shop")
                .feels(0.1),
        )
        .touchpoint(
            Touchpoint::new("delivery", Phase::During, Channel::Post)
                .owner("Logistics")
                .can(Ability::Recognise)
                .promise(Promise::new("delivered on Friday").kept(95.0).broken(5.0))
                .feels(0.6)
                .feels_when_broken(-0.5)
                .ends_when(PromiseResult::Kept, Outcome::Loyalty, 1.0),
        )
        .touchpoint(
            Touchpoint::new("chat", Phase::After, Channel::Chat)
                .owner("Service")
                .can(Ability::Listen)
                .can(Ability::Answer)
                .can(Ability::Resolve)
                .can(Ability::Recognise)
                .feels(0.2)
                .ends(Outcome::Loyalty, 1.0),
        )
        .transition("basket", "payment", 80.0)
        .transition("payment", "delivery", 1.0)
        .transition_when(PromiseResult::Broken, "delivery", "chat", 1.0)
        .build()?;
    Ok(journey)
}

/// What must hold whatever is changed.
#[cfg(test)]
fn guard(flow: &Flow) {
    use customer_journey::assert_journey;
    assert_journey!(flow, "payment => *{feels < 0}" < 0.05);
    assert_journey!(
        flow,
        "*{promise = broken} =[not *{can = resolve}]=> end" <= 0.0
    );
    assert_journey!(flow, "start => end(loyalty)" >= 0.75);
}

#[test]
fn the_journey_is_no_worse_than_it_must_be() {
    guard(&checkout().unwrap().flow().unwrap());
}

/// The same as a program: the built-in rules, with bounds of one's own.
fn check(flow: &Flow) -> ExitCode {
    let rules = Rules::new()
        .severity(BuiltInRule::UnstatedEnding, RuleSeverity::Error)
        .bound(BuiltInRule::NobodyResolves, 0.02);
    let found = flow.check(&rules);
    // If nobody reads it, the exit status says it all the same.
    let _ = writeln!(io::stdout(), "{found}");
    if found.passes() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn main() -> Result<ExitCode, customer_journey::Error> {
    Ok(check(&checkout()?.flow()?))
}
