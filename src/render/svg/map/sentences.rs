//! Sentences of a map: about pains and bright spots below it, and what they are made of.

use super::words::Words;
use crate::analysis::{BrightSpot, PainCauseKind};
use crate::journey::{Channel, Evidence, Phase, PromiseResult};
use crate::render::number::{is_all, share};
use crate::render::svg::canvas::plain;
use crate::view::map::{Column, JourneyMap, PainInWords, Visitors};

impl<'a> Words<'a> {
    pub(super) fn evidence(self, evidence: Evidence) -> &'a str {
        self.word(match evidence {
            Evidence::Assumed => "evidence.assumed",
            Evidence::Reported => "evidence.reported",
            Evidence::Observed => "evidence.observed",
        })
    }

    /// "76 of 100 journeys", "every journey".
    pub(super) fn journeys(self, part: f64) -> String {
        if part <= 0.0 {
            self.word("no journey").to_owned()
        } else if is_all(part) {
            self.word("every journey").to_owned()
        } else {
            self.say("{} journeys", &[&self.figures(&share(part))])
        }
    }

    /// Who comes, in a sentence.
    pub(super) fn come(self, visitors: Visitors) -> String {
        let part = match visitors {
            Visitors::Visits(_) => return self.word("how many come is unknown").to_owned(),
            Visitors::Nobody => 0.0,
            Visitors::Reach(reach) => reach,
        };
        let is_one = part <= 0.0 || is_all(part) || share(part).starts_with("1 ");
        let phrase = if is_one { "{} comes" } else { "{} come" };
        self.say(phrase, &[&self.journeys(part)])
    }

    pub(super) fn at(self, what: &str, place: &str) -> String {
        self.say("{} at {}", &[what, place])
    }

    pub(super) fn feeling_of(self, mean: f64) -> String {
        self.say("feeling {}", &[&self.valence(mean)])
    }

    /// A text in quotation marks.
    pub(super) fn quoted(self, text: &str) -> String {
        self.say("“{}”", &[&plain(text)])
    }

    /// A touchpoint, with where it is and who answers for it.
    fn place(self, label: &str, channel: &Channel, phase: Phase, owner: Option<&str>) -> String {
        let about = [self.channel(channel), self.0.phase(phase).to_owned()];
        let about = about.into_iter().chain(owner.map(plain));
        let about: Vec<String> = about.collect();
        format!("{} ({})", plain(label), about.join(", "))
    }

    /// A pain below the map.
    pub(super) fn pain_in_words(self, shown: &JourneyMap, told: &PainInWords) -> String {
        let pain = &told.pain;
        if self.is_english() {
            return pain.to_string();
        }
        let column = shown.columns.iter().find(|column| column.id == pain.id);
        let mut parts: Vec<String> = Vec::new();
        parts.extend(pain.reach.map(|reach| self.met_by(reach)));
        parts.extend(column.and_then(|column| self.felt_at(column)));
        let share = pain.share.filter(|&share| share > 0.0);
        parts.extend(share.map(|share| self.of_all_hurt(share)));
        for cause in &pain.causes {
            if cause.kind == PainCauseKind::BrokenPromise {
                let broken = self.result(PromiseResult::Broken, cause.figure);
                let promise = pain.promise.as_deref().map(|promise| self.quoted(promise));
                parts.push(format!("{} {broken}", promise.unwrap_or_default()));
            }
        }
        parts.extend(pain.causes.iter().filter_map(|cause| self.cause(cause)));
        let owner = pain.owner.as_deref();
        let place = self.place(&pain.label, &pain.channel, pain.phase, owner);
        format!("{place}: {}.", parts.join("; "))
    }

    /// A bright spot below the map.
    pub(super) fn bright_in_words(self, spot: &BrightSpot) -> String {
        let parts = [
            Some(self.of_all_good(spot.share)),
            spot.reach.map(|reach| self.met_by(reach)),
            spot.mean.map(|mean| self.feeling_of(mean)),
            spot.positive.map(|positive| self.feel_good(positive)),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        let owner = spot.owner.as_deref();
        let place = self.place(&spot.label, &spot.channel, spot.phase, owner);
        format!("{place}: {}.", parts.join("; "))
    }

    fn met_by(self, reach: f64) -> String {
        self.say("met by {}", &[&self.journeys(reach)])
    }

    fn felt_at(self, column: &Column) -> Option<String> {
        let marker = column.marker.as_ref()?;
        let word = marker.word.as_ref().map(|word| self.felt_most(word));
        let word = word.map_or_else(String::new, |word| format!(", {word}"));
        Some(format!("{}{word}", self.feeling_of(marker.mean)))
    }
}
