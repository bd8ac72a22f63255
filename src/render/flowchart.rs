//! The graph as a Mermaid flowchart.

use std::fmt;

use crate::analysis::PainPoint;
use crate::journey::Journey;
use crate::render::graph::{colours, label, lines};
use crate::view::graph::{End, JourneyGraph};
use crate::view::valence::Tone;

/// A journey's graph as the text of a Mermaid flowchart, which `Display` writes.
///
/// Phases are frames. A touchpoint shows its channel, how often its promise is kept, and the mean valence with a
/// sign; pain points have their rank and a thick line. Ways show the weight as it was drawn, the promise result that
/// opens them (dashed) and the wait.
///
/// ```
/// use customer_journey::analysis::PainOptions;
/// use customer_journey::{Channel, Journey, Outcome, Phase, Touchpoint};
/// let journey = Journey::builder("Help")
///     .touchpoint(Touchpoint::new("call", Phase::During, Channel::Phone).feels(-0.5).ends(Outcome::Churn, 1.0))
///     .build()?;
/// let pains = journey.flow()?.pain_points(&PainOptions::new());
/// let text = journey.flowchart().pains(&pains).to_string();
/// assert!(text.starts_with("flowchart LR\n"));
/// assert!(text.contains("✗ pain 1"));
/// # Ok::<(), customer_journey::Error>(())
/// ```
#[derive(Debug, Clone, Copy)]
#[must_use]
pub struct Flowchart<'a> {
    journey: &'a Journey,
    pains: &'a [PainPoint],
    down: bool,
}

impl Journey {
    /// The graph as a Mermaid flowchart.
    pub fn flowchart(&self) -> Flowchart<'_> {
        Flowchart {
            journey: self,
            pains: &[],
            down: false,
        }
    }
}

impl<'a> Flowchart<'a> {
    /// Marks pain points by their rank in this list.
    pub fn pains(mut self, pains: &'a [PainPoint]) -> Self {
        self.pains = pains;
        self
    }

    /// Runs from the top down rather than from left to right.
    pub fn down(mut self) -> Self {
        self.down = true;
        self
    }
}

impl fmt::Display for Flowchart<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let graph = JourneyGraph::of(self.journey, self.pains);
        writeln!(f, "flowchart {}", if self.down { "TB" } else { "LR" })?;
        let name = escaped(&graph.name);
        if !name.trim().is_empty() {
            writeln!(f, "  accTitle: {}", name.replace("<br/>", " "))?;
        }
        for (number, (phase, positions)) in graph.phases.iter().enumerate() {
            let phase = phase.as_str();
            let (first, rest) = phase.split_at(1);
            writeln!(
                f,
                "  subgraph p{number}[\"{}{rest}\"]",
                first.to_uppercase()
            )?;
            let nodes = positions
                .iter()
                .filter_map(|&position| Some((position, graph.nodes.get(position)?)));
            for (position, node) in nodes {
                let text: Vec<String> = lines(node).iter().map(|line| escaped(line)).collect();
                let text = text.join("<br/>");
                writeln!(f, "    n{position}[\"{text}\"]:::{}", node.tone.name())?;
            }
            writeln!(f, "  end")?;
        }
        for (number, outcome) in graph.outcomes.iter().enumerate() {
            writeln!(
                f,
                "  o{number}([\"{}\"]):::outcome",
                escaped(outcome.as_str())
            )?;
        }
        for start in &graph.starts {
            writeln!(f, "  s{start}((\"start\")):::outcome --> n{start}")?;
        }
        for way in &graph.ways {
            let line = if way.when.is_some() || !way.given.is_empty() {
                "-.->"
            } else {
                "-->"
            };
            let to = match way.to {
                End::Touchpoint(to) => format!("n{to}"),
                End::Outcome(to) => format!("o{to}"),
            };
            let from = way.from;
            let label = label(way);
            if label.is_empty() {
                writeln!(f, "  n{from} {line} {to}")?;
            } else {
                writeln!(f, "  n{from} {line}|\"{}\"| {to}", escaped(&label))?;
            }
        }
        for tone in Tone::ALL {
            let (fill, stroke) = colours(tone);
            let dash = if tone == Tone::Unknown {
                ",stroke-dasharray:4 3"
            } else {
                ""
            };
            writeln!(
                f,
                "  classDef {} fill:{fill},stroke:{stroke},color:#000000{dash}",
                tone.name()
            )?;
        }
        writeln!(
            f,
            "  classDef outcome fill:#f4f4f4,stroke:#555555,color:#000000"
        )?;
        let ranked = graph.nodes.iter().enumerate();
        let ranked = ranked.filter(|(_, node)| node.pain.is_some());
        let ranked: Vec<String> = ranked.map(|(position, _)| format!("n{position}")).collect();
        if !ranked.is_empty() {
            writeln!(f, "  classDef pain stroke-width:4px")?;
            writeln!(f, "  class {} pain", ranked.join(","))?;
        }
        Ok(())
    }
}

/// A name within quotes: nothing in it means anything to Mermaid or to a browser.
fn escaped(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    for c in name.trim().replace("\r\n", "\n").chars() {
        match c {
            '"' => text.push_str("#quot;"),
            '&' => text.push_str("#amp;"),
            '<' => text.push_str("#lt;"),
            '>' => text.push_str("#gt;"),
            // A colon and a number sign behind the word style lose their semicolon in Mermaid.
            '#' | ';' | ':' | '`' | '%' | '\\' | '*' | '_' => {
                let numbered = format!("#{};", u32::from(c));
                text.push_str(&numbered);
            }
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => text.push_str("<br/>"),
            c if c.is_control() => text.push(' '),
            c => text.push(c),
        }
    }
    if text.is_empty() {
        " ".to_owned()
    } else {
        text
    }
}
