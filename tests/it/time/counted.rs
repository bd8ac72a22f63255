#![expect(
    clippy::type_complexity,
    reason = "small numbers of a test, written as they are told"
)]
use customer_journey::flow::Basis;
use customer_journey::{
    Ability, Channel, EventLog, EventRef, Journey, LearnOptions, Phase, PromiseResult, Touchpoint,
};

const MINUTE: i64 = 60_000;

fn plan() -> Journey {
    Journey::builder("service")
        .touchpoint(Touchpoint::new("delivery", Phase::During, Channel::Post))
        .touchpoint(Touchpoint::new("survey", Phase::After, Channel::Email).can(Ability::Listen))
        .touchpoint(
            Touchpoint::new("call", Phase::After, Channel::Phone)
                .can(Ability::Resolve)
                .can(Ability::Answer),
        )
        .transition("delivery", "survey", 1.0)
        .transition("survey", "call", 1.0)
        .build()
        .unwrap()
}

/// By hand: recoveries after 20, 40, 60 minutes; answers after 10 and 3000 minutes, and one that never comes.
#[test]
fn recovery_answers_and_the_whole_are_counted() {
    let mut log = EventLog::default();
    let journeys: [(&str, PromiseResult, f64, &[(&str, i64)]); 4] = [
        (
            "a",
            PromiseResult::Broken,
            -0.8,
            &[("survey", 10), ("call", 20)],
        ),
        (
            "b",
            PromiseResult::Broken,
            -0.8,
            &[("call", 40), ("survey", 100), ("call", 3100)],
        ),
        ("c", PromiseResult::Broken, 0.2, &[("call", 60)]),
        ("d", PromiseResult::Kept, -0.5, &[("survey", 500)]),
    ];
    for (name, result, valence, after) in journeys {
        let first = EventRef::new(name, "delivery").time_ms(0);
        log.record(first.promise(result).emotion(valence)).unwrap();
        for &(touchpoint, minutes) in after {
            log.record(EventRef::new(name, touchpoint).time_ms(minutes * MINUTE))
                .unwrap();
        }
    }
    let options = LearnOptions::new().onto(&plan());
    let flow = log.learn(&options).unwrap().journey.flow().unwrap();
    let time = flow.time();
    let recovery = time.recovery.clone().unwrap();
    assert_eq!(
        (recovery.basis, recovery.journeys),
        (Basis::Counted, Some(3))
    );
    assert_eq!(
        (recovery.median(), recovery.mean_s),
        (Some(2400.0), Some(2400.0))
    );
    let answered = time.answered.clone().unwrap();
    assert_eq!(answered.journeys, Some(3));
    let shares: Vec<f64> = answered
        .within
        .iter()
        .map(|known| known.share * 3.0)
        .collect();
    assert_eq!(shares, [1.0, 1.0, 2.0]); // 10 minutes, and after 50 hours
    let lasted = time.lasted.clone().unwrap();
    assert_eq!(lasted.median(), Some(60.0 * 60.0)); // of 20, 60, 500 and 3100 minutes
    assert_eq!(time.whole.clone().unwrap().mean_s, lasted.mean_s);
    let text = time.to_string();
    assert!(text.contains("half take up to 1 h"), "{text}");
    assert!(text.contains("do not add up"), "{text}");
    // The median stands in the report, and nobody reads the mean alone.
    let report = flow.report();
    let text = report.to_string();
    assert!(
        text.contains("Half of the journeys wait up to 1 h in all"),
        "{text}"
    );
    assert!(flow.html().to_string().contains("How long it takes"));
}

/// A map of means knows no median, and says so.
#[test]
fn a_mean_alone_is_no_median() {
    use customer_journey::Transition;
    let flow = Journey::builder("drawn")
        .touchpoint(Touchpoint::new("a", Phase::Before, Channel::Web))
        .touchpoint(Touchpoint::new("b", Phase::After, Channel::Web))
        .connect("a", "b", Transition::new(1.0).wait_s(60.0))
        .build()
        .unwrap()
        .flow()
        .unwrap();
    let time = flow.time();
    let whole = time.whole.clone().unwrap();
    assert_eq!(
        (whole.mean_s, whole.sd_s, whole.median()),
        (Some(60.0), None, None)
    );
    let said = time.text().width(200).to_string();
    assert!(
        said.contains("how it spreads around that is unknown"),
        "{said}"
    );
    assert!(
        flow.report()
            .to_string()
            .contains("add up to 1 min on average")
    );
}
