//! Rules as data: `customer-journey-rules/1`.

use std::collections::BTreeMap;
use std::fmt;

use serde::ser::SerializeSeq;
use serde::{Deserialize, Serialize};

use super::form::{RuleForm, RulesForm};
use super::{Bound, BuiltInRule, Kind, Rule, RuleSeverity, Rules};
use crate::journey::{DidYouMean, JsonSlip, Value, nearest};
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

impl Rules {
    /// Reads a `customer-journey-rules/1` document from JSON.
    ///
    /// ```
    /// use customer_journey::Rules;
    ///
    /// let text = r#"{ "format": "customer-journey-rules/1", "rules": [
    ///     { "code": "map-too-long", "bound": "sixty" }, { "code": "no-owner", "off": "yes" } ] }"#;
    /// let error = Rules::from_json(text).unwrap_err();
    /// assert_eq!(error.problems, [
    ///     "rule number 1: `bound` is the text \"sixty\"; a number is expected",
    ///     "rule number 2: `off` is the text \"yes\"; true or false is expected",
    /// ]);
    /// ```
    ///
    /// # Errors
    /// Every problem of the document, or where the text is no JSON what is wrong there.
    pub fn from_json(text: &str) -> Result<Self, RulesError> {
        let document: Value = serde_json::from_str(text).map_err(|error| {
            let slip = JsonSlip::find(text, error.line(), error.column());
            RulesError {
                problems: vec![slip.map_or_else(
                    || format!("this is no JSON: {error}"),
                    |slip| slip.to_string(),
                )],
            }
        })?;
        read(document)
    }
}

impl<'de> Deserialize<'de> for Rules {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read(Value::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

/// The rules of a document, or every problem of it.
fn read(document: Value) -> Result<Rules, RulesError> {
    let mut problems = Vec::new();
    let rules = RulesForm::of(document, &mut problems).read(&mut problems);
    if problems.is_empty() {
        Ok(rules)
    } else {
        Err(RulesError { problems })
    }
}

impl RulesForm {
    fn read(self, problems: &mut Vec<String>) -> Rules {
        match self.format.as_deref() {
            Some(FORMAT) => {}
            Some(other) => problems.push(format!("`format` is {other:?}; it must be {FORMAT:?}")),
            None if self.lacks("format") => {
                problems.push(format!("`format` is missing; it must be {FORMAT:?}"));
            }
            None => {}
        }
        let mut rules = if self.built_in == Some(false) {
            Rules::none()
        } else {
            Rules::new()
        };
        let mut first = BTreeMap::new();
        for (position, form) in (1_usize..).zip(self.rules) {
            let place = format!("rule number {position}");
            if let Some(code) = form.code.clone() {
                let before = *first.entry(code.clone()).or_insert(position);
                if before < position {
                    problems.push(format!(
                        "{place}: the code {code:?} is that of rule number {before}; each rule has its own"
                    ));
                }
            }
            rules = form.add(rules, &place, problems);
        }
        rules
    }
}

impl RuleForm {
    fn add(self, rules: Rules, place: &str, problems: &mut Vec<String>) -> Rules {
        let before = problems.len();
        let mut wrong = |text: String| problems.push(format!("{place}: {text}"));
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
            if self.lacks(&["code"]) {
                wrong("`code` is missing".to_owned());
            }
            return rules;
        };
        let own =
            self.pattern.is_some() || self.figure.is_some() || !self.lacks(&["pattern", "figure"]);
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
                if let Some(fault) = self.bound.and_then(|bound| rule.no_bound(bound)) {
                    wrong(fault);
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
        let none = bound.is_none() && self.lacks(&["at_most", "at_least", "below", "above"]);
        if none || second.is_some() || self.bound.is_some() {
            wrong(
                "one of `at_most`, `at_least`, `below` and `above` says what it must keep to"
                    .to_owned(),
            );
        }
        if self.off.is_some() {
            wrong("`off` is for built-in rules; leave a rule of your own out".to_owned());
        }
        let bound = bound.unwrap_or(Bound::AtMost(0.0));
        let has_none = self.pattern.is_none() && self.figure.is_none();
        if has_none && !self.lacks(&["pattern", "figure"]) {
            return None;
        }
        let rule = match (self.pattern, self.figure) {
            (Some(_), Some(_)) => {
                wrong("it has a `pattern` and a `figure`; one of them is meant".to_owned());
                return None;
            }
            (Some(text), None) => {
                if self.of.is_some() {
                    wrong("`of` goes with a `figure`, not with a `pattern`".to_owned());
                }
                if let Some(fault) = bound.no_share() {
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
                if let Some(fault) = bound.no_share().filter(|_| figure.unit() == Unit::Share) {
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
