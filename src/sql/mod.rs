//! Counting inside the engine that holds the events: SQL text whose rows come back as a [`Tally`](crate::Tally).
//!
//! A log that outgrows one machine stays where it is. The statements written here count in the user's own engine; the rows that
//! come back are few (one for each way, not for each event), and a journey is learned from them in milliseconds. Nothing here
//! opens a connection: text out, rows in.
//!
//! ```
//! use customer_journey::sql::{self, Columns, Dialect, Options, Time};
//!
//! let columns = Columns::new("shop.events", "case_id", "step")
//!     .time("happened_ms", Time::Milliseconds)
//!     .channel("channel")
//!     .promise("on_time")
//!     .outcome("ending");
//! let statements = sql::statements(Dialect::Standard, &columns, &Options::new())?;
//! let moves = statements.iter().find(|statement| statement.name == "moves").unwrap();
//! assert!(moves.text.contains(r#""shop"."events""#));
//! # Ok::<(), sql::NoOrder>(())
//! ```
//!
//! | statement | a row is | comes back as |
//! |---|---|---|
//! | `moves` | a step, a start or an end: how often, and the known waits | [`MoveRow`](crate::events::MoveRow) |
//! | `visits` | a touchpoint with its channel, phase, owner, promise result and feeling: how often | [`VisitRow`](crate::events::VisitRow) |
//! | `triples` | where customers came from, were, and went: how often | [`TripleRow`] |
//! | `waits` | a way and a class of waits, 16 classes to a doubling: how often | [`WaitRow`] |
//! | `figures` | a counted figure with the sums that its standard error needs | [`FigureRow`] |
//! | `checks` | something to look at before the counts are trusted: how many rows, how many journeys | [`CheckRow`] |
//!
//! # What the statements take care of
//!
//! - Names are freed of blanks around them, and a blank one is none, as when events are recorded here.
//! - A journey with a row that lacks its touchpoint, or what orders the rows, is left out **whole** and told by `checks`: to drop the
//!   row alone would invent a step. Rows without a journey belong to nobody; `checks` counts them.
//! - A journey ends at its last row because that row's number is the number of rows, and not because nothing follows: a blank
//!   name that follows would look the same.
//! - Engines sort `NULL` first or last as they like, so that the order says which.
//! - The names of tables and columns are quoted as identifiers. No value of the data is ever part of the text.
//! - Rows that the order leaves tied are numbered as the engine likes; `checks` says how many there are. State a sequence.

mod columns;
mod counts;
mod dialect;
mod events;
mod figures;
mod rows;

pub use columns::{Columns, Options, Time};
pub use dialect::Dialect;
pub use rows::{CheckRow, FigureRow, TripleRow, WaitRow};

/// Neither a time nor a sequence is stated, and rows of a database have no order of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "rows of a database have no order: name a column with the time, or with the sequence, of the events"
)]
pub struct NoOrder;

/// One statement: its name, and its text without a semicolon at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Statement {
    /// What it counts, as in the table of [this module](self).
    pub name: &'static str,
    /// The text.
    pub text: String,
}

/// The statements for an engine, in the order of the table above.
///
/// # Errors
/// [`NoOrder`] where the columns say nothing that orders the events.
pub fn statements(
    dialect: Dialect,
    columns: &Columns,
    options: &Options,
) -> Result<Vec<Statement>, NoOrder> {
    let events = events::Events::new(dialect, columns, options)?;
    let statement = |name, text| Statement { name, text };
    Ok(vec![
        statement("moves", counts::moves(&events)),
        statement("visits", counts::visits(&events)),
        statement("triples", counts::triples(&events)),
        statement("waits", counts::waits(&events)),
        statement("figures", figures::figures(&events)),
        statement("checks", counts::checks(&events)),
    ])
}
