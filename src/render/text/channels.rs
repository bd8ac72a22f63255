//! How alike the channels are.

use std::fmt;

use super::Text;
use super::page::{LISTED, Page};
use super::table::Table;
use crate::analysis::{
    ChannelConsistency, ChannelFigures, ChannelPair, InconclusiveReason, NeedConsistency, Severity,
    Verdict,
};
use crate::render::clean::{clean, quoted};
use crate::render::number::{
    JOURNEYS, UNKNOWN, VISITS, cell, feeling, is_all, list, of_100, or_unknown, per_journey, share,
    size, that,
};

impl ChannelConsistency {
    /// The text for people, of a width that can be set.
    pub fn text(&self) -> Text<'_> {
        Text::new(self)
    }
}

/// Every need with its channels side by side; see [`ChannelConsistency::text`] for other widths than 80.
impl fmt::Display for ChannelConsistency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(f)
    }
}

/// The channels side by side, and every pair of them in a sentence.
impl fmt::Display for NeedConsistency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Text::new(self).fmt(f)
    }
}

/// One plain sentence.
impl fmt::Display for ChannelPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said = match self.contradiction {
            Some(true) => "customers are told different things".to_owned(),
            Some(false) => "customers are told the same".to_owned(),
            None => "whether customers are told the same is unknown".to_owned(),
        };
        f.write_str(&sentence(self, &said))
    }
}

pub(super) fn print(page: &mut Page, channels: &ChannelConsistency) {
    page.heading("Where channels contradict each other");
    if channels.needs.is_empty() {
        page.say("No need is met in two channels, so there is nothing to compare.");
        return;
    }
    page.say(&format!(
        "Inconsistency of the whole journey: {}, on a scale from 0 (for the same need every channel feels, keeps its \
         promises and speaks the same) to 1 (none does).",
        or_unknown(channels.inconsistency, size)
    ));
    for need in channels.needs.iter().take(LISTED) {
        print_need(page, need);
    }
    page.gap();
    page.more(0, channels.needs.len(), LISTED, ("need", "needs"));
    super::within(
        page,
        "The journeys that meet both channels are",
        channels.error_bound,
    );
}

pub(super) fn print_need(page: &mut Page, need: &NeedConsistency) {
    page.gap();
    page.say(&format!(
        "Need {}: inconsistency {}, {}",
        quoted(&need.need),
        or_unknown(need.inconsistency, size),
        per_journey(need.exposure, VISITS)
    ));
    page.gap();
    let mut table = Table::new()
        .text("channel")
        .number("visits per\njourney")
        .number("mean\nfeeling");
    let partly = is_partly_known(need);
    if partly {
        table = table.number("feeling\nknown,\nof 100");
    }
    table = table.text("promises\nkept").text("what customers are told");
    for channel in need.channels.iter().take(LISTED) {
        let known = partly.then(|| or_unknown(channel.coverage, of_100));
        let figures = [
            clean(&channel.channel),
            cell(channel.exposure),
            or_unknown(channel.mean, feeling),
        ];
        let words = [
            or_unknown(channel.kept_rate, share),
            said(channel).unwrap_or_else(|| UNKNOWN.to_owned()),
        ];
        table.row(figures.into_iter().chain(known).chain(words));
    }
    table.print(page);
    page.more(2, need.channels.len(), LISTED, ("channel", "channels"));
    page.gap();
    let find = |name: &str| need.channels.iter().find(|channel| channel.channel == name);
    for pair in need.pairs.iter().take(LISTED) {
        page.item(
            2,
            "- ",
            &sentence(pair, &told(pair, find(&pair.a), find(&pair.b))),
        );
    }
    page.more(
        2,
        need.pairs.len(),
        LISTED,
        ("pair of channels", "pairs of channels"),
    );
}

/// Whether in some channel the feeling is known of some visits and not of others.
fn is_partly_known(need: &NeedConsistency) -> bool {
    let mut known = need.channels.iter().filter_map(|channel| channel.coverage);
    known.any(|known| known > 0.0 && !is_all(known))
}

/// What a channel tells customers, as quotes.
fn said(channel: &ChannelFigures) -> Option<String> {
    const QUOTED: usize = 3;
    let quotes: Vec<String> = channel.says.iter().map(|says| quoted(says)).collect();
    (!quotes.is_empty()).then(|| list(&quotes, QUOTED))
}

pub(in crate::render) fn told(
    pair: &ChannelPair,
    a: Option<&ChannelFigures>,
    b: Option<&ChannelFigures>,
) -> String {
    let (a, b) = (a.and_then(said), b.and_then(said));
    match (pair.contradiction, a, b) {
        (Some(true), Some(a), Some(b)) => format!("they contradict each other, {a} against {b}"),
        (Some(true), ..) => "they contradict each other".to_owned(),
        (Some(false), ..) => "they tell customers the same".to_owned(),
        (None, None, Some(_)) => format!("what {} tells customers is unknown", clean(&pair.a)),
        (None, Some(_), None) => format!("what {} tells customers is unknown", clean(&pair.b)),
        (None, ..) => "what they tell customers is unknown".to_owned(),
    }
}

pub(in crate::render) fn sentence(pair: &ChannelPair, told: &str) -> String {
    let (a, b) = (clean(&pair.a), clean(&pair.b));
    let mut clauses = vec![told.to_owned()];
    clauses.push(match pair.mean_difference {
        None => "the difference in feeling is unknown".to_owned(),
        Some(difference) if size(difference) == size(0.0) => {
            "on average customers feel the same".to_owned()
        }
        Some(difference) => {
            let (better, worse) = if difference > 0.0 { (&a, &b) } else { (&b, &a) };
            format!(
                "customers feel {} better in {better} than in {worse}",
                size(difference)
            )
        }
    });
    if let Some(distance) = pair.distance {
        clauses.push(format!(
            "their feelings lie {} apart (0 alike, 1 opposite)",
            size(distance)
        ));
    }
    if let Some(difference) = pair.kept_rate_difference {
        clauses.push(if difference.abs() > 0.0 {
            let (better, worse) = if difference > 0.0 { (&a, &b) } else { (&b, &a) };
            let points = share(difference.abs());
            format!("{better} keeps {points} promises more than {worse}")
        } else {
            "they keep the same share of promises".to_owned()
        });
    }
    clauses.extend(counted(pair));
    clauses.push(match pair.both {
        Some(both) => format!("{} both", that(both, JOURNEYS, ("meets", "meet"))),
        None => "how many journeys meet both is unknown, for the map is too large to find out"
            .to_owned(),
    });
    format!("{a} and {b}: {}.", clauses.join("; "))
}

/// What counts say, where they say anything.
pub(in crate::render) fn counted(pair: &ChannelPair) -> Option<String> {
    let test = pair.counted.and_then(|counted| counted.test);
    let said = match (pair.verdict, pair.inconclusive) {
        (Some(Verdict::Same), _) => "counts say that customers feel the same",
        (Some(Verdict::Different), _) => {
            let severity = match test?.severity {
                Severity::Negligible => "negligible",
                Severity::Small => "small",
                Severity::Clear => "clear",
                Severity::Severe => "severe",
            };
            return Some(format!(
                "counts say that customers feel differently, and the difference is {severity}"
            ));
        }
        (Some(Verdict::Unclear), Some(InconclusiveReason::TooFew)) => {
            "too few feelings are counted to compare them"
        }
        (Some(Verdict::Unclear), _) => "counts leave open whether customers feel the same",
        (None, Some(InconclusiveReason::NotCounts)) => {
            "the weights of the feelings are no counts, so that they can not be tested"
        }
        (None, Some(InconclusiveReason::BeyondBudget)) => "testing the counts would take too long",
        (None, _) => return None,
    };
    Some(said.to_owned())
}
