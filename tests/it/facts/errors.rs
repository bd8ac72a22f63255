//! Error bars of maps whose customers remember: each count of the document is moved a little, the map is computed anew, and the
//! variance put together from how the figures follow.

use super::expanded::remembering;
use crate::steady::cases;
use customer_journey::Journey;
use customer_journey::flow::NoErrorBars;
use proptest::prelude::*;
use serde_json::Value;

/// The places of all counts in a document.
fn counts(value: &Value, path: &str, found: &mut Vec<String>) {
    const COUNTS: [&str; 5] = ["weight", "kept", "broken", "unknown", "starts"];
    match value {
        Value::Object(entries) => {
            for (key, entry) in entries {
                let path = format!("{path}/{key}");
                if key == "of" {
                    let sizes = entry.as_object().unwrap().keys();
                    found.extend(sizes.map(|group| format!("{path}/{group}")));
                } else if entry.is_number() && COUNTS.contains(&key.as_str()) {
                    found.push(path);
                } else {
                    counts(entry, &path, found);
                }
            }
        }
        Value::Array(items) => {
            for (place, item) in items.iter().enumerate() {
                counts(item, &format!("{path}/{place}"), found);
            }
        }
        _ => {}
    }
}

/// The document with every count written out, all of it seen on real visits.
fn observed(journey: &Journey) -> Value {
    let mut document = serde_json::to_value(journey).unwrap();
    for touchpoint in document["touchpoints"].as_array_mut().unwrap() {
        touchpoint["evidence"] = "observed".into();
        for ending in touchpoint["ends"].as_array_mut().into_iter().flatten() {
            ending
                .as_object_mut()
                .unwrap()
                .entry("weight")
                .or_insert(1.0.into());
        }
    }
    for way in document["transitions"].as_array_mut().unwrap() {
        way.as_object_mut()
            .unwrap()
            .entry("weight")
            .or_insert(1.0.into());
    }
    document
}

fn read(document: &Value) -> Journey {
    serde_json::from_value(document.clone()).unwrap()
}

/// Every figure that has an error bar; those that are not known are left out.
fn figures(document: &Value) -> Vec<f64> {
    let flow = read(document).flow().unwrap();
    let endings = flow.outcomes().into_iter().map(|share| share.probability);
    let reach = flow.touchpoints().into_iter().filter_map(|at| at.reach);
    let mean = flow.trajectory().mean;
    let feelings = [mean, flow.trajectory().end, mean.and(Some(flow.hurt()))];
    endings
        .chain(reach)
        .chain(feelings.into_iter().flatten())
        .collect()
}

fn check(document: &Value) -> Result<(), TestCaseError> {
    let bars = read(document).flow().unwrap().error_bars();
    prop_assert_eq!(&bars.missing, &None);
    let endings = bars.outcomes.iter().map(|known| &known.estimate);
    let reach = bars.reach.iter().map(|known| &known.estimate);
    let feelings = [&bars.mean, &bars.end, &bars.hurt].into_iter().flatten();
    let told: Vec<f64> = endings
        .chain(reach)
        .chain(feelings)
        .map(|known| known.standard_error)
        .collect();
    let mut places = Vec::new();
    counts(document, "", &mut places);
    let mut variances = vec![0.0; told.len()];
    for place in places {
        let count = document.pointer(&place).unwrap().as_f64().unwrap();
        if count == 0.0 {
            continue;
        }
        let step = 1e-4 * count;
        let moved = |by: f64| {
            let mut document = document.clone();
            *document.pointer_mut(&place).unwrap() = (count + by).into();
            figures(&document)
        };
        let (more, less) = (moved(step), moved(-step));
        prop_assert_eq!(more.len(), told.len());
        for ((variance, more), less) in variances.iter_mut().zip(more).zip(less) {
            *variance += count * ((more - less) / (2.0 * step)).powi(2);
        }
    }
    for (found, variance) in told.iter().zip(&variances) {
        let expected = variance.sqrt();
        prop_assert!(
            (found - expected).abs() < 1e-6 + 1e-5 * expected,
            "{found} instead of {expected}"
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(12))]

    #[test]
    fn each_count_enters_once_with_all_that_depends_on_it(seed in any::<u64>()) {
        check(&observed(&remembering(seed)))?;
    }
}

/// What is felt is remembered, so that feelings steer.
const UPSET: &str = r#"{
  "format": "customer-journey/1", "name": "Gate",
  "remembers": [
    { "fact": "upset", "felt": { "touchpoint": "gate", "at_most": -0.25 } },
    { "fact": "lowest", "lowest": [-0.5, 0] },
    { "fact": "kind", "start": { "of": { "new": 30, "returning": 70 } } }
  ],
  "touchpoints": [
    { "id": "gate", "phase": "before", "channel": "airport", "evidence": "observed", "cost": 2,
      "starts": [ { "weight": 40, "given": { "kind": "new" } }, { "weight": 25 } ],
      "promise": { "name": "on time", "kept": 50, "broken": 20, "unknown": 5 },
      "promise_given": [ { "given": { "kind": "new" }, "promise": { "kept": 9, "broken": 11 } } ],
      "emotion": [ { "valence": 0.5, "weight": 30 }, { "valence": -0.3, "weight": 12 }, { "unknown": true, "weight": 8 } ],
      "emotion_when_broken": [ { "valence": -0.9, "weight": 14 }, { "valence": -0.1, "weight": 6 } ],
      "ends": [ { "outcome": "left", "weight": 7, "given": { "upset": true } } ] },
    { "id": "desk", "phase": "during", "channel": "store", "evidence": "observed", "starts": 35,
      "emotion": [ { "valence": 0.2, "weight": 3 }, { "valence": -0.6, "weight": 4 } ],
      "emotion_given": [ { "given": { "upset": true }, "emotion": [ { "valence": -1, "weight": 5 }, { "valence": 0.4, "weight": 6 } ] } ],
      "ends": [ { "outcome": "back", "weight": 10 }, { "outcome": "left", "weight": 20, "given": { "lowest": ["up to -0.5"] } } ] }
  ],
  "transitions": [
    { "from": "gate", "to": "desk", "weight": 60 },
    { "from": "desk", "to": "gate", "weight": 9, "given": { "kind": "new" } }
  ]
}"#;

#[test]
fn feelings_that_are_remembered_bring_what_follows_from_them() {
    check(&serde_json::from_str(UPSET).unwrap()).unwrap();
}

#[test]
fn what_was_not_counted_is_the_reason_with_facts_as_without() {
    let assumed = UPSET.replacen(r#""evidence": "observed", "cost": 2"#, r#""cost": 2"#, 1);
    let bars = read(&serde_json::from_str(&assumed).unwrap())
        .flow()
        .unwrap()
        .error_bars();
    let Some(NoErrorBars::NotObserved { touchpoints, .. }) = bars.missing else {
        panic!("{:?}", bars.missing);
    };
    assert_eq!(touchpoints, ["gate"]);
}
