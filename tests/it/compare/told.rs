//! What is said of two journeys.

use super::counted::{log, side};
use super::{journey_q, plan_abc};
use crate::ask::journey_w;
use crate::generate::Rng;
use customer_journey::compare::Side;

#[track_caller]
fn says(text: &str, parts: &[&str]) {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in parts {
        assert!(text.contains(part), "{part}\n\n{text}");
    }
}

#[test]
fn a_plan_and_what_happens() {
    let comparison =
        Side::of_flow("planned", &plan_abc()).compare(&Side::of_flow("experienced", &journey_w()));
    says(
        &comparison.to_string(),
        &[
            "planned and experienced, side by side",
            "27 of 100 follow planned from start to end; most of the others leave it first at a -> c (30 of 100).",
            "There is no verdict: nothing is counted.",
            "Missing: b (37 of 100)",
            "c before b (30 of 100)",
            "How many touchpoints they add or leave out",
            "There is no answer: neither whole journeys nor counts of ways are at hand on both sides.",
            "Journeys of experienced do what planned never does, so that one of them can tell for sure: a -> c",
        ],
    );
}

#[test]
fn two_maps() {
    says(
        &journey_w().compare(&journey_q()).to_string(),
        &[
            "W and Q, side by side",
            "0.203 bits for W and against Q.",
            "If one touchpoint of W were as in Q",
            "left over",
        ],
    );
}

#[test]
fn two_logs_of_one_process() {
    let mut rng = Rng::new(11);
    let (a, b) = (log(&mut rng, 200, 0.6), log(&mut rng, 200, 0.6));
    let text = side("May", &a).compare(&side("June", &b)).to_string();
    says(
        &text,
        &[
            "May: learned journey, counted on 200 whole journeys.",
            "They can be one process: differences like these come by chance",
            "nothing here is sure of those who come next",
        ],
    );
    // What chance makes is no bound on what customers do.
    assert!(!text.contains("On the paths"), "{text}");
}

/// Letters stand for labels that no heading has room for, on both sides, and say so.
#[test]
fn long_labels() {
    let mut rng = Rng::new(12);
    let (a, b) = (log(&mut rng, 300, 0.6), log(&mut rng, 300, 0.2));
    let text = side("may", &a)
        .compare(&side("june/events of the shop.csv", &b))
        .to_string();
    says(
        &text,
        &[
            "A is may; B is june/events of the shop.csv.",
            "On the paths of both maps as they were counted, between",
        ],
    );
}
