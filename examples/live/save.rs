//! Files to keep.

use customer_journey::Outcome;
use customer_journey::formats::spreadsheet::SheetTable;
use customer_journey::formats::{MermaidStyle, MissingScore};
use customer_journey::render::Preset;
use serde_json::{Value, json};

use super::change::changes;
use super::refused;
use super::request::{Form, Save};
use super::table::language;

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
    let language = language(&asked.lang);
    match asked.form {
        Form::Document => serde_json::to_string_pretty(&journey).map_err(|error| error.to_string()),
        Form::Table => Ok(journey.to_spreadsheet(&language).to_text(&language)),
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
            Ok(picture.width(1600).language(language).to_string())
        }
        Form::Page => Ok(flow()?
            .html()
            .outcome(outcome)
            .language(language)
            .to_string()),
        Form::Text => Ok(flow()?.report().text().to_string()),
    }
}

/// A table as it stands, also where something is wrong in it.
pub(super) fn kept(table: &SheetTable) -> Value {
    let language = language(&table.language);
    json!({ "text": table.sheet(&language).to_text(&language) })
}
