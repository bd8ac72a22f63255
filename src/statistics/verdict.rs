//! Two figures, each with how sure it is: their difference, how sure that is, and what can be said.

use super::adjusted::benjamini_hochberg;
use super::chances::fisher;
use super::intervals::of_difference;
use super::quantiles::{Z, student_tail};

/// Standard deviations of the normal distribution between which 90 of 100 lie.
const Z90: f64 = 1.644_853_626_951_472_7;
/// Differences that chance makes less often than this are no chance.
const LEVEL: f64 = 0.05;
/// So many observations a side needs where its figure is no share; tests of means are off with fewer.
const FEWEST: f64 = 10.0;

/// A figure and how sure it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Measured {
    pub(crate) value: f64,
    /// `None` where nobody counted it, or too little.
    pub(crate) standard_error: Option<f64>,
    /// Its 95 % interval.
    pub(crate) interval: Option<(f64, f64)>,
    /// Journeys (or customers) that it rests on; `None` where nothing is counted, and the value is what somebody says.
    pub(crate) counted: Option<f64>,
}

/// What a figure is, as far as tests and bounds are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scale {
    /// 0 to 1.
    Share,
    /// A feeling, or an amount of it.
    Feeling,
    /// Seconds, moments, visits, money: only proportions matter.
    Amount,
}

impl Scale {
    /// What matters: of shares 2 points or a quarter of the larger one, whichever is less; 0.05 of feeling; a tenth of the larger
    /// amount.
    pub(crate) fn bound(self, a: f64, b: f64) -> f64 {
        let larger = a.abs().max(b.abs());
        match self {
            Self::Share => f64::min(0.02, larger / 4.0),
            Self::Feeling => 0.05,
            Self::Amount => larger / 10.0,
        }
    }
}

/// What can be said of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Judged {
    Different,
    Same,
    Unclear,
}

/// A difference, b minus a, and how sure it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Gap {
    pub(crate) difference: f64,
    pub(crate) standard_error: Option<f64>,
    /// Its 95 % interval.
    pub(crate) interval: Option<(f64, f64)>,
    /// The chance of a difference as large where there is none, before many are adjusted; `None` where nothing is counted or too
    /// little.
    pub(crate) p: Option<f64>,
    pub(crate) bound: f64,
}

impl Gap {
    /// The difference of two figures of independent units.
    ///
    /// Its interval comes from those of both, so that shares of 0 and 1 have one too. p is that of Fisher's exact test for shares, with as many observations as independent ones would give
    /// this standard error, and Welch's for others; beside a figure that was not counted, that of the score.
    pub(crate) fn new(scale: Scale, a: &Measured, b: &Measured) -> Self {
        let difference = b.value - a.value;
        let is_counted = a.counted.is_some() || b.counted.is_some();
        let standard_error = is_counted.then_some(()).and_then(|()| {
            let (a, b) = (a.known_error()?, b.known_error()?);
            Some(a.hypot(b))
        });
        let interval = is_counted
            .then_some(())
            .and_then(|()| Some(of_difference((b.value, b.ends()?), (a.value, a.ends()?))));
        let p = match scale {
            Scale::Share => p_of_shares(a, b),
            Scale::Feeling | Scale::Amount => p_of_means(a, b, difference, standard_error),
        };
        Self {
            difference,
            standard_error,
            interval,
            p: p.or_else(|| p_of_interval(a, b, difference, interval)),
            bound: scale.bound(a.value, b.value),
        }
    }

    /// The difference of two quantiles of amounts. `shares` are those of both sides at or below a common cut, and p is that of their
    /// difference: intervals of quantiles jump where values repeat or leave gaps, and no error follows from their width. The interval
    /// holds 0 where p is not below 0.05.
    ///
    /// Without the shares, as in stored reports, p is no smaller than both intervals prove.
    pub(crate) fn of_quantiles(a: &Measured, b: &Measured, shares: Option<[Measured; 2]>) -> Self {
        let mut gap = Self::new(Scale::Amount, a, b);
        match shares {
            Some([of_a, of_b]) => {
                let few = |side: &Measured| side.counted.is_some_and(|counted| counted < FEWEST);
                gap.p = p_of_shares(&of_a, &of_b).filter(|_| !few(&of_a) && !few(&of_b));
                if gap.difference.abs() <= 1e-12 {
                    gap.p = gap.p.map(|_| 1.0);
                }
                if gap.p.is_none_or(|p| p >= LEVEL) {
                    let holding = |(low, high): (f64, f64)| (low.min(0.0), high.max(0.0));
                    gap.interval = gap.interval.map(holding);
                }
            }
            None => gap.p = p_proven(a, b, gap.interval),
        }
        gap
    }

    /// The difference of figures that were counted on the same units and are the same.
    pub(crate) fn of_same(scale: Scale, value: f64) -> Self {
        Self {
            difference: 0.0,
            standard_error: Some(0.0),
            interval: Some((0.0, 0.0)),
            p: Some(1.0),
            bound: scale.bound(value, value),
        }
    }

    fn judged(&self, adjusted: f64) -> Judged {
        let beyond = self.difference.abs() > self.bound;
        let holds_none = self
            .interval
            .is_some_and(|(low, high)| low <= 0.0 && high >= 0.0);
        if beyond && adjusted < LEVEL && !holds_none {
            return Judged::Different;
        }
        let narrowed = self.interval.map(|(low, high)| {
            let narrow = |end: f64| self.difference + (end - self.difference) * Z90 / Z;
            (narrow(low), narrow(high))
        });
        let within = narrowed.is_some_and(|(low, high)| low >= -self.bound && high <= self.bound);
        if within {
            Judged::Same
        } else {
            Judged::Unclear
        }
    }
}

/// What can be said of each of many differences, adjusted for their number; `None` where nothing is counted.
pub(crate) fn judge(gaps: &[Gap]) -> Vec<Option<Judged>> {
    let known: Vec<f64> = gaps.iter().filter_map(|gap| gap.p).collect();
    let mut adjusted = benjamini_hochberg(&known).into_iter();
    let verdict = |gap: &Gap| match gap.p {
        Some(_) => adjusted.next().map(|adjusted| gap.judged(adjusted)),
        // Counted, and too little to test.
        None => gap.interval.map(|_| gap.judged(1.0)),
    };
    gaps.iter().map(verdict).collect()
}

impl Measured {
    /// What somebody says is not in doubt.
    fn known_error(&self) -> Option<f64> {
        if self.counted.is_none() {
            return Some(0.0);
        }
        self.standard_error
    }

    fn ends(&self) -> Option<(f64, f64)> {
        if self.counted.is_none() {
            return Some((self.value, self.value));
        }
        self.interval.or_else(|| {
            let half = Z * self.standard_error?;
            Some((self.value - half, self.value + half))
        })
    }

    /// Successes among as many observations as independent ones would give the standard error, and never more than there are.
    fn as_counts(&self) -> Option<(u64, u64)> {
        // Beyond, whole numbers have no digits of their own.
        const MOST: f64 = 4_503_599_627_370_496.0;
        let n = self.effective().filter(|n| *n <= MOST)?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "rounded, 0 or more, and at most the number of journeys"
        )]
        let whole = |number: f64| number.round() as u64;
        Some((whole(self.value.clamp(0.0, 1.0) * n), whole(n)))
    }

    fn effective(&self) -> Option<f64> {
        let counted = self.counted?;
        let spread = self.value * (1.0 - self.value);
        Some(match self.standard_error {
            Some(error) if spread > 0.0 && error > 0.0 => {
                // The estimate divides by one less than there are.
                counted.min((spread / (error * error)).round() + 1.0)
            }
            _ => counted,
        })
    }
}

fn p_of_shares(a: &Measured, b: &Measured) -> Option<f64> {
    match (a.counted, b.counted) {
        (None, None) => None,
        (Some(_), Some(_)) => exact(a.as_counts()?, b.as_counts()?),
        (Some(_), None) => score(a, b.value),
        (None, Some(_)) => score(b, a.value),
    }
}

/// Fisher's exact test; `None` where it would go through very many divisions, of which an interval tells as much.
fn exact(one: (u64, u64), other: (u64, u64)) -> Option<f64> {
    const MOST: u64 = 50_000;
    let marked = one.0 + other.0;
    let plain = one.1 + other.1 - marked;
    let fewest = marked.min(plain).min(one.1).min(other.1);
    (fewest <= MOST).then(|| fisher(one, other))
}

/// The score test that a counted share is one that somebody says. What is said never to happen, and happens, is no chance.
fn score(counted: &Measured, said: f64) -> Option<f64> {
    let n = counted.effective()?;
    let distance = (counted.value - said).abs();
    let error = (said * (1.0 - said) / n).max(0.0).sqrt();
    Some(two_sided(distance, error, f64::INFINITY))
}

/// Welch's test.
fn p_of_means(a: &Measured, b: &Measured, difference: f64, error: Option<f64>) -> Option<f64> {
    let few = |side: &Measured| side.counted.is_some_and(|counted| counted < FEWEST);
    if few(a) || few(b) || (a.counted.is_none() && b.counted.is_none()) {
        return None;
    }
    let error = error?;
    let part = |side: &Measured| {
        let (error, counted) = (side.standard_error?, side.counted?);
        Some(error.powi(4) / (counted - 1.0))
    };
    let parts = part(a).unwrap_or(0.0) + part(b).unwrap_or(0.0);
    let freedom = if parts > 0.0 {
        error.powi(4) / parts
    } else {
        f64::INFINITY
    };
    Some(two_sided(difference.abs(), error, freedom.max(1.0)))
}

/// Where an interval is all that is known, as of quantiles: its end on the side of 0 is 1.96 standard errors away.
fn p_of_interval(
    a: &Measured,
    b: &Measured,
    difference: f64,
    interval: Option<(f64, f64)>,
) -> Option<f64> {
    let few = |side: &Measured| side.counted.is_some_and(|counted| counted < FEWEST);
    if few(a) || few(b) {
        return None;
    }
    let (low, high) = interval?;
    let half = if difference > 0.0 {
        difference - low
    } else {
        high - difference
    };
    Some(two_sided(difference.abs(), half / Z, f64::INFINITY))
}

/// What the 95 % intervals of two quantiles prove, and nothing beyond: 1 where that of the difference holds 0 or has no width, 0.05 where
/// it does not; less only where those of both sides do not meet. The shares at a cut between them then differ by 1.96 errors of
/// each.
fn p_proven(a: &Measured, b: &Measured, interval: Option<(f64, f64)>) -> Option<f64> {
    let few = |side: &Measured| side.counted.is_some_and(|counted| counted < FEWEST);
    if few(a) || few(b) {
        return None;
    }
    let (low, high) = interval?;
    if (low <= 0.0 && high >= 0.0) || low >= high {
        return Some(1.0);
    }
    let (ends, others) = (a.ends()?, b.ends()?);
    let meet = ends.0 <= others.1 && others.0 <= ends.1;
    let (Some(n), Some(m), false) = (a.counted, b.counted, meet) else {
        return Some(LEVEL);
    };
    let (error, other) = ((1.0 / n).sqrt(), (1.0 / m).sqrt());
    Some(two_sided(
        Z * (error + other),
        error.hypot(other),
        f64::INFINITY,
    ))
}

/// The chance that a difference is at least so large. 0 is no difference, however sure.
fn two_sided(distance: f64, error: f64, freedom: f64) -> f64 {
    if distance <= 1e-12 {
        return 1.0;
    }
    if error <= 0.0 {
        return 0.0;
    }
    (2.0 * student_tail(distance / error, freedom.min(1e9))).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::{Gap, Judged, Measured, Scale, Z, judge};
    use crate::statistics::wilson;

    fn share(k: f64, n: f64) -> Measured {
        let f = k / n;
        Measured {
            value: f,
            standard_error: Some((f * (1.0 - f) / (n - 1.0)).sqrt()),
            interval: Some(wilson(f, n)),
            counted: Some(n),
        }
    }

    /// Newcombe 1998, Statistics in Medicine 17, 873, method 10: 56 of 70 against 48 of 80, and 9 of 10 against 3 of 10.
    #[test]
    fn published_intervals_of_differences() {
        for (a, b, low, high) in [
            (share(48.0, 80.0), share(56.0, 70.0), 0.0524, 0.3339),
            (share(3.0, 10.0), share(9.0, 10.0), 0.1705, 0.8090),
            (share(0.0, 10.0), share(10.0, 10.0), 0.6075, 1.0),
        ] {
            let gap = Gap::new(Scale::Share, &a, &b);
            let (found_low, found_high) = gap.interval.unwrap_or_default();
            assert!((found_low - low).abs() < 1e-4, "{found_low} {low}");
            assert!((found_high - high).abs() < 1e-4, "{found_high} {high}");
            let other = Gap::new(Scale::Share, &b, &a);
            assert_eq!(other.interval, Some((-found_high, -found_low)));
            assert_eq!(other.p, gap.p);
        }
    }

    /// Fisher's tea: of four cups each, three against one told apart, 34/70; and all of them, 2/70.
    #[test]
    fn exact_chances() {
        let p = |a, b| Gap::new(Scale::Share, &share(a, 4.0), &share(b, 4.0)).p;
        assert!((p(1.0, 3.0).unwrap_or(0.0) - 34.0 / 70.0).abs() < 1e-12);
        assert!((p(0.0, 4.0).unwrap_or(0.0) - 2.0 / 70.0).abs() < 1e-12);
    }

    #[test]
    fn verdicts() {
        let judged = |a, b| judge(&[Gap::new(Scale::Share, &a, &b)])[0];
        let many = |k: f64| share(k, 100_000.0);
        assert_eq!(
            judged(many(50_000.0), many(60_000.0)),
            Some(Judged::Different)
        );
        assert_eq!(judged(many(50_000.0), many(50_900.0)), Some(Judged::Same));
        assert_eq!(
            judged(share(5.0, 10.0), share(6.0, 10.0)),
            Some(Judged::Unclear)
        );
        let said = |value| Measured {
            value,
            standard_error: None,
            interval: None,
            counted: None,
        };
        assert_eq!(judged(said(0.1), said(0.9)), None);
        assert_eq!(
            judged(said(0.0), share(5.0, 100.0)),
            Some(Judged::Different)
        );
        assert_eq!(judged(said(0.5), share(52.0, 100.0)), Some(Judged::Unclear));
    }

    /// Whole days: intervals without a width, or with an end at 0, prove nothing by themselves.
    #[test]
    fn quantiles_without_their_times() {
        let days = |value: f64, low: f64, high: f64| Measured {
            value,
            standard_error: Some((high - low) / (2.0 * Z)),
            interval: Some((low, high)),
            counted: Some(400.0),
        };
        let judged = |a, b| {
            let gap = Gap::of_quantiles(&a, &b, None);
            (gap.p.unwrap_or(0.0), judge(&[gap])[0])
        };
        assert_eq!(
            judged(days(6.0, 6.0, 6.0), days(7.0, 7.0, 7.0)),
            (1.0, Some(Judged::Unclear))
        );
        assert_eq!(
            judged(days(6.0, 6.0, 6.0), days(7.0, 6.0, 7.0)),
            (1.0, Some(Judged::Unclear))
        );
        // They do not meet: 1.96 errors of each are 2.77 of both, and 0.0056 on both sides.
        let (p, judged) = judged(days(6.0, 5.0, 7.0), days(9.0, 8.0, 10.0));
        assert!((p - 0.005_575).abs() < 1e-5, "{p}");
        assert_eq!(judged, Some(Judged::Different));
    }

    /// With the shares at a cut: nothing differs where they do not, however far apart the quantiles are.
    #[test]
    fn quantiles_by_the_shares_at_a_cut() {
        let quantile = |value: f64| Measured {
            value,
            standard_error: Some(0.0),
            interval: Some((value, value)),
            counted: Some(400.0),
        };
        let judged = |k, l| {
            let shares = [share(k, 400.0), share(l, 400.0)];
            let gap = Gap::of_quantiles(&quantile(6.0), &quantile(7.0), Some(shares));
            (gap.interval, judge(&[gap])[0])
        };
        assert_eq!(
            judged(304.0, 297.0),
            (Some((0.0, 1.0)), Some(Judged::Unclear))
        );
        assert_eq!(
            judged(340.0, 260.0),
            (Some((1.0, 1.0)), Some(Judged::Different))
        );
    }

    /// Welch's test of means 1 and 0 with standard errors 0.3 and 0.4, of 20 and 10: t 2, freedom 19.1.
    #[test]
    fn means() {
        let mean = |value, error, n| Measured {
            value,
            standard_error: Some(error),
            interval: None,
            counted: Some(n),
        };
        let gap = Gap::new(Scale::Feeling, &mean(0.0, 0.3, 20.0), &mean(1.0, 0.4, 10.0));
        assert_eq!(gap.standard_error, Some(0.5));
        let p = gap.p.unwrap_or(0.0);
        assert!((0.0595..0.0602).contains(&p), "{p}");
    }
}
