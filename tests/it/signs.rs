//! Early signs and attribution against sums over whole paths and published cases.

use crate::counts::Figures;
use crate::figures::assert_close;
use crate::generate::{Drawing, Rng, Taste, drawing};
use crate::moments::Chain;
use crate::paths::{Path, Ratios, assert_simulated, enumerate, walk};
use customer_journey::analysis::{Attribution, Credit, EarlySigns};
use customer_journey::{Channel, Flow, Journey, Outcome, Phase, PromiseResult, Touchpoint};
use std::collections::BTreeMap;

/// Both sides add up some thousand probabilities.
const EXACT: f64 = 1e-11;

/// Every second touchpoint may have credit, or every one.
fn may_have(all: bool, spot: usize) -> bool {
    all || spot.is_multiple_of(2)
}

fn sign(id: &str, result: Option<PromiseResult>) -> String {
    let result = result.map_or("-", |result| result.as_str());
    format!("sign/{id}/{result}")
}

/// Adds one path to all figures about an outcome.
fn tell(chain: &Chain<'_>, outcome: usize, ratios: &mut Ratios, path: &Path<'_>) {
    let (w, ends_so) = (path.weight, path.outcome == outcome);
    let spot = |k: usize| chain.moments[path.steps[k].0].spot;
    ratios.count("probability", w, ends_so);
    for moment in &chain.moments {
        let id = &chain.drawing.spots[moment.spot].id;
        let kinds = [None].into_iter().chain(moment.result.map(Some));
        for result in kinds {
            // Coming to a touchpoint is one sign, whatever its moments.
            let of_spot = &chain.of_spot[moment.spot];
            if result.is_none() && chain.moments[of_spot[0]].result != moment.result {
                continue;
            }
            let shows = |k: &usize| {
                spot(*k) == moment.spot
                    && (result.is_none() || chain.moments[path.steps[*k].0].result == result)
            };
            let name = sign(id, result);
            let first = (0..path.steps.len()).find(shows);
            ratios.count(&format!("{name}/reach"), w, first.is_some());
            if ends_so {
                ratios.count(&format!("{name}/coverage"), w, first.is_some());
            }
            if let Some(first) = first {
                ratios.count(&format!("{name}/probability"), w, ends_so);
                let left = path.steps.len() - first;
                ratios.add(&format!("{name}/left"), w, left as f64);
                let waits = path.steps[first..].iter().filter_map(|&(_, way)| way);
                let waits = waits.filter_map(|way| chain.drawing.ways[way].wait_s);
                ratios.add(&format!("{name}/wait_left"), w, waits.sum());
            }
        }
    }
    for all in [true, false] {
        credits(chain, all, ends_so, ratios, path);
    }
}

fn credits(chain: &Chain<'_>, all: bool, ends_so: bool, ratios: &mut Ratios, path: &Path<'_>) {
    if !ends_so {
        return;
    }
    let w = path.weight;
    let spots: Vec<usize> = path
        .steps
        .iter()
        .map(|&(x, _)| chain.moments[x].spot)
        .collect();
    let met: Vec<usize> = spots.into_iter().filter(|&i| may_have(all, i)).collect();
    ratios.count(&format!("{all}/unattributed"), w, met.is_empty());
    let drawn = &chain.drawing.spots;
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, spot) in drawn.iter().enumerate().filter(|&(i, _)| may_have(all, i)) {
        groups
            .entry(format!("touchpoint/{}", spot.id))
            .or_default()
            .push(i);
        groups
            .entry(format!("channel/{}", spot.channel))
            .or_default()
            .push(i);
    }
    for (name, members) in groups {
        let is = |i: Option<&usize>| i.is_some_and(|i| members.contains(i));
        let name = format!("{all}/{name}");
        let meets = met.iter().any(|i| members.contains(i));
        ratios.count(&format!("{name}/removal"), w, meets);
        ratios.count(&format!("{name}/first"), w, is(met.first()));
        ratios.count(&format!("{name}/last"), w, is(met.last()));
        // Each journey counts the same, and so does each of its visits.
        if !met.is_empty() {
            let here = met.iter().filter(|i| members.contains(i)).count();
            ratios.add(&format!("{name}/linear"), w, here as f64 / met.len() as f64);
        }
    }
}

fn figures(flow: &Flow, outcome: &Outcome) -> Figures {
    let mut figures = Figures::new();
    let mut put = |name: String, value: Option<f64>| {
        assert!(
            value.is_none_or(|value| value.is_finite() && value >= 0.0),
            "{name}"
        );
        assert!(figures.insert(name.clone(), value).is_none(), "{name}");
    };
    let signs = flow.early_signs(outcome);
    put("probability".to_owned(), Some(signs.probability));
    for found in &signs.signs {
        let name = sign(&found.id, found.result);
        put(format!("{name}/reach"), found.reach);
        put(format!("{name}/coverage"), found.coverage);
        put(format!("{name}/probability"), Some(found.probability));
        put(format!("{name}/left"), Some(found.moments_left));
        if found.wait_left_s.is_some() {
            put(format!("{name}/wait_left"), found.wait_left_s);
        }
        assert_eq!(found.lift, found.probability / signs.probability);
    }
    check_leading(&signs);
    for all in [true, false] {
        let place = |touchpoint: &Touchpoint| touchpoint.id[1..].parse().unwrap();
        let attribution = flow.attribution_among(outcome, |t| may_have(all, place(t)));
        put(format!("{all}/unattributed"), attribution.unattributed);
        check_sums(&attribution);
        let kinds = [
            ("touchpoint", &attribution.touchpoints),
            ("channel", &attribution.channels),
        ];
        for (kind, credits) in kinds {
            let attributed = 1.0 - attribution.unattributed.unwrap_or(0.0);
            for credit in credits {
                let name = format!("{all}/{kind}/{}", credit.name);
                put(format!("{name}/removal"), credit.removal);
                put(format!("{name}/first"), Some(credit.first_touch));
                put(format!("{name}/last"), Some(credit.last_touch));
                let linear = (attributed > 1e-12).then(|| credit.linear.unwrap() / attributed);
                put(format!("{name}/linear"), linear);
            }
        }
    }
    figures
}

/// Against every other sign.
fn check_leading(signs: &EarlySigns) {
    let announces: Vec<_> = signs
        .signs
        .iter()
        .filter(|s| s.lift > 1.0 + 1e-12)
        .collect();
    let at_least = |a: f64, b: f64| a >= b * (1.0 - 1e-9);
    let more = |a: f64, b: f64| a > b * (1.0 + 1e-9);
    for sign in &signs.signs {
        let merits = |s: &customer_journey::analysis::EarlySign| {
            [s.lift, s.coverage.unwrap(), s.moments_left]
        };
        let mine = merits(sign);
        let beaten = announces.iter().any(|other| {
            let theirs = merits(other);
            let pairs = || theirs.into_iter().zip(mine);
            pairs().all(|(a, b)| at_least(a, b)) && pairs().any(|(a, b)| more(a, b))
        });
        assert_eq!(sign.leading, sign.lift > 1.0 + 1e-12 && !beaten, "{sign:?}");
    }
    assert!(signs.signs.is_sorted_by_key(|sign| !sign.leading));
}

/// All rules give out what is attributed, and the removal effect in its proportion.
fn check_sums(attribution: &Attribution) {
    let Some(unattributed) = attribution.unattributed else {
        assert!(attribution.touchpoints.is_empty() && attribution.channels.is_empty());
        return;
    };
    assert!((attribution.probability + attribution.null - 1.0).abs() < EXACT);
    for credits in [&attribution.touchpoints, &attribution.channels] {
        let sum = |of: fn(&Credit) -> f64| credits.iter().map(of).sum::<f64>();
        let removals = sum(|c| c.removal.unwrap());
        for of in [
            |c: &Credit| c.first_touch,
            |c: &Credit| c.last_touch,
            |c: &Credit| c.linear.unwrap(),
            |c: &Credit| c.credit.unwrap(),
        ] {
            assert!(
                (sum(of) + unattributed - 1.0).abs() < EXACT,
                "{attribution:?}"
            );
        }
        for credit in credits {
            let expected = credit.removal.unwrap() * (1.0 - unattributed);
            assert!((credit.credit.unwrap() * removals - expected).abs() < EXACT);
        }
        assert!(credits.is_sorted_by(|a, b| a.removal >= b.removal));
    }
}

/// The outcome to judge, by its position in the chain, if some journey ends so.
fn outcome_of(drawing: &Drawing, flow: &Flow) -> Option<(usize, Outcome)> {
    let chain = Chain::new(drawing);
    let named = |(at, name): (usize, &String)| (at, Outcome::from(name.as_str()));
    let mut outcomes = chain.outcomes.iter().enumerate().map(named);
    outcomes.find(|(_, outcome)| {
        let p = flow.probability(outcome);
        p > 0.05 && p < 0.95
    })
}

#[test]
fn journeys_without_loops_agree_with_the_enumeration_of_all_paths() {
    let mut rng = Rng::new(41);
    let (mut judged, mut leading) = (0, 0);
    for round in 0..250 {
        let taste = Taste {
            spots: 1 + round % 9,
            ways: 2.0,
            loops: false,
        };
        let drawing = drawing(&mut rng, taste);
        let flow = drawing.journey().flow().unwrap();
        let Some((outcome, name)) = outcome_of(&drawing, &flow) else {
            continue;
        };
        let chain = Chain::new(&drawing);
        let mut ratios = Ratios::default();
        if !enumerate(&chain, 20_000, &mut |path| {
            tell(&chain, outcome, &mut ratios, &path);
        }) {
            continue;
        }
        let signs = flow.early_signs(&name);
        leading += signs.signs.iter().filter(|sign| sign.leading).count();
        assert_close(&figures(&flow, &name), &ratios.figures(), EXACT, &drawing);
        judged += 1;
    }
    assert!(judged > 120 && leading > 200, "{judged} {leading}");
}

#[test]
fn journeys_with_loops_agree_with_simulation() {
    const BATCHES: usize = 40;
    const WALKS: usize = 800;
    let (mut compared, mut judged) = (0, 0);
    for seed in 50.. {
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
        let flow = drawing.journey().flow().unwrap();
        let Some((outcome, name)) = outcome_of(&drawing, &flow) else {
            continue;
        };
        judged += 1;
        let mut batches = vec![Ratios::default(); BATCHES];
        for batch in &mut batches {
            for _ in 0..WALKS {
                walk(&chain, &mut rng, &mut |path| {
                    tell(&chain, outcome, batch, &path);
                });
            }
        }
        let got = figures(&flow, &name);
        compared += assert_simulated(&got, &batches);
        if judged == 3 {
            break;
        }
    }
    assert!(compared > 150, "{compared}");
}

fn at(id: &str) -> Touchpoint {
    Touchpoint::new(id, Phase::During, Channel::Web)
}

#[track_caller]
fn credit(credits: &[Credit], name: &str, removal: f64, credit: f64) {
    let found = credits.iter().find(|credit| credit.name == name).unwrap();
    assert!(
        (found.removal.unwrap() - removal).abs() < 1e-14,
        "{found:?}"
    );
    assert!((found.credit.unwrap() - credit).abs() < 1e-14, "{found:?}");
}

#[track_caller]
fn assert_linear(credits: &[Credit], name: &str, expected: f64) {
    let found = credits.iter().find(|credit| credit.name == name).unwrap();
    let error = found.linear.unwrap() / expected - 1.0;
    assert!(error.abs() < 1e-13, "{found:?}");
}

/// Retries that nearly never end. There are k of them with chance q (1 - q)^(k - 1), and one visit more, to which the
/// journey owes 1 / (k + 1); the sum over k is a logarithm.
#[test]
fn the_linear_rule_shares_journeys_of_any_length() {
    for q in [0.5, 1e-3, 1e-9, 1e-12_f64] {
        let flow = Journey::builder("retry")
            .touchpoint(at("retry").starts(1.0))
            .touchpoint(at("done").ends(Outcome::Loyalty, 1.0))
            .transition("retry", "retry", 1.0 - q)
            .transition("retry", "done", q)
            .build()
            .unwrap()
            .flow()
            .unwrap();
        let done = q / (1.0 - q).powi(2) * (-q.ln() - (1.0 - q));
        let attribution = flow.attribution(&Outcome::Loyalty);
        assert_linear(&attribution.touchpoints, "done", done);
        assert_linear(&attribution.touchpoints, "retry", 1.0 - done);
    }
}

/// The tutorial case after Anderl et al.: C1 > C2 > C3 converts, C1 fails, C2 > C3 fails.
#[test]
fn markov_attribution_of_three_channels() {
    let channel = |id: &'static str| Touchpoint::new(id, Phase::Before, id);
    let flow = Journey::builder("attribution")
        .touchpoint(channel("C1").starts(2.0).ends("null", 1.0))
        .touchpoint(channel("C2").starts(1.0))
        .touchpoint(channel("C3").ends("conversion", 1.0).ends("null", 1.0))
        .transition("C1", "C2", 1.0)
        .transition("C2", "C3", 2.0)
        .build()
        .unwrap()
        .flow()
        .unwrap();
    let attribution = flow.attribution(&Outcome::from("conversion"));
    assert!((attribution.probability - 1.0 / 3.0).abs() < 1e-15);
    assert!((attribution.null - 2.0 / 3.0).abs() < 1e-15);
    assert_eq!(attribution.unattributed, Some(0.0));
    for credits in [&attribution.touchpoints, &attribution.channels] {
        credit(credits, "C1", 0.5, 0.2);
        credit(credits, "C2", 1.0, 0.4);
        credit(credits, "C3", 1.0, 0.4);
    }
}

/// Google twice, mail once and google > mail once convert; google once fails: 2.4 and 1.6 of 4 conversions.
#[test]
fn markov_attribution_of_two_channels() {
    let flow = Journey::builder("attribution")
        .touchpoint(
            at("google")
                .starts(4.0)
                .ends("conversion", 2.0)
                .ends("null", 1.0),
        )
        .touchpoint(
            Touchpoint::new("mail", Phase::Before, Channel::Email)
                .starts(1.0)
                .ends("conversion", 2.0),
        )
        .transition("google", "mail", 1.0)
        .build()
        .unwrap()
        .flow()
        .unwrap();
    let attribution = flow.attribution(&Outcome::from("conversion"));
    assert!((attribution.probability - 0.8).abs() < 1e-15);
    credit(&attribution.touchpoints, "google", 0.75, 2.4 / 4.0);
    credit(&attribution.touchpoints, "mail", 0.5, 1.6 / 4.0);
    credit(&attribution.channels, "web", 0.75, 2.4 / 4.0);
    credit(&attribution.channels, "email", 0.5, 1.6 / 4.0);
    // Three of the four conversions have one visit only, the fourth is shared.
    assert_linear(&attribution.touchpoints, "google", 2.5 / 4.0);
    assert_linear(&attribution.channels, "email", 1.5 / 4.0);
    // Only mail is paid for: half of the conversions never see it.
    let paid = flow.attribution_among(&Outcome::from("conversion"), |t| t.id == "mail");
    assert!((paid.unattributed.unwrap() - 0.5).abs() < 1e-15);
    assert_eq!(paid.touchpoints.len(), 1);
    credit(&paid.touchpoints, "mail", 0.5, 0.5);
    assert_linear(&paid.touchpoints, "mail", 0.5);
}

/// `GrepS` user journeys (FM 2024): 33 users, of whom 17 come through four places where some leave.
#[test]
fn thirty_three_users_of_whom_seventeen_finish() {
    let places = [
        ("task 1", 6.0),
        ("task 2", 3.0),
        ("task 3", 3.0),
        ("activity report", 4.0),
    ];
    let mut builder = Journey::builder("GrepS");
    let (mut under_way, mut before): (f64, Option<&str>) = (33.0, None);
    for (id, leave) in places {
        let mut touchpoint = at(id).ends(Outcome::Churn, leave);
        if let Some(before) = before {
            builder = builder.transition(before, id, under_way);
        }
        under_way -= leave;
        if id == "activity report" {
            touchpoint = touchpoint.ends("success", under_way);
        }
        builder = builder.touchpoint(touchpoint);
        before = Some(id);
    }
    let flow = builder.build().unwrap().flow().unwrap();
    let signs = flow.early_signs(&Outcome::from("success"));
    // Each later place is a surer sign, and an earlier one gives more time: only the first announces nothing.
    for (id, published, leading) in [
        ("task 1", 0.51515, false),
        ("task 2", 0.62963, true),
        ("task 3", 0.70833, true),
        ("activity report", 0.80952, true),
    ] {
        let sign = signs.signs.iter().find(|sign| sign.id == id).unwrap();
        assert!((sign.probability - published).abs() < 0.5e-5);
        assert!((sign.coverage.unwrap() - 1.0).abs() < 1e-14);
        assert!((sign.lift - sign.probability * 33.0 / 17.0).abs() < 1e-14);
        assert_eq!(sign.leading, leading, "{id}");
    }
    // As all have the same coverage, the surest is first.
    assert_eq!(signs.signs[0].id, "activity report");
    assert_eq!(signs.signs[3].id, "task 1");
}

#[test]
fn an_ending_that_never_comes_has_no_signs_and_is_owed_to_nothing() {
    let flow = Journey::builder("one")
        .touchpoint(at("shop").starts(1.0).ends(Outcome::Loyalty, 1.0))
        .touchpoint(at("nowhere").starts(0.0).ends(Outcome::Churn, 1.0))
        .build()
        .unwrap()
        .flow()
        .unwrap();
    for outcome in [Outcome::Churn, Outcome::from("unheard of")] {
        let signs = flow.early_signs(&outcome);
        assert_eq!((signs.probability, signs.signs.len()), (0.0, 0));
        let attribution = flow.attribution(&outcome);
        assert_eq!((attribution.null, attribution.unattributed), (1.0, None));
        assert!(attribution.touchpoints.is_empty() && attribution.channels.is_empty());
    }
}
