//! Survey measures of a document, read and written.

use super::object::{Object, Part};
use super::read::UNREAD;
use super::write::Plain;
use crate::journey::survey::{SurveyKind, SurveyMeasure};
use crate::journey::words::Phase;

const KEYS: &[&str] = &[
    "name", "kind", "min", "max", "from", "answers", "promise", "phase", "decides", "part_of",
];

pub(super) fn read_measures(touchpoint: &mut Object<'_>) -> Vec<SurveyMeasure> {
    let items = touchpoint.list("measures", "a list of survey measures");
    let mut measures = Vec::new();
    for (number, item) in (1..).zip(items.known().unwrap_or_default()) {
        let expected = "an object such as {\"name\": \"after the call\", \"kind\": \"nps\", \"answers\": [{\"answer\": 9, \"count\": 50}]}";
        let reader = &mut *touchpoint.reader;
        let part = Part::Measure(number);
        let Some(mut value) = Object::open(reader, item, part, KEYS, expected) else {
            continue;
        };
        let name = value.required_text("name", "what people call it");
        let kinds =
            "\"nps\", \"csat\", \"ces-mean\", \"ces-agree\", \"ces-net\", \"ces-1\" or \"index\"";
        let kind = value.word("kind", kinds);
        let kind = value.required("kind", kinds, kind);
        let name = name.unwrap_or_else(|| UNREAD.to_owned());
        let mut measure = SurveyMeasure::new(name, kind.unwrap_or(SurveyKind::Nps));
        measure.min = value.number("min").known();
        measure.max = value.number("max").known();
        measure.from = value.number("from").known();
        measure.answers = read_answers(&mut value, number);
        measure.promise = value.text("promise");
        measure.phase = value
            .word("phase", "\"before\", \"during\" or \"after\"")
            .known();
        measure.decides = value.text("decides");
        measure.part_of = value.text("part_of");
        // What could not be read was reported, and is not blamed again.
        if kind.is_some() {
            measures.push(measure);
        }
    }
    measures
}

fn read_answers(measure: &mut Object<'_>, of: usize) -> Vec<(f64, u32)> {
    const KEYS: &[&str] = &["answer", "count"];
    let items = measure.list("answers", "a list of answers");
    let mut answers = Vec::new();
    for (number, item) in (1..).zip(items.known().unwrap_or_default()) {
        let expected = "an object such as {\"answer\": 9, \"count\": 50}";
        let part = Part::Answer(number, of);
        let reader = &mut *measure.reader;
        let Some(mut value) = Object::open(reader, item, part, KEYS, expected) else {
            continue;
        };
        let answer = value.number("answer");
        let answer = value.required("answer", "a number", answer);
        let count = value.whole("count");
        let count = value.required("count", "how often it was given", count);
        answers.extend(answer.zip(count));
    }
    answers
}

#[derive(serde::Serialize)]
pub(super) struct MeasureObject<'a> {
    name: &'a str,
    kind: SurveyKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    min: Option<Plain>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max: Option<Plain>,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<Plain>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    answers: Vec<AnswerObject>,
    #[serde(skip_serializing_if = "Option::is_none")]
    promise: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phase: Option<Phase>,
    #[serde(skip_serializing_if = "Option::is_none")]
    decides: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    part_of: Option<&'a str>,
}

#[derive(serde::Serialize)]
struct AnswerObject {
    answer: Plain,
    count: u32,
}

impl<'a> From<&'a SurveyMeasure> for MeasureObject<'a> {
    fn from(measure: &'a SurveyMeasure) -> Self {
        let answers = measure.answers.iter().map(|&(answer, count)| AnswerObject {
            answer: Plain(answer),
            count,
        });
        Self {
            name: &measure.name,
            kind: measure.kind,
            min: measure.min.map(Plain),
            max: measure.max.map(Plain),
            from: measure.from.map(Plain),
            answers: answers.collect(),
            promise: measure.promise.as_deref(),
            phase: measure.phase,
            decides: measure.decides.as_deref(),
            part_of: measure.part_of.as_deref(),
        }
    }
}
