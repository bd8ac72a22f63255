//! Parts of a log beside each other: segments of customers, and windows of time. Each part against all others, on one map.

mod alarm;
mod calendar;
mod figures;
mod options;
mod places;
mod segments;
mod split;
mod tallied;
mod tallied_windows;
mod tallies;
mod told;
mod tries;
mod verdict;
mod windows;

pub use alarm::{Alarm, AlarmOptions, AlarmPoint, AlarmReport};
pub use figures::{PartCurvePoint, PartFigure};
pub use options::PartOptions;
pub use places::{PlaceAspect, PlaceFound};
pub use segments::{SegmentFigures, Segments};
pub use split::{By, Split};
pub(crate) use tries::endings_by_tries;
pub use verdict::Verdict;
pub use windows::{ChangePoint, Every, WindowFigures, Windows};

/// Fewer journeys than this say little about a part.
const FEWEST: u64 = 30;
