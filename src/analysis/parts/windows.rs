//! Windows of time, and whether anything changed.

use std::collections::BTreeMap;

use super::FEWEST;
use super::calendar::{DAY_NS, date, day_of, monday, written};
use super::figures::{Beside, PartFigure, compare};
use super::options::PartOptions;
use super::places::{self, LEVEL, LEVEL_OF_RUNS, PlaceFound};
use crate::events::{EventLog, LearnError, Walks};
use crate::statistics::{Run, change_points, each_against_rest, holm};

/// How journeys are put into windows, by when they begin. Days, weeks and months are those of UTC.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Every {
    /// Days.
    Day,
    /// Weeks, from Monday on.
    Week,
    /// Months.
    Month,
    /// So many journeys each, in the order in which they begin; the last window may have fewer.
    Journeys(usize),
    /// Windows that begin at these times, in milliseconds since 1970; what begins before the first of them is left out.
    From(Vec<i64>),
}

/// The windows of a log, each beside all others, and where something changed.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Windows {
    /// Journeys in windows.
    pub journeys: u64,
    /// Journeys without any time, or from before the first window: they take no part.
    pub left_out: u64,
    /// Seconds within which 95 of 100 journeys are over; `None` where no time is known.
    pub lasted_s: Option<f64>,
    /// Journeys that began within that time of the log's end: many of them are still under way. `None` where only
    /// [tallies](Windows::of_tallies) are at hand.
    pub under_way: Option<u64>,
    /// The windows in the order of time; those without a journey are left out.
    pub windows: Vec<WindowFigures>,
    /// The first window that differs surely from all others, as a whole or at a place.
    pub first_clear: Option<String>,
    /// Where a cut in two leaves the greatest difference, of the windows that are over; `None` for fewer than three.
    pub change: Option<ChangePoint>,
    /// The windows in a row that differ most from all others together: an episode, such as a fault that was mended.
    pub episode: Option<ChangePoint>,
    /// Of how many buckets the smallest window had tallies; `None` where whole journeys were at hand.
    pub buckets: Option<u64>,
    /// How often whole journeys were dealt anew to the windows: no p is below one in so many, and one. `None` where only tallies are at
    /// hand.
    pub deals: Option<u64>,
}

/// A window beside all others.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct WindowFigures {
    /// What it is called: a day, the Monday of a week, a month, or the day on which its first journey begins.
    pub window: String,
    /// When its first journey begins, in milliseconds since 1970; `None` where no time is known.
    pub first_ms: Option<i64>,
    /// When its last journey begins; of a tally, its last event.
    pub last_ms: Option<i64>,
    /// Its journeys.
    pub journeys: u64,
    /// Whether it holds journeys that may not be over: it takes no part in any test.
    pub unfinished: bool,
    /// Whether it has fewer than 30 journeys: neither it nor its figures have a verdict.
    pub too_small: bool,
    /// Its headline figures beside those of the other windows, in the order of [`CountedName`](crate::journey::CountedName).
    pub figures: Vec<PartFigure>,
    /// The likelihood ratio of where its journeys begin and go, beside the others; `None` where it was not tested.
    pub g2: Option<f64>,
    /// Its degrees of freedom.
    pub df: Option<usize>,
    /// The chance of as large a one where whole journeys are dealt anew to the windows.
    pub p: Option<f64>,
    /// The same, adjusted for the number of windows (Holm).
    pub p_adjusted: Option<f64>,
    /// Where it differs surely, the surest first.
    pub places: Vec<PlaceFound>,
    /// Whether it differs surely: adjusted p below 0.0125, any place, or part of an episode that differs at some place. Of a
    /// hundred logs in which nothing changes at most five have such a window.
    pub is_different: bool,
}

/// Windows in a row that differ from all others.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ChangePoint {
    /// The first of them.
    pub first: String,
    /// The last of them: of a cut in two, the last window that is over.
    pub last: String,
    /// The likelihood ratio of them and all others.
    pub g2: f64,
    /// Its degrees of freedom.
    pub df: usize,
    /// The chance of as large a difference where the order of the windows means nothing.
    pub p: f64,
    /// Where an episode differs surely from all other windows, the surest first; none for a cut in two.
    pub places: Vec<PlaceFound>,
}

/// A window while it is being put together: what it is called, and its journeys by their numbers.
struct Window {
    name: String,
    journeys: Vec<usize>,
}

impl EventLog {
    /// The windows of this log by when journeys begin, each compared with all others that are over.
    ///
    /// A window is not over where some journey of it began within the time, before the last time of the log, in which 95 of 100
    /// journeys are over: its journeys look shorter and less often ended than they are.
    ///
    /// Takes about O(w n + (moves + w cells) deals) for w windows and n events.
    ///
    /// # Errors
    /// As [`EventLog::learn`].
    ///
    /// ```
    /// use customer_journey::drift::{Every, PartOptions};
    /// use customer_journey::{EventLog, EventRef, LearnOptions, Phase};
    /// let mut log = EventLog::default();
    /// for number in 0..400_i64 {
    ///     let name = format!("j{number}");
    ///     let day = number / 50; // on the sixth day, orders fail
    ///     let time = day * 86_400_000 + number * 1000;
    ///     let next = if day == 5 { "error" } else { "thanks" };
    ///     log.record(EventRef::new(&name, "order").time_ms(time))?;
    ///     log.record(EventRef::new(&name, next).time_ms(time + 500))?;
    /// }
    /// let options = PartOptions::new(LearnOptions::new().other_phases(Phase::During));
    /// let windows = log.windows(&Every::Day, &options)?;
    /// assert_eq!(windows.windows[5].window, "1970-01-06");
    /// // Each day is held against all others together, and these hold the day of the failure.
    /// assert!(windows.first_clear.is_some());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[expect(
        clippy::too_many_lines,
        reason = "one step after the other, from the parts to what is said of them"
    )]
    pub fn windows(&self, every: &Every, options: &PartOptions) -> Result<Windows, LearnError> {
        let chart = self.chart(&options.learn)?;
        let walks = self.walks(&chart);
        let parts = windows(&walks, every);
        let lasted = lasted_95(&walks);
        let end = walks
            .journeys
            .iter()
            .filter_map(|walked| walked.times)
            .map(|(_, last)| last)
            .max();
        let is_late = |journey: usize| {
            let first = walks.journeys.get(journey).and_then(|walked| walked.times);
            first
                .zip(end)
                .is_some_and(|((first, _), end)| first > end - lasted)
        };
        let unfinished: Vec<bool> = parts
            .iter()
            .map(|part| part.journeys.iter().any(|&journey| is_late(journey)))
            .collect();
        let mut tested: Vec<usize> = Vec::new();
        let mut groups: Vec<Option<u32>> = vec![None; walks.journeys.len()];
        let mut window_of: Vec<Option<usize>> = vec![None; walks.journeys.len()];
        for (at, (part, &late)) in parts.iter().zip(&unfinished).enumerate() {
            let group = u32::try_from(tested.len()).ok().filter(|_| !late);
            for &journey in &part.journeys {
                if let Some(slot) = groups.get_mut(journey) {
                    *slot = group;
                }
                if let Some(slot) = window_of.get_mut(journey) {
                    *slot = Some(at);
                }
            }
            if !late {
                tested.push(at);
            }
        }
        let deals = options.dealing();
        let whole = places::whole(&walks);
        let tables = places::tables(&walks, &whole);
        let units = places::units(&walks, &groups);
        let against = each_against_rest(&units, tested.len(), tables, deals);
        let adjusted = holm(
            &against
                .groups
                .iter()
                .map(|group| group.p)
                .collect::<Vec<_>>(),
        );
        let change = change_points(&units, tested.len(), tables, deals);
        let run = change.as_ref().map(|[_, run]| run);
        let run_places = run.map_or_else(Vec::new, |run| {
            places::found(
                &chart.journey,
                places::told(&walks, &run.tables),
                LEVEL_OF_RUNS,
            )
        });
        let sure_run = match run {
            Some(run) if !run_places.is_empty() => run.from..run.to,
            _ => 0..0,
        };
        let part = |holds: &dyn Fn(usize) -> bool| {
            let mut of = window_of.iter();
            self.filter(|_| of.next().copied().flatten().is_some_and(holds))
        };
        let counted: Vec<_> = (0..parts.len())
            .map(|at| {
                let others =
                    |other: usize| other != at && !unfinished.get(other).copied().unwrap_or(true);
                let (own, rest) = (part(&|window| window == at), part(&others));
                Beside {
                    own: own.counted_on(&chart),
                    rest: rest.counted_on(&chart),
                    times: Some([own.times_on(&chart), rest.times_on(&chart)]),
                }
            })
            .collect();
        let judged: Vec<bool> = parts
            .iter()
            .zip(&unfinished)
            .map(|(part, &late)| !late && part.journeys.len() as u64 >= FEWEST)
            .collect();
        let figures = compare(&self.counted_on(&chart), &counted, &judged);
        let mut done = Vec::new();
        for ((at, (part, &late)), figures) in parts.iter().zip(&unfinished).enumerate().zip(figures)
        {
            let group = tested.iter().position(|&window| window == at);
            let own = group.and_then(|group| against.groups.get(group));
            let p_adjusted = group.and_then(|group| adjusted.get(group).copied());
            let too_small = (part.journeys.len() as u64) < FEWEST;
            let places = own.filter(|_| !too_small).map_or_else(Vec::new, |own| {
                places::found(&chart.journey, places::told(&walks, &own.tables), LEVEL)
            });
            let in_episode = group.is_some_and(|group| sure_run.contains(&group));
            let times = part
                .journeys
                .iter()
                .filter_map(|&journey| walks.journeys.get(journey)?.times);
            let times: Vec<i128> = times.map(|(first, _)| first).collect();
            let ms = |ns: Option<&i128>| i64::try_from(ns?.div_euclid(1_000_000)).ok();
            done.push(WindowFigures {
                window: part.name.clone(),
                first_ms: ms(times.iter().min()),
                last_ms: ms(times.iter().max()),
                journeys: part.journeys.len() as u64,
                unfinished: late,
                too_small,
                figures,
                g2: own.map(|own| own.whole.g2),
                df: own.map(|own| own.whole.freedom),
                p: own.map(|own| own.p),
                p_adjusted,
                is_different: !too_small
                    && (p_adjusted.is_some_and(|p| p < LEVEL) || !places.is_empty() || in_episode),
                places,
            });
        }
        let in_windows: u64 = parts.iter().map(|part| part.journeys.len() as u64).sum();
        let under_way = (0..walks.journeys.len())
            .filter(|&journey| is_late(journey))
            .count();
        let first_clear = done.iter().find(|window| window.is_different);
        Ok(Windows {
            journeys: in_windows,
            left_out: self.len() as u64 - in_windows,
            lasted_s: Some(lasted as f64 / 1e9),
            under_way: Some(under_way as u64),
            buckets: None,
            deals: Some(u64::from(against.deals)),
            first_clear: first_clear.map(|window| window.window.clone()),
            change: change
                .as_ref()
                .and_then(|[cut, _]| change_of(cut, &tested, &parts, Vec::new())),
            episode: change
                .as_ref()
                .and_then(|[_, run]| change_of(run, &tested, &parts, run_places)),
            windows: done,
        })
    }
}

fn change_of(
    run: &Run,
    tested: &[usize],
    parts: &[Window],
    places: Vec<PlaceFound>,
) -> Option<ChangePoint> {
    let window = |place: usize| parts.get(*tested.get(place)?);
    Some(ChangePoint {
        first: window(run.from)?.name.clone(),
        last: window(run.to.checked_sub(1)?)?.name.clone(),
        g2: run.whole.g2,
        df: run.whole.freedom,
        p: run.p,
        places,
    })
}

/// The time within which 95 of 100 journeys are over, in nanoseconds.
fn lasted_95(walks: &Walks) -> i128 {
    let times = walks.journeys.iter().filter_map(|walked| walked.times);
    let mut lasted: Vec<i128> = times.map(|(first, last)| last - first).collect();
    lasted.sort_unstable();
    let at = (lasted.len() * 95).div_ceil(100).saturating_sub(1);
    lasted.get(at).copied().unwrap_or(0)
}

fn windows(walks: &Walks, every: &Every) -> Vec<Window> {
    let starts = walks.journeys.iter().enumerate();
    let mut starts: Vec<(i128, usize)> = starts
        .filter_map(|(journey, walked)| Some((walked.times?.0, journey)))
        .collect();
    // Those that begin at the same time stay in the order of the log.
    starts.sort_unstable();
    if let Every::Journeys(size) = every {
        return starts
            .chunks((*size).max(1))
            .zip(1_usize..)
            .map(|(part, number)| Window {
                name: format!(
                    "{number} (from {})",
                    part.first().map_or_else(String::new, |p| written(p.0))
                ),
                journeys: part.iter().map(|&(_, journey)| journey).collect(),
            })
            .collect();
    }
    let mut named: BTreeMap<i128, Window> = BTreeMap::new();
    for (start, journey) in starts {
        let Some((key, name)) = window_of(start, every) else {
            continue;
        };
        let window = named.entry(key).or_insert_with(|| Window {
            name,
            journeys: Vec::new(),
        });
        window.journeys.push(journey);
    }
    named.into_values().collect()
}

/// When the window of a time begins, and what it is called.
fn window_of(ns: i128, every: &Every) -> Option<(i128, String)> {
    let day = ns.div_euclid(DAY_NS);
    match every {
        Every::Day => Some((day, written(ns))),
        Every::Week => {
            let first = monday(day);
            Some((first, format!("week of {}", written(first * DAY_NS))))
        }
        Every::Month => {
            let (year, month, _) = date(day);
            Some((day_of(year, month, 1), format!("{year:04}-{month:02}")))
        }
        Every::From(times) => {
            let begun = times.iter().map(|&ms| i128::from(ms) * 1_000_000);
            let first = begun.filter(|&time| time <= ns).max()?;
            Some((first, format!("from {}", written(first))))
        }
        Every::Journeys(_) => None,
    }
}
