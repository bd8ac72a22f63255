//! What the map says of customers who remember something.

use crate::journey::Touchpoint;

/// What customers feel who remember something.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FeltGiven {
    /// What they remember, such as "delivery is broken".
    pub(crate) given: String,
    pub(crate) mean: f64,
}

/// What is felt at a touchpoint by those who remember something.
pub(super) fn felt(touchpoint: &Touchpoint) -> Vec<FeltGiven> {
    let felt = touchpoint.emotion_given.iter();
    let felt = felt.filter_map(|felt| {
        let when = felt
            .when
            .map_or_else(String::new, |when| format!(" and the promise {when}"));
        Some(FeltGiven {
            given: format!("{}{when}", felt.given),
            mean: felt.emotion.mean()?,
        })
    });
    felt.collect()
}
