use crate::formats::phases::PhaseNames;
use crate::journey::{Channel, Phase, Scale};

/// How a Mermaid journey is read.
///
/// ```
/// use customer_journey::formats::{MermaidActors, MermaidOptions, OutsideScale};
/// use customer_journey::{Channel, Phase, Scale};
///
/// let options = MermaidOptions::new()
///     .lenient()
///     .scale(Scale::new(0.0, 10.0)?)
///     .outside(OutsideScale::Clamp)
///     .actors(MermaidActors::Channels)
///     .phase("Go to work", Phase::Before)
///     .other_phases(Phase::During)
///     .channel(Channel::Store);
/// # let _ = options;
/// # Ok::<(), customer_journey::journey::InvalidScale>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[must_use]
pub struct MermaidOptions {
    pub(super) lenient: bool,
    pub(super) drawing_only: bool,
    pub(super) scale: Option<Scale>,
    pub(super) outside: OutsideScale,
    pub(super) actors: MermaidActors,
    pub(super) phases: PhaseNames,
    pub(super) channel: Channel,
    pub(super) diagram: Option<String>,
}

/// What a score outside its scale becomes. Mermaid itself draws any number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum OutsideScale {
    /// A fault; the default.
    #[default]
    Refuse,
    /// The nearer end of the scale, with a note.
    Clamp,
    /// An unknown feeling, with a note.
    Unknown,
}

/// What the actors of tasks become. Mermaid says nothing about who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum MermaidActors {
    /// The persona: all actors of the journey in the order of their first task. Where a task does not have all of
    /// them, the touchpoint's notes name its own. The default, since it guesses nothing.
    #[default]
    Persona,
    /// The first actor of a task is its channel, for drawings that misuse actors so; any others are named in the
    /// touchpoint's notes.
    Channels,
    /// Nothing.
    Ignored,
}

impl MermaidOptions {
    /// Strict: what Mermaid refuses, or draws otherwise than it reads, is a fault. Scores are from 1 to 5 and one
    /// outside is refused. Actors are the persona. A section is before, during or after if its name says so in one of some
    /// twenty languages ("Before the flight", "Vorher", "購入前"), or names a stage that people who draw journeys place there:
    /// from discovery to decision before; purchase, delivery, onboarding and use during; support, loyalty and what else
    /// follows after. A note tells what a name was taken for; any other one is a fault until its phase is stated. The
    /// channel of every touchpoint is `unstated`. Lines `%% cx`, which the export writes, are read as what they say.
    pub fn new() -> Self {
        Self {
            lenient: false,
            drawing_only: false,
            scale: None,
            outside: OutsideScale::default(),
            actors: MermaidActors::default(),
            phases: PhaseNames::default(),
            channel: Channel::from("unstated"),
            diagram: None,
        }
    }

    /// Reads what was probably meant where the meaning is clear, with a note, and takes a score that is no number
    /// for unknown. Where a score is outside 1 to 5 and no scale is stated, nobody knows what the others mean either: all
    /// are unknown then, and a note says so.
    pub fn lenient(mut self) -> Self {
        self.lenient = true;
        self
    }

    /// Reads the drawing alone and passes over lines `%% cx`.
    pub fn drawing_only(mut self) -> Self {
        self.drawing_only = true;
        self
    }

    /// States the scale of the scores.
    pub fn scale(mut self, scale: Scale) -> Self {
        self.scale = Some(scale);
        self
    }

    /// States what a score outside the scale becomes.
    pub fn outside(mut self, outside: OutsideScale) -> Self {
        self.outside = outside;
        self
    }

    /// States what actors become.
    pub fn actors(mut self, actors: MermaidActors) -> Self {
        self.actors = actors;
        self
    }

    /// States the phase of the sections of a name; tasks before the first section have the name "".
    pub fn phase(mut self, section: impl Into<String>, phase: Phase) -> Self {
        self.phases.state(section.into(), phase);
        self
    }

    /// States the phase of all sections whose name does not say it.
    pub fn other_phases(mut self, phase: Phase) -> Self {
        self.phases.state_others(phase);
        self
    }

    /// Gives sections whose name does not say their phase the phase of their position: the first of several is before, the
    /// last of more than two after, the others during, and none before a named one that it follows.
    pub fn phases_by_position(mut self) -> Self {
        self.phases.go_by_position();
        self
    }

    /// States which of several diagrams of a text is read: by its title, or by its number from 1. The first one unless
    /// stated.
    pub fn diagram(mut self, which: impl Into<String>) -> Self {
        self.diagram = Some(which.into());
        self
    }

    /// States the channel of touchpoints of which none is known.
    pub fn channel(mut self, channel: impl Into<Channel>) -> Self {
        self.channel = channel.into();
        self
    }
}

impl Default for MermaidOptions {
    fn default() -> Self {
        Self::new()
    }
}
