//! A touchpoint from a row.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::column::Column;
use super::emotion;
use super::error::{SpreadsheetFinding, SpreadsheetProblem};
use super::more;
use super::escape::{entries, plain, unquoted};
use super::read::{Cells, Drawn, Reader};
use super::sheet::Cell;
use super::ways::{Places, Way, outcomes, ways, without_number};
use crate::formats::phase_words;
use crate::journey::{
    Ability, Ending, Emotion, Evidence, KeyFigure, Outcome, Phase, Promise, Touchpoint, TouchpointForm,
};

/// Reads the rows below the headings into a drawing.
pub(super) fn read(
    reader: &mut Reader<'_>,
    body: Vec<(usize, Cells)>,
    about: Map<String, Value>,
) -> Drawn {
    let ids = ids(reader, &body);
    let named = ids.iter().zip(&body).map(|(id, (_, cells))| {
        (id.as_str(), cells.get(&Column::Name).map(|name| plain(name.said().trim())))
    });
    let named: Vec<(&str, Option<String>)> = named.collect();
    let places = Places::of(named.iter().map(|(id, name)| (*id, name.as_deref())));
    let has_next = reader.has(Column::Next);
    if !has_next && body.len() > 1 {
        reader.note(None, None, SpreadsheetFinding::Sequence);
    }
    let mut found: Vec<Found> = Vec::new();
    let mut touchpoints = Vec::new();
    for (position, (row, cells)) in body.iter().enumerate() {
        let Some(id) = ids.get(position) else { continue };
        let mut one = Row { reader, row: *row, cells };
        let mut touchpoint = one.touchpoint(id);
        let mut on = one.ways_on(&places);
        let ends = one.endings(&on);
        let mut more = one.more();
        if !has_next && let Some(next) = ids.get(position + 1) {
            on.extend(onward(next, &ends).map(|way| (way, None)));
        }
        touchpoint.ends = ends.into_iter().map(|(ending, _)| ending).collect();
        let mut way_more = match more.as_object_mut().and_then(|more| more.remove("next")) {
            Some(Value::Array(next)) => next.into_iter(),
            _ => Vec::new().into_iter(),
        };
        // The forms of a touchpoint have texts as keys and finite numbers: they can always be written.
        let mut form = serde_json::to_value(TouchpointForm(&touchpoint)).unwrap_or_default();
        more::merge(&mut form, more);
        touchpoints.push((*row, form));
        found.extend(on.into_iter().map(|(way, order)| Found {
            row: *row,
            order,
            form: way_form(id, &way, way_more.next()),
        }));
    }
    // Where each way says where among all ways it stands, that is its place.
    if found.iter().all(|found| found.order.is_some()) {
        found.sort_by_key(|found| found.order);
    }
    Drawn {
        about,
        touchpoints,
        ways: found.into_iter().map(|found| (found.row, found.form)).collect(),
    }
}

/// A way as the document has it.
fn way_form(from: &str, way: &Way<String>, more: Option<Value>) -> Value {
    let weight = way.weight.unwrap_or(1.0);
    let mut form = json!({ "from": from, "to": way.to, "weight": weight });
    if let Some(when) = way.when {
        more::merge(&mut form, json!({ "when": when.as_str() }));
    }
    if let Some(wait_s) = way.wait_s {
        more::merge(&mut form, json!({ "wait_s": wait_s }));
    }
    if let Some(more) = more {
        more::merge(&mut form, more);
    }
    form
}

/// A way on, where it was found, and its place among all ways where that is stated.
struct Found {
    row: usize,
    order: Option<usize>,
    form: Value,
}

/// The way to the row below, for sheets that say nothing of ways: those go there whose journey does not end here.
fn onward(next: &str, ends: &[(Ending, bool)]) -> Option<Way<String>> {
    let all_per_cent = ends.iter().all(|(_, percent)| *percent);
    let ending: f64 = ends.iter().map(|(ending, _)| ending.weight).sum();
    let weight = match ends {
        [] => 1.0,
        _ if all_per_cent && ending < 100.0 => 100.0 - ending,
        _ => return None,
    };
    Some(Way {
        to: next.to_owned(),
        weight: Some(weight),
        when: None,
        wait_s: None,
        entry: String::new(),
    })
}

/// The id of each row: what stands there, or one made of the name.
fn ids(reader: &mut Reader<'_>, body: &[(usize, Cells)]) -> Vec<String> {
    let said = |cells: &Cells, column| cells.get(&column).map(|cell| plain(cell.said().trim()));
    let stated = body.iter().filter_map(|(_, cells)| said(cells, Column::Id));
    let mut taken: BTreeSet<String> = stated.collect();
    let mut ids = Vec::with_capacity(body.len());
    for (row, cells) in body {
        ids.push(match (said(cells, Column::Id), said(cells, Column::Name)) {
            (Some(id), _) => id,
            (None, Some(name)) => made_of(&name, &mut taken),
            (None, None) => {
                let column = if reader.has(Column::Name) { Column::Name } else { Column::Id };
                let expected = "what people call the touchpoint";
                reader.fault(*row, Some(column), SpreadsheetProblem::Missing { expected });
                made_of("unnamed", &mut taken)
            }
        });
    }
    ids
}

/// An id that nobody has, made of the first words of a name.
pub(super) fn made_of(name: &str, taken: &mut BTreeSet<String>) -> String {
    const LONGEST: usize = 32;
    let small = name.to_lowercase();
    let mut id = String::new();
    for word in small.split(|letter: char| !letter.is_alphanumeric()) {
        if word.is_empty() {
            continue;
        }
        if !id.is_empty() && id.chars().count() + word.chars().count() >= LONGEST {
            break;
        }
        if !id.is_empty() {
            id.push('_');
        }
        id.extend(word.chars().take(LONGEST));
    }
    if id.is_empty() {
        id.push_str("touchpoint");
    }
    let mut number = 1;
    let mut free = id.clone();
    while taken.contains(&free) {
        number += 1;
        free = format!("{id}_{number}");
    }
    taken.insert(free.clone());
    free
}

/// A row, read cell by cell.
struct Row<'r, 'a> {
    reader: &'r mut Reader<'a>,
    row: usize,
    cells: &'r Cells,
}

impl Row<'_, '_> {
    fn fault(&mut self, column: Column, problem: SpreadsheetProblem) {
        self.reader.fault(self.row, Some(column), problem);
    }

    fn said(&self, column: Column) -> Option<String> {
        self.cells.get(&column).map(|cell| cell.said().trim().to_owned())
    }

    fn text(&self, column: Column) -> Option<String> {
        self.said(column).map(|text| plain(&text))
    }

    /// The entries of a cell that has one a line.
    fn lines(&self, column: Column) -> Vec<String> {
        let said = self.said(column).unwrap_or_default();
        let lines = said.lines().map(str::trim).filter(|line| !line.is_empty());
        lines.map(str::to_owned).collect()
    }

    fn number(&mut self, column: Column) -> Option<f64> {
        if let Some(Cell::Number(value)) = self.cells.get(&column) {
            return Some(*value);
        }
        let said = self.said(column)?;
        match self.reader.spoken.number(&said) {
            Ok((value, _)) => Some(value),
            Err(problem) => {
                self.fault(column, problem);
                None
            }
        }
    }

    fn emotion(&mut self, column: Column) -> Option<Emotion> {
        if let Some(Cell::Number(valence)) = self.cells.get(&column) {
            return Some(Emotion::from(*valence));
        }
        let said = self.said(column)?;
        if said.chars().all(|mark| matches!(mark, '?' | '-' | '\u{2013}')) {
            return None;
        }
        match emotion::read(&said, self.reader.spoken) {
            Ok(emotion) => Some(emotion),
            Err(problems) => {
                for problem in problems {
                    self.fault(column, problem);
                }
                None
            }
        }
    }

    fn touchpoint(&mut self, id: &str) -> Touchpoint {
        let phase = self.phase();
        let channel = self.said(Column::Channel);
        let channel = match channel {
            Some(said) => match unquoted(&said) {
                Some((name, "")) => name.into(),
                _ => self.reader.spoken.channel(&plain(&said)),
            },
            None => {
                let expected = "where customer and provider meet, such as web or phone";
                self.fault(Column::Channel, SpreadsheetProblem::Missing { expected });
                "?".into()
            }
        };
        let mut touchpoint = Touchpoint::new(id, phase, channel);
        touchpoint.name = self.text(Column::Name);
        touchpoint.stage = self.text(Column::Stage);
        touchpoint.owner = self.text(Column::Owner);
        touchpoint.need = self.text(Column::Need);
        touchpoint.says = self.text(Column::Says);
        touchpoint.does = self.text(Column::Does);
        touchpoint.backstage = self.text(Column::Backstage);
        touchpoint.notes = self.text(Column::Notes);
        touchpoint.image = self.text(Column::Image);
        touchpoint.emotion = self.emotion(Column::Emotion);
        touchpoint.emotion_when_broken = self.emotion(Column::EmotionWhenBroken);
        touchpoint.emotion_when_unknown = self.emotion(Column::EmotionWhenUnknown);
        touchpoint.intended = self.emotion(Column::Intended);
        touchpoint.expected = self.emotion(Column::Expected);
        touchpoint.promise = self.promise();
        touchpoint.makes = self.makes();
        touchpoint.can = self.abilities();
        touchpoint.cost = self.number(Column::Cost);
        touchpoint.starts = self.number(Column::Starts);
        touchpoint.quotes = self.lines(Column::Quotes).iter().map(|line| plain(line)).collect();
        touchpoint.ideas = self.lines(Column::Ideas).iter().map(|line| plain(line)).collect();
        touchpoint.figures = self.figures();
        touchpoint.evidence = self.evidence();
        touchpoint
    }

    fn phase(&mut self) -> Phase {
        let Some(said) = self.said(Column::Phase) else {
            let expected = "before, during or after";
            self.fault(Column::Phase, SpreadsheetProblem::Missing { expected });
            return Phase::During;
        };
        let words: Vec<&str> = Phase::ALL.iter().map(|phase| phase.as_str()).collect();
        match self.reader.spoken.word("phase", &words, &said) {
            Ok(phase) => phase,
            Err(problem) => match phase_words::said(&said) {
                Some(phase) => {
                    let heading = self.reader.heading(Column::Phase);
                    let finding = SpreadsheetFinding::TakenPhase { word: said, phase };
                    self.reader.note(Some(self.row), heading, finding);
                    phase
                }
                None => {
                    self.fault(Column::Phase, problem);
                    Phase::During
                }
            },
        }
    }

    fn evidence(&mut self) -> Evidence {
        let Some(said) = self.said(Column::Evidence) else {
            return Evidence::default();
        };
        let words: Vec<&str> = Evidence::ALL.iter().map(|evidence| evidence.as_str()).collect();
        self.reader.spoken.word("evidence", &words, &said).unwrap_or_else(|problem| {
            self.fault(Column::Evidence, problem);
            Evidence::default()
        })
    }

    fn promise(&mut self) -> Option<Promise> {
        let columns = [Column::Kept, Column::Broken, Column::Unknown];
        let Some(name) = self.text(Column::Promise) else {
            if columns.iter().any(|column| self.cells.contains_key(column)) {
                let expected = "the promise in a few words, where it is said how often it is kept";
                self.fault(Column::Promise, SpreadsheetProblem::Missing { expected });
            }
            return None;
        };
        let mut promise = Promise::new(name);
        let kept = self.said(Column::Kept).unwrap_or_default();
        if self.reader.spoken.is("word.yes", &kept) || self.reader.spoken.is("word.no", &kept) {
            let kept = self.reader.spoken.is("word.yes", &kept);
            (promise.kept, promise.broken) = if kept { (1.0, 0.0) } else { (0.0, 1.0) };
            return Some(promise);
        }
        promise.kept = self.number(Column::Kept).unwrap_or(0.0);
        promise.broken = self.number(Column::Broken).unwrap_or(0.0);
        promise.unknown = self.number(Column::Unknown).unwrap_or(0.0);
        Some(promise)
    }

    fn makes(&mut self) -> Vec<String> {
        let said = self.said(Column::Makes).unwrap_or_default();
        let name = |entry: &str| match unquoted(entry) {
            Some((name, "")) => name,
            _ => plain(entry),
        };
        entries(&said).into_iter().map(name).collect()
    }

    fn abilities(&mut self) -> Vec<Ability> {
        let said = self.said(Column::Can).unwrap_or_default();
        let words: Vec<&str> = Ability::ALL.iter().map(|ability| ability.as_str()).collect();
        let mut abilities = Vec::new();
        for word in entries(&said).into_iter().flat_map(|entry| entry.split(',')) {
            match self.reader.spoken.word("ability", &words, word.trim()) {
                Ok(ability) => abilities.push(ability),
                Err(problem) => self.fault(Column::Can, problem),
            }
        }
        abilities
    }

    fn figures(&mut self) -> Vec<KeyFigure> {
        let mut figures = Vec::new();
        for line in self.lines(Column::Figures) {
            match self.figure(&line) {
                Some(figure) => figures.push(figure),
                None => self.fault(
                    Column::Figures,
                    SpreadsheetProblem::NotAnEntry {
                        found: line,
                        expected: "a label, a colon and a number: minutes in the queue: 40 (n = 214)",
                    },
                ),
            }
        }
        figures
    }

    /// `minutes in the queue: 40 (n = 214)`.
    fn figure(&self, line: &str) -> Option<KeyFigure> {
        let (label, value) = line.rsplit_once(':')?;
        let (value, n) = match value.split_once('(') {
            Some((value, rest)) => {
                let count = rest.trim_end().strip_suffix(')')?.split_once('=')?;
                (count.0.trim().eq_ignore_ascii_case("n")).then_some(())?;
                (value, Some(count.1.trim().parse().ok()?))
            }
            None => (value, None),
        };
        let (value, _) = self.reader.spoken.number(value).ok()?;
        let mut figure = KeyFigure::new(plain(label.trim()), value);
        figure.n = n;
        Some(figure)
    }

    /// What no other column says.
    fn more(&mut self) -> Value {
        let Some(said) = self.said(Column::More) else {
            return json!({});
        };
        more::read(&said).unwrap_or_else(|| {
            let found = said.chars().take(60).collect();
            let expected = "it was written by this library, or leave the cell empty";
            self.fault(Column::More, SpreadsheetProblem::NotAnEntry { found, expected });
            json!({})
        })
    }

    /// The ways on, each with its place among all ways where it is stated.
    fn ways_on(&mut self, places: &Places) -> Vec<(Way<String>, Option<usize>)> {
        let said = self.said(Column::Next).unwrap_or_default();
        let mut on = Vec::new();
        for read in ways(&said, places, self.reader.spoken) {
            match read {
                Ok(way) => on.push(way),
                Err(problem) => self.fault(Column::Next, problem),
            }
        }
        let order = self.said(Column::Order).unwrap_or_default();
        let order: Vec<Option<usize>> = entries(&order)
            .into_iter()
            .map(|number| number.parse().ok())
            .collect();
        let mut order = order.into_iter();
        on.into_iter().map(|way| (way, order.next().flatten())).collect()
    }

    /// The endings, each with whether it is stated in per cent.
    fn endings(&mut self, on: &[(Way<String>, Option<usize>)]) -> Vec<(Ending, bool)> {
        let said = self.said(Column::Ends).unwrap_or_default();
        let mut ends: Vec<Way<Outcome>> = Vec::new();
        for read in outcomes(&said, self.reader.spoken) {
            match read {
                Ok(end) => ends.push(end),
                Err(problem) => self.fault(Column::Ends, problem),
            }
        }
        let next = on.iter().map(|(way, _)| (way.entry.as_str(), way.weight, way.when));
        let end = ends.iter().map(|end| (end.entry.as_str(), end.weight, end.when));
        let next_count = next.clone().filter(|(_, weight, _)| weight.is_none()).count();
        for (number, problem) in without_number(next.chain(end)).into_iter().enumerate() {
            let column = if number < next_count { Column::Next } else { Column::Ends };
            self.fault(column, problem);
        }
        let ending = |way: Way<Outcome>| {
            let percent = way.entry.contains('%');
            let mut ending = Ending::new(way.to, way.weight.unwrap_or(1.0));
            ending.when = way.when;
            (ending, percent)
        };
        ends.into_iter().map(ending).collect()
    }
}
