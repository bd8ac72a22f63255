//! A running mean that is kept as one small number: how many values there were, and their mean to the nearest step.

/// Means are kept to twentieths, from -1 to 1.
const STEPS: u16 = 20;
const LEVELS: u16 = 2 * STEPS + 1;
/// From so many values on, each new one counts as one in so many.
const OFTEN: u16 = 20;

/// The mean that a state stands for; `None` at the first state, 0, which is before any value.
pub(crate) fn coarse_mean(state: u16) -> Option<f64> {
    taken_apart(state).map(|(_, mean)| mean)
}

/// The state after one more value from -1 to 1.
pub(crate) fn with_one_more(state: u16, value: f64) -> u16 {
    let (times, before) = taken_apart(state).unwrap_or((0, 0.0));
    let times = (times + 1).min(OFTEN);
    let mean = before + (value - before) / f64::from(times);
    let level = ((mean + 1.0) * f64::from(STEPS)).round();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and 40"
    )]
    let level = level.clamp(0.0, f64::from(LEVELS - 1)) as u16;
    1 + (times - 1) * LEVELS + level
}

/// How many values a state stands for, and their mean.
fn taken_apart(state: u16) -> Option<(u16, f64)> {
    let place = state.checked_sub(1)?;
    let level = f64::from(place % LEVELS) - f64::from(STEPS);
    Some((place / LEVELS + 1, level / f64::from(STEPS)))
}

#[cfg(test)]
mod tests {
    use super::{coarse_mean, with_one_more};

    #[test]
    fn the_mean_is_kept_to_twentieths() {
        assert_eq!(coarse_mean(0), None);
        let mut state = 0;
        for (value, mean) in [(-1.0, -1.0), (0.5, -0.25), (1.0, 0.15), (1.0, 0.35)] {
            state = with_one_more(state, value);
            let kept = coarse_mean(state).unwrap_or(f64::NAN);
            assert!((kept - mean).abs() < 1e-12, "{value}: {kept}");
        }
    }

    #[test]
    fn there_are_few_states() {
        let mut state = 0;
        for _ in 0..1000 {
            state = with_one_more(state, 1.0);
            assert_eq!(coarse_mean(state), Some(1.0));
        }
        assert_eq!(state, 20 * 41);
    }
}
