//! When two figures are the same: one comparison for all laws.

/// Below this numbers lose digits before they become zero, and a difference of so little is none.
const NOTHING: f64 = f64::MIN_POSITIVE;

/// Whether two figures agree relative to the size of what they were made of.
///
/// Of figures that differ only below the smallest normal number nobody can say that they differ: there the unit in the last
/// place is as large as the figure.
pub(crate) fn agree(got: f64, expected: f64, relative: f64, size: f64) -> bool {
    let size = got.abs().max(expected.abs()).max(size);
    (got - expected).abs() <= relative * size + NOTHING
}

#[test]
fn what_differs_only_below_normal_numbers_agrees() {
    assert!(agree(5e-324, 0.0, 1e-9, 0.0));
    assert!(agree(-5e-324, 5e-324, 1e-9, 0.0));
    assert!(agree(1.0, 1.0 + 1e-10, 1e-9, 0.0));
    assert!(!agree(1e-300, 0.0, 1e-9, 0.0));
    assert!(!agree(1.0, 1.1, 1e-9, 1.0));
    assert!(!agree(f64::NAN, 1.0, 1e-9, 1.0));
}
