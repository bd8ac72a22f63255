//! The schemas say what the documents are.

#[path = "schema/validator.rs"]
pub(crate) mod validator;

use std::collections::BTreeSet;

use crate::steady::cases;
use customer_journey::compare::Comparison;
use customer_journey::events::Remember;
use customer_journey::render::Table;
use customer_journey::schema::{
    COMPARISON_SCHEMA, JOURNEY_SCHEMA, PARTS_SCHEMA, REPORT_SCHEMA, RULES_SCHEMA,
};
use customer_journey::{
    EventLog, EventRef, Feeling, Journey, LearnOptions, Phase, PromiseResult, Report,
};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::arb;
use validator::breaks;

fn schema(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn flight() -> Value {
    serde_json::from_str(include_str!("../../examples/data/delayed-flight.json")).unwrap()
}

fn page_example() -> Value {
    let page = include_str!("../../src/docs/document.md");
    let example = page.split("```json").nth(1).unwrap();
    serde_json::from_str(example.split("```").next().unwrap()).unwrap()
}

/// The keys that a reader knows, told by its complaint about one that it does not.
fn known_keys(at: &str, mut document: Value) -> BTreeSet<String> {
    document.pointer_mut(at).unwrap()["?"] = json!(1);
    let error = serde_json::from_value::<Journey>(document)
        .unwrap_err()
        .to_string();
    let list = error.split("known here: ").nth(1).unwrap();
    let list = list.split(')').next().unwrap();
    list.split(", ").map(str::to_owned).collect()
}

fn keys(schema: &Value, at: &str) -> BTreeSet<String> {
    let keys = schema.pointer(at).unwrap()["properties"]
        .as_object()
        .unwrap();
    keys.keys().cloned().collect()
}

#[test]
fn the_schema_has_the_keys_of_the_documents() {
    let schema = schema(JOURNEY_SCHEMA);
    let full = json!({
        "format": "customer-journey/1",
        "values": [{"outcome": "churn", "value": 1}],
        "touchpoints": [{"id": "a", "phase": "before", "channel": "web", "emotion": {"valence": 0},
            "promise": {"name": "p", "kept": 1}, "figures": [{"label": "calls", "value": 3}],
            "measures": [{"name": "m", "kind": "nps", "answers": [{"answer": 9, "count": 2}]}], "ends": [{"outcome": "churn"}]}],
        "transitions": [{"from": "a", "to": "a"}],
    });
    assert_eq!(breaks(&schema, &full), [""; 0]);
    for (document, in_schema) in [
        ("", ""),
        ("/values/0", "/properties/values/items"),
        ("/touchpoints/0", "/$defs/touchpoint"),
        ("/touchpoints/0/emotion", "/$defs/shade"),
        ("/touchpoints/0/promise", "/$defs/promise"),
        (
            "/touchpoints/0/ends/0",
            "/$defs/touchpoint/properties/ends/items",
        ),
        (
            "/touchpoints/0/figures/0",
            "/$defs/touchpoint/properties/figures/items",
        ),
        (
            "/touchpoints/0/measures/0",
            "/$defs/touchpoint/properties/measures/items",
        ),
        (
            "/touchpoints/0/measures/0/answers/0",
            "/$defs/touchpoint/properties/measures/items/properties/answers/items",
        ),
        ("/transitions/0", "/$defs/transition"),
    ] {
        assert_eq!(
            keys(&schema, in_schema),
            known_keys(document, full.clone()),
            "{document}"
        );
    }
    let feelings: Vec<&str> = Feeling::ALL
        .iter()
        .map(|feeling| feeling.as_str())
        .collect();
    let mut named: Vec<&str> = schema["$defs"]["feeling"]["anyOf"][0]["enum"]
        .as_array()
        .unwrap()
        .iter()
        .map(|name| name.as_str().unwrap())
        .collect();
    named.sort_by_key(|name| feelings.iter().position(|known| known == name));
    assert_eq!(named, feelings);
}

#[test]
fn the_documents_of_the_examples_are_valid() {
    let schema = schema(JOURNEY_SCHEMA);
    for document in [flight(), page_example()] {
        assert_eq!(breaks(&schema, &document), [""; 0]);
    }
    let mut named = flight();
    named["$schema"] = json!("journey.schema.json");
    assert_eq!(breaks(&schema, &named), [""; 0]);
    let read: Journey = serde_json::from_value(named).unwrap();
    assert_eq!(read, serde_json::from_value(flight()).unwrap());
}

#[test]
fn what_is_partly_known_is_valid_with_every_spelling() {
    let schema = schema(JOURNEY_SCHEMA);
    for emotion in [
        json!({"unknown": true}),
        json!({"unknown": true, "weight": 65, "feeling": null, "valence": null, "intensity": null}),
        json!([{"unknown": true, "weight": 960}, {"feeling": "anger", "weight": 40, "unknown": null}]),
        json!(["joy", 0.5, {"unknown": true}]),
    ] {
        let mut document = flight();
        document["touchpoints"][0]["emotion"] = emotion.clone();
        assert_eq!(breaks(&schema, &document), [""; 0], "{emotion}");
        let read: Journey = serde_json::from_value(document).unwrap();
        let written = serde_json::to_value(&read).unwrap();
        assert_eq!(breaks(&schema, &written), [""; 0], "{emotion}");
        assert_eq!(serde_json::from_value::<Journey>(written).unwrap(), read);
    }
}

#[test]
fn slips_are_refused_by_the_schema_and_by_the_reader() {
    let slips = [
        ("/format", json!("customer-journey/2")),
        ("/format", Value::Null),
        ("/kind", json!("real")),
        ("/name", json!(3)),
        ("/$schema", json!(3)),
        ("/touchpoints", json!([])),
        ("/touchpoints", json!({})),
        ("/touchpoints/0", json!("booking")),
        ("/touchpoints/0/id", json!(" ")),
        ("/touchpoints/0/id", Value::Null),
        ("/touchpoints/0/phase", json!("befor")),
        ("/touchpoints/0/phase", Value::Null),
        ("/touchpoints/0/channel", json!("")),
        ("/touchpoints/0/need", json!(" ")),
        ("/touchpoints/0/emotion", json!("angr")),
        ("/touchpoints/0/emotion", json!("")),
        ("/touchpoints/0/emotion", json!(1.5)),
        ("/touchpoints/0/emotion", json!(true)),
        ("/touchpoints/0/emotion", json!([])),
        ("/touchpoints/0/emotion", json!([[]])),
        ("/touchpoints/0/emotion", json!({})),
        (
            "/touchpoints/0/emotion",
            json!({"feeling": "joy", "valence": 0.5}),
        ),
        (
            "/touchpoints/0/emotion",
            json!({"feeling": "joy", "intensity": 2}),
        ),
        ("/touchpoints/0/emotion", json!({"valence": 2})),
        (
            "/touchpoints/0/emotion",
            json!({"feeling": "joy", "wieght": 2}),
        ),
        ("/touchpoints/0/promise", json!({"kept": 1})),
        ("/touchpoints/0/promise", json!({"name": "p", "kept": -1})),
        (
            "/touchpoints/0/promise",
            json!({"name": "p", "kept": true, "broken": 1}),
        ),
        ("/touchpoints/0/promise", json!("p")),
        ("/touchpoints/0/makes", json!(["p", " "])),
        ("/touchpoints/0/can", json!(["resolv"])),
        ("/touchpoints/0/cost", json!(-1)),
        ("/touchpoints/0/starts", json!("1")),
        ("/touchpoints/0/ends", json!([{"weight": 1}])),
        (
            "/touchpoints/0/ends",
            json!([{"outcome": "churn", "weight": -1}]),
        ),
        (
            "/touchpoints/0/ends",
            json!([{"outcome": "churn", "when": "brokn"}]),
        ),
        ("/touchpoints/0/evidence", json!("seen")),
        ("/transitions/0/from", Value::Null),
        ("/transitions/0/weight", json!(-1)),
        ("/transitions/0/wait_s", json!("an hour")),
        ("/transitions/0/when", json!("if kept")),
        ("/values", json!([{"outcome": "churn"}])),
    ];
    both_refuse(&slips);
}

/// Puts each slip into a document at its place.
fn both_refuse(slips: &[(&str, Value)]) {
    let schema = schema(JOURNEY_SCHEMA);
    for (at, slip) in slips {
        let mut document = flight();
        let (parent, key) = at.rsplit_once('/').unwrap();
        let parent = document.pointer_mut(parent).unwrap();
        match key.parse::<usize>() {
            Ok(number) => parent[number] = slip.clone(),
            Err(_) => parent[key] = slip.clone(),
        }
        assert_ne!(breaks(&schema, &document), [""; 0], "{at}: {slip}");
        assert!(
            serde_json::from_value::<Journey>(document).is_err(),
            "{at}: {slip}"
        );
    }
}

#[test]
fn slips_about_what_is_unknown_are_refused_by_both() {
    both_refuse(&[
        ("/touchpoints/0/emotion", json!({"unknown": false})),
        ("/touchpoints/0/emotion", json!({"unknown": 960})),
        (
            "/touchpoints/0/emotion",
            json!({"unknown": true, "weight": -1}),
        ),
        (
            "/touchpoints/0/emotion",
            json!({"unknown": true, "feeling": "joy"}),
        ),
        (
            "/touchpoints/0/emotion",
            json!({"unknown": true, "valence": 0}),
        ),
        (
            "/touchpoints/0/emotion",
            json!({"unknown": true, "intensity": 1}),
        ),
        (
            "/touchpoints/0/emotion",
            json!(["joy", {"unknown": true}, {"unknown": true, "weight": 2}]),
        ),
        ("/touchpoints/0/intended", json!({"unknown": true})),
        ("/touchpoints/0/intended", json!(["joy", {"unknown": true}])),
    ]);
}

/// The keys of a value that its schema says nothing of, however deep; a part of a choice is left to the choice.
fn undescribed(root: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    let schema = match schema.get("$ref") {
        Some(to) => {
            let to = to.as_str().unwrap().strip_prefix('#').unwrap();
            root.pointer(to).unwrap()
        }
        None => schema,
    };
    let mut found = Vec::new();
    match value {
        Value::Object(fields) => {
            let Some(properties) = schema.get("properties") else {
                return found;
            };
            for (key, inner) in fields {
                let at = format!("{at}/{key}");
                match properties.get(key) {
                    Some(rule) => found.extend(undescribed(root, rule, inner, &at)),
                    None => found.push(at),
                }
            }
        }
        Value::Array(items) => {
            if let Some(rule) = schema.get("items") {
                for item in items {
                    found.extend(undescribed(root, rule, item, &format!("{at}/_")));
                }
            }
        }
        _ => {}
    }
    found.sort();
    found.dedup();
    found
}

/// Where a schema asks for a key that it does not describe: validators that are strict refuse such a schema.
fn asked_for_and_not_described(schema: &Value, at: &str) -> Vec<String> {
    let mut found = Vec::new();
    match schema {
        Value::Object(rules) => {
            // Beside `properties`: a condition may name keys that are described elsewhere.
            if let (Some(Value::Array(required)), Some(properties)) =
                (rules.get("required"), rules.get("properties"))
            {
                let missing = required
                    .iter()
                    .filter(|key| properties.get(key.as_str().unwrap()).is_none());
                found.extend(missing.map(|key| format!("{at}: {key}")));
            }
            for (key, inner) in rules {
                found.extend(asked_for_and_not_described(inner, &format!("{at}/{key}")));
            }
        }
        Value::Array(items) => {
            for (number, inner) in items.iter().enumerate() {
                found.extend(asked_for_and_not_described(
                    inner,
                    &format!("{at}/{number}"),
                ));
            }
        }
        _ => {}
    }
    found
}

#[test]
fn a_schema_describes_every_key_that_it_asks_for() {
    for text in [
        JOURNEY_SCHEMA,
        REPORT_SCHEMA,
        RULES_SCHEMA,
        COMPARISON_SCHEMA,
        PARTS_SCHEMA,
    ] {
        assert_eq!(asked_for_and_not_described(&schema(text), ""), [""; 0]);
    }
}

#[test]
fn reports_of_the_examples_are_valid() {
    let schema = schema(REPORT_SCHEMA);
    for document in [flight(), page_example()] {
        let journey: Journey = serde_json::from_value(document).unwrap();
        let report = serde_json::to_value(journey.flow().unwrap().report()).unwrap();
        assert_eq!(breaks(&schema, &report), [""; 0]);
        assert_eq!(undescribed(&schema, &schema, &report, ""), [""; 0]);
        let mut damaged = report.clone();
        damaged["length"] = Value::Null;
        damaged["trajectory"]["phases"][0]["reach"] = json!(1.5);
        assert_eq!(
            breaks(&schema, &damaged),
            ["/length: type", "/trajectory/phases/0/reach: maximum"]
        );
    }
}

/// Parcels that come on time or late, asked after by web or by phone, and reviews of what was felt.
fn parcels() -> EventLog {
    let mut log = EventLog::default();
    for number in 0..240_i64 {
        let (name, late) = (format!("j{number}"), number % 4 == 0);
        let mut at = number * 1_000;
        let mut add = |event: EventRef<'_>| {
            log.record(event.time_ms(at)).unwrap();
            at += 60 + number;
        };
        let event = |touchpoint: &'static str, channel: &'static str| {
            EventRef::new(&name, touchpoint).channel(channel)
        };
        add(event("order", "web").emotion(0.4));
        let result = if late {
            PromiseResult::Broken
        } else {
            PromiseResult::Kept
        };
        add(event("parcel", "courier")
            .promise(result)
            .promise_name("on time"));
        if late && number % 8 == 0 {
            add(event("ask by phone", "phone").emotion(if number % 16 == 0 { -0.6 } else { -0.2 }));
        } else if late {
            add(event("ask by web", "web").emotion(-0.8));
        }
        let outcome = if late && number % 3 > 0 {
            "bad review"
        } else {
            "good review"
        };
        let felt = if late { -0.5 } else { 0.6 };
        add(event("review", "email").emotion(felt).outcome(outcome));
    }
    log
}

#[test]
fn the_report_of_a_learned_journey_is_valid_and_described() {
    let schema = schema(REPORT_SCHEMA);
    let options = LearnOptions::new().other_phases(Phase::During);
    for remember in [Remember::None, Remember::Auto] {
        let learned = parcels()
            .learn(&options.clone().remembering(remember))
            .unwrap();
        let report = serde_json::to_value(learned.journey.flow().unwrap().report()).unwrap();
        assert_eq!(breaks(&schema, &report), [""; 0]);
        assert_eq!(undescribed(&schema, &schema, &report, ""), [""; 0]);
        let report = learned.journey.flow().unwrap().report();
        assert_eq!(below_nothing(&report), [""; 0]);
    }
}

/// Where a document or a table has -0, which is the sum of nothing and no figure to read.
fn below_nothing(report: &Report) -> Vec<String> {
    fn is_below_nothing(number: f64) -> bool {
        number == 0.0 && number.is_sign_negative()
    }
    fn search(value: &Value, at: &str, found: &mut Vec<String>) {
        match value {
            Value::Object(parts) => {
                for (key, part) in parts {
                    search(part, &format!("{at}/{key}"), found);
                }
            }
            Value::Array(parts) => parts.iter().for_each(|part| search(part, at, found)),
            Value::Number(number) if number.as_f64().is_some_and(is_below_nothing) => {
                found.push(at.to_owned());
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    search(&serde_json::to_value(report).unwrap(), "", &mut found);
    for table in Table::ALL {
        let text = report.csv(*table).to_string();
        if text.split([',', '\r', '\n']).any(|cell| cell == "-0") {
            found.push(format!("{table:?}"));
        }
    }
    found
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn what_is_written_is_valid(journey in arb::journey()) {
        let document = serde_json::to_value(&journey).unwrap();
        prop_assert_eq!(breaks(&schema(JOURNEY_SCHEMA), &document), [""; 0]);
        if let Ok(flow) = journey.flow() {
            let report = flow.report();
            let document = serde_json::to_value(&report).unwrap();
            let described = schema(REPORT_SCHEMA);
            prop_assert_eq!(breaks(&described, &document), [""; 0]);
            prop_assert_eq!(undescribed(&described, &described, &document, ""), [""; 0]);
            let text = serde_json::to_string(&report).unwrap();
            let mut read: Report = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(serde_json::to_string(&read).unwrap(), text);
            // Of warnings the document has no more than the sentence.
            read.warnings.clone_from(&report.warnings);
            prop_assert_eq!(&read, &report);
            let comparison = report.compare(&report);
            let text = serde_json::to_string(&comparison).unwrap();
            let document = serde_json::to_value(&comparison).unwrap();
            prop_assert_eq!(breaks(&schema(COMPARISON_SCHEMA), &document), [""; 0]);
            prop_assert_eq!(serde_json::from_str::<Comparison>(&text).unwrap(), comparison);
        }
    }

    /// What the schema lets pass and the reader refuses is a matter of several places, which no schema sees.
    #[test]
    fn a_damaged_document_that_is_refused_breaks_the_schema(
        pointer in prop::sample::select(vec!["/touchpoints/0", "/touchpoints/1", "/transitions/0", "/transitions/1", ""]),
        key in prop::sample::select(vec!["id", "phase", "channel", "emotion", "promise", "ends", "starts", "can", "weight", "when", "format", "kind", "name", "other"]),
        value in prop::sample::select(vec![json!(null), json!(1), json!(-1), json!("x"), json!(""), json!(true), json!([]), json!({}), json!(["x"]), json!({"name": "p"}), json!(0.5)]),
    ) {
        let mut document = flight();
        document.pointer_mut(pointer).unwrap()[key] = value;
        let refused = match serde_json::from_value::<Journey>(document.clone()) {
            Ok(_) => false,
            Err(error) => {
                let across = ["is not a touchpoint of this journey", "tests no promise", "is taken by", "has no weight", "at least one of them must be above 0"];
                let error = error.to_string();
                !across.iter().any(|problem| error.contains(problem))
            }
        };
        let broken = !breaks(&schema(JOURNEY_SCHEMA), &document).is_empty();
        prop_assert!(!refused || broken, "{document}");
    }
}
