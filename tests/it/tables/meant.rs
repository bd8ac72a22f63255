//! What columns and rows mean that could be taken for something else.

use customer_journey::CsvOptions;
use customer_journey::LearnOptions;
use customer_journey::events::CsvField;

use super::order::ways;
use super::{plain, read, remarks, says};

#[test]
fn a_status_of_the_event_is_no_lifecycle() {
    for statuses in [
        ["pending", "in progress", "completed"],
        ["Started", "In progress", "Completed"],
        ["scheduled", "scheduled", "completed"],
        ["new", "started", "finished"],
    ] {
        let mut table = String::from("case,event,time,status\n");
        for case in 0..3 {
            for (at, (step, status)) in ["order", "ship", "deliver"]
                .iter()
                .zip(statuses)
                .enumerate()
            {
                table += &format!("{case},{step},2024-01-0{} 08:00,{status}\n", at + 1);
            }
        }
        let (read, found) = plain(&table);
        assert_eq!((read.rows, read.incomplete), (9, 0), "{statuses:?}");
        let way = |from: &str, to: &str| (from.to_owned(), to.to_owned(), 3.0);
        assert_eq!(ways(&found), [way("order", "ship"), way("ship", "deliver")]);
    }
    // Where the same activity begins and ends, it is one.
    for (start, end) in [
        ("start", "complete"),
        ("Started", "Finished"),
        ("gestartet", "beendet"),
    ] {
        let (read, _) = plain(&format!(
            "case,event,time,status\n1,repair,2024-01-01 08:00,{start}\n1,repair,2024-01-01 09:00,{end}\n1,test,2024-01-01 10:00,{start}\n1,test,2024-01-01 10:30,{end}\n"
        ));
        assert_eq!((read.rows, read.incomplete), (2, 2), "{start}");
    }
}

#[test]
fn a_header_that_asks_whether_it_was_broken_turns_yes_around() {
    let kept = |header: &str, cell: &str| {
        let table = format!("case,event,time,{header}\n1,ship,2024-01-01 08:00,{cell}\n");
        let options = CsvOptions::new().column(CsvField::Promise, header);
        let (told, found) = read(&table, &options).unwrap();
        let learned = found
            .learn(&LearnOptions::new().other_phases(customer_journey::Phase::During))
            .unwrap();
        let ship = learned.journey.touchpoint("ship").unwrap();
        let inverted = told
            .plan
            .to_string()
            .contains("yes says that it was broken");
        (
            ship.promise
                .as_ref()
                .and_then(customer_journey::Promise::kept_rate),
            inverted,
        )
    };
    for header in [
        "has_breached",
        "late",
        "isLate",
        "SLA verletzt",
        "SLA BREACHED",
        "missed",
        "delayed",
        "overdue",
        "løfte brutt",
        "försenad",
        "en retard",
        "incumplido",
    ] {
        for (yes, no) in [("yes", "no"), ("1", "0"), ("true", "false"), ("ja", "nei")] {
            assert_eq!(kept(header, yes), (Some(0.0), true), "{header} {yes}");
            assert_eq!(kept(header, no), (Some(1.0), true), "{header} {no}");
        }
        // Words that say themselves what happened mean what they say.
        assert_eq!(kept(header, "on time").0, Some(1.0), "{header}");
        assert_eq!(kept(header, "breached").0, Some(0.0), "{header}");
    }
    for header in [
        "on_time",
        "not_late",
        "kept",
        "latest promise",
        "related",
        "not breached",
    ] {
        assert_eq!(kept(header, "yes"), (Some(1.0), false), "{header}");
        assert_eq!(kept(header, "no"), (Some(0.0), false), "{header}");
    }
}

#[test]
fn endings_that_look_alike_or_contradict_each_other_are_told() {
    for others in [
        ["churn", "Churn", "CHURN"],
        ["won deal", "won-deal", "Won Deal"],
    ] {
        let mut table = String::from("case,event,time,outcome\n");
        for (case, outcome) in others.iter().enumerate() {
            table += &format!("{case},ad,2024-01-01,\n{case},buy,2024-01-02,{outcome}\n");
        }
        let (read, _) = plain(&table);
        assert!(
            says(&read, "names in \"outcome\" look alike"),
            "{:?}",
            remarks(&read)
        );
    }
    let (told, _) = plain(
        "case,event,time,outcome\n1,ad,2024-01-01,won\n1,buy,2024-01-02,lost\n2,ad,2024-01-01,won\n2,buy,2024-01-02,won\n",
    );
    assert!(
        says(
            &told,
            "1 journey states more than one outcome, such as \"1\"; the last one counts"
        ),
        "{:?}",
        remarks(&told)
    );
}

#[test]
fn ids_that_are_none_are_told_whatever_they_look_like() {
    for none in [
        "?",
        "Unspecified",
        "<unset>",
        "#N/V",
        "[Not Available]",
        "No id",
        "not set",
        "00000000",
        "0000000000000000",
        "00000000-0000-0000-0000-000000000000",
        "xxxx",
        "???",
        "{guest}",
    ] {
        let (read, _) = plain(&format!(
            "case,event,time\n{none},order,2024-01-01\n{none},pay,2024-01-02\nA17,order,2024-01-01\n"
        ));
        let said = format!("journey {none:?} looks like a placeholder");
        assert!(says(&read, &said), "{none}: {:?}", remarks(&read));
    }
    for id in [
        "A",
        "17",
        "111",
        "aab",
        "<17>",
        "No 17",
        "not-a-word-of-these",
        "0x1f",
    ] {
        let (read, _) = plain(&format!("case,event,time\n{id},order,2024-01-01\n"));
        assert!(!says(&read, "placeholder"), "{id}: {:?}", remarks(&read));
    }
    // Where ids are numbers from zeros on, these are one of them.
    let (read, _) = plain("case,event,time\n0000,order,2024-01-01\n0001,order,2024-01-01\n");
    assert!(!says(&read, "placeholder"));
}

#[test]
fn rows_that_are_no_events_are_no_customers() {
    for (table, said) in [
        (
            "| case | event |\n|---|---|\n| A | order |\n| A | pay |\n",
            "1 row of dashes is left out",
        ),
        (
            "case;event\n:---:;:---:\nA;order\nA;pay\n",
            "1 row of dashes is left out",
        ),
        (
            "case,event\nA,order\nA,pay\n----,-----\n",
            "1 row of dashes is left out",
        ),
        (
            "case,event,time\nA,order,\nA,pay,\nA Count,2,\nB,order,\nB Count,1,\n",
            "2 rows sum others up and are left out, the last on line 6",
        ),
        (
            "case,event\nA,order\nA,pay\nA Ergebnis,2\n",
            "line 4 sums other rows up and is left out",
        ),
        (
            "Case,Event\nA,order\nCASE,EVENT\nA,pay\n",
            "1 row repeats the header and is left out",
        ),
    ] {
        let (read, found) = plain(table);
        assert!(says(&read, said), "{table}{:?}", remarks(&read));
        let way = ("order".to_owned(), "pay".to_owned(), 1.0);
        assert_eq!(ways(&found), [way], "{table}");
    }
    for types in [
        "string,string,string",
        "VARCHAR,text,timestamp",
        "int64,object,datetime",
    ] {
        let (read, _) = plain(&format!(
            "case,event,time\n{types}\n1,order,2024-01-01\n1,pay,2024-01-02\n"
        ));
        assert_eq!((read.rows, read.plan.label_rows), (2, 1), "{types}");
    }
}

#[test]
fn a_header_may_begin_with_the_sign_of_a_number() {
    for (header, row) in [
        ("#,case_id,activity,timestamp", "1,A"),
        ("# No,case_id,activity,timestamp", "1,A"),
        ("#;case_id;activity;timestamp", "1;A"),
    ] {
        let between = if header.contains(';') { ";" } else { "," };
        let rest = ["order", "2024-01-01"].join(between);
        let (read, _) = plain(&format!("{header}\n{row}{between}{rest}\n"));
        assert_eq!((read.rows, read.plan.before.len()), (1, 0), "{header}");
    }
    // A remark above it is still one.
    let (read, _) = plain("# exported today\ncase,event\nA,order\n");
    assert_eq!((read.rows, read.plan.before.len()), (1, 1));
}

#[test]
fn numbers_of_sessions_are_joined_with_the_person_also_where_they_are_stated() {
    for (header, id, person) in [
        (
            "ga_session_id,user_pseudo_id",
            "ga_session_id",
            "user_pseudo_id",
        ),
        ("visit_count,idvisitor", "visit_count", "idvisitor"),
        (
            "context_session_id,anonymousId",
            "context_session_id",
            "anonymousId",
        ),
        ("sid,member", "sid", "member"),
        (
            "domain_sessionidx,domain_userid",
            "domain_sessionidx",
            "domain_userid",
        ),
    ] {
        let table = format!(
            "{header},event_name,time\n1,anna,open,2024-01-01 08:00\n1,bob,open,2024-01-01 08:01\n1,anna,buy,2024-01-01 08:02\n1,bob,leave,2024-01-01 08:03\n"
        );
        let options = CsvOptions::new().column(CsvField::Journey, id);
        let (told, found) = read(&table, &options).unwrap();
        assert_eq!(found.journeys(), 2, "{header}");
        assert!(
            told.plan
                .to_string()
                .contains(&format!("person from column {person:?}"))
        );
        let alone = options.without(CsvField::Person);
        assert_eq!(read(&table, &alone).unwrap().1.journeys(), 1, "{header}");
    }
    // A login that is blank before it tells nobody apart.
    let (told, found) = read(
        "session_id,userId,anonymousId,event,time\n7,,a1,open,2024-01-01 08:00\n7,,a2,open,2024-01-01 08:01\n7,u1,a1,buy,2024-01-01 08:02\n7,,a2,leave,2024-01-01 08:03\n",
        &CsvOptions::new(),
    )
    .unwrap();
    assert_eq!(found.journeys(), 2, "{}", told.plan);
}

#[test]
fn batches_of_equal_time_are_in_the_order_of_their_numbers() {
    let (_, found) = plain(
        "case,event,time_us,batch_ordering_id,batch_event_index\n1,start,1700000000000000,1,1\n1,purchase,1700000000000000,2,1\n1,view,1700000000000000,1,2\n",
    );
    let way = |from: &str, to: &str| (from.to_owned(), to.to_owned(), 1.0);
    assert_eq!(
        ways(&found),
        [way("start", "view"), way("view", "purchase")]
    );
}

#[test]
fn times_far_from_those_of_most_events_are_told_whatever_their_year() {
    for (far, year) in [
        ("2079-06-06 23:59", 2079),
        ("2038-01-19 03:14:07", 2038),
        ("1980-01-06 00:00", 1980),
        ("2001-01-01 00:00", 2001),
        ("2000-01-01 00:00", 2000),
        ("2032-10-02 08:00", 2032),
    ] {
        let table = format!(
            "case,event,time\nA,order,2023-10-29 08:00\nA,pay,2023-10-30 08:00\nB,order,2023-10-29 08:00\nB,pay,{far}\n"
        );
        let (told, _) = plain(&table);
        let said = format!(
            "times far from all others: {year} (1 event), where most lie from 2023 to 2023"
        );
        assert!(says(&told, &said), "{:?}", remarks(&told));
        // Stated as missing, it is none.
        let (told, _) = read(&table, &CsvOptions::new().missing(far)).unwrap();
        assert!(!says(&told, "far from all others"), "{:?}", remarks(&told));
        assert!(says(&told, "1 row states no time"), "{:?}", remarks(&told));
    }
    // A long history is one, with holes of some years as without.
    let years = [1995, 1999, 2004, 2009, 2013, 2018, 2023];
    let rows = years.map(|year| format!("{year},order,{year}-05-01\n{year},pay,{year}-05-02\n"));
    let (told, _) = plain(&format!("case,event,time\n{}", rows.concat()));
    assert!(!says(&told, "far from"), "{:?}", remarks(&told));
    for (year, first) in [("1402", "1402"), ("2566", "2566")] {
        let (told, _) = plain(&format!(
            "case,event,time\nA,order,{year}/08/07 08:00\nA,pay,{year}/08/08 09:00\n"
        ));
        let said =
            format!("all times lie from {first} to {first}: they may be of another calendar");
        assert!(says(&told, &said), "{:?}", remarks(&told));
    }
}
