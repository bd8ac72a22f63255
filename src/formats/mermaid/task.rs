//! A task of a Mermaid journey: `name: score: actors`.

use super::error::MermaidFinding;
use super::read::Reader;
use super::words::{decimal, find, is_blank};
use crate::journey::Scale;

/// A task as it is drawn.
#[derive(Debug, Clone)]
pub(super) struct Task {
    pub(super) line: usize,
    pub(super) name: String,
    /// The number that is written.
    pub(super) score: Option<f64>,
    /// The valence that it stands for on its scale.
    pub(super) valence: Option<f64>,
    pub(super) actors: Vec<String>,
    /// Position of its section, as far as it has one.
    pub(super) section: Option<usize>,
    /// Position of its details, as far as there are some.
    pub(super) details: Option<usize>,
}

/// Whether a text holds a colon and then a number, as tasks do.
pub(super) fn looks_like_a_task(text: &str) -> bool {
    text.split(':')
        .skip(1)
        .any(|piece| decimal(piece).is_some())
}

impl Reader<'_> {
    /// Reads the rest of a line as a task.
    pub(super) fn task(&mut self, line: usize, text: &str) {
        const WIDE: char = '\u{ff1a}';
        if self.options.lenient && text.contains(WIDE) && find(text, &[':']).is_none() {
            self.note(line, MermaidFinding::WideColon);
            return self.fields(line, &text.replace(WIDE, ":"));
        }
        self.fields(line, text);
    }

    fn fields(&mut self, line: usize, text: &str) {
        let ends: &[char] = if self.options.lenient {
            &[':']
        } else {
            &[':', '#', ';']
        };
        let Some(end) = find(text, ends) else {
            self.fault(line, MermaidFinding::NoStatement(text.trim().to_owned()));
            return;
        };
        let (name, data) = text.split_at(end);
        match data.chars().next() {
            Some(';') => return self.fault(line, MermaidFinding::Semicolon),
            Some('#') => {
                return self.fault(line, MermaidFinding::NumberSign(data.trim().to_owned()));
            }
            _ => {}
        }
        if self.options.lenient {
            self.note_signs(line, name);
        }
        let Some(data) = self.cut(line, data.strip_prefix(':').unwrap_or_default()) else {
            return;
        };
        if name.trim_matches(is_blank).is_empty() {
            self.fault(line, MermaidFinding::NoName);
        } else if data.trim_matches(is_blank).is_empty() {
            self.fault(line, MermaidFinding::NoStatement(text.trim().to_owned()));
        } else {
            self.parts(line, text, name, data);
        }
    }

    fn parts(&mut self, line: usize, text: &str, name: &str, data: &str) {
        let pieces: Vec<&str> = data.split(':').collect();
        let numbers: Vec<Option<f64>> = pieces.iter().map(|piece| self.score(piece)).collect();
        let number_at = |at: usize| numbers.get(at).copied().flatten();
        let first = pieces.first().copied().unwrap_or_default();
        let blank = first.trim_matches(is_blank).is_empty();
        let misplaced = if number_at(0).is_some() {
            pieces.len() > 2 && number_at(1).is_some()
        } else {
            !blank && numbers.iter().skip(1).any(Option::is_some)
        };
        let mut at = 0;
        let mut whole = name.to_owned();
        if misplaced {
            let colons = MermaidFinding::Colons {
                line: text.trim().to_owned(),
                score: first.trim().to_owned(),
            };
            if !self.unless_lenient(line, colons) {
                return;
            }
            at = numbers.iter().rposition(Option::is_some).unwrap_or(0);
            for piece in pieces.iter().take(at) {
                whole.push(':');
                whole.push_str(piece);
            }
        }
        let name = self.name(line, &whole);
        let score = number_at(at);
        if score.is_none() {
            let finding = if blank {
                MermaidFinding::NoScore(name.clone())
            } else {
                MermaidFinding::NoNumber {
                    task: name.clone(),
                    score: first.trim().to_owned(),
                }
            };
            if blank {
                self.note(line, finding);
            } else if !self.unless_lenient(line, finding) {
                return;
            }
        }
        if let (Some(score), Some(piece)) = (score, pieces.get(at))
            && decimal(piece).is_none()
        {
            let written = piece.trim().to_owned();
            self.note(line, MermaidFinding::ScoreForm { written, score });
        }
        let valence = score.and_then(|score| self.valence(line, &name, score));
        let actors = pieces.get(at + 1).copied().unwrap_or_default();
        let actors = self.actors(line, actors);
        if let Some(dropped) = pieces.get(at + 2..).filter(|dropped| !dropped.is_empty()) {
            let dropped = dropped.join(":").trim().to_owned();
            self.note(line, MermaidFinding::Dropped(dropped));
        }
        let task = Task {
            line,
            name,
            score,
            valence,
            actors,
            section: self.sections.len().checked_sub(1),
            details: self.details.take_waiting(),
        };
        self.tasks.push(task);
    }

    /// The score that a field states. Where the reader is lenient a decimal comma, the digits of other scripts and "4/5" on
    /// a scale to 5 are read too.
    fn score(&self, piece: &str) -> Option<f64> {
        let number = decimal(piece);
        if number.is_some() || !self.options.lenient {
            return number;
        }
        let western: String = piece.trim_matches(is_blank).chars().map(western).collect();
        let scale = self.options.scale.unwrap_or(Scale::ONE_TO_FIVE);
        let points = match western.split_once('/') {
            Some((points, of)) if decimal(of)?.total_cmp(&scale.max()).is_eq() => points,
            _ => &western,
        };
        decimal(points).or_else(|| decimal(&points.replacen(',', ".", 1)))
    }

    /// The valence of a score on the scale of the drawing.
    fn valence(&mut self, line: usize, task: &str, score: f64) -> Option<f64> {
        use super::options::OutsideScale;

        let scale = self.options.scale.unwrap_or(Scale::ONE_TO_FIVE);
        let outside = match scale.valence(score) {
            Ok(valence) => return Some(valence),
            Err(outside) => outside,
        };
        if self.may_be_unscaled() {
            // Seen together with all others at the end.
            return None;
        }
        let finding = MermaidFinding::Outside {
            task: task.to_owned(),
            outside,
        };
        match self.options.outside {
            OutsideScale::Refuse => {
                self.fault(line, finding);
                None
            }
            OutsideScale::Clamp => {
                self.note(line, finding);
                scale.valence(score.clamp(scale.min(), scale.max())).ok()
            }
            OutsideScale::Unknown => {
                self.note(line, finding);
                None
            }
        }
    }

    /// The actors that a list names, each once.
    fn actors(&mut self, line: usize, list: &str) -> Vec<String> {
        let mut actors = Vec::new();
        for actor in list.split(',') {
            let actor = self.name(line, actor);
            if !actor.is_empty() && !actors.contains(&actor) {
                actors.push(actor);
            }
        }
        actors
    }
}

/// A digit of another script as the one that numbers are read with, and any other character as it is.
fn western(c: char) -> char {
    let zeros = ['\u{660}', '\u{6f0}', '\u{966}', '\u{ff10}'];
    let digit = zeros.iter().find_map(|zero| {
        let digit = u32::from(c).checked_sub(u32::from(*zero))?;
        char::from_digit(digit, 10)
    });
    match c {
        '\u{66b}' | '\u{ff0e}' => '.',
        c => digit.unwrap_or(c),
    }
}
