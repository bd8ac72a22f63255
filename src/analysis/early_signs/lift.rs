//! How sure a lift is.

use crate::flow::Flow;
use crate::journey::{Clusters, CountedFigure, CountedName, Outcome};
use crate::statistics::{of_ratio, wilson};

impl Flow {
    /// The 95 % interval of a lift, from how many end so that show the sign. All journeys are those that show it and those that do not, with
    /// the shares h and g, so that with the reach r
    ///
    /// ```text
    /// lift = h / (r h + (1 - r) g) = R / (r R + 1 - r)    R = h / g
    /// ```
    ///
    /// grows with R, whose interval is made of those of h and g. `None` where all journeys show the sign.
    pub(super) fn interval_of_lift(
        &self,
        shown: &CountedFigure,
        outcome: &Outcome,
    ) -> Option<(f64, f64)> {
        let all = self.counted(CountedName::Outcome, &[outcome.as_str()])?;
        let (n, with) = (all.journeys as f64, shown.journeys as f64);
        let without = n - with;
        if without < 0.5 || with < 0.5 {
            return None;
        }
        let other = (all.value * n - shown.value * with) / without;
        // Counts are whole: less than half a journey is rounding.
        let other = if other * without < 0.5 {
            0.0
        } else {
            other.min(1.0)
        };
        let independent = without * self.independent_of(all);
        let ratio = of_ratio(
            (shown.value, shown.low.zip(shown.high)?),
            (other, wilson(other, independent)),
        );
        let reach = with / n;
        let lift = |ratio: f64| {
            if ratio.is_finite() {
                ratio / (reach * ratio + 1.0 - reach)
            } else {
                1.0 / reach
            }
        };
        Some((lift(ratio.0), lift(ratio.1)))
    }

    /// So many independent journeys would tell as much as one of these, where several are of one customer; at most 1.
    fn independent_of(&self, share: &CountedFigure) -> f64 {
        let by_customer = self
            .counts()
            .is_some_and(|counted| counted.clusters == Clusters::Customers);
        let spread = share.value * (1.0 - share.value);
        match share.standard_error {
            Some(error) if by_customer && error > 0.0 && spread > 0.0 => {
                (spread / (error * error) / share.journeys as f64).min(1.0)
            }
            _ => 1.0,
        }
    }
}
