//! From whole journeys to a map that carries what was counted.

mod survey;

use super::EventLog;
use super::choose::chosen;
use super::count::{Ground, channels, count};
use super::remember::remember;
use crate::events::error::LearnError;
use crate::events::learned::Learned;
use crate::events::options::{LearnOptions, Remember};
use crate::journey::Fact;
pub use survey::SurveyAnswers;

impl EventLog {
    /// Draws the journey that the events tell of, as [`Tally::learn`](crate::Tally::learn) does, and counts on whole
    /// journeys what a map alone cannot tell: the journey [carries](crate::Journey::counted) these figures.
    ///
    /// A map forgets how its customers came. With [`LearnOptions::remember`] they remember facts, and ways, endings, feelings and
    /// promises are told apart by them: the map then has exactly the counted joint law of the facts at the end and the
    /// ending.
    ///
    /// Takes about O(n log n) for n events.
    ///
    /// # Errors
    /// As [`Tally::learn`](crate::Tally::learn).
    ///
    /// ```
    /// use customer_journey::{EventLog, EventRef, LearnOptions, Phase, PromiseResult};
    /// let mut log = EventLog::default();
    /// for (order, result, outcome) in [
    ///     ("o1", PromiseResult::Kept, "stays"),
    ///     ("o2", PromiseResult::Broken, "leaves"),
    ///     ("o3", PromiseResult::Kept, "stays"),
    /// ] {
    ///     log.record(EventRef::new(order, "delivery").channel("post").promise(result))?;
    ///     log.record(EventRef::new(order, "review").channel("email").outcome(outcome))?;
    /// }
    /// let learned = log.learn(&LearnOptions::new().other_phases(Phase::During))?;
    /// let counted = learned.journey.counted().expect("learned from whole journeys");
    /// let figure = counted.figure("outcome_when_broken", &["delivery", "leaves"]).expect("one was broken");
    /// assert_eq!((figure.value, figure.journeys), (1.0, 1));
    /// // The map forgets how customers came to the review.
    /// let outcomes = learned.journey.flow()?.probability(&"leaves".into());
    /// assert!((outcomes - 1.0 / 3.0).abs() < 1e-12);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn learn(&self, options: &LearnOptions) -> Result<Learned, LearnError> {
        Ok(self.learn_counted(options)?.0)
    }

    /// The same, with the touchpoint of the map at each place of the log.
    pub(super) fn learn_counted(
        &self,
        options: &LearnOptions,
    ) -> Result<(Learned, Vec<Option<usize>>), LearnError> {
        let (mut learned, node_of) = self.tally().learn_on(options)?;
        let forgets = learned.journey;
        let ground = Ground::new(self, &forgets, &node_of, options);
        let mut counted = count(self, &forgets, &ground);
        counted.channels = channels(self, &ground);
        let journey = match &options.remember {
            Remember::None => forgets.clone(),
            Remember::Auto => {
                let remembers = chosen(self, &forgets, &ground, &counted);
                let facts: Vec<Fact> = remembers.facts.iter().map(|of| of.fact.clone()).collect();
                counted.memory = Some(remembers.kept());
                learned.remembers = Some(remembers);
                if facts.is_empty() {
                    forgets.clone()
                } else {
                    remember(self, &forgets, &ground, &facts)?
                }
            }
            Remember::Facts(facts) => remember(self, &forgets, &ground, facts)?,
        };
        learned.summary.transitions = journey.graph().edge_count();
        learned.journey = journey.with_counted(counted);
        Ok((learned, node_of))
    }
}
