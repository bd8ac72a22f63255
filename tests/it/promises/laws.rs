//! What the ledger does not depend on.

use super::by_paths::{figures, journey};
use crate::figures::assert_close;
use crate::generate::{Drawing, Rng, Taste, drawing};
use crate::moments::Chain;
use customer_journey::{Channel, Journey, Phase, Promise, Touchpoint};

/// The same sums in another order.
const SAME: f64 = 1e-11;

/// Random journeys with loops that can be computed.
fn drawings(seed: u64) -> Vec<Drawing> {
    let mut rng = Rng::new(seed);
    let taste = Taste {
        spots: 7,
        ways: 2.0,
        loops: true,
    };
    let all = std::iter::repeat_with(|| drawing(&mut rng, taste)).take(60);
    let some: Vec<Drawing> = all.filter(|d| !Chain::new(d).has_trap()).collect();
    assert!(some.len() > 40, "{}", some.len());
    some
}

/// The journey's touchpoints in another order.
#[test]
fn the_order_of_the_map_does_not_matter() {
    for drawing in drawings(31) {
        let straight = journey(&drawing);
        let mut builder = Journey::builder("turned");
        let touchpoints: Vec<&Touchpoint> = straight.touchpoints().collect();
        for &touchpoint in touchpoints.iter().rev() {
            builder = builder.touchpoint(touchpoint.clone());
        }
        let transitions: Vec<_> = straight.transitions().collect();
        for (from, to, transition) in transitions.into_iter().rev() {
            builder = builder.connect(&from.id, &to.id, transition.clone());
        }
        // Without a stated start, those that nobody leads to share it, whatever their order.
        let turned = builder.build().unwrap();
        let expected = figures(&straight.flow().unwrap().promises());
        let got = figures(&turned.flow().unwrap().promises());
        assert_close(&got, &expected, SAME, &drawing);
    }
}

/// Each touchpoint in turn is replaced by two of which customers take either.
#[test]
fn a_touchpoint_that_is_split_in_two_changes_nothing() {
    for drawing in drawings(32) {
        let whole = journey(&drawing);
        let expected = figures(&whole.flow().unwrap().promises());
        for split in whole.touchpoints().map(|touchpoint| &touchpoint.id) {
            let mut builder = Journey::builder("split");
            for touchpoint in whole.touchpoints() {
                if touchpoint.id != *split {
                    builder = builder.touchpoint(touchpoint.clone());
                    continue;
                }
                let mut half = touchpoint.clone();
                half.starts = half.starts.map(|weight| weight / 2.0);
                builder = builder.touchpoint(half.clone());
                half.id.push('\'');
                builder = builder.touchpoint(half);
            }
            let other = format!("{split}'");
            for (from, to, transition) in whole.transitions() {
                let froms = [
                    Some(from.id.as_str()),
                    (from.id == *split).then_some(other.as_str()),
                ];
                for from in froms.into_iter().flatten() {
                    if to.id == *split {
                        let mut half = transition.clone();
                        half.weight /= 2.0;
                        builder = builder.connect(from, &*other, half.clone());
                        builder = builder.connect(from, &to.id, half);
                    } else {
                        builder = builder.connect(from, &to.id, transition.clone());
                    }
                }
            }
            let got = builder.build().unwrap().flow().unwrap().promises();
            assert_close(&figures(&got), &expected, SAME, &(&drawing, split));
        }
    }
}

#[test]
fn what_nobody_comes_to_changes_no_figure() {
    for drawing in drawings(33) {
        let alone = journey(&drawing);
        let mut graph = alone.graph().clone();
        let nowhere = graph.add_node(
            Touchpoint::new("nowhere", Phase::After, Channel::Web)
                .starts(0.0)
                .makes("p")
                .makes("q")
                .promise(Promise::new("p").broken(1.0))
                .can(customer_journey::Ability::Resolve)
                .ends("churn", 1.0),
        );
        let first = graph.node_indices().next().unwrap();
        graph.add_edge(nowhere, first, customer_journey::Transition::new(1.0));
        let beside = Journey::try_from(graph).unwrap();
        let expected = figures(&alone.flow().unwrap().promises());
        let got = figures(&beside.flow().unwrap().promises());
        assert_close(&got, &expected, SAME, &drawing);
    }
}
