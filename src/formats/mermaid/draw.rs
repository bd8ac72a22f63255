//! The journey that a drawing without details stands for.

use std::collections::{BTreeMap, BTreeSet};

use super::error::MermaidFinding;
use super::options::MermaidActors;
use super::read::Reader;
use super::task::Task;
use crate::formats::phases::PhaseNames;
use crate::journey::{Channel, Invalid, Journey, Phase, Touchpoint};

impl Reader<'_> {
    pub(super) fn drawn(&mut self) -> Result<Journey, Invalid> {
        let phases = self.phases();
        let tasks = std::mem::take(&mut self.tasks);
        let title = self.title.take().or(self.short_title.take());
        let mut journey = Journey::builder(title.map(|(_, title)| title).unwrap_or_default());
        if let Some(scenario) = self.description.take() {
            journey = journey.scenario(scenario);
        }
        let mut all: Vec<&String> = Vec::new();
        let mut known = BTreeSet::new();
        for actor in tasks.iter().flat_map(|task| &task.actors) {
            if known.insert(actor) {
                all.push(actor);
            }
        }
        let all = all.into_iter().cloned().collect::<Vec<_>>();
        if self.options.actors == MermaidActors::Persona && !all.is_empty() {
            journey = journey.persona(all.join(", "));
        }
        let mut ids = Ids::of(&tasks);
        let mut before: Option<String> = None;
        for task in &tasks {
            let section = task.section.and_then(|section| self.sections.get(section));
            let section = section.map_or("", |section| section.name.as_str());
            // A phase that is not known is a fault that was noted.
            let phase = phases.get(section).copied().unwrap_or(Phase::During);
            let id = ids.next(&task.name);
            let mut touchpoint = Touchpoint::new(&id, phase, self.options.channel.clone());
            if id != task.name {
                touchpoint = touchpoint.name(&task.name);
            }
            touchpoint.stage = PhaseNames::stage(section);
            touchpoint.emotion = task.valence.map(Into::into);
            self.place_actors(&mut touchpoint, task, &all);
            journey = journey.touchpoint(touchpoint);
            if let Some(before) = before.replace(id.clone()) {
                journey = journey.transition(before, id, 1.0);
            }
        }
        journey.build()
    }

    fn place_actors(&self, touchpoint: &mut Touchpoint, task: &Task, all: &[String]) {
        let noted = |actors: &[String]| {
            (!actors.is_empty()).then(|| format!("Actors: {}", actors.join(", ")))
        };
        match self.options.actors {
            MermaidActors::Persona => {
                let has_all = task.actors.len() == all.len();
                touchpoint.notes = (!has_all)
                    .then(|| noted(&task.actors).unwrap_or_else(|| "No actors".to_owned()));
            }
            MermaidActors::Channels => {
                if let Some((first, others)) = task.actors.split_first() {
                    touchpoint.channel = Channel::from(first.as_str());
                    touchpoint.notes = noted(others);
                }
            }
            MermaidActors::Ignored => {}
        }
    }

    /// The phase of every section by name, as far as it is known. What is not is a fault.
    fn phases(&mut self) -> BTreeMap<String, Phase> {
        let mut sections: Vec<(String, usize)> = Vec::new();
        for task in &self.tasks {
            let section = task.section.and_then(|section| self.sections.get(section));
            let (name, line) = section.map_or(("", task.line), |section| {
                (section.name.as_str(), section.line)
            });
            // A section that comes again has the phase of its first time.
            if sections.last().is_none_or(|(last, _)| last != name) {
                sections.push((name.to_owned(), line));
            }
        }
        let mut seen = BTreeSet::new();
        sections.retain(|(name, _)| seen.insert(name.clone()));
        let empty: Vec<_> = self
            .sections
            .iter()
            .filter(|section| section.tasks == 0)
            .map(|section| (section.line, section.name.clone()))
            .collect();
        for (line, name) in empty {
            self.note(line, MermaidFinding::EmptySection(name));
        }
        let names: Vec<&str> = sections.iter().map(|(name, _)| name.as_str()).collect();
        let known = self.options.phases.phases(&names);
        let mut phases = BTreeMap::new();
        for ((name, line), phase) in sections.into_iter().zip(known) {
            let Some(phase) = phase else {
                self.fault(line, MermaidFinding::Phase(name));
                continue;
            };
            if self.options.phases.is_taken(&name) {
                let section = name.clone();
                self.note(line, MermaidFinding::TakenPhase { section, phase });
            }
            phases.insert(name, phase);
        }
        phases
    }
}

/// Gives every task an id of its own: its name, with a number where the name is taken.
struct Ids {
    taken: BTreeSet<String>,
    seen: BTreeMap<String, usize>,
}

impl Ids {
    fn of(tasks: &[Task]) -> Self {
        Self {
            taken: tasks.iter().map(|task| task.name.clone()).collect(),
            seen: BTreeMap::new(),
        }
    }

    fn next(&mut self, name: &str) -> String {
        let count = self.seen.entry(name.to_owned()).or_default();
        loop {
            *count += 1;
            if *count == 1 {
                return name.to_owned();
            }
            let id = format!("{name} {count}");
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }
}
