//! The documents, the language of patterns, the method and the design of this crate, as pages.

#[doc = include_str!("document.md")]
pub mod document {}

#[doc = include_str!("patterns.md")]
pub mod patterns {}

#[doc = include_str!("rules.md")]
pub mod rules {}

#[doc = include_str!("design.md")]
pub mod design {}

#[doc = include_str!("method.md")]
pub mod method {}

#[cfg(feature = "csv")]
#[doc = include_str!("tables.md")]
pub mod tables {}

#[doc = include_str!("words.md")]
pub mod words {}

#[doc = include_str!("scale.md")]
pub mod scale {}

#[doc = include_str!("web.md")]
pub mod web {}

#[doc = include_str!("agents.md")]
pub mod agents {}
