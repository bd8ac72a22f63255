//! Pictures: well-formed, harmless, the same every time, honest about the unknown, and with room for every text.

mod figures;
pub(crate) mod xml;

use std::collections::BTreeSet;

use crate::steady::cases;
use customer_journey::analysis::PainOptions;
use customer_journey::journey::Shade;
use customer_journey::render::Preset;
use customer_journey::{
    Channel, Emotion, Feeling, Flow, Journey, Outcome, Phase, Promise, Touchpoint,
};
use proptest::prelude::*;

use crate::generate::{Rng, Taste, drawing};
use crate::render::journeys;
use xml::{Element, parse};

const PRESETS: [Preset; 3] = [Preset::Overview, Preset::Workshop, Preset::Print];

/// Before, during and after; two answers to one question, one of them where nobody knows the feeling.
fn delivery() -> Flow {
    let asks = |id: &str, channel| Touchpoint::new(id, Phase::During, channel).need("when");
    Journey::builder("Delivery")
        .persona("Ola")
        .touchpoint(
            Touchpoint::new("order", Phase::Before, Channel::Web)
                .feels(Feeling::Joy)
                .makes("on time"),
        )
        .touchpoint(asks("page", Channel::Web).says("Tuesday"))
        .touchpoint(
            asks("call", Channel::Phone)
                .says("Thursday")
                .feels(Emotion::mix([
                    Shade::valence(-0.5).weight(3.0),
                    Shade::valence(0.5),
                ])),
        )
        .touchpoint(
            Touchpoint::new("delivery", Phase::After, Channel::Post)
                .promise(Promise::new("on time").kept(80.0).broken(20.0))
                .feels(0.25)
                .feels_when_broken(-0.75)
                .ends(Outcome::Churn, 1.0)
                .ends(Outcome::Loyalty, 3.0),
        )
        .transition("order", "page", 1.0)
        .transition("page", "call", 1.0)
        .transition("call", "page", 1.0)
        .transition("call", "delivery", 3.0)
        .build()
        .unwrap()
        .flow()
        .unwrap()
}

/// A chain of so many touchpoints.
fn chain(count: usize) -> Flow {
    let id = |step: usize| format!("step {step}");
    let mut map = Journey::builder("Chain");
    for step in 0..count {
        let phase = Phase::ALL[step * 3 / count];
        map = map.touchpoint(Touchpoint::new(id(step), phase, Channel::App).feels(0.1));
        if step > 0 {
            map = map.transition(id(step - 1), id(step), 1.0);
        }
    }
    map.build().unwrap().flow().unwrap()
}

/// Every text of a picture, line by line.
fn texts(svg: &str) -> Vec<String> {
    let found = parse(svg).unwrap();
    found
        .iter()
        .filter(|element| element.name == "text")
        .map(|element| element.text.clone())
        .collect()
}

fn count_of(svg: &str, class: &str) -> usize {
    let found = parse(svg).unwrap();
    let of = |element: &&Element| {
        let classes = element.attribute("class").unwrap_or_default();
        classes.split(' ').any(|one| one == class)
    };
    found.iter().filter(of).count()
}

fn pictures(flow: &Flow) -> Vec<String> {
    let trajectory = flow.trajectory();
    let maps = PRESETS.iter().map(|&preset| flow.svg().preset(preset));
    let narrow = PRESETS
        .iter()
        .map(|&preset| flow.svg().preset(preset).width(0).navigable(false));
    let charts = [trajectory.svg(), trajectory.svg().width(u16::MAX)];
    maps.chain(narrow)
        .chain(charts)
        .map(|svg| svg.to_string())
        .collect()
}

#[test]
fn the_checker_of_pictures_can_fail() {
    for wrong in [
        "<a>",
        "<a></b>",
        "<a b=c/>",
        "<a b=\"<\"/>",
        "<a b=\"1\" b=\"2\"/>",
        "<a>&nbsp;</a>",
        "<a>&</a>",
        "<a>\u{1}</a>",
        "<a/><b/>",
        "<a><!-- x --></a>",
        "a",
    ] {
        assert!(parse(wrong).is_err(), "{wrong}");
    }
    let read = parse("<a b=\"1\"><c>x &amp; y</c></a>").unwrap();
    assert_eq!(read[1].text, "x & y");
}

#[test]
fn a_map_shows_what_the_reports_say() {
    let flow = delivery();
    let texts = texts(&flow.svg().preset(Preset::Workshop).to_string()).join(" ");
    // Means by hand: (-0.5 * 3 + 0.5) / 4, and 0.8 * 0.25 - 0.2 * 0.75.
    for shown in [
        "Delivery",
        "Who: Ola",
        "Before",
        "During",
        "After",
        "-0.25",
        "+0.05",
        "lowest",
        "highest",
        "no data",
        "“Tuesday”",
        "“Thursday”",
        "when: 2 different answers",
        "joy",
        "makes “on time”",
        "kept 80 %",
        "broken 20 %",
        "pain 1",
        "100 of 100 journeys",
        "1.33 visits each",
        "75 %",
        "churn: 25 of 100 journeys",
        "loyalty: 75 of 100 journeys",
    ] {
        assert!(texts.contains(shown), "{shown:?} is missing from {texts}");
    }
    // The way back goes over one touchpoint, against the order of the map.
    let svg = flow.svg().preset(Preset::Workshop).to_string();
    assert_eq!(count_of(&svg, "cj-back"), 2, "the way and its sign");
}

#[test]
fn what_is_unknown_is_a_gap() {
    let svg = delivery().svg().to_string();
    // The touchpoint and its sign; the curve has lost the two pieces that would lead there.
    assert_eq!(count_of(&svg, "cj-gap"), 2);
    assert_eq!(
        count_of(&svg, "cj-curve") + count_of(&svg, "cj-jump"),
        1 + 2,
        "a piece, and the thin one and the thick one of its sign"
    );
    let nothing = Journey::builder("nothing")
        .touchpoint(Touchpoint::new("shop", Phase::During, Channel::Store))
        .build()
        .unwrap()
        .flow()
        .unwrap();
    for svg in pictures(&nothing) {
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
        let texts = texts(&svg).join(" ");
        assert!(
            texts.contains("No feeling is known") || texts.contains("unknown"),
            "{texts}"
        );
        assert!(!texts.contains("0.00"), "{texts}");
    }
}

#[test]
fn presets_show_less_or_more() {
    let flow = delivery();
    let of = |preset| texts(&flow.svg().preset(preset).to_string()).join(" ");
    let (overview, workshop) = (of(Preset::Overview), of(Preset::Workshop));
    for lane in [
        "Promises",
        "Owner",
        "Who comes",
        "What they",
        "Where customers",
    ] {
        assert!(!overview.contains(lane), "{lane}");
    }
    for lane in [
        "Promises",
        "Who comes",
        "What they",
        "Where customers",
        "Pain",
    ] {
        assert!(workshop.contains(lane), "{lane}");
    }
    let worst = flow.pain_points(&PainOptions::new().limit(1));
    let sentence = worst[0].to_string();
    let first: Vec<&str> = sentence.split(' ').take(5).collect();
    assert!(overview.contains(&first.join(" ")), "{overview}");
    assert_eq!(workshop, of(Preset::Print));
}

#[test]
fn print_has_no_colour() {
    let flow = delivery();
    let trajectory = flow.trajectory();
    let colours = |svg: &str| -> BTreeSet<String> {
        let found = svg
            .match_indices('#')
            .filter_map(|(at, _)| svg.get(at + 1..at + 7));
        let hex = |text: &&str| text.chars().all(|c| c.is_ascii_hexdigit());
        found.filter(hex).map(str::to_owned).collect()
    };
    for svg in [
        flow.svg().preset(Preset::Print).to_string(),
        trajectory.svg().preset(Preset::Print).to_string(),
    ] {
        let colours = colours(&svg);
        assert!(colours.len() > 5);
        for colour in colours {
            assert!(
                colour[..2] == colour[2..4] && colour[2..4] == colour[4..],
                "{colour}"
            );
        }
    }
    assert!(colours(&flow.svg().to_string()).contains("a50026"));
}

#[test]
fn every_touchpoint_of_the_map_carries_its_id() {
    let strange = "\"><svg onload='x'> & \u{e6}\u{202e}\u{200b}x";
    let journey = Journey::builder("Ids")
        .touchpoint(Touchpoint::new(strange, Phase::During, Channel::Web).name("Looks"))
        .touchpoint(Touchpoint::new("b", Phase::After, Channel::Web).ends(Outcome::Loyalty, 1.0))
        .transition(strange, "b", 1.0)
        .build()
        .unwrap();
    let flow = journey.flow().unwrap();
    for svg in [flow.svg(), flow.svg().navigable(false)] {
        let drawn = svg.to_string();
        assert!(!drawn.contains(['\u{202e}', '\u{200b}']));
        let elements = parse(&drawn).unwrap();
        let ids = elements
            .iter()
            .filter_map(|element| element.attribute("data-touchpoint"));
        assert_eq!(ids.collect::<Vec<_>>(), [strange, "b"]);
    }
}

#[test]
fn ids_begin_with_the_prefix() {
    let flow = delivery();
    let ids = |svg: &str| -> BTreeSet<String> {
        let found = parse(svg).unwrap();
        let ids = found.iter().filter_map(|element| element.attribute("id"));
        ids.map(str::to_owned).collect()
    };
    let [a, b] = ["a", "b-2"].map(|prefix| ids(&flow.svg().id_prefix(prefix).to_string()));
    assert!(a.is_disjoint(&b));
    assert!(a.contains("a") && a.iter().all(|id| id.starts_with('a')));
    for (prefix, taken) in [
        ("9 <x\">", "x"),
        ("", "journey"),
        ("äö", "journey"),
        ("a b", "ab"),
    ] {
        let svg = flow.svg().id_prefix(prefix).to_string();
        assert!(ids(&svg).contains(taken), "{prefix}");
        // The style sheet reaches no other picture.
        let style = svg
            .split("<style>")
            .nth(1)
            .unwrap()
            .split("</style>")
            .next()
            .unwrap();
        for rule in style.split('}').filter(|rule| rule.contains('{')) {
            assert!(rule.trim().starts_with(&format!("#{taken} ")), "{rule}");
        }
    }
}

#[test]
fn what_describes_the_picture_is_there() {
    let flow = delivery();
    let svg = flow.svg().lang("nb").to_string();
    let found = parse(&svg).unwrap();
    let root = &found[0];
    assert_eq!(root.attribute("lang"), Some("nb"));
    assert_eq!(root.attribute("role"), Some("graphics-document document"));
    assert_eq!(
        root.attribute("aria-labelledby"),
        Some("journey-title journey-desc")
    );
    assert_eq!(
        (found[1].name.as_str(), found[1].text.as_str()),
        ("title", "Delivery")
    );
    assert_eq!(found[2].name, "desc");
    for part in [
        "Lowest at call, -0.25",
        "when: 2 different answers",
        "churn 25 of 100 journeys",
    ] {
        assert!(found[2].text.contains(part), "{}", found[2].text);
    }
    let labels: Vec<&str> = found
        .iter()
        .filter_map(|element| element.attribute("aria-label"))
        .collect();
    assert_eq!(labels.len(), 4);
    assert!(
        labels[2].starts_with("3, During: call, phone, feeling -0.25"),
        "{labels:?}"
    );
    assert!(labels[1].contains("feeling unknown"));

    let still = flow.svg().navigable(false).lang("\"><x").to_string();
    assert!(still.contains("role=\"img\"") && !still.contains("aria-label=\""));
    assert!(still.contains("lang=\"en\""));
}

#[test]
fn above_sixty_touchpoints_there_is_an_overview_that_says_so() {
    for (count, drawn) in [(4, 4), (60, 60), (61, 24), (500, 24)] {
        let svg = chain(count).svg().preset(Preset::Workshop).to_string();
        assert_eq!(count_of(&svg, "cj-touchpoint"), drawn);
        let texts = texts(&svg).join(" ");
        assert_eq!(
            texts.contains("that customers meet most, some of each phase: ")
                && texts.contains(&format!("`--columns {count}`")),
            count > 60,
            "{count}"
        );
        assert_eq!(texts.contains("Who comes"), count <= 60, "{count}");
    }
    // Those that are drawn are the ones that customers meet most.
    let mut map = Journey::builder("fork")
        .touchpoint(Touchpoint::new("start", Phase::Before, Channel::Web).starts(1.0));
    for way in 0..100 {
        map = map
            .touchpoint(Touchpoint::new(
                format!("way {way}"),
                Phase::After,
                Channel::Web,
            ))
            .transition("start", format!("way {way}"), f64::from(way + 1));
    }
    let svg = map.build().unwrap().flow().unwrap().svg().to_string();
    let shown = texts(&svg);
    let has = |name: &str| shown.iter().any(|text| text == name);
    assert!(
        has("start") && has("way 99") && has("way 77") && !has("way 76"),
        "{shown:?}"
    );
}

/// Ninety touchpoints in a row that everybody meets: what is drawn shows how it goes on and ends, and claims nothing about what lies between.
#[test]
fn a_cut_map_shows_each_phase_and_says_where_others_are_left_out() {
    let mut map = Journey::builder("row");
    for step in 0..90 {
        let phase = [Phase::Before, Phase::During, Phase::After][step / 30];
        let felt = if step % 2 == 0 { 0.5 } else { -0.5 };
        map =
            map.touchpoint(Touchpoint::new(format!("t{step:02}"), phase, Channel::Web).feels(felt));
        if step > 0 {
            map = map.transition(format!("t{:02}", step - 1), format!("t{step:02}"), 1.0);
        }
    }
    let svg = map.build().unwrap().flow().unwrap().svg().to_string();
    let shown = texts(&svg);
    for phase in ["Before", "During", "After"] {
        assert!(
            shown.iter().any(|text| text == phase),
            "{phase} is not in {shown:?}"
        );
    }
    let said = shown.join(" ");
    assert!(said.contains("others in between are not drawn"), "{said}");
    assert!(!said.contains("next on the map, but not a way"), "{said}");
}

#[test]
fn the_curve_never_overshoots() {
    let mut rng = Rng::new(7);
    let mut pieces = 0;
    for _ in 0..20 {
        let mut map = Journey::builder("up and down");
        for step in 0..12 {
            let id = format!("step {step}");
            let touchpoint =
                Touchpoint::new(&id, Phase::During, Channel::Web).feels(2.0 * rng.unit() - 1.0);
            map = map.touchpoint(touchpoint);
            if step > 0 {
                map = map.transition(format!("step {}", step - 1), id, 1.0);
            }
        }
        let svg = map.build().unwrap().flow().unwrap().svg().to_string();
        for element in parse(&svg).unwrap() {
            let data = element.attribute("d").unwrap_or_default();
            if element.attribute("class") != Some("cj-curve") || !data.contains('C') {
                continue;
            }
            let numbers: Vec<f64> = data
                .split(|c: char| c != '-' && c != '.' && !c.is_ascii_digit())
                .filter(|part| !part.is_empty())
                .map(|part| part.parse().unwrap())
                .collect();
            let [_, y0, _, y1, _, y2, _, y3] = numbers[..] else {
                panic!("{data}")
            };
            let within = |y: f64| y >= y0.min(y3) - 0.11 && y <= y0.max(y3) + 0.11;
            assert!(within(y1) && within(y2), "{data}");
            pieces += 1;
        }
    }
    assert!(pieces > 150, "{pieces}");
}

/// Helvetica's advance widths from blank to tilde in thousandths, from Adobe's font metrics.
const HELVETICA: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn no_name_breaks_a_picture(journey in journeys(any::<String>())) {
        for svg in pictures(&journey.flow().unwrap()) {
            let read = parse(&svg);
            prop_assert!(read.is_ok(), "{:?}\n{svg}", read.err());
            for element in read.unwrap() {
                prop_assert!(xml::KNOWN.contains(&element.name.as_str()), "{}", element.name);
                prop_assert!(element.attributes.iter().all(|(name, _)| !name.starts_with("on")));
            }
            prop_assert!(!svg.contains("NaN") && !svg.contains("inf\""));
            let bidi = |c: char| ('\u{202a}'..='\u{202e}').contains(&c);
            prop_assert!(!svg.contains(bidi));
        }
    }

    #[test]
    fn texts_fit_their_room_and_are_large_enough(journey in journeys("[ -~]{0,60}")) {
        for svg in pictures(&journey.flow().unwrap()) {
            for element in parse(&svg).unwrap() {
                if element.name != "text" {
                    continue;
                }
                let class = element.attribute("class").unwrap();
                let size = class.strip_prefix("cj-").unwrap().split(' ').next().unwrap();
                let size: f64 = size.trim_end_matches('b').parse().unwrap();
                prop_assert!(size >= 12.0);
                let room: f64 = element.attribute("data-room").unwrap().parse().unwrap();
                let widths = element.text.bytes().map(|byte| {
                    byte.checked_sub(32).and_then(|at| HELVETICA.get(usize::from(at))).map_or(0.0, |&w| f64::from(w))
                });
                let width = widths.sum::<f64>() * size / 1000.0;
                prop_assert!(width <= room + 0.1, "{} is {width} wide, its room {room}", element.text);
            }
        }
    }

    #[test]
    fn every_journey_has_its_pictures(seed in 0_u64..1000, spots in 1_usize..12, loops in any::<bool>()) {
        let drawing = drawing(&mut Rng::new(seed), Taste { spots, ways: 1.8, loops });
        if let Ok(flow) = drawing.journey().flow() {
            for (first, again) in pictures(&flow).into_iter().zip(pictures(&flow)) {
                prop_assert!(parse(&first).is_ok());
                prop_assert_eq!(first, again);
            }
        }
    }

    #[test]
    fn no_word_is_lost(words in proptest::collection::vec("[a-z]{1,40}", 1..12)) {
        let name = words.join(" ");
        let flow = Journey::builder("words")
            .touchpoint(Touchpoint::new("a", Phase::During, Channel::Web).name(name.as_str()))
            .build()
            .unwrap()
            .flow()
            .unwrap();
        // Words that are too long are broken with a hyphen.
        let shown = texts(&flow.svg().to_string()).concat().replace([' ', '-'], "");
        prop_assert!(shown.contains(&words.concat()), "{shown}");
    }
}
