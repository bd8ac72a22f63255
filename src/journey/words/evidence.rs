use super::word::words;

words! {
    /// What the figures drawn at a touchpoint rest on.
    #[derive(Default)]
    pub enum Evidence as "grade of evidence" {
        /// Somebody's assumption; the default.
        #[default]
        Assumed = "assumed",
        /// Somebody told: interviews, a workshop with customers.
        Reported = "reported",
        /// Counted: the weights are numbers of real visits.
        Observed = "observed",
    }
}
