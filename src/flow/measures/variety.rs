//! How many different journeys there are: the law of the paths of touchpoints, with the ending.
//!
//! Arriving at touchpoints is a Markov chain, with rows T (onward) and e (endings) in which ways to the same place are one:
//!
//! ```text
//! H          = H(s) + sum over i of v_i H(row i)       entropy of a whole journey, in bits
//! P(same)    = s^2 (I - T^2)^-1 e^2                    chance that two journeys are the same; squares entry by entry
//! ```

use std::sync::Arc;

use super::ways::LikelyWay;
use crate::chain::Factor;
use crate::flow::moments::To;
use crate::flow::solved::Flow;

/// In bits, of a part of a distribution; nothing where a part is all of it, also where its last digit is beyond.
fn bits(p: f64) -> f64 {
    if p > 0.0 {
        0.0 - (p * p.log2()).min(0.0)
    } else {
        0.0
    }
}

impl Flow {
    /// What the first touchpoint leaves open, and what each touchpoint adds to it, in bits.
    pub(crate) fn entropy(&self) -> (f64, Vec<f64>) {
        let starts = self.starts.iter().map(|&p| bits(p)).sum();
        let rows = (0..self.starts.len()).map(|touchpoint| {
            if !self.is_reached(touchpoint) {
                return 0.0;
            }
            let ways = self.likely_ways(touchpoint);
            let row: f64 = ways.iter().map(|way| bits(way.p)).sum();
            self.visits[touchpoint] * row
        });
        (starts, rows.collect())
    }

    /// The chance that two journeys come by the same touchpoints in the same order and end the same.
    pub(crate) fn chance_of_the_same(&self) -> f64 {
        let n = self.starts.len();
        let (mut squares, mut exit) = (Vec::new(), vec![0.0; n]);
        let mut ends = vec![0.0; n];
        for touchpoint in 0..n {
            let ways: Vec<LikelyWay> = self.likely_ways(touchpoint);
            for &to in self.network.successors(touchpoint) {
                let way = ways.iter().find(|way| way.to == To::State(to));
                squares.push(way.map_or(0.0, |way| way.p * way.p));
            }
            for way in &ways {
                if let To::End(_) = way.to {
                    ends[touchpoint] += way.p * way.p;
                    exit[touchpoint] += way.p;
                } else {
                    // What is left of a way when both must go it.
                    exit[touchpoint] += way.p * (1.0 - way.p);
                }
            }
            if ways.is_empty() {
                exit[touchpoint] = 1.0;
            }
        }
        let factor = Factor::new(Arc::new(self.network.structure()), &squares, &exit);
        factor.solve(&mut ends, 1);
        let both = self.starts.iter().zip(&ends).map(|(s, same)| s * s * same);
        both.sum::<f64>().min(1.0)
    }
}
