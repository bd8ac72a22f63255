//! The options that help with what is wrong with a table, or worth knowing of it.

use std::fmt::Write as _;

use customer_journey::events::{CellFault, CsvError, CsvField, CsvPlan, CsvRefusal, CsvRemark};

/// An error with the options that mend it.
pub(super) fn advice(error: &CsvError) -> String {
    let mut said = error.to_string();
    for option in options_for(error) {
        let _ = write!(said, "\n  {option}");
    }
    said
}

fn options_for(error: &CsvError) -> Vec<String> {
    let told = |options: &[&str]| options.iter().map(|&option| option.to_owned()).collect();
    match error {
        CsvError::NotUtf8 { looks_like, .. } if looks_like.starts_with("Windows") => {
            told(&["--encoding windows-1252"])
        }
        CsvError::NoDelimiter { likely } => vec![format!("--delimiter '{likely}'")],
        // Commas stand between columns.
        CsvError::Wide { headers } if headers.iter().any(|it| it.contains(',')) => {
            told(&["--wide auto, for all columns of times"])
        }
        CsvError::Wide { headers } => vec![format!(
            "--wide '{}', which names the columns of the steps in their order",
            headers.join(",")
        )],
        CsvError::Paths { .. } => told(&["--paths"]),
        CsvError::NoColumn {
            field: CsvField::Journey,
            persons,
            ..
        } => match persons.first() {
            Some(person) => vec![format!(
                "--case {person:?}, where one person is one journey"
            )],
            None => told(&["--case COLUMN"]),
        },
        CsvError::NoColumn {
            field: CsvField::Touchpoint,
            ..
        } => told(&[
            "--touchpoint COLUMN",
            "--wide COLUMNS, if a row is a whole journey with a column for each step",
        ]),
        CsvError::AmbiguousColumn { .. } => told(&["give each header once in the table"]),
        CsvError::Refused(read) => {
            let mut options: Vec<String> = Vec::new();
            for refusal in &read.refusals {
                if let CsvRefusal::NoScale { likely, .. } = refusal {
                    options.push(format!("--scale {likely}, if that is their scale"));
                }
            }
            let scaled = read
                .refusals
                .iter()
                .any(|refusal| matches!(refusal, CsvRefusal::NoScale { .. }));
            for total in &read.faults {
                let option = match &total.fault {
                    CellFault::DateOrder(_) => "--dates dmy or --dates mdy",
                    CellFault::NoUnit(_) => "--time-unit s, ms, us, ns or excel",
                    CellFault::Zone(_) => {
                        "--utc-offset MINUTES for the times without a zone (0 for UTC)"
                    }
                    CellFault::ZoneName(_) => {
                        "--zone NAME=MINUTES says how far the zone is ahead of UTC (CST=-360, IST=330)"
                    }
                    CellFault::Time(_) => {
                        "--time-format FORM, as '%d.%m.%Y %H:%M', or --missing WORD for what stands for nothing"
                    }
                    CellFault::Promise(_) => "--kept WORD and --broken WORD say what words mean",
                    CellFault::Feeling(_) => {
                        "--feeling WORD=NUMBER (or a feeling) says what words mean"
                    }
                    CellFault::Rating(_) if !scaled => {
                        "--missing CODE for a code that stands for nothing"
                    }
                    CellFault::Phase(_) => "--without phase, where the column means something else",
                    _ => continue,
                };
                if !options.iter().any(|known| known == option) {
                    options.push(option.to_owned());
                }
            }
            if !scaled {
                options.push("--lenient, to go on with what can be read".to_owned());
            }
            options
        }
        _ => Vec::new(),
    }
}

/// The option that a remark leads to.
pub(super) fn hint(remark: &CsvRemark, plan: &CsvPlan) -> Option<String> {
    Some(match remark {
        CsvRemark::Doubled { once: false, .. } | CsvRemark::Same { .. } => {
            "--once counts them once".to_owned()
        }
        CsvRemark::ImprobableTimes { unknown: false, .. } => {
            "--improbable-unknown takes them as unknown".to_owned()
        }
        CsvRemark::Ties {
            reversed: false, ..
        } => "--newest-first, if the table lists what happened last first".to_owned(),
        CsvRemark::NoTimes { perhaps } => {
            let column = perhaps
                .first()
                .map_or("COLUMN".to_owned(), |it| format!("{it:?}"));
            format!("--time {column}, if the table has times")
        }
        CsvRemark::Placeholder { id, .. } => {
            format!("--missing={id:?} leaves these rows out")
        }
        CsvRemark::SingleEvents { .. } => {
            let times = plan.unused.iter().filter(|unused| unused.times);
            let times: Vec<&str> = times.map(|unused| unused.header.as_str()).collect();
            if times.len() < 2 {
                return Some("--case COLUMN names another column of journeys".to_owned());
            }
            format!(
                "--wide '{}', if a row is a whole journey with a column for each step",
                times.join(",")
            )
        }
        _ => return None,
    })
}
