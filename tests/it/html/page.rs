//! A page read back: every law of a page is checked on the way.

use std::collections::BTreeSet;

use crate::svg::xml::{Element, KNOWN, parse};

/// What pages are made of, besides pictures.
const ELEMENTS: [&str; 47] = [
    "img",
    "input",
    "label",
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "a",
    "header",
    "nav",
    "main",
    "footer",
    "section",
    "article",
    "div",
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "ol",
    "ul",
    "li",
    "dl",
    "dt",
    "dd",
    "figure",
    "figcaption",
    "details",
    "summary",
    "table",
    "caption",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "blockquote",
    "bdi",
    "strong",
    "span",
    "svg",
    "g",
    "text",
    "desc",
];
const ATTRIBUTES: [&str; 45] = [
    "type",
    "for",
    "lang",
    "xml:lang",
    "charset",
    "name",
    "content",
    "http-equiv",
    "class",
    "id",
    "href",
    "aria-label",
    "aria-labelledby",
    "aria-hidden",
    "role",
    "tabindex",
    "scope",
    "style",
    "xmlns",
    "width",
    "height",
    "viewBox",
    "d",
    "x",
    "y",
    "rx",
    "cx",
    "cy",
    "r",
    "transform",
    "text-anchor",
    "direction",
    "unicode-bidi",
    "data-room",
    "data-touchpoint",
    "open",
    "dir",
    "colspan",
    "headers",
    "abbr",
    "title",
    "start",
    "value",
    "src",
    "alt",
];

pub(crate) struct Page {
    pub(crate) elements: Vec<Element>,
}

/// A table: its headings, and its rows as texts.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) headings: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

impl Table {
    #[track_caller]
    pub(crate) fn column(&self, heading: &str) -> Vec<String> {
        let place = self.headings.iter().position(|known| known == heading);
        let place = place.unwrap_or_else(|| panic!("{heading:?} is none of {:?}", self.headings));
        self.rows.iter().map(|row| row[place].clone()).collect()
    }
}

impl Page {
    /// Reads a page, and stops at whatever is wrong with it.
    #[track_caller]
    pub(crate) fn read(html: &str) -> Self {
        let markup = html.strip_prefix("<!DOCTYPE html>\n").unwrap();
        let elements = parse(markup).unwrap_or_else(|fault| panic!("{fault}"));
        let page = Self { elements };
        page.check_elements();
        page.check_ids();
        page.check_order();
        page.check_tables();
        page
    }

    fn check_elements(&self) {
        for element in &self.elements {
            let name = element.name.as_str();
            assert!(
                ELEMENTS.contains(&name) || KNOWN.contains(&name),
                "an element {name}"
            );
            for (key, value) in &element.attributes {
                assert!(ATTRIBUTES.contains(&key.as_str()), "{name} with {key}");
                assert!(!value.contains("url("), "{key}={value}");
                assert!(key != "href" || value.starts_with('#'), "{key}={value}");
                // Pictures of the map's author are part of the page.
                assert!(
                    key != "src" || value.starts_with("data:image/"),
                    "{key}={value}"
                );
            }
            if name == "style" {
                let sheet = &element.text;
                assert!(
                    !sheet.contains("url(") && !sheet.contains("@import"),
                    "{sheet}"
                );
                assert_eq!(sheet.matches('{').count(), sheet.matches('}').count());
            }
            if element.attribute("role") == Some("region") {
                assert_eq!(
                    element.attribute("tabindex"),
                    Some("0"),
                    "no keyboard scrolls it"
                );
                let named = ["aria-label", "aria-labelledby"].map(|key| element.attribute(key));
                assert!(named.iter().any(Option::is_some));
            }
            if name == "svg" {
                assert_eq!(element.attribute("role"), Some("img"));
                assert!(element.attribute("aria-labelledby").is_some());
            }
        }
        let policy = self.named("meta").find_map(|meta| {
            meta.attribute("http-equiv")?;
            meta.attribute("content")
        });
        assert_eq!(
            policy,
            Some("default-src 'none'; style-src 'unsafe-inline'; img-src data:")
        );
        for once in ["title", "h1", "main", "nav", "header", "footer"] {
            let on_page = self
                .named(once)
                .filter(|element| element.depth < 4 || once != "title");
            assert_eq!(on_page.count(), 1, "{once}");
        }
        assert!(
            self.named("html")
                .all(|html| html.attribute("lang") == Some("en"))
        );
    }

    fn check_ids(&self) {
        let ids = self.ids();
        let known: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(known.len(), ids.len(), "an id twice");
        for element in &self.elements {
            let link = element
                .attribute("href")
                .and_then(|href| href.strip_prefix('#'));
            let labels = element.attribute("aria-labelledby").unwrap_or_default();
            for id in link.into_iter().chain(labels.split_whitespace()) {
                assert!(known.contains(id), "nothing has the id {id}");
            }
        }
    }

    /// Headings go down one level at a time.
    fn check_order(&self) {
        let mut before = 0;
        for element in &self.elements {
            let Some(level) = element
                .name
                .strip_prefix('h')
                .and_then(|level| level.parse::<u32>().ok())
            else {
                continue;
            };
            assert!(level <= before + 1, "h{level} after h{before}");
            before = level;
        }
    }

    fn check_tables(&self) {
        for (place, element) in self.elements.iter().enumerate() {
            if element.name != "table" {
                continue;
            }
            let around = &self.elements[place - 1];
            assert_eq!(
                around.attribute("role"),
                Some("region"),
                "a table that can not be scrolled"
            );
            assert_eq!(around.attribute("tabindex"), Some("0"));
            let caption = &self.elements[place + 1];
            assert_eq!(caption.name, "caption");
            assert_eq!(around.attribute("aria-labelledby"), caption.attribute("id"));
            let table = self.table_at(place);
            assert!(
                table
                    .rows
                    .iter()
                    .all(|row| row.len() == table.headings.len()),
                "{table:?}"
            );
        }
        for head in self.named("th") {
            assert!(matches!(head.attribute("scope"), Some("col" | "row")));
        }
    }

    fn named(&self, name: &str) -> impl Iterator<Item = &Element> {
        self.elements
            .iter()
            .filter(move |element| element.name == name)
    }

    pub(crate) fn ids(&self) -> Vec<&str> {
        self.elements
            .iter()
            .filter_map(|element| element.attribute("id"))
            .collect()
    }

    /// What stands in an element and in those within it.
    fn inside(&self, place: usize) -> &[Element] {
        let rest = &self.elements[place + 1..];
        let depth = self.elements[place].depth;
        let end = rest.iter().position(|element| element.depth <= depth);
        &rest[..end.unwrap_or(rest.len())]
    }

    /// The texts of the headings, names within included.
    pub(crate) fn headings(&self, level: u32) -> Vec<String> {
        let name = format!("h{level}");
        let places = (0..self.elements.len()).filter(|&place| self.elements[place].name == name);
        places
            .map(|place| self.whole(place).trim().to_owned())
            .collect()
    }

    /// The texts of the elements of a class, everything within included.
    pub(crate) fn of_class(&self, class: &str) -> Vec<String> {
        let has = |element: &Element| {
            let classes = element.attribute("class").unwrap_or_default();
            classes.split(' ').any(|one| one == class)
        };
        let places = (0..self.elements.len()).filter(|&place| has(&self.elements[place]));
        places.map(|place| self.whole(place)).collect()
    }

    pub(crate) fn quotes(&self) -> Vec<String> {
        let places =
            (0..self.elements.len()).filter(|&place| self.elements[place].name == "blockquote");
        places
            .map(|place| self.whole(place).trim().to_owned())
            .collect()
    }

    pub(crate) fn pains(&self) -> usize {
        self.ids()
            .iter()
            .filter(|id| id.starts_with("pain-"))
            .count()
    }

    fn whole(&self, place: usize) -> String {
        self.elements[place].whole.trim_start().to_owned()
    }

    /// All texts of the page, on one line.
    pub(crate) fn text(&self) -> String {
        let body = self.elements.iter().find(|element| element.name == "body");
        let words = body.unwrap().whole.split_whitespace();
        words.collect::<Vec<_>>().join(" ")
    }

    /// The first table whose caption begins so.
    #[track_caller]
    pub(crate) fn table(&self, caption: &str) -> Table {
        let is_it = |place: &usize| {
            self.elements[*place].name == "caption"
                && self.elements[*place].text.starts_with(caption)
        };
        let place = (0..self.elements.len()).find(is_it);
        self.table_at(place.unwrap_or_else(|| panic!("no table {caption:?}")) - 1)
    }

    pub(crate) fn has_table(&self, caption: &str) -> bool {
        self.named("caption")
            .any(|element| element.text.starts_with(caption))
    }

    fn table_at(&self, place: usize) -> Table {
        let first = place + 1;
        let (mut headings, mut rows) = (Vec::new(), Vec::<Vec<String>>::new());
        for (at, element) in (first..).zip(self.inside(place)) {
            match (element.name.as_str(), element.attribute("scope")) {
                ("th", Some("col")) => headings.push(self.whole(at)),
                ("tr", _) => rows.push(Vec::new()),
                ("th" | "td", _) => rows.last_mut().unwrap().push(self.whole(at)),
                _ => {}
            }
        }
        // The first row is that of the headings.
        rows.remove(0);
        Table { headings, rows }
    }
}
