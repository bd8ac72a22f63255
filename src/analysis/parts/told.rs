//! Segments and windows in words.

use super::figures::PartFigure;
use super::places::{LEVEL, PlaceAspect, PlaceFound};
use super::verdict::Verdict;
use super::{AlarmReport, SegmentFigures, Segments, Split, WindowFigures, Windows, tries};
use crate::journey::CountedName;
use crate::page::number::{JOURNEYS, count, duration, feeling, list, share};
use crate::page::words::{name, place};
use crate::page::{
    Block, Cell, Detail, Question, Section, Table, Unit, number, said, text, told, what_of,
};

told!(Segments);
told!(Windows);
said!(PlaceFound, at_a_place);
said!(Split, split);
said!(AlarmReport, watched);

/// So many rows of figures a short text has.
const LISTED: usize = 24;

/// What p rests on where only tallies are at hand.
const BY_BUCKETS: &str = "Only counts are at hand, in buckets of journeys: p is that of a chi-square, corrected by how far the buckets differ \
                          (Rao and Scott), and errors are those of leaving out one bucket at a time.";
const NO_BUCKETS: &str = "Whether differences are chance cannot be told: only counts are at hand, and each part needs those of eight buckets of \
                          journeys or more.";

/// A number of journeys.
fn journeys(number: u64) -> String {
    let (one, many) = JOURNEYS;
    format!(
        "{} {}",
        count(number as f64),
        if number == 1 { one } else { many }
    )
}

impl Question for Segments {
    fn sections(&self) -> Vec<Section> {
        let mut section = Section::new("segments", "Segment by segment");
        section.say(format!(
            "{} in {} segments{}. {}",
            journeys(self.journeys),
            self.segments.len(),
            match self.unstated {
                0 => String::new(),
                some => format!("; {} of no segment are left out", journeys(some)),
            },
            match self.p {
                Some(p) if p < 0.05 => format!(
                    "Segments tell {:.3} bits of a journey beyond chance (p {}).",
                    self.bits,
                    p_value(p)
                ),
                Some(p) => format!(
                    "That segments go different ways could be chance (p {}).",
                    p_value(p)
                ),
                None => NO_BUCKETS.to_owned(),
            }
        ));
        let (small, compared): (Vec<_>, Vec<_>) =
            self.segments.iter().partition(|segment| segment.too_small);
        let items: Vec<String> = compared.into_iter().map(on_a_segment).collect();
        section.put(Block::list(items, ("segment", "segments")));
        if !small.is_empty() {
            let small: Vec<String> = small.into_iter().map(who).collect();
            section.say(format!(
                "{}: too small to be compared; fewer than 30 journeys say little.",
                list(&small, 10)
            ));
        }
        section.note("Each segment is compared with all others together, not with the whole of which it is a part.");
        if self.buckets.is_some_and(|buckets| buckets >= 8) {
            section.note(BY_BUCKETS);
        }
        let rows: Vec<(&str, &PartFigure)> = self
            .segments
            .iter()
            .flat_map(|part| {
                part.figures
                    .iter()
                    .map(|figure| (part.segment.as_str(), figure))
            })
            .collect();
        section.put(figures(
            &rows,
            ("segment", "segments"),
            "Headline figures of each segment, beside all others",
        ));
        tries::put(&self.segments, &mut section);
        vec![section]
    }
}

impl Question for Windows {
    fn sections(&self) -> Vec<Section> {
        let mut section = Section::new("windows", "Window by window");
        let unfinished = self
            .windows
            .iter()
            .filter(|window| window.unfinished)
            .count();
        section.say(format!(
            "{} in {}{}.{}{} {} left out of all tests.",
            journeys(self.journeys),
            match self.windows.len() {
                1 => "1 window".to_owned(),
                some => format!("{} windows", count(some as f64)),
            },
            match self.left_out {
                0 => String::new(),
                some => format!("; {} without a time in them are left out", journeys(some)),
            },
            self.lasted_s
                .filter(|_| self.journeys > 0)
                .map_or_else(String::new, |lasted| format!(
                    " 95 of 100 are over within {}.",
                    duration(lasted)
                )),
            self.under_way.map_or_else(String::new, |under_way| format!(
                " {} began so shortly before the log's end that many of them are still under way.",
                count(under_way as f64)
            )),
            match unfinished {
                0 => "No window is".to_owned(),
                1 => "1 window is".to_owned(),
                some => format!("{} windows are", count(some as f64)),
            },
        ));
        match self.buckets {
            Some(buckets) if buckets >= 8 => section.note(BY_BUCKETS),
            Some(_) => section.note(NO_BUCKETS),
            None => {}
        }
        let different: Vec<String> = self
            .windows
            .iter()
            .filter_map(|window| on_a_window(window, self.deals))
            .collect();
        let different_is_empty = different.is_empty();
        let tested = self.windows.len() - unfinished;
        if tested < 2 {
            section.say(
                "Nothing was compared: that needs two windows that are over, of journeys with times.",
            );
        } else if different_is_empty {
            section.say("No window differs from all others beyond chance.");
        } else {
            section.put(Block::list(different, ("window", "windows")));
        }
        if let Some(change) = self.change.as_ref().filter(|change| change.p < 0.05) {
            section.say(format!(
                "Cut in two, windows differ most from {} on (p {}).",
                name(&change.first),
                p_value(change.p)
            ));
        }
        if let Some(episode) = &self.episode
            && !different_is_empty
        {
            let when = if episode.first == episode.last {
                name(&episode.first)
            } else {
                format!("{} to {}", name(&episode.first), name(&episode.last))
            };
            let places: Vec<String> = episode.places.iter().map(at_a_place).collect();
            let at = if places.is_empty() {
                String::new()
            } else {
                format!(" It is {}.", list(&places, 3))
            };
            section.say(format!(
                "What differs most from all other windows together: {when}.{at}"
            ));
        }
        let rows: Vec<(&str, &PartFigure)> = self
            .windows
            .iter()
            .flat_map(|part| {
                part.figures
                    .iter()
                    .map(|figure| (part.window.as_str(), figure))
            })
            .collect();
        section.put(figures(
            &rows,
            ("window", "windows"),
            "Headline figures of each window, beside all others",
        ));
        vec![section]
    }
}

/// A p value; small ones as what they are below.
fn p_value(p: f64) -> String {
    if p < 0.001 {
        "below 0.001".to_owned()
    } else {
        format!("{p:.3}")
    }
}

fn figures(
    rows: &[(&str, &PartFigure)],
    noun: (&'static str, &'static str),
    caption: &str,
) -> Table {
    let told: Vec<&(&str, &PartFigure)> = rows
        .iter()
        .filter(|(_, figure)| figure.verdict == Some(Verdict::Different))
        .collect();
    // What differs, for people; all of it for programs. Whom touchpoints reach comes last: there are many, and where a touchpoint is
    // a channel's own they differ as a matter of course.
    let mut ordered: Vec<&(&str, &PartFigure)> = told.clone();
    ordered.sort_by_key(|(_, figure)| figure.figure == CountedName::Reach);
    ordered.extend(
        rows.iter()
            .filter(|(_, figure)| figure.verdict != Some(Verdict::Different)),
    );
    Table::of(&ordered, caption, ("figure", "figures"))
        .key(noun.1)
        .listed(told.len().clamp(1, LISTED))
        .brief("part", text(noun.0), |(part, _)| Cell::name(*part))
        .data("figure", |(_, figure)| Cell::Word(figure.figure.as_str()))
        .data("of", |(_, figure)| {
            let of: Vec<String> = figure.of.iter().map(ToString::to_string).collect();
            Cell::name(of.join("; "))
        })
        .shown(Detail::Brief, text("figure"), |(_, figure)| {
            Cell::words(figure_name(figure))
        })
        .data("value", |(_, figure)| {
            Cell::Figure(unit(figure), figure.value)
        })
        .shown(Detail::Brief, text("here (95 %)"), |(_, figure)| {
            Cell::words(tries::with_interval(figure))
        })
        .data("low", |(_, figure)| Cell::Figure(unit(figure), figure.low))
        .data("high", |(_, figure)| {
            Cell::Figure(unit(figure), figure.high)
        })
        .brief("others", number("others"), |(_, figure)| {
            Cell::Figure(unit(figure), figure.others)
        })
        .data("difference", |(_, figure)| {
            Cell::Figure(unit(figure), figure.difference)
        })
        .data("standard_error", |(_, figure)| {
            Cell::Figure(unit(figure), figure.standard_error)
        })
        .data("difference_low", |(_, figure)| {
            Cell::Figure(unit(figure), figure.difference_low)
        })
        .data("difference_high", |(_, figure)| {
            Cell::Figure(unit(figure), figure.difference_high)
        })
        .brief("verdict", text("verdict"), |(_, figure)| {
            Cell::or_none(figure.verdict, |verdict| Cell::Word(verdict.as_str()))
        })
        .data("journeys", |(_, figure)| {
            Cell::count(figure.journeys as f64)
        })
        .done()
}

pub(super) fn unit(figure: &PartFigure) -> Unit {
    match figure.figure {
        CountedName::Mean | CountedName::End => Unit::Valence,
        CountedName::Length => Unit::Times,
        CountedName::WaitTotal | CountedName::Lasted => Unit::Duration,
        _ => Unit::Share,
    }
}

pub(super) fn figure_name(figure: &PartFigure) -> String {
    // Of waits, parts have the median alone.
    match figure.figure {
        CountedName::WaitTotal => "known waits, half of the journeys".to_owned(),
        CountedName::Lasted => "first to last moment, half of the journeys".to_owned(),
        _ => what_of(figure.figure, &figure.of),
    }
}

/// A value as a sentence has it.
fn valued(figure: &PartFigure, value: f64) -> String {
    match unit(figure) {
        Unit::Valence => feeling(value),
        Unit::Times => count(value),
        Unit::Duration => duration(value),
        _ => share(value),
    }
}

/// The figures that differ surely, those that are furthest from chance first, and whom touchpoints reach last.
fn differing(figures: &[PartFigure]) -> Option<String> {
    let mut different: Vec<&PartFigure> = figures
        .iter()
        .filter(|figure| figure.verdict == Some(Verdict::Different))
        .collect();
    let size = |figure: &PartFigure| {
        let error = figure.standard_error.unwrap_or(f64::INFINITY).max(1e-12);
        figure.difference.unwrap_or(0.0).abs() / error
    };
    let is_reach = |figure: &PartFigure| figure.figure == CountedName::Reach;
    different.sort_by(|a, b| {
        let by_kind = is_reach(a).cmp(&is_reach(b));
        by_kind.then(size(b).total_cmp(&size(a)))
    });
    let told = different.iter().filter_map(|figure| {
        let (value, others) = figure.value.zip(figure.others)?;
        Some(format!(
            "{} {} (others {})",
            figure_name(figure),
            valued(figure, value),
            valued(figure, others)
        ))
    });
    let told: Vec<String> = told.collect();
    (!told.is_empty()).then(|| list(&told, 3))
}

/// A segment by its name, with its size.
fn who(segment: &SegmentFigures) -> String {
    format!(
        "{} ({})",
        name(&segment.segment),
        journeys(segment.journeys)
    )
}

fn on_a_segment(segment: &SegmentFigures) -> String {
    let who = who(segment);
    let mut said = match segment.p_adjusted {
        Some(p) if p < 0.05 => format!(
            "{who} goes other ways than the others (adjusted p {})",
            p_value(p)
        ),
        Some(_) => format!("{who}: that it goes other ways than the others could be chance"),
        None => format!("{who}: whether it goes other ways than the others is not known"),
    };
    if let Some(told) = differing(&segment.figures) {
        said += &format!("; {told}");
    }
    if let Some(first) = segment.places.first() {
        said += &format!("; most of all {}", at_a_place(first));
    }
    said
}

/// None where nothing differs surely.
fn on_a_window(window: &WindowFigures, deals: Option<u64>) -> Option<String> {
    if !window.is_different {
        return None;
    }
    let mut said = format!(
        "{} ({}) differs",
        name(&window.window),
        journeys(window.journeys)
    );
    match window.p_adjusted {
        Some(p) if p < LEVEL => said += &format!(" (adjusted p {})", p_value(p)),
        // It is different at a place, or as one of several in a row; and no p is smaller than one deal among all.
        Some(p)
            if window
                .p
                .zip(deals)
                .is_some_and(|(own, deals)| own * (deals as f64 + 1.0) < 1.5) =>
        {
            said += &format!(
                " (adjusted p {}, as low as it gets with so many windows and {} deals)",
                p_value(p),
                count(deals.unwrap_or(0) as f64)
            );
        }
        Some(p) => {
            said += &format!(
                ", though all ways together could do so by chance (adjusted p {})",
                p_value(p)
            );
        }
        None => {}
    }
    if let Some(told) = differing(&window.figures) {
        said += &format!(": {told}");
    }
    if let Some(first) = window.places.first() {
        said += &format!("; most of all {}", at_a_place(first));
    }
    Some(said)
}

fn at_a_place(found: &PlaceFound) -> String {
    let here = found.id.as_deref().map_or_else(String::new, |id| {
        let channel = found.channel.as_deref().unwrap_or_default();
        format!("{} (by {})", place(id), name(channel))
    });
    match found.aspect {
        PlaceAspect::Start => "where journeys begin".to_owned(),
        PlaceAspect::Next => format!("where they go from {here}"),
        PlaceAspect::Promise => format!("whether the promise is kept at {here}"),
        PlaceAspect::Ending => format!("how journeys end that come to {here}"),
    }
}

fn split(split: &Split) -> String {
    format!(
        "{} tells {:.3} bits of a journey beyond chance, in {} segments (p {})",
        name(&split.column),
        split.bits,
        split.segments,
        p_value(split.p)
    )
}

fn watched(report: &AlarmReport) -> String {
    let usual = format!("usually at most {}", share(report.usual));
    match &report.alarm {
        Some(alarm) => format!(
            "alarm at journey {}, after {} watched; {usual}",
            name(&alarm.journey),
            count(alarm.after as f64)
        ),
        None => format!("no alarm in {}; {usual}", journeys(report.journeys)),
    }
}
