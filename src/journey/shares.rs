//! Weights become shares.

/// Weights on their way to shares of their sum.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shares {
    total: f64,
    /// 1, or the greatest weight where the plain sum would overflow.
    scale: f64,
}

impl FromIterator<f64> for Shares {
    fn from_iter<I: IntoIterator<Item = f64>>(weights: I) -> Self {
        let (mut total, mut greatest, mut scaled) = (0.0_f64, 0.0_f64, 0.0_f64);
        for weight in weights {
            total += weight;
            if weight > greatest {
                scaled *= greatest / weight;
                greatest = weight;
            }
            if greatest > 0.0 {
                scaled += weight / greatest;
            }
        }
        if total.is_finite() {
            Self { total, scale: 1.0 }
        } else {
            Self {
                total: scaled,
                scale: greatest,
            }
        }
    }
}

impl Shares {
    /// The share of one of the weights, in 0..=1; 0 where no weight is above 0.
    pub(crate) fn share(&self, weight: f64) -> f64 {
        if weight > 0.0 {
            weight / self.scale / self.total
        } else {
            0.0
        }
    }
}
