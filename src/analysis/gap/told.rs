//! What is meant, expected and felt, in words.

use super::{DeliveryGap, GapFigures, TouchpointGap};
use crate::flow::Basis;
use crate::page::number::{VISITS, among, capital, feeling, or_unknown, per_journey, size, that};
use crate::page::words::place;
use crate::page::{Block, Cell, Detail, Question, Section, Table, Unit, number, said, text, told};

told!(DeliveryGap);

impl Question for DeliveryGap {
    fn sections(&self) -> Vec<Section> {
        let heading = "What is meant, what is expected, and what is felt";
        let mut section = Section::new("delivery-gap", heading);
        section.say(match self.whole.gap {
            Some(gap) => believed(&self.whole, gap),
            None => "Whether customers feel what the provider means them to feel is unknown: nowhere is it stated both what is \
                     intended and what is felt."
                .to_owned(),
        });
        if let Some(found) = found(&self.whole) {
            section.say(found);
        }
        let illusions = self.touchpoints.iter().filter(|&at| is_illusion(at));
        let illusions: Vec<String> = illusions.map(sentence).collect();
        if !illusions.is_empty() {
            let noun = ("illusion", "illusions");
            section.put(Block::Under(
                "Where the provider believes too much".to_owned(),
                vec![Block::ranking(illusions, noun)],
            ));
        }
        section.put(Block::Fold(
            "What is meant, expected and felt, by touchpoint and by part",
            vec![touchpoints(&self.touchpoints).into(), parts(self).into()],
        ));
        vec![section]
    }

    /// Where nobody states what is meant or expected there is nothing to compare.
    fn is_worth_telling(&self) -> bool {
        !self.touchpoints.is_empty()
    }
}

fn is_illusion(at: &TouchpointGap) -> bool {
    at.illusion.is_some_and(|illusion| illusion > 0.0)
}

/// The delivery gap of the whole journey.
fn believed(whole: &GapFigures, gap: f64) -> String {
    let known = among(whole.coverage.unwrap_or(0.0), VISITS);
    let meant = whole.believed.unwrap_or(0.0);
    let felt = whole.felt.unwrap_or(0.0);
    let points = Unit::ChangeOf100.say(gap.abs());
    let points = points.trim_start_matches('+');
    let verdict = if points == "0" {
        "no delivery gap".to_owned()
    } else if gap > 0.0 {
        format!("a delivery gap of {points} of 100")
    } else {
        format!("{points} of 100 more than meant")
    };
    let sure = whole.interval.map_or_else(String::new, |(low, high)| {
        format!(
            " (counted; 95 % interval of the gap {} to {})",
            Unit::ChangeOf100.say(low),
            Unit::ChangeOf100.say(high)
        )
    });
    format!(
        "{}; {}: {verdict}{sure}. Both are known of {known}.",
        capital(&that(
            meant,
            VISITS,
            ("is meant to feel good", "are meant to feel good")
        )),
        that(felt, VISITS, ("does", "do")),
    )
}

/// What customers expect and find, where that is known.
fn found(whole: &GapFigures) -> Option<String> {
    let expectation = &whole.expectation;
    let (expected, felt) = expectation.expected.zip(expectation.felt)?;
    let gap = expectation.gap?;
    let by = match feeling(gap).as_str() {
        "0.00" => "what they expect".to_owned(),
        _ if gap < 0.0 => format!("{} less than they expect", size(gap)),
        _ => format!("{} more than they expect", size(gap)),
    };
    let counted = match expectation.basis {
        Basis::Counted => " (counted)",
        Basis::Modelled => "",
    };
    Some(format!(
        "Customers expect {} on average and find {}: {by}{counted}. Both are known of {}.",
        feeling(expected),
        feeling(felt),
        among(expectation.coverage.unwrap_or(0.0), VISITS)
    ))
}

said!(TouchpointGap, sentence);

fn sentence(at: &TouchpointGap) -> String {
    let weight = at.illusion.map_or_else(String::new, |illusion| {
        format!("; times its visits, an illusion of {}", feeling(illusion))
    });
    let expected = at.figures.expectation.expected;
    let expected = expected.map_or_else(String::new, |expected| {
        format!(", expected {}", feeling(expected))
    });
    format!(
        "{}: meant {}{expected}, felt {}, {}{weight}",
        place(&at.id),
        or_unknown(at.intended, feeling),
        or_unknown(at.mean, feeling),
        per_journey(at.figures.visits, VISITS),
    )
}

fn touchpoints(known: &[TouchpointGap]) -> Table {
    const CAPTION: &str =
        "What is meant, expected and felt at each touchpoint, the greatest illusion first";
    let table = Table::of(known, CAPTION, ("touchpoint", "touchpoints"))
        .key("delivery_gap")
        .brief("id", text("touchpoint"), |at| Cell::place(&at.id))
        .brief("intended", number("meant"), |at| Cell::valence(at.intended))
        .full("mean", number("felt"), |at| Cell::valence(at.mean))
        .brief("illusion", number("illusion"), |at| {
            Cell::change(at.illusion)
        });
    let expects = known.iter().any(|at| expects(&at.figures));
    figures(table, expects, |at| &at.figures).done()
}

/// A phase, an owner or a channel.
struct Part<'a> {
    of: &'static str,
    name: Option<&'a str>,
    figures: &'a GapFigures,
}

fn parts(gap: &DeliveryGap) -> Table {
    const CAPTION: &str = "What is meant, expected and felt by phase, owner and channel";
    let phases = gap.phases.iter().map(|part| Part {
        of: "phase",
        name: Some(part.phase.as_str()),
        figures: &part.figures,
    });
    let owners = gap.owners.iter().map(|part| Part {
        of: "owner",
        name: part.owner.as_deref(),
        figures: &part.figures,
    });
    let channels = gap.channels.iter().map(|part| Part {
        of: "channel",
        name: Some(part.channel.as_str()),
        figures: &part.figures,
    });
    let parts: Vec<Part<'_>> = phases.chain(owners).chain(channels).collect();
    let table = Table::of(&parts, CAPTION, ("part", "parts"))
        .key("delivery_gap_parts")
        .brief("of", text("of"), |part| Cell::Word(part.of))
        .brief("name", text("name"), |part| {
            Cell::or_none(part.name, Cell::name)
        });
    let expects = parts.iter().any(|part| expects(part.figures));
    figures(table, expects, |part| part.figures).done()
}

fn expects(figures: &GapFigures) -> bool {
    figures.expectation.gap.is_some()
}

/// The columns that both tables have.
fn figures<T>(
    table: crate::page::table::Rows<'_, T>,
    expects: bool,
    of: impl Fn(&T) -> &GapFigures + Copy,
) -> crate::page::table::Rows<'_, T> {
    let end = |interval: Option<(f64, f64)>, high: bool| {
        Cell::share(interval.map(|(from, to)| if high { to } else { from }))
    };
    table
        .data("visits", move |row| Cell::times(of(row).visits))
        .data("coverage", move |row| Cell::share(of(row).coverage))
        .brief(
            "believed",
            number("meant to\nfeel good,\nof 100"),
            move |row| Cell::of_100(of(row).believed),
        )
        .brief("felt", number("felt good,\nof 100"), move |row| {
            Cell::of_100(of(row).felt)
        })
        .brief("gap", number("gap"), move |row| {
            Cell::change_of_100(of(row).gap)
        })
        .data("standard_error", move |row| {
            Cell::share(of(row).standard_error)
        })
        .data("low", move |row| end(of(row).interval, false))
        .data("high", move |row| end(of(row).interval, true))
        .data("basis", move |row| Cell::Word(of(row).basis.as_str()))
        .data("expected", move |row| {
            Cell::valence(of(row).expectation.expected)
        })
        .data("expected_felt", move |row| {
            Cell::valence(of(row).expectation.felt)
        })
        .data("expectation_gap", move |row| {
            Cell::change(of(row).expectation.gap)
        })
        .data("expectation_standard_error", move |row| {
            Cell::size(of(row).expectation.standard_error)
        })
        .when(expects, |table| {
            table.shown(Detail::Brief, number("felt less\nexpected"), move |row| {
                Cell::change(of(row).expectation.gap)
            })
        })
}
