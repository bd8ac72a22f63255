//! The map of a table, and what is wrong in which of its cells.

use customer_journey::Journey;
use customer_journey::journey::{JourneyDocument, Place, Problem};
use customer_journey::render::Preset;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::refused;
use super::request::{Row, Table};
use super::row::{COLUMNS, Entry, entries, said};

/// A document made of a table, and from which row each of its parts comes.
struct Drawn {
    document: Value,
    /// The row of each touchpoint.
    rows: Vec<usize>,
    /// The row of each transition.
    ways: Vec<usize>,
    is_in_order: bool,
}

/// The map that a table draws, as far as it draws one.
pub(super) fn drawn(table: &Table, width: u16) -> Value {
    let drawn = document(table);
    let document = match JourneyDocument::deserialize(&drawn.document) {
        Ok(document) => document,
        Err(error) => return refused(error),
    };
    if drawn.rows.is_empty() {
        return json!({ "columns": COLUMNS, "problems": [], "document": null, "notes": [] });
    }
    let journey = match Journey::try_from(document) {
        Ok(journey) => journey,
        Err(invalid) => {
            let problems = invalid.problems().iter();
            let told: Vec<Value> = problems
                .map(|problem| drawn.problem(table, problem))
                .collect();
            return json!({ "columns": COLUMNS, "problems": told, "document": null, "notes": [] });
        }
    };
    let mut notes: Vec<String> = journey.warnings().iter().map(ToString::to_string).collect();
    if drawn.is_in_order {
        let order = "No row says where customers go next, so each row leads to the one below it.";
        notes.insert(0, order.to_owned());
    }
    let flow = journey.flow();
    let map = flow.as_ref().ok().map(|flow| {
        let picture = flow.svg().preset(Preset::Overview).width(width.max(320));
        picture.id_prefix("drawn").to_string()
    });
    json!({
        "columns": COLUMNS,
        "problems": [],
        "document": journey,
        "map": map,
        "no_flow": flow.err().map(|error| error.to_string()),
        "notes": notes,
    })
}

impl Drawn {
    /// A problem beside its cell, in the words of the library.
    fn problem(&self, table: &Table, problem: &Problem) -> Value {
        let at = |rows: &[usize], number: usize| rows.get(number.checked_sub(1)?).copied();
        let told = problem.fault.to_string();
        let (row, column) = match &problem.place {
            Place::Touchpoint { number, .. } => {
                let row = at(&self.rows, *number);
                (row, column(&told, row.and_then(|row| table.rows.get(row))))
            }
            Place::Transition { number, .. } => (at(&self.ways, *number), "next"),
            _ => (None, ""),
        };
        json!({ "row": row, "column": column, "told": told })
    }
}

/// The column that a problem is about: the one that its words name first.
fn column(told: &str, row: Option<&Row>) -> &'static str {
    if told.contains("ending ") {
        return "ends";
    }
    let named = told.split('`').skip(1).step_by(2);
    for key in named {
        if let Some(column) = COLUMNS.iter().find(|column| **column == key) {
            return column;
        }
    }
    let words = [
        "phase", "channel", "promise", "ability", "outcome", "emotion",
    ];
    match words.into_iter().find(|word| told.contains(word)) {
        Some("ability") => "can",
        Some("outcome") => "ends",
        // A promise of weight 0, or one without a name.
        Some("promise") if row.is_some_and(|row| !row.cell("kept").is_empty()) => "kept",
        Some(word) => COLUMNS
            .iter()
            .find(|column| **column == word)
            .copied()
            .unwrap_or("name"),
        None => "name",
    }
}

fn document(table: &Table) -> Drawn {
    let filled = table.rows.iter().enumerate();
    let filled: Vec<(usize, &Row)> = filled.filter(|(_, row)| !row.is_blank()).collect();
    let is_in_order = filled.len() > 1 && filled.iter().all(|(_, row)| row.cell("next").is_empty());
    let mut ways = Vec::new();
    let mut transitions = Vec::new();
    if is_in_order {
        for pair in filled.windows(2) {
            if let [(row, from), (_, to)] = pair {
                ways.push(*row);
                transitions.push(json!({ "from": from.id(), "to": to.id() }));
            }
        }
    } else {
        let names: Vec<&str> = filled
            .iter()
            .flat_map(|(_, row)| [row.cell("name"), row.id()])
            .collect();
        for (number, row) in &filled {
            for entry in entries(row.cell("next"), &names) {
                ways.push(*number);
                transitions.push(transition(row, &entry, &filled));
            }
        }
    }
    let mut document = table.about.clone();
    if let Some(Value::Array(adrift)) = document.remove("transitions") {
        transitions.extend(adrift);
    }
    document.insert("format".to_owned(), json!("customer-journey/1"));
    let touchpoints = filled.iter().map(|(_, row)| row.touchpoint()).collect();
    document.insert("touchpoints".to_owned(), touchpoints);
    document.insert("transitions".to_owned(), Value::Array(transitions));
    Drawn {
        document: Value::Object(document),
        rows: filled.iter().map(|(number, _)| *number).collect(),
        ways,
        is_in_order,
    }
}

fn transition(from: &Row, entry: &Entry, rows: &[(usize, &Row)]) -> Value {
    let by_id = rows.iter().find(|(_, row)| row.id() == entry.target);
    let by_name = || {
        rows.iter()
            .find(|(_, row)| row.cell("name") == entry.target)
    };
    let to = by_id
        .or_else(by_name)
        .map_or(entry.target.as_str(), |(_, row)| row.id());
    let mut way = entry.rest.clone();
    way.insert("from".to_owned(), json!(from.id()));
    if !(to.is_empty() && way.contains_key("to")) {
        way.insert("to".to_owned(), json!(to));
    }
    if let Some(weight) = entry.weight {
        way.insert("weight".to_owned(), json!(weight));
    }
    if let Some(when) = &entry.when {
        way.insert("when".to_owned(), json!(when));
    }
    if let Some(wait) = entry.wait_s {
        way.insert("wait_s".to_owned(), json!(wait));
    }
    Value::Object(way)
}

/// The table of a document, whether or not it is a journey: what is wrong with it is said beside the cells.
pub(super) fn table(document: &Value) -> Table {
    let mut about = document.as_object().cloned().unwrap_or_default();
    for key in ["format", "$schema"] {
        about.remove(key);
    }
    let part = |about: &mut Map<String, Value>, key| match about.remove(key) {
        Some(Value::Array(list)) => list,
        _ => Vec::new(),
    };
    let touchpoints = part(&mut about, "touchpoints");
    let transitions = part(&mut about, "transitions");
    let names = Names::of(&touchpoints);
    let rows = touchpoints.iter().map(|touchpoint| {
        let id = touchpoint.get("id");
        let ways = transitions.iter().filter(|way| way.get("from") == id);
        let next: Vec<String> = ways.map(|way| said(&names.told(way), "to")).collect();
        Row::of(touchpoint, next.join("; "))
    });
    let rows = rows.collect();
    // Ways from nowhere belong to no row; they are kept to be told.
    let ids: Vec<&Value> = touchpoints.iter().filter_map(|it| it.get("id")).collect();
    let is_adrift = |way: &&Value| way.get("from").is_none_or(|from| !ids.contains(&from));
    let adrift: Vec<Value> = transitions.iter().filter(is_adrift).cloned().collect();
    if !adrift.is_empty() {
        about.insert("transitions".to_owned(), Value::Array(adrift));
    }
    Table { about, rows }
}

/// What people call touchpoints, where it says which one is meant.
struct Names<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Names<'a> {
    fn of(touchpoints: &'a [Value]) -> Self {
        let text = |touchpoint: &'a Value, key| touchpoint.get(key).and_then(Value::as_str);
        let known = touchpoints
            .iter()
            .filter_map(|touchpoint| Some((text(touchpoint, "id")?, text(touchpoint, "name")?)));
        Self(known.collect())
    }

    /// A transition that names its target as people do.
    fn told(&self, way: &Value) -> Value {
        let mut told = way.clone();
        let to = way.get("to").and_then(Value::as_str);
        let name = self
            .0
            .iter()
            .find(|(id, _)| Some(*id) == to)
            .map(|(_, name)| *name);
        if let Some(name) = name.filter(|name| self.is_clear(name)) {
            told["to"] = json!(name);
        }
        told
    }

    fn is_clear(&self, name: &str) -> bool {
        let same = self
            .0
            .iter()
            .filter(|(id, known)| known == &name || id == &name);
        same.count() == 1 && name.trim() == name && !name.contains([';', '\n'])
    }
}
