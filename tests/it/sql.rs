//! Statements for engines: what is quoted, what is refused, and that they speak each engine's language. `.ci/check-engines` runs them.

use customer_journey::Scale;
use customer_journey::sql::{self, Columns, Dialect, NoOrder, Options, Statement, Time};

fn written(dialect: Dialect, columns: &Columns, options: &Options) -> Vec<Statement> {
    sql::statements(dialect, columns, options).unwrap()
}

fn whole() -> Columns {
    Columns::new("shop.events", "case", "touchpoint")
        .time("at", Time::Milliseconds)
        .sequence("seq")
        .channel("channel")
        .phase("stage")
        .owner("owner")
        .emotion("emotion")
        .promise("kept")
        .promise_name("promise")
        .outcome("outcome")
        .segment("segment")
        .customer("customer")
}

#[test]
fn names_are_quoted_as_each_engine_quotes_them_and_cannot_end_the_quotation() {
    let hostile = r#"a"b`c]d\e'; DROP TABLE x; --"#;
    let quoted = [
        (Dialect::Standard, r#""a""b`c]d\e'; DROP TABLE x; --""#),
        (Dialect::Snowflake, r#""a""b`c]d\e'; DROP TABLE x; --""#),
        (Dialect::Spark, r#"`a"b``c]d\e'; DROP TABLE x; --`"#),
        (Dialect::BigQuery, r#"`a"b\`c]d\\e'; DROP TABLE x; --`"#),
        (Dialect::ClickHouse, r#"`a"b``c]d\\e'; DROP TABLE x; --`"#),
        (Dialect::TSql, r#"[a"b`c]]d\e'; DROP TABLE x; --]"#),
    ];
    assert_eq!(quoted.len(), Dialect::ALL.len());
    for (dialect, quoted) in quoted {
        let columns = Columns::new("t", hostile, "touchpoint").sequence("seq");
        for statement in written(dialect, &columns, &Options::new()) {
            let named = statement.text.matches("DROP TABLE").count();
            let safely = statement.text.matches(quoted).count();
            assert_eq!((named, safely), (1, 1), "{dialect}: {}", statement.name);
        }
    }
}

#[test]
fn a_table_in_a_schema_is_quoted_part_by_part() {
    let columns = Columns::new("lake.shop.events", "case", "touchpoint").sequence("seq");
    for (dialect, table) in [
        (Dialect::Standard, r#"FROM "lake"."shop"."events""#),
        (Dialect::Spark, "FROM `lake`.`shop`.`events`"),
        (Dialect::TSql, "FROM [lake].[shop].[events]"),
    ] {
        for statement in written(dialect, &columns, &Options::new()) {
            assert!(statement.text.contains(table), "{}", statement.text);
        }
    }
}

#[test]
fn rows_without_an_order_are_no_journeys() {
    let columns = Columns::new("events", "case", "touchpoint").channel("channel");
    for &dialect in Dialect::ALL {
        let refused = sql::statements(dialect, &columns, &Options::new());
        assert_eq!(refused, Err(NoOrder));
    }
}

#[test]
fn every_statement_is_there_once_in_every_dialect() {
    let options = Options::new()
        .scale(Scale::ONE_TO_FIVE)
        .buckets(32)
        .windows(7);
    for &dialect in Dialect::ALL {
        let statements = written(dialect, &whole(), &options);
        let names: Vec<&str> = statements.iter().map(|statement| statement.name).collect();
        assert_eq!(
            names,
            ["moves", "visits", "triples", "waits", "figures", "checks"]
        );
        for statement in statements {
            let (open, closed) = (
                statement.text.matches('(').count(),
                statement.text.matches(')').count(),
            );
            assert_eq!(open, closed, "{dialect}: {}", statement.name);
            assert!(!statement.text.contains(';'));
        }
    }
}

#[test]
fn what_is_not_stated_is_not_asked_for() {
    let columns = Columns::new("events", "case", "touchpoint").sequence("seq");
    for statement in written(Dialect::Standard, &columns, &Options::new().buckets(32)) {
        for absent in ["\"channel\" AS", "\"emotion\" AS", "\"at\" AS at_"] {
            let named = statement.text.matches(absent).count();
            assert_eq!(named, 0, "{absent} in {}", statement.name);
        }
    }
    // Windows need times; without them there is nothing to number.
    let windowed = Options::new().windows(7);
    let moves = &written(Dialect::Standard, &columns, &windowed)[0];
    assert!(!moves.text.contains("by_window_"));
}

#[test]
fn a_journey_ends_at_its_last_number_and_nulls_have_their_place() {
    for &dialect in Dialect::ALL {
        let statements = written(dialect, &whole(), &Options::new());
        let moves = &statements[0].text;
        assert!(moves.contains("WHERE n_ = moments_"));
        assert!(!moves.contains("next_touchpoint_ IS NULL"));
        assert!(moves.contains("CASE WHEN position_ IS NULL THEN 1 ELSE 0 END, position_"));
    }
}

#[test]
fn ratings_are_put_on_the_scale_that_was_declared() {
    let figures = |scale| {
        let options = Options::new().scale(scale);
        let statements = written(Dialect::Standard, &whole(), &options);
        statements[4].text.clone()
    };
    // 2 (x - bad) / (good - bad) - 1: the worst rating is -1, whichever end it is.
    assert!(figures(Scale::ONE_TO_FIVE).contains("- 1.0) / 4.0 - 1.0)"));
    assert!(figures(Scale::ONE_TO_SEVEN.lower_is_better()).contains("- 7.0) / -6.0 - 1.0)"));
    let without = written(Dialect::Standard, &whole(), &Options::new());
    assert!(!without[4].text.contains("worst_"));
}
