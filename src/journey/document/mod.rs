//! Journeys from and to documents of the format `customer-journey/1`.

mod data;
mod emotion;
mod facts;
mod object;
mod read;
mod slip;
mod survey;
mod touchpoint;
mod value;
mod write;
mod write_facts;

use serde::de::{Deserialize, Deserializer, Error};

use super::journey::Journey;
use super::problem::Invalid;
pub use slip::{JsonSlip, JsonSlipKind, OtherFormat};
pub(crate) use value::Value;
pub(crate) use write::{AboutForm, TouchpointForm};

/// What `format` says in a document.
const FORMAT: &str = "customer-journey/1";

/// A document that has been parsed and not yet judged.
///
/// A [`Journey`] is read from a document directly; if it is refused, the error's text names every problem. Read a
/// `JourneyDocument` first to have them as data: parsing fails only on text that is not a document at all, such as
/// broken JSON, and [`Journey::try_from`] then gives the [`Invalid`] with its [`problems`](Invalid::problems).
///
/// ```
/// use customer_journey::journey::{Fault, JourneyDocument};
/// use customer_journey::Journey;
///
/// let document: JourneyDocument = serde_json::from_str(
///     r#"{ "format": "customer-journey/1",
///          "touchpoints": [ {"id": "call", "phase": "durring", "channel": "phone", "emotion": "angr"} ] }"#,
/// )?;
/// let invalid = Journey::try_from(document).unwrap_err();
/// assert!(matches!(invalid.problems()[0].fault, Fault::UnknownWord { .. }));
/// assert_eq!(
///     invalid.problems()[1].to_string(),
///     "touchpoint \"call\": `emotion` names \"angr\", which is not a feeling known here; \
///      did you mean \"anger\"? (a number from -1 to 1 works too)",
/// );
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct JourneyDocument {
    value: Value,
}

/// A document whose touchpoints are kept elsewhere.
impl JourneyDocument {
    /// Whether it is an object that has this key.
    pub(crate) fn has(&self, key: &str) -> bool {
        matches!(&self.value, Value::Object(entries) if entries.iter().any(|(known, _)| known == key))
    }

    /// The same document with these touchpoints.
    pub(crate) fn with_touchpoints(mut self, touchpoints: Vec<Self>) -> Self {
        let touchpoints = touchpoints.into_iter().map(|document| document.value);
        if let Value::Object(entries) = &mut self.value {
            let touchpoints = Value::List(touchpoints.collect());
            entries.push(("touchpoints".to_owned(), touchpoints));
        }
        self
    }
}

/// Reads any value of a format that describes itself. Lists and objects may be nested 100 deep; a journey needs 5.
impl<'de> Deserialize<'de> for JourneyDocument {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        Ok(Self { value })
    }
}

impl TryFrom<JourneyDocument> for Journey {
    type Error = Invalid;

    fn try_from(document: JourneyDocument) -> Result<Self, Invalid> {
        read::journey(document.value).build()
    }
}

/// Reads a document of the format `customer-journey/1`, from any data format that describes itself. The error's text
/// is that of [`Invalid`]: every problem of the document, each naming its place.
impl<'de> Deserialize<'de> for Journey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let document = JourneyDocument::deserialize(deserializer)?;
        Self::try_from(document).map_err(D::Error::custom)
    }
}
