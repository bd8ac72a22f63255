//! What the export writes into comments, so that nothing is lost: the journey without its touchpoints near the top, and
//! each touchpoint above its task.

use std::collections::BTreeMap;

use petgraph::graph::NodeIndex;

use super::error::{MermaidError, MermaidFinding};
use super::read::Reader;
use super::words::{drawn, score, section_name, task_name};
use crate::journey::{Journey, JourneyDocument};

/// The score that was drawn, where it takes a flow to tell it.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Noted {
    pub(super) drawn: f64,
}

#[derive(Default)]
pub(super) struct Details {
    about: Option<(usize, JourneyDocument)>,
    touchpoints: Vec<(usize, JourneyDocument)>,
    /// By the position of their touchpoint, the scores that were drawn where they depend on what customers remember.
    noted: BTreeMap<usize, f64>,
    /// Whether the last touchpoint still waits for its task.
    waiting: bool,
}

impl Details {
    pub(super) fn is_empty(&self) -> bool {
        self.about.is_none() && self.touchpoints.is_empty()
    }

    /// The position of the touchpoint that the next task shows.
    pub(super) fn take_waiting(&mut self) -> Option<usize> {
        let waits = std::mem::take(&mut self.waiting);
        waits
            .then(|| self.touchpoints.len().checked_sub(1))
            .flatten()
    }
}

impl Reader<'_> {
    /// Reads a line of details.
    pub(super) fn details(&mut self, line: usize, text: &str) {
        if let Ok(Noted { drawn }) = serde_json::from_str(text) {
            if let Some(last) = self.details.touchpoints.len().checked_sub(1) {
                self.details.noted.insert(last, drawn);
            }
            return;
        }
        match serde_json::from_str::<JourneyDocument>(text) {
            Err(error) => self.fault(line, MermaidFinding::Details(error.to_string())),
            Ok(document) if document.has("format") => {
                if self.details.about.is_some() {
                    let twice = "the journey is there twice".to_owned();
                    self.fault(line, MermaidFinding::Details(twice));
                }
                self.details.about = Some((line, document));
            }
            Ok(document) => {
                self.details.touchpoints.push((line, document));
                self.details.waiting = true;
            }
        }
    }

    /// The journey that the details say, compared with what is drawn.
    pub(super) fn said(&mut self) -> Result<Journey, MermaidError> {
        let unknown: Vec<_> = self
            .tasks
            .iter()
            .filter(|task| task.details.is_none())
            .map(|task| (task.line, MermaidFinding::NoDetails(task.name.clone())))
            .collect();
        for (line, finding) in unknown {
            self.fault(line, finding);
        }
        let touchpoints = std::mem::take(&mut self.details.touchpoints);
        let Some((line, about)) = self.details.about.take() else {
            let first = touchpoints.first().map_or(1, |(line, _)| *line);
            let missing = "the line that describes the journey is missing".to_owned();
            self.fault(first, MermaidFinding::Details(missing));
            return Err(MermaidError::Text(Vec::new()));
        };
        let touchpoints = touchpoints.into_iter().map(|(_, document)| document);
        let said = Journey::try_from(about.with_touchpoints(touchpoints.collect()))?;
        let edits = self.compare(line, &said);
        if edits.name.is_none() && edits.touchpoints.is_empty() {
            return Ok(said);
        }
        Ok(edits.apply(&said)?)
    }

    /// What the drawing says otherwise.
    fn compare(&mut self, line: usize, said: &Journey) -> Edits {
        let mut edits = Edits::default();
        let name = drawn(said.name()).replace('\n', " ");
        if let Some((at, title)) = self.title.clone()
            && title != name
        {
            self.differs(at.max(line), "title", &title, &name);
            edits.name = Some(title);
        }
        let noted = std::mem::take(&mut self.details.noted);
        for task in self.tasks.clone() {
            let Some(position) = task.details else {
                continue;
            };
            let Some(touchpoint) = said.graph().node_weight(NodeIndex::new(position)) else {
                continue;
            };
            let mut edit = Edit {
                position,
                name: None,
                rescored: false,
                valence: None,
            };
            let section = task.section.and_then(|section| self.sections.get(section));
            let section = section.map(|section| section.name.clone());
            let expected = section_name(touchpoint);
            if section.as_ref() != Some(&expected) {
                let section = section.unwrap_or_default();
                self.differs(task.line, "section", &section, &expected);
            }
            let expected = task_name(touchpoint);
            if task.name != expected {
                self.differs(task.line, "name", &task.name, &expected);
                edit.name = Some(task.name);
            }
            let expected = if touchpoint.asks_memory() {
                noted.get(&position).copied()
            } else {
                touchpoint.mean_valence().map(score)
            };
            let same = match (task.score, expected) {
                (Some(drawn), Some(said)) => drawn.total_cmp(&said).is_eq(),
                // The middle is drawn where nothing is known, if its author wishes so.
                (Some(drawn), None) => drawn.total_cmp(&3.0).is_eq(),
                (None, said) => said.is_none(),
            };
            if !same {
                let text =
                    |score: Option<f64>| score.map_or("unknown".to_owned(), |s| s.to_string());
                self.differs(task.line, "score", &text(task.score), &text(expected));
                (edit.rescored, edit.valence) = (true, task.valence);
            }
            if edit.name.is_some() || edit.rescored {
                edits.touchpoints.push(edit);
            }
        }
        edits
    }

    fn differs(&mut self, line: usize, what: &'static str, drawn: &str, said: &str) {
        self.unless_lenient(
            line,
            MermaidFinding::Differs {
                what,
                drawn: drawn.to_owned(),
                said: said.to_owned(),
            },
        );
    }
}

/// What has been changed in the drawing since it was written.
#[derive(Default)]
struct Edits {
    name: Option<String>,
    touchpoints: Vec<Edit>,
}

struct Edit {
    position: usize,
    name: Option<String>,
    rescored: bool,
    /// The new valence, where there is another score; unknown where the score is gone.
    valence: Option<f64>,
}

impl Edits {
    fn apply(self, said: &Journey) -> Result<Journey, crate::journey::Invalid> {
        let mut graph = said.graph().clone();
        for edit in self.touchpoints {
            let Some(touchpoint) = graph.node_weight_mut(NodeIndex::new(edit.position)) else {
                continue;
            };
            touchpoint.name = edit.name.or(touchpoint.name.take());
            if edit.rescored {
                touchpoint.emotion = edit.valence.map(Into::into);
                touchpoint.emotion_when_broken = None;
                touchpoint.emotion_when_unknown = None;
                touchpoint.emotion_given.clear();
            }
        }
        let name = self.name.unwrap_or_else(|| said.name().to_owned());
        said.redrawn(name, graph).build()
    }
}
