//! Maps and texts as they are given: a file or standard input, a document or a diagram.

use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use customer_journey::formats::{
    MermaidActors, MermaidError, MermaidFinding, MermaidOptions, OutsideScale,
};
use customer_journey::{Flow, Journey, Phase, Scale};

use super::failure::Failure;
use super::progress;

/// A file, or `-` for standard input.
#[derive(Debug, Clone)]
pub(super) struct Source(PathBuf);

impl From<PathBuf> for Source {
    fn from(path: PathBuf) -> Self {
        Self(path)
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_standard_input() {
            f.write_str("standard input")
        } else {
            self.0.display().fmt(f)
        }
    }
}

impl Source {
    pub(super) fn is_standard_input(&self) -> bool {
        self.0 == Path::new("-")
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    /// All of its text.
    pub(super) fn text(&self) -> Result<String, Failure> {
        self.rest(self.open()?.0)
    }

    /// Opens it, and says how many bytes it has where that is known.
    pub(super) fn open(&self) -> Result<(Box<dyn BufRead>, Option<u64>), Failure> {
        if self.is_standard_input() {
            return Ok((Box::new(io::stdin().lock()), None));
        }
        let file = File::open(&self.0).map_err(|error| Failure::input(self, error))?;
        let length = file.metadata().map(|about| about.len()).ok();
        Ok((Box::new(BufReader::with_capacity(HEAD, file)), length))
    }

    /// What is still to be read, as text.
    pub(super) fn rest(&self, mut input: impl Read) -> Result<String, Failure> {
        let mut bytes = Vec::new();
        let read = input.read_to_end(&mut bytes);
        read.map_err(|error| Failure::input(self, error))?;
        decoded(bytes).map_err(|error| Failure::input(self, error))
    }
}

/// So many bytes are read to see what a file is.
const HEAD: usize = 1 << 16;

/// Whether a text begins as a table does: two lines with the same delimiters, and no sign of a document or a diagram.
pub(super) fn is_table(head: &[u8]) -> bool {
    // A header in UTF-16 is the same text with zeros in between.
    let text = String::from_utf8_lossy(head).replace(['\0', '\u{feff}', '\u{fffd}'], "");
    if text
        .trim_start()
        .starts_with(['{', '[', '<', '#', '%', '-'])
        || text.contains("```")
    {
        return false;
    }
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let (header, next) = (lines.next().unwrap_or_default(), lines.next());
    [',', ';', '\t', '|'].iter().any(|&delimiter| {
        let cells = header.matches(delimiter).count();
        cells > 0 && next.is_none_or(|next| next.matches(delimiter).count() >= cells)
    })
}

/// The text of a file in UTF-8, or in UTF-16 with its mark, in which some shells write what is sent to a file.
fn decoded(bytes: Vec<u8>) -> Result<String, String> {
    let wide = match bytes.get(..2) {
        Some([0xff, 0xfe]) => Some(u16::from_le_bytes as fn([u8; 2]) -> u16),
        Some([0xfe, 0xff]) => Some(u16::from_be_bytes as fn([u8; 2]) -> u16),
        _ => None,
    };
    if let Some(wide) = wide {
        let (pairs, rest) = bytes.as_chunks::<2>();
        let units: Vec<u16> = pairs.iter().skip(1).map(|pair| wide(*pair)).collect();
        let text = String::from_utf16(&units).ok().filter(|_| rest.is_empty());
        return text.ok_or_else(|| "this is neither UTF-8 nor whole UTF-16".to_owned());
    }
    // Some editors put a mark first, which is no text.
    let text = String::from_utf8(bytes).map(|text| match text.strip_prefix('\u{feff}') {
        Some(text) => text.to_owned(),
        None => text,
    });
    text.map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let lines = error.as_bytes()[..good].split(|byte| *byte == b'\n');
        let line = lines.count();
        format!(
            "this is not UTF-8, from the byte {:#04x} in line {line} on; save it as UTF-8",
            error.as_bytes().get(good).copied().unwrap_or(0)
        )
    })
}

/// A map and how it is read.
#[derive(Debug, Args)]
pub(super) struct Map {
    /// The map: a journey document, a Mermaid journey (also inside a README) or CJML; - reads standard input
    #[arg(value_name = "FILE")]
    source: PathBuf,
    #[command(flatten)]
    reading: Reading,
}

impl Map {
    /// Reads the map.
    pub(super) fn journey(&self) -> Result<Journey, Failure> {
        let source = Source::from(self.source.clone());
        let text = source.text()?;
        self.reading.journey(&source, &text)
    }

    /// Where it is, as it was given, with `/` between folders.
    pub(super) fn path(&self) -> String {
        self.source.to_string_lossy().replace('\\', "/")
    }

    /// Reads the map and computes its flow.
    pub(super) fn flow(&self) -> Result<Flow, Failure> {
        let source = Source::from(self.source.clone());
        self.reading.flow(&source, &source.text()?)
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
        };
        for note in notes {
            eprintln!("{source}: {note}");
        }
        Ok(journey)
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

impl Format {
    /// What a text looks like.
    fn of(text: &str) -> Self {
        let start = text.trim_start();
        let is_diagram = |line: &str| {
            let line = line
                .trim_start_matches([' ', '\t', '>'])
                .to_ascii_lowercase();
            line.starts_with("journey") || line.starts_with("user") && line.contains("journey")
        };
        if start.starts_with(['{', '[']) {
            Self::Document
        } else if start.starts_with("<?xml") || start.starts_with("<CJML") {
            Self::Cjml
        } else if start.starts_with("```") || start.lines().any(is_diagram) {
            Self::Mermaid
        } else {
            Self::Document
        }
    }
}
