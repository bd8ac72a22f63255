//! Removing touchpoints and passing their customers on: weights become weights.
//!
//! A way to a removed touchpoint is taken by customers who then go where they would have gone from it. That is the
//! chain seen only at the touchpoints that are left, its stochastic complement, drawn as a map again:
//!
//! ```text
//! w(a -> j)  +=  w(a -> k) * onward(k -> j)
//! onward(k -> j)  = sum over results r of share(r) * share of the way to j among the ways open after r,
//!                   divided by what leaves k at all, which is the sum over all j but k and over the endings
//! ```

use std::collections::BTreeMap;

use super::Change;
use super::draft::{Beyond, Draft, Open, add};
use crate::journey::check::Findings;
use crate::journey::numbers::Shares;
use crate::journey::outcome::{Ending, Outcome};
use crate::journey::problem::{Fault, Invalid, Place, brief};
use crate::journey::promise::PromiseResult;
use crate::journey::touchpoint::Touchpoint;
use crate::journey::transition::Transition;

/// So many ways may be redrawn; some seconds' work and some hundred megabytes.
const MOST_WAYS: usize = 4_000_000;

/// Where customers of a removed touchpoint go from it, as shares that sum to 1.
struct Onward {
    /// By touchpoint, the share and the mean wait.
    ways: Vec<(usize, Part)>,
    ends: Vec<(Outcome, f64)>,
}

/// A share of customers with what they wait.
#[derive(Clone, Copy)]
struct Part {
    share: f64,
    /// Mean wait; unknown if some of it is.
    wait: Option<f64>,
}

impl Part {
    const NOBODY: Self = Self {
        share: 0.0,
        wait: Some(0.0),
    };

    /// Adds others, whose wait is weighed by their share.
    fn join(&mut self, other: Part) {
        let share = self.share + other.share;
        if other.share > 0.0 {
            let wait = self.wait.zip(other.wait);
            self.wait = wait.map(|(a, b)| a * (self.share / share) + b * (other.share / share));
            self.share = share;
        }
    }
}

impl Draft {
    /// Removes touchpoints, each with the change that asks for it, in the order of the map.
    pub(super) fn pass_on(
        &mut self,
        removed: &[(usize, usize)],
        changes: &[Change],
    ) -> Result<(), Invalid> {
        let mut findings = Findings::new(Vec::new());
        let mut redrawn = 0;
        for &(at, change) in removed {
            if let Err(fault) = self.remove(at, &mut redrawn) {
                if let Some(asked) = changes.get(change) {
                    findings.place = Place::change(change + 1, asked);
                }
                findings.report(fault);
            }
            if redrawn > MOST_WAYS {
                break;
            }
        }
        findings.into_result()
    }

    fn remove(&mut self, at: usize, redrawn: &mut usize) -> Result<(), Fault> {
        let id = self.touchpoints[at]
            .as_ref()
            .map_or_else(String::new, |touchpoint| brief(&touchpoint.id));
        let asks = |way: &Open| !way.given.is_empty();
        let remembers = self.ways[at].keys().any(|(_, open)| asks(open))
            || self.touchpoints[at]
                .as_ref()
                .is_some_and(Touchpoint::asks_facts);
        if remembers {
            return Err(Fault::DependsOnFacts { touchpoint: id });
        }
        let onward = self.onward(at);
        let from: Vec<usize> = std::mem::take(&mut self.into[at]).into_iter().collect();
        let mut incoming = Vec::new();
        for from in from.into_iter().filter(|from| *from != at) {
            for open in self.opens(from, at) {
                let way = self.ways[from].remove(&(at, open));
                incoming.extend(way.map(|way| (from, way.transition)));
            }
        }
        incoming.retain(|(_, way)| way.weight > 0.0);
        let starts = self.starts[at].take().unwrap_or(0.0);
        self.ways[at].clear();
        self.touchpoints[at] = None;
        if incoming.is_empty() && starts <= 0.0 {
            return Ok(());
        }
        let onward = onward.map_err(|Beyond| Fault::BeyondNumbers {
            touchpoint: id.clone(),
        })?;
        let Some(onward) = onward else {
            return Err(Fault::NowhereToPassOn { touchpoint: id });
        };
        let each = onward.ways.len() + onward.ends.len();
        *redrawn = redrawn.saturating_add(incoming.len().saturating_mul(each));
        if *redrawn > MOST_WAYS {
            return Err(Fault::TooManyWays { most: MOST_WAYS });
        }
        // Those who come from elsewhere are passed on even so, or else it would seem that they never leave there.
        let redirected = self.redirect(&incoming, starts, &onward);
        if starts > 0.0 && !onward.ends.is_empty() {
            return Err(Fault::NothingLeftOfJourneys { touchpoint: id });
        }
        redirected.map_err(|Beyond| Fault::BeyondNumbers { touchpoint: id })
    }

    fn redirect(
        &mut self,
        incoming: &[(usize, Transition)],
        starts: f64,
        onward: &Onward,
    ) -> Result<(), Beyond> {
        for (from, way) in incoming {
            for (to, onward) in &onward.ways {
                let weight = part(way.weight, onward.share)?;
                let wait = way.wait_s.zip(onward.wait).map(|(to, on)| to + on);
                self.join_way(
                    *from,
                    *to,
                    &Open::of(way),
                    Part {
                        share: weight,
                        wait,
                    },
                )?;
            }
            self.join_ends(*from, way, &onward.ends)?;
        }
        for (to, onward) in onward.ways.iter().filter(|_| starts > 0.0) {
            let weight = part(starts, onward.share)?;
            self.starts[*to] = Some(add(self.starts[*to].unwrap_or(0.0), weight)?);
        }
        Ok(())
    }

    /// Where customers go from a touchpoint once they leave it for another one; `None` if they never do.
    fn onward(&self, at: usize) -> Result<Option<Onward>, Beyond> {
        let Some(touchpoint) = &self.touchpoints[at] else {
            return Ok(None);
        };
        let mut ways = BTreeMap::<usize, Part>::new();
        let mut ends = BTreeMap::<&Outcome, f64>::new();
        let results = Shares::of(touchpoint.results().map(|(_, weight)| weight));
        for (result, weight) in touchpoint.results() {
            let visits = results.share(weight);
            let agrees = |when: Option<PromiseResult>| when.is_none() || when == result;
            let ways_from = self.ways[at].iter();
            let open = ways_from.filter(|((_, open), _)| agrees(open.when));
            let endings = touchpoint.ends.iter().filter(|ending| agrees(ending.when));
            let weights = open.clone().map(|(_, way)| way.transition.weight);
            let weights = weights.chain(endings.clone().map(|ending| ending.weight));
            let total = Shares::of(weights.clone());
            if !weights.clone().any(|weight| weight > 0.0) {
                *ends.entry(&Outcome::Unstated).or_default() += visits;
            }
            for ((to, _), way) in open {
                ways.entry(*to).or_insert(Part::NOBODY).join(Part {
                    share: visits * total.share(way.transition.weight),
                    wait: way.transition.wait_s,
                });
            }
            for ending in endings {
                *ends.entry(&ending.outcome).or_default() += visits * total.share(ending.weight);
            }
        }
        let round = ways.remove(&at).unwrap_or(Part::NOBODY);
        ways.retain(|_, part| part.share > 0.0);
        ends.retain(|_, share| *share > 0.0);
        // Customers who go round are those who do not leave; what leaves is summed, not what remains of 1.
        let leaving =
            ways.values().map(|part| part.share).sum::<f64>() + ends.values().sum::<f64>();
        if leaving <= 0.0 {
            return Ok(None);
        }
        let rounds = round.share / leaving;
        let waiting = if rounds > 0.0 {
            round.wait.map(|wait| wait * rounds)
        } else {
            Some(0.0)
        };
        if !rounds.is_finite() || waiting.is_some_and(|wait| !wait.is_finite()) {
            return Err(Beyond);
        }
        let passed_on = |(to, part): (usize, Part)| {
            let wait = part.wait.zip(waiting).map(|(on, round)| on + round);
            (
                to,
                Part {
                    share: part.share / leaving,
                    wait,
                },
            )
        };
        Ok(Some(Onward {
            ways: ways.into_iter().map(passed_on).collect(),
            ends: ends
                .into_iter()
                .map(|(outcome, share)| (outcome.clone(), share / leaving))
                .collect(),
        }))
    }

    /// Draws a way, or adds its customers to those of the way that is there.
    fn join_way(&mut self, from: usize, to: usize, open: &Open, part: Part) -> Result<(), Beyond> {
        let there = self.way(from, to, open);
        let mut way = there.cloned().unwrap_or(Transition {
            weight: 0.0,
            when: open.when,
            wait_s: None,
            given: open.given.clone(),
            wait_spread: None,
        });
        let mut joined = Part {
            share: way.weight,
            wait: way.wait_s,
        };
        if joined.share <= 0.0 {
            joined = part;
        } else {
            joined.join(part);
        }
        let is_number = |value: f64| value.is_finite();
        if !is_number(joined.share) || !joined.wait.is_none_or(is_number) {
            return Err(Beyond);
        }
        // How the waits of two ways spread one after the other is not known.
        (way.weight, way.wait_s, way.wait_spread) = (joined.share, joined.wait, None);
        self.draw(from, to, way);
        Ok(())
    }

    /// Ends journeys before a removed touchpoint that would have ended there.
    fn join_ends(
        &mut self,
        from: usize,
        way: &Transition,
        ends: &[(Outcome, f64)],
    ) -> Result<(), Beyond> {
        let Some(touchpoint) = self.touchpoints[from].as_mut().filter(|_| !ends.is_empty()) else {
            return Ok(());
        };
        let there = touchpoint.ends.iter().enumerate().rev();
        let there =
            there.filter(|(_, ending)| ending.when == way.when && ending.given == way.given);
        let known: BTreeMap<Outcome, usize> = there
            .map(|(position, ending)| (ending.outcome.clone(), position))
            .collect();
        for (outcome, share) in ends {
            let weight = part(way.weight, *share)?;
            let known = known
                .get(outcome)
                .and_then(|&at| touchpoint.ends.get_mut(at));
            if let Some(ending) = known {
                ending.weight = add(ending.weight, weight)?;
            } else {
                let mut ending = Ending::new(outcome.clone(), weight);
                ending.when = way.when;
                ending.given = way.given.clone();
                touchpoint.ends.push(ending);
            }
        }
        Ok(())
    }
}

/// A share of a weight. Very small weights have no smaller parts; a share that small is of no journey.
fn part(weight: f64, share: f64) -> Result<f64, Beyond> {
    const NEGLIGIBLE: f64 = 1e-290;
    let part = weight * share;
    if part >= f64::MIN_POSITIVE || share < NEGLIGIBLE {
        Ok(part)
    } else {
        Err(Beyond)
    }
}
