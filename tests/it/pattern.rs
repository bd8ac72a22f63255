//! The language of patterns: what is read, how it is written, and how slips are told.

use customer_journey::analysis::AskError;
use customer_journey::pattern::PatternError;
use customer_journey::{Channel, Journey, Pattern, Phase, Touchpoint};

fn read(text: &str) -> Pattern {
    text.parse()
        .unwrap_or_else(|error: PatternError| panic!("{text}: {error}"))
}

fn wrong(text: &str) -> PatternError {
    match text.parse::<Pattern>() {
        Ok(pattern) => panic!("{text} was read as {pattern}"),
        Err(error) => error,
    }
}

#[test]
fn patterns_are_written_as_they_read() {
    for (text, written) in [
        ("a", "a"),
        ("a->b=>c", "a -> b => c"),
        ("  a  =[not b]=>   c ", "a =[not b]=> c"),
        ("a=[not(b|c)]=>d", "a =[not (b | c)]=> d"),
        ("start -> a => end", "start -> a => end"),
        ("start=[not b]=>end", "start =[not b]=> end"),
        ("end(churn|\"comes back\")", "end(churn|\"comes back\")"),
        ("a or b->c or end", "a or b -> c or end"),
        ("not a", "not a"),
        ("not*{feels=unknown}", "not *{feels = unknown}"),
        (
            "(a|not b{feels<0})  {channel=web|app}",
            "(a | not b{feels < 0}){channel = web|app}",
        ),
        ("((a|b)|c)", "((a | b) | c)"),
        (
            "*{feels<=-0.25,feels>=-1}",
            "*{feels <= -0.25, feels >= -1}",
        ),
        ("*{feels>.5}", "*{feels > 0.5}"),
        ("*{promise=broken}", "*{promise = broken}"),
        (
            "*{promise \"on time\"!=kept}",
            "*{promise \"on time\" != kept}",
        ),
        (
            "*{owner != \"Customer Service\"|Ops}",
            "*{owner != \"Customer Service\"|Ops}",
        ),
        ("a -> b{wait<=90m}", "a -> b{wait <= 90m}"),
        ("a -> b{wait <= 1.5 d}", "a -> b{wait <= 1.5d}"),
        ("a => (b{wait<=2h}|c)", "a => (b{wait <= 2h} | c)"),
        (
            "\"start\" -> \"end\" => \"not\" -> \"or\"",
            "\"start\" -> \"end\" => \"not\" -> \"or\"",
        ),
        ("\"a\" -> \"b c\"", "a -> \"b c\""),
        ("\"say \\\"hi\\\" \\\\\"", "\"say \\\"hi\\\" \\\\\""),
        ("a-b->c-d", "a-b -> c-d"),
        ("\"a-\"->b", "\"a-\" -> b"),
        ("web.2_x", "web.2_x"),
        ("Rückruf -> 電話", "Rückruf -> 電話"),
        (
            "ending -> starter -> order -> nothing",
            "ending -> starter -> order -> nothing",
        ),
    ] {
        let pattern = read(text);
        assert_eq!(pattern.to_string(), written, "{text}");
        assert_eq!(read(written), pattern, "{text}");
    }
}

/// An arrow of a word processor is one slip, whatever stands around it.
#[test]
fn a_drawn_arrow_is_one_slip() {
    for text in [
        "a → b",
        "a ⇒ b{feels < 0} ⟶ end",
        "start ➔ a",
        "a ➜ (b | c) => end(churn)",
    ] {
        let error = wrong(text);
        let arrows = text.chars().filter(|letter| "→⇒⟶➔➜".contains(*letter));
        assert_eq!(error.problems.len(), arrows.count(), "{text}: {error}");
        assert!(error.to_string().contains("an arrow is `->`"), "{error}");
    }
}

/// Each slip is told at its place, with the word that was probably meant.
#[test]
fn slips_are_told_with_their_place() {
    for (text, at, says, nearest) in [
        ("", 0..0, "a step is expected here", None),
        ("a ->", 4..4, "a step is expected here", None),
        ("-> a", 0..2, "a step is expected here", None),
        ("a b", 2..3, "an arrow", None),
        ("a or", 4..4, "a step is expected here", None),
        ("start", 0..5, "behind `start`", None),
        ("a => start", 5..10, "`start` comes first", None),
        ("end -> a", 7..8, "nothing comes behind an ending", None),
        ("end(churn", 9..9, "closed with `)`", None),
        ("end()", 4..5, "an outcome is expected", None),
        ("not not a", 4..7, "behind `not`", None),
        ("not", 3..3, "behind `not`", None),
        ("(a|b", 4..4, "closed with `)`", None),
        ("a{", 2..2, "a test is expected", None),
        ("a{feels}", 7..8, "compared with", None),
        ("a{feels < 5}", 10..11, "from -1 to 1", None),
        ("a{feels < nan}", 10..13, "from -1 to 1", None),
        ("a{feels = 0.5}", 8..13, "`feels = unknown`", None),
        (
            "a{promise = brocken}",
            12..19,
            "kept, broken or unknown",
            Some("broken"),
        ),
        ("a{promise late = broken}", 10..14, "promise \"late\"", None),
        ("a{channel < web}", 10..11, "`=` or `!=`", None),
        ("a{channel = }", 12..13, "a name is expected", None),
        ("a{channel = end}", 12..15, "`end` is quoted", None),
        ("a{channel = web", 15..15, "closed with `}`", None),
        ("a{wait <= 2h}", 2..6, "no step before", None),
        ("start -> a{wait <= 2h}", 11..15, "no step before", None),
        ("a -> not b{wait <= 2h}", 11..15, "under `not`", None),
        ("a =[not b{wait <= 2h}]=> c", 10..14, "under `not`", None),
        ("a -> not (b | c{wait <= 2h})", 16..20, "under `not`", None),
        ("a -> b{wait <= 2 years}", 15..16, "s, m, h, d or w", None),
        ("a -> b{wait > 2h}", 12..13, "s, m, h, d or w", None),
        ("a =[b]=> c", 4..5, "`=[` goes on with `not`", None),
        ("a =[not b => c", 10..12, "closed with `]=>`", None),
        ("a -> \"b", 5..7, "closing double quote", None),
        ("a # b", 2..3, "means nothing", None),
        ("a → b", 2..5, "an arrow is `->`", None),
        ("a --> b", 2..3, "an arrow is `->`", None),
        ("a ==> b", 2..3, "an arrow is `->`", None),
        ("a > b", 2..3, "an arrow is `->`", None),
        ("a | b", 2..3, "alternatives stand in a group", None),
        ("a OR b", 2..4, "small letters", None),
        (
            "card payment",
            5..12,
            "several words stands in double quotes",
            None,
        ),
        ("a, b", 1..2, "an arrow (`->`", None),
        ("pay @ web", 4..5, "stand in double quotes", None),
        ("'a b' -> c", 0..5, "double quotes: \"a b\"", None),
        ("“a b” -> c", 0..9, "double quotes: \"a b\"", None),
        ("a =[not b] => c", 9..10, "without a blank", None),
        ("*{feels < -0,5}", 10..14, "no comma", None),
        ("*{feels < 10%}", 10..12, "from -1 to 1", None),
    ] {
        let error = wrong(text);
        let problem = &error.problems[0];
        assert!(problem.message.contains(says), "{text}: {error}");
        assert_eq!(problem.at, at, "{text}: {error}");
        assert_eq!(problem.nearest.as_deref(), nearest, "{text}");
        assert_eq!(error.pattern, text);
    }
}

#[test]
fn all_problems_are_told_at_once() {
    let error = wrong("a{feels < x} -> => b{promise = kep} =[b]=> c or d{owner}");
    assert_eq!(error.problems.len(), 5, "{error}");
    let text = error.to_string();
    assert!(text.starts_with("5 problems:\n"), "{text}");
    assert!(text.contains("did you mean \"kept\"?"), "{text}");
    // The marks stand below what they point at.
    let lines: Vec<&str> = text.lines().collect();
    let marks = lines
        .iter()
        .position(|line| line.trim_start().starts_with('^'))
        .unwrap();
    let column = lines[marks].find('^').unwrap();
    assert_eq!(&lines[marks - 1][column..=column], "x");
}

fn shop() -> Journey {
    Journey::builder("Shop")
        .touchpoint(
            Touchpoint::new("pay-web", Phase::During, Channel::Web)
                .name("Payment")
                .owner("Finance"),
        )
        .touchpoint(
            Touchpoint::new("pay-shop", Phase::During, Channel::Store)
                .name("Payment")
                .makes("cash back"),
        )
        .touchpoint(
            Touchpoint::new("Payment by post", Phase::After, Channel::Post).ends("refund", 1.0),
        )
        .transition("pay-web", "pay-shop", 1.0)
        .transition("pay-shop", "Payment by post", 1.0)
        .build()
        .unwrap()
}

#[test]
fn names_that_a_journey_does_not_have_are_told_with_the_nearest() {
    let flow = shop().flow().unwrap();
    for (text, at, says, nearest) in [
        (
            "pay-wbe => x",
            0..7,
            "no touchpoint is called pay-wbe",
            Some("pay-web"),
        ),
        (
            "*{owner = Finanze}",
            10..17,
            "no touchpoint has the owner Finanze",
            Some("Finance"),
        ),
        (
            "*{chanel = web}",
            2..8,
            "no test is called chanel",
            Some("channel"),
        ),
        (
            "*{phase = durring}",
            10..17,
            "durring is not a phase",
            Some("during"),
        ),
        (
            "*{can = resolv}",
            8..14,
            "resolv is not an ability",
            Some("resolve"),
        ),
        (
            "*{makes = \"cash bak\"}",
            10..20,
            "made promise \"cash bak\"",
            Some("cash back"),
        ),
        (
            "*{promise \"x\" = kept}",
            10..13,
            "no touchpoint has the promise x",
            None,
        ),
        (
            "end(refnud)",
            4..10,
            "no journey ends with refnud",
            Some("refund"),
        ),
    ] {
        let Err(AskError::Pattern(error)) = flow.ask(&read(text)) else {
            panic!("{text}")
        };
        let problem = &error.problems[0];
        assert!(problem.message.contains(says), "{text}: {error}");
        assert_eq!(
            (problem.at.clone(), problem.nearest.as_deref()),
            (at, nearest),
            "{text}"
        );
    }
    let Err(AskError::Pattern(error)) = flow.ask(&read("a => b{stage = c} => end(d)")) else {
        panic!()
    };
    assert_eq!(error.problems.len(), 4, "{error}");
    // Words that every journey knows are no slips.
    for text in [
        "*{channel = phone}",
        "end(churn)",
        "*{can = listen}",
        "*{phase = before}",
    ] {
        assert_eq!(flow.ask(&read(text)).unwrap().probability, 0.0, "{text}");
    }
    assert_eq!(flow.ask(&read("a -> b{wait <= 1h}")), Err(AskError::Timed));
}

/// An exact id beats a name, and the name alone means all its channels.
#[test]
fn names_mean_all_channels_and_ids_one() {
    let flow = shop().flow().unwrap();
    let expected = |text: &str| flow.ask(&read(text)).unwrap().expected;
    assert_eq!(expected("Payment"), 2.0);
    assert_eq!(expected("pay-web"), 1.0);
    let learned = Journey::builder("learned")
        .touchpoint(Touchpoint::new("pay @ web", Phase::During, Channel::Web).starts(1.0))
        .touchpoint(Touchpoint::new("pay @ store", Phase::During, Channel::Store).name("Till"))
        .transition("pay @ web", "pay @ store", 1.0)
        .build()
        .unwrap();
    let learned = learned.flow().unwrap();
    assert_eq!(learned.ask(&read("pay")).unwrap().expected, 2.0);
    assert_eq!(learned.ask(&read("Till")).unwrap().expected, 1.0);
    let both = Journey::builder("same")
        .touchpoint(Touchpoint::new("x", Phase::During, Channel::Web))
        .touchpoint(
            Touchpoint::new("y", Phase::During, Channel::Web)
                .name("x")
                .ends("z", 1.0),
        )
        .transition("x", "y", 1.0)
        .build()
        .unwrap();
    assert_eq!(both.flow().unwrap().ask(&read("x")).unwrap().expected, 1.0);
}

mod drawn {
    use proptest::prelude::*;

    use crate::steady::cases;

    /// A name in quotes, of any letters.
    fn name() -> impl Strategy<Value = String> {
        let quoted =
            |name: String| format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""));
        prop_oneof![
            "[a-z][a-z0-9_.-]{0,4}[a-z0-9]",
            any::<String>()
                .prop_filter("not endless", |name| name.len() < 20)
                .prop_map(quoted),
            prop::sample::select(vec![
                "start", "end", "not", "or", "feels", "wait", "promise", "-"
            ])
            .prop_map(|name| format!("\"{name}\"")),
        ]
        .prop_filter("no reserved word is bare", |name| {
            !["or", "not", "end", "start"].contains(&name.as_str())
        })
    }

    fn names() -> impl Strategy<Value = String> {
        prop::collection::vec(name(), 1..3).prop_map(|names| names.join("|"))
    }

    fn test(behind: bool) -> impl Strategy<Value = String> {
        let equals = || prop::sample::select(vec!["=", "!=", " = ", " != "]);
        let key = prop::sample::select(vec![
            "channel", "phase", "owner", "a fact", "upset", "wait", "feels", "promise",
        ]);
        let key = key.prop_map(|key| {
            if key.contains(' ') || ["wait", "feels", "promise"].contains(&key) {
                format!("{key:?}")
            } else {
                key.to_owned()
            }
        });
        let result = prop::sample::select(vec!["kept", "broken", "unknown"]);
        let quoted = prop::option::of("[a-z ]{1,5}")
            .prop_map(|name| name.map_or_else(String::new, |name| format!(" {name:?}")));
        let wait = (
            0.0..1e4_f64,
            prop::sample::select(vec!["s", "m", "h", "d", "w"]),
        )
            .prop_map(|(number, unit)| format!("wait<={number}{unit}"));
        let wait = prop::option::of(wait).prop_map(move |wait| {
            wait.filter(|_| behind)
                .unwrap_or_else(|| "feels=unknown".to_owned())
        });
        prop_oneof![
            (key, equals(), names()).prop_map(|(key, is, names)| format!("{key}{is}{names}")),
            (quoted, equals(), result)
                .prop_map(|(name, is, result)| format!("promise{name}{is}{result}")),
            (
                prop::sample::select(vec!["<", "<=", ">", ">="]),
                -1.0..=1.0_f64
            )
                .prop_map(|(sign, bound)| format!("feels {sign} {bound}")),
            wait,
        ]
    }

    fn step(behind: bool) -> BoxedStrategy<String> {
        let tests = move || {
            prop::collection::vec(test(behind), 0..3).prop_map(|tests| {
                if tests.is_empty() {
                    String::new()
                } else {
                    format!("{{{}}}", tests.join(","))
                }
            })
        };
        let plain = (prop_oneof![name(), Just("*".to_owned())], tests())
            .prop_map(|(subject, tests)| subject + &tests);
        plain
            .prop_recursive(2, 6, 3, move |inner| {
                (prop::collection::vec(inner, 1..3), tests())
                    .prop_map(|(steps, tests)| format!("({}){tests}", steps.join(" |")))
            })
            .boxed()
    }

    fn denied() -> impl Strategy<Value = String> {
        step(false)
    }

    fn chain() -> impl Strategy<Value = String> {
        let arrow = || {
            prop_oneof![
                Just("->".to_owned()),
                Just(" => ".to_owned()),
                denied().prop_map(|step| format!("=[not {step}]=>"))
            ]
        };
        let first = prop_oneof![step(false), denied().prop_map(|step| format!("not {step}"))];
        let end = prop::option::of(prop::option::of(names()));
        let start = prop::option::of(arrow())
            .prop_map(|arrow| arrow.map_or_else(String::new, |arrow| format!("start {arrow}")));
        (
            start,
            first,
            prop::collection::vec((arrow(), step(true)), 0..3),
            (arrow(), end),
        )
            .prop_map(|(start, first, steps, (arrow, end))| {
                let steps = steps
                    .into_iter()
                    .fold(String::new(), |steps, (arrow, step)| {
                        steps + " " + &arrow + " " + &step
                    });
                let end = end.map_or_else(String::new, |names| match names {
                    Some(names) => format!(" {arrow}end({names})"),
                    None => format!(" {arrow} end"),
                });
                format!("{start} {first}{steps}{end}")
            })
    }

    proptest! {
        #![proptest_config(cases(300))]

        /// Whatever can be written reads back from what is printed.
        #[test]
        fn what_is_printed_reads_back(chains in prop::collection::vec(chain(), 1..3)) {
            let text = chains.join(" or ");
            let pattern = super::read(&text);
            let printed = pattern.to_string();
            prop_assert_eq!(&super::read(&printed), &pattern, "{} as {}", text, printed);
            prop_assert_eq!(super::read(&printed).to_string(), printed);
        }
    }
}

#[test]
fn hostile_patterns_are_refused_at_once_with_the_reason() {
    let long = "a -> ".repeat(2_000) + "a";
    let error = wrong(&long);
    assert!(
        error
            .to_string()
            .starts_with("a pattern has at most 5000 bytes, this one has 10001")
    );
    assert!(error.to_string().len() < 500);
    // It would be printed with blanks, and then it is too long to be read back.
    let tight = "a->".repeat(1_500) + "a";
    assert!(wrong(&tight).to_string().contains("this one has 7501"));
    let deep = "(".repeat(4_000);
    assert!(wrong(&deep).to_string().contains("nested more than"));
    let flow = Journey::builder("loop")
        .touchpoint(Touchpoint::new("a", Phase::During, Channel::Web).starts(1.0))
        .touchpoint(Touchpoint::new("b", Phase::During, Channel::Web).ends("x", 1.0))
        .transition("a", "a", 1.0)
        .transition("a", "b", 1.0)
        .transition("b", "a", 1.0)
        .transition("b", "b", 1.0)
        .build()
        .unwrap()
        .flow()
        .unwrap();
    // Whether there was an a sixty moments ago: 2^60 pasts.
    let pasts = read(&("a".to_owned() + &" -> *".repeat(60) + " -> end"));
    let error = flow.ask(&pasts).unwrap_err();
    assert_eq!(error, AskError::TooManyCombinations { states: 4096 });
    assert!(error.to_string().contains("4096 combinations"));
    let many = vec!["a => b -> * -> a"; 200].join(" or ");
    assert!(flow.ask(&read(&many)).is_ok());
}

#[cfg(feature = "serde")]
#[test]
fn a_pattern_is_its_text_in_documents() {
    let pattern = read("a=>b{feels<0}");
    let text = serde_json::to_string(&pattern).unwrap();
    assert_eq!(text, r#""a => b{feels < 0}""#);
    assert_eq!(serde_json::from_str::<Pattern>(&text).unwrap(), pattern);
    let error = serde_json::from_str::<Pattern>("\"a =>\"").unwrap_err();
    assert!(
        error.to_string().contains("a step is expected here"),
        "{error}"
    );
}
