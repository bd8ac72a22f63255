//! What customers come for, and where they get it: touchpoints grouped by need and channel.

use std::collections::{BTreeMap, BTreeSet};

use crate::flow::solved::Flow;
use crate::journey::Channel;

/// One need with the channels that meet it, in the order of their names.
#[derive(Debug)]
pub(crate) struct Need<'a> {
    pub(crate) name: &'a str,
    pub(crate) channels: Vec<NeedChannel<'a>>,
}

/// The touchpoints that meet a need in one channel.
#[derive(Debug)]
pub(crate) struct NeedChannel<'a> {
    pub(crate) channel: &'a Channel,
    /// Positions in the order of the map; those that no journey comes to are left out.
    pub(crate) touchpoints: Vec<u32>,
    /// Expected visits to them.
    pub(crate) exposure: f64,
    /// What customers are told there.
    pub(crate) says: BTreeSet<&'a str>,
}

impl NeedChannel<'_> {
    /// Whether the two channels tell customers different things; `None` where one of them says nothing.
    pub(crate) fn contradicts(&self, other: &Self) -> Option<bool> {
        (!self.says.is_empty() && !other.says.is_empty()).then(|| self.says != other.says)
    }
}

impl Flow {
    /// Every need with its channels, in the order of the needs' names.
    pub(crate) fn needs(&self) -> Vec<Need<'_>> {
        let mut needs = BTreeMap::<&str, BTreeMap<&Channel, NeedChannel<'_>>>::new();
        for (position, touchpoint) in (0_u32..).zip(self.journey.touchpoints()) {
            let Some(name) = &touchpoint.need else {
                continue;
            };
            let empty = || NeedChannel {
                channel: &touchpoint.channel,
                touchpoints: Vec::new(),
                exposure: 0.0,
                says: BTreeSet::new(),
            };
            let channel = needs
                .entry(name)
                .or_default()
                .entry(&touchpoint.channel)
                .or_insert_with(empty);
            if self.is_visited(position as usize) {
                channel.touchpoints.push(position);
                channel.exposure += self.visits_at(position as usize);
                channel.says.extend(touchpoint.says.as_deref());
            }
        }
        let need = |(name, channels): (_, BTreeMap<_, _>)| Need {
            name,
            channels: channels.into_values().collect(),
        };
        needs.into_iter().map(need).collect()
    }
}
