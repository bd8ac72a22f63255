//! Which facts the customers of a learned map should remember.

use super::EventLog;
use super::count::{Ground, trails};
use crate::events::learned::{Remembered, RememberedFact};
use crate::journey::{
    Counted, CountedFigure, CountedName, CountedPart, Fact, FactKind, FeltLevel, Journey, Memory,
    PromiseResult, StartOf, Touchpoint,
};
use crate::memory::{Among, Candidate, Column, GoalFigure, Passing, Trails, choose};

/// A figure that rests on fewer journeys decides nothing.
const FEWEST: u64 = 30;
/// Starts of fewer journeys, or a smaller share of them, are told apart from no other.
const FEW_STARTS: f64 = 100.0;
const SMALL_START: f64 = 0.02;
/// A touchpoint at which more visits than this end is a verdict, and nothing follows that could depend on it.
const VERDICT: f64 = 0.95;
/// From here down a feeling is bad, and from here up good.
const BAD: f64 = -0.25;
const GOOD: f64 = 0.25;

/// What journeys of a log should remember so that the map tells their endings as they were counted.
pub(super) fn chosen(
    log: &EventLog,
    journey: &Journey,
    ground: &Ground<'_>,
    counted: &Counted,
) -> Remembered {
    let verdicts = verdicts(journey, counted);
    let goals = goals(ground, counted, &verdicts);
    let facts = facts(log, journey, ground, counted, &verdicts);
    let candidates: Vec<Candidate> = facts
        .iter()
        .map(|fact| Candidate {
            own: own(fact, ground, &goals),
        })
        .collect();
    let trails = trails(ground);
    let column = |at: usize| facts.get(at).map(|fact| column(fact, journey, &trails));
    let choice = choose(&trails, &goals, &candidates, &column);
    let taken = choice.chosen.iter().filter_map(|chosen| {
        let fact = facts.get(chosen.candidate)?.clone();
        Some(RememberedFact::new(
            fact,
            chosen.before,
            chosen.after,
            chosen.states,
        ))
    });
    let endings = counted.figures.iter();
    let endings = endings.filter(|known| known.figure == CountedName::Outcome);
    Remembered::new(
        taken.collect(),
        (choice.before, choice.after),
        endings.count(),
    )
}

/// A fact along all journeys.
fn column(fact: &Fact, journey: &Journey, trails: &Trails) -> Column {
    let memory = Memory::new(
        std::slice::from_ref(fact),
        &journey.graph().raw_nodes().iter().map(|node| &node.weight),
    );
    let values = memory.values(0).len();
    let mut state = [0];
    trails.column(values, |passing| {
        match passing {
            Passing::Start(node) => {
                state = [0];
                memory.begin(&mut state, node);
            }
            Passing::Moment {
                node,
                result,
                valence,
            } => {
                let result = result
                    .checked_sub(1)
                    .and_then(|at| PromiseResult::ALL.get(at));
                memory.update(&mut state, node, result.copied(), valence);
            }
        }
        let [state] = state;
        u16::try_from(memory.value(0, state)).unwrap_or(u16::MAX)
    })
}

/// By touchpoint, whether nearly all visits end there: what is felt there is the ending itself.
fn verdicts(journey: &Journey, counted: &Counted) -> Vec<bool> {
    let is_verdict = |touchpoint: &Touchpoint| {
        let ends: f64 = touchpoint.ends.iter().map(|ending| ending.weight).sum();
        ends > VERDICT * visits(touchpoint, counted)
    };
    journey.touchpoints().map(is_verdict).collect()
}

fn visits(touchpoint: &Touchpoint, counted: &Counted) -> f64 {
    let visits = counted.figure(CountedName::Visits.as_str(), &[&touchpoint.id]);
    visits.map_or(0.0, |visits| visits.value * counted.journeys as f64)
}

fn goals(ground: &Ground<'_>, counted: &Counted, verdicts: &[bool]) -> Vec<GoalFigure> {
    let goal = |figure: &CountedFigure| {
        let [CountedPart::Name(of), CountedPart::Name(outcome)] = figure.of.as_slice() else {
            return None;
        };
        let (low, high) = figure.low.zip(figure.high)?;
        let concerned = figure.journeys as f64 / counted.journeys as f64;
        let at = |names: &[&str]| names.iter().position(|name| name == of);
        let number = |at: Option<usize>| at.and_then(|at| u32::try_from(at).ok());
        let first = |kept| {
            let promise = number(at(&ground.promises))?;
            Some((Among::First { promise, kept }, 1.0))
        };
        let (among, weight) = match figure.figure {
            CountedName::OutcomeWhenKept => first(true)?,
            CountedName::OutcomeWhenBroken => first(false)?,
            CountedName::OutcomeByStart => (Among::Start(number(at(&ground.channels))?), 1.0),
            CountedName::OutcomeAfterVisit => (Among::Visit(at(&ground.ids)?), concerned),
            CountedName::OutcomeAfterBad => {
                let node = at(&ground.ids).filter(|&node| verdicts.get(node) == Some(&false))?;
                (Among::Bad(node), concerned)
            }
            _ => return None,
        };
        let mut outcomes = ground.outcomes.iter();
        let outcome = outcomes.position(|known| known.as_str() == outcome)?;
        (figure.journeys >= FEWEST).then_some(GoalFigure {
            among,
            outcome,
            low,
            high,
            weight,
        })
    };
    counted.figures.iter().filter_map(goal).collect()
}

/// The figures that alone decide on a fact.
fn own(fact: &Fact, ground: &Ground<'_>, goals: &[GoalFigure]) -> Vec<usize> {
    let is_own = |among: Among| match (&fact.kind, among) {
        (FactKind::First { promise }, Among::First { promise: of, .. }) => {
            ground.promises.get(of as usize) == Some(&promise.as_str())
        }
        (FactKind::Start(_), Among::Start(_)) => true,
        _ => false,
    };
    let each = goals.iter().enumerate();
    each.filter(|(_, goal)| is_own(goal.among))
        .map(|(at, _)| at)
        .collect()
}

/// Every fact that may be remembered.
fn facts(
    log: &EventLog,
    journey: &Journey,
    ground: &Ground<'_>,
    counted: &Counted,
    verdicts: &[bool],
) -> Vec<Fact> {
    let mut facts: Vec<Fact> = ground
        .promises
        .iter()
        .map(|promise| Fact::first(*promise, *promise))
        .collect();
    facts.extend(start(log, ground, counted));
    let journeys = |name: CountedName, id: &str| {
        let mut figures = counted.figures.iter();
        let is_it = |figure: &&CountedFigure| {
            let first = figure.of.first();
            figure.figure == name && first == Some(&CountedPart::from(id))
        };
        figures.find(is_it).map_or(0, |figure| figure.journeys)
    };
    let places = journey.touchpoints().zip(verdicts);
    for (touchpoint, _) in places.filter(|(_, is_verdict)| !**is_verdict) {
        let id = touchpoint.id.as_str();
        let visits = visits(touchpoint, counted);
        let comers = journeys(CountedName::OutcomeAfterVisit, id);
        if comers >= FEWEST && counted.journeys - comers.min(counted.journeys) >= FEWEST {
            facts.push(Fact::visited(format!("came to {id}"), id));
        }
        if comers >= FEWEST && visits > 1.05 * comers as f64 {
            facts.push(Fact::times(format!("times at {id}"), id));
        }
        if journeys(CountedName::OutcomeAfterBad, id) >= FEWEST {
            let level = FeltLevel::AtMost(BAD);
            facts.push(Fact::felt_at(format!("felt bad at {id}"), id, level));
        }
    }
    if counted.figure(CountedName::Mean.as_str(), &[]).is_some() {
        facts.push(Fact::felt("felt bad", FeltLevel::AtMost(BAD)));
        facts.push(Fact::felt("felt good", FeltLevel::AtLeast(GOOD)));
        let levels = vec![BAD, GOOD];
        facts.push(Fact::new("worst feeling", FactKind::Lowest { levels }));
    }
    if !ground.promises.is_empty() {
        facts.push(Fact::new("broken promises", FactKind::Broken));
    }
    // A promise may be called like anything.
    let mut taken = std::collections::BTreeSet::new();
    for fact in &mut facts {
        while !taken.insert(fact.name.clone()) {
            fact.name.push_str(" (fact)");
        }
    }
    facts
}

/// The channel in which journeys begin, small ones put together; nothing where there are not two of them.
fn start(log: &EventLog, ground: &Ground<'_>, counted: &Counted) -> Option<Fact> {
    let least = FEW_STARTS.max(SMALL_START * log.len() as f64);
    let size = |channel: &str| {
        let is_it = |figure: &&CountedFigure| {
            figure.figure == CountedName::OutcomeByStart
                && figure.of.first() == Some(&CountedPart::from(channel))
        };
        let known = counted.figures.iter().find(is_it);
        known.map_or(0.0, |known| known.journeys as f64)
    };
    let mut large: Vec<String> = Vec::new();
    let mut others = 0.0;
    for channel in &ground.channels {
        match size(channel) {
            known if known >= least => large.push((*channel).to_owned()),
            known => others += known,
        }
    }
    let several = large.len() > 1 || (large.len() == 1 && others > 0.0);
    if others <= 0.0 {
        large.clear();
    }
    several.then(|| Fact::new("start", FactKind::Start(StartOf::Channel(large))))
}
