//! Counted figures in words: what each of them is.

use super::number::{duration, share};
use super::words::{name, place};
use crate::journey::{CountedName, CountedPart, Outcome};

/// What a figure is, in words.
#[expect(clippy::too_many_lines, reason = "an arm for each kind of figure")]
pub(crate) fn what_of(figure: CountedName, of: &[CountedPart]) -> String {
    use CountedName as Name;
    let part = |at: usize| of.get(at).map_or_else(String::new, ToString::to_string);
    let (first, second) = (|| name(&part(0)), || name(&part(1)));
    let here = || place(&part(0));
    match figure {
        Name::Reach => format!("visit {}", here()),
        Name::Visits => format!("visits to {} per journey", here()),
        Name::Length => "moments per journey".to_owned(),
        Name::LengthSd => "standard deviation of the moments".to_owned(),
        Name::UnderWay => format!("have {} moments or more", first()),
        Name::Curve => format!("feeling at moment {}", first()),
        Name::Mean => "mean feeling".to_owned(),
        Name::Hurt => "hurt per journey".to_owned(),
        Name::End => "feeling at the end".to_owned(),
        Name::Worst => "worst moment".to_owned(),
        Name::Best => "best moment".to_owned(),
        Name::Peak => "most intense moment".to_owned(),
        Name::WorstAtMost => format!("have a worst moment of {} or less", first()),
        Name::BestAtLeast => format!("have a best moment of {} or more", first()),
        Name::Swing => "change of feeling from moment to moment".to_owned(),
        Name::Unhappy => "are unhappy at some moment".to_owned(),
        Name::KeptRate if of.len() > 1 => {
            format!("results of {} kept by {}", first(), second())
        }
        Name::KeptRate => format!("results of {} kept", first()),
        Name::MeetsBroken => format!("meet {} broken", first()),
        Name::Tries if part(0) == "2" => "meet two broken promises or more".to_owned(),
        Name::Tries if part(0) == "1" => "meet one broken promise".to_owned(),
        Name::Tries => "meet no broken promise".to_owned(),
        Name::Outcome if part(0) == Outcome::Unstated.as_str() => {
            "end where nobody says how".to_owned()
        }
        Name::Outcome => format!("end in {}", first()),
        Name::OutcomeWhenKept => format!("end in {} when {} was kept first", second(), first()),
        Name::OutcomeWhenBroken => format!("end in {} when {} was broken first", second(), first()),
        Name::OutcomeAfterVisit => format!("end in {} after a visit to {}", second(), here()),
        Name::OutcomeAfterBad => format!("end in {} after feeling bad at {}", second(), here()),
        Name::OutcomeAfterGood => format!("end in {} after feeling good at {}", second(), here()),
        Name::OutcomeByStart => format!("end in {} of those who begin by {}", second(), first()),
        Name::Both => format!(
            "meet {} by both {} and {}",
            first(),
            second(),
            name(&part(2))
        ),
        Name::Wait => format!("wait from {} to {}{}", here(), place(&part(1)), within(of)),
        Name::WaitTotal => format!("whole wait{}", within(of)),
        Name::WaitTotalMean => "whole wait, mean".to_owned(),
        Name::LastedMean => "time from the first moment to the last, mean".to_owned(),
        Name::RecoveryTimeMean => "time from the first break to who can resolve, mean".to_owned(),
        Name::Lasted => format!("time from the first moment to the last{}", within(of)),
        Name::RecoveryTime => {
            format!("time from the first break to who can resolve{}", within(of))
        }
        Name::AnsweredWithin if of.len() > 1 => {
            format!(
                "of those heard by {}, answered within {}",
                second(),
                limit(of)
            )
        }
        Name::AnsweredWithin => format!("of those heard, answered within {}", limit(of)),
        Name::Variant => {
            let ids: Vec<String> = of.iter().map(|part| place(&part.to_string())).collect();
            format!("go exactly {}", ids.join(" > "))
        }
        Name::VariantOutcome => {
            let ids = of.iter().skip(1).map(|part| place(&part.to_string()));
            let ids: Vec<String> = ids.collect();
            format!(
                "end in {} of those who go exactly {}",
                first(),
                ids.join(" > ")
            )
        }
        Name::VariantUnseen => "go a way that nobody else goes".to_owned(),
        Name::FirstPain => "feel bad at some moment".to_owned(),
        Name::FirstPainAt => format!("feel bad first at {}", here()),
        Name::FirstPainAfter => "moments before it first hurts".to_owned(),
        Name::DeliveryGap => format!("delivery gap{}", of_part(of)),
        Name::HandOvers if of.len() > 1 => {
            format!("hand-overs from {} to {}", second(), name(&part(2)))
        }
        Name::HandOvers => format!("hand-overs ({}) per journey", first()),
        Name::NoHandOver => format!("have no hand-over ({})", first()),
        Name::HandOverChange => format!(
            "change of feeling where handed over from {} to {}",
            second(),
            name(&part(2))
        ),
        Name::BegunAgain => "begin all over again, times per journey".to_owned(),
        Name::ExpectationGap => format!("felt less expected{}", of_part(of)),
        Name::OutcomeAfterOther => {
            format!("end in {} after feeling otherwise at {}", second(), here())
        }
        Name::OutcomeAsFar => format!(
            "end in {} of those who came to {} and did not meet {}",
            name(&part(2)),
            place(&part(1)),
            here()
        ),
        Name::FeelingWhenKept => format!("feeling from when {} was kept first", first()),
        Name::FeelingWhenBroken => format!("feeling from when {} was broken first", first()),
        Name::GoesWith => format!("what is felt at {} with the answer", here()),
        Name::OutcomeByTries => {
            let tries = match part(0).as_str() {
                "0" => "without a broken promise",
                "1" => "after one broken promise",
                _ => "after two broken promises or more",
            };
            format!("end in {} {tries}", second())
        }
        Name::Lead => format!("moments after the first visit to {}", here()),
        Name::LeadSeconds => format!("known waits after the first visit to {}", here()),
        Name::Announced => format!("of those who end in {}, come by {}", second(), here()),
        _ => of_complaints(figure, of),
    }
}

/// Which quantile it is: how many take no longer.
fn within(of: &[CountedPart]) -> String {
    let Some(CountedPart::Number(p)) = of.last() else {
        return String::new();
    };
    let known: [(f64, &str); 5] = [
        (0.1, "one of ten"),
        (0.25, "a quarter"),
        (0.5, "half"),
        (0.75, "three quarters"),
        (0.9, "nine of ten"),
    ];
    match known.iter().find(|(share, _)| share.total_cmp(p).is_eq()) {
        Some((_, words)) => format!(", {words} within"),
        None => format!(", {} within", share(*p)),
    }
}

/// A limit of time.
fn limit(of: &[CountedPart]) -> String {
    match of.first() {
        Some(CountedPart::Number(seconds)) => duration(*seconds),
        other => other.map_or_else(String::new, ToString::to_string),
    }
}

/// What a figure of recognition or of complaints is, in words.
fn of_complaints(figure: CountedName, of: &[CountedPart]) -> String {
    use CountedName as Name;
    let part = |at: usize| of.get(at).map_or_else(String::new, ToString::to_string);
    let here = || place(&part(0));
    let which = || match part(0).as_str() {
        "all" => "complaints".to_owned(),
        "never" => "complaints never answered".to_owned(),
        fate => format!("complaints answered {fate}"),
    };
    match figure {
        Name::Recognised => "visits that turn to the company and are recognised".to_owned(),
        Name::RecognisedDifference if part(0) == "again" => {
            "change of feeling where one begins all over again, beside a recognised hand-over"
                .to_owned()
        }
        Name::RecognisedDifference => "feeling where not recognised, beside recognised".to_owned(),
        Name::Complained => "complain".to_owned(),
        Name::HeardAt => format!("complaints first heard at {}", here()),
        Name::AnsweredAt => format!("complaints answered at {}", here()),
        Name::AnsweredOfHeard => format!("complaints heard at {} and answered", here()),
        Name::ComplaintFate => which(),
        Name::OutcomeByFate => format!("{} that end in {}", which(), name(&part(1))),
        Name::FeltByFate if part(0) == "heard" => "feeling where a complaint is heard".to_owned(),
        Name::FeltByFate if part(0) == "answered" => {
            "feeling where a complaint is answered".to_owned()
        }
        Name::FeltByFate => format!("feeling at the end of {}", which()),
        Name::PublicByFate if part(0) == "unhappy" => "unhappy and told in public".to_owned(),
        Name::PublicByFate => format!("{} told in public", which()),
        Name::VisitsAfterAnswer => format!("visits to {} from an answer on", here()),
        other => other.as_str().to_owned(),
    }
}

/// Of which touchpoint, phase, owner or channel a figure is; nothing where it is of all.
fn of_part(of: &[CountedPart]) -> String {
    match of {
        [kind, part] if kind.to_string() == "touchpoint" => {
            format!(" at {}", place(&part.to_string()))
        }
        [kind, part] if part.to_string().is_empty() => format!(" where there is no {kind}"),
        [kind, part] => format!(" of the {kind} {}", name(&part.to_string())),
        _ => String::new(),
    }
}
