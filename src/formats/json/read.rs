//! Values from JSON text (RFC 8259). How deep lists may be nested is for the reader of the value to say.

use std::fmt;

use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

/// Reads a value that is the whole text.
pub(crate) fn from_text<'de, T: Deserialize<'de>>(text: &'de str) -> Result<T, NotJson> {
    let mut reader = Reader { text, at: 0 };
    let value = T::deserialize(&mut reader)?;
    reader.skip_blanks();
    if reader.rest().is_empty() {
        Ok(value)
    } else {
        Err(reader.fault("something follows the value"))
    }
}

/// Why a text is no JSON, or not that of the value wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NotJson(String);

impl fmt::Display for NotJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NotJson {}

impl de::Error for NotJson {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

struct Reader<'de> {
    text: &'de str,
    at: usize,
}

impl<'de> Reader<'de> {
    fn rest(&self) -> &'de str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn fault(&self, what: &str) -> NotJson {
        NotJson(format!("{what} at byte {}", self.at + 1))
    }

    fn skip_blanks(&mut self) {
        let rest = self.rest();
        let blanks = [' ', '\t', '\n', '\r'];
        self.at += rest.len() - rest.trim_start_matches(blanks).len();
    }

    /// Takes these characters if they are next.
    fn take(&mut self, expected: &str) -> bool {
        let found = self.rest().starts_with(expected);
        if found {
            self.at += expected.len();
        }
        found
    }

    /// Takes these characters if they come next after blanks.
    fn next_is(&mut self, expected: &str) -> bool {
        self.skip_blanks();
        self.take(expected)
    }

    fn digits(&mut self) -> usize {
        let rest = self.rest();
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        self.at += digits;
        digits
    }

    fn number(&mut self) -> Result<f64, NotJson> {
        let start = self.at;
        self.take("-");
        let sound = (self.take("0") || self.digits() > 0)
            && (!self.take(".") || self.digits() > 0)
            && (!(self.take("e") || self.take("E")) || {
                let _ = self.take("+") || self.take("-");
                self.digits() > 0
            });
        let number = self.text.get(start..self.at).unwrap_or_default().parse();
        match number {
            Ok(number) if sound && f64::is_finite(number) => Ok(number),
            _ => Err(self.fault("there is no number that can be read")),
        }
    }

    /// The text after its opening quote.
    fn string(&mut self) -> Result<String, NotJson> {
        let mut text = String::new();
        loop {
            let rest = self.rest();
            let Some(plain) = rest.find(|c: char| c == '"' || c == '\\' || c < ' ') else {
                return Err(self.fault("a text is not closed"));
            };
            let (taken, rest) = rest.split_at(plain);
            text.push_str(taken);
            self.at += plain;
            if rest.starts_with('"') {
                self.at += 1;
                return Ok(text);
            }
            if !self.take("\\") {
                return Err(self.fault("a control character stands in a text"));
            }
            text.push(self.escaped()?);
        }
    }

    fn escaped(&mut self) -> Result<char, NotJson> {
        let known = [
            ("\"", '"'),
            ("\\", '\\'),
            ("/", '/'),
            ("b", '\u{8}'),
            ("f", '\u{c}'),
            ("n", '\n'),
            ("r", '\r'),
            ("t", '\t'),
        ];
        if let Some((_, c)) = known.into_iter().find(|(escape, _)| self.take(escape)) {
            return Ok(c);
        }
        let first = self.unit()?;
        let code = if (0xd800..0xdc00).contains(&first) && self.take("\\") {
            let second = self.unit()?;
            if !(0xdc00..0xe000).contains(&second) {
                return Err(self.fault("half a character is escaped"));
            }
            0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00)
        } else {
            first
        };
        char::from_u32(code).ok_or_else(|| self.fault("half a character is escaped"))
    }

    /// The four hexadecimal digits after `u`.
    fn unit(&mut self) -> Result<u32, NotJson> {
        let digits = self.rest().strip_prefix('u').and_then(|rest| rest.get(..4));
        let code = digits
            .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
            .and_then(|digits| u32::from_str_radix(digits, 16).ok())
            .ok_or_else(|| self.fault("an escape is not known"))?;
        self.at += 5;
        Ok(code)
    }
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = NotJson;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotJson> {
        self.skip_blanks();
        if self.take("null") {
            visitor.visit_unit()
        } else if self.take("true") {
            visitor.visit_bool(true)
        } else if self.take("false") {
            visitor.visit_bool(false)
        } else if self.take("\"") {
            visitor.visit_string(self.string()?)
        } else if self.take("[") {
            visitor.visit_seq(Items::of(self))
        } else if self.take("{") {
            visitor.visit_map(Items::of(self))
        } else {
            let number = self.number()?;
            visitor.visit_f64(number)
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// What stands between two brackets.
struct Items<'r, 'de> {
    reader: &'r mut Reader<'de>,
    first: bool,
}

impl<'r, 'de> Items<'r, 'de> {
    fn of(reader: &'r mut Reader<'de>) -> Self {
        Self {
            reader,
            first: true,
        }
    }

    /// Whether there is one more before the bracket.
    fn is_next(&mut self, bracket: &str) -> Result<bool, NotJson> {
        let first = std::mem::take(&mut self.first);
        if self.reader.next_is(bracket) {
            return Ok(false);
        }
        if first || self.reader.take(",") {
            return Ok(true);
        }
        Err(self.reader.fault("a comma or a closing bracket is missing"))
    }
}

impl<'de> SeqAccess<'de> for Items<'_, 'de> {
    type Error = NotJson;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, NotJson> {
        if self.is_next("]")? {
            seed.deserialize(&mut *self.reader).map(Some)
        } else {
            Ok(None)
        }
    }
}

impl<'de> MapAccess<'de> for Items<'_, 'de> {
    type Error = NotJson;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, NotJson> {
        if !self.is_next("}")? {
            return Ok(None);
        }
        self.reader.skip_blanks();
        if !self.reader.rest().starts_with('"') {
            return Err(self.reader.fault("a key in quotation marks is missing"));
        }
        seed.deserialize(&mut *self.reader).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, NotJson> {
        if !self.reader.next_is(":") {
            return Err(self.reader.fault("a colon is missing"));
        }
        seed.deserialize(&mut *self.reader)
    }
}
