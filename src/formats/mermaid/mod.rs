//! Mermaid's journey diagram: sections of tasks, each with a score and actors. Read as version 11 reads it.

mod blocks;
mod choice;
mod details;
mod draw;
mod error;
mod lines;
mod options;
mod read;
mod remarks;
mod task;
mod words;
mod write;

pub use error::{MermaidError, MermaidFinding, MermaidNote};
pub use options::{MermaidActors, MermaidOptions, OutsideScale};
pub use read::MermaidRead;
#[cfg(feature = "cjml")]
pub(crate) use words::section_name;
pub use write::{MermaidStyle, MermaidText, MissingScore, NoScores};

use crate::journey::Journey;

impl Journey {
    /// Reads a Mermaid `journey` diagram. Takes O(n log n) for n lines.
    ///
    /// The tasks become touchpoints, one after the other; their id is their name. A drawing has no branches, no
    /// channels and no endings: draw them in the document that the journey is written to. A text that
    /// [`to_mermaid`](Journey::to_mermaid) wrote with its details reads back to an equal journey.
    ///
    /// A whole README, wiki page or web page can be given: the journey diagram in it is found, also in a fence or a quotation.
    /// Of several the first is read and the others are named in a note; [`MermaidOptions::diagram`] chooses another one.
    ///
    /// ```
    /// use customer_journey::formats::MermaidOptions;
    /// use customer_journey::Journey;
    ///
    /// let text = "journey
    ///     title Delayed flight
    ///     section Before
    ///       Books on the web: 5: Traveller
    ///     section During the flight
    ///       Waits at the gate: 1.5: Traveller, Companion";
    /// let read = Journey::from_mermaid(text, &MermaidOptions::new())?;
    /// assert_eq!(read.journey.persona(), Some("Traveller, Companion"));
    /// assert_eq!(read.journey.touchpoint("Waits at the gate").and_then(|gate| gate.mean_valence()), Some(-0.75));
    ///
    /// let error = Journey::from_mermaid("journey\nsection Before\nCheck 10:30 bus: 1: Me", &MermaidOptions::new());
    /// assert!(error.unwrap_err().to_string().contains("line 3: "));
    /// # Ok::<(), customer_journey::formats::MermaidError>(())
    /// ```
    ///
    /// # Errors
    /// [`MermaidError`] with every fault of the text, each with its line.
    pub fn from_mermaid(text: &str, options: &MermaidOptions) -> Result<MermaidRead, MermaidError> {
        read::read(text, options)
    }
}
