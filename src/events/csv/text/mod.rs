//! Text into rows of cells.

mod marks;
mod resume;
mod row;
mod shape;
mod source;
mod split;

pub(super) use row::{ABSENT, Malformed, Row, RowCells};
pub(super) use shape::{Shape, rows_of};
pub(super) use source::Source;
pub(super) use split::Rows;
