//! Small pictures of the same kind beside each other: the emotional curve of each segment, a headline figure over windows.

use crate::analysis::{DifferenceVerdict, PartFigure, Segments, Windows};
use crate::journey::{CountedName, CountedPart};

/// So many small pictures are drawn.
pub(crate) const PANELS: usize = 24;

/// Small pictures with one scale for all of a kind.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Multiples {
    pub(crate) title: String,
    pub(crate) panels: Vec<Panel>,
    /// How many more there are.
    pub(crate) left_out: usize,
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
        let panels = segments.segments.iter().take(PANELS).map(|segment| {
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
                points: points.collect(),
            }
        });
        Self {
            title: "The emotional curve of each segment, moment by moment".to_owned(),
            panels: panels.collect(),
            left_out: segments.segments.len().saturating_sub(PANELS),
        }
    }

    pub(crate) fn of_windows(windows: &Windows) -> Self {
        let Some(first) = windows.windows.first() else {
            return Self {
                title: "Window by window".to_owned(),
                panels: Vec::new(),
                left_out: 0,
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
                points,
            }
        });
        Self {
            title: "Headline figures, window by window".to_owned(),
            panels: panels.collect(),
            left_out: all.saturating_sub(PANELS),
        }
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
