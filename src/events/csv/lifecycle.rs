//! Activities of which a table tells the beginning and the end: one visit each, with its duration.

use std::collections::BTreeMap;

use super::told::{CsvRemark, TouchpointStages, VisitDuration, most_frequent};
use super::value::time::Instant;

/// How many stages of a touchpoint are told apart.
const STAGES: usize = 100;

/// What is known of visits that begin and end.
#[derive(Debug, Default)]
pub(super) struct Visits {
    /// When an activity of a journey began that has not ended yet.
    begun: BTreeMap<(Vec<u8>, Vec<u8>), Option<Instant>>,
    /// By touchpoint: how many visits lasted how long together, in milliseconds.
    lasted: BTreeMap<Vec<u8>, (u64, i128)>,
    not_done: BTreeMap<String, u64>,
    /// Visits whose end lies before their beginning.
    backwards: u64,
    /// By touchpoint: the stages that its visits state.
    stages: BTreeMap<Vec<u8>, BTreeMap<String, u64>>,
}

impl Visits {
    pub(super) fn begin(&mut self, journey: &[u8], touchpoint: &[u8], at: Option<Instant>) {
        let key = (journey.to_vec(), touchpoint.to_vec());
        // Scheduled and then started: it began when it was started, and is one.
        self.begun.insert(key, at);
    }

    pub(super) fn end(&mut self, journey: &[u8], touchpoint: &[u8], at: Option<Instant>) {
        let begun = self.begun.remove(&(journey.to_vec(), touchpoint.to_vec()));
        if let (Some(Some(from)), Some(to)) = (begun, at) {
            self.last(touchpoint, from, to);
        }
    }

    /// A visit that began and ended.
    pub(super) fn last(&mut self, touchpoint: &[u8], from: Instant, to: Instant) {
        if to.ms < from.ms {
            self.backwards += 1;
            return;
        }
        let sum = match self.lasted.get_mut(touchpoint) {
            Some(sum) => sum,
            None => self.lasted.entry(touchpoint.to_vec()).or_default(),
        };
        sum.0 += 1;
        sum.1 += i128::from(to.ms) - i128::from(from.ms);
    }

    pub(super) fn not_done(&mut self, journey: &[u8], touchpoint: &[u8], word: &[u8]) {
        self.begun.remove(&(journey.to_vec(), touchpoint.to_vec()));
        let word = String::from_utf8_lossy(word).into_owned();
        *self.not_done.entry(word).or_default() += 1;
    }

    pub(super) fn stage(&mut self, touchpoint: &[u8], stage: &[u8]) {
        let stages = match self.stages.get_mut(touchpoint) {
            Some(stages) => stages,
            None => self.stages.entry(touchpoint.to_vec()).or_default(),
        };
        let stage = String::from_utf8_lossy(stage).into_owned();
        if stages.len() < STAGES || stages.contains_key(&stage) {
            *stages.entry(stage).or_default() += 1;
        }
    }

    pub(super) fn stages(&self) -> Vec<TouchpointStages> {
        let all = self.stages.iter();
        all.map(|(touchpoint, stages)| TouchpointStages {
            touchpoint: String::from_utf8_lossy(touchpoint).into_owned(),
            stages: most_frequent(stages, STAGES),
        })
        .collect()
    }

    pub(super) fn durations(&self) -> Vec<VisitDuration> {
        let lasted = self.lasted.iter();
        lasted
            .map(|(touchpoint, &(visits, ms))| VisitDuration {
                touchpoint: String::from_utf8_lossy(touchpoint).into_owned(),
                visits,
                mean_s: ms as f64 / visits as f64 / 1000.0,
            })
            .collect()
    }

    pub(super) fn remarks(&self, remarks: &mut Vec<CsvRemark>) {
        let visits = self.begun.len() as u64;
        if visits > 0 {
            remarks.push(CsvRemark::NeverEnded { visits });
        }
        if self.backwards > 0 {
            remarks.push(CsvRemark::EndsFirst {
                visits: self.backwards,
            });
        }
        if !self.not_done.is_empty() {
            let words = most_frequent(&self.not_done, 20);
            remarks.push(CsvRemark::NotDone { words });
        }
    }
}
