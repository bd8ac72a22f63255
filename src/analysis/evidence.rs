//! What the figures rest on.

use std::collections::BTreeMap;

use crate::flow::Flow;
use crate::journey::Evidence;
use crate::page::number::{MOMENTS, that};
use crate::page::{Block, Cell, Question, Section, Table, bar, text};

/// The share of expected moments that rests on a grade of evidence.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct EvidenceShare {
    /// The grade.
    pub evidence: Evidence,
    /// The share, in 0..=1.
    pub share: f64,
}

impl Flow {
    /// What the figures rest on: the share of expected moments by grade of evidence, grades without any left out.
    #[must_use]
    pub fn evidence(&self) -> Vec<EvidenceShare> {
        let mut moments = BTreeMap::<Evidence, f64>::new();
        for (position, touchpoint) in self.journey().touchpoints().enumerate() {
            *moments.entry(touchpoint.evidence).or_default() += self.visits_at(position);
        }
        let length = self.length();
        let some = moments.into_iter().filter(|&(_, moments)| moments > 0.0);
        some.map(|(evidence, moments)| EvidenceShare {
            evidence,
            share: moments / length,
        })
        .collect()
    }
}

impl Question for Vec<EvidenceShare> {
    fn sections(&self) -> Vec<Section> {
        let noun = ("grade", "grades");
        let sentence = |known: &EvidenceShare| {
            let moments = that(known.share, MOMENTS, ("rests", "rest"));
            format!("{moments} {}", ground(known.evidence))
        };
        let mut section = Section::new("rests", "What this rests on");
        section.put(Block::list(self.iter().map(sentence).collect(), noun));
        section.put(
            Table::of(self, "The evidence behind the moments of a journey", noun)
                .key("evidence")
                .full("evidence", text("evidence"), |known| {
                    Cell::Word(known.evidence.as_str())
                })
                .full("share", bar("share of moments"), |known| {
                    Cell::Bar(Some(known.share))
                })
                .done(),
        );
        vec![section]
    }
}

/// What a grade of evidence means, after "rests".
pub(crate) fn ground(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Assumed => "on assumption: nobody has counted or asked",
        Evidence::Reported => "on what people told",
        Evidence::Observed => "on counts of real visits",
    }
}
