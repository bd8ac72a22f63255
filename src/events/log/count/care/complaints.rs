//! What became of complaints: who heard them, who answered and how soon, and how they ended.

use super::super::ground::Ground;
use super::super::journeys::{Step, Walk};
use super::super::ratios::Ratios;
use crate::journey::{Channel, CountedFigure, CountedName, Fate, IN_TIME_S, Outcome};

/// An hour, a day and a week, in seconds.
const LIMITS: [f64; 3] = [3_600.0, 86_400.0, 604_800.0];
/// Customers who feel as bad as this are unhappy.
const UNHAPPY: f64 = -0.25;
/// The name of all complaints, beside those of the fates.
const ALL: &str = "all";

/// On maps of more touchpoints, visits after an answer are not counted.
const MOST: usize = 500;

/// The figures of a list of names by the same figure of each, beginning at a number.
type From = usize;

pub(in crate::events::log::count) struct Complaints {
    ratios: Ratios,
    outcomes: usize,
    complained: From,
    unhappy_public: From,
    fates: From,
    /// By fate and outcome; all complaints last.
    endings: From,
    /// By fate; all complaints last.
    felt: From,
    heard: From,
    answered: From,
    public: From,
    /// By touchpoint that listens, or answers; by touchpoint.
    listeners: Vec<u32>,
    answerers: Vec<u32>,
    heard_at: From,
    answered_at: From,
    answered_of: From,
    after: From,
    /// By channel that hears and limit.
    channels: Vec<u32>,
    within: From,
}

/// A complaint: the places of the moments at which it was heard and answered, and the first unhappy one.
struct Complaint {
    heard: usize,
    answered: Option<usize>,
    fate: Fate,
    seconds: Option<f64>,
}

impl Complaints {
    pub(in crate::events::log::count) fn new(ground: &Ground<'_>) -> Self {
        let mut ratios = Ratios::new();
        let able = |can: fn(&super::super::ground::Able) -> bool| -> Vec<u32> {
            let nodes = (0_u32..).take(ground.ids.len());
            nodes.filter(|&node| can(&ground.able(node))).collect()
        };
        let (listeners, answerers) = (able(|able| able.listen), able(|able| able.answer));
        let complained = ratios.per_journey(CountedName::Complained, &[], true);
        let unhappy_public = ratios.add(CountedName::PublicByFate, &["unhappy"], true);
        let mut channels: Vec<u32> = listeners
            .iter()
            .filter_map(|&node| ground.channel_of.get(node as usize).copied())
            .collect();
        channels.sort_unstable();
        channels.dedup();
        let mut list = |names: &mut dyn Iterator<Item = (CountedName, Vec<&str>, bool)>| {
            let mut first = None;
            for (name, of, is_share) in names {
                let number = ratios.add(name, &of, is_share);
                first.get_or_insert(number);
            }
            first.unwrap_or(usize::MAX / 2)
        };
        let outcomes: Vec<&str> = ground.outcomes.iter().map(Outcome::as_str).collect();
        let classes = || Fate::ALL.iter().map(|fate| fate.as_str()).chain([ALL]);
        let id = |node: &u32| ground.ids.get(*node as usize).copied().unwrap_or_default();
        let each = |name: CountedName, nodes: &[u32], is_share: bool| -> Vec<_> {
            nodes
                .iter()
                .map(|node| (name, vec![id(node)], is_share))
                .collect()
        };
        let none = listeners.is_empty();
        let told = !none && ground.ids.len() <= MOST;
        let whole: Vec<u32> = (0_u32..)
            .take(if told { ground.ids.len() } else { 0 })
            .collect();
        let limits: Vec<String> = LIMITS.iter().map(ToString::to_string).collect();
        Self {
            complained,
            unhappy_public,
            outcomes: outcomes.len(),
            fates: list(
                &mut Fate::ALL
                    .iter()
                    .map(|fate| (CountedName::ComplaintFate, vec![fate.as_str()], true)),
            ),
            endings: list(&mut classes().flat_map(|class| {
                outcomes
                    .iter()
                    .map(move |outcome| (CountedName::OutcomeByFate, vec![class, *outcome], true))
            })),
            felt: list(&mut classes().map(|class| (CountedName::FeltByFate, vec![class], false))),
            heard: list(&mut std::iter::once((
                CountedName::FeltByFate,
                vec!["heard"],
                false,
            ))),
            answered: list(&mut std::iter::once((
                CountedName::FeltByFate,
                vec!["answered"],
                false,
            ))),
            public: list(
                &mut classes().map(|class| (CountedName::PublicByFate, vec![class], true)),
            ),
            heard_at: list(&mut each(CountedName::HeardAt, &listeners, true).into_iter()),
            answered_at: list(&mut each(CountedName::AnsweredAt, &answerers, true).into_iter()),
            answered_of: list(
                &mut each(CountedName::AnsweredOfHeard, &listeners, true).into_iter(),
            ),
            after: list(&mut each(CountedName::VisitsAfterAnswer, &whole, false).into_iter()),
            within: list(&mut channels.iter().flat_map(|&channel| {
                let name = ground.channels.get(channel as usize).copied();
                limits.iter().map(move |limit| {
                    let of = vec![limit.as_str(), name.unwrap_or_default()];
                    (CountedName::AnsweredWithin, of, true)
                })
            })),
            channels,
            listeners,
            answerers,
            ratios,
        }
    }

    /// Adds a journey.
    pub(in crate::events::log::count) fn add(&mut self, ground: &Ground<'_>, walk: &Walk) {
        let steps = &walk.steps;
        let is_bad = |step: &Step| step.valence.is_some_and(|valence| valence <= UNHAPPY);
        if let Some(unhappy) = steps.iter().position(is_bad) {
            let since = steps.get(unhappy..).unwrap_or_default();
            let is_public = since.iter().any(|step| is_public(ground, step));
            self.give(self.unhappy_public, is_public);
            if let Some(complaint) = Complaint::of(ground, steps, unhappy) {
                self.ratios.give(self.complained, 1.0, 1.0);
                self.complain(ground, walk, &complaint, is_public);
            }
        }
        self.ratios.end();
    }

    fn give(&mut self, entry: usize, is_so: bool) {
        self.ratios.give(entry, f64::from(u8::from(is_so)), 1.0);
    }

    fn complain(&mut self, ground: &Ground<'_>, walk: &Walk, known: &Complaint, is_public: bool) {
        let all = Fate::ALL.len();
        for (number, &fate) in Fate::ALL.iter().enumerate() {
            self.give(self.fates + number, fate == known.fate);
        }
        let own = Fate::ALL.iter().position(|&fate| fate == known.fate);
        let felt = walk.steps.last().and_then(|step| step.valence);
        for class in own.into_iter().chain([all]) {
            for outcome in 0..self.outcomes {
                let ended = walk.outcome.is_some_and(|at| at as usize == outcome);
                self.give(self.endings + class * self.outcomes + outcome, ended);
            }
            if let Some(felt) = felt {
                self.ratios.give(self.felt + class, felt, 1.0);
            }
            self.give(self.public + class, is_public);
        }
        let at = |place: usize| walk.steps.get(place);
        let (heard, answered) = (at(known.heard), known.answered.and_then(at));
        for (entry, step) in [(self.heard, heard), (self.answered, answered)] {
            if let Some(felt) = step.and_then(|step| step.valence) {
                self.ratios.give(entry, felt, 1.0);
            }
        }
        let hears = heard.map(|step| step.node);
        for place in 0..self.listeners.len() {
            let here = self.listeners.get(place).copied() == hears;
            self.give(self.heard_at + place, here);
            if here {
                self.give(self.answered_of + place, answered.is_some());
            }
        }
        for place in 0..self.answerers.len() {
            let here = self.answerers.get(place).copied();
            let here = here.is_some() && here == answered.map(|step| step.node);
            self.give(self.answered_at + place, here);
        }
        if let Some(from) = known.answered {
            self.after(ground, walk.steps.get(from..).unwrap_or_default());
        }
        self.soon(ground, hears, known);
    }

    /// Visits from the answer on, by touchpoint.
    fn after(&mut self, ground: &Ground<'_>, steps: &[Step]) {
        if ground.ids.len() > MOST {
            return;
        }
        for node in 0..ground.ids.len() {
            let visits = steps
                .iter()
                .filter(|step| step.node as usize == node)
                .count();
            self.ratios.give(self.after + node, visits as f64, 1.0);
        }
    }

    /// How soon the answer came, by the channel that heard; nothing where it is not known when.
    fn soon(&mut self, ground: &Ground<'_>, hears: Option<u32>, known: &Complaint) {
        if known.fate == Fate::Untimed {
            return;
        }
        let channel = hears.and_then(|node| ground.channel_of.get(node as usize));
        let place = channel.and_then(|channel| self.channels.binary_search(channel).ok());
        let Some(place) = place else { return };
        for (number, limit) in LIMITS.iter().enumerate() {
            let soon = known.seconds.is_some_and(|seconds| seconds <= *limit);
            self.give(self.within + place * LIMITS.len() + number, soon);
        }
    }

    /// Ends a cluster.
    pub(in crate::events::log::count) fn close(&mut self) {
        self.ratios.close();
    }

    /// Nothing where nobody can listen: then nobody complains.
    pub(in crate::events::log::count) fn figures(&self, by_customer: bool) -> Vec<CountedFigure> {
        if self.listeners.is_empty() {
            return Vec::new();
        }
        self.ratios.figures(by_customer)
    }
}

fn is_public(ground: &Ground<'_>, step: &Step) -> bool {
    let at = ground.touchpoints.get(step.node as usize);
    at.is_some_and(|at| at.channel == Channel::Social)
}

impl Complaint {
    /// `None` where nobody heard it.
    fn of(ground: &Ground<'_>, steps: &[Step], unhappy: usize) -> Option<Self> {
        let from = |place: usize, can: &dyn Fn(&super::super::ground::Able) -> bool| {
            let ahead = steps.iter().enumerate().skip(place);
            let mut able = ahead.filter(|(_, step)| can(&ground.able(step.node)));
            able.next().map(|(place, _)| place)
        };
        let heard = from(unhappy, &|able| able.listen)?;
        let answered = from(heard, &|able| able.answer);
        let seconds = answered.and_then(|answered| {
            if answered == heard {
                return Some(0.0);
            }
            let times = steps.get(heard)?.time.zip(steps.get(answered)?.time);
            let (asked, told) = times.filter(|(asked, told)| told >= asked)?;
            Some((told - asked) as f64 / 1e9)
        });
        let fate = match (answered, seconds) {
            (None, _) => Fate::Never,
            (Some(_), None) => Fate::Untimed,
            (Some(_), Some(seconds)) if seconds <= IN_TIME_S => Fate::InTime,
            (Some(_), Some(_)) => Fate::Late,
        };
        Some(Self {
            heard,
            answered,
            fate,
            seconds,
        })
    }
}
