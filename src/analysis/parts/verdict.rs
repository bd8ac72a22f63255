//! What can be said of a difference.

use crate::journey::words;
use crate::statistics::Judged;

words! {
    /// What can be said of a difference.
    pub enum Verdict as "verdict of a comparison" {
        /// It is not by chance (adjusted p below 0.05), and beyond what matters: of shares 2 points or a quarter of the larger one,
        /// whichever is less; 0.05 of feeling; a tenth of the larger time, number or amount.
        Different = "different",
        /// The 90 % interval of the difference lies within what matters.
        Same = "same",
        /// Neither can be said.
        Unclear = "unclear",
    }
}

impl From<Judged> for Verdict {
    fn from(judged: Judged) -> Self {
        match judged {
            Judged::Different => Self::Different,
            Judged::Same => Self::Same,
            Judged::Unclear => Self::Unclear,
        }
    }
}
