//! Small tables on which a map that forgets tells something untrue, and what happened.

use customer_journey::analysis::ListeningOptions;
use customer_journey::flow::Basis;
use customer_journey::journey::MemoryOf;
use customer_journey::report::Fit;
use customer_journey::{
    EventLog, EventRef, FixKind, Goal, Journey, LearnOptions, Outcome, Phase, PromiseResult, Report,
};

#[derive(Default)]
pub(super) struct Table {
    pub(super) log: EventLog,
    journeys: u32,
}

impl Table {
    /// One journey: each moment with its touchpoint, channel, feeling and promise result; and its ending, "" where none is stated.
    pub(super) fn add(
        &mut self,
        outcome: &str,
        moments: &[(&str, &str, Option<f64>, Option<bool>)],
    ) {
        self.journeys += 1;
        let name = format!("j{}", self.journeys);
        for (number, &(touchpoint, channel, valence, kept)) in (1..).zip(moments) {
            let mut event = EventRef::new(&name, touchpoint)
                .channel(channel)
                .phase(Phase::During)
                .sequence(number);
            if let Some(valence) = valence {
                event = event.emotion(valence);
            }
            if let Some(kept) = kept {
                event = event.promise(if kept {
                    PromiseResult::Kept
                } else {
                    PromiseResult::Broken
                });
            }
            if number == moments.len() as i64 && !outcome.is_empty() {
                event = event.outcome(outcome);
            }
            self.log.record(event).unwrap();
        }
    }

    pub(super) fn learned(&self) -> (Journey, Report, Fit) {
        let journey = self.log.learn(&LearnOptions::new()).unwrap().journey;
        let report = journey.flow().unwrap().report();
        let fit = report.fit.clone().unwrap();
        (journey, report, fit)
    }
}

pub(super) fn close(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-9, "{found} {expected}");
}

fn counted(fit: &Fit, figure: &str, of: &[&str]) -> f64 {
    fit.figure(figure, of).unwrap().counted
}

pub(super) fn shop(review: impl Fn(bool) -> &'static str, on_review: bool) -> Table {
    let mut table = Table::default();
    for (kept, number, bad) in [(true, 900, 90), (false, 100, 60)] {
        for order in 0..number {
            let is_bad = order < bad;
            let (here, there) = if on_review {
                (None, Some(kept))
            } else {
                (Some(kept), None)
            };
            table.add(
                if is_bad { "bad review" } else { "good review" },
                &[
                    ("order", "web", None, None),
                    ("delivered", "courier", None, here),
                    (
                        review(kept),
                        "email",
                        Some(if is_bad { -1.0 } else { 1.0 }),
                        there,
                    ),
                ],
            );
        }
    }
    table
}

/// Complaints by web, of which many are disputed, and by post.
pub(super) fn disputes() -> Table {
    let mut table = Table::default();
    for (channel, bad) in [("web", 75), ("post", 15)] {
        for complaint in 0..500 {
            table.add(
                if complaint < bad {
                    "disputed"
                } else {
                    "settled"
                },
                &[
                    ("complain", channel, None, None),
                    ("forwarded", "agency", None, None),
                    ("answered", "company", None, None),
                ],
            );
        }
    }
    table
}

/// Guests who like everything or nothing, and rate ten things.
pub(super) fn guests() -> Table {
    let mut table = Table::default();
    let things: Vec<String> = (1..=10).map(|number| format!("thing {number}")).collect();
    for guest in 0..100 {
        let likes = guest % 2 == 1;
        let valence = Some(if likes { 1.0 } else { -1.0 });
        let moments: Vec<_> = things
            .iter()
            .map(|thing| (thing.as_str(), "survey", valence, None))
            .collect();
        table.add(if likes { "back" } else { "gone" }, &moments);
    }
    table
}

/// Customers who come to the counter twice, with a form between.
pub(super) fn counter() -> Table {
    let mut table = Table::default();
    for _ in 0..200 {
        let moments =
            ["counter", "form", "counter", "desk"].map(|name| (name, "store", None, None));
        table.add("done", &moments);
    }
    table
}

/// Passengers whose feeling at security decides.
pub(super) fn security() -> Table {
    let mut table = Table::default();
    for (valence, number, bad) in [(-1.0, 100, 60), (1.0, 900, 45)] {
        for passenger in 0..number {
            table.add(
                if passenger < bad {
                    "detractor"
                } else {
                    "promoter"
                },
                &[
                    ("security", "checkpoint", Some(valence), None),
                    ("gate", "gate", Some(0.5), None),
                    ("recommend", "survey", None, None),
                ],
            );
        }
    }
    table
}

/// Sessions of a web shop, some with a payment error.
pub(super) fn payments() -> Table {
    let mut table = Table::default();
    let at = |name| (name, "web", None, None);
    for _ in 0..2000 {
        table.add("left", &[at("home"), at("catalog")]);
    }
    for session in 0..300 {
        let buys = session < 252;
        let (last, outcome) = if buys {
            ("purchase", "bought")
        } else {
            ("home", "left")
        };
        table.add(outcome, &[at("home"), at("payment"), at(last)]);
    }
    for session in 0..100 {
        let buys = session < 10;
        let (last, outcome) = if buys {
            ("purchase", "bought")
        } else {
            ("home", "left")
        };
        let moments = ["home", "payment", "payment error", "payment", last].map(at);
        table.add(outcome, &moments);
    }
    table
}

#[test]
fn a_broken_promise_is_not_forgotten() {
    let (journey, report, fit) = shop(|_| "review", false).learned();
    for (figure, expected) in [("outcome_when_kept", 0.1), ("outcome_when_broken", 0.6)] {
        let known = fit.figure(figure, &["delivered", "bad review"]).unwrap();
        close(known.counted, expected);
        close(known.modelled.unwrap(), 0.15);
        assert!(known.is_off());
    }
    let endings = |report: &Report| {
        let promise = report.promises.ledger[0].clone();
        let endings = promise.endings.unwrap();
        let mut outcomes = endings.outcomes.into_iter();
        let bad = outcomes
            .find(|known| known.outcome.as_str() == "bad review")
            .unwrap();
        let shares = [endings.kept, endings.broken, promise.meets_broken.unwrap()];
        (endings.basis, bad, shares)
    };
    let (basis, bad, shares) = endings(&report);
    assert_eq!(basis, Basis::Counted);
    close(bad.when_kept.unwrap(), 0.1);
    close(bad.when_broken.unwrap(), 0.6);
    close(bad.change.unwrap(), 0.5);
    assert_eq!(shares, [0.9, 0.1, 0.1]);
    let flow = journey.flow().unwrap();
    assert_eq!(flow.promises(), report.promises);
    let (basis, bad, _) = endings(&flow.modelled().report());
    assert_eq!(basis, Basis::Modelled);
    close(bad.when_kept.unwrap(), 0.15);
    close(bad.when_broken.unwrap(), 0.15);
    let text = flow.promises().to_string().replace('\n', " ");
    let text: Vec<&str> = text.split_whitespace().collect();
    let said = "journeys end so (counted): \"bad review\" 60 of 100 instead of 10 of 100";
    let said = said.replace('"', "");
    assert!(text.join(" ").replace('"', "").contains(&said), "{text:?}");
    // A broken promise is a sign, whatever the map has forgotten.
    let signs = flow.early_signs(&Outcome::from("bad review")).signs;
    let sign = |result| {
        signs
            .iter()
            .find(|sign| sign.result == Some(result))
            .unwrap()
    };
    let broken = sign(PromiseResult::Broken);
    assert_eq!(broken.basis, Basis::Counted);
    close(broken.probability, 0.6);
    close(broken.lift, 4.0);
    close(broken.reach.unwrap(), 0.1);
    close(broken.coverage.unwrap(), 0.4);
    close(sign(PromiseResult::Kept).lift, 0.1 / 0.15);
    let classes = report.promises.tolerance.as_ref().unwrap();
    let classes: Vec<_> = classes
        .iter()
        .map(|known| (known.share, known.basis))
        .collect();
    let happened = |share| (share, Basis::Counted);
    assert_eq!(classes, [0.9, 0.1, 0.0].map(happened));
    let classes = report.promises.tolerance.as_ref().unwrap();
    for (class, expected) in classes.iter().zip([0.1, 0.6]) {
        assert_eq!(class.outcomes_basis, Basis::Counted);
        close(class.outcomes[0].probability, expected);
    }
    let text = report.text().width(200).to_string();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("Counted on 1,000 whole journeys"), "{text}");
    let (_, furthest) = text
        .split_once("The map alone is furthest off here: end in ")
        .unwrap();
    let (_, figure) = furthest.split_once(" review ").unwrap();
    assert!(
        figure.starts_with("when delivered was broken first: "),
        "{figure}"
    );

    let worst = fit.worst.as_ref().unwrap();
    assert_eq!(worst.figure.as_str(), "outcome_when_broken");
    let broken = fit
        .figure("outcome_when_broken", &["delivered", "bad review"])
        .unwrap();
    assert_eq!(broken.journeys, 100);
    // Wilson's interval of 60 of 100.
    close(broken.low.unwrap(), 0.502_002_586_791_062_4);
    close(broken.high.unwrap(), 0.690_598_713_599_194);
    let text = report.text().width(200).to_string();
    let line = "end in bad review when delivered was broken first: 60 of 100 counted (50 of 100 to 69 of 100, of 100 journeys); the map says 15 of 100";
    assert!(text.contains(line), "{text}");

    // Where the map remembers it, it is right.
    let (_, _, fit) = shop(|_| "review", true).learned();
    let known = fit
        .figure("outcome_when_broken", &["review", "bad review"])
        .unwrap();
    close(known.counted, 0.6);
    close(known.modelled.unwrap(), 0.6);
    let name = |kept| {
        if kept {
            "review"
        } else {
            "review after a late delivery"
        }
    };
    let (_, _, fit) = shop(name, false).learned();
    close(
        counted(&fit, "outcome_when_broken", &["delivered", "bad review"]),
        0.6,
    );
    assert!(fit.off().is_empty(), "{:?}", fit.worst);
}

#[test]
fn the_channel_of_the_start_is_not_forgotten() {
    let table = disputes();
    let (_, _, fit) = table.learned();
    for (channel, expected, error) in [("web", 0.15, 0.016), ("post", 0.03, 0.008)] {
        let known = fit
            .figure("outcome_by_start", &[channel, "disputed"])
            .unwrap();
        close(known.counted, expected);
        close(known.modelled.unwrap(), 0.09);
        assert!((known.standard_error.unwrap() - error).abs() < 5e-4);
    }
}

#[test]
fn guests_who_rate_many_things_count_once() {
    let table = guests();
    let (journey, report, fit) = table.learned();
    let flow = journey.flow().unwrap();
    let (told, map) = (flow.trajectory(), flow.modelled().trajectory());
    assert_eq!((told.basis, map.basis), (Basis::Counted, Basis::Modelled));
    assert_eq!(told, report.trajectory);
    for (counted, expected) in [
        (told.worst.mean, 0.0),
        (told.best.mean, 0.0),
        (told.peak, 0.0),
        (told.swing, 0.0),
        (told.worst.at_most(-0.5), 0.5),
        (told.best.at_least(0.5), 0.5),
    ] {
        close(counted.unwrap(), expected);
    }
    assert_eq!(told.curve.len(), 10);
    assert!(told.curve.iter().all(|point| point.mean == Some(0.0)));
    assert!(map.worst.mean.unwrap() < -0.99 && map.swing.unwrap() > 0.9);
    assert!(map.worst.at_most(-0.5).unwrap() > 0.99);
    let listening = flow.listening();
    assert_eq!(
        (listening.unhappy, listening.basis),
        (Some(0.5), Basis::Counted)
    );
    assert!(listening.unhappy_modelled.unwrap() > 0.99);
    assert_eq!(report.listening, listening);
    assert_eq!(report.unhappy, Some(0.5));
    let alone = flow.modelled().listening();
    assert_eq!(alone.unhappy, listening.unhappy_modelled);
    let furious = ListeningOptions::new().unhappy_at(-0.6);
    assert_eq!(flow.listening_with(&furious).basis, Basis::Modelled);
    let bars = flow.error_bars();
    assert_eq!((bars.basis, bars.missing.as_ref()), (Basis::Counted, None));
    for (bar, error) in [(bars.mean, 0.1005), (bars.hurt, 0.5025)] {
        assert!((bar.unwrap().standard_error - error).abs() < 5e-5);
    }
    // Wilson's interval of 100 of 100 and of 50 of 100.
    let interval = bars.reach[0].estimate.interval.unwrap();
    assert!((interval.0 - 0.963).abs() < 5e-4 && interval.1 == 1.0);
    let interval = bars.outcomes[0].estimate.interval.unwrap();
    assert!((interval.0 - 0.404).abs() < 5e-4, "{interval:?}");
    assert!(flow.modelled().error_bars().mean.unwrap().standard_error < 0.04);
    for (figure, value, error) in [
        ("mean", 0.0, 0.1005),
        ("hurt", 5.0, 0.5025),
        ("worst", 0.0, 0.1005),
    ] {
        let known = fit.figure(figure, &[]).unwrap();
        close(known.counted, value);
        assert!(
            (known.standard_error.unwrap() - error).abs() < 5e-5,
            "{figure}"
        );
    }
    let unhappy = fit.figure("unhappy", &[]).unwrap();
    close(unhappy.counted, 0.5);
    assert!(unhappy.modelled.unwrap() > 0.99);
    let swing = fit.figure("swing", &[]).unwrap();
    close(swing.counted, 0.0);
    assert_eq!((swing.standard_error, swing.low), (None, None));
}

#[test]
fn the_second_time_at_the_counter_is_counted() {
    let table = counter();
    let (journey, report, fit) = table.learned();
    let flow = journey.flow().unwrap();
    for (traffic, known) in flow.traffic().zip(&report.touchpoints) {
        assert_eq!((traffic.reach, known.reach), (Some(1.0), Some(1.0)));
        assert_eq!(known.basis, Basis::Counted);
    }
    assert_eq!(report.touchpoint("counter").unwrap().repeats, Some(2.0));
    assert_eq!(flow.reach("form"), Some(1.0));
    close(flow.modelled().reach("form").unwrap(), 0.5);
    let alone = flow.modelled().report();
    let form = alone.touchpoint("form").unwrap();
    assert_eq!(
        (alone.basis, form.basis),
        (Basis::Modelled, Basis::Modelled)
    );
    close(form.reach.unwrap(), 0.5);
    // Nothing is changed, so that nothing differs, and a counted report is compared with a modelled one by their maps.
    assert!(!flow.what_if(&[]).unwrap().comparison().is_changed());
    assert!(!report.compare(&alone).is_changed());
    for id in ["counter", "form", "desk"] {
        close(counted(&fit, "reach", &[id]), 1.0);
    }
    close(
        fit.figure("reach", &["form"]).unwrap().modelled.unwrap(),
        0.5,
    );
    close(counted(&fit, "length", &[]), 4.0);
    close(counted(&fit, "length_sd", &[]), 0.0);
    close(
        counted(&fit, "variant", &["counter", "form", "counter", "desk"]),
        1.0,
    );
    close(counted(&fit, "variant_unseen", &[]), 0.0);
    // Nobody said what was felt.
    assert!(fit.figure("hurt", &[]).is_none() && fit.figure("unhappy", &[]).is_none());
}

#[test]
fn a_feeling_that_decides_is_counted() {
    let table = security();
    let (_, _, fit) = table.learned();
    let known = fit
        .figure("outcome_after_bad", &["security", "detractor"])
        .unwrap();
    close(known.counted, 0.6);
    assert_eq!(known.journeys, 100);
    close(known.modelled.unwrap(), 0.105);
    assert!(
        fit.figure("outcome_after_bad", &["gate", "detractor"])
            .is_none()
    );
}

#[test]
fn an_error_is_no_sign_of_buying() {
    let table = payments();
    let (journey, report, fit) = table.learned();
    let bought = Outcome::from("bought");
    let flow = journey.flow().unwrap();
    let signs = flow.early_signs(&bought).signs;
    let chance = |id: &str| {
        let sign = signs.iter().find(|sign| sign.id == id).unwrap();
        assert_eq!(sign.basis, Basis::Counted);
        sign.probability
    };
    close(chance("payment"), 0.655);
    close(chance("payment error"), 0.1);
    // Against all sessions an error looks neutral; of those who came to payment too and met none, 252 of 300 bought.
    let known = signs
        .iter()
        .find(|sign| sign.id == "payment error")
        .unwrap();
    assert!(!known.leading && known.lift_low.unwrap() < 1.0 && known.lift_high.unwrap() > 1.0);
    let as_far = known.as_far.as_ref().unwrap();
    assert_eq!((as_far.before.as_str(), as_far.journeys), ("payment", 300));
    close(as_far.probability, 0.84);
    assert!(as_far.low.unwrap() > known.probability);
    let payment = signs.iter().find(|sign| sign.id == "payment").unwrap();
    assert!(payment.leading && payment.lift_low.unwrap() > 1.0);
    let as_far = payment.as_far.as_ref().unwrap();
    assert_eq!((as_far.before.as_str(), as_far.journeys), ("home", 2000));
    close(as_far.probability, 0.0);
    // Sessions begin at home.
    assert!(
        signs
            .iter()
            .all(|sign| sign.id != "home" || sign.as_far.is_none())
    );
    let error = report.touchpoint("payment error").unwrap();
    let known = error.outcomes.iter().find(|known| known.outcome == bought);
    let known = known.unwrap();
    close(known.probability, 0.1);
    close(known.lift.unwrap(), 0.1 / (262.0 / 2400.0));
    close(known.coverage.unwrap(), 10.0 / 262.0);
    let alone = flow.modelled().early_signs(&bought).signs;
    let alone = alone
        .iter()
        .find(|sign| sign.id == "payment error")
        .unwrap();
    assert!(alone.lift > 4.0 && alone.basis == Basis::Modelled);
    let known = fit
        .figure("outcome_after_visit", &["payment error", "bought"])
        .unwrap();
    close(known.counted, 0.1);
    assert_eq!(known.journeys, 100);
    close(counted(&fit, "reach", &["payment"]), 400.0 / 2400.0);
    close(counted(&fit, "outcome", &["bought"]), 262.0 / 2400.0);
}

/// A map that was edited does not answer with counts that do not fit it any more, and says so; a note or a name changes
/// nothing.
#[cfg(feature = "serde")]
#[test]
fn an_edited_map_does_not_answer_with_old_counts() {
    let (journey, _, fit) = shop(|_| "review", false).learned();
    let document = serde_json::to_string(&journey).unwrap();
    let read: Journey = serde_json::from_str(&document).unwrap();
    assert_eq!(read, journey);
    assert_eq!(read.flow().unwrap().fit(), Some(fit));
    // What is counted goes through documents, of maps and of reports.
    let report = read.flow().unwrap().report();
    assert_eq!(report.basis, Basis::Counted);
    let told = serde_json::to_value(&report).unwrap();
    assert_eq!(told["touchpoints"][0]["basis"], "counted");
    assert_eq!(told["promises"][0]["endings"]["basis"], "counted");
    let again: Report = serde_json::from_value(told).unwrap();
    assert_eq!(again.basis, Basis::Counted);
    assert!(!again.compare(&report).is_changed());
    assert!(!document.contains("j17"), "no journey is named in it");

    let renamed = document.replacen(
        r#""id":"review""#,
        r#""id":"review","name":"Writes a review","owner":"Shop""#,
        1,
    );
    let renamed: Journey = serde_json::from_str(&renamed).unwrap();
    assert!(renamed.counted().is_some());

    for (from, to) in [
        (r#""broken":100"#, r#""broken":50"#),
        (r#""starts":1000"#, r#""starts":999"#),
    ] {
        assert!(document.contains(from), "{from}");
        let edited: Journey = serde_json::from_str(&document.replacen(from, to, 1)).unwrap();
        assert!(edited.counted().is_none());
        let flow = edited.flow().unwrap();
        assert_eq!((flow.fit(), flow.basis()), (None, Basis::Modelled));
        let endings = flow.promises().ledger[0].endings.clone().unwrap();
        assert_eq!(endings.basis, Basis::Modelled);
        let warnings: Vec<String> = edited.warnings().iter().map(ToString::to_string).collect();
        assert!(
            warnings[0].contains("edited after 1000 journeys were counted"),
            "{warnings:?}"
        );
    }
    let broken = document.replacen(r#""clusters":"journeys""#, r#""clusters":"people""#, 1);
    let error = serde_json::from_str::<Journey>(&broken)
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("`counted`") && error.contains("people"),
        "{error}"
    );
}

/// The change of an outcome by a fix, with its error and what it is among customers of the same mood.
/// The counter forgets whether the form was there before, the review what the delivery was.
#[test]
fn what_is_forgotten_is_named() {
    let mut counter = Table::default();
    for _ in 0..200 {
        let at = |id| (id, "store", None, None);
        counter.add("done", &["counter", "form", "counter", "desk"].map(at));
    }
    let (_, report, fit) = counter.learned();
    let [test] = fit.memory_tests.as_slice() else {
        panic!("{:?}", fit.memory_tests)
    };
    assert_eq!(
        (test.about, test.of.as_deref()),
        (MemoryOf::CameFrom, Some("counter"))
    );
    assert_eq!((test.cases, test.df), (400, 1));
    close(test.bits, 1.0);
    close(test.g2, 800.0 * std::f64::consts::LN_2);
    assert!(test.is_clear());
    let said =
        "hangs on where they came from at 1 of 1 touchpoint, most at counter (1.00 bits a visit)";
    assert!(plain(&report).contains(said));

    let (_, report, fit) = shop(|_| "review", false).learned();
    let first = fit
        .memory_tests
        .iter()
        .find(|test| test.about == MemoryOf::FirstResult);
    let first = first.unwrap();
    // Of 1,000 orders 900 were kept, of which 90 end badly, and 100 broken, of which 60 do.
    let part = |n: f64, row: f64, column: f64| n * (n * 1000.0 / (row * column)).ln();
    let half = part(90.0, 900.0, 150.0) + part(810.0, 900.0, 850.0);
    let half = half + part(60.0, 100.0, 150.0) + part(40.0, 100.0, 850.0);
    close(first.g2, 2.0 * half);
    assert!(first.is_clear() && first.cases == 1000);
    assert!(
        fit.memory_tests
            .iter()
            .all(|test| test.about != MemoryOf::CameFrom)
    );
    assert!(plain(&report).contains("How journeys end hangs on the first result of delivered"));
    // At the review, which is all that is felt: 810 good less 90 bad of 900, and 40 less 60 of 100.
    let felt = report.promises.ledger[0].feelings.as_ref().unwrap();
    close(felt.when_kept.mean, 0.8);
    close(felt.when_broken.mean, -0.2);
    close(felt.change, -1.0);
    // The mean of +1 and -1 has the error of a share, twice.
    close(
        felt.when_broken.standard_error.unwrap(),
        2.0 * (0.24_f64 / 99.0).sqrt(),
    );
    assert_eq!(
        (felt.when_kept.journeys, felt.when_broken.journeys),
        (900, 100)
    );
}

/// The text without its line breaks.
fn plain(report: &Report) -> String {
    let text = report.to_string();
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

fn fixed(journey: &Journey, id: &str, kind: FixKind, outcome: &str) -> (f64, f64, Option<f64>) {
    let fixes = journey.flow().unwrap().single_fixes(&[kind]);
    let fix = fixes.iter().find(|fix| fix.id == id).unwrap();
    let effect = fix.effect.as_ref().unwrap();
    assert_eq!(effect.basis, Basis::Counted);
    let outcome = Outcome::from(outcome);
    let mut known = effect.outcomes.iter();
    let known = known.find(|known| known.outcome == outcome).unwrap();
    let adjusted = effect.adjusted.as_ref();
    let adjusted = adjusted.map(|effect| effect.outcome(&outcome).unwrap().change);
    (known.change, known.standard_error.unwrap(), adjusted)
}

#[test]
fn keeping_a_promise_changes_what_comes_after_the_next_step() {
    for table in [
        shop(|_| "review", false),
        shop(|_| "review", true),
        shop(
            |kept| {
                if kept {
                    "review"
                } else {
                    "review after a late delivery"
                }
            },
            false,
        ),
    ] {
        let (journey, ..) = table.learned();
        let touchpoint = journey.touchpoints().find(|at| at.promise.is_some());
        let id = touchpoint.unwrap().id.clone();
        let (change, error, adjusted) = fixed(&journey, &id, FixKind::KeepPromise, "bad review");
        assert!((change + 0.05).abs() < 1e-14, "{change}");
        assert_eq!(adjusted, None);
        // The effect is -q d: q of 0.1 broken, d the difference of 60 of 100 and 90 of 900.
        let (q, d) = (0.1_f64, 0.5);
        let within = 0.6 * 0.4 / 100.0 + 0.1 * 0.9 / 900.0;
        let expected =
            (d * d * q * 0.9 / 1000.0 + q * q * within).sqrt() * (1000.0_f64 / 999.0).sqrt();
        assert!((error - expected).abs() < 1e-12, "{error} {expected}");
    }
}

#[test]
fn the_fix_of_a_learned_map_is_told_with_no_more_than_was_seen() {
    let (journey, ..) = shop(|_| "review", false).learned();
    let flow = journey.flow().unwrap();
    let goal = Goal::Reduce(Outcome::from("bad review"));
    let fixes = flow.fixes(&goal);
    let best = &fixes.ranked[0];
    assert_eq!(
        (best.id.as_str(), best.kind),
        ("review", FixKind::LiftEmotion)
    );
    let kept = fixes
        .ranked
        .iter()
        .find(|fix| fix.id == "delivered")
        .unwrap();
    close(kept.gain.unwrap(), 0.05);
    let effect = kept.effect.as_ref().unwrap();
    assert_eq!(
        (effect.cases, effect.without_comparison),
        (Some(100), Some(0))
    );
    let (low, high) = kept.interval.unwrap();
    assert!(low > 0.03 && high < 0.07);
    let said = fixes
        .to_string()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    assert!(said.contains("Keeping a promise: what would be"), "{said}");
    assert!(
        said.contains("Lifting bad feelings: what goes with them."),
        "{said}"
    );
    // The map itself forgets.
    let map = flow.modelled().fixes(&goal);
    let forgotten = map.ranked.iter().find(|fix| fix.id == "delivered").unwrap();
    close(forgotten.gain.unwrap(), 0.0);
    // All of it is in the document.
    #[cfg(feature = "serde")]
    {
        let read = Journey::from_json(&journey.to_json()).unwrap();
        assert_eq!(read.flow().unwrap().fixes(&goal), fixes);
    }
}

#[test]
fn lifting_a_feeling_is_raw_and_within_the_same_mood() {
    let table = security();
    let (journey, ..) = table.learned();
    let (change, error, adjusted) = fixed(&journey, "security", FixKind::LiftEmotion, "detractor");
    assert!((change + 0.055).abs() < 1e-14, "{change}");
    assert!(error > 0.0);
    // Nobody has felt anything before: there is one mood.
    close(adjusted.unwrap(), -0.055);
    assert!(
        journey
            .flow()
            .unwrap()
            .single_fixes(&[FixKind::LiftEmotion])
            .len()
            == 1
    );
}

#[test]
fn nothing_is_claimed_where_nobody_shows_what_follows() {
    let mut table = Table::default();
    for trip in 0..100 {
        // Cancelled flights are never kept.
        let (at, kept) = if trip < 20 {
            ("cancelled", false)
        } else {
            ("departure", trip % 2 == 0)
        };
        let outcome = if kept { "on time" } else { "late" };
        table.add(
            outcome,
            &[(at, "gate", None, Some(kept)), ("end", "gate", None, None)],
        );
    }
    let (journey, ..) = table.learned();
    let (change, error, _) = fixed(&journey, "cancelled", FixKind::KeepPromise, "late");
    assert_eq!((change, error), (0.0, 0.0));
    let fixes = journey
        .flow()
        .unwrap()
        .fixes(&Goal::Reduce(Outcome::from("late")));
    let text = fixes
        .to_string()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    assert!(
        text.contains("At cancelled, 20 of 20 broken promises have nothing to be compared with"),
        "{text}"
    );
    let (change, ..) = fixed(&journey, "departure", FixKind::KeepPromise, "late");
    close(change, -0.4);
}
