//! What the pictures of a comparison show.

use std::collections::BTreeMap;

use super::{Comparison, CurveStep, Verdict, WayBeside};
use crate::journey::CountedPart;
use crate::page::Question;
use crate::render::Svg;
use crate::render::beside::{self, Shown};
use crate::view::sides::{CurveAt, Deviations, Stop, TwoCurves, WayBetween};

impl Comparison {
    /// Both curves as a picture: mean feelings moment by moment, with 95 % bands where whole journeys were counted, and the moments
    /// at which both surely differ.
    pub fn svg(&self) -> Svg<'static> {
        let curve = |steps: &Vec<CurveStep>| steps.iter().map(CurveAt::from).collect();
        let [a, b] = &self.curves;
        let differs = self.different().filter_map(|figure| {
            let is_curve = figure.figure == "curve";
            match figure.of.first() {
                Some(&CountedPart::Number(position)) if is_curve => place_of(position),
                _ => None,
            }
        });
        Svg::of_curves(TwoCurves {
            labels: self.labels.clone(),
            curves: [curve(a), curve(b)],
            differs: differs.collect(),
        })
    }

    /// What happens on a plan as a picture: the ways of the plan quiet, what happens strong, what the plan does not have in red, and
    /// where most journeys leave the plan first; `None` where neither side is a plan.
    #[must_use]
    pub fn plan_svg(&self) -> Option<Svg<'static>> {
        let (figures, basis) = (self.plan.as_ref()?, self.plan_basis.as_ref()?);
        let side = usize::from(basis.plan == 1);
        let planned = |way: &WayBeside| if side == 0 { way.a } else { way.b };
        let real = |way: &WayBeside| if side == 0 { way.b } else { way.a };
        let stops: Vec<(&str, bool)> = figures
            .missing
            .iter()
            .map(|known| (known.id.as_str(), true))
            .chain(
                figures
                    .ad_hoc
                    .touchpoints
                    .iter()
                    .map(|known| (known.id.as_str(), false)),
            )
            .collect();
        let end = stops.len() + 1;
        let numbers: BTreeMap<&str, usize> =
            (1..).zip(&stops).map(|(at, stop)| (stop.0, at)).collect();
        let number = |id: &Option<String>, outside: usize| match id {
            Some(id) => numbers.get(id.as_str()).copied(),
            None => Some(outside),
        };
        let mut ways = BTreeMap::<(usize, usize), (bool, f64)>::new();
        for way in &self.ways {
            let (Some(from), Some(to)) = (number(&way.from, 0), number(&way.to, end)) else {
                continue;
            };
            let drawn = ways.entry((from, to)).or_default();
            drawn.0 |= planned(way) > 0.0;
            drawn.1 += real(way);
        }
        let ways: Vec<WayBetween> = ways
            .into_iter()
            .map(|((from, to), (is_planned, times))| WayBetween {
                from,
                to,
                is_planned,
                times,
            })
            .collect();
        let mut first = BTreeMap::<(usize, usize), f64>::new();
        for one in &figures.first_deviations {
            if let (Some(from), Some(to)) = (number(&one.from, 0), number(&one.to, end)) {
                *first.entry((from, to)).or_default() += one.probability;
            }
        }
        let mut first: Vec<(usize, usize, f64)> = first
            .into_iter()
            .map(|((from, to), share)| (from, to, share))
            .collect();
        first.sort_by(|x, y| y.2.total_cmp(&x.2));
        let stops = stops.into_iter().map(|(id, is_planned)| Stop {
            name: id.to_owned(),
            is_planned,
        });
        let label = |side: usize| self.labels.get(side).cloned().unwrap_or_default();
        Some(Svg::of_deviations(Deviations::new(
            [label(side), label(1 - side)],
            stops.collect(),
            &ways,
            &first,
        )))
    }

    /// The comparison as one page of HTML, with both curves and, where one side is a plan, what happens on it. As
    /// [`Html`](crate::render::Html): one file without scripts that needs nothing else, for screens, phones and paper.
    ///
    /// ```
    /// use customer_journey::journey::{Channel, Journey, Phase, Touchpoint};
    /// let visit = |felt: f64| {
    ///     let shop = Touchpoint::new("shop", Phase::During, Channel::Store).feels(felt);
    ///     Journey::builder("Visit").touchpoint(shop).build()?.flow().map_err(customer_journey::Error::from)
    /// };
    /// let page = visit(-0.3)?.compare(&visit(0.2)?).html();
    /// assert!(page.starts_with("<!DOCTYPE html>") && !page.contains("<script"));
    /// # Ok::<(), customer_journey::Error>(())
    /// ```
    #[must_use]
    pub fn html(&self) -> String {
        let mut moments = self.curves.iter().flatten();
        let (title, caption) = if moments.any(|moment| moment.mean.is_some()) {
            (
                "Both curves",
                "Mean feeling moment by moment, from -1 to +1; the bands are 95 % intervals where whole journeys were counted. Marked \
                 moments surely differ.",
            )
        } else {
            (
                "How long both go on",
                "Of 100 journeys, those that have a first, second, third moment and so on. No feeling is known on either side.",
            )
        };
        let curves = Shown {
            id: "curves",
            title,
            caption,
            picture: self.svg(),
        };
        let plan = self.plan_svg().map(|picture| Shown {
            id: "on-the-plan",
            title: "What happens on the plan",
            caption: "The ways of the plan are quiet and those of what happens strong; what the plan does not have stands out.",
            picture,
        });
        let pictures = std::iter::once(curves).chain(plan).collect();
        beside::page("Customer journeys side by side", &self.sections(), pictures)
    }

    /// Whether both curves surely differ at a moment, counted from 1.
    #[must_use]
    pub fn differs_at(&self, moment: u32) -> bool {
        let figure = self.figure("curve", &[moment.to_string().as_str()]);
        figure.is_some_and(|figure| figure.verdict == Some(Verdict::Different))
    }
}

impl From<&CurveStep> for CurveAt {
    fn from(step: &CurveStep) -> Self {
        Self {
            mean: step.mean,
            band: step.low.zip(step.high),
            under_way: step.under_way,
        }
    }
}

/// Positions are whole numbers from 1.
fn place_of(position: f64) -> Option<usize> {
    let same = |&place: &u32| f64::from(place).total_cmp(&position).is_eq();
    let place = (1..=1_000_u32).find(same)?;
    usize::try_from(place).ok()?.checked_sub(1)
}
