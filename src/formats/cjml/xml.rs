//! XML text as a tree of elements, with limits.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::error::{CjmlFinding, CjmlNote};

/// How deep elements may be nested. A journey needs 7.
const DEEPEST: usize = 32;

/// An element with what is in it. Texts between its children are joined, blanks around them dropped.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) line: usize,
    attributes: Vec<(String, String)>,
    pub(super) children: Vec<Element>,
    text: String,
}

impl Element {
    /// The value of an attribute, if it says something.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found
            .map(|(_, value)| value.trim())
            .filter(|value| !value.is_empty())
    }

    /// The first child of a name.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The text of the first child of a name, if it says something.
    pub(super) fn text_of(&self, name: &str) -> Option<&str> {
        self.child(name)
            .map(|child| child.text.trim())
            .filter(|text| !text.is_empty())
    }
}

/// Where the reader stands.
struct Position<'t> {
    text: &'t str,
    counted: usize,
    line: usize,
}

impl Position<'_> {
    /// The line of a byte; asked with growing bytes, so that every line end is counted once.
    fn line(&mut self, byte: u64) -> usize {
        let byte = usize::try_from(byte)
            .unwrap_or(usize::MAX)
            .min(self.text.len())
            .max(self.counted);
        let passed = self.text.as_bytes().get(self.counted..byte);
        let ends = passed.into_iter().flatten().filter(|&&byte| byte == b'\n');
        self.line += ends.count();
        self.counted = byte;
        self.line
    }
}

/// Reads the root element.
pub(super) fn parse(text: &str) -> Result<Element, CjmlNote> {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_comments = true;
    let mut position = Position {
        text,
        counted: 0,
        line: 1,
    };
    // The document, then the open elements.
    let mut open = vec![Element::default()];
    loop {
        let line = position.line(reader.buffer_position());
        let fault = |finding| CjmlNote { line, finding };
        let no_xml = |what: String| fault(CjmlFinding::Xml(what));
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => {
                let line = position.line(reader.error_position());
                let finding = CjmlFinding::Xml(error.to_string());
                return Err(CjmlNote { line, finding });
            }
        };
        match event {
            Event::Start(start) => {
                if open.len() > DEEPEST {
                    return Err(fault(CjmlFinding::TooDeep));
                }
                open.push(element(&start, line).map_err(no_xml)?);
            }
            Event::Empty(start) => {
                let element = element(&start, line).map_err(no_xml)?;
                close(&mut open, element);
            }
            Event::End(_) => {
                if let Some(element) = open.pop() {
                    close(&mut open, element);
                }
            }
            Event::Text(text) => add(&mut open, &text.xml10_content()),
            Event::CData(text) => add(&mut open, &text.xml10_content()),
            Event::GeneralRef(reference) => {
                let known = match reference.resolve_char_ref() {
                    Ok(Some(c)) => Some(c.to_string()),
                    Ok(None) => {
                        quick_xml::escape::resolve_xml_entity(&reference).map(str::to_owned)
                    }
                    Err(error) => return Err(no_xml(error.to_string())),
                };
                let name: &str = &reference;
                let unknown = || no_xml(format!("the entity {name:?} is not known"));
                add(&mut open, &known.ok_or_else(unknown)?);
            }
            Event::DocType(_) => return Err(fault(CjmlFinding::DocType)),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
    }
    let line = position.line(u64::MAX);
    let no_xml = |what: &str| CjmlNote {
        line,
        finding: CjmlFinding::Xml(what.to_owned()),
    };
    let (Some(document), true) = (open.pop(), open.is_empty()) else {
        return Err(no_xml("an element is never closed"));
    };
    let mut roots = document.children.into_iter();
    match (roots.next(), roots.next()) {
        (Some(root), None) if document.text.trim().is_empty() => Ok(root),
        (None, _) => Err(no_xml("there is no element")),
        _ => Err(no_xml("something stands beside the outermost element")),
    }
}

fn element(start: &BytesStart<'_>, line: usize) -> Result<Element, String> {
    let mut element = Element {
        name: start.local_name().as_ref().to_owned(),
        line,
        ..Element::default()
    };
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let value = attribute
            .normalized_value(quick_xml::XmlVersion::Implicit1_0)
            .map_err(|error| error.to_string())?;
        let name = attribute.key.local_name().as_ref().to_owned();
        element.attributes.push((name, value.into_owned()));
    }
    Ok(element)
}

fn close(open: &mut [Element], element: Element) {
    if let Some(parent) = open.last_mut() {
        parent.children.push(element);
    }
}

fn add(open: &mut [Element], text: &str) {
    if let Some(element) = open.last_mut() {
        element.text.push_str(text);
    }
}
