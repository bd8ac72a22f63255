//! Rules: each fires and stays silent on a minimal pair of maps; rules as data; what findings look like.

#[cfg(feature = "serde")]
mod documents;
mod told;

use customer_journey::report::Figure;
use customer_journey::rules::{Bound, BuiltInRule, Finding, Findings, Rule, RuleSeverity};
use customer_journey::{
    Ability, Channel, Journey, JourneyBuilder, Phase, Promise, PromiseResult, Rules, Touchpoint,
    assert_journey,
};

fn at(id: &str, phase: Phase, channel: Channel) -> Touchpoint {
    Touchpoint::new(id, phase, channel)
}

/// A map on which nothing is to be found: two touchpoints, both felt, heard, answered and owned.
fn sound() -> [Touchpoint; 3] {
    let good = |id, phase, channel| {
        at(id, phase, channel)
            .owner("Service")
            .feels(0.5)
            .can(Ability::Listen)
            .can(Ability::Answer)
            .can(Ability::Resolve)
            .can(Ability::Recognise)
            .evidence(customer_journey::Evidence::Reported)
    };
    [
        good("offer", Phase::Before, Channel::Web)
            .starts(1.0)
            .makes("on time"),
        good("visit", Phase::During, Channel::Store)
            .promise(Promise::new("on time").kept(9.0).broken(1.0)),
        good("thanks", Phase::After, Channel::Email).ends("loyalty", 1.0),
    ]
}

fn map(touchpoints: [Touchpoint; 3]) -> Journey {
    let builder = touchpoints
        .into_iter()
        .fold(Journey::builder("pair"), JourneyBuilder::touchpoint);
    builder
        .transition("offer", "visit", 1.0)
        .transition("visit", "thanks", 1.0)
        .build()
        .unwrap()
}

fn sound_but(change: impl FnOnce(&mut [Touchpoint; 3])) -> Journey {
    let mut touchpoints = sound();
    change(&mut touchpoints);
    map(touchpoints)
}

fn codes(found: &Findings) -> Vec<&str> {
    found
        .findings
        .iter()
        .map(|finding| finding.code.as_str())
        .collect()
}

/// The only thing that is wrong, by its rule; and how it is held against a bound that is not broken.
fn only(journey: &Journey, rule: BuiltInRule, loose: f64) -> Finding {
    let found = journey.check(&Rules::new());
    assert_eq!(codes(&found), [rule.as_str()], "{found}");
    let wide = journey.check(&Rules::new().bound(rule, loose));
    assert_eq!(codes(&wide), [""; 0], "{wide}");
    let without = journey.check(&Rules::new().without(rule));
    assert!(without.findings.is_empty());
    let finding = found.findings[0].clone();
    assert_eq!(finding.severity, rule.default_severity());
    assert_eq!(finding.bound, Some(rule.default_bound()));
    assert!(
        !finding.sentence.is_empty()
            && finding.evidence == rule.reason()
            && finding.advice == rule.advice()
    );
    finding
}

#[test]
fn a_sound_map_breaks_no_rule() {
    let found = map(sound()).check(&Rules::new());
    assert_eq!(codes(&found), [""; 0], "{found}");
    assert!(found.passes());
    assert_eq!(found.to_string(), "no rule is broken");
}

#[test]
fn promises_are_made_and_tested() {
    let found = only(
        &sound_but(|t| t[0].makes.push("free".to_owned())),
        BuiltInRule::NeverTested,
        1.0,
    );
    assert_eq!(
        (found.of, found.pointers, found.figure),
        (
            vec!["offer".to_owned()],
            vec!["/touchpoints/0/makes".to_owned()],
            Some(1.0)
        )
    );
    let found = only(
        &sound_but(|t| t[0].makes.clear()),
        BuiltInRule::NeverMade,
        1.0,
    );
    assert_eq!(
        (found.of, found.pointers),
        (
            vec!["visit".to_owned()],
            vec!["/touchpoints/1/promise".to_owned()]
        )
    );
    // Events do not tell what was promised.
    let counted = sound_but(|t| {
        t[0].makes.clear();
        for touchpoint in t {
            touchpoint.evidence = customer_journey::Evidence::Observed;
        }
    });
    assert_eq!(codes(&counted.check(&Rules::new())), [""; 0]);
}

fn unable(touchpoint: &mut Touchpoint, ability: Ability) {
    touchpoint.can.retain(|&can| can != ability);
}

#[test]
fn who_is_let_down_comes_to_somebody_who_can_help() {
    let journey = sound_but(|t| {
        unable(&mut t[1], Ability::Resolve);
        unable(&mut t[2], Ability::Resolve);
    });
    let found = journey.check(&Rules::new());
    // One break in ten journeys, where nobody can resolve either.
    assert_eq!(codes(&found), ["no-way-to-recovery", "nobody-can-resolve"]);
    assert!(!found.passes());
    assert_eq!(found.findings[0].figure, Some(0.0));
    assert_eq!(found.findings[0].of, ["visit"]);
    let found = only(
        &sound_but(|t| unable(&mut t[1], Ability::Resolve)),
        BuiltInRule::NobodyResolves,
        0.1,
    );
    assert_eq!(found.figure, Some(0.1));
    // Half of them come to help.
    let half = sound_but(|t| {
        unable(&mut t[1], Ability::Resolve);
        t[1] = t[1].clone().ends_when(PromiseResult::Broken, "churn", 1.0);
    });
    let rules = Rules::none().bound(BuiltInRule::NoRecovery, 0.5);
    let found = half.check(&rules);
    assert_eq!(found.findings[0].figure, Some(0.5));
    assert!(
        half.check(&Rules::none().bound(BuiltInRule::NoRecovery, 0.49))
            .findings
            .is_empty()
    );
}

#[test]
fn endings_and_falls() {
    let sour = sound_but(|t| t[2] = t[2].clone().feels(-0.2));
    let found = only(&sour, BuiltInRule::NegativeEnding, -0.2);
    assert_eq!(
        (found.of, found.figure),
        (vec!["thanks".to_owned()], Some(-0.2))
    );
    let fall = sound_but(|t| t[1] = t[1].clone().feels(0.0));
    let found = only(&fall, BuiltInRule::FallsDuring, 0.5);
    assert_eq!(found.figure, Some(0.5));
}

#[test]
fn channels_agree() {
    let says = |first: &'static str, second: &'static str| {
        sound_but(move |t| {
            t[0] = t[0].clone().need("when").says(first);
            t[2] = t[2].clone().need("when").says(second);
        })
    };
    let found = only(
        &says("Tuesday", "Thursday"),
        BuiltInRule::Contradiction,
        1.0,
    );
    assert_eq!((found.figure, found.of.len()), (Some(1.0), 2));
    assert_eq!(
        found.pointers,
        ["/touchpoints/0/says", "/touchpoints/2/says"]
    );
    assert!(
        says("Tuesday", "Tuesday")
            .check(&Rules::new())
            .findings
            .is_empty()
    );
    let single = sound_but(|t| t[0] = t[0].clone().need("when"));
    assert_eq!(
        only(&single, BuiltInRule::SingleChannel, 1.0).figure,
        Some(1.0)
    );
}

#[test]
fn the_unhappy_are_heard_and_answered() {
    // Unhappy at the visit, which listens; nobody listens at the visit nor later.
    let unheard = sound_but(|t| {
        t[0] = t[0].clone().feels(-0.3);
        t[1] = t[1].clone().feels(-0.25);
        unable(&mut t[1], Ability::Listen);
        unable(&mut t[2], Ability::Listen);
    });
    let rules = Rules::none()
        .bound(BuiltInRule::Unheard, 0.05)
        .bound(BuiltInRule::Unanswered, 0.05);
    let found = unheard.check(&rules);
    assert_eq!(codes(&found), ["unhappy-unheard"]);
    assert_eq!(found.findings[0].figure, Some(1.0));
    let heard = sound_but(|t| {
        t[1] = t[1].clone().feels(-0.25);
        unable(&mut t[1], Ability::Listen);
    });
    assert!(heard.check(&rules).findings.is_empty());
    let unanswered = sound_but(|t| {
        t[1] = t[1].clone().feels(-0.25);
        unable(&mut t[1], Ability::Answer);
        unable(&mut t[2], Ability::Answer);
    });
    let found = unanswered.check(&rules);
    assert_eq!(codes(&found), ["heard-never-answered"]);
    assert_eq!(
        (found.findings[0].figure, found.findings[0].of.len()),
        (Some(1.0), 2)
    );
    let later = sound_but(|t| {
        t[1] = t[1].clone().feels(-0.25);
        unable(&mut t[1], Ability::Listen);
        unable(&mut t[2], Ability::Answer);
    });
    assert_eq!(codes(&later.check(&rules)), ["heard-never-answered"]);
    let pain = Rules::none().bound(BuiltInRule::PainUnheard, 0.25);
    assert_eq!(codes(&later.check(&pain)), ["pain-without-listening"]);
    assert!(unanswered.check(&pain).findings.is_empty());
}

#[test]
fn the_map_itself() {
    let stranger = sound_but(|t| unable(&mut t[2], Ability::Recognise));
    let found = only(&stranger, BuiltInRule::NotRecognised, 1.0);
    assert_eq!(
        (found.of, found.figure),
        (vec!["thanks".to_owned()], Some(1.0))
    );
    let same = sound_but(|t| {
        unable(&mut t[2], Ability::Recognise);
        t[2].channel = Channel::Store;
    });
    assert!(same.check(&Rules::new()).findings.is_empty());
    assert_eq!(
        only(&sound_but(|t| t[1].owner = None), BuiltInRule::NoOwner, 1.0).of,
        ["visit"]
    );
    let never = sound_but(|t| t[2].phase = Phase::During);
    assert_eq!(
        only(&never, BuiltInRule::NothingAfter, -1.0).figure,
        Some(0.0)
    );
    let hole = sound_but(|t| t[2].ends.clear());
    let found = only(&hole, BuiltInRule::UnstatedEnding, 1.0);
    assert_eq!(
        (found.of, found.figure),
        (vec!["thanks".to_owned()], Some(1.0))
    );
    let rules = Rules::new().bound(BuiltInRule::TooLong, 2.0);
    assert_eq!(codes(&map(sound()).check(&rules)), ["map-too-long"]);
    assert!(
        map(sound())
            .check(&Rules::new().bound(BuiltInRule::TooLong, 3.0))
            .passes()
    );
}

#[test]
fn what_is_known_and_what_is_assumed() {
    let late = sound_but(|t| {
        t[0].emotion = None;
        t[1].emotion = None;
    });
    assert_eq!(
        only(&late, BuiltInRule::LaggingOnly, -1.0).figure,
        Some(0.0)
    );
    let nothing = sound_but(|t| {
        for touchpoint in t.iter_mut() {
            touchpoint.emotion = None;
        }
    });
    assert!(nothing.check(&Rules::new()).findings.is_empty());
    let assumed = |evidence| {
        sound_but(move |t| {
            t[1] = t[1].clone().feels(-0.2).evidence(evidence);
            t[0] = t[0].clone().feels(0.0);
        })
    };
    let found = only(
        &assumed(customer_journey::Evidence::Assumed),
        BuiltInRule::Assumed,
        1.0,
    );
    assert_eq!(
        (found.of, found.figure),
        (vec!["visit".to_owned()], Some(1.0))
    );
    assert!(
        assumed(customer_journey::Evidence::Reported)
            .check(&Rules::new())
            .findings
            .is_empty()
    );
}

/// Every rule has its pair above: this counts what the tests of this file name.
#[test]
fn every_built_in_rule_is_tested() {
    let text = include_str!("rules.rs");
    for rule in BuiltInRule::ALL {
        let name = format!("BuiltInRule::{rule:?}");
        assert!(text.contains(&name), "{name}");
        assert_eq!(rule.as_str().parse::<BuiltInRule>(), Ok(*rule));
        assert!(!rule.reason().is_empty() && !rule.advice().is_empty());
    }
}

#[test]
fn a_map_without_a_flow_is_checked_as_far_as_it_goes() {
    let circle = Journey::builder("circle")
        .touchpoint(at("a", Phase::During, Channel::Web).starts(1.0).makes("p"))
        .transition("a", "a", 1.0)
        .build()
        .unwrap();
    let found = circle.check(&Rules::new());
    assert_eq!(
        codes(&found),
        ["no-flow", "promise-never-tested", "no-owner"]
    );
    assert!(!found.passes());
    assert_eq!(found.findings[1].figure, None);
    assert_eq!(found.findings[0].pointers, [""]);
}

#[test]
fn rules_of_ones_own() {
    let journey = sound_but(|t| t[1] = t[1].clone().feels_when_broken(-0.5));
    let rules = Rules::none()
        .with(
            Rule::pattern(
                "bad-visit",
                "offer => *{feels < 0}".parse().unwrap(),
                Bound::AtMost(0.05),
            )
            .severity(RuleSeverity::Error)
            .reason("a visit is the heart of it")
            .advice("call back"),
        )
        .with(Rule::pattern(
            "thanked",
            "visit -> thanks".parse().unwrap(),
            Bound::AtLeast(0.9),
        ))
        .with(Rule::figure(
            "short",
            Figure::Length,
            None,
            Bound::Below(3.0),
        ))
        .with(Rule::figure(
            "visited",
            Figure::Reach,
            Some("visit"),
            Bound::AtLeast(0.5),
        ))
        .with(Rule::pattern(
            "slip",
            "vist".parse().unwrap(),
            Bound::AtMost(0.0),
        ))
        .with(Rule::closure("own", |flow| {
            vec![
                Finding::new("it is long")
                    .at("thanks")
                    .figure(flow.length())
                    .bound(1.0),
            ]
        }));
    let found = journey.check(&rules);
    assert_eq!(codes(&found), ["bad-visit", "short", "slip", "own"]);
    let bad = &found.findings[0];
    assert_eq!(
        (bad.figure, bad.bound, &bad.of[..]),
        (Some(0.1), Some(0.05), &["visit".to_owned()][..])
    );
    assert!(
        bad.evidence
            .contains("the likeliest way: offer -> visit (0.100 of journeys)"),
        "{}",
        bad.evidence
    );
    assert!(
        found.findings[2]
            .sentence
            .contains("no touchpoint is called vist"),
        "{found}"
    );
    assert_eq!(found.findings[3].pointers, ["/touchpoints/2"]);
    let text = found.to_string();
    assert!(text.starts_with("error[bad-visit]: "), "{text}");
    assert!(
        text.contains("  --> visit (/touchpoints/1)\n   = figure: 0.1, bound: 0.05\n"),
        "{text}"
    );
    assert!(text.contains("   = help: call back\n"), "{text}");
    assert!(text.ends_with("1 error, 3 warnings"), "{text}");
    let markdown = found.markdown().to_string();
    assert!(
        markdown.contains("| error | bad-visit | visit |"),
        "{markdown}"
    );
}

#[test]
fn names_cannot_break_out_of_markdown() {
    let journey = Journey::builder("a | b\n# c")
        .touchpoint(at("x | y", Phase::During, Channel::Web).ends("z", 1.0))
        .build()
        .unwrap();
    let markdown = journey.check(&Rules::new()).markdown().to_string();
    assert!(
        markdown.starts_with("# Rules: a \\| b \\# c\n"),
        "{markdown}"
    );
    let rows = markdown.lines().filter(|line| line.starts_with('|'));
    for row in rows {
        assert_eq!(row.replace("\\|", "").matches('|').count(), 8, "{row}");
    }
}

#[test]
fn journeys_are_asserted_in_tests() {
    let flow = map(sound()).flow().unwrap();
    assert_journey!(flow, "offer => thanks" >= 1.0);
    assert_journey!(flow, "visit{promise = broken}" <= 0.1);
    assert_journey!(flow, "visit{promise = broken}" < 0.2);
    assert_journey!(flow, "visit{promise = broken}" > 0.05,);
    let fails = |run: fn(&customer_journey::Flow)| {
        let flow = map(sound()).flow().unwrap();
        let error = std::panic::catch_unwind(move || run(&flow)).unwrap_err();
        *error.downcast::<String>().unwrap()
    };
    let message = fails(|flow| assert_journey!(flow, "offer => visit{promise = broken}" < 0.05));
    assert!(message.contains("10.0 of 100 journeys match"), "{message}");
    assert!(message.contains("must be less than 0.05"), "{message}");
    assert!(
        message.contains("offer -> visit (0.100 of journeys)"),
        "{message}"
    );
    let message = fails(|flow| assert_journey!(flow, "visit{promise = broken}" >= 0.5));
    assert!(
        message.contains("of those that do not: offer -> visit -> thanks (0.900"),
        "{message}"
    );
    let message = fails(|flow| assert_journey!(flow, "vist" < 0.5));
    assert!(message.contains("did you mean \"visit\"?"), "{message}");
}

#[cfg(feature = "serde")]
mod data {
    use super::{Bound, BuiltInRule, Rule, RuleSeverity, Rules, codes, map, sound, sound_but};
    use crate::schema::validator::breaks;
    use customer_journey::schema::RULES_SCHEMA;
    use serde_json::{Value, json};

    fn schema() -> Value {
        serde_json::from_str(RULES_SCHEMA).unwrap()
    }

    #[test]
    fn rules_are_read_and_written() {
        let document = json!({
            "format": "customer-journey-rules/1",
            "rules": [
                { "code": "map-too-long", "bound": 2, "severity": "error" },
                { "code": "no-owner", "off": true },
                { "code": "thanked", "pattern": "visit -> thanks", "at_most": 0.5, "severity": "note", "reason": "why", "advice": "do" },
                { "code": "length", "figure": "length", "above": 3 },
                { "code": "thanks", "figure": "reach", "of": "thanks", "below": 1 },
            ],
        });
        assert_eq!(breaks(&schema(), &document), [""; 0]);
        let rules: Rules = serde_json::from_value(document).unwrap();
        let journey = sound_but(|t| t[1].owner = None);
        let found = journey.check(&rules);
        assert_eq!(
            codes(&found),
            ["map-too-long", "length", "thanks", "thanked"]
        );
        let written = serde_json::to_value(&rules).unwrap();
        assert_eq!(breaks(&schema(), &written), [""; 0]);
        let again: Rules = serde_json::from_value(written).unwrap();
        assert_eq!(journey.check(&again), found);
        assert_eq!(
            serde_json::to_value(Rules::new()).unwrap()["rules"]
                .as_array()
                .unwrap()
                .len(),
            BuiltInRule::ALL.len()
        );
    }

    #[test]
    fn every_problem_of_a_document_is_told() {
        let document = json!({
            "format": "customer-journey-rules/2", "rule": [],
            "rules": [
                { "code": "no-ownr", "bound": 1 },
                { "code": "x", "pattern": "a =>", "at_most": 1 },
                { "code": "y", "figure": "lenght", "at_most": 1 },
                { "code": "z", "pattern": "a" },
                { "code": "no-owner", "pattern": "a", "at_most": 1 },
                { "code": "no-owner", "at_most": 1 },
                { "code": "w", "pattern": "a", "at_most": 1, "severity": "fatal", "why": "" },
                { "severity": "note" },
                { "code": "p", "pattern": "a", "at_most": 5 },
                { "code": "p", "figure": "unhappy", "at_least": -1 },
            ],
        });
        let error = serde_json::from_value::<Rules>(document)
            .unwrap_err()
            .to_string();
        for part in [
            "10 problems",
            "customer-journey-rules/2",
            "did you mean \"rules\"",
            "did you mean \"no-owner\"",
            "rule number 2: `pattern`: a step is expected here",
            "did you mean \"length\"",
            "rule number 4: one of `at_most`",
            "rule number 5: \"no-owner\" is the code of a built-in rule",
            "rule number 6: the bound of a built-in rule",
            "\"fatal\" is not a severity",
            "key \"why\" is not known",
            "rule number 8: `code` is missing",
            "rule number 9: the bound is 5, and a share is between 0 and 1; for 5 of 100 write 0.05",
            "rule number 10: the bound is -1, and a share is between 0 and 1",
            "rule number 10: the code \"p\" is that of rule number 9",
        ] {
            let told = error.contains(part) || part == "10 problems";
            assert!(told, "{part}: {error}");
        }
    }

    #[test]
    fn the_schema_names_every_rule() {
        let schema = schema();
        let codes = schema
            .pointer("/$defs/builtIn/properties/code/enum")
            .unwrap();
        let codes: Vec<&str> = codes
            .as_array()
            .unwrap()
            .iter()
            .map(|code| code.as_str().unwrap())
            .collect();
        let all: Vec<&str> = BuiltInRule::ALL.iter().map(|rule| rule.as_str()).collect();
        assert_eq!(codes, all);
    }

    /// The parts that viewers rest on; `.ci/check-formats` validates the whole against the published schema.
    #[test]
    fn sarif_has_its_shape() {
        let rule = Rule::pattern("own", "visit".parse().unwrap(), Bound::Below(0.5))
            .severity(RuleSeverity::Error);
        let found = sound_but(|t| t[1].owner = None).check(&Rules::new().with(rule));
        let sarif = serde_json::to_value(found.sarif("maps/my map.json")).unwrap();
        assert_eq!(sarif["version"], "2.1.0");
        let run = &sarif["runs"][0];
        assert_eq!(run["tool"]["driver"]["name"], "customer-journey");
        assert_eq!(run["artifacts"][0]["location"]["uri"], "maps/my%20map.json");
        let results = run["results"].as_array().unwrap();
        assert_eq!(results.len(), 2);
        for result in results {
            let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(
                run["tool"]["driver"]["rules"][index]["id"],
                result["ruleId"]
            );
            let place = &result["locations"][0];
            assert_eq!(
                place["logicalLocations"][0]["fullyQualifiedName"],
                "/touchpoints/1"
            );
            assert_eq!(place["physicalLocation"]["artifactLocation"]["index"], 0);
            assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        }
        assert_eq!(
            (&results[0]["level"], &results[1]["level"]),
            (&json!("error"), &json!("note"))
        );
        assert_eq!(
            results[0]["properties"],
            json!({"figure": 1.0, "bound": 0.5})
        );
        let none = serde_json::to_value(map(sound()).check(&Rules::new()).sarif("x")).unwrap();
        assert_eq!(none["runs"][0]["results"], json!([]));
    }
}
