//! What fixes change in money, with how much of it is known before and after.

use super::FixEffect;
use super::told::FIXES;
use crate::flow::CoverageChange;
use crate::journey::FixKind;
use crate::page::Detail::Brief;
use crate::page::number::{JOURNEYS, VISITS, among, amount_moved, of_100};
use crate::page::{Block, Cell, Table, number, text};

/// Shares that differ by less are the same but for rounding.
const ROUNDING: f64 = 1e-9;

const THEN: &str = ", then ";

/// A sum that fixes change, and how it is called.
struct Sum {
    sentence: &'static str,
    heading: &'static str,
    known: &'static str,
    read: fn(&FixEffect) -> (Option<f64>, CoverageChange),
}

const SUMS: [Sum; 2] = [
    Sum {
        sentence: "What they change in the cost to serve, over the visits of which it is known:",
        heading: "cost to\nserve",
        known: "known, of\n100 visits",
        read: |effect| (effect.cost, effect.cost_coverage),
    },
    Sum {
        sentence: "What they change in the worth of the ending, over the journeys of which it is known:",
        heading: "worth of\nthe ending",
        known: "known, of\n100 journeys",
        read: |effect| (effect.value, effect.value_coverage),
    },
];

/// A fix at the touchpoint of an id, with its effect where that is known.
pub(super) type Changing<'a> = (&'a str, FixKind, Option<&'a FixEffect>);

fn is_changed(change: f64, coverage: CoverageChange) -> bool {
    change != 0.0 || (coverage.after - coverage.before).abs() > ROUNDING
}

/// A coverage in a column headed "of 100": "86", or "86, then 100".
fn covered(coverage: CoverageChange) -> String {
    let (before, after) = (of_100(coverage.before), of_100(coverage.after));
    if before == after {
        before
    } else {
        format!("{before}{THEN}{after}")
    }
}

/// Tables of the fixes that change money, in the order given; nothing where the journey states none.
pub(super) fn tables(fixes: &[Changing<'_>]) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut shares_change = false;
    for sum in SUMS {
        let changing = fixes.iter().filter_map(|&(id, kind, effect)| {
            let (change, coverage) = (sum.read)(effect?);
            let change = change.filter(|&change| is_changed(change, coverage))?;
            Some((id, kind, change, covered(coverage)))
        });
        let changing: Vec<(&str, FixKind, f64, String)> = changing.collect();
        if changing.is_empty() {
            continue;
        }
        shares_change |= changing.iter().any(|(.., known)| known.contains(THEN));
        blocks.push(Block::Say(sum.sentence.to_owned()));
        let table = Table::of(&changing, sum.sentence, FIXES)
            .shown(Brief, text("touchpoint"), |(id, ..)| Cell::place(*id))
            .shown(Brief, text("fix"), |(_, kind, ..)| {
                Cell::words(kind.to_string())
            })
            .shown(Brief, number(sum.heading), |(_, _, change, _)| {
                Cell::money_change(*change)
            })
            .shown(Brief, number(sum.known), |(.., known)| {
                Cell::words(known.as_str())
            });
        blocks.push(table.done().into());
    }
    if shares_change {
        blocks.push(Block::Say(
            "Where the share of what is known changes with a fix, part of the change is that more or less is counted."
                .to_owned(),
        ));
    }
    blocks
}

/// What a whole set of fixes changes in money, a sentence for each sum that is known.
pub(super) fn sums(effect: &FixEffect) -> Vec<String> {
    let cost = (
        "The cost to serve a journey changes",
        effect.cost,
        effect.cost_coverage,
        VISITS,
    );
    let value = (
        "The worth of its ending changes",
        effect.value,
        effect.value_coverage,
        JOURNEYS,
    );
    let known = [cost, value].into_iter();
    known
        .filter_map(|(what, change, coverage, noun)| {
            let [before, after] = [coverage.before, coverage.after].map(|share| among(share, noun));
            let of = if before == after {
                format!("of {before} before and after")
            } else {
                format!("of {before} before and of {after} after")
            };
            let change = amount_moved(change?);
            Some(format!("{what} by {change} (it is known {of})."))
        })
        .collect()
}
