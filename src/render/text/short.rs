//! Single figures in a line.

use std::fmt;

use crate::analysis::{
    Contradiction, EmotionFigures, EndingFigures, MomentOfTruth, TransitionFigures,
};
use crate::render::clean::{clean, quoted};
use crate::render::number::{
    JOURNEYS, VISITS, among, feeling, or_unknown, per_journey, share, size, that,
};

/// How far the outcome is decided there, in a sentence.
impl fmt::Display for MomentOfTruth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: of those who arrive, {} end so; what happens here moves that by {} on average, by {} over a whole journey",
            clean(&self.id),
            share(self.probability),
            share(self.decides_per_visit),
            size(self.decides),
        )
    }
}

/// How many go this way, in a sentence.
impl fmt::Display for TransitionFigures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} to {}: {} on this way, {}",
            clean(&self.from),
            clean(&self.to),
            that(self.share, VISITS, ("goes", "go")),
            per_journey(self.flow, ("time", "times")),
        )
    }
}

/// How many journeys end so, in a sentence.
impl fmt::Display for EndingFigures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: {} here in {}, which is {} of the visits",
            clean(&self.id),
            that(self.flow, JOURNEYS, ("ends", "end")),
            clean(self.outcome.as_str()),
            share(self.share),
        )
    }
}

/// What is felt there, in a sentence.
impl fmt::Display for EmotionFigures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: mean feeling {}",
            clean(&self.id),
            or_unknown(self.mean, feeling)
        )?;
        if let (Some(low), Some(high)) = (self.low, self.high)
            && low < high
        {
            write!(
                f,
                ", eight in ten visits from {} to {}",
                feeling(low),
                feeling(high)
            )?;
        }
        write!(f, ", known at {}", among(self.coverage, VISITS))
    }
}

/// The need with every answer.
impl fmt::Display for Contradiction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", clean(&self.need))?;
        for (number, answer) in self.answers.iter().enumerate() {
            let told_at: Vec<String> = answer.touchpoints.iter().map(|id| clean(id)).collect();
            let before = if number == 0 { "" } else { "; " };
            write!(
                f,
                "{before}{} at {}",
                quoted(&answer.says),
                told_at.join(", ")
            )?;
        }
        Ok(())
    }
}
