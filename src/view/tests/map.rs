use super::{at, column, flow, near, overview, row, whole};
use crate::journey::{Channel, Evidence, Journey, JourneyBuilder, Outcome, Phase, Touchpoint};
use crate::view::map::{Detail, JourneyMap, Lane, Sign};

/// So many touchpoints, the nth of which is met n times on average: n - 1 times out of n customers stay.
fn chain(count: u32) -> JourneyBuilder {
    let id = |number: u32| format!("t{number:02}");
    let mut drawn = Journey::builder("chain");
    for number in 1..=count {
        drawn = drawn.touchpoint(if number == count {
            at(&id(number)).ends(Outcome::Loyalty, 1.0)
        } else {
            at(&id(number))
        });
        if number > 1 {
            let stay = f64::from(number - 1);
            drawn = drawn
                .transition(id(number - 1), id(number), 1.0)
                .transition(id(number), id(number), stay);
        }
    }
    drawn
}

#[test]
fn a_map_of_60_touchpoints_shows_all() {
    let map = whole(chain(60).persona("Ola").scenario("at night"));
    assert_eq!((map.columns.len(), map.cut), (60, None));
    assert!(map.has(Lane::Ways) && map.has(Lane::Ends));
    assert_eq!(map.name, "chain");
    assert_eq!(map.persona.as_deref(), Some("Ola"));
    assert_eq!(map.scenario.as_deref(), Some("at night"));
}

#[test]
fn a_map_of_61_is_an_overview_of_the_24_that_customers_meet_most() {
    let map = whole(chain(61));
    let labels: Vec<String> = map.columns.iter().map(|c| c.label.clone()).collect();
    let expected: Vec<String> = (38..=61).map(|number| format!("t{number:02}")).collect();
    assert_eq!(labels, expected);
    let cut = map.cut.map(|cut| (cut.touchpoints, cut.moments));
    let (touchpoints, moments) = cut.unwrap_or_default();
    assert_eq!(touchpoints, 61);
    let met: f64 = (38..=61).map(f64::from).sum();
    let all: f64 = (1..=61).map(f64::from).sum();
    assert!(near(moments, met / all), "{moments}");
    // No feeling is known, and so promises and traffic are told; the chain has no promises.
    let traffic = [Lane::Ways, Lane::Comes, Lane::Ends];
    assert_eq!(map.lanes[..2], [Lane::Touchpoint, Lane::Channel]);
    assert_eq!(map.lanes[2..], traffic);
    assert_eq!(map.ways_left_out, 0);
}

#[test]
fn the_first_in_the_alphabet_are_shown_of_those_that_are_met_as_often_and_where_journeys_end() {
    let ids = (0..70).map(|number| format!("t{number:02}"));
    let map = overview(row(ids.map(|id| at(&id))));
    let labels: Vec<&str> = map.columns.iter().map(|c| c.label.as_str()).collect();
    let expected = (0..23).chain([69]).map(|number| format!("t{number:02}"));
    assert_eq!(labels, expected.collect::<Vec<_>>());
    let skips = map.columns.iter().map(|column| column.skips);
    assert_eq!(
        skips.collect::<Vec<_>>(),
        [[false; 22].as_slice(), &[true, false]].concat()
    );
    assert!(map.cut.is_some_and(|cut| near(cut.moments, 24.0 / 70.0)));
}

#[test]
fn four_outcomes_have_a_figure_and_the_others_are_counted() {
    let ending = |outcomes: usize| {
        let last = (0..outcomes).fold(at("last"), |last, number| {
            last.ends(format!("outcome {number}").as_str(), 1.0)
        });
        overview(row([last]))
    };
    let four = ending(4);
    let shares: Vec<f64> = four
        .figures
        .outcomes
        .iter()
        .map(|(_, share)| *share)
        .collect();
    assert_eq!(shares, [0.25; 4]);
    assert_eq!(four.figures.more_outcomes, 0);
    let six = ending(6);
    let names: Vec<&str> = six
        .figures
        .outcomes
        .iter()
        .map(|(o, _)| o.as_str())
        .collect();
    assert_eq!(names, ["outcome 0", "outcome 1", "outcome 2", "outcome 3"]);
    assert_eq!((six.figures.more_outcomes, six.outcomes.len()), (2, 6));
}

#[test]
fn the_three_greatest_pains_are_told_in_words_where_no_lane_has_them() {
    let drawn =
        row([-0.1, -0.4, -0.2, -0.3].map(|valence| at(&format!("at {valence}")).feels(valence)));
    let map = overview(drawn.clone());
    let told = map.pains_in_words.iter();
    let told: Vec<&str> = told.map(|told| told.pain.id.as_str()).collect();
    assert_eq!(told, ["at -0.4", "at -0.3", "at -0.2"]);
    assert_eq!(map.greatest_pain.as_deref(), Some("at -0.4"));
    let marks = map.columns.iter().filter_map(|column| column.pain.as_ref());
    let ranks: Vec<(usize, bool)> = marks.map(|pain| (pain.rank, pain.is_great)).collect();
    assert_eq!(ranks, [(4, false), (1, true), (3, true), (2, true)]);
    let map = whole(drawn);
    assert!(map.has(Lane::Pain) && map.pains_in_words.is_empty());
    let least = column(&map, "at -0.1").pain.as_ref();
    assert!(
        least
            .and_then(|pain| pain.share_of_hurt)
            .is_some_and(|share| near(share, 0.1))
    );
    let calm = overview(row([at("calm").feels(0.2)]));
    assert_eq!((calm.greatest_pain, calm.pains_in_words.len()), (None, 0));
}

#[test]
fn contradictions_link_the_columns_that_disagree() {
    let asks = |id: &str, channel, says: &str| {
        Touchpoint::new(id, Phase::During, channel)
            .need("when")
            .says(says)
    };
    let drawn = row([
        at("start"),
        asks("page", Channel::Web, "Tuesday"),
        at("between"),
        asks("call", Channel::Phone, "Thursday"),
        asks("text", Channel::Sms, "Tuesday"),
    ]);
    let map = whole(drawn.clone());
    let links: Vec<_> = map.links.iter().collect();
    let [link] = links[..] else {
        panic!("{links:?}")
    };
    assert_eq!((link.need.as_str(), link.answers), ("when", 2));
    assert_eq!(link.columns, [1, 3, 4]);
    assert!(map.signs.contains(&Sign::Contradiction));
    // An overview has no lane for it.
    assert!(!overview(drawn).signs.contains(&Sign::Contradiction));
    let agreed = row([
        asks("page", Channel::Web, "Tuesday"),
        asks("call", Channel::Phone, "Tuesday"),
    ]);
    assert_eq!(whole(agreed).links, []);
}

#[test]
fn the_legend_explains_the_signs_that_are_on_the_map() {
    let all_known = overview(row([at("calm").feels(0.2)]));
    let assumed = Sign::Evidence(Evidence::Assumed);
    let expected = [Sign::LikelyPath, Sign::Marker, assumed];
    assert_eq!(all_known.signs, expected);
    let counted = at("nobody knows").evidence(Evidence::Observed);
    let unknown = whole(row([at("calm").feels(0.2), counted]));
    let expected = [
        Sign::LikelyPath,
        Sign::Marker,
        Sign::Gap,
        Sign::WayOnward,
        assumed,
        Sign::Evidence(Evidence::Observed),
    ];
    assert_eq!(unknown.signs, expected);
    let back = Journey::builder("back")
        .touchpoint(at("a").feels(0.2).intended(0.5).starts(1.0))
        .touchpoint(at("b").feels(0.3))
        .touchpoint(at("c").feels(0.1))
        .transition("a", "b", 1.0)
        .transition("b", "a", 1.0)
        .transition("a", "c", 1.0);
    let back = whole(back);
    for sign in [Sign::WayBack, Sign::Stream, Sign::Jump, Sign::Intended] {
        assert!(back.signs.contains(&sign), "{sign:?}");
    }
    let nothing_felt = whole(row([at("a"), at("b")]));
    assert_eq!(
        nothing_felt.signs,
        [Sign::LikelyPath, Sign::WayOnward, assumed]
    );
}

#[test]
fn the_evidence_is_told_by_shares_of_moments() {
    let counted = at("counted").evidence(Evidence::Observed);
    let map = overview(row([
        counted,
        at("told").evidence(Evidence::Reported),
        at("b"),
        at("c"),
    ]));
    let mut evidence = map.evidence;
    evidence.sort_by_key(|part| part.0);
    let expected = [
        (Evidence::Assumed, 0.5),
        (Evidence::Reported, 0.25),
        (Evidence::Observed, 0.25),
    ];
    assert_eq!(evidence, expected);
}

#[test]
fn moments_of_truth_are_those_of_the_outcome_that_was_asked_for() {
    let drawn = Journey::builder("fork")
        .touchpoint(at("fork"))
        .touchpoint(at("left").ends(Outcome::Loyalty, 1.0))
        .touchpoint(at("right").ends(Outcome::Churn, 1.0))
        .transition("fork", "left", 3.0)
        .transition("fork", "right", 1.0);
    let flow = flow(drawn);
    for outcome in [Outcome::Churn, Outcome::Loyalty] {
        let map = JourneyMap::of(&flow, &outcome, Detail::Overview);
        let truth = column(&map, "fork").moment_of_truth.as_ref();
        assert_eq!(
            truth.map(|truth| (truth.rank, &truth.outcome)),
            Some((1, &outcome))
        );
    }
    // Nobody ends so, and nothing decides about it.
    let map = JourneyMap::of(&flow, &Outcome::Advocacy, Detail::Overview);
    assert!(
        map.columns
            .iter()
            .all(|column| column.moment_of_truth.is_none())
    );
}
