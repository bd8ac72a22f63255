//! What each fix changes.

use super::cells::{Cell, Sheet, row};
use crate::report::Report;

pub(super) fn fixes(report: &Report) -> Sheet {
    let mut sheet = Sheet::new(&[
        "id",
        "fix",
        "hurt",
        "hurt_standard_error",
        "mean",
        "mean_standard_error",
        "end",
        "end_standard_error",
        "silent_churn",
        "cost",
        "cost_coverage_before",
        "cost_coverage_after",
        "value",
        "value_coverage_before",
        "value_coverage_after",
    ]);
    for fix in &report.fixes {
        let effect = fix.effect.as_ref();
        row!(
            sheet,
            &fix.id,
            Cell::word(&fix.kind),
            effect.map(|effect| effect.hurt),
            effect.and_then(|effect| effect.hurt_standard_error),
            effect.and_then(|effect| effect.mean),
            effect.and_then(|effect| effect.mean_standard_error),
            effect.and_then(|effect| effect.end),
            effect.and_then(|effect| effect.end_standard_error),
            effect.and_then(|effect| effect.silent_churn),
            effect.and_then(|effect| effect.cost),
            effect.map(|effect| effect.cost_coverage.before),
            effect.map(|effect| effect.cost_coverage.after),
            effect.and_then(|effect| effect.value),
            effect.map(|effect| effect.value_coverage.before),
            effect.map(|effect| effect.value_coverage.after),
        );
    }
    sheet
}

pub(super) fn outcomes(report: &Report) -> Sheet {
    let mut sheet = Sheet::new(&["id", "fix", "outcome", "change", "standard_error"]);
    for fix in &report.fixes {
        let changes = fix.effect.iter().flat_map(|effect| &effect.outcomes);
        for change in changes {
            row!(
                sheet,
                &fix.id,
                Cell::word(&fix.kind),
                change.outcome.as_str(),
                change.change,
                change.standard_error,
            );
        }
    }
    sheet
}
