//! The forms in which a document says what people feel.

use super::object::{Entry, Object, Part, Reader};
use super::value::Value;
use crate::journey::emotion::{Emotion, Shade};

const EXPECTED: &str = "a feeling's name, a number from -1 to 1, an object with `feeling` or `valence`, or a list of them";
const EXPECTED_ITEM: &str =
    "a feeling's name, a number from -1 to 1, or an object with `feeling` or `valence`";

/// Reads the emotion at a key: a name, a number, an object, or a list of these. Names and numbers are not judged
/// here.
pub(super) fn read_emotion(touchpoint: &mut Object<'_>, key: &'static str) -> Option<Emotion> {
    let value = touchpoint.take(key).known()?;
    let reader = &mut *touchpoint.reader;
    match value {
        Value::List(items) => Some(Emotion::mix((1..).zip(items).map(|(number, item)| {
            // A shade that could not be read still has its weight.
            read_shade(item, Part::Shade(key, number), EXPECTED_ITEM, reader)
                .unwrap_or_else(|| Shade::valence(0.0))
        }))),
        single => read_shade(single, Part::Emotion(key), EXPECTED, reader).map(Emotion::from),
    }
}

fn read_shade(
    value: Value,
    part: Part,
    expected: &'static str,
    reader: &mut Reader,
) -> Option<Shade> {
    const KEYS: &[&str] = &["feeling", "valence", "intensity", "weight"];
    const ONE: &str = "an object with exactly one of them";
    const NEITHER: &str = "an object with neither `feeling` nor `valence`";
    const BOTH: &str = "an object with both `feeling` and `valence`";
    match value {
        Value::Text(name) => return Some(Shade::named(name)),
        Value::Number(valence) => return Some(Shade::valence(valence)),
        _ => {}
    }
    let mut value = Object::open(reader, value, part, KEYS, expected)?;
    let feeling = value.text_as("feeling", "a feeling's name");
    let valence = value.number("valence");
    let intensity = value.number("intensity").known();
    let weight = value.weight();
    let shade = match (feeling, valence) {
        (Entry::Is(name), Entry::Absent) => Shade::named(name),
        (Entry::Absent, Entry::Is(valence)) => Shade::valence(valence),
        (Entry::Absent, Entry::Absent) => {
            value.reader.wrong_type(part, ONE, NEITHER);
            Shade::valence(0.0)
        }
        (Entry::Absent, Entry::Unreadable) | (Entry::Unreadable, Entry::Absent) => {
            Shade::valence(0.0)
        }
        _ => {
            value.reader.wrong_type(part, ONE, BOTH);
            Shade::valence(0.0)
        }
    };
    Some(shade.at(intensity.unwrap_or(1.0)).weight(weight))
}
