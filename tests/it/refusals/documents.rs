//! Documents that are refused.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use customer_journey::journey::{Fault, JourneyDocument, UnknownWord};
use customer_journey::{Invalid, Journey};
use serde_json::{Value, json};

use super::lines;

#[track_caller]
fn refused(document: &str) -> Invalid {
    let parsed: JourneyDocument = serde_json::from_str(document).unwrap();
    let invalid = Journey::try_from(parsed).unwrap_err();
    let error = serde_json::from_str::<Journey>(document).unwrap_err();
    assert_eq!(error.to_string(), invalid.to_string());
    invalid
}

#[track_caller]
fn faults(document: &str) -> Vec<String> {
    lines(&refused(document))
}

/// A document with these touchpoints and transitions, each the inside of an object.
fn map(touchpoints: &[&str], transitions: &[&str]) -> String {
    let list = |items: &[&str]| {
        let items: Vec<_> = items.iter().map(|item| format!("{{{item}}}")).collect();
        items.join(", ")
    };
    format!(
        r#"{{"format": "customer-journey/1", "touchpoints": [{}], "transitions": [{}]}}"#,
        list(touchpoints),
        list(transitions)
    )
}

/// A document with a touchpoint "a" that has these further keys.
fn one(further: &str) -> String {
    map(
        &[&format!(
            r#""id": "a", "phase": "during", "channel": "web", {further}"#
        )],
        &[],
    )
}

/// A document with a touchpoint "a" and these further keys of the journey.
fn about(further: &str) -> String {
    format!(
        r#"{{"format": "customer-journey/1", "touchpoints": [{{"id": "a", "phase": "during", "channel": "web"}}], {further}}}"#
    )
}

const A: &str = r#""id": "a", "phase": "during", "channel": "web""#;
const B: &str = r#""id": "b", "phase": "after", "channel": "web""#;

/// A document for each kind of fault, and what is said about it.
fn table() -> Vec<(String, &'static str)> {
    [faults_of_the_map(), wrong_words_and_keys(), wrong_types()].concat()
}

/// Faults that a drawing may have as well.
fn faults_of_the_map() -> Vec<(String, &'static str)> {
    vec![
        (
            map(&[], &[]),
            "journey: there is no touchpoint; a journey needs at least one",
        ),
        (
            one(r#""need": " ""#),
            "touchpoint \"a\": `need` is empty; it needs at least one character that is not a blank",
        ),
        (
            one(r#""makes": ["on time", ""]"#),
            "touchpoint \"a\": item 2 of `makes` is empty; it needs at least one character that is not a blank",
        ),
        (
            map(&[A, A], &[]),
            "touchpoint number 2: the id \"a\" is taken by touchpoint number 1 already; ids are unique",
        ),
        (
            map(&[A], &[r#""from": "a", "to": "A""#]),
            "transition number 1 from \"a\" to \"A\": `to` names \"A\", which is not a touchpoint of this journey; \
             did you mean \"a\"?",
        ),
        (
            map(&[A, B], &[r#""from": "a", "to": "b""#; 2]),
            "transition number 2 from \"a\" to \"b\": transition number 1 has the same from, to, `when` and `given` \
             already; add their weights up in one transition",
        ),
        (
            one(r#""starts": -0.5"#),
            "touchpoint \"a\": `starts` is -0.5; it must be a finite number, 0 or more",
        ),
        (
            about(
                r#""values": [{"outcome": "churn", "value": 1}, {"outcome": "churn", "value": 2}]"#,
            ),
            "journey: the value of outcome \"churn\" is stated twice; state it once",
        ),
        (
            one(r#""emotion": 2"#),
            "touchpoint \"a\": `emotion` has valence 2; a valence is a number from -1 to 1",
        ),
        (
            one(r#""emotion": {"feeling": "joy", "intensity": 80}"#),
            "touchpoint \"a\": `emotion` has intensity 80; an intensity is a number from 0 to 1",
        ),
        (
            one(r#""emotion": "frustrated""#),
            "touchpoint \"a\": `emotion` names \"frustrated\", which is not a feeling known here; did you mean \
             \"frustration\"? (a number from -1 to 1 works too)",
        ),
        (
            one(r#""emotion": []"#),
            "touchpoint \"a\": `emotion` has no weight; at least one of its feelings needs a weight above 0",
        ),
        (
            one(r#""promise": {"name": "on time"}"#),
            "touchpoint \"a\": the promise has `kept` 0, `broken` 0 and `unknown` 0; at least one of them must be \
             above 0",
        ),
        (
            map(&[A, B], &[r#""from": "a", "to": "b", "when": "kept""#]),
            "transition number 1 from \"a\" to \"b\": it has `when` \"kept\", but touchpoint \"a\" tests no \
             promise; give the touchpoint a promise or drop `when`",
        ),
    ]
}

/// Words and keys that documents do not have, have twice, or lack.
fn wrong_words_and_keys() -> Vec<(String, &'static str)> {
    vec![
        (
            map(&[r#""id": "a", "phase": "durring", "channel": "web""#], &[]),
            "touchpoint \"a\": `phase`: \"durring\" is not a phase; did you mean \"during\"? \
             (known: before, during, after)",
        ),
        (
            one(r#""can": ["listen", "repair"]"#),
            "touchpoint \"a\": item 2 of `can`: \"repair\" is not an ability \
             (known: resolve, listen, answer, recognise)",
        ),
        (
            one(r#""evidence": "Observed""#),
            "touchpoint \"a\": `evidence`: \"Observed\" is not a grade of evidence; did you mean \"observed\"? \
             (known: assumed, reported, observed)",
        ),
        (
            one(
                r#""promise": {"name": "on time", "kept": 1}, "ends": [{"outcome": "churn", "when": "brocken"}]"#,
            ),
            "touchpoint \"a\": `when` in ending 1: \"brocken\" is not a promise result; did you mean \"broken\"? \
             (known: kept, broken, unknown)",
        ),
        (
            about(r#""kind": "real""#),
            "journey: `kind`: \"real\" is not a kind of journey (known: planned, experienced)",
        ),
        (
            about(r#""transition": []"#),
            "journey: unknown key \"transition\"; did you mean \"transitions\"? (known here: format, name, kind, \
             values, currency, persona, scenario, notes, remembers, touchpoints, transitions, counted, $schema)",
        ),
        (
            one(r#""promise": {"name": "on time", "kpt": 3}"#),
            "touchpoint \"a\": unknown key \"kpt\" in the promise; did you mean \"kept\"? \
             (known here: name, kept, broken, unknown)",
        ),
        (
            one(r#""notes": "a", "notes": "b", "notes": "c""#),
            "touchpoint \"a\": `notes` is given more than once; give it once",
        ),
        (
            one(r#""ends": [{"outcome": "churn"}, {"outcome": "left", "outcome": "churn"}]"#),
            "touchpoint \"a\": `outcome` in ending 2 is given more than once; give it once",
        ),
        (
            map(&[r#""id": "a", "channel": "web""#], &[]),
            "touchpoint \"a\": `phase` is missing; it must be \"before\", \"during\" or \"after\"",
        ),
        (
            about(r#""values": [{"outcome": "churn", "value": null}]"#),
            "journey: `value` in value 1 is missing; it must be a number",
        ),
        (
            one(r#""ends": [{"weight": 3}]"#),
            "touchpoint \"a\": `outcome` in ending 1 is missing; it must be an outcome such as \"churn\"",
        ),
    ]
}

/// Values of which nothing can be made.
fn wrong_types() -> Vec<(String, &'static str)> {
    vec![
        (
            one(r#""cost": "3 EUR""#),
            "touchpoint \"a\": `cost` is the text \"3 EUR\"; it must be a number",
        ),
        (
            one(r#""promise": {"name": "on time", "kept": true, "broken": 2}"#),
            "touchpoint \"a\": `kept` in the promise is true; it must be a number where `broken` or `unknown` is \
             given too",
        ),
        (
            one(r#""promise": "on time""#),
            "touchpoint \"a\": the promise is the text \"on time\"; it must be an object such as \
             {\"name\": \"on time\", \"kept\": 35, \"broken\": 65}",
        ),
        (
            one(r#""emotion": {"feeling": "joy", "valence": 0.5}"#),
            "touchpoint \"a\": `emotion` is an object with both `feeling` and `valence`; it must be an object \
             with exactly one of them",
        ),
        (
            one(r#""emotion": ["joy", {"weight": 3}]"#),
            "touchpoint \"a\": item 2 of `emotion` is an object with neither `feeling` nor `valence`; it must be \
             an object with exactly one of them",
        ),
        (
            one(r#""emotion": ["joy", {"unknown": false, "weight": 3}]"#),
            "touchpoint \"a\": `unknown` in item 2 of `emotion` is false; it must be true, or left out",
        ),
        (
            one(r#""emotion": {"unknown": true, "valence": 0.5}"#),
            "touchpoint \"a\": `emotion` is an object with `unknown` and a feeling; it must be an object with \
             exactly one of them",
        ),
        (
            one(r#""emotion": {"unknown": true, "intensity": 0.5}"#),
            "touchpoint \"a\": `intensity` in `emotion` is the number 0.5; it must be left out, as nobody knows \
             what is felt",
        ),
        (
            one(r#""emotion": ["joy", {"unknown": true}, {"unknown": true, "weight": 2}]"#),
            "touchpoint \"a\": item 3 of `emotion` is `unknown` once more; it must be a feeling or a valence, as \
             `unknown` may stand in the list once",
        ),
        (
            one(r#""emotion": ["joy", {"unknown": true, "weight": -2}]"#),
            "touchpoint \"a\": the weight of `unknown` in `emotion` is -2; it must be a finite number, 0 or more",
        ),
        (
            one(r#""emotion": {"unknown": true, "weight": 0}"#),
            "touchpoint \"a\": `emotion` has no weight; at least one of its feelings needs a weight above 0",
        ),
        (
            one(r#""intended": ["joy", {"unknown": true}]"#),
            "touchpoint \"a\": `intended` has an unknown part, but what is intended is known; leave out `unknown`, \
             or `intended` as a whole",
        ),
        (
            one(r#""intended": true"#),
            "touchpoint \"a\": `intended` is true; it must be a feeling's name, a number from -1 to 1, an object \
             with `feeling` or `valence`, or a list of them",
        ),
        (
            r#"{"format": "customer-journey/1", "touchpoints": ["call"]}"#.to_owned(),
            "touchpoint number 1: it is the text \"call\"; it must be an object with `id`, `phase` and `channel`",
        ),
        (
            about(r#""transitions": [["a", "a"]]"#),
            "transition number 1: it is a list; it must be an object such as \
             {\"from\": \"call\", \"to\": \"review\", \"weight\": 1}",
        ),
        (
            r#"{"format": "customer-journey/2", "touchpoints": [{"id": "a", "phase": "during", "channel": "web"}]}"#
                .to_owned(),
            "journey: `format` is \"customer-journey/2\"; it must be \"customer-journey/1\"",
        ),
        (
            r#"{"touchpoints": [{"id": "a", "phase": "during", "channel": "web"}]}"#.to_owned(),
            "journey: `format` is missing; it must be \"customer-journey/1\"",
        ),
        (
            r#"{"format": "customer-journey/1"}"#.to_owned(),
            "journey: `touchpoints` is missing; it must be a list of touchpoints",
        ),
        (
            "[]".to_owned(),
            "journey: the document is a list; it must be an object with `format`, `touchpoints` and `transitions`",
        ),
    ]
}

#[test]
fn a_document_with_one_fault_is_refused_in_these_words() {
    for (document, message) in table() {
        assert_eq!(faults(&document), [message], "{document}");
    }
}

#[test]
fn there_is_a_document_for_every_kind_of_fault() {
    let name = |fault: &Fault| {
        let text = format!("{fault:?}");
        text.split([' ', '{']).next().unwrap().to_owned()
    };
    let met: BTreeSet<String> = table()
        .iter()
        .flat_map(|(document, _)| refused(document).problems().to_vec())
        .map(|problem| name(&problem.fault))
        .collect();
    // JSON has no number that is not finite, and documents have no ratings.
    let known = [
        "DuplicateId",
        "DuplicateKey",
        "DuplicateTransition",
        "DuplicateValue",
        "Empty",
        "Intensity",
        "MissingKey",
        "NoTouchpoint",
        "NotAnAmount",
        "UnknownFeeling",
        "UnknownFormat",
        "UnknownIntention",
        "UnknownKey",
        "UnknownTouchpoint",
        "UnknownWord",
        "Valence",
        "WeightlessMix",
        "WeightlessPromise",
        "WhenWithoutPromise",
        "WrongType",
    ];
    assert_eq!(met.iter().collect::<Vec<_>>(), known);
}

#[test]
fn all_faults_of_a_document_are_reported_together_in_the_order_of_the_map() {
    let document = r#"{
        "format": "customer-journey/1", "nmae": "Delayed flight", "currency": 3,
        "touchpoints": [
            {"id": "booking", "phase": "befor", "channel": "web", "emotion": "exitement", "starts": true},
            {"id": "notice", "phase": "during", "channel": "sms", "cost": -1,
             "promise": {"name": "on time", "kept": -35}},
            {"id": "notice", "phase": "during", "channel": "phone", "emotion": 4}
        ],
        "transitions": [
            {"from": "booking", "to": "notise", "weight": "1"},
            {"from": "booking", "to": "notice", "when": "kept", "wait": 60}
        ]
    }"#;
    assert_eq!(
        serde_json::from_str::<Journey>(document)
            .unwrap_err()
            .to_string(),
        "13 problems:\n  \
         1. journey: unknown key \"nmae\"; did you mean \"name\"? (known here: format, name, kind, values, \
            currency, persona, scenario, notes, remembers, touchpoints, transitions, counted, $schema)\n  \
         2. journey: `currency` is the number 3; it must be text\n  \
         3. touchpoint \"booking\": `phase`: \"befor\" is not a phase; did you mean \"before\"? \
            (known: before, during, after)\n  \
         4. touchpoint \"booking\": `starts` is true; it must be a number\n  \
         5. touchpoint \"booking\": `emotion` names \"exitement\", which is not a feeling known here; \
            did you mean \"excitement\"? (a number from -1 to 1 works too)\n  \
         6. touchpoint \"notice\": `kept` in the promise is -35; it must be a finite number, 0 or more\n  \
         7. touchpoint \"notice\": `cost` is -1; it must be a finite number, 0 or more\n  \
         8. touchpoint number 3: `emotion` has valence 4; a valence is a number from -1 to 1\n  \
         9. touchpoint number 3: the id \"notice\" is taken by touchpoint number 2 already; ids are unique\n  \
         10. transition number 1 from \"booking\" to \"notise\": `weight` is the text \"1\"; it must be a number, without quotation marks\n  \
         11. transition number 1 from \"booking\" to \"notise\": `to` names \"notise\", which is not a touchpoint \
            of this journey; did you mean \"notice\"?\n  \
         12. transition number 2 from \"booking\" to \"notice\": unknown key \"wait\"; did you mean \"wait_s\"? \
            (known here: from, to, weight, when, wait_s, wait_spread, given)\n  \
         13. transition number 2 from \"booking\" to \"notice\": it has `when` \"kept\", but touchpoint \
            \"booking\" tests no promise; give the touchpoint a promise or drop `when`"
    );
}

/// What could not be read is reported once, and nothing that only follows from it.
#[test]
fn a_fault_does_not_bring_others_with_it() {
    let ways = [
        r#""from": "a", "to": "b", "when": "kept""#,
        r#""from": "b", "to": "a""#,
    ];
    for (document, count) in [
        // Ids that could not be read may be those that transitions name.
        (map(&[r#""id": 7, "phase": "during", "channel": "web", "promise": {"name": "p", "kept": 1}"#, B], &ways), 1),
        (map(&[r#""phase": "during", "channel": "web""#, B], &ways[1..]), 1),
        (map(&[r#""idd": "a", "phase": "during", "channel": "web""#, B], &ways[1..]), 1),
        (r#"{"format": "customer-journey/1", "touchpoints": {}, "transitions": [{"from": "a", "to": "b"}]}"#.to_owned(), 1),
        (r#"{"format": "customer-journey/1", "touchpoint": [], "transitions": [{"from": "a", "to": "b"}]}"#.to_owned(), 1),
        // A name more than there are such touchpoints is wrong in any case.
        (map(&[r#""phase": "during", "channel": "web""#], &[r#""from": "lounge", "to": "counter""#]), 3),
        // A promise that could not be read is a promise.
        (map(&[&format!(r#"{A}, "promise": "on time""#), B], &ways), 1),
        (map(&[&format!(r#"{A}, "promiss": {{"name": "on time", "kept": 1}}"#), B], &ways), 1),
        (map(&[&format!(r#"{A}, "promise": {{"name": "on time", "kept": "1"}}"#), B], &ways), 1),
        (map(&[&format!(r#"{A}, "promise": {{"name": "on time", "kep": 1}}"#), B], &ways), 1),
        (map(&[&format!(r#"{A}, "promise": {{"kept": 1}}"#), B], &ways), 1),
        // Nor are two transitions the same because it is not known when they are open.
        (map(&[A, B], &[r#""from": "a", "to": "b", "when": 1"#, r#""from": "a", "to": "b", "when": "always""#]), 2),
        (map(&[A, B], &[r#""from": "a", "to": "b""#, r#""from": "a", "to": "b", "whn": "kept""#]), 1),
        (map(&[A, B], &[r#""from": "a""#, r#""from": "a""#]), 2),
        // A feeling that could not be read still has its weight.
        (one(r#""emotion": [[]]"#), 1),
        (one(r#""emotion": {"feling": "joy"}"#), 1),
        (one(r#""emotion": {"feeling": 1}"#), 1),
        (one(r#""emotion": {"feeling": "joy", "weight": "0"}"#), 1),
        (about(r#""values": [{"value": 1}, {"value": 2}, "churn"]"#), 3),
        (one(r#""ends": [{"outcome": 3}], "channle": "web""#), 2),
    ] {
        let faults = faults(&document);
        assert_eq!(faults.len(), count, "{document}: {faults:#?}");
    }
}

#[test]
fn problems_are_data_too() {
    let invalid = refused(&one(r#""evidence": "seen", "ends": [{"outcom": "churn"}]"#));
    let [key, word] = invalid.problems() else {
        panic!("{invalid}");
    };
    let Fault::UnknownKey {
        key,
        within,
        nearest,
        known,
        ..
    } = &key.fault
    else {
        panic!("{key}");
    };
    assert_eq!(
        (key.as_str(), within.as_deref(), nearest.as_deref()),
        ("outcom", Some("ending 1"), Some("outcome"))
    );
    assert_eq!(*known, ["outcome", "weight", "when", "given"]);
    let Fault::UnknownWord {
        word: UnknownWord { word, known, .. },
        ..
    } = &word.fault
    else {
        panic!("{word}");
    };
    assert_eq!(word, "seen");
    assert_eq!(*known, ["assumed", "reported", "observed"]);
}

#[test]
fn text_that_is_no_document_has_one_error() {
    let more = map(&[A], &[]) + " and more";
    for text in ["", "{", "nonsense", &more] {
        assert!(serde_json::from_str::<JourneyDocument>(text).is_err());
        let error = serde_json::from_str::<Journey>(text).unwrap_err();
        assert!(!error.is_data(), "{error}");
    }
    let error = serde_json::from_str::<Journey>("null").unwrap_err();
    assert!(
        error
            .to_string()
            .contains("journey: the document is null; it must be")
    );
}

#[test]
fn deep_nesting_is_refused() {
    for text in ["[".repeat(100_000), r#"{"a":"#.repeat(100_000)] {
        let error = serde_json::from_str::<Journey>(&text).unwrap_err();
        let message = "lists and objects are nested more than 100 deep; no document needs that";
        assert!(error.to_string().starts_with(message), "{error}");
    }
    let deepest = format!("{}{}", "[".repeat(100), "]".repeat(100));
    assert_eq!(faults(&deepest).len(), 1);
    // Nor does it matter whether the format has a limit of its own.
    let value = (0..1000).fold(Value::Null, |value, _| Value::Array(vec![value]));
    assert!(serde_json::from_value::<Journey>(value).is_err());
}

/// Large maps in which everything is wrong are refused soon. The bound is far above what it takes, and far
/// below what a comparison of everything with everything takes.
#[test]
fn very_many_faults_are_reported_soon() {
    let many = 100_000;
    let transitions: Vec<Value> = (0..many)
        .map(|i| json!({"from": format!("t{i}"), "to": format!("touchpoint {i}")}))
        .collect();
    let touchpoints: Vec<Value> = (0..many)
        .map(|i| match i % 50 {
            0 => json!({"id": format!("t{i}"), "phase": "during", "channel": "web", "emotion": format!("e{i}")}),
            _ => json!({"id": format!("t{i}"), "phase": "during", "channel": "web"}),
        })
        .collect();
    let document = json!({
        "format": "customer-journey/1", "touchpoints": touchpoints, "transitions": transitions,
    });
    let document: JourneyDocument = serde_json::from_value(document).unwrap();
    let start = Instant::now();
    let invalid = Journey::try_from(document).unwrap_err();
    assert_eq!(invalid.problems().len(), many + many / 50);
    assert!(invalid.to_string().len() > 100 * many);
    assert!(
        start.elapsed() < Duration::from_secs(60),
        "{:?}",
        start.elapsed()
    );
}
