//! Where customers go from each touchpoint, and where journeys end.

use crate::flow::{Flow, Next};
use crate::journey::Outcome;
use crate::page::number::{JOURNEYS, VISITS, per_journey, share, that};
use crate::page::words::{name, place};
use crate::page::{Cell, Detail, Question, Section, Table, number, said, text};

/// How many customers go from one touchpoint to another, whatever their promise's result.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct TransitionFigures {
    /// Id of the touchpoint that is left.
    pub from: String,
    /// Id of the touchpoint that comes next.
    pub to: String,
    /// Expected number of times that a journey goes this way.
    pub flow: f64,
    /// Share of the visits to `from` that go on this way, in 0..=1.
    pub share: f64,
}

/// How many journeys end at a touchpoint with an outcome.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct EndingFigures {
    /// Id of the touchpoint that is the last.
    pub id: String,
    /// How the journey ends.
    pub outcome: Outcome,
    /// Share of journeys that end here and so, in 0..=1.
    pub flow: f64,
    /// Share of the visits to the touchpoint that end so, in 0..=1.
    pub share: f64,
}

impl Flow {
    /// Where customers go from each touchpoint, by touchpoint in the order of the map, and then by the next one.
    /// Transitions between the same two touchpoints with different `when` are one way; ways that nobody goes are left
    /// out. With [`Flow::endings`] the shares of a touchpoint sum to 1. Takes O(n + m log m).
    ///
    /// ```
    /// use customer_journey::{Channel, Journey, Outcome, Phase, Touchpoint};
    /// let flow = Journey::builder("retry")
    ///     .touchpoint(Touchpoint::new("call", Phase::During, Channel::Phone).starts(1.0).ends(Outcome::Loyalty, 1.0))
    ///     .transition("call", "call", 3.0)
    ///     .build()?
    ///     .flow()?;
    /// let again = &flow.transitions()[0];
    /// assert_eq!((again.share, again.flow), (0.75, 3.0)); // three of the four calls of a journey are repeated
    /// # Ok::<(), customer_journey::Error>(())
    /// ```
    #[must_use]
    pub fn transitions(&self) -> Vec<TransitionFigures> {
        let nodes = self.journey().graph().raw_nodes();
        let ways = self.ways_out().filter_map(|(from, to, share)| {
            let Next::Touchpoint(to) = to else {
                return None;
            };
            Some(TransitionFigures {
                from: nodes[from].weight.id.clone(),
                to: nodes[to as usize].weight.id.clone(),
                flow: self.visits_at(from) * share,
                share,
            })
        });
        ways.collect()
    }

    /// Where journeys end, by touchpoint in the order of the map, and then by the outcome's name; where none ends is
    /// left out. The flows sum to 1. Takes O(n + m log m).
    #[must_use]
    pub fn endings(&self) -> Vec<EndingFigures> {
        let nodes = self.journey().graph().raw_nodes();
        let ways = self.ways_out().filter_map(|(from, to, share)| {
            let Next::End(outcome) = to else {
                return None;
            };
            Some(EndingFigures {
                id: nodes[from].weight.id.clone(),
                outcome: self.moments().outcomes()[outcome as usize].clone(),
                flow: (self.visits_at(from) * share).min(1.0),
                share,
            })
        });
        ways.collect()
    }

    /// The ways out of every touchpoint that journeys come to, those to the same place merged.
    fn ways_out(&self) -> impl Iterator<Item = (usize, Next, f64)> + '_ {
        let visited = (0..self.touchpoint_count()).filter(|&at| self.is_visited(at));
        visited.flat_map(|from| {
            let ways = self.onward_from(from).into_iter();
            ways.map(move |(to, share)| (from, to, share.min(1.0)))
        })
    }
}

/// The touchpoints at which journeys end without a stated outcome, most journeys first; programs get all endings.
impl Question for Vec<EndingFigures> {
    fn sections(&self) -> Vec<Section> {
        let noun = ("ending", "endings");
        let mut section = Section::new("endings", "Where journeys end without a stated outcome");
        let mut unstated: Vec<&EndingFigures> =
            self.iter().filter(|known| known.is_unstated()).collect();
        unstated.sort_by(|a, b| b.flow.total_cmp(&a.flow));
        section.put(
            Table::of(self, "Where journeys end", noun)
                .key("endings")
                .data("id", |known| Cell::place(&known.id))
                .data("outcome", |known| Cell::name(known.outcome.as_str()))
                .data("flow", |known| Cell::share(known.flow))
                .data("share", |known| Cell::share(known.share))
                .done(),
        );
        if unstated.is_empty() {
            return vec![section];
        }
        section.say(
            "The last touchpoints of these journeys. What the ending means for customers and company, nobody has said there.",
        );
        section.put(
            Table::of(
                &unstated,
                "Where journeys end without a stated outcome",
                noun,
            )
            .shown(Detail::Brief, text("touchpoint"), |known| {
                Cell::place(&known.id)
            })
            .shown(
                Detail::Brief,
                number("journeys\nending here,\nof 100"),
                |known| Cell::of_100(known.flow),
            )
            .shown(
                Detail::Brief,
                number("of the visits\nhere, of 100"),
                |known| Cell::of_100(known.share),
            )
            .done(),
        );
        vec![section]
    }

    fn is_worth_telling(&self) -> bool {
        self.iter().any(EndingFigures::is_unstated)
    }
}

impl EndingFigures {
    fn is_unstated(&self) -> bool {
        self.outcome == Outcome::Unstated
    }
}

said!(TransitionFigures, on_the_way);
said!(EndingFigures, at_the_end);

/// How many go this way.
fn on_the_way(known: &TransitionFigures) -> String {
    format!(
        "{} to {}: {} on this way, {}",
        place(&known.from),
        place(&known.to),
        that(known.share, VISITS, ("goes", "go")),
        per_journey(known.flow, ("time", "times")),
    )
}

/// How many journeys end so.
fn at_the_end(known: &EndingFigures) -> String {
    format!(
        "{}: {} here in {}, which is {} of the visits",
        place(&known.id),
        that(known.flow, JOURNEYS, ("ends", "end")),
        name(known.outcome.as_str()),
        share(known.share),
    )
}
