//! How journeys end.

use crate::flow::OutcomeShare;
use crate::journey::Outcome;
use crate::page::number::{JOURNEYS, among, share};
use crate::page::words::{ending, name};
use crate::page::{Bar, Block, Cell, Question, Section, Table, said};

impl Question for Vec<OutcomeShare> {
    fn sections(&self) -> Vec<Section> {
        let noun = ("outcome", "outcomes");
        let mut section = Section::new("outcomes", "How journeys end");
        let bar = |known: &OutcomeShare| Bar {
            what: ending(&known.outcome),
            share: known.probability,
            figure: format!(
                "{} journeys{}",
                share(known.probability),
                give_or_take(known)
            ),
        };
        if self.iter().all(|known| known.outcome == Outcome::Unstated) {
            section.say("Nothing states how journeys end, so no figure of an ending can be told.");
        } else {
            section.put(Block::Bars(self.iter().map(bar).collect(), noun));
        }
        section.put(
            Table::of(self, "How journeys end", noun)
                .key("outcomes")
                .data("outcome", |known| Cell::name(known.outcome.as_str()))
                .data("probability", |known| Cell::share(known.probability))
                .data("standard_error", |known| Cell::share(known.standard_error))
                .done(),
        );
        vec![section]
    }
}

said!(OutcomeShare, in_a_line);

/// "churn: 33 of 100 journeys"
fn in_a_line(known: &OutcomeShare) -> String {
    let journeys = among(known.probability, JOURNEYS);
    format!(
        "{}: {journeys}{}",
        name(known.outcome.as_str()),
        give_or_take(known)
    )
}

fn give_or_take(known: &OutcomeShare) -> String {
    // Where all journeys of the records end alike, their error says nothing.
    let error = known
        .standard_error
        .filter(|&error| error > 0.0)
        .map(|error| format!(", give or take {}", share(error)));
    error.unwrap_or_default()
}
