//! Journeys from Mermaid text: every edge of the language that its own parser was seen to have.

mod tasks;
mod wild;

use customer_journey::formats::{MermaidError, MermaidFinding, MermaidOptions, MermaidRead};
use customer_journey::{Channel, Journey, Phase, Touchpoint};

use MermaidFinding as Found;

/// Tasks in a section that needs no further word.
fn during(tasks: &str) -> String {
    format!("journey\nsection During\n{tasks}")
}

#[track_caller]
fn strict(text: &str) -> MermaidRead {
    Journey::from_mermaid(text, &MermaidOptions::new()).unwrap()
}

#[track_caller]
fn lenient(text: &str) -> MermaidRead {
    Journey::from_mermaid(text, &MermaidOptions::new().lenient()).unwrap()
}

fn faults_of(text: &str, options: &MermaidOptions) -> Vec<(usize, Found)> {
    match Journey::from_mermaid(text, options) {
        Ok(read) => panic!("read as {read:?}"),
        Err(MermaidError::Text(notes)) => notes.into_iter().map(|n| (n.line, n.finding)).collect(),
        Err(other) => panic!("{other}"),
    }
}

fn faults(text: &str) -> Vec<(usize, Found)> {
    faults_of(text, &MermaidOptions::new())
}

fn notes(read: &MermaidRead) -> Vec<(usize, Found)> {
    let notes = read.notes.iter();
    notes.map(|n| (n.line, n.finding.clone())).collect()
}

fn names(read: &MermaidRead) -> Vec<&str> {
    read.journey.touchpoints().map(Touchpoint::label).collect()
}

fn valences(read: &MermaidRead) -> Vec<Option<f64>> {
    read.journey
        .touchpoints()
        .map(Touchpoint::mean_valence)
        .collect()
}

fn notes_of<'a>(read: &'a MermaidRead, id: &str) -> Option<&'a str> {
    read.journey.touchpoint(id).unwrap().notes.as_deref()
}

#[test]
fn a_plain_drawing() {
    let text = "journey
    title My working day
    accDescr: A day at work
    section Before work
      Make tea: 5: Me
      Go upstairs: 3: Me
    section During
      Do work: 1: Me, Cat
    section After work
      Sit down: 4.5: Me";
    let read = strict(text);
    assert_eq!(read.notes, []);
    let journey = &read.journey;
    assert_eq!(journey.name(), "My working day");
    assert_eq!(journey.scenario(), Some("A day at work"));
    assert_eq!(journey.persona(), Some("Me, Cat"));
    assert_eq!(
        valences(&read),
        [Some(1.0), Some(0.0), Some(-1.0), Some(0.75)]
    );
    let tea = journey.touchpoint("Make tea").unwrap();
    assert_eq!(
        (tea.phase, tea.stage.as_deref()),
        (Phase::Before, Some("Before work"))
    );
    assert_eq!(tea.channel, Channel::from("unstated"));
    assert_eq!(tea.notes.as_deref(), Some("Actors: Me"));
    let work = journey.touchpoint("Do work").unwrap();
    assert_eq!(
        (work.phase, &work.stage, &work.notes),
        (Phase::During, &None, &None)
    );
    let ways: Vec<_> = journey
        .transitions()
        .map(|(from, to, way)| (from.id.as_str(), to.id.as_str(), way.weight, way.when))
        .collect();
    assert_eq!(
        ways,
        [
            ("Make tea", "Go upstairs", 1.0, None),
            ("Go upstairs", "Do work", 1.0, None),
            ("Do work", "Sit down", 1.0, None),
        ]
    );
    assert!(journey.flow().is_ok());
}

#[test]
fn sections() {
    let found = faults("journey\nsection Before: b\nA: 3");
    assert!(
        matches!(&found[..], [(2, Found::SectionColon(_)), ..]),
        "{found:?}"
    );
    let read = lenient("journey\nsection Before: b\nA: 3");
    assert_eq!(
        read.journey.touchpoint("A").unwrap().stage.as_deref(),
        Some("Before: b")
    );

    // What looks like a task is none that could be guessed.
    for options in [MermaidOptions::new(), MermaidOptions::new().lenient()] {
        let found = faults_of("journey\nsection During\nSection 8: 3: Me\nA: 3", &options);
        assert!(
            matches!(
                &found[..],
                [(
                    3,
                    Found::Keyword {
                        keyword: "section",
                        ..
                    }
                )]
            ),
            "{found:?}"
        );
    }
    let found = faults("journey\nsection\nA: 3");
    assert!(found.contains(&(2, Found::SectionName)), "{found:?}");

    let read = strict(
        "journey\nsection Before\nsection During\nA: 3\nsection After\nB: 3\nsection During\nC: 3",
    );
    let phases: Vec<Phase> = read.journey.touchpoints().map(|at| at.phase).collect();
    assert_eq!(phases, [Phase::During, Phase::After, Phase::During]);
    assert_eq!(notes(&read), [(2, Found::EmptySection("Before".into()))]);
}

#[test]
fn phases_are_stated_where_names_do_not_say_them() {
    let text =
        "journey\nA: 3\nsection Go to work\nB: 3\nsection Home\nC: 3\nsection Go to work\nD: 3";
    let phase = |name: &str| Found::Phase(name.into());
    assert_eq!(
        faults(text),
        [(2, phase("")), (3, phase("Go to work")), (5, phase("Home"))]
    );
    let options = MermaidOptions::new()
        .phase("Home", Phase::After)
        .phase("", Phase::Before)
        .other_phases(Phase::During);
    let read = Journey::from_mermaid(text, &options).unwrap();
    let phases: Vec<Phase> = read.journey.touchpoints().map(|at| at.phase).collect();
    assert_eq!(
        phases,
        [Phase::Before, Phase::During, Phase::After, Phase::During]
    );
    let stages: Vec<_> = read
        .journey
        .touchpoints()
        .map(|at| at.stage.as_deref())
        .collect();
    assert_eq!(
        stages,
        [None, Some("Go to work"), Some("Home"), Some("Go to work")]
    );

    for (name, phase) in [
        ("BEFORE", Phase::Before),
        ("During the flight", Phase::During),
        ("After-sales", Phase::After),
        ("(after) it all", Phase::After),
    ] {
        let read = strict(&format!("journey\nsection {name}\nA: 3"));
        assert_eq!(read.journey.touchpoint("A").unwrap().phase, phase, "{name}");
    }
    assert_eq!(faults("journey\nsection Afternoon\nA: 3").len(), 1);
}

#[test]
fn comments_may_be_lost_tasks() {
    let text = during(
        "%% a comment\n% off: 1: Me\n5%% off: 2: Me\n#1 choice: 3: Me\n# note\n%%\nA: 3 \n%%{init: {\"x\": 1}}%%\n",
    );
    let read = strict(&text);
    assert_eq!(names(&read), ["A"]);
    let lost = |text: &str| Found::LostTask(text.into());
    assert_eq!(
        notes(&read),
        [
            (4, lost("% off: 1: Me")),
            (5, lost("5%% off: 2: Me")),
            (6, lost("#1 choice: 3: Me")),
        ]
    );
    // There are no comments behind a statement.
    let read = strict(&during("Get 50%% off: 1: Me %% note"));
    assert_eq!(names(&read), ["Get 50%% off"]);
    assert_eq!(read.journey.persona(), Some("Me %% note"));
}

#[test]
fn tasks_that_begin_with_a_keyword() {
    for name in ["Journey home", "journey", "JOURNEY 2"] {
        let text = during(&format!("{name}: 3: Me"));
        let found = faults(&text);
        let [
            (
                3,
                Found::Keyword {
                    keyword: "journey",
                    hint,
                    ..
                },
            ),
        ] = &found[..]
        else {
            panic!("{found:?}");
        };
        assert_eq!(
            *hint,
            format!("#{};", u32::from(name.chars().next().unwrap()))
        );
        assert_eq!(names(&lenient(&text)), [name]);
    }
    assert_eq!(
        names(&strict(&during(
            "Journeys: 3\nTitles: 3\nSections: 3\nAccTitle 2: 3\nJourney_x: 3"
        ))),
        ["Journeys", "Titles", "Sections", "AccTitle 2", "Journey_x"]
    );

    let read = strict(&during("Title deed: 3: Me\nA: 3"));
    assert_eq!(read.journey.name(), "deed: 3: Me");
    assert_eq!(
        notes(&read),
        [(3, Found::LostTask("title deed: 3: Me".into()))]
    );
    let read = strict(&during("AccTitle: 5: Me\naccDescr: 4\nA: 3"));
    assert_eq!(read.journey.name(), "5: Me");
    assert_eq!(read.notes.len(), 2);
}

#[test]
fn titles() {
    let read = strict("journey\ntitle\nsection During\nA: 3\naccTitle:\nB: 3");
    assert_eq!(names(&read), ["A", "B"]);
    assert_eq!(
        notes(&read),
        [
            (2, Found::EmptyTitle("title")),
            (5, Found::EmptyTitle("accTitle:"))
        ]
    );

    let matter = "---\ntitle: \"Outer \\\"one\\\"\"\nconfig:\n  theme: dark\n---\njourney\n";
    let read = strict(&format!("{matter}section During\nA: 3"));
    assert_eq!(read.journey.name(), "Outer \"one\"");
    let read = strict(&format!(
        "{matter}title Inner\ntitle Last\naccTitle: Short\nsection During\nA: 3"
    ));
    assert_eq!(read.journey.name(), "Last");
    let indented =
        "\n   ---\n   title: It''s # a comment\n   ---\n   journey\n   section During\n   A: 3";
    assert_eq!(strict(indented).journey.name(), "It''s");
    assert_eq!(
        strict(&indented.replace("It''s", "'It''s'")).journey.name(),
        "It's"
    );
    let read = strict("journey\naccTitle: Short\nsection During\nA: 3");
    assert_eq!(read.journey.name(), "Short");
}

#[test]
fn descriptions_over_several_lines() {
    let read = strict("journey\naccDescr {\n  One\n  two; # three\n} section During\nA: 3");
    assert_eq!(read.journey.scenario(), Some("One\n  two; # three"));
    assert_eq!(
        strict("journey\naccDescr { One } title T\nsection During\nA: 3")
            .journey
            .name(),
        "T"
    );
    assert_eq!(
        faults("journey\nsection During\nA: 3\naccDescr {\nOne"),
        [(4, Found::OpenDescription)]
    );
}

#[test]
fn blanks_and_line_ends() {
    let text = "\u{feff}\r\n\n \u{a0}\tjourney section During\r\n\t A  b \t: 3 : Me\r\nB<br>b<br/>c<BR />d: 4\rC: 2";
    let read = strict(text);
    assert_eq!(names(&read), ["A  b", "B\nb\nc\nd", "C"]);
    assert_eq!(read.journey.persona(), Some("Me"));
    assert_eq!(
        faults("journey\r\nsection During\r\nA\rB: 3"),
        [(3, Found::NoStatement("A".into()))]
    );
}

#[test]
fn names_that_occur_again() {
    let read = strict(&during("A: 1\nA 2: 2\nA: 3\nA: 4"));
    let ids: Vec<_> = read
        .journey
        .touchpoints()
        .map(|at| at.id.as_str())
        .collect();
    assert_eq!(ids, ["A", "A 2", "A 3", "A 4"]);
    assert_eq!(names(&read), ["A", "A 2", "A", "A"]);
}

#[test]
fn what_is_no_journey() {
    for text in [
        "",
        "\n \n",
        "flowchart LR\nA --> B",
        "journeyman\nA: 3",
        "A: 3",
        "---\ntitle: x\njourney",
    ] {
        let found = faults(text);
        assert_eq!(found.len(), 1, "{text:?}: {found:?}");
    }
    assert_eq!(faults("journey\ntitle T"), [(1, Found::NoTask)]);
    assert_eq!(faults("x"), [(1, Found::NotAJourney("x".into()))]);
    let found = faults("Journey\nsection During\nA: 3");
    assert_eq!(found, [(1, Found::Header("Journey".into()))]);
    assert_eq!(names(&lenient("Journey\nsection During\nA: 3")), ["A"]);
}

#[test]
fn directives_are_dropped_wherever_they_stand() {
    let text = "%%{init: {\n'theme': 'dark'\n}}%%\njourney\nsection Dur%%{x}%%ing\nA%%{y: 1}%%: 3: M%%{z}%%e\nB: x";
    let found = faults(text);
    assert!(
        matches!(&found[..], [(7, Found::NoNumber { .. })]),
        "{found:?}"
    );
    let read = strict(text.trim_end_matches("\nB: x"));
    assert_eq!(names(&read), ["A"]);
    assert_eq!(read.journey.persona(), Some("Me"));
    let open = "journey\nsection During\nA: 3 %%{init\nB: 2";
    assert_eq!(faults(open), [(3, Found::OpenDirective)]);
    assert_eq!(names(&lenient(open)), ["A", "B"]);
}

#[test]
fn all_faults_at_once_in_the_order_of_the_lines() {
    let text = "journey\n  title A;b\n  section Somewhere\n    A: x\n    B\n    C: 7: Me\n";
    let error = Journey::from_mermaid(text, &MermaidOptions::new()).unwrap_err();
    let shown = error.to_string();
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(lines[0], "5 problems:");
    let numbers = ["line 2: ", "line 3: ", "line 4: ", "line 5: ", "line 6: "];
    assert_eq!(lines.len(), 6, "{shown}");
    for (line, number) in lines[1..].iter().zip(numbers) {
        assert!(line.trim_start().starts_with(number), "{line}");
    }
    let outside = "line 6: \"C\": rating 7 is outside 1 to 5; state the scale of the scores if it is another one";
    assert_eq!(lines[5].trim(), outside);
}

/// No text makes the reader panic, and what it reads is a journey or a list of faults.
mod laws {
    use super::*;
    use crate::steady::cases;
    use proptest::prelude::*;

    fn piece() -> impl Strategy<Value = String> {
        let known = [
            "journey",
            "section",
            "During",
            "title",
            "accTitle",
            "accDescr",
            "{",
            "}",
            ":",
            ";",
            "#",
            "%%",
            "%%{",
            "}%%",
            "%% cx ",
            "\n",
            "\r\n",
            " ",
            "3",
            "-1.5",
            "#35;",
            "<br/>",
            "---",
            ",",
            "{\"id\":\"a\"}",
            "{\"format\":\"customer-journey/1\"}",
            "\"",
            "\\u12",
        ];
        prop_oneof![
            4 => prop::sample::select(known.to_vec()).prop_map(str::to_owned),
            1 => any::<String>(),
        ]
    }

    proptest! {
        #![proptest_config(cases(256))]

        #[test]
        fn no_text_is_too_much(pieces in prop::collection::vec(piece(), 0..30), begun in any::<bool>()) {
            let text = format!("{}{}", if begun { "journey\nsection During\n" } else { "" }, pieces.concat());
            let lines = text.replace("\r\n", "\n").replace('\r', "\n").split('\n').count();
            for options in [MermaidOptions::new(), MermaidOptions::new().lenient().other_phases(Phase::After)] {
                match Journey::from_mermaid(&text, &options) {
                    Ok(read) => {
                        prop_assert!(read.journey.touchpoints().len() > 0);
                        prop_assert!(read.notes.iter().all(|note| (1..=lines).contains(&note.line)));
                    }
                    Err(MermaidError::Text(notes)) => {
                        prop_assert!(!notes.is_empty());
                        prop_assert!(notes.iter().all(|note| (1..=lines).contains(&note.line)));
                        prop_assert!(notes.is_sorted_by_key(|note| note.line));
                    }
                    Err(_) => {}
                }
            }
        }
    }
}
