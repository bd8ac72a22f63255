//! Tables: columns are declared once, each with its heading, its key and what stands in it, and each reader gets those
//! meant for it.

use super::block::LISTED;
use super::cell::Cell;
use super::number::Noun;

/// Who reads a column. Each has what those before it have, and more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Detail {
    /// Everybody: the text, Markdown, the page, and the table for programs.
    Brief,
    /// The page and the table for programs.
    Full,
    /// The table for programs alone.
    Data,
}

/// How a column is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Text on the left, wrapped where there is no room.
    Text,
    /// Text on the left that is never wrapped.
    Fixed,
    /// Numbers on the right.
    Number,
    /// A bar on the left, and the percentage that it stands for on the right.
    Bar,
}

/// What people read above a column; a line break in it is one where columns are narrow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Heading {
    pub(crate) kind: Kind,
    pub(crate) text: String,
}

pub(crate) fn text(heading: &str) -> Heading {
    heading_of(Kind::Text, heading)
}

pub(crate) fn fixed(heading: &str) -> Heading {
    heading_of(Kind::Fixed, heading)
}

pub(crate) fn number(heading: &str) -> Heading {
    heading_of(Kind::Number, heading)
}

pub(crate) fn bar(heading: &str) -> Heading {
    heading_of(Kind::Bar, heading)
}

fn heading_of(kind: Kind, text: &str) -> Heading {
    Heading {
        kind,
        text: text.to_owned(),
    }
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Column {
    /// The heading for programs, which is the key of the report document; none where programs have the value elsewhere.
    pub(crate) key: Option<&'static str>,
    pub(crate) heading: Heading,
    pub(crate) detail: Detail,
}

/// Rows of typed cells below headings; the first column heads its row.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Table {
    /// The name of the table for programs; none where no program reads it. Tables of the same name are one.
    pub(crate) key: Option<&'static str>,
    /// What it shows, for the page.
    pub(crate) caption: String,
    /// What a row is.
    pub(crate) noun: Noun,
    /// How many rows a short text has.
    pub(crate) listed: usize,
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Vec<Cell>>,
}

impl Table {
    /// A table with a row for each entry, whose columns are added one by one.
    pub(crate) fn of<T>(entries: &[T], caption: impl Into<String>, noun: Noun) -> Rows<'_, T> {
        Rows {
            entries,
            table: Self {
                key: None,
                caption: caption.into(),
                noun,
                listed: LISTED,
                columns: Vec::new(),
                rows: entries.iter().map(|_| Vec::new()).collect(),
            },
        }
    }
}

impl Table {
    /// The same for programs alone, where it tells people nothing.
    pub(crate) fn for_programs(mut self) -> Self {
        for column in &mut self.columns {
            column.detail = Detail::Data;
        }
        self
    }
}

/// What a text shows of a table.
#[derive(Debug)]
pub(crate) struct Brief<'a> {
    table: &'a Table,
    /// The places of its columns.
    columns: Vec<usize>,
    /// The headings of the columns in which no row has anything that is known; they are named below the table instead.
    unknown: Vec<String>,
}

impl Table {
    /// What a text shows of it; `None` where that is nothing.
    pub(crate) fn brief(&self) -> Option<Brief<'_>> {
        let for_them = |place: &usize| {
            let column = self.columns.get(*place);
            column.is_some_and(|column| column.detail == Detail::Brief)
        };
        let columns: Vec<usize> = (0..self.columns.len()).filter(for_them).collect();
        if self.rows.is_empty() || columns.is_empty() {
            return None;
        }
        let (unknown, known): (Vec<usize>, Vec<usize>) =
            columns.iter().partition(|&&place| self.is_unknown(place));
        let heading = |place: &usize| {
            let column = self.columns.get(*place);
            column.map(|column| column.heading.text.replace('\n', " "))
        };
        // A table of which nothing at all is known says so as it stands.
        Some(if known.len() < 2 {
            Brief {
                table: self,
                columns,
                unknown: Vec::new(),
            }
        } else {
            let unknown = unknown.iter().filter_map(heading).collect();
            Brief {
                table: self,
                columns: known,
                unknown,
            }
        })
    }

    /// Whether a column says of some rows that something is unknown, and of the others nothing.
    fn is_unknown(&self, place: usize) -> bool {
        let mut cells = self.rows.iter().filter_map(|row| row.get(place));
        let says_nothing = |cell: &Cell| matches!(cell, Cell::Empty | Cell::NotApplicable);
        cells.clone().any(Cell::is_unknown)
            && cells.all(|cell| cell.is_unknown() || says_nothing(cell))
    }
}

impl<'a> Brief<'a> {
    pub(crate) fn columns(&self) -> impl Iterator<Item = &'a Column> + '_ {
        let at = |place: &usize| self.table.columns.get(*place);
        self.columns.iter().filter_map(at)
    }

    /// The cells of each row with their columns.
    pub(crate) fn rows(&self) -> impl Iterator<Item = Vec<(&'a Cell, &'a Column)>> + '_ {
        self.table.rows.iter().map(|row| {
            let cells = self.columns.iter().filter_map(|&place| row.get(place));
            cells.zip(self.columns()).collect()
        })
    }

    /// "Unknown in all rows: mean feeling, hurt per journey."
    pub(crate) fn unknown(&self) -> Option<String> {
        let all = if self.table.rows.len() == 1 {
            "Unknown"
        } else {
            "Unknown in all rows"
        };
        (!self.unknown.is_empty()).then(|| format!("{all}: {}.", self.unknown.join(", ")))
    }
}

/// A table whose columns are being declared.
#[derive(Debug)]
pub(crate) struct Rows<'a, T> {
    entries: &'a [T],
    table: Table,
}

impl<T> Rows<'_, T> {
    /// Gives the table a name for programs.
    pub(crate) fn key(mut self, key: &'static str) -> Self {
        self.table.key = Some(key);
        self
    }

    /// Sets how many rows a short text has.
    pub(crate) fn listed(mut self, rows: usize) -> Self {
        self.table.listed = rows;
        self
    }

    /// A column for everybody.
    pub(crate) fn brief(
        self,
        key: &'static str,
        heading: Heading,
        cell: impl Fn(&T) -> Cell,
    ) -> Self {
        self.column(Some(key), Detail::Brief, heading, cell)
    }

    /// A column for the page and for programs.
    pub(crate) fn full(
        self,
        key: &'static str,
        heading: Heading,
        cell: impl Fn(&T) -> Cell,
    ) -> Self {
        self.column(Some(key), Detail::Full, heading, cell)
    }

    /// A column for programs alone.
    pub(crate) fn data(self, key: &'static str, cell: impl Fn(&T) -> Cell) -> Self {
        self.column(Some(key), Detail::Data, text(key), cell)
    }

    /// A column for people alone, who read it in the text as well or only on the page.
    pub(crate) fn shown(self, detail: Detail, heading: Heading, cell: impl Fn(&T) -> Cell) -> Self {
        self.column(None, detail, heading, cell)
    }

    /// Adds columns only where they say anything.
    pub(crate) fn when(self, applies: bool, columns: impl FnOnce(Self) -> Self) -> Self {
        if applies { columns(self) } else { self }
    }

    fn column(
        mut self,
        key: Option<&'static str>,
        detail: Detail,
        heading: Heading,
        cell: impl Fn(&T) -> Cell,
    ) -> Self {
        self.table.columns.push(Column {
            key,
            heading,
            detail,
        });
        for (row, entry) in self.table.rows.iter_mut().zip(self.entries) {
            row.push(cell(entry));
        }
        self
    }

    pub(crate) fn done(self) -> Table {
        self.table
    }
}
