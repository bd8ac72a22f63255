//! Places, as patterns name them.

use crate::journey::{Ability, Phase, Touchpoint};

/// What patterns can say of a place where customers and provider meet.
#[derive(Debug, Clone, Default)]
pub(crate) struct Place<'a> {
    /// Its id on a map, which beats the names of others. Places of events have none.
    pub(crate) id: Option<&'a str>,
    /// What several places may share: the touchpoint's name without its channel.
    pub(crate) name: Option<&'a str>,
    /// Another such name: of a learned touchpoint, whose id ends in ` @ ` and the channel, what stands before that; of a place of
    /// events, what it would be called with the channel.
    pub(crate) learned_as: Option<&'a str>,
    pub(crate) channel: Option<&'a str>,
    pub(crate) phase: Option<Phase>,
    pub(crate) stage: Option<&'a str>,
    pub(crate) owner: Option<&'a str>,
    pub(crate) need: Option<&'a str>,
    /// The promise that is tested there.
    pub(crate) promise: Option<&'a str>,
    pub(crate) makes: Vec<&'a str>,
    pub(crate) can: Vec<Ability>,
}

impl<'a> From<&'a Touchpoint> for Place<'a> {
    fn from(touchpoint: &'a Touchpoint) -> Self {
        Self {
            id: Some(&touchpoint.id),
            name: touchpoint.name.as_deref(),
            learned_as: touchpoint
                .id
                .strip_suffix(touchpoint.channel.as_str())
                .and_then(|id| id.strip_suffix(" @ ")),
            channel: Some(touchpoint.channel.as_str()),
            phase: Some(touchpoint.phase),
            stage: touchpoint.stage.as_deref(),
            owner: touchpoint.owner.as_deref(),
            need: touchpoint.need.as_deref(),
            promise: touchpoint
                .promise
                .as_ref()
                .map(|promise| promise.name.as_str()),
            makes: touchpoint.makes.iter().map(String::as_str).collect(),
            can: touchpoint.can.clone(),
        }
    }
}
