//! Which figures are counted, and what each journey gives to them.

mod give;

use std::collections::{BTreeMap, BTreeSet};

use super::estimates::{Lengths, mean, root, share};
use super::ground::Ground;
use super::sums::{Above, Below, Sums};
use crate::journey::{CountedFigure, CountedName, CountedPart, Outcome};

/// From here down a moment is a bad one.
pub(in crate::events::log::count) const BAD: f64 = -0.25;
/// Above this it is a good one.
const GOOD: f64 = 0.1;
/// Positions on a journey that have figures of their own.
const POSITIONS: usize = 30;
const AT_MOST: [f64; 3] = [-0.5, -0.25, 0.0];
const AT_LEAST: [f64; 3] = [0.0, 0.25, 0.5];
/// So many pairs of touchpoint and outcome have figures of their own: beyond that, none have.
pub(in crate::events::log::count) const MOST_PAIRS: usize = 200_000;

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
pub(in crate::events::log::count) struct Plan {
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
    after_good: Vec<Endings>,
    by_start: Vec<Endings>,
    /// By need and two channels, the alphabetically first one first.
    both: BTreeMap<(u32, u32, u32), usize>,
    first_pain: usize,
    first_pain_after: (Below, usize),
    /// By promise: from the first known result on, where that is kept, and where it is broken.
    felt_after: Vec<[(Below, usize); 2]>,
}

impl Plan {
    #[expect(
        clippy::too_many_lines,
        reason = "one line or two for each figure of the table"
    )]
    pub(in crate::events::log::count) fn new(ground: &Ground<'_>, longest: usize) -> Self {
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
        let outcomes: Vec<&str> = ground.outcomes.iter().map(Outcome::as_str).collect();
        let outcome = list.all(Name::Outcome, whole, Form::Share, names(&outcomes));
        let when_kept = list.endings(Name::OutcomeWhenKept, &ground.promises, &outcomes);
        let when_broken = list.endings(Name::OutcomeWhenBroken, &ground.promises, &outcomes);
        let few = ground.ids.len() * outcomes.len() <= MOST_PAIRS;
        let pairs: &[&str] = if few { &ground.ids } else { &[] };
        let after_visit = list.endings(Name::OutcomeAfterVisit, pairs, &outcomes);
        let after_bad = list.endings(Name::OutcomeAfterBad, pairs, &outcomes);
        let after_good = list.endings(Name::OutcomeAfterGood, pairs, &outcomes);
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
        let results = [Name::FeelingWhenKept, Name::FeelingWhenBroken];
        let felt_after = ground.promises.iter().map(|&promise| {
            results.map(|name| {
                let below = list.sums.denominator();
                let of = vec![CountedPart::from(promise)];
                (below, list.add(name, of, below, Form::Mean))
            })
        });
        let felt_after = felt_after.collect();
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
            after_good,
            by_start,
            both,
            first_pain,
            first_pain_after,
            felt_after,
        }
    }

    /// Ends a cluster.
    pub(in crate::events::log::count) fn close(&mut self) {
        self.sums.close();
    }

    pub(in crate::events::log::count) fn mean_length(&self) -> f64 {
        let length = self.entries.get(self.length);
        let ratio = length.and_then(|entry| self.sums.ratio(entry.above));
        ratio.map_or(0.0, |(ratio, _, _)| ratio.value())
    }

    /// The figures that rest on any journey.
    pub(in crate::events::log::count) fn figures(&self, lengths: &Lengths) -> Vec<CountedFigure> {
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
