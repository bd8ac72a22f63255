//! How often 95 % intervals hold what is true. A quick part runs always; the long one, whose table stands on the method page, is run by
//! `cargo test --release --test it coverage -- --ignored --nocapture`.

mod simulated;

use std::collections::{BTreeMap, BTreeSet};

use customer_journey::analysis::Estimate;
use customer_journey::events::LoggedJourney;
use customer_journey::journey::{CountedEffect, CountedFix};
use customer_journey::{EventLog, FixKind, Flow, Outcome, Tally};
use simulated::{Who, log, map, options};

/// A figure of a log with its interval.
#[derive(Clone, Debug)]
struct Told {
    /// What kind of figure, and which one.
    kind: String,
    of: String,
    value: f64,
    interval: Option<(f64, f64)>,
    /// Journeys that it rests on.
    journeys: f64,
    is_share: bool,
}

const SHARES: [&str; 25] = [
    "reach",
    "under_way",
    "worst_at_most",
    "best_at_least",
    "unhappy",
    "kept_rate",
    "meets_broken",
    "tries",
    "outcome",
    "outcome_when_kept",
    "outcome_when_broken",
    "outcome_after_visit",
    "outcome_after_bad",
    "outcome_after_good",
    "outcome_by_start",
    "both",
    "variant",
    "first_pain",
    "first_pain_at",
    "no_hand_over",
    "outcome_after_other",
    "outcome_as_far",
    "outcome_by_tries",
    "announced",
    "recognised",
];
const OF_COMPLAINTS: [&str; 8] = [
    "complained",
    "heard_at",
    "answered_at",
    "answered_of_heard",
    "complaint_fate",
    "outcome_by_fate",
    "public_by_fate",
    "answered_within",
];

/// What tells figures of a log.
type Tells = fn(&EventLog) -> Vec<Told>;

/// All that a journey learned from whole journeys tells with an interval.
fn told(log: &EventLog) -> Vec<Told> {
    let journey = log.learn(&options()).unwrap().journey;
    let counted = journey.counted().unwrap();
    let mut all: Vec<Told> = Vec::new();
    for figure in &counted.figures {
        let kind = figure.figure.as_str();
        let of: Vec<String> = figure.of.iter().map(ToString::to_string).collect();
        all.push(Told {
            kind: kind.to_owned(),
            of: of.join(" | "),
            value: figure.value,
            interval: figure.low.zip(figure.high),
            journeys: figure.journeys as f64,
            is_share: SHARES.contains(&kind) || OF_COMPLAINTS.contains(&kind),
        });
    }
    for fix in &counted.fixes {
        of_fix(fix, counted.journeys as f64, &mut all);
    }
    let flow = journey.flow().unwrap();
    of_questions(&flow, counted.journeys as f64, &mut all);
    all
}

/// The same log as counts alone, taken for counts of independent moments, and in 32 buckets of journeys or customers.
fn of_tallies(log: &EventLog) -> Vec<Told> {
    let mut all = Vec::new();
    let number = |journey: &LoggedJourney<'_>| -> usize {
        let unit = journey.customer().unwrap_or_else(|| journey.name());
        unit.parse().unwrap()
    };
    let bucket = |bucket: usize| log.filter(|journey| number(journey) % 32 == bucket).tally();
    let buckets: Vec<Tally> = (0..32).map(bucket).collect();
    let flow = log
        .tally()
        .learn(&options())
        .unwrap()
        .journey
        .flow()
        .unwrap();
    let in_buckets = flow.error_bars_by_buckets(&buckets, &options()).unwrap();
    for (how, bars) in [
        ("counts alone", flow.error_bars()),
        ("in buckets", in_buckets),
    ] {
        let mut put = |figure: &str, of: &str, known: &Estimate| {
            all.push(Told {
                kind: format!("{how}: {figure}"),
                of: of.to_owned(),
                value: known.value,
                interval: known.interval,
                journeys: log.len() as f64,
                is_share: ["outcome", "reach"].contains(&figure),
            });
        };
        for known in &bars.outcomes {
            put("outcome", known.outcome.as_str(), &known.estimate);
        }
        for known in &bars.reach {
            put("reach", &known.id, &known.estimate);
        }
        for (figure, known) in [("mean", bars.mean), ("end", bars.end), ("hurt", bars.hurt)] {
            if let Some(known) = known {
                put(figure, "", &known);
            }
        }
    }
    all
}

fn of_fix(fix: &CountedFix, journeys: f64, all: &mut Vec<Told>) {
    let kind = match fix.kind {
        FixKind::KeepPromise => "keeping a promise",
        _ => "lifting a feeling",
    };
    let mut put = |effect: &CountedEffect, adjusted: &str| {
        let mut add = |of: &str, which: String, change: f64, error: Option<f64>| {
            all.push(Told {
                kind: format!("{kind}: {of}{adjusted}"),
                of: which,
                value: change,
                interval: error.map(|error| (change - 1.96 * error, change + 1.96 * error)),
                journeys: journeys.min(effect.cases as f64),
                is_share: false,
            });
        };
        for by in &effect.outcomes {
            let which = format!("{} | {}", fix.id, by.outcome);
            add("outcomes", which, by.change, by.standard_error);
        }
        for (of, change) in [
            ("mean", effect.mean),
            ("end", effect.end),
            ("hurt", Some(effect.hurt)),
        ] {
            if let Some(change) = change {
                add(of, fix.id.clone(), change.change, change.standard_error);
            }
        }
    };
    if let Some(effect) = &fix.effect {
        put(effect, "");
    }
    if let Some(effect) = &fix.adjusted {
        put(effect, ", same mood");
    }
}

fn of_questions(flow: &Flow, journeys: f64, all: &mut Vec<Told>) {
    for driver in flow.drivers().drivers {
        all.push(Told {
            kind: "driver: share bad".to_owned(),
            of: format!("{} | {}", driver.id, driver.outcome),
            value: driver.share_bad,
            interval: Some((driver.share_bad_low, driver.share_bad_high)),
            journeys: (driver.bad + driver.other) as f64,
            is_share: true,
        });
        all.push(Told {
            kind: "driver: difference, all at once".to_owned(),
            of: format!("{} | {}", driver.id, driver.outcome),
            value: driver.difference,
            interval: Some((driver.low, driver.high)),
            journeys: driver.bad.min(driver.other) as f64,
            is_share: false,
        });
    }
    for sign in flow.early_signs(&Outcome::from("leaves")).signs {
        let found = sign.result.map(|result| result.to_string());
        all.push(Told {
            kind: "early sign: lift".to_owned(),
            of: format!("{} {}", sign.id, found.unwrap_or_default()),
            value: sign.lift,
            interval: sign.lift_low.zip(sign.lift_high),
            journeys: journeys * sign.reach.unwrap_or(0.0),
            is_share: false,
        });
    }
}

/// What the law of the map says exactly.
fn exact() -> Vec<(&'static str, String, f64)> {
    let flow = map().flow().unwrap();
    let bars = flow.error_bars();
    let mut exact = vec![
        ("mean", String::new(), bars.mean.unwrap().value),
        ("end", String::new(), bars.end.unwrap().value),
        ("hurt", String::new(), bars.hurt.unwrap().value),
        ("length", String::new(), flow.length()),
    ];
    for touchpoint in map().touchpoints() {
        let id = &touchpoint.id;
        exact.push(("reach", id.clone(), flow.reach(id).unwrap()));
    }
    for outcome in ["stays", "leaves"] {
        exact.push((
            "outcome",
            outcome.to_owned(),
            flow.probability(&Outcome::from(outcome)),
        ));
    }
    exact
}

type Truth = BTreeMap<(String, String), f64>;

/// What is true of customers: by the map where that says it exactly, else counted on very many journeys.
fn truth(who: Who, journeys: usize, told: Tells) -> Truth {
    let many = told(&log(who, 1_000_003, journeys));
    let mut truth: Truth = many
        .iter()
        .map(|told| ((told.kind.clone(), told.of.clone()), told.value))
        .collect();
    if who == Who::Map {
        for (kind, of, value) in exact() {
            let key = (kind.to_owned(), of.clone());
            let Some(counted) = truth.get_mut(&key) else {
                continue;
            };
            let counted = std::mem::replace(counted, value);
            assert!(
                (counted - value).abs() < 0.03,
                "{kind} {of}: {counted} and {value}"
            );
        }
    }
    truth
}

/// Of how many intervals, and how many of them hold the truth; by kind, and by which one.
type Coverage = BTreeMap<(String, String), (f64, f64)>;

/// Only where at least 30 journeys are counted, and 5 expected on either side.
fn is_judged(told: &Told, truth: f64) -> bool {
    let rare = truth.min(1.0 - truth) * told.journeys;
    told.journeys >= 30.0 && (!told.is_share || rare >= 5.0)
}

fn add(coverage: &mut Coverage, truth: &Truth, told: &[Told]) {
    let mut family: BTreeMap<String, bool> = BTreeMap::new();
    for told in told {
        let key = (told.kind.clone(), told.of.clone());
        let Some((&truth, (low, high))) = truth.get(&key).zip(told.interval) else {
            continue;
        };
        // Where something is always so there is nothing to cover.
        if !is_judged(told, truth) || high <= low {
            continue;
        }
        let holds = low <= truth && truth <= high;
        if told.kind.ends_with("all at once") {
            *family.entry(told.kind.clone()).or_insert(true) &= holds;
            continue;
        }
        let entry = coverage.entry(key).or_default();
        entry.0 += 1.0;
        entry.1 += f64::from(u8::from(holds));
    }
    for (kind, holds) in family {
        let entry = coverage.entry((kind, String::new())).or_default();
        entry.0 += 1.0;
        entry.1 += f64::from(u8::from(holds));
    }
}

/// The share of new journeys that go as none of a log does, with the interval that the log tells.
fn unseen(log: &EventLog, all: &[(Vec<String>, f64)]) -> f64 {
    let seen: BTreeSet<Vec<String>> = sequences(log).into_iter().map(|(key, _)| key).collect();
    all.iter()
        .filter(|(key, _)| !seen.contains(key))
        .map(|(_, share)| share)
        .sum()
}

fn sequences(log: &EventLog) -> Vec<(Vec<String>, f64)> {
    let mut seen: BTreeMap<Vec<String>, f64> = BTreeMap::new();
    for journey in log.journeys() {
        let key = journey
            .moments()
            .map(|moment| moment.touchpoint().to_owned())
            .collect();
        *seen.entry(key).or_default() += 1.0 / log.len() as f64;
    }
    seen.into_iter().collect()
}

fn measure(who: Who, (logs, journeys, many): (usize, usize, usize), told: Tells) -> Coverage {
    let truth = truth(who, many, told);
    let all = sequences(&log(who, 1_000_003, many));
    let mut coverage = Coverage::new();
    for seed in 0..logs as u64 {
        let one = log(who, seed, journeys);
        let told = told(&one);
        let mut truth = truth.clone();
        truth.insert(
            ("variant_unseen".to_owned(), String::new()),
            unseen(&one, &all),
        );
        add(&mut coverage, &truth, &told);
    }
    coverage
}

/// Some figures that must hold, on few and small logs: an interval that holds in 52 of 100 logs fails.
#[test]
fn intervals_hold_in_about_95_of_100_logs() {
    for who in Who::ALL {
        let coverage = measure(who, (30, 200, 3000), told);
        for (kind, of) in [
            ("mean", ""),
            ("length", ""),
            ("reach", "desk"),
            ("outcome", "leaves"),
            ("keeping a promise: outcomes", "delivery | leaves"),
        ] {
            let found = coverage.get(&(kind.to_owned(), of.to_owned()));
            // Ten ratings are ten ratings on each journey.
            if who != Who::TenRatings || found.is_some() {
                assert!(
                    share(&coverage, kind, of) >= 0.85,
                    "{who:?}: {kind} {of}: {found:?}"
                );
            }
        }
    }
}

fn share(coverage: &Coverage, kind: &str, of: &str) -> f64 {
    let (all, held) = coverage[&(kind.to_owned(), of.to_owned())];
    held / all
}

/// Ten ratings that go together: taken for independent, as counts alone do, the mean has an interval that holds far too seldom.
#[test]
fn buckets_of_journeys_hold_where_counts_alone_do_not() {
    let coverage = measure(Who::TenRatings, (30, 200, 4000), of_tallies);
    let (in_buckets, alone) = (
        share(&coverage, "in buckets: mean", ""),
        share(&coverage, "counts alone: mean", ""),
    );
    assert!(in_buckets >= 0.85 && alone <= 0.75, "{in_buckets} {alone}");
    assert!(share(&coverage, "in buckets: outcome", "leaves") >= 0.85);
}

/// The table of the method page.
#[test]
#[ignore = "takes many minutes"]
#[expect(clippy::print_stdout, reason = "the table goes to the method page")]
fn table_of_coverage() {
    type Cell = (f64, f64, f64, String);
    let number =
        |name: &str, usual: usize| std::env::var(name).map_or(usual, |text| text.parse().unwrap());
    let (logs, journeys) = (number("LOGS", 400), number("JOURNEYS", 400));
    let many = number("MANY", 200_000);
    let mut rows: BTreeMap<String, BTreeMap<usize, Cell>> = BTreeMap::new();
    for (column, who) in Who::ALL.into_iter().enumerate() {
        let sizes = (logs, journeys, many);
        let mut coverage = measure(who, sizes, told);
        coverage.extend(measure(who, sizes, of_tallies));
        for ((kind, of), (all, held)) in coverage {
            // Of figures that seldom are told too little is known.
            if all < logs as f64 / 2.0 {
                continue;
            }
            let cell = rows.entry(kind).or_default().entry(column).or_insert((
                0.0,
                0.0,
                1.0,
                String::new(),
            ));
            cell.0 += all;
            cell.1 += held;
            if held / all < cell.2 {
                (cell.2, cell.3) = (held / all, of);
            }
        }
    }
    for (kind, columns) in rows {
        let cells = (0..Who::ALL.len()).map(|column| match columns.get(&column) {
            Some((all, held, least, of)) => {
                format!("{:.1} ({:.1} {of})", 100.0 * held / all, 100.0 * least)
            }
            None => "-".to_owned(),
        });
        println!("| {kind} | {} |", cells.collect::<Vec<_>>().join(" | "));
    }
}
