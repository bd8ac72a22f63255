//! Facts that customers remember.

mod changed;
mod drawn;
mod errors;
mod expanded;
mod met;
mod stated;
mod warned;
