//! Words on the map, and the curve that shows how many go there.

use super::{at, column, flow, near, overview, row, whole};
use crate::journey::{
    Emotion, Feeling, Journey, KeyFigure, Outcome, Promise, Shade, SurveyKind, SurveyMeasure,
    Touchpoint, Transition,
};
use crate::view::map::{Bypass, Detail, JourneyMap, Lane, Wait, WaitTime, Wanted};

/// The word at the only touchpoint of a map, and of which share of visits, where others feel otherwise.
fn word(touchpoint: Touchpoint) -> Option<(Feeling, Option<f64>)> {
    let map = overview(row([touchpoint]));
    let word = map.columns.first()?.marker.as_ref()?.word;
    word.map(|word| (word.feeling, word.share))
}

#[test]
fn the_word_is_that_of_the_largest_part_of_the_visits() {
    let despair = word(at("a").feels(Feeling::Despair));
    assert_eq!(despair, Some((Feeling::Despair, None)));
    let mixed = Emotion::mix([Feeling::Doubt.weight(6.0), Feeling::Joy.weight(4.0)]);
    assert_eq!(
        word(at("a").feels(mixed)),
        Some((Feeling::Doubt, Some(0.6)))
    );
    // 0.25 joy and 0.75 of which two thirds are anger.
    let broken = Emotion::mix([Feeling::Anger.weight(2.0), Feeling::Joy.weight(1.0)]);
    let tested = at("a")
        .promise(Promise::new("p").kept(1.0).broken(3.0))
        .feels(Feeling::Joy)
        .feels_when_broken(broken);
    // Joy 0.25 + 0.25, anger 0.5: of equals the worse.
    assert_eq!(word(tested), Some((Feeling::Anger, Some(0.5))));
    // What is unknown takes no part.
    let partly = Emotion::mix([Feeling::Relief.weight(1.0)]).or_unknown(9.0);
    assert_eq!(word(at("a").feels(partly)), Some((Feeling::Relief, None)));
}

#[test]
fn a_number_has_no_word_and_hides_a_smaller_one() {
    assert_eq!(word(at("a").feels(-0.5)), None);
    let number = |weight| Shade::valence(-0.5).weight(weight);
    let mixed = |weight| Emotion::mix([Feeling::Joy.weight(2.0), number(weight)]);
    assert_eq!(word(at("a").feels(mixed(2.1))), None);
    let even = word(at("a").feels(mixed(2.0)));
    assert_eq!(even, Some((Feeling::Joy, Some(0.5))));
}

#[test]
fn lanes_are_those_that_were_asked_for_and_have_something_to_say() {
    let touchpoint = at("a").feels(0.2).quote("Why?").backstage("A queue");
    let flow = flow(row([touchpoint]));
    let lanes = |asked: &[Lane]| {
        let wanted = Wanted {
            lanes: Some(asked),
            ..Detail::Overview.into()
        };
        JourneyMap::of(&flow, &Outcome::Churn, wanted).lanes
    };
    assert_eq!(
        lanes(&[Lane::Quotes, Lane::Ideas, Lane::Touchpoint, Lane::Quotes]),
        [Lane::Quotes, Lane::Touchpoint]
    );
    assert_eq!(lanes(&[Lane::Quotes]), [Lane::Touchpoint, Lane::Quotes]);
    let sight = [Lane::Quotes, Lane::Visibility, Lane::Backstage];
    assert_eq!(lanes(&sight)[1..], sight);
    // A line with nothing behind it is none.
    let nothing_behind = [Lane::Quotes, Lane::Visibility, Lane::Ideas];
    assert_eq!(lanes(&nothing_behind), [Lane::Touchpoint, Lane::Quotes]);
}

#[test]
fn a_map_without_feelings_tells_promises_and_traffic() {
    let tested = at("b").promise(Promise::new("on time").kept(3.0).broken(1.0));
    let map = overview(row([at("a"), tested, at("c")]));
    let lanes = [
        Lane::Touchpoint,
        Lane::Channel,
        Lane::Ways,
        Lane::Promise,
        Lane::Comes,
        Lane::Ends,
    ];
    assert_eq!(map.lanes, lanes);
    assert!(!map.figures.knows_feelings);
    assert_eq!(map.figures.promises, [("on time".to_owned(), Some(0.75))]);
    assert!(near(map.figures.moments, 3.0));
    let felt = overview(row([at("a"), at("b").feels(0.1)]));
    assert!(felt.figures.knows_feelings && felt.figures.promises.is_empty());
    assert!(felt.has(Lane::Feeling) && !felt.has(Lane::Comes));
}

/// By hand: 100 answers, half of them 9 or 10 and a fifth 0 to 6.
#[test]
fn scores_of_surveys_are_on_an_overview_with_their_intervals() {
    let nps =
        SurveyMeasure::new("NPS", SurveyKind::Nps).answers([(10.0, 50), (7.0, 30), (3.0, 20)]);
    let asked = at("b").feels(0.1).measure(nps);
    let map = overview(row([at("a").feels(0.1), asked]));
    assert_eq!(map.lanes.last(), Some(&Lane::Figures));
    let [score] = &column(&map, "b").wall.figures[..] else {
        panic!("one figure");
    };
    assert_eq!((score.value, score.n), (30.0, Some(100)));
    assert_eq!(score.interval, Some((14.1, 44.2)));
    assert!(score.is_score && !score.is_few);
    // A figure without a survey stays with the wall's other words.
    let queue = at("b").feels(0.1).figure(KeyFigure::new("calls", 3.0));
    let map = overview(row([at("a").feels(0.1), queue]));
    assert!(!map.has(Lane::Figures));
}

#[test]
fn two_quotes_and_four_ideas_have_room() {
    let mut wordy = at("a")
        .figure(KeyFigure::new("calls", 3.0))
        .cost(85.0)
        .need("help");
    for number in 1..=5 {
        wordy = wordy
            .quote(format!("quote {number}"))
            .idea(format!("idea {number}"));
    }
    let map = whole(row([wordy, at("b").quote("one").quote("two")]).currency("NOK"));
    let wall = &column(&map, "a").wall;
    assert_eq!((wall.quotes.first.len(), wall.quotes.more), (2, 3));
    assert_eq!((wall.ideas.first.len(), wall.ideas.more), (4, 1));
    assert_eq!(wall.cost, Some((85.0, Some("NOK".to_owned()))));
    assert_eq!(map.needs, ["help"]);
    let wall = &column(&map, "b").wall;
    assert_eq!((wall.quotes.first.len(), wall.quotes.more), (2, 0));
}

#[test]
fn as_many_columns_as_were_asked_for() {
    let ids = (0..70).map(|number| format!("t{number:02}"));
    let flow = flow(row(ids.map(|id| at(&id).feels(0.1))));
    let columns = |columns| {
        let wanted = Wanted {
            columns: Some(columns),
            ..Detail::Whole.into()
        };
        let map = JourneyMap::of(&flow, &Outcome::Churn, wanted);
        (map.columns.len(), map.cut.is_some(), map.has(Lane::Ways))
    };
    // Whoever says how many gets all lanes.
    assert_eq!(columns(70), (70, false, true));
    assert_eq!(columns(69), (69, true, true));
    assert_eq!(columns(0), (1, true, false));
}

/// Of 100, so many go from `a` by way of `b` to `c`, and the others straight to `c`.
fn past(by_b: f64) -> JourneyMap {
    let drawn = Journey::builder("past")
        .touchpoint(at("a").feels(0.5))
        .touchpoint(at("b").feels(-0.5))
        .touchpoint(at("c").feels(0.4))
        .transition("a", "b", by_b)
        .transition("a", "c", 100.0 - by_b)
        .transition("b", "c", 1.0);
    whole(drawn)
}

#[test]
fn the_curve_is_as_thick_as_the_share_that_goes_there() {
    let map = past(11.0);
    let streams: Vec<Option<f64>> = map.columns.iter().map(|column| column.goes_on).collect();
    let [Some(to_b), Some(to_c), None] = streams[..] else {
        panic!("{streams:?}")
    };
    assert!(near(to_b, 0.11) && near(to_c, 0.11));
    let [
        Bypass {
            from: 0,
            to: 2,
            share,
        },
    ] = map.bypasses[..]
    else {
        panic!("{:?}", map.bypasses)
    };
    assert!(near(share, 0.89));
}

#[test]
fn a_quarter_of_the_journeys_have_a_line_past_the_others() {
    assert_eq!(past(75.0).bypasses.len(), 1);
    assert_eq!(past(75.1).bypasses.len(), 0);
}

/// Whoever goes a way several times is one journey.
#[test]
fn no_more_go_on_than_come() {
    let drawn = Journey::builder("again")
        .touchpoint(at("a").feels(0.1).starts(1.0))
        .touchpoint(at("b").feels(0.2).ends(Outcome::Loyalty, 1.0))
        .transition("a", "b", 1.0)
        .transition("b", "a", 9.0);
    let map = whole(drawn);
    assert!(
        column(&map, "a")
            .goes_on
            .is_some_and(|share| near(share, 1.0))
    );
}

#[test]
fn waits_are_told_where_they_are_stated() {
    let wait = |seconds| {
        let mut way = Transition::new(1.0);
        way.wait_s = Some(seconds);
        way
    };
    let mut kept = wait(60.0);
    kept.when = Some(crate::journey::PromiseResult::Kept);
    let mut broken = wait(3600.0);
    broken.when = Some(crate::journey::PromiseResult::Broken);
    let tested = at("b").promise(Promise::new("p").kept(1.0).broken(1.0));
    let drawn = Journey::builder("waits")
        .touchpoint(at("a"))
        .touchpoint(tested)
        .touchpoint(at("c"))
        .connect("a", "b", Transition::new(1.0))
        .connect("b", "c", kept)
        .connect("b", "c", broken);
    let map = whole(drawn);
    assert!(map.has(Lane::Waits));
    assert_eq!(column(&map, "a").waits, []);
    let (least, most) = (60.0, 3600.0);
    let time = WaitTime::Stated { least, most };
    assert_eq!(column(&map, "b").waits, [Wait { to: 2, time }]);
    // Where it is known how waits spread, their middle.
    let seconds = (1..=1000).map(f64::from);
    let spread = Transition::new(1.0).waits(crate::statistics::Waits::of(seconds));
    let drawn = Journey::builder("waits")
        .touchpoint(at("a"))
        .touchpoint(at("b"))
        .connect("a", "b", spread);
    let map = whole(drawn);
    let [
        Wait {
            to: 1,
            time: WaitTime::Spread { median, quartiles },
        },
    ] = column(&map, "a").waits[..]
    else {
        panic!("one wait, with its spread");
    };
    let about = |found: f64, expected: f64| (found / expected - 1.0).abs() < 0.022;
    assert!(about(median, 500.0) && about(quartiles.0, 250.0) && about(quartiles.1, 750.0));
}
