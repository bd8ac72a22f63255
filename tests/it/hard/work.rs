//! Inputs that cost too much if one is careless.

use customer_journey::analysis::TrajectoryOptions;
use customer_journey::journey::Shade;
use customer_journey::{Channel, Emotion, FixKind, Journey, Outcome, Phase, Touchpoint};

use crate::generate::Rng;

fn at(id: impl Into<String>) -> Touchpoint {
    Touchpoint::new(id, Phase::During, Channel::Web)
}

/// A mix of 100,000 shades at one touchpoint, of 2,001 different valences: best and worst are its highest and lowest.
#[test]
fn a_mix_of_many_shades_is_sorted_and_not_searched() {
    let valence = |k: u32| (f64::from(k % 2001) - 1000.0) / 1000.0;
    let shades = (0..100_000).map(|k| Shade::valence(valence(k)).weight(1.0));
    let flow = Journey::builder("shades")
        .touchpoint(at("a").feels(Emotion::mix(shades)))
        .build()
        .unwrap()
        .flow()
        .unwrap();
    let trajectory = flow.trajectory();
    let mean: f64 = (0..100_000).map(valence).sum::<f64>() / 100_000.0;
    for of in [trajectory.worst.mean, trajectory.best.mean, trajectory.mean] {
        assert!((of.unwrap() - mean).abs() < 1e-12, "{of:?} for {mean}");
    }
}

/// 20,000 touchpoints with three ways each to anywhere, too entangled to be eliminated: what a fix does is told within the
/// budget, as far as it goes, and silent churn alone is left unknown.
#[test]
fn fixes_of_an_entangled_map_keep_within_their_budget() {
    let mut rng = Rng::new(3);
    let n = 20_000;
    let mut map = Journey::builder("random");
    for i in 0..n {
        let feels = [-1.0, -0.5, 0.0, 0.5, 1.0][rng.below(5)];
        let touchpoint = at(format!("t{i}")).feels(feels).ends(Outcome::Churn, 0.01);
        map = map.touchpoint(if i == 0 {
            touchpoint.starts(1.0)
        } else {
            touchpoint
        });
        let mut to: Vec<usize> = Vec::new();
        while to.len() < 3 {
            let next = rng.below(n);
            if !to.contains(&next) {
                to.push(next);
                map = map.transition(
                    format!("t{i}"),
                    format!("t{next}"),
                    1.0 + rng.below(5) as f64,
                );
            }
        }
    }
    let flow = map.build().unwrap().flow().unwrap();
    assert!(flow.solver().iterated_groups > 0);
    let fixes = flow.single_fixes(FixKind::ALL);
    let told = fixes.iter().filter(|fix| fix.effect.is_some()).count();
    assert_eq!(told, fixes.len());
    let lifted = fixes
        .iter()
        .find(|fix| fix.kind == FixKind::LiftEmotion)
        .unwrap();
    let effect = lifted.effect.as_ref().unwrap();
    assert!(effect.hurt.unwrap() < 0.0 && effect.mean.unwrap() > 0.0);
    // A new flow for each would take hours; it is known where no way leads back, and of the few that fit into the budget.
    let tells = |fix: &&customer_journey::analysis::Fix| {
        fix.effect
            .as_ref()
            .is_some_and(|effect| effect.silent_churn.is_some())
    };
    let solved = fixes.iter().filter(tells).count();
    assert!(solved > 0 && 10 * solved < fixes.len(), "{solved}");
}

/// However many paths are asked for, so many are listed as people could ever look through, and their coverage is said.
#[test]
fn a_million_paths_are_limited() {
    let flow = Journey::builder("retry")
        .touchpoint(at("a").ends("x", 1.0))
        .transition("a", "a", 1.0)
        .build()
        .unwrap()
        .flow()
        .unwrap();
    let trajectory = flow.trajectory_with(&TrajectoryOptions::new().path_limit(1_000_000));
    assert!(!trajectory.paths.is_empty() && trajectory.paths.len() <= 10_000);
    let steps: usize = trajectory
        .paths
        .iter()
        .map(|path| path.touchpoints.len())
        .sum();
    assert!(steps <= 1_000_000, "{steps}");
    assert!(trajectory.paths_coverage > 0.999);
}

/// As many outcomes as touchpoints: what is not zero is kept, and nothing for every pair.
#[test]
fn figures_of_touchpoints_name_the_outcomes_that_can_follow() {
    let n = 1_500;
    let mut map = Journey::builder("square");
    for i in 0..n {
        map = map.touchpoint(at(format!("t{i}")).ends(format!("o{i}"), 1.0));
    }
    let flow = map.build().unwrap().flow().unwrap();
    let touchpoints = flow.touchpoints();
    let pairs: usize = touchpoints
        .iter()
        .map(|figures| figures.outcomes.len())
        .sum();
    assert_eq!(pairs, n);
    for (i, figures) in touchpoints.iter().enumerate() {
        assert_eq!(figures.outcomes[0].outcome, Outcome::from(format!("o{i}")));
        assert_eq!(figures.outcomes[0].probability, 1.0);
    }
}
