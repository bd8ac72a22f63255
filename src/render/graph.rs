//! What drawings of the graph have in common: a label for each touchpoint and each way, in words and signs, so that
//! nothing is told by colour alone.

use super::number::percent;
use crate::journey::Number;
use crate::view::graph::{Node, Way};
use crate::view::valence::Tone;

/// Fill and line, from Paul Tol's sunset scheme. Text is black on all of them.
pub(super) fn colours(tone: Tone) -> (&'static str, &'static str) {
    match tone {
        Tone::Good => ("#98cae1", "#364b9a"),
        Tone::Neutral => ("#eaeccc", "#6b6b5b"),
        Tone::Bad => ("#fdb366", "#a50026"),
        Tone::Unknown => ("#ffffff", "#777777"),
    }
}

/// The label of a touchpoint, line by line.
pub(super) fn lines(node: &Node) -> Vec<String> {
    let feeling = match node.valence {
        None => "feels: unknown".to_owned(),
        Some(valence) => {
            let sign = match node.tone {
                Tone::Good => "▲",
                Tone::Bad => "▼",
                Tone::Neutral | Tone::Unknown => "●",
            };
            let known = node.known_of.map(percent);
            let known = known.map_or_else(String::new, |share| format!(" (known of {share})"));
            // Zero has no sign of its own.
            format!("{sign} {:+.2}{known}", valence + 0.0)
        }
    };
    let mut lines = vec![node.label.clone(), format!("[{}]", node.channel)];
    if let Some(kept) = node.kept_of_100 {
        lines.push(format!("promise kept: {kept:.0} %"));
    }
    lines.push(match node.pain {
        Some(rank) => format!("{feeling} ✗ pain {rank}"),
        None => feeling,
    });
    lines
}

/// The weight of a way as it was drawn, the condition, and the wait.
pub(super) fn label(way: &Way) -> String {
    let weight = way.weight.map(|weight| Number(weight).to_string());
    let when = way.when.map(|when| format!("if {when}"));
    let wait = way.wait.as_ref();
    let wait = wait.map(|wait| {
        let time = format!("{} {}", Number(wait.amount), wait.unit);
        if wait.is_median {
            format!("half within {time}")
        } else {
            format!("after {time}")
        }
    });
    let given = (!way.given.is_empty()).then(|| format!("if {}", way.given));
    let conditions = when.into_iter().chain(given);
    let parts: Vec<String> = weight.into_iter().chain(conditions).chain(wait).collect();
    parts.join(", ")
}
