//! Standard errors with journeys, or customers, as the unit.

use super::expanded::{Expanded, Felt, Walked};
use super::slopes::{HURT, Slopes};

/// Standard errors of the differences of all figures, and of the difference of hurt as a share of what it was.
pub(super) struct Errors {
    pub(super) figures: Vec<f64>,
    pub(super) hurt_share: f64,
}

/// Standard errors of the differences of all figures, after minus before; `None` where there are fewer than two clusters.
///
/// `share` is the difference of hurt over the hurt before, whose score is `(score of the difference - share * score of hurt) / hurt`.
///
/// The score of a journey is the sum of the slopes over its own counts; `SE^2 = C / (C - 1) sum of squared scores` over
/// C clusters.
pub(super) fn standard_errors(
    expanded: &Expanded<'_>,
    after: &Slopes<'_>,
    before: &Slopes<'_>,
    share: f64,
) -> Option<Errors> {
    let hurt = before.figures.hurt;
    let at = before.figures.outcomes.len() + HURT;
    let journeys = expanded.trails.count() as f64;
    // What the cluster's own journeys have of hurt beyond the mean.
    let (mut beyond, mut relative) = (0.0, 0.0);
    let mut squares = vec![0.0; after.width];
    let mut score = vec![0.0; after.width];
    let mut clusters = 0.0;
    let mut walked = Walked::default();
    expanded.trails.each(|marks| {
        let Some((place, marks)) = marks else {
            clusters += 1.0;
            let own = (score[at] - share * beyond / journeys) / hurt;
            relative += own * own;
            beyond = 0.0;
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
        beyond -= hurt;
        for (mark, cell, way) in places {
            let felt = Felt::of(mark.valence());
            beyond += felt.hurt;
            after.visit(cell, way, felt, 1.0, &mut score);
            before.visit(cell, way, felt, -1.0, &mut score);
        }
    });
    let spread = clusters / (clusters - 1.0);
    (clusters > 1.0).then(|| {
        let errors = squares.iter();
        Errors {
            figures: errors.map(|square| (spread * square).sqrt()).collect(),
            hurt_share: (spread * relative).sqrt(),
        }
    })
}
