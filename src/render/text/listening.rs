//! Who is unhappy, who of them is heard, and who leaves without a word.

use std::fmt;

use super::Text;
use super::page::{LISTED, Page};
use super::table::{Table, bar};
use crate::analysis::{Listening, ListeningGain};
use crate::flow::Basis;
use crate::render::clean::clean;
use crate::render::number::{
    JOURNEYS, MOMENTS, among, capital, feeling, list, percent, share, that,
};

impl Listening {
    /// The text for people, of a width that can be set.
    pub fn text(&self) -> Text<'_> {
        Text::new(self)
    }
}

/// Who is unhappy and who hears them, in sentences and a list; see [`Listening::text`] for other widths than 80.
impl fmt::Display for Listening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(f)
    }
}

/// One plain sentence.
impl fmt::Display for ListeningGain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = clean(&self.id);
        match (self.gain, self.share) {
            (Some(gain), Some(part)) => write!(
                f,
                "{id}: by listening here, {} less would leave without a word, {} of them",
                among(gain, JOURNEYS),
                percent(part)
            ),
            _ => write!(
                f,
                "{id}: how many come by here who leave without a word is unknown, for the map is too entangled"
            ),
        }
    }
}

/// That some may have left without anybody knowing, where endings are not stated.
pub(in crate::render) fn unstated_endings(listening: &Listening) -> Option<String> {
    let unstated = listening.unstated;
    (unstated > 0.0).then(|| {
        format!(
            "How {} is not stated: some of these may leave as well.",
            that(unstated, JOURNEYS, ("ends", "end"))
        )
    })
}

/// How many are unhappy, and what that means.
pub(in crate::render) fn unhappy_moment(listening: &Listening, unhappy: f64) -> String {
    let told = format!(
        "{} an unhappy moment (a feeling of {} or worse; feelings are known at {}).",
        capital(&that(unhappy, JOURNEYS, ("meets", "meet"))),
        feeling(listening.unhappy_at),
        among(listening.coverage, MOMENTS)
    );
    match listening.unhappy_modelled {
        Some(modelled) if listening.basis == Basis::Counted => format!(
            "{told} That is counted. Who of them is heard and who leaves is modelled, by a map that takes {} for unhappy.",
            among(modelled, JOURNEYS)
        ),
        _ => told,
    }
}

/// The first row of the shares that follow: of those that they are parts of.
pub(in crate::render) fn all_unhappy(listening: &Listening, unhappy: f64) -> (f64, String) {
    match listening.unhappy_modelled {
        Some(modelled) if listening.basis == Basis::Counted => {
            (modelled, "unhappy (modelled, as all here)".to_owned())
        }
        _ => (unhappy, "unhappy".to_owned()),
    }
}

pub(super) fn print(page: &mut Page, listening: &Listening) {
    page.heading("Who is heard, and who leaves without a word");
    let (Some(unhappy), Some(heard), Some(since), Some(leaving), Some(silent)) = (
        listening.unhappy,
        listening.heard,
        listening.heard_since,
        listening.leaving,
        listening.silent_churn,
    ) else {
        match listening.unhappy {
            Some(unhappy) => page.say(&unhappy_moment(listening, unhappy)),
            None => page.say("Who is unhappy is unknown."),
        }
        return;
    };
    page.say(&unhappy_moment(listening, unhappy));
    if unhappy <= 0.0 {
        return;
    }
    page.gap();
    let mut table = Table::new().number("").text("").fixed("");
    for (part, what) in [
        all_unhappy(listening, unhappy),
        (heard, "unhappy, and heard somewhere".to_owned()),
        (since, "unhappy, and heard then or later".to_owned()),
        (
            leaving,
            format!(
                "unhappy, and ending with {}",
                clean(listening.goal.as_str())
            ),
        ),
        (silent, "the same, and never heard".to_owned()),
    ] {
        table.row([share(part), what, bar(part, 24)]);
    }
    table.print(page);
    page.gap();
    if let Some(unstated) = unstated_endings(listening) {
        page.say(&unstated);
    }
    let listeners: Vec<String> = listening.listeners.iter().map(|id| clean(id)).collect();
    page.say(&if listeners.is_empty() {
        "No touchpoint that customers come to can listen.".to_owned()
    } else {
        format!("Customers are heard at {}.", list(&listeners, LISTED))
    });
    if listening.gains.is_empty() {
        return;
    }
    page.gap();
    page.say("Where listening would catch most of those who leave without a word:");
    page.gap();
    let mut table = Table::new()
        .text("touchpoint")
        .number("journeys less that\nleave unheard")
        .number("of all that\nleave so");
    for known in listening.gains.iter().take(LISTED) {
        table.row([
            clean(&known.id),
            known.gain.map_or_else(|| "unknown".to_owned(), share),
            known.share.map_or_else(|| "unknown".to_owned(), percent),
        ]);
    }
    table.print(page);
    page.more(
        2,
        listening.gains.len(),
        LISTED,
        ("touchpoint", "touchpoints"),
    );
    super::within(page, "These shares are", listening.error_bound);
}
