//! How long it takes, in words: a median with its spread, and the mean beside it.

use super::{TimeAnswered, TimeFigures, TimeQuantile, TimeSpread, TimeWay};
use crate::flow::Basis;
use crate::page::number::{JOURNEYS, count, duration, share};
use crate::page::words::place;
use crate::page::{Block, Cell, Question, Section, Table, number, said, text, told};

/// What is said where all waits are 0.
pub(crate) const ONE_TIME: &str =
    "All events of a journey bear one time: nothing is known of the waits between them.";

told!(TimeFigures);
said!(TimeSpread, spread);
said!(TimeWay, on_a_way);

/// So many ways a short text has.
const LISTED: usize = 12;

impl Question for TimeFigures {
    fn sections(&self) -> Vec<Section> {
        let mut section = Section::new("time", "How long it takes");
        if self.is_nothing() {
            section.say(ONE_TIME);
            for table in [ways(&self.ways), wholes(self), within(self)] {
                section.put(Block::Table(table.for_programs()));
            }
            return vec![section];
        }
        for (what, time) in [
            (
                "From the first moment of a journey to its last one",
                &self.lasted,
            ),
            ("The known waits of a journey together", &self.whole),
            (
                "From the first broken promise to somebody who can put it right",
                &self.recovery,
            ),
        ] {
            if let Some(time) = time {
                section.say(format!("{what}: {}.", spread(time)));
            }
        }
        if let Some(answered) = &self.answered {
            section.say(answers(answered));
        }
        if self.whole.is_none() && self.lasted.is_none() {
            section.say("No time is known: no way states how long it takes.");
        }
        let computed = [&self.whole, &self.recovery].into_iter().flatten();
        if computed
            .clone()
            .any(|time| time.basis == Basis::Modelled && !time.quantiles.is_empty())
        {
            section.note(
                "What is computed from the waits of each way takes these as independent of each other: a customer who \
                 waited long here waits no longer there.",
            );
        }
        let known: Vec<&TimeWay> = self.ways.iter().collect();
        if known.len() > 1 && known.iter().any(|way| way.time.median().is_some()) {
            section.note(
                "Medians of steps do not add up to the median of the whole: few customers are in the middle at every step.",
            );
        }
        section.put(Block::Table(ways(&self.ways)));
        section.put(Block::Table(wholes(self)));
        section.put(Block::Table(within(self)));
        vec![section]
    }

    fn is_worth_telling(&self) -> bool {
        self.whole.is_some() || self.lasted.is_some()
    }
}

fn ways(ways: &[TimeWay]) -> Table {
    let mut longest: Vec<&TimeWay> = ways.iter().collect();
    // Where most time goes comes first; equal ones stay in the order of the map.
    let total = |way: &TimeWay| way.flow * way.time.mean_s.unwrap_or(0.0);
    longest.sort_by(|a, b| total(b).total_cmp(&total(a)));
    let quantile = |p: f64| move |way: &&TimeWay| Cell::duration(way.time.quantile(p));
    Table::of(
        &longest,
        "How long each step takes, where most time goes first",
        ("step", "steps"),
    )
    .key("time_ways")
    .listed(LISTED)
    .brief("from", text("from"), |way| Cell::place(&way.from))
    .brief("to", text("to"), |way| Cell::place(&way.to))
    .full("flow", number("times per\njourney"), |way| {
        Cell::times(way.flow)
    })
    .full("p10", number("one of ten\nup to"), quantile(0.1))
    .brief("p25", number("a quarter\nup to"), quantile(0.25))
    .brief("median", number("half\nup to"), quantile(0.5))
    .brief("p75", number("three quarters\nup to"), quantile(0.75))
    .full("p90", number("nine of ten\nup to"), quantile(0.9))
    .brief("mean_s", number("mean"), |way| {
        Cell::duration(way.time.mean_s)
    })
    .data("sd_s", |way| Cell::duration(way.time.sd_s))
    .data("journeys", |way| {
        Cell::or_none(way.time.journeys, |n| Cell::count(n as f64))
    })
    .data("basis", |way| Cell::Word(way.time.basis.as_str()))
    .done()
}

/// A quantile with what it is of, for programs.
fn wholes(times: &TimeFigures) -> Table {
    let named = [
        ("whole", &times.whole),
        ("lasted", &times.lasted),
        ("recovery", &times.recovery),
    ];
    let rows: Vec<(&str, &TimeSpread, &TimeQuantile)> = named
        .into_iter()
        .filter_map(|(what, time)| Some((what, time.as_ref()?)))
        .flat_map(|(what, time)| time.quantiles.iter().map(move |q| (what, time, q)))
        .collect();
    Table::of(&rows, "How long the whole takes", ("quantile", "quantiles"))
        .key("time_whole")
        .data("what", |(what, ..)| Cell::Word(what))
        .data("p", |(_, _, q)| Cell::share(q.p))
        .data("seconds", |(_, _, q)| Cell::duration(q.seconds))
        .data("low", |(_, _, q)| Cell::duration(q.low))
        .data("high", |(_, _, q)| Cell::duration(q.high))
        .data("mean_s", |(_, time, _)| Cell::duration(time.mean_s))
        .data("basis", |(_, time, _)| Cell::Word(time.basis.as_str()))
        .done()
}

fn within(times: &TimeFigures) -> Table {
    let rows = times
        .answered
        .as_ref()
        .map_or(&[][..], |answered| &answered.within);
    Table::of(rows, "How soon there is an answer", ("limit", "limits"))
        .key("time_answered")
        .data("seconds", |known| Cell::duration(known.seconds))
        .data("share", |known| Cell::share(known.share))
        .data("low", |known| Cell::share(known.low))
        .data("high", |known| Cell::share(known.high))
        .done()
}

fn answers(answered: &TimeAnswered) -> String {
    let within: Vec<String> = answered
        .within
        .iter()
        .map(|known| {
            let interval = known
                .low
                .zip(known.high)
                .map_or_else(String::new, |(low, high)| {
                    format!(" (95 %: {} to {})", share(low), share(high))
                });
            format!(
                "{}{interval} within {}",
                share(known.share),
                duration(known.seconds)
            )
        })
        .collect();
    let whom = answered.journeys.map_or_else(String::new, |journeys| {
        format!(" ({} journeys)", count(journeys as f64))
    });
    format!(
        "Of those who were unhappy and were heard{whom}, so many had an answer: {}.",
        within.join(", ")
    )
}

/// The median with its spread, the mean beside it.
fn spread(time: &TimeSpread) -> String {
    let mean = time.mean_s.map(|mean| format!("mean {}", duration(mean)));
    let Some(median) = time
        .quantiles
        .iter()
        .find(|known| known.p.total_cmp(&0.5).is_eq())
    else {
        let mean = mean.unwrap_or_else(|| "unknown".to_owned());
        return format!("{mean}; how it spreads around that is unknown");
    };
    let mut said = format!("half take up to {}", duration(median.seconds));
    if let Some((low, high)) = median.low.zip(median.high) {
        said += &format!(" (95 %: {} to {})", duration(low), duration(high));
    }
    let quantile = |p| time.quantile(p).map(duration);
    if let Some((quarter, most)) = quantile(0.25).zip(quantile(0.75)) {
        said += &format!(", a quarter up to {quarter}, three quarters up to {most}");
    }
    if let Some(nearly_all) = quantile(0.9) {
        said += &format!(", nine of ten up to {nearly_all}");
    }
    if let Some(mean) = mean {
        said += &format!("; {mean}");
    }
    match (time.basis, time.journeys) {
        (Basis::Counted, Some(journeys)) => {
            let (one, many) = JOURNEYS;
            let noun = if journeys == 1 { one } else { many };
            said + &format!(", counted on {} {noun}", count(journeys as f64))
        }
        _ => said + ", computed",
    }
}

fn on_a_way(way: &TimeWay) -> String {
    format!(
        "{} to {}: {}",
        place(&way.from),
        place(&way.to),
        spread(&way.time)
    )
}
