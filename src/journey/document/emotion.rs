//! The forms in which a document says what people feel.

use super::object::{Entry, KeyOf, Object, Part, Reader};
use super::value::Value;
use crate::journey::feelings::{Emotion, Shade};

const EXPECTED: &str = "a feeling's name, a number from -1 to 1, an object with `feeling`, `valence` or `unknown`, or a list of them";
const EXPECTED_ITEM: &str =
    "a feeling's name, a number from -1 to 1, or an object with `feeling`, `valence` or `unknown`";

/// What is intended is known.
const INTENDED: &str = "a feeling's name, a number from -1 to 1, an object with `feeling` or `valence`, or a list of them";
const INTENDED_ITEM: &str =
    "a feeling's name, a number from -1 to 1, or an object with `feeling` or `valence`";

/// What an item says.
enum Item {
    Felt(Shade),
    /// So much weight has what nobody knows.
    Unknown(f64),
}

impl From<Item> for Emotion {
    fn from(item: Item) -> Self {
        match item {
            Item::Felt(shade) => shade.into(),
            Item::Unknown(weight) => Self::mix([]).or_unknown(weight),
        }
    }
}

/// Reads the emotion at a key: a name, a number, an object, or a list of these. Names and numbers are not judged
/// here.
pub(super) fn read_emotion(touchpoint: &mut Object<'_>, key: &'static str) -> Option<Emotion> {
    let value = touchpoint.take(key).known()?;
    let reader = &mut *touchpoint.reader;
    match value {
        Value::List(items) => Some(read_mix(items, key, reader)),
        single => {
            let expected = if key == "intended" {
                INTENDED
            } else {
                EXPECTED
            };
            read_item(single, Part::Emotion(key), expected, reader).map(Emotion::from)
        }
    }
}

fn read_mix(items: Vec<Value>, key: &'static str, reader: &mut Reader) -> Emotion {
    const ONE: &str = "a feeling or a valence, as `unknown` may stand in the list once";
    let expected = if key == "intended" {
        INTENDED_ITEM
    } else {
        EXPECTED_ITEM
    };
    let mut shades = Vec::with_capacity(items.len());
    let mut unknown = None;
    for (number, item) in (1..).zip(items) {
        let part = Part::Shade(key, number);
        match read_item(item, part, expected, reader) {
            Some(Item::Felt(shade)) => shades.push(shade),
            // What could not be read still has its weight.
            None => shades.push(Shade::valence(0.0)),
            Some(Item::Unknown(weight)) if unknown.is_none() => unknown = Some(weight),
            Some(Item::Unknown(_)) => reader.wrong_type(part, ONE, "`unknown` once more"),
        }
    }
    Emotion::mix(shades).or_unknown(unknown.unwrap_or(0.0))
}

fn read_item(
    value: Value,
    part: Part,
    expected: &'static str,
    reader: &mut Reader,
) -> Option<Item> {
    const KEYS: &[&str] = &["feeling", "valence", "unknown", "intensity", "weight"];
    const ONE: &str = "an object with exactly one of them";
    const NEITHER: &str = "an object with neither `feeling` nor `valence`";
    const BOTH: &str = "an object with both `feeling` and `valence`";
    const ALSO: &str = "an object with `unknown` and a feeling";
    const PLAIN: &str = "left out, as nobody knows what is felt";
    match value {
        Value::Text(name) => return Some(Item::Felt(Shade::named(name))),
        Value::Number(valence) => return Some(Item::Felt(Shade::valence(valence))),
        _ => {}
    }
    let mut value = Object::open(reader, value, part, KEYS, expected)?;
    let feeling = value.text_as("feeling", "a feeling's name");
    let valence = value.number("valence");
    let unknown = value.only_true("unknown");
    let intensity = value.number("intensity").known();
    let weight = value.weight();
    let given = [
        feeling != Entry::Absent,
        valence != Entry::Absent,
        unknown != Entry::Absent,
    ];
    let shade = match given.iter().filter(|given| **given).count() {
        0 => {
            value.reader.wrong_type(part, ONE, NEITHER);
            Shade::valence(0.0)
        }
        1 => match (feeling, valence) {
            (Entry::Is(name), _) => Shade::named(name),
            (_, Entry::Is(valence)) => Shade::valence(valence),
            _ if unknown == Entry::Is(()) => {
                if let Some(intensity) = intensity {
                    let found = Value::Number(intensity);
                    value
                        .reader
                        .wrong_type(KeyOf("intensity", part), PLAIN, found);
                }
                return Some(Item::Unknown(weight));
            }
            _ => Shade::valence(0.0),
        },
        _ => {
            let found = if unknown == Entry::Absent { BOTH } else { ALSO };
            value.reader.wrong_type(part, ONE, found);
            Shade::valence(0.0)
        }
    };
    Some(Item::Felt(
        shade.at(intensity.unwrap_or(1.0)).weight(weight),
    ))
}
