//! Absorbing chains: numbers only, indices in and probabilities out.
//!
//! | symbol | meaning |
//! |---|---|
//! | `n` | number of states |
//! | `P` | probabilities of going from state to state; a row may sum to less than one |
//! | `exit` | probability of leaving for good from each state, stated and never computed as a difference |
//! | `N` | `(I - P)^-1 = I + P + P^2 + ...`: `N_ij` is the expected number of visits to `j` from `i` on |
//! | `b`, `N b` | something earned at each visit, and what a journey from each state earns: *values* |
//! | `s`, `s N` | how journeys begin, and the expected number of *visits* to each state |
//!
//! A [`Structure`] is made once from the pattern of `P`; a [`Factor`] for every chain with that pattern. Nothing is ever
//! subtracted, so each number is right to a few roundings even where a loop is left once in 1e15 rounds and `I - P` is
//! singular for all that a subtraction can tell.
//!
//! ```text
//!   components    strongly connected components in topological order        Tarjan 1972; Pearce 2016
//!   order         who is eliminated when, inside a component                Markowitz 1957
//!     given         the order of a chain of which this one holds copies
//!   structure     both of them, and where every number goes
//!   eliminate     state elimination without subtraction                     Grassmann, Taksar, Heyman 1985; O'Cinneide 1993
//!     dense
//!   full          components of a few states: N itself
//!   factor        all components of one chain
//!   solve         values and visits
//!   inverse       N_kk, and N_jk for every transition k -> j                Takahashi et al. 1973; Erisman, Tinney 1975
//!   hitting       who is met, and who first
//!   among         N between some states
//!   iterative     components that fill too much, with a proven bound        Ogita, Oishi, Ushiro 2001
//!     extrapolation where a linear iteration is heading                   Anderson 1965
//!   summary       what was done
//! ```
//!
//! The roundings of a state grow with the number of its transitions: one with ten thousand of them may lose the thirteenth
//! digit. Every state must be able to reach an exit; the caller sees to that. If it does not hold, results are infinite or not
//! numbers, but everything still comes to an end.
//!
//! - D. G. Anderson, *Iterative procedures for nonlinear integral equations*, Journal of the ACM 12, 1965.
//! - C. A. O'Cinneide, *Entrywise perturbation theory and error analysis for Markov chains*, Numerische Mathematik 65, 1993.
//! - A. M. Erisman and W. F. Tinney, *On computing certain elements of the inverse of a sparse matrix*, CACM 18, 1975.
//! - W. K. Grassmann, M. I. Taksar and D. P. Heyman, *Regenerative analysis and steady state distributions for Markov
//!   chains*, Operations Research 33, 1985.
//! - H. M. Markowitz, *The elimination form of the inverse and its application to linear programming*, Management Science 3,
//!   1957.
//! - T. Ogita, S. Oishi and Y. Ushiro, *Fast verification of solutions for sparse monotone matrix equations*, Computing
//!   Supplement 15, 2001.
//! - D. J. Pearce, *A space-efficient algorithm for finding strongly connected components*, Information Processing Letters
//!   116, 2016.
//! - T. Ogita, S. M. Rump and S. Oishi, *Accurate sum and dot product*, SIAM Journal on Scientific Computing 26, 2005.
//! - K. Takahashi, J. Fagan and M.-S. Chen, *Formation of a sparse bus impedance matrix and its application to short circuit
//!   study*, PICA 1973.
//! - R. E. Tarjan, *Depth-first search and linear graph algorithms*, SIAM Journal on Computing 1, 1972.

mod among;
mod components;
mod dense;
mod eliminate;
mod extrapolation;
mod factor;
mod full;
mod hitting;
mod inverse;
mod iterative;
mod order;
mod solve;
mod structure;
mod summary;

pub(crate) use factor::Factor;
pub(crate) use hitting::Answer;
pub(crate) use inverse::SelectedInverse;
use order::narrow;
pub(crate) use structure::Structure;

#[cfg(test)]
mod tests;
#[cfg(test)]
pub(crate) use tests::Lcg;
