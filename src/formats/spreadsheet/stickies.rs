//! Sticky notes as whiteboards export them, a text a row with the frame that it hangs on: touchpoints by frame.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::error::SpreadsheetFinding;
use super::header::Column;
use super::read::{Cells, Drawn, Reader};
use super::rows::made_of;
use super::sheet::Cell;
use crate::formats::phases::PhaseNames;
use crate::journey::{Phase, Touchpoint, TouchpointForm};

/// A frame and the notes on it.
struct Frame {
    row: usize,
    name: String,
    notes: Vec<String>,
}

/// Each frame becomes a touchpoint in the order of the sheet, its notes what customers said there.
pub(super) fn read(
    reader: &mut Reader<'_>,
    body: Vec<(usize, Cells)>,
    mut about: Map<String, Value>,
) -> Drawn {
    let mut frames: Vec<Frame> = Vec::new();
    let mut loose = Vec::new();
    let mut count = 0;
    for (row, cells) in body {
        let said = |column| {
            cells
                .get(&column)
                .map(|cell: &Cell| cell.said().trim().to_owned())
        };
        let note = said(Column::Text);
        count += usize::from(note.is_some());
        let Some(name) = said(Column::Frame) else {
            loose.extend(note);
            continue;
        };
        let at = frames.iter().position(|frame| frame.name == name);
        let at = at.unwrap_or_else(|| {
            frames.push(Frame {
                row,
                name,
                notes: Vec::new(),
            });
            frames.len() - 1
        });
        if let Some(frame) = frames.get_mut(at) {
            frame.notes.extend(note);
        }
    }
    let finding = SpreadsheetFinding::StickyNotes {
        notes: count,
        frames: frames.len(),
    };
    reader.note(None, None, finding);
    if !loose.is_empty() {
        let finding = SpreadsheetFinding::NoFrame { notes: loose.len() };
        reader.note(None, None, finding);
        about.insert("notes".to_owned(), loose.join("\n").into());
    }
    draw(reader, frames, about)
}

fn draw(reader: &Reader<'_>, frames: Vec<Frame>, about: Map<String, Value>) -> Drawn {
    let mut by_name = PhaseNames::default();
    by_name.go_by_position();
    let names: Vec<&str> = frames.iter().map(|frame| frame.name.as_str()).collect();
    let phases = by_name.phases(&names);
    let mut taken = BTreeSet::new();
    let mut before: Option<String> = None;
    let mut ways = Vec::new();
    let mut touchpoints = Vec::new();
    for (frame, phase) in frames.into_iter().zip(phases) {
        let id = made_of(&frame.name, &mut taken);
        let phase = phase.unwrap_or(Phase::During);
        let mut touchpoint = Touchpoint::new(&*id, phase, reader.options.channel.clone());
        touchpoint = touchpoint.name(frame.name);
        touchpoint.quotes = frame.notes;
        let form = serde_json::to_value(TouchpointForm(&touchpoint)).unwrap_or_default();
        touchpoints.push((frame.row, form));
        if let Some(before) = before.replace(id.clone()) {
            ways.push((frame.row, json!({ "from": before, "to": id })));
        }
    }
    Drawn {
        about,
        touchpoints,
        ways,
    }
}
