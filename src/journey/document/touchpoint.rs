//! A touchpoint of a document.

use super::emotion::read_emotion;
use super::facts::{read_emotions, read_given, read_promises, read_starts};
use super::object::{Entry, ItemOf, KeyOf, Object, Part, Reader};
use super::read::{OUTCOME, RESULT, UNREAD};
use super::survey::read_measures;
use super::value::Value;
use crate::journey::outcome::Ending;
use crate::journey::problem::Fault;
use crate::journey::promise::Promise;
use crate::journey::touchpoint::Touchpoint;
use crate::journey::words::{Ability, Phase};
use crate::journey::workshop::KeyFigure;

const KEYS: &[&str] = &[
    "id",
    "name",
    "phase",
    "stage",
    "channel",
    "owner",
    "need",
    "says",
    "does",
    "backstage",
    "emotion",
    "emotion_when_broken",
    "emotion_when_unknown",
    "emotion_given",
    "intended",
    "expected",
    "promise",
    "promise_given",
    "makes",
    "can",
    "cost",
    "quotes",
    "ideas",
    "figures",
    "measures",
    "measurement",
    "image",
    "notes",
    "starts",
    "ends",
    "evidence",
];

/// Reads a touchpoint. What could not be read is left out, or stands in it as something that the check passes.
pub(super) fn read_touchpoint(value: Value, reader: &mut Reader) -> Touchpoint {
    let expected = "an object with `id`, `phase` and `channel`";
    let Some(mut value) = Object::open(reader, value, Part::Itself, KEYS, expected) else {
        return Touchpoint::new("", Phase::During, UNREAD);
    };
    let id = value.required_text("id", "text that no other touchpoint has as its id");
    let expected = "\"before\", \"during\" or \"after\"";
    let phase = value.word("phase", expected);
    let phase = value.required("phase", expected, phase);
    let channel = value.required_text("channel", "a channel such as \"web\" or \"phone\"");
    let mut touchpoint = Touchpoint::new(
        id.unwrap_or_default(),
        phase.unwrap_or(Phase::During),
        channel.unwrap_or_else(|| UNREAD.to_owned()),
    );
    touchpoint.name = value.text("name");
    touchpoint.stage = value.text("stage");
    touchpoint.owner = value.text("owner");
    touchpoint.need = value.text("need");
    touchpoint.says = value.text("says");
    touchpoint.does = value.text("does");
    touchpoint.backstage = value.text("backstage");
    touchpoint.emotion = read_emotion(&mut value, "emotion");
    touchpoint.emotion_when_broken = read_emotion(&mut value, "emotion_when_broken");
    touchpoint.emotion_when_unknown = read_emotion(&mut value, "emotion_when_unknown");
    touchpoint.intended = read_emotion(&mut value, "intended");
    touchpoint.expected = read_emotion(&mut value, "expected");
    touchpoint.emotion_given = read_emotions(&mut value);
    touchpoint.promise = read_promise(&mut value, None);
    touchpoint.promise_given = read_promises(&mut value, touchpoint.promise.as_ref());
    let promises = "a list of promises by name";
    touchpoint.makes = read_texts(&mut value, "makes", promises, "the name of a promise");
    touchpoint.can = read_abilities(&mut value);
    touchpoint.cost = value.number("cost").known();
    let quotes = "a list of what customers said";
    touchpoint.quotes = read_texts(&mut value, "quotes", quotes, "text");
    touchpoint.ideas = read_texts(&mut value, "ideas", "a list of ideas", "text");
    touchpoint.figures = read_figures(&mut value);
    touchpoint.measures = read_measures(&mut value);
    touchpoint.measurement = value.flag("measurement");
    touchpoint.image = value
        .text_as("image", "text: a data URI of a picture")
        .known();
    touchpoint.notes = value.text("notes");
    if value.has_list("starts") {
        touchpoint.starts_given = read_starts(&mut value);
    } else {
        touchpoint.starts = value.number("starts").known();
    }
    touchpoint.ends = read_endings(&mut value);
    let evidence = value.word("evidence", "\"assumed\", \"reported\" or \"observed\"");
    touchpoint.evidence = evidence.known().unwrap_or_default();
    touchpoint
}

/// Reads a promise, which must say its name unless it is known which it is.
pub(super) fn read_promise(touchpoint: &mut Object<'_>, known: Option<&str>) -> Option<Promise> {
    const KEYS: &[&str] = &["name", "kept", "broken", "unknown"];
    // A promise that nobody finds fault with: what asks for its result is not to be blamed.
    let unread = || Promise::new(UNREAD).kept(1.0);
    let value = match touchpoint.take("promise") {
        Entry::Absent => return None,
        Entry::Unreadable => return Some(unread()),
        Entry::Is(value) => value,
    };
    let expected = "an object such as {\"name\": \"on time\", \"kept\": 35, \"broken\": 65}";
    let reader = &mut *touchpoint.reader;
    let Some(mut value) = Object::open(reader, value, Part::Promise, KEYS, expected) else {
        return Some(unread());
    };
    let name = match known {
        Some(known) => value.text("name").or_else(|| Some(known.to_owned())),
        None => value.required_text("name", "the promise in a few words"),
    };
    let mut promise = Promise::new(name.unwrap_or_else(|| UNREAD.to_owned()));
    let kept = value.take("kept");
    let broken = value.number("broken");
    let unknown = value.number("unknown");
    let alone = broken == Entry::Absent && unknown == Entry::Absent;
    let kept = match kept {
        Entry::Absent => Entry::Absent,
        Entry::Is(Value::Number(kept)) => Entry::Is(kept),
        Entry::Is(Value::Bool(kept)) if alone => {
            promise.broken = if kept { 0.0 } else { 1.0 };
            Entry::Is(if kept { 1.0 } else { 0.0 })
        }
        Entry::Is(other) => {
            let expected = match other {
                Value::Bool(_) => "a number where `broken` or `unknown` is given too",
                _ => "a number, or true or false",
            };
            let what = KeyOf("kept", Part::Promise);
            value.reader.wrong_type(what, expected, other);
            Entry::Unreadable
        }
        Entry::Unreadable => Entry::Unreadable,
    };
    // The rest would count for nothing: neither 0.6 nor 60 alone is meant so.
    let open = |weight: &Entry<f64>| matches!(weight, Entry::Is(weight) if *weight > 0.0 && ![1.0, 100.0].contains(weight));
    if alone && open(&kept) {
        value.require(
            "broken",
            "the weight of the others: 0.4 beside `kept` 0.6, 40 beside 60, or 0 if it is always kept",
        );
    } else if kept == Entry::Absent && unknown == Entry::Absent && open(&broken) {
        value.require(
            "kept",
            "the weight of the others: 0.6 beside `broken` 0.4, 60 beside 40, or 0 if it is always broken",
        );
    }
    for (entry, weight) in [
        (kept, &mut promise.kept),
        (broken, &mut promise.broken),
        (unknown, &mut promise.unknown),
    ] {
        match entry {
            Entry::Is(value) => *weight = value,
            Entry::Unreadable => *weight = 1.0,
            Entry::Absent => {}
        }
    }
    Some(promise)
}

/// The texts of a list that may be left out.
fn read_texts(
    touchpoint: &mut Object<'_>,
    key: &'static str,
    expected: &'static str,
    each: &'static str,
) -> Vec<String> {
    let items = touchpoint.list(key, expected);
    let mut texts = Vec::new();
    for (number, item) in (1..).zip(items.known().unwrap_or_default()) {
        texts.push(match item {
            Value::Text(text) => text,
            other => {
                let what = ItemOf(key, number);
                touchpoint.reader.wrong_type(what, each, other);
                UNREAD.to_owned()
            }
        });
    }
    texts
}

fn read_figures(touchpoint: &mut Object<'_>) -> Vec<KeyFigure> {
    const KEYS: &[&str] = &["label", "value", "n"];
    let items = touchpoint.list("figures", "a list of figures");
    let mut figures = Vec::new();
    for (number, item) in (1..).zip(items.known().unwrap_or_default()) {
        let part = Part::Figure(number);
        let expected =
            "an object such as {\"label\": \"minutes in the queue\", \"value\": 40, \"n\": 214}";
        let reader = &mut *touchpoint.reader;
        let Some(mut value) = Object::open(reader, item, part, KEYS, expected) else {
            continue;
        };
        let label = value.required_text("label", "what was measured, in a few words");
        let figure = value.number("value");
        let figure = value.required("value", "a number", figure);
        let n = value.whole("n").known();
        figures.push(KeyFigure {
            label: label.unwrap_or_else(|| UNREAD.to_owned()),
            value: figure.unwrap_or_default(),
            n,
        });
    }
    figures
}

fn read_abilities(touchpoint: &mut Object<'_>) -> Vec<Ability> {
    const EXPECTED: &str = "\"resolve\", \"listen\", \"answer\" or \"recognise\"";
    let items = touchpoint.list("can", "a list of abilities such as \"resolve\"");
    let mut abilities = Vec::new();
    for (number, item) in (1..).zip(items.known().unwrap_or_default()) {
        let what = ItemOf("can", number);
        let Value::Text(word) = item else {
            touchpoint.reader.wrong_type(what, EXPECTED, item);
            continue;
        };
        match word.parse() {
            Ok(ability) => abilities.push(ability),
            Err(word) => {
                let what = what.to_string();
                touchpoint.reader.report(Fault::UnknownWord { what, word });
            }
        }
    }
    abilities
}

fn read_endings(touchpoint: &mut Object<'_>) -> Vec<Ending> {
    const KEYS: &[&str] = &["outcome", "weight", "when", "given"];
    let items = touchpoint.list("ends", "a list of endings");
    let mut endings = Vec::new();
    for (number, item) in (1..).zip(items.known().unwrap_or_default()) {
        let part = Part::Ending(number);
        let expected = "an object such as {\"outcome\": \"churn\", \"weight\": 1}";
        let reader = &mut *touchpoint.reader;
        let mut ending = Ending::new(UNREAD, 1.0);
        if let Some(mut value) = Object::open(reader, item, part, KEYS, expected) {
            if let Some(outcome) = value.required_text("outcome", OUTCOME) {
                ending.outcome = outcome.into();
            }
            ending.weight = value.weight();
            ending.when = value.word("when", RESULT).known();
            ending.given = read_given(&mut value);
        }
        endings.push(ending);
    }
    endings
}
