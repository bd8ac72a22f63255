//! Slips of people who write their first map: in the text, in its numbers, in its names, and holes in the map itself.

use customer_journey::analysis::{PainCauseKind, PainOptions};
use customer_journey::journey::{JourneyDocument, JsonSlip};
use customer_journey::{
    Channel, Goal, Journey, Outcome, Phase, Promise, PromiseResult, Touchpoint, Warning,
};

/// A document with something in the place of its first touchpoint's weight of an ending.
fn map(rest: &str) -> String {
    format!(
        "{{\n  \"format\": \"customer-journey/1\",\n  \"touchpoints\": [\n    {{ \"id\": \"a\", \"phase\": \"before\", \"channel\": \"web\"{rest} }}\n  ]\n}}"
    )
}

/// What is said of a text that is no JSON.
fn slip(text: &str) -> String {
    let error = serde_json::from_str::<JourneyDocument>(text).expect_err(text);
    let slip = JsonSlip::find(text, error.line(), error.column());
    slip.map_or_else(|| format!("nothing, and {error}"), |slip| slip.to_string())
}

#[test]
fn what_is_no_json_is_told_in_plain_words() {
    let mut wrong = Vec::new();
    for (text, said) in [
        // Quotation marks.
        (
            map(", \"name\": “Home”"),
            "line 4, column 63: “ is a typographic quotation mark",
        ),
        (
            map(", “name”: \"Home\""),
            "line 4, column 55: “ is a typographic",
        ),
        (map(", \"name\": «Home»"), "« is a typographic"),
        (map(", \"name\": „Home“"), "„ is a typographic"),
        (
            map(", \"name\": \"Home”\n"),
            "line 4, column 68: ” is a typographic",
        ),
        (map(", 'name': \"Home\""), "not single ones"),
        (map(", \"name\": 'Home'"), "not single ones"),
        // Comments.
        (
            map(", // money\n \"cost\": 4"),
            "line 4, column 55: this is a comment",
        ),
        (map(" /* money */, \"cost\": 4"), "this is a comment"),
        (map(", # money\n \"cost\": 4"), "this is a comment"),
        // Commas.
        (
            map(","),
            "line 4, column 55: the comma before `}` is one too many",
        ),
        (
            map(", \"makes\": [\"x\", ]"),
            "the comma before `]` is one too many",
        ),
        (map(",, \"cost\": 4"), "a comma is one too many"),
        (
            map(" \"cost\": 4"),
            "line 4, column 54: a comma is missing before this",
        ),
        (map(", \"makes\": [\"x\" \"y\"]"), "a comma is missing"),
        (map(", \"cost\": 4 \"notes\": \"x\""), "a comma is missing"),
        // Numbers.
        (
            map(", \"cost\": 0,5"),
            "line 4, column 63: 0,5 has a decimal comma; JSON wants a point: 0.5",
        ),
        (
            map(", \"cost\": 12,75, \"notes\": \"x\""),
            "12,75 has a decimal comma; JSON wants a point: 12.75",
        ),
        (map(", \"cost\": 40 %"), "no per cent sign"),
        (map(", \"cost\": 40%"), "no per cent sign"),
        (
            map(", \"cost\": .5"),
            "\".5\" is no number as JSON writes it",
        ),
        (map(", \"cost\": +5"), "\"+5\" is no number"),
        (map(", \"cost\": 05"), "\"05\" is no number"),
        // Words.
        (
            map(", name: \"x\""),
            "\"name\" needs double quotation marks around it",
        ),
        (
            map(", \"cost\": unknown"),
            "\"unknown\" needs double quotation marks",
        ),
        (map(", \"cost\": None"), "what is not known is written null"),
        (map(", \"cost\": NaN"), "what is not known is written null"),
        (map(", \"cost\": True"), "yes is written true"),
        // Blanks, line ends and backslashes.
        (map(",\u{a0}\"cost\": 4"), "an unusual blank"),
        (
            map(", \"notes\": \"one\ntwo\""),
            "line 4, column 64: a text goes on over the end of its line",
        ),
        (
            map(", \"notes\": \"C:\\maps\""),
            "a backslash begins a special character",
        ),
        (map(", \"cost\" 4"), "a colon is missing"),
        (map(", \"cost\" = 4"), "a colon is missing"),
        // Brackets.
        (
            "{\n  \"touchpoints\": [\n    {".to_owned(),
            "line 3, column 5: this `{` is never closed",
        ),
        (
            "{\n  \"touchpoints\": [\n    {}\n".to_owned(),
            "line 2, column 18: this `[` is never closed",
        ),
        (
            "{\n  \"touchpoints\": [ {} }\n}".to_owned(),
            "`}` closes a `[` from line 2",
        ),
        (
            "{\n  \"name\": \"x".to_owned(),
            "line 2, column 11: this text is never closed",
        ),
        (map("") + "}", "the document ends before this"),
        (map("") + "\nand so on", "the document ends before this"),
        // Other things altogether.
        (String::new(), "the file is empty"),
        ("\n \n".to_owned(), "the file is empty"),
        (
            "touchpoint;phase;channel\nBooking;before;web".to_owned(),
            "it looks like a table",
        ),
        (
            "touchpoint,phase,channel\nBooking,before,web".to_owned(),
            "it looks like a table",
        ),
        (
            "touchpoint\tphase\nBooking\tbefore".to_owned(),
            "it looks like a table",
        ),
        (
            "<html></html>".to_owned(),
            "it looks like XML or a web page",
        ),
        (
            "format: customer-journey/1\ntouchpoints:\n  - id: a".to_owned(),
            "it looks like YAML",
        ),
        ("---\nformat: x".to_owned(), "it looks like YAML"),
        (
            "journey\n  title T".to_owned(),
            "it looks like a Mermaid diagram",
        ),
    ] {
        let found = slip(&text);
        if !found.contains(said) {
            wrong.push(format!("{text}\n  {found}\n  {said}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Wherever a sound document is damaged by a character, the place that is named is in the document, and nothing panics.
#[test]
fn no_damage_is_too_much() {
    let sound = map(
        ", \"notes\": \"über “x”\", \"cost\": 1.5e3, \"makes\": [\"x\", \"y\"], \"ends\": [{\"outcome\": \"churn\"}]",
    );
    let mut damaged = 0;
    for at in (0..=sound.len()).filter(|at| sound.is_char_boundary(*at)) {
        for inserted in [
            "", ",", "“", "'", "/", "%", "\"", "{", "]", "\\", "\u{a0}", "x", "0", "\n",
        ] {
            let rest = if inserted.is_empty() {
                ""
            } else {
                &sound[at..]
            };
            let text = format!("{}{inserted}{rest}", &sound[..at]);
            let Err(error) = serde_json::from_str::<JourneyDocument>(&text) else {
                continue;
            };
            damaged += 1;
            if let Some(slip) = JsonSlip::find(&text, error.line(), error.column()) {
                let line = text
                    .split('\n')
                    .nth(slip.line - 1)
                    .expect("a line of the text");
                assert!(slip.column <= line.chars().count() + 1, "{text}\n{slip}");
            }
        }
    }
    assert!(damaged > 1_000, "{damaged}");
    for (line, column) in [
        (0, 0),
        (1, 0),
        (99, 1),
        (1, 9_999),
        (usize::MAX, usize::MAX),
    ] {
        let _ = JsonSlip::find(&sound, line, column);
    }
}

fn refused(text: &str) -> String {
    serde_json::from_str::<Journey>(text)
        .expect_err(text)
        .to_string()
}

#[test]
fn numbers_as_texts_are_told_how_to_be_written() {
    for (text, said) in [
        ("40 %", "without quotation marks and per cent sign"),
        ("40%", "without quotation marks and per cent sign"),
        ("12,5 %", "without quotation marks and per cent sign"),
        (
            "70",
            "is the text \"70\"; it must be a number, without quotation marks",
        ),
        ("0,5", "without quotation marks and with a decimal point"),
        ("many", "is the text \"many\"; it must be a number\n"),
        ("%", "it must be a number\n"),
    ] {
        let weight = map(&format!(
            ", \"ends\": [{{\"outcome\": \"churn\", \"weight\": \"{text}\"}}]"
        ));
        let cost = map(&format!(", \"cost\": \"{text}\""));
        for document in [weight, cost] {
            let found = refused(&document) + "\n";
            assert!(found.contains(said), "{found}");
        }
    }
}

#[test]
fn the_name_of_a_touchpoint_suggests_its_id() {
    for (to, id) in [
        ("Letter from the grid company", "gridletter"),
        (" Letter from the grid company ", "gridletter"),
        ("Calls", "c1"),
        ("gridleter", "gridletter"),
    ] {
        let document = format!(
            r#"{{"format": "customer-journey/1", "touchpoints": [
                {{"id": "gridletter", "name": "Letter from the grid company", "phase": "before", "channel": "post"}},
                {{"id": "c1", "name": "Calls", "phase": "during", "channel": "phone"}}],
               "transitions": [{{"from": "gridletter", "to": "{to}"}}, {{"from": "{to}", "to": "c1"}}]}}"#
        );
        let found = refused(&document);
        assert_eq!(
            found.matches(&format!("did you mean {id:?}?")).count(),
            2,
            "{found}"
        );
    }
}

fn near(outcomes: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut journey = Journey::builder("x");
    for (id, outcome) in outcomes {
        let touchpoint = Touchpoint::new(*id, Phase::During, Channel::Web);
        journey = journey.touchpoint(touchpoint.ends(*outcome, 1.0));
    }
    let warnings = journey.build().unwrap().warnings();
    let near = warnings.into_iter().filter_map(|warning| match warning {
        Warning::NearOutcome { outcome, near } => Some((outcome, near)),
        _ => None,
    });
    near.collect()
}

#[test]
fn outcomes_that_are_nearly_known_ones_are_warned_of() {
    for (written, meant) in [
        ("chrun", "churn"),
        ("churned", "churn"),
        ("loyality", "loyalty"),
        ("advocasy", "advocacy"),
        ("unsatated", "unstated"),
    ] {
        let expected = [(written.to_owned(), meant.to_owned())];
        assert_eq!(
            near(&[("a", written), ("b", "churn")]),
            expected,
            "{written}"
        );
        assert_eq!(near(&[("a", written)]), expected, "{written}");
    }
    // One that the map has more often.
    assert_eq!(
        near(&[("a", "refund"), ("b", "refund"), ("c", "refnd")]),
        [("refnd".to_owned(), "refund".to_owned())]
    );
    for sound in [
        "churn",
        "refund",
        "renewal",
        "purchase",
        "conversion",
        "bankrupt",
    ] {
        assert_eq!(near(&[("a", sound), ("b", "loyalty")]), [], "{sound}");
    }
}

/// A map on which customers get lost after a kept promise, or where nothing is drawn after the last step.
fn with_hole() -> Vec<Journey> {
    let promise = || Promise::new("on the day").kept(82.0).broken(18.0);
    let moved = |end: Touchpoint| {
        Journey::builder("Moving")
            .touchpoint(Touchpoint::new("order", Phase::Before, Channel::Web).makes("on the day"))
            .touchpoint(
                Touchpoint::new("move", Phase::During, Channel::Store)
                    .promise(promise())
                    .feels(0.5)
                    .feels_when_broken(-0.8),
            )
            .touchpoint(end)
            .transition("order", "move", 1.0)
            .transition_when(PromiseResult::Broken, "move", "call", 1.0)
    };
    let call = || {
        Touchpoint::new("call", Phase::After, Channel::Phone)
            .feels(-0.6)
            .ends(Outcome::Churn, 60.0)
            .ends(Outcome::Loyalty, 40.0)
    };
    let after_kept = moved(call());
    let after_last =
        moved(call()).touchpoint(Touchpoint::new("survey", Phase::After, Channel::Sms).feels(0.1));
    let after_last = after_last.transition_when(PromiseResult::Kept, "move", "survey", 1.0);
    let sometimes = moved(call()).transition("call", "move", 1.0);
    [after_kept, after_last, sometimes]
        .map(|journey| journey.build().unwrap())
        .into()
}

#[test]
fn a_hole_in_the_map_is_the_first_thing_said_and_nothing_that_feeds_it_is_recommended() {
    for journey in with_hole() {
        let flow = journey.flow().unwrap();
        let warnings = journey.warnings();
        assert!(
            matches!(&warnings[0], Warning::DeadEnd { .. }),
            "{warnings:?}"
        );
        let report = flow.report();
        let (_, lost) = report.hole().unwrap();
        assert!((lost - flow.probability(&Outcome::Unstated)).abs() < 1e-12 && lost > 0.5);

        for shown in [report.to_string(), report.markdown().to_string()] {
            let said = shown.find("First of all").expect(&shown);
            assert!(said < shown.find("How journeys end").unwrap(), "{shown}");
        }
        let page = flow.html().to_string();
        let main = page.find("<main").unwrap();
        assert!(
            page[main..].find("First of all").unwrap()
                < page[main..].find("How journeys end").unwrap()
        );

        // Keeping the promise sends more customers to where they get lost.
        for goal in [
            Goal::Reduce(Outcome::Churn),
            Goal::Raise(Outcome::Loyalty),
            Goal::ReduceHurt,
            Goal::RaiseMean,
            Goal::RaiseEnd,
        ] {
            for fix in flow.fixes(&goal).ranked {
                let astray = fix
                    .effect
                    .as_ref()
                    .is_some_and(|effect| effect.leads_astray());
                assert_eq!(
                    astray,
                    fix.kind == customer_journey::FixKind::KeepPromise,
                    "{fix:?}"
                );
                assert!(!astray || fix.gain.is_none(), "{goal:?}: {fix:?}");
            }
        }
        let costs = customer_journey::analysis::FixOptions::new()
            .cost_of_others(customer_journey::FixKind::KeepPromise, 1.0);
        let plan = flow.best_fixes(&Goal::Reduce(Outcome::Churn), 10.0, &costs);
        assert_eq!(plan.steps, []);
        let text = report.to_string();
        assert!(text.contains("One fix is not listed"), "{text}");
        assert!(!text.contains("keep the promise"), "{text}");
    }
}

#[test]
fn a_map_without_stated_endings_has_no_hole() {
    let first = |end: fn(Touchpoint) -> Touchpoint| {
        let shop = Touchpoint::new("shop", Phase::During, Channel::Store)
            .promise(Promise::new("fresh").kept(8.0).broken(2.0))
            .feels(0.4)
            .feels_when_broken(-0.4);
        let journey = Journey::builder("Visit").touchpoint(end(shop)).build();
        journey.unwrap().flow().unwrap()
    };
    // Nothing is stated at all, or everything is.
    for flow in [
        first(|shop| shop),
        first(|shop| shop.ends(Outcome::Loyalty, 1.0)),
    ] {
        let report = flow.report();
        assert_eq!(report.hole(), None);
        assert!(!report.to_string().contains("First of all"));
        let best = &flow.fixes(&Goal::ReduceHurt).ranked[0];
        assert!(best.gain.is_some_and(|gain| gain > 0.0));
    }
}

/// A letter that arrives is no customer who begins all over again.
#[test]
fn only_where_customers_turn_to_the_company_do_they_begin_again() {
    let begins_again = |channel: Channel, can: &[customer_journey::Ability]| {
        let mut second = Touchpoint::new("second", Phase::During, channel)
            .need("know the date")
            .feels(-0.4)
            .ends(Outcome::Loyalty, 1.0);
        for ability in can {
            second = second.can(*ability);
        }
        let flow = Journey::builder("Notices")
            .touchpoint(Touchpoint::new("first", Phase::Before, Channel::Web).need("know the date"))
            .touchpoint(second)
            .transition("first", "second", 1.0)
            .build()
            .unwrap()
            .flow()
            .unwrap();
        let pains = flow.pain_points(&PainOptions::new());
        pains[0]
            .causes
            .iter()
            .any(|cause| cause.kind == PainCauseKind::NotRecognised)
    };
    for arrives in [Channel::Post, Channel::Sms, Channel::Email] {
        assert!(!begins_again(arrives.clone(), &[]), "{arrives}");
        assert!(
            begins_again(arrives.clone(), &[customer_journey::Ability::Answer]),
            "{arrives}"
        );
    }
    for turned_to in [
        Channel::Phone,
        Channel::Chat,
        Channel::Store,
        Channel::App,
        Channel::from("counter"),
    ] {
        assert!(begins_again(turned_to.clone(), &[]), "{turned_to}");
    }
}

#[test]
fn a_promise_with_one_result_alone_is_asked_for_the_other() {
    let document = |promise: &str| {
        let text = format!(
            r#"{{"format": "customer-journey/1", "touchpoints": [
                {{"id": "wait", "phase": "during", "channel": "web", "starts": 1, "promise": {{"name": "fast", {promise}}},
                  "ends": [{{"outcome": "churn"}}]}}], "transitions": []}}"#
        );
        serde_json::from_str::<Journey>(&text)
    };
    for (alone, missing) in [
        (r#""kept": 0.6"#, "`broken`"),
        (r#""kept": 60"#, "`broken`"),
        (r#""kept": 1.5"#, "`broken`"),
        (r#""broken": 0.3"#, "`kept`"),
        (r#""broken": 18"#, "`kept`"),
    ] {
        let told = document(alone).unwrap_err().to_string();
        assert!(
            told.contains(missing) && told.contains("is missing"),
            "{alone}: {told}"
        );
        assert!(told.contains("the weight of the others"), "{told}");
    }
    for whole in [
        r#""kept": 1"#,
        r#""kept": 100"#,
        r#""kept": true"#,
        r#""kept": 0.6, "broken": 0.4"#,
        r#""kept": 60, "broken": 0"#,
        r#""kept": 60, "unknown": 40"#,
        r#""broken": 1"#,
        r#""unknown": 3"#,
    ] {
        assert!(document(whole).is_ok(), "{whole}");
    }
}

#[test]
fn the_hole_is_said_first_also_where_every_journey_falls_into_it() {
    for kept in [1.0, 82.0] {
        let journey = Journey::builder("Library")
            .touchpoint(Touchpoint::new("ask", Phase::Before, Channel::Web).feels(0.5))
            .touchpoint(
                Touchpoint::new("wait", Phase::During, Channel::Phone)
                    .feels(-0.4)
                    .promise(Promise::new("fast").kept(kept)),
            )
            .touchpoint(
                Touchpoint::new("get", Phase::After, Channel::Store)
                    .feels(0.7)
                    .ends(Outcome::Loyalty, 80.0),
            )
            .transition("ask", "wait", 1.0)
            .transition_when(PromiseResult::Broken, "wait", "get", 1.0)
            .build()
            .unwrap();
        let report = journey.flow().unwrap().report();
        let (_, lost) = report.hole().unwrap();
        assert!((lost - 1.0).abs() < 1e-12);
    }
}
