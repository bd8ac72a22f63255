//! Complaints followed from the first unhappy moment to whoever hears them, to an answer, and to the end.
//!
//! A journey is calm until its first moment at or below the threshold, then unhappy until it is at a touchpoint that can listen, then
//! heard until it is at one that can answer; all three may be the same moment. States are touchpoints with this stage, with who
//! heard, and with whether the customer has told it in public since: one chain, solved once, of which every figure is a sum.

use super::explored::{Onward, explore};
use crate::flow::measures::money::Worth;
use crate::flow::moments::{Moment, as_u32};
use crate::flow::solved::Flow;
use crate::journey::{Ability, Channel, Touchpoint};

/// So many states of touchpoint and listener are looked at.
const MOST: usize = 200_000;

/// How far a complaint has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Calm,
    Unhappy,
    /// By the touchpoint with this position.
    Heard(u32),
    Answered,
}

/// Where a journey is on arriving.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct At {
    state: u32,
    stage: Stage,
    in_public: bool,
}

/// Journeys of one fate: how they end, what is felt then, and how many are told in public.
#[derive(Debug, Clone, Default)]
pub(crate) struct FateSums {
    /// Share of all journeys, by outcome.
    pub(crate) outcomes: Vec<f64>,
    pub(crate) in_public: f64,
    pub(crate) end: Mean,
}

/// A mean in two sums.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Mean {
    pub(crate) sum: f64,
    pub(crate) known: f64,
}

/// What becomes of complaints, as shares of all journeys.
#[derive(Debug, Clone, Default)]
pub(crate) struct Complaining {
    pub(crate) unhappy: f64,
    /// Of these, told in public.
    pub(crate) unhappy_in_public: f64,
    pub(crate) complain: f64,
    /// By touchpoint: complaints that it hears first, those of them that are answered, and complaints that it answers first.
    pub(crate) heard: Vec<f64>,
    pub(crate) answered_of: Vec<f64>,
    pub(crate) answered: Vec<f64>,
    /// Answered where they were heard.
    pub(crate) on_the_spot: f64,
    /// What is felt where a complaint is heard, and where it is answered.
    pub(crate) at_complaint: Mean,
    pub(crate) at_answer: Mean,
    pub(crate) answered_fate: FateSums,
    pub(crate) never: FateSums,
    /// By touchpoint: visits from the answer on.
    pub(crate) after: Vec<f64>,
}

impl FateSums {
    /// Share of all journeys.
    pub(crate) fn share(&self) -> f64 {
        self.outcomes.iter().fold(0.0, |sum, share| sum + share)
    }
}

impl Mean {
    fn add(&mut self, (known, sum): (f64, f64), share: f64) {
        self.known += share * known;
        self.sum += share * sum;
    }

    /// `None` where nothing is known.
    pub(crate) fn mean(self) -> Option<f64> {
        crate::flow::measures::mean_of(self.sum, self.known)
    }
}

impl Complaining {
    /// What the visits from the answer on cost.
    pub(crate) fn cost_after(&self, flow: &Flow) -> Worth {
        let mut all = Worth::default();
        for (&visits, cost) in self.after.iter().zip(flow.costs()) {
            all.add(visits, cost);
        }
        all
    }
}

/// A part of the visits to a moment, and where it stands after it.
struct Part {
    share: f64,
    was: Stage,
    is: Stage,
    in_public: bool,
    /// Known share of the part and the sum of its valences, both within it.
    felt: (f64, f64),
}

impl Flow {
    /// Follows complaints of customers who feel as bad as a threshold; `None` where the chain is too large, or not proven to be as
    /// exact as an answer must be.
    pub(crate) fn complaining(&self, threshold: f64) -> Option<Complaining> {
        let nodes = self.journey.graph().raw_nodes();
        let listeners = nodes
            .iter()
            .filter(|node| node.weight.is_able_to(Ability::Listen));
        let states = self.starts.len();
        if states.saturating_mul(3 + listeners.count()) > MOST {
            return None;
        }
        let starts = (0_u32..).zip(self.starts.iter().copied());
        let starts = starts.map(|(state, share)| {
            let at = At {
                state,
                stage: Stage::Calm,
                in_public: false,
            };
            (at, share)
        });
        let explored = explore(starts, |&at| {
            let mut onward = Onward {
                ways: Vec::new(),
                out: 0.0,
            };
            for moment in self.moments.at(at.state as usize) {
                for part in self.parts(at, &moment, threshold) {
                    let share = moment.share * part.share;
                    onward.out += share * moment.ends();
                    let to = |(state, p): (u32, f64)| {
                        let next = At {
                            state,
                            stage: part.is,
                            in_public: part.in_public,
                        };
                        (next, share * p)
                    };
                    onward.ways.extend(moment.onward().map(to));
                }
            }
            onward
        });
        let explored = explored.ok()?;
        let outcomes = self.moments.outcomes().len();
        let mut sums = Complaining {
            heard: vec![0.0; nodes.len()],
            answered_of: vec![0.0; nodes.len()],
            answered: vec![0.0; nodes.len()],
            after: vec![0.0; nodes.len()],
            ..Complaining::default()
        };
        for fate in [&mut sums.answered_fate, &mut sums.never] {
            fate.outcomes = vec![0.0; outcomes];
        }
        for (&at, visits) in explored.each() {
            let touchpoint = self.moments.touchpoint(at.state as usize);
            for moment in self.moments.at(at.state as usize) {
                for part in self.parts(at, &moment, threshold) {
                    let share = visits * moment.share * part.share;
                    sums.add(touchpoint, &moment, &part, share);
                }
            }
        }
        Some(sums)
    }

    /// The visits to a moment by where they stand after it: two parts where customers are calm still, else one.
    fn parts(&self, at: At, moment: &Moment<'_>, threshold: f64) -> Vec<Part> {
        let here = self.touchpoint_of(at.state as usize);
        let position = as_u32(self.moments.touchpoint(at.state as usize));
        let levels = self.moments.levels();
        let part = |unhappy_now: bool, share: f64, of: &dyn Fn(f64) -> bool| {
            let shades = moment.shades.iter();
            let shades = shades.map(|&(level, share)| (levels[level as usize], share));
            let felt = shades
                .filter(|&(valence, _)| of(valence))
                .fold((0.0, 0.0), |(known, sum), (valence, share)| {
                    (known + share, sum + share * valence)
                });
            let is = at.stage.after(unhappy_now, here, position);
            let public = is != Stage::Calm && here.channel == Channel::Social;
            Part {
                share,
                was: at.stage,
                is,
                in_public: at.in_public || public,
                felt: (felt.0 / share, felt.1 / share),
            }
        };
        if at.stage != Stage::Calm {
            return vec![part(false, 1.0, &|_| true)];
        }
        let [bad, other] = self.unhappy(moment, threshold);
        let mut parts = Vec::with_capacity(2);
        if bad > 0.0 {
            parts.push(part(true, bad, &|valence| valence <= threshold));
        }
        if other > 0.0 {
            parts.push(part(false, other, &|valence| valence > threshold));
        }
        parts
    }
}

impl Stage {
    /// Where a journey stands after a moment.
    fn after(self, unhappy_now: bool, here: &Touchpoint, position: u32) -> Self {
        let mut stage = self;
        if stage == Self::Calm && unhappy_now {
            stage = Self::Unhappy;
        }
        if stage == Self::Unhappy && here.is_able_to(Ability::Listen) {
            stage = Self::Heard(position);
        }
        if matches!(stage, Self::Heard(_)) && here.is_able_to(Ability::Answer) {
            stage = Self::Answered;
        }
        stage
    }

    /// Whether somebody has heard the complaint.
    fn is_heard(self) -> bool {
        matches!(self, Self::Heard(_) | Self::Answered)
    }
}

impl Complaining {
    fn add(&mut self, touchpoint: usize, moment: &Moment<'_>, part: &Part, share: f64) {
        if part.was == Stage::Calm && part.is != Stage::Calm {
            self.unhappy += share;
        }
        let heard_now = !part.was.is_heard() && part.is.is_heard();
        if heard_now {
            self.complain += share;
            self.heard[touchpoint] += share;
            self.at_complaint.add(part.felt, share);
        }
        if part.was != Stage::Answered && part.is == Stage::Answered {
            let hearer = match part.was {
                Stage::Heard(hearer) => hearer as usize,
                _ => touchpoint,
            };
            self.answered_of[hearer] += share;
            self.answered[touchpoint] += share;
            self.at_answer.add(part.felt, share);
            if heard_now {
                self.on_the_spot += share;
            }
        }
        if part.is == Stage::Answered {
            self.after[touchpoint] += share;
        }
        if part.is == Stage::Calm {
            return;
        }
        let ends = moment.ends();
        if part.in_public {
            self.unhappy_in_public += share * ends;
        }
        let fate = match part.is {
            Stage::Answered => &mut self.answered_fate,
            Stage::Heard(_) => &mut self.never,
            _ => return,
        };
        for (outcome, p) in moment.endings() {
            fate.outcomes[outcome] += share * p;
        }
        fate.end.add(part.felt, share * ends);
        if part.in_public {
            fate.in_public += share * ends;
        }
    }
}
