//! Recognition in words.

use super::{Recognition, RecognitionDifference, RecognitionPlace};
use crate::flow::Basis;
use crate::page::number::{VISITS, among, capital, count, feeling, list, per_journey, share};
use crate::page::words::place;
use crate::page::{Block, Cell, Question, Section, Table, number, said, text, told};

/// So many places are named in a sentence.
const NAMED: usize = 5;

told!(Recognition);
said!(RecognitionPlace, at);

impl Question for Recognition {
    fn sections(&self) -> Vec<Section> {
        let mut section = Section::new("recognition", "Who is recognised, and who starts anew");
        if let Some(recognised) = self.recognised {
            section.say(visits(self, recognised));
        }
        let error = self
            .begun_again_standard_error
            .map_or_else(String::new, |error| {
                format!(" (counted, standard error {})", count(error))
            });
        if let Some(times) = self.begun_again.filter(|&times| times > 0.0) {
            section.say(format!(
                "{} a customer starts anew: is handed over, turns to the company again, and is not recognised{error}.",
                capital(&per_journey(times, ("time", "times")))
            ));
        }
        let told = [
            (
                "Where customers are not recognised",
                "they feel",
                &self.visits,
            ),
            (
                "Where they start anew",
                "their feelings move by",
                &self.again,
            ),
        ];
        for (place, does, difference) in told {
            if let Some(said) = compared((place, does), difference) {
                section.say(said);
            }
        }
        section.put(Block::Fold(
            "What is felt where customers are recognised, and where not",
            vec![places(&self.places).into(), differences(self).into()],
        ));
        vec![section]
    }

    /// Where customers never turn to the company but once, there is nobody to be recognised.
    fn is_worth_telling(&self) -> bool {
        self.begun_again.is_some_and(|times| times > 0.0)
            || self.recognised.is_some_and(|recognised| recognised > 0.0)
    }
}

fn visits(known: &Recognition, recognised: f64) -> String {
    let interval = known.interval.map_or_else(String::new, |(low, high)| {
        format!(" (counted; 95 %: {} to {})", share(low), share(high))
    });
    let blank = known.places.iter().filter(|place| !place.recognises);
    let blank: Vec<String> = blank.map(|known| place(&known.id)).collect();
    let nowhere = if blank.is_empty() {
        String::new()
    } else {
        format!("; a blank sheet at {}", list(&blank, NAMED))
    };
    format!(
        "Customers are recognised on {} on which they turn to the company{interval}{nowhere}.",
        among(recognised, VISITS)
    )
}

/// A smaller difference between two feelings is not seen where they are told.
const SEEN: f64 = 0.005;

fn compared((place, does): (&str, &str), known: &RecognitionDifference) -> Option<String> {
    let difference = known.difference?;
    // The sides are the map's: beside a counted difference that is another one they would be no two sides of it.
    let sides = known.unrecognised.zip(known.recognised);
    let sides = sides.filter(|(without, with)| (without - with - difference).abs() < SEEN);
    let sides = sides.map_or_else(
        || "the difference to elsewhere is".to_owned(),
        |(without, with)| {
            let (without, with) = (feeling(without), feeling(with));
            format!("{does} {without} and otherwise {with}: a difference of")
        },
    );
    let interval = known.interval.map_or_else(String::new, |(low, high)| {
        format!(", 95 %: {} to {}", feeling(low), feeling(high))
    });
    let basis = match known.basis {
        Basis::Counted => "counted",
        Basis::Modelled => "from the map",
    };
    Some(format!(
        "{place} {sides} {} ({basis}{interval}), which goes with it and need not come from it.",
        feeling(difference)
    ))
}

fn places(known: &[RecognitionPlace]) -> Table {
    Table::of(
        known,
        "Where customers turn to the company",
        ("touchpoint", "touchpoints"),
    )
    .key("recognition")
    .full("id", text("turned to"), |at| Cell::place(&at.id))
    .full("visits", number("visits per\njourney"), |at| {
        Cell::times(at.visits)
    })
    .full("recognises", text("recognised"), |at| {
        Cell::Flag(Some(at.recognises), "yes", "no")
    })
    .full("mean", number("feeling"), |at| Cell::valence(at.mean))
    .done()
}

fn differences(known: &Recognition) -> Table {
    let rows = [("visits", &known.visits), ("again", &known.again)];
    Table::of(
        &rows,
        "Not recognised beside recognised",
        ("comparison", "comparisons"),
    )
    .key("recognition_differences")
    .data("what", |(what, _)| Cell::Word(what))
    .data("unrecognised", |(_, known)| {
        Cell::change(known.unrecognised)
    })
    .data("recognised", |(_, known)| Cell::change(known.recognised))
    .data("difference", |(_, known)| Cell::change(known.difference))
    .data("standard_error", |(_, known)| {
        Cell::size(known.standard_error)
    })
    .data("low", |(_, known)| {
        Cell::change(known.interval.map(|(low, _)| low))
    })
    .data("high", |(_, known)| {
        Cell::change(known.interval.map(|(_, high)| high))
    })
    .data("basis", |(_, known)| Cell::Word(known.basis.as_str()))
    .done()
}

fn at(known: &RecognitionPlace) -> String {
    let knows = if known.recognises {
        "recognises customers"
    } else {
        "does not recognise customers"
    };
    format!(
        "{} {knows}, visited {}",
        place(&known.id),
        per_journey(known.visits, ("time", "times"))
    )
}

#[cfg(test)]
mod tests {
    use super::{Basis, RecognitionDifference, compared};

    #[test]
    fn the_sides_of_the_map_do_not_stand_beside_another_counted_difference() {
        let mut known = RecognitionDifference {
            unrecognised: Some(-0.1),
            recognised: Some(0.85),
            difference: Some(-0.95),
            standard_error: None,
            interval: None,
            basis: Basis::Counted,
        };
        let told = compared(("There", "feelings move by"), &known).unwrap_or_default();
        assert!(
            told.starts_with(
                "There feelings move by -0.10 and otherwise +0.85: a difference of -0.95"
            ),
            "{told}"
        );
        known.difference = Some(-0.96);
        let told = compared(("There", "feelings move by"), &known).unwrap_or_default();
        assert!(
            told.starts_with("There the difference to elsewhere is -0.96 (counted)"),
            "{told}"
        );
    }
}
