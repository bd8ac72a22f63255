//! Seams in words.

use super::{BeginsAgain, NeedChannels, NoMandate, OwnerHurt, SeamFigures, Seams};
use crate::flow::Basis;
use crate::journey::{Channel, SeamKind};
use crate::page::number::{
    JOURNEYS, VISITS, among, capital, count, feeling, is_all, list, per_journey, percent, that,
};
use crate::page::words::{name, place};
use crate::page::{Block, Cell, Detail, Question, Section, Table, number, said, text, told};

/// So many places are named in a sentence.
const NAMED: usize = 5;
/// What the tables of the section are, for a page that folds them away.
const EVERY: &str = "Every hand-over, hurt by owner, and the channels of each need";

told!(Seams);

impl Question for Seams {
    fn sections(&self) -> Vec<Section> {
        let mut section = Section::new("seams", "Seams: where customers are handed over");
        let kinds = self.kinds.iter().map(sentence).collect();
        section.put(Block::list(kinds, ("kind", "kinds")));
        if let Some(again) = begun_again(self) {
            section.say(again);
        }
        if let Some(unowned) = unowned(self) {
            section.say(unowned);
        }
        if let Some(broken) = no_mandate(self) {
            section.say(broken);
        }
        let mut tables = vec![kinds_table(&self.kinds).into()];
        for kind in &self.kinds {
            put(hand_overs(kind), !kind.hand_overs.is_empty(), &mut tables);
        }
        tables.push(Block::OnPage(vec![
            begins_again(&self.begins_again).into(),
            mandates(&self.no_mandate).into(),
        ]));
        put(hurt(&self.owners), self.owners.len() > 1, &mut tables);
        let lacks = self.needs.iter().any(|need| !need.missing.is_empty());
        put(needs(&self.needs), lacks, &mut tables);
        section.put(Block::Fold(EVERY, tables));
        vec![section]
    }

    /// A journey with one owner in one channel has no seams.
    fn is_worth_telling(&self) -> bool {
        self.kinds
            .iter()
            .any(|kind| kind.expected.is_some_and(|times| times > 0.0))
    }
}

/// A table: on a page in any case, and in a text with its caption where it tells anything there.
fn put(table: Table, in_text: bool, blocks: &mut Vec<Block>) {
    if in_text {
        blocks.push(Block::InText(vec![Block::Say(format!(
            "{}:",
            table.caption
        ))]));
        blocks.push(table.into());
    } else {
        blocks.push(Block::OnPage(vec![table.into()]));
    }
}

/// Between whom, as people say it.
fn between(kind: SeamKind) -> &'static str {
    match kind {
        SeamKind::Owners => "between owners",
        SeamKind::Channels => "between channels",
        SeamKind::DigitalHuman => "between digital and human",
    }
}

said!(SeamFigures, sentence);

fn sentence(known: &SeamFigures) -> String {
    const HAND_OVERS: (&str, &str) = ("hand-over", "hand-overs");
    let kind = between(known.kind);
    let coverage = known.coverage.unwrap_or(0.0);
    if coverage <= 0.0 {
        return format!("{}: nobody says", capital(kind));
    }
    let never = known.none.map_or_else(String::new, |none| {
        format!("; {} without one", that(none, JOURNEYS, ("goes", "go")))
    });
    let basis = match known.basis {
        Basis::Counted => " (counted)",
        Basis::Modelled => "",
    };
    let of = if coverage < 1.0 - 1e-12 {
        format!("; known of {} of the moves", percent(coverage))
    } else {
        String::new()
    };
    let most = known.hand_overs.first().map_or_else(String::new, |most| {
        format!(
            "; most often from {} to {}",
            name(&most.from),
            name(&most.to)
        )
    });
    format!(
        "{}: {}{basis}{never}{most}{of}",
        capital(kind),
        per_journey(known.expected.unwrap_or(0.0), HAND_OVERS)
    )
}

fn begun_again(seams: &Seams) -> Option<String> {
    let times = seams.begun_again.filter(|&times| times > 0.0)?;
    let places: Vec<String> = seams.begins_again.iter().map(|at| place(&at.id)).collect();
    let error = seams
        .begun_again_standard_error
        .map_or_else(String::new, |error| {
            format!(" (counted, standard error {})", count(error))
        });
    Some(format!(
        "{} a customer is handed over, turns to the company again and is not recognised{error}: at {}.",
        capital(&per_journey(times, ("time", "times"))),
        list(&places, NAMED)
    ))
}

fn unowned(seams: &Seams) -> Option<String> {
    // Where nobody is named at all, that was said of the hand-overs between owners.
    let visits = seams.unowned.filter(|&visits| visits > 0.0)?;
    if is_all(visits) {
        return None;
    }
    let places = seams.unowned_touchpoints.iter();
    let places: Vec<String> = places.map(|at| place(&at.id)).collect();
    Some(format!(
        "Nobody answers for {}: {}.",
        among(visits, VISITS),
        list(&places, NAMED)
    ))
}

fn no_mandate(seams: &Seams) -> Option<String> {
    let part = seams.unresolvable_share.filter(|&part| part > 0.0)?;
    let places: Vec<String> = seams.no_mandate.iter().map(|at| place(&at.id)).collect();
    Some(format!(
        "{} where nobody may put it right: at {}.",
        capital(&that(
            part,
            ("broken promise", "broken promises"),
            ("is met", "are met")
        )),
        list(&places, NAMED)
    ))
}

fn kinds_table(kinds: &[SeamFigures]) -> Table {
    let end = |interval: Option<(f64, f64)>, high: bool| {
        Cell::times(interval.map(|(from, to)| if high { to } else { from }))
    };
    Table::of(
        kinds,
        "How often customers are handed over",
        ("kind", "kinds"),
    )
    .key("seams")
    .data("kind", |known| Cell::Word(known.kind.as_str()))
    .data("expected", |known| Cell::times(known.expected))
    .data("standard_error", |known| Cell::times(known.standard_error))
    .data("low", move |known| end(known.interval, false))
    .data("high", move |known| end(known.interval, true))
    .data("coverage", |known| Cell::share(known.coverage))
    .data("none", |known| Cell::share(known.none))
    .data("none_low", move |known| end(known.none_interval, false))
    .data("none_high", move |known| end(known.none_interval, true))
    .data("basis", |known| Cell::Word(known.basis.as_str()))
    .done()
}

/// The hand-overs of one kind; for programs those of all kinds are one table.
fn hand_overs(known: &SeamFigures) -> Table {
    let kind = known.kind;
    Table::of(
        &known.hand_overs,
        format!("Hand-overs {}, the most frequent first", between(kind)),
        ("hand-over", "hand-overs"),
    )
    .key("hand_overs")
    .data("kind", move |_| Cell::Word(kind.as_str()))
    .brief("from", text("from"), |over| Cell::name(&over.from))
    .brief("to", text("to"), |over| Cell::name(&over.to))
    .brief("flow", number("per\njourney"), |over| {
        Cell::times(over.flow)
    })
    .data("standard_error", |over| Cell::times(over.standard_error))
    .brief("change", number("change of\nfeeling"), |over| {
        Cell::change(over.change)
    })
    .data("change_standard_error", |over| {
        Cell::size(over.change_standard_error)
    })
    .data("basis", |over| Cell::Word(over.basis.as_str()))
    .brief("begun_again", number("begun\nagain"), |over| {
        Cell::times(over.begun_again)
    })
    .done()
}

fn begins_again(known: &[BeginsAgain]) -> Table {
    const CAPTION: &str = "Where customers begin all over again";
    Table::of(known, CAPTION, ("touchpoint", "touchpoints"))
        .key("begins_again")
        .brief("id", text("begins again at"), |at| Cell::place(&at.id))
        .brief("times", number("times per\njourney"), |at| {
            Cell::times(at.times)
        })
        .brief("change", number("change of\nfeeling"), |at| {
            Cell::change(at.change)
        })
        .done()
}

fn mandates(known: &[NoMandate]) -> Table {
    const CAPTION: &str = "Broken promises where nobody may put them right";
    Table::of(known, CAPTION, ("touchpoint", "touchpoints"))
        .key("no_mandate")
        .brief("id", text("broken at"), |at| Cell::place(&at.id))
        .brief("promise", text("promise"), |at| Cell::name(&at.promise))
        .full("owner", text("owner"), |at| {
            Cell::or_none(at.owner.as_deref(), Cell::name)
        })
        .brief("broken", number("times per\njourney"), |at| {
            Cell::times(at.broken)
        })
        .done()
}

fn hurt(owners: &[OwnerHurt]) -> Table {
    Table::of(owners, "What hurts, by owner", ("owner", "owners"))
        .key("owners")
        .data("owner", |known| {
            Cell::or_none(known.owner.as_deref(), Cell::name)
        })
        .shown(Detail::Brief, text("owner"), |known| match &known.owner {
            Some(owner) => Cell::name(owner),
            None => Cell::Word("no owner"),
        })
        .brief("visits", number("visits per\njourney"), |known| {
            Cell::times(known.visits)
        })
        .data("coverage", |known| Cell::share(known.coverage))
        .brief("hurt", number("hurt per\njourney"), |known| {
            Cell::times(known.hurt)
        })
        .brief("share", number("of all\nhurt"), |known| {
            Cell::or_none(known.share, Cell::percent)
        })
        .done()
}

fn needs(needs: &[NeedChannels]) -> Table {
    let named = |channels: &[Channel]| {
        let named = channels.iter().map(|channel| name(channel.as_str()));
        Cell::words(named.collect::<Vec<_>>().join(", "))
    };
    Table::of(
        needs,
        "In which channels each need is met",
        ("need", "needs"),
    )
    .key("need_channels")
    .brief("need", text("need"), |known| Cell::name(&known.need))
    .brief("channels", text("met in"), move |known| {
        named(&known.channels)
    })
    .brief("missing", text("not met in"), move |known| {
        named(&known.missing)
    })
    .done()
}

said!(BeginsAgain, again_at);

fn again_at(known: &BeginsAgain) -> String {
    let change = known.change.map_or_else(String::new, |change| {
        format!(", and feelings move by {}", feeling(change))
    });
    format!(
        "{}: begun again {}{change}",
        place(&known.id),
        per_journey(known.times, ("time", "times"))
    )
}
