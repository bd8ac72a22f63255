//! A document of rules as it is written, with everything noted that is of another kind than is expected.

use crate::journey::{DidYouMean, Value, nearest};

/// A document of rules.
pub(super) struct RulesForm {
    pub(super) format: Option<String>,
    pub(super) built_in: Option<bool>,
    pub(super) rules: Vec<RuleForm>,
    wrong: Vec<&'static str>,
}

/// A rule.
pub(super) struct RuleForm {
    pub(super) code: Option<String>,
    pub(super) severity: Option<String>,
    pub(super) off: Option<bool>,
    pub(super) bound: Option<f64>,
    pub(super) pattern: Option<String>,
    pub(super) figure: Option<String>,
    pub(super) of: Option<String>,
    pub(super) at_most: Option<f64>,
    pub(super) at_least: Option<f64>,
    pub(super) below: Option<f64>,
    pub(super) above: Option<f64>,
    pub(super) reason: Option<String>,
    pub(super) advice: Option<String>,
    /// Keys whose values are of another kind than is expected, which has been told.
    wrong: Vec<&'static str>,
}

const DOCUMENT: [&str; 3] = ["format", "built_in", "rules"];
const RULE: [&str; 13] = [
    "code", "severity", "off", "bound", "pattern", "figure", "of", "at_most", "at_least", "below",
    "above", "reason", "advice",
];

/// The values of an object that are not taken yet.
struct Fields<'p> {
    /// What problems begin with.
    place: String,
    entries: Vec<(String, Value)>,
    problems: &'p mut Vec<String>,
    wrong: Vec<&'static str>,
}

impl RulesForm {
    /// Whether a key is not there at all.
    pub(super) fn lacks(&self, key: &str) -> bool {
        !self.wrong.contains(&key)
    }

    pub(super) fn of(document: Value, problems: &mut Vec<String>) -> Self {
        let Some(mut fields) = Fields::of(String::new(), document, problems) else {
            return Self {
                format: None,
                built_in: None,
                rules: Vec::new(),
                wrong: DOCUMENT.to_vec(),
            };
        };
        // For editors.
        fields.take("$schema");
        let mut form = Self {
            format: fields.text("format"),
            built_in: fields.flag("built_in"),
            rules: Vec::new(),
            wrong: fields.wrong.clone(),
        };
        let list = match fields.take("rules") {
            Some(Value::List(list)) => list,
            Some(other) => {
                fields.is_wrong("rules", &other, "a list of rules");
                Vec::new()
            }
            None => Vec::new(),
        };
        fields.others(&DOCUMENT);
        for (number, rule) in (1..).zip(list) {
            let fields = Fields::of(format!("rule number {number}"), rule, problems);
            form.rules.push(RuleForm::of(fields));
        }
        form
    }
}

impl RuleForm {
    /// Whether none of these keys is there.
    pub(super) fn lacks(&self, keys: &[&str]) -> bool {
        !self.wrong.iter().any(|wrong| keys.contains(wrong))
    }

    /// Of what is no object all is wrong.
    fn of(fields: Option<Fields<'_>>) -> Self {
        let mut nothing = Vec::new();
        let mut fields = fields.unwrap_or_else(|| Fields {
            place: String::new(),
            entries: Vec::new(),
            problems: &mut nothing,
            wrong: RULE.to_vec(),
        });
        let mut form = Self {
            code: fields.text("code"),
            severity: fields.text("severity"),
            off: fields.flag("off"),
            bound: fields.number("bound"),
            pattern: fields.text("pattern"),
            figure: fields.text("figure"),
            of: fields.text("of"),
            at_most: fields.number("at_most"),
            at_least: fields.number("at_least"),
            below: fields.number("below"),
            above: fields.number("above"),
            reason: fields.text("reason"),
            advice: fields.text("advice"),
            wrong: Vec::new(),
        };
        form.wrong.clone_from(&fields.wrong);
        fields.others(&RULE);
        form
    }
}

impl<'p> Fields<'p> {
    /// The fields of an object; a problem where it is none.
    fn of(place: String, value: Value, problems: &'p mut Vec<String>) -> Option<Self> {
        let begin = if place.is_empty() {
            "a document of rules".to_owned()
        } else {
            place.clone()
        };
        match value {
            Value::Object(entries) => Some(Self {
                place,
                entries,
                problems,
                wrong: Vec::new(),
            }),
            other => {
                problems.push(format!(
                    "{begin} is an object in braces, and this is {other}"
                ));
                None
            }
        }
    }

    fn note(&mut self, problem: &str) {
        let place = if self.place.is_empty() {
            String::new()
        } else {
            format!("{}: ", self.place)
        };
        self.problems.push(format!("{place}{problem}"));
    }

    fn is_wrong(&mut self, key: &'static str, found: &Value, expected: &str) {
        self.wrong.push(key);
        self.note(&format!("`{key}` is {found}; {expected} is expected"));
    }

    /// Takes a value; `null` is none.
    fn take(&mut self, key: &str) -> Option<Value> {
        let at = self.entries.iter().position(|(known, _)| known == key)?;
        let (_, value) = self.entries.remove(at);
        let more = self.entries.len();
        self.entries.retain(|(known, _)| known != key);
        if self.entries.len() < more {
            self.note(&format!("key {key:?} is there twice"));
        }
        (value != Value::Null).then_some(value)
    }

    fn text(&mut self, key: &'static str) -> Option<String> {
        match self.take(key)? {
            Value::Text(text) => return Some(text),
            other => self.is_wrong(key, &other, "a text"),
        }
        None
    }

    fn number(&mut self, key: &'static str) -> Option<f64> {
        match self.take(key)? {
            Value::Number(number) => return Some(number),
            other => self.is_wrong(key, &other, "a number"),
        }
        None
    }

    fn flag(&mut self, key: &'static str) -> Option<bool> {
        match self.take(key)? {
            Value::Bool(flag) => return Some(flag),
            other => self.is_wrong(key, &other, "true or false"),
        }
        None
    }

    /// What is left is not known.
    fn others(mut self, known: &[&str]) {
        for (key, _) in std::mem::take(&mut self.entries) {
            let near = DidYouMean(nearest(&key, known.iter().copied()));
            let all = known.join(", ");
            self.note(&format!(
                "key {key:?} is not known here{near} (known: {all})"
            ));
        }
    }
}
