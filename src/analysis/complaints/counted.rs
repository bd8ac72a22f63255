//! Complaints as they were counted on whole journeys.

use std::collections::BTreeMap;

use super::find::LIMITS;
use super::{
    ComplaintAnswered, ComplaintChannel, ComplaintHeard, ComplaintWithin, Complaints, FateFigures,
    FateOutcome,
};
use crate::flow::{Basis, Flow, Worth, among};
use crate::journey::{Ability, Channel, CountedFigure, CountedName, Fate};

impl Flow {
    /// `None` where nothing was counted, or others can listen or answer than when it was.
    pub(super) fn counted_complaints(&self) -> Option<Complaints> {
        let complain = self.counted(CountedName::Complained, &[])?;
        let unhappy = self.counted_value(CountedName::Unhappy, &[]);
        let in_public = |of: &str| self.counted_value(CountedName::PublicByFate, &[of]);
        let felt = |of: &str| self.counted_value(CountedName::FeltByFate, &[of]);
        let mut complaints = Complaints {
            basis: Basis::Counted,
            unhappy,
            unhappy_in_public: in_public("unhappy"),
            complain: Some(complain.value),
            complain_interval: interval(complain),
            ..Complaints::default()
        };
        if complain.value <= 0.0 {
            complaints.journeys = Some(0);
            return Some(complaints);
        }
        if !self.hears_as_counted() {
            return None;
        }
        complaints.in_public = in_public("all");
        complaints.at_complaint = felt("heard");
        complaints.at_answer = felt("answered");
        complaints.within = self.counted_within(None);
        self.counted_places(&mut complaints);
        for &fate in Fate::ALL {
            complaints.fates.extend(self.counted_fate(fate));
        }
        let never = complaints.fates.iter();
        let never = never.filter(|known| known.fate == Fate::Never);
        let never: f64 = never.map(|known| known.share).sum();
        complaints.answered = Some(1.0 - never);
        complaints.journeys = self
            .counted(CountedName::ComplaintFate, &[Fate::Never.as_str()])
            .map(|known| known.journeys);
        let mut after = Worth::default();
        for (at, cost) in self.journey().touchpoints().zip(self.costs()) {
            let visits = self.counted_value(CountedName::VisitsAfterAnswer, &[&at.id]);
            after.add(visits.unwrap_or(0.0), cost);
        }
        complaints.compensation = self.compensation(&complaints.fates, after, 1.0);
        Some(complaints)
    }

    /// Whether the same touchpoints listen and answer as on the map on which complaints were counted.
    fn hears_as_counted(&self) -> bool {
        self.journey().touchpoints().all(|at| {
            let counted = |name| self.counted(name, &[&at.id]).is_some();
            counted(CountedName::HeardAt) == at.is_able_to(Ability::Listen)
                && counted(CountedName::AnsweredAt) == at.is_able_to(Ability::Answer)
        })
    }

    fn counted_places(&self, complaints: &mut Complaints) {
        let mut channels = BTreeMap::<&Channel, (f64, f64)>::new();
        for at in self.journey().touchpoints() {
            let value = |name| self.counted_value(name, &[&at.id]);
            if let Some(share) = value(CountedName::HeardAt).filter(|&share| share > 0.0) {
                let answered = value(CountedName::AnsweredOfHeard);
                let (heard, of) = channels.entry(&at.channel).or_default();
                *heard += share;
                *of += share * answered.unwrap_or(0.0);
                complaints.heard_by.push(ComplaintHeard {
                    id: at.id.clone(),
                    channel: at.channel.clone(),
                    owner: at.owner.clone(),
                    share,
                    answered,
                });
            }
            if let Some(share) = value(CountedName::AnsweredAt).filter(|&share| share > 0.0) {
                complaints.answered_by.push(ComplaintAnswered {
                    id: at.id.clone(),
                    channel: at.channel.clone(),
                    owner: at.owner.clone(),
                    share,
                });
            }
        }
        complaints.rank();
        let channels = channels.into_iter();
        complaints.channels = channels
            .map(|(channel, (heard, answered))| ComplaintChannel {
                channel: channel.clone(),
                share: heard,
                answered: among(answered, heard),
                within: self.counted_within(Some(channel)),
            })
            .collect();
    }

    fn counted_within(&self, channel: Option<&Channel>) -> Vec<ComplaintWithin> {
        let within = LIMITS.into_iter().filter_map(|seconds| {
            let limit = seconds.to_string();
            let of: Vec<&str> = std::iter::once(limit.as_str())
                .chain(channel.map(Channel::as_str))
                .collect();
            let known = self.counted(CountedName::AnsweredWithin, &of)?;
            Some(ComplaintWithin {
                seconds,
                share: known.value,
                low: known.low,
                high: known.high,
            })
        });
        within.collect()
    }

    /// `None` where no complaint had this fate.
    fn counted_fate(&self, fate: Fate) -> Option<FateFigures> {
        let of = fate.as_str();
        let share = self.counted(CountedName::ComplaintFate, &[of])?;
        if share.value <= 0.0 {
            return None;
        }
        let outcomes = self.moments().outcomes().iter().map(|outcome| {
            let of = [of, outcome.as_str()];
            let known = self.counted(CountedName::OutcomeByFate, &of);
            FateOutcome {
                outcome: outcome.clone(),
                probability: known.map_or(0.0, |known| known.value),
                low: known.and_then(|known| known.low),
                high: known.and_then(|known| known.high),
            }
        });
        let figures = FateFigures {
            fate,
            share: share.value,
            interval: interval(share),
            outcomes: outcomes.collect(),
            in_public: self.counted_value(CountedName::PublicByFate, &[of]),
            end: self.counted_value(CountedName::FeltByFate, &[of]),
            worth: None,
            worth_coverage: None,
        };
        Some(figures.valued(self))
    }
}

fn interval(counted: &CountedFigure) -> Option<(f64, f64)> {
    counted.low.zip(counted.high)
}
