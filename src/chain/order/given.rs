//! Elimination in an order that is given.
//!
//! A chain whose states are copies of those of another chain, with ways only where that one has some, fills little in the
//! order in which the other one was eliminated, copies of a state one after the other: no entry arises between copies of
//! two states that have none between them there. So the search for an order, which takes longer than the elimination, is
//! made once. What fills is found with sets of bits, whole words at a time.

use super::lists::{Lists, narrow};
use super::sets::Sets;
use super::{Budget, Plan, is_dense};

/// Plans the elimination of a component in the order of the ranks of its states; `None` where it would exceed the budget,
/// or where there are more states than sets of bits are good for.
///
/// `edges` are the pairs (from, to) with `from != to`; duplicates are harmless.
pub(in crate::chain) fn plan_as(
    ranks: &[u32],
    edges: &[(u32, u32)],
    budget: Budget,
) -> Option<Plan> {
    let states = ranks.len();
    let mut sequence: Vec<u32> = (0..narrow(states)).collect();
    sequence.sort_by_key(|&state| ranks[state as usize]);
    let mut place = vec![0; states];
    for (at, &state) in sequence.iter().enumerate() {
        place[state as usize] = at;
    }
    let (mut rows, mut columns) = (Sets::new(states)?, Sets::new(states)?);
    for &(from, to) in edges {
        let (from, to) = (place[from as usize], place[to as usize]);
        rows.add(from, to);
        columns.add(to, from);
    }
    let mut entries = rows.members();
    let (mut above, mut below) = (Vec::new(), Vec::new());
    let (mut row, mut column, mut words) = (Vec::new(), Vec::new(), Vec::new());
    let (mut work, mut stored, mut k) = (0.0, 0, 0);
    while !is_dense(entries, states - k) {
        rows.members_after(k, &mut row);
        columns.members_after(k, &mut column);
        rows.copy_after(k, &mut words);
        for &i in &column {
            entries += rows.join(i as usize, &words);
        }
        columns.copy_after(k, &mut words);
        for &j in &row {
            columns.join(j as usize, &words);
        }
        entries -= row.len() + column.len();
        work += (row.len() * column.len()) as f64;
        stored += row.len() + column.len();
        if work > budget.work || stored > budget.entries {
            return None;
        }
        let state = sequence[k];
        above.extend(row.iter().map(|&j| (state, sequence[j as usize])));
        below.extend(column.iter().map(|&i| (state, sequence[i as usize])));
        k += 1;
    }
    let tail = states - k;
    work += (tail as f64).powi(3) / 3.0;
    stored += tail * tail;
    let affordable = work <= budget.work && stored <= budget.entries;
    affordable.then(|| Plan {
        sequence,
        pivots: k,
        rows: Lists::new(states, above.iter().copied()),
        columns: Lists::new(states, below.iter().copied()),
        work,
    })
}
