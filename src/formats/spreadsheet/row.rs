//! A touchpoint from a row, cell by cell.

use serde_json::{Value, json};

use super::about as more;
use super::emotion;
use super::error::{SpreadsheetFinding, SpreadsheetProblem};
use super::header::Column;
use super::read::{Cells, Reader};
use super::sheet::Cell;
use super::ways::{Places, Way, endings, ways, without_number};
use super::written::escape::{entries, plain, unquoted};
use crate::formats::phase_words;
use crate::journey::{
    Ability, Emotion, Ending, Evidence, KeyFigure, Outcome, Phase, Promise, PromiseResult,
    Touchpoint,
};

/// A row, read cell by cell.
#[expect(
    clippy::struct_field_names,
    reason = "the number of the row, as people count"
)]
pub(super) struct Row<'r, 'a> {
    pub(super) reader: &'r mut Reader<'a>,
    pub(super) row: usize,
    pub(super) cells: &'r Cells,
}

impl Row<'_, '_> {
    fn fault(&mut self, column: Column, problem: SpreadsheetProblem) {
        self.reader.fault(self.row, Some(column), problem);
    }

    /// A cell that must say something is empty; that its column is not there at all was said once.
    fn missing(&mut self, column: Column, expected: &'static str) {
        if self.reader.has(column) {
            self.fault(column, SpreadsheetProblem::Missing { expected });
        }
    }

    fn said(&self, column: Column) -> Option<String> {
        self.cells
            .get(&column)
            .map(|cell| cell.said().trim().to_owned())
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

    fn texts(&self, column: Column) -> Vec<String> {
        let lines = self.lines(column);
        lines.iter().map(|line| plain(line)).collect()
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
        if said
            .chars()
            .all(|mark| matches!(mark, '?' | '-' | '\u{2013}'))
        {
            return None;
        }
        match emotion::read(&said, self.reader.spoken) {
            Ok(emotion) => {
                let parts = entries(&said).into_iter().filter(|part| part.contains('%'));
                let spoken = self.reader.spoken;
                let shares: Vec<f64> = parts
                    .filter_map(|part| emotion::weight_behind(part, spoken).1)
                    .collect();
                self.note_beyond_all(column, shares.into_iter().sum());
                Some(emotion)
            }
            Err(problems) => {
                for problem in problems {
                    self.fault(column, problem);
                }
                None
            }
        }
    }

    pub(super) fn touchpoint(&mut self, id: &str) -> Touchpoint {
        let phase = self.phase();
        let channel = self.said(Column::Channel);
        let channel = match channel {
            Some(said) => match unquoted(&said) {
                Some((name, "")) => name.into(),
                _ => self.reader.spoken.channel(&plain(&said)),
            },
            None => {
                let expected = "where customer and provider meet, such as web or phone";
                self.missing(Column::Channel, expected);
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
        touchpoint.quotes = self.texts(Column::Quotes);
        touchpoint.ideas = self.texts(Column::Ideas);
        touchpoint.figures = self.figures();
        touchpoint.evidence = self.evidence();
        touchpoint.measurement = self.is_measurement();
        touchpoint
    }

    fn phase(&mut self) -> Phase {
        let Some(said) = self.said(Column::Phase) else {
            self.missing(Column::Phase, "before, during or after");
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
        let words: Vec<&str> = Evidence::ALL
            .iter()
            .map(|evidence| evidence.as_str())
            .collect();
        self.reader
            .spoken
            .word("evidence", &words, &said)
            .unwrap_or_else(|problem| {
                self.fault(Column::Evidence, problem);
                Evidence::default()
            })
    }

    /// Whether customers are only asked something here.
    fn is_measurement(&mut self) -> bool {
        let said = self.said(Column::Measurement).unwrap_or_default();
        self.reader
            .spoken
            .yes_or_no(&said)
            .unwrap_or_else(|problem| {
                self.fault(Column::Measurement, problem);
                false
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
        let stated = columns.map(|column| self.number(column));
        let [kept, broken, unknown] = stated;
        promise.kept = kept.unwrap_or(0.0);
        promise.broken = broken.unwrap_or(0.0);
        promise.unknown = unknown.unwrap_or(0.0);
        if self.cells.contains_key(&Column::Unknown) {
            return Some(promise);
        }
        let says = [Column::Kept, Column::Broken].map(|column| self.cells.contains_key(&column));
        match (says, kept, broken) {
            ([true, false], Some(kept), _) => {
                promise.broken = self.rest(Column::Kept, kept, "broken");
            }
            ([false, true], _, Some(broken)) => {
                promise.kept = self.rest(Column::Broken, broken, "kept");
            }
            (_, Some(kept), Some(broken)) => self.compare_sizes(kept, broken),
            _ => {}
        }
        Some(promise)
    }

    /// What is left of all for the other result, where only one is stated: of 100 where it is in per cent, of 1 where it is a share;
    /// nothing where it is all.
    fn rest(&mut self, column: Column, stated: f64, other: &'static str) -> f64 {
        let found = self.said(column).unwrap_or_default();
        let is_percent = found.contains('%');
        // A hundred of a hundred leave nothing, with a sign or without.
        let all = if is_percent || stated.to_bits() == 100_f64.to_bits() {
            100.0
        } else if stated > 0.0 && stated <= 1.0 {
            1.0
        } else {
            self.fault(column, SpreadsheetProblem::RestUnsaid { found, other });
            return 0.0;
        };
        let rest = all - stated;
        if !(0.0..=all).contains(&rest) {
            let expected = "a share from 0 to 100 %";
            self.fault(column, SpreadsheetProblem::NotAnEntry { found, expected });
            return 0.0;
        }
        if rest > 0.0 {
            let heading = self.reader.heading(column);
            let rest = rest * 100.0 / all;
            let finding = SpreadsheetFinding::Rest {
                found,
                rest,
                of: other,
            };
            self.reader.note(Some(self.row), heading, finding);
        }
        rest
    }

    /// Notes a share below 1 beside a number above it: workbooks keep a cell in per cent as 0.82.
    fn compare_sizes(&mut self, a: f64, b: f64) {
        let (small, large) = (a.min(b), a.max(b));
        if small > 0.0 && small < 1.0 && large > 1.0 {
            let heading = self.reader.heading(Column::Kept);
            let finding = SpreadsheetFinding::ShareBesideNumber { small, large };
            self.reader.note(Some(self.row), heading, finding);
        }
    }

    /// Notes shares in per cent that are more than 100 together.
    fn note_beyond_all(&mut self, column: Column, sum: f64) {
        // Thirds, written with a few decimals, are a little more.
        const MUCH: f64 = 100.5;
        if sum > MUCH {
            let heading = self.reader.heading(column);
            let finding = SpreadsheetFinding::OverHundred { sum };
            self.reader.note(Some(self.row), heading, finding);
        }
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
        let words: Vec<&str> = Ability::ALL.iter().map(|can| can.as_str()).collect();
        let mut abilities = Vec::new();
        for word in entries(&said)
            .into_iter()
            .flat_map(|entry| entry.split(','))
        {
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
    pub(super) fn more(&mut self) -> Value {
        let Some(said) = self.said(Column::More) else {
            return json!({});
        };
        more::read_json(&said).unwrap_or_else(|| {
            let found = said.chars().take(60).collect();
            let expected = "it was written by this library, or leave the cell empty";
            self.fault(
                Column::More,
                SpreadsheetProblem::NotAnEntry { found, expected },
            );
            json!({})
        })
    }

    /// The ways on, each with its place among all ways where it is stated.
    pub(super) fn ways_on(&mut self, places: &Places) -> Vec<(Way<String>, Option<usize>)> {
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
        on.into_iter()
            .map(|way| (way, order.next().flatten()))
            .collect()
    }

    /// The endings, each with whether it is stated in per cent.
    pub(super) fn endings(
        &mut self,
        on: &[(Way<String>, Option<usize>)],
        places: &Places,
    ) -> Vec<(Ending, bool)> {
        let said = self.said(Column::Ends).unwrap_or_default();
        let mut ends: Vec<Way<Outcome>> = Vec::new();
        for read in endings(&said, places, self.reader.spoken) {
            match read {
                Ok(end) => ends.push(end),
                Err(problem) => self.fault(Column::Ends, problem),
            }
        }
        let next = on
            .iter()
            .map(|(way, _)| (way.entry.as_str(), way.weight, way.when));
        let end = ends
            .iter()
            .map(|end| (end.entry.as_str(), end.weight, end.when));
        let next_count = next
            .clone()
            .filter(|(_, weight, _)| weight.is_none())
            .count();
        for (number, problem) in without_number(next.chain(end)).into_iter().enumerate() {
            let column = if number < next_count {
                Column::Next
            } else {
                Column::Ends
            };
            self.fault(column, problem);
        }
        let shares = |result: Option<PromiseResult>| {
            let meets = move |when: &Option<PromiseResult>| when.is_none() || *when == result;
            let next = on.iter().map(|(way, _)| (&way.entry, way.weight, way.when));
            let end = ends.iter().map(|end| (&end.entry, end.weight, end.when));
            next.chain(end)
                .filter(|(entry, _, _)| entry.contains('%'))
                .filter(move |(_, _, when)| meets(when))
                .filter_map(|(_, weight, _)| weight)
                .sum::<f64>()
        };
        let results = [None, Some(PromiseResult::Kept), Some(PromiseResult::Broken)];
        let most = results.map(shares).into_iter().fold(0.0, f64::max);
        let column = if on.is_empty() {
            Column::Ends
        } else {
            Column::Next
        };
        self.note_beyond_all(column, most);
        let ending = |way: Way<Outcome>| {
            let percent = way.entry.contains('%');
            let mut ending = Ending::new(way.to, way.weight.unwrap_or(1.0));
            ending.when = way.when;
            (ending, percent)
        };
        ends.into_iter().map(ending).collect()
    }
}
