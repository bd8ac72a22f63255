//! Words for feelings, in the languages that the library speaks.

use customer_journey::Feeling;
use customer_journey::language::Language;

/// The feeling that a word names, in whichever of the languages.
pub(super) fn named(typed: &str) -> Option<Feeling> {
    let typed = typed.trim();
    let english = typed.to_lowercase().parse().ok();
    english.or_else(|| {
        let mut languages = Language::all().into_iter();
        languages.find_map(|language| language.feeling_named(typed))
    })
}

/// The words to choose from.
pub(super) fn words(language: &Language) -> Vec<String> {
    let all = Feeling::ALL.iter();
    all.map(|&feeling| language.feeling(feeling).into_owned())
        .collect()
}
