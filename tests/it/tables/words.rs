//! Words for feelings, for promises and for nothing.

use customer_journey::{CsvOptions, EventRef, Feeling, PromiseResult, Scale};

use super::{plain, read, read_on, refused, remarks, says, tally};

fn feeling(cell: &str) -> super::Tally {
    let table = format!("case;event;rating\n1;x;{cell}\n");
    let (read, found) = read_on(
        table.as_bytes(),
        &CsvOptions::new(),
        Some(Scale::ONE_TO_FIVE),
    )
    .unwrap();
    assert_eq!(read.faulty, 0, "{cell}");
    found
}

#[test]
fn everyday_words_for_feelings() {
    for (word, means) in [
        ("Happy", Feeling::Happiness),
        ("SAD", Feeling::Sadness),
        ("frustrated", Feeling::Frustration),
        ("Satisfied", Feeling::Satisfaction),
        ("dissatisfied", Feeling::Dissatisfaction),
        ("Neutral", Feeling::Neutral),
        ("relieved", Feeling::Relief),
        ("angry!", Feeling::Anger),
    ] {
        assert_eq!(
            feeling(word),
            tally(&[EventRef::new("1", "x").emotion(means)]),
            "{word}"
        );
    }
    for (word, valence) in [
        ("very satisfied", 1.0),
        ("Very Dissatisfied", -1.0),
        ("very_happy", 1.0),
        ("good", 0.5),
        ("positive", 0.5),
        ("Bad", -0.5),
        ("negative", -0.5),
        ("neither satisfied nor dissatisfied", 0.0),
        ("misfornøyd", -0.5),
        ("sehr zufrieden", 1.0),
        ("très insatisfait", -1.0),
        ("muy satisfecho", 1.0),
        ("missnöjd", -0.5),
        ("😡", -1.0),
        ("🙂", 0.5),
        ("😐", 0.0),
        // On a scale from 1 to 5.
        ("4 - Satisfied", 0.5),
        ("5: very good", 1.0),
        ("2 (poor)", -0.5),
        ("Good (4)", 0.5),
        ("4 stars", 0.5),
        ("★★★★☆", 0.5),
        ("⭐⭐", -0.5),
        ("5/5", 1.0),
        ("3,5", 0.25),
        ("3.5", 0.25),
        ("4.0", 0.5),
        // The share of the way from the worst to the best.
        ("75 %", 0.5),
        ("75%", 0.5),
        ("0%", -1.0),
    ] {
        assert_eq!(
            feeling(word),
            tally(&[EventRef::new("1", "x").emotion(valence)]),
            "{word}"
        );
    }
    for nothing in [
        "N/A",
        "na",
        "NULL",
        "\\N",
        "nan",
        "(not set)",
        "-",
        "undefined",
        "offered",
        "unoffered",
        "don't know",
    ] {
        assert_eq!(
            feeling(nothing),
            tally(&[EventRef::new("1", "x")]),
            "{nothing}"
        );
    }
}

#[test]
fn words_that_are_not_known_are_told_and_can_be_stated() {
    let table = "case,event,rating,sla\n1,x,meh,Green\n1,y,wow,Red\n2,x,0.5,Green\n";
    let options = CsvOptions::new().column(customer_journey::events::CsvField::Promise, "sla");
    let told = refused(table, &options);
    assert_eq!(
        told,
        "3 of 3 rows have faults, which touch 2 journeys; more than 1 % of the rows are refused\n\
         column 3 (\"rating\"), 2 rows, first on line 2: \"meh\" is not a feeling known here; did you mean \"indifference\"? (by value: \"meh\" 1, \"wow\" 1); the visits count, with this unknown\n\
         column 4 (\"sla\"), 3 rows, first on line 2: \"Green\" is not known as a promise result; write kept, broken, yes, no, true or false, or state what it means (by value: \"Green\" 2, \"Red\" 1); the visits count, with this unknown"
    );
    let options = options
        .kept("green")
        .broken("RED")
        .feeling("Meh", -0.2)
        .feeling("wow", Feeling::Delight);
    let (done, found) = read(table, &options).unwrap();
    assert_eq!(done.faulty, 0);
    let event = |journey, place, result| EventRef::new(journey, place).promise(result);
    let expected = [
        event("1", "x", PromiseResult::Kept).emotion(-0.2),
        event("1", "y", PromiseResult::Broken).emotion(Feeling::Delight),
        event("2", "x", PromiseResult::Kept).emotion(0.5),
    ];
    assert_eq!(found, tally(&expected));
}

#[test]
fn words_for_promises() {
    use PromiseResult::{Broken, Kept};
    for (word, result) in [
        ("Met", Kept),
        ("Breached", Broken),
        ("ja", Kept),
        ("nein", Broken),
        ("nei", Broken),
        ("oui", Kept),
        ("non", Broken),
        ("sí", Kept),
        ("y", Kept),
        ("N", Broken),
        ("1.0", Kept),
        ("0.0", Broken),
        ("On time", Kept),
        ("not met", Broken),
        ("T", Kept),
        ("missed", Broken),
    ] {
        let (_, found) = plain(&format!("case,event,promise_kept\n1,x,{word}\n"));
        assert_eq!(
            found,
            tally(&[EventRef::new("1", "x").promise(result)]),
            "{word}"
        );
    }
    for nothing in ["NA", "NULL", "-", "n/a"] {
        let (read, found) = plain(&format!("case,event,promise_kept\n1,x,{nothing}\n"));
        assert_eq!(found, tally(&[EventRef::new("1", "x")]), "{nothing}");
        assert_eq!(
            remarks(&read)[1..],
            [format!(
                "words in \"promise_kept\" read as nothing: \"{nothing}\" 1"
            )]
        );
    }
}

#[test]
fn an_unanswered_rating_keeps_its_visit() {
    for nothing in ["N/A", "NULL", "#N/A", ""] {
        let mut table = String::from("case,activity,timestamp,rating\n");
        let mut expected = Vec::new();
        let names = ["A", "B", "C"];
        for name in names {
            table += &format!(
                "{name},order,2023-10-29 08:00,4\n{name},deliver,2023-10-29 09:00,{nothing}\n{name},complain,2023-10-29 10:00,1\n"
            );
            let hour = |hour: i64| 1_698_566_400_000 + hour * 3_600_000;
            expected.push(EventRef::new(name, "order").time_ms(hour(0)).emotion(0.5));
            expected.push(EventRef::new(name, "deliver").time_ms(hour(1)));
            expected.push(
                EventRef::new(name, "complain")
                    .time_ms(hour(2))
                    .emotion(-1.0),
            );
        }
        let (done, found) = read_on(
            table.as_bytes(),
            &CsvOptions::new(),
            Some(Scale::ONE_TO_FIVE),
        )
        .unwrap();
        assert_eq!((done.faulty, done.rows), (0, 9));
        assert_eq!(found, tally(&expected), "{nothing}");
    }
}

#[test]
fn ratings_without_their_scale_are_refused_whatever_may_be_faulty() {
    for (ratings, likely) in [
        (["1", "5", "1", "4"], "1..5"),
        (["1", "7", "6", "0"], "1..7"),
        (["1", "10", "9", "8"], "0..10"),
        (["-2", "2", "1", "0"], "-2..2"),
    ] {
        let mut table = String::from("case,event,rating\n");
        for (number, rating) in ratings.iter().enumerate() {
            table += &format!("{number},x,{rating}\n");
        }
        // Many rows without any rating do not make it right.
        table += &"9,y,\n".repeat(5000);
        let told = refused(&table, &CsvOptions::new().tolerance(1.0));
        assert!(
            told.contains(&format!(
                "and their scale is not stated; state it, such as {likely}"
            )),
            "{told}"
        );
    }
    let codes = "case,event,rating\n1,x,4\n1,y,99\n1,z,0\n";
    let scale = Some(Scale::ONE_TO_FIVE);
    let told = read_on(codes.as_bytes(), &CsvOptions::new(), scale)
        .map(|(read, _)| read)
        .unwrap_err()
        .to_string();
    assert!(told.starts_with("2 of 3 rows have faults"), "{told}");
    let (read, found) = read_on(
        codes.as_bytes(),
        &CsvOptions::new().missing("99").missing("0"),
        scale,
    )
    .unwrap();
    assert!(says(
        &read,
        "words in \"rating\" read as nothing: \"0\" 1, \"99\" 1"
    ));
    assert_eq!(
        found,
        tally(&[
            EventRef::new("1", "x").emotion(0.5),
            EventRef::new("1", "y"),
            EventRef::new("1", "z")
        ])
    );
}

#[test]
fn decimal_commas() {
    let half = |options: &CsvOptions, cell: &str| {
        let table = format!("case;event;emotion\n1;x;{cell}\n");
        read(&table, options).map(|(_, tally)| tally)
    };
    assert_eq!(
        half(&CsvOptions::new(), "-0,5").unwrap(),
        tally(&[EventRef::new("1", "x").emotion(-0.5)])
    );
    // Three digits behind a comma could be thousands.
    assert!(half(&CsvOptions::new(), "0,125").is_err());
    assert_eq!(
        half(&CsvOptions::new().decimal_comma(), "0,125").unwrap(),
        tally(&[EventRef::new("1", "x").emotion(0.125)])
    );
}

#[test]
fn channels_that_everybody_knows_are_one_however_they_are_spelt() {
    let table = "case,event,channel\n1,ask,Email\n2,ask,email\n3,ask,e-mail\n4,ask,E-MAIL\n5,ask,Phone\n6,ask,phone\n7,ask,Help desk\n8,ask,help-desk\n";
    let (read, found) = plain(table);
    assert!(says(
        &read,
        "channel \"Email\" was written \"email\", \"e-mail\", \"E-MAIL\" as well; they count as one"
    ));
    // Others may be two: they are told.
    assert!(says(
        &read,
        "names in \"channel\" look alike and count as different ones: \"Help desk\", \"help-desk\""
    ));
    let channels = [
        "Email",
        "Email",
        "Email",
        "Email",
        "Phone",
        "Phone",
        "Help desk",
        "help-desk",
    ];
    let names = ["1", "2", "3", "4", "5", "6", "7", "8"];
    let expected: Vec<_> = names
        .iter()
        .zip(channels)
        .map(|(name, channel)| EventRef::new(name, "ask").channel(channel))
        .collect();
    assert_eq!(found, tally(&expected));
    let (read, _) = plain("case,event,channel\n1,ask,Phone\n2,ask,Phone\n");
    assert!(!says(&read, "Phone"));
    // Accents in two forms, letters without width, capitals.
    let (read, _) = plain("case,event\n1,Café\n1,Cafe\u{301}\n1,call\u{200b}\n1,Call\n1,other\n");
    assert!(says(&read, "\"Café\", \"Cafe\\u{301}\""));
    assert!(says(
        &read,
        "look alike and count as different ones: \"call\\u{200b}\", \"Call\""
    ));
}

#[test]
fn touchpoints_of_options_are_there_and_outcomes_met_midway_are_told() {
    use customer_journey::{LearnOptions, Phase};
    let (_, found) = plain(
        "case,event\n1,ad\n1,purchase\n1,mail\n1,purchase\n2,ad\n2,purchase\n2,help\n3,complaint\n",
    );
    let options = || LearnOptions::new().other_phases(Phase::During);
    let told = found
        .learn(&options().outcome("complain", "churn"))
        .unwrap_err()
        .to_string();
    assert_eq!(
        told,
        "the options name the touchpoint \"complain\", which no event visits; did you mean \"complaint\"?"
    );
    assert!(
        found
            .learn(&options().phase("nowhere", Phase::After))
            .is_err()
    );
    let learned = found
        .learn(&options().outcome("purchase", "conversion"))
        .unwrap();
    let remarks: Vec<String> = learned.remarks.iter().map(ToString::to_string).collect();
    assert_eq!(
        remarks,
        [
            "2 of 3 visits to \"purchase\" are followed by others, so that they do not end the journey as conversion"
        ]
    );
}

#[test]
fn words_that_the_caller_states_for_nothing_are_no_faults() {
    for (word, table) in [
        (
            "NA",
            "case,event,rating\na,order,4\nNA,order,5\nNA,call,1\na,call,na\n",
        ),
        (
            "-1",
            "case,event,rating\na,order,4\n-1,order,5\n-1,call,1\na,call,-1\n",
        ),
        (
            "x",
            "case,event,rating\na,order,4\nX,order,5\nx,call,1\na,call,x\n",
        ),
    ] {
        let options = CsvOptions::new().missing(word);
        let (done, found) = read_on(table.as_bytes(), &options, Some(Scale::ONE_TO_FIVE)).unwrap();
        assert_eq!(
            (done.faulty, done.without_journey, found.journeys()),
            (0, 2, 1),
            "{word}"
        );
        assert_eq!(done.faults[0].rows, 2);
        assert_eq!(found.events(), 2);
    }
    // A touchpoint that is none costs the journey, and this is told.
    let table = "case,event\na,order\na,none\nb,order\n";
    let (done, found) = read(table, &CsvOptions::new().missing("none")).unwrap();
    assert_eq!((done.faulty, done.left_out, found.journeys()), (0, 1, 1));
    assert_eq!(done.left_out_names, ["a"]);
}
