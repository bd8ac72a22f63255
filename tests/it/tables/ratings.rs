//! Ratings: their scale, codes for no answer among them, and what stands beside their numbers.

use customer_journey::events::{CsvError, CsvField, CsvRead, CsvRefusal};
use customer_journey::{CsvOptions, EventRef, PromiseResult, Scale};

use super::{read, read_on, refused, remarks, tally};

/// A table of 40 answers and as many rows as there are further cells.
fn answers(bulk: &[&str], further: &[&str]) -> String {
    let mut table = String::from("case,event,rating\n");
    for number in 0..40 {
        table += &format!("{number},x,{}\n", bulk[number % bulk.len()]);
    }
    for (number, cell) in further.iter().enumerate() {
        table += &format!("{number},y,{cell}\n");
    }
    table
}

fn refusal(table: &str, scale: Option<Scale>) -> Box<CsvRead> {
    match read_on(table.as_bytes(), &CsvOptions::new(), scale) {
        Err(CsvError::Refused(read)) => read,
        other => panic!("{:?}", other.map(|(read, _)| read)),
    }
}

#[test]
fn codes_for_no_answer_do_not_widen_the_scale() {
    let five = ["1", "2", "3", "4", "5"];
    let ten = ["0", "3", "6", "7", "8", "9", "10"];
    let seven = ["1", "2", "3", "4", "5", "6", "7"];
    let hundred = ["0", "25", "50", "80", "100"];
    let signed = ["-2", "-1", "0", "1", "2"];
    for (bulk, further, scale, codes) in [
        (&five[..], &["88"][..], "1..5", &["88"][..]),
        (
            &five,
            &["99", "-99", "0", "999"],
            "1..5",
            &["-99", "0", "99", "999"],
        ),
        (&five, &["-1", "-1"], "1..5", &["-1"]),
        (&five, &["9", "8"], "1..5", &["8", "9"]),
        (&five, &["99.0"], "1..5", &["99.0"]),
        (&seven, &["0", "98"], "1..7", &["0", "98"]),
        (&ten, &["99", "-1"], "0..10", &["-1", "99"]),
        (&hundred, &["999"], "0..100", &["999"]),
        (&signed, &["99"], "-2..2", &["99"]),
        (&five, &[], "1..5", &[]),
    ] {
        let read = refusal(&answers(bulk, further), None);
        let Some(CsvRefusal::NoScale {
            likely,
            codes: found,
            range,
            ..
        }) = read.refusals.first()
        else {
            panic!("{:?}", read.refusals);
        };
        let told: Vec<&str> = found.iter().map(|(code, _)| code.as_str()).collect();
        assert_eq!(
            (*likely, told.as_slice()),
            (scale, codes),
            "{bulk:?} {further:?}"
        );
        let numbers = bulk.iter().map(|cell| cell.parse::<f64>().unwrap());
        assert!(numbers.clone().all(|it| it >= range.0 && it <= range.1));
        let rows: u64 = found.iter().map(|(_, rows)| rows).sum();
        assert_eq!(rows, further.len() as u64);
    }
    let told = refused(&answers(&five, &["99", "99", "-99"]), &CsvOptions::new());
    assert!(
        told.starts_with("the ratings in \"rating\" go from 1 to 5 and their scale is not stated; state it, such as 1..5; -99 (1 row), 99 (2 rows) look like codes for no answer: state what stands for nothing\n"),
        "{told}"
    );
}

#[test]
fn codes_beside_a_stated_scale_are_named_and_another_scale_is_too() {
    let five = ["1", "2", "3", "4", "5"];
    for (further, codes, likely) in [
        (&["99", "0", "99"][..], &["0", "99"][..], None),
        (&["-99", "88", "7777"], &["-99", "88", "7777"], None),
        (&["6", "7", "8", "10"], &[], Some("0..10")),
        (&["6", "7", "7", "6"], &[], Some("1..7")),
    ] {
        let read = refusal(&answers(&five, further), Some(Scale::ONE_TO_FIVE));
        let found = read.refusals.iter().find_map(|refusal| match refusal {
            CsvRefusal::OffScale {
                codes,
                likely,
                scale,
                ..
            } => Some((codes.clone(), *likely, *scale)),
            _ => None,
        });
        let (found, may_be, scale) = found.unwrap();
        let found: Vec<&str> = found.iter().map(|(code, _)| code.as_str()).collect();
        assert_eq!(
            (found.as_slice(), may_be, scale),
            (codes, likely, Scale::ONE_TO_FIVE)
        );
    }
}

#[test]
fn a_code_is_a_number_like_any_other_where_numbers_number_something() {
    // Journey 99, position 99 and a promise that is 0 stay what they are.
    let mut table = String::from("case,event,seq,rating,promise_kept\n");
    let mut expected = Vec::new();
    let names: Vec<String> = (1..=120).map(|number| number.to_string()).collect();
    for name in &names {
        table += &format!("{name},x,98,4,0\n{name},y,99,99,1\n{name},z,100,0,0\n");
        let event = |place, at| EventRef::new(name, place).sequence(at);
        expected.push(event("x", 98).emotion(0.5).promise(PromiseResult::Broken));
        expected.push(event("y", 99).promise(PromiseResult::Kept));
        expected.push(event("z", 100).promise(PromiseResult::Broken));
    }
    let options = CsvOptions::new().missing("99").missing("0");
    let (done, found) = read_on(table.as_bytes(), &options, Some(Scale::ONE_TO_FIVE)).unwrap();
    assert_eq!(
        (done.faulty, done.without_journey, done.left_out),
        (0, 0, 0)
    );
    assert_eq!(found, tally(&expected));
    assert_eq!(
        remarks(&done)[0],
        "99, 0 stand for nothing as stated, but not among the numbers in \"case\", \"seq\", \"promise_kept\""
    );
    // Where no rating is read, 9 among promises is what was stated; and a journey called 999 among words is none.
    let (done, found) = read(
        "case,event,promise_kept\na,x,1\nb,x,9\n999,x,0\n",
        &CsvOptions::new().missing("9").missing("999"),
    )
    .unwrap();
    assert_eq!((done.faulty, done.without_journey), (0, 1));
    let events = [
        EventRef::new("a", "x").promise(PromiseResult::Kept),
        EventRef::new("b", "x"),
    ];
    assert_eq!(found, tally(&events));
}

#[test]
fn a_number_is_not_read_against_its_word() {
    let on = |cell: &str, scale| {
        let table = format!("case;event;rating\n1;x;{cell}\n");
        read_on(table.as_bytes(), &CsvOptions::new(), scale).map(|(read, tally)| {
            assert_eq!(read.faulty, 0, "{cell}");
            tally
        })
    };
    let five = Some(Scale::ONE_TO_FIVE);
    for cell in [
        "1 - Very satisfied",
        "5: very bad",
        "Sehr zufrieden (1)",
        "1 = excellent",
        "2 – zufrieden",
    ] {
        let told = on(cell, five).unwrap_err().to_string();
        assert!(
            told.contains("say the contrary of each other on the scale 1..5;"),
            "{told}"
        );
    }
    let low = Some(Scale::ONE_TO_FIVE.lower_is_better());
    assert_eq!(
        on("1 - Very satisfied", low).unwrap(),
        tally(&[EventRef::new("1", "x").emotion(1.0)])
    );
    for (cell, valence) in [
        ("Rating: 4", 0.5),
        ("4 out of 5 stars", 0.5),
        ("4 von 5", 0.5),
        ("★☆☆☆☆", -1.0),
        ("3 - not sure", 0.0),
    ] {
        assert_eq!(
            on(cell, five).unwrap(),
            tally(&[EventRef::new("1", "x").emotion(valence)]),
            "{cell}"
        );
    }
    for (cell, scale, said) in [
        (
            "9/10",
            five,
            "\"9/10\" counts up to 10, and the scale stated is 1..5;",
        ),
        (
            "★★☆☆☆",
            None,
            "\"★★☆☆☆\" counts up to 5, and no scale is stated;",
        ),
        (
            "1/5",
            None,
            "\"1/5\" counts up to 5, and no scale is stated;",
        ),
    ] {
        let told = on(cell, scale).unwrap_err().to_string();
        assert!(told.contains(said), "{told}");
    }
}

#[test]
fn graded_words_in_several_languages() {
    let felt = |cell: &str| {
        let table = format!("case;event;rating\n1;x;{cell}\n");
        let options = CsvOptions::new().column(CsvField::Emotion, "rating");
        read(&table, &options).map(|(_, tally)| tally)
    };
    for (cells, valence) in [
        (
            &[
                "very easy",
                "sehr gut",
                "äußerst zufrieden",
                "tout à fait satisfait",
                "muy contento",
                "meget tilfreds",
                "mycket bra",
                "Excelente",
                ":D",
            ][..],
            1.0,
        ),
        (
            &[
                "goodWithComment",
                "good_with_comment",
                "eher zufrieden",
                "plutôt satisfait",
                "bastante satisfecho",
                "ganske fornøyd",
                "ganska nöjd",
                "easy",
                ":)",
                "👍 Good",
            ],
            0.5,
        ),
        (
            &[
                "teils/teils",
                "weder zufrieden noch unzufrieden",
                "ni satisfait ni insatisfait",
                "verken/eller",
                "varken nöjd eller missnöjd",
                "neither easy nor difficult",
                "fair",
            ],
            0.0,
        ),
        (
            &[
                "badWithComment",
                "not satisfied",
                "nicht zufrieden",
                "peu satisfait",
                "poco satisfecho",
                "ikke fornøyd",
                "inte nöjd",
                "litt misfornøyd",
                "difficult",
                "👎",
            ],
            -0.5,
        ),
        (
            &[
                "Very poor",
                "pas du tout satisfait",
                "gar nicht zufrieden",
                "nada satisfecho",
                "svært dårlig",
                "mycket dåligt",
                "très mauvais",
                "Pésimo",
            ],
            -1.0,
        ),
    ] {
        for cell in cells {
            assert_eq!(
                felt(cell).unwrap(),
                tally(&[EventRef::new("1", "x").emotion(valence)]),
                "{cell}"
            );
        }
    }
    for nothing in [
        "Prefer not to say",
        "Don’t know",
        "Don't know",
        "Not applicable",
        "Refused",
        "Keine Angabe",
        "weiß nicht",
        "k. A.",
        "Ne sait pas",
        "NSP",
        "No sabe / no contesta",
        "NS/NC",
        "Vet ikke",
        "Vil ikke svare",
        "Vet ej",
        "Vill inte svara",
        "n.a.",
        "DK",
    ] {
        assert_eq!(
            felt(nothing).unwrap(),
            tally(&[EventRef::new("1", "x")]),
            "{nothing}"
        );
    }
    // What hangs on the question, or may mean either, is asked for.
    for open in [
        "Strongly agree",
        "agree",
        "likely",
        "not bad",
        "little difficult",
        "B+",
    ] {
        assert!(
            felt(open)
                .unwrap_err()
                .to_string()
                .contains("is not a feeling known here"),
            "{open}"
        );
    }
    // A promise that nobody spoke of.
    let (done, found) = read(
        "case,event,promise_kept\n1,x,Prefer not to say\n1,y,yes\n",
        &CsvOptions::new(),
    )
    .unwrap();
    assert_eq!(done.faulty, 0);
    assert_eq!(
        found,
        tally(&[
            EventRef::new("1", "x"),
            EventRef::new("1", "y").promise(PromiseResult::Kept)
        ])
    );
}
