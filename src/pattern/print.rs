//! Patterns as text that reads back as the same pattern.

use std::fmt;

use super::Pattern;
use super::lex::is_bare;
use super::syntax::{Arrow, Chain, Comparison, Item, Name, Step, Subject, Test, Unit};

/// The words that mean something by themselves where a name could stand.
pub(super) const RESERVED: [&str; 4] = ["start", "end", "not", "or"];

/// The tests that are not of words.
const OTHER_TESTS: [&str; 3] = ["promise", "feels", "wait"];

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        joined(f, &self.chains, " or ")
    }
}

fn joined<T: fmt::Display>(f: &mut fmt::Formatter<'_>, parts: &[T], between: &str) -> fmt::Result {
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            f.write_str(between)?;
        }
        part.fmt(f)?;
    }
    Ok(())
}

impl fmt::Display for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, item) in self.items.iter().enumerate() {
            match at.checked_sub(1).and_then(|before| self.arrows.get(before)) {
                None => {}
                Some(Arrow::Next) => f.write_str(" -> ")?,
                Some(Arrow::Later) => f.write_str(" => ")?,
                Some(Arrow::Without(step)) => write!(f, " =[not {step}]=> ")?,
            }
            item.fmt(f)?;
        }
        Ok(())
    }
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Start => f.write_str("start"),
            Self::Step(step) => step.fmt(f),
            Self::End(None) => f.write_str("end"),
            Self::End(Some(names)) => {
                f.write_str("end(")?;
                joined(f, names, "|")?;
                f.write_str(")")
            }
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.negated {
            f.write_str("not ")?;
        }
        match &self.subject {
            Subject::Any => f.write_str("*")?,
            Subject::Named(name) => name.fmt(f)?,
            Subject::OneOf(steps) => {
                f.write_str("(")?;
                joined(f, steps, " | ")?;
                f.write_str(")")?;
            }
        }
        if !self.tests.is_empty() {
            f.write_str("{")?;
            joined(f, &self.tests, ", ")?;
            f.write_str("}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Test {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = |differs: &bool| if *differs { "!=" } else { "=" };
        match self {
            Self::Word {
                key,
                differs,
                names,
            } => {
                // A fact may be called as a test is.
                if OTHER_TESTS.contains(&key.text.as_str()) {
                    quote(f, &key.text)?;
                } else {
                    key.fmt(f)?;
                }
                write!(f, " {} ", sign(differs))?;
                joined(f, names, "|")
            }
            Self::Promise {
                name,
                differs,
                result,
                ..
            } => {
                f.write_str("promise ")?;
                if let Some(name) = name {
                    quote(f, &name.text)?;
                    f.write_str(" ")?;
                }
                write!(f, "{} {result}", sign(differs))
            }
            Self::Feels {
                comparison,
                valence,
                ..
            } => write!(f, "feels {comparison} {valence}"),
            Self::FeelsUnknown => f.write_str("feels = unknown"),
            Self::Wait { number, unit, .. } => write!(f, "wait <= {number}{unit}"),
        }
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = &self.text;
        if is_bare(text) && !RESERVED.contains(&text.as_str()) {
            f.write_str(text)
        } else {
            quote(f, text)
        }
    }
}

fn quote(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_str("\"")?;
    for letter in text.chars() {
        if matches!(letter, '"' | '\\') {
            f.write_str("\\")?;
        }
        write!(f, "{letter}")?;
    }
    f.write_str("\"")
}
