//! Seeded customers whose laws are known: those of a map, two hidden kinds of them, ratings that go together, and customers who come again.

use crate::generate::Rng;
use customer_journey::{
    Ability, Channel, Emotion, EventLog, EventRef, Evidence, Journey, LearnOptions, Phase, Promise,
    PromiseResult, Touchpoint, journey::Shade,
};

/// Who is simulated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// Customers of a map: how they go on depends on where they are and on what they found there.
    Map,
    /// Half of them are of a kind that meets broken promises, calls and leaves, and nobody says which half.
    TwoKinds,
    /// Ten ratings a journey, any two of them correlated by about a half.
    TenRatings,
    /// Customers who come one to six times, each in a mood of their own; events say who they are.
    Again,
}

impl Who {
    pub(super) const ALL: [Self; 4] = [Self::Map, Self::TwoKinds, Self::TenRatings, Self::Again];
}

struct Place {
    id: &'static str,
    channel: &'static str,
    owner: &'static str,
    /// After a promise that is kept, or where none is tested; and after a broken one.
    feels: [&'static [f64]; 2],
}

const ORDER: usize = 0;
const DELIVERY: usize = 1;
const CALL: usize = 2;
const CHAT: usize = 3;
const DESK: usize = 4;
const REVIEW: usize = 5;
const PLACES: [Place; 6] = [
    Place {
        id: "order",
        channel: "web",
        owner: "sales",
        feels: [&[0.0, 0.25, 0.5], &[]],
    },
    Place {
        id: "delivery",
        channel: "post",
        owner: "logistics",
        feels: [&[0.25, 0.5, 0.75], &[-0.75, -0.5, 0.0]],
    },
    Place {
        id: "call",
        channel: "phone",
        owner: "service",
        feels: [&[-0.5, -0.25, 0.0, 0.25], &[]],
    },
    Place {
        id: "chat",
        channel: "chat",
        owner: "service",
        feels: [&[-0.25, 0.0, 0.25], &[]],
    },
    Place {
        id: "desk",
        channel: "store",
        owner: "service",
        feels: [&[-0.25, 0.25, 0.5], &[]],
    },
    Place {
        id: "review",
        channel: "email",
        owner: "sales",
        feels: [&[-0.5, 0.0, 0.5], &[]],
    },
];
/// So many of 100 visits say what was felt.
const KNOWN: f64 = 85.0;

#[derive(Clone, Copy, PartialEq, Eq)]
enum To {
    Place(usize),
    Stays,
    Leaves,
}

type Ways = &'static [(To, f64)];

/// Where customers go from a place, of 100; by the result of the promise where one is tested.
fn ways(place: usize, broken: bool) -> Ways {
    use To::{Leaves, Place, Stays};
    match (place, broken) {
        (ORDER, _) => &[(Place(DELIVERY), 80.0), (Place(CHAT), 20.0)],
        (DELIVERY, false) => &[
            (Stays, 50.0),
            (Place(REVIEW), 20.0),
            (Place(CALL), 20.0),
            (Leaves, 10.0),
        ],
        (DELIVERY, true) => &[
            (Place(CALL), 50.0),
            (Place(CHAT), 20.0),
            (Leaves, 20.0),
            (Place(REVIEW), 10.0),
        ],
        (CALL, _) => &[
            (Place(DESK), 40.0),
            (Place(CHAT), 20.0),
            (Place(DELIVERY), 20.0),
            (Stays, 10.0),
            (Leaves, 10.0),
        ],
        (CHAT, _) => &[
            (Place(CALL), 30.0),
            (Place(DELIVERY), 40.0),
            (Place(DESK), 20.0),
            (Stays, 5.0),
            (Leaves, 5.0),
        ],
        (DESK, _) => &[(Place(REVIEW), 30.0), (Stays, 40.0), (Leaves, 30.0)],
        _ => &[(Stays, 70.0), (Leaves, 30.0)],
    }
}

/// Broken promises of 100, on the map.
const BROKEN: f64 = 30.0;

/// What sets a customer apart.
#[derive(Clone, Copy)]
struct Kind {
    broken: f64,
    /// Added to all that is felt.
    mood: f64,
    /// Times as likely to call or chat, and to leave.
    calls: f64,
    leaves: f64,
    /// Times as long to wait.
    waits: f64,
}

const USUAL: Kind = Kind {
    broken: BROKEN,
    mood: 0.0,
    calls: 1.0,
    leaves: 1.0,
    waits: 1.0,
};
const CALM: Kind = Kind {
    broken: 10.0,
    mood: 0.15,
    calls: 0.4,
    leaves: 0.4,
    waits: 0.7,
};
const CROSS: Kind = Kind {
    broken: 60.0,
    mood: -0.25,
    calls: 2.5,
    leaves: 2.0,
    waits: 1.5,
};

/// A moment of a journey as it is told to a log.
struct Step {
    place: usize,
    result: Option<PromiseResult>,
    valence: Option<f64>,
    wait_ms: i64,
}

fn normal(rng: &mut Rng) -> f64 {
    let radius = (-2.0 * (1.0 - rng.unit()).ln()).sqrt();
    radius * (std::f64::consts::TAU * rng.unit()).cos()
}

/// On a scale of steps of an eighth.
fn felt(valence: f64) -> f64 {
    ((valence * 8.0).round() / 8.0).clamp(-1.0, 1.0)
}

/// A wait whose logarithm is normal, in whole seconds.
#[expect(clippy::cast_possible_truncation, reason = "a whole number below 2^53")]
fn wait(rng: &mut Rng, times: f64) -> i64 {
    let seconds = 600.0 * times * normal(rng).exp();
    1000 * seconds.min(1e9).ceil() as i64
}

fn walk(rng: &mut Rng, kind: Kind) -> (Vec<Step>, &'static str) {
    let (mut steps, mut at) = (Vec::new(), ORDER);
    loop {
        let broken = at == DELIVERY && rng.unit() * 100.0 < kind.broken;
        let result = if broken {
            PromiseResult::Broken
        } else {
            PromiseResult::Kept
        };
        let known = rng.unit() * 100.0 < KNOWN;
        let base = rng.pick(PLACES[at].feels[usize::from(broken)]);
        steps.push(Step {
            place: at,
            result: (at == DELIVERY).then_some(result),
            valence: known.then_some(felt(base + kind.mood)),
            wait_ms: wait(rng, kind.waits),
        });
        let weight = |&(to, weight): &(To, f64)| {
            let times = match to {
                To::Place(CALL | CHAT) => kind.calls,
                To::Leaves => kind.leaves,
                _ => 1.0,
            };
            (to, weight * times)
        };
        let open = ways(at, broken).iter().map(weight);
        let all: f64 = open.clone().map(|(_, weight)| weight).sum();
        match rng.draw(open.map(|(to, weight)| (to, weight / all))) {
            To::Place(next) => at = next,
            To::Stays => return (steps, "stays"),
            To::Leaves => return (steps, "leaves"),
        }
    }
}

/// Ten ratings of one customer, in whose mood half of the variance lies; who feels bad leaves more often.
fn ratings(rng: &mut Rng) -> (Vec<Step>, &'static str) {
    let mood = normal(rng);
    let mut sum = 0.0;
    let moments = [
        ORDER, DELIVERY, CALL, CHAT, CALL, CHAT, CALL, DESK, CALL, DESK,
    ];
    let steps = moments.map(|place| {
        let own = normal(rng);
        let valence = felt(0.1 + 0.4 * (0.5_f64.sqrt() * mood + 0.5_f64.sqrt() * own));
        sum += valence;
        let broken = place == DELIVERY && rng.chance(if mood < 0.0 { 0.5 } else { 0.1 });
        let result = if broken {
            PromiseResult::Broken
        } else {
            PromiseResult::Kept
        };
        Step {
            place,
            result: (place == DELIVERY).then_some(result),
            valence: Some(valence),
            wait_ms: wait(rng, (-0.5 * mood).exp()),
        }
    });
    let leaves = rng.chance(if sum < 0.0 { 0.5 } else { 0.15 });
    (steps.into(), if leaves { "leaves" } else { "stays" })
}

/// A log of so many journeys.
pub(super) fn log(who: Who, seed: u64, journeys: usize) -> EventLog {
    let mut rng = Rng::new(seed);
    let mut log = EventLog::default();
    let (mut customer, mut left, mut kind) = (0, 0, USUAL);
    for number in 0..journeys {
        let (steps, outcome) = match who {
            Who::Map => walk(&mut rng, USUAL),
            Who::TwoKinds => {
                let kind = if rng.chance(0.5) { CALM } else { CROSS };
                walk(&mut rng, kind)
            }
            Who::TenRatings => ratings(&mut rng),
            Who::Again => {
                if left == 0 {
                    (customer, left) = (customer + 1, 1 + rng.below(6));
                    kind = if rng.chance(0.5) { CALM } else { CROSS };
                }
                left -= 1;
                walk(&mut rng, kind)
            }
        };
        let (name, by) = (number.to_string(), customer.to_string());
        let (mut time, last) = (0, steps.len() - 1);
        for (position, step) in steps.iter().enumerate() {
            let place = &PLACES[step.place];
            let mut event = EventRef::new(&name, place.id)
                .channel(place.channel)
                .owner(place.owner)
                .time_ms(time);
            time += step.wait_ms;
            if let Some(result) = step.result {
                event = event.promise(result).promise_name("on time");
            }
            if let Some(valence) = step.valence {
                event = event.emotion(valence);
            }
            if position == last {
                event = event.outcome(outcome);
            }
            if who == Who::Again {
                event = event.customer(&by);
            }
            log.record(event).unwrap();
        }
    }
    log
}

/// The map of the first simulator, in numbers that are its law; the abilities and needs of all.
pub(super) fn map() -> Journey {
    let emotion = |felt: &[f64]| {
        let each = KNOWN / felt.len() as f64;
        let shades = felt
            .iter()
            .map(|&valence| Shade::valence(valence).weight(each));
        Emotion::mix(shades).or_unknown(100.0 - KNOWN)
    };
    let mut builder = Journey::builder("simulated");
    let mut open = Vec::new();
    for (place, at) in PLACES.iter().enumerate() {
        let phase = [Phase::Before, Phase::During, Phase::After][place.min(2)];
        let mut touchpoint = Touchpoint::new(at.id, phase, Channel::from(at.channel))
            .owner(at.owner)
            .evidence(Evidence::Observed)
            .feels(emotion(at.feels[0]));
        if place == ORDER {
            touchpoint = touchpoint.starts(1.0).can(Ability::Recognise);
        }
        let results: &[(Option<PromiseResult>, bool)] = if place == DELIVERY {
            touchpoint = touchpoint
                .promise(Promise::new("on time").kept(100.0 - BROKEN).broken(BROKEN))
                .feels_when_broken(emotion(at.feels[1]))
                .intended(0.5)
                .expected(0.3);
            &[
                (Some(PromiseResult::Kept), false),
                (Some(PromiseResult::Broken), true),
            ]
        } else {
            &[(None, false)]
        };
        if place == CALL || place == CHAT {
            touchpoint = touchpoint.need("help").can(Ability::Listen);
        }
        if place == CHAT {
            touchpoint = touchpoint.can(Ability::Recognise);
        }
        if place == DESK {
            touchpoint = touchpoint.can(Ability::Answer).can(Ability::Resolve);
        }
        if place == REVIEW {
            touchpoint = touchpoint.measurement();
        }
        for &(when, broken) in results {
            for &(to, weight) in ways(place, broken) {
                let outcome = if to == To::Leaves { "leaves" } else { "stays" };
                match (to, when) {
                    (To::Place(to), when) => open.push((place, to, weight, when)),
                    (_, None) => touchpoint = touchpoint.ends(outcome, weight),
                    (_, Some(when)) => touchpoint = touchpoint.ends_when(when, outcome, weight),
                }
            }
        }
        builder = builder.touchpoint(touchpoint);
    }
    for (from, to, weight, when) in open {
        let (from, to) = (PLACES[from].id, PLACES[to].id);
        builder = match when {
            Some(when) => builder.transition_when(when, from, to, weight),
            None => builder.transition(from, to, weight),
        };
    }
    builder.build().unwrap()
}

/// What is known of the touchpoints beside what happens there.
pub(super) fn options() -> LearnOptions {
    LearnOptions::new().onto(&map())
}
