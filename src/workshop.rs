//! What a workshop writes on the wall beside what the crate computes with: figures that somebody measured, and pictures.
//!
//! What customers do, what they said, what goes on backstage and what could be done about it are texts of a
//! [`Touchpoint`](crate::Touchpoint). All of it is shown and handed on as it was written; no figure depends on it.

pub use crate::journey::{ImageFault, KeyFigure, LARGEST_IMAGE};
