//! What pictures, graphs and charts of a journey show, as plain owned data.
//!
//! Three parties share the work, and each decides one thing only:
//!
//! - **Questions** (`analysis`) decide what is true: every figure, its rank among others, and what causes it.
//! - **Views** (here) decide what is shown: which touchpoints have a column, which ways are drawn, which pains stand out,
//!   which feeling is named the lowest, which fixes have a bar, and what is left out and how much of it. A view is
//!   computed once, by functions that have tests of their own, and what is drawn can be read from it.
//! - **Renderers** (`render`) decide how it looks: places, widths, colours, signs and words. They rank nothing, compare no
//!   figure with a limit and compute no figure.
//!
//! So a limit that decides what readers get to see stands in this folder, as a named constant beside its test, and
//! nowhere else.
//!
//! | view | of | drawn by |
//! |---|---|---|
//! | [`map::JourneyMap`] | a flow | the journey map |
//! | [`trajectory::TrajectoryChart`] | a trajectory | the chart of feelings before, during and after |
//! | [`fixes::FixBars`] | ranked fixes | the bars of fixes |
//! | [`drivers::DriverPicture`] | drivers | which feelings go with an ending |
//! | [`sides::TwoCurves`], [`sides::Deviations`] | two journeys compared | both curves, and a plan with what happens |
//! | [`tasks::section`] | pains and fixes | what to do on the page, and why |
//! | [`multiples::Multiples`] | segments, windows | small pictures beside each other |
//! | [`steps::StepPicture`] | the steps of a flow | the bands from moment to moment |
//! | [`graph::JourneyGraph`] | a journey, without probabilities | flowchart and DOT |
//! | [`touchpoint_curve::TouchpointCurve`] | a journey, without probabilities | the Vega-Lite chart |

pub(crate) mod drivers;
pub(crate) mod fixes;
pub(crate) mod graph;
pub(crate) mod map;
pub(crate) mod multiples;
mod said;
pub(crate) mod sides;
pub(crate) mod steps;
pub(crate) mod tasks;
#[cfg(test)]
mod tests;
#[cfg(feature = "serde")]
pub(crate) mod touchpoint_curve;
pub(crate) mod trajectory;
pub(crate) mod valence;

pub(crate) use said::at_length as said_at_length;

/// Shares that miss the whole by less are the whole: they are sums of many parts, each rounded.
const ROUNDING: f64 = 1e-9;

/// A share that is neither nothing nor everything, and so worth saying.
fn if_partial(share: f64) -> Option<f64> {
    (share > 0.0 && share < 1.0 - ROUNDING).then_some(share)
}
