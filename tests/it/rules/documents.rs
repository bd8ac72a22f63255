//! Slips of documents of rules, each told once and all at once, in plain words.

use super::{Bound, Rule, RuleSeverity, Rules, codes, map, sound_but};
use customer_journey::assert_journey;

fn problems(text: &str) -> Vec<String> {
    Rules::from_json(text).unwrap_err().problems
}

fn of_rules(rules: &str) -> Vec<String> {
    problems(&format!(
        "{{\"format\": \"customer-journey-rules/1\", \"rules\": [{rules}]}}"
    ))
}

#[test]
fn values_of_another_kind_are_told_all_at_once() {
    let found = of_rules(
        r#"{"code": "map-too-long", "bound": "x"}, {"code": 7, "pattern": "a", "at_most": 0.5},
        {"code": "p", "pattern": ["a"], "at_most": 0.5}, {"code": "q", "pattern": "a =", "at_most": "5 %"},
        {"code": "f", "figure": true, "at_most": 1}, {"code": "no-owner", "off": "yes", "off": true}, "no-owner",
        {"code": "s", "severity": null, "pattern": "a", "at_most": 0.1, "why": 1}"#,
    );
    assert_eq!(
        found
            .iter()
            .map(|problem| problem.lines().next().unwrap())
            .collect::<Vec<_>>(),
        [
            "rule number 1: `bound` is the text \"x\"; a number is expected",
            "rule number 2: `code` is the number 7; a text is expected",
            "rule number 3: `pattern` is a list; a text is expected",
            "rule number 4: `at_most` is the text \"5 %\"; a number is expected",
            "rule number 5: `figure` is true; a text is expected",
            "rule number 6: key \"off\" is there twice",
            "rule number 6: `off` is the text \"yes\"; true or false is expected",
            "rule number 7 is an object in braces, and this is the text \"no-owner\"",
            "rule number 8: key \"why\" is not known here (known: code, severity, off, bound, pattern, figure, of, at_most, at_least, below, above, reason, advice)",
            "rule number 4: `pattern`: an arrow is `->` for the very next moment, `=>` for a later one, or `=[not ...]=>`",
        ]
    );
    for (text, said) in [
        (
            "[]",
            "a document of rules is an object in braces, and this is a list",
        ),
        (
            "7",
            "a document of rules is an object in braces, and this is the number 7",
        ),
        (
            r#"{"format": 1}"#,
            "`format` is the number 1; a text is expected",
        ),
        (
            r#"{"format": "customer-journey-rules/1", "rules": {}}"#,
            "`rules` is an object; a list of rules is expected",
        ),
        (
            r#"{"format": "customer-journey-rules/1", "built_in": "no"}"#,
            "`built_in` is the text \"no\"; true or false is expected",
        ),
        (
            r#"{"rules": []}"#,
            "`format` is missing; it must be \"customer-journey-rules/1\"",
        ),
    ] {
        assert_eq!(problems(text), [said], "{text}");
    }
}

#[test]
fn slips_of_json_are_told_as_those_of_maps() {
    for (text, said) in [
        ("", "empty"),
        (
            "{\"format\": \"customer-journey-rules/1\",}",
            "one too many",
        ),
        ("{“format”: 1}", "quotation mark"),
        (
            "{\"format\": \"customer-journey-rules/1\" // ours\n}",
            "comment",
        ),
        ("format: rules", "YAML"),
    ] {
        let found = problems(text);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains(said), "{text}: {found:?}");
        assert!(
            !found[0].contains("EOF") && !found[0].contains("expected"),
            "{found:?}"
        );
    }
}

/// What no figure can break, or none can keep, is no bound: in documents, in Rust and in tests.
#[test]
fn bounds_are_held_to_what_figures_can_be() {
    let found = of_rules(
        r#"{"code": "unhappy-unheard", "bound": 5}, {"code": "no-way-to-recovery", "bound": -0.1},
        {"code": "negative-ending", "bound": 2}, {"code": "falls-during", "bound": 3}, {"code": "not-recognised", "bound": -1},
        {"code": "map-too-long", "bound": -1}, {"code": "own", "pattern": "a", "below": 101}"#,
    );
    assert_eq!(
        found,
        [
            "rule number 1: the bound is 5, and a share is between 0 and 1; for 5 of 100 write 0.05",
            "rule number 2: the bound is -0.1, and a share is between 0 and 1",
            "rule number 3: the bound is 2, and a valence is between -1 and 1",
            "rule number 4: the bound is 3, and feelings fall by 2 at most",
            "rule number 5: the bound is -1, and times per journey are 0 or more",
            "rule number 6: the bound is -1, and a number of touchpoints is 0 or more",
            "rule number 7: the bound is 101, and a share is between 0 and 1",
        ]
    );
    for rule in customer_journey::rules::BuiltInRule::ALL {
        let code = rule.as_str();
        let bound = rule.default_bound();
        let rules = format!("{{\"code\": \"{code}\", \"bound\": {bound}}}");
        let text = format!("{{\"format\": \"customer-journey-rules/1\", \"rules\": [{rules}]}}");
        assert!(Rules::from_json(&text).is_ok(), "{code}");
    }
    let journey = sound_but(|_| {});
    let rule = Rule::pattern("own", "visit".parse().unwrap(), Bound::AtMost(5.0));
    let found = journey.check(&Rules::none().with(rule));
    assert_eq!(
        found.findings[0].sentence,
        "the rule cannot be checked: the bound is 5, and a share is between 0 and 1; for 5 of 100 write 0.05"
    );
    let flow = journey.flow().unwrap();
    let failed = std::panic::catch_unwind(|| assert_journey!(flow, "visit" <= 5.0)).unwrap_err();
    let message = failed.downcast_ref::<String>().unwrap();
    assert!(message.contains("for 5 of 100 write 0.05"), "{message}");
}

/// What cannot be checked and what is broken are told in one sentence each, in one unit.
#[test]
fn sentences_are_whole() {
    let journey = sound_but(|t| t[1] = t[1].clone().feels_when_broken(-0.5));
    let own = |code: &str, text: &str, bound| {
        Rule::pattern(code, text.parse().unwrap(), bound).severity(RuleSeverity::Error)
    };
    let rules = Rules::none()
        .with(own("slip", "offr => vist", Bound::AtMost(0.0)))
        .with(own("upper", "offer => *{feels < 0}", Bound::AtMost(0.05)))
        .with(own("lower", "offer => *{feels < 0}", Bound::Above(0.5)));
    let found = journey.check(&rules);
    let said: Vec<&str> = found
        .findings
        .iter()
        .map(|one| one.sentence.as_str())
        .collect();
    assert_eq!(
        said,
        [
            "the rule cannot be checked: no touchpoint is called offr; did you mean \"offer\"? (at `offr`); \
             no touchpoint is called vist; did you mean \"visit\"? (at `vist`); the pattern is offr => vist",
            "10.0 of 100 journeys match offer => *{feels < 0}, and it should be at most 5.0 of 100",
            "10.0 of 100 journeys match offer => *{feels < 0}, and it should be more than 50.0 of 100",
        ]
    );
    assert_eq!(codes(&found), ["slip", "upper", "lower"]);
}

/// A rule about what nobody knows is no rule that is kept, and what is known in part is said.
#[test]
fn what_nobody_knows_keeps_no_rule() {
    use customer_journey::{Channel, Phase, Promise, Touchpoint};
    let at = |id| Touchpoint::new(id, Phase::During, Channel::Web);
    let journey = map([
        at("offer").starts(1.0),
        at("visit").promise(Promise::new("on time").kept(1.0).broken(1.0).unknown(2.0)),
        at("thanks").feels(-0.5).ends("done", 1.0),
    ]);
    let own =
        |code: &str, text: &str| Rule::pattern(code, text.parse().unwrap(), Bound::AtMost(0.0));
    let rules = Rules::none()
        .with(own("silent", "offer{feels < 0}"))
        .with(own("late", "visit{promise = broken}"))
        .with(own("never", "offer -> thanks"));
    let found = journey.check(&rules);
    assert_eq!(codes(&found), ["silent", "late"]);
    let silent = &found.findings[0].sentence;
    assert!(
        silent.contains("no feeling is known of any moment"),
        "{silent}"
    );
    let late = &found.findings[1].evidence;
    assert!(
        late.contains("The result of the promise is known at 50 of 100 moments that visit{promise = broken} asks about."),
        "{late}"
    );
}
