//! The abstract syntax of patterns.

use std::ops::Range;

use crate::journey::PromiseResult;

/// A name as it was written, and where. Two are equal whose texts are.
#[derive(Debug, Clone)]
pub(crate) struct Name {
    pub(crate) text: String,
    /// Bytes of the pattern's text, for messages that point.
    pub(crate) at: Range<usize>,
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

/// Bytes of the pattern's text, for messages that point: no difference between two patterns.
#[derive(Debug, Clone)]
pub(crate) struct At(pub(crate) Range<usize>);

impl PartialEq for At {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// Items with the arrows between them; there is one arrow less than items.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Chain {
    pub(crate) items: Vec<Item>,
    pub(crate) arrows: Vec<Arrow>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Item {
    /// Before the first moment; only as the first item.
    Start,
    Step(Step),
    /// How the journey ends, in any of these ways or whatever way; only as the last item.
    End(Option<Vec<Name>>),
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Arrow {
    /// `->`: the very next one.
    Next,
    /// `=>`: some later one.
    Later,
    /// `=[not M]=>`: some later one, and no M strictly between.
    Without(Step),
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Step {
    pub(crate) negated: bool,
    pub(crate) subject: Subject,
    pub(crate) tests: Vec<Test>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Subject {
    Any,
    Named(Name),
    OneOf(Vec<Step>),
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Test {
    /// `channel = web|app`, `owner != Service`.
    Word {
        key: Name,
        differs: bool,
        names: Vec<Name>,
    },
    /// `promise = broken`, `promise "on time" != kept`.
    Promise {
        name: Option<Name>,
        differs: bool,
        result: PromiseResult,
        at: At,
    },
    /// `feels < -0.25`.
    Feels {
        comparison: Comparison,
        valence: f64,
        at: At,
    },
    /// `feels = unknown`.
    FeelsUnknown,
    /// `wait <= 2h`.
    Wait { number: f64, unit: Unit, at: At },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comparison {
    Less,
    AtMost,
    Greater,
    AtLeast,
}

impl Comparison {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Greater => ">",
            Self::AtLeast => ">=",
        }
    }

    pub(crate) fn holds(self, value: f64, bound: f64) -> bool {
        match self {
            Self::Less => value < bound,
            Self::AtMost => value <= bound,
            Self::Greater => value > bound,
            Self::AtLeast => value >= bound,
        }
    }
}

/// A unit of time with its letter and its seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
}

impl Unit {
    pub(crate) const ALL: [Self; 5] = [
        Self::Second,
        Self::Minute,
        Self::Hour,
        Self::Day,
        Self::Week,
    ];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Second => "s",
            Self::Minute => "m",
            Self::Hour => "h",
            Self::Day => "d",
            Self::Week => "w",
        }
    }

    pub(crate) fn seconds(self) -> f64 {
        match self {
            Self::Second => 1.0,
            Self::Minute => 60.0,
            Self::Hour => 3_600.0,
            Self::Day => 86_400.0,
            Self::Week => 604_800.0,
        }
    }
}

impl Step {
    /// The keys of its tests of words.
    pub(crate) fn keys(&self) -> Vec<&str> {
        let tests = self.tests.iter().filter_map(|test| match test {
            Test::Word { key, .. } => Some(key.text.as_str()),
            _ => None,
        });
        let inner: Vec<&str> = match &self.subject {
            Subject::OneOf(steps) => steps.iter().flat_map(Self::keys).collect(),
            Subject::Any | Subject::Named(_) => Vec::new(),
        };
        tests.chain(inner).collect()
    }

    /// Whether it tests how long something took.
    pub(crate) fn is_timed(&self) -> bool {
        let timed = |test: &Test| matches!(test, Test::Wait { .. });
        self.tests.iter().any(timed)
            || matches!(&self.subject, Subject::OneOf(steps) if steps.iter().any(Self::is_timed))
    }
}

impl Chain {
    /// Whether it is tied to the beginning of the journey.
    pub(crate) fn is_tied(&self) -> bool {
        matches!(self.items.first(), Some(Item::Start))
    }

    /// The first step alone, tied to the start where it must be the very first moment; a chain without a step begins
    /// with every journey.
    pub(crate) fn first_step(&self) -> Option<Self> {
        let tied = usize::from(self.is_tied());
        let step = self.items.get(tied)?;
        let Item::Step(_) = step else { return None };
        let from = if matches!(self.arrows.first(), Some(Arrow::Next)) {
            0
        } else {
            tied
        };
        Some(Self {
            items: self.items[from..=tied].to_vec(),
            arrows: self.arrows[from..tied].to_vec(),
        })
    }

    /// The chain without its ending, and the outcomes that the ending names.
    pub(crate) fn before_ending(&self) -> Option<(Self, &[Name])> {
        let Some(Item::End(Some(names))) = self.items.last() else {
            return None;
        };
        let kept = self.items.len() - 1;
        let steps = self.items[..kept].iter();
        if !steps.clone().any(|item| matches!(item, Item::Step(_))) {
            return None;
        }
        let before = Self {
            items: self.items[..kept].to_vec(),
            arrows: self.arrows[..kept - 1].to_vec(),
        };
        Some((before, names))
    }
}
