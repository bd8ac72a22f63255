use crate::journey::problem::list;
use crate::journey::words::{DidYouMean, Quoted};

/// What is wrong with the facts of a map, or with what depends on them.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum FactFault {
    /// More facts than a map may have.
    #[error(
        "{number} facts are remembered; {most} are the most, as each multiplies what has to be told apart"
    )]
    TooMany {
        /// How many there are.
        number: usize,
        /// How many there may be.
        most: usize,
    },
    /// Two facts of one name.
    #[error("fact {} is stated twice; names of facts are unique", Quoted(fact))]
    Taken {
        /// The name.
        fact: String,
    },
    /// A fact about a promise that is tested nowhere.
    #[error(
        "fact {} remembers the promise {}, which no touchpoint tests, so that nothing can set it{}",
        Quoted(fact), Quoted(promise), DidYouMean(nearest.as_deref())
    )]
    UnknownPromise {
        /// The fact.
        fact: String,
        /// The promise.
        promise: String,
        /// The tested promise that is nearest in spelling, if one is near.
        nearest: Option<String>,
    },
    /// A fact about the number of broken promises where none is tested.
    #[error(
        "fact {} counts broken promises, but no touchpoint tests one",
        Quoted(fact)
    )]
    NothingTested {
        /// The fact.
        fact: String,
    },
    /// A fact about something that the map does not have.
    #[error(
        "fact {} names the {what} {}, which is not in this journey{}",
        Quoted(fact), Quoted(name), DidYouMean(nearest.as_deref())
    )]
    UnknownName {
        /// The fact.
        fact: String,
        /// "touchpoint" or "channel".
        what: &'static str,
        /// What it names.
        name: String,
        /// The known name that is nearest in spelling, if one is near.
        nearest: Option<String>,
    },
    /// The segment of customers on a map that knows none, or once more on a learned one.
    #[error(
        "fact {} is the segment of a customer, which only a map learned from a log of journeys can tell, and once; on other maps state the \
         groups with their shares: \"start\": {{\"of\": {{\"new\": 300, \"returning\": 700}}}}",
        Quoted(fact)
    )]
    Segment {
        /// The fact.
        fact: String,
    },
    /// A fact that customers of a drawn map should forget though something depends on it.
    #[error(
        "customers cannot forget {}, as {} depends on it: the weights there do not say how many customers there are of each, so that \
         nobody knows what all of them do together; draw that instead",
        Quoted(fact),
        Quoted(touchpoint)
    )]
    StillAsked {
        /// The fact.
        fact: String,
        /// The first touchpoint at which something depends on it.
        touchpoint: String,
    },
    /// Levels of valence that make no classes.
    #[error(
        "fact {}: levels must be one to twenty numbers from -1 to 1, ascending",
        Quoted(fact)
    )]
    Levels {
        /// The fact.
        fact: String,
    },
    /// Numbers of moments that make no classes.
    #[error(
        "fact {}: `moments` must be one to twenty whole numbers from 1 to 1000, ascending",
        Quoted(fact)
    )]
    Moments {
        /// The fact.
        fact: String,
    },
    /// Groups of customers that are none.
    #[error(
        "fact {}: groups and starts need different names that are not empty, and of groups at least one has a weight above 0",
        Quoted(fact)
    )]
    Names {
        /// The fact.
        fact: String,
    },
    /// A fact with more values than can be told apart.
    #[error(
        "fact {} has {number} values; {most} are the most, so name the few that matter",
        Quoted(fact)
    )]
    TooManyValues {
        /// The fact.
        fact: String,
        /// How many there are.
        number: usize,
        /// How many there may be.
        most: usize,
    },
    /// A condition on a fact that the map does not remember.
    #[error(
        "{what} depends on the fact {}, which is not among those that `remembers` states{}",
        Quoted(fact), DidYouMean(nearest.as_deref())
    )]
    UnknownFact {
        /// What has the condition.
        what: String,
        /// The fact.
        fact: String,
        /// The fact that is nearest in spelling, if one is near.
        nearest: Option<String>,
    },
    /// A condition on a value that the fact never has.
    #[error(
        "{what} asks whether {fact} is {}, which it never is{} (its values: {})",
        Quoted(value), DidYouMean(nearest.as_deref()), list(known)
    )]
    UnknownValue {
        /// What has the condition.
        what: String,
        /// The fact.
        fact: String,
        /// The value.
        value: String,
        /// The value that is nearest in spelling, if one is near.
        nearest: Option<String>,
        /// The values that it can have.
        known: Vec<String>,
    },
    /// A condition without any value that is allowed.
    #[error("{what} can never hold, as no value of {fact} is allowed; name at least one")]
    NoValue {
        /// What has the condition.
        what: String,
        /// The fact.
        fact: String,
    },
    /// A start that depends on what is not known before the journey begins.
    #[error(
        "{what} depends on {fact}, which is not known before the journey begins; starts may depend on groups of customers only"
    )]
    NotKnownAtStart {
        /// What has the condition.
        what: String,
        /// The fact.
        fact: String,
    },
    /// Starts that are stated twice.
    #[error(
        "journeys that begin here are stated both as one weight and as a list; keep one of them"
    )]
    StartsTwice,
    /// How a promise fares where none is tested, or another one.
    #[error("{what} is about the promise {}, but {} is tested here", Quoted(promise), Tested(tested.as_deref()))]
    OtherPromise {
        /// What is about it.
        what: String,
        /// The promise.
        promise: String,
        /// The promise that is tested; none if `None`.
        tested: Option<String>,
    },
}

struct Tested<'a>(Option<&'a str>);

impl std::fmt::Display for Tested<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            Some(promise) => write!(f, "the promise {}", Quoted(promise)),
            None => f.write_str("no promise"),
        }
    }
}
