//! Valences in steps: the classes that colours and signs stand for.

use crate::flow::NEUTRAL;

/// What a valence is called, by the limits that the trajectory counts with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    Good,
    Neutral,
    Bad,
    Unknown,
}

impl Tone {
    pub(crate) const ALL: [Self; 4] = [Self::Good, Self::Neutral, Self::Bad, Self::Unknown];

    pub(crate) fn of(valence: Option<f64>) -> Self {
        match valence {
            None => Self::Unknown,
            Some(valence) if valence > NEUTRAL => Self::Good,
            Some(valence) if valence < -NEUTRAL => Self::Bad,
            Some(_) => Self::Neutral,
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Neutral => "neutral",
            Self::Bad => "bad",
            Self::Unknown => "unknown",
        }
    }
}

/// Five steps of a known valence, from as bad as can be to as good as can be: each has a colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    VeryBad,
    Bad,
    Neutral,
    Good,
    VeryGood,
}

/// Beyond this a good feeling is very good, and a bad one very bad.
const STRONG: f64 = 0.5;

impl Step {
    pub(crate) fn of(valence: f64) -> Self {
        match Tone::of(Some(valence)) {
            Tone::Bad if valence < -STRONG => Self::VeryBad,
            Tone::Bad => Self::Bad,
            Tone::Good if valence > STRONG => Self::VeryGood,
            Tone::Good => Self::Good,
            Tone::Neutral | Tone::Unknown => Self::Neutral,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Step, Tone};

    #[test]
    fn the_limits_belong_to_what_is_nearer_to_neutral() {
        let next = f64::next_up;
        for (valence, tone, step) in [
            (-1.0, Tone::Bad, Step::VeryBad),
            (-next(0.5), Tone::Bad, Step::VeryBad),
            (-0.5, Tone::Bad, Step::Bad),
            (-next(0.1), Tone::Bad, Step::Bad),
            (-0.1, Tone::Neutral, Step::Neutral),
            (-0.0, Tone::Neutral, Step::Neutral),
            (0.1, Tone::Neutral, Step::Neutral),
            (next(0.1), Tone::Good, Step::Good),
            (0.5, Tone::Good, Step::Good),
            (next(0.5), Tone::Good, Step::VeryGood),
            (1.0, Tone::Good, Step::VeryGood),
        ] {
            assert_eq!(Tone::of(Some(valence)), tone, "{valence}");
            assert_eq!(Step::of(valence), step, "{valence}");
        }
        assert_eq!(Tone::of(None), Tone::Unknown);
    }
}
