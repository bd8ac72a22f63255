//! What the picture of the steps shows: the touchpoints that most journeys come by, all others together, and those that are
//! over.

use std::collections::BTreeMap;

use crate::analysis::{StepFigures, Steps};

/// So many touchpoints have a place of their own at each moment.
pub(crate) const SHOWN: usize = 6;
/// So many moments are drawn.
pub(crate) const MOMENTS: usize = 8;

/// A picture of steps.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct StepPicture {
    pub(crate) columns: Vec<StepColumn>,
    /// Moments that follow and are not drawn.
    pub(crate) left_out: usize,
}

/// The places of one moment, from above: touchpoints, the others, those that are over.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct StepColumn {
    pub(crate) moment: usize,
    pub(crate) places: Vec<StepPlace>,
    /// From a place here to a place of the next column, by position, with the share of journeys.
    pub(crate) ways: Vec<(usize, usize, f64)>,
}

/// Where journeys are.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct StepPlace {
    pub(crate) what: StepWhat,
    pub(crate) share: f64,
}

/// What a place stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum StepWhat {
    /// A touchpoint, by its name.
    Touchpoint(String),
    /// So many other touchpoints.
    Others(usize),
    /// The journeys that are over.
    Ended,
}

impl StepPicture {
    pub(crate) fn of(steps: &Steps) -> Self {
        let drawn = &steps.steps[..steps.steps.len().min(MOMENTS)];
        let layouts: Vec<Layout> = drawn.iter().map(Layout::of).collect();
        let columns = drawn
            .iter()
            .zip(&layouts)
            .enumerate()
            .map(|(at, (step, layout))| {
                let ways = layouts
                    .get(at + 1)
                    .map_or_else(Vec::new, |next| layout.ways(step, next));
                StepColumn {
                    moment: step.moment,
                    places: layout.places.clone(),
                    ways,
                }
            });
        Self {
            columns: columns.collect(),
            left_out: steps.steps.len() - drawn.len(),
        }
    }
}

struct Layout {
    places: Vec<StepPlace>,
    /// By id: the place.
    place_of: BTreeMap<String, usize>,
}

impl Layout {
    fn of(step: &StepFigures) -> Self {
        let mut ranked: Vec<usize> = (0..step.touchpoints.len()).collect();
        ranked.sort_by(|&a, &b| {
            step.touchpoints[b]
                .share
                .total_cmp(&step.touchpoints[a].share)
        });
        ranked.truncate(SHOWN);
        // In the order of the map, so that a touchpoint lies at a similar height in each column.
        ranked.sort_unstable();
        let mut layout = Self {
            places: Vec::new(),
            place_of: BTreeMap::new(),
        };
        for at in &ranked {
            let known = &step.touchpoints[*at];
            layout
                .place_of
                .insert(known.id.clone(), layout.places.len());
            layout.places.push(StepPlace {
                what: StepWhat::Touchpoint(known.name.clone()),
                share: known.share,
            });
        }
        let others = step
            .touchpoints
            .iter()
            .filter(|at| !layout.place_of.contains_key(&at.id));
        let (others, share) = others.fold((0, 0.0), |(n, sum), at| (n + 1, sum + at.share));
        layout.places.push(StepPlace {
            what: StepWhat::Others(others),
            share,
        });
        layout.places.push(StepPlace {
            what: StepWhat::Ended,
            share: step.ended,
        });
        layout
    }

    fn place(&self, id: &str) -> usize {
        let others = self.places.len() - 2;
        self.place_of.get(id).copied().unwrap_or(others)
    }

    fn ways(&self, step: &StepFigures, next: &Self) -> Vec<(usize, usize, f64)> {
        let (over, over_next) = (self.places.len() - 1, next.places.len() - 1);
        let mut ways: BTreeMap<(usize, usize), f64> = BTreeMap::new();
        ways.insert((over, over_next), step.ended);
        for way in &step.ways {
            *ways
                .entry((self.place(&way.from), next.place(&way.to)))
                .or_default() += way.share;
        }
        for end in &step.ends {
            *ways.entry((self.place(&end.from), over_next)).or_default() += end.share;
        }
        let went = ways.into_iter().filter(|&(_, share)| share > 0.0);
        went.map(|((from, to), share)| (from, to, share)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{SHOWN, StepPicture, StepWhat};
    use crate::journey::{Channel, Journey, Outcome, Phase, Touchpoint};

    /// One more than has room, and one that ends at once.
    #[test]
    fn others_and_those_that_are_over_are_always_there() {
        let mut builder = Journey::builder("many").touchpoint(
            Touchpoint::new("a", Phase::Before, Channel::Web)
                .starts(1.0)
                .ends(Outcome::Churn, 1.0),
        );
        for number in 0..=SHOWN {
            let id = format!("b{number}");
            builder = builder
                .touchpoint(
                    Touchpoint::new(&id, Phase::After, Channel::Web).ends(Outcome::Churn, 1.0),
                )
                .transition("a", &id, 1.0 + number as f64);
        }
        let flow = builder.build().ok().and_then(|journey| journey.flow().ok());
        let Some(flow) = flow else {
            unreachable!("it is a journey")
        };
        let picture = StepPicture::of(&flow.steps(9));
        assert_eq!((picture.columns.len(), picture.left_out), (2, 0));
        let second = &picture.columns[1];
        assert_eq!(second.places.len(), SHOWN + 2);
        assert_eq!(second.places[SHOWN].what, StepWhat::Others(1));
        assert_eq!(second.places[SHOWN + 1].what, StepWhat::Ended);
        for column in &picture.columns {
            let all: f64 = column.places.iter().map(|place| place.share).sum();
            assert!((all - 1.0).abs() < 1e-12);
        }
        let first: f64 = picture.columns[0].ways.iter().map(|way| way.2).sum();
        assert!((first - 1.0).abs() < 1e-12);
        assert!(picture.columns[0].places[1].what == StepWhat::Others(0));
    }
}
