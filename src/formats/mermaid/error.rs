use std::fmt;

use crate::journey::{Invalid, OutOfRange, Phase, Quoted};

/// Why a Mermaid journey was not read.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum MermaidError {
    /// The text has faults: all of them, in the order of their lines.
    Text(Vec<MermaidNote>),
    /// The text is sound, and what its `%% cx` lines say is no journey.
    Map(Invalid),
}

impl fmt::Display for MermaidError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(notes) => {
                let count = notes.len();
                write!(f, "{count} problem{}:", if count == 1 { "" } else { "s" })?;
                notes.iter().try_for_each(|note| write!(f, "\n  {note}"))
            }
            Self::Map(invalid) => write!(f, "in the `%% cx` lines, {invalid}"),
        }
    }
}

impl std::error::Error for MermaidError {}

impl From<Invalid> for MermaidError {
    fn from(invalid: Invalid) -> Self {
        Self::Map(invalid)
    }
}

/// "is one journey: ..." or "are 3 journeys: ..."
fn are(journeys: &[String]) -> String {
    let listed = journeys.join(", ");
    match journeys.len() {
        1 => format!("is one journey: {listed}"),
        count => format!("are {count} journeys: {listed}"),
    }
}

/// Something about a line of a Mermaid journey.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("line {line}: {finding}")]
#[non_exhaustive]
pub struct MermaidNote {
    /// The line, from 1.
    pub line: usize,
    /// What is to be said about it.
    pub finding: MermaidFinding,
}

/// What is to be said about a line: a fault where it stands in a [`MermaidError`], else a note on how it was read.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum MermaidFinding {
    /// The text does not begin as a journey.
    #[error(
        "{} is not the beginning of a Mermaid journey; the first word is `journey`, in small letters",
        Quoted(.0)
    )]
    NotAJourney(String),
    /// The word with which a journey begins is written otherwise.
    #[error("{} is not the word of Mermaid, which draws nothing here; write `journey`", Quoted(.0))]
    Header(String),
    /// No diagram has the title or number that was asked for.
    #[error("there is no journey {} here; there {}", Quoted(.asked), are(.known))]
    NoDiagram {
        /// The title or number.
        asked: String,
        /// The journeys of the text, with their numbers, titles and lines.
        known: Vec<String>,
    },
    /// The text holds several journeys; the first of them is read.
    #[error("there {}; the first is read, and the others by their title or number", are(.0))]
    OtherDiagrams(Vec<String>),
    /// A keyword with a colon behind it: Mermaid draws a task of this name.
    #[error("Mermaid takes `{0}:` for a task; write `{0}` without the colon")]
    KeywordColon(&'static str),
    /// Fields with colons of another script between.
    #[error("the colons are full-width ones, which Mermaid does not take for colons; write `:`")]
    WideColon,
    /// A score in another form than a decimal number.
    #[error("the score {} is read as {score}; Mermaid draws no face for it", Quoted(.written))]
    ScoreForm {
        /// What stands there.
        written: String,
        /// The score.
        score: f64,
    },
    /// Scores outside 1 to 5, and no scale is stated: nobody knows what any score means.
    #[error(
        "scores go from {lowest} to {highest}, which is not the scale 1..5, so that no score is read and every feeling is unknown; state the scale{}",
        likely.as_ref().map_or(String::new(), |likely| format!(", such as {likely}"))
    )]
    Unscaled {
        /// The lowest score.
        lowest: f64,
        /// The highest.
        highest: f64,
        /// The scale that is likely meant.
        likely: Option<String>,
    },
    /// Names and actors seem to have changed places.
    #[error(
        "the same names come again and again and every actor is another one ({}, {}): fields seem to be swapped; a task is `name: score: actors`",
        Quoted(.name),
        Quoted(.actor)
    )]
    Swapped {
        /// A name.
        name: String,
        /// The actor of the first task.
        actor: String,
    },
    /// Feelings stand in the place of actors.
    #[error("feelings stand where actors belong: {}; the score says how it feels", .0.join(", "))]
    FeelingsAsActors(Vec<String>),
    /// The phase that the name of a section is taken to say.
    #[error("the section {} is taken for {phase}", Quoted(.section))]
    TakenPhase {
        /// The name of the section.
        section: String,
        /// The phase.
        phase: Phase,
    },
    /// There is no task at all.
    #[error("there is no task; a journey needs at least one, as in `Waits: 2: Traveller`")]
    NoTask,
    /// A directive is opened and not closed.
    #[error("the directive `%%{{` is never closed with `}}%%`; Mermaid drops all that follows")]
    OpenDirective,
    /// Text is opened and not closed.
    #[error("the text of `accDescr {{` is never closed with `}}`")]
    OpenDescription,
    /// A line that is no statement.
    #[error(
        "{} is no statement; a task is `name: score: actors`, with a colon behind the name and something behind it",
        Quoted(.0)
    )]
    NoStatement(String),
    /// A task without a name.
    #[error("the task has no name; write it before the first colon")]
    NoName,
    /// A task that begins with a word of the language.
    #[error(
        "{} begins with `{keyword}`, which Mermaid takes for a statement; write the first letter as {hint}",
        Quoted(.text)
    )]
    Keyword {
        /// The line.
        text: String,
        /// The word.
        keyword: &'static str,
        /// How the first letter can be written.
        hint: String,
    },
    /// A semicolon outside an entity.
    #[error("a semicolon ends a statement, and Mermaid refuses it here; write `#59;`")]
    Semicolon,
    /// A number sign outside an entity.
    #[error("Mermaid drops everything from the number sign on: {}; write `#35;` to keep it", Quoted(.0))]
    NumberSign(String),
    /// A colon in the name of a section.
    #[error("Mermaid refuses a colon in the section {}; write `#58;`", Quoted(.0))]
    SectionColon(String),
    /// A section without a name.
    #[error("the section has no name")]
    SectionName,
    /// A title without a text: Mermaid shows the next line as the title.
    #[error(
        "`{0}` is empty, so that Mermaid takes the next line for its text; here the next line is read as itself"
    )]
    EmptyTitle(&'static str),
    /// A comment that looks like a task.
    #[error(
        "Mermaid takes {} for a comment or a title, and it looks like a task; write `%` as `#37;` and the first letter of a keyword by its number",
        Quoted(.0)
    )]
    LostTask(String),
    /// A score that is no decimal number.
    #[error("the score of {} is {}, which is no decimal number", Quoted(.task), Quoted(.score))]
    NoNumber {
        /// The task.
        task: String,
        /// What stands for a score.
        score: String,
    },
    /// A colon in the name of a task, so that a part of the name stands for the score.
    #[error(
        "{} has more colons than a task, so that Mermaid takes {} for the score; write a colon in a name as `#58;`",
        Quoted(.line),
        Quoted(.score)
    )]
    Colons {
        /// The line.
        line: String,
        /// What Mermaid takes for the score.
        score: String,
    },
    /// A task without a score: Mermaid draws it as 0.
    #[error("{} has no score; its feeling is not known here, and Mermaid draws it as 0", Quoted(.0))]
    NoScore(String),
    /// A score outside the scale.
    #[error("{}: {outside}; state the scale of the scores if it is another one", Quoted(.task))]
    Outside {
        /// The task.
        task: String,
        /// The score and its scale.
        outside: OutOfRange,
    },
    /// Parts of a task that Mermaid drops.
    #[error("Mermaid drops what follows the actors: {}", Quoted(.0))]
    Dropped(String),
    /// An entity that is not known.
    #[error("the entity {} is not known and stays as it is; the number of a character always works", Quoted(.0))]
    Entity(String),
    /// A section whose phase is not known.
    #[error(
        "the section {} is not known to be before, during or after; state its phase, or one for all others",
        Quoted(.0)
    )]
    Phase(String),
    /// A section without tasks, which a journey has no place for.
    #[error("the section {} has no task and is left out", Quoted(.0))]
    EmptySection(String),
    /// A `%% cx` line that can not be read.
    #[error("the `%% cx` line is not as the export writes it: {0}")]
    Details(String),
    /// A task without a `%% cx` line in a text that has them.
    #[error(
        "{} has no `%% cx` line above it, and other tasks have; read the drawing alone to pass over all of them",
        Quoted(.0)
    )]
    NoDetails(String),
    /// The drawing and the `%% cx` line differ.
    #[error("the {what} is {}, and {} in the `%% cx` line", Quoted(.drawn), Quoted(.said))]
    Differs {
        /// What differs: the title, the section, the name or the score.
        what: &'static str,
        /// What the drawing says.
        drawn: String,
        /// What the line says.
        said: String,
    },
}
