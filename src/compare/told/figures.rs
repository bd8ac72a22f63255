//! The figures of both sides, in words.

use crate::compare::{ComparedFigure, Comparison, Verdict};
use crate::journey::CountedPart;
use crate::page::number::whole;
use crate::page::words::plain;
use crate::page::{Cell, Detail, Section, Table, number, text};

/// So many figures that differ are told in sentences.
const TOLD: usize = 5;
/// So many rows a text has.
const ROWS: usize = 40;

/// "end in churn: 40 of 100, 15 of 100 (-25.0 of 100, from -31.9 to -16.8)"
pub(super) fn difference(figure: &ComparedFigure) -> String {
    let kind = figure.kind();
    let value = |value: Option<f64>| value.map_or("unknown".to_owned(), |value| kind.say(value));
    let change = figure.difference.map_or(String::new(), |change| {
        let range = figure
            .low
            .zip(figure.high)
            .map_or(String::new(), |(low, high)| {
                format!(
                    ", from {} to {}",
                    kind.say_change(low),
                    kind.say_change(high)
                )
            });
        format!(" ({}{range})", kind.say_change(change))
    });
    format!(
        "{}: {} and {}{change}",
        kind.what(&figure.figure, &figure.of),
        value(figure.a),
        value(figure.b)
    )
}

/// What is sure, in a few sentences.
pub(super) fn in_short(comparison: &Comparison) -> Vec<String> {
    let figures = &comparison.figures;
    let of = |verdict: Verdict| {
        let same = figures
            .iter()
            .filter(|figure| figure.verdict == Some(verdict));
        same.count()
    };
    let judged = figures
        .iter()
        .filter(|figure| figure.verdict.is_some())
        .count();
    if judged == 0 {
        let changed = figures.iter().filter(|figure| figure.is_changed()).count();
        return vec![format!(
            "{} of {} figures are not the same. There is no verdict: nothing is counted.",
            whole(changed),
            whole(figures.len())
        )];
    }
    let mut said = vec![format!(
        "Of {} figures that are counted, {} differ, {} are the same, and {} are unclear.",
        whole(judged),
        whole(of(Verdict::Different)),
        whole(of(Verdict::Same)),
        whole(of(Verdict::Unclear))
    )];
    let mut different: Vec<&ComparedFigure> = comparison.different().collect();
    // What people ask for first, and then the surest.
    different.sort_by(|a, b| {
        let headline = is_headline(b).cmp(&is_headline(a));
        headline.then(sureness(b).total_cmp(&sureness(a)))
    });
    said.extend(different.iter().take(TOLD).map(|figure| difference(figure)));
    said
}

/// How many standard errors a difference is.
fn sureness(figure: &ComparedFigure) -> f64 {
    match (figure.difference, figure.standard_error) {
        (Some(difference), Some(error)) if error > 0.0 => difference.abs() / error,
        _ => 0.0,
    }
}

fn said(verdict: Option<Verdict>) -> String {
    match verdict {
        Some(verdict) => verdict.as_str().to_owned(),
        None => "-".to_owned(),
    }
}

/// The table of all figures: for people those that differ, and the headline ones.
pub(super) fn figure_table(comparison: &Comparison) -> Section {
    let mut section = Section::new("figures", "The figures");
    let is_judged = comparison
        .figures
        .iter()
        .any(|figure| figure.verdict.is_some());
    let differs = |figure: &&ComparedFigure| {
        figure.verdict == Some(Verdict::Different)
            || (is_headline(figure) && (figure.a.is_some() || figure.b.is_some()))
            // Beside figures that are counted, those without a verdict are of a few journeys, or of the maps alone.
            || (figure.verdict.is_none()
                && !(is_judged && figure.kind().is_counted())
                && figure.difference.is_some()
                && figure.is_changed()
                && !figure.kind().is_data())
    };
    let mut shown: Vec<ComparedFigure> =
        comparison.figures.iter().filter(differs).cloned().collect();
    if is_judged {
        // What people ask for first; then what differs, the surest first; then the rest in its order.
        shown.sort_by(|a, b| {
            let of = |figure: &ComparedFigure| {
                let rank = if is_headline(figure) {
                    0
                } else if figure.verdict == Some(Verdict::Different) {
                    1
                } else {
                    2
                };
                (rank, if rank == 1 { sureness(figure) } else { 0.0 })
            };
            let (a, b) = (of(a), of(b));
            a.0.cmp(&b.0).then(b.1.total_cmp(&a.1))
        });
    }
    let value = |figure: &ComparedFigure, value: Option<f64>| {
        let kind = figure.kind();
        Cell::words(value.map_or("unknown".to_owned(), |value| kind.say(value)))
    };
    let change = |figure: &ComparedFigure, value: Option<f64>| {
        let kind = figure.kind();
        Cell::or_none(value, |value| Cell::words(kind.say_short(value)))
    };
    let range = |figure: &ComparedFigure| {
        let kind = figure.kind();
        Cell::or_none(figure.low.zip(figure.high), |(low, high)| {
            Cell::words(format!(
                "{} to {}",
                kind.say_short(low),
                kind.say_short(high)
            ))
        })
    };
    let has_ranges = shown.iter().any(|figure| figure.low.is_some());
    let ([a, b], key) = columns(comparison);
    section.put(
        Table::of(&shown, "Both sides", ("figure", "figures"))
            .listed(ROWS)
            .shown(Detail::Brief, text("figure"), |figure| {
                Cell::words(figure.kind().what(&figure.figure, &figure.of))
            })
            .shown(Detail::Brief, number(&a), |figure| value(figure, figure.a))
            .shown(Detail::Brief, number(&b), |figure| value(figure, figure.b))
            .shown(Detail::Brief, number("difference"), |figure| {
                change(figure, figure.difference)
            })
            .when(has_ranges, |table| {
                table.shown(Detail::Brief, number("95 of 100\ntimes"), range)
            })
            .shown(Detail::Brief, text("verdict"), |figure| {
                Cell::words(said(figure.verdict))
            })
            .done(),
    );
    section.note("Differences of shares are of 100 as well.");
    if let Some(key) = key {
        section.note(key);
    }
    section.put(
        Table::of(&comparison.figures, "All figures", ("figure", "figures"))
            .key("figures")
            .data("figure", |figure| Cell::name(figure.figure.clone()))
            .data("of", |figure| {
                let parts: Vec<String> = figure.of.iter().map(ToString::to_string).collect();
                Cell::name(parts.join("; "))
            })
            .data("a", |figure| Cell::times(figure.a))
            .data("b", |figure| Cell::times(figure.b))
            .data("difference", |figure| Cell::times(figure.difference))
            .data("standard_error", |figure| {
                Cell::times(figure.standard_error)
            })
            .data("low", |figure| Cell::times(figure.low))
            .data("high", |figure| Cell::times(figure.high))
            .data("verdict", |figure| {
                Cell::or_none(figure.verdict, |verdict| Cell::Word(verdict.as_str()))
            })
            .done(),
    );
    section
}

/// The headings of both sides: their labels, or letters where one of them is long, with what these stand for.
fn columns(comparison: &Comparison) -> ([String; 2], Option<String>) {
    const LONGEST: usize = 14;
    let labels = comparison.labels.each_ref();
    let labels = labels.map(|label| plain(&crate::page::words::name(label)));
    let fits = |label: &String| !label.is_empty() && label.chars().count() <= LONGEST;
    if labels.iter().all(fits) {
        return (labels, None);
    }
    let [a, b] = comparison
        .labels
        .each_ref()
        .map(|label| crate::page::words::name(label));
    let key = format!("A is {a}; B is {b}.");
    (["A".to_owned(), "B".to_owned()], Some(key))
}

/// What people ask for first.
fn is_headline(figure: &ComparedFigure) -> bool {
    let is_median =
        || matches!(figure.of.last(), Some(CountedPart::Number(p)) if p.total_cmp(&0.5).is_eq());
    match figure.figure.as_str() {
        "outcome" | "length" | "mean" | "hurt" | "end" | "worst" | "unhappy" | "cost" | "value" => {
            true
        }
        "wait_total" | "lasted" => is_median(),
        "kept_rate" => figure.of.len() == 1,
        _ => false,
    }
}
