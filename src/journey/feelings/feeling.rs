//! Feelings by name: the table, what is known of each, and how a name is read.

mod parse;
mod table;
mod words;

use std::fmt;

pub use parse::UnknownFeeling;
pub use table::Feeling;

impl Feeling {
    /// The name in documents, in lower case and with `_` between words.
    ///
    /// ```
    /// use customer_journey::Feeling;
    ///
    /// assert_eq!(Feeling::CaredFor.as_str(), "cared_for");
    /// assert_eq!(Feeling::CaredFor.to_string(), "cared for");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.row().name
    }

    /// How pleasant it is, from -1 to 1.
    ///
    /// ```
    /// use customer_journey::Feeling;
    ///
    /// assert_eq!(Feeling::Anger.valence(), -0.62);
    /// ```
    #[must_use]
    pub const fn valence(self) -> f64 {
        self.row().valence
    }

    /// How stirring it is, from -1 to 1.
    ///
    /// ```
    /// use customer_journey::Feeling;
    ///
    /// assert_eq!(Feeling::Boredom.arousal(), -0.62);
    /// ```
    #[must_use]
    pub const fn arousal(self) -> f64 {
        self.row().arousal
    }

    /// Whether it is one of the 27 emotions of Cowen and Keltner (Berkeley, 2017).
    ///
    /// ```
    /// use customer_journey::Feeling;
    ///
    /// assert!(Feeling::Relief.is_berkeley_27());
    /// assert!(!Feeling::Frustration.is_berkeley_27());
    /// ```
    #[must_use]
    pub const fn is_berkeley_27(self) -> bool {
        self.row().berkeley_27
    }

    /// Why its valence is to be read with care, in a sentence or two: the word is ambiguous or
    /// mixed, or its number is borrowed.
    ///
    /// ```
    /// use customer_journey::Feeling;
    ///
    /// assert_eq!(
    ///     Feeling::Valued.caveat(),
    ///     Some("No norm for this word: the numbers are those of admired."),
    /// );
    /// assert_eq!(Feeling::Anger.caveat(), None);
    /// ```
    #[must_use]
    pub const fn caveat(self) -> Option<&'static str> {
        self.row().caveat
    }
}

/// The name in words, "pleasant surprise". Honours width and alignment.
impl fmt::Display for Feeling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.as_str().replace('_', " "))
    }
}
