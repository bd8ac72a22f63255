//! Bright spots in words.

use super::{BrightSpot, BrightSpots, Design, GoesWith, KeptPromise, RaiseEffect, RaisedFeeling};
use crate::flow::{Basis, OutcomeChange};
use crate::page::number::{
    JOURNEYS, MOMENTS, VISITS, among, change_of_100, feeling, list, per_journey, percent, share,
    size, that,
};
use crate::page::words::{ending, name, place, strong};
use crate::page::{Block, Card, Cell, Detail, Question, Section, Table, number, said, text, told};

/// So many spots are told at length.
const SPOTS: usize = 5;
/// So many places are named in a sentence.
const NAMED: usize = 5;
/// Chances that differ by less are told as the same.
const SAME: f64 = 0.005;
/// Chances of endings that a raise changes by less, it does not change.
const LEAST_CHANGE: f64 = 1e-9;

told!(BrightSpots);

impl Question for BrightSpots {
    fn sections(&self) -> Vec<Section> {
        let mut section = Section::new("bright-spots", "Where it feels best");
        match self.pleasure {
            Some(pleasure) if pleasure > 0.0 => section.say(format!(
                "The good moments of a journey add up to {} on average; feelings are known at {}.",
                size(pleasure),
                among(self.coverage, MOMENTS)
            )),
            Some(_) => section.say("Nothing good is known to be felt."),
            None => section.say("What customers feel is unknown."),
        }
        let cards = (1..).zip(self.spots.iter().take(SPOTS));
        let cards: Vec<Card> = cards.map(|(rank, spot)| card(rank, spot)).collect();
        if !cards.is_empty() {
            section.put(Block::Cards(cards, ("bright spot", "bright spots")));
        }
        for sentence in kept(&self.kept).into_iter().chain(designs(self)) {
            section.say(sentence);
        }
        let raised = raises(&self.raises);
        if self.raises.is_empty() {
            // Programs want the headings; a title over nothing is for nobody.
            section.put(raised);
        } else {
            let title = "What raising feelings to what is meant would do";
            section.put(Block::Under(title.to_owned(), vec![raised.into()]));
        }
        section.put(Block::OnPage(vec![Block::Fold(
            "All bright spots, what they go with, and the promises that are kept",
            vec![
                spots(&self.spots).into(),
                goes_with(&self.spots).into(),
                kept_table(&self.kept).into(),
                raise_outcomes(&self.raises).into(),
            ],
        )]));
        vec![section]
    }

    fn is_worth_telling(&self) -> bool {
        !self.spots.is_empty() || !self.raises.is_empty()
    }
}

said!(BrightSpot, named);

fn card(rank: usize, spot: &BrightSpot) -> Card {
    let about = [
        Some(spot.phase.as_str().to_owned()),
        Some(name(spot.channel.as_str())),
        spot.owner.as_deref().map(name),
    ];
    Card {
        rank: Some(rank),
        title: place(&spot.id),
        about: about.into_iter().flatten().collect(),
        bar: Some((
            spot.share,
            format!("{} of the good feelings", percent(spot.share)),
        )),
        hurts: false,
        points: points(spot),
        brief: sentence(spot, &place(&spot.id)),
        ..Card::default()
    }
}

/// What there is to say of a spot, part by part.
fn points(spot: &BrightSpot) -> Vec<String> {
    let mean = spot.mean.map(|mean| {
        format!(
            "{} on average; {} good",
            feeling(mean),
            that(
                spot.positive.unwrap_or(0.0),
                VISITS,
                ("of known feeling feels", "of known feeling feel")
            )
        )
    });
    let comers = spot
        .reach
        .map(|reach| that(reach, JOURNEYS, ("comes here", "come here")));
    let with = spot
        .goes_with
        .iter()
        .filter_map(|known| Some((known, known.after_good? - known.after_visit)))
        .filter(|(_, difference)| difference.abs() >= SAME)
        .max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()));
    let with = with.map(|(known, _)| {
        format!(
            "of those who feel good here {} end in {}, of all who come {}{}",
            share(known.after_good.unwrap_or(0.0)),
            ending(&known.outcome),
            share(known.after_visit),
            match known.basis {
                Basis::Counted => " (counted)",
                Basis::Modelled => " (as the map tells it)",
            }
        )
    });
    comers.into_iter().chain(mean).chain(with).collect()
}

/// Where no table beside it says which id is whose, people call a touchpoint by its name.
fn named(spot: &BrightSpot) -> String {
    sentence(spot, &name(&spot.label))
}

fn sentence(spot: &BrightSpot, at: &str) -> String {
    format!(
        "{at}: {} of the good feelings; {}",
        percent(spot.share),
        points(spot).join("; ")
    )
}

/// The promises that are kept with warmth, and those that are kept and leave customers cold.
fn kept(all: &[KeptPromise]) -> Vec<String> {
    let told = |warm: bool, how: &str| {
        let places = all.iter().filter(|kept| kept.is_warm == Some(warm));
        let places: Vec<String> = places
            .map(|kept| {
                format!(
                    "{} at {} ({})",
                    name(&kept.promise),
                    place(&kept.id),
                    feeling(kept.mean.unwrap_or(0.0))
                )
            })
            .collect();
        (!places.is_empty()).then(|| format!("{}: {}.", strong(how), list(&places, NAMED)))
    };
    let warm = told(true, "Kept with warmth");
    warm.into_iter()
        .chain(told(false, "Kept but cold"))
        .collect()
}

const PEAK: &str = "most intense moment";
const END: &str = "last moment";

/// What else a raise moves: mean, last or most intense moment, and what is remembered.
fn beside(bright: &BrightSpots, design: &Design, moment: &str) -> String {
    let raised = bright.raises.iter().find(|raise| raise.id == design.id);
    let effect = raised.and_then(|raise| raise.effect.as_ref());
    let other = if moment == PEAK {
        (END, effect.and_then(|effect| effect.end))
    } else {
        (PEAK, effect.and_then(|effect| effect.peak))
    };
    let moved = [
        ("mean", effect.and_then(|effect| effect.mean)),
        other,
        ("what is remembered", design.remembered),
    ];
    let moved: Vec<String> = moved
        .into_iter()
        .filter_map(|(what, by)| {
            let the = if what == "what is remembered" {
                ""
            } else {
                "the "
            };
            Some(format!("{the}{what} by {}", feeling(by?)))
        })
        .collect();
    if moved.is_empty() {
        String::new()
    } else {
        format!(", {}", list(&moved, NAMED))
    }
}

/// A designed peak and a designed end, side by side.
fn designs(bright: &BrightSpots) -> Option<String> {
    let both = bright.peak_or_end.as_ref()?;
    let told = |design: &Option<Design>, what: &str, moment: &str| match design {
        Some(design) => format!(
            "{what}: raising {} moves the {moment} by {}{}",
            place(&design.id),
            feeling(design.gain),
            beside(bright, design, moment)
        ),
        None => format!("{what}: no raise moves the {moment} up"),
    };
    // Both are one where the best raise is that of the last moment.
    let same = both
        .peak
        .as_ref()
        .zip(both.end.as_ref())
        .is_some_and(|(peak, end)| peak.id == end.id);
    let peak = told(&both.peak, "A designed peak", PEAK);
    Some(if same {
        let gain = both.end.as_ref().map_or(0.0, |end| end.gain);
        format!(
            "{peak}. It is the designed end as well: no other raise moves the {END} more ({}).",
            feeling(gain)
        )
    } else {
        format!("{peak}. {}.", told(&both.end, "A designed end", END))
    })
}

fn spots(spots: &[BrightSpot]) -> Table {
    const CAPTION: &str = "Where customers feel best, the greatest pleasure first";
    Table::of(spots, CAPTION, ("touchpoint", "touchpoints"))
        .key("bright_spots")
        .brief("id", text("touchpoint"), |spot| Cell::place(&spot.id))
        .data("label", |spot| Cell::name(&spot.label))
        .full("phase", text("phase"), |spot| {
            Cell::Word(spot.phase.as_str())
        })
        .full("channel", text("channel"), |spot| {
            Cell::name(spot.channel.as_str())
        })
        .data("owner", |spot| {
            Cell::or_none(spot.owner.as_deref(), Cell::name)
        })
        .brief("pleasure", number("pleasure\nper\njourney"), |spot| {
            Cell::times(spot.pleasure)
        })
        .brief("share", number("of all\npleasure"), |spot| {
            Cell::percent(spot.share)
        })
        .data("visits", |spot| Cell::times(spot.visits))
        .brief("reach", number("journeys\ncoming,\nof 100"), |spot| {
            Cell::of_100(spot.reach)
        })
        .data("basis", |spot| Cell::Word(spot.basis.as_str()))
        .brief("mean", number("mean\nfeeling"), |spot| {
            Cell::valence(spot.mean)
        })
        .data("coverage", |spot| Cell::share(spot.coverage))
        .data("positive", |spot| Cell::share(spot.positive))
        .done()
}

fn goes_with(spots: &[BrightSpot]) -> Table {
    const CAPTION: &str = "How journeys end that feel good there, beside all that come";
    let all: Vec<(&str, &GoesWith)> = spots
        .iter()
        .flat_map(|spot| spot.goes_with.iter().map(|known| (spot.id.as_str(), known)))
        .collect();
    Table::of(&all, CAPTION, ("row", "rows"))
        .key("bright_spot_outcomes")
        .full("id", text("felt good at"), |(id, _)| Cell::place(*id))
        .full("outcome", text("ends in"), |(_, known)| {
            Cell::name(known.outcome.as_str())
        })
        .full("after_good", number("of those,\nof 100"), |(_, known)| {
            Cell::of_100(known.after_good)
        })
        .data("low", |(_, known)| {
            Cell::share(known.interval.map(|(low, _)| low))
        })
        .data("high", |(_, known)| {
            Cell::share(known.interval.map(|(_, high)| high))
        })
        .full(
            "after_visit",
            number("of all who come,\nof 100"),
            |(_, known)| Cell::of_100(known.after_visit),
        )
        .data("basis", |(_, known)| Cell::Word(known.basis.as_str()))
        .done()
}

fn kept_table(kept: &[KeptPromise]) -> Table {
    Table::of(
        kept,
        "What is felt where promises are kept",
        ("promise", "promises"),
    )
    .key("kept_promises")
    .full("id", text("kept at"), |kept| Cell::place(&kept.id))
    .full("promise", text("promise"), |kept| Cell::name(&kept.promise))
    .full("kept", number("times per\njourney"), |kept| {
        Cell::times(kept.kept)
    })
    .full("mean", number("mean\nfeeling"), |kept| {
        Cell::valence(kept.mean)
    })
    .full("is_warm", text("warm"), |kept| {
        Cell::Flag(kept.is_warm, "with warmth", "cold")
    })
    .done()
}

/// What a raise changes most of how journeys end, where it changes any of it.
fn most(raise: &RaisedFeeling) -> Option<&OutcomeChange> {
    let changes = raise.effect.as_ref().map(|effect| &effect.outcomes)?;
    OutcomeChange::greatest(changes).filter(|most| most.change.abs() >= LEAST_CHANGE)
}

fn raises(raises: &[RaisedFeeling]) -> Table {
    let of = |raise: &RaisedFeeling, figure: fn(&RaiseEffect) -> Option<f64>| {
        Cell::change(raise.effect.as_ref().and_then(figure))
    };
    Table::of(
        raises,
        "What raising the feelings to what is meant would change",
        ("touchpoint", "touchpoints"),
    )
    .key("raises")
    .brief("id", text("raise at"), |raise| Cell::place(&raise.id))
    .brief("intended", number("to"), |raise| {
        Cell::valence(raise.intended)
    })
    .full("mean_now", number("now"), |raise| Cell::valence(raise.mean))
    .brief("mean", number("mean"), move |raise| {
        of(raise, |effect| effect.mean)
    })
    .brief("end", number("end"), move |raise| {
        of(raise, |effect| effect.end)
    })
    .brief("peak", number("peak"), move |raise| {
        of(raise, |effect| effect.peak)
    })
    .brief("remembered", number("re-\nmembered"), move |raise| {
        of(raise, |effect| effect.remembered)
    })
    .full("hurt", number("hurt"), move |raise| {
        of(raise, |effect| Some(effect.hurt))
    })
    .when(raises.iter().any(|raise| most(raise).is_some()), |table| {
        table
            .shown(Detail::Brief, text("ending that\nchanges most"), |raise| {
                Cell::or_none(most(raise), |most| Cell::name(most.outcome.as_str()))
            })
            .shown(
                Detail::Brief,
                number("of 100\njourneys"),
                |raise| match most(raise) {
                    None if raise.effect.is_some() => Cell::NotApplicable,
                    most => Cell::change_of_100(most.map(|most| most.change)),
                },
            )
    })
    .done()
}

fn raise_outcomes(raises: &[RaisedFeeling]) -> Table {
    let changes = raises.iter().flat_map(|raise| {
        let effect = raise.effect.iter();
        effect.flat_map(|effect| {
            let outcomes = effect.outcomes.iter();
            outcomes.map(|change| (raise.id.as_str(), change))
        })
    });
    let changes: Vec<(&str, &OutcomeChange)> = changes.collect();
    Table::of(
        &changes,
        "What raises change in how journeys end",
        ("change", "changes"),
    )
    .key("raise_outcomes")
    .data("id", |(id, _)| Cell::place(*id))
    .data("outcome", |(_, change)| Cell::name(change.outcome.as_str()))
    .data("change", |(_, change)| Cell::change_of_100(change.change))
    .done()
}

/// Sentences for a raise.
fn raise_in_words(raise: &RaisedFeeling) -> String {
    let told = raise.effect.as_ref().map_or_else(
        || "what it changes is unknown".to_owned(),
        |effect| {
            let moved = |what: &str, change: Option<f64>| {
                change.map(|change| format!("{what} {}", feeling(change)))
            };
            let parts = [
                moved("mean", effect.mean),
                moved("end", effect.end),
                moved("remembered", effect.remembered),
                most(raise).map(|most| {
                    let change = change_of_100(most.change);
                    format!("{} {change}", ending(&most.outcome))
                }),
            ];
            let parts: Vec<String> = parts.into_iter().flatten().collect();
            parts.join(", ")
        },
    );
    format!(
        "{}: raised to {}: {told}",
        place(&raise.id),
        feeling(raise.intended)
    )
}

said!(RaisedFeeling, raise_in_words);

said!(KeptPromise, kept_in_words);

fn kept_in_words(kept: &KeptPromise) -> String {
    format!(
        "{}: {} is kept {}, and feels {}",
        place(&kept.id),
        name(&kept.promise),
        per_journey(kept.kept, ("time", "times")),
        kept.mean.map_or_else(|| "unknown".to_owned(), feeling)
    )
}
