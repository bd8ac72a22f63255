//! Typed cells: the value that a program reads, and the words that people read.

use super::number;

/// What stands in a cell of a table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    /// Nothing, which says all.
    Empty,
    /// What does not apply here, so that there is nothing to know.
    NotApplicable,
    /// A figure, `None` where it is unknown.
    Figure(Unit, Option<f64>),
    /// From where to where a figure may lie, `None` where that is unknown.
    Interval(Unit, Option<(f64, f64)>),
    /// A figure with a bar for its share.
    Bar(Option<f64>),
    /// Yes or no, `None` where it is unknown, with the words for both.
    Flag(Option<bool>, &'static str, &'static str),
    /// A word of the library's own, which a program reads as it stands.
    Word(&'static str),
    /// A word for programs, and what people read in its place.
    Coded(String, String),
    /// Words of the library's own with names in them.
    Words(String),
    /// What somebody else wrote.
    Name(String),
    /// A touchpoint by its id.
    Place(String),
}

/// How a number is said to people. Programs read its digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    /// A share as "33 of 100", small ones as "3 in 1,000".
    Share,
    /// A share in a column headed "of 100".
    Of100,
    /// A share of something that cannot be counted: "51 %".
    Percent,
    /// A chance with a decimal: "32.5 %".
    Chance,
    /// A change of a chance, of 100: "-32.5".
    ChangeOf100,
    /// A number of times: "1.65".
    Times,
    /// A valence, with its colour where there are colours: "+0.82".
    Valence,
    /// A change of valence: "+0.82".
    Change,
    /// An amount without a sign: "0.27".
    Size,
    /// A sum of money.
    Money,
    /// A change of a sum of money: "+1.20".
    MoneyChange,
    /// Seconds: "8 h 24 min".
    Duration,
    /// A number of things: "12,345".
    Count,
}

impl Unit {
    pub(crate) fn say(self, value: f64) -> String {
        match self {
            Self::Share => number::share(value),
            Self::Of100 => number::of_100(value),
            Self::Percent => format!("{} %", number::of_100(value)),
            Self::Chance => format!("{:.1} %", 100.0 * value),
            Self::ChangeOf100 => number::change_of_100(value).replace(" of 100", ""),
            Self::Times => number::cell(value),
            Self::Valence | Self::Change => number::feeling(value),
            Self::Size => number::size(value),
            Self::Money => number::amount(value),
            Self::MoneyChange => number::amount_moved(value),
            Self::Duration => number::duration(value),
            Self::Count => number::count(value),
        }
    }
}

/// The figures of cells, each from a number that is known, or from one that may be.
macro_rules! figures {
    ($($name:ident = $unit:ident,)+) => {
        impl Cell {
            $(pub(crate) fn $name(value: impl Into<Option<f64>>) -> Self {
                // The sum of nothing and what is taken from nothing are -0: adding zero turns that into 0.
                Self::Figure(Unit::$unit, value.into().map(|value| value + 0.0))
            })+
        }
    };
}

figures! {
    share = Share,
    of_100 = Of100,
    percent = Percent,
    chance = Chance,
    change_of_100 = ChangeOf100,
    times = Times,
    valence = Valence,
    change = Change,
    size = Size,
    money = Money,
    money_change = MoneyChange,
    duration = Duration,
    count = Count,
}

impl Cell {
    pub(crate) fn name(text: impl Into<String>) -> Self {
        Self::Name(text.into())
    }

    pub(crate) fn place(id: impl Into<String>) -> Self {
        Self::Place(id.into())
    }

    pub(crate) fn words(words: impl Into<String>) -> Self {
        Self::Words(words.into())
    }

    /// A cell of what is there, and what does not apply where it is not.
    pub(crate) fn or_none<T>(what: Option<T>, cell: impl FnOnce(T) -> Self) -> Self {
        what.map_or(Self::NotApplicable, cell)
    }

    /// Whether it says only that nothing is known.
    pub(crate) fn is_unknown(&self) -> bool {
        match self {
            Self::Figure(_, None)
            | Self::Interval(_, None)
            | Self::Bar(None)
            | Self::Flag(None, ..) => true,
            Self::Words(words) => words == number::UNKNOWN,
            _ => false,
        }
    }

    /// The place in a list, counted from one.
    pub(crate) fn rank(place: usize) -> Self {
        Self::count(place as f64)
    }
}

impl Cell {
    /// What people read, with the writer's own words for what is unknown and for what does not apply, and its ways to show
    /// a sentence and a name.
    pub(crate) fn in_words(
        &self,
        unknown: &str,
        not_applicable: &str,
        sentence: impl Fn(&str) -> String,
        name: impl Fn(&str) -> String,
    ) -> String {
        match self {
            Self::Empty => String::new(),
            Self::NotApplicable => not_applicable.to_owned(),
            Self::Figure(_, None)
            | Self::Interval(_, None)
            | Self::Bar(None)
            | Self::Flag(None, ..) => unknown.to_owned(),
            Self::Figure(unit, Some(value)) => unit.say(*value),
            Self::Interval(unit, Some((from, to))) => {
                format!("{} to {}", unit.say(*from), unit.say(*to))
            }
            Self::Bar(Some(share)) => Unit::Percent.say(*share),
            Self::Flag(Some(flag), yes, no) => sentence(if *flag { yes } else { no }),
            Self::Word(word) => (*word).to_owned(),
            Self::Coded(_, shown) | Self::Words(shown) => sentence(shown),
            Self::Name(text) | Self::Place(text) => name(text),
        }
    }
}
