use super::{at, column, near, overview, row, whole};
use crate::analysis::PainCauseKind;
use crate::journey::{
    Ability, Channel, Emotion, Journey, Outcome, Phase, Promise, PromiseResult, Shade, Touchpoint,
};
use crate::view::map::{Extreme, JourneyMap, Visitors};

/// The columns that are named the lowest and the highest.
fn extremes(map: &JourneyMap) -> (Vec<&str>, Vec<&str>) {
    let named = |extreme| {
        let named = map.columns.iter().filter(move |column| {
            column.marker.as_ref().and_then(|marker| marker.extreme) == Some(extreme)
        });
        named.map(|column| column.label.as_str()).collect()
    };
    (named(Extreme::Lowest), named(Extreme::Highest))
}

/// A row of touchpoints named by letters.
fn felt<const N: usize>(valences: [f64; N]) -> JourneyMap {
    let letters = ["a", "b", "c", "d", "e"];
    let touchpoints = letters.iter().zip(valences);
    overview(row(touchpoints.map(|(id, valence)| at(id).feels(valence))))
}

#[test]
fn the_lowest_and_the_highest_feeling_are_named_wherever_they_are() {
    assert_eq!(
        extremes(&felt([0.1, -0.6, 0.9, 0.2])),
        (vec!["b"], vec!["c"])
    );
    assert_eq!(extremes(&felt([0.9, 0.2, -0.6])), (vec!["c"], vec!["a"]));
    // They are named by sign and not by size.
    assert_eq!(extremes(&felt([-0.9, -0.2, -0.6])), (vec!["a"], vec!["b"]));
}

#[test]
fn the_first_of_equals_is_named() {
    assert_eq!(
        extremes(&felt([0.0, 0.5, -0.5, 0.5, -0.5])),
        (vec!["c"], vec!["b"])
    );
}

#[test]
fn where_everything_feels_the_same_nothing_is_lowest_or_highest() {
    assert_eq!(extremes(&felt([0.3, 0.3])), (vec![], vec![]));
    assert_eq!(extremes(&felt([0.3])), (vec![], vec![]));
}

#[test]
fn neither_what_nobody_knows_nor_where_nobody_comes_is_named() {
    let drawn = row([
        at("a").feels(-0.1).starts(1.0),
        at("unknown"),
        at("b").feels(0.1),
    ]);
    let map = overview(drawn.touchpoint(at("nobody").feels(-1.0)));
    assert_eq!(extremes(&map), (vec!["a"], vec!["b"]));
    assert_eq!(column(&map, "unknown").marker, None);
    let nobody = column(&map, "nobody");
    assert_eq!(nobody.visitors, Visitors::Nobody);
    assert!(nobody.is_rare);
}

#[test]
fn what_is_felt_spreads_from_the_first_to_the_ninth_tenth() {
    let mixed = Emotion::mix([
        Shade::valence(-1.0).weight(0.05),
        Shade::valence(-0.5).weight(0.15),
        Shade::valence(0.5).weight(0.80),
    ]);
    let map = overview(row([at("mixed").feels(mixed), at("same").feels(0.25)]));
    let marker = column(&map, "mixed").marker.as_ref();
    let Some(marker) = marker else {
        panic!("a feeling is known")
    };
    assert_eq!(marker.spread, Some((-0.5, 0.5)));
    assert_eq!(marker.extent, (-0.5, 0.5));
    assert!(near(marker.mean, 0.275) && near(marker.share, 1.0));
    let same = column(&map, "same").marker.as_ref();
    assert!(same.is_some_and(|m| m.spread.is_none() && m.extent == (0.25, 0.25)));
    // One in a hundred is beyond both quantiles and pulls the mean there.
    let rare = Emotion::mix([
        Shade::valence(0.0).weight(0.99),
        Shade::valence(-1.0).weight(0.01),
    ]);
    let map = overview(row([at("rare").feels(rare)]));
    let marker = column(&map, "rare").marker.as_ref();
    assert!(marker.is_some_and(|m| m.spread.is_none() && near(m.extent.0, -0.01)));
}

#[test]
fn feelings_known_of_some_say_of_how_many() {
    let some = Emotion::mix([Shade::valence(0.5).weight(3.0)]).or_unknown(1.0);
    let map = overview(row([
        at("some").feels(some),
        at("all").feels(0.5),
        at("none"),
    ]));
    assert_eq!(column(&map, "some").feeling_known_of, Some(0.75));
    assert_eq!(column(&map, "all").feeling_known_of, None);
    assert_eq!(column(&map, "none").feeling_known_of, None);
}

/// From `hub` to a place by so many of 100, which go back to it so often on average.
fn side_way(of_100: f64, visits_each: f64) -> JourneyMap {
    let side = at("side").ends(Outcome::Churn, 1.0);
    let mut drawn = Journey::builder("side way")
        .touchpoint(at("hub").starts(1.0).ends(Outcome::Loyalty, 100.0 - of_100))
        .touchpoint(side)
        .transition("hub", "side", of_100);
    if visits_each > 1.0 {
        drawn = drawn.transition("side", "side", visits_each - 1.0);
    }
    whole(drawn)
}

#[test]
fn what_fewer_than_5_in_100_journeys_meet_is_rare() {
    for (of_100, is_rare) in [(4.99, true), (5.01, false)] {
        let map = side_way(of_100, 1.0);
        let side = column(&map, "side");
        assert_eq!(side.is_rare, is_rare, "{of_100}");
        assert!(matches!(side.visitors, Visitors::Reach(reach) if near(reach, of_100 / 100.0)));
        let [ending] = &side.endings[..] else {
            panic!("{:?}", side.endings)
        };
        assert_eq!(ending.outcome, Outcome::Churn);
        assert!(near(ending.share, of_100 / 100.0));
        assert_eq!(ending.is_rare, is_rare, "{of_100}");
    }
}

#[test]
fn visits_are_told_from_1_05_for_each_who_comes() {
    assert_eq!(column(&side_way(50.0, 1.0), "side").visits_each, None);
    assert_eq!(column(&side_way(50.0, 1.049), "side").visits_each, None);
    let map = side_way(50.0, 1.051);
    let each = column(&map, "side").visits_each;
    assert!(each.is_some_and(|each| near(each, 1.051)), "{each:?}");
}

#[test]
fn a_promise_is_told_by_what_becomes_of_it() {
    let tested = |promise: Promise| {
        let map = whole(row([at("test").makes("other").promise(promise)]));
        assert_eq!(column(&map, "test").makes, ["other"]);
        column(&map, "test").tests.clone()
    };
    let Some(mixed) = tested(Promise::new("p").kept(6.0).broken(2.0).unknown(2.0)) else {
        panic!("a promise is tested")
    };
    let expected = [
        (PromiseResult::Kept, 0.6),
        (PromiseResult::Broken, 0.2),
        (PromiseResult::Unknown, 0.2),
    ];
    for ((result, share), (expected_result, expected)) in mixed.results.iter().zip(expected) {
        assert!(*result == expected_result && near(*share, expected));
    }
    assert_eq!((mixed.name.as_str(), mixed.results.len()), ("p", 3));
    assert!(mixed.breaks && mixed.is_partly_known);
    assert_eq!(mixed.kept_rate, Some(0.75));
    // Weights whose sum is beyond all numbers.
    let Some(huge) = tested(Promise::new("p").kept(f64::MAX).broken(f64::MAX)) else {
        panic!("a promise is tested")
    };
    let shares: Vec<f64> = huge.results.iter().map(|(_, share)| *share).collect();
    assert_eq!(shares, [0.5, 0.5]);
    let Some(kept) = tested(Promise::new("p").kept(1.0)) else {
        panic!("a promise is tested")
    };
    assert_eq!(kept.results, [(PromiseResult::Kept, 1.0)]);
    assert!(!kept.breaks && !kept.is_partly_known);
    let Some(unknown) = tested(Promise::new("p").unknown(1.0)) else {
        panic!("a promise is tested")
    };
    assert!(unknown.kept_rate.is_none() && !unknown.is_partly_known);
}

#[test]
fn a_pain_names_the_causes_that_no_other_lane_shows() {
    let painful = at("call")
        .feels(-0.5)
        .promise(Promise::new("p").kept(1.0).broken(1.0))
        .ends(Outcome::Churn, 1.0);
    let map = whole(row([at("start").makes("p"), painful]));
    let pain = column(&map, "call").pain.as_ref();
    let causes = pain.map(|pain| {
        pain.causes
            .iter()
            .map(|cause| cause.kind)
            .collect::<Vec<_>>()
    });
    assert_eq!(
        causes,
        Some(vec![
            PainCauseKind::NoMandate,
            PainCauseKind::KeptButCold,
            PainCauseKind::DropOff
        ])
    );
    assert_eq!(pain.map(|pain| pain.share_of_hurt), Some(Some(1.0)));
    // Where nothing hurts and a promise breaks there is no share of hurt.
    let broken = at("test")
        .feels(0.5)
        .promise(Promise::new("p").kept(1.0).broken(1.0));
    let map = whole(row([broken]));
    let pain = column(&map, "test").pain.as_ref();
    assert_eq!(pain.map(|pain| pain.share_of_hurt), Some(None));
}

#[test]
fn the_five_greatest_moments_of_truth_are_marked() {
    // Of those who come, so many leave while ten go on. A touchpoint at which p leave decides in proportion to p: of what
    // it decides, visits * 2 * p * s, the chance s to come through from here on times the visits is the same for all.
    let leave = [1.0, 4.0, 2.0, 8.0, 3.0, 6.0, 5.0];
    let id = |number: usize| format!("t{number}");
    let mut drawn = Journey::builder("losses").touchpoint(at("t7").ends(Outcome::Loyalty, 1.0));
    for (number, leave) in leave.into_iter().enumerate() {
        drawn = drawn
            .touchpoint(at(&id(number)).ends(Outcome::Churn, leave))
            .transition(id(number), id(number + 1), 10.0);
    }
    let map = whole(drawn);
    let marked = map.columns.iter().filter_map(|column| {
        let truth = column.moment_of_truth.as_ref()?;
        Some((column.label.as_str(), truth.rank, truth.moves))
    });
    let mut marked: Vec<(&str, usize, f64)> = marked.collect();
    marked.sort_by_key(|&(_, rank, _)| rank);
    let ranks: Vec<(&str, usize)> = marked.iter().map(|&(id, rank, _)| (id, rank)).collect();
    assert_eq!(
        ranks,
        [("t3", 1), ("t5", 2), ("t6", 3), ("t1", 4), ("t4", 5)]
    );
    let through = |number: usize| -> f64 {
        let from_here = leave.iter().skip(number);
        from_here.map(|leave| 10.0 / (10.0 + leave)).product()
    };
    let moves = marked.first().map(|&(_, _, moves)| moves);
    let by_hand = 2.0 * (8.0 / 18.0) * through(3);
    assert!(
        moves.is_some_and(|moves| near(moves, by_hand)),
        "{moves:?} {by_hand}"
    );
}

#[test]
fn what_was_drawn_of_a_touchpoint_is_shown() {
    let drawn = Touchpoint::new("desk", Phase::After, Channel::Store)
        .name("Help desk")
        .stage("Airport")
        .owner("Service")
        .says("tomorrow")
        .can(Ability::Recognise)
        .can(Ability::Resolve);
    let map = whole(row([drawn]));
    let desk = column(&map, "Help desk");
    assert_eq!(desk.phase, Phase::After);
    assert_eq!(desk.channel, Channel::Store);
    assert_eq!(desk.stage.as_deref(), Some("Airport"));
    assert_eq!(desk.owner.as_deref(), Some("Service"));
    assert_eq!(desk.says.as_deref(), Some("tomorrow"));
    assert_eq!(desk.abilities, [Ability::Resolve, Ability::Recognise]);
    assert!(desk.is_on_likely_path && desk.goes_on.is_none());
}
