//! The statements of a Mermaid journey, line by line, with every fault noted and none of them stopping the reader.

use super::blocks::blocks;
use super::choice::{chosen, no_diagram, other_diagrams};
use super::details::Details;
use super::error::{MermaidError, MermaidFinding, MermaidNote};
use super::lines::{Line, prepare};
use super::options::MermaidOptions;
use super::task::{Task, looks_like_a_task};
use super::words::{HEADER, begins_with, decode, find, header, is_blank};
use crate::journey::Journey;

/// A journey that was read from Mermaid text, and what is to be said about how.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct MermaidRead {
    /// The journey.
    pub journey: Journey,
    /// What was read otherwise than it may have been meant, or could not be kept, in the order of the lines.
    pub notes: Vec<MermaidNote>,
}

pub(super) struct Section {
    pub(super) line: usize,
    pub(super) name: String,
    pub(super) tasks: usize,
}

/// What has been read so far, and what is to be said about it.
pub(super) struct Reader<'o> {
    pub(super) options: &'o MermaidOptions,
    faults: Vec<MermaidNote>,
    notes: Vec<MermaidNote>,
    begun: bool,
    pub(super) title: Option<(usize, String)>,
    pub(super) short_title: Option<(usize, String)>,
    pub(super) description: Option<String>,
    /// The line and the lines of a description in braces that is not closed yet.
    open: Option<(usize, Vec<String>)>,
    pub(super) sections: Vec<Section>,
    pub(super) tasks: Vec<Task>,
    pub(super) details: Details,
}

pub(super) fn read(text: &str, options: &MermaidOptions) -> Result<MermaidRead, MermaidError> {
    let mut blocks = blocks(text);
    let chosen = match &options.diagram {
        None => 0,
        Some(which) => match chosen(&blocks, which) {
            Some(chosen) => chosen,
            None => return Err(MermaidError::Text(vec![no_diagram(&blocks, which)])),
        },
    };
    let others = (blocks.len() > 1 && options.diagram.is_none()).then(|| other_diagrams(&blocks));
    let block = blocks.swap_remove(chosen);
    let before = block.before;
    let prepared = prepare(&block.text);
    let mut reader = Reader {
        options,
        faults: Vec::new(),
        notes: Vec::new(),
        begun: false,
        title: prepared.title.map(|(line, title)| (line + before, title)),
        short_title: None,
        description: None,
        open: None,
        sections: Vec::new(),
        tasks: Vec::new(),
        details: Details::default(),
    };
    reader.notes.extend(others);
    for line in prepared.open_directives {
        reader.unless_lenient(line + before, MermaidFinding::OpenDirective);
    }
    for (number, line) in prepared.lines {
        let number = number + before;
        match line {
            Line::Details(_) if options.drawing_only => {}
            Line::Details(text) => reader.details(number, &text),
            Line::Text(text) => {
                if !reader.line(number, &text) {
                    break;
                }
            }
        }
    }
    reader.finish()
}

/// Whether a text begins with a keyword that nothing follows but a blank or the end of the line.
pub(super) fn statement<'t>(text: &'t str, keyword: &str) -> Option<&'t str> {
    let rest = begins_with(text, keyword).then(|| text.get(keyword.len()..))??;
    (rest.is_empty() || rest.starts_with(is_blank)).then_some(rest)
}

/// What follows a keyword and, after any blanks, a mark.
pub(super) fn marked<'t>(text: &'t str, keyword: &str, mark: char) -> Option<&'t str> {
    let rest = begins_with(text, keyword).then(|| text.get(keyword.len()..))??;
    rest.trim_start_matches(is_blank).strip_prefix(mark)
}

impl Reader<'_> {
    pub(super) fn fault(&mut self, line: usize, finding: MermaidFinding) {
        self.faults.push(MermaidNote { line, finding });
    }

    pub(super) fn note(&mut self, line: usize, finding: MermaidFinding) {
        self.notes.push(MermaidNote { line, finding });
    }

    /// A note where the reader is lenient, else a fault; says whether to go on.
    pub(super) fn unless_lenient(&mut self, line: usize, finding: MermaidFinding) -> bool {
        if self.options.lenient {
            self.note(line, finding);
        } else {
            self.fault(line, finding);
        }
        self.options.lenient
    }

    /// A name as it was meant.
    pub(super) fn name(&mut self, line: usize, text: &str) -> String {
        let (name, unknown) = decode(text);
        for entity in unknown {
            self.note(line, MermaidFinding::Entity(entity));
        }
        name
    }

    /// Notes what Mermaid would have done at a semicolon or a number sign.
    pub(super) fn note_signs(&mut self, line: usize, text: &str) {
        if let Some(at) = find(text, &['#']) {
            let cut = text.get(at..).unwrap_or_default().trim().to_owned();
            self.note(line, MermaidFinding::NumberSign(cut));
        }
        if find(text, &[';']).is_some() {
            self.note(line, MermaidFinding::Semicolon);
        }
    }

    /// A text as far as Mermaid reads it: up to a number sign. `None` at a semicolon.
    pub(super) fn cut<'t>(&mut self, line: usize, text: &'t str) -> Option<&'t str> {
        if self.options.lenient {
            self.note_signs(line, text);
            return Some(text);
        }
        let Some(at) = find(text, &['#', ';']) else {
            return Some(text);
        };
        let (kept, cut) = text.split_at(at);
        if cut.starts_with(';') {
            self.fault(line, MermaidFinding::Semicolon);
            return None;
        }
        self.note(line, MermaidFinding::NumberSign(cut.trim().to_owned()));
        Some(kept)
    }

    /// Reads a line; says whether to go on at all.
    fn line(&mut self, number: usize, text: &str) -> bool {
        let mut rest = text;
        if let Some((opened, mut lines)) = self.open.take() {
            let Some((last, after)) = text.split_once('}') else {
                lines.push(text.to_owned());
                self.open = Some((opened, lines));
                return true;
            };
            lines.push(last.to_owned());
            self.describe(number, &lines.join("\n"));
            rest = after;
        }
        loop {
            rest = rest.trim_start_matches(is_blank);
            if rest.is_empty() {
                return true;
            }
            if !self.begun {
                match self.header(number, rest) {
                    Some(after) => rest = after,
                    None => return false,
                }
                continue;
            }
            if let Some(text) = marked(rest, "accDescr", '{') {
                if let Some((text, after)) = text.split_once('}') {
                    self.describe(number, text);
                    rest = after;
                    continue;
                }
                self.open = Some((number, vec![text.to_owned()]));
            } else {
                self.statement(number, rest);
            }
            return true;
        }
    }

    /// Reads the word with which the text begins.
    fn header<'t>(&mut self, line: usize, text: &'t str) -> Option<&'t str> {
        self.begun = true;
        let Some(length) = header(text) else {
            let finding = MermaidFinding::NotAJourney(text.trim().to_owned());
            self.fault(line, finding);
            return None;
        };
        let (word, after) = text.split_at(length);
        if word != HEADER {
            let finding = MermaidFinding::Header(word.to_owned());
            self.unless_lenient(line, finding);
        }
        Some(after)
    }

    /// Reads what is left of a line: a statement, or several with semicolons between where the reader is lenient.
    fn statement(&mut self, line: usize, text: &str) {
        if self.options.lenient
            && let Some(pieces) = statements(text)
        {
            self.note(line, MermaidFinding::Semicolon);
            for piece in pieces {
                self.one_statement(line, piece);
            }
        } else {
            self.one_statement(line, text);
        }
    }

    fn one_statement(&mut self, line: usize, text: &str) {
        let is_comment = (text.starts_with('%') && !text.starts_with("%{"))
            || (!text.starts_with('}') && {
                let mut rest = text.chars();
                rest.next();
                rest.as_str().starts_with("%%")
            })
            || (text.starts_with('#') && super::words::entity(text).is_none());
        if is_comment {
            if looks_like_a_task(text) {
                self.note(line, MermaidFinding::LostTask(text.trim().to_owned()));
            }
        } else if let Some(title) = statement(text, "title") {
            self.title(line, title);
        } else if let Some((keyword, rest)) = with_colon(text) {
            // Mermaid draws a task with the name of the keyword.
            if self.unless_lenient(line, MermaidFinding::KeywordColon(keyword)) {
                match keyword {
                    "title" => self.title(line, rest),
                    _ => self.section(line, text, rest),
                }
            }
        } else if let Some(title) = marked(text, "accTitle", ':') {
            if let Some(title) = self.accessible(line, text, "accTitle:", title) {
                self.short_title = Some((line, title));
            }
        } else if let Some(description) = marked(text, "accDescr", ':') {
            if let Some(description) = self.accessible(line, text, "accDescr:", description) {
                self.description = Some(description);
            }
        } else if let Some(name) = statement(text, "section") {
            self.section(line, text, name);
        } else if begins_with(text, "journey")
            && !text.get(7..).is_some_and(|rest| {
                rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
            })
        {
            let goes_on = self.unless_lenient(line, keyword(text, "journey"));
            if goes_on {
                self.task(line, text);
            }
        } else {
            self.task(line, text);
        }
    }

    fn title(&mut self, line: usize, text: &str) {
        if text.trim_matches(is_blank).is_empty() {
            self.note(line, MermaidFinding::EmptyTitle("title"));
            return;
        }
        if looks_like_a_task(text) {
            let text = format!("title{text}");
            self.note(line, MermaidFinding::LostTask(text));
        }
        if let Some(text) = self.cut(line, text) {
            let title = self.name(line, text);
            self.title = Some((line, title));
        }
    }

    fn accessible(
        &mut self,
        line: usize,
        statement: &str,
        keyword: &'static str,
        text: &str,
    ) -> Option<String> {
        if text.trim_matches(is_blank).is_empty() {
            self.note(line, MermaidFinding::EmptyTitle(keyword));
            return None;
        }
        if looks_like_a_task(statement) {
            self.note(line, MermaidFinding::LostTask(statement.trim().to_owned()));
        }
        Some(self.name(line, text))
    }

    fn describe(&mut self, line: usize, text: &str) {
        let description = self.name(line, text);
        self.description = Some(description);
    }

    fn section(&mut self, line: usize, statement: &str, text: &str) {
        if let Some(at) = find(text, &[':'])
            && find(text, &['#', ';']).is_none_or(|sign| self.options.lenient || at < sign)
        {
            if looks_like_a_task(text) {
                return self.fault(line, keyword(statement, "section"));
            }
            let finding = MermaidFinding::SectionColon(text.trim().to_owned());
            if !self.unless_lenient(line, finding) {
                return;
            }
        }
        let Some(name) = self.cut(line, text) else {
            return;
        };
        let name = self.name(line, name);
        if name.is_empty() {
            return self.fault(line, MermaidFinding::SectionName);
        }
        // The same section again at once is drawn as one block.
        if self.sections.last().is_none_or(|last| last.name != name) {
            self.sections.push(Section {
                line,
                name,
                tasks: 0,
            });
        }
    }

    /// The journey that was read, unless there are faults.
    fn finish(mut self) -> Result<MermaidRead, MermaidError> {
        if let Some((line, _)) = self.open.take() {
            self.fault(line, MermaidFinding::OpenDescription);
        }
        if self.tasks.is_empty() && self.faults.is_empty() && self.details.is_empty() {
            self.fault(1, MermaidFinding::NoTask);
        }
        for at in self.tasks.iter().filter_map(|task| task.section) {
            if let Some(section) = self.sections.get_mut(at) {
                section.tasks += 1;
            }
        }
        self.judge_scale();
        if self.details.is_empty() {
            self.remark();
        }
        let drawing = if self.details.is_empty() {
            self.drawn().map_err(MermaidError::from)
        } else {
            self.said()
        };
        let by_line = |notes: &mut Vec<MermaidNote>| notes.sort_by_key(|note| note.line);
        by_line(&mut self.faults);
        by_line(&mut self.notes);
        if !self.faults.is_empty() {
            return Err(MermaidError::Text(self.faults));
        }
        Ok(MermaidRead {
            journey: drawing?,
            notes: self.notes,
        })
    }
}

/// The statements of a line with semicolons between, if every part is one.
fn statements(text: &str) -> Option<Vec<&str>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(at) = find(rest, &[';']) {
        let (piece, after) = rest.split_at(at);
        pieces.push(piece);
        rest = after.get(1..).unwrap_or_default();
    }
    if pieces.is_empty() {
        return None;
    }
    pieces.push(rest);
    let pieces = pieces.into_iter().map(|piece| piece.trim_matches(is_blank));
    let pieces: Vec<&str> = pieces.filter(|piece| !piece.is_empty()).collect();
    let is_statement = |piece: &&str| {
        let words = ["title", "section"];
        words.iter().any(|word| statement(piece, word).is_some())
            || with_colon(piece).is_some()
            || looks_like_a_task(piece)
    };
    pieces.iter().all(is_statement).then_some(pieces)
}

/// A title or a section with a colon behind the word, and what follows; a task of this name has a score.
fn with_colon(text: &str) -> Option<(&'static str, &str)> {
    let words = ["title", "section"];
    let found = words
        .iter()
        .find_map(|&word| Some((word, marked(text, word, ':')?)));
    found.filter(|(_, rest)| !looks_like_a_task(text) && !rest.trim_matches(is_blank).is_empty())
}

fn keyword(text: &str, keyword: &'static str) -> MermaidFinding {
    let first = text.chars().next().map_or(0, u32::from);
    MermaidFinding::Keyword {
        text: text.trim().to_owned(),
        keyword,
        hint: format!("#{first};"),
    }
}
