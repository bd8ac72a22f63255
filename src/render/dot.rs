//! The graph in the language of Graphviz.

use std::fmt;

use crate::analysis::PainPoint;
use crate::journey::Journey;
use crate::render::graph::{colours, label, lines};
use crate::view::graph::{End, JourneyGraph};
use crate::view::valence::Tone;

/// A journey's graph as DOT text for Graphviz, which `Display` writes: the same picture as the
/// [`Flowchart`](crate::render::Flowchart), for maps that are too large for it, or for a page in print.
///
/// ```
/// use customer_journey::{Channel, Journey, Phase, Touchpoint};
/// let journey = Journey::builder("Help")
///     .touchpoint(Touchpoint::new("call", Phase::During, Channel::Phone).name("Calls \"us\"").feels(-0.5))
///     .build()?;
/// let text = journey.dot().to_string();
/// assert!(text.contains(r#"label="Calls \"us\"\n[phone]"#));
/// # Ok::<(), customer_journey::Error>(())
/// ```
#[derive(Debug, Clone, Copy)]
#[must_use]
pub struct Dot<'a> {
    journey: &'a Journey,
    pains: &'a [PainPoint],
    down: bool,
}

impl Journey {
    /// The graph as DOT text for Graphviz.
    pub fn dot(&self) -> Dot<'_> {
        Dot {
            journey: self,
            pains: &[],
            down: false,
        }
    }
}

impl<'a> Dot<'a> {
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

impl fmt::Display for Dot<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let graph = JourneyGraph::of(self.journey, self.pains);
        let direction = if self.down { "TB" } else { "LR" };
        writeln!(f, "digraph journey {{")?;
        writeln!(
            f,
            "  graph [label={}, labelloc=t, rankdir={direction}, compound=true, fontname=\"Helvetica,Arial,sans-serif\"];",
            quoted(&graph.name)
        )?;
        writeln!(
            f,
            "  node [shape=box, style=\"filled,rounded\", fontname=\"Helvetica,Arial,sans-serif\"];"
        )?;
        writeln!(
            f,
            "  edge [fontname=\"Helvetica,Arial,sans-serif\", fontsize=11];"
        )?;
        for (number, (phase, positions)) in graph.phases.iter().enumerate() {
            writeln!(f, "  subgraph cluster_{number} {{")?;
            writeln!(
                f,
                "    label={}; labeljust=l; style=rounded; color=\"#777777\";",
                quoted(phase.as_str())
            )?;
            let nodes = positions
                .iter()
                .filter_map(|&position| Some((position, graph.nodes.get(position)?)));
            for (position, node) in nodes {
                let (fill, line) = colours(node.tone);
                let style = if node.tone == Tone::Unknown {
                    ", style=\"filled,rounded,dashed\""
                } else {
                    ""
                };
                let width = if node.pain.is_some() { 4 } else { 1 };
                writeln!(
                    f,
                    "    n{position} [label={}, tooltip={}, fillcolor=\"{fill}\", color=\"{line}\", penwidth={width}{style}];",
                    quoted(&lines(node).join("\n")),
                    quoted(&node.id),
                )?;
            }
            writeln!(f, "  }}")?;
        }
        for (number, outcome) in graph.outcomes.iter().enumerate() {
            writeln!(
                f,
                "  o{number} [label={}, shape=oval, style=filled, fillcolor=\"#f4f4f4\"];",
                quoted(outcome.as_str())
            )?;
        }
        for start in &graph.starts {
            writeln!(
                f,
                "  s{start} [label=\"start\", shape=circle, style=filled, fillcolor=\"#f4f4f4\"];"
            )?;
            writeln!(f, "  s{start} -> n{start};")?;
        }
        for way in &graph.ways {
            let to = match way.to {
                End::Touchpoint(to) => format!("n{to}"),
                End::Outcome(to) => format!("o{to}"),
            };
            let style = if way.when.is_some() || !way.given.is_empty() {
                ", style=dashed"
            } else {
                ""
            };
            writeln!(
                f,
                "  n{} -> {to} [label={}{style}];",
                way.from,
                quoted(&label(way))
            )?;
        }
        writeln!(f, "}}")
    }
}

/// A text in quotes. Graphviz decodes entities and some letters behind a backslash, so both are escaped.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '&' => quoted.push_str("&amp;"),
            '\\' => quoted.push_str("\\\\"),
            '"' => quoted.push_str("\\\""),
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => quoted.push_str("\\n"),
            c if c.is_control() => quoted.push(' '),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
