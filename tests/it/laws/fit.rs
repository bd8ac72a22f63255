//! What must hold within any report.

use super::SAME;
use customer_journey::Report;
use customer_journey::analysis::{PainPoint, TurningPoint};

/// Shares are in 0..=1, here but for rounding.
#[track_caller]
fn chance(p: f64) {
    assert!((0.0..=1.0 + SAME).contains(&p), "{p}");
}

/// Stops where figures of one report do not fit together.
pub(super) fn fits(report: &Report) {
    let one = |sum: f64| assert!((sum - 1.0).abs() < SAME, "{sum}");
    one(report.outcomes.iter().map(|o| o.probability).sum());
    one(report.evidence.iter().map(|e| e.share).sum());
    report.outcomes.iter().for_each(|o| chance(o.probability));
    touchpoints(report, one);
    if !report.pain_points.is_empty() && report.pain_points.iter().any(|pain| pain.hurt > Some(0.0))
    {
        one(report
            .pain_points
            .iter()
            .filter_map(|pain| pain.share)
            .sum());
    }
    let worst_first = |a: &PainPoint, b: &PainPoint| {
        let [a_hurt, b_hurt] = [a, b].map(|pain| pain.hurt.unwrap_or(0.0));
        a_hurt > b_hurt || (a_hurt == b_hurt && a.id < b.id)
    };
    assert!(report.pain_points.is_sorted_by(worst_first));

    let trajectory = &report.trajectory;
    let moments: f64 = trajectory.phases.iter().map(|phase| phase.moments).sum();
    assert!((moments / report.length - 1.0).abs() < SAME);
    for phase in &trajectory.phases {
        chance(phase.reach);
        assert!(phase.moments >= phase.reach - SAME);
        if let (Some(a), Some(b), Some(c)) = (phase.positive, phase.neutral, phase.negative) {
            one(a + b + c);
            assert!(phase.sd.unwrap() >= 0.0);
        }
    }
    let curve = &trajectory.curve;
    assert!((curve[0].travelling - 1.0).abs() < SAME);
    assert!(curve.is_sorted_by(|a, b| a.travelling >= b.travelling - SAME));
    assert!(curve.iter().map(|point| point.travelling).sum::<f64>() <= report.length + SAME);
    if let (Some(worst), Some(best)) = (trajectory.worst.mean, trajectory.best.mean) {
        let peak = trajectory.peak.unwrap();
        assert!(worst <= peak + SAME && peak <= best + SAME);
        for extreme in [&trajectory.worst, &trajectory.best] {
            one(extreme.distribution.iter().map(|c| c.probability).sum());
            extreme
                .distribution
                .iter()
                .for_each(|c| chance(c.probability));
        }
        for chance in &trajectory.best.distribution {
            let (worst, best) = (&trajectory.worst, &trajectory.best);
            let v = chance.valence;
            assert!(worst.at_most(v).unwrap() >= best.at_most(v).unwrap() - SAME);
        }
    }
    for (turns, sign) in [(&trajectory.falls, -1.0), (&trajectory.rises, 1.0)] {
        assert!(
            turns
                .iter()
                .all(|turn| turn.flow > 0.0 && sign * turn.change > 0.0)
        );
        let strength = |turn: &TurningPoint| turn.flow * turn.change.abs();
        assert!(turns.is_sorted_by(|a, b| strength(a) >= strength(b)));
    }
    let paths = &trajectory.paths;
    // But for rounding: of equally likely ones the shorter comes first.
    assert!(paths.is_sorted_by(|a, b| a.probability >= b.probability * (1.0 - SAME)));
    let listed: f64 = paths.iter().map(|path| path.probability).sum();
    assert!((listed - trajectory.paths_coverage).abs() < SAME);

    for need in &report.channels.needs {
        let exposure: f64 = need.channels.iter().map(|channel| channel.exposure).sum();
        assert!((exposure - need.exposure).abs() <= SAME * exposure);
        assert!(need.channels.is_sorted_by(|a, b| a.channel < b.channel));
        assert!(need.pairs.is_sorted_by(|a, b| (&a.a, &a.b) < (&b.a, &b.b)));
        let n = need.channels.len();
        assert_eq!(need.pairs.len(), n * (n - 1) / 2);
        for pair in &need.pairs {
            assert!(pair.a < pair.b);
            chance(pair.both.unwrap());
            need.inconsistency.into_iter().for_each(|p| chance(p));
            pair.inconsistency().into_iter().for_each(|p| chance(p));
            pair.distance.into_iter().for_each(|p| chance(p));
            if let (Some(distance), Some(difference)) = (pair.distance, pair.mean_difference) {
                assert!(distance >= difference.abs() / 2.0 - SAME);
            }
        }
    }
    assert!(report.channels.needs.is_sorted_by(|a, b| a.need < b.need));
}

fn touchpoints(report: &Report, one: impl Fn(f64)) {
    let visits: f64 = report.touchpoints.iter().map(|t| t.visits).sum();
    assert!((visits / report.length - 1.0).abs() < SAME);
    for figures in &report.touchpoints {
        let reach = figures.reach.unwrap();
        chance(reach);
        let is_known = figures.coverage > 0.0 || figures.visits <= 0.0;
        assert_eq!(figures.hurt.is_some(), is_known);
        let hurt = figures.hurt.unwrap_or(0.0);
        assert!(hurt >= 0.0 && figures.broken >= 0.0);
        let most = figures.visits * (1.0 + SAME);
        assert!(hurt <= most && figures.broken <= most);
        if let Some(repeats) = figures.repeats {
            assert!(repeats >= 1.0 - SAME);
            assert!((figures.visits - reach * repeats).abs() < SAME * figures.visits);
            one(figures.outcomes.iter().map(|o| o.probability).sum());
        }
        for outcome in &figures.outcomes {
            chance(outcome.probability);
            assert!(outcome.decides >= 0.0 && outcome.decides <= figures.visits * (1.0 + SAME));
            if let Some(coverage) = outcome.coverage {
                chance(coverage);
                if reach > 1.0 - 1e-14 {
                    // All journeys pass, so all with this outcome do.
                    one(coverage);
                }
            }
        }
    }
}
