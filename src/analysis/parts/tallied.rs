//! What the tallies of a part count, on the map of all parts.

use std::collections::BTreeMap;

use petgraph::graph::NodeIndex;

use super::options::PartOptions;
use crate::events::{About, LearnError, Tally};
use crate::journey::{
    Clusters, Counted, CountedFigure, CountedName, CountedPart, Journey, Outcome,
};
use crate::statistics::{Ratio, Waits, jackknife, student, wilson};

/// Where a move leads: a column of a table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    Touchpoint(usize),
    End(Outcome),
    Kept,
    Broken,
}

/// How often each move was made, by table and column.
pub(super) type Moves = BTreeMap<About, BTreeMap<Column, f64>>;

/// What one bucket of the journeys of a part counts.
#[derive(Debug, Clone, Default)]
pub(super) struct Bucket {
    pub(super) journeys: f64,
    pub(super) moves: Moves,
    moments: f64,
    /// Sum and number of the feelings that are known.
    felt: (f64, f64),
    ended: BTreeMap<Outcome, f64>,
    /// By promise: kept, and kept or broken.
    kept: BTreeMap<String, (f64, f64)>,
    lasted: Option<Waits>,
}

impl Bucket {
    /// A tally on the map of all parts.
    pub(super) fn new(
        tally: &Tally,
        map: &Journey,
        options: &PartOptions,
    ) -> Result<Self, LearnError> {
        if tally.journeys() == 0 {
            return Ok(Self::default());
        }
        let learned = tally.learn(&options.learn.clone().onto(map))?.journey;
        let (sum, felt) = tally.felt();
        let mut bucket = Self {
            journeys: tally.journeys() as f64,
            moments: tally.events() as f64,
            felt: (sum, felt as f64),
            lasted: tally.lasted(),
            ..Self::default()
        };
        // Whoever comes and neither goes on nor ends in a stated way ends without one.
        let nodes = learned.graph().raw_nodes();
        // Touchpoints that this bucket never comes to are not on its map.
        let places: Vec<usize> = nodes
            .iter()
            .map(|node| {
                map.node(&node.weight.id)
                    .map_or(usize::MAX, NodeIndex::index)
            })
            .collect();
        let place_of = |node: NodeIndex| places.get(node.index()).copied().unwrap_or(usize::MAX);
        let mut left = BTreeMap::<usize, f64>::new();
        for (node, &at) in nodes.iter().zip(&places) {
            let (touchpoint, place) = (&node.weight, number(at));
            let next = About::Next(place);
            let starts = touchpoint.starts.unwrap_or(0.0);
            bucket.go(About::Start, Column::Touchpoint(at), starts);
            let ends: f64 = touchpoint.ends.iter().map(|ending| ending.weight).sum();
            *left.entry(at).or_default() += starts - ends;
            for ending in &touchpoint.ends {
                bucket.go(next, Column::End(ending.outcome.clone()), ending.weight);
                *bucket.ended.entry(ending.outcome.clone()).or_default() += ending.weight;
            }
            if let Some(promise) = &touchpoint.promise {
                bucket.go(About::Result(place), Column::Kept, promise.kept);
                bucket.go(About::Result(place), Column::Broken, promise.broken);
                let known = bucket.kept.entry(promise.name.clone()).or_default();
                known.0 += promise.kept;
                known.1 += promise.kept + promise.broken;
            }
        }
        for edge in learned.graph().raw_edges() {
            let (from, to) = (place_of(edge.source()), place_of(edge.target()));
            let times = edge.weight.weight;
            bucket.go(About::Next(number(from)), Column::Touchpoint(to), times);
            *left.entry(from).or_default() -= times;
            *left.entry(to).or_default() += times;
        }
        for (&place, &left) in &left {
            // Counts are whole.
            if left > 0.5 {
                let end = Column::End(Outcome::Unstated);
                bucket.go(About::Next(number(place)), end, left);
                *bucket.ended.entry(Outcome::Unstated).or_default() += left;
            }
        }
        Ok(bucket)
    }

    fn go(&mut self, about: About, to: Column, times: f64) {
        if times > 0.0 {
            let table = self.moves.entry(about).or_default();
            *table.entry(to).or_default() += times;
        }
    }
}

/// Positions fit into 32 bits, as petgraph's own do.
fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// The moves of several buckets together.
pub(super) fn together<'a>(buckets: impl IntoIterator<Item = &'a Bucket>) -> Moves {
    let mut all = Moves::new();
    for bucket in buckets {
        for (&about, row) in &bucket.moves {
            let table = all.entry(about).or_default();
            for (to, &times) in row {
                *table.entry(to.clone()).or_default() += times;
            }
        }
    }
    all
}

/// The figures that tallies have, under the names that they have where whole journeys are counted. Of journeys each counts once, so
/// that shares of them have the error of independent ones; of moments the buckets say how far they go together.
///
/// An ending that none of these journeys has, and one of `all` does, is a share of 0.
pub(super) fn counted(buckets: &[&Bucket], all: &[&Bucket]) -> Counted {
    let journeys: f64 = buckets.iter().map(|bucket| bucket.journeys).sum();
    let mut figures = Vec::new();
    let ratio = |of: &dyn Fn(&Bucket) -> (f64, f64)| -> Vec<(f64, f64)> {
        buckets.iter().map(|bucket| of(bucket)).collect()
    };
    put(
        &mut figures,
        (CountedName::Length, Vec::new(), journeys),
        &ratio(&|bucket| (bucket.moments, bucket.journeys)),
        false,
    );
    put(
        &mut figures,
        (CountedName::Mean, Vec::new(), journeys),
        &ratio(&|bucket| bucket.felt),
        false,
    );
    let promises: Vec<&String> = names(buckets, |bucket| bucket.kept.keys());
    for name in promises {
        let of = vec![CountedPart::from(name.as_str())];
        let results = ratio(&|bucket| bucket.kept.get(name).copied().unwrap_or_default());
        put(
            &mut figures,
            (CountedName::KeptRate, of, journeys),
            &results,
            true,
        );
    }
    let outcomes: Vec<&Outcome> = names(all, |bucket| bucket.ended.keys());
    for outcome in outcomes.into_iter().filter(|_| journeys > 0.0) {
        let ended = buckets
            .iter()
            .filter_map(|bucket| bucket.ended.get(outcome));
        let ended: f64 = ended.sum();
        let of = vec![CountedPart::from(outcome.as_str())];
        figures.push(share(of, ended, journeys));
    }
    let mut lasted: Option<Waits> = None;
    for known in buckets.iter().filter_map(|bucket| bucket.lasted.as_ref()) {
        match &mut lasted {
            Some(lasted) => lasted.merge(known),
            None => lasted = Some(known.clone()),
        }
    }
    if let Some((median, known)) =
        lasted.and_then(|lasted| Some((lasted.quantile(0.5)?, lasted.count())))
    {
        figures.push(CountedFigure::new(
            CountedName::Lasted,
            vec![CountedPart::from(0.5)],
            median,
            None,
            None,
            known,
        ));
    }
    let units = whole(journeys);
    Counted::new(
        units,
        Clusters::Journeys,
        units,
        figures,
        Vec::new(),
        Vec::new(),
    )
}

/// Names that some bucket has, in their order.
fn names<'a, K: Ord + 'a, I: Iterator<Item = &'a K>>(
    buckets: &[&'a Bucket],
    of: impl Fn(&'a Bucket) -> I,
) -> Vec<&'a K> {
    let mut names: Vec<&K> = buckets.iter().flat_map(|bucket| of(bucket)).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn whole(count: f64) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a count that was added up"
    )]
    let count = count as u64;
    count
}

/// A share of journeys: as many observations as there are.
fn share(of: Vec<CountedPart>, found: f64, journeys: f64) -> CountedFigure {
    let ratio = Ratio {
        above: found,
        above_squared: found,
        product: found,
        below: journeys,
        below_squared: journeys,
        clusters: journeys,
    };
    CountedFigure::new(
        CountedName::Outcome,
        of,
        ratio.value(),
        Some(wilson(ratio.value(), journeys)),
        ratio.standard_error(),
        whole(journeys),
    )
}

/// A ratio of sums, with the error that the jackknife over buckets gives it.
fn put(
    figures: &mut Vec<CountedFigure>,
    (name, of, journeys): (CountedName, Vec<CountedPart>, f64),
    parts: &[(f64, f64)],
    is_share: bool,
) {
    let (above, below) = parts
        .iter()
        .fold((0.0, 0.0), |sum, part| (sum.0 + part.0, sum.1 + part.1));
    if below <= 0.0 {
        return;
    }
    let value = above / below;
    let known = jackknife(parts);
    let interval = known.map(|(error, buckets)| {
        let half = student(buckets - 1.0) * error;
        let (low, high) = (value - half, value + half);
        if is_share {
            (low.max(0.0), high.min(1.0))
        } else {
            (low, high)
        }
    });
    figures.push(CountedFigure::new(
        name,
        of,
        value,
        interval,
        known.map(|(error, _)| error),
        whole(journeys),
    ));
}
