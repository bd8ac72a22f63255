//! The figures of every touchpoint.

use crate::flow::{Basis, Flow, mean_of};
use crate::journey::{Channel, CountedName, Evidence, Outcome, Phase};
use crate::page::Detail::Full;
use crate::page::number::{JOURNEYS, VISITS, per_journey, size, that};
use crate::page::words::place;
use crate::page::{Cell, Question, Section, Table, number, said, text};

/// How a touchpoint lies in the flow, and what it means for the endings.
///
/// At a touchpoint that no journey comes to, nothing flows: its figures are 0, and those that would divide by its
/// visits are `None`.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct TouchpointFigures {
    /// The touchpoint's id.
    pub id: String,
    /// Before, during or after.
    pub phase: Phase,
    /// Where it happens.
    pub channel: Channel,
    /// What is behind what was drawn here.
    pub evidence: Evidence,
    /// Expected visits of a journey.
    pub visits: f64,
    /// Share of journeys that visit it at least once, in 0..=1; `None` where the flow's [solver](Flow::solver)
    /// says that it is known only on request, by [`Flow::reach`].
    pub reach: Option<f64>,
    /// Whether the reach, and with it `repeats`, was counted.
    pub basis: Basis,
    /// Standard error of the reach, where all weights are counts of real visits; see [`Flow::error_bars`].
    pub reach_standard_error: Option<f64>,
    /// Mean valence here, -1 to 1, over visits of known emotion.
    pub mean: Option<f64>,
    /// Share of visits whose emotion is known, in 0..=1.
    pub coverage: f64,
    /// Expected negative valence of a journey here; visits of unknown emotion add nothing. `None` where customers
    /// come and no emotion is known.
    pub hurt: Option<f64>,
    /// Expected broken promises of a journey here.
    pub broken: f64,
    /// Visits of a journey that visits it at all: visits / reach.
    pub repeats: Option<f64>,
    /// What it means for each outcome, in the order of their names; where the map has more than 32 of them, for those that
    /// can follow here.
    pub outcomes: Vec<OutcomeFigures>,
    /// Expected moments from here to the end, this one included: where it was counted from the first visit, else from any.
    pub remaining: Option<f64>,
    /// Expected total of the known waits from here to the end, in seconds.
    pub remaining_wait_s: Option<f64>,
    /// Whether `remaining` was counted, and `remaining_wait_s` with it.
    #[cfg_attr(feature = "serde", serde(default = "Basis::of_the_map"))]
    pub remaining_basis: Basis,
}

/// What a touchpoint means for one outcome.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct OutcomeFigures {
    /// The outcome.
    pub outcome: Outcome,
    /// Chance of it for a journey that comes here, in 0..=1.
    pub probability: f64,
    /// Whether that chance, and with it lift and coverage, was counted.
    pub basis: Basis,
    /// That chance over the chance of the outcome for all journeys; `None` where no journey ends so, or
    /// fewer than one in 1e290, or none comes here.
    pub lift: Option<f64>,
    /// Share of the journeys with this outcome that came by here, in 0..=1, which is also what attribution models
    /// call the removal effect.
    pub coverage: Option<f64>,
    /// How much is decided here about it; see [`Flow::moments_of_truth`].
    pub decides: f64,
}

impl Flow {
    /// The figures of every touchpoint, in the order of the map. Takes O(n w + m w) for w outcomes, and
    /// where all weights are counts, the standard error of reach what [`Flow::error_bars`] says.
    #[must_use]
    pub fn touchpoints(&self) -> Vec<TouchpointFigures> {
        let journey = self.journey();
        let errors = self.errors_of_reach_told();
        journey
            .touchpoints()
            .enumerate()
            .map(|(position, touchpoint)| {
                let arriving = self.arriving(position);
                let visits = self.visits_at(position);
                let left = self.left_told(position);
                let knows_waits = self.wait_s().is_some();
                TouchpointFigures {
                    id: touchpoint.id.clone(),
                    phase: touchpoint.phase,
                    channel: touchpoint.channel.clone(),
                    evidence: touchpoint.evidence,
                    visits,
                    reach: self.reach_told(position),
                    basis: self.basis_of_reach(position),
                    reach_standard_error: errors.get(position).copied().flatten(),
                    mean: arriving.felt.mean(),
                    coverage: arriving.felt.known.min(1.0),
                    hurt: (arriving.felt.known > 0.0 || visits <= 0.0)
                        .then(|| self.hurt_at(position)),
                    broken: self.broken_at(position),
                    repeats: self.repeats_told(position),
                    outcomes: self.outcome_figures(position),
                    remaining: left.map(|(moments, ..)| moments),
                    remaining_wait_s: left.filter(|_| knows_waits).and_then(|(_, wait, _)| wait),
                    remaining_basis: left.map_or(Basis::Modelled, |(.., basis)| basis),
                }
            })
            .collect()
    }

    fn outcome_figures(&self, position: usize) -> Vec<OutcomeFigures> {
        let outcomes = self.moments().outcomes();
        self.chances_ahead(position)
            .into_iter()
            .map(|(column, _)| {
                let (probability, basis) = self.chance_told(position, column);
                let name = outcomes[column].as_str();
                let id = &self.journey().graph().raw_nodes()[position].weight.id;
                let counted = self.counted(CountedName::OutcomeAfterVisit, &[id, name]);
                let all = counted.and_then(|_| self.counted_value(CountedName::Outcome, &[name]));
                let all = all.unwrap_or_else(|| self.outcome_probability(column));
                let lift = mean_of(probability, all);
                OutcomeFigures {
                    outcome: outcomes[column].clone(),
                    probability,
                    basis,
                    lift: lift.filter(|_| self.visits_at(position) > 0.0),
                    coverage: counted
                        .and_then(|counted| self.counted_coverage(counted, name))
                        .or_else(|| {
                            let reach = self.reach_told(position)?;
                            lift.map(|lift| (lift * reach).min(1.0))
                        }),
                    decides: self.visits_at(position) * self.decided_per_visit(position, column),
                }
            })
            .collect()
    }
}

impl Question for Vec<TouchpointFigures> {
    fn sections(&self) -> Vec<Section> {
        const CAPTION: &str = "Every touchpoint: who comes, what they feel, what it weighs";
        let noun = ("touchpoint", "touchpoints");
        let figures = Table::of(self, CAPTION, noun)
            .key("touchpoints")
            .brief("id", text("touchpoint"), |t| Cell::place(&t.id))
            .shown(Full, text("phase"), |t| Cell::Word(t.phase.as_str()))
            .shown(Full, text("channel"), |t| Cell::name(t.channel.as_str()))
            .brief("visits", number("visits\nper\njourney"), |t| {
                Cell::times(t.visits)
            })
            .brief("reach", number("journeys\ncoming,\nof 100"), |t| {
                Cell::of_100(t.reach)
            })
            .data("basis", |t| Cell::Word(t.basis.as_str()))
            .data("reach_standard_error", |t| {
                Cell::share(t.reach_standard_error)
            })
            .shown(Full, number("mean feeling"), |t| Cell::valence(t.mean))
            .data("coverage", |t| Cell::share(t.coverage))
            .brief("hurt", number("hurt\nper\njourney"), |t| {
                Cell::times(t.hurt)
            })
            .brief("broken", number("broken\npromises per\njourney"), |t| {
                Cell::times(t.broken)
            })
            .data("repeats", |t| Cell::times(t.repeats))
            .brief("remaining", number("moments\nfrom here\nto the end"), |t| {
                Cell::or_none(t.remaining, Cell::times)
            })
            .full("remaining_wait_s", number("known waits from here"), |t| {
                Cell::duration(t.remaining_wait_s)
            })
            .data("remaining_basis", |t| {
                Cell::Word(t.remaining_basis.as_str())
            })
            .when(is_mixed(self), |table| {
                table.shown(Full, text("moments and waits from here are"), |t| {
                    Cell::or_none(t.remaining, |_| Cell::Word(t.remaining_basis.as_str()))
                })
            })
            .shown(Full, text("rests on"), |t| Cell::Word(t.evidence.as_str()))
            .done();
        let by_outcome: Vec<(&str, &OutcomeFigures)> = self
            .iter()
            .flat_map(|t| t.outcomes.iter().map(|known| (t.id.as_str(), known)))
            .collect();
        let by_outcome = Table::of(
            &by_outcome,
            "What each touchpoint means for each outcome",
            noun,
        )
        .key("touchpoint_outcomes")
        .data("id", |(id, _)| Cell::place(*id))
        .data("outcome", |(_, o)| Cell::name(o.outcome.as_str()))
        .data("probability", |(_, o)| Cell::share(o.probability))
        .data("basis", |(_, o)| Cell::Word(o.basis.as_str()))
        .data("lift", |(_, o)| Cell::times(o.lift))
        .data("coverage", |(_, o)| Cell::share(o.coverage))
        .data("decides", |(_, o)| Cell::size(o.decides))
        .done();
        vec![Section::with(
            "touchpoints",
            "The touchpoints",
            [figures.into(), by_outcome.into()],
        )]
    }
}

/// Whether what is left was counted at some touchpoints and is modelled at others.
fn is_mixed(all: &[TouchpointFigures]) -> bool {
    let mut known = all.iter().filter(|t| t.remaining.is_some());
    let first = known.next().map(|t| t.remaining_basis);
    known.any(|t| Some(t.remaining_basis) != first)
}

said!(TouchpointFigures, in_a_sentence);

/// How often it is met, and what it weighs.
fn in_a_sentence(known: &TouchpointFigures) -> String {
    let comers = known.reach.map_or_else(
        || "how many journeys come is unknown".to_owned(),
        |reach| that(reach, JOURNEYS, ("comes", "come")),
    );
    let hurt = match known.hurt {
        Some(hurt) if hurt > 0.0 => format!("hurt {} per journey", size(hurt)),
        Some(_) => "no hurt".to_owned(),
        None => "hurt unknown".to_owned(),
    };
    let broken = per_journey(known.broken, ("broken promise", "broken promises"));
    format!(
        "{}: {comers}, {}, {hurt}, {broken}",
        place(&known.id),
        per_journey(known.visits, VISITS)
    )
}
