use super::word::words;

words! {
    /// Whether a journey says how things are meant to go or how they go.
    #[derive(Default)]
    pub enum JourneyKind as "kind of journey" {
        /// How it is meant to go.
        Planned = "planned",
        /// How it goes; the default.
        #[default]
        Experienced = "experienced",
    }
}
