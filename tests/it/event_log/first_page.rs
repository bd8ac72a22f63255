//! What the first page of a learned journey says: each sentence against a plain count of the table, and what must not stand there.

use super::truth::{Table, counter, guests, security, shop};
use customer_journey::events::Remember;
use customer_journey::{EventLog, EventRef, Flow, LearnOptions, Phase, PromiseResult};

fn flow(table: &Table) -> Flow {
    learned(&table.log)
}

fn learned(log: &EventLog) -> Flow {
    let options = LearnOptions::new().remembering(Remember::None);
    log.learn(&options).unwrap().journey.flow().unwrap()
}

fn moment<'a>(journey: &'a str, touchpoint: &'a str) -> EventRef<'a> {
    EventRef::new(journey, touchpoint).phase(Phase::During)
}

/// The words of the answer that comes before everything else.
fn answer(flow: &Flow) -> String {
    let page = flow.html().to_string();
    let from = page.find("class=\"card answer\"").unwrap();
    let page = &page[from..];
    let until = page.find("</section>").unwrap_or(page.len());
    let mut words = String::new();
    let mut is_tag = true;
    for letter in page[..until].chars() {
        match letter {
            '<' => is_tag = true,
            '>' => {
                is_tag = false;
                words.push(' ');
            }
            _ if !is_tag => words.push(letter),
            _ => {}
        }
    }
    let words = words.replace("&quot;", "\"");
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands under "What to do first".
fn first(flow: &Flow) -> String {
    let said = answer(flow);
    let from = said.find("What to do first").unwrap();
    let until = said[from..].find("Every moment").unwrap() + from;
    said[from..until].to_owned()
}

#[test]
fn keeping_the_promise_comes_first_and_the_review_is_no_advice() {
    // 60 of 100 who found it broken end in a bad review, of the others 10: kept, 60 - 10 of 1,000 fewer.
    for on_review in [false, true] {
        let said = first(&flow(&shop(|_| "review", on_review)));
        assert!(said.contains("always kept at"), "{said}");
        assert!(
            said.contains("5.0 of 100 journeys fewer would end in bad review"),
            "{said}"
        );
        assert!(!said.contains("bad feelings"), "{said}");
    }
    let said = first(&flow(&shop(|_| "review", false)));
    assert!(!said.contains("any more at"), "{said}");
}

#[test]
fn a_feeling_that_goes_with_an_ending_is_said_by_that_ending() {
    // 60 of 100 who felt bad become detractors, of 900 others 45: 60 - 5 of 1,000 fewer.
    let said = first(&flow(&security()));
    assert!(said.contains("any more at security"), "{said}");
    assert!(
        said.contains("5.5 of 100 journeys fewer would end in detractor"),
        "{said}"
    );
    assert!(!said.contains("gate"), "{said}");
}

#[test]
fn of_things_that_are_alike_none_comes_first() {
    let flow = flow(&guests());
    let said = first(&flow);
    assert!(said.contains("Nothing tells where to begin"), "{said}");
    // At the last of the ten all journeys end: what is felt there is a verdict.
    assert!(said.contains("and 6 more are alike"), "{said}");
    assert!(
        said.contains("50.0 of 100 journeys fewer would end in gone"),
        "{said}"
    );
    let said = answer(&flow);
    assert!(!said.contains("It hurts most at"), "{said}");
    assert!(
        said.contains("10 % of all bad feelings lie at each"),
        "{said}"
    );
}

/// Three steps of which the first is followed by all bad feelings, and no ending.
#[test]
fn without_endings_the_place_comes_first_where_most_bad_feelings_lie() {
    let mut log = EventLog::default();
    for number in 0..200 {
        let name = number.to_string();
        let bad = number % 4 == 0;
        let felt = |bad_by: f64| if bad { bad_by } else { 0.5 };
        // Of 0.25 * (0.25 + 1.0) hurt 20 % lie at the first, 80 % at the second.
        let steps = [
            ("wait", felt(-0.25)),
            ("answer", felt(-1.0)),
            ("goodbye", 0.5),
        ];
        for (place, (step, valence)) in (0..).zip(steps) {
            let event = moment(&name, step).sequence(place).emotion(valence);
            log.record(event).unwrap();
        }
    }
    let flow = learned(&log);
    let said = first(&flow);
    assert!(
        said.contains("Make answer better: 80 % of all bad feelings lie there."),
        "{said}"
    );
    assert!(said.find("answer") < said.find("wait"), "{said}");
    assert!(!said.contains("any more"), "{said}");
    let said = answer(&flow);
    assert!(said.contains("No ending is stated"), "{said}");
    assert!(!said.contains("99.9"), "{said}");
}

#[test]
fn where_no_feeling_is_known_it_is_said_once_and_what_is_known_first() {
    let mut log = EventLog::default();
    for number in 0..400 {
        let name = number.to_string();
        let kept = number % 4 != 0;
        let result = if kept {
            PromiseResult::Kept
        } else {
            PromiseResult::Broken
        };
        log.record(moment(&name, "book")).unwrap();
        let stay = moment(&name, "stay").promise(result);
        log.record(stay.outcome("stayed")).unwrap();
    }
    let said = answer(&learned(&log));
    assert_eq!(said.matches("What customers feel is not known").count(), 1);
    assert!(!said.contains("Nobody says what customers feel"), "{said}");
    assert!(!said.contains("at the worst moment"), "{said}");
    assert!(
        said.contains("\"stay\" is kept at 75 of 100 tests"),
        "{said}"
    );
    assert!(said.contains("found broken on 25 of 100 visits"), "{said}");
}

#[test]
fn a_figure_that_the_page_does_not_show_is_not_where_the_map_is_furthest_off() {
    // The map says that half of all journeys come to the form; all do. The page shows no such figure.
    let said = answer(&flow(&counter()));
    assert!(!said.contains("The map alone is furthest off"), "{said}");
    // Half are unhappy, and the map says nearly all: that the page shows.
    let said = answer(&flow(&guests()));
    assert!(
        said.contains("The map alone is furthest off here"),
        "{said}"
    );
    assert!(said.contains("Counted on 100 whole journeys."), "{said}");
}

#[test]
fn what_nothing_tells_is_not_counted() {
    let flow = flow(&shop(|_| "review", false));
    let counted = flow.journey().counted().unwrap();
    let of = |figure: &str, first: &str| {
        let mut known = counted.figures.iter();
        known.any(|known| {
            let about = known.of.first().map(ToString::to_string);
            known.figure.as_str() == figure && about.as_deref() == Some(first)
        })
    };
    // Nobody answers for anything, and the channels "email" and "web" are digital.
    for figure in ["hand_overs", "no_hand_over"] {
        assert!(!of(figure, "owners"), "{figure}");
        assert!(of(figure, "channels"), "{figure}");
    }
    for figure in ["recognised", "begun_again", "lead_s"] {
        let mut known = counted.figures.iter();
        assert!(
            !known.any(|known| known.figure.as_str() == figure),
            "{figure}"
        );
    }
    let report = flow.report();
    assert_eq!(report.recognition.recognised, None);
    assert_eq!(report.recognition.begun_again, None);
    assert!(report.recognition.places.is_empty());
    let owners = &report.seams.kinds[0];
    assert_eq!(
        (owners.expected, owners.none, owners.coverage),
        (None, None, Some(0.0))
    );
    let delivered = report
        .pain_points
        .iter()
        .find(|pain| pain.id == "delivered");
    assert_eq!(delivered.unwrap().share, None);
    let text = report.text().width(200).to_string();
    assert!(!text.contains("starts anew"), "{text}");
    assert!(!text.contains("are recognised"), "{text}");
}

#[test]
fn events_that_bear_one_time_tell_nothing_of_waits() {
    let mut log = EventLog::default();
    for number in 0..50 {
        let name = number.to_string();
        for (place, step) in (0..).zip(["call", "answer", "end"]) {
            let event = moment(&name, step).sequence(place);
            log.record(event.time_ms(1_000_000 * i64::from(number)))
                .unwrap();
        }
    }
    let flow = learned(&log);
    let text = flow.report().text().width(200).to_string();
    assert!(
        text.contains("nothing is known of the waits between them"),
        "{text}"
    );
    assert!(!text.contains("0 s"), "{text}");
    assert!(!answer(&flow).contains("0 s"));
}

#[test]
fn a_median_and_a_mean_of_one_sentence_are_of_the_same_journeys() {
    // Of ten journeys five wait 2 min, and five have one moment only: where waits are known, the mean is 2 min.
    let mut log = EventLog::default();
    for number in 0..10 {
        let name = number.to_string();
        let begin = moment(&name, "order").sequence(0).time_ms(0);
        log.record(begin).unwrap();
        if number % 2 == 0 {
            let end = moment(&name, "delivery").sequence(1);
            log.record(end.time_ms(120_000)).unwrap();
        }
    }
    let text = learned(&log).report().text().width(300).to_string();
    assert!(
        text.contains("up to 2 min in all") && text.contains("mean 2 min)"),
        "{text}"
    );
}
