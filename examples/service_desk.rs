//! From a complaint to its answer: where it is handed on, who has to begin again, what is meant and what is felt, and what
//! would make people glad that they called.
//!
//! ```text
//! cargo run --example service_desk
//! ```
#![expect(clippy::print_stdout, reason = "an example prints what it found")]

use customer_journey::PromiseResult::{Broken, Kept};
use customer_journey::{
    Ability, Channel, Emotion, Error, Feeling, Journey, Outcome, Phase, Promise, Touchpoint,
};

#[rustfmt::skip] // keeps the lines as a person would write them
fn draw() -> Result<Journey, Error> {
    // The parcel is broken. Somebody writes or calls.
    let form = Touchpoint::new("form", Phase::Before, Channel::Web).owner("Web team")
        .need("say what happened").feels("frustration").intended("calmness").expected(0.1);
    let hotline = Touchpoint::new("hotline", Phase::Before, Channel::Phone).owner("Service")
        .need("say what happened").feels(Emotion::mix([Feeling::Relief.weight(4.0), Feeling::Anger.weight(6.0)]))
        .intended("relief").expected(0.3).can(Ability::Listen).makes("answer in a day").cost(6.0);

    // A standard e-mail: for most it is no answer. It arrives; nobody begins again there.
    let receipt = Touchpoint::new("receipt", Phase::During, Channel::Email).owner("Web team")
        .feels("irritation").intended("trust").expected(0.0).makes("answer in a day").cost(0.1);

    // The day is over: 55 of 100 have their answer.
    let answer = Touchpoint::new("answer", Phase::During, Channel::Email).owner("Warehouse")
        .promise(Promise::new("answer in a day").kept(55.0).broken(45.0))
        .feels(0.1).feels_when_broken("annoyance").intended("gratitude").expected(0.4).cost(4.0);

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
        .touchpoint(form.starts(60.0)).touchpoint(hotline.starts(40.0)).touchpoint(receipt).touchpoint(answer)
        .touchpoint(again).touchpoint(desk).touchpoint(goodbye).touchpoint(public)
        .transition("form", "receipt", 100.0)
        .transition("hotline", "receipt", 70.0)
        .transition("hotline", "complaints desk", 30.0)
        .transition("receipt", "answer", 100.0)
        .transition_when(Kept, "answer", "voucher", 100.0)
        .transition_when(Broken, "answer", "second call", 80.0)
        .transition_when(Broken, "answer", "post in public", 20.0)
        .transition("second call", "complaints desk", 60.0)
        .transition("second call", "post in public", 40.0)
        .transition("complaints desk", "voucher", 100.0)
        .build()?;
    Ok(journey)
}

fn main() -> Result<(), Error> {
    let flow = draw()?.flow()?;
    println!("{}", flow.seams());
    println!("{}", flow.delivery_gap());
    println!("{}", flow.bright_spots());
    let told = flow.probability(&"shared in public".into());
    println!("Told in public: {:.1} of 100 complaints.", 100.0 * told);
    Ok(())
}
