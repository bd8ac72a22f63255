//! Promises as they were counted on whole journeys.

use super::{
    EndingByResult, PromiseEndings, PromiseFeelings, PromiseFigures, Promises, Tolerance,
    ToleranceOutcome,
};
use crate::flow::{Basis, Flow};
use crate::journey::{CountedFigure, CountedName};

impl Promises {
    /// Answers with what was counted, where it was.
    pub(crate) fn count(&mut self, flow: &Flow) {
        if flow.counts().is_none() {
            return;
        }
        for figures in &mut self.ledger {
            figures.count(flow);
        }
        for class in self.tolerance.iter_mut().flatten() {
            let broken = class.broken.to_string();
            if let Some(share) = flow.counted_value(CountedName::Tries, &[&broken]) {
                class.share = share;
                class.basis = Basis::Counted;
            }
            class.count(flow, &broken);
        }
    }
}

impl Tolerance {
    /// How journeys with so many broken promises end; as the map says where nothing was counted.
    fn count(&mut self, flow: &Flow, broken: &str) {
        let mut outcomes = Vec::new();
        for outcome in flow.moments().outcomes() {
            let of = [broken, outcome.as_str()];
            let Some(counted) = flow.counted(CountedName::OutcomeByTries, &of) else {
                continue;
            };
            outcomes.push(ToleranceOutcome {
                outcome: outcome.clone(),
                probability: counted.value,
                standard_error: counted.standard_error,
                low: counted.low,
                high: counted.high,
            });
        }
        if !outcomes.is_empty() {
            self.outcomes = outcomes;
            self.outcomes_basis = Basis::Counted;
        } else if self.basis == Basis::Counted && self.share <= 0.0 {
            self.outcomes.clear();
            self.outcomes_basis = Basis::Counted;
        }
    }
}

impl PromiseFigures {
    fn count(&mut self, flow: &Flow) {
        let promise = self.promise.as_str();
        if let Some(broken) = flow.counted_value(CountedName::MeetsBroken, &[promise]) {
            self.meets_broken = Some(broken);
            self.basis = Basis::Counted;
        }
        // Whoever comes to the only test of it puts it to the test.
        if let [only] = self.tested.as_slice() {
            let reach = flow.counted_value(CountedName::Reach, &[only]);
            self.reach = reach.or(self.reach);
        }
        if let Some(kept) = flow.counted(CountedName::KeptRate, &[promise])
            && self.kept_rate_interval.is_some()
        {
            self.kept_rate_interval = kept.low.zip(kept.high).or(self.kept_rate_interval);
        }
        self.feelings = PromiseFeelings::counted(flow, promise);
        self.endings = endings(flow, promise).or(self.endings.take());
    }
}

/// `None` where no ending given the result of this promise was counted.
fn endings(flow: &Flow, promise: &str) -> Option<PromiseEndings> {
    let (mut kept, mut broken) = (None, None);
    let mut outcomes = Vec::new();
    for share in flow.outcomes() {
        let of = [promise, share.outcome.as_str()];
        let when_kept = flow.counted(CountedName::OutcomeWhenKept, &of);
        let when_broken = flow.counted(CountedName::OutcomeWhenBroken, &of);
        kept = kept.or(when_kept);
        broken = broken.or(when_broken);
        let value = |figure: Option<&CountedFigure>| figure.map(|figure| figure.value);
        let (when_kept, when_broken) = (value(when_kept), value(when_broken));
        outcomes.push(EndingByResult {
            outcome: share.outcome,
            when_kept,
            when_broken,
            change: when_broken
                .zip(when_kept)
                .map(|(broken, kept)| broken - kept),
        });
    }
    kept.or(broken)?;
    let among =
        |figure: Option<&CountedFigure>| figure.map_or(0.0, |figure| flow.counted_among(figure));
    Some(PromiseEndings {
        basis: Basis::Counted,
        kept: among(kept),
        broken: among(broken),
        outcomes,
    })
}
