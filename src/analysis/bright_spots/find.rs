//! The bright spots of a flow.

use std::cmp::Reverse;

use ordered_float::OrderedFloat;

use super::{
    BrightSpot, BrightSpots, Design, GoesWith, KeptPromise, PeakOrEnd, RaiseEffect, RaisedFeeling,
};
use crate::flow::{
    Alteration, Basis, Changes, FixKind, Flow, Moment, NEUTRAL, RememberedWeights, among,
};
use crate::journey::{CountedName, Emotion, PromiseResult};

/// A smaller gain is none: figures are right to a few units in the 16th digit.
const NOTHING: f64 = 1e-12;

impl Flow {
    /// Where customers feel best, how many meet it and what it goes with; which promises are kept with warmth and which are kept but
    /// cold; and what raising the feelings of each touchpoint to what is meant there would do to the mean, the end, the peak and
    /// what is remembered.
    ///
    /// # Complexity
    /// O(n w) for n touchpoints and w outcomes; for each touchpoint that states what is
    /// [intended](crate::Touchpoint::intended) and at which some feel less, the map is solved once more.
    ///
    /// ```
    /// use customer_journey::{Channel, Feeling, Journey, Outcome, Phase, Touchpoint};
    /// let bright = Journey::builder("Visit")
    ///     .touchpoint(Touchpoint::new("search", Phase::Before, Channel::Web).feels(-0.2))
    ///     .touchpoint(Touchpoint::new("shop", Phase::During, Channel::Store)
    ///         .feels(0.2).intended(0.8).ends(Outcome::Loyalty, 1.0))
    ///     .transition("search", "shop", 1.0)
    ///     .build()?
    ///     .flow()?
    ///     .bright_spots();
    /// assert_eq!(bright.spots[0].id, "shop");
    /// let effect = bright.raises[0].effect.as_ref().expect("a small map");
    /// assert!(effect.mean.is_some_and(|mean| (mean - 0.3).abs() < 1e-12));
    /// assert!(effect.end.is_some_and(|end| (end - 0.6).abs() < 1e-12));
    /// # Ok::<(), customer_journey::Error>(())
    /// ```
    #[must_use]
    pub fn bright_spots(&self) -> BrightSpots {
        let raises = self.raises();
        BrightSpots {
            peak_or_end: peak_or_end(&raises),
            raises,
            ..self.bright_as_it_is()
        }
    }

    /// The same without what raising feelings would do, for which the map is solved again and again.
    pub(crate) fn bright_as_it_is(&self) -> BrightSpots {
        let nodes = self.journey().graph().raw_nodes();
        let pleasure = |at: usize| self.visits_at(at) * self.arriving(at).felt.pleasure;
        let total: f64 = (0..nodes.len()).map(pleasure).sum();
        let mut ranked: Vec<usize> = (0..nodes.len())
            .filter(|&at| pleasure(at) > 0.0 && self.arriving(at).felt.positive > 0.0)
            .filter(|&at| !nodes[at].weight.measurement)
            .collect();
        ranked.sort_by(|&a, &b| {
            let by_pleasure = OrderedFloat(pleasure(b)).cmp(&OrderedFloat(pleasure(a)));
            by_pleasure.then_with(|| nodes[a].weight.id.cmp(&nodes[b].weight.id))
        });
        let spot = |position: usize| {
            let at = &nodes[position].weight;
            let felt = &self.arriving(position).felt;
            BrightSpot {
                id: at.id.clone(),
                label: at.label().to_owned(),
                phase: at.phase,
                channel: at.channel.clone(),
                owner: at.owner.clone(),
                pleasure: pleasure(position),
                share: (pleasure(position) / total).min(1.0),
                visits: self.visits_at(position),
                reach: self.reach_told(position),
                basis: self.basis_of_reach(position),
                mean: felt.mean(),
                coverage: felt.known.min(1.0),
                positive: among(felt.positive, felt.known),
                goes_with: self.goes_with(position),
            }
        };
        BrightSpots {
            pleasure: self.mean_valence().map(|_| total),
            coverage: self.coverage(),
            spots: ranked.into_iter().map(spot).collect(),
            kept: self.kept_promises(),
            peak_or_end: None,
            raises: Vec::new(),
        }
    }

    fn goes_with(&self, position: usize) -> Vec<GoesWith> {
        let outcomes = self.moments().outcomes();
        let id = &self.journey().graph().raw_nodes()[position].weight.id;
        let goes_with = |(column, _): (usize, f64)| {
            let outcome = &outcomes[column];
            let (after_visit, visit_basis) = self.chance_told(position, column);
            let of = [id.as_str(), outcome.as_str()];
            let counted = self.counted(CountedName::OutcomeAfterGood, &of);
            let counted = counted.filter(|_| visit_basis == Basis::Counted);
            GoesWith {
                outcome: outcome.clone(),
                after_good: match counted {
                    Some(counted) => Some(counted.value),
                    None => self.chance_after_good(position, column),
                },
                interval: counted.and_then(|counted| counted.low.zip(counted.high)),
                after_visit,
                basis: counted.map_or(Basis::Modelled, |_| Basis::Counted),
            }
        };
        let chances = self.chances_ahead(position).into_iter();
        chances.map(goes_with).collect()
    }

    fn kept_promises(&self) -> Vec<KeptPromise> {
        let mut kept = Vec::new();
        for (position, at) in self.journey().touchpoints().enumerate() {
            let is_kept = |moment: &Moment<'_>| moment.result == Some(PromiseResult::Kept);
            let tested = || self.moments_at(position).filter(is_kept);
            let Some(promise) = at.promise.as_ref().filter(|_| tested().next().is_some()) else {
                continue;
            };
            let mean = self.mean_felt(tested());
            let share: f64 = tested().map(|moment| moment.share).sum();
            kept.push(KeptPromise {
                id: at.id.clone(),
                promise: promise.name.clone(),
                kept: self.visits_at(position) * share,
                mean,
                is_warm: mean.map(|mean| mean > NEUTRAL),
            });
        }
        kept
    }

    fn raises(&self) -> Vec<RaisedFeeling> {
        let levels = self.moments().levels();
        let mut raised = Vec::new();
        let touchpoints = self.journey().touchpoints().enumerate();
        for (touchpoint, at) in touchpoints.filter(|(_, at)| !at.measurement) {
            let Some(intended) = at.intended.as_ref().and_then(Emotion::mean) else {
                continue;
            };
            let mut moments = self.moments_at(touchpoint);
            let is_less = |&(level, _): &(u32, f64)| levels[level as usize] < intended;
            if moments.any(|moment| moment.shades.iter().any(is_less)) {
                raised.push((touchpoint, intended));
            }
        }
        let alterations: Vec<Alteration> = raised
            .iter()
            .map(|&(touchpoint, _)| Alteration {
                touchpoint,
                kind: FixKind::Raise,
            })
            .collect();
        let nodes = self.journey().graph().raw_nodes();
        let effects = self.changes(&alterations, false);
        let raised = raised.into_iter().zip(effects);
        raised
            .map(|((touchpoint, intended), changes)| RaisedFeeling {
                id: nodes[touchpoint].weight.id.clone(),
                intended,
                mean: self.arriving(touchpoint).felt.mean(),
                effect: changes.ok().map(effect),
            })
            .collect()
    }
}

fn effect(changes: Changes) -> RaiseEffect {
    RaiseEffect {
        mean: changes.mean,
        end: changes.end,
        peak: changes.peak,
        remembered: RememberedWeights::default().of(changes.peak, changes.end, changes.mean),
        hurt: changes.hurt,
        outcomes: changes.outcomes,
    }
}

/// The greatest gain of the peak and of the end; of equal ones the first on the map.
fn peak_or_end(raises: &[RaisedFeeling]) -> Option<PeakOrEnd> {
    let best = |gain: fn(&RaiseEffect) -> Option<f64>| {
        let gains = raises.iter().filter_map(|raise| {
            let effect = raise.effect.as_ref()?;
            let gain = gain(effect).filter(|&gain| gain > NOTHING)?;
            Some((raise, effect, gain))
        });
        let best = gains.min_by_key(|&(_, _, gain)| Reverse(OrderedFloat(gain)));
        best.map(|(raise, effect, gain)| Design {
            id: raise.id.clone(),
            gain,
            remembered: effect.remembered,
        })
    };
    let (peak, end) = (best(|effect| effect.peak), best(|effect| effect.end));
    (peak.is_some() || end.is_some()).then_some(PeakOrEnd { peak, end })
}

impl BrightSpots {
    /// Answers with what was counted, where it was; what raises change is always modelled.
    pub(crate) fn count(&mut self, flow: &Flow) {
        for spot in &mut self.spots {
            let Some(node) = flow.journey().node(&spot.id) else {
                continue;
            };
            spot.reach = flow.reach_told(node.index());
            spot.basis = flow.basis_of_reach(node.index());
            spot.goes_with = flow.goes_with(node.index());
        }
    }
}
