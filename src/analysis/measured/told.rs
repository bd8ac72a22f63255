//! What is measured, in words.

use super::{Announced, Decisive, Measured, MeasuredIndex, MeasuredSurvey, Unmeasured};
use crate::flow::Basis;
use crate::journey::SurveyKind;
use crate::page::number::{MOMENTS, count, duration, list, share, size, whole};
use crate::page::words::{ending, name, place, quoted};
use crate::page::{Block, Cell, Detail, Question, Section, Table, number, said, text, told};

/// So many places are named in a sentence.
const NAMED: usize = 5;

told!(Measured);

impl Question for Measured {
    fn sections(&self) -> Vec<Section> {
        let mut section = Section::new("measured", "What is measured, and what decides");
        let surveys = self.surveys.iter().map(sentence).collect();
        section.put(Block::list(surveys, ("measure", "measures")));
        for index in &self.indices {
            section.say(indexed(index));
        }
        if let Some(unmeasured) = unmeasured(self) {
            section.say(unmeasured);
        }
        let idle: Vec<String> = self
            .without_decision
            .iter()
            .map(|name| quoted(name))
            .collect();
        if !idle.is_empty() {
            section.say(format!(
                "Nobody says what is decided by {}.",
                list(&idle, NAMED)
            ));
        }
        let tables = vec![
            surveys_table(&self.surveys).into(),
            announced(&self.surveys).into(),
            side_by_side(&self.decisive).into(),
            deciding(&self.unmeasured).into(),
            indices(&self.indices).into(),
        ];
        section.put(if self.surveys.is_empty() {
            // Without a survey a text needs no more than the sentence.
            Block::OnPage(vec![Block::Fold(
                "What decides, and what is measured there",
                tables,
            )])
        } else {
            Block::Fold(
                "Every measure, what it comes before, and what decides unmeasured",
                tables,
            )
        });
        vec![section]
    }

    /// Whoever draws a map is told what decides unmeasured; a log without surveys is all measured.
    fn is_worth_telling(&self) -> bool {
        !self.surveys.is_empty() || (!self.is_counted && !self.unmeasured.is_empty())
    }
}

/// Where endings are decided and nothing is measured.
fn unmeasured(known: &Measured) -> Option<String> {
    let places: Vec<String> = known.unmeasured.iter().map(|at| place(&at.id)).collect();
    if places.is_empty() {
        return None;
    }
    let order = match places.len() {
        1 => "",
        _ => ", the most decisive first",
    };
    let places = list(&places, NAMED);
    Some(if known.unmeasured.len() < known.decisive.len() {
        format!("How journeys end is also decided where nothing is measured: at {places}.")
    } else if known.surveys.is_empty() {
        format!(
            "How journeys end is decided at {places}{order}. Nothing is measured there: no survey asks, and no \
             figure is stated."
        )
    } else {
        format!("How journeys end is decided where nothing is measured: at {places}{order}.")
    })
}

said!(MeasuredSurvey, sentence);

/// What a kind is called.
fn called(kind: SurveyKind) -> &'static str {
    match kind {
        SurveyKind::Nps => "Net Promoter Score",
        SurveyKind::Csat => "satisfied (of 100)",
        SurveyKind::EffortMean => "ease (mean of 1 to 7)",
        SurveyKind::EffortAgree => "found it easy (of 100)",
        SurveyKind::EffortNet => "easy less hard (-100 to 100)",
        SurveyKind::EffortFirst => "effort (mean of 1 to 5, low is easy)",
        SurveyKind::Index => "index (0 to 100)",
    }
}

fn figure(value: f64) -> String {
    // Adding zero turns -0 into 0.
    format!("{:.1}", value + 0.0)
}

fn sentence(known: &MeasuredSurvey) -> String {
    let score = &known.score;
    let value = score.value.map_or_else(|| "no answers".to_owned(), figure);
    let sure = match score.interval {
        Some((low, high)) => format!(" ({} to {})", figure(low), figure(high)),
        None => String::new(),
    };
    let few = if score.is_few {
        ", too few to say much"
    } else {
        ""
    };
    let answers = usize::try_from(score.answers).unwrap_or(usize::MAX);
    let about = match (&known.promise, known.phase) {
        (Some(promise), _) => format!(", about the promise {}", quoted(promise)),
        (None, Some(phase)) => format!(", about the phase {phase}"),
        (None, None) => String::new(),
    };
    let early = match (known.is_leading, known.lead) {
        (Some(true), Some(lead)) => format!(
            "; leading: {} {} before the end{}{}",
            count(lead),
            if count(lead) == "1" {
                MOMENTS.0
            } else {
                MOMENTS.1
            },
            match known.lead_basis {
                Basis::Counted => " (counted)",
                Basis::Modelled => "",
            },
            known
                .lead_s
                .map_or_else(String::new, |wait| format!(", {}", duration(wait)))
        ),
        (Some(false), _) => "; lagging: it mostly comes last".to_owned(),
        _ => String::new(),
    };
    let answers = match answers {
        1 => "1 answer".to_owned(),
        several => format!("{} answers", whole(several)),
    };
    format!(
        "{} at {}{about}: {} {value}{sure}, {answers}{few}{early}",
        name(&known.name),
        place(&known.id),
        called(known.kind),
    )
}

fn surveys_table(surveys: &[MeasuredSurvey]) -> Table {
    let end = |pair: Option<(f64, f64)>, high: bool| {
        Cell::count(pair.map(|(from, to)| if high { to } else { from }))
    };
    Table::of(surveys, "Every survey measure", ("measure", "measures"))
        .key("measures")
        .full("id", text("asked at"), |known| Cell::place(&known.id))
        .full("name", text("measure"), |known| Cell::name(&known.name))
        .full("kind", text("kind"), |known| {
            Cell::Word(known.kind.as_str())
        })
        .data("promise", |known| {
            Cell::or_none(known.promise.as_deref(), Cell::name)
        })
        .data("phase", |known| {
            Cell::or_none(known.phase, |phase| Cell::Word(phase.as_str()))
        })
        .data("min", move |known| end(known.scale, false))
        .data("max", move |known| end(known.scale, true))
        .data("from", |known| Cell::or_none(known.from, Cell::count))
        .data("value", |known| Cell::size(known.score.value))
        .shown(Detail::Full, number("score"), |known| {
            match known.score.value {
                Some(value) => Cell::words(figure(value)),
                None => Cell::size(None),
            }
        })
        .full("answers", number("answers"), |known| {
            Cell::count(known.score.answers as f64)
        })
        .data("standard_error", |known| {
            Cell::size(known.score.standard_error)
        })
        .data("low", move |known| end(known.score.interval, false))
        .data("high", move |known| end(known.score.interval, true))
        .full("is_few", text("few"), |known| {
            Cell::Flag(Some(known.score.is_few), "too few", "")
        })
        .data("part_of", |known| {
            Cell::or_none(known.part_of.as_deref(), Cell::name)
        })
        .full("lead", number("moments\nbefore\nthe end"), |known| {
            Cell::times(known.lead)
        })
        .data("lead_low", |known| {
            Cell::times(known.lead_interval.map(|(low, _)| low))
        })
        .data("lead_high", |known| {
            Cell::times(known.lead_interval.map(|(_, high)| high))
        })
        .data("lead_basis", |known| Cell::Word(known.lead_basis.as_str()))
        .full("lead_s", number("known\nwaits"), |known| {
            Cell::duration(known.lead_s)
        })
        .full("is_leading", text("comes"), |known| {
            Cell::Flag(known.is_leading, "early", "last")
        })
        .full("decides", text("decides"), |known| {
            Cell::or_none(known.decides.as_deref(), Cell::name)
        })
        .done()
}

fn announced(surveys: &[MeasuredSurvey]) -> Table {
    let all: Vec<(&MeasuredSurvey, &Announced)> = surveys
        .iter()
        .flat_map(|known| known.announces.iter().map(move |part| (known, part)))
        .collect();
    Table::of(
        &all,
        "Which share of each ending a measure comes before",
        ("row", "rows"),
    )
    .key("measure_outcomes")
    .full("id", text("asked at"), |(known, _)| Cell::place(&known.id))
    .full("name", text("measure"), |(known, _)| {
        Cell::name(&known.name)
    })
    .data("outcome", |(_, part)| Cell::name(part.outcome.as_str()))
    .shown(Detail::Full, text("ending"), |(_, part)| {
        Cell::words(ending(&part.outcome))
    })
    .full("share", number("of these,\nof 100"), |(_, part)| {
        Cell::of_100(part.share)
    })
    .data("low", |(_, part)| Cell::share(part.low))
    .data("high", |(_, part)| Cell::share(part.high))
    .done()
}

/// "recognition, an index of 3 items from 0 to 100: 61.2 (57.0 to 65.4), 80 answers"
fn indexed(known: &MeasuredIndex) -> String {
    let score = &known.score;
    let value = score.value.map_or_else(|| "no answers".to_owned(), figure);
    let sure = score.interval.map_or_else(String::new, |(low, high)| {
        format!(" ({} to {})", figure(low), figure(high))
    });
    let few = if score.is_few {
        ", too few to say much"
    } else {
        ""
    };
    format!(
        "{}, an index of {} from 0 to 100: {value}{sure}, {} answers{few}.",
        name(&known.name),
        match known.items.len() {
            1 => "one item".to_owned(),
            items => format!("{} items", whole(items)),
        },
        whole(usize::try_from(score.answers).unwrap_or(usize::MAX))
    )
}

fn indices(known: &[MeasuredIndex]) -> Table {
    Table::of(known, "Indices of several items", ("index", "indices"))
        .key("measure_indices")
        .data("name", |known| Cell::name(&known.name))
        .data("items", |known| Cell::name(known.items.join("; ")))
        .data("value", |known| Cell::size(known.score.value))
        .data("answers", |known| Cell::count(known.score.answers as f64))
        .data("standard_error", |known| {
            Cell::size(known.score.standard_error)
        })
        .data("low", |known| {
            Cell::size(known.score.interval.map(|(low, _)| low))
        })
        .data("high", |known| {
            Cell::size(known.score.interval.map(|(_, high)| high))
        })
        .data("is_few", |known| {
            Cell::Flag(Some(known.score.is_few), "too few", "")
        })
        .done()
}

/// For people: what decides, and what is measured there.
fn side_by_side(decisive: &[Decisive]) -> Table {
    let is_measured = decisive.iter().any(|at| !at.measures.is_empty());
    let decisive = if is_measured { decisive } else { &[] };
    Table::of(
        decisive,
        "What decides, and what is measured there",
        ("touchpoint", "touchpoints"),
    )
    .shown(Detail::Full, text("decides"), |at| Cell::place(&at.id))
    .shown(Detail::Full, text("about"), |at| {
        Cell::words(ending(&at.outcome))
    })
    .shown(Detail::Full, number("how far"), |at| Cell::size(at.decides))
    .shown(Detail::Full, text("measured by"), |at| {
        if at.measures.is_empty() {
            Cell::Word("nothing")
        } else {
            Cell::name(at.measures.join(", "))
        }
    })
    .done()
}

fn deciding(unmeasured: &[Unmeasured]) -> Table {
    const CAPTION: &str = "Where endings are decided and nothing is measured";
    Table::of(unmeasured, CAPTION, ("touchpoint", "touchpoints"))
        .key("unmeasured")
        .full("id", text("decides unmeasured"), |at| Cell::place(&at.id))
        .data("outcome", |at| Cell::name(at.outcome.as_str()))
        .shown(Detail::Full, text("about"), |at| {
            Cell::words(ending(&at.outcome))
        })
        .full("decides", number("how far"), |at| Cell::size(at.decides))
        .done()
}

said!(Unmeasured, decided);

fn decided(at: &Unmeasured) -> String {
    format!(
        "{}: moves the chance of {} by {} over a journey, and nothing is measured there",
        place(&at.id),
        ending(&at.outcome),
        size(at.decides)
    )
}

said!(Announced, part_of);

fn part_of(part: &Announced) -> String {
    format!(
        "{} of those who end in {}",
        part.share
            .map_or_else(|| "an unknown part".to_owned(), share),
        ending(&part.outcome)
    )
}
