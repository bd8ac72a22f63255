//! Journey maps that one can compute with.

mod analysis;
mod chain;
#[cfg(doc)]
pub mod docs;
mod error;
mod events;
mod flow;
mod journey;
mod render;
mod report;

pub use analysis::{
    ArcShape, Cause, ChannelConsistency, ChannelFigures, ChannelPair, CurvePoint, EmotionalArc,
    Extreme, ExtremeChance, LikelyPath, MomentOfTruth, NeedConsistency, OutcomeFigures, PainCause,
    PainOptions, PainPoint, PhaseFigures, TouchpointFigures, Trajectory, TrajectoryOptions, Turn,
    Verdict,
};
pub use error::Error;
pub use events::{
    Backlog, Event, EventError, EventFault, EventRef, Folded, LearnError, LearnOptions, Learned,
    MergeError, Mood, MoveRow, Remark, RowError, RowFault, Summary, Tally, TallyOptions, VisitRow,
    What,
};
#[cfg(feature = "csv")]
pub use events::{CellFault, CsvError, CsvFault, CsvOptions, CsvRead, FedField, Field, TimeUnit};
pub use flow::{Account, Ahead, Flow, FlowError, OutcomeShare, Traffic};
#[cfg(feature = "serde")]
pub use journey::JourneyDocument;
pub use journey::{
    Ability, Channel, Emotion, Ending, Evidence, Fault, Feeling, Felt, Invalid, InvalidScale,
    Journey, JourneyBuilder, JourneyKind, OutOfRange, Outcome, Phase, Place, Problem, Promise,
    PromiseResult, Scale, Shade, Touchpoint, Transition, UnknownFeeling, UnknownWord, Warning,
};
/// The graph library, so that every algorithm of it is one call away.
pub use petgraph;
pub use render::Text;
pub use report::{EvidenceShare, Report};
