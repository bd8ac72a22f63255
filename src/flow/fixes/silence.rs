//! What fixes do to silent churn: customers who are unhappy, meet nobody who listens, and leave.
//!
//! That is P(churn, never heard) - P(churn, never heard, never unhappy), two chains of journeys that
//! [pass](Passing), each of which an update of rank one changes exactly.

use super::alteration::Alteration;
use crate::flow::follow::UNHAPPY;
use crate::flow::follow::passing::{Passing, Pays};
use crate::flow::moments::Kept;
use crate::flow::solved::Flow;
use crate::journey::FixKind;
use crate::journey::Outcome;

/// Journeys that churn and meet no touchpoint that listens: all of them, and those that are never unhappy.
pub(super) struct Silence<'a> {
    unheard: Passing<'a>,
    content: Passing<'a>,
}

impl<'a> Silence<'a> {
    /// `None` where no journey churns.
    pub(super) fn new(flow: &'a Flow) -> Option<Self> {
        let churn = flow.outcome_position(&Outcome::Churn)?;
        let parts = |unhappy_pass: bool| {
            let touchpoints = 0..flow.moments.states();
            let parts = touchpoints.flat_map(|touchpoint| {
                let listens = flow.listens(touchpoint);
                flow.moments.at(touchpoint).map(move |moment| {
                    if listens {
                        Kept::NONE
                    } else if unhappy_pass {
                        Kept::ALL
                    } else {
                        let [unhappy, content] = flow.unhappy(&moment, UNHAPPY);
                        Kept {
                            on: content,
                            out: unhappy,
                        }
                    }
                })
            });
            parts.collect()
        };
        Some(Self {
            unheard: Passing::new(flow, parts(true), Pays::Outcome(churn)),
            content: Passing::new(flow, parts(false), Pays::Outcome(churn)),
        })
    }

    pub(super) fn error_bound(&self) -> f64 {
        self.unheard.error_bound.max(self.content.error_bound)
    }

    pub(super) fn change(&self, altered: Alteration) -> Option<f64> {
        let flow = self.unheard.flow();
        let Alteration { touchpoint, kind } = altered;
        let unheard = self.unheard.change(touchpoint, |moment, on| match kind {
            FixKind::KeepPromise => altered.share(&flow.moments, moment) * on,
            FixKind::LiftEmotion | FixKind::Raise => moment.share * on,
            FixKind::Listen => 0.0,
        })?;
        let content = self.content.change(touchpoint, |moment, on| match kind {
            FixKind::KeepPromise => altered.share(&flow.moments, moment) * on,
            // Whoever is heard here is left out before and after.
            FixKind::LiftEmotion if !flow.listens(touchpoint) => moment.share,
            FixKind::LiftEmotion | FixKind::Raise => moment.share * on,
            FixKind::Listen => 0.0,
        })?;
        Some(unheard - content)
    }
}
