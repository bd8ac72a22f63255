//! Two reports compared, as data and as text.

use super::{at, detour};
use customer_journey::report::{Difference, Figure, PartPresence};
use customer_journey::{
    Change, Channel, Feeling, Journey, Outcome, Phase, Promise, PromiseResult, Report, Touchpoint,
};

fn report(journey: &Journey) -> Report {
    journey.flow().unwrap().report()
}

fn what_if(changes: &[Change]) -> Difference {
    let flow = detour().build().unwrap().flow().unwrap();
    flow.what_if(changes).unwrap().difference()
}

#[track_caller]
fn moved(difference: &Difference, figure: Figure, before: f64, after: f64) {
    let line = difference.figure(figure).unwrap();
    for (found, expected) in [
        (line.before, before),
        (line.after, after),
        (line.change, after - before),
    ] {
        assert!((found.unwrap() - expected).abs() < 1e-12, "{line:?}");
    }
}

#[test]
fn figures_stand_before_and_after() {
    let difference = what_if(&[Change::keep("middle")]);
    // 3/4 of journeys come to the middle, where 11/24 or, kept always, 1/3 go round: 18/13 visits or 9/8. Of all,
    // 1/4 + 3/4 * 4/13 or all come to the last.
    let last = 1.0 / 4.0 + 3.0 / 13.0;
    let hurt = 18.0 / 13.0 * 0.75 * 0.6 + last * 0.2;
    moved(&difference, Figure::Hurt, hurt, 0.2);
    moved(&difference, Figure::Length, 1.0 + 18.0 / 13.0 + last, 3.125);
    moved(&difference, Figure::Broken, 18.0 / 13.0 * 0.75, 0.0);
    let churn = difference.outcome(&Outcome::Churn).unwrap();
    assert!((churn.change.unwrap() + 27.0 / 52.0).abs() < 1e-12);
    let middle = difference.touchpoint("middle").unwrap();
    assert_eq!(middle.presence, PartPresence::Both);
    let reach = middle.figure(Figure::Reach).unwrap();
    assert!(!reach.is_changed(), "{reach:?}");
    assert_eq!(reach.is_better(), None);
    assert_eq!(
        difference.figure(Figure::Hurt).unwrap().is_better(),
        Some(true)
    );
    assert_eq!(difference.pains_gone, ["middle"]);
    assert_eq!(difference.pains_new, [""; 0]);
    assert_eq!(
        difference.changes,
        ["keep the promise at \"middle\" always"]
    );
    assert!(difference.is_changed());
    // The greatest change of hurt first.
    let order: Vec<_> = difference
        .touchpoints
        .iter()
        .map(|part| &part.name)
        .collect();
    assert_eq!(order, ["middle", "last", "first"]);
}

#[test]
fn what_is_there_on_one_side_only_has_no_figure_on_the_other() {
    let difference = what_if(&[
        Change::remove("middle"),
        Change::ends("last", Outcome::Advocacy, 1.0),
    ]);
    let middle = difference.touchpoint("middle").unwrap();
    assert_eq!(middle.presence, PartPresence::Before);
    for line in &middle.figures {
        assert!(line.before.is_some() && line.after.is_none() && line.change.is_none());
    }
    let advocacy = difference
        .outcomes
        .iter()
        .find(|part| part.name == "advocacy");
    assert_eq!(advocacy.unwrap().presence, PartPresence::After);
    let advocacy = difference.outcome(&Outcome::Advocacy).unwrap();
    assert_eq!((advocacy.before, advocacy.change), (None, None));
    assert!(advocacy.after.unwrap() > 0.2);
    // Churn stays what it was, as customers are passed on.
    assert!(!difference.outcome(&Outcome::Churn).unwrap().is_changed());
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
    let difference = report(&journey).compare(&report(&known));
    let mean = difference.figure(Figure::Mean).unwrap();
    assert_eq!((mean.before, mean.after), (None, Some(0.77)));
    assert_eq!((mean.change, mean.is_better()), (None, None));
    assert!(mean.is_changed());
    assert_eq!(difference.warnings_gone.len(), 1);
    let text = difference.to_string();
    assert!(
        text.contains("mean feeling              unknown   +0.77       unknown"),
        "{text}"
    );
    let back = report(&known).compare(&report(&journey));
    assert_eq!(back.warnings_new, difference.warnings_gone);
}

#[test]
fn a_report_is_no_different_from_itself() {
    let report = report(&detour().build().unwrap());
    let same = report.compare(&report);
    assert!(!same.is_changed());
    assert_eq!(
        same.to_string(),
        "detour: before and after\n════════════════════════\n\n\
         Nothing is different: every figure is the same before and after."
    );
    assert!(!what_if(&[]).is_changed());
}

#[test]
fn two_journeys_of_different_names_are_compared() {
    let this_year = Journey::builder("this year")
        .touchpoint(at("first").feels(0.1))
        .touchpoint(at("chat").ends(Outcome::Loyalty, 1.0))
        .transition("first", "chat", 1.0)
        .build()
        .unwrap();
    let text = report(&detour().build().unwrap())
        .compare(&report(&this_year))
        .to_string();
    assert!(
        text.starts_with("detour (before) and this year (after)\n═"),
        "{text}"
    );
    for line in ["churn", "gone", "new", "chat: visits per journey"] {
        assert!(text.contains(line), "{line} in {text}");
    }
}

#[test]
fn a_difference_is_told_in_tables() {
    let journey = Journey::builder("Delivery")
        .touchpoint(
            Touchpoint::new("order", Phase::Before, Channel::Web)
                .feels(Feeling::Anticipation)
                .makes("on time"),
        )
        .touchpoint(
            Touchpoint::new("delivery", Phase::During, Channel::Post)
                .promise(Promise::new("on time").kept(80.0).broken(20.0))
                .feels(Feeling::Joy)
                .feels_when_broken(Feeling::Frustration)
                .ends(Outcome::Loyalty, 1.0),
        )
        .touchpoint(
            Touchpoint::new("call", Phase::After, Channel::Phone)
                .feels(-0.3)
                .ends(Outcome::Churn, 1.0),
        )
        .transition("order", "delivery", 1.0)
        .transition_when(PromiseResult::Broken, "delivery", "call", 1.0)
        .build()
        .unwrap();
    let flow = journey.flow().unwrap();
    let what_if = flow.what_if(&[Change::keep_rate("delivery", 0.9)]).unwrap();
    let text = what_if.difference().to_string();
    assert_eq!(text, include_str!("difference.txt").trim_end(), "{text}");
}

#[test]
#[cfg(feature = "serde")]
fn a_difference_is_a_document() {
    let difference = what_if(&[Change::remove("middle")]);
    let document = serde_json::to_value(&difference).unwrap();
    assert_eq!(document["format"], "customer-journey-difference/1");
    assert_eq!(document["whole"][0]["figure"], "hurt");
    let middle = document["touchpoints"]
        .as_array()
        .unwrap()
        .iter()
        .find(|part| part["name"] == "middle")
        .unwrap();
    assert_eq!(middle["presence"], "before");
    assert!(middle["figures"][0]["after"].is_null());
}

#[test]
fn every_figure_has_a_word_of_its_own() {
    let words: std::collections::BTreeSet<_> = Figure::ALL.iter().map(|f| f.as_str()).collect();
    let labels: std::collections::BTreeSet<_> = Figure::ALL.iter().map(|f| f.label()).collect();
    assert_eq!(words.len(), Figure::ALL.len());
    assert_eq!(labels.len(), Figure::ALL.len());
}

#[test]
fn long_lists_of_a_difference_are_cut() {
    let line = |feeling: f64| {
        let mut builder = Journey::builder("long");
        for step in 0..30 {
            builder = builder.touchpoint(at(&format!("s{step:02}")).feels(feeling));
        }
        for step in 1..30 {
            builder = builder.transition(format!("s{:02}", step - 1), format!("s{step:02}"), 1.0);
        }
        report(&builder.build().unwrap())
    };
    let text = line(0.5).compare(&line(-0.5)).to_string();
    assert!(
        text.contains("... and 20 more that change; the report holds all 30."),
        "{text}"
    );
    assert!(text.contains("new: s00, s01"), "{text}");
}
