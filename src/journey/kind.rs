use super::word::words;

words! {
    /// Whether a journey says how things are meant to go or how they go.
    pub enum JourneyKind as "kind of journey" {
        /// How it is meant to go.
        Planned = "planned",
        /// How it goes; the default.
        Experienced = "experienced",
    }
}

impl Default for JourneyKind {
    fn default() -> Self {
        Self::Experienced
    }
}
