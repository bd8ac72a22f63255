//! Parts of a log beside each other: segments of customers, and windows of time. Each part against all others, on one map.

mod alarm;
mod calendar;
mod figures;
mod places;
mod segments;
mod split;
mod told;
mod windows;

pub use alarm::{Alarm, AlarmOptions, AlarmPoint, AlarmReport};
pub use figures::{PartCurvePoint, PartFigure, PartVerdict};
pub use places::{PlaceAspect, PlaceFound};
pub use segments::{SegmentFigures, SegmentOptions, Segments};
pub use split::{By, Split};
pub use windows::{ChangePoint, Every, WindowFigures, WindowOptions, Windows};

/// Fewer journeys than this say little about a part.
const FEWEST: u64 = 30;
