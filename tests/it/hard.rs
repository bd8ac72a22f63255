//! Hard inputs, each as its whole kind: figures that could be wrong silently, work beyond a budget, and faults of a map that
//! nobody would hear of.

mod conditions;
mod faults;
mod work;
