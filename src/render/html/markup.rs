//! Writing HTML that is well-formed as XML too: what is opened is closed, and every text is made harmless.

use std::fmt::{self, Write};

use crate::render::clean::clean;
use crate::render::svg::{Drawing, Escaped};

/// What stands where nobody knows.
pub(super) const NOT_KNOWN: &str = "not known";

/// Text within a line.
#[derive(Debug, Clone, Default)]
pub(super) struct Inline(Vec<Piece>);

#[derive(Debug, Clone)]
enum Piece {
    Text(String),
    /// What the map's author wrote, kept apart from the direction of what is around it.
    Name(String),
    Strong(Box<Piece>),
    /// A text in the middle of text, of a class.
    Classed(&'static str, String),
    /// To a place on the page: its id, and the words or the name to go by.
    Link(String, Box<Piece>),
    /// A bar as long as a share, before or under its number.
    Bar(f64),
}

impl Inline {
    pub(super) fn new() -> Self {
        Self::default()
    }

    fn with(mut self, piece: Piece) -> Self {
        self.0.push(piece);
        self
    }

    /// Plain text of the report's own, in which names have been cleaned.
    pub(super) fn say(self, text: impl Into<String>) -> Self {
        self.with(Piece::Text(text.into()))
    }

    /// A name, on one line and without anything invisible.
    pub(super) fn name(self, name: &str) -> Self {
        self.with(Piece::Name(clean(name)))
    }

    pub(super) fn strong(self, text: impl Into<String>) -> Self {
        self.with(Piece::Strong(Box::new(Piece::Text(text.into()))))
    }

    pub(super) fn classed(self, class: &'static str, text: impl Into<String>) -> Self {
        self.with(Piece::Classed(class, text.into()))
    }

    /// The report's own words, leading to a place on the page.
    pub(super) fn link(self, id: impl Into<String>, words: &str) -> Self {
        let words = Piece::Text(words.to_owned());
        self.with(Piece::Link(id.into(), Box::new(words)))
    }

    pub(super) fn bar(self, share: f64) -> Self {
        self.with(Piece::Bar(share))
    }
}

impl From<&str> for Inline {
    fn from(text: &str) -> Self {
        Self::new().say(text)
    }
}

impl From<String> for Inline {
    fn from(text: String) -> Self {
        Self::new().say(text)
    }
}

/// A page being written.
#[derive(Debug)]
pub(super) struct Page {
    out: String,
    open: Vec<&'static str>,
    /// The language of names, where it is not the page's.
    lang: Option<String>,
    tables: usize,
}

impl Page {
    pub(super) fn new(lang: Option<String>) -> Self {
        Self {
            out: String::new(),
            open: Vec::new(),
            lang,
            tables: 0,
        }
    }

    pub(super) fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.out
    }

    /// Markup of the report's own.
    pub(super) fn raw(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    fn put(&mut self, markup: fmt::Arguments<'_>) {
        // Writing to a string does not fail.
        let _ = self.out.write_fmt(markup);
    }

    fn tag(&mut self, tag: &'static str) {
        self.out.push('<');
        self.out.push_str(tag);
        let name = tag.split(' ').next().unwrap_or(tag);
        self.open.push(name);
    }

    /// Begins an element; attributes may stand after its name.
    pub(super) fn open(&mut self, tag: &'static str) {
        self.tag(tag);
        self.out.push('>');
    }

    /// As [`Page::open`], with an attribute whose value is not a constant.
    pub(super) fn open_with(&mut self, tag: &'static str, attribute: &str, value: &str) {
        self.tag(tag);
        let value = Escaped(value);
        self.put(format_args!(" {attribute}=\"{value}\">"));
    }

    /// Ends the element that was begun last.
    pub(super) fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push_str(">\n");
        }
    }

    /// An element that holds a line.
    pub(super) fn line(&mut self, tag: &'static str, inline: impl Into<Inline>) {
        self.open(tag);
        self.inline(&inline.into());
        self.close();
    }

    pub(super) fn say(&mut self, inline: impl Into<Inline>) {
        self.line("p", inline);
    }

    /// A list of lines, unless there are none.
    pub(super) fn list<T: Into<Inline>>(
        &mut self,
        tag: &'static str,
        items: impl IntoIterator<Item = T>,
    ) {
        let mut items = items.into_iter().peekable();
        if items.peek().is_none() {
            return;
        }
        self.open(tag);
        for item in items {
            self.line("li", item);
        }
        self.close();
    }

    /// What is folded on a screen, and open on paper.
    pub(super) fn details(&mut self, summary: &str, inside: impl FnOnce(&mut Self)) {
        self.open("details");
        self.line("summary", summary);
        inside(self);
        self.close();
    }

    /// A picture, for wide places and for narrow ones.
    pub(super) fn picture(&mut self, label: &str, wide: &Drawing, narrow: &Drawing) {
        self.open_with(
            "div class=\"scroll wide\" role=\"region\" tabindex=\"0\"",
            "aria-label",
            label,
        );
        self.out.push_str(&wide.markup);
        self.close();
        self.open("div class=\"narrow\"");
        self.out.push_str(&narrow.markup);
        self.close();
    }

    pub(super) fn inline(&mut self, inline: &Inline) {
        for piece in &inline.0 {
            self.piece(piece);
        }
    }

    fn piece(&mut self, piece: &Piece) {
        match piece {
            Piece::Text(text) => self.text(text),
            Piece::Name(name) => self.name(name),
            Piece::Strong(words) => {
                self.out.push_str("<strong>");
                self.piece(words);
                self.out.push_str("</strong>");
            }
            Piece::Classed(class, text) => self.classed(class, text),
            Piece::Link(id, words) => {
                self.put(format_args!("<a href=\"#{}\">", Escaped(id)));
                self.piece(words);
                self.out.push_str("</a>");
            }
            Piece::Bar(share) => self.bar(*share),
        }
    }

    /// The sign of a feeling, before its number.
    pub(super) fn dot(&mut self, class: &'static str) {
        self.put(format_args!(
            "<span class=\"dot {class}\" aria-hidden=\"true\"></span>"
        ));
    }

    /// A bar as long as a share.
    pub(super) fn bar(&mut self, share: f64) {
        if share <= 0.0 {
            self.raw("<span class=\"bar\" aria-hidden=\"true\"></span>");
        } else {
            self.put(format_args!(
                "<span class=\"bar\" aria-hidden=\"true\"><span style=\"width:{:.1}%\"></span></span>",
                100.0 * share.clamp(0.0, 1.0)
            ));
        }
    }

    /// The beginning of a link to a place on the page.
    pub(super) fn link(&mut self, id: &str) {
        self.put(format_args!("<a href=\"#{}\">", Escaped(id)));
    }

    /// A picture of the map's author, as a data URI that was checked.
    pub(super) fn image(&mut self, uri: &str, alt: &str) {
        let (uri, alt) = (Escaped(uri), clean(alt));
        let alt = Escaped(&alt);
        self.put(format_args!("<img src=\"{uri}\" alt=\"{alt}\"/>\n"));
    }

    pub(super) fn text(&mut self, text: &str) {
        self.out.push_str(&Escaped(text).to_string());
    }

    /// What somebody else wrote, kept apart from the direction of what is around it.
    pub(super) fn name(&mut self, name: &str) {
        let lang = self.lang.as_ref();
        let lang = lang.map_or_else(String::new, |lang| format!(" lang=\"{lang}\""));
        self.put(format_args!("<bdi{lang}>{}</bdi>", Escaped(name)));
    }

    fn classed(&mut self, class: &str, text: &str) {
        let text = Escaped(text);
        self.put(format_args!("<span class=\"{class}\">{text}</span>"));
    }

    /// A number of its own for each table.
    pub(super) fn next_table(&mut self) -> usize {
        self.tables += 1;
        self.tables
    }
}
