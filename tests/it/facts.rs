//! Facts that customers remember.

mod changed;
mod drawn;
mod expanded;
mod stated;
mod warned;
