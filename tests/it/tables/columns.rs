//! Which column is what: headers of the field's exports, and what cells say.

use customer_journey::events::CsvField;
use customer_journey::{CsvOptions, EventRef};

use super::{plain, read, refused, says, tally};

/// The headers that feed journey, touchpoint, time and channel.
fn fed(table: &str) -> Vec<(CsvField, String)> {
    let plan = CsvOptions::new().plan(table.as_bytes()).unwrap();
    plan.fields
        .into_iter()
        .map(|fed| (fed.field, fed.header))
        .collect()
}

#[test]
fn exports_of_the_field() {
    use CsvField::{Channel, Emotion, Journey, Person, Time, Touchpoint};
    for (table, expected) in [
        (
            "event_timestamp,event_name,user_pseudo_id,ga_session_id\n1700000000000000,view,1.2,17\n",
            vec![
                (Journey, "ga_session_id"),
                (Touchpoint, "event_name"),
                (Time, "event_timestamp"),
                (Person, "user_pseudo_id"),
            ],
        ),
        (
            "Case Number,CreatedDate,Origin,Status\n17,2024-01-02 10:00,Web,New\n17,2024-01-03 10:00,Web,Closed\n",
            vec![
                (Journey, "Case Number"),
                (Touchpoint, "Status"),
                (Time, "CreatedDate"),
                (Channel, "Origin"),
            ],
        ),
        (
            "Record ID,Deal Name,Deal Stage,Create Date\n1,x,Appointment,2024-05-01 10:00\n1,x,Closed won,2024-05-03 10:00\n",
            vec![
                (Journey, "Record ID"),
                (Touchpoint, "Deal Stage"),
                (Time, "Create Date"),
            ],
        ),
        (
            "date,fullVisitorId,visitNumber,hitNumber,eventAction\n20240501,f1,1,1,open\n20240501,f2,1,1,open\n",
            vec![
                (Journey, "visitNumber"),
                (Touchpoint, "eventAction"),
                (Time, "date"),
                (CsvField::Sequence, "hitNumber"),
                (Person, "fullVisitorId"),
            ],
        ),
        (
            "Ticket ID,Created at,Status,Via\n17,2024-01-02 10:00,Open,Email\n17,2024-01-03 10:00,Solved,Email\n",
            vec![
                (Journey, "Ticket ID"),
                (Touchpoint, "Status"),
                (Time, "Created at"),
                (Channel, "Via"),
            ],
        ),
        (
            "Conversation ID,Event,Created at (UTC),Conversation rating,Channel\n1,opened,2024-01-02 10:00,,Chat\n",
            vec![
                (Journey, "Conversation ID"),
                (Touchpoint, "Event"),
                (Time, "Created at (UTC)"),
                (Channel, "Channel"),
                (Emotion, "Conversation rating"),
            ],
        ),
        (
            "case:concept:name,concept:name,time:timestamp,org:resource\n1,a,2024-01-02T10:00:00Z,Ann\n",
            vec![
                (Journey, "case:concept:name"),
                (Touchpoint, "concept:name"),
                (Time, "time:timestamp"),
                (CsvField::Owner, "org:resource"),
            ],
        ),
        (
            "Saksnummer;Hendelse;Tidspunkt;Kanal\n1;søkt;02.01.2024 10:00;Nett\n1;svar;22.01.2024 10:00;Brev\n",
            vec![
                (Journey, "Saksnummer"),
                (Touchpoint, "Hendelse"),
                (Time, "Tidspunkt"),
                (Channel, "Kanal"),
            ],
        ),
        (
            "Vorgang;Aktivität;Zeitstempel;Kanal\n1;a;22.01.2024 10:00;Web\n",
            vec![
                (Journey, "Vorgang"),
                (Touchpoint, "Aktivität"),
                (Time, "Zeitstempel"),
                (Channel, "Kanal"),
            ],
        ),
        (
            "Ärendenummer;Händelse;Tidpunkt;Kanal\n1;a;2024-01-22 10:00;Web\n",
            vec![
                (Journey, "Ärendenummer"),
                (Touchpoint, "Händelse"),
                (Time, "Tidpunkt"),
                (Channel, "Kanal"),
            ],
        ),
        (
            "Dossier;Étape;Horodatage;Canal\n1;a;22/01/2024 10:00;Web\n",
            vec![
                (Journey, "Dossier"),
                (Touchpoint, "Étape"),
                (Time, "Horodatage"),
                (Channel, "Canal"),
            ],
        ),
        (
            "Caso;Actividad;Fecha y hora;Canal\n1;a;22/01/2024 10:00;Web\n",
            vec![
                (Journey, "Caso"),
                (Touchpoint, "Actividad"),
                (Time, "Fecha y hora"),
                (Channel, "Canal"),
            ],
        ),
        // The header is the form of the dates, or says nothing: the cells do.
        (
            "Case ID;dd-MM-yyyy:HH.mm;Activity\n1;30-12-2023:11.02;ask\n",
            vec![
                (Journey, "Case ID"),
                (Touchpoint, "Activity"),
                (Time, "dd-MM-yyyy:HH.mm"),
            ],
        ),
        (
            "case,activity,happened\n1,ask,2024-01-02 10:00\n1,get,2024-01-03 10:00\n",
            vec![
                (Journey, "case"),
                (Touchpoint, "activity"),
                (Time, "happened"),
            ],
        ),
        (
            "case id,activity,Complete Timestamp\n1,ask,2024/01/02 10:00:00\n",
            vec![
                (Journey, "case id"),
                (Touchpoint, "activity"),
                (Time, "Complete Timestamp"),
            ],
        ),
    ] {
        let mut expected: Vec<_> = expected
            .into_iter()
            .map(|(field, header)| (field, header.to_owned()))
            .collect();
        expected.sort();
        let mut found = fed(table);
        found.sort();
        assert_eq!(found, expected, "{table}");
    }
}

#[test]
fn numbers_of_sessions_are_joined_with_the_person() {
    let joined = [
        EventRef::new("u1 / 7", "open"),
        EventRef::new("u1 / 7", "buy"),
        EventRef::new("u2 / 7", "open"),
        EventRef::new("u2 / 7", "leave"),
    ];
    for header in [
        "ga_session_id,event_name,user_pseudo_id",
        "session_id,event_type,user_id",
        "Session ID,event,distinct_id",
    ] {
        let (_, found) = plain(&format!(
            "{header}\n7,open,u1\n7,open,u2\n7,buy,u1\n7,leave,u2\n"
        ));
        assert_eq!(found, tally(&joined), "{header}");
    }
    // Sessions with numbers of their own go on when somebody logs in.
    let (_, found) = plain("session_id,event,user_id\ns1,open,\ns1,buy,u1\ns2,open,u2\n");
    assert_eq!(
        found,
        tally(&[
            EventRef::new("s1", "open"),
            EventRef::new("s1", "buy"),
            EventRef::new("s2", "open")
        ])
    );
    // A session that the caller names as well.
    let options = CsvOptions::new().column(CsvField::Journey, "ga_session_id");
    let plan = options
        .plan(&b"ga_session_id,event_name,user_pseudo_id\n7,open,u1\n"[..])
        .unwrap();
    assert!(
        plan.to_string()
            .contains("person from column \"user_pseudo_id\"")
    );
}

#[test]
fn the_same_header_twice_is_refused_where_it_matters() {
    let twice = |header: &str| refused(&format!("{header}\n1,x,4,4\n"), &CsvOptions::new());
    for header in [
        "case,event,rating,rating",
        "case,event,Rating,rating",
        "case,event,case,x",
        "case,event,time,time",
    ] {
        assert!(
            twice(header).contains("there are several columns"),
            "{header}: {}",
            twice(header)
        );
    }
    // Columns that are not used may be called what they are.
    assert!(read("case,event,note,note\n1,x,a,b\n", &CsvOptions::new()).is_ok());
}

#[test]
fn ids_that_name_no_journey() {
    for nothing in ["NA", "NULL", "\\N", "nan", "N/A", ""] {
        let table = format!("case,event\nA,order\n{nothing},order\n{nothing},deliver\nA,deliver\n");
        let told = refused(&table, &CsvOptions::new());
        assert!(
            told.starts_with("2 of 4 rows have faults, which touch 0 journeys"),
            "{told}"
        );
        assert!(
            told.contains("column 1 (\"case\"), 2 rows, first on line 3: the row has no journey"),
            "{told}"
        );
        let (done, found) = read(&table, &CsvOptions::new().tolerance(1.0)).unwrap();
        assert_eq!((done.without_journey, done.left_out), (2, 0));
        assert_eq!(
            found,
            tally(&[EventRef::new("A", "order"), EventRef::new("A", "deliver")])
        );
    }
    for odd in ["-1", "0", "(not set)", "undefined", "unknown"] {
        let table = format!("case,event\nA,order\n{odd},order\n{odd},deliver\nA,deliver\n");
        let (done, _) = plain(&table);
        assert!(says(
            &done,
            &format!(
                "journey \"{odd}\" looks like a placeholder under which strangers gather: 2 events"
            )
        ));
        let (done, _) = read(&table, &CsvOptions::new().missing(odd).tolerance(1.0)).unwrap();
        assert_eq!(done.without_journey, 2, "{odd}");
    }
    // Where ids are numbers from 0 on, 0 is one of them.
    let (done, _) = plain("case,event\n0,a\n0,b\n1,a\n1,b\n2,a\n2,b\n");
    assert!(!says(&done, "placeholder"));
}

#[test]
fn ids_that_a_spreadsheet_cut_and_journeys_that_are_none() {
    for ids in [
        ["1.23457E+15", "9.87654E+14"],
        ["1,23457E+15", "9,87654E+14"],
        ["1234567890123450", "9876543210987600"],
    ] {
        let (done, _) = plain(&format!(
            "case;event\n{0};a\n{0};b\n{1};a\n{1};b\n",
            ids[0], ids[1]
        ));
        assert!(
            says(&done, "look as if a spreadsheet had cut them"),
            "{ids:?}"
        );
    }
    let (done, _) = plain("case;event\n1E5A;a\n1E5A;b\n2024;a\n2024;b\n");
    assert!(!says(&done, "spreadsheet"));
    let (done, _) = plain("case,event\na,x\nb,x\nc,x\n");
    assert!(says(&done, "each of the 3 journeys has one event"));
    let mut table = String::from("case,event\n");
    for number in 0..6000 {
        table += &format!("c{},x\n", number / 2);
        if number % 20 == 0 {
            table += "robot,x\n";
        }
    }
    let (done, _) = plain(&table);
    assert!(
        says(&done, "journey \"robot\" has 300 of 6300 events"),
        "{:?}",
        super::remarks(&done)
    );
}

#[test]
fn stages_that_are_no_phases_are_labels() {
    let table = "case,event,stage\n1,ad,Awareness\n1,compare,Consideration\n1,buy,Purchase\n";
    let (done, found) = plain(table);
    assert!(says(
        &done,
        "\"stage\" holds stages (\"Awareness\", \"Consideration\", \"Purchase\") and not before, during or after"
    ));
    let learned = found
        .learn(&customer_journey::LearnOptions::new().other_phases(customer_journey::Phase::During))
        .unwrap();
    assert_eq!(learned.journey.touchpoints().count(), 3);
    // They come along to the map where they are wanted, the most frequent of several, and a misspelt touchpoint is refused.
    use customer_journey::{LearnOptions, Phase};
    let mixed =
        "case;event;Funnel Stage\n1;ad;Awareness\n2;ad;Retention\n3;ad;Awareness\n3;buy;N/A\n";
    for (table, stages) in [
        (
            table,
            [("ad", Some("Awareness")), ("buy", Some("Purchase"))],
        ),
        (mixed, [("ad", Some("Awareness")), ("buy", None)]),
    ] {
        let (done, found) = plain(table);
        let options = LearnOptions::new()
            .other_phases(Phase::During)
            .stages(&done);
        let journey = found.learn(&options).unwrap().journey;
        for (id, stage) in stages {
            assert_eq!(
                journey.touchpoint(id).unwrap().stage.as_deref(),
                stage,
                "{id}"
            );
        }
        let told = found.learn(&options.stage("buyy", "Purchase")).unwrap_err();
        assert!(told.to_string().contains("did you mean \"buy\"?"), "{told}");
    }
}

#[test]
fn headers_of_further_exports() {
    for (header, journey, touchpoint, time) in [
        ("_CASE_KEY,ACTIVITY_EN,EVENTTIME", 1, 2, 3),
        ("Issue key,Status,Changed", 1, 2, 3),
        ("Record ID,Activity type,Activity date", 1, 2, 3),
        ("customer_journey_id,page_title,finished", 1, 2, 3),
        ("N° dossier,Étape,Date et heure", 1, 2, 3),
        ("Nº de caso,Actividad,Fecha y hora", 1, 2, 3),
    ] {
        let table = format!("{header}\n7,a,2024-01-01 10:00\n7,b,2024-01-02 10:00\n");
        let (done, found) = plain(&table);
        assert_eq!(found.journeys(), 1, "{header}");
        let column = |field| {
            let fed = done.plan.fields.iter().find(|fed| fed.field == field);
            fed.map(|fed| fed.column)
        };
        let fed = [CsvField::Journey, CsvField::Touchpoint, CsvField::Time].map(column);
        assert_eq!(
            fed,
            [Some(journey), Some(touchpoint), Some(time)],
            "{header}"
        );
    }
    // What a tool numbers events by orders those of one moment.
    let table = "_CASE_KEY,ACTIVITY_EN,EVENTTIME,_SORTING\n7,a,2024-01-01,1\n7,c,2024-01-01,3\n7,b,2024-01-01,2\n";
    let (_, found) = plain(table);
    let expected: Vec<EventRef<'_>> = ["a", "b", "c"].map(|at| EventRef::new("7", at)).to_vec();
    assert_eq!(
        super::order::ways(&found),
        super::order::ways(&super::tally(&expected))
    );
}
