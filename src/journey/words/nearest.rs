//! The nearest known word to one that is not known, and how a message asks about it.

use std::collections::BTreeMap;
use std::fmt;

/// Words longer than this many letters are compared with nothing.
const LONGEST: usize = 64;

/// How many characters of somebody's text a message repeats.
const QUOTED: usize = 60;

/// The letters of a word, without case, white space, `_` and `-`.
///
/// At most one letter more than [`LONGEST`] is kept: enough to tell that a word is too long.
pub(crate) fn fold(word: &str) -> Vec<char> {
    word.chars()
        .filter(|letter| !letter.is_whitespace() && !matches!(letter, '_' | '-'))
        .flat_map(char::to_lowercase)
        .take(LONGEST + 1)
        .collect()
}

/// The candidate that `word` was probably meant to be, if one is reasonably near.
///
/// Case and separators do not count. Near is a small edit distance for the length of the word, or
/// another form of the same word ("happy" for "happiness"): see [`Misfit::between`]. The best fit
/// wins, and the first of equals.
///
/// The time is that of one short comparison per candidate of similar length, however long the
/// word. Whoever looks up many unknown words among many candidates still pays the product, and had
/// better suggest only for the first few.
pub(crate) fn nearest<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let word = fold(word);
    if word.is_empty() || word.len() > LONGEST {
        return None;
    }
    candidates
        .into_iter()
        .filter_map(|candidate| Some((Misfit::between(&word, &fold(candidate))?, candidate)))
        .min_by_key(|(misfit, _)| *misfit)
        .map(|(_, candidate)| candidate)
}

/// How many pairs of letters are compared at most to suggest the ids that were meant, so that a large map whose every
/// transition is broken is still refused at once. Enough for 100 names in a map of 10,000 touchpoints with ids of ten
/// letters.
const SUGGESTION_BUDGET: usize = 100_000_000;

/// Ids of more bytes than this are never suggested; to compare with them takes long.
const LONGEST_SUGGESTION: usize = 256;

/// The ids that were probably meant by ids that nobody has, within a budget.
pub(in crate::journey) struct Suggestions<'a> {
    known: Vec<&'a str>,
    /// Letters of all known ids.
    letters: usize,
    budget: usize,
    made: BTreeMap<String, Option<&'a str>>,
}

impl<'a> Suggestions<'a> {
    pub(in crate::journey) fn from(ids: impl Iterator<Item = &'a str>) -> Self {
        let known: Vec<&str> = ids.filter(|id| id.len() <= LONGEST_SUGGESTION).collect();
        Self {
            letters: known.iter().map(|id| id.len()).sum(),
            known,
            budget: SUGGESTION_BUDGET,
            made: BTreeMap::new(),
        }
    }

    /// The known id that is nearest to this one, if one is near and the budget is not spent.
    pub(in crate::journey) fn nearest_to(&mut self, id: &str) -> Option<&'a str> {
        if let Some(made) = self.made.get(id) {
            return *made;
        }
        let work = self
            .letters
            .saturating_mul(id.len().min(LONGEST_SUGGESTION));
        let left = self.budget.checked_sub(work);
        let suggestion = left.and_then(|left| {
            self.budget = left;
            nearest(id, self.known.iter().copied())
        });
        self.made.insert(id.to_owned(), suggestion);
        suggestion
    }

    /// Of the ids that were looked up, how many are near to none.
    pub(in crate::journey) fn unlike_any(&self) -> usize {
        self.made.values().filter(|near| near.is_none()).count()
    }
}

/// How badly a candidate fits, smaller is better.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Misfit {
    /// The lesser of the edit distance and the ending that the candidate does not share.
    letters: usize,
    /// The edit distance, so that of two forms the nearer one wins.
    distance: usize,
}

impl Misfit {
    /// `None` where the two are too far apart to be confused.
    fn between(word: &[char], candidate: &[char]) -> Option<Self> {
        if candidate.len() > LONGEST {
            return None;
        }
        let ending = ending_of_another_form(word, candidate);
        let tolerated = tolerated(word.len().min(candidate.len()));
        if ending.is_none() && word.len().abs_diff(candidate.len()) > tolerated {
            return None;
        }
        let distance = distance(word, candidate);
        let slip = (distance <= tolerated).then_some(distance);
        let letters = [slip, ending].into_iter().flatten().min()?;
        Some(Self { letters, distance })
    }
}

/// How many slips there may be between two words of which the shorter has this length: with more, "hate" would turn into
/// "hope".
fn tolerated(length: usize) -> usize {
    match length {
        0 | 1 => 0,
        2..=4 => 1,
        _ => (length / 3).max(2),
    }
}

/// How many last letters of `word` are not in `candidate`, if the two look like forms of one word.
///
/// They do if they begin with the same three letters or more, which are most of the word or all of
/// the candidate, and if no more than three letters of the word are left over. How the candidate
/// goes on does not matter.
fn ending_of_another_form(word: &[char], candidate: &[char]) -> Option<usize> {
    let shared = word
        .iter()
        .zip(candidate)
        .take_while(|(a, b)| a == b)
        .count();
    let ending = word.len() - shared;
    let stem = shared * 2 > word.len() || shared == candidate.len();
    (shared >= 3 && stem && ending <= 3).then_some(ending)
}

/// Insertions, deletions, replacements and swaps of neighbours between two words (optimal string
/// alignment).
fn distance(from: &[char], to: &[char]) -> usize {
    let mut before = vec![0; to.len() + 1];
    let mut above: Vec<usize> = (0..=to.len()).collect();
    let mut row = vec![0; to.len() + 1];
    for (i, &a) in from.iter().enumerate() {
        row[0] = i + 1;
        for (j, &b) in to.iter().enumerate() {
            let replaced = above[j] + usize::from(a != b);
            let mut fewest = replaced.min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && a == to[j - 1] && from[i - 1] == b {
                fewest = fewest.min(before[j - 1] + 1);
            }
            row[j + 1] = fewest;
        }
        std::mem::swap(&mut before, &mut above);
        std::mem::swap(&mut above, &mut row);
    }
    above[to.len()]
}

/// Somebody's text inside a message: in quotes, control characters made visible, cut if it is long.
pub(crate) struct Quoted<'a>(pub(crate) &'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0;
        match text
            .char_indices()
            .nth(QUOTED)
            .and_then(|(end, _)| text.get(..end))
        {
            Some(beginning) => write!(f, "{beginning:?}..."),
            None => write!(f, "{text:?}"),
        }
    }
}

/// The end of a message about an unknown word: a question if there is a suggestion, else nothing.
pub(crate) struct DidYouMean<'a>(pub(crate) Option<&'a str>);

impl fmt::Display for DidYouMean<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(word) => write!(f, "; did you mean {}?", Quoted(word)),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(word: &str) -> Vec<char> {
        word.chars().collect()
    }

    #[test]
    fn counts_each_kind_of_slip_once() {
        for (from, to, slips) in [
            ("", "", 0),
            ("", "abc", 3),
            ("abc", "", 3),
            ("call", "call", 0),
            ("call", "cal", 1),
            ("cal", "call", 1),
            ("call", "cull", 1),
            ("call", "clal", 1),
            ("kitten", "sitting", 3),
            ("ca", "abc", 3),
        ] {
            assert_eq!(
                distance(&letters(from), &letters(to)),
                slips,
                "{from} to {to}"
            );
        }
    }

    #[test]
    fn finds_ids_whatever_their_case_and_separators() {
        let ids = ["web-chat", "call centre", "Rückruf", "lounge"];
        for (word, found) in [
            ("WebChat", Some("web-chat")),
            ("call_center", Some("call centre")),
            ("RÜCKRUFF", Some("Rückruf")),
            ("lounges", Some("lounge")),
            ("kiosk", None),
            ("", None),
            ("-", None),
        ] {
            assert_eq!(nearest(word, ids), found, "{word}");
        }
        assert_eq!(nearest("call", []), None);
    }

    #[test]
    fn first_of_equals_wins_and_one_letter_is_like_no_other() {
        assert_eq!(nearest("step3", ["step1", "step2"]), Some("step1"));
        assert_eq!(nearest("a", ["b", "c"]), None);
        assert_eq!(nearest("A", ["b", "a"]), Some("a"));
    }

    #[test]
    fn very_long_words_are_compared_with_nothing() {
        let long = "a".repeat(LONGEST);
        let longer = "a".repeat(LONGEST + 1);
        assert_eq!(nearest(&long, [long.as_str()]), Some(long.as_str()));
        assert_eq!(nearest(&longer, [longer.as_str()]), None);
        assert_eq!(nearest(&long, [longer.as_str()]), None);
    }

    #[test]
    fn quotes_what_was_written_but_not_all_of_a_book() {
        assert_eq!(Quoted("a \"b\"\n").to_string(), r#""a \"b\"\n""#);
        assert_eq!(
            Quoted(&"é".repeat(60)).to_string(),
            format!("\"{}\"", "é".repeat(60))
        );
        assert_eq!(
            Quoted(&"é".repeat(61)).to_string(),
            format!("\"{}\"...", "é".repeat(60))
        );
    }
}
