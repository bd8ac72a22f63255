//! What a drawing says otherwise than its author may have meant, seen from all of its tasks together.

use std::collections::BTreeSet;

use super::error::MermaidFinding;
use super::options::OutsideScale;
use super::read::Reader;
use crate::journey::{Feeling, Scale};

/// Scales on which people score tasks, the narrowest first.
const SCALES: [(f64, f64); 6] = [
    (0.0, 5.0),
    (0.0, 10.0),
    (-2.0, 2.0),
    (-5.0, 5.0),
    (-10.0, 10.0),
    (0.0, 100.0),
];

impl Reader<'_> {
    /// Whether scores off the scale of 1 to 5 make all of them unknown.
    pub(super) fn may_be_unscaled(&self) -> bool {
        let is_plain = self.options.outside == OutsideScale::Refuse;
        self.options.lenient && self.options.scale.is_none() && is_plain
    }

    /// Takes every feeling for unknown where the scores are on a scale that nobody stated.
    pub(super) fn judge_scale(&mut self) {
        let is_outside = |score: &f64| Scale::ONE_TO_FIVE.valence(*score).is_err();
        let outside = self
            .tasks
            .iter()
            .find(|task| task.score.as_ref().is_some_and(is_outside));
        let Some(line) = outside.map(|task| task.line) else {
            return;
        };
        if !self.may_be_unscaled() {
            return;
        }
        let scores = || self.tasks.iter().filter_map(|task| task.score);
        let (lowest, highest) = (
            scores().fold(f64::INFINITY, f64::min),
            scores().fold(f64::NEG_INFINITY, f64::max),
        );
        let fits = SCALES
            .iter()
            .find(|(min, max)| *min <= lowest && highest <= *max);
        let likely = fits.map(|(min, max)| format!("{min}..{max}"));
        for task in &mut self.tasks {
            task.valence = None;
        }
        self.note(
            line,
            MermaidFinding::Unscaled {
                lowest,
                highest,
                likely,
            },
        );
    }

    /// Notes fields that seem to stand in another order, and feelings in the place of actors.
    pub(super) fn remark(&mut self) {
        let Some(line) = self.tasks.first().map(|task| task.line) else {
            return;
        };
        let names: BTreeSet<&str> = self.tasks.iter().map(|task| task.name.as_str()).collect();
        let single = |task: &super::task::Task| match task.actors.as_slice() {
            [actor] => Some(actor.clone()),
            _ => None,
        };
        let actors: Vec<String> = self.tasks.iter().filter_map(single).collect();
        let different: BTreeSet<&String> = actors.iter().collect();
        let tasks = self.tasks.len();
        // Everybody's steps differ and the same few people make them: here it is the other way round.
        let is_swapped = tasks > 2
            && actors.len() == tasks
            && names.len() < tasks
            && different.len() == tasks
            && different.len() > names.len();
        if is_swapped {
            let name = names.iter().next().copied().unwrap_or_default().to_owned();
            let actor = actors.first().cloned().unwrap_or_default();
            self.note(line, MermaidFinding::Swapped { name, actor });
        }
        let mut feelings: Vec<(usize, String)> = Vec::new();
        let mut seen = BTreeSet::new();
        for task in &self.tasks {
            for actor in &task.actors {
                if seen.insert(actor) && is_feeling(actor) {
                    feelings.push((task.line, actor.clone()));
                }
            }
        }
        if let Some((line, _)) = feelings.first() {
            let line = *line;
            let feelings = feelings.into_iter().map(|(_, actor)| actor).collect();
            self.note(line, MermaidFinding::FeelingsAsActors(feelings));
        }
    }
}

/// Whether a word is the name of a feeling, or an adjective of one: "frustrated" begins as "frustration".
fn is_feeling(word: &str) -> bool {
    const SHARED: usize = 4;
    match word.parse::<Feeling>() {
        Ok(_) => true,
        Err(_) if word.contains(char::is_whitespace) => false,
        Err(unknown) => unknown.nearest.is_some_and(|near| {
            let letters = word.chars().flat_map(char::to_lowercase);
            let same = letters.zip(near.as_str().chars()).take(SHARED);
            same.filter(|(letter, other)| letter == other).count() == SHARED
        }),
    }
}
