//! The answer to a pattern in words.

use super::{CountedPattern, PatternFigures};
use crate::flow::OutcomeShare;
use crate::page::number::{JOURNEYS, capital, count, duration, feeling, share, that};
use crate::page::words::{ending, name};
use crate::page::{Block, Question, Section, told};

impl Question for PatternFigures {
    fn sections(&self) -> Vec<Section> {
        let mut section = Section::new("asked", name(&self.pattern.to_string()));
        // Where every journey comes to the first step, the comparison says nothing more.
        let given = self
            .given_start
            .filter(|given| *given > self.probability * (1.0 + 1e-9));
        let given = given.map(|given| {
            format!(
                "; of those that come to its first step, {} do",
                share(given)
            )
        });
        section.say(format!(
            "{}{}. A journey has {} matches on average.",
            capital(&that(self.probability, JOURNEYS, ("matches", "match"))),
            given.unwrap_or_default(),
            count(self.expected)
        ));
        if let Some(counted) = &self.counted {
            section.say(in_fact(counted));
        }
        if let Some(lift) = self.lift {
            section.say(format!(
                "Behind what comes before it, that ending is {} times as frequent as among all journeys.",
                count(lift)
            ));
        }
        if let Some(moments) = self.moments_until {
            let wait = self
                .wait_until_s
                .map(|wait| format!(" and {} of known waits", duration(wait)));
            section.say(format!(
                "The first match is complete after {} moments{} on average.",
                count(moments),
                wait.unwrap_or_default()
            ));
        }
        if let Some(mean) = self.feeling_after {
            section.say(format!("What follows feels {} on average.", feeling(mean)));
        }
        for (heading, shares) in [
            ("How those journeys end", &self.outcomes_given_match),
            ("How the others end", &self.outcomes_given_none),
        ] {
            if !shares.is_empty() {
                let items = shares.iter().map(line).collect();
                let list = Block::list(items, ("outcome", "outcomes"));
                section.put(Block::Under(heading.to_owned(), vec![list]));
            }
        }
        vec![section]
    }
}

told!(PatternFigures);

fn in_fact(counted: &CountedPattern) -> String {
    let error = counted
        .standard_error
        .map(|error| format!(", give or take {}", share(error)));
    format!(
        "Counted: {} of {} journeys{}.",
        counted.matching,
        counted.journeys,
        error.unwrap_or_default()
    )
}

fn line(known: &OutcomeShare) -> String {
    format!("{}: {}", ending(&known.outcome), share(known.probability))
}
