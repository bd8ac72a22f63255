use super::{at, flow, near};
use crate::journey::{Channel, Emotion, Journey, Phase, Shade, Touchpoint};
use crate::view::trajectory::TrajectoryChart;
use crate::view::valence::Tone;

#[test]
fn a_phase_shows_its_spread_and_how_many_feel_good_and_bad() {
    let mixed = Emotion::mix([
        Shade::valence(-0.5).weight(1.0),
        Shade::valence(0.5).weight(1.0),
    ]);
    let drawn = Journey::builder("chart")
        .touchpoint(Touchpoint::new("before", Phase::Before, Channel::Web).feels(0.05))
        .touchpoint(at("during").feels(mixed))
        .touchpoint(Touchpoint::new("after", Phase::After, Channel::Web))
        .transition("before", "during", 1.0)
        .transition("during", "after", 1.0);
    let trajectory = flow(drawn).trajectory();
    let chart = TrajectoryChart::of(&trajectory);
    let [before, during, after] = &chart.phases[..] else {
        panic!("{:?}", chart.phases)
    };
    // Everybody feels the same.
    assert_eq!((before.mean, before.spread), (Some(0.05), None));
    assert_eq!(before.shares, [(Tone::Neutral, 1.0)]);
    // The standard deviation of -0.5 and 0.5 is 0.5.
    let Some((low, high)) = during.spread else {
        panic!("feelings differ")
    };
    assert!(near(low, -0.5) && near(high, 0.5));
    assert_eq!(during.shares, [(Tone::Good, 0.5), (Tone::Bad, 0.5)]);
    // Nobody knows.
    assert_eq!(
        (after.mean, after.spread, after.shares.len()),
        (None, None, 0)
    );
    assert!(near(after.reach, 1.0));
    let means: Vec<Option<f64>> = chart.moments.iter().map(|moment| moment.mean).collect();
    assert_eq!(means, [Some(0.05), Some(0.0), None]);
    assert!(chart.mean.is_some_and(|mean| near(mean, 0.025)));
    assert!(near(chart.coverage, 2.0 / 3.0));
    // Half of the journeys meet -0.5 and 0.05, the others 0.05 and 0.5.
    assert!(chart.worst.is_some_and(|worst| near(worst, -0.225)));
    assert!(chart.best.is_some_and(|best| near(best, 0.275)));
    assert_eq!(
        (chart.end, chart.remembered),
        (trajectory.end, trajectory.remembered)
    );
    assert_eq!(chart.end, None);
}
