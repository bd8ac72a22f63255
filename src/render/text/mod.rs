//! Sections that are not yet told in blocks.

mod whole;

/// Where sections are laid out.
mod page {
    pub(super) use crate::page::text::Sheet as Page;
}

use crate::page::{Question, Section, Text};
use crate::report::Report;
use page::Page;
pub(super) use whole::hole;

/// Says which function lays out which report.
macro_rules! printed {
    ($($report:ty => $print:path,)+) => {$(
        impl Question for $report {
            fn sections(&self) -> Vec<Section> {
                Vec::new()
            }

            fn print(&self, page: &mut Page) {
                $print(page, self);
            }
        }
    )+};
}

printed! {
    Report => whole::print,
}

/// Says what has a form in Markdown.
macro_rules! in_markdown {
    ($($report:ty,)+) => {$(
        impl $report {
            /// The text for people as Markdown, for a wiki or a pull request; see [`Markdown`](crate::render::Markdown).
            pub fn markdown(&self) -> crate::page::Markdown<'_> {
                crate::page::Markdown::new(self)
            }
        }
    )+};
}

in_markdown! {
    Report,
}
