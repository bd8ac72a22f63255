//! Values from the texts of cells.

pub(super) mod cells;
pub(super) mod clock;
pub(super) mod dates;
pub(super) mod feelings;
pub(super) mod grades;
mod labelled;
pub(super) mod promises;
pub(super) mod ratings;
pub(super) mod stages;
pub(super) mod strangers;
pub(super) mod time;
pub(super) mod times;
pub(super) mod totals;
pub(super) mod words;
pub(super) mod zones;
