//! Finding what weakens the answer.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use petgraph::graph::NodeIndex;

use super::Warning;
use crate::journey::journey::Journey;
use crate::journey::outcome::{Ending, Outcome};
use crate::journey::promise::PromiseResult;
use crate::journey::touchpoint::Touchpoint;
use crate::journey::words::{Channel, nearest};

/// An outcome that so many times more journeys share is likely to be meant.
const RARE: f64 = 10.0;
/// So many outcomes are compared with each other at most.
const NAMED_OUTCOMES: usize = 100;

impl Journey {
    /// Everything in this journey that weakens the answer, the gravest kinds first: a dead end where other endings are
    /// stated, since journeys get lost there and every figure about endings lacks them. Takes O((n + m) log n).
    ///
    /// ```
    /// use customer_journey::{Channel, Journey, Phase, Touchpoint};
    /// let journey = Journey::builder("draft")
    ///     .touchpoint(Touchpoint::new("shop", Phase::During, Channel::Store).makes("fresh bread"))
    ///     .build()?;
    /// let warnings: Vec<_> = journey.warnings().iter().map(ToString::to_string).collect();
    /// assert_eq!(warnings.len(), 3); // never tested, no emotion, no stated ending
    /// # Ok::<(), customer_journey::Error>(())
    /// ```
    #[must_use]
    pub fn warnings(&self) -> Vec<Warning> {
        let mut warnings = Vec::new();
        if self.counted().is_none()
            && let Some(counted) = self.stated_counts()
        {
            let journeys = counted.journeys;
            warnings.push(Warning::EditedAfterCounting { journeys });
        }
        let mut about = |touchpoints: Vec<String>, warning: fn(Vec<String>) -> Warning| {
            if !touchpoints.is_empty() {
                warnings.push(warning(touchpoints));
            }
        };
        let dead_ends = || {
            let nodes = self
                .nodes()
                .filter(|&node| self.dead_ends(node).next().is_some());
            ids(nodes.map(|node| &self.graph()[node]))
        };
        let has_hole = self.has_hole();
        if has_hole {
            about(dead_ends(), |touchpoints| Warning::DeadEnd { touchpoints });
        }
        let starts = self.start_nodes();
        if !starts.is_empty() {
            about(ids(self.unreachable()), |touchpoints| {
                Warning::Unreachable { touchpoints }
            });
        }
        if starts.len() > 1 && self.touchpoints().all(|t| t.starts.is_none()) {
            let assumed = starts.iter().map(|&(node, _)| &self.graph()[node]);
            about(ids(assumed), |touchpoints| Warning::AssumedStarts {
                touchpoints,
            });
        }
        if !has_hole {
            about(dead_ends(), |touchpoints| Warning::DeadEnd { touchpoints });
        }
        let lacking = || self.touchpoints().filter(|t| lacks_emotion(t));
        about(ids(lacking().filter(|t| !has_emotion(t))), |touchpoints| {
            Warning::NoEmotion { touchpoints }
        });
        about(ids(lacking().filter(|t| has_emotion(t))), |touchpoints| {
            Warning::SomeEmotion { touchpoints }
        });
        about(
            ids(self.touchpoints().filter(|t| has_idle_emotion(t))),
            |touchpoints| Warning::IdleEmotion { touchpoints },
        );
        about(
            ids(self
                .nodes()
                .filter(|&node| self.has_idle_way(node))
                .map(|node| &self.graph()[node])),
            |touchpoints| Warning::IdleWay { touchpoints },
        );
        about(self.never_given(), |touchpoints| Warning::NeverGiven {
            touchpoints,
        });
        about(self.idle_facts(), |facts| Warning::IdleFact { facts });
        about(
            ids(self.touchpoints().filter(|t| repeats_an_ending(t))),
            |touchpoints| Warning::RepeatedEnding { touchpoints },
        );
        about(self.backward_phases(), |touchpoints| {
            Warning::BackwardPhases { touchpoints }
        });
        warnings.extend(self.value_warnings());
        warnings.extend(self.outcome_warnings());
        warnings.extend(self.promise_warnings());
        warnings.extend(self.need_warnings());
        warnings.extend(self.name_warnings());
        warnings
    }

    /// Whether journeys stop somewhere because no way is open, though the map states how others end.
    pub(crate) fn has_hole(&self) -> bool {
        let states = |ending: &Ending| ending.weight > 0.0 && ending.outcome != Outcome::Unstated;
        let is_stated = self.touchpoints().any(|it| it.ends.iter().any(states));
        is_stated
            && self
                .nodes()
                .any(|node| self.dead_ends(node).next().is_some())
    }

    /// Outcomes that are likely slips of the pen: near to a known word, or to one that the map names more often.
    fn outcome_warnings(&self) -> Vec<Warning> {
        let mut times = BTreeMap::<&str, (usize, f64)>::new();
        for ending in self.touchpoints().flat_map(|it| &it.ends) {
            let (count, weight) = times.entry(ending.outcome.as_str()).or_default();
            *count += 1;
            *weight += ending.weight;
        }
        for (outcome, _) in self.values() {
            // What an ending is worth is stated once for all, by somebody who means it.
            times.entry(outcome.as_str()).or_default().0 += 2;
        }
        let known: Vec<&str> = Outcome::KNOWN.iter().map(Outcome::as_str).collect();
        let meant = |outcome: &str, (count, weight): (usize, f64)| {
            // Named by as many touchpoints, as in a table with an ending for all, the one is rare beside the other.
            let others = times
                .iter()
                .filter(|(name, _)| **name != outcome)
                .filter(|(_, other)| {
                    other.0 > count || (other.0 == count && other.1 >= RARE * weight)
                })
                .map(|(name, _)| *name);
            // As many outcomes as this are no slips of a person who draws.
            let others = others.take(NAMED_OUTCOMES);
            nearest(outcome, known.iter().copied().chain(others))
        };
        let is_known = |outcome: &str| known.contains(&outcome);
        let slips = times
            .iter()
            .filter(|(name, _)| !is_known(name))
            .take(NAMED_OUTCOMES)
            .filter_map(|(name, count)| {
                let near = meant(name, *count)?;
                let is_spelling = name.trim().to_lowercase() == near.to_lowercase();
                let letters = name.chars().count().abs_diff(near.chars().count());
                (!is_spelling && letters <= 2).then(|| Warning::NearOutcome {
                    outcome: (*name).to_owned(),
                    near: near.to_owned(),
                })
            });
        slips.collect()
    }

    /// Whether a way from a touchpoint is open only after a result that no visit has.
    fn has_idle_way(&self, node: NodeIndex) -> bool {
        let touchpoint = &self.graph()[node];
        let never = |when: Option<PromiseResult>| {
            when.is_some()
                && touchpoint.promise.is_some()
                && touchpoint.promise_given.is_empty()
                && touchpoint
                    .results()
                    .all(|(result, weight)| result != when || weight <= 0.0)
        };
        let ways = self
            .graph()
            .edges(node)
            .map(|edge| (edge.weight().when, edge.weight().weight));
        let endings = touchpoint
            .ends
            .iter()
            .map(|ending| (ending.when, ending.weight));
        ways.chain(endings)
            .any(|(when, weight)| weight > 0.0 && never(when))
    }

    /// The touchpoints with transitions to an earlier phase, where no transition leads to a later one.
    fn backward_phases(&self) -> Vec<String> {
        let graph = self.graph();
        let mut back = BTreeSet::new();
        for edge in graph
            .raw_edges()
            .iter()
            .filter(|edge| edge.weight.weight > 0.0)
        {
            match graph[edge.source()].phase.cmp(&graph[edge.target()].phase) {
                Ordering::Less => return Vec::new(),
                Ordering::Equal => {}
                Ordering::Greater => {
                    back.insert(edge.source());
                }
            }
        }
        ids(back.into_iter().map(|node| &graph[node]))
    }

    fn value_warnings(&self) -> Vec<Warning> {
        let endings = self.touchpoints().flat_map(|touchpoint| &touchpoint.ends);
        let known: BTreeSet<&Outcome> = endings.map(|ending| &ending.outcome).collect();
        let ends_unstated = || {
            self.nodes()
                .any(|node| self.dead_ends(node).next().is_some())
        };
        let idle = self.values().iter().filter(|(outcome, _)| {
            let ends_so = known.contains(outcome);
            !ends_so && (*outcome != Outcome::Unstated || !ends_unstated())
        });
        idle.map(|(outcome, _)| Warning::IdleValue {
            outcome: outcome.as_str().to_owned(),
        })
        .collect()
    }

    fn promise_warnings(&self) -> Vec<Warning> {
        let (mut made, mut tested) = (
            BTreeMap::<&str, Vec<String>>::new(),
            BTreeMap::<&str, Vec<String>>::new(),
        );
        for touchpoint in self.touchpoints() {
            for promise in &touchpoint.makes {
                made.entry(promise).or_default().push(touchpoint.id.clone());
            }
            if let Some(promise) = &touchpoint.promise {
                tested
                    .entry(&promise.name)
                    .or_default()
                    .push(touchpoint.id.clone());
            }
        }
        let never_tested = made
            .iter()
            .filter(|(promise, _)| !tested.contains_key(*promise))
            .map(|(promise, made_at)| Warning::NeverTested {
                promise: (*promise).to_owned(),
                made_at: made_at.clone(),
            });
        let says_makers = self.said().makers;
        let never_made = tested
            .iter()
            .filter(|_| says_makers)
            .filter(|(promise, _)| !made.contains_key(*promise))
            .map(|(promise, tested_at)| Warning::NeverMade {
                promise: (*promise).to_owned(),
                tested_at: tested_at.clone(),
            });
        never_tested.chain(never_made).collect()
    }

    fn need_warnings(&self) -> Vec<Warning> {
        let mut met = BTreeMap::<&str, Vec<&Touchpoint>>::new();
        for touchpoint in self.touchpoints() {
            if let Some(need) = &touchpoint.need {
                met.entry(need).or_default().push(touchpoint);
            }
        }
        let single = |(need, met): (&str, Vec<&Touchpoint>)| {
            let (first, others) = met.split_first()?;
            let channel = &first.channel;
            if others.iter().any(|other| other.channel != *channel) {
                return None;
            }
            let itself = first.id == need || first.label() == need;
            (!others.is_empty() || !itself).then(|| Warning::SingleChannel {
                need: need.to_owned(),
                channel: channel.as_str().to_owned(),
            })
        };
        met.into_iter().filter_map(single).collect()
    }

    fn name_warnings(&self) -> Vec<Warning> {
        let mut spellings = BTreeMap::<(&'static str, String), BTreeSet<&str>>::new();
        let mut note = |what, name| {
            let key = (what, folded(name));
            spellings.entry(key).or_default().insert(name);
        };
        for touchpoint in self.touchpoints() {
            note("touchpoint", touchpoint.id.as_str());
            note("channel", touchpoint.channel.as_str());
            for ending in &touchpoint.ends {
                note("outcome", ending.outcome.as_str());
            }
            if let Some(need) = &touchpoint.need {
                note("need", need);
            }
            let tested = touchpoint.promise.iter().map(|promise| &promise.name);
            for promise in tested.chain(&touchpoint.makes) {
                note("promise", promise);
            }
        }
        let known = Channel::KNOWN
            .iter()
            .map(|known| ("channel", known.as_str()));
        let known = known.chain(
            Outcome::KNOWN
                .iter()
                .map(|known| ("outcome", known.as_str())),
        );
        for (what, name) in known {
            // A known word takes part where the map has another spelling of it.
            if let Some(names) = spellings.get_mut(&(what, name.to_owned())) {
                names.insert(name);
            }
        }
        spellings
            .into_iter()
            .filter(|(_, names)| names.len() > 1)
            .map(|((what, _), names)| Warning::SimilarNames {
                what,
                names: names.into_iter().map(str::to_owned).collect(),
            })
            .collect()
    }
}

/// A name without capitals, blanks and characters that nobody sees.
fn folded(name: &str) -> String {
    let seen = name
        .chars()
        .filter(|c| !c.is_whitespace() && !is_invisible(*c));
    seen.flat_map(char::to_lowercase).collect()
}

/// Characters without width: joiners, marks of direction, soft hyphens and the like.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
    )
}

fn repeats_an_ending(touchpoint: &Touchpoint) -> bool {
    let mut known = BTreeSet::new();
    touchpoint
        .ends
        .iter()
        .any(|ending| !known.insert((&ending.outcome, ending.when, &ending.given)))
}

fn ids<'a>(touchpoints: impl Iterator<Item = &'a Touchpoint>) -> Vec<String> {
    touchpoints
        .map(|touchpoint| touchpoint.id.clone())
        .collect()
}

fn lacks_emotion(touchpoint: &Touchpoint) -> bool {
    touchpoint.results().any(|(result, _)| {
        touchpoint
            .emotion_after(result)
            .is_none_or(|felt| felt.coverage() < 1.0)
    })
}

/// Whether the emotion is known for some visits.
fn has_emotion(touchpoint: &Touchpoint) -> bool {
    touchpoint.results().any(|(result, _)| {
        let felt = touchpoint.emotion_after(result);
        felt.is_some_and(|felt| felt.coverage() > 0.0)
    })
}

fn has_idle_emotion(touchpoint: &Touchpoint) -> bool {
    use PromiseResult::{Broken, Unknown};
    let never = |wanted| {
        touchpoint
            .results()
            .all(|(result, _)| result != Some(wanted))
    };
    (touchpoint.emotion_when_broken.is_some() && never(Broken))
        || (touchpoint.emotion_when_unknown.is_some() && never(Unknown))
}
