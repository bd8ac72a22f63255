//! Columns that stand under each other.

use super::sheet::{Sheet, wrap};
use crate::page::clean::{columns, left_to_right};

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
pub(crate) struct Grid {
    columns: Vec<(Kind, Vec<String>)>,
    rows: Vec<Vec<String>>,
}

impl Grid {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    fn column(mut self, kind: Kind, heading: &str) -> Self {
        let lines = heading.split('\n').map(str::to_owned).collect();
        self.columns.push((kind, lines));
        self
    }

    /// Adds a column of text that may wrap; a line break in the heading starts its next line.
    pub(crate) fn text(self, heading: &str) -> Self {
        self.column(Kind::Text, heading)
    }

    /// Adds a column of text that does not wrap.
    pub(crate) fn fixed(self, heading: &str) -> Self {
        self.column(Kind::Fixed, heading)
    }

    /// Adds a column of numbers.
    pub(crate) fn number(self, heading: &str) -> Self {
        self.column(Kind::Number, heading)
    }

    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// Prints the table with its headings, indented by two columns.
    pub(crate) fn print(&self, sheet: &mut Sheet) {
        const INDENT: usize = 2;
        if let Some(blocks) = sheet.blocks() {
            let columns = self.columns.iter();
            let columns = columns.map(|(kind, lines)| (lines.join(" "), *kind == Kind::Number));
            return blocks.table(&columns.collect::<Vec<_>>(), &self.rows);
        }
        let rows = self.aligned();
        let widths = self.widths(&rows, sheet.width().saturating_sub(INDENT));
        let mut headings: Vec<Vec<String>> = self
            .columns
            .iter()
            .zip(&widths)
            .map(|((_, lines), &width)| lines.iter().flat_map(|line| wrap(line, width)).collect())
            .collect();
        // Headings stand on their last line.
        let tallest = headings.iter().map(Vec::len).max().unwrap_or(0);
        for heading in &mut headings {
            heading.splice(0..0, vec![String::new(); tallest - heading.len()]);
        }
        if headings.iter().flatten().any(|line| !line.is_empty()) {
            self.print_row(sheet, &widths, &headings, INDENT);
        }
        for row in &rows {
            let cells = row
                .iter()
                .zip(&widths)
                .map(|(cell, &width)| wrap(cell, width));
            self.print_row(sheet, &widths, &cells.collect::<Vec<_>>(), INDENT);
        }
    }

    /// The rows with blanks after numbers, so that their points stand under each other.
    fn aligned(&self) -> Vec<Vec<String>> {
        let decimals = |cell: &String| {
            let is_number = cell.ends_with(|c: char| c.is_ascii_digit());
            match cell.rfind('.').filter(|_| is_number) {
                // Words that end in a number, such as "45.5 of 100", have no point that could stand under others.
                Some(point) => {
                    let mut behind = cell.chars().rev().take_while(char::is_ascii_digit);
                    let digits = behind.by_ref().count();
                    (point + 1 + digits == cell.len()).then_some(digits + 1)
                }
                None => is_number.then_some(0),
            }
        };
        let mut rows = self.rows.clone();
        let numbers = (0..)
            .zip(&self.columns)
            .filter(|(_, (kind, _))| *kind == Kind::Number);
        for (column, _) in numbers {
            let most = rows
                .iter()
                .filter_map(|row| decimals(row.get(column)?))
                .max()
                .unwrap_or(0);
            for cell in rows.iter_mut().filter_map(|row| row.get_mut(column)) {
                if let Some(decimals) = decimals(cell) {
                    cell.push_str(&"\u{a0}".repeat(most - decimals));
                }
            }
        }
        rows
    }

    fn print_row(&self, sheet: &mut Sheet, widths: &[usize], cells: &[Vec<String>], indent: usize) {
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        for number in 0..height {
            let mut line = " ".repeat(indent);
            for (((kind, _), cell), &width) in self.columns.iter().zip(cells).zip(widths) {
                // A name may have been broken before its closing mark.
                let text = left_to_right(cell.get(number).cloned().unwrap_or_default());
                let blanks = " ".repeat(width.saturating_sub(columns(&text)));
                match kind {
                    Kind::Number => line.extend([blanks, text]),
                    Kind::Text | Kind::Fixed => line.extend([text, blanks]),
                }
                line.push_str(&" ".repeat(GAP));
            }
            sheet.line(&line);
        }
    }

    /// As wide as the widest cell; where that is too much together, the widest text column gives way first.
    fn widths(&self, rows: &[Vec<String>], page: usize) -> Vec<usize> {
        let mut widths: Vec<usize> = (0..self.columns.len())
            .map(|column| {
                let heading = self
                    .columns
                    .get(column)
                    .into_iter()
                    .flat_map(|(_, lines)| lines);
                let cells = rows.iter().filter_map(|row| row.get(column));
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
pub(crate) fn bar(share: f64, cells: u32) -> String {
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
