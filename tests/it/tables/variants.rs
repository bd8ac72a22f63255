//! Further inputs of kinds that others met: words, headers and cells in other forms.

use customer_journey::events::CsvField;
use customer_journey::{CsvOptions, EventRef, PromiseResult};

use super::{plain, read, refused, remarks, says, tally};

#[test]
fn sessions_are_joined_with_whatever_names_their_person() {
    for header in [
        "session,customer",
        "sessionId,email",
        "visit,user",
        "web_session_id,kundenummer",
        "Sitzung,Kunden-ID",
        "session_key,member_id",
    ] {
        let table = format!(
            "{header},event,timestamp\n7,anna,open,2023-10-29 08:00:00\n7,ben,open,2023-10-29 08:00:01\n\
             7,anna,buy,2023-10-29 08:00:02\n7,ben,leave,2023-10-29 08:00:03\n"
        );
        let options = CsvOptions::new();
        let known = options.plan(table.as_bytes()).is_ok();
        let session = header.split(',').next().unwrap();
        let options = if known {
            options
        } else {
            options.column(CsvField::Journey, session)
        };
        let (_, found) = read(&table, &options).unwrap();
        assert_eq!(found.journeys(), 2, "{header}");
    }
}

#[test]
fn ids_that_are_none() {
    for word in ["NaT", "[NULL]", "<null>", "#REF!"] {
        let table = format!("case,event\n{word},order\n{word},pay\nA,order\n");
        let told = refused(&table, &CsvOptions::new());
        assert!(
            told.contains(&format!("the row has no journey but \"{word}\"")),
            "{told}"
        );
    }
    for word in [
        "unbekannt",
        "(other)",
        "anonym",
        "[object Object]",
        "N/D",
        "-99",
        "(not provided)",
    ] {
        let (read, _) = plain(&format!("case,event\n{word},order\n{word},pay\nA,order\n"));
        assert!(
            says(
                &read,
                "looks like a placeholder under which strangers gather: 2 events"
            ),
            "{word}"
        );
    }
    for id in ["########", "###"] {
        let (read, _) = plain(&format!("case,event\n{id},order\n{id},pay\nA,order\n"));
        assert!(says(&read, "look as if a spreadsheet had cut them"), "{id}");
    }
}

#[test]
fn numbers_of_steps_order_them() {
    for header in ["step_no", "event_order", "Reihenfolge"] {
        let table = format!(
            "case,event,time,{header}\nA,pay,2023-10-29,2\nA,order,2023-10-29,1\nA,ship,2023-10-29,3\n"
        );
        let (read, _) = plain(&table);
        assert!(
            read.plan
                .fields
                .iter()
                .any(|fed| fed.field == CsvField::Sequence),
            "{header}"
        );
        assert!(!says(&read, "equal time"), "{:?}", remarks(&read));
    }
    // Words are no numbers.
    let (read, _) = plain("case,event,seq\nA,pay,top\nA,order,left\n");
    assert!(
        read.plan
            .fields
            .iter()
            .all(|fed| fed.field != CsvField::Sequence)
    );
}

#[test]
fn headers_say_unit_and_zone_in_brackets() {
    let at = |table: &str| plain(table).1;
    let utc = at("case,event,time\nA,order,2023-10-29 08:00:00\nA,pay,2023-10-29 09:00:00\n");
    for table in [
        "case,event,eventTime[ms]\nA,order,1698566400000\nA,pay,1698570000000\n",
        "case,event,timestamp (s)\nA,order,1698566400\nA,pay,1698570000\n",
        "case,event,Time (CET)\nA,order,2023-10-29 09:00:00\nA,pay,2023-10-29 10:00:00\n",
        "case,event,Time (GMT+1)\nA,order,2023-10-29 09:00:00\nA,pay,2023-10-29 10:00:00\n",
        "case,event,Timestamp (UTC)\nA,order,2023-10-29 08:00:00\nA,pay,2023-10-29 09:00:00\n",
    ] {
        assert_eq!(at(table), utc, "{table}");
    }
    let plan =
        CsvOptions::new().plan(&b"case,event,Time (Europe/Oslo)\nA,order,2023-10-29 09:00\n"[..]);
    assert!(
        plan.unwrap()
            .to_string()
            .contains("its header names a zone by a place")
    );
}

#[test]
fn times_of_the_day_in_mixed_forms_and_missing_ones() {
    let table = "Fall;Aktivität;Datum;Uhrzeit\nA;Bestellung;29.10.2023;08:00\nA;Zahlung;29.10.2023;08.30\nA;Anruf;29.10.2023;0930\n";
    let (read, found) = plain(table);
    assert!(read.plan.unused.is_empty());
    let same = "case;event;time\nA;Bestellung;29.10.2023 08:00\nA;Zahlung;29.10.2023 08:30\nA;Anruf;29.10.2023 09:30\n";
    assert_eq!(found, plain(same).1);
    // A day without its time says not what came first on it.
    let (read, found) =
        plain("case,event,date,time\nA,order,2023-10-29,08:00\nA,pay,2023-10-29,\n");
    assert!(
        says(
            &read,
            "1 row states no time and stays behind the row of their journey before it"
        ) || says(&read, "states no time")
    );
    let order = EventRef::new("A", "order").time_ms(1_698_566_400_000);
    assert_eq!(found, tally(&[order, EventRef::new("A", "pay")]));
}

#[test]
fn beginnings_and_ends_in_several_languages() {
    for (begun, ended) in [
        ("gestartet", "abgeschlossen"),
        ("Startet", "Fullført"),
        ("Commencé", "Terminé"),
        ("iniciada", "completada"),
        ("påbörjad", "avslutad"),
    ] {
        let table = format!(
            "case,activity,timestamp,zustand\nA,repair,2023-10-29 09:00,{begun}\nA,repair,2023-10-29 10:00,{ended}\n\
             A,bill,2023-10-29 11:00,{begun}\nA,bill,2023-10-29 12:00,{ended}\n"
        );
        let (read, found) = plain(&table);
        assert_eq!((found.events(), read.incomplete), (2, 2), "{begun}");
    }
    let table = "case,event,start,end\nA,order,2023-10-29 08:00,2023-10-29 07:00\nA,pay,2023-10-29 09:00,2023-10-29 09:10\n";
    assert!(says(&plain(table).0, "1 visit ends before it begins"));
}

#[test]
fn times_that_stand_for_no_end() {
    for last in [
        "2099-12-31 23:59:59",
        "2100-01-01",
        "2999-12-31",
        "9999-12-31",
    ] {
        let table = format!(
            "case,event,time\nA,order,2023-10-29\nA,pay,2023-10-30\nB,order,2023-10-29\nB,pay,{last}\n"
        );
        assert!(
            says(&plain(&table).0, "times far from all others"),
            "{last}"
        );
    }
}

#[test]
fn further_words_for_promises() {
    for (word, result) in [
        ("In compliance", PromiseResult::Kept),
        ("pünktlich", PromiseResult::Kept),
        ("à temps", PromiseResult::Kept),
        ("Überschritten", PromiseResult::Broken),
        ("forsinket", PromiseResult::Broken),
        ("en retard", PromiseResult::Broken),
        ("Paused", PromiseResult::Unknown),
    ] {
        let (_, found) = plain(&format!("case,event,sla\n1,x,{word}\n"));
        assert_eq!(
            found,
            tally(&[EventRef::new("1", "x").promise(result)]),
            "{word}"
        );
    }
}

#[test]
fn ratings_of_which_none_is_negative_may_be_on_another_scale() {
    for (cells, told) in [
        (&["1", "0", "1"][..], true),
        (&["1", "0", "-1"], false),
        (&["0.5", "0.75"], false),
    ] {
        let rows: String = cells.iter().map(|cell| format!("a,x,{cell}\n")).collect();
        let (read, _) = plain(&format!("case,event,csat\n{rows}"));
        assert_eq!(
            says(&read, "no rating in \"csat\" is negative"),
            told,
            "{cells:?}"
        );
    }
}

#[test]
fn sums_with_their_number_are_no_events() {
    for sum in ["Gesamt: 2,,", "Total 2,2,", "Totalt: 2 rader,,"] {
        let table = format!("case,event,time\nA,order,2023-01-01\nA,pay,2023-01-02\n{sum}\n");
        let known = !sum.contains("rader");
        let read = read(&table, &CsvOptions::new());
        assert_eq!(
            read.is_ok_and(|(read, _)| says(&read, "sums other rows up")),
            known,
            "{sum}"
        );
    }
}
