//! Exports of the field's tools as they come: which columns are what, and what is asked for.

use customer_journey::CsvOptions;
use customer_journey::events::{CsvError, CsvField};

use super::{plain, read, refused, remarks, says};

/// The fields that matter and the headers that feed them.
fn feeds(table: &str, expected: &[(CsvField, &str)]) {
    let plan = CsvOptions::new().plan(table.as_bytes()).unwrap();
    for (field, header) in expected {
        let found = plan.fields.iter().find(|fed| fed.field == *field);
        assert_eq!(
            found.map(|fed| fed.header.as_str()),
            Some(*header),
            "{field} in {table}"
        );
    }
}

#[test]
fn sessions_within_records_are_joined_with_their_person() {
    use CsvField::{Journey, Person, Time, Touchpoint};
    for header in [
        "event_params.ga_session_id",
        "event_params_ga_session_id",
        "ep_ga_session_id",
        "ga_session_id",
        "params.event_params.ga_session_id",
    ] {
        let table = format!(
            "event_timestamp,event_name,user_pseudo_id,{header}\n\
             1709280000000000,start,1.2,1709280000\n1709280005000000,buy,1.2,1709280000\n\
             1709280001000000,start,3.4,1709280000\n"
        );
        feeds(
            &table,
            &[
                (Journey, header),
                (Person, "user_pseudo_id"),
                (Time, "event_timestamp"),
                (Touchpoint, "event_name"),
            ],
        );
        assert_eq!(plain(&table).1.journeys(), 2);
    }
    let table = "uuid,event,distinct_id,timestamp,properties.$session_id\n\
                 e1,view,d1,2024-03-01 08:00:00.123000+00:00,s1\ne2,buy,d1,2024-03-01 08:05:00.123000+00:00,s1\n\
                 e3,view,d2,2024-03-01 08:00:00.123000+00:00,s2\n";
    feeds(
        table,
        &[(Journey, "properties.$session_id"), (Touchpoint, "event")],
    );
    assert_eq!(plain(table).1.journeys(), 2);
    // Events outside of any session gather under a number that is none.
    let table = "amplitude_id,session_id,event_type,event_time,user_id\n\
                 55,170,open,2024-03-01 08:00:00,\n55,170,buy,2024-03-01 08:01:00,u1\n\
                 66,170,open,2024-03-01 08:00:00,u2\n66,-1,push,2024-03-01 18:00:00,u2\n55,-1,push,2024-03-01 18:00:00,u1\n";
    feeds(table, &[(Person, "amplitude_id")]);
    let (read, _) = plain(table);
    assert!(
        says(
            &read,
            "journey \"-1\" looks like a placeholder under which strangers gather: 2 events"
        ),
        "{:?}",
        remarks(&read)
    );
}

#[test]
fn a_person_in_two_columns_is_one() {
    for (high, low, page, time, at) in [
        (
            "visid_high",
            "visid_low",
            "pagename",
            "hit_time_gmt",
            ["1709280000", "1709280060"],
        ),
        (
            "post_visid_high",
            "post_visid_low",
            "post_pagename",
            "date_time",
            ["2024-03-01 08:00:00", "2024-03-01 08:01:00"],
        ),
    ] {
        let [first, second] = at;
        let table = format!(
            "{high},{low},visit_num,{time},{page}\n\
             31,7,1,{first},home\n31,7,1,{second},cart\n31,8,1,{first},home\n32,7,1,{first},home\n31,7,2,{second},home\n"
        );
        feeds(
            &table,
            &[
                (CsvField::Journey, "visit_num"),
                (CsvField::Person, high),
                (CsvField::PersonPart, low),
                (CsvField::Touchpoint, page),
                (CsvField::Time, time),
            ],
        );
        assert_eq!(plain(&table).1.journeys(), 4);
    }
}

#[test]
fn the_time_is_the_one_that_tells_the_events_of_a_case_apart() {
    for (headers, rows, time) in [
        (
            "number,state,sys_created_on,sys_updated_on",
            [
                "INC1,New,2024-03-01 08:00:00,2024-03-01 08:00:00",
                "INC1,Solved,2024-03-01 08:00:00,2024-03-01 11:00:00",
                "INC2,New,2024-03-01 09:00:00,2024-03-01 09:00:00",
            ],
            "sys_updated_on",
        ),
        (
            "Ticket ID,Status,Created at,Updated at",
            [
                "5,new,2024-03-01 08:00:00 UTC,2024-03-01 08:00:00 UTC",
                "5,solved,2024-03-01 08:00:00 UTC,2024-03-01 09:00:00 UTC",
                "6,new,2024-03-01 08:00:00 UTC,2024-03-01 08:00:00 UTC",
            ],
            "Updated at",
        ),
        (
            "Issue key,Status,Created,Updated",
            [
                "S-1,Open,01/Mar/24 8:00 AM,01/Mar/24 8:00 AM",
                "S-1,Done,01/Mar/24 8:00 AM,02/Mar/24 9:30 AM",
                "S-2,Open,01/Mar/24 8:00 AM,01/Mar/24 9:00 AM",
            ],
            "Updated",
        ),
        (
            "Record ID,Deal Stage,Create Date,Last Modified Date",
            [
                "9,sent,2024-03-01 08:00,2024-03-01 08:00",
                "9,won,2024-03-01 08:00,2024-03-09 08:00",
                "8,sent,2024-03-02 08:00,2024-03-02 08:00",
            ],
            "Last Modified Date",
        ),
    ] {
        let table = format!("{headers}\n{}\n", rows.join("\n"));
        feeds(&table, &[(CsvField::Time, time)]);
        let (_, found) = plain(&table);
        assert_eq!((found.journeys(), found.events()), (2, 3));
    }
    // Where each journey has one event, or the times differ, the first header counts.
    let table = "Ticket ID,Status,Created at,Updated at\n5,new,2024-03-01 08:00:00,2024-03-01 08:00:00\n6,new,2024-03-01 08:00:00,2024-03-02 08:00:00\n";
    feeds(table, &[(CsvField::Time, "Created at")]);
}

#[test]
fn dates_come_before_bare_numbers_and_numbers_ask_for_their_unit() {
    let table = "idVisit,visitorId,serverTimePretty,timestamp,type,pageTitle\n\
                 12,ab,\"Mar 1, 2024 08:00:00\",1709280000,action,Home\n12,ab,\"Mar 1, 2024 08:01:00\",1709280060,action,Shop\n";
    feeds(
        table,
        &[
            (CsvField::Journey, "idVisit"),
            (CsvField::Time, "serverTimePretty"),
            (CsvField::Touchpoint, "pageTitle"),
        ],
    );
    let numbers = "event,case,time\nSign Up,u1,1709280000\nBuy,u1,1709280600\n";
    assert!(refused(numbers, &CsvOptions::new()).contains("of its length are seconds since 1970"));
    // Times that cannot be read are no reason to go without any.
    for cell in ["2024/W10 5", "12-2024-31 08:00", "7.7.7.7 8h"] {
        let table = format!("case,event,created\n1,x,{cell}\n1,y,{cell}\n");
        assert!(
            refused(&table, &CsvOptions::new()).contains("\"created\""),
            "{cell}"
        );
    }
    let told = "case,event,completed\n1,x,yes\n1,y,no\n";
    assert!(says(&plain(told).0, "no column states times"));
}

#[test]
fn a_zone_beside_the_time_counts() {
    let table = "case,event,time,timezone\n\
                 1,order,2024-03-10 10:00:00,+01:00\n1,pay,2024-03-10 09:30:00,UTC\n1,call,2024-03-10 10:45:00,CET\n";
    let (read_, found) = plain(table);
    assert!(
        read_
            .plan
            .fields
            .iter()
            .any(|fed| fed.field == CsvField::Zone)
    );
    let same = "case,event,time\n\
                1,order,2024-03-10T10:00:00+01:00\n1,pay,2024-03-10T09:30:00Z\n1,call,2024-03-10T10:45:00+01:00\n";
    assert_eq!(found, plain(same).1);
    // A time that states its zone needs no other.
    let both = "case,event,time,timezone\n1,order,2024-03-10T10:00:00Z,+01:00\n1,pay,2024-03-10T11:00:00Z,+01:00\n";
    let (read_, _) = plain(both);
    assert!(
        read_
            .plan
            .unused
            .iter()
            .any(|unused| unused.header == "timezone")
    );
    for (header, cells) in [
        ("time,timezone", "2024-03-10 01:30:00,America/New_York"),
        ("time,note", "2024-03-10 01:30:00 America/New_York,"),
        ("created_at,note", "2024-03-10 01:30:00 Europe/Oslo,"),
    ] {
        let table = format!("case,event,{header}\n1,x,{cells}\n1,y,{cells}\n");
        let told = refused(&table, &CsvOptions::new());
        assert!(
            told.contains("is named by a place, whose distance to UTC changes within the year"),
            "{told}"
        );
        let stated = CsvOptions::new()
            .zone("America/New_York", -300)
            .zone("Europe/Oslo", 60);
        assert_eq!(read(&table, &stated).unwrap().0.faulty, 0);
    }
}

#[test]
fn state_and_number_are_read_beside_their_help_desk_alone() {
    let table = "number,state,time\nA1,Texas,2024-03-01\nA1,Ohio,2024-03-02\n";
    let error = CsvOptions::new().plan(table.as_bytes()).unwrap_err();
    assert!(
        matches!(
            error,
            CsvError::NoColumn {
                field: CsvField::Journey,
                ..
            }
        ),
        "{error}"
    );
}
