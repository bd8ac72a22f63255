//! Where it feels best, and what raising feelings would do: by hand, against a map drawn anew, and counted by plain loops.
#![expect(
    clippy::manual_midpoint,
    reason = "small numbers of a test, written as they are told"
)]

use customer_journey::bright::{BrightSpots, RaisedFeeling};
use customer_journey::events::EventRef;
use customer_journey::flow::{Basis, FixKind};
use customer_journey::journey::Shade;
use customer_journey::render::Table;
use customer_journey::{
    Change, Channel, Emotion, EventLog, Flow, Goal, Journey, JourneyBuilder, LearnOptions, Outcome,
    Phase, Promise, PromiseResult, Touchpoint,
};

fn near(known: impl Into<Option<f64>>, expected: f64) {
    let known = known.into().unwrap();
    assert!(
        (known - expected).abs() < 1e-12,
        "{known} is not {expected}"
    );
}

fn flow(builder: JourneyBuilder) -> Flow {
    builder.build().unwrap().flow().unwrap()
}

/// ```text
/// welcome -> delivery -kept 3/4-> thanks -> stays
///                     -broken---> leaves
/// ```
fn delivery() -> JourneyBuilder {
    let thanks = Emotion::mix([
        Shade::valence(0.6).weight(1.0),
        Shade::valence(-0.2).weight(1.0),
    ]);
    Journey::builder("delivery")
        .touchpoint(
            Touchpoint::new("welcome", Phase::Before, Channel::Web)
                .feels(0.2)
                .intended(0.9),
        )
        .touchpoint(
            Touchpoint::new("delivery", Phase::During, Channel::Post)
                .promise(Promise::new("on time").kept(3.0).broken(1.0))
                .feels(0.4)
                .feels_when_broken(-0.8)
                .ends_when(PromiseResult::Broken, Outcome::Churn, 1.0),
        )
        .touchpoint(
            Touchpoint::new("thanks", Phase::After, Channel::Email)
                .feels(thanks)
                .intended(0.8)
                .promise(Promise::new("a reply").kept(1.0))
                .ends(Outcome::Loyalty, 1.0),
        )
        .transition("welcome", "delivery", 1.0)
        .transition_when(PromiseResult::Kept, "delivery", "thanks", 1.0)
}

#[test]
fn pleasure_is_shared_out_and_goes_with_endings() {
    let bright = flow(delivery()).bright_spots();
    // 0.2 at the welcome, 3/4 of 0.4 at the delivery, 3/4 of half of 0.6 at the end.
    near(bright.pleasure, 0.2 + 0.3 + 0.225);
    let ids: Vec<&str> = bright.spots.iter().map(|spot| spot.id.as_str()).collect();
    assert_eq!(ids, ["delivery", "thanks", "welcome"]);
    near(bright.spots[0].share, 0.3 / 0.725);
    near(bright.spots[0].positive, 0.75);
    near(bright.spots[1].reach, 0.75);
    near(bright.spots[1].positive, 0.5);
    // Who feels good at the delivery has it on time, and stays.
    let loyal = bright.spots[0]
        .goes_with
        .iter()
        .find(|known| known.outcome == Outcome::Loyalty)
        .unwrap();
    near(loyal.after_good, 1.0);
    near(loyal.after_visit, 0.75);
    assert_eq!(loyal.basis, Basis::Modelled);
    let text = bright.text().width(300).to_string();
    for part in [
        "41 % of the good feelings",
        "of those who feel good here 100 of 100 end in loyalty, of all who come 75 of 100 (as the map tells it)",
        "Kept with warmth: on time at delivery (+0.40) and a reply at thanks (+0.20).",
    ] {
        assert!(text.contains(part), "{part:?} is missing from:\n{text}");
    }
}

#[test]
fn kept_but_cold() {
    let cold = delivery().build().unwrap();
    let cold = cold
        .with_changes(&[Change::feels("delivery", 0.1)])
        .unwrap();
    let bright = cold.flow().unwrap().bright_spots();
    assert_eq!(bright.kept[0].is_warm, Some(false));
    near(bright.kept[0].kept, 0.75);
    assert!(
        bright
            .to_string()
            .contains("Kept but cold: on time at delivery (+0.10).")
    );
}

fn raise<'b>(bright: &'b BrightSpots, id: &str) -> &'b RaisedFeeling {
    bright.raises.iter().find(|raise| raise.id == id).unwrap()
}

#[test]
fn raises_are_exact() {
    let flow = flow(delivery());
    let bright = flow.bright_spots();
    assert_eq!(bright.raises.len(), 2);
    let thanks = raise(&bright, "thanks").effect.as_ref().unwrap();
    // 2.75 moments, of which 0.75 are raised from 0.2 to 0.8; and 3/4 of the last moments.
    near(thanks.mean, 0.75 * 0.6 / 2.75);
    near(thanks.end, 0.75 * 0.6);
    near(thanks.hurt, -0.75 * 0.5 * 0.2);
    // The most intense moment of those who stay: 0.6 or 0.4, and then 0.8.
    near(thanks.peak, 0.75 * (0.8 - 0.5));
    near(
        thanks.remembered,
        ((0.75 * 0.3 + 0.75 * 0.6) / 2.0 + 0.75 * 0.6 / 2.75) / 2.0,
    );
    let welcome = raise(&bright, "welcome").effect.as_ref().unwrap();
    near(welcome.end, 0.0);
    near(welcome.mean, 0.7 / 2.75);
    // To 0.9 for all: of those who leave it was -0.8.
    near(welcome.peak, 0.25 * (0.9 + 0.8) + 0.75 * (0.9 - 0.5));
    let both = bright.peak_or_end.as_ref().unwrap();
    assert_eq!(both.peak.as_ref().unwrap().id, "welcome");
    assert_eq!(both.end.as_ref().unwrap().id, "thanks");
    near(both.end.as_ref().unwrap().gain, 0.45);
    // The map drawn anew says the same, and so does the ranking of fixes.
    let raised = flow
        .journey()
        .with_changes(&[Change::raise("thanks", 0.8)])
        .unwrap();
    let before = flow.trajectory();
    let after = raised.flow().unwrap().trajectory();
    near(
        after
            .mean
            .zip(before.mean)
            .map(|(after, before)| after - before),
        thanks.mean.unwrap(),
    );
    near(
        after
            .remembered
            .zip(before.remembered)
            .map(|(after, before)| after - before),
        thanks.remembered.unwrap(),
    );
    let fixes = flow.fixes(&Goal::RaiseEnd);
    assert_eq!(
        (fixes.ranked[0].id.as_str(), fixes.ranked[0].kind),
        ("thanks", FixKind::Raise)
    );
    near(fixes.ranked[0].gain, 0.45);
}

#[test]
fn a_raise_leaves_what_is_above_and_what_is_unknown() {
    let felt = Emotion::mix([
        Shade::valence(0.9).weight(1.0),
        Shade::valence(-0.5).weight(3.0),
    ])
    .or_unknown(4.0);
    let journey = Journey::builder("one")
        .touchpoint(
            Touchpoint::new("a", Phase::During, Channel::Web)
                .feels(felt)
                .intended(0.3),
        )
        .build()
        .unwrap();
    let raised = journey.with_changes(&[Change::raise("a", 0.3)]).unwrap();
    let at = raised.touchpoint("a").unwrap();
    near(at.mean_valence(), (0.9 + 3.0 * 0.3) / 4.0);
    near(at.emotion_coverage(), 0.5);
    assert!(journey.with_changes(&[Change::raise("a", 1.5)]).is_err());
    assert!(journey.with_changes(&[Change::raise("b", 0.5)]).is_err());
    let bright = journey.flow().unwrap().bright_spots();
    near(
        raise(&bright, "a").effect.as_ref().unwrap().mean,
        3.0 * 0.8 / 4.0,
    );
}

#[test]
fn tables_and_page_show_bright_spots() {
    let flow = flow(delivery());
    let report = flow.report();
    let rows = |table| report.csv(table).to_string().lines().count() - 1;
    assert_eq!(
        (rows(Table::BrightSpots), rows(Table::BrightSpotOutcomes)),
        (3, 6)
    );
    assert_eq!(
        (
            rows(Table::KeptPromises),
            rows(Table::Raises),
            rows(Table::RaiseOutcomes)
        ),
        (2, 2, 4)
    );
    let page = flow.html().to_string();
    assert!(page.contains("Where it feels best") && page.contains("id=\"bright-spots\""));
}

#[test]
fn what_good_feelings_go_with_is_counted() {
    let mut log = EventLog::default();
    for number in 0..90 {
        let name = number.to_string();
        let glad = number % 3 == 0;
        log.record(EventRef::new(&name, "help").emotion(if glad { 0.5 } else { 0.0 }))
            .unwrap();
        // Nobody feels anything new here: the map has forgotten how it was before.
        let outcome = if glad || number % 2 == 0 {
            "stays"
        } else {
            "leaves"
        };
        log.record(EventRef::new(&name, "bill").emotion(0.0).outcome(outcome))
            .unwrap();
    }
    let journey = log
        .learn(&LearnOptions::new().other_phases(Phase::During))
        .unwrap()
        .journey;
    let flow = journey.flow().unwrap();
    let bright = flow.report().bright_spots;
    assert_eq!(bright, flow.bright_spots());
    assert_eq!(bright.spots[0].id, "help");
    let stays = bright.spots[0]
        .goes_with
        .iter()
        .find(|known| known.outcome.as_str() == "stays")
        .unwrap();
    // All 30 glad ones stay, and half of the others.
    near(stays.after_good, 1.0);
    near(stays.after_visit, 2.0 / 3.0);
    assert_eq!(stays.basis, Basis::Counted);
    assert!(
        stays
            .interval
            .is_some_and(|(low, high)| low > 0.8 && high > 0.999)
    );
    // The map has forgotten how they felt.
    let map = flow.modelled().bright_spots();
    let stays = map.spots[0]
        .goes_with
        .iter()
        .find(|known| known.outcome.as_str() == "stays")
        .unwrap();
    near(stays.after_good, 2.0 / 3.0);
    assert_eq!(stays.basis, Basis::Modelled);
}

/// Who feels -0.6 at the gate remembers it, and 60 of 100 of them churn, of others 10: of 30 in 100 raised, 15 fewer churn. At the
/// last touchpoint all feel +0.1, which is not good, so that it is no bright spot.
#[cfg(feature = "serde")]
#[test]
fn what_a_raise_changes_of_endings_is_said() {
    let journey: Journey = serde_json::from_str(
        r#"{"format": "customer-journey/1", "name": "stay",
        "remembers": [{"fact": "felt bad", "felt": {"touchpoint": "gate", "at_most": -0.25}}],
        "touchpoints": [
            {"id": "gate", "phase": "before", "channel": "web", "starts": 1, "intended": 0.5,
             "emotion": [{"valence": -0.6, "weight": 30}, {"valence": 0.2, "weight": 70}]},
            {"id": "bye", "phase": "after", "channel": "email", "emotion": 0.1, "ends": [
                {"outcome": "churn", "weight": 60, "given": {"felt bad": true}},
                {"outcome": "loyalty", "weight": 40, "given": {"felt bad": true}},
                {"outcome": "churn", "weight": 10, "given": {"felt bad": false}},
                {"outcome": "loyalty", "weight": 90, "given": {"felt bad": false}}]}],
        "transitions": [{"from": "gate", "to": "bye"}]}"#,
    )
    .unwrap();
    let flow = journey.flow().unwrap();
    let bright = flow.bright_spots();
    let ids: Vec<_> = bright.spots.iter().map(|spot| spot.id.as_str()).collect();
    assert_eq!(ids, ["gate"]);
    assert!(
        raise(&bright, "gate")
            .to_string()
            .ends_with(", loyalty +15.0 of 100")
    );
    let text = bright.to_string();
    let row = text
        .lines()
        .find(|line| line.contains("gate") && line.contains("loyalty"));
    assert!(
        row.is_some_and(|row| row.trim_end().ends_with("+15.0")),
        "{text}"
    );
}
