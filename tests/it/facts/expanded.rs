//! The law: a flow whose customers remember is the flow of the same map with each touchpoint drawn once for all that can be
//! remembered there. Both are computed, and every figure by touchpoint summed by hand.
#![expect(
    clippy::cast_possible_truncation,
    reason = "small numbers of a test, written as they are told"
)]

use std::collections::{BTreeMap, BTreeSet};

use crate::steady::cases;
use customer_journey::analysis::ChannelOptions;
use customer_journey::facts::{Fact, FactKind, Given};
use customer_journey::{
    Ability, Change, Emotion, FixKind, Flow, Journey, Outcome, Phase, Promise, PromiseResult,
    Touchpoint, Transition,
};
use proptest::prelude::*;

const RESULTS: [PromiseResult; 3] = [
    PromiseResult::Kept,
    PromiseResult::Broken,
    PromiseResult::Unknown,
];
const CHANNELS: [&str; 2] = ["web", "phone"];

/// Numbers from a seed.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn roll(&mut self, below: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }

    pub(super) fn chance(&mut self) -> f64 {
        self.roll(1 << 30) as f64 / f64::from(1 << 30)
    }

    fn weight(&mut self) -> f64 {
        (1 + self.roll(9)) as f64
    }
}

/// A fact as this test understands it: its values, and what a moment does to the position of the value.
#[derive(Clone)]
struct Known {
    name: &'static str,
    values: Vec<&'static str>,
}

fn facts(dice: &mut Dice) -> Vec<(Fact, Known)> {
    let known = |name, values: &[&'static str]| Known {
        name,
        values: values.to_vec(),
    };
    let all = [
        (
            Fact::first("first", "on time"),
            known("first", &["none", "kept", "broken", "unknown"]),
        ),
        (Fact::visited("was", "t1"), known("was", &["no", "yes"])),
        (
            Fact::times("times", "t2"),
            known("times", &["0", "1", "2+"]),
        ),
        (
            Fact::new("broken", FactKind::Broken),
            known("broken", &["0", "1", "2+"]),
        ),
        (
            Fact::new("moments", FactKind::Moments { from: vec![2, 4] }),
            known("moments", &["0-1", "2-3", "4+"]),
        ),
        (
            Fact::start_channel("came"),
            known("came", &["phone", "web"]),
        ),
        (
            Fact::shares("kind", [("new", 3.0), ("old", 1.0)]),
            known("kind", &["new", "old"]),
        ),
    ];
    let mut some: Vec<_> = all.into_iter().filter(|_| dice.roll(5) < 2).collect();
    some.truncate(3);
    some
}

/// A condition by positions: for one fact, which values are allowed.
type Asked = Option<(usize, BTreeSet<usize>)>;

#[derive(Clone)]
struct Way {
    to: Option<usize>,
    outcome: usize,
    weight: f64,
    when: Option<usize>,
    asked: Asked,
}

#[derive(Clone)]
struct Place {
    channel: usize,
    promise: Option<[f64; 3]>,
    /// For customers of whom something holds.
    promise_given: Option<(Asked, [f64; 3])>,
    emotion: Option<Vec<(f64, f64)>>,
    broken: Option<f64>,
    emotion_given: Option<(Asked, f64)>,
    starts: f64,
    starts_given: Option<(Asked, f64)>,
    can: Option<Ability>,
    cost: f64,
    ways: Vec<Way>,
}

struct Map {
    facts: Vec<(Fact, Known)>,
    places: Vec<Place>,
}

fn asked(dice: &mut Dice, facts: &[(Fact, Known)], of_ten: u64) -> Asked {
    if facts.is_empty() || dice.roll(10) >= of_ten {
        return None;
    }
    let fact = dice.roll(facts.len() as u64) as usize;
    let values = facts[fact].1.values.len();
    let mut allowed: BTreeSet<usize> = (0..values).filter(|_| dice.roll(2) == 0).collect();
    allowed.insert(dice.roll(values as u64) as usize);
    Some((fact, allowed))
}

fn draw(dice: &mut Dice) -> Map {
    let facts = facts(dice);
    let count = 3 + dice.roll(3) as usize;
    let group = facts.iter().position(|(_, known)| known.name == "kind");
    let places = (0..count).map(|at| {
        let promise = (at != 1 && dice.roll(2) == 0 || at == 0)
            .then(|| [dice.weight(), dice.weight(), dice.roll(3) as f64]);
        let mut ways: Vec<Way> = (0..2 + dice.roll(3))
            .map(|_| Way {
                to: (dice.roll(4) > 0).then(|| dice.roll(count as u64) as usize),
                outcome: dice.roll(3) as usize,
                weight: dice.weight(),
                when: (promise.is_some() && dice.roll(3) == 0).then(|| dice.roll(3) as usize),
                asked: asked(dice, &facts, 6),
            })
            .collect();
        ways.push(Way {
            to: None,
            outcome: dice.roll(3) as usize,
            weight: 1.0,
            when: None,
            asked: None,
        });
        // A way may be drawn once only.
        let mut drawn = BTreeSet::new();
        ways.retain(|way| drawn.insert((way.to, way.outcome, way.when, way.asked.clone())));
        let mut to = BTreeSet::new();
        ways.retain(|way| way.to.is_none() || to.insert((way.to, way.when, way.asked.clone())));
        let emotion = match dice.roll(4) {
            0 => None,
            1 => Some(vec![(dice.roll(9) as f64 / 4.0 - 1.0, 1.0)]),
            _ => Some(vec![
                (-0.5, dice.weight()),
                (0.5, dice.weight()),
                (f64::NAN, dice.roll(2) as f64),
            ]),
        };
        let starts = if at == 0 { 1.0 } else { dice.roll(3) as f64 };
        let starts_given = group.filter(|_| dice.roll(2) == 0).map(|group| {
            (
                Some((group, BTreeSet::from([dice.roll(2) as usize]))),
                dice.weight(),
            )
        });
        Place {
            channel: if at < 2 { at } else { dice.roll(2) as usize },
            promise,
            promise_given: promise
                .map(|_| asked(dice, &facts, 3))
                .filter(|of| of.is_some())
                .map(|of| (of, [dice.weight(), dice.weight(), 0.0])),
            broken: (promise.is_some() && dice.roll(2) == 0).then_some(-0.75),
            emotion_given: Some(asked(dice, &facts, 3))
                .filter(|of| of.is_some())
                .map(|of| (of, -0.25)),
            emotion,
            starts,
            starts_given,
            can: match dice.roll(5) {
                0 => Some(Ability::Listen),
                1 => Some(Ability::Resolve),
                _ => None,
            },
            cost: dice.roll(5) as f64,
            ways,
        }
    });
    Map {
        places: places.collect(),
        facts,
    }
}

const OUTCOMES: [&str; 3] = ["churn", "loyalty", "other"];

impl Map {
    fn given(&self, asked: &Asked) -> Given {
        asked
            .as_ref()
            .map_or_else(Given::default, |(fact, values)| {
                let known = &self.facts[*fact].1;
                let values: Vec<&str> = values.iter().map(|&value| known.values[value]).collect();
                Given::is(known.name, values)
            })
    }

    fn holds(asked: &Asked, remembered: &[usize]) -> bool {
        asked
            .as_ref()
            .is_none_or(|(fact, values)| values.contains(&value_of(*fact, remembered)))
    }

    fn touchpoint(&self, at: usize, id: String) -> Touchpoint {
        let place = &self.places[at];
        let channel = CHANNELS[place.channel];
        let phase = [Phase::Before, Phase::During, Phase::After][at % 3];
        let mut touchpoint = Touchpoint::new(id, phase, channel)
            .name(format!("t{at}"))
            .need("help")
            .cost(place.cost);
        if let Some(can) = place.can {
            touchpoint = touchpoint.can(can);
        }
        if at == 1 {
            touchpoint = touchpoint.makes("on time");
        }
        touchpoint
    }

    fn emotion(place: &Place) -> Option<Emotion> {
        let felt = place.emotion.as_ref()?;
        let known = felt.iter().filter(|(valence, _)| !valence.is_nan());
        let shades = known.map(|&(valence, weight)| {
            customer_journey::journey::Shade::valence(valence).weight(weight)
        });
        let unknown = felt
            .iter()
            .filter(|(valence, _)| valence.is_nan())
            .map(|(_, weight)| weight);
        Some(Emotion::mix(shades).or_unknown(unknown.sum()))
    }

    /// As it is drawn with facts.
    fn remembering(&self) -> Journey {
        let mut builder = Journey::builder("facts");
        for (fact, _) in &self.facts {
            builder = builder.remember(fact.clone());
        }
        for (at, place) in self.places.iter().enumerate() {
            let mut touchpoint = self.touchpoint(at, format!("t{at}"));
            if let Some(emotion) = Self::emotion(place) {
                touchpoint = touchpoint.feels(emotion);
            }
            if let Some([kept, broken, unknown]) = place.promise {
                touchpoint = touchpoint.promise(
                    Promise::new("on time")
                        .kept(kept)
                        .broken(broken)
                        .unknown(unknown),
                );
            }
            if let Some(broken) = place.broken {
                touchpoint = touchpoint.feels_when_broken(broken);
            }
            if let Some((asked, [kept, broken, unknown])) = &place.promise_given {
                let promise = Promise::new("on time")
                    .kept(*kept)
                    .broken(*broken)
                    .unknown(*unknown);
                touchpoint = touchpoint.promise_given(self.given(asked), promise);
            }
            if let Some((asked, valence)) = &place.emotion_given {
                touchpoint = touchpoint.feels_given(self.given(asked), *valence);
            }
            touchpoint = match &place.starts_given {
                Some((asked, weight)) => touchpoint
                    .starts_given(self.given(asked), *weight)
                    .starts_given(Given::default(), place.starts),
                None => touchpoint.starts(place.starts),
            };
            for way in place.ways.iter().filter(|way| way.to.is_none()) {
                let mut ending =
                    customer_journey::journey::Ending::new(OUTCOMES[way.outcome], way.weight)
                        .given(self.given(&way.asked));
                ending.when = way.when.map(|when| RESULTS[when]);
                touchpoint.ends.push(ending);
            }
            builder = builder.touchpoint(touchpoint);
        }
        for (at, place) in self.places.iter().enumerate() {
            for way in &place.ways {
                let Some(to) = way.to else { continue };
                let mut transition = Transition::new(way.weight)
                    .given(self.given(&way.asked))
                    .wait_s(60.0);
                transition.when = way.when.map(|when| RESULTS[when]);
                builder = builder.connect(format!("t{at}"), format!("t{to}"), transition);
            }
        }
        builder.build().unwrap()
    }

    /// What is remembered after a moment.
    fn after(&self, at: usize, result: Option<usize>, remembered: &[usize]) -> Vec<usize> {
        let mut after = remembered.to_vec();
        for (place, (_, known)) in self.facts.iter().enumerate() {
            let state = &mut after[place];
            match known.name {
                // What nobody knows gives way to the first result that is known.
                "first" if *state == 0 || *state == 3 => {
                    *state = result.map_or(*state, |result| result + 1);
                }
                "was" if at == 1 => *state = 1,
                "times" if at == 2 => *state = (*state + 1).min(2),
                "broken" if result == Some(1) => *state = (*state + 1).min(2),
                "moments" => *state = (*state + 1).min(4),
                _ => {}
            }
        }
        // Moments are counted, and asked about in classes.
        after
    }

    /// Drawn by hand: each touchpoint once for all that can be remembered there.
    fn expanded(&self) -> Journey {
        let mut starts = BTreeMap::<(usize, Vec<usize>), f64>::new();
        let groups: Vec<(Option<usize>, f64)> = if self.position("kind").is_some() {
            vec![(Some(0), 0.75), (Some(1), 0.25)]
        } else {
            vec![(None, 1.0)]
        };
        for (group, share) in groups {
            let begin = |at: usize| {
                let mut remembered = vec![0; self.facts.len()];
                if let (Some(place), Some(group)) = (self.position("kind"), group) {
                    remembered[place] = group;
                }
                if let Some(place) = self.position("came") {
                    // The channels in the order of their names.
                    remembered[place] = 1 - self.places[at].channel;
                }
                remembered
            };
            let weight = |at: usize| {
                let place = &self.places[at];
                let given = place.starts_given.as_ref().map_or(0.0, |(asked, weight)| {
                    if Self::holds(asked, &begin(at)) {
                        *weight
                    } else {
                        0.0
                    }
                });
                place.starts + given
            };
            let total: f64 = (0..self.places.len()).map(weight).sum();
            for at in 0..self.places.len() {
                *starts.entry((at, begin(at))).or_default() += share * weight(at) / total;
            }
        }
        starts.retain(|_, share| *share > 0.0);
        let mut open: Vec<(usize, Vec<usize>)> = starts.keys().cloned().collect();
        let mut numbers = BTreeMap::<(usize, Vec<usize>), usize>::new();
        let mut builder = Journey::builder("expanded");
        let id = |numbers: &mut BTreeMap<_, usize>, state: &(usize, Vec<usize>)| {
            let next = numbers.len();
            format!(
                "t{}_{}",
                state.0,
                *numbers.entry(state.clone()).or_insert(next)
            )
        };
        let mut done = BTreeSet::new();
        while let Some(state) = open.pop() {
            if !done.insert(state.clone()) {
                continue;
            }
            let (at, remembered) = &state;
            let place = &self.places[*at];
            let here = id(&mut numbers, &state);
            let mut touchpoint = self.touchpoint(*at, here.clone());
            if let Some(share) = starts.get(&state) {
                touchpoint = touchpoint.starts(*share);
            }
            let felt = place
                .emotion_given
                .as_ref()
                .filter(|(asked, _)| Self::holds(asked, remembered));
            if let Some((_, valence)) = felt {
                touchpoint = touchpoint.feels(*valence);
            } else {
                if let Some(emotion) = Self::emotion(place) {
                    touchpoint = touchpoint.feels(emotion);
                }
                if let Some(broken) = place.broken {
                    touchpoint = touchpoint.feels_when_broken(broken);
                }
            }
            let fares = place
                .promise_given
                .as_ref()
                .filter(|(asked, _)| Self::holds(asked, remembered));
            let promise = fares.map(|(_, weights)| *weights).or(place.promise);
            if let Some([kept, broken, unknown]) = promise {
                touchpoint = touchpoint.promise(
                    Promise::new("on time")
                        .kept(kept)
                        .broken(broken)
                        .unknown(unknown),
                );
            }
            let results: Vec<Option<usize>> = match promise {
                None => vec![None],
                Some(weights) => (0..3)
                    .filter(|&result| weights[result] > 0.0)
                    .map(Some)
                    .collect(),
            };
            let mut onward = BTreeMap::<(String, Option<usize>), f64>::new();
            for result in results {
                let after = self.after(*at, result, remembered);
                for way in &place.ways {
                    let agrees = way.when.is_none() || way.when == result;
                    if !agrees || !Self::holds(&way.asked, &after) {
                        continue;
                    }
                    if let Some(to) = way.to {
                        let next = (to, after.clone());
                        let there = id(&mut numbers, &next);
                        *onward.entry((there, result)).or_default() += way.weight;
                        open.push(next);
                    } else {
                        let outcome = OUTCOMES[way.outcome];
                        touchpoint = match result {
                            Some(result) => {
                                touchpoint.ends_when(RESULTS[result], outcome, way.weight)
                            }
                            None => touchpoint.ends(outcome, way.weight),
                        };
                    }
                }
            }
            builder = builder.touchpoint(touchpoint);
            for ((there, result), weight) in onward {
                let mut transition = Transition::new(weight).wait_s(60.0);
                transition.when = result.map(|result| RESULTS[result]);
                builder = builder.connect(here.clone(), there, transition);
            }
        }
        builder.build().unwrap()
    }

    fn position(&self, name: &str) -> Option<usize> {
        self.facts.iter().position(|(_, known)| known.name == name)
    }
}

thread_local! {
    static MOMENTS: std::cell::Cell<Option<usize>> = const { std::cell::Cell::new(None) };
}

/// The value of a fact; moments are counted one by one and asked about in classes.
fn value_of(fact: usize, remembered: &[usize]) -> usize {
    let state = remembered[fact];
    if MOMENTS.get() == Some(fact) {
        state / 2
    } else {
        state
    }
}

#[track_caller]
fn close(a: f64, b: f64, what: &str) {
    assert!(
        (a - b).abs() <= 1e-11 * (1.0 + a.abs().max(b.abs())),
        "{what}: {a} is not {b}"
    );
}

#[track_caller]
fn close_to(a: Option<f64>, b: Option<f64>, what: &str) {
    match (a, b) {
        (None, None) => {}
        (Some(a), Some(b)) => close(a, b, what),
        other => panic!("{what}: {other:?}"),
    }
}

fn check(map: &Map) {
    MOMENTS.set(map.position("moments"));
    let (facts, states) = (
        map.remembering().flow().unwrap(),
        map.expanded().flow().unwrap(),
    );
    let all: BTreeSet<Outcome> = facts
        .outcomes()
        .into_iter()
        .chain(states.outcomes())
        .map(|o| o.outcome)
        .collect();
    for outcome in &all {
        close(
            facts.probability(outcome),
            states.probability(outcome),
            outcome.as_str(),
        );
    }
    close(facts.length(), states.length(), "length");
    close(facts.hurt(), states.hurt(), "hurt");
    close_to(facts.wait_s(), states.wait_s(), "wait");
    trajectories(&facts, &states);
    touchpoints(map, &facts, &states, &all);
    promises(&facts, &states);
    let (a, b) = (facts.money(), states.money());
    close_to(a.cost, b.cost, "cost to serve");
    let both = |flow: &Flow| {
        let channels = flow.channel_consistency_with(&ChannelOptions::new());
        let pair = channels
            .needs
            .first()
            .and_then(|need| need.pairs.first().cloned());
        pair.map(|pair| {
            (
                pair.both,
                pair.mean_difference,
                pair.distance,
                pair.kept_rate_difference,
            )
        })
    };
    if let (Some(a), Some(b)) = (both(&facts), both(&states)) {
        close_to(a.0, b.0, "both channels");
        close_to(a.1, b.1, "difference of channels");
        close_to(a.2, b.2, "distance of channels");
        close_to(a.3, b.3, "kept rates of channels");
    }
    let (a, b) = (facts.listening(), states.listening());
    close_to(a.unhappy, b.unhappy, "unhappy");
    close_to(a.heard, b.heard, "heard");
    close_to(a.silent_churn, b.silent_churn, "silent");
    for gain in &a.gains {
        let listen = named(&states, &gain.id)
            .into_iter()
            .map(|id| Change::can(id, Ability::Listen));
        let listening = states
            .journey()
            .with_changes(&listen.collect::<Vec<_>>())
            .unwrap()
            .flow()
            .unwrap();
        let lost = b.silent_churn.unwrap() - listening.listening().silent_churn.unwrap();
        close(gain.gain.unwrap(), lost, "what listening gains");
    }
    fixes(map, &facts, &states);
}

fn trajectories(facts: &Flow, states: &Flow) {
    let (a, b) = (facts.trajectory(), states.trajectory());
    close_to(a.mean, b.mean, "mean");
    close_to(a.end, b.end, "end");
    close_to(a.peak, b.peak, "peak");
    close_to(a.swing, b.swing, "swing");
    for (a, b) in [(&a.worst, &b.worst), (&a.best, &b.best)] {
        close_to(a.mean, b.mean, "extreme");
        let met = |of: &customer_journey::analysis::ExtremeValence| {
            let all = of.distribution.clone().into_iter();
            all.filter(|chance| chance.probability > 0.0)
                .collect::<Vec<_>>()
        };
        for (a, b) in met(a).iter().zip(&met(b)) {
            close(a.valence, b.valence, "level");
            close(a.probability, b.probability, "extreme at a level");
        }
    }
    for (a, b) in a.phases.iter().zip(&b.phases) {
        close(a.reach, b.reach, "reach of a phase");
        close(a.moments, b.moments, "moments of a phase");
        close_to(a.mean, b.mean, "mean of a phase");
        close_to(a.sd, b.sd, "spread of a phase");
    }
    for (a, b) in a.curve.iter().zip(&b.curve) {
        close_to(a.mean, b.mean, "curve");
        close(a.travelling, b.travelling, "travelling");
    }
    for path in a.paths.iter().take(5) {
        let ids: Vec<&str> = path.touchpoints.iter().map(String::as_str).collect();
        close(
            path.probability,
            walked(states, &ids, &path.outcome),
            "path",
        );
    }
}

/// The chance of a path over names, by walking the map's own transitions.
fn walked(states: &Flow, names: &[&str], outcome: &Outcome) -> f64 {
    let chain: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
    let pattern = format!("start -> {} -> end(\"{outcome}\")", chain.join(" -> "));
    states.share_matching(&pattern.parse().unwrap()).unwrap()
}

fn named(flow: &Flow, name: &str) -> Vec<String> {
    let all = flow.journey().touchpoints();
    all.filter(|touchpoint| touchpoint.name.as_deref() == Some(name))
        .map(|it| it.id.clone())
        .collect()
}

fn touchpoints(map: &Map, facts: &Flow, states: &Flow, outcomes: &BTreeSet<Outcome>) {
    let figures: BTreeMap<String, _> = states
        .touchpoints()
        .into_iter()
        .map(|figures| (figures.id.clone(), figures))
        .collect();
    let mut ways = BTreeMap::<(String, String), f64>::new();
    let name = |id: &str| id.split('_').next().unwrap_or_default().to_owned();
    for way in states.transitions() {
        *ways.entry((name(&way.from), name(&way.to))).or_default() += way.flow;
    }
    for way in facts.transitions() {
        close(
            way.flow,
            ways[&(way.from.clone(), way.to.clone())],
            "transition",
        );
    }
    for (at, figure) in facts.touchpoints().iter().enumerate() {
        let id = format!("t{at}");
        let copies: Vec<_> = named(states, &id)
            .iter()
            .map(|id| figures[id].clone())
            .collect();
        let sum = |of: &dyn Fn(&customer_journey::analysis::TouchpointFigures) -> f64| {
            copies.iter().map(of).sum::<f64>()
        };
        close(figure.visits, sum(&|copy| copy.visits), "visits");
        close(figure.broken, sum(&|copy| copy.broken), "broken");
        if copies.is_empty() {
            assert_eq!(figure.reach, Some(0.0));
            continue;
        }
        close(
            figure.hurt.unwrap_or(0.0),
            sum(&|copy| copy.hurt.unwrap_or(0.0)),
            "hurt at a touchpoint",
        );
        let known = sum(&|copy| copy.visits * copy.coverage);
        close(figure.coverage * figure.visits, known, "coverage");
        if known > 0.0 {
            let mean = sum(&|copy| copy.visits * copy.coverage * copy.mean.unwrap_or(0.0));
            close(figure.mean.unwrap(), mean / known, "mean at a touchpoint");
        }
        let found = states.ask(&format!("\"{id}\"").parse().unwrap()).unwrap();
        close(figure.reach.unwrap(), found.probability, "reach");
        close_to(
            figure.repeats,
            Some(figure.visits / found.probability),
            "repeats",
        );
        for outcome in outcomes {
            let chance = |list: &[customer_journey::flow::OutcomeShare]| {
                let mut same = list.iter().filter(|share| share.outcome == *outcome);
                same.next().map_or(0.0, |share| share.probability)
            };
            let ahead = facts.ahead(&id).unwrap();
            close(
                ahead.chance_of(outcome),
                chance(&found.outcomes_given_match),
                "outcome after a visit",
            );
            let decides = |flow: &Flow, ids: &[String]| {
                let all = flow.moments_of_truth(outcome);
                all.iter()
                    .filter(|moment| ids.contains(&moment.id))
                    .map(|moment| moment.decides)
                    .sum::<f64>()
            };
            close(
                decides(facts, std::slice::from_ref(&id)),
                decides(states, &named(states, &id)),
                "decides",
            );
        }
        if map.places[at].promise.is_some() {
            for result in ["kept", "broken"] {
                let found = states
                    .ask(&format!("\"{id}\"{{promise = {result}}}").parse().unwrap())
                    .unwrap();
                let signs = facts.early_signs(&Outcome::Churn).signs;
                let sign = signs.iter().find(|sign| {
                    sign.id == id && sign.result.is_some_and(|r| r.as_str() == result)
                });
                if let Some(sign) = sign {
                    close(sign.reach.unwrap(), found.probability, "reach of a result");
                    let mut after = found
                        .outcomes_given_match
                        .iter()
                        .filter(|o| o.outcome == Outcome::Churn);
                    close(
                        sign.probability,
                        after.next().map_or(0.0, |o| o.probability),
                        "churn after a result",
                    );
                }
            }
        }
    }
    for outcome in outcomes {
        let (a, b) = (facts.attribution(outcome), states.attribution(outcome));
        for credit in &a.touchpoints {
            let copies = named(states, &credit.name);
            let of = |part: &dyn Fn(&customer_journey::analysis::Credit) -> f64| {
                b.touchpoints
                    .iter()
                    .filter(|c| copies.contains(&c.name))
                    .map(part)
                    .sum::<f64>()
            };
            close(
                credit.first_touch,
                of(&|credit| credit.first_touch),
                "first touch",
            );
            close(
                credit.last_touch,
                of(&|credit| credit.last_touch),
                "last touch",
            );
            close_to(
                credit.linear,
                Some(of(&|credit| credit.linear.unwrap())),
                "linear",
            );
        }
        for b in &b.channels {
            let a = a.channels.iter().find(|a| a.name == b.name).unwrap();
            close_to(a.removal, b.removal, "removal of a channel");
        }
    }
}

fn promises(facts: &Flow, states: &Flow) {
    let (a, b) = (facts.promises(), states.promises());
    assert_eq!(a.ledger.len(), b.ledger.len());
    for (a, b) in a.ledger.iter().zip(&b.ledger) {
        close(a.tests, b.tests, "tests");
        close_to(a.reach, b.reach, "reach of a promise");
        close_to(a.kept_rate, b.kept_rate, "kept rate");
        close_to(a.meets_broken, b.meets_broken, "meets broken");
        close_to(
            a.broken_after_made,
            b.broken_after_made,
            "broken after made",
        );
        if let (Some(a), Some(b)) = (&a.endings, &b.endings) {
            for b in &b.outcomes {
                let a = a.outcomes.iter().find(|a| a.outcome == b.outcome).unwrap();
                close_to(a.when_kept, b.when_kept, "when kept");
                close_to(a.when_broken, b.when_broken, "when broken");
            }
        }
        if let (Some(a), Some(b)) = (&a.recovery, &b.recovery) {
            close(a.recovered, b.recovered, "recovered");
            close_to(a.feeling.before, b.feeling.before, "feeling before");
            close_to(a.feeling.end, b.feeling.end, "feeling at the end");
        }
    }
    for (a, b) in a
        .tolerance
        .iter()
        .flatten()
        .zip(b.tolerance.iter().flatten())
    {
        close(a.share, b.share, "tolerance");
        for b in &b.outcomes {
            let a = a.outcomes.iter().find(|a| a.outcome == b.outcome).unwrap();
            close(a.probability, b.probability, "outcome by broken promises");
        }
    }
}

/// Fixed by hand on the map as this test holds it, and expanded again.
fn fixes(map: &Map, facts: &Flow, states: &Flow) {
    for fix in facts.single_fixes(&[FixKind::KeepPromise, FixKind::LiftEmotion]) {
        let Some(effect) = fix.effect else { continue };
        let at = map
            .places
            .iter()
            .enumerate()
            .find(|(at, _)| fix.id == format!("t{at}"))
            .unwrap()
            .0;
        let mut fixed = Map {
            facts: map.facts.clone(),
            places: map.places.clone(),
        };
        let place = &mut fixed.places[at];
        if fix.kind == FixKind::KeepPromise {
            let given = place.promise_given.as_mut().map(|(_, weights)| weights);
            for [kept, broken, _] in place.promise.iter_mut().chain(given) {
                *kept += *broken;
                *broken = 0.0;
            }
        } else {
            let felt = place
                .emotion
                .iter_mut()
                .flatten()
                .map(|(valence, _)| valence);
            let given = place.emotion_given.iter_mut().map(|(_, valence)| valence);
            for valence in felt.chain(given).chain(&mut place.broken) {
                if *valence < 0.0 {
                    *valence = 0.0;
                }
            }
        }
        let after = fixed.expanded().flow().unwrap();
        for change in &effect.outcomes {
            let by_hand = after.probability(&change.outcome) - states.probability(&change.outcome);
            close(change.change, by_hand, "effect of a fix on an outcome");
        }
        close(
            effect.hurt.unwrap(),
            after.hurt() - states.hurt(),
            "effect of a fix on hurt",
        );
        let (a, b) = (after.trajectory(), states.trajectory());
        close_to(
            effect.end,
            a.end.zip(b.end).map(|(a, b)| a - b),
            "effect of a fix on the end",
        );
    }
}

/// A map whose customers remember, from a seed.
pub(super) fn remembering(seed: u64) -> Journey {
    draw(&mut Dice(seed)).remembering()
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn a_flow_with_facts_is_that_of_the_map_expanded_by_hand(seed in any::<u64>()) {
        check(&draw(&mut Dice(seed)));
    }
}
