//! A map in words, for those who do not see it.

use super::words::Words;
use crate::render::number::{of_100, whole};
use crate::render::svg::canvas::plain;
use crate::view::map::{Column, Extreme, JourneyMap};

/// The whole map in one paragraph.
pub(super) fn of(map: &JourneyMap, say: Words<'_>) -> String {
    let count = map.columns.len().to_string();
    let touchpoints = match map.cut {
        Some(cut) => say.say(
            "the {} most met of {} touchpoints",
            &[&count, &whole(cut.touchpoints)],
        ),
        None if map.columns.len() == 1 => say.word("one touchpoint").to_owned(),
        None => say.say("{} touchpoints", &[&count]),
    };
    let mut sentences = vec![say.say(
        "Journey map of {} with {}.",
        &[&plain(&map.name), &touchpoints],
    )];
    let phases = map.phases.iter().filter_map(|figures| {
        let phase = say.0.phase(figures.phase);
        Some(format!("{} {phase}", say.valence(figures.mean?)))
    });
    let phases: Vec<String> = phases.collect();
    sentences.push(if phases.is_empty() {
        say.word("No feeling is known.").to_owned()
    } else {
        say.say("Mean feeling, from -1 to +1: {}.", &[&phases.join(", ")])
    });
    for (phrase, extreme) in [
        ("Lowest at {}, {}.", Extreme::Lowest),
        ("Highest at {}, {}.", Extreme::Highest),
    ] {
        let named = map.columns.iter().filter_map(|column| {
            let marker = column.marker.as_ref()?;
            (marker.extreme == Some(extreme)).then_some((column, marker.mean))
        });
        for (column, mean) in named {
            sentences.push(say.say(phrase, &[&plain(&column.label), &say.valence(mean)]));
        }
    }
    let named = |phrase, label: &Option<String>| {
        let label = label.as_deref()?;
        Some(say.say(phrase, &[&plain(label)]))
    };
    sentences.extend(named("The greatest pain: {}.", &map.greatest_pain));
    sentences.extend(named("It feels best at {}.", &map.brightest));
    let broken = map.columns.iter().filter_map(|column| {
        let promise = column.tests.as_ref().filter(|promise| promise.breaks)?;
        Some(say.at(&plain(&promise.name), &plain(&column.label)))
    });
    let broken: Vec<String> = broken.collect();
    if !broken.is_empty() {
        sentences.push(say.say("Promises broken: {}.", &[&broken.join("; ")]));
    }
    for link in &map.links {
        sentences.push(format!(
            "{}.",
            say.different_answers(&link.need, link.answers)
        ));
    }
    let ends = map.outcomes.iter().map(|outcome| {
        let name = say.outcome(&outcome.outcome);
        format!("{name} {}", say.journeys(outcome.probability))
    });
    let ends: Vec<String> = ends.collect();
    sentences.push(say.say("Endings: {}.", &[&ends.join(", ")]));
    sentences.join(" ")
}

/// A touchpoint in a sentence.
pub(super) fn of_column(column: &Column, number: usize, say: Words<'_>) -> String {
    let mut parts = vec![
        format!(
            "{number}, {}: {}",
            say.phase_name(column.phase),
            plain(&column.label)
        ),
        say.channel(&column.channel),
    ];
    parts.push(match &column.marker {
        Some(marker) => {
            let word = marker.word.as_ref().map(|word| say.felt_most(word));
            let word = word.map_or_else(String::new, |word| format!(", {word}"));
            format!("{}{word}", say.feeling_of(marker.mean))
        }
        None => say.word("feeling unknown").to_owned(),
    });
    for felt in &column.felt_given {
        parts.push(say.say(
            "feeling {} where {}",
            &[&say.valence(felt.mean), &plain(&felt.given)],
        ));
    }
    if let Some(promise) = &column.tests {
        let kept = promise.kept_rate.map_or_else(
            || say.word("not known to be kept or broken").to_owned(),
            |rate| {
                let phrase = if promise.is_partly_known {
                    "{} kept of what is known"
                } else {
                    "{} kept"
                };
                say.say(phrase, &[&say.percent(rate)])
            },
        );
        parts.push(say.say("promise {} {}", &[&plain(&promise.name), &kept]));
    }
    if let Some(says) = &column.says {
        parts.push(say.say("customers are told “{}”", &[&plain(says)]));
    }
    for quote in &column.wall.quotes.first {
        parts.push(say.say("a customer says “{}”", &[&plain(quote)]));
    }
    if let Some(pain) = &column.pain {
        parts.push(say.pain(pain.rank));
    }
    if let Some(bright) = &column.bright {
        parts.push(say.bright(bright.rank));
    }
    if let Some(truth) = &column.moment_of_truth {
        let rank = truth.rank.to_string();
        let outcome = say.outcome(&truth.outcome);
        parts.push(say.say("moment of truth {} for {}", &[&rank, &outcome]));
    }
    parts.push(say.come(column.visitors));
    if let Some(known) = column.feeling_known_of {
        parts.push(say.say("feeling known at {} of 100 visits", &[&of_100(known)]));
    }
    parts.push(say.say("figures {}", &[say.evidence(column.evidence)]));
    parts.join(", ")
}
