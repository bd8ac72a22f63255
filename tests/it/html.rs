//! The report as a page: whole, well-formed, harmless, in order, and with the figures that the report has.

mod bars;
mod figures;
pub(crate) mod page;

use crate::steady::cases;
use customer_journey::render::Preset;
use customer_journey::workshop::KeyFigure;
use customer_journey::{
    Ability, Channel, Emotion, Feeling, Flow, Journey, Outcome, Phase, Promise, PromiseResult,
    Touchpoint,
};
use proptest::prelude::*;

use crate::generate::{Rng, Taste, drawing};
use crate::render::{delayed_flight, journeys};
use page::Page;

const HOSTILE: &str =
    "</h1><script>alert(1)</script> \"q\" 'a' & ]]> <!-- \u{0}\u{1b}[2J\u{202e}\u{200b} x";

pub(crate) fn page(flow: &Flow) -> Page {
    Page::read(&flow.html().to_string())
}

/// On the page that everybody gets, and not only on a wall.
#[test]
fn what_people_said_and_did_is_on_the_page() {
    const DOT: &str = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    let meter = Touchpoint::new("meter", Phase::Before, Channel::App)
        .name("Must find the meter number")
        .feels(Feeling::Frustration)
        .does("Walks down with a torch")
        .quote("Where on earth is it?")
        .quote("I called my dad")
        .notes("11 of 14 notes were about it")
        .backstage("Digital checks by hand")
        .figure(KeyFigure::new("minutes spent", 34.5).of(214))
        .idea("Show a photo of a meter")
        .image(DOT);
    // Nothing hurts here, and something was noted all the same.
    let bid = Touchpoint::new("bid", Phase::Before, Channel::Web)
        .feels(Feeling::Joy)
        .notes("Best day of the year!");
    let map = Journey::builder("moving")
        .touchpoint(bid)
        .touchpoint(meter)
        .transition("bid", "meter", 1.0);
    let flow = map.build().unwrap().flow().unwrap();
    let page = page(&flow);
    let text = page.text();
    for said in [
        "Walks down with a torch",
        "Where on earth is it?",
        "I called my dad",
        "11 of 14 notes were about it",
        "Digital checks by hand",
        "minutes spent: 34.5",
        "Show a photo of a meter",
        "Best day of the year!",
    ] {
        assert!(text.contains(said), "{said} is not in {text}");
    }
    // The quotes and the notes also stand where the page says what to do.
    let tasks = text.rfind("What to do, and why").unwrap();
    let tasks = &text[tasks..text.rfind("Appendix").unwrap()];
    assert!(
        tasks.contains("I called my dad") && tasks.contains("11 of 14"),
        "{tasks}"
    );
    let image = page
        .elements
        .iter()
        .find(|element| element.name == "img")
        .unwrap();
    assert_eq!(image.attribute("src"), Some(DOT));
    assert!(
        image
            .attribute("alt")
            .is_some_and(|alt| alt.contains("meter number"))
    );
}

#[test]
fn the_checker_of_pages_can_fail() {
    let flow = delayed_flight().flow().unwrap();
    let text = flow.html().to_string();
    for (from, to) in [
        ("<!DOCTYPE html>", ""),
        ("href=\"#pains\"", "href=\"#elsewhere\""),
        ("href=\"#pains\"", "href=\"https://example.com\""),
        ("id=\"pains\"", "id=\"run\""),
        ("<main id=\"main\">", "<main id=\"main\" onclick=\"x\">"),
        ("<h2 id=\"pains-heading\">", "<h4 id=\"pains-heading\">"),
        ("<th scope=\"col\">", "<th>"),
        ("<caption id=", "<p id="),
        ("default-src 'none'", "default-src *"),
        ("</footer>", "<script>x</script></footer>"),
        (" tabindex=\"0\"", ""),
    ] {
        assert!(text.contains(from), "{from}");
        let wrong = text.replacen(from, to, 1);
        let read = std::panic::catch_unwind(|| Page::read(&wrong));
        assert!(read.is_err(), "{from} as {to}");
    }
}

/// Each section by itself is the one of the page, whether or not the report was at hand.
#[test]
fn a_section_is_a_part_of_the_page() {
    let flow = delayed_flight().flow().unwrap();
    let report = flow.report();
    let (page, ready) = (flow.html(), flow.html().report(&report));
    let whole = page.to_string();
    assert_eq!(whole, ready.to_string());
    let starts = whole.split("<section class=\"part\" id=\"").skip(1);
    let ids: Vec<&str> = starts.filter_map(|rest| rest.split('"').next()).collect();
    assert!(ids.len() > 10, "{ids:?}");
    for id in ids {
        let section = page.section(id).unwrap();
        assert!(section.starts_with(&format!("<section class=\"part\" id=\"{id}\">")));
        // Tables are numbered along the page.
        assert!(
            section.contains("<table") || whole.contains(&section),
            "{id}"
        );
        assert_eq!(ready.section(id), Some(section));
    }
    assert_eq!(page.section("weather"), None);
}

#[test]
fn a_page_begins_with_the_answer_and_has_every_section() {
    let read = page(&delayed_flight().flow().unwrap());
    let headings = [
        "In short",
        "The map",
        "What to do, and why",
        "What is known, and what is assumed",
        "Appendix: everything else",
        "How journeys end",
        "What deserves attention first",
        "Where it hurts",
        "Where it feels best",
        "How feelings run",
        "Where channels contradict each other",
        "Seams: where customers are handed over",
        "Who is recognised, and who starts anew",
        "What becomes of promises",
        "What would help",
        "Who is heard, and who leaves without a word",
        "What is measured, and what decides",
        "How long it takes",
        "The touchpoints",
        "How different journeys are",
        "What announces churn",
        "Moments of truth: where the ending is decided",
        "How sure this is",
        "What this rests on",
        "What weakens the answer",
        "Glossary",
    ];
    assert_eq!(read.headings(2), headings);
    assert_eq!(read.headings(1), ["Delayed flight"]);
    let lead = read.of_class("lead");
    // A third leaves; all of it where the promise is broken; 51 % of the hurt lies at the notice.
    assert_eq!(
        lead,
        [
            "32.5 of 100 journeys end in churn. It hurts most at Delay notice: every journey comes there, and customers feel \
             anger. Of all bad feelings 51 % lie there. If \u{201c}keep me informed\u{201d} were always kept at Delay notice, \
             32.5 of 100 journeys fewer would end in churn."
        ]
    );
    // Side by side what two channels say, with the place and how often.
    assert_eq!(
        read.quotes(),
        ["\u{201c}Cancelled\u{201d}", "\u{201c}Departs 18:40\u{201d}"]
    );
    let text = read.text();
    for said in [
        "Made at booking: prevent it there, cure it here.",
        "they contradict each other, \"Cancelled\" against \"Departs 18:40\"",
        "There are no error bars, because the weights of booking, Delay notice, call and review are not counts of real visits.",
        "Every moment rests on assumption",
    ] {
        assert!(text.contains(said), "{said:?} is not in {text}");
    }
    assert!(!read.ids().contains(&"money"));
}

#[test]
fn what_nobody_knows_is_said_to_be_not_known() {
    let flow = Journey::builder("Nothing")
        .touchpoint(
            Touchpoint::new("shop", Phase::During, Channel::Store).ends(Outcome::Loyalty, 1.0),
        )
        .build()
        .unwrap()
        .flow()
        .unwrap();
    let read = page(&flow);
    assert_eq!(
        read.of_class("lead"),
        ["Every journey ends in loyalty. What customers feel is not known."]
    );
    assert!(!read.ids().contains(&"signs") && !read.ids().contains(&"money"));
    let touchpoints = read.table("Every touchpoint");
    assert_eq!(touchpoints.column("mean feeling"), ["not known"]);
    assert_eq!(touchpoints.column("known waits from here"), ["not known"]);
    for said in [
        "The feeling is known at no moment.",
        "No pain is known",
        "No need is met in two channels",
        "No touchpoint makes a promise",
        "There is nothing to fix",
        "Who is unhappy is unknown.",
    ] {
        assert!(read.text().contains(said), "{said}");
    }
}

#[test]
fn where_no_ending_is_stated_nobody_is_said_to_stay() {
    let flow = |ending: Option<(Outcome, f64)>| {
        let mut call = Touchpoint::new("call", Phase::During, Channel::Phone).feels(-0.5);
        if let Some((outcome, weight)) = ending {
            call = call.ends(outcome, weight);
        }
        Journey::builder("x")
            .touchpoint(call)
            .build()
            .unwrap()
            .flow()
            .unwrap()
    };
    for (ending, unstated, said) in [
        (
            None,
            1.0,
            Some("How every journey ends is not stated: some of these may leave as well."),
        ),
        (Some((Outcome::Churn, 1.0)), 0.0, None),
        (Some((Outcome::Loyalty, 1.0)), 0.0, None),
    ] {
        let flow = flow(ending);
        let listening = flow.listening();
        assert_eq!(listening.unstated, unstated);
        let text = flow.html().to_string();
        assert_eq!(text.contains("may leave as well"), said.is_some());
        if let Some(said) = said {
            assert!(text.contains(said));
            assert!(listening.to_string().replace('\n', " ").contains(said));
        }
        let (_, figure) = text.split_once("of 100 leave without a word").unwrap();
        let (figure, _) = figure.split_once("</dd>").unwrap();
        assert_eq!(figure.contains("not known"), said.is_some(), "{figure}");
    }
}

#[test]
fn a_feeling_that_is_known_of_some_says_of_how_many() {
    let told = |id: &str, channel, felt: Emotion| {
        let touchpoint = Touchpoint::new(id, Phase::During, channel).need("delay");
        touchpoint.says(id).feels(felt)
    };
    let answered = Emotion::mix([Feeling::Anger.weight(1.0)]).or_unknown(3.0);
    let flow = Journey::builder("x")
        .touchpoint(told("web", Channel::Web, answered))
        .touchpoint(told("app", Channel::App, Feeling::Relief.into()).ends(Outcome::Loyalty, 1.0))
        .transition("web", "app", 1.0)
        .build()
        .unwrap()
        .flow()
        .unwrap();
    let text = page(&flow).text();
    assert_eq!(text.matches("feeling known 25 of 100").count(), 1, "{text}");
    // Nothing of the kind where everybody told.
    assert!(!text.contains("feeling known 100 of 100"), "{text}");
}

#[test]
fn money_and_signs_are_told_where_they_are_stated() {
    let flow = Journey::builder("Repair")
        .currency("EUR")
        .value("cancelled", -200.0)
        .value(Outcome::Loyalty, 50.0)
        .touchpoint(
            Touchpoint::new("visit", Phase::During, Channel::Store)
                .cost(40.0)
                .owner("Service")
                .promise(Promise::new("once").kept(3.0).broken(1.0))
                .ends_when(PromiseResult::Broken, "cancelled", 1.0)
                .ends_when(PromiseResult::Kept, Outcome::Loyalty, 1.0),
        )
        .build()
        .unwrap()
        .flow()
        .unwrap();
    let read = Page::read(&flow.html().outcome("cancelled").to_string());
    let text = read.text();
    // 3/4 of 50 less 1/4 of 200; with the promise kept, 50.
    for said in [
        "40.00 EUR",
        "-12.50 EUR",
        "25.0 of 100 journeys fewer would end in cancelled",
        "a journey would be worth 62.50 EUR more, before what the change itself costs",
        "What announces cancelled",
        "Where the ending is decided",
    ] {
        assert!(text.contains(said), "{said:?} is not in {text}");
    }
    // Before, during, after, and by who answers: nobody visits anything before or after.
    let spending = read.table("Cost to serve by phase and by owner");
    assert_eq!(
        spending.column("cost per journey"),
        ["not known", "40.00", "not known", "40.00"]
    );
    // Nobody ends in churn.
    assert!(!page(&flow).text().contains("What announces"));
}

#[test]
fn hostile_names_stay_text() {
    let asks = |id: &str, channel: &str| {
        Touchpoint::new(format!("{id}{HOSTILE}"), Phase::During, channel)
            .name(format!("{HOSTILE}{id}"))
            .owner(HOSTILE)
            .need(HOSTILE)
            .says(format!("{id} {HOSTILE}"))
            .can(Ability::Listen)
    };
    let journey = Journey::builder(HOSTILE)
        .persona(HOSTILE)
        .scenario(HOSTILE)
        .notes(HOSTILE)
        .currency(HOSTILE)
        .value(HOSTILE, 1.0)
        .touchpoint(asks("a", HOSTILE).makes(HOSTILE).feels(Feeling::Joy))
        .touchpoint(
            asks("b", "phone")
                .promise(Promise::new(HOSTILE).kept(1.0).broken(3.0))
                .feels(-0.5)
                .cost(3.0)
                .ends(HOSTILE, 1.0),
        )
        .transition(format!("a{HOSTILE}"), format!("b{HOSTILE}"), 1.0)
        .build()
        .unwrap();
    let flow = journey.flow().unwrap();
    for preset in [Preset::Overview, Preset::Workshop] {
        let html = flow.html().preset(preset).outcome(HOSTILE).to_string();
        assert!(!html.contains("<script") && !html.contains('\u{202e}'));
        let read = Page::read(&html);
        let shown = "</h1><script>alert(1)</script> \"q\" 'a' & ]]> <!-- \\u{0}\\u{1b}[2J\\u{202e}\\u{200b} x";
        assert_eq!(read.headings(1), [shown]);
        // As many elements as with harmless names.
        assert_eq!(read.quotes().len(), 2);
        assert!(read.text().contains(&format!("\u{201c}{shown}\u{201d}")));
    }
}

#[test]
fn options_set_what_they_say() {
    let flow = delayed_flight().flow().unwrap();
    let short = Page::read(&flow.html().limit(0).to_string());
    let whole = page(&flow);
    assert_eq!((short.pains(), whole.pains()), (1, 2));
    assert!(short.text().contains("1 more pain point is in the table."));
    let named = flow.html().lang("nb").to_string();
    assert!(
        named.contains("<bdi lang=\"nb\">Delayed flight</bdi>")
            && named.contains("<html lang=\"en\">")
    );
    assert_eq!(
        flow.html().lang("\"><x").to_string(),
        flow.html().to_string()
    );
    Page::read(&named);
    let workshop = flow.html().preset(Preset::Workshop).to_string();
    assert!(workshop.contains("Ways") || workshop.len() > flow.html().to_string().len());
}

#[test]
fn touchpoints_of_the_same_name_are_told_apart() {
    let gate = |id: &str| {
        Touchpoint::new(id, Phase::During, Channel::Store)
            .name("Gate")
            .feels(-0.5)
    };
    let flow = Journey::builder("Gates")
        .touchpoint(gate("A 1").starts(1.0))
        .touchpoint(gate("B 2").starts(1.0))
        .touchpoint(Touchpoint::new("desk", Phase::After, Channel::Store).name("Desk"))
        .transition("A 1", "desk", 1.0)
        .transition("B 2", "desk", 1.0)
        .build()
        .unwrap()
        .flow()
        .unwrap();
    let read = page(&flow);
    let names = read.table("Every touchpoint").column("touchpoint");
    assert_eq!(names, ["Gate (A 1)", "Gate (B 2)", "Desk"]);
    assert!(read.text().contains("Gate (A 1) (-0.50) → Desk (unknown)"));
}

#[test]
fn long_lists_stop_and_say_how_many_there_are() {
    let mut journey = Journey::builder("Long");
    for step in 0..130 {
        let touchpoint = Touchpoint::new(format!("step {step}"), Phase::During, Channel::App);
        journey = journey.touchpoint(touchpoint.feels(-0.1));
        if step > 0 {
            journey = journey.transition(format!("step {}", step - 1), format!("step {step}"), 1.0);
        }
    }
    let read = page(&journey.build().unwrap().flow().unwrap());
    assert_eq!(read.pains(), 10);
    assert_eq!(read.table("Every touchpoint").rows.len(), 100);
    let text = read.text();
    for said in [
        "120 more pain points are in the table.",
        "... and 30 more touchpoints; the report's document and tables hold all 130.",
    ] {
        assert!(text.contains(said), "{said}");
    }
}

pub(crate) fn check(journey: &Journey) -> Result<(), TestCaseError> {
    let Ok(flow) = journey.flow() else {
        return Ok(());
    };
    let html = flow.html().to_string();
    prop_assert_eq!(&html, &journey.flow().unwrap().html().to_string());
    let read = Page::read(&html);
    figures::check(&read, &flow.report());
    Ok(())
}

#[test]
fn pages_of_generated_journeys_are_sound() {
    let mut rng = Rng::new(11);
    for spots in [1, 2, 5, 9, 14] {
        for loops in [false, true] {
            let taste = Taste {
                spots,
                ways: 1.8,
                loops,
            };
            for _ in 0..2 {
                check(&drawing(&mut rng, taste).journey()).unwrap();
            }
        }
    }
}

proptest! {
    #![proptest_config(cases(12))]

    #[test]
    fn any_name_is_harmless_on_a_page(journey in journeys(any::<String>())) {
        check(&journey)?;
    }
}

#[cfg(feature = "serde")]
proptest! {
    #![proptest_config(cases(12))]

    #[test]
    fn any_journey_has_a_page(journey in crate::arb::journey()) {
        check(&journey)?;
    }
}
