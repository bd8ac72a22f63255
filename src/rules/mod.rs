//! Rules that a journey must keep: built in, as data, and as closures; and what breaks them.

mod bound;
mod built_in;
mod check;
#[cfg(feature = "serde")]
mod document;
mod feelings;
mod finding;
#[cfg(feature = "serde")]
mod form;
mod hold;
mod map;
mod promises;
#[cfg(feature = "serde")]
mod sarif;

use std::fmt;
use std::sync::Arc;

use crate::flow::Flow;
use crate::journey::words;
use crate::pattern::Pattern;
use crate::report::Figure;

pub use bound::Bound;
pub use built_in::BuiltInRule;
#[cfg(feature = "serde")]
pub use document::RulesError;
pub use finding::{Finding, Findings, FindingsMarkdown};
#[doc(hidden)]
pub use hold::hold;
#[cfg(feature = "serde")]
pub use sarif::Sarif;

words! {
    /// How grave it is that a rule is broken.
    pub enum RuleSeverity as "severity" {
        /// It must not be.
        Error = "error",
        /// It should not be.
        Warning = "warning",
        /// It is worth a look.
        Note = "note",
    }
}

/// What a journey must keep.
///
/// ```
/// use customer_journey::rules::{Bound, BuiltInRule, Rule, RuleSeverity};
/// use customer_journey::Rules;
///
/// let rules = Rules::new()
///     .bound(BuiltInRule::Unheard, 0.1)
///     .severity(BuiltInRule::NoOwner, RuleSeverity::Error)
///     .without(BuiltInRule::TooLong)
///     .with(
///         Rule::pattern("bad-after-payment", "payment => *{feels < 0}".parse()?, Bound::AtMost(0.05))
///             .severity(RuleSeverity::Error)
///             .reason("who has paid should have nothing to regret")
///             .advice("confirm the order at once"),
///     );
/// # let _ = rules;
/// # Ok::<(), customer_journey::Error>(())
/// ```
///
/// With serde, rules are a document `customer-journey-rules/1`; the schema of it is `RULES_SCHEMA`.
#[derive(Debug, Clone)]
#[must_use]
pub struct Rules {
    built_in: Vec<Setting>,
    own: Vec<Rule>,
}

/// A built-in rule as it is set.
#[derive(Debug, Clone, Copy)]
struct Setting {
    rule: BuiltInRule,
    severity: RuleSeverity,
    bound: f64,
}

impl Rules {
    /// The built-in rules with their default bounds.
    pub fn new() -> Self {
        let setting = |&rule: &BuiltInRule| Setting {
            rule,
            severity: rule.default_severity(),
            bound: rule.default_bound(),
        };
        Self {
            built_in: BuiltInRule::ALL.iter().map(setting).collect(),
            own: Vec::new(),
        }
    }

    /// No rule at all.
    pub fn none() -> Self {
        Self {
            built_in: Vec::new(),
            own: Vec::new(),
        }
    }

    /// Adds a rule; one of the same code is replaced.
    pub fn with(mut self, rule: Rule) -> Self {
        self.own.retain(|old| old.code != rule.code);
        self.own.push(rule);
        self
    }

    /// Leaves a built-in rule out.
    pub fn without(mut self, rule: BuiltInRule) -> Self {
        self.built_in.retain(|setting| setting.rule != rule);
        self
    }

    /// Sets the bound of a built-in rule, and takes the rule in where it was left out. A bound that is not a number
    /// changes nothing.
    pub fn bound(mut self, rule: BuiltInRule, bound: f64) -> Self {
        if !bound.is_nan() {
            self.setting(rule).bound = bound;
        }
        self
    }

    /// Sets how grave it is when a built-in rule is broken, and takes the rule in where it was left out.
    pub fn severity(mut self, rule: BuiltInRule, severity: RuleSeverity) -> Self {
        self.setting(rule).severity = severity;
        self
    }

    fn setting(&mut self, rule: BuiltInRule) -> &mut Setting {
        let at = match self
            .built_in
            .binary_search_by_key(&rule, |setting| setting.rule)
        {
            Ok(at) => at,
            Err(at) => {
                let setting = Setting {
                    rule,
                    severity: rule.default_severity(),
                    bound: rule.default_bound(),
                };
                self.built_in.insert(at, setting);
                at
            }
        };
        &mut self.built_in[at]
    }
}

impl Default for Rules {
    fn default() -> Self {
        Self::new()
    }
}

/// What a rule of one's own finds.
type Closure = Arc<dyn Fn(&Flow) -> Vec<Finding> + Send + Sync>;

/// A rule of one's own.
#[derive(Clone)]
#[must_use]
pub struct Rule {
    code: String,
    severity: RuleSeverity,
    kind: Kind,
    reason: String,
    advice: String,
}

#[derive(Clone)]
enum Kind {
    Pattern(Pattern, Bound),
    Figure {
        figure: Figure,
        /// The touchpoint, promise, phase, need or outcome; the whole journey if `None`.
        of: Option<String>,
        bound: Bound,
    },
    Closure(Closure),
}

impl Rule {
    /// The share of journeys that match a pattern is bounded. Severity: warning.
    pub fn pattern(code: impl Into<String>, pattern: Pattern, bound: Bound) -> Self {
        Self::of_kind(code.into(), Kind::Pattern(pattern, bound))
    }

    /// A figure of the report is bounded: of the whole journey, or of one of its touchpoints, promises, phases, needs or
    /// outcomes, by name or id. Severity: warning.
    pub fn figure(code: impl Into<String>, figure: Figure, of: Option<&str>, bound: Bound) -> Self {
        let kind = Kind::Figure {
            figure,
            of: of.map(str::to_owned),
            bound,
        };
        Self::of_kind(code.into(), kind)
    }

    /// Whatever a function finds in a flow: none of it if the rule is kept. Severity is that of the rule, and so are code, reason
    /// and advice of a finding that states none. Such a rule is no data: it is left out where rules are written.
    ///
    /// ```
    /// use customer_journey::rules::{Finding, Rule, RuleSeverity};
    /// use customer_journey::{Channel, Journey, Phase, Rules, Touchpoint};
    ///
    /// // Nobody waits twice in a row.
    /// let rule = Rule::closure("one-queue", |flow| {
    ///     let queues = flow.journey().touchpoints().filter(|touchpoint| touchpoint.id.starts_with("queue"));
    ///     let visits = queues.map(|queue| (queue, flow.visits(&queue.id).unwrap_or(0.0)));
    ///     let often = visits.filter(|(_, visits)| *visits > 1.0);
    ///     let found = often.map(|(queue, visits)| {
    ///         Finding::new(format!("{} is waited in more than once", queue.id)).at(&queue.id).figure(visits).bound(1.0)
    ///     });
    ///     found.collect()
    /// })
    /// .severity(RuleSeverity::Error)
    /// .reason("who waited once expects to be next")
    /// .advice("take a number that holds for all counters");
    ///
    /// let journey = Journey::builder("Office")
    ///     .touchpoint(Touchpoint::new("queue", Phase::During, Channel::Store).starts(1.0))
    ///     .touchpoint(Touchpoint::new("counter", Phase::During, Channel::Store).ends("done", 3.0))
    ///     .transition("queue", "counter", 1.0)
    ///     .transition("counter", "queue", 1.0)
    ///     .build()?;
    /// let found = journey.check(&Rules::none().with(rule));
    /// assert!(!found.passes());
    /// assert_eq!(found.findings[0].sentence, "queue is waited in more than once");
    /// assert_eq!(found.findings[0].pointers, ["/touchpoints/0"]);
    /// # Ok::<(), customer_journey::Error>(())
    /// ```
    pub fn closure(
        code: impl Into<String>,
        find: impl Fn(&Flow) -> Vec<Finding> + Send + Sync + 'static,
    ) -> Self {
        Self::of_kind(code.into(), Kind::Closure(Arc::new(find)))
    }

    fn of_kind(code: String, kind: Kind) -> Self {
        Self {
            code,
            severity: RuleSeverity::Warning,
            kind,
            reason: String::new(),
            advice: String::new(),
        }
    }

    /// Sets how grave it is when the rule is broken.
    pub fn severity(mut self, severity: RuleSeverity) -> Self {
        self.severity = severity;
        self
    }

    /// Sets one sentence that says why the rule is there.
    pub fn reason(mut self, reason: impl Into<String>) -> Self {
        self.reason = reason.into();
        self
    }

    /// Sets one sentence that says what to do where it is broken.
    pub fn advice(mut self, advice: impl Into<String>) -> Self {
        self.advice = advice.into();
        self
    }
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Rule");
        shown
            .field("code", &self.code)
            .field("severity", &self.severity);
        match &self.kind {
            Kind::Pattern(pattern, bound) => shown
                .field("pattern", &pattern.to_string())
                .field("bound", bound),
            Kind::Figure { figure, of, bound } => shown
                .field("figure", figure)
                .field("of", of)
                .field("bound", bound),
            Kind::Closure(_) => &mut shown,
        };
        shown.finish_non_exhaustive()
    }
}
