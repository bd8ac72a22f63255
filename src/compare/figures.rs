//! The figures of both sides, one beside the other.

use std::collections::{BTreeMap, BTreeSet};

use super::kinds::{Kind, key_of};
use super::side::{Rests, Side};
use crate::analysis::DifferenceVerdict as Verdict;
use crate::flow::Basis;
use crate::journey::{CountedName, CountedPart};
use crate::report::{FitFigure, Report, modelled};
use crate::statistics::{Gap, Measured, at_common_quantile, at_said, judge, wilson};

/// A figure of both sides.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ComparedFigure {
    /// Which figure: the keys of [counted figures](crate::journey::CountedName), and of the report; the method page has the list.
    pub figure: String,
    /// What it is of: ids of touchpoints (those of A where both have the touchpoint), names, numbers.
    pub of: Vec<CountedPart>,
    /// Its value on side A; `None` where it is unknown.
    pub a: Option<f64>,
    /// Its value on side B.
    pub b: Option<f64>,
    /// B minus A; `None` where one of them is unknown.
    pub difference: Option<f64>,
    /// The standard error of the difference: variances of independent journeys add; `None` where nothing is counted.
    pub standard_error: Option<f64>,
    /// The lower end of its 95 % interval.
    pub low: Option<f64>,
    /// The upper end.
    pub high: Option<f64>,
    /// What can be said; `None` where nothing is counted.
    pub verdict: Option<Verdict>,
}

/// Differences up to this come from rounding: of feelings in themselves, of other figures in proportion.
const ROUNDING: f64 = 1e-9;

impl ComparedFigure {
    /// Whether both sides have another value, by more than rounding, or only one has any.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        let (Some(a), Some(b)) = (self.a, self.b) else {
            return self.a.is_some() || self.b.is_some();
        };
        let larger = a.abs().max(b.abs());
        let size = if self.kind().is_felt() {
            larger.max(1.0)
        } else {
            larger
        };
        (b - a).abs() > ROUNDING * size
    }

    /// Whether B is better, for customers (of money: for the provider); `None` where nothing changed, one side is unknown, or that
    /// depends on what is behind it.
    #[must_use]
    pub fn is_better(&self) -> Option<bool> {
        let difference = self.difference.filter(|_| self.is_changed())?;
        self.kind().better(difference)
    }

    /// Whether it is of these.
    #[must_use]
    pub fn is_of(&self, of: &[&str]) -> bool {
        let parts = self.of.iter().map(ToString::to_string);
        parts.eq(of.iter().copied())
    }

    pub(super) fn kind(&self) -> Kind {
        Kind::of(&self.figure)
    }
}

/// A figure of one side.
#[derive(Debug, Clone)]
struct Known {
    figure: String,
    of: Vec<CountedPart>,
    /// The same by the ids of its own side.
    own: Vec<CountedPart>,
    measured: Measured,
}

impl Known {
    fn kind(&self) -> Kind {
        Kind::of(&self.figure)
    }
}

type Key = (String, Vec<String>);

fn key(figure: &str, of: &[CountedPart]) -> Key {
    (
        figure.to_owned(),
        of.iter().map(ToString::to_string).collect(),
    )
}

fn said(value: f64) -> Measured {
    Measured {
        value,
        standard_error: None,
        interval: None,
        counted: None,
    }
}

/// What both sides rest on in this comparison: what was counted where both were, or where the other side is no count at all; else the
/// maps alone.
pub(super) fn rests(a: &Side, b: &Side) -> (Rests, Rests) {
    match (a.rests(), b.rests()) {
        (Rests::Counted, Rests::Tallied) | (Rests::Tallied, Rests::Counted) => {
            (Rests::Drawn, Rests::Drawn)
        }
        both => both,
    }
}

/// The figures of a side. Ids that the other side calls otherwise are told as there.
struct Figures<'a> {
    side: &'a Side,
    rests: Rests,
    /// The curve of the map alone is in no report that was counted.
    with_curve: bool,
    renamed: BTreeMap<String, String>,
    known: Vec<Known>,
}

impl<'a> Figures<'a> {
    fn new(
        (side, rests): (&'a Side, Rests),
        with_curve: bool,
        renamed: BTreeMap<String, String>,
    ) -> Self {
        let mut figures = Self {
            side,
            rests,
            with_curve,
            renamed,
            known: Vec::new(),
        };
        if rests == Rests::Counted {
            let fit = side.report.fit.iter();
            for counted in fit.flat_map(|fit| &fit.figures) {
                figures.put(
                    counted.figure.as_str(),
                    counted.of.clone(),
                    measured(counted),
                );
            }
        }
        let alone;
        let report = if rests == Rests::Counted || side.report.basis == Basis::Modelled {
            &side.report
        } else {
            alone = side.report.of_map_alone();
            &alone
        };
        figures.read(report);
        figures
    }

    fn put(&mut self, figure: &str, of: Vec<CountedPart>, measured: Measured) {
        let renamed = |part: CountedPart| match &part {
            CountedPart::Name(name) => match self.renamed.get(name) {
                Some(new) => CountedPart::Name(new.clone()),
                None => part,
            },
            CountedPart::Number(_) => part,
        };
        let own = of.clone();
        let is_of_touchpoints = Kind::of(figure).is_of_touchpoints();
        let of = if is_of_touchpoints {
            of.into_iter().map(renamed).collect()
        } else {
            of
        };
        self.known.push(Known {
            figure: figure.to_owned(),
            of,
            own,
            measured,
        });
    }

    /// For a quantile: its share, and the times that it is of, where whole journeys are at hand.
    fn times(&self, known: &Known) -> Option<(f64, &'a [(f64, u32)])> {
        let side: &'a Side = self.side;
        let Kind::Counted(name) = known.kind() else {
            return None;
        };
        side.walked.as_ref()?.times.of(name, &known.own)
    }

    /// Adds what the report says, where it is not counted.
    fn read(&mut self, report: &Report) {
        let counted: BTreeSet<Key> = self
            .known
            .iter()
            .map(|known| key(&known.figure, &known.of))
            .collect();
        let is_counted = !counted.is_empty();
        let mut read = Vec::new();
        for known in report.figures() {
            let figure = key_of(known.figure, known.part);
            let of = known.part.name().map(CountedPart::from);
            read.extend(
                known
                    .value
                    .map(|value| (figure, of.into_iter().collect(), value)),
            );
        }
        if self.with_curve {
            for (position, point) in (1_u32..).zip(&report.trajectory.curve) {
                let of = || vec![CountedPart::from(f64::from(position))];
                read.extend(point.mean.map(|mean| ("curve".to_owned(), of(), mean)));
                if position > 1 {
                    read.push(("under_way".to_owned(), of(), point.travelling));
                }
            }
        }
        for (figure, of, value) in read {
            // Of a counted side, whatever can be counted was.
            let can_be = CountedName::ALL.iter().any(|name| name.as_str() == figure);
            if !(is_counted && can_be || counted.contains(&key(&figure, &of))) {
                let measured = self.estimated(report, &figure, &of, value);
                self.put(&figure, of, measured);
            }
        }
    }

    /// The error that the counts of a map leave in a figure.
    fn estimated(&self, report: &Report, figure: &str, of: &[CountedPart], value: f64) -> Measured {
        let bars = &report.error_bars;
        let name = of.first().map(ToString::to_string).unwrap_or_default();
        let estimate = match figure {
            _ if self.rests != Rests::Tallied => None,
            "outcome" => {
                let mut known = bars.outcomes.iter();
                known
                    .find(|known| known.outcome.as_str() == name)
                    .map(|known| known.estimate)
            }
            "reach" => {
                let mut known = bars.reach.iter();
                known
                    .find(|known| known.id == name)
                    .map(|known| known.estimate)
            }
            "mean" => bars.mean,
            "end" => bars.end,
            "hurt" => bars.hurt,
            _ => None,
        };
        let Some(estimate) = estimate.filter(|known| known.standard_error > 0.0) else {
            return said(value);
        };
        Measured {
            value,
            standard_error: Some(estimate.standard_error),
            interval: estimate.interval,
            counted: Some(f64::INFINITY),
        }
    }

    fn by_key(&self) -> BTreeMap<Key, &Known> {
        let known = self.known.iter();
        known
            .map(|known| (key(&known.figure, &known.of), known))
            .collect()
    }

    /// A figure that the other side has and this one does not: what nobody came to, was never counted; what the map says where it
    /// was drawn.
    fn lacking(&self, figure: &str, of: &[CountedPart]) -> Option<Measured> {
        let counted = self.rests == Rests::Counted;
        let is_met = matches!(figure, "reach" | "visits" | "outcome");
        if is_met || (counted && figure == "under_way") {
            let n = self
                .side
                .journeys()
                .filter(|_| self.rests == Rests::Counted);
            return Some(match n {
                Some(n) if figure != "visits" => Measured {
                    value: 0.0,
                    standard_error: Some(0.0),
                    interval: Some(wilson(0.0, n)),
                    counted: Some(n),
                },
                Some(n) => Measured {
                    value: 0.0,
                    standard_error: Some(0.0),
                    interval: Some((0.0, 0.0)),
                    counted: Some(n),
                },
                None => said(0.0),
            });
        }
        let flow = self
            .side
            .flow
            .as_ref()
            .filter(|_| self.rests == Rests::Drawn)?;
        let name = CountedName::ALL
            .iter()
            .find(|name| name.as_str() == figure)?;
        let own = |part: &CountedPart| {
            let CountedPart::Name(id) = part else {
                return part.clone();
            };
            let mut renamed = self.renamed.iter();
            match renamed.find(|(_, told)| *told == id) {
                Some((own, _)) => CountedPart::Name(own.clone()),
                None => part.clone(),
            }
        };
        let of: Vec<CountedPart> = of.iter().map(own).collect();
        modelled(&flow.modelled(), &self.side.report, *name, &of).map(said)
    }
}

fn measured(counted: &FitFigure) -> Measured {
    Measured {
        value: counted.counted,
        standard_error: counted.standard_error,
        interval: counted.low.zip(counted.high),
        counted: Some(counted.journeys as f64),
    }
}

/// Times beside a share, for the quantile that it tells.
type Times<'a> = Option<(f64, &'a [(f64, u32)])>;

/// The shares of both sides at or below a common cut: their common quantile, or what somebody says it is.
fn shares(a: (&Measured, Times<'_>), b: (&Measured, Times<'_>)) -> Option<[Measured; 2]> {
    match (a, b) {
        ((_, Some((p, of_a))), (_, Some((_, of_b)))) => at_common_quantile(p, of_a, of_b),
        ((_, Some((p, of_a))), (said, None)) if said.counted.is_none() => {
            at_said(p, of_a, said.value)
        }
        ((said, None), (_, Some((p, of_b)))) if said.counted.is_none() => {
            at_said(p, of_b, said.value).map(|[counted, said]| [said, counted])
        }
        _ => None,
    }
}

/// All figures that one of the sides has, in the order of the keys and of A.
pub(super) fn figures(
    (a, b): (&Side, &Side),
    renamed: &BTreeMap<String, String>,
    claims: bool,
) -> Vec<ComparedFigure> {
    let (rests_a, rests_b) = if claims {
        (Rests::Drawn, Rests::Drawn)
    } else {
        rests(a, b)
    };
    let is_at_hand =
        |side: &Side, rests: Rests| rests == Rests::Counted || side.report.basis == Basis::Modelled;
    let with_curve = is_at_hand(a, rests_a) && is_at_hand(b, rests_b);
    let (of_a, of_b) = (
        Figures::new((a, rests_a), with_curve, BTreeMap::new()),
        Figures::new((b, rests_b), with_curve, renamed.clone()),
    );
    let same_log = rests_a == Rests::Counted && a.is_same_log(b);
    let (by_a, by_b) = (of_a.by_key(), of_b.by_key());
    let mut compared = Vec::new();
    let mut gaps = Vec::new();
    let only_b = of_b
        .known
        .iter()
        .filter(|known| !by_a.contains_key(&key(&known.figure, &known.of)));
    for known in of_a.known.iter().chain(only_b) {
        let key = key(&known.figure, &known.of);
        let found = (by_a.get(&key).copied(), by_b.get(&key).copied());
        let side = |found: Option<&Known>, figures: &Figures<'_>| {
            let found = found.map(|found| found.measured);
            found.or_else(|| figures.lacking(&known.figure, &known.of))
        };
        let (in_a, in_b) = (side(found.0, &of_a), side(found.1, &of_b));
        let gap = in_a.zip(in_b).map(|(a, b)| {
            let scale = known.kind().scale();
            if same_log && a == b {
                return Gap::of_same(scale, a.value);
            }
            if known.kind().is_quantile() {
                let times_a = found.0.and_then(|known| of_a.times(known));
                let times_b = found.1.and_then(|known| of_b.times(known));
                return Gap::of_quantiles(&a, &b, shares((&a, times_a), (&b, times_b)));
            }
            Gap::new(scale, &a, &b)
        });
        compared.push(ComparedFigure {
            figure: known.figure.clone(),
            of: known.of.clone(),
            a: in_a.map(|known| known.value),
            b: in_b.map(|known| known.value),
            difference: gap.map(|gap| gap.difference),
            standard_error: gap.and_then(|gap| gap.standard_error),
            low: gap.and_then(|gap| gap.interval).map(|(low, _)| low),
            high: gap.and_then(|gap| gap.interval).map(|(_, high)| high),
            verdict: None,
        });
        gaps.push(gap);
    }
    let known: Vec<Gap> = gaps.iter().copied().flatten().collect();
    let mut judged = judge(&known).into_iter();
    for (figure, gap) in compared.iter_mut().zip(&gaps) {
        if gap.is_some() {
            figure.verdict = judged.next().flatten().map(Verdict::from);
        }
    }
    compared.sort_by_key(|figure| figure.kind().rank());
    compared
}
