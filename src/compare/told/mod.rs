//! What is said of two journeys side by side.

mod figures;
mod plan;

use super::{
    Comparison, Divergence, DivergenceMissing, ForbiddenWay, MadeDifference, OnlyOn, SameProcess,
};
use crate::page::number::{count, list, percent, share};
use crate::page::words::{name, place, strong};
use crate::page::{Block, Cell, Detail, Question, Section, Table, number, said, text, told};
use crate::statistics::chi_square_tail;
use figures::{difference, figure_table, in_short};

/// So many things are named in a sentence.
const NAMED: usize = 10;
/// So many ways are named that make a divergence infinite.
const WAYS: usize = 5;
/// p below this is no chance.
const LEVEL: f64 = 0.05;

told!(Comparison);
said!(super::ComparedFigure, difference);

impl Question for Comparison {
    fn sections(&self) -> Vec<Section> {
        let mut sections = vec![self.head()];
        sections.extend(
            self.plan
                .as_ref()
                .map(|figures| plan::section(self, figures)),
        );
        sections.push(figure_table(self));
        sections.extend(self.only_section());
        sections.push(self.process_section());
        sections.extend(match (&self.divergence, self.divergence_missing) {
            (Some(known), _) => Some(self.apart(known)),
            (None, missing) => missing.and_then(not_apart),
        });
        sections.extend(self.makes_section());
        sections
    }
}

impl Comparison {
    /// A label, as somebody wrote it.
    fn label(&self, side: usize) -> String {
        name(self.labels.get(side).map_or("", String::as_str))
    }

    fn head(&self) -> Section {
        let heading = format!("{} and {}, side by side", self.label(0), self.label(1));
        let mut section = Section::new("compared", heading);
        section.level = 1;
        for (side, journey) in self.journeys.iter().enumerate() {
            let counted = match self.counted.get(side).copied().flatten() {
                Some(journeys) => format!("counted on {} whole journeys", count(journeys as f64)),
                None => "not counted on whole journeys".to_owned(),
            };
            let said = if journey.is_empty() || self.labels.get(side) == Some(journey) {
                String::new()
            } else {
                format!("{}, ", name(journey))
            };
            section.say(format!("{}: {said}{counted}.", strong(&self.label(side))));
        }
        if !self.changes.is_empty() {
            let changes = self.changes.iter().map(|change| name(change)).collect();
            section.put(Block::list(changes, ("change", "changes")));
        }
        if !self.is_changed() {
            section.say("Nothing is different: every figure is the same on both sides.");
            return section;
        }
        if self.is_apart() {
            section.say(
                "No touchpoint of the one is one of the other: neither ids nor names with channels are the same. Where they mean the \
                 same by other names, say which is which.",
            );
        }
        let mut short = in_short(self);
        short.extend(
            self.plan
                .as_ref()
                .map(|figures| plan::in_short(self, figures)),
        );
        short.extend(self.same_process.as_ref().map(Self::same_in_short));
        short.extend(
            self.divergence
                .as_ref()
                .and_then(|known| self.another_way(known)),
        );
        section.put(Block::Under(
            "In short".to_owned(),
            vec![Block::list(short, ("sentence", "sentences"))],
        ));
        section
    }

    /// Whether whole journeys do not tell the sides apart.
    fn is_by_chance(&self) -> bool {
        let p = self.same_process.as_ref().and_then(|same| same.p);
        p.is_some_and(|p| p >= LEVEL)
    }

    /// Counts leave bounds in doubt that are sure of maps.
    fn as_counted(&self) -> &'static str {
        if self.same_process.is_some() {
            " of both maps as they were counted"
        } else {
            ""
        }
    }

    /// How many go another way; nothing where chance alone makes such maps.
    fn another_way(&self, known: &Divergence) -> Option<String> {
        if self.is_by_chance() {
            return None;
        }
        let (low, high) = (percent(known.tv_low), percent(known.tv_high));
        let share = if low == high {
            low
        } else {
            format!("between {low} and {high}")
        };
        Some(format!(
            "On the paths{}, {share} of journeys go another way.",
            self.as_counted()
        ))
    }

    /// Whether nobody comes to any touchpoint on both sides.
    fn is_apart(&self) -> bool {
        let met = |value: Option<f64>| value.is_some_and(|reach| reach > 0.0);
        let mut reach = self
            .figures
            .iter()
            .filter(|figure| figure.figure == "reach")
            .peekable();
        reach.peek().is_some() && !reach.any(|figure| met(figure.a) && met(figure.b))
    }

    fn only_section(&self) -> Option<Section> {
        let said: Vec<String> = [0, 1]
            .into_iter()
            .filter_map(|side| Some((side, self.only.get(side)?)))
            .flat_map(|(side, only)| self.only_on(side, only))
            .collect();
        (!said.is_empty()).then(|| {
            let mut section = Section::new("only", "On one side only");
            section.put(Block::list(said, ("kind", "kinds")));
            section
        })
    }

    fn only_on(&self, side: usize, only: &OnlyOn) -> Vec<String> {
        let label = self.label(side);
        let say = |what: &str, items: Vec<String>| {
            (!items.is_empty()).then(|| format!("{what} only of {label}: {}.", list(&items, NAMED)))
        };
        let places = |ids: &[String]| ids.iter().map(|id| place(id)).collect::<Vec<_>>();
        let ways = only.ways.iter();
        let ways = ways.map(|(from, to)| format!("{} -> {}", place(from), place(to)));
        let promises = only.promises.iter().map(|promise| name(promise));
        [
            say("Touchpoints", places(&only.touchpoints)),
            say("Ways between touchpoints that both have,", ways.collect()),
            say("Promises", promises.collect()),
            say("Pain points", places(&only.pains)),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn same_in_short(same: &SameProcess) -> String {
        match same.p {
            Some(p) if p < LEVEL => {
                let mut places: Vec<String> = same
                    .touchpoints
                    .iter()
                    .filter(|table| table.p_adjusted.is_some_and(|p| p < LEVEL))
                    .map(|table| where_of(table.id.as_deref()))
                    .collect();
                places.truncate(NAMED);
                let places = if places.is_empty() {
                    "at no place that can be named".to_owned()
                } else {
                    list(&places, NAMED)
                };
                format!(
                    "They are not one process (p {}): they part {places}.",
                    chance(p)
                )
            }
            Some(p) => format!(
                "They can be one process: differences like these come by chance (p {}).",
                chance(p)
            ),
            None => "Whether they are one process cannot be told: whole journeys are not at hand."
                .to_owned(),
        }
    }

    fn process_section(&self) -> Section {
        let mut section = Section::new("same_process", "Is it one process?");
        let Some(same) = &self.same_process else {
            section.say(
                "There is no answer: neither whole journeys nor counts of ways are at hand on both sides.",
            );
            return section;
        };
        let tail = chi_square_tail(same.g2, same.df as f64);
        section.say(match same.p {
            Some(p) => format!(
                "G2 is {:.1} with {} degrees of freedom. Where whole journeys are dealt anew to both sides, it is at least as large \
                 with chance {}.",
                same.g2,
                same.df,
                chance(p)
            ),
            None => format!(
                "G2 is {:.1} with {} degrees of freedom, by the counts of both maps. If single steps were independent of each other, \
                 it would be as large with chance {}. They are not, so that this chance is too small; whole journeys give the right \
                 one.",
                same.g2,
                same.df,
                chance(tail)
            ),
        });
        let mut tables = same.touchpoints.clone();
        tables.sort_by(|a, b| {
            let p = |table: &super::TouchpointProcess| table.p_adjusted.unwrap_or(1.0);
            p(a).total_cmp(&p(b)).then(b.g2.total_cmp(&a.g2))
        });
        section.put(
            Table::of(&tables, "Where both go on differently", ("place", "places"))
                .key("same_process")
                .data("id", |table| {
                    Cell::name(table.id.clone().unwrap_or_default())
                })
                .shown(Detail::Brief, text("after"), |table| {
                    Cell::words(table.id.as_deref().map_or("the start".to_owned(), place))
                })
                .brief("g2", number("G2"), |table| Cell::size(table.g2))
                .brief("df", number("df"), |table| Cell::count(table.df as f64))
                .brief("p_adjusted", number("p, adjusted"), |table| {
                    Cell::or_none(table.p_adjusted, |p| Cell::words(chance(p)))
                })
                .done(),
        );
        section
    }

    fn apart(&self, known: &Divergence) -> Section {
        let mut section = Section::new("divergence", "How far apart");
        let bounds = format!(
            "at least {} and at most {} of journeys go another way (Hellinger affinity {:.4})",
            share(known.tv_low),
            share(known.tv_high),
            known.affinity
        );
        section.say(if self.is_by_chance() {
            format!(
                "Differences like these come by chance, so that nothing here is sure of those who come next. Over all paths of both maps \
                 as they were counted, {bounds}."
            )
        } else {
            format!("Over all paths{}, {bounds}.", self.as_counted())
        });
        for (side, bits) in [known.bits, known.bits_back].into_iter().enumerate() {
            let (this, other) = (self.label(side), self.label(1 - side));
            section.say(if let Some(bits) = bits {
                format!("A journey of {this} tells {bits:.3} bits for {this} and against {other}.")
            } else {
                let ways = self.forbidden.iter().filter(|way| way.side == side);
                let ways: Vec<String> = ways.map(said_way).collect();
                format!(
                    "Journeys of {this} do what {other} never does, so that one of them can tell for sure: {}.",
                    list(&ways, WAYS)
                )
            });
        }
        let mut parts: Vec<_> = known
            .by_touchpoint
            .iter()
            .filter(|part| part.bits != Some(0.0) || part.bits_back != Some(0.0))
            .cloned()
            .collect();
        let size = |bits: Option<f64>| bits.unwrap_or(f64::INFINITY);
        parts.sort_by(|a, b| {
            size(b.bits)
                .total_cmp(&size(a.bits))
                .then(size(b.bits_back).total_cmp(&size(a.bits_back)))
        });
        let bits = |bits: Option<f64>| {
            Cell::words(bits.map_or("infinite".to_owned(), |bits| format!("{bits:.4}")))
        };
        section.put(
            Table::of(&parts, "Where the bits come from", ("place", "places"))
                .key("divergence")
                .data("id", |part| Cell::name(part.id.clone().unwrap_or_default()))
                .shown(Detail::Brief, text("after"), |part| {
                    Cell::words(part.id.as_deref().map_or("the start".to_owned(), place))
                })
                .brief("bits", number("bits"), |part| bits(part.bits))
                .brief("bits_back", number("bits back"), |part| {
                    bits(part.bits_back)
                })
                .done(),
        );
        section
    }

    fn makes_section(&self) -> Option<Section> {
        let rows: Vec<Made<'_>> = self.makes.iter().flat_map(Made::of).collect();
        if rows.is_empty() {
            return None;
        }
        let mut section = Section::new("makes", "What makes the difference");
        section.say(format!(
            "If one touchpoint of {} were as in {}, with all else as it is, by the maps. Parts do not add up: what one touchpoint \
             changes hangs on the others.",
            self.label(0),
            self.label(1)
        ));
        let shown = |row: &Made<'_>, change: Option<f64>| {
            let kind = super::kinds::Kind::of(row.figure);
            Cell::or_none(change, |change| Cell::words(kind.say_change(change)))
        };
        section.put(
            Table::of(&rows, "What each touchpoint makes of it", ("part", "parts"))
                .key("makes")
                .shown(Detail::Brief, text("figure"), |row| {
                    Cell::words(super::kinds::Kind::of(row.figure).what(row.figure, row.of))
                })
                .brief("part", text("taken over"), |row| {
                    Cell::words(row.part.clone())
                })
                .shown(Detail::Brief, number("makes"), |row| shown(row, row.effect))
                .data("figure", |row| Cell::name(row.figure))
                .data("effect", |row| Cell::times(row.effect))
                .done(),
        );
        Some(section)
    }
}

/// Why nobody can say how far apart they are; nothing where a side is a report, which tells no ways anyway.
fn not_apart(missing: DivergenceMissing) -> Option<Section> {
    let said = match missing {
        DivergenceMissing::Report => return None,
        DivergenceMissing::Hidden => {
            "Not told: customers of a side remember what their path does not show, as who they are or what they felt. On one and the \
             same path they then go on in several ways, and no chance of the path alone is exact."
        }
        DivergenceMissing::Budget => {
            "Not told: the maps together are too large, or too close to an endless loop, to be followed exactly enough."
        }
    };
    let mut section = Section::new("divergence", "How far apart");
    section.say(said);
    Some(section)
}

/// A part of a difference as it is told.
struct Made<'a> {
    figure: &'a str,
    of: &'a [crate::journey::CountedPart],
    part: String,
    effect: Option<f64>,
}

impl<'a> Made<'a> {
    /// The parts that make up most of the difference, what is left over, and the difference itself.
    fn of(made: &'a MadeDifference) -> Vec<Self> {
        const PARTS: usize = 3;
        const NOTHING: f64 = 1e-9;
        let row = |part: String, effect: Option<f64>| Self {
            figure: &made.figure,
            of: &made.of,
            part,
            effect,
        };
        if made.difference.abs() <= NOTHING {
            return Vec::new();
        }
        let mut parts: Vec<_> = made
            .parts
            .iter()
            .filter(|part| part.effect.is_none_or(|effect| effect.abs() > NOTHING))
            .collect();
        let size = |effect: Option<f64>| effect.map_or(0.0, f64::abs);
        parts.sort_by(|a, b| size(b.effect).total_cmp(&size(a.effect)));
        let told = parts.iter().take(PARTS);
        let told = told.map(|part| row(taken(part.id.as_deref()), part.effect));
        let mut rows: Vec<Self> = told.collect();
        let rest = parts.get(PARTS..).unwrap_or_default();
        if !rest.is_empty() {
            let rest = rest.iter().map(|part| part.effect).sum();
            rows.push(row("all other touchpoints, each alone".to_owned(), rest));
        }
        rows.push(row("left over".to_owned(), made.left_over));
        rows.push(row("together".to_owned(), Some(made.difference)));
        rows
    }
}

fn taken(id: Option<&str>) -> String {
    id.map_or("how journeys begin".to_owned(), place)
}

fn where_of(id: Option<&str>) -> String {
    id.map_or("in how they begin".to_owned(), |id| {
        format!("after {}", place(id))
    })
}

fn said_way(way: &ForbiddenWay) -> String {
    let from = way.from.as_deref().map_or("the start".to_owned(), place);
    let to = match (&way.to, &way.outcome) {
        (Some(to), _) => place(to),
        (None, outcome) => format!(
            "the end ({})",
            name(outcome.as_deref().unwrap_or("unstated"))
        ),
    };
    let when = way
        .result
        .map_or(String::new(), |result| format!(" when {}", result.as_str()));
    format!("{from} -> {to}{when}")
}

/// A chance in words.
fn chance(p: f64) -> String {
    if p < 0.001 {
        "below 0.001".to_owned()
    } else {
        format!("{p:.3}")
    }
}
