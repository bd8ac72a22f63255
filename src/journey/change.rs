//! Changes to a journey: what somebody would do differently, as a value.

mod draft;
mod given;
mod memory;
mod pass_on;
mod plan;
mod words;

use super::facts::{Fact, Given};
use super::feelings::Emotion;
use super::outcome::Outcome;
use super::promise::PromiseResult;
use super::transition::Transition;
use super::words::Ability;

/// Something done differently on a journey: one of the changes of a
/// [`with_changes`](crate::Journey::with_changes) or a [`what_if`](crate::Flow::what_if).
///
/// Touchpoints are named by their ids. `Display` says the change in words.
///
/// ```
/// use customer_journey::{Ability, Change, Feeling};
/// let changes = [
///     Change::keep_rate("notice", 0.9),
///     Change::feels("call", Feeling::Calmness),
///     Change::can("call", Ability::Listen),
/// ];
/// assert_eq!(changes[0].to_string(), "keep the promise at \"notice\" at a rate of 0.9");
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Change {
    /// See [`Change::keep_rate`] and [`Change::keep_rate_given`].
    KeepRate {
        /// The touchpoint that tests the promise.
        at: String,
        /// For customers who remember this; for all if empty.
        given: Given,
        /// kept / (kept + broken), in 0..=1.
        rate: f64,
    },
    /// See [`Change::feels`], [`Change::feels_when_broken`], [`Change::feels_when_unknown`] and [`Change::feels_given`].
    Feels {
        /// The touchpoint.
        at: String,
        /// Of customers who remember this; if empty, of those for whom nothing else is stated.
        given: Given,
        /// After which promise result; `None` for the emotion that holds unless another is stated.
        after: Option<PromiseResult>,
        /// What is felt instead.
        emotion: Emotion,
    },
    /// See [`Change::lift`].
    Lift {
        /// The touchpoint.
        at: String,
    },
    /// See [`Change::raise`].
    Raise {
        /// The touchpoint.
        at: String,
        /// The valence that is reached at least, -1 to 1.
        to: f64,
    },
    /// See [`Change::weight`] and [`Change::weight_when`].
    Weight {
        /// Where the transition comes from.
        from: String,
        /// Where it leads to.
        to: String,
        /// The `when` of the transition.
        when: Option<PromiseResult>,
        /// The `given` of the transition.
        given: Given,
        /// Its new weight.
        weight: f64,
    },
    /// See [`Change::add_transition`].
    AddTransition {
        /// Where it comes from.
        from: String,
        /// Where it leads to.
        to: String,
        /// The transition.
        transition: Transition,
    },
    /// See [`Change::remove_transition`] and [`Change::remove_transition_when`].
    RemoveTransition {
        /// Where it comes from.
        from: String,
        /// Where it leads to.
        to: String,
        /// The `when` of the transition to remove; all that lead there if `None`.
        when: Option<PromiseResult>,
    },
    /// See [`Change::ends`] and [`Change::ends_when`].
    Ends {
        /// The touchpoint.
        at: String,
        /// How journeys end.
        outcome: Outcome,
        /// The `when` of the ending.
        when: Option<PromiseResult>,
        /// The `given` of the ending.
        given: Given,
        /// Its new weight.
        weight: f64,
    },
    /// See [`Change::remove`].
    Remove {
        /// The touchpoint.
        touchpoint: String,
    },
    /// See [`Change::can`].
    Can {
        /// The touchpoint.
        at: String,
        /// What becomes possible.
        ability: Ability,
    },
    /// See [`Change::cannot`].
    Cannot {
        /// The touchpoint.
        at: String,
        /// What becomes impossible.
        ability: Ability,
    },
    /// See [`Change::makes`].
    Makes {
        /// The touchpoint.
        at: String,
        /// The promise's name.
        promise: String,
    },
    /// See [`Change::starts`].
    Starts {
        /// The touchpoint.
        at: String,
        /// The weight of journeys that begin there.
        weight: f64,
    },
    /// See [`Change::remember`].
    Remember {
        /// What customers remember besides.
        fact: Fact,
    },
    /// See [`Change::forget`].
    Forget {
        /// The name of the fact that they no longer remember.
        fact: String,
    },
}

impl Change {
    /// Keeps the promise that is tested there whenever it is known whether it is kept: what was broken is kept.
    /// Visits of which nobody knows stay as they are.
    #[must_use]
    pub fn keep(at: impl Into<String>) -> Self {
        Self::keep_rate(at, 1.0)
    }

    /// Keeps the promise that is tested there at this rate, kept / (kept + broken), in 0..=1. Visits of which nobody
    /// knows stay as they are.
    #[must_use]
    pub fn keep_rate(at: impl Into<String>, rate: f64) -> Self {
        Self::KeepRate {
            at: at.into(),
            given: Given::default(),
            rate,
        }
    }

    /// Keeps the promise at this rate with customers who [remember](crate::facts) something. Where the map says nothing of them yet,
    /// the promise fares with them as with the others until then.
    #[must_use]
    pub fn keep_rate_given(given: Given, at: impl Into<String>, rate: f64) -> Self {
        Self::KeepRate {
            at: at.into(),
            given,
            rate,
        }
    }

    /// Replaces what customers feel there, but for visits after which another emotion is stated
    /// ([`feels_when_broken`](Change::feels_when_broken), [`feels_when_unknown`](Change::feels_when_unknown)).
    #[must_use]
    pub fn feels(at: impl Into<String>, emotion: impl Into<Emotion>) -> Self {
        Self::Feels {
            at: at.into(),
            given: Given::default(),
            after: None,
            emotion: emotion.into(),
        }
    }

    /// Replaces what customers feel there where the promise was broken.
    #[must_use]
    pub fn feels_when_broken(at: impl Into<String>, emotion: impl Into<Emotion>) -> Self {
        Self::Feels {
            at: at.into(),
            given: Given::default(),
            after: Some(PromiseResult::Broken),
            emotion: emotion.into(),
        }
    }

    /// Replaces what customers feel there where nobody knows about the promise.
    #[must_use]
    pub fn feels_when_unknown(at: impl Into<String>, emotion: impl Into<Emotion>) -> Self {
        Self::Feels {
            at: at.into(),
            given: Given::default(),
            after: Some(PromiseResult::Unknown),
            emotion: emotion.into(),
        }
    }

    /// Replaces what customers feel there who [remember](crate::facts) something, but after promise results for which another emotion of
    /// theirs is stated. Where the map says nothing of them yet, what is new comes before what it says of others. `after` of
    /// [`Change::Feels`] says it of one promise result alone.
    ///
    /// ```
    /// use customer_journey::facts::Given;
    /// use customer_journey::{Change, Feeling};
    /// let change = Change::feels_given(Given::is("delivery", "broken"), "review", Feeling::Anger);
    /// assert_eq!(change.to_string(), "change the feeling at \"review\" where delivery is broken to anger");
    /// ```
    #[must_use]
    pub fn feels_given(given: Given, at: impl Into<String>, emotion: impl Into<Emotion>) -> Self {
        Self::Feels {
            at: at.into(),
            given,
            after: None,
            emotion: emotion.into(),
        }
    }

    /// Lifts what customers feel there to neutral where it is negative, whatever the promise result. What is neutral,
    /// positive or unknown stays so, and so does the spread over several feelings.
    #[must_use]
    pub fn lift(at: impl Into<String>) -> Self {
        Self::Lift { at: at.into() }
    }

    /// Raises what customers feel there to a valence where it is less, whatever the promise result. What is unknown stays so, and
    /// so does the spread over feelings that are above.
    #[must_use]
    pub fn raise(at: impl Into<String>, to: f64) -> Self {
        Self::Raise { at: at.into(), to }
    }

    /// Sets the weight of a transition that is always open.
    #[must_use]
    pub fn weight(from: impl Into<String>, to: impl Into<String>, weight: f64) -> Self {
        Self::Weight {
            from: from.into(),
            to: to.into(),
            when: None,
            given: Given::default(),
            weight,
        }
    }

    /// Sets the weight of a transition that is open after this promise result.
    #[must_use]
    pub fn weight_when(
        result: PromiseResult,
        from: impl Into<String>,
        to: impl Into<String>,
        weight: f64,
    ) -> Self {
        Self::Weight {
            from: from.into(),
            to: to.into(),
            when: Some(result),
            given: Given::default(),
            weight,
        }
    }

    /// Sets the weight of a transition for customers who [remember](crate::facts) something.
    #[must_use]
    pub fn weight_given(
        given: Given,
        from: impl Into<String>,
        to: impl Into<String>,
        weight: f64,
    ) -> Self {
        Self::Weight {
            from: from.into(),
            to: to.into(),
            when: None,
            given,
            weight,
        }
    }

    /// Draws a new transition: a weight, or a [`Transition`] with everything that it can say.
    ///
    /// ```
    /// use customer_journey::{Change, PromiseResult, Transition};
    /// let plain = Change::add_transition("notice", "chat", 10.0);
    /// let after_a_break = Transition::new(10.0).when(PromiseResult::Broken).wait_s(60.0);
    /// let conditional = Change::add_transition("notice", "chat", after_a_break);
    /// # assert_ne!(plain, conditional);
    /// ```
    #[must_use]
    pub fn add_transition(
        from: impl Into<String>,
        to: impl Into<String>,
        transition: impl Into<Transition>,
    ) -> Self {
        Self::AddTransition {
            from: from.into(),
            to: to.into(),
            transition: transition.into(),
        }
    }

    /// Removes whatever leads from one touchpoint to another, whatever its `when`. Customers then take the other ways
    /// in proportion to their weights; where none is left, their journey ends with its outcome `unstated`.
    #[must_use]
    pub fn remove_transition(from: impl Into<String>, to: impl Into<String>) -> Self {
        Self::RemoveTransition {
            from: from.into(),
            to: to.into(),
            when: None,
        }
    }

    /// Removes the transition that is open after this promise result.
    #[must_use]
    pub fn remove_transition_when(
        result: PromiseResult,
        from: impl Into<String>,
        to: impl Into<String>,
    ) -> Self {
        Self::RemoveTransition {
            from: from.into(),
            to: to.into(),
            when: Some(result),
        }
    }

    /// Sets the weight of an ending that is always open; one that is not there yet is drawn.
    #[must_use]
    pub fn ends(at: impl Into<String>, outcome: impl Into<Outcome>, weight: f64) -> Self {
        Self::Ends {
            at: at.into(),
            outcome: outcome.into(),
            when: None,
            given: Given::default(),
            weight,
        }
    }

    /// Sets the weight of an ending that is open after this promise result; one that is not there yet is drawn.
    #[must_use]
    pub fn ends_when(
        result: PromiseResult,
        at: impl Into<String>,
        outcome: impl Into<Outcome>,
        weight: f64,
    ) -> Self {
        Self::Ends {
            at: at.into(),
            outcome: outcome.into(),
            when: Some(result),
            given: Given::default(),
            weight,
        }
    }

    /// Sets the weight of an ending for customers who [remember](crate::facts) something; one that is not there yet is drawn.
    #[must_use]
    pub fn ends_given(
        given: Given,
        at: impl Into<String>,
        outcome: impl Into<Outcome>,
        weight: f64,
    ) -> Self {
        Self::Ends {
            at: at.into(),
            outcome: outcome.into(),
            when: None,
            given,
            weight,
        }
    }

    /// Removes a touchpoint. Customers who would have come there go to where they would have gone from there; see
    /// [`Journey::with_changes`](crate::Journey::with_changes). Removals come after all other changes, whatever their order.
    #[must_use]
    pub fn remove(touchpoint: impl Into<String>) -> Self {
        Self::Remove {
            touchpoint: touchpoint.into(),
        }
    }

    /// Makes something possible there.
    #[must_use]
    pub fn can(at: impl Into<String>, ability: Ability) -> Self {
        Self::Can {
            at: at.into(),
            ability,
        }
    }

    /// Makes something impossible there.
    #[must_use]
    pub fn cannot(at: impl Into<String>, ability: Ability) -> Self {
        Self::Cannot {
            at: at.into(),
            ability,
        }
    }

    /// Makes a promise there.
    #[must_use]
    pub fn makes(at: impl Into<String>, promise: impl Into<String>) -> Self {
        Self::Makes {
            at: at.into(),
            promise: promise.into(),
        }
    }

    /// Sets the weight of journeys that begin there. Where the map states no `starts`, the touchpoints at which
    /// journeys are assumed to begin have weight 1 each.
    #[must_use]
    pub fn starts(at: impl Into<String>, weight: f64) -> Self {
        Self::Starts {
            at: at.into(),
            weight,
        }
    }
}
