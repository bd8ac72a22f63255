//! Weights become shares.

/// Weights on their way to shares of their sum.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shares {
    total: f64,
    /// 1, or the greatest weight where the plain sum would overflow.
    scale: f64,
}

impl Shares {
    /// Of some weights, finite and at least 0.
    pub(crate) fn of(weights: impl Iterator<Item = f64> + Clone) -> Self {
        let total: f64 = weights.clone().sum();
        if total.is_finite() {
            return Self { total, scale: 1.0 };
        }
        let scale = weights.clone().fold(0.0, f64::max);
        Self {
            total: weights.map(|weight| weight / scale).sum(),
            scale,
        }
    }

    /// The share of one of the weights, in 0..=1; 0 where no weight is above 0.
    pub(crate) fn share(&self, weight: f64) -> f64 {
        if weight <= 0.0 {
            0.0
        } else if self.scale > 1.0 {
            weight / self.scale / self.total
        } else {
            weight / self.total
        }
    }
}
