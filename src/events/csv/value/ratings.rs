//! Which scale the ratings of a column have, by their values, and which of them are codes for no answer.

use std::collections::BTreeMap;

use ordered_float::OrderedFloat;

/// How many different ratings are told apart.
const VALUES: usize = 1000;

/// A scale that ratings may have.
struct Known {
    name: &'static str,
    min: f64,
    max: f64,
}

const fn known(name: &'static str, min: f64, max: f64) -> Known {
    Known { name, min, max }
}

/// Scales with good on the one side of zero and bad on the other.
const SIGNED: [Known; 3] = [
    known("-2..2", -2.0, 2.0),
    known("-3..3", -3.0, 3.0),
    known("-5..5", -5.0, 5.0),
];
const RISING: [Known; 4] = [
    known("1..5", 1.0, 5.0),
    known("1..7", 1.0, 7.0),
    known("0..10", 0.0, 10.0),
    known("0..100", 0.0, 100.0),
];
const LARGE: [Known; 2] = [
    known("-100..100", -100.0, 100.0),
    known("0..1000", 0.0, 1000.0),
];

/// The scale that ratings seem to have.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::events::csv) struct Likely {
    pub(in crate::events::csv) scale: &'static str,
    /// The lowest and the highest rating on it.
    pub(in crate::events::csv) range: (f64, f64),
    /// Ratings off it, as they are written, and how many rows have each: they look like codes for no answer.
    pub(in crate::events::csv) codes: Vec<(String, u64)>,
}

/// The ratings of a column that are not on the scale by which they are read, and the whole numbers that are.
#[derive(Debug, Default)]
pub(in crate::events::csv) struct Ratings {
    values: BTreeMap<OrderedFloat<f64>, (String, u64)>,
    /// Ratings that are not on the scale.
    pub(in crate::events::csv) off: u64,
    /// Of those on it that were looked at: how many, and whether some are below 0 or no whole numbers.
    seen: u64,
    negative: bool,
    fraction: bool,
}

impl Ratings {
    #[cold]
    pub(in crate::events::csv) fn off(&mut self, rating: f64, cell: String) {
        self.off += 1;
        self.add(rating, cell);
    }

    /// A rating on the scale from -1 to 1, which may be the lowest of a higher scale, or a code.
    pub(in crate::events::csv) fn on(&mut self, rating: f64, cell: &[u8]) {
        // Others are told off the scale.
        if rating.abs() > 1.0 {
            return;
        }
        self.seen += 1;
        self.negative |= rating < 0.0;
        self.fraction |= rating.fract() != 0.0;
        match self.values.get_mut(&OrderedFloat(rating)) {
            Some((_, rows)) => *rows += 1,
            None if rating.fract() == 0.0 => self.add(rating, super::cells::text(cell)),
            None => {}
        }
    }

    /// Whether ratings read from -1 to 1 rather go from 0 to 1: none is negative, and they are all 0 or 1, or many.
    pub(in crate::events::csv) fn are_one_sided(&self) -> bool {
        self.off == 0 && !self.negative && (self.seen >= 20 || (self.seen > 1 && !self.fraction))
    }

    fn add(&mut self, rating: f64, cell: String) {
        let rating = OrderedFloat(rating);
        if self.values.len() < VALUES || self.values.contains_key(&rating) {
            self.values.entry(rating).or_insert((cell, 0)).1 += 1;
        }
    }

    /// The scale that they seem to have, where some are not on the one by which they are read.
    pub(in crate::events::csv) fn likely(&self) -> Likely {
        let all = &self.values;
        let negatives = all.keys().filter(|rating| rating.0 < 0.0);
        let fits = |of: &&Known| fits(of, all);
        let signed = SIGNED.iter().filter(|of| {
            let inside = negatives.clone().filter(|rating| rating.0 >= of.min);
            let (some, low) = inside.fold((0, 0.0_f64), |(some, low), rating| {
                (some + 1, low.min(rating.0))
            });
            // One negative number alone rather stands for no answer.
            match of.name {
                "-2..2" => some > 0,
                "-3..3" => some > 1,
                _ => some > 1 && low <= -3.0,
            }
        });
        let Some(found) = signed.chain(&RISING).chain(&LARGE).find(fits) else {
            return self.beyond();
        };
        let inside = all
            .keys()
            .map(|rating| rating.0)
            .filter(|rating| on(*rating, found));
        let none = (f64::INFINITY, f64::NEG_INFINITY);
        let range = inside.fold(none, |(low, high), rating| {
            (low.min(rating), high.max(rating))
        });
        let outside = all.iter().filter(|(rating, _)| !on(rating.0, found));
        let rows: u64 = all.values().map(|(_, rows)| rows).sum();
        // From 1 on, unless few ratings leave open whether there is a 0.
        let from_one = found.name == "0..10" && range == (1.0, 10.0) && rows >= 100;
        Likely {
            scale: if from_one { "1..10" } else { found.name },
            range,
            codes: outside.map(|(_, told)| told.clone()).collect(),
        }
    }

    /// Where they have no scale that is known.
    fn beyond(&self) -> Likely {
        let ends = (self.values.keys().next(), self.values.keys().next_back());
        let range = (
            ends.0.map_or(0.0, |low| low.0),
            ends.1.map_or(0.0, |high| high.0),
        );
        Likely {
            scale: if range.0 < 0.0 {
                "-1000..1000"
            } else {
                "0..1000"
            },
            range,
            codes: Vec::new(),
        }
    }

    /// Those off a scale that was stated, if all of them look like codes; or else the scale that all may have.
    pub(in crate::events::csv) fn beside(
        &self,
        min: f64,
        max: f64,
        rows: u64,
    ) -> Result<Vec<(String, u64)>, &'static str> {
        let mut stated = Self::default();
        stated.values.clone_from(&self.values);
        for end in [min, max] {
            let entry = stated.values.entry(OrderedFloat(end));
            entry.or_insert((end.to_string(), 0)).1 += rows.max(1);
        }
        let of = Known { name: "", min, max };
        if fits(&of, &stated.values) {
            return Ok(self.values.values().cloned().collect());
        }
        let unscaled = self.values.keys().all(|rating| rating.0.abs() <= 1.0);
        Err(if unscaled {
            "-1..1"
        } else {
            stated.likely().scale
        })
    }
}

fn on(rating: f64, of: &Known) -> bool {
    rating >= of.min && rating <= of.max
}

/// Whether ratings may be on a scale: all that are off it look like codes for no answer, or like a few slips.
fn fits(of: &Known, all: &BTreeMap<OrderedFloat<f64>, (String, u64)>) -> bool {
    let total = |which: &dyn Fn(f64) -> bool| -> u64 {
        let chosen = all.iter().filter(|(rating, _)| which(rating.0));
        chosen.map(|(_, (_, rows))| rows).sum()
    };
    let inside = total(&|rating| on(rating, of));
    let doubtful = total(&|rating| !on(rating, of) && !is_code(rating, of));
    let near = |rating: f64| !on(rating, of) && !is_code(rating, of) && rating <= 2.0 * of.max;
    // 8 and 9 beside a scale up to 5, where nobody said 6, 7 or 10.
    let digits =
        |rating: f64| of.min > 0.0 && rating >= of.max + 2.0 && [8.0, 9.0].contains(&rating);
    let gap = all.keys().all(|rating| !near(rating.0) || digits(rating.0));
    let far = all.keys().all(|rating| !near(rating.0));
    inside > 0
        && (doubtful == 0 || (far && 20 * doubtful <= inside) || (gap && 4 * doubtful <= inside))
}

/// Whether a rating off a scale is what surveys write for no answer: 99, 88, 999, -1, -99, or 0 below a scale from 1.
fn is_code(rating: f64, of: &Known) -> bool {
    if rating.fract() != 0.0 {
        return false;
    }
    if rating == 0.0 {
        return of.min > 0.0;
    }
    let digits = format!("{}", rating.abs());
    let nines = digits.len() > 1
        && digits.bytes().rev().skip(1).all(|digit| digit == b'9')
        && digits.ends_with(['5', '6', '7', '8', '9']);
    let same = digits.len() > 1
        && digits.starts_with(['6', '7', '8', '9'])
        && digits
            .bytes()
            .all(|digit| digits.as_bytes().first() == Some(&digit));
    let one = rating < 0.0 && of.min >= 0.0 && digits.len() == 1;
    nines || same || one
}

#[cfg(test)]
mod tests {
    use super::{Likely, Ratings};

    fn likely(ratings: &[(f64, u64)]) -> Likely {
        let mut all = Ratings::default();
        for &(rating, rows) in ratings {
            for _ in 0..rows {
                all.off(rating, rating.to_string());
            }
        }
        all.likely()
    }

    #[test]
    fn the_bulk_of_the_ratings_says_their_scale_and_the_rest_are_codes() {
        let five = [(1.0, 3), (2.0, 2), (3.0, 4), (4.0, 9), (5.0, 9)];
        let ten = [
            (0.0, 1),
            (3.0, 2),
            (6.0, 2),
            (7.0, 3),
            (8.0, 4),
            (9.0, 6),
            (10.0, 5),
        ];
        let seven = [(1.0, 1), (2.0, 1), (4.0, 3), (6.0, 4), (7.0, 4)];
        let signed = [(-2.0, 1), (-1.0, 3), (0.0, 3), (1.0, 2), (2.0, 2)];
        let hundred = [
            (0.0, 1),
            (12.0, 2),
            (45.0, 3),
            (80.0, 9),
            (99.0, 2),
            (100.0, 4),
        ];
        for (bulk, codes, scale) in [
            (&five[..], &[][..], "1..5"),
            (&five, &[88.0], "1..5"),
            (&five, &[99.0, -99.0, 0.0, 999.0, 88.0], "1..5"),
            (&five, &[-1.0], "1..5"),
            (&five, &[-9.0, -8.0], "1..5"),
            (&five, &[9.0], "1..5"),
            (&five, &[8.0, 9.0], "1..5"),
            (&five, &[50.0], "1..5"),
            (&ten, &[], "0..10"),
            (&ten, &[99.0], "0..10"),
            (&ten, &[-1.0, 88.0], "0..10"),
            (&seven, &[], "1..7"),
            (&seven, &[0.0, 99.0], "1..7"),
            (&signed, &[], "-2..2"),
            (&signed, &[99.0, -99.0], "-2..2"),
            (&hundred, &[], "0..100"),
            (&hundred, &[999.0, -1.0], "0..100"),
        ] {
            let mut all = bulk.to_vec();
            all.extend(codes.iter().map(|code| (*code, 1)));
            let found = likely(&all);
            let mut named: Vec<f64> = codes.to_vec();
            named.sort_by(f64::total_cmp);
            let named: Vec<(String, u64)> = named.iter().map(|it| (it.to_string(), 1)).collect();
            assert_eq!((found.scale, found.codes), (scale, named), "{all:?}");
        }
        // A 10 or a 6 beside 1 to 5 is no code: the scale is another one.
        assert_eq!(likely(&[(4.0, 9), (5.0, 9), (10.0, 1)]).scale, "0..10");
        assert_eq!(likely(&[(4.0, 9), (5.0, 9), (6.0, 1)]).scale, "1..7");
        assert_eq!(likely(&[(-3.0, 9), (-1.0, 1), (3.0, 9)]).scale, "-3..3");
        assert_eq!(likely(&[(-4.0, 9), (-1.0, 1), (3.0, 9)]).scale, "-5..5");
        assert_eq!(
            likely(&[(-50.0, 9), (-10.0, 1), (30.0, 9)]).scale,
            "-100..100"
        );
        assert_eq!(likely(&[(150.0, 9), (500.0, 1), (0.0, 9)]).scale, "0..1000");
        let none = likely(&[(-4000.0, 9), (500.0, 1)]);
        assert_eq!((none.range, none.codes), ((-4000.0, 500.0), Vec::new()));
        // Whether 0 is on it shows in many ratings only.
        assert_eq!(likely(&[(1.0, 2), (9.0, 2), (10.0, 2)]).scale, "0..10");
        assert_eq!(likely(&[(1.0, 50), (9.0, 60), (10.0, 2)]).scale, "1..10");
    }

    #[test]
    fn beside_a_scale_that_is_stated() {
        let of = |ratings: &[f64]| {
            let mut all = Ratings::default();
            for &rating in ratings {
                all.off(rating, rating.to_string());
            }
            let told = all.beside(1.0, 5.0, 100);
            told.map(|codes| codes.into_iter().map(|(code, _)| code).collect::<Vec<_>>())
        };
        assert_eq!(
            of(&[99.0, 0.0, 99.0]),
            Ok(vec!["0".to_owned(), "99".to_owned()])
        );
        assert_eq!(of(&[9.0]), Ok(vec!["9".to_owned()]));
        assert_eq!(of(&[-0.5, 0.25]), Err("-1..1"));
        assert_eq!(of(&[6.0, 7.0, 8.0, 9.0]), Err("0..10"));
        assert_eq!(of(&[55.0]), Ok(vec!["55".to_owned()]));
    }
}
