//! The most likely paths.

use std::fmt;

use super::page::{LISTED, Page};
use crate::analysis::{ArcShape, LikelyPath, Trajectory};
use crate::journey::Outcome;
use crate::render::clean::clean;
use crate::render::number::{JOURNEYS, among, feeling, or_unknown, percent, that, whole};

/// Of a long path, so many steps are printed from its beginning ...
const FIRST: usize = 8;
/// ... and so many from its end.
const LAST: usize = 3;

/// The path in a sentence: how many follow it, its touchpoints with what is felt there, how it ends, its shape.
impl fmt::Display for LikelyPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let share = among(self.probability, JOURNEYS);
        write!(
            f,
            "{share}: {}. Outcome: {}.",
            steps(self),
            ending(&self.outcome)
        )?;
        match arc(self) {
            Some(arc) => write!(f, " Feelings {arc}."),
            None => f.write_str(" How feelings run is unknown."),
        }
    }
}

pub(super) fn print(page: &mut Page, trajectory: &Trajectory) {
    let paths = &trajectory.paths;
    let shown = paths.get(..paths.len().min(LISTED)).unwrap_or(paths);
    if shown.is_empty() {
        return;
    }
    page.say(&match paths.len() {
        1 => "The most likely path:".to_owned(),
        number => format!(
            "The {} most likely paths; {} one of them:",
            whole(number),
            that(trajectory.paths_coverage, JOURNEYS, ("follows", "follow"))
        ),
    });
    for (number, path) in (1..).zip(shown) {
        page.gap();
        page.item(0, &format!("{number:>3}  "), &path.to_string());
    }
    page.gap();
    page.more(0, paths.len(), shown.len(), ("path", "paths"));
}

/// A touchpoint of a path with the times it is met in a row.
struct Run<'a> {
    id: &'a str,
    first: String,
    last: String,
    times: usize,
}

impl Run<'_> {
    fn step(&self) -> String {
        let Self { first, last, .. } = self;
        let (id, times) = (clean(self.id), whole(self.times));
        match self.times {
            1 => format!("{id} ({first})"),
            _ if first == last => format!("{id} ({times} times, {first})"),
            _ => format!("{id} ({times} times, from {first} to {last})"),
        }
    }
}

/// The touchpoints with what is felt there; the same again is counted, and a long middle is left out and counted.
fn steps(path: &LikelyPath) -> String {
    let felt = path
        .valences
        .iter()
        .map(|&valence| or_unknown(valence, feeling));
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

pub(in crate::render) fn ending(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Unstated => "not stated on the map".to_owned(),
        named => clean(named.as_str()),
    }
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
