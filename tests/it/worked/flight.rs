//! The delayed flight of the document's description.
//!
//! ```text
//! booking (0.82) -1-> notice -kept 7/20-> review (0.7) -> advocacy
//!                            -broken 13/20-> call (-0.4) -1/2-> review
//!                                                        -1/2-> churn
//! ```
//!
//! Feelings at the notice: relief 0.55 where kept; where broken anger at 0.8 (-0.62 * 0.8 = -0.496) in 3 of 4 visits,
//! -0.2 in one: mean -0.372 - 0.05 = -0.422.

use super::{causes, close, counts, extreme, outcomes, path, phase, seen_from, touchpoint, turns};
use customer_journey::analysis::{ArcShape, PainCauseKind};
use customer_journey::journey::Shade;
use customer_journey::{
    Ability, Channel, Emotion, Evidence, Feeling, Journey, Outcome, Phase, Promise, PromiseResult,
    Report, Touchpoint, Transition,
};

fn journey() -> Journey {
    Journey::builder("Delayed flight")
        .touchpoint(
            Touchpoint::new("booking", Phase::Before, Channel::Web)
                .name("Books on the web")
                .feels(Feeling::Excitement)
                .makes("keep me informed")
                .starts(1.0),
        )
        .touchpoint(
            Touchpoint::new("notice", Phase::During, Channel::Sms)
                .name("Delay notice")
                .stage("Airport")
                .owner("Operations")
                .need("delay information")
                .says("Departs 18:40")
                .promise(Promise::new("keep me informed").kept(35.0).broken(65.0))
                .feels("relief")
                .feels_when_broken(Emotion::mix([
                    Feeling::Anger.at(0.8).weight(3.0),
                    Shade::valence(-0.2),
                ]))
                .intended("calmness")
                .can(Ability::Recognise)
                .evidence(Evidence::Observed),
        )
        .touchpoint(
            Touchpoint::new("call", Phase::During, Channel::Phone)
                .name("Calls the centre")
                .owner("Service")
                .need("delay information")
                .says("Cancelled")
                .feels(-0.4)
                .can(Ability::Resolve)
                .can(Ability::Listen)
                .ends(Outcome::Churn, 1.0),
        )
        .touchpoint(
            Touchpoint::new("review", Phase::After, Channel::Social)
                .name("Tells a friend")
                .feels(Feeling::Satisfaction)
                .ends(Outcome::Advocacy, 1.0),
        )
        .transition("booking", "notice", 1.0)
        .connect(
            "notice",
            "review",
            Transition::new(1.0)
                .when(PromiseResult::Kept)
                .wait_s(86_400.0),
        )
        .transition_when(PromiseResult::Broken, "notice", "call", 1.0)
        .transition("call", "review", 1.0)
        .build()
        .unwrap()
}

fn report() -> Report {
    journey().flow().unwrap().report()
}

#[test]
fn flow() {
    let report = report();
    assert_eq!(report.journey, "Delayed flight");
    assert_eq!(report.format, "customer-journey-report/1");
    // Reviews: 7/20 + 13/20 * 1/2 = 27/40. Moments: 1 + 1 + 13/20 + 27/40 = 133/40.
    close(report.length, 133.0 / 40.0);
    close(report.wait_s, 86_400.0 * 7.0 / 20.0);
    outcomes(
        &report,
        &[("advocacy", 27.0 / 40.0), ("churn", 13.0 / 40.0)],
    );
    counts(&report, "booking", [1.0, 1.0, 0.0, 0.0]);
    // Hurt: 13/20 * 0.422.
    counts(&report, "notice", [1.0, 1.0, 0.2743, 0.65]);
    // Hurt: 13/20 * 0.4.
    counts(&report, "call", [0.65, 0.65, 0.26, 0.0]);
    counts(&report, "review", [0.675, 0.675, 0.0, 0.0]);

    for (id, remaining, wait) in [
        ("booking", 133.0 / 40.0, 30_240.0),
        ("notice", 93.0 / 40.0, 30_240.0),
        ("call", 1.5, 0.0),
        ("review", 1.0, 0.0),
    ] {
        close(touchpoint(&report, id).remaining, remaining);
        close(touchpoint(&report, id).remaining_wait_s, wait);
    }
}

#[test]
fn what_each_touchpoint_means_for_the_endings() {
    let report = report();
    let (churn, advocacy) = (13.0 / 40.0, 27.0 / 40.0);
    seen_from(&report, "booking", "churn", [churn, 1.0, 1.0, 0.0]);
    // 7/20 * |0 - 13/40| + 13/20 * |1/2 - 13/40| = 7/20 * 13/40 + 13/20 * 7/40 = 182/800.
    seen_from(&report, "notice", "churn", [churn, 1.0, 1.0, 182.0 / 800.0]);
    seen_from(
        &report,
        "notice",
        "advocacy",
        [advocacy, 1.0, 1.0, 182.0 / 800.0],
    );
    // Lift 1/2 over 13/40; decides 13/20 * 1/2, whichever way is taken.
    seen_from(
        &report,
        "call",
        "churn",
        [0.5, 20.0 / 13.0, 1.0, 13.0 / 40.0],
    );
    // 13/20 * 1/2 of the 27/40 advocates called.
    seen_from(
        &report,
        "call",
        "advocacy",
        [0.5, 20.0 / 27.0, 13.0 / 27.0, 13.0 / 40.0],
    );
    seen_from(&report, "review", "churn", [0.0; 4]);
    seen_from(&report, "review", "advocacy", [1.0, 40.0 / 27.0, 1.0, 0.0]);

    let flow = journey().flow().unwrap();
    let truths = flow.moments_of_truth(&Outcome::Churn);
    let ids: Vec<&str> = truths.iter().map(|truth| truth.id.as_str()).collect();
    assert_eq!(ids, ["call", "notice"]);
    close(truths[0].decides_per_visit, 0.5);
    close(truths[1].decides_per_visit, 182.0 / 800.0);
    close(truths[1].probability, churn);
    assert!(flow.moments_of_truth(&Outcome::Loyalty).is_empty());
}

#[test]
fn trajectory() {
    let trajectory = report().trajectory;
    let [before, during, after] = &trajectory.phases[..] else {
        panic!("{:?}", trajectory.phases);
    };
    phase(before, [1.0, 1.0, 1.0, 0.82, 0.0, 1.0, 0.0, 0.0]);
    // 0.35 of 0.55, 0.4875 of -0.496, 0.1625 of -0.2 and 0.65 of -0.4 over 1.65 moments.
    let mean = (0.1925 - 0.2743 - 0.26) / 1.65;
    let squares = (0.35 * 0.3025 + 0.4875 * 0.246_016 + 0.1625 * 0.04 + 0.65 * 0.16) / 1.65;
    let sd = f64::sqrt(squares - mean * mean);
    phase(
        during,
        [1.0, 1.65, 1.0, mean, sd, 7.0 / 33.0, 0.0, 26.0 / 33.0],
    );
    phase(after, [0.675, 0.675, 1.0, 0.7, 0.0, 1.0, 0.0, 0.0]);

    // The second: 0.35 * 0.55 - 0.65 * 0.422. The third: 0.35 reviews and 0.65 calls.
    let curve = [(0.82, 1.0), (-0.0818, 1.0), (-0.015, 1.0), (0.7, 0.325)];
    assert_eq!(trajectory.curve.len(), curve.len());
    for (point, (mean, travelling)) in trajectory.curve.iter().zip(curve) {
        close(point.mean, mean);
        close(point.travelling, travelling);
    }

    // 0.82 - 0.0818 - 0.26 + 0.675 * 0.7 over 3.325 moments.
    let mean = 0.9507 / 3.325;
    close(trajectory.mean, mean);
    close(trajectory.coverage, 1.0);
    // 0.675 * 0.7 - 0.325 * 0.4.
    close(trajectory.end, 0.3425);
    close(trajectory.end_coverage, 1.0);
    close(trajectory.peak, 0.82);
    close(trajectory.peak_end, 0.58125);
    close(trajectory.remembered, f64::midpoint(0.58125, mean));
    // Booking to notice, notice to review, notice to call, call to review; 2.325 changes.
    let squares = 0.35 * 0.27 * 0.27
        + 0.4875 * 1.316 * 1.316
        + 0.1625 * 1.02 * 1.02
        + 0.35 * 0.15 * 0.15
        + 0.4875 * 0.096 * 0.096
        + 0.1625 * 0.2 * 0.2
        + 0.325 * 1.1 * 1.1;
    close(trajectory.swing, f64::sqrt(squares / 2.325));

    extreme(&trajectory.best, 0.82, &[(0.82, 1.0)]);
    extreme(
        &trajectory.worst,
        0.35 * 0.55 - 0.4875 * 0.496 - 0.1625 * 0.4,
        &[(-0.496, 0.4875), (-0.4, 0.1625), (0.55, 0.35)],
    );
    close(trajectory.worst.at_most(-0.4), 0.65);
    close(trajectory.worst.at_most(-0.45), 0.4875);
    close(trajectory.worst.at_most(-1.0), 0.0);
    close(trajectory.worst.at_most(1.0), 1.0);

    turns(
        &trajectory.falls,
        &[("booking", "notice", 1.0, -0.0818 - 0.82)],
    );
    // 0.3575, 0.0525 and 0.0143.
    turns(
        &trajectory.rises,
        &[
            ("call", "review", 0.325, 1.1),
            ("notice", "review", 0.35, 0.15),
            ("notice", "call", 0.65, 0.022),
        ],
    );
}

#[test]
fn paths() {
    let trajectory = report().trajectory;
    let paths = &trajectory.paths;
    assert_eq!(paths.len(), 3);
    close(trajectory.paths_coverage, 1.0);
    path(
        &paths[0],
        &["booking", "notice", "review"],
        "advocacy",
        0.35,
    );
    path(&paths[1], &["booking", "notice", "call"], "churn", 0.325);
    path(
        &paths[2],
        &["booking", "notice", "call", "review"],
        "advocacy",
        0.325,
    );
    // Those who review had their promise kept, those who call had not.
    for (valence, expected) in paths[0].valences.iter().zip([0.82, 0.55, 0.7]) {
        close(*valence, expected);
    }
    for (valence, expected) in paths[2].valences.iter().zip([0.82, -0.422, -0.4, 0.7]) {
        close(*valence, expected);
    }
    // About the mean 0.69: 0.13, -0.14, 0.01; squares 0.0366. c1^2 = 2/3 * 3/4 * 0.12^2 = 0.0072,
    // c2^2 = 2/3 * (0.41 - 0.55 + 0.35)^2 = 0.0294.
    assert_eq!(paths[0].arc, Some(ArcShape::ManInAHole));
    close(paths[0].confidence, 49.0 / 61.0);
    // c1^2 = 1.22^2 / 2 = 0.7442, c2^2 = 2/3 * (0.41 + 0.422 - 0.2)^2.
    assert_eq!(paths[1].arc, Some(ArcShape::RichesToRags));
    let second = 2.0 / 3.0 * 0.632 * 0.632;
    close(paths[1].confidence, 0.7442 / (0.7442 + second));
    assert_eq!(paths[2].arc, Some(ArcShape::ManInAHole));
}

#[test]
fn pain_points() {
    let pains = report().pain_points;
    assert_eq!(pains.len(), 2);
    let [notice, call] = &pains[..] else { panic!() };
    assert_eq!(
        (notice.id.as_str(), notice.label.as_str()),
        ("notice", "Delay notice")
    );
    assert_eq!(
        (call.id.as_str(), call.owner.as_deref()),
        ("call", Some("Service"))
    );
    close(notice.share, 2743.0 / 5343.0);
    close(call.share, 2600.0 / 5343.0);
    close(notice.churn_after, 0.325);
    close(call.churn_after, 0.5);
    close(notice.mean, -0.0818);
    assert_eq!(notice.promise.as_deref(), Some("keep me informed"));
    assert_eq!(notice.promise_made_at, ["booking"]);
    assert!(call.promise_made_at.is_empty());
    causes(
        notice,
        &[
            (PainCauseKind::NegativeEmotion, 0.2743),
            (PainCauseKind::BrokenPromise, 0.65),
            (PainCauseKind::NoMandate, 0.65),
            (PainCauseKind::Contradiction, 1.0),
        ],
    );
    causes(
        call,
        &[
            (PainCauseKind::NegativeEmotion, 0.4),
            (PainCauseKind::NotRecognised, 1.0),
            (PainCauseKind::Contradiction, 1.0),
            (PainCauseKind::DropOff, 0.5),
        ],
    );
}

#[test]
fn channels_evidence_warnings() {
    let report = report();
    let [need] = &report.channels.needs[..] else {
        panic!()
    };
    assert_eq!(need.need, "delay information");
    close(need.exposure, 1.65);
    let [phone, sms] = &need.channels[..] else {
        panic!()
    };
    assert_eq!(
        (phone.channel.as_str(), sms.channel.as_str()),
        ("phone", "sms")
    );
    close(phone.exposure, 0.65);
    close(phone.mean, -0.4);
    assert_eq!(phone.kept_rate, None);
    assert_eq!(phone.says, ["Cancelled"]);
    close(sms.mean, -0.0818);
    close(sms.kept_rate, 0.35);
    let [pair] = &need.pairs[..] else { panic!() };
    assert_eq!((pair.a.as_str(), pair.b.as_str()), ("phone", "sms"));
    close(pair.mean_difference, -0.3182);
    // From -0.4: 0.4875 * 0.096 + 0.1625 * 0.2 + 0.35 * 0.95 = 0.4118.
    close(pair.distance, 0.2059);
    assert_eq!(pair.kept_rate_difference, None);
    assert_eq!(pair.contradiction, Some(true));
    close(pair.both.unwrap(), 0.65);
    assert_eq!(pair.verdict, None);
    close(need.inconsistency, f64::midpoint(0.2059, 1.0));
    close(report.channels.inconsistency, 0.602_95);

    let evidence: Vec<_> = report.evidence.iter().map(|e| e.evidence).collect();
    assert_eq!(evidence, [Evidence::Assumed, Evidence::Observed]);
    close(report.evidence[0].share, 93.0 / 133.0);
    close(report.evidence[1].share, 40.0 / 133.0);
    assert!(report.warnings.is_empty(), "{:?}", report.warnings);
}
