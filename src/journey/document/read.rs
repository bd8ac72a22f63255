//! What a document says, as a drawing that is still to be checked.

use std::sync::Arc;

use serde::de::Deserialize;

use super::FORMAT;
use super::facts::{read_facts, read_given};
use super::object::{Entry, Object, Part, Reader};
use super::touchpoint::read_touchpoint;
use super::value::Value;
use crate::journey::builder::{JourneyBuilder, Link};
use crate::journey::counted::Counted;
use crate::journey::outcome::Outcome;
use crate::journey::problem::{Fault, Place};
use crate::journey::promise::PromiseResult;
use crate::journey::transition::Transition;
use crate::statistics::Waits;

/// Stands for a name that must not be empty and could not be read.
pub(super) const UNREAD: &str = "?";

pub(super) const RESULT: &str = "\"kept\", \"broken\" or \"unknown\"";
pub(super) const OUTCOME: &str = "an outcome such as \"churn\"";

const KEYS: &[&str] = &[
    "format",
    "name",
    "kind",
    "values",
    "currency",
    "persona",
    "scenario",
    "notes",
    "remembers",
    "touchpoints",
    "transitions",
    "counted",
    "$schema",
];

/// Reads everything that can be read. The builder holds what was wrong, and refuses to build if anything was.
pub(super) fn journey(document: Value) -> JourneyBuilder {
    let mut reader = Reader {
        problems: Vec::new(),
        place: Place::Journey,
    };
    let mut drawing = JourneyBuilder::default();
    let expected = "an object with `format`, `touchpoints` and `transitions`";
    match Object::open(&mut reader, document, Part::Document, KEYS, expected) {
        Some(document) => read_journey(document, &mut drawing),
        None => drawing.unread.touchpoints = true,
    }
    drawing.unread.problems = reader.problems;
    drawing
}

fn read_journey(mut document: Object<'_>, drawing: &mut JourneyBuilder) {
    let expected = "\"customer-journey/1\"";
    if let Some(found) = document.required_text("format", expected)
        && found != FORMAT
    {
        document.reader.report(Fault::UnknownFormat { found });
    }
    // Where an editor finds the schema is no part of the journey.
    document.text("$schema");
    let about = &mut drawing.about;
    about.name = document.text("name").unwrap_or_default();
    let kind = document.word("kind", "\"planned\" or \"experienced\"");
    about.kind = kind.known().unwrap_or_default();
    let values = document.list("values", "a list of objects with `outcome` and `value`");
    for (number, value) in (1..).zip(values.known().unwrap_or_default()) {
        about
            .values
            .push(read_value(value, number, document.reader));
    }
    about.currency = document.text("currency");
    about.persona = document.text("persona");
    about.scenario = document.text("scenario");
    about.notes = document.text("notes");
    about.remembers = read_facts(&mut document);
    if let Some(counted) = document.take("counted").known() {
        match Counted::deserialize(counted) {
            Ok(counted) => about.counted = Some(Arc::new(counted)),
            Err(found) => document.reader.wrong_type(
                "`counted`",
                "what a journey learned from whole journeys has there",
                found,
            ),
        }
    }

    let expected = "a list of touchpoints";
    let touchpoints = document.list("touchpoints", expected);
    let touchpoints = document.required("touchpoints", expected, touchpoints);
    drawing.unread.touchpoints = touchpoints.is_none();
    let transitions = document.list("transitions", "a list of transitions");
    let reader = document.reader;
    for (position, value) in touchpoints.into_iter().flatten().enumerate() {
        let id = value.text_at("id");
        reader.place = Place::touchpoint(position + 1, id);
        if id.is_none() {
            drawing.unread.ids.insert(position);
        }
        drawing.touchpoints.push(read_touchpoint(value, reader));
    }
    for (position, value) in transitions.known().into_iter().flatten().enumerate() {
        reader.place = Place::transition(position + 1, value.text_at("from"), value.text_at("to"));
        let (link, when_is_known) = read_transition(value, reader);
        if !when_is_known {
            drawing.unread.whens.insert(position);
        }
        drawing.transitions.push(link);
    }
}

fn read_value(value: Value, number: usize, reader: &mut Reader) -> (Outcome, f64) {
    const KEYS: &[&str] = &["outcome", "value"];
    // One of its own for each, so that two that could not be read are not taken for one outcome stated twice.
    let unread = || Outcome::from(format!("{UNREAD} {number}"));
    let expected = "an object such as {\"outcome\": \"churn\", \"value\": -100}";
    let Some(mut value) = Object::open(reader, value, Part::Value(number), KEYS, expected) else {
        return (unread(), 0.0);
    };
    let outcome = value.required_text("outcome", OUTCOME);
    let worth = value.number("value");
    let worth = value.required("value", "a number", worth);
    (
        outcome.map_or_else(unread, Outcome::from),
        worth.unwrap_or(0.0),
    )
}

/// Reads a transition, and says whether it is known when it is open.
fn read_transition(value: Value, reader: &mut Reader) -> (Link, bool) {
    const KEYS: &[&str] = &[
        "from",
        "to",
        "weight",
        "when",
        "wait_s",
        "wait_spread",
        "given",
    ];
    let mut link = Link {
        from: None,
        to: None,
        transition: Transition::default(),
    };
    let expected = "an object such as {\"from\": \"call\", \"to\": \"review\", \"weight\": 1}";
    let Some(mut value) = Object::open(reader, value, Part::Itself, KEYS, expected) else {
        return (link, false);
    };
    link.from = value.required_text("from", "the id of a touchpoint");
    link.to = value.required_text("to", "the id of a touchpoint");
    link.transition.weight = value.weight();
    let when: Entry<PromiseResult> = value.word("when", RESULT);
    let when_is_known = !when.is_unreadable();
    link.transition.when = when.known();
    link.transition.wait_s = value.number("wait_s").known();
    link.transition.given = read_given(&mut value);
    link.transition.wait_spread = read_waits(&mut value);
    (link, when_is_known)
}

/// How the waits of a way spread: mean, standard deviation, and pairs of a bucket's number and its count.
fn read_waits(link: &mut Object<'_>) -> Option<Waits> {
    const EXPECTED: &str = "an object such as {\"mean_s\": 60, \"sd_s\": 20, \"buckets\": [[251, 4], [257, 2]]}, with buckets from 0 to 1025 in order";
    let waits = link.take_as("wait_spread", EXPECTED, |value| {
        waits_of(&value).ok_or(value)
    });
    waits.known()
}

fn waits_of(value: &Value) -> Option<Waits> {
    let Value::Object(entries) = value else {
        return None;
    };
    let [mut mean_s, mut sd_s, mut buckets] = [None; 3];
    for (key, value) in entries {
        let slot = match key.as_str() {
            "mean_s" => &mut mean_s,
            "sd_s" => &mut sd_s,
            "buckets" => &mut buckets,
            _ => return None,
        };
        if slot.replace(value).is_some() {
            return None;
        }
    }
    let (Value::Number(mean_s), Value::Number(sd_s), Value::List(pairs)) =
        (mean_s?, sd_s?, buckets?)
    else {
        return None;
    };
    let pairs = pairs.iter().map(|pair| match pair {
        Value::List(pair) => match pair.as_slice() {
            [Value::Number(bucket), Value::Number(count)] => {
                Some((u16::try_from(whole(*bucket)?).ok()?, whole(*count)?))
            }
            _ => None,
        },
        _ => None,
    });
    Waits::told(*mean_s, *sd_s, pairs.collect::<Option<_>>()?)
}

/// A whole number that every reader of documents keeps.
fn whole(number: f64) -> Option<u64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let is_whole = (0.0..EXACT).contains(&number) && number.fract() <= 0.0;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a whole number from 0 to 2^53"
    )]
    is_whole.then_some(number as u64)
}
