//! Windows of which only tallies are at hand.

use super::FEWEST;
use super::options::PartOptions;
use super::places::{self, LEVEL, LEVEL_OF_RUNS, PlaceFound};
use super::tallies::{Parts, columns, is_whole, row};
use super::windows::{ChangePoint, WindowFigures, Windows};
use crate::events::{About, LearnError, Tally};
use crate::statistics::{Run, Tables, change_points_of, holm};

impl Windows {
    /// Windows that were counted apart, in the order of time: each with its tallies, one for each bucket of the journeys that begin in
    /// it; see [`Segments::of_tallies`](crate::segments::Segments::of_tallies). Tests are corrected by the buckets, the change point is found by the counts of the windows.
    ///
    /// A window is not over where the next one begins, or the log ends, within the time before the last event in which 95 of 100
    /// journeys are over.
    ///
    /// # Errors
    /// As [`Tally::learn`], of all tallies together.
    pub fn of_tallies(
        parts: &[(String, Vec<Tally>)],
        options: &PartOptions,
    ) -> Result<Self, LearnError> {
        let spans: Vec<Option<(i64, i64)>> =
            parts.iter().map(|(_, tallies)| span(tallies)).collect();
        let lasted = lasted_95(parts);
        let unfinished = unfinished(&spans, lasted);
        let judged: Vec<bool> = unfinished.iter().map(|late| !late).collect();
        let known = Parts::new(parts, options, &judged)?;
        let tested: Vec<usize> = (0..parts.len())
            .filter(|&at| judged.get(at) == Some(&true))
            .collect();
        let p_of = |at: usize| known.against.get(at)?.design.map(|(_, p)| p);
        let known_p: Vec<f64> = tested.iter().filter_map(|&at| p_of(at)).collect();
        let mut adjusted = holm(&known_p).into_iter();
        let change = change(&known, &tested, options);
        let run_places = change.as_ref().map_or_else(Vec::new, |(about, [_, run])| {
            let tables = about.iter().zip(&run.tables);
            let tables = tables.map(|(&about, &(table, p))| (about, table, p));
            places::found(&known.map, tables, LEVEL_OF_RUNS)
        });
        let name = |place: usize| Some(parts.get(*tested.get(place)?)?.0.clone());
        let point = |run: &Run, places: Vec<PlaceFound>| {
            Some(ChangePoint {
                first: name(run.from)?,
                last: name(run.to.checked_sub(1)?)?,
                g2: run.whole.g2,
                df: run.whole.freedom,
                p: run.p,
                places,
            })
        };
        let sure_run = match &change {
            Some((_, [_, run])) if !run_places.is_empty() => run.from..run.to,
            _ => 0..0,
        };
        let windows: Vec<WindowFigures> = parts
            .iter()
            .enumerate()
            .map(|(at, (name, _))| {
                let late = unfinished.get(at).copied().unwrap_or(false);
                let own = known.against.get(at).filter(|_| !late);
                let p = p_of(at).filter(|_| !late);
                let p_adjusted = p.and_then(|_| adjusted.next());
                let journeys = known.journeys.get(at).copied().unwrap_or(0);
                let too_small = journeys < FEWEST;
                let places = if late || too_small {
                    Vec::new()
                } else {
                    known.places(at, LEVEL)
                };
                let group = tested.iter().position(|&window| window == at);
                let in_episode = group.is_some_and(|group| sure_run.contains(&group));
                let span = spans.get(at).copied().flatten();
                WindowFigures {
                    window: name.clone(),
                    first_ms: span.map(|(first, _)| first),
                    last_ms: span.map(|(_, last)| last),
                    journeys,
                    unfinished: late,
                    too_small,
                    figures: known.figures.get(at).cloned().unwrap_or_default(),
                    g2: own.map(|own| own.whole.g2),
                    df: own.map(|own| own.whole.freedom),
                    p,
                    p_adjusted,
                    is_different: !too_small
                        && (p_adjusted.is_some_and(|p| p < LEVEL)
                            || !places.is_empty()
                            || in_episode),
                    places,
                }
            })
            .collect();
        let first_clear = windows.iter().find(|window| window.is_different);
        Ok(Self {
            journeys: known.journeys.iter().sum(),
            left_out: 0,
            lasted_s: lasted.map(|ms| ms as f64 / 1e3),
            under_way: None,
            first_clear: first_clear.map(|window| window.window.clone()),
            change: change
                .as_ref()
                .and_then(|(_, [cut, _])| point(cut, Vec::new())),
            episode: change
                .as_ref()
                .and_then(|(_, [_, run])| point(run, run_places)),
            windows,
            buckets: Some(known.buckets),
            deals: None,
        })
    }
}

/// Cut and run of the windows that are tested, with what their tables are about.
fn change(
    known: &Parts,
    tested: &[usize],
    options: &PartOptions,
) -> Option<(Vec<About>, [Run; 2])> {
    let columns = columns(&known.moves);
    let about: Vec<About> = columns.keys().copied().collect();
    let whole: Vec<bool> = about.iter().map(|&about| is_whole(about)).collect();
    let of: Vec<u32> = (0_u32..)
        .zip(columns.values())
        .flat_map(|(table, columns)| columns.iter().map(move |_| table))
        .collect();
    let counts = tested
        .iter()
        .filter_map(|&at| known.moves.get(at))
        .map(|moves| {
            let rows = columns.iter();
            rows.flat_map(|(&about, columns)| row(moves, about, columns))
                .collect()
        });
    let counts: Vec<Vec<f64>> = counts.collect();
    let tables = Tables {
        of: &of,
        whole: &whole,
    };
    let change = change_points_of(&counts, tables, options.dealing())?;
    Some((about, change))
}

/// The first and the last event of a part, in milliseconds.
fn span(tallies: &[Tally]) -> Option<(i64, i64)> {
    let spans = tallies.iter().filter_map(Tally::span_ms);
    spans.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
}

/// The time within which 95 of 100 journeys are over, in milliseconds.
fn lasted_95(parts: &[(String, Vec<Tally>)]) -> Option<i64> {
    let known = parts.iter().flat_map(|(_, tallies)| tallies);
    let mut known = known.filter_map(Tally::lasted);
    let mut all = known.next()?;
    known.for_each(|lasted| all.merge(&lasted));
    let seconds = all.quantile(0.95)?;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "beyond the range of numbers the nearest one is taken"
    )]
    let ms = (1e3 * seconds).round() as i64;
    Some(ms)
}

fn unfinished(spans: &[Option<(i64, i64)>], lasted: Option<i64>) -> Vec<bool> {
    let end = spans.iter().flatten().map(|&(_, last)| last).max();
    let next = spans
        .iter()
        .skip(1)
        .map(|span| span.map(|(first, _)| first));
    let next = next.chain(std::iter::once(end));
    let late = next.map(|begins| {
        let known = begins.zip(end).zip(lasted);
        known.is_some_and(|((begins, end), lasted)| begins > end.saturating_sub(lasted))
    });
    late.collect()
}
