//! What the document says and no column does, so that nothing of a journey is lost: as JSON in a cell of its own.

use serde_json::{Map, Value};

/// What the columns say of a touchpoint.
const TOUCHPOINT: [&str; 25] = [
    "id", "name", "phase", "stage", "channel", "owner", "need", "says", "does", "backstage", "emotion",
    "emotion_when_broken", "emotion_when_unknown", "intended", "expected", "makes", "can", "cost", "quotes", "ideas",
    "figures", "image", "notes", "starts", "evidence",
];
const PROMISE: [&str; 4] = ["name", "kept", "broken", "unknown"];
const ENDING: [&str; 3] = ["outcome", "weight", "when"];
const WAY: [&str; 5] = ["from", "to", "weight", "when", "wait_s"];

/// What the rows above the headings say, and the lists of the document.
const JOURNEY: [&str; 11] = [
    "format", "name", "kind", "values", "currency", "persona", "scenario", "notes", "counted", "touchpoints",
    "transitions",
];

/// What the rows above the headings do not say.
pub(super) fn of_journey(document: &Value) -> Option<String> {
    let rest = without(document, &JOURNEY);
    (!rest.is_empty()).then(|| Value::Object(rest).to_string())
}

/// What the columns do not say of a touchpoint and of its ways on, which stand under `next`.
pub(super) fn of_touchpoint(touchpoint: &Value, ways: &[&Value]) -> Option<String> {
    let mut rest = without(touchpoint, &TOUCHPOINT);
    // A cell holds one number; a list of what depends on facts is more.
    if let Some(starts) = touchpoint.get("starts").filter(|starts| !starts.is_number()) {
        rest.insert("starts".to_owned(), starts.clone());
    }
    if let Some(promise) = rest.remove("promise") {
        put(&mut rest, "promise", without(&promise, &PROMISE));
    }
    if let Some(Value::Array(ends)) = rest.remove("ends") {
        put_list(&mut rest, "ends", ends.iter().map(|end| without(end, &ENDING)));
    }
    put_list(&mut rest, "next", ways.iter().map(|way| without(way, &WAY)));
    (!rest.is_empty()).then(|| Value::Object(rest).to_string())
}

fn without(value: &Value, known: &[&str]) -> Map<String, Value> {
    let entries = value.as_object().into_iter().flatten();
    let rest = entries.filter(|(key, _)| !known.contains(&key.as_str()));
    rest.map(|(key, value)| (key.clone(), value.clone())).collect()
}

fn put(rest: &mut Map<String, Value>, key: &str, entries: Map<String, Value>) {
    if !entries.is_empty() {
        rest.insert(key.to_owned(), Value::Object(entries));
    }
}

fn put_list(
    rest: &mut Map<String, Value>,
    key: &str,
    items: impl Iterator<Item = Map<String, Value>>,
) {
    let items: Vec<Value> = items.map(Value::Object).collect();
    if items.iter().any(|item| item.as_object().is_some_and(|item| !item.is_empty())) {
        rest.insert(key.to_owned(), Value::Array(items));
    }
}

/// Adds what a cell holds to what the columns say: objects key by key, lists item by item.
pub(super) fn merge(into: &mut Value, more: Value) {
    match (into, more) {
        (Value::Object(into), Value::Object(more)) => {
            for (key, value) in more {
                merge(into.entry(key).or_insert(Value::Null), value);
            }
        }
        (Value::Array(into), Value::Array(more)) if into.len() == more.len() => {
            for (into, more) in into.iter_mut().zip(more) {
                merge(into, more);
            }
        }
        (into, more) => *into = more,
    }
}

/// Reads the JSON of a cell.
pub(super) fn read(said: &str) -> Option<Value> {
    serde_json::from_str::<Value>(said).ok().filter(Value::is_object)
}
