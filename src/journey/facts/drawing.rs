//! Drawing what depends on facts.

use super::{EmotionGiven, Fact, Given, PromiseGiven, StartGiven};
use crate::journey::builder::JourneyBuilder;
use crate::journey::feelings::Emotion;
use crate::journey::outcome::{Ending, Outcome};
use crate::journey::promise::{Promise, PromiseResult};
use crate::journey::touchpoint::Touchpoint;
use crate::journey::transition::Transition;

/// Drawing what depends on [facts](crate::facts) that customers remember: each method adds what it names.
impl Touchpoint {
    /// Adds what customers feel here who remember something, whatever became of the promise.
    #[must_use]
    pub fn feels_given(mut self, given: Given, emotion: impl Into<Emotion>) -> Self {
        self.emotion_given.push(EmotionGiven::new(given, emotion));
        self
    }

    /// Adds what they feel after one result of the promise that is tested here.
    #[must_use]
    pub fn feels_given_when(
        mut self,
        given: Given,
        result: PromiseResult,
        emotion: impl Into<Emotion>,
    ) -> Self {
        self.emotion_given
            .push(EmotionGiven::new(given, emotion).when(result));
        self
    }

    /// Adds how the promise that is tested here fares with customers who remember something.
    #[must_use]
    pub fn promise_given(mut self, given: Given, promise: Promise) -> Self {
        self.promise_given.push(PromiseGiven::new(given, promise));
        self
    }

    /// Adds the weight of journeys of some group of customers that begin here.
    #[must_use]
    pub fn starts_given(mut self, given: Given, weight: f64) -> Self {
        self.starts_given.push(StartGiven::new(given, weight));
        self
    }

    /// Adds a way out of the journey for customers who remember something.
    #[must_use]
    pub fn ends_given(mut self, given: Given, outcome: impl Into<Outcome>, weight: f64) -> Self {
        self.ends.push(Ending::new(outcome, weight).given(given));
        self
    }

    /// Whether something here but ways to other touchpoints depends on facts.
    pub(crate) fn asks_facts(&self) -> bool {
        let ends = self.ends.iter().any(|ending| !ending.given.is_empty());
        let given = [
            self.emotion_given.len(),
            self.promise_given.len(),
            self.starts_given.len(),
        ];
        ends || given.iter().any(|&number| number > 0)
    }

    /// Weight of journeys that begin here, of all customers together; `None` where nobody states it.
    pub(crate) fn start_weight(&self) -> Option<f64> {
        let groups = self.starts_given.iter().map(|start| start.weight);
        let stated = self.starts.is_some() || !self.starts_given.is_empty();
        stated.then(|| self.starts.unwrap_or(0.0) + groups.sum::<f64>())
    }

    /// The emotion of visits with this promise result where the first of `emotion_given` for which `holds` says so counts.
    pub(crate) fn emotion_where(
        &self,
        result: Option<PromiseResult>,
        holds: impl Fn(usize, &Given) -> bool,
    ) -> Option<&Emotion> {
        let mut stated = self.emotion_given.iter().enumerate();
        let found = stated.find(|(at, felt)| {
            let agrees = felt.when.is_none() || felt.when == result;
            agrees && holds(*at, &felt.given)
        });
        match found {
            Some((_, felt)) => Some(&felt.emotion),
            None => self.emotion_after(result),
        }
    }
}

impl JourneyBuilder {
    /// Remembers a fact, on which ways, endings, feelings and promises may depend.
    pub fn remember(mut self, fact: Fact) -> Self {
        self.about.remembers.push(fact);
        self
    }

    /// Adds a way for customers who remember something, between two touchpoints named by their ids.
    pub fn transition_given(
        self,
        given: Given,
        from: impl Into<String>,
        to: impl Into<String>,
        weight: f64,
    ) -> Self {
        self.connect(from, to, Transition::new(weight).given(given))
    }
}
