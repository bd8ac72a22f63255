//! Where customers are handed over: by hand, and against plain loops over journeys.
#![expect(
    clippy::cast_possible_truncation,
    reason = "small numbers of a test, written as they are told"
)]

use customer_journey::events::EventRef;
use customer_journey::flow::Basis;
use customer_journey::journey::Shade;
use customer_journey::journey::{Clusters, SeamKind};
use customer_journey::render::Table;
use customer_journey::seams::{HandOver, SeamFigures, Seams};
use customer_journey::{
    Ability, Channel, Emotion, EventLog, Journey, JourneyBuilder, LearnOptions, Outcome, Phase,
    Promise, Touchpoint,
};

fn near(known: impl Into<Option<f64>>, expected: f64) {
    let known = known.into().unwrap();
    assert!((known - expected).abs() < 1e-9, "{known} is not {expected}");
}

fn seams(builder: JourneyBuilder) -> Seams {
    builder.build().unwrap().flow().unwrap().seams()
}

fn of(seams: &Seams, kind: SeamKind) -> &SeamFigures {
    seams.kinds.iter().find(|known| known.kind == kind).unwrap()
}

/// Three touchpoints with loops: a and b belong to one owner, c to another.
fn w() -> JourneyBuilder {
    let at = |id: &str, owner: &str| Touchpoint::new(id, Phase::During, Channel::Web).owner(owner);
    Journey::builder("W")
        .touchpoint(at("a", "one").starts(1.0).ends(Outcome::Churn, 0.1))
        .touchpoint(at("b", "one").ends(Outcome::Churn, 0.1).ends("loyal", 0.2))
        .touchpoint(at("c", "two").ends(Outcome::Churn, 0.3).ends("loyal", 0.6))
        .transition("a", "b", 0.6)
        .transition("a", "c", 0.3)
        .transition("b", "a", 0.2)
        .transition("b", "c", 0.5)
        .transition("c", "b", 0.1)
}

#[test]
fn hand_overs_between_owners_over_loops() {
    let seams = seams(w());
    let owners = of(&seams, SeamKind::Owners);
    assert!(
        (owners.expected.unwrap() - 0.800_970_9).abs() < 5e-8,
        "{:?}",
        owners.expected
    );
    // From a: ends at once, or goes to b, which ends or comes back.
    near(owners.none, (0.1 + 0.6 * 0.3) / (1.0 - 0.6 * 0.2));
    near(owners.coverage, 1.0);
    let flows: Vec<(&str, &str)> = owners
        .hand_overs
        .iter()
        .map(|over| (over.from.as_str(), over.to.as_str()))
        .collect();
    assert_eq!(flows, [("one", "two"), ("two", "one")]);
    near(owners.hand_overs[1].flow, 0.072_815_534);
    assert_eq!(owners.hand_overs[0].change, None);
    // One channel: nobody is handed over, for certain.
    assert_eq!(of(&seams, SeamKind::Channels).expected, Some(0.0));
    near(of(&seams, SeamKind::Channels).none, 1.0);
    let text = seams.text().width(200).to_string();
    assert!(
        text.contains(
            "Between owners: 0.8 hand-overs per journey; 32 of 100 journeys go without one"
        )
    );
}

/// ```text
/// web (Sales) -> letter (Sales) 1/2 -> phone (Service) -> stays
///             -> phone 1/2                -> counter (nobody) 1/2
/// ```
fn parts() -> JourneyBuilder {
    let split = Emotion::mix([Shade::valence(0.2), Shade::valence(-0.6)]).or_unknown(2.0);
    Journey::builder("parts")
        .touchpoint(
            Touchpoint::new("web", Phase::Before, Channel::Web)
                .owner("Sales")
                .need("advice")
                .feels(0.4),
        )
        .touchpoint(
            Touchpoint::new("letter", Phase::During, Channel::Post)
                .owner("Sales")
                .feels(0.0),
        )
        .touchpoint(
            Touchpoint::new("call", Phase::During, Channel::Phone)
                .owner("Service")
                .need("advice")
                .promise(Promise::new("answer").kept(3.0).broken(1.0))
                .feels(split)
                .ends(Outcome::Loyalty, 1.0),
        )
        .touchpoint(
            Touchpoint::new("counter", Phase::After, Channel::Store)
                .feels(-0.5)
                .can(Ability::Recognise)
                .can(Ability::Resolve)
                .promise(Promise::new("answer").kept(1.0).broken(1.0))
                .ends(Outcome::Churn, 1.0),
        )
        .transition("web", "letter", 1.0)
        .transition("web", "call", 1.0)
        .transition("letter", "call", 1.0)
        .transition("call", "counter", 1.0)
}

#[test]
fn who_begins_again_and_who_does_not() {
    let seams = seams(parts());
    let channels = of(&seams, SeamKind::Channels);
    near(channels.expected.unwrap(), 0.5 + 0.5 + 0.5 + 0.5);
    near(channels.none, 0.0);
    let owners = of(&seams, SeamKind::Owners);
    // On the way to the counter nobody knows: of 2 moves 1.5 are known.
    near(owners.expected.unwrap(), 1.0);
    near(owners.coverage, 1.5 / 2.0);
    let digital = of(&seams, SeamKind::DigitalHuman);
    // The way by the letter is neither.
    near(digital.expected.unwrap(), 0.5);
    near(digital.none, 0.5);
    near(digital.coverage, 1.0 / 2.0);
    // At the call; not where the letter arrives, nor at the counter, which knows its customers.
    near(seams.begun_again.unwrap(), 1.0);
    let again: Vec<&str> = seams.begins_again.iter().map(|at| at.id.as_str()).collect();
    assert_eq!(again, ["call"]);
    // Known of half of the calls: from 0.4 or 0.0 to -0.2.
    near(seams.begins_again[0].change, -0.4);
    let web: Vec<&HandOver> = channels
        .hand_overs
        .iter()
        .filter(|over| over.from == "web")
        .collect();
    let to_phone = web.iter().find(|over| over.to == "phone").unwrap();
    near(to_phone.change, -0.6);
    near(to_phone.begun_again.unwrap(), 0.5);
    let to_post = web.iter().find(|over| over.to == "post").unwrap();
    assert_eq!((to_post.begun_again, to_post.flow), (Some(0.0), 0.5));
}

#[test]
fn what_nobody_answers_for_or_may_put_right() {
    let seams = seams(parts());
    near(seams.unowned, 0.5 / 3.0);
    assert_eq!(seams.unowned_touchpoints[0].id, "counter");
    // Broken a quarter of a time at the call, where nobody may resolve, and as often at the counter, where somebody may.
    near(seams.unresolvable.unwrap(), 0.25);
    near(seams.unresolvable_share, 0.5);
    let place = &seams.no_mandate[0];
    assert_eq!(
        (place.id.as_str(), place.promise.as_str()),
        ("call", "answer")
    );
    // A quarter of the calls feels -0.6, and half of the journeys -0.5 at the counter.
    let hurt: Vec<_> = seams
        .owners
        .iter()
        .map(|known| (known.owner.as_deref(), known.hurt))
        .collect();
    assert_eq!(hurt[0], (None, Some(0.25)));
    assert_eq!(
        (hurt[1].0, hurt[2]),
        (Some("Service"), (Some("Sales"), Some(0.0)))
    );
    near(hurt[1].1, 0.15);
    near(seams.owners[1].share, 0.15 / 0.4);
    let advice = &seams.needs[0];
    let names = |channels: &[Channel]| -> Vec<String> {
        channels
            .iter()
            .map(|channel| channel.as_str().to_owned())
            .collect()
    };
    assert_eq!(names(&advice.channels), ["phone", "web"]);
    assert_eq!(names(&advice.missing), ["post", "store"]);
    let text = seams.text().width(200).to_string();
    for part in [
        "Nobody answers for 16.67 of 100 visits: counter.",
        "50 of 100 broken promises are met where nobody may put it right: at call.",
        "Hand-overs between owners, the most frequent first:",
        "What hurts, by owner:",
        "In which channels each need is met:",
    ] {
        let part = part.replace("16.67", "17");
        assert!(text.contains(&part), "{part:?} is missing from:\n{text}");
    }
}

#[test]
fn tables_of_seams() {
    let report = parts().build().unwrap().flow().unwrap().report();
    let rows = |table| report.csv(table).to_string().lines().count() - 1;
    assert_eq!(rows(Table::Seams), 3);
    assert_eq!(rows(Table::HandOvers), 1 + 4 + 1);
    assert_eq!(rows(Table::Owners), 3);
    assert_eq!(rows(Table::NeedChannels), 1);
    assert_eq!((rows(Table::BeginsAgain), rows(Table::NoMandate)), (1, 1));
}

/// Journeys over the map above by a small generator, some feelings unknown.
fn told() -> Vec<Vec<(&'static str, Option<f64>)>> {
    let mut state = 11_u64;
    let mut draw = |below: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    (0..80)
        .map(|_| {
            let moments = (0..=draw(4)).map(|_| {
                let name = ["web", "letter", "call", "counter"][draw(4) as usize];
                let felt = [Some(0.5), Some(-0.25), Some(0.0), None][draw(4) as usize];
                (name, felt)
            });
            moments.collect()
        })
        .collect()
}

#[test]
fn counted_hand_overs_are_those_of_plain_loops() {
    let told = told();
    let mut log = EventLog::default();
    for (number, moments) in told.iter().enumerate() {
        let name = number.to_string();
        for &(touchpoint, felt) in moments {
            let mut event = EventRef::new(&name, touchpoint);
            if let Some(felt) = felt {
                event = event.emotion(felt);
            }
            log.record(event).unwrap();
        }
    }
    let options = LearnOptions::new().onto(&parts().build().unwrap());
    let journey = log.learn(&options).unwrap().journey;
    assert_eq!(journey.counted().unwrap().clusters, Clusters::Journeys);
    let flow = journey.flow().unwrap();
    let seams = flow.seams();
    let owner = |at: &str| match at {
        "web" | "letter" => Some("Sales"),
        "call" => Some("Service"),
        _ => None,
    };
    let pairs = |moments: &[(&'static str, Option<f64>)]| -> Vec<_> {
        moments.windows(2).map(|pair| (pair[0], pair[1])).collect()
    };
    let handed = |moments: &[(&'static str, Option<f64>)]| {
        pairs(moments)
            .iter()
            .filter(
                |(from, to)| matches!((owner(from.0), owner(to.0)), (Some(a), Some(b)) if a != b),
            )
            .count() as f64
    };
    let n = told.len() as f64;
    let times: Vec<f64> = told.iter().map(|moments| handed(moments)).collect();
    let mean = times.iter().sum::<f64>() / n;
    let spread: f64 = times.iter().map(|times| (times - mean).powi(2)).sum();
    let owners = of(&seams, SeamKind::Owners);
    near(owners.expected.unwrap(), mean);
    near(owners.standard_error, (n / (n - 1.0) * spread).sqrt() / n);
    near(
        owners.none,
        times.iter().filter(|&&times| times < 1.0).count() as f64 / n,
    );
    assert_eq!(owners.basis, Basis::Counted);
    assert!(owners.none_interval.is_some());
    // From Service to Sales, where both feelings are known.
    let changes: Vec<f64> = told
        .iter()
        .flat_map(|moments| pairs(moments))
        .filter(|(from, to)| owner(from.0) == Some("Service") && owner(to.0) == Some("Sales"))
        .filter_map(|(from, to)| Some(to.1? - from.1?))
        .collect();
    let over = owners
        .hand_overs
        .iter()
        .find(|over| over.from == "Service")
        .unwrap();
    near(
        over.change,
        changes.iter().sum::<f64>() / changes.len() as f64,
    );
    assert_eq!(over.basis, Basis::Counted);
    // Again: another channel or owner, at the web or the call.
    let again: usize = told
        .iter()
        .flat_map(|moments| pairs(moments))
        .filter(|(from, to)| from.0 != to.0 && ["web", "call"].contains(&to.0))
        .count();
    near(seams.begun_again.unwrap(), again as f64 / n);
    // How many is linear in ways, and the map says the same; who has none is not.
    let map = flow.modelled().seams();
    near(of(&map, SeamKind::Owners).expected.unwrap(), mean);
    assert_eq!(of(&map, SeamKind::Owners).basis, Basis::Modelled);
    assert!((of(&map, SeamKind::Owners).none.unwrap() - owners.none.unwrap()).abs() > 1e-6);
    near(map.begun_again.unwrap(), seams.begun_again.unwrap());
    // Another owner on the map, and what was counted no longer answers.
    #[cfg(feature = "serde")]
    {
        let mut document = serde_json::to_value(&journey).unwrap();
        document["touchpoints"][0]["owner"] = "Marketing".into();
        let edited: Journey = serde_json::from_value(document).unwrap();
        assert_eq!(
            of(&edited.flow().unwrap().seams(), SeamKind::Owners).basis,
            Basis::Modelled
        );
    }
}

/// Events that name no owner do not say that nobody answers.
#[test]
fn who_answers_is_unknown_where_no_event_says_so() {
    let learn = |owner: Option<&str>| {
        let mut log = EventLog::default();
        for (journey, touchpoint) in [("a", "web"), ("a", "call"), ("b", "web")] {
            let event = EventRef::new(journey, touchpoint);
            let event = match owner {
                Some(owner) if touchpoint == "call" => event.owner(owner),
                _ => event,
            };
            log.record(event).unwrap();
        }
        let options = LearnOptions::new().other_phases(Phase::During);
        let flow = log.learn(&options).unwrap().journey.flow().unwrap();
        let seams = flow.seams();
        (seams.unowned, seams.unowned_touchpoints.len())
    };
    assert_eq!(learn(None), (None, 0));
    // Two of three visits are to the web, for which nobody is named.
    assert_eq!(learn(Some("Service")), (Some(2.0 / 3.0), 1));
}
