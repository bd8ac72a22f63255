//! Everything that a map says by itself, in one place: names of lanes and signs, and the sentences around figures and names.

use crate::analysis::{PainCause, PainCauseKind};
use crate::journey::{Ability, Evidence, JourneyKind, KeyFigure, PromiseResult};
use crate::render::number::{
    MOMENTS, amount, capital, duration, feeling, of_100, per_journey, percent, share, size, that,
    whole,
};
use crate::render::svg::canvas::plain;
use crate::view::map::{Cut, EndingHere, FeltMost, Intended, Lane, Sign, Visitors, Wait};

/// What a lane is called.
pub(super) fn lane(lane: Lane) -> &'static str {
    match lane {
        Lane::Touchpoint => "Touchpoint",
        Lane::Image => "Picture",
        Lane::Does => "What they do",
        Lane::Channel => "Channel",
        Lane::Ways => "Where customers go next",
        Lane::Waits => "Time to the next",
        Lane::Need => "What they come for",
        Lane::Told => "What they are told",
        Lane::Quotes => "What they say",
        Lane::Feeling => "Feeling",
        Lane::Intended => "Meant to feel",
        Lane::Promise => "Promises",
        Lane::Pain => "Pain",
        Lane::Truth => "Moments of truth",
        Lane::Figures => "Measured",
        Lane::Comes => "Who comes",
        Lane::Ends => "Journeys that end here",
        Lane::Visibility => "line of visibility: what stands below it, customers do not see",
        Lane::Backstage => "Backstage",
        Lane::Owner => "Owner",
        Lane::Abilities => "Possible here",
        Lane::Cost => "Cost",
        Lane::Notes => "Notes",
        Lane::Ideas => "Ideas",
    }
}

/// What a sign means.
pub(super) fn sign(sign: Sign) -> &'static str {
    match sign {
        Sign::LikelyPath => "on the most likely way",
        Sign::Marker => "mean feeling; larger where more customers come",
        Sign::Spread => "8 in 10 visits feel between",
        Sign::Gap => "no data",
        Sign::Intended => "the feeling that is meant",
        Sign::Stream => "the thicker, the more journeys go there",
        Sign::Bypass => "many journeys go straight there, past the others",
        Sign::Jump => "next on the map, but not a way that customers often go",
        Sign::WayOnward => "way onward, with the share of those who leave",
        Sign::WayBack => "way back",
        Sign::Contradiction => "told different things for the same need",
        Sign::Evidence(Evidence::Assumed) => "assumed",
        Sign::Evidence(Evidence::Reported) => "told by people",
        Sign::Evidence(Evidence::Observed) => "counted",
    }
}

/// What the scale of feelings is, below a map that has it.
pub(super) const SCALE: &str =
    "Feelings run from -1, as bad as can be, over 0 to +1, as good as can be.";
/// At a touchpoint of which no feeling is known.
pub(super) const NO_DATA: &str = "no data";
pub(super) const LOWEST: &str = "lowest";
pub(super) const HIGHEST: &str = "highest";
/// Of a phase that goes on from the row above.
pub(super) const CONTINUED: &str = "continued";
pub(super) const WHO: &str = "Who";
pub(super) const WHEN: &str = "When";
pub(super) const COME_FOR: &str = "Come for";
pub(super) const NOTED: &str = "Noted";
pub(super) const NO_FEELING: &str =
    "No feeling is known on this map: it shows promises and traffic.";

pub(super) fn kind(kind: JourneyKind) -> &'static str {
    match kind {
        JourneyKind::Planned => "As it is planned to go.",
        JourneyKind::Experienced => "As customers experience it.",
    }
}

/// What the figures of the map rest on.
pub(super) fn grounds(evidence: &[(Evidence, f64)]) -> String {
    let grounds: Vec<String> = evidence
        .iter()
        .map(|&(evidence, share)| {
            let ground = match evidence {
                Evidence::Assumed => "on assumption",
                Evidence::Reported => "on what people told",
                Evidence::Observed => "on counts",
            };
            format!("{} {ground}", that(share, MOMENTS, ("rests", "rest")))
        })
        .collect();
    format!("{}.", capital(&grounds.join(", ")))
}

/// What is left out of a map that is cut, and how to see it.
pub(super) fn cut(cut: &Cut, columns: usize) -> String {
    let left_out = cut.touchpoints.saturating_sub(columns);
    format!(
        "Drawn are the {columns} touchpoints of {} that customers meet most: {} of their moments lie there. The other {} are left \
         out. To see them, ask for more columns (`--columns {}` in the program), or look into the table of touchpoints.",
        whole(cut.touchpoints),
        percent(cut.moments),
        whole(left_out),
        cut.touchpoints,
    )
}

pub(super) fn ways_left_out(ways: usize) -> String {
    match ways {
        1 => "One weaker way is not drawn.".to_owned(),
        ways => format!("{} weaker ways are not drawn.", whole(ways)),
    }
}

pub(super) fn pains(pains: usize) -> &'static str {
    match pains {
        1 => "Where it hurts",
        _ => "Where it hurts most",
    }
}

pub(super) fn pain(rank: usize) -> String {
    format!("pain {rank}")
}

/// What is said about the figures of the journey, and about a phase of which no feeling is known.
pub(super) const MEAN: &str = "mean feeling";
pub(super) const WORST: &str = "at the worst moment";
pub(super) const BEST: &str = "at the best moment";
pub(super) const END: &str = "at the end";
pub(super) const MORE_OUTCOMES: &str = "other outcomes";
pub(super) const MOMENTS_EACH: &str = "touchpoints per journey";

pub(super) fn ends_in(outcome: &str) -> String {
    format!("end in {}", plain(outcome))
}

pub(super) fn kept(promise: &str) -> String {
    format!("kept “{}”", plain(promise))
}

/// What is said about a phase.
pub(super) fn phase(mean: Option<f64>, knows_feelings: bool, reach: f64) -> String {
    let journeys = format!("{} journeys", share(reach));
    match mean {
        Some(mean) => format!("{MEAN} {}, {journeys}", feeling(mean)),
        None if knows_feelings => format!("feeling unknown, {journeys}"),
        None => journeys,
    }
}

/// The feeling of most visits: "despair", or "doubt 60 %" where others feel otherwise.
pub(super) fn felt_most(most: &FeltMost) -> String {
    let name = most.feeling.as_str().replace('_', " ");
    match most.share {
        Some(share) => format!("{name} {}", percent(share)),
        None => name,
    }
}

pub(super) fn intended(intended: &Intended) -> String {
    let mean = feeling(intended.mean);
    match &intended.word {
        Some(word) => format!("{} ({mean})", felt_most(word)),
        None => mean,
    }
}

pub(super) fn but_felt(mean: f64) -> String {
    format!("felt: {}", feeling(mean))
}

pub(super) fn quoted(text: &str) -> String {
    format!("“{}”", plain(text))
}

pub(super) fn more(texts: usize) -> String {
    format!("and {} more", whole(texts))
}

pub(super) fn makes(promise: &str) -> String {
    format!("makes “{}”", plain(promise))
}

pub(super) fn tests(promise: &str) -> String {
    format!("tests “{}”", plain(promise))
}

pub(super) fn result(result: PromiseResult, share: f64) -> String {
    let word = match result {
        PromiseResult::Kept => "kept",
        PromiseResult::Broken => "broken",
        PromiseResult::Unknown => "unknown",
    };
    format!("{word} {}", percent(share))
}

pub(super) fn of_all_hurt(share: f64) -> String {
    format!("{} of all hurt", percent(share))
}

/// A cause of pain in a few words; `None` where another lane tells it.
pub(super) fn cause(PainCause { kind, figure }: &PainCause) -> Option<String> {
    Some(match kind {
        // Told by the curve and the lane of promises.
        PainCauseKind::NegativeEmotion | PainCauseKind::BrokenPromise => return None,
        PainCauseKind::NoMandate => "nobody here may put it right".to_owned(),
        PainCauseKind::KeptButCold => format!("kept but cold: {}", feeling(*figure)),
        PainCauseKind::Repetition => each(*figure),
        PainCauseKind::NotRecognised => format!("{} begin again, not recognised", percent(*figure)),
        PainCauseKind::Contradiction => {
            format!("{} are told otherwise elsewhere", percent(*figure))
        }
        PainCauseKind::DropOff => format!("{} drop off here", percent(*figure)),
    })
}

pub(super) fn truth(rank: usize) -> String {
    format!("moment of truth {rank}")
}

pub(super) fn moves(outcome: &str, by: f64) -> String {
    format!("moves {} by {}", plain(outcome), size(by))
}

pub(super) fn ability(ability: Ability) -> &'static str {
    match ability {
        Ability::Resolve => "put things right",
        Ability::Listen => "be heard",
        Ability::Answer => "get an answer",
        Ability::Recognise => "be recognised",
    }
}

pub(super) fn visitors(visitors: Visitors) -> String {
    match visitors {
        Visitors::Visits(visits) => per_journey(visits, ("visit", "visits")),
        Visitors::Nobody => "nobody comes here".to_owned(),
        Visitors::Reach(reach) => format!("{} journeys", share(reach)),
    }
}

pub(super) fn each(visits: f64) -> String {
    format!("{} visits each", size(visits))
}

pub(super) fn known_of(known: f64) -> String {
    format!("feeling known of {} of 100", of_100(known))
}

pub(super) fn ending(ending: &EndingHere) -> String {
    let outcome = plain(ending.outcome.as_str());
    format!("{outcome}: {} journeys", share(ending.share))
}

/// "to 3: 2 days", "again: 1 day to 3 days".
pub(super) fn wait(wait: &Wait, from: usize) -> String {
    let (least, most) = (duration(wait.range.0), duration(wait.range.1));
    let time = if least == most {
        least
    } else {
        format!("{least} to {most}")
    };
    if wait.to == from {
        format!("again: {time}")
    } else {
        format!("to {}: {time}", wait.to + 1)
    }
}

pub(super) fn cost((cost, currency): &(f64, Option<String>)) -> String {
    let money = amount(*cost);
    match currency {
        Some(currency) => format!("{money} {} a visit", plain(currency)),
        None => format!("{money} a visit"),
    }
}

pub(super) fn figure(figure: &KeyFigure) -> String {
    let label = plain(&figure.label);
    let value = figure.value;
    match figure.n {
        Some(n) => format!("{label}: {value} (n {n})"),
        None => format!("{label}: {value}"),
    }
}

pub(super) fn different_answers(need: &str, answers: usize) -> String {
    format!("{}: {answers} different answers", plain(need))
}
