//! Judges a drawing: every problem at once, or the parts of a journey with every name resolved.

mod links;

use std::collections::BTreeSet;

use super::builder::JourneyBuilder;
use super::facts::check_facts;
use super::feelings::{Emotion, Feeling, ShadeFeeling, UnknownFeeling};
use super::journey::About;
use super::problem::{Fault, Invalid, Place, Problem, brief};
use super::promise::{Promise, PromiseResult};
use super::touchpoint::Touchpoint;
use super::transition::Transition;
use super::words::fold;
use super::workshop::size_of_image;

/// For how many unknown feelings the one that was meant is looked for. After so many, nobody reads on, and to look
/// takes long.
const FEELING_SUGGESTIONS: usize = 1000;

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
        mut unread,
    } = drawing;
    let mut findings = Findings::new(std::mem::take(&mut unread.problems));
    check_about(&about, &mut findings);
    if touchpoints.is_empty() && !unread.touchpoints {
        findings.report(Fault::NoTouchpoint);
    }
    let facts = check_facts(&about.remembers, &touchpoints, &mut findings);
    for (position, touchpoint) in touchpoints.iter_mut().enumerate() {
        let id = (!unread.ids.contains(&position)).then_some(touchpoint.id.as_str());
        findings.place = Place::touchpoint(position + 1, id);
        if let Some(id) = id {
            findings.not_empty(|| "`id`".to_owned(), id);
        }
        check_touchpoint(touchpoint, &mut findings);
        facts.check_touchpoint(touchpoint, &mut findings);
    }
    let by_id = index(&touchpoints, &mut findings);
    let drawn = links::Drawn {
        touchpoints: &touchpoints,
        by_id: &by_id,
        unread: &unread,
        facts: &facts,
    };
    let transitions = links::resolve(transitions, &drawn, &mut findings);
    findings.into_result()?;
    Ok(Checked {
        about,
        touchpoints,
        transitions,
        by_id,
    })
}

/// What has been found wrong, and where the check stands.
pub(super) struct Findings {
    problems: Vec<Problem>,
    pub(super) place: Place,
    /// How many feelings may still be suggested.
    suggestions: usize,
}

impl Findings {
    pub(super) fn new(problems: Vec<Problem>) -> Self {
        Self {
            problems,
            place: Place::Journey,
            suggestions: FEELING_SUGGESTIONS,
        }
    }

    /// How many problems there are so far.
    pub(super) fn count(&self) -> usize {
        self.problems.len()
    }

    /// The feeling of this name, or the one that was probably meant.
    fn feeling(&mut self, name: &str) -> Result<Feeling, Option<Feeling>> {
        if self.suggestions > 0 {
            return name.parse().map_err(|unknown: UnknownFeeling| {
                self.suggestions -= 1;
                unknown.nearest
            });
        }
        let letters = fold(name);
        let spelt_so = |feeling: &Feeling| fold(feeling.as_str()) == letters;
        Feeling::ALL.iter().copied().find(spelt_so).ok_or(None)
    }

    pub(super) fn report(&mut self, fault: Fault) {
        self.problems.push(Problem::new(self.place.clone(), fault));
    }

    pub(super) fn amount(&mut self, what: impl FnOnce() -> String, value: f64) {
        if !(value.is_finite() && value >= 0.0) {
            self.report(Fault::NotAnAmount {
                what: what(),
                value,
            });
        }
    }

    pub(super) fn not_empty(&mut self, what: impl FnOnce() -> String, text: &str) {
        if text.trim().is_empty() {
            self.report(Fault::Empty { what: what() });
        }
    }

    pub(super) fn into_result(mut self) -> Result<(), Invalid> {
        if self.problems.is_empty() {
            return Ok(());
        }
        // An id that is taken tells nobody which of its touchpoints is meant.
        let taken: BTreeSet<usize> = self
            .problems
            .iter()
            .filter(|problem| matches!(problem.fault, Fault::DuplicateId { .. }))
            .filter_map(|problem| match problem.place {
                Place::Touchpoint { number, .. } => Some(number),
                _ => None,
            })
            .collect();
        for problem in &mut self.problems {
            if let Place::Touchpoint { number, id } = &mut problem.place
                && taken.contains(number)
            {
                *id = None;
            }
        }
        // A reader's findings and the check's, in the order of the map. The sort is stable.
        self.problems.sort_by_key(|problem| match problem.place {
            Place::Journey => (0, 0),
            Place::Touchpoint { number, .. } => (1, number),
            Place::Transition { number, .. } => (2, number),
            Place::Change { number, .. } => (3, number),
        });
        Err(Invalid::new(self.problems))
    }
}

fn check_about(about: &About, findings: &mut Findings) {
    let mut valued = BTreeSet::new();
    for (position, (outcome, value)) in about.values.iter().enumerate() {
        findings.not_empty(
            || format!("`outcome` in value {}", position + 1),
            outcome.as_str(),
        );
        if !value.is_finite() {
            findings.report(Fault::NotFinite {
                what: format!("the value of outcome {:?}", outcome.as_str()),
                value: *value,
            });
        }
        if !valued.insert(outcome) {
            findings.report(Fault::DuplicateValue {
                outcome: outcome.as_str().to_owned(),
            });
        }
    }
}

fn check_touchpoint(touchpoint: &mut Touchpoint, findings: &mut Findings) {
    findings.not_empty(|| "`channel`".to_owned(), touchpoint.channel.as_str());
    if let Some(need) = &touchpoint.need {
        findings.not_empty(|| "`need`".to_owned(), need);
    }
    for (key, emotion) in [
        ("emotion", &mut touchpoint.emotion),
        ("emotion_when_broken", &mut touchpoint.emotion_when_broken),
        ("emotion_when_unknown", &mut touchpoint.emotion_when_unknown),
        ("intended", &mut touchpoint.intended),
        ("expected", &mut touchpoint.expected),
    ] {
        if let Some(emotion) = emotion {
            check_emotion(key, emotion, findings);
        }
    }
    let intended = touchpoint.intended.as_ref();
    if intended.is_some_and(|intended| intended.unknown_weight() != 0.0) {
        findings.report(Fault::UnknownIntention);
    }
    if let Some(promise) = &touchpoint.promise {
        findings.not_empty(|| "`name` in the promise".to_owned(), &promise.name);
        check_results(promise, "the promise", findings);
    }
    for (number, made) in (1..).zip(&touchpoint.makes) {
        findings.not_empty(|| format!("item {number} of `makes`"), made);
    }
    if let Some(cost) = touchpoint.cost {
        findings.amount(|| "`cost`".to_owned(), cost);
    }
    check_wall(touchpoint, findings);
    if let Some(starts) = touchpoint.starts {
        findings.amount(|| "`starts`".to_owned(), starts);
    }
    for (number, ending) in (1..).zip(&touchpoint.ends) {
        findings.not_empty(
            || format!("`outcome` in ending {number}"),
            ending.outcome.as_str(),
        );
        findings.amount(|| format!("`weight` in ending {number}"), ending.weight);
        if let (Some(when), None) = (ending.when, &touchpoint.promise) {
            findings.report(Fault::WhenWithoutPromise {
                what: format!("ending {number}"),
                when,
                touchpoint: brief(&touchpoint.id),
            });
        }
    }
}

/// What is written on the wall and not computed with.
fn check_wall(touchpoint: &Touchpoint, findings: &mut Findings) {
    for (key, texts) in [("quotes", &touchpoint.quotes), ("ideas", &touchpoint.ideas)] {
        for (number, text) in (1..).zip(texts) {
            findings.not_empty(|| format!("item {number} of `{key}`"), text);
        }
    }
    for (number, figure) in (1..).zip(&touchpoint.figures) {
        findings.not_empty(|| format!("`label` in figure {number}"), &figure.label);
        if !figure.value.is_finite() {
            findings.report(Fault::NotFinite {
                what: format!("`value` in figure {number}"),
                value: figure.value,
            });
        }
    }
    for (number, measure) in (1..).zip(&touchpoint.measures) {
        findings.not_empty(|| format!("`name` in measure {number}"), &measure.name);
        for fault in measure.faults() {
            findings.report(Fault::Survey { number, fault });
        }
    }
    if let Some(Err(fault)) = touchpoint.image.as_deref().map(size_of_image) {
        findings.report(Fault::Image(fault));
    }
}

/// Judges the weights of a promise's results.
pub(super) fn check_results(promise: &Promise, what: &str, findings: &mut Findings) {
    for &result in PromiseResult::ALL {
        findings.amount(|| format!("`{result}` in {what}"), promise.weight(result));
    }
    let mut results = PromiseResult::ALL.iter();
    if results.all(|&result| promise.weight(result) == 0.0) {
        findings.report(Fault::WeightlessPromise {
            promise: promise.name.clone(),
        });
    }
}

/// Resolves names and ratings, and refuses what is out of range.
pub(super) fn check_emotion(key: &'static str, emotion: &mut Emotion, findings: &mut Findings) {
    for shade in emotion.shades_mut() {
        match &shade.felt {
            ShadeFeeling::Feeling(_) => {}
            ShadeFeeling::Valence(value) => {
                if !(-1.0..=1.0).contains(value) {
                    findings.report(Fault::Valence { key, value: *value });
                }
            }
            ShadeFeeling::Rating(rating, scale) => match scale.valence(*rating) {
                Ok(valence) => shade.felt = ShadeFeeling::Valence(valence),
                Err(_) => findings.report(Fault::Rating {
                    key,
                    value: *rating,
                    min: scale.min(),
                    max: scale.max(),
                }),
            },
            ShadeFeeling::Named(name) => match findings.feeling(name) {
                Ok(feeling) => shade.felt = ShadeFeeling::Feeling(feeling),
                Err(nearest) => findings.report(Fault::UnknownFeeling {
                    key,
                    name: name.clone(),
                    nearest: nearest.map(|near| near.as_str().to_owned()),
                }),
            },
        }
        if !(0.0..=1.0).contains(&shade.intensity) {
            findings.report(Fault::Intensity {
                key,
                value: shade.intensity,
            });
        }
        findings.amount(|| format!("a weight in `{key}`"), shade.weight);
    }
    let unknown = emotion.unknown_weight();
    findings.amount(|| format!("the weight of `unknown` in `{key}`"), unknown);
    if unknown == 0.0 && emotion.shades().iter().all(|shade| shade.weight == 0.0) {
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
            findings.place = Place::touchpoint(other + 1, None);
            findings.report(Fault::DuplicateId {
                id: brief(&touchpoints[*other].id),
                first: first + 1,
            });
        }
    }
    by_id
}
