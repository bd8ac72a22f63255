//! How different journeys are, in words.

use super::{StepFigures, StepShare, Steps, Variety};
use crate::page::number::{count, share};
use crate::page::{Block, Cell, Question, Section, Table, number, text, told};

/// Documents of before have none of it.
impl Question for Option<Variety> {
    fn sections(&self) -> Vec<Section> {
        self.as_ref().map_or_else(Vec::new, Question::sections)
    }

    fn is_worth_telling(&self) -> bool {
        self.as_ref().is_some_and(Question::is_worth_telling)
    }
}

told!(Variety);
told!(Steps);

/// So many touchpoints a short text has.
const LISTED: usize = 8;

impl Question for Variety {
    fn sections(&self) -> Vec<Section> {
        let mut section = Section::new("variety", "How different journeys are");
        let different = match self.journeys {
            Some(journeys) => count(journeys),
            None => "more than can be written".to_owned(),
        };
        section.say(format!(
            "Journeys are as different as if {different} of them were equally likely ({:.2} bits). Two customers have the same journey in {} cases.",
            self.bits,
            share(self.same),
        ));
        section.note("A journey is the same where it comes by the same touchpoints in the same order and ends the same.");
        let mut open: Vec<_> = self.touchpoints.iter().collect();
        open.sort_by(|a, b| b.bits.total_cmp(&a.bits));
        let caption = "Where journeys part, in bits per journey";
        let table = Table::of(&open, caption, ("touchpoint", "touchpoints"))
            .key("variety")
            .listed(LISTED)
            .brief("id", text("touchpoint"), |at| Cell::place(&at.id))
            .brief("bits", number("bits per\njourney"), |at| {
                Cell::size(at.bits)
            })
            .done();
        section.put(Block::Table(table));
        vec![section]
    }

    /// Where all have one journey, its variety tells nothing.
    fn is_worth_telling(&self) -> bool {
        self.bits > 0.0
    }
}

impl Question for Steps {
    fn sections(&self) -> Vec<Section> {
        let rows: Vec<(&StepFigures, &StepShare)> = self
            .steps
            .iter()
            .flat_map(|step| step.touchpoints.iter().map(move |at| (step, at)))
            .collect();
        let caption = "Where journeys are at each moment";
        let table = Table::of(&rows, caption, ("row", "rows"))
            .key("steps")
            .listed(40)
            .brief("moment", number("moment"), |(step, _)| {
                Cell::rank(step.moment)
            })
            .brief("id", text("touchpoint"), |(_, at)| Cell::place(&at.id))
            .brief("share", number("journeys,\nof 100"), |(_, at)| {
                Cell::of_100(at.share)
            })
            .brief("ended", number("over before,\nof 100"), |(step, _)| {
                Cell::of_100(step.ended)
            })
            .done();
        let mut section = Section::new("steps", "Moment by moment");
        section.put(Block::Table(table));
        vec![section]
    }
}
