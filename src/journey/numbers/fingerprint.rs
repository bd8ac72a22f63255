//! A map as one number, so that figures counted for it are not taken for those of another one.

use crate::journey::facts::Given;
use crate::journey::feelings::Emotion;
use crate::journey::journey::Journey;
use crate::journey::promise::PromiseResult;
use crate::journey::touchpoint::Touchpoint;
use crate::statistics::Waits;

/// What figures depend on: touchpoints with channel, need, promise, feelings, starts and ends, and the ways between them. Names,
/// owners, notes, costs and everything else may be edited without a figure changing.
///
/// Numbers count by their first twelve digits, since some readers of documents change the last ones.
pub(in crate::journey) fn fingerprint(journey: &Journey) -> String {
    let mut hash = Hash::new();
    for fact in journey.remembers() {
        hash.text(&format!("{fact:?}"));
    }
    for touchpoint in journey.touchpoints() {
        hash.text(&touchpoint.id);
        hash.text(touchpoint.channel.as_str());
        hash.text(touchpoint.need.as_deref().unwrap_or_default());
        if let Some(promise) = &touchpoint.promise {
            hash.text(&promise.name);
            for weight in [promise.kept, promise.broken, promise.unknown] {
                hash.number(weight);
            }
        }
        for emotion in [
            &touchpoint.emotion,
            &touchpoint.emotion_when_broken,
            &touchpoint.emotion_when_unknown,
        ] {
            hash.emotion(emotion.as_ref());
        }
        hash.remembering(touchpoint);
        if touchpoint.measurement {
            hash.text("measurement");
        }
        hash.number(touchpoint.starts.unwrap_or(-1.0));
        for ending in &touchpoint.ends {
            hash.text(ending.outcome.as_str());
            hash.number(ending.weight);
            hash.result(ending.when);
            hash.given(&ending.given);
        }
    }
    for (from, to, transition) in journey.transitions() {
        hash.text(&from.id);
        hash.text(&to.id);
        hash.number(transition.weight);
        hash.result(transition.when);
        hash.given(&transition.given);
        hash.number(transition.wait_s.unwrap_or(-1.0));
        for &(bucket, count) in transition.wait_spread.iter().flat_map(Waits::numbered) {
            hash.text(&format!("{bucket} {count}"));
        }
    }
    format!("{:016x}", hash.0)
}

/// The FNV hash of 64 bits (Fowler, Noll and Vo 1991): the same on every machine.
struct Hash(u64);

impl Hash {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn text(&mut self, text: &str) {
        for byte in text.bytes().chain([0xff]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    fn number(&mut self, number: f64) {
        self.text(&format!("{number:.11e}"));
    }

    fn result(&mut self, result: Option<PromiseResult>) {
        self.text(result.map_or("", PromiseResult::as_str));
    }

    fn emotion(&mut self, emotion: Option<&Emotion>) {
        self.text(if emotion.is_some() { "felt" } else { "" });
        for (valence, weight) in emotion.iter().flat_map(|emotion| emotion.valences()) {
            self.number(valence);
            self.number(weight);
        }
        self.text("");
    }

    /// Nothing where nothing is remembered, so that maps without facts keep their number.
    fn given(&mut self, given: &Given) {
        if !given.is_empty() {
            self.text(&given.to_string());
        }
    }

    fn remembering(&mut self, touchpoint: &Touchpoint) {
        for felt in &touchpoint.emotion_given {
            self.given(&felt.given);
            self.result(felt.when);
            self.emotion(Some(&felt.emotion));
        }
        for fares in &touchpoint.promise_given {
            self.given(&fares.given);
            for &result in PromiseResult::ALL {
                self.number(fares.promise.weight(result));
            }
        }
        for start in &touchpoint.starts_given {
            self.given(&start.given);
            self.number(start.weight);
        }
    }
}
