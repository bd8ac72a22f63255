//! What can be wrong, in words for people who draw maps.

use std::fmt;

use crate::journey::facts::FactFault;
use crate::journey::numbers::Number;
use crate::journey::promise::PromiseResult;
use crate::journey::survey::SurveyFault;
use crate::journey::words::{DidYouMean, Quoted, UnknownWord};
use crate::journey::workshop::ImageFault;

/// What is wrong at a place.
///
/// `what` says in words which part of the place is meant, such as "`starts`" or "`weight` in ending 2"; `key` is a
/// key of the document, and `within` the part of the place that has the key, unless the place itself has it.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// A journey without touchpoints.
    #[error("there is no touchpoint; a journey needs at least one")]
    NoTouchpoint,
    /// A name that must say something is empty.
    #[error("{what} is empty; it needs at least one character that is not a blank")]
    Empty {
        /// What is empty.
        what: String,
    },
    /// Two touchpoints with one id.
    #[error(
        "the id {} is taken by touchpoint number {first} already; ids are unique",
        Quoted(id)
    )]
    DuplicateId {
        /// The id.
        id: String,
        /// Position of the touchpoint that has it, counted from 1.
        first: usize,
    },
    /// A transition names a touchpoint that is not there.
    #[error("`{end}` names {}, which is not a touchpoint of this journey{}", Quoted(id), DidYouMean(nearest.as_deref()))]
    UnknownTouchpoint {
        /// `from` or `to`.
        end: &'static str,
        /// The id that was named.
        id: String,
        /// The id that is nearest in spelling, if one is near.
        nearest: Option<String>,
    },
    /// Two transitions with the same from, to, when and given.
    #[error(
        "transition number {first} has the same from, to, `when` and `given` already; add their weights up in one transition"
    )]
    DuplicateTransition {
        /// Position of the first of them, counted from 1.
        first: usize,
    },
    /// A weight, cost or wait that is negative, infinite or not a number.
    #[error("{what} is {}; it must be a finite number, 0 or more", Number(*value))]
    NotAnAmount {
        /// What was given.
        what: String,
        /// Its value.
        value: f64,
    },
    /// A value that is infinite or not a number.
    #[error("{what} is {}; it must be a finite number", Number(*value))]
    NotFinite {
        /// What was given.
        what: String,
        /// Its value.
        value: f64,
    },
    /// An outcome that has two values.
    #[error(
        "the value of outcome {} is stated twice; state it once",
        Quoted(outcome)
    )]
    DuplicateValue {
        /// The outcome.
        outcome: String,
    },
    /// A valence outside -1 to 1.
    #[error("`{key}` has valence {}; a valence is a number from -1 to 1", Number(*value))]
    Valence {
        /// Which emotion.
        key: &'static str,
        /// The valence.
        value: f64,
    },
    /// An intensity outside 0 to 1.
    #[error("`{key}` has intensity {}; an intensity is a number from 0 to 1", Number(*value))]
    Intensity {
        /// Which emotion.
        key: &'static str,
        /// The intensity.
        value: f64,
    },
    /// A rating outside its scale.
    #[error("`{key}` has rating {}; the scale goes from {} to {}", Number(*value), Number(*min), Number(*max))]
    Rating {
        /// Which emotion.
        key: &'static str,
        /// The rating.
        value: f64,
        /// The scale's lowest rating.
        min: f64,
        /// The scale's highest rating.
        max: f64,
    },
    /// A picture that can not be shown.
    #[error("`image` {0}")]
    Image(ImageFault),
    /// A survey measure that cannot be scored.
    #[error("measure {number} {fault}")]
    Survey {
        /// Its place among those of the touchpoint, from 1.
        number: usize,
        /// What is wrong with it.
        fault: SurveyFault,
    },
    /// A feeling that is not in the catalogue.
    #[error(
        "`{key}` names {}, which is not a feeling known here{}{} (a number from -1 to 1 works too)",
        Quoted(name),
        DidYouMean(nearest.as_deref()),
        if nearest.is_none() { "; all that are known stand below" } else { "" }
    )]
    UnknownFeeling {
        /// Which emotion.
        key: &'static str,
        /// The name.
        name: String,
        /// The catalogue's name that is nearest in spelling, if one is near.
        nearest: Option<String>,
    },
    /// A mix of feelings of which none has weight.
    #[error("`{key}` has no weight; at least one of its feelings needs a weight above 0")]
    WeightlessMix {
        /// Which emotion.
        key: &'static str,
    },
    /// An intended feeling of which a part is unknown.
    #[error(
        "`intended` has an unknown part, but what is intended is known; leave out `unknown`, or `intended` as a whole"
    )]
    UnknownIntention,
    /// A promise that no visit has tested.
    #[error(
        "the promise has `kept` 0, `broken` 0 and `unknown` 0; at least one of them must be above 0"
    )]
    WeightlessPromise {
        /// The promise.
        promise: String,
    },
    /// A condition on a promise where no promise is tested.
    #[error(
        "{what} has `when` {}, but {} tests no promise; give the touchpoint a promise or drop `when`",
        Quoted(when.as_str()),
        Named(touchpoint)
    )]
    WhenWithoutPromise {
        /// What has the condition.
        what: String,
        /// The condition.
        when: PromiseResult,
        /// The touchpoint.
        touchpoint: String,
    },
    /// A word outside a closed vocabulary, such as an unknown phase.
    #[error("{what}: {word}")]
    UnknownWord {
        /// Where it was found.
        what: String,
        /// The word, and what is known.
        word: UnknownWord,
    },
    /// A key that documents do not have.
    #[error(
        "unknown key {}{}{} (known here: {})",
        Quoted(key), Within(within.as_deref()), DidYouMean(nearest.as_deref()), known.join(", ")
    )]
    UnknownKey {
        /// The key.
        key: String,
        /// The part of the place that has it.
        within: Option<String>,
        /// The known key that is nearest in spelling, if one is near.
        nearest: Option<String>,
        /// The keys that are known there.
        known: &'static [&'static str],
    },
    /// A key that occurs more than once in one object.
    #[error("`{key}`{} is given more than once; give it once", Within(within.as_deref()))]
    DuplicateKey {
        /// The key.
        key: String,
        /// The part of the place that has it.
        within: Option<String>,
    },
    /// A required key that is missing.
    #[error("`{key}`{} is missing; it must be {expected}", Within(within.as_deref()))]
    MissingKey {
        /// The key.
        key: String,
        /// The part of the place that lacks it.
        within: Option<String>,
        /// What it must be.
        expected: &'static str,
    },
    /// A value of the wrong type.
    #[error("{what} is {found}; it must be {expected}")]
    WrongType {
        /// What has it.
        what: String,
        /// What it must be.
        expected: &'static str,
        /// What it is, in words.
        found: String,
    },
    /// A document of another format.
    #[error("`format` is {}; it must be \"customer-journey/1\"", Quoted(found))]
    UnknownFormat {
        /// What the document says.
        found: String,
    },
    /// A change to the promise of a touchpoint that tests none.
    #[error(
        "{} tests no promise, so that none is kept or broken there",
        Named(touchpoint)
    )]
    NoPromise {
        /// The touchpoint.
        touchpoint: String,
    },
    /// A change of how often a promise is kept where of no visit it is known whether it was.
    #[error(
        "whether the promise at {} was kept is known of no visit, so that it has no keep rate to change",
        Named(touchpoint)
    )]
    NothingKnown {
        /// The touchpoint.
        touchpoint: String,
    },
    /// A keep rate outside 0 to 1.
    #[error("the keep rate is {}; it must be a number from 0 to 1", Number(*value))]
    KeepRate {
        /// The rate.
        value: f64,
    },
    /// A change to a transition that is not there.
    #[error("there is no such transition{}", Others(others))]
    NoTransition {
        /// The `when` of the transitions that there are from the one touchpoint to the other.
        others: Vec<Option<PromiseResult>>,
    },
    /// A transition that is to be added and is there already.
    #[error("there is such a transition already, of weight {}; change its weight instead", Number(*weight))]
    TransitionExists {
        /// Its weight.
        weight: f64,
    },
    /// Two changes that set the same thing differently.
    #[error(
        "it sets the same thing as change number {first} ({change}), and differently; keep one of the two"
    )]
    ConflictingChange {
        /// Position of the other change, counted from 1.
        first: usize,
        /// The other change in words.
        change: String,
    },
    /// The removal of all touchpoints.
    #[error("the changes remove every touchpoint; a journey needs at least one")]
    NoTouchpointLeft,
    /// The removal of a touchpoint that nobody ever leaves.
    #[error(
        "customers never leave {}, so that there is nowhere to pass them on to; give it a way on or an ending",
        Named(touchpoint)
    )]
    NowhereToPassOn {
        /// The touchpoint.
        touchpoint: String,
    },
    /// The removal of a touchpoint at which journeys both begin and end: nothing would be left of them.
    #[error(
        "some journeys begin and end at {} or at others that are removed, and nothing would be left of them; set the \
         weight of these endings to 0 to leave such journeys out",
        Named(touchpoint)
    )]
    NothingLeftOfJourneys {
        /// The touchpoint.
        touchpoint: String,
    },
    /// Weights or waits that become too large or too small to be told as a number.
    #[error(
        "weights or waits at {} would be beyond what numbers can hold; use weights that are less far from 1",
        Named(touchpoint)
    )]
    BeyondNumbers {
        /// The touchpoint.
        touchpoint: String,
    },
    /// What is wrong with what customers remember, or with what depends on it.
    #[error(transparent)]
    Fact(FactFault),
    /// The removal of a touchpoint where something depends on what customers remember.
    #[error(
        "what happens at {} depends on facts that customers remember, so that they can not be passed on by weights alone",
        Named(touchpoint)
    )]
    DependsOnFacts {
        /// The touchpoint.
        touchpoint: String,
    },
    /// The removal of touchpoints that so many ways run through that passing customers on would go on and on.
    #[error("more than {most} ways would have to be redrawn; remove fewer touchpoints at once")]
    TooManyWays {
        /// How many may be redrawn.
        most: usize,
    },
}

/// The transitions that there are instead of the one that was named, at the end of a sentence.
struct Others<'a>(&'a [Option<PromiseResult>]);

impl fmt::Display for Others<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, when) in self.0.iter().enumerate() {
            f.write_str(if number == 0 {
                "; drawn is one"
            } else {
                " and one"
            })?;
            match when {
                Some(when) => write!(f, " with `when` {:?}", when.as_str())?,
                None => f.write_str(" that is always open")?,
            }
        }
        Ok(())
    }
}

/// A touchpoint in a sentence, by its id if that says something.
struct Named<'a>(&'a str);

impl fmt::Display for Named<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.trim().is_empty() {
            f.write_str("its touchpoint")
        } else {
            write!(f, "touchpoint {}", Quoted(self.0))
        }
    }
}

/// The part of a place that has a key, after the key.
struct Within<'a>(Option<&'a str>);

impl fmt::Display for Within<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(part) => write!(f, " in {part}"),
            None => Ok(()),
        }
    }
}
