//! Which feelings stand where in the picture of drivers.

use crate::analysis::{Driver, Drivers};
use crate::journey::Outcome;

/// So many of 100 more that end so after a bad feeling are a matter of importance.
pub(crate) const IMPORTANT: f64 = 0.1;
/// Where fewer than so many of 100 do without a bad feeling, there is something to mend.
pub(crate) const WELL_ENOUGH: f64 = 0.9;
/// Beyond this both scales have steps of two tenths.
const WIDE: f64 = 0.8;

/// One ending: touchpoints by what goes with a bad feeling there, across, and by how many do without one, upwards. Lines stand at what
/// matters, and not at the middle of the points, which would always find half of them wanting.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct DriverPicture {
    pub(crate) outcome: Outcome,
    /// The one that would explain most first.
    pub(crate) points: Vec<DriverPoint>,
    /// Touchpoints beyond those asked for.
    pub(crate) left_out: usize,
    pub(crate) across: Scale,
    pub(crate) up: Scale,
}

/// A touchpoint.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct DriverPoint {
    pub(crate) id: String,
    /// How many more end so after a bad feeling, with its interval, as shares.
    pub(crate) difference: (f64, f64, f64),
    /// How many feel otherwise, with its interval.
    pub(crate) well: (f64, f64, f64),
    /// Share of journeys that come there; 0 where it is not known.
    pub(crate) reach: f64,
    pub(crate) is_clear: bool,
}

/// From where to where, and the steps that have a number.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Scale {
    pub(crate) from: f64,
    pub(crate) to: f64,
    pub(crate) ticks: Vec<f64>,
}

impl Scale {
    /// In whole tenths around what is shown.
    fn around(low: f64, high: f64) -> Self {
        let tenths = |value: f64| value * 10.0;
        let (from, to) = (tenths(low).floor(), tenths(high).ceil());
        let step = if to - from > tenths(WIDE) { 2.0 } else { 1.0 };
        let mut ticks = Vec::new();
        let mut at = (from / step).ceil() * step;
        while at <= to {
            ticks.push(at / 10.0);
            at += step;
        }
        Self {
            from: from / 10.0,
            to: to / 10.0,
            ticks,
        }
    }
}

impl DriverPicture {
    /// The ending of the first driver, with at most so many touchpoints; `None` where no ending is stated.
    pub(crate) fn of(drivers: &Drivers, top: usize) -> Option<Self> {
        let first = drivers.drivers.first()?;
        if first.outcome == Outcome::Unstated {
            return None;
        }
        let same = drivers.drivers.iter();
        let same = same.filter(|driver| driver.outcome == first.outcome);
        let points: Vec<DriverPoint> = same.clone().take(top).map(point).collect();
        let ends = |of: fn(&DriverPoint) -> (f64, f64, f64)| {
            let each = points.iter().map(of);
            each.fold(
                (f64::INFINITY, f64::NEG_INFINITY),
                |(low, high), (_, l, h)| (low.min(l), high.max(h)),
            )
        };
        let (low, high) = ends(|point| point.difference);
        let (least, _) = ends(|point| point.well);
        Some(Self {
            outcome: first.outcome.clone(),
            left_out: same.count() - points.len(),
            across: Scale::around(low.min(0.0), high.max(2.0 * IMPORTANT)),
            up: Scale::around(least.min(2.0 * WELL_ENOUGH - 1.0), 1.0),
            points,
        })
    }
}

fn point(driver: &Driver) -> DriverPoint {
    DriverPoint {
        id: driver.id.clone(),
        difference: (driver.difference, driver.low, driver.high),
        well: (
            1.0 - driver.share_bad,
            1.0 - driver.share_bad_high,
            1.0 - driver.share_bad_low,
        ),
        reach: driver.reach.unwrap_or(0.0),
        is_clear: driver.is_clear(),
    }
}
