/// A figure that somebody measured at a touchpoint, as it stands on the wall: "satisfied, %: 61 (n = 214)".
///
/// It is shown and handed on as it is. Nothing is computed from it: what customers feel, where they go and what they are
/// promised has fields of its own.
///
/// ```
/// use customer_journey::workshop::KeyFigure;
/// use customer_journey::{Channel, Phase, Touchpoint};
/// let call = Touchpoint::new("call", Phase::During, Channel::Phone)
///     .figure(KeyFigure::new("minutes in the queue", 40.0).of(214))
///     .figure(KeyFigure::new("calls a week", 1200.0));
/// assert_eq!(call.figures[0].n, Some(214));
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct KeyFigure {
    /// What was measured, with its unit where it has one.
    pub label: String,
    /// The figure; finite.
    pub value: f64,
    /// How many answers, visits or customers it rests on; unknown if `None`.
    pub n: Option<u32>,
}

impl KeyFigure {
    /// A figure of which nobody says what it rests on.
    #[must_use]
    pub fn new(label: impl Into<String>, value: f64) -> Self {
        Self {
            label: label.into(),
            value,
            n: None,
        }
    }

    /// Sets how many answers, visits or customers it rests on.
    #[must_use]
    pub fn of(mut self, n: u32) -> Self {
        self.n = Some(n);
        self
    }
}
