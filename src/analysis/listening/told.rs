//! Who is heard, in words.

use super::{Listening, ListeningGain};
use crate::flow::Basis;
use crate::page::number::{JOURNEYS, MOMENTS, among, capital, feeling, list, percent, share, that};
use crate::page::words::{name, place};
use crate::page::{Bar, Block, Cell, Question, Section, Table, number, said, text, told};

/// So many touchpoints are named that listen.
const NAMED: usize = 10;

told!(Listening);

impl Question for Listening {
    fn sections(&self) -> Vec<Section> {
        let mut section = Section::new("heard", "Who is heard, and who leaves without a word");
        let (Some(unhappy), Some(heard), Some(since), Some(leaving), Some(silent)) = (
            self.unhappy,
            self.heard,
            self.heard_since,
            self.leaving,
            self.silent_churn,
        ) else {
            section.say(match self.unhappy {
                Some(unhappy) => unhappy_moment(self, unhappy),
                None => "Who is unhappy is unknown.".to_owned(),
            });
            section.put(would_help(&self.gains));
            return vec![section];
        };
        section.say(unhappy_moment(self, unhappy));
        if unhappy <= 0.0 {
            section.put(would_help(&self.gains));
            return vec![section];
        }
        let leavers = format!("unhappy, and ending with {}", name(self.goal.as_str()));
        let bars = [
            all_unhappy(self, unhappy),
            (heard, "unhappy, and heard somewhere".to_owned()),
            (since, "unhappy, and heard then or later".to_owned()),
            (leaving, leavers),
            (silent, "the same, and never heard".to_owned()),
        ];
        let bars = bars.map(|(part, what)| Bar {
            what,
            share: part,
            figure: share(part),
        });
        section.put(Block::Bars(bars.into(), JOURNEYS));
        if self.unstated > 0.0 {
            section.say(format!(
                "How {} is not stated: some of these may leave as well.",
                that(self.unstated, JOURNEYS, ("ends", "end"))
            ));
        }
        let listeners: Vec<String> = self.listeners.iter().map(|id| place(id)).collect();
        section.say(if listeners.is_empty() {
            "No touchpoint that customers come to can listen.".to_owned()
        } else {
            format!("Customers are heard at {}.", list(&listeners, NAMED))
        });
        let would_help = would_help(&self.gains);
        section.put(if self.gains.is_empty() {
            would_help.into()
        } else {
            let most = "Where listening would catch most of those who leave without a word";
            Block::Under(most.to_owned(), vec![would_help.into()])
        });
        section.within("These shares are", self.error_bound);
        vec![section]
    }
}

/// How many are unhappy, and what that means.
fn unhappy_moment(listening: &Listening, unhappy: f64) -> String {
    let told = format!(
        "{} an unhappy moment (a feeling of {} or worse; feelings are known at {}).",
        capital(&that(unhappy, JOURNEYS, ("meets", "meet"))),
        feeling(listening.unhappy_at),
        among(listening.coverage, MOMENTS)
    );
    match listening.unhappy_modelled {
        Some(_) if listening.heard.is_none() => format!(
            "{told} Who of them is heard is unknown: nothing says at which touchpoints customers can be."
        ),
        Some(modelled) if listening.basis == Basis::Counted => format!(
            "{told} That is counted. Who of them is heard and who leaves is modelled, by a map that takes {} for unhappy.",
            among(modelled, JOURNEYS)
        ),
        _ => told,
    }
}

/// The first of the shares that follow: of those that they are parts of.
fn all_unhappy(listening: &Listening, unhappy: f64) -> (f64, String) {
    match listening.unhappy_modelled {
        Some(modelled) if listening.basis == Basis::Counted => {
            (modelled, "unhappy (modelled, as all here)".to_owned())
        }
        _ => (unhappy, "unhappy".to_owned()),
    }
}

fn would_help(gains: &[ListeningGain]) -> Table {
    let noun = ("touchpoint", "touchpoints");
    Table::of(gains, "Where listening would help", noun)
        .key("listening")
        .brief("id", text("touchpoint"), |known| Cell::place(&known.id))
        .brief(
            "gain",
            number("journeys less that\nleave unheard"),
            |known| Cell::share(known.gain),
        )
        .brief("share", number("of all that\nleave so"), |known| {
            Cell::percent(known.share)
        })
        .done()
}

said!(ListeningGain, gain);

fn gain(known: &ListeningGain) -> String {
    let at = place(&known.id);
    match (known.gain, known.share) {
        (Some(gain), Some(part)) => format!(
            "{at}: by listening here, {} less would leave without a word, {} of them",
            among(gain, JOURNEYS),
            percent(part)
        ),
        _ => format!(
            "{at}: how many come by here who leave without a word is unknown, for the map is too entangled"
        ),
    }
}
