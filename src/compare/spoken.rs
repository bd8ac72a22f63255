//! Which touchpoints are the same, by what they are called on both sides.

use std::collections::BTreeMap;

use crate::analysis::TouchpointFigures;
use crate::events::NO_CHANNEL;
use crate::journey::{Evidence, Touchpoint};

/// What a touchpoint is called, and what is behind it.
pub(super) struct Spoken {
    id: String,
    /// Without the channel that ids of learned maps end with where several channels have the touchpoint.
    name: String,
    channel: String,
    is_observed: bool,
}

impl Spoken {
    pub(super) fn of_touchpoint(touchpoint: &Touchpoint) -> Self {
        let channel = touchpoint.channel.as_str();
        Self::new(
            &touchpoint.id,
            touchpoint.label(),
            channel,
            touchpoint.evidence,
        )
    }

    pub(super) fn of_figures(figures: &TouchpointFigures) -> Self {
        Self::new(
            &figures.id,
            &figures.id,
            figures.channel.as_str(),
            figures.evidence,
        )
    }

    fn new(id: &str, label: &str, channel: &str, evidence: Evidence) -> Self {
        let alone = label.strip_suffix(channel);
        let alone = alone.and_then(|label| label.strip_suffix(" @ "));
        Self {
            id: id.to_owned(),
            name: alone.unwrap_or(label).to_owned(),
            channel: channel.to_owned(),
            is_observed: evidence == Evidence::Observed,
        }
    }

    fn is_stated(&self) -> bool {
        !self.channel.is_empty() && self.channel != NO_CHANNEL
    }

    /// Whether both were seen in tables, in other channels: ids of learned maps name the channel only where there are several.
    fn is_elsewhere(&self, other: &Self) -> bool {
        let seen = self.is_observed && other.is_observed;
        seen && self.is_stated() && other.is_stated() && self.channel != other.channel
    }

    /// The id under which it is told beside these: its own, or with its channel where another one has that.
    pub(super) fn told(&self, taken: &[String]) -> String {
        let mut told = self.id.clone();
        if taken.contains(&told) {
            told = format!("{} @ {}", self.name, self.channel);
        }
        let free = told.clone();
        let mut number = 2_u32;
        while taken.contains(&told) {
            told = format!("{free} ({number})");
            number += 1;
        }
        told
    }
}

/// The place in A of each touchpoint of B that both have, by its place in B.
///
/// As the caller says, by the ids of A and of B; else by id and channel; else by name and channel, where on both sides one touchpoint
/// alone has them; else by id, unless both were observed in different channels.
pub(super) fn matched(
    a: &[Spoken],
    b: &[Spoken],
    same: &[(String, String)],
) -> BTreeMap<usize, usize> {
    let mut pairs = Pairs::default();
    let place = |side: &[Spoken], id: &str| side.iter().position(|known| known.id == id);
    for (in_a, in_b) in same {
        pairs.put(place(b, in_b), place(a, in_a));
    }
    let by_id: BTreeMap<&str, usize> = a
        .iter()
        .zip(0..)
        .map(|(known, at)| (known.id.as_str(), at))
        .collect();
    let of_id = |known: &Spoken| by_id.get(known.id.as_str()).copied();
    for (at, known) in b.iter().enumerate() {
        let found = of_id(known).filter(|&found| a[found].channel == known.channel);
        pairs.put(Some(at), found);
    }
    let free_a = named(a, |at| !pairs.of_a.contains_key(&at));
    let free_b = named(b, |at| !pairs.of_b.contains_key(&at));
    for (name, places) in &free_b {
        let found = free_a.get(name).map(Vec::as_slice);
        if let (&[at], Some(&[found])) = (places.as_slice(), found) {
            pairs.put(Some(at), Some(found));
        }
    }
    for (at, known) in b.iter().enumerate() {
        pairs.put(
            Some(at),
            of_id(known).filter(|&found| !a[found].is_elsewhere(known)),
        );
    }
    pairs.of_b
}

/// Pairs of places, each place in one pair at most.
#[derive(Default)]
struct Pairs {
    of_a: BTreeMap<usize, usize>,
    of_b: BTreeMap<usize, usize>,
}

impl Pairs {
    fn put(&mut self, in_b: Option<usize>, in_a: Option<usize>) {
        if let (Some(in_b), Some(in_a)) = (in_b, in_a)
            && !self.of_a.contains_key(&in_a)
            && !self.of_b.contains_key(&in_b)
        {
            self.of_a.insert(in_a, in_b);
            self.of_b.insert(in_b, in_a);
        }
    }
}

/// The places of touchpoints by name and channel.
fn named(side: &[Spoken], is_free: impl Fn(usize) -> bool) -> BTreeMap<(&str, &str), Vec<usize>> {
    let mut named = BTreeMap::<(&str, &str), Vec<usize>>::new();
    for (at, known) in side.iter().enumerate().filter(|&(at, _)| is_free(at)) {
        let key = (known.name.as_str(), known.channel.as_str());
        named.entry(key).or_default().push(at);
    }
    named
}

/// The ids of B, where only reports are at hand, that are told by another one: that of A, or with the channel.
pub(super) fn renamed(
    a: &[TouchpointFigures],
    b: &[TouchpointFigures],
    same: &[(String, String)],
) -> BTreeMap<String, String> {
    let spoken = |side: &[TouchpointFigures]| -> Vec<Spoken> {
        side.iter().map(Spoken::of_figures).collect()
    };
    let (a, b) = (spoken(a), spoken(b));
    let matched = matched(&a, &b, same);
    let mut taken: Vec<String> = a.iter().map(|known| known.id.clone()).collect();
    let mut renamed = BTreeMap::new();
    for (at, known) in b.iter().enumerate() {
        let told = match matched.get(&at).and_then(|&found| a.get(found)) {
            Some(found) => found.id.clone(),
            None => known.told(&taken),
        };
        taken.push(told.clone());
        if told != known.id {
            renamed.insert(known.id.clone(), told);
        }
    }
    renamed
}
