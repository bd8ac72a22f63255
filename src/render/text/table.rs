//! Columns that stand under each other.

use super::clean::columns;
use super::page::{Page, wrap};

/// A column of names or quotes is not made narrower than this.
const NARROWEST: usize = 12;
/// Between two columns.
const GAP: usize = 2;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Text on the left, wrapped where the page is too narrow.
    Text,
    /// Text on the left that is never wrapped.
    Fixed,
    /// Numbers on the right.
    Number,
}

/// Rows of cells under a heading.
#[derive(Debug, Default)]
pub(super) struct Table {
    columns: Vec<(Kind, Vec<String>)>,
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(super) fn new() -> Self {
        Self::default()
    }

    fn column(mut self, kind: Kind, heading: &str) -> Self {
        let lines = heading.split('\n').map(str::to_owned).collect();
        self.columns.push((kind, lines));
        self
    }

    /// Adds a column of text that may wrap; a line break in the heading starts its next line.
    pub(super) fn text(self, heading: &str) -> Self {
        self.column(Kind::Text, heading)
    }

    /// Adds a column of text that does not wrap.
    pub(super) fn fixed(self, heading: &str) -> Self {
        self.column(Kind::Fixed, heading)
    }

    /// Adds a column of numbers.
    pub(super) fn number(self, heading: &str) -> Self {
        self.column(Kind::Number, heading)
    }

    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// Prints the table with its headings, indented by two columns.
    pub(super) fn print(&self, page: &mut Page) {
        const INDENT: usize = 2;
        let widths = self.widths(page.width().saturating_sub(INDENT));
        let tallest = self
            .columns
            .iter()
            .map(|(_, lines)| lines.len())
            .max()
            .unwrap_or(0);
        // Headings stand on their last line.
        let headings = self.columns.iter().map(|(_, lines)| {
            let mut cell = vec![String::new(); tallest - lines.len()];
            cell.extend(lines.iter().cloned());
            cell
        });
        if self
            .columns
            .iter()
            .any(|(_, lines)| lines.iter().any(|line| !line.is_empty()))
        {
            self.print_row(page, &widths, headings.collect(), INDENT);
        }
        for row in &self.rows {
            let cells = row
                .iter()
                .zip(&widths)
                .map(|(cell, &width)| wrap(cell, width));
            self.print_row(page, &widths, cells.collect(), INDENT);
        }
    }

    fn print_row(&self, page: &mut Page, widths: &[usize], cells: Vec<Vec<String>>, indent: usize) {
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        for number in 0..height {
            let mut line = " ".repeat(indent);
            for (((kind, _), cell), &width) in self.columns.iter().zip(&cells).zip(widths) {
                let text = cell.get(number).map_or("", String::as_str);
                let blanks = " ".repeat(width.saturating_sub(columns(text)));
                match kind {
                    Kind::Number => line.extend([blanks.as_str(), text]),
                    Kind::Text | Kind::Fixed => line.extend([text, blanks.as_str()]),
                }
                line.push_str(&" ".repeat(GAP));
            }
            page.line(&line);
        }
    }

    /// As wide as the widest cell; where that is too much together, the widest text column gives way first.
    fn widths(&self, page: usize) -> Vec<usize> {
        let mut widths: Vec<usize> = (0..self.columns.len())
            .map(|column| {
                let heading = self
                    .columns
                    .get(column)
                    .into_iter()
                    .flat_map(|(_, lines)| lines);
                let cells = self.rows.iter().filter_map(|row| row.get(column));
                heading
                    .chain(cells)
                    .map(|text| columns(text))
                    .max()
                    .unwrap_or(0)
            })
            .collect();
        let gaps = GAP * widths.len().saturating_sub(1);
        loop {
            let excess = (widths.iter().sum::<usize>() + gaps).saturating_sub(page);
            let texts = widths.iter_mut().zip(&self.columns);
            let texts = texts.filter(|(_, (kind, _))| *kind == Kind::Text);
            let mut texts: Vec<&mut usize> = texts.map(|(width, _)| width).collect();
            texts.sort();
            let second = texts.iter().rev().nth(1).map_or(0, |width| **width);
            match texts.pop() {
                Some(widest) if excess > 0 && *widest > NARROWEST => {
                    // Down to the next widest in one go, and then one by one.
                    let least = second.max(NARROWEST).min(*widest - 1);
                    *widest = least.max(widest.saturating_sub(excess));
                }
                _ => return widths,
            }
        }
    }
}

/// A bar of at most so many columns for a share; whatever is above zero shows.
pub(super) fn bar(share: f64, cells: u32) -> String {
    const PARTS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let most = cells * 8;
    let mut eighths = 0;
    // Counting avoids a cast from floating point.
    while eighths < most && f64::from(eighths) + 0.5 <= share * f64::from(most) {
        eighths += 1;
    }
    if share > 0.0 {
        eighths = eighths.max(1);
    }
    let part = PARTS.iter().zip(0..).find(|&(_, part)| part == eighths % 8);
    "█".repeat((eighths / 8) as usize) + part.map_or("", |(part, _)| part)
}
