//! The rules that every journey is held to unless somebody says otherwise.

#[cfg(feature = "serde")]
use super::bound::no_share;
use super::check::{Context, Hit};
use super::{Bound, RuleSeverity, feelings, map, promises};
use crate::journey::words;

words! {
    /// A rule that is built in, by its stable code. Each has a bound that can be set with
    /// [`Rules::bound`](crate::Rules::bound).
    pub enum BuiltInRule as "built-in rule" {
        /// A promise is made and no touchpoint says whether it is kept. Figure: times per journey that it is made; at
        /// most 0.
        NeverTested = "promise-never-tested",
        /// A promise is tested and no touchpoint makes it; not of maps whose touchpoints are all counted, as events do not
        /// tell what was promised. Figure: times per journey that it is tested; at most 0.
        NeverMade = "promise-never-made",
        /// A promise may be broken, and those who meet that come too seldom to a touchpoint that can resolve; not where it
        /// can be resolved at once. Figure: share of them that do; above 0.
        NoRecovery = "no-way-to-recovery",
        /// A promise may be broken where nobody can resolve. Figure: broken promises per journey there; at most 0.05.
        NobodyResolves = "nobody-can-resolve",
        /// The last moment is a bad one on the whole. Figure: mean valence of the last moment; at least 0.
        NegativeEnding = "negative-ending",
        /// Feelings fall when the interaction begins. Figure: mean valence before minus during; at most 0.3.
        FallsDuring = "falls-during",
        /// Channels contradict each other and one customer can meet both. Figure: share of journeys that do; at most 0.
        Contradiction = "contradiction-met",
        /// Unhappy customers whom nobody hears. Figure: share of journeys with a moment at or below -0.25 and there or
        /// later no touchpoint that can listen; at most 0.05.
        Unheard = "unhappy-unheard",
        /// Complaints that are heard and never answered. Figure: share of journeys on which somebody unhappy (at or below
        /// -0.25) comes to a touchpoint that can listen, there or later to none that can answer; at most 0.05.
        Unanswered = "heard-never-answered",
        /// Customers are handed over to another channel or owner where they are not recognised. Figure: hand-overs per
        /// journey to the touchpoint; at most 0.1.
        NotRecognised = "not-recognised",
        /// Nobody answers for a touchpoint. Figure: visits per journey; at most 0.
        NoOwner = "no-owner",
        /// A need is met in a single channel. Figure: visits per journey for this need; at most 0.
        SingleChannel = "single-channel",
        /// Nothing comes after the interaction. Figure: share of journeys that come to the phase after; above 0.
        NothingAfter = "nothing-after",
        /// It hurts where nobody listens. Figure: share of the hurt of all journeys; at most 0.25.
        PainUnheard = "pain-without-listening",
        /// Feelings are known only when all is over. Figure: share of the moments before and during the interaction whose
        /// feeling is known; above 0. Silent where none is known afterwards either.
        LaggingOnly = "only-lagging-measures",
        /// What matters most rests on assumptions. Figure: share of the hurt of all journeys at touchpoints whose evidence
        /// is assumed; at most 0.5.
        Assumed = "assumed-conclusion",
        /// Customers are lost where the map does not say how the journey ends; not of maps whose touchpoints are all counted,
        /// as journeys may go on behind the records. Figure: share of journeys; at most 0.
        UnstatedEnding = "unstated-ending",
        /// The map is too long to read. Figure: touchpoints; at most 40.
        TooLong = "map-too-long",
    }
}

impl BuiltInRule {
    /// How grave it is unless set otherwise.
    #[must_use]
    pub fn default_severity(self) -> RuleSeverity {
        match self {
            Self::NoRecovery | Self::Contradiction => RuleSeverity::Error,
            Self::NobodyResolves
            | Self::NoOwner
            | Self::SingleChannel
            | Self::LaggingOnly
            | Self::Assumed
            | Self::TooLong => RuleSeverity::Note,
            _ => RuleSeverity::Warning,
        }
    }

    /// The bound unless set otherwise.
    #[must_use]
    pub fn default_bound(self) -> f64 {
        match self {
            Self::NobodyResolves | Self::Unheard | Self::Unanswered => 0.05,
            Self::FallsDuring => 0.3,
            Self::NotRecognised => 0.1,
            Self::PainUnheard => 0.25,
            Self::Assumed => 0.5,
            Self::TooLong => 40.0,
            _ => 0.0,
        }
    }

    /// Why a number cannot be its bound: the figure would always keep to it, or never.
    #[cfg(feature = "serde")]
    pub(super) fn no_bound(self, bound: f64) -> Option<String> {
        let (least, most, what) = match self {
            Self::NegativeEnding => (-1.0, 1.0, "a valence is between -1 and 1"),
            Self::FallsDuring => (-2.0, 2.0, "feelings fall by 2 at most"),
            Self::NeverTested
            | Self::NeverMade
            | Self::NobodyResolves
            | Self::NotRecognised
            | Self::NoOwner
            | Self::SingleChannel => (0.0, f64::INFINITY, "times per journey are 0 or more"),
            Self::TooLong => (0.0, f64::INFINITY, "a number of touchpoints is 0 or more"),
            _ => return no_share(bound),
        };
        let fits = (least..=most).contains(&bound);
        (!fits).then(|| format!("the bound is {bound}, and {what}"))
    }

    /// What its figure must keep to, for such a bound.
    #[must_use]
    pub fn limit(self, bound: f64) -> Bound {
        match self {
            Self::NoRecovery | Self::NothingAfter | Self::LaggingOnly => Bound::Above(bound),
            Self::NegativeEnding => Bound::AtLeast(bound),
            _ => Bound::AtMost(bound),
        }
    }

    /// One sentence that says why it is a rule.
    #[must_use]
    pub fn reason(self) -> &'static str {
        match self {
            Self::NeverTested => "a promise that nobody checks is kept by chance",
            Self::NeverMade => "an expectation that nobody owns up to cannot be managed",
            Self::NoRecovery => {
                "a broken promise that is put right costs little, one that is not costs the customer"
            }
            Self::NobodyResolves => "a problem is solved best where it arises",
            Self::NegativeEnding => "the end of a journey is what is remembered",
            Self::FallsDuring => "expectations were raised that the interaction does not meet",
            Self::Contradiction => "a customer who is told two things believes neither",
            Self::Unheard => "who is unhappy and not heard leaves without a word",
            Self::Unanswered => "a complaint without an answer is worse than none asked for",
            Self::NotRecognised => "who has to begin again pays for the seams between departments",
            Self::NoOwner => "what nobody answers for nobody improves",
            Self::SingleChannel => "customers who cannot use this channel have no other way",
            Self::NothingAfter => "after the interaction loyalty is won or lost",
            Self::PainUnheard => "where it hurts most, one would hear of it first",
            Self::LaggingOnly => "what is measured only at the end comes too late to act on",
            Self::Assumed => "a conclusion is no better than what it rests on",
            Self::UnstatedEnding => "customers who drop out of the map are counted in no ending",
            Self::TooLong => "a map that nobody reads changes nothing",
        }
    }

    /// One sentence that says what to do.
    #[must_use]
    pub fn advice(self) -> &'static str {
        match self {
            Self::NeverTested => "state where it falls due: `promise` with `kept` and `broken`",
            Self::NeverMade => "find out who raises the expectation and add it to `makes` there",
            Self::NoRecovery => {
                "lead those customers to somebody who can resolve, or let staff there do it"
            }
            Self::NobodyResolves => "give staff there a mandate to put things right",
            Self::NegativeEnding => "end on something good: a result, a thank-you, a surprise",
            Self::FallsDuring => {
                "promise less beforehand, or look at what falls first in the interaction"
            }
            Self::Contradiction => "agree on one answer, with one owner, for all channels",
            Self::Unheard => "let people say at once what is wrong, on the way of most of them",
            Self::Unanswered => "tell people what was done about what they said",
            Self::NotRecognised => "pass on who the customer is and what was said",
            Self::NoOwner => "name a department or role as `owner`",
            Self::SingleChannel => "offer a second way, or decide that there is none",
            Self::NothingAfter => "draw what happens afterwards, or let something happen",
            Self::PainUnheard => "ask customers there, in one question",
            Self::LaggingOnly => "ask how people feel at two or three touchpoints on the way",
            Self::Assumed => "count or ask at these touchpoints before acting",
            Self::UnstatedEnding => "state with `ends` how journeys end there, or draw the way on",
            Self::TooLong => "draw a map for each phase or each kind of customer",
        }
    }

    /// What breaks it on a map that may have no flow.
    pub(super) fn find(self, context: &Context<'_>, bound: f64) -> Vec<Hit> {
        match self {
            Self::NeverTested => promises::never_tested(context, bound),
            Self::NeverMade => promises::never_made(context, bound),
            Self::NoRecovery => promises::no_recovery(context, bound),
            Self::NobodyResolves => promises::nobody_resolves(context, bound),
            Self::NegativeEnding => feelings::negative_ending(context, bound),
            Self::FallsDuring => feelings::falls_during(context, bound),
            Self::Contradiction => map::contradiction(context, bound),
            Self::Unheard => feelings::unheard(context, bound),
            Self::Unanswered => feelings::unanswered(context, bound),
            Self::NotRecognised => map::not_recognised(context, bound),
            Self::NoOwner => map::no_owner(context, bound),
            Self::SingleChannel => map::single_channel(context, bound),
            Self::NothingAfter => map::nothing_after(context, bound),
            Self::PainUnheard => feelings::pain_unheard(context, bound),
            Self::LaggingOnly => feelings::lagging_only(context, bound),
            Self::Assumed => feelings::assumed(context, bound),
            Self::UnstatedEnding => map::unstated_ending(context, bound),
            Self::TooLong => map::too_long(context, bound),
        }
    }
}
