//! The tables of a page against the report and its comma-separated values.

use customer_journey::Report;
use customer_journey::render::Table as Csv;

use super::page::Page;

/// The numbers of a column; `None` for empty cells. No cell of these columns holds a comma or a quotation mark, but those
/// before it may: columns are counted from the right.
fn column(report: &Report, table: Csv, heading: &str) -> Vec<Option<f64>> {
    let csv = report.csv(table).to_string();
    let mut lines = csv.split("\r\n").filter(|line| !line.is_empty());
    let headings: Vec<&str> = lines.next().unwrap().split(',').collect();
    let from_right = headings
        .iter()
        .rev()
        .position(|known| *known == heading)
        .unwrap();
    lines
        .map(|line| line.rsplit(',').nth(from_right).unwrap().parse().ok())
        .collect()
}

/// Whether a cell shows a number: with the digits that it has, or as too small or too great for them.
fn shows(cell: &str, number: Option<f64>, scale: f64) -> bool {
    let Some(number) = number.map(|number| number * scale) else {
        return matches!(cell, "not known" | "–" | "none");
    };
    if let Some(most) = cell.strip_prefix('<') {
        return number > 0.0 && number < most.parse::<f64>().unwrap();
    }
    if let Some(least) = cell.strip_prefix('>') {
        return number > least.parse::<f64>().unwrap() && number < scale;
    }
    let plain = cell.replace(',', "");
    let shown: f64 = plain.trim_end_matches(" %").parse().unwrap_or(f64::NAN);
    let mantissa = plain.split('e').next().unwrap().trim_end_matches(" %");
    let decimals = mantissa
        .split_once('.')
        .map_or(0, |(_, digits)| digits.len());
    let digits = i32::try_from(decimals).unwrap();
    let power = if plain.contains('e') {
        shown.abs().log10().floor()
    } else {
        0.0
    };
    (shown - number).abs() <= 0.51 * 10_f64.powi(-digits) * 10_f64.powf(power)
}

#[test]
fn the_checker_of_figures_can_fail() {
    assert!(shows("0.33", Some(1.0 / 3.0), 1.0) && !shows("0.34", Some(1.0 / 3.0), 1.0));
    assert!(shows("33", Some(1.0 / 3.0), 100.0) && !shows("not known", Some(0.0), 1.0));
    assert!(shows("not known", None, 1.0) && !shows("0.00", None, 1.0));
    assert!(shows("<0.01", Some(1e-9), 1.0) && !shows("<0.01", Some(0.0), 1.0));
}

/// A table of the page and its column, the table that has the same figures, its column, and what they are counted among.
const FIGURES: &[(&str, &str, Csv, &str, f64)] = &[
    (
        "Every touchpoint",
        "journeys coming, of 100",
        Csv::Touchpoints,
        "reach",
        100.0,
    ),
    (
        "Every touchpoint",
        "visits per journey",
        Csv::Touchpoints,
        "visits",
        1.0,
    ),
    (
        "Every touchpoint",
        "broken promises per journey",
        Csv::Touchpoints,
        "broken",
        1.0,
    ),
    (
        "Every touchpoint",
        "hurt per journey",
        Csv::Touchpoints,
        "hurt",
        1.0,
    ),
    (
        "Every touchpoint",
        "moments from here to the end",
        Csv::Touchpoints,
        "remaining",
        1.0,
    ),
    ("Before, during", "mean feeling", Csv::Phases, "mean", 1.0),
    (
        "Before, during",
        "bad of 100",
        Csv::Phases,
        "negative",
        100.0,
    ),
    ("Moment by moment", "mean feeling", Csv::Curve, "mean", 1.0),
    (
        "Moment by moment",
        "journeys under way, of 100",
        Csv::Curve,
        "travelling",
        100.0,
    ),
    (
        "Where it hurts",
        "hurt per journey",
        Csv::PainPoints,
        "hurt",
        1.0,
    ),
    (
        "The ledger",
        "tests per journey",
        Csv::Promises,
        "tests",
        1.0,
    ),
    (
        "The ledger",
        "kept, of 100 tests",
        Csv::Promises,
        "kept_rate",
        100.0,
    ),
    ("What each fix changes", "hurt", Csv::Fixes, "hurt", 1.0),
    (
        "What each fix changes",
        "mean feeling",
        Csv::Fixes,
        "mean",
        1.0,
    ),
];

pub(super) fn check(page: &Page, report: &Report) {
    for &(caption, heading, table, key, scale) in FIGURES {
        let numbers = if table == Csv::PainPoints {
            // An explanation with commas stands behind.
            report.pain_points.iter().map(|pain| pain.hurt).collect()
        } else {
            column(report, table, key)
        };
        if numbers.is_empty() || !page.has_table(caption) {
            continue;
        }
        let cells = page.table(caption).column(heading);
        assert_eq!(cells.len(), numbers.len().min(100), "{caption}");
        for (cell, number) in cells.iter().zip(&numbers) {
            assert!(
                shows(cell, *number, scale),
                "{caption}, {heading}: {cell:?} is not {number:?}"
            );
        }
    }
}
