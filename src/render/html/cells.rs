//! Tables of blocks as HTML, and what stands in their cells.

use super::blocks::Writer;
use super::markup::NOT_KNOWN;
use crate::page::cell::{Cell, Unit};
use crate::page::clean::clean;
use crate::page::number::whole;
use crate::page::table::{Column, Detail, Kind, Table};
use crate::page::words::pieces;
use crate::render::svg::feeling_class;

/// So many rows of a table are shown; the report holds all of them.
const ROWS: usize = 100;

impl Writer<'_> {
    pub(super) fn table(&mut self, table: &Table) {
        let is_shown = |column: &&Column| column.detail != Detail::Data;
        if !shows_table(table) {
            return;
        }
        let id = format!("table-{}", self.page.next_table());
        self.page.open_with(
            "div class=\"scroll\" role=\"region\" tabindex=\"0\"",
            "aria-labelledby",
            &id,
        );
        self.page.open("table");
        self.page.open_with("caption", "id", &id);
        self.words(&table.caption);
        self.page.close();
        self.page.open("thead");
        self.page.open("tr");
        for column in table.columns.iter().filter(is_shown) {
            self.page.open(if is_number(column) {
                "th scope=\"col\" class=\"number\""
            } else {
                "th scope=\"col\""
            });
            self.pieces(&pieces(&column.heading.text.replace('\n', " ")));
            self.page.close();
        }
        self.page.close();
        self.page.close();
        self.page.open("tbody");
        for row in table.rows.iter().take(ROWS) {
            self.page.open("tr");
            let shown = row
                .iter()
                .zip(&table.columns)
                .filter(|(_, column)| is_shown(column));
            for (place, (cell, column)) in shown.enumerate() {
                self.page.open(match (place, is_number(column)) {
                    (0, _) => "th scope=\"row\"",
                    (_, false) => "td",
                    (_, true) => "td class=\"number\"",
                });
                self.cell(cell);
                self.page.close();
            }
            self.page.close();
        }
        self.page.close();
        self.page.close();
        self.page.close();
        let all = table.rows.len();
        if all > ROWS {
            let noun = if all - ROWS == 1 {
                table.noun.0
            } else {
                table.noun.1
            };
            self.line(
                "p class=\"soft\"",
                &format!(
                    "... and {} more {noun}; the report's document and tables hold all {}.",
                    whole(all - ROWS),
                    whole(all)
                ),
            );
        }
    }

    pub(super) fn cell(&mut self, cell: &Cell) {
        match cell {
            Cell::Name(text) => self.page.name(&clean(text)),
            Cell::Place(id) => self.page.name(&clean(self.names.of_id(id))),
            Cell::Words(words) | Cell::Coded(_, words) => self.pieces(&pieces(words)),
            Cell::Figure(_, None)
            | Cell::Interval(_, None)
            | Cell::Bar(None)
            | Cell::Flag(None, ..) => {
                self.page
                    .raw(&format!("<span class=\"unknown\">{NOT_KNOWN}</span>"));
            }
            other => {
                match other {
                    Cell::Figure(Unit::Valence, Some(valence)) => {
                        self.page.dot(feeling_class(*valence));
                    }
                    Cell::Bar(Some(share)) => self.page.bar(*share),
                    _ => {}
                }
                let text = other.in_words(NOT_KNOWN, "–", str::to_owned, str::to_owned);
                self.page.text(&text);
            }
        }
    }
}

fn is_number(column: &Column) -> bool {
    matches!(column.heading.kind, Kind::Number | Kind::Bar)
}

pub(super) fn shows_table(table: &Table) -> bool {
    !table.rows.is_empty()
        && table
            .columns
            .iter()
            .any(|column| column.detail != Detail::Data)
}
