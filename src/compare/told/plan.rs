//! A plan against what happens, in words.

use crate::compare::{Comparison, FirstDeviation, PlanFigures};
use crate::flow::Basis;
use crate::page::number::{count, list, share, size};
use crate::page::words::{name, place};
use crate::page::{Bar, Block, Cell, Section, Table, number, text};

/// So many entries of a list are told.
const TOLD: usize = 8;
/// Shares below this are not told one by one.
const LEAST: f64 = 0.005;

/// Who follows the plan, in a sentence.
pub(super) fn in_short(comparison: &Comparison, figures: &PlanFigures) -> String {
    let plan = plan_of(comparison);
    let first = figures
        .first_deviations
        .first()
        .map_or(String::new(), |first| {
            format!(
                "; most of the others leave it first at {} ({})",
                way(first),
                share(first.probability)
            )
        });
    format!(
        "{} follow {plan} from start to end{first}.",
        share(figures.follows)
    )
}

fn plan_of(comparison: &Comparison) -> String {
    let plan = comparison.plan_basis.as_ref().map_or(0, |basis| basis.plan);
    comparison.label(plan)
}

fn way(deviation: &FirstDeviation) -> String {
    let from = deviation
        .from
        .as_deref()
        .map_or("the start".to_owned(), place);
    match (&deviation.to, &deviation.outcome) {
        (Some(to), _) => format!("{from} -> {}", place(to)),
        (None, Some(outcome)) => format!("{from} -> the end ({})", name(outcome)),
        (None, None) => format!("{from} -> the end"),
    }
}

fn error(standard_error: Option<f64>) -> String {
    standard_error.map_or(String::new(), |error| format!(" (+- {:.1})", 100.0 * error))
}

/// All of it.
pub(super) fn section(comparison: &Comparison, figures: &PlanFigures) -> Section {
    let plan = plan_of(comparison);
    let mut section = Section::new("plan", format!("Against the plan, {plan}"));
    let basis = comparison.plan_basis.as_ref();
    let journeys = basis.and_then(|basis| basis.journeys);
    section.say(match (basis.map(|basis| basis.basis), journeys) {
        (Some(Basis::Counted), Some(journeys)) => format!(
            "Counted on {} whole journeys. {} follow the plan: they begin where it may begin, go only ways that it has, and end where \
             it may end.",
            count(journeys as f64),
            share(figures.follows)
        ),
        _ => format!(
            "By the map, over all paths. {} follow the plan: they begin where it may begin, go only ways that it has, and end where it \
             may end.",
            share(figures.follows)
        ),
    });
    section.put(
        Table::of(
            &figures.first_deviations,
            "Where journeys leave the plan first",
            ("way", "ways"),
        )
        .key("first_deviations")
        .data("from", |one| {
            Cell::name(one.from.clone().unwrap_or_default())
        })
        .data("to", |one| Cell::name(one.to.clone().unwrap_or_default()))
        .data("outcome", |one| {
            Cell::name(one.outcome.clone().unwrap_or_default())
        })
        .shown(
            crate::page::Detail::Brief,
            text("leaves the plan first at"),
            |one| Cell::words(way(one)),
        )
        .brief("probability", number("journeys"), |one| {
            Cell::share(one.probability)
        })
        .full("standard_error", number("standard error"), |one| {
            Cell::or_none(one.standard_error, Cell::times)
        })
        .done(),
    );
    section.put(Block::list(classes(figures), ("class", "classes")));
    if let Some(deviations) = &figures.deviations {
        let bars = deviations.iter().enumerate().map(|(number, &chance)| Bar {
            what: match number {
                8 => "8 or more".to_owned(),
                number => number.to_string(),
            },
            share: chance,
            figure: share(chance),
        });
        section.put(Block::Under(
            "How many touchpoints they add or leave out".to_owned(),
            vec![Block::Bars(bars.collect(), ("number", "numbers"))],
        ));
    }
    section
}

/// The four classes of deviations, a sentence each.
fn classes(figures: &PlanFigures) -> Vec<String> {
    let told = |mut known: Vec<(f64, String)>| {
        known.retain(|(share, _)| *share >= LEAST);
        known.sort_by(|a, b| b.0.total_cmp(&a.0));
        let items: Vec<String> = known.into_iter().map(|(_, said)| said).collect();
        if items.is_empty() {
            "none".to_owned()
        } else {
            list(&items, TOLD)
        }
    };
    let missing = figures.missing.iter().filter_map(|one| {
        let missing = one.missing?;
        let often = if one.always { "" } else { " more than planned" };
        let error = error(one.standard_error);
        Some((
            missing,
            format!(
                "{} ({}{often}{error})",
                place(&one.id),
                share(missing.clamp(0.0, 1.0))
            ),
        ))
    });
    let ad_hoc = figures.ad_hoc.touchpoints.iter().map(|one| {
        let reach = one.reach.unwrap_or(0.0);
        let error = error(one.standard_error);
        let visits = size(one.visits);
        (
            reach,
            format!(
                "{} ({}{error}, {visits} visits per journey)",
                place(&one.id),
                share(reach)
            ),
        )
    });
    let order = figures.out_of_order.iter().filter_map(|one| {
        let chance = one.probability?;
        let error = error(one.standard_error);
        let pair = format!("{} before {}", place(&one.then), place(&one.first));
        Some((chance, format!("{pair} ({}{error})", share(chance))))
    });
    let failed = figures.failed.touchpoints.iter().filter_map(|one| {
        let chance = one.probability?;
        let error = error(one.standard_error);
        Some((
            chance,
            format!("{} ({}{error})", place(&one.id), share(chance)),
        ))
    });
    let any = |share_of: Option<f64>| share_of.map_or("unknown".to_owned(), share);
    vec![
        format!("Missing: {}.", told(missing.collect())),
        format!(
            "Ad hoc, met by {} of all: {}.",
            any(figures.ad_hoc.any),
            told(ad_hoc.collect())
        ),
        format!("Out of order: {}.", told(order.collect())),
        format!(
            "Failed (a promise broken, or felt below what is intended), met by {} of all: {}.",
            any(figures.failed.any),
            told(failed.collect())
        ),
    ]
}
