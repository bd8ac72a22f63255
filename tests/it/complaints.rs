//! From a complaint to its answer: by hand, against drawn journeys, and against plain loops over what was counted.
#![expect(
    clippy::cast_possible_truncation,
    reason = "small numbers of a test, written as they are told"
)]

use std::collections::BTreeMap;

use customer_journey::complaints::{Complaints, Fate, FateFigures};
use customer_journey::events::EventRef;
use customer_journey::flow::Basis;
use customer_journey::journey::Shade;
use customer_journey::render::Table;
use customer_journey::time::Waits;
use customer_journey::{
    Ability, Channel, Emotion, EventLog, Journey, JourneyBuilder, LearnOptions, Outcome, Phase,
    Touchpoint, Transition,
};

fn near(known: impl Into<Option<f64>>, expected: f64) {
    within(known, expected, 1e-9);
}

fn within(known: impl Into<Option<f64>>, expected: f64, most: f64) {
    let known = known.into().unwrap();
    assert!((known - expected).abs() < most, "{known} is not {expected}");
}

fn fate(complaints: &Complaints, fate: Fate) -> &FateFigures {
    let mut fates = complaints.fates.iter();
    fates.find(|known| known.fate == fate).unwrap()
}

fn ends(fate: &FateFigures, outcome: &str) -> f64 {
    let mut outcomes = fate.outcomes.iter();
    let known = outcomes.find(|known| known.outcome.as_str() == outcome);
    known.unwrap().probability
}

/// ```text
/// bill: half at -0.5 -> call (listens) 3/5 -> letter (answers) 3/4
///                    -> leaves 2/5         -> forum (social) 1/4
/// ```
fn billing(answer: Transition) -> JourneyBuilder {
    let split = Emotion::mix([Shade::valence(0.5), Shade::valence(-0.5)]);
    Journey::builder("billing")
        .currency("EUR")
        .value(Outcome::Loyalty, 100.0)
        .value(Outcome::Churn, 0.0)
        .touchpoint(
            Touchpoint::new("bill", Phase::During, Channel::Post)
                .feels(split)
                .ends(Outcome::Churn, 2.0),
        )
        .touchpoint(
            Touchpoint::new("call", Phase::During, Channel::Phone)
                .owner("Service")
                .can(Ability::Listen),
        )
        .touchpoint(
            Touchpoint::new("letter", Phase::After, Channel::Post)
                .feels(0.2)
                .can(Ability::Answer)
                .cost(5.0)
                .ends(Outcome::Loyalty, 4.0)
                .ends(Outcome::Churn, 1.0),
        )
        .touchpoint(
            Touchpoint::new("forum", Phase::After, Channel::Social)
                .feels(-0.8)
                .ends(Outcome::Churn, 1.0),
        )
        .transition("bill", "call", 3.0)
        .connect("call", "letter", answer)
        .transition("call", "forum", 1.0)
}

fn complaints(builder: JourneyBuilder) -> Complaints {
    builder.build().unwrap().flow().unwrap().complaints()
}

#[test]
fn who_hears_and_who_answers_by_hand() {
    let known = complaints(billing(Transition::new(3.0)));
    // Half at the bill, and those who come to the forum all the same.
    near(known.unhappy, 0.5 + 0.5 * 0.6 * 0.25);
    near(known.complain, 0.3);
    near(known.answered, 0.75);
    near(known.in_public, 0.25);
    near(known.unhappy_in_public, 0.6 * 0.25 / 0.575);
    // Nobody knows what is felt at the call, nor how long anything takes.
    assert_eq!((known.at_complaint, known.within.len()), (None, 0));
    near(known.at_answer, 0.2);
    let heard = &known.heard_by[0];
    assert_eq!((heard.id.as_str(), heard.share), ("call", 1.0));
    near(heard.answered, 0.75);
    let answered = &known.answered_by[0];
    assert_eq!(answered.id, "letter");
    near(answered.share, 0.75);
    assert_eq!(known.channels[0].channel, Channel::Phone);
    near(known.channels[0].answered, 0.75);
    let answered = fate(&known, Fate::Untimed);
    near(answered.share, 0.75);
    near(ends(answered, "loyalty"), 0.8);
    near(answered.end, 0.2);
    near(answered.worth, 80.0);
    near(answered.in_public, 0.0);
    let never = fate(&known, Fate::Never);
    near(never.share, 0.25);
    near(ends(never, "churn"), 1.0);
    near(never.in_public, 1.0);
    near(never.end, -0.8);
    let cost = known.compensation.as_ref().unwrap();
    near(cost.cost, 5.0);
    near(cost.keeps, 80.0);
    near(cost.per_money, 16.0);
    let text = known.text().width(300).to_string();
    for part in [
        "Of the complaints 75 of 100 are answered.",
        "Call (Service, phone) hears 100 of 100 of the complaints first, of which 75 of 100 are answered",
        "Never answered, 25 of 100: churn 100 of 100",
        "told in public (channel social): 26 of 100 of the unhappy tell it there",
        "costs 5.00 EUR; endings after one are worth 80.00 EUR more than where none came, 16.00 for each unit of money.",
    ] {
        let part = part.to_lowercase();
        assert!(
            text.to_lowercase().contains(&part),
            "{part:?} is missing from:\n{text}"
        );
    }
}

#[test]
fn how_soon_where_the_waits_are_known() {
    let half_in_an_hour = Waits::of([1_800.0, 172_800.0]);
    let known = complaints(billing(Transition::new(3.0).waits(half_in_an_hour)));
    let shares: Vec<f64> = known.within.iter().map(|known| known.share).collect();
    for (share, expected) in shares.iter().zip([0.375, 0.375, 0.75]) {
        // Waits are kept in buckets, and the inversion rounds the steps between them.
        within(*share, expected, 5e-3);
    }
    assert_eq!(known.channels[0].within.len(), 3);
    let (soon, late) = (fate(&known, Fate::InTime), fate(&known, Fate::Late));
    within(soon.share, 0.375, 5e-3);
    within(late.share, 0.375, 5e-3);
    // The map forgets how soon it was.
    within(ends(soon, "loyalty"), 0.8, 5e-3);
    within(ends(late, "loyalty"), 0.8, 5e-3);
    near(fate(&known, Fate::Never).share, 0.25);
    within(known.compensation.as_ref().unwrap().keeps, 80.0, 0.5);
}

#[test]
fn nobody_listens_or_nobody_says_what_is_felt() {
    let deaf = Touchpoint::new("a", Phase::During, Channel::Web).feels(-0.5);
    let unknown = Touchpoint::new("a", Phase::During, Channel::Phone).can(Ability::Listen);
    for at in [deaf, unknown] {
        let known = complaints(Journey::builder("one").touchpoint(at));
        assert_eq!(known, Complaints::default());
        assert!(known.to_string().contains("Who complains is unknown"));
    }
    // No worth of churn is stated: what an answer keeps is unknown, and not all of loyalty's.
    let journey = Journey::builder("unstated")
        .value(Outcome::Loyalty, 10.0)
        .touchpoint(
            Touchpoint::new("call", Phase::During, Channel::Phone)
                .feels(-0.5)
                .cost(1.0)
                .can(Ability::Listen)
                .ends(Outcome::Churn, 1.0),
        )
        .touchpoint(
            Touchpoint::new("desk", Phase::After, Channel::Phone)
                .cost(2.0)
                .can(Ability::Answer)
                .ends(Outcome::Loyalty, 1.0),
        )
        .transition("call", "desk", 1.0);
    let cost = complaints(journey).compensation.unwrap();
    assert_eq!(
        (cost.cost, cost.keeps, cost.per_money),
        (Some(2.0), None, None)
    );
}

#[test]
fn tables_of_complaints() {
    let report = billing(Transition::new(3.0))
        .build()
        .unwrap()
        .flow()
        .unwrap()
        .report();
    let rows = |table| report.csv(table).to_string().lines().count() - 1;
    assert_eq!(rows(Table::ComplaintFates), 2);
    assert_eq!(rows(Table::ComplaintOutcomes), 4);
    assert_eq!(rows(Table::ComplaintPlaces), 2);
    assert_eq!(rows(Table::ComplaintChannels), 1);
}

/// A generator of the same numbers each time.
struct Draws(u64);

impl Draws {
    fn below(&mut self, below: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }
}

/// Loops, two that listen, one that listens and answers at once, and a public place on the way.
fn tangled() -> JourneyBuilder {
    let at = |id: &str, channel: Channel| Touchpoint::new(id, Phase::During, channel);
    let mood = |good: f64, bad: f64| Emotion::mix([Shade::valence(good), Shade::valence(bad)]);
    Journey::builder("tangled")
        .touchpoint(at("shop", Channel::Web).feels(mood(0.4, -0.6)).starts(1.0))
        .touchpoint(
            at("form", Channel::Web)
                .feels(mood(0.0, -0.3))
                .can(Ability::Listen),
        )
        .touchpoint(
            at("desk", Channel::Phone)
                .feels(mood(0.6, -0.4))
                .can(Ability::Listen)
                .can(Ability::Answer)
                .ends("stays", 1.0),
        )
        .touchpoint(at("forum", Channel::Social).feels(-0.9).ends("leaves", 1.0))
        .transition("shop", "form", 2.0)
        .transition("shop", "desk", 1.0)
        .transition("shop", "forum", 1.0)
        .transition("form", "shop", 1.0)
        .transition("form", "desk", 1.0)
        .transition("form", "forum", 2.0)
        .transition("desk", "shop", 1.0)
        .transition("desk", "forum", 1.0)
        .transition("forum", "shop", 1.0)
}

/// What a plain loop over the moments of journeys finds.
#[derive(Default)]
struct Found {
    sums: BTreeMap<String, (f64, f64)>,
}

impl Found {
    fn give(&mut self, key: impl Into<String>, is_so: bool) {
        let (a, b) = self.sums.entry(key.into()).or_default();
        *a += f64::from(u8::from(is_so));
        *b += 1.0;
    }

    fn share(&self, key: &str) -> f64 {
        let (a, b) = self.sums[key];
        a / b
    }
}

/// Looks at a journey: id and valence of each moment, the time of each in seconds, and how it ended.
fn look(found: &mut Found, moments: &[(&str, f64, f64)], ending: &str) {
    let listens = |id: &str| ["form", "desk"].contains(&id);
    let unhappy = moments.iter().position(|&(_, felt, _)| felt <= -0.25);
    found.give("unhappy", unhappy.is_some());
    let Some(unhappy) = unhappy else {
        found.give("complain", false);
        return;
    };
    let public = moments[unhappy..].iter().any(|&(id, ..)| id == "forum");
    found.give("unhappy in public", public);
    let heard = (unhappy..moments.len()).find(|&at| listens(moments[at].0));
    found.give("complain", heard.is_some());
    let Some(heard) = heard else { return };
    let answered = (heard..moments.len()).find(|&at| moments[at].0 == "desk");
    found.give("answered", answered.is_some());
    found.give("in public", public);
    found.give("by form", moments[heard].0 == "form");
    found.give(
        format!("answered of {}", moments[heard].0),
        answered.is_some(),
    );
    let fate = match answered {
        None => "never",
        Some(at) if moments[at].2 - moments[heard].2 <= 86_400.0 => "in time",
        Some(_) => "late",
    };
    for known in ["in time", "late", "never"] {
        found.give(format!("fate {known}"), fate == known);
    }
    found.give(format!("stays {fate}"), ending == "stays");
    found.give(format!("public {fate}"), public);
    let either = if fate == "never" { "never" } else { "answered" };
    found.give(format!("stays when {either}"), ending == "stays");
}

#[test]
fn the_map_tells_what_drawn_journeys_do() {
    let known = complaints(tangled());
    let mut draws = Draws(7);
    let mut found = Found::default();
    for _ in 0..60_000 {
        let (mut at, mut moments) = ("shop", Vec::new());
        let ending = loop {
            let coin = draws.below(2) == 0;
            let (next, felt): (&[&'static str], f64) = match at {
                "shop" => (
                    &["form", "form", "desk", "forum"],
                    if coin { 0.4 } else { -0.6 },
                ),
                "form" => (
                    &["shop", "desk", "forum", "forum"],
                    if coin { 0.0 } else { -0.3 },
                ),
                "desk" => (&["shop", "forum", "stays"], if coin { 0.6 } else { -0.4 }),
                _ => (&["shop", "leaves"], -0.9),
            };
            moments.push((at, felt, 0.0));
            at = next[draws.below(next.len() as u64) as usize];
            if at == "stays" || at == "leaves" {
                break at;
            }
        };
        look(&mut found, &moments, ending);
    }
    let near = |known: Option<f64>, key: &str| within(known, found.share(key), 0.012);
    near(known.unhappy, "unhappy");
    near(known.complain, "complain");
    near(known.unhappy_in_public, "unhappy in public");
    near(known.in_public, "in public");
    near(known.answered, "answered");
    let form = known.heard_by.iter().find(|at| at.id == "form").unwrap();
    near(Some(form.share), "by form");
    near(form.answered, "answered of form");
    let desk = known.heard_by.iter().find(|at| at.id == "desk").unwrap();
    near(desk.answered, "answered of desk");
    let answered = fate(&known, Fate::Untimed);
    near(Some(ends(answered, "stays")), "stays when answered");
    near(
        Some(ends(fate(&known, Fate::Never), "stays")),
        "stays when never",
    );
    near(fate(&known, Fate::Never).in_public, "public never");
}

#[test]
fn counted_complaints_are_those_of_plain_loops() {
    let names = ["shop", "form", "desk", "forum"];
    let mut draws = Draws(3);
    let (mut log, mut found) = (EventLog::default(), Found::default());
    for number in 0..400 {
        let name = number.to_string();
        let mut moments = Vec::new();
        let mut time = 0.0;
        for _ in 0..=draws.below(5) {
            let id = names[draws.below(4) as usize];
            let felt = [-0.6, -0.25, 0.0, 0.5][draws.below(4) as usize];
            time += 30_000.0 * draws.below(4) as f64;
            moments.push((id, felt, time));
        }
        let ending = if draws.below(2) == 0 {
            "stays"
        } else {
            "leaves"
        };
        for (place, &(id, felt, time)) in moments.iter().enumerate() {
            let mut event = EventRef::new(&name, id)
                .emotion(felt)
                .time_ms((time * 1_000.0) as i64);
            if place + 1 == moments.len() {
                event = event.outcome(ending);
            }
            log.record(event).unwrap();
        }
        look(&mut found, &moments, ending);
    }
    let options = LearnOptions::new().onto(&tangled().build().unwrap());
    let journey = log.learn(&options).unwrap().journey;
    let flow = journey.flow().unwrap();
    let known = flow.complaints();
    assert_eq!(known.basis, Basis::Counted);
    let same = |known: Option<f64>, key: &str| near(known, found.share(key));
    same(known.unhappy, "unhappy");
    same(known.complain, "complain");
    same(known.unhappy_in_public, "unhappy in public");
    same(known.in_public, "in public");
    same(known.answered, "answered");
    let form = known.heard_by.iter().find(|at| at.id == "form").unwrap();
    same(Some(form.share), "by form");
    same(form.answered, "answered of form");
    for (name, of) in [
        ("in time", Fate::InTime),
        ("late", Fate::Late),
        ("never", Fate::Never),
    ] {
        let fate = fate(&known, of);
        same(Some(fate.share), &format!("fate {name}"));
        same(Some(ends(fate, "stays")), &format!("stays {name}"));
        same(fate.in_public, &format!("public {name}"));
        assert!(fate.interval.is_some() && fate.outcomes[0].low.is_some());
    }
    let day = &known.within[1];
    same(Some(day.share), "fate in time");
    assert!(day.low.unwrap() < day.share && day.share < day.high.unwrap());
    // The map alone has forgotten who was unhappy before.
    let map = flow.modelled().complaints();
    assert_eq!(map.basis, Basis::Modelled);
    assert!((map.answered.unwrap() - known.answered.unwrap()).abs() > 1e-6);
    // Somebody else listens since: what was counted no longer answers.
    #[cfg(feature = "serde")]
    {
        let mut document = serde_json::to_value(&journey).unwrap();
        document["touchpoints"][0]["can"] = serde_json::json!(["listen"]);
        let edited: Journey = serde_json::from_value(document).unwrap();
        let complaints = edited.flow().unwrap().complaints();
        assert_eq!(complaints.basis, Basis::Modelled);
    }
}
