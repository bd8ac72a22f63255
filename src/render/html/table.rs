//! Tables with a caption, headed columns and headed rows, in a place that scrolls by itself.

use super::markup::{Inline, NOT_KNOWN, Page};
use crate::render::number::{Noun, whole};

/// So many rows are shown; the report holds all of them.
pub(super) const ROWS: usize = 100;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Number,
}

/// Rows below headings; the first column heads its rows.
#[derive(Debug)]
pub(super) struct Table {
    caption: String,
    columns: Vec<(Kind, &'static str)>,
    rows: Vec<Vec<Inline>>,
    most: usize,
    more: Option<String>,
}

impl Table {
    pub(super) fn new(caption: impl Into<String>) -> Self {
        Self {
            caption: caption.into(),
            columns: Vec::new(),
            rows: Vec::new(),
            most: ROWS,
            more: None,
        }
    }

    pub(super) fn text(mut self, heading: &'static str) -> Self {
        self.columns.push((Kind::Text, heading));
        self
    }

    pub(super) fn number(mut self, heading: &'static str) -> Self {
        self.columns.push((Kind::Number, heading));
        self
    }

    /// Adds a row for each of the first entries, and says how many there are besides.
    pub(super) fn fill<T>(
        mut self,
        entries: &[T],
        (one, many): Noun,
        row: impl Fn(&T) -> Vec<Inline>,
    ) -> Self {
        self.rows.extend(entries.iter().take(self.most).map(row));
        if entries.len() > self.most {
            let more = entries.len() - self.most;
            self.more = Some(format!(
                "... and {} more {}; the report's document and tables hold all {}.",
                whole(more),
                if more == 1 { one } else { many },
                whole(entries.len())
            ));
        }
        self
    }

    pub(super) fn write(&self, page: &mut Page) {
        let id = format!("table-{}", page.next_table());
        page.open_with(
            "div class=\"scroll\" role=\"region\" tabindex=\"0\"",
            "aria-labelledby",
            &id,
        );
        page.open("table");
        page.open_with("caption", "id", &id);
        page.inline(&self.caption.as_str().into());
        page.close();
        page.open("thead");
        page.open("tr");
        for (kind, heading) in &self.columns {
            let tag = match kind {
                Kind::Text => "th scope=\"col\"",
                Kind::Number => "th scope=\"col\" class=\"number\"",
            };
            page.line(tag, *heading);
        }
        page.close();
        page.close();
        page.open("tbody");
        for row in &self.rows {
            page.open("tr");
            for (place, (cell, (kind, _))) in row.iter().zip(&self.columns).enumerate() {
                page.open(match (place, kind) {
                    (0, _) => "th scope=\"row\"",
                    (_, Kind::Text) => "td",
                    (_, Kind::Number) => "td class=\"number\"",
                });
                page.inline(cell);
                page.close();
            }
            page.close();
        }
        page.close();
        page.close();
        page.close();
        if let Some(more) = &self.more {
            page.line("p class=\"soft\"", more.as_str());
        }
    }
}

/// A figure that may be not known.
pub(super) fn known(figure: Option<f64>, show: impl Fn(f64) -> String) -> Inline {
    match figure {
        Some(figure) => show(figure).into(),
        None => unknown(),
    }
}

pub(super) fn unknown() -> Inline {
    Inline::new().classed("unknown", NOT_KNOWN)
}

/// What does not apply.
pub(super) fn none() -> Inline {
    "–".into()
}
