//! The moments of a journey: touchpoints together with the result of their promise, and the ways onward from each.

use super::states::States;
use crate::journey::{Outcome, PromiseResult};

/// Every moment of a journey, laid out flat: state by state, those of a touchpoint together in the order of the map, and for
/// each the promise results that visits find there (a single `None` where no promise is tested). Where customers remember what
/// they felt, a result can be several moments.
///
/// | here | in the method page |
/// |---|---|
/// | `share` | weight(r) / (kept + broken + unknown), the chance that a visit is this moment |
/// | `Way::p` | probability of the way, given the moment |
/// | `shades` | the distribution of the valence felt, F, times the share of visits of known emotion, k; empty where it is unknown |
/// | `unknown` | the share of its visits whose emotion is unknown, 1 - k |
#[derive(Debug, Default)]
pub(crate) struct Moments {
    /// Where the moments of each state begin; one entry more than there are states.
    pub(super) first: Vec<u32>,
    /// The moments, and one more that only says where the lists end.
    pub(super) records: Vec<Record>,
    /// Positions in `levels` with their shares.
    pub(super) shades: Vec<(u32, f64)>,
    /// For each moment its transitions in the order in which they were drawn, and then its endings.
    pub(super) ways: Vec<Way>,
    /// Every valence that the map can produce, ascending.
    pub(super) levels: Vec<f64>,
    /// Every outcome that the map names, in the order of their names; `unstated` among them if a moment without an
    /// open way makes journeys end so.
    pub(super) outcomes: Vec<Outcome>,
    /// Whether some open way states how long it takes.
    pub(super) states_waits: bool,
    /// What customers remember; none where each touchpoint is one state.
    pub(super) states: Option<States>,
}

/// One moment as it is stored.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record {
    pub(super) share: f64,
    pub(super) unknown: f64,
    pub(super) result: Option<PromiseResult>,
    /// Where its shades and its ways begin; they end where those of the next moment begin.
    pub(super) first_shade: u32,
    pub(super) first_way: u32,
}

/// One open way onward from a moment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Way {
    /// Probability, given the moment.
    pub(crate) p: f64,
    /// A state by its position, or an outcome by its position and [`END`].
    to: u32,
    /// Position of the transition in the journey's graph; [`NONE`] for an ending.
    transition: u32,
}

const END: u32 = 1 << 31;
const NONE: u32 = u32::MAX;

/// Where a way leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum To {
    /// To a touchpoint, by the position of the state.
    State(u32),
    /// Out of the journey, by the position of the outcome.
    End(u32),
}

impl Way {
    pub(super) fn onward(state: u32, transition: u32, p: f64) -> Self {
        Self {
            p,
            to: state,
            transition,
        }
    }

    pub(super) fn out(outcome: u32, p: f64) -> Self {
        Self {
            p,
            to: outcome | END,
            transition: NONE,
        }
    }

    /// Where it leads.
    pub(crate) fn to(&self) -> To {
        if self.to < END {
            To::State(self.to)
        } else {
            To::End(self.to & !END)
        }
    }

    /// Position of the transition in the journey's graph; none for an ending.
    pub(crate) fn transition(&self) -> Option<usize> {
        (self.transition != NONE).then_some(self.transition as usize)
    }

    pub(super) fn renumber_end(&mut self, position_of: &[u32]) {
        if let To::End(outcome) = self.to() {
            self.to = position_of[outcome as usize] | END;
        }
    }
}

/// One moment, borrowed from [`Moments`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment<'a> {
    /// Its position among the moments.
    pub(crate) position: usize,
    pub(crate) result: Option<PromiseResult>,
    pub(crate) share: f64,
    /// Of its visits, the share whose emotion is unknown.
    pub(crate) unknown: f64,
    /// The levels that are felt with their shares of all its visits.
    pub(crate) shades: &'a [(u32, f64)],
    pub(crate) ways: &'a [Way],
}

impl Moment<'_> {
    /// Of its visits, the share whose emotion is known.
    pub(crate) fn known(&self) -> f64 {
        if self.unknown > 0.0 {
            self.shades.iter().map(|(_, share)| share).sum()
        } else {
            1.0
        }
    }

    /// The outcomes that end the journey here, by position, with their probability given the moment.
    pub(crate) fn endings(&self) -> impl Iterator<Item = (usize, f64)> + '_ {
        // Endings come last.
        self.ways.iter().rev().map_while(|way| match way.to() {
            To::End(outcome) => Some((outcome as usize, way.p)),
            To::State(_) => None,
        })
    }

    /// The states that come next, by position, with their probability given the moment.
    pub(crate) fn onward(&self) -> impl Iterator<Item = (u32, f64)> + '_ {
        self.ways
            .iter()
            .take_while(|way| way.to < END)
            .map(|way| (way.to, way.p))
    }

    /// Expected over the ways onward: a figure of the next state, or one of the outcome, both by position.
    pub(crate) fn expected(
        &self,
        mut next: impl FnMut(usize) -> f64,
        end: impl Fn(usize) -> f64,
    ) -> f64 {
        let ways = self.ways.iter().map(|way| {
            way.p
                * match way.to() {
                    To::State(to) => next(to as usize),
                    To::End(outcome) => end(outcome as usize),
                }
        });
        // From 0 and not by `sum`, which begins with -0.
        ways.fold(0.0, |sum, worth| sum + worth)
    }

    /// The expected value of where a journey goes next; ending is worth nothing.
    pub(crate) fn expected_next(&self, mut next: impl FnMut(usize) -> f64) -> f64 {
        let ways = self.onward().map(|(to, p)| p * next(to as usize));
        ways.fold(0.0, |sum, worth| sum + worth)
    }

    /// The chance of an outcome, if it is `ahead` on arriving at the states that come next.
    pub(crate) fn chance_of(&self, outcome: usize, ahead: impl Fn(usize) -> f64) -> f64 {
        self.expected(ahead, |end| f64::from(u8::from(end == outcome)))
    }

    /// Whether some journeys end here.
    pub(crate) fn ends_sometimes(&self) -> bool {
        self.ways.last().is_some_and(|way| way.to >= END)
    }

    /// The chance that the journey ends here, given the moment.
    pub(crate) fn ends(&self) -> f64 {
        self.endings().map(|(_, p)| p).sum()
    }
}

impl Moments {
    /// The moments of one state.
    pub(crate) fn at(&self, state: usize) -> impl Iterator<Item = Moment<'_>> + '_ {
        (self.first[state]..self.first[state + 1]).map(|position| self.moment(position as usize))
    }

    /// One moment, by its position.
    pub(crate) fn moment(&self, position: usize) -> Moment<'_> {
        let (here, next) = (&self.records[position], &self.records[position + 1]);
        Moment {
            position,
            result: here.result,
            share: here.share,
            unknown: here.unknown,
            shades: &self.shades[here.first_shade as usize..next.first_shade as usize],
            ways: &self.ways[here.first_way as usize..next.first_way as usize],
        }
    }

    /// The only moment of a state at which no promise is tested, where no two of its ways lead to the same place.
    pub(crate) fn single(&self, state: usize) -> Option<Moment<'_>> {
        let moment = self.moment(self.first[state] as usize);
        (self.states.is_none() && moment.result.is_none()).then_some(moment)
    }

    /// Positions of the moments of a state.
    pub(crate) fn range(&self, state: usize) -> std::ops::Range<usize> {
        self.first[state] as usize..self.first[state + 1] as usize
    }

    /// Share of visits to a state that find the promise broken.
    pub(crate) fn broken(&self, state: usize) -> f64 {
        let moments = self.at(state);
        let broken = moments.filter(|moment| moment.result == Some(PromiseResult::Broken));
        broken.fold(0.0, |sum, moment| sum + moment.share)
    }

    /// The touchpoint of a state.
    pub(crate) fn touchpoint(&self, state: usize) -> usize {
        match &self.states {
            None => state,
            Some(states) => states.of[state] as usize,
        }
    }

    /// The states of a touchpoint.
    pub(crate) fn states_of(&self, touchpoint: usize) -> std::ops::Range<usize> {
        match &self.states {
            None => touchpoint..touchpoint + 1,
            Some(states) => {
                states.first[touchpoint] as usize..states.first[touchpoint + 1] as usize
            }
        }
    }

    /// What tells the states of a touchpoint apart; none where each touchpoint is one state.
    pub(crate) fn remembered(&self) -> Option<&States> {
        self.states.as_ref()
    }

    /// How many ways there are.
    pub(crate) fn way_count(&self) -> usize {
        self.ways.len()
    }

    /// How many states there are.
    pub(crate) fn states(&self) -> usize {
        self.first.len() - 1
    }

    /// How many moments there are.
    pub(crate) fn len(&self) -> usize {
        self.records.len() - 1
    }

    /// Every valence that the map can produce, ascending.
    pub(crate) fn levels(&self) -> &[f64] {
        &self.levels
    }

    /// Whether some open way states how long it takes, be it one that nobody reaches.
    pub(crate) fn states_waits(&self) -> bool {
        self.states_waits
    }

    /// Every outcome, in the order of their names.
    pub(crate) fn outcomes(&self) -> &[Outcome] {
        &self.outcomes
    }
}

/// Positions fit into 32 bits: petgraph's own do, and nobody holds a map of 2^31 touchpoints in memory.
#[expect(
    clippy::cast_possible_truncation,
    reason = "petgraph indexes a journey's nodes and edges with 32 bits"
)]
pub(crate) fn as_u32(position: usize) -> u32 {
    position as u32
}
