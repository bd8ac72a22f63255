//! A journey as a document of the Customer Journey Modelling Language.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use quick_xml::escape::escape;

use super::words::{CUSTOMER, PROVIDER, channel_name};
use crate::formats::loss::{FormatLoss, LossKind, losses};
use crate::formats::mermaid::section_name;
use crate::journey::{Emotion, Journey, JourneyKind, Met, ShadeFeeling, Touchpoint};

/// A CJML document, and what it can not express.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CjmlText {
    /// The XML text, with a line end at its end.
    pub text: String,
    /// What of the journey is not in it.
    pub lost: Vec<FormatLoss>,
}

/// The text.
impl fmt::Display for CjmlText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Journey {
    /// Writes the journey as a CJML 2.0 document with one planned or actual journey. Takes time in proportion to the
    /// text. Feelings that depend on what customers remember are not known without a flow: [`Met::to_cjml`] writes them pooled over
    /// all visits.
    ///
    /// The touchpoints become communication points in the order of the map, between an end user (the persona) and a
    /// service provider (the owner). A provider that tells the customer something begins; else the customer does.
    /// The document knows neither branches nor promises nor needs, it knows feelings only on actual journeys, and
    /// only five grades of them; all that is lost is returned. [`from_cjml`](Journey::from_cjml) reads the rest back.
    ///
    /// ```
    /// use customer_journey::formats::CjmlOptions;
    /// use customer_journey::{Channel, Feeling, Journey, Phase, Touchpoint};
    ///
    /// let journey = Journey::builder("Account")
    ///     .persona("Carl")
    ///     .touchpoint(Touchpoint::new("TP1", Phase::Before, Channel::Web).name("Creates an account")
    ///         .owner("Bookis").feels(Feeling::Relief))
    ///     .build()?;
    /// let written = journey.to_cjml();
    /// assert!(written.lost.is_empty());
    /// assert_eq!(Journey::from_cjml(&written.text, &CjmlOptions::new())?.journeys, [journey]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn to_cjml(&self) -> CjmlText {
        written(&Met::unsolved(self))
    }
}

impl Met<'_> {
    /// Writes the journey as [`Journey::to_cjml`] does, with the feelings of all visits where they depend on what customers
    /// remember: `journey.met().to_cjml()`.
    #[must_use]
    pub fn to_cjml(&self) -> CjmlText {
        written(self)
    }
}

fn written(met: &Met<'_>) -> CjmlText {
    let journey = met.journey();
    let is_planned = journey.kind() == JourneyKind::Planned;
    let mut page = Page::default();
    page.line("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    page.open("CJML version=\"2.0\"");
    let (kind, point) = if is_planned {
        ("plannedJourney", "plannedCommunicationPoint")
    } else {
        ("actualJourney", "actualCommunicationPoint")
    };
    page.open(kind);
    page.text("journeyID", if is_planned { "PJ1" } else { "AJ1" });
    page.some("journeyTitle", Some(journey.name()));
    let phases = numbered(journey.touchpoints().map(section_name));
    page.open("journeyPhases");
    for (name, number) in in_order(&phases) {
        page.open(&format!("journeyPhase phaseID=\"P{number}\""));
        page.text("phaseName", name);
        page.close();
    }
    page.close();
    page.some("journeyShortSummary", journey.scenario());
    page.some("journeyLongSummary", journey.notes());
    let owners = numbered(
        journey
            .touchpoints()
            .filter_map(|at| owner(at).map(str::to_owned)),
    );
    page.actors(journey, &owners);
    page.open("touchpoints");
    for (touchpoint, met) in journey.touchpoints().zip(met.touchpoints()) {
        page.open(point);
        page.text("touchpointID", &touchpoint.id);
        let phase = phases.get(&section_name(touchpoint)).copied().unwrap_or(0);
        page.line(&format!("<belongsTo phaseIDref=\"P{phase}\"/>"));
        let provider = owner(touchpoint).and_then(|owner| owners.get(owner));
        let provider = provider.map_or(PROVIDER.to_owned(), |number| format!("A{number}"));
        page.sides(touchpoint, &provider);
        page.open("channel");
        page.text("channelName", channel_name(&touchpoint.channel));
        page.close();
        page.some("comment", touchpoint.notes.as_deref());
        if !is_planned {
            page.experience(met);
        }
        page.close();
    }
    page.close();
    page.close();
    page.close();
    CjmlText {
        text: page.text,
        lost: lost(met),
    }
}

fn lost(met: &Met<'_>) -> Vec<FormatLoss> {
    let mut expressed = vec![
        LossKind::Stage,
        LossKind::Channel,
        LossKind::Owner,
        LossKind::Says,
        LossKind::Notes,
        LossKind::Kind,
        LossKind::Persona,
        LossKind::Scenario,
        LossKind::JourneyNotes,
    ];
    if met.journey().kind() == JourneyKind::Planned {
        // Of feelings that are not written, nothing more is to be said.
        expressed.extend([
            LossKind::Feeling,
            LossKind::Spread,
            LossKind::Coverage,
            LossKind::Grade,
        ]);
    } else {
        expressed.extend([LossKind::Feeling, LossKind::Felt]);
    }
    let mut lost = losses(met, &expressed);
    let named: BTreeSet<&str> = met
        .touchpoints()
        .filter(|touchpoint| feeling(touchpoint).is_some())
        .map(|touchpoint| touchpoint.id.as_str())
        .collect();
    for loss in &mut lost {
        if loss.kind == LossKind::Grade {
            loss.ids.retain(|id| !named.contains(id.as_str()));
        }
    }
    lost.retain(|loss| loss.kind != LossKind::Grade || !loss.ids.is_empty());
    lost
}

fn owner(touchpoint: &Touchpoint) -> Option<&str> {
    let owner = touchpoint.owner.as_deref()?.trim();
    (!owner.is_empty()).then_some(owner)
}

/// Names with numbers from 1, in the order in which they come.
fn numbered(names: impl Iterator<Item = String>) -> BTreeMap<String, usize> {
    let mut numbers = BTreeMap::new();
    for name in names {
        let next = numbers.len() + 1;
        numbers.entry(name).or_insert(next);
    }
    numbers
}

fn in_order(numbers: &BTreeMap<String, usize>) -> Vec<(&str, usize)> {
    let mut order: Vec<(&str, usize)> = numbers
        .iter()
        .map(|(name, n)| (name.as_str(), *n))
        .collect();
    order.sort_by_key(|(_, number)| *number);
    order
}

/// The feeling of a touchpoint where it is one, at its full intensity, on every visit.
fn feeling(touchpoint: &Touchpoint) -> Option<&'static str> {
    let one = |emotion: &Emotion| match emotion.shades() {
        [shade] if shade.intensity >= 1.0 => match shade.felt {
            ShadeFeeling::Feeling(feeling) => Some(feeling.as_str()),
            _ => None,
        },
        _ => None,
    };
    let mut felt = touchpoint
        .results()
        .map(|(result, _)| touchpoint.emotion_after(result).and_then(one));
    let first = felt.next()??;
    felt.all(|other| other == Some(first)).then_some(first)
}

#[derive(Default)]
struct Page {
    text: String,
    open: Vec<String>,
}

impl Page {
    fn line(&mut self, line: &str) {
        self.text.extend(std::iter::repeat_n("  ", self.open.len()));
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn open(&mut self, tag: &str) {
        self.line(&format!("<{tag}>"));
        let name = tag.split(' ').next().unwrap_or(tag);
        self.open.push(name.to_owned());
    }

    fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.line(&format!("</{name}>"));
        }
    }

    fn text(&mut self, tag: &str, text: &str) {
        self.line(&format!("<{tag}>{}</{tag}>", escape(sound(text))));
    }

    fn some(&mut self, tag: &str, text: Option<&str>) {
        if let Some(text) = text.filter(|text| !text.trim().is_empty()) {
            self.text(tag, text);
        }
    }

    fn actors(&mut self, journey: &Journey, owners: &BTreeMap<String, usize>) {
        self.open("actors");
        self.open(&format!("endUser actorID=\"{CUSTOMER}\""));
        self.some("actorName", journey.persona());
        self.close();
        if journey.touchpoints().any(|at| owner(at).is_none()) {
            self.line(&format!("<serviceProvider actorID=\"{PROVIDER}\"/>"));
        }
        for (name, number) in in_order(owners) {
            self.open(&format!("serviceProvider actorID=\"A{number}\""));
            self.text("companyName", name);
            self.close();
        }
        self.close();
    }

    fn sides(&mut self, touchpoint: &Touchpoint, provider: &str) {
        let name = touchpoint.label();
        let (begins, told) = match touchpoint.says.as_deref() {
            Some(says) if !says.trim().is_empty() => ((provider, says), (CUSTOMER, name)),
            _ => ((CUSTOMER, name), (provider, name)),
        };
        for (side, (actor, label)) in [("initiator", begins), ("receiver", told)] {
            self.open(side);
            self.line(&format!("<refersTo actorIDref=\"{actor}\"/>"));
            self.text(&format!("{side}Label"), label);
            self.close();
        }
    }

    fn experience(&mut self, touchpoint: &Touchpoint) {
        let Some(valence) = touchpoint.mean_valence() else {
            return;
        };
        self.open("touchpointExperience");
        self.some("experienceDescription", feeling(touchpoint));
        let grade = (valence * 2.0).round() + 3.0;
        self.text("experienceRating", &grade.to_string());
        self.close();
    }
}

/// A text without the characters that XML can not hold.
fn sound(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\t' => c,
            '\r' => '\n',
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => ' ',
            c => c,
        })
        .collect()
}
