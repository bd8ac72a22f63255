//! Names of all lengths, and more places, channels and ratings than the quick ways of counting hold, against a naive
//! counting.
#![cfg(feature = "serde")]

use std::collections::BTreeMap;

use crate::steady::cases;
use customer_journey::{EventRef, PromiseResult, Tally};
use proptest::prelude::*;
use serde_json::Value;

type Spot = (String, String);

/// What a tally counts, as far as events without outcomes, owners and phases go.
#[derive(Debug, Default, PartialEq)]
struct Counted {
    /// Without a result, kept, broken, unknown.
    visits: BTreeMap<Spot, [u64; 4]>,
    /// By place, result and a thousand times the rating.
    ratings: BTreeMap<(Spot, u64, i64), u64>,
    /// By place, result and the next place: steps, those of known duration, and the sum of that.
    ways: BTreeMap<(Spot, u64, Spot), (u64, u64, u64)>,
    /// First and last place of each journey.
    open: BTreeMap<String, (Spot, Spot)>,
}

fn slot(event: &EventRef<'_>) -> usize {
    match event.promise {
        None => 0,
        Some(PromiseResult::Kept) => 1,
        Some(PromiseResult::Broken) => 2,
        _ => 3,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "ratings lie between -1 and 1"
)]
fn thousands(rating: f64) -> i64 {
    (rating * 1000.0).round() as i64
}

fn naively(log: &[EventRef<'_>]) -> Counted {
    let mut counted = Counted::default();
    let mut before: BTreeMap<&str, &EventRef<'_>> = BTreeMap::new();
    let spot = |event: &EventRef<'_>| -> Spot {
        let channel = event.channel.unwrap_or_default();
        (event.touchpoint.to_owned(), channel.to_owned())
    };
    for event in log {
        let here = spot(event);
        counted.visits.entry(here.clone()).or_default()[slot(event)] += 1;
        if let Some(customer_journey::events::EventEmotion::Rating(rating)) = event.emotion {
            let key = (here.clone(), slot(event) as u64, thousands(rating));
            *counted.ratings.entry(key).or_default() += 1;
        }
        let ends = counted.open.entry(event.journey.to_owned());
        ends.or_insert_with(|| (here.clone(), here.clone())).1 = here.clone();
        if let Some(last) = before.insert(event.journey, event) {
            let way = (spot(last), slot(last) as u64, here);
            let way = counted.ways.entry(way).or_default();
            way.0 += 1;
            if let (Some(then), Some(now)) = (last.time_ms, event.time_ms) {
                way.1 += 1;
                way.2 += now.abs_diff(then);
            }
        }
    }
    counted
}

/// The same from the document of a tally.
fn told(tally: &Tally) -> Counted {
    let document = serde_json::to_value(tally).unwrap();
    let list = |value: &Value| value.as_array().unwrap().clone();
    let number = |value: &Value| value.as_u64().unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let places = list(&document["places"]);
    let spot = |place: &Value| (text(&place["touchpoint"]), text(&place["channel"]));
    let at = |index: &Value| spot(&places[usize::try_from(number(index)).unwrap()]);
    let mut counted = Counted::default();
    for place in &places {
        let visits: Vec<u64> = list(&place["visits"]).iter().map(number).collect();
        counted
            .visits
            .insert(spot(place), visits.try_into().unwrap());
        for valence in list(&place["valences"]) {
            let rating = thousands(valence[1].as_f64().unwrap());
            let key = (spot(place), number(&valence[0]), rating);
            assert_eq!(counted.ratings.insert(key, number(&valence[2])), None);
        }
    }
    for way in list(&document["ways"]) {
        let key = (at(&way[0]), number(&way[1]), at(&way[2]));
        let counts = (number(&way[3]), number(&way[4]), number(&way[5]));
        assert_eq!(counted.ways.insert(key, counts), None);
    }
    for open in list(&document["open"]) {
        let ends = (at(&open[1]), at(&open[2]));
        assert_eq!(counted.open.insert(text(&open[0]), ends), None);
    }
    counted
}

fn checked(log: &[EventRef<'_>]) -> Result<(), TestCaseError> {
    let expected = naively(log);
    let mut together = Tally::default();
    together.record_all(log.iter().copied()).unwrap();
    prop_assert_eq!(&told(&together), &expected);
    let mut singly = Tally::default();
    for &event in log {
        singly.record(event).unwrap();
    }
    prop_assert_eq!(told(&singly), expected);
    Ok(())
}

/// Names that begin alike, end alike or differ by a letter that looks like none, of up to forty letters.
fn name() -> impl Strategy<Value = String> {
    let letters = prop::sample::select(&['a', 'b', '\0', 'é'][..]);
    (0_usize..40, letters, 0_usize..40).prop_map(|(length, odd, at)| {
        let letter = |place| if place == at { odd } else { 'a' };
        std::iter::once('n')
            .chain((0..length).map(letter))
            .collect()
    })
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn names_of_all_lengths_are_told_apart(
        names in prop::collection::vec(name(), 1..12),
        picks in prop::collection::vec((0_usize..12, 0_usize..12, 0_usize..12), 1..120),
        timed: bool,
    ) {
        let name = |pick: usize| names[pick % names.len()].as_str();
        let times = 0_i64..;
        let log: Vec<_> = picks
            .iter()
            .zip(times)
            .map(|(&(journey, touchpoint, channel), time)| {
                let event = EventRef::new(name(journey), name(touchpoint)).channel(name(channel));
                if timed { event.time_ms(time) } else { event }
            })
            .collect();
        checked(&log)?;
    }
}

#[test]
fn more_of_everything_than_has_a_place_of_its_own() {
    let mut state = 1_u64;
    let mut draw = |below: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from((state >> 33) % below).unwrap()
    };
    let names = |what: &str, count: usize| -> Vec<String> {
        (0..count)
            .map(|number| format!("{what} {number}"))
            .collect()
    };
    let (journeys, touchpoints, channels) = (names("j", 900), names("t", 2_300), names("c", 24));
    let mut log = Vec::new();
    for time in 0..30_000_i64 {
        // Half of the events go to few places, so that these are visited again and again.
        let few = draw(2) == 0;
        let touchpoint = draw(if few { 20 } else { 2_300 });
        let channel = draw(if few { 24 } else { 2 });
        let mut event = EventRef::new(&journeys[draw(900)], &touchpoints[touchpoint]);
        event = event.channel(&channels[channel]);
        if draw(5) > 0 {
            event = event.time_ms(time);
        }
        if draw(3) > 0 {
            event = event.emotion(draw(41) as f64 / 20.0 - 1.0);
        }
        if draw(2) > 0 {
            event = event.promise(PromiseResult::ALL[draw(3)]);
        }
        log.push(event);
    }
    let expected = naively(&log);
    assert!(expected.visits.len() > 2_048 && expected.ratings.len() > 10_000);
    checked(&log).unwrap();
    // The document of a tally, and the sum of two halves, are counted in other ways.
    let parts: Vec<Tally> = [&log[..12_345], &log[12_345..]]
        .into_iter()
        .map(|part| {
            let mut tally = Tally::default();
            tally.record_all(part.iter().copied()).unwrap();
            let text = serde_json::to_string(&tally).unwrap();
            let read: Tally = serde_json::from_str(&text).unwrap();
            assert_eq!(told(&read), naively(part));
            read
        })
        .collect();
    let mut whole = parts[0].clone();
    whole.join(&parts[1]).unwrap();
    assert_eq!(told(&whole), expected);
}
