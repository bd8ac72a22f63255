//! The ground on which feelings are drawn, from -1 to +1.

use super::canvas::{Anchor, Canvas, Line};
use super::style::class_of;
use super::width::Face;

/// A field of valences.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plot {
    pub(super) left: f64,
    pub(super) right: f64,
    /// Where 0 lies.
    pub(super) zero: f64,
}

impl Plot {
    /// From 0 to +1.
    pub(super) const UNIT: f64 = 56.0;

    /// Where a valence lies.
    pub(super) fn level(&self, valence: f64) -> f64 {
        self.zero - Self::UNIT * valence
    }

    /// Draws faint bands, the zero line and the scale.
    pub(super) fn ground(&self, canvas: &mut Canvas) {
        let (left, right) = (self.left, self.right);
        for (from, to) in [(1.0, 0.5), (0.0, -0.5)] {
            let (high, low) = (self.level(from), self.level(to));
            canvas.rect("cj-zone", [left, high, right - left, low - high], 0.0);
        }
        for (valence, text, class) in [
            (1.0, "+1", "cj-rule"),
            (0.0, "0", "cj-zero"),
            (-1.0, "-1", "cj-rule"),
        ] {
            let y = self.level(valence);
            canvas.line(class, (left, y), (right, y));
            let line = Line {
                x: left - 6.0,
                y: y + 4.2,
                anchor: Anchor::End,
                face: Face::SMALL,
                class: "cj-soft",
                room: 24.0,
            };
            canvas.text(line, text);
        }
    }

    /// Draws how far feelings spread at a place.
    pub(super) fn spread(&self, canvas: &mut Canvas, x: f64, width: f64, (low, high): (f64, f64)) {
        let (upper, lower) = (self.level(high.min(1.0)), self.level(low.max(-1.0)));
        let (x, radius) = (x - width / 2.0, width.min(14.0) / 2.0);
        canvas.rect("cj-spread", [x, upper, width, lower - upper], radius);
    }

    /// Draws the marker of a known feeling, larger where a larger share feels it.
    pub(super) fn marker(&self, canvas: &mut Canvas, x: f64, mean: f64, share: f64) {
        let radius = 4.0 + 4.0 * share.clamp(0.0, 1.0).sqrt();
        canvas.circle(class_of(mean), (x, self.level(mean)), radius);
    }

    /// Draws the hollow marker of an unknown feeling.
    pub(super) fn gap(&self, canvas: &mut Canvas, x: f64) {
        canvas.circle("cj-gap", (x, self.zero), 6.0);
    }
}
