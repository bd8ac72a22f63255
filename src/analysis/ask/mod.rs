//! Any question that a pattern can ask: how many journeys match, and what becomes of them.

mod counted;
mod counting;
mod counts;
mod coverage;
mod error;
mod likeliest;
mod told;
mod watch;

use crate::flow::{Extent, Flow, OutcomeShare, Product, Reading, Solved, UntilMatch};
use crate::journey::Outcome;
use crate::pattern::{Pattern, Resolved};
use coverage::coverage;

pub use counts::CountedPattern;
pub use coverage::TestCoverage;
pub use error::AskError;
pub use likeliest::LikelyMatch;
pub use watch::Watch;

/// What a pattern finds on the journeys of a map, exact over all paths and loops.
///
/// Probabilities are right to some units of 1e-16 of themselves, however rare the match.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PatternFigures {
    /// What was asked.
    pub pattern: Pattern,
    /// Share of journeys that match, in 0..=1.
    pub probability: f64,
    /// The same among the journeys on which its first step comes at all: the fair comparison. Equal to `probability`
    /// where the pattern has no step; `None` where nobody comes so far.
    pub given_start: Option<f64>,
    /// Expected number of matches of a journey that do not overlap: from the left, each as short as possible, and the
    /// next begins behind it.
    pub expected: f64,
    /// Of the journeys that match all but the ending, the share that end as the pattern says, divided by that share of
    /// all journeys; `None` where the pattern names no ending, where `or` joins different ones, and where there is
    /// nothing to divide.
    pub lift: Option<f64>,
    /// How journeys end that match, in the order of the outcomes' names; empty where none does.
    pub outcomes_given_match: Vec<OutcomeShare>,
    /// How journeys end that do not match; empty where all do.
    pub outcomes_given_none: Vec<OutcomeShare>,
    /// Mean valence of the moments that follow the first match, -1 to 1, over those of known emotion.
    pub feeling_after: Option<f64>,
    /// Share of the moments that follow whose emotion is known; `None` where none follows.
    pub feeling_after_coverage: Option<f64>,
    /// Of the journeys that match, the mean number of moments until the first match is complete, the last one included.
    pub moments_until: Option<f64>,
    /// Of the journeys that match, the mean total of the known waits until then, in seconds; `None` where no wait is
    /// known on the way.
    pub wait_until_s: Option<f64>,
    /// Share of the ways until then whose wait is known.
    pub wait_coverage: Option<f64>,
    /// How much is known of what the pattern tests, in the order of its steps, its endings last; empty where it asks about
    /// nothing that could be unknown.
    pub coverage: Vec<TestCoverage>,
    /// The proven bound on the relative error; 0 where the chain was eliminated, and only rounding remains.
    pub error_bound: f64,
    /// The same counted on the journeys that the map was learned from, where these are at hand: see
    /// [`EventLog::ask`](crate::EventLog::ask) and [`PatternFigures::with_counted`].
    pub counted: Option<CountedPattern>,
}

impl Flow {
    /// Answers a question in the language of patterns.
    ///
    /// Takes the solution of a chain whose states are touchpoints with what has been matched so far, found by search from
    /// the start: about as much as the flow itself took, times the number of steps of the pattern.
    ///
    /// ```
    /// use customer_journey::{Channel, Journey, Outcome, Pattern, Phase, Touchpoint};
    ///
    /// let flow = Journey::builder("Shop")
    ///     .touchpoint(Touchpoint::new("pay", Phase::During, Channel::Web).starts(1.0).ends(Outcome::Loyalty, 1.0))
    ///     .touchpoint(Touchpoint::new("call", Phase::After, Channel::Phone).feels(-0.5).ends(Outcome::Churn, 1.0))
    ///     .transition("pay", "call", 3.0)
    ///     .build()?
    ///     .flow()?;
    /// let pattern: Pattern = "pay => *{feels < 0} => end(churn)".parse()?;
    /// let found = flow.ask(&pattern)?;
    /// assert_eq!(found.probability, 0.75);
    /// assert_eq!(found.lift, Some(1.0 / 0.75)); // those who come to feel bad are lost more often than others
    /// # Ok::<(), customer_journey::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`AskError::Pattern`] with every name that the journey does not have, or with every test of which nothing is known,
    /// [`AskError::Timed`] where the pattern tests a
    /// wait, and the others where it asks for more than can be computed: nothing is guessed.
    pub fn ask(&self, pattern: &Pattern) -> Result<PatternFigures, AskError> {
        if let Some(keeping) = self.keeping_for(pattern)? {
            return keeping.ask(pattern);
        }
        let reading = self.read(pattern)?;
        let mut solved = self.product(&reading, Extent::Decided)?.solve(self)?;
        let probability = solved.matches().min(1.0);
        let chances = solved.chances()?;
        let mut error_bound = solved.error_bound;
        let expected = if pattern.chains_match_once() {
            probability
        } else {
            let again = self.product(&reading, Extent::Again)?.solve(self)?;
            error_bound = error_bound.max(again.error_bound);
            again.matches()
        };
        let given_start = match pattern.first_steps() {
            None => Some(probability),
            Some(first) => {
                let first = self
                    .product(&self.read(&first)?, Extent::Decided)?
                    .solve(self)?;
                error_bound = error_bound.max(first.error_bound + solved.error_bound);
                ratio(probability, first.matches()).map(|share| share.min(1.0))
            }
        };
        let lift = self.lift(pattern, &mut error_bound)?;
        let after = self.after(&solved);
        let until = until(&solved, &chances, self.until_settled(&solved)?);
        let (with, without) = self.endings_by_match(&solved);
        Ok(PatternFigures {
            pattern: pattern.clone(),
            probability,
            given_start,
            expected,
            lift,
            outcomes_given_match: self.shares(&with),
            outcomes_given_none: self.shares(&without),
            feeling_after: after.mean(),
            feeling_after_coverage: ratio(after.known, after.moments).map(|share| share.min(1.0)),
            moments_until: ratio(until.moments, probability),
            wait_until_s: ratio(until.wait, probability).filter(|_| until.known > 0.0),
            wait_coverage: ratio(until.known, until.ways).map(|share| share.min(1.0)),
            coverage: coverage(reading.told(), 1.0),
            error_bound,
            counted: None,
        })
    }

    /// The share of journeys that match a pattern, in 0..=1: as [`PatternFigures::probability`], for less.
    ///
    /// # Errors
    /// As [`Flow::ask`].
    pub fn share_matching(&self, pattern: &Pattern) -> Result<f64, AskError> {
        if let Some(keeping) = self.keeping_for(pattern)? {
            return keeping.share_matching(pattern);
        }
        let solved = self
            .product(&self.read(pattern)?, Extent::Decided)?
            .solve(self)?;
        Ok(solved.matches().min(1.0))
    }

    /// The flow that keeps what a pattern asks about until journeys end; none where it asks about no fact.
    pub(super) fn keeping_for(&self, pattern: &Pattern) -> Result<Option<Self>, AskError> {
        let facts = self.journey().remembers();
        let position = |key: &str| facts.iter().position(|fact| fact.name == key);
        let mut asked: Vec<usize> = pattern.keys().into_iter().filter_map(position).collect();
        asked.sort_unstable();
        asked.dedup();
        let is_kept = |states: &crate::flow::States| states.keeps(&asked);
        if asked.is_empty() || self.moments().remembered().is_some_and(is_kept) {
            return Ok(None);
        }
        Ok(Some(self.keeping(&asked)?))
    }

    /// Resolves a pattern and sorts the moments by it.
    fn read(&self, pattern: &Pattern) -> Result<Reading, AskError> {
        if pattern.is_timed() {
            return Err(AskError::Timed);
        }
        let outcomes = self.moments().outcomes();
        let facts = self.journey().remembers().iter();
        let facts: Vec<(&str, Vec<String>)> = facts
            .filter_map(|fact| Some((fact.name.as_str(), self.journey().fact_values(&fact.name)?)))
            .collect();
        let asks_abilities = pattern.keys().contains(&"can");
        let says_abilities = !asks_abilities || self.journey().said().abilities;
        let resolved = Resolved::new(pattern, &self.places(), outcomes, &facts, says_abilities)?;
        let reading = self.reading(resolved);
        reading.answerable(pattern)?;
        Ok(reading)
    }

    fn lift(&self, pattern: &Pattern, error_bound: &mut f64) -> Result<Option<f64>, AskError> {
        let Some((before, names)) = pattern.before_ending() else {
            return Ok(None);
        };
        let solved = self
            .product(&self.read(&before)?, Extent::Decided)?
            .solve(self)?;
        *error_bound = error_bound.max(solved.error_bound);
        let named = |outcome: &Outcome| names.contains(&outcome.as_str());
        let outcomes = self.moments().outcomes().iter();
        let positions: Vec<usize> = outcomes
            .enumerate()
            .filter(|(_, outcome)| named(outcome))
            .map(|(position, _)| position)
            .collect();
        let (with, _) = self.endings_by_match(&solved);
        let so = positions.iter().map(|&outcome| with[outcome]).sum::<f64>();
        let all = positions
            .iter()
            .map(|&outcome| self.outcome_probability(outcome));
        let share = ratio(so, solved.matches());
        Ok(share.and_then(|share| ratio(share, all.sum())))
    }

    /// By outcome, the share of journeys that match and end so, and of those that do not.
    fn endings_by_match(&self, solved: &Solved) -> (Vec<f64>, Vec<f64>) {
        let outcomes = self.moments().outcomes().len();
        let mut shares = [vec![0.0; outcomes], vec![0.0; outcomes]];
        for (moment, share) in self.crossings(solved) {
            let moment = self.moments().moment(moment);
            for (outcome, sum) in shares[0].iter_mut().enumerate() {
                *sum += share * self.chance_after(&moment, outcome);
            }
        }
        for ended in solved.product.endings() {
            let share = solved.visits[ended.state as usize] * ended.share;
            shares[usize::from(!ended.matches)][ended.outcome as usize] += share;
        }
        for (moment, share, wanted) in solved.product.settled(&solved.visits) {
            let moment = self.moments().moment(moment);
            for (outcome, &wanted) in wanted.iter().enumerate() {
                shares[usize::from(!wanted)][outcome] +=
                    share * self.chance_after(&moment, outcome);
            }
        }
        let [with, without] = shares;
        (with, without)
    }

    /// The moments at which journeys come to match, with the share of journeys that do so at each.
    fn crossings(&self, solved: &Solved) -> Vec<(usize, f64)> {
        let mut shares = vec![0.0; self.moments().len()];
        for crossed in solved.product.crossings() {
            let share = solved.visits[crossed.state as usize] * crossed.share;
            shares[crossed.moment as usize] += share;
        }
        let shares = shares.into_iter().enumerate();
        shares.filter(|&(_, share)| share > 0.0).collect()
    }

    fn shares(&self, parts: &[f64]) -> Vec<OutcomeShare> {
        let total: f64 = parts.iter().sum();
        let outcomes = self.moments().outcomes().iter().zip(parts);
        let share = |(outcome, part): (&Outcome, &f64)| OutcomeShare {
            outcome: outcome.clone(),
            probability: (part / total).min(1.0),
            standard_error: None,
        };
        outcomes.filter(|_| total > 0.0).map(share).collect()
    }

    /// What is felt behind the match.
    fn after(&self, solved: &Solved) -> After {
        let crossings = self.crossings(solved);
        if crossings.is_empty() {
            return After::default();
        }
        let mut gains = vec![0.0; 4 * self.starts().len()];
        for (touchpoint, moment) in self.visited() {
            let row = &mut gains[4 * touchpoint..4 * touchpoint + 4];
            row[0] += moment.share;
            let [pleasure, hurt, known] = self.felt_sums(&moment, None);
            row[1] += moment.share * known;
            row[2] += moment.share * pleasure;
            row[3] += moment.share * hurt;
        }
        let ahead = self.earned(gains, 4).values;
        let mut sums = [0.0; 4];
        for (moment, share) in crossings {
            for (to, p) in self.moments().moment(moment).onward() {
                let row = &ahead[4 * to as usize..4 * to as usize + 4];
                for (sum, ahead) in sums.iter_mut().zip(row) {
                    *sum += share * p * ahead;
                }
            }
        }
        let [moments, known, above, below] = sums;
        After {
            moments,
            known,
            above,
            below,
        }
    }
}

/// Moments behind the match, how many of them are of known emotion, and their valences above and below 0.
#[derive(Default)]
struct After {
    moments: f64,
    known: f64,
    above: f64,
    below: f64,
}

impl After {
    fn mean(&self) -> Option<f64> {
        ratio(self.above - self.below, self.known).map(|mean| mean.clamp(-1.0, 1.0))
    }
}

/// How far it is to the match, from the chance of one on arriving at each state, and from where only the ending decides.
fn until(solved: &Solved, chances: &[f64], settled: UntilMatch) -> UntilMatch {
    let moments = solved.visits.iter().zip(chances);
    let moments = moments.fold(0.0, |sum, (visits, chance)| sum + visits * chance);
    let mut until = UntilMatch {
        moments: moments + settled.moments,
        ..settled
    };
    for way in solved.product.waits() {
        let going = solved.visits[way.state as usize] * way.share * chances[way.to as usize];
        until.ways += going;
        if let Some(wait) = way.wait {
            until.known += going;
            until.wait += going * wait;
        }
    }
    until
}

fn ratio(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0).then(|| part / whole)
}
