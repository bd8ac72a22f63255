//! Blocks as text for a terminal, and as Markdown, which has the same words in the same order.
//!
//! Numbers come with what they are counted among, the unknown is called unknown, names that others chose are made
//! harmless, and lists that can be long are cut after their first entries with the number of the rest.

pub(crate) mod chart;
pub(crate) mod grid;
pub(crate) mod sheet;

use std::fmt;

use super::block::{Block, Card, LISTED, List, Picture, Section};
use super::cell::Cell;
use super::clean::clean;
use super::number::UNKNOWN;
use super::question::Question;
use super::table::{Kind, Table};
use super::words::plain;
use grid::Grid;

pub(crate) use sheet::Sheet;

/// A report as text of a chosen width, to be printed or turned into a string.
///
/// No line is longer than the width, as far as columns can be told without asking the terminal: long sentences and
/// names are wrapped, nothing is cut. Lists stop after ten entries and say how many there are.
///
/// ```
/// use customer_journey::{Channel, Journey, Phase, Touchpoint};
/// let trajectory = Journey::builder("Visit")
///     .touchpoint(Touchpoint::new("shop", Phase::During, Channel::Store).feels("joy"))
///     .build()?
///     .flow()?
///     .trajectory();
/// println!("{trajectory}");
/// println!("{}", trajectory.text().width(100));
/// # Ok::<(), customer_journey::Error>(())
/// ```
#[derive(Debug, Clone, Copy)]
#[must_use]
pub struct Text<'a> {
    answer: &'a dyn Question,
    width: usize,
}

impl<'a> Text<'a> {
    const WIDTH: usize = 80;
    const NARROWEST: usize = 72;

    pub(crate) fn new(answer: &'a dyn Question) -> Self {
        Self {
            answer,
            width: Self::WIDTH,
        }
    }

    /// Sets how many columns a line may take: 80 unless set, and at least 72, which the tables need.
    pub fn width(mut self, columns: usize) -> Self {
        self.width = columns.max(Self::NARROWEST);
        self
    }
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut sheet = Sheet::new(self.width);
        self.answer.print(&mut sheet);
        f.write_str(&sheet.finish())
    }
}

/// Writes sections one after the other.
pub(crate) fn write(sheet: &mut Sheet, sections: &[Section]) {
    for section in sections {
        match (section.level, plain(&section.heading)) {
            (_, heading) if heading.is_empty() => {}
            (1, title) => sheet.title(&title),
            (_, heading) => sheet.heading(&heading),
        }
        let mut writer = Writer {
            sheet: &mut *sheet,
            last: None,
        };
        writer.blocks(&section.blocks);
    }
}

/// What stands above, where it matters for the room between.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Last {
    Paragraph,
    Other,
}

struct Writer<'a> {
    sheet: &'a mut Sheet,
    last: Option<Last>,
}

impl Writer<'_> {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Say(words) => self.paragraph(words),
            Block::Note(words) => self.sheet.item(2, "", &plain(words)),
            Block::List(list) => self.list(list),
            Block::Bars(bars, noun) => {
                let mut grid = Grid::new().text("").number("").fixed("");
                for bar in bars.iter().take(LISTED) {
                    grid.row([
                        plain(&bar.what),
                        plain(&bar.figure),
                        grid::bar(bar.share, 24),
                    ]);
                }
                self.grid(&grid);
                self.sheet.more(2, bars.len(), LISTED, *noun);
            }
            Block::Table(table) => self.table(table),
            Block::Facts(facts) => {
                let mut grid = Grid::new().fixed("").number("").text("");
                for fact in facts {
                    grid.row([
                        fact.name.to_owned(),
                        said(&fact.figure),
                        plain(&fact.meaning),
                    ]);
                }
                self.grid(&grid);
            }
            Block::Cards(cards, _) => self.cards(cards),
            Block::Picture(Picture::Curve(curve)) => {
                self.apart();
                chart::print(self.sheet, curve);
            }
            Block::Under(title, blocks) => self.under(title, blocks),
            Block::Beside(blocks) | Block::InText(blocks) | Block::Fold(_, blocks) => {
                self.blocks(blocks);
            }
            Block::Picture(Picture::Trajectory | Picture::Drivers)
            | Block::Quotes(..)
            | Block::OnPage(_) => {}
        }
    }

    /// Leaves room before what is not the first.
    fn apart(&mut self) {
        if self.last.is_some() {
            self.sheet.gap();
        }
        self.last = Some(Last::Other);
    }

    fn paragraph(&mut self, words: &str) {
        if self.last != Some(Last::Paragraph) {
            self.apart();
        }
        self.sheet.say(&plain(words));
        self.last = Some(Last::Paragraph);
    }

    /// The title begins the first paragraph, or has a line of its own.
    fn under(&mut self, title: &str, blocks: &[Block]) {
        self.apart();
        match blocks {
            [Block::Say(words), rest @ ..] => {
                self.sheet
                    .say(&format!("{}: {}", plain(title), plain(words)));
                self.last = Some(Last::Paragraph);
                self.blocks(rest);
            }
            blocks => {
                self.sheet.say(&format!("{}:", plain(title)));
                self.blocks(blocks);
            }
        }
    }

    fn list(&mut self, list: &List) {
        let List {
            ranked,
            items,
            noun,
        } = list;
        if items.is_empty() {
            return;
        }
        self.apart();
        let shown = items.iter().take(LISTED).map(|item| plain(item));
        if *ranked {
            self.ranking(shown);
            self.sheet.gap();
            self.sheet.more(0, items.len(), LISTED, *noun);
        } else {
            for item in shown {
                self.sheet.item(2, "- ", &item);
            }
            self.sheet.more(2, items.len(), LISTED, *noun);
        }
    }

    fn ranking(&mut self, items: impl Iterator<Item = String>) {
        for (number, item) in (1..).zip(items) {
            self.sheet.gap();
            self.sheet.item(0, &format!("{number:>3}  "), &item);
        }
    }

    fn cards(&mut self, cards: &[Card]) {
        self.apart();
        let shown = cards.iter().take(LISTED);
        if cards.iter().all(|card| card.rank.is_some()) {
            self.ranking(shown.map(|card| plain(&card.brief)));
        } else {
            for card in shown {
                self.sheet.item(2, "- ", &plain(&card.brief));
            }
        }
    }

    fn grid(&mut self, grid: &Grid) {
        self.apart();
        grid.print(self.sheet);
    }

    fn table(&mut self, table: &Table) {
        let Some(brief) = table.brief() else {
            return;
        };
        let mut grid = Grid::new();
        for column in brief.columns() {
            let heading = &column.heading.text;
            grid = match column.heading.kind {
                Kind::Text => grid.text(heading),
                Kind::Fixed => grid.fixed(heading),
                Kind::Number => grid.number(heading),
                Kind::Bar => grid.fixed(heading).number(""),
            };
        }
        for row in brief.rows().take(table.listed) {
            grid.row(row.into_iter().flat_map(|(cell, _)| match cell {
                Cell::Bar(share) => {
                    let bar = share.map_or_else(String::new, |share| grid::bar(share, 12));
                    vec![bar, said(cell)]
                }
                cell => vec![said(cell)],
            }));
        }
        self.grid(&grid);
        self.sheet
            .more(2, table.rows.len(), table.listed, table.noun);
        if let Some(unknown) = brief.unknown() {
            self.block(&Block::Note(unknown));
        }
    }
}

/// A cell in words.
fn said(cell: &Cell) -> String {
    cell.in_words(UNKNOWN, "-", plain, clean)
}
