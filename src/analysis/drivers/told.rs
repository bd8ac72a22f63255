//! Which feelings go with which endings, in words.

use super::{Driver, Drivers};
use crate::journey::Outcome;
use crate::page::number::{count, feeling, list, share};
use crate::page::words::{ending, place};
use crate::page::{Block, Cell, Picture, Question, Section, Table, Unit, number, said, text, told};

told!(Drivers);
said!(Driver, sentence);

/// So many are told in sentences.
const TOLD: usize = 5;

impl Question for Drivers {
    fn sections(&self) -> Vec<Section> {
        let heading = "Which feelings go with which endings";
        let mut section = Section::new("drivers", heading);
        let clear = self.drivers.iter().filter(|driver| driver.low > 0.0);
        let sentences: Vec<String> = clear.take(TOLD).map(sentence).collect();
        let answers = answers(&self.drivers);
        if sentences.is_empty() && answers.is_some() {
            section.say("How journeys end is not stated.");
        } else if sentences.is_empty() {
            section.say(
                "No bad feeling at a touchpoint clearly goes with an ending: each interval of a difference holds 0.",
            );
        } else {
            section.put(Block::ranking(sentences, ("driver", "drivers")));
        }
        let is_stated = |driver: &Driver| driver.outcome != Outcome::Unstated;
        if self.drivers.iter().any(is_stated) {
            section.put(Block::Picture(Picture::Drivers));
        }
        if let Some(answers) = answers {
            section.say(answers);
        }
        section.note(
            "Counted on whole journeys whose feeling there is known. This is association: who feels bad at one place may be \
             another kind of customer, who would have ended so in any case. Nor do ratings tell what customers would name as the problem: ask them.",
        );
        let summary = "Endings after a bad and after another feeling, by touchpoint";
        let table = table(&self.drivers);
        section.put(if self.drivers.iter().any(is_stated) {
            Block::Fold(summary, vec![table.into()])
        } else {
            // Where no ending is stated, all end alike after any feeling.
            table.for_programs().into()
        });
        vec![section]
    }

    fn is_worth_telling(&self) -> bool {
        !self.drivers.is_empty()
    }
}

/// What goes most with what customers answer when they are asked.
fn answers(drivers: &[Driver]) -> Option<String> {
    let mut asked: Vec<&Driver> = Vec::new();
    for driver in drivers {
        let clear = driver.correlation_low.is_some_and(|low| low > 0.0);
        if clear && asked.iter().all(|known| known.id != driver.id) {
            asked.push(driver);
        }
    }
    asked.sort_by(|a, b| {
        let most = |driver: &Driver| driver.correlation.unwrap_or(0.0);
        most(b).total_cmp(&most(a))
    });
    let goes_with = |driver: &&Driver| {
        let range = driver.correlation_low.zip(driver.correlation_high);
        let range = range.map_or_else(String::new, |(low, high)| {
            format!(", {} to {}", feeling(low), feeling(high))
        });
        let correlation = feeling(driver.correlation.unwrap_or(0.0));
        format!("{} ({correlation}{range})", place(&driver.id))
    };
    let named: Vec<String> = asked.iter().map(goes_with).collect();
    (!named.is_empty()).then(|| {
        format!(
            "What customers answer at the end goes most with what they feel at {} (correlations).",
            list(&named, TOLD)
        )
    })
}

fn sentence(driver: &Driver) -> String {
    let sure = if driver.is_clear() {
        ""
    } else {
        ", which may be chance"
    };
    format!(
        "{}: of {} journeys that felt bad there {} end in {}, of {} others {} (difference {}, {} to {}{sure})",
        place(&driver.id),
        count(driver.bad as f64),
        share(driver.when_bad),
        ending(&driver.outcome),
        count(driver.other as f64),
        share(driver.when_other),
        Unit::ChangeOf100.say(driver.difference),
        Unit::ChangeOf100.say(driver.low),
        Unit::ChangeOf100.say(driver.high),
    )
}

fn table(drivers: &[Driver]) -> Table {
    const CAPTION: &str = "Endings after a bad feeling and after another one at each touchpoint";
    Table::of(drivers, CAPTION, ("pair", "pairs"))
        .key("drivers")
        .brief("id", text("touchpoint"), |driver| Cell::place(&driver.id))
        .brief("outcome", text("ending"), |driver| {
            Cell::words(ending(&driver.outcome))
        })
        .brief("bad", number("felt bad"), |driver| {
            Cell::count(driver.bad as f64)
        })
        .data("other", |driver| Cell::count(driver.other as f64))
        .brief("share_bad", number("of 100 who\nfelt known"), |driver| {
            Cell::of_100(driver.share_bad)
        })
        .data("reach", |driver| Cell::of_100(driver.reach))
        .brief("when_bad", number("end so,\nfelt bad"), |driver| {
            Cell::of_100(driver.when_bad)
        })
        .brief("when_other", number("end so,\nothers"), |driver| {
            Cell::of_100(driver.when_other)
        })
        .full("difference", number("difference"), |driver| {
            Cell::change_of_100(driver.difference)
        })
        .full("low", number("from"), |driver| {
            Cell::change_of_100(driver.low)
        })
        .full("high", number("to"), |driver| {
            Cell::change_of_100(driver.high)
        })
        .brief(
            "explains",
            number("would explain,\nof 100 journeys"),
            |driver| Cell::change_of_100(driver.explains),
        )
        .full("correlation", number("goes with\nthe answer"), |driver| {
            Cell::valence(driver.correlation)
        })
        .data("correlation_low", |driver| {
            Cell::valence(driver.correlation_low)
        })
        .data("correlation_high", |driver| {
            Cell::valence(driver.correlation_high)
        })
        .done()
}
