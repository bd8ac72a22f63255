//! The moments of a journey: touchpoints together with the result of their promise, and the ways onward from each.

use crate::journey::{Outcome, PromiseResult};

/// Every moment of a journey, laid out flat: touchpoint by touchpoint in the order of the map, and for each the
/// promise results that visits find there (a single `None` where no promise is tested).
///
/// | here | in the method page |
/// |---|---|
/// | `share` | weight(r) / (kept + broken + unknown), the chance that a visit is this moment |
/// | `Way::p` | probability of the way, given the moment |
/// | `shades` | the distribution of the valence felt, F, times the share of visits of known emotion, k; empty where it is unknown |
/// | `unknown` | the share of its visits whose emotion is unknown, 1 - k |
#[derive(Debug, Default)]
pub(crate) struct Moments {
    /// Where the moments of each touchpoint begin; one entry more than there are touchpoints.
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
    /// A touchpoint by its position, or an outcome by its position and [`END`].
    to: u32,
    /// Position of the transition in the journey's graph; [`NONE`] for an ending.
    transition: u32,
}

const END: u32 = 1 << 31;
const NONE: u32 = u32::MAX;

/// Where a way leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum To {
    /// To a touchpoint, by its position.
    Touchpoint(u32),
    /// Out of the journey, by the position of the outcome.
    End(u32),
}

impl Way {
    pub(super) fn onward(touchpoint: u32, transition: u32, p: f64) -> Self {
        Self {
            p,
            to: touchpoint,
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
            To::Touchpoint(self.to)
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
            To::Touchpoint(_) => None,
        })
    }

    /// The touchpoints that come next, by position, with their probability given the moment.
    pub(crate) fn onward(&self) -> impl Iterator<Item = (u32, f64)> + '_ {
        self.ways
            .iter()
            .take_while(|way| way.to < END)
            .map(|way| (way.to, way.p))
    }

    /// Expected over the ways onward: a figure of the next touchpoint, or one of the outcome, both by position.
    pub(crate) fn expected(
        &self,
        mut next: impl FnMut(usize) -> f64,
        end: impl Fn(usize) -> f64,
    ) -> f64 {
        let ways = self.ways.iter().map(|way| {
            way.p
                * match way.to() {
                    To::Touchpoint(to) => next(to as usize),
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

    /// The chance of an outcome, if it is `ahead` on arriving at the touchpoints that come next.
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
    /// The moments of one touchpoint.
    pub(crate) fn at(&self, touchpoint: usize) -> impl Iterator<Item = Moment<'_>> + '_ {
        (self.first[touchpoint]..self.first[touchpoint + 1])
            .map(|position| self.moment(position as usize))
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

    /// The only moment of a touchpoint that tests no promise.
    pub(crate) fn single(&self, touchpoint: usize) -> Option<Moment<'_>> {
        let moment = self.moment(self.first[touchpoint] as usize);
        moment.result.is_none().then_some(moment)
    }

    /// The moments of a touchpoint that tests a promise; none of another.
    pub(crate) fn tested(&self, touchpoint: usize) -> impl Iterator<Item = Moment<'_>> + '_ {
        self.at(touchpoint).filter(|moment| moment.result.is_some())
    }

    /// Positions of the moments of a touchpoint.
    pub(crate) fn range(&self, touchpoint: usize) -> std::ops::Range<usize> {
        self.first[touchpoint] as usize..self.first[touchpoint + 1] as usize
    }

    /// Share of visits that find the promise broken.
    pub(crate) fn broken(&self, touchpoint: usize) -> f64 {
        let mut moments = self.tested(touchpoint);
        let broken = moments.find(|moment| moment.result == Some(PromiseResult::Broken));
        broken.map_or(0.0, |moment| moment.share)
    }

    /// How many ways there are.
    pub(crate) fn way_count(&self) -> usize {
        self.ways.len()
    }

    /// How many touchpoints there are.
    pub(crate) fn touchpoints(&self) -> usize {
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
