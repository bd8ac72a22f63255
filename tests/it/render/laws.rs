//! Texts of any journey keep to the page.

use crate::steady::cases;
use customer_journey::{Journey, Outcome, Phase, Promise, Touchpoint};
use proptest::prelude::*;

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
    #![proptest_config(cases(256))]

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
