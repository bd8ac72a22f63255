//! Words that a map may use: the closed vocabularies, channels, and the nearest known word to one that is not known.

mod ability;
mod channel;
mod evidence;
mod fate;
mod kind;
mod nearest;
mod phase;
mod word;

pub use ability::Ability;
pub use channel::Channel;
pub use evidence::Evidence;
pub use fate::Fate;
pub(crate) use fate::IN_TIME_S;
pub use kind::JourneyKind;
pub(super) use nearest::Suggestions;
pub(crate) use nearest::{DidYouMean, Quoted, fold, nearest};
pub use phase::Phase;
pub use word::UnknownWord;
pub(crate) use word::words;
