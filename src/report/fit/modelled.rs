//! What the map says of a figure that was counted.

use super::Report;
use crate::flow::{Flow, Moment};
use crate::journey::{CountedFigure, CountedName, CountedPart, Outcome, PromiseResult};

/// From here down a moment is a bad one, as in the counts.
const BAD: f64 = -0.25;

pub(super) struct Modelled<'a> {
    flow: &'a Flow,
    report: &'a Report,
}

impl<'a> Modelled<'a> {
    pub(super) fn new(flow: &'a Flow, report: &'a Report) -> Self {
        Self { flow, report }
    }

    /// The figure of the map; `None` where it has none.
    pub(super) fn figure(&self, counted: &CountedFigure) -> Option<f64> {
        use CountedName as Name;
        let report = self.report;
        let trajectory = &report.trajectory;
        let first = counted.of.first();
        let name = || match first {
            Some(CountedPart::Name(name)) => Some(name.as_str()),
            _ => None,
        };
        let number = || match first {
            Some(&CountedPart::Number(number)) => Some(number),
            _ => None,
        };
        let second = || match counted.of.get(1) {
            Some(CountedPart::Name(name)) => Some(name.as_str()),
            _ => None,
        };
        match counted.figure {
            Name::Reach => self.flow.reach(name()?),
            Name::Visits => self.flow.visits(name()?),
            Name::Length => Some(report.length),
            Name::UnderWay => Some(self.point(number()?)?.travelling),
            Name::Curve => self.point(number()?)?.mean,
            Name::Mean => trajectory.mean,
            Name::Hurt => trajectory.mean.map(|_| self.flow.hurt()),
            Name::End => trajectory.end,
            Name::Worst => trajectory.worst.mean,
            Name::Best => trajectory.best.mean,
            Name::Peak => trajectory.peak,
            Name::WorstAtMost => trajectory.worst.at_most(number()?),
            Name::BestAtLeast => trajectory.best.at_least(number()?),
            Name::Swing => trajectory.swing,
            Name::Unhappy => report.unhappy,
            Name::KeptRate => self.kept_rate(name()?, second()),
            Name::MeetsBroken => self.promise(name()?)?.meets_broken,
            Name::Tries => {
                let tries = number()?;
                let known = report.promises.tolerance.as_ref()?;
                let same = known
                    .iter()
                    .find(|known| f64::from(known.broken).total_cmp(&tries).is_eq());
                Some(same?.share)
            }
            Name::Outcome => Some(self.flow.probability(&Outcome::from(name()?))),
            Name::OutcomeWhenKept => self.ending(name()?, second()?)?.when_kept,
            Name::OutcomeWhenBroken => self.ending(name()?, second()?)?.when_broken,
            Name::OutcomeAfterVisit => {
                let ahead = self.flow.ahead(name()?)?;
                Some(ahead.chance_of(&Outcome::from(second()?)))
            }
            Name::OutcomeAfterGood => {
                let at = self.flow.journey().node(name()?)?.index();
                let outcome = self.flow.outcome_position(&Outcome::from(second()?))?;
                self.flow.chance_after_good(at, outcome)
            }
            Name::OutcomeAfterBad => self.after_bad(name()?, second()?),
            Name::OutcomeByStart => self.by_start(name()?, second()?),
            Name::Both => self.both(counted),
            Name::Variant => self.variant(&counted.of),
            Name::DeliveryGap => self.gap(name(), second())?.gap,
            Name::HandOvers => match (second(), counted.of.get(2)) {
                (Some(from), Some(to)) => Some(self.hand_over(name()?, from, to)?.flow),
                _ => self.seam(name()?)?.expected,
            },
            Name::NoHandOver => self.seam(name()?)?.none,
            Name::HandOverChange => {
                self.hand_over(name()?, second()?, counted.of.get(2)?)?
                    .change
            }
            Name::BegunAgain => report.seams.begun_again,
            Name::ExpectationGap => self.gap(name(), second())?.expectation.gap,
            Name::OutcomeByTries => self.after_tries(name()?, second()?),
            Name::Lead => Some(self.left(name()?)?.0 - 1.0),
            Name::LeadSeconds => Some(self.left(name()?)?.1),
            Name::Announced => self.announced(name()?, second()?),
            Name::Recognised => report.recognition.recognised,
            Name::RecognisedDifference if name()? == "again" => report.recognition.again.difference,
            Name::RecognisedDifference => report.recognition.visits.difference,
            Name::Complained => report.complaints.complain,
            Name::HeardAt => {
                let mut known = report.complaints.heard_by.iter();
                let known = known.find(|at| Some(at.id.as_str()) == name());
                Some(known.map_or(0.0, |at| at.share))
                    .filter(|_| report.complaints.answered.is_some())
            }
            Name::AnsweredAt => {
                let mut known = report.complaints.answered_by.iter();
                let known = known.find(|at| Some(at.id.as_str()) == name());
                Some(known.map_or(0.0, |at| at.share))
                    .filter(|_| report.complaints.answered.is_some())
            }
            Name::AnsweredOfHeard => {
                let mut known = report.complaints.heard_by.iter();
                known.find(|at| Some(at.id.as_str()) == name())?.answered
            }
            // A map knows means of waits, no distributions, and no journey that it has not seen.
            _ => None,
        }
    }

    /// Whether nearly all visits to the touchpoint that a figure is of end there.
    pub(super) fn ends_at(&self, counted: &CountedFigure) -> bool {
        let Some(CountedPart::Name(id)) = counted.of.first() else {
            return false;
        };
        self.flow.ends_nearly_always(id)
    }

    fn point(&self, position: f64) -> Option<&crate::analysis::CurvePoint> {
        let curve = (1_u32..).map(f64::from).zip(&self.report.trajectory.curve);
        let mut same = curve.filter(|(number, _)| number.total_cmp(&position).is_eq());
        same.next().map(|(_, point)| point)
    }

    fn seam(&self, kind: &str) -> Option<&crate::analysis::SeamFigures> {
        let mut kinds = self.report.seams.kinds.iter();
        kinds.find(|known| known.kind.as_str() == kind)
    }

    fn hand_over(
        &self,
        kind: &str,
        from: &str,
        to: &CountedPart,
    ) -> Option<&crate::analysis::HandOver> {
        let to = to.to_string();
        let mut known = self.seam(kind)?.hand_overs.iter();
        known.find(|over| over.from == from && over.to == to)
    }

    /// Of all visits, or of a touchpoint, phase, owner or channel; one without an owner has an empty name.
    fn gap(&self, kind: Option<&str>, of: Option<&str>) -> Option<&crate::analysis::GapFigures> {
        let gap = &self.report.delivery_gap;
        let Some(of) = of else {
            return Some(&gap.whole);
        };
        match kind? {
            "touchpoint" => {
                let mut known = gap.touchpoints.iter();
                known.find(|part| part.id == of).map(|part| &part.figures)
            }
            "phase" => {
                let mut known = gap.phases.iter();
                let known = known.find(|part| part.phase.as_str() == of);
                known.map(|part| &part.figures)
            }
            "owner" => {
                let mut known = gap.owners.iter();
                let is_so = |owner: &Option<String>| owner.as_deref().unwrap_or_default() == of;
                let known = known.find(|part| is_so(&part.owner));
                known.map(|part| &part.figures)
            }
            _ => {
                let mut known = gap.channels.iter();
                let known = known.find(|part| part.channel.as_str() == of);
                known.map(|part| &part.figures)
            }
        }
    }

    fn promise(&self, promise: &str) -> Option<&crate::analysis::PromiseFigures> {
        let mut ledger = self.report.promises.ledger.iter();
        ledger.find(|known| known.promise == promise)
    }

    fn ending(&self, promise: &str, outcome: &str) -> Option<&crate::analysis::EndingByResult> {
        let endings = self.promise(promise)?.endings.as_ref()?;
        let mut outcomes = endings.outcomes.iter();
        outcomes.find(|known| known.outcome.as_str() == outcome)
    }

    /// Kept results by known ones, weighted by visits.
    fn kept_rate(&self, promise: &str, channel: Option<&str>) -> Option<f64> {
        let (mut kept, mut known) = (0.0, 0.0);
        for (position, touchpoint) in self.flow.journey().touchpoints().enumerate() {
            let Some(tested) = touchpoint.promise.as_ref() else {
                continue;
            };
            let here = channel.is_none_or(|channel| touchpoint.channel.as_str() == channel);
            let all = tested.kept + tested.broken + tested.unknown;
            if tested.name == promise && here && all > 0.0 {
                let visits = self.flow.visits_at(position);
                if touchpoint.promise_given.is_empty() {
                    kept += visits * tested.kept / all;
                    known += visits * (tested.kept + tested.broken) / all;
                    continue;
                }
                let share = |wanted: PromiseResult| {
                    let here = self.flow.moments_at(position);
                    let here = here.filter(|moment| moment.result == Some(wanted));
                    here.fold(0.0, |sum, moment| sum + moment.share)
                };
                kept += visits * share(PromiseResult::Kept);
                known += visits * (share(PromiseResult::Kept) + share(PromiseResult::Broken));
            }
        }
        (known > 0.0).then(|| kept / known)
    }

    fn after_tries(&self, tries: &str, outcome: &str) -> Option<f64> {
        let classes = self.report.promises.tolerance.as_ref()?;
        let class = classes
            .iter()
            .find(|class| class.broken.to_string() == tries)?;
        let mut outcomes = class.outcomes.iter();
        let known = outcomes.find(|known| known.outcome.as_str() == outcome)?;
        Some(known.probability)
    }

    /// Moments and known waits left on first coming to a touchpoint, itself counted.
    fn left(&self, id: &str) -> Option<(f64, f64)> {
        let at = self.flow.journey().node(id)?.index();
        self.flow.is_visited(at).then(|| self.flow.left_from(at))
    }

    fn announced(&self, id: &str, outcome: &str) -> Option<f64> {
        let outcome = Outcome::from(outcome);
        let chance = self.flow.ahead(id)?.chance_of(&outcome);
        let all = self.flow.probability(&outcome);
        (all > 0.0).then_some((self.flow.reach(id)? * chance / all).min(1.0))
    }

    /// At the first bad visit.
    fn after_bad(&self, id: &str, outcome: &str) -> Option<f64> {
        let outcome = self.flow.outcome_position(&Outcome::from(outcome))?;
        let at = self.flow.journey().node(id)?.index();
        let divide = |moment: &Moment<'_>| self.flow.unhappy(moment, BAD);
        let (mut bad, mut so) = (0.0, 0.0);
        for (moment, share) in self.flow.first_of_kind(at, divide)? {
            bad += share;
            so += share * self.flow.chance_after(&moment, outcome);
        }
        (bad > 0.0).then(|| so / bad)
    }

    fn by_start(&self, channel: &str, outcome: &str) -> Option<f64> {
        let outcome = self.flow.outcome_position(&Outcome::from(outcome))?;
        let (mut all, mut so) = (0.0, 0.0);
        for (state, &start) in self.flow.starts().iter().enumerate() {
            let touchpoint = self.flow.touchpoint_of(state);
            if start > 0.0 && touchpoint.channel.as_str() == channel {
                all += start;
                so += start * self.flow.chance_from(state, outcome);
            }
        }
        (all > 0.0).then(|| so / all)
    }

    fn both(&self, counted: &CountedFigure) -> Option<f64> {
        let [
            CountedPart::Name(need),
            CountedPart::Name(a),
            CountedPart::Name(b),
        ] = counted.of.as_slice()
        else {
            return None;
        };
        let mut needs = self.report.channels.needs.iter();
        let need = needs.find(|known| known.need == *need)?;
        let mut pairs = need.pairs.iter();
        let pair = pairs.find(|pair| pair.a == *a && pair.b == *b)?;
        pair.both
    }

    /// The chance of exactly these touchpoints.
    fn variant(&self, of: &[CountedPart]) -> Option<f64> {
        let journey = self.flow.journey();
        let mut nodes = Vec::new();
        for part in of {
            let CountedPart::Name(id) = part else {
                return None;
            };
            nodes.push(journey.node(id)?.index());
        }
        self.flow.chance_of_path(&nodes)
    }
}
