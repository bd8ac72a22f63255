//! What is different between two reports.

use std::fmt;

use super::Text;
use super::page::{LISTED, Page};
use super::table::Table;
use crate::render::clean::clean;
use crate::render::number::{UNKNOWN, list, whole};
use crate::report::{Difference, Figure, FigureDifference, PartDifference, PartPresence};

impl Difference {
    /// The text for people, of a width that can be set.
    pub fn text(&self) -> Text<'_> {
        Text::new(self)
    }
}

/// What changes, for people; see [`Difference::text`] for other widths than 80.
impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(f)
    }
}

pub(super) fn print(page: &mut Page, difference: &Difference) {
    let (before, after) = (clean(&difference.before), clean(&difference.after));
    if before == after {
        page.title(&format!("{before}: before and after"));
    } else {
        page.title(&format!("{before} (before) and {after} (after)"));
    }
    for (number, change) in (1..).zip(difference.changes.iter().take(LISTED)) {
        page.item(2, &format!("{number}. "), &clean(change));
    }
    let changes = difference.changes.len();
    page.more(2, changes, LISTED, ("change", "changes"));
    if !difference.is_changed() {
        page.gap();
        page.say("Nothing is different: every figure is the same before and after.");
        return;
    }
    outcomes(page, &difference.outcomes);
    page.heading("The journey as a whole");
    let mut table = Columns::new("figure");
    table.rows(|line| line.figure.label().to_owned(), &difference.whole);
    table.print(page);
    parts(
        page,
        "Before, during and after",
        "phase",
        &difference.phases,
    );
    parts(
        page,
        "The touchpoints",
        "touchpoint",
        &difference.touchpoints,
    );
    parts(page, "Promises", "promise", &difference.promises);
    parts(
        page,
        "Needs that are met in several channels",
        "need",
        &difference.needs,
    );
    told(
        page,
        "Pain points",
        &difference.pains_gone,
        &difference.pains_new,
    );
    warnings(page, difference);
}

fn outcomes(page: &mut Page, outcomes: &[PartDifference]) {
    page.heading("How journeys end");
    let mut table = Columns::new("outcome");
    for outcome in outcomes {
        table.part(outcome, |_| clean(&outcome.name));
    }
    table.print(page);
}

fn parts(page: &mut Page, heading: &str, what: &'static str, parts: &[PartDifference]) {
    if parts.is_empty() {
        return;
    }
    page.heading(heading);
    let mut table = Columns::new(what);
    let changed: Vec<&PartDifference> = parts.iter().filter(|part| part.is_changed()).collect();
    for part in changed.iter().take(LISTED) {
        table.part(part, |figure| format!("{}: {figure}", clean(&part.name)));
    }
    for part in parts.iter().filter(|part| !part.is_changed()) {
        table.unchanged += part.figures.len();
    }
    table.print(page);
    page.more(2, changed.len(), LISTED, ("that changes", "that change"));
}

/// A table of figures before and after, of those that changed.
struct Columns {
    table: Table,
    shown: usize,
    unchanged: usize,
}

impl Columns {
    fn new(what: &str) -> Self {
        Self {
            table: Table::new()
                .text(what)
                .text("before")
                .text("after")
                .text("change")
                .fixed(""),
            shown: 0,
            unchanged: 0,
        }
    }

    fn rows(&mut self, name: impl Fn(&FigureDifference) -> String, lines: &[FigureDifference]) {
        for line in lines {
            if line.is_changed() {
                let unit = line.figure.unit();
                let value = |value: Option<f64>| value.map_or_else(unknown, |v| unit.in_words(v));
                let change = line
                    .change
                    .map_or_else(unknown, |v| unit.change_in_words(v));
                let [before, after] = [line.before, line.after].map(value);
                self.row([name(line), before, after, change, verdict(line).to_owned()]);
            } else {
                self.unchanged += 1;
            }
        }
    }

    /// The figures of a part; of one that came or went only those that are not zero.
    fn part(&mut self, part: &PartDifference, name: impl Fn(Figure) -> String) {
        let (absent, word) = match part.presence {
            PartPresence::Both => return self.rows(|line| name(line.figure), &part.figures),
            PartPresence::Before => (true, "gone"),
            PartPresence::After => (false, "new"),
        };
        for line in &part.figures {
            let unit = line.figure.unit();
            let there = if absent { line.before } else { line.after };
            let value = there.map_or_else(unknown, |value| unit.in_words(value));
            let (before, after) = if absent {
                (value, none())
            } else {
                (none(), value)
            };
            self.row([
                name(line.figure),
                before,
                after,
                word.to_owned(),
                String::new(),
            ]);
        }
    }

    fn row(&mut self, cells: [String; 5]) {
        self.shown += 1;
        self.table.row(cells);
    }

    fn print(self, page: &mut Page) {
        if self.shown > 0 {
            self.table.print(page);
        }
        match self.unchanged {
            0 => {}
            1 => page.item(2, "", "1 figure is unchanged."),
            number => page.item(2, "", &format!("{} figures are unchanged.", whole(number))),
        }
    }
}

fn unknown() -> String {
    UNKNOWN.to_owned()
}

fn none() -> String {
    "none".to_owned()
}

fn verdict(line: &FigureDifference) -> &'static str {
    match line.is_better() {
        Some(true) => "better",
        Some(false) => "worse",
        None => "",
    }
}

fn told(page: &mut Page, heading: &str, gone: &[String], new: &[String]) {
    if gone.is_empty() && new.is_empty() {
        return;
    }
    page.heading(heading);
    for (word, names) in [("gone", gone), ("new", new)] {
        if !names.is_empty() {
            let names: Vec<String> = names.iter().map(|name| clean(name)).collect();
            page.item(2, "", &format!("{word}: {}", list(&names, LISTED)));
        }
    }
}

fn warnings(page: &mut Page, difference: &Difference) {
    let (gone, new) = (&difference.warnings_gone, &difference.warnings_new);
    if gone.is_empty() && new.is_empty() {
        return;
    }
    page.heading("What weakens the answer");
    for (word, warnings) in [("no longer: ", gone), ("new: ", new)] {
        for warning in warnings.iter().take(LISTED) {
            page.item(2, word, &clean(warning));
        }
        page.more(2, warnings.len(), LISTED, ("warning", "warnings"));
    }
}
