//! Drawings show what customers meet, whatever they remember: the figures of the flow, and not the numbers that hold for
//! customers who remember nothing.

use crate::steady::cases;
use customer_journey::Journey;
use customer_journey::flow::NoEffect;
use customer_journey::formats::{MermaidOptions, MermaidStyle, MissingScore};
use customer_journey::render::Preset;
use proptest::prelude::*;

use super::expanded::remembering;

/// Of 100 customers 30 are new. 80 of 100 of them get their parcel on time, and 90 of 100 of the others: 87 of all. The new
/// ones feel -0.9 about a late one, the others -0.6.
const PARCEL: &str = r#"{
  "format": "customer-journey/1", "name": "Parcel",
  "remembers": [ { "fact": "kind", "start": { "of": { "new": 300, "returning": 700 } } } ],
  "touchpoints": [
    { "id": "delivered", "phase": "during", "channel": "courier",
      "promise": { "name": "on time", "kept": 90, "broken": 10 },
      "promise_given": [ { "given": { "kind": "new" }, "promise": { "kept": 80, "broken": 20 } } ],
      "emotion": "joy", "emotion_when_broken": -0.6,
      "emotion_given": [ { "given": { "kind": "new" }, "when": "broken", "emotion": -0.9 } ],
      "ends": [ { "outcome": "done", "weight": 1 } ] }
  ],
  "transitions": []
}"#;

/// What joy, at 0.87 of visits, and the late parcels come to.
fn felt(joy: f64) -> f64 {
    0.87 * joy + 0.3 * 0.2 * -0.9 + 0.7 * 0.1 * -0.6
}

#[test]
fn every_drawing_shows_what_customers_meet() {
    let journey: Journey = serde_json::from_str(PARCEL).unwrap();
    let flow = journey.flow().unwrap();
    let mean = felt(customer_journey::Feeling::Joy.valence());
    assert!((flow.touchpoints()[0].mean.unwrap() - mean).abs() < 1e-12);
    let map = flow.svg().preset(Preset::Workshop).to_string();
    for result in ["kept 87 %", "broken 13 %"] {
        assert!(map.contains(result), "{map}");
    }
    assert!(map.contains("joy"), "{map}");
    for graph in [journey.dot().to_string(), journey.flowchart().to_string()] {
        // A flowchart writes the sign of per cent as a code.
        assert!(graph.contains("87 "), "{graph}");
        assert!(graph.contains(&format!("{mean:+.2}")), "{graph}");
    }
    let style = MermaidStyle::new(MissingScore::Refuse);
    // Without the flow nobody knows what is felt.
    assert_eq!(journey.to_mermaid(style).unwrap_err().ids, ["delivered"]);
    let drawn = journey.met().to_mermaid(style).unwrap().to_string();
    let score = (2.0 * mean + 3.0) * 100.0;
    let line = format!("delivered: {}", score.round() / 100.0);
    assert!(drawn.contains(&line), "{drawn}");
    let back = Journey::from_mermaid(&drawn, &MermaidOptions::default()).unwrap();
    assert_eq!(back.journey, journey);
    // Another score than the one that was drawn is seen.
    let edited = drawn.replace(&line, "delivered: 2");
    let told = Journey::from_mermaid(&edited, &MermaidOptions::default());
    let told = told.unwrap_err().to_string();
    assert!(told.contains("score"), "{told}");
}

#[test]
fn a_map_without_a_solution_does_not_show_what_nobody_knows() {
    let journey = PARCEL.replace(
        r#""ends": [ { "outcome": "done", "weight": 1 } ]"#,
        r#""ends": []"#,
    );
    let endless = r#""transitions": [ { "from": "delivered", "to": "delivered" } ]"#;
    let journey = journey.replace(r#""transitions": []"#, endless);
    let journey: Journey = serde_json::from_str(&journey).unwrap();
    assert!(journey.flow().is_err());
    let graph = journey.flowchart().to_string();
    assert!(!graph.contains("90 "), "{graph}");
    assert!(!graph.contains('+'), "{graph}");
}

#[test]
fn a_fix_that_leaves_no_way_on_is_named_with_its_reason() {
    // Nobody has drawn where those go whose parcel came on time.
    let stuck = r#"{
      "format": "customer-journey/1",
      "remembers": [ { "fact": "delivery", "first": { "promise": "on time" } } ],
      "touchpoints": [
        { "id": "delivered", "phase": "during", "channel": "courier",
          "promise": { "name": "on time", "kept": 0, "broken": 10 } },
        { "id": "review", "phase": "after", "channel": "email",
          "ends": [ { "outcome": "bad review", "weight": 60, "given": { "delivery": "broken" } },
                    { "outcome": "good review", "weight": 40, "given": { "delivery": "broken" } } ] } ],
      "transitions": [ { "from": "delivered", "to": "review" } ]
    }"#;
    let flow = serde_json::from_str::<Journey>(stuck)
        .unwrap()
        .flow()
        .unwrap();
    let report = flow.report();
    let keep = &report.fixes[0];
    assert_eq!(keep.effect, None);
    let Some(NoEffect::NoWayOn { id, given }) = &keep.unknown else {
        panic!("{keep:?}");
    };
    assert_eq!(
        (id.as_str(), given.as_str()),
        ("review", "delivery is kept")
    );
    let text = report.text().width(200).to_string();
    let why = "no way on from review is drawn where delivery is kept";
    assert!(text.contains(why), "{text}");
    // Where that is drawn, all is known.
    let drawn = stuck.replace(
        r#""weight": 60, "given": { "delivery": "broken" }"#,
        r#""weight": 60"#,
    );
    let flow = serde_json::from_str::<Journey>(&drawn)
        .unwrap()
        .flow()
        .unwrap();
    let keep = &flow.report().fixes[0];
    assert_eq!(keep.unknown, None);
    let bad = &keep.effect.as_ref().unwrap().outcomes[0];
    assert!((bad.change - 0.4).abs() < 1e-12, "{bad:?}");
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn drawings_and_figures_agree(seed in any::<u64>()) {
        let journey = remembering(seed);
        let flow = journey.flow().unwrap();
        let chart = serde_json::to_value(journey.vega_lite()).unwrap();
        let rows = chart["data"]["values"].as_array().unwrap();
        for (row, figures) in rows.iter().zip(flow.touchpoints()) {
            let near = |a: Option<f64>, b: Option<f64>| match (a, b) {
                (Some(a), Some(b)) => (a - b).abs() < 1e-9,
                (a, b) => a.is_none() && b.is_none(),
            };
            prop_assert!(near(row["emotion"].as_f64(), figures.mean), "{row} {figures:?}");
            prop_assert!(near(row["known"].as_f64(), Some(figures.coverage)), "{row} {figures:?}");
            let found = |result: &str| {
                let pattern = format!("{}{{promise = {result}}}", figures.id);
                flow.ask(&pattern.parse().unwrap()).map_or(0.0, |found| found.expected)
            };
            let (kept, broken) = (found("kept"), found("broken"));
            if kept + broken > 0.0 {
                let rate = kept / (kept + broken);
                prop_assert!(near(row["kept_rate"].as_f64(), Some(rate)), "{row} {rate}");
            }
        }
    }
}
