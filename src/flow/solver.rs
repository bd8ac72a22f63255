use super::Flow;

/// How a flow was computed: what its solver did to the chain of touchpoints, and how exact the figures are.
///
/// ```
/// # use customer_journey::{Channel, Journey, Outcome, Phase, Touchpoint};
/// # let flow = Journey::builder("one").touchpoint(
/// #     Touchpoint::new("shop", Phase::During, Channel::Store).ends(Outcome::Loyalty, 1.0)).build()?.flow()?;
/// println!("{}", flow.solver());
/// # Ok::<(), customer_journey::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct SolverSummary {
    /// How many touchpoints there are.
    pub touchpoints: usize,
    /// How many states they are told apart into by what customers remember; as many where nothing is remembered.
    #[cfg_attr(feature = "serde", serde(default))]
    pub states: usize,
    /// Groups of touchpoints within which customers can go round in circles; a touchpoint on no loop is a group by
    /// itself.
    pub groups: usize,
    /// How many touchpoints the largest group has.
    pub largest_group: usize,
    /// How many numbers the factorisation stores.
    pub entries: usize,
    /// How many groups are so large and so entangled that they are solved by iteration instead of elimination. For
    /// their touchpoints reach is known on request only, by [`Flow::reach`].
    pub iterated_groups: usize,
    /// The proven bound on the relative error that iteration leaves in visits and in what lies ahead; 0 where all
    /// groups were eliminated, and only rounding remains.
    pub error_bound: f64,
}

impl std::fmt::Display for SolverSummary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let states = if self.states > self.touchpoints {
            format!(
                ", told apart into {} states by what customers remember,",
                self.states
            )
        } else {
            String::new()
        };
        write!(
            f,
            "{} touchpoints{} in {} groups, the largest of {}; {} numbers stored; ",
            self.touchpoints, states, self.groups, self.largest_group, self.entries
        )?;
        if self.iterated_groups == 0 {
            f.write_str("solved by elimination without subtraction, exact but for rounding")
        } else {
            write!(
                f,
                "{} of the groups solved by iteration, with a proven relative error of at most {:.0e}",
                self.iterated_groups, self.error_bound
            )
        }
    }
}

impl Flow {
    /// How this flow was computed.
    #[must_use]
    pub fn solver(&self) -> SolverSummary {
        let chain = self.factor.summary();
        SolverSummary {
            touchpoints: self.touchpoint_count(),
            states: chain.states,
            groups: chain.components,
            largest_group: chain.largest,
            entries: chain.entries,
            iterated_groups: chain.iterated.len(),
            error_bound: self.error_bound,
        }
    }
}
