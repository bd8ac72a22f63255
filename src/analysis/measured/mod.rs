//! What is measured, how early it comes, and what decides: survey measures beside the moments of truth.

mod index;
mod score;
mod told;

use std::cmp::Reverse;

use ordered_float::OrderedFloat;

use crate::flow::{Basis, Flow};
use crate::journey::{CountedName, Outcome, Phase, SurveyKind};
pub use index::MeasuredIndex;
pub use score::Score;

/// What is measured on a journey, and what decides it.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Measured {
    /// The survey measures, in the order of the map, and of each touchpoint.
    pub surveys: Vec<MeasuredSurvey>,
    /// Indices of several items, each from the measures that are [part of it](crate::measures::SurveyMeasure::part_of), by name.
    #[cfg_attr(feature = "serde", serde(default))]
    pub indices: Vec<MeasuredIndex>,
    /// The touchpoints that decide how journeys end, with what is measured there, the most decisive first, then in the order of the
    /// map: what is measured and what decides, side by side. Those that move every ending by less than 0.01 are left out.
    #[cfg_attr(feature = "serde", serde(default))]
    pub decisive: Vec<Decisive>,
    /// The touchpoints that decide how journeys end and where nothing is measured, the most decisive first, then in the order of
    /// the map: moments of truth without a measure. Those that move every ending by less than 0.01 are left out.
    pub unmeasured: Vec<Unmeasured>,
    /// The names of the measures by which nobody says that anything is decided, in the order of the map.
    pub without_decision: Vec<String>,
    /// Whether the map was counted throughout, as from a log of events. What happens is measured then even where no survey asks,
    /// so that the text does not call a map without surveys unmeasured.
    #[cfg_attr(feature = "serde", serde(default))]
    pub is_counted: bool,
}

/// A survey measure with its score, and how early it comes.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct MeasuredSurvey {
    /// The touchpoint where it is asked.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// What kind it is.
    pub kind: SurveyKind,
    /// The promise that it is about.
    pub promise: Option<String>,
    /// The phase that it is about.
    pub phase: Option<Phase>,
    /// The lowest and the highest answer that may be given.
    pub scale: Option<(f64, f64)>,
    /// From which answer on customers count as satisfied.
    pub from: Option<f64>,
    /// The score.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub score: Score,
    /// What is decided by it.
    pub decides: Option<String>,
    /// The index that it is an item of.
    #[cfg_attr(feature = "serde", serde(default))]
    pub part_of: Option<String>,
    /// Moments from the first visit to the touchpoint to the end, itself not included, on the mean: how early the measure comes.
    /// `None` where no journey comes there.
    pub lead: Option<f64>,
    /// Its 95 % interval, from and to, where it was counted.
    #[cfg_attr(feature = "serde", serde(default))]
    pub lead_interval: Option<(f64, f64)>,
    /// Known waits from there to the end, in seconds, on the mean. Counted: of the journeys of which any is known.
    pub lead_s: Option<f64>,
    /// Whether the lead was counted on whole journeys.
    #[cfg_attr(feature = "serde", serde(default = "modelled"))]
    pub lead_basis: Basis,
    /// Whether it leads: fewer than half of the visits there are the last moment. A lagging measure tells of what is over.
    pub is_leading: Option<bool>,
    /// Of the journeys with each ending, the share that are asked before it, in the order of the outcomes' names.
    pub announces: Vec<Announced>,
}

/// How much of an ending a measure comes before.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Announced {
    /// The outcome.
    pub outcome: Outcome,
    /// Share of the journeys that end so which come by the touchpoint, in 0..=1; `None` where it is known only on request.
    pub share: Option<f64>,
    /// The lower end of its 95 % interval, where it was counted.
    #[cfg_attr(feature = "serde", serde(default))]
    pub low: Option<f64>,
    /// The upper end.
    #[cfg_attr(feature = "serde", serde(default))]
    pub high: Option<f64>,
}

#[cfg(feature = "serde")]
fn modelled() -> Basis {
    Basis::Modelled
}

/// A touchpoint that decides how journeys end, with what is measured there.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Decisive {
    /// The touchpoint's id.
    pub id: String,
    /// The outcome that it decides most about.
    pub outcome: Outcome,
    /// How far the chance of that outcome moves here, up or down, expected over a whole journey.
    pub decides: f64,
    /// The names of the survey measures there, and those of the [figures](crate::Touchpoint::figures) that somebody measured there,
    /// in their order; empty where nothing is measured.
    pub measures: Vec<String>,
}

/// A touchpoint that decides and where nothing is measured.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Unmeasured {
    /// The touchpoint's id.
    pub id: String,
    /// The outcome that it decides most about.
    pub outcome: Outcome,
    /// How far the chance of that outcome moves here, up or down, expected over a whole journey.
    pub decides: f64,
}

/// What decides less is no moment of truth.
const DECIDES: f64 = 0.01;

/// From this share of last moments on a measure lags.
const LAGS: f64 = 0.5;

impl Flow {
    /// What is measured and how early, and which touchpoints decide without being measured. Takes O(n w) for w outcomes.
    ///
    /// ```
    /// use customer_journey::measures::{SurveyKind, SurveyMeasure};
    /// use customer_journey::{Channel, Journey, Outcome, Phase, Touchpoint};
    /// let nps = SurveyMeasure::new("NPS", SurveyKind::Nps).answers([(10.0, 5), (3.0, 2)]);
    /// let measured = Journey::builder("coin")
    ///     .touchpoint(Touchpoint::new("call", Phase::During, Channel::Phone))
    ///     .touchpoint(Touchpoint::new("mail", Phase::After, Channel::Email).measure(nps).ends(Outcome::Loyalty, 1.0))
    ///     .touchpoint(Touchpoint::new("silence", Phase::After, "none").ends(Outcome::Churn, 1.0))
    ///     .transition("call", "mail", 1.0)
    ///     .transition("call", "silence", 1.0)
    ///     .build()?
    ///     .flow()?
    ///     .measured();
    /// let nps = &measured.surveys[0];
    /// assert_eq!((nps.is_leading, nps.score.is_few), (Some(false), true));
    /// assert_eq!((measured.unmeasured[0].id.as_str(), measured.unmeasured[0].decides), ("call", 0.5));
    /// # Ok::<(), customer_journey::Error>(())
    /// ```
    #[must_use]
    pub fn measured(&self) -> Measured {
        let mut measured = Measured {
            surveys: Vec::new(),
            indices: index::all(self.journey()),
            decisive: Vec::new(),
            unmeasured: Vec::new(),
            without_decision: Vec::new(),
            is_counted: self.said().is_counted,
        };
        for (position, at) in self.journey().touchpoints().enumerate() {
            for survey in &at.measures {
                if survey.decides.is_none() {
                    measured.without_decision.push(survey.name.clone());
                }
                let lead = self.lead_of(position);
                measured.surveys.push(MeasuredSurvey {
                    id: at.id.clone(),
                    name: survey.name.clone(),
                    kind: survey.kind,
                    promise: survey.promise.clone(),
                    phase: survey.phase,
                    scale: survey.bounds(),
                    from: survey.from,
                    score: survey.score(),
                    decides: survey.decides.clone(),
                    part_of: survey.part_of.clone(),
                    lead: lead.moments,
                    lead_interval: lead.interval,
                    lead_s: lead.seconds,
                    lead_basis: lead.basis,
                    is_leading: lead.moments.map(|_| self.ends_at(position) < LAGS),
                    announces: self.announces(position),
                });
            }
            measured.decisive.extend(self.decides_most(position));
        }
        let most = |at: &Decisive| Reverse(OrderedFloat(at.decides));
        measured.decisive.sort_by_key(most);
        let blind = measured.decisive.iter().filter(|at| at.measures.is_empty());
        measured.unmeasured = blind
            .map(|at| Unmeasured {
                id: at.id.clone(),
                outcome: at.outcome.clone(),
                decides: at.decides,
            })
            .collect();
        measured
    }

    fn lead_of(&self, position: usize) -> Lead {
        let id = &self.journey().graph().raw_nodes()[position].weight.id;
        if let Some(counted) = self.counted(CountedName::Lead, &[id]) {
            return Lead {
                moments: Some(counted.value),
                interval: counted.low.zip(counted.high),
                seconds: self.counted_value(CountedName::LeadSeconds, &[id]),
                basis: Basis::Counted,
            };
        }
        let left = self.is_visited(position).then(|| self.left_from(position));
        let knows_waits = self.wait_s().is_some();
        Lead {
            moments: left.map(|(moments, _)| (moments - 1.0).max(0.0)),
            interval: None,
            seconds: left.filter(|_| knows_waits).map(|(_, wait)| wait),
            basis: Basis::Modelled,
        }
    }

    /// The chance that a visit is the last moment of a journey.
    fn ends_at(&self, position: usize) -> f64 {
        let moments = self.moments_at(position);
        moments.map(|moment| moment.share * moment.ends()).sum()
    }

    fn announces(&self, position: usize) -> Vec<Announced> {
        let outcomes = self.moments().outcomes();
        let id = &self.journey().graph().raw_nodes()[position].weight.id;
        let announced = |(column, _): (usize, f64)| {
            let (chance, _) = self.chance_told(position, column);
            let lift = crate::flow::mean_of(chance, self.outcome_probability(column));
            let reach = self.reach_told(position);
            let outcome = &outcomes[column];
            let of = [id.as_str(), outcome.as_str()];
            let counted = self.counted(CountedName::Announced, &of);
            let modelled = || lift.zip(reach).map(|(lift, reach)| (lift * reach).min(1.0));
            Announced {
                outcome: outcome.clone(),
                share: counted.map_or_else(modelled, |counted| Some(counted.value)),
                low: counted.and_then(|counted| counted.low),
                high: counted.and_then(|counted| counted.high),
            }
        };
        let chances = self.chances_ahead(position).into_iter();
        chances.map(announced).collect()
    }

    /// The outcome that a touchpoint decides most about, if that is enough.
    fn decides_most(&self, position: usize) -> Option<Decisive> {
        let outcomes = self.moments().outcomes();
        let decided = self.chances_ahead(position).into_iter().map(|(column, _)| {
            let decides = self.visits_at(position) * self.decided_per_visit(position, column);
            (column, decides)
        });
        let (column, decides) =
            decided.min_by_key(|&(_, decides)| Reverse(OrderedFloat(decides)))?;
        let at = &self.journey().graph().raw_nodes()[position].weight;
        (decides >= DECIDES).then(|| Decisive {
            id: at.id.clone(),
            outcome: outcomes[column].clone(),
            decides,
            measures: at
                .measures
                .iter()
                .map(|known| known.name.clone())
                .chain(at.figures.iter().map(|known| known.label.clone()))
                .collect(),
        })
    }
}

/// How long before the end something comes.
struct Lead {
    moments: Option<f64>,
    interval: Option<(f64, f64)>,
    seconds: Option<f64>,
    basis: Basis,
}
