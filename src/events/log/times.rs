//! Times in eight bytes each, to the nanosecond.

/// Stands for a time that nobody states.
pub(super) const NEVER: i64 = i64::MIN;
/// From here on a number is the position of a time that lies centuries away.
const FAR: i64 = i64::MAX - u32::MAX as i64;

const NANOS_PER_MS: i128 = 1_000_000;

/// Times as numbers: nanoseconds since 1970 from 1677 to 2262, and positions in a list for all others, since tables write
/// the year 9999 where they mean never.
#[derive(Debug, Clone, Default)]
pub(super) struct Times {
    far: Vec<i128>,
}

impl Times {
    /// The number of a time in milliseconds since 1970 and nanoseconds beyond.
    #[inline]
    pub(super) fn number(&mut self, time_ms: Option<i64>, nanos: u32) -> i64 {
        let Some(time_ms) = time_ms else {
            return NEVER;
        };
        let near = time_ms.checked_mul(1_000_000);
        match near.and_then(|near| near.checked_add(i64::from(nanos))) {
            Some(near) if near > NEVER && near < FAR => near,
            _ => self.put_away(i128::from(time_ms) * NANOS_PER_MS + i128::from(nanos)),
        }
    }

    #[cold]
    fn put_away(&mut self, nanos: i128) -> i64 {
        let known = self.far.iter().rev().take(4).position(|&far| far == nanos);
        let at = if let Some(back) = known {
            self.far.len() - 1 - back
        } else {
            self.far.push(nanos);
            self.far.len() - 1
        };
        // There are no more of them than events.
        FAR.saturating_add(i64::try_from(at).unwrap_or(i64::MAX))
    }

    /// The time of a number, in nanoseconds since 1970.
    #[inline]
    pub(super) fn nanos(&self, number: i64) -> Option<i128> {
        if number == NEVER {
            return None;
        }
        let Ok(at) = usize::try_from(number.wrapping_sub(FAR)) else {
            return Some(i128::from(number));
        };
        match self.far.get(at) {
            Some(&far) if number >= FAR => Some(far),
            _ => Some(i128::from(number)),
        }
    }

    /// The number that a time of another log has here.
    pub(super) fn adopt(&mut self, nanos: Option<i128>) -> i64 {
        let Some(nanos) = nanos else {
            return NEVER;
        };
        match i64::try_from(nanos) {
            Ok(near) if near > NEVER && near < FAR => near,
            _ => self.put_away(nanos),
        }
    }

    /// The millisecond of a time, the first or last one there is for times beyond all of them.
    pub(super) fn millis(nanos: i128) -> i64 {
        let millis = nanos.div_euclid(NANOS_PER_MS);
        i64::try_from(millis).unwrap_or(if millis < 0 { i64::MIN } else { i64::MAX })
    }
}

#[cfg(test)]
mod tests {
    use super::{NEVER, Times};

    #[test]
    fn times_of_all_centuries_come_back() {
        let mut times = Times::default();
        for (time_ms, nanos) in [
            (0, 0),
            (-1, 999_999),
            (1_360_000_000_000, 123_456),
            (253_402_214_400_000, 7),
            (-62_135_596_800_000, 0),
            (i64::MAX, 999_999),
            (i64::MIN, 0),
            (9_223_372_036_854, 775_806),
            (9_223_372_036_854, 775_807),
        ] {
            let number = times.number(Some(time_ms), nanos);
            let expected = i128::from(time_ms) * 1_000_000 + i128::from(nanos);
            assert_eq!(times.nanos(number), Some(expected), "{time_ms} {nanos}");
            let adopted = times.adopt(Some(expected));
            assert_eq!(times.nanos(adopted), Some(expected));
            assert_eq!(Times::millis(expected), time_ms);
        }
        assert_eq!(times.number(None, 3), NEVER);
        assert_eq!(times.nanos(NEVER), None);
    }
}
