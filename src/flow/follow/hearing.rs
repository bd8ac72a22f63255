//! Who becomes unhappy on a journey, who of them is heard, and who leaves without a word: in two layers, before and
//! after the first unhappy moment.
//!
//! A journey changes layer at the first moment whose valence is at or below the threshold. With touchpoints that can
//! listen closed, it is unheard as long as it is under way:
//!
//! ```text
//! P1, N1 = (I - P1)^-1   not unhappy yet, unheard          u1 = s N1       visits there
//! T                      the step on from an unhappy moment
//! P2, N2 = (I - P2)^-1   whatever is felt, unheard         u2 = u1 T N2    visits after the first unhappy moment
//! h2 = N2 e              chance of the outcome, unheard
//! h1 = N1 T h2           chance of becoming unhappy and then the outcome, unheard
//!
//! silent churn           s h1
//! ```
//!
//! The part of it that comes by touchpoint k, which is what silent churn would lose if k listened, is
//!
//! ```text
//! P(by k before) + P(by k after) - P(by k before and after)
//!   = u1_k h1_k / N1_kk + u2_k h2_k / N2_kk - u1_k h2_k (1 / N1_kk - 1 / N2_kk)
//! ```
//!
//! Since P2 = P1 + T, a journey that is at k and not unhappy yet will be there `N2_kk - N1_kk` times after its first unhappy
//! moment. The last term is the only subtraction, and it is held between its bounds: it is 0 where k is on no loop,
//! and never more than either of the first two.

use super::stopped::is_proven;
use crate::flow::moments::{Kept, Moment};
use crate::flow::solved::Flow;
use crate::journey::Ability;

/// Customers whose worst moment is as bad as this are unhappy, unless a question sets another threshold.
pub(crate) const UNHAPPY: f64 = -0.25;

/// Shares of journeys, by what becomes of those that are unhappy.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Hearing {
    /// Meet a moment at or below the threshold.
    pub(crate) unhappy: f64,
    /// Of these, meet a touchpoint that can listen.
    pub(crate) heard: f64,
    /// Of these, meet one at their first unhappy moment or later.
    pub(crate) heard_since: f64,
    /// Unhappy, and end with the outcome.
    pub(crate) leaving: f64,
    /// Unhappy, end with the outcome, and never meet a touchpoint that can listen.
    pub(crate) silent: f64,
    /// By touchpoint, the part of `silent` that comes by there; 0 where it can listen already, `None` where the
    /// chain's solver does not know the returns to it.
    pub(crate) gains: Vec<Option<f64>>,
    /// The proven bound on the relative error that iteration leaves in all this but the gains.
    pub(crate) error_bound: f64,
}

/// How a moment's visits divide, by position of the moment.
struct Mood {
    /// Share of visits at or below the threshold, and the others; neither is found by subtraction.
    unhappy: Vec<f64>,
    other: Vec<f64>,
    /// Whether the moment's touchpoint can listen.
    heard: Vec<bool>,
}

impl Mood {
    fn new(flow: &Flow, threshold: f64) -> Self {
        let moments = &flow.moments;
        let mut mood = Self {
            unhappy: Vec::with_capacity(moments.len()),
            other: Vec::with_capacity(moments.len()),
            heard: Vec::with_capacity(moments.len()),
        };
        for state in 0..moments.states() {
            for moment in moments.at(state) {
                let [unhappy, other] = flow.unhappy(&moment, threshold);
                mood.unhappy.push(unhappy);
                mood.other.push(other);
                mood.heard
                    .push(flow.touchpoint_of(state).is_able_to(Ability::Listen));
            }
        }
        mood
    }

    /// Follows those who are not unhappy yet.
    fn content(&self, moment: &Moment<'_>) -> Kept {
        Kept {
            on: self.other[moment.position],
            out: self.unhappy[moment.position],
        }
    }

    /// Follows those who are not unhappy yet and have not been heard.
    fn content_unheard(&self, moment: &Moment<'_>) -> Kept {
        if self.heard[moment.position] {
            Kept::NONE
        } else {
            self.content(moment)
        }
    }

    /// Follows those who have not been heard.
    fn unheard(&self, moment: &Moment<'_>) -> Kept {
        if self.heard[moment.position] {
            Kept::NONE
        } else {
            Kept::ALL
        }
    }
}

impl Flow {
    /// What becomes of journeys that meet a moment at or below a threshold, for an outcome by its position (none for
    /// one that the map does not have). `None` where no emotion is known on any journey, and where the chain's solver
    /// can not prove the figures.
    ///
    /// Three eliminations and two selected inverses.
    pub(crate) fn hearing(&self, threshold: f64, outcome: Option<usize>) -> Option<Hearing> {
        let mut known = self
            .visited()
            .filter(|(_, moment)| !moment.shades.is_empty());
        known.next()?;
        let layers = Layers::new(self, threshold, outcome);
        // What is not proven is not answered.
        (is_proven(layers.bound)).then(|| layers.sum_up())
    }
}

/// The solutions that every figure is made of, by touchpoint.
struct Layers<'a> {
    flow: &'a Flow,
    outcome: Option<usize>,
    mood: Mood,
    /// Visits of journeys that are not unhappy yet.
    content: Vec<f64>,
    /// Chance that such a journey becomes unhappy.
    turning: Vec<f64>,
    /// The same of journeys that have not been heard; at touchpoints that can listen, the chance that it is here that
    /// they are first heard, before their first unhappy moment or at it.
    before: Unheard,
    /// Of journeys that have not been heard since their first unhappy moment.
    after: Unheard,
    /// Chance of being heard from here on.
    hearing: Vec<f64>,
    bound: f64,
}

/// One layer of the unheard, by touchpoint.
struct Unheard {
    visits: Vec<f64>,
    /// Chance of the outcome in the layer of the unhappy, without being heard.
    silent: Vec<f64>,
    returns: Vec<Option<f64>>,
}

impl<'a> Layers<'a> {
    fn new(flow: &'a Flow, threshold: f64, outcome: Option<usize>) -> Self {
        let mood = Mood::new(flow, threshold);
        let all = flow.starts.len();
        let mut first = flow.stopped(|moment| mood.content(moment));
        let content = first.visits_from_start();
        let turning = first.values(flow.per_visit(|moment| mood.unhappy[moment.position]), 1);
        first.restart(|moment| mood.content_unheard(moment));
        let before = first.visits_from_start();
        let second = flow.stopped(|moment| mood.unheard(moment));
        // Two columns: the outcome unheard, and being heard.
        let mut values = vec![0.0; 2 * all];
        let ends = flow.per_visit(|moment| {
            let wanted = |end: usize| f64::from(u8::from(Some(end) == outcome));
            moment.expected(|_| 0.0, wanted) * f64::from(u8::from(!mood.heard[moment.position]))
        });
        let heard = flow.per_visit(|moment| f64::from(u8::from(mood.heard[moment.position])));
        for ((row, end), heard) in values.chunks_exact_mut(2).zip(ends).zip(heard) {
            row.copy_from_slice(&[end, heard]);
        }
        let values = second.values(values, 2);
        let column = |column: usize| {
            values
                .values
                .iter()
                .skip(column)
                .step_by(2)
                .copied()
                .collect()
        };
        let silent_after: Vec<f64> = column(0);

        let mut layers = Self {
            flow,
            outcome,
            mood,
            bound: [&content, &turning, &before, &values]
                .iter()
                .fold(0.0, |bound, of| f64::max(bound, of.error_bound)),
            content: content.values,
            turning: turning.values,
            before: Unheard {
                visits: before.values,
                silent: Vec::new(),
                returns: Vec::new(),
            },
            after: Unheard {
                visits: vec![0.0; all],
                silent: silent_after,
                returns: Vec::new(),
            },
            hearing: column(1),
        };
        layers.before.silent = flow.per_visit(|moment| layers.turns_and_leaves(moment));
        if layers.silent() > 0.0 {
            let silent = first.values(std::mem::take(&mut layers.before.silent), 1);
            layers.before.silent = silent.values;
            layers.step_over();
            let after = second.visits(std::mem::take(&mut layers.after.visits));
            layers.after.visits = after.values;
            layers.bound = layers.bound.max(silent.error_bound).max(after.error_bound);
            for (layer, stopped) in [(&mut layers.before, &first), (&mut layers.after, &second)] {
                let inverse = stopped.returns();
                layer.returns = (0..all).map(|at| inverse.diagonal(at)).collect();
            }
        }
        layers
    }

    /// Chance that an unheard visit to this moment makes the customer unhappy, who then leaves unheard.
    fn turns_and_leaves(&self, moment: &Moment<'_>) -> f64 {
        if self.mood.heard[moment.position] {
            return 0.0;
        }
        let leaves = |end: usize| f64::from(u8::from(Some(end) == self.outcome));
        self.mood.unhappy[moment.position] * moment.expected(|next| self.after.silent[next], leaves)
    }

    /// Sum over all touchpoints of visits times a figure of each moment there.
    fn total(&self, visits: &[f64], figure: impl Fn(&Moment<'_>) -> f64) -> f64 {
        let visited = self.flow.visited();
        visited
            .map(|(touchpoint, moment)| visits[touchpoint] * moment.share * figure(&moment))
            .sum()
    }

    fn silent(&self) -> f64 {
        self.total(&self.before.visits, |moment| self.turns_and_leaves(moment))
    }

    /// Sets the visits after the first unhappy moment to those that come right after it.
    fn step_over(&mut self) {
        for (touchpoint, moment) in self.flow.visited() {
            if self.mood.heard[moment.position] {
                continue;
            }
            let unhappy =
                self.before.visits[touchpoint] * moment.share * self.mood.unhappy[moment.position];
            for (to, p) in moment.onward() {
                self.after.visits[to as usize] += unhappy * p;
            }
        }
    }

    fn sum_up(&self) -> Hearing {
        let mood = &self.mood;
        let heard_later = |moment: &Moment<'_>| {
            if mood.heard[moment.position] {
                1.0
            } else {
                moment.expected_next(|next| self.hearing[next])
            }
        };
        let unhappy = |moment: &Moment<'_>| mood.unhappy[moment.position];
        let leaves = |moment: &Moment<'_>| {
            self.outcome
                .map_or(0.0, |outcome| self.flow.chance_after(moment, outcome))
        };
        // Heard first while content and unhappy later, or unhappy while unheard and heard then or later.
        let heard = |moment: &Moment<'_>| {
            let later = if mood.heard[moment.position] {
                mood.other[moment.position] * moment.expected_next(|next| self.turning[next])
            } else {
                0.0
            };
            later + unhappy(moment) * heard_later(moment)
        };
        let share = |sum: f64| sum.min(1.0);
        let silent = share(self.silent());
        Hearing {
            unhappy: share(self.total(&self.content, unhappy)),
            heard: share(self.total(&self.before.visits, heard)),
            heard_since: share(self.total(&self.content, |moment| {
                unhappy(moment) * heard_later(moment)
            })),
            leaving: share(self.total(&self.content, |moment| unhappy(moment) * leaves(moment))),
            silent,
            gains: (0..self.flow.touchpoint_count())
                .map(|touchpoint| self.gain(touchpoint, silent))
                .collect(),
            error_bound: self.bound,
        }
    }

    /// What silent churn would lose if a touchpoint listened.
    fn gain(&self, touchpoint: usize, silent: f64) -> Option<f64> {
        let listens = self.flow.listens(touchpoint);
        if silent <= 0.0 || !self.flow.is_visited(touchpoint) || listens {
            return Some(0.0);
        }
        let mut states = self.flow.moments.states_of(touchpoint);
        let (Some(state), None) = (states.next(), states.next()) else {
            return self.gain_of_states(touchpoint, silent);
        };
        self.gain_of_state(state, silent)
    }

    /// The same where customers come in several states: the silent by where they come first, before their first unhappy moment or,
    /// of those who did not come before it, after it.
    fn gain_of_states(&self, touchpoint: usize, silent: f64) -> Option<f64> {
        let (flow, mood) = (self.flow, &self.mood);
        let states = flow.moments.states_of(touchpoint);
        let is_here = |moment: &Moment<'_>| {
            let mut ranges = states.clone().map(|state| flow.moments.range(state));
            ranges.any(|range| range.contains(&moment.position))
        };
        let closed = |moment: &Moment<'_>, kept: Kept| {
            if is_here(moment) { Kept::NONE } else { kept }
        };
        let before = flow.stopped(|moment| closed(moment, mood.content_unheard(moment)));
        let met_before = before.visits_from_start();
        let mut entries = vec![0.0; flow.starts.len()];
        for (state, moment) in flow.visited() {
            if mood.heard[moment.position] || is_here(&moment) {
                continue;
            }
            let turning = met_before.values[state] * moment.share * mood.unhappy[moment.position];
            for (to, p) in moment.onward() {
                entries[to as usize] += turning * p;
            }
        }
        let after = flow.stopped(|moment| closed(moment, mood.unheard(moment)));
        let met_after = after.visits(entries);
        let gains = states.map(|state| {
            met_before.values[state] * self.before.silent[state]
                + met_after.values[state] * self.after.silent[state]
        });
        let gain = gains.fold(0.0, |sum, gain| sum + gain).min(silent);
        is_proven(met_before.error_bound + met_after.error_bound).then_some(gain)
    }

    fn gain_of_state(&self, touchpoint: usize, silent: f64) -> Option<f64> {
        let here = |layer: &Unheard| layer.visits[touchpoint] * layer.silent[touchpoint];
        let (before, after) = (here(&self.before), here(&self.after));
        if before + after <= 0.0 {
            return Some(0.0);
        }
        let first = self.before.returns[touchpoint]?;
        let second = self.after.returns[touchpoint]?;
        let both = self.before.visits[touchpoint]
            * self.after.silent[touchpoint]
            * (1.0 / first - 1.0 / second);
        let (before, after) = (before / first, after / second);
        let both = both.max(0.0).min(before).min(after);
        let gain = before + after - both;
        gain.is_finite().then(|| gain.min(silent))
    }
}

impl Flow {
    pub(crate) fn listens(&self, touchpoint: usize) -> bool {
        let node = &self.journey.graph().raw_nodes()[touchpoint];
        node.weight.is_able_to(Ability::Listen)
    }

    /// The share of a moment at which customers feel as bad as a threshold, and the rest, both added up. Of whom nothing
    /// is known, nobody says that they are unhappy.
    pub(crate) fn unhappy(&self, moment: &Moment<'_>, threshold: f64) -> [f64; 2] {
        let mut parts = [0.0, moment.unknown];
        for &(level, share) in moment.shades {
            let is_content = self.moments.levels()[level as usize] > threshold;
            parts[usize::from(is_content)] += share;
        }
        parts
    }
}
