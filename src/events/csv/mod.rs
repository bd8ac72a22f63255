//! Event tables: text with a header line and cells between delimiters.
//!
//! ```text
//! bytes ─▶ text (encoding, lines before the header, delimiter)
//!       ─▶ plan (which column is what, how its cells are written)
//!       ─▶ rows ─▶ sink      and faults in total, remarks
//! ```

mod attended;
mod cells;
mod clocks;
mod closing;
mod content;
mod error;
mod field;
mod header;
mod joined;
mod lifecycle;
mod names;
mod options;
mod plan;
mod reader;
mod repeats;
mod sink;
mod text;
mod told;
mod value;

use std::io::Read;

use super::backlog::Backlog;
use super::log::EventLog;
use super::tally::Tally;
pub use error::{CellFault, CsvError, CsvFault};
pub use field::CsvField;
pub use header::CsvColumn;
pub use options::{CsvOptions, TextEncoding};
use plan::understand;
use reader::read;
use text::Source;
pub use told::{
    CsvFaultTotal, CsvPlan, CsvRead, CsvRefusal, CsvRemark, TouchpointStages, UnusedColumn,
    VisitDuration,
};
pub use value::dates::DateOrder;
pub use value::time::TimeUnit;

impl Tally {
    /// Counts the events of a table: text with a header line, one row an event, cells between commas, semicolons, tabs or
    /// bars, quoted where they hold such characters, as RFC 4180 says. Lines may end in LF, CR LF or CR, blank lines are
    /// skipped, and so are blanks around a cell. A blank cell states nothing.
    ///
    /// Numbers in the emotion column lie on the scale of the tally's [options](super::TallyOptions), or are names of
    /// feelings. The table is read block by block and never held, but for its beginning.
    ///
    /// A cell that cannot be read and need not be there counts as unknown, and its visit counts. Faults are told in total
    /// ([`CsvRead::faults`]), and beyond [`CsvOptions::tolerance`] the table is refused. A tally cannot take back what
    /// it counted: a row without what its journey needs (touchpoint, or the time where times order) ends the reading. A
    /// [`Backlog`] leaves such journeys out as a whole, and sorts.
    ///
    /// # Errors
    /// [`CsvError`] names line and column and what is allowed. Rows before the fault are counted: drop the tally.
    ///
    /// ```
    /// use customer_journey::events::TallyOptions;
    /// use customer_journey::{CsvOptions, LearnOptions, Scale, Tally};
    /// let table = "\
    /// Case ID;Activity;Timestamp;Channel;Rating;Promise kept;Stage
    /// c1;order;2024-05-01;web;4;;before
    /// c1;delivery;2024-05-03 14:00:00;courier;2;nei;during
    /// ";
    /// let mut tally = Tally::new(TallyOptions::new().scale(Scale::ONE_TO_FIVE));
    /// let read = tally.read_csv(table.as_bytes(), &CsvOptions::new())?;
    /// assert_eq!((read.rows, read.plan.delimiter), (2, ';'));
    /// assert_eq!(read.plan.fields[0].to_string(), "journey from column \"Case ID\"");
    /// let journey = tally.learn(&LearnOptions::new())?.journey;
    /// assert_eq!(journey.touchpoint("delivery").and_then(|t| t.promise.as_ref()?.kept_rate()), Some(0.0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn read_csv(
        &mut self,
        table: impl Read,
        options: &CsvOptions,
    ) -> Result<CsvRead, CsvError> {
        read(table, options, self)
    }
}

impl Backlog {
    /// Takes the events of a table, as [`Tally::read_csv`] does. A journey of which a row cannot be read is left out as
    /// a whole, and named; a table that lists what happened last first is read from its end.
    ///
    /// # Errors
    /// As [`Tally::read_csv`], but for rows out of order.
    ///
    /// ```
    /// use customer_journey::events::{Backlog, TallyOptions};
    /// use customer_journey::CsvOptions;
    /// let table = "\
    /// case,touchpoint,time
    /// a,order,2024-05-01 10:00
    /// a,delivery,2024-05-02 10:00
    /// b,order,2024-05-01 11:00
    /// b,delivery,next week
    /// ";
    /// let mut backlog = Backlog::new(TallyOptions::new());
    /// let read = backlog.read_csv(table.as_bytes(), &CsvOptions::new().tolerance(0.5))?;
    /// assert_eq!((read.left_out, read.left_out_names.as_slice()), (1, &["b".to_owned()][..]));
    /// assert_eq!(backlog.sorted().journeys(), 1);
    /// # Ok::<(), customer_journey::events::CsvError>(())
    /// ```
    pub fn read_csv(
        &mut self,
        table: impl Read,
        options: &CsvOptions,
    ) -> Result<CsvRead, CsvError> {
        read(table, options, self)
    }
}

impl EventLog {
    /// Takes the events of a table, as [`Backlog::read_csv`] does, in any order. A column that names persons says who made
    /// a journey: [`CsvField::Customer`].
    ///
    /// # Errors
    /// As [`Backlog::read_csv`].
    ///
    /// ```
    /// use customer_journey::{CsvOptions, EventLog};
    /// let table = "customer,case,activity\nanna,c1,order\nanna,c2,order\n";
    /// let mut log = EventLog::default();
    /// log.read_csv(table.as_bytes(), &CsvOptions::new())?;
    /// assert_eq!((log.len(), log.customers()), (2, 1));
    /// # Ok::<(), customer_journey::events::CsvError>(())
    /// ```
    pub fn read_csv(
        &mut self,
        table: impl Read,
        options: &CsvOptions,
    ) -> Result<CsvRead, CsvError> {
        read(table, options, self)
    }
}

impl CsvOptions {
    /// How a table would be understood, from its beginning: which column feeds what, how its cells are written, and
    /// which columns are not used.
    ///
    /// # Errors
    /// [`CsvError`] where the table cannot be read at all: it is no text, or a column that is needed is not there.
    ///
    /// ```
    /// use customer_journey::CsvOptions;
    /// let table = "Ticket ID;Created at;Event;Note\n7;31.12.2024 09:30;opened;hello\n";
    /// let plan = CsvOptions::new().plan(table.as_bytes())?;
    /// assert_eq!(
    ///     plan.to_string(),
    ///     "UTF-8, cells between ';', the header on line 1\n\
    ///      column 1: journey from column \"Ticket ID\"\n\
    ///      column 3: touchpoint from column \"Event\"\n\
    ///      column 2: time from column \"Created at\": dates with the day first, as \"31.12.2024 09:30\" shows\n\
    ///      column 4: \"Note\" is not used; it holds hello"
    /// );
    /// # Ok::<(), customer_journey::events::CsvError>(())
    /// ```
    pub fn plan(&self, table: impl Read) -> Result<CsvPlan, CsvError> {
        self.understood(table, false)
    }

    /// The same as a log of whole journeys understands it, which asks for [customers](CsvField::Customer) as well.
    ///
    /// # Errors
    /// As [`CsvOptions::plan`].
    pub fn plan_of_journeys(&self, table: impl Read) -> Result<CsvPlan, CsvError> {
        self.understood(table, true)
    }

    fn understood(&self, table: impl Read, customers: bool) -> Result<CsvPlan, CsvError> {
        let mut source = Source::new(table, self.encoding)?;
        Ok(understand(&mut source, self, customers)?.told)
    }
}
