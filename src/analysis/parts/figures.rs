//! The figures by which parts are compared, each beside that of all others.

use super::verdict::Verdict;
use crate::events::TimesTaken;
use crate::journey::{Counted, CountedFigure, CountedName, CountedPart};
use crate::statistics::{Gap, Measured, Scale, at_common_quantile, judge};

/// A figure of a part, beside that of all other parts together.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PartFigure {
    /// Which figure.
    pub figure: CountedName,
    /// What it is of: ids of touchpoints, names, numbers.
    pub of: Vec<CountedPart>,
    /// The figure in this part; `None` where nothing was counted for it.
    pub value: Option<f64>,
    /// The lower end of its 95 % interval.
    pub low: Option<f64>,
    /// The upper end.
    pub high: Option<f64>,
    /// Journeys of the part that it rests on.
    pub journeys: u64,
    /// The figure in all other parts together.
    pub others: Option<f64>,
    /// This part minus the others; `None` where one of the two is unknown.
    pub difference: Option<f64>,
    /// Its standard error.
    pub standard_error: Option<f64>,
    /// The lower end of the 95 % interval of the difference.
    pub difference_low: Option<f64>,
    /// The upper end.
    pub difference_high: Option<f64>,
    /// What can be said of it, adjusted over all figures of all parts (Benjamini and Hochberg); `None` where too little was
    /// counted, or the part is too small or not over.
    pub verdict: Option<Verdict>,
}

/// One moment of the emotional curve of a part.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PartCurvePoint {
    /// Mean valence of this moment, -1 to 1; `None` where none is known.
    pub mean: Option<f64>,
    /// The lower end of its 95 % interval.
    pub low: Option<f64>,
    /// The upper end.
    pub high: Option<f64>,
    /// Share of journeys that have this moment, in 0..=1.
    pub travelling: f64,
    /// Mean valence of this moment in all other parts together.
    pub others: Option<f64>,
}

/// What a headline figure is, as far as bounds and tests go; `None` for all others.
fn headline(figure: &CountedFigure) -> Option<Scale> {
    let is_median =
        || matches!(figure.of.last(), Some(CountedPart::Number(p)) if p.total_cmp(&0.5).is_eq());
    match figure.figure {
        CountedName::Reach
        | CountedName::Outcome
        | CountedName::Unhappy
        | CountedName::MeetsBroken
        | CountedName::OutcomeByTries
        | CountedName::Complained => Some(Scale::Share),
        CountedName::KeptRate if figure.of.len() == 1 => Some(Scale::Share),
        CountedName::Mean | CountedName::End => Some(Scale::Feeling),
        CountedName::Length => Some(Scale::Amount),
        CountedName::WaitTotal | CountedName::Lasted if is_median() => Some(Scale::Amount),
        _ => None,
    }
}

fn measured(figure: &CountedFigure) -> Measured {
    Measured {
        value: figure.value,
        standard_error: figure.standard_error,
        interval: figure.low.zip(figure.high),
        counted: Some(figure.journeys as f64),
    }
}

fn same(a: &CountedFigure, b: &CountedFigure) -> bool {
    a.figure == b.figure && a.of == b.of
}

/// What was counted in a part, and in all other parts together.
pub(super) struct Beside {
    pub(super) own: Counted,
    pub(super) rest: Counted,
    /// How long things took in both, where whole journeys are at hand.
    pub(super) times: Option<[TimesTaken; 2]>,
}

impl Beside {
    fn gap(&self, scale: Scale, own: &CountedFigure, rest: &CountedFigure) -> Gap {
        let (of_rest, of_own) = (measured(rest), measured(own));
        if !own.figure.is_quantile() {
            return Gap::new(scale, &of_rest, &of_own);
        }
        let shares = self.times.as_ref().and_then(|[own_times, rest_times]| {
            let (p, of_own) = own_times.of(own.figure, &own.of)?;
            let (_, of_rest) = rest_times.of(rest.figure, &rest.of)?;
            at_common_quantile(p, of_rest, of_own)
        });
        Gap::of_quantiles(&of_rest, &of_own, shares)
    }
}

/// The headline figures of each part beside its rest, in the order of the whole's. `judged` says which parts take part in the
/// verdicts.
pub(super) fn compare(whole: &Counted, parts: &[Beside], judged: &[bool]) -> Vec<Vec<PartFigure>> {
    let mut all: Vec<Vec<PartFigure>> = Vec::new();
    let mut gaps: Vec<Gap> = Vec::new();
    let mut at: Vec<(usize, usize)> = Vec::new();
    for (part, beside) in parts.iter().enumerate() {
        let mut figures = Vec::new();
        for known in &whole.figures {
            let Some(scale) = headline(known) else {
                continue;
            };
            let find = |counted: &Counted| {
                counted
                    .figures
                    .iter()
                    .find(|figure| same(figure, known))
                    .cloned()
            };
            let (own, rest) = (find(&beside.own), find(&beside.rest));
            let gap = own.as_ref().zip(rest.as_ref());
            let gap = gap.map(|(own, rest)| beside.gap(scale, own, rest));
            if let Some(gap) = gap.filter(|_| judged.get(part).copied().unwrap_or(false)) {
                at.push((part, figures.len()));
                gaps.push(gap);
            }
            figures.push(PartFigure {
                figure: known.figure,
                of: known.of.clone(),
                value: own.as_ref().map(|own| own.value),
                low: own.as_ref().and_then(|own| own.low),
                high: own.as_ref().and_then(|own| own.high),
                journeys: own.as_ref().map_or(0, |own| own.journeys),
                others: rest.map(|rest| rest.value),
                difference: gap.map(|gap| gap.difference),
                standard_error: gap.and_then(|gap| gap.standard_error),
                difference_low: gap.and_then(|gap| gap.interval).map(|(low, _)| low),
                difference_high: gap.and_then(|gap| gap.interval).map(|(_, high)| high),
                verdict: None,
            });
        }
        all.push(figures);
    }
    for ((part, figure), verdict) in at.into_iter().zip(judge(&gaps)) {
        if let Some(figure) = all
            .get_mut(part)
            .and_then(|figures| figures.get_mut(figure))
        {
            figure.verdict = verdict.map(Verdict::from);
        }
    }
    all
}

/// The emotional curve of a part, as long as two of a hundred of its journeys are under way.
pub(super) fn curve(own: &Counted, rest: &Counted) -> Vec<PartCurvePoint> {
    const FEWEST: f64 = 0.02;
    let mut curve = Vec::new();
    let mut travelling = 1.0;
    while travelling >= FEWEST {
        let position = (curve.len() + 1).to_string();
        let here = own.figure(CountedName::Curve.as_str(), &[&position]);
        let others = rest.figure(CountedName::Curve.as_str(), &[&position]);
        curve.push(PartCurvePoint {
            mean: here.map(|here| here.value),
            low: here.and_then(|here| here.low),
            high: here.and_then(|here| here.high),
            travelling,
            others: others.map(|others| others.value),
        });
        let next = (curve.len() + 1).to_string();
        let under_way = own.figure(CountedName::UnderWay.as_str(), &[&next]);
        travelling = under_way.map_or(0.0, |under_way| under_way.value);
    }
    curve
}
