//! What fixes change in money, with how much of it is known before and after.

use super::page::{LISTED, Page};
use super::table::Table;
use crate::analysis::FixEffect;
use crate::flow::{CoverageChange, FixKind};
use crate::render::clean::clean;
use crate::render::number::{JOURNEYS, Noun, VISITS, among, amount, of_100};

/// Shares that differ by less are the same but for rounding.
const ROUNDING: f64 = 1e-9;

const THEN: &str = ", then ";

/// A change of a sum of money: "+1.20", "-<0.01", "0.00".
fn moved(change: f64) -> String {
    let text = amount(change);
    if change > 0.0 {
        format!("+{text}")
    } else {
        text
    }
}

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
pub(super) fn print(page: &mut Page, fixes: &[(&str, FixKind, Option<&FixEffect>)]) {
    let mut shares_change = false;
    for sum in SUMS {
        let changing = fixes.iter().filter_map(|&(id, kind, effect)| {
            let (change, coverage) = (sum.read)(effect?);
            let change = change.filter(|&change| is_changed(change, coverage))?;
            Some((id, kind, change, coverage))
        });
        let number = changing.clone().count();
        if number == 0 {
            continue;
        }
        page.gap();
        page.say(sum.sentence);
        page.gap();
        let mut table = Table::new()
            .text("touchpoint")
            .text("fix")
            .number(sum.heading)
            .number(sum.known);
        for (id, kind, change, coverage) in changing.take(LISTED) {
            let known = covered(coverage);
            shares_change |= known.contains(THEN);
            table.row([clean(id), kind.to_string(), moved(change), known]);
        }
        table.print(page);
        page.more(2, number, LISTED, ("fix", "fixes"));
    }
    if shares_change {
        page.gap();
        page.say(
            "Where the share of what is known changes with a fix, part of the change is that more or less is counted.",
        );
    }
}

/// What a whole set of fixes changes in money, in sentences.
pub(super) fn print_sums(page: &mut Page, effect: &FixEffect) {
    let mut say = |what: &str, change: Option<f64>, coverage: CoverageChange, noun: Noun| {
        if let Some(change) = change {
            let known = [coverage.before, coverage.after].map(|share| among(share, noun));
            let [before, after] = &known;
            let of = if before == after {
                format!("of {before} before and after")
            } else {
                format!("of {before} before and of {after} after")
            };
            page.say(&format!("{what} by {} (it is known {of}).", moved(change)));
        }
    };
    say(
        "The cost to serve a journey changes",
        effect.cost,
        effect.cost_coverage,
        VISITS,
    );
    say(
        "The worth of its ending changes",
        effect.value,
        effect.value_coverage,
        JOURNEYS,
    );
}
