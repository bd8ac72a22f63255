//! What would help: bars with their intervals, and the effects of every fix.

use super::Story;
use super::markup::{Inline, Page};
use super::table::{Table, known, none};
use crate::analysis::error_bars::told::why_none;
use crate::analysis::fixes::told::{grounds, unknown, verdicts};
use crate::analysis::{Fix, Goal};
use crate::page::Block;
use crate::render::number::{change_of_100, feeling, or_unknown};

pub(super) fn print(page: &mut Page, story: &Story<'_>) {
    if story.report.fixes.is_empty() {
        page.say(
            "There is nothing to fix: no promise is tested, and no feeling is known to be bad.",
        );
        return;
    }
    if story.fixes.is_empty() {
        page.say(
            "What a fix gains cannot be told: the ending to avoid does not come, no bad feeling is known, and no ending has a value.",
        );
    }
    page.say(
        "What each single fix changes by itself. Effects of several fixes do not simply add up.",
    );
    for ground in grounds(&story.report.fixes) {
        page.say(ground);
    }
    for why in unknown(&story.report.fixes) {
        story.writer(page).blocks(&[Block::Say(why)]);
    }
    let verdicts = verdicts(&story.report.fixes).map(Block::Say);
    story.writer(page).blocks(verdicts.as_slice());
    for (number, fixes) in (1..).zip(&story.fixes) {
        let chart = |id: String, width| {
            let drawn = fixes.svg_named(&story.names).width(width);
            let drawn = drawn.limit(story.options.top).id_prefix(&id);
            let drawn = drawn.navigable(false);
            match &story.options.lang {
                Some(lang) => drawn.lang(lang).drawing(),
                None => drawn.drawing(),
            }
        };
        page.open("figure class=\"card\"");
        page.picture(
            &format!(
                "Fixes as bars: {}",
                crate::render::clean::clean(&fixes.goal.to_string())
            ),
            &chart(format!("fixes-{number}"), 880),
            &chart(format!("fixes-{number}-narrow"), 332),
        );
        page.close();
    }
    if let Some(missing) = &story.report.error_bars.missing {
        let why = Block::Say(why_none(missing));
        story.writer(page).blocks(&[why]);
    } else {
        page.say(
                "The error bars tell how far the counts leave each effect open. A fix without one rests on counts that cannot tell, such \
                 as 0 of 20.",
            );
        if story
            .fixes
            .iter()
            .any(|fixes| fixes.goal == Goal::RaiseValue)
        {
            page.say("What endings are worth is stated and not counted, so that value has no error bars.");
        }
    }
    page.details("The fixes as a table", |page| table(page, story));
}

fn table(page: &mut Page, story: &Story<'_>) {
    let outcome = &story.options.outcome;
    let fixes = &story.report.fixes;
    let has_errors = story.report.error_bars.missing.is_none();
    let mut table = Table::new("What each fix changes, in the order of the map")
        .text("touchpoint")
        .text("fix")
        .number("journeys that end so, of 100");
    let mut about = format!(
        "Journeys that end so: in {}.",
        crate::render::clean::clean(outcome.as_str())
    );
    if has_errors {
        table = table.number("give or take");
        about += " Give or take: one standard error.";
    }
    table = table.number("hurt");
    if has_errors {
        table = table.number("give or take");
    }
    table = table.number("mean feeling").number("feeling at the end");
    let row = |fix: &Fix| {
        let mut row = vec![story.place(&fix.id), fix.kind.to_string().into()];
        let Some(effect) = &fix.effect else {
            row.extend((0..if has_errors { 6 } else { 4 }).map(|_| super::table::unknown()));
            return row;
        };
        let error = |error: Option<f64>, show: &dyn Fn(f64) -> String| {
            error
                .filter(|&error| error > 0.0)
                .map_or_else(none, |error| Inline::from(show(error).replace('+', "")))
        };
        let change = |change| change_of_100(change).replace(" of 100", "");
        row.push(change(effect.change_of(outcome)).into());
        if has_errors {
            let mut known = effect.outcomes.iter();
            let known = known.find(|known| known.outcome == *outcome);
            row.push(error(known.and_then(|known| known.standard_error), &change));
        }
        row.push(known(effect.hurt, feeling));
        if has_errors {
            row.push(error(effect.hurt_standard_error, &feeling));
        }
        row.extend([known(effect.mean, feeling), known(effect.end, feeling)]);
        row
    };
    table.fill(fixes, ("fix", "fixes"), row).write(page);
    let mean = or_unknown(story.report.trajectory.mean, feeling);
    page.line(
        "p class=\"soft\"",
        format!("{about} As it is now, the mean feeling is {mean}."),
    );
}
