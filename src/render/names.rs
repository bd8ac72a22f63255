//! The report with names in place of ids, for the sections that still need it.

use crate::report::Report;

pub(super) use crate::page::Names;

impl Names {
    fn put(&self, id: &mut String) {
        let name = self.of_id(id).to_owned();
        *id = name;
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
        told
    }
}
