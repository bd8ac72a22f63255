//! Random journeys, drawn from fixed seeds, and a plain description of a journey that owes nothing to the crate.

use customer_journey::journey::Shade;
use customer_journey::{
    Ability, Emotion, Evidence, Journey, Phase, Promise, PromiseResult, Touchpoint, Transition,
};

/// `SplitMix64`, Steele, Lea and Flood 2014: small, and the same on every machine.
pub(crate) struct Rng(u64);

impl Rng {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// In 0..1, on a grid of 2^-53.
    pub(crate) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n as u64).unwrap()
    }

    pub(crate) fn chance(&mut self, p: f64) -> bool {
        self.unit() < p
    }

    pub(crate) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// One of several, by their probabilities, which sum to 1 but for rounding.
    pub(crate) fn draw<T>(&mut self, from: impl Iterator<Item = (T, f64)>) -> T {
        let mut left = self.unit();
        let mut last = None;
        for (item, p) in from.filter(|&(_, p)| p > 0.0) {
            if left < p {
                return item;
            }
            left -= p;
            last = Some(item);
        }
        last.unwrap()
    }

    /// A weight: a small whole number, seldom 0.
    fn weight(&mut self) -> f64 {
        if self.chance(0.08) {
            0.0
        } else {
            (1 + self.below(6)) as f64
        }
    }
}

/// A weighted mix of valences: (valence, weight).
pub(crate) type Mix = Vec<(f64, f64)>;

/// A touchpoint.
#[derive(Clone, Debug)]
pub(crate) struct Spot {
    pub(crate) id: String,
    pub(crate) phase: Phase,
    pub(crate) channel: &'static str,
    pub(crate) need: Option<&'static str>,
    pub(crate) says: Option<&'static str>,
    /// `emotion`, `emotion_when_broken`, `emotion_when_unknown`.
    pub(crate) feels: [Option<Mix>; 3],
    /// Weights of the visits of unknown feeling beside each of these.
    pub(crate) silent: [f64; 3],
    /// Weights of kept, broken, unknown.
    pub(crate) promise: Option<[f64; 3]>,
    /// Whether the promise is made here.
    pub(crate) makes: bool,
    pub(crate) starts: Option<f64>,
    pub(crate) ends: Vec<(String, f64, Option<PromiseResult>)>,
    pub(crate) can: Vec<Ability>,
    pub(crate) cost: Option<f64>,
    pub(crate) evidence: Evidence,
}

impl Spot {
    pub(crate) fn new(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            phase: Phase::During,
            channel: "web",
            need: None,
            says: None,
            feels: [None, None, None],
            silent: [0.0; 3],
            promise: None,
            makes: false,
            starts: None,
            ends: Vec::new(),
            can: Vec::new(),
            cost: None,
            evidence: Evidence::Assumed,
        }
    }

    /// What is stated of visits by one of the three emotions: the mix, and the weight of what is unknown.
    pub(crate) fn felt(&self, which: usize) -> Option<(&[(f64, f64)], f64)> {
        let (mix, silent) = (self.feels[which].as_deref(), self.silent[which]);
        (mix.is_some() || silent > 0.0).then(|| (mix.unwrap_or_default(), silent))
    }
}

/// A transition between touchpoints, by their positions.
#[derive(Clone, Debug)]
pub(crate) struct Way {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) weight: f64,
    pub(crate) when: Option<PromiseResult>,
    pub(crate) wait_s: Option<f64>,
}

/// A journey as plain data.
#[derive(Clone, Debug, Default)]
pub(crate) struct Drawing {
    pub(crate) spots: Vec<Spot>,
    pub(crate) ways: Vec<Way>,
    /// What outcomes are worth, where that is stated.
    pub(crate) values: Vec<(&'static str, f64)>,
}

fn emotion((mix, silent): (&[(f64, f64)], f64)) -> Emotion {
    let shades = mix
        .iter()
        .map(|&(valence, weight)| Shade::valence(valence).weight(weight));
    Emotion::mix(shades).or_unknown(silent)
}

impl Drawing {
    /// The same journey by the crate's builder.
    pub(crate) fn journey(&self) -> Journey {
        let mut builder = Journey::builder("drawn");
        for &(outcome, value) in &self.values {
            builder = builder.value(outcome, value);
        }
        for spot in &self.spots {
            let mut touchpoint =
                Touchpoint::new(&spot.id, spot.phase, spot.channel).evidence(spot.evidence);
            touchpoint.need = spot.need.map(str::to_owned);
            touchpoint.says = spot.says.map(str::to_owned);
            touchpoint.starts = spot.starts;
            touchpoint.can.clone_from(&spot.can);
            touchpoint.cost = spot.cost;
            if spot.makes {
                touchpoint = touchpoint.makes("p");
            }
            touchpoint.emotion = spot.felt(0).map(emotion);
            touchpoint.emotion_when_broken = spot.felt(1).map(emotion);
            touchpoint.emotion_when_unknown = spot.felt(2).map(emotion);
            if let Some([kept, broken, unknown]) = spot.promise {
                touchpoint = touchpoint
                    .promise(Promise::new("p").kept(kept).broken(broken).unknown(unknown));
            }
            for (outcome, weight, when) in &spot.ends {
                touchpoint = match when {
                    None => touchpoint.ends(outcome.as_str(), *weight),
                    Some(result) => touchpoint.ends_when(*result, outcome.as_str(), *weight),
                };
            }
            builder = builder.touchpoint(touchpoint);
        }
        for way in &self.ways {
            let mut transition = Transition::new(way.weight);
            transition.when = way.when;
            transition.wait_s = way.wait_s;
            builder = builder.connect(&self.spots[way.from].id, &self.spots[way.to].id, transition);
        }
        builder.build().unwrap()
    }

    /// Adds a way unless there is one with the same ends and condition.
    fn join(&mut self, way: Way) {
        let there = |old: &Way| (old.from, old.to, old.when) == (way.from, way.to, way.when);
        if !self.ways.iter().any(there) {
            self.ways.push(way);
        }
    }
}

/// What a random journey is like.
#[derive(Clone, Copy)]
pub(crate) struct Taste {
    pub(crate) spots: usize,
    /// Transitions from each touchpoint, on average.
    pub(crate) ways: f64,
    pub(crate) loops: bool,
}

/// A grid of a quarter, so that there are ties, also between v and -v.
const VALENCES: [f64; 9] = [-1.0, -0.75, -0.5, -0.25, 0.0, 0.25, 0.5, 0.75, 1.0];
const CHANNELS: [&str; 3] = ["web", "phone", "lounge"];
const OUTCOMES: [&str; 4] = ["churn", "advocacy", "loyalty", "comes back"];

fn mix(rng: &mut Rng) -> Mix {
    let shades = 1 + rng.below(2);
    let mut mix: Mix = (0..shades)
        .map(|_| (rng.pick(&VALENCES), (1 + rng.below(4)) as f64))
        .collect();
    if rng.chance(0.1) {
        mix.push((rng.pick(&VALENCES), 0.0));
    }
    mix
}

/// After which results a way from this touchpoint may be open: always, or one of three.
fn when(rng: &mut Rng, spot: &Spot) -> Option<PromiseResult> {
    (spot.promise.is_some() && rng.chance(0.5)).then(|| rng.pick(PromiseResult::ALL))
}

fn spot(rng: &mut Rng, position: usize) -> Spot {
    let mut spot = Spot::new(format!("t{position}"));
    spot.phase = rng.pick(Phase::ALL);
    spot.channel = rng.pick(&CHANNELS);
    spot.need = rng.pick(&[None, Some("info"), Some("info"), Some("refund")]);
    spot.says = rng.pick(&[None, Some("yes"), Some("no")]);
    for feels in &mut spot.feels {
        if rng.chance(0.6) {
            *feels = Some(mix(rng));
        }
    }
    if rng.chance(0.4) {
        let weights = [rng.weight(), rng.weight(), rng.weight()];
        if weights.iter().sum::<f64>() > 0.0 {
            spot.promise = Some(weights);
        }
    }
    spot.makes = rng.chance(0.2);
    if rng.chance(0.3) {
        spot.starts = Some(rng.weight());
    }
    for _ in 0..rng.below(3) {
        let when = when(rng, &spot);
        let outcome = rng.pick(&OUTCOMES).to_owned();
        spot.ends.push((outcome, rng.weight(), when));
    }
    spot.can = Ability::ALL
        .iter()
        .copied()
        .filter(|_| rng.chance(0.3))
        .collect();
    spot.evidence = rng.pick(Evidence::ALL);
    spot
}

/// A random journey. It may have dead ends, unreachable parts and, with loops, traps.
pub(crate) fn drawing(rng: &mut Rng, taste: Taste) -> Drawing {
    let mut drawing = Drawing {
        spots: (0..taste.spots).map(|i| spot(rng, i)).collect(),
        ..Drawing::default()
    };
    if drawing.spots.iter().any(|spot| spot.starts.is_some()) || taste.loops {
        // Somebody must be able to begin; without any `starts` the first touchpoint of a forward map can.
        drawing.spots[0].starts = Some(1.0);
    }
    let wanted = (taste.ways * taste.spots as f64).round();
    let mut tries = 0;
    while (drawing.ways.len() as f64) < wanted && tries < 10 * taste.spots * taste.spots {
        tries += 1;
        let (mut from, mut to) = (rng.below(taste.spots), rng.below(taste.spots));
        if !taste.loops {
            if from == to {
                continue;
            }
            (from, to) = (from.min(to), from.max(to));
        }
        let way = Way {
            from,
            to,
            weight: rng.weight(),
            when: when(rng, &drawing.spots[from]),
            wait_s: rng.chance(0.5).then(|| rng.below(500) as f64),
        };
        drawing.join(way);
    }
    // Drawn from a stream of its own.
    let mut aside = Rng::new(rng.0.rotate_left(32));
    for silent in drawing.spots.iter_mut().flat_map(|spot| &mut spot.silent) {
        if aside.chance(0.4) {
            *silent = aside.weight();
        }
    }
    drawing
}
