//! A map in words, for those who do not see it.

use super::words::Words;
use crate::journey::Phase;
use crate::language::Language;
use crate::render::number::{JOURNEYS, among, feeling, of_100, percent, that, whole};
use crate::render::svg::canvas::plain;
use crate::render::svg::style::phase_name;
use crate::view::map::{Column, Extreme, JourneyMap, Visitors};

/// The whole map in one paragraph.
pub(super) fn of(map: &JourneyMap) -> String {
    let touchpoints = match map.cut {
        Some(cut) => format!(
            "the {} most met of {} touchpoints",
            map.columns.len(),
            whole(cut.touchpoints)
        ),
        None if map.columns.len() == 1 => "one touchpoint".to_owned(),
        None => format!("{} touchpoints", map.columns.len()),
    };
    let mut sentences = vec![format!(
        "Journey map of {} with {touchpoints}.",
        plain(&map.name)
    )];
    let phases: Vec<String> = map
        .phases
        .iter()
        .filter_map(|figures| {
            let word = match figures.phase {
                Phase::Before => "before",
                Phase::During => "during",
                Phase::After => "after",
            };
            Some(format!("{} {word}", feeling(figures.mean?)))
        })
        .collect();
    if phases.is_empty() {
        sentences.push("No feeling is known.".to_owned());
    } else {
        sentences.push(format!(
            "Mean feeling, from -1 to +1: {}.",
            phases.join(", ")
        ));
    }
    for (word, extreme) in [("Lowest", Extreme::Lowest), ("Highest", Extreme::Highest)] {
        let named = map.columns.iter().filter_map(|column| {
            let marker = column.marker.as_ref()?;
            (marker.extreme == Some(extreme)).then_some((column, marker.mean))
        });
        for (column, mean) in named {
            let name = plain(&column.label);
            sentences.push(format!("{word} at {name}, {}.", feeling(mean)));
        }
    }
    if let Some(label) = &map.greatest_pain {
        sentences.push(format!("The greatest pain: {}.", plain(label)));
    }
    if let Some(label) = &map.brightest {
        sentences.push(format!("It feels best at {}.", plain(label)));
    }
    let broken: Vec<String> = map
        .columns
        .iter()
        .filter_map(|column| {
            let promise = column.tests.as_ref().filter(|promise| promise.breaks)?;
            let name = plain(&promise.name);
            Some(format!("{name} at {}", plain(&column.label)))
        })
        .collect();
    if !broken.is_empty() {
        sentences.push(format!("Promises broken: {}.", broken.join("; ")));
    }
    for link in &map.links {
        sentences.push(format!(
            "{}: {} different answers.",
            plain(&link.need),
            link.answers
        ));
    }
    let ends: Vec<String> = map
        .outcomes
        .iter()
        .map(|outcome| {
            let name = plain(outcome.outcome.as_str());
            format!("{name} {}", among(outcome.probability, JOURNEYS))
        })
        .collect();
    sentences.push(format!("Endings: {}.", ends.join(", ")));
    sentences.join(" ")
}

/// A touchpoint in a sentence.
pub(super) fn of_column(column: &Column, number: usize) -> String {
    let mut parts = vec![
        format!(
            "{number}, {}: {}",
            phase_name(column.phase),
            plain(&column.label)
        ),
        plain(column.channel.as_str()),
    ];
    parts.push(match &column.marker {
        Some(marker) => {
            let english = Language::english();
            let word = marker
                .word
                .as_ref()
                .map(|word| Words(&english).felt_most(word));
            let word = word.map_or_else(String::new, |word| format!(", {word}"));
            format!("feeling {}{word}", feeling(marker.mean))
        }
        None => "feeling unknown".to_owned(),
    });
    for felt in &column.felt_given {
        parts.push(format!(
            "feeling {} where {}",
            feeling(felt.mean),
            plain(&felt.given)
        ));
    }
    if let Some(promise) = &column.tests {
        let kept = promise.kept_rate.map_or_else(
            || "not known to be kept or broken".to_owned(),
            |rate| format!("{} kept", percent(rate)),
        );
        let name = plain(&promise.name);
        let known = if promise.is_partly_known {
            " of what is known"
        } else {
            ""
        };
        parts.push(format!("promise {name} {kept}{known}"));
    }
    if let Some(says) = &column.says {
        parts.push(format!("customers are told “{}”", plain(says)));
    }
    for quote in &column.wall.quotes.first {
        parts.push(format!("a customer says “{}”", plain(quote)));
    }
    if let Some(pain) = &column.pain {
        parts.push(format!("pain {}", pain.rank));
    }
    if let Some(bright) = &column.bright {
        parts.push(format!("bright spot {}", bright.rank));
    }
    if let Some(truth) = &column.moment_of_truth {
        let outcome = plain(truth.outcome.as_str());
        parts.push(format!("moment of truth {} for {outcome}", truth.rank));
    }
    parts.push(match column.visitors {
        Visitors::Visits(_) => "how many come is unknown".to_owned(),
        Visitors::Nobody => that(0.0, JOURNEYS, ("comes", "come")),
        Visitors::Reach(reach) => that(reach, JOURNEYS, ("comes", "come")),
    });
    if let Some(known) = column.feeling_known_of {
        parts.push(format!("feeling known at {} of 100 visits", of_100(known)));
    }
    parts.push(format!("figures {}", column.evidence));
    parts.join(", ")
}
