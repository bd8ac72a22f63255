//! Who is recognised, who starts anew, and what goes with it: by hand, and against plain loops.
#![expect(
    clippy::cast_possible_truncation,
    reason = "small numbers of a test, written as they are told"
)]

use customer_journey::events::EventRef;
use customer_journey::flow::Basis;
use customer_journey::measures::{SurveyKind, SurveyMeasure};
use customer_journey::render::Table;
use customer_journey::{
    Ability, Channel, EventLog, Flow, Journey, JourneyBuilder, LearnOptions, Outcome, Phase,
    Touchpoint,
};

fn near(known: impl Into<Option<f64>>, expected: f64) {
    let known = known.into().unwrap();
    assert!((known - expected).abs() < 1e-9, "{known} is not {expected}");
}

fn flow(builder: JourneyBuilder) -> Flow {
    builder.build().unwrap().flow().unwrap()
}

/// ```text
/// app (knows) -> letter arrives -> call (blank) 1/2 -> counter (knows)
///                               -> forum (said to everybody) 1/2
/// ```
fn known_and_not() -> JourneyBuilder {
    let at = |id: &str, channel: Channel| Touchpoint::new(id, Phase::During, channel);
    Journey::builder("known and not")
        .touchpoint(at("app", Channel::App).can(Ability::Recognise).feels(0.4))
        .touchpoint(at("letter", Channel::Post).feels(0.0))
        .touchpoint(at("call", Channel::Phone).feels(-0.3))
        .touchpoint(
            at("forum", Channel::Social)
                .feels(-0.7)
                .ends(Outcome::Churn, 1.0),
        )
        .touchpoint(
            at("counter", Channel::Store)
                .can(Ability::Recognise)
                .feels(0.1)
                .ends(Outcome::Loyalty, 1.0),
        )
        .transition("app", "letter", 1.0)
        .transition("letter", "call", 1.0)
        .transition("letter", "forum", 1.0)
        .transition("call", "counter", 1.0)
}

#[test]
fn what_is_turned_to_and_who_is_known_there() {
    let known = flow(known_and_not()).recognition();
    // App, and half of the journeys call and come to the counter; nobody turns to a letter, or to the company on a forum.
    near(known.turned_to, 2.0);
    near(known.recognised, 1.5 / 2.0);
    near(known.begun_again.unwrap(), 0.5);
    near(known.visits.unrecognised, -0.3);
    near(known.visits.recognised, (0.4 + 0.5 * 0.1) / 1.5);
    near(known.visits.difference, -0.3 - 0.3);
    // From 0 to -0.3 at the call, from -0.3 to 0.1 at the counter.
    near(known.again.difference, -0.3 - 0.4);
    let places: Vec<(&str, bool)> = known
        .places
        .iter()
        .map(|place| (place.id.as_str(), place.recognises))
        .collect();
    assert_eq!(places, [("app", true), ("call", false), ("counter", true)]);
    let text = known.text().width(300).to_string();
    for part in [
        "Customers are recognised on 75 of 100 visits on which they turn to the company; a blank sheet at call.",
        "-0.30 and otherwise +0.30: a difference of -0.60 (from the map), which goes with it and need not come from it.",
    ] {
        assert!(text.contains(part), "{part:?} is missing from:\n{text}");
    }
    let report = flow(known_and_not()).report();
    let rows = |table| report.csv(table).to_string().lines().count() - 1;
    assert_eq!(
        (
            rows(Table::Recognition),
            rows(Table::RecognitionDifferences)
        ),
        (3, 2)
    );
}

#[test]
fn an_index_of_items_on_one_scale() {
    let item = |name: &str, answers: &[(f64, u32)]| {
        SurveyMeasure::new(name, SurveyKind::Index)
            .scale(1.0, 7.0)
            .part_of("recognition")
            .answers(answers.iter().copied())
    };
    let at = Touchpoint::new("mail", Phase::After, Channel::Email)
        .measure(item("advice that fits", &[(4.0, 20), (7.0, 20)]))
        .measure(item("products that fit", &[(1.0, 20), (7.0, 20)]))
        .measure(item("recognised and addressed", &[(2.0, 10), (3.0, 10)]))
        .measure(item("not asked yet", &[]));
    let measured = flow(Journey::builder("index").touchpoint(at)).measured();
    let index = &measured.indices[0];
    assert_eq!((index.name.as_str(), index.items.len()), ("recognition", 4));
    // 75, 50 and 25: those who were not asked take no part.
    near(index.score.value, 50.0);
    assert_eq!((index.score.answers, index.score.is_few), (20, true));
    // No narrower than if the same people gave the same answers: the mean of the errors of the items.
    let items = measured.surveys.iter();
    let errors: Vec<f64> = items.filter_map(|item| item.score.standard_error).collect();
    assert_eq!(errors.len(), 3);
    near(index.score.standard_error, errors.iter().sum::<f64>() / 3.0);
    assert!(
        measured
            .to_string()
            .contains("an index of 4 items from 0 to 100: 50.0")
    );
    let wrong = SurveyMeasure::new("NPS", SurveyKind::Nps).part_of("recognition");
    let at = Touchpoint::new("mail", Phase::After, Channel::Email).measure(wrong);
    let fault = Journey::builder("wrong")
        .touchpoint(at)
        .build()
        .unwrap_err();
    assert!(
        fault.to_string().contains("only the kind \"index\" can be"),
        "{fault}"
    );
}

/// A cluster gives to both sides of a difference: the error is that of the difference, by plain loops over journeys.
#[test]
fn counted_differences_are_those_of_plain_loops() {
    let names = ["app", "letter", "call", "forum", "counter"];
    let mut state = 5_u64;
    let mut draw = |below: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let mut log = EventLog::default();
    let mut told = Vec::new();
    for number in 0..120 {
        let name = number.to_string();
        let moments: Vec<(&str, Option<f64>)> = (0..=draw(4))
            .map(|_| {
                let felt = [Some(-0.5), Some(0.25), Some(0.75), None][draw(4) as usize];
                (names[draw(5) as usize], felt)
            })
            .collect();
        for &(id, felt) in &moments {
            let mut event = EventRef::new(&name, id);
            if let Some(felt) = felt {
                event = event.emotion(felt);
            }
            log.record(event).unwrap();
        }
        told.push(moments);
    }
    let options = LearnOptions::new().onto(&known_and_not().build().unwrap());
    let flow = log.learn(&options).unwrap().journey.flow().unwrap();
    let known = flow.recognition();
    assert_eq!(
        (known.basis, known.visits.basis),
        (Basis::Counted, Basis::Counted)
    );
    let (turned, knows) = (["app", "call", "counter"], ["app", "counter"]);
    // By journey: sum and number of what is felt where not recognised, and where recognised; visits and recognised ones.
    let sums: Vec<[f64; 6]> = told
        .iter()
        .map(|moments| {
            let mut sums = [0.0; 6];
            for (id, felt) in moments.iter().filter(|(id, _)| turned.contains(id)) {
                let side = if knows.contains(id) { 2 } else { 0 };
                if let Some(felt) = felt {
                    sums[side] += felt;
                    sums[side + 1] += 1.0;
                }
                sums[4] += f64::from(u8::from(knows.contains(id)));
                sums[5] += 1.0;
            }
            sums
        })
        .collect();
    let all = |at: usize| sums.iter().map(|sums| sums[at]).sum::<f64>();
    near(known.recognised, all(4) / all(5));
    let (not, is) = (all(0) / all(1), all(2) / all(3));
    near(known.visits.difference, not - is);
    let touched: Vec<&[f64; 6]> = sums.iter().filter(|sums| sums[1] + sums[3] > 0.0).collect();
    let n = touched.len() as f64;
    let squares: f64 = touched
        .iter()
        .map(|sums| {
            let score = (sums[0] - not * sums[1]) / all(1) - (sums[2] - is * sums[3]) / all(3);
            score * score
        })
        .sum();
    near(
        known.visits.standard_error,
        (n / (n - 1.0) * squares).sqrt(),
    );
    // Handed over to another channel, and turned to: from the same kind of moment as the map has it.
    let mut changes = [(0.0, 0.0); 2];
    for pair in told.iter().flat_map(|moments| moments.windows(2)) {
        let [(from, was), (to, is)] = pair else {
            continue;
        };
        if from != to
            && turned.contains(to)
            && let Some((is, was)) = is.zip(*was)
        {
            let side = usize::from(knows.contains(to));
            changes[side].0 += is - was;
            changes[side].1 += 1.0;
        }
    }
    let [without, with] = changes.map(|(sum, n)| sum / n);
    near(known.again.difference, without - with);
    assert!(known.again.interval.is_some());
    let map = flow.modelled().recognition();
    assert_eq!(map.again.basis, Basis::Modelled);
    near(map.recognised, known.recognised.unwrap());
}
