//! A journey with some things done differently, beside itself.

use super::{CompareOptions, Comparison, Side, compare};
use crate::report::WhatIf;

impl WhatIf<'_> {
    /// What is different: the journey as it is, A, compared with the changed one, B, both of the [map alone](crate::Flow::modelled). There are
    /// no verdicts, since nobody has counted what did not happen. Takes the time of two reports and of a [comparison](Side::compare).
    #[must_use]
    pub fn comparison(&self) -> Comparison {
        let as_it_is = Side::of_flow("as it is", &self.before().modelled());
        let changed = Side::of_flow("changed", self.flow());
        let mut comparison = compare(&as_it_is, &changed, &CompareOptions::new(), true);
        comparison.changes = self.changes().iter().map(ToString::to_string).collect();
        comparison
    }
}
