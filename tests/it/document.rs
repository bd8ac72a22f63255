//! Journeys from and to documents.

use crate::steady::cases;
use customer_journey::journey::{JourneyDocument, JourneyKind, Shade};
use customer_journey::{
    Ability, Channel, Emotion, Evidence, Feeling, Journey, Outcome, Phase, Promise, PromiseResult,
    Touchpoint, Transition,
};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::arb;

fn read(document: Value) -> Journey {
    serde_json::from_value(document).unwrap()
}

fn write(journey: &Journey) -> String {
    serde_json::to_string(journey).unwrap()
}

#[track_caller]
fn assert_round_trip(journey: &Journey) {
    let text = write(journey);
    let back: Journey = serde_json::from_str(&text).unwrap();
    assert_eq!(&back, journey);
    assert_eq!(write(&back), text);
    assert_eq!(read(serde_json::to_value(journey).unwrap()), *journey);
}

const DELAYED_FLIGHT: &str = r#"{
  "format": "customer-journey/1",
  "name": "Delayed flight",
  "kind": "experienced",
  "touchpoints": [
    { "id": "booking", "name": "Books on the web", "phase": "before", "channel": "web",
      "emotion": "excitement", "makes": ["keep me informed"], "starts": 1 },
    { "id": "notice", "name": "Delay notice", "phase": "during", "stage": "Airport", "channel": "sms",
      "owner": "Operations", "need": "delay information", "says": "Departs 18:40",
      "promise": { "name": "keep me informed", "kept": 35, "broken": 65 },
      "emotion": "relief",
      "emotion_when_broken": [ {"feeling": "anger", "intensity": 0.8, "weight": 3}, {"valence": -0.2, "weight": 1} ],
      "intended": "calmness", "can": ["recognise"], "evidence": "observed" },
    { "id": "call", "name": "Calls the centre", "phase": "during", "channel": "phone", "owner": "Service",
      "need": "delay information", "says": "Cancelled", "emotion": -0.4, "can": ["resolve", "listen"],
      "ends": [ {"outcome": "churn", "weight": 1} ] },
    { "id": "review", "name": "Tells a friend", "phase": "after", "channel": "social", "emotion": "satisfaction",
      "ends": [ {"outcome": "advocacy", "weight": 1} ] }
  ],
  "transitions": [
    { "from": "booking", "to": "notice", "weight": 1 },
    { "from": "notice", "to": "review", "weight": 1, "when": "kept", "wait_s": 86400 },
    { "from": "notice", "to": "call", "weight": 1, "when": "broken" },
    { "from": "call", "to": "review", "weight": 1 }
  ]
}"#;

#[test]
fn the_delayed_flight_reads_as_it_is_drawn() {
    let booking = Touchpoint::new("booking", Phase::Before, Channel::Web)
        .name("Books on the web")
        .feels(Feeling::Excitement)
        .makes("keep me informed")
        .starts(1.0);
    let notice = Touchpoint::new("notice", Phase::During, Channel::Sms)
        .name("Delay notice")
        .stage("Airport")
        .owner("Operations")
        .need("delay information")
        .says("Departs 18:40")
        .promise(Promise::new("keep me informed").kept(35.0).broken(65.0))
        .feels(Feeling::Relief)
        .feels_when_broken(Emotion::mix([
            Feeling::Anger.at(0.8).weight(3.0),
            Shade::valence(-0.2),
        ]))
        .intended(Feeling::Calmness)
        .can(Ability::Recognise)
        .evidence(Evidence::Observed);
    let call = Touchpoint::new("call", Phase::During, Channel::Phone)
        .name("Calls the centre")
        .owner("Service")
        .need("delay information")
        .says("Cancelled")
        .feels(-0.4)
        .can(Ability::Resolve)
        .can(Ability::Listen)
        .ends(Outcome::Churn, 1.0);
    let review = Touchpoint::new("review", Phase::After, Channel::Social)
        .name("Tells a friend")
        .feels(Feeling::Satisfaction)
        .ends(Outcome::Advocacy, 1.0);
    let day_later = Transition::new(1.0)
        .when(PromiseResult::Kept)
        .wait_s(86400.0);
    let drawn = Journey::builder("Delayed flight")
        .touchpoint(booking)
        .touchpoint(notice)
        .touchpoint(call)
        .touchpoint(review)
        .transition("booking", "notice", 1.0)
        .connect("notice", "review", day_later)
        .transition_when(PromiseResult::Broken, "notice", "call", 1.0)
        .transition("call", "review", 1.0)
        .build()
        .unwrap();
    assert_eq!(
        serde_json::from_str::<Journey>(DELAYED_FLIGHT).unwrap(),
        drawn
    );
    assert_round_trip(&drawn);
}

#[test]
fn every_key_is_written_in_its_place() {
    let text = concat!(
        r#"{"format":"customer-journey/1","name":"All of it","kind":"planned","#,
        r#""values":[{"outcome":"churn","value":-120.5},{"outcome":"buys again","value":40}],"#,
        r#""currency":"EUR","persona":"Ada","scenario":"Winter","notes":"A draft","#,
        r#""touchpoints":[{"id":"a","name":"A","phase":"before","stage":"Home","channel":"web","owner":"Sales","#,
        r#""need":"a seat","says":"Yes","does":"Waits","backstage":"Nobody answers","emotion":{"feeling":"hope","intensity":0.5,"weight":1},"#,
        r#""emotion_when_broken":[{"feeling":"anger","weight":3},{"valence":-0.2,"intensity":0.25,"weight":0.5}],"#,
        r#""emotion_when_unknown":-0.125,"intended":{"valence":0.5,"weight":2},"expected":0.25,"#,
        r#""promise":{"name":"on time","kept":35,"broken":0.5,"unknown":3},"makes":["on time","a refund"],"#,
        r#""can":["resolve","listen","answer","recognise"],"cost":2.5,"#,
        r#""quotes":["At last!","\"Why?\""],"ideas":["Answer"],"#,
        r#""figures":[{"label":"minutes","value":40.5,"n":214},{"label":"calls","value":-3}],"measurement":true,"#,
        r#""image":"data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==","#,
        r#""notes":"seen","starts":7,"#,
        r#""ends":[{"outcome":"advocacy","weight":1},{"outcome":"left","weight":0.5,"when":"broken"}],"#,
        r#""evidence":"reported"},{"id":"b","phase":"after","channel":"the fair"}],"#,
        r#""transitions":[{"from":"a","to":"b","weight":1,"when":"kept","wait_s":86400},{"from":"b","to":"a","weight":2}]}"#,
    );
    let journey: Journey = serde_json::from_str(text).unwrap();
    assert_eq!(write(&journey), text);
    assert_round_trip(&journey);

    assert_eq!(journey.kind(), JourneyKind::Planned);
    assert_eq!(journey.values()[1], (Outcome::from("buys again"), 40.0));
    assert_eq!(
        [
            journey.currency(),
            journey.persona(),
            journey.scenario(),
            journey.notes()
        ],
        [Some("EUR"), Some("Ada"), Some("Winter"), Some("A draft")]
    );
    let a = journey.touchpoint("a").unwrap();
    assert_eq!(a.notes.as_deref(), Some("seen"));
    assert_eq!(a.does.as_deref(), Some("Waits"));
    assert_eq!(a.backstage.as_deref(), Some("Nobody answers"));
    assert_eq!(a.quotes, ["At last!", "\"Why?\""]);
    assert_eq!(a.ideas, ["Answer"]);
    assert_eq!((a.figures[0].value, a.figures[0].n), (40.5, Some(214)));
    assert_eq!(
        (a.figures[1].label.as_str(), a.figures[1].n),
        ("calls", None)
    );
    assert_eq!((a.cost, a.starts), (Some(2.5), Some(7.0)));
    assert_eq!(a.promise.as_ref().unwrap().unknown, 3.0);
    assert_eq!(a.ends[1].when, Some(PromiseResult::Broken));
    assert_eq!(a.emotion, Some(Feeling::Hope.at(0.5).into()));
    assert_eq!(a.intended, Some(Shade::valence(0.5).weight(2.0).into()));
    assert_eq!(a.expected, Some(Shade::valence(0.25).into()));
    assert_eq!(a.evidence, Evidence::Reported);
}

/// A journey of one touchpoint with these further keys.
fn one(further: Value) -> Touchpoint {
    let mut touchpoint = json!({"id": "a", "phase": "during", "channel": "web"});
    let Value::Object(further) = further else {
        unreachable!()
    };
    touchpoint.as_object_mut().unwrap().extend(further);
    let journey = read(json!({"format": "customer-journey/1", "touchpoints": [touchpoint]}));
    journey.touchpoint("a").unwrap().clone()
}

#[test]
fn what_is_left_out_or_null_has_its_default() {
    let plain = Touchpoint::new("a", Phase::During, Channel::Web);
    assert_eq!(one(json!({})), plain);
    let nothing = json!({
        "name": null, "stage": null, "owner": null, "need": null, "says": null, "emotion": null,
        "emotion_when_broken": null, "emotion_when_unknown": null, "intended": null, "expected": null, "promise": null,
        "makes": null, "can": null, "cost": null, "notes": null, "starts": null, "ends": null, "evidence": null,
    });
    assert_eq!(one(nothing), plain);
    let empty = json!({"makes": [], "can": [], "ends": []});
    assert_eq!(one(empty), plain);

    let journey = read(json!({
        "format": "customer-journey/1", "name": null, "kind": null, "values": null, "currency": null,
        "touchpoints": [{"id": "a", "phase": "during", "channel": "web", "ends": [{"outcome": "churn"}]}],
        "transitions": [{"from": "a", "to": "a", "when": null, "wait_s": null}],
    }));
    assert_eq!(
        (journey.name(), journey.kind()),
        ("", JourneyKind::Experienced)
    );
    assert_eq!(journey.touchpoint("a").unwrap().ends[0].weight, 1.0);
    assert_eq!(
        *journey.transitions().next().unwrap().2,
        Transition::new(1.0)
    );
    assert_round_trip(&journey);
}

#[test]
fn emotions_are_read_in_all_their_forms() {
    for (form, emotion) in [
        (json!("relief"), Feeling::Relief.into()),
        (json!("Pleasant surprise"), Feeling::PleasantSurprise.into()),
        (json!(-1), Emotion::from(-1.0)),
        (json!(0.25), Emotion::from(0.25)),
        (json!({"feeling": "anger"}), Feeling::Anger.into()),
        (
            json!({"valence": -0.5, "intensity": 0.5, "weight": 4}),
            Shade::valence(-0.5).at(0.5).weight(4.0).into(),
        ),
        (json!(["anger"]), Feeling::Anger.into()),
        (
            json!(["anger", 0.5, {"feeling": "joy", "weight": 2}]),
            Emotion::mix([
                Shade::feeling(Feeling::Anger),
                Shade::valence(0.5),
                Shade::feeling(Feeling::Joy).weight(2.0),
            ]),
        ),
    ] {
        for key in [
            "emotion",
            "emotion_when_broken",
            "emotion_when_unknown",
            "intended",
            "expected",
        ] {
            let touchpoint = one(json!({ key: form }));
            let read = match key {
                "emotion" => touchpoint.emotion,
                "emotion_when_broken" => touchpoint.emotion_when_broken,
                "emotion_when_unknown" => touchpoint.emotion_when_unknown,
                "intended" => touchpoint.intended,
                _ => touchpoint.expected,
            };
            assert_eq!(read.as_ref(), Some(&emotion), "{key}: {form}");
        }
    }
}

#[test]
fn a_promise_is_kept_or_not_in_short() {
    let promise = |form: Value| one(json!({ "promise": form })).promise.unwrap();
    let on_time = || Promise::new("on time");
    assert_eq!(
        promise(json!({"name": "on time", "kept": true})),
        on_time().kept(1.0)
    );
    assert_eq!(
        promise(json!({"name": "on time", "kept": false})),
        on_time().broken(1.0)
    );
    assert_eq!(
        promise(json!({"name": "on time", "kept": false, "broken": null})),
        on_time().broken(1.0)
    );
    assert_eq!(
        promise(json!({"name": "on time", "unknown": 2})),
        on_time().unknown(2.0)
    );
}

#[test]
fn whole_numbers_are_written_as_such_and_all_others_exactly() {
    for (number, text) in [
        (35.0, "35"),
        (0.1, "0.1"),
        (9_007_199_254_740_991.0, "9007199254740991"),
        (9_007_199_254_740_992.0, "9007199254740992.0"),
        (f64::MAX, "1.7976931348623157e+308"),
        (5e-324, "5e-324"),
    ] {
        let journey = Journey::builder("")
            .touchpoint(Touchpoint::new("a", Phase::During, Channel::Web).starts(number))
            .build()
            .unwrap();
        assert!(
            write(&journey).contains(&format!("\"starts\":{text}}}")),
            "{text}"
        );
        assert_round_trip(&journey);
    }
}

#[test]
fn a_number_of_arbitrary_precision_is_a_number() {
    // What serde_json hands out for 0.25 if some crate of the build turns its `arbitrary_precision` on.
    let hidden = json!({"$serde_json::private::Number": "0.25"});
    assert_eq!(one(json!({ "starts": hidden })).starts, Some(0.25));
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn every_journey_round_trips(journey in arb::journey()) {
        assert_round_trip(&journey);
    }

    #[test]
    fn any_bytes_are_refused_or_read(bytes: Vec<u8>) {
        let _ = serde_json::from_slice::<Journey>(&bytes);
    }

    #[test]
    fn any_value_is_refused_or_read(value in any_value()) {
        assert_refused_or_read(value);
    }

    #[test]
    fn any_value_anywhere_is_refused_or_read(
        journey in arb::journey(),
        places in proptest::collection::vec((any::<prop::sample::Index>(), any_value()), 1..4),
    ) {
        let mut document = serde_json::to_value(&journey).unwrap();
        for (place, value) in places {
            let place = place.index(count(&document));
            replace(&mut document, place, &value);
        }
        assert_refused_or_read(document);
    }
}

/// Reads a value in both ways, which must agree.
#[track_caller]
fn assert_refused_or_read(value: Value) {
    let document: JourneyDocument = serde_json::from_value(value.clone()).unwrap();
    match (
        serde_json::from_value::<Journey>(value),
        Journey::try_from(document),
    ) {
        (Ok(journey), Ok(same)) => {
            assert_eq!(journey, same);
            assert_round_trip(&journey);
        }
        (Err(error), Err(invalid)) => {
            assert!(!invalid.problems().is_empty());
            assert_eq!(error.to_string(), invalid.to_string());
        }
        (read, same) => panic!("{read:?} but {same:?}"),
    }
}

/// Values of JSON that come near to a document now and then.
fn any_value() -> impl Strategy<Value = Value> {
    const WORDS: &[&str] = &[
        "format",
        "customer-journey/1",
        "touchpoints",
        "transitions",
        "id",
        "phase",
        "channel",
        "emotion",
        "promise",
        "name",
        "kept",
        "broken",
        "unknown",
        "ends",
        "outcome",
        "weight",
        "when",
        "from",
        "to",
        "values",
        "value",
        "feeling",
        "valence",
        "intensity",
        "can",
        "makes",
        "starts",
        "before",
        "during",
        "web",
        "joy",
        "resolve",
        "",
    ];
    let word = || prop::sample::select(WORDS).prop_map(str::to_owned);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        (-2_i64..3).prop_map(Value::from),
        word().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 64, 8, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::btree_map(word(), inner, 0..8)
                .prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}

/// How many values there are in a value, itself included.
fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(entries) => entries.values().map(count).sum(),
        _ => 0,
    }
}

/// Replaces the value at a place, counted from the outside and from the front; says how many places are left to go.
fn replace(value: &mut Value, place: usize, new: &Value) -> Option<usize> {
    let Some(mut place) = place.checked_sub(1) else {
        *value = new.clone();
        return None;
    };
    let inner: Vec<&mut Value> = match value {
        Value::Array(items) => items.iter_mut().collect(),
        Value::Object(entries) => entries.values_mut().collect(),
        _ => Vec::new(),
    };
    for value in inner {
        place = replace(value, place, new)?;
    }
    Some(place)
}
