//! What becomes of promises.

use std::fmt;

use super::page::{LISTED, Page};
use super::paths::ending;
use super::table::Table;
use super::{Text, feelings};
use crate::analysis::{
    PromiseDistance, PromiseEndings, PromiseFigures, PromiseStatus, Promises, Recovery, Tolerance,
};
use crate::flow::OutcomeShare;
use crate::render::clean::{clean, quoted};
use crate::render::number::{
    JOURNEYS, MOMENTS, UNKNOWN, among, cell, count, duration, feeling, is_all, list, of_100,
    or_unknown, percent, share, that,
};

/// So many touchpoints or outcomes are named in a sentence.
const NAMED: usize = 3;

impl Promises {
    /// The text for people, of a width that can be set.
    pub fn text(&self) -> Text<'_> {
        Text::new(self)
    }
}

/// The ledger for people; see [`Promises::text`] for other widths than 80.
impl fmt::Display for Promises {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(f)
    }
}

/// What becomes of one promise, in a few sentences.
impl fmt::Display for PromiseFigures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&sentences(self).join(" "))
    }
}

/// What happens after a break, in a few sentences.
impl fmt::Display for Recovery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&recovery(self).join(" "))
    }
}

/// "1 broken promise: 33 of 100 journeys, which end so: churn 50 of 100, loyalty 50 of 100"
impl fmt::Display for Tolerance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let promises = match (self.broken, self.or_more) {
            (0, false) => "no broken promise".to_owned(),
            (1, false) => "1 broken promise".to_owned(),
            (number, false) => format!("{number} broken promises"),
            (number, true) => format!("{number} broken promises or more"),
        };
        write!(f, "{promises}: {}", among(self.share, JOURNEYS))?;
        if self.outcomes.is_empty() {
            return Ok(());
        }
        let mut outcomes: Vec<&OutcomeShare> = self.outcomes.iter().collect();
        outcomes.sort_by(|a, b| b.probability.total_cmp(&a.probability));
        let ways: Vec<String> = outcomes
            .iter()
            .filter(|outcome| outcome.probability > 0.0)
            .map(|outcome| {
                format!(
                    "{} {}",
                    ending(&outcome.outcome),
                    share(outcome.probability)
                )
            })
            .collect();
        write!(f, ", which end so: {}", list(&ways, NAMED))
    }
}

pub(super) fn print(page: &mut Page, promises: &Promises) {
    page.heading("What becomes of promises");
    if promises.ledger.is_empty() {
        page.say("No touchpoint makes a promise or puts one to the test.");
        return;
    }
    let mut table = Table::new()
        .text("promise")
        .number("tests\nper\njourney")
        .number("kept,\nof 100\ntests")
        .number("journeys\nmeeting\nit broken,\nof 100")
        .number("broken\nafter\nmade,\nof 100")
        .fixed("");
    for figures in promises.ledger.iter().take(LISTED) {
        table.row([
            clean(&figures.promise),
            cell(figures.tests),
            or_unknown(figures.kept_rate, of_100),
            or_unknown(figures.meets_broken, of_100),
            figures
                .broken_after_made
                .map_or_else(|| "-".to_owned(), of_100),
            match figures.status {
                PromiseStatus::Tested => String::new(),
                PromiseStatus::NeverTested => "never tested".to_owned(),
                PromiseStatus::NeverMade => "never made".to_owned(),
            },
        ]);
    }
    table.print(page);
    page.more(2, promises.ledger.len(), LISTED, ("promise", "promises"));
    page.gap();
    // Of a promise that nothing puts to the test the table says all there is.
    let is_tested = |figures: &&PromiseFigures| figures.status != PromiseStatus::NeverTested;
    let mut tested = promises.ledger.iter().filter(is_tested).peekable();
    if tested.peek().is_none() {
        page.say("Nothing puts them to the test: nobody will know whether they are kept.");
        return;
    }
    for figures in tested.take(LISTED) {
        page.item(2, "- ", &figures.to_string());
    }
    if let Some(tolerance) = &promises.tolerance {
        page.gap();
        page.say("How many tries customers give: journeys by the broken promises that they meet.");
        page.gap();
        for class in tolerance {
            page.item(2, "- ", &class.to_string());
        }
    }
    if let Some(after) = promises
        .recovery
        .as_ref()
        .filter(|_| promises.ledger.len() > 1)
    {
        page.gap();
        page.say(&format!("Of all promises together: {after}"));
    }
    feelings::within(page, "The figures of promises are", promises.error_bound);
}

pub(in crate::render) fn sentences(figures: &PromiseFigures) -> Vec<String> {
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
    if let Some(after) = &figures.recovery {
        said.extend(recovery(after));
    }
    said
}

/// Where it is made, where it falls due, and who may put it right.
fn where_from(figures: &PromiseFigures) -> String {
    let names = |ids: &[String]| {
        let names: Vec<String> = ids.iter().map(|id| clean(id)).collect();
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
        format!(
            "Where it is first found broken and not kept, journeys end so: {}.",
            list(&texts, NAMED)
        )
    })
}

pub(in crate::render) fn recovery(after: &Recovery) -> Vec<String> {
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
