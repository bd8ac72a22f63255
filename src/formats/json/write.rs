//! Values as JSON text.

use std::fmt::{self, Write};

use serde::ser::{self, Impossible, Serialize, Serializer};

/// A value on one line that stays harmless within a comment of another language: besides what JSON demands, the
/// characters that such languages look for are escaped.
pub(crate) fn in_comment<T: Serialize + ?Sized>(value: &T) -> Result<String, Unwritable> {
    write(value, &['%', '<', '>', '#', ';', '&'], false)
}

/// A value over several lines, for people to read. `<` is escaped, so that the text may stand in a web page.
pub(crate) fn pretty<T: Serialize + ?Sized>(value: &T) -> Result<String, Unwritable> {
    write(value, &['<'], true)
}

fn write<T: Serialize + ?Sized>(
    value: &T,
    escaped: &'static [char],
    pretty: bool,
) -> Result<String, Unwritable> {
    let mut writer = Writer {
        out: String::new(),
        escaped,
        pretty,
        depth: 0,
    };
    value.serialize(&mut writer)?;
    Ok(writer.out)
}

/// A value that JSON has no form for, such as an object whose keys are no text.
#[derive(Debug)]
pub(crate) struct Unwritable(String);

impl fmt::Display for Unwritable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unwritable {}

impl ser::Error for Unwritable {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

impl From<fmt::Error> for Unwritable {
    fn from(error: fmt::Error) -> Self {
        Self(error.to_string())
    }
}

type Written = Result<(), Unwritable>;

struct Writer {
    out: String,
    escaped: &'static [char],
    pretty: bool,
    depth: usize,
}

impl Writer {
    fn text(&mut self, text: &str) -> Written {
        self.out.push('"');
        for c in text.chars() {
            match c {
                '"' => self.out.push_str("\\\""),
                '\\' => self.out.push_str("\\\\"),
                '\n' => self.out.push_str("\\n"),
                // Line ends of some languages, and marks that editors drop.
                c if c.is_control()
                    || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}')
                    || self.escaped.contains(&c) =>
                {
                    write!(self.out, "\\u{:04x}", u32::from(c))?;
                }
                c => self.out.push(c),
            }
        }
        self.out.push('"');
        Ok(())
    }

    fn plain(&mut self, value: impl fmt::Display) -> Written {
        Ok(write!(self.out, "{value}")?)
    }

    fn line(&mut self) {
        if self.pretty {
            self.out.push('\n');
            self.out.extend(std::iter::repeat_n("  ", self.depth));
        }
    }

    fn open(&mut self, bracket: char) -> Inside<'_> {
        self.out.push(bracket);
        self.depth += 1;
        Inside {
            close: if bracket == '{' { '}' } else { ']' },
            empty: true,
            writer: self,
        }
    }
}

/// The inside of a list or an object.
struct Inside<'a> {
    writer: &'a mut Writer,
    close: char,
    empty: bool,
}

impl Inside<'_> {
    fn next(&mut self) {
        if !std::mem::take(&mut self.empty) {
            self.writer.out.push(',');
        }
        self.writer.line();
    }

    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        self.next();
        value.serialize(&mut *self.writer)
    }

    fn key(&mut self, key: &str) -> Written {
        self.next();
        self.writer.text(key)?;
        self.writer
            .out
            .push_str(if self.writer.pretty { ": " } else { ":" });
        Ok(())
    }

    fn field<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) -> Written {
        self.key(key)?;
        value.serialize(&mut *self.writer)
    }

    fn close(self) {
        self.writer.depth -= 1;
        if !self.empty {
            self.writer.line();
        }
        self.writer.out.push(self.close);
    }
}

const VARIANT: &str = "a variant with data has no form here";

impl<'a> Serializer for &'a mut Writer {
    type Ok = ();
    type Error = Unwritable;
    type SerializeSeq = Inside<'a>;
    type SerializeTuple = Inside<'a>;
    type SerializeTupleStruct = Inside<'a>;
    type SerializeTupleVariant = Impossible<(), Unwritable>;
    type SerializeMap = Inside<'a>;
    type SerializeStruct = Inside<'a>;
    type SerializeStructVariant = Impossible<(), Unwritable>;

    fn serialize_bool(self, value: bool) -> Written {
        self.plain(value)
    }

    fn serialize_i8(self, value: i8) -> Written {
        self.plain(value)
    }

    fn serialize_i16(self, value: i16) -> Written {
        self.plain(value)
    }

    fn serialize_i32(self, value: i32) -> Written {
        self.plain(value)
    }

    fn serialize_i64(self, value: i64) -> Written {
        self.plain(value)
    }

    fn serialize_u8(self, value: u8) -> Written {
        self.plain(value)
    }

    fn serialize_u16(self, value: u16) -> Written {
        self.plain(value)
    }

    fn serialize_u32(self, value: u32) -> Written {
        self.plain(value)
    }

    fn serialize_u64(self, value: u64) -> Written {
        self.plain(value)
    }

    fn serialize_f32(self, value: f32) -> Written {
        self.serialize_f64(f64::from(value))
    }

    /// The shortest digits that read back as the same number; what is no number is not known.
    fn serialize_f64(self, value: f64) -> Written {
        if value.is_finite() {
            self.plain(format_args!("{value:?}"))
        } else {
            self.serialize_unit()
        }
    }

    fn serialize_char(self, value: char) -> Written {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Written {
        self.text(value)
    }

    fn serialize_bytes(self, value: &[u8]) -> Written {
        self.collect_seq(value)
    }

    fn serialize_none(self) -> Written {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Written {
        self.plain("null")
    }

    fn serialize_unit_struct(self, _: &'static str) -> Written {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Written {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Written {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Written {
        Err(ser::Error::custom(VARIANT))
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Inside<'a>, Unwritable> {
        Ok(self.open('['))
    }

    fn serialize_tuple(self, _: usize) -> Result<Inside<'a>, Unwritable> {
        Ok(self.open('['))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Inside<'a>, Unwritable> {
        Ok(self.open('['))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Unwritable> {
        Err(ser::Error::custom(VARIANT))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Inside<'a>, Unwritable> {
        Ok(self.open('{'))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Inside<'a>, Unwritable> {
        Ok(self.open('{'))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Unwritable> {
        Err(ser::Error::custom(VARIANT))
    }
}

impl ser::SerializeSeq for Inside<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        self.item(value)
    }

    fn end(self) -> Written {
        self.close();
        Ok(())
    }
}

impl ser::SerializeTuple for Inside<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        self.item(value)
    }

    fn end(self) -> Written {
        self.close();
        Ok(())
    }
}

impl ser::SerializeTupleStruct for Inside<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        self.item(value)
    }

    fn end(self) -> Written {
        self.close();
        Ok(())
    }
}

impl ser::SerializeMap for Inside<'_> {
    type Ok = ();
    type Error = Unwritable;

    /// Keys are texts: whatever else is a key is written as the text of its value.
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Written {
        let key = write(key, self.writer.escaped, false)?;
        let text = key
            .strip_prefix('"')
            .and_then(|key| key.strip_suffix('"'))
            .unwrap_or(&key);
        self.next();
        let colon = if self.writer.pretty { ": " } else { ":" };
        self.writer.plain(format_args!("\"{text}\"{colon}"))
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Written {
        self.close();
        Ok(())
    }
}

impl ser::SerializeStruct for Inside<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Written {
        self.field(key, value)
    }

    fn end(self) -> Written {
        self.close();
        Ok(())
    }
}
