//! How feelings run from before to during to after.

mod arc;
mod counted;
mod counted_paths;
mod curve;
mod paths;
mod phases;
mod remembered_paths;
mod told;
mod turns;

pub use arc::{ArcShape, EmotionalArc};
pub use curve::CurvePoint;
pub use paths::LikelyPath;
pub use phases::PhaseFigures;
pub use turns::TurningPoint;

use crate::flow::{Basis, Extremes, Flow, RememberedWeights, peak_end};

/// How the trajectory is computed. Small, `Copy`, with a default for everything.
///
/// ```
/// use customer_journey::analysis::TrajectoryOptions;
/// use customer_journey::flow::RememberedWeights;
/// let weights = RememberedWeights::new(0.5, 0.0, 0.5);
/// let options = TrajectoryOptions::new().remembered(weights).path_limit(3);
/// # let _ = options;
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[must_use]
pub struct TrajectoryOptions {
    weights: RememberedWeights,
    paths: usize,
}

/// So many paths are listed unless it is said otherwise.
pub(crate) const PATHS: usize = 10;

impl TrajectoryOptions {
    /// The [default weights](RememberedWeights) of what is remembered; 10 paths.
    pub fn new() -> Self {
        Self {
            weights: RememberedWeights::default(),
            paths: PATHS,
        }
    }

    /// Sets how much mean, peak and end count in `remembered`.
    pub fn remembered(mut self, weights: RememberedWeights) -> Self {
        self.weights = weights;
        self
    }

    /// Sets how much of `remembered` is peak-end, half peak and half end, rather than the mean; taken as the nearest number from 0
    /// to 1.
    pub fn theta(self, theta: f64) -> Self {
        if theta.is_nan() {
            return self.remembered(RememberedWeights::default());
        }
        let both = theta.clamp(0.0, 1.0);
        self.remembered(RememberedWeights::new(1.0 - both, both / 2.0, both / 2.0))
    }

    /// Sets how many of the most likely paths are listed at most; taken as 10,000 where it is more. Fewer are listed
    /// where they have more than a million moments together, and of counted paths never more than the ten that were counted. [`Trajectory::paths_coverage`] says how many journeys follow
    /// those that are.
    pub fn path_limit(mut self, paths: usize) -> Self {
        self.paths = paths.min(MOST_PATHS);
        self
    }
}

/// Nobody reads more paths than this.
const MOST_PATHS: usize = 10_000;

impl Default for TrajectoryOptions {
    fn default() -> Self {
        Self::new()
    }
}

/// How feelings run over a journey: by phase, moment by moment, at its extremes, at its end, and along the most
/// likely paths. Valences are from -1 to 1. Every figure is taken over the moments whose emotion is known and is
/// `None` where there is none; `coverage` says how many that are.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Trajectory {
    /// Whether curve, peak, swing, and the means of best and worst were counted. Mean and end are the same either way; the reach of
    /// phases is always modelled, and each path, as well as the distribution of best and worst, says of its own what it is.
    pub basis: Basis,
    /// Before, during and after.
    pub phases: Vec<PhaseFigures>,
    /// The emotional curve, moment by moment; until fewer than 1 % of journeys are under way, at least 3 points
    /// where there are that many, at most 50.
    pub curve: Vec<CurvePoint>,
    /// Mean valence over all moments, weighted by how often they are met.
    pub mean: Option<f64>,
    /// Share of moments whose emotion is known, in 0..=1.
    pub coverage: f64,
    /// Mean valence of the last moment.
    pub end: Option<f64>,
    /// Share of journeys whose last moment has a known emotion, in 0..=1.
    pub end_coverage: f64,
    /// Mean of the most intense valence met; of two as intense the negative one counts.
    pub peak: Option<f64>,
    /// (peak + end) / 2.
    pub peak_end: Option<f64>,
    /// Mean, peak and end, each times its weight: what is likely to be remembered.
    pub remembered: Option<f64>,
    /// How much of `remembered` is peak and end rather than the mean, in 0..=1.
    pub theta: f64,
    /// How much each part of `remembered` counts.
    #[cfg_attr(feature = "serde", serde(default))]
    pub weights: RememberedWeights,
    /// The root mean square of the change of valence from one moment to the next, 0 to 2. Up to 0.25 is steady,
    /// above 0.75 a rollercoaster.
    pub swing: Option<f64>,
    /// The highest valence that a journey meets, over all paths and loops.
    pub best: ExtremeValence,
    /// The lowest valence that a journey meets, over all paths and loops.
    pub worst: ExtremeValence,
    /// The grid to which valences were rounded for `best`, `worst` and `peak`; `None` where these are exact, which
    /// is so unless a huge map has a great many different valences.
    pub rounded_to: Option<f64>,
    /// Transitions on which feelings fall, the strongest (flow times change) first.
    pub falls: Vec<TurningPoint>,
    /// Transitions on which feelings rise, the strongest first.
    pub rises: Vec<TurningPoint>,
    /// The most likely paths, the most likely first: of a journey whose paths were [counted](Flow::basis) the most frequent ones.
    pub paths: Vec<LikelyPath>,
    /// Share of journeys that follow one of the listed paths, in 0..=1.
    pub paths_coverage: f64,
    /// The proven bound on the relative error of best, worst, peak and the reach of phases; 0 where the chain was
    /// eliminated, and only rounding remains. See [`Flow::solver`].
    pub error_bound: f64,
}

/// The exact distribution of the best or worst valence that a journey meets, given that at least one emotion on it
/// is known.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ExtremeValence {
    /// Its mean; `None` where no emotion is known.
    pub mean: Option<f64>,
    /// Every valence that the map can produce, ascending, with the chance that it is the extreme; empty where no
    /// emotion is known.
    pub distribution: Vec<ExtremeChance>,
    /// What `distribution` comes from: always the map, which forgets how customers came, also where the mean was counted.
    #[cfg_attr(feature = "serde", serde(default = "Basis::of_the_map"))]
    pub distribution_basis: Basis,
    /// What was counted of the lowest valence: the share of journeys in which it is at most this. `distribution` is what the map
    /// alone says. Empty where it is modelled, and of the highest.
    pub counted_at_most: Vec<ExtremeChance>,
    /// What was counted of the highest valence: the share of journeys in which it is at least this.
    pub counted_at_least: Vec<ExtremeChance>,
}

/// One valence and the chance that it is a journey's best or worst.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ExtremeChance {
    /// The valence, -1 to 1.
    pub valence: f64,
    /// Its chance, in 0..=1.
    pub probability: f64,
}

impl From<&Extremes> for ExtremeValence {
    fn from(extremes: &Extremes) -> Self {
        let chances = extremes.distribution.iter();
        Self {
            mean: extremes.mean(),
            counted_at_most: Vec::new(),
            counted_at_least: Vec::new(),
            distribution_basis: Basis::Modelled,
            distribution: chances
                .map(|(valence, probability)| ExtremeChance {
                    valence,
                    probability,
                })
                .collect(),
        }
    }
}

impl ExtremeValence {
    /// The chance that the extreme is at most this valence; `None` where no emotion is known.
    ///
    /// The share of journeys with a truly bad moment is `trajectory.worst.at_most(-0.5)`. The lowest valence of a learned journey
    /// was [counted](Flow::basis) at -0.5, -0.25 and 0; elsewhere the map answers.
    #[must_use]
    pub fn at_most(&self, valence: f64) -> Option<f64> {
        self.mean?;
        if let Some(counted) = at(&self.counted_at_most, valence) {
            return Some(counted);
        }
        let below = self
            .distribution
            .iter()
            .filter(|chance| chance.valence <= valence);
        Some(below.map(|chance| chance.probability).sum::<f64>().min(1.0))
    }

    /// The chance that the extreme is at least this valence; `None` where no emotion is known. The highest valence of a learned
    /// journey was [counted](Flow::basis) at 0, 0.25 and 0.5; elsewhere the map answers.
    #[must_use]
    pub fn at_least(&self, valence: f64) -> Option<f64> {
        self.mean?;
        if let Some(counted) = at(&self.counted_at_least, valence) {
            return Some(counted);
        }
        let above = self
            .distribution
            .iter()
            .filter(|chance| chance.valence >= valence);
        Some(above.map(|chance| chance.probability).sum::<f64>().min(1.0))
    }
}

/// What was counted at exactly this level.
fn at(counted: &[ExtremeChance], valence: f64) -> Option<f64> {
    let mut same = counted
        .iter()
        .filter(|chance| chance.valence.total_cmp(&valence).is_eq());
    same.next().map(|chance| chance.probability)
}

impl Flow {
    /// How feelings run from before to during to after, with the default options.
    ///
    /// See [`Flow::trajectory_with`].
    #[must_use]
    pub fn trajectory(&self) -> Trajectory {
        self.trajectory_with(&TrajectoryOptions::new())
    }

    /// How feelings run from before to during to after.
    ///
    /// # Complexity
    /// One numeric elimination for each distinct valence and each of best, worst and peak; the rest is linear in
    /// the size of the map, but for the paths: O(m log n) and a little for each step of a listed path.
    #[must_use]
    pub fn trajectory_with(&self, options: &TrajectoryOptions) -> Trajectory {
        let feelings = self.feelings();
        let (mean, end) = (self.mean_valence(), self.end_valence());
        let extremes = self.all_extremes();
        let peak = extremes.peak.mean();
        let (falls, rises) = self.turns(feelings);
        let counted_paths = self.counted_paths(options.paths);
        let paths = match counted_paths {
            Some(_) => Vec::new(),
            None => self.likely_paths(options.paths),
        };
        let (phases, phases_bound) = self.phases();
        let bounds = [
            extremes.best.error_bound,
            extremes.worst.error_bound,
            extremes.peak.error_bound,
        ];
        let mut trajectory = Trajectory {
            basis: Basis::Modelled,
            phases,
            curve: self.curve(feelings),
            mean,
            coverage: self.coverage(),
            end,
            end_coverage: self.end_coverage(),
            peak,
            peak_end: peak_end(peak, end),
            remembered: options.weights.of(peak, end, mean),
            theta: options.weights.peak + options.weights.end,
            weights: options.weights,
            swing: self.swing(),
            best: (&extremes.best).into(),
            worst: (&extremes.worst).into(),
            rounded_to: extremes.rounded_to,
            falls,
            rises,
            paths_coverage: counted::coverage(&paths),
            paths,
            error_bound: bounds.into_iter().fold(phases_bound, f64::max),
        };
        trajectory.count(self, counted_paths);
        trajectory
    }
}
