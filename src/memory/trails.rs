//! Journeys as numbers.

use std::collections::BTreeMap;

use super::joint::Column;

/// What a touchpoint is among others, by its position on the map.
#[derive(Debug, Clone, Default)]
pub(crate) struct Layout {
    /// By touchpoint: the number of its channel, and of the promise that is tested there.
    pub(crate) channel_of: Vec<u32>,
    pub(crate) promise_of: Vec<Option<u32>>,
    /// How many outcomes there are.
    pub(crate) outcomes: usize,
}

/// Results of a promise as positions: none is tested, kept, broken, or not known.
pub(crate) const RESULTS: usize = 4;
pub(super) const KEPT: usize = 1;
pub(super) const BROKEN: usize = 2;
pub(super) const UNKNOWN: usize = 3;

/// One moment of a journey.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    /// Touchpoint and result, as one number.
    pub(super) moment: u32,
    /// The number of the way that was taken from here.
    pub(super) way: u32,
    valence: f64,
}

impl Mark {
    pub(super) fn node(&self) -> usize {
        self.moment as usize / RESULTS
    }

    pub(super) fn result(&self) -> usize {
        self.moment as usize % RESULTS
    }

    pub(super) fn valence(&self) -> Option<f64> {
        (!self.valence.is_nan()).then_some(self.valence)
    }
}

/// What a journey passes, for facts that are walked along.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Passing {
    /// It begins at a touchpoint.
    Start(usize),
    Moment {
        node: usize,
        /// 0 where no promise is tested, then kept, broken, unknown.
        result: usize,
        valence: Option<f64>,
    },
}

/// Where a way leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum To {
    Node(u32),
    /// An outcome by its position; one that is not on the map is beyond them.
    End(u32),
}

/// Journeys one after the other, those of a cluster together.
#[derive(Debug)]
pub(crate) struct Trails {
    pub(super) layout: Layout,
    marks: Vec<Mark>,
    /// Where each journey ends, and after how many journeys each cluster does.
    journeys: Vec<usize>,
    clusters: Vec<usize>,
    /// By number of the way: the moment that it leaves, and where it leads.
    pub(super) ways: Vec<(u32, To)>,
    numbers: BTreeMap<(u32, To), u32>,
    begun: usize,
}

impl Trails {
    pub(crate) fn new(layout: Layout) -> Self {
        Self {
            layout,
            marks: Vec::new(),
            journeys: Vec::new(),
            clusters: Vec::new(),
            ways: Vec::new(),
            numbers: BTreeMap::new(),
            begun: 0,
        }
    }

    /// Adds a moment to the journey that is open. A result other than 0 is one of a promise that is tested there.
    pub(crate) fn push(&mut self, node: u32, result: u8, valence: Option<f64>) {
        if self.marks.len() > self.begun {
            self.close(To::Node(node));
        }
        self.marks.push(Mark {
            moment: node * 4 + u32::from(result),
            way: 0,
            valence: valence.unwrap_or(f64::NAN),
        });
    }

    fn close(&mut self, to: To) {
        let next = u32::try_from(self.ways.len()).unwrap_or(u32::MAX);
        if let Some(last) = self.marks.last_mut() {
            let key = (last.moment, to);
            last.way = *self.numbers.entry(key).or_insert_with(|| {
                self.ways.push(key);
                next
            });
        }
    }

    /// Ends the journey that is open.
    pub(crate) fn end_journey(&mut self, outcome: Option<u32>) {
        if self.marks.len() > self.begun {
            self.close(To::End(outcome.unwrap_or(u32::MAX)));
            self.begun = self.marks.len();
            self.journeys.push(self.begun);
        }
    }

    /// Ends the cluster that is open.
    pub(crate) fn end_cluster(&mut self) {
        self.clusters.push(self.journeys.len());
    }

    /// A fact walked along all journeys: what it is at their start, and after each moment.
    pub(crate) fn column(&self, values: usize, mut pass: impl FnMut(Passing) -> u16) -> Column {
        let mut labels = Vec::with_capacity(self.marks.len() + self.journeys.len());
        self.each(|marks| {
            let Some((_, marks)) = marks else { return };
            if let Some(first) = marks.first() {
                labels.push(pass(Passing::Start(first.node())));
            }
            labels.extend(marks.iter().map(|mark| {
                pass(Passing::Moment {
                    node: mark.node(),
                    result: mark.result(),
                    valence: mark.valence(),
                })
            }));
        });
        Column { values, labels }
    }

    pub(super) fn nodes(&self) -> usize {
        self.layout.promise_of.len()
    }

    pub(super) fn moments(&self) -> usize {
        self.marks.len()
    }

    pub(super) fn count(&self) -> usize {
        self.journeys.len()
    }

    /// Each journey with the position of its first moment among all, and nothing at the end of each cluster.
    pub(super) fn each<'a>(&'a self, mut take: impl FnMut(Option<(usize, &'a [Mark])>)) {
        let (mut start, mut journey) = (0, 0);
        for &until in &self.clusters {
            for &end in &self.journeys[journey..until] {
                take(Some((start, &self.marks[start..end])));
                start = end;
            }
            journey = until;
            take(None);
        }
    }
}
