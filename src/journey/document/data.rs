//! Parts of a document that are plain data, read by serde.

use std::fmt;

use serde::de::value::{MapDeserializer, SeqDeserializer, StrDeserializer};
use serde::de::{Deserializer, Error, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::value::Value;

/// Why a part is not what it should be.
#[derive(Debug)]
pub(crate) struct NotData(String);

impl fmt::Display for NotData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "something else ({})", self.0)
    }
}

impl std::error::Error for NotData {}

impl Error for NotData {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

impl IntoDeserializer<'_, NotData> for Value {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Value {
    type Error = NotData;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotData> {
        const EXACT: f64 = 9_007_199_254_740_992.0;
        match self {
            Self::Null => visitor.visit_unit(),
            Self::Bool(value) => visitor.visit_bool(value),
            Self::Number(number) if number.fract() == 0.0 && number.abs() < EXACT =>
            {
                #[expect(clippy::cast_possible_truncation, reason = "a whole number below 2^53")]
                visitor.visit_i64(number as i64)
            }
            Self::Number(number) => visitor.visit_f64(number),
            Self::Text(text) => visitor.visit_string(text),
            Self::List(items) => visitor.visit_seq(SeqDeserializer::new(items.into_iter())),
            Self::Object(entries) => visitor.visit_map(MapDeserializer::new(entries.into_iter())),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotData> {
        match self {
            Self::Null => visitor.visit_none(),
            some => visitor.visit_some(some),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, NotData> {
        match self {
            Self::Text(word) => {
                let word: StrDeserializer<'_, NotData> = word.as_str().into_deserializer();
                word.deserialize_enum(name, variants, visitor)
            }
            other => Err(NotData(format!("{other} where {name} is named"))),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}
