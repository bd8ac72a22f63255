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
        let counted = leading.iter().any(|sign| sign.lift_low.is_some());
        section.say(
            "Leading indicators: no other sign is at least as good in all of lift (how much likelier it makes the \
             ending), coverage (how many of those who end so show it) and earliness, and better in one.",
        );
        if counted {
            section.say(
                "Counted: the whole interval of each lift is above 1. Beside it stand those who came as far and went on without the sign.",
            );
        }
        let caption = format!("What announces {outcome}");
        let table = Table::of(&leading, caption, ("indicator", "indicators"))
            .brief("sign", text("sign"), |leader| Cell::words(sign(leader)))
            .brief("probability", number("end so,\nof 100"), |leader| {
                Cell::of_100(leader.probability)
            })
            .brief("lift", number("times\nthe usual\nshare"), |leader| {
                Cell::times(leader.lift)
            })
            .when(counted, |table| {
                table
                    .full("lift_low", number("from"), |leader| {
                        Cell::or_none(leader.lift_low, Cell::times)
                    })
                    .full("lift_high", number("to"), |leader| {
                        Cell::or_none(leader.lift_high, Cell::times)
                    })
                    .brief(
                        "as_far",
                        number("came as far\nwithout it,\nof 100"),
                        |leader| {
                            let as_far = leader.as_far.as_ref();
                            Cell::or_none(as_far.map(|as_far| as_far.probability), Cell::of_100)
                        },
                    )
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
    let as_far = known.as_far.as_ref().map_or_else(String::new, |as_far| {
        format!(
            ", of those who came to {} and went on without it {}",
            place(&as_far.before),
            share(as_far.probability)
        )
    });
    format!(
        "{}: of those who show it {} end so{as_far}, {} times the usual share; of those who end so {} show it; {left} {unit} are left \
         then{waits}",
        sign(known),
        share(known.probability),
        count(known.lift),
        or_unknown(known.coverage, share),
    )
}
