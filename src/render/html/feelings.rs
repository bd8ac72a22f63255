//! The trajectory as a picture, and the tables behind it.

use super::Story;
use super::markup::{Inline, NOT_KNOWN, Page};
use super::table::{Table, felt, known, none};
use crate::analysis::{PhaseFigures, TurningPoint};
use crate::render::number::{JOURNEYS, UNKNOWN, capital, cell, feeling, of_100, that, whole};
use crate::render::text::{few_numbers, known as known_at};

/// So many falls and rises are named.
const TURNS: usize = 5;
/// And so many are in the table.
const TURNS_IN_TABLE: usize = 20;

pub(super) fn print(page: &mut Page, story: &Story<'_>) {
    let trajectory = &story.report.trajectory;
    page.say(format!(
        "A feeling is a number from -1 (as bad as can be) over 0 (neutral) to +1 (as good as can be). It is {}.",
        known_at(trajectory.coverage)
    ));
    page.open("div class=\"columns lopsided\"");
    page.open("figure class=\"card\"");
    let chart = |id: &str, width| {
        let drawn = trajectory.svg().width(width).id_prefix(id);
        drawn.navigable(false).drawing()
    };
    page.picture(
        "Feelings as a chart",
        &chart("feelings", 720),
        &chart("feelings-narrow", 332),
    );
    page.close();
    page.open("div");
    page.line("h3", "A journey in a few numbers");
    page.open("dl class=\"numbers\"");
    for (name, figure, meaning) in few_numbers(trajectory) {
        page.open("div");
        page.open("dt");
        let name = Inline::new().say(capital(name)).say(" ");
        page.inline(&if figure == UNKNOWN {
            name.classed("unknown", NOT_KNOWN)
        } else {
            name.classed("figure", figure)
        });
        page.close();
        page.line("dd", capital(&meaning) + ".");
        page.close();
    }
    page.close();
    page.close();
    page.close();
    page.open("div class=\"columns\"");
    turns(page, story, "Where feelings fall", &trajectory.falls);
    turns(page, story, "Where feelings rise", &trajectory.rises);
    page.close();
    paths(page, story);
    page.details("The figures behind this picture", |page| {
        tables(page, story);
    });
}

fn turns(page: &mut Page, story: &Story<'_>, title: &str, turns: &[TurningPoint]) {
    page.open("div");
    page.line("h3", title);
    if turns.is_empty() {
        page.say("None is known.");
    }
    let lines = turns.iter().take(TURNS).map(|turn| {
        Inline::new()
            .strong(feeling(turn.change))
            .say(" from ")
            .name(story.label(&turn.from))
            .say(" to ")
            .name(story.label(&turn.to))
            .say(when(turn))
            .soft(format!(", {} times per journey", cell(turn.flow)))
    });
    page.list("ol class=\"short\"", lines);
    page.close();
}

fn when(turn: &TurningPoint) -> String {
    turn.when.map_or_else(String::new, |result| {
        format!(", when the promise is {result}")
    })
}

fn paths(page: &mut Page, story: &Story<'_>) {
    let trajectory = &story.told.trajectory;
    let paths = &trajectory.paths;
    let shown = paths.iter().take(story.options.top);
    if paths.is_empty() {
        return;
    }
    page.details("The most likely paths", |page| {
        page.say(match paths.len() {
            1 => "A single path is the most likely one.".to_owned(),
            number => format!(
                "Of the {} most likely paths, {} one.",
                whole(number),
                that(trajectory.paths_coverage, JOURNEYS, ("follows", "follow"))
            ),
        });
        page.list("ol", shown.map(ToString::to_string));
    });
}

fn tables(page: &mut Page, story: &Story<'_>) {
    let trajectory = &story.report.trajectory;
    Table::new("Before, during and after")
        .text("phase")
        .number("journeys coming, of 100")
        .number("moments per journey")
        .number("mean feeling")
        .number("standard deviation")
        .number("good, of 100 moments")
        .number("neutral, of 100 moments")
        .number("bad, of 100 moments")
        .number("feeling known, of 100 moments")
        .fill(&trajectory.phases, ("phase", "phases"), phase)
        .write(page);
    let curve: Vec<(usize, _)> = (1..).zip(&trajectory.curve).collect();
    Table::new("Moment by moment")
        .text("moment")
        .number("mean feeling")
        .number("journeys under way, of 100")
        .fill(&curve, ("moment", "moments"), |(moment, point)| {
            vec![
                whole(*moment).into(),
                felt(point.mean),
                of_100(point.travelling).into(),
            ]
        })
        .write(page);
    for (title, turns) in [
        (
            "Where feelings fall, the strongest first",
            &trajectory.falls,
        ),
        (
            "Where feelings rise, the strongest first",
            &trajectory.rises,
        ),
    ] {
        if turns.is_empty() {
            continue;
        }
        Table::new(title)
            .text("from")
            .text("to")
            .text("when")
            .number("change")
            .number("times per journey")
            .most(TURNS_IN_TABLE)
            .fill(turns, ("way", "ways"), |turn| {
                vec![
                    story.place(&turn.from),
                    story.place(&turn.to),
                    turn.when
                        .map_or_else(none, |result| format!("promise {result}").into()),
                    feeling(turn.change).into(),
                    cell(turn.flow).into(),
                ]
            })
            .write(page);
    }
    if let Some(grid) = trajectory.rounded_to {
        let text = format!("For worst, best and peak, feelings were rounded to steps of {grid}.");
        page.line("p class=\"soft\"", text);
    }
}

/// Where there are no moments there is nothing that could be unknown.
fn phase(phase: &PhaseFigures) -> Vec<Inline> {
    let some = |cell: Inline| {
        if phase.coverage.is_some() {
            cell
        } else {
            none()
        }
    };
    vec![
        phase.phase.as_str().into(),
        of_100(phase.reach).into(),
        cell(phase.moments).into(),
        some(felt(phase.mean)),
        some(known(phase.sd, |sd| format!("{sd:.2}"))),
        some(known(phase.positive, of_100)),
        some(known(phase.neutral, of_100)),
        some(known(phase.negative, of_100)),
        some(known(phase.coverage, of_100)),
    ]
}
