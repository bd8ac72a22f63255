//! The tests of a step: what stands in braces.

use super::{Noted, Parsed, Parser, Stand};
use crate::journey::PromiseResult;
use crate::pattern::error::PatternProblem;
use crate::pattern::lex::Token;
use crate::pattern::syntax::{At, Comparison, Name, Test, Unit};

impl Parser {
    pub(super) fn test(&mut self, stand: Stand) -> Parsed<Test> {
        let from = self.here().start;
        if self.is_word("feels") {
            self.next += 1;
            return self.feels(from);
        }
        if self.is_word("wait") {
            return self.wait(stand);
        }
        if self.take_word("promise") {
            let at = self.here();
            let name = match self.peek() {
                Some(Token::Quoted(text)) => {
                    let text = text.clone();
                    self.next += 1;
                    Some(Name { text, at })
                }
                Some(Token::Bare(word)) => {
                    let message = format!("the name of a promise is quoted: promise \"{word}\"");
                    return self.note(at, message);
                }
                _ => None,
            };
            let differs = self.equals("`promise` is compared with `=` or `!=`")?;
            let result = self.result()?;
            return Ok(Test::Promise {
                name,
                differs,
                result,
                at: self.read_from(from),
            });
        }
        let key = self.name(
            "a test is expected here: `channel = web`, `promise = broken`, `feels < 0`, `wait <= 2h` and the like",
        )?;
        let differs = self.equals("a word is compared with `=` or `!=`")?;
        let names = self.names("a name is expected here")?;
        Ok(Test::Word {
            key,
            differs,
            names,
        })
    }

    /// The place of what was read since a byte.
    fn read_from(&self, from: usize) -> At {
        let last = self.next.checked_sub(1).and_then(|at| self.tokens.get(at));
        At(from..last.map_or(from, |last| last.at.end))
    }

    /// Whether it is `!=` and not `=`.
    fn equals(&mut self, message: &str) -> Parsed<bool> {
        let differs = self.take_sign("!=");
        if !differs {
            self.expect_sign("=", message)?;
        }
        Ok(differs)
    }

    fn result(&mut self) -> Parsed<PromiseResult> {
        let at = self.here();
        let word = match self.peek() {
            Some(Token::Bare(word) | Token::Quoted(word)) => word.clone(),
            _ => String::new(),
        };
        if let Ok(result) = word.parse() {
            self.next += 1;
            return Ok(result);
        }
        let known = PromiseResult::ALL.iter().map(|known| known.as_str());
        let message = "the result of a promise is kept, broken or unknown".to_owned();
        self.problems
            .push(PatternProblem::new(at, message).near(&word, known));
        Err(Noted)
    }

    fn feels(&mut self, from: usize) -> Parsed<Test> {
        let at = self.here();
        let comparisons = [
            Comparison::AtMost,
            Comparison::AtLeast,
            Comparison::Less,
            Comparison::Greater,
        ];
        let comparison = comparisons
            .into_iter()
            .find(|comparison| self.take_sign(comparison.as_str()));
        let Some(comparison) = comparison else {
            if self.take_sign("=") && self.take_word("unknown") {
                return Ok(Test::FeelsUnknown);
            }
            let at = at.start..self.here().end;
            return self.note(
                at,
                "a feeling is compared with `<`, `<=`, `>` or `>=`, or is `feels = unknown`",
            );
        };
        let at = self.here();
        let number = match self.peek() {
            Some(Token::Bare(word)) => word.parse::<f64>().ok(),
            _ => None,
        };
        match number.filter(|valence| (-1.0..=1.0).contains(valence)) {
            Some(valence) => {
                self.next += 1;
                if let Some(end) = self.decimal_comma(at.end) {
                    return self.note(
                        at.start..end,
                        "numbers have a decimal point, as 0.5, and no comma",
                    );
                }
                Ok(Test::Feels {
                    comparison,
                    valence,
                    at: self.read_from(from),
                })
            }
            None => self.note(
                at,
                "a feeling is compared with a number from -1 to 1, or is `feels = unknown`",
            ),
        }
    }

    /// Where a number ends that goes on behind a comma.
    fn decimal_comma(&self, at: usize) -> Option<usize> {
        let comma = self.tokens.get(self.next)?;
        let digits = self.tokens.get(self.next + 1)?;
        let goes_on = comma.token == Token::Sign(",")
            && comma.at.start == at
            && digits.at.start == comma.at.end
            && matches!(&digits.token, Token::Bare(word) if word.chars().all(|letter| letter.is_ascii_digit()));
        goes_on.then_some(digits.at.end)
    }

    fn wait(&mut self, stand: Stand) -> Parsed<Test> {
        let from = self.here();
        self.next += 1;
        let expected = "a wait is `wait <= ` and a number with a unit: s, m, h, d or w";
        self.expect_sign("<=", expected)?;
        let at = self.here();
        let Some(Token::Bare(word)) = self.peek() else {
            return self.note(at, expected);
        };
        let digits = word
            .find(|letter: char| letter.is_alphabetic())
            .unwrap_or(word.len());
        let (number, mut unit) = (
            word[..digits].parse::<f64>().ok(),
            word[digits..].to_owned(),
        );
        self.next += 1;
        if unit.is_empty()
            && let Some(Token::Bare(word)) = self.peek()
        {
            unit.clone_from(word);
            self.next += 1;
        }
        let unit = Unit::ALL.into_iter().find(|known| known.as_str() == unit);
        let number = number.filter(|number| number.is_finite() && *number >= 0.0);
        let (Some(number), Some(unit)) = (number, unit) else {
            return self.note(at, expected);
        };
        match stand {
            Stand::Behind => Ok(Test::Wait {
                number,
                unit,
                at: self.read_from(from.start),
            }),
            Stand::First => self.note(
                from,
                "there is no step before this one that a wait could be counted from",
            ),
            Stand::Denied => self.note(from, "a wait cannot stand under `not`"),
        }
    }
}
