use std::fmt;

use crate::journey::{CountedFact, CountedMemory, Fact, Journey, Outcome, Phase, list};

/// A journey with what it rests on: the answer of [`Tally::learn`](super::Tally::learn).
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Learned {
    /// The journey, experienced, its weights the counts.
    pub journey: Journey,
    /// What was counted.
    pub summary: LearnSummary,
    /// The touchpoints that were folded for want of visits, in the order of their names.
    pub folded: Vec<FoldedTouchpoint>,
    /// The ids of touchpoints that are not in the plan, in the order of the journey; empty without a plan.
    pub added: Vec<String>,
    /// The ids of touchpoints of the plan that no event visits, in its order. They are not in the journey.
    pub unvisited: Vec<String>,
    /// Which facts were chosen for customers to remember, and what they put right; `None` unless that was
    /// [asked for](super::Remember::Auto).
    pub remembers: Option<Remembered>,
    /// What had to be decided, or assumed, for want of better data, in the order of the journey's touchpoints.
    pub remarks: Vec<LearnRemark>,
}

/// Which facts the customers of a learned journey remember, chosen so that the map tells how journeys end, given what happened
/// to them, within 1 point of the interval of what was counted. `Display` writes it for people.
///
/// Figures are: endings by the first known result of each promise, and by the channel of the start, each at full weight; endings
/// after a visit and after a bad feeling at each touchpoint, by the share of journeys that this concerns; all where they rest on
/// 30 journeys. A figure is off by the points of 100 that the map's lies beyond the interval of the counted one, times its weight. First
/// come the first results of promises and the start, where their own figures are off by more than 1; then, one by
/// one, whichever of the others (visited, how often, felt bad there, felt bad or good at all, the worst feeling, how many
/// promises were broken) lowers the sum of all distances most, by at least a tenth. No fact is taken that chance
/// explains: over all permutations of its values among journeys, times the number of candidates, p must be below 0.05. At most eight
/// facts, and 1,024 states or eight times the touchpoints.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Remembered {
    /// The facts in the order in which they were chosen.
    pub facts: Vec<RememberedFact>,
    /// How far the worst of the figures is off where nothing is remembered: points of 100 journeys beyond the interval of what was
    /// counted, times its weight.
    pub off_before: f64,
    /// The same with all facts.
    pub off_after: f64,
    /// How many endings the journeys have. With fewer than two there is nothing that a memory could tell.
    pub endings: usize,
}

impl Remembered {
    pub(super) fn new(facts: Vec<RememberedFact>, off: (f64, f64), endings: usize) -> Self {
        Self {
            facts,
            off_before: off.0,
            off_after: off.1,
            endings,
        }
    }

    /// The same, as the document of the journey keeps it.
    pub(super) fn kept(&self) -> CountedMemory {
        let facts = self.facts.iter();
        let facts = facts.map(|of| CountedFact::new(&of.fact.name, of.off_before, of.off_after));
        CountedMemory::new(facts.collect(), self.off_before, self.off_after)
    }
}

/// A fact that was chosen.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct RememberedFact {
    /// The fact.
    pub fact: Fact,
    /// How far the worst figure was off before it was taken.
    pub off_before: f64,
    /// The same with it.
    pub off_after: f64,
    /// How many states the map has with it: touchpoints, told apart by what is remembered on arriving.
    pub states: usize,
}

impl RememberedFact {
    pub(super) fn new(fact: Fact, off_before: f64, off_after: f64, states: usize) -> Self {
        Self {
            fact,
            off_before,
            off_after,
            states,
        }
    }
}

/// A map that is off by no more needs no memory.
const ENOUGH: f64 = 1.0;

impl fmt::Display for Remembered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.facts.is_empty() && self.endings < 2 {
            return f.write_str(
                "customers remember nothing: all journeys end alike, or none says how, so there is nothing that a memory could tell",
            );
        }
        if self.facts.is_empty() {
            let why = if self.off_before <= ENOUGH {
                "the map tells without it how journeys end"
            } else {
                "no fact makes the map truer"
            };
            return write!(
                f,
                "customers remember nothing: {why} ({:.1} points of 100 off at worst, beyond what counts leave open)",
                self.off_before
            );
        }
        write!(
            f,
            "customers remember (without it the map is off by {:.1} points of 100 at worst in how journeys end, beyond what counts leave \
             open, and with it by {:.1}):",
            self.off_before, self.off_after
        )?;
        for of in &self.facts {
            write!(
                f,
                "\n  {:?}: {} ({:.1} points off before, {:.1} with it)",
                of.fact.name, of.fact.kind, of.off_before, of.off_after
            )?;
        }
        Ok(())
    }
}

/// What a learned journey rests on. `Display` writes a few lines for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct LearnSummary {
    /// Events counted.
    pub events: u64,
    /// Journeys counted.
    pub journeys: u64,
    /// Touchpoints of the learned journey.
    pub touchpoints: usize,
    /// Transitions of the learned journey.
    pub transitions: usize,
    /// Events that state an emotion.
    pub emotions: u64,
    /// Events that state whether a promise was kept or broken.
    pub promises: u64,
    /// Events left out as they are of another segment.
    pub left_out: u64,
    /// Steps whose times go back while their sequence goes on; their wait counts as unknown.
    pub contradictions: u64,
    /// Whether there were so many different valences that they are rounded to steps of 0.002.
    pub rounded: bool,
    /// The first and the last time stated, in milliseconds.
    pub span_ms: Option<(i64, i64)>,
}

/// A number of things, by the word for one of them.
fn many(number: u64, one: &str) -> String {
    format!("{number} {one}{}", if number == 1 { "" } else { "s" })
}

impl fmt::Display for LearnSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            events, journeys, ..
        } = self;
        write!(
            f,
            "{} of {}: {}, {}",
            many(*events, "event"),
            many(*journeys, "journey"),
            many(self.touchpoints as u64, "touchpoint"),
            many(self.transitions as u64, "transition")
        )?;
        write!(
            f,
            "\n{} {} an emotion, {} whether a promise was kept",
            many(self.emotions, "event"),
            if self.emotions == 1 {
                "states"
            } else {
                "state"
            },
            self.promises
        )?;
        if self.left_out > 0 {
            write!(
                f,
                "\n{} left out, as of another segment",
                many(self.left_out, "event")
            )?;
        }
        if self.contradictions > 0 {
            write!(
                f,
                "\n{} steps go on in sequence and back in time; their wait counts as unknown",
                self.contradictions
            )?;
        }
        if self.rounded {
            f.write_str("\nvalences are rounded to steps of 0.002")?;
        }
        Ok(())
    }
}

/// A touchpoint that was folded into another one for want of visits.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FoldedTouchpoint {
    /// The id that it would have.
    pub id: String,
    /// How often it was visited.
    pub visits: u64,
    /// The id of the touchpoint that holds its counts.
    pub into: String,
}

/// Something that had to be decided or assumed on the way from events to a journey. `Display` says it in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum LearnRemark {
    /// Events place a touchpoint in several phases; the one that most of them state counts, the earliest at a tie.
    SeveralPhases {
        /// The touchpoint's id.
        id: String,
        /// How many events state each phase.
        phases: Vec<(Phase, u64)>,
        /// The phase taken.
        taken: Phase,
    },
    /// Events name several promises at a touchpoint, which tests one; results are counted together under the name
    /// that most of them state, the alphabetically first at a tie.
    SeveralPromises {
        /// The touchpoint's id.
        id: String,
        /// How many events state each name.
        names: Vec<(String, u64)>,
        /// The name taken.
        taken: String,
    },
    /// Events name several owners of a touchpoint; the one that most of them state counts, the alphabetically first
    /// at a tie.
    SeveralOwners {
        /// The touchpoint's id.
        id: String,
        /// How many events state each owner.
        names: Vec<(String, u64)>,
        /// The owner taken.
        taken: String,
    },
    /// Journeys reach a touchpoint for which the options state an outcome, and go on.
    OutcomeMidway {
        /// The touchpoint's id.
        id: String,
        /// The outcome stated.
        outcome: Outcome,
        /// Visits.
        visits: u64,
        /// Visits that others follow, so that the journey does not end there.
        went_on: u64,
    },
    /// Most journeys end at a touchpoint, some go on from it, and nobody says how any ends.
    EndMidway {
        /// The touchpoint's id.
        id: String,
        /// Its name in the events.
        touchpoint: String,
        /// All journeys.
        journeys: u64,
        /// Journeys that end there.
        ended: u64,
        /// Visits that others follow.
        went_on: u64,
    },
    /// Nothing states how any journey ends, so no figure of endings can be told.
    NoEndings {
        /// The touchpoints at which journeys end, by their names in the events, with how many end there, most first.
        last: Vec<(String, u64)>,
    },
}

/// So many last touchpoints are named where nothing states how journeys end.
const LAST: usize = 4;

impl fmt::Display for LearnRemark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let told = |names: &[(String, u64)]| {
            let told: Vec<String> = names.iter().map(|(name, _)| name.clone()).collect();
            list(&told)
        };
        match self {
            Self::SeveralPhases { id, phases, taken } => {
                write!(f, "events place {id:?} in several phases (")?;
                for (place, (phase, count)) in phases.iter().enumerate() {
                    let comma = if place == 0 { "" } else { ", " };
                    write!(f, "{comma}{phase} {count}")?;
                }
                write!(f, "); {taken} was taken")
            }
            Self::SeveralPromises { id, names, taken } => write!(
                f,
                "events name several promises at {id:?} ({}); they are counted together as {taken:?}",
                told(names)
            ),
            Self::OutcomeMidway {
                id,
                outcome,
                visits,
                went_on,
            } => write!(
                f,
                "{went_on} of {visits} visits to {id:?} are followed by others, so that they do not end the journey as {outcome}"
            ),
            Self::EndMidway {
                id,
                journeys,
                ended,
                went_on,
                ..
            } => {
                let visits = if *went_on == 1 {
                    "visit to it is"
                } else {
                    "visits to it are"
                };
                write!(
                    f,
                    "{ended} of {journeys} journeys end at {id:?}, and {went_on} {visits} followed by others: where it ends a journey, state so"
                )
            }
            Self::NoEndings { last } => {
                let named = last.iter().take(LAST);
                let mut named: Vec<String> = named
                    .map(|(name, ended)| format!("{name:?} ({ended})"))
                    .collect();
                if last.len() > LAST {
                    named.push(format!("{} more", last.len() - LAST));
                }
                write!(
                    f,
                    "nothing states how journeys end, so their endings are unknown; their last touchpoints are {}",
                    named.join(", ")
                )
            }
            Self::SeveralOwners { id, names, taken } => write!(
                f,
                "events name several owners of {id:?} ({}); {taken:?} was taken",
                told(names)
            ),
        }
    }
}
