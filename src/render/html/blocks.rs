//! Blocks as HTML. What is shown and in which words the blocks say; here is only how it looks.

use super::cells::shows_table;
use super::markup::Page;
use crate::page::Names;
use crate::page::block::{Bar, Block, Card, Fact, List, Picture, Quote, Section};
use crate::page::clean::clean;
use crate::page::number::{Noun, capital, whole};
use crate::page::words::{Piece, pieces, plain};
use crate::render::svg::Drawing;

/// Draws a picture under an id; none where it is not for pages.
pub(super) trait Painter {
    fn paint(&self, picture: &Picture, id: &str, size: Size) -> Option<Drawing>;
}

/// For which screens a picture is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Size {
    Wide,
    Narrow,
}

impl Size {
    /// The width of a picture that has this one on wide screens.
    pub(super) fn of(self, wide: u16) -> u16 {
        match self {
            Self::Wide => wide,
            Self::Narrow => 332,
        }
    }
}

/// How blocks are written on one page.
pub(super) struct Writer<'a> {
    pub(super) page: &'a mut Page,
    pub(super) names: &'a Names,
    /// After so many entries a list stops.
    pub(super) top: usize,
    pub(super) painter: &'a dyn Painter,
}

/// What is folded away, by the words that it is folded under.
type Folds<'b> = Vec<(&'static str, Vec<&'b Block>)>;

impl Writer<'_> {
    /// The part of the page that a section is.
    pub(super) fn section(&mut self, section: &Section) {
        self.page
            .open_with("section class=\"part\"", "id", section.id);
        self.page
            .open_with("h2", "id", &format!("{}-heading", section.id));
        self.words(&section.heading);
        self.page.close();
        self.blocks(&section.blocks);
        self.page.close();
    }

    /// Blocks, and after them what they fold away.
    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        let mut folds = Folds::new();
        for block in blocks {
            self.block(block, &mut folds);
        }
        for (summary, blocks) in folds {
            if !blocks.iter().any(|block| shows(block)) {
                continue;
            }
            self.page.open("details");
            self.line("summary", summary);
            let mut deeper = Folds::new();
            for block in blocks {
                self.block(block, &mut deeper);
            }
            self.page.close();
        }
    }

    fn block<'b>(&mut self, block: &'b Block, folds: &mut Folds<'b>) {
        match block {
            Block::Say(words) => self.line("p", words),
            Block::Note(words) => self.line("p class=\"soft\"", words),
            Block::List(list) => self.list(list),
            Block::Bars(bars, noun) => self.bars(bars, *noun),
            Block::Table(table) => self.table(table),
            Block::Facts(facts) => self.facts(facts),
            Block::Cards(cards, noun) => self.cards(cards, *noun),
            Block::Quotes(quotes, noun) => self.quotes(quotes, *noun),
            Block::Picture(picture) => self.picture(picture),
            Block::Under(title, blocks) => {
                self.page.open("div class=\"under\"");
                self.line("h3", title);
                self.blocks(blocks);
                self.page.close();
            }
            Block::Beside(blocks) => {
                let is_lopsided = matches!(blocks.first(), Some(Block::Picture(_)));
                self.page.open(if is_lopsided {
                    "div class=\"columns lopsided\""
                } else {
                    "div class=\"columns\""
                });
                for block in blocks {
                    self.block(block, folds);
                }
                self.page.close();
            }
            Block::OnPage(blocks) => {
                for block in blocks {
                    self.block(block, folds);
                }
            }
            Block::Fold(summary, blocks) => {
                match folds.iter_mut().find(|(known, _)| known == summary) {
                    Some((_, folded)) => folded.extend(blocks),
                    None => folds.push((summary, blocks.iter().collect())),
                }
            }
            Block::InText(_) => {}
        }
    }

    pub(super) fn line(&mut self, tag: &'static str, words: &str) {
        self.page.open(tag);
        self.words(words);
        self.page.close();
    }

    /// A sentence, which begins with a capital letter here even where it goes on from a title in the text.
    pub(super) fn words(&mut self, words: &str) {
        self.pieces(&pieces(&capital(words)));
    }

    /// Words as they stand, within a line.
    pub(super) fn verbatim(&mut self, words: &str) {
        self.pieces(&pieces(words));
    }

    pub(super) fn pieces(&mut self, pieces: &[Piece]) {
        for piece in pieces {
            match piece {
                Piece::Words(words) => self.page.text(words),
                Piece::Name(name) => self.page.name(&clean(name)),
                Piece::Place(id) => self.page.name(&clean(self.names.of_id(id))),
                Piece::Strong(inner) => {
                    self.page.raw("<strong>");
                    self.pieces(inner);
                    self.page.raw("</strong>");
                }
                Piece::Soft(inner) => self.classed("soft", inner),
                Piece::Alarm(inner) => self.classed("alarm", inner),
                Piece::Link(id, inner) => {
                    self.page.link(id);
                    self.pieces(inner);
                    self.page.raw("</a>");
                }
            }
        }
    }

    fn classed(&mut self, class: &str, inner: &[Piece]) {
        self.page.raw(&format!("<span class=\"{class}\">"));
        self.pieces(inner);
        self.page.raw("</span>");
    }

    fn more(&mut self, all: usize, shown: usize, (one, many): Noun) {
        if all > shown {
            let noun = if all - shown == 1 { one } else { many };
            self.line(
                "p class=\"soft\"",
                &format!("... and {} more {noun}.", whole(all - shown)),
            );
        }
    }

    fn list(&mut self, list: &List) {
        if list.items.is_empty() {
            return;
        }
        self.page.open(if list.ranked {
            "ol class=\"short\""
        } else {
            "ul"
        });
        for item in list.items.iter().take(self.top) {
            self.line("li", item);
        }
        self.page.close();
        self.more(list.items.len(), self.top, list.noun);
    }

    fn bars(&mut self, bars: &[Bar], noun: Noun) {
        self.page.open("ul class=\"bars\"");
        for bar in bars.iter().take(self.top) {
            self.page.open("li");
            self.line("span class=\"what\"", &bar.what);
            self.page.bar(bar.share);
            self.line("span class=\"figure\"", &bar.figure);
            self.page.close();
        }
        self.page.close();
        self.more(bars.len(), self.top, noun);
    }

    fn facts(&mut self, facts: &[Fact]) {
        self.page.open("dl class=\"numbers\"");
        for fact in facts {
            self.page.open("div");
            self.page.open("dt");
            self.words(&format!("{} ", fact.name));
            self.page.raw("<span class=\"figure\">");
            self.cell(&fact.figure);
            self.page.raw("</span>");
            self.page.close();
            self.line("dd", &format!("{}.", fact.meaning));
            self.page.close();
        }
        self.page.close();
    }

    fn cards(&mut self, cards: &[Card], noun: Noun) {
        let is_ranked = cards.iter().all(|card| card.rank.is_some());
        self.page.open(if is_ranked {
            "div class=\"cards\""
        } else {
            "div class=\"cards flow\""
        });
        for card in cards.iter().take(self.top) {
            self.card(card);
        }
        self.page.close();
        if cards.len() > self.top {
            let more = cards.len() - self.top;
            let (noun, are) = if more == 1 {
                (noun.0, "is")
            } else {
                (noun.1, "are")
            };
            self.line(
                "p class=\"soft\"",
                &format!("{} more {noun} {are} in the table.", whole(more)),
            );
        }
    }

    fn card(&mut self, card: &Card) {
        let tag = if card.hurts {
            "article class=\"card pain\""
        } else {
            "article class=\"card\""
        };
        match &card.id {
            Some(id) => self.page.open_with(tag, "id", id),
            None => self.page.open(tag),
        }
        self.page.open("h3");
        if let Some(rank) = card.rank {
            self.page
                .raw(&format!("<span class=\"rank\">{rank}</span> "));
        }
        self.pieces(&pieces(&card.title));
        self.page.close();
        if !card.about.is_empty() {
            self.page.open("p class=\"meta\"");
            self.pieces(&pieces(&card.about.join(" · ")));
            self.page.close();
        }
        if let Some((share, words)) = &card.bar {
            self.page.open("p class=\"share\"");
            self.page.bar(*share);
            self.words(words);
            self.page.close();
        }
        self.page.open("ul");
        for point in &card.points {
            self.line("li", point);
        }
        self.page.close();
        if let Some(weight) = &card.weight {
            self.line("p class=\"soft\"", weight);
        }
        if let Some(remedy) = &card.remedy {
            self.line("p class=\"cure\"", remedy);
        }
        self.page.close();
    }

    fn quotes(&mut self, quotes: &[Quote], noun: Noun) {
        self.page.open("div class=\"quotes\"");
        for quote in quotes.iter().take(self.top) {
            self.quote(quote);
        }
        self.page.close();
        self.more(quotes.len(), self.top, noun);
    }

    fn quote(&mut self, quote: &Quote) {
        self.page.open("div class=\"card quote\"");
        self.page.open("h4");
        self.pieces(&pieces(&quote.title));
        self.page.close();
        if quote.said.is_empty() {
            self.line("p class=\"unknown\"", quote.unsaid);
        }
        for said in &quote.said {
            self.page.open("blockquote");
            self.page.open("p");
            self.page.text("\u{201c}");
            self.page.name(&clean(said));
            self.page.text("\u{201d}");
            self.page.close();
            self.page.close();
        }
        if let Some(place) = &quote.place {
            self.page.open("p class=\"meta\"");
            self.pieces(&pieces(place));
            self.page.close();
        }
        self.page.open("dl class=\"facts\"");
        for (what, figure) in &quote.facts {
            self.page.open("div");
            self.page.line("dt", *what);
            self.page.open("dd");
            self.cell(figure);
            self.page.close();
            self.page.close();
        }
        self.page.close();
        self.page.close();
    }

    fn picture(&mut self, picture: &Picture) {
        let Some((id, label)) = picture.name() else {
            return;
        };
        let wide = self.painter.paint(picture, &id, Size::Wide);
        let narrow = self
            .painter
            .paint(picture, &format!("{id}-narrow"), Size::Narrow);
        if let Some((wide, narrow)) = wide.zip(narrow) {
            self.page.open("figure class=\"card\"");
            self.page.picture(&plain(&label), &wide, &narrow);
            self.page.close();
        }
    }
}

/// Whether a page has anything of a block.
fn shows(block: &Block) -> bool {
    match block {
        Block::Table(table) => shows_table(table),
        Block::InText(_) => false,
        Block::OnPage(blocks)
        | Block::Beside(blocks)
        | Block::Under(_, blocks)
        | Block::Fold(_, blocks) => blocks.iter().any(shows),
        _ => true,
    }
}
