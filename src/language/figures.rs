//! Figures with the few words that stand around them.

use super::Language;

/// Words and marks within figures, the longer ones first.
const IN_FIGURES: [&str; 14] = [
    "less than",
    "more than",
    "fewer than",
    "of 100",
    "visits per journey",
    "visit per journey",
    "no visit",
    "unknown",
    "days",
    "day",
    "min",
    "in 1,000",
    "in 10,000",
    "h",
];

impl Language {
    /// A figure that was put into English words, in this language: "29 of 100", "less than 1 %", "+0.35", "2 days 3 h".
    ///
    /// ```
    /// use customer_journey::language::Language;
    /// use customer_journey::report::Figure;
    ///
    /// let norsk = Language::norwegian();
    /// assert_eq!(norsk.figure(&Figure::Unhappy.unit().in_words(0.25)), "25 av 100");
    /// assert_eq!(norsk.figure(&Figure::Mean.unit().in_words(-0.2667)), "-0,27");
    /// ```
    #[must_use]
    pub fn figure(&self, text: &str) -> String {
        if self.tag == "en" {
            return text.to_owned();
        }
        let mut said = text.to_owned();
        for word in IN_FIGURES {
            said = whole_words(&said, word, self.word(word));
        }
        if self.decimal_comma {
            decimal_commas(&said)
        } else {
            said
        }
    }
}

/// A word of a text replaced where it is no part of another one.
fn whole_words(text: &str, word: &str, by: &str) -> String {
    let mut said = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(word) {
        let (before, from) = rest.split_at(at);
        let after = from.get(word.len()..).unwrap_or_default();
        let is_part =
            before.ends_with(char::is_alphabetic) || after.starts_with(char::is_alphabetic);
        said.push_str(before);
        said.push_str(if is_part { word } else { by });
        rest = after;
    }
    said + rest
}

/// Decimal points between digits as commas, and commas between thousands as blanks that do not break.
fn decimal_commas(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let digit = |at: Option<usize>| {
        let letter = at.and_then(|at| letters.get(at));
        letter.is_some_and(char::is_ascii_digit)
    };
    let said = letters.iter().enumerate().map(|(at, letter)| {
        let is_within = digit(at.checked_sub(1)) && digit(Some(at + 1));
        match letter {
            '.' if is_within => ',',
            ',' if is_within => '\u{a0}',
            letter => *letter,
        }
    });
    said.collect()
}
