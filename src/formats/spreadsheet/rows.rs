//! The rows below the headings: their ids, and the ways from one to the other.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::about as more;
use super::error::{SpreadsheetFinding, SpreadsheetProblem};
use super::header::Column;
use super::read::{Cells, Drawn, Reader};
use super::row::Row;
use super::ways::{Places, Way};
use super::written::escape::plain;
use crate::journey::{Ending, TouchpointForm};

/// Reads the rows below the headings into a drawing.
#[expect(clippy::needless_pass_by_value, reason = "the rows are used up")]
pub(super) fn read(
    reader: &mut Reader<'_>,
    body: Vec<(usize, Cells)>,
    about: Map<String, Value>,
) -> Drawn {
    let ids = ids(reader, &body);
    let named = ids.iter().zip(&body).map(|(id, (_, cells))| {
        (
            id.as_str(),
            cells
                .get(&Column::Name)
                .map(|name| plain(name.said().trim())),
        )
    });
    let named: Vec<(&str, Option<String>)> = named.collect();
    let places = Places::of(named.iter().map(|(id, name)| (*id, name.as_deref())));
    reader.check_required();
    let has_next = reader.has(Column::Next);
    if !has_next && body.len() > 1 {
        reader.note(None, None, SpreadsheetFinding::Sequence);
    }
    let mut found: Vec<Found> = Vec::new();
    let mut touchpoints = Vec::new();
    for (position, (row, cells)) in body.iter().enumerate() {
        let Some(id) = ids.get(position) else {
            continue;
        };
        let mut one = Row {
            reader,
            row: *row,
            cells,
        };
        let mut touchpoint = one.touchpoint(id);
        let known = one.reader.faults.len();
        let mut on = one.ways_on(&places);
        let ends = one.endings(&on, &places);
        let are_read = one.reader.faults.len() == known;
        let mut more = one.more();
        if are_read {
            for (key, count) in [("next", on.len()), ("ends", ends.len())] {
                check_more(one.reader, *row, &more, (key, count));
            }
        }
        if !has_next && let Some(next) = ids.get(position + 1) {
            on.extend(onward(next, &ends).map(|way| (way, None)));
        }
        touchpoint.ends = ends.into_iter().map(|(ending, _)| ending).collect();
        let mut way_more = match more.as_object_mut().and_then(|more| more.remove("next")) {
            Some(Value::Array(next)) => next.into_iter(),
            _ => Vec::new().into_iter(),
        };
        // The forms of a touchpoint have texts as keys and finite numbers: they can always be written.
        let mut form = serde_json::to_value(TouchpointForm(&touchpoint)).unwrap_or_default();
        more::merge(&mut form, more);
        touchpoints.push((*row, form));
        found.extend(on.into_iter().map(|(way, order)| Found {
            row: *row,
            order,
            form: way_form(id, &way, way_more.next()),
        }));
    }
    // Where each way says where among all ways it stands, that is its place.
    if found.iter().all(|found| found.order.is_some()) {
        found.sort_by_key(|found| found.order);
    }
    Drawn {
        about,
        touchpoints,
        ways: found
            .into_iter()
            .map(|found| (found.row, found.form))
            .collect(),
    }
}

/// What is said beyond the columns of ways and endings is said of each by its place: their number must be the same.
fn check_more(
    reader: &mut Reader<'_>,
    row: usize,
    more: &Value,
    (key, count): (&'static str, usize),
) {
    let said = more.get(key).and_then(Value::as_array).map(Vec::len);
    if let Some(said) = said.filter(|said| *said != count) {
        let problem = SpreadsheetProblem::NotAnEntry {
            found: format!("{key} of {said} entries beside {count}"),
            expected: "an entry for each of those that stand in the row, in their order",
        };
        reader.fault(row, Some(Column::More), problem);
    }
}

/// A way as the document has it.
fn way_form(from: &str, way: &Way<String>, more: Option<Value>) -> Value {
    let weight = way.weight.unwrap_or(1.0);
    let mut form = json!({ "from": from, "to": way.to, "weight": weight });
    if let Some(when) = way.when {
        more::merge(&mut form, json!({ "when": when.as_str() }));
    }
    if let Some(wait_s) = way.wait_s {
        more::merge(&mut form, json!({ "wait_s": wait_s }));
    }
    if let Some(more) = more {
        more::merge(&mut form, more);
    }
    form
}

/// A way on, where it was found, and its place among all ways where that is stated.
struct Found {
    row: usize,
    order: Option<usize>,
    form: Value,
}

/// The way to the row below, for sheets that say nothing of ways: those go there whose journey does not end here.
fn onward(next: &str, ends: &[(Ending, bool)]) -> Option<Way<String>> {
    let all_per_cent = ends.iter().all(|(_, percent)| *percent);
    let ending: f64 = ends.iter().map(|(ending, _)| ending.weight).sum();
    let weight = match ends {
        [] => 1.0,
        _ if all_per_cent && ending < 100.0 => 100.0 - ending,
        _ => return None,
    };
    Some(Way {
        to: next.to_owned(),
        weight: Some(weight),
        when: None,
        wait_s: None,
        entry: String::new(),
    })
}

/// The id of each row: what stands there, or one made of the name.
fn ids(reader: &mut Reader<'_>, body: &[(usize, Cells)]) -> Vec<String> {
    let said = |cells: &Cells, column| cells.get(&column).map(|cell| plain(cell.said().trim()));
    let stated = body.iter().filter_map(|(_, cells)| said(cells, Column::Id));
    let mut taken: BTreeSet<String> = stated.collect();
    let mut ids = Vec::with_capacity(body.len());
    for (row, cells) in body {
        ids.push(match (said(cells, Column::Id), said(cells, Column::Name)) {
            (Some(id), _) => id,
            (None, Some(name)) => made_of(&name, &mut taken),
            (None, None) => {
                let column = if reader.has(Column::Name) {
                    Column::Name
                } else {
                    Column::Id
                };
                let expected = "what people call the touchpoint";
                reader.fault(*row, Some(column), SpreadsheetProblem::Missing { expected });
                made_of("unnamed", &mut taken)
            }
        });
    }
    ids
}

/// An id that nobody has, made of the first words of a name.
pub(super) fn made_of(name: &str, taken: &mut BTreeSet<String>) -> String {
    const LONGEST: usize = 32;
    let small = name.to_lowercase();
    let mut id = String::new();
    for word in small.split(|letter: char| !letter.is_alphanumeric()) {
        if word.is_empty() {
            continue;
        }
        if !id.is_empty() && id.chars().count() + word.chars().count() >= LONGEST {
            break;
        }
        if !id.is_empty() {
            id.push('_');
        }
        id.extend(word.chars().take(LONGEST));
    }
    if id.is_empty() {
        id.push_str("touchpoint");
    }
    let mut number = 1;
    let mut free = id.clone();
    while taken.contains(&free) {
        number += 1;
        free = format!("{id}_{number}");
    }
    taken.insert(free.clone());
    free
}
