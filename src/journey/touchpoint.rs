use super::facts::{EmotionGiven, PromiseGiven, StartGiven};
use super::feelings::Emotion;
use super::numbers::Shares;
use super::outcome::{Ending, Outcome};
use super::promise::{Promise, PromiseResult};
use super::survey::SurveyMeasure;
use super::words::{Ability, Channel, Evidence, Phase};
use super::workshop::KeyFigure;

/// A place where customer and provider meet: the node weight of the journey's graph.
///
/// A touchpoint is plain data: fields to read, and methods of the same names to draw it in a chain. What is drawn
/// is checked when the journey is built, everything at once.
///
/// ```
/// use customer_journey::{Ability, Channel, Feeling, Outcome, Phase, Promise, Touchpoint};
///
/// let notice = Touchpoint::new("notice", Phase::During, Channel::Sms)
///     .name("Delay notice")
///     .owner("Operations")
///     .need("delay information")
///     .says("Departs 18:40")
///     .promise(Promise::new("keep me informed").kept(35.0).broken(65.0))
///     .feels(Feeling::Relief)
///     .feels_when_broken(Feeling::Anger.at(0.8))
///     .can(Ability::Recognise)
///     .ends(Outcome::Churn, 1.0);
/// assert_eq!(notice.label(), "Delay notice");
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Touchpoint {
    /// Unique in its journey; transitions name it.
    pub id: String,
    /// What people call it; the id where absent.
    pub name: Option<String>,
    /// Before, during or after the interaction.
    pub phase: Phase,
    /// A free label inside the phase, such as "Airport".
    pub stage: Option<String>,
    /// Where customer and provider meet.
    pub channel: Channel,
    /// Who answers for it: a department, a role.
    pub owner: Option<String>,
    /// What the customer came for; touchpoints that share it in several channels are compared.
    pub need: Option<String>,
    /// What the customer is told here, in a few words.
    pub says: Option<String>,
    /// What the customer does here, in a few words.
    pub does: Option<String>,
    /// What staff and systems do here that the customer does not see, in a few words.
    pub backstage: Option<String>,
    /// What customers feel; unknown if `None`. [`Emotion::or_unknown`] says that it is known of some visits only.
    pub emotion: Option<Emotion>,
    /// What they feel on visits where the promise was broken; as `emotion` if `None`.
    pub emotion_when_broken: Option<Emotion>,
    /// What they feel on visits where nobody knows about the promise; as `emotion` if `None`.
    pub emotion_when_unknown: Option<Emotion>,
    /// What customers feel who remember something: the first that holds counts, and where none does, the emotions above.
    pub emotion_given: Vec<EmotionGiven>,
    /// The feeling that the provider means to give, or believes it gives.
    pub intended: Option<Emotion>,
    /// The feeling that customers expect; unknown if `None`.
    pub expected: Option<Emotion>,
    /// The promise that is put to the test here.
    pub promise: Option<Promise>,
    /// How it fares with customers who remember something: the first that holds counts, and where none does, `promise`.
    pub promise_given: Vec<PromiseGiven>,
    /// Names of the promises that are made here.
    pub makes: Vec<String>,
    /// What is possible here.
    pub can: Vec<Ability>,
    /// Money that one visit costs the provider; unknown if `None`.
    pub cost: Option<f64>,
    /// What customers said, in their own words, a text each.
    pub quotes: Vec<String>,
    /// What could be done about it, an idea each.
    pub ideas: Vec<String>,
    /// Figures that somebody measured here; shown as they are.
    pub figures: Vec<KeyFigure>,
    /// What customers are asked here, with their answers.
    pub measures: Vec<SurveyMeasure>,
    /// Whether customers are only asked something here: a review, a recommendation question, a verdict. What they answer is said about
    /// the journey and not felt on the way, so that it is no pain, no peak and nothing to be fixed.
    pub measurement: bool,
    /// A picture of it: a data URI that holds a PNG or a JPEG of at most [`LARGEST_IMAGE`](crate::workshop::LARGEST_IMAGE) bytes.
    pub image: Option<String>,
    /// Free text.
    pub notes: Option<String>,
    /// Weight of journeys that begin here; see [`JourneyBuilder`](crate::JourneyBuilder) for the default.
    pub starts: Option<f64>,
    /// The same by groups of customers, in place of `starts`.
    pub starts_given: Vec<StartGiven>,
    /// Ways out of the journey from here.
    pub ends: Vec<Ending>,
    /// What the figures drawn here rest on.
    pub evidence: Evidence,
}

impl Touchpoint {
    /// A touchpoint of which only the place is known.
    #[must_use]
    pub fn new(id: impl Into<String>, phase: Phase, channel: impl Into<Channel>) -> Self {
        Self {
            id: id.into(),
            name: None,
            phase,
            stage: None,
            channel: channel.into(),
            owner: None,
            need: None,
            says: None,
            does: None,
            backstage: None,
            emotion: None,
            emotion_when_broken: None,
            emotion_when_unknown: None,
            emotion_given: Vec::new(),
            intended: None,
            expected: None,
            promise: None,
            promise_given: Vec::new(),
            makes: Vec::new(),
            can: Vec::new(),
            cost: None,
            quotes: Vec::new(),
            ideas: Vec::new(),
            figures: Vec::new(),
            measures: Vec::new(),
            measurement: false,
            image: None,
            notes: None,
            starts: None,
            starts_given: Vec::new(),
            ends: Vec::new(),
            evidence: Evidence::default(),
        }
    }

    /// What to call it: the name, or the id where it has none.
    #[must_use]
    pub fn label(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.id)
    }

    /// Whether something is possible here.
    #[must_use]
    pub fn is_able_to(&self, ability: Ability) -> bool {
        self.can.contains(&ability)
    }

    /// The emotion of visits with this promise result; `None` stands for a touchpoint that tests no promise.
    /// Unknown if it answers `None`.
    #[must_use]
    pub fn emotion_after(&self, result: Option<PromiseResult>) -> Option<&Emotion> {
        match result {
            Some(PromiseResult::Broken) => self.emotion_when_broken.as_ref(),
            Some(PromiseResult::Unknown) => self.emotion_when_unknown.as_ref(),
            Some(PromiseResult::Kept) | None => None,
        }
        .or(self.emotion.as_ref())
    }

    /// The mean valence of visits, -1 to 1, over the results of the promise by their weights. Visits whose emotion is
    /// unknown take no part; `None` where all are.
    ///
    /// ```
    /// use customer_journey::{Channel, Phase, Promise, Touchpoint};
    /// let notice = Touchpoint::new("notice", Phase::During, Channel::Sms)
    ///     .promise(Promise::new("on time").kept(1.0).broken(3.0))
    ///     .feels(0.5)
    ///     .feels_when_broken(-0.5);
    /// assert_eq!(notice.mean_valence(), Some(-0.25));
    /// ```
    #[must_use]
    pub fn mean_valence(&self) -> Option<f64> {
        let known = self.results().filter_map(|(result, weight)| {
            let emotion = self.emotion_after(result)?;
            let known = weight * emotion.coverage();
            Some((emotion.mean()?, known)).filter(|_| known > 0.0)
        });
        let total = Shares::of(known.clone().map(|(_, weight)| weight));
        let mut parts = known
            .map(|(mean, weight)| mean * total.share(weight))
            .peekable();
        parts.peek()?;
        Some(parts.sum::<f64>().clamp(-1.0, 1.0))
    }

    /// The share of visits whose emotion is known, in 0..=1, over the results of the promise by their weights.
    ///
    /// ```
    /// use customer_journey::{Channel, Emotion, Feeling, Phase, Touchpoint};
    /// let answered = Emotion::mix([Feeling::Joy.weight(40.0)]).or_unknown(960.0);
    /// let gate = Touchpoint::new("gate", Phase::During, Channel::Store).feels(answered);
    /// assert_eq!(gate.emotion_coverage(), 0.04);
    /// ```
    #[must_use]
    pub fn emotion_coverage(&self) -> f64 {
        let all = Shares::of(self.results().map(|(_, weight)| weight));
        let known = self.results().filter_map(|(result, weight)| {
            Some(all.share(weight) * self.emotion_after(result)?.coverage())
        });
        known.sum::<f64>().min(1.0)
    }

    /// The promise results that visits find here with their weights: those of weight above zero, or a single
    /// `None` where no promise is tested.
    pub fn results(&self) -> impl Iterator<Item = (Option<PromiseResult>, f64)> + Clone + use<> {
        let of = |promise: &Promise, result| (Some(result), promise.weight(result));
        let results = match &self.promise {
            None => [(None, 1.0), (None, 0.0), (None, 0.0)],
            Some(promise) => [
                of(promise, PromiseResult::Kept),
                of(promise, PromiseResult::Broken),
                of(promise, PromiseResult::Unknown),
            ],
        };
        results.into_iter().filter(|&(_, weight)| weight > 0.0)
    }
}

/// Drawing a touchpoint: each method sets what it names and hands the touchpoint on.
impl Touchpoint {
    /// Sets what people call it.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets a free label inside the phase, such as "Airport".
    #[must_use]
    pub fn stage(mut self, stage: impl Into<String>) -> Self {
        self.stage = Some(stage.into());
        self
    }

    /// Sets who answers for it.
    #[must_use]
    pub fn owner(mut self, owner: impl Into<String>) -> Self {
        self.owner = Some(owner.into());
        self
    }

    /// Sets what the customer came for.
    #[must_use]
    pub fn need(mut self, need: impl Into<String>) -> Self {
        self.need = Some(need.into());
        self
    }

    /// Sets what the customer is told here.
    #[must_use]
    pub fn says(mut self, says: impl Into<String>) -> Self {
        self.says = Some(says.into());
        self
    }

    /// Sets what the customer does here.
    #[must_use]
    pub fn does(mut self, does: impl Into<String>) -> Self {
        self.does = Some(does.into());
        self
    }

    /// Sets what staff and systems do here that the customer does not see.
    #[must_use]
    pub fn backstage(mut self, backstage: impl Into<String>) -> Self {
        self.backstage = Some(backstage.into());
        self
    }

    /// Sets what customers feel here: a feeling, its name, a number from -1 to 1, a rating, or a mix.
    #[must_use]
    pub fn feels(mut self, emotion: impl Into<Emotion>) -> Self {
        self.emotion = Some(emotion.into());
        self
    }

    /// Sets what they feel on visits where the promise was broken.
    #[must_use]
    pub fn feels_when_broken(mut self, emotion: impl Into<Emotion>) -> Self {
        self.emotion_when_broken = Some(emotion.into());
        self
    }

    /// Sets what they feel on visits where nobody knows about the promise.
    #[must_use]
    pub fn feels_when_unknown(mut self, emotion: impl Into<Emotion>) -> Self {
        self.emotion_when_unknown = Some(emotion.into());
        self
    }

    /// Sets the feeling that the provider means to give.
    #[must_use]
    pub fn intended(mut self, emotion: impl Into<Emotion>) -> Self {
        self.intended = Some(emotion.into());
        self
    }

    /// Sets the feeling that customers expect. As with what they feel, a part may be [unknown](Emotion::or_unknown).
    #[must_use]
    pub fn expected(mut self, emotion: impl Into<Emotion>) -> Self {
        self.expected = Some(emotion.into());
        self
    }

    /// Puts a promise to the test here.
    #[must_use]
    pub fn promise(mut self, promise: Promise) -> Self {
        self.promise = Some(promise);
        self
    }

    /// Adds a promise that is made here.
    #[must_use]
    pub fn makes(mut self, promise: impl Into<String>) -> Self {
        self.makes.push(promise.into());
        self
    }

    /// Adds something that is possible here.
    #[must_use]
    pub fn can(mut self, ability: Ability) -> Self {
        self.can.push(ability);
        self
    }

    /// Sets the money that one visit costs the provider.
    #[must_use]
    pub fn cost(mut self, cost: f64) -> Self {
        self.cost = Some(cost);
        self
    }

    /// Says that customers are only asked something here: their answers are a measurement of the journey, and not a feeling on the way.
    ///
    /// ```
    /// use customer_journey::analysis::PainOptions;
    /// use customer_journey::{Channel, Journey, Phase, Touchpoint};
    /// let flow = Journey::builder("Stay")
    ///     .touchpoint(Touchpoint::new("room", Phase::During, Channel::Store).feels(0.5))
    ///     .touchpoint(Touchpoint::new("review", Phase::After, Channel::Email).feels(-0.6).measurement())
    ///     .transition("room", "review", 1.0)
    ///     .build()?
    ///     .flow()?;
    /// assert!(flow.pain_points(&PainOptions::new()).is_empty());
    /// assert_eq!(flow.trajectory().worst.mean, Some(0.5));
    /// # Ok::<(), customer_journey::Error>(())
    /// ```
    #[must_use]
    pub fn measurement(mut self) -> Self {
        self.measurement = true;
        self
    }

    /// Adds what a customer said.
    #[must_use]
    pub fn quote(mut self, quote: impl Into<String>) -> Self {
        self.quotes.push(quote.into());
        self
    }

    /// Adds what could be done about it.
    #[must_use]
    pub fn idea(mut self, idea: impl Into<String>) -> Self {
        self.ideas.push(idea.into());
        self
    }

    /// Adds a survey measure that is asked here.
    #[must_use]
    pub fn measure(mut self, measure: SurveyMeasure) -> Self {
        self.measures.push(measure);
        self
    }

    /// Adds a figure that somebody measured here.
    #[must_use]
    pub fn figure(mut self, figure: KeyFigure) -> Self {
        self.figures.push(figure);
        self
    }

    /// Sets a picture of it, as a data URI.
    #[must_use]
    pub fn image(mut self, image: impl Into<String>) -> Self {
        self.image = Some(image.into());
        self
    }

    /// Sets free text.
    #[must_use]
    pub fn notes(mut self, notes: impl Into<String>) -> Self {
        self.notes = Some(notes.into());
        self
    }

    /// Sets the weight of journeys that begin here.
    #[must_use]
    pub fn starts(mut self, weight: f64) -> Self {
        self.starts = Some(weight);
        self
    }

    /// Adds a way out of the journey that is always open.
    #[must_use]
    pub fn ends(mut self, outcome: impl Into<Outcome>, weight: f64) -> Self {
        self.ends.push(Ending::new(outcome, weight));
        self
    }

    /// Adds a way out of the journey that is open only after a promise result.
    #[must_use]
    pub fn ends_when(
        mut self,
        result: PromiseResult,
        outcome: impl Into<Outcome>,
        weight: f64,
    ) -> Self {
        self.ends.push(Ending::new(outcome, weight).when(result));
        self
    }

    /// Sets what the figures drawn here rest on.
    #[must_use]
    pub fn evidence(mut self, evidence: Evidence) -> Self {
        self.evidence = evidence;
        self
    }
}
