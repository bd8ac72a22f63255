//! What a workshop writes on the wall at a touchpoint beside what is computed with.

mod image;
mod key_figure;

pub(crate) use image::size_of_image;
pub use image::{ImageFault, LARGEST_IMAGE};
pub use key_figure::KeyFigure;
