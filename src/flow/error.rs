use crate::journey::list;

/// Why a journey that is drawn has no flow yet.
///
/// A draft may have these faults; it can be drawn, saved and checked, but not computed with.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum FlowError {
    /// Nobody can begin.
    #[error("no start: {}", if *stated {
        "all `starts` are 0; give the touchpoint where journeys begin a weight above 0"
    } else {
        "every touchpoint has a transition from another one; say with `starts` where journeys begin"
    })]
    NoStart {
        /// Whether some touchpoint states `starts` at all.
        stated: bool,
    },
    /// Some customers can never finish.
    #[error(
        "trapped: journeys that come to {} can never end; give at least one of them an ending or a way out",
        list(touchpoints)
    )]
    Trapped {
        /// The ids of the reachable touchpoints from which no journey can end, in the order of the map.
        touchpoints: Vec<String>,
    },
    /// Some customers can not begin.
    #[error(
        "no start: journeys of customers of whom {customers} begin nowhere; give one of the `starts` a weight above 0 for them"
    )]
    NoStartFor {
        /// Who they are.
        customers: String,
    },
    /// What customers remember tells more states apart than can be computed with.
    #[error(
        "too much to remember: more states of touchpoints and facts would have to be told apart than can be computed with \
         (at most {most}, and fewer where they are entangled); these facts multiply them most: {}",
        list(facts)
    )]
    TooManyStates {
        /// How many there may be.
        most: usize,
        /// The facts that multiply them most, the costliest first.
        facts: Vec<String>,
    },
    /// The chances of all outcomes from all touchpoints would not fit into memory.
    #[error(
        "too large: {outcomes} outcomes from each of {touchpoints} touchpoints are more figures than fit into memory; name fewer different outcomes"
    )]
    TooManyOutcomes {
        /// How many touchpoints there are.
        touchpoints: usize,
        /// How many different outcomes they name.
        outcomes: usize,
    },
    /// Journeys are so long that their length is beyond what numbers can hold.
    #[error(
        "endless: journeys that come to {} leave again so rarely that their length is beyond what numbers can hold; \
         give the ways out a weight that is less far from the others",
        list(touchpoints)
    )]
    Endless {
        /// The ids of the touchpoints that are visited beyond measure, in the order of the map.
        touchpoints: Vec<String>,
    },
    /// The touchpoints on common loops are so many and so entangled that no way of solving brings the error below
    /// what can be answered for.
    #[error(
        "not solved: the map is too large and entangled, and only a relative error of {error_bound:.0e} could be proven"
    )]
    NotSolved {
        /// The relative error that could be proven; infinite where none could.
        error_bound: f64,
    },
}
