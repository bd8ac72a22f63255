//! A repair with two beginnings, a loop, a promise with three results, unknown emotions and a part nobody comes to.
//!
//! ```text
//! shop (0.5, starts 3), web (?, starts 1) -> desk
//! desk: kept 1/2 (0.6):                 1/2 home, 1/2 call
//!       broken 1/4 (-1 or -0.2, half each): 1/3 desk, 1/3 call, 1/3 churn
//!       unknown 1/4 (0):                call
//! call (?): 1/2 desk, 1/2 loyalty
//! home (1): no way on
//! ghost: leads to the desk, and nobody begins there
//! ```
//!
//! From the desk, together: home 1/4, desk 1/12, call 1/4 + 1/12 + 1/4 = 7/12, churn 1/12.
//! Visits d to the desk: d = 1 + d/12 + 7d/24, so d = 8/5; calls 7/12 * 8/5 = 14/15; home 2/5.

use super::{
    UNKNOWN, causes, close, counts, extreme, outcomes, path, phase, seen_from, touchpoint, turns,
};
use customer_journey::analysis::{PainCauseKind, TrajectoryOptions};
use customer_journey::journey::Shade;
use customer_journey::{
    Channel, Emotion, Flow, Journey, Outcome, Phase, Promise, PromiseResult, Touchpoint,
    Transition, Warning,
};

fn flow() -> Flow {
    Journey::builder("Repair")
        .touchpoint(
            Touchpoint::new("shop", Phase::Before, Channel::Store)
                .feels(0.5)
                .makes("fixed")
                .starts(3.0),
        )
        .touchpoint(Touchpoint::new("web", Phase::Before, Channel::Web).starts(1.0))
        .touchpoint(
            Touchpoint::new("desk", Phase::During, Channel::Store)
                .need("repair")
                .says("two days")
                .promise(Promise::new("fixed").kept(2.0).broken(1.0).unknown(1.0))
                .feels(0.6)
                .feels_when_broken(Emotion::mix([Shade::valence(-1.0), Shade::valence(-0.2)]))
                .feels_when_unknown(0.0)
                .ends_when(PromiseResult::Broken, Outcome::Churn, 1.0),
        )
        .touchpoint(
            Touchpoint::new("call", Phase::During, Channel::Phone)
                .need("repair")
                .ends(Outcome::Loyalty, 5.0),
        )
        .touchpoint(
            Touchpoint::new("home", Phase::After, Channel::Post)
                .feels(1.0)
                .makes("fixed"),
        )
        .touchpoint(
            Touchpoint::new("ghost", Phase::Before, Channel::Post)
                .feels(-1.0)
                .makes("fixed"),
        )
        .connect("shop", "desk", Transition::new(7.0).wait_s(60.0))
        .transition("web", "desk", 1.0)
        .transition_when(PromiseResult::Kept, "desk", "home", 1.0)
        .connect(
            "desk",
            "desk",
            Transition::new(1.0)
                .when(PromiseResult::Broken)
                .wait_s(100.0),
        )
        .transition("desk", "call", 1.0)
        .transition("call", "desk", 5.0)
        .transition("ghost", "desk", 1.0)
        .build()
        .unwrap()
        .flow()
        .unwrap()
}

#[test]
fn flow_with_a_loop() {
    let report = flow().report();
    // 1 + 8/5 + 14/15 + 2/5.
    close(report.length, 59.0 / 15.0);
    // 3/4 * 60 from the shop, 8/5 * 1/12 * 100 in the loop.
    close(report.wait_s, 175.0 / 3.0);
    // Churn 8/5 * 1/12, loyalty 14/15 * 1/2, home 2/5.
    outcomes(
        &report,
        &[
            ("churn", 2.0 / 15.0),
            ("loyalty", 7.0 / 15.0),
            ("unstated", 2.0 / 5.0),
        ],
    );
    counts(&report, "shop", [0.75, 0.75, 0.0, 0.0]);
    counts(&report, "web", [0.25, 0.25, UNKNOWN, 0.0]);
    // Broken: 8/5 * 1/4; hurt: 2/5 * 0.6.
    counts(&report, "desk", [8.0 / 5.0, 1.0, 0.24, 0.4]);
    // From the desk a call comes with f = 7/12 + f/12, so f = 7/11.
    counts(&report, "call", [14.0 / 15.0, 7.0 / 11.0, UNKNOWN, 0.0]);
    counts(&report, "home", [0.4, 0.4, 0.0, 0.0]);

    // From the desk 59/15 - 1; from a call 1 + 1/2 * 44/15.
    for (id, remaining, wait) in [
        ("shop", 59.0 / 15.0, 220.0 / 3.0),
        ("web", 59.0 / 15.0, 40.0 / 3.0),
        ("desk", 44.0 / 15.0, 40.0 / 3.0),
        ("call", 37.0 / 15.0, 20.0 / 3.0),
        ("home", 1.0, 0.0),
    ] {
        close(touchpoint(&report, id).remaining, remaining);
        close(touchpoint(&report, id).remaining_wait_s, wait);
    }

    let ghost = touchpoint(&report, "ghost");
    assert_eq!(
        (ghost.visits, ghost.reach, ghost.hurt),
        (0.0, Some(0.0), Some(0.0))
    );
    assert_eq!((ghost.repeats, ghost.remaining), (None, None));
    assert!(
        ghost
            .outcomes
            .iter()
            .all(|o| o.lift.is_none() && o.decides == 0.0)
    );
    assert!(flow().ahead("ghost").is_none());
    assert_eq!(flow().visits("nowhere"), None);
    assert_eq!(flow().reach("nowhere"), None);
}

#[test]
fn what_lies_ahead() {
    let flow = flow();
    let ahead = flow.ahead("call").unwrap();
    // Half of those who call are back at the desk.
    close(ahead.chance_of(&Outcome::Churn), 1.0 / 15.0);
    close(ahead.chance_of(&Outcome::Loyalty), 11.0 / 15.0);
    close(ahead.chance_of(&Outcome::Unstated), 1.0 / 5.0);
    close(ahead.chance_of(&Outcome::Advocacy), 0.0);
    close(ahead.moments, 37.0 / 15.0);
    close(ahead.wait_s, 20.0 / 3.0);

    let report = flow.report();
    // Coverage: 7/11 * 1/15 over 2/15. Decides: desk 7/15 * 1/15, loyalty 7/15 * 1/15.
    seen_from(
        &report,
        "call",
        "churn",
        [1.0 / 15.0, 0.5, 7.0 / 22.0, 14.0 / 225.0],
    );
    // All who stay have called. Decides: desk 7/15 * |7/15 - 11/15|, loyalty 7/15 * 4/15.
    seen_from(
        &report,
        "call",
        "loyalty",
        [11.0 / 15.0, 11.0 / 7.0, 1.0, 56.0 / 225.0],
    );
    // Home 2/5 * 2/15, call 14/15 * 1/15, churn 2/15 * 13/15: (12 + 14 + 26) / 225.
    seen_from(
        &report,
        "desk",
        "churn",
        [2.0 / 15.0, 1.0, 1.0, 52.0 / 225.0],
    );
    // Home 2/5 * 3/5, call 14/15 * 1/5, churn 2/15 * 2/5: (18 + 14 + 4) / 75.
    seen_from(
        &report,
        "desk",
        "unstated",
        [2.0 / 5.0, 1.0, 1.0, 36.0 / 75.0],
    );
    seen_from(&report, "home", "unstated", [1.0, 2.5, 1.0, 0.0]);
    seen_from(&report, "shop", "churn", [2.0 / 15.0, 1.0, 0.75, 0.0]);

    let truths = flow.moments_of_truth(&Outcome::Churn);
    let ids: Vec<&str> = truths.iter().map(|truth| truth.id.as_str()).collect();
    assert_eq!(ids, ["desk", "call"]);
    close(truths[0].decides_per_visit, 13.0 / 90.0);
}

#[test]
fn feelings_where_known() {
    let trajectory = flow().trajectory();
    let [before, during, after] = &trajectory.phases[..] else {
        panic!();
    };
    phase(before, [1.0, 1.0, 0.75, 0.5, 0.0, 1.0, 0.0, 0.0]);
    // Desk 8/5 known of 38/15. 1/2 of 0.6, 1/8 of -1, 1/8 of -0.2, 1/4 of 0: mean 3/20, squares 31/100.
    phase(
        during,
        [
            1.0,
            38.0 / 15.0,
            12.0 / 19.0,
            0.15,
            f64::sqrt(23.0 / 80.0),
            0.5,
            0.25,
            0.25,
        ],
    );
    phase(after, [0.4, 0.4, 1.0, 1.0, 0.0, 1.0, 0.0, 0.0]);

    // Third: home 1/4, desk 1/12, call 7/12; known (1/4 + 1/12 * 3/20) / (1/3).
    // Fourth: home 1/48, desk 1/144 + 7/24 = 43/144, call 7/144; known (3 + 43 * 3/20) / 46.
    let curve = [
        (0.5, 1.0),
        (0.15, 1.0),
        (63.0 / 80.0, 11.0 / 12.0),
        (189.0 / 920.0, 53.0 / 144.0),
    ];
    for (point, (mean, travelling)) in trajectory.curve.iter().zip(curve) {
        close(point.mean, mean);
        close(point.travelling, travelling);
    }

    // Shop 3/4 of 0.5, desk 8/5 of 0.15, home 2/5 of 1: 203/200 over 11/4 known moments of 59/15.
    close(trajectory.mean, 203.0 / 550.0);
    close(trajectory.coverage, 165.0 / 236.0);
    // Home 2/5 of 1, the desk when broken 2/15 of -0.6; loyalty ends at a call, unknown.
    close(trajectory.end, 0.6);
    close(trajectory.end_coverage, 8.0 / 15.0);
    // Shop to desk 3/4 * 0.41, desk to home 2/5 * 0.16, desk to desk 2/15 * 1.01; 77/60 changes.
    close(trajectory.swing, f64::sqrt(3037.0 / 7700.0));
    turns(&trajectory.falls, &[("shop", "desk", 0.75, -0.35)]);
    // Kept to home 2/5 * 0.4; broken and again 2/15 * (3/20 + 3/5).
    turns(
        &trajectory.rises,
        &[
            ("desk", "home", 0.4, 0.4),
            ("desk", "desk", 2.0 / 15.0, 0.75),
        ],
    );
    assert_eq!(trajectory.rises[0].when, Some(PromiseResult::Kept));
}

/// With c = 1/2 + a/2 at a call, a journey at the desk meets only what a threshold allows with probability a:
///
/// | worst at least | a | |
/// |---|---|---|
/// | -0.2 | 24 a = 6 + 6 c + (a + c + 1) + 6 c | 9/11 |
/// | 0    | a = 1/4 + c/4 + c/4 | 2/3 |
/// | 0.5  | a = 1/4 + c/4 | 3/7 |
/// | 0.6  | the same, from the web only | 3/28 |
///
/// | best at most | a | |
/// |---|---|---|
/// | -1   | 24 a = a + c + 1, from the web only | 1/15, 1/60 |
/// | -0.2 | 12 a = a + c + 1, from the web only | 1/7, 1/28 |
/// | 0    | 12 a = a + c + 1 + 3 c, from the web only | 1/3, 1/12 |
/// | 0.5  | the same | 1/3 |
/// | 0.6  | 12 a = a + 7 c + 1 | 3/5 |
///
/// | most intense among | a | |
/// |---|---|---|
/// | 0               | a = c/4, from the web only | 1/7, 1/28 |
/// | and -0.2        | 24 a = a + c + 1 + 6 c, from the web only | 3/13, 3/52 |
/// | and 0.5         | the same | 3/13 |
/// | and 0.6         | 24 a = a + c + 1 + 12 c | 5/11 |
/// | and 1, not -1   | as worst above -1 | 9/11 |
#[test]
fn extremes_over_all_rounds() {
    let trajectory = flow().trajectory();
    extreme(
        &trajectory.worst,
        // -2/11 - 0.2 * 5/33 + 0.5 * 9/28 + 0.6 * 3/28 = 9/40 - 7/33.
        17.0 / 1320.0,
        &[
            (-1.0, 2.0 / 11.0),
            (-0.2, 5.0 / 33.0),
            (0.0, 5.0 / 21.0),
            (0.5, 9.0 / 28.0),
            (0.6, 3.0 / 28.0),
        ],
    );
    extreme(
        &trajectory.best,
        // (-70 - 16 + 525 + 672 + 1680) / 4200.
        2791.0 / 4200.0,
        &[
            (-1.0, 1.0 / 60.0),
            (-0.2, 2.0 / 105.0),
            (0.0, 1.0 / 21.0),
            (0.5, 1.0 / 4.0),
            (0.6, 4.0 / 15.0),
            (1.0, 2.0 / 5.0),
        ],
    );
    // -0.2 * 2/91 + 0.5 * 9/52 + 0.6 * 32/143 + 4/11 - 2/11.
    let peak = 3189.0 / 8008.0;
    close(trajectory.peak, peak);
    close(trajectory.peak_end, f64::midpoint(peak, 0.6));
    let peak_end = f64::midpoint(peak, 0.6);
    close(
        trajectory.remembered,
        f64::midpoint(peak_end, 203.0 / 550.0),
    );
    assert_eq!(trajectory.rounded_to, None);
    // Theta moves what is remembered from the mean to peak and end.
    for (theta, remembered) in [(0.0, 203.0 / 550.0), (1.0, peak_end)] {
        let options = TrajectoryOptions::new().theta(theta);
        close(flow().trajectory_with(&options).remembered, remembered);
    }
}

#[test]
fn paths_through_the_loop() {
    let trajectory = flow().trajectory();
    let paths = &trajectory.paths;
    assert_eq!(paths.len(), 10);
    // 3/4 * 7/12 * 1/2.
    path(&paths[0], &["shop", "desk", "call"], "loyalty", 7.0 / 32.0);
    // 3/4 * 1/4.
    path(&paths[1], &["shop", "desk", "home"], "unstated", 3.0 / 16.0);
    path(&paths[2], &["web", "desk", "call"], "loyalty", 7.0 / 96.0);
    // 7/32 * 7/24.
    path(
        &paths[3],
        &["shop", "desk", "call", "desk", "call"],
        "loyalty",
        49.0 / 768.0,
    );
    // Then two of 1/16, and 7/32 * 1/4.
    close(paths[4].probability, 1.0 / 16.0);
    close(paths[5].probability, 1.0 / 16.0);
    path(
        &paths[6],
        &["shop", "desk", "call", "desk", "home"],
        "unstated",
        7.0 / 128.0,
    );
    // To the call go 1/4 kept at 0.6, 1/12 broken at -0.6, 1/4 unknown at 0: 1/10 over 7/12.
    close(paths[0].valences[1], 6.0 / 35.0);
    close(paths[1].valences[1], 0.6);
    assert_eq!(paths[0].valences[2], None);
    assert_eq!(paths[2].valences[0], None);
}

#[test]
fn the_pain_at_the_desk() {
    let report = flow().report();
    let [desk] = &report.pain_points[..] else {
        panic!("{:?}", report.pain_points);
    };
    assert_eq!(desk.id, "desk");
    close(desk.share, 1.0);
    close(desk.mean, 0.15);
    close(desk.churn_after, 2.0 / 15.0);
    causes(
        desk,
        &[
            // 0.24 over 8/5 visits.
            (PainCauseKind::NegativeEmotion, 0.15),
            (PainCauseKind::BrokenPromise, 0.25),
            (PainCauseKind::NoMandate, 0.25),
            (PainCauseKind::Repetition, 1.6),
            // From calls 7/15 of 8/5 visits; those who stay at the desk come from no other touchpoint.
            (PainCauseKind::NotRecognised, 7.0 / 24.0),
            (PainCauseKind::DropOff, 1.0 / 12.0),
        ],
    );
    // Home is after the desk, and nobody comes by the ghost.
    assert_eq!(desk.promise_made_at, ["shop"]);
}

#[test]
fn two_channels_of_which_one_is_unknown() {
    let report = flow().report();
    let [need] = &report.channels.needs[..] else {
        panic!()
    };
    close(need.exposure, 38.0 / 15.0);
    let [pair] = &need.pairs[..] else { panic!() };
    assert_eq!((pair.a.as_str(), pair.b.as_str()), ("phone", "store"));
    assert_eq!(pair.distance, None);
    assert_eq!(pair.mean_difference, None);
    assert_eq!(pair.kept_rate_difference, None);
    assert_eq!(pair.contradiction, None);
    // Everybody is at the desk.
    close(pair.both.unwrap(), 7.0 / 11.0);
    // Kept 4/5, broken 2/5.
    close(need.channels[1].kept_rate, 2.0 / 3.0);
    assert_eq!(
        (need.inconsistency, report.channels.inconsistency),
        (None, None)
    );

    let has = |warning: &Warning| report.warnings.contains(warning);
    let ids = |ids: &[&str]| ids.iter().map(|&id| id.to_owned()).collect::<Vec<_>>();
    assert!(has(&Warning::Unreachable {
        touchpoints: ids(&["ghost"])
    }));
    assert!(has(&Warning::NoEmotion {
        touchpoints: ids(&["web", "call"])
    }));
    assert!(has(&Warning::DeadEnd {
        touchpoints: ids(&["home"])
    }));
    assert_eq!(report.warnings.len(), 3, "{:?}", report.warnings);
}
