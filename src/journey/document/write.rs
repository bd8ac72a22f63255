//! A journey as a document: every key in the order of the format's description, what is not known left out.

use serde::ser::{Serialize, Serializer};

use super::FORMAT;
use super::survey::MeasureObject;
use super::write_facts::{EmotionGivenObject, PromiseGivenObject, StartsForm};
use crate::journey::counted::Counted;
use crate::journey::facts::{Fact, Given};
use crate::journey::feelings::{Emotion, Feeling, Shade, ShadeFeeling};
use crate::journey::journey::Journey;
use crate::journey::outcome::{Ending, Outcome};
use crate::journey::promise::{Promise, PromiseResult};
use crate::journey::touchpoint::Touchpoint;
use crate::journey::transition::Transition;
use crate::journey::words::{Ability, Channel, Evidence, JourneyKind, Phase};
use crate::journey::workshop::KeyFigure;
use crate::statistics::Waits;

/// Writes a document of the format `customer-journey/1`. Nothing is lost: it reads back to an equal journey, as far
/// as the data format keeps every digit of a number (`serde_json` does with its feature `float_roundtrip`).
///
/// ```
/// use customer_journey::{Channel, Feeling, Journey, Phase, Touchpoint};
///
/// let journey = Journey::builder("Help")
///     .touchpoint(Touchpoint::new("call", Phase::During, Channel::Phone).feels(Feeling::Relief))
///     .build()?;
/// assert_eq!(
///     serde_json::to_string(&journey)?,
///     r#"{"format":"customer-journey/1","name":"Help","kind":"experienced","touchpoints":[{"id":"call","phase":"during","channel":"phone","emotion":"relief"}],"transitions":[]}"#,
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
impl Serialize for Journey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        JourneyObject::of(self, Some(Touchpoints(self))).serialize(serializer)
    }
}

/// A journey's document without its touchpoints.
pub(crate) struct AboutForm<'a>(pub(crate) &'a Journey);

impl Serialize for AboutForm<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        JourneyObject::of(self.0, None).serialize(serializer)
    }
}

/// A touchpoint as it stands in its journey's document.
pub(crate) struct TouchpointForm<'a>(pub(crate) &'a Touchpoint);

impl Serialize for TouchpointForm<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        TouchpointObject::from(self.0).serialize(serializer)
    }
}

#[derive(serde::Serialize)]
struct JourneyObject<'a> {
    format: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    name: &'a str,
    kind: JourneyKind,
    #[serde(skip_serializing_if = "<[_]>::is_empty", serialize_with = "values")]
    values: &'a [(Outcome, f64)],
    #[serde(skip_serializing_if = "Option::is_none")]
    currency: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    persona: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scenario: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    notes: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    remembers: &'a [Fact],
    #[serde(skip_serializing_if = "Option::is_none")]
    touchpoints: Option<Touchpoints<'a>>,
    #[serde(serialize_with = "transitions")]
    transitions: &'a Journey,
    #[serde(skip_serializing_if = "Option::is_none")]
    counted: Option<&'a Counted>,
}

impl<'a> JourneyObject<'a> {
    fn of(journey: &'a Journey, touchpoints: Option<Touchpoints<'a>>) -> Self {
        Self {
            format: FORMAT,
            name: journey.name(),
            kind: journey.kind(),
            values: journey.values(),
            currency: journey.currency(),
            persona: journey.persona(),
            scenario: journey.scenario(),
            notes: journey.notes(),
            remembers: journey.remembers(),
            touchpoints,
            transitions: journey,
            counted: journey.stated_counts(),
        }
    }
}

fn values<S: Serializer>(values: &[(Outcome, f64)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(values.iter().map(|(outcome, value)| ValueObject {
        outcome,
        value: Plain(*value),
    }))
}

/// The touchpoints of a journey as a list.
struct Touchpoints<'a>(&'a Journey);

impl Serialize for Touchpoints<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.touchpoints().map(TouchpointObject::from))
    }
}

fn transitions<S: Serializer>(journey: &Journey, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(journey.transitions().map(TransitionObject::from))
}

#[derive(serde::Serialize)]
struct ValueObject<'a> {
    outcome: &'a Outcome,
    value: Plain,
}

#[derive(serde::Serialize)]
struct TouchpointObject<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    phase: Phase,
    #[serde(skip_serializing_if = "Option::is_none")]
    stage: Option<&'a str>,
    channel: &'a Channel,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    need: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    says: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    does: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    backstage: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    emotion: Option<EmotionForm<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    emotion_when_broken: Option<EmotionForm<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    emotion_when_unknown: Option<EmotionForm<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    emotion_given: Vec<EmotionGivenObject<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    intended: Option<EmotionForm<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<EmotionForm<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    promise: Option<PromiseObject<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    promise_given: Vec<PromiseGivenObject<'a>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    makes: &'a [String],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    can: &'a [Ability],
    #[serde(skip_serializing_if = "Option::is_none")]
    cost: Option<Plain>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    quotes: &'a [String],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    ideas: &'a [String],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    figures: Vec<FigureObject<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    measures: Vec<MeasureObject<'a>>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    measurement: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    notes: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    starts: Option<StartsForm<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ends: Vec<EndingObject<'a>>,
    #[serde(skip_serializing_if = "is_assumed")]
    evidence: Evidence,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes fields by reference"
)]
fn is_assumed(evidence: &Evidence) -> bool {
    *evidence == Evidence::Assumed
}

impl<'a> From<&'a Touchpoint> for TouchpointObject<'a> {
    fn from(touchpoint: &'a Touchpoint) -> Self {
        Self {
            id: &touchpoint.id,
            name: touchpoint.name.as_deref(),
            phase: touchpoint.phase,
            stage: touchpoint.stage.as_deref(),
            channel: &touchpoint.channel,
            owner: touchpoint.owner.as_deref(),
            need: touchpoint.need.as_deref(),
            says: touchpoint.says.as_deref(),
            does: touchpoint.does.as_deref(),
            backstage: touchpoint.backstage.as_deref(),
            emotion: touchpoint.emotion.as_ref().map(EmotionForm),
            emotion_when_broken: touchpoint.emotion_when_broken.as_ref().map(EmotionForm),
            emotion_when_unknown: touchpoint.emotion_when_unknown.as_ref().map(EmotionForm),
            emotion_given: touchpoint.emotion_given.iter().map(Into::into).collect(),
            intended: touchpoint.intended.as_ref().map(EmotionForm),
            expected: touchpoint.expected.as_ref().map(EmotionForm),
            promise: touchpoint.promise.as_ref().map(PromiseObject::from),
            promise_given: touchpoint.promise_given.iter().map(Into::into).collect(),
            makes: &touchpoint.makes,
            can: &touchpoint.can,
            cost: touchpoint.cost.map(Plain),
            quotes: &touchpoint.quotes,
            ideas: &touchpoint.ideas,
            figures: touchpoint.figures.iter().map(FigureObject::from).collect(),
            measures: touchpoint
                .measures
                .iter()
                .map(MeasureObject::from)
                .collect(),
            measurement: touchpoint.measurement,
            image: touchpoint.image.as_deref(),
            notes: touchpoint.notes.as_deref(),
            starts: StartsForm::of(touchpoint),
            ends: touchpoint.ends.iter().map(EndingObject::from).collect(),
            evidence: touchpoint.evidence,
        }
    }
}

/// An emotion in the shortest of its forms: the name or the number of a single plain feeling, an object, or a list.
pub(super) struct EmotionForm<'a>(pub(super) &'a Emotion);

impl Serialize for EmotionForm<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let unknown = Some(self.0.unknown_weight()).filter(|weight| *weight != 0.0);
        let felt = self.0.shades().iter().map(ShadeObject::from);
        let mut items = felt.chain(unknown.map(ShadeObject::unknown));
        let (Some(object), None) = (items.next(), items.next()) else {
            let felt = self.0.shades().iter().map(ShadeObject::from);
            return serializer.collect_seq(felt.chain(unknown.map(ShadeObject::unknown)));
        };
        match object {
            ShadeObject {
                feeling: Some(name),
                intensity: None,
                weight: Plain(1.0),
                ..
            } => serializer.serialize_str(name),
            ShadeObject {
                valence: Some(valence),
                intensity: None,
                weight: Plain(1.0),
                ..
            } => valence.serialize(serializer),
            object => object.serialize(serializer),
        }
    }
}

#[derive(serde::Serialize)]
struct ShadeObject<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    feeling: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    valence: Option<Plain>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unknown: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    intensity: Option<Plain>,
    weight: Plain,
}

impl ShadeObject<'_> {
    /// What nobody knows.
    fn unknown(weight: f64) -> Self {
        Self {
            feeling: None,
            valence: None,
            unknown: Some(true),
            intensity: None,
            weight: Plain(weight),
        }
    }
}

impl<'a> From<&'a Shade> for ShadeObject<'a> {
    fn from(shade: &'a Shade) -> Self {
        let (feeling, valence) = match &shade.felt {
            ShadeFeeling::Feeling(feeling) => (Some(Feeling::as_str(*feeling)), None),
            ShadeFeeling::Valence(valence) => (None, Some(*valence)),
            // Names and ratings are resolved when a journey is built.
            ShadeFeeling::Named(name) => (Some(name.as_str()), None),
            ShadeFeeling::Rating(rating, scale) => (None, scale.valence(*rating).ok()),
        };
        let intensity = (shade.intensity < 1.0).then_some(Plain(shade.intensity));
        Self {
            feeling,
            valence: valence.map(Plain),
            unknown: None,
            intensity,
            weight: Plain(shade.weight),
        }
    }
}

#[derive(serde::Serialize)]
pub(super) struct PromiseObject<'a> {
    name: &'a str,
    kept: Plain,
    broken: Plain,
    #[serde(skip_serializing_if = "Option::is_none")]
    unknown: Option<Plain>,
}

impl<'a> From<&'a Promise> for PromiseObject<'a> {
    fn from(promise: &'a Promise) -> Self {
        Self {
            name: &promise.name,
            kept: Plain(promise.kept),
            broken: Plain(promise.broken),
            unknown: (promise.unknown > 0.0).then_some(Plain(promise.unknown)),
        }
    }
}

#[derive(serde::Serialize)]
struct EndingObject<'a> {
    outcome: &'a Outcome,
    weight: Plain,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<PromiseResult>,
    #[serde(skip_serializing_if = "Given::is_empty")]
    given: &'a Given,
}

impl<'a> From<&'a Ending> for EndingObject<'a> {
    fn from(ending: &'a Ending) -> Self {
        Self {
            outcome: &ending.outcome,
            weight: Plain(ending.weight),
            when: ending.when,
            given: &ending.given,
        }
    }
}

#[derive(serde::Serialize)]
struct FigureObject<'a> {
    label: &'a str,
    value: Plain,
    #[serde(skip_serializing_if = "Option::is_none")]
    n: Option<u32>,
}

impl<'a> From<&'a KeyFigure> for FigureObject<'a> {
    fn from(figure: &'a KeyFigure) -> Self {
        Self {
            label: &figure.label,
            value: Plain(figure.value),
            n: figure.n,
        }
    }
}

#[derive(serde::Serialize)]
struct TransitionObject<'a> {
    from: &'a str,
    to: &'a str,
    weight: Plain,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<PromiseResult>,
    #[serde(skip_serializing_if = "Option::is_none")]
    wait_s: Option<Plain>,
    #[serde(skip_serializing_if = "Given::is_empty")]
    given: &'a Given,
    #[serde(skip_serializing_if = "Option::is_none")]
    wait_spread: Option<WaitsObject<'a>>,
}

#[derive(serde::Serialize)]
struct WaitsObject<'a> {
    mean_s: Plain,
    sd_s: Plain,
    buckets: &'a [(u16, u64)],
}

impl<'a> WaitsObject<'a> {
    fn of(waits: &'a Waits) -> Option<Self> {
        Some(Self {
            mean_s: Plain(waits.mean_s()?),
            sd_s: Plain(waits.sd_s()?),
            buckets: waits.numbered(),
        })
    }
}

impl<'a> From<(&'a Touchpoint, &'a Touchpoint, &'a Transition)> for TransitionObject<'a> {
    fn from((from, to, transition): (&'a Touchpoint, &'a Touchpoint, &'a Transition)) -> Self {
        Self {
            from: &from.id,
            to: &to.id,
            weight: Plain(transition.weight),
            when: transition.when,
            wait_s: transition.wait_s.map(Plain),
            given: &transition.given,
            wait_spread: transition.wait_spread.as_ref().and_then(WaitsObject::of),
        }
    }
}

/// A number as people write it: 35 and not 35.0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Plain(pub(super) f64);

impl Serialize for Plain {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        const EXACT: f64 = 9_007_199_254_740_992.0;
        let Self(number) = *self;
        let is_whole = number.fract() == 0.0 && number.abs() < EXACT;
        let is_minus_zero = number == 0.0 && number.is_sign_negative();
        if is_whole && !is_minus_zero {
            #[expect(clippy::cast_possible_truncation, reason = "a whole number below 2^53")]
            let whole = number as i64;
            serializer.serialize_i64(whole)
        } else {
            serializer.serialize_f64(number)
        }
    }
}
