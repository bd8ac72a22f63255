//! From a complaint to its answer: who hears and who answers, how fast, and what becomes of those who wait; where it is handed on,
//! who has to begin again, what is meant and what is felt, and what would make people glad that they called.
//!
//! ```text
//! cargo run --example service_desk
//! ```
#![expect(clippy::print_stdout, reason = "an example prints what it found")]

use customer_journey::PromiseResult::{Broken, Kept};
use customer_journey::time::Waits;
use customer_journey::{
    Ability, Channel, Emotion, Error, Feeling, Journey, Outcome, Phase, Promise, Touchpoint,
    Transition,
};

/// A way with how many hours it takes: as many customers wait each of these.
fn after(weight: f64, hours: &[f64]) -> Transition {
    let seconds = hours.iter().map(|hours| hours * 3_600.0);
    Transition::new(weight).waits(Waits::of(seconds))
}

#[rustfmt::skip] // keeps the lines as a person would write them
fn draw() -> Result<Journey, Error> {
    // The parcel is broken. Somebody writes or calls.
    let form = Touchpoint::new("form", Phase::Before, Channel::Web).owner("Web team")
        .need("say what happened").feels("frustration").intended("calmness").expected(0.1).can(Ability::Listen);
    let hotline = Touchpoint::new("hotline", Phase::Before, Channel::Phone).owner("Service")
        .need("say what happened").feels(Emotion::mix([Feeling::Relief.weight(4.0), Feeling::Anger.weight(6.0)]))
        .intended("relief").expected(0.3).can(Ability::Listen).makes("answer in a day").cost(6.0);

    // A standard e-mail: for most it is no answer. It arrives; nobody begins again there.
    let receipt = Touchpoint::new("receipt", Phase::During, Channel::Email).owner("Web team")
        .feels("irritation").intended("trust").expected(0.0).makes("answer in a day").cost(0.1);

    // The day is nearly over: 55 of 100 get their answer.
    let answer = Touchpoint::new("answer", Phase::During, Channel::Email).owner("Warehouse")
        .promise(Promise::new("answer in a day").kept(55.0).broken(45.0))
        .feels_when_broken("annoyance");
    let reply = Touchpoint::new("reply", Phase::During, Channel::Email).owner("Warehouse")
        .feels(0.1).intended("gratitude").expected(0.4).can(Ability::Answer).cost(4.0);

    // Those without one call again, tell the story anew, and now and then meet somebody who may decide.
    let again = Touchpoint::new("second call", Phase::During, Channel::Phone).owner("Service")
        .need("say what happened").feels("anger").intended("relief").expected(-0.2).can(Ability::Listen).cost(6.0);
    let desk = Touchpoint::new("complaints desk", Phase::During, Channel::Phone).owner("Complaints")
        .feels("relief").intended("gratitude").expected(0.2)
        .can(Ability::Resolve).can(Ability::Recognise).can(Ability::Answer).cost(22.0);

    // Afterwards: a voucher and a word, or a story told in public.
    let goodbye = Touchpoint::new("voucher", Phase::After, Channel::Email)
        .feels("surprise").intended("joy").expected(0.1).cost(10.0)
        .ends(Outcome::Loyalty, 85.0).ends(Outcome::Churn, 15.0);
    let public = Touchpoint::new("post in public", Phase::After, Channel::Social)
        .feels("contempt").ends("shared in public", 1.0);

    let journey = Journey::builder("From a complaint to its answer")
        .currency("EUR")
        .value(Outcome::Loyalty, 120.0).value(Outcome::Churn, 0.0).value("shared in public", -60.0)
        .touchpoint(form.starts(60.0)).touchpoint(hotline.starts(40.0)).touchpoint(receipt).touchpoint(answer).touchpoint(reply)
        .touchpoint(again).touchpoint(desk).touchpoint(goodbye).touchpoint(public)
        .transition("form", "receipt", 100.0)
        .transition("hotline", "receipt", 70.0)
        .connect("hotline", "complaints desk", after(30.0, &[0.1, 0.2, 0.5]))
        .connect("receipt", "answer", after(100.0, &[4.0, 12.0, 20.0]))
        .connect("answer", "reply", after(100.0, &[0.5, 1.0, 2.0]).when(Kept))
        .transition("reply", "voucher", 100.0)
        .connect("answer", "second call", after(80.0, &[24.0, 48.0, 96.0]).when(Broken))
        .transition_when(Broken, "answer", "post in public", 20.0)
        .connect("second call", "complaints desk", after(60.0, &[0.5, 24.0]))
        .transition("second call", "post in public", 40.0)
        .transition("complaints desk", "voucher", 100.0)
        .build()?;
    Ok(journey)
}

fn main() -> Result<(), Error> {
    let flow = draw()?.flow()?;
    println!("{}", flow.complaints());
    println!("{}", flow.recognition());
    println!("{}", flow.seams());
    println!("{}", flow.delivery_gap());
    println!("{}", flow.bright_spots());
    let told = flow.probability(&"shared in public".into());
    println!("Told in public: {:.1} of 100 journeys.", 100.0 * told);
    Ok(())
}
