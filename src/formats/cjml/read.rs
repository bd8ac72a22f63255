//! The journeys of a CJML document.

use std::collections::{BTreeMap, BTreeSet};

use super::error::{CjmlError, CjmlFinding, CjmlNote};
use super::options::CjmlOptions;
use super::words::{CUSTOMER, PROVIDER, channel};
use super::xml::{Element, parse};
use crate::formats::phases::PhaseNames;
use crate::journey::{
    Channel, Feeling, Invalid, Journey, JourneyBuilder, JourneyKind, Phase, Scale, Touchpoint,
};

/// The journeys that were read from a CJML document, and what is to be said about how.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct CjmlRead {
    /// The journeys, in the order of the document.
    pub journeys: Vec<Journey>,
    /// What was left out or read otherwise than it stands there, in the order of the lines.
    pub notes: Vec<CjmlNote>,
}

/// An actor of a journey.
struct Actor<'x> {
    is_customer: bool,
    /// The name, unless nothing more is known than the part played.
    name: Option<&'x str>,
}

struct Reader<'o> {
    options: &'o CjmlOptions,
    faults: Vec<CjmlNote>,
    notes: Vec<CjmlNote>,
    /// Elements that have no place, with the line of the first and how many there are.
    left_out: BTreeMap<String, (usize, usize)>,
    /// Names of phases that have been found to have no place.
    unplaced: BTreeSet<String>,
}

pub(super) fn read(text: &str, options: &CjmlOptions) -> Result<CjmlRead, CjmlError> {
    let root = parse(text)?;
    let mut reader = Reader {
        options,
        faults: Vec::new(),
        notes: Vec::new(),
        left_out: BTreeMap::new(),
        unplaced: BTreeSet::new(),
    };
    if root.name != "CJML" {
        reader.fault(root.line, CjmlFinding::NotCjml(root.name.clone()));
    }
    match root.attribute("version") {
        Some("2.0") => {}
        other => {
            let version = other.unwrap_or_default().to_owned();
            reader.note(root.line, CjmlFinding::Version(version));
        }
    }
    let mut drawings = Vec::new();
    for child in &root.children {
        match child.name.as_str() {
            "plannedJourney" => drawings.push(reader.journey(child, JourneyKind::Planned)),
            "actualJourney" => drawings.push(reader.journey(child, JourneyKind::Experienced)),
            _ => reader.leave_out(child),
        }
    }
    if drawings.is_empty() && reader.faults.is_empty() {
        reader.fault(root.line, CjmlFinding::NoJourney);
    }
    if !reader.faults.is_empty() {
        reader.faults.sort_by_key(|note| note.line);
        return Err(CjmlError::Text(reader.faults));
    }
    for (element, (line, times)) in std::mem::take(&mut reader.left_out) {
        reader.note(line, CjmlFinding::LeftOut { element, times });
    }
    reader.notes.sort_by_key(|note| note.line);
    let journeys: Result<Vec<Journey>, Invalid> =
        drawings.into_iter().map(JourneyBuilder::build).collect();
    Ok(CjmlRead {
        journeys: journeys?,
        notes: reader.notes,
    })
}

impl Reader<'_> {
    fn fault(&mut self, line: usize, finding: CjmlFinding) {
        self.faults.push(CjmlNote { line, finding });
    }

    fn note(&mut self, line: usize, finding: CjmlFinding) {
        self.notes.push(CjmlNote { line, finding });
    }

    fn leave_out(&mut self, element: &Element) {
        let first = (element.line, 0);
        let (_, times) = self.left_out.entry(element.name.clone()).or_insert(first);
        *times += 1;
    }

    /// Leaves out the children of an element that are not known.
    fn leave_out_but(&mut self, element: &Element, known: &[&str]) {
        for child in &element.children {
            if !known.contains(&child.name.as_str()) {
                self.leave_out(child);
            }
        }
    }

    fn journey(&mut self, element: &Element, kind: JourneyKind) -> JourneyBuilder {
        const KNOWN: &[&str] = &[
            "journeyID",
            "journeyTitle",
            "journeyShortSummary",
            "journeyLongSummary",
            "journeyPhases",
            "actors",
            "touchpoints",
        ];
        self.leave_out_but(element, KNOWN);
        let name = element
            .text_of("journeyTitle")
            .or(element.text_of("journeyID"))
            .unwrap_or_default();
        let mut journey = Journey::builder(name).kind(kind);
        if let Some(summary) = element.text_of("journeyShortSummary") {
            journey = journey.scenario(summary);
        }
        if let Some(summary) = element.text_of("journeyLongSummary") {
            journey = journey.notes(summary);
        }
        let phases = phases(element);
        let actors = actors(element);
        let persona: Vec<&str> = element
            .child("actors")
            .into_iter()
            .flat_map(|list| &list.children)
            .filter(|actor| actor.name == "endUser")
            .filter_map(|actor| actors.get(actor_id(actor)?)?.name)
            .collect();
        if !persona.is_empty() {
            journey = journey.persona(persona.join(", "));
        }
        let placed = self.placed(element, &phases);
        let mut ids = BTreeSet::new();
        let mut before: Option<String> = None;
        let list = element.child("touchpoints");
        for point in list.into_iter().flat_map(|list| &list.children) {
            let communicates = match point.name.as_str() {
                "plannedCommunicationPoint" | "actualCommunicationPoint" => true,
                "plannedAction" | "actualAction" => false,
                _ => {
                    self.leave_out(point);
                    continue;
                }
            };
            if point.text_of("compliance") == Some("missing") {
                let id = point.text_of("touchpointID").unwrap_or_default();
                self.note(point.line, CjmlFinding::Missing(id.to_owned()));
                continue;
            }
            let id = self.id(point, &mut ids);
            let mut touchpoint = self.place(point, &id, &phases, &placed);
            if communicates {
                touchpoint.channel = point
                    .child("channel")
                    .and_then(|channel| channel.text_of("channelName"))
                    .map_or_else(|| self.options.channel.clone(), channel);
            }
            self.sides(point, &mut touchpoint, &actors);
            self.experience(point, &mut touchpoint);
            journey = journey.touchpoint(touchpoint);
            if let Some(before) = before.replace(id.clone()) {
                journey = journey.transition(before, id, 1.0);
            }
        }
        if before.is_none() {
            let name = name.to_owned();
            self.fault(element.line, CjmlFinding::NoTouchpoint(name));
        }
        journey
    }

    /// The id of a touchpoint, made unique.
    fn id(&mut self, point: &Element, ids: &mut BTreeSet<String>) -> String {
        let found = point.text_of("touchpointID").unwrap_or_default();
        if !found.is_empty() && ids.insert(found.to_owned()) {
            return found.to_owned();
        }
        let stem = if found.is_empty() {
            "touchpoint"
        } else {
            found
        };
        let mut number = ids.len() + 1;
        let given = loop {
            let given = format!("{stem} {number}");
            if ids.insert(given.clone()) {
                break given;
            }
            number += 1;
        };
        let finding = CjmlFinding::Id {
            found: found.to_owned(),
            given: given.clone(),
        };
        self.note(point.line, finding);
        given
    }

    /// The touchpoint in its phase.
    fn place(
        &mut self,
        point: &Element,
        id: &str,
        phases: &BTreeMap<&str, &str>,
        placed: &BTreeMap<String, Phase>,
    ) -> Touchpoint {
        const KNOWN: &[&str] = &[
            "touchpointID",
            "belongsTo",
            "initiator",
            "receiver",
            "channel",
            "comment",
            "touchpointExperience",
        ];
        self.leave_out_but(point, KNOWN);
        let name = phase_name(point, phases);
        let phase = placed.get(name).copied().unwrap_or_else(|| {
            // Once for all touchpoints of the phase.
            let finding = CjmlFinding::Phase(name.to_owned());
            if self.unplaced.insert(name.to_owned()) {
                self.fault(point.line, finding);
            }
            Phase::During
        });
        let unstated: Channel = self.options.channel.clone();
        let mut touchpoint = Touchpoint::new(id, phase, unstated);
        touchpoint.stage = PhaseNames::stage(name);
        touchpoint
    }

    /// The phases of the names that are known, seen in the order in which touchpoints come.
    fn placed(&self, journey: &Element, phases: &BTreeMap<&str, &str>) -> BTreeMap<String, Phase> {
        let mut names: Vec<&str> = Vec::new();
        let mut seen = BTreeSet::new();
        let list = journey.child("touchpoints");
        for point in list.into_iter().flat_map(|list| &list.children) {
            let name = phase_name(point, phases);
            if seen.insert(name) {
                names.push(name);
            }
        }
        let known = self.options.phases.phases(&names);
        let placed = names.into_iter().zip(known);
        placed
            .filter_map(|(name, phase)| Some((name.to_owned(), phase?)))
            .collect()
    }

    /// Who meets whom, and what each calls it.
    fn sides(
        &mut self,
        point: &Element,
        touchpoint: &mut Touchpoint,
        actors: &BTreeMap<&str, Actor<'_>>,
    ) {
        let mut labels = Vec::new();
        for (side, label) in [
            ("initiator", "initiatorLabel"),
            ("receiver", "receiverLabel"),
        ] {
            let Some(element) = point.child(side) else {
                continue;
            };
            let id = element.child("refersTo").and_then(actor_id);
            let actor = id.and_then(|id| actors.get(id));
            if let (Some(id), None) = (id, actor) {
                self.note(element.line, CjmlFinding::Actor(id.to_owned()));
            }
            let is_customer = actor.is_some_and(|actor| actor.is_customer);
            if !is_customer {
                touchpoint.owner = actor
                    .map_or(id, |actor| actor.name)
                    .map(str::to_owned)
                    .or(touchpoint.owner.take());
            }
            if let Some(text) = element.text_of(label) {
                labels.push((is_customer, side == "initiator", text));
            }
        }
        let customers = labels.iter().find(|(is_customer, ..)| *is_customer);
        let name = customers.or(labels.first()).map(|(.., text)| *text);
        touchpoint.name = name
            .filter(|&name| name != touchpoint.id)
            .map(str::to_owned);
        touchpoint.says = labels
            .iter()
            .find(|(is_customer, begins, text)| {
                !is_customer && *begins && customers.is_some() && Some(*text) != name
            })
            .map(|(.., text)| (*text).to_owned());
    }

    /// What is felt, and what else is said about it.
    fn experience(&mut self, point: &Element, touchpoint: &mut Touchpoint) {
        let experience = point.child("touchpointExperience");
        let text_of = |name| experience.and_then(|experience| experience.text_of(name));
        let mut rating = None;
        if let Some(text) = text_of("experienceRating") {
            let number = text.parse().ok();
            rating = number.and_then(|number| Scale::ONE_TO_FIVE.valence(number).ok());
            if rating.is_none() {
                let finding = CjmlFinding::Rating {
                    touchpoint: touchpoint.id.clone(),
                    rating: text.to_owned(),
                };
                self.fault(experience.map_or(point.line, |found| found.line), finding);
            }
        }
        let description = text_of("experienceDescription");
        let feeling = description
            .and_then(|text| text.parse::<Feeling>().ok())
            .filter(|feeling| {
                let grade = (feeling.valence() * 2.0).round() / 2.0;
                rating.is_none_or(|rating| rating.total_cmp(&(grade + 0.0)).is_eq())
            });
        touchpoint.emotion = feeling.map(Into::into).or(rating.map(Into::into));
        let told = description.filter(|_| feeling.is_none());
        let comment = point.text_of("comment");
        let notes: Vec<&str> = told.into_iter().chain(comment).collect();
        touchpoint.notes = (!notes.is_empty()).then(|| notes.join("\n"));
    }
}

fn actor_id(actor: &Element) -> Option<&str> {
    actor
        .attribute("actorID")
        .or_else(|| actor.attribute("actorIDref"))
}

/// The name of the phase to which a touchpoint belongs. Some tools name the phase without describing it.
fn phase_name<'a>(point: &'a Element, phases: &BTreeMap<&'a str, &'a str>) -> &'a str {
    let reference = point
        .child("belongsTo")
        .and_then(|phase| phase.attribute("phaseIDref"));
    reference.map_or("", |id| phases.get(id).copied().unwrap_or(id))
}

/// The names of the phases by their ids.
fn phases(journey: &Element) -> BTreeMap<&str, &str> {
    let list = journey.child("journeyPhases");
    list.into_iter()
        .flat_map(|list| &list.children)
        .filter_map(|phase| {
            let id = phase.attribute("phaseID")?;
            Some((id, phase.text_of("phaseName").unwrap_or(id)))
        })
        .collect()
}

/// The actors by their ids.
fn actors(journey: &Element) -> BTreeMap<&str, Actor<'_>> {
    let list = journey.child("actors");
    list.into_iter()
        .flat_map(|list| &list.children)
        .filter_map(|actor| {
            let id = actor_id(actor)?;
            let is_customer = actor.name == "endUser";
            let unknown = if is_customer { CUSTOMER } else { PROVIDER };
            let name = actor
                .text_of("actorName")
                .or(actor.text_of("companyName"))
                .or((id != unknown).then_some(id));
            Some((id, Actor { is_customer, name }))
        })
        .collect()
}
