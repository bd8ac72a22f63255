//! Random draws of whole numbers from a seeded stream: binomial and hypergeometric, exact up to rounding.
//!
//! The stream is `SplitMix64` (Steele, Lea and Flood 2014): a counter, stepped by the golden ratio and mixed. A draw goes
//! through the probabilities from the likeliest number outwards, up and down by turns, until they add up to a uniform
//! number. That takes about as many steps as the standard deviation is wide, whatever the counts. The
//! first probability comes from the saddle-point form of Loader (2000), which keeps its digits also for counts of many
//! millions; the others follow by their ratios.

use super::chances::{binomial, hypergeometric, ratio, share_of};

/// A stream of pseudo-random numbers.
#[derive(Debug, Clone)]
pub(crate) struct Stream {
    state: u64,
}

/// 2^64 divided by the golden ratio.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

impl Stream {
    /// A stream of its own for each list of names: what else is asked, and in which order, does not matter.
    pub(crate) fn new(seed: u64, names: &[&str]) -> Self {
        // FNV-1a; no text has the byte that ends a name.
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for name in names {
            for byte in name.bytes().chain([0xff]) {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
        let mut stream = Self { state: seed };
        stream.state = stream.next() ^ hash;
        stream
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(STEP);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to below 1.
    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 * 2.0_f64.powi(-53)
    }

    /// A whole number below `bound`, each as likely; 0 where there is none.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        // Lemire 2019, with the few numbers drawn anew that would make some likelier.
        let threshold = bound.wrapping_neg().checked_rem(bound).unwrap_or(0);
        loop {
            let drawn = self.next();
            let wide = u128::from(drawn) * u128::from(bound);
            // What is lost of the product is its upper half.
            if drawn.wrapping_mul(bound) >= threshold {
                return u64::try_from(wide >> 64).unwrap_or(u64::MAX);
            }
        }
    }

    /// Puts a list into any order, each as likely (Fisher and Yates).
    pub(crate) fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            let other = self.below(at as u64 + 1);
            list.swap(at, usize::try_from(other).unwrap_or(at));
        }
    }
}

/// Whether what is drawn is put back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Draw {
    /// It is not: the number of marked ones is hypergeometric.
    Kept,
    /// It is: the number is binomial.
    PutBack,
}

/// Draws from the same things again and again, however many are drawn each time. The numbers and probabilities that draws
/// go through are kept as far as they went, so that a further draw of as many only adds up.
#[derive(Debug)]
pub(crate) struct Draws {
    draw: Draw,
    marked: u64,
    all: u64,
    /// By the number drawn, as far as there is room; the last one asked for takes the place.
    walks: Vec<Option<Walk>>,
}

impl Draws {
    /// Draws from `all` things of which `marked` are marked, with room for so many numbers drawn, at least one.
    pub(crate) fn new(draw: Draw, marked: u64, all: u64, room: usize) -> Self {
        Self {
            draw,
            marked,
            all,
            walks: (0..room.max(1)).map(|_| None).collect(),
        }
    }

    /// How many of `drawn` things are marked; marked and drawn are up to all, and all up to 2^53.
    pub(crate) fn draw(&mut self, drawn: u64, stream: &mut Stream) -> u64 {
        let place = usize::try_from(drawn).unwrap_or(0) % self.walks.len();
        let walk = self.walks[place].take().filter(|walk| walk.drawn == drawn);
        let walk = walk.unwrap_or_else(|| Walk::new(self.draw, self.marked, self.all, drawn));
        self.walks[place].insert(walk).draw(stream)
    }
}

/// From the likeliest number outwards, up and down by turns.
#[derive(Debug)]
struct Walk {
    draw: Draw,
    marked: u64,
    all: u64,
    drawn: u64,
    least: u64,
    greatest: u64,
    /// The numbers with their probabilities, as far as a draw has gone.
    passed: Vec<(u64, f64)>,
    /// The greatest and the least number passed.
    above: (u64, f64),
    below: (u64, f64),
}

impl Walk {
    fn new(draw: Draw, marked: u64, all: u64, drawn: u64) -> Self {
        let (least, greatest, likeliest) = match draw {
            Draw::Kept => {
                let (least, greatest) = ((marked + drawn).saturating_sub(all), marked.min(drawn));
                let likeliest = share_of(drawn + 1, marked + 1, all + 2);
                (least, greatest, likeliest.clamp(least, greatest))
            }
            Draw::PutBack if marked == 0 || drawn == 0 => (0, 0, 0),
            Draw::PutBack if marked >= all => (drawn, drawn, drawn),
            Draw::PutBack => (0, drawn, share_of(drawn + 1, marked, all).min(drawn)),
        };
        let probability = match draw {
            _ if least == greatest => 1.0,
            Draw::Kept => hypergeometric(likeliest, marked, all, drawn),
            Draw::PutBack => {
                let (p, q) = (marked as f64, (all - marked) as f64);
                binomial(likeliest, drawn, p / all as f64, q / all as f64)
            }
        };
        let first = (likeliest, probability);
        Self {
            draw,
            marked,
            all,
            drawn,
            least,
            greatest,
            passed: vec![first],
            above: first,
            below: first,
        }
    }

    fn draw(&mut self, stream: &mut Stream) -> u64 {
        let likeliest = self.passed[0].0;
        if self.least == self.greatest {
            return likeliest;
        }
        // Rounding leaves out less than 1e-12 of the probability; a number from there is drawn anew, not for ever.
        for _ in 0..4 {
            let mut left = stream.unit();
            let mut next = 0;
            loop {
                for &(number, probability) in &self.passed[next..] {
                    if left < probability {
                        return number;
                    }
                    left -= probability;
                }
                next = self.passed.len();
                if !self.goes_on() {
                    break;
                }
            }
        }
        likeliest
    }

    /// Passes one number more on each side; says whether there is any.
    fn goes_on(&mut self) -> bool {
        let rises = self.above.0 < self.greatest && self.above.1 > 0.0;
        let falls = self.below.0 > self.least && self.below.1 > 0.0;
        if rises {
            let (number, probability) = self.above;
            self.above = (number + 1, probability * self.ratio(number));
            self.passed.push(self.above);
        }
        if falls {
            let (number, probability) = self.below;
            self.below = (number - 1, probability / self.ratio(number - 1));
            self.passed.push(self.below);
        }
        rises || falls
    }

    /// The ratio of the probability of k + 1 to that of k.
    fn ratio(&self, k: u64) -> f64 {
        let (marked, plain, drawn) = (self.marked, self.all - self.marked, self.drawn);
        match self.draw {
            Draw::Kept => ratio((marked - k, drawn - k), (k + 1, plain + k + 1 - drawn)),
            Draw::PutBack => {
                let all = self.all as f64;
                let (p, q) = (marked as f64 / all, plain as f64 / all);
                (drawn - k) as f64 / (k + 1) as f64 * (p / q)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::chances::{binomial, hypergeometric};
    use super::{Draw, Draws, Stream};

    impl Stream {
        fn hypergeometric(&mut self, marked: u64, all: u64, drawn: u64) -> u64 {
            Draws::new(Draw::Kept, marked, all, 1).draw(drawn, self)
        }

        fn binomial(&mut self, marked: u64, all: u64, drawn: u64) -> u64 {
            Draws::new(Draw::PutBack, marked, all, 1).draw(drawn, self)
        }
    }

    /// What is kept of earlier draws changes none, whatever room there is.
    #[test]
    fn draws_are_the_same_where_they_are_kept() {
        for draw in [Draw::Kept, Draw::PutBack] {
            for (marked, all) in [(5, 10), (37, 60), (600, 2_000), (0, 9), (9, 9)] {
                for room in [1, 3, 64] {
                    let mut kept = Draws::new(draw, marked, all, room);
                    let mut stream = Stream::new(3, &["kept"]);
                    let mut other = stream.clone();
                    for turn in 0..2_000 {
                        let drawn = (turn * turn) % (all + 1);
                        let afresh = Draws::new(draw, marked, all, 1).draw(drawn, &mut other);
                        assert_eq!(kept.draw(drawn, &mut stream), afresh);
                    }
                }
            }
        }
    }

    /// The first outputs of the published generator for the seed 1234567.
    #[test]
    fn the_stream_is_the_published_one() {
        let mut stream = Stream { state: 1_234_567 };
        let drawn = [stream.next(), stream.next(), stream.next()];
        let published = [
            6_457_827_717_110_365_317,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423,
        ];
        assert_eq!(drawn, published);
    }

    #[test]
    fn every_list_of_names_has_a_stream_of_its_own() {
        let first = |seed, names: &[&str]| Stream::new(seed, names).next();
        assert_eq!(first(7, &["a", "b"]), first(7, &["a", "b"]));
        for other in [&["ab", ""][..], &["b", "a"], &["a"], &["a", "b", ""]] {
            assert_ne!(first(7, other), first(7, &["a", "b"]));
        }
        assert_ne!(first(8, &["a", "b"]), first(7, &["a", "b"]));
    }

    /// n over k, in whole numbers.
    fn choose(n: u64, k: u64) -> u128 {
        if k > n {
            return 0;
        }
        (0..k).fold(1, |c, i| c * u128::from(n - i) / u128::from(i + 1))
    }

    fn exact(k: u64, marked: u64, all: u64, drawn: u64) -> f64 {
        let ways = choose(marked, k) * choose(all - marked, drawn - k);
        ways as f64 / choose(all, drawn) as f64
    }

    #[test]
    fn probabilities_agree_with_whole_numbers() {
        for all in [1_u64, 2, 3, 7, 20, 50] {
            for marked in 0..=all {
                for drawn in 0..=all {
                    let low = (marked + drawn).saturating_sub(all);
                    for k in low..=marked.min(drawn) {
                        if drawn == all || drawn == 0 {
                            continue;
                        }
                        let (got, expected) = (
                            hypergeometric(k, marked, all, drawn),
                            exact(k, marked, all, drawn),
                        );
                        assert!(
                            (got / expected - 1.0).abs() < 1e-12,
                            "{k} {marked} {all} {drawn}: {got} instead of {expected}"
                        );
                    }
                }
            }
        }
        // 10 over 3 times 0.3^3 times 0.7^7.
        assert!((binomial(3, 10, 0.3, 0.7) - 0.266_827_932).abs() < 1e-12);
        assert!((binomial(0, 10, 0.3, 0.7) - 0.7_f64.powi(10)).abs() < 1e-16);
        assert!((binomial(10, 10, 0.3, 0.7) - 0.3_f64.powi(10)).abs() < 1e-18);
    }

    /// All probabilities of a great draw sum to 1, so the one at the mode is right: the ratios are.
    #[test]
    fn probabilities_of_millions_sum_to_one() {
        let (marked, all, drawn) = (600_000_u64, 2_000_000_u64, 900_000_u64);
        let sum: f64 = (266_000..=274_000)
            .map(|k| hypergeometric(k, marked, all, drawn))
            .sum();
        assert!((sum - 1.0).abs() < 1e-11, "{sum}");
        let sum: f64 = (296_000..=304_000)
            .map(|k| binomial(k, 1_000_000, 0.3, 0.7))
            .sum();
        assert!((sum - 1.0).abs() < 1e-11, "{sum}");
    }

    /// Draws against probabilities, by chi-square: 5 standard errors, and the seed is fixed.
    fn agrees(draw: &mut dyn FnMut() -> u64, probability: &dyn Fn(u64) -> f64, most: usize) {
        const DRAWS: usize = 200_000;
        let mut counts = vec![0.0; most + 1];
        for _ in 0..DRAWS {
            counts[usize::try_from(draw()).unwrap_or(usize::MAX)] += 1.0;
        }
        let (mut statistic, mut cells) = (0.0, 0.0);
        for (k, count) in counts.iter().enumerate() {
            let expected = probability(k as u64) * DRAWS as f64;
            if expected >= 5.0 {
                statistic += (count - expected) * (count - expected) / expected;
                cells += 1.0;
            }
        }
        let freedom: f64 = cells - 1.0;
        assert!(
            (statistic - freedom).abs() < 5.0 * (2.0 * freedom).sqrt(),
            "{statistic} at {freedom} degrees of freedom"
        );
    }

    #[test]
    fn draws_follow_their_probabilities() {
        let mut stream = Stream::new(2, &["hypergeometric"]);
        for (marked, all, drawn) in [(5, 10, 5), (3, 40, 30), (37, 60, 29), (25, 60, 4)] {
            agrees(
                &mut || stream.hypergeometric(marked, all, drawn),
                &|k| {
                    let low = (marked + drawn).saturating_sub(all);
                    if (low..=marked.min(drawn)).contains(&k) {
                        exact(k, marked, all, drawn)
                    } else {
                        0.0
                    }
                },
                60,
            );
        }
        for (marked, all, drawn) in [(1, 3, 20), (9, 10, 30), (1, 50, 40)] {
            let p = marked as f64 / all as f64;
            agrees(
                &mut || stream.binomial(marked, all, drawn),
                &|k| {
                    let ways = choose(drawn, k) as f64;
                    let misses = drawn.saturating_sub(k) as f64;
                    ways * p.powf(k as f64) * (1.0 - p).powf(misses)
                },
                60,
            );
        }
    }

    #[test]
    fn draws_at_the_edge_are_certain() {
        let mut stream = Stream::new(1, &[]);
        assert_eq!(stream.hypergeometric(0, 9, 4), 0);
        assert_eq!(stream.hypergeometric(9, 9, 4), 4);
        assert_eq!(stream.hypergeometric(3, 9, 0), 0);
        assert_eq!(stream.hypergeometric(3, 9, 9), 3);
        assert_eq!(stream.hypergeometric(0, 0, 0), 0);
        assert_eq!(stream.binomial(0, 9, 4), 0);
        assert_eq!(stream.binomial(9, 9, 4), 4);
        assert_eq!(stream.binomial(3, 9, 0), 0);
    }

    /// Mean and variance of draws of millions.
    #[test]
    fn great_draws_have_their_mean_and_variance() {
        let mut stream = Stream::new(2, &["great"]);
        let (marked, all, drawn) = (600_000_u64, 2_000_000_u64, 900_000_u64);
        let draws: Vec<f64> = (0..20_000)
            .map(|_| stream.hypergeometric(marked, all, drawn) as f64)
            .collect();
        let n = draws.len() as f64;
        let mean = draws.iter().sum::<f64>() / n;
        let variance = draws.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n;
        let (p, f) = (0.3, 0.45);
        let expected = 900_000.0 * p * (1.0 - p) * (1.0 - f);
        assert!(
            (mean - 270_000.0).abs() < 5.0 * (expected / n).sqrt(),
            "{mean}"
        );
        assert!(
            (variance / expected - 1.0).abs() < 5.0 * (2.0 / n).sqrt(),
            "{variance}"
        );
    }
}
