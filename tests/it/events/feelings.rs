//! Promises and emotions.

use customer_journey::events::{LearnRemark, TallyOptions};
use customer_journey::journey::Shade;
use customer_journey::{Emotion, EventRef, Feeling, Promise, PromiseResult, Scale, Tally};

use super::{during, learn, tally, weight};

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
    let valences = |emotion: &Option<Emotion>| {
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
        .map(|e| (e.when, e.outcome.as_str(), e.weight))
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
    // Visit e states a result and no feeling; the others of unknown result state one.
    let unknown = |emotion: &Option<Emotion>| emotion.as_ref().map(Emotion::unknown_weight);
    assert_eq!(unknown(&notice.emotion), Some(0.0));
    assert_eq!(unknown(&notice.emotion_when_broken), Some(1.0));
    assert_eq!(unknown(&notice.emotion_when_unknown), Some(1.0));
    assert_eq!(notice.emotion_coverage(), 4.0 / 6.0);
    assert_eq!(call.emotion, None);
}

#[test]
fn visits_that_state_no_feeling_are_unknown_and_feel_like_no_other() {
    use PromiseResult::{Broken, Kept};
    let at = |journey, touchpoint| EventRef::new(journey, touchpoint).channel("sms");
    let learned = learn([
        at("a", "notice").promise(Kept).emotion(Feeling::Relief),
        at("b", "notice").promise(Kept),
        // Nobody who found it broken says what that felt like.
        at("c", "notice").promise(Broken),
        at("d", "notice").promise(Broken),
        at("e", "notice"),
        // Here only those say so.
        at("a", "call").promise(Kept),
        at("b", "call").promise(Broken).emotion(-0.5),
    ]);
    let notice = learned.journey.touchpoint("notice").unwrap();
    let mix = Emotion::from(Feeling::Relief).or_unknown(1.0);
    assert_eq!(notice.emotion, Some(mix));
    assert_eq!(
        notice.emotion_when_broken,
        Some(Emotion::mix([]).or_unknown(2.0))
    );
    assert_eq!(
        notice.emotion_when_unknown,
        Some(Emotion::mix([]).or_unknown(1.0))
    );
    let call = learned.journey.touchpoint("call").unwrap();
    assert_eq!(call.emotion, None);
    assert_eq!(call.emotion_when_broken, Some(Emotion::from(-0.5)));
    // Nobody says how these journeys end.
    let [
        LearnRemark::EndMidway { ended, went_on, .. },
        LearnRemark::NoEndings { last },
    ] = learned.remarks.as_slice()
    else {
        panic!("{:?}", learned.remarks);
    };
    assert_eq!((*ended, *went_on), (3, 2));
    let named = last.iter().map(|(name, ended)| (name.as_str(), *ended));
    assert_eq!(named.collect::<Vec<_>>(), [("notice", 3), ("call", 2)]);
    let flow = learned.journey.flow().unwrap();
    // Of 7 visits 2 state a feeling.
    let feelings = flow.trajectory();
    assert!((feelings.coverage - 2.0 / 7.0).abs() < 1e-15);
    let known = flow.emotions();
    let known = known.iter().map(|felt| (felt.id.as_str(), felt.coverage));
    assert_eq!(known.collect::<Vec<_>>(), [("call", 0.5), ("notice", 0.2)]);
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
