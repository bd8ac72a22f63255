//! The states of map and automaton together, found by search from the start.

use super::reading::Reading;
use super::{Crossed, Ended, NoProduct, Product, Settled, Waited};
use crate::flow::moments::{Moment, To, as_u32};
use crate::flow::solved::Flow;
use crate::pattern::{Automaton, Landing, Subsets};

/// States and ways of map and automaton together.
const MOST_STATES: usize = 2_000_000;
const MOST_WAYS: usize = 20_000_000;

/// So many states of one touchpoint are looked at for one that is alike; more are rare.
const MOST_COMPARED: usize = 16;

/// How far map and automaton are walked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    /// Until a match, or until only the ending decides.
    Decided,
    /// The same, but journeys go on behind a match and may match again.
    Again,
    /// Until a match or the ending, so that every way is there.
    Whole,
}

impl Flow {
    /// Walks map and automaton together.
    ///
    /// # Errors
    /// [`NoProduct`] beyond the budget.
    pub(crate) fn product(&self, reading: &Reading, extent: Extent) -> Result<Product, NoProduct> {
        let automaton = Automaton::new(reading.resolved());
        let mut search = Search {
            flow: self,
            reading,
            subsets: Subsets::new(&automaton, reading.classes()),
            again: None,
            settles: extent != Extent::Whole,
            kinds: Vec::new(),
            known: vec![Vec::new(); self.moments.states()],
            slot_of: Vec::new(),
            product: Product::empty(),
        };
        if extent == Extent::Again {
            search.again = Some(search.subsets.again()?);
        }
        search.run()?;
        Ok(search.product)
    }
}

/// What decides whether a journey matches.
#[derive(Debug, Clone, Copy)]
enum Decides {
    NotAsked,
    Moments,
    /// Only the ending: the position of what is wanted of it.
    Ending(u32),
}

struct Search<'f, 'a> {
    flow: &'f Flow,
    reading: &'a Reading,
    subsets: Subsets<'a>,
    again: Option<u32>,
    /// Whether the walk stops where only the ending decides.
    settles: bool,
    /// By state of the automaton, the position of what it wants where only the ending decides.
    kinds: Vec<Decides>,
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
                let number = match self.alike(touchpoint, reached)? {
                    Some(number) => number,
                    None => self.add(touchpoint, reached)?,
                };
                self.known[touchpoint as usize].insert(at, (reached, number));
                Ok(number)
            }
        }
    }

    fn add(&mut self, touchpoint: u32, reached: u32) -> Result<u32, NoProduct> {
        let number = self.product.states.len();
        if number >= MOST_STATES {
            return Err(NoProduct::States(MOST_STATES));
        }
        self.product.states.push((touchpoint, reached));
        self.slot_of.push(0);
        Ok(as_u32(number))
    }

    /// The number of a state from which every moment leads to the same as from this one.
    fn alike(&mut self, touchpoint: u32, reached: u32) -> Result<Option<u32>, NoProduct> {
        let moments = self.flow.moments.range(touchpoint as usize);
        let parts = self.reading.parts_of(moments);
        let known = &self.known[touchpoint as usize];
        'known: for &(other, number) in known.iter().take(MOST_COMPARED) {
            for &(class, _) in parts {
                if self.subsets.step(reached, class)? != self.subsets.step(other, class)? {
                    continue 'known;
                }
            }
            return Ok(Some(number));
        }
        Ok(None)
    }

    /// The position of what a state of the automaton wants of the ending, where nothing else decides any more.
    fn kind(&mut self, reached: u32) -> Result<Option<u32>, NoProduct> {
        let at = reached as usize;
        if self.kinds.len() <= at {
            self.kinds.resize(at + 1, Decides::NotAsked);
        }
        match self.kinds[at] {
            Decides::NotAsked => {}
            Decides::Moments => return Ok(None),
            Decides::Ending(kind) => return Ok(Some(kind)),
        }
        let mut kind = None;
        if self.subsets.is_settled(reached)? {
            let outcomes = 0..self.flow.moments.outcomes().len();
            let wanted = outcomes.map(|outcome| self.subsets.ends(reached, outcome));
            kind = Some(as_u32(self.product.wanted.len()));
            self.product.wanted.push(wanted.collect());
        }
        self.kinds[at] = kind.map_or(Decides::Moments, Decides::Ending);
        Ok(kind)
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
                exit += match self.settles.then(|| self.kind(on)).transpose()?.flatten() {
                    Some(kind) => self.settle(state, &moment, share, kind),
                    None => self.ways(state, &moment, share, on, begin)?,
                };
            }
        }
        self.product.exit.push(exit);
        Ok(())
    }

    /// Leaves the rest of the journey to the flow; the share that does.
    fn settle(&mut self, state: u32, moment: &Moment<'_>, share: f64, kind: u32) -> f64 {
        let wanted = self.product.wanted[kind as usize].iter().enumerate();
        let wanted = wanted.filter(|&(_, &wanted)| wanted);
        let chance = wanted.map(|(outcome, _)| self.flow.chance_after(moment, outcome));
        self.product.settled.push(Settled {
            state,
            moment: as_u32(moment.position),
            share,
            kind,
            chance: chance.fold(0.0, |sum, chance| sum + chance).min(1.0),
        });
        share
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
