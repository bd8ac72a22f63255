use super::word::words;

words! {
    /// What the figures drawn at a touchpoint rest on.
    pub enum Evidence as "grade of evidence" {
        /// Somebody's assumption; the default.
        Assumed = "assumed",
        /// Somebody told: interviews, a workshop with customers.
        Reported = "reported",
        /// Counted: the weights are numbers of real visits.
        Observed = "observed",
    }
}

impl Default for Evidence {
    fn default() -> Self {
        Self::Assumed
    }
}
