//! The likeliest way to a match.

use super::journey_w;

#[test]
fn the_likeliest_way_is_found_and_told() {
    let flow = journey_w();
    let pattern = "a => a".parse().unwrap();
    let found = flow.likeliest_match(&pattern).unwrap().unwrap();
    assert_eq!(found.path, ["a", "b", "a"]);
    assert!((found.probability - 0.12).abs() < 1e-15);
    let without = flow
        .likeliest_without(&"b => end".parse().unwrap())
        .unwrap()
        .unwrap();
    assert_eq!(without.path, ["a", "c"]);
    assert!((without.probability - 0.27).abs() < 1e-15);
    let nobody = "c -> c".parse().unwrap();
    assert_eq!(flow.likeliest_match(&nobody).unwrap(), None);
    let all = "start -> a".parse().unwrap();
    assert_eq!(flow.likeliest_without(&all).unwrap(), None);
}
