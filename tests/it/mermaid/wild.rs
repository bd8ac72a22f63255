//! Diagrams as people write them: in their languages, in READMEs and wikis, with the slips that occur.

use customer_journey::formats::{MermaidFinding as Found, MermaidOptions, MermaidRead};
use customer_journey::{Journey, Phase, Scale};

use Phase::{After, Before, During};

fn forgiving() -> MermaidOptions {
    MermaidOptions::new().lenient()
}

fn read(text: &str) -> MermaidRead {
    read_with(text, &forgiving())
}

fn read_with(text: &str, options: &MermaidOptions) -> MermaidRead {
    Journey::from_mermaid(text, options).unwrap_or_else(|error| panic!("{text}\n{error}"))
}

fn refused(text: &str, options: &MermaidOptions) -> String {
    match Journey::from_mermaid(text, options) {
        Ok(read) => panic!("{text}\n{read:?}"),
        Err(error) => error.to_string(),
    }
}

/// The phase, the name and the valence of each touchpoint.
fn steps(read: &MermaidRead) -> Vec<(Phase, &str, Option<f64>)> {
    let touchpoints = read.journey.touchpoints();
    let step = |it| {
        let it: &customer_journey::Touchpoint = it;
        (it.phase, it.label(), it.mean_valence())
    };
    touchpoints.map(step).collect()
}

fn phases(read: &MermaidRead) -> Vec<Phase> {
    read.journey.touchpoints().map(|it| it.phase).collect()
}

/// Three sections in a language, and what a customer does there.
const LANGUAGES: [(&str, [&str; 3]); 34] = [
    (
        "English",
        ["Before the visit", "During the visit", "After the visit"],
    ),
    ("English stages", ["Awareness", "Purchase", "Loyalty"]),
    (
        "numbered stages",
        ["1. Discovery", "2. Onboarding", "3. Follow-up"],
    ),
    (
        "steps",
        ["Step 1 Research", "Step 2 Delivery", "Step 3 Support"],
    ),
    ("with a dash", ["Pre-purchase", "Purchase", "Post-purchase"]),
    ("with signs", ["🔍 Discovery", "🛒 Checkout", "⭐ Review"]),
    ("Norwegian", ["Før besøket", "Underveis", "Etter besøket"]),
    ("Norwegian stages", ["Vurdering", "Kjøp", "Oppfølging"]),
    ("Danish", ["Før", "Undervejs", "Efter"]),
    ("Swedish", ["Innan köpet", "Under köpet", "Efteråt"]),
    ("German", ["Vorher", "Während der Fahrt", "Nachher"]),
    ("German stages", ["Entdeckung", "Kauf", "Kundenbindung"]),
    ("Dutch", ["Vooraf", "Tijdens het bezoek", "Achteraf"]),
    ("French", ["Avant", "Pendant le vol", "Après le vol"]),
    ("French stages", ["Découverte", "Achat", "Fidélisation"]),
    ("Spanish", ["Antes", "Durante la visita", "Después"]),
    ("Portuguese", ["Descoberta", "Compra", "Pós-venda"]),
    ("Italian", ["Prima", "Durante", "Dopo"]),
    ("Polish", ["Przed wizytą", "Podczas wizyty", "Po wizycie"]),
    (
        "Finnish",
        ["Ennen vierailua", "Vierailun aikana", "Vierailun jälkeen"],
    ),
    ("Russian", ["До покупки", "Покупка", "После покупки"]),
    (
        "Turkish",
        ["Satın alma öncesi", "Satın alma", "Satın alma sonrası"],
    ),
    ("Japanese", ["購入前", "利用中", "購入後"]),
    ("Japanese stages", ["情報収集", "購入時", "継続"]),
    ("Chinese words", ["购买之前", "购物过程", "购买以后"]),
    ("Chinese stages", ["调研", "交付", "忠诚度"]),
    ("Polish words", ["Przed", "W trakcie", "Po"]),
    ("Polish stages", ["Poszukiwanie", "Realizacja", "Opinia"]),
    (
        "Dutch stages",
        ["Oriëntatiefase", "Bezorging", "Klantenservice"],
    ),
    (
        "Portuguese words",
        [
            "Antes da compra",
            "No decorrer da compra",
            "Depois da compra",
        ],
    ),
    ("Danish words", ["Forud for købet", "Imens", "Bagefter"]),
    ("Finnish stages", ["Suunnittelu", "Ostaminen", "Palaute"]),
    ("Russian stages", ["Планирование", "Получение", "Отзыв"]),
    ("Chinese", ["到店之前", "使用", "售后"]),
];

#[test]
fn sections_say_their_phase_in_many_languages() {
    for (language, [before, during, after]) in LANGUAGES {
        let text = format!(
            "journey\n  title {language}\n  section {before}\n    A: 4: Me\n  section {during}\n    B: 2: Me\n  section {after}\n    C: 5: Me"
        );
        for options in [MermaidOptions::new(), forgiving().other_phases(During)] {
            let read = read_with(&text, &options);
            let expected = [
                (Before, "A", Some(0.5)),
                (During, "B", Some(-0.5)),
                (After, "C", Some(1.0)),
            ];
            assert_eq!(steps(&read), expected, "{language}");
            // What no word of the vocabulary says is told.
            for note in &read.notes {
                assert!(matches!(note.finding, Found::TakenPhase { .. }), "{note}");
            }
        }
    }
    for (script, sections) in [
        ("Arabic", ["قبل الشراء", "أثناء الشراء", "بعد الشراء"]),
        ("Hebrew", ["לפני", "במהלך", "אחרי"]),
        ("Korean", ["구매 전", "이용 중", "구매 후"]),
        ("Hindi", ["पहले", "के दौरान", "बाद"]),
        ("Ukrainian", ["До візиту", "Під час візиту", "Після візиту"]),
    ] {
        let [before, during, after] = sections;
        let text = format!(
            "journey\nsection {before}\nA: 3\nsection {during}\nB: 3\nsection {after}\nC: 3"
        );
        assert_eq!(phases(&read(&text)), [Before, During, After], "{script}");
    }
}

#[test]
fn names_that_say_no_phase_are_asked_for() {
    for name in [
        "Go to work",
        "Kitchen",
        "Post a photo",
        "Preview",
        "Vorarlberg",
        "Pretty",
        "Afternoon",
        "Na lotnisku",
        "Preorders",
        "Unter",
        "到馆",
        "Landing",
    ] {
        let text = format!("journey\nsection {name}\nA: 3");
        for options in [MermaidOptions::new(), forgiving()] {
            let error = refused(&text, &options);
            let expected = format!("line 2: the section {name:?} is not known");
            assert!(error.contains(&expected), "{error}");
        }
        assert_eq!(
            phases(&read_with(&text, &forgiving().other_phases(After))),
            [After],
            "{name}"
        );
        let stated = forgiving().phase(name, Before).other_phases(After);
        assert_eq!(phases(&read_with(&text, &stated)), [Before], "{name}");
    }
    // What is stated for a name counts more than what the name says.
    let text = "journey\nsection Discovery\nA: 3";
    let stated = read_with(text, &forgiving().phase("Discovery", During));
    assert_eq!((phases(&stated), stated.notes.len()), (vec![During], 0));
}

#[test]
fn phases_go_by_position_where_asked() {
    let of = |sections: &[&str]| {
        let text: String = (1..)
            .zip(sections)
            .map(|(number, name)| format!("section {name}\n  T{number}: 3\n"))
            .collect();
        let options = MermaidOptions::new().phases_by_position();
        phases(&read_with(&format!("journey\n{text}"), &options))
    };
    assert_eq!(of(&["Home"]), [During]);
    assert_eq!(of(&["Home", "Work"]), [Before, During]);
    assert_eq!(of(&["Home", "Work", "Pub"]), [Before, During, After]);
    assert_eq!(
        of(&["Home", "Bus", "Work", "Pub"]),
        [Before, During, During, After]
    );
    // Those whose name says it stay, and those between them do not go back.
    assert_eq!(
        of(&["Home", "Discovery", "Bus", "Pub"]),
        [Before, Before, During, After]
    );
    assert_eq!(of(&["Purchase", "Home", "Pub"]), [During, During, After]);
    assert_eq!(
        of(&["Home", "Bus", "Discovery", "Pub"]),
        [Before, Before, Before, After]
    );
    assert_eq!(of(&["Home", "Work", "Purchase"]), [Before, During, During]);
}

/// A diagram with something around it, or with another form of the same.
const AROUND: [(&str, &str); 14] = [
    ("alone", "journey\ntitle T\nsection Before\nA: 4: Me\n"),
    (
        "a README",
        "# A title\n\nSome words: 3: here\n\n```mermaid\njourney\n  title T\n  section Before\n    A: 4: Me\n```\n\nMore: 5: words\n",
    ),
    (
        "an unclosed fence",
        "Words\n```mermaid\njourney\n  title T\n  section Before\n    A: 4: Me\n",
    ),
    (
        "a fence of tildes",
        "~~~ mermaid\njourney\n  title T\n  section Before\n    A: 4: Me\n~~~\nA: 1: no\n",
    ),
    (
        "options of a fence",
        "Words\n```{.mermaid filename=\"x.png\"}\njourney\n  title T\n  section Before\n    A: 4: Me\n```\n",
    ),
    (
        "among other diagrams",
        "```mermaid\nflowchart LR\n  A --> B\n```\n\n```mermaid\njourney\n  title T\n  section Before\n    A: 4: Me\n```\n```mermaid\npie\n  \"x\" : 3\n```\n",
    ),
    (
        "a wiki",
        ":::mermaid\njourney\n  title T\n  section Before\n    A: 4: Me\n:::\nB: 2: no\n",
    ),
    (
        "a page",
        "<html>\n<pre class=\"mermaid\">\njourney\n  title T\n  section Before\n    A: 4: Me\n</pre>\n</html>\n",
    ),
    (
        "a quotation",
        "> ```mermaid\n> journey\n>   title T\n>   section Before\n>     A: 4: Me\n> ```\n> B: 1: no\n",
    ),
    (
        "an indented directive",
        ".. mermaid::\n\n   journey\n     title T\n     section Before\n       A: 4: Me\n\nWords: 3: here\n",
    ),
    (
        "a list",
        "1. Words\n   ```mermaid\n   journey\n     title T\n     section Before\n       A: 4: Me\n   ```\n2. Words: 4: here\n",
    ),
    (
        "front matter in the fence",
        "Words\n```mermaid\n---\ntitle: T\n---\njourney\n  section Before\n    A: 4: Me\n```\n",
    ),
    (
        "a directive in the fence",
        "Words\n```mermaid\n%%{init: {\n  \"theme\": \"base\"\n}}%%\n%% a comment\njourney\n  title T\n  section Before\n    A: 4: Me\n```\n",
    ),
    (
        "front matter of the page",
        "---\ntitle: A page\ntags: [x]\n---\n# Words\n```mermaid\njourney\n  title T\n  section Before\n    A: 4: Me\n```\n",
    ),
];

#[test]
fn the_diagram_of_a_larger_text_is_found() {
    for (around, text) in AROUND {
        for options in [MermaidOptions::new(), forgiving()] {
            for text in [text.to_owned(), text.replace('\n', "\r\n")] {
                let read = read_with(&text, &options);
                assert_eq!(read.journey.name(), "T", "{around}");
                assert_eq!(steps(&read), [(Before, "A", Some(0.5))], "{around}");
                assert_eq!(read.notes, [], "{around}");
            }
        }
    }
    // Lines are those of the whole text.
    let error = refused(
        "Words\n\n```mermaid\njourney\nsection Before\nA: 4\nB\n```\n",
        &forgiving(),
    );
    assert!(error.contains("line 7: \"B\" is no statement"), "{error}");
}

#[test]
fn of_several_diagrams_the_first_is_read_and_the_others_are_named() {
    let text = "```mermaid\njourney\ntitle Morning\nsection Before\nA: 4\n```\n\n```mermaid\njourney\ntitle Evening\nsection After\nB: 2\n```\n";
    let first = read(text);
    assert_eq!(first.journey.name(), "Morning");
    assert_eq!(
        first.notes[0].to_string(),
        "line 9: there are 2 journeys: 1 (\"Morning\", line 2), 2 (\"Evening\", line 9); the first is read, and the others by their title or number"
    );
    for which in ["Evening", "2"] {
        let second = read_with(text, &forgiving().diagram(which));
        assert_eq!(second.journey.name(), "Evening");
        assert_eq!(
            (steps(&second), second.notes.len()),
            (vec![(After, "B", Some(-0.5))], 0)
        );
    }
    for which in ["Noon", "0", "3", ""] {
        let error = refused(text, &forgiving().diagram(which));
        assert!(
            error.contains("there are 2 journeys: 1 (\"Morning\""),
            "{error}"
        );
    }
}

#[test]
fn the_first_word_is_read_where_it_is_nearly_right() {
    for word in [
        "userJourney",
        "user-journey",
        "User journey",
        "UserJourney",
        "journeyDiagram",
        "Journey",
        "JOURNEY",
    ] {
        let text = format!("{word}\ntitle T\nsection Before\nA: 4");
        let read = read(&text);
        assert_eq!(steps(&read), [(Before, "A", Some(0.5))], "{word}");
        assert_eq!(read.notes[0].finding, Found::Header(word.to_owned()));
        let error = refused(&text, &MermaidOptions::new());
        assert!(error.contains("write `journey`"), "{error}");
    }
    for text in [
        "journeys\nA: 4",
        "flowchart LR\nA --> B",
        "my journey\nA: 4",
        "user\nA: 4",
        "",
    ] {
        assert!(Journey::from_mermaid(text, &forgiving()).is_err(), "{text}");
    }
}

#[test]
fn statements_on_one_line_and_keywords_with_colons() {
    for text in [
        "journey; title T; section Before; A: 4: Me; B: 2: Me",
        "journey\ntitle: T\nsection: Before\nA: 4: Me\nB: 2: Me",
        "journey\ntitle T;\nsection Before;\nA: 4: Me;\nB: 2: Me;",
        "journey\nTitle: T\nsection Before; A: 4: Me\nB: 2: Me",
    ] {
        let read = read(text);
        assert_eq!(read.journey.name(), "T", "{text}");
        assert_eq!(read.journey.persona(), Some("Me"), "{text}");
        assert_eq!(
            steps(&read),
            [(Before, "A", Some(0.5)), (Before, "B", Some(-0.5))],
            "{text}"
        );
        assert!(!read.notes.is_empty(), "{text}");
        refused(text, &MermaidOptions::new().other_phases(Before));
    }
    // A semicolon that ends no statement is part of its name; a task may be called as a keyword.
    let kept = read("journey\nsection Before\nTea; milk: 4: Me");
    assert_eq!(steps(&kept), [(Before, "Tea; milk", Some(0.5))]);
    let task = read("journey\nsection Before\nTitle: 4: Me");
    assert_eq!(steps(&task), [(Before, "Title", Some(0.5))]);
}

#[test]
fn colons_in_names_and_sections() {
    let read = read(
        "journey\ntitle Tag: eins\nsection Before: Woche\nNachricht um 08:00: 5: Ich\nsection Step 2: Purchase\nZeit: jetzt oder nie: 2: Ich",
    );
    assert_eq!(read.journey.name(), "Tag: eins");
    let expected = [
        (Before, "Nachricht um 08:00", Some(1.0)),
        (During, "Zeit: jetzt oder nie", Some(-0.5)),
    ];
    assert_eq!(steps(&read), expected);
}

#[test]
fn scores_in_other_forms() {
    for (score, valence) in [
        ("3,5", Some(0.25)),
        ("5/5", Some(1.0)),
        ("4,5/5", Some(0.75)),
        ("٤", Some(0.5)),
        ("４", Some(0.5)),
        ("४", Some(0.5)),
        ("3-4", None),
        ("***", None),
        ("4/10", None),
        ("high", None),
    ] {
        let text = format!("journey\nsection Before\nA: {score}: Me");
        let read = read(&text);
        assert_eq!(steps(&read), [(Before, "A", valence)], "{score}");
        assert_eq!(read.journey.persona(), Some("Me"));
        assert_eq!(read.notes.len(), 1, "{score}");
        refused(&text, &MermaidOptions::new());
    }
    let wide = read("journey\nsection 使用\n打开：5：用户\n关闭: 4: 用户");
    assert_eq!(
        steps(&wide),
        [(During, "打开", Some(1.0)), (During, "关闭", Some(0.5))]
    );
}

/// Where one score is off the scale, nobody knows what the others mean: none is half read.
#[test]
fn scores_on_a_scale_that_nobody_stated_are_unknown() {
    for (scores, likely) in [
        ([5.0, 6.0, 10.0], Some("0..10")),
        ([0.0, 3.0, 5.0], Some("0..5")),
        ([-2.0, 0.0, 1.0], Some("-2..2")),
        ([-4.0, 0.0, 5.0], Some("-5..5")),
        ([20.0, 70.0, 95.0], Some("0..100")),
        ([1.0, 2.0, 999.0], None),
    ] {
        let [a, b, c] = scores;
        let text = format!("journey\nsection Before\nA: {a}: Me\nB: {b}: Me\nC: {c}: Me");
        let read = read(&text);
        assert!(
            steps(&read).iter().all(|(_, _, valence)| valence.is_none()),
            "{scores:?}"
        );
        let Found::Unscaled {
            lowest,
            highest,
            likely: found,
        } = &read.notes[0].finding
        else {
            panic!("{:?}", read.notes)
        };
        assert_eq!((*lowest, *highest, found.as_deref()), (a, c, likely));
        refused(&text, &MermaidOptions::new());
        if let Some(scale) = likely {
            let scale: Scale = scale.parse().unwrap();
            let read = read_with(&text, &MermaidOptions::new().scale(scale));
            let expected = scores.map(|score| Some(scale.valence(score).unwrap()));
            assert_eq!(
                steps(&read).iter().map(|it| it.2).collect::<Vec<_>>(),
                expected
            );
        }
    }
}

#[test]
fn fields_in_another_order_are_remarked() {
    let swapped = |text: &str| {
        let is = |found: &Found| matches!(found, Found::Swapped { .. });
        read(text).notes.iter().any(|note| is(&note.finding))
    };
    assert!(swapped(
        "journey\nsection Before\nGuest: 1: Looks\nGuest: 2: Waits\nGuest: 3: Picks"
    ));
    assert!(swapped(
        "journey\nsection Before\nGuest: 1: Looks\nClerk: 2: Waits\nGuest: 3: Picks\nClerk: 3: Pays"
    ));
    // The same steps again, and different people at different steps.
    assert!(!swapped(
        "journey\nsection Before\nWaits: 1: Me\nWaits: 2: Me\nWaits: 3: Me"
    ));
    assert!(!swapped(
        "journey\nsection Before\nLooks: 1: Ann\nWaits: 2: Ben\nPicks: 3: Cleo"
    ));
    assert!(!swapped(
        "journey\nsection Before\nWaits: 1: Ann\nWaits: 2: Ben"
    ));

    let feelings = |text: &str| {
        let notes = read(text).notes;
        notes.into_iter().find_map(|note| match note.finding {
            Found::FeelingsAsActors(feelings) => Some(feelings),
            _ => None,
        })
    };
    let text = "journey\nsection Before\nPays: 2: Frustrated\nWaits: 1: anger, Me\nGoes: 4: Joy";
    assert_eq!(
        feelings(text),
        Some(vec![
            "Frustrated".to_owned(),
            "anger".to_owned(),
            "Joy".to_owned()
        ])
    );
    assert_eq!(
        feelings("journey\nsection Before\nPays: 2: Me, Cat, Customer, Content team, Nurse"),
        None
    );
}
