//! A consultant's map whose customers remember: the parcel came late, and at the review nobody has forgotten it.
//!
//! ```text
//! cargo run --example remember
//! ```
//!
//! No event log is needed. Change a number, run it, read.
#![expect(clippy::print_stdout, reason = "an example prints what it found")]

use customer_journey::facts::{Fact, Given};
use customer_journey::{
    Channel, Error, FixKind, Journey, Outcome, Pattern, Phase, Promise, Touchpoint,
};

#[rustfmt::skip] // keeps the lines as a person would write them
fn draw() -> Result<Journey, Error> {
    // What customers remember: what became of the promise the first time.
    let delivery = Fact::first("delivery", "on Friday");
    let late = || Given::is("delivery", "broken");

    let order = Touchpoint::new("order", Phase::Before, Channel::Web).feels("hope").makes("on Friday");
    let parcel = Touchpoint::new("parcel", Phase::During, "courier")
        .promise(Promise::new("on Friday").kept(90.0).broken(10.0))
        .feels("joy").feels_when_broken("disappointment");
    // Whoever waits for a parcel is in another mood than those with a question.
    let call = Touchpoint::new("call", Phase::During, Channel::Phone).feels("calmness").feels_given(late(), "anger");

    // One review, and two kinds of customers who write it.
    let review = Touchpoint::new("review", Phase::After, Channel::Email)
        .ends_given(late(), "bad review", 62.0).ends_given(late(), "good review", 38.0)
        .ends_given(Given::is("delivery", "kept"), "bad review", 10.0)
        .ends_given(Given::is("delivery", "kept"), "good review", 90.0);

    Journey::builder("A parcel on Friday").remember(delivery)
        .touchpoint(order).touchpoint(parcel).touchpoint(call).touchpoint(review)
        .transition("order", "parcel", 100.0)
        .transition_given(late(), "parcel", "call", 50.0)
        .transition("parcel", "review", 50.0)
        .transition("call", "review", 1.0)
        .build().map_err(Error::from)
}

fn main() -> Result<(), Error> {
    let flow = draw()?.flow()?;

    println!("What customers remember when they leave:");
    for fact in flow.facts() {
        for value in fact.values.iter().filter(|value| value.share > 0.0) {
            let bad = value
                .outcomes
                .iter()
                .find(|ending| ending.outcome == Outcome::from("bad review"));
            let bad = bad.map_or(0.0, |ending| ending.probability);
            println!(
                "- {} is {}: {:.1} of 100 journeys, {:.0} of 100 of them with a bad review",
                fact.fact,
                value.value,
                100.0 * value.share,
                100.0 * bad
            );
        }
    }

    let bad = Outcome::from("bad review");
    for fix in flow.single_fixes(&[FixKind::KeepPromise]) {
        if let Some(effect) = fix.effect {
            println!(
                "\nA parcel that always comes on Friday: {:+.1} bad reviews in 100 journeys",
                100.0 * effect.change_of(&bad)
            );
        }
    }

    let late: Pattern = "review{delivery = broken}".parse()?;
    println!(
        "Late customers at the review: {:.1} of 100 journeys",
        100.0 * flow.share_matching(&late)?
    );
    Ok(())
}
