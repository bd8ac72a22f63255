//! Promises as they were counted on whole journeys.

use super::{EndingByResult, PromiseEndings, PromiseFigures, Promises};
use crate::flow::{Basis, Flow, OutcomeShare};
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
        }
        self.count_classes(flow);
    }
}

impl Promises {
    /// Where one promise alone is tested, and whoever meets it broken finds it so first and only once, the classes are those of its
    /// first result, and how they end was counted.
    fn count_classes(&mut self, flow: &Flow) {
        const ROUNDING: f64 = 1e-12;
        let mut tested = self.ledger.iter().filter(|p| !p.tested.is_empty());
        let (Some(only), None) = (tested.next(), tested.next()) else {
            return;
        };
        let Some([none, once, more]) = self.tolerance.as_deref_mut() else {
            return;
        };
        let counted = only.endings.as_ref();
        let counted = counted.filter(|endings| endings.basis == Basis::Counted);
        let Some(endings) = counted
            .filter(|endings| more.share <= 0.0 && (once.share - endings.broken).abs() <= ROUNDING)
        else {
            return;
        };
        let (mut unbroken, mut broken) = (Vec::new(), Vec::new());
        for (all, known) in flow.outcomes().into_iter().zip(&endings.outcomes) {
            let of_broken = known.when_broken.unwrap_or(0.0);
            let rest = all.probability - once.share * of_broken;
            let ending = |probability: f64| OutcomeShare {
                outcome: all.outcome.clone(),
                probability: probability.clamp(0.0, 1.0),
                standard_error: None,
            };
            unbroken.push(ending(rest / none.share));
            broken.push(ending(of_broken));
        }
        for (class, outcomes) in [(none, unbroken), (once, broken), (more, Vec::new())] {
            class.outcomes = if class.share > 0.0 {
                outcomes
            } else {
                Vec::new()
            };
            class.outcomes_basis = class.basis;
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
