//! Files to keep.

use customer_journey::formats::{MermaidStyle, MissingScore};
use customer_journey::render::Preset;
use customer_journey::{Journey, Outcome};
use serde_json::{Value, json};

use super::change::changes;
use super::draw::table;
use super::refused;
use super::request::{Form, Save};
use super::row::COLUMNS;

/// The file, as text.
pub(super) fn saved(asked: &Save) -> Value {
    match text(asked) {
        Ok(text) => json!({ "text": text }),
        Err(error) => refused(error),
    }
}

fn text(asked: &Save) -> Result<String, String> {
    let journey = asked.journey()?;
    let journey = if asked.changes.is_empty() {
        journey
    } else {
        let changed = journey.with_changes(&changes(&asked.changes));
        changed.map_err(|error| error.to_string())?
    };
    let flow = || journey.flow().map_err(|error| error.to_string());
    let outcome = Outcome::from(asked.outcome.as_str());
    match asked.form {
        Form::Document => serde_json::to_string_pretty(&journey).map_err(|error| error.to_string()),
        Form::Table => rows(&journey),
        Form::Mermaid => {
            let drawn = journey
                .met()
                .to_mermaid(MermaidStyle::new(MissingScore::Skip));
            drawn
                .map(|drawn| drawn.text)
                .map_err(|error| error.to_string())
        }
        Form::Map => {
            let flow = flow()?;
            let picture = flow.svg().preset(Preset::Workshop).outcome(outcome);
            Ok(picture.width(1600).lang(&asked.lang).to_string())
        }
        Form::Page => Ok(flow()?
            .html()
            .outcome(outcome)
            .lang(&asked.lang)
            .to_string()),
        Form::Text => Ok(flow()?.report().text().to_string()),
    }
}

fn rows(journey: &Journey) -> Result<String, String> {
    let document = serde_json::to_value(journey).map_err(|error| error.to_string())?;
    let mut writer = csv::Writer::from_writer(Vec::new());
    let written = writer.write_record(COLUMNS).and_then(|()| {
        table(&document)
            .rows
            .iter()
            .try_for_each(|row| writer.write_record(COLUMNS.iter().map(|column| row.cell(column))))
    });
    written.map_err(|error| error.to_string())?;
    let bytes = writer.into_inner().map_err(|error| error.to_string())?;
    String::from_utf8(bytes).map_err(|error| error.to_string())
}
