//! Rules as data: `customer-journey-rules/1`.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::IgnoredAny;
use serde::ser::SerializeSeq;
use serde::{Deserialize, Serialize};

use super::{Bound, BuiltInRule, Kind, Rule, RuleSeverity, Rules};
use crate::journey::{DidYouMean, nearest};
use crate::pattern::Pattern;
use crate::report::{Figure, Unit};

const FORMAT: &str = "customer-journey-rules/1";

/// Rules that are none: every problem of their document.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RulesError {
    /// What is wrong, with its place; at least one.
    pub problems: Vec<String>,
}

impl fmt::Display for RulesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let [only] = self.problems.as_slice() {
            return f.write_str(only);
        }
        write!(f, "{} problems:", self.problems.len())?;
        for (number, problem) in self.problems.iter().enumerate() {
            write!(f, "\n  {}. {problem}", number + 1)?;
        }
        Ok(())
    }
}

impl std::error::Error for RulesError {}

/// As it is written. Keys that are not known are kept, so that they can be told.
#[derive(Deserialize)]
#[expect(
    clippy::zero_sized_map_values,
    reason = "the keys are told, and the values mean nothing"
)]
struct RulesForm {
    format: Option<String>,
    #[serde(rename = "$schema")]
    _schema: Option<IgnoredAny>,
    built_in: Option<bool>,
    rules: Option<Vec<RuleForm>>,
    #[serde(flatten)]
    other: BTreeMap<String, IgnoredAny>,
}

#[derive(Deserialize)]
#[expect(
    clippy::zero_sized_map_values,
    reason = "the keys are told, and the values mean nothing"
)]
struct RuleForm {
    code: Option<String>,
    severity: Option<String>,
    off: Option<bool>,
    bound: Option<f64>,
    pattern: Option<String>,
    figure: Option<String>,
    of: Option<String>,
    at_most: Option<f64>,
    at_least: Option<f64>,
    below: Option<f64>,
    above: Option<f64>,
    reason: Option<String>,
    advice: Option<String>,
    #[serde(flatten)]
    other: BTreeMap<String, IgnoredAny>,
}

const KEYS: [&str; 13] = [
    "code", "severity", "off", "bound", "pattern", "figure", "of", "at_most", "at_least", "below",
    "above", "reason", "advice",
];

impl<'de> Deserialize<'de> for Rules {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let form = RulesForm::deserialize(deserializer)?;
        form.read().map_err(serde::de::Error::custom)
    }
}

impl RulesForm {
    fn read(self) -> Result<Rules, RulesError> {
        let mut problems = Vec::new();
        match self.format.as_deref() {
            Some(FORMAT) => {}
            Some(other) => problems.push(format!("`format` is {other:?}; it must be {FORMAT:?}")),
            None => problems.push(format!("`format` is missing; it must be {FORMAT:?}")),
        }
        for key in self.other.keys() {
            let near = DidYouMean(nearest(key, ["format", "built_in", "rules"]));
            problems.push(format!(
                "key {key:?} is not known here{near} (known: format, built_in, rules)"
            ));
        }
        let mut rules = if self.built_in == Some(false) {
            Rules::none()
        } else {
            Rules::new()
        };
        let mut first = BTreeMap::new();
        for (position, form) in (1_usize..).zip(self.rules.unwrap_or_default()) {
            let place = format!("rule number {position}");
            if let Some(code) = form.code.clone() {
                let before = *first.entry(code.clone()).or_insert(position);
                if before < position {
                    problems.push(format!(
                        "{place}: the code {code:?} is that of rule number {before}; each rule has its own"
                    ));
                }
            }
            rules = form.add(rules, &place, &mut problems);
        }
        if problems.is_empty() {
            Ok(rules)
        } else {
            Err(RulesError { problems })
        }
    }
}

impl RuleForm {
    fn add(self, rules: Rules, place: &str, problems: &mut Vec<String>) -> Rules {
        let before = problems.len();
        let mut wrong = |text: String| problems.push(format!("{place}: {text}"));
        for key in self.other.keys() {
            let near = DidYouMean(nearest(key, KEYS));
            wrong(format!(
                "key {key:?} is not known{near} (known: {})",
                KEYS.join(", ")
            ));
        }
        let severity = self
            .severity
            .as_ref()
            .and_then(|word| match word.parse::<RuleSeverity>() {
                Ok(severity) => Some(severity),
                Err(error) => {
                    wrong(format!("`severity`: {error}"));
                    None
                }
            });
        let Some(code) = self.code.clone().filter(|code| !code.trim().is_empty()) else {
            wrong("`code` is missing".to_owned());
            return rules;
        };
        let own = self.pattern.is_some() || self.figure.is_some();
        match code.parse::<BuiltInRule>() {
            Ok(_) if own => {
                wrong(format!(
                    "{code:?} is the code of a built-in rule; choose another one"
                ));
                rules
            }
            Ok(rule) => {
                if [self.at_most, self.at_least, self.below, self.above]
                    .iter()
                    .any(Option::is_some)
                {
                    wrong("the bound of a built-in rule is set with `bound`".to_owned());
                }
                if problems.len() > before {
                    return rules;
                }
                if self.off == Some(true) {
                    return rules.without(rule);
                }
                let rules =
                    rules.severity(rule, severity.unwrap_or_else(|| rule.default_severity()));
                match self.bound {
                    Some(bound) => rules.bound(rule, bound),
                    None => rules,
                }
            }
            Err(error) if !own => {
                wrong(format!(
                    "{error}; a rule of your own has a `pattern` or a `figure`"
                ));
                rules
            }
            Err(_) => match self.own(code, &mut wrong) {
                Some(rule) if problems.len() == before => {
                    rules.with(rule.severity(severity.unwrap_or(RuleSeverity::Warning)))
                }
                _ => rules,
            },
        }
    }

    fn own(self, code: String, wrong: &mut impl FnMut(String)) -> Option<Rule> {
        let bounds = [
            self.at_most.map(Bound::AtMost),
            self.at_least.map(Bound::AtLeast),
            self.below.map(Bound::Below),
            self.above.map(Bound::Above),
        ];
        let mut bounds = bounds.into_iter().flatten();
        let (bound, second) = (bounds.next(), bounds.next());
        if bound.is_none() || second.is_some() || self.bound.is_some() {
            wrong(
                "one of `at_most`, `at_least`, `below` and `above` says what it must keep to"
                    .to_owned(),
            );
        }
        if self.off.is_some() {
            wrong("`off` is for built-in rules; leave a rule of your own out".to_owned());
        }
        let bound = bound.unwrap_or(Bound::AtMost(0.0));
        let rule = match (self.pattern, self.figure) {
            (Some(_), Some(_)) => {
                wrong("it has a `pattern` and a `figure`; one of them is meant".to_owned());
                return None;
            }
            (Some(text), None) => {
                if self.of.is_some() {
                    wrong("`of` goes with a `figure`, not with a `pattern`".to_owned());
                }
                if let Some(fault) = no_share(bound.value()) {
                    wrong(fault);
                }
                match text.parse::<Pattern>() {
                    Ok(pattern) => Rule::pattern(code, pattern, bound),
                    Err(error) => {
                        wrong(format!("`pattern`: {error}"));
                        return None;
                    }
                }
            }
            (None, figure) => {
                let word = figure.unwrap_or_default();
                let words = || Figure::ALL.iter().map(|figure| figure.as_str());
                let found = Figure::ALL.iter().find(|figure| figure.as_str() == word);
                let Some(&figure) = found else {
                    let known: Vec<&str> = words().collect();
                    let near = DidYouMean(nearest(&word, words()));
                    wrong(format!(
                        "`figure` is {word:?}, which is none{near} (known: {})",
                        known.join(", ")
                    ));
                    return None;
                };
                if let Some(fault) =
                    no_share(bound.value()).filter(|_| figure.unit() == Unit::Share)
                {
                    wrong(fault);
                }
                Rule::figure(code, figure, self.of.as_deref(), bound)
            }
        };
        Some(
            rule.reason(self.reason.unwrap_or_default())
                .advice(self.advice.unwrap_or_default()),
        )
    }
}

/// Why a bound cannot be that of a share.
fn no_share(bound: f64) -> Option<String> {
    let meant = if (1.0..=100.0).contains(&bound) {
        format!("; for {bound} of 100 write {}", bound / 100.0)
    } else {
        String::new()
    };
    let is_share = (0.0..=1.0).contains(&bound);
    (!is_share).then(|| format!("the bound is {bound}, and a share is between 0 and 1{meant}"))
}

/// All rules but closures, which are no data.
impl Serialize for Rules {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut fields = serializer.serialize_struct("Rules", 3)?;
        fields.serialize_field("format", FORMAT)?;
        fields.serialize_field("built_in", &false)?;
        fields.serialize_field("rules", &All(self))?;
        fields.end()
    }
}

struct All<'a>(&'a Rules);

#[derive(Serialize)]
struct BuiltInText {
    code: &'static str,
    severity: RuleSeverity,
    bound: f64,
}

#[derive(Serialize)]
struct OwnText<'a> {
    code: &'a str,
    severity: RuleSeverity,
    #[serde(skip_serializing_if = "Option::is_none")]
    pattern: Option<&'a Pattern>,
    #[serde(skip_serializing_if = "Option::is_none")]
    figure: Option<Figure>,
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<&'a str>,
    #[serde(flatten)]
    bound: BTreeMap<&'static str, f64>,
    reason: &'a str,
    advice: &'a str,
}

impl Serialize for All<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        for setting in &self.0.built_in {
            list.serialize_element(&BuiltInText {
                code: setting.rule.as_str(),
                severity: setting.severity,
                bound: setting.bound,
            })?;
        }
        for rule in &self.0.own {
            let (pattern, figure, of, bound) = match &rule.kind {
                Kind::Pattern(pattern, bound) => (Some(pattern), None, None, bound),
                Kind::Figure { figure, of, bound } => (None, Some(*figure), of.as_deref(), bound),
                Kind::Closure(_) => continue,
            };
            let word = match bound {
                Bound::AtMost(_) => "at_most",
                Bound::AtLeast(_) => "at_least",
                Bound::Below(_) => "below",
                Bound::Above(_) => "above",
            };
            list.serialize_element(&OwnText {
                code: &rule.code,
                severity: rule.severity,
                pattern,
                figure,
                of,
                bound: BTreeMap::from([(word, bound.value())]),
                reason: &rule.reason,
                advice: &rule.advice,
            })?;
        }
        list.end()
    }
}
