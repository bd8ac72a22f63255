//! A what-if beside the journey as it is, as data and as text.

use super::{at, detour};
use customer_journey::compare::Comparison;
use customer_journey::report::Figure;
use customer_journey::{Change, Feeling, Journey, Outcome, Report};

fn report(journey: &Journey) -> Report {
    journey.flow().unwrap().report()
}

fn what_if(changes: &[Change]) -> Comparison {
    let flow = detour().build().unwrap().flow().unwrap();
    flow.what_if(changes).unwrap().comparison()
}

#[track_caller]
fn moved(comparison: &Comparison, figure: &str, of: &[&str], a: f64, b: f64) {
    let line = comparison.figure(figure, of).unwrap();
    for (found, expected) in [(line.a, a), (line.b, b), (line.difference, b - a)] {
        assert!((found.unwrap() - expected).abs() < 1e-12, "{line:?}");
    }
}

#[test]
fn figures_stand_side_by_side() {
    let comparison = what_if(&[Change::keep("middle")]);
    // 3/4 of journeys come to the middle, where 11/24 or, kept always, 1/3 go round: 18/13 visits or 9/8. Of all,
    // 1/4 + 3/4 * 4/13 or all come to the last.
    let last = 1.0 / 4.0 + 3.0 / 13.0;
    let hurt = 18.0 / 13.0 * 0.75 * 0.6 + last * 0.2;
    moved(&comparison, "hurt", &[], hurt, 0.2);
    moved(&comparison, "length", &[], 1.0 + 18.0 / 13.0 + last, 3.125);
    moved(&comparison, "broken", &[], 18.0 / 13.0 * 0.75, 0.0);
    let churn = comparison.figure("outcome", &["churn"]).unwrap();
    assert!((churn.difference.unwrap() + 27.0 / 52.0).abs() < 1e-12);
    let reach = comparison.figure("reach", &["middle"]).unwrap();
    assert!(!reach.is_changed(), "{reach:?}");
    assert_eq!(reach.is_better(), None);
    let hurt = comparison.figure("hurt", &[]).unwrap();
    assert_eq!(hurt.is_better(), Some(true));
    assert_eq!(comparison.only[0].pains, ["middle"]);
    assert!(comparison.only[1].pains.is_empty());
    assert_eq!(comparison.labels, ["as it is", "changed"]);
    assert_eq!(
        comparison.changes,
        ["keep the promise at \"middle\" always"]
    );
    assert!(comparison.is_changed());
    // The map's weights may be counts: what did not happen was still not counted.
    assert!(
        comparison
            .figures
            .iter()
            .all(|figure| figure.verdict.is_none())
    );
    assert_eq!(comparison.same_process, None);
}

#[test]
fn what_is_there_on_one_side_only_is_never_met_on_the_other() {
    let comparison = what_if(&[
        Change::remove("middle"),
        Change::ends("last", Outcome::Advocacy, 1.0),
    ]);
    assert_eq!(comparison.only[0].touchpoints, ["middle"]);
    moved(&comparison, "reach", &["middle"], 0.75, 0.0);
    // What is felt where nobody comes is not known.
    let hurt = comparison.figure("touchpoint_hurt", &["middle"]).unwrap();
    assert!(hurt.a.is_some() && hurt.b.is_none() && hurt.difference.is_none());
    let advocacy = comparison.figure("outcome", &["advocacy"]).unwrap();
    assert_eq!(advocacy.a, Some(0.0));
    assert!(advocacy.b.unwrap() > 0.2);
    // Churn stays what it was, as customers are passed on.
    let churn = comparison.figure("outcome", &["churn"]).unwrap();
    assert!(!churn.is_changed());
}

#[test]
fn what_becomes_known_is_no_change_from_zero() {
    let journey = Journey::builder("unknown")
        .touchpoint(at("a").ends(Outcome::Loyalty, 1.0))
        .build()
        .unwrap();
    let known = journey
        .with_changes(&[Change::feels("a", Feeling::Joy)])
        .unwrap();
    let comparison = report(&journey).compare(&report(&known));
    let mean = comparison.figure("mean", &[]).unwrap();
    assert_eq!((mean.a, mean.b), (None, Some(0.77)));
    assert_eq!((mean.difference, mean.is_better()), (None, None));
    assert!(mean.is_changed());
    assert_eq!(mean.to_string(), "mean feeling: unknown and +0.77");
}

#[test]
fn a_report_is_no_different_from_itself() {
    let report = report(&detour().build().unwrap());
    let same = report.compare(&report);
    assert!(!same.is_changed());
    let text = same.to_string();
    assert!(text.starts_with("A and B, side by side\n═"), "{text}");
    assert!(
        text.contains("Nothing is different: every figure is the same on both sides."),
        "{text}"
    );
    assert!(!what_if(&[]).is_changed());
}

#[test]
fn every_figure_has_a_word_of_its_own() {
    let words: std::collections::BTreeSet<_> = Figure::ALL.iter().map(|f| f.as_str()).collect();
    let labels: std::collections::BTreeSet<_> = Figure::ALL.iter().map(|f| f.label()).collect();
    assert_eq!(words.len(), Figure::ALL.len());
    assert_eq!(labels.len(), Figure::ALL.len());
}
