//! A report's figures by name, and how two sets of figures are compared.

use crate::counts::Figures;
use customer_journey::Report;
use customer_journey::analysis::{ChannelConsistency, TouchpointFigures, Trajectory};

/// Every number of a report, under the names of `Counts::figures`.
pub(crate) fn figures(report: &Report) -> Figures {
    let mut figures = Figures::new();
    let mut put = |name: String, value: Option<f64>| {
        assert!(value.is_none_or(f64::is_finite), "{name}: {value:?}");
        assert!(figures.insert(name.clone(), value).is_none(), "{name}");
    };
    put("length".into(), Some(report.length));
    put("wait_s".into(), report.wait_s);
    for share in &report.outcomes {
        put(
            format!("outcome/{}", share.outcome),
            Some(share.probability),
        );
        // Nothing in these journeys rests on counts alone.
        assert!(share.standard_error.is_none_or(|error| error >= 0.0));
    }
    for share in &report.evidence {
        put(format!("evidence/{}", share.evidence), Some(share.share));
    }
    for touchpoint in &report.touchpoints {
        at_touchpoint(touchpoint, &mut put);
    }
    for pain in &report.pain_points {
        let id = &pain.id;
        let figures = report.touchpoints.iter().find(|t| t.id == *id).unwrap();
        assert_eq!(pain.hurt, figures.hurt);
        assert_eq!(pain.broken, figures.broken);
        assert_eq!(pain.visits, figures.visits);
        assert_eq!(pain.reach, figures.reach);
        assert_eq!(pain.repeats, figures.repeats);
        let churn = |o: &&customer_journey::analysis::OutcomeFigures| o.outcome.as_str() == "churn";
        let churn_after = figures.outcomes.iter().find(churn).map(|o| o.probability);
        assert_eq!(pain.churn_after, churn_after);
        let hurts = report
            .touchpoints
            .iter()
            .any(|t| t.hurt.is_some_and(|hurt| hurt > 0.0));
        put(format!("pain/{id}/share"), pain.share.filter(|_| hurts));
        put(format!("pain/{id}/mean"), pain.mean);
    }
    trajectory(&report.trajectory, &mut put);
    channels(&report.channels, &mut put);
    figures
}

fn at_touchpoint(touchpoint: &TouchpointFigures, put: &mut impl FnMut(String, Option<f64>)) {
    let id = &touchpoint.id;
    put(format!("visits/{id}"), Some(touchpoint.visits));
    put(format!("reach/{id}"), touchpoint.reach);
    put(format!("hurt/{id}"), touchpoint.hurt);
    put(format!("broken/{id}"), Some(touchpoint.broken));
    put(format!("repeats/{id}"), touchpoint.repeats);
    put(format!("remaining/{id}"), touchpoint.remaining);
    put(format!("remaining_wait/{id}"), touchpoint.remaining_wait_s);
    for figures in &touchpoint.outcomes {
        let name = &figures.outcome;
        if touchpoint.visits == 0.0 {
            assert_eq!((figures.decides, figures.lift), (0.0, None));
            continue;
        }
        put(format!("then/{id}/{name}"), Some(figures.probability));
        put(format!("lift/{id}/{name}"), figures.lift);
        put(format!("coverage/{id}/{name}"), figures.coverage);
        put(format!("decides/{id}/{name}"), Some(figures.decides));
    }
}

fn trajectory(trajectory: &Trajectory, put: &mut impl FnMut(String, Option<f64>)) {
    for figures in &trajectory.phases {
        let phase = figures.phase;
        put(format!("{phase}/reach"), Some(figures.reach));
        put(format!("{phase}/moments"), Some(figures.moments));
        put(format!("{phase}/coverage"), figures.coverage);
        put(format!("{phase}/mean"), figures.mean);
        put(format!("{phase}/sd"), figures.sd);
        put(format!("{phase}/positive"), figures.positive);
        put(format!("{phase}/neutral"), figures.neutral);
        put(format!("{phase}/negative"), figures.negative);
    }
    for (k, point) in trajectory.curve.iter().enumerate() {
        put(format!("curve/{k}/travelling"), Some(point.travelling));
        put(format!("curve/{k}/mean"), point.mean);
    }
    put("mean".into(), trajectory.mean);
    put("coverage".into(), Some(trajectory.coverage));
    put("end".into(), trajectory.end);
    put("end_coverage".into(), Some(trajectory.end_coverage));
    put("peak".into(), trajectory.peak);
    put("peak_end".into(), trajectory.peak_end);
    put("remembered".into(), trajectory.remembered);
    put("swing".into(), trajectory.swing);
    for (name, extreme) in [("worst", &trajectory.worst), ("best", &trajectory.best)] {
        put(format!("{name}/mean"), extreme.mean);
        for chance in &extreme.distribution {
            // Without the sign of a zero.
            let valence = chance.valence + 0.0;
            put(format!("{name}/{valence}"), Some(chance.probability));
        }
    }
    assert!(trajectory.falls.iter().all(|turn| turn.change < 0.0));
    assert!(trajectory.rises.iter().all(|turn| turn.change > 0.0));
    for turn in trajectory.falls.iter().chain(&trajectory.rises) {
        if turn.change.abs() > 1e-9 {
            let when = turn.when.map_or("-", |result| result.as_str());
            let name = format!("turn/{}/{}/{when}", turn.from, turn.to);
            put(format!("{name}/flow"), Some(turn.flow));
            put(format!("{name}/change"), Some(turn.change));
        }
    }
}

fn channels(channels: &ChannelConsistency, put: &mut impl FnMut(String, Option<f64>)) {
    put("inconsistency".into(), channels.inconsistency);
    for need in &channels.needs {
        let met = |name: &str| {
            let mut channels = need.channels.iter();
            channels.any(|figures| figures.channel == name && figures.exposure > 0.0)
        };
        if need.channels.iter().filter(|c| c.exposure > 0.0).count() < 2 {
            assert_eq!(need.inconsistency, None);
            continue;
        }
        let at = &need.need;
        put(format!("need/{at}/exposure"), Some(need.exposure));
        put(format!("need/{at}/inconsistency"), need.inconsistency);
        for figures in need.channels.iter().filter(|c| met(&c.channel)) {
            let name = format!("channel/{at}/{}", figures.channel);
            put(format!("{name}/exposure"), Some(figures.exposure));
            put(format!("{name}/mean"), figures.mean);
            put(format!("{name}/kept"), figures.kept_rate);
        }
        for pair in &need.pairs {
            if !(met(&pair.a) && met(&pair.b)) {
                assert_eq!((pair.both, pair.inconsistency()), (Some(0.0), None));
                continue;
            }
            let name = format!("pair/{at}/{}/{}", pair.a, pair.b);
            let contradiction = pair.contradiction.map(|yes| f64::from(u8::from(yes)));
            put(format!("{name}/mean_difference"), pair.mean_difference);
            put(format!("{name}/distance"), pair.distance);
            put(
                format!("{name}/kept_rate_difference"),
                pair.kept_rate_difference,
            );
            put(format!("{name}/contradiction"), contradiction);
            put(format!("{name}/both"), pair.both);
            put(format!("{name}/inconsistency"), pair.inconsistency());
        }
    }
}

/// Names the figures that differ by more than `tolerance`, which is relative for those greater than 1.
///
/// A figure that only one side lists must be 0 or unknown there: lists may leave out what does not occur.
pub(crate) fn differences(got: &Figures, expected: &Figures, tolerance: f64) -> Vec<String> {
    let mut wrong = Vec::new();
    let names: std::collections::BTreeSet<_> = got.keys().chain(expected.keys()).collect();
    for name in names {
        let agree = match (got.get(name), expected.get(name)) {
            (Some(Some(a)), Some(Some(b))) => (a - b).abs() <= tolerance * b.abs().max(1.0),
            (Some(a), Some(b)) => a == b,
            (Some(one), None) | (None, Some(one)) => one.is_none_or(|x| x.abs() <= tolerance),
            (None, None) => unreachable!(),
        };
        if !agree {
            wrong.push(format!(
                "{name}: {:?} instead of {:?}",
                got.get(name),
                expected.get(name)
            ));
        }
    }
    wrong
}

/// Stops where figures differ.
pub(crate) fn assert_close(
    got: &Figures,
    expected: &Figures,
    tolerance: f64,
    of: &dyn std::fmt::Debug,
) {
    let wrong = differences(got, expected, tolerance);
    assert!(wrong.is_empty(), "{}\n{of:?}", wrong.join("\n"));
}
