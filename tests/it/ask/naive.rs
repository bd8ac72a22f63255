//! Patterns matched naively: by trying all positions, and by following all mass through journeys step by step. Nothing here
//! comes from the crate but the vocabulary.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::generate::{Rng, Taste};
use crate::moments::Chain;
use customer_journey::PromiseResult;

/// What a step asks of a moment: at one of these spots (any if none), and the tests.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    negated: bool,
    spots: Vec<usize>,
    feels: Option<(&'static str, f64)>,
    silent: bool,
    result: Option<(bool, PromiseResult)>,
    channel: Option<&'static str>,
}

#[derive(Clone, Debug)]
pub(crate) enum Arrow {
    Next,
    Later,
    Without(Step),
}

/// Steps with the arrow that leads to each (that to the first step is one from the start, or none), and an ending.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    steps: Vec<(Option<Arrow>, Step)>,
    end: Option<(Option<Arrow>, Vec<usize>)>,
}

#[derive(Clone, Debug)]
pub(crate) struct Question(Vec<Line>);

#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen {
    pub(crate) spot: usize,
    pub(crate) result: Option<PromiseResult>,
    pub(crate) valence: Option<f64>,
}

#[derive(Debug)]
pub(crate) struct Walked {
    pub(crate) moments: Vec<Seen>,
    pub(crate) outcome: usize,
}

impl Step {
    fn draw(rng: &mut Rng, chain: &Chain<'_>) -> Self {
        let spots = chain.drawing.spots.len();
        let named = if rng.chance(0.25) {
            0
        } else {
            1 + rng.below(2)
        };
        Self {
            negated: rng.chance(0.15),
            spots: (0..named).map(|_| rng.below(spots)).collect(),
            feels: rng.chance(0.2).then(|| {
                (
                    rng.pick(&["<", "<=", ">", ">="]),
                    rng.pick(&[-0.5, -0.25, 0.0, 0.25]),
                )
            }),
            silent: rng.chance(0.05),
            result: (rng.chance(0.15)).then(|| (rng.chance(0.2), rng.pick(PromiseResult::ALL))),
            channel: rng.chance(0.15).then(|| rng.pick(&["web", "phone"])),
        }
    }

    fn holds(&self, chain: &Chain<'_>, seen: &Seen) -> bool {
        let feels = |(sign, bound): (&str, f64)| {
            seen.valence.is_some_and(|v| match sign {
                "<" => v < bound,
                "<=" => v <= bound,
                ">" => v > bound,
                _ => v >= bound,
            })
        };
        let all = (self.spots.is_empty() || self.spots.contains(&seen.spot))
            && self.feels.is_none_or(feels)
            && (!self.silent || seen.valence.is_none())
            && self
                .result
                .is_none_or(|(differs, result)| (seen.result == Some(result)) != differs)
            && self
                .channel
                .is_none_or(|name| chain.drawing.spots[seen.spot].channel == name);
        all != self.negated
    }

    fn text(&self) -> String {
        let mut text = String::new();
        if self.negated {
            text += "not ";
        }
        match self.spots.as_slice() {
            [] => text += "*",
            [one] => write!(text, "t{one}").unwrap(),
            many => {
                let names: Vec<_> = many.iter().map(|spot| format!("t{spot}")).collect();
                write!(text, "({})", names.join("|")).unwrap();
            }
        }
        let mut tests = Vec::new();
        tests.extend(
            self.feels
                .map(|(sign, bound)| format!("feels {sign} {bound}")),
        );
        tests.extend(self.silent.then(|| "feels = unknown".to_owned()));
        tests.extend(self.result.map(|(differs, result)| {
            format!("promise {} {result}", if differs { "!=" } else { "=" })
        }));
        tests.extend(self.channel.map(|name| format!("channel = {name}")));
        if !tests.is_empty() {
            write!(text, "{{{}}}", tests.join(", ")).unwrap();
        }
        text
    }
}

/// What a step asks about: of how many moments all else leaves it open, how many of these have something to know, and of
/// how many it is known.
#[derive(Clone, Copy, Debug, Default)]
struct Asked {
    open: f64,
    wanted: f64,
    known: f64,
}

/// How much is known of what a step tests: the step, what it tests, the share that is known, and how many it asks about.
pub(crate) type Known = (String, &'static str, f64, f64);

/// Whether all hold, where that can be told.
fn every(all: &[Option<bool>]) -> Option<bool> {
    if all.contains(&Some(false)) {
        Some(false)
    } else if all.contains(&None) {
        None
    } else {
        Some(true)
    }
}

impl Step {
    /// What is asked about feelings and about promises, at moments with their weights and with whether a promise is put to
    /// the test there.
    fn asks(&self, chain: &Chain<'_>, seen: &[(Seen, f64, bool)]) -> [Option<Asked>; 2] {
        let mut asked = [
            self.feels.map(|_| Asked::default()),
            self.result
                .filter(|(_, result)| *result != PromiseResult::Unknown)
                .map(|_| Asked::default()),
        ];
        for (seen, weight, promised) in seen {
            let here = (self.spots.is_empty() || self.spots.contains(&seen.spot))
                && self
                    .channel
                    .is_none_or(|name| chain.drawing.spots[seen.spot].channel == name);
            let plain = |step: Self| Self {
                spots: Vec::new(),
                channel: None,
                negated: false,
                ..step
            };
            let alone = plain(Self {
                result: None,
                ..self.clone()
            });
            // Where a feeling is not known, what compares it with a number is open.
            let feels = match (self.feels, seen.valence) {
                (Some(_), None) => None,
                _ => Some(alone.holds(chain, seen)),
            };
            let alone = plain(Self {
                feels: None,
                silent: false,
                ..self.clone()
            });
            let told = seen.result.is_some_and(|r| r != PromiseResult::Unknown);
            let result = match self.result {
                Some((_, wanted)) if *promised && !told && wanted != PromiseResult::Unknown => None,
                _ => Some(alone.holds(chain, seen)),
            };
            if let Some(asked) = &mut asked[0] {
                let open = every(&[Some(here), None, result]).is_none();
                let known = open && seen.valence.is_some();
                asked.add(*weight, [open, open, known]);
            }
            if let Some(asked) = &mut asked[1] {
                let open = every(&[Some(here), feels, None]).is_none();
                asked.add(
                    *weight,
                    [open, open && *promised, open && *promised && told],
                );
            }
        }
        asked
    }
}

impl Asked {
    fn add(&mut self, weight: f64, [open, asked, known]: [bool; 3]) {
        self.open += weight * f64::from(open);
        self.wanted += weight * f64::from(asked);
        self.known += weight * f64::from(known);
    }
}

impl Arrow {
    fn draw(rng: &mut Rng, chain: &Chain<'_>) -> Self {
        match rng.below(3) {
            0 => Self::Next,
            1 => Self::Later,
            _ => Self::Without(Step::draw(rng, chain)),
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Next => "->".to_owned(),
            Self::Later => "=>".to_owned(),
            Self::Without(step) => format!("=[not {}]=>", step.text()),
        }
    }
}

impl Line {
    fn draw(rng: &mut Rng, chain: &Chain<'_>) -> Self {
        let tied = rng.chance(0.2);
        let count = rng.below(4);
        let mut steps = Vec::new();
        for at in 0..count {
            let arrow = (at > 0 || tied).then(|| Arrow::draw(rng, chain));
            steps.push((arrow, Step::draw(rng, chain)));
        }
        let end = (count == 0 || rng.chance(0.35)).then(|| {
            let arrow = (count > 0 || tied).then(|| Arrow::draw(rng, chain));
            let named = chain.outcomes.len();
            let named = (0..rng.below(3)).map(|_| rng.below(named)).collect();
            (arrow, named)
        });
        Self { steps, end }
    }

    fn tied(&self) -> bool {
        match self.steps.first() {
            Some((arrow, _)) => arrow.is_some(),
            None => self.end.as_ref().is_some_and(|(arrow, _)| arrow.is_some()),
        }
    }

    fn items(&self) -> usize {
        self.steps.len() + usize::from(self.end.is_some())
    }

    fn arrow(&self, item: usize) -> Option<&Arrow> {
        match self.steps.get(item) {
            Some((arrow, _)) => arrow.as_ref(),
            None => self.end.as_ref().and_then(|(arrow, _)| arrow.as_ref()),
        }
    }

    fn text(&self, chain: &Chain<'_>) -> String {
        let mut parts = Vec::new();
        if self.tied() {
            parts.push("start".to_owned());
        }
        for (arrow, step) in &self.steps {
            parts.extend(arrow.as_ref().map(Arrow::text));
            parts.push(step.text());
        }
        if let Some((arrow, outcomes)) = &self.end {
            parts.extend(arrow.as_ref().map(Arrow::text));
            let names: Vec<_> = outcomes
                .iter()
                .map(|&w| format!("{:?}", chain.outcomes[w]))
                .collect();
            parts.push(if names.is_empty() {
                "end".to_owned()
            } else {
                format!("end({})", names.join("|"))
            });
        }
        parts.join(" ")
    }

    /// Whether positions fit from item `item` on, with the item before at position `at` (moments are 1 to n, the start 0,
    /// the ending n + 1), and the last item at position `last`. What is before `after` is not there.
    fn fits(
        &self,
        chain: &Chain<'_>,
        journey: &Walked,
        item: usize,
        at: usize,
        after: usize,
        last: usize,
    ) -> bool {
        if item == self.items() {
            return at == last;
        }
        let n = journey.moments.len();
        let first = if item == 0 && !self.tied() {
            after + 1
        } else {
            at + 1
        };
        (first..=last).any(|position| {
            let here = match (self.steps.get(item), &self.end) {
                (Some((_, step)), _) => {
                    position <= n && step.holds(chain, &journey.moments[position - 1])
                }
                (None, Some((_, outcomes))) => {
                    position == n + 1
                        && (outcomes.is_empty() || outcomes.contains(&journey.outcome))
                }
                (None, None) => false,
            };
            let arrow = match self.arrow(item) {
                None | Some(Arrow::Later) => true,
                Some(Arrow::Next) => position == at + 1,
                Some(Arrow::Without(step)) => (at + 1..position)
                    .all(|between| !step.holds(chain, &journey.moments[between - 1])),
            };
            here && arrow && self.fits(chain, journey, item + 1, position, after, last)
        })
    }
}

/// What is waited for, line by line, and item by item.
type Set = BTreeSet<(usize, usize)>;

impl Question {
    pub(crate) fn draw(rng: &mut Rng, chain: &Chain<'_>) -> Self {
        let lines = if rng.chance(0.25) { 2 } else { 1 };
        Self((0..lines).map(|_| Line::draw(rng, chain)).collect())
    }

    pub(crate) fn text(&self, chain: &Chain<'_>) -> String {
        let lines: Vec<_> = self.0.iter().map(|line| line.text(chain)).collect();
        lines.join(" or ")
    }

    /// Where matches are complete, from the left, found by trying all positions.
    pub(crate) fn tries_all(&self, chain: &Chain<'_>, journey: &Walked) -> Vec<usize> {
        let mut found = Vec::new();
        let mut after = 0;
        for last in 1..=journey.moments.len() + 1 {
            let fits = self.0.iter().any(|line| {
                (after == 0 || !line.tied()) && line.fits(chain, journey, 0, 0, after, last)
            });
            if fits {
                found.push(last);
                after = last;
            }
        }
        found
    }

    /// How much is known of what is tested, at moments and on endings with their weights; `None` where something is asked and
    /// nowhere known, so that there is no answer.
    pub(crate) fn known(
        &self,
        chain: &Chain<'_>,
        seen: &[(Seen, f64)],
        ends: &[(usize, f64)],
    ) -> Option<Vec<Known>> {
        let promised: BTreeSet<usize> = seen
            .iter()
            .filter(|(seen, _)| seen.result.is_some())
            .map(|(seen, _)| seen.spot)
            .collect();
        let seen = seen
            .iter()
            .map(|&(seen, weight)| (seen, weight, promised.contains(&seen.spot)));
        let seen: Vec<_> = seen.collect();
        let as_printed = |text: &str| {
            text.parse::<customer_journey::Pattern>()
                .unwrap()
                .to_string()
        };
        let mut found: Vec<(Known, Asked, BTreeSet<usize>)> = Vec::new();
        let mut add = |line: usize, step: &str, tested, asked: Asked| {
            let same = |(known, ..): &&mut (Known, Asked, BTreeSet<usize>)| {
                (known.0.as_str(), known.1) == (step, tested)
            };
            if let Some((_, _, lines)) = found.iter_mut().find(same) {
                lines.insert(line);
                return;
            }
            let share = asked.known / asked.wanted;
            let known = (step.to_owned(), tested, share, asked.wanted);
            found.push((known, asked, BTreeSet::from([line])));
        };
        for (number, line) in self.0.iter().enumerate() {
            for item in 0..line.items() {
                let between = match line.arrow(item) {
                    Some(Arrow::Without(step)) => Some(step),
                    _ => None,
                };
                let here = line.steps.get(item).map(|(_, step)| step);
                for step in between.into_iter().chain(here) {
                    for (tested, asked) in ["feels", "promise"]
                        .into_iter()
                        .zip(step.asks(chain, &seen))
                    {
                        if let Some(asked) = asked {
                            add(number, &as_printed(&step.text()), tested, asked);
                        }
                    }
                }
            }
        }
        let is_stated = |outcome: usize| chain.outcomes[outcome] != "unstated";
        for (number, line) in self.0.iter().enumerate() {
            let Some((_, outcomes)) = &line.end else {
                continue;
            };
            if outcomes.iter().any(|&outcome| is_stated(outcome)) {
                let mut asked = Asked::default();
                for &(outcome, weight) in ends {
                    asked.add(weight, [true, true, is_stated(outcome)]);
                }
                let text = Line {
                    steps: Vec::new(),
                    end: line.end.clone().map(|(_, outcomes)| (None, outcomes)),
                };
                add(number, &as_printed(&text.text(chain)), "end", asked);
            }
        }
        let refused = |line: usize| {
            let mut asked = found.iter().filter(|(_, _, lines)| lines.contains(&line));
            asked.any(|((_, tested, ..), asked, _)| {
                // Where promises are told of, a place without one has none.
                let has_none = *tested == "promise" && !promised.is_empty() && asked.wanted <= 0.0;
                asked.open > 0.0 && asked.known <= 0.0 && !has_none
            })
        };
        if (0..self.0.len()).all(refused) {
            return None;
        }
        let asked = found.into_iter().filter(|(_, asked, _)| asked.wanted > 0.0);
        Some(asked.map(|(known, ..)| known).collect())
    }

    /// The moments of a map, with the expected number of each on a journey.
    pub(crate) fn moments_of(chain: &Chain<'_>, visits: impl Fn(&str) -> f64) -> Vec<(Seen, f64)> {
        let spots = chain.drawing.spots.iter().enumerate();
        let seen = spots.flat_map(|(at, spot)| {
            let visits = visits(&spot.id);
            let all = seen_at(chain, at).into_iter();
            all.map(move |(seen, chance, _)| (seen, visits * chance))
        });
        seen.collect()
    }

    fn begin(&self, again: bool) -> Set {
        let lines = self.0.iter().enumerate();
        lines
            .filter(|(_, line)| !again || !line.tied())
            .map(|(at, _)| (at, 0))
            .collect()
    }

    /// What is waited for behind a moment, or that it completes a match.
    fn step(&self, chain: &Chain<'_>, set: &Set, seen: &Seen) -> Option<Set> {
        let mut next = Set::new();
        for &(at, item) in set {
            let line = &self.0[at];
            if let Some((_, step)) = line.steps.get(item)
                && step.holds(chain, seen)
            {
                if item + 1 == line.items() {
                    return None;
                }
                next.insert((at, item + 1));
            }
            let stays = match line.arrow(item) {
                None | Some(Arrow::Later) => true,
                Some(Arrow::Next) => false,
                Some(Arrow::Without(step)) => !step.holds(chain, seen),
            };
            if stays {
                next.insert((at, item));
            }
        }
        Some(next)
    }

    fn ends(&self, set: &Set, outcome: usize) -> bool {
        set.iter().any(|&(at, item)| {
            let line = &self.0[at];
            let end = line.end.as_ref().filter(|_| item == line.steps.len());
            end.is_some_and(|(_, outcomes)| outcomes.is_empty() || outcomes.contains(&outcome))
        })
    }

    /// Where matches are complete, step by step.
    pub(crate) fn runs(&self, chain: &Chain<'_>, journey: &Walked) -> Vec<usize> {
        let mut found = Vec::new();
        let mut set = self.begin(false);
        for (at, seen) in journey.moments.iter().enumerate() {
            set = self.step(chain, &set, seen).unwrap_or_else(|| {
                found.push(at + 1);
                self.begin(true)
            });
        }
        if self.ends(&set, journey.outcome) {
            found.push(journey.moments.len() + 1);
        }
        found
    }

    /// The first step of each line alone, if each has one.
    fn first_steps(&self) -> Option<Self> {
        let first = |line: &Line| {
            let (arrow, step) = line.steps.first()?;
            let arrow = arrow.clone().filter(|arrow| matches!(arrow, Arrow::Next));
            Some(Line {
                steps: vec![(arrow, step.clone())],
                end: None,
            })
        };
        self.0.iter().map(first).collect::<Option<_>>().map(Self)
    }

    /// The lines without their endings, and the outcomes that all of these name.
    fn before_ending(&self) -> Option<(Self, BTreeSet<usize>)> {
        let mut named: Option<BTreeSet<usize>> = None;
        let mut lines = Vec::new();
        for line in &self.0 {
            let (_, outcomes) = line.end.as_ref()?;
            let outcomes: BTreeSet<usize> = outcomes.iter().copied().collect();
            if outcomes.is_empty()
                || line.steps.is_empty()
                || named.as_ref().is_some_and(|n| *n != outcomes)
            {
                return None;
            }
            named = Some(outcomes);
            lines.push(Line {
                steps: line.steps.clone(),
                end: None,
            });
        }
        Some((Self(lines), named?))
    }
}

/// What of the mass of all journeys matches, and what becomes of it.
#[derive(Debug, Default)]
pub(crate) struct Followed {
    pub(crate) matched: f64,
    pub(crate) matches: f64,
    pub(crate) begun: f64,
    pub(crate) lift: Option<f64>,
    pub(crate) moments: f64,
    pub(crate) wait: f64,
    pub(crate) knows_wait: bool,
    pub(crate) felt_after: f64,
    pub(crate) known_after: f64,
    pub(crate) with: BTreeMap<String, f64>,
    pub(crate) without: BTreeMap<String, f64>,
}

/// Mass at a spot before its moment is drawn: not yet matched in a set, or matched.
type Masses = BTreeMap<(usize, Option<Set>), Mass>;

/// Its share, and that times the wait so far.
#[derive(Clone, Copy, Default)]
struct Mass {
    share: f64,
    wait: f64,
    knows: bool,
}

/// Everything, or `None` where journeys take too long to end for that.
pub(crate) fn follow(chain: &Chain<'_>, question: &Question) -> Option<Followed> {
    let mut found = once(chain, question)?;
    found.matches = again(chain, question)?;
    found.begun = match question.first_steps() {
        None => 1.0,
        Some(first) => once(chain, &first)?.matched,
    };
    if let Some((before, outcomes)) = question.before_ending() {
        let before = once(chain, &before)?;
        let so = |sums: &BTreeMap<String, f64>| -> f64 {
            outcomes
                .iter()
                .filter_map(|&w| sums.get(&chain.outcomes[w]))
                .sum()
        };
        let all = so(&before.with) + so(&before.without);
        found.lift =
            (before.matched > 0.0 && all > 0.0).then(|| so(&before.with) / before.matched / all);
    }
    Some(found)
}

const ROUNDS: usize = 3_000;
const LEFT: f64 = 1e-18;

/// The moments that a visit to a spot may be: (what is seen, probability, position of the moment).
fn seen_at(chain: &Chain<'_>, spot: usize) -> Vec<(Seen, f64, usize)> {
    let mut all = Vec::new();
    for &x in &chain.of_spot[spot] {
        let moment = &chain.moments[x];
        let seen = |valence| Seen {
            spot,
            result: moment.result,
            valence,
        };
        if moment.mix.is_empty() {
            all.push((seen(None), moment.chance, x));
        }
        for &(level, share) in &moment.mix {
            all.push((seen(Some(chain.levels[level])), moment.chance * share, x));
        }
    }
    all
}

fn starts(chain: &Chain<'_>, set: &Set) -> Masses {
    let starts = chain
        .starts
        .iter()
        .enumerate()
        .filter(|(_, share)| **share > 0.0);
    let mass = |share: f64| Mass {
        share,
        ..Mass::default()
    };
    starts
        .map(|(spot, &share)| ((spot, Some(set.clone())), mass(share)))
        .collect()
}

fn once(chain: &Chain<'_>, question: &Question) -> Option<Followed> {
    let mut found = Followed::default();
    let mut masses = starts(chain, &question.begin(false));
    for round in 1..ROUNDS {
        let mut next = Masses::new();
        for ((spot, set), mass) in &masses {
            for (seen, chance, x) in seen_at(chain, *spot) {
                let share = mass.share * chance;
                let after = match set {
                    None => {
                        if let Some(valence) = seen.valence {
                            found.felt_after += share * valence;
                            found.known_after += share;
                        }
                        None
                    }
                    Some(set) => {
                        let after = question.step(chain, set, &seen);
                        if after.is_none() {
                            found.complete(share, round as f64, mass.wait * chance, mass.knows);
                        }
                        after
                    }
                };
                for &(w, p) in &chain.moments[x].ends {
                    let matched = after.as_ref().is_none_or(|set| question.ends(set, w));
                    if after.is_some() && matched {
                        found.complete(share * p, round as f64, mass.wait * chance * p, mass.knows);
                    }
                    let sums = if matched {
                        &mut found.with
                    } else {
                        &mut found.without
                    };
                    *sums.entry(chain.outcomes[w].clone()).or_default() += share * p;
                }
                for &(way, p) in &chain.moments[x].onward {
                    let wait = chain.drawing.ways[way].wait_s;
                    let there = next.entry((chain.to(way), after.clone())).or_default();
                    there.share += share * p;
                    there.wait += mass.wait * chance * p + share * p * wait.unwrap_or(0.0);
                    there.knows |= mass.knows || wait.is_some();
                }
            }
        }
        masses = next;
        if masses.values().map(|mass| mass.share).sum::<f64>() < LEFT {
            return Some(found);
        }
    }
    None
}

impl Followed {
    fn complete(&mut self, share: f64, moments: f64, wait: f64, knows: bool) {
        self.matched += share;
        self.moments += share * moments;
        self.wait += wait;
        self.knows_wait |= knows && share > 0.0;
    }
}

/// Expected matches that do not overlap.
fn again(chain: &Chain<'_>, question: &Question) -> Option<f64> {
    let mut matches = 0.0;
    let mut masses = starts(chain, &question.begin(false));
    for _ in 1..ROUNDS {
        let mut next = Masses::new();
        for ((spot, set), mass) in &masses {
            let set = set.as_ref().unwrap();
            for (seen, chance, x) in seen_at(chain, *spot) {
                let share = mass.share * chance;
                let after = question.step(chain, set, &seen).unwrap_or_else(|| {
                    matches += share;
                    question.begin(true)
                });
                for &(w, p) in &chain.moments[x].ends {
                    if question.ends(&after, w) {
                        matches += share * p;
                    }
                }
                for &(way, p) in &chain.moments[x].onward {
                    next.entry((chain.to(way), Some(after.clone())))
                        .or_default()
                        .share += share * p;
                }
            }
        }
        masses = next;
        if masses.values().map(|mass| mass.share).sum::<f64>() < LEFT {
            return Some(matches);
        }
    }
    None
}

/// Small maps with loops, one after the other.
pub(crate) fn small(judged: usize) -> Taste {
    Taste {
        spots: 2 + judged % 5,
        ways: 1.8,
        loops: true,
    }
}

/// So many journeys drawn at random, without the few that are very long.
pub(crate) fn walks(chain: &Chain<'_>, rng: &mut Rng, number: usize) -> Vec<Walked> {
    (0..number)
        .map(|_| walk(chain, rng))
        .filter(|journey| journey.moments.len() < 25)
        .collect()
}

/// A journey drawn at random.
pub(crate) fn walk(chain: &Chain<'_>, rng: &mut Rng) -> Walked {
    let mut spot = rng.draw(chain.starts.iter().copied().enumerate());
    let mut moments = Vec::new();
    loop {
        let all = seen_at(chain, spot);
        let (seen, x) = rng.draw(all.into_iter().map(|(seen, chance, x)| ((seen, x), chance)));
        moments.push(seen);
        let moment = &chain.moments[x];
        let ends = moment.ends.iter().map(|&(w, p)| (Err(w), p));
        let ways = moment.onward.iter().map(|&(way, p)| (Ok(way), p));
        match rng.draw(ends.chain(ways)) {
            Err(outcome) => return Walked { moments, outcome },
            Ok(way) => spot = chain.to(way),
        }
    }
}
