//! A map in words, for those who do not see it.

use super::story::{Stop, Story};
use crate::journey::{Phase, PromiseResult};
use crate::render::number::{JOURNEYS, among, feeling, of_100, percent, that, whole};
use crate::render::svg::canvas::plain;
use crate::render::svg::style::phase_name;

/// The whole map in one paragraph.
pub(super) fn of(story: &Story<'_>) -> String {
    let trajectory = &story.trajectory;
    let touchpoints = match story.cut {
        Some((all, _)) => format!(
            "the {} most met of {} touchpoints",
            story.stops.len(),
            whole(all)
        ),
        None if story.stops.len() == 1 => "one touchpoint".to_owned(),
        None => format!("{} touchpoints", story.stops.len()),
    };
    let mut sentences = vec![format!(
        "Journey map of {} with {touchpoints}.",
        plain(story.journey.name())
    )];
    let phases: Vec<String> = trajectory
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
    for (word, stop) in [
        ("Lowest", story.stops.iter().find(|stop| stop.is_lowest)),
        ("Highest", story.stops.iter().find(|stop| stop.is_highest)),
    ] {
        if let Some((stop, mean)) = stop.and_then(|stop| Some((stop, stop.felt.mean?))) {
            let name = plain(stop.touchpoint.label());
            sentences.push(format!("{word} at {name}, {}.", feeling(mean)));
        }
    }
    if let Some(pain) = story.pains.first() {
        sentences.push(format!("The greatest pain: {}.", plain(&pain.label)));
    }
    let broken: Vec<String> = story
        .stops
        .iter()
        .filter(|stop| stop.figures.broken > 0.0)
        .filter_map(|stop| {
            let promise = stop.touchpoint.promise.as_ref()?;
            let name = plain(&promise.name);
            Some(format!("{name} at {}", plain(stop.touchpoint.label())))
        })
        .collect();
    if !broken.is_empty() {
        sentences.push(format!("Promises broken: {}.", broken.join("; ")));
    }
    for quarrel in &story.quarrels {
        sentences.push(format!(
            "{}: {} different answers.",
            plain(&quarrel.need),
            quarrel.answers
        ));
    }
    let ends: Vec<String> = story
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
pub(super) fn of_stop(story: &Story<'_>, stop: &Stop<'_>, number: usize) -> String {
    let touchpoint = stop.touchpoint;
    let mut parts = vec![
        format!(
            "{number}, {}: {}",
            phase_name(touchpoint.phase),
            plain(touchpoint.label())
        ),
        plain(touchpoint.channel.as_str()),
    ];
    parts.push(match stop.felt.mean {
        Some(mean) => format!("feeling {}", feeling(mean)),
        None => "feeling unknown".to_owned(),
    });
    if let Some(promise) = &touchpoint.promise {
        let kept = promise.kept_rate().map_or_else(
            || "not known to be kept or broken".to_owned(),
            |rate| format!("{} kept", percent(rate)),
        );
        let name = plain(&promise.name);
        let unknown = promise.weight(PromiseResult::Unknown) > 0.0 && promise.kept_rate().is_some();
        let known = if unknown { " of what is known" } else { "" };
        parts.push(format!("promise {name} {kept}{known}"));
    }
    if let Some(says) = &touchpoint.says {
        parts.push(format!("customers are told “{}”", plain(says)));
    }
    if let Some((rank, _)) = stop.pain {
        parts.push(format!("pain {rank}"));
    }
    if let (Some((rank, _)), Some(outcome)) = (stop.truth, &story.outcome) {
        parts.push(format!(
            "moment of truth {rank} for {}",
            plain(outcome.as_str())
        ));
    }
    parts.push(stop.figures.reach.map_or_else(
        || "how many come is unknown".to_owned(),
        |reach| that(reach, JOURNEYS, ("comes", "come")),
    ));
    if stop.felt.coverage > 0.0 && stop.felt.coverage < 1.0 - 1e-9 {
        let known = of_100(stop.felt.coverage);
        parts.push(format!("feeling known at {known} of 100 visits"));
    }
    parts.push(format!("figures {}", touchpoint.evidence));
    parts.join(", ")
}
