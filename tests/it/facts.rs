//! Facts that customers remember.

mod drawn;
mod expanded;
mod stated;
mod warned;
