//! The ledger of promises, their places, and how journeys end with them.

use super::cells::{Sheet, row};
use crate::analysis::PromiseStatus;
use crate::report::Report;

pub(super) fn ledger(report: &Report) -> Sheet {
    let mut sheet = Sheet::new(&[
        "promise",
        "status",
        "tests",
        "reach",
        "coverage",
        "kept_rate",
        "kept_rate_from",
        "kept_rate_to",
        "counted",
        "meets_broken",
        "given",
        "broken_after_made",
        "tested_after_made",
        "moments_to_test",
        "wait_to_test_s",
        "recovered",
        "moments_to_recovery",
        "wait_to_recovery_s",
    ]);
    for figures in &report.promises.ledger {
        let (from, to) = figures.kept_rate_interval.unzip();
        let distance = figures.distance.as_ref();
        let recovery = figures.recovery.as_ref();
        row!(
            sheet,
            &figures.promise,
            word(figures.status),
            figures.tests,
            figures.reach,
            figures.coverage,
            figures.kept_rate,
            from,
            to,
            figures.counted,
            figures.meets_broken,
            figures.given,
            figures.broken_after_made,
            distance.map(|distance| distance.tested),
            distance.and_then(|distance| distance.moments),
            distance.and_then(|distance| distance.wait_s),
            recovery.map(|recovery| recovery.recovered),
            recovery.and_then(|recovery| recovery.moments),
            recovery.and_then(|recovery| recovery.wait_s),
        );
    }
    sheet
}

pub(super) fn places(report: &Report) -> Sheet {
    let mut sheet = Sheet::new(&["promise", "place", "id"]);
    for figures in &report.promises.ledger {
        for (place, ids) in [
            ("made", &figures.made),
            ("tested", &figures.tested),
            ("without_mandate", &figures.without_mandate),
        ] {
            for id in ids {
                row!(sheet, &figures.promise, place, id);
            }
        }
    }
    sheet
}

pub(super) fn endings(report: &Report) -> Sheet {
    let mut sheet = Sheet::new(&["promise", "journeys", "outcome", "probability"]);
    for figures in &report.promises.ledger {
        let by_result = figures.endings.iter().flat_map(|endings| &endings.outcomes);
        for ending in by_result {
            let outcome = ending.outcome.as_str();
            row!(sheet, &figures.promise, "kept", outcome, ending.when_kept);
            row!(
                sheet,
                &figures.promise,
                "broken",
                outcome,
                ending.when_broken
            );
        }
        let after_break = figures
            .recovery
            .iter()
            .flat_map(|recovery| &recovery.outcomes);
        for ending in after_break {
            let outcome = ending.outcome.as_str();
            row!(
                sheet,
                &figures.promise,
                "recovered",
                outcome,
                ending.recovered
            );
            row!(
                sheet,
                &figures.promise,
                "unrecovered",
                outcome,
                ending.unrecovered
            );
        }
    }
    sheet
}

pub(super) fn tolerance(report: &Report) -> Sheet {
    let mut sheet = Sheet::new(&["broken", "or_more", "share", "outcome", "probability"]);
    for class in report.promises.tolerance.iter().flatten() {
        if class.outcomes.is_empty() {
            row!(
                sheet,
                class.broken,
                class.or_more,
                class.share,
                None::<&str>,
                None::<f64>
            );
        }
        for ending in &class.outcomes {
            row!(
                sheet,
                class.broken,
                class.or_more,
                class.share,
                ending.outcome.as_str(),
                ending.probability,
            );
        }
    }
    sheet
}

/// The word of the report document.
fn word(status: PromiseStatus) -> &'static str {
    match status {
        PromiseStatus::Tested => "tested",
        PromiseStatus::NeverTested => "never tested",
        PromiseStatus::NeverMade => "never made",
    }
}
