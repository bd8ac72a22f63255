//! Figures from the literature: counts and results that owe nothing to this crate.

use customer_journey::{Channel, Journey, Outcome, Phase, Promise, PromiseResult, Touchpoint};

/// Published figures are rounded to five places.
const FIVE_PLACES: f64 = 0.5e-5;

/// For fractions of small counts.
const EXACT: f64 = 1e-14;

fn at(id: &str) -> Touchpoint {
    Touchpoint::new(id, Phase::During, Channel::Web)
}

/// `GrepS` user journeys: Kobialka, Tapia Tarifa, Bergersen and Johnsen, FM 2024. At each of four places some of 33
/// leave.
#[test]
fn thirty_three_users_of_whom_seventeen_finish() {
    let flow = Journey::builder("GrepS")
        .touchpoint(at("task 1").ends(Outcome::Churn, 6.0))
        .touchpoint(at("task 2").ends(Outcome::Churn, 3.0))
        .touchpoint(at("task 3").ends(Outcome::Churn, 3.0))
        .touchpoint(
            at("activity report")
                .ends(Outcome::Churn, 4.0)
                .ends("success", 17.0),
        )
        .transition("task 1", "task 2", 27.0)
        .transition("task 2", "task 3", 24.0)
        .transition("task 3", "activity report", 21.0)
        .build()
        .unwrap()
        .flow()
        .unwrap();
    let success = Outcome::from("success");
    for (id, fraction, published) in [
        ("task 1", 17.0 / 33.0, 0.51515),
        ("task 2", 17.0 / 27.0, 0.62963),
        ("task 3", 17.0 / 24.0, 0.70833),
        ("activity report", 17.0 / 21.0, 0.80952),
    ] {
        let chance = flow.ahead(id).unwrap().chance_of(&success);
        assert!((chance - fraction).abs() < EXACT);
        assert!((chance - published).abs() < FIVE_PLACES);
    }
}

/// Removal effects and their shares, by `coverage`.
fn removal(journey: &Journey, expected: &[(&str, f64, f64)]) {
    let flow = journey.flow().unwrap();
    let conversion = Outcome::from("conversion");
    let effects: Vec<f64> = flow
        .touchpoints()
        .iter()
        .map(|figures| {
            let mut outcomes = figures.outcomes.iter();
            let figures = outcomes.find(|o| o.outcome == conversion).unwrap();
            figures.coverage.unwrap()
        })
        .collect();
    let total: f64 = effects.iter().sum();
    for (effect, &(id, removed, credit)) in effects.iter().zip(expected) {
        assert!((effect - removed).abs() < EXACT, "{id}: {effect}");
        assert!((effect / total - credit).abs() < EXACT, "{id}");
        // The definition: reach * h / P.
        let h = flow.ahead(id).unwrap().chance_of(&conversion);
        let coverage = flow.reach(id).unwrap() * h / flow.probability(&conversion);
        assert!((coverage - removed).abs() < EXACT, "{id}");
    }
}

/// Anderl, Becker, von Wangenheim and Schumann 2014: C1 > C2 > C3 converts, C1 fails, C2 > C3 fails.
#[test]
fn markov_attribution_of_three_channels() {
    let journey = Journey::builder("attribution")
        .touchpoint(at("C1").starts(2.0).ends("null", 1.0))
        .touchpoint(at("C2").starts(1.0))
        .touchpoint(at("C3").ends("conversion", 1.0).ends("null", 1.0))
        .transition("C1", "C2", 1.0)
        .transition("C2", "C3", 2.0)
        .build()
        .unwrap();
    let converted = journey.flow().unwrap().probability(&"conversion".into());
    assert!((converted - 1.0 / 3.0).abs() < EXACT);
    removal(
        &journey,
        &[("C1", 0.5, 0.2), ("C2", 1.0, 0.4), ("C3", 1.0, 0.4)],
    );
}

/// Google twice, mail once and google > mail once convert; google once fails.
#[test]
fn markov_attribution_of_two_channels() {
    let journey = Journey::builder("attribution")
        .touchpoint(
            at("google")
                .starts(4.0)
                .ends("conversion", 2.0)
                .ends("null", 1.0),
        )
        .touchpoint(at("mail").starts(1.0).ends("conversion", 2.0))
        .transition("google", "mail", 1.0)
        .build()
        .unwrap();
    let converted = journey.flow().unwrap().probability(&"conversion".into());
    assert!((converted - 0.8).abs() < EXACT);
    // 2.4 and 1.6 of 4 conversions.
    removal(
        &journey,
        &[("google", 0.75, 2.4 / 4.0), ("mail", 0.5, 1.6 / 4.0)],
    );
}

/// Kahneman on the colonoscopy study: pain from 0 to 10 as valence from 0 to -1.
#[test]
fn peak_and_end_of_two_patients() {
    for (pains, remembered) in [(&[4.0, 8.0, 7.0][..], 7.5), (&[4.0, 8.0, 5.0, 1.0], 4.5)] {
        let mut builder = Journey::builder("patient");
        for (k, pain) in pains.iter().enumerate() {
            builder = builder.touchpoint(at(&k.to_string()).feels(-pain / 10.0));
        }
        for k in 1..pains.len() {
            builder = builder.transition((k - 1).to_string(), k.to_string(), 1.0);
        }
        let trajectory = builder.build().unwrap().flow().unwrap().trajectory();
        assert!((trajectory.peak.unwrap() + 0.8).abs() < EXACT);
        let end = trajectory.end.unwrap();
        assert!((end + pains.last().unwrap() / 10.0).abs() < EXACT);
        assert!((trajectory.peak_end.unwrap() + remembered / 10.0).abs() < EXACT);
    }
}

/// Six touchpoints that each keep their promise with 0.95.
#[test]
fn small_failures_compound() {
    let mut builder = Journey::builder("compounding");
    for k in 0..6 {
        let mut touchpoint = at(&k.to_string())
            .promise(Promise::new("on time").kept(0.95).broken(0.05))
            .ends_when(PromiseResult::Broken, "broken", 1.0);
        if k == 5 {
            touchpoint = touchpoint.ends_when(PromiseResult::Kept, "unbroken", 1.0);
        } else {
            let (from, to) = (k.to_string(), (k + 1).to_string());
            builder = builder.transition_when(PromiseResult::Kept, from, to, 1.0);
        }
        builder = builder.touchpoint(touchpoint);
    }
    let flow = builder.build().unwrap().flow().unwrap();
    let unbroken = flow.probability(&"unbroken".into());
    assert!((unbroken - 0.735).abs() < 0.5e-3);
    assert!((unbroken - f64::powi(0.95, 6)).abs() < EXACT);
}
