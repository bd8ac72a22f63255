//! What types are, apart from what they do.

use customer_journey::{analysis::*, compare::*, flow::*, journey::*, report::*, *};
use std::fmt::{Debug, Display};

fn shared<T: Send + Sync + Unpin + std::panic::UnwindSafe>() {}
fn flow<T: Send + Sync + Debug>() {}
fn data<T: Send + Sync + Debug + Clone + PartialEq + 'static>() {}
fn error<T: std::error::Error + Send + Sync + Clone + PartialEq + 'static>() {}
fn small<T: Copy + Debug + PartialEq>() {}
fn word<T: Copy + Debug + Display + Eq + Ord + std::hash::Hash + std::str::FromStr>() {}

#[test]
fn everything_crosses_threads() {
    shared::<Journey>();
    shared::<JourneyBuilder>();
    shared::<Report>();
    shared::<Error>();
    flow::<Flow>();
}

#[test]
fn a_flow_is_asked_from_several_threads_at_once() {
    let flow = Journey::builder("shared")
        .touchpoint(Touchpoint::new("a", Phase::Before, Channel::Web).feels(0.5))
        .touchpoint(Touchpoint::new("b", Phase::After, Channel::Web).ends(Outcome::Churn, 1.0))
        .transition("a", "b", 1.0)
        .build()
        .unwrap()
        .flow()
        .unwrap();
    std::thread::scope(|scope| {
        let asked: Vec<_> = (0..4).map(|_| scope.spawn(|| flow.report())).collect();
        for answer in asked {
            assert_eq!(answer.join().unwrap(), flow.report());
        }
    });
}

#[test]
fn models_and_reports_are_data() {
    data::<Journey>();
    data::<Touchpoint>();
    data::<Transition>();
    data::<Promise>();
    data::<Emotion>();
    data::<Shade>();
    data::<Ending>();
    data::<Report>();
    data::<Trajectory>();
    data::<PhaseFigures>();
    data::<ExtremeValence>();
    data::<LikelyPath>();
    data::<TurningPoint>();
    data::<PainPoint>();
    data::<ChannelConsistency>();
    data::<NeedConsistency>();
    data::<ChannelPair>();
    data::<CountedPair>();
    data::<Listening>();
    data::<ListeningGain>();
    data::<ListeningOptions>();
    data::<Money>();
    data::<OwnerSpending>();
    data::<TouchpointFigures>();
    data::<OutcomeFigures>();
    data::<MomentOfTruth>();
    data::<Promises>();
    data::<EarlySigns>();
    data::<Attribution>();
    data::<AheadFigures>();
    data::<OutcomeShare>();
    data::<Warning>();
    data::<Change>();
    data::<Comparison>();
    data::<ComparedFigure>();
    data::<Channel>();
    data::<Outcome>();
}

#[test]
fn options_are_small_values() {
    small::<TrajectoryOptions>();
    small::<PainOptions>();
    small::<ChannelOptions>();
    small::<PairTest>();
    small::<EmotionalArc>();
    small::<CurvePoint>();
    small::<Scale>();
    small::<CompareOptions>();
}

#[test]
fn words_are_ordered_and_read() {
    word::<Phase>();
    word::<PromiseResult>();
    word::<Ability>();
    word::<Evidence>();
    word::<JourneyKind>();
    for phase in Phase::ALL {
        assert_eq!(phase.to_string().parse(), Ok(*phase));
    }
}

#[test]
fn errors_are_errors_and_small() {
    error::<Error>();
    error::<Invalid>();
    error::<FlowError>();
    error::<WhatIfError>();
    error::<UnknownFeeling>();
    error::<UnknownWord>();
    error::<InvalidScale>();
    error::<OutOfRange>();
    // A result is moved at every `?`; clippy warns from 128 bytes on.
    assert!(size_of::<Error>() <= 128, "{}", size_of::<Error>());
    assert!(size_of::<Invalid>() <= 32, "{}", size_of::<Invalid>());
    assert!(size_of::<FlowError>() <= 32, "{}", size_of::<FlowError>());
}

#[test]
fn a_clone_of_a_journey_is_the_journey() {
    let journey = Journey::builder("one")
        .touchpoint(Touchpoint::new("a", Phase::Before, Channel::Web))
        .build()
        .unwrap();
    assert_eq!(journey.clone(), journey);
    assert_eq!(journey.clone().flow().unwrap().journey(), &journey);
    let other =
        Journey::builder("two").touchpoint(Touchpoint::new("a", Phase::Before, Channel::Web));
    assert_ne!(other.build().unwrap(), journey);
}
