//! The languages that the library speaks: every word is there, once, and reads back to what it says.
#![cfg_attr(
    feature = "serde",
    expect(
        clippy::default_trait_access,
        reason = "the options are those of another module"
    )
)]

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

#[cfg(feature = "serde")]
mod pictures {
    use super::*;
    use customer_journey::formats::spreadsheet::template;
    use customer_journey::render::Preset;
    use customer_journey::{
        Evidence, Flow, Journey, Outcome, Phase, Promise, Touchpoint, Transition,
    };

    fn map_in(language: &Language) -> (Flow, String) {
        let read = Journey::from_spreadsheet(&[template(language)], &Default::default());
        let flow = read.unwrap().journey.flow().unwrap();
        let map = flow
            .svg()
            .preset(Preset::Workshop)
            .language(language.clone());
        let map = map.to_string();
        (flow, map)
    }

    /// The texts that are seen, without those for readers of screens.
    fn texts(map: &str) -> Vec<String> {
        let texts = map.split("<text").skip(1);
        texts
            .filter_map(|text| Some(text.split_once('>')?.1.split_once("</text>")?.0.to_owned()))
            .collect()
    }

    /// Also what only those hear who do not see the map, and the sentences below it.
    #[test]
    fn a_map_is_described_in_its_language() {
        for (language, said) in [
            (
                Language::norwegian(),
                [
                    "Reisekart for",
                    "Slik ender reisene:",
                    "møtt av",
                    "tallene er",
                ],
            ),
            (
                Language::swedish(),
                [
                    "Resekarta för",
                    "Så slutar resorna:",
                    "möts av",
                    "siffrorna är",
                ],
            ),
        ] {
            let (flow, _) = map_in(&language);
            let map = flow.svg().language(language.clone()).to_string();
            for words in said {
                assert!(map.contains(words), "{words} is not in {map}");
            }
            for english in [
                "Journey map of",
                "Endings:",
                "customers feel",
                "journeys",
                "feeling ",
            ] {
                assert!(!map.contains(english), "{english} is in {map}");
            }
        }
    }

    #[test]
    fn a_map_in_norsk_says_no_english_word() {
        for (language, words) in [
            (
                Language::norwegian(),
                ["Før", "Hva de sier", "telefon", "forventning", "lavest"],
            ),
            (
                Language::swedish(),
                ["Före", "Vad de", "telefon", "förväntan", "lägst"],
            ),
        ] {
            let (flow, map) = map_in(&language);
            let texts = texts(&map);
            for word in words {
                assert!(
                    texts.iter().any(|text| text.contains(word)),
                    "{word}: {texts:?}"
                );
            }
            // The sentences about pains are those of the report, in English.
            let pains = flow
                .report()
                .pain_points
                .iter()
                .map(|pain| pain.to_string())
                .collect::<String>();
            for text in &texts {
                let is_english = [
                    "the ", " of ", "visit", "journey", "feel", "Before", "kept ", "less", "each",
                ];
                let found = is_english.iter().find(|word| text.contains(**word));
                assert!(found.is_none() || pains.contains(text.trim()), "{text}");
            }
            // Numbers have a decimal comma.
            assert!(
                texts
                    .iter()
                    .any(|text| text.starts_with("+0,") || text.starts_with("-0,")),
                "{texts:?}"
            );
        }
    }

    /// The text of the short answer, without what is marked as English.
    fn answer(page: &str) -> String {
        let from = page.split_once("<div class=\"card answer\"").unwrap().1;
        let answer = from.split_once("</section>").unwrap().0;
        let lines = answer.lines().filter(|line| !line.contains("lang=\"en\""));
        let mut text = String::new();
        let mut in_tag = true;
        for letter in lines.collect::<Vec<_>>().join(" ").chars() {
            match letter {
                '<' => in_tag = true,
                '>' => {
                    in_tag = false;
                    text.push(' ');
                }
                letter if !in_tag => text.push(letter),
                _ => {}
            }
        }
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// A map of which much is told: all kinds of evidence, a fix for each goal, channels that differ, nothing known of some.
    fn moving() -> Flow {
        let bill = Touchpoint::new("regning", Phase::After, Channel::Post)
            .promise(Promise::new("en pris").kept(30.0).broken(70.0))
            .feels(Feeling::Calmness)
            .feels_when_broken(Feeling::Anger)
            .cost(9.5)
            .ends(Outcome::Loyalty, 2.0)
            .ends(Outcome::Churn, 1.0)
            .ends("flyttet", 0.02);
        let asks = |id: &str, channel: Channel, told: &str| {
            Touchpoint::new(id, Phase::Before, channel)
                .need("pris")
                .says(told)
                .feels(Feeling::Frustration)
                .cost(2.25)
        };
        Journey::builder("Flytting")
            .value(Outcome::Loyalty, 1_000.0)
            .value(Outcome::Churn, -50.0)
            .currency("NOK")
            .touchpoint(asks("nettside", Channel::Web, "39 kr"))
            .touchpoint(asks("telefon", Channel::Phone, "49 kr").evidence(Evidence::Reported))
            .touchpoint(bill.evidence(Evidence::Observed))
            .transition("nettside", "telefon", 1.0)
            .connect("nettside", "regning", Transition::new(1.0).wait_s(93_784.0))
            .transition("telefon", "regning", 1.0)
            .build()
            .unwrap()
            .flow()
            .unwrap()
    }

    #[test]
    fn the_short_answer_in_norsk_says_no_english_word() {
        let nothing = || {
            let only = Touchpoint::new("kasse", Phase::During, Channel::Store);
            Journey::builder("Ingenting")
                .touchpoint(only)
                .build()
                .unwrap()
                .flow()
                .unwrap()
        };
        for language in [Language::norwegian(), Language::swedish()] {
            for flow in [map_in(&language).0, moving(), nothing()] {
                let page = flow.html().language(language.clone()).to_string();
                let said = answer(&page);
                assert!(said.len() > 300, "{said}");
                for word in [
                    "the ", " of ", "journey", "feel", "would", "customer", "known", "churn",
                    "loyalty", "worth", "moment", "rest on", "average", " and ", " or ", " days",
                ] {
                    assert!(!said.contains(word), "{word} is in {said}");
                }
                assert!(page.contains(&format!(
                    "<div class=\"card answer\" lang=\"{}\">",
                    language.tag
                )));
            }
        }
        let page = moving().html().language(Language::norwegian()).to_string();
        let said = answer(&page);
        // Of 100 journeys that reach the bill 100 / 3.02 end in churn.
        for words in [
            "33 av 100 reiser ender i frafall . Det gjør mest vondt ved",
            "Hvis ingen lenger følte frustrasjon ved nettside",
            "kanalene sier ulike ting til kundene om « pris »",
            "Resten av rapporten er på engelsk.",
        ] {
            assert!(said.contains(words), "{words} is not in {said}");
        }
    }

    #[test]
    fn the_chart_of_feelings_speaks_norsk_and_svenska() {
        let report = moving().report();
        for (language, words) in [
            (
                Language::norwegian(),
                ["Øyeblikk for øyeblikk", "Før", "trolig husket", "av 100"],
            ),
            (
                Language::swedish(),
                [
                    "Ögonblick för ögonblick",
                    "Före",
                    "troligen minns man",
                    "av 100",
                ],
            ),
        ] {
            let chart = report.trajectory.svg().language(language).to_string();
            for word in words {
                assert!(chart.contains(word), "{word} is not in {chart}");
            }
            let said = chart.split("</style>").last().unwrap_or_default();
            for word in [
                "journey", "feeling", "moment", "worst", "known", "Before", " of ", "good<", "bad<",
            ] {
                assert!(!said.contains(word), "{word} is in {said}");
            }
        }
    }

    /// What is said in the short answer, also where no map of these tests makes it say so.
    #[test]
    fn every_phrase_of_the_short_answer_is_said_in_norsk() {
        let norsk = Language::norwegian();
        let mut phrases = 0;
        for source in [
            include_str!("../../src/render/html/answer.rs"),
            include_str!("../../src/render/html/sentences.rs"),
            include_str!("../../src/render/html/said.rs"),
            include_str!("../../src/render/svg/map/summary.rs"),
            include_str!("../../src/render/svg/map/sentences.rs"),
            include_str!("../../src/render/html/speech.rs"),
        ] {
            let code = source
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"));
            let code = code.collect::<Vec<_>>().join("\n").replace("\\\"", "'");
            for literal in code.split('"').skip(1).step_by(2) {
                // Not markup, not what is formatted by name, and not a mark that is no word.
                let is_markup = ["class=", "lang='", "pain-", " of 100"]
                    .iter()
                    .any(|mark| literal.contains(mark));
                let is_formatted = literal.replace("{}", "").contains('{');
                let is_phrase = literal.contains(' ') && literal.chars().any(char::is_alphabetic);
                if is_phrase && !is_markup && !is_formatted {
                    assert!(
                        norsk.words.contains_key(literal),
                        "{literal:?} is not said in norsk"
                    );
                    phrases += 1;
                }
            }
        }
        assert!(phrases > 60, "{phrases}");
    }

    #[test]
    fn english_is_what_a_map_says_without_a_language() {
        let (flow, map) = map_in(&Language::english());
        assert_eq!(flow.svg().preset(Preset::Workshop).to_string(), map);
    }
}
