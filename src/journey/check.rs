//! Judges a drawing: every problem at once, or the parts of a journey with every name resolved.

use std::collections::BTreeSet;

use super::builder::{JourneyBuilder, Link};
use super::emotion::{Emotion, Felt};
use super::feeling::Feeling;
use super::journey::About;
use super::nearest::nearest;
use super::problem::{Fault, Invalid, Place, Problem};
use super::promise::PromiseResult;
use super::touchpoint::Touchpoint;
use super::transition::Transition;

/// How many ids are compared at most to suggest the one that was meant, so that a large map whose every transition
/// is broken is still refused at once.
const SUGGESTION_BUDGET: usize = 1_000_000;

/// A drawing without problems. Transitions name their ends by position.
pub(super) struct Checked {
    pub(super) about: About,
    pub(super) touchpoints: Vec<Touchpoint>,
    pub(super) transitions: Vec<(usize, usize, Transition)>,
    /// Positions of the touchpoints, sorted by id.
    pub(super) by_id: Vec<usize>,
}

pub(super) fn check(drawing: JourneyBuilder) -> Result<Checked, Invalid> {
    let JourneyBuilder {
        about,
        mut touchpoints,
        transitions,
        problems,
    } = drawing;
    let mut findings = Findings {
        problems,
        place: Place::Journey,
    };
    check_about(&about, &mut findings);
    // A reader that could make nothing of the touchpoints has said so already.
    if touchpoints.is_empty() && findings.problems.iter().all(|p| !is_about_touchpoints(p)) {
        findings.report(Fault::NoTouchpoint);
    }
    for (position, touchpoint) in touchpoints.iter_mut().enumerate() {
        findings.place = Place::Touchpoint {
            number: position + 1,
            id: Some(touchpoint.id.clone()),
        };
        check_touchpoint(touchpoint, &mut findings);
    }
    let by_id = index(&touchpoints, &mut findings);
    let transitions = resolve(transitions, &touchpoints, &by_id, &mut findings);
    findings.into_result()?;
    Ok(Checked {
        about,
        touchpoints,
        transitions,
        by_id,
    })
}

fn is_about_touchpoints(problem: &Problem) -> bool {
    match (&problem.place, &problem.fault) {
        (Place::Touchpoint { .. }, _) => true,
        (_, Fault::MissingKey { key, .. } | Fault::WrongType { key, .. }) => key == "touchpoints",
        _ => false,
    }
}

/// What has been found wrong, and where the check stands.
struct Findings {
    problems: Vec<Problem>,
    place: Place,
}

impl Findings {
    fn report(&mut self, fault: Fault) {
        self.problems.push(Problem::new(self.place.clone(), fault));
    }

    fn amount(&mut self, what: impl FnOnce() -> String, value: f64) {
        if !(value.is_finite() && value >= 0.0) {
            self.report(Fault::NotAnAmount {
                what: what(),
                value,
            });
        }
    }

    fn not_empty(&mut self, what: impl FnOnce() -> String, text: &str) {
        if text.trim().is_empty() {
            self.report(Fault::Empty { what: what() });
        }
    }

    fn into_result(mut self) -> Result<(), Invalid> {
        if self.problems.is_empty() {
            return Ok(());
        }
        // A reader's findings and the check's, in the order of the map. The sort is stable.
        self.problems.sort_by_key(|problem| match problem.place {
            Place::Journey => (0, 0),
            Place::Touchpoint { number, .. } => (1, number),
            Place::Transition { number, .. } => (2, number),
        });
        Err(Invalid::new(self.problems))
    }
}

fn check_about(about: &About, findings: &mut Findings) {
    let mut valued = BTreeSet::new();
    for (position, (outcome, value)) in about.values.iter().enumerate() {
        findings.not_empty(
            || format!("the outcome of value {}", position + 1),
            outcome.name(),
        );
        if !value.is_finite() {
            findings.report(Fault::NotFinite {
                what: format!("the value of outcome {:?}", outcome.name()),
                value: *value,
            });
        }
        if !valued.insert(outcome) {
            findings.report(Fault::DuplicateValue {
                outcome: outcome.name().to_owned(),
            });
        }
    }
}

fn check_touchpoint(touchpoint: &mut Touchpoint, findings: &mut Findings) {
    findings.not_empty(|| "the id".to_owned(), &touchpoint.id);
    findings.not_empty(|| "the channel".to_owned(), touchpoint.channel.name());
    if let Some(need) = &touchpoint.need {
        findings.not_empty(|| "the need".to_owned(), need);
    }
    for (key, emotion) in [
        ("emotion", &mut touchpoint.emotion),
        ("emotion_when_broken", &mut touchpoint.emotion_when_broken),
        ("emotion_when_unknown", &mut touchpoint.emotion_when_unknown),
        ("intended", &mut touchpoint.intended),
    ] {
        if let Some(emotion) = emotion {
            check_emotion(key, emotion, findings);
        }
    }
    if let Some(promise) = &touchpoint.promise {
        findings.not_empty(|| "the promise's name".to_owned(), &promise.name);
        for &result in PromiseResult::ALL {
            findings.amount(
                || format!("promise {:?}: {result}", promise.name),
                promise.weight(result),
            );
        }
        if PromiseResult::ALL
            .iter()
            .all(|&result| promise.weight(result) == 0.0)
        {
            findings.report(Fault::WeightlessPromise {
                promise: promise.name.clone(),
            });
        }
    }
    for made in &touchpoint.makes {
        findings.not_empty(|| "the name of a promise in `makes`".to_owned(), made);
    }
    if let Some(cost) = touchpoint.cost {
        findings.amount(|| "cost".to_owned(), cost);
    }
    if let Some(starts) = touchpoint.starts {
        findings.amount(|| "starts".to_owned(), starts);
    }
    for (number, ending) in (1..).zip(&touchpoint.ends) {
        findings.not_empty(
            || format!("the outcome of ending {number}"),
            ending.outcome.name(),
        );
        findings.amount(
            || format!("the weight of ending {number} ({})", ending.outcome),
            ending.weight,
        );
        if let (Some(when), None) = (ending.when, &touchpoint.promise) {
            findings.report(Fault::WhenWithoutPromise {
                what: format!("ending {number} ({})", ending.outcome),
                when,
                touchpoint: touchpoint.id.clone(),
            });
        }
    }
}

/// Resolves names and ratings, and refuses what is out of range.
fn check_emotion(key: &'static str, emotion: &mut Emotion, findings: &mut Findings) {
    for shade in emotion.shades_mut() {
        match &shade.felt {
            Felt::Feeling(_) => {}
            Felt::Valence(value) => {
                if !(-1.0..=1.0).contains(value) {
                    findings.report(Fault::Valence { key, value: *value });
                }
            }
            Felt::Rating(rating, scale) => match scale.valence(*rating) {
                Ok(valence) => shade.felt = Felt::Valence(valence),
                Err(_) => findings.report(Fault::Rating {
                    key,
                    value: *rating,
                    min: scale.min(),
                    max: scale.max(),
                }),
            },
            Felt::Named(name) => match name.parse::<Feeling>() {
                Ok(feeling) => shade.felt = Felt::Feeling(feeling),
                Err(unknown) => findings.report(Fault::UnknownFeeling {
                    key,
                    name: unknown.name,
                    nearest: unknown.nearest.map(|near| near.name().to_owned()),
                }),
            },
        }
        if !(0.0..=1.0).contains(&shade.intensity) {
            findings.report(Fault::Intensity {
                key,
                value: shade.intensity,
            });
        }
        findings.amount(|| format!("a weight in {key}"), shade.weight);
    }
    if emotion.shades().iter().all(|shade| shade.weight == 0.0) {
        findings.report(Fault::WeightlessMix { key });
    }
}

/// Sorts the touchpoints by id, and finds ids that are taken twice.
fn index(touchpoints: &[Touchpoint], findings: &mut Findings) -> Vec<usize> {
    let mut by_id: Vec<usize> = (0..touchpoints.len()).collect();
    // Ties stay in the order of the map, so that the first of two equal ids counts as its owner.
    by_id.sort_by(|&a, &b| touchpoints[a].id.cmp(&touchpoints[b].id));
    for same in by_id.chunk_by(|&a, &b| touchpoints[a].id == touchpoints[b].id) {
        let Some((first, others)) = same.split_first() else {
            continue;
        };
        // Empty ids have been reported as such.
        if touchpoints[*first].id.trim().is_empty() {
            continue;
        }
        for other in others {
            findings.place = Place::Touchpoint {
                number: other + 1,
                id: Some(touchpoints[*other].id.clone()),
            };
            findings.report(Fault::DuplicateId { first: first + 1 });
        }
    }
    by_id
}

/// Looks up the ends of every transition.
fn resolve(
    links: Vec<Link>,
    touchpoints: &[Touchpoint],
    by_id: &[usize],
    findings: &mut Findings,
) -> Vec<(usize, usize, Transition)> {
    let find = |id: &str| {
        let place = by_id.partition_point(|&position| touchpoints[position].id.as_str() < id);
        by_id
            .get(place)
            .copied()
            .filter(|&position| touchpoints[position].id == id)
    };
    let mut suggestions = SUGGESTION_BUDGET;
    let mut resolved = Vec::with_capacity(links.len());
    let mut numbers = Vec::with_capacity(links.len());
    for (
        number,
        Link {
            from,
            to,
            transition,
        },
    ) in (1..).zip(links)
    {
        let ends = (find(&from), find(&to));
        let weight_is_fine = transition.weight.is_finite() && transition.weight >= 0.0;
        let wait_is_fine = transition
            .wait_s
            .is_none_or(|wait| wait.is_finite() && wait >= 0.0);
        let origin = ends.0.and_then(|position| touchpoints.get(position));
        let when_is_fine = transition.when.is_none() || origin.is_none_or(|t| t.promise.is_some());
        if let ((Some(a), Some(b)), true, true, true) =
            (ends, weight_is_fine, wait_is_fine, when_is_fine)
        {
            numbers.push(number);
            resolved.push((a, b, transition));
            continue;
        }
        findings.place = Place::Transition {
            number,
            from: Some(from.clone()),
            to: Some(to.clone()),
        };
        for (end, id, found) in [("from", &from, ends.0), ("to", &to, ends.1)] {
            if found.is_none() {
                suggestions = suggestions.saturating_sub(touchpoints.len());
                let known = touchpoints
                    .iter()
                    .map(|t| t.id.as_str())
                    .filter(|_| suggestions > 0);
                findings.report(Fault::UnknownTouchpoint {
                    end,
                    id: id.clone(),
                    nearest: nearest(id, known).map(str::to_owned),
                });
            }
        }
        findings.amount(|| "the weight".to_owned(), transition.weight);
        if let Some(wait) = transition.wait_s {
            findings.amount(|| "`wait_s`".to_owned(), wait);
        }
        if let (Some(when), false) = (transition.when, when_is_fine) {
            findings.report(Fault::WhenWithoutPromise {
                what: "it".to_owned(),
                when,
                touchpoint: from,
            });
        }
    }
    find_duplicates(&resolved, &numbers, touchpoints, findings);
    resolved
}

/// Finds transitions with the same from, to and when.
fn find_duplicates(
    resolved: &[(usize, usize, Transition)],
    numbers: &[usize],
    touchpoints: &[Touchpoint],
    findings: &mut Findings,
) {
    let key = |&position: &usize| {
        let (from, to, transition) = &resolved[position];
        (*from, *to, transition.when)
    };
    let mut order: Vec<usize> = (0..resolved.len()).collect();
    order.sort_by_key(key);
    for same in order.chunk_by(|a, b| key(a) == key(b)) {
        let Some((first, others)) = same.split_first() else {
            continue;
        };
        for other in others {
            let (from, to, _) = &resolved[*other];
            findings.place = Place::Transition {
                number: numbers[*other],
                from: Some(touchpoints[*from].id.clone()),
                to: Some(touchpoints[*to].id.clone()),
            };
            findings.report(Fault::DuplicateTransition {
                first: numbers[*first],
            });
        }
    }
}
