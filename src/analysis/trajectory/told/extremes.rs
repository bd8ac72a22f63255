//! The best and the worst moment of a journey, in words.

use crate::analysis::trajectory::{ExtremeChance, Trajectory};
use crate::flow::Basis;
use crate::page::number::{JOURNEYS, among, feeling, share, that};

/// How many journeys meet a bad moment.
pub(super) fn worst(trajectory: &Trajectory) -> String {
    let worst = &trajectory.worst;
    if worst.counted_at_most.is_empty() {
        modelled(trajectory, &worst.distribution, ("worse", "worst"))
    } else {
        counted(&worst.counted_at_most, "worse")
    }
}

/// How many journeys meet a good moment.
pub(super) fn best(trajectory: &Trajectory) -> String {
    let best = &trajectory.best;
    let levels: Vec<ExtremeChance> = best.counted_at_least.iter().rev().copied().collect();
    if levels.is_empty() {
        let from_the_best: Vec<ExtremeChance> = best.distribution.iter().rev().copied().collect();
        modelled(trajectory, &from_the_best, ("better", "best"))
    } else {
        counted(&levels, "better")
    }
}

/// The levels that were counted, the utmost first.
fn counted(levels: &[ExtremeChance], beyond: &str) -> String {
    let mut said = Vec::new();
    for level in levels {
        let at = format!("one of {} or {beyond}", feeling(level.valence));
        said.push(if said.is_empty() {
            let meet = that(level.probability, JOURNEYS, ("meets", "meet"));
            format!("{meet} {at}")
        } else {
            format!("{} {at}", share(level.probability))
        });
    }
    format!("; {} (counted)", said.join(", "))
}

/// What the map says, and that it does where the mean beside it was counted.
fn modelled(
    trajectory: &Trajectory,
    chances: &[ExtremeChance],
    words: (&'static str, &'static str),
) -> String {
    let said = of_the_map(chances, words);
    if trajectory.basis == Basis::Counted && !said.is_empty() {
        format!("{said} (modelled)")
    } else {
        said
    }
}

/// What half of the journeys meet, and the utmost that any meets. The chances run from the utmost inwards.
fn of_the_map(chances: &[ExtremeChance], (beyond, utterly): (&str, &str)) -> String {
    let mut met = chances.iter().filter(|chance| chance.probability > 0.0);
    let Some(utmost) = met.next() else {
        return String::new();
    };
    let mut sum = utmost.probability;
    let mut half = utmost.valence;
    for chance in met {
        if sum >= 0.5 {
            break;
        }
        sum += chance.probability;
        half = chance.valence;
    }
    let most = that(sum, JOURNEYS, ("meets", "meet"));
    if feeling(half) == feeling(utmost.valence) {
        return format!("; {most} one of {}, and none a {beyond} one", feeling(half));
    }
    format!(
        "; {most} one of {} or {beyond}, and the {utterly} of all is {} ({})",
        feeling(half),
        feeling(utmost.valence),
        among(utmost.probability, JOURNEYS)
    )
}
