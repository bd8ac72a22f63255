//! What the pictures of two journeys side by side show.

/// The curves of two journeys, moment by moment.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TwoCurves {
    /// What both are called.
    pub(crate) labels: [String; 2],
    pub(crate) curves: [Vec<CurveAt>; 2],
    /// The moments, counted from 0, at which it is sure that both differ.
    pub(crate) differs: Vec<usize>,
}

impl TwoCurves {
    /// Whether any feeling is known; without any there are no curves, and only how long journeys go on is drawn.
    pub(crate) fn knows_feelings(&self) -> bool {
        let mut moments = self.curves.iter().flatten();
        moments.any(|moment| moment.mean.is_some())
    }
}

/// A moment of a curve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct CurveAt {
    pub(crate) mean: Option<f64>,
    /// The 95 % interval, where it was counted.
    pub(crate) band: Option<(f64, f64)>,
    /// Share of journeys that have such a moment.
    pub(crate) under_way: f64,
}

/// How journeys go on a plan: what is planned, and what happens.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Deviations {
    /// What the plan and what happens are called.
    pub(crate) labels: [String; 2],
    /// The start, the touchpoints (planned ones in the order of the plan, and then others), and the end.
    pub(crate) stops: Vec<Stop>,
    pub(crate) ways: Vec<WayBetween>,
    /// The ways at which most journeys leave the plan first: their place among the ways, and the share of journeys.
    pub(crate) first: Vec<(usize, f64)>,
    /// Ways that hardly anybody goes, which are left out, and touchpoints that do not fit.
    pub(crate) ways_left_out: usize,
    pub(crate) stops_left_out: usize,
}

/// A place on the picture of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stop {
    pub(crate) name: String,
    /// Whether the plan has it.
    pub(crate) is_planned: bool,
}

/// A way between two places.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct WayBetween {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) is_planned: bool,
    /// How often a journey goes it.
    pub(crate) times: f64,
}

/// So many touchpoints have a place.
const STOPS: usize = 28;
/// Unplanned ways that are gone less often are left out.
const LEAST: f64 = 0.005;
/// So many first deviations are marked.
const MARKED: usize = 5;
/// First deviations of a lesser share are not marked.
const WORTH: f64 = 0.01;

impl Deviations {
    /// Leaves out what does not fit or hardly happens. Ways and first deviations name their ends by number: 0 is the start, and
    /// `touchpoints + 1` the end.
    pub(crate) fn new(
        labels: [String; 2],
        touchpoints: Vec<Stop>,
        ways: &[WayBetween],
        first: &[(usize, usize, f64)],
    ) -> Self {
        let end = touchpoints.len() + 1;
        let kept = touchpoints.len().min(STOPS);
        let place = |number: usize| match number {
            end_of_all if end_of_all == end => Some(kept + 1),
            number if number <= kept => Some(number),
            _ => None,
        };
        let is_worth = |way: &&WayBetween| way.is_planned || way.times >= LEAST;
        let drawn: Vec<WayBetween> = ways
            .iter()
            .filter(is_worth)
            .filter_map(|way| {
                let (from, to) = (place(way.from)?, place(way.to)?);
                Some(WayBetween { from, to, ..*way })
            })
            .collect();
        let mark = |&(from, to, share): &(usize, usize, f64)| {
            let (from, to) = (place(from)?, place(to)?);
            let at = drawn
                .iter()
                .position(|way| (way.from, way.to) == (from, to))?;
            Some((at, share))
        };
        let marked = first.iter().filter(|(.., share)| *share >= WORTH);
        let stop = |name: &str| Stop {
            name: name.to_owned(),
            is_planned: true,
        };
        let mut stops = vec![stop("start")];
        let stops_left_out = touchpoints.len() - kept;
        stops.extend(touchpoints.into_iter().take(kept));
        stops.push(stop("end"));
        Self {
            labels,
            first: marked.filter_map(mark).take(MARKED).collect(),
            ways_left_out: ways.len() - drawn.len(),
            ways: drawn,
            stops,
            stops_left_out,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Deviations, LEAST, STOPS, Stop, WayBetween};

    fn shown(touchpoints: usize, times: f64, is_planned: bool) -> Deviations {
        let stop = |at: usize| Stop {
            name: at.to_string(),
            is_planned,
        };
        let way = WayBetween {
            from: 1,
            to: touchpoints + 1,
            is_planned,
            times,
        };
        let labels = [String::new(), String::new()];
        let stops = (0..touchpoints).map(stop).collect();
        Deviations::new(labels, stops, &[way], &[(1, touchpoints + 1, 0.5)])
    }

    #[test]
    fn rare_ways_are_left_out_unless_they_are_planned() {
        let is_drawn = |times, planned| shown(3, times, planned).ways.len() == 1;
        assert!(is_drawn(LEAST, false) && !is_drawn(LEAST * 0.99, false) && is_drawn(0.0, true));
        assert_eq!(shown(3, 0.0, false).ways_left_out, 1);
        assert_eq!(shown(3, LEAST, false).first, [(0, 0.5)]);
    }

    #[test]
    fn what_does_not_fit_is_counted() {
        let whole = shown(STOPS, 1.0, true);
        assert_eq!((whole.stops.len(), whole.stops_left_out), (STOPS + 2, 0));
        let cut = shown(STOPS + 1, 1.0, true);
        assert_eq!((cut.stops.len(), cut.stops_left_out), (STOPS + 2, 1));
        // The end keeps its place.
        assert_eq!(cut.ways[0].to, STOPS + 1);
    }
}
