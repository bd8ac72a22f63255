use std::cmp::Reverse;
use std::collections::BinaryHeap;

use ordered_float::OrderedFloat;

use super::arc::{ArcShape, EmotionalArc};
use crate::flow::{Basis, Felt, Flow, LikelyWay, OutcomeShare, To};
use crate::journey::Outcome;

/// One of the most likely paths through the journey, from its start to its end: counted on whole journeys where these were
/// [counted](Flow::basis), else computed from the map.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct LikelyPath {
    /// Ids of the touchpoints in the order in which they are met; repetitions are listed each time.
    pub touchpoints: Vec<String>,
    /// Whether it was counted: the touchpoints that journeys met, how many did, and how these ended.
    #[cfg_attr(feature = "serde", serde(default = "Basis::of_the_map"))]
    pub basis: Basis,
    /// Share of journeys that follow exactly this path, in 0..=1; to this outcome, where it is modelled.
    pub probability: f64,
    /// How many journeys were counted that follow it; `None` where it is modelled.
    #[cfg_attr(feature = "serde", serde(default))]
    pub journeys: Option<u64>,
    /// How it ends: of a counted path, how most of its journeys do.
    pub outcome: Outcome,
    /// How the journeys of a counted path end, the most frequent ending first; empty where it is modelled.
    #[cfg_attr(feature = "serde", serde(default))]
    pub outcomes: Vec<OutcomeShare>,
    /// Mean valence at each touchpoint, of those customers who go this path; `None` where it is unknown, and on every counted
    /// path, as feelings were not counted by path.
    pub valences: Vec<Option<f64>>,
    /// The shape of the known valences; `None` where there is none.
    pub arc: Option<ArcShape>,
    /// The confidence in the shape, in 0..=1; `None` for a flat arc and where there is none.
    pub confidence: Option<f64>,
    /// Where the shape is mixed, the two that come nearest.
    pub nearest_arcs: Option<[ArcShape; 2]>,
}

/// Paths whose probabilities differ by less (relative) are equally likely: rounding could tell them apart, and
/// nothing else.
const TIE: f64 = 1e-13;

/// So many moments may all listed paths have together.
const MOST_MOMENTS: usize = 1_000_000;

/// A path as far as it has come.
struct Partial {
    previous: Option<u32>,
    touchpoint: u32,
    length: u32,
    /// -ln of its probability.
    cost: f64,
}

/// Partial paths, and those that may be extended next: the one that can become the most likely path first, of equals
/// the shorter and then the one begun earlier.
#[derive(Default)]
struct Search {
    partials: Vec<Partial>,
    open: BinaryHeap<Reverse<Next>>,
}

/// What to look at next: the cost that it can come to, its length, the partial path, and the outcome if it ends here.
type Next = (OrderedFloat<f64>, u32, u32, Option<u32>);

impl Search {
    fn begin(&mut self, partial: Partial, ahead: f64) {
        let promise = partial.cost + ahead;
        if let (true, Ok(id)) = (promise.is_finite(), u32::try_from(self.partials.len())) {
            let length = partial.length;
            self.open
                .push(Reverse((OrderedFloat(promise), length, id, None)));
            self.partials.push(partial);
        }
    }

    fn end(&mut self, id: u32, length: u32, cost: f64, outcome: u32) {
        self.open
            .push(Reverse((OrderedFloat(cost), length, id, Some(outcome))));
    }
}

impl Flow {
    /// The most likely paths, the most likely first; of equally likely ones the shorter first, then in the order of
    /// the map.
    ///
    /// Best first: partial paths are extended in the order of the best that they can still become, which a search
    /// backwards from the ends has found before. Loops are paths like any other. A touchpoint is extended at most
    /// once for each path that is asked for, since each of them needs only the best ways to come there; so ties by
    /// the million and loops that are all but closed can not hold the search up. O(k (n + m) log n) at worst for k
    /// paths, and near the length of the paths themselves in practice.
    pub(super) fn likely_paths(&self, most: usize) -> Vec<LikelyPath> {
        if self.moments().remembered().is_some() {
            return self.likely_paths_in_states(most);
        }
        // Some more, so that rounding does not decide which of equally likely paths are listed.
        let enough = most.saturating_add(16);
        let ahead = self.least_costs();
        let mut search = Search::default();
        for (touchpoint, share) in (0_u32..).zip(self.starts()) {
            if *share > 0.0 {
                let start = Partial {
                    previous: None,
                    touchpoint,
                    length: 1,
                    cost: -share.ln(),
                };
                search.begin(start, ahead[touchpoint as usize]);
            }
        }
        let mut extended = vec![0_usize; ahead.len()];
        let mut found: Vec<(u32, u32)> = Vec::new();
        let mut moments = 0;
        while let Some(Reverse((_, length, id, ended))) = search.open.pop() {
            if let Some(outcome) = ended {
                moments += length as usize;
                if moments > MOST_MOMENTS && !found.is_empty() {
                    break;
                }
                found.push((id, outcome));
                if found.len() >= enough {
                    break;
                }
                continue;
            }
            let Partial {
                touchpoint, cost, ..
            } = search.partials[id as usize];
            let times = &mut extended[touchpoint as usize];
            if *times >= enough {
                continue;
            }
            *times += 1;
            for LikelyWay { to, p } in self.likely_ways(touchpoint as usize) {
                let cost = cost - p.ln();
                match to {
                    To::End(outcome) => search.end(id, length, cost, outcome),
                    To::State(next) => {
                        let onward = Partial {
                            previous: Some(id),
                            touchpoint: next,
                            length: length + 1,
                            cost,
                        };
                        search.begin(onward, ahead[next as usize]);
                    }
                }
            }
        }
        let mut paths: Vec<LikelyPath> = found
            .into_iter()
            .map(|(last, outcome)| self.likely_path(&search.partials, last, outcome))
            .collect();
        paths.sort_by_key(|path| Reverse(OrderedFloat(path.probability)));
        for tied in paths.chunk_by_mut(|a, b| a.probability - b.probability <= TIE * a.probability)
        {
            tied.sort_by_key(|path| path.touchpoints.len());
        }
        paths.truncate(most);
        paths
    }

    fn likely_path(&self, partials: &[Partial], last: u32, outcome: u32) -> LikelyPath {
        let mut path = Vec::new();
        let mut at = Some(last);
        while let Some(partial) = at.and_then(|id| partials.get(id as usize)) {
            path.push(partial.touchpoint as usize);
            at = partial.previous;
        }
        path.reverse();
        let next = |step: usize| {
            path.get(step + 1).map_or(To::End(outcome), |&next| {
                To::State(u32::try_from(next).unwrap_or(u32::MAX))
            })
        };
        let mut probability = path.first().map_or(0.0, |&start| self.starts()[start]);
        let mut valences = Vec::with_capacity(path.len());
        for (step, &touchpoint) in path.iter().enumerate() {
            let (p, valence) = self.passing(touchpoint, next(step));
            probability *= p;
            valences.push(valence);
        }
        self.path_told(&path, outcome as usize, probability, valences)
    }

    /// A path with the shape of what is felt on it.
    pub(super) fn path_told(
        &self,
        path: &[usize],
        outcome: usize,
        probability: f64,
        valences: Vec<Option<f64>>,
    ) -> LikelyPath {
        let nodes = self.journey().graph().raw_nodes();
        let known: Vec<f64> = valences.iter().copied().flatten().collect();
        // One known feeling among several moments has no course.
        let has_course = known.len() > 1 || valences.len() == 1;
        let arc = EmotionalArc::of(&known).filter(|_| has_course);
        LikelyPath {
            touchpoints: path
                .iter()
                .map(|&touchpoint| nodes[touchpoint].weight.id.clone())
                .collect(),
            basis: Basis::Modelled,
            probability,
            journeys: None,
            outcomes: Vec::new(),
            outcome: self.moments().outcomes()[outcome].clone(),
            valences,
            arc: arc.map(|arc| arc.shape),
            confidence: arc.and_then(|arc| arc.confidence),
            nearest_arcs: arc.and_then(|arc| arc.nearest),
        }
    }

    /// The chance of going from a touchpoint to a next one, and the mean valence there of those who do.
    fn passing(&self, touchpoint: usize, next: To) -> (f64, Option<f64>) {
        let (mut p, mut left) = (0.0, Felt::default());
        for moment in self.moments().at(touchpoint) {
            let going = moment
                .ways
                .iter()
                .filter(|way| way.to() == next)
                .map(|way| way.p)
                .sum::<f64>()
                * moment.share;
            p += going;
            if let Some(felt) = self.feelings().felt(moment.position) {
                left.join(going, felt);
            }
        }
        (p, left.mean())
    }

    /// For each touchpoint, -ln of the most likely way from there to an end; infinite where there is none.
    fn least_costs(&self) -> Vec<f64> {
        let n = self.moments().states();
        let mut least = vec![f64::INFINITY; n];
        let mut open = BinaryHeap::new();
        let mut before: Vec<Vec<(u32, f64)>> = vec![Vec::new(); n];
        for touchpoint in (0..n).filter(|&touchpoint| self.is_visited(touchpoint)) {
            let here = u32::try_from(touchpoint).unwrap_or(u32::MAX);
            for LikelyWay { to, p } in self.likely_ways(touchpoint) {
                match to {
                    To::State(next) => before[next as usize].push((here, -p.ln())),
                    To::End(_) => least[touchpoint] = least[touchpoint].min(-p.ln()),
                }
            }
            if least[touchpoint].is_finite() {
                open.push(Reverse((OrderedFloat(least[touchpoint]), here)));
            }
        }
        while let Some(Reverse((OrderedFloat(cost), touchpoint))) = open.pop() {
            if cost > least[touchpoint as usize] {
                continue;
            }
            for &(from, step) in &before[touchpoint as usize] {
                let through = cost + step;
                if through < least[from as usize] {
                    least[from as usize] = through;
                    open.push(Reverse((OrderedFloat(through), from)));
                }
            }
        }
        least
    }
}
