//! Property tests that give the same verdict each time.
//!
//! Cases are drawn from a fixed seed, so that a test run says something about the code and not about luck. New cases are looked
//! for on purpose, by `.ci/explore`, which sets the two variables below; what it finds becomes a plain test in `found`.

use proptest::test_runner::{Config, RngSeed};

/// Any number does.
const SEED: u64 = 20_250_131;

/// How many times as many cases as usual are drawn. The seed is read by proptest itself, from `PROPTEST_RNG_SEED`.
const TIMES: &str = "JOURNEY_TEST_TIMES";

/// So many cases, from the fixed seed. Nothing is written down: files of seeds stop to fit when a generator changes.
pub(crate) fn cases(cases: u32) -> Config {
    let default = Config::default();
    let times = std::env::var(TIMES).unwrap_or_else(|_| "1".to_owned());
    let Ok(times) = times.parse::<u32>() else {
        panic!("{TIMES} is {times:?}, which is no whole number");
    };
    Config {
        cases: cases.saturating_mul(times),
        failure_persistence: None,
        rng_seed: match default.rng_seed {
            RngSeed::Random => RngSeed::Fixed(SEED),
            stated @ RngSeed::Fixed(_) => stated,
        },
        ..default
    }
}

#[test]
fn cases_are_the_same_each_time() {
    use proptest::strategy::{Strategy, ValueTree};
    let drawn = || -> Vec<Option<u64>> {
        let mut runner = proptest::test_runner::TestRunner::new(cases(1));
        let mut draw = || proptest::num::u64::ANY.new_tree(&mut runner).ok();
        (0..20).map(|_| draw().map(|tree| tree.current())).collect()
    };
    assert_eq!(drawn(), drawn());
    assert!(drawn().windows(2).any(|pair| pair[0] != pair[1]));
}
