//! Where it hurts, the worst first, each on a card with its evidence.

use super::Story;
use super::markup::{Inline, Page};
use super::table::{Table, felt, known, none};
use crate::analysis::PainPoint;
use crate::render::number::{JOURNEYS, capital, cell, of_100, percent, share, that, whole};
use crate::render::text::{happenings, origin};

pub(super) fn print(page: &mut Page, story: &Story<'_>) {
    let pains = &story.report.pain_points;
    if pains.is_empty() {
        page.say(
            "No pain is known: where the feeling is known it is nowhere bad, and no promise is known to be broken.",
        );
        return;
    }
    page.say(
        "Touchpoints where customers feel bad or promises are broken, the worst first. Hurt is how far below 0 feelings are, times \
         how often.",
    );
    page.open("div class=\"cards\"");
    for (rank, pain) in (1..).zip(story.told.pain_points.iter().take(story.options.top)) {
        card(page, rank, pain);
    }
    page.close();
    let more = pains.len().saturating_sub(story.options.top);
    if more > 0 {
        let noun = if more == 1 {
            "pain point is"
        } else {
            "pain points are"
        };
        page.line(
            "p class=\"soft\"",
            format!("{} more {noun} in the table.", whole(more)),
        );
    }
    page.details("The pain points as a table", |page| table(page, story));
}

fn card(page: &mut Page, rank: usize, pain: &PainPoint) {
    page.open_with("article class=\"card pain\"", "id", &format!("pain-{rank}"));
    page.open("h3");
    page.inline(
        &Inline::new()
            .classed("rank", rank.to_string())
            .say(" ")
            .name(&pain.label),
    );
    page.close();
    let mut place = Inline::new()
        .say(pain.phase.as_str())
        .say(" · ")
        .name(pain.channel.as_str());
    if let Some(owner) = &pain.owner {
        place = place.say(" · ").name(owner);
    }
    page.line("p class=\"meta\"", place);
    if pain.hurt > 0.0 {
        let hurt = Inline::new()
            .bar(pain.share)
            .strong(percent(pain.share))
            .say(" of the journey's hurt");
        page.line("p class=\"share\"", hurt);
    }
    page.list(
        "ul",
        happenings(pain).iter().map(|clause| capital(clause) + "."),
    );
    page.line("p class=\"soft\"", comers(pain));
    if let Some(origin) = origin(pain) {
        page.line("p class=\"cure\"", origin);
    }
    page.close();
}

/// How many come here, and what becomes of them.
fn comers(pain: &PainPoint) -> String {
    let come = pain.reach.map_or_else(
        || "How many journeys come here is not known".to_owned(),
        |reach| capital(&that(reach, JOURNEYS, ("comes", "come"))) + " here",
    );
    match pain.churn_after.filter(|&churn| churn > 0.0) {
        Some(churn) => format!(
            "{come}; of those who come {} leave in the end.",
            share(churn)
        ),
        None => come + ".",
    }
}

fn table(page: &mut Page, story: &Story<'_>) {
    let ranked: Vec<(usize, &PainPoint)> = (1..).zip(&story.report.pain_points).collect();
    Table::new("Where it hurts, the worst first")
        .text("rank")
        .text("touchpoint")
        .text("owner")
        .number("share of the hurt")
        .number("hurt per journey")
        .number("journeys coming, of 100")
        .number("visits per journey")
        .number("mean feeling")
        .number("broken promises per journey")
        .number("leave in the end")
        .fill(&ranked, ("pain point", "pain points"), |(rank, pain)| {
            vec![
                whole(*rank).into(),
                story.place(&pain.id),
                pain.owner
                    .as_ref()
                    .map_or_else(none, |owner| Inline::new().name(owner)),
                format!("{} %", of_100(pain.share)).into(),
                cell(pain.hurt).into(),
                known(pain.reach, of_100),
                cell(pain.visits).into(),
                felt(pain.mean),
                cell(pain.broken).into(),
                pain.churn_after
                    .map_or_else(none, |churn| share(churn).into()),
            ]
        })
        .write(page);
}
