//! What has to be decided on the way from counts to a journey.

use customer_journey::events::{LearnError, TallyOptions};
use customer_journey::journey::JourneyKind;
use customer_journey::{
    Channel, EventRef, Feeling, Journey, LearnOptions, Outcome, Phase, Promise, PromiseResult,
    Tally, Touchpoint,
};

use super::{during, ids, learn, tally, weight};

#[test]
fn outcomes_from_events_then_from_options() {
    let options = during()
        .outcome("cart", Outcome::Churn)
        .outcome("pay @ app", Outcome::Loyalty);
    let tally = tally([
        EventRef::new("a", "cart"),
        EventRef::new("b", "cart").outcome("undecided"),
        EventRef::new("c", "cart").outcome("bought"),
        EventRef::new("c", "pay").channel("app"),
        EventRef::new("d", "pay").channel("app"),
        EventRef::new("e", "pay").channel("web"),
    ]);
    let journey = tally.learn(&options).unwrap().journey;
    let ends = |id| {
        let ends = &journey.touchpoint(id).unwrap().ends;
        ends.iter()
            .map(|e| (e.outcome.as_str().to_owned(), e.weight))
            .collect::<Vec<_>>()
    };
    let end = |name: &str| (name.to_owned(), 1.0);
    assert_eq!(ends("cart"), [end("churn"), end("undecided")]);
    assert_eq!(ends("pay @ app"), [end("bought"), end("loyalty")]);
    assert_eq!(ends("pay @ web"), [end("unstated")]);
}

#[test]
fn phases_from_events_then_map_then_closure_then_default() {
    let log = tally([
        EventRef::new("a", "stated").phase(Phase::After),
        EventRef::new("a", "stated").channel("web"),
        EventRef::new("a", "mapped"),
        EventRef::new("a", "found"),
        EventRef::new("a", "left"),
    ]);
    let options = LearnOptions::new()
        .phase("mapped", Phase::Before)
        .phase("stated", Phase::Before)
        .phases_by(|name| (name == "found" || name == "mapped").then_some(Phase::After));
    let error = log.learn(&options).unwrap_err();
    assert_eq!(
        error,
        LearnError::NoPhase {
            touchpoints: vec!["left".into()]
        }
    );
    let error = log.learn(&LearnOptions::new()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the phase of \"found\", \"left\", \"mapped\" is stated nowhere; give events a phase, or say it in the options: before, during or after"
    );
    let journey = log
        .learn(&options.other_phases(Phase::During))
        .unwrap()
        .journey;
    let phases: Vec<_> = journey
        .touchpoints()
        .map(|t| (t.id.as_str(), t.phase))
        .collect();
    let expected = [
        ("mapped", Phase::Before),
        ("left", Phase::During),
        ("found", Phase::After),
        ("stated @ unstated", Phase::After),
        ("stated @ web", Phase::After),
    ];
    assert_eq!(phases, expected);
}

#[test]
fn what_had_to_be_decided_is_told() {
    let at = |phase, owner, promise| {
        EventRef::new("a", "x")
            .phase(phase)
            .owner(owner)
            .promise_name(promise)
    };
    let learned = learn([
        at(Phase::After, "Sales", "soon"),
        at(Phase::Before, "Care", "soon"),
        at(Phase::Before, "Sales", "well"),
        at(Phase::After, "Care", "soon"),
    ]);
    let x = learned.journey.touchpoint("x").unwrap();
    assert_eq!((x.phase, x.owner.as_deref()), (Phase::Before, Some("Care")));
    assert_eq!(x.promise.as_ref().unwrap().name, "soon");
    let sentences: Vec<_> = learned.remarks.iter().map(ToString::to_string).collect();
    let expected = [
        "events place \"x\" in several phases (before 2, after 2); before was taken",
        "events name several owners of \"x\" (\"Care\", \"Sales\"); \"Care\" was taken",
        "events name several promises at \"x\" (\"soon\", \"well\"); they are counted together as \"soon\"",
        "nothing states how journeys end, so their endings are unknown; their last touchpoints are \"x\" (1)",
    ];
    assert_eq!(sentences, expected);
}

#[test]
fn one_segment_only() {
    let mut business = Tally::new(TallyOptions::new().segment("business"));
    business
        .record(EventRef::new("a", "x").segment("business"))
        .unwrap();
    business
        .record(EventRef::new("b", "x").segment("private"))
        .unwrap();
    business.record(EventRef::new("c", "x")).unwrap();
    let summary = business.learn(&during()).unwrap().summary;
    assert_eq!(
        (summary.events, summary.journeys, summary.left_out),
        (1, 1, 2)
    );
}

#[test]
fn folding_loses_nothing_and_says_what_it_folded() {
    let log: Vec<_> = (0..10)
        .flat_map(|_| ["a"])
        .map(|journey| EventRef::new(journey, "often"))
        .chain([
            EventRef::new("a", "rare")
                .channel("fax")
                .promise(PromiseResult::Broken),
            EventRef::new("a", "seldom").emotion(-0.5),
            EventRef::new("a", "often"),
            EventRef::new("b", "rare")
                .channel("post")
                .phase(Phase::After),
        ])
        .collect();
    let learned = tally(log).learn(&during().fold_below(2)).unwrap();
    // A touchpoint in several channels takes the phase of each; where a channel states none, that of the others.
    assert_eq!(
        ids(&learned.journey),
        ["often", "other (during)", "other (after)"]
    );
    let folded: Vec<_> = learned
        .folded
        .iter()
        .map(|f| (f.id.as_str(), f.into.as_str()))
        .collect();
    let expected = [
        ("seldom", "other (during)"),
        ("rare @ fax", "other (after)"),
        ("rare @ post", "other (after)"),
    ];
    assert_eq!(folded, expected);
    let journey = &learned.journey;
    assert_eq!(weight(journey, "often", "often", None), 9.0);
    let after = journey.touchpoint("other (after)").unwrap();
    assert_eq!(
        after.promise.as_ref().map(|p| (p.broken, p.unknown)),
        Some((1.0, 1.0))
    );
    let broken = Some(PromiseResult::Broken);
    assert_eq!(
        weight(journey, "other (after)", "other (during)", broken),
        1.0
    );
    assert_eq!(weight(journey, "other (during)", "often", None), 1.0);
    let starts: f64 = journey.touchpoints().filter_map(|t| t.starts).sum();
    assert_eq!(starts, 2.0);
    assert_eq!(after.channel, Channel::from("other"));
}

fn plan() -> Journey {
    Journey::builder("Order")
        .kind(JourneyKind::Planned)
        .value(Outcome::Loyalty, 40.0)
        .touchpoint(
            Touchpoint::new("T1", Phase::Before, Channel::Web)
                .name("search")
                .owner("Marketing")
                .need("find it")
                .feels(Feeling::Joy)
                .starts(1.0),
        )
        .touchpoint(
            Touchpoint::new("T2", Phase::During, Channel::Store)
                .name("pay")
                .promise(Promise::new("no queue").kept(1.0))
                .intended(Feeling::Calmness),
        )
        .touchpoint(Touchpoint::new("T3", Phase::After, Channel::Email).name("thanks"))
        .touchpoint(Touchpoint::new("pay", Phase::After, Channel::Phone))
        .transition("T1", "T2", 1.0)
        .transition("T2", "T3", 1.0)
        .build()
        .unwrap()
}

#[test]
fn learning_onto_a_plan() {
    let learned = tally([
        EventRef::new("a", "search")
            .channel("web")
            .phase(Phase::After)
            .emotion(0.2)
            .owner("Web"),
        EventRef::new("a", "pay")
            .channel("store")
            .promise(PromiseResult::Broken),
        EventRef::new("b", "T1"),
        EventRef::new("b", "T2").channel("store"),
        EventRef::new("b", "pay").channel("app"),
        EventRef::new("b", "complain").phase(Phase::After),
    ])
    .learn(&during().onto(&plan()))
    .unwrap();
    let journey = &learned.journey;
    assert_eq!(ids(journey), ["T1", "T2", "pay @ app", "complain"]);
    assert_eq!(learned.added, ["pay @ app", "complain"]);
    assert_eq!(learned.unvisited, ["T3", "pay"]);
    assert_eq!(journey.kind(), JourneyKind::Experienced);
    assert_eq!(journey.values(), [(Outcome::Loyalty, 40.0)]);
    let search = journey.touchpoint("T1").unwrap();
    assert_eq!(
        (search.phase, search.owner.as_deref()),
        (Phase::Before, Some("Marketing"))
    );
    assert_eq!(
        (search.need.as_deref(), search.starts),
        (Some("find it"), Some(2.0))
    );
    assert_eq!(search.emotion.as_ref().unwrap().mean(), Some(0.2));
    let pay = journey.touchpoint("T2").unwrap();
    assert_eq!(
        pay.promise,
        Some(Promise::new("no queue").broken(1.0).unknown(1.0))
    );
    assert!(pay.intended.is_some() && pay.starts.is_none());
    assert_eq!(weight(journey, "T1", "T2", None), 2.0);
}
