//! Fractions whose derivation stands beside them, published cases, and another implementation's figures.

use customer_journey::analysis::{PromiseFigures, PromiseStatus, Promises};
use customer_journey::{
    Ability, Channel, Evidence, Journey, Outcome, Phase, Promise, PromiseResult, Touchpoint,
    Transition,
};

fn at(id: &str) -> Touchpoint {
    Touchpoint::new(id, Phase::During, Channel::Web)
}

fn promises(journey: customer_journey::JourneyBuilder) -> Promises {
    journey.build().unwrap().flow().unwrap().promises()
}

fn find<'a>(promises: &'a Promises, name: &str) -> &'a PromiseFigures {
    let mut ledger = promises.ledger.iter();
    ledger.find(|figures| figures.promise == name).unwrap()
}

#[track_caller]
fn close(got: impl Into<Option<f64>>, expected: f64) {
    let got = got.into().unwrap();
    assert!(
        (got - expected).abs() < 1e-13,
        "{got} instead of {expected}"
    );
}

/// A parcel comes late one time in four; of those who find it so, three in four call, and half of these get it
/// delivered again.
fn parcel() -> Promises {
    use PromiseResult::{Broken, Kept, Unknown};
    let wait = |seconds| Transition::new(3.0).wait_s(seconds);
    promises(
        Journey::builder("parcel")
            .touchpoint(at("order").makes("on time").feels(0.5))
            .touchpoint(
                at("delivery")
                    .promise(Promise::new("on time").kept(2.0).broken(1.0).unknown(1.0))
                    .feels(0.25)
                    .feels_when_broken(-0.5)
                    .ends_when(Kept, Outcome::Loyalty, 1.0)
                    .ends_when(Unknown, Outcome::Loyalty, 1.0)
                    .ends_when(Broken, Outcome::Churn, 1.0),
            )
            .touchpoint(
                at("call")
                    .can(Ability::Resolve)
                    .feels(0.75)
                    .ends(Outcome::Loyalty, 1.0),
            )
            .connect("order", "delivery", wait(100.0))
            .connect("delivery", "call", wait(60.0).when(Broken))
            .transition("call", "delivery", 1.0),
    )
}

#[test]
fn a_parcel_that_comes_late() {
    let promises = parcel();
    let figures = &promises.ledger[0];
    assert_eq!(
        (&figures.made[..], &figures.tested[..]),
        (&["order".to_owned()][..], &["delivery".to_owned()][..])
    );
    assert_eq!(figures.without_mandate, ["delivery"]);
    assert_eq!(figures.status, PromiseStatus::Tested);
    // v = 1 + v / 4 * 3 / 4 / 2
    close(figures.tests, 32.0 / 29.0);
    close(figures.coverage, 0.75);
    close(figures.kept_rate, 2.0 / 3.0);
    assert_eq!((figures.kept_rate_interval, figures.counted), (None, None));
    close(figures.reach, 1.0);
    // Who finds it kept, or does not know, goes home.
    close(figures.meets_broken, 0.25);
    close(figures.given, 1.0);
    close(figures.broken_after_made, 0.25);
    let distance = figures.distance.unwrap();
    close(distance.tested, 1.0);
    close(distance.moments, 1.0);
    close(distance.wait_s, 100.0);
    close(distance.wait_coverage, 1.0);

    // After a break c = 1/4 + 3/4 * 1/2 * 1/4 * c end in churn.
    let c = 8.0 / 29.0;
    let endings = figures.endings.as_ref().unwrap();
    close(endings.kept, 0.5);
    close(endings.broken, 0.25);
    let churn = &endings.outcomes[0];
    assert_eq!(churn.outcome, Outcome::Churn);
    close(churn.when_kept, 0.0);
    close(churn.when_broken, c);
    close(churn.change, c);
}

#[test]
fn who_calls_about_a_late_parcel() {
    let promises = parcel();
    let recovery = promises.ledger[0].recovery.as_ref().unwrap();
    // There is only one promise.
    assert_eq!(promises.recovery.as_ref(), Some(recovery));
    close(recovery.breaks, 0.25);
    close(recovery.on_the_spot, 0.0);
    close(recovery.recovered, 0.75);
    close(recovery.moments, 1.0);
    close(recovery.wait_s, 60.0);
    close(recovery.wait_coverage, 1.0);
    let feeling = &recovery.feeling;
    close(feeling.before, 0.5);
    close(feeling.at_recovery, 0.75);
    // From the call e = 1/2 * 3/4 + 1/2 * (3/4 * 1/4 + 1/4 * (1/4 * -1/2 + 3/4 e)).
    close(feeling.end, 0.5);
    for coverage in [
        feeling.before_coverage,
        feeling.at_recovery_coverage,
        feeling.end_coverage,
    ] {
        close(coverage, 1.0);
    }
    assert_eq!(feeling.lifts, Some(true));
    let [churn, loyalty] = &recovery.outcomes[..] else {
        panic!("{:?}", recovery.outcomes)
    };
    // From the call, half are delivered again, and of these one in four finds a break.
    close(churn.recovered, 8.0 / 29.0 / 8.0);
    close(loyalty.recovered, 28.0 / 29.0);
    close(churn.unrecovered, 1.0);
    close(loyalty.unrecovered, 0.0);
}

#[test]
fn how_often_a_late_parcel_is_forgiven() {
    let promises = parcel();
    let classes = promises.tolerance.unwrap();
    let [none, once, more] = &classes[..] else {
        panic!("{classes:?}")
    };
    close(none.share, 0.75);
    // Break and end, or call and end, or call and have it delivered in time or nobody knows.
    close(once.share, 0.25 * (0.25 + 0.75 * (0.5 + 0.5 * 0.75)));
    close(more.share, 0.25 * 0.75 * 0.5 * 0.25);
    close(none.outcomes[0].probability, 0.0);
    close(once.outcomes[0].probability, 8.0 / 29.0);
    close(more.outcomes[0].probability, 8.0 / 29.0);
    assert!(more.or_more && !once.or_more && !none.or_more);
}

/// Who is told "at once" on a hotline and finds it broken calls again half the time.
#[test]
fn a_test_where_the_promise_is_made_is_not_later_than_its_making() {
    let promises = promises(
        Journey::builder("hotline")
            .touchpoint(
                at("hotline")
                    .starts(1.0)
                    .makes("at once")
                    .makes("at once")
                    .can(Ability::Resolve)
                    .promise(Promise::new("at once").kept(1.0).broken(1.0))
                    .ends_when(PromiseResult::Kept, Outcome::Loyalty, 1.0)
                    .ends_when(PromiseResult::Broken, Outcome::Churn, 1.0),
            )
            .transition_when(PromiseResult::Broken, "hotline", "hotline", 1.0),
    );
    let figures = &promises.ledger[0];
    assert_eq!(figures.made, ["hotline"]);
    assert!(figures.without_mandate.is_empty());
    close(figures.tests, 4.0 / 3.0);
    close(figures.meets_broken, 0.5);
    // Broken, called again, and broken again.
    close(figures.broken_after_made, 0.125);
    let distance = figures.distance.unwrap();
    close(distance.tested, 0.25);
    close(distance.moments, 1.0);
    assert_eq!((distance.wait_s, distance.wait_coverage), (None, Some(0.0)));
    let recovery = figures.recovery.as_ref().unwrap();
    close(recovery.on_the_spot, 1.0);
    close(recovery.recovered, 0.5);
    // Journeys begin with the break, and nothing is known of feelings.
    assert_eq!(
        (recovery.feeling.before, recovery.feeling.lifts),
        (None, None)
    );
    close(recovery.feeling.before_coverage, 0.0);
}

#[test]
fn promises_that_meet_no_test_and_tests_that_nobody_promised() {
    let promises = promises(
        Journey::builder("loose ends")
            .touchpoint(at("advert").starts(1.0).makes("cheap").makes("fast"))
            .touchpoint(at("shop").promise(Promise::new("polite").unknown(1.0)))
            .touchpoint(
                at("nowhere")
                    .makes("polite")
                    .promise(Promise::new("fast").broken(1.0)),
            )
            .transition("advert", "shop", 1.0),
    );
    let names: Vec<&str> = promises.ledger.iter().map(|p| p.promise.as_str()).collect();
    assert_eq!(names, ["cheap", "fast", "polite"]);
    let cheap = find(&promises, "cheap");
    assert_eq!(cheap.status, PromiseStatus::NeverTested);
    assert_eq!(
        (cheap.tests, cheap.coverage, cheap.kept_rate),
        (0.0, None, None)
    );
    assert_eq!(
        (cheap.meets_broken, cheap.broken_after_made),
        (Some(0.0), Some(0.0))
    );
    assert_eq!(cheap.distance.unwrap().tested, 0.0);
    assert_eq!(cheap.distance.unwrap().moments, None);
    assert_eq!((&cheap.endings, &cheap.recovery), (&None, &None));
    // Drawn where nobody comes.
    let fast = find(&promises, "fast");
    assert_eq!(
        (fast.status, fast.tests, fast.reach),
        (PromiseStatus::Tested, 0.0, Some(0.0))
    );
    assert_eq!(fast.kept_rate, None);
    // Made where nobody comes, and tested without anybody knowing.
    let polite = find(&promises, "polite");
    assert_eq!((polite.given, polite.broken_after_made), (Some(0.0), None));
    assert_eq!((polite.coverage, polite.kept_rate), (Some(0.0), None));
    assert_eq!(polite.distance, None);
    assert_eq!(promises.recovery, None);
    let classes = promises.tolerance.unwrap();
    assert_eq!(classes[0].share, 1.0);
    assert!(classes[1].outcomes.is_empty() && classes[2].outcomes.is_empty());
    assert!(
        Journey::builder("none")
            .touchpoint(at("a"))
            .build()
            .unwrap()
            .flow()
            .unwrap()
            .promises()
            .ledger
            .is_empty()
    );
}

/// The textbook's form of Wilson's interval.
fn textbook(rate: f64, n: f64) -> (f64, f64) {
    let z = 1.959_963_984_540_054_f64;
    let middle = (rate + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let root = (rate * (1.0 - rate) / n + z * z / (4.0 * n * n)).sqrt();
    let half = z / (1.0 + z * z / n) * root;
    (middle - half, middle + half)
}

/// Two counters in a row, of which 10 of 40 customers come to the second.
fn counters(second: Promise, evidence: Evidence) -> PromiseFigures {
    let first = Promise::new("short queue").kept(30.0).broken(10.0);
    let promises = promises(
        Journey::builder("counters")
            .touchpoint(
                at("first")
                    .evidence(Evidence::Observed)
                    .promise(first)
                    .ends(Outcome::Loyalty, 30.0),
            )
            .touchpoint(at("second").evidence(evidence).promise(second))
            .transition("first", "second", 10.0),
    );
    promises.ledger[0].clone()
}

#[test]
fn a_counted_kept_rate_has_its_interval() {
    // Counts that agree with the flow: 36 of 50.
    let fits = Promise::new("short queue").kept(6.0).broken(4.0);
    let figures = counters(fits.clone(), Evidence::Observed);
    close(figures.kept_rate, 0.72);
    assert_eq!(figures.counted, Some(50.0));
    let (lower, upper) = figures.kept_rate_interval.unwrap();
    close(lower, textbook(0.72, 50.0).0);
    close(upper, textbook(0.72, 50.0).1);
    // Counted a hundred times as closely: the second counter adds hardly any doubt, and weighs no more than before.
    let closer = Promise::new("short queue").kept(600.0).broken(400.0);
    let figures = counters(closer, Evidence::Observed);
    close(figures.kept_rate, 0.72);
    assert_eq!(figures.counted, Some(1040.0));
    let expected = textbook(0.72, 1.0 / (0.8 * 0.8 / 40.0 + 0.2 * 0.2 / 1000.0));
    let (lower, upper) = figures.kept_rate_interval.unwrap();
    close(lower, expected.0);
    close(upper, expected.1);
    // Nobody knows how sure an assumption is.
    for evidence in [Evidence::Assumed, Evidence::Reported] {
        let figures = counters(fits.clone(), evidence);
        assert_eq!((figures.kept_rate_interval, figures.counted), (None, None));
    }
}

/// Six touchpoints that each keep their promise with 0.95: 0.735 of journeys meet no broken one.
#[test]
fn small_failures_compound() {
    let mut builder = Journey::builder("compounding");
    for k in 0..6 {
        let promise = Promise::new(format!("promise {k}")).kept(0.95).broken(0.05);
        builder = builder.touchpoint(at(&k.to_string()).promise(promise));
        if k > 0 {
            builder = builder.transition((k - 1).to_string(), k.to_string(), 1.0);
        }
    }
    let classes = promises(builder).tolerance.unwrap();
    assert!((classes[0].share - 0.735).abs() < 0.5e-3);
    let of = |broken: i32, ways: f64| ways * 0.05_f64.powi(broken) * 0.95_f64.powi(6 - broken);
    close(classes[0].share, of(0, 1.0));
    close(classes[1].share, of(1, 6.0));
    let more = of(2, 15.0) + of(3, 20.0) + of(4, 15.0) + of(5, 6.0) + of(6, 1.0);
    close(classes[2].share, more);
    assert!((classes[2].share - more).abs() <= 1e-14 * more);
}

/// A random map of six touchpoints, with the figures that another implementation finds by dense algebra.
#[test]
fn another_implementation_agrees() {
    use PromiseResult::{Broken, Kept};
    let (advocacy, churn, loyalty) = (Outcome::Advocacy, Outcome::Churn, Outcome::Loyalty);
    let promises = promises(
        Journey::builder("six")
            .touchpoint(at("t0").starts(2.0).ends(advocacy.clone(), 4.0))
            .touchpoint(at("t1").starts(4.0).makes("p").ends(loyalty.clone(), 4.0))
            .touchpoint(
                at("t2")
                    .promise(Promise::new("q").kept(8.0).broken(8.0))
                    .ends_when(Broken, loyalty.clone(), 2.0),
            )
            .touchpoint(at("t3").promise(Promise::new("p").kept(3.0).broken(2.0)))
            .touchpoint(
                at("t4")
                    .ends(churn.clone(), 3.0)
                    .ends(advocacy.clone(), 4.0),
            )
            .touchpoint(
                at("t5")
                    .makes("q")
                    .ends(churn, 3.0)
                    .ends(loyalty, 2.0)
                    .ends(advocacy, 4.0),
            )
            .transition("t0", "t2", 2.0)
            .transition("t0", "t1", 1.0)
            .transition("t0", "t5", 5.0)
            .transition("t1", "t4", 6.0)
            .transition("t1", "t2", 1.0)
            .transition("t1", "t1", 5.0)
            .transition("t2", "t4", 4.0)
            .transition_when(Kept, "t2", "t1", 4.0)
            .transition("t2", "t0", 2.0)
            .transition_when(Kept, "t3", "t1", 5.0)
            .transition_when(Kept, "t3", "t5", 6.0)
            .transition("t3", "t3", 3.0)
            .transition("t4", "t3", 6.0)
            .transition("t4", "t2", 4.0)
            .transition("t4", "t4", 6.0)
            .transition("t5", "t0", 1.0)
            .transition("t5", "t4", 4.0)
            .transition("t5", "t2", 4.0),
    );
    for (name, expected) in [
        (
            "p",
            [
                0.560_708_867_429_414_6,
                0.6,
                0.108_784_386_065_875_26,
                0.129_275_419_538_482_87,
            ],
        ),
        (
            "q",
            [
                0.405_313_098_673_914_74,
                0.5,
                0.172_593_424_555_479_88,
                0.186_939_721_355_749_46,
            ],
        ),
    ] {
        let figures = find(&promises, name);
        close(figures.tests, expected[0]);
        close(figures.kept_rate, expected[1]);
        close(figures.meets_broken, expected[2]);
        close(figures.broken_after_made, expected[3]);
    }
}

/// The keys of the report document.
#[cfg(feature = "serde")]
#[test]
fn the_document_lists_promises_with_their_keys() {
    let flow = Journey::builder("document")
        .touchpoint(at("advert").makes("fast").makes("cheap"))
        .touchpoint(at("shop").promise(Promise::new("fast").kept(1.0).broken(1.0)))
        .touchpoint(at("desk").promise(Promise::new("polite").kept(1.0)))
        .transition("advert", "shop", 1.0)
        .transition("shop", "desk", 1.0)
        .build()
        .unwrap()
        .flow()
        .unwrap();
    let document = serde_json::to_value(flow.report()).unwrap();
    let promises = document["promises"].as_array().unwrap();
    let statuses: Vec<&str> = promises
        .iter()
        .map(|p| p["status"].as_str().unwrap())
        .collect();
    assert_eq!(statuses, ["never tested", "tested", "never made"]);
    let fast = &promises[1];
    assert_eq!(fast["promise"], "fast");
    assert_eq!(fast["made"], serde_json::json!(["advert"]));
    assert_eq!(fast["tested"], serde_json::json!(["shop"]));
    for (key, expected) in [
        ("tests", 1.0),
        ("kept_rate", 0.5),
        ("meets_broken", 0.5),
        ("broken_after_made", 0.5),
    ] {
        assert_eq!(fast[key], expected, "{key}");
    }
    assert!(fast.as_object().unwrap().contains_key("kept_rate_interval"));
    assert!(fast["kept_rate_interval"].is_null());
    assert!(promises[2]["broken_after_made"].is_null());
    assert_eq!(document["tolerance"][0]["share"], 0.5);
    assert_eq!(document["recovery"]["breaks"], 0.5);
}
