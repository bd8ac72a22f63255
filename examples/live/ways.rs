//! The ways on from a touchpoint, their weights, and which share of its visits goes there.

use customer_journey::analysis::{EndingFigures, TransitionFigures};
use customer_journey::facts::Given;
use customer_journey::language::Language;
use customer_journey::report::Unit;
use customer_journey::{Flow, Outcome, PromiseResult, Touchpoint};
use serde_json::{Value, json};

use super::figures::{ending, said};

/// A way as it is drawn: where to or how it ends, after which promise result, and for whom.
#[derive(Debug, Clone, PartialEq)]
struct Way {
    to: Option<String>,
    outcome: Option<String>,
    when: Option<PromiseResult>,
    given: Given,
    weight: f64,
}

/// Which share of the visits of each touchpoint goes where, asked for once.
pub(super) struct Ways<'a> {
    flow: &'a Flow,
    language: &'a Language,
    onward: Vec<TransitionFigures>,
    endings: Vec<EndingFigures>,
}

impl<'a> Ways<'a> {
    pub(super) fn of(flow: &'a Flow, language: &'a Language) -> Self {
        Self {
            flow,
            language,
            onward: flow.transitions(),
            endings: flow.endings(),
        }
    }

    /// The ways of a touchpoint, each with the weight that it had, and how far its slider goes.
    pub(super) fn told(&self, drawn: &Self, id: &str) -> Vec<Value> {
        let were = stated(drawn.flow, id);
        let most: f64 = were.iter().map(|way| way.weight).sum();
        let told = stated(self.flow, id).into_iter().map(|way| {
            let same = |was: &&Way| {
                (&was.to, &was.outcome, was.when, &was.given)
                    == (&way.to, &way.outcome, way.when, &way.given)
            };
            let was = were.iter().find(same);
            let target = way.to.as_deref();
            let target = target.and_then(|to| self.flow.journey().touchpoint(to));
            let label = target.map(Touchpoint::label);
            json!({
                "to": way.to,
                "outcome": way.outcome,
                "label": label.map(str::to_owned).or_else(|| Some(self.ending(way.outcome.as_deref()?))),
                "when": way.when,
                "given": way.given,
                "weight": way.weight,
                "weight_was": was.map(|was| was.weight),
                "most": most.max(way.weight),
                "told": self.share(id, &way),
                "told_was": was.and_then(|was| drawn.share(id, was)),
            })
        });
        told.collect()
    }

    /// Of all visits, those that go on or end so, whatever the promise result.
    fn share(&self, id: &str, way: &Way) -> Option<String> {
        let share = if let Some(to) = &way.to {
            let mut ways = self.onward.iter();
            ways.find(|known| known.from == id && known.to == *to)?
                .share
        } else {
            let outcome = way.outcome.as_deref()?;
            let mut ends = self.endings.iter();
            let known = ends.find(|known| known.id == id && known.outcome.as_str() == outcome);
            known?.share
        };
        Some(said(Unit::Share, share, self.language))
    }

    fn ending(&self, outcome: &str) -> String {
        ending(&Outcome::from(outcome), self.language)
    }
}

fn stated(flow: &Flow, id: &str) -> Vec<Way> {
    let journey = flow.journey();
    let onward = journey.transitions().filter(|(from, ..)| from.id == id);
    let mut ways: Vec<Way> = onward
        .map(|(_, to, way)| Way {
            to: Some(to.id.clone()),
            outcome: None,
            when: way.when,
            given: way.given.clone(),
            weight: way.weight,
        })
        .collect();
    let ends = journey.touchpoint(id).map(|touchpoint| &touchpoint.ends);
    ways.extend(ends.into_iter().flatten().map(|end| Way {
        to: None,
        outcome: Some(end.outcome.as_str().to_owned()),
        when: end.when,
        given: end.given.clone(),
        weight: end.weight,
    }));
    ways
}
