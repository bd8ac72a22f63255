//! Journeys learned from event records.

mod backlog;
#[cfg(feature = "csv")]
mod csv;
mod error;
mod event;
mod index;
mod learn;
mod learned;
mod ledger;
mod levels;
mod merge;
mod open;
mod options;
mod rows;
mod tally;
mod ways;
#[cfg(feature = "serde")]
mod wire;

pub use backlog::Backlog;
#[cfg(feature = "csv")]
pub use csv::{CellFault, CsvError, CsvFault, CsvOptions, CsvRead, FedField, Field, TimeUnit};
pub use error::{EventError, EventFault, LearnError, MergeError, What};
pub use event::{Event, EventRef, Mood};
pub use learned::{Folded, Learned, Remark, Summary};
pub use options::LearnOptions;
pub use rows::{MoveRow, RowError, RowFault, VisitRow};
pub use tally::{Tally, TallyOptions};
