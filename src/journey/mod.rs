//! What people draw: a journey of touchpoints, checked as a whole, and all that can be wrong with it.

mod builder;
mod change;
mod check;
mod counted;
#[cfg(feature = "serde")]
mod document;
mod facts;
mod feelings;
#[expect(
    clippy::module_inception,
    reason = "the journey itself, among its parts"
)]
mod journey;
mod numbers;
mod outcome;
mod problem;
mod promise;
mod said;
mod seam;
mod structure;
mod survey;
mod touchpoint;
mod transition;
mod warning;
mod words;
mod workshop;

pub use builder::JourneyBuilder;
pub use change::Change;
pub use counted::{
    Clusters, Counted, CountedChange, CountedChannels, CountedEffect, CountedFact, CountedFigure,
    CountedFix, CountedMemory, CountedName, CountedPart, FixKind, MemoryOf, MemoryTest,
    OutcomeChange,
};
#[cfg(feature = "serde")]
pub use document::{JourneyDocument, JsonSlip, JsonSlipKind, OtherFormat};
pub use facts::{
    EmotionGiven, Fact, FactFault, FactKind, FactValues, FeltLevel, Given, Met, PromiseGiven,
    StartGiven, StartOf,
};
pub(crate) use facts::{Memory, Remembered, Resolved};
pub use feelings::{Emotion, Feeling, InvalidScale, Scale, Shade, ShadeFeeling, UnknownFeeling};
pub use journey::Journey;
pub use numbers::OutOfRange;
pub use outcome::{Ending, Outcome};
pub use problem::{Fault, Invalid, Place, Problem};
pub use promise::{Promise, PromiseResult};
pub(crate) use said::Said;
pub use seam::SeamKind;
pub(crate) use seam::{begins_again, is_handed_over};
pub use survey::{SurveyFault, SurveyKind, SurveyMeasure};
pub use touchpoint::Touchpoint;
pub use transition::Transition;
pub use warning::Warning;
pub(crate) use warning::Written;
pub use words::{Ability, Channel, Evidence, Fate, JourneyKind, Phase, UnknownWord};
pub(crate) use words::{DidYouMean, IN_TIME_S, fold, nearest, words};
pub use workshop::{ImageFault, KeyFigure, LARGEST_IMAGE};

#[cfg(feature = "serde")]
pub(crate) use document::{AboutForm, TouchpointForm, Value};
pub(crate) use numbers::{Number, Shares};
pub(crate) use problem::list;
#[cfg(feature = "serde")]
pub(crate) use words::Quoted;
pub(crate) use workshop::size_of_image;
