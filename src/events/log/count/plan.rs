//! Which figures are counted, and what each journey gives to them.

use std::collections::{BTreeMap, BTreeSet};

use super::estimates::{Lengths, mean, root, share};
use super::ground::Ground;
use super::journeys::Walk;
use super::sums::{Above, Below, Sums};
use crate::journey::{CountedFigure, CountedName, CountedPart, PromiseResult};

/// From here down a moment is a bad one.
const BAD: f64 = -0.25;
/// Positions on a journey that have figures of their own.
const POSITIONS: usize = 30;
const AT_MOST: [f64; 3] = [-0.5, -0.25, 0.0];
const AT_LEAST: [f64; 3] = [0.0, 0.25, 0.5];
/// So many pairs of touchpoint and outcome have figures of their own: beyond that, none have.
const MOST_PAIRS: usize = 200_000;

/// How a figure is told.
#[derive(Debug, Clone, Copy)]
enum Form {
    Share,
    Mean,
    Root,
}

struct Entry {
    name: CountedName,
    of: Vec<CountedPart>,
    above: Above,
    form: Form,
}

/// A denominator with a numerator for each outcome.
struct Endings {
    below: Below,
    first: usize,
}

/// The figures that one pass over the journeys adds up.
pub(super) struct Plan {
    sums: Sums,
    entries: Vec<Entry>,
    by_customer: bool,
    whole: Below,
    felt: Below,
    reach: usize,
    visits: usize,
    length: usize,
    under_way: usize,
    positions: usize,
    curve: Vec<(Below, usize)>,
    mean: (Below, usize),
    hurt: usize,
    end: (Below, usize),
    /// Worst, best, peak, then the levels.
    extremes: usize,
    swing: (Below, usize),
    unhappy: usize,
    kept: Vec<(Below, usize)>,
    /// By promise and channel.
    kept_in: BTreeMap<(u32, u32), (Below, usize)>,
    meets: usize,
    tries: usize,
    outcome: usize,
    when_kept: Vec<Endings>,
    when_broken: Vec<Endings>,
    after_visit: Vec<Endings>,
    after_bad: Vec<Endings>,
    by_start: Vec<Endings>,
    /// By need and two channels, the alphabetically first one first.
    both: BTreeMap<(u32, u32, u32), usize>,
    first_pain: usize,
    first_pain_after: (Below, usize),
}

impl Plan {
    #[expect(
        clippy::too_many_lines,
        reason = "one line or two for each figure of the table"
    )]
    pub(super) fn new(ground: &Ground<'_>, longest: usize) -> Self {
        use CountedName as Name;
        let mut sums = Sums::default();
        let whole = sums.denominator();
        let felt = sums.denominator();
        let mut list = List {
            sums,
            entries: Vec::new(),
        };
        let ids = || ground.ids.iter().map(|&id| vec![CountedPart::from(id)]);
        let reach = list.all(Name::Reach, whole, Form::Share, ids());
        let visits = list.all(Name::Visits, whole, Form::Mean, ids());
        let length = list.one(Name::Length, whole, Form::Mean);
        let positions = longest.min(POSITIONS);
        let number = |number: usize| vec![CountedPart::from(number as f64)];
        let under_way = list.all(
            Name::UnderWay,
            whole,
            Form::Share,
            (2..=positions).map(number),
        );
        let curve = (1..=positions)
            .map(|position| {
                let below = list.sums.denominator();
                (
                    below,
                    list.add(Name::Curve, number(position), below, Form::Mean),
                )
            })
            .collect();
        let own = |list: &mut List, name, form| {
            let below = list.sums.denominator();
            (below, list.one(name, below, form))
        };
        let mean = own(&mut list, Name::Mean, Form::Mean);
        let hurt = list.one(Name::Hurt, whole, Form::Mean);
        let end = own(&mut list, Name::End, Form::Mean);
        let extremes = list.one(Name::Worst, felt, Form::Mean);
        list.one(Name::Best, felt, Form::Mean);
        list.one(Name::Peak, felt, Form::Mean);
        let level = |level: f64| vec![CountedPart::from(level)];
        list.all(Name::WorstAtMost, felt, Form::Share, AT_MOST.map(level));
        list.all(Name::BestAtLeast, felt, Form::Share, AT_LEAST.map(level));
        let swing = own(&mut list, Name::Swing, Form::Root);
        let unhappy = list.one(Name::Unhappy, whole, Form::Share);
        let mut kept = Vec::new();
        let mut kept_in = BTreeMap::new();
        for (promise, &name) in (0_u32..).zip(&ground.promises) {
            let below = list.sums.denominator();
            let of = vec![CountedPart::from(name)];
            kept.push((below, list.add(Name::KeptRate, of, below, Form::Share)));
            let tested = ground.promise_of.iter().zip(&ground.channel_of);
            let tested = tested.filter(|(of, _)| **of == Some(promise));
            for (_, &channel) in tested {
                kept_in.entry((promise, channel)).or_insert_with(|| {
                    let below = list.sums.denominator();
                    let by = ground.channels.get(channel as usize).copied();
                    let of = vec![name.into(), by.unwrap_or_default().into()];
                    (below, list.add(Name::KeptRate, of, below, Form::Share))
                });
            }
        }
        let names = |names: &[&str]| -> Vec<Vec<CountedPart>> {
            names.iter().map(|&name| vec![name.into()]).collect()
        };
        let meets = list.all(
            Name::MeetsBroken,
            whole,
            Form::Share,
            names(&ground.promises),
        );
        let broken = if ground.promises.is_empty() { 0 } else { 3 };
        let tries = list.all(Name::Tries, whole, Form::Share, (0..broken).map(number));
        let outcomes: Vec<&str> = ground.outcomes.iter().map(|o| o.as_str()).collect();
        let outcome = list.all(Name::Outcome, whole, Form::Share, names(&outcomes));
        let when_kept = list.endings(Name::OutcomeWhenKept, &ground.promises, &outcomes);
        let when_broken = list.endings(Name::OutcomeWhenBroken, &ground.promises, &outcomes);
        let few = ground.ids.len() * outcomes.len() <= MOST_PAIRS;
        let pairs: &[&str] = if few { &ground.ids } else { &[] };
        let after_visit = list.endings(Name::OutcomeAfterVisit, pairs, &outcomes);
        let after_bad = list.endings(Name::OutcomeAfterBad, pairs, &outcomes);
        let by_start = list.endings(Name::OutcomeByStart, &ground.channels, &outcomes);
        let both = needs_in_two_channels(ground)
            .into_iter()
            .map(|(need, a, b)| {
                let name = |names: &[&str], at: u32| {
                    CountedPart::from(names.get(at as usize).copied().unwrap_or_default())
                };
                let of = vec![
                    name(&ground.needs, need),
                    name(&ground.channels, a),
                    name(&ground.channels, b),
                ];
                ((need, a, b), list.add(Name::Both, of, whole, Form::Share))
            })
            .collect();
        let first_pain = list.one(Name::FirstPain, whole, Form::Share);
        list.all(Name::FirstPainAt, whole, Form::Share, ids());
        let first_pain_after = own(&mut list, Name::FirstPainAfter, Form::Mean);
        let List { sums, entries } = list;
        Self {
            sums,
            entries,
            by_customer: ground.log.customers() > 0,
            whole,
            felt,
            reach,
            visits,
            length,
            under_way,
            positions,
            curve,
            mean,
            hurt,
            end,
            extremes,
            swing,
            unhappy,
            kept,
            kept_in,
            meets,
            tries,
            outcome,
            when_kept,
            when_broken,
            after_visit,
            after_bad,
            by_start,
            both,
            first_pain,
            first_pain_after,
        }
    }

    fn give(&mut self, entry: usize, a: f64) {
        if let Some(entry) = self.entries.get(entry) {
            self.sums.add(entry.above, a);
        }
    }

    /// Adds a journey.
    pub(super) fn add(&mut self, ground: &Ground<'_>, walk: &Walk) {
        self.sums.add_below(self.whole, 1.0);
        self.give(self.length, walk.steps.len() as f64);
        for position in 2..=walk.steps.len().min(self.positions) {
            self.give(self.under_way + position - 2, 1.0);
        }
        if let Some(outcome) = walk.outcome {
            self.give(self.outcome + outcome as usize, 1.0);
        }
        self.add_visits(ground, walk);
        self.add_feelings(walk);
        self.add_promises(ground, walk);
    }

    fn add_visits(&mut self, ground: &Ground<'_>, walk: &Walk) {
        let mut visited: BTreeMap<u32, (f64, bool)> = BTreeMap::new();
        for step in &walk.steps {
            let (visits, bad) = visited.entry(step.node).or_default();
            *visits += 1.0;
            *bad |= step.valence.is_some_and(|valence| valence <= BAD);
        }
        let mut met: BTreeSet<(u32, u32)> = BTreeSet::new();
        for (&node, &(visits, bad)) in &visited {
            let at = node as usize;
            self.give(self.reach + at, 1.0);
            self.give(self.visits + at, visits);
            self.end_so(|plan| plan.after_visit.get(at), visits, walk.outcome);
            if bad {
                self.end_so(|plan| plan.after_bad.get(at), 1.0, walk.outcome);
            }
            let channel = ground.channel_of.get(at).copied();
            let need = ground.need_of.get(at).copied().flatten();
            met.extend(need.zip(channel));
        }
        for &(need, a) in &met {
            for &(_, b) in met.range((need, 0)..=(need, u32::MAX)) {
                if let Some(&entry) = self.both.get(&(need, a, b)) {
                    self.give(entry, 1.0);
                }
            }
        }
        if let Some(first) = walk.steps.first()
            && let Some(&channel) = ground.channel_of.get(first.node as usize)
        {
            self.end_so(
                |plan| plan.by_start.get(channel as usize),
                1.0,
                walk.outcome,
            );
        }
    }

    /// Adds the denominator of some endings, and to the ending of the journey.
    fn end_so(
        &mut self,
        endings: impl Fn(&Self) -> Option<&Endings>,
        weight: f64,
        outcome: Option<u32>,
    ) {
        let Some(&Endings { below, first }) = endings(self) else {
            return;
        };
        self.sums.add_below(below, weight);
        if let Some(outcome) = outcome {
            self.give(first + outcome as usize, weight);
        }
    }

    fn add_feelings(&mut self, walk: &Walk) {
        for (&(below, entry), step) in self.curve.clone().iter().zip(&walk.steps) {
            if let Some(valence) = step.valence {
                self.sums.add_below(below, 1.0);
                self.give(entry, valence);
            }
        }
        let (mut known, mut sum, mut hurt) = (0.0, 0.0, 0.0);
        let (mut worst, mut best) = (f64::INFINITY, f64::NEG_INFINITY);
        for valence in walk.valences() {
            known += 1.0;
            sum += valence;
            hurt += (-valence).max(0.0);
            worst = worst.min(valence);
            best = best.max(valence);
        }
        if let Some(valence) = walk.steps.last().and_then(|step| step.valence) {
            self.sums.add_below(self.end.0, 1.0);
            self.give(self.end.1, valence);
        }
        let Some(peak) = walk.peak() else { return };
        self.sums.add_below(self.mean.0, known);
        self.give(self.mean.1, sum);
        self.give(self.hurt, hurt);
        self.sums.add_below(self.felt, 1.0);
        for (place, extreme) in [worst, best, peak].into_iter().enumerate() {
            self.give(self.extremes + place, extreme);
        }
        for (place, level) in AT_MOST.into_iter().enumerate() {
            if worst <= level {
                self.give(self.extremes + 3 + place, 1.0);
            }
        }
        for (place, level) in AT_LEAST.into_iter().enumerate() {
            if best >= level {
                self.give(self.extremes + 6 + place, 1.0);
            }
        }
        if worst <= BAD {
            self.give(self.unhappy, 1.0);
        }
        let pain = |step: &super::journeys::Step| step.valence.is_some_and(|v| v < 0.0);
        if let Some(at) = walk.steps.iter().position(pain) {
            let node = walk.steps.get(at).map_or(0, |step| step.node as usize);
            self.give(self.first_pain, 1.0);
            self.give(self.first_pain + 1 + node, 1.0);
            self.sums.add_below(self.first_pain_after.0, 1.0);
            self.give(self.first_pain_after.1, at as f64);
        }
        let (mut changes, mut squares) = (0.0, 0.0);
        for pair in walk.steps.windows(2) {
            if let [before, after] = pair
                && let Some((before, after)) = before.valence.zip(after.valence)
            {
                changes += 1.0;
                squares += (after - before).powi(2);
            }
        }
        if changes > 0.0 {
            self.sums.add_below(self.swing.0, changes);
            self.give(self.swing.1, squares);
        }
    }

    fn add_promises(&mut self, ground: &Ground<'_>, walk: &Walk) {
        if ground.promises.is_empty() {
            return;
        }
        /// The first known result of a promise, and how many were kept and broken, by channel.
        #[derive(Default)]
        struct Met {
            first: Option<PromiseResult>,
            by_channel: BTreeMap<u32, (f64, f64)>,
        }
        let mut met: BTreeMap<u32, Met> = BTreeMap::new();
        for step in &walk.steps {
            let at = step.node as usize;
            let promise = ground.promise_of.get(at).copied().flatten();
            let (Some(promise), Some(result)) = (promise, step.result) else {
                continue;
            };
            let met = met.entry(promise).or_default();
            met.first.get_or_insert(result);
            let channel = ground.channel_of.get(at).copied().unwrap_or_default();
            let (kept, broken) = met.by_channel.entry(channel).or_default();
            match result {
                PromiseResult::Kept => *kept += 1.0,
                _ => *broken += 1.0,
            }
        }
        let mut tries = 0.0;
        for (promise, met) in met {
            let at = promise as usize;
            let (mut all_kept, mut all_broken) = (0.0, 0.0);
            for (channel, (kept, broken)) in met.by_channel {
                if let Some(&(below, entry)) = self.kept_in.get(&(promise, channel)) {
                    self.sums.add_below(below, kept + broken);
                    self.give(entry, kept);
                }
                all_kept += kept;
                all_broken += broken;
            }
            if let Some(&(below, entry)) = self.kept.get(at) {
                self.sums.add_below(below, all_kept + all_broken);
                self.give(entry, all_kept);
            }
            if all_broken > 0.0 {
                self.give(self.meets + at, 1.0);
            }
            tries += all_broken;
            match met.first {
                Some(PromiseResult::Kept) => {
                    self.end_so(|plan| plan.when_kept.get(at), 1.0, walk.outcome);
                }
                _ => self.end_so(|plan| plan.when_broken.get(at), 1.0, walk.outcome),
            }
        }
        let tries = if tries < 1.0 {
            0
        } else if tries < 2.0 {
            1
        } else {
            2
        };
        self.give(self.tries + tries, 1.0);
    }

    /// Ends a cluster.
    pub(super) fn close(&mut self) {
        self.sums.close();
    }

    pub(super) fn mean_length(&self) -> f64 {
        let length = self.entries.get(self.length);
        let ratio = length.and_then(|entry| self.sums.ratio(entry.above));
        ratio.map_or(0.0, |(ratio, _, _)| ratio.value())
    }

    /// The figures that rest on any journey.
    pub(super) fn figures(&self, lengths: &Lengths) -> Vec<CountedFigure> {
        // Where nobody says what was felt, nobody was found unhappy, and nobody was found happy.
        let felt = self.entries.get(self.extremes);
        let felt = felt.is_some_and(|entry| self.sums.ratio(entry.above).is_some());
        let of_feelings = |name| {
            use CountedName as Name;
            matches!(
                name,
                Name::Hurt | Name::Unhappy | Name::FirstPain | Name::FirstPainAt
            )
        };
        let counted = self.entries.iter().filter_map(|entry| {
            if !felt && of_feelings(entry.name) {
                return None;
            }
            let ratio = self.sums.ratio(entry.above)?;
            let of = entry.of.clone();
            Some(match entry.form {
                Form::Share => share(entry.name, of, ratio, self.by_customer),
                Form::Mean => mean(entry.name, of, ratio),
                Form::Root => root(entry.name, ratio),
            })
        });
        counted.chain(lengths.figure()).collect()
    }
}

/// Figures being listed.
struct List {
    sums: Sums,
    entries: Vec<Entry>,
}

impl List {
    fn add(&mut self, name: CountedName, of: Vec<CountedPart>, below: Below, form: Form) -> usize {
        let above = self.sums.figure(below);
        self.entries.push(Entry {
            name,
            of,
            above,
            form,
        });
        self.entries.len() - 1
    }

    fn one(&mut self, name: CountedName, below: Below, form: Form) -> usize {
        self.add(name, Vec::new(), below, form)
    }

    /// Several figures in a row; where the first one is.
    fn all(
        &mut self,
        name: CountedName,
        below: Below,
        form: Form,
        of: impl IntoIterator<Item = Vec<CountedPart>>,
    ) -> usize {
        let first = self.entries.len();
        for of in of {
            self.add(name, of, below, form);
        }
        first
    }

    /// For each name a denominator of its own, and a figure for each outcome.
    fn endings(&mut self, name: CountedName, names: &[&str], outcomes: &[&str]) -> Vec<Endings> {
        names
            .iter()
            .map(|&given| {
                let below = self.sums.denominator();
                let pairs = outcomes.iter().map(|&o| vec![given.into(), o.into()]);
                let first = self.all(name, below, Form::Share, pairs);
                Endings { below, first }
            })
            .collect()
    }
}

/// The needs that touchpoints of two channels serve, with both channels.
fn needs_in_two_channels(ground: &Ground<'_>) -> Vec<(u32, u32, u32)> {
    let mut channels: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    for (need, &channel) in ground.need_of.iter().zip(&ground.channel_of) {
        if let Some(need) = need {
            channels.entry(*need).or_default().insert(channel);
        }
    }
    let name = |channel: u32| ground.channels.get(channel as usize).copied();
    let mut pairs = Vec::new();
    for (need, channels) in channels {
        let mut named: Vec<u32> = channels.into_iter().collect();
        named.sort_by_key(|&channel| name(channel));
        for (place, &a) in named.iter().enumerate() {
            pairs.extend(named.iter().skip(place + 1).map(|&b| (need, a, b)));
        }
    }
    pairs
}
