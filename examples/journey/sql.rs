//! `journey sql`: the statements that count events inside the engine that holds them.

use clap::{Args, ValueEnum};
use customer_journey::Scale;
use customer_journey::sql::{self, Columns, Dialect, Options, Time};

use super::failure::Failure;
use super::output::Output;

const EXAMPLES: &str = "\
Examples:
  journey sql --dialect spark --table events --case order_id --touchpoint step --time at > count.sql
  journey sql --table shop.events --case id --touchpoint step --sequence seq --only moves | psql -f -
  journey learn --rows moves.csv visits.csv --phase during > learned.json

Run the statements where the events are, save the rows of `moves` and `visits` as CSV with a header line or as JSON
lines, and learn from them. Look at the rows of `checks` first.";

/// Writes the SQL that counts events where they are, in the words of an engine
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
#[expect(clippy::doc_markdown, reason = "the words of help on a terminal")]
pub(super) struct Sql {
    /// Whose SQL: standard (PostgreSQL, DuckDB, SQLite, DataFusion, Polars), spark, bigquery, snowflake, clickhouse, tsql
    #[arg(long, value_name = "DIALECT", default_value = "standard", value_parser = dialect)]
    dialect: Dialect,
    /// The table with a row for each event; parts of its name stand between points
    #[arg(long, value_name = "TABLE")]
    table: String,
    /// The column that names the journey (the case)
    #[arg(long, value_name = "COLUMN")]
    case: String,
    /// The column that names the touchpoint (the activity)
    #[arg(long, value_name = "COLUMN")]
    touchpoint: String,
    /// The column that says when it happened
    #[arg(long, value_name = "COLUMN")]
    time: Option<String>,
    /// What that column holds
    #[arg(long, value_enum, value_name = "KIND", default_value_t = Holds::Timestamp)]
    time_unit: Holds,
    /// The column with the position of an event in its journey; it decides over the time
    #[arg(long, value_name = "COLUMN")]
    sequence: Option<String>,
    /// The column that names the channel
    #[arg(long, value_name = "COLUMN")]
    channel: Option<String>,
    /// The column that says before, during or after
    #[arg(long, value_name = "COLUMN")]
    phase: Option<String>,
    /// The column that names who answers for the touchpoint
    #[arg(long, value_name = "COLUMN")]
    owner: Option<String>,
    /// The column that states a feeling or a rating
    #[arg(long, value_name = "COLUMN")]
    emotion: Option<String>,
    /// The column that says whether the promise was kept
    #[arg(long, value_name = "COLUMN")]
    promise: Option<String>,
    /// The column that names the promise
    #[arg(long, value_name = "COLUMN")]
    promise_name: Option<String>,
    /// The column that says how the journey ends
    #[arg(long, value_name = "COLUMN")]
    outcome: Option<String>,
    /// The column that names the group of customers; each group is counted apart
    #[arg(long, value_name = "COLUMN")]
    segment: Option<String>,
    /// The column that names the customer, where one has several journeys
    #[arg(long, value_name = "COLUMN")]
    customer: Option<String>,
    /// The scale of ratings, as 1..5, where the emotions are numbers
    #[arg(long, value_name = "MIN..MAX", allow_hyphen_values = true)]
    scale: Option<Scale>,
    /// Counts in so many buckets of journeys, for standard errors; 32 is enough
    #[arg(long, value_name = "NUMBER")]
    buckets: Option<u32>,
    /// Counts by windows of so many days
    #[arg(long, value_name = "DAYS")]
    window: Option<u32>,
    /// Only this statement: moves, visits, triples, waits, figures or checks; may be repeated
    #[arg(long, value_name = "STATEMENT", value_parser = ["moves", "visits", "triples", "waits", "figures", "checks"])]
    only: Vec<String>,
    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Holds {
    /// The engine's own type for moments
    Timestamp,
    /// Seconds since 1970
    S,
    /// Whole milliseconds
    Ms,
    /// Whole microseconds
    Us,
}

/// Engines are known by their own names too.
fn dialect(word: &str) -> Result<Dialect, String> {
    match word.to_lowercase().as_str() {
        "postgres" | "postgresql" | "duckdb" | "sqlite" | "datafusion" | "polars" => {
            Ok(Dialect::Standard)
        }
        "databricks" => Ok(Dialect::Spark),
        "sqlserver" | "mssql" | "t-sql" | "fabric" => Ok(Dialect::TSql),
        word => word
            .parse()
            .map_err(|unknown: customer_journey::journey::UnknownWord| unknown.to_string()),
    }
}

/// Says which column feeds a part.
type Set = fn(Columns, String) -> Columns;

impl Sql {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let statements = sql::statements(self.dialect, &self.columns(), &self.options());
        let statements = statements.map_err(Failure::call)?;
        let wanted = |name| self.only.is_empty() || self.only.iter().any(|only| only == name);
        let texts = statements
            .iter()
            .filter(|statement| wanted(statement.name))
            .map(|statement| format!("-- {}\n{};\n", statement.name, statement.text));
        self.output.text(texts.collect::<Vec<_>>().join("\n"))
    }

    fn columns(&self) -> Columns {
        let mut columns = Columns::new(&self.table, &self.case, &self.touchpoint);
        if let Some(column) = &self.time {
            columns = columns.time(
                column,
                match self.time_unit {
                    Holds::Timestamp => Time::Timestamp,
                    Holds::S => Time::Seconds,
                    Holds::Ms => Time::Milliseconds,
                    Holds::Us => Time::Microseconds,
                },
            );
        }
        let named: [(&Option<String>, Set); 10] = [
            (&self.sequence, Columns::sequence),
            (&self.channel, Columns::channel),
            (&self.phase, Columns::phase),
            (&self.owner, Columns::owner),
            (&self.emotion, Columns::emotion),
            (&self.promise, Columns::promise),
            (&self.promise_name, Columns::promise_name),
            (&self.outcome, Columns::outcome),
            (&self.segment, Columns::segment),
            (&self.customer, Columns::customer),
        ];
        for (column, set) in named {
            if let Some(column) = column {
                columns = set(columns, column.clone());
            }
        }
        columns
    }

    fn options(&self) -> Options {
        let mut options = Options::new();
        if let Some(scale) = self.scale {
            options = options.scale(scale);
        }
        if let Some(buckets) = self.buckets {
            options = options.buckets(buckets);
        }
        if let Some(days) = self.window {
            options = options.windows(days);
        }
        options
    }
}
