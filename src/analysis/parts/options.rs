//! How the parts of a log are compared.

use crate::events::LearnOptions;
use crate::statistics::Deals;

/// How the parts of a log are compared: segments, or windows of time.
#[derive(Debug, Clone)]
#[must_use]
pub struct PartOptions {
    pub(super) learn: LearnOptions,
    deals: u32,
    seed: u64,
}

impl PartOptions {
    /// Maps are learned with the given options; whole journeys are dealt anew to the parts 499 times, from a fixed seed.
    pub fn new(learn: LearnOptions) -> Self {
        Self {
            learn,
            deals: 499,
            seed: 0,
        }
    }

    /// Sets how often journeys are dealt anew to the parts: the smallest p is one in so many, and one. Very large logs are dealt
    /// anew less often, and at least 199 times.
    pub fn deals(mut self, number: u32) -> Self {
        self.deals = number;
        self
    }

    /// Sets the seed of the dealing. The same seed gives the same p.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    pub(super) fn dealing(&self) -> Deals {
        Deals {
            number: self.deals,
            seed: self.seed,
        }
    }
}
