use super::word::words;

words! {
    /// What is possible at a touchpoint.
    pub enum Ability as "ability" {
        /// Staff or system may put things right.
        Resolve = "resolve",
        /// Dissatisfaction that is felt here reaches the provider.
        Listen = "listen",
        /// The customer is told what was done about it.
        Answer = "answer",
        /// The customer is known; nothing has to be repeated.
        Recognise = "recognise",
    }
}
