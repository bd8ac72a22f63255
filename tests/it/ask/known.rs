//! What nobody knows is no answer, and what is known in part is said beside it: on maps, in logs and in tallies.

use customer_journey::analysis::AskError;
use customer_journey::asking::{PatternFigures, TestCoverage, Watch};
use customer_journey::events::TallyOptions;
use customer_journey::{
    Channel, EventLog, EventRef, Flow, Journey, Pattern, Phase, Promise, Touchpoint,
};

use super::counted::events_of;
use super::naive::{Known, Question, Seen, Walked, small, walks};
use super::{ask, close};
use crate::generate::Rng;
use crate::moments::{Chain, without_trap};

/// The answer of a map, held to what is known by the definition; none where nothing is.
pub(super) fn answered(
    flow: &Flow,
    chain: &Chain<'_>,
    question: &Question,
) -> Option<PatternFigures> {
    let seen = Question::moments_of(chain, |id| flow.visits(id).unwrap());
    let ends = chain.outcomes.iter().enumerate();
    let ends: Vec<(usize, f64)> = ends
        .map(|(at, name)| (at, flow.probability(&name.as_str().into())))
        .collect();
    let known = question.known(chain, &seen, &ends);
    let text = question.text(chain);
    let found = flow.ask(&text.parse().unwrap());
    same(
        found.as_ref().map(|found| found.coverage.as_slice()),
        known,
        1.0,
        &text,
    );
    found.ok()
}

/// What is said of how much is known is what the definition gives, for so many journeys.
fn same(
    found: Result<&[TestCoverage], &AskError>,
    expected: Option<Vec<Known>>,
    journeys: f64,
    text: &str,
) {
    let (found, expected) = match (found, expected) {
        (Ok(found), Some(expected)) => (found, expected),
        (Err(AskError::Pattern(_)), None) => return,
        (found, expected) => panic!("{text}: {found:?}, {expected:?}"),
    };
    assert_eq!(
        found.len(),
        expected.len(),
        "{text}: {found:?} {expected:?}"
    );
    for (found, (step, tested, share, asked)) in found.iter().zip(expected) {
        assert_eq!(
            (&found.step, found.tested.as_str()),
            (&step, tested),
            "{text}"
        );
        close(found.share, share, 1e-9, text);
        close(found.asked, asked / journeys, 1e-9, text);
        let least = f64::from(text.contains(" or ")).mul_add(-1.0, 1e-9);
        assert!(found.share > least && found.share <= 1.0, "{text}");
    }
}

/// The same of logs and of tallies, by counting moments.
#[test]
fn of_events_it_is_counted() {
    let mut rng = Rng::new(151);
    let (mut judged, mut refused, mut partly) = (0, 0, 0);
    while judged < 60 {
        let drawing = without_trap(&mut rng, small(judged));
        let chain = Chain::new(&drawing);
        judged += 1;
        let journeys: Vec<Walked> = walks(&chain, &mut rng, 40);
        let names: Vec<String> = (0..journeys.len()).map(|n| format!("j{n}")).collect();
        let events: Vec<EventRef<'_>> = names
            .iter()
            .zip(&journeys)
            .flat_map(|(name, journey)| events_of(&chain, name, journey))
            .collect();
        let mut log = EventLog::default();
        log.record_all(events.iter().copied()).unwrap();
        let seen: Vec<(Seen, f64)> = journeys
            .iter()
            .flat_map(|journey| journey.moments.iter().map(|&seen| (seen, 1.0)))
            .collect();
        let ends: Vec<(usize, f64)> = journeys
            .iter()
            .map(|journey| (journey.outcome, 1.0))
            .collect();
        for _ in 0..4 {
            let question = Question::draw(&mut rng, &chain);
            let text = question.text(&chain);
            let pattern: Pattern = text.parse().unwrap();
            let counted = log.ask(&pattern);
            let mut watch = Watch::new(TallyOptions::new(), [pattern]);
            watch.record_all(events.iter().copied()).unwrap();
            assert_eq!(watch.counted().remove(0), counted, "{text}");
            // A name that no event has is another error.
            let message = counted.as_ref().err().map(ToString::to_string);
            let is_untold = |message: String| {
                message.contains("asks about") || message.contains("no journey states")
            };
            if message.is_some_and(|message| !is_untold(message)) {
                continue;
            }
            let known = question.known(&chain, &seen, &ends);
            refused += usize::from(known.is_none());
            partly += usize::from(known.iter().flatten().any(|(_, _, share, _)| *share < 1.0));
            let found = counted.as_ref().map(|counted| counted.coverage.as_slice());
            same(found, known, journeys.len() as f64, &text);
        }
    }
    assert!(refused > 5 && partly > 20, "{refused} {partly}");
}

/// A shop with a promise at one place of three and a feeling at two.
fn shop() -> Flow {
    let at = |id| Touchpoint::new(id, Phase::During, Channel::Web);
    Journey::builder("Shop")
        .touchpoint(at("pay").starts(1.0).feels(0.5))
        .touchpoint(
            at("parcel").promise(Promise::new("on time").kept(3.0).broken(1.0).unknown(4.0)),
        )
        .touchpoint(at("call").feels(-0.5).ends("done", 3.0))
        .touchpoint(at("lost").promise(Promise::new("found").unknown(1.0)))
        .transition("pay", "parcel", 1.0)
        .transition("parcel", "call", 3.0)
        .transition("parcel", "lost", 1.0)
        .build()
        .unwrap()
        .flow()
        .unwrap()
}

fn refusal(flow: &Flow, text: &str) -> String {
    flow.ask(&text.parse().unwrap()).unwrap_err().to_string()
}

#[test]
fn what_a_map_does_not_know_is_no_answer() {
    let flow = shop();
    for (text, said, marked) in [
        (
            "*{feels < 0} => parcel{feels < 0}",
            "no feeling is known",
            9,
        ),
        (
            "pay =[not parcel{feels >= 0}]=> call",
            "no feeling is known",
            10,
        ),
        (
            "pay => (parcel | lost){feels < 0}",
            "no feeling is known",
            9,
        ),
        ("not (pay | lost{feels < 0})", "no feeling is known", 9),
        (
            "lost{promise = broken}",
            "no result of a promise is known",
            16,
        ),
        (
            "*{promise \"found\" = kept}",
            "no result of a promise is known",
            22,
        ),
    ] {
        let found = refusal(&flow, text);
        assert!(found.starts_with(said), "{text}: {found}");
        assert!(
            found.ends_with(&format!(" {}", "^".repeat(marked))),
            "{text}: {found}"
        );
    }
    // Of alternatives, one that can be answered is.
    let found = ask(&flow, "lost{feels < 0} or *{feels < 0}");
    close(found.probability, 0.75, 1e-12, "or");
    let shares: Vec<f64> = found.coverage.iter().map(|known| known.share).collect();
    assert_eq!(shares, [0.0, 1.75 / 3.0]);
    let neither = refusal(&flow, "lost{feels < 0} or parcel{feels < 0} => call");
    assert!(neither.starts_with("2 problems:"), "{neither}");
    // Two at once.
    let both = refusal(&flow, "lost{promise = kept} => lost{feels < 0}");
    assert!(both.starts_with("2 problems:"), "{both}");
    // What asks for the unknown has an answer, and so has what is settled without it.
    for (text, expected) in [
        ("parcel{feels = unknown}", 1.0),
        ("lost{promise = unknown}", 0.25),
        ("*{promise = unknown}", 0.5 + 0.5 * 0.25),
        ("call => parcel{feels = unknown}", 0.0),
        ("pay => end", 1.0),
        ("*{channel = phone, feels < 0}", 0.0),
        // A place that puts no promise to the test breaks none.
        ("pay{promise = broken}", 0.0),
        ("pay{promise != broken}", 1.0),
        ("not pay{promise = broken}", 1.0),
        ("start =[not pay{promise = broken}]=> end", 1.0),
        ("pay => call{promise != kept}", 0.75),
    ] {
        let found = ask(&flow, text);
        close(found.probability, expected, 1e-12, text);
        assert!(
            found.coverage.iter().all(|known| known.share == 1.0),
            "{text}"
        );
    }
    assert_eq!(
        flow.share_matching(&"lost{feels < 0}".parse().unwrap())
            .unwrap_err()
            .to_string(),
        refusal(&flow, "lost{feels < 0}")
    );
}

#[test]
fn what_a_map_knows_in_part_is_said_beside_the_figure() {
    let flow = shop();
    let found = ask(&flow, "*{feels < 0} or parcel{promise = broken}");
    let said: Vec<_> = found
        .coverage
        .iter()
        .map(|known| {
            (
                known.step.as_str(),
                known.tested.as_str(),
                known.share,
                known.asked,
            )
        })
        .collect();
    // Of pay, parcel, and call or lost, the feeling is known at pay and call; half of the results are not known.
    assert_eq!(
        said,
        [
            ("*{feels < 0}", "feels", 1.75 / 3.0, 3.0),
            ("parcel{promise = broken}", "promise", 0.5, 1.0)
        ]
    );
    let text = found.text().to_string();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for said in [
        "What is felt is known at 58 of 100 moments that",
        "The result of the promise is known at 50 of 100 moments that",
        "What is not known passes no test.",
    ] {
        assert!(text.contains(said), "{text}");
    }
    let all = ask(&flow, "pay{feels < 0}");
    assert!(!all.text().to_string().contains("known"), "{}", all.text());
}

/// No ending is known where none is stated, and a part where some are.
#[test]
fn endings_that_nobody_stated_are_no_answer() {
    let at = |id| Touchpoint::new(id, Phase::During, Channel::Web);
    let open = |call: Touchpoint| {
        Journey::builder("open")
            .touchpoint(at("pay").starts(1.0))
            .touchpoint(at("web"))
            .touchpoint(call)
            .transition("pay", "call", 1.0)
            .transition("pay", "web", 3.0)
            .build()
            .unwrap()
            .flow()
            .unwrap()
    };
    let flow = open(at("call"));
    let found = refusal(&flow, "pay => end(churn)");
    assert!(
        found.starts_with("no journey states how it ends"),
        "{found}"
    );
    assert_eq!(ask(&flow, "pay => end(unstated)").probability, 1.0);
    assert_eq!(ask(&flow, "pay => end").probability, 1.0);
    let flow = open(at("call").ends("churn", 1.0));
    let found = ask(&flow, "pay => end(churn)");
    assert_eq!((found.probability, found.coverage[0].share), (0.25, 0.25));
    assert_eq!(found.coverage[0].step, "end(churn)");
    let text = found.text().to_string();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        text.contains("How it ended is known of 25 of 100 journeys that end(churn) asks about."),
        "{text}"
    );
}

fn count(log: &EventLog, text: &str) -> Result<Vec<(String, f64, f64)>, String> {
    let pattern: Pattern = text.parse().unwrap();
    let found = log.ask(&pattern);
    assert_eq!(log.matches(&pattern).is_ok(), found.is_ok(), "{text}");
    let found = found.map_err(|error| error.to_string())?;
    let known = found.coverage.into_iter();
    Ok(known
        .map(|known| (known.step, known.share, known.asked))
        .collect())
}

#[test]
fn what_no_event_tells_is_no_answer() {
    const HOUR: i64 = 3_600_000_000_000;
    let mut log = EventLog::default();
    let mut record = |event: EventRef<'_>| log.record(event).unwrap();
    for (journey, timed) in [("a", true), ("b", false)] {
        for (hour, touchpoint) in (0..).zip(["order", "parcel", "review"]) {
            let mut event = EventRef::new(journey, touchpoint);
            if timed {
                event = event.time_ns(hour * HOUR);
            }
            if timed && touchpoint == "parcel" {
                event = event.promise(customer_journey::PromiseResult::Kept);
            }
            if touchpoint == "review" {
                event = event.emotion(0.5);
            }
            record(event);
        }
    }
    for (text, said) in [
        ("order{feels < 0}", "no feeling is known"),
        ("order => parcel{feels < 0}", "no feeling is known"),
        (
            "*{feels > 0} => end(churn)",
            "no journey states how it ends",
        ),
    ] {
        let error = count(&log, text).unwrap_err();
        assert!(error.starts_with(said), "{text}: {error}");
    }
    let one = |text: &str| count(&log, text).unwrap().remove(0);
    let whole = |step: &str, share, asked| (step.to_owned(), share, asked);
    assert_eq!(one("*{feels < 0}"), whole("*{feels < 0}", 1.0 / 3.0, 3.0));
    // What one event tells of a promise, all events there are asked.
    let found = one("parcel{promise = broken} => review");
    assert_eq!(found, whole("parcel{promise = broken}", 0.5, 1.0));
    // Behind an order each of the two moments is asked, and only the times of one journey are known.
    let found = one("order => *{wait <= 1m}");
    assert_eq!(found, whole("*{wait <= 1m}", 0.5, 2.0));
    assert_eq!(
        one("order => review{wait <= 2h}"),
        whole("review{wait <= 2h}", 0.5, 1.0)
    );
    // A review puts no promise to the test, and others do.
    assert_eq!(count(&log, "review{promise = broken}"), Ok(Vec::new()));
    // Nobody comes back to an order, so that no wait is asked about.
    assert_eq!(count(&log, "review => order{wait <= 2h}"), Ok(Vec::new()));

    let mut log = EventLog::default();
    for touchpoint in ["order", "review"] {
        log.record(EventRef::new("c", touchpoint)).unwrap();
    }
    for (text, said) in [
        ("order => review{wait <= 2h}", "no time is known"),
        ("*{feels < 0}", "no feeling is known"),
        ("*{promise = broken}", "no promise is put to the test"),
    ] {
        let error = count(&log, text).unwrap_err();
        assert!(error.starts_with(said), "{text}: {error}");
    }
}

/// Documents say `true`, reports say `yes`: patterns read both. Events remember nothing, and the message says whom to ask.
#[test]
fn facts_are_asked_of_maps_in_both_words() {
    use customer_journey::facts::Fact;
    let at = |id| Touchpoint::new(id, Phase::During, Channel::Web);
    let flow = Journey::builder("calls")
        .remember(Fact::visited("called", "call"))
        .touchpoint(at("pay").starts(1.0).ends("done", 3.0))
        .touchpoint(at("call"))
        .touchpoint(at("thanks").ends("done", 1.0))
        .transition("pay", "call", 1.0)
        .transition("call", "thanks", 1.0)
        .build()
        .unwrap()
        .flow()
        .unwrap();
    for (text, expected) in [
        ("*{called = yes} -> end", 0.25),
        ("*{called = true} -> end", 0.25),
        ("*{called = false} -> end", 0.75),
        ("*{called != true} -> end", 0.75),
        ("pay{called = true|false}", 1.0),
    ] {
        close(ask(&flow, text).probability, expected, 1e-12, text);
    }
    let wrong = refusal(&flow, "pay{called = ture}");
    assert!(wrong.contains("called is never ture"), "{wrong}");
    let mut log = EventLog::default();
    log.record(EventRef::new("c", "pay")).unwrap();
    let error = count(&log, "pay{called = yes}").unwrap_err();
    assert!(
        error.contains("no test is called called; what customers remember is asked of the map that is learned from these events"),
        "{error}"
    );
}
