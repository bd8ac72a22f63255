//! Every figure of the ledger against sums over whole paths.

use crate::counts::Figures;
use crate::figures::assert_close;
use crate::generate::{Drawing, Rng, Taste, drawing};
use crate::moments::Chain;
use crate::paths::{Path, Ratios, assert_simulated, enumerate, walk};
use customer_journey::analysis::{Promises, Recovery};
use customer_journey::{Ability, Journey, PromiseResult};

/// Both sides add up some thousand probabilities.
const EXACT: f64 = 1e-11;

/// The drawing's testers take turns with two promises, and its makers with one, the other, and both.
pub(super) fn journey(drawing: &Drawing) -> Journey {
    let mut graph = drawing.journey().graph().clone();
    for (i, touchpoint) in graph.node_weights_mut().enumerate() {
        if let Some(promise) = &mut touchpoint.promise {
            tested(i).clone_into(&mut promise.name);
        }
        if !touchpoint.makes.is_empty() {
            touchpoint.makes = made(i).iter().map(|&name| name.to_owned()).collect();
        }
    }
    Journey::try_from(graph).unwrap()
}

fn tested(i: usize) -> &'static str {
    ["p", "q"][i % 2]
}

fn made(i: usize) -> &'static [&'static str] {
    [&["p"][..], &["q"], &["p", "q"]][i % 3]
}

/// Adds one path to all figures.
fn tell(chain: &Chain<'_>, ratios: &mut Ratios, path: &Path<'_>) {
    let spots = &chain.drawing.spots;
    let moment = |k: usize| &chain.moments[path.steps[k].0];
    let result = |k: usize| moment(k).result;
    let is_broken = |k: usize| result(k) == Some(PromiseResult::Broken);
    let all = 0..path.steps.len();
    let w = path.weight;
    for name in ["p", "q"] {
        let drawn = spots.iter().enumerate().any(|(i, spot)| {
            (spot.promise.is_some() && tested(i) == name) || (spot.makes && made(i).contains(&name))
        });
        if !drawn {
            continue;
        }
        let tests = |k: &usize| result(*k).is_some() && tested(moment(*k).spot) == name;
        let makes = |k: &usize| {
            let spot = moment(*k).spot;
            spots[spot].makes && made(spot).contains(&name)
        };
        let at = |figure: &str| format!("{name}/{figure}");
        ratios.add(&at("tests"), w, all.clone().filter(tests).count() as f64);
        for k in all.clone().filter(tests) {
            let known = result(k) != Some(PromiseResult::Unknown);
            ratios.count(&at("coverage"), w, known);
            if known {
                ratios.count(&at("kept_rate"), w, !is_broken(k));
            }
        }
        ratios.count(&at("reach"), w, all.clone().any(|k| tests(&k)));
        let first_break = all.clone().filter(tests).find(|&k| is_broken(k));
        ratios.count(&at("meets_broken"), w, first_break.is_some());
        let making = all.clone().find(makes);
        ratios.count(&at("given"), w, making.is_some());
        if let Some(making) = making {
            let mut later = (making + 1..path.steps.len()).filter(tests);
            let test = later.clone().next();
            ratios.count(&at("broken_after_made"), w, later.any(is_broken));
            ratios.count(&at("distance/tested"), w, test.is_some());
            if let Some(test) = test {
                stretch(chain, ratios, path, &at("distance"), making, test);
            }
        }
        let mut known = all.clone().filter(tests);
        let known = known.find(|&k| result(k) != Some(PromiseResult::Unknown));
        ratios.count(&at("endings/kept"), w, known.is_some_and(|k| !is_broken(k)));
        ratios.count(&at("endings/broken"), w, known.is_some_and(is_broken));
        if let Some(known) = known {
            let group = if is_broken(known) { "broken" } else { "kept" };
            endings(chain, ratios, path, &at(&format!("endings/{group}")));
        }
        recovery(chain, ratios, path, &at("recovery"), first_break);
    }
    let broken = all.clone().filter(|&k| is_broken(k)).count().min(2);
    for class in 0..3 {
        ratios.count(&format!("tolerance/{class}"), w, class == broken);
    }
    endings(chain, ratios, path, &format!("tolerance/{broken}"));
    recovery(
        chain,
        ratios,
        path,
        "recovery",
        all.clone().find(|&k| is_broken(k)),
    );
}

fn endings(chain: &Chain<'_>, ratios: &mut Ratios, path: &Path<'_>, name: &str) {
    for (outcome, of) in chain.outcomes.iter().enumerate() {
        ratios.count(
            &format!("{name}/{of}"),
            path.weight,
            outcome == path.outcome,
        );
    }
}

fn stretch(
    chain: &Chain<'_>,
    ratios: &mut Ratios,
    path: &Path<'_>,
    name: &str,
    from: usize,
    to: usize,
) {
    ratios.add(&format!("{name}/moments"), path.weight, (to - from) as f64);
    let mut wait = 0.0;
    for (_, way) in &path.steps[from..to] {
        let known = chain.drawing.ways[way.unwrap()].wait_s;
        wait += known.unwrap_or(0.0);
        ratios.count(
            &format!("{name}/wait_coverage"),
            path.weight,
            known.is_some(),
        );
    }
    ratios.add(&format!("{name}/wait_s"), path.weight, wait);
}

fn recovery(
    chain: &Chain<'_>,
    ratios: &mut Ratios,
    path: &Path<'_>,
    name: &str,
    first_break: Option<usize>,
) {
    let w = path.weight;
    ratios.count(&format!("{name}/breaks"), w, first_break.is_some());
    let Some(first_break) = first_break else {
        return;
    };
    let resolves = |k: &usize| {
        let spot = &chain.drawing.spots[chain.moments[path.steps[*k].0].spot];
        spot.can.contains(&Ability::Resolve)
    };
    let felt = |k: usize| {
        let mix = &chain.moments[path.steps[k].0].mix;
        let mean = mix.iter().map(|&(l, share)| chain.levels[l] * share).sum();
        (!mix.is_empty()).then_some::<f64>(mean)
    };
    ratios.count(&format!("{name}/on_the_spot"), w, resolves(&first_break));
    let last = path.steps.len() - 1;
    let recovered = (first_break + 1..=last).find(resolves);
    ratios.count(&format!("{name}/recovered"), w, recovered.is_some());
    let Some(recovered) = recovered else {
        endings(chain, ratios, path, &format!("{name}/unrecovered"));
        return;
    };
    endings(chain, ratios, path, &format!("{name}/recovered"));
    stretch(chain, ratios, path, name, first_break, recovered);
    let before = first_break.checked_sub(1).and_then(felt);
    for (place, felt) in [
        ("before", before),
        ("at", felt(recovered)),
        ("end", felt(last)),
    ] {
        ratios.count(&format!("{name}/{place}_coverage"), w, felt.is_some());
        if let Some(felt) = felt {
            ratios.add(&format!("{name}/{place}"), w, felt);
        }
    }
}

/// The ledger's figures under the same names. An unknown wait is left out, as the paths add up nothing for it.
pub(super) fn figures(promises: &Promises) -> Figures {
    let mut figures = Figures::new();
    let mut put = |name: String, value: Option<f64>| {
        assert!(value.is_none_or(f64::is_finite), "{name}: {value:?}");
        assert!(figures.insert(name.clone(), value).is_none(), "{name}");
    };
    for promise in &promises.ledger {
        let name = &promise.promise;
        put(format!("{name}/tests"), Some(promise.tests));
        put(format!("{name}/coverage"), promise.coverage);
        put(format!("{name}/kept_rate"), promise.kept_rate);
        put(format!("{name}/reach"), promise.reach);
        put(format!("{name}/meets_broken"), promise.meets_broken);
        put(format!("{name}/given"), promise.given);
        put(
            format!("{name}/broken_after_made"),
            promise.broken_after_made,
        );
        if let Some(distance) = &promise.distance {
            put(format!("{name}/distance/tested"), Some(distance.tested));
            put(format!("{name}/distance/moments"), distance.moments);
            if distance.wait_s.is_some() {
                put(format!("{name}/distance/wait_s"), distance.wait_s);
            }
            put(
                format!("{name}/distance/wait_coverage"),
                distance.wait_coverage,
            );
        }
        if let Some(endings) = &promise.endings {
            put(format!("{name}/endings/kept"), Some(endings.kept));
            put(format!("{name}/endings/broken"), Some(endings.broken));
            for ending in &endings.outcomes {
                let outcome = &ending.outcome;
                put(format!("{name}/endings/kept/{outcome}"), ending.when_kept);
                put(
                    format!("{name}/endings/broken/{outcome}"),
                    ending.when_broken,
                );
                let change = ending.when_broken.zip(ending.when_kept);
                assert_eq!(ending.change, change.map(|(broken, kept)| broken - kept));
            }
        }
        if let Some(recovery) = &promise.recovery {
            put_recovery(&format!("{name}/recovery"), recovery, &mut put);
        }
    }
    if let Some(recovery) = &promises.recovery {
        put_recovery("recovery", recovery, &mut put);
    }
    for class in promises.tolerance.iter().flatten() {
        assert_eq!(class.or_more, class.broken == 2);
        put(format!("tolerance/{}", class.broken), Some(class.share));
        for share in &class.outcomes {
            let name = format!("tolerance/{}/{}", class.broken, share.outcome);
            put(name, Some(share.probability));
        }
    }
    figures
}

fn put_recovery(name: &str, recovery: &Recovery, put: &mut impl FnMut(String, Option<f64>)) {
    put(format!("{name}/breaks"), Some(recovery.breaks));
    put(format!("{name}/on_the_spot"), Some(recovery.on_the_spot));
    put(format!("{name}/recovered"), Some(recovery.recovered));
    put(format!("{name}/moments"), recovery.moments);
    if recovery.wait_s.is_some() {
        put(format!("{name}/wait_s"), recovery.wait_s);
    }
    put(format!("{name}/wait_coverage"), recovery.wait_coverage);
    let feeling = &recovery.feeling;
    put(format!("{name}/before"), feeling.before);
    put(format!("{name}/before_coverage"), feeling.before_coverage);
    put(format!("{name}/at"), feeling.at_recovery);
    put(format!("{name}/at_coverage"), feeling.at_recovery_coverage);
    put(format!("{name}/end"), feeling.end);
    put(format!("{name}/end_coverage"), feeling.end_coverage);
    for ending in &recovery.outcomes {
        let outcome = &ending.outcome;
        put(format!("{name}/recovered/{outcome}"), ending.recovered);
        put(format!("{name}/unrecovered/{outcome}"), ending.unrecovered);
    }
}

#[test]
fn journeys_without_loops_agree_with_the_enumeration_of_all_paths() {
    let mut rng = Rng::new(11);
    let mut judged = 0;
    let mut seen = std::collections::BTreeSet::new();
    for round in 0..250 {
        let taste = Taste {
            spots: 1 + round % 9,
            ways: 2.0,
            loops: false,
        };
        let drawing = drawing(&mut rng, taste);
        let chain = Chain::new(&drawing);
        let mut ratios = Ratios::default();
        if !enumerate(&chain, 20_000, &mut |path| tell(&chain, &mut ratios, &path)) {
            continue;
        }
        let got = figures(&journey(&drawing).flow().unwrap().promises());
        assert_close(&got, &ratios.figures(), EXACT, &drawing);
        judged += 1;
        let known = got.into_iter().filter(|(_, value)| value.is_some());
        seen.extend(
            known
                .filter(|(_, value)| *value > Some(0.0))
                .map(|(name, _)| name),
        );
    }
    assert!(judged > 200, "{judged}");
    // Every kind of figure has been above zero.
    for name in [
        "p/broken_after_made",
        "q/distance/wait_s",
        "p/endings/broken/churn",
        "q/recovery/before",
        "p/recovery/at",
        "p/recovery/end",
        "q/recovery/unrecovered/churn",
        "recovery/on_the_spot",
        "tolerance/2/churn",
    ] {
        assert!(seen.contains(name), "{name}");
    }
}

#[test]
fn journeys_with_loops_agree_with_simulation() {
    const BATCHES: usize = 40;
    const WALKS: usize = 1_000;
    let (mut compared, mut judged) = (0, 0);
    for seed in 20.. {
        let mut rng = Rng::new(seed);
        let taste = Taste {
            spots: 8,
            ways: 2.0,
            loops: true,
        };
        let drawing = drawing(&mut rng, taste);
        let chain = Chain::new(&drawing);
        if chain.has_trap() {
            continue;
        }
        judged += 1;
        let mut batches = vec![Ratios::default(); BATCHES];
        for batch in &mut batches {
            for _ in 0..WALKS {
                walk(&chain, &mut rng, &mut |path| tell(&chain, batch, &path));
            }
        }
        let got = figures(&journey(&drawing).flow().unwrap().promises());
        compared += assert_simulated(&got, &batches);
        if judged == 4 {
            break;
        }
    }
    assert!(compared > 100, "{compared}");
}
