//! Journeys followed until they meet something.

mod complaining;
mod crossing;
mod explored;
pub(super) mod extremes;
mod hearing;
mod layers;
mod meeting;
pub(super) mod passing;
mod product;
mod returns;
mod roaming;
mod sharing;
pub(super) mod stopped;

pub(crate) use complaining::{Complaining, FateSums};
pub(crate) use explored::{Onward, explore};
pub(crate) use extremes::Extremes;
pub(crate) use hearing::{Hearing, UNHAPPY};

pub(crate) use layers::{Crossing, Layer, Stretch, Until};
pub(crate) use meeting::Meeting;
pub(crate) use product::{Extent, NoProduct, Product, Reading, Solved, UntilMatch};
pub(crate) use roaming::Roaming;
pub(crate) use stopped::{Proven, is_proven};
