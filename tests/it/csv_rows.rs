//! Tables of a report as comma-separated values, read back by a small reader of RFC 4180.

use crate::steady::cases;
use customer_journey::render::Table;
use customer_journey::rules::Finding;
use customer_journey::{
    Channel, Evidence, Feeling, Journey, Outcome, Phase, Promise, Report, Touchpoint,
};
use proptest::prelude::*;

#[cfg(feature = "serde")]
use crate::generate::{Rng, Taste, drawing};
use crate::render::{delayed_flight, journeys};

/// The records of a text by the grammar of RFC 4180, each cell with whether it was quoted.
fn records(text: &str) -> Vec<Vec<(String, bool)>> {
    let mut records = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let mut record = Vec::new();
        loop {
            let mut cell = String::new();
            let is_quoted = rest.starts_with('"');
            if is_quoted {
                rest = &rest[1..];
                loop {
                    let end = rest.find('"').unwrap();
                    cell.push_str(&rest[..end]);
                    rest = &rest[end + 1..];
                    let Some(after) = rest.strip_prefix('"') else {
                        break;
                    };
                    cell.push('"');
                    rest = after;
                }
            } else {
                let end = rest.find([',', '\r', '\n', '"']).unwrap();
                cell.push_str(&rest[..end]);
                rest = &rest[end..];
            }
            record.push((cell, is_quoted));
            match rest.strip_prefix(',') {
                Some(after) => rest = after,
                None => break,
            }
        }
        rest = rest.strip_prefix("\r\n").unwrap();
        records.push(record);
    }
    records
}

/// A table read back: its headings and its rows, with `None` for empty cells.
struct Read {
    headings: Vec<String>,
    rows: Vec<Vec<Option<String>>>,
}

impl Read {
    fn new(report: &Report, table: Table) -> Self {
        let mut records = records(&report.csv(table).to_string()).into_iter();
        let headings: Vec<String> = records
            .next()
            .unwrap()
            .into_iter()
            .map(|cell| cell.0)
            .collect();
        let rows: Vec<Vec<Option<String>>> = records
            .map(|record| {
                assert_eq!(record.len(), headings.len(), "{table:?}");
                let cells = record.into_iter();
                cells
                    .map(|(cell, is_quoted)| (is_quoted || !cell.is_empty()).then_some(cell))
                    .collect()
            })
            .collect();
        Self { headings, rows }
    }

    fn column(&self, heading: &str) -> Vec<Option<String>> {
        let place = self
            .headings
            .iter()
            .position(|known| known == heading)
            .unwrap();
        self.rows.iter().map(|row| row[place].clone()).collect()
    }

    fn numbers(&self, heading: &str) -> Vec<Option<f64>> {
        let cells = self.column(heading).into_iter();
        cells
            .map(|cell| cell.map(|cell| cell.parse().unwrap()))
            .collect()
    }

    /// Names as they were before they were made harmless.
    fn names(&self, heading: &str) -> Vec<Option<String>> {
        let cells = self.column(heading).into_iter();
        cells
            .map(|cell| cell.map(|cell| cell.strip_prefix('\'').map(str::to_owned).unwrap_or(cell)))
            .collect()
    }
}

/// What every report's tables must say, told by its own figures.
fn check(report: &Report) {
    check_whole(report);
    check_parts(report);
    for table in Table::ALL {
        for cell in Read::new(report, *table).rows.iter().flatten().flatten() {
            assert!(
                !cell.starts_with(['=', '+', '@', '\t', '\r', '\n']),
                "{cell:?} in {table:?}"
            );
            assert!(
                !cell.starts_with('-') || cell.parse::<f64>().is_ok(),
                "{cell:?} in {table:?}"
            );
        }
    }
}

fn some<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<Option<String>> {
    names
        .into_iter()
        .map(|name| Some(name.to_owned()))
        .collect()
}

fn check_whole(report: &Report) {
    let read = |table| Read::new(report, table);
    let table = read(Table::Touchpoints);
    let figures = &report.touchpoints;
    assert_eq!(
        table.names("id"),
        some(figures.iter().map(|f| f.id.as_str()))
    );
    assert_eq!(
        table.numbers("visits"),
        figures.iter().map(|f| Some(f.visits)).collect::<Vec<_>>()
    );
    assert_eq!(
        table.numbers("reach"),
        figures.iter().map(|f| f.reach).collect::<Vec<_>>()
    );
    assert_eq!(
        table.numbers("hurt"),
        figures.iter().map(|f| f.hurt).collect::<Vec<_>>()
    );
    assert_eq!(
        table.numbers("remaining_wait_s"),
        figures
            .iter()
            .map(|f| f.remaining_wait_s)
            .collect::<Vec<_>>()
    );
    let moments: f64 = table.numbers("visits").into_iter().flatten().sum();
    assert!((moments - report.length).abs() <= 1e-12 * report.length);

    let table = read(Table::Outcomes);
    let outcomes = &report.outcomes;
    assert_eq!(
        table.names("outcome"),
        some(outcomes.iter().map(|o| o.outcome.as_str()))
    );
    let chances: Vec<f64> = table.numbers("probability").into_iter().flatten().collect();
    assert!((chances.iter().sum::<f64>() - 1.0).abs() < 1e-12);

    let table = read(Table::PainPoints);
    let pains = &report.pain_points;
    assert_eq!(table.names("id"), some(pains.iter().map(|p| p.id.as_str())));
    assert_eq!(
        table.names("label"),
        some(pains.iter().map(|p| p.label.as_str()))
    );
    assert_eq!(
        table.names("owner"),
        pains.iter().map(|p| p.owner.clone()).collect::<Vec<_>>()
    );
    assert_eq!(
        table.numbers("mean"),
        pains.iter().map(|p| p.mean).collect::<Vec<_>>()
    );
    assert_eq!(
        table.names("explanation"),
        pains
            .iter()
            .map(|p| Some(p.to_string()))
            .collect::<Vec<_>>()
    );
}

fn check_parts(report: &Report) {
    let read = |table| Read::new(report, table);
    let curve = read(Table::Curve).numbers("mean");
    assert_eq!(
        curve,
        report
            .trajectory
            .curve
            .iter()
            .map(|point| point.mean)
            .collect::<Vec<_>>()
    );

    let table = read(Table::ChannelPairs);
    let pairs: Vec<_> = report
        .channels
        .needs
        .iter()
        .flat_map(|need| &need.pairs)
        .collect();
    assert_eq!(
        table.names("b"),
        some(pairs.iter().map(|pair| pair.b.as_str()))
    );
    assert_eq!(
        table.numbers("both"),
        pairs.iter().map(|pair| pair.both).collect::<Vec<_>>()
    );

    let table = read(Table::Promises);
    let ledger = &report.promises.ledger;
    assert_eq!(
        table.names("promise"),
        some(ledger.iter().map(|p| p.promise.as_str()))
    );
    assert_eq!(
        table.numbers("kept_rate"),
        ledger.iter().map(|p| p.kept_rate).collect::<Vec<_>>()
    );

    let table = read(Table::Fixes);
    let hurt = report
        .fixes
        .iter()
        .map(|fix| fix.effect.as_ref().and_then(|effect| effect.hurt));
    assert_eq!(table.numbers("hurt"), hurt.collect::<Vec<_>>());

    let says = report
        .channels
        .needs
        .iter()
        .flat_map(|need| &need.channels)
        .flat_map(|channel| &channel.says);
    assert_eq!(
        read(Table::ChannelAnswers).names("says"),
        some(says.map(String::as_str))
    );

    let steps = report
        .trajectory
        .paths
        .iter()
        .flat_map(|path| &path.touchpoints);
    assert_eq!(
        read(Table::PathSteps).names("id"),
        some(steps.map(String::as_str))
    );

    let shares = read(Table::Evidence).numbers("share");
    assert_eq!(
        shares,
        report
            .evidence
            .iter()
            .map(|part| Some(part.share))
            .collect::<Vec<_>>()
    );
    assert_eq!(read(Table::Warnings).rows.len(), report.warnings.len());
    let found = read(Table::Findings);
    let of =
        |value: fn(&Finding) -> Option<f64>| report.findings.iter().map(value).collect::<Vec<_>>();
    assert_eq!(found.numbers("figure"), of(|finding| finding.figure));
    assert_eq!(found.numbers("bound"), of(|finding| finding.bound));
    let sentences = report
        .findings
        .iter()
        .map(|finding| finding.sentence.as_str());
    assert_eq!(found.names("sentence"), some(sentences));
}

/// Names that a spreadsheet would compute, or that would break a row.
fn hostile() -> Journey {
    let at = |id: &str, channel| Touchpoint::new(id, Phase::During, channel).need("=need");
    Journey::builder("=1+1")
        .touchpoint(
            at("=HYPERLINK(\"http://x\",\"a\")", Channel::Web)
                .makes("+p")
                .says("-1")
                .feels(Feeling::Joy),
        )
        .touchpoint(
            at("@SUM(1;2)\r\n,x", Channel::from("\t=c"))
                .name("'quoted'")
                .owner(" =blank")
                .says("\u{ff1d}wide")
                .promise(Promise::new("+p").kept(1.0).broken(2.0))
                .feels(-0.3)
                .ends("-end", 1.0),
        )
        .transition("=HYPERLINK(\"http://x\",\"a\")", "@SUM(1;2)\r\n,x", 1.0)
        .build()
        .unwrap()
}

#[test]
fn hostile_names_are_no_formulas_and_come_back() {
    let report = hostile().flow().unwrap().report();
    check(&report);
    let table = Read::new(&report, Table::Touchpoints);
    let ids = ["'=HYPERLINK(\"http://x\",\"a\")", "'@SUM(1;2)\r\n,x"];
    assert_eq!(table.column("id"), ids.map(|id| Some(id.to_owned())));
    let table = Read::new(&report, Table::PainPoints);
    assert_eq!(table.column("label"), [Some("''quoted'".to_owned())]);
    assert_eq!(table.column("owner"), [Some("' =blank".to_owned())]);
    let table = Read::new(&report, Table::ChannelAnswers);
    assert!(
        table
            .column("says")
            .contains(&Some("'\u{ff1d}wide".to_owned()))
    );
}

#[test]
fn tables_are_written_as_the_standard_has_it() {
    let report = delayed_flight().flow().unwrap().report();
    check(&report);
    // 0.35 of the journeys end at once with the review, half of the others leave at the call.
    let outcomes = report.csv(Table::Outcomes).to_string();
    assert_eq!(
        outcomes,
        "outcome,probability,standard_error\r\nadvocacy,0.675,\r\nchurn,0.325,\r\n"
    );
    let answers = report.csv(Table::ChannelAnswers).to_string();
    assert_eq!(
        answers,
        "need,channel,says\r\ndelay information,phone,Cancelled\r\ndelay information,sms,Departs 18:40\r\n"
    );
    let places = report.csv(Table::PromisePlaces).to_string();
    assert_eq!(
        places,
        "promise,place,id\r\nkeep me informed,made,booking\r\nkeep me informed,tested,notice\r\n\
         keep me informed,without_mandate,notice\r\n"
    );
    let origins = report.csv(Table::PainOrigins).to_string();
    assert_eq!(
        origins,
        "rank,id,promise,made_at\r\n1,notice,keep me informed,booking\r\n"
    );
}

#[test]
fn the_unknown_is_an_empty_cell_and_what_is_counted_has_its_interval() {
    let step =
        |id: &str| Touchpoint::new(id, Phase::During, Channel::Web).evidence(Evidence::Observed);
    let report = Journey::builder("counted")
        .touchpoint(
            step("a")
                .feels(0.25)
                .starts(100.0)
                .ends(Outcome::Churn, 25.0),
        )
        .touchpoint(step("b").ends(Outcome::Loyalty, 75.0))
        .transition("a", "b", 75.0)
        .build()
        .unwrap()
        .flow()
        .unwrap()
        .report();
    check(&report);
    assert_eq!(
        Read::new(&report, Table::Curve).numbers("mean"),
        [Some(0.25), None]
    );
    let bars = Read::new(&report, Table::ErrorBars);
    let value = bars.numbers("value")[0].unwrap();
    let (from, to) = (
        bars.numbers("from")[0].unwrap(),
        bars.numbers("to")[0].unwrap(),
    );
    assert_eq!(value, 0.25);
    assert!(from < value && value < to);
    // sqrt(0.25 * 0.75 / 100)
    assert!((bars.numbers("standard_error")[0].unwrap() - 0.043_301_270_189_221_93).abs() < 1e-12);
    let summary = Read::new(&report, Table::Summary);
    let place = summary
        .column("figure")
        .iter()
        .position(|name| name.as_deref() == Some("cost"));
    assert_eq!(summary.numbers("value")[place.unwrap()], None);
}

/// Words and figures are those of the report document.
#[cfg(feature = "serde")]
#[test]
fn rows_agree_with_the_report_document() {
    assert!(agreeing(&delayed_flight().flow().unwrap().report()) > 120);
    for seed in 0..40 {
        let taste = Taste {
            spots: 8,
            ways: 1.7,
            loops: true,
        };
        if let Ok(flow) = drawing(&mut Rng::new(seed), taste).journey().flow() {
            agreeing(&flow.report());
        }
    }
}

/// How many cells are in the document too, all of them the same there.
#[cfg(feature = "serde")]
fn agreeing(report: &Report) -> usize {
    let document = serde_json::to_value(report).unwrap();
    let need = |key: &str| {
        let needs = document["channels"]["needs"].as_array().unwrap().iter();
        needs.map(|need| &need[key]).collect::<Vec<_>>()
    };
    let lists = [
        (Table::Outcomes, vec![&document["outcomes"]]),
        (Table::Endings, vec![&document["endings"]]),
        (Table::Touchpoints, vec![&document["touchpoints"]]),
        (Table::Phases, vec![&document["trajectory"]["phases"]]),
        (Table::Curve, vec![&document["trajectory"]["curve"]]),
        (
            Table::Turns,
            vec![
                &document["trajectory"]["falls"],
                &document["trajectory"]["rises"],
            ],
        ),
        (Table::Paths, vec![&document["trajectory"]["paths"]]),
        (Table::PainPoints, vec![&document["pain_points"]]),
        (
            Table::PainCauses,
            document["pain_points"]
                .as_array()
                .unwrap()
                .iter()
                .map(|pain| &pain["causes"])
                .collect(),
        ),
        (Table::Needs, vec![&document["channels"]["needs"]]),
        (Table::Channels, need("channels")),
        (Table::ChannelPairs, need("pairs")),
        (Table::Promises, vec![&document["promises"]]),
        (Table::Evidence, vec![&document["evidence"]]),
        (Table::Listening, vec![&document["listening"]["gains"]]),
        (Table::Fixes, vec![&document["fixes"]]),
    ];
    let mut compared = 0;
    for (table, lists) in lists {
        let read = Read::new(report, table);
        let entries = lists
            .into_iter()
            .filter_map(|list| list.as_array())
            .flatten();
        for (row, entry) in read.rows.iter().zip(entries) {
            for (heading, cell) in read.headings.iter().zip(row) {
                match &entry[heading] {
                    // What the document does not know, programs do not get either; of fixes it has the figures one level deeper.
                    serde_json::Value::Null if heading == "hurt" && table != Table::Fixes => {
                        assert_eq!(cell, &None, "{heading} of {table:?}");
                    }
                    serde_json::Value::String(text) => {
                        assert_eq!(cell.as_ref(), Some(text), "{heading} of {table:?}");
                    }
                    serde_json::Value::Number(number) => {
                        assert_eq!(
                            cell.as_ref().unwrap().parse::<f64>().ok(),
                            number.as_f64(),
                            "{heading} of {table:?}"
                        );
                    }
                    serde_json::Value::Bool(flag) => {
                        assert_eq!(cell.as_ref(), Some(&flag.to_string()));
                    }
                    _ => continue,
                }
                compared += 1;
            }
        }
    }
    compared
}

#[test]
fn every_table_is_listed_once() {
    let mut all = Table::ALL.to_vec();
    all.sort();
    all.dedup();
    assert_eq!(all, Table::ALL);
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn every_name_comes_back(journey in journeys(any::<String>())) {
        check(&journey.flow().unwrap().report());
    }

    #[test]
    fn names_of_signs_come_back(journey in journeys("[-=+@'\"\t\r\n,; a]{0,6}")) {
        check(&journey.flow().unwrap().report());
    }
}
