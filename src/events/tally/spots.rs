//! Where things happen: the numbers of places by the names of their touchpoint and channel.

use crate::events::hash::{Seed, Wide};
use crate::events::index::{Keys, pair};

/// The places, numbered in the order of their first appearance.
#[derive(Debug, Clone)]
pub(in crate::events) struct Spots {
    /// The numbers of touchpoint and channel.
    keys: Keys,
    /// Their names in the form in which they are compared.
    names: Vec<(Wide, Wide)>,
    /// The place that was looked up last of those whose names have the same short hash: logs repeat a few. At least eight
    /// times as many as places, up to [`MOST_RECENT`].
    recent: Vec<u32>,
}

const FEWEST_RECENT: usize = 1 << 9;
const MOST_RECENT: usize = 1 << 14;

impl Spots {
    pub(in crate::events) fn new(seed: Seed) -> Self {
        Self {
            keys: Keys::new(seed),
            names: Vec::new(),
            recent: vec![0; FEWEST_RECENT],
        }
    }

    /// The number of a place, if it was looked up not long ago.
    #[inline(always)]
    pub(in crate::events) fn recall(&self, touchpoint: &[u8], channel: &[u8]) -> Option<u32> {
        let (touchpoint, channel) = (Wide::of(touchpoint), Wide::of(channel));
        let recent = *self.recent.get(self.short(&touchpoint, &channel))?;
        let (there, by) = self.names.get(recent as usize)?;
        (there.is(touchpoint) && by.is(channel)).then_some(recent)
    }

    /// The number of the place with these numbers of touchpoint and channel.
    pub(in crate::events) fn find(&mut self, touchpoint: u32, channel: u32) -> Option<u32> {
        let at = self.keys.find(pair(touchpoint, channel))?;
        if let Some((touchpoint, channel)) = self.names.get(at as usize) {
            let short = self.short(touchpoint, channel);
            self.recent[short] = at;
        }
        Some(at)
    }

    /// Adds a place that is not there yet, with number and name of touchpoint and channel; `None` where there are too
    /// many.
    pub(in crate::events) fn add(
        &mut self,
        touchpoint: (u32, &str),
        channel: (u32, &str),
    ) -> Option<u32> {
        let at = self.keys.enter(pair(touchpoint.0, channel.0))?;
        let wide = |name: &str| Wide::of(name.as_bytes());
        self.names.push((wide(touchpoint.1), wide(channel.1)));
        if self.names.len() > self.recent.len() / 8 && self.recent.len() < MOST_RECENT {
            self.recent = vec![0; 2 * self.recent.len()];
        }
        Some(at)
    }

    #[inline]
    fn short(&self, touchpoint: &Wide, channel: &Wide) -> usize {
        let mixed = touchpoint.mixed() ^ channel.mixed().rotate_left(7);
        mixed as usize & self.recent.len().wrapping_sub(1)
    }
}
