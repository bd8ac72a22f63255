//! What every question of a report can do.

use std::fmt;

use super::block::Section;
use super::text::{Sheet, write};

/// A question's answer that tells itself: which words, tables and figures it has is decided here and nowhere else.
/// Writers turn the blocks into text, Markdown, a page and tables for programs.
pub(crate) trait Question: fmt::Debug + Send + Sync {
    /// All that it has to say, mostly one section.
    fn sections(&self) -> Vec<Section>;

    /// Writes it as text or as Markdown.
    fn print(&self, sheet: &mut Sheet) {
        write(sheet, &self.sections());
    }

    /// Whether it has anything to say to people in a report about everything. Programs get its tables in any case.
    fn is_worth_telling(&self) -> bool {
        true
    }
}

/// Gives an answer its text: `Display` for a terminal of 80 columns, and the methods for others and for Markdown.
macro_rules! told {
    ($answer:ty) => {
        impl $answer {
            /// The text for people, of a width that can be set.
            pub fn text(&self) -> $crate::page::Text<'_> {
                $crate::page::Text::new(self)
            }

            /// The text for people as Markdown, for a wiki or a pull request; see [`Markdown`](crate::render::Markdown).
            pub fn markdown(&self) -> $crate::page::Markdown<'_> {
                $crate::page::Markdown::new(self)
            }
        }

        /// The text for people, 80 columns wide; `text` sets another width.
        impl std::fmt::Display for $answer {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.text().fmt(f)
            }
        }
    };
}
pub(crate) use told;

/// Gives an answer its sentence as `Display`: plain text, in which touchpoints have their ids.
macro_rules! said {
    ($answer:ty, $sentence:path) => {
        /// In plain words.
        impl std::fmt::Display for $answer {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&$crate::page::words::plain(&$sentence(self)))
            }
        }
    };
}
pub(crate) use said;
