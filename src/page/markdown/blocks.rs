//! The blocks that a Markdown text is made of.

use super::escape;

/// Markdown being written, block by block. Every text given to it is plain and is escaped here.
#[derive(Debug, Default)]
pub(crate) struct Blocks {
    text: String,
    last: Option<Block>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Block {
    Alone,
    Bullet,
    Number,
}

impl Blocks {
    pub(crate) fn finish(self) -> String {
        self.text
    }

    /// Ends the block before; items of one list follow each other without an empty line.
    fn begin(&mut self, block: Block) {
        let goes_on = block != Block::Alone && self.last == Some(block);
        if !self.text.is_empty() {
            self.text.push_str(if goes_on { "\n" } else { "\n\n" });
        }
        self.last = Some(block);
    }

    pub(crate) fn heading(&mut self, level: usize, text: &str) {
        self.begin(Block::Alone);
        self.text.push_str(&"#".repeat(level));
        self.text.push(' ');
        self.text.push_str(&escape::inline(text));
    }

    pub(crate) fn paragraph(&mut self, text: &str) {
        self.begin(Block::Alone);
        self.text.push_str(&escape::line(text));
    }

    /// What has a number or a dash for its lead becomes an item of a list; a word stays before its text.
    pub(crate) fn item(&mut self, lead: &str, text: &str) {
        let number = lead.trim().trim_end_matches('.');
        if lead.trim().is_empty() {
            return self.paragraph(text);
        }
        if number.bytes().all(|byte| byte.is_ascii_digit()) {
            self.begin(Block::Number);
            self.text.extend([number, ". ", &escape::line(text)]);
        } else {
            let word = lead.trim_start_matches("- ");
            self.begin(Block::Bullet);
            let text = escape::line(&format!("{word}{text}"));
            self.text.extend(["- ", &text]);
        }
    }

    /// Lines that were drawn with characters, as they are.
    pub(crate) fn drawing(&mut self, lines: &[String]) {
        self.begin(Block::Alone);
        self.text.push_str("```text\n");
        for line in lines {
            self.text.push_str(line.trim_end());
            self.text.push('\n');
        }
        self.text.push_str("```");
    }

    /// A table: its columns, each with whether it holds numbers, and its rows.
    pub(crate) fn table(&mut self, columns: &[(String, bool)], rows: &[Vec<String>]) {
        self.begin(Block::Alone);
        self.row(columns.iter().map(|(heading, _)| heading.as_str()));
        self.text.push_str("\n|");
        for (_, is_number) in columns {
            self.text
                .push_str(if *is_number { " ---: |" } else { " --- |" });
        }
        for row in rows {
            self.text.push('\n');
            self.row(row.iter().map(String::as_str));
        }
    }

    fn row<'t>(&mut self, cells: impl Iterator<Item = &'t str>) {
        self.text.push('|');
        for cell in cells {
            self.text.push(' ');
            self.text.push_str(&escape::inline(cell));
            self.text.push_str(if cell.is_empty() { "|" } else { " |" });
        }
    }
}
