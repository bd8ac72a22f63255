//! Error bars against formulas by hand, numeric derivatives, and a bootstrap of event logs.

use crate::generate::{Drawing, Rng, Taste, drawing};
use customer_journey::analysis::ErrorBars;
use customer_journey::events::TallyOptions;
use customer_journey::flow::NoErrorBars;
use customer_journey::{
    Channel, EventRef, Evidence, FixKind, Flow, Goal, Journey, LearnOptions, Outcome, Phase,
    Promise, PromiseResult, Scale, Tally, Touchpoint,
};

fn near(got: f64, expected: f64, relative: f64, what: &str) {
    let far = (got - expected).abs() > relative * expected.abs().max(1e-9);
    assert!(!far, "{what}: {got} instead of {expected}");
}

fn observed(id: &str) -> Touchpoint {
    Touchpoint::new(id, Phase::During, Channel::Phone).evidence(Evidence::Observed)
}

#[test]
fn a_row_of_two_ways_is_binomial() {
    let flow = Journey::builder("one row")
        .touchpoint(
            observed("a")
                .ends(Outcome::Churn, 30.0)
                .ends(Outcome::Loyalty, 70.0),
        )
        .build()
        .unwrap()
        .flow()
        .unwrap();
    let churn = flow.error_bars().outcomes[0].estimate;
    near(
        churn.standard_error,
        (0.3_f64 * 0.7 / 100.0).sqrt(),
        1e-12,
        "binomial",
    );
    // On the logit scale: ln(3/7) -+ 1.959964 / sqrt(21).
    let (low, high) = churn.interval.unwrap();
    near(low, 0.218_4, 1e-3, "from");
    near(high, 0.396_5, 1e-3, "to");
    assert_eq!(
        flow.outcomes()[0].standard_error,
        Some(churn.standard_error)
    );
}

#[test]
fn two_rows_and_a_promise_by_hand() {
    // P(churn) = q_broken * c, with 40 of 100 broken, and of the broken 10 of 40 leave.
    let flow = Journey::builder("two rows")
        .touchpoint(
            observed("a")
                .promise(Promise::new("p").kept(60.0).broken(40.0))
                .feels(0.5)
                .feels_when_broken(-0.5)
                .ends_when(PromiseResult::Broken, Outcome::Churn, 10.0)
                .ends_when(PromiseResult::Broken, Outcome::Loyalty, 30.0)
                .ends_when(PromiseResult::Kept, Outcome::Loyalty, 60.0),
        )
        .build()
        .unwrap()
        .flow()
        .unwrap();
    let bars = flow.error_bars();
    // c^2 q (1 - q) / 100 + q^2 c (1 - c) / 40
    let variance: f64 = 0.0625 * 0.24 / 100.0 + 0.16 * 0.1875 / 40.0;
    near(
        bars.outcomes[0].estimate.standard_error,
        variance.sqrt(),
        1e-12,
        "churn",
    );
    // The mean is 0.5 - q; keeping the promise brings q, the share of the broken, and churn away with it.
    let of_share = (0.24_f64 / 100.0).sqrt();
    near(bars.mean.unwrap().standard_error, of_share, 1e-12, "mean");
    let fixes = flow.single_fixes(&[FixKind::KeepPromise]);
    let effect = fixes[0].effect.as_ref().unwrap();
    near(
        effect.mean_standard_error.unwrap(),
        of_share,
        1e-12,
        "effect on the mean",
    );
    near(
        effect.outcomes[0].standard_error.unwrap(),
        variance.sqrt(),
        1e-12,
        "effect on churn",
    );
    let fixes = flow.fixes(&Goal::Reduce(Outcome::Churn));
    let best = &fixes.ranked[0];
    near(best.gain.unwrap(), 0.1, 1e-12, "gain");
    let (from, to) = best.interval.unwrap();
    near(from, 0.1 - 1.959_964 * variance.sqrt(), 1e-6, "from");
    near(to, 0.1 + 1.959_964 * variance.sqrt(), 1e-6, "to");
}

#[test]
fn without_counts_there_is_no_error_bar_and_a_reason() {
    let journey = |evidence: Evidence, starts: Option<f64>| {
        let mut shop = observed("shop")
            .ends(Outcome::Churn, 1.0)
            .ends(Outcome::Loyalty, 1.0);
        shop.evidence = evidence;
        shop.starts = starts;
        let mut web = observed("web").ends(Outcome::Loyalty, 5.0);
        web.starts = starts;
        let unseen = Touchpoint::new("unseen", Phase::After, Channel::Post);
        Journey::builder("shop")
            .touchpoint(shop)
            .touchpoint(web)
            .touchpoint(unseen)
            .transition("unseen", "unseen", 1.0)
            .build()
            .unwrap()
            .flow()
            .unwrap()
    };
    let bars = journey(Evidence::Reported, Some(3.0)).error_bars();
    let not_observed = NoErrorBars::NotObserved {
        touchpoints: vec!["shop".to_owned()],
        number: 1,
    };
    assert_eq!(bars.missing, Some(not_observed));
    assert_eq!(
        (bars.outcomes.len(), bars.reach.len(), bars.hurt),
        (0, 0, None)
    );
    // A touchpoint that nobody comes to needs no counts.
    assert_eq!(
        journey(Evidence::Observed, Some(3.0)).error_bars().missing,
        None
    );
}

#[test]
fn several_first_touchpoints_of_unknown_weight_leave_no_error_bar() {
    let flow = Journey::builder("doors")
        .touchpoint(observed("web").ends(Outcome::Churn, 1.0))
        .touchpoint(observed("shop").ends(Outcome::Loyalty, 1.0))
        .build()
        .unwrap()
        .flow()
        .unwrap();
    assert_eq!(
        flow.error_bars().missing,
        Some(NoErrorBars::StartsNotCounted)
    );
}

/// Figures that have error bars, by name.
fn figures(flow: &Flow) -> Vec<(String, f64)> {
    let mut figures = Vec::new();
    for share in flow.outcomes() {
        figures.push((format!("chance of {}", share.outcome), share.probability));
    }
    for traffic in flow.traffic() {
        figures.push((
            format!("reach of {}", traffic.touchpoint.id),
            traffic.reach.unwrap(),
        ));
    }
    let trajectory = flow.trajectory();
    figures.extend(trajectory.mean.map(|mean| ("mean".to_owned(), mean)));
    figures.extend(trajectory.end.map(|end| ("end".to_owned(), end)));
    figures.push(("hurt".to_owned(), flow.hurt()));
    for fix in flow.single_fixes(&[FixKind::KeepPromise, FixKind::LiftEmotion]) {
        let Some(effect) = fix.effect else { continue };
        let mut push = |figure: &str, change| {
            figures.push((format!("{} at {}: {figure}", fix.kind, fix.id), change));
        };
        for change in &effect.outcomes {
            push(change.outcome.as_str(), change.change);
        }
        effect.mean.into_iter().for_each(|mean| push("mean", mean));
        effect.end.into_iter().for_each(|end| push("end", end));
        effect.hurt.into_iter().for_each(|hurt| push("hurt", hurt));
    }
    figures
}

/// Their standard errors, in the same order.
fn errors(flow: &Flow) -> Vec<Option<f64>> {
    let ErrorBars {
        outcomes,
        reach,
        mean,
        end,
        hurt,
        ..
    } = flow.error_bars();
    let error = |estimate: customer_journey::analysis::Estimate| Some(estimate.standard_error);
    let mut errors: Vec<Option<f64>> = Vec::new();
    errors.extend(outcomes.iter().map(|known| error(known.estimate)));
    errors.extend(reach.iter().map(|known| error(known.estimate)));
    errors.extend(mean.into_iter().map(error));
    errors.extend(end.into_iter().map(error));
    errors.extend(hurt.into_iter().map(error));
    for fix in flow.single_fixes(&[FixKind::KeepPromise, FixKind::LiftEmotion]) {
        let Some(effect) = fix.effect else { continue };
        errors.extend(effect.outcomes.iter().map(|change| change.standard_error));
        errors.extend(effect.mean.map(|_| effect.mean_standard_error));
        errors.extend(effect.end.map(|_| effect.end_standard_error));
        errors.push(effect.hurt_standard_error);
    }
    errors
}

/// Every weight of a drawing that is a count.
fn counts(drawing: &mut Drawing) -> Vec<&mut f64> {
    let mut counts: Vec<&mut f64> = Vec::new();
    for spot in &mut drawing.spots {
        counts.extend(spot.promise.iter_mut().flatten());
        counts.extend(
            spot.feels
                .iter_mut()
                .flatten()
                .flatten()
                .map(|(_, weight)| weight),
        );
        counts.extend(&mut spot.silent);
        counts.extend(spot.ends.iter_mut().map(|(_, weight, _)| weight));
        counts.extend(&mut spot.starts);
    }
    counts.extend(drawing.ways.iter_mut().map(|way| &mut way.weight));
    counts.retain(|count| **count > 0.0);
    counts
}

#[test]
fn variances_are_counts_times_squares_of_numeric_derivatives() {
    const STEP: f64 = 1e-4;
    let mut rng = Rng::new(51);
    let mut judged = 0;
    for round in 0..40 {
        let taste = Taste {
            spots: 2 + round % 5,
            ways: 1.5,
            loops: true,
        };
        let mut drawing = drawing(&mut rng, taste);
        for spot in &mut drawing.spots {
            spot.evidence = Evidence::Observed;
        }
        drawing.spots[0].starts = Some(2.0);
        drawing.spots[1].starts = Some(3.0);
        let Ok(flow) = drawing.journey().flow() else {
            continue;
        };
        let names = figures(&flow);
        let mut variances = vec![0.0; names.len()];
        for place in 0..counts(&mut drawing).len() {
            let count = *counts(&mut drawing)[place];
            let moved = |by: f64| {
                let mut moved = drawing.clone();
                *counts(&mut moved)[place] += by;
                figures(&moved.journey().flow().unwrap())
            };
            for ((variance, up), down) in variances.iter_mut().zip(moved(STEP)).zip(moved(-STEP)) {
                *variance += count * ((up.1 - down.1) / (2.0 * STEP)).powi(2);
            }
        }
        let errors = errors(&flow);
        assert_eq!(errors.len(), names.len());
        for (((name, _), variance), error) in names.iter().zip(variances).zip(errors) {
            // A promise that was never kept shows nothing of what would follow if it were.
            let Some(error) = error else { continue };
            let what = format!("{name} of {drawing:#?}");
            assert!(
                (error - variance.sqrt()).abs() < 1e-5 * (1.0 + error),
                "{error} {} {what}",
                variance.sqrt()
            );
            judged += 1;
        }
    }
    assert!(judged > 800, "{judged}");
}

/// Touchpoint, valence if it was told, and whether the promise there was kept.
type Step = (&'static str, Option<f64>, Option<bool>);

/// A customer's walk, and how it ends.
type Walk = (Vec<Step>, &'static str);

/// The same walk, of which people tell little: the less, the worse it was.
fn of_few_answers(rng: &mut Rng, (mut steps, outcome): Walk) -> Walk {
    for (touchpoint, told, _) in &mut steps {
        let answers = match (*touchpoint, *told) {
            ("order", _) => 1.0,
            (_, Some(valence)) if valence > 0.0 => 0.8,
            _ => 0.3,
        };
        told.take_if(|_| !rng.chance(answers));
    }
    (steps, outcome)
}

/// Orders, waits that are or are not as promised, calls that go round in circles.
fn walk(rng: &mut Rng) -> Walk {
    let mut steps = vec![(
        "order",
        Some(if rng.chance(0.7) { 0.75 } else { 0.25 }),
        None,
    )];
    loop {
        let kept = rng.chance(0.6);
        steps.push((
            "wait",
            Some(if kept {
                0.5
            } else if rng.chance(0.5) {
                -0.25
            } else {
                -0.75
            }),
            Some(kept),
        ));
        if kept && rng.chance(0.8) {
            return (steps, "loyalty");
        }
        if !kept && rng.chance(0.3) {
            return (steps, "churn");
        }
        let told = Some(if rng.chance(0.4) { 0.25 } else { -0.5 });
        steps.push(("call", told, None));
        if rng.chance(0.35) {
            return (steps, if rng.chance(0.5) { "churn" } else { "loyalty" });
        }
    }
}

fn learned(walks: &[&Walk]) -> Flow {
    let mut tally = Tally::new(TallyOptions::new().scale(Scale::new(-1.0, 1.0).unwrap()));
    let names: Vec<String> = (0..walks.len()).map(|number| number.to_string()).collect();
    for (name, (steps, outcome)) in names.iter().zip(walks) {
        let mut sequence = 0..;
        for (place, &(touchpoint, valence, kept)) in steps.iter().enumerate() {
            let mut event = EventRef::new(name, touchpoint)
                .phase(Phase::During)
                .sequence(sequence.next().unwrap());
            if let Some(valence) = valence {
                event = event.emotion(valence);
            }
            if let Some(kept) = kept {
                let result = if kept {
                    PromiseResult::Kept
                } else {
                    PromiseResult::Broken
                };
                event = event.promise(result).promise_name("soon");
            }
            if place + 1 == steps.len() {
                event = event.outcome(outcome);
            }
            tally.record(event).unwrap();
        }
    }
    tally
        .learn(&LearnOptions::new())
        .unwrap()
        .journey
        .flow()
        .unwrap()
}

const JOURNEYS: usize = 1_000;

#[test]
fn a_bootstrap_of_the_log_agrees() {
    let mut rng = Rng::new(52);
    let log: Vec<Walk> = (0..JOURNEYS).map(|_| walk(&mut rng)).collect();
    bootstrap(&mut rng, &log);
}

#[test]
fn a_bootstrap_of_a_log_of_few_answers_agrees() {
    let mut rng = Rng::new(53);
    let log: Vec<Walk> = (0..JOURNEYS)
        .map(|_| {
            let walk = walk(&mut rng);
            of_few_answers(&mut rng, walk)
        })
        .collect();
    let coverage = learned(&log.iter().collect::<Vec<_>>())
        .trajectory()
        .coverage;
    let told = |of: fn(&Step) -> bool| {
        log.iter()
            .flat_map(|(steps, _)| steps)
            .filter(|step| of(step))
            .count() as f64
    };
    let counted = told(|step| step.1.is_some()) / told(|_| true);
    assert!((0.5..0.8).contains(&counted));
    near(coverage, counted, 1e-12, "coverage");
    bootstrap(&mut rng, &log);
}

fn bootstrap(rng: &mut Rng, log: &[Walk]) {
    const ROUNDS: usize = 1_200;
    let flow = learned(&log.iter().collect::<Vec<_>>());
    let names = figures(&flow);
    let (mut sums, mut squares) = (vec![0.0; names.len()], vec![0.0; names.len()]);
    for _ in 0..ROUNDS {
        let again: Vec<&Walk> = (0..JOURNEYS).map(|_| &log[rng.below(JOURNEYS)]).collect();
        for (place, (_, figure)) in figures(&learned(&again)).iter().enumerate() {
            sums[place] += figure;
            squares[place] += figure * figure;
        }
    }
    let mut judged = 0;
    for (place, ((name, _), error)) in names.iter().zip(errors(&flow)).enumerate() {
        let mean = sums[place] / ROUNDS as f64;
        let spread = (squares[place] / ROUNDS as f64 - mean * mean)
            .max(0.0)
            .sqrt();
        let error = error.unwrap();
        if error < 1e-9 {
            assert!(spread < 1e-6, "{name}: {spread}");
            continue;
        }
        near(error, spread, 0.1, name);
        judged += 1;
    }
    assert!(judged > 12, "{judged}");
}

/// Ten customers in each bucket, who end at once; by hand the share without a bucket is (all - its own) / (all journeys - its own).
#[test]
fn errors_by_buckets_are_those_of_leaving_one_out() {
    let leave = [1, 4, 2, 0, 5, 3, 3, 6, 2, 4];
    let mut buckets = vec![Tally::new(TallyOptions::new()); leave.len()];
    let mut all = Tally::new(TallyOptions::new());
    for (at, bucket) in buckets.iter_mut().enumerate() {
        for number in 0..10 {
            let name = format!("{at} {number}");
            let (outcome, felt) = if number < leave[at] {
                ("leaves", -0.5)
            } else {
                ("stays", 0.5)
            };
            // Who leaves has said so twice.
            let times = if number < leave[at] { 2 } else { 1 };
            for _ in 0..times {
                let event = EventRef::new(&name, "call").emotion(felt).outcome(outcome);
                bucket.record(event).unwrap();
                all.record(event).unwrap();
            }
        }
    }
    let options = LearnOptions::new().other_phases(Phase::During);
    let flow = all.learn(&options).unwrap().journey.flow().unwrap();
    let bars = flow.error_bars_by_buckets(&buckets, &options).unwrap();
    let left_out = |figure: &dyn Fn(f64, f64) -> f64| {
        let total: f64 = leave.iter().map(|&one| f64::from(one)).sum();
        let values = leave.map(|one| figure(total - f64::from(one), 90.0));
        let mean = values.iter().sum::<f64>() / 10.0;
        let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
        (0.9 * squares).sqrt()
    };
    let leaves = &bars.outcomes[0];
    let share = left_out(&|left, n| left / n);
    near(leaves.estimate.standard_error, share, 1e-9, "leaves");
    // Two moments of -0.5 for each who leaves, one of 0.5 for the others.
    let mean = left_out(&|left, n| (0.5 * (n - left) - left) / (n + left));
    near(bars.mean.unwrap().standard_error, mean, 1e-9, "mean");
    let hurt = left_out(&|left, n| left / n);
    near(bars.hurt.unwrap().standard_error, hurt, 1e-9, "hurt");
    // On the logit scale, with Student's t of nine degrees of freedom.
    let (value, half) = (0.3_f64, 2.262_157 * share / 0.21);
    let (low, high) = leaves.estimate.interval.unwrap();
    let odds = |half: f64| value / (1.0 - value) * half.exp();
    near(low, odds(-half) / (1.0 + odds(-half)), 1e-6, "from");
    near(high, odds(half) / (1.0 + odds(half)), 1e-6, "to");
    // Everybody comes to the call.
    assert_eq!(bars.reach[0].estimate.interval, None);
    assert!(
        bars.text().to_string().contains("10 buckets"),
        "{}",
        bars.text()
    );

    let few = flow.error_bars_by_buckets(&buckets[..7], &options).unwrap();
    assert_eq!(few.missing, Some(NoErrorBars::FewBuckets { buckets: 7 }));
    assert!(few.outcomes.is_empty() && few.mean.is_none());
    assert!(
        few.text().to_string().contains("7 buckets"),
        "{}",
        few.text()
    );
}
