//! A journey as a Mermaid journey diagram.

use std::fmt;

use super::details::Noted;
use super::words::{
    DETAILS, drawn, encode, encode_task, encode_title, score, section_name, task_name,
};
use crate::formats::json;
use crate::formats::loss::{FormatLoss, LossKind, losses};
use crate::journey::{AboutForm, Channel, Journey, Met, Touchpoint, TouchpointForm};

/// How a journey is written as a Mermaid journey.
///
/// ```
/// use customer_journey::formats::{MermaidStyle, MissingScore};
/// let style = MermaidStyle::new(MissingScore::Skip).channels_as_actors().without_details();
/// # let _ = style;
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub struct MermaidStyle {
    missing: MissingScore,
    channels: bool,
    details: bool,
}

/// What becomes of a touchpoint whose feeling is not known: a Mermaid task has a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum MissingScore {
    /// It is left out of the drawing.
    Skip,
    /// It is drawn with the middle score, 3, as if the feeling was neutral.
    Neutral,
    /// Nothing is written.
    Refuse,
}

impl MermaidStyle {
    /// The persona is the actor of every task, and details are written. What becomes of unknown feelings is the
    /// caller's choice, since every choice says something that is not known.
    pub fn new(missing: MissingScore) -> Self {
        Self {
            missing,
            channels: false,
            details: true,
        }
    }

    /// Writes the channel as the actor of each task, so that a reader sees it in the legend.
    pub fn channels_as_actors(mut self) -> Self {
        self.channels = true;
        self
    }

    /// Leaves out the lines `%% cx`, which Mermaid skips and from which the whole journey can be read back.
    pub fn without_details(mut self) -> Self {
        self.details = false;
        self
    }
}

/// A Mermaid journey, and what it can not show.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct MermaidText {
    /// The text, with a line end at its end.
    pub text: String,
    /// What the drawing does not show. With details, it still stands in the text.
    pub not_drawn: Vec<FormatLoss>,
}

/// The text.
impl fmt::Display for MermaidText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Touchpoints whose feeling is not known, where the caller wants none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "no feeling is known of {}; state one, or choose to skip them or to draw them as neutral",
    crate::journey::list(ids)
)]
#[non_exhaustive]
pub struct NoScores {
    /// Their ids, in the order of the map.
    pub ids: Vec<String>,
}

impl Journey {
    /// Writes the journey as a Mermaid `journey` diagram: the phases and stages as sections, the touchpoints in the
    /// order of the map as tasks, and the mean valence as a score from 1 to 5, rounded to two decimals. Mermaid
    /// knows no ways: readers take the tasks for a sequence. Takes time in proportion to the text. Feelings that depend on what
    /// customers remember are not known without a flow: [`Met::to_mermaid`] draws them as all who come meet them.
    ///
    /// Names that Mermaid would take for something else are encoded. With details, which are written unless the
    /// style says otherwise, [`from_mermaid`](Journey::from_mermaid) reads an equal journey.
    ///
    /// ```
    /// use customer_journey::formats::{MermaidStyle, MissingScore};
    /// use customer_journey::{Channel, Feeling, Journey, Phase, Touchpoint};
    ///
    /// let journey = Journey::builder("Visit")
    ///     .persona("Cat")
    ///     .touchpoint(Touchpoint::new("looks for us", Phase::Before, Channel::Web).feels(-0.5))
    ///     .touchpoint(Touchpoint::new("visit at 10:30", Phase::During, Channel::Store).stage("Shop").feels(0.75))
    ///     .transition("looks for us", "visit at 10:30", 1.0)
    ///     .build()?;
    /// let drawn = journey.to_mermaid(MermaidStyle::new(MissingScore::Skip).without_details())?;
    /// assert_eq!(drawn.to_string(), "\
    /// journey
    ///   accTitle: Visit
    ///   title Visit
    ///   section Before
    ///     looks for us: 2: Cat
    ///   section During - Shop
    ///     visit at 10#58;30: 4.5: Cat
    /// ");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`NoScores`] where a feeling is not known and the style refuses that.
    pub fn to_mermaid(&self, style: MermaidStyle) -> Result<MermaidText, NoScores> {
        Met::unsolved(self).to_mermaid(style)
    }
}

impl Met<'_> {
    /// Writes the journey as [`Journey::to_mermaid`] does, with the scores of all visits where feelings or promises depend on what
    /// customers remember: `journey.met().to_mermaid(style)`. With details these scores are noted beside what they come from, so that
    /// a change of the drawing is seen.
    ///
    /// # Errors
    /// [`NoScores`] where a feeling is not known and the style refuses that.
    pub fn to_mermaid(&self, style: MermaidStyle) -> Result<MermaidText, NoScores> {
        let journey = self.journey();
        let unknown = self.touchpoints().filter(|at| at.mean_valence().is_none());
        let unknown: Vec<String> = unknown.map(|at| at.id.clone()).collect();
        if style.missing == MissingScore::Refuse && !unknown.is_empty() {
            return Err(NoScores { ids: unknown });
        }
        let mut text = String::from("journey\n");
        if style.details {
            detail(&mut text, "  ", &AboutForm(journey));
        }
        write_head(&mut text, journey);
        let persona = journey.persona().map(drawn).unwrap_or_default();
        let mut section = None;
        for (touchpoint, met) in journey.touchpoints().zip(self.touchpoints()) {
            let valence = match style.missing {
                MissingScore::Neutral => met.mean_valence().or(Some(0.0)),
                MissingScore::Skip | MissingScore::Refuse => met.mean_valence(),
            };
            let name = section_name(touchpoint);
            if valence.is_some() && section.as_ref() != Some(&name) {
                line(&mut text, "  section ", &lines(&name), "");
                section = Some(name);
            }
            if style.details {
                detail(&mut text, "    ", &TouchpointForm(touchpoint));
                if let Some(valence) = valence.filter(|_| touchpoint.asks_memory()) {
                    let drawn = score(valence);
                    detail(&mut text, "    ", &Noted { drawn });
                }
            }
            let Some(valence) = valence else {
                continue;
            };
            let actor = if style.channels {
                channel(&touchpoint.channel)
            } else {
                persona.replace('\n', " ")
            };
            write_task(&mut text, touchpoint, valence, &actor);
        }
        let mut expressed = vec![LossKind::Felt, LossKind::Stage, LossKind::Grade];
        if style.channels {
            expressed.push(LossKind::Channel);
        } else {
            expressed.push(LossKind::Persona);
        }
        expressed.push(LossKind::Scenario);
        Ok(MermaidText {
            text,
            not_drawn: losses(self, &expressed),
        })
    }
}

fn write_head(text: &mut String, journey: &Journey) {
    let name = drawn(journey.name()).replace('\n', " ");
    let scenario = journey.scenario().map(drawn).unwrap_or_default();
    for (keyword, value) in [
        ("  accTitle: ", &name),
        ("  accDescr: ", &scenario.replace('\n', " ")),
        ("  title ", &name),
    ] {
        if !value.is_empty() {
            line(text, keyword, &encode_title(value), "");
        }
    }
}

fn write_task(text: &mut String, touchpoint: &Touchpoint, valence: f64, actor: &str) {
    let name = encode_task(&task_name(touchpoint)).replace('\n', "<br/>");
    let score = score(valence);
    if actor.is_empty() {
        line(text, "    ", &name, &format!(": {score}"));
    } else {
        line(
            text,
            "    ",
            &name,
            &format!(": {score}: {}", encode(actor)),
        );
    }
}

fn channel(channel: &Channel) -> String {
    drawn(channel.as_str()).replace('\n', " ")
}

/// A name over several lines, encoded.
fn lines(name: &str) -> String {
    encode(name).replace('\n', "<br/>")
}

fn line(text: &mut String, before: &str, middle: &str, after: &str) {
    for part in [before, middle, after, "\n"] {
        text.push_str(part);
    }
}

/// A line that Mermaid skips.
fn detail<T: serde::Serialize>(text: &mut String, indent: &str, value: &T) {
    // Forms of the document have texts as keys and no variants with data: they can always be written.
    if let Ok(json) = json::in_comment(value) {
        line(text, indent, DETAILS, &format!(" {json}"));
    }
}
