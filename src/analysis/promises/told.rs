//! What becomes of promises, in words.

use super::told_tries::{by_tolerance, class};
use super::{
    PromiseDistance, PromiseEndings, PromiseFeelings, PromiseFigures, PromiseStatus, Promises,
    Recovery,
};
use crate::flow::Basis;
use crate::page::Detail::Full;
use crate::page::number::{
    MOMENTS, UNKNOWN, among, count, duration, feeling, is_all, list, or_unknown, percent, share,
    that,
};
use crate::page::words::{alarm, ending, name, place, quoted};
use crate::page::{
    Block, Card, Cell, Question, Section, Table, Unit, fixed, number, said, text, told,
};

/// So many touchpoints or outcomes are named in a sentence.
const NAMED: usize = 3;

told!(Promises);

impl Question for Promises {
    fn sections(&self) -> Vec<Section> {
        let mut section = Section::new("promises", "What becomes of promises");
        if self.ledger.is_empty() {
            section.say("No touchpoint makes a promise or puts one to the test.");
        }
        section.blocks.extend(tables(&self.ledger));
        // Of a promise that nothing puts to the test the table says all there is.
        let is_tested = |figures: &&PromiseFigures| figures.status != PromiseStatus::NeverTested;
        let tested: Vec<Card> = self.ledger.iter().filter(is_tested).map(card).collect();
        if tested.is_empty() && !self.ledger.is_empty() {
            section.say("Nothing puts them to the test: nobody will know whether they are kept.");
        }
        let is_told = !tested.is_empty();
        if is_told {
            section.put(Block::Cards(tested, ("promise", "promises")));
        }
        let tolerance = self.tolerance.as_deref().unwrap_or_default();
        if is_told && !tolerance.is_empty() {
            let classes = tolerance.iter().map(class).collect();
            section.put(Block::Under(
                "How many tries customers give".to_owned(),
                vec![
                    Block::Say("journeys by the broken promises that they meet.".to_owned()),
                    Block::list(classes, ("class", "classes")),
                ],
            ));
        }
        section.put(by_tolerance(tolerance));
        let all = self
            .recovery
            .as_ref()
            .filter(|_| is_told && self.ledger.len() > 1);
        if let Some(all) = all {
            section.put(Block::Under(
                "Of all promises together".to_owned(),
                vec![Block::Say(recovery(all).join(" "))],
            ));
        }
        if is_told {
            section.within("The figures of promises are", self.error_bound);
        }
        vec![section]
    }
}

fn tables(ledger: &[PromiseFigures]) -> Vec<Block> {
    let [places, endings] = rows_of_each(ledger);
    vec![ledger_of(ledger).into(), places.into(), endings.into()]
}

fn ledger_of(ledger: &[PromiseFigures]) -> Table {
    const CAPTION: &str = "The ledger: what is promised, where, and what becomes of it";
    let after = |p: &PromiseFigures, figure: fn(&Recovery) -> Option<f64>| {
        p.recovery.as_ref().and_then(figure)
    };
    Table::of(ledger, CAPTION, ("promise", "promises"))
        .key("promises")
        .brief("promise", text("promise"), |p| Cell::name(&p.promise))
        .shown(Full, text("made at"), |p| places(&p.made))
        .shown(Full, text("falls due at"), |p| places(&p.tested))
        .brief("status", fixed("status"), |p| Cell::Word(p.status.as_str()))
        .brief("tests", number("tests\nper\njourney"), |p| {
            Cell::times(p.tests)
        })
        .data("reach", |p| Cell::share(p.reach))
        .data("coverage", |p| Cell::share(p.coverage))
        .brief("kept_rate", number("kept,\nof 100\ntests"), |p| {
            Cell::of_100(p.kept_rate)
        })
        .shown(Full, number("95 % interval"), |p| {
            Cell::or_none(p.kept_rate_interval, |ends| {
                Cell::Interval(Unit::Of100, Some(ends))
            })
        })
        .data("kept_rate_from", |p| {
            Cell::share(p.kept_rate_interval.unzip().0)
        })
        .data("kept_rate_to", |p| {
            Cell::share(p.kept_rate_interval.unzip().1)
        })
        .full("counted", number("counted"), |p| {
            Cell::or_none(p.counted, Cell::count)
        })
        .brief(
            "meets_broken",
            number("journeys\nmeeting\nit broken,\nof 100"),
            |p| Cell::of_100(p.meets_broken),
        )
        .data("basis", |p| Cell::Word(p.basis.as_str()))
        .data("given", |p| Cell::share(p.given))
        .brief(
            "broken_after_made",
            number("broken\nafter\nmade,\nof 100"),
            |p| Cell::or_none(p.broken_after_made, Cell::of_100),
        )
        .data("tested_after_made", |p| {
            Cell::share(p.distance.map(|way| way.tested))
        })
        .data("moments_to_test", |p| {
            Cell::times(p.distance.and_then(|way| way.moments))
        })
        .data("wait_to_test_s", |p| {
            Cell::duration(p.distance.and_then(|way| way.wait_s))
        })
        .data("recovered", |p| {
            Cell::share(after(p, |after| Some(after.recovered)))
        })
        .data("moments_to_recovery", |p| {
            Cell::times(after(p, |after| after.moments))
        })
        .data("wait_to_recovery_s", |p| {
            Cell::duration(after(p, |after| after.wait_s))
        })
        .done()
}

/// Where each promise is made and tested, and how journeys end with it.
fn rows_of_each(ledger: &[PromiseFigures]) -> [Table; 2] {
    let mut at = Vec::new();
    let mut ends = Vec::new();
    for figures in ledger {
        let promise = &figures.promise;
        for (role, ids) in [
            ("made", &figures.made),
            ("tested", &figures.tested),
            ("without_mandate", &figures.without_mandate),
        ] {
            at.extend(ids.iter().map(|id| (promise, role, id)));
        }
        for known in figures.endings.iter().flat_map(|endings| &endings.outcomes) {
            ends.push((promise, "kept", &known.outcome, known.when_kept));
            ends.push((promise, "broken", &known.outcome, known.when_broken));
        }
        for known in figures.recovery.iter().flat_map(|after| &after.outcomes) {
            ends.push((promise, "recovered", &known.outcome, known.recovered));
            ends.push((promise, "unrecovered", &known.outcome, known.unrecovered));
        }
    }
    let at = Table::of(
        &at,
        "Where promises are made and fall due",
        ("touchpoint", "touchpoints"),
    )
    .key("promise_places")
    .data("promise", |(promise, ..)| Cell::name(*promise))
    .data("place", |(_, role, _)| Cell::Word(role))
    .data("id", |(.., id)| Cell::place(*id))
    .done();
    let ends = Table::of(
        &ends,
        "How journeys end with each promise",
        ("outcome", "outcomes"),
    )
    .key("promise_endings")
    .data("promise", |(promise, ..)| Cell::name(*promise))
    .data("journeys", |(_, which, ..)| Cell::Word(which))
    .data("outcome", |(_, _, outcome, _)| Cell::name(outcome.as_str()))
    .data("probability", |(.., probability)| Cell::share(*probability))
    .done();
    [at, ends]
}

fn places(ids: &[String]) -> Cell {
    if ids.is_empty() {
        return Cell::words(alarm("nowhere"));
    }
    let names: Vec<String> = ids.iter().map(|id| place(id)).collect();
    Cell::words(list(&names, NAMED))
}

fn card(figures: &PromiseFigures) -> Card {
    Card {
        title: name(&figures.promise),
        bar: figures
            .kept_rate
            .map(|kept| (kept, percent(kept) + " kept")),
        points: sentences(figures),
        brief: sentences(figures).join(" "),
        ..Card::default()
    }
}

said!(PromiseFigures, all_sentences);
said!(Recovery, all_of_recovery);

/// What becomes of one promise, in a few sentences.
fn all_sentences(figures: &PromiseFigures) -> String {
    sentences(figures).join(" ")
}

/// What happens after a break, in a few sentences.
fn all_of_recovery(after: &Recovery) -> String {
    recovery(after).join(" ")
}

fn sentences(figures: &PromiseFigures) -> Vec<String> {
    let mut said = vec![where_from(figures)];
    if let Some((lower, upper)) = figures.kept_rate_interval {
        said.push(format!(
            "Of {} counted results {} were kept, which puts the kept rate between {} and {}.",
            or_unknown(figures.counted, count),
            or_unknown(figures.kept_rate, percent),
            percent(lower),
            percent(upper)
        ));
    }
    if let Some(coverage) = figures.coverage.filter(|&coverage| !is_all(coverage)) {
        let known = among(coverage, ("test", "tests"));
        said.push(format!("The result is known of {known}."));
    }
    said.extend(figures.distance.and_then(distance));
    said.extend(figures.endings.as_ref().and_then(endings));
    said.extend(figures.feelings.as_ref().map(PromiseFeelings::sentence));
    if let Some(after) = &figures.recovery {
        if figures.basis == Basis::Counted {
            said.push("What follows a break is modelled.".to_owned());
        }
        said.extend(recovery(after));
    }
    said
}

/// Where it is made, where it falls due, and who may put it right.
fn where_from(figures: &PromiseFigures) -> String {
    let names = |ids: &[String]| {
        let names: Vec<String> = ids.iter().map(|id| place(id)).collect();
        list(&names, NAMED)
    };
    let name = quoted(&figures.promise);
    let made = names(&figures.made);
    let tested = names(&figures.tested);
    let mut sentence = match figures.status {
        PromiseStatus::Tested => format!("{name} is made at {made} and falls due at {tested}"),
        PromiseStatus::NeverTested => {
            return format!(
                "{name} is made at {made}, and nothing puts it to the test: nobody will know whether it is kept."
            );
        }
        PromiseStatus::MakerUnknown => format!("{name} falls due at {tested}"),
        PromiseStatus::NeverMade => format!(
            "{name} falls due at {tested}, but nobody makes it: an expectation that nobody owns up to"
        ),
    };
    if figures.without_mandate.len() == figures.tested.len() {
        sentence.push_str("; nobody there may put things right");
    } else if !figures.without_mandate.is_empty() {
        let unable = names(&figures.without_mandate);
        sentence = format!("{sentence}; at {unable} nobody may put things right");
    }
    sentence + "."
}

fn distance(distance: PromiseDistance) -> Option<String> {
    let moments = count(distance.moments?);
    let unit = if moments == "1" { MOMENTS.0 } else { MOMENTS.1 };
    Some(format!(
        "Of the journeys on which it is made, {} come to a test, {moments} {unit} later on average{}.",
        share(distance.tested),
        waited(distance.wait_s, distance.wait_coverage)
    ))
}

/// The wait that goes with a number of moments.
fn waited(wait_s: Option<f64>, coverage: Option<f64>) -> String {
    match (wait_s, coverage) {
        (Some(wait), Some(coverage)) if is_all(coverage) => {
            format!(" and after {}", duration(wait))
        }
        (Some(wait), Some(coverage)) => format!(
            " and after waits of {}, as far as they are known ({} of the steps)",
            duration(wait),
            percent(coverage)
        ),
        _ => String::new(),
    }
}

/// The outcomes that differ most between those who first find it broken and those who first find it kept.
fn endings(endings: &PromiseEndings) -> Option<String> {
    let mut changes: Vec<(f64, String)> = endings
        .outcomes
        .iter()
        .filter_map(|outcome| {
            let (kept, broken) = (outcome.when_kept?, outcome.when_broken?);
            let change = outcome.change.filter(|change| change.abs() > 0.0)?;
            let name = ending(&outcome.outcome);
            let text = format!("{name} {} instead of {}", share(broken), share(kept));
            Some((change, text))
        })
        .collect();
    changes.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
    let texts: Vec<String> = changes.into_iter().map(|(_, text)| text).collect();
    (!texts.is_empty()).then(|| {
        let counted = match endings.basis {
            Basis::Counted => " (counted)",
            Basis::Modelled => "",
        };
        format!(
            "Where it is first found broken and not kept, journeys end so{counted}: {}.",
            list(&texts, NAMED)
        )
    })
}

fn recovery(after: &Recovery) -> Vec<String> {
    let mut said = Vec::new();
    let comers = that(
        after.recovered,
        ("such journey", "such journeys"),
        ("comes", "come"),
    );
    let later = after.moments.map_or_else(String::new, |moments| {
        let moments = count(moments);
        let unit = if moments == "1" { MOMENTS.0 } else { MOMENTS.1 };
        let waited = waited(after.wait_s, after.wait_coverage);
        format!(", {moments} {unit} later on average{waited}")
    });
    said.push(format!(
        "After a break, {comers} to a touchpoint that may put things right{later}."
    ));
    if after.on_the_spot > 0.0 {
        said.push(format!(
            "{} at a touchpoint that may put things right itself.",
            that(
                after.on_the_spot,
                ("first break", "first breaks"),
                ("is", "are")
            )
        ));
    }
    let mut changes: Vec<(f64, String)> = after
        .outcomes
        .iter()
        .filter_map(|outcome| {
            let (recovered, not) = (outcome.recovered?, outcome.unrecovered?);
            let name = ending(&outcome.outcome);
            let text = format!("{name} {} instead of {}", share(recovered), share(not));
            (recovered.total_cmp(&not).is_ne()).then_some(((recovered - not).abs(), text))
        })
        .collect();
    changes.sort_by(|a, b| b.0.total_cmp(&a.0));
    let texts: Vec<String> = changes.into_iter().map(|(_, text)| text).collect();
    if !texts.is_empty() {
        let texts = list(&texts, NAMED);
        said.push(format!(
            "Those who come there end so, compared with the others: {texts}."
        ));
    }
    let felt = after.feeling;
    if let Some(at) = felt.at_recovery {
        let or_unknown = |valence: Option<f64>| valence.map_or_else(|| UNKNOWN.to_owned(), feeling);
        let lifts = match felt.lifts {
            Some(true) => "; that is above where it was, which nothing guarantees",
            Some(false) => "; that is not above where it was",
            None => "",
        };
        said.push(format!(
            "Their mean feeling: before the break {}, there {}, at the end {}{lifts}.",
            or_unknown(felt.before),
            feeling(at),
            or_unknown(felt.end)
        ));
    }
    said
}
