//! Partly known feelings: figures by hand, changes, and what pages and pictures say.

use customer_journey::journey::Shade;
use customer_journey::{
    Change, Channel, Emotion, Feeling, Journey, Outcome, Phase, Promise, Touchpoint,
};

fn gate() -> Journey {
    let told = Emotion::mix([
        Feeling::Anger.weight(30.0),
        Shade::valence(0.5).weight(10.0),
    ]);
    Journey::builder("gate")
        .touchpoint(
            Touchpoint::new("gate", Phase::During, Channel::Store)
                .promise(Promise::new("on time").kept(1.0).broken(3.0))
                .feels(told.clone().or_unknown(960.0))
                .feels_when_broken(Emotion::mix([]).or_unknown(3.0))
                .ends(Outcome::Churn, 1.0),
        )
        .touchpoint(
            Touchpoint::new("desk", Phase::During, Channel::Phone)
                .feels(Emotion::from(0.0).or_unknown(3.0)),
        )
        .transition("gate", "desk", 1.0)
        .build()
        .unwrap()
}

#[test]
fn figures_by_hand() {
    let flow = gate().flow().unwrap();
    let figures = &flow.touchpoints()[0];
    // A quarter finds it kept, and of these 40 of 1,000 tell; half of all go on, and a quarter of these tell.
    assert!((figures.coverage - 0.01).abs() < 1e-15);
    assert!((figures.hurt.unwrap() - 0.25 * 0.03 * 0.62).abs() < 1e-15);
    let trajectory = flow.trajectory();
    assert!((trajectory.coverage - (0.01 + 0.125) / 1.5).abs() < 1e-15);
    let mean = (0.0075 * -0.62 + 0.0025 * 0.5) / 0.135;
    assert!((trajectory.mean.unwrap() - mean).abs() < 1e-15);
    // The last moment is at the gate for one half.
    let end = 0.5 * (0.0075 * -0.62 + 0.0025 * 0.5) / (0.005 + 0.125);
    assert!((trajectory.end.unwrap() - end).abs() < 1e-15);
    assert!((trajectory.end_coverage - 0.13).abs() < 1e-15);
    // Those who tell of anger, among those who tell of anything: at the gate, or only at the desk.
    let known = 0.01 + 0.99 * 0.5 * 0.25;
    let worst = trajectory.worst.at_most(-0.62).unwrap();
    assert!((worst - 0.0075 / known).abs() < 1e-15);
    assert!((flow.listening().unhappy.unwrap() - 0.0075).abs() < 1e-15);
    // From a moment that tells to one that tells.
    let squares = (0.0075 * 0.62_f64.powi(2) + 0.0025 * 0.25) / 0.01;
    assert!((trajectory.swing.unwrap() - squares.sqrt()).abs() < 1e-15);
}

#[test]
fn what_is_lifted_leaves_the_rest_unknown() {
    let lifted = gate().with_changes(&[Change::lift("gate")]).unwrap();
    let emotion = lifted.touchpoint("gate").unwrap().emotion.clone().unwrap();
    assert_eq!(emotion.unknown_weight(), 960.0);
    assert_eq!(emotion.mean(), Some(0.125));
    let replaced = Change::feels("gate", Feeling::Joy);
    let replaced = gate().with_changes(&[replaced]).unwrap();
    let gate = replaced.touchpoint("gate").unwrap();
    assert_eq!(gate.emotion, Some(Feeling::Joy.into()));
    assert_eq!(gate.emotion_coverage(), 0.25);
    let partly = Emotion::mix([Feeling::Joy.weight(1.0), Feeling::Anger.weight(1.0)]);
    for (emotion, words) in [
        (partly.or_unknown(2.0), "to a mix of 2, partly unknown"),
        (Emotion::from(0.5).or_unknown(2.0), "to 0.5, partly unknown"),
        (Emotion::mix([]).or_unknown(2.0), "to unknown"),
    ] {
        let told = Change::feels("gate", emotion).to_string();
        assert!(told.ends_with(words), "{told}");
    }
}

#[test]
fn pages_and_pictures_say_of_how_many_visits_it_is_known() {
    let journey = gate();
    let report = journey.flow().unwrap().report();
    let pain = report.pain_points[0].to_string();
    let told = "customers feel -0.34 on average (known of 1 of 100 visits), and the bad feelings among these weigh 0.46 a visit";
    assert!(pain.contains(told), "{pain}");
    let chart = journey.flowchart().to_string();
    assert!(chart.contains("▼ -0.34 (known of 1 #37;)"), "{chart}");
    assert!(chart.contains("● +0.00 (known of 25 #37;)"), "{chart}");
}

#[cfg(feature = "serde")]
#[test]
fn a_format_without_a_place_for_it_says_so() {
    use customer_journey::formats::{LossKind, MermaidStyle, MissingScore};
    let drawn = gate().to_mermaid(MermaidStyle::new(MissingScore::Refuse));
    let lost = drawn.unwrap().not_drawn;
    let coverage = lost.iter().find(|loss| loss.kind == LossKind::Coverage);
    assert_eq!(coverage.unwrap().ids, ["gate", "desk"]);
    assert_eq!(
        coverage.unwrap().to_string(),
        "of how many visits the feeling is known: \"gate\", \"desk\""
    );
}
