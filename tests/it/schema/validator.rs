//! As much of JSON Schema 2020-12 as the schemas of this crate use. A keyword that is not known here fails the test,
//! so that none is passed over.

use serde_json::{Map, Value};

/// Where a value breaks a schema: JSON pointers, each with the keyword that it breaks.
pub(crate) fn breaks(schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let checker = Checker { root: schema };
    checker.check(schema, value, "", &mut found);
    found
}

struct Checker<'s> {
    root: &'s Value,
}

impl Checker<'_> {
    fn holds(&self, schema: &Value, value: &Value) -> bool {
        let mut found = Vec::new();
        self.check(schema, value, "", &mut found);
        found.is_empty()
    }

    fn check(&self, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
        let schema = schema.as_object().unwrap();
        for (keyword, rule) in schema {
            if !self.keyword(schema, keyword, rule, value, at, found) {
                found.push(format!("{at}: {keyword}"));
            }
        }
    }

    /// Whether a keyword holds; what is wrong inside the value is added to what was found.
    fn keyword(
        &self,
        schema: &Map<String, Value>,
        keyword: &str,
        rule: &Value,
        value: &Value,
        at: &str,
        found: &mut Vec<String>,
    ) -> bool {
        let object = value.as_object();
        let number = value.as_f64();
        match keyword {
            "$schema" | "$id" | "$defs" | "title" | "description" | "then" | "minContains"
            | "maxContains" => true,
            "$ref" => {
                let pointer = rule.as_str().unwrap().strip_prefix('#').unwrap();
                self.check(self.root.pointer(pointer).unwrap(), value, at, found);
                true
            }
            "type" => match rule {
                Value::Array(types) => types.iter().any(|kind| is(kind, value)),
                kind => is(kind, value),
            },
            "const" => value == rule,
            "enum" => rule.as_array().unwrap().contains(value),
            "minimum" => number.is_none_or(|number| number >= rule.as_f64().unwrap()),
            "maximum" => number.is_none_or(|number| number <= rule.as_f64().unwrap()),
            "pattern" => {
                let fits: fn(char) -> bool = match rule.as_str().unwrap() {
                    pattern if pattern.starts_with("^data:image/(png|jpeg);base64,") => {
                        return value.as_str().is_none_or(is_image);
                    }
                    "\\S" => |c| !c.is_whitespace(),
                    "[^a-z_]" => |c| !c.is_ascii_lowercase() && c != '_',
                    other => panic!("a pattern {other} that the test does not know"),
                };
                value.as_str().is_none_or(|text| text.contains(fits))
            }
            "maxLength" => {
                let most = usize::try_from(rule.as_u64().unwrap()).unwrap();
                value.as_str().is_none_or(|text| text.len() <= most)
            }
            "maxItems" => {
                let most = usize::try_from(rule.as_u64().unwrap()).unwrap();
                value.as_array().is_none_or(|items| items.len() <= most)
            }
            "minItems" => {
                let least = usize::try_from(rule.as_u64().unwrap()).unwrap();
                value.as_array().is_none_or(|items| items.len() >= least)
            }
            "items" => {
                for (number, item) in value.as_array().into_iter().flatten().enumerate() {
                    self.check(rule, item, &format!("{at}/{number}"), found);
                }
                true
            }
            "contains" => {
                let number = |keyword: &str| schema.get(keyword).and_then(Value::as_u64);
                let fits = |items: &Vec<Value>| {
                    items.iter().filter(|item| self.holds(rule, item)).count() as u64
                };
                value.as_array().map(fits).is_none_or(|count| {
                    count >= number("minContains").unwrap_or(1)
                        && number("maxContains").is_none_or(|most| count <= most)
                })
            }
            "not" => !self.holds(rule, value),
            "required" => object.is_none_or(|object| {
                let mut keys = rule.as_array().unwrap().iter();
                keys.all(|key| object.contains_key(key.as_str().unwrap()))
            }),
            "properties" => {
                for (key, rule) in rule.as_object().unwrap() {
                    if let Some(inner) = object.and_then(|object| object.get(key)) {
                        self.check(rule, inner, &format!("{at}/{key}"), found);
                    }
                }
                true
            }
            "additionalProperties" => {
                assert_eq!(rule, &Value::Bool(false));
                let known = schema["properties"].as_object().unwrap();
                object.is_none_or(|object| object.keys().all(|key| known.contains_key(key)))
            }
            "anyOf" => {
                let mut schemas = rule.as_array().unwrap().iter();
                schemas.any(|schema| self.holds(schema, value))
            }
            "oneOf" => {
                let schemas = rule.as_array().unwrap().iter();
                schemas.filter(|schema| self.holds(schema, value)).count() == 1
            }
            "if" => {
                if self.holds(rule, value) {
                    self.check(&schema["then"], value, at, found);
                }
                true
            }
            other => panic!("a keyword {other} that the test does not know"),
        }
    }
}

/// Whether a text is a data URI of a picture that may be shown, by its letters.
fn is_image(text: &str) -> bool {
    let kinds = ["data:image/png;base64,", "data:image/jpeg;base64,"];
    let body = kinds.iter().find_map(|kind| text.strip_prefix(kind));
    let is_digit = |c: char| c.is_ascii_alphanumeric() || "+/=".contains(c);
    body.is_some_and(|body| body.chars().all(is_digit))
}

fn is(kind: &Value, value: &Value) -> bool {
    match kind.as_str().unwrap() {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "number" => value.is_number(),
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("a type {other} that the test does not know"),
    }
}
