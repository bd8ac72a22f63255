//! From tokens to a pattern, with every problem on the way.

mod conditions;

use std::ops::Range;

use super::error::{Findings, PatternError, PatternProblem};
use super::lex::{Placed, Token, tokens};
use super::print::RESERVED;
use super::syntax::{Arrow, Chain, Item, Name, Step, Subject};

/// A longer text is no question that a person asks.
const LONGEST: usize = 5_000;

/// What is said where something else looks like an arrow.
pub(super) const ARROWS: &str =
    "an arrow is `->` for the very next moment, `=>` for a later one, or `=[not ...]=>`";

/// Groups inside groups: reading them takes room on the stack.
const DEEPEST: usize = 40;

pub(super) fn parse(text: &str) -> Result<Vec<Chain>, PatternError> {
    let mut problems = Findings::default();
    if text.len() > LONGEST {
        return Err(too_long(text, text.len()));
    }
    let tokens = tokens(text, &mut problems);
    let mut parser = Parser {
        tokens,
        next: 0,
        end: text.len(),
        depth: 0,
        problems,
    };
    let chains = parser.pattern();
    parser.problems.check(text)?;
    Ok(chains)
}

/// Whatever is read can be printed and read back, so that blanks count which are printed and were not written.
pub(super) fn printable(text: &str, printed: &str) -> Result<(), PatternError> {
    if printed.len() > LONGEST {
        return Err(too_long(text, printed.len()));
    }
    Ok(())
}

fn too_long(text: &str, bytes: usize) -> PatternError {
    let mut problems = Findings::default();
    // Cut where a letter ends, so that the message does not repeat all of it.
    let cut = (0..=LONGEST.min(text.len()))
        .rev()
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(0);
    problems.push(PatternProblem::new(
        cut..cut,
        format!("a pattern has at most {LONGEST} bytes, this one has {bytes}"),
    ));
    problems.into_error(&text[..cut])
}

struct Parser {
    tokens: Vec<Placed>,
    next: usize,
    /// Length of the text.
    end: usize,
    depth: usize,
    problems: Findings,
}

/// What was wrong has been noted.
struct Noted;

type Parsed<T> = Result<T, Noted>;

/// Where a step stands.
#[derive(Clone, Copy, PartialEq)]
enum Stand {
    /// Behind another step: how long it took is known.
    Behind,
    /// First of a chain, or behind `start`.
    First,
    /// Below a `not`.
    Denied,
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next).map(|placed| &placed.token)
    }

    /// Where the next token is; behind the text where there is none.
    fn here(&self) -> Range<usize> {
        let placed = self.tokens.get(self.next);
        placed.map_or(self.end..self.end, |placed| placed.at.clone())
    }

    fn is_sign(&self, sign: &str) -> bool {
        matches!(self.peek(), Some(Token::Sign(here)) if *here == sign)
    }

    fn take_sign(&mut self, sign: &str) -> bool {
        let there = self.is_sign(sign);
        self.next += usize::from(there);
        there
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(self.peek(), Some(Token::Bare(here)) if here == word)
    }

    fn take_word(&mut self, word: &str) -> bool {
        let there = self.is_word(word);
        self.next += usize::from(there);
        there
    }

    fn note<T>(&mut self, at: Range<usize>, message: impl Into<String>) -> Parsed<T> {
        self.problems.push(PatternProblem::new(at, message.into()));
        Err(Noted)
    }

    fn expect_sign(&mut self, sign: &str, message: &str) -> Parsed<()> {
        if self.take_sign(sign) {
            return Ok(());
        }
        self.note(self.here(), message)
    }

    fn pattern(&mut self) -> Vec<Chain> {
        let mut chains = Vec::new();
        loop {
            chains.push(self.chain());
            if self.take_word("or") {
                continue;
            }
            if self.next == self.tokens.len() {
                return chains;
            }
            let _: Parsed<()> = self.note(self.here(), self.instead_of_an_arrow());
            self.depth = 0;
            while self.next < self.tokens.len() && !self.take_word("or") {
                self.next += 1;
            }
            if self.next == self.tokens.len() {
                return chains;
            }
        }
    }

    /// What is wrong where an arrow should be, by what stands there.
    fn instead_of_an_arrow(&self) -> &'static str {
        let is_dashes = |word: &str| word.chars().all(|letter| letter == '-');
        match self.peek() {
            Some(Token::Sign("|")) => {
                "alternatives stand in a group: `(a | b)`; whole patterns are joined with `or`"
            }
            Some(Token::Sign("=" | ">" | ">=")) => ARROWS,
            Some(Token::Bare(word)) if is_dashes(word) => ARROWS,
            Some(Token::Bare(word)) if word.eq_ignore_ascii_case("or") => {
                "`or` is written in small letters"
            }
            Some(Token::Bare(_) | Token::Quoted(_)) => {
                "an arrow (`->`, `=>`, `=[not ...]=>`), `or` or the end of the pattern is expected here; a name of several words stands in double quotes"
            }
            _ => {
                "an arrow (`->`, `=>`, `=[not ...]=>`), `or` or the end of the pattern is expected here"
            }
        }
    }

    fn chain(&mut self) -> Chain {
        let from = self.here().start;
        let mut chain = Chain::default();
        loop {
            let at = self.here();
            let item = self.item(&chain).unwrap_or_else(|Noted| {
                self.skip_to_arrow();
                Item::Step(Step::any())
            });
            if let Some(Item::End(_)) = chain.items.last() {
                let message = "nothing comes behind an ending";
                let _: Parsed<()> = self.note(at, message);
            }
            chain.items.push(item);
            match self.arrow() {
                Ok(Some(arrow)) => chain.arrows.push(arrow),
                Ok(None) => break,
                Err(Noted) => {
                    self.skip_to_arrow();
                    match self.arrow() {
                        Ok(Some(_)) => chain.arrows.push(Arrow::Later),
                        _ => break,
                    }
                }
            }
        }
        if chain.items == [Item::Start] {
            let to = self.here().start.max(from + 1).min(self.end);
            let message = "behind `start` comes an arrow and then a step or an ending; a place called start is quoted";
            let _: Parsed<()> = self.note(from..to, message);
        }
        chain
    }

    fn skip_to_arrow(&mut self) {
        self.depth = 0;
        let stops = |token: &Token| {
            matches!(
                token,
                Token::Next | Token::Later | Token::Opens | Token::Closes
            )
        };
        while let Some(token) = self.peek() {
            if stops(token) || self.is_word("or") {
                break;
            }
            self.next += 1;
        }
        if matches!(self.peek(), Some(Token::Closes)) {
            // What was wrong is inside an arrow; its end is one.
            self.tokens[self.next].token = Token::Later;
        }
    }

    fn arrow(&mut self) -> Parsed<Option<Arrow>> {
        match self.peek() {
            Some(Token::Next) => {
                self.next += 1;
                Ok(Some(Arrow::Next))
            }
            Some(Token::Later) => {
                self.next += 1;
                Ok(Some(Arrow::Later))
            }
            Some(Token::Opens) => {
                self.next += 1;
                if !self.take_word("not") {
                    return self.note(
                        self.here(),
                        "`=[` goes on with `not` and a step: `=[not step]=>`",
                    );
                }
                let step = self.step(Stand::Denied)?;
                if matches!(self.peek(), Some(Token::Closes)) {
                    self.next += 1;
                    return Ok(Some(Arrow::Without(step)));
                }
                self.note(self.here(), "`=[not step` is closed with `]=>`")
            }
            _ => Ok(None),
        }
    }

    fn item(&mut self, chain: &Chain) -> Parsed<Item> {
        let at = self.here();
        if self.take_word("start") {
            if chain.items.is_empty() {
                return Ok(Item::Start);
            }
            return self.note(at, "`start` comes first; a place called start is quoted");
        }
        if self.take_word("end") {
            if !self.take_sign("(") {
                return Ok(Item::End(None));
            }
            let names = self.names("an outcome is expected here")?;
            self.expect_sign(")", "`end(` is closed with `)`")?;
            return Ok(Item::End(Some(names)));
        }
        let behind = chain.items.iter().any(|item| matches!(item, Item::Step(_)));
        let stand = if behind { Stand::Behind } else { Stand::First };
        self.step(stand).map(Item::Step)
    }

    fn step(&mut self, stand: Stand) -> Parsed<Step> {
        let at = self.here();
        let negated = self.take_word("not");
        let stand = if negated { Stand::Denied } else { stand };
        let subject = if self.take_sign("*") {
            Subject::Any
        } else if self.take_sign("(") {
            self.depth += 1;
            if self.depth > DEEPEST {
                return self.note(at, format!("groups are nested more than {DEEPEST} deep"));
            }
            let mut steps = vec![self.step(stand)?];
            while self.take_sign("|") {
                steps.push(self.step(stand)?);
            }
            self.expect_sign(")", "a group goes on with `|` or is closed with `)`")?;
            self.depth -= 1;
            Subject::OneOf(steps)
        } else {
            let expected = if negated {
                "behind `not` comes a name, `*` or a group in `( )`"
            } else {
                "a step is expected here: a name, `*`, `not` or a group in `( )`"
            };
            Subject::Named(self.name(expected)?)
        };
        let mut tests = Vec::new();
        if self.take_sign("{") {
            loop {
                tests.push(self.test(stand)?);
                if !self.take_sign(",") {
                    break;
                }
            }
            self.expect_sign("}", "tests are separated by `,` and closed with `}`")?;
        }
        Ok(Step {
            negated,
            subject,
            tests,
        })
    }

    fn names(&mut self, expected: &str) -> Parsed<Vec<Name>> {
        let mut names = vec![self.name(expected)?];
        while self.take_sign("|") {
            names.push(self.name(expected)?);
        }
        Ok(names)
    }

    fn name(&mut self, expected: &str) -> Parsed<Name> {
        let at = self.here();
        match self.peek() {
            Some(Token::Bare(word)) if RESERVED.contains(&word.as_str()) => {
                let message = format!("{expected}; `{word}` is quoted when it is meant as a name");
                self.note(at, message)
            }
            Some(Token::Bare(text) | Token::Quoted(text)) => {
                let text = text.clone();
                self.next += 1;
                Ok(Name { text, at })
            }
            _ => self.note(at, expected),
        }
    }
}

impl Step {
    fn any() -> Self {
        Self {
            negated: false,
            subject: Subject::Any,
            tests: Vec::new(),
        }
    }
}
