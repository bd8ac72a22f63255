//! How likely the feelings of a pain are to be acted on, beside how much it hurts.

use std::cmp::Reverse;

use ordered_float::OrderedFloat;

use super::PainPoint;
use crate::flow::Flow;

/// So many are named by each of the two rankings.
const NAMED: usize = 3;

/// Below this part of what moves people at another pain, the one that hurts most is not the one to begin with.
const FAR_LESS: f64 = 1.0 / 3.0;

/// What is known of the activation at a pain.
#[derive(Debug, Clone, Copy)]
pub(super) struct Activation {
    pub(super) figure: Option<f64>,
    /// From 1.
    pub(super) rank: Option<usize>,
}

impl Flow {
    /// The activation of each of these touchpoints, which stand in the order of their pain.
    pub(super) fn activations(&self, ranked: &[usize]) -> Vec<Activation> {
        let figures: Vec<Option<f64>> = ranked
            .iter()
            .map(|&position| self.met_there(position).negative_activation())
            .collect();
        let mut known: Vec<(OrderedFloat<f64>, usize)> = figures
            .iter()
            .enumerate()
            .filter_map(|(place, figure)| Some((OrderedFloat((*figure)?), place)))
            .collect();
        known.sort_by_key(|&(figure, place)| (Reverse(figure), place));
        let mut activations: Vec<Activation> = figures
            .into_iter()
            .map(|figure| Activation { figure, rank: None })
            .collect();
        for (rank, (_, place)) in (1..).zip(known) {
            activations[place].rank = Some(rank);
        }
        activations
    }
}

/// The pains that are among the first by activation and not among the first by hurt, the most activated first: where few may
/// come, and those who do are moved to act. `pains` stand in the order of their hurt.
pub(crate) fn hidden_by_volume(pains: &[PainPoint]) -> Vec<&PainPoint> {
    let mut hidden: Vec<(usize, &PainPoint)> = pains
        .iter()
        .skip(NAMED)
        .filter(|pain| pain.activation.is_some_and(|activation| activation > 0.0))
        .filter_map(|pain| Some((pain.activation_rank?, pain)))
        .filter(|(rank, _)| *rank <= NAMED)
        .collect();
    hidden.sort_by_key(|(rank, _)| *rank);
    hidden.into_iter().map(|(_, pain)| pain).collect()
}

/// The first pains by activation, where the two rankings begin differently; none where they begin alike. `pains` are all pains, in
/// the order of their hurt.
pub(crate) fn first_by_activation(pains: &[PainPoint]) -> Vec<&PainPoint> {
    if !rankings_differ(pains) && hidden_by_volume(pains).is_empty() {
        return Vec::new();
    }
    // Where nothing bad is felt nobody is moved to act, and that is no order.
    let mut first: Vec<(usize, &PainPoint)> = pains
        .iter()
        .filter(|pain| pain.activation.is_some_and(|known| known > 0.0))
        .filter_map(|pain| Some((pain.activation_rank?, pain)))
        .collect();
    first.sort_by_key(|(rank, _)| *rank);
    first.truncate(NAMED);
    first.into_iter().map(|(_, pain)| pain).collect()
}

/// The pain to begin with, by its place among `pains`, which stand in the order of their hurt: the first of them, unless what is
/// felt there, over all visits of a journey, moves people to act less than a third as much as at another one; then the one that
/// moves them most. What is not known is not taken for little.
pub(crate) fn foremost(pains: &[PainPoint]) -> Option<usize> {
    let moves = |pain: &PainPoint| Some(pain.activation? * pain.visits * pain.coverage);
    let of_first = moves(pains.first()?);
    let known = pains.iter().enumerate();
    let known =
        known.filter_map(|(place, pain)| Some((OrderedFloat(moves(pain)?), Reverse(place))));
    let most = known.max();
    let beyond = of_first
        .zip(most)
        .filter(|(first, (most, _))| *first < FAR_LESS * most.0);
    Some(beyond.map_or(0, |(_, (_, Reverse(place)))| place))
}

/// Whether the two rankings begin differently.
fn rankings_differ(pains: &[PainPoint]) -> bool {
    let is_out_of_place = |(rank, pain): (usize, &PainPoint)| {
        let is_activated = pain.activation.is_some_and(|activation| activation > 0.0);
        let by_activation = pain.activation_rank.filter(|_| is_activated);
        by_activation.is_some_and(|by_activation| by_activation != rank)
    };
    (1..=NAMED).zip(pains).any(is_out_of_place)
}
