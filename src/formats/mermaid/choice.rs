//! Which of several diagrams of a text is read.

use super::blocks::Block;
use super::error::{MermaidFinding, MermaidNote};
use super::lines::{Line, prepare};
use super::read::{marked, statement};
use super::words::{decode, is_blank};

/// The title that a block states, or nothing.
fn title_of(block: &Block) -> String {
    let prepared = prepare(&block.text);
    let stated = prepared.lines.iter().find_map(|(_, line)| match line {
        Line::Text(text) => {
            let text = text.trim_matches(is_blank);
            let rest = statement(text, "title").or_else(|| marked(text, "title", ':'));
            rest.map(|title| decode(title).0)
        }
        Line::Details(_) => None,
    });
    stated
        .or(prepared.title.map(|(_, title)| title))
        .unwrap_or_default()
}

/// The position of the diagram with this title, or else with this number.
pub(super) fn chosen(blocks: &[Block], which: &str) -> Option<usize> {
    let titled = blocks.iter().position(|block| title_of(block) == which);
    titled.or_else(|| {
        let number = which.parse::<usize>().ok()?;
        number.checked_sub(1).filter(|at| *at < blocks.len())
    })
}

fn titles(blocks: &[Block]) -> Vec<String> {
    let titled = (1..).zip(blocks).map(|(number, block)| {
        let title = title_of(block);
        format!("{number} ({title:?}, line {})", block.before + 1)
    });
    titled.collect()
}

pub(super) fn no_diagram(blocks: &[Block], which: &str) -> MermaidNote {
    let finding = MermaidFinding::NoDiagram {
        asked: which.to_owned(),
        known: titles(blocks),
    };
    MermaidNote { line: 1, finding }
}

pub(super) fn other_diagrams(blocks: &[Block]) -> MermaidNote {
    MermaidNote {
        line: blocks.get(1).map_or(1, |block| block.before + 1),
        finding: MermaidFinding::OtherDiagrams(titles(blocks)),
    }
}
