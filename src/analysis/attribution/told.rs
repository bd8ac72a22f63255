//! To what an ending is owed, in words.

use super::{Attribution, Credit};
use crate::page::number::{JOURNEYS, Noun, capital, or_unknown, share, that};
use crate::page::words::{ending, name};
use crate::page::{Cell, Question, Section, Table, number, said, text, told};

told!(Attribution);

impl Question for Attribution {
    fn sections(&self) -> Vec<Section> {
        let heading = format!("To what {} is owed", ending(&self.outcome));
        let mut section = Section::new("owed", heading);
        section.say(format!(
            "{} so, and {} otherwise.",
            capital(&that(self.probability, JOURNEYS, ("ends", "end"))),
            share(self.null),
        ));
        let Some(unattributed) = self.unattributed else {
            section.say("To what it is owed is unknown.");
            return vec![section];
        };
        if unattributed > 0.0 {
            section.say(format!(
                "Of those who end so, {} meet nothing that it could be owed to.",
                share(unattributed)
            ));
        }
        section.say(
            "The removal effect is the share of these journeys that would be lost with the touchpoint or channel; credit is \
             its part in the sum of all. The other columns are the usual rules, for comparison.",
        );
        section.put(credits(&self.channels, ("channel", "channels"), |known| {
            Cell::name(&known.name)
        }));
        section.put(credits(
            &self.touchpoints,
            ("touchpoint", "touchpoints"),
            |known| Cell::place(&known.name),
        ));
        section.within("These figures are", self.error_bound);
        vec![section]
    }
}

fn credits(credits: &[Credit], noun: Noun, bearer: impl Fn(&Credit) -> Cell) -> Table {
    Table::of(credits, format!("What is owed to each {}", noun.0), noun)
        .brief("name", text(noun.0), bearer)
        .brief("removal", number("removal\neffect,\nof 100"), |known| {
            Cell::of_100(known.removal)
        })
        .brief("credit", number("credit,\nof 100"), |known| {
            Cell::of_100(known.credit)
        })
        .brief("first_touch", number("first\ntouch,\nof 100"), |known| {
            Cell::of_100(known.first_touch)
        })
        .brief("last_touch", number("last\ntouch,\nof 100"), |known| {
            Cell::of_100(known.last_touch)
        })
        .brief("linear", number("linear,\nof 100"), |known| {
            Cell::of_100(known.linear)
        })
        .done()
}

said!(Credit, line);

/// The removal effect and the credits, in a line.
fn line(known: &Credit) -> String {
    format!(
        "{}: removal effect {}, credit {}; first touch {}, last touch {}, linear {}",
        name(&known.name),
        or_unknown(known.removal, share),
        or_unknown(known.credit, share),
        share(known.first_touch),
        share(known.last_touch),
        or_unknown(known.linear, share)
    )
}
