//! Visits after which no way is open, ways of weight 0, starts that nobody states, and peaks that tie.
//!
//! ```text
//! a (0.5), b (-0.5) -> c (0.5 in 1 of 4, -0.5 in 3 of 4)
//! c: kept 1/4 -> loyalty; broken 1/4: nothing open; unknown 1/2 -> 3/4 d, 1/4 "comes back"
//! d (?): a way back and an ending, both of weight 0
//! ```

use super::{UNKNOWN, causes, close, counts, extreme, outcome, outcomes};
use customer_journey::analysis::PainCauseKind;
use customer_journey::journey::Shade;
use customer_journey::{
    Channel, Emotion, Flow, FlowError, Journey, Outcome, Phase, Promise, PromiseResult, Touchpoint,
    Warning,
};

fn flow() -> Flow {
    Journey::builder("Dead ends")
        .touchpoint(Touchpoint::new("a", Phase::Before, Channel::Web).feels(0.5))
        .touchpoint(Touchpoint::new("b", Phase::Before, Channel::Store).feels(-0.5))
        .touchpoint(
            Touchpoint::new("c", Phase::During, Channel::Phone)
                .promise(Promise::new("p").kept(1.0).broken(1.0).unknown(2.0))
                .feels(Emotion::mix([
                    Shade::valence(0.5),
                    Shade::valence(-0.5).weight(3.0),
                ]))
                .ends_when(PromiseResult::Kept, Outcome::Loyalty, 1.0)
                .ends_when(PromiseResult::Unknown, "comes back", 1.0),
        )
        .touchpoint(
            Touchpoint::new("d", Phase::After, Channel::Email)
                .makes("p")
                .ends(Outcome::Advocacy, 0.0),
        )
        .transition("a", "c", 1.0)
        .transition("b", "c", 9.0)
        .transition_when(PromiseResult::Unknown, "c", "d", 3.0)
        .transition("d", "c", 0.0)
        .build()
        .unwrap()
        .flow()
        .unwrap()
}

#[test]
fn what_is_unstated() {
    let report = flow().report();
    close(report.length, 19.0 / 8.0);
    assert_eq!(report.wait_s, None);
    outcomes(
        &report,
        &[
            ("advocacy", 0.0),
            ("comes back", 1.0 / 8.0),
            ("loyalty", 1.0 / 4.0),
            // Broken 1/4, d 3/8.
            ("unstated", 5.0 / 8.0),
        ],
    );
    counts(&report, "a", [0.5, 0.5, 0.0, 0.0]);
    counts(&report, "b", [0.5, 0.5, 0.25, 0.0]);
    counts(&report, "c", [1.0, 1.0, 3.0 / 8.0, 0.25]);
    counts(&report, "d", [3.0 / 8.0, 3.0 / 8.0, UNKNOWN, 0.0]);
    let never = outcome(&report, "c", "advocacy");
    assert_eq!(
        (never.probability, never.lift, never.coverage),
        (0.0, None, None)
    );
    // d holds 3/8 of the 5/8.
    close(outcome(&report, "d", "unstated").coverage, 3.0 / 5.0);
    // To c: 5/8. Unstated at once 1/4 * 3/8, loyalty 1/4 * 5/8, comes back 1/8 * 5/8, d 3/8 * 3/8.
    close(
        outcome(&report, "c", "unstated").decides,
        (6.0 + 10.0 + 5.0 + 9.0) / 64.0,
    );

    let ids: Vec<&str> = report.pain_points.iter().map(|p| p.id.as_str()).collect();
    assert_eq!(ids, ["c", "b"]);
    assert_eq!(report.pain_points[0].churn_after, None);
    causes(
        &report.pain_points[0],
        &[
            (PainCauseKind::NegativeEmotion, 3.0 / 8.0),
            (PainCauseKind::BrokenPromise, 0.25),
            (PainCauseKind::NoMandate, 0.25),
            // Kept, and -0.25 on average.
            (PainCauseKind::KeptButCold, -0.25),
            (PainCauseKind::DropOff, 0.25),
        ],
    );
    // Made only where nobody has yet to come to c: the way back has weight 0.
    assert!(report.pain_points[0].promise_made_at.is_empty());

    let warnings = &report.warnings;
    assert!(warnings.iter().any(|warning| matches!(
        warning,
        Warning::DeadEnd { touchpoints } if touchpoints == &["c", "d"]
    )));
    assert!(warnings.iter().any(|warning| matches!(
        warning,
        Warning::NoEmotion { touchpoints } if touchpoints == &["d"]
    )));
}

#[test]
fn a_tie_of_intensity_is_negative() {
    let trajectory = flow().trajectory();
    // From b always -0.5; from a 0.5 only where c is 0.5 too.
    close(trajectory.peak, -0.5 * 7.0 / 8.0 + 0.5 / 8.0);
    extreme(
        &trajectory.worst,
        -3.0 / 8.0,
        &[(-0.5, 7.0 / 8.0), (0.5, 1.0 / 8.0)],
    );
    extreme(
        &trajectory.best,
        1.0 / 8.0,
        &[(-0.5, 3.0 / 8.0), (0.5, 5.0 / 8.0)],
    );
    // 5/8 of journeys end at c.
    close(trajectory.end, -0.25);
    close(trajectory.end_coverage, 5.0 / 8.0);
    // Of a's 3 in 4 change by 1, of b's 1 in 4.
    close(trajectory.swing, f64::sqrt(0.5));
    assert_eq!(trajectory.phases[2].mean, None);
    assert_eq!(trajectory.phases[2].coverage, Some(0.0));
    close(trajectory.phases[2].reach, 3.0 / 8.0);
}

#[test]
fn where_no_emotion_is_known_there_is_none() {
    let report = Journey::builder("blank")
        .touchpoint(Touchpoint::new("a", Phase::Before, Channel::Web))
        .touchpoint(Touchpoint::new("b", Phase::After, Channel::Web).ends(Outcome::Loyalty, 1.0))
        .transition("a", "b", 1.0)
        .build()
        .unwrap()
        .flow()
        .unwrap()
        .report();
    let trajectory = &report.trajectory;
    assert_eq!(
        [
            trajectory.mean,
            trajectory.end,
            trajectory.peak,
            trajectory.peak_end,
            trajectory.remembered,
            trajectory.swing,
            trajectory.best.mean,
            trajectory.worst.mean,
            trajectory.best.at_most(1.0),
        ],
        [None; 9]
    );
    assert_eq!((trajectory.coverage, trajectory.end_coverage), (0.0, 0.0));
    assert_eq!(trajectory.phases[0].mean, None);
    // During: nobody is there.
    assert_eq!(trajectory.phases[1].coverage, None);
    assert_eq!(trajectory.phases[1].reach, 0.0);
    assert_eq!(trajectory.curve[0].mean, None);
    assert_eq!(trajectory.paths[0].arc, None);
    assert!(report.pain_points.is_empty());
    assert!(trajectory.falls.is_empty() && trajectory.rises.is_empty());
}

#[test]
fn what_has_no_flow_says_so() {
    let at = |id: &str| Touchpoint::new(id, Phase::During, Channel::Web);
    let trapped = Journey::builder("trap")
        .touchpoint(at("in").ends(Outcome::Churn, 1.0))
        .touchpoint(at("round"))
        .touchpoint(at("and round"))
        .transition("in", "round", 1.0)
        .transition("round", "and round", 1.0)
        .transition("and round", "round", 1.0)
        .build()
        .unwrap();
    let ids: Vec<&str> = trapped.traps().map(|t| t.id.as_str()).collect();
    assert_eq!(ids, ["round", "and round"]);
    assert_eq!(
        trapped.flow().unwrap_err(),
        FlowError::Trapped {
            touchpoints: vec!["round".into(), "and round".into()]
        }
    );

    let ring = Journey::builder("ring")
        .touchpoint(at("x").ends(Outcome::Churn, 1.0))
        .touchpoint(at("y"))
        .transition("x", "y", 1.0)
        .transition("y", "x", 1.0)
        .build()
        .unwrap();
    assert_eq!(
        ring.flow().unwrap_err(),
        FlowError::NoStart { stated: false }
    );

    let shut = Journey::builder("shut")
        .touchpoint(at("x").ends(Outcome::Churn, 1.0).starts(0.0))
        .build()
        .unwrap();
    assert_eq!(
        shut.flow().unwrap_err(),
        FlowError::NoStart { stated: true }
    );
}
