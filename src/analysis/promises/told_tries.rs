//! How many tries customers give, in words.

use super::{Tolerance, ToleranceOutcome};
use crate::flow::Basis;
use crate::journey::Outcome;
use crate::page::number::{JOURNEYS, among, list, share};
use crate::page::words::ending;
use crate::page::{Cell, Table, said};

/// So many endings are named in a sentence.
const NAMED: usize = 3;

said!(Tolerance, class);

/// How journeys end by the number of broken promises, a row for each two.
pub(super) fn by_tolerance(tolerance: &[Tolerance]) -> Table {
    let mut rows = Vec::new();
    for class in tolerance {
        if class.outcomes.is_empty() {
            rows.push((class, None));
        }
        rows.extend(class.outcomes.iter().map(|known| (class, Some(known))));
    }
    Table::of(&rows, "How many tries customers give", ("class", "classes"))
        .key("tolerance")
        .data("broken", |(class, _)| Cell::count(f64::from(class.broken)))
        .data("or_more", |(class, _)| {
            Cell::Flag(Some(class.or_more), "or more", "")
        })
        .data("share", |(class, _)| Cell::share(class.share))
        .data("outcome", |(_, known)| {
            Cell::or_none(*known, |known| Cell::name(known.outcome.as_str()))
        })
        .data("probability", |(_, known)| {
            Cell::or_none(*known, |known| Cell::share(known.probability))
        })
        .data("standard_error", |(_, known)| {
            Cell::or_none(*known, |known| Cell::share(known.standard_error))
        })
        .data("low", |(_, known)| {
            Cell::or_none(*known, |known| Cell::share(known.low))
        })
        .data("high", |(_, known)| {
            Cell::or_none(*known, |known| Cell::share(known.high))
        })
        .done()
}

/// "1 broken promise: 33 of 100 journeys, which end so: churn 50 of 100, loyalty 50 of 100"
pub(super) fn class(class: &Tolerance) -> String {
    let promises = match (class.broken, class.or_more) {
        (0, false) => "no broken promise".to_owned(),
        (1, false) => "1 broken promise".to_owned(),
        (number, false) => format!("{number} broken promises"),
        (number, true) => format!("{number} broken promises or more"),
    };
    let journeys = format!("{promises}: {}", among(class.share, JOURNEYS));
    let is_unstated = |known: &ToleranceOutcome| known.outcome == Outcome::Unstated;
    if class.outcomes.iter().all(is_unstated) {
        return journeys;
    }
    let mut outcomes: Vec<&ToleranceOutcome> = class.outcomes.iter().collect();
    outcomes.sort_by(|a, b| b.probability.total_cmp(&a.probability));
    let ways: Vec<String> = outcomes
        .iter()
        .filter(|known| known.probability > 0.0)
        .map(|known| {
            let interval = known.low.zip(known.high);
            let interval = interval.map_or_else(String::new, |(low, high)| {
                format!(" (95 %: {} to {})", share(low), share(high))
            });
            let ended = share(known.probability);
            format!("{} {ended}{interval}", ending(&known.outcome))
        })
        .collect();
    let modelled = match (class.basis, class.outcomes_basis) {
        (Basis::Counted, Basis::Modelled) => " (modelled)",
        _ => "",
    };
    format!("{journeys}, which end so{modelled}: {}", list(&ways, NAMED))
}
