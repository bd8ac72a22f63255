//! Complaints in words.

use super::{
    Compensation, ComplaintAnswered, ComplaintChannel, ComplaintHeard, ComplaintWithin, Complaints,
    FateFigures, FateOutcome,
};
use crate::flow::Basis;
use crate::journey::{Channel, Fate};
use crate::page::number::{
    JOURNEYS, amount, capital, count, duration, feeling, is_all, percent, share, that,
};
use crate::page::words::{ending, name, place};
use crate::page::{Block, Cell, Detail, Question, Section, Table, number, said, text, told};

told!(Complaints);
said!(FateFigures, fate);
said!(ComplaintHeard, heard);
said!(ComplaintAnswered, answered);

/// Endings of a fate that fewer than so many end in are not named in a sentence.
const NAMED: f64 = 0.005;

impl Question for Complaints {
    fn sections(&self) -> Vec<Section> {
        let mut section = Section::new("complaints", "From a complaint to its answer");
        section.say(complaining(self));
        if let Some(answers) = answers(self) {
            section.say(answers);
        }
        let who = self.heard_by.iter().map(|known| capital(&heard(known)));
        let who = who.chain(
            self.answered_by
                .iter()
                .map(|known| capital(&answered(known))),
        );
        section.put(Block::list(who.collect(), ("touchpoint", "touchpoints")));
        let fates = self
            .fates
            .iter()
            .map(|known| capital(&fate(known)))
            .collect();
        section.put(Block::list(fates, ("group", "groups")));
        if self.fates.len() > 1 {
            section.note(
                "Nobody was assigned to an answer: what differs between these groups need not come from it.",
            );
        }
        let split = self
            .fates
            .iter()
            .filter(|known| matches!(known.fate, Fate::InTime | Fate::Late) && known.end.is_none())
            .count();
        if self.basis == Basis::Modelled && split > 1 {
            section.note(
                "What customers feel at the end, and whether they tell it in public, a map does not tell apart by how soon they were \
                 answered: how long a wait was is not kept on it. Journeys that were counted tell it.",
            );
        }
        if let Some(public) = in_public(self) {
            section.say(public);
        }
        if let Some(cost) = self.compensation.as_ref().and_then(compensation) {
            section.say(cost);
        }
        section.put(Block::Fold(
            "Complaints by channel, and how they end by what became of them",
            vec![
                channels(self).into(),
                outcomes(&self.fates).into(),
                places(self).into(),
                fates_table(&self.fates).into(),
            ],
        ));
        vec![section]
    }

    /// Where nobody can listen there is nothing to say but what listening says already.
    fn is_worth_telling(&self) -> bool {
        self.complain.is_some_and(|complain| complain > 0.0)
    }
}

fn complaining(known: &Complaints) -> String {
    let Some(complain) = known.complain else {
        return "Who complains is unknown: no touchpoint can listen, or no feeling is known."
            .to_owned();
    };
    let counted = match (known.basis, known.journeys) {
        (Basis::Counted, Some(journeys)) => {
            let (one, many) = JOURNEYS;
            let noun = if journeys == 1 { one } else { many };
            format!(" (counted: {} {noun})", count(journeys as f64))
        }
        _ => String::new(),
    };
    let unhappy = known.unhappy.map_or_else(String::new, |unhappy| {
        format!(" of the {} that are unhappy", share(unhappy))
    });
    format!(
        "{}{counted}{unhappy}: then or later they come to somebody who can listen.",
        capital(&that(complain, JOURNEYS, ("complains", "complain")))
    )
}

fn answers(known: &Complaints) -> Option<String> {
    let answered = known.answered?;
    let mut said = format!("Of the complaints {} are answered", share(answered));
    if !known.within.is_empty() {
        said += &format!(": {}", soon(&known.within));
    }
    said.push('.');
    if let (Some(before), Some(after)) = (known.at_complaint, known.at_answer) {
        said += &format!(
            " Customers feel {} where they are heard, and {} where they are answered.",
            feeling(before),
            feeling(after)
        );
    }
    Some(said)
}

/// "10 of 100 within 1 h, 40 of 100 within 1 day, ..."
fn soon(within: &[ComplaintWithin]) -> String {
    let parts = within.iter().map(|known| {
        let interval = known.low.zip(known.high);
        let interval = interval.map_or_else(String::new, |(low, high)| {
            format!(" (95 %: {} to {})", share(low), share(high))
        });
        format!(
            "{}{interval} within {}",
            share(known.share),
            duration(known.seconds)
        )
    });
    parts.collect::<Vec<_>>().join(", ")
}

fn at(id: &str, channel: &Channel, owner: Option<&str>) -> String {
    let owner = owner.map_or_else(|| "nobody's".to_owned(), name);
    format!("{} ({owner}, {})", place(id), name(channel.as_str()))
}

fn heard(known: &ComplaintHeard) -> String {
    let answered = known.answered.map_or_else(String::new, |answered| {
        format!(", of which {} are answered", share(answered))
    });
    format!(
        "{} hears {} of the complaints first{answered}",
        at(&known.id, &known.channel, known.owner.as_deref()),
        share(known.share)
    )
}

fn answered(known: &ComplaintAnswered) -> String {
    format!(
        "{} answers {} of the complaints",
        at(&known.id, &known.channel, known.owner.as_deref()),
        share(known.share)
    )
}

/// What became of them, as people say it.
fn called(fate: Fate) -> &'static str {
    match fate {
        Fate::InTime => "answered within a day",
        Fate::Late => "answered later",
        Fate::Untimed => "answered, nobody knows how soon",
        Fate::Never => "never answered",
    }
}

fn fate(known: &FateFigures) -> String {
    let interval = known.interval.map_or_else(String::new, |(low, high)| {
        format!(" (95 %: {} to {})", share(low), share(high))
    });
    let endings = known.outcomes.iter();
    let endings = endings.filter(|known| known.probability >= NAMED);
    let endings = endings.map(|known| {
        let interval = known.low.zip(known.high);
        let interval = interval.map_or_else(String::new, |(low, high)| {
            format!(" ({} to {})", share(low), share(high))
        });
        format!(
            "{} {}{interval}",
            ending(&known.outcome),
            share(known.probability)
        )
    });
    let mut said = format!(
        "{}, {}{interval}: {}",
        called(known.fate),
        share(known.share),
        endings.collect::<Vec<_>>().join(", ")
    );
    if let Some(end) = known.end {
        said += &format!("; they feel {} at the end", feeling(end));
    }
    if let Some(public) = known.in_public.filter(|&public| public > 0.0) {
        said += &format!("; {} tell it in public", share(public));
    }
    if let Some((worth, coverage)) = known.worth.zip(known.worth_coverage) {
        said += &format!("; their endings are worth {}", amount(worth));
        if !is_all(coverage) {
            said += &format!(" (known of {})", percent(coverage));
        }
    }
    said
}

fn in_public(known: &Complaints) -> Option<String> {
    let unhappy = known.unhappy_in_public.filter(|&share| share > 0.0)?;
    let complaints = known.in_public.map_or_else(String::new, |complaints| {
        format!(", and {} of those who complained", share(complaints))
    });
    Some(format!(
        "An ending of its own is the story told in public (channel social): {} of the unhappy tell it there{complaints}.",
        share(unhappy)
    ))
}

fn compensation(known: &Compensation) -> Option<String> {
    let unit = known.currency.as_deref();
    let unit = unit.map_or_else(String::new, |currency| format!(" {}", name(currency)));
    let cost = known.cost?;
    let keeps = match (known.keeps, known.per_money) {
        (Some(keeps), Some(per)) => format!(
            "endings after one are worth {}{unit} more than where none came, {} for each unit of money",
            amount(keeps),
            amount(per)
        ),
        (Some(keeps), None) => {
            format!(
                "endings after one are worth {}{unit} more than where none came",
                amount(keeps)
            )
        }
        (None, _) => "what it keeps is unknown, since not every ending states its worth".to_owned(),
    };
    let coverage = known.cost_coverage.filter(|&coverage| !is_all(coverage));
    let coverage = coverage.map_or_else(String::new, |coverage| {
        format!(" (known of {} of the visits)", percent(coverage))
    });
    Some(format!(
        "An answer, with all that follows it, costs {}{unit}{coverage}; {keeps}.",
        amount(cost)
    ))
}

fn within_at(within: &[ComplaintWithin], place: usize) -> Cell {
    Cell::of_100(within.get(place).map(|known| known.share))
}

fn channels(known: &Complaints) -> Table {
    Table::of(
        &known.channels,
        "Complaints by the channel that hears them",
        ("channel", "channels"),
    )
    .key("complaint_channels")
    .full("channel", text("heard by"), |channel: &ComplaintChannel| {
        Cell::name(channel.channel.as_str())
    })
    .full("share", number("of 100\ncomplaints"), |channel| {
        Cell::of_100(channel.share)
    })
    .full("answered", number("answered,\nof 100"), |channel| {
        Cell::of_100(channel.answered)
    })
    .full("within_hour", number("within\nan hour"), |channel| {
        within_at(&channel.within, 0)
    })
    .full("within_day", number("within\na day"), |channel| {
        within_at(&channel.within, 1)
    })
    .full("within_week", number("within\na week"), |channel| {
        within_at(&channel.within, 2)
    })
    .done()
}

fn outcomes(fates: &[FateFigures]) -> Table {
    let all: Vec<(Fate, &FateOutcome)> = fates
        .iter()
        .flat_map(|known| known.outcomes.iter().map(|ending| (known.fate, ending)))
        .collect();
    Table::of(
        &all,
        "How complaints end by what became of them",
        ("row", "rows"),
    )
    .key("complaint_outcomes")
    .data("fate", |(fate, _)| Cell::Word(fate.as_str()))
    .shown(Detail::Full, text("the answer"), |(fate, _)| {
        Cell::Word(called(*fate))
    })
    .data("outcome", |(_, known)| Cell::name(known.outcome.as_str()))
    .shown(Detail::Full, text("ending"), |(_, known)| {
        Cell::words(ending(&known.outcome))
    })
    .full("probability", number("of 100"), |(_, known)| {
        Cell::of_100(known.probability)
    })
    .data("low", |(_, known)| Cell::share(known.low))
    .data("high", |(_, known)| Cell::share(known.high))
    .done()
}

/// Who hears and who answers, for programs.
fn places(known: &Complaints) -> Table {
    type Row<'a> = (
        &'static str,
        &'a str,
        &'a Channel,
        Option<&'a str>,
        f64,
        Option<f64>,
    );
    let heard = known.heard_by.iter().map(|at| -> Row<'_> {
        let owner = at.owner.as_deref();
        ("heard", &at.id, &at.channel, owner, at.share, at.answered)
    });
    let answered = known.answered_by.iter().map(|at| -> Row<'_> {
        let owner = at.owner.as_deref();
        ("answered", &at.id, &at.channel, owner, at.share, None)
    });
    let rows: Vec<Row<'_>> = heard.chain(answered).collect();
    Table::of(
        &rows,
        "Who hears and who answers",
        ("touchpoint", "touchpoints"),
    )
    .key("complaint_places")
    .data("what", |row| Cell::Word(row.0))
    .data("id", |row| Cell::place(row.1))
    .data("channel", |row| Cell::name(row.2.as_str()))
    .data("owner", |row| Cell::or_none(row.3, Cell::name))
    .data("share", |row| Cell::share(row.4))
    .data("answered", |row| Cell::or_none(row.5, Cell::share))
    .done()
}

fn fates_table(fates: &[FateFigures]) -> Table {
    let end = |interval: Option<(f64, f64)>, high: bool| {
        Cell::share(interval.map(|(from, to)| if high { to } else { from }))
    };
    Table::of(fates, "What becomes of complaints", ("group", "groups"))
        .key("complaint_fates")
        .data("fate", |known| Cell::Word(known.fate.as_str()))
        .data("share", |known| Cell::share(known.share))
        .data("low", move |known| end(known.interval, false))
        .data("high", move |known| end(known.interval, true))
        .data("in_public", |known| Cell::share(known.in_public))
        .data("end", |known| Cell::valence(known.end))
        .data("worth", |known| Cell::money(known.worth))
        .data("worth_coverage", |known| Cell::share(known.worth_coverage))
        .done()
}
