//! Changes of what customers remember.

use std::collections::BTreeMap;

use super::Change;
use super::draft::{Beyond, Draft, DraftWay, Key, Open, add};
use crate::journey::facts::{EmotionGiven, Fact, Given, PromiseGiven};
use crate::journey::feelings::{Emotion, Shade};
use crate::journey::numbers::Shares;
use crate::journey::outcome::Ending;
use crate::journey::touchpoint::Touchpoint;
use crate::journey::transition::Transition;

impl Change {
    /// Lets customers remember a fact, so that other changes can say what depends on it.
    ///
    /// ```
    /// use customer_journey::facts::{Fact, Given};
    /// use customer_journey::{Change, Channel, Journey, Phase, Touchpoint};
    /// let journey = Journey::builder("Help")
    ///     .touchpoint(Touchpoint::new("form", Phase::Before, Channel::Web).starts(1.0))
    ///     .touchpoint(Touchpoint::new("call", Phase::Before, Channel::Phone).starts(1.0))
    ///     .touchpoint(Touchpoint::new("answer", Phase::After, Channel::Email).ends("satisfied", 1.0))
    ///     .transition("form", "answer", 1.0)
    ///     .transition("call", "answer", 1.0)
    ///     .build()?;
    /// let changed = journey.with_changes(&[
    ///     Change::remember(Fact::start_channel("came by")),
    ///     Change::ends_given(Given::is("came by", "web"), "answer", "annoyed", 1.0),
    /// ])?;
    /// assert_eq!(changed.flow()?.probability(&"annoyed".into()), 0.25);
    /// # Ok::<(), customer_journey::Error>(())
    /// ```
    #[must_use]
    pub fn remember(fact: Fact) -> Self {
        Self::Remember { fact }
    }

    /// Lets customers forget a fact: what was told apart by it no longer is. Ways and endings that then differ in nothing become one
    /// of the sum of their weights; feelings and promises are mixed by theirs.
    ///
    /// Weights say how many customers there are only where they were counted. So a drawn map can forget nothing but what
    /// nothing depends on; a [learned](crate::EventLog::learn) one becomes what it would have been without the fact.
    #[must_use]
    pub fn forget(fact: impl Into<String>) -> Self {
        Self::Forget { fact: fact.into() }
    }
}

/// Whether a condition asks for a fact.
fn asks(given: &Given, fact: &str) -> bool {
    given.facts().any(|(name, _)| name == fact)
}

impl Draft {
    /// The first touchpoint at which something depends on a fact.
    pub(super) fn depending_on(&self, fact: &str) -> Option<&str> {
        let depends = |touchpoint: &Touchpoint| {
            let ends = touchpoint.ends.iter().map(|ending| &ending.given);
            let starts = touchpoint.starts_given.iter().map(|start| &start.given);
            let felt = touchpoint.emotion_given.iter().map(|felt| &felt.given);
            let promises = touchpoint.promise_given.iter().map(|of| &of.given);
            let mut all = ends.chain(starts).chain(felt).chain(promises);
            all.any(|given| asks(given, fact))
        };
        let each = self.touchpoints.iter().zip(&self.ways);
        let mut each = each.filter_map(|(touchpoint, ways)| Some((touchpoint.as_ref()?, ways)));
        let found = each.find(|(touchpoint, ways)| {
            depends(touchpoint) || ways.keys().any(|(_, open)| asks(&open.given, fact))
        });
        found.map(|(touchpoint, _)| touchpoint.id.as_str())
    }

    /// Takes a fact away, and puts together what it told apart. An error is the position of a touchpoint whose weights go beyond numbers.
    pub(super) fn forget(&mut self, fact: &str) -> Result<(), usize> {
        self.remembers.retain(|known| known.name != fact);
        for (at, touchpoint) in self.touchpoints.iter_mut().enumerate() {
            let Some(touchpoint) = touchpoint else {
                continue;
            };
            if let Some(starts) = pool(touchpoint, fact).map_err(|Beyond| at)?
                && let Some(known) = self.starts.get_mut(at)
            {
                *known = Some(starts);
            }
        }
        for (at, ways) in self.ways.iter_mut().enumerate() {
            let mut pooled = BTreeMap::<Key, DraftWay>::new();
            for ((to, open), mut way) in std::mem::take(ways) {
                let given = open.given.without(fact);
                way.transition.given = given.clone();
                let key = (to, Open { given, ..open });
                if let Some(known) = pooled.get_mut(&key) {
                    known.place = known.place.min(way.place);
                    join(&mut known.transition, &way.transition).map_err(|Beyond| at)?;
                } else {
                    pooled.insert(key, way);
                }
            }
            *ways = pooled;
        }
        Ok(())
    }
}

/// Two ways in one: how long it takes is what both say, by how many go there.
fn join(way: &mut Transition, other: &Transition) -> Result<(), Beyond> {
    let (a, b) = (way.weight, other.weight);
    way.weight = add(a, b)?;
    let spreads = way.known_waits().cloned().zip(other.known_waits());
    if let Some((mut spread, other)) = spreads {
        spread.merge(other);
        way.wait_s = spread.mean_s();
        way.wait_spread = Some(spread);
    } else if way.wait_s.is_none() {
        way.wait_s = other.wait_s;
        way.wait_spread.clone_from(&other.wait_spread);
    } else if let (Some(mean), Some(more)) = (way.wait_s, other.wait_s) {
        if way.weight > 0.0 {
            let all = Shares::of([a, b].into_iter());
            way.wait_s = Some(mean * all.share(a) + more * all.share(b));
        }
        way.wait_spread = None;
    }
    Ok(())
}

/// Puts together what a fact tells apart at a touchpoint; hands back how many journeys begin there, if that depended on it.
fn pool(touchpoint: &mut Touchpoint, fact: &str) -> Result<Option<f64>, Beyond> {
    let mut ends: Vec<Ending> = Vec::new();
    for mut ending in std::mem::take(&mut touchpoint.ends) {
        ending.given = ending.given.without(fact);
        let is_same = |known: &&mut Ending| {
            let same = (&known.outcome, known.when, &known.given);
            same == (&ending.outcome, ending.when, &ending.given)
        };
        match ends.iter_mut().find(is_same) {
            Some(known) => known.weight = add(known.weight, ending.weight)?,
            None => ends.push(ending),
        }
    }
    touchpoint.ends = ends;
    let mut felt: Vec<EmotionGiven> = Vec::new();
    for mut of in std::mem::take(&mut touchpoint.emotion_given) {
        of.given = of.given.without(fact);
        let mut known = felt.iter_mut();
        match known.find(|known| known.when == of.when && known.given == of.given) {
            Some(known) => known.emotion = both(&known.emotion, &of.emotion),
            None => felt.push(of),
        }
    }
    // What holds for all is what the touchpoint says without facts.
    felt.retain(|of| !of.given.is_empty());
    touchpoint.emotion_given = felt;
    let mut promises: Vec<PromiseGiven> = Vec::new();
    for mut of in std::mem::take(&mut touchpoint.promise_given) {
        of.given = of.given.without(fact);
        match promises.iter_mut().find(|known| known.given == of.given) {
            Some(known) => {
                let (ours, theirs) = (&mut known.promise, &of.promise);
                ours.kept = add(ours.kept, theirs.kept)?;
                ours.broken = add(ours.broken, theirs.broken)?;
                ours.unknown = add(ours.unknown, theirs.unknown)?;
            }
            None => promises.push(of),
        }
    }
    promises.retain(|of| !of.given.is_empty());
    touchpoint.promise_given = promises;
    if !touchpoint
        .starts_given
        .iter()
        .any(|start| asks(&start.given, fact))
    {
        return Ok(None);
    }
    // A learned map has groups of one kind.
    let starts = std::mem::take(&mut touchpoint.starts_given).into_iter();
    let sum = starts.map(|start| start.weight).try_fold(0.0, add)?;
    Ok(Some(sum))
}

/// Two mixes in one, by their weights.
fn both(emotion: &Emotion, other: &Emotion) -> Emotion {
    let mut shades: Vec<Shade> = emotion.shades().to_vec();
    for shade in other.shades() {
        let is_same = |known: &&mut Shade| {
            known.felt == shade.felt && known.intensity.total_cmp(&shade.intensity).is_eq()
        };
        match shades.iter_mut().find(is_same) {
            Some(known) => known.weight += shade.weight,
            None => shades.push(shade.clone()),
        }
    }
    let unknown = emotion.unknown_weight() + other.unknown_weight();
    Emotion::mix(shades).or_unknown(unknown)
}
