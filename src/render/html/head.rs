//! Above the answer: what the page is, and of whom it tells.

use super::Story;
use super::markup::{Inline, Page};
use crate::journey::JourneyKind;

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
