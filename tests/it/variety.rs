//! How different journeys are: published check values, and brute force over all paths.

use std::collections::BTreeMap;

use crate::generate::{Rng, Taste, drawing};
use customer_journey::render::Table;
use customer_journey::{Channel, Journey, Outcome, Phase, Touchpoint};

const TASTE: Taste = Taste {
    spots: 8,
    ways: 2.0,
    loops: true,
};

/// The journey W: three touchpoints that lead to each other.
pub(crate) fn w() -> Journey {
    Journey::builder("W")
        .touchpoint(
            Touchpoint::new("a", Phase::Before, Channel::Web)
                .starts(1.0)
                .ends("churn", 0.1),
        )
        .touchpoint(
            Touchpoint::new("b", Phase::During, Channel::Web)
                .ends("churn", 0.1)
                .ends("loyal", 0.2),
        )
        .touchpoint(
            Touchpoint::new("c", Phase::After, Channel::Web)
                .ends("churn", 0.3)
                .ends("loyal", 0.6),
        )
        .transition("a", "b", 0.6)
        .transition("a", "c", 0.3)
        .transition("b", "a", 0.2)
        .transition("b", "c", 0.5)
        .transition("c", "b", 0.1)
        .build()
        .unwrap()
}

#[test]
fn published_check_values() {
    let variety = w().flow().unwrap().variety();
    assert!(
        (variety.bits - 3.783_219_913_2).abs() < 1e-10,
        "{}",
        variety.bits
    );
    assert!((variety.journeys.unwrap() - 13.7677).abs() < 1e-4);
    assert!(
        (variety.same - 0.110_898_171_4).abs() < 1e-10,
        "{}",
        variety.same
    );
    let parts: f64 = variety.touchpoints.iter().map(|at| at.bits).sum();
    assert!((variety.starts_bits + parts - variety.bits).abs() < 1e-12);
    let text = variety.to_string();
    assert!(
        text.contains("13.8") && text.contains("11 of 100"),
        "{text}"
    );
}

/// Every path of a map until hardly any journey is left: its chance, by touchpoints and ending.
fn paths(journey: &Journey) -> BTreeMap<String, f64> {
    let flow = journey.flow().unwrap();
    let steps = flow.transitions();
    let ends = flow.endings();
    let mut open: Vec<(String, String, f64)> = flow
        .steps(1)
        .steps
        .remove(0)
        .touchpoints
        .into_iter()
        .map(|at| (at.id.clone(), at.id, at.share))
        .collect();
    let mut paths = BTreeMap::new();
    while let Some((path, at, chance)) = open.pop() {
        if chance < 1e-11 {
            continue;
        }
        for end in ends.iter().filter(|end| end.id == at) {
            let name = format!("{path} -> {}", end.outcome);
            *paths.entry(name).or_insert(0.0) += chance * end.share;
        }
        for way in steps.iter().filter(|way| way.from == at) {
            open.push((
                format!("{path} {}", way.to),
                way.to.clone(),
                chance * way.share,
            ));
        }
    }
    paths
}

#[test]
fn all_paths_one_by_one_say_the_same() {
    let paths = paths(&w());
    let variety = w().flow().unwrap().variety();
    let bits: f64 = paths.values().map(|p| -p * p.log2()).sum();
    let same: f64 = paths.values().map(|p| p * p).sum();
    assert!((bits - variety.bits).abs() < 1e-5, "{bits}");
    assert!((same - variety.same).abs() < 1e-10, "{same}");
}

#[test]
fn one_way_is_one_journey() {
    let flow = Journey::builder("one")
        .touchpoint(Touchpoint::new("a", Phase::Before, Channel::Web).starts(1.0))
        .touchpoint(Touchpoint::new("b", Phase::After, Channel::Web).ends(Outcome::Loyalty, 1.0))
        .transition("a", "b", 1.0)
        .build()
        .unwrap()
        .flow()
        .unwrap();
    let variety = flow.variety();
    assert_eq!(
        (variety.bits, variety.journeys, variety.same),
        (0.0, Some(1.0), 1.0)
    );
    // Which tells nothing that a report about everything must say.
    let report = flow.report();
    assert!(!report.to_string().contains("How different journeys are"));
    assert_eq!(report.variety, Some(variety));
}

#[test]
fn variety_is_in_the_report_and_its_tables() {
    let report = w().flow().unwrap().report();
    let text = report.to_string();
    assert!(
        text.contains("as different as if 13.8 of them were equally likely"),
        "{text}"
    );
    let summary = report.csv(Table::Summary).to_string();
    let bits = summary
        .lines()
        .find_map(|line| line.strip_prefix("variety_bits,"))
        .unwrap();
    assert!((bits.parse::<f64>().unwrap() - 3.783_219_913_2).abs() < 1e-10);
    // A heading, and a row for each of the three places where journeys part.
    let parts = report.csv(Table::Variety).to_string();
    assert_eq!(parts.lines().next(), Some("id,bits"));
    assert_eq!(parts.lines().count(), 4);
}

/// With those that are over, journeys are all somewhere, and visits add up.
#[test]
fn the_step_matrix_adds_up() {
    let mut rng = Rng::new(5);
    for _ in 0..20 {
        let journey = drawing(&mut rng, TASTE).journey();
        let Ok(flow) = journey.flow() else { continue };
        let steps = flow.steps(400);
        let mut visits: BTreeMap<&str, f64> = BTreeMap::new();
        for step in &steps.steps {
            let here: f64 = step.touchpoints.iter().map(|at| at.share).sum();
            assert!((here + step.ended - 1.0).abs() < 1e-9);
            for at in &step.touchpoints {
                *visits.entry(&at.id).or_default() += at.share;
            }
            let onward: f64 = step.ways.iter().map(|way| way.share).sum();
            let over: f64 = step.ends.iter().map(|end| end.share).sum();
            assert!((onward + over - here).abs() < 1e-9);
        }
        let left = steps.steps.last().map_or(0.0, |step| 1.0 - step.ended);
        if left < 1e-9 {
            for (id, sum) in visits {
                let exact = flow.visits(id).unwrap();
                assert!((sum / exact - 1.0).abs() < 1e-6, "{id}: {sum} {exact}");
            }
        }
    }
}

#[test]
fn the_picture_of_the_steps_always_has_others_and_ended() {
    let flow = w().flow().unwrap();
    for width in [390, 1120] {
        let picture = flow.steps(6).svg().width(width).to_string();
        assert_eq!(picture.matches(">ended<").count(), 6);
        assert_eq!(picture.matches(">others (0)<").count(), 6);
        assert!(picture.contains("cj-band"));
    }
}
