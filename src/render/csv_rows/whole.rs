//! The journey as a whole, its touchpoints, and what the figures rest on.

use super::cells::{Sheet, row};
use crate::report::Report;

pub(super) fn summary(report: &Report) -> Sheet {
    let mut sheet = Sheet::new(&["figure", "value"]);
    let (feelings, listening, money) = (&report.trajectory, &report.listening, &report.money);
    let variety = report.variety.as_ref();
    let figures = [
        ("length", Some(report.length)),
        ("wait_s", report.wait_s),
        ("mean", feelings.mean),
        ("coverage", Some(feelings.coverage)),
        ("end", feelings.end),
        ("end_coverage", Some(feelings.end_coverage)),
        ("peak", feelings.peak),
        ("peak_end", feelings.peak_end),
        ("remembered", feelings.remembered),
        ("swing", feelings.swing),
        ("best", feelings.best.mean),
        ("worst", feelings.worst.mean),
        ("paths_coverage", Some(feelings.paths_coverage)),
        ("inconsistency", report.channels.inconsistency),
        ("unhappy", listening.unhappy),
        ("heard", listening.heard),
        ("heard_since", listening.heard_since),
        ("leaving", listening.leaving),
        ("silent_churn", listening.silent_churn),
        ("cost", money.cost),
        ("cost_coverage", Some(money.cost_coverage)),
        ("value", money.value),
        ("value_coverage", Some(money.value_coverage)),
        ("spent_before", money.spent_before),
        ("variety_bits", variety.map(|known| known.bits)),
        ("variety_journeys", variety.and_then(|known| known.journeys)),
        ("variety_same", variety.map(|known| known.same)),
    ];
    for (figure, value) in figures {
        row!(sheet, figure, value);
    }
    sheet
}
