//! Complaints as the map tells them.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use ordered_float::OrderedFloat;

use super::{
    Compensation, ComplaintAnswered, ComplaintChannel, ComplaintHeard, ComplaintWithin, Complaints,
    FateFigures, FateOutcome,
};
use crate::flow::{Answers, Basis, Complaining, FateSums, Flow, RAREST, UNHAPPY, Worth, among};
use crate::journey::{Ability, Channel, Fate, IN_TIME_S};
use crate::page::number::is_all;

/// An hour, a day and a week.
pub(super) const LIMITS: [f64; 3] = [3_600.0, IN_TIME_S, 604_800.0];
/// With more outcomes it is not followed how journeys end by how soon they were answered.
const MOST_OUTCOMES: usize = 8;
/// What is left of a difference of times may be rounding up to here.
const ROUNDING: f64 = 1e-6;

impl Flow {
    /// From a complaint to its answer: who hears, who answers, how fast, and what becomes of complaints that are answered in time, late
    /// and never. One chain of touchpoints, stages and hearers, solved once; how soon is worked out where the waits of all ways have a
    /// known [spread](crate::Transition::waits).
    ///
    /// ```
    /// use customer_journey::{Ability, Channel, Journey, Outcome, Phase, Touchpoint};
    /// let flow = Journey::builder("Billing")
    ///     .touchpoint(Touchpoint::new("bill", Phase::During, Channel::Post).feels(-0.5))
    ///     .touchpoint(Touchpoint::new("call", Phase::After, Channel::Phone).can(Ability::Listen).ends(Outcome::Churn, 1.0))
    ///     .touchpoint(Touchpoint::new("letter", Phase::After, Channel::Post).can(Ability::Answer).ends(Outcome::Loyalty, 1.0))
    ///     .transition("bill", "call", 1.0)
    ///     .transition("call", "letter", 3.0)
    ///     .build()?
    ///     .flow()?;
    /// let complaints = flow.complaints();
    /// assert_eq!((complaints.complain, complaints.answered), (Some(1.0), Some(0.75)));
    /// assert_eq!(complaints.heard_by[0].id, "call");
    /// assert_eq!(complaints.fates[1].outcomes[0].probability, 1.0); // who gets no answer leaves
    /// # Ok::<(), customer_journey::Error>(())
    /// ```
    #[must_use]
    pub fn complaints(&self) -> Complaints {
        let heard = self.touchpoints_where(|at| at.is_able_to(Ability::Listen));
        if heard.is_empty() || self.coverage() <= 0.0 {
            return Complaints::default();
        }
        if let Some(counted) = self.counted_complaints() {
            return counted;
        }
        let Some(known) = self.complaining(UNHAPPY) else {
            return Complaints::default();
        };
        let mut complaints = Complaints {
            basis: Basis::Modelled,
            unhappy: Some(known.unhappy.min(1.0)),
            unhappy_in_public: among(known.unhappy_in_public, known.unhappy),
            complain: Some(known.complain.min(1.0)),
            ..Complaints::default()
        };
        if known.complain < RAREST {
            return complaints;
        }
        let of = |part: f64| among(part, known.complain);
        let answered: f64 = known.answered.iter().sum();
        complaints.answered = of(answered);
        complaints.in_public = of(known.answered_fate.in_public + known.never.in_public);
        complaints.at_complaint = known.at_complaint.mean();
        complaints.at_answer = known.at_answer.mean();
        complaints.within = self.soon(&known, &|_| true);
        self.hearers(&mut complaints, &known);
        complaints.channels = self.by_channel(&known);
        complaints.fates = self.fates(&known, answered);
        complaints.compensation =
            self.compensation(&complaints.fates, known.cost_after(self), answered);
        complaints
    }

    fn hearers(&self, complaints: &mut Complaints, known: &Complaining) {
        for (position, at) in self.journey().touchpoints().enumerate() {
            let of = |part: f64| among(part, known.complain).filter(|&share| share > 0.0);
            if let Some(share) = of(known.heard[position]) {
                complaints.heard_by.push(ComplaintHeard {
                    id: at.id.clone(),
                    channel: at.channel.clone(),
                    owner: at.owner.clone(),
                    share,
                    answered: among(known.answered_of[position], known.heard[position]),
                });
            }
            if let Some(share) = of(known.answered[position]) {
                complaints.answered_by.push(ComplaintAnswered {
                    id: at.id.clone(),
                    channel: at.channel.clone(),
                    owner: at.owner.clone(),
                    share,
                });
            }
        }
        complaints.rank();
    }

    fn by_channel(&self, known: &Complaining) -> Vec<ComplaintChannel> {
        let mut channels = BTreeMap::<&Channel, (f64, f64)>::new();
        for (position, at) in self.journey().touchpoints().enumerate() {
            if known.heard[position] > 0.0 {
                let (heard, answered) = channels.entry(&at.channel).or_default();
                *heard += known.heard[position];
                *answered += known.answered_of[position];
            }
        }
        let nodes = self.journey().graph().raw_nodes();
        let one = channels.len() == 1;
        let channels = channels.into_iter().map(|(channel, (heard, answered))| {
            let here = |position: usize| one || nodes[position].weight.channel == *channel;
            ComplaintChannel {
                channel: channel.clone(),
                share: among(heard, known.complain).unwrap_or(0.0),
                answered: among(answered, heard),
                within: self.soon(known, &here),
            }
        });
        channels.collect()
    }

    /// How soon those are answered that some touchpoints hear; nothing where it is not known.
    fn soon(&self, known: &Complaining, heard_by: &dyn Fn(usize) -> bool) -> Vec<ComplaintWithin> {
        let heard = known.heard.iter().enumerate();
        let heard = heard.filter(|&(position, _)| heard_by(position));
        let heard: f64 = heard.map(|(_, heard)| heard).sum();
        let within = |seconds: f64, share: f64| ComplaintWithin {
            seconds,
            share,
            low: None,
            high: None,
        };
        if heard < RAREST || self.wait_s().is_none() {
            return Vec::new();
        }
        let answers = Answers {
            heard_by,
            ending: None,
        };
        let Some(lapse) = self.lapse_to_answers(UNHAPPY, answers) else {
            return Vec::new();
        };
        let shares = LIMITS.into_iter().map(|limit| {
            let ended = lapse.ended_within(limit)?;
            Some(within(limit, (ended / heard).min(1.0)))
        });
        shares.collect::<Option<_>>().unwrap_or_default()
    }

    fn fates(&self, known: &Complaining, answered: f64) -> Vec<FateFigures> {
        let mut fates = Vec::new();
        let in_time = self.answered_in_time(answered);
        match in_time {
            Some((in_time, endings)) => {
                let late: Vec<f64> = known
                    .answered_fate
                    .outcomes
                    .iter()
                    .zip(&endings)
                    .map(|(all, in_time)| (all - in_time).max(0.0))
                    .collect();
                for (fate, share, endings) in [
                    (Fate::InTime, in_time, endings),
                    (Fate::Late, answered - in_time, late),
                ] {
                    if share > ROUNDING * known.complain {
                        fates.push(self.fate(fate, share, known.complain, &endings));
                    }
                }
                // All of one fate: then the map tells of it what it tells of answers.
                if let [only] = fates.as_mut_slice() {
                    only.tell(&known.answered_fate);
                }
            }
            None if answered > 0.0 => {
                let sums = &known.answered_fate;
                let mut fate = self.fate(Fate::Untimed, answered, known.complain, &sums.outcomes);
                fate.tell(sums);
                fates.push(fate);
            }
            None => {}
        }
        let never = known.never.share();
        if never > 0.0 {
            let mut fate = self.fate(Fate::Never, never, known.complain, &known.never.outcomes);
            fate.tell(&known.never);
            fates.push(fate);
        }
        fates
    }

    /// Complaints answered within a day, of all journeys, and how they end, likewise.
    fn answered_in_time(&self, answered: f64) -> Option<(f64, Vec<f64>)> {
        let outcomes = self.moments().outcomes().len();
        if answered < RAREST || outcomes > MOST_OUTCOMES || self.wait_s().is_none() {
            return None;
        }
        let within = |ending: Option<usize>| {
            let answers = Answers {
                heard_by: &|_| true,
                ending,
            };
            let lapse = self.lapse_to_answers(UNHAPPY, answers)?;
            lapse.ended_within(IN_TIME_S)
        };
        let in_time = within(None)?.min(answered);
        let endings = (0..outcomes).map(|outcome| within(Some(outcome)));
        Some((in_time, endings.collect::<Option<_>>()?))
    }

    fn fate(&self, fate: Fate, share: f64, complain: f64, endings: &[f64]) -> FateFigures {
        let outcomes = self.moments().outcomes().iter().zip(endings);
        let outcomes = outcomes.map(|(outcome, part)| FateOutcome {
            outcome: outcome.clone(),
            probability: (part / share).min(1.0),
            low: None,
            high: None,
        });
        FateFigures {
            fate,
            share: (share / complain).min(1.0),
            interval: None,
            outcomes: outcomes.collect(),
            in_public: None,
            end: None,
            worth: None,
            worth_coverage: None,
        }
        .valued(self)
    }

    /// What answers cost beside what they keep: `after` is what the visits from the answer on cost, over so many answers.
    pub(super) fn compensation(
        &self,
        fates: &[FateFigures],
        after: Worth,
        answers: f64,
    ) -> Option<Compensation> {
        let (mut answered, mut never) = (Worth::default(), Worth::default());
        let values = self.values();
        for fate in fates {
            let side = if fate.fate == Fate::Never {
                &mut never
            } else {
                &mut answered
            };
            for (outcome, &value) in fate.outcomes.iter().zip(&values) {
                side.add(fate.share * outcome.probability, value);
            }
        }
        // A difference of sums that leave something out would tell of what is stated, and not of worth.
        let is_whole = |worth: &Worth| worth.coverage().is_some_and(is_all);
        let per = |worth: &Worth| Some(worth.sum()? / worth.weight).filter(|_| is_whole(worth));
        let cost = after.sum().map(|sum| sum / answers);
        let keeps = per(&answered).zip(per(&never));
        let keeps = keeps.map(|(with, without)| with - without);
        (cost.is_some() || keeps.is_some()).then(|| Compensation {
            cost,
            cost_coverage: after.coverage(),
            keeps,
            worth_coverage: answered
                .coverage()
                .zip(never.coverage())
                .map(|(with, without)| with.min(without)),
            per_money: keeps
                .zip(cost)
                .filter(|&(_, cost)| cost > 0.0)
                .map(|(keeps, cost)| keeps / cost),
            currency: self.journey().currency().map(str::to_owned),
        })
    }
}

impl Complaints {
    /// The most complaints first; equal ones stay in the order of the map.
    pub(super) fn rank(&mut self) {
        self.heard_by
            .sort_by_key(|known| Reverse(OrderedFloat(known.share)));
        self.answered_by
            .sort_by_key(|known| Reverse(OrderedFloat(known.share)));
    }
}

impl FateFigures {
    fn tell(&mut self, sums: &FateSums) {
        self.in_public = among(sums.in_public, sums.share());
        self.end = sums.end.mean();
    }

    /// With what its endings are worth.
    pub(super) fn valued(mut self, flow: &Flow) -> Self {
        let mut worth = Worth::default();
        for (outcome, value) in self.outcomes.iter().zip(flow.values()) {
            worth.add(outcome.probability, value);
        }
        self.worth = worth.sum();
        self.worth_coverage = worth.coverage();
        self
    }
}
