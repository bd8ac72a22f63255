use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use crate::journey::{Fact, Journey, Outcome, Phase, SurveyMeasure};

type PhaseOf = dyn Fn(&str) -> Option<Phase> + Send + Sync;

/// Decisions on the way from counts to a journey.
///
/// ```
/// use customer_journey::{LearnOptions, Outcome, Phase};
/// let options = LearnOptions::new()
///     .name("Orders of May")
///     .phase("delivery", Phase::During)
///     .phases_by(|touchpoint| touchpoint.starts_with("review").then_some(Phase::After))
///     .other_phases(Phase::Before)
///     .outcome("account closed", Outcome::Churn)
///     .fold_below(20);
/// # let _ = options;
/// ```
#[derive(Clone)]
#[must_use]
pub struct LearnOptions {
    pub(super) name: String,
    pub(super) phases: BTreeMap<String, Phase>,
    pub(super) phase_of: Option<Arc<PhaseOf>>,
    pub(super) other_phases: Option<Phase>,
    pub(super) outcomes: BTreeMap<String, Outcome>,
    pub(super) measurements: BTreeSet<String>,
    pub(super) stages: BTreeMap<String, String>,
    /// Those that visits state, to touchpoints that need not be on the map.
    pub(super) table_stages: BTreeMap<String, String>,
    pub(super) measures: Vec<(String, SurveyMeasure)>,
    pub(super) fold_below: u64,
    pub(super) plan: Option<Journey>,
    pub(super) remember: Remember,
}

/// What customers of a learned journey remember.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub enum Remember {
    /// Nothing: how they go on depends on where they are, and on what became of the promise there.
    #[default]
    None,
    /// Those facts, of a log of whole journeys, without which the map would tell untruly how journeys end: see
    /// [`Remembered`](super::Remembered). A tally, which has no journeys, remembers nothing.
    Auto,
    /// These facts.
    Facts(Vec<Fact>),
}

impl LearnOptions {
    /// The journey is called `learned journey`; a touchpoint whose phase no event states is an error; an ending whose
    /// outcome no event states is `unstated`; no touchpoint is folded; there is no plan.
    pub fn new() -> Self {
        Self {
            name: "learned journey".to_owned(),
            phases: BTreeMap::new(),
            phase_of: None,
            other_phases: None,
            outcomes: BTreeMap::new(),
            measurements: BTreeSet::new(),
            stages: BTreeMap::new(),
            table_stages: BTreeMap::new(),
            measures: Vec::new(),
            fold_below: 0,
            plan: None,
            remember: Remember::None,
        }
    }

    /// Names the journey.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// States the phase of a touchpoint, by its name or id, where no event states it.
    pub fn phase(mut self, touchpoint: impl Into<String>, phase: Phase) -> Self {
        self.phases.insert(touchpoint.into(), phase);
        self
    }

    /// Finds the phase of touchpoints, by their names, where neither events nor [`phase`](Self::phase) state it.
    pub fn phases_by(
        mut self,
        phase_of: impl Fn(&str) -> Option<Phase> + Send + Sync + 'static,
    ) -> Self {
        self.phase_of = Some(Arc::new(phase_of));
        self
    }

    /// States the phase of all touchpoints whose phase is stated in no other way.
    pub fn other_phases(mut self, phase: Phase) -> Self {
        self.other_phases = Some(phase);
        self
    }

    /// States how journeys end that end at this touchpoint, by its name or id, without an outcome of their own.
    pub fn outcome(mut self, touchpoint: impl Into<String>, outcome: impl Into<Outcome>) -> Self {
        self.outcomes.insert(touchpoint.into(), outcome.into());
        self
    }

    /// Says that a touchpoint, by its name or id, is only a [measurement](crate::Touchpoint::measurement): a review, a recommendation
    /// question, a verdict. Its answers are no feelings on the way; they are what feelings elsewhere are
    /// [held against](crate::Flow::drivers).
    pub fn measurement(mut self, touchpoint: impl Into<String>) -> Self {
        self.measurements.insert(touchpoint.into());
        self
    }

    /// States the [stage](crate::Touchpoint::stage) of a touchpoint, by its name or id: Awareness, Purchase or what the business calls it. A
    /// stage that the plan states stays.
    pub fn stage(mut self, touchpoint: impl Into<String>, stage: impl Into<String>) -> Self {
        self.stages.insert(touchpoint.into(), stage.into());
        self
    }

    /// Takes the stages that most visits to each touchpoint state in a table.
    ///
    /// ```
    /// use customer_journey::{CsvOptions, EventLog, LearnOptions, Phase};
    /// let table = "case,event,stage\n1,ad,Awareness\n1,shop,Purchase\n";
    /// let mut log = EventLog::default();
    /// let read = log.read_csv(table.as_bytes(), &CsvOptions::new())?;
    /// let options = LearnOptions::new().other_phases(Phase::During).stages(&read);
    /// let journey = log.learn(&options)?.journey;
    /// let stage = |id| journey.touchpoint(id).and_then(|touchpoint| touchpoint.stage.clone());
    /// assert_eq!((stage("ad"), stage("shop")), (Some("Awareness".into()), Some("Purchase".into())));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[cfg(feature = "csv")]
    pub fn stages(mut self, read: &super::CsvRead) -> Self {
        for of in &read.stages {
            if let Some((stage, _)) = of.stages.first() {
                self.table_stages
                    .insert(of.touchpoint.clone(), stage.clone());
            }
        }
        self
    }

    /// Puts a survey measure to a touchpoint, by its id, beside those named before: mostly with answers that
    /// [`EventLog::survey`](super::EventLog::survey) found in a table. Nothing that is counted depends on it.
    pub fn measure(mut self, touchpoint: impl Into<String>, measure: SurveyMeasure) -> Self {
        self.measures.push((touchpoint.into(), measure));
        self
    }

    /// Folds touchpoints (each in its channel) with fewer visits than this into one called `other` for each phase.
    /// What was folded is [told](super::Learned::folded); no event, way or ending is lost. Touchpoints of a plan are
    /// never folded.
    pub fn fold_below(mut self, visits: u64) -> Self {
        self.fold_below = visits;
        self
    }

    /// Lets customers remember a fact, beside those named before: see [`EventLog::learn`](super::EventLog::learn).
    pub fn remember(mut self, fact: Fact) -> Self {
        match &mut self.remember {
            Remember::Facts(facts) => facts.push(fact),
            other => *other = Remember::Facts(vec![fact]),
        }
        self
    }

    /// States what customers remember, in place of what was stated before.
    pub fn remembering(mut self, remember: Remember) -> Self {
        self.remember = remember;
        self
    }

    /// Learns onto a planned journey: see [`Tally::learn`](super::Tally::learn).
    pub fn onto(mut self, plan: &Journey) -> Self {
        self.plan = Some(plan.clone());
        self
    }
}

impl Default for LearnOptions {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for LearnOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LearnOptions")
            .field("name", &self.name)
            .field("phases", &self.phases)
            .field("phases_by", &self.phase_of.is_some())
            .field("other_phases", &self.other_phases)
            .field("outcomes", &self.outcomes)
            .field("measurements", &self.measurements)
            .field("stages", &self.stages)
            .field("table_stages", &self.table_stages)
            .field("fold_below", &self.fold_below)
            .field("remember", &self.remember)
            .field("onto", &self.plan.as_ref().map(Journey::name))
            .finish_non_exhaustive()
    }
}
