//! How alike the channels are, in words.

use super::{
    ChannelConsistency, ChannelFigures, ChannelPair, InconclusiveReason, NeedConsistency, Severity,
    Verdict,
};
use crate::page::block::Quote;
use crate::page::number::{
    JOURNEYS, UNKNOWN, VISITS, capital, is_all, list, or_unknown, per_journey, share, size, that,
    whole,
};
use crate::page::words::{alarm, name, place, quoted};
use crate::page::{Block, Cell, Detail, Question, Section, Table, number, said, text, told};

/// So many needs are told at length; the tables have all.
const NEEDS: usize = 10;
/// So many quotes of one channel are shown.
const QUOTES: usize = 3;
/// So many touchpoints are named that say so.
const PLACES: usize = 3;

told!(ChannelConsistency);
told!(NeedConsistency);

impl Question for ChannelConsistency {
    fn sections(&self) -> Vec<Section> {
        let heading = "Where channels contradict each other";
        let mut section = Section::new("channels", heading);
        section.blocks.extend(tables(&self.needs));
        if self.needs.is_empty() {
            section.say("No need is met in two channels, so there is nothing to compare.");
            return vec![section];
        }
        let (known, unknown): (Vec<&NeedConsistency>, Vec<&NeedConsistency>) =
            self.needs.iter().partition(|need| is_known(need));
        if !unknown.is_empty() {
            let needs: Vec<String> = unknown.iter().map(|need| quoted(&need.need)).collect();
            section.say(format!(
                "Of the needs that are met in several channels, nothing is known that could be compared at {}: neither what \
                 customers feel in two of the channels, nor whether promises are kept there, nor what customers are told.",
                list(&needs, NEEDS)
            ));
        }
        if known.is_empty() {
            return vec![section];
        }
        section.say(format!(
            "Inconsistency of the whole journey: {}, on a scale from 0 (for the same need every channel feels, keeps its \
             promises and speaks the same) to 1 (none does).",
            or_unknown(self.inconsistency, size)
        ));
        for need in known.iter().take(NEEDS) {
            section.put(Block::InText(side_by_side(need)));
            let title = format!("Need: {}", name(&need.need));
            section.put(Block::OnPage(vec![Block::Under(title, in_quotes(need))]));
        }
        let more = known.len().saturating_sub(NEEDS);
        if more > 0 {
            let noun = if more == 1 { "need" } else { "needs" };
            section.note(format!(
                "... and {} more {noun}; the report holds all {}.",
                whole(more),
                whole(known.len())
            ));
        }
        section.within("The journeys that meet both channels are", self.error_bound);
        vec![section]
    }
}

/// The channels side by side, and every pair of them in a sentence.
impl Question for NeedConsistency {
    fn sections(&self) -> Vec<Section> {
        let mut section = Section::new("need", "");
        section.blocks = side_by_side(self);
        vec![section]
    }
}

fn side_by_side(need: &NeedConsistency) -> Vec<Block> {
    let exposure = per_journey(need.exposure, VISITS);
    let inconsistency = or_unknown(need.inconsistency, size);
    let said = format!(
        "Need {}: inconsistency {inconsistency}, {exposure}",
        quoted(&need.need)
    );
    let noun = ("channel", "channels");
    let table = Table::of(&need.channels, "The channels side by side", noun)
        .shown(Detail::Brief, text("channel"), |channel| {
            Cell::name(&channel.channel)
        })
        .shown(Detail::Brief, number("visits per\njourney"), |channel| {
            Cell::times(channel.exposure)
        })
        .shown(Detail::Brief, number("mean\nfeeling"), |channel| {
            Cell::valence(channel.mean)
        })
        .when(is_partly_known(need), |table| {
            table.shown(
                Detail::Brief,
                number("feeling\nknown,\nof 100"),
                |channel| Cell::of_100(channel.coverage),
            )
        })
        .shown(Detail::Brief, text("promises\nkept"), |channel| {
            Cell::share(channel.kept_rate)
        })
        .shown(Detail::Brief, text("what customers are told"), |channel| {
            Cell::words(answers(channel).unwrap_or_else(|| UNKNOWN.to_owned()))
        })
        .done();
    vec![Block::Say(said), table.into(), pairs_in_words(need)]
}

/// What each channel says, as quotes, with its figures; and every pair compared.
fn in_quotes(need: &NeedConsistency) -> Vec<Block> {
    let contradicts = need
        .pairs
        .iter()
        .any(|pair| pair.contradiction == Some(true));
    let alarmed = if contradicts {
        alarm("Customers are told different things.") + " "
    } else {
        String::new()
    };
    let exposure = capital(&per_journey(need.exposure, VISITS));
    let inconsistency = or_unknown(need.inconsistency, size);
    let said = format!("{alarmed}{exposure}; inconsistency {inconsistency}.");
    let quotes = need.channels.iter().map(quote).collect();
    let (sentences, table) = (pairs_in_words(need), pairs_as_a_table(need).into());
    let mut blocks = vec![
        Block::Say(said),
        Block::Quotes(quotes, ("channel", "channels")),
    ];
    let summary = "Every two channels compared";
    // Few sentences need not be folded.
    if need.pairs.len() <= 3 {
        blocks.extend([sentences, Block::Fold(summary, vec![table])]);
    } else {
        blocks.push(Block::Fold(summary, vec![sentences, table]));
    }
    blocks
}

fn quote(channel: &ChannelFigures) -> Quote {
    let places: Vec<String> = channel.touchpoints.iter().map(|id| place(id)).collect();
    let partly = channel
        .coverage
        .filter(|&known| known > 0.0 && !is_all(known));
    let mut facts = vec![
        ("visits per journey", Cell::times(channel.exposure)),
        ("feeling", Cell::valence(channel.mean)),
        ("promises kept", Cell::share(channel.kept_rate)),
    ];
    facts.extend(partly.map(|part| ("feeling known", Cell::share(part))));
    Quote {
        title: name(&channel.channel),
        said: channel.says.iter().take(QUOTES).cloned().collect(),
        unsaid: "What customers are told is not known.",
        place: Some(format!("at {}", list(&places, PLACES))),
        facts,
    }
}

fn pairs_in_words(need: &NeedConsistency) -> Block {
    let find = |name: &str| need.channels.iter().find(|channel| channel.channel == name);
    let (known, unknown): (Vec<&ChannelPair>, Vec<&ChannelPair>) =
        need.pairs.iter().partition(|pair| is_compared(pair));
    let told = |pair: &&ChannelPair| {
        let pair = *pair;
        sentence(pair, &what_is_told(pair, find(&pair.a), find(&pair.b)))
    };
    let mut sentences: Vec<String> = known.iter().map(told).collect();
    match unknown.as_slice() {
        [] => {}
        // One pair may be told at length.
        [only] => sentences.push(told(only)),
        many => sentences.push(format!(
            "Of {} {}pairs of channels nothing is known that could be compared.",
            whole(many.len()),
            if known.is_empty() { "" } else { "more " }
        )),
    }
    Block::list(sentences, ("pair of channels", "pairs of channels"))
}

/// Whether anything is known by which two channels of a need can be compared.
fn is_known(need: &NeedConsistency) -> bool {
    need.inconsistency.is_some() || need.pairs.iter().any(is_compared)
}

/// Whether anything is known by which two channels can be compared.
fn is_compared(pair: &ChannelPair) -> bool {
    let differs = [
        pair.mean_difference,
        pair.distance,
        pair.kept_rate_difference,
    ];
    pair.contradiction.is_some() || differs.iter().any(Option::is_some)
}

fn pairs_as_a_table(need: &NeedConsistency) -> Table {
    let caption = format!(
        "Every two channels for \u{201c}{}\u{201d}",
        name(&need.need)
    );
    let full = Detail::Full;
    Table::of(
        &need.pairs,
        caption,
        ("pair of channels", "pairs of channels"),
    )
    .shown(full, text("one channel"), |pair| Cell::name(&pair.a))
    .shown(full, text("the other"), |pair| Cell::name(&pair.b))
    .shown(full, text("told the same"), |pair| {
        match pair.contradiction {
            Some(true) => Cell::words(alarm("no, they contradict")),
            Some(false) => Cell::Word("yes"),
            None => Cell::Flag(None, "", ""),
        }
    })
    .shown(full, number("feeling in the one less the other"), |pair| {
        Cell::change(pair.mean_difference)
    })
    .shown(full, number("feelings apart, 0 to 1"), |pair| {
        Cell::size(pair.distance)
    })
    .shown(full, number("kept more, of 100"), |pair| {
        Cell::change_of_100(pair.kept_rate_difference)
    })
    .shown(full, number("journeys meeting both"), |pair| {
        Cell::share(pair.both)
    })
    .shown(full, text("verdict of the counts"), |pair| {
        Cell::or_none(counted(pair), |verdict| Cell::words(capital(&verdict)))
    })
    .done()
}

/// The tables for programs: the needs, their channels, what these say, and every pair of them.
fn tables(needs: &[NeedConsistency]) -> [Block; 4] {
    let mut channels = Vec::new();
    let mut answers = Vec::new();
    let mut pairs = Vec::new();
    for need in needs {
        channels.extend(need.channels.iter().map(|channel| (&need.need, channel)));
        pairs.extend(need.pairs.iter().map(|pair| (&need.need, pair)));
        for channel in &need.channels {
            let says = channel.says.iter();
            answers.extend(says.map(|says| (&need.need, &channel.channel, says)));
        }
    }
    let needs = Table::of(
        needs,
        "Needs that are met in several channels",
        ("need", "needs"),
    )
    .key("needs")
    .data("need", |need| Cell::name(&need.need))
    .data("inconsistency", |need| Cell::size(need.inconsistency))
    .data("exposure", |need| Cell::times(need.exposure));
    let channels = Table::of(
        &channels,
        "The channels of each need",
        ("channel", "channels"),
    )
    .key("channels")
    .data("need", |(need, _)| Cell::name(*need))
    .data("channel", |(_, channel)| Cell::name(&channel.channel))
    .data("exposure", |(_, channel)| Cell::times(channel.exposure))
    .data("mean", |(_, channel)| Cell::valence(channel.mean))
    .data("coverage", |(_, channel)| Cell::share(channel.coverage))
    .data("kept_rate", |(_, channel)| Cell::share(channel.kept_rate));
    let answers = Table::of(&answers, "What customers are told", ("answer", "answers"))
        .key("channel_answers")
        .data("need", |(need, ..)| Cell::name(*need))
        .data("channel", |(_, channel, _)| Cell::name(*channel))
        .data("says", |(.., says)| Cell::name(*says));
    let pairs = Table::of(
        &pairs,
        "Every two channels",
        ("pair of channels", "pairs of channels"),
    )
    .key("channel_pairs")
    .data("need", |(need, _)| Cell::name(*need))
    .data("a", |(_, pair)| Cell::name(&pair.a))
    .data("b", |(_, pair)| Cell::name(&pair.b))
    .data("mean_difference", |(_, pair)| {
        Cell::change(pair.mean_difference)
    })
    .data("distance", |(_, pair)| Cell::size(pair.distance))
    .data("kept_rate_difference", |(_, pair)| {
        Cell::change(pair.kept_rate_difference)
    })
    .data("contradiction", |(_, pair)| {
        Cell::Flag(pair.contradiction, "yes", "no")
    })
    .data("both", |(_, pair)| Cell::share(pair.both))
    .data("verdict", |(_, pair)| {
        Cell::or_none(pair.verdict, |verdict| Cell::Word(verdict.as_str()))
    })
    .data("doubt", |(_, pair)| {
        Cell::or_none(pair.inconclusive, |reason| Cell::Word(reason.as_str()))
    });
    [
        needs.done().into(),
        channels.done().into(),
        answers.done().into(),
        pairs.done().into(),
    ]
}

/// Whether in some channel the feeling is known of some visits and not of others.
fn is_partly_known(need: &NeedConsistency) -> bool {
    let mut known = need.channels.iter().filter_map(|channel| channel.coverage);
    known.any(|known| known > 0.0 && !is_all(known))
}

/// What a channel tells customers, as quotes.
fn answers(channel: &ChannelFigures) -> Option<String> {
    let quotes: Vec<String> = channel.says.iter().map(|says| quoted(says)).collect();
    (!quotes.is_empty()).then(|| list(&quotes, QUOTES))
}

fn what_is_told(
    pair: &ChannelPair,
    a: Option<&ChannelFigures>,
    b: Option<&ChannelFigures>,
) -> String {
    let (a, b) = (a.and_then(answers), b.and_then(answers));
    match (pair.contradiction, a, b) {
        (Some(true), Some(a), Some(b)) => format!("they contradict each other, {a} against {b}"),
        (Some(true), ..) => "they contradict each other".to_owned(),
        (Some(false), ..) => "they tell customers the same".to_owned(),
        (None, None, Some(_)) => format!("what {} tells customers is unknown", name(&pair.a)),
        (None, Some(_), None) => format!("what {} tells customers is unknown", name(&pair.b)),
        (None, ..) => "what they tell customers is unknown".to_owned(),
    }
}

said!(ChannelPair, by_itself);

fn by_itself(pair: &ChannelPair) -> String {
    let told = match pair.contradiction {
        Some(true) => "customers are told different things",
        Some(false) => "customers are told the same",
        None => "whether customers are told the same is unknown",
    };
    sentence(pair, told)
}

fn sentence(pair: &ChannelPair, told: &str) -> String {
    let (a, b) = (name(&pair.a), name(&pair.b));
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
fn counted(pair: &ChannelPair) -> Option<String> {
    let test = pair.counted.and_then(|counted| counted.test);
    let by = if test.is_some_and(|test| test.units.is_some()) {
        "whole journeys"
    } else {
        "counts"
    };
    let said = match (pair.verdict, pair.inconclusive) {
        (Some(Verdict::Same), _) => return Some(format!("{by} say that customers feel the same")),
        (Some(Verdict::Different), _) => {
            let severity = match test?.severity {
                Severity::Negligible => "negligible",
                Severity::Small => "small",
                Severity::Clear => "clear",
                Severity::Severe => "severe",
            };
            return Some(format!(
                "{by} say that customers feel differently, and the difference is {severity}"
            ));
        }
        (Some(Verdict::Unclear), Some(InconclusiveReason::TooFew)) => {
            "too few feelings are counted to compare them"
        }
        (Some(Verdict::Unclear), _) => {
            return Some(format!("{by} leave open whether customers feel the same"));
        }
        (None, Some(InconclusiveReason::NotCounts)) => {
            "the weights of the feelings are no counts, so that they can not be tested"
        }
        (None, Some(InconclusiveReason::BeyondBudget)) => "testing the counts would take too long",
        (None, _) => return None,
    };
    Some(said.to_owned())
}
