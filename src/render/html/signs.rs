//! What announces an ending, and where it is decided.

use super::Story;
use super::markup::{Inline, Page};
use super::table::{Table, known};
use crate::analysis::EarlySign;
use crate::render::number::{JOURNEYS, capital, cell, duration, of_100, share, size, that};
use crate::render::text::ending;

pub(super) fn print(page: &mut Page, story: &Story<'_>) {
    let outcome = &story.options.outcome;
    let name = ending(outcome);
    let signs = story.flow.early_signs(outcome);
    page.say(format!(
        "{} in {name}.",
        capital(&that(signs.probability, JOURNEYS, ("ends", "end")))
    ));
    let leading: Vec<&EarlySign> = signs.signs.iter().filter(|sign| sign.leading).collect();
    if leading.is_empty() {
        page.say("Nothing on the way announces it.");
    } else {
        page.say(
            "Leading indicators: no other sign is at least as good in all of lift (how much likelier it makes the ending), coverage \
             (how many of those who end so show it) and earliness, and better in one.",
        );
        Table::new(format!("What announces {name}"))
            .text("sign")
            .number("end so, of 100")
            .number("times the usual share")
            .number("of 100 who end so, show it")
            .number("moments left")
            .number("known waits left")
            .fill(&leading, ("indicator", "indicators"), |leader| {
                vec![
                    named(story, leader),
                    of_100(leader.probability).into(),
                    cell(leader.lift).into(),
                    known(leader.coverage, of_100),
                    cell(leader.moments_left).into(),
                    known(leader.wait_left_s, duration),
                ]
            })
            .write(page);
    }
    let moments = story.flow.moments_of_truth(outcome);
    if moments.is_empty() {
        return;
    }
    page.details("Moments of truth: where it is decided", |page| {
        Table::new(format!("Where {name} is decided, the most decisive first"))
            .text("touchpoint")
            .number("of those who arrive, end so")
            .number("how far a visit moves that, on average")
            .number("how far a journey's visits do")
            .fill(&moments, ("touchpoint", "touchpoints"), |moment| {
                vec![
                    story.place(&moment.id),
                    share(moment.probability).into(),
                    share(moment.decides_per_visit).into(),
                    size(moment.decides).into(),
                ]
            })
            .write(page);
    });
}

/// What the sign is, with the touchpoint's name.
fn named(story: &Story<'_>, leader: &EarlySign) -> Inline {
    let place = story.place(&leader.id);
    match leader.result {
        Some(result) => place.say(format!(", promise {result}")),
        None => place,
    }
}
