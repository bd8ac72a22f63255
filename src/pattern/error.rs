//! What is wrong with a pattern, and where.

use std::fmt;
use std::ops::Range;

use crate::journey::{DidYouMean, nearest};

/// A pattern that was not understood, or that names what a journey does not have: every problem of it.
///
/// `Display` points at the places.
///
/// ```
/// use customer_journey::Pattern;
///
/// let error = "pay => *{feels < bad}".parse::<Pattern>().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "a feeling is compared with a number from -1 to 1, or is `feels = unknown`\n  \
///      pay => *{feels < bad}\n                   ^^^",
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PatternError {
    /// The pattern as it was written.
    pub pattern: String,
    /// What is wrong, in the order of the text; at least one.
    pub problems: Vec<PatternProblem>,
}

/// One thing that is wrong with a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PatternProblem {
    /// Where, in bytes of the pattern's text.
    pub at: Range<usize>,
    /// What is wrong and what is allowed, without the suggestion.
    pub message: String,
    /// The word that was probably meant.
    pub nearest: Option<String>,
}

impl PatternProblem {
    pub(super) fn new(at: Range<usize>, message: String) -> Self {
        Self {
            at,
            message,
            nearest: None,
        }
    }

    /// Suggests the nearest of some words.
    pub(super) fn near<'a>(mut self, word: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        self.nearest = nearest(word, known).map(str::to_owned);
        self
    }
}

impl fmt::Display for PatternProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let nearest = DidYouMean(self.nearest.as_deref());
        write!(f, "{}{nearest}", self.message)
    }
}

/// So many problems are told; what follows from so many slips is noise.
const MOST: usize = 20;

/// Problems while they are found.
#[derive(Debug, Default)]
pub(super) struct Findings(Vec<PatternProblem>);

impl Findings {
    pub(super) fn push(&mut self, problem: PatternProblem) {
        if self.0.len() < MOST {
            self.0.push(problem);
        }
    }

    /// The error, if there is any problem.
    pub(super) fn check(self, pattern: &str) -> Result<(), PatternError> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(self.into_error(pattern))
        }
    }

    pub(super) fn into_error(mut self, pattern: &str) -> PatternError {
        self.0
            .sort_by_key(|problem| (problem.at.start, problem.at.end));
        PatternError {
            pattern: pattern.to_owned(),
            problems: self.0,
        }
    }
}

/// So many letters of the pattern are shown on either side of a place.
const AROUND: usize = 60;

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.problems.len() > 1 {
            writeln!(f, "{} problems:", self.problems.len())?;
        }
        for (number, problem) in self.problems.iter().enumerate() {
            if number > 0 {
                writeln!(f)?;
            }
            writeln!(f, "{problem}")?;
            self.point(f, &problem.at)?;
        }
        Ok(())
    }
}

impl PatternError {
    /// The text around a place, and marks below it.
    fn point(&self, f: &mut fmt::Formatter<'_>, at: &Range<usize>) -> fmt::Result {
        let (mut before, mut here, mut after) = (Vec::new(), 0, Vec::new());
        let mut marks = 0;
        for (place, letter) in self.pattern.char_indices() {
            let letter = if letter.is_control() { ' ' } else { letter };
            if place < at.start {
                before.push(letter);
            } else if place < at.end && marks < AROUND {
                marks += 1;
                here += 1;
                after.push(letter);
            } else if after.len() < here + AROUND {
                after.push(letter);
            }
        }
        let cut = before.len().saturating_sub(AROUND);
        let dots = if cut > 0 { "..." } else { "" };
        let shown: String = before[cut..].iter().chain(&after).collect();
        let blanks = " ".repeat(dots.len() + before.len() - cut);
        writeln!(f, "  {dots}{}", shown.trim_end())?;
        write!(f, "  {blanks}{}", "^".repeat(marks.max(1)))
    }
}

impl std::error::Error for PatternError {}
