//! Survey measures: scores by hand and against published numbers, how early they come, and what decides without one.

use customer_journey::measures::{Score, SurveyFault, SurveyKind, SurveyMeasure};
use customer_journey::render::Table;
use customer_journey::workshop::KeyFigure;
use customer_journey::{
    Channel, Evidence, Flow, Journey, JourneyBuilder, Outcome, Phase, Touchpoint,
};

fn near(known: impl Into<Option<f64>>, expected: f64, within: f64) {
    let known = known.into().unwrap();
    assert!(
        (known - expected).abs() < within,
        "{known} is not {expected}"
    );
}

fn interval(score: &Score) -> (f64, f64) {
    score.interval.unwrap()
}

/// The example that people quote: half promoters, a fifth detractors, a hundred answers.
#[test]
fn nps_with_its_margin() {
    let nps = SurveyMeasure::new("NPS", SurveyKind::Nps);
    let score = nps
        .clone()
        .answers([
            (10.0, 30),
            (9.0, 20),
            (8.0, 20),
            (7.0, 10),
            (6.0, 5),
            (0.0, 15),
        ])
        .score();
    near(score.value, 30.0, 1e-12);
    near(
        score.standard_error,
        100.0 * (0.61_f64 / 100.0).sqrt(),
        1e-12,
    );
    near(1.959_964 * score.standard_error.unwrap(), 15.3, 0.01);
    assert_eq!((score.answers, score.is_few), (100, false));
    // Three answers more, three quarters of one on each side.
    let (p, d) = (50.75 / 103.0, 20.75 / 103.0);
    let (middle, error) = (p - d, ((p + d - (p - d) * (p - d)) / 103.0_f64).sqrt());
    near(
        interval(&score).0,
        100.0 * (middle - 1.959_964 * error),
        1e-4,
    );
    near(
        interval(&score).1,
        100.0 * (middle + 1.959_964 * error),
        1e-4,
    );
    // All answers alike leave doubt all the same.
    let alike = nps.clone().answers([(10.0, 5)]).score();
    assert_eq!(
        (alike.value, alike.standard_error, alike.is_few),
        (Some(100.0), Some(0.0), true)
    );
    assert!(interval(&alike).0 < 50.0 && interval(&alike).1 <= 100.0);
    let none = nps.score();
    assert_eq!(
        (none.value, none.interval, none.answers, none.is_few),
        (None, None, 0, true)
    );
}

/// The interval covers the truth nearly 95 times in 100 where there are few answers, as its source says.
#[test]
fn the_interval_of_few_answers_covers() {
    let (p, d, n) = (0.5_f64, 0.2_f64, 15_u32);
    let choose = |n: u32, k: u32| {
        (0..k)
            .map(|i| f64::from(n - i) / f64::from(i + 1))
            .product::<f64>()
    };
    let mut covered = 0.0;
    for promoters in 0..=n {
        for detractors in 0..=n - promoters {
            let rest = n - promoters - detractors;
            let chance = choose(n, promoters)
                * choose(n - promoters, detractors)
                * p.powi(promoters as i32)
                * d.powi(detractors as i32)
                * (1.0 - p - d).powi(rest as i32);
            let score = SurveyMeasure::new("NPS", SurveyKind::Nps)
                .answers([(9.0, promoters), (3.0, detractors), (8.0, rest)])
                .score();
            let (low, high) = interval(&score);
            if (low..=high).contains(&30.0) {
                covered += chance;
            }
        }
    }
    assert!((0.93..0.98).contains(&covered), "{covered}");
}

#[test]
fn variants_of_effort_and_satisfaction_by_hand() {
    let answers = [(1.0, 2), (3.0, 3), (4.0, 5), (5.0, 10), (6.0, 12), (7.0, 8)];
    let of = |kind| SurveyMeasure::new("m", kind).answers(answers).score();
    // 2 + 9 + 20 + 50 + 72 + 56 = 209 of 40 answers.
    let mean = of(SurveyKind::EffortMean);
    near(mean.value, 5.225, 1e-12);
    let squares: f64 = answers
        .iter()
        .map(|&(x, n)| f64::from(n) * (x - 5.225_f64).powi(2))
        .sum();
    near(mean.standard_error, (squares / 39.0 / 40.0).sqrt(), 1e-12);
    // t with 39 degrees of freedom.
    near(
        interval(&mean).1 - 5.225,
        2.022_691 * mean.standard_error.unwrap(),
        1e-6,
    );
    near(of(SurveyKind::EffortAgree).value, 75.0, 1e-12);
    near(
        of(SurveyKind::EffortNet).value,
        100.0 * (20.0 - 5.0) / 40.0,
        1e-12,
    );
    let satisfied = SurveyMeasure::new("m", SurveyKind::Csat)
        .scale(1.0, 5.0)
        .from(4.0);
    // 81 of 263 (Newcombe 1998): 0.2553 to 0.3662.
    let score = satisfied.answers([(5.0, 81), (2.0, 182)]).score();
    near(score.value, 100.0 * 81.0 / 263.0, 1e-12);
    near(interval(&score).0, 25.53, 0.005);
    near(interval(&score).1, 36.62, 0.005);
    // Three items of 8, 7 and 7 on 1 to 10: 70.37, with equal weights.
    let index = SurveyMeasure::new("m", SurveyKind::Index)
        .scale(1.0, 10.0)
        .answers([(8.0, 1), (7.0, 2)]);
    near(index.score().value, 70.370_370_37, 1e-6);
    let first = SurveyMeasure::new("m", SurveyKind::EffortFirst)
        .answers([(1.0, 3), (5.0, 1)])
        .score();
    near(first.value, 2.0, 1e-12);
}

/// ```text
/// call (NPS) -1/2-> mail (CSAT, 1 h later) -> stays
///            -1/2-> leaves
/// ```
fn map() -> JourneyBuilder {
    let nps = SurveyMeasure::new("NPS", SurveyKind::Nps).answers([(10.0, 40), (2.0, 10)]);
    let content = SurveyMeasure::new("content", SurveyKind::Csat)
        .scale(1.0, 5.0)
        .from(4.0)
        .answers([(5.0, 3), (1.0, 1)])
        .about_promise("answer in a day")
        .decides("who is called back");
    let mail = Touchpoint::new("mail", Phase::After, Channel::Email);
    let way = customer_journey::Transition::new(1.0).wait_s(3600.0);
    Journey::builder("measured")
        .touchpoint(Touchpoint::new("call", Phase::During, Channel::Phone).measure(nps))
        .touchpoint(
            Touchpoint::new("choice", Phase::During, Channel::Web).ends(Outcome::Churn, 1.0),
        )
        .touchpoint(mail.measure(content).ends(Outcome::Loyalty, 1.0))
        .transition("call", "choice", 1.0)
        .connect("choice", "mail", way)
}

fn flow(builder: JourneyBuilder) -> Flow {
    builder.build().unwrap().flow().unwrap()
}

#[test]
fn lead_and_lag_and_what_decides_unmeasured() {
    let flow = flow(map());
    let measured = flow.measured();
    let [nps, content] = &measured.surveys[..] else {
        panic!("two measures");
    };
    assert_eq!(
        (nps.id.as_str(), nps.is_leading, content.is_leading),
        ("call", Some(true), Some(false))
    );
    near(nps.lead, 1.5, 1e-12);
    near(nps.lead_s, 1800.0, 1e-9);
    near(content.lead, 0.0, 1e-12);
    // All are called; of those who stay all get the mail, of those who leave none.
    let share = |survey: &customer_journey::measures::MeasuredSurvey, outcome: &Outcome| {
        survey
            .announces
            .iter()
            .find(|part| part.outcome == *outcome)
            .unwrap()
            .share
    };
    near(share(nps, &Outcome::Churn), 1.0, 1e-12);
    near(share(content, &Outcome::Churn), 0.0, 1e-12);
    near(share(content, &Outcome::Loyalty), 1.0, 1e-12);
    let unmeasured: Vec<_> = measured
        .unmeasured
        .iter()
        .map(|at| (at.id.as_str(), at.decides))
        .collect();
    assert_eq!(unmeasured, [("choice", 0.5)]);
    assert_eq!(measured.without_decision, ["NPS"]);
    let text = flow.report().text().width(300).to_string();
    for part in [
        "NPS at call: Net Promoter Score 60.0",
        "50 answers; leading: 1.5 moments before the end, 30 min",
        "content at mail, about the promise \"answer in a day\": satisfied (of 100) 75.0",
        "4 answers, too few to say much; lagging",
        "How journeys end is decided where nothing is measured: at choice.",
        "Nobody says what is decided by \"NPS\".",
    ] {
        assert!(text.contains(part), "{part:?} is missing from:\n{text}");
    }
    let report = flow.report();
    let rows = |table| report.csv(table).to_string().lines().count() - 1;
    assert_eq!(
        (
            rows(Table::Measures),
            rows(Table::MeasureOutcomes),
            rows(Table::Unmeasured)
        ),
        (2, 4, 1)
    );
}

/// A consultant's map is told what decides unmeasured, in a sentence; a figure on the wall is a measure too, and a map that was
/// counted throughout is left in peace.
#[test]
fn a_map_on_which_nothing_is_measured_is_told_so() {
    let drawn = |figure: Option<KeyFigure>, evidence: Evidence| {
        let mut call =
            Touchpoint::new("call", Phase::During, Channel::Phone).ends(Outcome::Churn, 1.0);
        call = match figure {
            Some(figure) => call.figure(figure),
            None => call,
        };
        let mail =
            Touchpoint::new("mail", Phase::After, Channel::Email).ends(Outcome::Loyalty, 1.0);
        let drawing = Journey::builder("drawn")
            .touchpoint(call.evidence(evidence))
            .touchpoint(mail.evidence(evidence))
            .transition("call", "mail", 1.0);
        flow(drawing)
    };
    let told = |flow: &Flow| flow.report().text().width(200).to_string();
    let nothing = drawn(None, Evidence::Assumed);
    let text = told(&nothing);
    assert!(
        text.contains(
            "How journeys end is decided at call. Nothing is measured there: no survey asks, and no figure is stated."
        ),
        "{text}"
    );
    assert!(nothing.html().to_string().contains("no survey asks"));
    let queue = KeyFigure::new("minutes in the queue", 40.0);
    let figured = drawn(Some(queue), Evidence::Assumed);
    let measured = figured.measured();
    assert_eq!(measured.decisive[0].measures, ["minutes in the queue"]);
    assert!(measured.unmeasured.is_empty() && !measured.is_counted);
    assert!(!told(&figured).contains("What is measured"));
    let counted = drawn(None, Evidence::Observed);
    assert!(counted.measured().is_counted && counted.measured().unmeasured.len() == 1);
    assert!(!told(&counted).contains("What is measured"));
}

#[test]
fn what_cannot_be_scored_is_refused_with_its_place() {
    let faults = |measure: SurveyMeasure| -> Vec<String> {
        let touchpoint = Touchpoint::new("a", Phase::During, Channel::Web).measure(measure);
        match Journey::builder("j").touchpoint(touchpoint).build() {
            Ok(_) => Vec::new(),
            Err(invalid) => invalid.problems().iter().map(ToString::to_string).collect(),
        }
    };
    let new = |kind| SurveyMeasure::new("m", kind);
    for (measure, expected) in [
        (
            new(SurveyKind::Nps).answers([(11.0, 1)]),
            "measure 1 has an answer 11, which is not from 0 to 10",
        ),
        (new(SurveyKind::Csat), "measure 1 lacks `min` and `max`"),
        (
            new(SurveyKind::Csat).scale(1.0, 5.0),
            "measure 1 must say `from` which answer on",
        ),
        (
            new(SurveyKind::Csat).scale(1.0, 5.0).from(6.0),
            "above 1 and at most 5",
        ),
        (
            new(SurveyKind::Csat).scale(5.0, 1.0).from(4.0),
            "`min` 5 and `max` 1",
        ),
        (
            new(SurveyKind::EffortMean).scale(1.0, 5.0),
            "another scale than its kind, which goes from 1 to 7",
        ),
        (new(SurveyKind::Nps).from(9.0), "only the kind \"csat\" has"),
        (
            new(SurveyKind::Nps)
                .about_promise("p")
                .about_phase(Phase::After),
            "state one of them",
        ),
    ] {
        let found = faults(measure);
        assert!(
            found.iter().any(|fault| fault.contains(expected)),
            "{expected:?}: {found:?}"
        );
    }
    // All at once.
    let both = new(SurveyKind::Nps)
        .from(9.0)
        .answers([(-1.0, 1), (f64::NAN, 2)]);
    assert_eq!(faults(both).len(), 3);
    assert_eq!(faults(new(SurveyKind::Csat)).len(), 2);
    assert_eq!(SurveyFault::NoCut, SurveyFault::NoCut);
}

#[cfg(feature = "serde")]
#[test]
fn measures_go_through_documents() {
    let journey = map().build().unwrap();
    let text = serde_json::to_string(&journey).unwrap();
    assert!(text.contains(r#""measures":[{"name":"content","kind":"csat","min":1,"max":5,"from":4,"answers":[{"answer":5,"count":3},{"answer":1,"count":1}],"promise":"answer in a day","decides":"who is called back"}]"#), "{text}");
    assert_eq!(serde_json::from_str::<Journey>(&text).unwrap(), journey);
    let strange = text.replace("\"csat\"", "\"nsp\"");
    let refused = serde_json::from_str::<Journey>(&strange)
        .unwrap_err()
        .to_string();
    assert!(refused.contains("nps"), "{refused}");
}

/// A table read again with a column of answers as its ratings: at the touchpoints where they were given, or once a journey.
#[cfg(feature = "csv")]
#[test]
fn answers_from_columns_of_a_table() {
    use customer_journey::events::{CsvField, TallyOptions};
    use customer_journey::{CsvOptions, EventLog, LearnOptions, Scale};
    let table = "case,touchpoint,channel,recommend,fits,verdict\n\
        a,order,web,,1,5\na,delivery,post,10,,5\n\
        b,order,web,,7,2\nb,delivery,post,6,4,2\n\
        c,order,web,3,,4\nc,delivery,post,9,7,4\n";
    let options = LearnOptions::new().other_phases(Phase::During);
    let answers = |column: &str, measure: &SurveyMeasure| {
        let (min, max) = measure.bounds().unwrap();
        let scale = Scale::new(min, max).unwrap();
        let mut log = EventLog::new(TallyOptions::new().scale(scale));
        let columns = CsvOptions::new().column(CsvField::Emotion, column);
        log.read_csv(table.as_bytes(), &columns).unwrap();
        log.survey(measure, &options).unwrap()
    };
    let nps = answers(
        "recommend",
        &SurveyMeasure::new("recommend", SurveyKind::Nps),
    );
    assert!(!nps.is_repeated);
    let ids: Vec<&str> = nps.measures.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!((nps.answers, ids), (4, vec!["delivery", "order"]));
    assert_eq!(nps.measures[0].1.answers, [(6.0, 1), (9.0, 1), (10.0, 1)]);
    let fits = SurveyMeasure::new("fits", SurveyKind::Index).scale(1.0, 7.0);
    let fits = answers("fits", &fits.part_of("recognition"));
    assert_eq!(fits.measures[1].1.answers, [(1.0, 1), (7.0, 1)]);
    // Each row of a journey repeats the verdict on it: it is counted once, at the end.
    let verdict = SurveyMeasure::new("verdict", SurveyKind::Csat)
        .scale(1.0, 5.0)
        .from(4.0);
    let verdict = answers("verdict", &verdict);
    assert!(verdict.is_repeated);
    assert_eq!((verdict.answers, verdict.measures.len()), (3, 1));
    assert_eq!(verdict.measures[0].0, "delivery");
    // On the map that is learned, nothing that was counted depends on them.
    let mut log = EventLog::default();
    let plain = CsvOptions::new().without(CsvField::Emotion);
    log.read_csv(table.as_bytes(), &plain).unwrap();
    let mut learn = options;
    for (id, measure) in nps.measures.into_iter().chain(verdict.measures) {
        learn = learn.measure(id, measure);
    }
    let journey = log.learn(&learn).unwrap().journey;
    let flow = journey.flow().unwrap();
    assert_eq!(flow.basis(), customer_journey::flow::Basis::Counted);
    let measured = flow.measured();
    assert_eq!(measured.surveys.len(), 3);
    // Two promoters and a detractor of three; two of three verdicts.
    near(measured.surveys[0].score.value, 100.0 / 3.0, 1e-9);
    near(measured.surveys[1].score.value, 200.0 / 3.0, 1e-9);
    let delivery = &measured.surveys[0];
    near(delivery.lead, 0.0, 1e-12);
    assert_eq!(delivery.lead_basis, customer_journey::flow::Basis::Counted);
    // At the order everything is still ahead: counted, one moment before the end.
    near(measured.surveys[2].lead, 1.0, 1e-12);
    assert_eq!(measured.surveys[2].is_leading, Some(true));
}

/// Moments after the first visit, and the share of an ending that comes by: by plain loops, where the map forgets.
#[test]
fn counted_leads_are_those_of_plain_loops() {
    use customer_journey::flow::Basis;
    use customer_journey::{EventLog, EventRef, LearnOptions};
    let told: [(&[&str], &str); 5] = [
        (&["a", "b", "a", "c"], "stays"),
        (&["b", "c"], "stays"),
        (&["a", "c", "c", "c"], "leaves"),
        (&["c"], "leaves"),
        (&["b", "b", "a"], "stays"),
    ];
    let mut log = EventLog::default();
    for (number, (moments, ending)) in told.iter().enumerate() {
        let name = number.to_string();
        for (place, id) in moments.iter().enumerate() {
            let mut event = EventRef::new(&name, id).time_ms(1_000 * place as i64);
            if place + 1 == moments.len() {
                event = event.outcome(ending);
            }
            log.record(event).unwrap();
        }
    }
    let asked = SurveyMeasure::new("asked", SurveyKind::Nps).answers([(9.0, 3)]);
    let options = LearnOptions::new().other_phases(Phase::During);
    let flow = log
        .learn(&options.measure("a", asked))
        .unwrap()
        .journey
        .flow()
        .unwrap();
    let measured = flow.measured();
    let asked = &measured.surveys[0];
    // First visits to a: three moments are left, three, and none.
    near(asked.lead, 2.0, 1e-12);
    near(asked.lead_s, 2.0, 1e-12);
    assert!(asked.lead_basis == Basis::Counted && asked.lead_interval.is_some());
    let of = |name: &str| {
        let mut announced = asked.announces.iter();
        announced
            .find(|known| known.outcome.as_str() == name)
            .unwrap()
    };
    near(of("stays").share, 2.0 / 3.0, 1e-12);
    near(of("leaves").share, 0.5, 1e-12);
    assert!(of("stays").low.unwrap() < 0.5 && of("stays").high.unwrap() < 1.0);
    let signs = flow.early_signs(&Outcome::from("stays")).signs;
    let sign = signs.iter().find(|sign| sign.id == "a").unwrap();
    assert_eq!((sign.moments_left, sign.left_basis), (3.0, Basis::Counted));
    // The map forgets whether it is the first visit.
    let map = flow.modelled().measured();
    assert_eq!(map.surveys[0].lead_basis, Basis::Modelled);
    assert!((map.surveys[0].lead.unwrap() - 2.0).abs() > 1e-3);
}
