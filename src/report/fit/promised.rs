//! What a broken promise does to endings, in the one sentence that a reader needs first.

use super::{Fit, Report};
use crate::page::number::{count, share};
use crate::page::words::{ending, quoted};

/// The promise whose first result makes the greatest difference to an ending for certain: where the intervals of both shares lie
/// apart.
pub(crate) fn of_a_promise(report: &Report, fit: &Fit) -> Option<String> {
    let mut greatest: Option<(f64, String)> = None;
    for promise in &report.promises.ledger {
        let endings = promise.endings.iter().flat_map(|known| &known.outcomes);
        for known in endings {
            let of = [promise.promise.as_str(), known.outcome.as_str()];
            let kept = fit.figure("outcome_when_kept", &of);
            let broken = fit.figure("outcome_when_broken", &of);
            let Some((kept, broken)) = kept.zip(broken) else {
                continue;
            };
            // More end so where it is broken: the same is said of the other endings.
            let apart = broken
                .low
                .zip(kept.high)
                .is_some_and(|(low, high)| low > high);
            let change = broken.counted - kept.counted;
            if apart && greatest.as_ref().is_none_or(|(most, _)| change > *most) {
                let said = format!(
                    "Of {} journeys on which {} was first found broken {} end in {}, of {} on which it was kept {} (counted).",
                    count(broken.journeys as f64),
                    quoted(&promise.promise),
                    share(broken.counted),
                    ending(&known.outcome),
                    count(kept.journeys as f64),
                    share(kept.counted),
                );
                greatest = Some((change, said));
            }
        }
    }
    greatest.map(|(_, said)| said)
}
