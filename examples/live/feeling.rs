//! Words for feelings, in the languages that the library speaks.

use std::collections::BTreeMap;

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

/// The word for a feeling, in the language of the page.
pub(super) fn word(feeling: Feeling, lang: &str) -> String {
    let language = Language::named(lang).unwrap_or_else(Language::english);
    language.feeling(feeling).into_owned()
}

/// By language, the words to choose from.
pub(super) fn words() -> BTreeMap<String, Vec<String>> {
    let words = |language: &Language| {
        let all = Feeling::ALL.iter();
        all.map(|&feeling| language.feeling(feeling).into_owned())
            .collect()
    };
    let languages = Language::all().into_iter();
    languages
        .map(|language| (language.tag.to_string(), words(&language)))
        .collect()
}
