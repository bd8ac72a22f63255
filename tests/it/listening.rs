//! Who is unhappy, who is heard and who leaves without a word, against hand fractions, whole paths, walks at random and
//! flows in which somebody listens.

mod by_hand;
mod laws;

use customer_journey::analysis::Listening;
use customer_journey::{Ability, Evidence, FixKind};

use crate::generate::{Drawing, Rng, Taste, drawing};
use crate::moments::Chain;

/// Sums of some thousand probabilities.
const EXACT: f64 = 1e-12;

const UNHAPPY: f64 = -0.25;

/// Shares of journeys: unhappy, heard, heard then or later, leaving, silent; and by touchpoint the silent ones that come
/// by there.
#[derive(Debug, Clone, PartialEq)]
struct Shares {
    figures: [f64; 5],
    by: Vec<f64>,
}

impl Shares {
    fn none(spots: usize) -> Self {
        Self {
            figures: [0.0; 5],
            by: vec![0.0; spots],
        }
    }

    /// Adds a path of this weight: touchpoints with what is felt there.
    fn add(&mut self, drawing: &Drawing, weight: f64, path: &[(usize, Option<f64>)], churn: bool) {
        let listens = |i: usize| drawing.spots[i].can.contains(&Ability::Listen);
        let unhappy = |felt: Option<f64>| felt.is_some_and(|valence| valence <= UNHAPPY);
        let Some(first) = path.iter().position(|&(_, felt)| unhappy(felt)) else {
            return;
        };
        let heard = path.iter().any(|&(i, _)| listens(i));
        let since = path[first..].iter().any(|&(i, _)| listens(i));
        let silent = churn && !heard;
        for (figure, counts) in self
            .figures
            .iter_mut()
            .zip([true, heard, since, churn, silent])
        {
            *figure += if counts { weight } else { 0.0 };
        }
        if silent {
            for (i, by) in self.by.iter_mut().enumerate() {
                *by += if path.iter().any(|&(j, _)| i == j) {
                    weight
                } else {
                    0.0
                };
            }
        }
    }

    fn of(listening: &Listening, drawing: &Drawing) -> Self {
        let figures = [
            listening.unhappy,
            listening.heard,
            listening.heard_since,
            listening.leaving,
            listening.silent_churn,
        ];
        let by = |id: &str| {
            let mut gains = listening.gains.iter();
            let known = gains.find(|known| known.id == id);
            known.map_or(0.0, |known| known.gain.unwrap())
        };
        Self {
            figures: figures.map(Option::unwrap),
            by: drawing.spots.iter().map(|spot| by(&spot.id)).collect(),
        }
    }

    fn all(&self) -> impl Iterator<Item = f64> + '_ {
        self.figures.iter().chain(&self.by).copied()
    }

    #[track_caller]
    fn assert_near(&self, other: &Self, tolerance: f64, drawing: &Drawing) {
        for (one, other_one) in self.all().zip(other.all()) {
            assert!(
                (one - other_one).abs() <= tolerance,
                "{self:?} instead of {other:?}\n{drawing:?}"
            );
        }
    }
}

/// Walks on from a touchpoint along all paths.
fn enumerate(
    chain: &Chain<'_>,
    i: usize,
    weight: f64,
    path: &mut Vec<(usize, Option<f64>)>,
    shares: &mut Shares,
) {
    for &x in &chain.of_spot[i] {
        let moment = &chain.moments[x];
        let felt: Vec<(Option<f64>, f64)> = if moment.mix.is_empty() {
            vec![(None, 1.0)]
        } else {
            let mix = moment.mix.iter();
            mix.map(|&(level, p)| (Some(chain.levels[level]), p))
                .collect()
        };
        for (valence, share) in felt {
            let here = weight * moment.chance * share;
            path.push((i, valence));
            for &(outcome, p) in &moment.ends {
                let churn = chain.outcomes[outcome] == "churn";
                shares.add(chain.drawing, here * p, path, churn);
            }
            for &(way, p) in &moment.onward {
                enumerate(chain, chain.to(way), here * p, path, shares);
            }
            path.pop();
        }
    }
}

fn draw<T: Copy>(rng: &mut Rng, from: impl Iterator<Item = (T, f64)>) -> T {
    let mut left = rng.unit();
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

fn walk(chain: &Chain<'_>, rng: &mut Rng, weight: f64, shares: &mut Shares) {
    let mut path = Vec::new();
    let mut i = draw(rng, chain.starts.iter().copied().enumerate());
    loop {
        let here = chain.of_spot[i].iter();
        let x = draw(rng, here.map(|&x| (x, chain.moments[x].chance)));
        let moment = &chain.moments[x];
        let felt =
            (!moment.mix.is_empty()).then(|| chain.levels[draw(rng, moment.mix.iter().copied())]);
        path.push((i, felt));
        let ways = moment.onward.iter().map(|&(way, p)| (Ok(way), p));
        let ends = moment.ends.iter().map(|&(outcome, p)| (Err(outcome), p));
        match draw(rng, ways.chain(ends)) {
            Ok(way) => i = chain.to(way),
            Err(outcome) => {
                let churn = chain.outcomes[outcome] == "churn";
                return shares.add(chain.drawing, weight, &path, churn);
            }
        }
    }
}

/// The same with a touchpoint that nobody counted: what a map that is counted throughout does not say of its touchpoints is
/// unknown, and no lack.
fn stated(drawing: &Drawing) -> Drawing {
    let mut stated = drawing.clone();
    if let Some(first) = stated.spots.first_mut() {
        first.evidence = Evidence::Assumed;
    }
    stated
}

fn listening(drawing: &Drawing) -> Option<Listening> {
    let listening = stated(drawing).journey().flow().ok()?.listening();
    listening.unhappy.is_some().then_some(listening)
}

#[test]
fn journeys_without_loops_agree_with_the_enumeration_of_all_paths() {
    let mut rng = Rng::new(21);
    let (mut judged, mut silent, mut heard) = (0, 0, 0);
    for round in 0..300 {
        let taste = Taste {
            spots: 1 + round % 8,
            ways: 1.7,
            loops: false,
        };
        let drawing = drawing(&mut rng, taste);
        let Some(listening) = listening(&drawing) else {
            continue;
        };
        let chain = Chain::new(&drawing);
        let mut expected = Shares::none(drawing.spots.len());
        for (i, &share) in chain.starts.iter().enumerate().filter(|(_, s)| **s > 0.0) {
            enumerate(&chain, i, share, &mut Vec::new(), &mut expected);
        }
        // A touchpoint that listens gains nothing by listening, and silent journeys do not come by there.
        Shares::of(&listening, &drawing).assert_near(&expected, EXACT, &drawing);
        judged += 1;
        silent += usize::from(expected.figures[4] > 0.0);
        heard += usize::from(expected.figures[1] > expected.figures[2] + 1e-9);
    }
    assert!(
        judged > 200 && silent > 40 && heard > 20,
        "{judged} {silent} {heard}"
    );
}

#[test]
fn journeys_with_loops_agree_with_simulation() {
    const WALKS: usize = 100_000;
    let (mut judged, mut silent) = (0, 0);
    for seed in 100.. {
        let mut rng = Rng::new(seed);
        let taste = Taste {
            spots: 7,
            ways: 2.0,
            loops: true,
        };
        let drawing = drawing(&mut rng, taste);
        let Some(listening) = listening(&drawing) else {
            continue;
        };
        let chain = Chain::new(&drawing);
        let mut simulated = Shares::none(drawing.spots.len());
        for _ in 0..WALKS {
            walk(&chain, &mut rng, 1.0 / WALKS as f64, &mut simulated);
        }
        // Five standard errors of a share of one half.
        Shares::of(&listening, &drawing).assert_near(
            &simulated,
            5.0 * 0.5 / (WALKS as f64).sqrt(),
            &drawing,
        );
        judged += 1;
        silent += usize::from(simulated.figures[4] > 0.01);
        if judged == 20 {
            break;
        }
    }
    assert!(silent > 4, "{silent}");
}

/// The gain is what is left of silent churn, taken from what there is, in a flow of its own in which somebody listens.
#[test]
fn the_gain_is_the_difference_of_two_flows() {
    let mut rng = Rng::new(33);
    let (mut compared, mut twice) = (0, 0);
    for round in 0..200 {
        let taste = Taste {
            spots: 3 + round % 9,
            ways: 2.0,
            loops: true,
        };
        let drawn = drawing(&mut rng, taste);
        let Some(before) = listening(&drawn) else {
            continue;
        };
        let shares = Shares::of(&before, &drawn);
        // The same by updates of rank one.
        let fixes = drawn.journey().flow().unwrap();
        for fix in fixes.single_fixes(&[FixKind::Listen]) {
            let change = fix.effect.and_then(|effect| effect.silent_churn);
            let at = drawn.spots.iter().position(|spot| spot.id == fix.id);
            let gain = shares.by[at.unwrap()];
            assert!((change.unwrap_or(0.0) + gain).abs() < EXACT, "{drawn:?}");
        }
        for i in 0..drawn.spots.len() {
            let mut changed = drawn.clone();
            changed.spots[i].can.push(Ability::Listen);
            let after = listening(&changed).unwrap().silent_churn.unwrap();
            let gain = before.silent_churn.unwrap() - after;
            assert!(
                (gain - shares.by[i]).abs() < EXACT,
                "{} instead of {gain} at {i}\n{drawn:?}",
                shares.by[i]
            );
            compared += usize::from(gain > 1e-6);
        }
        // Where customers come by again after they became unhappy, neither half of the sum is all.
        let all: f64 = shares.by.iter().sum();
        twice += usize::from(all > shares.figures[4] * 1.5);
    }
    assert!(compared > 200 && twice > 30, "{compared} {twice}");
}
