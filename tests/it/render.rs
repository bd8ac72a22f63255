//! Texts for people: sentences, tables, and figures rounded without a lie.

mod laws;
mod parts;

pub(crate) use laws::journeys;

use customer_journey::journey::Shade;
use customer_journey::{
    Ability, Channel, Emotion, Feeling, Journey, Outcome, Phase, Promise, PromiseResult,
    Touchpoint, Transition,
};

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
    assert_eq!(row("before "), "before 0 0.00 -");
    assert_eq!(row("during "), "during 100 1.00 0");
    let text = unwrapped(&text);
    holds(&text, "The feeling is known at no moment.");
    holds(
        &text,
        "Unknown in all rows: mean feeling, good of 100, neutral of 100, bad of 100.",
    );
    // What would be unknown throughout is not listed figure by figure.
    assert!(!text.contains("rollercoaster"), "{text}");
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
    // Of no touchpoint is said again that its feeling is unknown.
    holds(&path, "6 → 7 → ... 29 more ... → 37 → 38");

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
    assert!(text.lines().count() < 580, "{text}");
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

#[test]
fn who_is_heard_is_told_in_sentences_and_a_list() {
    let text = delayed_flight().flow().unwrap().listening().to_string();
    let plain = unwrapped(&text);
    // The notice at -0.4 or worse for 3 of 4 of the 65 of 100 broken ones, the call at -0.4 for all of these.
    holds(
        &plain,
        "65 of 100 journeys meet an unhappy moment (a feeling of -0.25 or worse; feelings are known at every moment).",
    );
    holds(&text, "unhappy, and ending with churn    32.5 of 100");
    holds(&text, "the same, and never heard         32.5 of 100");
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
