use super::{at, flow, journey};
use crate::analysis::PainOptions;
use crate::journey::{
    Channel, Emotion, Journey, Outcome, Phase, Promise, PromiseResult, Shade, Touchpoint,
    Transition,
};
use crate::view::graph::{End, JourneyGraph, Wait};
use crate::view::valence::Tone;

/// Two phases, a promise with a dead end behind it, and waits.
fn drawing() -> crate::journey::JourneyBuilder {
    let mixed = Emotion::mix([Shade::valence(-0.8).weight(3.0)]).or_unknown(1.0);
    Journey::builder("drawing")
        .touchpoint(at("use").starts(1.0).feels(mixed))
        .touchpoint(
            Touchpoint::new("order", Phase::Before, Channel::Phone)
                .name("Order it")
                .feels(0.4)
                .promise(Promise::new("p").kept(3.0).broken(1.0).unknown(6.0))
                .ends(Outcome::Loyalty, 2.0),
        )
        .touchpoint(
            at("pay")
                .promise(Promise::new("q").kept(1.0).broken(1.0))
                .ends_when(PromiseResult::Kept, Outcome::Churn, 5.0),
        )
        .connect("use", "order", Transition::new(3.0).wait_s(90.0))
        .transition_when(PromiseResult::Broken, "order", "pay", 1.0)
}

#[test]
fn everything_that_was_drawn_is_in_the_graph() {
    let graph = JourneyGraph::of(&journey(drawing()), &[]);
    assert_eq!(graph.name, "drawing");
    assert_eq!(
        graph.phases,
        [(Phase::Before, vec![1]), (Phase::During, vec![0, 2])]
    );
    assert_eq!(graph.starts, [0]);
    assert_eq!(
        graph.outcomes,
        [Outcome::Loyalty, Outcome::Churn, Outcome::Unstated]
            .into_iter()
            .collect::<std::collections::BTreeSet<_>>()
            .into_iter()
            .collect::<Vec<_>>()
    );
    let outcome = |outcome: &Outcome| {
        let position = graph.outcomes.iter().position(|known| known == outcome);
        End::Outcome(position.unwrap_or(usize::MAX))
    };
    let ways: Vec<_> = graph
        .ways
        .iter()
        .map(|w| (w.from, w.to, w.weight, w.when))
        .collect();
    assert_eq!(
        ways,
        [
            (0, End::Touchpoint(1), Some(3.0), None),
            (
                1,
                End::Touchpoint(2),
                Some(1.0),
                Some(PromiseResult::Broken)
            ),
            (1, outcome(&Outcome::Loyalty), Some(2.0), None),
            (
                2,
                outcome(&Outcome::Churn),
                Some(5.0),
                Some(PromiseResult::Kept)
            ),
            (
                2,
                outcome(&Outcome::Unstated),
                None,
                Some(PromiseResult::Broken)
            ),
        ]
    );
}

#[test]
fn touchpoints_tell_feeling_promise_and_rank() {
    let drawn = journey(drawing());
    let pains = flow(drawing()).pain_points(&PainOptions::new());
    let ranked: Vec<&str> = pains.iter().map(|pain| pain.id.as_str()).collect();
    let graph = JourneyGraph::of(&drawn, &pains);
    for node in &graph.nodes {
        let rank = ranked.iter().position(|id| *id == node.id).map(|at| at + 1);
        assert_eq!(node.pain, rank, "{}", node.id);
    }
    let [used, order, pay] = &graph.nodes[..] else {
        panic!("{:?}", graph.nodes)
    };
    assert_eq!((used.tone, used.valence), (Tone::Bad, Some(-0.8)));
    assert_eq!((used.known_of, used.kept_of_100), (Some(0.75), None));
    assert_eq!(used.pain, Some(1));
    assert_eq!(
        (order.label.as_str(), &order.channel),
        ("Order it", &Channel::Phone)
    );
    assert_eq!((order.tone, order.known_of), (Tone::Good, None));
    assert_eq!(order.kept_of_100, Some(75.0));
    assert_eq!(
        (pay.tone, pay.valence, pay.known_of),
        (Tone::Unknown, None, None)
    );
    let unmarked = JourneyGraph::of(&drawn, &[]);
    assert!(unmarked.nodes.iter().all(|node| node.pain.is_none()));
}

#[test]
fn waits_are_said_in_the_unit_that_people_would_use() {
    for (seconds, amount, unit) in [
        (0.0, 0.0, "s"),
        (119.9, 119.9, "s"),
        (120.0, 2.0, "min"),
        (90.0 * 60.0, 90.0, "min"),
        (7_200.0, 2.0, "h"),
        (171_000.0, 47.5, "h"),
        (172_800.0, 2.0, "days"),
        (10.0 * 86_400.0, 10.0, "days"),
    ] {
        let drawn = Journey::builder("wait")
            .touchpoint(at("a"))
            .touchpoint(at("b"))
            .connect("a", "b", Transition::new(1.0).wait_s(seconds));
        let graph = JourneyGraph::of(&journey(drawn), &[]);
        let wait = graph.ways.first().and_then(|way| way.wait);
        let is_median = false;
        assert_eq!(
            wait,
            Some(Wait {
                amount,
                unit,
                is_median
            }),
            "{seconds}"
        );
    }
}
