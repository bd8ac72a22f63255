//! Tables of other shapes than a row an event: what the program makes of them.

#[allow(dead_code, reason = "the program reads maps with it as well")]
#[path = "../../examples/journey/letters.rs"]
mod letters;
#[allow(dead_code, reason = "the program asks more of it")]
#[path = "../../examples/journey/shapes/mod.rs"]
mod shapes;

use customer_journey::events::{CsvError, CsvRead, TallyOptions};
use customer_journey::{CsvOptions, EventLog, Scale};
use shapes::{Misshapen, Shaped, paths, wide, xes};

/// A journey as its name, its touchpoints and its outcome.
type Told = (String, Vec<String>, Option<String>);

fn journey(name: &str, touchpoints: &[&str], outcome: &str) -> Told {
    let touchpoints = touchpoints.iter().map(|&name| name.to_owned()).collect();
    let outcome = (!outcome.is_empty()).then(|| outcome.to_owned());
    (name.to_owned(), touchpoints, outcome)
}

fn read(shaped: Shaped, options: &CsvOptions) -> Result<(EventLog, CsvRead), CsvError> {
    let options = shaped.options(options.clone());
    let mut log = EventLog::new(TallyOptions::new().scale(Scale::ONE_TO_FIVE));
    let mut read = log
        .read_csv(shaped.rows, &options)
        .map_err(|error| shaped.places.restored(error))?;
    shaped.places.restore(&mut read);
    Ok((log, read))
}

fn journeys(log: &EventLog) -> Vec<Told> {
    let told = log.journeys().map(|journey| {
        let touchpoints = journey
            .moments()
            .map(|moment| moment.touchpoint().to_owned());
        let outcome = journey.outcome().map(str::to_owned);
        (journey.name().into_owned(), touchpoints.collect(), outcome)
    });
    told.collect()
}

fn of_wide(table: &str, columns: &[&str]) -> Result<(EventLog, Vec<String>), String> {
    let columns: Vec<String> = columns.iter().map(|&column| column.to_owned()).collect();
    let options = CsvOptions::new();
    let shaped = wide::rows(table.as_bytes(), &columns, &options);
    let shaped = shaped.map_err(|error| error.to_string())?;
    let told = shaped.told.clone();
    let (log, _) = read(shaped, &options).map_err(|error| error.to_string())?;
    Ok((log, told))
}

fn valences(log: &EventLog) -> Vec<Option<f64>> {
    let all = log.journeys().flat_map(|journey| journey.moments());
    all.map(|moment| moment.valence()).collect()
}

#[test]
fn columns_of_times_are_steps_in_the_order_of_time() {
    let table = "case_id,order_date,ship_date,delivered_date,rating\nA,2023-10-29,2023-10-30,2023-11-01,5\nB,2023-10-29,2023-10-31,,2\n";
    let expected = [
        journey("A", &["order", "ship", "delivered"], ""),
        journey("B", &["order", "ship"], ""),
    ];
    for columns in [
        &["auto"][..],
        &["order_date", "ship_date", "delivered_date"],
        &["case_id", "order_date", "ship_date", "delivered_date"],
        &[
            "Order Date",
            "order=ship_date:promise",
            "ship_date",
            "delivered_date",
        ][..1],
    ] {
        if columns.len() == 1 && columns[0] != "auto" {
            let told = of_wide(table, columns).unwrap_err();
            assert!(told.contains("at least two columns"), "{told}");
            continue;
        }
        let (log, told) = of_wide(table, columns).unwrap();
        assert_eq!(journeys(&log), expected, "{columns:?}");
        assert_eq!(valences(&log), [None; 5]);
        assert!(told[0].contains("2 rows") && told[0].contains("5 visits"));
        assert!(
            told.iter()
                .any(|told| told.contains("\"rating\" may be a rating"))
        );
    }
    // The rating belongs to a step where that is stated.
    let (log, _) = of_wide(
        table,
        &[
            "order_date",
            "ship_date",
            "delivered_date",
            "delivered=rating",
        ],
    )
    .unwrap();
    let expected = [
        journey("A", &["order", "ship", "delivered"], ""),
        journey("B", &["order", "ship", "delivered"], ""),
    ];
    assert_eq!(journeys(&log), expected);
    assert_eq!(
        valences(&log),
        [None, None, Some(1.0), None, None, Some(-0.5)]
    );
    // Times decide where they contradict the order of the columns; dates of other forms are read as anywhere.
    let german = "Fall;Bestellt am;Geliefert am;Storniert am\n7;31.12.2024;05.01.2025;02.01.2025\n8;30.12.2024;;\n";
    let (log, _) = of_wide(german, &["auto"]).unwrap();
    assert_eq!(
        journeys(&log),
        [
            journey("7", &["Bestellt am", "Storniert am", "Geliefert am"], ""),
            journey("8", &["Bestellt am"], ""),
        ]
    );
}

#[test]
fn columns_of_ratings_answers_and_names_are_steps_in_their_order() {
    let survey = "Respondent ID\tWebsite rating\tDelivery rating\tSupport rating\tSegment\n1\t5\t2\tN/A\tnew\n2\t4 - Satisfied\t\t1\told\n3\t\t\t\tnew\n";
    let (log, told) = of_wide(survey, &["auto"]).unwrap();
    assert_eq!(
        journeys(&log),
        [
            journey("1", &["Website", "Delivery"], ""),
            journey("2", &["Website", "Support"], ""),
        ]
    );
    assert_eq!(
        valences(&log),
        [Some(1.0), Some(-0.5), Some(0.5), Some(-1.0)]
    );
    let segments: Vec<_> = log.journeys().map(|journey| journey.segment()).collect();
    assert_eq!(segments, [Some("new"), Some("old")]);
    assert!(told.contains(&"1 row has no visit and is left out".to_owned()));

    let answers = "customer_id,saw ad,visited,bought\nu1,yes,yes,no\nu2,no,yes,yes\nu3,1,0,x\n";
    let (log, _) = of_wide(answers, &["saw ad", "visited", "bought"]).unwrap();
    assert_eq!(
        journeys(&log),
        [
            journey("u1", &["saw ad", "visited"], ""),
            journey("u2", &["visited", "bought"], ""),
            journey("u3", &["saw ad", "bought"], ""),
        ]
    );

    // No column names cases, and cells name touchpoints.
    let names = "touch 1,touch 2,touch 3\nsearch,shop,shop\nmail,,shop\n";
    let (log, told) = of_wide(names, &["touch 1", "touch 2", "touch 3"]).unwrap();
    assert_eq!(
        journeys(&log),
        [
            journey("row 2", &["search", "shop", "shop"], ""),
            journey("row 3", &["mail", "shop"], ""),
        ]
    );
    assert!(told[0].contains("no column names cases"));
    // A case in two rows is one journey.
    let twice = "case,a,b\n1,yes,no\n1,no,yes\n";
    let (log, told) = of_wide(twice, &["a", "b"]).unwrap();
    assert_eq!(journeys(&log), [journey("1", &["a", "b"], "")]);
    assert!(
        told.iter()
            .any(|told| told.starts_with("1 row names a case of an earlier row"))
    );
}

#[test]
fn what_is_wrong_with_a_wide_table_is_said_at_its_place() {
    let table = "case,ordered,sent\n\nA,2024-01-01,2024-01-02\nB,2024-01-01,soon\nC,2024-01-01,2024-01-05\n";
    let told = of_wide(table, &["ordered", "sent"]).unwrap_err();
    assert!(
        told.contains("column 3 (\"sent\"), 1 row, first on line 4: \"soon\" is not a time"),
        "{told}"
    );
    let told = of_wide(table, &["orderd", "sent:hours", "sent"]).unwrap_err();
    assert!(told.contains("there is no column \"orderd\""), "{told}");
    assert!(told.contains("time, rating, promise, came, name"), "{told}");
    // Numbers as long as these are times without their unit.
    let told = of_wide("case,a,b\n1,1700000000000,1700000100000\n", &["a", "b"]).unwrap_err();
    assert!(
        told.contains(
            "column 2 (\"a, b\"), 2 rows, first on line 2: time \"1700000000000\" is a bare number"
        ),
        "{told}"
    );
    // A scale that is not stated is asked for by the columns of the file.
    let shaped = wide::rows(
        b"case,a,b\n1,4,5\n",
        &["auto".to_owned()],
        &CsvOptions::new(),
    )
    .unwrap();
    let options = shaped.options(CsvOptions::new());
    let refused = EventLog::default()
        .read_csv(shaped.rows, &options)
        .unwrap_err();
    let told = shaped.places.restored(refused).to_string();
    assert!(
        told.starts_with("the ratings in \"a, b\" go from 4 to 5"),
        "{told}"
    );
    let told = of_wide("case,note\nA,x\nB,y\n", &["auto"]).unwrap_err();
    assert!(
        told.contains("name the columns of the steps in their order"),
        "{told}"
    );
}

fn of_paths(table: &str) -> Result<(EventLog, Vec<String>), String> {
    let shaped = paths::rows(table.as_bytes(), &CsvOptions::new());
    let shaped = shaped.map_err(|error| error.to_string())?;
    let told = shaped.told.clone();
    let (log, _) = read(shaped, &CsvOptions::new()).map_err(|error| error.to_string())?;
    Ok((log, told))
}

/// Paths with their outcomes and how many journeys have each, in order.
fn counted(log: &EventLog) -> Vec<(String, Option<String>, usize)> {
    let mut counts = std::collections::BTreeMap::new();
    for (_, touchpoints, outcome) in journeys(log) {
        *counts
            .entry((touchpoints.join(" > "), outcome))
            .or_insert(0) += 1;
    }
    counts
        .into_iter()
        .map(|((path, outcome), count)| (path, outcome, count))
        .collect()
}

#[test]
fn paths_are_as_many_journeys_as_they_count() {
    let path = |path: &str, outcome: &str, count: usize| {
        let outcome = (!outcome.is_empty()).then(|| outcome.to_owned());
        (path.to_owned(), outcome, count)
    };
    let (yes, no) = ("conversion", "no conversion");
    for (table, expected) in [
        (
            "path,total_conversions,total_conversion_value,total_null\nsearch > shop,3,10.5,7\nmail,0,0,2\n",
            vec![
                path("mail", no, 2),
                path("search > shop", yes, 3),
                path("search > shop", no, 7),
            ],
        ),
        (
            "Channel Path;Users;Conversions\nsearch>shop;10;4\nmail;5;0\n",
            vec![
                path("mail", no, 5),
                path("search > shop", yes, 4),
                path("search > shop", no, 6),
            ],
        ),
        (
            "journey,n\na → b → a,2\nb,1\n",
            vec![path("a > b > a", "", 2), path("b", "", 1)],
        ),
        (
            "id,steps\n1,a -> b\n2,a -> c\n3,a -> b\n",
            vec![path("a > b", "", 2), path("a > c", "", 1)],
        ),
        (
            "path,conversions\n(start) > a > b > (conversion),2.0\n",
            vec![path("a > b", yes, 2)],
        ),
        (
            "path,count\n\"a|b\",1\n\"b|a|b\",2\n",
            vec![path("a > b", "", 1), path("b > a > b", "", 2)],
        ),
    ] {
        let (log, told) = of_paths(table).unwrap();
        assert_eq!(counted(&log), expected, "{table}");
        assert!(told[0].starts_with("one row a path"));
    }
    let told = of_paths("path,count\na > b,many\na > ,1\nb > a,-2\n").unwrap_err();
    for part in [
        "line 2, column 2 (\"count\"): \"many\" is no count",
        "line 3, column 1 (\"path\"): \"a >\" has a step without a name",
        "line 4, column 2 (\"count\"): \"-2\" is no count",
    ] {
        assert!(told.contains(part), "{part} is not in {told}");
    }
    let told = of_paths("path,users,conversions\na > b,2,3\n").unwrap_err();
    assert!(told.contains("line 2: 3 of 2 convert"), "{told}");
    assert!(
        of_paths("case,event\n1,a\n")
            .unwrap_err()
            .contains("no column holds paths")
    );
}

#[test]
fn paths_without_counted_failures_are_said_to_convert_all() {
    let (_, told) = of_paths("path,conversions\na > b,2\n").unwrap();
    assert!(
        told.iter()
            .any(|told| told.contains("all journeys of this map convert"))
    );
}

#[test]
fn event_logs_in_xes() {
    let event = |name: &str, time: &str| {
        format!(
            "<event><string key=\"concept:name\" value=\"{name}\"/>\n<date key=\"time:timestamp\" value=\"{time}\"/><string key=\"org:resource\" value=\"Ann\"><string key=\"inner\" value=\"x\"/></string></event>"
        )
    };
    let log = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- made by hand -->\n<log xes.version=\"1.0\" xmlns=\"http://www.xes-standard.org/\">\n<global scope=\"event\"><string key=\"concept:name\" value=\"__INVALID__\"/></global><classifier name=\"Activity\" keys=\"concept:name\"/>\n<trace><string key=\"concept:name\" value=\"c1\"/><string key=\"segment\" value=\"new\"/>{}{}</trace>\n<trace>{}</trace></log>",
        event("pay &amp; go", "2024-01-02T08:00:00.000+01:00"),
        event("order", "2024-01-01T08:00:00Z"),
        event("order", "2024-01-03T08:00:00Z"),
    );
    assert!(xes::is_xes(log.as_bytes()) && !xes::is_xes(b"<CJML><log/>".get(..6).unwrap()));
    let shaped = xes::rows(&log).unwrap();
    assert_eq!(
        shaped.told,
        [
            "an event log in XES: 2 traces, each a journey, with 3 events",
            "1 traces have no name and are called by their number",
            "3 attributes stand within others, or in lists, and are not read",
        ]
    );
    let (events, _) = read(shaped, &CsvOptions::new()).unwrap();
    assert_eq!(
        journeys(&events),
        [
            journey("c1", &["order", "pay & go"], ""),
            journey("trace 2", &["order"], ""),
        ]
    );
    let owners: Vec<_> = events
        .journeys()
        .flat_map(|journey| journey.moments())
        .map(|moment| moment.owner())
        .collect();
    assert_eq!(owners, [Some("Ann"); 3]);
    for broken in [
        "<log><trace>",
        "<log><trace></log>",
        "<log><trace><event><string value=\"x\"/></event></trace></log>",
    ] {
        let told = xes::rows(broken).map(|shaped| shaped.told).unwrap_err();
        assert!(
            matches!(&told, Misshapen::Told(told) if told.starts_with("line 1: ")),
            "{told}"
        );
    }
}
