//! Rows of the table, from and to touchpoints of a document.
//!
//! Cells are read as they were typed. What a cell cannot say stays beside its row, so that nothing of a document is lost.

use serde_json::{Map, Value, json};

use super::feeling;
use super::request::Row;

/// The columns of the table, by the keys of the document; `kept` and `broken` are those of the promise, `next` the
/// transitions.
pub(super) const COLUMNS: &[&str] = &[
    "name",
    "phase",
    "channel",
    "emotion",
    "next",
    "ends",
    "promise",
    "kept",
    "broken",
    "emotion_when_broken",
    "makes",
    "need",
    "says",
    "can",
    "owner",
    "stage",
    "starts",
    "cost",
    "notes",
];

/// Columns whose cells are texts in the document too.
const TEXTS: &[&str] = &[
    "phase", "channel", "need", "says", "owner", "stage", "notes",
];
/// Columns whose cells are numbers, words or, where a word is not enough, JSON.
const VALUES: &[&str] = &["emotion", "emotion_when_broken", "starts", "cost"];

/// One way on of a cell: `call 40 when broken wait 600 {"given":{"delivery":"broken"}}`.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Entry {
    pub(super) target: String,
    pub(super) weight: Option<f64>,
    pub(super) when: Option<String>,
    pub(super) wait_s: Option<f64>,
    /// What the document says besides.
    pub(super) rest: Map<String, Value>,
}

impl Row {
    pub(super) fn cell(&self, column: &str) -> &str {
        self.cells.get(column).map_or("", |cell| cell.trim())
    }

    pub(super) fn is_blank(&self) -> bool {
        self.cells.values().all(|cell| cell.trim().is_empty())
    }

    /// What transitions call it: its id where it has one of its own, otherwise its name.
    pub(super) fn id(&self) -> &str {
        let id = self.rest.get("id").and_then(Value::as_str);
        id.unwrap_or_else(|| self.cell("name"))
    }

    /// The touchpoint of a document.
    pub(super) fn touchpoint(&self) -> Value {
        let mut object = self.rest.clone();
        if self.rest.contains_key("id") {
            object.insert("name".to_owned(), json!(self.cell("name")));
        } else {
            object.insert("id".to_owned(), json!(self.cell("name")));
        }
        let mut put = |key: &str, value: Value| object.insert(key.to_owned(), value);
        for key in TEXTS.iter().filter(|key| !self.cell(key).is_empty()) {
            put(key, json!(self.cell(key)));
        }
        for key in VALUES.iter().filter(|key| !self.cell(key).is_empty()) {
            let felt = key
                .starts_with("emotion")
                .then(|| feeling::named(self.cell(key)));
            let felt = felt.flatten().map(|feeling| json!(feeling));
            put(key, felt.unwrap_or_else(|| value(self.cell(key))));
        }
        for key in ["makes", "can"] {
            if !self.cell(key).is_empty() {
                put(key, list(self.cell(key)));
            }
        }
        if !self.cell("ends").is_empty() {
            let ends = entries(self.cell("ends"), &[]);
            put("ends", ends.iter().map(ending).collect());
        }
        if let Some(promise) = self.promise() {
            object.insert("promise".to_owned(), promise);
        }
        Value::Object(object)
    }

    fn promise(&self) -> Option<Value> {
        let known = ["promise", "kept", "broken"].map(|key| self.cell(key));
        let rest = self.rest.get("promise").and_then(Value::as_object);
        if known.iter().all(|cell| cell.is_empty()) && rest.is_none() {
            return None;
        }
        let mut promise = rest.cloned().unwrap_or_default();
        for (key, cell) in ["name", "kept", "broken"].into_iter().zip(known) {
            if !cell.is_empty() {
                let value = if key == "name" {
                    json!(cell)
                } else {
                    value(cell)
                };
                promise.insert(key.to_owned(), value);
            }
        }
        Some(Value::Object(promise))
    }

    /// The row of a touchpoint, as far as it looks like one; `next` is that of its transitions.
    pub(super) fn of(touchpoint: &Value, next: String) -> Self {
        let mut rest = touchpoint.as_object().cloned().unwrap_or_default();
        let mut row = Self::default();
        let mut put = |key: &str, cell: String| row.cells.insert(key.to_owned(), cell);
        put("next", next);
        match (rest.get("id").cloned(), rest.remove("name")) {
            (Some(Value::String(id)), None) => {
                rest.remove("id");
                put("name", id);
            }
            (_, Some(name)) => {
                put("name", typed(&name));
            }
            _ => {}
        }
        for key in TEXTS.iter().chain(VALUES) {
            if let Some(value) = rest.remove(*key) {
                put(key, typed(&value));
            }
        }
        for key in ["makes", "can"] {
            if let Some(value) = rest.remove(key) {
                put(key, listed(&value));
            }
        }
        if let Some(Value::Array(ends)) = rest.get("ends") {
            let told: Vec<String> = ends.iter().map(|end| said(end, "outcome")).collect();
            put("ends", told.join("; "));
            rest.remove("ends");
        }
        if let Some(Value::Object(promise)) = rest.get_mut("promise") {
            for (key, column) in [("name", "promise"), ("kept", "kept"), ("broken", "broken")] {
                if let Some(value) = promise.remove(key) {
                    put(column, typed(&value));
                }
            }
            if promise.is_empty() {
                rest.remove("promise");
            }
        }
        row.rest = rest;
        row
    }
}

/// A transition or an ending as an entry of a cell. What the words of a cell cannot say follows as JSON, so that nothing is lost.
pub(super) fn said(way: &Value, target: &str) -> String {
    let Some(way) = way.as_object() else {
        return json_of(way);
    };
    let mut rest = way.clone();
    rest.remove("from");
    let Some(Value::String(name)) = rest.remove(target) else {
        let mut whole = way.clone();
        whole.remove("from");
        return json_of(&Value::Object(whole));
    };
    let is_plain = entries(&name, &[])
        .iter()
        .map(|entry| &entry.target)
        .eq([&name]);
    let mut text = if is_plain {
        name
    } else {
        json_of(&json!(name))
    };
    if let Some(weight) = rest.get("weight").and_then(Value::as_f64) {
        text = format!("{text} {weight}");
        rest.remove("weight");
    }
    if let Some(Value::String(when)) = rest.get("when") {
        text = format!("{text} when {when}");
        rest.remove("when");
    }
    if let Some(wait) = rest.get("wait_s").and_then(Value::as_f64) {
        text = format!("{text} wait {wait}");
        rest.remove("wait_s");
    }
    if !rest.is_empty() {
        text = format!("{text} {}", json_of(&Value::Object(rest)));
    }
    text
}

/// JSON without the sign that stands between entries.
fn json_of(value: &Value) -> String {
    value.to_string().replace(';', "\\u003b")
}

fn ending(entry: &Entry) -> Value {
    let mut object = entry.rest.clone();
    if !(entry.target.is_empty() && object.contains_key("outcome")) {
        object.insert("outcome".to_owned(), json!(entry.target));
    }
    if entry.weight.is_some() || !object.contains_key("weight") {
        object.insert("weight".to_owned(), json!(entry.weight.unwrap_or(1.0)));
    }
    if let Some(when) = &entry.when {
        object.insert("when".to_owned(), json!(when));
    }
    if let Some(wait) = entry.wait_s {
        object.insert("wait_s".to_owned(), json!(wait));
    }
    Value::Object(object)
}

/// The entries of a cell. A text that is the name of a touchpoint is that touchpoint, also where it ends in a number.
pub(super) fn entries(cell: &str, names: &[&str]) -> Vec<Entry> {
    let parts = cell.split([';', '\n']).map(str::trim);
    let stated = parts.filter(|part| !part.is_empty());
    stated.map(|part| entry(part, names)).collect()
}

fn entry(part: &str, names: &[&str]) -> Entry {
    if names.contains(&part) {
        return Entry {
            target: part.to_owned(),
            ..Entry::default()
        };
    }
    let (words, rest) = with_rest(part);
    let mut entry = Entry {
        rest,
        ..Entry::default()
    };
    let mut quoted = serde_json::Deserializer::from_str(words).into_iter::<String>();
    let name = match quoted.next() {
        Some(Ok(name)) => Some((name, quoted.byte_offset())),
        _ => None,
    };
    let begins = name.as_ref().map_or(0, |(_, length)| *length);
    words
        .get(begins..)
        .unwrap_or_default()
        .clone_into(&mut entry.target);
    if let Some((rest, wait)) = behind(&entry.target, "wait")
        && let Some(seconds) = number(wait.trim_end_matches(" s"))
    {
        (entry.target, entry.wait_s) = (rest, Some(seconds));
    }
    if let Some((rest, when)) = behind(&entry.target, "when") {
        (entry.target, entry.when) = (rest, Some(when));
    }
    if let Some((name, _)) = name {
        entry.weight = number(&entry.target);
        entry.target = name;
        return entry;
    }
    if names.contains(&entry.target.as_str()) {
        return entry;
    }
    let text = entry.target.trim_end_matches(['%', ' ']);
    if let Some((rest, last)) = text.rsplit_once([' ', ':', '=']) {
        let target = rest.trim_end_matches([' ', ':', '=']);
        if let (Some(weight), false) = (number(last), target.is_empty()) {
            (entry.target, entry.weight) = (target.to_owned(), Some(weight));
        }
    }
    entry
}

/// The words of an entry, and the JSON behind them.
fn with_rest(part: &str) -> (&str, Map<String, Value>) {
    let begins = part.match_indices('{').map(|(at, _)| at);
    for at in begins.filter(|_| part.ends_with('}')) {
        let (words, rest) = part.split_at(at);
        if let Ok(rest) = serde_json::from_str(rest) {
            return (words.trim_end(), rest);
        }
    }
    (part, Map::new())
}

/// What stands before and behind the last of a word.
fn behind(text: &str, word: &str) -> Option<(String, String)> {
    let (before, after) = text.rsplit_once(&format!(" {word} "))?;
    Some((before.trim().to_owned(), after.trim().to_owned()))
}

/// A number as people type it: with a point or a comma, maybe a per cent sign.
fn number(text: &str) -> Option<f64> {
    let text = text.trim().trim_end_matches('%').trim_end();
    text.replace(',', ".").parse().ok()
}

/// A cell as a value of the document: a number, JSON, or the text that stands there.
fn value(cell: &str) -> Value {
    let parsed = number(cell).map(|number| json!(number));
    let is_json = cell.starts_with(['{', '[']);
    let parsed = parsed.or_else(|| serde_json::from_str(cell).ok().filter(|_| is_json));
    parsed.unwrap_or_else(|| json!(cell))
}

/// Texts between semicolons or commas, or JSON.
fn list(cell: &str) -> Value {
    if cell.starts_with('[') {
        return value(cell);
    }
    let between = if cell.contains(';') { ';' } else { ',' };
    let parts = cell.split(between).map(str::trim);
    parts.filter(|part| !part.is_empty()).collect()
}

/// A value as it would be typed.
pub(super) fn typed(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        Value::Number(number) => match number.as_f64() {
            Some(float) => float.to_string(),
            None => number.to_string(),
        },
        other => other.to_string(),
    }
}

fn listed(value: &Value) -> String {
    let texts = value.as_array().map(|list| list.iter().map(Value::as_str));
    let texts: Option<Vec<&str>> = texts.and_then(Iterator::collect);
    match texts {
        Some(texts) if !texts.iter().any(|text| text.contains([';', ',', '['])) => texts.join("; "),
        _ => typed(value),
    }
}
