//! Maps and texts as they are given: a file or standard input, a document or a diagram.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use customer_journey::formats::spreadsheet::{
    Sheet, SpreadsheetFault, SpreadsheetOptions, SpreadsheetProblem,
};
use customer_journey::formats::{
    MermaidActors, MermaidError, MermaidFinding, MermaidOptions, OutsideScale,
};
use customer_journey::language::Language;
use customer_journey::{Flow, Journey, Phase, Scale};

use super::failure::Failure;
use super::letters::{decoded, of_windows};
use super::progress;
pub(super) use super::source::{Source, is_table};
use super::workbook;

/// The text of bytes. A spreadsheet that an older program has saved in the letters of Windows is read in these, and this is said.
#[expect(
    clippy::needless_pass_by_value,
    reason = "a file is read once, and its bytes are used up"
)]
fn text_of(source: &Source, bytes: Vec<u8>) -> Result<String, Failure> {
    decoded(bytes.clone()).or_else(|error| {
        let text = of_windows(&bytes);
        if Format::of(&text) == Format::Spreadsheet {
            eprintln!("{source}: this is not UTF-8; it was read in the letters of Windows-1252");
            return Ok(text);
        }
        Err(Failure::input(source, error))
    })
}

/// How tables of events call the column that says to which journey an event belongs.
const JOURNEYS: [&str; 8] = [
    "case",
    "caseid",
    "caseconceptname",
    "journey",
    "journeyid",
    "session",
    "sessionid",
    "visitorid",
];

/// Whether a sheet has not the headings of a journey.
fn lacks_headings(fault: &SpreadsheetFault) -> bool {
    matches!(
        fault.problem,
        SpreadsheetProblem::NoHeadings | SpreadsheetProblem::NoColumn { .. }
    )
}

/// The column of a table of events that says to which journey each belongs, by its header.
fn column_of_journeys(text: &str) -> Option<&str> {
    let header = text.lines().next()?;
    let mut columns = header.split([',', ';', '\t', '|']);
    columns.find_map(|column| {
        let column = column.trim().trim_matches('"');
        let letters = column.chars().filter(char::is_ascii_alphanumeric);
        let folded: String = letters.collect::<String>().to_ascii_lowercase();
        JOURNEYS.contains(&folded.as_str()).then_some(column)
    })
}

/// A language that spreadsheets and pictures speak.
pub(super) fn language(name: &str) -> Result<Language, String> {
    Language::named(name)
        .ok_or_else(|| "known are en (English), no (norsk) and sv (svenska)".to_owned())
}

/// A map and how it is read.
#[derive(Debug, Args)]
pub(super) struct Map {
    /// The map: a journey document, a spreadsheet, a Mermaid journey (also inside a README) or CJML; - reads standard input
    #[arg(value_name = "FILE")]
    source: PathBuf,
    #[command(flatten)]
    reading: Reading,
}

impl Map {
    /// Reads the map.
    pub(super) fn journey(&self) -> Result<Journey, Failure> {
        let source = Source::from(self.source.clone());
        self.reading.read(&source)
    }

    /// Where it is, as it was given, with `/` between folders.
    pub(super) fn path(&self) -> String {
        self.source.to_string_lossy().replace('\\', "/")
    }

    /// Reads the map and computes its flow.
    pub(super) fn flow(&self) -> Result<Flow, Failure> {
        let source = Source::from(self.source.clone());
        let journey = self.reading.read(&source)?;
        let flow = progress::working(0, "following all journeys", || journey.flow());
        flow.map_err(|error| Failure::input(&source, error))
    }
}

/// How a map is read that is no journey document.
#[derive(Debug, Args)]
#[command(next_help_heading = "Reading diagrams")]
// Each is a flag of the command line.
#[allow(clippy::struct_excessive_bools)]
pub(super) struct Reading {
    /// What the file is; seen by its content unless stated
    #[arg(long, value_enum, value_name = "FORMAT")]
    from: Option<Format>,
    /// The phase of sections whose name does not say it, or of one section, as in `--phase "Sign up=before"`
    /// (mermaid, cjml); may be repeated
    #[arg(long, value_name = "PHASE or SECTION=PHASE", value_parser = phase)]
    phase: Vec<(Option<String>, Phase)>,
    /// Sections whose name does not say their phase have the one of their position: the first is before, the last
    /// after, the others during (mermaid, cjml)
    #[arg(long)]
    phases_by_position: bool,
    /// Which of several journeys of the file: its title, or its number from 1
    #[arg(long, value_name = "NAME or NUMBER")]
    journey: Option<String>,
    /// The scale of the scores, as 0..10 (mermaid; 1..5 unless stated)
    #[arg(long, value_name = "MIN..MAX", allow_hyphen_values = true)]
    scale: Option<Scale>,
    /// What a score outside the scale becomes (mermaid)
    #[arg(long, value_enum, value_name = "WHAT")]
    outside: Option<Outside>,
    /// What the actors of tasks are (mermaid)
    #[arg(long, value_enum, value_name = "WHAT")]
    actors: Option<Actors>,
    /// Short for `--actors channels`
    #[arg(long, hide = true, conflicts_with = "actors")]
    actors_are_channels: bool,
    /// The channel of touchpoints of which none is known (mermaid, cjml)
    #[arg(long, value_name = "CHANNEL")]
    channel: Option<String>,
    /// Refuses what Mermaid itself refuses or draws otherwise than it was meant, instead of reading what was meant and
    /// saying so (mermaid)
    #[arg(long)]
    strict: bool,
    /// What is done anyway unless it is strict
    #[arg(long, hide = true, conflicts_with = "strict")]
    lenient: bool,
    /// Reads the drawing alone and passes over the lines `%% cx` in which a map is kept (mermaid)
    #[arg(long)]
    drawing_only: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A journey document in JSON
    Document,
    /// A Mermaid journey diagram
    Mermaid,
    /// CJML 2.0, the XML of the Customer Journey Modelling Language
    Cjml,
    /// A spreadsheet with a row a touchpoint, or with a sticky note a row: a workbook, or text with commas, semicolons or tabs
    Spreadsheet,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Outside {
    /// A fault (unless stated)
    Refuse,
    /// The nearer end of the scale
    Clamp,
    /// An unknown feeling
    Unknown,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Actors {
    /// Who makes the journey (unless stated)
    Persona,
    /// The channels in which the tasks happen
    Channels,
    /// Nothing that counts
    Ignored,
}

pub(super) fn phase(text: &str) -> Result<(Option<String>, Phase), String> {
    let (section, phase) = match text.rsplit_once('=') {
        Some((section, phase)) => (Some(section.to_owned()), phase),
        None => (None, text),
    };
    let phase = phase.parse::<Phase>().map_err(|error| error.to_string())?;
    Ok((section, phase))
}

impl Reading {
    /// Whether actors stand for channels, which then holds for what is drawn as well.
    pub(super) fn has_channels_as_actors(&self) -> bool {
        self.actors_are_channels
    }

    /// The scale of the scores.
    pub(super) fn scale(&self) -> Option<Scale> {
        self.scale
    }

    /// Whether the call says what the file is.
    pub(super) fn is_stated(&self) -> bool {
        self.from.is_some()
    }

    pub(super) fn phases(&self) -> &[(Option<String>, Phase)] {
        &self.phase
    }

    pub(super) fn is_lenient(&self) -> bool {
        self.lenient
    }

    pub(super) fn channel(&self) -> Option<&str> {
        self.channel.as_deref()
    }

    /// The flow of the journey of a text.
    pub(super) fn flow(&self, source: &Source, text: &str) -> Result<Flow, Failure> {
        let journey = self.journey(source, text)?;
        let flow = progress::working(text.len(), "following all journeys", || journey.flow());
        flow.map_err(|error| Failure::input(source, error))
    }

    /// The journey of a text. What is to be said about how it was read goes to standard error.
    pub(super) fn journey(&self, source: &Source, text: &str) -> Result<Journey, Failure> {
        let format = self.from.unwrap_or_else(|| Format::of(text));
        let (journey, notes) = match format {
            Format::Document => (document(source, text)?, Vec::new()),
            Format::Mermaid => self.mermaid(source, text)?,
            Format::Cjml => self.cjml(source, text)?,
            Format::Spreadsheet => {
                let sheet =
                    Sheet::from_text("", text).map_err(|error| Failure::input(source, error))?;
                self.sheets(source, &[sheet])
                    .map_err(|(failure, is_journey)| match column_of_journeys(text) {
                        Some(column) if !is_journey => Failure::input(
                            source,
                            format!(
                                "this is a table of events (column {column:?} says of which journey): make a map of it with \
                                 `journey learn {source} -o map.json`, and show that"
                            ),
                        ),
                        _ => failure,
                    })?
            }
        };
        for note in notes {
            eprintln!("{source}: {note}");
        }
        Ok(journey)
    }

    /// The journey of a file, also of a workbook.
    pub(super) fn read(&self, source: &Source) -> Result<Journey, Failure> {
        let bytes = source.bytes()?;
        if !workbook::is_workbook(&bytes) {
            return self.journey(source, &text_of(source, bytes)?);
        }
        let sheets = workbook::sheets(bytes).map_err(|error| Failure::input(source, error))?;
        let read = self.sheets(source, &sheets);
        let (journey, notes) = read.map_err(|(failure, _)| failure)?;
        for note in notes {
            eprintln!("{source}: {note}");
        }
        Ok(journey)
    }

    /// The journey of some sheets with what is to be said about it; else what is wrong, and whether they have the headings of a journey.
    fn sheets(
        &self,
        source: &Source,
        sheets: &[Sheet],
    ) -> Result<(Journey, Vec<String>), (Failure, bool)> {
        let mut options = SpreadsheetOptions::new();
        if let Some(sheet) = &self.journey {
            options = options.sheet(sheet);
        }
        if let Some(channel) = &self.channel {
            options = options.channel(channel.as_str());
        }
        let read = Journey::from_spreadsheet(sheets, &options);
        let read = read.map_err(|error| {
            let is_journey = !error.faults().iter().any(lacks_headings);
            (Failure::input(source, error), is_journey)
        })?;
        let notes = read.notes.iter().map(ToString::to_string).collect();
        Ok((read.journey, notes))
    }

    fn mermaid(&self, source: &Source, text: &str) -> Result<(Journey, Vec<String>), Failure> {
        let mut options = MermaidOptions::new();
        if !self.strict {
            options = options.lenient();
        }
        if let Some(which) = &self.journey {
            options = options.diagram(which);
        }
        if self.phases_by_position {
            options = options.phases_by_position();
        }
        if self.drawing_only {
            options = options.drawing_only();
        }
        if let Some(scale) = self.scale {
            options = options.scale(scale);
        }
        match self.outside {
            Some(Outside::Clamp) => options = options.outside(OutsideScale::Clamp),
            Some(Outside::Unknown) => options = options.outside(OutsideScale::Unknown),
            Some(Outside::Refuse) | None => {}
        }
        match self.actors {
            _ if self.actors_are_channels => options = options.actors(MermaidActors::Channels),
            Some(Actors::Channels) => options = options.actors(MermaidActors::Channels),
            Some(Actors::Ignored) => options = options.actors(MermaidActors::Ignored),
            Some(Actors::Persona) | None => {}
        }
        for (section, phase) in self.phase.iter().cloned() {
            options = match section {
                Some(section) => options.phase(section, phase),
                None => options.other_phases(phase),
            };
        }
        if let Some(channel) = &self.channel {
            options = options.channel(channel.as_str());
        }
        let read = Journey::from_mermaid(text, &options);
        let read = read.map_err(|error| Failure::input(source, advised(&error)))?;
        let mut notes: Vec<String> = read.notes.iter().map(ToString::to_string).collect();
        for note in &read.notes {
            if let MermaidFinding::Unscaled { likely, .. } = &note.finding {
                let scale = likely.as_deref().unwrap_or("MIN..MAX");
                notes.push(format!("for feelings from the scores: --scale {scale}"));
            }
            if matches!(note.finding, MermaidFinding::OtherDiagrams(_)) {
                notes.push("for another journey: --journey TITLE, or --journey 2".to_owned());
            }
        }
        Ok((read.journey, notes))
    }

    #[cfg(feature = "cjml")]
    fn cjml(&self, source: &Source, text: &str) -> Result<(Journey, Vec<String>), Failure> {
        let mut options = customer_journey::formats::CjmlOptions::new();
        if self.phases_by_position {
            options = options.phases_by_position();
        }
        for (section, phase) in self.phase.iter().cloned() {
            options = match section {
                Some(section) => options.phase(section, phase),
                None => options.other_phases(phase),
            };
        }
        if let Some(channel) = &self.channel {
            options = options.channel(channel.as_str());
        }
        let read = Journey::from_cjml(text, &options);
        let read = read.map_err(|error| {
            let unplaced = |note: &customer_journey::formats::CjmlNote| {
                matches!(
                    note.finding,
                    customer_journey::formats::CjmlFinding::Phase(_)
                )
            };
            let asks = matches!(&error, customer_journey::formats::CjmlError::Text(notes)
                if notes.iter().any(unplaced));
            let advice = if asks { PHASE_ADVICE } else { "" };
            Failure::input(source, format!("{error}{advice}"))
        })?;
        let mut notes: Vec<String> = read.notes.iter().map(ToString::to_string).collect();
        let names: Vec<String> = (1..)
            .zip(&read.journeys)
            .map(|(number, journey)| format!("{number} ({:?})", journey.name()))
            .collect();
        let named = |which: &String| read.journeys.iter().position(|it| it.name() == which);
        let numbered = |which: &String| which.parse::<usize>().ok()?.checked_sub(1);
        let at = match &self.journey {
            Some(which) => named(which).or_else(|| numbered(which)),
            None => Some(0),
        };
        let Some(journey) = at.and_then(|at| read.journeys.get(at)) else {
            let known = names.join(", ");
            let asked = self.journey.as_deref().unwrap_or_default();
            let error = format!("there is no journey {asked:?}; there are: {known}");
            return Err(Failure::input(source, error));
        };
        if self.journey.is_none() && names.len() > 1 {
            let known = names.join(", ");
            notes.push(format!(
                "of {known} the first is read; for another one: --journey NAME"
            ));
        }
        Ok((journey.clone(), notes))
    }

    #[cfg(not(feature = "cjml"))]
    #[expect(clippy::unused_self, reason = "with the feature it is used")]
    fn cjml(&self, source: &Source, _: &str) -> Result<(Journey, Vec<String>), Failure> {
        Err(Failure::input(source, super::convert::NO_CJML))
    }
}

/// The journey of a document, or what is wrong with it in plain words.
pub(super) fn document(source: &Source, text: &str) -> Result<Journey, Failure> {
    if let Some(word) = other_diagram(text) {
        return Err(Failure::input(
            source,
            format!(
                "this is a diagram of another kind, {word:?}; of Mermaid's diagrams `journey` is read"
            ),
        ));
    }
    Journey::from_json(text).map_err(|error| Failure::input(source, error))
}

const PHASE_ADVICE: &str = "\n\
    To state phases: --phase during (for all of these), --phase \"NAME=before\" (for one), or --phases-by-position";

/// What is wrong with a diagram, and the options that help.
fn advised(error: &MermaidError) -> String {
    let mut text = error.to_string();
    if let MermaidError::Text(notes) = error {
        let any = |is: fn(&MermaidFinding) -> bool| notes.iter().any(|note| is(&note.finding));
        if any(|finding| matches!(finding, MermaidFinding::Phase(_))) {
            text += PHASE_ADVICE;
        }
        if any(|finding| matches!(finding, MermaidFinding::Outside { .. })) {
            text += "\nTo state the scale of the scores: --scale 0..10 (or another one)";
        }
    }
    text
}

/// The word with which a diagram of Mermaid begins that is no journey.
fn other_diagram(text: &str) -> Option<&str> {
    const KINDS: [&str; 12] = [
        "sequenceDiagram",
        "graph",
        "flowchart",
        "gantt",
        "classDiagram",
        "stateDiagram",
        "stateDiagram-v2",
        "erDiagram",
        "timeline",
        "mindmap",
        "pie",
        "quadrantChart",
    ];
    let word = text.split_whitespace().next()?;
    KINDS.contains(&word).then_some(word)
}

/// Whether a text has the headings of a journey's spreadsheet among its first lines.
fn looks_like_a_spreadsheet(text: &str) -> bool {
    Sheet::from_text("", text).is_ok_and(|sheet| sheet.has_headings())
}

impl Format {
    /// What a text looks like.
    fn of(text: &str) -> Self {
        let start = text.trim_start();
        let is_diagram = |line: &str| {
            let line = line
                .trim_start_matches([' ', '\t', '>'])
                .to_ascii_lowercase();
            let of_whom = line.starts_with("user") || line.starts_with("customer");
            line.starts_with("journey")
                || of_whom && line.contains("journey") && !line.contains(',')
        };
        if !start.starts_with(['{', '[', '<', '`']) && looks_like_a_spreadsheet(text) {
            Self::Spreadsheet
        } else if start.starts_with(['{', '[']) {
            Self::Document
        } else if start.starts_with("<?xml")
            || start
                .get(..5)
                .is_some_and(|tag| tag.eq_ignore_ascii_case("<cjml"))
        {
            Self::Cjml
        } else if start.starts_with("```") || start.lines().any(is_diagram) {
            Self::Mermaid
        } else {
            Self::Document
        }
    }
}
