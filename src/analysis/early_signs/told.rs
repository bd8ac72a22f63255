//! What announces an ending, in words.

use super::{EarlySign, EarlySigns};
use crate::page::number::{JOURNEYS, MOMENTS, capital, count, duration, or_unknown, share, that};
use crate::page::words::{ending, place};
use crate::page::{Cell, Question, Section, Table, number, said, text, told};

told!(EarlySigns);

impl Question for EarlySigns {
    fn sections(&self) -> Vec<Section> {
        let outcome = ending(&self.outcome);
        let mut section = Section::new("signs", format!("What announces {outcome}"));
        section.say(format!(
            "{} so.",
            capital(&that(self.probability, JOURNEYS, ("ends", "end")))
        ));
        let leading: Vec<&EarlySign> = self.signs.iter().filter(|sign| sign.leading).collect();
        if leading.is_empty() {
            section.say("Nothing on the way announces it.");
            return vec![section];
        }
        section.say(
            "Leading indicators: no other sign is at least as good in all of lift (how much likelier it makes the \
             ending), coverage (how many of those who end so show it) and earliness, and better in one.",
        );
        let caption = format!("What announces {outcome}");
        let table = Table::of(&leading, caption, ("indicator", "indicators"))
            .brief("sign", text("sign"), |leader| Cell::words(sign(leader)))
            .brief("probability", number("end so,\nof 100"), |leader| {
                Cell::of_100(leader.probability)
            })
            .brief("lift", number("times\nthe usual\nshare"), |leader| {
                Cell::times(leader.lift)
            })
            .brief(
                "coverage",
                number("of 100 who\nend so,\nshow it"),
                |leader| Cell::of_100(leader.coverage),
            )
            .brief("moments_left", number("moments\nleft"), |leader| {
                Cell::times(leader.moments_left)
            })
            .brief("wait_left_s", number("known\nwaits left"), |leader| {
                Cell::duration(leader.wait_left_s)
            });
        section.put(table.done());
        vec![section]
    }
}

said!(EarlySign, sentence);

/// "call" or "notice, promise broken"
fn sign(sign: &EarlySign) -> String {
    let at = place(&sign.id);
    match sign.result {
        Some(result) => format!("{at}, promise {result}"),
        None => at,
    }
}

/// What the sign says.
fn sentence(known: &EarlySign) -> String {
    let left = count(known.moments_left);
    let unit = if left == "1" { MOMENTS.0 } else { MOMENTS.1 };
    let waits = known.wait_left_s.map_or_else(String::new, |wait| {
        format!(", with known waits of {}", duration(wait))
    });
    format!(
        "{}: of those who show it {} end so, {} times the usual share; of those who end so {} show it; {left} {unit} are left \
         then{waits}",
        sign(known),
        share(known.probability),
        count(known.lift),
        or_unknown(known.coverage, share),
    )
}
