//! A journey and a pattern's automaton walked together: states are touchpoints on arrival with what has been matched so
//! far, found by search from the start.
//!
//! With `P` over these states, what completes a match leaves the chain, so that
//!
//! ```text
//! v = s (I - P)^-1              visits, v_x of state x
//! P(match)                      sum over x of v_x times what completes a match there
//! h = (I - P)^-1 completing     chance of a match on arriving at a state
//! E[moments until; match]       sum over x of v_x h_x
//! ```
//!
//! Nothing is subtracted: matches and journeys without one are separate sums.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::stopped::is_proven;
use crate::chain::{Factor, Structure};
use crate::flow::moments::{Moment, To, as_u32};
use crate::flow::solved::Flow;
use crate::pattern::{Automaton, Budget, Landing, Place, Resolved, Seen, Subsets};

/// The chain of states with what happens in them.
pub(crate) struct Product {
    states: Vec<(u32, u32)>,
    offsets: Vec<usize>,
    targets: Vec<u32>,
    p: Vec<f64>,
    exit: Vec<f64>,
    starts: Vec<f64>,
    crossings: Vec<Crossed>,
    endings: Vec<Ended>,
    /// For each way onward, the share of its state's visits that go it with a known wait, times that wait; empty where
    /// none is known.
    waits: Vec<Waited>,
}

/// A share of the visits to a state that completes a match at a moment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Crossed {
    pub(crate) state: u32,
    /// Position of the moment.
    pub(crate) moment: u32,
    pub(crate) share: f64,
}

/// A share of the visits to a state that ends the journey.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ended {
    pub(crate) state: u32,
    /// Position of the outcome.
    pub(crate) outcome: u32,
    pub(crate) share: f64,
    /// Whether the ending completes a match.
    pub(crate) matches: bool,
}

/// A share of the visits to a state that goes on to another one, and how long that takes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Waited {
    pub(crate) state: u32,
    pub(crate) to: u32,
    pub(crate) share: f64,
    pub(crate) wait: Option<f64>,
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum NoProduct {
    /// The automaton has more than so many states.
    Automaton(usize),
    /// Map and automaton together have more than so many states.
    States(usize),
    /// Nothing better than this bound on the relative error could be proven.
    NotProven(f64),
}

impl From<Budget> for NoProduct {
    fn from(budget: Budget) -> Self {
        Self::Automaton(budget.states)
    }
}

/// The moments of a flow as a pattern tells them apart.
pub(crate) struct Reading {
    resolved: Resolved,
    /// By class, which checks hold.
    classes: Vec<Vec<bool>>,
    /// Where the parts of each moment begin; one entry more than there are moments.
    first: Vec<u32>,
    /// Classes with their shares of the moment's visits.
    parts: Vec<(u32, f64)>,
}

/// States and ways of map and automaton together.
const MOST_STATES: usize = 2_000_000;
const MOST_WAYS: usize = 20_000_000;

impl Flow {
    /// What patterns can name, in the order of the map.
    pub(crate) fn places(&self) -> Vec<Place<'_>> {
        self.journey().touchpoints().map(Place::from).collect()
    }

    /// Puts the moments into the classes that a pattern tells apart.
    pub(crate) fn reading(&self, resolved: Resolved) -> Reading {
        let mut reading = Reading {
            classes: Vec::new(),
            first: Vec::with_capacity(self.moments.len() + 1),
            parts: Vec::with_capacity(self.moments.len()),
            resolved,
        };
        let feelings = reading.resolved.asks_feelings();
        let mut known = BTreeMap::<Vec<bool>, u32>::new();
        for state in 0..self.moments.states() {
            for moment in self.moments.at(state) {
                reading.first.push(as_u32(reading.parts.len()));
                let remembered = self.moments.remembered();
                let facts = remembered.map_or_else(Vec::new, |it| it.values_after(moment.position));
                let seen = |valence| Seen {
                    facts: &facts,
                    place: self.moments.touchpoint(state),
                    result: moment.result,
                    valence,
                };
                let begin = reading.parts.len();
                let mut add = |valence: Option<f64>, share: f64| {
                    let truths = reading.resolved.truths(&seen(valence));
                    let new = as_u32(known.len());
                    let class = *known.entry(truths).or_insert_with_key(|truths| {
                        reading.classes.push(truths.clone());
                        new
                    });
                    let mut parts = reading.parts[begin..].iter_mut();
                    match parts.find(|(other, _)| *other == class) {
                        Some((_, sum)) => *sum += share,
                        None => reading.parts.push((class, share)),
                    }
                };
                if !feelings {
                    add(None, 1.0);
                    continue;
                }
                for &(level, share) in moment.shades {
                    add(Some(self.moments.levels()[level as usize]), share);
                }
                if moment.unknown > 0.0 || moment.shades.is_empty() {
                    add(None, moment.unknown);
                }
            }
        }
        reading.first.push(as_u32(reading.parts.len()));
        reading
    }

    /// Walks map and automaton together. With `again`, journeys go on behind a match and may match again.
    ///
    /// # Errors
    /// [`NoProduct`] beyond the budget.
    pub(crate) fn product(&self, reading: &Reading, again: bool) -> Result<Product, NoProduct> {
        let automaton = Automaton::new(&reading.resolved);
        let mut search = Search {
            flow: self,
            reading,
            subsets: Subsets::new(&automaton, reading.classes.clone()),
            again: None,
            known: vec![Vec::new(); self.moments.states()],
            slot_of: Vec::new(),
            product: Product::empty(),
        };
        if again {
            search.again = Some(search.subsets.again()?);
        }
        search.run()?;
        Ok(search.product)
    }
}

impl Reading {
    fn parts(&self, moment: &Moment<'_>) -> &[(u32, f64)] {
        let position = moment.position;
        &self.parts[self.first[position] as usize..self.first[position + 1] as usize]
    }
}

struct Search<'f, 'a> {
    flow: &'f Flow,
    reading: &'a Reading,
    subsets: Subsets<'a>,
    again: Option<u32>,
    /// By touchpoint, the states of the automaton met there and their numbers, in order.
    known: Vec<Vec<(u32, u32)>>,
    /// By state, where the current one has its way to it; stale entries point before its first.
    slot_of: Vec<usize>,
    product: Product,
}

impl Search<'_, '_> {
    fn run(&mut self) -> Result<(), NoProduct> {
        let begin = self.subsets.begin()?;
        for (touchpoint, &share) in self.flow.starts.iter().enumerate() {
            if share > 0.0 {
                let state = self.number(as_u32(touchpoint), begin)?;
                self.product.starts.resize(state as usize + 1, 0.0);
                self.product.starts[state as usize] = share;
            }
        }
        let mut next = 0;
        while let Some(&(touchpoint, reached)) = self.product.states.get(next) {
            self.state(as_u32(next), touchpoint, reached)?;
            self.product.offsets.push(self.product.targets.len());
            next += 1;
        }
        self.product.starts.resize(self.product.states.len(), 0.0);
        Ok(())
    }

    /// The number of a state, new if nobody came there yet.
    fn number(&mut self, touchpoint: u32, reached: u32) -> Result<u32, NoProduct> {
        let known = &mut self.known[touchpoint as usize];
        match known.binary_search_by_key(&reached, |&(reached, _)| reached) {
            Ok(at) => Ok(known[at].1),
            Err(at) => {
                let number = self.product.states.len();
                if number >= MOST_STATES {
                    return Err(NoProduct::States(MOST_STATES));
                }
                known.insert(at, (reached, as_u32(number)));
                self.product.states.push((touchpoint, reached));
                self.slot_of.push(0);
                Ok(as_u32(number))
            }
        }
    }

    fn state(&mut self, state: u32, touchpoint: u32, reached: u32) -> Result<(), NoProduct> {
        let flow = self.flow;
        let begin = self.product.targets.len();
        let mut exit = 0.0;
        for moment in flow.moments.at(touchpoint as usize) {
            for &(class, part) in self.reading.parts(&moment) {
                let share = moment.share * part;
                let mut on = self.subsets.step(reached, class)?;
                if on == Landing::Match {
                    self.product.crossings.push(Crossed {
                        state,
                        moment: as_u32(moment.position),
                        share,
                    });
                    match self.again {
                        Some(again) => on = Landing::State(again),
                        None => exit += share,
                    }
                }
                let Landing::State(on) = on else { continue };
                exit += self.ways(state, &moment, share, on, begin)?;
            }
        }
        self.product.exit.push(exit);
        Ok(())
    }

    /// Goes on from a moment with a share of its state's visits; the share that ends here.
    fn ways(
        &mut self,
        state: u32,
        moment: &Moment<'_>,
        share: f64,
        on: u32,
        begin: usize,
    ) -> Result<f64, NoProduct> {
        let mut out = 0.0;
        for way in moment.ways {
            let share = share * way.p;
            match way.to() {
                To::End(outcome) => {
                    out += share;
                    self.product.endings.push(Ended {
                        state,
                        outcome,
                        share,
                        matches: self.subsets.ends(on, outcome as usize),
                    });
                }
                To::State(to) => {
                    let to = self.number(to, on)?;
                    let slot = &mut self.slot_of[to as usize];
                    let product = &mut self.product;
                    if *slot < begin || product.targets.get(*slot) != Some(&to) {
                        *slot = product.targets.len();
                        product.targets.push(to);
                        product.p.push(0.0);
                    }
                    product.p[*slot] += share;
                    if self.flow.outlook.knows_waits {
                        let wait = self.flow.known_wait(way);
                        product.waits.push(Waited {
                            state,
                            to,
                            share,
                            wait,
                        });
                    }
                    if product.targets.len() > MOST_WAYS {
                        return Err(NoProduct::States(MOST_STATES));
                    }
                }
            }
        }
        Ok(out)
    }
}

/// The chain of a product, solved.
pub(crate) struct Solved {
    pub(crate) product: Product,
    factor: Factor,
    /// Expected visits to each state.
    pub(crate) visits: Vec<f64>,
    pub(crate) error_bound: f64,
}

impl Product {
    fn empty() -> Self {
        Self {
            states: Vec::new(),
            offsets: vec![0],
            targets: Vec::new(),
            p: Vec::new(),
            exit: Vec::new(),
            starts: Vec::new(),
            crossings: Vec::new(),
            endings: Vec::new(),
            waits: Vec::new(),
        }
    }

    /// Finds the visits to every state.
    ///
    /// # Errors
    /// [`NoProduct::NotProven`] where the chain is iterated and its figures are not proven to be exact enough.
    pub(crate) fn solve(self) -> Result<Solved, NoProduct> {
        let structure = Structure::new(&self.offsets, &self.targets);
        let factor = Factor::new(Arc::new(structure), &self.p, &self.exit);
        let mut visits = self.starts.clone();
        let error_bound = factor.solve_transposed(&mut visits);
        Solved {
            product: self,
            factor,
            visits,
            error_bound: 0.0,
        }
        .proven(error_bound)
    }

    /// Which state of the flow a state is.
    pub(crate) fn state(&self, state: u32) -> u32 {
        self.states[state as usize].0
    }

    /// The states with the share of journeys that begin in each.
    pub(crate) fn starts(&self) -> &[f64] {
        &self.starts
    }

    /// The states that follow a state, with their probabilities.
    pub(crate) fn successors(&self, state: u32) -> impl Iterator<Item = (u32, f64)> + '_ {
        let row = self.offsets[state as usize]..self.offsets[state as usize + 1];
        let targets = self.targets[row.clone()].iter().copied();
        targets.zip(self.p[row].iter().copied())
    }

    pub(crate) fn crossings(&self) -> &[Crossed] {
        &self.crossings
    }

    pub(crate) fn endings(&self) -> &[Ended] {
        &self.endings
    }

    pub(crate) fn waits(&self) -> &[Waited] {
        &self.waits
    }
}

impl Solved {
    fn proven(mut self, error_bound: f64) -> Result<Self, NoProduct> {
        self.error_bound += error_bound;
        if is_proven(self.error_bound) {
            Ok(self)
        } else {
            Err(NoProduct::NotProven(self.error_bound))
        }
    }

    /// Expected completed matches of a journey.
    pub(crate) fn matches(&self) -> f64 {
        let crossed = self.product.crossings.iter();
        let crossed = crossed.map(|crossed| self.visits[crossed.state as usize] * crossed.share);
        let ended = self.product.endings.iter().filter(|ended| ended.matches);
        let ended = ended.map(|ended| self.visits[ended.state as usize] * ended.share);
        crossed.chain(ended).fold(0.0, |sum, share| sum + share)
    }

    /// The chance of a match on arriving at each state.
    ///
    /// # Errors
    /// As [`Product::solve`].
    pub(crate) fn chances(&mut self) -> Result<Vec<f64>, NoProduct> {
        let mut chances = vec![0.0; self.visits.len()];
        for crossed in &self.product.crossings {
            chances[crossed.state as usize] += crossed.share;
        }
        for ended in self.product.endings.iter().filter(|ended| ended.matches) {
            chances[ended.state as usize] += ended.share;
        }
        let error_bound = self.factor.solve(&mut chances, 1) + self.error_bound;
        if is_proven(error_bound) {
            self.error_bound = error_bound;
            Ok(chances)
        } else {
            Err(NoProduct::NotProven(error_bound))
        }
    }
}
