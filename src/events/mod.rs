//! Journeys learned from event records: tables, logs of whole journeys, tallies of counts.
//!
//! ```text
//! events, tables, rows ──▶ Tally ──learn()──▶ Learned { journey, summary, folded, added, remarks }
//!                          counts that merge and join
//! ```
//!
//! An [`EventLog`] holds whole journeys where they fit into memory, and gives the tally of its steps.
//! A [`Tally`] holds counts and, for each journey under way, where it is. Its counts are whole numbers, and the journey's
//! weights are these numbers. What is decided on the way is an option of [`LearnOptions`] with a stated default, or told
//! in [`Learned`].
//!
//! # Decisions
//!
//! - **Order.** A log interleaves journeys, so each is followed by its name. Within a journey, the sequence number
//!   decides, then the time, then the order given; ties stay as given. An event that goes back is refused, since to
//!   move it silently would hide a fault of the log, and a [`Backlog`] sorts when asked to, with memory for all events.
//! - **Outcome.** The last one stated on a journey counts, wherever on it that was; [`LearnOptions::outcome`] speaks
//!   for those that state none.
//! - **Phase.** What most events of a touchpoint state, the earliest phase at a tie, and a [`LearnRemark`] where they differ.
//!   A phase is part of the journey's arc, so that a touchpoint without one is an error unless an option fills it.
//! - **Promise.** An event without a result counts as unknown at a touchpoint where any event states a result, and as
//!   nothing where none does. Feelings after a kept and after a broken promise are never mixed.
//! - **Feelings.** Visits that state none are the unknown part of the mix of their touchpoint and result
//!   ([`Emotion::or_unknown`](crate::Emotion::or_unknown)), so that coverage is what was counted. At a touchpoint where no
//!   visit states any, nothing is said.
//! - **Channel.** A journey needs one, so that it is called `unstated` where no event states it, and not by a guess.
//! - **No hash map.** Look-ups go through one small table (`index`), which is never walked: nothing here depends on
//!   its order. Whatever reaches a result is sorted by name.
//!
//! # Cost
//!
//! An event costs expected constant time and no allocation. Journeys under way take 48 bytes each and up to 32 in the
//! table, of which most events see 36. Ways between the first 256 places (a touchpoint in a channel) have cells of 16
//! bytes for each promise result, 4 MiB at most, and others about 64 bytes each, whatever the number of events.
//!
//! What takes time is to wait for memory. Hence what an event needs is kept small and close together; events are taken in
//! batches of 32, so that the memory of many journeys is waited for at once; journeys, names and, in tables, whole rows
//! that came before are found at the place that their letters give them, without a search.

#![expect(
    clippy::inline_always,
    reason = "what is done for each event is one loop; a call in it costs as much as its work"
)]

mod backlog;
#[cfg(feature = "csv")]
mod csv;
mod error;
mod event;
mod hash;
#[cfg(feature = "csv")]
mod held;
mod index;
mod learn;
mod learned;
mod log;
mod options;
mod rows;
mod tally;
#[cfg(feature = "serde")]
mod wire;

pub use backlog::Backlog;
#[cfg(feature = "csv")]
pub use csv::{
    CellFault, CsvColumn, CsvError, CsvFault, CsvFaultTotal, CsvField, CsvOptions, CsvPlan,
    CsvRead, CsvRefusal, CsvRemark, DateOrder, TextEncoding, TimeUnit, TouchpointStages,
    UnusedColumn, VisitDuration,
};
pub use error::{EventError, EventFault, EventPart, LearnError, MergeError, UnknownTouchpoint};
pub use event::{Event, EventEmotion, EventRef};
pub(crate) use learn::NO_CHANNEL;
pub use learned::{
    FoldedTouchpoint, LearnRemark, LearnSummary, Learned, Remembered, RememberedFact,
};
pub(crate) use log::{About, Walks};
pub use log::{Beyond, Ended, EventLog, LoggedJourney, LoggedMoment, SurveyAnswers};
pub(crate) use log::{TimesTaken, Walked, WalkedJourney};
pub use options::{LearnOptions, Remember};
pub use rows::{MoveRow, VisitRow};
pub(crate) use tally::attended::{Attended, Attending, Onlooker, Spot};
pub use tally::from_rows::{RowError, RowFault};
pub use tally::{Tally, TallyOptions};
