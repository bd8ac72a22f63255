//! Severity beside volume: how strongly what is felt moves people to act, beside how much it hurts.

use std::f64::consts::{FRAC_PI_4, SQRT_2};

use customer_journey::analysis::PainOptions;
use customer_journey::journey::Shade;
use customer_journey::render::Preset;
use customer_journey::{
    Channel, Emotion, Feeling, Flow, Journey, Outcome, Phase, Promise, Touchpoint,
};
use proptest::prelude::*;
use proptest::sample::select;

use crate::steady::cases;

fn at(id: &str) -> Touchpoint {
    Touchpoint::new(id, Phase::During, Channel::Phone)
}

fn activation(emotion: impl Into<Emotion>) -> Option<f64> {
    at("a").feels(emotion).negative_activation()
}

/// Touchpoints that everybody meets one after the other, with what is felt there.
fn row<const N: usize>(felt: [(&str, Emotion); N]) -> Flow {
    let mut map = Journey::builder("row");
    let mut last: Option<&str> = None;
    for (id, emotion) in felt {
        map = map.touchpoint(at(id).feels(emotion));
        if let Some(last) = last.replace(id) {
            map = map.transition(last, id, 1.0);
        }
    }
    map.build().unwrap().flow().unwrap()
}

/// The ids of the pain points with their ranks by activation.
fn ranks(flow: &Flow) -> Vec<(String, Option<usize>)> {
    let pains = flow.pain_points(&PainOptions::new()).into_iter();
    pains.map(|pain| (pain.id, pain.activation_rank)).collect()
}

#[test]
fn boredom_does_not_stand_above_anger() {
    let flow = row([
        ("survey", Feeling::Boredom.into()),
        ("blackout", Feeling::Fear.into()),
        ("call", Feeling::Anger.into()),
    ]);
    // By hurt: 0.64, 0.62, 0.61. By activation: (0.59 + 0.62) / 2, (0.60 + 0.61) / 2, (-0.62 + 0.64) / 2.
    let expected = [("survey", 3), ("call", 1), ("blackout", 2)];
    assert_eq!(
        ranks(&flow),
        expected.map(|(id, rank)| (id.to_owned(), Some(rank)))
    );
    let pains = flow.pain_points(&PainOptions::new());
    let figures: Vec<f64> = pains.iter().filter_map(|pain| pain.activation).collect();
    for (figure, by_hand) in figures.iter().zip([0.01, 0.605, 0.605]) {
        assert!((figure - by_hand).abs() < 1e-12, "{figure}");
    }
    let text = flow.report().to_string().replace('\n', " ");
    assert!(
        text.contains("however many come: call (0.60, met by every journey), blackout"),
        "{text}"
    );
}

/// The words of a picture, without what stands around them.
fn letters(picture: &str) -> String {
    let mut inside = false;
    let letters = picture.chars().filter(|&letter| {
        inside = (inside || letter == '<') && letter != '>';
        !inside && letter != '>' && !letter.is_whitespace()
    });
    letters.collect()
}

#[test]
fn what_comes_first_is_not_what_hardly_moves_anybody() {
    let flow = row([
        ("survey", Feeling::Boredom.into()),
        ("blackout", Feeling::Fear.into()),
        ("call", Feeling::Anger.into()),
    ]);
    let page = crate::html::page(&flow).text();
    for said in [
        "what is felt at call moves people most to act: every journey comes there and customers feel anger.",
        "More of the bad feelings, 34 %, lie at survey; but what is felt there (boredom) moves people far less.",
        "act: call (anger; every journey), blackout (fear; every journey), survey (boredom; every journey).",
    ] {
        assert!(page.contains(said), "{said:?} is not in {page}");
    }
    assert!(!page.contains("It hurts most at survey"));
    let what_to_do = page.find("What to do first").unwrap();
    let of = |fix: &str| page[what_to_do..].find(fix).unwrap();
    assert!(
        of("If nobody felt anger any more at call")
            < of("If nobody felt boredom any more at survey")
    );
    // Both orders are on the overview, and on the wall.
    for preset in [Preset::Overview, Preset::Workshop] {
        let map = letters(&flow.svg().preset(preset).width(1_600).to_string());
        let both = "movespeopletoact:call(anger,everyjourney);blackout(fear,everyjourney);survey";
        assert!(map.contains(both), "{map}");
    }
    let wall = letters(&flow.svg().preset(Preset::Workshop).width(1_600).to_string());
    assert!(wall.contains("no.1inmovingpeopletoact"), "{wall}");
}

#[test]
fn what_moves_people_nearly_as_much_keeps_its_place() {
    // By hurt 0.64 and 0.62, by activation 0.335 and 0.605: less, and not by far.
    let flow = row([
        ("letdown", Feeling::Disappointment.into()),
        ("call", Feeling::Anger.into()),
    ]);
    let page = crate::html::page(&flow).text();
    assert!(page.contains("It hurts most at letdown"), "{page}");
    // What was said of it is not said again as a fix.
    let fixes = page.matches("If nobody felt disappointment any more at letdown");
    assert_eq!(fixes.count(), 1, "{page}");
    assert!(
        page.contains("act: call (anger; every journey), letdown (disappointment; every journey)"),
        "{page}"
    );
    // What is known as a number only is not taken for little, however bad: nobody knows.
    let flow = row([("number", (-0.9).into()), ("call", Feeling::Anger.into())]);
    let page = crate::html::page(&flow).text();
    assert!(page.contains("It hurts most at number"), "{page}");
}

#[test]
fn what_is_only_a_number_is_not_known() {
    assert_eq!(activation(-0.5), None);
    assert_eq!(at("a").negative_activation(), None);
    // A good feeling moves nobody to complain, whether it has a name or not.
    assert_eq!(activation(0.5), Some(0.0));
    assert_eq!(activation(Feeling::Excitement), Some(0.0));
    let number = |valence: f64| Shade::valence(valence).weight(1.0);
    let mixed = |valence| Emotion::mix([Feeling::Anger.weight(1.0), number(valence)]);
    assert_eq!(activation(mixed(-0.1)), None);
    assert!(activation(mixed(0.1)).is_some_and(|a| (a - 0.3025).abs() < 1e-12));
    // Nobody feels it.
    let never = Emotion::mix([Feeling::Anger.weight(1.0), Shade::valence(-0.1).weight(0.0)]);
    assert!(activation(never).is_some_and(|a| (a - 0.605).abs() < 1e-12));
    let flow = row([("number", (-0.9).into()), ("anger", Feeling::Anger.into())]);
    let expected = [("number".to_owned(), None), ("anger".to_owned(), Some(1))];
    assert_eq!(ranks(&flow), expected);
    let text = flow.report().to_string().replace('\n', " ");
    assert!(text.contains("One pain is left out"), "{text}");
}

#[test]
fn broken_promises_count_by_how_often_they_break() {
    let tested = at("a")
        .promise(Promise::new("p").kept(3.0).broken(1.0))
        .feels(Feeling::Joy)
        .feels_when_broken(Feeling::Anger.at(0.5));
    let activation = tested.negative_activation().unwrap();
    assert!((activation - 0.25 * 0.5 * 0.605).abs() < 1e-12);
    // Of visits of which nothing is known nothing is taken.
    let partly = Emotion::mix([Feeling::Anger.weight(1.0)]).or_unknown(99.0);
    let partly = at("a").feels(partly).negative_activation().unwrap();
    assert!((partly - 0.605).abs() < 1e-12);
}

/// Turned by the angle between the axes, and not by the formula.
fn turned(feeling: Feeling, intensity: f64) -> f64 {
    let (valence, arousal) = (feeling.valence() * intensity, feeling.arousal() * intensity);
    if valence >= 0.0 {
        return 0.0;
    }
    let (length, angle) = (valence.hypot(arousal), arousal.atan2(valence));
    (length * (angle - 3.0 * FRAC_PI_4).cos() / SQRT_2).max(0.0)
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn valence_and_arousal_are_turned_by_45_degrees(
        felt in proptest::collection::vec((select(Feeling::ALL), 0.0..=1.0, 0.1..9.0), 1..5),
    ) {
        let shades = felt.iter().map(|&(feeling, intensity, weight)| feeling.at(intensity).weight(weight));
        let figure = activation(Emotion::mix(shades)).unwrap();
        let all: f64 = felt.iter().map(|(.., weight)| weight).sum();
        let expected: f64 = felt.iter().map(|&(feeling, intensity, weight)| weight * turned(feeling, intensity)).sum();
        prop_assert!((figure - expected / all).abs() < 1e-12, "{figure} and {}", expected / all);
    }
}

/// Of 100, ten come to a touchpoint where all of them are enraged; the others meet what is dull and what disappoints.
fn few_suffer() -> Flow {
    Journey::builder("few")
        .touchpoint(at("form").feels(Feeling::Boredom).starts(1.0))
        .touchpoint(at("wait").feels(Feeling::Boredom))
        .touchpoint(
            at("letter")
                .feels(Feeling::Boredom)
                .ends(Outcome::Loyalty, 9.0),
        )
        .touchpoint(
            at("counter")
                .feels(Feeling::Anger)
                .quote("They would not even look at it")
                .idea("Look at it")
                .ends(Outcome::Churn, 1.0),
        )
        .transition("form", "wait", 1.0)
        .transition("wait", "letter", 1.0)
        .transition("letter", "counter", 1.0)
        .build()
        .unwrap()
        .flow()
        .unwrap()
}

#[test]
fn a_touchpoint_that_few_meet_but_all_suffer_at_is_seen() {
    let flow = few_suffer();
    let ids: Vec<String> = ranks(&flow).into_iter().map(|(id, _)| id).collect();
    // Everybody meets three dull touchpoints, each 0.64; 10 of 100 meet anger, 0.062.
    assert_eq!(ids.last().map(String::as_str), Some("counter"));
    let page = crate::html::page(&flow).text();
    for said in [
        "By how strongly a single visit moves people to act: counter (anger; 10 of 100 journeys)",
        "Counting all who come, what is felt at counter moves people most to act",
        "10 of 100 journeys come here; they feel anger at every visit.",
        "Few come here, and what they feel moves people to complain",
        "\"They would not even look at it\"",
        "Ideas of the workshop: Look at it.",
    ] {
        assert!(page.contains(said), "{said:?} is not in {page}");
    }
}
