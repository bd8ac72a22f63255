//! Small pictures of the same kind beside each other: the emotional curve of each segment, a headline figure over windows.

use crate::analysis::{
    DifferenceVerdict, PartFigure, SegmentFigures, Segments, Windows, endings_by_tries,
};
use crate::journey::{CountedName, CountedPart, Outcome};

/// So many small pictures are drawn.
pub(crate) const PANELS: usize = 24;

/// Small pictures with one scale for all of a kind.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Multiples {
    pub(crate) title: String,
    pub(crate) panels: Vec<Panel>,
    /// How many more there are.
    pub(crate) left_out: usize,
    /// How many figures are not drawn because they are the same throughout.
    pub(crate) steady: usize,
}

/// What the height of a point stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Height {
    /// -1 to +1.
    Valence,
    /// 0 to 1.
    Share,
    /// From 0 on.
    Amount,
    /// Seconds, from 0 on.
    Seconds,
}

/// One small picture.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Panel {
    pub(crate) title: String,
    /// How many journeys, or what is to be known beside the title.
    pub(crate) about: PanelAbout,
    pub(crate) height: Height,
    /// The least and the greatest value that has room.
    pub(crate) range: (f64, f64),
    pub(crate) points: Vec<PanelPoint>,
    /// Whether one point follows the other, so that a line joins them.
    pub(crate) joined: bool,
    /// What stands below the first point and below the last one.
    pub(crate) ends: (String, String),
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum PanelAbout {
    Journeys {
        number: u64,
        too_small: bool,
    },
    /// What is shown over all windows, and what it is of.
    Figure(CountedName, Vec<CountedPart>),
    /// How often the journeys of a part end so, by the number of broken promises.
    Tries(Outcome),
}

/// A point of a small picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct PanelPoint {
    pub(crate) value: Option<f64>,
    /// Its 95 % interval.
    pub(crate) band: Option<(f64, f64)>,
    /// The same of all others.
    pub(crate) others: Option<f64>,
    /// Whether it differs surely.
    pub(crate) marked: bool,
    /// Whether it takes no part in tests.
    pub(crate) open: bool,
}

impl Multiples {
    pub(crate) fn of_segments(segments: &Segments) -> Self {
        let mut panels = curves(segments);
        let has_curves = !panels.is_empty();
        panels.extend(tries(segments));
        let title = match (
            has_curves,
            has_curves && panels.len() > segments.segments.len(),
        ) {
            (true, false) => "The emotional curve of each segment, moment by moment",
            (true, true) => {
                "The emotional curve of each segment, moment by moment, and how journeys end by how many promises were broken"
            }
            (false, _) if panels.is_empty() => {
                panels = endings(segments);
                "How journeys end, segment by segment"
            }
            (false, _) => "How journeys end by how many promises were broken, segment by segment",
        };
        let left_out = panels.len().saturating_sub(PANELS);
        panels.truncate(PANELS);
        Self {
            title: title.to_owned(),
            panels,
            left_out,
            steady: 0,
        }
    }

    pub(crate) fn of_windows(windows: &Windows) -> Self {
        let Some(first) = windows.windows.first() else {
            return Self {
                title: "Window by window".to_owned(),
                panels: Vec::new(),
                left_out: 0,
                steady: 0,
            };
        };
        // What differs in some window comes first, and where customers come last: a map has many touchpoints.
        let mut order: Vec<usize> = (0..first.figures.len()).collect();
        let windows_apart = |at: usize| {
            let mut figures = windows
                .windows
                .iter()
                .filter_map(|window| window.figures.get(at));
            figures.any(differs)
        };
        order.sort_by_key(|&at| {
            let is_reach = first.figures[at].figure == CountedName::Reach;
            (!windows_apart(at), is_reach)
        });
        let figures = order.len();
        let is_steady = |at: usize| {
            let mut windows = windows.windows.iter().map(|window| window.figures.get(at));
            windows.all(|known| known.and_then(|known| known.value) == first.figures[at].value)
        };
        let moving = order.iter().any(|&at| !is_steady(at));
        order.retain(|&at| !moving || !is_steady(at));
        let all = order.len();
        let ends = |at: Option<&crate::analysis::WindowFigures>| {
            at.map_or_else(String::new, |window| window.window.clone())
        };
        let panels = order.into_iter().take(PANELS).map(|at| {
            let figure = &first.figures[at];
            let points = windows.windows.iter().map(|window| {
                let known: Option<&PartFigure> = window.figures.get(at);
                PanelPoint {
                    value: known.and_then(|known| known.value),
                    band: known.and_then(|known| known.low.zip(known.high)),
                    others: None,
                    marked: known.is_some_and(differs),
                    open: window.unfinished,
                }
            });
            let points: Vec<PanelPoint> = points.collect();
            let height = height(figure.figure);
            Panel {
                title: String::new(),
                about: PanelAbout::Figure(figure.figure, figure.of.clone()),
                height,
                range: range(height, &points),
                ends: (ends(windows.windows.first()), ends(windows.windows.last())),
                joined: true,
                points,
            }
        });
        Self {
            title: "Headline figures, window by window".to_owned(),
            panels: panels.collect(),
            left_out: all.saturating_sub(PANELS),
            steady: figures - all,
        }
    }
}

/// The emotional curve of each segment, where any feeling is known.
fn curves(segments: &Segments) -> Vec<Panel> {
    let mut felt = segments.segments.iter().flat_map(|segment| &segment.curve);
    if felt.all(|point| point.mean.is_none()) {
        return Vec::new();
    }
    let curve = |segment: &SegmentFigures| {
        let points = segment.curve.iter().map(|point| PanelPoint {
            value: point.mean,
            band: point.low.zip(point.high),
            others: point.others,
            marked: false,
            open: false,
        });
        Panel {
            title: segment.segment.clone(),
            about: PanelAbout::Journeys {
                number: segment.journeys,
                too_small: segment.too_small,
            },
            height: Height::Valence,
            range: (-1.0, 1.0),
            ends: ("1".to_owned(), segment.curve.len().to_string()),
            joined: true,
            points: points.collect(),
        }
    };
    segments.segments.iter().map(curve).collect()
}

/// A picture for each segment of the ending that broken promises move most towards: how often journeys end so without one, after
/// one, and after two or more. None where it is the same for all.
fn tries(segments: &Segments) -> Vec<Panel> {
    let mut moved: Vec<(Outcome, f64)> = Vec::new();
    let of_segments: Vec<_> = segments.segments.iter().map(endings_by_tries).collect();
    for ending in of_segments.iter().flatten() {
        let known = ending.tries.iter().flatten();
        let mut values = known.filter_map(|figure| figure.value);
        let first = values.next().unwrap_or(0.0);
        let rise = values.next_back().map_or(0.0, |last| last - first);
        match moved.iter_mut().find(|(known, _)| *known == ending.outcome) {
            Some((_, sum)) => *sum += rise,
            None => moved.push((ending.outcome.clone(), rise)),
        }
    }
    let most = moved.into_iter().max_by(|(_, a), (_, b)| a.total_cmp(b));
    let Some((outcome, _)) = most.filter(|&(_, rise)| rise > 0.0) else {
        return Vec::new();
    };
    let each = segments.segments.iter().zip(&of_segments);
    let panels = each.filter_map(|(segment, endings)| {
        let ending = endings.iter().find(|known| known.outcome == outcome)?;
        Some(Panel {
            title: segment.segment.clone(),
            about: PanelAbout::Tries(outcome.clone()),
            height: Height::Share,
            range: (0.0, 1.0),
            ends: ("none broken".to_owned(), "two or more".to_owned()),
            joined: false,
            points: ending.tries.iter().map(|known| point(*known)).collect(),
        })
    });
    panels.collect()
}

/// Where neither feelings nor promises are known: a picture for each ending, with a point for each segment.
fn endings(segments: &Segments) -> Vec<Panel> {
    let first = segments.segments.first();
    let figures = first.map_or(&[][..], |segment| &segment.figures);
    let named = |at: Option<&SegmentFigures>| {
        at.map_or_else(String::new, |segment| segment.segment.clone())
    };
    let endings = figures
        .iter()
        .enumerate()
        .filter(|(_, figure)| figure.figure == CountedName::Outcome);
    let panels = endings.map(|(at, figure)| Panel {
        title: String::new(),
        about: PanelAbout::Figure(figure.figure, figure.of.clone()),
        height: Height::Share,
        range: (0.0, 1.0),
        ends: (
            named(segments.segments.first()),
            named(segments.segments.last()),
        ),
        joined: false,
        points: segments
            .segments
            .iter()
            .map(|segment| point(segment.figures.get(at)))
            .collect(),
    });
    panels.collect()
}

/// The point of a figure of a segment, beside that of all others.
fn point(known: Option<&PartFigure>) -> PanelPoint {
    PanelPoint {
        value: known.and_then(|known| known.value),
        band: known.and_then(|known| known.low.zip(known.high)),
        others: known.and_then(|known| known.others),
        marked: known.is_some_and(differs),
        open: false,
    }
}

fn differs(figure: &PartFigure) -> bool {
    figure.verdict == Some(DifferenceVerdict::Different)
}

fn height(figure: CountedName) -> Height {
    match figure {
        CountedName::Mean | CountedName::End => Height::Valence,
        CountedName::Length => Height::Amount,
        CountedName::WaitTotal | CountedName::Lasted => Height::Seconds,
        _ => Height::Share,
    }
}

fn range(height: Height, points: &[PanelPoint]) -> (f64, f64) {
    let highest = points
        .iter()
        .filter_map(|point| point.band.map(|band| band.1).or(point.value));
    match height {
        Height::Valence => (-1.0, 1.0),
        Height::Share => (0.0, 1.0),
        Height::Amount | Height::Seconds => {
            let highest = highest.fold(0.0, f64::max);
            (0.0, if highest > 0.0 { highest } else { 1.0 })
        }
    }
}
