//! Where gains lie from left to right, and the numbers below them.

use super::Row;
use crate::view::fixes::GainUnit;

/// What gains are worth on the page.
pub(super) struct Scale {
    low: f64,
    high: f64,
    pub(super) step: f64,
    left: f64,
    right: f64,
}

impl Scale {
    /// From the least to the greatest that is shown, zero among them, in round steps.
    pub(super) fn new(rows: &[Row], (left, right): (f64, f64)) -> Self {
        let ends = rows.iter().flat_map(|row| {
            let (from, to) = row.reach.unzip();
            [row.gain, from, to].into_iter().flatten()
        });
        let (low, high) = ends.fold((0.0_f64, 0.0_f64), |(low, high), end| {
            (low.min(end), high.max(end))
        });
        let span = high - low;
        // Room for a number of 44 px at each step.
        let most = ((right - left) / 64.0).floor().clamp(1.0, 5.0);
        let step = round_step(span / most);
        Self {
            low: (low / step).floor() * step,
            high: (high / step).ceil() * step,
            step,
            left,
            right,
        }
    }

    pub(super) fn x(&self, gain: f64) -> f64 {
        let span = self.high - self.low;
        if span > 0.0 {
            self.left + (gain - self.low) / span * (self.right - self.left)
        } else {
            self.left
        }
    }

    pub(super) fn ticks(&self) -> Vec<f64> {
        let first = (self.low / self.step).round();
        let last = (self.high / self.step).round();
        let mut ticks = Vec::new();
        let mut tick = first;
        while tick <= last && ticks.len() < 12 {
            ticks.push(tick * self.step);
            tick += 1.0;
        }
        ticks
    }
}

/// What stands at a tick.
pub(super) fn tick_text(unit: GainUnit, tick: f64, step: f64) -> String {
    let (tick, step) = match unit {
        GainUnit::FewerJourneys | GainUnit::MoreJourneys => (100.0 * tick, 100.0 * step),
        GainUnit::LessHurt | GainUnit::MoreMoney | GainUnit::MoreValence => (tick, step),
    };
    if tick.abs() < step / 2.0 {
        return "0".to_owned();
    }
    if tick.abs() >= 1e6 || step < 1e-4 {
        return format!("{tick:+.0e}");
    }
    let mut decimals = 0;
    let mut unit = 1.0;
    while step < unit * (1.0 - 1e-9) && decimals < 5 {
        decimals += 1;
        unit /= 10.0;
    }
    format!("{tick:+.decimals$}")
}

/// The next of 1, 2, 5, 10, 20 and so on.
fn round_step(at_least: f64) -> f64 {
    if at_least.is_nan() || at_least < 1e-12 || at_least.is_infinite() {
        return 1.0;
    }
    let ten = 10_f64.powf(at_least.log10().floor());
    let of = [1.0, 2.0, 5.0].into_iter().map(|times| times * ten);
    of.into_iter()
        .find(|step| *step >= at_least * (1.0 - 1e-9))
        .unwrap_or(10.0 * ten)
}
