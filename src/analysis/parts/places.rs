//! Where parts differ: by touchpoint (and so by channel), and by what it is there that differs.

use crate::events::{About, Walks};
use crate::journey::{Journey, words};
use crate::statistics::{Likelihood, Tables, Units};

words! {
    /// What it is at a touchpoint that is not as in the other parts.
    pub enum PlaceAspect as "aspect" {
        /// Where journeys begin.
        Start = "start",
        /// Where they go from there, and whether they end.
        Next = "next",
        /// Whether the promise is kept.
        Promise = "promise",
        /// How the journeys end that come there, there or later.
        Ending = "ending",
    }
}

/// A place where a part differs from all others.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PlaceFound {
    /// The touchpoint's id; `None` for where journeys begin.
    pub id: Option<String>,
    /// Its channel.
    pub channel: Option<String>,
    /// What differs there.
    pub aspect: PlaceAspect,
    /// The likelihood ratio of the table of this part and the others.
    pub g2: f64,
    /// Its degrees of freedom.
    pub df: usize,
    /// The chance that anything anywhere in any part looks as different where whole journeys are dealt anew to the parts.
    pub p: f64,
}

/// Of a part by itself, places are found at this level, and differences as a whole at the same.
pub(super) const LEVEL: f64 = 0.0125;
/// Of windows in a row: with the two above, 5 % in all.
pub(super) const LEVEL_OF_RUNS: f64 = 0.025;

/// Journeys as units in groups; those without a group are left out. Journeys of one customer in one group are one unit.
pub(super) fn units(walks: &Walks, groups: &[Option<u32>]) -> Units {
    let mut units = Units::default();
    let mut of_customer: std::collections::BTreeMap<(u32, u32), Vec<u32>> =
        std::collections::BTreeMap::new();
    for (walked, group) in walks.journeys.iter().zip(groups) {
        let Some(group) = *group else { continue };
        match walked.customer {
            Some(customer) => {
                let moves = of_customer.entry((customer, group)).or_default();
                moves.extend_from_slice(&walked.moves);
            }
            None => units.push(group, walked.moves.iter().copied()),
        }
    }
    for ((_, group), moves) in of_customer {
        units.push(group, moves);
    }
    units
}

/// Which tables say whether journeys go alike: where they begin, and where they go from each touchpoint.
pub(super) fn whole(walks: &Walks) -> Vec<bool> {
    let is_way = |about: &About| matches!(about, About::Start | About::Next(_));
    walks.tables.iter().map(is_way).collect()
}

pub(super) fn tables<'a>(walks: &'a Walks, whole: &'a [bool]) -> Tables<'a> {
    Tables {
        of: &walks.table_of,
        whole,
    }
}

/// Tables of a log with what they are about.
pub(super) fn told(
    walks: &Walks,
    tables: &[(Likelihood, f64)],
) -> impl Iterator<Item = (About, Likelihood, f64)> {
    let known = walks.tables.iter().zip(tables);
    known.map(|(&about, &(table, p))| (about, table, p))
}

/// The places at which a part differs surely, the surest first: of its tables, those below the level.
pub(super) fn found(
    journey: &Journey,
    tables: impl IntoIterator<Item = (About, Likelihood, f64)>,
    level: f64,
) -> Vec<PlaceFound> {
    let known = tables.into_iter().filter(|&(.., p)| p < level);
    let nodes = journey.graph().raw_nodes();
    let mut found: Vec<PlaceFound> = known
        .map(|(about, table, p)| {
            let (at, aspect) = match about {
                About::Start => (None, PlaceAspect::Start),
                About::Next(at) => (Some(at), PlaceAspect::Next),
                About::Result(at) => (Some(at), PlaceAspect::Promise),
                About::EndingAfter(at) => (Some(at), PlaceAspect::Ending),
            };
            let touchpoint = at
                .and_then(|at| nodes.get(at as usize))
                .map(|node| &node.weight);
            PlaceFound {
                id: touchpoint.map(|touchpoint| touchpoint.id.clone()),
                channel: touchpoint.map(|touchpoint| touchpoint.channel.as_str().to_owned()),
                aspect,
                g2: table.g2,
                df: table.freedom,
                p,
            }
        })
        .collect();
    let size = |place: &PlaceFound| place.g2 / place.df.max(1) as f64;
    found.sort_by(|a, b| a.p.total_cmp(&b.p).then(size(b).total_cmp(&size(a))));
    found
}
