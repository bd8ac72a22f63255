use super::word::words;

words! {
    /// When a touchpoint happens, seen from the interaction with the company.
    ///
    /// ```
    /// use customer_journey::Phase;
    /// assert!(Phase::Before < Phase::After);
    /// assert_eq!("during".parse(), Ok(Phase::During));
    /// ```
    pub enum Phase as "phase" {
        /// Before the interaction: expectations are formed, promises are made.
        Before = "before",
        /// During the interaction.
        During = "during",
        /// After it: memory, complaint, recommendation, the next purchase.
        After = "after",
    }
}
