use std::fmt;

use super::many;

/// Something about a table that its reader should know. `Display` says it in a sentence.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum CsvRemark {
    /// No column states times or sequence numbers.
    NoTimes {
        /// Columns that may hold times.
        perhaps: Vec<String>,
    },
    /// Words for nothing that were read as such.
    Nothing {
        /// The column's header.
        header: String,
        /// The word as it is written, and how many rows have it.
        words: Vec<(String, u64)>,
    },
    /// Ratings of which none is negative, read from -1 to 1 as nobody stated their scale.
    OneSided {
        /// The column's header.
        header: String,
    },
    /// Codes that were stated to stand for nothing, and columns in which they are numbers like any other.
    CodesKept {
        /// The codes.
        codes: Vec<String>,
        /// The columns' headers.
        headers: Vec<String>,
    },
    /// Times far from all others.
    ImprobableTimes {
        /// The times as they are written, and how many rows have each.
        times: Vec<(String, u64)>,
        /// Whether they count as unknown.
        unknown: bool,
    },
    /// Times in years far from those of most others.
    FarYears {
        /// The years, and how many events lie in each.
        years: Vec<(i64, u64)>,
        /// The first and the last year of most events.
        most: (i64, i64),
    },
    /// All times lie in years that are those of today in another calendar.
    OtherCalendar {
        /// The year of the earliest time.
        first: i64,
        /// The year of the latest.
        last: i64,
    },
    /// Rows without a time in a table that has times.
    NoTime {
        /// How many.
        rows: u64,
    },
    /// Rows that repeat the one before them letter by letter.
    Doubled {
        /// How many.
        rows: u64,
        /// The line of the first.
        line: u64,
        /// Whether they were counted once.
        once: bool,
    },
    /// Events that say the same as another one of their journey at the same time, though their rows do not follow each other.
    Same {
        /// How many.
        events: u64,
    },
    /// Rows that repeat the header.
    HeaderRepeated {
        /// How many.
        rows: u64,
    },
    /// Rows that sum others up.
    Total {
        /// The line of the last one.
        line: u64,
        /// How many.
        rows: u64,
    },
    /// Rows of dashes, which separate others.
    Ruled {
        /// How many.
        rows: u64,
    },
    /// Rows that end before the last column.
    ShortRows {
        /// How many.
        rows: u64,
    },
    /// Ids of journeys that look as if they were none.
    Placeholder {
        /// The id.
        id: String,
        /// Events under it, where they are known.
        events: Option<u64>,
    },
    /// Ids of journeys that a spreadsheet seems to have cut.
    CutIds {
        /// Some of them.
        examples: Vec<String>,
    },
    /// Every journey has one event.
    SingleEvents {
        /// Journeys.
        journeys: u64,
    },
    /// One journey has far more events than any should.
    LargeJourney {
        /// Its id.
        id: String,
        /// Its events.
        events: u64,
        /// All events.
        of: u64,
    },
    /// Steps whose order nothing but the order of rows decides.
    Ties {
        /// Steps between events of equal time.
        steps: u64,
        /// Whether the rows were taken from the last to the first.
        reversed: bool,
    },
    /// The table lists what happened last first.
    NewestFirst,
    /// Rows that were out of the order of their times, and were sorted.
    Sorted {
        /// Steps that go back in time.
        steps: u64,
    },
    /// Names that look alike and count as different ones.
    Alike {
        /// The column's header.
        header: String,
        /// The names.
        names: Vec<String>,
    },
    /// Journeys whose rows state different outcomes; the last one counts.
    SeveralOutcomes {
        /// How many.
        journeys: u64,
        /// The first of them.
        example: String,
    },
    /// Spellings of one channel that were taken together.
    OneChannel {
        /// The spelling taken.
        taken: String,
        /// The others.
        others: Vec<String>,
    },
    /// Beginnings that no end follows; they are no visits.
    NeverEnded {
        /// How many.
        visits: u64,
    },
    /// Visits whose end lies before their beginning, so that how long they lasted is not known.
    EndsFirst {
        /// How many.
        visits: u64,
    },
    /// What did not take place, by the words of the table.
    NotDone {
        /// The words, and how many rows have each.
        words: Vec<(String, u64)>,
    },
    /// A column of stages that are no phases, so that the phase is not known from it.
    Stages {
        /// The column's header.
        header: String,
        /// Some of the stages.
        examples: Vec<String>,
    },
}

impl fmt::Display for CsvRemark {
    #[expect(clippy::too_many_lines, reason = "a sentence for each remark")]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counted = |words: &[(String, u64)]| {
            let words: Vec<String> = words
                .iter()
                .map(|(word, rows)| format!("{word:?} {rows}"))
                .collect();
            words.join(", ")
        };
        let quoted = |names: &[String]| {
            let names: Vec<String> = names.iter().map(|name| format!("{name:?}")).collect();
            names.join(", ")
        };
        match self {
            Self::NoTimes { perhaps } => {
                f.write_str("no column states times: within each journey the order of the rows counts, and no wait is known")?;
                if !perhaps.is_empty() {
                    write!(f, "; {} may hold times", quoted(perhaps))?;
                }
                Ok(())
            }
            Self::Nothing { header, words } => {
                write!(f, "words in {header:?} read as nothing: {}", counted(words))
            }
            Self::OneSided { header } => write!(
                f,
                "no rating in {header:?} is negative, and they are read from -1 to 1, so that 0 is neither good nor bad and 1 the best; where their scale is another one, state it"
            ),
            Self::CodesKept { codes, headers } => write!(
                f,
                "{} {} for nothing as stated, but not among the numbers in {}",
                codes.join(", "),
                if codes.len() == 1 { "stands" } else { "stand" },
                quoted(headers)
            ),
            Self::ImprobableTimes { times, unknown } => {
                let so = if *unknown {
                    "they count as unknown"
                } else {
                    "waits from and to them count as they stand; they can be read as unknown"
                };
                write!(f, "times far from all others: {}; {so}", counted(times))
            }
            Self::FarYears { years, most } => {
                let years: Vec<String> = years
                    .iter()
                    .map(|(year, events)| format!("{year} ({})", many(*events, "event", "events")))
                    .collect();
                write!(
                    f,
                    "times far from all others: {}, where most lie from {} to {}; waits from and to them count as they stand",
                    years.join(", "),
                    most.0,
                    most.1
                )
            }
            Self::OtherCalendar { first, last } => write!(
                f,
                "all times lie from {first} to {last}: they may be of another calendar, and where their months are others, so are the waits"
            ),
            Self::NoTime { rows } => write!(
                f,
                "{} behind the row of their journey before them",
                many(
                    *rows,
                    "row states no time and stays",
                    "rows state no time and stay"
                )
            ),
            Self::Doubled { rows, line, once } => {
                let so = if *once {
                    "what is written twice was counted once"
                } else {
                    "each counts as a visit; they can be counted once"
                };
                let rows = many(*rows, "row repeats", "rows repeat");
                write!(
                    f,
                    "{rows} an earlier row letter by letter, the first on line {line}: {so}"
                )
            }
            Self::Same { events } => write!(
                f,
                "{} the same as another one of their journey at the same time, in rows apart: they may have been written twice; rows that repeat another one can be counted once",
                many(*events, "event says", "events say")
            ),
            Self::HeaderRepeated { rows } => {
                let rows = many(
                    *rows,
                    "row repeats the header and is",
                    "rows repeat the header and are",
                );
                write!(f, "{rows} left out")
            }
            Self::Total { line, rows: 1 } => {
                write!(f, "line {line} sums other rows up and is left out")
            }
            Self::Total { line, rows } => write!(
                f,
                "{rows} rows sum others up and are left out, the last on line {line}"
            ),
            Self::Ruled { rows } => write!(
                f,
                "{} left out",
                many(*rows, "row of dashes is", "rows of dashes are")
            ),
            Self::ShortRows { rows } => write!(
                f,
                "{} before the last column; what is missing there is not stated",
                many(*rows, "row ends", "rows end")
            ),
            Self::Placeholder { id, events } => {
                write!(
                    f,
                    "journey {id:?} looks like a placeholder under which strangers gather"
                )?;
                match events {
                    Some(events) => write!(f, ": {}", many(*events, "event", "events")),
                    None => Ok(()),
                }
            }
            Self::CutIds { examples } => write!(
                f,
                "ids of journeys look as if a spreadsheet had cut them, so that different ones became one: {}",
                quoted(examples)
            ),
            Self::SingleEvents { journeys } => write!(
                f,
                "each of the {journeys} journeys has one event: the column of the journey may number events"
            ),
            Self::LargeJourney { id, events, of } => write!(
                f,
                "journey {id:?} has {events} of {of} events: it may be a robot, a test or a placeholder"
            ),
            Self::Ties { steps, reversed } => {
                let by = if *reversed {
                    "the order of the rows, from the last to the first,"
                } else {
                    "the order of the rows"
                };
                write!(
                    f,
                    "{} events of equal time; {by} decides",
                    many(*steps, "step joins", "steps join")
                )
            }
            Self::NewestFirst => {
                f.write_str("the table lists what happened last first; it was read from the end")
            }
            Self::Sorted { steps } => write!(
                f,
                "{} sorted",
                many(
                    *steps,
                    "row was out of the order of its journey and was",
                    "rows were out of the order of their journey and were"
                )
            ),
            Self::Alike { header, names } => write!(
                f,
                "names in {header:?} look alike and count as different ones: {}",
                quoted(names)
            ),
            Self::SeveralOutcomes { journeys, example } => write!(
                f,
                "{} more than one outcome, such as {example:?}; the last one counts",
                many(*journeys, "journey states", "journeys state")
            ),
            Self::OneChannel { taken, others } => write!(
                f,
                "channel {taken:?} was written {} as well; they count as one",
                quoted(others)
            ),
            Self::NeverEnded { visits } => {
                let visits = many(
                    *visits,
                    "beginning has no end and is no visit",
                    "beginnings have no end and are no visits",
                );
                f.write_str(&visits)
            }
            Self::EndsFirst { visits } => write!(
                f,
                "{} before it begins; how long it lasted is not known, and its end counts",
                many(*visits, "visit ends", "visits end")
            ),
            Self::NotDone { words } => {
                write!(f, "what did not take place is no visit: {}", counted(words))
            }
            Self::Stages { header, examples } => write!(
                f,
                "{header:?} holds stages ({}) and not before, during or after: they are labels, and the phase is to be stated",
                quoted(examples)
            ),
        }
    }
}
