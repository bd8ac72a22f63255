//! A consultant's program: which fixes for this much money, and what the customer then meets. Change a sum, run it, read:
//!
//! ```text
//! cargo run --example budget
//! ```
#![expect(clippy::print_stdout, reason = "an example prints what it found")]

use customer_journey::FixKind::{KeepPromise, LiftEmotion, Listen};
use customer_journey::PromiseResult::{Broken, Kept};
use customer_journey::analysis::FixOptions;
use customer_journey::{
    Ability, Channel, Error, Goal, Journey, Outcome, Phase, Promise, Touchpoint,
};

// What may be spent, in thousands.
const BUDGET: f64 = 100.0;

#[rustfmt::skip] // keeps the lines as a person would write them
pub(crate) fn kitchen() -> Result<Journey, Error> {
    let journey = Journey::builder("A new kitchen").currency("thousand EUR")
        .touchpoint(Touchpoint::new("planning", Phase::Before, Channel::Store).feels("confusion")
            .makes("delivered on the day").makes("complete and undamaged"))
        .touchpoint(Touchpoint::new("delivery", Phase::During, "at home")
            .promise(Promise::new("delivered on the day").kept(75.0).broken(25.0))
            .feels("excitement").feels_when_broken("frustration"))
        .touchpoint(Touchpoint::new("assembly", Phase::During, "at home")
            .promise(Promise::new("complete and undamaged").kept(55.0).broken(45.0))
            .feels("satisfaction").feels_when_broken("anger"))
        .touchpoint(Touchpoint::new("hotline", Phase::After, Channel::Phone).feels("annoyance")
            .can(Ability::Listen)
            .ends(Outcome::Churn, 35.0))
        .touchpoint(Touchpoint::new("web form", Phase::After, Channel::Web).feels("helplessness")
            .ends(Outcome::Churn, 50.0))
        .touchpoint(Touchpoint::new("first dinner", Phase::After, "at home").feels("pride")
            .ends(Outcome::Advocacy, 30.0).ends(Outcome::Loyalty, 70.0))
        .transition_when(Kept, "delivery", "assembly", 100.0)
        .transition_when(Broken, "delivery", "hotline", 40.0)
        .transition_when(Broken, "delivery", "assembly", 60.0)
        .transition_when(Kept, "assembly", "first dinner", 100.0)
        .transition_when(Broken, "assembly", "hotline", 45.0)
        .transition_when(Broken, "assembly", "web form", 55.0)
        .transition("planning", "delivery", 100.0)
        .transition("hotline", "assembly", 65.0) // somebody comes again
        .transition("web form", "hotline", 50.0)
        .build()?;
    Ok(journey)
}

fn main() -> Result<(), Error> {
    let flow = kitchen()?.flow()?;

    // What each fix costs. One without a price is not considered.
    let prices = FixOptions::new()
        .cost("planning", LiftEmotion, 25.0)
        .cost("delivery", KeepPromise, 30.0)
        .cost("assembly", KeepPromise, 45.0)
        .cost("hotline", LiftEmotion, 20.0)
        .cost("web form", Listen, 10.0)
        .cost("web form", LiftEmotion, 15.0)
        .limit(3);

    let goal = Goal::ReduceHurt;
    println!("{}\n", flow.fixes_with(&goal, &prices));
    let plan = flow.best_fixes(&goal, BUDGET, &prices);
    println!("{plan}\n");

    println!("{}", flow.report().compare(&plan.journey.flow()?.report()));
    Ok(())
}
