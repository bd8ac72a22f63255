//! One side of a comparison: what is known of it.

use crate::events::{EventLog, LearnError, LearnOptions, Walked};
use crate::flow::{Flow, FlowError};
use crate::journey::JourneyKind;
use crate::report::Report;

/// One side of a comparison, with the label under which it is told: a report, or a flow, or a log of whole journeys. The more is at
/// hand, the more is answered:
///
/// | made of | figures | how far apart, what makes the difference, plan | same process |
/// |---|---|---|---|
/// | [a report](Side::of_report) | yes | no | no |
/// | [a flow](Side::of_flow) | yes | of the maps | G2 by the counts of the maps, without p |
/// | [a log](Side::of_log) | yes | of the maps; the plan counted on whole journeys | with p, by whole journeys |
#[derive(Debug, Clone)]
pub struct Side {
    pub(super) label: String,
    pub(super) report: Report,
    pub(super) flow: Option<Flow>,
    pub(super) walked: Option<Walked>,
    /// Touchpoints of this side by their ids, each with the id of the same one on the other side.
    pub(super) same: Vec<(String, String)>,
}

/// What the figures of a side rest on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rests {
    /// They were counted on whole journeys.
    Counted,
    /// They are those of a map whose weights are counts.
    Tallied,
    /// They are those of a map as somebody drew it.
    Drawn,
}

/// Why a log is no side of a comparison.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SideError {
    /// No journey was learned.
    #[error(transparent)]
    Learn(#[from] LearnError),
    /// The journey that was learned has no flow.
    #[error(transparent)]
    Flow(#[from] FlowError),
}

impl Side {
    /// A stored report.
    #[must_use]
    pub fn of_report(label: impl Into<String>, report: Report) -> Self {
        Self {
            label: label.into(),
            report,
            flow: None,
            walked: None,
            same: Vec::new(),
        }
    }

    /// A journey with its flow. Takes the time of a [report](Flow::report).
    #[must_use]
    pub fn of_flow(label: impl Into<String>, flow: &Flow) -> Self {
        Self {
            label: label.into(),
            report: flow.report(),
            flow: Some(flow.clone()),
            walked: None,
            same: Vec::new(),
        }
    }

    /// A log of whole journeys, with the journey that is [learned](EventLog::learn) from it.
    ///
    /// # Errors
    /// [`SideError::Learn`] where no journey is learned, and [`SideError::Flow`] where it has no flow.
    pub fn of_log(
        label: impl Into<String>,
        log: &EventLog,
        options: &LearnOptions,
    ) -> Result<Self, SideError> {
        let (learned, walked) = log.learn_walked(options)?;
        let mut side = Self::of_flow(label, &learned.journey.flow()?);
        side.walked = Some(walked);
        Ok(side)
    }

    /// Says that a touchpoint of this side is one of the other side, by both ids: where sides were drawn in different languages, or
    /// by people who name things otherwise. Ids that a side does not have are passed over.
    ///
    /// ```
    /// use customer_journey::compare::Side;
    /// use customer_journey::{Channel, Journey, Phase, Touchpoint};
    /// let visit = |id: &str| {
    ///     let shop = Touchpoint::new(id, Phase::During, Channel::Store);
    ///     Journey::builder("Visit").touchpoint(shop).build()?.flow()
    ///         .map_err(customer_journey::Error::from)
    /// };
    /// let english = Side::of_flow("English", &visit("shop")?);
    /// let norsk = Side::of_flow("norsk", &visit("butikk")?).same("butikk", "shop");
    /// assert!(!english.compare(&norsk).is_changed());
    /// # Ok::<(), customer_journey::Error>(())
    /// ```
    #[must_use]
    pub fn same(mut self, own: impl Into<String>, others: impl Into<String>) -> Self {
        self.same.push((own.into(), others.into()));
        self
    }

    /// Its label.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    /// Its report.
    #[must_use]
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// Its flow, where there is more than a report.
    #[must_use]
    pub fn flow(&self) -> Option<&Flow> {
        self.flow.as_ref()
    }

    /// Whether it says how journeys are meant to go.
    pub(super) fn is_plan(&self) -> bool {
        let flow = self.flow.as_ref();
        flow.is_some_and(|flow| flow.journey().kind() == JourneyKind::Planned)
    }

    pub(super) fn rests(&self) -> Rests {
        if self.report.fit.is_some() {
            Rests::Counted
        } else if self.report.error_bars.missing.is_none() && !self.is_plan() {
            Rests::Tallied
        } else {
            Rests::Drawn
        }
    }

    /// Journeys counted.
    pub(super) fn journeys(&self) -> Option<f64> {
        let fit = self.report.fit.as_ref()?;
        Some(fit.journeys as f64)
    }

    /// Whether both sides were counted on the same journeys, as far as figures can tell.
    pub(super) fn is_same_log(&self, other: &Self) -> bool {
        let figures = |side: &Self| {
            side.report
                .fit
                .as_ref()
                .map(|fit| (fit.journeys, fit.figures.clone()))
        };
        figures(self).is_some() && figures(self) == figures(other)
    }
}
