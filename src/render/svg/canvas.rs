//! Writing SVG: numbers, shapes and text, every text made harmless.

use std::fmt::{self, Display, Write};

use super::width::Face;
use crate::render::clean::has_shape;
use crate::render::clean::is_right_to_left;

/// A coordinate: one decimal at most.
#[derive(Debug, Clone, Copy)]
pub(super) struct N(pub(super) f64);

impl Display for N {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Adding zero turns -0 into 0.
        let tenths = (self.0 * 10.0).round() / 10.0 + 0.0;
        write!(f, "{tenths}")
    }
}

/// Which end of a text its place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// A text to be put somewhere.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) x: f64,
    /// Of the line on which the letters stand.
    pub(super) y: f64,
    pub(super) anchor: Anchor,
    pub(super) face: Face,
    /// Classes besides that of the face.
    pub(super) class: &'a str,
    pub(super) room: f64,
}

/// What has been drawn so far.
#[derive(Debug, Default)]
pub(super) struct Canvas {
    out: String,
}

impl Canvas {
    pub(super) fn new() -> Self {
        Self::default()
    }

    pub(super) fn finish(self) -> String {
        self.out
    }

    /// Writes what holds no text of others.
    pub(super) fn put(&mut self, markup: fmt::Arguments<'_>) {
        // Writing to a string does not fail.
        let _ = self.out.write_fmt(markup);
        self.out.push('\n');
    }

    /// Begins the group of a touchpoint, which is read out as one picture where it has a label.
    pub(super) fn open_touchpoint(&mut self, id: &str, label: Option<&str>) {
        let id = Exact(id);
        match label {
            Some(label) => self.put(format_args!(
                "<g class=\"cj-touchpoint\" data-touchpoint=\"{id}\" role=\"img\" aria-label=\"{}\">",
                Escaped(label)
            )),
            None => self.put(format_args!(
                "<g class=\"cj-touchpoint\" data-touchpoint=\"{id}\">"
            )),
        }
    }

    pub(super) fn close(&mut self) {
        self.put(format_args!("</g>"));
    }

    pub(super) fn rect(&mut self, class: &str, [x, y, width, height]: [f64; 4], radius: f64) {
        let (width, height) = (width.max(0.0), height.max(0.0));
        self.put(format_args!(
            "<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\"/>",
            N(x),
            N(y),
            N(width),
            N(height),
            N(radius)
        ));
    }

    pub(super) fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        self.put(format_args!(
            "<path class=\"{class}\" d=\"M{} {}L{} {}\"/>",
            N(from.0),
            N(from.1),
            N(to.0),
            N(to.1)
        ));
    }

    pub(super) fn path(&mut self, class: &str, data: &str) {
        self.put(format_args!("<path class=\"{class}\" d=\"{data}\"/>"));
    }

    /// A line of this width.
    pub(super) fn stroke(&mut self, class: &str, data: &str, width: f64) {
        self.put(format_args!(
            "<path class=\"{class}\" style=\"stroke-width:{}px\" d=\"{data}\"/>",
            N(width)
        ));
    }

    /// A picture inside the picture, whole and in the middle of its field.
    pub(super) fn image(&mut self, uri: &str, [x, y, width, height]: [f64; 4]) {
        self.put(format_args!(
            "<image href=\"{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
            Escaped(uri),
            N(x),
            N(y),
            N(width),
            N(height)
        ));
    }

    pub(super) fn circle(&mut self, class: &str, at: (f64, f64), radius: f64) {
        self.put(format_args!(
            "<circle class=\"{class}\" cx=\"{}\" cy=\"{}\" r=\"{}\"/>",
            N(at.0),
            N(at.1),
            N(radius)
        ));
    }

    /// Draws the paths of a mark that is 16 units wide, its upper left corner at a place.
    pub(super) fn mark(&mut self, class: &str, at: (f64, f64), paths: &str) {
        self.put(format_args!(
            "<path class=\"{class}\" transform=\"translate({} {})\" d=\"{paths}\"/>",
            N(at.0),
            N(at.1)
        ));
    }

    /// Writes one line of text. Right-to-left writing begins at the other end of its room.
    pub(super) fn text(&mut self, line: Line<'_>, text: &str) {
        self.write(line, text, begins_right_to_left(text));
    }

    fn write(&mut self, line: Line<'_>, text: &str, right_to_left: bool) {
        if text.is_empty() {
            return;
        }
        let (x, anchor) = match (line.anchor, right_to_left) {
            (Anchor::Start, true) => (line.x + line.room, "start"),
            (Anchor::End, true) | (Anchor::Start, false) => (line.x, "start"),
            (Anchor::End, false) => (line.x, "end"),
            (Anchor::Middle, _) => (line.x, "middle"),
        };
        let direction = if right_to_left {
            " direction=\"rtl\" unicode-bidi=\"isolate\""
        } else if text.contains(is_right_to_left) {
            " unicode-bidi=\"isolate\""
        } else {
            ""
        };
        self.put(format_args!(
            "<text class=\"cj-{}{}{}{}\" x=\"{}\" y=\"{}\" text-anchor=\"{anchor}\"{direction} data-room=\"{}\">{}</text>",
            N(line.face.size),
            if line.face.bold { "b" } else { "" },
            if line.class.is_empty() { "" } else { " " },
            line.class,
            N(x),
            N(line.y),
            N(line.room),
            Escaped(text)
        ));
    }

    /// Writes lines under each other, the first with its top at `line.y`; answers where the next would have it.
    pub(super) fn lines(&mut self, line: Line<'_>, lines: &[String]) -> f64 {
        let direction = lines
            .first()
            .is_some_and(|first| begins_right_to_left(first));
        self.paragraph(line, lines, direction)
    }

    /// As [`Canvas::lines`], for the picture's own sentences, which may begin with a name in other writing.
    pub(super) fn sentence(&mut self, line: Line<'_>, lines: &[String]) -> f64 {
        self.paragraph(line, lines, false)
    }

    fn paragraph(&mut self, line: Line<'_>, lines: &[String], right_to_left: bool) -> f64 {
        let mut top = line.y;
        for text in lines {
            let y = top + line.face.size * 0.98;
            self.write(Line { y, ..line }, text, right_to_left);
            top += line.face.leading();
        }
        top
    }
}

/// Whether the first letter of a text that has a direction is written from right to left.
fn begins_right_to_left(text: &str) -> bool {
    text.chars()
        .find(|c| c.is_alphabetic())
        .is_some_and(is_right_to_left)
}

/// A text of others as a picture shows it: on one line, white space a single blank, and without what has no shape,
/// such as control characters and direction marks.
pub(super) fn plain(name: &str) -> String {
    let mut shown = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_whitespace() {
            if !shown.ends_with(' ') && !shown.is_empty() {
                shown.push(' ');
            }
        } else if !c.is_control() && has_shape(c) {
            shown.push(c);
        }
    }
    shown.truncate(shown.trim_end().len());
    if shown.is_empty() {
        return "(no name)".to_owned();
    }
    shown
}

/// A text in an attribute that programs read: the same text again when it is read back, but for what XML cannot hold. What is
/// invisible or turns the direction of writing stands there by its number.
struct Exact<'a>(&'a str);

impl Display for Exact<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            let is_plain = c.is_ascii() || c.is_alphanumeric() || c.is_control();
            if is_plain || matches!(c, '\u{fffe}' | '\u{ffff}') {
                Escaped(c.encode_utf8(&mut [0; 4])).fmt(f)?;
            } else {
                write!(f, "&#x{:x};", u32::from(c))?;
            }
        }
        Ok(())
    }
}

/// A text between tags or in quotation marks.
pub(in crate::render) struct Escaped<'a>(pub(in crate::render) &'a str);

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                // What `plain` has not seen, and XML can not hold.
                c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => f.write_char(' ')?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}
