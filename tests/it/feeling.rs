//! Feelings: the table against a second copy of it, every spelling, every suggestion.

use crate::steady::cases;
use customer_journey::Feeling;
use customer_journey::journey::UnknownFeeling;
use proptest::prelude::*;

/// Name, valence and arousal, copied from the table that the crate's own list was written from.
const TABLE: [(&str, f64, f64); 104] = [
    ("admiration", 0.66, 0.30),
    ("adoration", 0.81, 0.35),
    ("aesthetic_appreciation", 0.59, 0.22),
    ("amusement", 0.66, 0.44),
    ("anger", -0.62, 0.59),
    ("anxiety", -0.69, 0.59),
    ("awe", 0.59, 0.40),
    ("awkwardness", -0.47, 0.32),
    ("boredom", -0.64, -0.62),
    ("calmness", 0.59, -0.46),
    ("confusion", -0.44, 0.27),
    ("craving", 0.50, 0.22),
    ("disgust", -0.66, 0.35),
    ("empathic_pain", -0.64, 0.16),
    ("entrancement", 0.47, 0.51),
    ("excitement", 0.82, 0.75),
    ("fear", -0.61, 0.60),
    ("horror", -0.59, 0.82),
    ("interest", 0.51, 0.51),
    ("joy", 0.77, 0.48),
    ("nostalgia", 0.27, 0.12),
    ("relief", 0.55, 0.04),
    ("romance", 0.62, 0.65),
    ("sadness", -0.79, -0.27),
    ("satisfaction", 0.70, 0.20),
    ("sexual_desire", 0.56, 0.62),
    ("surprise", -0.05, 0.67),
    ("contempt", -0.43, 0.31),
    ("disappointment", -0.64, 0.03),
    ("envy", -0.68, 0.55),
    ("guilt", -0.68, 0.28),
    ("pride", 0.77, 0.38),
    ("sympathy", 0.27, 0.17),
    ("triumph", 0.80, 0.57),
    ("frustration", -0.65, 0.52),
    ("irritation", -0.60, 0.40),
    ("annoyance", -0.63, 0.17),
    ("hurried", -0.36, 0.58),
    ("neglected", -0.87, 0.27),
    ("unhappiness", -0.76, -0.17),
    ("dissatisfaction", -0.60, 0.05),
    ("stress", -0.77, 0.55),
    ("worry", -0.70, 0.26),
    ("helplessness", -0.68, 0.42),
    ("doubt", -0.51, 0.21),
    ("distrust", -0.56, 0.42),
    ("betrayal", -0.84, 0.54),
    ("outrage", -0.66, 0.72),
    ("resentment", -0.76, 0.36),
    ("humiliation", -0.73, 0.43),
    ("embarrassment", -0.69, 0.54),
    ("shame", -0.68, 0.01),
    ("regret", -0.65, 0.02),
    ("shock", -0.44, 0.65),
    ("despair", -0.74, -0.16),
    ("loneliness", -0.79, -0.43),
    ("fatigue", -0.40, -0.57),
    ("indifference", -0.17, -0.25),
    ("neutral", 0.00, 0.00),
    ("trust", 0.60, 0.02),
    ("valued", 0.81, 0.44),
    ("cared_for", 0.58, -0.22),
    ("focused", 0.39, 0.28),
    ("safe", 0.68, -0.13),
    ("comfort", 0.62, -0.25),
    ("confidence", 0.69, 0.28),
    ("hope", 0.75, 0.23),
    ("optimism", 0.87, 0.23),
    ("gratitude", 0.71, 0.16),
    ("loyalty", 0.80, 0.17),
    ("respect", 0.73, 0.13),
    ("curiosity", 0.45, 0.62),
    ("stimulated", 0.19, 0.57),
    ("energetic", 0.56, 0.61),
    ("anticipation", 0.35, 0.73),
    ("enthusiasm", 0.75, 0.49),
    ("inspiration", 0.74, 0.63),
    ("delight", 0.76, 0.53),
    ("pleasant_surprise", 0.31, 0.67),
    ("contentment", 0.46, -0.01),
    ("pleasure", 0.77, 0.44),
    ("happiness", 0.89, 0.51),
    ("love", 0.91, 0.54),
    ("uncertainty", -0.36, -0.05),
    ("insecurity", -0.64, 0.14),
    ("overwhelmed", -0.51, 0.45),
    ("nervousness", -0.49, 0.37),
    ("panic", -0.68, 0.59),
    ("rage", -0.74, 0.72),
    ("hate", -0.85, 0.59),
    ("powerlessness", -0.70, 0.12),
    ("lost", -0.49, 0.09),
    ("desperation", -0.74, 0.19),
    ("hurt", -0.69, 0.29),
    ("rejection", -0.83, -0.01),
    ("discomfort", -0.58, 0.44),
    ("grief", -0.76, 0.38),
    ("pain", -0.76, 0.41),
    ("bad", -0.79, 0.44),
    ("okay", 0.08, -0.21),
    ("good", 0.79, 0.17),
    ("ease", 0.48, -0.18),
    ("fun", 0.86, 0.44),
    ("welcome", 0.60, 0.00),
];

/// As Cowen and Keltner 2017 list them.
const THE_27: &str = "admiration, adoration, aesthetic appreciation, amusement, anger, anxiety, \
    awe, awkwardness, boredom, calmness, confusion, craving, disgust, empathic \
    pain, entrancement, excitement, fear, horror, interest, joy, nostalgia, \
    relief, romance, sadness, satisfaction, sexual desire, surprise";

#[test]
fn the_table_is_the_one_that_was_copied() {
    let here: Vec<_> = Feeling::ALL
        .iter()
        .map(|f| (f.as_str(), f.valence(), f.arousal()))
        .collect();
    assert_eq!(here, TABLE);
}

#[test]
fn the_27_are_those_of_cowen_and_keltner() {
    let here: Vec<_> = Feeling::ALL
        .iter()
        .filter(|f| f.is_berkeley_27())
        .map(ToString::to_string)
        .collect();
    assert_eq!(here.len(), 27);
    assert_eq!(here.join(", "), THE_27);
}

#[test]
fn order_is_that_of_the_table_and_no_name_occurs_twice() {
    assert!(Feeling::ALL.is_sorted_by(|a, b| a < b));
    let mut names: Vec<_> = Feeling::ALL
        .iter()
        .map(|f| f.as_str().replace('_', ""))
        .collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), 104);
}

#[test]
fn variants_are_their_names_in_camel_case() {
    for feeling in Feeling::ALL {
        assert_eq!(
            format!("{feeling:?}").to_lowercase(),
            feeling.as_str().replace('_', "")
        );
    }
}

#[test]
fn caveats_mark_what_the_table_marks() {
    let marked: Vec<_> = Feeling::ALL
        .iter()
        .filter(|f| f.caveat().is_some())
        .map(|f| f.as_str())
        .collect();
    let ambiguous_mixed_or_borrowed = [
        "craving",
        "nostalgia",
        "surprise",
        "envy",
        "sympathy",
        "hurried",
        "distrust",
        "valued",
        "cared_for",
        "uncertainty",
        "overwhelmed",
        "bad",
        "okay",
        "good",
    ];
    assert_eq!(marked, ambiguous_mixed_or_borrowed);
}

#[test]
fn reads_every_spelling_of_every_name() {
    for &feeling in Feeling::ALL {
        let name = feeling.as_str();
        for spelling in [
            name.to_owned(),
            name.to_uppercase(),
            name.replace('_', " "),
            name.replace('_', "-"),
            name.replace('_', ""),
            name.replace('_', " ").to_uppercase(),
            name.replace('_', "-").to_uppercase(),
            format!("{feeling:?}"),
            feeling.to_string(),
            format!("  {feeling}\n"),
        ] {
            assert_eq!(spelling.parse(), Ok(feeling), "{spelling}");
        }
    }
}

#[test]
fn ok_is_short_for_okay() {
    for word in ["ok", "OK", " Ok ", "o-k"] {
        assert_eq!(word.parse(), Ok(Feeling::Okay), "{word}");
    }
}

/// The words of the issue that everybody writes on a note, with the ratings of the Glasgow Norms (1 to 9) and, where they
/// have the word, the arousal of Russell and Mehrabian, typed in once more.
#[test]
fn everyday_words_have_the_published_numbers() {
    for (feeling, rated, arousal) in [
        (Feeling::Panic, 2.273, None),
        (Feeling::Rage, 2.057, Some(0.72)),
        (Feeling::Hate, 1.618, Some(0.59)),
        (Feeling::Powerlessness, 2.2, None),
        (Feeling::Lost, 3.031, None),
        (Feeling::Pain, 1.941, Some(0.41)),
        (Feeling::Good, 8.152, None),
        (Feeling::Bad, 1.853, None),
        (Feeling::Nervousness, 3.029, None),
        (Feeling::Insecurity, 2.441, Some(0.14)),
    ] {
        let valence: f64 = (rated - 5.0) / 4.0;
        assert!((feeling.valence() - valence).abs() < 0.0051, "{feeling}");
        assert!(
            arousal.is_none_or(|arousal| arousal == feeling.arousal()),
            "{feeling}"
        );
    }
}

#[test]
fn shows_words_and_keeps_to_columns() {
    assert_eq!(Feeling::PleasantSurprise.to_string(), "pleasant surprise");
    assert_eq!(
        format!("{:<8}|{:>8}|", Feeling::Joy, Feeling::CaredFor),
        "joy     |cared for|"
    );
}

#[test]
fn suggests_the_name_that_was_meant() {
    for (word, meant) in [
        // Other forms of the word.
        ("angry", "anger"),
        ("frustrated", "frustration"),
        ("happy", "happiness"),
        ("anxious", "anxiety"),
        ("sad", "sadness"),
        ("confused", "confusion"),
        ("relieved", "relief"),
        ("satisfied", "satisfaction"),
        ("calm", "calmness"),
        ("excited", "excitement"),
        ("bored", "boredom"),
        ("disappointed", "disappointment"),
        ("dissatisfied", "dissatisfaction"),
        ("unhappy", "unhappiness"),
        ("worried", "worry"),
        ("stressed", "stress"),
        ("embarrassed", "embarrassment"),
        ("annoyed", "annoyance"),
        ("irritating", "irritation"),
        ("ashamed", "shame"),
        ("lonely", "loneliness"),
        ("proud", "pride"),
        ("envious", "envy"),
        ("grateful", "gratitude"),
        ("curious", "curiosity"),
        ("confident", "confidence"),
        ("content", "contentment"),
        ("joyful", "joy"),
        ("delighted", "delight"),
        ("surprised", "surprise"),
        ("pleased", "pleasure"),
        ("pleasantly surprised", "pleasant_surprise"),
        ("safety", "safe"),
        ("trusting", "trust"),
        // Slips.
        ("angr", "anger"),
        ("agner", "anger"),
        ("Frustation", "frustration"),
        ("frustated", "frustration"),
        ("dissapointment", "disappointment"),
        ("disapointed", "disappointment"),
        ("dissapointed", "disappointment"),
        ("embarassed", "embarrassment"),
        ("exitement", "excitement"),
        ("CARED FRO", "cared_for"),
        ("joy!", "joy"),
        // Other words.
        ("tired", "fatigue"),
        ("impatient", "hurried"),
        ("jealousy", "envy"),
        ("Sceptical", "doubt"),
        ("horrified", "horror"),
        ("eager", "anticipation"),
        ("comfortable", "comfort"),
        // Everyday words that are near to others on paper.
        ("heard", "valued"),
        ("nervous", "nervousness"),
        ("powerless", "powerlessness"),
        ("uncertain", "uncertainty"),
        ("unsure", "uncertainty"),
        ("insecure", "insecurity"),
        ("overwhelming", "overwhelmed"),
        ("hated", "hate"),
        ("enraged", "rage"),
        ("panicked", "panic"),
        ("desperate", "desperation"),
        ("rejected", "rejection"),
        ("painful", "pain"),
        ("sorry", "regret"),
        ("great", "delight"),
        ("nice", "pleasure"),
        ("fine", "okay"),
        ("terrible", "bad"),
        ("fed up", "frustration"),
        ("let down", "disappointment"),
        ("scepticism", "doubt"),
    ] {
        let refused = word.parse::<Feeling>().unwrap_err();
        assert_eq!(refused.name, word);
        assert_eq!(refused.nearest.map(Feeling::as_str), Some(meant), "{word}");
        let message = format!("{word:?} is not a feeling known here; did you mean {meant:?}?");
        assert_eq!(refused.to_string(), message);
    }
}

#[test]
fn a_letter_left_out_doubled_or_swapped_still_finds_the_name() {
    let mut lost = Vec::new();
    for &feeling in Feeling::ALL {
        let letters: Vec<char> = feeling.as_str().chars().collect();
        for at in 0..letters.len() {
            let mut slips = [letters.clone(), letters.clone(), letters.clone()];
            slips[0].remove(at);
            slips[1].insert(at, letters[at]);
            slips[2].swap(at, (at + 1).min(letters.len() - 1));
            for slip in slips {
                let word: String = slip.into_iter().collect();
                let found = word
                    .parse::<Feeling>()
                    .map_or_else(|refused| refused.nearest, Some);
                if found != Some(feeling) {
                    lost.push((word, found));
                }
            }
        }
    }
    // Each of these is one slip away from two names, and the first of the table wins; or it begins a longer one.
    let torn = [
        ("disrust", Feeling::Disgust),
        ("distust", Feeling::Disgust),
        ("afe", Feeling::Awe),
        ("ove", Feeling::Overwhelmed),
        ("age", Feeling::Awe),
        ("ate", Feeling::Ease),
        ("pan", Feeling::Panic),
        ("pani", Feeling::Panic),
        ("ase", Feeling::Awe),
    ];
    let torn = torn.map(|(word, found)| (word.to_owned(), Some(found)));
    assert_eq!(lost, torn);
}

#[test]
fn never_suggests_the_opposite() {
    for (word, meant) in [
        ("discomforting", Some(Feeling::Discomfort)),
        ("uncomfortable", Some(Feeling::Discomfort)),
        ("powerful", Some(Feeling::Confidence)),
        ("powerfull", Some(Feeling::Confidence)),
        ("painless", None),
        ("hopeless", Some(Feeling::Despair)),
        ("unhelpful", None),
        ("disrespect", Some(Feeling::Humiliation)),
        ("untrusting", None),
        ("Dis-interested", Some(Feeling::Indifference)),
        ("distrustful", Some(Feeling::Distrust)),
        ("unhapy", Some(Feeling::Unhappiness)),
        ("unsatisfied", Some(Feeling::Dissatisfaction)),
        ("helpful", Some(Feeling::Gratitude)),
    ] {
        assert_eq!(
            word.parse::<Feeling>().unwrap_err().nearest,
            meant,
            "{word}"
        );
    }
}

#[test]
fn suggests_nothing_where_nothing_is_near() {
    for word in [
        "", " ", "_", "x", "churn", "😀", "0.5", "-1", "late", "cost", "dad", "run", "cold",
        "busy", "slow", "hard", "heart", "head", "board", "rich", "clear", "dear", "near", "year",
        "wait", "gate", "date", "made", "glass", "stairs", "sum", "gum",
    ] {
        let refused = word.parse::<Feeling>().unwrap_err();
        assert_eq!(refused.nearest, None, "{word}");
        assert_eq!(
            refused.to_string(),
            format!("{word:?} is not a feeling known here")
        );
    }
}

#[test]
fn where_nothing_is_near_the_message_lists_all_once() {
    use customer_journey::{Channel, Journey, Phase, Touchpoint};
    let at =
        |id: &str, feeling: &str| Touchpoint::new(id, Phase::During, Channel::Web).feels(feeling);
    let refused = |second: &str| {
        let map = Journey::builder("")
            .touchpoint(at("a", second))
            .touchpoint(at("b", second));
        map.build().unwrap_err().to_string()
    };
    let said = refused("weltschmerz");
    for feeling in Feeling::ALL {
        assert!(said.contains(&format!("{feeling}")), "{feeling}");
    }
    assert_eq!(said.matches("sexual desire").count(), 1);
    assert!(!refused("angr").contains("sexual desire"));
}

#[test]
fn long_and_strange_words_are_refused_at_once_and_quoted_in_part() {
    let long = "anger".repeat(1_000_000);
    let refused = long.parse::<Feeling>().unwrap_err();
    assert_eq!(refused.name, long);
    assert_eq!(refused.nearest, None);
    let message = format!("\"{}\"... is not a feeling known here", "anger".repeat(12));
    assert_eq!(refused.to_string(), message);

    let spaced = format!("{}joy", " ".repeat(1_000_000));
    assert_eq!(spaced.parse(), Ok(Feeling::Joy));

    let lines = "an\ngr".parse::<Feeling>().unwrap_err();
    assert_eq!(lines.nearest, Some(Feeling::Anger));
    assert_eq!(
        "an\u{0}ger"
            .parse::<Feeling>()
            .unwrap_err()
            .to_string()
            .matches('\u{0}')
            .count(),
        0
    );
}

/// A name with its letters in either case and separators strewn in.
fn spelling() -> impl Strategy<Value = (Feeling, String)> {
    prop::sample::select(Feeling::ALL).prop_flat_map(|feeling| {
        let letters: Vec<char> = feeling.as_str().chars().filter(|c| *c != '_').collect();
        let between = prop::sample::select(vec!["", "", "", " ", "_", "-", "\t", " - "]);
        let drawn = prop::collection::vec((any::<bool>(), between), letters.len());
        drawn.prop_map(move |drawn| {
            let mut text = String::new();
            for (letter, (upper, separator)) in letters.iter().zip(drawn) {
                text.push_str(separator);
                text.push(if upper {
                    letter.to_ascii_uppercase()
                } else {
                    *letter
                });
            }
            (feeling, text)
        })
    })
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn any_case_and_separators_are_read((feeling, text) in spelling()) {
        prop_assert_eq!(text.parse(), Ok(feeling));
    }

    #[test]
    fn any_text_is_a_feeling_or_refused_with_its_own_words(text in any::<String>()) {
        match text.parse::<Feeling>() {
            Ok(feeling) => prop_assert!(Feeling::ALL.contains(&feeling)),
            Err(UnknownFeeling { name, nearest, .. }) => {
                prop_assert_eq!(name, text);
                prop_assert!(nearest.is_none_or(|near| Feeling::ALL.contains(&near)));
            }
        }
    }

    #[test]
    fn words_of_the_alphabet_never_panic(text in "[a-z_ -]{0,80}") {
        if let Err(refused) = text.parse::<Feeling>() {
            prop_assert!(refused.to_string().contains("is not a feeling known here"));
        }
    }
}

#[cfg(feature = "serde")]
mod serde {
    use super::*;

    #[test]
    fn goes_to_a_document_and_back() {
        for feeling in Feeling::ALL {
            let text = serde_json::to_string(feeling).unwrap();
            assert_eq!(text, format!("{:?}", feeling.as_str()));
            assert_eq!(serde_json::from_str::<Feeling>(&text).unwrap(), *feeling);
        }
        assert_eq!(
            serde_json::from_str::<Feeling>("\"Cared For\"").unwrap(),
            Feeling::CaredFor
        );
        assert_eq!(
            serde_json::from_value::<Feeling>("Joy".into()).unwrap(),
            Feeling::Joy
        );
        assert_eq!(
            serde_json::from_reader::<_, Feeling>(&b"\"jo\\u0079\""[..]).unwrap(),
            Feeling::Joy
        );
    }

    #[test]
    fn names_can_be_keys() {
        let counts: std::collections::BTreeMap<Feeling, u32> =
            [(Feeling::CaredFor, 2), (Feeling::Joy, 1)].into();
        let text = serde_json::to_string(&counts).unwrap();
        assert_eq!(text, r#"{"joy":1,"cared_for":2}"#);
        assert_eq!(
            serde_json::from_str::<std::collections::BTreeMap<Feeling, u32>>(&text).unwrap(),
            counts
        );
    }

    #[test]
    fn a_document_is_refused_with_the_same_suggestion() {
        let refused = serde_json::from_str::<Feeling>("\"happy\"")
            .unwrap_err()
            .to_string();
        assert_eq!(
            refused,
            r#""happy" is not a feeling known here; did you mean "happiness"? at line 1 column 7"#
        );
        let refused = serde_json::from_str::<Feeling>("3")
            .unwrap_err()
            .to_string();
        assert_eq!(
            refused,
            "invalid type: integer `3`, expected the name of a feeling at line 1 column 1"
        );
    }
}
