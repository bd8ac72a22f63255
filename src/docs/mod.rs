//! The documents, the method and the design of this crate, as pages.

#[doc = include_str!("document.md")]
pub mod document {}

#[doc = include_str!("design.md")]
pub mod design {}

#[doc = include_str!("method.md")]
pub mod method {}
