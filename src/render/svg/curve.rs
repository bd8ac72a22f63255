//! A smooth line through points that never overshoots them.

use super::canvas::N;

/// The pieces of a curve through points from left to right, each a path: cubic, with the slopes of Fritsch and
/// Carlson 1980, which rise and fall only where the points do.
pub(super) fn pieces(points: &[(f64, f64)]) -> Vec<String> {
    let slopes = slopes(points);
    let slope = |at: usize| slopes.get(at).copied().unwrap_or(0.0);
    let ends = points.iter().zip(points.iter().skip(1)).enumerate();
    ends.map(|(piece, ((x0, y0), (x1, y1)))| {
        let third = (x1 - x0) / 3.0;
        format!(
            "M{} {}C{} {} {} {} {} {}",
            N(*x0),
            N(*y0),
            N(x0 + third),
            N(y0 + third * slope(piece)),
            N(x1 - third),
            N(y1 - third * slope(piece + 1)),
            N(*x1),
            N(*y1)
        )
    })
    .collect()
}

fn slopes(points: &[(f64, f64)]) -> Vec<f64> {
    let secants: Vec<f64> = points
        .windows(2)
        .map(|ends| match ends {
            [(x0, y0), (x1, y1)] if x1 > x0 => (y1 - y0) / (x1 - x0),
            _ => 0.0,
        })
        .collect();
    let around = |point: usize| {
        let before = point.checked_sub(1).and_then(|before| secants.get(before));
        (before.copied(), secants.get(point).copied())
    };
    let slope = |point: usize| match around(point) {
        (Some(before), Some(after)) if before * after > 0.0 => {
            // The harmonic mean is at most three times the flatter one, which is what keeps the curve monotone.
            2.0 * before * after / (before + after)
        }
        (Some(_), Some(_)) | (None, None) => 0.0,
        (Some(only), None) | (None, Some(only)) => only,
    };
    (0..points.len()).map(slope).collect()
}
