//! How journeys end by the number of broken promises, and how long before the end each touchpoint comes.

use super::super::estimates::{mean, share};
use super::super::ground::Ground;
use super::super::journeys::Walk;
use super::super::plan::MOST_PAIRS;
use super::super::sums::{Above, Below, Sums};
use crate::journey::{CountedFigure, CountedName, Outcome, PromiseResult};

/// Classes of broken promises: none, one, two and more.
const CLASSES: [&str; 3] = ["0", "1", "2"];

/// Journeys with the same number of broken promises, or the same ending, and how many of them do something.
struct Class {
    below: Below,
    above: Vec<Above>,
}

/// Endings by broken promises, and leads by touchpoint.
pub(in crate::events::log::count) struct Tries {
    sums: Sums,
    by_breaks: Vec<Class>,
    /// By touchpoint: moments and seconds that are left.
    leads: Vec<[(Below, Above); 2]>,
    /// By touchpoint: whether anything follows, and whether any known wait does.
    behind: Vec<(bool, bool)>,
    /// By outcome, and then by touchpoint; none where there are too many.
    announced: Vec<Class>,
    /// The first visit to each touchpoint of a journey.
    met: Vec<(u32, usize)>,
    /// What is left behind each moment: moments, known seconds, and whether any are known.
    left: Vec<(f64, f64, bool)>,
}

impl Tries {
    pub(in crate::events::log::count) fn new(ground: &Ground<'_>) -> Self {
        let mut sums = Sums::default();
        let mut classes = |number: usize, figures: usize| -> Vec<Class> {
            let class = |_| {
                let below = sums.denominator();
                let above = (0..figures).map(|_| sums.figure(below)).collect();
                Class { below, above }
            };
            (0..number).map(class).collect()
        };
        let tested = if ground.promises.is_empty() {
            0
        } else {
            CLASSES.len()
        };
        let (ids, outcomes) = (ground.ids.len(), ground.outcomes.len());
        let few = ids * outcomes <= MOST_PAIRS;
        let tries = classes(tested, outcomes);
        let announced = classes(if few { outcomes } else { 0 }, ids);
        let mut lead = || {
            let below = sums.denominator();
            (below, sums.figure(below))
        };
        Self {
            by_breaks: tries,
            announced,
            leads: ground.ids.iter().map(|_| [lead(), lead()]).collect(),
            behind: vec![(false, false); ids],
            sums,
            met: Vec::new(),
            left: Vec::new(),
        }
    }

    /// Adds a journey.
    pub(in crate::events::log::count) fn add(&mut self, walk: &Walk) {
        let broken = walk.steps.iter();
        let broken = broken.filter(|step| step.result == Some(PromiseResult::Broken));
        let ending = walk.outcome.map(|outcome| outcome as usize);
        if let Some(class) = self.by_breaks.get(broken.count().min(CLASSES.len() - 1)) {
            self.sums.add_below(class.below, 1.0);
            if let Some(&above) = ending.and_then(|ending| class.above.get(ending)) {
                self.sums.add(above, 1.0);
            }
        }
        let places = walk.steps.iter().enumerate();
        self.met.clear();
        self.met
            .extend(places.map(|(place, step)| (step.node, place)));
        self.met.sort_unstable();
        self.met.dedup_by_key(|&mut (node, _)| node);
        if let Some(class) = ending.and_then(|ending| self.announced.get(ending)) {
            self.sums.add_below(class.below, 1.0);
            for &(node, _) in &self.met {
                if let Some(&above) = class.above.get(node as usize) {
                    self.sums.add(above, 1.0);
                }
            }
        }
        self.lead(walk);
    }

    /// What is left after the first visit to each touchpoint.
    fn lead(&mut self, walk: &Walk) {
        self.left.clear();
        let mut behind = (0.0, 0.0, false);
        for step in walk.steps.iter().rev() {
            self.left.push(behind);
            behind.0 += 1.0;
            if let Some(wait) = step.wait {
                behind.1 += wait;
                behind.2 = true;
            }
        }
        self.left.reverse();
        for &(node, place) in &self.met {
            let at = self.left.get(place).zip(self.leads.get(node as usize));
            let Some((&(moments, seconds, known), [left, waits])) = at else {
                continue;
            };
            self.sums.add_below(left.0, 1.0);
            self.sums.add(left.1, moments);
            if let Some((follows, waits)) = self.behind.get_mut(node as usize) {
                *follows |= moments > 0.0;
                *waits |= known;
            }
            if known || moments < 1.0 {
                self.sums.add_below(waits.0, 1.0);
                self.sums.add(waits.1, seconds);
            }
        }
    }

    /// Ends a cluster.
    pub(in crate::events::log::count) fn close(&mut self) {
        self.sums.close();
    }

    pub(in crate::events::log::count) fn figures(
        &self,
        ground: &Ground<'_>,
        by_customer: bool,
    ) -> Vec<CountedFigure> {
        let outcomes: Vec<&str> = ground.outcomes.iter().map(Outcome::as_str).collect();
        let mut figures = Vec::new();
        for (tries, class) in CLASSES.iter().zip(&self.by_breaks) {
            for (outcome, &above) in outcomes.iter().zip(&class.above) {
                let of = vec![(*tries).into(), (*outcome).into()];
                let ratio = self.sums.ratio(above);
                figures.extend(
                    ratio.map(|ratio| share(CountedName::OutcomeByTries, of, ratio, by_customer)),
                );
            }
        }
        // Where something follows and no time of it is known, or no time of any journey is, nobody knows how long it takes.
        let times_are_known = self.behind.iter().any(|&(_, waits)| waits);
        let leads = ground.ids.iter().zip(&self.leads).zip(&self.behind);
        for ((id, [left, waits]), &(follows, waited)) in leads {
            let is_known = waited || (!follows && times_are_known);
            let seconds = is_known.then_some((CountedName::LeadSeconds, waits.1));
            let moments = Some((CountedName::Lead, left.1));
            for (name, above) in moments.into_iter().chain(seconds) {
                let ratio = self.sums.ratio(above);
                figures.extend(ratio.map(|ratio| mean(name, vec![(*id).into()], ratio)));
            }
        }
        for (at, id) in ground.ids.iter().enumerate() {
            for (outcome, class) in outcomes.iter().zip(&self.announced) {
                let Some(ratio) = class
                    .above
                    .get(at)
                    .and_then(|&above| self.sums.ratio(above))
                else {
                    continue;
                };
                let of = vec![(*id).into(), (*outcome).into()];
                figures.push(share(CountedName::Announced, of, ratio, by_customer));
            }
        }
        figures
    }
}
