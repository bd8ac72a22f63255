//! An object of a document, read key by key, with every fault noted and none of them stopping the reader.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use super::value::Value;
use crate::journey::problem::{Fault, Place, Problem};
use crate::journey::words::{UnknownWord, nearest};

/// What has been found wrong so far, and where the reader stands.
pub(super) struct Reader {
    pub(super) problems: Vec<Problem>,
    pub(super) place: Place,
}

impl Reader {
    pub(super) fn report(&mut self, fault: Fault) {
        self.problems.push(Problem::new(self.place.clone(), fault));
    }

    pub(super) fn wrong_type(
        &mut self,
        what: impl fmt::Display,
        expected: &'static str,
        found: impl fmt::Display,
    ) {
        self.report(Fault::WrongType {
            what: what.to_string(),
            expected,
            found: found.to_string(),
        });
    }
}

/// An object inside a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// The object that is the document.
    Document,
    /// The object that is the place itself.
    Itself,
    Promise,
    Ending(usize),
    Figure(usize),
    Measure(usize),
    /// An answer of a measure.
    Answer(usize, usize),
    Value(usize),
    /// A fact that customers remember.
    Fact(usize),
    /// What sets a fact, at this key.
    Setter(&'static str, usize),
    /// The emotion at this key.
    Emotion(&'static str),
    /// One feeling of the mix at this key.
    Shade(&'static str, usize),
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Document => f.write_str("the document"),
            Self::Itself => f.write_str("it"),
            Self::Promise => f.write_str("the promise"),
            Self::Ending(number) => write!(f, "ending {number}"),
            Self::Figure(number) => write!(f, "figure {number}"),
            Self::Measure(number) => write!(f, "measure {number}"),
            Self::Answer(number, measure) => write!(f, "answer {number} of measure {measure}"),
            Self::Value(number) => write!(f, "value {number}"),
            Self::Fact(number) => write!(f, "fact {number}"),
            Self::Setter(key, number) => write!(f, "`{key}` in fact {number}"),
            Self::Emotion(key) => write!(f, "`{key}`"),
            Self::Shade(key, number) => write!(f, "item {number} of `{key}`"),
        }
    }
}

/// A key of a part.
#[derive(Clone, Copy)]
pub(super) struct KeyOf(pub(super) &'static str, pub(super) Part);

impl fmt::Display for KeyOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(key, part) = self;
        match part {
            Part::Document | Part::Itself => write!(f, "`{key}`"),
            part => write!(f, "`{key}` in {part}"),
        }
    }
}

/// An item of the list at a key.
pub(super) struct ItemOf(pub(super) &'static str, pub(super) usize);

impl fmt::Display for ItemOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "item {} of `{}`", self.1, self.0)
    }
}

/// What was found at a key.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Entry<T> {
    Absent,
    /// Something that is no `T`; the reader has reported it.
    Unreadable,
    Is(T),
}

impl<T> Entry<T> {
    pub(super) fn map<U>(self, read: impl FnOnce(T) -> U) -> Entry<U> {
        match self {
            Self::Absent => Entry::Absent,
            Self::Unreadable => Entry::Unreadable,
            Self::Is(value) => Entry::Is(read(value)),
        }
    }

    pub(super) fn known(self) -> Option<T> {
        match self {
            Self::Is(value) => Some(value),
            Self::Absent | Self::Unreadable => None,
        }
    }

    pub(super) fn is_unreadable(&self) -> bool {
        matches!(self, Self::Unreadable)
    }
}

/// The values of an object by its known keys. Keys that are unknown or given twice have been reported.
pub(super) struct Object<'r> {
    pub(super) reader: &'r mut Reader,
    part: Part,
    known: &'static [&'static str],
    values: Vec<Entry<Value>>,
}

impl<'r> Object<'r> {
    /// Opens what must be an object.
    pub(super) fn open(
        reader: &'r mut Reader,
        value: Value,
        part: Part,
        known: &'static [&'static str],
        expected: &'static str,
    ) -> Option<Self> {
        let Value::Object(entries) = value else {
            reader.wrong_type(part, expected, &value);
            return None;
        };
        let mut object = Self {
            reader,
            part,
            known,
            values: vec![Entry::Absent; known.len()],
        };
        object.sort(entries);
        Some(object)
    }

    fn sort(&mut self, entries: Vec<(String, Value)>) {
        let mut seen = vec![0_usize; self.known.len()];
        let mut unknown = BTreeSet::new();
        for (key, value) in entries {
            let Some(slot) = self.slot(&key) else {
                unknown.insert(key);
                continue;
            };
            let (Some(times), Some(entry)) = (seen.get_mut(slot), self.values.get_mut(slot)) else {
                continue;
            };
            *times += 1;
            match *times {
                // Null stands for a value that is not known.
                1 if value == Value::Null => {}
                1 => *entry = Entry::Is(value),
                2 => self.reader.report(Fault::DuplicateKey {
                    key,
                    within: self.within(),
                }),
                _ => {}
            }
        }
        for key in unknown {
            let near = nearest(&key, self.known.iter().copied());
            // Who misspelt a key has given it: it is neither missing nor left out.
            if let Some(entry) = near
                .and_then(|near| self.slot(near))
                .and_then(|slot| self.values.get_mut(slot))
                && matches!(entry, Entry::Absent)
            {
                *entry = Entry::Unreadable;
            }
            self.reader.report(Fault::UnknownKey {
                nearest: near.map(str::to_owned),
                key,
                within: self.within(),
                known: self.known,
            });
        }
    }

    fn slot(&self, key: &str) -> Option<usize> {
        self.known.iter().position(|known| *known == key)
    }

    fn within(&self) -> Option<String> {
        match self.part {
            Part::Document | Part::Itself => None,
            part => Some(part.to_string()),
        }
    }

    /// Takes whatever is at a key.
    pub(super) fn take(&mut self, key: &'static str) -> Entry<Value> {
        self.slot(key)
            .and_then(|slot| self.values.get_mut(slot))
            .map_or(Entry::Absent, |entry| {
                std::mem::replace(entry, Entry::Absent)
            })
    }

    /// Takes what `read` makes of the value at a key; what it can make nothing of is reported.
    pub(super) fn take_as<T>(
        &mut self,
        key: &'static str,
        expected: &'static str,
        read: impl FnOnce(Value) -> Result<T, Value>,
    ) -> Entry<T> {
        let entry = self.take(key);
        self.read_as(key, expected, entry, read)
    }

    fn read_as<T>(
        &mut self,
        key: &'static str,
        expected: &'static str,
        entry: Entry<Value>,
        read: impl FnOnce(Value) -> Result<T, Value>,
    ) -> Entry<T> {
        match entry {
            Entry::Absent => Entry::Absent,
            Entry::Unreadable => Entry::Unreadable,
            Entry::Is(value) => match read(value) {
                Ok(value) => Entry::Is(value),
                Err(value) => {
                    self.reader
                        .wrong_type(KeyOf(key, self.part), expected, value);
                    Entry::Unreadable
                }
            },
        }
    }

    /// Text at a key that may be left out.
    pub(super) fn text(&mut self, key: &'static str) -> Option<String> {
        self.text_as(key, "text").known()
    }

    pub(super) fn text_as(&mut self, key: &'static str, expected: &'static str) -> Entry<String> {
        self.take_as(key, expected, |value| match value {
            Value::Text(text) => Ok(text),
            other => Err(other),
        })
    }

    pub(super) fn required_text(
        &mut self,
        key: &'static str,
        expected: &'static str,
    ) -> Option<String> {
        let text = self.text_as(key, expected);
        self.required(key, expected, text)
    }

    pub(super) fn number(&mut self, key: &'static str) -> Entry<f64> {
        let entry = self.take(key);
        let expected = match &entry {
            Entry::Is(Value::Text(text)) => written_number(text),
            _ => "a number",
        };
        self.read_as(key, expected, entry, |value| match value {
            Value::Number(number) => Ok(number),
            other => Err(other),
        })
    }

    /// How many of something.
    pub(super) fn whole(&mut self, key: &'static str) -> Entry<u32> {
        self.take_as(
            key,
            "a whole number from 0 to 4294967295",
            |value| match value {
                Value::Number(number)
                    if number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number) =>
                {
                    #[expect(
                        clippy::cast_possible_truncation,
                        clippy::cast_sign_loss,
                        reason = "a whole number of that range"
                    )]
                    let whole = number as u32;
                    Ok(whole)
                }
                other => Err(other),
            },
        )
    }

    /// Whether something holds: no, where it is left out.
    pub(super) fn flag(&mut self, key: &'static str) -> bool {
        let flag = self.take_as(key, "true or false", |value| match value {
            Value::Bool(flag) => Ok(flag),
            other => Err(other),
        });
        flag.known().unwrap_or_default()
    }

    /// A mark at a key: `true`, and nothing else.
    pub(super) fn only_true(&mut self, key: &'static str) -> Entry<()> {
        self.take_as(key, "true, or left out", |value| match value {
            Value::Bool(true) => Ok(()),
            other => Err(other),
        })
    }

    /// The weight of a way, 1 if it is left out.
    pub(super) fn weight(&mut self) -> f64 {
        self.number("weight").known().unwrap_or(1.0)
    }

    /// The items of a list that may be left out.
    pub(super) fn list(&mut self, key: &'static str, expected: &'static str) -> Entry<Vec<Value>> {
        self.take_as(key, expected, |value| match value {
            Value::List(items) => Ok(items),
            other => Err(other),
        })
    }

    /// A list of numbers that may be left out.
    pub(super) fn numbers(&mut self, key: &'static str, expected: &'static str) -> Entry<Vec<f64>> {
        self.take_as(key, expected, |value| match value {
            Value::List(items) => items
                .into_iter()
                .map(|item| match item {
                    Value::Number(number) => Ok(number),
                    other => Err(other),
                })
                .collect(),
            other => Err(other),
        })
    }

    /// A list of texts that may be left out.
    pub(super) fn texts(
        &mut self,
        key: &'static str,
        expected: &'static str,
    ) -> Entry<Vec<String>> {
        self.take_as(key, expected, |value| match value {
            Value::List(items) => items
                .into_iter()
                .map(|item| match item {
                    Value::Text(text) => Ok(text),
                    other => Err(other),
                })
                .collect(),
            other => Err(other),
        })
    }

    /// Whether a list is at a key.
    pub(super) fn has_list(&self, key: &str) -> bool {
        let entry = self.slot(key).and_then(|slot| self.values.get(slot));
        matches!(entry, Some(Entry::Is(Value::List(_))))
    }

    /// Which part this is.
    pub(super) fn part(&self) -> Part {
        self.part
    }

    /// A word of a closed vocabulary.
    pub(super) fn word<W: FromStr<Err = UnknownWord>>(
        &mut self,
        key: &'static str,
        expected: &'static str,
    ) -> Entry<W> {
        match self.text_as(key, expected) {
            Entry::Absent => Entry::Absent,
            Entry::Unreadable => Entry::Unreadable,
            Entry::Is(word) => match word.parse() {
                Ok(word) => Entry::Is(word),
                Err(word) => {
                    let what = KeyOf(key, self.part).to_string();
                    self.reader.report(Fault::UnknownWord { what, word });
                    Entry::Unreadable
                }
            },
        }
    }

    /// Reports a key that is left out and may not be.
    pub(super) fn require(&mut self, key: &'static str, expected: &'static str) {
        let entry = self.slot(key).and_then(|slot| self.values.get(slot));
        if let Some(Entry::Absent) = entry {
            self.required(key, expected, Entry::<()>::Absent);
        }
    }

    /// What is read at a key that may not be left out.
    pub(super) fn required<T>(
        &mut self,
        key: &'static str,
        expected: &'static str,
        entry: Entry<T>,
    ) -> Option<T> {
        if let Entry::Absent = entry {
            self.reader.report(Fault::MissingKey {
                key: key.to_owned(),
                within: self.within(),
                expected,
            });
        }
        entry.known()
    }
}

/// What a number must be, for somebody who has written it as a text.
fn written_number(text: &str) -> &'static str {
    let text = text.trim();
    let amount = text.trim_end_matches('%').trim_end();
    let is_number = |text: &str| text.parse::<f64>().is_ok_and(f64::is_finite);
    if amount.len() < text.len() && is_number(&amount.replacen(',', ".", 1)) {
        "a number without quotation marks and per cent sign (40 % is written 40 where the other ways are per cent too: weights are proportional)"
    } else if is_number(text) {
        "a number, without quotation marks"
    } else if is_number(&text.replacen(',', ".", 1)) {
        "a number, without quotation marks and with a decimal point"
    } else {
        "a number"
    }
}
