//! What people type, in all the ways in which they do.
#![expect(
    clippy::items_after_statements,
    reason = "small numbers of a test, written as they are told"
)]

use customer_journey::{Channel, Emotion, Feeling, Outcome, Phase, PromiseResult};

use super::*;

fn emotion(said: &str) -> Option<Emotion> {
    let text = format!("name\tphase\tchannel\tfeeling\na\tbefore\tweb\t{said}\n");
    read(&text)
        .journey
        .touchpoints()
        .next()
        .unwrap()
        .emotion
        .clone()
}

#[test]
fn feelings_are_words_numbers_and_mixes() {
    let mix = |shades: &[(Feeling, f64)]| {
        Emotion::mix(
            shades
                .iter()
                .map(|(feeling, weight)| feeling.weight(*weight)),
        )
    };
    for (said, felt) in [
        ("", None),
        ("?", None),
        ("-", None),
        ("anger", Some(Feeling::Anger.into())),
        ("Angry", Some(Feeling::Anger.into())),
        ("fed up", Some(Feeling::Frustration.into())),
        ("-0.4", Some(Emotion::from(-0.4))),
        ("\u{2212}0,4", Some(Emotion::from(-0.4))),
        ("anger (0.9)", Some(Feeling::Anger.at(0.9).into())),
        ("anger (90 %)", Some(Feeling::Anger.at(0.9).into())),
        (
            "doubt 60 %; satisfaction 40 %",
            Some(mix(&[
                (Feeling::Doubt, 60.0),
                (Feeling::Satisfaction, 40.0),
            ])),
        ),
        (
            "doubt: 60%, satisfaction: 40%",
            Some(mix(&[
                (Feeling::Doubt, 60.0),
                (Feeling::Satisfaction, 40.0),
            ])),
        ),
        (
            "fear; joy",
            Some(mix(&[(Feeling::Fear, 1.0), (Feeling::Joy, 1.0)])),
        ),
        (
            "anger 30; unknown 970",
            Some(mix(&[(Feeling::Anger, 30.0)]).or_unknown(970.0)),
        ),
        (
            "anger 1 500; joy 500",
            Some(mix(&[(Feeling::Anger, 1500.0), (Feeling::Joy, 500.0)])),
        ),
    ] {
        assert_eq!(emotion(said), felt, "{said}");
    }
}

#[test]
fn ways_name_touchpoints_by_name_or_id_with_number_condition_and_wait() {
    let text = "\
id,name,phase,channel,promise,kept,broken,next,ends
o,Orders,before,Web,,,,\"Step 2 80 %; 15% the Call; \"\"Step 2; again\"\" 5 % after 1.5 hours\",
s,Step 2,during,post,on time,yes,,O if broken after 2 days; the call 40 if kept after 90 min,Loyalty 60 if kept
q,Step 2; again,during,POST,,,,Step 2,
c,The call,after,phone,,,,,
";
    let journey = read(text).journey;
    let ways: Vec<_> = journey
        .transitions()
        .map(|(from, to, way)| {
            (
                from.id.as_str(),
                to.id.as_str(),
                way.weight,
                way.when,
                way.wait_s,
            )
        })
        .collect();
    use PromiseResult::{Broken, Kept};
    assert_eq!(
        ways,
        [
            ("o", "s", 80.0, None, None),
            ("o", "c", 15.0, None, None),
            ("o", "q", 5.0, None, Some(5400.0)),
            ("s", "o", 1.0, Some(Broken), Some(172_800.0)),
            ("s", "c", 40.0, Some(Kept), Some(5400.0)),
            ("q", "s", 1.0, None, None),
        ]
    );
    let step = journey.touchpoint("s").unwrap();
    assert_eq!(step.ends[0].outcome, Outcome::Loyalty);
    assert_eq!(step.promise.as_ref().unwrap().kept_rate(), Some(1.0));
    assert_eq!(journey.touchpoint("q").unwrap().channel, Channel::Post);
}

#[test]
fn rows_without_ways_follow_one_another_and_this_is_said() {
    let text = "name;phase;channel;ends\nOrders;Before purchase;web;churn 10 %\nUses it;during;app;\nRenews;after;app;loyalty 1\n";
    let read = read(text);
    let ways: Vec<_> = read
        .journey
        .transitions()
        .map(|(from, to, way)| (from.id.as_str(), to.id.as_str(), way.weight))
        .collect();
    assert_eq!(
        ways,
        [("orders", "uses_it", 90.0), ("uses_it", "renews", 1.0)]
    );
    let flow = read.journey.flow().unwrap();
    assert!((flow.probability(&Outcome::Churn) - 0.1).abs() < 1e-12);
    let notes: Vec<String> = read.notes.iter().map(ToString::to_string).collect();
    assert_eq!(
        notes,
        [
            "no column says where customers go next, so that each touchpoint leads to the one below it",
            "row 2, phase: \"Before purchase\" is taken for before",
        ]
    );
}

#[test]
fn numbers_are_read_as_the_language_and_the_person_wrote_them() {
    let cost = |headings: &str, said: &str| {
        let text = format!("{headings}\na\tx\tweb\t{said}\n");
        let text = text.replace(
            "\tx\t",
            if headings.contains("navn") {
                "\tfør\t"
            } else {
                "\tbefore\t"
            },
        );
        let sheet = Sheet::from_text("", &text).unwrap();
        let read = Journey::from_spreadsheet(&[sheet], &SpreadsheetOptions::new());
        read.ok()
            .and_then(|read| read.journey.touchpoints().next().unwrap().cost)
    };
    let english = "name\tphase\tchannel\tcost";
    let norsk = "navn\tfase\tkanal\tkostnad";
    for (headings, said, value) in [
        (english, "1450", Some(1450.0)),
        (english, "1 450", Some(1450.0)),
        (english, "1\u{a0}450.5", Some(1450.5)),
        (english, "1.450", Some(1.45)),
        (english, "1,450", None),
        (english, "1,45", Some(1.45)),
        (english, "0,450", Some(0.45)),
        (norsk, "1,450", Some(1.45)),
        (norsk, "1.450", None),
        (norsk, "1.45", Some(1.45)),
        (norsk, "1 450,50", Some(1450.5)),
        (norsk, "45 kr", None),
        (norsk, "inf", None),
        (english, "1e3", Some(1000.0)),
    ] {
        assert_eq!(cost(headings, said), value, "{headings}: {said}");
    }
}

#[test]
fn sticky_notes_become_touchpoints_by_frame() {
    let text = "\
\"Text\",\"Frame\",\"Author\"
\"Which supplier is cheapest?\",\"Before: choosing\",Ann
\"Meter number?!\",\"Signing up\",Bo
\"Nobody could explain\",\"Before: choosing\",Ann
\"Forgotten\",,Bo
\"Two bills; \"\"why?\"\"\",\"After moving\",Cy
";
    let read = read(text);
    let drawn: Vec<_> = read
        .journey
        .touchpoints()
        .map(|at| (at.label(), at.phase, at.quotes.len()))
        .collect();
    assert_eq!(
        drawn,
        [
            ("Before: choosing", Phase::Before, 2),
            ("Signing up", Phase::During, 1),
            ("After moving", Phase::After, 1)
        ]
    );
    assert_eq!(
        read.journey.touchpoints().nth(2).unwrap().quotes,
        ["Two bills; \"why?\""]
    );
    assert_eq!(read.journey.transitions().len(), 2);
    assert_eq!(read.journey.notes(), Some("Forgotten"));
    let said: String = read.notes.iter().map(|note| format!("{note}\n")).collect();
    assert!(said.contains("5 sticky notes on 3 frames"), "{said}");
    assert!(said.contains("1 sticky notes hang on no frame"), "{said}");
    assert!(said.contains("Author: this column is not known"), "{said}");
}

#[test]
fn a_stated_delimiter_and_the_mark_of_utf8_are_honoured() {
    let read = read("\u{feff}sep=;\nname;phase;channel;notes\na;before;web;one, two\n");
    assert_eq!(
        read.journey.touchpoints().next().unwrap().notes.as_deref(),
        Some("one, two")
    );
}
