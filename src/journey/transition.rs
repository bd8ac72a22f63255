use super::facts::Given;
use super::promise::PromiseResult;
use crate::statistics::Waits;

/// A way from one touchpoint to the next: the edge weight of the journey's graph.
///
/// ```
/// use customer_journey::{PromiseResult, Transition};
/// let complaint = Transition::new(3.0).when(PromiseResult::Broken).wait_s(600.0);
/// assert_eq!(complaint.wait_s, Some(600.0));
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Transition {
    /// How many customers go this way, in proportion to the other ways from the same touchpoint; finite and at
    /// least 0.
    pub weight: f64,
    /// The promise result after which this way is open; always open if `None`.
    pub when: Option<PromiseResult>,
    /// Mean time from one touchpoint to the next, in seconds; unknown if `None`.
    pub wait_s: Option<f64>,
    /// What customers must remember for this way to be open; always open if empty.
    pub given: Given,
    /// How these times spread, as they were counted; they count as long as [`wait_s`](Transition::wait_s) is their mean.
    /// Unknown if `None`.
    pub wait_spread: Option<Waits>,
}

impl Transition {
    /// A way that is always open, of unknown duration.
    #[must_use]
    pub fn new(weight: f64) -> Self {
        Self {
            weight,
            when: None,
            wait_s: None,
            given: Given::default(),
            wait_spread: None,
        }
    }

    /// Opens the way only after this result of the touchpoint's promise.
    #[must_use]
    pub fn when(mut self, result: PromiseResult) -> Self {
        self.when = Some(result);
        self
    }

    /// Opens the way only to customers who remember something, on leaving the touchpoint.
    #[must_use]
    pub fn given(mut self, given: Given) -> Self {
        self.given = given;
        self
    }

    /// States the mean time to the next touchpoint, in seconds.
    #[must_use]
    pub fn wait_s(mut self, seconds: f64) -> Self {
        self.wait_s = Some(seconds);
        self
    }

    /// States how long it takes to the next touchpoint, with the spread of it: the mean is theirs.
    ///
    /// ```
    /// use customer_journey::Transition;
    /// use customer_journey::time::Waits;
    /// let way = Transition::new(3.0).waits(Waits::of([60.0, 120.0, 600.0]));
    /// assert_eq!(way.wait_s, Some(260.0));
    /// ```
    #[must_use]
    pub fn waits(mut self, waits: Waits) -> Self {
        self.wait_s = waits.mean_s();
        self.wait_spread = Some(waits);
        self
    }

    /// The spread of its times, where it belongs to the mean that is stated.
    pub(crate) fn known_waits(&self) -> Option<&Waits> {
        let (waits, mean) = (self.wait_spread.as_ref()?, self.wait_s?);
        let counted = waits.mean_s()?;
        ((counted - mean).abs() <= 1e-9 * mean).then_some(waits)
    }
}

impl Default for Transition {
    fn default() -> Self {
        Self::new(1.0)
    }
}

/// A weight alone is a way that is always open, of unknown duration.
impl From<f64> for Transition {
    fn from(weight: f64) -> Self {
        Self::new(weight)
    }
}
