//! Pain points: the sentence of one, and the list of all.

use std::fmt;

use super::page::{LISTED, Page};
use super::table::{Table, bar};
use crate::analysis::{PainCauseKind, PainPoint};
use crate::render::clean::{clean, quoted};
use crate::render::number::{
    JOURNEYS, VISITS, among, capital, cell, count, feeling, is_all, list, of_100, or_unknown,
    percent, share, size, that, whole,
};

/// One plain sentence: what happens there, how often, what it weighs, and where the promise was made.
impl fmt::Display for PainPoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { phase, channel, .. } = self;
        write!(
            f,
            "{} ({}, {phase}",
            clean(&self.label),
            clean(channel.as_str())
        )?;
        if let Some(owner) = &self.owner {
            write!(f, ", {}", clean(owner))?;
        }
        let happenings = happenings(self);
        write!(f, "): {}. {}.", happenings.join("; "), weight(self))?;
        if let Some(origin) = origin(self) {
            write!(f, " {origin}")?;
        }
        Ok(())
    }
}

/// What happens there: a clause for each cause, and what customers feel.
pub(in crate::render) fn happenings(pain: &PainPoint) -> Vec<String> {
    let figure = |cause| {
        let named = pain.causes.iter().find(|known| known.kind == cause);
        named.map(|known| known.figure)
    };
    let promise = pain
        .promise
        .as_deref()
        .map_or_else(|| "the promise".to_owned(), quoted);
    let mut clauses = Vec::new();
    match (
        figure(PainCauseKind::BrokenPromise),
        figure(PainCauseKind::NoMandate),
    ) {
        (Some(broken), None) => {
            clauses.push(format!(
                "{} {promise} broken",
                that(broken, VISITS, ("finds", "find"))
            ));
        }
        (broken, Some(unresolved)) => clauses.push(format!(
            "{} {promise} broken, and nobody here may put it right",
            that(broken.unwrap_or(unresolved), VISITS, ("finds", "find"))
        )),
        (None, None) => {}
    }
    clauses.push(felt(pain, figure(PainCauseKind::NegativeEmotion)));
    if let Some(mean) = figure(PainCauseKind::KeptButCold) {
        clauses.push(format!(
            "where {promise} is kept, they feel no better than {}",
            feeling(mean)
        ));
    }
    if let Some(repeats) = figure(PainCauseKind::Repetition) {
        clauses.push(format!(
            "whoever comes here comes {} times on average",
            count(repeats)
        ));
    }
    if let Some(again) = figure(PainCauseKind::NotRecognised) {
        const BEGINS: (&str, &str) = (
            "comes from another touchpoint for the same need and, not being recognised, begins all over again",
            "come from another touchpoint for the same need and, not being recognised, begin all over again",
        );
        clauses.push(that(again, VISITS, BEGINS));
    }
    if let Some(otherwise) = figure(PainCauseKind::Contradiction) {
        clauses.push(format!(
            "for the same need, other channels tell customers something else at {}",
            among(otherwise, VISITS)
        ));
    }
    if let Some(dropped) = figure(PainCauseKind::DropOff) {
        clauses.push(format!(
            "{} the journey here, in churn or without a stated outcome",
            that(dropped, VISITS, ("ends", "end"))
        ));
    }
    clauses
}

/// What customers feel there, as far as it is known: the mean, and what the bad feelings alone weigh where that is not
/// the same.
fn felt(pain: &PainPoint, hurt: Option<f64>) -> String {
    let Some(mean) = pain.mean else {
        return "what customers feel is unknown".to_owned();
    };
    let known = if is_all(pain.coverage) {
        String::new()
    } else {
        format!(" (known of {})", among(pain.coverage, VISITS))
    };
    let felt = format!("customers feel {} on average{known}", feeling(mean));
    // Of the visits that the mean is of.
    match hurt.map(|hurt| hurt / pain.coverage) {
        Some(hurt) if feeling(mean) != feeling(-hurt) => format!(
            "{felt}, and the bad feelings among these weigh {} a visit",
            size(hurt)
        ),
        _ => felt,
    }
}

/// How many come here, what they bear of the whole, and what becomes of them.
fn weight(pain: &PainPoint) -> String {
    let comers = pain.reach.map_or_else(
        || "How many journeys come here is unknown".to_owned(),
        |reach| capital(&that(reach, JOURNEYS, ("comes", "come"))) + " here",
    );
    let hurt = if pain.hurt > 0.0 {
        format!("{} of the journey's hurt lies here", percent(pain.share))
    } else {
        "no bad feeling is known here".to_owned()
    };
    match pain.churn_after {
        Some(churn) if churn > 0.0 => {
            format!(
                "{comers}, {hurt}, and of those who come {} leave in the end",
                share(churn)
            )
        }
        _ => format!("{comers}, and {hurt}"),
    }
}

/// Where a broken promise was made.
pub(in crate::render) fn origin(pain: &PainPoint) -> Option<String> {
    const NAMED: usize = 3;
    let is_broken = |cause| {
        matches!(
            cause,
            PainCauseKind::BrokenPromise | PainCauseKind::NoMandate
        )
    };
    pain.causes.iter().find(|known| is_broken(known.kind))?;
    let makers: Vec<String> = pain.promise_made_at.iter().map(|id| clean(id)).collect();
    Some(match pain.promise_made_at.as_slice() {
        [] => {
            "No touchpoint on the way here makes that promise: find out who does, and cure it here."
                .to_owned()
        }
        [only] if *only == pain.id => "Made here too: prevent it and cure it here.".to_owned(),
        _ => format!(
            "Made at {}: prevent it there, cure it here.",
            list(&makers, NAMED)
        ),
    })
}

/// The ranking at a glance, and then the sentences.
pub(super) fn print(page: &mut Page, pains: &[PainPoint]) {
    page.heading("Where it hurts");
    if pains.is_empty() {
        page.say(
            "No pain is known: where the feeling is known it is nowhere bad, and no promise is known to be broken.",
        );
        return;
    }
    page.say(
        "Touchpoints where customers feel bad or promises are broken, the worst first. Feelings are numbers from -1 \
         (as bad as can be) to +1 (as good as can be); hurt is how far below 0 they are, times how often.",
    );
    page.gap();
    let shown = pains.get(..pains.len().min(LISTED)).unwrap_or(pains);
    let mut table = Table::new()
        .number("")
        .text("touchpoint")
        .fixed("share of\nthe journey's\nhurt")
        .number("")
        .number("journeys\ncoming,\nof 100")
        .number("visits\nper\njourney")
        .number("mean\nfeeling");
    for (number, pain) in (1..).zip(shown) {
        table.row([
            whole(number),
            clean(&pain.id),
            bar(pain.share, 12),
            format!("{} %", of_100(pain.share)),
            or_unknown(pain.reach, of_100),
            cell(pain.visits),
            or_unknown(pain.mean, feeling),
        ]);
    }
    table.print(page);
    page.more(2, pains.len(), shown.len(), ("pain point", "pain points"));
    for (number, pain) in (1..).zip(shown) {
        page.gap();
        page.item(0, &format!("{number:>3}  "), &pain.to_string());
    }
}
