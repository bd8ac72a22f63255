//! Changes in words.

use std::fmt;

use super::Change;
use crate::journey::facts::Given;
use crate::journey::feelings::{Emotion, ShadeFeeling};
use crate::journey::numbers::Number;
use crate::journey::promise::PromiseResult;
use crate::journey::words::Quoted;

/// The change as an instruction, such as `remove "menu" and pass its customers on`.
impl fmt::Display for Change {
    #[expect(clippy::too_many_lines, reason = "an arm for each kind of change")]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::KeepRate { at, given, rate } => {
                write!(f, "keep the promise at {} {}", Quoted(at), To(given))?;
                if rate.total_cmp(&1.0).is_eq() {
                    f.write_str("always")
                } else {
                    write!(f, "at a rate of {}", Number(*rate))
                }
            }
            Self::Feels {
                at,
                given,
                after,
                emotion,
            } => {
                write!(f, "change the feeling at {} ", Quoted(at))?;
                write!(f, "{}{}to {}", After(*after), To(given), Feels(emotion))
            }
            Self::Raise { at, to } => {
                write!(f, "raise the feelings at {} to {}", Quoted(at), Number(*to))
            }
            Self::Lift { at } => write!(f, "lift the bad feelings at {} to neutral", Quoted(at)),
            Self::Weight {
                from,
                to,
                when,
                given,
                weight,
            } => write!(
                f,
                "give the way {}{}{}weight {}",
                Way(from, to),
                After(*when),
                To(given),
                Number(*weight)
            ),
            Self::AddTransition {
                from,
                to,
                transition,
            } => write!(
                f,
                "add a way {}{}{}of weight {}",
                Way(from, to),
                After(transition.when),
                To(&transition.given),
                Number(transition.weight)
            ),
            Self::RemoveTransition {
                from,
                to,
                when: None,
            } => write!(f, "remove the way from {} to {}", Quoted(from), Quoted(to)),
            Self::RemoveTransition {
                from,
                to,
                when: Some(when),
            } => write!(
                f,
                "remove the way {}when the promise is {when}",
                Way(from, to)
            ),
            Self::Ends {
                at,
                outcome,
                when,
                given,
                weight,
            } => write!(
                f,
                "give the ending {} at {} {}{}weight {}",
                Quoted(outcome.as_str()),
                Quoted(at),
                After(*when),
                To(given),
                Number(*weight)
            ),
            Self::Remove { touchpoint } => {
                write!(f, "remove {} and pass its customers on", Quoted(touchpoint))
            }
            Self::Can { at, ability } => {
                write!(f, "make {:?} possible at {}", ability.as_str(), Quoted(at))
            }
            Self::Cannot { at, ability } => {
                write!(
                    f,
                    "make {:?} impossible at {}",
                    ability.as_str(),
                    Quoted(at)
                )
            }
            Self::Makes { at, promise } => {
                write!(f, "promise {} at {}", Quoted(promise), Quoted(at))
            }
            Self::Remember { fact } => {
                write!(
                    f,
                    "let customers remember {}: {}",
                    Quoted(&fact.name),
                    fact.kind
                )
            }
            Self::Forget { fact } => write!(f, "let customers forget {}", Quoted(fact)),
            Self::Starts { at, weight } => {
                write!(
                    f,
                    "begin journeys at {} with weight {}",
                    Quoted(at),
                    Number(*weight)
                )
            }
        }
    }
}

/// "from "a" to "b" ".
struct Way<'a>(&'a str, &'a str);

impl fmt::Display for Way<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "from {} to {} ", Quoted(self.0), Quoted(self.1))
    }
}

/// "when the promise is broken ", or nothing.
struct After(Option<PromiseResult>);

impl fmt::Display for After {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(result) => write!(f, "when the promise is {result} "),
            None => Ok(()),
        }
    }
}

/// "where delivery is broken ", or nothing.
struct To<'a>(&'a Given);

impl fmt::Display for To<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            Ok(())
        } else {
            write!(f, "where {} ", self.0)
        }
    }
}

/// An emotion in a few words.
struct Feels<'a>(&'a Emotion);

impl fmt::Display for Feels<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unknown = self.0.unknown_weight() > 0.0;
        let shade = match self.0.shades() {
            [shade] => shade,
            [] if unknown => return f.write_str("unknown"),
            shades => {
                write!(f, "a mix of {}", shades.len())?;
                return f.write_str(if unknown { ", partly unknown" } else { "" });
            }
        };
        match &shade.felt {
            ShadeFeeling::Feeling(feeling) => write!(f, "{feeling}")?,
            ShadeFeeling::Valence(valence) => write!(f, "{}", Number(*valence))?,
            ShadeFeeling::Rating(rating, _) => write!(f, "a rating of {}", Number(*rating))?,
            ShadeFeeling::Named(name) => write!(f, "{}", Quoted(name))?,
        }
        if shade.intensity.total_cmp(&1.0).is_ne() {
            write!(f, " at intensity {}", Number(shade.intensity))?;
        }
        f.write_str(if unknown { ", partly unknown" } else { "" })
    }
}
