//! The tables of `truth`, on maps whose customers remember: what the map says by itself.

use super::truth::{Table, close, counter, disputes, guests, payments, security, shop};
use customer_journey::events::Remember;
use customer_journey::facts::{Fact, FeltLevel};
use customer_journey::{FixKind, Flow, LearnOptions, Outcome};

impl Table {
    /// The map alone, without what was counted.
    fn map(&self, remember: Remember) -> Flow {
        let options = LearnOptions::new().remembering(remember);
        let journey = self.log.learn(&options).unwrap().journey;
        journey.flow().unwrap()
    }
}

/// What the map says of a figure, and what was counted.
#[track_caller]
fn told(flow: &Flow, figure: &str, of: &[&str], expected: f64) {
    let fit = flow.fit().unwrap();
    let known = fit.figure(figure, of).unwrap();
    close(known.counted, expected);
    close(known.modelled.unwrap(), expected);
}

fn fixed(flow: &Flow, id: &str, kind: FixKind, outcome: &str) -> f64 {
    let fixes = flow.single_fixes(&[kind]);
    let fix = fixes.iter().find(|fix| fix.id == id).unwrap();
    let effect = fix.effect.as_ref();
    let effect = effect.unwrap_or_else(|| panic!("{fix:?} of {:?}", flow.journey().remembers()));
    effect.change_of(&Outcome::from(outcome))
}

#[test]
fn the_map_tells_reviews_after_a_broken_promise() {
    let flow = shop(|_| "review", false).map(Remember::Auto);
    let facts = flow.journey().remembers();
    assert_eq!(facts, [Fact::first("delivered", "delivered")]);
    told(
        &flow,
        "outcome_when_kept",
        &["delivered", "bad review"],
        0.1,
    );
    told(
        &flow,
        "outcome_when_broken",
        &["delivered", "bad review"],
        0.6,
    );
    // What was computed on the journeys, and what the map computes.
    for flow in [flow.clone(), flow.modelled()] {
        let change = fixed(&flow, "delivered", FixKind::KeepPromise, "bad review");
        close(change, -0.05);
    }
}

#[test]
fn the_map_tells_disputes_by_where_complaints_came_in() {
    let table = disputes();
    let flow = table.map(Remember::Auto);
    assert_eq!(flow.journey().remembers(), [Fact::start_channel("start")]);
    told(&flow, "outcome_by_start", &["web", "disputed"], 0.15);
    told(&flow, "outcome_by_start", &["post", "disputed"], 0.03);
    // The document says what was chosen and what it put right, and so does the report.
    let memory = flow.journey().counted().unwrap().memory.clone().unwrap();
    assert_eq!(
        (memory.facts.len(), memory.facts[0].fact.as_str()),
        (1, "start")
    );
    // 3 of 100 reaches to 5 of 100; without memory it is 9.
    assert!(
        memory.off_before > 3.0 && memory.off_after < 1e-9,
        "{memory:?}"
    );
    let report = flow.report();
    assert_eq!(report.fit.clone().unwrap().memory, Some(memory));
    let said = report.text().width(200).to_string();
    assert!(
        said.contains("What its customers remember was chosen"),
        "{said}"
    );
}

#[test]
fn the_map_tells_who_was_unhappy_at_all() {
    let table = guests();
    told_at(&table.map(Remember::None), "unhappy", &[], 0.999);
    let upset = Fact::felt("upset", FeltLevel::AtMost(-0.25));
    told(
        &table.map(Remember::Facts(vec![upset])),
        "unhappy",
        &[],
        0.5,
    );
}

/// What a map that forgets says.
#[track_caller]
fn told_at(flow: &Flow, figure: &str, of: &[&str], expected: f64) {
    let modelled = flow.fit().unwrap().figure(figure, of).unwrap().modelled;
    assert!((modelled.unwrap() - expected).abs() < 1e-3, "{modelled:?}");
}

#[test]
fn the_map_tells_who_comes_to_the_form() {
    let table = counter();
    told_at(&table.map(Remember::None), "reach", &["form"], 0.5);
    let form = Fact::visited("filled in", "form");
    told(
        &table.map(Remember::Facts(vec![form])),
        "reach",
        &["form"],
        1.0,
    );
}

#[test]
fn the_map_tells_what_a_feeling_decides() {
    let table = security();
    let level = FeltLevel::AtMost(-0.25);
    let upset = Fact::felt_at("upset", "security", level);
    for remember in [Remember::Auto, Remember::Facts(vec![upset])] {
        let flow = table.map(remember);
        told(&flow, "outcome_after_bad", &["security", "detractor"], 0.6);
        for flow in [flow.clone(), flow.modelled()] {
            let change = fixed(&flow, "security", FixKind::LiftEmotion, "detractor");
            close(change, -0.055);
        }
    }
}

#[test]
fn the_map_tells_who_buys_after_an_error() {
    let table = payments();
    let error = Fact::visited("met an error", "payment error");
    let flow = table.map(Remember::Facts(vec![error]));
    told(
        &flow,
        "outcome_after_visit",
        &["payment error", "bought"],
        0.1,
    );
    // Auto finds that, too.
    let flow = table.map(Remember::Auto);
    let known = flow.fit().unwrap();
    let known = known.figure("outcome_after_visit", &["payment error", "bought"]);
    assert!(known.unwrap().modelled.unwrap() < 0.2);
}
