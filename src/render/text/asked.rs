//! The answer to a pattern in words.

use std::fmt;

use super::super::clean::clean;
use super::super::number::{count, duration, feeling, of_100};
use crate::analysis::PatternFigures;
use crate::flow::OutcomeShare;

impl fmt::Display for PatternFigures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n", clean(&self.pattern.to_string()))?;
        write!(f, "{} of 100 journeys match", of_100(self.probability))?;
        match self.given_start {
            Some(share) if self.first_step_says_more() => {
                write!(
                    f,
                    ", {} of 100 of those that come to its first step",
                    of_100(share)
                )?;
            }
            _ => {}
        }
        writeln!(f, "; {} matches per journey.", count(self.expected))?;
        if let Some(lift) = self.lift {
            writeln!(
                f,
                "That ending is {} times as frequent after what comes before it as among all journeys.",
                count(lift)
            )?;
        }
        if let Some(moments) = self.moments_until {
            write!(f, "The match is complete after {} moments", count(moments))?;
            if let Some(wait) = self.wait_until_s {
                write!(f, " and {} of known waits", duration(wait))?;
            }
            writeln!(f, " on average.")?;
        }
        if let Some(mean) = self.feeling_after {
            writeln!(f, "What follows feels {} on average.", feeling(mean))?;
        }
        endings(
            f,
            "Endings of those that match:",
            &self.outcomes_given_match,
        )?;
        endings(f, "Endings of the others:", &self.outcomes_given_none)
    }
}

impl PatternFigures {
    /// Whether the comparison with those who come to the first step is another one than that with all.
    fn first_step_says_more(&self) -> bool {
        let share = self.given_start.unwrap_or(self.probability);
        share > self.probability * (1.0 + 1e-9)
    }
}

fn endings(f: &mut fmt::Formatter<'_>, heading: &str, shares: &[OutcomeShare]) -> fmt::Result {
    if shares.is_empty() {
        return Ok(());
    }
    writeln!(f, "\n{heading}")?;
    for share in shares {
        let name = clean(share.outcome.as_str());
        writeln!(f, "- {name}: {} of 100", of_100(share.probability))?;
    }
    Ok(())
}
