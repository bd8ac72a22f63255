//! Standard errors with journeys, or customers, as the unit.

use super::expanded::{Expanded, Felt, Walked};
use super::slopes::Slopes;

/// Standard errors of the differences of all figures, after minus before; `None` where there are fewer than two clusters.
///
/// The score of a journey is the sum of the slopes over its own counts; `SE^2 = C / (C - 1) sum of squared scores` over
/// C clusters.
pub(super) fn standard_errors(
    expanded: &Expanded<'_>,
    after: &Slopes<'_>,
    before: &Slopes<'_>,
) -> Option<Vec<f64>> {
    let mut squares = vec![0.0; after.width];
    let mut score = vec![0.0; after.width];
    let mut clusters = 0.0;
    let mut walked = Walked::default();
    expanded.trails.each(|marks| {
        let Some((place, marks)) = marks else {
            clusters += 1.0;
            for (square, score) in squares.iter_mut().zip(&mut score) {
                *square += *score * *score;
                *score = 0.0;
            }
            return;
        };
        let (first, places) = expanded.places(place, marks, &mut walked);
        if let Some(arrival) = first {
            after.start(arrival, 1.0, &mut score);
            before.start(arrival, -1.0, &mut score);
        }
        for (mark, cell, way) in places {
            let felt = Felt::of(mark.valence());
            after.visit(cell, way, felt, 1.0, &mut score);
            before.visit(cell, way, felt, -1.0, &mut score);
        }
    });
    let spread = clusters / (clusters - 1.0);
    (clusters > 1.0).then(|| {
        let errors = squares.iter();
        errors.map(|square| (spread * square).sqrt()).collect()
    })
}
