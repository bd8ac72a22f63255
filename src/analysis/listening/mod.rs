//! Who is unhappy, who of them is heard, and who leaves without a word.

mod told;

use std::cmp::Reverse;

use ordered_float::OrderedFloat;

use crate::flow::{Basis, Flow, Hearing, UNHAPPY};
use crate::journey::{Ability, CountedName, Outcome};

/// When customers count as unhappy, and which ending as leaving.
///
/// ```
/// use customer_journey::analysis::ListeningOptions;
/// let furious = ListeningOptions::new().unhappy_at(-0.6).goal("cancels").limit(5);
/// # let _ = furious;
/// ```
#[derive(Debug, Clone, PartialEq)]
#[must_use]
pub struct ListeningOptions {
    unhappy_at: f64,
    goal: Outcome,
    top: usize,
}

impl ListeningOptions {
    /// Unhappy from a valence of -0.25 down, one step of a nine-point scale below neutral; leaving is
    /// [`Outcome::Churn`]; all touchpoints.
    pub fn new() -> Self {
        Self {
            unhappy_at: UNHAPPY,
            goal: Outcome::Churn,
            top: usize::MAX,
        }
    }

    /// Sets the valence at and below which a moment is an unhappy one; taken as the nearest number from -1 to 1.
    pub fn unhappy_at(mut self, valence: f64) -> Self {
        self.unhappy_at = if valence.is_nan() {
            UNHAPPY
        } else {
            valence.clamp(-1.0, 1.0)
        };
        self
    }

    /// Sets the outcome that counts as leaving.
    pub fn goal(mut self, outcome: impl Into<Outcome>) -> Self {
        self.goal = outcome.into();
        self
    }

    /// Lists only so many touchpoints, those that would catch most.
    pub fn limit(mut self, most: usize) -> Self {
        self.top = most;
        self
    }
}

impl Default for ListeningOptions {
    fn default() -> Self {
        Self::new()
    }
}

/// Unhappy customers and who hears them. A customer is unhappy whose journey meets a moment with a valence at or
/// below a threshold, and is heard who meets a touchpoint that can [listen](Ability::Listen).
///
/// All shares are shares of all journeys, in 0..=1. They are `None` where no emotion is known on any journey, and where
/// the flow's [solver](Flow::solver) says that groups are iterated and nothing could be proven. Moments of unknown
/// emotion make nobody unhappy; `coverage` says how many moments are known.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Listening {
    /// The valence at and below which a moment is an unhappy one.
    pub unhappy_at: f64,
    /// The outcome that counts as leaving.
    pub goal: Outcome,
    /// Share of moments whose emotion is known, in 0..=1.
    pub coverage: f64,
    /// Share of journeys that meet an unhappy moment.
    pub unhappy: Option<f64>,
    /// Whether that share was counted, which is so for a learned journey and the default of `unhappy_at`. All other shares
    /// here are modelled.
    pub basis: Basis,
    /// What the map alone says of `unhappy`: the share that the modelled ones below are parts of.
    pub unhappy_modelled: Option<f64>,
    /// Share of journeys that meet an unhappy moment and, anywhere, a touchpoint that can listen.
    pub heard: Option<f64>,
    /// Share of journeys that meet an unhappy moment and, there or later, a touchpoint that can listen.
    pub heard_since: Option<f64>,
    /// Share of journeys that meet an unhappy moment and end with the goal outcome.
    pub leaving: Option<f64>,
    /// Share of journeys that meet an unhappy moment, end with the goal outcome, and meet no touchpoint that can
    /// listen: those who leave without a word.
    pub silent_churn: Option<f64>,
    /// Share of all journeys, happy or not, whose ending the map does not state: some of them may leave as well.
    pub unstated: f64,
    /// The ids of the touchpoints that can listen and that journeys come to, in the order of the map.
    pub listeners: Vec<String>,
    /// The touchpoints that silent leavers come by, those that would catch most first, then those of unknown gain, then
    /// by id.
    pub gains: Vec<ListeningGain>,
    /// The proven bound on the relative error of the shares; 0 where the chain was eliminated, and only rounding
    /// remains. See [`Flow::solver`].
    pub error_bound: f64,
}

/// What would change if a touchpoint listened. `Display` says it in a sentence.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ListeningGain {
    /// The touchpoint's id.
    pub id: String,
    /// How much smaller silent churn would be if customers could speak up here: the share of journeys that leave without
    /// a word and come by, in 0..=1. `None` in groups of touchpoints that are iterated; see [`Flow::solver`].
    ///
    /// Right to some units of 1e-16 of all who leave unheard and come by, unhappy or not; which is nearly always
    /// nearly all digits.
    pub gain: Option<f64>,
    /// Its share of silent churn, in 0..=1. The shares of several touchpoints overlap, as one customer comes by several.
    pub share: Option<f64>,
}

impl Flow {
    /// Who is unhappy, who of them is heard, and who leaves without a word, with the default options.
    ///
    /// ```
    /// use customer_journey::{Ability, Channel, Journey, Outcome, Phase, Touchpoint};
    /// let flow = Journey::builder("Billing")
    ///     .touchpoint(Touchpoint::new("bill", Phase::During, Channel::Post).feels(-0.5).ends(Outcome::Churn, 1.0))
    ///     .touchpoint(Touchpoint::new("call", Phase::After, Channel::Phone)
    ///         .can(Ability::Listen).ends(Outcome::Churn, 1.0).ends(Outcome::Loyalty, 1.0))
    ///     .transition("bill", "call", 3.0)
    ///     .build()?
    ///     .flow()?;
    /// let listening = flow.listening();
    /// assert_eq!(listening.unhappy, Some(1.0));
    /// assert_eq!(listening.heard, Some(0.75));
    /// assert_eq!(listening.silent_churn, Some(0.25)); // a quarter leaves right from the bill
    /// assert_eq!(listening.unstated, 0.0); // how every journey ends is known
    /// assert_eq!(listening.gains[0].id, "bill");
    /// # Ok::<(), customer_journey::Error>(())
    /// ```
    #[must_use]
    pub fn listening(&self) -> Listening {
        self.listening_with(&ListeningOptions::new())
    }

    /// Who is unhappy, who of them is heard, and who leaves without a word.
    ///
    /// # Complexity
    /// Three numeric eliminations and two selected inverses for all touchpoints together.
    #[must_use]
    pub fn listening_with(&self, options: &ListeningOptions) -> Listening {
        let hearing = self.hearing(options.unhappy_at, self.outcome_position(&options.goal));
        let share = |of: fn(&Hearing) -> f64| hearing.as_ref().map(of);
        let nodes = self.journey().graph().raw_nodes();
        let listeners = self.touchpoints_where(|touchpoint| touchpoint.is_able_to(Ability::Listen));
        let mut gains: Vec<ListeningGain> = hearing.as_ref().map_or_else(Vec::new, |hearing| {
            let all = nodes.iter().zip(&hearing.gains);
            all.map(|(node, &gain)| ListeningGain {
                id: node.weight.id.clone(),
                gain,
                share: gain.map(|gain| {
                    if gain > 0.0 {
                        gain / hearing.silent
                    } else {
                        0.0
                    }
                }),
            })
            .collect()
        });
        gains.retain(|known| known.gain.is_none_or(|gain| gain > 0.0));
        gains.sort_by(|a, b| {
            let greatest = |known: &ListeningGain| Reverse(known.gain.map(OrderedFloat));
            greatest(a).cmp(&greatest(b)).then_with(|| a.id.cmp(&b.id))
        });
        gains.truncate(options.top);
        let unhappy_modelled = share(|hearing| hearing.unhappy);
        // Who is heard is unknown where nothing says where customers are.
        let says_abilities = self.said().abilities;
        let known = |of: fn(&Hearing) -> f64| share(of).filter(|_| says_abilities);
        if !says_abilities {
            gains.clear();
        }
        let mut listening = Listening {
            basis: Basis::Modelled,
            unhappy_at: options.unhappy_at,
            goal: options.goal.clone(),
            coverage: self.coverage(),
            unhappy: unhappy_modelled,
            unhappy_modelled,
            heard: known(|hearing| hearing.heard),
            heard_since: known(|hearing| hearing.heard_since),
            leaving: share(|hearing| hearing.leaving),
            silent_churn: known(|hearing| hearing.silent),
            unstated: self
                .outcome_position(&Outcome::Unstated)
                .map_or(0.0, |unstated| self.outcome_probability(unstated)),
            listeners: listeners
                .iter()
                .map(|&position| nodes[position as usize].weight.id.clone())
                .collect(),
            gains,
            error_bound: hearing.map_or(0.0, |hearing| hearing.error_bound),
        };
        listening.count(self);
        listening
    }
}

impl Listening {
    /// Answers with what was counted, where it was.
    pub(crate) fn count(&mut self, flow: &Flow) {
        let is_counted_level = self.unhappy_at.total_cmp(&UNHAPPY).is_eq();
        let counted = flow.counted_value(CountedName::Unhappy, &[]);
        if let Some(unhappy) = counted.filter(|_| is_counted_level) {
            self.unhappy = Some(unhappy);
            self.basis = Basis::Counted;
        }
    }
}
