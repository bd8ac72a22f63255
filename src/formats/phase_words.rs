//! What sections of drawings are called in several languages, and the phase that they stand for.

use crate::journey::Phase::{self, After, Before, During};

/// Words that place what follows them, or that are the whole name, in small letters.
#[rustfmt::skip]
const LEADING: &[(Phase, &[&str])] = &[
    (
        Before,
        &[
            "before", "pre", "prior", "beforehand", "før", "forkant", "innan", "före", "vor", "vorher", "vorab",
            "davor", "avant", "antes", "pré", "prima", "voor", "vooraf", "voordat", "przed", "ennen", "před",
            "önce", "öncesi", "до", "перед", "קודם", "לפני", "قبل", "पहले", "trước", "sebelum",
            "forud", "inden", "предварительно", "zanim", "předtím", "ennakkoon",
        ],
    ),
    (
        During,
        &[
            "during", "meanwhile", "under", "underveis", "undervejs", "während", "dabei", "pendant", "durant",
            "durante", "mentre", "tijdens", "podczas", "trakcie", "aikana", "během", "sırasında", "esnasında",
            "во", "під", "במהלך", "أثناء", "خلال", "حین", "दौरान", "trong", "selama",
            "imens", "mens",
        ],
    ),
    (
        After,
        &[
            "after", "afterwards", "post", "etter", "etterpå", "efter", "efteråt", "bagefter", "nach", "nachher",
            "danach", "hinterher", "après", "después", "despues", "tras", "depois", "após", "pós", "dopo",
            "nadien", "achteraf", "po", "jälkeen", "sonra", "sonrası", "после", "після", "אחרי", "بعد", "پس",
            "बाद", "sau", "setelah", "sesudah",
            "nadat", "afterward", "następnie", "później", "potem", "potom", "потом", "затем", "jälkikäteen", "successivamente",
        ],
    ),
];

/// Words that place what stands before them.
#[rustfmt::skip]
const TRAILING: &[(Phase, &[&str])] = &[
    (
        Before,
        &[
            "before", "beforehand", "ennen", "önce", "öncesi", "전", "이전", "पहले",
        ],
    ),
    (
        During,
        &["aikana", "sırasında", "esnasında", "중", "동안", "दौरान"],
    ),
    (
        After,
        &[
            "after", "afterwards", "jälkeen", "sonra", "sonrası", "후", "이후", "बाद",
        ],
    ),
];

/// Ends of names in scripts without blanks.
#[rustfmt::skip]
const ENDS: &[(Phase, &[&str])] = &[
    (Before, &["前", "之前", "以前"]),
    (During, &["中", "期间", "期間", "过程", "時", "时"]),
    (After, &["后", "後", "以后", "以後", "あと"]),
];

/// Stages as people who draw journeys name them: until one decides to buy or to come; the purchase, the delivery and
/// the use; what follows.
#[rustfmt::skip]
const STAGES: &[(Phase, &[&str])] = &[
    (
        Before,
        &[
            "discovery", "discover", "discovering", "awareness", "aware", "consideration", "consider",
            "considering", "interest", "inspiration", "research", "researching", "evaluation", "evaluate",
            "evaluating", "comparison", "compare", "decision", "decide", "deciding", "planning", "plan",
            "preparation", "prepare", "preparing", "search", "searching", "exploration", "explore", "prepurchase",
            "presale", "presales",
            // Norwegian, Danish, Swedish
            "oppdagelse", "oppdage", "bevissthet", "vurdering", "vurdere", "planlegging", "forberedelse",
            "opdagelse", "overvejelse", "planlægning", "upptäckt", "upptäcka", "övervägande", "planering",
            "förberedelse",
            // German, Dutch
            "entdeckung", "entdecken", "aufmerksamkeit", "bewusstsein", "recherche", "informationssuche",
            "abwägung", "entscheidung", "planung", "vorbereitung", "ontdekking", "ontdekken", "oriëntatie",
            "overweging", "voorbereiding",
            // French, Spanish, Portuguese, Italian
            "découverte", "découvrir", "considération", "réflexion", "préparation", "décision", "descubrimiento",
            "conciencia", "consideración", "investigación", "planificación", "preparación", "decisión",
            "descoberta", "consciência", "consideração", "pesquisa", "planejamento", "preparação", "decisão",
            "ontdekkingsfase", "oriëntatiefase", "bewustwording", "planejar", "scoprire", "valutazione", "pianificazione",
            "scoperta", "consapevolezza", "considerazione", "ricerca", "preparazione", "decisione",
            // Polish, Finnish, Russian, Ukrainian, Turkish
            "odkrycie", "poszukiwanie", "planowanie", "decyzja", "suunnittelu", "tietoisuus", "etsintä",
            "планирование", "осознание", "обнаружение", "исследование", "решение", "odkrywanie", "świadomość", "rozważanie", "przygotowanie", "löytäminen", "harkinta",
            "valmistautuminen", "знакомство", "осведомленность", "выбор", "подготовка", "поиск", "ознайомлення",
            "вибір", "підготовка", "keşif", "farkındalık", "değerlendirme", "hazırlık",
            // Chinese, Japanese, Korean
            "调研", "决策", "计划", "搜索", "探索", "計画", "情報収集", "来店前",
            "发现", "认知", "考虑", "了解", "準備", "准备", "发掘", "發現", "認知", "検討", "発見", "興味", "比較", "인지", "발견", "탐색", "고려",
            "검토", "준비",
        ],
    ),
    (
        During,
        &[
            "purchase", "purchasing", "buy", "buying", "checkout", "order", "ordering", "payment", "pay",
            "booking", "delivery", "onboarding", "usage", "use", "using", "visit", "consumption", "fulfilment",
            "fulfillment", "kjøp", "kjøpe", "bestilling", "betaling", "levering", "bruk", "køb", "brug", "köp",
            "köpa", "beställning", "betalning", "leverans", "användning", "kauf", "kaufen", "bestellung",
            "bezahlung", "lieferung", "nutzung", "aankoop", "bestelling", "gebruik", "achat", "acheter",
            "commande", "paiement", "livraison", "utilisation", "compra", "comprar", "pedido", "pago", "entrega",
            "uso", "pagamento", "acquisto", "ordine", "consegna", "utilizzo", "zakup", "zamówienie", "płatność",
            "dostawa", "osto", "tilaus", "maksu", "toimitus", "käyttö", "покупка", "оплата", "доставка",
            "использование", "заказ", "купівля", "використання", "замовлення", "satın", "ödeme", "teslimat",
            "zakupy", "użytkowanie", "korzystanie", "realizacja", "ostaminen", "asiointi", "получение",
            "bezorging", "aflevering", "spedizione", "instalação", "utilização",
            "kullanım", "购买", "购物", "交付", "来店", "導入", "下单", "支付", "使用", "配送", "購買", "購入", "利用", "注文", "支払い", "구매", "결제", "주문", "배송", "사용",
            "이용",
        ],
    ),
    (
        After,
        &[
            "retention", "loyalty", "advocacy", "advocate", "support", "aftercare", "aftersales", "postpurchase",
            "followup", "follow", "feedback", "review", "renewal", "renew", "referral", "return", "lojalitet",
            "oppfølging", "tilbakemelding", "loyalitet", "opfølgning", "uppföljning", "återkoppling", "bindung",
            "kundenbindung", "loyalität", "nachbetreuung", "nachkauf", "weiterempfehlung", "rückmeldung", "nazorg",
            "loyaliteit", "fidélisation", "fidélité", "suivi", "recommandation", "fidelización", "lealtad",
            "seguimiento", "posventa", "postventa", "recomendación", "fidelização", "lealdade", "acompanhamento",
            "fidelizzazione", "assistenza", "lojalność", "wsparcie", "uskollisuus", "asiakasuskollisuus", "tuki",
            "opinia", "obsługa", "palaute", "jälkihoito", "обратная", "отзыв", "возврат", "tilbagemelding", "klantenservice",
            "avaliação", "suporte", "recensione", "fedeltà", "忠诚度", "口コミ", "継続",
            "лояльность", "поддержка", "удержание", "лояльність", "підтримка", "sadakat", "destek", "售后", "忠诚",
            "推荐", "反馈", "售後", "推薦", "ロイヤルティ", "推奨", "サポート", "유지", "추천", "충성",
        ],
    ),
];

/// Words that number a section and do not name it.
#[rustfmt::skip]
const NUMBERING: &[&str] = &[
            "phase", "stage", "step", "part", "fase", "etappe", "étape", "etapa", "schritt", "teil", "steg",
            "trinn", "stap", "paso", "passo", "etap", "krok", "vaihe", "этап", "шаг", "фаза", "етап", "крок",
            "aşama", "adım", "阶段", "階段", "第", "단계", "フェーズ",
        ];

/// "In the course of" in languages that say it in two words.
const IN_THE_COURSE: [(&str, &str); 13] = [
    ("w", "trakcie"),
    ("w", "czasie"),
    ("w", "toku"),
    ("v", "průběhu"),
    ("в", "процессе"),
    ("в", "течение"),
    ("во", "время"),
    ("у", "процесі"),
    ("no", "decorrer"),
    ("em", "curso"),
    ("en", "curso"),
    ("in", "corso"),
    ("en", "cours"),
];

/// The phase that a name says, in words that place it or as a stage of this name.
pub(super) fn said(name: &str) -> Option<Phase> {
    let small = name.to_lowercase();
    let words: Vec<&str> = small
        .split(|c: char| !c.is_alphanumeric() && !is_mark(c))
        .filter(|word| !word.is_empty())
        .filter(|word| !is_number(word) && !NUMBERING.contains(word))
        .collect();
    let (first, last) = (words.first()?, words.last()?);
    match (*first, words.get(1)) {
        // On site; and "after" alone, where "na" before words that are not Dutch is "on".
        ("vor", Some(&"ort")) => return Some(During),
        ("na", None | Some(&"het" | &"de" | &"afloop" | &"aankoop"))
        | ("a", Some(&"posteriori")) => return Some(After),
        (first, Some(&second)) if IN_THE_COURSE.contains(&(first, second)) => return Some(During),
        // To post something is no phase.
        ("post" | "pre", Some(next)) if !small.contains(&format!("{first}-{next}")) => {
            let is_stage = STAGES.iter().any(|(_, stages)| stages.contains(next));
            if !is_stage && *next != "sales" {
                return None;
            }
        }
        _ => {}
    }
    let among = |lists: &[(Phase, &[&str])], word: &str| {
        let list = lists.iter().find(|(_, words)| words.contains(&word));
        list.map(|(phase, _)| *phase)
    };
    among(LEADING, first)
        .or_else(|| among(TRAILING, last))
        .or_else(|| among(STAGES, first))
        .or_else(|| {
            let ends = |ends: &&[&str]| ends.iter().any(|end| last.ends_with(end));
            let list = ENDS.iter().find(|(_, list)| ends(list));
            list.map(|(phase, _)| *phase)
        })
}

/// Marks that belong to the letter before them, as vowels of Devanagari do.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}' | '\u{200c}' | '\u{200d}')
}

fn is_number(word: &str) -> bool {
    let roman = |c: char| matches!(c, 'i' | 'v' | 'x');
    word.chars().all(char::is_numeric)
        || (word.chars().all(roman) && word.len() < 5)
        || matches!(word, "1st" | "2nd" | "3rd" | "4th" | "5th")
}
