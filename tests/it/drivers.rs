//! Which feelings go with which endings, against plain counting, and answers that are no feelings on the way.
#![expect(
    clippy::neg_multiply,
    reason = "small numbers of a test, written as they are told"
)]

use customer_journey::analysis::{Driver, FixOptions, PainOptions};
use customer_journey::events::LearnError;
use customer_journey::{
    Channel, EventLog, EventRef, FixKind, Goal, Journey, LearnOptions, Outcome, Phase, Touchpoint,
};

fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-12, "{found} {expected}");
}

/// A passenger: what is felt at security and at the gate, what is answered at the survey, and how the journey ends.
struct Passenger {
    security: Option<f64>,
    gate: f64,
    answer: Option<f64>,
    outcome: &'static str,
}

fn log(passengers: &[Passenger]) -> EventLog {
    let mut log = EventLog::default();
    for (number, passenger) in passengers.iter().enumerate() {
        let name = format!("p{number}");
        let mut add = |touchpoint: &str, felt: Option<f64>| {
            let mut event = EventRef::new(&name, touchpoint);
            if let Some(valence) = felt {
                event = event.emotion(valence);
            }
            if touchpoint == "desk" {
                event = event.outcome(passenger.outcome);
            }
            log.record(event).unwrap();
        };
        add("security", passenger.security);
        add("gate", Some(passenger.gate));
        add("survey", passenger.answer);
        add("desk", None);
    }
    log
}

fn options() -> LearnOptions {
    LearnOptions::new()
        .other_phases(Phase::During)
        .measurement("survey")
}

fn learned(passengers: &[Passenger]) -> Journey {
    log(passengers).learn(&options()).unwrap().journey
}

/// Of 100 who felt bad at security 60 became detractors, of 900 others 45.
fn security_decides() -> Vec<Passenger> {
    let group = |valence: f64, number: usize, bad: usize| {
        (0..number).map(move |passenger| Passenger {
            security: Some(valence),
            gate: 0.5,
            answer: Some(if passenger < bad { -0.5 } else { 0.75 }),
            outcome: if passenger < bad {
                "detractor"
            } else {
                "promoter"
            },
        })
    };
    group(-1.0, 100, 60).chain(group(1.0, 900, 45)).collect()
}

fn driver<'a>(drivers: &'a [Driver], id: &str, outcome: &str) -> Option<&'a Driver> {
    let outcome = Outcome::from(outcome);
    drivers
        .iter()
        .find(|driver| driver.id == id && driver.outcome == outcome)
}

#[test]
fn the_feeling_that_goes_with_the_ending_comes_first() {
    let flow = learned(&security_decides()).flow().unwrap();
    let drivers = flow.drivers().drivers;
    let first = &drivers[0];
    assert_eq!(
        (first.id.as_str(), first.outcome.as_str()),
        ("security", "detractor")
    );
    assert_eq!((first.bad, first.other), (100, 900));
    near(first.share_bad, 0.1);
    near(first.when_bad, 0.6);
    near(first.when_other, 0.05);
    near(first.difference, 0.55);
    // 100 of 1,000 journeys times 55 of 100.
    near(first.explains, 0.055);
    // Nobody feels bad at the gate, so that there is nothing to compare.
    assert!(driver(&drivers, "gate", "detractor").is_none());
    // One touchpoint is compared, so that the interval is Newcombe's at 95 %: by hand from Wilson's 0.502, 0.6906 of 60 of 100
    // and 0.0376, 0.0662 of 45 of 900.
    assert!(
        (first.low - 0.4507).abs() < 1e-3 && (first.high - 0.6415).abs() < 1e-3,
        "{first:?}"
    );
    assert_eq!(
        first.to_string(),
        "security: of 100 journeys that felt bad there 60 of 100 end in detractor, of 900 others 5 of 100 (difference +55.0, +45.1 to +64.1)"
    );
}

/// Pearson's correlation by its definition.
#[test]
fn what_is_felt_is_held_against_the_answer() {
    let mut passengers = Vec::new();
    for number in 0..40_i32 {
        let felt = f64::from(number % 7) / 4.0 - 0.75;
        passengers.push(Passenger {
            security: (number % 5 != 0).then_some(felt),
            gate: f64::from(number % 3) / 4.0 - 0.5,
            answer: (number % 4 != 0).then_some(f64::from(number % 11) / 8.0 - 0.625),
            outcome: if number % 2 == 0 { "stays" } else { "leaves" },
        });
    }
    let known: Vec<(f64, f64)> = passengers
        .iter()
        .filter_map(|passenger| passenger.security.zip(passenger.answer))
        .collect();
    let n = known.len() as f64;
    let (mx, my) = known
        .iter()
        .fold((0.0, 0.0), |(a, b), (x, y)| (a + x / n, b + y / n));
    let sum = |of: fn(f64, f64) -> f64| known.iter().map(|(x, y)| of(x - mx, y - my)).sum::<f64>();
    let expected = sum(|x, y| x * y) / (sum(|x, _| x * x) * sum(|_, y| y * y)).sqrt();

    let journey = learned(&passengers);
    let counted = journey
        .counted()
        .unwrap()
        .figure("goes_with", &["security"])
        .unwrap();
    near(counted.value, expected);
    assert_eq!(counted.journeys, known.len() as u64);
    assert!(counted.covers(expected) && counted.low.unwrap() < expected);
    let drivers = journey.flow().unwrap().drivers().drivers;
    let security = driver(&drivers, "security", "leaves").unwrap();
    near(security.correlation.unwrap(), expected);
    // Counted plainly, with unknown feelings left out on both sides.
    let felt = |bad: bool| {
        passengers.iter().filter(move |passenger| {
            passenger
                .security
                .is_some_and(|felt| (felt <= -0.25) == bad)
        })
    };
    let leaves = |bad| {
        felt(bad)
            .filter(|passenger| passenger.outcome == "leaves")
            .count() as f64
    };
    near(security.when_bad, leaves(true) / felt(true).count() as f64);
    near(
        security.when_other,
        leaves(false) / felt(false).count() as f64,
    );
    // Two touchpoints are compared: wider than for one alone.
    assert!(security.low < security.difference && security.difference < security.high);
}

#[test]
fn an_answer_is_no_feeling_on_the_way() {
    let flow = learned(&security_decides()).flow().unwrap();
    assert!(
        flow.pain_points(&PainOptions::new())
            .iter()
            .all(|pain| pain.id != "survey")
    );
    let goal = Goal::Reduce("detractor".into());
    let fixes = flow.fixes_with(&goal, &FixOptions::new()).ranked;
    assert!(fixes.iter().any(|fix| fix.kind == FixKind::LiftEmotion));
    assert!(fixes.iter().all(|fix| fix.id != "survey"));
    // Those who said -0.5 at the survey and felt good on the way have no worst moment below 0: 100 of 1,000 felt -1 at security.
    let report = flow.report();
    near(
        report.trajectory.worst.mean.unwrap(),
        0.1 * -1.0 + 0.9 * 0.5,
    );
    near(report.unhappy.unwrap(), 0.1);
    // Nor on the map alone, nor where it is drawn.
    near(
        flow.modelled().report().trajectory.worst.mean.unwrap(),
        0.1 * -1.0 + 0.9 * 0.5,
    );
    let drawn = Journey::builder("Stay")
        .touchpoint(Touchpoint::new("room", Phase::During, Channel::Store).feels(0.5))
        .touchpoint(
            Touchpoint::new("review", Phase::After, Channel::Email)
                .feels(-0.6)
                .measurement(),
        )
        .transition("room", "review", 1.0)
        .build()
        .unwrap();
    let flow = drawn.flow().unwrap();
    assert!(flow.pain_points(&PainOptions::new()).is_empty());
    near(flow.trajectory().mean.unwrap(), 0.5);
    assert!(flow.drivers().drivers.is_empty());
}

#[test]
fn a_measurement_that_is_not_there_is_named() {
    let options = options().measurement("survy");
    let error = log(&security_decides()).learn(&options).unwrap_err();
    assert!(matches!(error, LearnError::UnknownTouchpoints(_)));
    let told = error.to_string();
    assert!(told.contains("survy") && told.contains("survey"), "{told}");
}
