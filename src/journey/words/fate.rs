//! What becomes of complaints.

use super::word::words;

words! {
    /// What became of a complaint.
    pub enum Fate as "fate of a complaint" {
        /// Answered within a day.
        InTime = "in time",
        /// Answered later than that.
        Late = "late",
        /// Answered, and nobody knows how soon.
        Untimed = "at an unknown time",
        /// Never answered.
        Never = "never",
    }
}

/// Up to so many seconds an answer comes in time: a day.
pub(crate) const IN_TIME_S: f64 = 86_400.0;
