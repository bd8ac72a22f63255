//! Small maps drawn by hand whose figures are known, and journeys walked one by one.

use super::expanded::Dice;
use customer_journey::analysis::FixEffect;
use customer_journey::facts::{Fact, FactKind, FeltLevel, Given};
use customer_journey::formats::{MermaidOptions, MermaidStyle, MissingScore};
use customer_journey::{
    Channel, Emotion, FixKind, Flow, FlowError, Journey, Outcome, Phase, Promise, Touchpoint,
};

#[track_caller]
fn close(a: f64, b: f64) {
    assert!((a - b).abs() < 1e-12, "{a} is not {b}");
}

fn effect(flow: &Flow, id: &str, kind: FixKind) -> FixEffect {
    let fixes = flow.single_fixes(&[kind]);
    let fix = fixes.into_iter().find(|fix| fix.id == id).unwrap();
    fix.effect.unwrap()
}

fn shop() -> Journey {
    let (late, fine) = (
        Given::is("delivery", "broken"),
        Given::is("delivery", "kept"),
    );
    Journey::builder("Shop")
        .remember(Fact::first("delivery", "on time"))
        .touchpoint(Touchpoint::new("order", Phase::Before, Channel::Web))
        .touchpoint(
            Touchpoint::new("delivered", Phase::During, "courier")
                .promise(Promise::new("on time").kept(900.0).broken(100.0)),
        )
        .touchpoint(
            Touchpoint::new("review", Phase::After, Channel::Email)
                .feels_given(
                    late.clone(),
                    Emotion::mix([shade(-1.0, 60.0), shade(1.0, 40.0)]),
                )
                .feels_given(
                    fine.clone(),
                    Emotion::mix([shade(-1.0, 90.0), shade(1.0, 810.0)]),
                )
                .ends_given(late.clone(), "bad review", 60.0)
                .ends_given(late, "good review", 40.0)
                .ends_given(fine.clone(), "bad review", 90.0)
                .ends_given(fine, "good review", 810.0),
        )
        .transition("order", "delivered", 1000.0)
        .transition("delivered", "review", 1000.0)
        .build()
        .unwrap()
}

fn shade(valence: f64, weight: f64) -> customer_journey::journey::Shade {
    customer_journey::journey::Shade::valence(valence).weight(weight)
}

/// The call is drawn for late customers only: once every parcel comes on Friday, nobody calls, and nobody gets stuck there.
#[test]
fn where_nobody_comes_after_a_fix_nobody_gets_stuck() {
    let late = || Given::is("delivery", "broken");
    let fine = || Given::is("delivery", "kept");
    let flow = Journey::builder("Parcel")
        .remember(Fact::first("delivery", "on Friday"))
        .touchpoint(
            Touchpoint::new("parcel", Phase::During, "courier")
                .promise(Promise::new("on Friday").kept(90.0).broken(10.0)),
        )
        .touchpoint(Touchpoint::new("call", Phase::During, Channel::Phone))
        .touchpoint(
            Touchpoint::new("review", Phase::After, Channel::Email)
                .ends_given(late(), "bad", 62.0)
                .ends_given(late(), "good", 38.0)
                .ends_given(fine(), "bad", 10.0)
                .ends_given(fine(), "good", 90.0),
        )
        .transition_given(late(), "parcel", "call", 1.0)
        .transition_given(fine(), "parcel", "review", 1.0)
        .transition_given(late(), "call", "review", 1.0)
        .build()
        .unwrap()
        .flow()
        .unwrap();
    let bad = Outcome::from("bad");
    close(flow.probability(&bad), 0.9 * 0.1 + 0.1 * 0.62);
    close(
        effect(&flow, "parcel", FixKind::KeepPromise).change_of(&bad),
        0.1 - 0.152,
    );
}

#[test]
fn a_broken_promise_is_remembered_at_the_review() {
    let flow = shop().flow().unwrap();
    let bad = Outcome::from("bad review");
    close(flow.probability(&bad), 0.15);
    let promises = flow.promises();
    let endings = promises.ledger[0].endings.as_ref().unwrap();
    let found = endings
        .outcomes
        .iter()
        .find(|ending| ending.outcome == bad)
        .unwrap();
    close(found.when_kept.unwrap(), 0.1);
    close(found.when_broken.unwrap(), 0.6);
    close(
        effect(&flow, "delivered", FixKind::KeepPromise).change_of(&bad),
        -0.05,
    );
    assert_eq!(flow.solver().states, 4);
    assert_eq!(flow.solver().touchpoints, 3);
    close(flow.reach("review").unwrap(), 1.0);
    // One way is drawn from the delivery, and customers go it either way.
    close(flow.transitions()[1].flow, 1.0);
}

#[test]
fn the_channel_of_the_start_is_remembered_at_the_answer() {
    let flow = Journey::builder("Complaints")
        .remember(Fact::start_channel("came by"))
        .touchpoint(Touchpoint::new("web form", Phase::Before, Channel::Web).starts(500.0))
        .touchpoint(Touchpoint::new("letter", Phase::Before, Channel::Post).starts(500.0))
        .touchpoint(Touchpoint::new("forwarded", Phase::During, "agency"))
        .touchpoint(
            Touchpoint::new("answered", Phase::After, "company")
                .ends_given(Given::is("came by", "web"), "disputed", 75.0)
                .ends_given(Given::is("came by", "web"), "settled", 425.0)
                .ends_given(Given::is("came by", "post"), "disputed", 15.0)
                .ends_given(Given::is("came by", "post"), "settled", 485.0),
        )
        .transition("web form", "forwarded", 1.0)
        .transition("letter", "forwarded", 1.0)
        .transition("forwarded", "answered", 1.0)
        .build()
        .unwrap()
        .flow()
        .unwrap();
    let disputed = Outcome::from("disputed");
    close(flow.ahead("web form").unwrap().chance_of(&disputed), 0.15);
    close(flow.ahead("letter").unwrap().chance_of(&disputed), 0.03);
    close(flow.ahead("forwarded").unwrap().chance_of(&disputed), 0.09);
}

fn airport() -> Journey {
    let (bad, good) = (Given::is("upset", true), Given::is("upset", false));
    Journey::builder("Airport")
        .remember(Fact::felt_at("upset", "security", FeltLevel::AtMost(-0.25)))
        .touchpoint(
            Touchpoint::new("security", Phase::During, "checkpoint")
                .feels(Emotion::mix([shade(-1.0, 100.0), shade(1.0, 900.0)])),
        )
        .touchpoint(Touchpoint::new("gate", Phase::During, "gate").feels(0.5))
        .touchpoint(
            Touchpoint::new("recommend", Phase::After, "survey")
                .ends_given(bad.clone(), "detractor", 60.0)
                .ends_given(bad, "promoter", 40.0)
                .ends_given(good.clone(), "detractor", 45.0)
                .ends_given(good, "promoter", 855.0),
        )
        .transition("security", "gate", 1.0)
        .transition("gate", "recommend", 1.0)
        .build()
        .unwrap()
}

#[test]
fn a_bad_feeling_is_remembered_to_the_end() {
    let flow = airport().flow().unwrap();
    let detractor = Outcome::from("detractor");
    close(flow.probability(&detractor), 0.105);
    close(
        effect(&flow, "security", FixKind::LiftEmotion).change_of(&detractor),
        -0.055,
    );
    let pattern = "security{feels < 0} => end(detractor)".parse().unwrap();
    let found = flow.ask(&pattern).unwrap();
    close(found.probability, 0.06);
    close(found.given_start.unwrap(), 0.6);
}

#[test]
fn what_nothing_asks_about_costs_nothing() {
    let journey = Journey::builder("Idle")
        .remember(Fact::visited("was", "a"))
        .remember(Fact::new("mood", FactKind::Mood))
        .touchpoint(
            Touchpoint::new("a", Phase::During, Channel::Web)
                .feels(0.5)
                .ends("churn", 1.0),
        )
        .touchpoint(Touchpoint::new("b", Phase::During, Channel::Web).starts(1.0))
        .transition("b", "a", 1.0)
        .transition("a", "b", 1.0)
        .build()
        .unwrap();
    assert_eq!(journey.flow().unwrap().solver().states, 2);
}

#[test]
fn too_much_to_remember_is_refused_with_the_facts_that_cost_most() {
    let ids: Vec<String> = (0..10).map(|at| format!("t{at}")).collect();
    let mut builder = Journey::builder("Everything");
    let mut all = Given::default();
    for id in &ids {
        builder = builder.remember(Fact::times(format!("times {id}"), id));
        all = all.and(format!("times {id}"), "2+");
    }
    for id in &ids {
        builder = builder.touchpoint(
            Touchpoint::new(id, Phase::During, Channel::Web)
                .starts(1.0)
                .ends("churn", 1.0),
        );
    }
    for from in &ids {
        for to in &ids {
            builder = builder.transition(from, to, 1.0);
        }
        builder = builder.transition_given(all.clone(), from, "t0", 1.0);
    }
    let error = builder.build().unwrap().flow().unwrap_err();
    assert!(
        matches!(error, FlowError::TooManyStates { ref facts, .. } if facts.len() == 3),
        "{error}"
    );
    assert!(error.to_string().contains("these facts multiply them most"));
}

#[test]
fn what_a_fix_leads_to_and_nobody_has_drawn_is_not_known() {
    let late = Given::is("delivery", "broken");
    let flow = Journey::builder("Only the late are drawn")
        .remember(Fact::first("delivery", "on time"))
        .touchpoint(
            Touchpoint::new("delivered", Phase::During, "courier")
                .promise(Promise::new("on time").broken(1.0)),
        )
        .touchpoint(
            Touchpoint::new("review", Phase::After, Channel::Email).ends_given(
                late,
                "bad review",
                1.0,
            ),
        )
        .transition("delivered", "review", 1.0)
        .build()
        .unwrap()
        .flow()
        .unwrap();
    let fixes = flow.single_fixes(&[FixKind::KeepPromise]);
    assert_eq!(fixes[0].effect, None);
}

#[test]
fn groups_that_begin_nowhere_are_named() {
    let error = Journey::builder("Nowhere")
        .remember(Fact::shares("kind", [("new", 1.0), ("old", 1.0)]))
        .touchpoint(
            Touchpoint::new("shop", Phase::During, Channel::Store)
                .starts_given(Given::is("kind", "new"), 1.0)
                .ends("loyalty", 1.0),
        )
        .build()
        .unwrap()
        .flow()
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "no start: journeys of customers of whom kind is old begin nowhere; give one of the `starts` a weight above 0 for them"
    );
}

/// Feelings, moods and extremes steer journeys that go round and round.
fn rounds() -> Journey {
    Journey::builder("Rounds")
        .remember(Fact::felt_at("upset", "desk", FeltLevel::AtMost(-0.25)))
        .remember(Fact::new(
            "worst",
            FactKind::Lowest {
                levels: vec![-0.5, 0.0],
            },
        ))
        .remember(Fact::new("mood", FactKind::Mood))
        .touchpoint(
            Touchpoint::new("desk", Phase::During, Channel::Store)
                .starts(1.0)
                .feels(
                    Emotion::mix([shade(-0.75, 2.0), shade(-0.25, 1.0), shade(0.5, 4.0)])
                        .or_unknown(2.0),
                )
                .feels_given(
                    Given::is("upset", true),
                    Emotion::mix([shade(-0.75, 1.0), shade(0.25, 1.0)]),
                )
                .ends("done", 1.0)
                .ends_given(Given::is("mood", "low"), "churn", 3.0),
        )
        .touchpoint(
            Touchpoint::new("call", Phase::During, Channel::Phone)
                .feels(Emotion::mix([shade(-1.0, 1.0), shade(0.0, 3.0)]))
                .promise(Promise::new("help").kept(3.0).broken(1.0))
                .promise_given(
                    Given::is("worst", "up to -0.5"),
                    Promise::new("help").kept(1.0).broken(1.0),
                )
                .ends_given(Given::is("upset", true), "churn", 1.0),
        )
        .transition("desk", "call", 2.0)
        .transition_given(Given::is("upset", false), "call", "desk", 1.0)
        .transition_given(
            Given::is("worst", ["none", "above 0", "up to 0"]),
            "call",
            "desk",
            2.0,
        )
        .transition("call", "call", 1.0)
        .build()
        .unwrap()
}

#[derive(Default)]
struct Walked {
    done: bool,
    called: bool,
    broken: bool,
    worst: f64,
    length: f64,
}

/// One journey, by this test's own reading of the map.
fn walk(dice: &mut Dice) -> Walked {
    let mut pick = |weights: &[f64]| {
        let mut left = dice.chance() * weights.iter().sum::<f64>();
        let found = weights.iter().position(|weight| {
            left -= weight;
            left < 0.0
        });
        found.unwrap_or(weights.len() - 1)
    };
    let (mut upset, mut worst, mut feelings, mut mood) = (false, None::<f64>, 0.0_f64, 0.0);
    let mut walked = Walked {
        worst: 2.0,
        ..Walked::default()
    };
    let mut at_desk = true;
    loop {
        walked.length += 1.0;
        if !at_desk {
            walked.called = true;
            let broken = if worst.is_some_and(|worst| worst <= -0.5) {
                0.5
            } else {
                0.25
            };
            walked.broken |= pick(&[broken, 1.0 - broken]) == 0;
        }
        let felt = match (at_desk, upset) {
            (true, false) => {
                [Some(-0.75), Some(-0.25), Some(0.5), None][pick(&[2.0, 1.0, 4.0, 2.0])]
            }
            (true, true) => [Some(-0.75), Some(0.25)][pick(&[1.0, 1.0])],
            (false, _) => [Some(-1.0), Some(0.0)][pick(&[1.0, 3.0])],
        };
        if let Some(valence) = felt {
            upset |= at_desk && valence <= -0.25;
            worst = Some(worst.map_or(valence, |worst: f64| worst.min(valence)));
            walked.worst = walked.worst.min(valence);
            feelings = (feelings + 1.0_f64).min(20.0);
            mood = ((mood + (valence - mood) / feelings) * 20.0_f64).round() / 20.0;
        }
        if at_desk {
            let leaves = if feelings > 0.0 && mood <= -0.25 {
                3.0
            } else {
                0.0
            };
            match pick(&[2.0, 1.0, leaves]) {
                0 => at_desk = false,
                1 => {
                    walked.done = true;
                    return walked;
                }
                _ => return walked,
            }
        } else {
            let again = f64::from(u8::from(!upset));
            let calm = if worst.is_some_and(|worst| worst <= -0.5) {
                0.0
            } else {
                2.0
            };
            match pick(&[again + calm, 1.0, f64::from(u8::from(upset))]) {
                0 => at_desk = true,
                1 => {}
                _ => return walked,
            }
        }
    }
}

#[test]
fn feelings_that_are_remembered_come_out_as_journeys_walked_one_by_one() {
    const JOURNEYS: usize = 200_000;
    let flow = rounds().flow().unwrap();
    let mut dice = Dice(7);
    let walked: Vec<Walked> = (0..JOURNEYS).map(|_| walk(&mut dice)).collect();
    let share = |of: &dyn Fn(&Walked) -> bool| {
        walked.iter().filter(|it| of(it)).count() as f64 / JOURNEYS as f64
    };
    let near = |what: &str, told: f64, seen: f64| {
        let error = (told * (1.0 - told) / JOURNEYS as f64).sqrt();
        assert!(
            (told - seen).abs() < 4.5 * error,
            "{what}: told {told}, seen {seen}"
        );
    };
    near(
        "done",
        flow.probability(&"done".into()),
        share(&|it| it.done),
    );
    near("reach", flow.reach("call").unwrap(), share(&|it| it.called));
    let promises = flow.promises();
    near(
        "broken",
        promises.ledger[0].meets_broken.unwrap(),
        share(&|it| it.broken),
    );
    let worst = flow.trajectory().worst;
    let known = share(&|it| it.worst <= 1.0);
    let so_bad = worst
        .distribution
        .iter()
        .filter(|chance| chance.valence <= -0.75);
    let so_bad: f64 = so_bad.map(|chance| chance.probability).sum();
    near("worst", so_bad, share(&|it| it.worst <= -0.75) / known);
    let length = walked.iter().map(|it| it.length).sum::<f64>() / JOURNEYS as f64;
    assert!(
        (flow.length() - length).abs() < 0.03,
        "{} {length}",
        flow.length()
    );
}

#[test]
fn patterns_ask_what_is_remembered() {
    let flow = shop().flow().unwrap();
    let ask = |pattern: &str| flow.share_matching(&pattern.parse().unwrap()).unwrap();
    close(ask("review{delivery = broken}"), 0.1);
    close(
        ask("review{delivery = broken} -> end(\"bad review\")"),
        0.06,
    );
    close(ask("review{delivery != broken}"), 0.9);
    // Asked as the ways out see it, so that the delivery itself knows.
    close(ask("delivered{delivery = broken|unknown}"), 0.1);
    close(ask("order{delivery = none}"), 1.0);
    let error = flow
        .ask(&"review{delivery = brokn}".parse().unwrap())
        .unwrap_err();
    assert!(
        error.to_string().contains("delivery is never brokn"),
        "{error}"
    );
    let late = flow
        .likeliest_match(&"review{delivery = broken}".parse().unwrap())
        .unwrap()
        .unwrap();
    assert_eq!(late.path, ["order", "delivered", "review"]);
}

#[test]
fn the_report_says_what_customers_remember_and_what_that_changes() {
    let flow = shop().flow().unwrap();
    let facts = flow.facts();
    let late = facts[0]
        .values
        .iter()
        .find(|value| value.value == "broken")
        .unwrap();
    close(late.share, 0.1);
    close(late.outcomes[0].probability, 0.6);
    let text = flow.report().to_string();
    let told = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let sentence = "Where it is broken (10 of 100 journeys), 60 of 100 end in bad review; where it is kept 10 of 100.";
    assert!(told.contains(sentence), "{told}");
    // Of maps without facts nothing is said, and the document has no key for it.
    let plain = Journey::builder("Plain")
        .touchpoint(Touchpoint::new("a", Phase::During, Channel::Web).ends("churn", 1.0))
        .build()
        .unwrap();
    let report = plain.flow().unwrap().report();
    assert!(report.facts.is_empty());
    let document = serde_json::to_value(&report).unwrap();
    assert_eq!(document.get("facts"), None);
}

#[test]
fn mermaid_keeps_facts_in_its_comments() {
    for journey in [shop(), airport(), rounds()] {
        let style = MermaidStyle::new(MissingScore::Neutral);
        let drawn = journey.to_mermaid(style).unwrap();
        let read = Journey::from_mermaid(&drawn.text, &MermaidOptions::new()).unwrap();
        assert_eq!(read.journey, journey);
    }
}
