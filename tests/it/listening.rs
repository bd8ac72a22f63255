//! Who is unhappy, who is heard and who leaves without a word, against hand fractions, whole paths, walks at random and
//! flows in which somebody listens.

use customer_journey::{
    Ability, Channel, FixKind, Flow, Journey, Listening, ListeningOptions, Outcome, Phase, Promise,
    PromiseResult, Touchpoint,
};
use proptest::prelude::*;

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

fn listening(drawing: &Drawing) -> Option<Listening> {
    let listening = drawing.journey().flow().ok()?.listening();
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

/// ```text
/// start -> bill (-0.5 for 1 of 2, 0.5 otherwise) -1/2-> call (can listen) -1/2-> churn, -1/2-> bill
///                                               -1/4-> web (-1) -> churn
///                                               -1/4-> churn
/// ```
fn billing() -> Flow {
    Journey::builder("Billing")
        .touchpoint(
            Touchpoint::new("bill", Phase::During, Channel::Post)
                .starts(1.0)
                .promise(Promise::new("right").kept(1.0).broken(1.0))
                .feels(0.5)
                .feels_when_broken(-0.5)
                .ends(Outcome::Churn, 1.0),
        )
        .touchpoint(
            Touchpoint::new("call", Phase::After, Channel::Phone)
                .can(Ability::Listen)
                .ends(Outcome::Churn, 1.0),
        )
        .touchpoint(
            Touchpoint::new("web", Phase::After, Channel::Web)
                .feels(-1.0)
                .ends(Outcome::Churn, 1.0),
        )
        .transition("bill", "call", 2.0)
        .transition("bill", "web", 1.0)
        .transition("call", "bill", 1.0)
        .build()
        .unwrap()
        .flow()
        .unwrap()
}

#[track_caller]
fn close(got: Option<f64>, expected: f64) {
    let got = got.unwrap();
    assert!(
        (got - expected).abs() < 1e-14,
        "{got} instead of {expected}"
    );
}

#[test]
fn fractions_by_hand() {
    let listening = billing().listening();
    // From the bill u: broken at once 1/2, or else by web 1/4, or by call 1/2 and from there 1/2 back:
    // u = 1/2 + 1/2 (1/4 + 1/4 u), so u = 5/7.
    close(listening.unhappy, 5.0 / 7.0);
    // Everybody churns, so leaving is the same. Silent: no call, so 1/2 unhappy at the bill or at the web after it.
    // Bill broken: 1/2 * (1/4 + 1/4). Bill kept: 1/2 * 1/4 by web.
    close(listening.leaving, 5.0 / 7.0);
    close(listening.silent_churn, 3.0 / 8.0);
    // Who is not silent is heard, and the call is felt by nobody knows how: 5/7 - 3/8.
    close(listening.heard, 5.0 / 7.0 - 3.0 / 8.0);
    // At the bill for the first time unhappy, 4/7 in all, and 1/2 call then; unhappy at the web, nobody listens.
    // Bill visits before: v = 1 + v * 1/2 * 1/4, 8/7.
    close(listening.heard_since, 8.0 / 7.0 * 0.5 * 0.5);
    assert_eq!(listening.listeners, ["call"]);
    // Moments: bill 1 + 1/4 + ... = 4/3, call 2/3 without a known feeling, web 1/3.
    assert!((listening.coverage - 5.0 / 7.0).abs() < 1e-14);
    let gains: Vec<(&str, f64)> = listening
        .gains
        .iter()
        .map(|known| (known.id.as_str(), known.gain.unwrap()))
        .collect();
    let [("bill", bill), ("web", web)] = gains[..] else {
        panic!("{gains:?}")
    };
    close(Some(bill), 3.0 / 8.0);
    close(Some(web), 1.0 / 4.0);
    close(listening.gains[1].share, 2.0 / 3.0);

    let worst = ListeningOptions::new().unhappy_at(-1.0).top(1);
    let listening = billing().listening_with(&worst);
    // Web comes with 1/4 of 4/3 visits to the bill.
    close(listening.unhappy, 1.0 / 3.0);
    close(listening.silent_churn, 1.0 / 4.0);
    assert_eq!(listening.gains.len(), 1);
    // Of two touchpoints that gain as much the alphabetically first.
    assert_eq!(listening.gains[0].id, "bill");
    let nobody = billing().listening_with(&ListeningOptions::new().goal("cancels"));
    close(nobody.unhappy, 5.0 / 7.0);
    assert_eq!(
        (nobody.silent_churn, nobody.leaving),
        (Some(0.0), Some(0.0))
    );
    assert_eq!(nobody.gains, []);
}

#[test]
fn the_report_says_the_same() {
    let report = billing().report();
    assert_eq!(report.listening, billing().listening());
    assert_eq!(report.unhappy, report.listening.unhappy);
    assert_eq!(report.silent_churn, report.listening.silent_churn);
}

#[test]
fn where_nothing_is_felt_nobody_says_who_is_unhappy() {
    let flow = Journey::builder("quiet")
        .touchpoint(
            Touchpoint::new("shop", Phase::During, Channel::Store).ends(Outcome::Churn, 1.0),
        )
        .build()
        .unwrap()
        .flow()
        .unwrap();
    let listening = flow.listening();
    assert_eq!((listening.unhappy, listening.silent_churn), (None, None));
    assert_eq!(listening.coverage, 0.0);
    assert!(listening.to_string().contains("Who is unhappy is unknown."));
}

/// Customers retry a million million times; one in a million million visits is a bad one.
#[test]
fn rare_silence_keeps_its_digits() {
    let flow = Journey::builder("retry")
        .touchpoint(
            Touchpoint::new("try", Phase::During, Channel::App)
                .starts(1.0)
                .promise(Promise::new("works").kept(1e12).broken(1.0))
                .feels(0.5)
                .feels_when_broken(-0.5)
                .ends(Outcome::Churn, 1e-12)
                .ends(Outcome::Loyalty, 1e-12),
        )
        .transition("try", "try", 1.0)
        .build()
        .unwrap()
        .flow()
        .unwrap();
    let listening = flow.listening();
    // Unhappy per visit b = 1/(1e12 + 1), gone per visit g = 2e-12/(1 + 2e-12): unhappy b / (b + g (1 - b)).
    let (b, g) = (1.0 / (1e12 + 1.0), 2e-12 / (1.0 + 2e-12));
    let unhappy = b / (b + g - b * g);
    assert!((listening.unhappy.unwrap() / unhappy - 1.0).abs() < 1e-12);
    assert!((listening.silent_churn.unwrap() / (unhappy / 2.0) - 1.0).abs() < 1e-12);
    let gain = listening.gains[0].gain.unwrap();
    assert!((gain / (unhappy / 2.0) - 1.0).abs() < 1e-12, "{gain}");
}

/// A random journey of another implementation's, with its figures by dense algebra.
#[test]
fn a_journey_with_loops_of_another_implementation() {
    use PromiseResult::{Broken, Kept};
    let at = |id: &str, phase: Phase, channel: Channel| Touchpoint::new(id, phase, channel);
    let flow = Journey::builder("loops-6")
        .touchpoint(
            at("t0", Phase::Before, Channel::Store)
                .feels("optimism")
                .starts(2.0)
                .ends("advocacy", 4.0),
        )
        .touchpoint(
            at("t1", Phase::Before, Channel::Chat)
                .starts(4.0)
                .ends("loyalty", 4.0),
        )
        .touchpoint(
            at("t2", Phase::During, Channel::Chat)
                .feels("confusion")
                .promise(Promise::new("q").kept(8.0).broken(8.0))
                .ends_when(Broken, "loyalty", 2.0),
        )
        .touchpoint(
            at("t3", Phase::During, Channel::Web)
                .feels("delight")
                .promise(Promise::new("p").kept(3.0).broken(2.0)),
        )
        .touchpoint(
            at("t4", Phase::After, Channel::Phone)
                .ends("churn", 3.0)
                .ends("advocacy", 4.0),
        )
        .touchpoint(
            at("t5", Phase::After, Channel::Chat)
                .feels("pleasant_surprise")
                .can(Ability::Listen)
                .ends("churn", 3.0)
                .ends("loyalty", 2.0)
                .ends("advocacy", 4.0),
        )
        .transition("t0", "t2", 2.0)
        .transition("t0", "t1", 1.0)
        .transition("t0", "t5", 5.0)
        .transition("t1", "t4", 6.0)
        .transition("t1", "t2", 1.0)
        .transition("t1", "t1", 5.0)
        .transition("t2", "t4", 4.0)
        .transition_when(Kept, "t2", "t1", 4.0)
        .transition("t2", "t0", 2.0)
        .transition_when(Kept, "t3", "t1", 5.0)
        .transition_when(Kept, "t3", "t5", 6.0)
        .transition("t3", "t3", 3.0)
        .transition("t4", "t3", 6.0)
        .transition("t4", "t2", 4.0)
        .transition("t4", "t4", 6.0)
        .transition("t5", "t0", 1.0)
        .transition("t5", "t4", 4.0)
        .transition("t5", "t2", 4.0)
        .build()
        .unwrap()
        .flow()
        .unwrap();
    let listening = flow.listening();
    assert!((listening.unhappy.unwrap() - 0.291_496_715_080_201_14).abs() < 1e-12);
    assert!((listening.silent_churn.unwrap() - 0.031_127_596_051_411_938).abs() < 1e-12);
}

proptest! {
    #[test]
    fn laws_of_listening(journey in crate::listening::drawings()) {
        let flow = journey.journey().flow();
        prop_assume!(flow.is_ok());
        let flow = flow.unwrap();
        let found = flow.listening();
        let Some(unhappy) = found.unhappy else { return Ok(()) };
        let shares = Shares::of(&found, &journey);
        let [_, heard, since, leaving, silent] = shares.figures;
        prop_assert!(shares.all().all(|share| (0.0..=1.0).contains(&share)));
        prop_assert!(since <= heard + EXACT && heard <= unhappy + EXACT);
        prop_assert!(silent <= leaving + EXACT && leaving <= unhappy + EXACT);
        prop_assert!(silent <= unhappy - heard + EXACT);
        for (gain, spot) in shares.by.iter().zip(&journey.spots) {
            prop_assert!(*gain <= silent);
            // Nobody comes, or somebody listens already: nothing to gain.
            let reach = flow.reach(&spot.id).unwrap();
            prop_assert!(*gain <= reach + EXACT);
            let listens = spot.can.contains(&Ability::Listen);
            prop_assert!(*gain <= 0.0 || !(listens || reach <= 0.0));
        }
        prop_assert!(found.gains.is_sorted_by(|a, b| a.gain >= b.gain));
        // Some touchpoint is the first of a silent journey.
        let most: f64 = shares.by.iter().sum();
        prop_assert!(most >= silent - EXACT);

        let mut everywhere = journey.clone();
        let mut nowhere = journey.clone();
        for spot in &mut everywhere.spots {
            spot.can.push(Ability::Listen);
        }
        for spot in &mut nowhere.spots {
            spot.can.retain(|&ability| ability != Ability::Listen);
        }
        let all = Shares::of(&listening(&everywhere).unwrap(), &journey);
        let none = Shares::of(&listening(&nowhere).unwrap(), &journey);
        prop_assert!((all.figures[1] - unhappy).abs() < EXACT);
        prop_assert_eq!(all.figures[4], 0.0);
        prop_assert_eq!(none.figures[1], 0.0);
        prop_assert!((none.figures[4] - leaving).abs() < EXACT);
        // Who listens changes who is heard, and nothing else.
        for other in [&all, &none] {
            prop_assert!((other.figures[0] - unhappy).abs() < EXACT);
            prop_assert!((other.figures[3] - leaving).abs() < EXACT);
        }
    }
}

fn drawings() -> impl Strategy<Value = Drawing> {
    (any::<u64>(), 1_usize..9, 1.0..3.0, any::<bool>()).prop_map(|(seed, spots, ways, loops)| {
        drawing(&mut Rng::new(seed), Taste { spots, ways, loops })
    })
}

/// Weights, feelings and costs of all sizes: every figure is a number, and every share one of a whole.
#[cfg(feature = "serde")]
mod extreme {
    use super::*;
    use customer_journey::Verdict;

    fn check(journey: &Journey) -> Result<(), TestCaseError> {
        let Ok(flow) = journey.flow() else {
            return Ok(());
        };
        for options in [
            ListeningOptions::new(),
            ListeningOptions::default().unhappy_at(0.3).goal("advocacy"),
            ListeningOptions::new().unhappy_at(f64::NAN).top(2),
        ] {
            let found = flow.listening_with(&options);
            let shares = [
                found.unhappy,
                found.heard,
                found.heard_since,
                found.leaving,
                found.silent_churn,
            ];
            let gains = found
                .gains
                .iter()
                .flat_map(|known| [known.gain, known.share]);
            for share in shares.into_iter().chain(gains).flatten() {
                prop_assert!((0.0..=1.0).contains(&share), "{:?}", found);
            }
            prop_assert!((0.0..=1.0).contains(&found.coverage));
        }
        let money = flow.money();
        let sums = money.phases.iter().map(|part| part.cost);
        let sums = sums.chain(money.owners.iter().map(|part| part.cost));
        for sum in sums.chain([money.cost, money.value]).flatten() {
            prop_assert!(sum.is_finite(), "{:?}", money);
        }
        for need in flow.channel_consistency().needs {
            for pair in need.pairs {
                let clear = matches!(pair.verdict, Some(Verdict::Same | Verdict::Different));
                prop_assert_eq!(pair.doubt.is_none(), clear);
                if let Some(test) = pair.counted.and_then(|counted| counted.test) {
                    prop_assert!(test.p > 0.0 && test.p <= test.p_adjusted);
                    prop_assert!(test.p_adjusted <= 1.0);
                    prop_assert!(test.low <= test.high && (0.0..=2.0).contains(&test.effect));
                }
            }
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn no_map_makes_a_share_of_more_than_all(journey in crate::arb::journey()) {
            check(&journey)?;
        }
    }
}
