//! Journeys held to patterns in tests.

use super::Bound;
use super::check::per_cent;
use crate::flow::Flow;
use crate::pattern::Pattern;

/// Fails unless the share of a flow's journeys that match a pattern keeps to a bound: what a test of a journey looks like.
///
/// It takes a [`Flow`] or a reference to one, a [pattern](crate::docs::patterns) as a literal, one of `<`, `<=`, `>`
/// and `>=`, and a share from 0 to 1 (0.05 for 5 of 100). The failure states the figure, the bound, the likeliest way that
/// breaks it and what is known in part only; a pattern that is not understood, names what the journey does not have or asks
/// what nobody knows fails too. [`Rules`](crate::Rules) hold a journey to many such patterns at once.
///
/// ```
/// use customer_journey::{Channel, Journey, Phase, Touchpoint, assert_journey};
///
/// let flow = Journey::builder("Shop")
///     .touchpoint(Touchpoint::new("payment", Phase::During, Channel::Web).starts(1.0).ends("done", 24.0))
///     .touchpoint(Touchpoint::new("call", Phase::After, Channel::Phone).feels(-0.5))
///     .transition("payment", "call", 1.0)
///     .build()?
///     .flow()?;
/// assert_journey!(flow, "payment => *{feels < 0}" < 0.05);
/// assert_journey!(flow, "payment -> end(done)" >= 0.9);
/// # Ok::<(), customer_journey::Error>(())
/// ```
#[macro_export]
macro_rules! assert_journey {
    (@hold $flow:expr, $pattern:expr, $bound:expr) => {
        if let ::std::result::Result::Err(message) = $crate::hold(&$flow, $pattern, $bound) {
            ::std::panic!("{message}");
        }
    };
    ($flow:expr, $pattern:literal < $bound:expr $(,)?) => {
        $crate::assert_journey!(@hold $flow, $pattern, $crate::rules::Bound::Below($bound))
    };
    ($flow:expr, $pattern:literal <= $bound:expr $(,)?) => {
        $crate::assert_journey!(@hold $flow, $pattern, $crate::rules::Bound::AtMost($bound))
    };
    ($flow:expr, $pattern:literal > $bound:expr $(,)?) => {
        $crate::assert_journey!(@hold $flow, $pattern, $crate::rules::Bound::Above($bound))
    };
    ($flow:expr, $pattern:literal >= $bound:expr $(,)?) => {
        $crate::assert_journey!(@hold $flow, $pattern, $crate::rules::Bound::AtLeast($bound))
    };
}

/// What [`assert_journey!`](crate::assert_journey) does, as a result.
///
/// # Errors
/// Its message.
pub fn hold(flow: &Flow, pattern: &str, bound: Bound) -> Result<(), String> {
    if let Some(fault) = bound.no_share() {
        return Err(fault);
    }
    let pattern: Pattern = pattern.parse().map_err(|error| format!("{error}"))?;
    let share = flow
        .share_matching(&pattern)
        .map_err(|error| format!("{error}"))?;
    if bound.holds(share) {
        return Ok(());
    }
    let way = if bound.is_upper() {
        flow.likeliest_match(&pattern)
    } else {
        flow.likeliest_without(&pattern)
    };
    let which = if bound.is_upper() {
        "that do"
    } else {
        "that do not"
    };
    let way = way.ok().flatten();
    let way = way.map(|way| format!("\n  the likeliest way of those {which}: {way}"));
    let known = flow.known_in_part(&pattern);
    let known = known.map(|known| format!("\n  {known}"));
    Err(format!(
        "{:?}: {} of 100 journeys match {pattern}; the share is {share} and must be {bound}{}{}",
        flow.journey().name(),
        per_cent(share),
        way.unwrap_or_default(),
        known.unwrap_or_default()
    ))
}
