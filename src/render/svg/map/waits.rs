//! How long ways take, in the words of the map.

use super::words::Words;
use crate::render::number::duration;
use crate::view::map::{Wait, WaitTime};

impl Words<'_> {
    /// "to 3: 2 days", "again: 1 day to 3 days"; where it is known how waits spread, the median with the quartiles: "to 3: 2 days
    /// (1 day to 5 days)".
    pub(super) fn wait(self, wait: &Wait, from: usize) -> String {
        let range = |least: f64, most: f64| {
            let (least, most) = (
                self.figures(&duration(least)),
                self.figures(&duration(most)),
            );
            if least == most {
                least
            } else {
                self.say("{} to {}", &[&least, &most])
            }
        };
        let time = match wait.time {
            WaitTime::Stated { least, most } => range(least, most),
            WaitTime::Spread { median, quartiles } => {
                let median = self.figures(&duration(median));
                let spread = range(quartiles.0, quartiles.1);
                if spread == median {
                    median
                } else {
                    format!("{median} ({spread})")
                }
            }
        };
        if wait.to == from {
            self.say("again: {}", &[&time])
        } else {
            self.say("to {}: {}", &[&(wait.to + 1).to_string(), &time])
        }
    }
}
