//! What is told on standard error of a table that was read, and of what was learned from it.

use customer_journey::events::{CsvRead, LearnRemark};
use customer_journey::{Learned, Warning};

use super::advice::hint;

/// What is wrong with a table, and what is worth knowing of it.
pub(super) fn tell(read: &CsvRead) {
    for fault in &read.faults {
        eprintln!("fault: {fault}");
    }
    if read.faulty > 0 {
        eprintln!(
            "{} {} faults, which touch {}",
            many(read.faulty, "row", "rows"),
            if read.faulty == 1 { "has" } else { "have" },
            many(read.touched, "journey", "journeys")
        );
    }
    if read.left_out > 0 {
        eprintln!(
            "{} left out{}",
            many(read.left_out, "journey is", "journeys are"),
            names(&read.left_out_names)
        );
    }
    if read.without_journey > 0 {
        eprintln!(
            "left out: {} no journey",
            many(read.without_journey, "row that names", "rows that name")
        );
    }
    if read.incomplete > 0 {
        eprintln!(
            "left out: {} of beginnings, or of what did not take place",
            many(read.incomplete, "row that tells", "rows that tell")
        );
    }
    for lasted in &read.durations {
        eprintln!(
            "{:?}: {} lasted {:.0} s on the mean",
            lasted.touchpoint,
            many(lasted.visits, "visit", "visits"),
            lasted.mean_s
        );
    }
    for remark in &read.remarks {
        eprintln!("note: {remark}");
        if let Some(hint) = hint(remark, &read.plan) {
            eprintln!("  {hint}");
        }
    }
    for of in read.stages.iter().filter(|of| of.stages.len() > 1) {
        let all: Vec<String> = of
            .stages
            .iter()
            .map(|(stage, rows)| format!("{stage:?} {rows}"))
            .collect();
        eprintln!(
            "note: visits to {:?} are in several stages ({}); the first counts",
            of.touchpoint,
            all.join(", ")
        );
    }
}

/// A number of things.
fn many(number: u64, one: &str, several: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { several })
}

fn names(names: &[String]) -> String {
    if names.is_empty() {
        return String::new();
    }
    format!(" ({})", names.join(", "))
}

pub(super) fn summarise(read: &CsvRead, learned: &Learned) {
    eprintln!("{}", learned.summary);
    eprintln!(
        "{} with faults, {} folded",
        many(read.faulty, "row", "rows"),
        many(learned.folded.len() as u64, "touchpoint", "touchpoints")
    );
    match learned.summary.span_ms {
        Some((first, last)) => eprintln!("from {} to {}", date(first), date(last)),
        None => eprintln!("no times"),
    }
    tell_notes(learned);
}

/// Says what was learned from rows.
pub(super) fn tell_rows(learned: &Learned) {
    eprintln!("{}", learned.summary);
    tell_notes(learned);
}

fn tell_notes(learned: &Learned) {
    if let Some(remembers) = &learned.remembers {
        eprintln!("{remembers}");
    }
    for folded in &learned.folded {
        eprintln!(
            "note: {:?} ({}) is part of {:?}",
            folded.id,
            many(folded.visits, "visit", "visits"),
            folded.into
        );
    }
    for id in &learned.added {
        eprintln!("note: {id:?} is not in the plan");
    }
    for id in &learned.unvisited {
        eprintln!("note: nobody came to {id:?} of the plan");
    }
    for remark in &learned.remarks {
        eprintln!("note: {remark}");
        match remark {
            LearnRemark::OutcomeMidway { id, outcome, .. } => {
                // Behind the name of a touchpoint of several channels stands the channel.
                let name = id.split(" @ ").next().unwrap_or(id);
                let ends = format!("{name}={outcome}");
                eprintln!("  --ends-at {ends:?} ends journeys there");
            }
            LearnRemark::EndMidway { touchpoint, .. } => {
                eprintln!("  --ends-at {touchpoint:?} ends journeys there");
            }
            LearnRemark::NoEndings { last } => {
                if let Some((name, _)) = last.first() {
                    let ends = format!("{name}=loyalty");
                    eprintln!(
                        "  --outcome {ends:?}, for one, says that those who are last there stay loyal"
                    );
                }
            }
            _ => {}
        }
    }
    for warning in learned.journey.warnings() {
        if let Warning::NearOutcome { .. } = warning {
            eprintln!("note: {warning}");
        }
    }
}

/// A date and time in UTC from milliseconds since 1970; the milliseconds where no calendar reaches so far.
fn date(time_ms: i64) -> String {
    jiff::Timestamp::from_millisecond(time_ms).map_or_else(
        |_| format!("{time_ms} ms after 1970"),
        |time| time.strftime("%Y-%m-%d %H:%M:%S").to_string(),
    )
}
