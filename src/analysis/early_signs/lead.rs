//! Which signs no other sign beats.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use ordered_float::OrderedFloat;

use super::{ABOVE, EarlySign};

pub(super) type Merit = OrderedFloat<f64>;

pub(super) const ZERO: Merit = OrderedFloat(0.0);

/// To nine digits.
pub(super) fn rounded(figure: f64) -> Merit {
    /// So many of the 52 binary places are rounded away.
    const PLACES: u32 = 20;
    let half = 1_u64 << (PLACES - 1);
    let bits = figure.to_bits().saturating_add(half) >> PLACES << PLACES;
    OrderedFloat(f64::from_bits(bits))
}

/// Lift, coverage and moments left; `None` where not all of them are known.
pub(super) fn merits(sign: &EarlySign) -> Option<[Merit; 3]> {
    Some([sign.lift, sign.coverage?, sign.moments_left].map(rounded))
}

/// Marks the leading indicators.
pub(super) fn lead(signs: &mut [EarlySign]) {
    let mut rivals: Vec<(Reverse<[Merit; 3]>, usize)> = signs
        .iter()
        .enumerate()
        .filter(|(_, sign)| sign.lift_low.unwrap_or(sign.lift) > ABOVE)
        .filter_map(|(position, sign)| Some((Reverse(merits(sign)?), position)))
        .collect();
    rivals.sort();
    // Of those with at least the lift at hand, the moments left by coverage: less of one buys more of the other.
    let mut best = BTreeMap::<Merit, Merit>::new();
    for equals in rivals.chunk_by(|a, b| a.0 == b.0) {
        let Some(&(Reverse([_, coverage, left]), _)) = equals.first() else {
            continue;
        };
        let rival = best.range(coverage..).next();
        if rival.is_some_and(|(_, &earlier)| earlier >= left) {
            continue;
        }
        for &(_, position) in equals {
            signs[position].leading = true;
        }
        while let Some((&beaten, &later)) = best.range(..=coverage).next_back() {
            if later > left {
                break;
            }
            best.remove(&beaten);
        }
        best.insert(coverage, left);
    }
}
