//! What the provider means to give, what customers expect, and what they feel.

mod told;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use ordered_float::OrderedFloat;

use crate::flow::{Basis, Flow, Meant};
use crate::journey::{Channel, CountedFigure, CountedName, Emotion, Phase};

/// The delivery gap: how much more often the provider means customers to feel good, or believes that they do, than they do.
/// Beside it how far what customers feel falls short of what they expect.
///
/// Only what is stated is compared: visits to touchpoints that say what is [`intended`](crate::Touchpoint::intended) or
/// [`expected`](crate::Touchpoint::expected), where the feeling is known too. Every figure has its coverage.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct DeliveryGap {
    /// Over all visits of a journey.
    pub whole: GapFigures,
    /// The touchpoints that state what is intended or expected, the greatest illusion first, those without one last, then in
    /// the order of the map.
    pub touchpoints: Vec<TouchpointGap>,
    /// Before, during and after, as far as anything is known of them.
    pub phases: Vec<PhaseGap>,
    /// Those who answer for the touchpoints, by name; last the touchpoints without an owner.
    pub owners: Vec<OwnerGap>,
    /// The channels, by name.
    pub channels: Vec<ChannelGap>,
}

/// What is meant, expected and felt over some visits. Shares are in 0..=1, valences from -1 to 1; `None` is what nobody knows.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct GapFigures {
    /// Expected visits of a journey.
    pub visits: f64,
    /// Share of them of which it is known both what is meant and what is felt.
    pub coverage: Option<f64>,
    /// Share of those at touchpoints that are meant to feel good: the mean of `intended` is above 0.1.
    pub believed: Option<f64>,
    /// Share of those that feel good: a valence above 0.1.
    pub felt: Option<f64>,
    /// The delivery gap, `believed - felt`: above 0 where the provider believes more than customers feel.
    pub gap: Option<f64>,
    /// Its standard error, where it was counted on whole journeys: both shares are of the same visits, so that it is that of
    /// the difference, and not of two shares that know nothing of each other.
    pub standard_error: Option<f64>,
    /// Its 95 % interval, from and to, where it was counted.
    pub interval: Option<(f64, f64)>,
    /// Whether the gap was counted.
    pub basis: Basis,
    /// What customers expect and what they find.
    pub expectation: ExpectationFigures,
}

/// What customers expect and what they find, over some visits.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ExpectationFigures {
    /// Share of the visits of which it is known both what is expected and what is felt.
    pub coverage: Option<f64>,
    /// Mean valence that is expected there.
    pub expected: Option<f64>,
    /// Mean valence that is felt there.
    pub felt: Option<f64>,
    /// The expectation gap, `felt - expected`: below 0 where customers find less than they expect.
    pub gap: Option<f64>,
    /// Its standard error, where it was counted on whole journeys.
    pub standard_error: Option<f64>,
    /// Its 95 % interval, from and to, where it was counted.
    pub interval: Option<(f64, f64)>,
    /// Whether this gap was counted.
    pub basis: Basis,
}

/// The gap at a touchpoint. `Display` says it in a sentence.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct TouchpointGap {
    /// The touchpoint's id.
    pub id: String,
    /// Mean valence that the provider means to give.
    pub intended: Option<f64>,
    /// Mean valence that is felt, where it is known.
    pub mean: Option<f64>,
    /// The illusion: visits of a journey times (`intended` - `mean`). Above 0 where the provider believes too much, and the
    /// greater the more customers meet it.
    pub illusion: Option<f64>,
    /// Its visits.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub figures: GapFigures,
}

/// The gap before, during or after the interaction.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PhaseGap {
    /// Which of them.
    pub phase: Phase,
    /// Its visits.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub figures: GapFigures,
}

/// The gap at the touchpoints of one owner.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct OwnerGap {
    /// Who answers for them; `None` for the touchpoints without an owner.
    pub owner: Option<String>,
    /// Its visits.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub figures: GapFigures,
}

/// The gap in one channel.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ChannelGap {
    /// The channel.
    pub channel: Channel,
    /// Its visits.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub figures: GapFigures,
}

impl Flow {
    /// How much more often the provider means customers to feel good than they do, and how far what they feel falls short of
    /// what they expect; as a whole, by touchpoint, phase, owner and channel.
    ///
    /// With v the visits of known feeling to each touchpoint i, b the mean of what is [intended](crate::Touchpoint::intended),
    /// f what is felt: `sum v [b > 0.1] / sum v - sum v P(f > 0.1) / sum v`, over the touchpoints that state what is intended.
    /// Takes O(n log n) for n touchpoints.
    ///
    /// ```
    /// use customer_journey::{Channel, Emotion, Feeling, Journey, Phase, Touchpoint};
    /// let felt = Emotion::mix([Feeling::Joy.weight(8.0), Feeling::Boredom.weight(92.0)]);
    /// let gap = Journey::builder("Visit")
    ///     .touchpoint(Touchpoint::new("shop", Phase::During, Channel::Store)
    ///         .feels(felt).intended(Feeling::Joy).expected(0.2))
    ///     .build()?
    ///     .flow()?
    ///     .delivery_gap();
    /// assert_eq!(gap.whole.believed, Some(1.0));
    /// assert!(gap.whole.gap.is_some_and(|gap| (gap - 0.92).abs() < 1e-12));
    /// assert!(gap.whole.expectation.gap.is_some_and(|gap| gap < 0.0));
    /// # Ok::<(), customer_journey::Error>(())
    /// ```
    ///
    /// # Sources
    /// Allen, Reichheld, Hamilton, Markey, Closing the delivery gap, Bain & Company 2005: 80 of 100 firms believed that they
    /// gave a superior experience, and 8 of 100 of their customers agreed.
    #[must_use]
    pub fn delivery_gap(&self) -> DeliveryGap {
        let mut whole = Meant::default();
        let mut phases = BTreeMap::<Phase, Meant>::new();
        let mut owners = BTreeMap::<(bool, Option<&str>), Meant>::new();
        let mut channels = BTreeMap::<&Channel, Meant>::new();
        let mut touchpoints = Vec::new();
        for (position, at) in self.journey().touchpoints().enumerate() {
            let here = self.meant_at(position);
            let owner = at.owner.as_deref();
            whole.join(&here);
            phases.entry(at.phase).or_default().join(&here);
            let owners = owners.entry((owner.is_none(), owner));
            owners.or_default().join(&here);
            channels.entry(&at.channel).or_default().join(&here);
            if at.intended.is_some() || at.expected.is_some() {
                let intended = at.intended.as_ref().and_then(Emotion::mean);
                let mean = self.arriving(position).felt.mean();
                let both = intended.zip(mean);
                touchpoints.push(TouchpointGap {
                    id: at.id.clone(),
                    intended,
                    mean,
                    illusion: both.map(|(intended, mean)| here.visits * (intended - mean) + 0.0),
                    figures: GapFigures::new(self, &here, &["touchpoint", &at.id]),
                });
            }
        }
        touchpoints.sort_by_key(|known| Reverse(known.illusion.map(OrderedFloat)));
        let mut gap = DeliveryGap {
            whole: GapFigures::new(self, &whole, &[]),
            touchpoints,
            phases: Vec::new(),
            owners: Vec::new(),
            channels: Vec::new(),
        };
        for (phase, meant) in phases {
            let figures = GapFigures::new(self, &meant, &["phase", phase.as_str()]);
            gap.phases.push(PhaseGap { phase, figures });
        }
        for ((_, owner), meant) in owners {
            let figures = GapFigures::new(self, &meant, &["owner", owner.unwrap_or_default()]);
            let owner = owner.map(str::to_owned);
            gap.owners.push(OwnerGap { owner, figures });
        }
        for (channel, meant) in channels {
            let figures = GapFigures::new(self, &meant, &["channel", channel.as_str()]);
            let channel = channel.clone();
            gap.channels.push(ChannelGap { channel, figures });
        }
        gap.phases.retain(|part| part.figures.is_known());
        gap.owners.retain(|part| part.figures.is_known());
        gap.channels.retain(|part| part.figures.is_known());
        gap
    }
}

impl GapFigures {
    /// Of some visits; `of` names them among the counted figures.
    fn new(flow: &Flow, meant: &Meant, of: &[&str]) -> Self {
        let minus = |a: Option<f64>, b: Option<f64>| a.zip(b).map(|(a, b)| a - b);
        let (believed, felt) = (meant.believed(), meant.positive());
        let (expected, found) = (meant.expected(), meant.found());
        let mut figures = Self {
            visits: meant.visits,
            coverage: meant.coverage(),
            believed,
            felt,
            gap: minus(believed, felt),
            standard_error: None,
            interval: None,
            basis: Basis::Modelled,
            expectation: ExpectationFigures {
                coverage: meant.expectation_coverage(),
                expected,
                felt: found,
                gap: minus(found, expected),
                standard_error: None,
                interval: None,
                basis: Basis::Modelled,
            },
        };
        if let Some(counted) = flow.counted_alike(CountedName::DeliveryGap, of, figures.gap) {
            figures.gap = Some(counted.value);
            figures.standard_error = counted.standard_error;
            figures.interval = interval(counted);
            figures.basis = Basis::Counted;
        }
        if let Some(counted) =
            flow.counted_alike(CountedName::ExpectationGap, of, figures.expectation.gap)
        {
            let expectation = &mut figures.expectation;
            expectation.gap = Some(counted.value);
            expectation.standard_error = counted.standard_error;
            expectation.interval = interval(counted);
            expectation.basis = Basis::Counted;
        }
        figures
    }

    /// Whether either gap is known.
    fn is_known(&self) -> bool {
        self.gap.is_some() || self.expectation.gap.is_some()
    }
}

fn interval(counted: &CountedFigure) -> Option<(f64, f64)> {
    counted.low.zip(counted.high)
}
