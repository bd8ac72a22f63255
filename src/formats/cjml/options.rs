use crate::formats::phases::PhaseNames;
use crate::journey::{Channel, Phase};

/// How a CJML document is read.
///
/// ```
/// use customer_journey::{Channel, CjmlOptions, Phase};
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
    /// A phase is before, during or after if that is the first word of its name in any capitals; any other one is a
    /// fault until it is stated. The channel of actions is `unstated`.
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
