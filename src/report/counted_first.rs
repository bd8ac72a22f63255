//! What was counted, before everything else: one sentence each, none of a map that was drawn.

use super::Report;
use super::fit::{FEW, FitFigure, of_a_promise, of_signs, of_starts, sentence};
use crate::analysis::PromiseFigures;
use crate::journey::CountedName;
use crate::page::number::{JOURNEYS, capital, count, of_100, share, that};
use crate::page::words::{plain, quoted};

/// So many promises are told where nothing else is known of how journeys go.
const PROMISES: usize = 3;

/// On how many journeys everything was counted, what a promise and a feeling go with, and where the map has a figure wrong that
/// stands beside this.
pub(crate) fn counted_first(report: &Report) -> Vec<String> {
    let Some(fit) = &report.fit else {
        return Vec::new();
    };
    let journeys = if fit.journeys == 1 {
        "journey"
    } else {
        "journeys"
    };
    let mut said = vec![format!(
        "Counted on {} whole {journeys}.",
        count(fit.journeys as f64)
    )];
    if report.trajectory.coverage <= 0.0 {
        said.extend(promises(report));
    }
    let promise = of_a_promise(report, fit);
    let has_promise = promise.is_some();
    said.extend(promise.map(|said| plain(&said)));
    said.extend(
        report
            .drivers
            .first_clear()
            .map(|driver| plain(&format!("{driver}."))),
    );
    said.extend(of_starts(fit).map(|said| plain(&said)));
    if !has_promise && report.drivers.first_clear().is_none() {
        said.extend(of_signs(report).iter().map(|said| plain(said)));
    }
    let off = fit.off();
    let worst = off
        .into_iter()
        .find(|known| is_headline(known, has_promise));
    said.extend(worst.map(|worst| {
        format!(
            "The map alone is furthest off here: {}.",
            plain(&sentence(worst))
        )
    }));
    said
}

/// Whether a figure stands in the short answer itself, which may tell what broken promises go with.
fn is_headline(known: &FitFigure, has_promise: bool) -> bool {
    use CountedName as Name;
    let is_shown = matches!(
        known.figure,
        Name::Length | Name::Mean | Name::Worst | Name::End | Name::Unhappy | Name::Outcome
    );
    let is_of_promise = matches!(
        known.figure,
        Name::OutcomeWhenKept | Name::OutcomeWhenBroken
    );
    (is_shown || has_promise && is_of_promise) && known.journeys >= FEW
}

/// How often promises are kept: those that most journeys find broken.
fn promises(report: &Report) -> Vec<String> {
    let ledger = report.promises.ledger.iter();
    let mut broken: Vec<(f64, &PromiseFigures)> = ledger
        .filter_map(|promise| {
            let meets = promise.meets_broken.filter(|&meets| meets > 0.0)?;
            Some((meets, promise))
        })
        .collect();
    broken.sort_by(|a, b| b.0.total_cmp(&a.0));
    let told = broken.iter().filter_map(|&(meets, promise)| {
        let kept = promise.kept_rate?;
        let interval = promise
            .kept_rate_interval
            .map_or_else(String::new, |(low, high)| {
                format!(" (95 %: {} to {})", of_100(low), of_100(high))
            });
        Some(plain(&format!(
            "{} is kept at {} tests{interval}; {} it broken.",
            capital(&quoted(&promise.promise)),
            share(kept),
            that(meets, JOURNEYS, ("finds", "find")),
        )))
    });
    told.take(PROMISES).collect()
}
