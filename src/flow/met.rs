//! Touchpoints as customers meet them: where a feeling or a promise depends on what they remember, pooled over all who come.

use std::borrow::Cow;

use super::solved::Flow;
use crate::journey::{Emotion, Journey, Met, Promise, PromiseResult, Shade, Shares, Touchpoint};

impl Journey {
    /// The journey as all its customers meet it: the [flow](Journey::flow) is solved where a feeling or a promise depends on what
    /// they remember, and takes its time. Where it has no solution, what depends on that is unknown.
    ///
    /// ```
    /// use customer_journey::facts::{Fact, Given};
    /// use customer_journey::{Channel, Journey, Phase, Touchpoint};
    ///
    /// let visit = Touchpoint::new("visit", Phase::During, Channel::Store).feels(0.8).feels_given(Given::is("kind", "new"), -0.4);
    /// let journey = Journey::builder("Visit")
    ///     .remember(Fact::shares("kind", [("new", 1.0), ("returning", 3.0)]))
    ///     .touchpoint(visit.ends("done", 1.0))
    ///     .build()?;
    /// let met = journey.met();
    /// let mean = met.touchpoints().next().and_then(Touchpoint::mean_valence);
    /// assert!((mean.unwrap() - 0.5).abs() < 1e-12); // 0.25 * -0.4 + 0.75 * 0.8
    /// # Ok::<(), customer_journey::Invalid>(())
    /// ```
    #[must_use]
    pub fn met(&self) -> Met<'_> {
        if !self.touchpoints().any(Touchpoint::asks_memory) {
            return Met::new(self, self.touchpoints().map(Cow::Borrowed).collect());
        }
        let Ok(flow) = self.flow() else {
            return Met::unsolved(self);
        };
        let drawn = self.touchpoints().enumerate();
        let met = drawn.map(|(position, touchpoint)| {
            if touchpoint.asks_memory() {
                Cow::Owned(flow.met_there(position).into_owned())
            } else {
                Cow::Borrowed(touchpoint)
            }
        });
        Met::new(self, met.collect())
    }
}

impl Flow {
    /// A touchpoint as customers meet it, by position: its promise and its feelings are those of the visits, whatever
    /// customers remember there. As it was drawn where nothing of this depends on what they remember.
    pub(crate) fn met_there(&self, position: usize) -> Cow<'_, Touchpoint> {
        let touchpoint = &self.journey().graph().raw_nodes()[position].weight;
        let Some(states) = self
            .moments()
            .remembered()
            .filter(|_| touchpoint.asks_memory())
        else {
            return Cow::Borrowed(touchpoint);
        };
        let memory = states.memory();
        let felt = touchpoint.emotion_given.iter();
        let given: Vec<_> = felt.map(|felt| memory.resolve(&felt.given)).collect();
        let mut all = Pool::default();
        for (state, part) in self.parts_of(position) {
            let remembered = states.arriving(state);
            for moment in self.moments().at(state) {
                let holds = |place: usize, _: &_| memory.holds(&given[place], remembered);
                let emotion = touchpoint.emotion_where(moment.result, holds);
                all.add(moment.result, part * moment.share, emotion);
            }
        }
        Cow::Owned(pool(touchpoint, all))
    }

    /// The touchpoint of an id as customers meet it.
    pub(crate) fn met_at(&self, id: &str) -> Option<Cow<'_, Touchpoint>> {
        let node = self.journey().node(id)?;
        Some(self.met_there(node.index()))
    }
}

/// What is felt after one result, and how often.
#[derive(Default)]
struct Found {
    share: f64,
    shades: Vec<Shade>,
    unknown: f64,
}

/// By result: kept or none tested, broken, unknown.
#[derive(Default)]
struct Pool([Found; 3]);

impl Pool {
    fn add(&mut self, result: Option<PromiseResult>, share: f64, emotion: Option<&Emotion>) {
        let [kept, broken, unknown] = &mut self.0;
        let found = match result {
            Some(PromiseResult::Broken) => broken,
            Some(PromiseResult::Unknown) => unknown,
            Some(PromiseResult::Kept) | None => kept,
        };
        found.share += share;
        let (coverage, not_known) = emotion.map_or((0.0, 1.0), Emotion::division);
        found.unknown += share * not_known;
        let felt = emotion.filter(|_| coverage > 0.0);
        let felt = felt.map(Emotion::shades).unwrap_or_default();
        let shares = Shares::of(felt.iter().map(|shade| shade.weight));
        for shade in felt.iter().filter(|shade| shade.weight > 0.0) {
            let weight = share * coverage * shares.share(shade.weight);
            found.shades.push(shade.clone().weight(weight));
        }
    }
}

/// The touchpoint with what was found there instead of what was drawn.
fn pool(drawn: &Touchpoint, Pool([kept, broken, unknown]): Pool) -> Touchpoint {
    let weights = [kept.share, broken.share, unknown.share];
    let felt = [kept, broken, unknown]
        .map(|found| Some(Emotion::mix(found.shades).or_unknown(found.unknown)));
    let [after_kept, after_broken, after_unknown] = felt;
    let mut met = drawn.clone();
    met.promise = drawn.promise.as_ref().map(|promise| {
        let [kept, broken, unknown] = weights;
        Promise::new(&promise.name)
            .kept(kept)
            .broken(broken)
            .unknown(unknown)
    });
    met.emotion = after_kept;
    met.emotion_when_broken = after_broken.filter(|_| met.promise.is_some());
    met.emotion_when_unknown = after_unknown.filter(|_| met.promise.is_some());
    met.emotion_given.clear();
    met.promise_given.clear();
    met
}
