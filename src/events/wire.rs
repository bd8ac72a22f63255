//! How serde sources write the parts of an event.

use std::fmt;

use serde::de::{Deserializer, Error, Visitor};

use super::event::EventEmotion;
use crate::journey::{Phase, PromiseResult};

pub(super) fn phase<'de, D: Deserializer<'de>>(source: D) -> Result<Option<Phase>, D::Error> {
    source.deserialize_any(Blank(PhaseWord))
}

pub(super) fn mood<'de, D: Deserializer<'de>>(source: D) -> Result<Option<EventEmotion>, D::Error> {
    source.deserialize_any(Blank(MoodValue))
}

pub(super) fn result<'de, D: Deserializer<'de>>(
    source: D,
) -> Result<Option<PromiseResult>, D::Error> {
    source.deserialize_any(Blank(ResultValue))
}

/// One value of an event.
trait Cell {
    type Value;
    const EXPECTED: &'static str;

    fn text<E: Error>(self, text: &str) -> Result<Self::Value, E>;

    fn number(self, number: f64) -> Option<Self::Value>;

    fn truth(self, truth: bool) -> Option<Self::Value>;
}

/// A value that may be blank or null.
struct Blank<C>(C);

impl<'de, C: Cell> Visitor<'de> for Blank<C> {
    type Value = Option<C::Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(C::EXPECTED)
    }

    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, source: D) -> Result<Self::Value, D::Error> {
        source.deserialize_any(self)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        self.0.text(text).map(Some)
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
        let found = serde::de::Unexpected::Float(number);
        match self.0.number(number) {
            Some(value) => Ok(Some(value)),
            None => Err(E::invalid_type(found, &C::EXPECTED)),
        }
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        self.visit_f64(number as f64)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        self.visit_f64(number as f64)
    }

    fn visit_bool<E: Error>(self, truth: bool) -> Result<Self::Value, E> {
        let found = serde::de::Unexpected::Bool(truth);
        match self.0.truth(truth) {
            Some(value) => Ok(Some(value)),
            None => Err(E::invalid_type(found, &C::EXPECTED)),
        }
    }
}

struct PhaseWord;

impl Cell for PhaseWord {
    type Value = Phase;
    const EXPECTED: &'static str = "before, during or after";

    fn text<E: Error>(self, text: &str) -> Result<Phase, E> {
        text.parse().map_err(E::custom)
    }

    fn number(self, _: f64) -> Option<Phase> {
        None
    }

    fn truth(self, _: bool) -> Option<Phase> {
        None
    }
}

struct MoodValue;

impl Cell for MoodValue {
    type Value = EventEmotion;
    const EXPECTED: &'static str = "a feeling's name or a number";

    fn text<E: Error>(self, text: &str) -> Result<EventEmotion, E> {
        if let Ok(rating) = text.parse() {
            return Ok(EventEmotion::Rating(rating));
        }
        text.parse().map(EventEmotion::Feeling).map_err(E::custom)
    }

    fn number(self, number: f64) -> Option<EventEmotion> {
        Some(EventEmotion::Rating(number))
    }

    fn truth(self, _: bool) -> Option<EventEmotion> {
        None
    }
}

struct ResultValue;

impl Cell for ResultValue {
    type Value = PromiseResult;
    const EXPECTED: &'static str = "kept, broken, unknown, true or false";

    fn text<E: Error>(self, text: &str) -> Result<PromiseResult, E> {
        match text {
            "true" => Ok(PromiseResult::Kept),
            "false" => Ok(PromiseResult::Broken),
            word => word.parse().map_err(E::custom),
        }
    }

    fn number(self, number: f64) -> Option<PromiseResult> {
        [(0.0_f64, PromiseResult::Broken), (1.0, PromiseResult::Kept)]
            .into_iter()
            .find_map(|(known, result)| (known.total_cmp(&number).is_eq()).then_some(result))
    }

    fn truth(self, truth: bool) -> Option<PromiseResult> {
        Some(if truth {
            PromiseResult::Kept
        } else {
            PromiseResult::Broken
        })
    }
}
