//! Parts of which only tallies are at hand, and segments of them.

use std::collections::{BTreeMap, BTreeSet};

use super::FEWEST;
use super::figures::{Beside, PartFigure, compare};
use super::options::PartOptions;
use super::places::{self, PlaceFound};
use super::segments::{SURE, SegmentFigures, Segments, bits};
use super::tallied::{Bucket, Column, Moves, counted, together};
use crate::events::{About, LearnError, Tally, TallyOptions};
use crate::journey::Journey;
use crate::statistics::{
    Likelihood, benjamini_hochberg, chi_square_tail, holm, in_buckets, likelihood,
};

/// A part beside all others.
pub(super) struct Against {
    pub(super) whole: Likelihood,
    /// The factor of its design, and its p.
    pub(super) design: Option<(f64, f64)>,
    tables: Vec<(About, Likelihood, f64)>,
}

/// The parts, as their tallies tell them.
pub(super) struct Parts {
    pub(super) map: Journey,
    pub(super) journeys: Vec<u64>,
    pub(super) buckets: u64,
    pub(super) figures: Vec<Vec<PartFigure>>,
    pub(super) against: Vec<Against>,
    /// By part: all of its moves.
    pub(super) moves: Vec<Moves>,
    learned: Vec<Option<Journey>>,
}

pub(super) fn is_whole(about: About) -> bool {
    matches!(about, About::Start | About::Next(_))
}

/// The columns of a table, of all parts.
pub(super) fn columns<'a>(
    parts: impl IntoIterator<Item = &'a Moves>,
) -> BTreeMap<About, BTreeSet<Column>> {
    let mut columns = BTreeMap::<About, BTreeSet<Column>>::new();
    for moves in parts {
        for (&about, row) in moves {
            columns
                .entry(about)
                .or_default()
                .extend(row.keys().cloned());
        }
    }
    columns
}

pub(super) fn row(moves: &Moves, about: About, columns: &BTreeSet<Column>) -> Vec<f64> {
    let known = moves.get(&about);
    let times = |column: &Column| known.and_then(|row| row.get(column)).copied();
    columns
        .iter()
        .map(|column| times(column).unwrap_or(0.0))
        .collect()
}

impl Parts {
    /// `judged` says which parts may take part in tests, beside their size.
    pub(super) fn new(
        parts: &[(String, Vec<Tally>)],
        options: &PartOptions,
        judged: &[bool],
    ) -> Result<Self, LearnError> {
        let mut all = Tally::default();
        for tally in parts.iter().flat_map(|(_, tallies)| tallies) {
            join(&mut all, tally)?;
        }
        let map = all.learn(&options.learn)?.journey;
        let mut of = Vec::new();
        let mut learned = Vec::new();
        for (_, tallies) in parts {
            let buckets = tallies
                .iter()
                .map(|tally| Bucket::new(tally, &map, options));
            of.push(buckets.collect::<Result<Vec<Bucket>, LearnError>>()?);
            let mut own = Tally::default();
            for tally in tallies {
                join(&mut own, tally)?;
            }
            let onto = options.learn.clone().onto(&map);
            learned.push(own.learn(&onto).ok().map(|learned| learned.journey));
        }
        let journeys: Vec<u64> = parts
            .iter()
            .map(|(_, tallies)| tallies.iter().map(Tally::journeys).sum())
            .collect();
        let is_tested: Vec<bool> = judged
            .iter()
            .zip(&journeys)
            .map(|(&judged, &journeys)| judged && journeys >= FEWEST)
            .collect();
        let others = |at: usize| -> Vec<&Bucket> {
            let rest = of.iter().zip(judged).enumerate();
            let rest = rest.filter(|&(other, (_, &judged))| other != at && judged);
            rest.flat_map(|(_, (buckets, _))| buckets).collect()
        };
        let whole: Vec<&Bucket> = of.iter().flatten().collect();
        let counts: Vec<_> = of
            .iter()
            .enumerate()
            .map(|(at, own)| Beside {
                own: counted(&own.iter().collect::<Vec<_>>(), &whole),
                rest: counted(&others(at), &whole),
                times: None,
            })
            .collect();
        let figures = compare(&counted(&whole, &whole), &counts, &is_tested);
        let most = of.iter().map(Vec::len).max().unwrap_or(0);
        let against = (0..of.len())
            .map(|at| {
                let rest: Vec<Moves> = (0..most)
                    .map(|bucket| {
                        let rest = of.iter().zip(judged).enumerate();
                        let rest = rest.filter(|&(other, (_, &judged))| other != at && judged);
                        together(rest.filter_map(|(_, (buckets, _))| buckets.get(bucket)))
                    })
                    .collect();
                let own: Vec<Moves> = of
                    .get(at)
                    .into_iter()
                    .flatten()
                    .map(|bucket| bucket.moves.clone())
                    .collect();
                against(&own, &rest)
            })
            .collect();
        // What is too small to be compared says nothing of the others.
        let compared = of.iter().zip(&is_tested).filter(|&(_, &tested)| tested);
        let fewest = compared.map(|(buckets, _)| buckets.len()).min();
        let buckets = fewest.unwrap_or_else(|| of.iter().map(Vec::len).min().unwrap_or(0)) as u64;
        let moves = of.iter().map(together).collect();
        let mut known = Self {
            map,
            journeys,
            buckets,
            figures,
            against,
            moves,
            learned,
        };
        known.adjust(&is_tested);
        Ok(known)
    }

    /// p of each table, adjusted for all tables of all parts that are tested (Holm).
    fn adjust(&mut self, is_tested: &[bool]) {
        let tested = || is_tested.iter().copied().chain(std::iter::repeat(false));
        let parts = self.against.iter().zip(tested());
        let all: Vec<f64> = parts
            .filter(|(_, is_tested)| *is_tested)
            .flat_map(|(part, _)| part.tables.iter().map(|&(.., p)| p))
            .collect();
        let mut adjusted = holm(&all).into_iter();
        for (part, is_tested) in self.against.iter_mut().zip(tested()) {
            for table in &mut part.tables {
                table.2 = if is_tested {
                    adjusted.next().unwrap_or(1.0)
                } else {
                    1.0
                };
            }
        }
    }

    pub(super) fn places(&self, at: usize, level: f64) -> Vec<PlaceFound> {
        let tables = self
            .against
            .get(at)
            .into_iter()
            .flat_map(|own| own.tables.iter().copied());
        places::found(&self.map, tables, level)
    }

    /// All parts at once: G2, its degrees of freedom, and the mean factor of their designs.
    fn at_once(&self) -> (f64, f64, Option<f64>) {
        let (mut g2, mut freedom) = (0.0, 0.0);
        for (about, columns) in columns(&self.moves) {
            if is_whole(about) {
                let rows = self.moves.iter().map(|moves| row(moves, about, &columns));
                let found = likelihood(&rows.collect::<Vec<_>>());
                g2 += found.g2;
                freedom += found.freedom as f64;
            }
        }
        let designs = self
            .against
            .iter()
            .map(|own| Some((own.design?.0, own.whole.freedom as f64)));
        let designs: Option<Vec<(f64, f64)>> = designs.collect();
        let design = designs.map(|designs| {
            let all: f64 = designs.iter().map(|(_, freedom)| freedom).sum();
            let sum: f64 = designs
                .iter()
                .map(|(design, freedom)| design * freedom)
                .sum();
            if all > 0.0 { sum / all } else { 1.0 }
        });
        (g2, freedom, design)
    }
}

/// Adds a tally, whichever segment it was counted for. Closed, it shares no journey that is still under way.
fn join(all: &mut Tally, tally: &Tally) -> Result<(), LearnError> {
    let plain = tally.clone().closed().with(TallyOptions::new());
    all.merge(&plain).map_err(LearnError::from)
}

/// A part against all others, both in buckets.
fn against(own: &[Moves], rest: &[Moves]) -> Against {
    let mut whole = Likelihood {
        g2: 0.0,
        freedom: 0,
    };
    let mut weighted = Some(0.0);
    let mut tables = Vec::new();
    for (about, columns) in columns(own.iter().chain(rest)) {
        let rows = |buckets: &[Moves]| -> Vec<Vec<f64>> {
            buckets
                .iter()
                .map(|moves| row(moves, about, &columns))
                .collect()
        };
        let (found, design) = in_buckets([&rows(own), &rows(rest)]);
        if found.freedom == 0 {
            continue;
        }
        let freedom = found.freedom as f64;
        if is_whole(about) {
            whole.g2 += found.g2;
            whole.freedom += found.freedom;
            weighted = weighted
                .zip(design)
                .map(|(sum, design)| sum + design * freedom);
        }
        if let Some(design) = design {
            tables.push((about, found, chi_square_tail(found.g2 / design, freedom)));
        }
    }
    let freedom = whole.freedom as f64;
    let design = weighted.filter(|_| whole.freedom > 0).map(|sum| {
        let design = sum / freedom;
        (design, chi_square_tail(whole.g2 / design, freedom))
    });
    Against {
        whole,
        design,
        tables,
    }
}

impl Segments {
    /// Segments that were counted apart, as by a database: each with its tallies, one for each bucket of its journeys.
    ///
    /// Buckets mean nothing but chance, such as the remainder of a hash of the journey's name, and are the same for all segments. With
    /// eight of them or more (32 are enough) p and errors are told, corrected for moves of one journey that go together (Rao and
    /// Scott); with a single tally for a segment they are not. Of whole journeys tallies know how they end, how long they are and how
    /// long they last; whom they reach, and the moments of a curve, they do not know. Equal figures are those of
    /// [`EventLog::segments`](crate::EventLog::segments); medians to 2.2 %.
    ///
    /// # Errors
    /// As [`Tally::learn`], of all tallies together.
    ///
    /// ```
    /// use customer_journey::segments::{PartOptions, Segments};
    /// use customer_journey::{EventRef, LearnOptions, Phase, Tally};
    /// let buckets = |leaves: u32| -> Result<Vec<Tally>, customer_journey::events::EventError> {
    ///     let mut buckets = vec![Tally::default(); 8];
    ///     for number in 0..400_u32 {
    ///         let outcome = if (number / 8) % 10 < leaves + number % 2 { "leaves" } else { "stays" };
    ///         let name = number.to_string();
    ///         buckets[(number % 8) as usize].record(EventRef::new(&name, "order").outcome(outcome))?;
    ///     }
    ///     Ok(buckets)
    /// };
    /// let options = PartOptions::new(LearnOptions::new().other_phases(Phase::During));
    /// let parts = [("north".to_owned(), buckets(1)?), ("south".to_owned(), buckets(6)?)];
    /// let segments = Segments::of_tallies(&parts, &options)?;
    /// assert!(segments.p.is_some_and(|p| p < 0.001) && segments.segments[0].places[0].id.as_deref() == Some("order"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of_tallies(
        parts: &[(String, Vec<Tally>)],
        options: &PartOptions,
    ) -> Result<Self, LearnError> {
        let known = Parts::new(parts, options, &vec![true; parts.len()])?;
        let p: Vec<Option<f64>> = known
            .against
            .iter()
            .map(|own| Some(own.design?.1))
            .collect();
        let tested: Vec<f64> = p.iter().copied().flatten().collect();
        let mut adjusted = benjamini_hochberg(&tested).into_iter();
        let journeys = known.journeys.iter().sum();
        let (g2, freedom, design) = known.at_once();
        let each = parts.iter().zip(&known.against).zip(&p).enumerate();
        let mut segments: Vec<SegmentFigures> = each
            .map(|(at, (((name, _), own), &p))| {
                let size = known.journeys.get(at).copied().unwrap_or(0);
                SegmentFigures {
                    segment: name.clone(),
                    journeys: size,
                    too_small: size < FEWEST,
                    journey: known.learned.get(at).cloned().flatten(),
                    figures: known.figures.get(at).cloned().unwrap_or_default(),
                    curve: Vec::new(),
                    g2: own.whole.g2,
                    df: own.whole.freedom,
                    p,
                    p_adjusted: p.and_then(|_| adjusted.next()),
                    places: known.places(at, SURE),
                }
            })
            .collect();
        segments.sort_by(|a, b| {
            b.journeys
                .cmp(&a.journeys)
                .then_with(|| a.segment.cmp(&b.segment))
        });
        Ok(Self {
            journeys,
            unstated: 0,
            segments,
            bits: bits(g2, design.unwrap_or(1.0) * freedom, journeys),
            p: design.map(|design| chi_square_tail(g2 / design, freedom)),
            buckets: Some(known.buckets),
        })
    }
}
