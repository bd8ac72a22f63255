//! The events as every statement begins with them: names cleaned, journeys that cannot be followed left out, rows numbered.

use super::NoOrder;
use super::columns::{Columns, Options};
use super::dialect::Dialect;

/// What the statements are written from.
#[derive(Debug)]
pub(super) struct Events<'a> {
    pub(super) dialect: Dialect,
    columns: &'a Columns,
    pub(super) options: &'a Options,
    /// The columns by which rows are also grouped: segment, window and bucket.
    pub(super) groups: Vec<&'static str>,
}

/// Words of a kept and of a broken promise, as tables are read here.
const KEPT: &str = "'true', 't', 'kept', '1', '1.0', 'yes', 'y', 'ja'";
const BROKEN: &str = "'false', 'f', 'broken', '0', '0.0', 'no', 'n', 'nei'";

impl<'a> Events<'a> {
    pub(super) fn new(
        dialect: Dialect,
        columns: &'a Columns,
        options: &'a Options,
    ) -> Result<Self, NoOrder> {
        if columns.time.is_none() && columns.sequence.is_none() {
            return Err(NoOrder);
        }
        let mut groups = Vec::new();
        if columns.segment.is_some() {
            groups.push("segment");
        }
        if options.window_days.is_some() && columns.time.is_some() {
            groups.push("window");
        }
        if options.buckets.is_some() {
            groups.push("bucket");
        }
        Ok(Self {
            dialect,
            columns,
            options,
            groups,
        })
    }

    fn name(&self, column: Option<&String>) -> String {
        column.map_or_else(
            || self.dialect.no_text(),
            |column| self.dialect.name_of(&self.dialect.quoted(column)),
        )
    }

    /// `WITH` and the common tables: `given` (all rows, with the
    /// result of the promise as the word of documents), `told` (rows of a journey), `event` (rows that count, numbered) and `step`
    /// (with what follows and the journey's ending).
    pub(super) fn begin(&self) -> String {
        let sql = self.dialect;
        let columns = self.columns;
        let raw = |column: &Option<String>| {
            column
                .as_ref()
                .map_or_else(|| "NULL".to_owned(), |column| sql.quoted(column))
        };
        let (at, ms) = match &columns.time {
            Some((column, holds)) => {
                let column = sql.quoted(column);
                let ms = sql.milliseconds(&column, *holds);
                (column, ms)
            }
            None => (
                "NULL".to_owned(),
                format!("CAST(NULL AS {})", sql.whole_type()),
            ),
        };
        let position = raw(&columns.sequence);
        let mut order = Vec::new();
        if columns.sequence.is_some() {
            order.push("position_");
        }
        if columns.time.is_some() {
            order.push("at_");
        }
        let needed = order.first().copied().unwrap_or("at_");
        let keys: Vec<String> = order
            .iter()
            .map(|key| format!("CASE WHEN {key} IS NULL THEN 1 ELSE 0 END, {key}"))
            .collect();
        let keys = keys.join(", ");
        let journey = self.name(Some(&columns.journey));
        let touchpoint = self.name(Some(&columns.touchpoint));
        let channel = self.name(columns.channel.as_ref());
        let phase = format!("LOWER({})", self.name(columns.phase.as_ref()));
        let owner = self.name(columns.owner.as_ref());
        let emotion = self.name(columns.emotion.as_ref());
        let stated = self.name(columns.promise.as_ref());
        let promise_name = self.name(columns.promise_name.as_ref());
        let outcome = self.name(columns.outcome.as_ref());
        let segment = self.name(columns.segment.as_ref());
        let customer = self.name(columns.customer.as_ref());
        let table = sql.quoted_path(&columns.table);
        let grouped = self.grouping();
        format!(
            "WITH named AS (
  SELECT {journey} AS journey_,
    {touchpoint} AS touchpoint_,
    {channel} AS channel_,
    {phase} AS phase_,
    {owner} AS owner_,
    {emotion} AS emotion_,
    {stated} AS stated_,
    {promise_name} AS promise_name_,
    {outcome} AS outcome_,
    {segment} AS segment_,
    {customer} AS customer_,
    {position} AS position_,
    {at} AS at_,
    {ms} AS ms_
  FROM {table}
), given AS (
  SELECT named.*,
    CASE WHEN LOWER(stated_) IN ({KEPT}) THEN 'kept'
      WHEN LOWER(stated_) IN ({BROKEN}) THEN 'broken'
      WHEN LOWER(stated_) = 'unknown' THEN 'unknown' END AS promise_
  FROM named
), told AS (
  SELECT given.*,
    MAX(CASE WHEN touchpoint_ IS NULL OR {needed} IS NULL THEN 1 ELSE 0 END) OVER (PARTITION BY journey_) AS spoiled_
  FROM given
  WHERE journey_ IS NOT NULL
), event AS (
  SELECT told.*,
    ROW_NUMBER() OVER (PARTITION BY journey_ ORDER BY {keys}) AS n_,
    COUNT(*) OVER (PARTITION BY journey_) AS moments_
  FROM told
  WHERE spoiled_ = 0
), ended AS (
  SELECT event.*,
    LEAD(touchpoint_) OVER (PARTITION BY journey_ ORDER BY n_) AS next_touchpoint_,
    LEAD(channel_) OVER (PARTITION BY journey_ ORDER BY n_) AS next_channel_,
    LEAD(ms_) OVER (PARTITION BY journey_ ORDER BY n_) AS next_ms_,
    LAG(touchpoint_) OVER (PARTITION BY journey_ ORDER BY n_) AS previous_touchpoint_,
    LAG(channel_) OVER (PARTITION BY journey_ ORDER BY n_) AS previous_channel_,
    MAX(CASE WHEN outcome_ IS NOT NULL THEN n_ END) OVER (PARTITION BY journey_) AS last_n_,
    MIN(ms_) OVER (PARTITION BY journey_) AS begun_ms_,
    MAX(CASE WHEN n_ = 1 THEN channel_ END) OVER (PARTITION BY journey_) AS start_channel_,
    MAX(segment_) OVER (PARTITION BY journey_) AS journey_segment_,
    MAX(customer_) OVER (PARTITION BY journey_) AS journey_customer_
  FROM event
), step AS (
  SELECT ended.*,
    CASE WHEN next_ms_ >= ms_ THEN next_ms_ - ms_ END AS wait_,
    MAX(CASE WHEN n_ = last_n_ THEN outcome_ END) OVER (PARTITION BY journey_) AS ending_{grouped}
  FROM ended
)"
        )
    }

    /// The columns of segment, window and bucket, after a comma.
    fn grouping(&self) -> String {
        let mut text = String::new();
        for group in &self.groups {
            let what = match *group {
                "segment" => "journey_segment_".to_owned(),
                "window" => self.window(),
                _ => self
                    .dialect
                    .bucket("journey_", self.options.buckets.unwrap_or(1)),
            };
            text.extend([",\n    ", &what, " AS by_", *group, "_"]);
        }
        text
    }

    fn window(&self) -> String {
        let length = u64::from(self.options.window_days.unwrap_or(1)) * 86_400_000;
        // As with microseconds: engines divide differently.
        let whole = self.dialect.whole_type();
        match self.dialect {
            Dialect::BigQuery => format!(
                "DIV(begun_ms_ - MOD(MOD(begun_ms_, {length}) + {length}, {length}), {length})"
            ),
            _ => format!(
                "CAST((begun_ms_ - (((begun_ms_ % {length}) + {length}) % {length})) / {length} AS {whole})"
            ),
        }
    }

    /// The columns of segment, window and bucket as they are selected (`by_segment_ AS "segment", `), before other columns.
    pub(super) fn selected_groups(&self) -> String {
        self.groups
            .iter()
            .flat_map(|group| [self.named(&format!("by_{group}_"), group), ", ".to_owned()])
            .collect()
    }

    /// The same as they are grouped by (`by_segment_, `).
    pub(super) fn grouped_by(&self) -> String {
        self.groups
            .iter()
            .flat_map(|group| ["by_", *group, "_, "])
            .collect()
    }

    /// `expression AS "name"`.
    pub(super) fn named(&self, expression: &str, name: &str) -> String {
        format!("{expression} AS {}", self.dialect.quoted(name))
    }

    pub(super) fn has_emotion(&self) -> bool {
        self.columns.emotion.is_some()
    }

    pub(super) fn has_customer(&self) -> bool {
        self.columns.customer.is_some()
    }

    pub(super) fn has_time(&self) -> bool {
        self.columns.time.is_some()
    }

    pub(super) fn has_sequence(&self) -> bool {
        self.columns.sequence.is_some()
    }
}
