//! How each engine writes what they all can do.

use super::columns::Time;
use crate::journey::words;

words! {
    /// Whose SQL is written.
    ///
    /// ```
    /// use customer_journey::sql::Dialect;
    /// assert_eq!("spark".parse(), Ok(Dialect::Spark));
    /// ```
    pub enum Dialect as "dialect of SQL" {
        /// What `PostgreSQL`, `DuckDB`, `SQLite` (3.28 or later) and `DataFusion` understand alike. `SQLite` has no type for
        /// times: give it numbers.
        Standard = "standard",
        /// Apache Spark and Databricks.
        Spark = "spark",
        /// Google `BigQuery`.
        BigQuery = "bigquery",
        /// Snowflake.
        Snowflake = "snowflake",
        /// `ClickHouse`.
        ClickHouse = "clickhouse",
        /// T-SQL: Microsoft SQL Server 2022, Azure SQL, Fabric.
        TSql = "tsql",
    }
}

/// Blanks that are taken off names, as when events are recorded: those of ASCII.
const BLANKS: &str = " \t\n\r\u{c}";

impl Dialect {
    /// A name of a table or column.
    pub(super) fn quoted(self, name: &str) -> String {
        match self {
            Self::BigQuery => {
                format!("`{}`", name.replace('\\', "\\\\").replace('`', "\\`"))
            }
            Self::Spark => format!("`{}`", name.replace('`', "``")),
            Self::ClickHouse => {
                format!("`{}`", name.replace('\\', "\\\\").replace('`', "``"))
            }
            Self::TSql => format!("[{}]", name.replace(']', "]]")),
            _ => format!("\"{}\"", name.replace('"', "\"\"")),
        }
    }

    /// A name of several parts, each quoted.
    pub(super) fn quoted_path(self, path: &[String]) -> String {
        let parts: Vec<String> = path.iter().map(|part| self.quoted(part)).collect();
        parts.join(".")
    }

    /// The type of texts.
    pub(super) fn text_type(self) -> &'static str {
        match self {
            Self::Spark | Self::BigQuery => "STRING",
            Self::ClickHouse => "Nullable(String)",
            Self::TSql => "NVARCHAR(4000)",
            _ => "VARCHAR",
        }
    }

    /// The type of whole numbers of 64 bits.
    pub(super) fn whole_type(self) -> &'static str {
        match self {
            Self::BigQuery => "INT64",
            Self::ClickHouse => "Nullable(Int64)",
            _ => "BIGINT",
        }
    }

    /// The type of numbers of 64 bits.
    pub(super) fn number_type(self) -> &'static str {
        match self {
            Self::Spark => "DOUBLE",
            Self::BigQuery => "FLOAT64",
            Self::ClickHouse => "Nullable(Float64)",
            Self::TSql => "FLOAT",
            _ => "DOUBLE PRECISION",
        }
    }

    /// The text of an expression, without blanks around it; `NULL` where nothing is left.
    pub(super) fn name_of(self, expression: &str) -> String {
        let text = format!("CAST({expression} AS {})", self.text_type());
        let blanks = match self {
            Self::BigQuery | Self::Spark | Self::Snowflake | Self::ClickHouse => {
                r"' \t\n\r\f'".to_owned()
            }
            Self::TSql => "' ' + CHAR(9) + CHAR(10) + CHAR(13) + CHAR(12)".to_owned(),
            // As they are: what stands for them after a backslash, engines read differently.
            Self::Standard => format!("'{BLANKS}'"),
        };
        let trimmed = match self {
            Self::Spark | Self::ClickHouse => format!("TRIM(BOTH {blanks} FROM {text})"),
            Self::TSql => format!("TRIM({blanks} FROM {text})"),
            Self::Standard => format!("LTRIM(RTRIM({text}, {blanks}), {blanks})"),
            Self::BigQuery | Self::Snowflake => format!("TRIM({text}, {blanks})"),
        };
        format!("NULLIF({trimmed}, '')")
    }

    /// Milliseconds since 1970 of a time.
    pub(super) fn milliseconds(self, time: &str, unit: Time) -> String {
        let whole = self.whole_type();
        match (unit, self) {
            (Time::Milliseconds, _) => format!("CAST({time} AS {whole})"),
            (Time::Seconds, _) => format!("CAST({time} * 1000 AS {whole})"),
            // What is left of a division by 1000 is taken off first, so that engines that divide to fractions and engines that
            // divide to whole numbers agree.
            (Time::Microseconds, Self::BigQuery) => {
                format!("DIV({time} - MOD(MOD({time}, 1000) + 1000, 1000), 1000)")
            }
            (Time::Microseconds, _) => {
                format!("CAST(({time} - ((({time} % 1000) + 1000) % 1000)) / 1000 AS {whole})")
            }
            (Time::Timestamp, Self::Spark) => format!("UNIX_MILLIS({time})"),
            (Time::Timestamp, Self::BigQuery) => {
                format!("UNIX_MILLIS(CAST({time} AS TIMESTAMP))")
            }
            (Time::Timestamp, Self::Snowflake) => {
                format!("DATE_PART(EPOCH_MILLISECOND, {time})")
            }
            (Time::Timestamp, Self::ClickHouse) => {
                format!("toUnixTimestamp64Milli(toDateTime64({time}, 3))")
            }
            (Time::Timestamp, Self::TSql) => {
                format!("DATEDIFF_BIG(MILLISECOND, '19700101', {time})")
            }
            (Time::Timestamp, Self::Standard) => {
                format!("CAST(FLOOR(EXTRACT(EPOCH FROM {time}) * 1000) AS {whole})")
            }
        }
    }

    /// One of `buckets` numbers from 0 for each journey, the same for all its events.
    ///
    /// Engines without a hash of their own number the journeys in the order of their names, which serves as well: what is wanted
    /// is that buckets are of like size and mean nothing.
    pub(super) fn bucket(self, journey: &str, buckets: u32) -> String {
        let hash = match self {
            Self::Spark => return format!("PMOD(XXHASH64({journey}), {buckets})"),
            Self::ClickHouse => return format!("cityHash64({journey}) % {buckets}"),
            Self::BigQuery => {
                return format!(
                    "MOD(MOD(FARM_FINGERPRINT({journey}), {buckets}) + {buckets}, {buckets})"
                );
            }
            Self::Snowflake => format!("HASH({journey})"),
            Self::TSql => format!("CAST(CHECKSUM({journey}) AS BIGINT)"),
            Self::Standard => format!("DENSE_RANK() OVER (ORDER BY {journey})"),
        };
        format!("(({hash} % {buckets}) + {buckets}) % {buckets}")
    }

    /// No text, with its type, so that what is joined to it stays a text.
    pub(super) fn no_text(self) -> String {
        format!("CAST(NULL AS {})", self.text_type())
    }
}
