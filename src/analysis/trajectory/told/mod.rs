//! How feelings run, in words.

mod extremes;
mod paths;

use super::{CurvePoint, PhaseFigures, Trajectory, TurningPoint};
use crate::flow::{Basis, RememberedWeights};
use crate::page::Detail::Brief;
use crate::page::block::Fact;
use crate::page::number::{
    JOURNEYS, MOMENTS, UNKNOWN, among, cell, feeling, is_all, or_unknown, per_journey, percent,
    share, that,
};
use crate::page::words::{place, soft, strong};
use crate::page::{
    Block, Cell, Picture, Question, Section, Table, fixed, number, said, text, told,
};

/// So many falls and rises are told.
const TURNS: usize = 5;

/// What a page folds the tables under.
const FOLDED: &str = "The figures behind this picture";

told!(Trajectory);

impl Question for Trajectory {
    fn sections(&self) -> Vec<Section> {
        let mut section = Section::new("run", "How feelings run");
        section.say(
            "A feeling is a number from -1 (as bad as can be) over 0 (neutral) to +1 (as good as can be), its valence.",
        );
        section.say(format!("The feeling is {}.", known(self.coverage)));
        if self.coverage <= 0.0 {
            // Only how many come by in each phase can be told, and which paths they take.
            section.put(Block::Fold(FOLDED, phases(&self.phases, self.basis)));
            section.put(curve(&self.curve).for_programs());
            for turns in [Turns::falls(&self.falls), Turns::rises(&self.rises)] {
                let [_, table] = turns.table();
                section.put(table);
            }
            section.blocks.extend(paths::told(self));
            return vec![section];
        }
        section.put(Block::Fold(FOLDED, phases(&self.phases, self.basis)));
        section.put(Block::InText(drawn(&self.curve)));
        section.put(Block::Fold(FOLDED, vec![curve(&self.curve).into()]));
        let numbers = Block::Under(
            "A journey in a few numbers".to_owned(),
            vec![few_numbers(self)],
        );
        section.put(Block::Beside(vec![
            Block::Picture(Picture::Trajectory),
            numbers,
        ]));
        if self.coverage > 0.0 && self.coverage < 1.0 {
            section.note(
                "Worst, best and peak are taken over journeys with at least one known feeling.",
            );
        }
        if let Some(grid) = self.rounded_to {
            section.note(format!(
                "For worst, best and peak, feelings were rounded to steps of {grid}."
            ));
        }
        section.within(
            "Worst, best, peak and the journeys of each phase are",
            self.error_bound,
        );
        let (falls, rises) = (Turns::falls(&self.falls), Turns::rises(&self.rises));
        section.put(Block::OnPage(vec![Block::Beside(vec![
            falls.strongest(),
            rises.strongest(),
        ])]));
        section.blocks.extend(falls.table());
        section.blocks.extend(rises.table());
        section.blocks.extend(paths::told(self));
        vec![section]
    }
}

/// How many moments have a known feeling.
fn known(coverage: f64) -> String {
    if coverage <= 0.0 {
        "known at no moment".to_owned()
    } else if is_all(coverage) {
        "known at every moment".to_owned()
    } else {
        let known = among(coverage, MOMENTS);
        format!("known at {known}; the others are left out and not counted as neutral")
    }
}

fn phases(phases: &[PhaseFigures], basis: Basis) -> Vec<Block> {
    // Where there are no moments there is nothing that could be unknown.
    let met = |phase: &PhaseFigures, cell: Cell| Cell::or_none(phase.coverage, |_| cell);
    let table = Table::of(phases, "Before, during and after", ("phase", "phases"))
        .key("phases")
        .brief("phase", fixed("phase"), |p| Cell::Word(p.phase.as_str()))
        .brief("reach", number("journeys\ncoming,\nof 100"), |p| {
            Cell::of_100(p.reach)
        })
        .brief("moments", number("moments\nper\njourney"), |p| {
            Cell::times(p.moments)
        })
        .brief("coverage", number("feeling\nknown,\nof 100"), |p| {
            met(p, Cell::of_100(p.coverage))
        })
        .brief("mean", number("mean\nfeeling"), |p| {
            met(p, Cell::valence(p.mean))
        })
        .full("sd", number("standard deviation"), |p| {
            met(p, Cell::size(p.sd))
        })
        .brief("positive", number("good\nof 100"), |p| {
            met(p, Cell::of_100(p.positive))
        })
        .brief("neutral", number("neutral\nof 100"), |p| {
            met(p, Cell::of_100(p.neutral))
        })
        .brief("negative", number("bad\nof 100"), |p| {
            met(p, Cell::of_100(p.negative))
        })
        .done();
    let mut notes = Vec::new();
    if phases.iter().any(|phase| phase.mean.is_some()) {
        notes.push(
            "Good is above +0.10, bad is below -0.10; shares are of moments with a known feeling.",
        );
    }
    if basis == Basis::Counted {
        notes.push("How many journeys come to each phase is modelled.");
    }
    let mut blocks = vec![table.into()];
    if !notes.is_empty() {
        blocks.push(Block::Note(notes.join(" ")));
    }
    blocks
}

/// The curve for those who read characters.
fn drawn(curve: &[CurvePoint]) -> Vec<Block> {
    let says = "Moment by moment: the mean feeling of the journeys still under way, and how many those are of 100.";
    let points = curve.iter().map(|point| (point.mean, point.travelling));
    let mut blocks = vec![
        Block::Say(says.to_owned()),
        Block::Picture(Picture::Curve(points.collect())),
    ];
    if curve.iter().any(|point| point.mean.is_none()) {
        let gap = "A gap in the curve, and ? below it: the feeling of that moment is unknown.";
        blocks.push(Block::Note(gap.to_owned()));
    }
    blocks
}

fn curve(curve: &[CurvePoint]) -> Table {
    let curve: Vec<(usize, &CurvePoint)> = (1..).zip(curve).collect();
    Table::of(&curve, "Moment by moment", ("moment", "moments"))
        .key("curve")
        .full("moment", text("moment"), |(moment, _)| Cell::rank(*moment))
        .full("mean", number("mean feeling"), |(_, point)| {
            Cell::valence(point.mean)
        })
        .full(
            "travelling",
            number("journeys under way, of 100"),
            |(_, point)| Cell::of_100(point.travelling),
        )
        .done()
}

/// The figures that sum a journey up, each with its name and its meaning.
fn few_numbers(trajectory: &Trajectory) -> Block {
    let (worst, best) = (extremes::worst(trajectory), extremes::best(trajectory));
    let end = format!("the last moment; {}", known_end(trajectory.end_coverage));
    let fact = |name, figure, meaning: &str| Fact {
        name,
        figure,
        meaning: meaning.to_owned(),
    };
    let felt = Cell::valence;
    Block::Facts(vec![
        fact(
            "worst",
            felt(trajectory.worst.mean),
            &format!("the worst moment of a journey, on average{worst}"),
        ),
        fact(
            "best",
            felt(trajectory.best.mean),
            &format!("the best moment of a journey, on average{best}"),
        ),
        fact(
            "peak",
            felt(trajectory.peak),
            "the strongest moment of a journey, good or bad, on average",
        ),
        fact("end", felt(trajectory.end), &end),
        fact("mean", felt(trajectory.mean), "all moments alike"),
        fact(
            "peak-end",
            felt(trajectory.peak_end),
            "halfway between peak and end",
        ),
        fact(
            "remembered",
            felt(trajectory.remembered),
            &blended(&trajectory.weights),
        ),
        fact(
            "swing",
            Cell::size(trajectory.swing),
            "how far feelings move from one moment to the next; up to 0.25 is steady, above 0.75 a rollercoaster",
        ),
    ])
}

/// "what is likely to be remembered: 50 % mean, 25 % peak, 25 % end"
fn blended(weights: &RememberedWeights) -> String {
    let parts = [
        (weights.mean, "mean"),
        (weights.peak, "peak"),
        (weights.end, "end"),
    ];
    let counting = parts.into_iter().filter(|&(weight, _)| weight > 0.0);
    let said: Vec<String> = counting
        .map(|(weight, part)| format!("{} {part}", percent(weight)))
        .collect();
    format!("what is likely to be remembered: {}", said.join(", "))
}

fn known_end(coverage: f64) -> String {
    if coverage <= 0.0 {
        format!("its feeling is {UNKNOWN}")
    } else {
        format!("its feeling is known for {}", among(coverage, JOURNEYS))
    }
}

/// Falls or rises, and how they are called.
struct Turns<'a> {
    kind: &'static str,
    title: &'static str,
    ranked: &'static str,
    noun: (&'static str, &'static str),
    all: &'a [TurningPoint],
}

impl<'a> Turns<'a> {
    fn falls(turns: &'a [TurningPoint]) -> Self {
        Self {
            kind: "fall",
            title: "Where feelings fall",
            ranked: "Where feelings fall, the strongest first",
            noun: ("fall", "falls"),
            all: turns,
        }
    }

    fn rises(turns: &'a [TurningPoint]) -> Self {
        Self {
            kind: "rise",
            title: "Where feelings rise",
            ranked: "Where feelings rise, the strongest first",
            noun: ("rise", "rises"),
            all: turns,
        }
    }

    /// The strongest as a short list.
    fn strongest(&self) -> Block {
        let sentence = |turn: &TurningPoint| {
            let times = soft(&format!(", {} times per journey", cell(turn.flow)));
            format!("{} {}{times}", strong(&feeling(turn.change)), way(turn))
        };
        let list = if self.all.is_empty() {
            Block::Say("None is known.".to_owned())
        } else {
            Block::ranking(
                self.all.iter().take(TURNS).map(sentence).collect(),
                self.noun,
            )
        };
        Block::Under(self.title.to_owned(), vec![list])
    }

    fn table(&self) -> [Block; 2] {
        let none = if self.all.is_empty() {
            let says = vec![Block::Say("none is known.".to_owned())];
            vec![Block::Under(self.ranked.to_owned(), says)]
        } else {
            Vec::new()
        };
        let table = Table::of(self.all, self.ranked, self.noun)
            .key("turns")
            .listed(TURNS)
            .shown(Brief, number("change"), |turn| Cell::change(turn.change))
            .shown(Brief, number("times per\njourney"), |turn| {
                Cell::times(turn.flow)
            })
            .shown(Brief, text("way"), |turn| Cell::words(way(turn)))
            .data("turn", |_| Cell::Word(self.kind))
            .data("from", |turn| Cell::place(&turn.from))
            .data("to", |turn| Cell::place(&turn.to))
            .data("when", |turn| {
                Cell::or_none(turn.when, |result| Cell::Word(result.as_str()))
            })
            .data("flow", |turn| Cell::times(turn.flow))
            .data("change", |turn| Cell::change(turn.change))
            .done();
        let title = self.ranked.to_owned();
        let table = if self.all.is_empty() {
            table.into()
        } else {
            Block::Under(title, vec![table.into()])
        };
        [Block::InText(none), Block::Fold(FOLDED, vec![table])]
    }
}

fn way(turn: &TurningPoint) -> String {
    let way = format!("{} → {}", place(&turn.from), place(&turn.to));
    match turn.when {
        Some(result) => format!("{way}, when the promise is {result}"),
        None => way,
    }
}

said!(PhaseFigures, phase_in_a_sentence);

/// What a phase feels like.
fn phase_in_a_sentence(figures: &PhaseFigures) -> String {
    let phase = figures.phase;
    let comers = that(figures.reach, JOURNEYS, ("comes", "come"));
    let Some(coverage) = figures.coverage else {
        return format!("{phase}: {comers} here");
    };
    let moments = per_journey(figures.moments, MOMENTS);
    let mean = or_unknown(figures.mean, feeling);
    let shares = [figures.positive, figures.neutral, figures.negative];
    let shares = match shares.map(|part| part.map(share)) {
        [Some(positive), Some(neutral), Some(negative)] => {
            format!(" ({positive} good, {neutral} neutral, {negative} bad)")
        }
        _ => String::new(),
    };
    let known = among(coverage, MOMENTS);
    format!("{phase}: {comers} here, {moments}, mean feeling {mean}{shares}, known at {known}")
}
