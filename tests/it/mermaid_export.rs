//! Journeys as Mermaid text, and back.

use crate::steady::cases;
use customer_journey::formats::{
    LossKind, MermaidError, MermaidFinding, MermaidOptions, MermaidStyle, MissingScore,
};
use customer_journey::{Channel, Feeling, Journey, Phase, Promise, Touchpoint};
use proptest::prelude::*;

use crate::arb;

fn touchpoint(id: &str) -> Touchpoint {
    Touchpoint::new(id, Phase::During, Channel::Web).feels(0.5)
}

fn draw(journey: &Journey, style: MermaidStyle) -> String {
    journey.to_mermaid(style).unwrap().text
}

fn skip() -> MermaidStyle {
    MermaidStyle::new(MissingScore::Skip)
}

fn flight() -> Journey {
    let document = include_str!("../../examples/data/delayed-flight.json");
    serde_json::from_str(document).unwrap()
}

/// Names that mean something to Mermaid somewhere.
const HOSTILE: [&str; 24] = [
    "Journey #1; a:b",
    "5%% off",
    "section 8",
    "}%% z",
    "style:#x;",
    "Title deed",
    "accTitle: x",
    "AccDescr { x }",
    "%%{init: {\"theme\": \"dark\"}}%%",
    "Lifestyle: 1",
    "a, b",
    "<br/>",
    "<b>x</b><script>alert(1)</script>",
    "#35;",
    "&lt;",
    "classDef a:#b;",
    "---",
    "\"quoted\" 'and' `ticked`",
    "two\nlines\r\nthree",
    "tab\tnul\0bell\u{7}",
    "\u{2028}%% cx {}",
    "電話 🛫 شركة",
    "% off",
    "journey",
];

#[test]
fn hostile_names_are_read_as_they_were() {
    let mut journey = Journey::builder(HOSTILE.join(" "))
        .persona("a, b; c: #d")
        .scenario("} x\ny");
    for (number, name) in HOSTILE.into_iter().enumerate() {
        journey = journey.touchpoint(touchpoint(&number.to_string()).name(name).stage(name));
    }
    let journey = journey.build().unwrap();
    let text = draw(&journey, skip().without_details());
    // One line for each statement.
    assert_eq!(text.lines().count(), 4 + 2 * HOSTILE.len(), "{text}");
    assert!(text.is_ascii() || !text.contains('\u{2028}'));
    let read = Journey::from_mermaid(&text, &MermaidOptions::new()).unwrap();
    assert_eq!(read.notes, []);
    let names: Vec<String> = read
        .journey
        .touchpoints()
        .map(|at| at.label().to_owned())
        .collect();
    let plain = |name: &str| {
        let name = name
            .replace("\r\n", "\n")
            .replace(['\t', '\0', '\u{7}'], " ");
        name.replace('\u{2028}', "\n").trim().to_owned()
    };
    assert_eq!(names, HOSTILE.map(plain));
    let stages: Vec<String> = read
        .journey
        .touchpoints()
        .map(|at| at.stage.clone().unwrap())
        .collect();
    assert_eq!(stages, HOSTILE.map(plain));
    assert_eq!(read.journey.persona(), Some("a, b; c: #d"));
    assert_eq!(read.journey.scenario(), Some("} x y"));

    let text = draw(&journey, skip());
    assert_eq!(
        Journey::from_mermaid(&text, &MermaidOptions::new())
            .unwrap()
            .journey,
        journey
    );
}

#[test]
fn rules_of_the_text() {
    let journey = Journey::builder(" ")
        .touchpoint(
            touchpoint("Section 8: a, b")
                .name("Section 8: a, b")
                .stage("Gate; #1"),
        )
        .touchpoint(touchpoint("unknown").feels(0.123_456))
        .build()
        .unwrap();
    assert_eq!(
        draw(&journey, skip().without_details()),
        "journey\n  section During - Gate#59; #35;1\n    #83;ection 8#58; a#44; b: 4\n  section During\n    unknown: 3.25\n"
    );
    let text = draw(&journey, skip().without_details().channels_as_actors());
    assert!(text.contains("unknown: 3.25: web\n"), "{text}");
}

#[test]
fn a_journey_that_is_called_a_number_is_not_taken_for_a_task() {
    for name in ["0", "-1.5", "5."] {
        let journey = Journey::builder(name)
            .scenario(name)
            .touchpoint(touchpoint("a"))
            .build()
            .unwrap();
        let text = draw(&journey, skip().without_details());
        assert!(text.contains(&format!("  title #{};", u32::from(name.as_bytes()[0]))));
        let read = Journey::from_mermaid(&text, &MermaidOptions::new()).unwrap();
        assert_eq!((read.journey.name(), read.notes), (name, vec![]), "{text}");
    }
}

#[test]
fn the_caller_says_what_becomes_of_unknown_feelings() {
    let mut unknown = touchpoint("b");
    unknown.emotion = None;
    let journey = Journey::builder("x")
        .touchpoint(touchpoint("a"))
        .touchpoint(unknown)
        .build()
        .unwrap();
    let refused = journey
        .to_mermaid(MermaidStyle::new(MissingScore::Refuse))
        .unwrap_err();
    assert_eq!(refused.ids, ["b"]);
    assert!(
        refused
            .to_string()
            .starts_with("no feeling is known of \"b\";"),
        "{refused}"
    );
    for (missing, drawn) in [(MissingScore::Skip, false), (MissingScore::Neutral, true)] {
        let written = journey.to_mermaid(MermaidStyle::new(missing)).unwrap();
        assert_eq!(
            written.text.contains("    b: 3\n"),
            drawn,
            "{}",
            written.text
        );
        let loss = written
            .not_drawn
            .iter()
            .find(|loss| loss.kind == LossKind::Feeling)
            .unwrap();
        assert_eq!(loss.ids, ["b"]);
        let read = Journey::from_mermaid(&written.text, &MermaidOptions::new()).unwrap();
        assert_eq!(read.journey, journey);
    }
}

#[test]
fn what_is_not_drawn_is_named() {
    let journey = Journey::builder("x")
        .currency("NOK")
        .touchpoint(
            touchpoint("a")
                .need("n")
                .promise(Promise::new("p").kept(1.0))
                .ends("churn", 1.0),
        )
        .touchpoint(touchpoint("b").feels_when_broken(Feeling::Anger))
        .touchpoint(
            touchpoint("c")
                .promise(Promise::new("p").kept(1.0).broken(1.0))
                .feels_when_broken(-1.0),
        )
        .transition("a", "c", 1.0)
        .transition("b", "c", 1.0)
        .connect("c", "c", customer_journey::Transition::new(1.0).wait_s(5.0))
        .build()
        .unwrap();
    let written = journey.to_mermaid(skip()).unwrap();
    let found: Vec<(LossKind, Vec<&str>)> = written
        .not_drawn
        .iter()
        .map(|loss| (loss.kind, loss.ids.iter().map(String::as_str).collect()))
        .collect();
    assert_eq!(
        found,
        [
            (LossKind::Spread, vec!["c"]),
            (LossKind::Ways, vec!["a", "c"]),
            (LossKind::Waits, vec!["c"]),
            (LossKind::Endings, vec!["a"]),
            (LossKind::Channel, vec!["a", "b", "c"]),
            (LossKind::Need, vec!["a"]),
            (LossKind::Promise, vec!["a", "c"]),
            (LossKind::Values, vec![]),
        ]
    );
    let first = written.not_drawn[1].to_string();
    assert_eq!(
        first,
        "ways other than to the next touchpoint of the list, or with conditions: \"a\", \"c\""
    );
}

#[test]
fn changes_in_the_drawing_are_found() {
    let journey = flight();
    let text = draw(&journey, skip());
    let first = journey.touchpoints().next().unwrap();
    let name = first.label();
    let changed = text
        .replace(&format!("    {name}: "), "    Other words: ")
        .replace("  title Delayed flight", "  title Cancelled flight");
    let found = Journey::from_mermaid(&changed, &MermaidOptions::new()).unwrap_err();
    let MermaidError::Text(notes) = found else {
        panic!("{found}")
    };
    let what: Vec<&str> = notes
        .iter()
        .map(|note| match &note.finding {
            MermaidFinding::Differs { what, .. } => *what,
            other => panic!("{other}"),
        })
        .collect();
    assert_eq!(what, ["title", "name"]);

    let read = Journey::from_mermaid(&changed, &MermaidOptions::new().lenient()).unwrap();
    assert_eq!(read.notes.len(), 2);
    assert_eq!(read.journey.name(), "Cancelled flight");
    let edited = read.journey.touchpoint(&first.id).unwrap();
    assert_eq!(
        (edited.label(), edited.channel.as_str()),
        ("Other words", first.channel.as_str())
    );
    assert_eq!(
        read.journey.transitions().len(),
        journey.transitions().len()
    );

    let score = first.mean_valence().unwrap() * 2.0 + 3.0;
    let changed = text.replace(&format!("{name}: {score:.2}"), &format!("{name}: 1"));
    assert_ne!(changed, text);
    let read = Journey::from_mermaid(&changed, &MermaidOptions::new().lenient()).unwrap();
    assert_eq!(
        read.journey.touchpoint(&first.id).unwrap().mean_valence(),
        Some(-1.0)
    );
}

#[test]
fn details_that_are_damaged_are_faults() {
    let text = draw(&flight(), skip());
    let strict = MermaidOptions::new();
    for (damaged, what) in [
        (
            text.replace("%% cx {\"id\":\"booking\"", "%% cx {\"id\":\"booking"),
            "not as the export writes it",
        ),
        (
            text.replace("\"phase\":\"before\"", "\"phase\":\"befor\""),
            "before",
        ),
        (
            text.lines()
                .filter(|line| !line.contains("customer-journey/1"))
                .collect::<Vec<_>>()
                .join("\n"),
            "missing",
        ),
        (format!("{text}    Added: 3\n"), "no `%% cx` line above it"),
    ] {
        assert_ne!(damaged, text);
        let error = Journey::from_mermaid(&damaged, &strict)
            .unwrap_err()
            .to_string();
        assert!(error.contains(what), "{error}");
    }
    let read = Journey::from_mermaid(
        &format!("{text}    Added: 3\n"),
        &MermaidOptions::new().drawing_only(),
    )
    .unwrap();
    assert!(read.journey.touchpoint("Added").is_some());
}

proptest! {
    #![proptest_config(cases(256))]

    /// Nothing is lost, whatever the names, the loops and the weights.
    #[test]
    fn with_details_every_journey_reads_back(journey in arb::journey(), neutral in any::<bool>(), channels in any::<bool>()) {
        let missing = if neutral { MissingScore::Neutral } else { MissingScore::Skip };
        let mut style = MermaidStyle::new(missing);
        if channels {
            style = style.channels_as_actors();
        }
        let text = journey.to_mermaid(style).unwrap().text;
        let read = Journey::from_mermaid(&text, &MermaidOptions::new());
        let read = read.map_err(|error| TestCaseError::fail(format!("{error}\n{text}")))?;
        prop_assert_eq!(&read.journey, &journey);
        prop_assert_eq!(read.notes, []);
        // What stands in the comments is what the document says, and harmless to other readers.
        for line in text.lines().filter_map(|line| line.trim_start().strip_prefix("%% cx ")) {
            prop_assert!(!line.contains(['%', '<', '>', '#', ';', '\u{2028}', '\u{85}']), "{}", line);
            let object: serde_json::Value = serde_json::from_str(line).unwrap();
            if let Some(id) = object.get("id") {
                let whole = serde_json::to_value(&journey).unwrap();
                let touchpoints = whole["touchpoints"].as_array().unwrap();
                let same = touchpoints.iter().find(|touchpoint| &touchpoint["id"] == id).unwrap();
                prop_assert_eq!(same, &object);
            }
        }
    }

    /// Without details, the drawing says what is drawn.
    #[test]
    fn names_and_scores_read_back(journey in arb::journey()) {
        let text = journey.to_mermaid(MermaidStyle::new(MissingScore::Neutral).without_details()).unwrap().text;
        let read = Journey::from_mermaid(&text, &MermaidOptions::new());
        let read = read.map_err(|error| TestCaseError::fail(format!("{error}\n{text}")))?;
        prop_assert_eq!(read.journey.touchpoints().len(), journey.touchpoints().len());
        for (read, drawn) in read.journey.touchpoints().zip(journey.touchpoints()) {
            prop_assert_eq!(read.phase, drawn.phase);
            let expected = drawn.mean_valence().unwrap_or(0.0);
            prop_assert!((read.mean_valence().unwrap() - expected).abs() <= 0.0025 + 1e-12);
        }
    }
}
