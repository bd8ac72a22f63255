use super::words::words;

words! {
    /// What a visit finds of the promise that a touchpoint puts to the test.
    pub enum PromiseResult as "promise result" {
        /// The promise was kept.
        Kept = "kept",
        /// The promise was broken.
        Broken = "broken",
        /// Nobody knows.
        Unknown = "unknown",
    }
}

/// A promise that a touchpoint puts to the test, with the weights of visits by result.
///
/// Weights are proportional: shares, percentages and counts of customers all work.
///
/// ```
/// use customer_journey::Promise;
/// let promise = Promise::new("on time").kept(35.0).broken(65.0);
/// assert_eq!(promise.kept_rate(), Some(0.35));
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Promise {
    /// The promise's name; touchpoints that make it name it in `makes`.
    pub name: String,
    /// Weight of visits that found the promise kept.
    pub kept: f64,
    /// Weight of visits that found it broken.
    pub broken: f64,
    /// Weight of visits of which nobody knows.
    pub unknown: f64,
}

impl Promise {
    /// A promise without any result yet: state at least one of `kept`, `broken` and `unknown`.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            kept: 0.0,
            broken: 0.0,
            unknown: 0.0,
        }
    }

    /// Sets the weight of visits that found the promise kept.
    #[must_use]
    pub fn kept(mut self, weight: f64) -> Self {
        self.kept = weight;
        self
    }

    /// Sets the weight of visits that found the promise broken.
    #[must_use]
    pub fn broken(mut self, weight: f64) -> Self {
        self.broken = weight;
        self
    }

    /// Sets the weight of visits of which nobody knows.
    #[must_use]
    pub fn unknown(mut self, weight: f64) -> Self {
        self.unknown = weight;
        self
    }

    /// The weight of one result.
    #[must_use]
    pub fn weight(&self, result: PromiseResult) -> f64 {
        match result {
            PromiseResult::Kept => self.kept,
            PromiseResult::Broken => self.broken,
            PromiseResult::Unknown => self.unknown,
        }
    }

    /// kept / (kept + broken), in 0..=1; `None` where neither was ever seen.
    #[must_use]
    pub fn kept_rate(&self) -> Option<f64> {
        let known = self.kept + self.broken;
        (known > 0.0).then(|| self.kept / known)
    }
}
