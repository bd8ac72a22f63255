//! What announces an ending, in words.

use super::{AsFar, EarlySign, EarlySigns};
use crate::flow::Basis;
use crate::journey::Outcome;
use crate::page::Detail::{Brief, Full};
use crate::page::number::{JOURNEYS, MOMENTS, capital, count, duration, or_unknown, share, that};
use crate::page::words::{ending, place, strong};
use crate::page::{Block, Cell, Question, Section, Table, Unit, number, said, text, told};

told!(EarlySigns);

const LEADING: &str = "Leading indicators: no other sign is at least as good in all of lift (how much likelier it makes the ending), \
    coverage (how many of those who end so show it) and earliness, and better in one.";

/// Of so many endings people are told, the most frequent ones; programs are told of all.
const ENDINGS: usize = 4;
/// Of a map that was drawn, of so many: nobody counted whether the signs hold.
const DRAWN: usize = 2;
/// Below this lift a sign of a map hardly makes an ending likelier.
const NOTABLE: f64 = 1.1;
/// So many comparisons with those who came as far are told in sentences.
const COMPARED: usize = 5;
/// So few journeys on a side are no ground for a sentence.
const FEW: u64 = 5;

impl Question for EarlySigns {
    fn sections(&self) -> Vec<Section> {
        let heading = format!("What announces {}", ending(&self.outcome));
        vec![Section::with(
            "signs",
            &heading,
            blocks(self, Some(LEADING)),
        )]
    }
}

impl Question for Vec<EarlySigns> {
    fn sections(&self) -> Vec<Section> {
        let mut section = Section::new("signs", "What announces the endings");
        let mut most: Vec<&EarlySigns> = self.iter().filter(|signs| tells(signs)).collect();
        let telling = most.len();
        most.sort_by(|a, b| b.probability.total_cmp(&a.probability));
        let is_counted = most.iter().any(|signs| {
            let mut all = signs.signs.iter();
            all.any(|sign| sign.basis == Basis::Counted)
        });
        most.truncate(if is_counted { ENDINGS } else { DRAWN });
        let is_told = |signs: &&EarlySigns| most.iter().any(|known| known.outcome == signs.outcome);
        section.put(Block::Say(LEADING.to_owned()));
        for signs in self.iter().filter(is_told) {
            let title = format!("What announces {}", ending(&signs.outcome));
            section.put(Block::Under(title, blocks(signs, None)));
        }
        if telling > most.len() {
            section.note(format!(
                "Of the {} most frequent endings; the tables for programs tell of all.",
                most.len()
            ));
        }
        section.put(for_programs(self));
        vec![section]
    }

    fn is_worth_telling(&self) -> bool {
        self.iter().any(tells)
    }
}

/// Whether something announces the ending or clearly speaks against it.
fn tells(signs: &EarlySigns) -> bool {
    let mut all = signs.signs.iter();
    all.any(|sign| sign.leading && announces(sign) || clear(sign).is_some())
}

/// Whether a sign that was counted leads, or one of the map makes the ending notably likelier.
fn announces(sign: &EarlySign) -> bool {
    sign.lift_low.is_some() || sign.lift >= NOTABLE
}

/// Those who came as far, where they differ and there are enough on both sides.
fn clear(sign: &EarlySign) -> Option<&AsFar> {
    let as_far = sign.as_far.as_ref()?;
    let enough = sign.journeys? >= FEW && as_far.journeys >= FEW;
    (enough && as_far.is_clear()).then_some(as_far)
}

/// What announces one ending: the leading indicators, and the signs that hold against those who came as far.
fn blocks(signs: &EarlySigns, explained: Option<&str>) -> Vec<Block> {
    let mut blocks = vec![Block::Say(format!(
        "{} so.",
        capital(&that(signs.probability, JOURNEYS, ("ends", "end")))
    ))];
    let leading: Vec<&EarlySign> = signs.signs.iter().filter(|sign| sign.leading).collect();
    if leading.is_empty() {
        blocks.push(Block::Say("Nothing on the way announces it.".to_owned()));
    } else {
        blocks.extend(explained.map(|said| Block::Say(said.to_owned())));
        blocks.extend(indicators(&leading, &signs.outcome));
    }
    blocks.extend(against_as_far(signs));
    blocks
}

/// The signs that no other one beats.
fn indicators(leading: &[&EarlySign], outcome: &Outcome) -> Vec<Block> {
    let counted = leading.iter().any(|sign| sign.lift_low.is_some());
    let mut blocks = Vec::new();
    if counted {
        blocks.push(Block::Say(
            "Counted: the whole interval of each lift is above 1. The lift is against all journeys; beside it stand those who came as \
             far and went on without the sign."
                .to_owned(),
        ));
    }
    let caption = format!("What announces {}", ending(outcome));
    let table = Table::of(leading, caption, ("indicator", "indicators"))
        .shown(Brief, text("sign"), |leader| Cell::words(sign(leader)))
        .shown(Brief, number("end so,\nof 100"), |leader| {
            Cell::of_100(leader.probability)
        })
        .shown(Brief, number("times\nthe usual\nshare"), |leader| {
            Cell::times(leader.lift)
        })
        .when(counted, |table| {
            table
                .shown(Full, number("from"), |leader| {
                    Cell::or_none(leader.lift_low, Cell::times)
                })
                .shown(Full, number("to"), |leader| {
                    Cell::or_none(leader.lift_high, Cell::times)
                })
                .shown(
                    Brief,
                    number("came as far\nwithout it,\nof 100"),
                    |leader| {
                        let as_far = leader.as_far.as_ref();
                        Cell::or_none(as_far.map(|as_far| as_far.probability), Cell::of_100)
                    },
                )
        })
        .shown(Brief, number("of 100 who\nend so,\nshow it"), |leader| {
            Cell::of_100(leader.coverage)
        })
        .shown(Brief, number("moments\nleft"), |leader| {
            Cell::times(leader.moments_left)
        })
        .shown(Brief, number("known\nwaits left"), |leader| {
            Cell::duration(leader.wait_left_s)
        });
    blocks.push(table.done().into());
    blocks
}

/// The signs that differ from those who came as far, the greatest difference first.
fn against_as_far(signs: &EarlySigns) -> Vec<Block> {
    let all = signs.signs.iter();
    let compared = all.filter_map(|sign| Some((sign, clear(sign)?)));
    let mut compared: Vec<(&EarlySign, &AsFar)> = compared.collect();
    if compared.is_empty() {
        return Vec::new();
    }
    compared.sort_by(|(_, a), (_, b)| b.difference.abs().total_cmp(&a.difference.abs()));
    compared.truncate(COMPARED);
    let sentences = compared
        .into_iter()
        .map(|(sign, as_far)| held_against(sign, as_far, &signs.outcome));
    let heading = "Of those who came as far: who comes far at all differs from who does not, so hold a sign against those who came to the \
         touchpoint before it and went on without it.";
    vec![
        Block::Say(heading.to_owned()),
        Block::ranking(sentences.collect(), ("comparison", "comparisons")),
    ]
}

impl EarlySign {
    /// The sign beside those who came as far.
    pub(crate) fn held_against(&self, outcome: &Outcome) -> String {
        let as_far = self.as_far.as_ref();
        as_far.map_or_else(String::new, |as_far| held_against(self, as_far, outcome))
    }
}

/// "error: of 100 journeys that come there 10 of 100 end in bought, of 300 that came to payment and went on without it 84 of 100"
fn held_against(known: &EarlySign, as_far: &AsFar, outcome: &Outcome) -> String {
    let range = as_far.difference_low.zip(as_far.difference_high);
    let range = range.map_or_else(String::new, |(low, high)| {
        let change = |change| Unit::ChangeOf100.say(change);
        format!(
            " (difference {}, {} to {})",
            change(as_far.difference),
            change(low),
            change(high)
        )
    });
    format!(
        "{}: of {} journeys that come there {} end in {}, of {} that came to {} and went on without it {}{range}",
        strong(&sign(known)),
        count(known.journeys.unwrap_or_default() as f64),
        share(known.probability),
        ending(outcome),
        count(as_far.journeys as f64),
        place(&as_far.before),
        share(as_far.probability),
    )
}

/// Every sign of every ending.
fn for_programs(all: &[EarlySigns]) -> Table {
    let rows: Vec<(&EarlySigns, &EarlySign)> = all
        .iter()
        .flat_map(|signs| signs.signs.iter().map(move |sign| (signs, sign)))
        .collect();
    let as_far = |sign: &EarlySign, figure: fn(&AsFar) -> Option<f64>| {
        Cell::or_none(sign.as_far.as_ref(), |as_far| Cell::share(figure(as_far)))
    };
    Table::of(&rows, "What announces the endings", ("sign", "signs"))
        .key("early_signs")
        .data("outcome", |(signs, _)| Cell::name(signs.outcome.as_str()))
        .data("id", |(_, sign)| Cell::place(&sign.id))
        .data("result", |(_, sign)| {
            Cell::or_none(sign.result, |result| Cell::Word(result.as_str()))
        })
        .data("reach", |(_, sign)| Cell::share(sign.reach))
        .data("probability", |(_, sign)| Cell::share(sign.probability))
        .data("journeys", |(_, sign)| {
            Cell::or_none(sign.journeys, |number| Cell::count(number as f64))
        })
        .data("basis", |(_, sign)| Cell::Word(sign.basis.as_str()))
        .data("lift", |(_, sign)| Cell::times(sign.lift))
        .data("lift_low", |(_, sign)| {
            Cell::or_none(sign.lift_low, Cell::times)
        })
        .data("lift_high", |(_, sign)| {
            Cell::or_none(sign.lift_high, Cell::times)
        })
        .data("as_far_before", |(_, sign)| {
            Cell::or_none(sign.as_far.as_ref(), |as_far| Cell::place(&as_far.before))
        })
        .data("as_far_journeys", |(_, sign)| {
            Cell::or_none(sign.as_far.as_ref(), |as_far| {
                Cell::count(as_far.journeys as f64)
            })
        })
        .data("as_far", move |(_, sign)| {
            as_far(sign, |known| Some(known.probability))
        })
        .data("difference", move |(_, sign)| {
            as_far(sign, |known| Some(known.difference))
        })
        .data("difference_low", move |(_, sign)| {
            as_far(sign, |known| known.difference_low)
        })
        .data("difference_high", move |(_, sign)| {
            as_far(sign, |known| known.difference_high)
        })
        .data("coverage", |(_, sign)| Cell::share(sign.coverage))
        .data("moments_left", |(_, sign)| Cell::times(sign.moments_left))
        .data("wait_left_s", |(_, sign)| Cell::duration(sign.wait_left_s))
        .data("leading", |(_, sign)| {
            Cell::Word(if sign.leading { "yes" } else { "no" })
        })
        .done()
}

said!(EarlySign, sentence);

/// "call" or "notice, promise broken"
fn sign(sign: &EarlySign) -> String {
    let at = place(&sign.id);
    match sign.result {
        Some(result) => format!("{at}, promise {result}"),
        None => at,
    }
}

/// What the sign says.
fn sentence(known: &EarlySign) -> String {
    let left = count(known.moments_left);
    let unit = if left == "1" { MOMENTS.0 } else { MOMENTS.1 };
    let waits = known.wait_left_s.map_or_else(String::new, |wait| {
        format!(", with known waits of {}", duration(wait))
    });
    let as_far = known.as_far.as_ref().map_or_else(String::new, |as_far| {
        format!(
            ", of those who came to {} and went on without it {}",
            place(&as_far.before),
            share(as_far.probability)
        )
    });
    format!(
        "{}: of those who show it {} end so{as_far}, {} times the usual share; of those who end so {} show it; {left} {unit} are left \
         then{waits}",
        sign(known),
        share(known.probability),
        count(known.lift),
        or_unknown(known.coverage, share),
    )
}
