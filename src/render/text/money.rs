//! What journeys cost, and what their endings are worth.

use std::fmt;

use super::Text;
use super::page::{LISTED, Page};
use super::table::Table;
use crate::analysis::Money;
use crate::render::clean::clean;
use crate::render::number::{JOURNEYS, VISITS, among, amount, cell, of_100, or_unknown, percent};

impl Money {
    /// The text for people, of a width that can be set.
    pub fn text(&self) -> Text<'_> {
        Text::new(self)
    }
}

/// Cost by phase and owner, and the worth of the endings; see [`Money::text`] for other widths than 80.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(f)
    }
}

pub(super) fn print(page: &mut Page, money: &Money) {
    page.heading("What a journey costs, and what its ending is worth");
    let unit = money
        .currency
        .as_deref()
        .map(|currency| format!(" {}", clean(currency)))
        .unwrap_or_default();
    let sum = |sum: f64| amount(sum) + &unit;
    page.say(&match money.cost {
        Some(cost) => {
            format!(
            "A journey costs {} to serve, on average (costs are known of {}){}.",
            sum(cost),
            among(money.cost_coverage, VISITS),
            money.spent_before.map_or_else(String::new, |before| format!(
                "; {} of that is spent before the interaction, the rest during and after it",
                percent(before)
            ))
        )
        }
        None => "What a journey costs to serve is unknown: no touchpoint says what a visit costs."
            .to_owned(),
    });
    page.say(&match money.value {
        Some(value) => format!(
            "Its ending is worth {} on average (what it is worth is known of {}).",
            sum(value),
            among(money.value_coverage, JOURNEYS)
        ),
        None => "What its ending is worth is unknown.".to_owned(),
    });
    if money.cost.is_none() {
        return;
    }
    page.gap();
    let mut table = Table::new()
        .text("")
        .number("cost per\njourney")
        .number("visits per\njourney")
        .number("cost known,\nof 100 visits");
    for part in &money.phases {
        table.row([
            part.phase.to_string(),
            or_unknown(part.cost, amount),
            cell(part.visits),
            part.coverage.map_or_else(|| "none".to_owned(), of_100),
        ]);
    }
    for part in money.owners.iter().take(LISTED) {
        table.row([
            part.owner
                .as_deref()
                .map_or_else(|| "no owner".to_owned(), clean),
            or_unknown(part.cost, amount),
            cell(part.visits),
            part.coverage.map_or_else(|| "none".to_owned(), of_100),
        ]);
    }
    table.print(page);
    page.more(2, money.owners.len(), LISTED, ("owner", "owners"));
}
