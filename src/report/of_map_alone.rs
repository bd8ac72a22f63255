//! A counted report as the map alone would have it, for a comparison with one that is modelled.

use std::collections::BTreeMap;

use super::Report;
use crate::flow::{Basis, peak_end};
use crate::journey::CountedName;

impl Report {
    /// The same with what the map alone says in place of each counted figure that is compared.
    pub(crate) fn of_map_alone(&self) -> Self {
        let mut alone = Self {
            basis: Basis::Modelled,
            ..self.clone()
        };
        let Some(fit) = &self.fit else {
            return alone;
        };
        let (mut reach, mut broken) = (BTreeMap::new(), BTreeMap::new());
        let feelings = &mut alone.trajectory;
        for known in &fit.figures {
            let of = known.of.first().map(ToString::to_string);
            let of = of.unwrap_or_default();
            match known.figure {
                CountedName::Worst => feelings.worst.mean = known.modelled,
                CountedName::Best => feelings.best.mean = known.modelled,
                CountedName::Peak => feelings.peak = known.modelled,
                CountedName::Swing => feelings.swing = known.modelled,
                CountedName::Unhappy => alone.unhappy = known.modelled,
                CountedName::Reach => {
                    reach.insert(of, known.modelled);
                }
                CountedName::MeetsBroken => {
                    broken.insert(of, known.modelled);
                }
                _ => {}
            }
        }
        feelings.peak_end = peak_end(feelings.peak, feelings.end);
        feelings.remembered = feelings
            .weights
            .of(feelings.peak, feelings.end, feelings.mean);
        for touchpoint in &mut alone.touchpoints {
            let known = reach.get(&touchpoint.id).copied();
            touchpoint.reach = known.unwrap_or(touchpoint.reach);
        }
        for promise in &mut alone.promises.ledger {
            let known = broken.get(&promise.promise).copied();
            promise.meets_broken = known.unwrap_or(promise.meets_broken);
        }
        alone
    }
}
