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
            "{} rows name no journey and are left out",
            read.without_journey
        );
    }
    if read.incomplete > 0 {
        eprintln!(
            "{} rows left out: they tell of beginnings, or of what did not take place",
            read.incomplete
        );
    }
    for lasted in &read.durations {
        eprintln!(
            "{:?}: {} visits lasted {:.0} s on the mean",
            lasted.touchpoint, lasted.visits, lasted.mean_s
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
        "{} rows with faults, {} touchpoints folded",
        read.faulty,
        learned.folded.len()
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
            "note: {:?} ({} visits) is part of {:?}",
            folded.id, folded.visits, folded.into
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
        if matches!(remark, LearnRemark::OutcomeMidway { .. }) {
            eprintln!("  --ends-at TOUCHPOINT=OUTCOME ends journeys there");
        }
    }
    for warning in learned.journey.warnings() {
        if let Warning::NearOutcome { .. } = warning {
            eprintln!("note: {warning}");
        }
    }
}

/// A date and time in UTC from milliseconds since 1970.
fn date(time_ms: i64) -> String {
    let (days, rest) = (
        time_ms.div_euclid(86_400_000),
        time_ms.rem_euclid(86_400_000),
    );
    // Four hundred years have 146,097 days; years begin in March here, so that the leap day is the last.
    let shifted = i128::from(days) + 719_468;
    let (era, day) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let year = era * 400 + year + i128::from(month > 9);
    let month = if month > 9 { month - 9 } else { month + 3 };
    let (hour, minute, second) = (rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60);
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
}
