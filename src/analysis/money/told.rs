//! What journeys cost and are worth, in words.

use super::Money;
use crate::journey::Phase;
use crate::page::number::{EXACT, JOURNEYS, VISITS, among, amount, is_all, percent};
use crate::page::words::name;
use crate::page::{Block, Cell, Detail, Question, Section, Table, number, text, told};

/// So many owners a short text has.
const OWNERS: usize = 10;

told!(Money);

impl Question for Money {
    fn sections(&self) -> Vec<Section> {
        let heading = "What a journey costs, and what its ending is worth";
        let mut section = Section::new("money", heading);
        let unit = self.currency.as_deref();
        let unit = unit.map_or_else(String::new, |currency| format!(" {}", name(currency)));
        section.say(match self.cost {
            Some(cost) => format!(
                "A journey costs {}{unit} to serve, on average (costs are known of {}){}.",
                amount(cost),
                among(self.cost_coverage, VISITS),
                self.spent_before.map_or_else(String::new, |before| format!(
                    "; {} of that is spent before the interaction, the rest during and after it",
                    percent(before)
                ))
            ),
            None => {
                "What a journey costs to serve is unknown: no touchpoint says what a visit costs."
                    .to_owned()
            }
        });
        section.say(match self.value {
            Some(value) => format!(
                "Its ending is worth {}{unit} on average (what it is worth is known of {}).",
                amount(value),
                among(self.value_coverage, JOURNEYS)
            ),
            None => "What its ending is worth is unknown.".to_owned(),
        });
        if let Some(spent) = before_and_after(self) {
            section.say(spent);
        }
        let summary = "The cost by phase and by owner";
        section.put(Block::Fold(summary, vec![spending(self).into()]));
        vec![section]
    }

    /// Most maps state no money, and then there is nothing to say.
    fn is_worth_telling(&self) -> bool {
        self.cost.is_some() || self.value.is_some()
    }
}

/// Where the money goes, beside where it would keep something.
fn before_and_after(money: &Money) -> Option<String> {
    let unit = money.currency.as_deref();
    let unit = unit.map_or_else(String::new, |currency| format!(" {}", name(currency)));
    let is_worth = |keeps: Option<f64>| keeps.is_some_and(|keeps| keeps.abs() > EXACT);
    if !money.phases.iter().any(|part| is_worth(part.keeps)) {
        return None;
    }
    let parts: Vec<String> = money
        .phases
        .iter()
        .filter(|part| part.cost.is_some() || is_worth(part.keeps))
        .filter_map(|part| {
            let keeps = part.keeps?;
            let spent = part.cost.map_or_else(
                || "its cost is unknown".to_owned(),
                |cost| format!("{}{unit} are spent", amount(cost)),
            );
            let per = part.keeps_per_money.map_or_else(String::new, |per| {
                format!(", {} for each unit of money spent there", amount(per))
            });
            let coverage = part.keeps_coverage.map_or(1.0, |known| known.before.min(known.after));
            let known = if is_all(coverage) {
                String::new()
            } else {
                format!(" (worth known of {})", among(coverage, JOURNEYS))
            };
            if !is_worth(part.keeps) {
                return Some(format!(
                    "{}: {spent}, and putting right what is broken and hurts there would keep nothing more{known}",
                    part.phase
                ));
            }
            Some(format!(
                "{}: {spent}, and putting right what is broken and hurts there would add {}{unit} to what an ending is worth{per}{known}",
                part.phase,
                amount(keeps)
            ))
        })
        .collect();
    (!parts.is_empty()).then(|| format!("Per journey: {}.", parts.join("; ")))
}

/// What a phase or an owner spends.
struct Spent<'a> {
    phase: Option<Phase>,
    owner: Option<&'a str>,
    visits: f64,
    cost: Option<f64>,
    coverage: Option<f64>,
    keeps: Option<f64>,
    per_money: Option<f64>,
}

fn spending(money: &Money) -> Table {
    let phases = money.phases.iter().map(|part| Spent {
        phase: Some(part.phase),
        owner: None,
        visits: part.visits,
        cost: part.cost,
        coverage: part.coverage,
        keeps: part.keeps,
        per_money: part.keeps_per_money,
    });
    let owners = money.owners.iter().map(|part| Spent {
        phase: None,
        owner: part.owner.as_deref(),
        visits: part.visits,
        cost: part.cost,
        coverage: part.coverage,
        keeps: None,
        per_money: None,
    });
    let parts: Vec<Spent<'_>> = phases.chain(owners).collect();
    let noun = ("phase or owner", "phases and owners");
    let table = Table::of(&parts, "Cost to serve by phase and by owner", noun)
        .key("spending")
        .listed(money.phases.len() + OWNERS)
        .data("phase", |part| {
            Cell::or_none(part.phase, |phase| Cell::Word(phase.as_str()))
        })
        .data("owner", |part| Cell::or_none(part.owner, Cell::name));
    let (visits, cost) = (
        |part: &Spent<'_>| Cell::times(part.visits),
        |part: &Spent<'_>| Cell::money(part.cost),
    );
    let coverage = |part: &Spent<'_>| Cell::or_none(part.coverage, Cell::of_100);
    let (keeps, per_money) = (
        |part: &Spent<'_>| match part.phase {
            Some(_) => Cell::money_change(part.keeps),
            None => Cell::NotApplicable,
        },
        |part: &Spent<'_>| match part.phase {
            Some(_) => Cell::money_change(part.per_money),
            None => Cell::NotApplicable,
        },
    );
    if money.cost.is_none() {
        // Programs read what is visited though nobody knows what it costs.
        let table = table.data("visits", visits).data("cost", cost);
        let table = table.data("coverage", coverage);
        return table
            .data("keeps", keeps)
            .data("keeps_per_money", per_money)
            .done();
    }
    table
        .shown(Detail::Brief, text("phase or owner"), |part| {
            match (part.phase, part.owner) {
                (Some(phase), _) => Cell::Word(phase.as_str()),
                (None, Some(owner)) => Cell::name(owner),
                (None, None) => Cell::Word("no owner"),
            }
        })
        .brief("visits", number("visits per\njourney"), visits)
        .brief("cost", number("cost per\njourney"), cost)
        .full("coverage", number("cost known,\nof 100 visits"), coverage)
        .brief("keeps", number("its fixes\nwould keep"), keeps)
        .brief("keeps_per_money", number("per unit\nof money"), per_money)
        .done()
}
