//! The graph as a flowchart and as DOT, and the curve as a chart. Whether the real tools understand them is checked
//! where they are installed.

use crate::steady::cases;
use customer_journey::analysis::PainOptions;
use customer_journey::{
    Channel, Feeling, Journey, Outcome, Phase, Promise, PromiseResult, Touchpoint, Transition,
};
use proptest::prelude::*;

use crate::arb;

fn small() -> Journey {
    Journey::builder("A \"small\" & <odd> map")
        .touchpoint(Touchpoint::new("look", Phase::Before, Channel::Web).feels(Feeling::Hope))
        .touchpoint(
            Touchpoint::new("end", Phase::During, Channel::Post)
                .name("Gets `it`;\nor \\not")
                .promise(Promise::new("on time").kept(3.0).broken(1.0))
                .feels(0.05)
                .feels_when_broken(-1.0)
                .ends_when(PromiseResult::Kept, Outcome::Loyalty, 1.0),
        )
        .touchpoint(Touchpoint::new("call", Phase::After, Channel::Phone).ends(Outcome::Churn, 2.5))
        .transition("look", "end", 1.0)
        .connect(
            "end",
            "call",
            Transition::new(1.0)
                .when(PromiseResult::Broken)
                .wait_s(5400.0),
        )
        .transition("call", "call", 0.5)
        .build()
        .unwrap()
}

#[test]
fn the_flowchart_line_by_line() {
    let journey = small();
    let pains = journey.flow().unwrap().pain_points(&PainOptions::new());
    let expected = "\
flowchart LR
  accTitle: A #quot;small#quot; #amp; #lt;odd#gt; map
  subgraph p0[\"Before\"]
    n0[\"look<br/>[web]<br/>▲ +0.69\"]:::good
  end
  subgraph p1[\"During\"]
    n1[\"Gets #96;it#96;#59;<br/>or #92;not<br/>[post]<br/>promise kept#58; 75 #37;<br/>▼ -0.21 ✗ pain 1\"]:::bad
  end
  subgraph p2[\"After\"]
    n2[\"call<br/>[phone]<br/>feels#58; unknown\"]:::unknown
  end
  o0([\"churn\"]):::outcome
  o1([\"loyalty\"]):::outcome
  s0((\"start\")):::outcome --> n0
  n0 -->|\"1\"| n1
  n1 -.->|\"1, if broken, after 90 min\"| n2
  n2 -->|\"0.5\"| n2
  n1 -.->|\"1, if kept\"| o1
  n2 -->|\"2.5\"| o0
";
    let hope = Feeling::Hope.valence();
    let expected = expected.replace("+0.69", &format!("{hope:+.2}"));
    let text = journey.flowchart().pains(&pains).to_string();
    assert!(text.starts_with(&expected), "{text}");
    assert!(
        text.ends_with("  classDef pain stroke-width:4px\n  class n1 pain\n"),
        "{text}"
    );
    assert!(
        journey
            .flowchart()
            .down()
            .to_string()
            .starts_with("flowchart TB\n")
    );
    assert!(!journey.flowchart().to_string().contains("pain"));
}

#[test]
fn the_same_picture_in_dot() {
    let journey = small();
    let pains = journey.flow().unwrap().pain_points(&PainOptions::new());
    let text = journey.dot().pains(&pains).to_string();
    for line in [
        "  graph [label=\"A \\\"small\\\" &amp; <odd> map\", labelloc=t, rankdir=LR, compound=true, fontname=\"Helvetica,Arial,sans-serif\"];\n",
        "    n1 [label=\"Gets `it`;\\nor \\\\not\\n[post]\\npromise kept: 75 %\\n▼ -0.21 ✗ pain 1\", tooltip=\"end\", fillcolor=\"#fdb366\", color=\"#a50026\", penwidth=4];\n",
        "  n1 -> n2 [label=\"1, if broken, after 90 min\", style=dashed];\n",
        "  n2 -> o0 [label=\"2.5\"];\n",
    ] {
        assert!(text.contains(line), "{line}\nin\n{text}");
    }
    assert!(journey.dot().down().to_string().contains("rankdir=TB"));
}

/// A journey that ends for want of a way shows it.
#[test]
fn dead_ends_are_drawn() {
    let journey = Journey::builder("x")
        .touchpoint(Touchpoint::new("a", Phase::During, Channel::Web))
        .build()
        .unwrap();
    let text = journey.flowchart().to_string();
    assert!(
        text.contains("o0([\"unstated\"])") && text.contains("n0 --> o0\n"),
        "{text}"
    );
}

#[cfg(feature = "serde")]
#[test]
fn the_chart_has_a_row_for_each_touchpoint() {
    let mut journey = Journey::builder("x").persona("Cat");
    for touchpoint in small().touchpoints() {
        journey = journey.touchpoint(touchpoint.clone());
    }
    let journey = journey.build().unwrap();
    let chart: serde_json::Value = serde_json::from_str(&journey.vega_lite().to_string()).unwrap();
    assert_eq!(serde_json::to_value(journey.vega_lite()).unwrap(), chart);
    let rows = chart["data"]["values"].as_array().unwrap();
    assert_eq!(rows.len(), 3);
    assert_eq!(
        rows[1],
        serde_json::json!({
            "known": 1.0,
            "order": 2, "step": "2. Gets `it`;\nor \\not", "id": "end", "touchpoint": "Gets `it`;\nor \\not",
            "phase": "during", "stage": null, "channel": "post", "emotion": 0.75 * 0.05 - 0.25,
            "lowest": -1.0, "highest": 0.05, "promise": "kept or broken", "kept_rate": 0.75, "persona": "Cat"
        })
    );
    assert_eq!(rows[2]["emotion"], serde_json::Value::Null);
    assert_eq!(rows[2]["promise"], "none tested");
}

proptest! {
    #![proptest_config(cases(256))]

    /// Nothing that a name holds begins a line, ends a quote or is markup.
    #[test]
    fn names_stay_within_their_quotes(journey in arb::journey()) {
        let text = journey.flowchart().to_string();
        let nodes = journey.touchpoints().len();
        prop_assert_eq!(text.lines().filter(|line| line.starts_with("    n")).count(), nodes);
        for line in text.lines() {
            prop_assert_eq!(line.matches('"').count() % 2, 0, "{}", line);
            let plain = line.replace("<br/>", "").replace("-->", "").replace("-.->", "");
            prop_assert!(!plain.contains(['<', '>', '`', '%', '\\']), "{}", line);
        }
        let text = journey.dot().to_string();
        prop_assert_eq!(text.lines().filter(|line| line.starts_with("    n")).count(), nodes);
        for line in text.lines() {
            let quotes = line.replace("\\\\", "").replace("\\\"", "").matches('"').count();
            prop_assert_eq!(quotes % 2, 0, "{}", line);
        }
    }

    #[cfg(feature = "serde")]
    #[test]
    fn charts_are_json(journey in arb::journey()) {
        let text = journey.vega_lite().to_string();
        prop_assert!(!text.contains('<'));
        let chart: serde_json::Value = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(chart, serde_json::to_value(journey.vega_lite()).unwrap());
    }
}
