//! Journeys of a log as moves on one map, so that parts of the log can be compared.

use std::collections::BTreeMap;

use super::EventLog;
use super::count::{Ground, Times, Walk, count, times};
use crate::events::error::LearnError;
use crate::events::options::LearnOptions;
use crate::journey::{Counted, Journey, PromiseResult};

/// The map of a whole log, on which its parts are counted too.
pub(crate) struct Chart {
    pub(crate) journey: Journey,
    node_of: Vec<Option<usize>>,
    options: LearnOptions,
}

/// What a table of moves is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum About {
    /// Where journeys begin.
    Start,
    /// Where they go from a touchpoint, by its position, or how they end there.
    Next(u32),
    /// What its promise comes to.
    Result(u32),
    /// How journeys end that come there.
    EndingAfter(u32),
}

/// A journey with its moves.
#[derive(Debug, Clone)]
pub(crate) struct Walked {
    /// The customer whose it is, where events name one.
    pub(crate) customer: Option<u32>,
    /// The first and the last time stated, in nanoseconds since 1970.
    pub(crate) times: Option<(i128, i128)>,
    /// Cells of the tables.
    pub(crate) moves: Vec<u32>,
}

/// All journeys of a log, in the order of their first appearance.
pub(crate) struct Walks {
    pub(crate) journeys: Vec<Walked>,
    /// By cell: its table.
    pub(crate) table_of: Vec<u32>,
    pub(crate) tables: Vec<About>,
}

/// Numbers for tables and their cells, as they come.
#[derive(Default)]
struct Cells {
    numbers: BTreeMap<(About, u32), u32>,
    table_of: Vec<u32>,
    tables: BTreeMap<About, u32>,
    about: Vec<About>,
}

impl Cells {
    fn number(&mut self, about: About, column: u32) -> u32 {
        let next = u32::try_from(self.table_of.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry((about, column)).or_insert(next);
        if number == next {
            let fresh = u32::try_from(self.about.len()).unwrap_or(u32::MAX);
            let table = *self.tables.entry(about).or_insert(fresh);
            if table == fresh {
                self.about.push(about);
            }
            self.table_of.push(table);
        }
        number
    }
}

/// Endings stand behind touchpoints among what comes next.
const ENDING: u32 = 1 << 31;

impl EventLog {
    /// The map of this log, to count its parts on. Parts are [filtered](EventLog::filter) from it.
    pub(crate) fn chart(&self, options: &LearnOptions) -> Result<Chart, LearnError> {
        let (learned, node_of) = self.tally().learn_on(options)?;
        Ok(Chart {
            journey: learned.journey,
            node_of,
            options: options.clone(),
        })
    }

    /// The figures of a part of the log that the map was made of.
    pub(crate) fn counted_on(&self, chart: &Chart) -> Counted {
        let ground = Ground::new(self, &chart.journey, &chart.node_of, &chart.options);
        count(self, &chart.journey, &ground)
    }

    /// How long things took in a part of the log that the map was made of.
    pub(crate) fn times_on(&self, chart: &Chart) -> Times {
        times(
            self,
            &Ground::new(self, &chart.journey, &chart.node_of, &chart.options),
        )
    }

    /// The moves of each journey.
    pub(crate) fn walks(&self, chart: &Chart) -> Walks {
        let ground = Ground::new(self, &chart.journey, &chart.node_of, &chart.options);
        let mut cells = Cells::default();
        let mut walk = Walk::default();
        let journeys = self.journeys().map(|journey| {
            walk.go(&ground, &journey);
            let times = journey.moments().filter_map(|moment| moment.time_ns());
            let times = times.fold(None, |span: Option<(i128, i128)>, time| {
                Some(span.map_or((time, time), |(a, b)| (a.min(time), b.max(time))))
            });
            Walked {
                customer: journey.customer_number(),
                times,
                moves: moves(&walk, &mut cells),
            }
        });
        let journeys = journeys.collect();
        Walks {
            journeys,
            table_of: cells.table_of,
            tables: cells.about,
        }
    }
}

fn moves(walk: &Walk, cells: &mut Cells) -> Vec<u32> {
    let ending = walk.outcome.unwrap_or(ENDING - 1);
    let mut moves = Vec::with_capacity(3 * walk.steps.len() + 1);
    let mut before = None;
    for step in &walk.steps {
        let about = before.map_or(About::Start, About::Next);
        moves.push(cells.number(about, step.node));
        before = Some(step.node);
        if let Some(result) = step.result {
            let is_kept = u32::from(result == PromiseResult::Kept);
            moves.push(cells.number(About::Result(step.node), is_kept));
        }
    }
    if let Some(last) = before {
        moves.push(cells.number(About::Next(last), ENDING | ending));
    }
    let mut met: Vec<u32> = walk.steps.iter().map(|step| step.node).collect();
    met.sort_unstable();
    met.dedup();
    moves.extend(
        met.into_iter()
            .map(|node| cells.number(About::EndingAfter(node), ending)),
    );
    moves
}
