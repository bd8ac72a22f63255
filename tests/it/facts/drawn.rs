//! Facts in documents, builders and graphs.

use customer_journey::facts::{Fact, FactKind, FeltLevel, Given, StartOf};
use customer_journey::journey::JourneyDocument;
use customer_journey::{
    Change, Channel, Feeling, Journey, Phase, Promise, PromiseResult, Touchpoint, Transition,
};

/// Every kind of fact and everything that can depend on one.
const ALL: &str = r#"{
  "format": "customer-journey/1",
  "kind": "experienced",
  "remembers": [
    { "fact": "delivery", "first": { "promise": "on time" } },
    { "fact": "came by", "start": "channel" },
    { "fact": "began at", "start": { "touchpoint": ["shop"] } },
    { "fact": "kind", "start": { "of": { "new": 300, "returning": 700 } } },
    { "fact": "complained", "visited": "complaint" },
    { "fact": "complaints", "times": "complaint" },
    { "fact": "upset", "felt": { "touchpoint": "delivered", "at_most": -0.25 } },
    { "fact": "glad", "felt": { "at_least": 0.5 } },
    { "fact": "worst", "lowest": [-0.5, 0] },
    { "fact": "best", "highest": [0.25] },
    { "fact": "breaks", "broken": true },
    { "fact": "so far", "moments": [3, 6] },
    { "fact": "mood", "mood": true }
  ],
  "touchpoints": [
    { "id": "shop", "phase": "before", "channel": "web",
      "starts": [ { "weight": 2, "given": { "kind": "new" } }, { "weight": 1 } ] },
    { "id": "delivered", "phase": "during", "channel": "courier", "emotion": "joy",
      "emotion_when_broken": "anger",
      "emotion_given": [ { "given": { "complained": true }, "when": "broken", "emotion": -1 } ],
      "promise": { "name": "on time", "kept": 9, "broken": 1 },
      "promise_given": [ { "given": { "complaints": ["1", "2+"] }, "promise": { "name": "on time", "kept": 1, "broken": 1 } } ] },
    { "id": "complaint", "phase": "after", "channel": "phone",
      "ends": [ { "outcome": "churn", "weight": 1, "given": { "breaks": "2+", "worst": ["none", "up to -0.5"] } },
                { "outcome": "loyalty", "weight": 1 } ] }
  ],
  "transitions": [
    { "from": "shop", "to": "delivered", "weight": 1 },
    { "from": "delivered", "to": "complaint", "weight": 3, "given": { "delivery": "broken", "upset": false } },
    { "from": "delivered", "to": "complaint", "weight": 1, "given": { "so far": "3-5" } },
    { "from": "complaint", "to": "delivered", "weight": 1, "given": { "complaints": "1" } }
  ]
}"#;

#[test]
fn documents_keep_every_fact_and_what_depends_on_it() {
    let journey: Journey = serde_json::from_str(ALL).unwrap();
    let back = serde_json::to_value(&journey).unwrap();
    assert_eq!(
        back,
        serde_json::from_str::<serde_json::Value>(ALL).unwrap()
    );
    let again: Journey = serde_json::from_value(back).unwrap();
    assert_eq!(again, journey);
    assert_eq!(journey.remembers().len(), 13);
    assert_eq!(journey.fact_values("so far").unwrap(), ["0-2", "3-5", "6+"]);
    assert_eq!(
        journey.fact_values("worst").unwrap(),
        ["none", "up to -0.5", "up to 0", "above 0"]
    );
    assert_eq!(
        journey.fact_values("came by").unwrap(),
        ["courier", "phone", "web"]
    );
    assert_eq!(journey.fact_values("began at").unwrap(), ["shop", "other"]);
    assert_eq!(journey.fact_values("nothing"), None);
}

#[test]
fn the_builder_draws_what_the_document_says() {
    let read: Journey = serde_json::from_str(ALL).unwrap();
    let drawn = Journey::builder("")
        .remember(Fact::first("delivery", "on time"))
        .remember(Fact::start_channel("came by"))
        .remember(Fact::new(
            "began at",
            FactKind::Start(StartOf::Touchpoint(vec!["shop".into()])),
        ))
        .remember(Fact::shares("kind", [("new", 300.0), ("returning", 700.0)]))
        .remember(Fact::visited("complained", "complaint"))
        .remember(Fact::times("complaints", "complaint"))
        .remember(Fact::felt_at(
            "upset",
            "delivered",
            FeltLevel::AtMost(-0.25),
        ))
        .remember(Fact::felt("glad", FeltLevel::AtLeast(0.5)))
        .remember(Fact::new(
            "worst",
            FactKind::Lowest {
                levels: vec![-0.5, 0.0],
            },
        ))
        .remember(Fact::new("best", FactKind::Highest { levels: vec![0.25] }))
        .remember(Fact::new("breaks", FactKind::Broken))
        .remember(Fact::new("so far", FactKind::Moments { from: vec![3, 6] }))
        .remember(Fact::new("mood", FactKind::Mood))
        .touchpoint(
            Touchpoint::new("shop", Phase::Before, Channel::Web)
                .starts_given(Given::is("kind", "new"), 2.0)
                .starts_given(Given::default(), 1.0),
        )
        .touchpoint(
            Touchpoint::new("delivered", Phase::During, "courier")
                .feels(Feeling::Joy)
                .feels_when_broken(Feeling::Anger)
                .feels_given_when(Given::is("complained", true), PromiseResult::Broken, -1.0)
                .promise(Promise::new("on time").kept(9.0).broken(1.0))
                .promise_given(
                    Given::is("complaints", ["1", "2+"]),
                    Promise::new("on time").kept(1.0).broken(1.0),
                ),
        )
        .touchpoint(
            Touchpoint::new("complaint", Phase::After, Channel::Phone)
                .ends_given(
                    Given::is("worst", ["up to -0.5", "none"]).and("breaks", "2+"),
                    "churn",
                    1.0,
                )
                .ends("loyalty", 1.0),
        )
        .transition("shop", "delivered", 1.0)
        .transition_given(
            Given::is("delivery", PromiseResult::Broken).and("upset", false),
            "delivered",
            "complaint",
            3.0,
        )
        .transition_given(Given::is("so far", "3-5"), "delivered", "complaint", 1.0)
        .connect(
            "complaint",
            "delivered",
            Transition::new(1.0).given(Given::is("complaints", "1")),
        )
        .build()
        .unwrap();
    assert_eq!(drawn, read);
    let parts = (drawn.remembers().to_vec(), drawn.graph().clone());
    assert_eq!(Journey::try_from(parts).unwrap(), drawn);
    // The graph alone does not say what is remembered.
    let lost = Journey::try_from(drawn.graph().clone()).unwrap_err();
    assert!(lost.to_string().contains("the fact \"delivery\""), "{lost}");
}

#[test]
fn every_problem_with_facts_is_named_at_once() {
    let text = ALL
        .replace(r#"{ "promise": "on time" }"#, r#"{ "promise": "on tine" }"#)
        .replace(r#""visited": "complaint""#, r#""visited": "complain""#)
        .replace("[-0.5, 0]", "[0, -0.5]")
        .replace(r#""moments": [3, 6]"#, r#""moments": [3.5]"#)
        .replace(r#""at_most": -0.25"#, r#""at_most": -2"#)
        .replace(
            r#""given": { "kind": "new" }"#,
            r#""given": { "mood": "low" }"#,
        )
        .replace(r#""delivery": "broken""#, r#""delivery": "brokn""#)
        .replace(r#"{ "complaints": "1" }"#, r#"{ "complaint": "1" }"#)
        .replace(
            r#""given": { "complained": true }"#,
            r#""given": { "complained": [] }"#,
        )
        .replace(
            r#""name": "on time", "kept": 1"#,
            r#""name": "in full", "kept": 1"#,
        )
        .replace(r#""fact": "glad""#, r#""fact": "upset""#)
        .replace(
            r#"{ "fact": "mood", "mood": true }"#,
            r#"{ "fact": "mood" }"#,
        );
    let document: JourneyDocument = serde_json::from_str(&text).unwrap();
    let invalid = Journey::try_from(document).unwrap_err();
    let told = invalid.to_string();
    for expected in [
        "remembers the promise \"on tine\", which no touchpoint tests, so that nothing can set it; did you mean \"on time\"?",
        "fact \"complained\" names the touchpoint \"complain\", which is not in this journey; did you mean \"complaint\"?",
        "fact \"worst\": levels must be one to twenty numbers from -1 to 1, ascending",
        "fact \"so far\": `moments` must be",
        "`felt` has valence -2",
        "asks whether delivery is \"brokn\", which it never is; did you mean \"broken\"? (its values: ",
        "it depends on the fact \"complaint\", which is not among those that `remembers` states; did you mean \"complaints\"?",
        "item 1 of `emotion_given` can never hold, as no value of complained is allowed",
        "item 1 of `promise_given` is about the promise \"in full\", but the promise \"on time\" is tested here",
        "fact \"upset\" is stated twice",
        "fact 13 is an object that does not say what sets it",
        "item 1 of `starts` depends on the fact \"mood\"",
    ] {
        assert!(told.contains(expected), "{expected}\nnot in\n{told}");
    }
}

#[test]
fn what_depends_on_facts_says_on_which_and_what() {
    let text = ALL
        .replace(
            r#""given": { "complained": true }, "when": "broken", "emotion": -1"#,
            r#""when": "broken""#,
        )
        .replace(r#""given": { "complaints": ["1", "2+"] }, "#, "");
    let document: JourneyDocument = serde_json::from_str(&text).unwrap();
    let told = Journey::try_from(document).unwrap_err().to_string();
    for expected in [
        "`given`",
        "`emotion`",
        "item 1 of `emotion_given`",
        "item 1 of `promise_given`",
    ] {
        assert!(told.contains(expected), "{expected}\nnot in\n{told}");
    }
    assert_eq!(told.matches("is missing").count(), 3, "{told}");
}

#[test]
fn changes_reach_what_depends_on_facts() {
    let journey: Journey = serde_json::from_str(ALL).unwrap();
    let late = Given::is("delivery", "broken").and("upset", false);
    let changed = journey
        .with_changes(&[
            Change::weight_given(late.clone(), "delivered", "complaint", 5.0),
            Change::keep("delivered"),
            Change::lift("delivered"),
        ])
        .unwrap();
    let way = changed.transitions().find(|(_, _, way)| way.given == late);
    assert_eq!(way.unwrap().2.weight, 5.0);
    assert_eq!(changed.transitions().len(), 4);
    let delivered = changed.touchpoint("delivered").unwrap();
    assert_eq!(delivered.promise_given[0].promise.broken, 0.0);
    assert_eq!(delivered.emotion_given[0].emotion.mean(), Some(0.0));
    let refused = journey
        .with_changes(&[Change::remove("complaint")])
        .unwrap_err();
    assert!(
        refused.to_string().contains("depends on facts"),
        "{refused}"
    );
    let unknown = journey
        .with_changes(&[Change::weight_given(
            Given::is("delivery", "kept"),
            "delivered",
            "complaint",
            1.0,
        )])
        .unwrap_err();
    assert!(
        unknown.to_string().contains("no such transition"),
        "{unknown}"
    );
}

#[test]
fn facts_are_remembered_and_forgotten_by_changes() {
    let journey: Journey = serde_json::from_str(ALL).unwrap();
    let more = Change::remember(Fact::times("parcels", "delivered"));
    assert_eq!(
        more.to_string(),
        "let customers remember \"parcels\": how often \"delivered\" was visited"
    );
    let changed = journey.with_changes(&[more]).unwrap();
    assert_eq!(changed.remembers().len(), journey.remembers().len() + 1);
    assert_eq!(
        changed.with_changes(&[Change::forget("parcels")]).unwrap(),
        journey
    );
    // Weights of a drawn map are no numbers of customers.
    for (change, expected) in [
        (
            Change::forget("delivery"),
            "customers cannot forget \"delivery\", as \"delivered\" depends on it",
        ),
        (Change::forget("delivry"), "did you mean \"delivery\"?"),
        (
            Change::remember(Fact::times("delivery", "delivered")),
            "fact \"delivery\" is stated twice",
        ),
        (
            Change::remember(Fact::start_segment("who")),
            "fact \"who\" is the segment of a customer",
        ),
        (
            Change::remember(Fact::times("parcels", "delivred")),
            "did you mean \"delivered\"?",
        ),
    ] {
        let refused = journey.with_changes(&[change]).unwrap_err().to_string();
        assert!(refused.contains(expected), "{expected}\nnot in\n{refused}");
    }
}
