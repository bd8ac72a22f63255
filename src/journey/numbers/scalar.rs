//! Numbers that must lie in a range, and how a message shows a number.

use std::fmt;

use thiserror::Error;

/// A number is not in the range that it must be in, or is not a number.
///
/// ```
/// use customer_journey::Scale;
///
/// let refused = Scale::ONE_TO_FIVE.valence(9.0).unwrap_err();
/// assert_eq!((refused.what, refused.value), ("rating", 9.0));
/// assert_eq!((refused.min, refused.max), (1.0, 5.0));
/// assert_eq!(refused.to_string(), "rating 9 is outside 1 to 5");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Error)]
#[error("{what} {} is outside {} to {}", Number(*.value), Number(*.min), Number(*.max))]
#[non_exhaustive]
pub struct OutOfRange {
    /// What the number was meant to be, for example "rating".
    pub what: &'static str,
    /// The number that was given.
    pub value: f64,
    /// The least that is allowed.
    pub min: f64,
    /// The most that is allowed.
    pub max: f64,
}

/// The value itself if it lies from `min` to `max`, both included, with `-0.0` made `0.0`.
pub(crate) fn within(
    what: &'static str,
    value: f64,
    min: f64,
    max: f64,
) -> Result<f64, OutOfRange> {
    if (min..=max).contains(&value) {
        Ok(value + 0.0)
    } else {
        Err(OutOfRange {
            what,
            value,
            min,
            max,
        })
    }
}

/// A number in a message: as short as it can be and still be read back exactly.
pub(crate) struct Number(pub(crate) f64);

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.0;
        let size = number.abs();
        // Written out, the largest and the smallest numbers have more than 300 digits.
        if size.is_finite() && size != 0.0 && !(1e-7..1e16).contains(&size) {
            write!(f, "{number:e}")
        } else {
            write!(f, "{number}")
        }
    }
}
