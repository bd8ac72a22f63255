//! Which phase the sections of a drawing belong to. Other tools name their sections as they like.

use crate::journey::Phase;

/// What the caller says about names of sections.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct PhaseNames {
    stated: Vec<(String, Phase)>,
    others: Option<Phase>,
}

impl PhaseNames {
    pub(super) fn state(&mut self, name: String, phase: Phase) {
        self.stated.push((name, phase));
    }

    pub(super) fn state_others(&mut self, phase: Phase) {
        self.others = Some(phase);
    }

    /// The phase of a section: as stated for its name, else by its first word if that is before, during or after in
    /// any capitals, else as stated for all others.
    pub(super) fn phase(&self, name: &str) -> Option<Phase> {
        let stated = self.stated.iter().rev().find(|(known, _)| known == name);
        let first = name
            .split(|c: char| !c.is_alphanumeric())
            .find(|word| !word.is_empty())
            .unwrap_or_default();
        let said = Phase::ALL
            .iter()
            .copied()
            .find(|phase| phase.as_str().eq_ignore_ascii_case(first));
        stated.map(|(_, phase)| *phase).or(said).or(self.others)
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
