//! Which phase the sections of a drawing belong to. Other tools name their sections as they like.

use super::phase_words;
use crate::journey::Phase;

/// What the caller says about names of sections.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct PhaseNames {
    stated: Vec<(String, Phase)>,
    others: Option<Phase>,
    by_position: bool,
}

impl PhaseNames {
    pub(super) fn state(&mut self, name: String, phase: Phase) {
        self.stated.push((name, phase));
    }

    pub(super) fn state_others(&mut self, phase: Phase) {
        self.others = Some(phase);
    }

    pub(super) fn go_by_position(&mut self) {
        self.by_position = true;
    }

    /// The phase of each section, in the order of the drawing: as stated for its name, else as its name says, else as
    /// stated for all others, else by its position where that is wished.
    pub(super) fn phases(&self, names: &[&str]) -> Vec<Option<Phase>> {
        let named: Vec<Option<Phase>> = names.iter().map(|name| self.named(name)).collect();
        if !self.by_position {
            return named;
        }
        // None comes before a named one above it, nor after one below it.
        let mut latest: Vec<Phase> = Vec::with_capacity(named.len());
        let mut below = Phase::After;
        for phase in named.iter().rev() {
            latest.push(below);
            below = phase.map_or(below, |phase| below.min(phase));
        }
        let mut earliest = Phase::Before;
        let mut placed = Vec::with_capacity(named.len());
        for (at, (phase, latest)) in named.iter().zip(latest.iter().rev()).enumerate() {
            let place = by_position(at, names.len()).max(earliest).min(*latest);
            placed.push(Some(phase.unwrap_or(place)));
            earliest = phase.map_or(earliest, |phase| earliest.max(phase));
        }
        placed
    }

    fn named(&self, name: &str) -> Option<Phase> {
        let stated = self.stated.iter().rev().find(|(known, _)| known == name);
        let stated = stated.map(|(_, phase)| *phase);
        stated.or_else(|| phase_words::said(name)).or(self.others)
    }

    /// Whether the phase of a section rests on what its name is taken to say, though it says neither before, during
    /// nor after.
    pub(super) fn is_taken(&self, name: &str) -> bool {
        let is_stated = self.stated.iter().any(|(known, _)| known == name);
        let first = name
            .split(|c: char| !c.is_alphanumeric())
            .find(|word| !word.is_empty())
            .unwrap_or_default();
        let is_literal = Phase::ALL
            .iter()
            .any(|phase| phase.as_str().eq_ignore_ascii_case(first));
        !is_stated && !is_literal && (phase_words::said(name).is_some() || self.others.is_none())
    }

    /// The label within the phase that a section's name is: all of it, or what follows the phase and a dash. `None`
    /// where it says no more than the phase.
    pub(super) fn stage(name: &str) -> Option<String> {
        let (first, rest) = name.split_once(" - ").unwrap_or((name, ""));
        let says_phase = Phase::ALL
            .iter()
            .any(|phase| phase.as_str().eq_ignore_ascii_case(first));
        let stage = if says_phase { rest } else { name };
        (!stage.is_empty()).then(|| stage.to_owned())
    }
}

/// The first of several sections is before, the last of more than two after, and the rest during.
fn by_position(at: usize, count: usize) -> Phase {
    match at {
        0 if count > 1 => Phase::Before,
        _ if at + 1 == count && count > 2 => Phase::After,
        _ => Phase::During,
    }
}
