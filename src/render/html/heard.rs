//! Who is heard, and what it costs.

use super::Story;
use super::markup::{Inline, Page};
use super::table::{Table, known, none};
use crate::render::clean::clean;
use crate::render::number::{
    JOURNEYS, VISITS, among, amount, capital, cell, list, of_100, percent, share,
};
use crate::render::text::{all_unhappy, unhappy_moment, unstated_endings};

pub(super) fn print(page: &mut Page, story: &Story<'_>) {
    let listening = &story.report.listening;
    let (Some(unhappy), Some(heard), Some(since), Some(leaving), Some(silent)) = (
        listening.unhappy,
        listening.heard,
        listening.heard_since,
        listening.leaving,
        listening.silent_churn,
    ) else {
        match listening.unhappy {
            Some(unhappy) => page.say(unhappy_moment(listening, unhappy)),
            None => page.say("Who is unhappy is not known."),
        }
        return;
    };
    page.say(unhappy_moment(listening, unhappy));
    if unhappy <= 0.0 {
        return;
    }
    let goal = clean(listening.goal.as_str());
    page.open("ul class=\"bars\"");
    for (part, what) in [
        all_unhappy(listening, unhappy),
        (heard, "unhappy, and heard somewhere".to_owned()),
        (since, "unhappy, and heard then or later".to_owned()),
        (leaving, format!("unhappy, and ending with {goal}")),
        (silent, "the same, and never heard".to_owned()),
    ] {
        page.open("li");
        page.line("span class=\"what\"", what);
        page.inline(&Inline::new().bar(part));
        page.line("span class=\"figure\"", Inline::new().strong(share(part)));
        page.close();
    }
    page.close();
    if let Some(unstated) = unstated_endings(listening) {
        page.say(unstated);
    }
    let listeners = story
        .told
        .listening
        .listeners
        .iter()
        .map(|name| clean(name));
    let listeners: Vec<String> = listeners.collect();
    page.say(if listeners.is_empty() {
        "No touchpoint that customers come to can listen.".to_owned()
    } else {
        format!(
            "Customers are heard at {}.",
            list(&listeners, story.options.top)
        )
    });
    if listening.gains.is_empty() {
        return;
    }
    page.details(
        "Where listening would catch most of those who leave without a word",
        |page| {
            Table::new("Where listening would help")
                .text("touchpoint")
                .number("journeys less that leave unheard")
                .number("of all that leave so")
                .fill(&listening.gains, ("touchpoint", "touchpoints"), |gain| {
                    vec![
                        story.place(&gain.id),
                        known(gain.gain, share),
                        known(gain.share, percent),
                    ]
                })
                .write(page);
        },
    );
}

pub(super) fn print_money(page: &mut Page, story: &Story<'_>) {
    let money = &story.report.money;
    let unit = money
        .currency
        .as_deref()
        .map(|currency| format!(" {}", clean(currency)));
    let unit = unit.unwrap_or_default();
    page.open("dl class=\"tiles\"");
    for (what, figure, of) in [
        (
            "to serve a journey",
            money.cost,
            format!("known of {}", among(money.cost_coverage, VISITS)),
        ),
        (
            "worth of its ending",
            money.value,
            format!("known of {}", among(money.value_coverage, JOURNEYS)),
        ),
    ] {
        page.open("div");
        page.line("dt", Inline::new().say(what).say(", ").say(of));
        page.line("dd", known(figure, |sum| amount(sum) + &unit));
        page.close();
    }
    page.close();
    if let Some(before) = money.spent_before {
        page.say(format!(
            "{} of the cost is spent before the interaction, the rest during and after it.",
            capital(&percent(before))
        ));
    }
    if money.cost.is_none() {
        return;
    }
    page.details("The cost by phase and by owner", |page| {
        let columns = |caption, first| {
            Table::new(caption)
                .text(first)
                .number("cost per journey")
                .number("visits per journey")
                .number("cost known, of 100 visits")
        };
        let cells = |name, cost, visits, coverage: Option<f64>| {
            vec![
                name,
                known(cost, amount),
                cell(visits).into(),
                coverage.map_or_else(none, |coverage| of_100(coverage).into()),
            ]
        };
        columns("Cost to serve by phase", "phase")
            .fill(&money.phases, ("phase", "phases"), |part| {
                let name = part.phase.as_str().into();
                cells(name, part.cost, part.visits, part.coverage)
            })
            .write(page);
        columns("Cost to serve by owner", "owner")
            .fill(&money.owners, ("owner", "owners"), |part| {
                let name = part.owner.as_ref();
                let name = name.map_or_else(|| "no owner".into(), |name| Inline::new().name(name));
                cells(name, part.cost, part.visits, part.coverage)
            })
            .write(page);
    });
}
