//! What a task says: its name, its score and its actors.

use customer_journey::formats::{
    MermaidActors, MermaidFinding as Found, MermaidOptions, OutsideScale,
};
use customer_journey::{Channel, Journey, Scale};

use super::{during, faults, lenient, names, notes, notes_of, strict, valences};

#[test]
fn actors() {
    let read = strict(&during("A: 4: Me, Cat, Me,\nB: 4\nC: 4:\nD: 4: Cat , Me"));
    assert_eq!(read.notes, []);
    assert_eq!(read.journey.persona(), Some("Me, Cat"));
    assert_eq!(notes_of(&read, "A"), None);
    assert_eq!(notes_of(&read, "B"), Some("No actors"));
    assert_eq!(notes_of(&read, "C"), Some("No actors"));
    assert_eq!(notes_of(&read, "D"), None);

    let options = MermaidOptions::new()
        .actors(MermaidActors::Channels)
        .channel(Channel::App);
    let text = during("A: 4: phone, Cat\nB: 4\nC: 2: lounge");
    let read = Journey::from_mermaid(&text, &options).unwrap();
    let channels: Vec<_> = read
        .journey
        .touchpoints()
        .map(|at| at.channel.as_str())
        .collect();
    assert_eq!(channels, ["phone", "app", "lounge"]);
    assert_eq!(notes_of(&read, "A"), Some("Actors: Cat"));
    assert_eq!(read.journey.persona(), None);

    let options = MermaidOptions::new().actors(MermaidActors::Ignored);
    let read = Journey::from_mermaid(&text, &options).unwrap();
    assert_eq!((read.journey.persona(), notes_of(&read, "A")), (None, None));
}

#[test]
fn a_task_without_its_parts() {
    let found = faults("journey\nsection During\nA:\nB\nC\n: 3: Me\nD: \n  : 4");
    let lines: Vec<usize> = found.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [3, 4, 5, 6, 7, 8]);
    assert_eq!(found[0].1, Found::NoStatement("A:".into()));
    assert_eq!(found[1].1, Found::NoStatement("B".into()));
    assert_eq!(found[3].1, Found::NoName);
    assert_eq!(found[5].1, Found::NoName);

    let read = strict(&during("A: : Me"));
    assert_eq!(valences(&read), [None]);
    assert_eq!(notes(&read), [(3, Found::NoScore("A".into()))]);
}

#[test]
fn scores_that_are_no_decimal_numbers() {
    for score in [
        "abc", "3,5,5", "50%", "0x4", "1e0", "Infinity", "NaN", "3 .5", "--2", ".",
    ] {
        let text = during(&format!("A: {score}: Me"));
        let expected = Found::NoNumber {
            task: "A".into(),
            score: score.into(),
        };
        assert_eq!(faults(&text), [(3, expected.clone())], "{score}");
        let read = lenient(&text);
        assert_eq!(valences(&read), [None], "{score}");
        assert_eq!(notes(&read), [(3, expected)], "{score}");
    }
    for (score, valence) in [
        ("+4", 0.5),
        ("3.5", 0.25),
        ("3.", 0.0),
        ("04", 0.5),
        (" 1 ", -1.0),
    ] {
        let read = strict(&during(&format!("A: {score}: Me")));
        assert_eq!(valences(&read), [Some(valence)], "{score}");
        assert_eq!(read.notes, [], "{score}");
    }
}

#[test]
fn scores_outside_their_scale() {
    for (score, clamped) in [("-2", -1.0), ("0", -1.0), ("9", 1.0), ("5.01", 1.0)] {
        let text = during(&format!("A: {score}: Me"));
        let found = faults(&text);
        assert!(
            matches!(&found[..], [(3, Found::Outside { .. })]),
            "{found:?}"
        );
        let with = |outside| {
            let options = MermaidOptions::new().outside(outside);
            Journey::from_mermaid(&text, &options).unwrap()
        };
        let read = with(OutsideScale::Clamp);
        assert_eq!(
            (valences(&read), read.notes.len()),
            (vec![Some(clamped)], 1)
        );
        let read = with(OutsideScale::Unknown);
        assert_eq!((valences(&read), read.notes.len()), (vec![None], 1));
    }
    let scale = Scale::new(0.0, 10.0).unwrap();
    let options = MermaidOptions::new().scale(scale);
    let read = Journey::from_mermaid(&during("A: 9: Me"), &options).unwrap();
    assert_eq!(valences(&read), [Some(0.8)]);
    let options = MermaidOptions::new().scale(Scale::ONE_TO_FIVE.lower_is_better());
    let read = Journey::from_mermaid(&during("A: 5: Me"), &options).unwrap();
    assert_eq!(valences(&read), [Some(-1.0)]);
}

#[test]
fn colons_in_names() {
    for (text, name, valence, persona) in [
        (
            "Check 10:30 bus: 1: Me",
            "Check 10:30 bus",
            -1.0,
            Some("Me"),
        ),
        ("Train 9:15: 4: Me", "Train 9:15", 0.5, Some("Me")),
        ("A: b: 3", "A: b", 0.0, None),
    ] {
        let whole = during(text);
        let found = faults(&whole);
        assert!(
            matches!(&found[..], [(3, Found::Colons { .. })]),
            "{found:?}"
        );
        let read = lenient(&whole);
        assert_eq!(names(&read), [name]);
        assert_eq!(valences(&read), [Some(valence)]);
        assert_eq!(read.journey.persona(), persona);
    }
    let read = strict(&during("A: 5: Me: and more: words"));
    assert_eq!(read.journey.persona(), Some("Me"));
    assert_eq!(
        notes(&read),
        [(3, Found::Dropped("and more: words".into()))]
    );
}

#[test]
fn semicolons() {
    for text in [
        "A; b: 3: Me",
        "A: 3; 4: Me",
        "A: 3: Me; Cat",
        "title A; b\nA: 3",
    ] {
        let found = faults(&during(text));
        assert_eq!(found, [(3, Found::Semicolon)], "{text}");
        let read = lenient(&during(text));
        assert!(notes(&read).contains(&(3, Found::Semicolon)), "{text}");
    }
    assert_eq!(names(&lenient(&during("A; b: 3: Me"))), ["A; b"]);
    let read = strict("journey\naccTitle: a; b # c\nsection During\nA: 3");
    assert_eq!(read.journey.name(), "a; b # c");
}

#[test]
fn number_signs() {
    let found = faults(&during("Order #12: 3: Me"));
    assert_eq!(found, [(3, Found::NumberSign("#12: 3: Me".into()))]);
    assert_eq!(names(&lenient(&during("Order #12: 3: Me"))), ["Order #12"]);

    let read = strict("journey\ntitle Day #1\nsection During #2\nA: 3: Me #3");
    assert_eq!(read.journey.name(), "Day");
    assert_eq!(read.journey.persona(), Some("Me"));
    assert_eq!(read.journey.touchpoint("A").unwrap().stage, None);
    let cut = |text: &str| Found::NumberSign(text.into());
    assert_eq!(
        notes(&read),
        [(2, cut("#1")), (3, cut("#2")), (4, cut("#3"))]
    );
}

#[test]
fn entities() {
    let read = strict(&during(
        "#35;1 at 10#58;30 #quot;now#quot; #60;b#62;: 3: Me#44; myself",
    ));
    assert_eq!(names(&read), ["#1 at 10:30 \"now\" <b>"]);
    assert_eq!(read.journey.persona(), Some("Me, myself"));
    assert_eq!(read.notes, []);
    let read = strict(&during("A #what; b #0; #55296; #99999999999;: 3"));
    assert_eq!(names(&read), ["A #what; b #0; #55296; #99999999999;"]);
    let unknown = |text: &str| (3, Found::Entity(text.into()));
    assert_eq!(
        notes(&read),
        ["#what;", "#0;", "#55296;", "#99999999999;"].map(unknown)
    );
}
