//! What weakens the answer.

use crate::journey::{Warning, Written};
use crate::page::words::{name, place, quoted};
use crate::page::{Block, Cell, Question, Section, Table};

impl Question for Vec<Warning> {
    fn sections(&self) -> Vec<Section> {
        let noun = ("warning", "warnings");
        let mut section = Section::new("weakens", "What weakens the answer");
        if self.is_empty() {
            section.say("Nothing that can be seen in the map itself.");
        }
        section.put(Block::list(self.iter().map(in_words).collect(), noun));
        section.put(
            Table::of(self, "What weakens the answer", noun)
                .key("warnings")
                .data("warning", |warning| Cell::name(warning.to_string()))
                .done(),
        );
        vec![section]
    }
}

/// What weakens the answer, with touchpoints as tokens.
pub(crate) fn in_words(warning: &Warning) -> String {
    warning.sentence(&Written {
        place: &|id| format!("\"{}\"", place(id)),
        quoted: &quoted,
        bare: &name,
    })
}
