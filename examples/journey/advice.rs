//! The options that help with what is wrong with a table, or worth knowing of it.

use std::fmt::Write as _;

use customer_journey::events::{
    CellFault, CsvError, CsvFaultTotal, CsvField, CsvPlan, CsvRead, CsvRefusal, CsvRemark,
};

use super::shapes::text::alike;

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
            None => told(&[
                "--case COLUMN",
                "--wide COLUMNS, if a row is a whole journey with a column for each step",
            ]),
        },
        CsvError::NoColumn {
            field: CsvField::Touchpoint,
            headers,
            ..
        } => match of_changes(headers) {
            Some(option) => vec![option],
            None => told(&[
                "--touchpoint COLUMN",
                "--wide COLUMNS, if a row is a whole journey with a column for each step",
            ]),
        },
        CsvError::AmbiguousColumn { .. } => told(&["give each header once in the table"]),
        CsvError::Refused(read) => refused(read),
        _ => Vec::new(),
    }
}

/// What helps where a column of ratings is none of feelings.
const NO_FEELING: &str = "--without emotion, if it states no feeling; `journey learn` reads answers to surveys by --nps, --csat, --ces and --index";

/// What helps with a table that was read to its end.
fn refused(read: &CsvRead) -> Vec<String> {
    let mut options: Vec<String> = Vec::new();
    for refusal in &read.refusals {
        match refusal {
            CsvRefusal::NoScale { likely, codes, .. } => {
                options.extend(of_scale(likely, codes));
                options.push(NO_FEELING.to_owned());
            }
            CsvRefusal::OffScale { codes, likely, .. } => {
                options.extend(off_scale(codes, *likely));
            }
            _ => {}
        }
    }
    let mut fields = read.plan.fields.iter();
    let joined = fields.any(|fed| fed.field == CsvField::Person);
    let of_read = |total: &CsvFaultTotal| match total.fault {
        CellFault::NoJourney(_) if joined => Some(
            "--without person, if journeys are to be told apart without their person".to_owned(),
        ),
        _ => of_fault(total),
    };
    for option in read.faults.iter().filter_map(of_read) {
        if !options.contains(&option) {
            options.push(option);
        }
    }
    let unscaled = |refusal: &CsvRefusal| matches!(refusal, CsvRefusal::NoScale { .. });
    if !read.refusals.iter().any(unscaled) {
        options.push("--lenient, to go on with what can be read".to_owned());
    }
    options
}

/// What helps with faults of one kind.
fn of_fault(total: &CsvFaultTotal) -> Option<String> {
    let option = match &total.fault {
        CellFault::DateOrder(_) => "--dates dmy or --dates mdy",
        CellFault::NoUnit(number) => unit(number),
        CellFault::Lifecycle(_) => "--without lifecycle, if each row is a visit of its own",
        CellFault::Zone(_) => "--utc-offset MINUTES for the times without a zone (0 for UTC)",
        CellFault::ZoneName(_) => {
            "--zone NAME=MINUTES says how far the zone is ahead of UTC (CST=-360, IST=330)"
        }
        CellFault::Time(_) => {
            "--time-format FORM, as '%d.%m.%Y %H:%M', or --missing WORD for what stands for nothing"
        }
        CellFault::Promise(_) => "--kept WORD and --broken WORD say what words mean",
        CellFault::Phase(_) => "--without phase, where the column means something else",
        CellFault::NoJourney(word) if !word.is_empty() => {
            return Some(format!(
                "--missing={word:?}, if rows without a journey are to be left out"
            ));
        }
        CellFault::ZonePlace(name) => {
            return Some(format!(
                "--zone {name}=MINUTES, how far it is ahead of UTC, if that is the same for all times; or write the offset with each time"
            ));
        }
        CellFault::Feeling(_) => {
            return Some(format!(
                "{}; --missing WORD for a word that says that nobody answered",
                feelings(total)
            ));
        }
        CellFault::OtherScale { of, .. } => {
            let from = i32::from(*of < 10.0);
            return Some(format!("--scale {from}..{of}, if that is their scale"));
        }
        CellFault::Contrary { scale, .. } => {
            let low = scale.lower_is_better();
            let other = if low == *scale {
                format!("{}..{}", scale.min(), scale.max())
            } else {
                format!("'{low}'")
            };
            return Some(format!("--scale {other}, if that is how they are meant"));
        }
        _ => return None,
    };
    Some(option.to_owned())
}

/// The unit of a bare number, by its length.
fn unit(number: &str) -> &'static str {
    match number.split(['.', ',']).next().unwrap_or_default().len() {
        10 => "--time-unit s",
        13 => "--time-unit ms",
        16 => "--time-unit us",
        19 => "--time-unit ns",
        _ => "--time-unit s, ms, us, ns or excel",
    }
}

/// The options for a table of changes, which tells the field that was changed and what it was changed to.
fn of_changes(headers: &[String]) -> Option<String> {
    let find = |known: &[&str]| {
        let is_known = |header: &&String| known.iter().any(|known| alike(known, header));
        headers.iter().find(is_known)
    };
    let field = find(&[
        "field",
        "fieldname",
        "changedfield",
        "attribute",
        "property",
        "propertyname",
    ])?;
    let to = find(&[
        "newvalue",
        "to",
        "tostring",
        "newstring",
        "value",
        "valueto",
        "new",
    ])?;
    Some(format!(
        "--touchpoint {to:?} --segment {:?}, where Status is the field whose changes are the steps",
        format!("{field}=Status")
    ))
}

/// What words mean that are no known feelings: to be filled in, where it does not hang on what was asked alone.
fn feelings(total: &CsvFaultTotal) -> String {
    const AGREEING: [(&str, &str); 18] = [
        ("strongly agree", "1"),
        ("agree", "0.5"),
        ("somewhat agree", "0.25"),
        ("neither agree nor disagree", "0"),
        ("undecided", "0"),
        ("somewhat disagree", "-0.25"),
        ("disagree", "-0.5"),
        ("strongly disagree", "-1"),
        ("very likely", "1"),
        ("likely", "0.5"),
        ("unlikely", "-0.5"),
        ("very unlikely", "-1"),
        ("stimme voll zu", "1"),
        ("stimme zu", "0.5"),
        ("stimme nicht zu", "-0.5"),
        ("stimme gar nicht zu", "-1"),
        ("extremely likely", "1"),
        ("not at all likely", "-1"),
    ];
    let known = |word: &str| {
        let same = AGREEING
            .iter()
            .find(|(known, _)| word.to_lowercase() == **known);
        same.map(|(_, number)| *number)
    };
    let words = total.values.iter().take(12);
    let each: Vec<String> = words
        .map(|(word, _)| {
            format!(
                "--feeling '{}={}'",
                word.replace('\'', "'\\''"),
                known(word).unwrap_or("NUMBER")
            )
        })
        .collect();
    let guessed = total.values.iter().any(|(word, _)| known(word).is_some());
    let means = if guessed {
        "if to agree is good"
    } else {
        "or a feeling in place of a number"
    };
    format!(
        "{}, from -1 to 1, {means}, says what words mean",
        each.join(" ")
    )
}

/// How the scale of ratings is stated, and the codes that are none.
fn of_scale(likely: &str, codes: &[(String, u64)]) -> Vec<String> {
    if codes.is_empty() {
        return vec![format!("--scale {likely}, if that is their scale")];
    }
    let mut options = vec![format!(
        "--scale {likely} {}, if that is their scale and {} for no answer",
        missing(codes),
        stands(codes)
    )];
    // A scale from 0 on has it as its lowest answer.
    if let Some(("1", highest)) = likely.split_once("..")
        && let Some(at) = codes.iter().position(|(code, _)| code == "0")
    {
        let mut others = codes.to_vec();
        others.remove(at);
        let others = if others.is_empty() {
            String::new()
        } else {
            format!(" {}", missing(&others))
        };
        options.push(format!(
            "--scale 0..{highest}{others}, if 0 is the lowest answer"
        ));
    }
    options
}

/// What is stated of ratings that are not on the scale that was stated.
fn off_scale(codes: &[(String, u64)], likely: Option<&str>) -> Vec<String> {
    match likely {
        Some(likely) => vec![
            format!("--scale {likely}, if that is their scale"),
            "--missing CODE for a code that stands for nothing".to_owned(),
        ],
        None => vec![format!(
            "{}, if {} for no answer",
            missing(codes),
            stands(codes)
        )],
    }
}

fn missing(codes: &[(String, u64)]) -> String {
    let each = codes
        .iter()
        .map(|(code, _)| format!("--missing {}", word(code)));
    each.collect::<Vec<_>>().join(" ")
}

/// A word as the command line takes it.
fn word(word: &str) -> String {
    if word.contains(|letter: char| !(letter.is_alphanumeric() || "-.,".contains(letter))) {
        format!("{word:?}")
    } else {
        word.to_owned()
    }
}

fn stands(codes: &[(String, u64)]) -> String {
    let named: Vec<&str> = codes.iter().map(|(code, _)| code.as_str()).collect();
    match named.as_slice() {
        [one] => format!("{one} stands"),
        [first @ .., last] => format!("{} and {last} stand", first.join(", ")),
        [] => String::new(),
    }
}

/// The option that a remark leads to.
pub(super) fn hint(remark: &CsvRemark, plan: &CsvPlan) -> Option<String> {
    Some(match remark {
        CsvRemark::Doubled { once: false, .. } => "--once counts them once".to_owned(),
        CsvRemark::Same { .. } => {
            "--once counts them once where their rows are the same; with --column event-id=COLUMN, where that column is".to_owned()
        }
        CsvRemark::ImprobableTimes { unknown: false, .. } => {
            "--improbable-unknown takes them as unknown".to_owned()
        }
        CsvRemark::FarYears { .. } => {
            "--missing TIME, as the table writes it, takes such a time as unknown".to_owned()
        }
        CsvRemark::OneSided { .. } => "--scale 0..1, if 0 is the worst; or --scale 1..5 and the like".to_owned(),
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
        CsvRemark::NeverEnded { .. } => {
            "--without lifecycle, if each row is a visit of its own".to_owned()
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
