//! Sums of numerators and denominators over clusters.

use crate::statistics::Ratio;

/// The number of a denominator that several figures share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Below(usize);

/// The number of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Above(usize);

#[derive(Debug, Clone, Copy, Default)]
struct Denominator {
    /// Of the cluster that is open.
    now: f64,
    touched: bool,
    sum: f64,
    squares: f64,
    clusters: f64,
    /// Journeys with a denominator above 0.
    journeys: u64,
    /// Whether some journey gave anything but 0 or 1.
    counts: bool,
}

#[derive(Debug, Clone, Copy)]
struct Numerator {
    below: usize,
    now: f64,
    touched: bool,
    sum: f64,
    squares: f64,
    product: f64,
}

/// All sums; a cluster costs what its journeys touch.
#[derive(Debug, Default)]
pub(super) struct Sums {
    below: Vec<Denominator>,
    above: Vec<Numerator>,
    touched_below: Vec<usize>,
    touched_above: Vec<usize>,
}

impl Sums {
    pub(super) fn denominator(&mut self) -> Below {
        self.below.push(Denominator::default());
        Below(self.below.len() - 1)
    }

    pub(super) fn figure(&mut self, Below(below): Below) -> Above {
        self.above.push(Numerator {
            below,
            now: 0.0,
            touched: false,
            sum: 0.0,
            squares: 0.0,
            product: 0.0,
        });
        Above(self.above.len() - 1)
    }

    /// Adds the denominator of one journey, which is above 0.
    pub(super) fn add_below(&mut self, Below(at): Below, b: f64) {
        if let Some(below) = self.below.get_mut(at) {
            below.now += b;
            below.journeys += 1;
            below.counts |= b.total_cmp(&1.0).is_ne();
            if !below.touched {
                below.touched = true;
                self.touched_below.push(at);
            }
        }
    }

    /// Adds to the numerator of the cluster that is open.
    pub(super) fn add(&mut self, Above(at): Above, a: f64) {
        if let Some(above) = self.above.get_mut(at) {
            above.now += a;
            if !above.touched {
                above.touched = true;
                self.touched_above.push(at);
            }
        }
    }

    /// Ends a cluster.
    pub(super) fn close(&mut self) {
        for at in self.touched_above.drain(..) {
            let Some(above) = self.above.get_mut(at) else {
                continue;
            };
            let below = self.below.get(above.below).map_or(0.0, |below| below.now);
            above.sum += above.now;
            above.squares += above.now * above.now;
            above.product += above.now * below;
            (above.now, above.touched) = (0.0, false);
        }
        for at in self.touched_below.drain(..) {
            let Some(below) = self.below.get_mut(at) else {
                continue;
            };
            below.sum += below.now;
            below.squares += below.now * below.now;
            below.clusters += 1.0;
            (below.now, below.touched) = (0.0, false);
        }
    }

    /// A figure, how many journeys it rests on, and whether each of these is one observation; `None` where none is.
    pub(super) fn ratio(&self, Above(at): Above) -> Option<(Ratio, u64, bool)> {
        let above = self.above.get(at)?;
        let below = self.below.get(above.below)?;
        let ratio = Ratio {
            above: above.sum,
            above_squared: above.squares,
            product: above.product,
            below: below.sum,
            below_squared: below.squares,
            clusters: below.clusters,
        };
        (below.sum > 0.0).then_some((ratio, below.journeys, !below.counts))
    }
}
