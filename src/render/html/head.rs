//! The answer before everything else.

use super::Story;
use super::advice::{GOES_WITH, bad_feelings, brings, helping, only_goes_with, what_if};
use super::markup::{Inline, Page};
use super::table::known;
use crate::analysis::evidence::ground;
use crate::analysis::fixes::told::gained;
use crate::analysis::warnings::in_words;
use crate::analysis::{PainPoint, RankedFix, TimeSpread, hidden_by_volume};
use crate::journey::{JourneyKind, Outcome};
use crate::page::words::{place, strong};
use crate::render::clean::clean;
use crate::render::number::{
    JOURNEYS, MOMENTS, Noun, among, capital, count, duration, feeling, is_all, list, of_100,
    percent, share, that, whole,
};
use crate::render::text::hole;
use crate::report::{Report, counted_first};

/// So many pains are named at once.
const PAINS: usize = 3;

/// Above the navigation: what the page is, and of whom it tells.
pub(super) fn title(page: &mut Page, story: &Story<'_>) {
    let journey = story.journey;
    page.line("p class=\"eyebrow\"", "Customer journey report");
    page.line("h1", Inline::new().name(journey.name()));
    let about = [
        ("Who", journey.persona()),
        ("When", journey.scenario()),
        ("Notes", journey.notes()),
    ];
    for (what, text) in about {
        if let Some(text) = text {
            let line = Inline::new().strong(what).say(": ").name(text);
            page.line("p class=\"about\"", line);
        }
    }
    page.line(
        "p class=\"about soft\"",
        match journey.kind() {
            JourneyKind::Planned => "The journey as it is planned to go.",
            JourneyKind::Experienced => "The journey as customers experience it.",
        },
    );
}

pub(super) fn print(page: &mut Page, story: &Story<'_>) {
    page.open("div class=\"card answer\"");
    lead(page, story);
    page.open("div class=\"columns\"");
    part(page, story, "How journeys end", endings);
    part(page, story, "In a few numbers", figures);
    part(page, story, "Where it hurts most", pains);
    part(page, story, "Where it feels best", bright);
    part(page, story, "What to do first", first);
    page.close();
    page.line("p class=\"ground\"", grounds(story));
    for known in counted_first(story.report) {
        page.line("p class=\"ground\"", known);
    }
    page.close();
}

fn part(
    page: &mut Page,
    story: &Story<'_>,
    title: &'static str,
    inside: fn(&mut Page, &Story<'_>),
) {
    page.open("div");
    page.line("h3", title);
    inside(page, story);
    page.close();
}

/// The brightest spots, as many as there are pains.
fn bright(page: &mut Page, story: &Story<'_>) {
    let spots = &story.report.bright_spots.spots;
    if spots.is_empty() {
        page.line("p", "No good feeling is known.");
        return;
    }
    let told = spots.iter().take(PAINS).map(|spot| {
        Inline::new()
            .strong_name(story.label(&spot.id))
            .say(": ")
            .say(percent(spot.share))
            .say(" of the good feelings")
    });
    page.list("ol", told);
    page.inline(&Inline::new().link("bright-spots", "All of them"));
}

/// The whole report in two or three sentences.
fn lead(page: &mut Page, story: &Story<'_>) {
    let report = story.report;
    let ends = |share, outcome: &Outcome| {
        let ends = Inline::new().strong(capital(&that(share, JOURNEYS, ("ends", "end"))));
        match outcome {
            Outcome::Unstated => ends.say(" in a way that the map does not state. "),
            named => ends.say(" in ").outcome(named).say(". "),
        }
    };
    if let Some(hole) = hole(report, in_words) {
        let line = format!("{} {hole}", strong("First of all:"));
        story.writer(page).line("p class=\"lead\"", &line);
    }
    warnings(page, story);
    let mut lead = Inline::new();
    let at_stake = report
        .outcomes
        .iter()
        .find(|known| known.outcome == story.options.outcome);
    let likeliest = report
        .outcomes
        .iter()
        .max_by(|a, b| a.probability.total_cmp(&b.probability));
    if let Some(known) = at_stake.or(likeliest) {
        lead = ends(known.probability, &known.outcome);
    }
    lead = match report.pain_points.first() {
        Some(worst) if worst.hurt.is_some_and(|hurt| hurt > 0.0) => worst_place(story, worst, lead),
        _ if report.trajectory.coverage > 0.0 => lead.say("No bad feeling is known. "),
        _ => lead.say("What customers feel is not known. "),
    };
    if let Some((goal, fix)) = helping(story).into_iter().next() {
        lead = what_if(story, fix, lead)
            .say(if only_goes_with(fix) { GOES_WITH } else { ", " })
            .say(brings(story, goal, fix))
            .say(".");
    }
    page.line("p class=\"lead\"", lead);
}

/// The place that hurts most, with whom it hurts and how.
fn worst_place(story: &Story<'_>, worst: &PainPoint, before: Inline) -> Inline {
    let comers = worst.reach.map_or_else(String::new, |reach| {
        format!(": {} there", that(reach, JOURNEYS, ("comes", "come")))
    });
    let felt = bad_feelings(story, &worst.id)
        .map_or_else(String::new, |felt| format!(", and customers feel {felt}"));
    let (share, label) = (percent(worst.share), story.label(&worst.id));
    before
        .say("It hurts most at ")
        .strong_name(label)
        .say(format!(
            "{comers}{felt}. Of all bad feelings {share} lie there. "
        ))
}

/// What weakens the answer, before the answer.
fn warnings(page: &mut Page, story: &Story<'_>) {
    let warnings = &story.report.warnings;
    let Some(first) = warnings.first() else {
        return;
    };
    let others = match warnings.len() {
        1 => String::new(),
        2 => " There is one more warning.".to_owned(),
        many => format!(" There are {} more warnings.", whole(many - 1)),
    };
    let line = format!(
        "{} {}.{others}",
        strong("Mind this:"),
        capital(&in_words(first))
    );
    story.writer(page).line("p class=\"ground\"", &line);
}

fn endings(page: &mut Page, story: &Story<'_>) {
    page.open("ul class=\"bars\"");
    for outcome in story.report.outcomes.iter().take(story.options.top) {
        page.open("li");
        let name = Inline::new().outcome(&outcome.outcome);
        page.line("span class=\"what\"", name);
        page.inline(&Inline::new().bar(outcome.probability));
        page.open("span class=\"figure\"");
        page.inline(&Inline::new().strong(share(outcome.probability)));
        let estimates = &story.report.error_bars.outcomes;
        let known = estimates
            .iter()
            .find(|known| known.outcome == outcome.outcome);
        if let Some((from, to)) = known.and_then(|known| known.estimate.interval) {
            let text = format!("95 %: {:.1} to {:.1}", 100.0 * from, 100.0 * to);
            page.inline(&Inline::new().soft(text));
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
        page.line(
            "p class=\"soft\"",
            format!("... and {} more outcomes.", whole(more)),
        );
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

/// What a figure is, and of how many it is known where that is not all of them.
fn partly(what: &str, coverage: f64, noun: Noun) -> String {
    if coverage <= 0.0 || is_all(coverage) {
        what.to_owned()
    } else {
        format!("{what}; known of {}", among(coverage, noun))
    }
}

fn figures(page: &mut Page, story: &Story<'_>) {
    let report = story.report;
    let feelings = &report.trajectory;
    let felt = |valence| known(valence, feeling);
    let moments = count(report.length);
    let figures = [
        (
            partly("mean feeling, from -1 to +1", feelings.coverage, MOMENTS),
            felt(feelings.mean),
        ),
        (
            partly("at the worst moment", feelings.coverage, MOMENTS),
            felt(feelings.worst.mean),
        ),
        (
            partly("at the end", feelings.end_coverage, JOURNEYS),
            felt(feelings.end),
        ),
        (
            partly(
                "of 100 journeys meet an unhappy moment",
                feelings.coverage,
                MOMENTS,
            ),
            known(report.unhappy, of_100),
        ),
        (
            "of 100 leave without a word".to_owned(),
            known(silent_churn(report), of_100),
        ),
        (
            if moments == "1" {
                "moment long, on average".to_owned()
            } else {
                "moments long, on average".to_owned()
            },
            moments.into(),
        ),
    ];
    let waits = report.wait_s.map(|wait| {
        let whole = report.time.whole.as_ref();
        let (what, shown) = match whole.and_then(TimeSpread::median) {
            Some(median) => (
                format!(
                    "of known waits for half of the journeys; mean {}",
                    duration(wait)
                ),
                median,
            ),
            None => ("of known waits, on average".to_owned(), wait),
        };
        (what, duration(shown).into())
    });
    page.open("dl class=\"tiles\"");
    for (what, figure) in figures.into_iter().chain(waits) {
        page.open("div");
        page.line("dt", what);
        page.line("dd", figure);
        page.close();
    }
    page.close();
}

fn pains(page: &mut Page, story: &Story<'_>) {
    let report = story.report;
    if report.pain_points.is_empty() {
        page.say("No pain is known.");
        return;
    }
    page.open("ol class=\"short\"");
    for (rank, pain) in (1..).zip(report.pain_points.iter().take(PAINS)) {
        page.open("li");
        // The card that is linked to may be beyond the cards that are shown.
        let named = if rank <= story.options.top {
            Inline::new().link_name(format!("pain-{rank}"), story.label(&pain.id))
        } else {
            Inline::new().name(story.label(&pain.id))
        };
        page.inline(&named);
        let hurt = if pain.hurt.is_some_and(|hurt| hurt > 0.0) {
            format!(": {} of all bad feelings", percent(pain.share))
        } else {
            ": no bad feeling is known, but promises break".to_owned()
        };
        let comers = pain.reach.map_or_else(String::new, |reach| {
            format!(", met by {}", among_journeys(reach))
        });
        page.inline(&Inline::new().say(hurt + &comers + "."));
        page.close();
    }
    page.close();
    let hidden: Vec<String> = hidden_by_volume(&report.pain_points)
        .into_iter()
        .map(|pain| place(&pain.id))
        .collect();
    if !hidden.is_empty() {
        let line = format!(
            "Fewer meet these, and what they feel there moves people most to act: {}.",
            list(&hidden, PAINS)
        );
        story.writer(page).line("p", &line);
    }
}

fn among_journeys(reach: f64) -> String {
    crate::render::number::among(reach, JOURNEYS)
}

fn first(page: &mut Page, story: &Story<'_>) {
    // One line for a fix that is the best for several goals.
    let mut lines: Vec<(&RankedFix, Inline)> = Vec::new();
    for (goal, fix) in helping(story) {
        let is_same = |known: &RankedFix| (&known.id, known.kind) == (&fix.id, fix.kind);
        let known = lines.iter().position(|(known, _)| is_same(known));
        let line = if let Some(place) = known {
            let (_, line) = lines.remove(place);
            line.say(", and ")
        } else {
            let line = what_if(story, fix, Inline::new());
            line.say(if only_goes_with(fix) { GOES_WITH } else { ": " })
        };
        let sure = fix.interval.map_or_else(String::new, |(from, to)| {
            let bound = |gain| gained(goal, gain).replace(" of 100", "");
            format!(" (95 %: {} to {})", bound(from), bound(to))
        });
        lines.push((fix, line.strong(brings(story, goal, fix)).say(sure)));
    }
    let lines: Vec<Inline> = lines.into_iter().map(|(_, line)| line.say(".")).collect();
    if lines.is_empty() {
        page.say("No single fix is known to help.");
    }
    page.list("ul class=\"short\"", lines);
    let told = story.contradictions.len();
    if told > 0 {
        let needs: Vec<String> = story
            .contradictions
            .iter()
            .map(|known| format!("\u{201c}{}\u{201d}", clean(&known.need)))
            .collect();
        page.say(
            Inline::new()
                .say("Settle on one answer: channels tell customers different things about ")
                .say(list(&needs, 3))
                .say(" (")
                .link("channels", "see the quotes")
                .say(")."),
        );
    }
}

/// What all of this rests on, in a sentence.
fn grounds(story: &Story<'_>) -> Inline {
    let parts: Vec<String> = story
        .report
        .evidence
        .iter()
        .map(|part| {
            format!(
                "{} {}",
                that(part.share, MOMENTS, ("rests", "rest")),
                ground(part.evidence)
            )
        })
        .collect();
    Inline::new()
        .say(capital(&parts.join("; ")))
        .say(". ")
        .link("rests", "What this rests on")
        .say(".")
}
