//! The design and the method of this crate, as pages.

#[doc = include_str!("design.md")]
pub mod design {}

#[doc = include_str!("method.md")]
pub mod method {}
