//! JSON: journeys from and to documents, and values that stand as JSON within texts of other languages.

use std::fmt::Write;

use serde::Serialize;

use crate::journey::{Invalid, Journey, JourneyDocument, JsonSlip};

impl Journey {
    /// Reads a `customer-journey/1` document from JSON. Takes time in proportion to the text.
    ///
    /// ```
    /// use customer_journey::Journey;
    ///
    /// let text = r#"{ "format": "customer-journey/1", "name": "Call",
    ///                 "touchpoints": [ {"id": "call", "phase": "during", "channel": "phone"} ] }"#;
    /// let journey = Journey::from_json(text)?;
    /// assert_eq!(Journey::from_json(&journey.to_json())?, journey);
    ///
    /// let error = Journey::from_json("{ 'format': 1 }").unwrap_err();
    /// assert!(error.to_string().contains("double quotation marks"));
    /// # Ok::<(), customer_journey::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`JsonError::Slip`] or [`JsonError::Json`] where the text is no JSON, [`JsonError::Invalid`] with every problem of
    /// the map where it is.
    pub fn from_json(text: &str) -> Result<Self, JsonError> {
        let document: JourneyDocument = serde_json::from_str(text).map_err(|error| {
            let slip = JsonSlip::find(text, error.line(), error.column());
            slip.map_or_else(|| JsonError::Json(error.to_string()), JsonError::Slip)
        })?;
        Ok(Self::try_from(document)?)
    }

    /// The journey as a `customer-journey/1` document in JSON, over several lines. [`Journey::from_json`] reads it
    /// back as an equal journey.
    #[must_use]
    pub fn to_json(&self) -> String {
        // The forms of a document have texts as keys and finite numbers: they can always be written.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

/// Why a text is no journey document.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum JsonError {
    /// It is no JSON, and what is wrong can be said in plain words.
    #[error(transparent)]
    Slip(#[from] JsonSlip),
    /// It is no JSON; the words of its reader.
    #[error("this is no JSON: {0}")]
    Json(String),
    /// It is JSON and no journey.
    #[error(transparent)]
    Invalid(#[from] Invalid),
}

/// A value on one line that stays harmless within a comment of another language: besides what JSON demands, the
/// characters that such languages look for are escaped. None of them has a meaning in JSON, so they stand within texts alone,
/// where each can be written by its number; and none is beyond the first plane.
pub(crate) fn in_comment<T: Serialize + ?Sized>(value: &T) -> serde_json::Result<String> {
    let mut text = String::new();
    for c in serde_json::to_string(value)?.chars() {
        // Line ends of some languages, and marks that editors drop.
        if c.is_control() || "%<>#;&\u{2028}\u{2029}\u{feff}".contains(c) {
            // Writing to a text cannot fail.
            let _ = write!(text, "\\u{:04x}", u32::from(c));
        } else {
            text.push(c);
        }
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::in_comment;
    use crate::steady::cases;

    proptest! {
        #![proptest_config(cases(256))]

        #[test]
        fn what_stands_in_another_text_reads_back_and_is_harmless(
            text in "[\"\\\\\\x00-\\x1f%#;<>&a-z\u{85}\u{2028}\u{feff}\u{10ffff}]{0,12}"
        ) {
            let line = in_comment(&text).unwrap_or_default();
            prop_assert_eq!(serde_json::from_str::<String>(&line).ok(), Some(text));
            let harmful = ['%', '<', '>', '#', ';', '&', '\n', '\r', '\u{2028}', '\u{85}', '\u{feff}'];
            prop_assert!(!line.contains(harmful));
        }
    }
}
