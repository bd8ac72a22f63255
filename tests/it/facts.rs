//! Facts that customers remember.

mod drawn;
