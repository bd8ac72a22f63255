//! The languages that the library speaks: every word is there, once, and reads back to what it says.

use std::collections::BTreeMap;

use customer_journey::language::Language;
use customer_journey::{Channel, Feeling};

#[test]
fn every_feeling_has_a_word_of_its_own_and_reads_back() {
    for language in Language::all() {
        let mut words: BTreeMap<String, Feeling> = BTreeMap::new();
        for &feeling in Feeling::ALL {
            let word = language.feeling(feeling).into_owned();
            assert!(
                language.tag == "en" || language.feelings.contains_key(&feeling),
                "{feeling}"
            );
            let other = words.insert(word.to_lowercase(), feeling);
            assert_eq!(other, None, "{word} is said for two feelings");
            if language.tag != "en" {
                assert_eq!(
                    language.feeling_named(&word.to_uppercase()),
                    Some(feeling),
                    "{word}"
                );
            }
        }
        for (word, feeling) in &language.other_feelings {
            assert_eq!(language.feeling_named(word), Some(*feeling), "{word}");
        }
    }
}

#[test]
fn norsk_and_svenska_say_the_same_keys_with_as_many_places() {
    let (norsk, svenska) = (Language::norwegian(), Language::swedish());
    let keys = |language: &Language| {
        let keys = language
            .words
            .keys()
            .filter(|key| !key.contains("false_friend"));
        keys.map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(keys(&norsk), keys(&svenska));
    for (key, words) in norsk.words.iter().chain(&svenska.words) {
        assert!(
            !words.is_empty() && words.iter().all(|word| !word.trim().is_empty()),
            "{key}"
        );
        let places = |text: &str| text.matches("{}").count();
        assert_eq!(places(key), places(&words[0]), "{key}");
    }
    // Whatever English spells otherwise than its key, the others have too.
    for key in Language::english()
        .words
        .keys()
        .filter(|key| key.starts_with("column."))
    {
        assert!(norsk.words.contains_key(key), "{key}");
    }
}

#[test]
fn words_of_a_kind_differ_from_one_another() {
    for language in Language::all() {
        for kind in [
            "phase", "channel", "outcome", "ability", "evidence", "kind", "unit", "column", "row",
        ] {
            let mut seen: BTreeMap<String, &str> = BTreeMap::new();
            for (key, words) in language
                .words
                .iter()
                .filter(|(key, _)| key.starts_with(&format!("{kind}.")))
            {
                for word in words {
                    let folded = word.to_lowercase().replace([' ', '-'], "");
                    let other = seen.insert(folded, key);
                    assert!(
                        other.is_none_or(|other| other == key.as_ref()),
                        "{word}: {key} and {other:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn what_a_language_lacks_is_said_in_english() {
    let mut dansk = Language::new("da", "dansk");
    dansk
        .words
        .insert("phase.before".into(), vec!["før".into()]);
    assert_eq!(dansk.word("phase.before"), "før");
    assert_eq!(dansk.word("column.emotion"), "feeling");
    assert_eq!(dansk.word("channel.email"), "email");
    assert_eq!(dansk.say("end in {}", &["churn"]), "end in churn");
    assert_eq!(dansk.feeling(Feeling::CaredFor), "cared for");
    assert_eq!(Channel::KNOWN.len(), 11);
    for name in ["en", "no", "nb", "norsk", "Bokmål", "sv", "Svenska"] {
        assert!(Language::named(name).is_some(), "{name}");
    }
}
