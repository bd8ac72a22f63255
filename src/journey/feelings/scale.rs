//! Ratings on a declared scale, and the valence that they stand for.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::journey::numbers::{Number, OutOfRange, within};
use crate::journey::words::Quoted;

/// A rating scale: its two ends, and whether a higher rating is the better one.
///
/// Tools and surveys rate on many scales, and a 4 says nothing until its scale is declared.
/// [`Scale::valence`] then puts it on the one that journeys compute with, from -1 (as bad as the
/// scale can say) to 1 (as good as it can say).
///
/// ```
/// use customer_journey::Scale;
///
/// assert_eq!(Scale::ONE_TO_FIVE.valence(4.0)?, 0.5);
/// assert_eq!(Scale::new(-5.0, 5.0)?.valence(-5.0)?, -1.0);
///
/// // An effort score: 1 is effortless, and effortless is good.
/// let effort = Scale::ONE_TO_SEVEN.lower_is_better();
/// assert_eq!(effort.valence(1.0)?, 1.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// A scale is written `1..5` or, where low is good, `1..5, lower is better`. It is read from the
/// same words; `1 to 5` and, as long as no number is negative, `1-5` are understood too.
///
/// ```
/// use customer_journey::Scale;
///
/// let scale: Scale = "-2..2".parse()?;
/// assert_eq!(scale, Scale::MINUS_TWO_TO_TWO);
/// assert_eq!(scale.to_string(), "-2..2");
/// assert_eq!("1-5, lower is better".parse::<Scale>()?.to_string(), "1..5, lower is better");
/// # Ok::<(), customer_journey::journey::InvalidScale>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    min: f64,
    max: f64,
    higher_is_better: bool,
}

impl Scale {
    /// From -2 to 2, higher is better: what most mapping tools use.
    ///
    /// ```
    /// assert_eq!(customer_journey::Scale::MINUS_TWO_TO_TWO.valence(-1.0)?, -0.5);
    /// # Ok::<(), customer_journey::journey::OutOfRange>(())
    /// ```
    pub const MINUS_TWO_TO_TWO: Self = Self::rising(-2.0, 2.0);

    /// From 1 to 5, higher is better: five smileys, five stars, a Mermaid journey.
    ///
    /// ```
    /// assert_eq!(customer_journey::Scale::ONE_TO_FIVE.valence(3.0)?, 0.0);
    /// # Ok::<(), customer_journey::journey::OutOfRange>(())
    /// ```
    pub const ONE_TO_FIVE: Self = Self::rising(1.0, 5.0);

    /// From 1 to 7, higher is better: the questionnaire item with seven answers.
    ///
    /// ```
    /// assert_eq!(customer_journey::Scale::ONE_TO_SEVEN.valence(7.0)?, 1.0);
    /// # Ok::<(), customer_journey::journey::OutOfRange>(())
    /// ```
    pub const ONE_TO_SEVEN: Self = Self::rising(1.0, 7.0);

    /// From 0 to 10, higher is better: "how likely are you to recommend us?". An intention is not
    /// a feeling: declare it as one knowingly.
    ///
    /// ```
    /// assert_eq!(customer_journey::Scale::ZERO_TO_TEN.valence(6.0)?, 0.2);
    /// # Ok::<(), customer_journey::journey::OutOfRange>(())
    /// ```
    pub const ZERO_TO_TEN: Self = Self::rising(0.0, 10.0);

    /// From -1 to 1, higher is better: valence itself, as sentiment engines give it.
    ///
    /// ```
    /// assert_eq!(customer_journey::Scale::MINUS_ONE_TO_ONE.valence(0.1)?, 0.1);
    /// # Ok::<(), customer_journey::journey::OutOfRange>(())
    /// ```
    pub const MINUS_ONE_TO_ONE: Self = Self::rising(-1.0, 1.0);

    const fn rising(min: f64, max: f64) -> Self {
        Self {
            min,
            max,
            higher_is_better: true,
        }
    }

    /// A scale between two numbers, both included, on which higher is better.
    ///
    /// # Errors
    ///
    /// [`InvalidScale::Ends`] if an end is not finite, the lower end is not first, or no number
    /// lies between them.
    ///
    /// ```
    /// use customer_journey::Scale;
    ///
    /// assert_eq!(Scale::new(0.0, 100.0)?.valence(75.0)?, 0.5);
    /// assert!(Scale::new(5.0, 1.0).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(min: f64, max: f64) -> Result<Self, InvalidScale> {
        let scale = Self::rising(min + 0.0, max + 0.0);
        let middle = scale.middle();
        if min.is_finite() && max.is_finite() && min < middle && middle < max {
            Ok(scale)
        } else {
            Err(InvalidScale::Ends { min, max })
        }
    }

    /// The same ends, but low ratings are the good ones, as for effort, waiting or pain.
    ///
    /// ```
    /// use customer_journey::Scale;
    ///
    /// assert_eq!(Scale::ONE_TO_FIVE.lower_is_better().valence(5.0)?, -1.0);
    /// # Ok::<(), customer_journey::journey::OutOfRange>(())
    /// ```
    #[must_use]
    pub const fn lower_is_better(self) -> Self {
        Self {
            higher_is_better: false,
            ..self
        }
    }

    /// The lowest rating that can be given.
    ///
    /// ```
    /// assert_eq!(customer_journey::Scale::ONE_TO_FIVE.min(), 1.0);
    /// ```
    #[must_use]
    pub const fn min(self) -> f64 {
        self.min
    }

    /// The highest rating that can be given.
    ///
    /// ```
    /// assert_eq!(customer_journey::Scale::ONE_TO_FIVE.max(), 5.0);
    /// ```
    #[must_use]
    pub const fn max(self) -> f64 {
        self.max
    }

    /// Whether a high rating is a good one.
    ///
    /// ```
    /// use customer_journey::Scale;
    ///
    /// assert!(Scale::ONE_TO_FIVE.higher_is_better());
    /// assert!(!Scale::ONE_TO_FIVE.lower_is_better().higher_is_better());
    /// ```
    #[must_use]
    pub const fn higher_is_better(self) -> bool {
        self.higher_is_better
    }

    /// The valence of a rating: -1 at the bad end, 0 in the middle, 1 at the good end, each
    /// exactly, and a straight line between them.
    ///
    /// # Errors
    ///
    /// [`OutOfRange`] if the rating is not on the scale, or not a number.
    ///
    /// ```
    /// use customer_journey::Scale;
    ///
    /// assert_eq!(Scale::ONE_TO_FIVE.valence(2.0)?, -0.5);
    /// let refused = Scale::ONE_TO_FIVE.valence(9.0).unwrap_err();
    /// assert_eq!(refused.to_string(), "rating 9 is outside 1 to 5");
    /// # Ok::<(), customer_journey::journey::OutOfRange>(())
    /// ```
    pub fn valence(self, rating: f64) -> Result<f64, OutOfRange> {
        let rating = within("rating", rating, self.min, self.max)?;
        let middle = self.middle();
        // Each half has its own length, so that both ends are exact where the middle had to be
        // rounded.
        let half = if rating > middle {
            self.max - middle
        } else {
            middle - self.min
        };
        let away = if self.higher_is_better {
            rating - middle
        } else {
            middle - rating
        };
        Ok(away / half)
    }

    /// Halved before they are added: the sum of two ends may be too large for a number.
    fn middle(self) -> f64 {
        self.min / 2.0 + self.max / 2.0
    }
}

const LOWER: &str = "lower is better";
const HIGHER: &str = "higher is better";

impl fmt::Display for Scale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", Number(self.min), Number(self.max))?;
        if self.higher_is_better {
            Ok(())
        } else {
            write!(f, ", {LOWER}")
        }
    }
}

impl FromStr for Scale {
    type Err = InvalidScale;

    fn from_str(text: &str) -> Result<Self, InvalidScale> {
        let unreadable = || InvalidScale::Text {
            text: text.to_owned(),
        };
        let (ends, falling) = match text.split_once(',') {
            None => (text, false),
            Some((ends, direction)) => match direction.trim() {
                direction if direction.eq_ignore_ascii_case(LOWER) => (ends, true),
                direction if direction.eq_ignore_ascii_case(HIGHER) => (ends, false),
                _ => return Err(unreadable()),
            },
        };
        let (min, max) = two_ends(ends).ok_or_else(unreadable)?;
        let scale = Self::new(min, max)?;
        Ok(if falling {
            scale.lower_is_better()
        } else {
            scale
        })
    }
}

/// The numbers of `1..5`, `1 to 5` or `1-5`.
fn two_ends(text: &str) -> Option<(f64, f64)> {
    let number = |text: &str| text.trim().parse::<f64>().ok();
    if let Some((min, max)) = text.split_once("..") {
        // "0...5" is a slip, not a scale that ends at one half.
        return if max.starts_with('.') {
            None
        } else {
            Some((number(min)?, number(max)?))
        };
    }
    if let Some((min, max)) = text.split_once(" to ") {
        return Some((number(min)?, number(max)?));
    }
    // A hyphen is also a minus sign: more than one could be read in two ways.
    let (min, max) = text.split_once(['-', '\u{2013}'])?;
    if max.contains('-') {
        None
    } else {
        Some((number(min)?, number(max)?))
    }
}

/// Why something is not a rating scale.
///
/// ```
/// use customer_journey::journey::InvalidScale;
/// use customer_journey::Scale;
///
/// let refused = Scale::new(5.0, 1.0).unwrap_err();
/// assert_eq!(refused, InvalidScale::Ends { min: 5.0, max: 1.0 });
/// assert_eq!(
///     refused.to_string(),
///     "5 to 1 is not a scale: both ends must be finite, the lower one first",
/// );
///
/// let refused = "stars".parse::<Scale>().unwrap_err();
/// assert_eq!(
///     refused.to_string(),
///     r#""stars" is not a scale: write the lowest and the highest rating, as in 1..5 or -2..2"#,
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum InvalidScale {
    /// The ends are not two finite numbers, the lower one first, with a number between them.
    #[error(
        "{} to {} is not a scale: both ends must be finite, the lower one first",
        Number(*.min), Number(*.max)
    )]
    Ends {
        /// The end that was given as the lower one.
        min: f64,
        /// The end that was given as the higher one.
        max: f64,
    },
    /// The text is not a scale's.
    #[error(
        "{} is not a scale: write the lowest and the highest rating, as in 1..5 or -2..2",
        Quoted(.text)
    )]
    Text {
        /// The text that was given.
        text: String,
    },
}
