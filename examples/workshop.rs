//! A first map: a washing machine is broken, and somebody comes to repair it. Change a line, run it, read:
//!
//! ```text
//! cargo run --example workshop
//! ```
#![expect(clippy::print_stdout, reason = "an example prints what it found")]

use customer_journey::PromiseResult::{Broken, Kept};
use customer_journey::analysis::PainOptions;
use customer_journey::{Channel, Error, Journey, Outcome, Phase, Promise, Touchpoint};

#[rustfmt::skip] // keeps the lines as a person would write them
pub(crate) fn draw() -> Result<Journey, Error> {
    // One touchpoint for each place where you meet the customer. Feelings are plain words.
    let call = Touchpoint::new("call", Phase::Before, Channel::Phone).feels("hope")
        .need("when somebody comes").says("Tuesday morning").makes("repaired in one visit");
    let tracking = Touchpoint::new("tracking page", Phase::Before, Channel::Web).feels("confusion")
        .need("when somebody comes").says("Thursday");

    // Here the promise is put to the test: of 100 customers 60 find it kept, 40 find it broken.
    let visit = Touchpoint::new("visit", Phase::During, "at home")
        .promise(Promise::new("repaired in one visit").kept(60.0).broken(40.0))
        .feels("relief").feels_when_broken("frustration");
    let complaint = Touchpoint::new("complaint", Phase::During, Channel::Phone).feels("annoyance")
        .need("when somebody comes").says("We call you back");

    // How it ends: of 100 customers who pay, 80 stay and 20 leave.
    let bill = Touchpoint::new("bill", Phase::After, Channel::Post).feels("indifference")
        .ends(Outcome::Loyalty, 80.0).ends(Outcome::Churn, 20.0);

    // Put them on the map, and say how many of 100 customers go where next.
    let journey = Journey::builder("A broken washing machine")
        .touchpoint(call).touchpoint(tracking).touchpoint(visit).touchpoint(complaint).touchpoint(bill)
        .transition("call", "tracking page", 50.0)
        .transition("call", "visit", 50.0)
        .transition("tracking page", "complaint", 30.0)
        .transition("tracking page", "visit", 70.0)
        .transition_when(Kept, "visit", "bill", 100.0)
        .transition_when(Broken, "visit", "complaint", 100.0)
        .transition("complaint", "visit", 100.0) // they come again
        .build()?;
    Ok(journey)
}

// What is wrong with a map is printed, all of it and where, when you run this.
fn main() -> Result<(), Error> {
    let journey = draw()?;
    let flow = journey.flow()?;

    for warning in journey.warnings() {
        println!("Note: {warning}");
    }
    println!("{}\n\nWhere it hurts most:", flow.trajectory());
    for pain in flow.pain_points(&PainOptions::new().limit(3)) {
        println!("- {pain}");
    }
    println!("\n{}", flow.channel_consistency());
    Ok(())
}
