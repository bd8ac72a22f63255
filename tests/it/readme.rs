//! What the README shows is what is printed. Its program is compiled with the documentation tests.

use customer_journey::{Channel, Journey, Phase, Promise, PromiseResult, Touchpoint};

const README: &str = include_str!("../../README.md");

/// The README's map with two slips.
#[test]
fn a_mistake_is_answered_as_shown() {
    let promise = Promise::new("keep me informed").kept(35.0).broken(65.0);
    let error = Journey::builder("Delayed flight")
        .touchpoint(Touchpoint::new("booking", Phase::Before, Channel::Web))
        .touchpoint(Touchpoint::new("notice", Phase::During, Channel::Sms).promise(promise))
        .touchpoint(Touchpoint::new("call", Phase::During, Channel::Phone).feels("angr"))
        .touchpoint(Touchpoint::new("review", Phase::After, Channel::Social))
        .transition("booking", "notice", 1.0)
        .transition_when(PromiseResult::Kept, "notice", "review", 1.0)
        .transition_when(PromiseResult::Broken, "notice", "call", 1.0)
        .transition("call", "reviw", 1.0)
        .build()
        .unwrap_err();
    assert!(README.contains(&error.to_string()), "{error}");
}

/// The table of events in the README is read as it says.
#[cfg(feature = "csv")]
#[test]
fn a_table_of_events_is_read_as_shown() {
    use customer_journey::events::TallyOptions;
    use customer_journey::{CsvOptions, LearnOptions, Outcome, Scale, Tally};
    let fenced = |kind: &str, holds: &str| {
        let fence = format!("```{kind}\n");
        let blocks = README.split(&fence).skip(1);
        let mut texts = blocks.filter_map(|block| block.split("```").next());
        texts.find(|text| text.contains(holds)).unwrap()
    };
    let mut tally = Tally::new(TallyOptions::new().scale(Scale::ONE_TO_FIVE));
    let table = fenced("csv", "case,");
    let read = tally.read_csv(table.as_bytes(), &CsvOptions::new());
    let read = read.unwrap();
    let options = LearnOptions::new().outcome("complaint", Outcome::Churn);
    let learned = tally.learn(&options).unwrap();
    let mut shown: Vec<String> = vec![read.plan.to_string()];
    shown.push(learned.summary.to_string());
    let (faulty, folded) = (read.faulty, learned.folded.len());
    shown.push(format!(
        "{faulty} rows with faults, {folded} touchpoints folded\n"
    ));
    assert!(learned.remarks.is_empty());
    let printed = fenced("text", "events of");
    assert_eq!(
        printed.rsplit_once("from 2026").unwrap().0,
        shown.join("\n")
    );
}

/// The document page's example is a journey, and every key that a journey can have is in its tables.
#[cfg(feature = "serde")]
#[test]
fn the_document_page_knows_every_key() {
    const PAGE: &str = include_str!("../../src/docs/document.md");
    let example = PAGE
        .split("```json")
        .nth(1)
        .unwrap()
        .split("```")
        .next()
        .unwrap();
    let journey: Journey = serde_json::from_str(example).unwrap();
    assert!(journey.flow().is_ok());

    // The error for an unknown key lists the known ones.
    let asking = r#"{"format": "customer-journey/1", "?": 1, "touchpoints": [{"id": "a", "phase": "before",
        "channel": "web", "?": 1}], "transitions": [{"from": "a", "to": "a", "?": 1}]}"#;
    let answer = serde_json::from_str::<Journey>(asking)
        .unwrap_err()
        .to_string();
    let lists: Vec<&str> = answer.split("known here: ").skip(1).collect();
    assert_eq!(lists.len(), 3, "{answer}");
    for list in lists {
        for key in list.split(')').next().unwrap().split(", ") {
            assert!(
                PAGE.contains(&format!("`{key}`")),
                "{key} is not in the page"
            );
        }
    }
}
