//! The blocks that a report is told in, and the sections that they stand in.

use super::number::Noun;
use super::table::Table;

/// So many entries of a list a text has; the report holds all of them.
pub(crate) const LISTED: usize = 10;

/// A part of a report under a heading of its own.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Section {
    /// Its place on a page, to be linked to.
    pub(crate) id: &'static str,
    /// Its heading, which may hold names; empty where there is none.
    pub(crate) heading: String,
    /// 1 for the heading of a whole document, 2 for that of a section.
    pub(crate) level: usize,
    pub(crate) blocks: Vec<Block>,
}

impl Section {
    pub(crate) fn new(id: &'static str, heading: impl Into<String>) -> Self {
        Self {
            id,
            heading: heading.into(),
            level: 2,
            blocks: Vec::new(),
        }
    }

    pub(crate) fn with(
        id: &'static str,
        heading: &str,
        blocks: impl IntoIterator<Item = Block>,
    ) -> Self {
        let mut section = Self::new(id, heading);
        section.blocks.extend(blocks);
        section
    }

    /// Adds a block.
    pub(crate) fn put(&mut self, block: impl Into<Block>) {
        self.blocks.push(block.into());
    }

    /// Adds a paragraph.
    pub(crate) fn say(&mut self, words: impl Into<String>) {
        self.put(Block::Say(words.into()));
    }

    /// Adds a remark on what stands above.
    pub(crate) fn note(&mut self, words: impl Into<String>) {
        self.put(Block::Note(words.into()));
    }

    /// Says how exact figures are that were approached and not computed outright.
    pub(crate) fn within(&mut self, figures: &str, error_bound: f64) {
        if error_bound > 0.0 {
            self.note(format!(
                "{figures} right to at least {error_bound:.0e} of their size."
            ));
        }
    }
}

/// What a report is made of. Sentences hold names as tokens; see [`words`](super::words).
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Block {
    /// A paragraph.
    Say(String),
    /// A remark on what stands above it.
    Note(String),
    /// Sentences side by side, of which a text may leave out the last ones.
    List(List),
    /// Shares as bars, the longest not always first.
    Bars(Vec<Bar>, Noun),
    /// Rows of typed cells.
    Table(Table),
    /// A few figures, each with its meaning.
    Facts(Vec<Fact>),
    /// Entries that a page shows as cards, and a text as sentences. A table beside them has all.
    Cards(Vec<Card>, Noun),
    /// What was said, in the words of those who said it, for the page.
    Quotes(Vec<Quote>, Noun),
    /// A picture.
    Picture(Picture),
    /// Blocks under a heading of their own.
    Under(String, Vec<Block>),
    /// Blocks that stand side by side where there is room.
    Beside(Vec<Block>),
    /// What a page folds away under these words, at the end of the section.
    Fold(&'static str, Vec<Block>),
    /// Blocks for the text and Markdown, where a page shows the same in another way.
    InText(Vec<Block>),
    /// Blocks for a page, where a text says the same in another way.
    OnPage(Vec<Block>),
}

impl From<Table> for Block {
    fn from(table: Table) -> Self {
        Self::Table(table)
    }
}

/// A list of sentences.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct List {
    /// Whether their order is a ranking, so that they have numbers.
    pub(crate) ranked: bool,
    pub(crate) items: Vec<String>,
    /// What an item is.
    pub(crate) noun: Noun,
}

impl Block {
    pub(crate) fn list(items: Vec<String>, noun: Noun) -> Self {
        let ranked = false;
        Self::List(List {
            ranked,
            items,
            noun,
        })
    }

    pub(crate) fn ranking(items: Vec<String>, noun: Noun) -> Self {
        let ranked = true;
        Self::List(List {
            ranked,
            items,
            noun,
        })
    }
}

/// A share with its name.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Bar {
    pub(crate) what: String,
    pub(crate) share: f64,
    /// The share in words.
    pub(crate) figure: String,
}

/// A figure with its name and its meaning.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Fact {
    pub(crate) name: &'static str,
    pub(crate) figure: super::cell::Cell,
    pub(crate) meaning: String,
}

/// An entry that is told at some length.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Card {
    /// Its place on a page, to be linked to.
    pub(crate) id: Option<String>,
    /// Its place in a ranking, from 1.
    pub(crate) rank: Option<usize>,
    pub(crate) title: String,
    /// Where it belongs, in a few words each.
    pub(crate) about: Vec<String>,
    /// Its share of something, with the words for it.
    pub(crate) bar: Option<(f64, String)>,
    /// Whether the share is of something bad.
    pub(crate) hurts: bool,
    pub(crate) points: Vec<String>,
    /// What its weight is.
    pub(crate) weight: Option<String>,
    /// What to do about it.
    pub(crate) remedy: Option<String>,
    /// All of it in a paragraph, for the text.
    pub(crate) brief: String,
}

/// What one channel tells customers.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Quote {
    /// Who speaks.
    pub(crate) title: String,
    pub(crate) said: Vec<String>,
    /// What stands in their place where there are none.
    pub(crate) unsaid: &'static str,
    /// Where it is said.
    pub(crate) place: Option<String>,
    pub(crate) facts: Vec<(&'static str, super::cell::Cell)>,
}

/// A picture, by what is to be drawn.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Picture {
    /// Mean valence and the share of journeys under way, moment by moment.
    Curve(Vec<(Option<f64>, f64)>),
    /// Feelings before, during and after, in colours.
    Trajectory,
    /// Which feelings go with an ending.
    Drivers,
}

impl Picture {
    /// Its place on a page, and what it is called there; none where it is for the text.
    pub(crate) fn name(&self) -> Option<(String, String)> {
        match self {
            Self::Curve(_) => None,
            Self::Trajectory => Some(("feelings".to_owned(), "Feelings as a chart".to_owned())),
            Self::Drivers => Some((
                "drivers-chart".to_owned(),
                "Which feelings go with an ending, as a chart".to_owned(),
            )),
        }
    }
}
