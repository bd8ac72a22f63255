//! Pain points, promises and signs in sentences and tables.

use customer_journey::analysis::PainOptions;
use customer_journey::{Channel, Journey, Outcome, Phase, Promise, Touchpoint};

use super::{delayed_flight, holds};

#[test]
fn a_pain_point_is_a_sentence_with_its_causes_and_where_to_prevent_it() {
    let pains = delayed_flight()
        .flow()
        .unwrap()
        .pain_points(&PainOptions::new());
    // Broken for 65 of 100 at -0.422 on average; relief for the others; 0.65 * 0.422 against 0.65 * 0.4 of hurt.
    assert_eq!(
        pains[0].to_string(),
        "Delay notice (sms, during, Operations): 65 of 100 visits find \"keep me informed\" broken, and nobody here \
         may put it right; customers feel -0.08 on average, and the bad feelings among these weigh 0.27 a visit; \
         for the same need, other channels tell customers something else at every visit. Every journey comes here, \
         51 % of the journey's hurt lies here, and of those who come 32.5 of 100 leave in the end. Made at booking: \
         prevent it there, cure it here.",
    );
    assert_eq!(
        pains[1].to_string(),
        "call (phone, during): customers feel -0.40 on average; every visit comes from another touchpoint for the \
         same need and, not being recognised, begins all over again; for the same need, other channels tell \
         customers something else at every visit; 50 of 100 visits end the journey here, in churn or without a \
         stated outcome. 65 of 100 journeys come here, 49 % of the journey's hurt lies here, and of those who come \
         50 of 100 leave in the end.",
    );
}

#[test]
fn the_other_causes_are_plain_sentences_too() {
    let flow = Journey::builder("repair")
        .touchpoint(
            Touchpoint::new("hotline", Phase::During, Channel::Phone)
                .starts(1.0)
                .promise(Promise::new("on time").kept(1.0).broken(1.0))
                .feels(0.05)
                .feels_when_broken(-0.5)
                .ends(Outcome::Loyalty, 1.0),
        )
        .transition("hotline", "hotline", 1.0)
        .build()
        .unwrap()
        .flow()
        .unwrap();
    let pains = flow.pain_points(&PainOptions::new());
    assert_eq!(
        pains[0].to_string(),
        "hotline (phone, during): 50 of 100 visits find \"on time\" broken, and nobody here may put it right; \
         customers feel -0.23 on average, and the bad feelings among these weigh 0.25 a visit; where \"on time\" is \
         kept, they feel no better than +0.05; whoever comes here comes 2 times on average. Every journey comes \
         here, and 100 % of the journey's hurt lies here. No touchpoint on the way here makes that promise: find \
         out who does, and cure it here.",
    );
}

#[test]
fn a_promise_is_told_from_its_making_to_its_recovery() {
    let flow = delayed_flight().flow().unwrap();
    assert_eq!(
        flow.promises().ledger[0].to_string(),
        "\"keep me informed\" is made at booking and falls due at notice; nobody there may put things right. Of the \
         journeys on which it is made, 100 of 100 come to a test, 1 moment later on average. Where it is first found \
         broken and not kept, journeys end so: advocacy 50 of 100 instead of 100 of 100 and churn 50 of 100 instead \
         of 0 of 100. After a break, every such journey comes to a touchpoint that may put things right, 1 moment \
         later on average. Their mean feeling: before the break +0.82, there -0.40, at the end +0.15; that is not \
         above where it was.",
    );
    let text = flow.promises().to_string();
    holds(
        &text,
        "- no broken promise: 35 of 100 journeys, which end so: advocacy 100 of 100\n",
    );
    holds(&text, "- 2 broken promises or more: no journey");
}

#[test]
fn signs_and_credits_are_tables() {
    let flow = delayed_flight().flow().unwrap();
    let signs = flow.early_signs(&Outcome::Churn);
    assert_eq!(
        signs.signs[0].to_string(),
        "notice, promise broken: of those who show it 50 of 100 end so, 1.54 times the usual share; of those who end \
         so 100 of 100 show it; 2.5 moments are left then, with known waits of 0 s",
    );
    holds(&signs.to_string(), "What announces churn\n");
    holds(
        &signs.to_string(),
        "notice, promise broken       50       1.54         100     2.50",
    );
    let attribution = flow.attribution(&Outcome::Churn);
    assert_eq!(
        attribution.touchpoints[0].to_string(),
        "booking: removal effect 100 of 100, credit 33 of 100; first touch 100 of 100, last touch 0 of 100, linear \
         33 of 100",
    );
    holds(&attribution.to_string(), "To what churn is owed\n");
    holds(
        &attribution.to_string(),
        "  social         0        0       0       0        0\n",
    );
}

/// Where it is all or none, the sentence begins with a word.
#[test]
fn sentences_begin_with_a_capital() {
    let flow = Journey::builder("Visit")
        .touchpoint(
            Touchpoint::new("shop", Phase::During, Channel::Store)
                .feels(0.5)
                .ends(Outcome::Loyalty, 1.0),
        )
        .build()
        .unwrap()
        .flow()
        .unwrap();
    holds(
        &flow.early_signs(&Outcome::Loyalty).to_string(),
        "Every journey ends so.",
    );
    holds(
        &flow.attribution(&Outcome::Loyalty).to_string(),
        "Every journey ends so, ",
    );
    holds(
        &flow.attribution(&Outcome::Churn).to_string(),
        "No journey ends so, ",
    );
    holds(
        &flow.listening().to_string(),
        "No journey meets an unhappy moment",
    );
}
