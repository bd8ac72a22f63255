//! What people draw: a journey of touchpoints, checked as a whole, and all that can be wrong with it.

mod ability;
mod activation;
mod builder;
mod change;
mod channel;
mod check;
mod counted;
#[cfg(feature = "serde")]
mod document;
mod emotion;
mod evidence;
mod facts;
mod fate;
mod feeling;
mod fingerprint;
#[expect(
    clippy::module_inception,
    reason = "the journey itself, among its parts"
)]
mod journey;
mod kind;
mod nearest;
mod outcome;
mod phase;
mod problem;
mod promise;
mod said;
mod scalar;
mod scale;
mod seam;
mod shares;
mod structure;
mod survey;
mod touchpoint;
mod transition;
mod warning;
mod word;
mod workshop;

pub use ability::Ability;
pub use builder::JourneyBuilder;
pub use change::Change;
pub use channel::Channel;
pub use counted::{
    Clusters, Counted, CountedChange, CountedChannels, CountedEffect, CountedFact, CountedFigure,
    CountedFix, CountedMemory, CountedName, CountedPart, FixKind, MemoryOf, MemoryTest,
    OutcomeChange,
};
#[cfg(feature = "serde")]
pub use document::{JourneyDocument, JsonSlip, JsonSlipKind, OtherFormat};
pub use emotion::{Emotion, Shade, ShadeFeeling};
pub use evidence::Evidence;
pub use facts::{
    EmotionGiven, Fact, FactFault, FactKind, FactValues, FeltLevel, Given, PromiseGiven,
    StartGiven, StartOf,
};
pub(crate) use facts::{Memory, Remembered, Resolved};
pub use fate::Fate;
pub(crate) use fate::IN_TIME_S;
pub use feeling::{Feeling, UnknownFeeling};
pub use journey::Journey;
pub use kind::JourneyKind;
pub use outcome::{Ending, Outcome};
pub use phase::Phase;
pub use problem::{Fault, Invalid, Place, Problem};
pub use promise::{Promise, PromiseResult};
pub(crate) use said::Said;
pub use scalar::OutOfRange;
pub use scale::{InvalidScale, Scale};
pub use seam::SeamKind;
pub(crate) use seam::{begins_again, is_handed_over};
pub use survey::{SurveyFault, SurveyKind, SurveyMeasure};
pub use touchpoint::Touchpoint;
pub use transition::Transition;
pub use warning::Warning;
pub(crate) use warning::Written;
pub use word::UnknownWord;
pub(crate) use word::words;
pub use workshop::{ImageFault, KeyFigure, LARGEST_IMAGE};

#[cfg(feature = "serde")]
pub(crate) use document::{AboutForm, TouchpointForm};
#[cfg(feature = "serde")]
pub(crate) use nearest::Quoted;
pub(crate) use nearest::{DidYouMean, fold, nearest};
pub(crate) use problem::list;
pub(crate) use scalar::Number;
pub(crate) use shares::Shares;
pub(crate) use workshop::size_of_image;
