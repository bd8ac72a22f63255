use super::{at, row, whole};
use crate::journey::{Journey, JourneyBuilder, Outcome};
use crate::view::map::JourneyMap;

/// From `hub` straight to places of these weights, from which journeys end.
fn fan(weights: &[f64]) -> JourneyBuilder {
    let mut drawn = Journey::builder("fan").touchpoint(at("hub"));
    for (number, &weight) in weights.iter().enumerate() {
        let id = format!("to {number}");
        drawn = drawn
            .touchpoint(at(&id).ends(Outcome::Loyalty, 1.0))
            .transition("hub", &id, weight);
    }
    drawn
}

/// The drawn ways by the labels of their ends, with their shares.
fn drawn(map: &JourneyMap) -> Vec<(&str, &str, f64)> {
    let label = |place: usize| map.columns.get(place).map_or("", |c| c.label.as_str());
    let ways = map.ways.iter();
    ways.map(|way| (label(way.from), label(way.to), way.share))
        .collect()
}

#[test]
fn of_five_ways_from_a_touchpoint_the_four_most_gone_are_drawn() {
    let map = whole(fan(&[3.0, 1.0, 2.0, 2.0, 2.0]));
    let expected = [
        ("hub", "to 0", 0.3),
        ("hub", "to 2", 0.2),
        ("hub", "to 3", 0.2),
        ("hub", "to 4", 0.2),
    ];
    assert_eq!(drawn(&map), expected);
    assert_eq!(map.ways_left_out, 1);
}

#[test]
fn four_ways_are_drawn_and_none_is_left_out() {
    let map = whole(fan(&[1.0, 1.0, 1.0, 1.0]));
    assert_eq!((map.ways.len(), map.ways_left_out), (4, 0));
}

#[test]
fn ways_that_are_gone_as_often_are_drawn_in_the_order_of_the_columns() {
    let map = whole(fan(&[1.0; 6]));
    let to: Vec<usize> = map.ways.iter().map(|way| way.to).collect();
    assert_eq!(to, [1, 2, 3, 4]);
    assert_eq!(map.ways_left_out, 2);
}

/// 1 in 100 is drawn, and less is not.
#[test]
fn a_way_that_fewer_than_1_in_100_journeys_go_is_left_out() {
    let map = whole(fan(&[98.0, 1.0, 0.5, 0.5]));
    assert_eq!(drawn(&map), [("hub", "to 0", 0.98), ("hub", "to 1", 0.01)]);
    assert_eq!(map.ways_left_out, 2);
}

#[test]
fn a_step_of_the_most_likely_path_is_drawn_however_rare() {
    // Each of 50 places is met by 2 in 100, of whom 40 in 100 go on: 8 in 1,000, and yet more than end there in one way.
    let mut likely = Journey::builder("long odds").touchpoint(at("hub"));
    for number in 0..50 {
        let id = format!("to {number}");
        let place = at(&id)
            .ends(Outcome::Loyalty, 3.0)
            .ends(Outcome::Churn, 3.0);
        likely = likely
            .touchpoint(place)
            .transition("hub", &id, 1.0)
            .transition(&id, "tail", 4.0);
    }
    let map = whole(likely.touchpoint(at("tail").ends(Outcome::Loyalty, 1.0)));
    let likely = map.ways.iter().filter(|way| way.is_on_likely_path);
    let places: Vec<(usize, usize)> = likely.map(|way| (way.from, way.to)).collect();
    assert_eq!(places, [(0, 1), (1, 51)]);
    // Four from the hub and that one.
    assert_eq!((map.ways.len(), map.ways_left_out), (5, 46 + 49));
}

#[test]
fn a_fifth_way_is_drawn_where_the_most_likely_path_goes_it() {
    // Four ways of 0.21 lead to places that split in two; one of 0.16 leads on whole, and so begins the likeliest path.
    let mut drawn_map = Journey::builder("detour").touchpoint(at("hub"));
    for number in 0..4 {
        let id = format!("to {number}");
        drawn_map = drawn_map
            .touchpoint(
                at(&id)
                    .ends(Outcome::Loyalty, 1.0)
                    .ends(Outcome::Churn, 1.0),
            )
            .transition("hub", &id, 21.0);
    }
    drawn_map = drawn_map
        .touchpoint(at("straight").ends(Outcome::Loyalty, 1.0))
        .transition("hub", "straight", 16.0);
    let map = whole(drawn_map);
    let likely = map.ways.iter().filter(|way| way.is_on_likely_path);
    let shares: Vec<f64> = likely.map(|way| way.share).collect();
    assert_eq!(shares, [0.16]);
    assert_eq!((map.ways.len(), map.ways_left_out), (5, 0));
}

#[test]
fn columns_are_joined_where_a_drawn_way_leads_from_one_to_the_next() {
    let map = whole(row([at("a"), at("b"), at("c").ends(Outcome::Loyalty, 1.0)]));
    let joined: Vec<bool> = map.columns.iter().map(|c| c.goes_on.is_some()).collect();
    assert_eq!(joined, [true, true, false]);
    // The way over b is the one that is gone.
    let over = Journey::builder("over")
        .touchpoint(at("a").starts(1.0))
        .touchpoint(at("b"))
        .touchpoint(at("c").ends(Outcome::Loyalty, 1.0))
        .transition("a", "c", 999.0)
        .transition("a", "b", 1.0)
        .transition("b", "c", 1.0);
    let map = whole(over);
    let joined: Vec<bool> = map.columns.iter().map(|c| c.goes_on.is_some()).collect();
    assert_eq!(joined, [false, false, false]);
    assert_eq!(map.ways_left_out, 2);
}
