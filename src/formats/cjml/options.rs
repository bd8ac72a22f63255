use crate::formats::phases::PhaseNames;
use crate::journey::{Channel, Phase};

/// How a CJML document is read.
///
/// ```
/// use customer_journey::formats::CjmlOptions;
/// use customer_journey::{Channel, Phase};
/// let options = CjmlOptions::new()
///     .phase("Onboarding", Phase::During)
///     .other_phases(Phase::After)
///     .channel(Channel::Web);
/// # let _ = options;
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct CjmlOptions {
    pub(super) phases: PhaseNames,
    pub(super) channel: Channel,
}

impl CjmlOptions {
    /// A phase is before, during or after if its name says so or is that of a stage which people place there, in one of
    /// some twenty languages; any other one is a fault until it is stated. The channel of actions is `unstated`.
    pub fn new() -> Self {
        Self {
            phases: PhaseNames::default(),
            channel: Channel::from("unstated"),
        }
    }

    /// States the phase of the touchpoints that belong to the phase of a name; those that belong to none have the
    /// name "".
    pub fn phase(mut self, name: impl Into<String>, phase: Phase) -> Self {
        self.phases.state(name.into(), phase);
        self
    }

    /// States the phase of all touchpoints of which it is not known otherwise.
    pub fn other_phases(mut self, phase: Phase) -> Self {
        self.phases.state_others(phase);
        self
    }

    /// Gives phases whose name does not say which they are the one of their position, in the order in which touchpoints
    /// come: the first of several is before, the last of more than two after, the others during.
    pub fn phases_by_position(mut self) -> Self {
        self.phases.go_by_position();
        self
    }

    /// States the channel of touchpoints that have none.
    pub fn channel(mut self, channel: impl Into<Channel>) -> Self {
        self.channel = channel.into();
        self
    }
}

impl Default for CjmlOptions {
    fn default() -> Self {
        Self::new()
    }
}
