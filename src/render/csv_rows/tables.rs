//! Tables of blocks as comma-separated values.

use std::fmt::{Formatter, Result};

use super::cells::{self, Sheet};
use crate::page::block::Block;
use crate::page::cell::Cell;
use crate::page::table::Table;
use crate::page::words::plain;

/// Writes the tables of this name as one.
pub(super) fn write_tables(f: &mut Formatter<'_>, key: &str, blocks: &[Block]) -> Result {
    let mut tables = Vec::new();
    find(key, blocks, &mut tables);
    let Some(first) = tables.first() else {
        return Ok(());
    };
    let headings: Vec<&str> = first
        .columns
        .iter()
        .filter_map(|column| column.key)
        .collect();
    let mut sheet = Sheet::new(&headings);
    for table in tables {
        for row in &table.rows {
            let cells = row.iter().zip(&table.columns);
            let cells = cells.filter(|(_, column)| column.key.is_some());
            sheet.cells(cells.map(|(cell, _)| value(cell)));
        }
    }
    f.write_str(&sheet.finish())
}

fn find<'b>(key: &str, blocks: &'b [Block], found: &mut Vec<&'b Table>) {
    for block in blocks {
        match block {
            Block::Table(table) if table.key == Some(key) => found.push(table),
            Block::Under(_, blocks)
            | Block::Fold(_, blocks)
            | Block::Beside(blocks)
            | Block::InText(blocks)
            | Block::OnPage(blocks) => find(key, blocks, found),
            _ => {}
        }
    }
}

/// What a program reads in a cell.
fn value(cell: &Cell) -> cells::Cell {
    match cell {
        Cell::Empty | Cell::NotApplicable | Cell::Interval(..) => cells::Cell::Empty,
        Cell::Figure(_, value) => (*value).into(),
        Cell::Bar(share) => (*share).into(),
        Cell::Flag(flag, ..) => (*flag).into(),
        Cell::Word(word) => (*word).into(),
        Cell::Coded(word, _) | Cell::Name(word) | Cell::Place(word) => word.into(),
        Cell::Words(words) => plain(words).as_str().into(),
    }
}
