//! What a report says in sentences about tables on which the map alone is wrong: held against plain counts of their rows.

use customer_journey::events::Remember;
use customer_journey::facts::{Fact, FactKind};
use customer_journey::flow::Basis;
use customer_journey::{FixKind, Goal, LearnOptions, Outcome, Report};

use super::truth::{Table, close, counter, disputes, guests, payments, shop};
use crate::generate::Rng;

/// The report as text, as Markdown and as the words of its page, blanks and line ends as one blank.
fn forms(table: &Table) -> (Report, [String; 3]) {
    let (journey, report, _) = table.learned();
    let page = journey.flow().unwrap().html().to_string();
    let mut words = String::new();
    let mut is_tag = false;
    for letter in page.chars() {
        match letter {
            '<' => is_tag = true,
            '>' => is_tag = false,
            _ if !is_tag => words.push(letter),
            _ => {}
        }
    }
    let told = [
        report.to_string(),
        report.markdown().to_string().replace("**", ""),
        words.replace("&gt;", ">"),
    ];
    let told = told.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    (report, told)
}

fn says(told: &[String; 3], sentence: &str) {
    for text in told {
        assert!(text.contains(sentence), "{sentence}: {text}");
    }
}

#[test]
fn bad_moments_are_those_that_were_counted() {
    // 50 guests like nothing and 50 everything; a map that forgets sends nearly all of them through something bad.
    let (report, told) = forms(&guests());
    let worst = &report.trajectory.worst;
    close(worst.at_most(-0.5).unwrap(), 0.5);
    assert!(worst.distribution[0].probability > 0.99);
    assert_eq!(worst.distribution_basis, Basis::Modelled);
    says(
        &told,
        "50 of 100 journeys meet one of -0.50 or worse, 50 of 100 one of -0.25 or worse, 50 of 100 one of 0.00 or worse (counted)",
    );
    says(
        &told,
        "50 of 100 journeys meet one of +0.50 or better, 50 of 100 one of +0.25 or better, 50 of 100 one of 0.00 or better (counted)",
    );
    for text in &told {
        assert!(!text.contains("99 of 100 journeys meet one"), "{text}");
    }
}

#[test]
fn paths_are_those_that_journeys_went() {
    let (report, told) = forms(&counter());
    let path = &report.trajectory.paths[0];
    assert_eq!(path.touchpoints, ["counter", "form", "counter", "desk"]);
    assert_eq!((path.basis, path.journeys), (Basis::Counted, Some(200)));
    close(path.probability, 1.0);
    assert_eq!(report.trajectory.paths.len(), 1);
    for text in &told {
        assert!(text.contains("The most frequent path, counted on whole journeys:"));
        assert!(text.contains("very journey (200)"), "{text}");
        assert!(!text.contains("50 of 100 journeys: "), "{text}");
    }
    let (journey, report, _) = payments().learned();
    // 2,000 of 2,400 look at the catalog and leave; 252 and 48 come to payment without an error, 10 and 90 with one.
    let expected = [(2000, 0.0), (252, 1.0), (90, 0.0), (48, 0.0), (10, 1.0)];
    assert_eq!(report.trajectory.paths.len(), expected.len());
    close(report.trajectory.paths_coverage, 1.0);
    for (path, (number, bought)) in report.trajectory.paths.iter().zip(expected) {
        close(path.probability, f64::from(number) / 2400.0);
        assert_eq!(path.journeys, Some(u64::try_from(number).unwrap()));
        let outcome = if bought > 0.5 { "bought" } else { "left" };
        assert_eq!(path.outcome, Outcome::from(outcome));
        close(path.outcomes[0].probability, 1.0);
        assert!(path.valences.iter().all(Option::is_none));
    }
    // The map alone says so of each path.
    let map = journey.flow().unwrap().modelled().trajectory();
    assert!(map.paths.iter().all(|path| path.basis == Basis::Modelled));
    assert!(map.paths.iter().any(|path| path.touchpoints == ["home"]));
}

#[test]
fn a_path_tells_all_its_endings() {
    let mut table = Table::default();
    for journey in 0..10 {
        let outcome = ["bad", "good", "good", "good", "good"][journey % 5];
        table.add(
            outcome,
            &[("order", "web", None, None), ("use", "home", None, None)],
        );
    }
    let (report, told) = forms(&table);
    let path = &report.trajectory.paths[0];
    let endings: Vec<(&str, f64)> = path
        .outcomes
        .iter()
        .map(|known| (known.outcome.as_str(), known.probability))
        .collect();
    assert_eq!(endings, [("good", 0.8), ("bad", 0.2)]);
    assert_eq!((path.outcome.as_str(), path.journeys), ("good", Some(10)));
    says(&told, "Outcomes, of 100 of these: good 80 and bad 20");
}

#[test]
fn what_is_left_at_a_touchpoint_was_counted() {
    let (journey, report, _) = counter().learned();
    // From the form on: form, counter, desk. From the first visit to the counter on: all four.
    for (id, left) in [("form", 3.0), ("counter", 4.0), ("desk", 1.0)] {
        let known = report.touchpoint(id).unwrap();
        close(known.remaining.unwrap(), left);
        assert_eq!(known.remaining_basis, Basis::Counted);
    }
    let map = journey.flow().unwrap().modelled().report();
    let form = map.touchpoint("form").unwrap();
    close(form.remaining.unwrap(), 5.0);
    assert_eq!(form.remaining_basis, Basis::Modelled);
    // 300 come to payment with one moment after it, and 100 with three.
    let (_, report, _) = payments().learned();
    let left = (300.0 * 2.0 + 100.0 * 4.0) / 400.0;
    close(
        report.touchpoint("payment").unwrap().remaining.unwrap(),
        left,
    );
}

#[test]
fn signs_are_held_against_those_who_came_as_far() {
    let (report, told) = forms(&payments());
    let outcomes: Vec<&str> = report
        .early_signs
        .iter()
        .map(|signs| signs.outcome.as_str())
        .collect();
    assert_eq!(outcomes, ["bought", "left"]);
    let bought = &report.early_signs[0];
    let sign = |id: &str| bought.signs.iter().find(|sign| sign.id == id).unwrap();
    // 262 of the 400 who come to payment buy; 10 of the 100 with an error, 252 of the 300 without.
    close(sign("payment").probability, 262.0 / 400.0);
    assert_eq!(sign("payment").journeys, Some(400));
    close(sign("payment error").probability, 0.1);
    let as_far = sign("payment error").as_far.as_ref().unwrap();
    close(as_far.difference, 0.1 - 0.84);
    assert!(as_far.difference_high.unwrap() < -0.6 && as_far.difference_low.unwrap() > -0.85);
    says(
        &told,
        "payment error: of 100 journeys that come there 10 of 100 end in bought, of 300 that came to payment and went on without it 84 \
         of 100 (difference -74.0",
    );
    says(
        &told,
        "payment: of 400 journeys that come there 65.5 of 100 end in bought, of 2,000 that came to home and went on without it 0 of 100",
    );
    // Sessions begin at home, so that nobody came as far as it.
    assert!(sign("home").as_far.is_none());
    let table = customer_journey::render::Table::ALL
        .iter()
        .find(|table| table.as_str() == "early_signs")
        .unwrap();
    let csv = report.csv(*table).to_string();
    let error = csv
        .lines()
        .find(|line| line.starts_with("bought,payment error,"))
        .unwrap();
    for figure in ["0.1", "payment", "300", "0.84"] {
        assert!(error.split(',').any(|cell| cell == figure), "{error}");
    }
}

#[test]
fn what_is_remembered_is_held_against_those_who_came_as_far() {
    let visited = FactKind::Visited {
        touchpoint: "payment error".to_owned(),
    };
    let options =
        LearnOptions::new().remembering(Remember::Facts(vec![Fact::new("had an error", visited)]));
    let journey = payments().log.learn(&options).unwrap().journey;
    let report = journey.flow().unwrap().report();
    let fact = &report.facts[0];
    let yes = fact
        .values
        .iter()
        .find(|value| value.value == "yes")
        .unwrap();
    assert_eq!((yes.basis, yes.journeys), (Basis::Counted, Some(100)));
    let others = yes.others.as_ref().unwrap();
    assert_eq!(others.before.as_deref(), Some("payment"));
    assert_eq!(others.journeys, Some(300));
    assert!(others.came_as_far);
    close(yes.outcomes[0].probability, 0.1);
    close(others.outcomes[0].probability, 0.84);
    let text = report.to_string();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        text.contains(
            "Where it is yes (100 journeys), 10 of 100 end in bought; of those who came to payment and did not (300 journeys) 84 of 100 \
             (counted)."
        ),
        "{text}"
    );
    // Who does not come to payment at all is no ground for a comparison.
    let no = fact
        .values
        .iter()
        .find(|value| value.value == "no")
        .unwrap();
    assert!(no.others.is_none());
}

#[test]
fn a_broken_promise_is_held_against_a_kept_one() {
    // Most never get so far that the promise is tested; those who do not, all leave.
    let mut table = Table::default();
    for journey in 0..400 {
        table.add(
            "left",
            &[("look", "web", None, None), ("think", "home", None, None)],
        );
        if journey < 100 {
            let kept = journey >= 40;
            // Of 40 broken 30 leave, of 60 kept 6.
            let leaves = journey < 30 || (40..46).contains(&journey);
            table.add(
                if leaves { "left" } else { "stays" },
                &[
                    ("look", "web", None, None),
                    ("delivered", "courier", None, Some(kept)),
                    ("use", "home", None, None),
                ],
            );
        }
    }
    let fact = Fact::first("delivery", "delivered");
    let options = LearnOptions::new().remembering(Remember::Facts(vec![fact]));
    let journey = table.log.learn(&options).unwrap().journey;
    let report = journey.flow().unwrap().report();
    let broken = report.facts[0]
        .values
        .iter()
        .find(|value| value.value == "broken")
        .unwrap();
    let others = broken.others.as_ref().unwrap();
    assert_eq!(others.values, ["kept"]);
    assert_eq!((broken.journeys, others.journeys), (Some(40), Some(60)));
    close(broken.outcomes[0].probability, 0.75);
    close(others.outcomes[0].probability, 0.1);
    let text = report.to_string();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        text.contains("Where it is broken (40 journeys), 75 of 100 end in left; where it is kept (60 journeys) 10 of 100 (counted)."),
        "{text}"
    );
}

#[test]
fn the_interval_of_a_share_of_hurt_is_its_own() {
    // Who feels bad at the last touchpoint hurts nowhere after it: what would be gone is a plain ratio of two sums.
    let mut rng = Rng::new(12);
    let mut table = Table::default();
    let mut hurts = Vec::new();
    for _ in 0..400 {
        let [first, last] = [0, 1].map(|_| [-1.0, -0.5, 0.0, 0.5][rng.below(4)]);
        table.add(
            "done",
            &[
                ("call", "phone", Some(first), None),
                ("visit", "home", Some(last), None),
            ],
        );
        let hurt = |valence: f64| (-valence).max(0.0);
        hurts.push((hurt(last), hurt(first) + hurt(last)));
    }
    let all: f64 = hurts.iter().map(|(_, all)| all).sum();
    let gone = hurts.iter().map(|(here, _)| here).sum::<f64>() / all;
    let squares: f64 = hurts
        .iter()
        .map(|(here, all)| (here - gone * all).powi(2))
        .sum();
    let error = (400.0 / 399.0 * squares).sqrt() / all;
    let (journey, _, _) = table.learned();
    let fixes = journey.flow().unwrap().fixes(&Goal::ReduceHurt);
    let fix = fixes
        .ranked
        .iter()
        .find(|fix| fix.id == "visit" && fix.kind == FixKind::LiftEmotion)
        .unwrap();
    close(fix.hurt_gone.unwrap(), gone);
    let (low, high) = fix.hurt_gone_interval.unwrap();
    // Student's t with 399 degrees of freedom.
    let t = 1.965_927;
    assert!(
        (low - (gone - t * error)).abs() < 1e-6,
        "{low} {gone} {error}"
    );
    assert!(
        (high - (gone + t * error)).abs() < 1e-6,
        "{high} {gone} {error}"
    );
    // And not the interval of the hurt itself, which is in feelings.
    let hurt = fix.interval.unwrap();
    assert!((hurt.0 - low).abs() > 0.01);
}

#[test]
fn the_first_page_says_where_journeys_begin_and_what_holds_against_those_who_came_as_far() {
    // 75 of 500 that begin on the web are disputed, 15 of 500 by post.
    let (_, told) = forms(&disputes());
    says(
        &told,
        "Of 500 journeys that begin by web 15 of 100 end in disputed, of 500 journeys that begin by post 3 of 100 (counted).",
    );
    let (report, told) = forms(&payments());
    let first = told[0].find("How journeys end").unwrap();
    for sentence in [
        "payment error: of 100 journeys that come there 10 of 100 end in bought, of 300 that came to payment and went on without it 84 \
         of 100",
        "payment: of 400 journeys that come there 65.5 of 100 end in bought",
    ] {
        assert!(told[0].find(sentence).unwrap() < first, "{sentence}");
    }
    // To purchase and to catalog journeys come to end there: these are no signs.
    assert!(told[0].find("purchase: of 262 journeys").unwrap() > first);
    // All who buy come home and to payment: all, and not all but for rounding.
    for known in &report.touchpoints {
        let bought = &known.outcomes[0];
        match known.id.as_str() {
            "home" => assert_eq!((bought.lift, bought.coverage), (Some(1.0), Some(1.0))),
            "payment" | "purchase" => assert_eq!(bought.coverage, Some(1.0)),
            _ => {}
        }
    }
}

#[test]
fn a_verdict_is_no_fix_and_no_place_to_begin() {
    let table = shop(|_| "review", false);
    let (report, told) = forms(&table);
    let verdicts: Vec<&str> = report
        .fixes
        .iter()
        .filter(|fix| fix.verdict)
        .map(|fix| fix.id.as_str())
        .collect();
    assert_eq!(verdicts, ["review"]);
    says(
        &told,
        "What customers feel at review is left out: journeys end there, so that it may be the ending itself and not its cause.",
    );
    assert!(
        !told[0].contains("review lift the bad feelings"),
        "{}",
        told[0]
    );
    // The map alone was not counted, and advises nothing less.
    let (journey, ..) = table.learned();
    let map = journey.flow().unwrap().modelled().report();
    assert!(map.fixes.iter().all(|fix| !fix.verdict));

    // All that hurts is said at the end, and no ending is stated: there is no advice to mend the last moment.
    let mut table = Table::default();
    for journey in 0..100 {
        let felt = if journey < 30 { -0.5 } else { 0.5 };
        let answer = if journey == 0 {
            Some(-0.25)
        } else {
            Some(0.25)
        };
        table.add(
            "",
            &[
                ("ask", "web", answer, None),
                ("verdict", "web", Some(felt), None),
            ],
        );
    }
    let (_, told) = forms(&table);
    let page = &told[2];
    assert!(
        page.contains("with which journeys end: they may be a verdict on all that came before"),
        "{page}"
    );
    assert!(!page.contains("Make ask better"), "{page}");
    for text in &told[..2] {
        assert!(!text.contains("not stated on the map"), "{text}");
    }
}
