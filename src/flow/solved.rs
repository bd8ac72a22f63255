//! A journey solved: the value that every question is asked of.

use std::sync::{Arc, OnceLock};

use super::counted::Places;
use super::error::FlowError;
use super::measures::feelings::Feelings;
use super::measures::outlook::{Arrivals, Outlook};
use super::measures::sums::{JourneySums, Sums};
use super::moments::{Kept, Moments, Network, as_u32};
use super::uncertainty::errors::Errors;
use crate::chain::{Factor, SelectedInverse};
use crate::journey::{Journey, Said, Shares};

/// A journey as a flow of customers: the chain of its moments, factorised once, ready for every question.
///
/// Made by [`Journey::flow`], the only step of an analysis that can fail. Questions are methods; none of them can
/// fail and none computes again what another one has.
///
/// ```
/// use customer_journey::{Channel, Journey, Outcome, Phase, Touchpoint};
///
/// let flow = Journey::builder("Retry")
///     .touchpoint(Touchpoint::new("call", Phase::During, Channel::Phone).starts(1.0).ends(Outcome::Loyalty, 1.0))
///     .touchpoint(Touchpoint::new("leave", Phase::After, Channel::Social).ends(Outcome::Churn, 1.0))
///     .transition("call", "call", 2.0)
///     .transition("call", "leave", 1.0)
///     .build()?
///     .flow()?;
/// assert_eq!(flow.visits("call"), Some(2.0));
/// assert_eq!(flow.probability(&Outcome::Churn), 0.5);
/// # Ok::<(), customer_journey::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Flow {
    pub(super) journey: Journey,
    pub(super) moments: Arc<Moments>,
    pub(super) network: Arc<Network>,
    pub(super) factor: Arc<Factor>,
    /// Chance that a journey begins in each state.
    pub(super) starts: Arc<Vec<f64>>,
    /// Expected visits to each state, v = s N.
    pub(super) visits: Arc<Vec<f64>>,
    /// Expected visits to each state of a journey that is there, or one step after it: the entries of N that
    /// tell how a journey comes back.
    pub(super) inverse: Arc<SelectedInverse>,
    /// What lies ahead on arriving at each state.
    pub(super) outlook: Arc<Outlook>,
    /// The proven bound on the relative error of visits and of what lies ahead; 0 where all was eliminated.
    pub(super) error_bound: f64,
    /// What questions have asked for, kept for the next one.
    pub(super) answered: Arc<Answered>,
    /// What was counted on whole journeys; none for the map alone.
    pub(super) counts: Option<Arc<Places>>,
}

/// Measures that are computed when a question first needs them, and shared by all copies of a flow.
#[derive(Debug, Default)]
pub(super) struct Answered {
    /// What is felt at each moment.
    pub(super) feelings: OnceLock<Feelings>,
    /// What a whole journey adds up.
    pub(super) journey: OnceLock<JourneySums>,
    /// What journeys add up from each touchpoint on.
    pub(super) sums: OnceLock<Sums>,
    /// Standard errors; none where not all weights are counts.
    pub(super) errors: OnceLock<Option<Errors>>,
    /// In which states journeys come to touchpoints first.
    pub(super) arrivals: OnceLock<Arrivals>,
    /// Of which things the map says anything.
    pub(super) said: OnceLock<Said>,
    /// Standard errors of the reach of every touchpoint, likewise.
    pub(super) errors_of_reach: OnceLock<Vec<Option<f64>>>,
}

/// What is not proven to be as exact as this is not answered.
pub(super) const GREATEST_ERROR: f64 = 1e-9;

/// So many multiplications and steps may go into how customers come to touchpoints of several states; some seconds' work.
const MOST_WORK: f64 = 1e10;

/// Beyond so many moments, sums over a journey could overflow.
const LONGEST: f64 = 1e290;

impl Journey {
    /// Makes the journey's flow: the step that computes, and the only one that can fail.
    ///
    /// For n touchpoints and m transitions it takes about O(n + m) where loops are local, and more where many
    /// touchpoints lie on common loops; the method page says how much.
    ///
    /// # Errors
    /// [`FlowError::NoStart`] where no touchpoint can be the first, and [`FlowError::Trapped`] with the touchpoints
    /// from which journeys can never end. A map of so many touchpoints and different outcomes that their figures do not
    /// fit into 4 GB is refused with [`FlowError::TooManyOutcomes`].
    pub fn flow(&self) -> Result<Flow, FlowError> {
        Flow::new(self.clone(), &[])
    }
}

impl Flow {
    fn new(journey: Journey, kept: &[usize]) -> Result<Self, FlowError> {
        let (moments, starts) = if journey.remembers().is_empty() {
            let starts = starts(&journey)?;
            (Moments::new(&journey), starts)
        } else {
            starts(&journey)?;
            Moments::remembering(&journey, kept)?
        };
        let network = Network::new(&moments, &starts);
        let trapped = network.trapped();
        if !trapped.is_empty() {
            return Err(FlowError::Trapped {
                touchpoints: ids(&journey, &moments, trapped.into_iter()),
            });
        }
        let (p, exit) = network.thinned(&moments, |_| Kept::ALL);
        let factor = Factor::new(Arc::new(network.structure()), &p, &exit);
        if let Some(states) = moments.remembered() {
            let touchpoints = 0..journey.graph().node_count();
            let work = touchpoints.map(|touchpoint| {
                let states: Vec<u32> = moments.states_of(touchpoint).map(as_u32).collect();
                factor.structure().closing_work(&states)
            });
            if work.sum::<f64>() > MOST_WORK {
                return Err(states.too_many(&journey));
            }
        }
        let mut visits = starts.clone();
        let mut error_bound = factor.solve_transposed(&mut visits);
        let inverse = factor.returns();
        let outlook = Outlook::solve(&journey, &moments, &network, &factor, &starts);
        let Some(outlook) = outlook else {
            return Err(FlowError::TooManyOutcomes {
                touchpoints: starts.len(),
                outcomes: moments.outcomes().len(),
            });
        };
        error_bound = error_bound.max(outlook.error_bound);
        // A bound that is not a number proves nothing either.
        if error_bound.is_nan() || error_bound > GREATEST_ERROR {
            return Err(FlowError::NotSolved { error_bound });
        }
        let beyond = |visits: f64| visits.is_nan() || visits > LONGEST;
        let endless =
            |touchpoint: &usize| beyond(visits[*touchpoint]) || !outlook.is_finite(*touchpoint);
        let all = 0..visits.len();
        if beyond(visits.iter().sum()) || all.clone().any(|touchpoint| endless(&touchpoint)) {
            let touchpoints = all.filter(endless);
            return Err(FlowError::Endless {
                touchpoints: ids(&journey, &moments, touchpoints),
            });
        }
        let counts = journey.counted().map(Places::of).map(Arc::new);
        Ok(Self {
            journey,
            moments: Arc::new(moments),
            network: Arc::new(network),
            factor: Arc::new(factor),
            starts: Arc::new(starts),
            visits: Arc::new(visits),
            inverse: Arc::new(inverse),
            outlook: Arc::new(outlook),
            error_bound,
            answered: Arc::new(Answered::default()),
            counts,
        })
    }

    /// The same flow with some facts, by position, kept until journeys end, so that it can be asked what was remembered.
    ///
    /// # Errors
    /// As [`Journey::flow`].
    pub(crate) fn keeping(&self, facts: &[usize]) -> Result<Self, FlowError> {
        Ok(Self {
            counts: self.counts.clone(),
            ..Self::new(self.journey.clone(), facts)?
        })
    }

    /// The journey.
    #[must_use]
    pub fn journey(&self) -> &Journey {
        &self.journey
    }

    /// Of which things the map says anything.
    pub(crate) fn said(&self) -> Said {
        *self.answered.said.get_or_init(|| self.journey.said())
    }

    pub(crate) fn moments(&self) -> &Moments {
        &self.moments
    }
}

/// The distribution of the first touchpoint.
fn starts(journey: &Journey) -> Result<Vec<f64>, FlowError> {
    let nodes = journey.start_nodes();
    if nodes.is_empty() {
        let stated = journey
            .touchpoints()
            .any(|touchpoint| touchpoint.starts.is_some());
        return Err(FlowError::NoStart { stated });
    }
    let total = Shares::of(nodes.iter().map(|&(_, weight)| weight));
    let mut starts = vec![0.0; journey.graph().node_count()];
    for (node, weight) in nodes {
        starts[node.index()] = total.share(weight);
    }
    Ok(starts)
}

/// The ids of the touchpoints of some states, given by their positions in order.
fn ids(journey: &Journey, moments: &Moments, states: impl Iterator<Item = usize>) -> Vec<String> {
    let nodes = journey.graph().raw_nodes();
    let mut touchpoints: Vec<usize> = states.map(|state| moments.touchpoint(state)).collect();
    touchpoints.dedup();
    let id = |touchpoint: usize| nodes[touchpoint].weight.id.clone();
    touchpoints.into_iter().map(id).collect()
}
