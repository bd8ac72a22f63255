//! Just enough XML to read what pictures and pages may hold: elements, attributes in double quotes, text, and the five named
//! entities. Comments, sections and instructions are faults.

/// The elements that pictures are made of.
pub(crate) const KNOWN: [&str; 9] = [
    "svg", "title", "desc", "style", "g", "rect", "path", "circle", "text",
];

#[derive(Debug, Clone, Default)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    /// What stands directly in it.
    pub(crate) text: String,
    /// All of it, also in elements within, in order.
    pub(crate) whole: String,
    /// In how many others it stands.
    pub(crate) depth: usize,
}

impl Element {
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// The elements in the order of their beginnings, or what is wrong.
pub(crate) fn parse(text: &str) -> Result<Vec<Element>, String> {
    let mut found: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut rest = text;
    if let Some(odd) = text.chars().find(|&c| {
        (c.is_control() && !matches!(c, '\n' | '\t')) || matches!(c, '\u{fffe}' | '\u{ffff}')
    }) {
        return Err(format!("{odd:?}"));
    }
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        match open.last() {
            Some(&inside) => {
                let said = unescape(before)?;
                found[inside].text += &said;
                for &around in &open {
                    if found[inside].name != "style" && found[around].name != "style" {
                        found[around].whole += &said;
                    }
                }
            }
            None if before.trim().is_empty() => {}
            None => return Err(format!("{before:?} outside")),
        }
        let end = tag.find('>').ok_or("a tag without an end")?;
        let inside = &tag[1..end];
        rest = &tag[end + 1..];
        if let Some(name) = inside.strip_prefix('/') {
            let last = open.pop().ok_or("an end without a beginning")?;
            if found[last].name != name {
                return Err(format!("{name} ends {}", found[last].name));
            }
            continue;
        }
        if open.is_empty() && !found.is_empty() {
            return Err("two roots".to_owned());
        }
        let (inside, is_empty) = match inside.strip_suffix('/') {
            Some(inside) => (inside, true),
            None => (inside, false),
        };
        let depth = open.len();
        found.push(Element {
            depth,
            ..element(inside)?
        });
        if !is_empty {
            open.push(found.len() - 1);
        }
    }
    if !open.is_empty() || found.is_empty() || !rest.trim().is_empty() {
        return Err("does not end".to_owned());
    }
    Ok(found)
}

fn element(inside: &str) -> Result<Element, String> {
    let (name, mut rest) = inside.split_once(' ').unwrap_or((inside, ""));
    if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric()) {
        return Err(format!("an element {name:?}"));
    }
    let mut element = Element {
        name: name.to_owned(),
        ..Element::default()
    };
    while !rest.trim().is_empty() {
        let (name, value) = rest.split_once("=\"").ok_or_else(|| format!("{rest:?}"))?;
        let (value, further) = value.split_once('"').ok_or_else(|| format!("{rest:?}"))?;
        let name = name.trim();
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | ':');
        if value.contains('<') || !name.chars().all(fits) || element.attribute(name).is_some() {
            return Err(format!("an attribute {name:?}"));
        }
        element.attributes.push((name.to_owned(), unescape(value)?));
        rest = further;
    }
    Ok(element)
}

/// The character of a reference by number, as ids have them.
fn numbered(name: &str) -> Option<char> {
    let number = u32::from_str_radix(name.strip_prefix("#x")?, 16).ok()?;
    char::from_u32(number)
}

fn unescape(text: &str) -> Result<String, String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, entity)) = rest.split_once('&') {
        out += before;
        let (name, further) = entity.split_once(';').ok_or("an open entity")?;
        out.push(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "#39" => '\'',
            _ => numbered(name).ok_or_else(|| format!("an entity {name}"))?,
        });
        rest = further;
    }
    Ok(out + rest)
}
