//! The figures that pictures need: ways, endings, feelings at a touchpoint, contradictions, the sequence.

use std::collections::BTreeMap;

use customer_journey::analysis::PainOptions;
use customer_journey::journey::Shade;
use customer_journey::{Channel, Emotion, Flow, Journey, Outcome, Phase, Promise, Touchpoint};

use super::delivery;
use crate::generate::{Rng, Taste, drawing};

fn flows(loops: bool) -> impl Iterator<Item = Flow> {
    (0..150).filter_map(move |seed| {
        let taste = Taste {
            spots: 2 + usize::try_from(seed % 9).unwrap(),
            ways: 1.7,
            loops,
        };
        drawing(&mut Rng::new(seed), taste).journey().flow().ok()
    })
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-12 * (1.0 + b.abs())
}

#[test]
fn ways_and_endings_are_those_of_the_map() {
    let flow = delivery();
    let ways: Vec<(String, String, f64)> = flow
        .transitions()
        .into_iter()
        .map(|way| (way.from, way.to, way.share))
        .collect();
    let way = |from: &str, to: &str, share| (from.to_owned(), to.to_owned(), share);
    assert_eq!(
        ways,
        [
            way("order", "page", 1.0),
            way("page", "call", 1.0),
            way("call", "page", 0.25),
            way("call", "delivery", 0.75),
        ]
    );
    // Every fourth call leads back to the page: 4/3 visits.
    assert!(close(flow.transitions()[1].flow, 4.0 / 3.0));
    let endings = flow.endings();
    assert_eq!(endings.len(), 2);
    assert_eq!(
        (&endings[0].outcome, endings[0].share),
        (&Outcome::Churn, 0.25)
    );
    assert_eq!(
        flow.transitions()[2].to_string(),
        "call to page: 25 of 100 visits go on this way, 0.33 times per journey"
    );
    assert_eq!(
        endings[0].to_string(),
        "delivery: 25 of 100 journeys end here in churn, which is 25 of 100 of the visits"
    );
}

#[test]
fn what_comes_goes() {
    let mut seen = 0;
    for flow in flows(true).chain(flows(false)) {
        let mut arriving = BTreeMap::<String, f64>::new();
        let mut leaving = BTreeMap::<String, f64>::new();
        for way in flow.transitions() {
            assert!(way.flow > 0.0 && way.share > 0.0 && way.share <= 1.0);
            *arriving.entry(way.to).or_default() += way.flow;
            *leaving.entry(way.from).or_default() += way.share;
        }
        let mut ended = 0.0;
        for ending in flow.endings() {
            ended += ending.flow;
            *leaving.entry(ending.id).or_default() += ending.share;
        }
        assert!(close(ended, 1.0), "{ended}");
        let journey = flow.journey();
        let starts: f64 = journey.touchpoints().filter_map(|t| t.starts).sum();
        for traffic in flow.traffic().filter(|traffic| traffic.visits > 0.0) {
            let id = &traffic.touchpoint.id;
            assert!(close(leaving[id], 1.0), "{id}");
            if starts > 0.0 {
                let begun = traffic.touchpoint.starts.unwrap_or(0.0) / starts;
                let come = begun + arriving.get(id).copied().unwrap_or(0.0);
                assert!(
                    close(come, traffic.visits),
                    "{id}: {come} {}",
                    traffic.visits
                );
                seen += 1;
            }
        }
    }
    assert!(seen > 300, "{seen}");
}

#[test]
fn feelings_have_a_mean_and_a_spread() {
    let mixed = |weights: [f64; 3]| {
        let shades = [-1.0, 0.0, 1.0].into_iter().zip(weights);
        Emotion::mix(shades.map(|(valence, weight)| Shade::valence(valence).weight(weight)))
    };
    let flow = Journey::builder("spread")
        .touchpoint(
            Touchpoint::new("all", Phase::During, Channel::Web)
                .feels(mixed([1.0, 2.0, 1.0]))
                .promise(Promise::new("p").kept(1.0).unknown(1.0))
                .starts(1.0),
        )
        .touchpoint(
            Touchpoint::new("rare", Phase::During, Channel::Web).feels(mixed([0.09, 0.82, 0.09])),
        )
        .touchpoint(
            Touchpoint::new("just", Phase::During, Channel::Web).feels(mixed([0.1, 0.8, 0.1])),
        )
        .touchpoint(Touchpoint::new("none", Phase::During, Channel::Web))
        .build()
        .unwrap()
        .flow()
        .unwrap();
    let felt = flow.emotions();
    assert_eq!(
        (felt[0].mean, felt[0].sd),
        (Some(0.0), Some(0.5_f64.sqrt()))
    );
    assert_eq!((felt[0].low, felt[0].high), (Some(-1.0), Some(1.0)));
    assert_eq!((felt[1].low, felt[1].high), (Some(0.0), Some(0.0)));
    assert_eq!((felt[2].low, felt[2].high), (Some(-1.0), Some(0.0)));
    assert_eq!(
        (felt[3].mean, felt[3].sd, felt[3].low, felt[3].high),
        (None, None, None, None)
    );
    assert_eq!((felt[0].coverage, felt[3].coverage), (1.0, 0.0));
    assert_eq!(
        felt[0].to_string(),
        "all: mean feeling 0.00, eight in ten visits from -1.00 to +1.00, known at every visit"
    );
    assert_eq!(
        felt[3].to_string(),
        "none: mean feeling unknown, known at no visit"
    );
}

/// Visits are drawn by hand from the map's own words, result by result.
#[test]
fn feelings_are_those_of_all_results() {
    let mut seen = 0;
    for flow in flows(true) {
        let pains = flow.pain_points(&PainOptions::new());
        for felt in flow.emotions() {
            let touchpoint = flow.journey().touchpoint(&felt.id).unwrap();
            let total: f64 = touchpoint.results().map(|(_, weight)| weight).sum();
            let mut visits: Vec<(f64, f64)> = Vec::new();
            for (result, weight) in touchpoint.results() {
                if let Some(emotion) = touchpoint.emotion_after(result) {
                    visits.extend(
                        emotion
                            .valences()
                            .map(|(v, share)| (v, emotion.coverage() * share * weight / total)),
                    );
                }
            }
            let known: f64 = visits.iter().map(|(_, share)| share).sum();
            assert!(close(known, felt.coverage));
            let below = |v: f64| {
                visits
                    .iter()
                    .filter(|(x, _)| *x <= v)
                    .map(|(_, s)| s)
                    .sum::<f64>()
            };
            match (felt.low, felt.high) {
                (Some(low), Some(high)) => {
                    assert!(low <= high && felt.sd.unwrap() >= 0.0);
                    for (quantile, share) in [(low, 0.1), (high, 0.9)] {
                        assert!(below(quantile) >= share * known - 1e-9);
                        assert!(below(quantile - 1e-9) < share * known + 1e-9);
                    }
                    let mean = visits.iter().map(|(v, share)| v * share).sum::<f64>() / known;
                    assert!(close(felt.mean.unwrap(), mean));
                    seen += 1;
                }
                _ => assert!(visits.is_empty()),
            }
            if let Some(pain) = pains.iter().find(|pain| pain.id == felt.id) {
                assert_eq!(pain.mean, felt.mean);
            }
        }
    }
    assert!(seen > 300, "{seen}");
}

#[test]
fn contradictions_are_the_answers_that_differ() {
    let asks = |id: &str, channel: Channel, need: &str, says: &str| {
        Touchpoint::new(id, Phase::During, channel)
            .need(need)
            .says(says)
            .starts(1.0)
    };
    let flow = Journey::builder("answers")
        .touchpoint(asks("b", Channel::Web, "when", "noon"))
        .touchpoint(asks("a", Channel::Phone, "when", "noon"))
        .touchpoint(asks("c", Channel::App, "when", "late"))
        .touchpoint(asks("d", Channel::Web, "where", "here"))
        .touchpoint(asks("e", Channel::App, "where", "here"))
        // Two answers of one channel are no contradiction between channels.
        .touchpoint(asks("f", Channel::Web, "how", "so"))
        .touchpoint(asks("g", Channel::Web, "how", "thus"))
        // Nobody comes here.
        .touchpoint(asks("h", Channel::App, "how", "not").starts(0.0))
        .build()
        .unwrap()
        .flow()
        .unwrap();
    let found = flow.contradictions();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].need, "when");
    let answers: Vec<(&str, Vec<&str>)> = found[0]
        .answers
        .iter()
        .map(|answer| {
            (
                answer.says.as_str(),
                answer.touchpoints.iter().map(String::as_str).collect(),
            )
        })
        .collect();
    assert_eq!(answers, [("late", vec!["c"]), ("noon", vec!["b", "a"])]);
    assert_eq!(
        found[0].to_string(),
        "when: \"late\" at c; \"noon\" at b, a"
    );
}

#[test]
fn contradictions_are_those_of_the_channels() {
    let mut seen = 0;
    for flow in flows(true) {
        let found: Vec<String> = flow.contradictions().into_iter().map(|c| c.need).collect();
        let needs = flow.channel_consistency().needs.into_iter();
        let expected: Vec<String> = needs
            .filter(|need| {
                need.pairs
                    .iter()
                    .any(|pair| pair.contradiction == Some(true))
            })
            .map(|need| need.need)
            .collect();
        seen += expected.len();
        assert_eq!(found, expected);
    }
    assert!(seen > 20, "{seen}");
}

#[test]
fn the_sequence_holds_everything_phase_by_phase() {
    for flow in flows(true).chain(flows(false)) {
        let sequence = flow.sequence();
        assert!(sequence.is_sorted_by_key(|touchpoint| touchpoint.phase));
        let mut ids: Vec<&str> = sequence.iter().map(|t| t.id.as_str()).collect();
        ids.sort_unstable();
        let mut all: Vec<&str> = flow
            .journey()
            .touchpoints()
            .map(|t| t.id.as_str())
            .collect();
        all.sort_unstable();
        assert_eq!(ids, all);
    }
}

#[test]
fn without_loops_nothing_goes_backwards_in_a_phase() {
    let mut seen = 0;
    for flow in flows(false) {
        let sequence = flow.sequence();
        let place = |id: &str| sequence.iter().position(|t| t.id == id).unwrap();
        for way in flow.transitions() {
            let (from, to) = (place(&way.from), place(&way.to));
            if sequence[from].phase == sequence[to].phase {
                assert!(from < to, "{} to {}", way.from, way.to);
                seen += 1;
            }
        }
    }
    assert!(seen > 100, "{seen}");
}

#[test]
fn stages_stay_together_and_the_weaker_way_goes_back() {
    let at = |id: &str, stage: &str| Touchpoint::new(id, Phase::During, Channel::Web).stage(stage);
    let flow = Journey::builder("stages")
        .touchpoint(at("d", "late").ends(Outcome::Loyalty, 1.0))
        .touchpoint(at("b", "early"))
        .touchpoint(at("c", "late"))
        .touchpoint(at("a", "early").starts(1.0))
        .transition("a", "b", 1.0)
        .transition("b", "a", 0.2)
        .transition("b", "c", 0.8)
        .transition("c", "d", 1.0)
        .transition("d", "b", 0.1)
        .build()
        .unwrap()
        .flow()
        .unwrap();
    let ids: Vec<&str> = flow.sequence().iter().map(|t| t.id.as_str()).collect();
    assert_eq!(ids, ["a", "b", "c", "d"]);
}
