//! Learned chains that carry a fact.
//!
//! A map forgets how its customers came. Where the journeys behind it are at hand, a fact (what a promise came to first, say) is
//! walked along with each of them, and the chain is learned over touchpoint *and* fact. Flow is conserved on these states, so
//! that such a chain has exactly the counted joint law of the fact at the end and the ending. Hence a question about that fact
//! is answered truly by it, and so is what a fix changes that acts through it.
//!
//! Numbers only: journeys as numbers come in, changes and their errors go out.
//!
//! | file | holds |
//! |---|---|
//! | `trails` | journeys as numbers |
//! | `fact` | what can be kept while a journey is walked |
//! | `expanded` | what was counted of touchpoint and fact |
//! | `altered` | which visits a fix leads on as others |
//! | `solved` | the chain of these counts, as it is or with a fix: visits, and what lies ahead |
//! | `slopes` | by how much a figure changes with each count |
//! | `scores` | standard errors with journeys, or customers, as the unit |
//! | `effects` | what single fixes change |
//! | `joint` | several facts together, found before |
//! | `goals` | how journeys end on the chain, given something |
//! | `gate` | whether a fact has to do with where journeys go next |
//! | `choose` | which facts the customers of a map should remember |

mod altered;
mod choose;
mod effects;
mod expanded;
mod fact;
mod gate;
mod goals;
mod joint;
mod scores;
mod slopes;
mod solved;
mod trails;

pub(crate) use choose::{Candidate, GoalFigure, choose};
pub(crate) use effects::{Change, Effect, Mended, Untold, effects};
pub(crate) use goals::Among;
pub(crate) use joint::Column;
pub(crate) use trails::{Layout, Passing, Trails};
