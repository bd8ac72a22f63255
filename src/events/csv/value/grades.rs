//! Ratings in words: how much of something good or bad, in several languages.

/// What an adverb makes of the word behind it.
#[derive(Debug, Clone, Copy)]
enum Grade {
    Very,
    Rather,
    /// Little of something good is bad; little of something bad may be either.
    Little,
    NotAtAll,
}

const ADVERBS: &[(Grade, &[&str])] = &[
    (
        Grade::NotAtAll,
        &[
            "not at all",
            "not satisfied at all",
            "gar nicht",
            "überhaupt nicht",
            "pas du tout",
            "nada",
            "en absoluto",
            "slett ikke",
            "ikke i det hele tatt",
            "inte alls",
            "per niente",
            "nada de",
            "helemaal niet",
        ],
    ),
    (
        Grade::Little,
        &[
            "not very",
            "not so",
            "not really",
            "not too",
            "not",
            "nicht sehr",
            "nicht so",
            "nicht",
            "pas très",
            "pas vraiment",
            "pas",
            "no muy",
            "no",
            "ikke veldig",
            "ikke særlig",
            "ikke så",
            "ikke",
            "inte särskilt",
            "inte så",
            "inte",
            "little",
            "wenig",
            "kaum",
            "peu",
            "poco",
            "lite",
            "barely",
            "hardly",
            "non",
            "niet",
            "não",
        ],
    ),
    (
        Grade::Very,
        &[
            "very",
            "extremely",
            "completely",
            "highly",
            "strongly",
            "totally",
            "fully",
            "entirely",
            "really",
            "most",
            "exceptionally",
            "sehr",
            "äußerst",
            "äusserst",
            "völlig",
            "vollkommen",
            "voll und ganz",
            "extrem",
            "außerordentlich",
            "besonders",
            "très",
            "extrêmement",
            "tout à fait",
            "entièrement",
            "totalement",
            "muy",
            "sumamente",
            "totalmente",
            "completamente",
            "extremadamente",
            "svært",
            "veldig",
            "meget",
            "ekstremt",
            "særdeles",
            "helt",
            "mycket",
            "väldigt",
            "extremt",
            "fullt",
            "oerhört",
            "molto",
            "muito",
            "zeer",
            "heel",
            "erg",
        ],
    ),
    (
        Grade::Rather,
        &[
            "somewhat",
            "slightly",
            "rather",
            "fairly",
            "mostly",
            "quite",
            "moderately",
            "partly",
            "a bit",
            "a little",
            "eher",
            "ziemlich",
            "etwas",
            "teilweise",
            "leicht",
            "überwiegend",
            "plutôt",
            "assez",
            "un peu",
            "algo",
            "bastante",
            "un poco",
            "ganske",
            "nokså",
            "litt",
            "noe",
            "delvis",
            "ganska",
            "något",
            "ganska så",
            "abbastanza",
            "piuttosto",
            "redelijk",
            "enigszins",
        ],
    ),
];

const GOOD: &[&str] = &[
    "good",
    "positive",
    "satisfied",
    "happy",
    "pleased",
    "content",
    "easy",
    "helpful",
    "gut",
    "zufrieden",
    "positiv",
    "einfach",
    "leicht",
    "glücklich",
    "satisfait",
    "satisfaite",
    "satisfaits",
    "satisfaites",
    "contente",
    "bon",
    "bonne",
    "bien",
    "positif",
    "facile",
    "satisfecho",
    "satisfecha",
    "satisfechos",
    "satisfechas",
    "contento",
    "contenta",
    "bueno",
    "buena",
    "positivo",
    "fácil",
    "fornøyd",
    "tilfreds",
    "god",
    "godt",
    "bra",
    "lett",
    "enkelt",
    "glad",
    "nöjd",
    "lätt",
    "soddisfatto",
    "soddisfatta",
    "satisfeito",
    "satisfeita",
    "tevreden",
    "goed",
    "makkelijk",
];

const BAD: &[&str] = &[
    "bad",
    "poor",
    "negative",
    "dissatisfied",
    "unsatisfied",
    "unhappy",
    "displeased",
    "difficult",
    "hard",
    "unhelpful",
    "schlecht",
    "unzufrieden",
    "negativ",
    "schwierig",
    "schwer",
    "kompliziert",
    "unglücklich",
    "enttäuscht",
    "insatisfait",
    "insatisfaite",
    "insatisfaits",
    "insatisfaites",
    "mécontent",
    "mécontente",
    "mauvais",
    "mauvaise",
    "mal",
    "négatif",
    "difficile",
    "insatisfecho",
    "insatisfecha",
    "insatisfechos",
    "insatisfechas",
    "descontento",
    "descontenta",
    "malo",
    "mala",
    "negativo",
    "difícil",
    "misfornøyd",
    "utilfreds",
    "dårlig",
    "vanskelig",
    "missnöjd",
    "dålig",
    "dåligt",
    "svårt",
    "insoddisfatto",
    "insoddisfatta",
    "insatisfeito",
    "insatisfeita",
    "ontevreden",
    "slecht",
    "moeilijk",
];

/// What begins a word for the middle: neither the one nor the other.
const NEITHER: &[&str] = &[
    "neither ", "weder ", "ni ", "verken ", "hverken ", "varken ", "né ", "nem ", "noch ",
];

/// What a graded word says, from -1 to 1, as "rather dissatisfied" or "très satisfait"; agreeing is no feeling.
pub(super) fn grade(word: &str) -> Option<f64> {
    let sign = |word: &str| {
        if GOOD.contains(&word) {
            Some(1.0)
        } else if BAD.contains(&word) {
            Some(-1.0)
        } else {
            None
        }
    };
    let both = |rest: &str| {
        let words = rest.split([' ', ',']).filter(|word| !word.is_empty());
        let signs: Vec<f64> = words.filter_map(sign).collect();
        signs.contains(&1.0) && signs.contains(&-1.0)
    };
    if NEITHER
        .iter()
        .any(|begin| word.strip_prefix(begin).is_some_and(both))
    {
        return Some(0.0);
    }
    if let Some(sign) = sign(word) {
        return Some(sign / 2.0);
    }
    let graded = ADVERBS
        .iter()
        .flat_map(|(grade, adverbs)| adverbs.iter().map(move |adverb| (*grade, *adverb)));
    let mut found = graded.filter_map(|(grade, adverb)| {
        let rest = word.strip_prefix(adverb)?.strip_prefix(' ')?;
        Some((grade, sign(rest.trim_start())?))
    });
    match found.next()? {
        (Grade::Very, sign) => Some(sign),
        (Grade::Rather, sign) => Some(sign / 2.0),
        // Not bad is no more than not bad.
        (_, sign) if sign < 0.0 => None,
        (Grade::Little, _) => Some(-0.5),
        (Grade::NotAtAll, _) => Some(-1.0),
    }
}
