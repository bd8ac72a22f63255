//! What people feel, in a cell: `doubt 60 %; satisfaction 40 %`, `anger (0.9)`, `-0.4`, `relief 10; unknown 960`.
#![expect(
    clippy::float_cmp,
    reason = "numbers as somebody wrote them, held against what they are short for"
)]

use super::error::{SpreadsheetProblem, of_sheet};
use super::sheet::Cell;
use super::spoken::Spoken;
use super::written::escape::entries;
use super::written::number;
use crate::journey::{Emotion, Fault, Shade, ShadeFeeling};
use crate::language::Language;

const EXPECTED: &str = "a feeling, with a strength in brackets and a number behind it where they are needed: anger (0.9) 60 %";

/// Reads the emotion of a cell.
pub(super) fn read(text: &str, spoken: Spoken<'_>) -> Result<Emotion, Vec<SpreadsheetProblem>> {
    let mut problems = Vec::new();
    let mut shades = Vec::new();
    let mut unknown = None;
    let items: Vec<&str> = entries(text)
        .into_iter()
        .flat_map(|entry| entry.split(", "))
        .collect();
    let (mut with, mut without) = (0, None);
    for item in items {
        let (rest, weight) = weight_behind(item, spoken);
        match weight {
            Some(_) => with += 1,
            None => without = Some(item),
        }
        let weight = weight.unwrap_or(1.0);
        if spoken.is("word.unknown", rest) {
            if unknown.replace(weight).is_some() {
                problems.push(not_an_entry(item));
            }
            continue;
        }
        match shade(rest, spoken) {
            Ok(shade) => shades.push(shade.weight(weight)),
            Err(problem) => problems.push(problem),
        }
    }
    if let (Some(entry), true) = (without, with > 0) {
        let entry = entry.trim().to_owned();
        problems.push(SpreadsheetProblem::NoWeight { entry });
    }
    if problems.is_empty() {
        Ok(Emotion::mix(shades).or_unknown(unknown.unwrap_or(0.0)))
    } else {
        Err(problems)
    }
}

fn not_an_entry(found: &str) -> SpreadsheetProblem {
    SpreadsheetProblem::NotAnEntry {
        found: found.trim().to_owned(),
        expected: EXPECTED,
    }
}

/// Parts an entry and the number at its end, unless the number is all of it.
pub(super) fn weight_behind<'t>(entry: &'t str, spoken: Spoken<'_>) -> (&'t str, Option<f64>) {
    let entry = entry.trim();
    let mut from = entry.trim_end_matches('%').trim_end().len();
    // A number may have blanks between its thousands.
    let mut found = (entry, None);
    while let Some(at) = entry
        .get(..from)
        .and_then(|head| head.rfind(char::is_whitespace))
    {
        let (rest, number) = entry.split_at(at);
        match spoken.number(number) {
            Ok((weight, _)) if !rest.trim().is_empty() => found = (rest.trim_end(), Some(weight)),
            _ => break,
        }
        from = rest.trim_end().len();
        // Only groups of three digits go on a number to the left.
        let digits = number.trim().bytes().take_while(u8::is_ascii_digit).count();
        if digits != 3 {
            break;
        }
        let before = rest
            .trim_end()
            .rsplit(char::is_whitespace)
            .next()
            .unwrap_or_default();
        if !before.bytes().all(|byte| byte.is_ascii_digit()) || before.is_empty() {
            break;
        }
    }
    found
}

fn shade(text: &str, spoken: Spoken<'_>) -> Result<Shade, SpreadsheetProblem> {
    let text = text.trim().trim_end_matches([':', '=']).trim_end();
    let (felt, intensity) = match text
        .strip_suffix(')')
        .and_then(|text| text.rsplit_once('('))
    {
        Some((felt, strength)) => {
            let (strength, percent) = spoken.number(strength)?;
            let strength = if percent { strength / 100.0 } else { strength };
            (felt.trim(), Some(strength))
        }
        None => (text, None),
    };
    let starts_a_number = |first: char| first.is_ascii_digit() || "+-.,\u{2212}".contains(first);
    let shade = if felt.starts_with(starts_a_number) {
        let (valence, percent) = spoken.number(felt)?;
        if percent {
            return Err(not_an_entry(felt));
        }
        Shade::valence(valence)
    } else {
        Shade::feeling(spoken.feeling(felt)?)
    };
    match intensity.unwrap_or(1.0) {
        strength if (0.0..=1.0).contains(&strength) => Ok(shade.at(strength)),
        value => {
            let key = "emotion";
            let fault = Fault::Intensity { key, value };
            Err(of_sheet(&fault, spoken, |_| None))
        }
    }
}

/// The cell of an emotion: a number where it is a plain valence, else text.
pub(super) fn written(emotion: &Emotion, language: &Language) -> Cell {
    let comma = language.decimal_comma;
    let unknown = Some(emotion.unknown_weight()).filter(|weight| *weight != 0.0);
    if let ([shade], None) = (emotion.shades(), unknown)
        && let ShadeFeeling::Valence(valence) = shade.felt
        && shade.weight == 1.0
        && shade.intensity >= 1.0
    {
        return Cell::Number(valence);
    }
    let mut items: Vec<(String, f64)> = emotion
        .shades()
        .iter()
        .map(|shade| (felt(shade, language), shade.weight))
        .collect();
    items.extend(unknown.map(|weight| (language.word("word.unknown").to_owned(), weight)));
    let plain = items.iter().all(|(_, weight)| *weight == 1.0);
    let total: f64 = items.iter().map(|(_, weight)| weight).sum();
    let sign = if items.len() > 1 && total == 100.0 {
        " %"
    } else {
        ""
    };
    let item = |(word, weight): &(String, f64)| {
        if plain {
            word.clone()
        } else {
            format!("{word} {}{sign}", number::written(*weight, comma))
        }
    };
    Cell::Text(items.iter().map(item).collect::<Vec<_>>().join("; "))
}

fn felt(shade: &Shade, language: &Language) -> String {
    let comma = language.decimal_comma;
    let word = match &shade.felt {
        ShadeFeeling::Feeling(feeling) => language.feeling(*feeling).into_owned(),
        ShadeFeeling::Valence(valence) => number::written(*valence, comma),
        // Names and ratings are resolved when a journey is built.
        ShadeFeeling::Named(name) => name.clone(),
        ShadeFeeling::Rating(rating, scale) => {
            number::written(scale.valence(*rating).unwrap_or(0.0), comma)
        }
    };
    if shade.intensity < 1.0 {
        format!("{word} ({})", number::written(shade.intensity, comma))
    } else {
        word
    }
}
