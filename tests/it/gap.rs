//! What is meant and expected, beside what is felt: by hand, and against plain loops over journeys.
#![expect(
    clippy::type_complexity,
    clippy::cast_possible_truncation,
    reason = "small numbers of a test, written as they are told"
)]

use customer_journey::flow::Basis;
use customer_journey::gap::{DeliveryGap, GapFigures};
use customer_journey::journey::Shade;
use customer_journey::render::Table;
use customer_journey::{
    Channel, Emotion, EventLog, EventRef, Journey, JourneyBuilder, LearnOptions, Outcome, Phase,
    Touchpoint,
};

fn near(known: Option<f64>, expected: f64) {
    let known = known.unwrap();
    assert!(
        (known - expected).abs() < 1e-12,
        "{known} is not {expected}"
    );
}

fn gap(builder: JourneyBuilder) -> DeliveryGap {
    builder.build().unwrap().flow().unwrap().delivery_gap()
}

/// Five touchpoints one after the other, four of them meant to feel good; 8 of 100 visits do.
fn bain() -> JourneyBuilder {
    let felt = || {
        Emotion::mix([
            Shade::valence(0.6).weight(8.0),
            Shade::valence(-0.2).weight(92.0),
        ])
    };
    let at = |number: usize| {
        let intended = if number == 2 { 0.1 } else { 0.7 };
        Touchpoint::new(format!("t{number}"), Phase::During, Channel::Web)
            .feels(felt())
            .intended(intended)
    };
    let mut builder = Journey::builder("Bain");
    for number in 0..5 {
        builder = builder.touchpoint(at(number));
    }
    for number in 1..5 {
        builder = builder.transition(format!("t{}", number - 1), format!("t{number}"), 1.0);
    }
    builder
}

#[test]
fn eighty_believe_and_eight_agree() {
    let gap = gap(bain());
    near(gap.whole.believed, 0.8);
    near(gap.whole.felt, 0.08);
    near(gap.whole.gap, 0.72);
    near(gap.whole.coverage, 1.0);
    assert_eq!(gap.whole.basis, Basis::Modelled);
    assert_eq!(gap.whole.expectation.gap, None);
    // All illusions are 0.7 - (-0.136), but that of the one which means little.
    let ids: Vec<&str> = gap.touchpoints.iter().map(|at| at.id.as_str()).collect();
    assert_eq!(ids, ["t0", "t1", "t3", "t4", "t2"]);
    near(gap.touchpoints[0].illusion, 0.836);
    near(gap.touchpoints[4].illusion, 0.236);
    near(gap.touchpoints[4].figures.gap, -0.08);
    let text = gap.text().width(200).to_string();
    for part in [
        "80 of 100 visits are meant to feel good",
        "8 of 100 visits do",
        "a delivery gap of 72.0 of 100",
    ] {
        assert!(text.contains(part), "{part:?} is missing from:\n{text}");
    }
}

/// ```text
/// ad (before, Marketing) -> call (during, Service) -2/3-> again; -1/3-> letter (after)
/// ```
/// Visits: ad 1, call 3, letter 1. Of calls a quarter tells how it felt; of the letter nobody does.
fn loops() -> JourneyBuilder {
    Journey::builder("Loops")
        .touchpoint(
            Touchpoint::new("ad", Phase::Before, Channel::Social)
                .owner("Marketing")
                .feels(0.5)
                .intended(0.9)
                .expected(0.2),
        )
        .touchpoint(
            Touchpoint::new("call", Phase::During, Channel::Phone)
                .owner("Service")
                .feels(
                    Emotion::mix([
                        Shade::valence(0.4).weight(1.0),
                        Shade::valence(-0.6).weight(1.0),
                    ])
                    .or_unknown(6.0),
                )
                .intended(0.3)
                .expected(Emotion::mix([Shade::valence(0.5)]).or_unknown(1.0)),
        )
        .touchpoint(
            Touchpoint::new("letter", Phase::After, Channel::Post)
                .intended(0.8)
                .ends(Outcome::Loyalty, 1.0),
        )
        .transition("ad", "call", 1.0)
        .transition("call", "call", 2.0)
        .transition("call", "letter", 1.0)
}

#[test]
fn visits_weigh_and_the_unknown_takes_no_part() {
    let gap = gap(loops());
    // Known of the ad's visit and of 3/4 of a visit to the call; half of the latter felt good.
    near(gap.whole.coverage, 1.75 / 5.0);
    near(gap.whole.believed, 1.0);
    near(gap.whole.felt, (1.0 + 0.375) / 1.75);
    near(gap.whole.gap, 0.375 / 1.75);
    let expectation = &gap.whole.expectation;
    near(expectation.expected, (0.2 + 0.75 * 0.5) / 1.75);
    near(expectation.felt, (0.5 - 0.75 * 0.1) / 1.75);
    near(expectation.gap, (0.3 - 0.75 * 0.6) / 1.75);
    let ids: Vec<&str> = gap.touchpoints.iter().map(|at| at.id.as_str()).collect();
    assert_eq!(ids, ["call", "ad", "letter"]);
    near(gap.touchpoints[0].illusion, 3.0 * (0.3 + 0.1));
    near(gap.touchpoints[1].illusion, 0.4);
    assert_eq!(gap.touchpoints[2].illusion, None);
    assert_eq!(gap.touchpoints[2].figures.gap, None);
    let phases: Vec<Phase> = gap.phases.iter().map(|part| part.phase).collect();
    assert_eq!(phases, [Phase::Before, Phase::During]);
    near(gap.phases[1].figures.gap, 0.5);
    let owners: Vec<_> = gap
        .owners
        .iter()
        .map(|part| part.owner.as_deref())
        .collect();
    assert_eq!(owners, [Some("Marketing"), Some("Service")]);
    let channels: Vec<_> = gap
        .channels
        .iter()
        .map(|part| part.channel.as_str())
        .collect();
    assert_eq!(channels, ["phone", "social"]);
}

#[test]
fn nothing_stated_is_nothing_known() {
    let flow = Journey::builder("plain")
        .touchpoint(Touchpoint::new("a", Phase::During, Channel::Web).feels(0.5))
        .build()
        .unwrap()
        .flow()
        .unwrap();
    let gap = flow.delivery_gap();
    assert_eq!((gap.whole.gap, gap.touchpoints.len()), (None, 0));
    assert_eq!(
        (gap.phases.len(), gap.owners.len(), gap.channels.len()),
        (0, 0, 0)
    );
    assert!(!flow.report().to_string().contains("What is meant"));
}

#[test]
fn tables_have_every_part() {
    let report = loops().build().unwrap().flow().unwrap().report();
    let table = report.csv(Table::DeliveryGap).to_string();
    let lines: Vec<&str> = table.lines().collect();
    assert!(lines[0].starts_with("id,intended,mean,illusion,visits,coverage,believed,felt,gap,"));
    assert!(lines[1].starts_with("call,0.3,"), "{table}");
    assert_eq!(lines.len(), 4);
    let parts = report.csv(Table::DeliveryGapParts).to_string();
    assert_eq!(parts.lines().count(), 1 + 2 + 2 + 2);
    assert!(parts.contains("owner,Marketing,"));
}

/// Journeys of one to four moments by a small generator; customers make two journeys each.
fn told() -> Vec<(String, Vec<(&'static str, Option<f64>)>)> {
    let mut state = 7_u64;
    let mut draw = |below: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    (0..60)
        .map(|number| {
            let customer = format!("p{}", number / 2);
            let moments = (0..=draw(4)).map(|_| {
                let name = ["ad", "call", "letter"][draw(3) as usize];
                let felt = [Some(0.5), Some(-0.25), Some(0.0), None][draw(4) as usize];
                (name, felt)
            });
            (customer, moments.collect())
        })
        .collect()
}

/// The ratio of sums with its standard error over customers, straight from its definition.
fn ratio(pairs: &[(f64, f64)]) -> (f64, f64) {
    let all: f64 = pairs.iter().map(|&(_, b)| b).sum();
    let value = pairs.iter().map(|&(a, _)| a).sum::<f64>() / all;
    let clusters = pairs.iter().filter(|&&(_, b)| b > 0.0).count() as f64;
    let squares: f64 = pairs.iter().map(|&(a, b)| (a - value * b).powi(2)).sum();
    (value, (clusters / (clusters - 1.0) * squares).sqrt() / all)
}

#[test]
fn counted_gaps_are_those_of_plain_loops() {
    let told = told();
    let mut log = EventLog::default();
    for (number, (customer, moments)) in told.iter().enumerate() {
        let name = number.to_string();
        for &(touchpoint, felt) in moments {
            let mut event = EventRef::new(&name, touchpoint).customer(customer);
            if let Some(felt) = felt {
                event = event.emotion(felt);
            }
            log.record(event).unwrap();
        }
    }
    let options = LearnOptions::new().onto(&loops().build().unwrap());
    let journey = log.learn(&options).unwrap().journey;
    let gap = journey.flow().unwrap().delivery_gap();
    let by_customer = |give: &dyn Fn(&str, f64) -> Option<f64>| -> Vec<(f64, f64)> {
        let mut pairs = vec![(0.0, 0.0); 30];
        for (number, (_, moments)) in told.iter().enumerate() {
            for &(touchpoint, felt) in moments {
                if let Some(a) = felt.and_then(|felt| give(touchpoint, felt)) {
                    pairs[number / 2].0 += a;
                    pairs[number / 2].1 += 1.0;
                }
            }
        }
        pairs
    };
    let good = |felt: f64| if felt > 0.1 { 1.0 } else { 0.0 };
    let check = |figures: &GapFigures, of: &dyn Fn(&str) -> bool| {
        let pairs = by_customer(&|at, felt| of(at).then(|| 1.0 - good(felt)));
        let (value, error) = ratio(&pairs);
        near(figures.gap, value);
        near(figures.standard_error, error);
        assert_eq!(figures.basis, Basis::Counted);
    };
    check(&gap.whole, &|_| true);
    check(&gap.owners[1].figures, &|at| at == "call");
    let letter = gap.touchpoints.iter().find(|at| at.id == "letter").unwrap();
    check(&letter.figures, &|at| at == "letter");
    let expected = |at: &str| match at {
        "ad" => Some(0.2),
        "call" => Some(0.5),
        _ => None,
    };
    let pairs = by_customer(&|at, felt| Some(felt - expected(at)?));
    let (value, error) = ratio(&pairs);
    near(gap.whole.expectation.gap, value);
    near(gap.whole.expectation.standard_error, error);
    // Both shares are linear in visits, so that the map alone says the same.
    let map = journey.flow().unwrap().modelled().delivery_gap();
    near(map.whole.gap, gap.whole.gap.unwrap());
    assert_eq!(map.whole.standard_error, None);
    assert!(
        journey
            .flow()
            .unwrap()
            .fit()
            .unwrap()
            .off()
            .iter()
            .all(|off| !off.figure.as_str().ends_with("gap"))
    );
}
