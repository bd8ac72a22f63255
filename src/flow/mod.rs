//! A journey with its numbers: the absorbing chain of its moments, factorised once, which all questions share.
//!
//! [`Flow`] is made by [`Journey::flow`](crate::Journey::flow). Here are the figures that belong to no single question: shares of endings,
//! traffic, what lies ahead, and how the chain was solved.

// Rooms: `moments` are the states of the chain, touchpoints with the result of their promise, and the ways onward; `measures` is
// the one home of every figure that more than one question needs; `follow` goes with journeys until they meet something; `fixes`
// is what changes where something is put right; `counted` what was counted on whole journeys, by name; `uncertainty` how far
// counts leave figures in doubt; `times` how long journeys take. Files of plain data (`moments`, `measures/sums`, `measures/feelings`, `fixes/alteration`,
// `uncertainty/errors`) know nothing of `Flow`; `solved` holds them; all others are `impl Flow` blocks. So files lead to each
// other in one direction.

mod counted;
mod error;
mod fixes;
mod follow;
mod measures;
mod met;
mod moments;
mod pooled;
mod solved;
mod solver;
mod times;
mod uncertainty;

pub use crate::journey::{FixKind, OutcomeChange};
pub use counted::Basis;
pub use error::FlowError;
pub use fixes::NoEffect;
pub use measures::{AheadFigures, CoverageChange, OutcomeShare, RememberedWeights, Traffic};
pub use solved::Flow;
pub use solver::SolverSummary;
pub use uncertainty::NoErrorBars;

pub(crate) use fixes::{Alteration, Changes};
pub(crate) use follow::{
    Complaining, Crossing, Extent, Extremes, FateSums, Hearing, Layer, Meeting, NoProduct, Onward,
    Product, Proven, Reading, Roaming, Solved, Stretch, UNHAPPY, Until, UntilMatch, explore,
    is_proven,
};
pub(crate) use measures::{
    Feelings, Felt, LikelyWay, Meant, Moved, NEUTRAL, Need, NeedChannel, RAREST, Worth, among,
    mean, mean_of, peak_end,
};
pub(crate) use moments::{Kept, Moment, States, To};
pub(crate) use pooled::Next;
pub(crate) use times::lapse::Answers;
pub(crate) use uncertainty::{Errors, Z, wilson};
