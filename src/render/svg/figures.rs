//! Figures side by side: each a number with what it is.

use super::canvas::{Anchor, Canvas, Line};
use super::width::Face;

/// A figure: what it is, and the number.
pub(super) type Figure = (String, String);

/// Draws figures from left to right, on several lines where they need them; answers where they end.
pub(super) fn draw(
    canvas: &mut Canvas,
    figures: &[Figure],
    (left, right): (f64, f64),
    top: f64,
) -> f64 {
    const GAP: f64 = 24.0;
    let (big, small) = (Face::bold(15.0), Face::SMALL);
    let (mut x, mut y, mut tallest) = (left, top, 0.0_f64);
    for (what, number) in figures {
        let wanted = big.width(number).max(small.width(what));
        let wanted = wanted.clamp(40.0, 160.0).min(right - left);
        if x > left && x + wanted > right {
            (x, y, tallest) = (left, y + tallest + 8.0, 0.0);
        }
        let line = Line {
            x,
            y,
            anchor: Anchor::Start,
            face: big,
            class: "cj-ink",
            room: wanted,
        };
        let below = canvas.lines(line, &big.wrap(number, wanted));
        let line = Line {
            y: below,
            face: small,
            class: "cj-soft",
            ..line
        };
        let end = canvas.lines(line, &small.wrap(what, wanted));
        tallest = tallest.max(end - y);
        x += wanted + GAP;
    }
    y + tallest
}
