//! The ledger of promises against fractions by hand, whole paths, another implementation, and laws.

mod by_hand;
mod by_paths;
mod laws;
