//! p values of many tests, adjusted for their number.

/// The p values adjusted so that of the differences found at most the level's share are by chance (Benjamini and
/// Hochberg 1995). Takes O(n log n).
pub(crate) fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<(usize, f64)> = p.iter().copied().enumerate().collect();
    order.sort_by(|(_, a), (_, b)| b.total_cmp(a));
    let mut adjusted = vec![1.0; p.len()];
    let mut least = 1.0_f64;
    for (smaller, &(place, p)) in (1..=order.len()).rev().zip(&order) {
        least = least.min(p * order.len() as f64 / smaller as f64);
        if let Some(slot) = adjusted.get_mut(place) {
            *slot = least;
        }
    }
    adjusted
}

/// The p values adjusted so that any difference at all is found by chance at most as often as the level says (Holm 1979).
/// Takes O(n log n).
pub(crate) fn holm(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<(usize, f64)> = p.iter().copied().enumerate().collect();
    order.sort_by(|(_, a), (_, b)| a.total_cmp(b));
    let mut adjusted = vec![1.0; p.len()];
    let mut greatest = 0.0_f64;
    for (left, &(place, p)) in (1..=order.len()).rev().zip(&order) {
        greatest = greatest.max(p * left as f64).min(1.0);
        if let Some(slot) = adjusted.get_mut(place) {
            *slot = greatest;
        }
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::{benjamini_hochberg, holm};

    fn near(found: &[f64], expected: &[f64]) {
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-12, "{found} {expected}");
        }
    }

    /// By hand: 0.01 * 4, 0.02 * 4 / 2, 0.03 * 4 / 3, 0.5; and 0.01 * 4, 0.02 * 3, 0.03 * 2 (raised to 0.06), 0.5.
    #[test]
    fn adjusted_by_hand() {
        let p = [0.03, 0.01, 0.5, 0.02];
        near(&benjamini_hochberg(&p), &[0.04, 0.04, 0.5, 0.04]);
        near(&holm(&p), &[0.06, 0.04, 0.5, 0.06]);
        assert!(benjamini_hochberg(&[]).is_empty() && holm(&[]).is_empty());
    }
}
