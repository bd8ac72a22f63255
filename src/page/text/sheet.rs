//! A sheet to lay reports out on, headings, paragraphs, items and tables: text of limited width, or Markdown.

use crate::page::clean::{columns, columns_of};
use crate::page::markdown::Blocks;
use crate::page::number::{Noun, whole};

/// Text being laid out. Names in it have been cleaned.
#[derive(Debug)]
pub(crate) struct Sheet {
    width: usize,
    text: String,
    /// What is written instead of the text where the page is of Markdown.
    markdown: Option<Blocks>,
}

impl Sheet {
    pub(crate) fn new(width: usize) -> Self {
        Self {
            width,
            text: String::new(),
            markdown: None,
        }
    }

    /// A page of Markdown, on which only drawings have a width.
    pub(crate) fn markdown() -> Self {
        Self {
            markdown: Some(Blocks::default()),
            ..Self::new(super::Text::WIDTH)
        }
    }

    /// Where blocks are written instead of lines, if they are.
    pub(crate) fn blocks(&mut self) -> Option<&mut Blocks> {
        self.markdown.as_mut()
    }

    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// The text, without blank lines around it.
    pub(crate) fn finish(self) -> String {
        let text = self.markdown.map_or(self.text, Blocks::finish);
        text.trim_matches('\n').to_owned()
    }

    /// An empty line, unless there is one already.
    pub(crate) fn gap(&mut self) {
        if !self.text.ends_with("\n\n") && !self.text.is_empty() {
            self.text.push('\n');
        }
    }

    /// Lines drawn with characters.
    pub(crate) fn drawing(&mut self, lines: &[String]) {
        if let Some(blocks) = self.blocks() {
            return blocks.drawing(lines);
        }
        for line in lines {
            self.line(line);
        }
    }

    /// A line as it is, without blanks at its end.
    pub(crate) fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    pub(crate) fn title(&mut self, text: &str) {
        if let Some(blocks) = self.blocks() {
            return blocks.heading(1, text);
        }
        self.underlined(text, '═');
    }

    pub(crate) fn heading(&mut self, text: &str) {
        if let Some(blocks) = self.blocks() {
            return blocks.heading(2, text);
        }
        self.gap();
        self.underlined(text, '─');
    }

    fn underlined(&mut self, text: &str, rule: char) {
        let lines = wrap(text, self.width);
        let longest = lines.iter().map(|line| columns(line)).max().unwrap_or(0);
        for line in lines {
            self.line(&line);
        }
        self.line(&rule.to_string().repeat(longest));
    }

    /// A paragraph.
    pub(crate) fn say(&mut self, text: &str) {
        self.item(0, "", text);
    }

    /// A paragraph whose later lines stand under the text after its lead.
    pub(crate) fn item(&mut self, indent: usize, lead: &str, text: &str) {
        if let Some(blocks) = self.blocks() {
            return blocks.item(lead, text);
        }
        let hanging = indent + columns(lead);
        for (number, line) in wrap(text, self.width.saturating_sub(hanging))
            .iter()
            .enumerate()
        {
            let lead = if number == 0 { lead } else { "" };
            let blanks = " ".repeat(hanging - columns(lead));
            let line = if number == 0 {
                format!("{}{lead}{line}", " ".repeat(indent))
            } else {
                format!("{blanks}{line}")
            };
            self.line(&line);
        }
    }

    /// Says how many entries of a list are not printed, if any.
    pub(crate) fn more(&mut self, indent: usize, all: usize, shown: usize, (one, many): Noun) {
        if all > shown {
            let text = format!(
                "... and {} more {}; the report holds all {}.",
                whole(all - shown),
                if all - shown == 1 { one } else { many },
                whole(all)
            );
            self.item(indent, "", &text);
        }
    }
}

/// Breaks a text into lines of at most so many columns, between words where it can. Numbers stay with the "of 100"
/// or "%" after them.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    const TIED: char = '\u{a0}';
    let width = width.max(4);
    let tied = text
        .replace(" of 100", "\u{a0}of\u{a0}100")
        .replace(" %", "\u{a0}%");
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in tied.split(' ').filter(|word| !word.is_empty()) {
        let wide = columns(word);
        if used > 0 && used + 1 + wide > width {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        if used > 0 {
            line.push(' ');
            used += 1;
        }
        if wide <= width {
            line.push_str(word);
            used += wide;
            continue;
        }
        for c in word.chars() {
            if used + columns_of(c) > width {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push(c);
            used += columns_of(c);
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
        .into_iter()
        .map(|line| line.replace(TIED, " "))
        .collect()
}
