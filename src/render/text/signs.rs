//! What announces an ending, and to what it is owed.

use std::fmt;

use super::Text;
use super::ending;
use super::page::{LISTED, Page};
use super::table::Table;
use crate::analysis::{Attribution, Credit, EarlySign, EarlySigns};
use crate::render::clean::clean;
use crate::render::number::{
    JOURNEYS, MOMENTS, capital, cell, count, duration, of_100, or_unknown, share, that,
};

impl EarlySigns {
    /// The text for people, of a width that can be set.
    pub fn text(&self) -> Text<'_> {
        Text::new(self)
    }
}

/// The signs for people; see [`EarlySigns::text`] for other widths than 80.
impl fmt::Display for EarlySigns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(f)
    }
}

/// What the sign says, in a sentence.
impl fmt::Display for EarlySign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let left = count(self.moments_left);
        write!(
            f,
            "{}: of those who show it {} end so, {} times the usual share; of those who end so {} show it; {left} {} are left then",
            sign(self),
            share(self.probability),
            count(self.lift),
            or_unknown(self.coverage, share),
            if left == "1" { MOMENTS.0 } else { MOMENTS.1 },
        )?;
        match self.wait_left_s {
            Some(wait) => write!(f, ", with known waits of {}", duration(wait)),
            None => Ok(()),
        }
    }
}

/// "call" or "notice, promise broken"
fn sign(sign: &EarlySign) -> String {
    let place = clean(&sign.id);
    sign.result.map_or_else(
        || place.clone(),
        |result| format!("{place}, promise {result}"),
    )
}

pub(super) fn print_signs(page: &mut Page, signs: &EarlySigns) {
    page.heading(&format!("What announces {}", ending(&signs.outcome)));
    page.say(&format!(
        "{} so.",
        capital(&that(signs.probability, JOURNEYS, ("ends", "end")))
    ));
    let leading: Vec<&EarlySign> = signs.signs.iter().filter(|sign| sign.leading).collect();
    if leading.is_empty() {
        page.say("Nothing on the way announces it.");
        return;
    }
    page.say(
        "Leading indicators: no other sign is at least as good in all of lift (how much likelier it makes the \
         ending), coverage (how many of those who end so show it) and earliness, and better in one.",
    );
    page.gap();
    let mut table = Table::new()
        .text("sign")
        .number("end so,\nof 100")
        .number("times\nthe usual\nshare")
        .number("of 100 who\nend so,\nshow it")
        .number("moments\nleft")
        .number("known\nwaits left");
    for leader in leading.iter().take(LISTED) {
        table.row([
            sign(leader),
            of_100(leader.probability),
            cell(leader.lift),
            or_unknown(leader.coverage, of_100),
            cell(leader.moments_left),
            or_unknown(leader.wait_left_s, duration),
        ]);
    }
    table.print(page);
    page.more(2, leading.len(), LISTED, ("indicator", "indicators"));
}

impl Attribution {
    /// The text for people, of a width that can be set.
    pub fn text(&self) -> Text<'_> {
        Text::new(self)
    }
}

/// The credits for people; see [`Attribution::text`] for other widths than 80.
impl fmt::Display for Attribution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(f)
    }
}

/// The removal effect and the credits, in a line.
impl fmt::Display for Credit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: removal effect {}, credit {}; first touch {}, last touch {}, linear {}",
            clean(&self.name),
            or_unknown(self.removal, share),
            or_unknown(self.credit, share),
            share(self.first_touch),
            share(self.last_touch),
            or_unknown(self.linear, share)
        )
    }
}

pub(super) fn print_attribution(page: &mut Page, attribution: &Attribution) {
    page.heading(&format!("To what {} is owed", ending(&attribution.outcome)));
    page.say(&format!(
        "{} so, and {} otherwise.",
        capital(&that(attribution.probability, JOURNEYS, ("ends", "end"))),
        share(attribution.null),
    ));
    let Some(unattributed) = attribution.unattributed else {
        page.say("To what it is owed is unknown.");
        return;
    };
    if unattributed > 0.0 {
        page.say(&format!(
            "Of those who end so, {} meet nothing that it could be owed to.",
            share(unattributed)
        ));
    }
    page.say(
        "The removal effect is the share of these journeys that would be lost with the touchpoint or channel; credit is \
         its part in the sum of all. The other columns are the usual rules, for comparison.",
    );
    let kinds = [
        ("channel", &attribution.channels, ("channel", "channels")),
        (
            "touchpoint",
            &attribution.touchpoints,
            ("touchpoint", "touchpoints"),
        ),
    ];
    for (heading, credits, noun) in kinds {
        page.gap();
        let mut table = Table::new()
            .text(heading)
            .number("removal\neffect,\nof 100")
            .number("credit,\nof 100")
            .number("first\ntouch,\nof 100")
            .number("last\ntouch,\nof 100")
            .number("linear,\nof 100");
        for credit in credits.iter().take(LISTED) {
            table.row([
                clean(&credit.name),
                or_unknown(credit.removal, of_100),
                or_unknown(credit.credit, of_100),
                of_100(credit.first_touch),
                of_100(credit.last_touch),
                or_unknown(credit.linear, of_100),
            ]);
        }
        table.print(page);
        page.more(2, credits.len(), LISTED, noun);
    }
    super::within(page, "These figures are", attribution.error_bound);
}
