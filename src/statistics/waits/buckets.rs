//! Logarithmic buckets of times: sixteen to an octave.

/// How many buckets there are to an octave: each is 4.4 % wide, so that its middle is within 2.2 % of what lies in it.
const OCTAVE: u32 = 16;
/// The last bucket: that of the longest time there is.
pub(crate) const LAST: u16 = 1 + 16 * 64;

/// The powers of two by sixteenths, without the first and with the last.
const STEPS: [f64; 16] = [
    1.044_273_782_427_413_8,
    1.090_507_732_665_257_7,
    1.138_788_634_756_691_6,
    1.189_207_115_002_721,
    1.241_857_812_073_484,
    1.296_839_554_651_009_6,
    1.354_255_546_936_892_7,
    std::f64::consts::SQRT_2,
    1.476_826_145_939_499_3,
    1.542_210_825_407_940_7,
    1.610_490_331_949_254_3,
    1.681_792_830_507_429,
    1.756_252_160_373_299_5,
    1.834_008_086_409_342_4,
    1.915_206_561_397_147_4,
    2.0,
];

/// The bucket of a time in milliseconds: 0 for none at all, and then sixteen for each doubling from one millisecond on.
pub(crate) fn bucket_of(ms: u64) -> u16 {
    let Some(octave) = ms.checked_ilog2() else {
        return 0;
    };
    let mantissa = ms as f64 / 2_f64.powi(octave.cast_signed());
    let step = STEPS.partition_point(|&edge| edge <= mantissa);
    let number = 1 + OCTAVE as usize * octave as usize + step;
    u16::try_from(number).unwrap_or(LAST)
}

/// From where to where a bucket reaches, in seconds.
pub(crate) fn edges_s(bucket: u16) -> (f64, f64) {
    let Some(number) = bucket.checked_sub(1) else {
        return (0.0, 0.0);
    };
    let edge = |number: u32| {
        let step = (number % OCTAVE) as usize;
        let factor = step.checked_sub(1).and_then(|step| STEPS.get(step));
        let octave = (number / OCTAVE).cast_signed();
        factor.copied().unwrap_or(1.0) * 2_f64.powi(octave) / 1000.0
    };
    (edge(number.into()), edge(u32::from(number) + 1))
}

/// The middle of a bucket on its scale, in seconds.
pub(crate) fn middle_s(bucket: u16) -> f64 {
    let (low, high) = edges_s(bucket);
    (low * high).sqrt()
}
