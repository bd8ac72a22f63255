//! What a document says about facts that customers remember.

use super::emotion::read_emotion;
use super::object::{Entry, KeyOf, Object, Part, Reader};
use super::read::{RESULT, UNREAD};
use super::touchpoint::read_promise;
use super::value::Value;
use crate::journey::facts::{
    EmotionGiven, Fact, FactKind, FactValues, FeltLevel, Given, PromiseGiven, StartGiven, StartOf,
};
use crate::journey::feelings::Emotion;
use crate::journey::promise::Promise;

const GIVEN: &str = "an object such as {\"delivery\": \"broken\", \"complained\": false}";
const NAMES: &str = "a list of names";
const LEVELS: &str = "a list of numbers from -1 to 1";
const KINDS: &str = "an object with `fact` and what sets it: one of `first`, `start`, `visited`, `times`, `felt`, `lowest`, \
                     `highest`, `broken`, `moments` and `mood`";

/// Reads the facts that customers remember.
pub(super) fn read_facts(document: &mut Object<'_>) -> Vec<Fact> {
    let items = document.list("remembers", "a list of facts");
    let facts = (1..).zip(items.known().unwrap_or_default());
    facts
        .filter_map(|(number, item)| read_fact(item, number, document.reader))
        .collect()
}

fn read_fact(value: Value, number: usize, reader: &mut Reader) -> Option<Fact> {
    const KEYS: &[&str] = &[
        "fact", "first", "start", "visited", "times", "felt", "lowest", "highest", "broken",
        "moments", "mood",
    ];
    let part = Part::Fact(number);
    let mut value = Object::open(reader, value, part, KEYS, KINDS)?;
    let name = value.required_text("fact", "the fact's name");
    let mut kinds: Vec<Option<FactKind>> = Vec::new();
    let mut add = |kind: Entry<Option<FactKind>>| match kind {
        Entry::Absent => {}
        Entry::Unreadable => kinds.push(None),
        Entry::Is(kind) => kinds.push(kind),
    };
    add(value.take("first").map(|first| {
        let mut first = Object::open(
            value.reader,
            first,
            Part::Setter("first", number),
            &["promise"],
            "an object such as {\"promise\": \"on time\"}",
        )?;
        let promise = first.required_text("promise", "the name of a promise")?;
        Some(FactKind::First { promise })
    }));
    add(value
        .take("start")
        .map(|start| read_start(start, number, value.reader)));
    let visited = value.text_as("visited", "the id of a touchpoint");
    add(visited.map(|touchpoint| Some(FactKind::Visited { touchpoint })));
    let times = value.text_as("times", "the id of a touchpoint");
    add(times.map(|touchpoint| Some(FactKind::Times { touchpoint })));
    add(value
        .take("felt")
        .map(|felt| read_felt(felt, number, value.reader)));
    for (key, is_lowest) in [("lowest", true), ("highest", false)] {
        add(value.numbers(key, LEVELS).map(|levels| {
            Some(if is_lowest {
                FactKind::Lowest { levels }
            } else {
                FactKind::Highest { levels }
            })
        }));
    }
    add(value.only_true("broken").map(|()| Some(FactKind::Broken)));
    let moments = value.numbers("moments", "a list of whole numbers above 0");
    add(moments.map(|from| {
        let from = from.into_iter().map(whole).collect();
        Some(FactKind::Moments { from })
    }));
    add(value.only_true("mood").map(|()| Some(FactKind::Mood)));
    match <[Option<FactKind>; 1]>::try_from(kinds) {
        Ok([kind]) => Some(Fact::new(name.unwrap_or_else(|| UNREAD.to_owned()), kind?)),
        Err(kinds) => {
            let found = if kinds.is_empty() {
                "an object that does not say what sets it"
            } else {
                "an object with several of them"
            };
            value.reader.wrong_type(part, KINDS, found);
            None
        }
    }
}

/// What is no whole number above 0 becomes 0, which the check refuses.
fn whole(number: f64) -> u32 {
    let is_whole = number.fract() == 0.0 && (1.0..=f64::from(u32::MAX)).contains(&number);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a whole number in range"
    )]
    let whole = number as u32;
    if is_whole { whole } else { 0 }
}

fn read_start(value: Value, number: usize, reader: &mut Reader) -> Option<FactKind> {
    const EXPECTED: &str = "\"channel\", \"touchpoint\", or an object such as {\"of\": {\"new\": 300, \"returning\": 700}}";
    let part = Part::Setter("start", number);
    let start = match value {
        Value::Text(word) if word == "channel" => StartOf::Channel(Vec::new()),
        Value::Text(word) if word == "touchpoint" => StartOf::Touchpoint(Vec::new()),
        Value::Object(_) => {
            let mut value = Object::open(
                reader,
                value,
                part,
                &["of", "channel", "touchpoint"],
                EXPECTED,
            )?;
            let channels = value.texts("channel", NAMES).known();
            let touchpoints = value.texts("touchpoint", NAMES).known();
            match (value.take("of").known(), channels, touchpoints) {
                (Some(Value::Object(groups)), None, None) => {
                    let weights = groups.into_iter().map(|(group, weight)| match weight {
                        Value::Number(weight) => Ok((group, weight)),
                        other => Err((group, other)),
                    });
                    match weights.collect::<Result<Vec<_>, _>>() {
                        Ok(groups) => StartOf::Shares(groups),
                        Err((group, found)) => {
                            let what = format!("{group:?} in `of` in {part}");
                            value.reader.wrong_type(what, "a number", found);
                            return None;
                        }
                    }
                }
                (None, Some(named), None) => StartOf::Channel(named),
                (None, None, Some(named)) => StartOf::Touchpoint(named),
                _ => {
                    value.reader.wrong_type(part, EXPECTED, "another object");
                    return None;
                }
            }
        }
        other => {
            reader.wrong_type(part, EXPECTED, other);
            return None;
        }
    };
    Some(FactKind::Start(start))
}

fn read_felt(value: Value, number: usize, reader: &mut Reader) -> Option<FactKind> {
    const EXPECTED: &str = "an object such as {\"touchpoint\": \"gate\", \"at_most\": -0.25}";
    let part = Part::Setter("felt", number);
    let keys = &["touchpoint", "at_most", "at_least"];
    let mut value = Object::open(reader, value, part, keys, EXPECTED)?;
    let touchpoint = value.text("touchpoint");
    let at_most = value.number("at_most");
    let at_least = value.number("at_least");
    let level = match (at_most, at_least) {
        (Entry::Is(level), Entry::Absent) => FeltLevel::AtMost(level),
        (Entry::Absent, Entry::Is(level)) => FeltLevel::AtLeast(level),
        (Entry::Unreadable, _) | (_, Entry::Unreadable) => return None,
        _ => {
            let one = "an object with exactly one of `at_most` and `at_least`";
            value.reader.wrong_type(part, one, "another object");
            return None;
        }
    };
    Some(FactKind::Felt { touchpoint, level })
}

/// Reads the condition of something, at the key `given`.
pub(super) fn read_given(of: &mut Object<'_>) -> Given {
    const VALUES: &str = "a value such as \"broken\", true or false, or a list of them";
    let what = KeyOf("given", of.part());
    let mut given = Given::default();
    let facts = match of.take("given").known() {
        None => return given,
        Some(Value::Object(facts)) => facts,
        Some(other) => {
            of.reader.wrong_type(what, GIVEN, other);
            return given;
        }
    };
    for (fact, value) in facts {
        let values = match value {
            Value::List(items) => items.into_iter().map(word).collect(),
            single => word(single).map(|word| vec![word]),
        };
        match values {
            Ok(values) => given = given.and(fact, FactValues::from(values)),
            Err(found) => {
                let what = format!("{fact:?} in {what}");
                of.reader.wrong_type(what, VALUES, found);
            }
        }
    }
    given
}

fn word(value: Value) -> Result<String, Value> {
    match value {
        Value::Text(word) => Ok(word),
        Value::Bool(value) => Ok(if value { "yes" } else { "no" }.to_owned()),
        Value::Number(number) => Ok(number.to_string()),
        other => Err(other),
    }
}

/// Reads the weights of journeys that begin at a touchpoint by groups of customers.
pub(super) fn read_starts(touchpoint: &mut Object<'_>) -> Vec<StartGiven> {
    let expected = "an object such as {\"weight\": 3, \"given\": {\"kind\": \"new\"}}";
    items(
        touchpoint,
        "starts",
        &["weight", "given"],
        expected,
        |item| {
            let weight = item.weight();
            Some(StartGiven::new(read_given(item), weight))
        },
    )
}

pub(super) fn read_emotions(touchpoint: &mut Object<'_>) -> Vec<EmotionGiven> {
    let expected =
        "an object such as {\"given\": {\"delivery\": \"broken\"}, \"emotion\": \"anger\"}";
    let keys = &["given", "when", "emotion"];
    let felt = "a feeling, a valence or a list of them; {\"unknown\": 1} where nobody knows";
    items(touchpoint, "emotion_given", keys, expected, |item| {
        item.require("given", GIVEN);
        item.require("emotion", felt);
        let given = read_given(item);
        let when = item.word("when", RESULT).known();
        let emotion = match read_emotion(item, "emotion") {
            Some(emotion) => emotion,
            // Nobody knows what they feel.
            None => Emotion::mix([]).or_unknown(1.0),
        };
        let mut felt = EmotionGiven::new(given, emotion);
        felt.when = when;
        Some(felt)
    })
}

/// The promise may leave out its name, which is that of the one that is tested there.
pub(super) fn read_promises(
    touchpoint: &mut Object<'_>,
    tested: Option<&Promise>,
) -> Vec<PromiseGiven> {
    let expected = "an object such as {\"given\": {\"kind\": \"new\"}, \"promise\": {\"kept\": 8, \"broken\": 2}}";
    let name = tested
        .map(|promise| promise.name.clone())
        .unwrap_or_default();
    items(
        touchpoint,
        "promise_given",
        &["given", "promise"],
        expected,
        |item| {
            item.require("given", GIVEN);
            item.require("promise", "an object such as {\"kept\": 8, \"broken\": 2}");
            let given = read_given(item);
            let promise = read_promise(item, Some(&name))?;
            Some(PromiseGiven::new(given, promise))
        },
    )
}

fn items<T>(
    touchpoint: &mut Object<'_>,
    key: &'static str,
    keys: &'static [&'static str],
    expected: &'static str,
    read: impl Fn(&mut Object<'_>) -> Option<T>,
) -> Vec<T> {
    let items = touchpoint.list(key, "a list").known().unwrap_or_default();
    let read = |(number, item): (usize, Value)| {
        let part = Part::Shade(key, number);
        read(&mut Object::open(
            touchpoint.reader,
            item,
            part,
            keys,
            expected,
        )?)
    };
    (1..).zip(items).filter_map(read).collect()
}
