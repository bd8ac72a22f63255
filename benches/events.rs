//! How long it takes to learn from events: recording, reading a table, merging, drawing the journey.

#![expect(
    clippy::cast_possible_truncation,
    reason = "the numbers drawn are small"
)]

use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use customer_journey::events::TallyOptions;
use customer_journey::{
    CsvOptions, EventLog, EventRef, LearnOptions, Phase, PromiseResult, Scale, Tally,
};

/// Events of a log.
const EVENTS: usize = 1_000_000;
/// Journeys under way at a time.
const UNDER_WAY: u64 = 40_000;

/// A log of interleaved journeys: five channels, 48 touchpoints, ratings from 1 to 5, promises.
struct Log {
    journeys: Vec<String>,
    touchpoints: Vec<String>,
    rows: Vec<(usize, usize, usize, f64, Option<PromiseResult>)>,
}

const CHANNELS: [&str; 5] = ["web", "app", "store", "phone", "email"];

impl Log {
    /// The same log at each call; `first` keeps the names of journeys apart.
    fn new(events: usize, first: u64) -> Self {
        // A generator of Marsaglia's: the benches need no quality, only the same numbers each time.
        let mut state = 0x2545_f491_4f6c_dd1d_u64;
        let mut draw = |below: u64| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            ((state >> 32) * below) >> 32
        };
        let mut journeys = Vec::new();
        let mut slots: Vec<usize> = Vec::new();
        let mut rows = Vec::with_capacity(events);
        for _ in 0..events {
            let slot = draw(UNDER_WAY) as usize;
            // One event in twelve begins a journey.
            if slot >= slots.len() || draw(12) == 0 {
                let name = format!(
                    "{:010x}",
                    ((first + journeys.len() as u64) * 0x9e37_79b9) & 0xff_ffff_ffff
                );
                journeys.push(name);
                let slot = slot.min(slots.len());
                if slot == slots.len() {
                    slots.push(0);
                }
                slots[slot] = journeys.len() - 1;
            }
            let slot = slot.min(slots.len() - 1);
            let touchpoint = (draw(48) * draw(48) / 48) as usize;
            let promise = match draw(6) {
                0 => Some(PromiseResult::Kept),
                1 => Some(PromiseResult::Broken),
                _ => None,
            };
            let rating = 1.0 + draw(5) as f64;
            rows.push((slots[slot], touchpoint, draw(5) as usize, rating, promise));
        }
        let touchpoints = (0..48).map(|number| format!("stage {}.step {number}", number / 6));
        Self {
            journeys,
            touchpoints: touchpoints.collect(),
            rows,
        }
    }

    fn events(&self) -> impl Iterator<Item = EventRef<'_>> {
        let times = 1_700_000_000_000..;
        self.rows.iter().zip(times).map(|(row, time)| {
            let (journey, touchpoint, channel, rating, promise) = *row;
            let event = EventRef::new(&self.journeys[journey], &self.touchpoints[touchpoint]);
            let mut event = event
                .channel(CHANNELS[channel])
                .time_ms(time)
                .emotion(rating);
            event.promise = promise;
            event
        })
    }

    fn tally(&self) -> Tally {
        let mut tally = Tally::new(options());
        let recorded = tally.record_all(self.events());
        assert!(recorded.is_ok(), "the log is in order");
        tally
    }

    fn table(&self) -> String {
        let mut table = String::from("case,timestamp_ms,touchpoint,channel,emotion,promise\n");
        for (row, event) in self.rows.iter().zip(self.events()) {
            let promise = event.promise.map_or("", PromiseResult::as_str);
            let (time, channel) = (event.time_ms.unwrap_or_default(), CHANNELS[row.2]);
            let line = format!(
                "{},{time},{},{channel},{},{promise}\n",
                event.journey, event.touchpoint, row.3
            );
            table += &line;
        }
        table
    }
}

fn options() -> TallyOptions {
    TallyOptions::new().scale(Scale::ONE_TO_FIVE)
}

fn events(bench: &mut Criterion) {
    let log = Log::new(EVENTS, 0);
    let table = log.table();
    let other = Log::new(EVENTS, 1 << 32).tally();
    let tally = log.tally();
    let learn = LearnOptions::new().other_phases(Phase::During);

    let mut group = bench.benchmark_group("a million events");
    group
        .sample_size(10)
        .throughput(Throughput::Elements(EVENTS as u64));
    group.bench_function("record", |bench| bench.iter(|| log.tally().events()));
    group.bench_function("read", |bench| {
        bench.iter(|| {
            let mut tally = Tally::new(options());
            let read = tally.read_csv(table.as_bytes(), &CsvOptions::new());
            read.map(|read| read.rows)
        });
    });
    group.bench_function("record into a log", |bench| {
        bench.iter(|| {
            let mut whole = EventLog::new(options());
            whole.record_all(log.events()).map(|()| whole.events())
        });
    });
    group.bench_function("read into a log", |bench| {
        bench.iter(|| {
            let mut whole = EventLog::new(options());
            let read = whole.read_csv(table.as_bytes(), &CsvOptions::new());
            read.map(|read| read.rows)
        });
    });
    group.bench_function("merge with another million", |bench| {
        bench.iter_batched_ref(
            || tally.clone(),
            |tally| tally.merge(&other),
            BatchSize::LargeInput,
        );
    });
    group.bench_function("draw the journey", |bench| {
        bench.iter(|| {
            black_box(&tally)
                .learn(&learn)
                .map(|learned| learned.summary)
        });
    });
    group.finish();
}

criterion_group!(benches, events);
criterion_main!(benches);
