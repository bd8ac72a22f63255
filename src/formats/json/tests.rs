//! Against the reader and the writer that everybody else uses.

#![expect(
    clippy::unwrap_used,
    reason = "what can not be written or read fails the test"
)]

use crate::steady::cases;
use proptest::prelude::*;
use serde_json::Value;

use super::{from_text, in_comment, pretty};
use crate::journey::JourneyDocument;

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        (-1e9..1e9).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[\"\\\\\\x00-\\x1f%#;<>&\u{2028}\u{10ffff}]{0,6}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::btree_map(any::<String>(), inner, 0..5)
                .prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}

/// Text that is nearly JSON.
fn nearly() -> impl Strategy<Value = String> {
    let pieces = [
        "{", "}", "[", "]", ",", ":", "\"", "\"a\"", "\\u00e9", "\\ud83d", "\\ude00", "\\n", "\\x",
        "null", "true", "fals", "0", "-", "1", ".5", "e", "E+2", "1e400", " ", "\n", "\u{1}", "é",
    ];
    proptest::collection::vec(proptest::sample::select(pieces.to_vec()), 0..10)
        .prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn what_is_written_is_json(value in value()) {
        for text in [pretty(&value).unwrap(), in_comment(&value).unwrap()] {
            prop_assert_eq!(&serde_json::from_str::<Value>(&text).unwrap(), &value);
            prop_assert_eq!(&from_text::<Value>(&text).unwrap(), &value);
        }
        let line = in_comment(&value).unwrap();
        let means_something = line.contains(['%', '<', '>', '#', ';', '&', '\n', '\r', '\u{2028}', '\u{85}']);
        prop_assert!(!means_something);
    }

    #[test]
    fn json_is_read(value in value()) {
        let text = serde_json::to_string_pretty(&value).unwrap();
        prop_assert_eq!(from_text::<Value>(&text).unwrap(), value);
    }

    #[test]
    fn the_same_text_is_json(text in nearly()) {
        let ours = from_text::<JourneyDocument>(&text);
        let theirs = serde_json::from_str::<JourneyDocument>(&text);
        prop_assert_eq!(ours.is_ok(), theirs.is_ok(), "{:?}: {:?} and {:?}", text, ours, theirs);
        if let (Ok(ours), Ok(theirs)) = (ours, theirs) {
            prop_assert_eq!(ours, theirs);
        }
    }
}

#[test]
fn nesting_has_an_end() {
    let deep = "[".repeat(1_000_000);
    assert!(from_text::<JourneyDocument>(&deep).is_err());
}
