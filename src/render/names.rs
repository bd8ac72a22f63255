//! What people call touchpoints, one name for each: reports know ids, readers know labels.

use std::collections::BTreeMap;

use super::clean::clean;
use crate::flow::NoErrorBars;
use crate::journey::{Journey, Warning};
use crate::report::Report;

/// The names of a journey's touchpoints by their ids. Where several have the same label, the id stands behind it.
#[derive(Debug, Clone)]
pub(super) struct Names(BTreeMap<String, String>);

impl Names {
    pub(super) fn of(journey: &Journey) -> Self {
        let mut bearers = BTreeMap::<String, usize>::new();
        for touchpoint in journey.touchpoints() {
            *bearers.entry(clean(touchpoint.label())).or_default() += 1;
        }
        let named = journey.touchpoints().map(|touchpoint| {
            let label = touchpoint.label();
            let is_alone = bearers.get(&clean(label)) == Some(&1);
            let name = if label == touchpoint.id || (is_alone && !label.trim().is_empty()) {
                label.to_owned()
            } else if clean(label).trim().is_empty() {
                touchpoint.id.clone()
            } else {
                format!("{label} ({})", touchpoint.id)
            };
            (touchpoint.id.clone(), name)
        });
        Self(named.collect())
    }

    /// The name, or the id of what is not on the map.
    pub(super) fn of_id<'s>(&'s self, id: &'s str) -> &'s str {
        self.0.get(id).map_or(id, String::as_str)
    }

    fn put(&self, id: &mut String) {
        if let Some(name) = self.0.get(id) {
            name.clone_into(id);
        }
    }

    fn put_all(&self, ids: &mut [String]) {
        for id in ids {
            self.put(id);
        }
    }

    /// The report with names instead of ids wherever its sentences name touchpoints. Figures stay as they are.
    pub(super) fn told(&self, report: &Report) -> Report {
        let mut told = report.clone();
        for pain in &mut told.pain_points {
            self.put(&mut pain.id);
            self.put_all(&mut pain.promise_made_at);
        }
        for promise in &mut told.promises.ledger {
            self.put_all(&mut promise.made);
            self.put_all(&mut promise.tested);
            self.put_all(&mut promise.without_mandate);
        }
        for path in &mut told.trajectory.paths {
            self.put_all(&mut path.touchpoints);
        }
        self.put_all(&mut told.listening.listeners);
        if let Some(NoErrorBars::NotObserved { touchpoints, .. }) = &mut told.error_bars.missing {
            self.put_all(touchpoints);
        }
        for warning in &mut told.warnings {
            match warning {
                Warning::Unreachable { touchpoints }
                | Warning::NoEmotion { touchpoints }
                | Warning::DeadEnd { touchpoints }
                | Warning::AssumedStarts { touchpoints }
                | Warning::IdleEmotion { touchpoints } => self.put_all(touchpoints),
                Warning::NeverTested { made_at: ids, .. }
                | Warning::NeverMade { tested_at: ids, .. } => {
                    self.put_all(ids);
                }
                Warning::SingleChannel { .. } | Warning::SimilarNames { .. } => {}
            }
        }
        told
    }
}
