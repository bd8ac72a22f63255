//! Journeys from and to CJML.

use crate::steady::cases;
use customer_journey::formats::{CjmlError, CjmlFinding, CjmlOptions, CjmlRead, LossKind};
use customer_journey::journey::JourneyKind;
use customer_journey::{Channel, Feeling, Journey, Phase, Promise, Touchpoint};
use proptest::prelude::*;

use crate::arb;

/// A document as the language's own page shows one, with what its tools write besides.
const BOOKS: &str = r#"<?xml version="1.0"?>
<!-- Produced by hand -->
<CJML version="2.0">
  <plannedJourney>
    <journeyID>PJ1</journeyID>
    <journeyPhases>
      <journeyPhase phaseID="p1"><phaseName>Before</phaseName><phaseDescription/></journeyPhase>
    </journeyPhases>
    <actors><endUser actorID="User"/><serviceProvider actorID="Bookis"/></actors>
    <touchpoints>
      <plannedAction>
        <touchpointID>T0</touchpointID>
        <belongsTo phaseIDref="p1"></belongsTo>
        <initiator><refersTo actorIDref="User"/><initiatorLabel>Looks for a book</initiatorLabel></initiator>
      </plannedAction>
    </touchpoints>
  </plannedJourney>
  <actualJourney>
    <journeyID>AJ1</journeyID>
    <journeyTitle>Carl &amp; the <![CDATA[<book>]]></journeyTitle>
    <plannedReference>PJ1</plannedReference>
    <journeyShortSummary>Buys a&#x20;book</journeyShortSummary>
    <actors>
      <endUser actorID="Carl"><actorName>Carl</actorName></endUser>
      <serviceProvider actorID="A"><companyName>Bookis</companyName></serviceProvider>
    </actors>
    <touchpoints>
      <actualCommunicationPoint>
        <touchpointID>T1</touchpointID>
        <belongsTo phaseIDref="During"/>
        <compliance>completed</compliance>
        <initiator><refersTo actorIDref="A"/><initiatorLabel>Your order is on its way</initiatorLabel></initiator>
        <receiver><refersTo actorIDref="Carl"/><receiverLabel>Gets a message</receiverLabel></receiver>
        <channel><channelName>selfServiceMachine</channelName></channel>
        <timestamps><timeOriginated>2026-01-01</timeOriginated></timestamps>
        <touchpointExperience>
          <experienceDescription>Could not read it</experienceDescription>
          <experienceRating>2</experienceRating>
        </touchpointExperience>
        <comment>in the rain</comment>
      </actualCommunicationPoint>
      <actualCommunicationPoint>
        <touchpointID>T2</touchpointID>
        <compliance>missing</compliance>
      </actualCommunicationPoint>
      <actualAction>
        <touchpointID>T1</touchpointID>
        <belongsTo phaseIDref="After"/>
        <initiator><refersTo actorIDref="Nobody"/><initiatorLabel>Reads</initiatorLabel></initiator>
        <touchpointExperience><experienceDescription>joy</experienceDescription></touchpointExperience>
      </actualAction>
    </touchpoints>
  </actualJourney>
</CJML>
"#;

#[track_caller]
fn read(text: &str) -> CjmlRead {
    Journey::from_cjml(text, &CjmlOptions::new().other_phases(Phase::During)).unwrap()
}

fn faults(text: &str) -> Vec<(usize, CjmlFinding)> {
    match Journey::from_cjml(text, &CjmlOptions::new()) {
        Err(CjmlError::Text(notes)) => notes.into_iter().map(|n| (n.line, n.finding)).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn planned_and_actual_journeys_are_read() {
    let read = Journey::from_cjml(BOOKS, &CjmlOptions::new()).unwrap();
    let [planned, actual] = &read.journeys[..] else {
        panic!("{read:?}");
    };
    assert_eq!(
        (planned.name(), planned.kind()),
        ("PJ1", JourneyKind::Planned)
    );
    assert_eq!(planned.persona(), Some("User"));
    let search = planned.touchpoint("T0").unwrap();
    assert_eq!(
        (search.label(), search.phase),
        ("Looks for a book", Phase::Before)
    );
    assert_eq!(search.channel, Channel::from("unstated"));

    assert_eq!(
        (actual.name(), actual.kind()),
        ("Carl & the <book>", JourneyKind::Experienced)
    );
    assert_eq!(actual.scenario(), Some("Buys a book"));
    let [message, reading] = &actual.touchpoints().collect::<Vec<_>>()[..] else {
        panic!("{actual:?}");
    };
    let expected = Touchpoint::new("T1", Phase::During, Channel::Kiosk)
        .name("Gets a message")
        .owner("Bookis")
        .says("Your order is on its way")
        .feels(-0.5)
        .notes("Could not read it\nin the rain");
    assert_eq!(**message, expected);
    assert_eq!((reading.id.as_str(), reading.phase), ("T1 2", Phase::After));
    assert_eq!(reading.emotion, Some(Feeling::Joy.into()));
    assert_eq!(reading.owner.as_deref(), Some("Nobody"));
    let ways: Vec<_> = actual
        .transitions()
        .map(|(from, to, _)| (from.id.as_str(), to.id.as_str()))
        .collect();
    assert_eq!(ways, [("T1", "T1 2")]);

    let notes: Vec<(usize, String)> = read
        .notes
        .iter()
        .map(|n| (n.line, n.finding.to_string()))
        .collect();
    let expected = [
        (21, "`plannedReference` is left out"),
        (31, "`compliance` is left out"),
        (35, "`timestamps` is left out"),
        (42, "\"T2\" was planned and is missing, so it is left out"),
        (46, "the id \"T1\" is empty or taken; it is \"T1 2\" here"),
        (49, "the actor \"Nobody\" is named and not described"),
    ];
    assert_eq!(notes, expected.map(|(line, text)| (line, text.to_owned())));
}

/// Touchpoints of a phase that is not known are one fault, and phases can go by their position.
#[test]
fn phases_of_other_names_are_asked_for_once() {
    let point = |id: &str, phase: &str| {
        format!(
            "<plannedAction><touchpointID>{id}</touchpointID><belongsTo phaseIDref=\"{phase}\"/></plannedAction>"
        )
    };
    let points: String = [
        ("a", "Home"),
        ("b", "Home"),
        ("c", "Bus"),
        ("d", "Pub"),
        ("e", "Pub"),
    ]
    .map(|(id, phase)| point(id, phase))
    .concat();
    let xml = format!(
        "<CJML version=\"2.0\"><plannedJourney><journeyID>x</journeyID><touchpoints>{points}</touchpoints></plannedJourney></CJML>"
    );
    let error = Journey::from_cjml(&xml, &CjmlOptions::new()).unwrap_err();
    assert!(error.to_string().starts_with("3 problems:"), "{error}");
    let read = Journey::from_cjml(&xml, &CjmlOptions::new().phases_by_position()).unwrap();
    let phases: Vec<Phase> = read.journeys[0].touchpoints().map(|it| it.phase).collect();
    let expected = [
        Phase::Before,
        Phase::Before,
        Phase::During,
        Phase::After,
        Phase::After,
    ];
    assert_eq!(phases, expected);
}

#[test]
fn faults_are_told_with_their_lines() {
    let of = |inside: &str| {
        format!("<CJML version=\"2.0\">\n<actualJourney>\n{inside}\n</actualJourney>\n</CJML>")
    };
    let one = "<touchpoints>\n<actualAction><touchpointID>a</touchpointID>\n<touchpointExperience><experienceRating>7</experienceRating></touchpointExperience></actualAction></touchpoints>";
    let rating = CjmlFinding::Rating {
        touchpoint: "a".into(),
        rating: "7".into(),
    };
    assert_eq!(
        faults(&of(one)),
        [(4, CjmlFinding::Phase(String::new())), (5, rating)]
    );
    assert_eq!(
        faults(&of("")),
        [(2, CjmlFinding::NoTouchpoint(String::new()))]
    );
    assert_eq!(
        faults("<CJML version='2.0'/>"),
        [(1, CjmlFinding::NoJourney)]
    );
    let found = faults("<html/>");
    assert_eq!(found, [(1, CjmlFinding::NotCjml("html".into()))]);
    let old = read(&BOOKS.replace("version=\"2.0\">", "version=\"1.0\">"));
    assert_eq!(old.notes[0].finding, CjmlFinding::Version("1.0".into()));
}

#[test]
fn text_that_is_no_xml_is_refused() {
    for text in [
        "",
        " ",
        "x",
        "<CJML>",
        "</CJML>",
        "<CJML></cjml>",
        "<CJML/><CJML/>",
        "<CJML>&nothing;</CJML>",
        "<CJML>&#0;</CJML>",
        "<CJML a='1' a='2'/>",
        "<CJML a=1/>",
        "<CJML",
        "<CJML><!-- -- --></CJML>",
        "<CJML/>x",
        "<CJML a='&x;'/>",
    ] {
        let found = faults(text);
        assert!(
            matches!(&found[..], [(1, CjmlFinding::Xml(_))]),
            "{text:?}: {found:?}"
        );
    }
    let bomb = "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]>\n<CJML>&b;</CJML>";
    assert_eq!(faults(bomb), [(1, CjmlFinding::DocType)]);
    assert_eq!(
        faults(&"<a>".repeat(1_000_000)),
        [(1, CjmlFinding::TooDeep)]
    );
}

#[test]
fn what_is_lost_is_named() {
    let journey = Journey::builder("x")
        .touchpoint(
            Touchpoint::new("a", Phase::During, Channel::Web)
                .need("n")
                .promise(Promise::new("p").kept(1.0))
                .feels(0.3),
        )
        .touchpoint(Touchpoint::new("b", Phase::During, Channel::Web).feels(Feeling::Anger))
        .build()
        .unwrap();
    let lost = |journey: &Journey| -> Vec<(LossKind, Vec<String>)> {
        journey
            .to_cjml()
            .lost
            .into_iter()
            .map(|loss| (loss.kind, loss.ids))
            .collect()
    };
    let a = || vec!["a".to_owned()];
    assert_eq!(
        lost(&journey),
        [
            (LossKind::Grade, a()),
            (LossKind::Ways, a()),
            (LossKind::Need, a()),
            (LossKind::Promise, a())
        ]
    );
    let planned = Journey::builder("x")
        .kind(JourneyKind::Planned)
        .touchpoint(Touchpoint::new("a", Phase::During, Channel::Web).feels(0.3))
        .build()
        .unwrap();
    assert_eq!(lost(&planned), [(LossKind::Felt, a())]);
}

/// Journeys that CJML can express: sequences, of named parts.
fn expressible() -> impl Strategy<Value = Journey> {
    let text = || "[A-Za-z<>&\"'é電;]([A-Za-z<>&\"' é電;]{0,8}[A-Za-z<>&\"'é電;])?";
    let felt = prop_oneof![
        Just(None),
        prop::sample::select(vec![-1.0, -0.5, 0.0, 0.5, 1.0])
            .prop_map(|valence| Some(valence.into())),
        prop::sample::select(Feeling::ALL).prop_map(|feeling| Some(feeling.into())),
    ];
    let channels = prop::sample::select(Channel::KNOWN);
    let phases = prop::sample::select(Phase::ALL);
    let parts = (
        text(),
        phases,
        prop::option::of(text()),
        channels,
        prop::option::of(text()),
        prop::option::of(text()),
    );
    let rest = (felt, prop::option::of(text()));
    let about = (
        text(),
        any::<bool>(),
        prop::option::of(text()),
        prop::option::of(text()),
        prop::option::of(text()),
    );
    (prop::collection::vec((parts, rest), 1..6), about).prop_map(|(parts, about)| {
        let (name, planned, persona, scenario, notes) = about;
        let mut journey = Journey::builder(name);
        if planned {
            journey = journey.kind(JourneyKind::Planned);
        }
        if let Some(persona) = persona {
            journey = journey.persona(persona);
        }
        if let Some(scenario) = scenario {
            journey = journey.scenario(scenario);
        }
        if let Some(notes) = notes {
            journey = journey.notes(notes);
        }
        for (number, ((name, phase, stage, channel, owner, says), (felt, notes))) in
            parts.into_iter().enumerate()
        {
            let mut touchpoint = Touchpoint::new(format!("T{number}"), phase, channel);
            touchpoint.says = says.filter(|says| *says != name);
            touchpoint.name = Some(name);
            (touchpoint.stage, touchpoint.owner, touchpoint.notes) = (stage, owner, notes);
            touchpoint.emotion = felt.filter(|_| !planned);
            journey = journey.touchpoint(touchpoint);
            if number > 0 {
                journey = journey.transition(format!("T{}", number - 1), format!("T{number}"), 1.0);
            }
        }
        journey.build().unwrap()
    })
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn what_can_be_expressed_reads_back(journey in expressible()) {
        let written = journey.to_cjml();
        prop_assert!(written.lost.iter().all(|loss| loss.kind == LossKind::Feeling), "{:?}", written.lost);
        let read = Journey::from_cjml(&written.text, &CjmlOptions::new());
        let read = read.map_err(|error| TestCaseError::fail(format!("{error}\n{}", written.text)))?;
        prop_assert_eq!(read.notes, []);
        prop_assert_eq!(read.journeys, [journey]);
    }

    /// Whatever the names, the text is XML, and it reads.
    #[test]
    fn every_journey_can_be_written(journey in arb::journey()) {
        let written = journey.to_cjml();
        let read = Journey::from_cjml(&written.text, &CjmlOptions::new().other_phases(Phase::During));
        let read = read.map_err(|error| TestCaseError::fail(format!("{error}\n{}", written.text)))?;
        prop_assert_eq!(read.journeys.len(), 1);
        prop_assert_eq!(read.journeys[0].touchpoints().len(), journey.touchpoints().len());
        prop_assert_eq!(read.journeys[0].kind(), journey.kind());
    }

    #[test]
    fn no_text_is_too_much(at in 0..BOOKS.len(), length in 0_usize..40, new in "[<>&;/a-z\"=! \\[\\]-]{0,6}") {
        prop_assume!(BOOKS.is_ascii());
        let end = (at + length).min(BOOKS.len());
        let damaged = format!("{}{new}{}", &BOOKS[..at], &BOOKS[end..]);
        if let Err(error) = Journey::from_cjml(&damaged, &CjmlOptions::new()) {
            prop_assert!(!error.to_string().is_empty());
        }
    }
}
