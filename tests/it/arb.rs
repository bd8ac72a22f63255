//! Arbitrary valid journeys: loops, conditional ways, mixes, odd names, extreme weights.

use customer_journey::journey::{Ending, JourneyKind, Shade};
use customer_journey::measures::{SurveyKind, SurveyMeasure};
use customer_journey::workshop::KeyFigure;
use customer_journey::{
    Ability, Channel, Emotion, Evidence, Feeling, Journey, JourneyBuilder, Outcome, Phase, Promise,
    PromiseResult, Scale, Touchpoint, Transition,
};
use proptest::collection::{btree_map, btree_set, vec};
use proptest::num::f64::{POSITIVE, SUBNORMAL, ZERO};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

/// Journeys with 1 to 7 touchpoints.
pub(crate) fn journey() -> impl Strategy<Value = Journey> {
    drawing().prop_map(|drawing| drawing.build().unwrap())
}

/// Drawings that are journeys without any change.
pub(crate) fn drawing() -> impl Strategy<Value = JourneyBuilder> {
    (btree_set(name(), 1..8), about())
        .prop_flat_map(|(ids, about)| {
            let touchpoints: Vec<_> = ids.into_iter().map(touchpoint).collect();
            (touchpoints.prop_shuffle(), Just(about))
        })
        .prop_flat_map(|(touchpoints, about)| {
            let count = touchpoints.len();
            let ways = btree_map((0..count, 0..count, when()), way(), 0..=3 * count);
            (Just(touchpoints), ways, Just(about))
        })
        .prop_map(|(touchpoints, ways, about)| {
            let mut drawing = about;
            for ((from, to, when), mut way) in ways {
                let (from, to) = (&touchpoints[from], &touchpoints[to]);
                way.when = when;
                if when.is_none() || from.promise.is_some() {
                    drawing = drawing.connect(&from.id, &to.id, way);
                }
            }
            touchpoints
                .into_iter()
                .fold(drawing, JourneyBuilder::touchpoint)
        })
}

fn about() -> impl Strategy<Value = JourneyBuilder> {
    let name = prop_oneof![Just(String::new()), text()];
    let kind = select(JourneyKind::ALL);
    let values = btree_map(outcome(), -1e9..1e9, 0..3);
    let texts = (
        option::of(text()),
        option::of(text()),
        option::of(text()),
        option::of(text()),
    );
    (name, kind, values, texts).prop_map(|(name, kind, values, texts)| {
        let mut about = Journey::builder(name).kind(kind);
        for (outcome, value) in values {
            about = about.value(outcome, value);
        }
        let (currency, persona, scenario, notes) = texts;
        if let Some(currency) = currency {
            about = about.currency(currency);
        }
        if let Some(persona) = persona {
            about = about.persona(persona);
        }
        if let Some(scenario) = scenario {
            about = about.scenario(scenario);
        }
        if let Some(notes) = notes {
            about = about.notes(notes);
        }
        about
    })
}

/// A survey measure that can be scored.
fn survey() -> impl Strategy<Value = SurveyMeasure> {
    let kinds = select(SurveyKind::ALL);
    let about = (name(), 0..3_u8, option::of(name()), option::of(name()));
    let answers = vec((1..=5_u8, 0..40_u32), 0..4);
    (kinds, about, answers).prop_map(|(kind, (name, what, promise, decides), answers)| {
        let mut survey = SurveyMeasure::new(name, kind);
        if matches!(kind, SurveyKind::Csat | SurveyKind::Index) {
            survey = survey.scale(1.0, 5.0);
        }
        if kind == SurveyKind::Csat {
            survey = survey.from(4.0);
        }
        if what == 1 {
            survey.promise = promise;
        } else if what == 2 {
            survey.phase = Some(Phase::During);
        }
        survey.decides = decides;
        survey.answers(
            answers
                .into_iter()
                .map(|(answer, times)| (f64::from(answer), times)),
        )
    })
}

fn touchpoint(id: String) -> impl Strategy<Value = Touchpoint> {
    let place = (select(Phase::ALL), channel());
    let texts = (
        option::of(text()),
        option::of(text()),
        option::of(text()),
        option::of(name()),
        option::of(text()),
        option::of(text()),
    );
    let emotions = (
        option::of(emotion()),
        option::of(emotion()),
        option::of(emotion()),
        option::of(feelings()),
        option::of(emotion()),
    );
    let promises = (option::of(promise()), vec(name(), 0..3));
    let rest = (
        vec(select(Ability::ALL), 0..4),
        option::of(weight()),
        option::of(weight()),
        vec(ending(), 0..3),
        select(Evidence::ALL),
    );
    let wall = (
        option::of(text()),
        option::of(text()),
        vec(name(), 0..3),
        vec(name(), 0..3),
        vec(key_figure(), 0..3),
        option::of(just_image()),
        proptest::bool::weighted(0.1),
        vec(survey(), 0..3),
    );
    (place, texts, emotions, promises, rest, wall).prop_map(
        move |((phase, channel), texts, emotions, (promise, makes), rest, wall)| {
            let mut touchpoint = Touchpoint::new(id.clone(), phase, channel);
            (
                touchpoint.name,
                touchpoint.stage,
                touchpoint.owner,
                touchpoint.need,
                touchpoint.says,
                touchpoint.notes,
            ) = texts;
            (
                touchpoint.emotion,
                touchpoint.emotion_when_broken,
                touchpoint.emotion_when_unknown,
                touchpoint.intended,
                touchpoint.expected,
            ) = emotions;
            (
                touchpoint.can,
                touchpoint.cost,
                touchpoint.starts,
                touchpoint.ends,
                touchpoint.evidence,
            ) = rest;
            if promise.is_none() {
                for ending in &mut touchpoint.ends {
                    ending.when = None;
                }
            }
            touchpoint.promise = promise;
            touchpoint.makes = makes;
            (
                touchpoint.does,
                touchpoint.backstage,
                touchpoint.quotes,
                touchpoint.ideas,
                touchpoint.figures,
                touchpoint.image,
                touchpoint.measurement,
                touchpoint.measures,
            ) = wall;
            touchpoint
        },
    )
}

fn key_figure() -> impl Strategy<Value = KeyFigure> {
    let value = prop_oneof![-1e6..1e6, (-1000..1000_i32).prop_map(f64::from)];
    (name(), value, option::of(0..=u32::MAX)).prop_map(|(label, value, n)| {
        let figure = KeyFigure::new(label, value);
        match n {
            Some(n) => figure.of(n),
            None => figure,
        }
    })
}

/// A PNG of one pixel.
fn just_image() -> impl Strategy<Value = String> {
    const DOT: &str = "data:image/png;base64,\
        iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    Just(DOT.to_owned())
}

fn promise() -> impl Strategy<Value = Promise> {
    (name(), weight(), weight(), weight())
        .prop_map(|(name, kept, broken, unknown)| {
            Promise::new(name)
                .kept(kept)
                .broken(broken)
                .unknown(unknown)
        })
        .prop_filter("some visit tests it", |promise| {
            promise.kept > 0.0 || promise.broken > 0.0 || promise.unknown > 0.0
        })
}

/// What is felt, and known.
fn feelings() -> BoxedStrategy<Emotion> {
    let plain = prop_oneof![
        select(Feeling::ALL).prop_map(Shade::feeling),
        select(Feeling::ALL).prop_map(|feeling| Shade::named(feeling.to_string().to_uppercase())),
        (-1.0..=1.0).prop_map(Shade::valence),
        (1.0..=7.0).prop_map(|rating| Scale::ONE_TO_SEVEN.rating(rating)),
    ];
    let shade = (plain, unit(), weight())
        .prop_map(|(shade, intensity, weight)| shade.at(intensity).weight(weight));
    let single = (select(Feeling::ALL), unit())
        .prop_map(|(feeling, intensity)| feeling.at(intensity).into());
    let mix = vec(shade, 1..4).prop_map(Emotion::mix);
    let weighs = |emotion: &Emotion| emotion.shades().iter().any(|shade| shade.weight > 0.0);
    prop_oneof![single, mix.prop_filter("something is felt", weighs)].boxed()
}

/// What is felt, known of all visits, of some, or of none.
fn emotion() -> BoxedStrategy<Emotion> {
    let partly = (feelings(), weight()).prop_map(|(felt, weight)| felt.or_unknown(weight));
    let nothing = (1..1000_u16).prop_map(|weight| Emotion::mix([]).or_unknown(f64::from(weight)));
    prop_oneof![4 => feelings(), 3 => partly, 1 => nothing].boxed()
}

fn ending() -> impl Strategy<Value = Ending> {
    (outcome(), weight(), when()).prop_map(|(outcome, weight, when)| {
        let mut ending = Ending::new(outcome, weight);
        ending.when = when;
        ending
    })
}

fn way() -> impl Strategy<Value = Transition> {
    (weight(), option::of(weight())).prop_map(|(weight, wait_s)| {
        let mut way = Transition::new(weight);
        way.wait_s = wait_s;
        way
    })
}

fn when() -> impl Strategy<Value = Option<PromiseResult>> {
    option::of(select(PromiseResult::ALL))
}

fn outcome() -> impl Strategy<Value = Outcome> {
    prop_oneof![
        select(vec![Outcome::Advocacy, Outcome::Churn, Outcome::Unstated]),
        name().prop_map(Outcome::from),
    ]
}

fn channel() -> impl Strategy<Value = Channel> {
    prop_oneof![select(Channel::KNOWN), name().prop_map(Channel::from)]
}

/// Any finite number from 0 on, often an ordinary one.
fn weight() -> impl Strategy<Value = f64> {
    prop_oneof![
        3 => (0_u16..1000).prop_map(f64::from),
        1 => 0.0..1.0,
        1 => POSITIVE | SUBNORMAL | ZERO,
        1 => select(vec![0.0, -0.0, f64::MIN_POSITIVE, 5e-324, f64::MAX]),
    ]
}

/// A number from 0 to 1, often 1.
fn unit() -> impl Strategy<Value = f64> {
    prop_oneof![Just(1.0), 0.0..=1.0]
}

/// Text that says something.
fn name() -> impl Strategy<Value = String> {
    let odd = [
        "Gespräch am Schalter",
        "it's \"fine\" \\ not",
        " 電話 ",
        "line\nbreak\ttab\0",
        "🛫",
        "e\u{301}",
        "from",
        "{\"id\": 1}",
        "null",
    ];
    prop_oneof![
        "[a-z]{1,6}",
        "\\PC{1,8}",
        select(odd.to_vec()).prop_map(str::to_owned)
    ]
    .prop_filter("a name is not blank", |name| !name.trim().is_empty())
}

/// Any text.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![name(), Just(String::new()), any::<String>()]
}

#[test]
fn the_journeys_have_what_they_promise() {
    use customer_journey::petgraph::algo::is_cyclic_directed;
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;

    let mut runner = TestRunner::deterministic();
    let journeys: Vec<Journey> = (0..200)
        .map(|_| journey().new_tree(&mut runner).unwrap().current())
        .collect();
    let often = |what: &str, has: &dyn Fn(&Journey) -> bool| {
        let count = journeys.iter().filter(|journey| has(journey)).count();
        assert!(count >= 10, "{what}: {count} of 200");
    };
    let touchpoint =
        |has: fn(&Touchpoint) -> bool| move |journey: &Journey| journey.touchpoints().any(has);
    let transition = |has: fn(&Transition) -> bool| {
        move |journey: &Journey| journey.transitions().any(|(_, _, way)| has(way))
    };
    often("a loop", &|journey| is_cyclic_directed(journey.graph()));
    often("a touchpoint that leads to itself", &|journey| {
        journey.transitions().any(|(from, to, _)| from == to)
    });
    often("parallel ways", &|journey| {
        let graph = journey.graph();
        graph.edge_indices().any(|edge| {
            let (from, to) = graph.edge_endpoints(edge).unwrap();
            graph.edges_connecting(from, to).count() > 1
        })
    });
    often("a conditional way", &transition(|way| way.when.is_some()));
    often("a wait", &transition(|way| way.wait_s.is_some()));
    often("an enormous weight", &transition(|way| way.weight > 1e300));
    often(
        "a conditional ending",
        &touchpoint(|at| at.ends.iter().any(|ending| ending.when.is_some())),
    );
    often(
        "a promise with three results",
        &touchpoint(|at| at.results().count() == 3),
    );
    often(
        "a mix",
        &touchpoint(|at| {
            at.emotion
                .as_ref()
                .is_some_and(|mix| mix.shades().len() > 1)
        }),
    );
    often(
        "an emotion after a broken promise",
        &touchpoint(|at| at.emotion_when_broken.is_some()),
    );
    often(
        "an emotion that is partly known",
        &touchpoint(|at| (1e-3..1.0).contains(&at.emotion_coverage())),
    );
    often(
        "an emotion of which nothing is known",
        &touchpoint(|at| {
            at.emotion
                .as_ref()
                .is_some_and(|mix| mix.shades().is_empty())
        }),
    );
    often("an unknown emotion", &touchpoint(|at| at.emotion.is_none()));
    often("a stated start", &touchpoint(|at| at.starts.is_some()));
    often(
        "an id that is not ASCII",
        &touchpoint(|at| !at.id.is_ascii()),
    );
    often("an id with a quote", &touchpoint(|at| at.id.contains('"')));
    often("a single touchpoint", &|journey| {
        journey.touchpoints().len() == 1
    });
}
