//! Journeys of any size for the benches: drawn from a seed, so that every run draws the same.

use customer_journey::{
    Ability, Channel, Journey, Outcome, Phase, Promise, PromiseResult, Touchpoint, Transition,
};

/// How the touchpoints of a drawn journey hang together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Mostly forward, with local loops: many small components, as in a designed journey.
    Forward,
    /// Forward, and one way in a hundred leads far back: nearly all touchpoints are one component.
    OneComponent,
    /// Forward, with pairs of touchpoints that customers leave once in a thousand million rounds.
    NearTrap,
}

impl Shape {
    pub(crate) const ALL: [Self; 3] = [Self::Forward, Self::OneComponent, Self::NearTrap];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Forward => "forward",
            Self::OneComponent => "one component",
            Self::NearTrap => "near-trap",
        }
    }
}

/// A journey of `n` touchpoints with about four ways onward from each, one promise in five touchpoints, five levels
/// of valence and needs that are met in several channels.
pub(crate) fn journey(n: usize, shape: Shape) -> Journey {
    const VALENCES: [f64; 5] = [-0.8, -0.4, 0.0, 0.4, 0.8];
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15 ^ n as u64);
    let mut builder = Journey::builder(format!("{} {n}", shape.name()));
    for i in 0..n {
        let phase = Phase::ALL[i * 3 / n];
        let channel = Channel::KNOWN[dice.below(5)].clone();
        let mut touchpoint = Touchpoint::new(format!("t{i}"), phase, channel)
            .feels(VALENCES[dice.below(5)])
            .ends(Outcome::Advocacy, dice.share() * 0.1)
            .ends(Outcome::Churn, 0.02);
        if i == 0 {
            touchpoint = touchpoint.starts(1.0);
        }
        if i % 5 == 0 {
            touchpoint = touchpoint
                .promise(Promise::new("on time").kept(3.0).broken(1.0))
                .feels_when_broken(VALENCES[0]);
        }
        if i % 9 == 0 {
            touchpoint = touchpoint.makes("on time");
        }
        if i % 11 == 0 {
            touchpoint = touchpoint.can(Ability::Resolve);
        }
        if i % 13 == 0 {
            touchpoint = touchpoint.can(Ability::Listen);
        }
        if i % 7 < 3 {
            touchpoint = touchpoint
                .need(format!("need {}", i / 7))
                .says(["yes", "no"][dice.below(2)]);
        }
        builder = builder.touchpoint(touchpoint);
    }
    let mut drawn = std::collections::BTreeSet::new();
    for i in 0..n {
        for way in 0..4 {
            let to = match dice.below(100) {
                0 if shape == Shape::OneComponent => dice.below(i + 1),
                1..10 => i.saturating_sub(dice.below(6)),
                _ if way == 0 => i + 1,
                10..65 => i + 1 + dice.below(5),
                _ => i + 1 + dice.below((n / 40).max(4)),
            };
            if to < n && drawn.insert((i, to)) {
                let weight = 0.1 + dice.share();
                let way = Transition::new(weight).wait_s(60.0);
                builder = builder.connect(format!("t{i}"), format!("t{to}"), way);
            }
        }
        if shape == Shape::NearTrap && i % 10 == 1 && i + 1 < n {
            for (from, to) in [(i, i + 1), (i + 1, i)] {
                if drawn.insert((from, to)) {
                    builder = builder.transition(format!("t{from}"), format!("t{to}"), 1e9);
                }
            }
        }
        if i % 5 == 0 && i + 2 < n {
            builder = builder.transition_when(
                PromiseResult::Broken,
                format!("t{i}"),
                format!("t{}", i + 2),
                0.5,
            );
        }
    }
    builder
        .build()
        .unwrap_or_else(|error| panic!("the generator drew a faulty map: {error}"))
}

/// A small generator of pseudo-random numbers (xorshift64*), so that no dependency decides what is measured.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A number below `n`.
    fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() >> 33).unwrap_or(0) % n.max(1)
    }

    /// A number from 0 to 1.
    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}
