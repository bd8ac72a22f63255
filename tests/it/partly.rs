//! A touchpoint whose feeling is known of some visits only is two touchpoints, one felt and one of which nothing is
//! known, with the same ways to and from both.

mod by_hand;

use crate::counts::Figures;
use crate::figures::{assert_close, figures};
use crate::generate::{Drawing, Rng, Taste, drawing};
use crate::moments::Chain;
use customer_journey::analysis::{ChannelPair, Fix, Verdict};
use customer_journey::journey::Shade;
use customer_journey::{
    Emotion, EventRef, Evidence, FixKind, Flow, Journey, LearnOptions, Outcome, Phase,
    PromiseResult, Tally, Touchpoint, Transition,
};

/// Some thousand sums, made in another order.
const SAME: f64 = 1e-10;

const SILENT: &str = " (silent)";

/// One of the two copies: its position in [`Division::parts`].
const FELT: usize = 0;

/// How a touchpoint's visits divide into those whose feeling is known and the others.
struct Division {
    /// By promise result, kept, broken, unknown.
    by_result: [[f64; 2]; 3],
    /// Of all visits.
    parts: [f64; 2],
    /// Whether the ways of each result were counted by themselves.
    counted: bool,
}

impl Division {
    fn new(touchpoint: &Touchpoint) -> Self {
        let known = |result| {
            let known = touchpoint
                .emotion_after(result)
                .map_or(0.0, Emotion::coverage);
            [known, 1.0 - known]
        };
        let all: f64 = touchpoint.results().map(|(_, weight)| weight).sum();
        let mut parts = [0.0; 2];
        for (result, weight) in touchpoint.results() {
            for (part, share) in parts.iter_mut().zip(known(result)) {
                *part += share * weight / all;
            }
        }
        let after = |place: usize| known(Some(PromiseResult::ALL[place]));
        Self {
            by_result: std::array::from_fn(after),
            parts,
            counted: touchpoint.evidence == Evidence::Observed,
        }
    }

    /// What the weight of a way is multiplied by at a copy. Only its proportion to the other ways that are open with it
    /// matters to all but error bars.
    fn of(&self, copy: usize, when: Option<PromiseResult>) -> f64 {
        let when = when.filter(|_| self.counted);
        when.map_or(self.parts[copy], |result| {
            self.by_result[result as usize][copy]
        })
    }
}

fn copies(touchpoint: &Touchpoint) -> [Touchpoint; 2] {
    let division = Division::new(touchpoint);
    [0, 1].map(|copy| {
        let mut one = touchpoint.clone();
        if copy == FELT {
            for emotion in [
                &mut one.emotion,
                &mut one.emotion_when_broken,
                &mut one.emotion_when_unknown,
            ] {
                let felt = emotion.take().filter(|felt| !felt.shades().is_empty());
                *emotion = felt.map(|felt| felt.or_unknown(0.0));
            }
        } else {
            one.id += SILENT;
            (
                one.emotion,
                one.emotion_when_broken,
                one.emotion_when_unknown,
            ) = (None, None, None);
        }
        if let Some(promise) = &mut one.promise {
            promise.kept *= division.by_result[0][copy];
            promise.broken *= division.by_result[1][copy];
            promise.unknown *= division.by_result[2][copy];
        }
        for ending in &mut one.ends {
            ending.weight *= division.of(copy, ending.when);
        }
        one.starts = one.starts.map(|starts| starts * division.parts[copy]);
        one
    })
}

/// The journey with every touchpoint split in two; `None` stands for a copy that nobody comes to. All `starts` are stated.
fn split(journey: &Journey) -> Journey {
    let mut builder = Journey::builder("split");
    for (outcome, value) in journey.values() {
        builder = builder.value(outcome.clone(), *value);
    }
    let there = |touchpoint: &Touchpoint, copy| Division::new(touchpoint).parts[copy] > 0.0;
    for touchpoint in journey.touchpoints() {
        for (copy, one) in copies(touchpoint).into_iter().enumerate() {
            if there(touchpoint, copy) {
                builder = builder.touchpoint(one);
            }
        }
    }
    for (from, to, way) in journey.transitions() {
        let (leaving, arriving) = (Division::new(from), Division::new(to));
        for (a, id) in [from.id.clone(), from.id.clone() + SILENT]
            .into_iter()
            .enumerate()
        {
            for (b, next) in [to.id.clone(), to.id.clone() + SILENT]
                .into_iter()
                .enumerate()
            {
                if there(from, a) && there(to, b) {
                    let mut part =
                        Transition::new(way.weight * leaving.of(a, way.when) * arriving.parts[b]);
                    (part.when, part.wait_s) = (way.when, way.wait_s);
                    builder = builder.connect(&id, &next, part);
                }
            }
        }
    }
    builder.build().unwrap()
}

/// What a flow tells, by name. Figures of touchpoints that add up are added up over copies, the others are left out.
fn told(flow: &Flow) -> Figures {
    let report = flow.report();
    let mut told = Figures::new();
    for (name, value) in figures(&report) {
        let parts: Vec<&str> = name.split('/').collect();
        match parts[0] {
            // Known where one of the copies is felt.
            "hurt" => {
                let sum = told.entry(name.replace(SILENT, "")).or_insert(None);
                *sum = match (*sum, value) {
                    (Some(sum), Some(value)) => Some(sum + value),
                    (sum, value) => sum.or(value),
                };
            }
            "visits" | "broken" => {
                let whole = name.replace(SILENT, "");
                let sum = told.entry(whole).or_insert(Some(0.0));
                *sum = sum.zip(value).map(|(sum, value)| sum + value);
            }
            // Of one copy each, or of ways between copies. A copy also tells how its promise may turn out, so that more
            // is decided on the way to it and less there.
            "decides" | "reach" | "repeats" | "remaining" | "remaining_wait" | "then" | "lift"
            | "pain" | "turn" => {}
            "coverage" if parts.len() > 1 => {}
            _ => {
                told.insert(name, value);
            }
        }
    }
    let mut put = |name: &str, value: Option<f64>| told.insert(name.to_owned(), value);
    let listening = &report.listening;
    put("listening/coverage", Some(listening.coverage));
    put("unhappy", listening.unhappy);
    put("heard", listening.heard);
    put("heard_since", listening.heard_since);
    put("leaving", listening.leaving);
    put("silent_churn", listening.silent_churn);
    let money = &report.money;
    put("cost", money.cost);
    put("cost_coverage", Some(money.cost_coverage));
    put("value", money.value);
    for promise in &report.promises.ledger {
        put("promise/tests", Some(promise.tests));
        put("promise/kept", promise.kept_rate);
        put("promise/coverage", promise.coverage);
        put("promise/broken", promise.meets_broken);
        put("promise/after", promise.broken_after_made);
    }
    if let Some(recovery) = &report.promises.recovery {
        let feeling = &recovery.feeling;
        put("recovery/recovered", Some(recovery.recovered));
        put("recovery/moments", recovery.moments);
        put("recovery/before", feeling.before);
        put("recovery/before/known", feeling.before_coverage);
        put("recovery/then", feeling.at_recovery);
        put("recovery/then/known", feeling.at_recovery_coverage);
        put("recovery/end", feeling.end);
        put("recovery/end/known", feeling.end_coverage);
    }
    // Whatever is lifted is lifted at the copy that is felt.
    for fix in flow.single_fixes(&[FixKind::LiftEmotion]) {
        lifted(&fix, &mut told);
    }
    told
}

fn lifted(fix: &Fix, told: &mut Figures) {
    let Some(effect) = &fix.effect else { return };
    let mut put = |figure: &str, value: Option<f64>| {
        told.insert(format!("lift/{}/{figure}", fix.id), value);
    };
    put("mean", effect.mean);
    put("end", effect.end);
    put("hurt", effect.hurt);
    put("silent churn", effect.silent_churn);
    for (figure, error) in [
        ("mean", effect.mean_standard_error),
        ("hurt", effect.hurt_standard_error),
    ] {
        put(&format!("{figure} +-"), error);
    }
}

#[test]
fn a_partly_felt_touchpoint_is_two_touchpoints() {
    let mut rng = Rng::new(71);
    let (mut judged, mut partly, mut lifts) = (0, 0, 0);
    for round in 0..120 {
        let taste = Taste {
            spots: 1 + round % 7,
            ways: 2.0,
            loops: true,
        };
        let drawing = with_starts(drawing(&mut rng, taste));
        if Chain::new(&drawing).has_trap() {
            continue;
        }
        let journey = drawing.journey();
        let flow = journey.flow().unwrap();
        let divided = split(&journey).flow().unwrap();
        let expected = told(&divided);
        assert_close(&told(&flow), &expected, SAME, &drawing);
        judged += 1;
        partly += usize::from(divided.touchpoints().len() > flow.touchpoints().len() + 1);
        lifts += expected
            .keys()
            .filter(|name| name.starts_with("lift/"))
            .count();
    }
    assert!(
        judged > 90 && partly > 60 && lifts > 400,
        "{judged} {partly} {lifts}"
    );
}

fn with_starts(mut drawing: Drawing) -> Drawing {
    let starts = Chain::new(&drawing).starts;
    for (spot, share) in drawing.spots.iter_mut().zip(starts) {
        spot.starts = Some(share);
        spot.evidence = Evidence::Reported;
    }
    drawing
}

/// Counts that are those of journeys: what arrives at a touchpoint is what leaves it, and what is felt or not. The last
/// moment is left out: that the ways from both copies are the same was counted once and not for each by itself.
#[test]
fn error_bars_are_those_of_two_touchpoints() {
    let mut rng = Rng::new(72);
    let mut judged = 0;
    for _ in 0..20 {
        let names: Vec<String> = (0..200).map(|number| number.to_string()).collect();
        let mut tally = Tally::default();
        for name in &names {
            let mut at = "look";
            loop {
                let mut event = EventRef::new(name, at).phase(Phase::During).channel("web");
                if at == "wait" {
                    let result = rng.pick(PromiseResult::ALL);
                    event = event.promise(result);
                }
                if rng.chance(if at == "call" { 0.2 } else { 0.6 }) {
                    event = event.emotion(rng.pick(&[-1.0, -0.5, 0.25, 1.0]));
                }
                let next = rng.pick(&["wait", "call", "look", "leave"]);
                if next == "leave" {
                    tally
                        .record(event.outcome(rng.pick(&["churn", "loyalty"])))
                        .unwrap();
                    break;
                }
                tally.record(event).unwrap();
                at = next;
            }
        }
        let journey = tally.learn(&LearnOptions::new()).unwrap().journey;
        let flow = journey.flow().unwrap();
        let divided = split(&journey);
        assert_eq!(divided.touchpoints().len(), 6);
        let divided = divided.flow().unwrap();
        let errors = |flow: &Flow| {
            let bars = flow.error_bars();
            assert_eq!(bars.missing, None);
            let mut errors = Figures::new();
            let mut put = |name: String, estimate: customer_journey::analysis::Estimate| {
                errors.insert(name, Some(estimate.standard_error));
            };
            for known in &bars.outcomes {
                put(known.outcome.to_string(), known.estimate);
            }
            put("mean".into(), bars.mean.unwrap());
            put("hurt".into(), bars.hurt.unwrap());
            errors
        };
        assert_close(&errors(&flow), &errors(&divided), SAME, &journey);
        assert_close(&told(&flow), &told(&divided), SAME, &journey);
        assert!(flow.probability(&Outcome::Churn) > 0.0);
        judged += 1;
    }
    assert_eq!(judged, 20);
}

/// Verdicts rest on the visits that tell what they felt, and on no other.
#[test]
fn visits_of_unknown_feeling_are_no_evidence_for_a_verdict() {
    let pairs = |silent: f64| {
        let told = |bad: f64, good: f64| {
            let shades = [
                Shade::valence(-0.5).weight(bad),
                Shade::valence(0.5).weight(good),
            ];
            Emotion::mix(shades).or_unknown(silent)
        };
        let at = |channel: &str, felt| {
            Touchpoint::new(channel, Phase::During, channel)
                .need("refund")
                .starts(1000.0)
                .evidence(Evidence::Observed)
                .feels(felt)
        };
        let journey = Journey::builder("refund")
            .touchpoint(at("web", told(30.0, 10.0)))
            .touchpoint(at("phone", told(8.0, 40.0)))
            .build()
            .unwrap();
        journey
            .flow()
            .unwrap()
            .channel_consistency()
            .needs
            .remove(0)
            .pairs
    };
    let known = pairs(0.0);
    let partly = pairs(960.0);
    assert_eq!(known[0].verdict, Some(Verdict::Different));
    assert_eq!(partly[0].verdict, known[0].verdict);
    assert_eq!(partly[0].counted, known[0].counted);
    let difference = |pairs: &[ChannelPair]| pairs[0].mean_difference.unwrap();
    assert!((difference(&known) - difference(&partly)).abs() < SAME);
}
