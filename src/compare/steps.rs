//! Both journeys step by step: their curves, and the ways of both maps.

use std::collections::BTreeMap;

use super::matching::{Law, Matching, Target};
use super::side::{Rests, Side};
use crate::flow::Flow;
use crate::journey::{CountedName, CountedPart};

/// A moment of a curve.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct CurveStep {
    /// Mean valence of that moment, over journeys that have it and whose feeling is known; `None` where none is.
    pub mean: Option<f64>,
    /// The lower end of its 95 % interval, where it was counted on whole journeys.
    pub low: Option<f64>,
    /// The upper end.
    pub high: Option<f64>,
    /// Share of journeys that have such a moment.
    pub under_way: f64,
}

/// A way of either journey.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct WayBeside {
    /// Where it comes from; `None` for the start of a journey.
    pub from: Option<String>,
    /// Where it leads; `None` for the end of the journey.
    pub to: Option<String>,
    /// How that journey ends.
    pub outcome: Option<String>,
    /// How often a journey of A goes it, on average, by its map.
    pub a: f64,
    /// How often a journey of B does.
    pub b: f64,
}

/// The curve of a side, from its first moment on.
pub(super) fn curve(side: &Side) -> Vec<CurveStep> {
    let fit = side.report.fit.as_ref();
    let counted = fit.filter(|_| side.rests() == Rests::Counted);
    let at = |position: u32| {
        let mut figures = counted?.figures.iter();
        figures.find(|known| {
            let of = known.of.first();
            let same = matches!(of, Some(&CountedPart::Number(number))
                if number.total_cmp(&f64::from(position)).is_eq());
            known.figure == CountedName::Curve && same
        })
    };
    let points = (1_u32..).zip(&side.report.trajectory.curve);
    let step = |(position, point): (u32, &crate::analysis::CurvePoint)| {
        let known = at(position);
        CurveStep {
            mean: point.mean,
            low: known.and_then(|known| known.low),
            high: known.and_then(|known| known.high),
            under_way: point.travelling,
        }
    };
    points.map(step).collect()
}

/// The ways of both maps, from the start on in the order of A.
pub(super) fn ways(a: &Flow, b: &Flow, matching: &Matching) -> Vec<WayBeside> {
    let mut ways = BTreeMap::<(Option<usize>, Target), [f64; 2]>::new();
    let laws = [Law::new(a, &matching.of_a), Law::new(b, &matching.of_b)];
    for (side, law) in laws.iter().enumerate() {
        let mut add = |from: Option<usize>, to: Target, times: f64| {
            let both = ways.entry((from, to)).or_default();
            if let Some(slot) = both.get_mut(side) {
                *slot += times;
            }
        };
        for (number, share) in law.starts() {
            add(None, Target::Touchpoint(number), share);
        }
        for place in 0..law.flow.touchpoint_count() {
            let visits = law.flow.visits_at(place);
            if visits > 0.0 {
                for (to, p) in law.ways(place) {
                    add(Some(law.number(place)), to, visits * p);
                }
            }
        }
    }
    let id = |number: usize| matching.id(number).to_owned();
    let told = |((from, to), [a, b]): ((Option<usize>, Target), [f64; 2])| {
        let (to, outcome) = match to {
            Target::Touchpoint(to) => (Some(id(to)), None),
            Target::End(outcome) => (None, Some(outcome.as_str().to_owned())),
        };
        WayBeside {
            from: from.map(id),
            to,
            outcome,
            a,
            b,
        }
    };
    ways.into_iter().map(told).collect()
}
