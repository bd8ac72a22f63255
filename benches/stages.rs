//! What each stage costs: drawing, the flow, and every question of a flow that is there already.
//!
//! `cargo bench --bench stages` measures maps of 10 to 100,000 touchpoints of three shapes. The cost of `flow` is
//! apart from that of each question, because it is paid once.

mod journeys;

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use customer_journey::analysis::PainOptions;
use customer_journey::{FixKind, Flow, Journey, Outcome, Pattern};
use journeys::{Shape, journey};

const SIZES: [usize; 5] = [10, 100, 1_000, 10_000, 100_000];

type Ask = fn(&Flow);

/// A question of a flow, by name.
type Question = (&'static str, Ask);

const QUESTIONS: [Question; 9] = [
    ("touchpoints", |flow| ask(flow.touchpoints())),
    ("trajectory", |flow| ask(flow.trajectory())),
    ("pain_points", |flow| {
        ask(flow.pain_points(&PainOptions::new().limit(10)));
    }),
    ("moments_of_truth", |flow| {
        ask(flow.moments_of_truth(&Outcome::Churn));
    }),
    (
        "channel_consistency",
        |flow| ask(flow.channel_consistency()),
    ),
    ("single_fixes", |flow| ask(flow.single_fixes(FixKind::ALL))),
    ("listening", |flow| ask(flow.listening())),
    ("money", |flow| ask(flow.money())),
    ("report", |flow| ask(flow.report())),
];

/// Takes an answer and lets go of it.
fn ask<T>(answer: T) {
    drop(black_box(answer));
}

fn stages(criterion: &mut Criterion) {
    for shape in Shape::ALL {
        let mut group = criterion.benchmark_group(shape.name());
        group
            .sample_size(10)
            .warm_up_time(Duration::from_millis(300))
            .measurement_time(Duration::from_secs(1));
        for n in SIZES {
            group.throughput(Throughput::Elements(n as u64));
            let drawn = journey(n, shape);
            group.bench_with_input(BenchmarkId::new("build", n), &drawn, |bencher, drawn| {
                bencher.iter_with_large_drop(|| Journey::try_from(drawn.graph().clone()));
            });
            group.bench_with_input(BenchmarkId::new("flow", n), &drawn, |bencher, drawn| {
                bencher.iter_with_large_drop(|| black_box(drawn).flow());
            });
            let Ok(flow) = drawn.flow() else { continue };
            for (name, ask) in QUESTIONS {
                group.bench_with_input(BenchmarkId::new(name, n), &flow, |bencher, flow| {
                    bencher.iter(|| ask(black_box(flow)));
                });
            }
        }
        group.finish();
    }
}

/// Questions with ways of their own to the answer, and the patterns that ask the same.
const TWICE: [(&str, Ask, &[&str]); 3] = [
    (
        "promises",
        |flow| ask(flow.promises()),
        &[
            "*{promise = broken}",
            "*{makes = \"on time\"} => *{promise = broken}",
            "*{promise = broken} => *{can = resolve}",
            "start =[not *{promise = broken}]=> end",
            "start =[not *{promise = broken}]=> *{promise = broken} =[not *{promise = broken}]=> end",
            "*{promise = broken} => *{promise = broken}",
        ],
    ),
    (
        "listening",
        |flow| ask(flow.listening()),
        &[
            "*{feels <= -0.25}",
            "*{feels <= -0.25, can = listen} or *{feels <= -0.25} => *{can = listen}",
            "start =[not *{can = listen}]=> *{feels <= -0.25, can != listen} =[not *{can = listen}]=> end(churn)",
        ],
    ),
    // One touchpoint, where the other tells all, and one pair of channels of hundreds.
    (
        "channel_consistency",
        |flow| ask(flow.channel_consistency()),
        &[
            "*{need = \"need 9\", channel = web} => *{need = \"need 9\", channel != web} or *{need = \"need 9\", channel != web} => *{need = \"need 9\", channel = web}",
        ],
    ),
];

/// The special machinery beside the general one.
fn twice(criterion: &mut Criterion) {
    for shape in [Shape::Forward, Shape::OneComponent] {
        let mut group = criterion.benchmark_group(format!("{}, two ways", shape.name()));
        group
            .sample_size(10)
            .warm_up_time(Duration::from_millis(300))
            .measurement_time(Duration::from_secs(1));
        let Ok(flow) = journey(1_000, shape).flow() else {
            continue;
        };
        for (name, special, patterns) in TWICE {
            group.bench_function(BenchmarkId::new(name, "special"), |bencher| {
                bencher.iter(|| special(black_box(&flow)));
            });
            let patterns: Vec<Pattern> = patterns
                .iter()
                .filter_map(|text| text.parse().ok())
                .collect();
            group.bench_function(BenchmarkId::new(name, "patterns"), |bencher| {
                bencher.iter(|| {
                    for pattern in &patterns {
                        ask(black_box(&flow).share_matching(pattern));
                    }
                });
            });
        }
        group.finish();
    }
}

criterion_group!(benches, stages, twice);
criterion_main!(benches);
