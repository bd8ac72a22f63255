//! The answer before everything else, in the language of the page.

use super::Story;
use super::markup::{Inline, NOT_KNOWN, Page};
use super::sentences;
use super::speech::{Of, Speech, Verb};
use crate::analysis::evidence::EvidenceShare;
use crate::analysis::{PainPoint, TimeSpread};
use crate::journey::{Evidence, Outcome};
use crate::page::words::{link, name, place, soft, strong};
use crate::render::number::{
    capital, count, duration, feeling, is_all, of_100, percent, share, whole,
};
use crate::report::{Report, counted_first};

/// So many pains are named at once.
const PAINS: usize = 3;

pub(super) fn print(page: &mut Page, story: &Story<'_>) {
    let says = Speech(&story.options.language);
    let is_english = says.0.tag == "en";
    // What is said in English on a page of another language.
    let in_english = if is_english {
        ("p class=\"lead\"", "p class=\"ground\"")
    } else {
        (
            "p class=\"lead\" lang=\"en\"",
            "p class=\"ground\" lang=\"en\"",
        )
    };
    page.open_with("div class=\"card answer\"", "lang", &says.0.tag);
    if let Some(hole) = sentences::first_of_all(story, says) {
        story.writer(page).line(in_english.0, &hole);
    }
    if let Some(warnings) = sentences::warnings(story, says) {
        story.writer(page).line(in_english.1, &warnings);
    }
    let lead = sentences::lead(story, says);
    story.writer(page).line("p class=\"lead\"", &lead);
    page.open("div class=\"columns\"");
    part(page, says.word("How journeys end"), |page| {
        endings(page, story, says);
    });
    part(page, says.word("In a few numbers"), |page| {
        figures(page, story, says);
    });
    part(page, says.word("Where it hurts most"), |page| {
        pains(page, story, says);
    });
    part(page, says.word("Where it feels best"), |page| {
        bright(page, story, says);
    });
    page.close();
    part(page, says.word("What to do first"), |page| {
        first(page, story, says);
    });
    let grounds = grounds(&story.report.evidence, says);
    story.writer(page).line("p class=\"ground\"", &grounds);
    for known in counted_first(story.report) {
        page.line(in_english.1, known);
    }
    if !is_english {
        page.line(
            "p class=\"soft on-screen\"",
            says.word("The rest of the report is in English."),
        );
    }
    page.close();
}

fn part(page: &mut Page, title: &str, inside: impl FnOnce(&mut Page)) {
    page.open("div");
    page.line("h3", title);
    inside(page);
    page.close();
}

/// Sentences as a list.
fn list(page: &mut Page, story: &Story<'_>, tag: &'static str, items: &[String]) {
    if items.is_empty() {
        return;
    }
    page.open(tag);
    for item in items {
        story.writer(page).line("li", item);
    }
    page.close();
}

fn endings(page: &mut Page, story: &Story<'_>, says: Speech<'_>) {
    if sentences::no_ending_is_stated(story) {
        page.say(says.word("not known"));
        return;
    }
    page.open("ul class=\"bars\"");
    for outcome in story.report.outcomes.iter().take(story.options.top) {
        page.open("li");
        let name = says.outcome(&outcome.outcome);
        page.open("span class=\"what\"");
        story.writer(page).verbatim(&name);
        page.close();
        page.inline(&Inline::new().bar(outcome.probability));
        page.open("span class=\"figure\"");
        let figure = strong(&says.figure(&share(outcome.probability)));
        story.writer(page).verbatim(&figure);
        let estimates = &story.report.error_bars.outcomes;
        let known = estimates
            .iter()
            .find(|known| known.outcome == outcome.outcome);
        if let Some((from, to)) = known.and_then(|known| known.estimate.interval) {
            let bound = |share: f64| says.figure(&format!("{:.1}", 100.0 * share));
            let text = says.say("95 %: {} to {}", &[&bound(from), &bound(to)]);
            story.writer(page).verbatim(&soft(&text));
        }
        page.close();
        page.close();
    }
    page.close();
    let more = story
        .report
        .outcomes
        .len()
        .saturating_sub(story.options.top);
    if more > 0 {
        let more = says.say("... and {} more outcomes.", &[&whole(more)]);
        page.line("p class=\"soft\"", more);
    }
}

/// Who leaves without a word, unless nobody states how journeys end.
fn silent_churn(report: &Report) -> Option<f64> {
    let leave = report
        .outcomes
        .iter()
        .any(|known| known.outcome == Outcome::Churn);
    report
        .silent_churn
        .filter(|_| leave || report.listening.unstated <= 0.0)
}

fn figures(page: &mut Page, story: &Story<'_>, says: Speech<'_>) {
    let report = story.report;
    let feelings = &report.trajectory;
    // What a figure is, and of how many it is known where that is not all of them.
    let partly = |what: &'static str, coverage: f64, of: Of| {
        let what = says.word(what);
        if coverage <= 0.0 || is_all(coverage) {
            what.to_owned()
        } else {
            says.say("{}; known of {}", &[what, &says.among(coverage, of)])
        }
    };
    let felt = |valence: Option<f64>| valence.map(feeling);
    let moments = count(report.length);
    let long = if moments == "1" {
        "moment long, on average"
    } else {
        "moments long, on average"
    };
    let coverage = feelings.coverage;
    let unhappy = "of 100 journeys meet an unhappy moment";
    let felt_tiles = [
        (
            partly("mean feeling, from -1 to +1", coverage, Of::Moments),
            felt(feelings.mean),
        ),
        (
            partly("at the worst moment", coverage, Of::Moments),
            felt(feelings.worst.mean),
        ),
        (
            partly("at the end", feelings.end_coverage, Of::Journeys),
            felt(feelings.end),
        ),
        (
            partly(unhappy, coverage, Of::Moments),
            report.unhappy.map(of_100),
        ),
    ];
    // Where no feeling is known at all, that is said once.
    let felt_tiles = if coverage > 0.0 {
        felt_tiles.to_vec()
    } else {
        vec![(says.word("what customers feel").to_owned(), None)]
    };
    let others = [
        (
            says.word("of 100 leave without a word").to_owned(),
            silent_churn(report).map(of_100),
        ),
        (says.word(long).to_owned(), Some(moments)),
    ];
    page.open("dl class=\"tiles\"");
    let figures = felt_tiles.into_iter().chain(others);
    for (what, figure) in figures.chain(waits(report, says)) {
        page.open("div");
        page.line("dt", what);
        let figure = figure.map(|figure| says.figure(&figure));
        page.line(
            "dd",
            figure.map_or_else(
                || Inline::new().classed("unknown", says.word(NOT_KNOWN)),
                Inline::from,
            ),
        );
        page.close();
    }
    page.close();
}

/// How long the known waits are: for half of the journeys where that is known, else on average.
fn waits(report: &Report, says: Speech<'_>) -> Option<(String, Option<String>)> {
    let wait = report.wait_s.filter(|_| !report.time.is_nothing())?;
    let whole = report.time.whole.as_ref();
    // Of the same journeys as the median.
    let wait = whole.and_then(|time| time.mean_s).unwrap_or(wait);
    Some(match whole.and_then(TimeSpread::middle) {
        Some((median, (quarter, three))) => {
            let [quarter, three, mean] =
                [quarter, three, wait].map(|time| says.figure(&duration(time)));
            let what = says.say(
                "of known waits for half of the journeys; a quarter up to {}, three quarters up to {}, mean {}",
                &[&quarter, &three, &mean],
            );
            (what, Some(duration(median)))
        }
        None => {
            let what = says.word("of known waits, on average");
            (what.to_owned(), Some(duration(wait)))
        }
    })
}

fn pains(page: &mut Page, story: &Story<'_>, says: Speech<'_>) {
    let pains = &story.report.pain_points;
    if pains.is_empty() {
        page.say(says.word("No pain is known."));
        return;
    }
    let told = (1..).zip(pains.iter().take(PAINS)).map(|(rank, pain)| {
        // The card that is linked to may be beyond the cards that are shown.
        let at = if rank <= story.options.top {
            link(&format!("pain-{rank}"), &place(&pain.id))
        } else {
            place(&pain.id)
        };
        pain_in_a_line(says, pain, &at)
    });
    let told: Vec<String> = told.collect();
    let moving = sentences::moves_people(story, says);
    let other = |page: &mut Page| {
        if let Some(moving) = &moving {
            story.writer(page).line("p", moving);
        }
    };
    // The order that begins with what comes first stands first.
    if story.begins_elsewhere() {
        other(page);
        list(page, story, "ol class=\"short\"", &told);
    } else {
        list(page, story, "ol class=\"short\"", &told);
        other(page);
    }
}

/// The brightest spots, as many as there are pains.
fn bright(page: &mut Page, story: &Story<'_>, says: Speech<'_>) {
    let spots = &story.report.bright_spots.spots;
    if spots.is_empty() {
        page.line("p", says.word("No good feeling is known."));
        return;
    }
    let told = spots.iter().take(PAINS).map(|spot| {
        let share = says.figure(&percent(spot.share));
        says.say(
            "{}: {} of the good feelings",
            &[&strong(&place(&spot.id)), &share],
        )
    });
    let told: Vec<String> = told.collect();
    list(page, story, "ol", &told);
    let all = link("bright-spots", says.word("All of them"));
    story.writer(page).verbatim(&all);
}

fn first(page: &mut Page, story: &Story<'_>, says: Speech<'_>) {
    let told = sentences::what_to_do(story, says);
    if told.is_empty() {
        page.say(says.word("No single fix is known to help."));
    }
    list(page, story, "ul class=\"short\"", &told);
    if let Some(settle) = one_answer(story, says) {
        story.writer(page).line("p", &settle);
    }
}

/// A pain point in a line; `at` is its name.
fn pain_in_a_line(says: Speech<'_>, pain: &PainPoint, at: &str) -> String {
    let met = pain.reach.map(|reach| says.among(reach, Of::Journeys));
    let broken = says.among((pain.broken / pain.visits).min(1.0), Of::Visits);
    let hurts = pain.share.is_some_and(|share| share > 0.0);
    let share = says.figure(&percent(pain.share.unwrap_or(0.0)));
    match (hurts, met) {
        (true, Some(met)) => says.say(
            "{}: {} of all bad feelings, met by {}.",
            &[at, &share, &met],
        ),
        (true, None) => says.say("{}: {} of all bad feelings.", &[at, &share]),
        (false, _) => match sentences::comers(says, pain) {
            Some(come) => says.say(
                "{}: the promise is found broken on {}; {}.",
                &[at, &broken, &come],
            ),
            None => says.say("{}: the promise is found broken on {}.", &[at, &broken]),
        },
    }
}

/// What all of this rests on, in a sentence.
fn grounds(evidence: &[EvidenceShare], says: Speech<'_>) -> String {
    let parts: Vec<String> = evidence
        .iter()
        .map(|part| {
            let verb: Verb = match part.evidence {
                Evidence::Assumed => (
                    "{} rests on assumption: nobody has counted or asked",
                    "{} rest on assumption: nobody has counted or asked",
                ),
                Evidence::Reported => (
                    "{} rests on what people told",
                    "{} rest on what people told",
                ),
                Evidence::Observed => (
                    "{} rests on counts of real visits",
                    "{} rest on counts of real visits",
                ),
            };
            says.that(part.share, Of::Moments, verb, str::to_owned, &[])
        })
        .collect();
    let rests = link("rests", says.word("What this rests on"));
    format!("{}. {rests}.", capital(&parts.join("; ")))
}

/// The needs for which customers are told different things.
fn one_answer(story: &Story<'_>, says: Speech<'_>) -> Option<String> {
    let needs: Vec<String> = story
        .contradictions
        .iter()
        .map(|known| says.say("“{}”", &[&name(&known.need)]))
        .collect();
    let quotes = link("channels", says.word("see the quotes"));
    (!needs.is_empty()).then(|| {
        says.say(
            "Settle on one answer: channels tell customers different things about {} ({}).",
            &[&says.list(&needs, 3), &quotes],
        )
    })
}
