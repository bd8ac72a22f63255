//! Journeys learned from events: order and ties, emotions, promises, outcomes, folding, plans, refusals.

use customer_journey::{
    Backlog, Channel, EventFault, EventRef, Evidence, Feeling, Journey, JourneyKind, LearnError,
    LearnOptions, Learned, MergeError, MoveRow, Outcome, Phase, Promise, PromiseResult, Remark,
    RowError, Scale, Shade, Tally, TallyOptions, Touchpoint, VisitRow,
};

fn tally<'a>(events: impl IntoIterator<Item = EventRef<'a>>) -> Tally {
    let mut tally = Tally::default();
    tally.record_all(events).unwrap();
    tally
}

fn during() -> LearnOptions {
    LearnOptions::new().other_phases(Phase::During)
}

fn learn<'a>(events: impl IntoIterator<Item = EventRef<'a>>) -> Learned {
    tally(events).learn(&during()).unwrap()
}

/// Journeys as lists of touchpoints, without times.
fn paths<'a>(paths: &[(&'a str, &[&'a str])]) -> Vec<EventRef<'a>> {
    let steps = paths.iter().flat_map(|&(journey, path)| {
        path.iter()
            .map(move |&touchpoint| EventRef::new(journey, touchpoint))
    });
    steps.collect()
}

fn weight(journey: &Journey, from: &str, to: &str, when: Option<PromiseResult>) -> f64 {
    journey
        .transitions()
        .filter(|(a, b, way)| a.id == from && b.id == to && way.when == when)
        .map(|(_, _, way)| way.weight)
        .sum()
}

fn ids(journey: &Journey) -> Vec<&str> {
    journey.touchpoints().map(|t| t.id.as_str()).collect()
}

#[test]
fn a_published_funnel() {
    // A process-analysis guide's worked funnel, interleaved as a log would hold it.
    let log = [
        ("a", "home"),
        ("b", "home"),
        ("a", "catalog"),
        ("c", "home"),
        ("d", "home"),
        ("c", "catalog"),
        ("b", "catalog"),
        ("a", "cart"),
        ("e", "home"),
        ("c", "catalog"),
        ("d", "search"),
        ("d", "cart"),
        ("a", "purchase"),
        ("b", "cart"),
        ("e", "search"),
        ("b", "purchase"),
        ("c", "cart"),
        ("e", "search"),
    ];
    let journey =
        learn(log.map(|(journey, touchpoint)| EventRef::new(journey, touchpoint))).journey;
    let into_cart = |from| weight(&journey, from, "cart", None);
    assert_eq!((into_cart("catalog"), into_cart("search")), (3.0, 1.0));
    assert_eq!(
        into_cart("catalog") / (into_cart("catalog") + into_cart("search")),
        0.75
    );
    let bought = weight(&journey, "cart", "purchase", None);
    let cart = journey.touchpoint("cart").unwrap();
    assert_eq!((bought, cart.ends[0].weight), (2.0, 2.0));
    assert_eq!(bought / (bought + cart.ends[0].weight), 0.5);
    // Of five journeys three are at the cart on their third step.
    assert_eq!(journey.touchpoint("home").unwrap().starts, Some(5.0));
    assert_eq!(
        journey
            .flow()
            .unwrap()
            .reach("cart")
            .map(|r| (r * 1e12).round() / 1e12),
        Some(0.8)
    );
}

#[test]
fn a_learned_journey_is_experienced_and_observed() {
    let learned = learn(paths(&[("a", &["search", "buy"])]));
    assert_eq!(learned.journey.name(), "learned journey");
    assert_eq!(learned.journey.kind(), JourneyKind::Experienced);
    assert!(
        learned
            .journey
            .touchpoints()
            .all(|t| t.evidence == Evidence::Observed)
    );
    let summary = learned.summary;
    assert_eq!((summary.events, summary.journeys), (2, 1));
    assert_eq!((summary.touchpoints, summary.transitions), (2, 1));
}

#[test]
fn ids_needs_and_channels() {
    let at = |journey, touchpoint, channel| EventRef::new(journey, touchpoint).channel(channel);
    let journey = learn([
        at("a", "call", "phone"),
        at("a", "call", "chat"),
        at("a", "visit", "store"),
        EventRef::new("a", "wait"),
        EventRef::new("a", "call").channel("  "),
    ])
    .journey;
    let expected = [
        "call @ unstated",
        "call @ chat",
        "call @ phone",
        "visit",
        "wait",
    ];
    assert_eq!(ids(&journey), expected);
    let channels: Vec<_> = journey.touchpoints().map(|t| t.channel.name()).collect();
    assert_eq!(channels, ["unstated", "chat", "phone", "store", "unstated"]);
    let needs: Vec<_> = journey
        .touchpoints()
        .map(|t| t.need.as_deref().unwrap())
        .collect();
    assert_eq!(needs, ["call", "call", "call", "visit", "wait"]);
}

#[test]
fn ids_that_meet_are_kept_apart() {
    let at = |touchpoint, channel| EventRef::new("a", touchpoint).channel(channel);
    let journey = learn([
        at("call", "web"),
        at("call", "app"),
        at("call @ web", "fax"),
    ])
    .journey;
    assert_eq!(
        ids(&journey),
        ["call @ app", "call @ web", "call @ web (2)"]
    );
}

#[test]
fn equal_times_keep_the_order_given() {
    let at = |touchpoint, time| EventRef::new("a", touchpoint).time_ms(time);
    let journey = learn([at("x", 5), at("z", 5), at("y", 5), at("z", 5)]).journey;
    assert_eq!(weight(&journey, "x", "z", None), 1.0);
    assert_eq!(weight(&journey, "z", "y", None), 1.0);
    assert_eq!(weight(&journey, "y", "z", None), 1.0);
    assert_eq!(journey.transitions().next().unwrap().2.wait_s, Some(0.0));
}

#[test]
fn going_back_is_refused_and_leaves_the_tally_as_it_was() {
    let mut log = tally([
        EventRef::new("a", "x").time_ms(10),
        EventRef::new("b", "x").time_ms(1),
        EventRef::new("a", "y"),
    ]);
    let before = log.clone();
    // Also behind an event without a time.
    let event = EventRef::new("a", "new").channel("new").time_ms(9);
    let error = log
        .record(event.outcome("new").owner("new").emotion(0.1))
        .unwrap_err();
    assert_eq!(error.fault, EventFault::TimeBack { before: 10, now: 9 });
    assert_eq!((error.number, error.journey.as_str()), (4, "a"));
    assert_eq!(log, before);
    log.record(EventRef::new("a", "z").time_ms(10)).unwrap();

    let mut log = tally([EventRef::new("a", "x").sequence(2)]);
    let error = log.record(EventRef::new("a", "y").sequence(1)).unwrap_err();
    assert_eq!(error.fault, EventFault::SequenceBack { before: 2, now: 1 });
    assert!(error.to_string().starts_with(
        "event 2 (journey \"a\", touchpoint \"y\") goes back in its sequence, from 2 to 1"
    ));
}

#[test]
fn sequence_decides_over_time() {
    let at = |touchpoint, sequence, time| {
        EventRef::new("a", touchpoint)
            .sequence(sequence)
            .time_ms(time)
    };
    let learned = learn([at("x", 1, 100), at("y", 2, 40), at("z", 3, 60)]);
    assert_eq!(learned.summary.contradictions, 1);
    assert_eq!(learned.summary.span_ms, Some((40, 100)));
    let waits: Vec<_> = learned
        .journey
        .transitions()
        .map(|(_, _, way)| way.wait_s)
        .collect();
    assert_eq!(waits, [None, Some(0.02)]);
}

#[test]
fn waits_are_means_over_the_steps_whose_times_are_known() {
    let at = |journey, touchpoint, time| EventRef::new(journey, touchpoint).time_ms(time);
    let journey = learn([
        at("a", "x", 1_000),
        at("b", "x", 1_000),
        EventRef::new("c", "x"),
        at("a", "y", 2_000),
        at("b", "y", 5_000),
        at("c", "y", 9_000),
        at("d", "x", i64::MIN),
        at("d", "z", i64::MAX),
    ])
    .journey;
    let waits: Vec<_> = journey
        .transitions()
        .map(|(_, _, way)| way.wait_s)
        .collect();
    assert_eq!(waits, [Some(2.5), Some(u64::MAX as f64 / 1000.0)]);
}

#[test]
fn sorting_puts_any_order_right() {
    let at = |touchpoint, time| EventRef::new("a", touchpoint).time_ms(time);
    let numbered = |touchpoint, sequence| EventRef::new("b", touchpoint).sequence(sequence);
    let given = [
        at("z", 30),
        numbered("y", 2).time_ms(5),
        at("x", 10),
        EventRef::new("a", "after x"),
        numbered("x", 1).time_ms(7),
        at("y", 20),
        at("tie", 20),
    ];
    let mut backlog = Backlog::new(TallyOptions::new());
    for event in given {
        backlog.record(event).unwrap();
    }
    let in_order = [
        at("x", 10),
        EventRef::new("a", "after x"),
        at("y", 20),
        at("tie", 20),
        at("z", 30),
        numbered("x", 1).time_ms(7),
        numbered("y", 2).time_ms(5),
    ];
    assert_eq!(backlog.sorted(), tally(in_order));
    let mut backlog = Backlog::new(TallyOptions::new());
    assert_eq!(
        backlog.record(EventRef::new("", "x")).unwrap_err().number,
        1
    );
}

#[test]
fn promises_split_emotions_ways_and_ends() {
    use PromiseResult::{Broken, Kept, Unknown};
    let at = |journey, touchpoint| EventRef::new(journey, touchpoint).channel("sms");
    let learned = learn([
        at("a", "notice").promise(Kept).emotion(Feeling::Relief),
        at("b", "notice").promise(Broken).emotion(Feeling::Anger),
        at("c", "notice").promise(Broken).emotion(-0.2),
        at("d", "notice").emotion(Feeling::Doubt),
        at("e", "notice").promise(Unknown),
        at("b", "call"),
        at("d", "call"),
        at("c", "notice").promise(Broken).outcome("churn"),
    ]);
    let notice = learned.journey.touchpoint("notice").unwrap();
    let expected = Promise::new("notice").kept(1.0).broken(3.0).unknown(2.0);
    assert_eq!(notice.promise, Some(expected));
    let valences = |emotion: &Option<customer_journey::Emotion>| {
        let emotion = emotion.as_ref().unwrap();
        emotion.shades().to_vec()
    };
    assert_eq!(valences(&notice.emotion), [Shade::feeling(Feeling::Relief)]);
    let broken = [Shade::feeling(Feeling::Anger), Shade::valence(-0.2)];
    assert_eq!(valences(&notice.emotion_when_broken), broken);
    assert_eq!(
        valences(&notice.emotion_when_unknown),
        [Shade::feeling(Feeling::Doubt)]
    );
    let way = |to, when| weight(&learned.journey, "notice", to, Some(when));
    assert_eq!(
        (
            way("call", Broken),
            way("call", Unknown),
            way("notice", Broken)
        ),
        (1.0, 1.0, 1.0)
    );
    let ends: Vec<_> = notice
        .ends
        .iter()
        .map(|e| (e.when, e.outcome.name(), e.weight))
        .collect();
    let unstated = |when| (Some(when), "unstated", 1.0);
    assert_eq!(
        ends,
        [
            unstated(Kept),
            (Some(Broken), "churn", 1.0),
            unstated(Unknown)
        ]
    );
    let call = learned.journey.touchpoint("call").unwrap();
    assert_eq!((call.promise.as_ref(), call.ends[0].when), (None, None));
    assert!(
        learned.remarks.contains(
            &Remark::PartlyFelt {
                id: "notice".into(),
                stated: 4,
                visits: 6
            }
            .clone()
        )
    );
}

#[test]
fn a_promise_of_which_nobody_knows_the_result_is_a_promise() {
    let named = EventRef::new("a", "delivery").promise_name("in two days");
    let journey = learn([named]).journey;
    let promise = journey
        .touchpoint("delivery")
        .unwrap()
        .promise
        .clone()
        .unwrap();
    assert_eq!(
        (promise.name.as_str(), promise.unknown),
        ("in two days", 1.0)
    );
    let journey = learn([EventRef::new("a", "delivery").promise(PromiseResult::Unknown)]).journey;
    assert!(journey.touchpoint("delivery").unwrap().promise.is_some());
}

#[test]
fn ratings_lie_on_the_declared_scale() {
    let mut stars = Tally::new(TallyOptions::new().scale(Scale::ONE_TO_FIVE));
    stars.record(EventRef::new("a", "x").emotion(4.0)).unwrap();
    stars.record(EventRef::new("b", "x").emotion(4.0)).unwrap();
    stars.record(EventRef::new("c", "x").emotion(1.0)).unwrap();
    let before = stars.clone();
    let error = stars
        .record(EventRef::new("a", "x").emotion(6.0))
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "event 4 (journey \"a\", touchpoint \"x\") has an emotion off the declared scale: rating 6 is outside 1 to 5"
    );
    assert!(
        stars
            .record(EventRef::new("a", "x").emotion(f64::NAN))
            .is_err()
    );
    assert_eq!(stars, before);
    let learned = stars.learn(&during()).unwrap();
    let shades = [Shade::valence(-1.0), Shade::valence(0.5).weight(2.0)];
    let emotion = learned
        .journey
        .touchpoint("x")
        .unwrap()
        .emotion
        .clone()
        .unwrap();
    assert_eq!(emotion.shades(), shades);
}

#[test]
fn many_valences_are_rounded_whatever_their_order() {
    let names: Vec<String> = (0..3000).map(|number| format!("j{number}")).collect();
    let event = |number: usize| EventRef::new(&names[number], "x").emotion(number as f64 / 3000.0);
    let forth = tally((0..3000).map(event));
    let back = tally((0..3000).rev().map(event));
    assert_eq!(forth, back);
    let learned = forth.learn(&during()).unwrap();
    assert!(learned.summary.rounded);
    let emotion = learned
        .journey
        .touchpoint("x")
        .unwrap()
        .emotion
        .clone()
        .unwrap();
    assert_eq!(emotion.shades().len(), 501);
    assert_eq!(
        emotion
            .shades()
            .iter()
            .map(|shade| shade.weight)
            .sum::<f64>(),
        3000.0
    );
    // In parts, of which none has too many.
    let mut parts = tally((0..1000).map(event));
    parts.merge(&tally((1000..2000).map(event))).unwrap();
    parts.merge(&tally((2000..3000).map(event))).unwrap();
    assert_eq!(parts, forth);
}

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
            .map(|e| (e.outcome.name().to_owned(), e.weight))
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

#[test]
fn merge_refuses_a_journey_under_way_in_both() {
    let mut one = tally(paths(&[("a", &["x"]), ("b", &["x"])]));
    let other = tally(paths(&[("c", &["x"]), ("b", &["y"])]));
    let before = one.clone();
    assert_eq!(
        one.merge(&other),
        Err(MergeError::Shared {
            journey: "b".into()
        })
    );
    assert_eq!(one, before);
    // Closed journeys have no names any more.
    one.merge(&other.closed()).unwrap();
    assert_eq!((one.journeys(), one.events()), (4, 4));
}

#[test]
fn join_refuses_the_earlier_part() {
    let early = tally([EventRef::new("a", "x").time_ms(1)]);
    let late = tally([EventRef::new("a", "y").time_ms(2)]);
    let mut joined = late.clone();
    let error = joined.join(&early).unwrap_err();
    assert_eq!(
        error,
        MergeError::Earlier {
            journey: "a".into(),
            before: 2,
            now: 1
        }
    );
    assert_eq!(joined, late);
}

#[test]
fn blank_names_are_refused() {
    let mut log = Tally::default();
    for event in [
        EventRef::new("", "x"),
        EventRef::new(" ", "x"),
        EventRef::new("a", ""),
        EventRef::new("a", "\t"),
    ] {
        assert!(matches!(
            log.record(event).unwrap_err().fault,
            EventFault::Blank(_)
        ));
    }
    assert_eq!(log, Tally::default());
    assert_eq!(log.learn(&during()), Err(LearnError::NoEvents));
    let named = tally([EventRef::new("a", "x")]);
    let error = named.learn(&during().outcome("x", "")).unwrap_err();
    assert!(matches!(error, LearnError::Invalid(_)));
}

#[test]
fn names_of_all_lengths_are_told_apart() {
    let names: Vec<String> = (1..70).map(|length| "n".repeat(length)).collect();
    let log = tally(
        names
            .iter()
            .map(|name| EventRef::new(name, name).channel(name)),
    );
    assert_eq!(log.journeys(), 69);
    assert_eq!(
        log.learn(&during()).unwrap().journey.graph().node_count(),
        69
    );
    let again = tally(
        names
            .iter()
            .rev()
            .map(|name| EventRef::new(name, name).channel(name)),
    );
    assert_eq!(log, again);
}

#[test]
fn closing_changes_no_journey() {
    let log = tally(paths(&[("a", &["x", "y", "x"]), ("b", &["y"])]));
    let closed = log.clone().closed();
    assert_eq!(closed.learn(&during()), log.learn(&during()));
    assert_eq!(closed.journeys(), 2);
}

#[test]
fn rows_that_contradict_each_other_are_refused() {
    let from_rows = |visits: Vec<VisitRow>, moves: Vec<MoveRow>| {
        Tally::from_rows(TallyOptions::new(), visits, moves)
            .unwrap_err()
            .to_string()
    };
    let moves = || vec![MoveRow::start("x", 2), MoveRow::end("x", 2)];
    let error = from_rows(vec![], vec![MoveRow::start("x", 3), MoveRow::end("x", 2)]);
    assert_eq!(
        error,
        "the counts at touchpoint \"x\" (channel \"\") contradict each other: 2 visits, 3 arrivals"
    );
    let error = from_rows(vec![VisitRow::new("x", 3)], moves());
    assert!(error.ends_with("3 visits, 2 arrivals"), "{error}");
    let broken = VisitRow::new("x", 2).promise(PromiseResult::Broken);
    let error = from_rows(vec![broken], moves());
    assert!(error.ends_with("0 visits (no result), 2 leave"), "{error}");
    for (wrong, says) in [
        (MoveRow::default(), "move row 1 has neither"),
        (
            MoveRow::start("x", 1).outcome("churn"),
            "states an outcome and is a start",
        ),
        (
            MoveRow::step("x", "x", 1).outcome("churn"),
            "states an outcome and is a step",
        ),
        (
            MoveRow::start("x", 1).promise(PromiseResult::Kept),
            "a promise result and is a start",
        ),
        (
            MoveRow::end("x", 1).waits(1, 1),
            "states waits and is not a step",
        ),
        (
            MoveRow::step("x", "x", 1).waits(2, 9),
            "has 2 known waits of 9 ms in all",
        ),
        (MoveRow::step("x", " ", 1), "has a blank touchpoint"),
    ] {
        let error = from_rows(vec![], vec![wrong]);
        assert!(error.contains(says), "{error}");
    }
    let many = vec![VisitRow::new("x", u64::MAX), VisitRow::new("x", 1)];
    assert_eq!(
        Tally::from_rows(TallyOptions::new(), many, []),
        Err(RowError::TooLarge)
    );
    let loud = VisitRow::new("x", 2).emotion(7.0);
    assert!(from_rows(vec![loud], moves()).starts_with("visit row 1 has an emotion off"));
}

#[cfg(feature = "serde")]
#[test]
fn events_from_json_lines() {
    use customer_journey::{Event, Mood};
    let read = |line: &str| serde_json::from_str::<Event>(line);
    let event = read(
        r#"{"case": "c1", "activity": "call", "channel": "phone", "stage": "during", "time_ms": 5, "seq": 2,
            "emotion": "anger", "promise_kept": false, "promise_name": "soon", "outcome": "churn",
            "owner": "Care", "segment": "b", "something else": [1]}"#,
    )
    .unwrap();
    let expected = EventRef::new("c1", "call")
        .channel("phone")
        .phase(Phase::During)
        .time_ms(5)
        .sequence(2)
        .emotion(Feeling::Anger)
        .promise(PromiseResult::Broken)
        .promise_name("soon")
        .outcome("churn")
        .owner("Care")
        .segment("b");
    assert_eq!(EventRef::from(&event), expected);
    assert_eq!(Event::from(expected), event);
    let line = |rest: &str| format!(r#"{{"journey": "a", "touchpoint": "b", {rest}}}"#);
    let emotion = |rest: &str| read(&line(rest)).unwrap().emotion;
    assert_eq!(emotion(r#""emotion": -1"#), Some(Mood::Rating(-1.0)));
    assert_eq!(emotion(r#""emotion": "0.5""#), Some(Mood::Rating(0.5)));
    assert_eq!(
        emotion(r#""emotion": "", "phase": null, "promise": """#),
        None
    );
    let refused = |rest: &str| read(&line(rest)).unwrap_err().to_string();
    assert!(refused(r#""emotion": "angr""#).contains("did you mean \"anger\"?"));
    assert!(refused(r#""emotion": true"#).contains("a feeling's name or a number"));
    assert!(refused(r#""phase": "midway""#).contains("is not a phase"));
    assert!(refused(r#""promise": 2"#).contains("kept, broken, unknown, true or false"));
    assert!(read(r#"{"journey": "a"}"#).is_err());
}

#[cfg(feature = "serde")]
#[test]
fn tallies_that_contradict_themselves_are_refused() {
    let log = tally([
        EventRef::new("a", "x")
            .channel("web")
            .promise(PromiseResult::Kept)
            .emotion(0.5),
        EventRef::new("a", "y")
            .time_ms(4)
            .outcome("churn")
            .emotion(Feeling::Joy),
    ]);
    let text = serde_json::to_string(&log).unwrap();
    assert_eq!(serde_json::from_str::<Tally>(&text).unwrap(), log);
    for (from, to, says) in [
        ("tally/1", "tally/2", "is not a tally"),
        (r#""starts":0"#, r#""starts":1"#, "arrivals"),
        (
            r#""starts":0"#,
            r#""starts":18446744073709551615"#,
            "more than can be counted",
        ),
        (r#"["a",0,1,"#, r#"["a",0,9,"#, "place 9"),
        (
            "[0,1,1,1,0,0]",
            "[0,7,1,1,0,0]",
            "7 is not a promise result",
        ),
        ("[0,1,1,1,0,0]", "[0,1,1,1,2,0]", "more waits than steps"),
        ("[1,0.5,1]", "[1,1.5,1]", "outside -1 to 1"),
        ("[1,0.5,1]", "[1,0.5,2]", "emotions"),
        ("\"joy\"", "\"joi\"", "did you mean"),
        (r#""touchpoint":"y""#, r#""touchpoint":" ""#, "blank"),
        (r#""open":"#, r#""opened":"#, "unknown field"),
    ] {
        assert!(text.contains(from), "{from} in {text}");
        let wrong = text.replacen(from, to, 1);
        let error = serde_json::from_str::<Tally>(&wrong)
            .unwrap_err()
            .to_string();
        assert!(error.contains(says), "{error}");
    }
}
