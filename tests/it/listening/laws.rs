//! Laws of any journey.

use crate::steady::cases;
use customer_journey::Ability;
use proptest::prelude::*;

use super::{EXACT, Shares, listening, stated};
use crate::generate::{Drawing, Rng, Taste, drawing};

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn laws_of_listening(journey in drawings()) {
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
        stated(&drawing(&mut Rng::new(seed), Taste { spots, ways, loops }))
    })
}

/// Weights, feelings and costs of all sizes: every figure is a number, and every share one of a whole.
#[cfg(feature = "serde")]
mod extreme {
    use super::*;
    use customer_journey::Journey;
    use customer_journey::analysis::{ListeningOptions, Verdict};

    fn check(journey: &Journey) -> Result<(), TestCaseError> {
        let Ok(flow) = journey.flow() else {
            return Ok(());
        };
        for options in [
            ListeningOptions::new(),
            ListeningOptions::default().unhappy_at(0.3).goal("advocacy"),
            ListeningOptions::new().unhappy_at(f64::NAN).limit(2),
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
                prop_assert_eq!(pair.inconclusive.is_none(), clear);
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
        #![proptest_config(cases(256))]

        #[test]
        fn no_map_makes_a_share_of_more_than_all(journey in crate::arb::journey()) {
            check(&journey)?;
        }
    }
}
