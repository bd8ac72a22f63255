//! Error bars of a map of which only counts are at hand, in buckets of journeys.

use super::{ErrorBars, Estimate, OutcomeEstimate, ReachEstimate};
use crate::events::{LearnError, LearnOptions, Tally, TallyOptions};
use crate::flow::{Basis, Flow, NoErrorBars};
use crate::statistics::{FEWEST_BUCKETS, of_left_out, student};

impl Flow {
    /// Standard errors and 95 % intervals of a map that was learned from the tallies of some buckets of journeys, merged into one: each journey,
    /// with all of its events, belongs to one bucket, and better each customer ([`sql`](crate::sql) counts so, with
    /// [`buckets`](crate::sql::Options::buckets)). The map is learned again without each of the buckets in turn, and the figures that come of it
    /// say how sure those of the whole are, however much the moments of one journey go together.
    /// [`error_bars`](Self::error_bars) takes moments for independent, as a map knows no journeys.
    ///
    /// Of n buckets (empty ones not counted), `SE^2 = (n - 1) / n sum (f_without_one - mean)^2`, and intervals take Student's t with n - 1 degrees of freedom.
    /// Below 8 there are none, and `missing` says so; a figure in which all buckets agree, though it is not 0 or 1, has none either. `options`
    /// are those that the map was learned by.
    ///
    /// # Complexity
    /// For each bucket one more map is learned and solved.
    ///
    /// # Errors
    /// As [`Tally::learn`] and [`Tally::merge`].
    ///
    /// ```
    /// use customer_journey::{EventRef, LearnOptions, Outcome, Phase, Tally};
    /// let mut buckets = vec![Tally::default(); 16];
    /// let mut all = Tally::default();
    /// for number in 0..160 {
    ///     let name = number.to_string();
    ///     let ending = if number % 17 < 5 { "leaves" } else { "stays" };
    ///     let event = EventRef::new(&name, "call").emotion(if number % 17 < 5 { -0.5 } else { 0.5 }).outcome(ending);
    ///     buckets[number % 16].record(event)?;
    ///     all.record(event)?;
    /// }
    /// let options = LearnOptions::new().other_phases(Phase::During);
    /// let flow = all.learn(&options)?.journey.flow()?;
    /// let bars = flow.error_bars_by_buckets(&buckets, &options)?;
    /// let leaves = &bars.outcomes[0];
    /// assert_eq!((leaves.outcome.clone(), bars.buckets), (Outcome::from("leaves"), Some(16)));
    /// let (low, high) = leaves.estimate.interval.expect("some leave and some stay");
    /// assert!(low < leaves.estimate.value && leaves.estimate.value < high);
    /// # Ok::<(), customer_journey::Error>(())
    /// ```
    pub fn error_bars_by_buckets(
        &self,
        buckets: &[Tally],
        options: &LearnOptions,
    ) -> Result<ErrorBars, LearnError> {
        let map = self.modelled();
        let known: Vec<&Tally> = buckets
            .iter()
            .filter(|tally| tally.journeys() > 0)
            .collect();
        let mut bars = ErrorBars {
            missing: None,
            basis: Basis::Modelled,
            buckets: Some(known.len() as u64),
            outcomes: Vec::new(),
            reach: Vec::new(),
            mean: None,
            end: None,
            hurt: None,
        };
        if known.len() < FEWEST_BUCKETS {
            bars.missing = Some(NoErrorBars::FewBuckets {
                buckets: known.len(),
            });
            return Ok(bars);
        }
        let rest = Rest(map.without_each(&known, options)?);
        for share in map.outcomes() {
            let of = |flow: &Self| Some(flow.probability(&share.outcome));
            if let Some(estimate) = rest.chance(share.probability, of) {
                bars.outcomes.push(OutcomeEstimate {
                    estimate,
                    outcome: share.outcome,
                });
            }
        }
        for touchpoint in map.journey().touchpoints() {
            let id = touchpoint.id.as_str();
            // Where only one bucket ever comes, nobody comes without it.
            let of = |flow: &Self| match flow.journey().node(id) {
                Some(_) => flow.reach(id),
                None => Some(0.0),
            };
            if let Some(estimate) = map.reach(id).and_then(|reach| rest.chance(reach, of)) {
                bars.reach.push(ReachEstimate {
                    id: id.to_owned(),
                    estimate,
                });
            }
        }
        let valence = (-1.0, 1.0);
        bars.mean = rest.number(map.mean_valence(), valence, Self::mean_valence);
        bars.end = rest.number(map.end_valence(), valence, Self::end_valence);
        let hurt = map.mean_valence().map(|_| map.hurt());
        bars.hurt = rest.number(hurt, (0.0, f64::INFINITY), |flow| {
            flow.mean_valence().map(|_| flow.hurt())
        });
        Ok(bars)
    }

    /// The flow of the map without each of the buckets; `None` where that has none.
    fn without_each(
        &self,
        buckets: &[&Tally],
        options: &LearnOptions,
    ) -> Result<Vec<Option<Self>>, LearnError> {
        let onto = options.clone().onto(self.journey());
        // The tallies of the first 0, 1, 2, ... buckets.
        let mut before = vec![Tally::default()];
        for bucket in buckets {
            let mut next = before.last().cloned().unwrap_or_default();
            next.merge(&plain(bucket))?;
            before.push(next);
        }
        let mut after = Tally::default();
        let mut flows = Vec::new();
        for (bucket, before) in buckets.iter().zip(&before).rev() {
            let mut rest = before.clone();
            rest.merge(&after)?;
            flows.push(rest.learn(&onto)?.journey.flow().ok());
            after.merge(&plain(bucket))?;
        }
        Ok(flows)
    }
}

/// With every journey closed, and without a segment, so that all merge.
fn plain(tally: &Tally) -> Tally {
    tally.clone().closed().with(TallyOptions::new())
}

/// The flows of all but one bucket.
struct Rest(Vec<Option<Flow>>);

impl Rest {
    /// The standard error of a figure, and how many of them its interval is wide to either side.
    fn error(&self, of: impl Fn(&Flow) -> Option<f64>) -> Option<(f64, f64)> {
        let values = self.0.iter().map(|flow| of(flow.as_ref()?));
        let values: Vec<f64> = values.collect::<Option<_>>()?;
        Some((of_left_out(&values), student(values.len() as f64 - 1.0)))
    }

    fn chance(&self, value: f64, of: impl Fn(&Flow) -> Option<f64>) -> Option<Estimate> {
        let (error, deviations) = self.error(of)?;
        let estimate = Estimate::chance(value, error, deviations);
        // Buckets that agree in a share of some are no buckets of independent journeys.
        (error > 0.0 || estimate.interval.is_none()).then_some(estimate)
    }

    fn number(
        &self,
        value: Option<f64>,
        bounds: (f64, f64),
        of: impl Fn(&Flow) -> Option<f64>,
    ) -> Option<Estimate> {
        let (error, deviations) = self.error(of)?;
        (error > 0.0).then_some(Estimate::number(value?, error * deviations, error, bounds))
    }
}
