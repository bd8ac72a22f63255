use customer_journey::{
    Ability, Channel, Emotion, Feeling, Journey, Outcome, PainOptions, Phase, Promise,
    PromiseResult, Shade, Touchpoint, Transition,
};
use proptest::prelude::*;

/// The journey of the documentation: a delay notice that most customers find wanting.
pub(crate) fn delayed_flight() -> Journey {
    let angry = [Feeling::Anger.at(0.8).weight(3.0), Shade::valence(-0.2)];
    Journey::builder("Delayed flight")
        .touchpoint(
            Touchpoint::new("booking", Phase::Before, Channel::Web)
                .feels(Feeling::Excitement)
                .makes("keep me informed"),
        )
        .touchpoint(
            Touchpoint::new("notice", Phase::During, Channel::Sms)
                .name("Delay notice")
                .owner("Operations")
                .need("delay information")
                .says("Departs 18:40")
                .promise(Promise::new("keep me informed").kept(35.0).broken(65.0))
                .feels(Feeling::Relief)
                .feels_when_broken(Emotion::mix(angry))
                .can(Ability::Recognise),
        )
        .touchpoint(
            Touchpoint::new("call", Phase::During, Channel::Phone)
                .need("delay information")
                .says("Cancelled")
                .feels(-0.4)
                .can(Ability::Resolve)
                .ends(Outcome::Churn, 1.0),
        )
        .touchpoint(
            Touchpoint::new("review", Phase::After, Channel::Social)
                .feels(Feeling::Satisfaction)
                .ends(Outcome::Advocacy, 1.0),
        )
        .transition("booking", "notice", 1.0)
        .connect(
            "notice",
            "review",
            Transition::new(1.0)
                .when(PromiseResult::Kept)
                .wait_s(86_400.0),
        )
        .transition_when(PromiseResult::Broken, "notice", "call", 1.0)
        .transition("call", "review", 1.0)
        .build()
        .unwrap()
}

fn report_of(journey: &Journey) -> String {
    journey.flow().unwrap().report().to_string()
}

#[track_caller]
fn holds(text: &str, part: &str) {
    assert!(text.contains(part), "{part:?} is missing from:\n{text}");
}

/// Text on one line, however it was wrapped.
fn unwrapped(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_pain_point_is_a_sentence_with_its_causes_and_where_to_prevent_it() {
    let pains = delayed_flight()
        .flow()
        .unwrap()
        .pain_points(&PainOptions::new());
    // Broken for 65 of 100 at -0.422 on average; relief for the others; 0.65 * 0.422 against 0.65 * 0.4 of hurt.
    assert_eq!(
        pains[0].to_string(),
        "Delay notice (sms, during, Operations): 65 of 100 visits find \"keep me informed\" broken, and nobody here \
         may put it right; customers feel -0.08 on average, and the bad feelings among these weigh 0.27 a visit; \
         for the same need, other channels tell customers something else at every visit. Every journey comes here, \
         51 % of the journey's hurt lies here, and of those who come 32.5 of 100 leave in the end. Made at booking: \
         prevent it there, cure it here.",
    );
    assert_eq!(
        pains[1].to_string(),
        "call (phone, during): customers feel -0.40 on average; every visit comes from another touchpoint for the \
         same need and, not being recognised, begins all over again; for the same need, other channels tell \
         customers something else at every visit; 50 of 100 visits end the journey here, in churn or without a \
         stated outcome. 65 of 100 journeys come here, 49 % of the journey's hurt lies here, and of those who come \
         50 of 100 leave in the end.",
    );
}

#[test]
fn the_other_causes_are_plain_sentences_too() {
    let flow = Journey::builder("repair")
        .touchpoint(
            Touchpoint::new("hotline", Phase::During, Channel::Phone)
                .starts(1.0)
                .promise(Promise::new("on time").kept(1.0).broken(1.0))
                .feels(0.05)
                .feels_when_broken(-0.5)
                .ends(Outcome::Loyalty, 1.0),
        )
        .transition("hotline", "hotline", 1.0)
        .build()
        .unwrap()
        .flow()
        .unwrap();
    let pains = flow.pain_points(&PainOptions::new());
    assert_eq!(
        pains[0].to_string(),
        "hotline (phone, during): 50 of 100 visits find \"on time\" broken, and nobody here may put it right; \
         customers feel -0.23 on average, and the bad feelings among these weigh 0.25 a visit; where \"on time\" is \
         kept, they feel no better than +0.05; whoever comes here comes 2 times on average. Every journey comes \
         here, and 100 % of the journey's hurt lies here. No touchpoint on the way here makes that promise: find \
         out who does, and cure it here.",
    );
}

#[test]
fn a_promise_is_told_from_its_making_to_its_recovery() {
    let flow = delayed_flight().flow().unwrap();
    assert_eq!(
        flow.promises().ledger[0].to_string(),
        "\"keep me informed\" is made at booking and falls due at notice; nobody there may put things right. Of the \
         journeys on which it is made, 100 of 100 come to a test, 1 moment later on average. Where it is first found \
         broken and not kept, journeys end so: advocacy 50 of 100 instead of 100 of 100 and churn 50 of 100 instead \
         of 0 of 100. After a break, every such journey comes to a touchpoint that may put things right, 1 moment \
         later on average. Their mean feeling: before the break +0.82, there -0.40, at the end +0.15; that is not \
         above where it was.",
    );
    let text = flow.promises().to_string();
    holds(
        &text,
        "- no broken promise: 35 of 100 journeys, which end so: advocacy 100 of 100\n",
    );
    holds(&text, "- 2 broken promises or more: no journey");
}

#[test]
fn signs_and_credits_are_tables() {
    let flow = delayed_flight().flow().unwrap();
    let signs = flow.early_signs(&Outcome::Churn);
    assert_eq!(
        signs.signs[0].to_string(),
        "notice, promise broken: of those who show it 50 of 100 end so, 1.54 times the usual share; of those who end \
         so 100 of 100 show it; 2.5 moments are left then, with known waits of 0 s",
    );
    holds(&signs.to_string(), "What announces churn\n");
    holds(
        &signs.to_string(),
        "notice, promise broken       50       1.54         100     2.50",
    );
    let attribution = flow.attribution(&Outcome::Churn);
    assert_eq!(
        attribution.touchpoints[0].to_string(),
        "booking: removal effect 100 of 100, credit 33 of 100; first touch 100 of 100, last touch 0 of 100, linear \
         33 of 100",
    );
    holds(&attribution.to_string(), "To what churn is owed\n");
    holds(
        &attribution.to_string(),
        "  social         0        0       0       0        0\n",
    );
}

/// Where it is all or none, the sentence begins with a word.
#[test]
fn sentences_begin_with_a_capital() {
    let flow = Journey::builder("Visit")
        .touchpoint(
            Touchpoint::new("shop", Phase::During, Channel::Store)
                .feels(0.5)
                .ends(Outcome::Loyalty, 1.0),
        )
        .build()
        .unwrap()
        .flow()
        .unwrap();
    holds(
        &flow.early_signs(&Outcome::Loyalty).to_string(),
        "Every journey ends so.",
    );
    holds(
        &flow.attribution(&Outcome::Loyalty).to_string(),
        "Every journey ends so, ",
    );
    holds(
        &flow.attribution(&Outcome::Churn).to_string(),
        "No journey ends so, ",
    );
    holds(
        &flow.listening().to_string(),
        "No journey meets an unhappy moment",
    );
}

#[test]
fn a_report_tells_the_story_from_the_endings_to_the_evidence() {
    let text = report_of(&delayed_flight());
    let headings = [
        "Delayed flight\n══════════════\n",
        "How journeys end\n",
        "Where it hurts\n",
        "How feelings run\n",
        "Where channels contradict each other\n",
        "What becomes of promises\n",
        "The touchpoints\n",
        "What this rests on\n",
    ];
    let places: Vec<_> = headings
        .iter()
        .map(|heading| text.find(heading).unwrap())
        .collect();
    assert!(places.is_sorted());
    holds(&text, "advocacy  67.5 of 100 journeys  ████████████████▎");
    holds(&text, "churn     32.5 of 100 journeys  ███████▊");
    let plain = unwrapped(&text);
    // 0.35 of the journeys wait a day.
    holds(&plain, "add up to 8 h 24 min on average.");
    holds(&plain, "\"Cancelled\" against \"Departs 18:40\"");
    holds(&plain, "65 of 100 journeys meet both.");
    // 0.65 + 0.35 of journeys: relief is never the worst; -0.4 or worse is met by whoever finds the promise broken.
    holds(&plain, "65 of 100 journeys meet one of -0.40 or worse");
    holds(
        &plain,
        "The 3 most likely paths; every journey follows one of them:",
    );
    holds(&plain, "every moment rests on assumption");
}

#[test]
fn the_curve_is_drawn_to_scale_with_a_gap_where_nothing_is_known() {
    let step = |id: &str| Touchpoint::new(id, Phase::During, Channel::Web);
    let trajectory = Journey::builder("steps")
        .touchpoint(step("a").feels(1.0))
        .touchpoint(step("b"))
        .touchpoint(step("c").feels(-0.5).ends(Outcome::Churn, 1.0))
        .touchpoint(step("d").feels(0.0))
        .transition("a", "b", 1.0)
        .transition("b", "c", 1.0)
        .transition("c", "d", 1.0)
        .build()
        .unwrap()
        .flow()
        .unwrap()
        .trajectory();
    let drawn = "
     +1.00 ┤   ●
           │   │
     +0.50 ┤   │
           │   │
      0.00 ┼───┴───────────────┬───────●──
           │                   │
     -0.50 ┤                   ●
           │
     -1.00 ┤
     moment    1       2       3       4
    feeling  +1.00     ?     -0.50   0.00
  under way   100     100     100     50
  A gap in the curve, and ? below it: the feeling of that moment is unknown.
";
    holds(&trajectory.to_string(), drawn);
}

#[test]
fn a_table_of_phases_tells_nothing_from_unknown() {
    let text = Journey::builder("draft")
        .touchpoint(Touchpoint::new("shop", Phase::During, Channel::Store))
        .build()
        .unwrap()
        .flow()
        .unwrap()
        .trajectory()
        .to_string();
    let row = |phase: &str| {
        let line = text
            .lines()
            .find(|line| line.trim_start().starts_with(phase));
        unwrapped(line.unwrap())
    };
    assert_eq!(row("before "), "before 0 0.00 none none none none none");
    assert_eq!(
        row("during "),
        "during 100 1.00 unknown unknown unknown unknown 0"
    );
    for figure in [
        "worst",
        "best",
        "peak",
        "end",
        "mean",
        "remembered",
        "swing",
    ] {
        holds(&unwrapped(&text), &format!("{figure} unknown"));
    }
}

/// A journey that ends in churn with this weight, out of 1.
fn churning(share: f64) -> String {
    let flow = Journey::builder("coin")
        .touchpoint(
            Touchpoint::new("coin", Phase::During, Channel::Web)
                .ends(Outcome::Churn, share)
                .ends(Outcome::Loyalty, 1.0 - share),
        )
        .build()
        .unwrap()
        .flow()
        .unwrap();
    flow.outcomes()[0].to_string()
}

#[test]
fn shares_are_rounded_without_making_something_nothing_or_everything() {
    for (share, text) in [
        (0.0, "no journey"),
        (1e-9, "fewer than 1 in 10,000 journeys"),
        (0.000_05, "1 in 10,000 journeys"),
        (0.000_94, "9 in 10,000 journeys"),
        (0.000_96, "1 in 1,000 journeys"),
        (0.003, "3 in 1,000 journeys"),
        (0.009_4, "9 in 1,000 journeys"),
        (0.009_6, "1 of 100 journeys"),
        (0.014_9, "1 of 100 journeys"),
        (1.0 / 3.0, "33 of 100 journeys"),
        (0.325, "32.5 of 100 journeys"),
        (0.994, "99 of 100 journeys"),
        (0.996, "more than 99 of 100 journeys"),
        (0.999_999, "more than 99 of 100 journeys"),
        (1.0, "every journey"),
    ] {
        assert_eq!(churning(share), format!("churn: {text}"));
    }
}

#[test]
fn a_loop_is_counted_and_a_long_path_is_cut_where_it_says_so() {
    let mut builder = Journey::builder("long");
    for step in 0..40 {
        builder = builder.touchpoint(Touchpoint::new(
            step.to_string(),
            Phase::During,
            Channel::Web,
        ));
    }
    for step in 1..40 {
        builder = builder.transition((step - 1).to_string(), step.to_string(), 1.0);
    }
    let trajectory = builder.build().unwrap().flow().unwrap().trajectory();
    let path = trajectory.paths[0].to_string();
    holds(&path, "7 (unknown) → ... 29 more ... → 37 (unknown)");

    let again = Touchpoint::new("call", Phase::During, Channel::Phone).feels(-0.5);
    let flow = Journey::builder("loop")
        .touchpoint(again.starts(1.0).ends(Outcome::Churn, 1.0))
        .transition("call", "call", 1.0)
        .build()
        .unwrap()
        .flow()
        .unwrap();
    let path = flow.trajectory().paths[2].to_string();
    holds(
        &path,
        "12.5 of 100 journeys: call (3 times, -0.50). Outcome: churn.",
    );
}

#[test]
fn names_can_not_garble_the_page() {
    let text = report_of(
        &Journey::builder("red \u{1b}[31m\nalert\u{202e}")
            .touchpoint(Touchpoint::new("x".repeat(300), Phase::Before, "\u{7}").feels(-0.5))
            .touchpoint(Touchpoint::new("מכתב", Phase::After, Channel::Post).feels(-0.9))
            .transition("x".repeat(300), "מכתב", 1.0)
            .build()
            .unwrap(),
    );
    assert!(text.starts_with("red \\u{1b}[31m\\nalert\\u{202e}\n═"));
    assert!(
        text.lines().all(|line| line.chars().count() <= 81),
        "{text}"
    );
    // A mark keeps what follows right-to-left writing on its right.
    holds(&text, "מכתב\u{200e} (post, after)");
}

#[test]
fn a_large_journey_has_a_report_of_bounded_size() {
    let mut builder = Journey::builder("large");
    let id = |step: usize| format!("step {step}");
    for step in 0..400 {
        let channel = if step % 2 == 0 {
            Channel::Web
        } else {
            Channel::App
        };
        let touchpoint = Touchpoint::new(id(step), Phase::During, channel)
            .feels(if step % 3 == 0 { -0.5 } else { 0.5 })
            .need(format!("need {}", step / 4))
            .makes(format!("promise {step}"))
            .says(id(step))
            .ends(format!("outcome {step}"), 0.01);
        builder = builder.touchpoint(touchpoint);
    }
    for step in 1..400 {
        builder = builder.transition(id(step - 1), id(step), 1.0);
    }
    let text = report_of(&builder.build().unwrap());
    assert!(text.lines().count() < 480, "{text}");
    for more in [
        "... and 390 more outcomes; the report holds all 400.",
        "... and 124 more pain points; the report holds all 134.",
        "... and 128 more falls; the report holds all 133.",
        "... and 90 more needs; the report holds all 100.",
        "... and 390 more touchpoints; the report holds all 400.",
        "... and 390 more warnings; the report holds all 400.",
    ] {
        holds(&text, more);
    }
}

/// A small journey in which everything has a name that this strategy makes: a chain with loops back.
pub(crate) fn journeys(
    name: impl Strategy<Value = String> + Clone + 'static,
) -> impl Strategy<Value = Journey> {
    let touchpoint = (
        name.clone(),
        proptest::option::of(-1.0..=1.0),
        proptest::option::of((0.0..3.0, 0.0..3.0)),
        0.0..2.0,
        proptest::bool::ANY,
    );
    (name, proptest::collection::vec(touchpoint, 1..7)).prop_map(|(title, touchpoints)| {
        let mut builder = Journey::builder(title.clone())
            .currency(title.clone())
            .value(Outcome::Churn, -1.0);
        // Ids must be unique and may not be blank.
        let id = |step: usize, name: &str| format!("{step}{name}");
        let count = touchpoints.len();
        for (step, (name, feeling, promise, churn, needs)) in touchpoints.iter().enumerate() {
            let phase = Phase::ALL[step * 3 / count];
            let channel = if step % 2 == 0 {
                "web".to_owned()
            } else {
                id(step, name)
            };
            let mut touchpoint = Touchpoint::new(id(step, name), phase, channel)
                .name(name.clone())
                .owner(name.clone())
                .says(name.clone())
                .cost(1e3 * *churn)
                .ends(id(0, name), *churn)
                .ends(Outcome::Churn, 0.1);
            touchpoint = if step == 0 {
                touchpoint.starts(1.0)
            } else {
                touchpoint
            };
            touchpoint = if *needs {
                touchpoint.need(id(0, &title))
            } else {
                touchpoint
            };
            if let Some(feeling) = feeling {
                touchpoint = touchpoint.feels(*feeling);
            }
            if let Some((kept, broken)) = promise {
                let promise = Promise::new(id(0, &title))
                    .kept(*kept)
                    .broken(*broken)
                    .unknown(0.1);
                touchpoint = touchpoint.promise(promise);
            }
            builder = builder.touchpoint(touchpoint.makes(id(step % 2, &title)));
            if let Some((last, _)) = touchpoints[..step].iter().zip(0..).last() {
                builder = builder.transition(id(step - 1, &last.0), id(step, name), 1.0);
            }
            if step % 2 == 1 {
                builder = builder.transition(id(step, name), id(0, &touchpoints[0].0), 0.5);
            }
        }
        builder.build().unwrap()
    })
}

/// Everything that has a text, in one.
fn all_texts(journey: &Journey, width: usize) -> String {
    let flow = journey.flow().unwrap();
    let report = flow.report();
    let short = |texts: Vec<String>| texts.concat();
    let texts = [
        short(report.pain_points.iter().map(ToString::to_string).collect()),
        short(report.touchpoints.iter().map(ToString::to_string).collect()),
        short(report.outcomes.iter().map(ToString::to_string).collect()),
        short(
            report
                .trajectory
                .phases
                .iter()
                .map(ToString::to_string)
                .collect(),
        ),
        short(
            report
                .trajectory
                .paths
                .iter()
                .map(ToString::to_string)
                .collect(),
        ),
        short(
            flow.moments_of_truth(&Outcome::Churn)
                .iter()
                .map(ToString::to_string)
                .collect(),
        ),
        short(
            report
                .channels
                .needs
                .iter()
                .flat_map(|need| &need.pairs)
                .map(ToString::to_string)
                .collect(),
        ),
        short(
            report
                .promises
                .ledger
                .iter()
                .map(ToString::to_string)
                .collect(),
        ),
        flow.early_signs(&Outcome::Unstated).to_string(),
        flow.attribution(&Outcome::Unstated)
            .text()
            .width(width)
            .to_string(),
        report.text().width(width).to_string(),
        report.trajectory.text().width(width).to_string(),
        report.channels.to_string(),
        report.listening.text().width(width).to_string(),
        short(
            report
                .listening
                .gains
                .iter()
                .map(ToString::to_string)
                .collect(),
        ),
        report.money.text().width(width).to_string(),
    ];
    texts.join("\n")
}

proptest! {
    #[test]
    fn no_line_is_longer_than_the_width(journey in journeys("[a-zA-Z ]{0,90}"), width in 72_usize..130) {
        let flow = journey.flow().unwrap();
        for line in flow.report().text().width(width).to_string().lines() {
            prop_assert!(line.chars().count() <= width, "{line:?} in {width}");
            prop_assert_eq!(line.trim_end(), line);
        }
    }

    #[test]
    fn no_name_brings_a_control_character(journey in journeys(any::<String>()), width in 0_usize..200) {
        let text = all_texts(&journey, width);
        let odd = text.chars().find(|&c| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c));
        prop_assert_eq!(odd, None);
        prop_assert!(!text.contains("NaN") && !text.contains("inf "));
    }
}

#[test]
fn who_is_heard_is_told_in_sentences_and_a_list() {
    let text = delayed_flight().flow().unwrap().listening().to_string();
    let plain = unwrapped(&text);
    // The notice at -0.4 or worse for 3 of 4 of the 65 of 100 broken ones, the call at -0.4 for all of these.
    holds(
        &plain,
        "65 of 100 journeys meet an unhappy moment (a feeling of -0.25 or worse; feelings are known at every moment).",
    );
    holds(&text, "32.5 of 100  unhappy, and ending with churn");
    holds(&text, "32.5 of 100  the same, and never heard");
    holds(&plain, "No touchpoint that customers come to can listen.");
    // Whoever churns without a word comes by all but the review.
    holds(
        &plain,
        "booking 32.5 of 100 100 % call 32.5 of 100 100 % notice 32.5 of 100 100 %",
    );
    let flow = delayed_flight().flow().unwrap();
    assert_eq!(
        flow.listening().gains[1].to_string(),
        "call: by listening here, 32.5 of 100 journeys less would leave without a word, 100 % of them"
    );
}
