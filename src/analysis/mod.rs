//! The questions that a [`Flow`](crate::Flow) answers: the options and the answer of each.
//!
//! Each is a method of the flow. An answer is owned plain data; it prints in words, and serialises with the feature `serde`.

pub(crate) mod ask;
pub(crate) mod attribution;
pub(crate) mod bright_spots;
pub(crate) mod channel_consistency;
pub(crate) mod complaints;
pub(crate) mod contradictions;
pub(crate) mod drivers;
mod early_signs;
pub(crate) mod emotions;
pub(crate) mod error_bars;
pub(crate) mod evidence;
pub(crate) mod fixes;
pub(crate) mod gap;
pub(crate) mod listening;
pub(crate) mod measured;
pub(crate) mod moments_of_truth;
pub(crate) mod money;
mod outcomes;
pub(crate) mod pain_points;
pub(crate) mod parts;
pub(crate) mod promises;
pub(crate) mod recognition;
mod remembers;
pub(crate) mod seams;
pub(crate) mod sequence;
pub(crate) mod time;
pub(crate) mod touchpoints;
pub(crate) mod trajectory;
pub(crate) mod transitions;
pub(crate) mod variety;
pub(crate) mod warnings;

pub use ask::{AskError, CountedPattern, LikelyMatch, PatternFigures, TestCoverage, Watch};
pub use attribution::{Attribution, Credit};
pub use bright_spots::{
    BrightSpot, BrightSpots, Design, GoesWith, KeptPromise, PeakOrEnd, RaiseEffect, RaisedFeeling,
};
pub use channel_consistency::{
    ChannelConsistency, ChannelFigures, ChannelOptions, ChannelPair, CountedPair,
    InconclusiveReason, NeedConsistency, PairTest, Severity, Verdict,
};
pub use complaints::{
    Compensation, ComplaintAnswered, ComplaintChannel, ComplaintHeard, ComplaintWithin, Complaints,
    FateFigures, FateOutcome,
};
pub use contradictions::{ConflictingAnswer, Contradiction};
pub use drivers::{Driver, Drivers};
pub use early_signs::{AsFar, EarlySign, EarlySigns};
pub use emotions::EmotionFigures;
pub use error_bars::{ErrorBars, Estimate, OutcomeEstimate, ReachEstimate};
pub use evidence::EvidenceShare;
pub use fixes::{Fix, FixEffect, FixOptions, FixPlan, FixStep, Fixes, Goal, RankedFix};
pub use gap::{
    ChannelGap, DeliveryGap, ExpectationFigures, GapFigures, OwnerGap, PhaseGap, TouchpointGap,
};
pub use listening::{Listening, ListeningGain, ListeningOptions};
pub use measured::{
    Announced, Decisive, Measured, MeasuredIndex, MeasuredSurvey, Score, Unmeasured,
};
pub use moments_of_truth::MomentOfTruth;
pub use money::{Money, OwnerSpending, PhaseSpending};
pub use pain_points::{PainCause, PainCauseKind, PainOptions, PainPoint};
pub(crate) use pain_points::{first_by_activation, foremost, hidden_by_volume};
pub(crate) use parts::endings_by_tries;
pub use parts::{
    Alarm, AlarmOptions, AlarmPoint, AlarmReport, By, ChangePoint, Every, PartCurvePoint,
    PartFigure, PartOptions, PlaceAspect, PlaceFound, SegmentFigures, Segments, Split,
    Verdict as DifferenceVerdict, WindowFigures, Windows,
};
pub use promises::{
    EndingAfterBreak, EndingByResult, FeelingAround, FeltAfter, PromiseDistance, PromiseEndings,
    PromiseFeelings, PromiseFigures, PromiseStatus, Promises, Recovery, Tolerance,
    ToleranceOutcome,
};
pub use recognition::{Recognition, RecognitionDifference, RecognitionPlace};
pub use remembers::{FactFigures, FactOthers, FactValueFigures};
pub use seams::{
    BeginsAgain, HandOver, NeedChannels, NoMandate, OwnerHurt, SeamFigures, Seams, Unowned,
};
pub use time::{TimeAnswered, TimeFigures, TimeQuantile, TimeSpread, TimeWay, TimeWithin};
pub use touchpoints::{OutcomeFigures, TouchpointFigures};
pub use trajectory::{
    ArcShape, CurvePoint, EmotionalArc, ExtremeChance, ExtremeValence, LikelyPath, PhaseFigures,
    Trajectory, TrajectoryOptions, TurningPoint,
};
pub use transitions::{EndingFigures, TransitionFigures};
pub use variety::{StepEnd, StepFigures, StepShare, StepWay, Steps, Variety, VarietyAt};
