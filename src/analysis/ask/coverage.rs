//! How much is known of what a pattern tests.

use crate::flow::Flow;
use crate::page::number::share;
use crate::pattern::{Asks, Pattern, Tested, Told};

/// Of how many moments it is known what a step of a pattern tests, or of how many journeys how they end. A test of what is
/// not known does not hold.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct TestCoverage {
    /// The step as the pattern prints it, or its ending.
    pub step: String,
    /// What it tests that may not be known.
    pub tested: Tested,
    /// The share of those it asks about of which that is known, in 0..=1. It is 0 only where `or` joins the chain with one of
    /// which something is known: otherwise the question has no answer.
    pub share: f64,
    /// How many it asks about, per journey: moments of which all else leaves it open whether the step holds (of a promise, only
    /// where one is put to the test; of a wait, only behind the step before), or for an ending 1.
    pub asked: f64,
}

/// What is told of each test, per journey; without what is never asked.
pub(super) fn coverage<'a>(
    told: impl Iterator<Item = (&'a Asks, &'a Told)>,
    journeys: f64,
) -> Vec<TestCoverage> {
    let told = told.filter(|(_, told)| told.asked > 0.0);
    let one = |(asks, told): (&Asks, &Told)| TestCoverage {
        step: asks.step.clone(),
        tested: asks.tested,
        share: (told.known / told.asked).min(1.0),
        asked: told.asked / journeys,
    };
    told.map(one).collect()
}

/// What is known in part only, and that the rest passes no test; the step is written by the caller's means.
pub(super) fn in_part(coverage: &[TestCoverage], step: fn(&str) -> String) -> Option<String> {
    let partly = coverage.iter().filter(|known| known.share < 1.0);
    let partly: Vec<String> = partly
        .map(|known| {
            let (what, at, of) = match known.tested {
                Tested::Feels => ("What is felt", "at", "moments"),
                Tested::Promise => ("The result of the promise", "at", "moments"),
                Tested::Wait => ("How long it took", "at", "moments"),
                Tested::Fact => ("The fact", "at", "moments"),
                Tested::End => ("How it ended", "of", "journeys"),
            };
            format!(
                "{what} is known {at} {} {of} that {} asks about.",
                share(known.share),
                step(&known.step)
            )
        })
        .collect();
    (!partly.is_empty()).then(|| format!("{} What is not known passes no test.", partly.join(" ")))
}

impl Flow {
    /// What of a pattern's tests is known in part only, in words; none where all is, and where there is no answer.
    pub(crate) fn known_in_part(&self, pattern: &Pattern) -> Option<String> {
        if let Some(keeping) = self.keeping_for(pattern).ok()? {
            return keeping.known_in_part(pattern);
        }
        let reading = self.read(pattern).ok()?;
        in_part(&coverage(reading.told(), 1.0), str::to_owned)
    }
}
