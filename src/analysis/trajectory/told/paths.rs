//! The most likely paths, in words.

use crate::analysis::trajectory::{ArcShape, LikelyPath, Trajectory};
use crate::flow::Basis;
use crate::journey::Outcome;
use crate::page::number::{
    JOURNEYS, among, count, feeling, list, of_100, or_unknown, percent, that, whole,
};
use crate::page::words::{ending, place};
use crate::page::{Block, Cell, Table, said};

/// Of a long path, so many steps are printed from its beginning ...
const FIRST: usize = 8;
/// ... and so many from its end.
const LAST: usize = 3;
/// So many endings of a path are named.
const ENDINGS: usize = 3;

/// The paths in sentences, and as tables for programs.
pub(super) fn told(trajectory: &Trajectory) -> Vec<Block> {
    let paths = &trajectory.paths;
    let is_counted = paths
        .first()
        .is_some_and(|path| path.basis == Basis::Counted);
    let (kind, grounds) = match (is_counted, trajectory.basis) {
        (true, _) => ("most frequent", ", counted on whole journeys"),
        (false, Basis::Counted) => ("most likely", ", as the map tells them (modelled)"),
        (false, Basis::Modelled) => ("most likely", ""),
    };
    let says = match paths.len() {
        1 => format!("The {kind} path{grounds}:"),
        number => format!(
            "The {} {kind} paths{grounds}; {} one of them:",
            whole(number),
            that(trajectory.paths_coverage, JOURNEYS, ("follows", "follow"))
        ),
    };
    let ranking = Block::ranking(paths.iter().map(in_a_sentence).collect(), ("path", "paths"));
    let mut blocks = tables(paths);
    if !paths.is_empty() {
        blocks.push(Block::Fold(
            if is_counted {
                "The most frequent paths"
            } else {
                "The most likely paths"
            },
            vec![Block::Say(says), ranking],
        ));
    }
    blocks
}

fn tables(paths: &[LikelyPath]) -> Vec<Block> {
    let noun = ("path", "paths");
    let ranked: Vec<(usize, &LikelyPath)> = (1..).zip(paths).collect();
    let mut steps = Vec::new();
    for &(rank, path) in &ranked {
        let felt = path.touchpoints.iter().zip(&path.valences);
        steps.extend(
            (1..)
                .zip(felt)
                .map(|(step, (id, valence))| (rank, step, id, *valence)),
        );
    }
    let paths = Table::of(&ranked, "The most likely paths", noun)
        .key("paths")
        .data("path", |(rank, _)| Cell::rank(*rank))
        .data("probability", |(_, path)| Cell::share(path.probability))
        .data("basis", |(_, path)| Cell::Word(path.basis.as_str()))
        .data("journeys", |(_, path)| {
            Cell::or_none(path.journeys, |number| Cell::count(number as f64))
        })
        .data("outcome", |(_, path)| Cell::name(path.outcome.as_str()))
        .data("arc", |(_, path)| {
            Cell::or_none(path.arc, |arc| Cell::Word(arc.as_str()))
        })
        .data("confidence", |(_, path)| Cell::percent(path.confidence))
        .done();
    let steps = Table::of(&steps, "The steps of the most likely paths", noun)
        .key("path_steps")
        .data("path", |(rank, ..)| Cell::rank(*rank))
        .data("step", |(_, step, ..)| Cell::rank(*step))
        .data("id", |(_, _, id, _)| Cell::place(*id))
        .data("valence", |(.., valence)| Cell::valence(*valence))
        .done();
    vec![paths.into(), steps.into()]
}

said!(LikelyPath, in_a_sentence);

/// How many follow it, its touchpoints with what is felt there where that is told, how it ends, its shape.
fn in_a_sentence(path: &LikelyPath) -> String {
    if path.basis == Basis::Counted {
        return counted(path);
    }
    let share = among(path.probability, JOURNEYS);
    let ending = ending(&path.outcome);
    let mut said = format!("{share}: {}. Outcome: {ending}.", steps(path));
    match arc(path) {
        Some(arc) => said.push_str(&format!(" Feelings {arc}.")),
        // Of a path on which no feeling is known, each of its touchpoints would say so again.
        None if is_felt(path) => said.push_str(" How feelings run is unknown."),
        None => {}
    }
    said
}

/// Whether any feeling on it is known.
fn is_felt(path: &LikelyPath) -> bool {
    path.valences.iter().any(Option::is_some)
}

/// How many follow it, its touchpoints, and how many of them end how.
fn counted(path: &LikelyPath) -> String {
    let share = among(path.probability, JOURNEYS);
    let number = path
        .journeys
        .map_or_else(String::new, |number| format!(" ({})", count(number as f64)));
    let ways = steps(path);
    let endings: Vec<String> = match path.outcomes.as_slice() {
        [] => return format!("{share}{number}: {ways}"),
        [only] if only.outcome == Outcome::Unstated => return format!("{share}{number}: {ways}"),
        [only] => vec![ending(&only.outcome)],
        several => several
            .iter()
            .map(|known| format!("{} {}", ending(&known.outcome), of_100(known.probability)))
            .collect(),
    };
    match endings.as_slice() {
        [only] => format!("{share}{number}: {ways}. Outcome: {only}"),
        several => format!(
            "{share}{number}: {ways}. Outcomes, of 100 of these: {}",
            list(several, ENDINGS)
        ),
    }
}

/// A touchpoint of a path with the times it is met in a row.
struct Run<'a> {
    id: &'a str,
    /// What is felt at first, if anything is known on the path.
    first: Option<String>,
    last: Option<String>,
    times: usize,
}

impl Run<'_> {
    fn step(&self) -> String {
        let Self { first, last, .. } = self;
        let (id, times) = (place(self.id), whole(self.times));
        match (self.times, first, last) {
            (1, None, _) => id,
            (1, Some(first), _) => format!("{id} ({first})"),
            (_, Some(first), Some(last)) if first == last => {
                format!("{id} ({times} times, {first})")
            }
            (_, Some(first), Some(last)) => format!("{id} ({times} times, from {first} to {last})"),
            _ => format!("{id} ({times} times)"),
        }
    }
}

/// The touchpoints with what is felt there; the same again is counted, and a long middle is left out and counted.
fn steps(path: &LikelyPath) -> String {
    // Feelings were not counted by path.
    let is_felt = path.basis == Basis::Modelled && is_felt(path);
    let felt = path
        .valences
        .iter()
        .map(|&valence| is_felt.then(|| or_unknown(valence, feeling)));
    let mut runs: Vec<Run<'_>> = Vec::new();
    for (id, felt) in path.touchpoints.iter().zip(felt) {
        match runs.last_mut() {
            Some(run) if run.id == id => {
                run.times += 1;
                run.last = felt;
            }
            _ => runs.push(Run {
                id,
                first: felt.clone(),
                last: felt,
                times: 1,
            }),
        }
    }
    let hidden = runs.len().saturating_sub(FIRST + LAST);
    // To leave out a single step would save nothing.
    if hidden < 2 {
        return runs.iter().map(Run::step).collect::<Vec<_>>().join(" → ");
    }
    let mut shown: Vec<String> = runs.iter().take(FIRST).map(Run::step).collect();
    let left_out: usize = runs
        .iter()
        .skip(FIRST)
        .take(hidden)
        .map(|run| run.times)
        .sum();
    shown.push(format!("... {} more ...", whole(left_out)));
    shown.extend(runs.iter().skip(FIRST + hidden).map(Run::step));
    shown.join(" → ")
}

fn arc(path: &LikelyPath) -> Option<String> {
    let shape = path.arc?;
    let words = match (shape, path.nearest_arcs) {
        (ArcShape::Mixed, Some([first, second])) => {
            return Some(format!(
                "have no clear shape; nearest are {} and {}",
                first.as_str(),
                second.as_str()
            ));
        }
        (ArcShape::Rise, _) => return Some("go up".to_owned()),
        (ArcShape::Fall, _) => return Some("go down".to_owned()),
        (ArcShape::RagsToRiches, _) => "go up",
        (ArcShape::RichesToRags, _) => "go down",
        (ArcShape::ManInAHole, _) => "go down and up again",
        (ArcShape::Icarus, _) => "go up and down again",
        (ArcShape::Cinderella, _) => "go up, down and up again",
        (ArcShape::Oedipus, _) => "go down, up and down again",
        (ArcShape::Rollercoaster, _) => "go up and down many times",
        (ArcShape::Flat, _) => "hardly change",
        (ArcShape::Mixed, None) => "have no clear shape",
    };
    let clear = path.confidence.map(|confidence| {
        format!(
            ", which covers {} of their ups and downs",
            percent(confidence)
        )
    });
    Some(format!(
        "{words} (arc \"{}\"{})",
        shape.as_str(),
        clear.unwrap_or_default()
    ))
}
